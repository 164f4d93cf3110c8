"""What the command tells of itself: the checks, one check, the JSON Schema."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from rich.console import Console
from rich.text import Text

from extractor.check import CHECKS
from extractor.config import ConfigError, nearest
from extractor.messages import both
from extractor.model.findings import CheckRecord
from extractor.model.report import Run
from extractor.present.canvas import STYLES
from extractor.present.contract import SEVERITIES
from extractor.present.words import SEVERITIES as LABELS
from extractor.present.words import say
from extractor.present.wrapping import wrap


def about(options: Namespace, language: str) -> int:
    """Print what was asked for; the exit code."""
    if options.schema:
        sys.stdout.buffer.write((schema() + "\n").encode())
    elif options.explain:
        _show(explain(find(options.explain), language))
    else:
        _show(listed(language))
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


def explain(record: CheckRecord, language: str) -> list[Text]:
    """A check's titles, weight and norm, and its documentation as written."""
    severity = SEVERITIES[record.severity]
    title, other = (record.title_en, record.title_zh) if language == "en" else (record.title_zh, record.title_en)
    head = Text.assemble((record.name, "bold"), "  ", title, "  ", (say(LABELS, severity, language), STYLES[severity]))
    return [head, Text(other, "dim"), Text(), *(Text(line) for line in record.documentation.splitlines()), Text(), Text(record.norm, "dim")]


def listed(language: str) -> list[Text]:
    """All checks, one a line, by family."""
    lines: list[Text] = []
    width = max((len(record.name) for record in CHECKS), default=0)
    for family in dict.fromkeys(record.family for record in CHECKS):
        lines += [Text(), Text(family, "bold")] if lines else [Text(family, "bold")]
        for record in (record for record in CHECKS if record.family == family):
            severity = SEVERITIES[record.severity]
            title = record.title_en if language == "en" else record.title_zh
            label = say(LABELS, severity, language)
            lines.append(Text.assemble("  ", record.name.ljust(width), "  ", (label, STYLES[severity]), "  ", title))
    return lines


def _show(lines: list[Text]) -> None:
    console = Console()
    for line in lines:
        for part in wrap(line, console.width):
            console.print(part, no_wrap=True, overflow="ignore", crop=False, highlight=False)
