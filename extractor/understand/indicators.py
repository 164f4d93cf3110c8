"""Indicators told in sentences: 数量指标：…, with what was reached, what was aimed at and how far it was completed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.lexicon.holding import any_word, plain
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Indicator, Kind, Mention, Operator, Section, Value
from extractor.model.quantity import Bound
from extractor.understand.sentences import Sentence, sentences

FIGURES = frozenset({Kind.COUNT, Kind.PERCENT})
OPERATORS = {Bound.AT_LEAST: Operator.AT_LEAST, Bound.AT_MOST: Operator.AT_MOST}
LONGEST_PLAIN = 40


class Stretch(NamedTuple):
    """Characters [start, end) of a paragraph that tell indicators of one category ('' where none is named)."""

    paragraph: Paragraph
    start: int
    end: int
    category: str


class IndicatorReader:
    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.label = plain(lexicon, "indicators.label")
        self.completion = plain(lexicon, "indicators.completion")
        self.tells_results = any_word(lexicon, "indicator_section_words")
        self.target_lead = plain(lexicon, "indicators.target_lead")
        self.difference = plain(lexicon, "indicators.difference")
        self.address = plain(lexicon, "indicators.address")
        self.rate_label = plain(lexicon, "rates.label")
        self.fillers = lexicon.words("name_fillers")
        self.number = lexicon.pattern("outline.number")
        self.level1 = {word: level for level, words in lexicon.groups("indicator_level1").items() for word in words}

    def read(
        self, section: Section, paragraphs: Sequence[Paragraph], mentions: Mapping[int, tuple[Mention, ...]], aims: bool = False
    ) -> Iterator[Indicator]:
        """The indicators of one section's own paragraphs (its heading's run-in text included); `aims` reads a section on targets."""
        category = self._titled_category(section)
        speaks = aims or self.tells_results(section.title) is not None
        for place, paragraph in enumerate(paragraphs):
            start = section.run_in.start if section.run_in and section.run_in.paragraph == paragraph.index else 0
            for stretch in self._stretches(paragraph, start, category):
                category = stretch.category
                if stretch.category or speaks:
                    # only the words right behind a heading or label tell an indicator without a figure
                    yield from self._indicators(stretch, mentions.get(paragraph.index, ()), place == 0 or stretch.start > start)

    def is_told_in(self, sentence: Sentence) -> bool:
        """成本指标：…55万元 is an indicator's figure, no statement of the fund."""
        label = self.label.search(sentence.paragraph.text, 0, sentence.end)
        return label is not None and label.start() <= sentence.end and sentence.start <= label.end() + 1

    def _titled_category(self, section: Section) -> str:
        """（一）数量指标 as a heading says what the text under it tells."""
        bare = (
            section.title.rstrip("。：: ").removesuffix("完成情况分析").removesuffix("完成情况").removesuffix("情况").removesuffix("分析")
        )
        return self.lexicon.group_of("indicator_level2", bare) or ""

    def _stretches(self, paragraph: Paragraph, start: int, category: str) -> Iterator[Stretch]:
        labels = list(self.label.finditer(paragraph.text, start))
        first = labels[0].start() if labels else len(paragraph.text)
        if first > start:
            yield Stretch(paragraph, start, first, category)
        for place, label in enumerate(labels):
            end = labels[place + 1].start() if place + 1 < len(labels) else len(paragraph.text)
            yield Stretch(paragraph, label.end(), end, self.lexicon.group_of("indicator_level2", label["label"]) or "")

    def _indicators(self, stretch: Stretch, mentions: Sequence[Mention], opens: bool) -> Iterator[Indicator]:
        found: list[Indicator] = []
        begin = stretch.start
        number = self.number.match(stretch.paragraph.text) if begin == 0 else None
        begin = number.end() if number else begin
        tells = any(m.kind in FIGURES and begin <= m.start < stretch.end for m in mentions)
        for sentence in sentences(stretch.paragraph, mentions, begin, stretch.end) if tells else ():
            for indicator in self._of_sentence(sentence, stretch.category):
                if indicator.name or not found:
                    found.append(indicator)
                elif indicator.target and found[-1].target is None:
                    found[-1] = replace(found[-1], target=indicator.target, spans=(*found[-1].spans, *indicator.spans))
        if not found and stretch.category and opens:
            plain = stretch.paragraph.text[begin : stretch.end].strip()
            if plain and len(plain) <= LONGEST_PLAIN:
                span = Span(stretch.paragraph.index, begin, stretch.end)
                found.append(
                    Indicator(
                        "", self._level1(stretch.category), stretch.category, actual=Value(plain.rstrip("。"), (span,)), spans=(span,)
                    )
                )
        yield from found

    def _level1(self, category: str) -> str:
        return self.level1.get(category, "")

    def _of_sentence(self, sentence: Sentence, category: str) -> Iterator[Indicator]:
        """One indicator a clause with a figure; a clause that names a target belongs to the one before it."""
        pending: Indicator | None = None
        figures = [m for m in sentence.mentions if m.kind in FIGURES and m.quantity]
        for place, mention in enumerate(figures):
            before = figures[place - 1].end if place else sentence.start
            words = sentence.slice(before, mention.start)
            after = sentence.slice(mention.end, mention.end + 6)
            completion = self.completion.search(words) if mention.kind is Kind.PERCENT else None
            if pending and pending.completion is None and pending.actual and self._is_completion(pending, words, mention):
                value = self._value(sentence, mention)
                pending = replace(pending, completion=value, spans=(*pending.spans, *value.spans))
                continue
            is_target = self._is_target(words, after, mention)
            if self._tells_nothing(words, mention, is_target):
                continue  # 解放路18号综合楼3层 counts nothing, 高于目标值1.3个百分点 is neither target nor result
            value = self._value(sentence, mention)
            if completion:
                if pending:
                    yield pending
                name = self._name(completion["name"]) or (pending.name if pending else "")
                pending = self._indicator(sentence, name, category, mention, completion=value)
            elif pending and pending.target is None and is_target:
                pending = replace(pending, target=value, spans=(*pending.spans, *value.spans))
            elif is_target:
                if pending:
                    yield pending
                pending = None
                yield self._indicator(sentence, "", category, mention, target=value)
            elif not self._is_base(figures, place, after) and not self._is_fund_rate(words, mention):
                if pending:
                    yield pending
                pending = self._indicator(sentence, self._name(words), category, mention, actual=value)
        if pending:
            yield pending

    def _tells_nothing(self, words: str, mention: Mention, is_target: bool) -> bool:
        """A floor of an address, or how far a result is from its target."""
        apart = self.difference.search(words) or ("point" in mention.groups and is_target)
        return bool(apart or self.address.search(words))

    def _indicator(self, sentence: Sentence, name: str, category: str, mention: Mention, **values: Value) -> Indicator:
        clause = sentence.clause_at(mention.start)
        span = sentence.span(clause.start, max(clause.end, mention.end))
        return Indicator(name, self._level1(category), category, spans=(span,), **values)  # type: ignore[arg-type]

    @staticmethod
    def _is_base(figures: Sequence[Mention], place: int, after: str) -> bool:
        """完成目标1000人的108%: the 1000 is what the percentage is of."""
        following = figures[place + 1] if place + 1 < len(figures) else None
        return after.startswith("的") and following is not None and following.start <= figures[place].end + 1

    def _is_completion(self, pending: Indicator, words: str, mention: Mention) -> bool:
        """完成率99.41% behind a count and its target, or the 112% of 完成目标597处的112%."""
        of_target = words == "的" and mention.kind is Kind.PERCENT and pending.target is not None
        return of_target or self._is_completion_rate(words, mention)

    def _is_completion_rate(self, words: str, mention: Mention) -> bool:
        """实际开行35,920班次，完成率99.41%: the rate is that of the count right before it."""
        labels = list(self.rate_label.finditer(words)) if mention.kind is Kind.PERCENT else []
        return bool(labels) and self.lexicon.group_of("rate_label", labels[-1].group()) == "completion" and labels[-1].start() <= 2

    def _is_fund_rate(self, words: str, mention: Mention) -> bool:
        """资金使用率100% tells of the fund, whatever section it stands in."""
        labels = list(self.rate_label.finditer(words)) if mention.kind is Kind.PERCENT else []
        return bool(labels) and self.lexicon.group_of("rate_label", labels[-1].group()) in ("executed", "arrived", "paid")

    def _is_target(self, words: str, after: str, mention: Mention) -> bool:
        if self.target_lead.search(words):
            return True
        bounded = mention.quantity is not None and mention.quantity.bound in OPERATORS
        return (bounded and "目标" in after) or after.startswith(("指标", "的目标", "目标"))

    def _name(self, words: str) -> str:
        name = words.strip(" ，、：:；。（）()的")
        for separator in ("，", "：", "；", "、"):
            name = name.rsplit(separator, 1)[-1]
        changed = True
        while changed and (name.startswith(self.fillers) or name.endswith(self.fillers)):
            changed = False
            for filler in self.fillers:
                if name.startswith(filler) and len(name) > len(filler) + 1:
                    name, changed = name[len(filler) :], True
                if name.endswith(filler) and len(name) > len(filler) + 1:
                    name, changed = name[: -len(filler)], True
        return name.strip()

    @staticmethod
    def _value(sentence: Sentence, mention: Mention) -> Value:
        assert mention.quantity
        text = sentence.slice(mention.start, mention.end)
        quantity = replace(mention.quantity, unit="百分点") if "point" in mention.groups else mention.quantity
        return Value(text, (sentence.span(mention.start, mention.end),), quantity, OPERATORS.get(quantity.bound))
