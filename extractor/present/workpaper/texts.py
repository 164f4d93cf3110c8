"""Words of the workbook alone, as (Chinese, English): how figures are rounded, how files were read."""

from __future__ import annotations

from extractor.present.words import Texts

BASES: Texts = {
    "ratio": ("各数按末位四舍五入的区间计", "each figure stands for all that round to it"),
    "sum": ("容许差为各数末位半个单位之和", "half a unit of each last digit is allowed"),
    "same": ("按较粗一方的位数比较", "compared at the coarser precision"),
    "band": ("按得分所在等次判定，不作舍入", "by the band of the score, without rounding"),
    "product": ("按所述得分的位数四舍五入", "rounded to the decimals of the stated score"),
    "bound": ("按各数舍入的区间比较", "compared as the intervals that round to them"),
}

STATES: Texts = {
    "ok": ("已读", "read"),
    "partial": ("部分读取", "partly read"),
    "failed": ("未能读取", "unreadable"),
}
