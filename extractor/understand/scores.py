"""Self-evaluation scores and grades in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Kind, Mention, Stated
from extractor.model.quantity import HUNDRED
from extractor.understand.sentences import Sentence

REACH = 12


class ScoreReader:
    """Finds the scores that a report gives itself, as against full marks, weights and deductions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.label = lexicon.pattern("scores.label")
        self.band = lexicon.pattern("scores.band")
        self.given, self.whole_marks = lexicon.pattern("scores.given_of_full"), lexicon.words("whole_marks")
        self.brackets = lexicon.pattern("scores.brackets")
        self.lists = lexicon.pattern("scores.lists")
        self.deductions = lexicon.words("score_deductions")
        self.full_behind = lexicon.pattern("scores.full_behind")
        self.rules = lexicon.words("deduction_rules")
        self.sum_lead = lexicon.pattern("scores.sum_lead")
        self.schemes, self.plain_totals = lexicon.pattern("scores.schemes"), lexicon.words("plain_totals")
        self.times, self.times_before = lexicon.pattern("scores.times"), lexicon.pattern("scores.times_before")

    def _bands(self, sentence: Sentence) -> tuple[int, int]:
        """Where the grades are explained and none is given: 90分（含）以上为优，80分至90分为良; in brackets (90分以上为优…), they alone."""
        figures = sum(1 for m in sentence.mentions if m.kind in (Kind.SCORE, Kind.GRADE, Kind.RANGE, Kind.NUMBER))
        band = self.band.search(sentence.paragraph.text, sentence.start, sentence.end) if figures > 1 else None
        if band is None:
            return sentence.end, sentence.end
        found = next((m for m in self.brackets.finditer(sentence.text) if band.end() <= sentence.start + m.end()), None)
        begins = sentence.start + found.start() if found else band.start()
        if found and begins < band.start():
            return begins, sentence.start + found.end()
        return sentence.start, sentence.end

    def scores(self, sentence: Sentence, heading: str = "") -> Iterator[Stated]:
        """The scores of a sentence; one that opens it may be named by its heading (四、自评得分: 95.8分，等级优)."""
        if Kind.SCORE not in sentence.kinds:
            return
        begin, end = self._bands(sentence)
        earlier, before, full_end = sentence.start, sentence.start, sentence.start
        for mention in sentence.mentions:
            if mention.start < full_end:
                before = mention.end  # 95分（总分100分）
                continue
            if mention.kind is Kind.SCORE and (full := self.full_behind.match(sentence.paragraph.text, mention.end)):
                full_end = full.end()
            if begin <= mention.start < end:
                before = mention.end
                continue
            if mention.kind is Kind.SCORE and mention.quantity and mention.quantity.upper is None and not self._is_rule(sentence, mention):
                stated = self._score(sentence, mention, before) or self._headed(sentence, mention, heading)
                if stated and not self._is_of_a_part(sentence, mention, earlier, before):
                    yield stated
            if mention.kind in (Kind.SCORE, Kind.MONEY, Kind.PERCENT, Kind.COUNT):
                earlier, before = before, mention.end

    def _is_of_a_part(self, sentence: Sentence, mention: Mention, earlier: int, before: int) -> bool:
        """投入指标15分，自评15分: the points before the score are those of a part, which is named before them; so are 9.5（满分10）."""
        behind = self.full_behind.match(sentence.paragraph.text, mention.end)
        if behind and Decimal(behind["full"]) < HUNDRED and not any(w in sentence.slice(earlier, mention.start) for w in self.whole_marks):
            return True
        given = self.given.match(sentence.paragraph.text, before)
        full = next((m for m in sentence.mentions if m.end == before), None)
        if given is None or given.end() != mention.start or full is None or full.quantity is None:
            return False
        lead = sentence.slice(earlier, before)
        return full.quantity.value < HUNDRED and not any(word in lead for word in (*self.whole_marks, *self.deductions))

    def _is_rule(self, sentence: Sentence, mention: Mention) -> bool:
        """得分（20分×执行率） and 执行率×10分 tell how points are given, unless they end in what was given (= 9.8分)."""
        text = sentence.paragraph.text
        return self.times_before.search(text, sentence.start, mention.start) is not None or bool(self.times.match(text, mention.end))

    def _score(self, sentence: Sentence, mention: Mention, before: int) -> Stated | None:
        text = sentence.paragraph.text
        labels = list(self.label.finditer(text, before, mention.start))
        if not labels and self.sum_lead.fullmatch(text, before, mention.start) and self._is_sum(sentence, mention, before):
            own = sentence.span(mention.start, mention.end)
            return Stated(text[mention.start : mention.end], (own, own), mention.quantity, "合计")
        if not labels or mention.start - labels[-1].end() > REACH or self.lexicon.group_of("score_label", labels[-1].group()) != "self":
            return None
        if any(self.lexicon.group_of("score_label", m.group()) == "other" for m in labels):
            return None
        if labels[-1].group() in self.plain_totals and self._is_full_mark(sentence, mention, labels[0].start()):
            return None
        if self.lists.search(text, labels[-1].end(), mention.start):
            return None  # 自评得分分别为38.2分、43.5分: scores of parts, or of several projects
        own = sentence.span(mention.start, mention.end)
        quoted = sentence.span(labels[0].start(), mention.end)
        return Stated(text[mention.start : mention.end], (own, quoted), mention.quantity, labels[-1].group())

    def _headed(self, sentence: Sentence, mention: Mention, heading: str) -> Stated | None:
        opens = mention.start == sentence.start and not any(word in heading for word in self.rules)
        labels = list(self.label.finditer(heading)) if opens else []
        if not labels or any(self.lexicon.group_of("score_label", label.group()) != "self" for label in labels):
            return None
        own = sentence.span(mention.start, mention.end)
        return Stated(sentence.slice(mention.start, mention.end), (own, own), mention.quantity, labels[-1].group())

    def _is_sum(self, sentence: Sentence, mention: Mention, before: int) -> bool:
        """Are the points before a sum those of parts: told with what they could be, or making it (投入15分、产出81.5分，合计96.5分)?"""
        told = [m.quantity.value for m in sentence.mentions if m.kind is Kind.SCORE and m.quantity and m.end <= before]
        makes = len(told) > 1 and mention.quantity is not None and sum(told, Decimal(0)) == mention.quantity.value
        return makes or self._parts_given(sentence, before) > 1

    def _parts_given(self, sentence: Sentence, end: int) -> int:
        """How many parts are told with their points and what they were given: 投入10分得10分，过程40分得37分."""
        scores = [m for m in sentence.mentions if m.kind is Kind.SCORE and m.end <= end]
        matches = (self.given.match(sentence.paragraph.text, m.end) for m in scores)
        return sum(1 for match, behind in zip(matches, scores[1:], strict=False) if match and match.end() == behind.start)

    def _is_full_mark(self, sentence: Sentence, mention: Mention, start: int) -> bool:
        """设置三级指标21项，总分100分 tells what can be earned."""
        scheme = self.schemes.search(sentence.paragraph.text, sentence.start, start) is not None
        return scheme and mention.quantity is not None and mention.quantity.value == HUNDRED

    def grades(self, sentence: Sentence) -> Iterator[Stated]:
        if Kind.GRADE not in sentence.kinds:
            return
        begin, end = self._bands(sentence)
        for mention in sentence.mentions:
            counted = sentence.slice(mention.end, mention.end + 1) == "的"  # 等级为优的3个
            if mention.kind is Kind.GRADE and not counted and not begin <= mention.start < end:
                own = sentence.span(mention.start, mention.end)
                clause = sentence.clause_at(mention.start)
                start = clause.start if mention.start - clause.start <= REACH else mention.start
                yield Stated(mention.text or "", (own, sentence.span(start, mention.end)), label=sentence.slice(start, mention.start))
