"""Arithmetic that a sentence carries in itself: shares, breakdowns of counts, changes against last year, project counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.lexicon.holding import any_word, plain
from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Doubt, Kind, Mention, Statement, StatementKind, Term
from extractor.model.relations import Operand, judge_change
from extractor.understand.sentences import Sentence

INFERRED = frozenset({Doubt.INFERRED})
NEAR = 16
NUMBERS = "〇一二三四五六七八九十"
MONEY_ADDED = 2  # a total stands behind so many amounts at least
LONGEST_LEAD = 32  # 300名专业技术人员职称申报工作，其中：中级246人


class StatementReader:
    def __init__(self, lexicon: Lexicon) -> None:
        self.share_of = lexicon.pattern("statements.share_of")
        self.project_count = lexicon.pattern("statements.project_count")
        self.rate_label = plain(lexicon, "rates.label")
        self.lexicon = lexicon
        self.price, self.items_told = lexicon.pattern("statements.price"), lexicon.pattern("statements.items_told")
        self.in_times, self.running_sum = lexicon.pattern("statements.in_times"), lexicon.pattern("statements.running_sum")
        self.opens_parts = any_word(lexicon, "breakdown_leads")
        self.exhaustive_leads = frozenset(lexicon.words("exhaustive_leads"))
        self.total_leads = lexicon.words("total_leads")
        self.compared_year = lexicon.pattern("statements.compared_year")
        self.tells_previous = any_word(lexicon, "previous_words")
        self.changes = lexicon.words("change_words")
        self.carried, self.other_leads = lexicon.words("carried_rows"), lexicon.words("share_other_leads")
        self.down = lexicon.words("down_words")
        self.stages = lexicon.words("stage_words")
        self.shares = lexicon.words("share_words")
        self.persons = frozenset(lexicon.words("person_units"))

    def read(self, sentence: Sentence) -> Iterator[Statement]:
        counts, percents, money = sentence.exact(Kind.COUNT), sentence.exact(Kind.PERCENT), sentence.exact(Kind.MONEY)
        if len(counts) > 1:
            yield from self._ratios(sentence, counts, percents)
            yield from self._count_breakdowns(sentence, counts)
        if len(money) > MONEY_ADDED:
            yield from self._totals_behind(sentence, money)
        if money or counts:
            yield from self._changes(sentence, money or counts, percents)
        if len(percents) > 1:
            yield from self._shares(sentence, percents)
        yield from self._project_counts(sentence, counts)

    def _ratios(self, sentence: Sentence, counts: Sequence[Mention], percents: Sequence[Mention]) -> Iterator[Statement]:
        """占13宗的53.85% beside 7宗; 走访110人，满意的104人，满意度94.55%."""
        for percent in percents:
            before = [c for c in counts if c.end <= percent.start]
            if len(before) < 2:
                continue
            first, second = before[-2], before[-1]
            if not self._same_unit(first, second):
                continue
            shared = self.share_of.search(sentence.slice(first.end, second.start)) is not None
            if shared and sentence.slice(second.end, percent.start).strip() in ("的", "的比例为", "的比例"):
                yield self._ratio(sentence, first, second, percent)
            elif self._names_the_part(sentence, first, second, percent):
                yield self._ratio(sentence, second, first, percent)

    def _ratio(self, sentence: Sentence, part: Mention, whole: Mention, percent: Mention) -> Statement:
        operands = (self._term(sentence, "part", part), self._term(sentence, "whole", whole))
        return Statement(StatementKind.RATIO, operands, self._term(sentence, "rate", percent), doubts=INFERRED)

    def _names_the_part(self, sentence: Sentence, whole: Mention, part: Mention, percent: Mention) -> bool:
        """The rate's own word stands beside the part: 其中11宗通过验收，验收率."""
        labels = list(self.rate_label.finditer(sentence.paragraph.text, part.end, percent.start))
        assert whole.quantity
        assert part.quantity
        if not labels or self.lexicon.group_of("rate_label", labels[-1].group()) != "other" or whole.quantity.value < part.quantity.value:
            return False
        stem = labels[-1].group()[:2]
        if stem in sentence.slice(max(sentence.start, whole.start - NEAR), whole.start):
            return False  # 合格2762批次、不合格52批次: both are parts
        if any(word in sentence.slice(whole.end, part.start) for word in self.other_leads):
            return False  # 用电126.5万度，较上年节约8.5万度，节约率6.3%: of the year before
        around = sentence.slice(whole.end, part.start) + sentence.slice(part.end, labels[-1].start())
        return stem in around.replace("不" + stem, "").replace("未" + stem, "") and percent.start - labels[-1].end() <= 2

    def _count_breakdowns(self, sentence: Sentence, counts: Sequence[Mention]) -> Iterator[Statement]:
        """300名，其中中级246人、高级54人."""
        for place, whole in enumerate(counts[:-1]):
            lead = sentence.slice(whole.end, counts[place + 1].start)
            if len(lead) > LONGEST_LEAD or not self.opens_parts(lead):
                continue
            parts = []
            for part in counts[place + 1 :]:
                if not self._same_unit(whole, part):
                    break
                parts.append(part)
            if parts:
                tail = sentence.slice(parts[-1].end, parts[-1].end + 1)
                yield Statement(
                    StatementKind.BREAKDOWN,
                    tuple(self._term(sentence, "part", p) for p in parts),
                    self._term(sentence, "total", whole),
                    exhaustive=tail != "等" and any(word in lead for word in self.exhaustive_leads),
                    subject="open" if tail == "等" else "count",
                    doubts=INFERRED,
                )

    def _totals_behind(self, sentence: Sentence, money: Sequence[Mention]) -> Iterator[Statement]:
        """基本支出560.2万元，项目支出1,353.8万元，合计1,914万元."""
        for place, total in enumerate(money):
            lead = sentence.slice(money[place - 1].end if place else sentence.start, total.start)
            if place >= MONEY_ADDED:
                yield from self._in_times(sentence, money[:place], total)
            if place >= MONEY_ADDED and len(lead) <= 6 and any(word in lead for word in self.total_leads):
                items = [m for m in money[:place] if not self._is_price(sentence, m)]
                told = self._items_told(lead)
                if len(items) < 2 or (told and told != len(items)):
                    continue
                parts = tuple(self._term(sentence, "part", m) for m in items)
                yield Statement(StatementKind.BREAKDOWN, parts, self._term(sentence, "total", total), subject="money", doubts=INFERRED)

    def _in_times(self, sentence: Sentence, money: Sequence[Mention], total: Mention) -> Iterator[Statement]:
        """已分三次发行：2021年发行2亿元，2022年发行1.5亿元，2023年发行0.8亿元，累计发行4.3亿元."""
        told = self.in_times.search(sentence.slice(sentence.start, total.start))
        running = self.running_sum.search(sentence.slice(sentence.clause_at(total.start).start, total.start))
        if not told or not running:
            return
        items = [m for m in money if sentence.slice(max(sentence.start, m.start - 2), m.start) == running["verb"]]
        if len(items) == self._number(told["count"]):
            parts = tuple(self._term(sentence, "part", m) for m in items)
            yield Statement(StatementKind.BREAKDOWN, parts, self._term(sentence, "total", total), subject="money", doubts=INFERRED)

    @staticmethod
    def _number(word: str) -> int:
        return NUMBERS.index("二" if word == "两" else word)

    def _is_price(self, sentence: Sentence, mention: Mention) -> bool:
        """每人每月发放200元 is a price, no item of a total; so is 84元/人."""
        clause = sentence.clause_at(mention.start)
        return (
            self.price.search(sentence.slice(clause.start, mention.start)) is not None
            or sentence.slice(mention.end, mention.end + 1) in "/／"
        )

    def _items_told(self, lead: str) -> int:
        """How many items a total is said to be of: 两项合计; 0 where it is not said."""
        match = self.items_told.search(lead)
        return self._number(match["count"]) if match else 0

    def _changes(self, sentence: Sentence, figures: Sequence[Mention], percents: Sequence[Mention]) -> Iterator[Statement]:
        """本年支出120万元，上年100万元，增长20%: only where the words say which figure is last year's."""
        for place, previous in enumerate(figures):
            lead = sentence.slice(figures[place - 1].end if place else sentence.start, previous.start)
            of_a_year = self.compared_year.search(lead) is not None and not self.opens_parts(sentence.slice(sentence.start, previous.start))
            if not of_a_year and (not self.tells_previous(lead) or self._is_carried(sentence, figures, place, lead)):
                continue
            current, difference = self._current(sentence, figures, place), self._difference(sentence, figures, place)
            rate = self._change_rate(sentence, percents, previous, figures)
            before = self._term(sentence, "previous", previous)
            for told in (difference, rate):
                if current and told:
                    down = self._word_before(sentence, told) in self.down
                    current = self._fitting(figures, place, current, told, down) if told is rate else current
                    operands = (self._term(sentence, "current", current), before)
                    stated = self._term(sentence, "change", told)
                    yield Statement(StatementKind.CHANGE, operands, stated, direction="down" if down else "up", doubts=INFERRED)
            if difference and rate and not current:
                operands = (self._term(sentence, "difference", difference), before)
                yield Statement(StatementKind.RATIO, operands, self._term(sentence, "rate", rate), doubts=INFERRED)

    def _fitting(self, figures: Sequence[Mention], place: int, nearest: Mention, rate: Mention, down: bool) -> Mention:
        """投诉312件，办结310件，上年投诉386件，下降19.17%: of the figures told before last year's the one that the change is of."""
        alike = [m for m in figures[:place] if m is not nearest and self._same_unit(m, figures[place])]
        return next((m for m in (nearest, *alike) if _grew(m, figures[place], rate, down)), nearest)

    def _is_carried(self, sentence: Sentence, figures: Sequence[Mention], place: int, lead: str) -> bool:
        """1,650万元（含上年结转50万元）: what is left of the year before, beside money that is not."""
        words = sentence.slice(figures[place - 2].end if place > 1 else sentence.start, figures[place - 1].start) if place else ""
        return any(word in lead and word not in words for word in self.carried)

    def _current(self, sentence: Sentence, figures: Sequence[Mention], place: int) -> Mention | None:
        """The figure that last year's is held against: the one before it, else the only other one behind it."""
        previous = figures[place]
        if place and self._same_unit(figures[place - 1], previous) and not self._word_before(sentence, figures[place - 1]):
            return figures[place - 1]
        behind = figures[place + 1 :]
        plain = [f for f in behind if self._same_unit(f, previous) and not self._word_before(sentence, f)]
        return plain[0] if not place and len(behind) == 1 and plain else None

    def _difference(self, sentence: Sentence, figures: Sequence[Mention], place: int) -> Mention | None:
        following = figures[place + 1] if place + 1 < len(figures) else None
        told = following is not None and self._same_unit(following, figures[place]) and self._word_before(sentence, following)
        return following if told else None

    def _change_rate(
        self, sentence: Sentence, percents: Sequence[Mention], previous: Mention, figures: Sequence[Mention]
    ) -> Mention | None:
        """The first percentage of change behind last year's figure, with no other figure of its own between."""
        for percent in percents:
            if percent.start < previous.end or "point" in percent.groups:
                continue
            between = [f for f in figures if previous.end <= f.start < percent.start and not self._word_before(sentence, f)]
            return percent if not between and self._word_before(sentence, percent) else None
        return None

    def _word_before(self, sentence: Sentence, mention: Mention) -> str:
        """The word of change right before a figure, '' where there is none."""
        words = sentence.slice(max(sentence.start, mention.start - 4), mention.start).rstrip("了为达约")
        return next((word for word in self.changes if words.endswith(word)), "")

    def _shares(self, sentence: Sentence, percents: Sequence[Mention]) -> Iterator[Statement]:
        if not any(word in sentence.text for word in self.shares) or "分别" not in sentence.text:
            return
        years = sum(1 for m in sentence.mentions if m.kind is Kind.YEAR)
        if years > 1 or any(word in sentence.text for word in self.stages):
            return  # 上半年、前三季度累计分别占预算的48%和73%: stages of one year, or years of their own
        terms = tuple(self._term(sentence, "share", p) for p in percents)
        yield Statement(StatementKind.SHARES, terms, terms[-1], exhaustive=False, doubts=INFERRED)

    def _project_counts(self, sentence: Sentence, counts: Sequence[Mention]) -> Iterator[Statement]:
        for count in counts:
            if count.quantity is None or count.quantity.unit != "个":
                continue
            words = sentence.slice(max(sentence.start, count.start - 6), count.start)
            after = sentence.slice(count.end, count.end + 3)
            if self.project_count.search(words + "#" * after.startswith("项目")):
                yield Statement(StatementKind.COUNT, (), self._term(sentence, "projects", count), exhaustive=False, doubts=INFERRED)

    def _same_unit(self, first: Mention, second: Mention) -> bool:
        assert first.quantity
        assert second.quantity
        one, other = first.quantity.unit, second.quantity.unit
        return one == other or {one, other} <= self.persons

    @staticmethod
    def _term(sentence: Sentence, role: str, mention: Mention) -> Term:
        assert mention.quantity
        return Term(role, mention.quantity, sentence.span(mention.start, mention.end))


def _grew(current: Mention, previous: Mention, rate: Mention, down: bool) -> bool:
    """Does a change follow from two figures?"""
    now, before, told = current.quantity, previous.quantity, rate.quantity
    if now is None or before is None or told is None or not before.value:
        return False
    return judge_change(Operand(now), Operand(before), told, down).is_consistent
