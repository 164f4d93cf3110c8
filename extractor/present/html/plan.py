"""Which findings go into which file: one file for all, or one for each unit if many pages are shown; large ones are divided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.adapters.page_pictures import Picture, Pictures
from extractor.present.files import safe_name
from extractor.present.html.store import Entry

PAGES = 300
"""One file shows at most so many pages; if there are more, every unit gets a file."""
BYTES = 24 << 20
"""The most bytes of pictures in a file; encoded in base64 they take a third more."""
FINDINGS = 1500

Sheet = tuple[str, int]
"""A page: the key of its file, and its number."""


@dataclass(frozen=True)
class Slice:
    """Findings of a report that stand in one file."""

    entry: Entry
    start: int
    stop: int


@dataclass
class Part:
    """A file; `name` is None for the one that holds all."""

    unit: str | None
    name: str | None = None
    number: int = 1
    slices: list[Slice] = field(default_factory=list)
    sheets: dict[Sheet, Picture] = field(default_factory=dict)
    size: int = 0
    count: int = 0

    @property
    def entries(self) -> list[Entry]:
        return list({each.entry.number: each.entry for each in self.slices}.values())


def parts(entries: Sequence[Entry], answers: Mapping[str, Pictures], by_unit: bool = False) -> list[Part]:
    """The files of a run. Where there is more than one, an index leads to them."""
    told = [entry for entry in entries if entry.sheets]
    shown = {(entry.key, page) for entry in told for pages in entry.sheets for page in pages}
    if not by_unit and len(shown) <= PAGES:
        made = list(_packed(None, told, answers))
        if len(made) == 1:
            return made
    groups: dict[str | None, list[Entry]] = {}
    for entry in told:
        groups.setdefault(entry.unit, []).append(entry)
    return list(_named(part for unit, own in groups.items() for part in _packed(unit, own, answers)))


def _packed(unit: str | None, entries: Iterable[Entry], answers: Mapping[str, Pictures]) -> Iterator[Part]:
    part = Part(unit)
    for entry in entries:
        pictures = answers.get(entry.key, {})
        start = 0
        for place, pages in enumerate(entry.sheets):
            new = {(entry.key, page): pictures[page] for page in pages if page in pictures and (entry.key, page) not in part.sheets}
            size = sum(picture.size for picture in new.values())
            if part.count and (part.size + size > BYTES or part.count == FINDINGS):
                if place > start:
                    part.slices.append(Slice(entry, start, place))
                yield part
                part, start = Part(unit, number=part.number + 1), place
                new = {(entry.key, page): pictures[page] for page in pages if page in pictures}
                size = sum(picture.size for picture in new.values())
            part.sheets.update(new)
            part.size += size
            part.count += 1
        part.slices.append(Slice(entry, start, len(entry.sheets)))
    yield part


def _named(found: Iterable[Part]) -> Iterator[Part]:
    for number, part in enumerate(found, 1):
        part.name = safe_name(f"{number:03d}-{part.unit or 'no-unit'}.html")
        yield part
