"""Rates of funds in sentences: what each percentage is a rate of. An indicator's rate is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.lexicon.holding import Held, any_word, plain
from extractor.lexicon.packs import Lexicon
from extractor.model.facts import SURE, Doubt, Fact, Kind, Measure, Mention, Rate
from extractor.understand.bound_amounts import Amount
from extractor.understand.sentences import Sentence

REACH = 14
FUND_WORDS = ("资金", "经费", "预算", "财政", "专项", "补助", "计算的", "拨款", "债券", "%")
PLAIN = frozenset("为达的总体实际资金项目预算经费财政专项补助本年全中央省市区县级 ")  # words that name no object of their own
OF = {"executed": "executed/budget", "arrived": "arrived/budget", "paid": "executed/arrived"}


class RateReader:
    """Tells which percentages of a sentence are rates of the project's funds."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.label = plain(lexicon, "rates.label")
        self.formula, self.factor = lexicon.pattern("rates.formula"), lexicon.pattern("rates.factor")
        self.base_initial = lexicon.words("base_initial")
        self.base_adjusted = lexicon.words("base_adjusted")
        self.base_arrived = lexicon.words("base_arrived")
        self.arrived_subjects = lexicon.words("arrived_subjects")
        self.whole_leads = lexicon.words("whole_rate_leads")
        self.source = lexicon.pattern("amounts.source")
        self.spent_behind = lexicon.pattern("rates.spent_behind")
        self.tells_aim = any_word(lexicon, "aims")
        self.spent_subjects = lexicon.words("spent_subjects")
        self.budget_bases = lexicon.words("budget_bases")

    def read(self, sentence: Sentence, amounts: Sequence[Amount], earlier: Sequence[Amount]) -> Iterator[Rate]:
        """`earlier` are the amounts of the sentence before, in the same paragraph."""
        percents = [m for m in sentence.exact(Kind.PERCENT) if not self.factor.search(sentence.slice(sentence.start, m.start))]
        for place, mention in enumerate(percents):
            if "point" in mention.groups:
                continue
            before = percents[place - 1].end if place else sentence.start
            rate = self._rate(sentence, mention, before, amounts, earlier)
            if rate:
                yield rate

    def _rate(self, sentence: Sentence, mention: Mention, before: int, amounts: Sequence[Amount], earlier: Sequence[Amount]) -> Rate | None:
        assert mention.quantity is not None
        label, group, start = self._label_of(sentence, mention, before)
        words = sentence.slice(max(before, sentence.clause_at(mention.start).start), mention.start)
        last = _last_amount(amounts, mention.start)
        if group == "completion":
            spent = last if last is not None else _last_amount(earlier, mention.start)
            told = spent is not None and spent.measure is Measure.EXECUTED and not _counts_between(sentence, spent, mention)
            group = "executed" if told and _is_bare(sentence, start) else "other"
        if not group and self._is_of_budget(sentence, words, last, mention):
            group, label = ("arrived" if any(w in words for w in self.arrived_subjects) else "executed"), "占预算"
        elif group == "executed" and label[0] in "占为":
            group = self._subject(sentence.slice(max(before, sentence.clause_at(start).start), start), last)
        if len(label) == 3 and not _is_bare(sentence, start):
            return None  # 档案调阅使用率 is no rate of the fund
        if group not in OF or self.tells_aim(sentence.slice(start, mention.start)):
            return None
        of, named = self._base(group, words)
        source = None
        told_of = last.measure if last is not None and last.source and last.part_of is None else None
        named_source = self._source_named(sentence, start, label) if group in OF else None
        if named_source and (last is None or not named_source.startswith(FUND_WORDS)):
            of, source = "source", named_source  # 中央资金执行率98%、省级资金执行率95%
        elif last is not None and told_of in (Measure.EXECUTED, Measure.ARRIVED) and not self._is_of_all(sentence, last, start):
            of, source = "source", last.source
        elif last is not None and last.source and last.part_of is None and self._is_spent(sentence, last, start):
            of, source = ("source", last.source) if group == "executed" else (of, None)
        part = _part_before(sentence, amounts, mention, (*self.spent_subjects, *self.arrived_subjects))
        if part is not None:
            of, source = ("source", part.source) if part.source else (of, None)
        own = sentence.span(mention.start, mention.end)
        quoted = sentence.span(start, mention.end)
        doubts = frozenset({Doubt.INFERRED}) if label in ("资金执行", "预算执行", "占预算") else SURE
        context = "arrived" if group == "arrived" else ""
        qualifier = part.label or "part" if part is not None and not source else ""
        return Rate(
            label, of, mention.quantity, (own, quoted), source, doubts=doubts, named_base=named, qualifier=qualifier, context=context
        )

    def _is_of_all(self, sentence: Sentence, last: Amount, start: int) -> bool:
        """Is the rate said to be the whole's behind the amount of one source: 县级自筹到位100万元，总体到位率99.7%?"""
        lead = sentence.slice(max(last.mention.end, sentence.clause_at(start).start), start)
        return any(word in lead for word in self.whole_leads) or lead.endswith("总")

    def _source_named(self, sentence: Sentence, start: int, label: str) -> str | None:
        """The source of money that a rate's own words begin with, and nothing else before them."""
        clause = sentence.clause_at(start)
        lead = sentence.slice(clause.start, start).strip().removeprefix("其中")
        found = self.source.match(lead + label)
        return found.group() if found and lead and found.end() >= len(lead) else None

    def _is_spent(self, sentence: Sentence, last: Amount, start: int) -> bool:
        """财政补助70万元全部支出，执行率100%: the words behind a source's amount say that it was spent."""
        return self.spent_behind.match(sentence.slice(last.mention.end, start)) is not None

    def _is_of_budget(self, sentence: Sentence, words: str, last: Amount | None, mention: Mention) -> bool:
        """占预算的80% is said of funds; 达到计划的80% only behind money spent, else of what is counted or measured."""
        base = next((stem for stem in self.budget_bases_stem if words.rstrip("约近为仅是达的").endswith(stem)), None)
        if base is None or any(named in base for named in FUND_WORDS):
            return base is not None
        spent = last is not None and last.measure in (Measure.EXECUTED, Measure.ARRIVED)
        return spent and last is not None and not _counts_between(sentence, last, mention)

    def _subject(self, words: str, last: Amount | None) -> str:
        """What is said to be a share of the budget: spending, arrivals, or something else (追加数占年初预算的12%)."""
        if any(w in words for w in self.arrived_subjects):
            return "arrived"
        if any(w in words for w in self.spent_subjects):
            return "executed"
        measure = last.measure if last is not None and not words.strip("约，仅 ") else None
        return {Measure.EXECUTED: "executed", Measure.ARRIVED: "arrived"}.get(measure, "other") if measure else "other"

    @property
    def budget_bases_stem(self) -> tuple[str, ...]:
        return tuple(base.rstrip("的") for base in self.budget_bases)

    def _label_of(self, sentence: Sentence, mention: Mention, before: int) -> tuple[str, str, int]:
        """The nearest rate label to the left: its words, its group and where it begins."""
        clause = sentence.clause_at(mention.start)
        starts = (max(before, clause.start), max(before, sentence.start))
        for start in starts:
            labels = self.label.finditer(sentence.paragraph.text, start, mention.start)
            found = [m for m in labels if self._reaches(sentence.slice(m.end(), mention.start))]
            if found:
                return found[-1].group(), self.lexicon.group_of("rate_label", found[-1].group()) or "", found[-1].start()
        return "", "", clause.start if clause.start >= before else before

    def _reaches(self, between: str) -> bool:
        """Does a label speak of a percentage behind these words: few of them, or a quotient (执行率=430÷540×100%=79.63%)?"""
        return len(between) <= REACH or self.formula.fullmatch(between) is not None

    def _base(self, group: str, words: str) -> tuple[str, bool]:
        if group == "executed" and any(w in words for w in self.base_initial):
            return "executed/budget_initial", True
        if group == "executed" and any(w in words for w in self.base_arrived):
            return "executed/arrived", True
        return OF[group], any(w in words for w in (*self.base_adjusted, *self.base_arrived))


