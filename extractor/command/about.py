"""What the command says about itself: the list of checks, the documentation of one, the JSON Schema."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from extractor.check import CHECKS
from extractor.config import ConfigError, nearest
from extractor.messages import both
from extractor.model.findings import CheckRecord
from extractor.model.report import Run
from extractor.present.canvas import STYLES, labelled
from extractor.present.words import SEVERITIES, say
from extractor.present.wrapping import wrap


def about(options: Namespace, language: str) -> int:
    """Print what was asked for; returns the exit code."""
    if options.schema:
        sys.stdout.buffer.write((schema() + "\n").encode())
        return 0
    console = Console()
    lines = explain(find(options.explain), language, console.width) if options.explain else listed(language, console.width)
    for line in lines:
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)
    return 0


def schema() -> str:
    """The JSON Schema of what `--json` prints."""
    return json.dumps(Run.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2)


def find(name: str) -> CheckRecord:
    """The check of that name; ConfigError with the nearest name where there is none."""
    for record in CHECKS:
        if record.name == name:
            return record
    raise unknown(name, [record.name for record in CHECKS])


def unknown(name: str, known: list[str]) -> ConfigError:
    hint = nearest(name, known)
    return ConfigError(*both("unknown_check_hint" if hint else "unknown_check", name=name, hint=hint))


def explain(record: CheckRecord, language: str, width: int) -> Iterator[Text]:
    """A check's titles, weight and norm, and its documentation as written."""
    severity = record.severity.label
    title, other = (record.title_en, record.title_zh) if language == "en" else (record.title_zh, record.title_en)
    head = Text.assemble((record.name, "bold"), "  ", title, "  ", (say(SEVERITIES, severity, language), STYLES[severity]))
    documentation = (Text(line) for line in record.documentation.splitlines())
    for line in (head, Text(other, "dim"), Text(), *documentation, Text(), Text(record.norm, "dim")):
        yield from wrap(line, width)


def listed(language: str, width: int) -> Iterator[Text]:
    """All checks by family, one per line."""
    size = max((len(record.name) for record in CHECKS), default=0)
    for number, family in enumerate(dict.fromkeys(record.family for record in CHECKS)):
        yield from [Text(), Text(family, "bold")] if number else [Text(family, "bold")]
        for record in (record for record in CHECKS if record.family == family):
            severity = record.severity.label
            label = say(SEVERITIES, severity, language)
            head = Text.assemble("  ", record.name.ljust(size), "  ", (label, STYLES[severity]), "  ")
            title = record.title_en if language == "en" else record.title_zh
            yield from labelled(head, Text(title), head.cell_len, width)
