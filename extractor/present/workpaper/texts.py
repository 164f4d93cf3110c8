"""Words of the workbook alone, as (Chinese, English): what operands are called, how figures are rounded."""

from __future__ import annotations

from extractor.present.words import Texts

OPERANDS: Texts = {
    "executed": ("执行数", "executed"),
    "budget": ("预算数", "budget"),
    "budget_initial": ("年初预算数", "initial budget"),
    "arrived": ("到位数", "arrived"),
    "balance": ("结余数", "balance"),
    "adjustment": ("调整数", "adjustment"),
    "part": ("分项", "part"),
    "whole": ("总数", "whole"),
    "target": ("目标值", "target"),
    "actual": ("实际值", "actual"),
    "weight": ("分值", "weight"),
    "score": ("得分", "score"),
    "current": ("本期数", "current"),
    "previous": ("上期数", "previous"),
    "form": ("自评表所列", "in the form"),
    "told": ("正文所述", "in the text"),
    "table": ("表中所列", "in the table"),
    "amount": ("金额", "amount"),
    "deduction": ("扣分", "deduction"),
    "project": ("项目", "project"),
    "figure": ("算式中的数", "figure of the formula"),
    "counterpart": ("对照数", "held against"),
    "result": ("结论", "result"),
}

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
