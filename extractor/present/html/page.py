"""Writes the HTML files piece by piece, so that little is held in memory. The only importer of Jinja2."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from extractor.adapters.page_pictures import Picture
from extractor.model.findings import CheckRecord
from extractor.model.report import Summary
from extractor.model.workpaper import VERDICTS
from extractor.present.files import MARK
from extractor.present.html.card import card
from extractor.present.html.overview import overview
from extractor.present.html.plan import Part, Sheet, Slice
from extractor.present.html.store import Entry, Store
from extractor.present.html.texts import PAGE
from extractor.present.printable import printable
from extractor.present.sink import Job
from extractor.present.words import SEVERITIES, say

FOLDER = "findings"
"""The folder of the files of the units."""


@dataclass(frozen=True)
class Link:
    """An index's line on a file."""

    label: str
    href: str
    summary: Summary


class Pages:
    """Writes the files of one run."""

    def __init__(self, job: Job, store: Store) -> None:
        self._job, self._store = job, store
        self._checks = {record.name: record for record in job.checks}

    def write(self, stream: IO[bytes], part: Part, entries: Sequence[Entry], summary: Summary, home: str | None = None) -> None:
        """All findings of a part with their pictures; `home` leads back to the index."""
        self._head(stream, part.unit if part.name else None, entries, summary, home=home)
        anchors, numbers = Anchors(), {sheet: number for number, sheet in enumerate(part.sheets)}
        for own in part.slices:
            self._document(stream, own, anchors, numbers, part.sheets, above="../" if home else "")
        self._put(stream, "checks.html", records=self._told(own.entry for own in part.slices))
        for sheet, picture in part.sheets.items():
            data = Path(picture.file).read_bytes()
            kind = b"png" if data.startswith(b"\x89PNG") else b"webp"
            stream.write(b'<script type="image/%s" id="p%d">%s</script>\n' % (kind, numbers[sheet], base64.b64encode(data)))
        self._tail(stream)

    def index(
        self, stream: IO[bytes], found: Sequence[Part], entries: Sequence[Entry], summary: Summary, counts: Mapping[int, Summary]
    ) -> None:
        """All findings without pictures, each with a link to where it is shown."""
        links = [Link(_label(part, found), _href(part), counts[place]) for place, part in enumerate(found)]
        self._head(stream, None, entries, summary, links=links)
        anchors = Anchors()
        for part in found:
            own = Anchors()
            for each in part.slices:
                self._document(stream, each, anchors, {}, {}, elsewhere=(_href(part), own))
        self._put(stream, "checks.html", records=self._told(entries))
        self._tail(stream)

    def _head(self, stream: IO[bytes], unit: str | None, entries: Sequence[Entry], summary: Summary, **more: Any) -> None:
        facts = overview(entries, summary, self._store.report, self._job.checks, self._job.language)
        context: dict[str, Any] = {"links": (), "home": None, **more}
        self._put(stream, "head.html", unit=unit, facts=facts, summary=summary, policy=POLICY, style=Markup(STYLE), **context)

    def _document(
        self,
        stream: IO[bytes],
        own: Slice,
        anchors: Anchors,
        numbers: Mapping[Sheet, int],
        sheets: Mapping[Sheet, Picture],
        above: str = "",
        elsewhere: tuple[str, Anchors] | None = None,
    ) -> None:
        report = self._store.report(own.entry)
        self._put(stream, "document.html", report=report)
        marked = self._job.marked.get(report.source.path)
        for place in range(own.start, own.stop):
            finding, key = report.findings[place], own.entry.key
            shown = {page: sheets[key, page] for page in own.entry.sheets[place] if (key, page) in sheets}
            link = f"{above}{quote(marked)}#page={own.entry.sheets[place][0]}" if marked and own.entry.sheets[place] else None
            made = card(finding, anchors.new(finding.id), shown, self._job.language, link)
            target = f"{elsewhere[0]}#{elsewhere[1].new(finding.id)}" if elsewhere else None
            pictures = {page: numbers[key, page] for page in shown}
            self._put(stream, "card.html", card=made, finding=finding, report=report, pictures=pictures, target=target)
        stream.write(b"</section>\n")

    def _told(self, entries: Iterable[Entry]) -> list[CheckRecord]:
        names = {name for entry in entries for name, _ in entry.checks}
        return [record for name, record in self._checks.items() if name in names]

    def _tail(self, stream: IO[bytes]) -> None:
        self._put(stream, "tail.html", script=Markup(SCRIPT), mark=MARK.decode())

    def _put(self, stream: IO[bytes], name: str, **context: Any) -> None:
        stream.write(self._environment.get_template(name).render(**context).encode("utf-8", "replace"))

    @cached_property
    def _environment(self) -> Environment:
        language = self._job.language
        made = Environment(
            loader=PackageLoader("extractor.present.html"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_harmless,
        )
        made.globals |= {
            "language": language,
            "version": self._job.version,
            "t": lambda key, *values: say(PAGE, key, language).format(*values),
            "decision_name": lambda key: say(VERDICTS, key, language),
            "severity_name": lambda key: say(SEVERITIES, key, language),
        }
        return made


class Anchors:
    """Anchors of findings that are unique in a file, even if two reports have the same finding."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def new(self, name: str) -> str:
        number = self._seen[name] = self._seen.get(name, 0) + 1
        return f"f-{name}" if number == 1 else f"f-{name}-{number}"


def _harmless(value: object) -> object:
    """Text without control characters; markup is left as it is."""
    return value if not isinstance(value, str) or isinstance(value, Markup) else printable(value)


def _label(part: Part, found: Sequence[Part]) -> str:
    several = sum(other.unit == part.unit for other in found) > 1
    return f"{part.unit or ''} {part.number}".strip() if several else part.unit or ""


def _href(part: Part) -> str:
    return quote(f"{FOLDER}/{part.name}")


def _resource(name: str) -> str:
    return (files("extractor.present.html") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


STYLE, SCRIPT = _resource("page.css"), _resource("page.js")
POLICY = f"default-src 'none'; img-src data:; style-src {_hash(STYLE)}; script-src {_hash(SCRIPT)}; base-uri 'none'; form-action 'none'"
