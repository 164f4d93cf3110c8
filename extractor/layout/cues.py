"""What a line is by its own words; the patterns stand in patterns/layout.toml."""

from __future__ import annotations

from functools import lru_cache

from extractor.lexicon import packs


@lru_cache(maxsize=1 << 14)
def _may_begin(pattern: str, first: str) -> bool:
    """May a text that begins with this character match a pattern? Asked of the pattern once a character, it spares most lines a match."""
    return packs.default().pattern(pattern).match(first, partial=True) is not None


def says(cue: str, text: str) -> bool:
    """Does the text begin as the pattern `layout.<cue>` tells?

    >>> says("item", "（三）资金管理"), says("item", "24万元")
    (True, False)
    """
    pattern = f"layout.{cue}"
    return _may_begin(pattern, text[:1]) and packs.default().pattern(pattern).match(text) is not None


def group(cue: str, text: str, name: str) -> str | None:
    """A named group of the pattern `layout.<cue>` at the beginning of the text.

    >>> group("page_number", "— 12 —", "number")
    '12'
    """
    match = packs.default().pattern(f"layout.{cue}").match(text)
    return match.group(name) if match else None


def item_kind(text: str) -> str | None:
    """The kind of number or mark that begins a heading or a list item, None for other text.

    >>> item_kind("（三）资金管理"), item_kind("1.04%")
    ('chinese_paren', None)
    """
    if not _may_begin("layout.item", text[:1]):
        return None
    match = packs.default().pattern("layout.item").match(text)
    return match.lastgroup if match else None


def is_placeholder(text: str) -> bool:
    """Is a text what a template leaves where an indicator may stand?

    >>> is_placeholder("指标3："), is_placeholder("指标完成率")
    (True, False)
    """
    return packs.default().pattern("forms.placeholder").match(text) is not None


def is_level(text: str) -> bool:
    """Is a text the name of a level of indicators, with or without its points?

    >>> is_level("满意度指标（10分）"), is_level("标（10分）")
    (True, False)
    """
    bare = packs.default().pattern("forms.label_points").sub("", text)
    return any(packs.default().group_of(f"indicator_level{level}", bare) for level in (1, 2))
