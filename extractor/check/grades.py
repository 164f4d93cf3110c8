"""Checks on grades: does the grade follow from the score, and does a report keep to one scale?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.check.grade_scales import DEFAULT, Scale, canonical, known_scales, own_scale, profile
from extractor.check.passages import listed
from extractor.check.registry import Case, check
from extractor.check.shown import quoted, shown_operand, trimmed, written
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, unchecked
from extractor.model.document import Span
from extractor.model.facts import Project, Stated
from extractor.model.findings import Claim, Finding, Relation, Severity, Verdict
from extractor.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Graded:
    """A project's score and grade, where it gives both."""

    project: Project
    score: Stated
    quantity: Quantity
    grade: Stated
    label: str | None  # without synonyms; None for a word that is no grade


def graded(case: Case) -> list[Graded]:
    found = []
    for project in case.facts.projects:
        score, grade = project.self_score, project.grade
        if score is not None and score.quantity is not None and grade is not None:
            found.append(Graded(project, score, score.quantity, grade, canonical(case.lexicon, grade.text)))
    return found


def scales_in_force(case: Case) -> list[Scale]:
    """The scales that a grade is held against, the one in force first; only one where the report or the user fixes it."""
    own = own_scale(case)
    if own is not None:
        return [own]
    chosen = profile(case)
    if case.settings.grade_profile != DEFAULT:
        return [chosen]
    used = {g.label for g in graded(case)} - {None}
    fitting = [s for s in known_scales(case.lexicon).values() if used <= s.labels]
    return sorted(fitting, key=lambda s: s.name != chosen.name) or [chosen]


@check(
    "grade-score-mismatch",
    zh="等级与得分不符",
    en="The grade does not follow from the score",
    severity=Severity.ERROR,
    norm="财预〔2020〕10号（待核实）；财政部预算司：优90-100、良80-89、中60-79、差0-59",
    texts={
        "default": (
            "自评{score}，等级写为“{stated}”；按{scale}应为“{expected}”。请核对。",
            "A score of {score} is graded {stated}; by the scale {scale} it is {expected}. Please check.",
        ),
        "other_scale": (
            "自评{score}，等级写为“{stated}”；按{scale}应为“{expected}”，按{other}则相符。请核对所用标准。",
            "A score of {score} is graded {stated}; by the scale {scale} it is {expected}, by {other} the grade is right. "
            "Please ask which scale is used.",
        ),
    },
)
def grade_score_mismatch(case: Case) -> Yielded:
    """
    核什么：自评等级是否与自评得分所在的分数段一致。
    为什么：等级是自评结论，常用于结果应用。
    怎么判：报告自己写明分数段的，以其为准；否则按设定的标准（默认优90、良80、中60）。分数恰在界上的归上一档。默认标准不符而另一种
    常见标准相符的，给出警告并注明标准；所有常见标准都不符的，报错。优秀与优、良好与良视为同义。
    依据：财预〔2020〕10号（待核实）；财政部预算司标准。
    例：自评86分、等级“优”，应为“良”，报错；80分、“良”，不报。
    已知误报：地方另有标准而报告未写明。
    """
    scales = scales_in_force(case)
    for entry in graded(case):
        spans = quoted(case.facts.document, (*entry.score.spans[-1:], *entry.grade.spans[-1:]))
        if entry.label is None:
            yield unchecked(Relation.BAND, "grade-score-mismatch", entry.grade.text, spans, "unknown_grade", entry.project.name)
            continue
        right = next((s for s in scales if s.label_of(entry.quantity.value) == entry.label), None)
        expected = scales[0].label_of(entry.quantity.value) or ""
        claim = Claim(
            Relation.BAND,
            "grade-score-mismatch",
            entry.grade.text,
            Verdict.CONSISTENT if right is scales[0] else Verdict.INCONSISTENT,
            spans,
            entry.project.name,
            expected,
            _formula(entry, scales[0]),
            (shown_operand("score", entry.quantity, *entry.score.spans[:1]),),
        )
        yield claim
        if right is not scales[0]:
            yield _mismatch(case, entry, claim, scales[0], right)


def _mismatch(case: Case, entry: Graded, claim: Claim, scale: Scale, right: Scale | None) -> Finding:
    arguments = {
        "score": written(entry.quantity),
        "scale": scale.title or f"报告自定的标准（{_shown(scale)}）",
        "other": right.title if right else "",
    }
    document = case.facts.document
    spans = tuple(dict.fromkeys((*claim.spans, *quoted(document, scale.spans[:1]))))
    return finding(
        claim,
        Severity.WARNING if right else Severity.ERROR,
        "other_scale" if right else "default",
        arguments,
        entry.score.doubts | entry.grade.doubts,
        entry.grade.spans[:1],
        spans,
    )


