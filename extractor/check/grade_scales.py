"""Grade scales: the known ones from the pattern packs, the one a report states itself, and which of them a grade fits."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from extractor.check.passages import everything
from extractor.check.registry import Case
from extractor.check.search import may_match
from extractor.lexicon.holding import plain
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Paragraph, Span

DEFAULT = "central"
FEWEST_BANDS = 3
"""Bands with different labels that a report must state for its own scale to be taken from them."""
LEAST_TOP = 70
"""A scale of the total begins its best band no lower; 较好8-7分，一般6-4分 tells how one indicator is marked."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Labels with their lowest scores, best first; a boundary score belongs to the upper band."""

    name: str
    bands: tuple[tuple[str, Decimal], ...]
    title: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(label for label, _ in self.bands)

    def label_of(self, score: Decimal) -> str | None:
        """The label of a score; None below the lowest band.

        >>> Scale("x", (("优", Decimal(90)), ("差", Decimal(0)))).label_of(Decimal(90))
        '优'
        """
        return next((label for label, low in self.bands if score >= low), None)


def known_scales(lexicon: Lexicon) -> dict[str, Scale]:
    """The scales of the pattern packs by name."""
    titles = lexicon.groups("grade_scale_title")
    return {
        name: Scale(name, _ordered(tuple(band.split("≥", 1)) for band in bands), "".join(titles.get(name, ())))
        for name, bands in lexicon.groups("grade_scale").items()
    }


def _ordered(bands: Iterable[Iterable[str]]) -> tuple[tuple[str, Decimal], ...]:
    pairs = [(label, Decimal(low)) for label, low in bands]
    return tuple(sorted(pairs, key=lambda pair: -pair[1]))


def profile(case: Case) -> Scale:
    """The scale that the settings name; ValueError for one that no pack knows."""
    scales = known_scales(case.lexicon)
    name = case.settings.grade_profile
    if name not in scales:
        hint = next(iter(difflib.get_close_matches(name, scales, 1)), None)
        raise ValueError(f"没有名为 {name} 的等级标准" + (f"，是否指 {hint}？" if hint else f"；可用的有：{'、'.join(scales)}"))
    return scales[name]


def canonical(lexicon: Lexicon, label: str) -> str | None:
    """The label that stands for its synonyms: 优秀 → 优; None for a word that is no grade."""
    return lexicon.group_of("grade_label", label.strip("“”\"'‘’ 。"))


def own_scale(case: Case) -> Scale | None:
    """The bands that the report itself states, where it states at least three; looked for once a run."""
    if "own scale" not in case.memo:
        case.memo["own scale"] = _own_scale(case)
    found: Scale | None = case.memo["own scale"]
    return found


def _own_scale(case: Case) -> Scale | None:
    found: dict[str, Decimal] = {}
    spans: list[Span] = []
    beginnings = {word[0] for words in case.lexicon.groups("grade_label").values() for word in words}
    for paragraph in everything(case.facts.document):
        if beginnings.isdisjoint(paragraph.text):
            continue  # nothing in it can be a label
        bands = list(_bands(case, paragraph))
        if len(bands) > 1 and max(low for _, low, _ in bands) < LEAST_TOP:
            continue
        for label, low, span in bands:
            if found.setdefault(label, low) == low:
                spans.append(span)
    if len(found) < FEWEST_BANDS or len(set(found.values())) < len(found) or max(found.values()) < LEAST_TOP:
        return None
    return Scale("own", tuple(sorted(found.items(), key=lambda pair: -pair[1])), spans=tuple(spans))


def _bands(case: Case, paragraph: Paragraph) -> Iterator[tuple[str, Decimal, Span]]:
    names = ("grades.band", "grades.band_reversed", "grades.lowest_band")
    likely = [name for name in names if paragraph.index in may_match(case, name)]
    if likely[:1] == ["grades.band"] and not plain(case.lexicon, "grades.given").search(paragraph.text):
        likely = likely[1:]
    for name in likely:
        for match in case.lexicon.pattern(name).finditer(paragraph.text):
            label, low = _band(case.lexicon, match.groupdict())
            if label and low is not None and low <= 100:
                yield label, low, Span(paragraph.index, match.start(), match.end())


def _band(lexicon: Lexicon, named: Mapping[str, str | None]) -> tuple[str | None, Decimal | None]:
    word = named.get("grade") or named.get("lowest") or ""
    low = next((named[key] for key in ("low", "least", "floor") if named.get(key)), None)
    if low is None and (named.get("below") or named.get("under")):
        low = "0"
    return canonical(lexicon, word), Decimal(low) if low is not None else None
