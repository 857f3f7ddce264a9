"""The tables of a sheet: figures that are next to each other, as lines (rows or columns) of the same variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ...formula.grid import Where
from ...values import budget, units
from ...values.regex import regex
from ..read import periods, terms
from ..read.lexicon import MONTH, PERIOD
from ..read.plane import Spot
from ..rules.cells import Cells
from ..rules.rounding import SHOWN
from .adjoining import together
from .digits import digits_of
from .said import RATE, Said, numbers

MONEY, COUNT, PERCENT = "money", "count", "percent"
MOST_VARIABLES = 30
"""Of a wider table the laws between three variables aren't looked for: it is a list of data."""

MOST_LINES = 100
MOST_FIGURES = 3000
"""A sheet of more figures, a table of more lines, is a list of data, in which no laws are looked for."""

_RATE = regex(r"率|比|割合|シェア|rate|share|%|ratio|yoy|attainment")
_RATE_AT_MOST = 3

_ROUNDED = regex(r"四捨五入|切り?上げ|切り?捨て|端数|round", re.IGNORECASE)
_NOTE = 12  # a longer text is a remark on the sheet

_LEFT_OVER, _WORD = terms.of("left_over"), regex(r"[a-z]+|\d+月")

_GAP = 2
_APART = 5  # rows between blocks of one heading
_COLUMNS = 3
_NAMES = 2
_TITLE = 6  # columns that a title is merged over; fewer are a group of the table
_BESIDE = 4  # columns or rows beside a table in which remarks are looked for
_REMARKS = 6  # rates of all remarks
_REMARKED = 2  # rates of one remark
_NOTHING = regex(r"^(?:[-–—―‐ー－/.]+|n/?a|tbd|未定|なし)$")
"""What stands where there is no figure yet: months to come."""
_DECIMALS = regex(r"\.(0+)")


class Value(NamedTuple):
    """One figure of a table. ``step`` is the unit of its last digit, ``digits`` how many of them mean something."""

    sheet: str
    spot: Spot
    exact: Fraction
    number: float
    step: float
    digits: int
    kind: str
    counted: bool = False
    """It counts a stage of the funnel, or is of a month, as its label says: a total of such is a sum."""
    rounded: bool = False
    """The sheet says that its figures are rounded."""
    uses: frozenset[Where] = frozenset()
    """The cells to which its formula refers."""
    divided: bool = False
    """Its formula divides: it is no sum."""
    name: str = ""
    """The words of a sentence for it."""

    @property
    def at(self) -> tuple[int, int]:
        return self.spot.row, self.spot.col

    @property
    def where(self) -> Where:
        return self.sheet, self.spot.row, self.spot.col


class Variable(NamedTuple):
    """One variable of a table: its value on each line (None where it has none), what it is called, and what that says."""

    place: float
    values: list[Value | None]
    kind: str
    label: str
    said: tuple[Said, ...]
    aside: bool = False
    """It is read from remarks, not typed as a figure."""

    factor: int = 1
    """How many yen one of its unit is."""
    weight: Value | None = None
    """The one rate over its figures."""
    stage: bool = False
    """Its label says that it counts a stage of the funnel."""


class Table(NamedTuple):
    """A table seen along its rows, or along its columns."""

    variables: list[Variable]
    names: list[str]
    """What each line is called."""
    remarked: tuple[Fraction, ...] = ()
    """The rates that remarks of the sheet say: 売上＝入社×年収×手数料35%."""
    left_over: frozenset[int] = frozenset()
    """The lines that get what is left over, as remarks say: December takes the remainder."""


def complete(*variables: Variable) -> Iterator[tuple[Value, ...]]:
    """Yield the figures of some variables line by line, where none of them is missing."""
    for line in zip(*(each.values for each in variables), strict=True):
        figures = tuple(each for each in line if each is not None)
        if len(figures) == len(line):
            yield figures


