"""Which row of a form is a header, and what stands in each of its columns: told by vocabulary, never by position."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import groupby

from extractor.lexicon.labels import KEPT, matched, searched, without
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell
from extractor.model.lazily import lazy
from extractor.understand.cells import MEASURES, GridRow, UnitFinder, flat
from extractor.understand.column_marks import ColumnMarks

FUND_AMOUNTS = frozenset(MEASURES)
FUND_SIGNS = frozenset({"executed", "rate", "arrived", "arrival_rate"})  # what no other block of a form has
LEVELS = frozenset({"level1", "level2"})
LONGEST_HEAD = 14
SHORTEST_END = 3
SENTENCE_MARKS = "，。；,;"
INDICATOR_VALUES = frozenset({"target", "target_initial", "actual", "weight", "score"})


@dataclass(frozen=True)
class Header:
    """The columns of a block: `roles[i]` is what grid column i holds; `units[i]` the unit its header names.

    `points[i]` are the points in a header's label: 分值（10分）. `parts[i]` names the source of a column of amounts
    where the header is nested (全年预算数 over 财政拨款 and 自筹).
    """

    kind: str  # fund, indicators
    roles: tuple[str, ...]
    units: tuple[str | None, ...]
    points: tuple[str | None, ...]
    texts: tuple[str, ...]
    parts: tuple[str, ...]
    heads: tuple[Cell | None, ...]  # the printed header cell of each column, the lowest one

    def columns(self, role: str) -> list[int]:
        return [i for i, own in enumerate(self.roles) if own == role]

    def by_role(self, cells: Sequence[Cell | None]) -> dict[str, Cell]:
        """The first cell of a row under each role."""
        found: dict[str, Cell] = {}
        for role, cell in zip(self.roles, cells, strict=False):
            if role and cell is not None and role not in found:
                found[role] = cell
        return found

    @lazy
    def halves(self) -> tuple[Header, ...]:
        """The header once for each of the blocks that stand side by side (来源 | 计划 | 支出 | 来源 | 计划 | 支出), else itself."""
        runs = [list(run) for has, run in groupby(range(len(self.roles)), key=lambda i: bool(self.roles[i])) if has]
        kinds = {tuple(role for role, _ in groupby(self.roles[i] for i in run)) for run in runs}
        if len(runs) < 2 or len(kinds) != 1 or not self.roles or len(next(iter(kinds))) < 2:
            return (self,)
        return tuple(replace(self, roles=tuple(r if i in run else "" for i, r in enumerate(self.roles))) for run in runs)


class HeaderFinder:
    """Made once for a lexicon: forms ask of the same words whether they head a column, row by row and report by report."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.bare = without(lexicon, "forms.header_noise")
        self.marks = ColumnMarks(lexicon)
        self.formula = lexicon.pattern("forms.formula")
        self.units = UnitFinder(lexicon)
        self.number = matched(lexicon, "tables.number")
        self.label_points = searched(lexicon, "forms.label_points")
        self.other_years = lexicon.words("other_year_columns")
        self.totals = lexicon.words("total_rows")
        self.fund = _by_word(lexicon.groups("fund_column"))
        self.indicator = _by_word(lexicon.groups("indicator_column"))
        self.kinds = {"indicators": self.indicator, "fund": self.fund}
        self.fields = {word: role for role, words in lexicon.groups("form_field").items() for word in words}
        self._role_in: dict[str, Callable[[str], str]] = {kind: lru_cache(maxsize=KEPT)(partial(self._role, kind)) for kind in self.kinds}
        self.is_head: Callable[[str], bool] = lru_cache(maxsize=KEPT)(self._is_head)
        self.field: Callable[[str], str] = lru_cache(maxsize=KEPT)(self._field)

    def header(self, grid: Sequence[GridRow], place: int) -> tuple[Header, int] | None:
        """The header that begins at a row of a table and how many rows it takes, or None."""
        row, below = grid[place], grid[place + 1] if place + 1 < len(grid) else GridRow()
        if not row.texts or not (any(map(self.is_head, row.texts)) or any(map(self.is_head, below.texts))):
            return None  # most rows head nothing, and this is soon said
        under = self._under(row, below)
        for kind in self.kinds:
            for depth in (2, 1) if under and self._is_nested(kind, row, under) else (1,):
                rows = grid[place : place + depth]
                if not self._may_hold(kind, *rows):
                    continue
                header = self._read(kind, rows, self._first_row(grid[place + depth :]))
                if self._holds(header):
                    return header, depth
        return None

    def _first_row(self, below: Sequence[GridRow]) -> Sequence[GridRow]:
        """The first row of values under a header, behind one that numbers the columns."""
        numbered = bool(below) and self.marks.number([flat(cell) for cell in below[0]])
        return below[1:2] if numbered else below[:1]

    def _read(self, kind: str, rows: Sequence[GridRow], data: Sequence[GridRow]) -> Header:
        """Labels that run down beside the block (绩效指标, 预算执行情况（10分）) head no column of it."""
        roles, units, points, texts, parts, heads = [], [], [], [], [], []
        for place in range(len(rows[0])):
            own = [r[place] for r in rows if not _runs_on(r[place], len(rows))]
            stack = list(dict.fromkeys(flat(cell) for cell in own if flat(cell)))
            role = next((found for text in reversed(stack) if (found := self.role(text, kind))), "")
            if role == "weight" and any(self.role(text, kind) in LEVELS for text in stack[:-1]):
                role = "level_weight"  # 一级指标 over 名称 and 权重: the points of the level, not of the row
            carrier = next((text for text in reversed(stack) if self.role(text, kind) == role), "") if role else ""
            head = next((cell for cell in reversed(own) if flat(cell)), None)
            if role in FUND_AMOUNTS | FUND_SIGNS and data and self._heads_words(head, rows[-1], data[0]):
                role = ""  # 年度预算数（万元） over 总额, 其中：财政资金: the column of labels
            roles.append(role)
            texts.append("".join(stack))
            heads.append(head)
            units.append(next((unit for t in reversed(stack) if (unit := self.units.named(t))), None))
            point = self.label_points(carrier)
            points.append(point["points"] if point else None)
            parts.append(stack[-1] if role in FUND_AMOUNTS and carrier and stack[-1] != carrier else "")
        if kind == "fund":
            _settle_changes(roles, texts, self.lexicon.words("change_or_adjusted"))
        _settle_sides(roles, FUND_AMOUNTS if kind == "fund" else {*LEVELS, "name"})
        if kind == "indicators":
            _settle_names(roles, texts)
            for column in ("weight", "score"):
                _settle_points(roles, heads, column)
        return Header(kind, tuple(roles), tuple(units), tuple(points), tuple(texts), tuple(parts), tuple(heads))

    def _heads_words(self, head: Cell | None, row: Sequence[Cell | None], data: Sequence[Cell | None]) -> bool:
        """Does a label stand under a head, in any of the columns that it covers?"""
        return any(char.isalpha() for above, cell in zip(row, data, strict=False) if above is head for char in _unmeasured(cell))

    def role(self, text: str, kind: str) -> str:
        """The role of a header's text in a block of a kind, '' where it heads nothing."""
        return self._role_in[kind](text)

    def _is_head(self, text: str) -> bool:
        """Has a text a role in a block of any kind?"""
        return bool(self.role(text, "indicators") or self.role(text, "fund"))

    def _field(self, text: str) -> str:
        """The field that a text is the label of: project for 项目名称; '' for none."""
        bare = self.bare(text)
        return self.fields.get(bare, "") if bare else ""

    def _role(self, kind: str, text: str) -> str:
        """By its formula, its whole words, or the words that it ends with."""
        bare, words = self.bare(text), self.kinds[kind]
        if bare.startswith(self.other_years):
            return ""
        if kind == "fund" and self.formula.search(text) and len(bare) <= 12:
            return "arrival_rate" if "到位" in bare else "rate"
        if bare in words:
            return words[bare]
        whole = next(bare.removesuffix(tail) for tail in self.totals if bare.endswith(tail)) if bare.endswith(self.totals) else ""
        if kind == "fund" and words.get(whole) in FUND_AMOUNTS:
            return words[whole]  # 预算安排小计 beside the columns of its sources
        if len(bare) > LONGEST_HEAD or not bare:
            return ""
        return next((words[bare[start:]] for start in range(len(bare) - SHORTEST_END + 1) if bare[start:] in words), "")

    def _may_hold(self, kind: str, *rows: GridRow) -> bool:
        """Does any cell of the rows have a role that every header of the kind has?"""
        roles = {role for row in rows for role in map(self._role_in[kind], row.texts)}
        if kind == "fund":
            return not roles.isdisjoint(FUND_AMOUNTS) and not roles.isdisjoint(FUND_SIGNS)
        return not roles.isdisjoint(INDICATOR_VALUES) and not (roles.isdisjoint(LEVELS) and "name" not in roles)

    def _holds(self, header: Header) -> bool:
        roles = set(header.roles) - {""}
        if header.kind == "fund":
            return len(roles & FUND_AMOUNTS) >= 1 and bool(roles & FUND_SIGNS) and len(roles) >= 2 and "name" not in roles
        named = bool(roles & {"name", "level2", "level1"})
        return named and len(roles & INDICATOR_VALUES) >= 1 and len(roles) >= 3

    def _under(self, row: GridRow, below: GridRow) -> list[tuple[str, Cell]]:
        """The cells right under those of a row, with the words over each; none where figures stand in either."""
        if any(map(self.number, row.texts)):
            return []  # 年度资金总额 40 38 95% above the header of the next block: amounts, no header
        found = [(flat(above), c) for above, c in zip(row, below, strict=False) if c is not None and c is not above and c.bare]
        return [] if any(any(map(str.isdigit, cell.bare)) for _, cell in found) else found

    def _is_nested(self, kind: str, row: GridRow, under: Sequence[tuple[str, Cell]]) -> bool:
        """Do the cells under a header carry headers themselves, not values?"""
        if kind == "fund" and all(self.role(over, kind) in FUND_AMOUNTS for over, _ in under):
            return True  # 全年预算数 over 小计, 财政拨款, 自筹资金
        texts = [cell.bare for cell in {id(cell): cell for _, cell in under}.values()]
        known = sum(1 for text in texts if self.role(text, kind))
        return known >= max(1, len(texts) / 2) and self._heads(kind, row)

    def _heads(self, kind: str, row: GridRow) -> bool:
        """Are the cells of a row headers, or the goals told in words above one (年度目标 | 改造农村危房… | 已改造…)?"""
        own = [(text, bool(self.role(text, kind))) for text in row.texts]
        if any(not known and (len(text) > LONGEST_HEAD or any(c.isdigit() or c in SENTENCE_MARKS for c in text)) for text, known in own):
            return False
        return sum(known for _, known in own) * 3 >= len(own)


