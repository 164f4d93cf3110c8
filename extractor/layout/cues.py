"""What a line is by its own words; the patterns stand in patterns/layout.toml."""

from __future__ import annotations

from extractor.lexicon import packs


def says(cue: str, text: str) -> bool:
    """Does the text begin as the pattern `layout.<cue>` tells?

    >>> says("item", "（三）资金管理"), says("item", "24万元")
    (True, False)
    """
    return packs.default().pattern(f"layout.{cue}").match(text) is not None


def group(cue: str, text: str, name: str) -> str | None:
    """A named group of the pattern `layout.<cue>` at the beginning of the text.

    >>> group("page_number", "— 12 —", "number")
    '12'
    """
    match = packs.default().pattern(f"layout.{cue}").match(text)
    return match.group(name) if match else None


def is_item(text: str) -> bool:
    """Does a line begin with the number of a heading or of a list item?"""
    return says("item", text)
