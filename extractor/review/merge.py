"""Decisions from several sources merged: the newest wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.model.workpaper import VERDICTS, Both
from extractor.review.entries import Entry
from extractor.review.words import both
from extractor.review.workbook import Reviewed


@dataclass(frozen=True, slots=True)
class Merged:
    """All decisions by id, the ids that the workbooks added or changed, and messages about conflicts."""

    entries: Mapping[str, Entry]
    fresh: frozenset[str]
    told: tuple[Both, ...]


def merged(path: Path | None, kept: Mapping[str, Entry], books: Sequence[Reviewed]) -> Merged:
    """The decisions of workbooks merged into those of the baseline `path`.

    A workbook wins over the baseline unless its decision has an earlier date. Of two workbooks the later date wins, and
    without dates the one given last.
    """
    told: list[Both] = []
    handed: dict[str, tuple[Path, Entry]] = {}
    for book in books:
        told.extend(book.told)
        for entry in book.entries:
            earlier = handed.get(entry.id)
            if earlier is None:
                handed[entry.id] = book.path, entry
                continue
            one, other = earlier, (book.path, entry)
            winner = other if (entry.date or "") >= (earlier[1].date or "") else earlier
            loser = one if winner is other else other
            handed[entry.id] = winner[0], winner[1].with_rest_of(loser[1])
            told.extend(_disagreement(one, other, winner))
    entries = dict(kept)
    fresh = set()
    for key, (source, entry) in handed.items():
        old = kept.get(key)
        if old is None:
            entries[key] = entry
            fresh.add(key)
        elif path and entry.date and old.date and entry.date < old.date:
            told.extend(_disagreement((path, old), (source, entry), (path, old)))
        elif not entry.says_the_same(old):
            entries[key] = entry.with_rest_of(old)
            fresh.add(key)
    return Merged(entries, frozenset(fresh), tuple(told))


def _disagreement(one: tuple[Path, Entry], other: tuple[Path, Entry], winner: tuple[Path, Entry]) -> list[Both]:
    """A message if the two verdicts differ."""
    if one[1].verdict == other[1].verdict:
        return []
    said = {"one": VERDICTS[one[1].verdict], "other": VERDICTS[other[1].verdict]}
    told = both("disagree", id=one[1].id, first=one[0], second=other[0], winner=winner[0], **said)
    return [told]
