"""Checks on the names of indicators: set twice, copied from another project, hardly told apart, satisfaction without a survey."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from itertools import combinations
from operator import ne

from extractor.check.form_rows import forms, rows
from extractor.check.passages import everything
from extractor.check.registry import Case, check
from extractor.check.row_values import Problem, of_rows, told_values
from extractor.lexicon.words import name_key
from extractor.model.facts import Indicator
from extractor.model.findings import Finding, Severity

LONG = 8
"""Characters of a name too particular to be the same in two projects by chance."""
SHORTEST = 3
COPIES = 2


def _key(case: Case, indicator: Indicator) -> str:
    return name_key(indicator.name, case.lexicon)


@check(
    "indicator-duplicate-in-project",
    zh="产出与效益重复设置",
    en="One indicator set twice",
    severity=Severity.WARNING,
    norm="指标不应重复设置",
    texts={
        "default": (
            "同一表中指标重复：{list}。重复的指标使同一件事得两次分，请核对。",
            "Indicators stand twice in one form: {list}. One thing is scored twice. Please check.",
        )
    },
    family="indicators",
)
def indicator_duplicate_in_project(case: Case) -> Iterator[Finding]:
    """
    核什么：同一张自评表中是否有名称相同的指标。
    为什么：同一件事在产出、效益各设一次，等于计两次分。
    怎么判：名称（去掉编号、年度、空格）相同且目标相同的，警告；目标不同的只作提示，因为可能分对象设置。每表合并一次。
    依据：指标设置的一般要求。
    例：“培训合格率≥95%”在质量指标、社会效益指标各出现一次，警告。
    已知误报：名称列实为类别、具体内容写在另一列。
    """
    for project, form in forms(case):
        groups: dict[str, list[Indicator]] = defaultdict(list)
        for indicator in rows(case, form):
            key = _key(case, indicator)
            if len(key) >= SHORTEST and indicator.name not in (indicator.level1, indicator.level2) and indicator.weight:
                groups[key].append(indicator)
        twice = [members for members in groups.values() if len({i.spans[0] for i in members if i.spans}) > 1]
        same = [members for members in twice if len({i.target.text if i.target else "" for i in members}) == 1]
        found: list[Problem] = [(i, None) for members in same for i in members]
        alike: list[Problem] = [(i, None) for members in twice if members not in same for i in members]
        yield from of_rows("indicator-duplicate-in-project", Severity.WARNING, project, found, told_values)
        yield from of_rows("indicator-duplicate-in-project", Severity.INFO, project, alike, told_values)


@check(
    "indicator-copied-between-projects",
    zh="指标在项目间照搬",
    en="Indicators shared by several projects",
    severity=Severity.INFO,
    norm="指标应与项目内容相关",
    texts={
        "default": (
            "下列指标在不同项目中名称、目标、完成值完全相同：{list}。请核对是否照搬。",
            "These indicators have the same name, target and actual in several projects: {list}. Please check.",
        )
    },
    family="indicators",
)
def indicator_copied_between_projects(case: Case) -> Iterator[Finding]:
    """
    核什么：不同项目的自评表中，是否有两项以上指标的名称、目标、完成值完全相同。
    为什么：照搬的指标与项目内容无关，完成值也不可信。
    怎么判：名称较长（八个字以上）、非100%的指标，两个项目之间相同两项以上的，每份文件提示一次。
    依据：抽查复核常见问题。
    例：两个项目都写“受益老年人及家属满意度≥92%，完成94.6%”等，提示。
    已知误报：同一类项目使用统一的共性指标。
    """
    owners: dict[tuple[str, str, str], dict[str, Indicator]] = defaultdict(dict)
    for project, form in forms(case):
        for indicator in rows(case, form):
            if len(indicator.name) >= LONG and indicator.target and indicator.actual and "100" not in indicator.actual.text:
                owners[indicator.name, indicator.target.text, indicator.actual.text].setdefault(project.name, indicator)
    shared: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for members in owners.values():
        for first, second in combinations(members, 2):
            shared[first, second] += [members[first], members[second]]
    found = list(dict.fromkeys(i for own in shared.values() if len(own) >= 2 * COPIES for i in own))
    yield from of_rows("indicator-copied-between-projects", Severity.INFO, None, [(i, None) for i in found], told_values)


@check(
    "indicator-ambiguous-name",
    zh="指标名称相近难以区分",
    en="Indicators hardly told apart",
    severity=Severity.INFO,
    norm="指标名称应明确",
    texts={
        "default": (
            "指标名称相近而数值不同，难以区分：{list}。请核对是否为同一指标。",
            "Names that can hardly be told apart, with different figures: {list}. Please check.",
        )
    },
    family="indicators",
)
def indicator_ambiguous_name(case: Case) -> Iterator[Finding]:
    """
    核什么：同一项目中是否有两个指标，名称只是字序不同或只差一个字，而数值不同。
    为什么：读者无法区分，可能是同一指标前后不一。
    怎么判：名称四个字以上，字完全相同而次序不同，或长度相同只差一字的，每个项目提示一次；差别为数字、序号，或为新增与净增、城镇与农村等
    成对用语的不提示。
    依据：指标设置的一般要求。
    例：“就业新增人数”与“新增就业人数”数值不同，提示。
    已知误报：统计上的成对指标。
    """
    for project in case.facts.projects:
        own = [i for i in project.indicators if i.actual is not None and len(i.name) > SHORTEST]
        found: list[Problem] = []
        for first, second in _of_one_length(own):
            if _is_alike(case, first.name, second.name) and _actual(first) != _actual(second):
                found += [(first, None), (second, None)]
        yield from of_rows("indicator-ambiguous-name", Severity.INFO, project, list(dict.fromkeys(found)), told_values)


def _of_one_length(indicators: Sequence[Indicator]) -> Iterator[tuple[Indicator, Indicator]]:
    """The pairs of indicators with names of one length, in their order."""
    behind: dict[int, deque[Indicator]] = defaultdict(deque)
    for indicator in indicators:
        behind[len(indicator.name)].append(indicator)
    for first in indicators:
        alike = behind[len(first.name)]
        alike.popleft()
        yield from ((first, second) for second in alike)


def _actual(indicator: Indicator) -> str:
    return indicator.actual.text if indicator.actual else ""


def _is_alike(case: Case, first: str, second: str) -> bool:
    """The same characters in another order, or one character apart that is no number and no half of a pair."""
    if first == second or len(first) != len(second):
        return False
    apart = sum(map(ne, first, second))
    if apart == 1:
        a, b = next((a, b) for a, b in zip(first, second, strict=True) if a != b)
        counted = case.lexicon.words("paired_signs")
        return not (a in counted and b in counted) and not a.isdigit() and not b.isdigit() and not _is_pair(case, first, second)
    return sorted(first) == sorted(second) and not _is_pair(case, first, second)


def _is_pair(case: Case, first: str, second: str) -> bool:
    return any((word in first) != (word in second) for word in case.lexicon.words("paired_words"))


@check(
    "indicator-satisfaction-no-survey",
    zh="满意度无调查依据",
    en="Satisfaction without a survey",
    severity=Severity.INFO,
    norm="满意度 = 满意人数 ÷ 有效调查人数，应有调查依据",
    texts={
        "default": (
            "{count} 项满意度没有说明调查对象、方式或样本：{list}。",
            "{count} rate(s) of satisfaction do not tell who was asked, how, or how many: {list}.",
        ),
        "complaints": (
            "以没有投诉代替满意度调查：{list}。没有投诉不等于满意。",
            "The absence of complaints stands for a survey: {list}. That is not satisfaction.",
        ),
    },
    family="indicators",
)
def indicator_satisfaction_no_survey(case: Case) -> Iterator[Finding]:
    """
    核什么：满意度是否有问卷、走访、样本等调查依据，是否以“无投诉”代替满意。
    为什么：没有调查的满意度无从核实。
    怎么判：报告通篇没有问卷、调查、走访、测评、样本等字样的，每份提示一次；只有一张自评表的，表中没有写调查的地方，不提示；满意度一行
    写“无投诉”的另行提示。
    依据：满意度的计算公式。
    例：“受益群众满意度100%”，全文未提及调查，提示。
    已知误报：调查资料在附件中。
    """
    own = [i for p in case.facts.projects for i in p.indicators if "满意" in i.name or "满意" in i.level2]
    rated: list[Problem] = [(i, i.actual) for i in own if i.actual and i.actual.quantity and i.actual.quantity.unit == "%"]
    text = "\n".join(p.text for p in everything(case.facts.document))
    if rated and case.facts.sections and not any(word in text for word in case.lexicon.words("survey_words")):
        yield from of_rows("indicator-satisfaction-no-survey", Severity.INFO, None, rated, told_values)
    quiet = case.lexicon.words("no_complaint")
    unasked: list[Problem] = [(i, i.actual) for i in own if any(word in f"{_actual(i)}{i.reason}" for word in quiet)]
    yield from of_rows("indicator-satisfaction-no-survey", Severity.INFO, None, unasked, told_values, "complaints")
