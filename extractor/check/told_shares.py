"""Shares, completions and changes told over several clauses: 发放问卷500份，回收485份，回收率97%；其中满意的459份，满意度94.64%."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.check.passages import CLAUSE_MARKS, LONGEST, SENTENCE_MARKS, prose
from extractor.check.registry import Case
from extractor.check.told import counted, statements
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Doubt, Kind, Mention, Statement, StatementKind, Term
from extractor.model.quantity import HUNDRED, Bound, Quantity
from extractor.model.relations import Operand, judge_ratio

INFERRED = frozenset({Doubt.INFERRED})
MARKS = CLAUSE_MARKS | frozenset("、（）()")
OPENING, CLOSING = ("（", "("), ("）", ")")
REACH = 60
"""Characters between a part and its share, at most."""
FARTHEST = Decimal(30)
"""Percentage points by which a share may miss its recomputed value; farther off, the base is another."""
DOUBTED_KINDS = ("executed", "arrived", "paid", "share", "change", "completion")


def told_shares(case: Case) -> Iterator[Statement]:
    """Shares whose part and whole stand in earlier clauses of their paragraph, those left out that are statements already."""
    known = {s.stated.span for s in statements(case, StatementKind.RATIO)}
    for text in texts_with_percents(case):
        for percent in text.percents:
            found = text.share(percent) if text.span(percent) not in known else None
            if found:
                yield found


def base(case: Case, whole: Term) -> Operand:
    """What a share is of."""
    return aimed(whole.quantity) if whole.role == "target" else counted(case, whole)


def aimed(target: Quantity) -> Operand:
    """A target as the base of a completion: set like a budget and therefore exact, 8万人次以上 being 8万人次."""
    return Operand(replace(target, bound=Bound.NONE), is_budget=True)


def is_far(statement: Statement, expected: Decimal) -> bool:
    """A share told beside figures that give another one altogether is a share of something else."""
    part, whole = statement.operands
    exceeds = part.quantity.value > whole.quantity.value
    return not statement.subject and not exceeds and abs(expected - statement.stated.quantity.value) > FARTHEST


def figures_in(case: Case, paragraph: Paragraph) -> ParagraphFigures:
    """A paragraph's figures, looked at once a run."""
    place = ("told", paragraph.index)
    if place not in case.memo:
        case.memo[place] = ParagraphFigures(case, paragraph)
    found: ParagraphFigures = case.memo[place]
    return found


def texts_with_percents(case: Case) -> Sequence[ParagraphFigures]:
    """The paragraphs of running text that tell percentages; found once a run."""
    if "texts with percents" not in case.memo:
        mentions = case.facts.mentions
        likely = [p for p in prose(case.facts.document) if any(m.kind is Kind.PERCENT for m in mentions.get(p.index, ()))]
        case.memo["texts with percents"] = [text for p in likely if (text := figures_in(case, p)).percents]
    found: Sequence[ParagraphFigures] = case.memo["texts with percents"]
    return found


