"""Counts of grades: 5个项目中，优4个、良2个, held against the number of projects and against the grades they are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.check.grade_scales import canonical
from extractor.check.grades import graded, scales_in_force
from extractor.check.passages import prose, sentence
from extractor.check.registry import Case, check
from extractor.check.stated import is_of_other_period
from extractor.check.told import Yielded
from extractor.check.verdicts import finding
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Doubt, Project
from extractor.model.findings import Claim, OperandShown, Relation, Severity, Verdict

NAME = "grade-count-mismatch"
INFERRED = frozenset({Doubt.INFERRED})


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """A sentence that counts projects by grade: the projects it speaks of, where it says so, and the count of each grade."""

    sentence: Span
    total: int | None
    total_span: Span | None
    counts: Mapping[str, tuple[int, Span]]

    @property
    def added(self) -> int:
        return sum(count for count, _ in self.counts.values())


@check(
    NAME,
    zh="等级个数不符",
    en="Counts of grades do not agree",
    severity=Severity.WARNING,
    norm="逻辑核对",
    texts={
        "default": (
            "文中称项目共{stated}，而各等级的个数相加为{expected}。请核对。",
            "The text speaks of {stated} projects; its counts of grades add up to {expected}. Please check.",
        ),
        "listed": (
            "文中称“{grade}”{stated}，而报告中等级为“{grade}”的项目有{expected}{names}。请核对。",
            "The text counts {stated} of grade {grade}; {expected} projects of the report have it{names}. Please check.",
        ),
    },
    family="grades",
)
def grade_count_mismatch(case: Case) -> Yielded:
    """
    核什么：文中所说的优、良、中、差各几个项目，与项目总数、与各项目自己的等级是否一致。
    为什么：等级个数常照抄上年，或在个别项目改分后未同步修改。
    怎么判：同一句中写明项目总数和两个以上等级的个数，相加大于总数的为警告（小于总数的，可能另有未评级的项目，不判断）；总数（或各等级之和）
    等于读到的项目数、且每个项目都写明等级的，逐个等级比较，与所写的等级、与按得分应得的等级都不等的为警告。同一句说到两批项目的不判断。
    依据：逻辑核对。
    例：“5个项目中，优4个、良2个”，相加为6个，警告。
    已知误报：一个项目分几次评级。
    """
    listed = _listed(case)
    for told in _told(case):
        if told.total is not None and told.added >= told.total and told.total_span:
            yield from _sum(told, told.total, told.total_span)
        is_more = told.total is not None and told.added > told.total
        if not is_more and sum(map(len, listed.values())) == (told.total or told.added):
            by_score = _by_score(case)
            for grade, (count, _) in told.counts.items():
                own = listed.get(grade, ())
                yield from _grade(told, grade, own, count == len(own) or any(count == scored[grade] for scored in by_score))


def _sum(told: GradeCounts, total: int, place: Span) -> Yielded:
    operands = tuple(OperandShown("part", str(count), "个", (span,)) for count, span in told.counts.values())
    formula = " + ".join(f"{count}个" for count, _ in told.counts.values()) + f" = {told.added}个"
    stated, expected = f"{total}个", f"{told.added}个"
    verdict = Verdict.CONSISTENT if told.added == total else Verdict.INCONSISTENT
    claim = Claim(Relation.SUM, NAME, stated, verdict, (told.sentence,), expected=expected, formula=formula, operands=operands)
    yield claim
    if verdict is Verdict.INCONSISTENT:
        yield finding(claim, Severity.WARNING, doubts=INFERRED, highlight=(place,))


def _grade(told: GradeCounts, grade: str, projects: Sequence[Project], is_right: bool) -> Yielded:
    count, place = told.counts[grade]
    spans = tuple(span for p in projects if p.grade for span in p.grade.spans[:1])
    operands = tuple(OperandShown("project", "1", "个", (span,)) for span in spans)
    expected = count if is_right else len(projects)
    verdict = Verdict.CONSISTENT if is_right else Verdict.INCONSISTENT
    claim = Claim(Relation.SAME, NAME, f"{count}个", verdict, (told.sentence,), expected=f"{expected}个", operands=operands)
    yield claim
    if verdict is Verdict.INCONSISTENT:
        names = f"（{'、'.join(p.name for p in projects)}）" if projects else ""
        yield finding(claim, Severity.WARNING, "listed", {"grade": grade, "names": names}, INFERRED, (place,))


def _listed(case: Case) -> Mapping[str, Sequence[Project]]:
    """The projects by grade; none where one of them has no grade that is known, or where there is only one."""
    projects = [p for p in case.facts.projects if not (p.is_total or p.is_department)]
    labels = [canonical(case.lexicon, p.grade.text) if p.grade else None for p in projects]
    if len(projects) < 2 or None in labels:
        return {}
    return {label: [p for p, own in zip(projects, labels, strict=True) if own == label] for label in set(labels) if label}


def _by_score(case: Case) -> Sequence[Counter[str | None]]:
    """How many projects have which grade by their scores, on each scale: where a grade itself is wrong, its own check tells it."""
    entries = graded(case)
    return [Counter(scale.label_of(entry.quantity.value) for entry in entries) for scale in scales_in_force(case)]


def _told(case: Case) -> Iterator[GradeCounts]:
    pattern, best = case.lexicon.pattern("grades.counted"), case.lexicon.words("upper_grades")
    for paragraph in prose(case.facts.document):
        text = paragraph.text
        matches = pattern.finditer(text) if "个" in text and "项目" in text and any(word in text for word in best) else ()
        by_sentence: dict[Span, list[tuple[str, int, Span]]] = {}
        for match in matches:
            grade = canonical(case.lexicon, match["grade"])
            if grade:
                place = Span(paragraph.index, *match.span("count"))
                by_sentence.setdefault(sentence(paragraph, *match.span()), []).append((grade, int(match["count"]), place))
        for span, counted in by_sentence.items():
            found = _of_one_batch(case, paragraph, span, counted)
            if found:
                yield found


def _of_one_batch(case: Case, paragraph: Paragraph, span: Span, counted: Sequence[tuple[str, int, Span]]) -> GradeCounts | None:
    """The counts of a sentence that speaks of one batch of projects; None where a grade is counted twice or totals differ."""
    text = paragraph.text[span.start : span.end]
    if len(counted) < 2 or max(Counter(grade for grade, _, _ in counted).values()) > 1:
        return None
    own = {place.start for _, _, place in counted}
    totals = {
        (int(m["count"]), Span(paragraph.index, *m.span("count")))
        for m in case.lexicon.pattern("naming.project_count").finditer(paragraph.text, span.start, span.end)
        if m.start("count") not in own
    }
    if len(totals) > 1 or any(word in text for word in case.lexicon.words("graded_others")) or "项目" not in text:
        return None
    total, place = next(iter(totals), (None, None))
    if (place and place.start > counted[0][2].start) or is_of_other_period(case, counted[0][2]):
        return None
    return GradeCounts(span, total, place, {grade: (count, at) for grade, count, at in counted})