def _settle_names(roles: list[str], texts: Sequence[str]) -> None:
    """评价内容 | 评价项目 | 评价要点: of several columns that could be the name the last one is, the others are levels."""
    named = list(dict.fromkeys(texts[i] for i, role in enumerate(roles) if role == "name"))
    for text in named[:-1]:
        free = next((level for level in ("level1", "level2") if level not in roles), "")
        for place, own in enumerate(texts):
            if roles[place] == "name" and own == text:
                roles[place] = free


def _settle_changes(roles: list[str], texts: Sequence[str], changes: tuple[str, ...]) -> None:
    """年初预算 | 调整预算 | 全年预算数: beside the year's budget 调整预算 is by how much it changed."""
    budgets = [i for i, role in enumerate(roles) if role == "budget_adjusted"]
    changed = [i for i in budgets if texts[i].startswith(changes) and "后" not in texts[i]]
    if changed and any("全年" in texts[i] for i in budgets if i not in changed):
        for place in changed:
            roles[place] = "budget_change"


def _settle_sides(roles: list[str], firsts: Collection[str]) -> None:
    """年度绩效目标（80分） | 一级指标 | … | 目标值: what stands left of the levels, or the amounts, and comes again names the block."""
    first = next((i for i, role in enumerate(roles) if role in firsts), 0)
    for place in range(first):
        if roles[place] in roles[first:]:
            roles[place] = ""