class ParagraphFigures:
    """The counts and percentages of one paragraph, with the words around them."""

    def __init__(self, case: Case, paragraph: Paragraph) -> None:
        self.case, self.paragraph, self.words = case, paragraph, case.lexicon.words
        figures = [m for m in case.facts.mentions.get(paragraph.index, ()) if m.quantity and m.quantity.upper is None]
        self.counts = [m for m in figures if m.kind is Kind.COUNT]
        self.percents = [m for m in figures if m.kind is Kind.PERCENT and "point" not in m.groups]
        self.ends = [m.end for m in figures]

    def share(self, percent: Mention) -> Statement | None:
        """满意度94.64% of the 485 that were asked and the 459 that were satisfied."""
        match = self.case.lexicon.pattern("told_shares.label").search(self.lead(percent))
        if not match or self.case.lexicon.group_of("rate_label", match["stem"] + "率") in DOUBTED_KINDS:
            return None
        core = match["stem"][-2:]
        cores = self.case.lexicon.groups("share_core").get(core, (core,))
        behind = self._in_brackets_behind(percent)
        if behind:
            return self._of_those(behind, cores, percent, match["name"])
        part = self._part(percent, cores)
        if part is None:
            return None
        wholes = [c for c in self.counts if c.end <= part.start and self._alike(c, part) and not self._says(c, self.words("share_targets"))]
        return self._of(part, wholes[::-1], percent, match["name"])

    def _in_brackets_behind(self, percent: Mention) -> list[Mention]:
        """The counts in the brackets right behind a share, which are its own: 满意度86.5%（调查200人，满意173人）."""
        text = self.paragraph.text
        if text[percent.end : percent.end + 1] not in OPENING:
            return []
        ends = [place for place in (text.find(mark, percent.end, percent.end + REACH) for mark in CLOSING) if place > 0]
        counts = [c for c in self.counts if percent.end < c.start and c.end <= min(ends, default=0)]
        return counts if len(counts) > 1 else []

    def _of_those(self, counts: Sequence[Mention], cores: Sequence[str], percent: Mention, subject: str) -> Statement | None:
        """The share of the one count in the brackets that has the share's word in the one other."""
        parts = [c for c in counts if any(core in self.clause(c) for core in cores)]
        parts = [
            c for c in parts if not any(negation + core in self.clause(c) for negation in self.words("share_negations") for core in cores)
        ]
        if len(counts) != 2 or len(parts) != 1:
            return None
        whole = next(c for c in counts if c is not parts[0])
        return self.statement(parts[0], self.term("whole", whole), percent, subject) if self._alike(whole, parts[0]) else None

    def _part(self, percent: Mention, cores: Sequence[str]) -> Mention | None:
        """The count right before a share whose own clause has the share's word: 满意的459份 of 满意度."""
        negations, other_leads = self.words("share_negations"), self.words("share_other_leads")
        for count in reversed([c for c in self.counts if c.end <= percent.start and percent.start - c.end <= REACH]):
            clause = self.clause(count)
            if any(negation + core in clause for negation in negations for core in cores):
                continue
            return count if any(core in clause for core in cores) and not any(word in clause for word in other_leads) else None
        return None

    def _of(self, part: Mention, wholes: Sequence[Mention], percent: Mention, subject: str) -> Statement | None:
        """The share with the whole that it fits; else with the nearest, where the words bind both."""
        told = [self.statement(part, self.term("whole", whole), percent, subject) for whole in wholes]
        fitting = next((s for s in told if self.off(s) == 0), None)
        if fitting or not told:
            return fitting
        near = self.off(told[0]) <= FARTHEST or self._follows(part, wholes[0])
        return told[0] if near and self._bound(part, wholes[0]) else None

    def _follows(self, part: Mention, whole: Mention) -> bool:
        """收回答卷260份，表示满意的577份: told of what was asked or checked and of nothing else."""
        between = [c for c in self.counts if whole.end <= c.start and c.end <= part.start]
        stops = any(mark in SENTENCE_MARKS for mark in self.paragraph.text[whole.end : part.start])
        return not between and not stops and self._says(whole, self.words("share_bases"))

    def statement(self, part: Mention, whole: Term, percent: Mention, subject: str) -> Statement:
        operands = (self.term("part", part), whole)
        return Statement(StatementKind.RATIO, operands, self.term("rate", percent), subject=subject, doubts=INFERRED)

    def off(self, statement: Statement) -> Decimal:
        """By how many percentage points a share misses, 0 where it holds."""
        part, whole = statement.operands
        if not whole.quantity.value:
            return HUNDRED
        judgement = judge_ratio(counted(self.case, part), base(self.case, whole), statement.stated.quantity)
        return Decimal(0) if judgement.is_consistent else abs(judgement.expected - statement.stated.quantity.value)

    def _bound(self, part: Mention, whole: Mention) -> bool:
        """In one sentence, or in the next where the whole is what was asked, checked or planned."""
        between = self.paragraph.text[whole.end : part.start]
        stops = sum(1 for mark in between if mark in SENTENCE_MARKS)
        return stops == 0 or (stops == 1 and self._says(whole, self.words("share_bases")))

    def _says(self, count: Mention, words: Sequence[str]) -> bool:
        return any(word in self.clause(count) for word in words)

    def _alike(self, whole: Mention, part: Mention) -> bool:
        assert whole.quantity
        assert part.quantity
        units = {whole.quantity.unit, part.quantity.unit}
        return len(units) == 1 or units <= {*self.words("person_units"), "例"}

    def clause(self, mention: Mention) -> str:
        """The words around a figure between the marks on both sides, those of figures before it left out."""
        text, end = self.paragraph.text, mention.end
        while end < len(text) and text[end] not in MARKS:
            end += 1
        return self.lead(mention) + text[mention.end : end]

    def lead(self, mention: Mention) -> str:
        """The words before a figure, from the mark or the figure before it."""
        text, start = self.paragraph.text, mention.start
        at = bisect_right(self.ends, mention.start)
        last = self.ends[at - 1] if at else 0
        while start > last and text[start - 1] not in MARKS:
            start -= 1
        return text[start : mention.start]

    def opened_by(self, mention: Mention, pattern: str) -> bool:
        """Whether the sentence of a figure opens with certain words, as 年度目标为：… does."""
        text, start = self.paragraph.text, mention.start
        while start > max(0, mention.start - LONGEST) and text[start - 1] not in SENTENCE_MARKS:
            start -= 1
        return self.case.lexicon.pattern(pattern).search(text, start, mention.start) is not None

    def span(self, mention: Mention) -> Span:
        return Span(self.paragraph.index, mention.start, mention.end)

    def term(self, role: str, mention: Mention) -> Term:
        assert mention.quantity
        return Term(role, mention.quantity, self.span(mention))
