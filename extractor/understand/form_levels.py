"""Points of the levels above an indicator, in columns of their own: 二级指标 | 分值 beside 三级指标 | 分值."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.model.document import Cell
from extractor.model.facts import Indicator
from extractor.understand.cells import flat
from extractor.understand.form_cells import CellReader
from extractor.understand.form_columns import LEVELS, Header
from extractor.understand.form_draft import FormDraft


class LevelPoints:
    """Keeps the points of levels as labels with the rows beside them, as those of 产出指标（50分） are kept."""

    def __init__(self, cells: CellReader) -> None:
        self.cells = cells

    def read(self, cells: Sequence[Cell | None], header: Header, row: Indicator, draft: FormDraft) -> None:
        for place in header.columns("level_weight"):
            level = max((i for i in range(place) if header.roles[i] in LEVELS), default=None)
            if level is None or not flat(cells[level]):
                continue
            owner = self._label(cells[place], flat(cells[level]), draft)
            if owner is not None:
                draft.members.setdefault(id(owner), []).append(row)

    def _label(self, cell: Cell | None, level: str, draft: FormDraft) -> Cell | None:
        """The cell that stands for a level's points: its own, or the one above where every row repeats level and points."""
        points = self.cells.points(cell, "weight") if cell is not None and cell.paragraphs else None
        if cell is None or points is None:
            return None
        label = f"{level}（{points.text}分）"
        known = next((own for stated, own in draft.labels if own is cell or (stated.label == label and own.column == cell.column)), None)
        if known is None:
            draft.labels.append((replace(points, label=label), cell))
        return known or cell
