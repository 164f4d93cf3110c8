"""Patterns searched for in a whole document: only paragraphs that hold a cue of the pattern are looked through.

Most checks find nothing in most reports. The cues of a pattern (`cue` in its pack) are plain words: one that the document does
not hold costs one look at its text, and one that it does hold is looked for once, however many patterns name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractor.check.passages import everything, prose
from extractor.check.registry import Case
from extractor.model.document import Paragraph


def all_matches(case: Case, name: str, running: bool = False) -> Iterator[tuple[Paragraph, Any]]:
    """Every match of a pattern in what an author wrote (`running`: outside tables), with its paragraph."""
    pattern = case.lexicon.pattern(name)
    for paragraph in holding(case, name, running=running):
        for match in pattern.finditer(paragraph.text):
            yield paragraph, match


def holding(case: Case, *names: str, words: Iterable[str] = (), running: bool = False) -> Sequence[Paragraph]:
    """What an author wrote that may match one of the patterns or holds one of the words, in reading order."""
    place = ("holding", names, tuple(words), running)
    if place not in case.memo:
        paragraphs = (prose if running else everything)(case.facts.document)
        held = frozenset[int]().union(*(may_match(case, name) for name in names), *(_with(case, word) for word in words))
        case.memo[place] = [paragraph for paragraph in paragraphs if paragraph.index in held] if held else []
    found: Sequence[Paragraph] = case.memo[place]
    return found


def may_match(case: Case, name: str) -> frozenset[int]:
    """The paragraphs that hold a cue of a pattern, by index, page furniture included; all of them where it has no cues."""
    place = ("may match", name)
    if place not in case.memo:
        cues = case.lexicon.patterns[name].cues
        held = frozenset[int]().union(*(_with(case, cue) for cue in cues))
        case.memo[place] = held if cues else frozenset(case.facts.document.paragraphs)
    found: frozenset[int] = case.memo[place]
    return found


def _with(case: Case, word: str) -> frozenset[int]:
    """The paragraphs that hold a word; looked for once a run."""
    place = ("with", word)
    if place not in case.memo:
        paragraphs = case.facts.document.paragraphs
        if "all text" not in case.memo:
            case.memo["all text"] = "\n".join([paragraph.text for paragraph in paragraphs.values()])
        is_held = word in case.memo["all text"]
        case.memo[place] = frozenset([index for index, p in paragraphs.items() if word in p.text] if is_held else [])
    found: frozenset[int] = case.memo[place]
    return found
