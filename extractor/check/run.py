"""Runs the checks over one document's facts: which ones, in what order their findings stand, and under which keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePath

from extractor.check import CHECKS
from extractor.check.incidents import fold
from extractor.check.passages import folded
from extractor.check.registry import Case
from extractor.config import CheckSettings
from extractor.lexicon.packs import Lexicon, nearest
from extractor.model.document import Document, Span
from extractor.model.facts import Doubt, Facts
from extractor.model.findings import CheckRecord, Claim, Finding, Severity, digest

POOR_READING = "extraction-quality"
"""Where this check warns, the text itself is in doubt, and no finding of the document is an error."""


Result = tuple[str, Claim | Finding]
"""The name of a check, and something that it says."""


@dataclass(frozen=True)
class Outcome:
    """What the checks of one document say: every claim with its verdict, and the findings, worst first."""

    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()


def run(facts: Facts, settings: CheckSettings, lexicon: Lexicon) -> Outcome:
    """Every selected check over the facts of one document.

    Raises ValueError for an unknown name in `settings.select` or `settings.ignore`.
    """
    return chosen(facts, results(facts, settings, lexicon, selected(settings)), settings)


def results(facts: Facts, settings: CheckSettings, lexicon: Lexicon, records: Iterable[CheckRecord] = CHECKS) -> tuple[Result, ...]:
    """What each check has to say of one document, by its name; `settings.select` and `settings.ignore` are not asked."""
    case = Case(facts, settings, lexicon)
    return tuple((record.name, said) for record in records for said in record.run(case))


def chosen(facts: Facts, said: Iterable[Result], settings: CheckSettings) -> Outcome:
    """What the selected checks say together: findings of one incident folded, capped and ordered, everything keyed."""
    names = {record.name for record in selected(settings)}
    own = [result for name, result in said if name in names]
    found = [result for result in own if isinstance(result, Finding)]
    doubted = _doubted_by_recognition(facts.document, _doubted_by_table(facts.document, found))
    findings = fold(tuple(finding.capped() for finding in doubted))
    claims = [result for result in own if isinstance(result, Claim)]
    keyed = _keyed_claims(facts, [*claims, *(claim for finding in findings for claim in finding.claims)])
    ordered = _ordered(_capped_by_reading(findings))
    return Outcome(tuple(keyed.values()), tuple(_keyed_findings(facts, ordered, keyed)))


def selected(settings: CheckSettings) -> tuple[CheckRecord, ...]:
    """The checks that the settings ask for, by check name or family name; with none named, those on by default."""
    known = {record.name for record in CHECKS} | {record.family for record in CHECKS}
    for name in sorted(settings.select | settings.ignore):
        if name not in known:
            hint = nearest(name, sorted(known))
            raise ValueError(f"没有名为 {name} 的检查" + (f"，是否指 {hint}？" if hint else ""))
    return tuple(r for r in CHECKS if _is_wanted(r, settings))


def _is_wanted(record: CheckRecord, settings: CheckSettings) -> bool:
    names = {record.name, record.family}
    if record.name in settings.select:  # a check named outright wins over an ignored family
        return record.name not in settings.ignore
    if names & settings.ignore:
        return False
    return record.on_by_default and (not settings.select or record.family in settings.select)


def _doubted_by_table(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """What rests on cells that no drawn line tells apart is not certain."""
    guessed = {paragraph.index for table in document.tables if not table.ruled for paragraph in table.paragraphs}
    for found in findings:
        rests = guessed and any(span.paragraph in guessed for span in (*found.spans, *found.highlight))
        yield replace(found, doubts=found.doubts | {Doubt.UNRULED}) if rests else found


LETTERS = frozenset({
    "docno-malformed", "docno-bracket-style", "bracket-unbalanced", "citation-separator-missing", "known-typo", "punctuation-missing",
    "repeated-phrase", "sentence-truncated", "rate-percent-sign-missing", "indicator-percent-notation", "indicator-unit-mismatch",
})  # fmt: skip
"""Checks of single letters and signs. Recognition takes them for each other: what it read is told as an info."""
UNSURE = 85
"""Parts of 100: figures recognised with less certainty may well be others."""


def _doubted_by_recognition(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """What rests on letters that were recognised is not certain."""
    recognised = {index for index, paragraph in document.paragraphs.items() if paragraph.ocr}
    for found in findings:
        spans = (*found.spans, *found.highlight, *(span for operand in found.operands for span in operand.spans))
        if not recognised or not any(span.paragraph in recognised for span in spans):
            yield found
            continue
        is_unsure = any((document.certainty(span) or 100) < UNSURE for span in found.highlight or found.spans)
        severity = Severity.INFO if found.check in LETTERS else found.severity
        yield replace(found, severity=severity, doubts=found.doubts | {Doubt.OCR} | ({Doubt.OCR_UNSURE} if is_unsure else set()))


def _capped_by_reading(findings: Iterable[Finding]) -> list[Finding]:
    found = list(findings)
    if not any(f.check == POOR_READING and f.severity is Severity.WARNING for f in found):
        return found
    return [replace(f, severity=min(f.severity, Severity.WARNING)) for f in found]


def _place(spans: tuple[Span, ...]) -> tuple[int, int]:
    return min(((s.paragraph, s.start) for s in spans), default=(1 << 30, 0))


def _ordered(findings: list[Finding]) -> list[Finding]:
    """Worst first, then as they stand in the document."""
    return sorted(findings, key=lambda f: (-f.severity, _place(f.spans), f.check, f.message))


def _keyed_claims(facts: Facts, claims: Iterable[Claim]) -> dict[Claim, Claim]:
    """Each distinct claim, in document order, with the same claim under its id."""
    counter: Counter[tuple[str | None, ...]] = Counter()
    keyed: dict[Claim, Claim] = {}
    for claim in sorted(dict.fromkeys(claims), key=lambda c: (_place(c.spans), c.check)):
        parts = ("claim", *_document_key(facts), _project_key(claim.project), claim.check, claim.relation, folded(claim.stated))
        counter[parts] += 1
        keyed[claim] = replace(claim, id=digest(*parts, str(counter[parts])))
    return keyed


def _keyed_findings(facts: Facts, findings: Iterable[Finding], keyed: dict[Claim, Claim]) -> Iterable[Finding]:
    counter: Counter[tuple[str | None, ...]] = Counter()
    for finding in findings:
        unit, year = _document_key(facts)
        essence = (finding.check, finding.message, _essence(facts, finding))
        parts = (unit, year, _project_key(finding.project), *essence)
        series = (unit, _without_figures(_project_key(finding.project)), *map(_without_figures, essence))
        counter[parts] += 1
        counter["series", *series] += 1
        yield replace(
            finding,
            id=digest(*parts, str(counter[parts])),
            series=digest(*series, str(counter["series", *series])),
            claims=tuple(keyed[claim] for claim in finding.claims),
        )


def _document_key(facts: Facts) -> tuple[str, str | None]:
    """The unit that reports, or the file's name where no unit was read, and the year."""
    return facts.unit or PurePath(facts.document.path).name, facts.year


def _project_key(name: str | None) -> str:
    return folded(name or "")


def _essence(facts: Facts, finding: Finding) -> str:
    """What the finding is about, in the document's own words: the figure stated, else the characters in question."""
    if finding.stated:
        return folded(finding.stated)
    return folded("|".join(facts.document.quote(span) for span in finding.highlight or finding.spans))


@lru_cache(maxsize=1 << 10)
def _without_figures(text: str) -> str:
    return "".join(c for c in text if not c.isdigit() and c != ".")
