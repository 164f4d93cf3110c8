"""The reading order of a page set in two columns."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model.document import Line


def columns_of(lines: Sequence[Line]) -> list[Line]:
    """The lines in reading order."""
    return list(lines)
