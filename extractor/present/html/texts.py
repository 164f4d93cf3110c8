"""The words of the page, as (Chinese, English)."""

from __future__ import annotations

from extractor.present.words import Texts

DECISIONS: Texts = {
    "confirmed": ("已确认", "confirmed"),
    "false_alarm": ("误报", "false alarm"),
    "open": ("待核实", "to be settled"),
}

ROLES: Texts = {
    "budget": ("全年预算", "budget"),
    "budget_initial": ("年初预算", "initial budget"),
    "arrived": ("到位", "arrived"),
    "executed": ("执行", "executed"),
    "balance": ("结余", "balance"),
    "adjustment": ("调整", "adjustment"),
    "part": ("分项", "part"),
    "whole": ("总额", "whole"),
    "target": ("目标值", "target"),
    "actual": ("完成值", "actual"),
    "weight": ("分值", "weight"),
    "score": ("得分", "score"),
    "form": ("表中", "in the form"),
    "current": ("本期", "this period"),
    "previous": ("上期", "last period"),
}

PAGE: Texts = {
    "eyebrow": ("绩效自评报告核验", "Self-evaluation reports, re-derived"),
    "title": ("疑点清单", "Findings"),
    "no_unit": ("未注明单位", "no unit stated"),
    "whole_report": ("全文", "the report as a whole"),
    "filters": ("筛选", "Filters"),
    "list": ("疑点目录", "List of findings"),
    "search": ("全文搜索", "Search"),
    "search_hint": ("词、金额、编号；空格分隔", "words, figures, ids"),
    "severity": ("程度", "Severity"),
    "unit": ("单位", "Unit"),
    "check": ("检查", "Check"),
    "project": ("项目", "Project"),
    "status": ("复核", "Review"),
    "undecided": ("未复核", "not reviewed"),
    "all": ("全部", "all"),
    "reset": ("清除筛选", "Clear filters"),
    "shown": ("显示 {} 条，共 {} 条", "{} of {} shown"),
    "none_left": ("没有符合条件的疑点。", "No finding matches."),
    "stated": ("报告所述", "stated"),
    "expected": ("复算", "recomputed"),
    "difference": ("相差", "difference"),
    "formula": ("算式", "formula"),
    "operands": ("所用各数", "operands"),
    "quotes": ("原文", "quotes"),
    "more_quotes": ("另有 {} 处，见 JSON", "{} more in the JSON"),
    "doubts": ("存疑", "doubts"),
    "explain": ("检查说明", "About this check"),
    "page": ("第 {} 页", "page {}"),
    "whole_page": ("看整页", "Whole page"),
    "in_marked": ("在标注 PDF 中打开", "Open in the marked-up PDF"),
    "see_page": ("看原页与详情", "See the page"),
    "close": ("关闭", "Close"),
    "no_picture": ("没有页面图像，以下为原文摘录。", "No picture of the page; the words are quoted."),
    "decision": ("复核意见", "decision"),
    "proposal": ("上年度同一疑点的意见，待确认", "decided on this point in another year, to be confirmed"),
    "suppressed": ("误报，不计数", "false alarm, not counted"),
    "id": ("编号", "id"),
    "by_unit": ("各单位疑点", "Findings by unit"),
    "by_check": ("各项检查疑点", "Findings by check"),
    "others": ("其余 {} 项", "{} others"),
    "claims": ("核验结果", "Claims"),
    "claims_head": ("核验 {} 处", "{} claims checked"),
    "reasons": ("无法核验的原因", "Why claims could not be checked"),
    "failed": ("未能读取 {} 份", "{} unreadable"),
    "partial": ("部分读取 {} 份", "{} partly read"),
    "clean": ("未发现疑点 {} 份", "{} without findings"),
    "parts": ("分单位文件", "Files by unit"),
    "back": ("全部单位", "All units"),
    "checks": ("检查说明", "About the checks"),
    "keys": ("j / k 上下移动 · o 看整页 · / 搜索 · Esc 返回", "j / k move · o whole page · / search · Esc back"),
    "noscript": ("筛选、搜索和页面图像需要 JavaScript。", "Filters, search and pictures need JavaScript."),
    "year": ("{} 年度", "{}"),
    "pages": ("{} 页", "{} pages"),
    "findings": ("疑点", "Findings"),
    "made_by": ("由 jixiao-extractor {} 生成；编号与 JSON、底稿一致。", "Made by jixiao-extractor {}; ids are those of the JSON."),
    "skip": ("跳到疑点", "Skip to the findings"),
    "picture": ("第 {} 页的截图，框出有关文字", "A part of page {} with the passages framed"),
    "menu": ("筛选与目录", "Filters and list"),
}


def either(both: tuple[str, str], language: str) -> str:
    return both[language == "en"]
