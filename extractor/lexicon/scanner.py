"""The number-first scanner: one compiled pattern finds a number, what stands around it says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from extractor.lexicon import bare, dates, fractions, hanzi, references
from extractor.lexicon.arabic import figure, number, read_arabic
from extractor.lexicon.compiling import compile_scanner, group_name
from extractor.lexicon.fold import fold
from extractor.lexicon.hit import NUMBER, Hit
from extractor.lexicon.numerals import parse
from extractor.lexicon.packs import Lexicon
from extractor.lexicon.ranges import ranged
from extractor.lexicon.surroundings import squeezed
from extractor.lexicon.units import Unit, Units

Reader = Callable[["Scanner", str, "re.Match[str]", int], Hit | None]

# Characters beside a figure that may change it; beside any other the plain reading stands.
_BEFORE = frozenset("-负￥$€£币元 \t%./+±第ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_AFTER = frozenset("-—~―─至到以（(与和 \n")
_PLAIN = ("figure.amount", "figure.rate", "figure.score", "figure.count")

READERS: dict[str, Reader] = {
    **dict.fromkeys(_PLAIN, read_arabic),
    "figure.number": bare.read_number,
    **dict.fromkeys(("figure.fraction", "figure.hanzi_fraction"), fractions.read_fraction),
    "figure.hanzi_compared": hanzi.read_compared,
    "figure.half_tenth": fractions.read_half_tenth,
    **dict.fromkeys(
        ("figure.hanzi_amount", "figure.hanzi_rate", "figure.hanzi_score", "figure.hanzi_count", "figure.hanzi_number"), hanzi.read_hanzi
    ),
    **dict.fromkeys(
        (
            "figure.part_of_year",
            "figure.years",
            "figure.date",
            "figure.iso_date",
            "figure.month",
            "figure.hanzi_date",
            "figure.hanzi_month",
        ),
        dates.read_date,
    ),
    **dict.fromkeys(("figure.quarter", "figure.short_year", "figure.listed_year"), dates.read_date),
    "figure.idiom": references.read_nothing,
    "figure.relative_date": dates.read_relative,
    **dict.fromkeys(("figure.document", "figure.document_fused", "figure.document_unopened"), references.read_document),
    **dict.fromkeys(("figure.order", "figure.announcement"), references.read_order),
    "figure.article": references.read_article,
    "figure.part": references.read_part,
    "figure.ordinal": references.read_ordinal,
    "figure.item": references.read_line_item,
    "figure.item_before_year": references.read_item,
    "figure.dotted": references.read_dotted,
    "figure.circled": references.read_circled,
    "figure.phone": references.read_code,
    "figure.clock": references.read_code,
    "figure.ratio": fractions.read_ratio,
    "figure.grade": references.read_grade,
}


class Scanner:
    """The compiled patterns of one lexicon, and what the readers of single figures need of it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.units = Units(lexicon)
        self.pattern = compile_scanner(lexicon)
        self.n, self.mix, self.h = (self.pattern.groupindex[name] for name in ("n", "mix", "h"))
        self._readers = {group_name(name): reader for name, reader in READERS.items()}
        self._names = {group_name(name): name for name in READERS}
        self._plain = {group_name(name): name for name in _PLAIN}
        self._quick: dict[str, Unit] = {}
        self._fragments: dict[str, re.Pattern[str]] = {}

    def fragment(self, name: str) -> re.Pattern[str]:
        """A fragment of the packs, compiled when first needed."""
        if name not in self._fragments:
            self._fragments[name] = re.compile(self.lexicon.expand("{" + name + "}"))
        return self._fragments[name]

    def hits(self, text: str) -> Iterator[Hit]:
        """Everything found in a text, in order; spans do not overlap."""
        folded = fold(text, self.lexicon)
        quick, plain, n = self._quick, self._plain, self.n
        place: int | None = 0
        while place is not None:
            end, begin, place = place, place, None
            for match in self.pattern.finditer(folded, begin):
                start, stop = match.span()
                if start < end:
                    continue
                name = plain.get(match.lastgroup)  # type: ignore[arg-type]
                if name is not None:
                    last = match.end(n)
                    unit = quick.get(folded[last:stop])
                    if unit is not None and folded[start - 1 : start] not in _BEFORE and folded[stop : stop + 1] not in _AFTER:
                        yield figure(name, start, stop, *number(folded[start:last]), unit)
                        end = stop
                        continue
                hit = self.read(folded, match, end)
                if hit is not None:
                    yield hit
                    end = hit.end
                    if start < end < stop:  # the reader took less than the pattern: go on behind it
                        place = end
                        break

    def read(self, text: str, match: re.Match[str], floor: int) -> Hit | None:
        """The figure at a match, with the range that it may open; nothing before `floor` is looked at."""
        hit = self.read_one(text, match, floor)
        if hit is not None and hit.digits is not None and hit.upper is None and text[hit.end : hit.end + 1] in _AFTER:
            return ranged(self, text, hit) or hit
        return hit

    def read_one(self, text: str, match: re.Match[str], floor: int) -> Hit | None:
        group = match.lastgroup or ""
        if group in self._plain:
            tail = text[match.end(self.n) : match.end()]
            unit = self.units.of(tail)
            if unit is not None and not unit.needs_context and not unit.has_half:
                self._quick[tail] = unit
        return self._readers[group](self, text, match, floor)

    def at(self, text: str, place: int) -> Hit | None:
        """The figure that begins exactly at a place, read as if nothing stood before it."""
        match = self.pattern.match(text, place)
        if match is None:  # a numeral before any word: 一百到两百之间
            match = self.fragment("fig_hanzi").match(text, place)
            numeral = parse(squeezed(match.group())) if match else None
            if match is None or numeral is None:
                return None
            return Hit(NUMBER, place, match.end(), "figure.hanzi_number", numeral.digits, numeral.decimals, "", numeral.multiplier)
        return self.read_one(text, match, place) or hanzi.read_plainly(self, text, match)

    def number_end(self, text: str, place: int) -> int:
        """Where the number that begins at a place ends, its unit left aside."""
        match = self.pattern.match(text, place)
        return max(match.end(self.n), match.end(self.h)) if match else place

    def name(self, match: re.Match[str]) -> str:
        return self._names[match.lastgroup or ""]

    def groups(self, text: str, match: re.Match[str]) -> dict[str, str]:
        """The named groups of the pattern that matched, as written."""
        own = self.lexicon.pattern(self.name(match)).match(text, match.start())
        return {key: value for key, value in own.groupdict().items() if value} if own else {}


@lru_cache(maxsize=4)
def scanner(lexicon: Lexicon) -> Scanner:
    """The scanner of a lexicon, compiled once."""
    return Scanner(lexicon)
