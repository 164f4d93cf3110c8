"""Tables of income, expenditure and 三公 accounts: totals among their items, and changes from the year before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Account, Doubt, Statement, StatementKind, Term
from extractor.understand.table_columns import LAST, RELATIVE, SHARE
from extractor.understand.table_rows import Figure, Row

MOST_OFF = 10
"""A total is off by less than one part in so many where the rows it adds up are told by their place only."""


class AccountTables:
    def __init__(self, lexicon: Lexicon) -> None:
        self.items, self.sides = lexicon.words("account_items"), lexicon.words("account_sides")
        self.grand, self.carried = lexicon.words("whole_account_rows"), lexicon.words("carried_rows")
        self.totals, self.pairs = lexicon.words("account_totals"), lexicon.words("spending_halves")
        self.basic = lexicon.words("basic_halves")
        self.plain = lexicon.words("total_rows")
        self.number = lexicon.pattern("tables.item_number")
        self.rate = lexicon.pattern("tables.rate_header")
        self.fall = lexicon.words("down_words")

    def holds(self, rows: Sequence[Row]) -> bool:
        """Are the rows items of account (收入, 支出, 三公), or shares of one total, and no projects?"""
        if any(f.column.role == SHARE for row in rows for f in row.figures):
            return True
        named = [row.name for row in rows if row.name and not row.is_total]
        items = sum(1 for name in named if any(word in name for word in self.items))
        return bool(named) and items * 2 >= len(named)

    def bare(self, name: str) -> str:
        """A row's name without its number: 一、本年收入合计."""
        match = self.number.match(name)
        return name[match.end() :] if match else name

    def accounts(self, rows: Sequence[Row]) -> Iterator[Account]:
        """The items of account that have one amount, by the names that a text would call them: 收入总计, 年末结转和结余."""
        for row in rows:
            if any(f.column.role == SHARE for f in row.figures):
                continue  # shares of one total: its items are called anything
            side = next((word for word in self.sides if word in row.side), "")
            whole = [fact for fact in row.facts if fact.source is None]
            is_bare = row.name.replace(" ", "") in self.plain
            if len(whole) == 1 and row.name and (side or not is_bare):
                name = side + row.name.replace(" ", "") if is_bare else self.bare(row.name)
                yield Account(name, whole[0].quantity, whole[0].spans[0])

    # -- totals ------------------------------------------------------------------------------------------------------

    def sums(self, rows: Sequence[Row]) -> Iterator[Statement]:
        """Every total against the rows that it adds up, where one column at least shows that it adds them up."""
        for _, half in groupby(rows, key=lambda row: row.half):
            own = list(half)
            for place, row in enumerate(own):
                if self._is_total(row) or self._is_grand(row):
                    yield from self._summed(row, list(self._candidates(own, place)))
                elif halves := self._basic_halves(own, place):
                    yield from self._summed(row, [(halves, True)])

    def _basic_halves(self, rows: Sequence[Row], place: int) -> list[Row]:
        """The two rows that basic expenditure is made of by definition, where they stand right below it: 人员经费, 公用经费."""
        below = list(rows[place + 1 : place + 1 + len(self.basic)])
        is_whole = self.pairs[0] in rows[place].name and not any(word in rows[place].name for word in self.basic)
        named = [any(word in row.name for row in below) for word in self.basic]
        return below if is_whole and len(below) == len(self.basic) and all(named) else []

    def _summed(self, total: Row, candidates: Sequence[tuple[list[Row], bool]]) -> Iterator[Statement]:
        """The first list of rows that makes the total in most columns; `is_told` holds where its place alone tells it."""
        best = max(candidates, key=lambda c: len(_fitting(total, c[0])), default=None)
        if best is None:
            return
        parts, fitting = best[0], _fitting(total, best[0])
        if not fitting:
            told = next((own for own, is_told in candidates if is_told), None)
            if told is None:
                return
            parts = told
        for figure in total.figures:
            terms = [(part.name, f) for part in parts if (f := _at(part, figure.place))]
            if len(terms) < 2 or figure.column.role in RELATIVE:
                continue
            own = [f for _, f in terms]
            is_near = len(own) == len(parts) and _near(figure, own) and not _holds_twice(figure, own)
            if figure in fitting or is_near:
                operands = tuple(Term(name, f.quantity, f.span) for name, f in terms)
                yield Statement(StatementKind.BREAKDOWN, operands, Term("total", figure.quantity, figure.span), total.name, subject="table")

    def _candidates(self, rows: Sequence[Row], place: int) -> Iterator[tuple[list[Row], bool]]:
        """Lists of rows that a total may add up: the items above it or below it, those of one level, with what was carried over."""
        total = rows[place]
        above, below = self._above(rows, place), self._below(rows, place)
        carried = [row for row in rows if self._is_carried(row)]
        if self._is_grand(total):
            last = next((i for i in range(place - 1, -1, -1) if self._is_total(rows[i])), None)
            if last is not None:
                between = list(rows[last:place])
                is_whole = len(between) > 1 and all(self._is_carried(row) and self._level(row) != "within" for row in between[1:])
                yield between, is_whole
                yield [rows[last], *carried], False
        is_plain = total.name.replace(" ", "") in self.plain
        for run in (above, below) if above else (below,):
            first = self._level(run[0]) if run else ""
            top = [row for row in run if self._level(row) == first]
            is_pair = len(top) == len(self.pairs) and all(word in row.name for word, row in zip(self.pairs, top, strict=True))
            is_all = len(top) == len(run) if not first else self._is_listed(top, run)
            opens = self._is_total(rows[0]) or self._is_grand(rows[0])  # totals stand above what they add up
            is_of_items = run is above and not opens and not any(self._is_carried(row) for row in run)
            yield top, is_pair or (is_plain and len(top) == len(run)) or (is_all and is_of_items and self._is_total(total))
            yield [row for row in top if not self._is_carried(row)], False
            if len(top) != len(run):
                yield run, False
            yield [row for row in run if self._level(row) != "within"], False

    def _is_listed(self, top: Sequence[Row], run: Sequence[Row]) -> bool:
        """Are the items numbered, and the rows between them told to be parts: 一、基本支出, 其中：人员经费, 公用经费, 二、项目支出?"""
        others = [self._level(row) for row in run if row not in top]
        return len(top) > 1 and not (others and others[0] != "within") and set(others) <= {"", "within"}

    def _above(self, rows: Sequence[Row], place: int) -> list[Row]:
        start = next((i + 1 for i in range(place - 1, -1, -1) if self._is_total(rows[i]) or self._is_grand(rows[i])), 0)
        return list(rows[start:place])

    def _below(self, rows: Sequence[Row], place: int) -> list[Row]:
        level, run = self._level(rows[place]), []
        for row in rows[place + 1 :]:
            if self._is_total(row) or self._is_grand(row) or (level and self._level(row) == level):
                break
            run.append(row)
        return run

    def _level(self, row: Row) -> str:
        match = self.number.match(row.name)
        return (match.lastgroup or "") if match else ""

    def _is_carried(self, row: Row) -> bool:
        return any(word in row.name for word in self.carried)

    def _is_grand(self, row: Row) -> bool:
        return any(word in row.name for word in self.grand)

    def _is_total(self, row: Row) -> bool:
        return not self._is_grand(row) and (row.is_total or any(word in row.name for word in self.totals))

    # -- changes and shares ------------------------------------------------------------------------------------------

    def changes(self, rows: Sequence[Row]) -> Iterator[Statement]:
        """增减额 and 增减率 of a row against its amounts of this year and the last."""
        for row in rows:
            last = [f for f in row.figures if f.column.period == LAST and f.column.role not in RELATIVE]
            own = [f for f in row.figures if not f.column.period and last and f.column.role == last[0].column.role]
            if len(last) != 1 or len(own) != 1 or not last[0].quantity.value:
                continue
            operands = (Term("current", own[0].quantity, own[0].span), Term("previous", last[0].quantity, last[0].span))
            for figure in row.figures:
                if figure.column.role == "change":
                    yield self._change(figure, operands, row.name)

    def _change(self, figure: Figure, operands: tuple[Term, Term], name: str) -> Statement:
        """A fall may be printed without its sign below a header that says so: 下降（%）."""
        header = figure.column.header
        falls = any(word in header for word in self.fall) and not any(word in header for word in ("增", "升"))
        down = falls and figure.quantity.digits > 0
        stated = Term("change", figure.quantity, figure.span)
        direction, doubts = ("down" if down else "up"), frozenset({Doubt.INFERRED})
        return Statement(StatementKind.CHANGE, operands, stated, subject=name, direction=direction, doubts=doubts)

    def is_rate(self, header: str) -> bool:
        return self.rate.search(header) is not None


