"""What a document says: mentions, facts by project, indicators, sections, and the statements that can be re-derived."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import Enum, StrEnum
from operator import attrgetter

from extractor.model.document import Document, Span
from extractor.model.frozen import frozen
from extractor.model.indicators import SURE, Doubt, Doubts, Form, Indicator, Operator, Origin, Stated, Subtotal, Value, WeightGroup
from extractor.model.lazily import lazy
from extractor.model.mentions import Kind, Mention
from extractor.model.quantity import Quantity

__all__ = [
    "SURE",
    "DocumentNumber",
    "Doubt",
    "Doubts",
    "Fact",
    "Facts",
    "Form",
    "Indicator",
    "Kind",
    "Measure",
    "Mention",
    "NamedAt",
    "Operator",
    "Origin",
    "Project",
    "Rate",
    "Section",
    "Segment",
    "Source",
    "Stated",
    "Statement",
    "StatementKind",
    "Subtotal",
    "Term",
    "Value",
    "WeightGroup",
]

_START = attrgetter("start")


class Measure(StrEnum):
    """The field's terms for a project's money."""

    BUDGET_INITIAL = "budget_initial"  # 年初预算
    BUDGET = "budget"  # 全年（调整后）预算
    ARRIVED = "arrived"  # 到位
    EXECUTED = "executed"  # 执行, 支出
    BALANCE = "balance"  # 结余, 结转
    ADJUSTMENT = "adjustment"  # 追加 (+), 调减 (-)


@frozen
class Fact:
    """One statement of an amount: 区级财政预算资金20万. `source` is the label of the fund's part, None for the whole."""

    measure: Measure
    quantity: Quantity
    spans: tuple[Span, ...]  # the figure itself first, then the words that bind it
    label: str = ""  # the cue as written
    source: str | None = None
    year: str | None = None
    origin: Origin = Origin.PROSE
    doubts: Doubts = SURE
    qualifier: str = ""  # words that narrow it to something less than the whole: 公务接待 in 公务接待支出2万元


@frozen
class Source:
    """A printed part of a project's fund, by origin (区级) or by use (清淤工程)."""

    label: str
    budget: Fact | None = None
    arrived: Fact | None = None
    executed: Fact | None = None


@frozen
class Rate:
    """A rate of funds as stated: 完成率80%. `of` names numerator and denominator: executed/budget, arrived/budget,
    executed/arrived, executed/budget_initial, or source (a part's own rate, `source` naming the part)."""

    label: str
    of: str
    quantity: Quantity
    spans: tuple[Span, ...]
    source: str | None = None
    origin: Origin = Origin.PROSE
    doubts: Doubts = SURE
    named_base: bool = False  # the words beside it say which budget it is a rate of
    context: str = ""  # "arrived" for a rate told in a paragraph on arrivals, and so on
    qualifier: str = ""  # words that narrow it, as with facts: the rate of “三公”经费 is not that of the whole fund
    is_interim: bool = False  # as of some day within the year: 截至6月底执行率45%


@frozen
class Section:
    """A heading: its number and title as printed, its level, and the paragraphs under it up to the next heading.

    `is_empty` holds for a leaf heading with nothing under it, and nothing of its own after the title.
    """

    number: str
    title: str
    level: int
    span: Span
    paragraphs: tuple[int, ...] = ()  # own text only, without that of child headings
    children: tuple[int, ...] = ()  # places in Facts.sections
    parent: int | None = None
    is_empty: bool = False
    run_in: Span | None = None  # text that follows the title in the same paragraph: 1.资金到位情况。资金全部到位


@frozen
class Segment:
    """The part of the document that speaks of one project: whole paragraphs, or stretches of one."""

    spans: tuple[Span, ...] = ()

    def __contains__(self, span: Span) -> bool:
        return any(span in own for own in self._by_paragraph.get(span.paragraph, ()))

    @lazy
    def _by_paragraph(self) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = defaultdict(list)
        for own in self.spans:
            found[own.paragraph].append(own)
        return dict(found)


