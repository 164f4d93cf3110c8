"""Which of many texts are nearly the same, without comparing every one with every other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import chain, combinations, repeat
from zlib import crc32

SHINGLE = 4
"""Characters of a shingle: short enough that a changed character spoils few of them."""
SKETCH = 24
"""Shingles kept of a text: those with the smallest hashes, which are the same ones in a near copy."""
SHARED = 3
"""Kept shingles that two texts must share before they are compared character by character."""
CROWD = 40
"""A shingle kept by more texts than this is a stock phrase; it leads to no candidates."""


def similarity(first: str, second: str, least: float = 0.0) -> float:
    """The share of characters two texts have in common, in order; 1 for equal texts, 0 for what is sure to be under `least`.

    >>> similarity("资金全部到位", "资金已全部到位") > 0.9
    True
    """
    if first == second:
        return 1.0
    if 2 * _in_common(first, second) / (len(first) + len(second)) < least:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _in_common(first: str, second: str) -> int:
    """How many characters two texts share in any order: no fewer than in order."""
    one, other = _counted(first), _counted(second)
    return sum(map(min, one.values(), map(other.get, one, repeat(0))))


@lru_cache(maxsize=1 << 8)
def _counted(text: str) -> Mapping[str, int]:
    return Counter(text)


@lru_cache(maxsize=1 << 10)
def sketch(text: str) -> frozenset[int]:
    """The smallest hashes of a text's shingles."""
    return frozenset(sorted({crc32(shingle.encode()) for shingle in _shingles(text)})[:SKETCH])


def _shingles(text: str) -> Iterator[str]:
    return (text[place : place + SHINGLE] for place in range(max(1, len(text) - SHINGLE + 1)))


def near_pairs(
    texts: Sequence[str], threshold: float, may_pair: Callable[[int, int], bool], among: Iterable[int] | None = None
) -> Iterator[tuple[int, int]]:
    """The pairs (i, j), i < j, of texts at least as similar as the threshold, in order; only those that may pair are compared.

    `among` are the places of the texts that may have a partner at all; the others only tell which phrases are stock phrases.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for place in range(len(texts)) if among is None else among:
        for value in sketch(texts[place]):
            holders[value].append(place)
    keeping = cache(lambda: Counter(chain.from_iterable(map(sketch, texts))))  # most reports have no near pair and never ask
    shared = Counter(chain.from_iterable(combinations(places, 2) for places in holders.values() if len(places) <= CROWD))
    for i, j in sorted(pair for pair, count in shared.items() if count >= SHARED):
        both = len(texts[i]) + len(texts[j])
        if 2 * min(len(texts[i]), len(texts[j])) < threshold * both or not may_pair(i, j):
            continue
        if similarity(texts[i], texts[j], threshold) >= threshold and _share_rare(texts[i], texts[j], keeping()):
            yield i, j


def _share_rare(first: str, second: str, keeping: Mapping[int, int]) -> bool:
    """Do two texts share enough kept shingles that are no stock phrases of all the texts?"""
    return sum(keeping[value] <= CROWD for value in sketch(first) & sketch(second)) >= SHARED