def _settle_points(roles: list[str], heads: Sequence[Cell | None], points: str) -> None:
    """一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值: the points beside the lowest level are the row's, the others their level's."""
    named = [i for i, role in enumerate(roles) if role in LEVELS or role == "name"]
    columns = [i for i, role in enumerate(roles) if role == points]
    owners = {i: max((n for n in named if n < i), default=-1) for i in columns}
    if len({id(heads[i]) for i in columns}) < 2 or len({roles[n] if n >= 0 else "" for n in owners.values()}) < 2:
        return
    lowest = owners[columns[-1]]
    for place in columns:
        if owners[place] != lowest:
            roles[place] = f"level_{points}"


def _runs_on(cell: Cell | None, rows: int) -> bool:
    return cell is not None and cell.row_span > rows


def _unmeasured(cell: Cell | None) -> str:
    """A cell's text without the units of money."""
    return flat(cell).replace("万元", "").replace("亿元", "").replace("元", "")


@lru_cache(maxsize=4)
def header_finder(lexicon: Lexicon) -> HeaderFinder:
    return HeaderFinder(lexicon)


def _by_word(groups: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Header word → role, longest first, so that 预算执行率 is found before 执行率 and 预算."""
    pairs = [(word, role) for role, words in groups.items() for word in words]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))
