"""Checks on wording: words doubled, cut or mistyped, and labels run into the text before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from extractor.check.passages import clause, project_name, prose, sentence
from extractor.check.registry import Case, check
from extractor.check.search import all_matches, holding
from extractor.lexicon.holding import plain
from extractor.model.document import Paragraph, Span
from extractor.model.findings import Finding, Severity

MOST_SLIPS = 40  # of one paragraph; what repeats itself more often is no prose
SLIPS = (("language.until_slip", "截至"), ("language.already_slip", "已"))
"""Patterns of slips, and what was meant."""
NUMERALS = frozenset("零〇○一二三四五六七八九十百千万亿两")


@check(
    "repeated-phrase",
    zh="词语重复",
    en="Phrase typed twice",
    severity=Severity.INFO,
    norm="文字规范",
    texts={"default": ("“{unit}”连写了两遍。", "“{unit}” is typed twice in a row.")},
)
def repeated_phrase(case: Case) -> Iterator[Finding]:
    """
    核什么：同一词语是否紧接着又写了一遍。
    为什么：多为复制粘贴的遗留，个别会改变意思。
    怎么判：两个字以上的同一串汉字首尾相接出现两次，提示。数字、叠用的词（一个一个、研究研究）和分属两词的（购买服务服务对象）不报。
    依据：文字规范。
    例：“经费使用情况说明经费使用情况说明：”“食品食品监管”。
    已知误报：专名中的叠字。
    """
    exceptions = case.lexicon.words("repeat_exceptions")
    tails = case.lexicon.words("repeat_tails")
    pattern = plain(case.lexicon, "language.repeated")
    for paragraph in prose(case.facts.document):
        told: set[tuple[str, Span]] = set()
        for match in pattern.finditer(paragraph.text):
            unit, second = match["unit"], match.start() + len(match["unit"])
            if unit.startswith(exceptions) or NUMERALS.issuperset(unit):
                continue
            if len(unit) < 4 and paragraph.text.startswith(tails, second):
                continue
            slip = _slip(case, "repeated-phrase", paragraph, match.span(), {"unit": unit})
            if len(told) < MOST_SLIPS and (unit, slip.spans[0]) not in told:
                told.add((unit, slip.spans[0]))
                yield slip


def _slip(case: Case, name: str, paragraph: Paragraph, place: tuple[int, int], arguments: dict[str, str]) -> Finding:
    start, end = place
    span = clause(paragraph, start, end)
    own = Span(paragraph.index, start, end)
    return Finding(name, Severity.INFO, (span,), arguments=arguments, project=project_name(case.facts, span), highlight=(own,))


@check(
    "sentence-truncated",
    zh="语句残缺",
    en="Word cut off",
    severity=Severity.INFO,
    norm="文字规范",
    texts={"default": ("“{written}”似缺字，可能是“{whole}”。", "“{written}” seems cut off; perhaps “{whole}” was meant.")},
)
def sentence_truncated(case: Case) -> Iterator[Finding]:
    """
    核什么：标点之前的词是否只写了一半。
    为什么：缺字可能连带缺了内容。
    怎么判：标点之前是“常用名词＋双音词的前一个字”，如“标准化建”“资料整”，而完整的词见于词表，提示。
    依据：词表。
    例：“推进渠道管护标准化建。”应为“标准化建设”。
    已知误报：词表之外的简称。
    """
    halves = case.lexicon.groups("cut_words")
    exceptions = frozenset(case.lexicon.words("cut_exceptions"))
    pattern = plain(case.lexicon, "language.cut_word")
    for paragraph in prose(case.facts.document):
        for match in pattern.finditer(paragraph.text):
            if match.group() not in exceptions:
                whole = match["host"] + halves[match["half"]][0]
                yield _slip(case, "sentence-truncated", paragraph, match.span(), {"written": match.group(), "whole": whole})


@check(
    "known-typo",
    zh="常见错别字",
    en="Common typing slip",
    severity=Severity.INFO,
    norm="文字规范",
    texts={"default": ("“{written}”可能是“{meant}”之误（{count} 处）。", "“{written}” is probably a slip for “{meant}” ({count}x).")},
)
def known_typo(case: Case) -> Iterator[Finding]:
    """
    核什么：有没有常见的错别字。
    为什么：有些错字会改变意思（拔付、返乡指标）。
    怎么判：只查词表中的错字，并排除词语跨界的情形；同一错字全文合为一条提示。
    依据：词表，可用 --patterns 增补。
    例：“资金拔付”应为“拨付”；“截止2020年底”应为“截至”。
    已知误报：人名、地名中的用字。
    """
    slips: dict[tuple[str, str], list[tuple[Paragraph, tuple[int, int]]]] = defaultdict(list)
    words = case.lexicon.groups("typos")
    for paragraph in holding(case, *(name for name, _ in SLIPS), "language.report_for_duty", words=words, running=True):
        for written, meant, place in _typos(case, paragraph):
            slips[written, meant].append((paragraph, place))
    for (written, meant), places in slips.items():
        spans = tuple(dict.fromkeys(clause(paragraph, *place) for paragraph, place in places))
        highlight = tuple(Span(paragraph.index, *place) for paragraph, place in places)
        arguments = {"written": written, "meant": meant, "count": str(len(places))}
        project = project_name(case.facts, spans[0])
        yield Finding("known-typo", Severity.INFO, spans, arguments=arguments, project=project, highlight=highlight)


def _typos(case: Case, paragraph: Paragraph) -> Iterator[tuple[str, str, tuple[int, int]]]:
    text = paragraph.text
    for written, meant in case.lexicon.groups("typos").items():
        place = text.find(written)
        while place >= 0:
            yield written, meant[0], (place, place + len(written))
            place = text.find(written, place + len(written))
    for name, meant_word in SLIPS:
        for match in case.lexicon.pattern(name).finditer(text):
            yield match.group(), meant_word, match.span()
    for match in case.lexicon.pattern("language.report_for_duty").finditer(text):
        yield match["slip"], "报到", match.span("slip")


@check(
    "punctuation-missing",
    zh="标签前缺标点",
    en="Label run into the text before it",
    severity=Severity.INFO,
    norm="文字规范",
    texts={"default": ("“{label}”之前缺少标点或换行。", "“{label}” follows the text before it without a mark.")},
)
def punctuation_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：“时效指标：”等标签之前有没有标点。
    为什么：缺标点时，前一指标的值和后一指标容易读混。
    怎么判：指标类别名加冒号，紧接在汉字、数字或百分号之后，提示；“其中数量指标：”之类正常连用不报。
    依据：文字规范。
    例：“护河员到岗率92%时效指标：12月底前”。
    已知误报：自定的指标类别名称。
    """
    leads, labels = case.lexicon.words("label_leads"), case.lexicon.words("category_labels")
    for paragraph, match in all_matches(case, "language.glued_label", running=True):
        before = paragraph.text[sentence(paragraph, match.start(), match.end()).start : match.start()]
        is_tail = any((before + match["label"]).endswith(label) for label in labels if len(label) > len(match["label"]))
        if before.strip(" \u3000").isdecimal() or is_tail or before.endswith(leads):
            continue
        yield _slip(case, "punctuation-missing", paragraph, match.span("label"), {"label": match["label"]})
