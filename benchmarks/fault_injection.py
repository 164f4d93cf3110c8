"""How many wrong figures are found: one figure at a time of the clean reports of the corpus is printed wrong.

    python -m benchmarks.fault_injection [REPORT …] [--each 2] [--limit N] [--details]

Every change is rendered and read like any report. Whether it breaks anything is decided by the identities in the labels
(`tests/corpus/faults.py`, which knows nothing of the product). Found means: an error or a warning that was not there before and
quotes the changed figure, or another figure of an identity that it broke. Printed are the unchanged reports that are not silent and
the share found, by kind of figure; the exit code is 1 below 97 % or where an unchanged report is not silent.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from extractor import Finding, Report, extract
from tests.corpus.build import CORPUS, render
from tests.corpus.faults import Fault, clean, faults
from tests.corpus.source import Source, load

GOAL = Fraction(97, 100)
BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Outcome:
    """What was found in a report with a fault in it."""

    fault: Fault
    findings: tuple[Finding, ...]
    found: bool


def read(source: Source, folder: Path) -> Report:
    """The report on a source as reportlab prints it."""
    path = folder / f"{source.name}.pdf"
    path.write_bytes(render(source, "reportlab"))
    return extract(path)


def serious(report: Report) -> tuple[Finding, ...]:
    return tuple(finding for finding in report.findings if finding.severity in ("error", "warning"))


def inject(source: Source, wanted: Iterable[Fault], folder: Path) -> tuple[tuple[Finding, ...], list[Outcome]]:
    """What is found in a clean report as it is, and with each fault in it."""
    silent = serious(read(source, folder))
    known = {finding.id for finding in silent}
    outcomes = []
    for fault in wanted:
        changed = source.changing({fault.figure: fault.after})
        fresh = tuple(finding for finding in serious(read(changed, folder)) if finding.id not in known)
        outcomes.append(Outcome(fault, fresh, any(names_place(finding, fault, changed) for finding in fresh)))
    return silent, outcomes


def names_place(finding: Finding, fault: Fault, changed: Source) -> bool:
    """Whether a finding quotes the changed figure or another of an identity that it broke, each in its own words."""
    places = [(changed.clause(name), changed.figures[name]) for name in fault.figures]
    return any(quotes(evidence.quote, *place) for evidence in finding.evidence for place in places)


def quotes(quote: str, clause: str, written: str) -> bool:
    """Whether a passage is about a figure: it holds the figure's clause or cell, or is the part of it with the figure.

    >>> quotes("全年支出40万元，预算执行率98.50%。", "预算执行率98.50%", "98.50"), quotes("98.50%", "预算执行率98.50%", "98.50")
    (True, True)
    >>> quotes("满意度98.50%", "预算执行率98.50%", "98.50")
    False
    """
    passage, place = BLANK.sub("", quote), BLANK.sub("", clause)
    return place in passage or (passage in place and BLANK.sub("", written) in passage)


def spread(wanted: Sequence[Fault], limit: int | None) -> list[Fault]:
    """At most `limit` faults, taken at even distances."""
    if limit is None or len(wanted) <= limit:
        return list(wanted)
    return [wanted[i * len(wanted) // limit] for i in range(limit)]


def run(names: Sequence[str], each: int, limit: int | None) -> tuple[dict[str, tuple[Finding, ...]], list[Outcome]]:
    """Every clean report of the corpus, or those named: what is found unchanged, and the outcome of each fault."""
    told = [labels for labels in clean(CORPUS / "labels") if not names or labels["id"] in names]
    wanted = spread([fault for labels in told for fault in faults(labels, each)], limit)
    unchanged: dict[str, tuple[Finding, ...]] = {}
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder:
        for labels in told:
            mine = [fault for fault in wanted if fault.report == labels["id"]]
            unchanged[labels["id"]], found = inject(load(labels["id"]), mine, Path(folder))
            outcomes += found
    return unchanged, outcomes


def recall(outcomes: Sequence[Outcome]) -> Fraction:
    return Fraction(sum(outcome.found for outcome in outcomes), len(outcomes))


def table(unchanged: dict[str, tuple[Finding, ...]], outcomes: Sequence[Outcome], details: bool) -> str:
    lines = []
    for title, attribute in (("kind of figure", "kind"), ("report", "report")):
        lines.append(f"{title:34} found  of   share")
        every = Counter(str(getattr(outcome.fault, attribute)) for outcome in outcomes)
        found = Counter(str(getattr(outcome.fault, attribute)) for outcome in outcomes if outcome.found)
        lines += [f"{name:34} {found[name]:5} {count:4}  {100 * found[name] / count:5.1f} %" for name, count in sorted(every.items())]
        lines.append("")
    found_all = sum(outcome.found for outcome in outcomes)
    lines.append(f"{'all':34} {found_all:5} {len(outcomes):4}  {100 * found_all / len(outcomes):5.1f} %")
    lines += [f"not silent: {name}: {finding.check} {finding.message}" for name, own in unchanged.items() for finding in own]
    if details:
        lines += [_missed(outcome) for outcome in outcomes if not outcome.found]
    return "\n".join(lines)


def _missed(outcome: Outcome) -> str:
    fault = outcome.fault
    said = "; ".join(f"{f.check} {[e.quote for e in f.evidence]}" for f in outcome.findings) or "nothing"
    return f"missed: {fault.report} {fault.figure} {fault.before} → {fault.after}: {' | '.join(fault.broken)}; found {said}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", metavar="REPORT")
    parser.add_argument("--each", type=int, default=2, help="changes tried on a figure (2)")
    parser.add_argument("--limit", type=int, help="so many faults, spread over all")
    parser.add_argument("--details", action="store_true", help="list what was missed")
    arguments = parser.parse_args()
    unchanged, outcomes = run(arguments.reports, arguments.each, arguments.limit)
    sys.stdout.write(table(unchanged, outcomes, arguments.details) + "\n")
    return int(recall(outcomes) < GOAL or any(unchanged.values()))


if __name__ == "__main__":
    sys.exit(main())
