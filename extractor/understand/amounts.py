"""Money in sentences: which measure an amount is of, which part of the fund, and which amounts are parts of another.

A cue word binds an amount within its clause; an amount without a cue of its own continues the one before it
(区级使用340万，市级200万); after 其中 or 包括 amounts are parts of the one before. Money that is a result of the project
(挽回, 带动, 产值) or a price is no project fund.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.lexicon.holding import any_word
from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Kind, Measure, Mention
from extractor.model.mentions import is_in_digits
from extractor.understand.bound_amounts import MEASURES, WEAK, Amount, is_listed, is_price_aside
from extractor.understand.cues import Cue, cues_of
from extractor.understand.listed_sums import ListedSums
from extractor.understand.sentences import Sentence

FIGURES = frozenset({Kind.MONEY, Kind.PERCENT, Kind.COUNT})
SEMICOLONS = frozenset("；;")
CIRCLED = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
REACH = 28  # a cue further left than this says nothing about an amount
RIGHT_REACH = 8
LONGEST_LABEL = 20
NO_FUND = frozenset({"result", "comparison", "accounts", "other", "missing"})
BLOCKING = frozenset({"result", "comparison"})  # said of every amount behind them in the clause
EXPLICIT_BUDGETS = frozenset({"budget_initial", "budget_adjusted"})


class AmountReader:
    """Binds the amounts of one sentence after the other."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.source = lexicon.pattern("amounts.source")
        self.whole_from = lexicon.pattern("amounts.whole_from")
        self.composed = lexicon.pattern("amounts.composed")
        self.rest = lexicon.pattern("amounts.rest")
        self.capitals = lexicon.pattern("amounts.capitals_open")
        self.inclusion = lexicon.pattern("amounts.inclusion_aside")
        self.aside = lexicon.pattern("amounts.change_aside")
        self.compared = lexicon.pattern("amounts.compared")
        self.moved, self.reviewed = lexicon.pattern("amounts.moved"), lexicon.pattern("amounts.reviewed")
        self.previous = lexicon.words("previous_words")
        self.sums = ListedSums(lexicon)
        self.breakdown_leads = lexicon.words("breakdown_leads")
        self.opens_parts = any_word(lexicon, "breakdown_leads", "inclusion_leads")
        self.inclusion_leads = lexicon.words("inclusion_leads")
        self.exhaustive_leads = frozenset(lexicon.words("exhaustive_leads"))
        self.plain_subjects, self.narrows = lexicon.words("plain_subjects"), any_word(lexicon, "narrowing")
        self.whole_year, self.interim = lexicon.words("whole_year"), lexicon.pattern("checks.interim")
        self.part_of_year = lexicon.pattern("amounts.part_of_year")
        self.open_ends, self.of_the_year = lexicon.words("open_ends"), lexicon.words("spent_in_the_year")
        self.tasks = lexicon.words("tasks_of_money")

    def read(self, sentence: Sentence, earlier: Sequence[Amount] = (), names: Sequence[str] = ()) -> tuple[Amount, ...]:
        """The sentence's money mentions, bound to measures, sources and wholes.

        `names` are the project's and the title. `earlier` are the amounts of the sentence before: 其中 or ② at the head of a
        sentence goes on with their parts.
        """
        every = sentence.exact(Kind.MONEY)
        if not every:
            return ()
        money = [m for before, m in zip([None, *every], every, strict=False) if not self._is_in_capitals(sentence, before, m)]
        cues = tuple(cues_of(sentence, self.lexicon, names))
        bound = self._carried(sentence, earlier)
        for place, mention in enumerate(money):
            before = money[place - 1].end if place else sentence.start
            after = money[place + 1].start if place + 1 < len(money) else sentence.end
            listed = bound[-1].part_of if bound else None
            is_aside = listed is not None and self._is_aside(sentence, mention)
            aside = Amount(mention, "comparison", None, None, listed)
            bound.append(aside if is_aside else self._bind(sentence, mention, before, after, cues, bound))
        return tuple(self.sums.summed(sentence, bound))

    def _is_aside(self, sentence: Sentence, mention: Mention) -> bool:
        """公务接待费5.12万元，比上年减少1.18万元: what a part was before, or by how much it changed, is no part."""
        start = max((m.end for m in sentence.mentions if m.end <= mention.start and m.kind in FIGURES), default=sentence.start)
        if self.inclusion.search(sentence.slice(start, mention.start)):
            return True  # 中央资金12,840万元（含提前下达8,600万元）、省级资金5,246万元
        return self.aside.search(sentence.slice(start, mention.start)) is not None

    def _is_compared(self, sentence: Sentence, mention: Mention, before: int) -> bool:
        """较年初计划节约32.65万元 is no budget of the start of the year, nor is what 与上年相比…增加112.7万元 adds, or a review cut."""
        lead = sentence.slice(max(before, sentence.clause_at(mention.start).start), mention.start)
        if self.compared.search(lead):
            return True
        text = sentence.paragraph.text
        told = text[text.rfind("。", 0, mention.start) + 1 : sentence.end]
        moved = self.moved.search(lead)
        return moved is not None and (any(w in told for w in self.previous) or self.reviewed.search(told) is not None)

    def _is_in_capitals(self, sentence: Sentence, before: Mention | None, mention: Mention) -> bool:
        """Is it the amount before it once more, in capitals in brackets?"""
        if before is None or is_in_digits(sentence.slice(mention.start, mention.end)):
            return False  # 利息1473.5万元（2亿元×3.61%）
        return self.capitals.fullmatch(sentence.slice(before.end, mention.start)) is not None

    def _carried(self, sentence: Sentence, earlier: Sequence[Amount]) -> list[Amount]:
        text = sentence.text.strip()
        opens = self.composed.match(text.removeprefix("项目").removeprefix("支出") if "由" in text[:6] else text)
        whole = [a for a in earlier if a.part_of is None]
        wholes = [a for a in whole if a.measure] or (whole if len(whole) == 1 and whole[0].group == "other" else [])
        follows = sentence.slice(sentence.start - 1, sentence.start) in SEMICOLONS
        lists = text[:1] in CIRCLED or (follows and (self.source.match(text) or self._is_alike(sentence, earlier)))
        goes_on = lists and any(a.part_of is not None for a in earlier)
        if not wholes or not (goes_on or opens):
            return []
        last = earlier[-1].part_of
        told = earlier[last] if last is not None else wholes[0]
        return [replace(told if goes_on else self._listed_whole(sentence, wholes), is_carried=True)]

    def _is_alike(self, sentence: Sentence, earlier: Sequence[Amount]) -> bool:
        """Is the sentence written as the part before it: 30万元用于甲；20万元用于乙, or 人工费30万元；材料费20万元?"""
        figures = [m for m in sentence.mentions if m.kind in FIGURES]
        rated = len(figures) == 2 and figures[0].kind is Kind.MONEY and figures[1].kind is Kind.PERCENT  # 材料费20万元，执行率95%
        figures = figures[:1] if rated else figures
        if len(figures) != 1 or not earlier or earlier[-1].part_of is None:
            return False
        label, tail = sentence.slice(sentence.start, figures[0].start).strip(), sentence.slice(figures[0].end, sentence.end).strip()
        tail = "" if rated and tail[:1] in ("，", "（") and label else tail
        if not earlier[-1].label:
            return not label and bool(tail)
        is_label = 0 < len(label) <= LONGEST_LABEL and not tail and not any(mark in label for mark in "，,：:。")
        told = {MEASURES.get(cue.group, cue.group) for cue in cues_of(sentence, self.lexicon) if cue.group not in WEAK}
        return is_label and told <= {earlier[earlier[-1].part_of].measure}

    def _listed_whole(self, sentence: Sentence, wholes: Sequence[Amount]) -> Amount:
        """Which of the amounts of the sentence before the parts of this one are of: spending is no part of what is left."""
        first = next((m for m in sentence.mentions if m.kind is Kind.MONEY and m.quantity), None)
        others = [a for a in wholes if a.measure is not Measure.BALANCE]
        if not others or first is None:
            return wholes[-1]
        cues = tuple(cues_of(sentence, self.lexicon))
        cue, behind = self._left_cue(sentence, first, sentence.start, cues), self._right_cue(sentence, first, sentence.end, cues)
        measure = MEASURES.get(cue.group) if cue else None
        if behind and behind.group == "arrived" and wholes[-1].measure is Measure.EXECUTED:  # 其中中央资金300万元已全部到位
            return next((a for a in reversed(others) if a.measure is not Measure.EXECUTED), wholes[-1])
        if wholes[-1].measure is not Measure.BALANCE:
            return wholes[-1]
        if measure is Measure.BALANCE or (measure is None and not _exceeds(first, wholes[-1].mention)):
            return wholes[-1]
        return next((a for a in reversed(others) if a.measure is measure), others[-1])

    def _bind(self, sentence: Sentence, mention: Mention, before: int, after: int, cues: Sequence[Cue], bound: Sequence[Amount]) -> Amount:
        right = self._right_cue(sentence, mention, after, cues)
        cue = right if right and right.group == "missing" else self._left_cue(sentence, mention, before, cues) or right
        group = cue.group if cue else ""
        source = self._source_before(sentence, mention, before)
        source = source or self._source_of_clause(sentence, mention, MEASURES.get(group), bound)
        whole = self._whole(sentence, mention, before, group, bound)
        if whole is not None:
            label = _part_label(sentence, mention, before)
            lead = sentence.slice(bound[whole].mention.end, mention.start)
            names_some = any(word in lead for word in self.inclusion_leads)
            inclusion = names_some and not any(word in lead for word in self.breakdown_leads)
            return Amount(mention, bound[whole].group, cue, source, whole, label, inherited=True, is_inclusion=inclusion)
        if cue and self._is_compared(sentence, mention, before):
            return Amount(mention, "comparison", None, None)
        if not group and bound and bound[-1].group and self._continues(sentence, before, mention.start):
            return Amount(mention, bound[-1].group, bound[-1].cue, source, bound[-1].part_of, inherited=True)
        opening = None if bound else self.composed.search(sentence.paragraph.text, sentence.start, mention.start)
        if opening and not opening.group().startswith("其"):
            group = "other"  # 支出中，设备费112万元: parts of an amount told elsewhere
        if not group and source and not bound:
            group = "budget_weak"
        return Amount(mention, group, cue, source)

    def _left_cue(self, sentence: Sentence, mention: Mention, before: int, cues: Sequence[Cue]) -> Cue | None:
        """The nearest telling cue to the left; an explicit budget word further left explains a plain one."""
        clause = sentence.clause_at(mention.start)
        near = [c for c in cues if before <= c.start and c.end <= mention.start and self._between(sentence, c, mention) <= REACH]
        own = [c for c in near if c.start >= clause.start]
        for pool in (own, near):
            chosen = _most_telling(pool)
            if chosen and (pool is own or chosen.group not in WEAK):
                return chosen
        return None

    def _between(self, sentence: Sentence, cue: Cue, mention: Mention) -> int:
        """How far a cue is from an amount, the numbers of documents in brackets between them left out."""
        if Kind.DOC_NO not in sentence.kinds:
            return mention.start - cue.end
        taken = sum(m.end - m.start for m in sentence.mentions if m.kind is Kind.DOC_NO and cue.end <= m.start and m.end <= mention.start)
        return mention.start - cue.end - taken

    def _right_cue(self, sentence: Sentence, mention: Mention, after: int, cues: Sequence[Cue]) -> Cue | None:
        limit = min(after, sentence.clause_at(mention.start).end)
        near = [c for c in cues if mention.end <= c.start and c.end <= limit and c.start - mention.end <= RIGHT_REACH]
        near = [c for c in near if not sentence.slice(c.end, limit).startswith(self.tasks)]  # 30万元用于预算编制
        return next((c for c in near if c.group not in WEAK | NO_FUND), near[0] if near else None)

    def _source_before(self, sentence: Sentence, mention: Mention, before: int) -> str | None:
        clause = sentence.clause_at(mention.start)
        start = max(before, clause.start)
        found = list(self.source.finditer(sentence.paragraph.text, start, mention.start))
        return found[-1].group() if found else None

    def _source_of_clause(self, sentence: Sentence, mention: Mention, measure: Measure | None, bound: Sequence[Amount]) -> str | None:
        """县级配套200万元到位150万元: what arrived is of the source that the clause names before its budget."""
        last = bound[-1] if bound else None
        if last is None or last.source is None or last.measure is measure or last.measure is None:
            return None
        same = sentence.clause_at(last.mention.start) == sentence.clause_at(mention.start)
        return last.source if same and measure in (Measure.ARRIVED, Measure.EXECUTED) else None

    def _whole(self, sentence: Sentence, mention: Mention, before: int, group: str, bound: Sequence[Amount]) -> int | None:
        """The place of the amount that this one is a part of, if it stands in a breakdown."""
        if not bound or group in NO_FUND:
            return None
        at = next((i for i in range(len(bound) - 1, 0, -1) if not is_price_aside(sentence, bound[i])), 0)
        last = bound[at]
        if last.group == "accounts" and sentence.slice(before, mention.start).endswith(self.of_the_year):
            return None  # 支出总计6860.5万元，其中本年支出6598.7万元: what was spent, beside what is carried over
        between = sentence.slice(before, mention.start)
        in_brackets = last.measure is not None and last.part_of is None and _makes_in_brackets(sentence, last.mention, mention)
        if last.part_of is None and not last.is_carried and not in_brackets and not self.opens_parts(between):
            composed = self.composed.search(sentence.paragraph.text, before, sentence.end)
            if not composed or composed.start() > mention.start:
                return None
        if last.part_of is None and not (last.measure or last.is_carried) and last.group != "accounts":
            return None
        whole = at if last.part_of is None else last.part_of
        if last.part_of is None and last.measure is Measure.BALANCE and _exceeds(mention, last.mention):
            spent = [i for i, a in enumerate(bound) if a.measure is Measure.EXECUTED and a.part_of is None]
            whole = spent[-1] if spent else whole  # 支出90万元，结余10万元，其中人工费60万元
        if last.part_of is not None and self._ends_stage(sentence, bound, between):
            return None
        if last.part_of is not None and self._leaves(bound[whole], group, between) and not is_listed(bound, whole, group):
            return None
        return whole

    def _ends_stage(self, sentence: Sentence, bound: Sequence[Amount], between: str) -> bool:
        """其中一季度支出12.5万元，全年支出58.2万元: the whole year is no part beside one of its stages."""
        earlier = sentence.slice(bound[-2].mention.end if len(bound) > 1 else sentence.start, bound[-1].mention.start)
        return any(word in between for word in self.whole_year) and self.interim.search(earlier) is not None

    def _leaves(self, whole: Amount, group: str, between: str) -> bool:
        """Does a cue of another measure end the list of parts?"""
        if group in NO_FUND or not group:
            return "）" in between and not between.strip("）").strip("，、；,; ").strip()
        if group in EXPLICIT_BUDGETS:
            return group != whole.group
        return group not in WEAK and MEASURES.get(group) is not whole.measure

    @staticmethod
    def _continues(sentence: Sentence, before: int, start: int) -> bool:
        """区级使用340万，市级200万: a short label, or a rate and a short label, between two amounts of one kind."""
        between = sentence.slice(before, start)
        return len(between) <= 24 and bool(between.strip("，、,：: "))


