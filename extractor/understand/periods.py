"""The year that a figure is said to be of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.lexicon.holding import any_word
from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Fact, Kind, Mention
from extractor.understand.sentences import Sentence

LONGEST_SPAN = 32
"""Characters before a figure that may say of how many years it is: 三年（2021—2023年）总预算."""
YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")


class PeriodReader:
    def __init__(self, lexicon: Lexicon, own: str | None) -> None:
        self.year_part, self.investments = lexicon.pattern("amounts.year_part"), lexicon.words("investments")
        self.of_years = lexicon.pattern("amounts.of_years")
        self.in_years = lexicon.pattern("amounts.in_years")
        self.own, self.in_turn = own, "分别"
        self.tells_year = any_word(lexicon, "other_year", "own_year")
        self.other_years, self.running = lexicon.words("other_year"), lexicon.words("running_totals")
        self.years = (*self.other_years, *lexicon.words("own_year"))

    def year_of(self, sentence: Sentence, place: int) -> str | None:
        """The year a figure is said to be of, None for the report's own."""
        listed = self._year_in_turn(sentence, place)
        if listed:
            return None if listed == self.own else listed
        if self.of_years.search(sentence.slice(max(sentence.start, place - LONGEST_SPAN), place)):
            return "other"
        figure = next((m for m in sentence.mentions if m.start == place), None)
        if figure is not None and self.in_years.match(sentence.paragraph.text, figure.end):
            return "other"
        words = sentence.slice(sentence.start, place)
        found = (-1, "")
        if self.tells_year(words):
            found = max(zip(map(words.rfind, self.years), self.years, strict=True))
        dates = [m for m in sentence.mentions if m.kind in (Kind.DATE, Kind.YEAR) and m.end <= place and m.text]
        if dates and dates[-1].end - sentence.start >= found[0]:  # the 年底 of 2022年底 is that year's
            year = (dates[-1].text or "")[:4]
            if year[:2] == "12" and not (len(year) == 4 and year.isdigit()):  # 12月31日 without a year: the end of the report's own
                return None
            return None if year == self.own or self._is_cutoff(sentence, dates[-1], year) else year
        return "other" if found[0] >= 0 and found[1] in self.other_years else None

    def without_its_year(self, sentence: Sentence, fact: Fact) -> Fact:
        """总投资2.35亿元，其中2022年度计划投资8,600万元: a year's part of what is built over years is no source of money."""
        if fact.source is None or not self.year_part.fullmatch(fact.source):
            return fact
        lead = sentence.slice(sentence.start, fact.spans[0].start)
        of_years = any(word in lead for word in self.investments) or self._lists_years(sentence)
        return replace(fact, source=None) if of_years else fact

    def _lists_years(self, sentence: Sentence) -> bool:
        """其中2022年下达3500万元，2023年下达3850万元: parts by years are no sources, whatever they are parts of."""
        parts = self.year_part.finditer(sentence.paragraph.text, sentence.start, sentence.end)
        return len({part.group()[:4] for part in parts if YEAR.match(part.group())}) > 1

    def _year_in_turn(self, sentence: Sentence, place: int) -> str | None:
        """2020年、2021年分别支出80万元和95万元: the figures of a list are those of the years listed, in their order."""
        if self.in_turn not in sentence.slice(sentence.start, place):
            return None
        years = [m for m in sentence.mentions if m.kind in (Kind.DATE, Kind.YEAR) and m.end <= place and YEAR.fullmatch(m.text or "")]
        runs = _runs(sentence, [m for m in sentence.mentions if m.kind is Kind.MONEY])
        own = next((run for run in runs if any(m.start == place for m in run)), [])
        listed = [run for run in _runs(sentence, years) if len(run) == len(own) > 1]
        if not listed:
            return None
        return (listed[-1][[m.start for m in own].index(place)].text or "")[:4]

    def _is_cutoff(self, sentence: Sentence, date: Mention, year: str) -> bool:
        """截至次年3月底: a cut-off date, mistyped by a year or not, still tells of the report's year; 截至上年底，累计… does not."""
        own = self.own
        if own is not None and year < own and any(w in sentence.slice(date.end, sentence.end) for w in self.running):
            return False
        before = sentence.slice(max(sentence.start, date.start - 2), date.start)
        return before in ("截至", "截止") and own is not None and year.isdigit() and abs(int(year) - int(own)) == 1


def _runs(sentence: Sentence, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions that follow each other with nothing but 、 or 和 between."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        joined = runs and sentence.slice(runs[-1][-1].end, mention.start).strip(" 、和与及，,") == ""
        runs[-1].append(mention) if joined else runs.append([mention])
    return runs