@frozen
class Project:
    """A project and all that was read of it. `amounts` holds the settled figure of each measure, `facts` every statement.

    `names` are all printed forms of its name with where they stand (heading, annex title, form title).
    """

    name: str
    spans: tuple[Span, ...] = ()
    code: str | None = None
    is_total: bool = False
    is_subtotal: bool = False  # a total of some of the projects beside that of all
    is_department: bool = False  # 部门整体支出: the whole unit, beside which its projects may be listed
    amounts: Mapping[Measure, Fact] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()
    rates: tuple[Rate, ...] = ()
    self_score: Stated | None = None
    grade: Stated | None = None
    scores: tuple[Stated, ...] = ()
    grades: tuple[Stated, ...] = ()
    execution_weight: Stated | None = None
    execution_score: Stated | None = None
    indicators: tuple[Indicator, ...] = ()
    segment: Segment = Segment()
    names: tuple[NamedAt, ...] = ()
    forms: tuple[Form, ...] = ()
    told: tuple[Indicator, ...] = ()  # indicators told in prose beside a form that lists them

    def amount(self, measure: Measure) -> Fact | None:
        return self.amounts.get(measure)


@frozen
class NamedAt:
    """A printed form of a project's name: `role` is heading, annex, form or body."""

    name: str
    role: str
    span: Span


class StatementKind(Enum):
    """Self-contained arithmetic told in a sentence, whatever project it belongs to."""

    RATIO = "ratio"  # operands (part, whole); stated a rate: 110人, 满意的104人, 满意度94.55%
    BREAKDOWN = "breakdown"  # operands the parts, stated the total: 300名, 其中中级246人、高级54人
    BALANCE = "balance"  # operands (available, executed), stated what is left
    CHANGE = "change"  # operands (current, previous), stated rate or difference of 增长/下降
    ADJUSTMENT = "adjustment"  # operands (initial, change), stated the adjusted budget
    SHARES = "shares"  # operands percentages of one whole that should make 100%
    COUNT = "count"  # stated N projects, operands the counted parts


@frozen
class Term:
    """An operand of a statement: what it is, the figure, where it stands."""

    role: str
    quantity: Quantity
    span: Span


@frozen
class Statement:
    kind: StatementKind
    operands: tuple[Term, ...]
    stated: Term
    project: str | None = None
    exhaustive: bool = True  # the parts claim to be all of the whole (由…组成, 包括, 其中 with every part)
    subject: str = ""  # what is counted or compared, as written
    direction: str = ""  # up, down for CHANGE
    doubts: Doubts = SURE


@frozen
class Account:
    """An item of account in a table of income, expenditure or balances: 收入总计 896.35. `name` is what the text would call it."""

    name: str
    quantity: Quantity
    span: Span


@frozen
class DocumentNumber:
    """A cited document number. `problem` is None, or why it is malformed: fused, bracket, no_number_sign, year."""

    written: str
    span: Span
    issuer: str = ""
    year: str = ""
    serial: str = ""
    title: str = ""  # the 《title》 beside it, without its marks
    problem: str | None = None


@frozen
class Facts:
    """Everything understood of one document; carries the document, so that evidence can be quoted from it.

    `mentions` maps a paragraph's index to its mentions in order.
    """

    document: Document
    title: str | None = None
    title_span: Span | None = None
    unit: str | None = None
    year: str | None = None
    kind: str = "narrative"  # narrative, form, department, transfer, other
    sections: tuple[Section, ...] = ()
    projects: tuple[Project, ...] = ()
    document_numbers: tuple[DocumentNumber, ...] = ()
    statements: tuple[Statement, ...] = ()
    accounts: tuple[Account, ...] = ()
    mentions: Mapping[int, tuple[Mention, ...]] = field(default_factory=dict)

    @lazy
    def section_of(self) -> Mapping[int, Section]:
        """The section that each paragraph heads or stands under, by the paragraph's index."""
        return {index: s for s in self.sections for index in (*s.paragraphs, s.span.paragraph)}

    def mentions_in(self, span: Span) -> Iterator[Mention]:
        """The mentions that lie wholly within a span."""
        mentions = self.mentions.get(span.paragraph, ())
        first = bisect_left(mentions, span.start, key=_START)
        for mention in mentions[first : bisect_left(mentions, span.end, lo=first, key=_START)]:
            if mention.end <= span.end:
                yield mention

    def project_at(self, span: Span) -> Project | None:
        """The project whose segment holds a span."""
        return next((project for own, project in self._owners.get(span.paragraph, ()) if span in own), None)

    @lazy
    def _owners(self) -> dict[int, list[tuple[Span, Project]]]:
        """The stretches of each paragraph that belong to projects, in the order of the projects."""
        owners: dict[int, list[tuple[Span, Project]]] = defaultdict(list)
        for project in self.projects:
            for own in project.segment.spans:
                owners[own.paragraph].append((own, project))
        return dict(owners)