def qualified(rate: Rate, words: str) -> Rate:
    """The rate narrowed by words, unless it is already."""
    return replace(rate, qualifier=words) if words and not rate.qualifier else rate


def narrowed(rates: Iterable[Rate], facts: Sequence[Fact], narrows: Held) -> Iterator[Rate]:
    """The rates of a sentence; behind an amount of a part of the spending (“三公”经费预算58万元) they are that part's,
    unless the whole of it is told behind that amount (第一批到位20万元，累计到位50万元)."""
    for rate in rates:
        narrow: dict[Measure, str] = {}
        for fact in facts:
            if fact.spans[0].start < rate.spans[0].start:
                narrow[fact.measure] = fact.qualifier if narrows(fact.qualifier) else ""
        yield qualified(rate, next(filter(None, narrow.values()), ""))


def of_accounts(sentence: Sentence, rates: Iterable[Rate], accounts: Sequence[str], names: Sequence[str]) -> Iterator[Rate]:
    """The rates of a sentence; one whose clause, or the clause before, names a narrower account is that account's (会议费完成预算的70%)."""
    for rate in rates:
        near = "，".join(re.split("[，；：]", sentence.slice(sentence.start, rate.spans[0].start))[-2:])
        yield qualified(rate, next((w for w in accounts if w in near and not any(w in name for name in names)), ""))


