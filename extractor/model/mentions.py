"""What a pattern found in a string: figures, dates, document numbers and the digits that are nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from extractor.model.frozen import frozen
from extractor.model.quantity import Quantity


class Kind(StrEnum):
    """What a mention is; a place in a text is exactly one of these."""

    MONEY = "money"
    PERCENT = "percent"
    RATIO = "ratio"  # 430/540
    SCORE = "score"
    COUNT = "count"
    NUMBER = "number"
    RANGE = "range"
    ORDINAL = "ordinal"
    DATE = "date"
    YEAR = "year"
    PERIOD = "period"  # 2017-2018年, 1-6月
    RELATIVE_DATE = "relative_date"  # 上年, 本年, 年末
    DOC_NO = "doc_no"
    ARTICLE = "article"  # 第五十三条
    SECTION = "section"
    GRADE = "grade"
    CODE = "code"  # phone, account, project code, model, annex and table numbers: digits that are nothing else


@frozen
class Mention:
    """A pattern's match in one string: `text[start:end]`.

    Figures carry a `quantity`; dates, document numbers and codes a normalised `text` (2019-03, 财预〔2011〕285号).
    `groups` are the pattern's named groups as written (issuer, year, serial …).
    """

    kind: Kind
    start: int
    end: int
    pattern: str
    quantity: Quantity | None = None
    text: str | None = None
    groups: Mapping[str, str] = field(default_factory=dict)


def is_in_digits(text: str) -> bool:
    """Is an amount written in digits, and not in numerals of writing?

    >>> [is_in_digits(text) for text in ("2亿元", "壹佰贰拾捌万元整")]
    [True, False]
    """
    return any(character.isdecimal() for character in text)