class Tables:
    """The tables of one sheet."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.title = cells.page.title
        # Less than the laws of a figure take, or a workbook of fifty sheets were too much.
        few = len(cells.amounts) <= MOST_FIGURES and budget.is_paid(budget.STEPS, budget.FOREIGN * len(cells.amounts))
        self.rounded = few and any(
            _ROUNDED.search(spot.text) for spots in cells.page.plane.rows.values() for spot in spots if len(spot.text) > _NOTE
        )
        self.values = {
            at: value for at, (spot, _) in (cells.amounts if few else {}).items() if (value := self._value(spot)) is not None
        }
        self.texts = {
            (spot.row, spot.col): spot
            for spots in (cells.page.plane.rows.values() if few else ())
            for spot in spots
            if spot.text
        }
        self.blocks = self._blocks()

    @cached_property
    def _remarked(self) -> tuple[Fraction, ...]:
        long = (spot.text for spot in self.texts.values() if len(spot.text) > _NOTE)
        rates = dict.fromkeys(each.value for text in long for each in numbers(text) if each.kind == RATE and 0 < each.value < 1)
        return tuple(rates)[:_REMARKS]

    def rate(self, at: tuple[int, int]) -> Value | None:
        """Return the rate that is in a cell, or that its text says; None where there is none."""
        value = self.values.get(at)
        if value is not None:
            return value if value.kind == PERCENT else None
        spot = self.texts.get(at)
        said = next((each for each in numbers(spot.text) if each.kind == RATE), None) if spot is not None else None
        return rate_said(self.title, spot, said) if spot is not None and said is not None else None

    def __iter__(self) -> Iterator[Table]:
        return (table for _, _, table in self._made)

    def along_rows(self) -> Iterator[tuple[list[tuple[int, int]], Table]]:
        """Yield the places of each table's figures, and the table with its rows as lines."""
        return ((block, table) for block, across, table in self._made if across)

    def lined(self) -> Iterator[tuple[bool, Table]]:
        """Yield each table with its rows as lines (True), and with its columns."""
        return ((across, table) for _, across, table in self._made)

    @cached_property
    def _made(self) -> list[tuple[list[tuple[int, int]], bool, Table]]:
        """Each block as a table along its rows, and along its columns: made once for all that look at it."""
        return [
            (block, across, self._table(block, across=across))
            for block in self.blocks
            for across in (True, False)
            if len({at[0 if across else 1] for at in block}) <= MOST_LINES
        ]

    @cached_property
    def firsts(self) -> dict[bool, dict[int, int]]:
        """Where the first figure of each row is (True), and of each column."""
        by_column = sorted(((col, row) for row, col in self.values), reverse=True)
        return {True: dict(sorted(self.values, reverse=True)), False: dict(by_column)}

    @cached_property
    def columns_of(self) -> dict[int, list[int]]:
        """The columns of each row in which it has a figure."""
        found: dict[int, list[int]] = {}
        for row, col in sorted(self.values):
            found.setdefault(row, []).append(col)
        return found

    def name(self, value: Value, across: bool) -> str:
        """Return the text over a figure, or before it, as words are looked for in it; empty without one."""
        spot = self.cells.heading(value.spot) if across else self.cells.label(value.spot)
        return spot.flat if spot is not None else ""

    def _value(self, spot: Spot) -> Value | None:
        found = self.cells.amount(spot)
        rate = found.unit is not None and found.unit.kind == units.RATE
        number = self.cells.value(spot)
        if found.upto is not None:
            return None
        step, digits = digits_of(found.number)
        if spot.format.startswith(SHOWN):
            shown = _DECIMALS.search(spot.format)
            step = 10.0 ** -(len(shown[1]) if shown else 0)
        factor = number / found.number if found.number else Fraction(1)
        kind = PERCENT if rate else MONEY if self.cells.money(spot) is not None else COUNT
        uses = self.cells.references.of((self.title, spot.row, spot.col))
        names = (self.cells.label(spot), self.cells.heading(spot))
        if kind == COUNT and self.cells.is_called_rate(spot):
            kind = PERCENT  # 0.4 beside 決定率
        counted = any(
            name is not None and name.word is not None and (bool(name.word.stage) or name.kind in (MONTH, PERIOD))
            for name in names
        )
        divided = self.cells.is_divided(spot)
        return Value(
            self.title, spot, number, float(number), step * float(factor), digits, kind, counted, self.rounded, uses, divided
        )

    def _blocks(self) -> list[list[tuple[int, int]]]:
        """Return the places of figures that are within two rows or columns of each other; of many, those next to each other."""
        found: list[list[tuple[int, int]]] = []
        for block in together(set(self.values), _GAP):
            rows = {row for row, _ in block}
            found += [block] if len(rows) <= MOST_VARIABLES else together(set(block), 1)
        return self._under_one_heading(found)

    def _under_one_heading(self, blocks: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
        """Return the blocks, those of the same columns one below the other as one where no other heading is between them."""
        found: list[list[tuple[int, int]]] = []
        upper: list[tuple[list[tuple[int, int]], set[int]]] = []
        for block in sorted(blocks):
            cols = {col for _, col in block}
            above = (
                next(
                    (
                        each
                        for each, its in reversed(upper)
                        if len(its & cols) * 2 > len(its | cols) and self._goes_on(each, block, cols)
                    ),
                    None,
                )
                if len(cols) >= _COLUMNS
                else None
            )
            if above is not None:
                above += block
                continue
            found.append(block)
            if len(cols) >= _COLUMNS:
                upper.append((block, cols))
        return found

    def _goes_on(self, upper: list[tuple[int, int]], lower: list[tuple[int, int]], cols: set[int]) -> bool:
        """Return whether nothing is over the figures of a lower block: the heading is that of the upper one."""
        last, first = max(row for row, _ in upper), min(row for row, _ in lower)
        return (
            0 < first - last <= _APART
            and len({row for row, _ in (*upper, *lower)}) <= MOST_VARIABLES
            and not any(
                (spot := self.texts.get((row, col))) is not None and not _NOTHING.match(spot.flat)
                for row in range(last + 1, first)
                for col in cols
            )
        )

    def _table(self, block: list[tuple[int, int]], *, across: bool) -> Table:
        lines = sorted({at[0 if across else 1] for at in block})
        places = sorted({at[1 if across else 0] for at in block})
        variables = [each for place in places if (each := self._variable(lines, place, across)) is not None]
        if len(lines) > 1:
            variables += self._remarks(lines, places, across)
        names = [self._line_name(line, places, across) for line in lines]
        left_over = frozenset(at for at, name in enumerate(names) if self._gets_the_rest(name))
        return Table(sorted(variables, key=lambda each: each.place), names, self._remarked, left_over)

    def _gets_the_rest(self, name: str) -> bool:
        month = periods.month_of(name)
        return bool(name) and any(
            name in said or (month is not None and any(periods.month_of(word) == month for word in _WORD.findall(said)))
            for said in self._rests
        )

    @cached_property
    def _rests(self) -> list[str]:
        return [spot.flat for spot in self.texts.values() if len(spot.text) > _NOTE and _LEFT_OVER.search(spot.flat)]

    def _line_name(self, line: int, places: list[int], across: bool) -> str:
        """Return the texts before a row's first figure, or over a column's."""
        line_of = self.cells.rows[line] if across else self.cells.cols[line]
        for place in places:
            texts = line_of.before(place) if ((line, place) if across else (place, line)) in self.values else ()
            if texts:  # a rate above the headings has none
                return " ".join(each.flat for each in _own(texts))
        return ""

    def _variable(self, lines: list[int], place: int, across: bool) -> Variable | None:
        """Return the figures of a column, or row, most of which are of one kind; the others are left out."""
        values = [self.values.get((line, place) if across else (place, line)) for line in lines]
        kinds = [each.kind for each in values if each is not None]
        if not kinds:
            return None
        kind = max(dict.fromkeys(kinds), key=kinds.count)
        if kind == COUNT and self._are_rates(values, across):
            values = [each and each._replace(kind=PERCENT) for each in values]
            kind = PERCENT
        rates = [each for each in values if each is not None and each.kind == PERCENT and kind != PERCENT]
        values = [each if each is not None and (each.kind == PERCENT) == (kind == PERCENT) else None for each in values]
        first = next((each for each in values if each is not None), None)
        if first is None:
            return None
        values = _as_fine(values)
        weight = rates[0] if len(rates) == 1 and rates[0].at < first.at else None
        names = self._names(first.spot, across)
        said = tuple(each for name in names for each in numbers(name.text))
        stage = any(name.word is not None and bool(name.word.stage) for name in names)
        unit = self.cells.money(first.spot)
        label = " ".join(each.flat for each in names)
        return Variable(
            place, values, kind, label, said, factor=unit.factor if unit is not None else 1, weight=weight, stage=stage
        )

    def _are_rates(self, values: list[Value | None], across: bool) -> bool:
        """Return whether figures are fractions that are called a rate or a share, without a format that says so."""
        own = [each for each in values if each is not None]
        if not all(abs(each.number) <= _RATE_AT_MOST for each in own) or all(each.step >= 1 for each in own):
            return False
        return any(_RATE.search(name.flat) for name in self._names(own[0].spot, across))

    def _names(self, spot: Spot, across: bool) -> tuple[Spot, ...]:
        """Return the texts over a column, or before a row, nearest last."""
        texts = self.cells.cols[spot.col].before(spot.row) if across else self.cells.rows[spot.row].before(spot.col)
        return tuple(_own(texts))

    def _remarks(self, lines: list[int], places: list[int], across: bool) -> Iterator[Variable]:
        """Yield the rates that remarks on the lines say: 3% → SQL; 10件に2件が契約."""
        seen: dict[int, list[list[Said]]] = {}
        spots: dict[int, list[Spot | None]] = {}
        planes = self.cells.page.plane.rows if across else self.cells.page.plane.cols
        for index, line in enumerate(lines):
            for spot in planes.get(line, []):
                place = spot.col if across else spot.row
                if not spot.text or (spot.row, spot.col) in self.values or not _near(place, places):
                    continue
                rates = [each for each in numbers(spot.text) if each.kind == RATE]
                if rates:
                    seen.setdefault(place, [[] for _ in lines])[index] = rates
                    spots.setdefault(place, [None for _ in lines])[index] = spot
        for place, each in seen.items():
            for at in range(_REMARKED):
                values = [
                    rate_said(self.title, spot, rates[at]) if spot is not None and len(rates) > at else None
                    for spot, rates in zip(spots[place], each, strict=True)
                ]
                if sum(value is not None for value in values) > 1:
                    yield Variable(place + (at + 1) / 10, values, PERCENT, "", (), aside=True)


def _as_fine(values: list[Value | None]) -> list[Value | None]:
    """Return small figures with the digits that others of their line have: 3 beside 2.9 and 3.6 is 3.0."""
    fine = [each.step for each in values if each is not None and each.kind == COUNT and each.step < 1]
    if len(fine) < _SEVERAL:
        return values
    return [
        each._replace(step=max(fine)) if each is not None and each.step == 1 and abs(each.number) < _SMALL else each
        for each in values
    ]


_SEVERAL, _SMALL = 2, 100


def _own(texts: list[Spot]) -> list[Spot]:
    """Return the texts nearest to a figure that name it: a title over the whole table, before the nearest one, doesn't."""
    return [each for each in texts[-_NAMES:-1] if each.last_col - each.col < _TITLE] + texts[-1:]


def _near(place: int, places: list[int]) -> bool:
    return places[0] - _BESIDE <= place <= places[-1] + _BESIDE


def rate_said(sheet: str, spot: Spot, said: Said) -> Value:
    step, digits = digits_of(said.value * 100)
    return Value(sheet, spot, said.value, float(said.value), step / 100, digits, PERCENT)
