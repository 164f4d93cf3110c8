"""自评表 forms: a walk over the rows of their tables, whatever the layout, from label to label and header to header."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise, takewhile

from extractor.lexicon.packs import Lexicon
from extractor.lexicon.words import without_code
from extractor.model.document import Cell, Document, Table
from extractor.model.facts import Mention, Origin, Stated
from extractor.understand.bare_weights import BareWeights
from extractor.understand.cells import GridRow, cell_spans, joined
from extractor.understand.column_marks import ColumnMarks
from extractor.understand.form_breakdowns import BreakdownRows
from extractor.understand.form_cells import CellReader
from extractor.understand.form_columns import Header, header_finder
from extractor.understand.form_draft import FormDraft
from extractor.understand.form_funds import FundRows
from extractor.understand.form_indicators import IndicatorRows
from extractor.understand.form_lists import Listing, ListRows
from extractor.understand.form_pairs import PairRows
from extractor.understand.form_years import part_by_years
from extractor.understand.projects import WHOLE_DEPARTMENT

RESULTS = frozenset({"target", "target_initial", "actual", "method"})
"""Columns that a list of indicators has, and one of the points of levels has not."""
NAMING = frozenset({"level1", "level2", "name"})
PAIR = 2
"""Cells from one label to the next, where their values stand between."""
OPENING = 3
"""Rows of a table in which the name of a project would stand."""


class FormReader:
    """Reads the tables of a document in order; a form may take several tables, a table several forms."""

    def __init__(self, document: Document, mentions: Mapping[int, tuple[Mention, ...]], lexicon: Lexicon) -> None:
        self.document, self.lexicon = document, lexicon
        self.headers = header_finder(lexicon)
        self.cells = CellReader(lexicon, mentions)
        self.funds, self.indicators = FundRows(self.cells, lexicon), IndicatorRows(self.cells, lexicon)
        self.pairs = PairRows(self.cells, self.headers, lexicon)
        self.breakdowns = BreakdownRows(self.cells, lexicon)
        self.marks, self.bare_weights = ColumnMarks(lexicon), BareWeights(lexicon)
        self.boxes, self.ticked = lexicon.pattern("forms.boxes"), lexicon.pattern("forms.ticked")
        self.ticked_behind = lexicon.pattern("forms.ticked_behind")
        self.forms: list[FormDraft] = []
        self.lists = ListRows(self.cells, self.headers, self.funds, lexicon)
        self.listing: Listing | None = None
        self.header: Header | None = None
        self.block: tuple[str, ...] = ()  # what the rows under a header of funds are called
        self.department_leads = frozenset(lexicon.words("department_form_leads"))
        self.money_unit: str | None = None
        self._table: Table | None = None
        self._rows: list[GridRow] = []

    def read(self, table: Table) -> bool:
        """Take in a table; False where nothing in it belongs to a form."""
        before = sum(len(f.facts) + len(f.indicators) + len(f.fields) for f in self.forms)
        self.money_unit = self.headers.units.above(self.document, table) or self.money_unit
        if self.header and len(self.header.roles) != table.columns:
            self.header = None
        self.listing = None
        if self.forms and self.forms[-1].has_body and self.opens_department(table):
            self.forms.append(FormDraft(WHOLE_DEPARTMENT))
            self.header = None
        grid = self._grid(table)
        row, rows = 0, joined(grid)
        while row < table.rows:
            taken = self._row(grid, row, rows[row])
            if self.forms:
                cells = {id(c): c for own in grid[row : row + taken] for _, c in own.distinct}
                self.forms[-1].spans += [s for c in cells.values() for s in cell_spans(c)]
            row += taken
        self.breakdowns.close()
        return sum(len(f.facts) + len(f.indicators) + len(f.fields) for f in self.forms) > before

    def _grid(self, table: Table) -> list[GridRow]:
        """The rows of the table that is read, or looked at."""
        if table is not self._table:
            self._table, self._rows = table, [GridRow(row) for row in table.grid]
        return self._rows

    def finished(self) -> list[FormDraft]:
        """The forms that tell anything, when all tables were read."""
        forms = [form for form in self.forms if form.has_body]
        for form in forms:
            self.bare_weights.give(form)
            part_by_years(form, self.lexicon)
        return forms

    def opens(self, table: Table, heads_list: Callable[[Table], bool]) -> bool:
        """Does a table begin like a form, with 项目名称 and a name beside it? In a list, another header stands there.

        A list that tells the indicators of its projects is read like forms.
        """
        first = self._grid(table)[0] if table.rows else GridRow()
        if first.texts and (self.lists.header(first) or (self.opens_department(table) and self.first_indicators(table))):
            return True
        if len(first.texts) < 2 or self.headers.fields.get(self.headers.bare(first.texts[0])) != "project" or heads_list(table):
            return False
        if self.headers.bare(first.texts[1]) in self.headers.fields:
            return False  # 项目名称 | 实施单位 | 预算数: the head of a list
        return not any(self.headers.role(first.texts[1], kind) for kind in self.headers.kinds)

    def first_indicators(self, table: Table) -> int:
        """The first row of a table that heads indicators, 0 where there is none."""
        found = ((place, self.headers.header(self._grid(table), place)) for place in range(table.rows))
        return next((place for place, header in found if header is not None and header[0].kind == "indicators"), 0)

    def lists_spending(self, table: Table, rows: Sequence[int]) -> bool:
        """Are kinds of spending told in some rows of a table, 基本支出 beside 项目支出?"""
        words = {self.headers.bare(text) for row in rows for text in self._grid(table)[row].texts}
        return sum(any(word.endswith(part) for word in words) for part in self.funds.spending_parts) > 1

    def are_pairs(self, table: Table, row: int) -> bool:
        """预算执行情况 | 全年预算数 | 712.4 | 全年执行数 | 698.2: are labels of funds and their figures in turn in a row?"""
        texts = self._grid(table)[row].texts
        labelled = [i for i, (text, value) in enumerate(pairwise(texts)) if self.headers.role(text, "fund") and self.cells.number(value)]
        return len(labelled) > 1 and all(later - earlier == PAIR for earlier, later in pairwise(labelled))

    def opens_department(self, table: Table) -> bool:
        """Does a table begin like the form of a whole department, with 部门名称 and no project's name?"""
        texts = self._grid(table)[0].texts if table.rows else ()
        if len(texts) < 2 or self.headers.bare(texts[0]) not in self.department_leads or self.headers.bare(texts[1]) in self.headers.fields:
            return False
        near = (self.headers.bare(text) for own in self._grid(table)[1:OPENING] for text in own.texts)
        return all(self.headers.fields.get(text) != "project" for text in near)

    # -- rows --------------------------------------------------------------------------------------------------------

    def _row(self, grid: Sequence[GridRow], place: int, cells: GridRow) -> int:
        """Read a row; how many rows were taken."""
        for text, cell in cells.distinct:
            self.money_unit = self.headers.units.named(text) or self.money_unit
            if self.headers.label_points(text):
                self._label(cell)
        listing = self.lists.header(cells)
        if listing or (self.listing and len(self.listing.funds.roles) == len(cells)):
            return self._listed(cells, listing)
        if self.marks.number(cells.texts):
            return 1
        if self.header and self.header.kind == "indicators" and self.indicators.is_total(cells, self.header.by_role(cells)):
            self.indicators.read(cells, self.header, self._current())
            self._grade(cells)
            return 1
        if self._fields(cells):
            self.header = None
            self.pairs.read(cells, self._current(), self.money_unit)
            return 1
        if self.breakdowns.read(cells, self.money_unit):
            self.header = None
            return 1
        found = self.headers.header(grid, place)
        if found:
            self.header, depth = found
            self._begin(self.header)
            self.block = self.funds.labels(grid[place + depth :], self.header) if self.header.kind == "fund" else ()
            return depth
        if self.header and self.header.kind == "fund" and self.funds.is_over(cells, self.header):
            self.header = None
        if self.header is None or (self.header.kind == "fund" and self.pairs.are_pairs(cells)):
            self.pairs.read(cells, self._current(), self.money_unit)
            return 1
        if self.header.kind == "fund":
            for part in self.header.halves:
                self.funds.read(cells, part, self._current(), self.money_unit, self.block)
        else:
            self.indicators.read(cells, self.header, self._current())
        return 1

    def _listed(self, cells: GridRow, opening: Listing | None) -> int:
        """A row of a list of projects with their indicators, or its head."""
        if opening or self.listing is None:
            self.listing = opening
            return 1
        draft = self.lists.read(cells, self.listing, self.forms, self.money_unit)
        if not draft.is_total:
            self.indicators.read(cells, self.listing.indicators, draft)
        return 1

    def _begin(self, header: Header) -> None:
        """The points of levels and those of their indicators, each with a total, are two lists of the same points."""
        if header.kind != "indicators":
            return
        draft, of_levels = self._current(), RESULTS.isdisjoint(header.roles)
        depth = len({id(head) for head, role in zip(header.heads, header.roles, strict=True) if role in NAMING})
        if draft.indicators and (draft.total_weight or draft.total_score) and (draft.of_levels, draft.depth > 1) != (of_levels, depth > 1):
            if draft.of_levels and of_levels:  # 一级指标 | 分值 | 得分 beside 一级指标 | 二级指标 | 三级指标 | 分值 | 得分
                draft.of_levels, of_levels = depth > 1, depth == 1
            self.forms.append(FormDraft(draft.name))
        if not self._current().indicators:
            self._current().of_levels, self._current().depth = of_levels, depth

    def _current(self) -> FormDraft:
        if not self.forms:
            self.forms.append(FormDraft())
        return self.forms[-1]

    def _label(self, cell: Cell) -> None:
        """A label that states its points is kept once, whichever rows it covers."""
        stated = self.cells.label_weight(cell)
        if stated and (self.forms or self.header) and all(own is not cell for _, own in self._current().labels):
            self._current().labels.append((stated, cell))

    def _fields(self, cells: GridRow) -> bool:
        """项目名称 | X | 实施单位 | Y: pairs of label and value. A new project name opens a new form."""
        row = cells.distinct
        found = False
        for place, (text, cell) in enumerate(row):
            label, _, inline = text.replace(":", "：").partition("：")
            role = self.headers.field(label)
            if not role:
                continue
            value = row[place + 1] if not inline and place + 1 < len(row) else None
            words, holder = (inline, cell) if inline else (value[0], value[1]) if value else ("", cell)
            if role == "grade" and not inline:
                words, holder = self._choices(row[place + 1 :]) or (words, holder)
            if value and self.headers.field(value[0]):
                words = ""
            if role == "score" and not any(character.isdigit() for character in words):
                words = ""  # 自评得分 | 复核得分: headers side by side
            if words:
                self._field(role, words, holder)
                found = True
        return found

    def _choices(self, row: Sequence[tuple[str, Cell]]) -> tuple[str, Cell] | None:
        """□优 | ☑良 | □合格 in cells of their own: all of them, and the cell that is ticked."""
        boxed = list(takewhile(lambda own: self.boxes.search(own[0]), row))
        ticked = next((cell for text, cell in boxed if self.ticked.search(text) or self.ticked_behind.search(text)), None)
        return ("".join(text for text, _ in boxed), ticked) if ticked is not None else None

    def _grade(self, cells: GridRow) -> None:
        """The grade in a total row: 等级：优, 等级 | 优, or the word alone."""
        row = [(text.replace(":", "："), cell) for text, cell in cells.distinct]
        for place, ((before, _), (text, cell)) in enumerate(pairwise(row)):
            label, _, inline = text.partition("：")
            choices = self._choices(row[place + 1 :])
            if choices:
                self._field("grade", *choices)
                return
            if self.headers.fields.get(label) == "grade" and inline:
                self._field("grade", inline, cell)
            elif self.headers.fields.get(before) == "grade" or self.lexicon.group_of("grade_label", text):
                self._field("grade", text, cell)

    def _field(self, role: str, words: str, cell: Cell) -> None:
        draft = self._current()
        if role == "project":
            if draft.has_body:
                self.forms.append(FormDraft())
                draft = self.forms[-1]
            (draft.name, draft.code), draft.name_span = without_code(words), cell.span
        elif role == "code" and words.isascii():
            draft.code = draft.code or words
        elif role == "score":
            draft.head_score = draft.head_score or self.cells.points(cell, "score")
        elif role == "grade" and self.boxes.search(words):
            tick = self.ticked_behind.search(words) or self.ticked.search(words)
            choice = tick["choice"] if tick else None
            draft.grade = Stated(choice, (cell.span,), label="grade", origin=Origin.FORM) if choice else None
        elif role == "grade":
            draft.grade = Stated(words, (cell.span,), label="grade", origin=Origin.FORM)
        draft.fields.setdefault(role, (words, cell.span))