def _at(row: Row, place: int) -> Figure | None:
    return next((figure for figure in row.figures if figure.place == place), None)


def _fitting(total: Row, parts: Sequence[Row]) -> list[Figure]:
    """The figures of a total row that the parts make exactly; noughts tell nothing."""
    found = []
    for figure in total.figures:
        own = [f for part in parts if (f := _at(part, figure.place))]
        value = figure.quantity.value
        if figure.column.role not in RELATIVE and len(own) > 1 and value and _sum(own) == value:
            found.append(figure)
    return found


def _sum(figures: Sequence[Figure]) -> Decimal:
    return sum((f.quantity.value for f in figures), Decimal(0))


def _near(total: Figure, parts: Sequence[Figure]) -> bool:
    return abs(_sum(parts) - total.quantity.value) * MOST_OFF <= abs(total.quantity.value)


def shares_of_total(rows: Sequence[Row]) -> Iterator[Statement]:
    """The share of each row in the total of its column (占比), where half of them at least are shares of that total."""
    totals = [row for row in rows if row.is_total]
    whole = [f for f in totals[0].figures if f.column.holds_money and not f.column.period] if len(totals) == 1 else []
    if len(whole) != 1 or not whole[0].quantity.value:
        return
    found: list[Statement] = []
    fitting = 0
    for row in rows:
        own, shares = _at(row, whole[0].place), [f for f in row.figures if f.column.role == SHARE]
        if own is None or len(shares) != 1 or row.is_total:
            continue
        share = shares[0].quantity
        fitting += abs(own.quantity.value / whole[0].quantity.value * 100 - share.value) <= share.step
        operands = (Term("part", own.quantity, own.span), Term("whole", whole[0].quantity, whole[0].span))
        found.append(Statement(StatementKind.RATIO, operands, Term("rate", share, shares[0].span), subject=row.name))
    if fitting * 2 >= len(found):
        yield from found


def _holds_twice(total: Figure, parts: Sequence[Figure]) -> bool:
    """Do the parts make the total but for one, which is then a part of another of them: 财政拨款收入, 政府性基金收入?"""
    over = _sum(parts) - total.quantity.value
    return len(parts) > 2 and any(f.quantity.value == over for f in parts)