def _counts_between(sentence: Sentence, spent: Amount, rate: Mention) -> bool:
    """A count between the money and 完成率 says that the rate is the count's."""
    return any(m.kind is Kind.COUNT and spent.mention.end <= m.start < rate.start for m in sentence.mentions)


def _last_amount(amounts: Sequence[Amount], before: int) -> Amount | None:
    own = [a for a in amounts if a.mention.start < before and a.part_of is None]
    return own[-1] if own else None


def _part_before(sentence: Sentence, amounts: Sequence[Amount], rate: Mention, subjects: Sequence[str]) -> Amount | None:
    """The part that a rate right behind it is of: 其中人员经费支出300万元，执行率100%; 其中中央资金300万元已全部到位，到位率100%.

    The rate behind a list of parts without rates or words of their own is the whole's.
    """
    told = [a for a in amounts if a.mention.start < rate.start]
    last = told[-1] if told else None
    if last is None or last.part_of is None or last.part_of >= len(amounts):
        return None
    behind = sentence.slice(last.mention.end, rate.start)
    own = last.cue is not None and last.cue.group in ("executed", "arrived") and last.cue.start > amounts[last.part_of].mention.end
    if not own and not any(word in behind.split("，")[0] for word in subjects):
        return None
    before = [a for a in told if a.part_of == last.part_of]
    apart = any(m.kind is Kind.PERCENT and before[0].mention.end <= m.start < last.mention.start for m in sentence.mentions)
    return last if len(before) == 1 or apart else None


def _is_bare(sentence: Sentence, start: int) -> bool:
    """完成率 alone, not 任务完成率 or 招聘完成率, is said of the money before it."""
    clause = sentence.clause_at(start)
    words = sentence.slice(clause.start, start).rstrip()
    return len(words) <= 1 or words.endswith(FUND_WORDS) or all(character in PLAIN for character in words)


def as_of_their_day(sentence: Sentence, rates: Iterable[Rate], lexicon: Lexicon) -> Iterator[Rate]:
    """Rates of what was spent in part of the year marked: 截至6月底支出87.2万元，支出进度42.64%. What has arrived stays."""
    interim = lexicon.pattern("rates.interim")
    for rate in rates:
        is_interim = rate.of.startswith("executed") and interim.search(sentence.slice(sentence.start, rate.spans[0].start)) is not None
        yield replace(rate, is_interim=True) if is_interim else rate
