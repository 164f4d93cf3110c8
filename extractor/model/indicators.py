"""Scores, indicators and forms: what a report says of its results, and how sure the reading is."""

from __future__ import annotations

from enum import StrEnum

from extractor.model.document import Span
from extractor.model.frozen import frozen
from extractor.model.quantity import Quantity


class Doubt(StrEnum):
    """A reason not to trust a reading fully; any of them caps a finding at warning."""

    PAGE_BREAK = "page_break"
    UNRULED = "unruled"  # from a table without a line drawn
    TWO_CANDIDATES = "two_candidates"
    OCR = "ocr"
    OCR_UNSURE = "ocr_unsure"  # and with little certainty
    BASE_UNCERTAIN = "base_uncertain"
    INFERRED = "inferred"  # a sign, an operator or a unit was inferred from wording


Doubts = frozenset[Doubt]
SURE: Doubts = frozenset()


class Origin(StrEnum):
    """Where a fact was read: running text, a self-evaluation form, a summary table."""

    PROSE = "prose"
    FORM = "form"
    TABLE = "table"


@frozen
class Stated:
    """A score or grade as stated. Scores have a quantity, grades a text."""

    text: str
    spans: tuple[Span, ...]
    quantity: Quantity | None = None
    label: str = ""
    origin: Origin = Origin.PROSE
    doubts: Doubts = SURE


class Operator(StrEnum):
    """How an indicator's actual is held against its target."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "="
    MORE = ">"
    LESS = "<"
    QUALITATIVE = "qualitative"


@frozen
class Value:
    """An indicator's target or actual: the words as printed and the figure in them, if there is one."""

    text: str
    spans: tuple[Span, ...]
    quantity: Quantity | None = None
    operator: Operator | None = None


@frozen
class Indicator:
    """One indicator, told in a sentence or in a form's row."""

    name: str
    level1: str = ""
    level2: str = ""
    target: Value | None = None
    actual: Value | None = None
    completion: Value | None = None  # 完成目标的200%
    weight: Stated | None = None
    score: Stated | None = None
    reason: str = ""
    spans: tuple[Span, ...] = ()
    origin: Origin = Origin.PROSE
    doubts: Doubts = SURE


@frozen
class WeightGroup:
    """A level or block of a form whose label states its points: 产出指标（50分）. `indicators` are the rows under it."""

    label: str
    weight: Stated
    indicators: tuple[Indicator, ...] = ()
    holds_execution: bool = False  # the block of the 预算执行 row


@frozen
class Subtotal:
    """A row 小计 of a form: its points, and how many of the form's indicators stand above it."""

    label: str
    place: int
    weight: Stated | None = None
    score: Stated | None = None


@frozen
class Form:
    """A 自评表 as a whole: its total row, the points that labels state, and the words on how it is scored."""

    spans: tuple[Span, ...] = ()
    total_weight: Stated | None = None
    total_score: Stated | None = None
    groups: tuple[WeightGroup, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    execution_weight: Stated | None = None
    execution_score: Stated | None = None
    head_score: Stated | None = None  # 自评得分 in a field of its own, beside a total row
    subtotals: tuple[Subtotal, ...] = ()
    scheme: str = ""  # 得分计算方法 and notes under the form, as printed
    notes: tuple[Span, ...] = ()  # the notes under it, where the file holds several forms
