"""The year that a figure is said to be of."""

from __future__ import annotations

from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Kind, Mention
from extractor.understand.sentences import Sentence


class PeriodReader:
    def __init__(self, lexicon: Lexicon, own: str | None) -> None:
        self.own = own
        self.other_years, self.own_years, self.running = (lexicon.words(w) for w in ("other_year", "own_year", "running_totals"))

    def year_of(self, sentence: Sentence, place: int) -> str | None:
        """The year a figure is said to be of, None for the report's own."""
        words = sentence.slice(sentence.start, place)
        found = max(((words.rfind(w), w) for w in (*self.other_years, *self.own_years)), default=(-1, ""))
        dates = [m for m in sentence.mentions if m.kind in (Kind.DATE, Kind.YEAR) and m.end <= place and m.text]
        if dates and dates[-1].end - sentence.start >= found[0]:  # the 年底 of 2022年底 is that year's
            year = (dates[-1].text or "")[:4]
            if year[:2] == "12" and not (len(year) == 4 and year.isdigit()):  # 12月31日 without a year: the end of the report's own
                return None
            return None if year == self.own or self._is_cutoff(sentence, dates[-1], year) else year
        return "other" if found[0] >= 0 and found[1] in self.other_years else None

    def _is_cutoff(self, sentence: Sentence, date: Mention, year: str) -> bool:
        """截至次年3月底: a cut-off date, mistyped by a year or not, still tells of the report's year; 截至上年底，累计… does not."""
        own = self.own
        if own is not None and year < own and any(w in sentence.slice(date.end, sentence.end) for w in self.running):
            return False
        before = sentence.slice(max(sentence.start, date.start - 2), date.start)
        return before in ("截至", "截止") and own is not None and year.isdigit() and abs(int(year) - int(own)) == 1
