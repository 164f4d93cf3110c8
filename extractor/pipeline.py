"""One document through the stages: read, understand, check, present."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.check import CHECKS
from extractor.check.run import run
from extractor.config import Settings
from extractor.layout import arrange
from extractor.lexicon.packs import Lexicon, default
from extractor.model.document import Document, Unreadable
from extractor.model.report import Report
from extractor.present.contract import report
from extractor.present.failed import failed
from extractor.read import Part, bound, read
from extractor.understand import understand


def extract(path: str | Path, settings: Settings | None = None, lexicon: Lexicon | None = None) -> Report:
    """The report on one file; of a file that cannot be read, a failed report with the reason."""
    path, settings, lexicon = Path(path), settings or Settings(), lexicon or default()
    try:
        document = load(path, settings.engine)
    except Unreadable as problem:
        return failed(path, problem.code, problem.message, settings.language)
    return judge(document, settings, lexicon)


def load(path: Path, engine: str = "auto") -> Document:
    """A file as a document; raises Unreadable."""
    return arrange(read(path, engine))


def load_parts(path: Path, parts: Sequence[Part]) -> Document:
    """A PDF whose pages were read in several parts, as the document that it gives at once; raises Unreadable."""
    return arrange(bound(path, parts))


def judge(document: Document, settings: Settings, lexicon: Lexicon) -> Report:
    """What a document says, and what of it does not hold."""
    facts = understand(document, lexicon)
    outcome = run(facts, settings.checks, lexicon)
    return report(facts, outcome.claims, outcome.findings, CHECKS, settings.language)
