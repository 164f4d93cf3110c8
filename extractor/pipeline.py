"""One document through the stages: read, understand, check, present."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.check import CHECKS
from extractor.check.run import Result, chosen, results
from extractor.config import Settings
from extractor.layout import arrange
from extractor.lexicon.packs import Lexicon, default
from extractor.model.document import Document, Unreadable
from extractor.model.facts import Facts
from extractor.model.report import Report
from extractor.present.contract import report
from extractor.present.failed import failed
from extractor.read import Part, bound_pdf, read
from extractor.read.recognise import Recogniser, recogniser
from extractor.understand import understand


def extract(path: str | Path, settings: Settings | None = None, lexicon: Lexicon | None = None) -> Report:
    """The report on one file, as `--json` prints it; of a file that cannot be read, a failed report whose `error` says why.

    It is read in this process, without limits of time or memory; `check_folder` has both. `settings` are those of
    `extract.toml`, `lexicon` the patterns (`extractor.lexicon.packs.load`), both as built in where they are not given.
    """
    path, settings, lexicon = Path(path), settings or Settings(), lexicon or default()
    try:
        document = load(path, settings.engine, recogniser() if settings.ocr else None)
    except Unreadable as problem:
        return failed(path, problem.code, problem.message, settings.language)
    return judge(document, settings, lexicon)


def load(path: Path, engine: str = "auto", recogniser: Recogniser | None = None) -> Document:
    """A file as a document; raises Unreadable, and what the recogniser raises."""
    return arrange(read(path, engine, recogniser))


def load_parts(path: Path, parts: Sequence[Part]) -> Document:
    """A PDF whose pages were read in several parts, as one document; raises Unreadable."""
    return arrange(bound_pdf(path, parts))


@dataclass(frozen=True)
class Assessed:
    """The facts of a document and the results of every check: all that its report is made from."""

    facts: Facts
    results: tuple[Result, ...]


def judge(document: Document, settings: Settings, lexicon: Lexicon) -> Report:
    """The report on a document."""
    return told(assess(document, settings, lexicon), settings)


def assess(document: Document, settings: Settings, lexicon: Lexicon) -> Assessed:
    """A document understood and checked, independent of the checks selected and of the language of the report."""
    facts = understand(document, lexicon)
    return Assessed(facts, results(facts, settings.checks, lexicon))


def told(assessed: Assessed, settings: Settings) -> Report:
    """The report with the results of the selected checks, in the language of the settings."""
    outcome = chosen(assessed.facts, assessed.results, settings.checks)
    return report(assessed.facts, outcome.claims, outcome.findings, CHECKS, settings.language)
