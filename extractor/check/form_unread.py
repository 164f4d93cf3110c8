"""Forms whose layout was not understood, wholly or in their rows of indicators: said, so that silence is not read as right."""

from __future__ import annotations

from collections.abc import Iterator, Set

from extractor.check.form_tables import flat
from extractor.check.registry import Case, check
from extractor.model.document import Paragraph, Span, Table
from extractor.model.facts import Project
from extractor.model.findings import Finding, Severity

CAPTION_REACH = 3
FEWEST_ROWS = 4
FEWEST_WORDS, FEWEST_FIGURES, LONGEST_HEAD = 3, 4, 14


@check(
    "form-template-unknown",
    zh="未识别表样",
    en="A form that was not understood",
    severity=Severity.INFO,
    norm="工具自检",
    texts={
        "default": (
            "“{title}”下的表格未能识别为已知表样，表中数据未核对，请对照原件。",
            "The table under “{title}” is of no known layout; its figures were not checked. See the original.",
        ),
        "rows": (
            "“{title}”有指标栏目，但没有读出任何指标行，指标、得分未核对，请对照原件。",
            "“{title}” has the heads of indicators, yet no row of them was read; targets and points were not checked. See the original.",
        ),
    },
    family="forms",
)
def form_template_unknown(case: Case) -> Iterator[Finding]:
    """
    核什么：标题为自评表、评分表而没有读出内容的表格。
    为什么：没有读懂的表不能算核对过。
    怎么判：表前三行文字有“自评表”“绩效评价表”等字样，表格四行以上而没有读出任何金额、指标的，逐表提示；表中有“一级指标”“数量指标”“完成值”等
    三种以上栏目并填有数字，而没有读出一行指标的，也提示。
    依据：工具自检，不涉及报告本身的对错。
    例：以图片拼接的自评表。
    已知误报：填报说明表、目录表。
    """
    read = {span.paragraph for p in case.facts.projects for span in _spans(p)}
    rows = {span.paragraph for p in case.facts.projects for i in p.indicators for span in i.spans}
    blocks = case.facts.document.blocks
    titles = case.lexicon.words("form_like_titles")
    for place, block in enumerate(blocks):
        if not isinstance(block, Table) or block.rows < FEWEST_ROWS:
            continue
        if any(p.index in read for p in block.paragraphs):
            yield from _unread_rows(case, block, rows)
            continue
        above = [b for b in blocks[max(0, place - CAPTION_REACH) : place] if isinstance(b, Paragraph)]
        title = next((p for p in reversed(above) if any(p.text.strip("：: ）)").endswith(word) for word in titles)), None)
        if title is not None:
            span = Span(title.index, 0, len(title.text))
            yield Finding("form-template-unknown", Severity.INFO, (span,), arguments={"title": title.text.strip()})
        else:
            yield from _unread_rows(case, block, rows)


def _unread_rows(case: Case, table: Table, rows: Set[int]) -> Iterator[Finding]:
    """A table with the heads of indicators and figures below them, in whose paragraphs no row of them was read."""
    if any(p.index in rows for p in table.paragraphs):
        return
    words = case.lexicon.words("indicator_words")
    heads = [(word, cell) for cell in table.cells for word in words if flat(cell).startswith(word) and len(flat(cell)) <= LONGEST_HEAD]
    first = min((cell.row for _, cell in heads), default=0)
    figures = sum(1 for cell in table.cells if cell.row > first and any(c.isdigit() for c in flat(cell)))
    if len({word for word, _ in heads}) < FEWEST_WORDS or figures < FEWEST_FIGURES:
        return
    title = next((cell for _, cell in heads), table.cells[0])
    marks = tuple(dict.fromkeys(cell.span for _, cell in heads[:2]))
    yield Finding("form-template-unknown", Severity.INFO, marks, "rows", {"title": flat(title)})


def _spans(project: Project) -> Iterator[Span]:
    for form in project.forms:
        yield from form.spans
    for fact in project.facts:
        yield from fact.spans
    for indicator in project.indicators:
        yield from indicator.spans
