"""Checks on how projects and units are named and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.check.nearness import similarity
from extractor.check.passages import clause, everything, whole
from extractor.check.registry import Case, check
from extractor.check.search import all_matches
from extractor.lexicon.words import name_key
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Kind, Mention, NamedAt, Project
from extractor.model.findings import Claim, Finding, OperandShown, Relation, Severity, Verdict

COMPARED_ROLES = frozenset({"annex", "form"})
SHORT_LINE = 40
ALIKE = 0.4
"""Similarity below which two names are hardly meant to be one."""


@check(
    "project-name-mismatch",
    zh="项目名称不一致",
    en="Project named differently",
    severity=Severity.WARNING,
    norm="同一项目名称应当一致",
    texts={
        "different": ("标题中的项目名称是“{name}”，附表名称中是“{other}”。", "The heading says “{name}”, the form's title “{other}”."),
        "tail": (
            "标题中的项目名称是“{name}”，附表名称中是“{other}”，仅末尾用词不同，很可能是同一项目。",
            "“{name}” in the heading and “{other}” in the form's title differ in their tails only; probably one project.",
        ),
        "short": (
            "标题中的项目名称是“{name}”，附表名称中简写为“{other}”。",
            "“{name}” in the heading is shortened to “{other}” in the form's title.",
        ),
        "other_project": (
            "“{name}”所附的表名是另一项目“{other}”的。",
            "The form named under “{name}” is that of another project, “{other}”.",
        ),
    },
)
def project_name_mismatch(case: Case) -> Iterator[Finding]:
    """
    核什么：同一项目在标题、附表名称、表格中的名称是否一致。
    为什么：名称不一致，表与文可能不是同一项目。
    怎么判：去掉“（项目）支出绩效自评表”等固定后缀、年度、编码、引号、空格后比较，末尾的“项目”可有可无。不同为警告；仅“经费、费、资金”
    等末尾用词不同的，措辞为很可能是同一项目；简称为提示。只按所在部分配对，不按顺序配对。
    依据：同一项目名称应当一致。
    例：标题“机房运维费”，附表《机房系统运维项目支出绩效自评表》。
    已知误报：多个项目合用一张表；跨行断开的名称。
    """
    projects = [p for p in case.facts.projects if not p.is_total and p.spans]
    keys = {_key(case, p.name): p for p in projects}
    for project in projects:
        others = _other_names(case, project)
        if len(projects) == 1 and len({_key(case, n.name) for n in others}) > 1:
            continue
        for named in others:
            message = _difference(case, project, named, keys)
            if message:
                yield _mismatch(case, project, named, message)


def _other_names(case: Case, project: Project) -> list[NamedAt]:
    """Names on forms, each once, but for those that belong to no single project."""
    generic = {*case.lexicon.words("generic_forms"), _key(case, case.facts.unit or "")}
    found = {_key(case, n.name): n for n in reversed(project.names) if n.role in COMPARED_ROLES}
    return [named for key, named in reversed(found.items()) if key and key not in generic]


def _key(case: Case, name: str) -> str:
    """A name without code, year, quotes and the word 项目 at its end."""
    key = name_key(name, case.lexicon) if name else ""
    for tail in case.lexicon.words("project_tails"):
        key = key.removesuffix(tail)
    return key


def _difference(case: Case, project: Project, named: NamedAt, keys: dict[str, Project]) -> str | None:
    """How two names differ, as the key of a message; None where they are one."""
    one, other = _key(case, project.name), _key(case, named.name)
    if one == other or not one:
        return None
    shared = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other)))
    tails = {"", *case.lexicon.words("fund_tails")}
    if shared >= 3 and any(one[n:] in tails and other[n:] in tails for n in range(shared, 2, -1)):
        return "tail"
    if other in keys and keys[other] is not project:
        return "other_project"
    if _is_shortened(one, other) or similarity(one, other) < ALIKE:
        return "short"
    return "different"


def _is_shortened(one: str, other: str) -> bool:
    """Do the characters of one name stand in the other in the same order?

    >>> _is_shortened("社区养老服务补助", "养老补助")
    True
    """
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def _mismatch(case: Case, project: Project, named: NamedAt, message: str) -> Finding:
    paragraphs = case.facts.document.paragraphs
    place = project.spans[0]
    heading = paragraphs[place.paragraph]
    first = whole(heading) if len(heading.text) <= SHORT_LINE else clause(heading, place.start, place.end)
    second = clause(paragraphs[named.span.paragraph], named.span.start, named.span.end)
    return Finding(
        "project-name-mismatch",
        Severity.INFO if message == "short" else Severity.WARNING,
        tuple(dict.fromkeys((first, second))),
        message,
        {"name": project.name, "other": named.name},
        project=project.name,
        stated=named.name,
        highlight=(place, named.span),
    )


@check(
    "project-count-mismatch",
    zh="项目数量表述不符",
    en="Number of projects does not agree",
    severity=Severity.WARNING,
    norm="逻辑核对",
    texts={
        "default": (
            "文中称自评项目 {stated} 个，读到的项目为 {found} 个：{names}。",
            "The text speaks of {stated} projects; {found} were read: {names}.",
        )
    },
)
def project_count_mismatch(case: Case) -> Iterator[Claim | Finding]:
    """
    核什么：文中所说的自评项目个数，与实际写到的项目个数是否一致。
    为什么：不一致，可能漏写了项目，也可能照抄了别处的数字。
    怎么判：说的是本次自评或实施的项目总数（不是其中一部分，也不是重点项目、子项目），且读到三个以上项目、与项目并列的标题都识别为项目时才
    比较；不等为警告。
    依据：逻辑核对。
    例：“本次纳入自评项目15个”，文中只有7个。
    已知误报：项目合并评价；项目名称未能识别。
    """
    facts = case.facts
    projects = [p for p in facts.projects if not (p.is_total or p.is_department)]
    if facts.kind == "department" or len(projects) < 3 or _headings_beside(case, projects) > len(projects):
        return
    for span, own, stated in _stated_counts(case):
        found = str(len(projects))
        verdict = Verdict.CONSISTENT if stated == found else Verdict.INCONSISTENT
        operands = tuple(OperandShown("project", "1", "个", p.spans[:1]) for p in projects)
        shown, expected = f"{stated}个", f"{found}个"
        claim = Claim(Relation.SAME, "project-count-mismatch", shown, verdict, (span,), expected=expected, operands=operands)
        yield claim
        if verdict is Verdict.INCONSISTENT:
            arguments = {"stated": stated, "found": found, "names": "、".join(p.name for p in projects)}
            yield Finding(
                "project-count-mismatch",
                Severity.WARNING,
                (span,),
                arguments=arguments,
                stated=shown,
                expected=expected,
                claims=(claim,),
                highlight=(own,),
            )


def _headings_beside(case: Case, projects: Sequence[Project]) -> int:
    """How many headings stand on one level with those that name projects: more than projects, and one went unread."""
    places = {span.paragraph for project in projects for span in project.spans[:1]}
    sections = case.facts.sections
    levels = {(s.parent, s.level) for s in sections if s.span.paragraph in places}
    return max((sum((s.parent, s.level) == level for s in sections) for level in levels), default=0)


def _stated_counts(case: Case) -> Iterator[tuple[Span, Span, str]]:
    """Where the text counts all the projects that it evaluates: the clause, the figure's place, the figure."""
    cues, parts = case.lexicon.words("own_count_cues"), case.lexicon.words("part_count_cues")
    for paragraph, match in all_matches(case, "naming.project_count", running=True):
        span = clause(paragraph, match.start(), match.end())
        words = paragraph.text[span.start : span.end]
        without = words.replace(match["count"], "").replace("个", "").replace(" ", "")
        if any(cue in without for cue in cues) and not any(part in words for part in parts):
            yield span, Span(paragraph.index, *match.span("count")), match["count"].lstrip("0")