def _makes_in_brackets(sentence: Sentence, whole: Mention, first: Mention) -> bool:
    """Do the amounts in the brackets right behind an amount make it: 1035万元（中央615万元、省级280万元、县级140万元）?"""
    text = sentence.paragraph.text
    end = text.find("）", whole.end, sentence.end)
    if not text.startswith("（", whole.end) or not whole.end < first.start < end or whole.quantity is None:
        return False
    values = [m.quantity.value for m in sentence.mentions if m.kind is Kind.MONEY and m.quantity and whole.end < m.start < end]
    return len(values) > 1 and sum(values[1:], values[0]) == whole.quantity.value


def _exceeds(part: Mention, whole: Mention) -> bool:
    return part.quantity is not None and whole.quantity is not None and part.quantity.value > whole.quantity.value


def _most_telling(pool: Sequence[Cue]) -> Cue | None:
    """Nearest first; weak words only for want of better; 年初 or 调整后 in the same words beats a plain budget word."""
    if not pool:
        return None
    result = next((c for c in pool if c.group in BLOCKING), None)
    blocked = result or next((c for c in reversed(pool) if c.group in NO_FUND), None)
    telling = [c for c in pool if c.group not in WEAK and c.group not in NO_FUND and (blocked is None or c.start > blocked.start)]
    if not telling or result:
        return blocked or next((c for c in reversed(pool) if c.group != "rate"), None)
    nearest = telling[-1]
    if nearest.group == "budget":
        return next((c for c in reversed(telling) if c.group in EXPLICIT_BUDGETS), nearest)
    return nearest


def _part_label(sentence: Sentence, mention: Mention, before: int) -> str:
    """The words before a part, from the last separator on, without the words that open the list."""
    clause = sentence.clause_at(mention.start)
    start = max(before, clause.start)
    start = max((m.end for m in sentence.mentions if m.kind is Kind.DOC_NO and start <= m.start < mention.start), default=start)
    text = sentence.slice(start, mention.start)
    for lead in ("其中", "包括", "包含", "分别为", "分别是", "：", ":", "，", "、"):
        text = text.rsplit(lead, 1)[-1]
    for joint in ("以及", "由", "和", "及", "与", "用于", "支出由", "下达"):
        text = text.removeprefix(joint)
    return text.strip(" ，、：:（）()①②③④⑤⑥⑦⑧⑨⑩")