def _formula(entry: Graded, scale: Scale) -> str:
    """95 ≥ 90 → 优"""
    label = scale.label_of(entry.quantity.value)
    low = dict(scale.bands).get(label or "")
    if low is None:
        return f"{trimmed(entry.quantity.value)} → {label}"
    return f"{trimmed(entry.quantity.value)} ≥ {trimmed(low)} → {label}"


def _shown(scale: Scale) -> str:
    return "、".join(f"{label}≥{trimmed(low)}" for label, low in scale.bands)


@check(
    "grade-vocabulary",
    zh="等级用语不在同一体系",
    en="Grades of more than one scale",
    severity=Severity.WARNING,
    norm="同一报告应使用同一等级标准",
    texts={
        "default": (
            "等级用语{labels}不属于同一种常见标准，请核对所用标准。",
            "The grades {labels} belong to no one known scale. Please ask which scale is used.",
        )
    },
)
def grade_vocabulary(case: Case) -> Iterator[Finding]:
    """
    核什么：一份报告中各项目的等级用语是否属于同一套标准。
    为什么：“中”和“合格”并用，等级无从比较。
    怎么判：所有等级用语（优秀与优、良好与良视为同义）能同属一种常见标准或报告自定标准的，不报；否则警告一次。
    依据：等级标准应统一。
    例：三个项目分别评为“优”“中”“合格”，警告。
    已知误报：把形容词“良好”读成等级。
    """
    entries = [g for g in graded(case) if g.label is not None]
    used = {g.label for g in entries}
    own = own_scale(case)
    scales = [*known_scales(case.lexicon).values(), *([own] if own else [])]
    if len(used) < 2 or any(used <= scale.labels for scale in scales):
        return
    first = {g.label: g for g in reversed(entries)}
    marks = tuple(g.grade.spans[0] for g in sorted(first.values(), key=lambda g: (g.grade.spans[0].paragraph, g.grade.spans[0].start)))
    document = case.facts.document
    labels = listed(list(dict.fromkeys(g.grade.text for g in entries)))
    yield Finding("grade-vocabulary", Severity.WARNING, quoted(document, marks), arguments={"labels": labels}, highlight=marks)


@check(
    "grade-missing",
    zh="有分无级或有级无分",
    en="A score without a grade, or a grade without a score",
    severity=Severity.INFO,
    norm="自评结论应含得分和等级",
    texts={
        "default": (
            "同一报告其他项目既有得分又有等级，而下列项目缺一：{list}。",
            "Other projects of this report have both score and grade; these lack one: {list}.",
        )
    },
)
def grade_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：项目是否只有得分没有等级，或只有等级没有得分。
    为什么：结论不完整。
    怎么判：同一报告至少有一个项目得分、等级齐全，而另一些项目只有其一的，提示一次；通篇没有等级的（如四川省表样）不提示。
    依据：自评报告提纲。
    例：五个项目中四个写明得分和等级，一个只有得分，提示。
    已知误报：未实施的项目。
    """
    whole = [p for p in case.facts.projects if not p.is_total]
    half = [p for p in whole if (p.self_score is None) != (p.grade is None)]
    if not half or not any(p.self_score and p.grade for p in whole):
        return
    stated = [stated for p in half if (stated := p.self_score or p.grade) is not None]
    marks = tuple(span for s in stated for span in s.spans[:1])
    arguments = {"list": listed([p.name for p in half])}
    yield Finding("grade-missing", Severity.INFO, quoted(case.facts.document, marks), arguments=arguments, highlight=marks)


@check(
    "grade-boundary",
    zh="边界分值",
    en="Scores on a boundary",
    severity=Severity.INFO,
    norm="界上分值归上一档",
    texts={
        "default": (
            "得分恰在等级界上：{list}。界上分值归上一档，等级成立。",
            "Scores right on a boundary: {list}. They belong to the upper band; the grade holds.",
        )
    },
)
def grade_boundary(case: Case) -> Iterator[Finding]:
    """
    核什么：得分是否恰为等级分界（如90、80、60分）。
    为什么：界上分值值得复核扣分是否充分。
    怎么判：得分恰在所用标准的界上且等级相符的，每份报告提示一次。
    依据：等级分数段。
    例：自评80分、等级“良”，提示。
    已知误报：仅为提示，不影响结论。
    """
    scale = scales_in_force(case)[0]
    lows = {low for _, low in scale.bands if low}
    found = [g for g in graded(case) if g.quantity.value in lows and scale.label_of(g.quantity.value) == g.label]
    if found:
        marks: tuple[Span, ...] = tuple(span for g in found for span in g.score.spans[:1])
        arguments = {"list": listed([f"{g.project.name}{written(g.quantity)}" for g in found])}
        yield Finding("grade-boundary", Severity.INFO, quoted(case.facts.document, marks), arguments=arguments, highlight=marks)