@check(
    "unit-style",
    zh="万与万元混用",
    en="万 and 万元 mixed",
    severity=Severity.INFO,
    norm="文字规范",
    texts={
        "default": (
            "金额单位写法不一：“万元（亿元）”{whole} 处，“万（亿）”{short} 处。",
            "Amounts are written with 元 in {whole} place(s) and without in {short}.",
        )
    },
)
def unit_style(case: Case) -> Iterator[Finding]:
    """
    核什么：金额单位“万元”与“万”是否混用。
    为什么：只是书写规范，不影响数额。
    怎么判：全文的金额中两种写法都有，合为一条提示，引少的一种。
    依据：文字规范。
    例：前文“资金需求79万元”，后文“资金540万”。
    已知误报：人数等不是金额的“万”不计。
    """
    facts = case.facts
    places: dict[str, list[tuple[Paragraph, Mention]]] = {"whole": [], "short": []}
    for paragraph in everything(facts.document):
        for mention in facts.mentions.get(paragraph.index, ()):
            if mention.kind is not Kind.MONEY:
                continue
            written = paragraph.text[mention.start : mention.end].rstrip()
            if written.endswith(("万", "亿", "万元", "亿元")):
                places["whole" if written.endswith("元") else "short"].append((paragraph, mention))
    if places["whole"] and places["short"]:
        counts = Counter({style: len(told) for style, told in places.items()})
        rarer = min(places, key=lambda style: (counts[style], style))
        spans = (clause(paragraph, mention.start, mention.end) for paragraph, mention in places[rarer])
        arguments = {style: str(count) for style, count in counts.items()}
        yield Finding("unit-style", Severity.INFO, tuple(dict.fromkeys(spans)), arguments=arguments)
