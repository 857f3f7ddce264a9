"""The workbook's inputs with one of them changed, each in turn, or two at random."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from fractions import Fraction

from ...formula.grid import held
from ...formula.values import Value
from ...plan.inputs import Input
from ...template.model import Cell
from ...values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from ..subject import Subject

Inputs = dict[str, Input | list[Input]]
Changed = list[tuple[Cell, int | None, Value]]

_PAIRS = 120
_SHAKEN = 60
_TIMES = (Fraction(107, 100), Fraction(63, 100), Fraction(19, 10))


class Nudges:
    """Sets of inputs that differ from the workbook's in one or two; the same sets each time."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.chance = random.Random(2026)  # noqa: S311  # the same inputs everywhere, no secret

    def __iter__(self) -> Iterator[tuple[Inputs, Changed]]:
        spots = list(self._spots())
        for turn in range(len(_TIMES) + 1):
            for cell, row in spots:
                yield from self._changed([(cell, row)], turn)
        for turn in range(_PAIRS):
            yield from self._changed(self.chance.sample(spots, min(2, len(spots))), turn)

    def shaken(self) -> Iterator[Inputs]:
        """Yield sets in which five inputs, a quarter of them or all are different, with blanks filled here and there."""
        chance = random.Random(11)  # noqa: S311
        spots = [
            (cell, row)
            for cell in self.subject.template.inputs()
            for row in (range(self.subject.book.sizes[cell.table]) if cell.table is not None else (None,))
        ]
        for turn in range(_SHAKEN):
            many = (5, len(spots) // 4, len(spots))[turn % 3]
            inputs: Inputs = dict(self.subject.book.inputs)
            columns: dict[str, list[Input]] = {}
            for cell, row in chance.sample(spots, min(many, len(spots))):
                column = columns.setdefault(cell.name, self._column(cell)) if row is not None else []
                now = inputs.get(cell.name) if row is None else column[row]
                assert not isinstance(now, list)
                if now is None and chance.random() < 0.5:
                    continue
                made = self._other(cell, now, chance.randint(0, 11))
                if isinstance(made, Fraction) and cell.unit in (CURRENCY, COUNT):
                    made = Fraction(round(made * chance.randint(40, 160) / 100))
                if row is None:
                    inputs[cell.name] = made
                else:
                    column[row] = made
            yield {**inputs, **columns}

    def _spots(self) -> Iterator[tuple[Cell, int | None]]:
        """Yield every single input; for a column, one filled row, if there is one, and one blank row."""
        for cell in self.subject.template.inputs():
            if cell.table is None:
                yield cell, None
                continue
            column = self._column(cell)
            for filled in (True, False):
                rows = [row for row, each in enumerate(column) if (each is not None) == filled]
                if rows:
                    yield cell, rows[len(rows) // 2]

    def _column(self, cell: Cell) -> list[Input]:
        now = self.subject.book.inputs.get(cell.name)
        size = self.subject.book.sizes[str(cell.table)]
        return [*(now if isinstance(now, list) else []), *[None] * size][:size]

    def _changed(self, spots: list[tuple[Cell, int | None]], turn: int) -> Iterator[tuple[Inputs, Changed]]:
        inputs: Inputs = dict(self.subject.book.inputs)
        changed: Changed = []
        for cell, row in spots:
            now = inputs.get(cell.name)
            if row is None:
                assert not isinstance(now, list)
                inputs[cell.name] = self._other(cell, now, turn)
            else:
                column = self._column(cell)
                column[row] = self._other(cell, column[row], turn)
                inputs[cell.name] = column
            given = inputs[cell.name]
            new = given[row] if isinstance(given, list) and row is not None else given
            if new != now and not isinstance(new, list):
                changed.append((cell, row, held(new)))
        if changed:
            yield inputs, changed

    def _other(self, cell: Cell, now: Input, turn: int) -> Input:
        """Return another value that the input may have; the same one if there is none."""
        if cell.choices is not None:
            keys = [key for key in cell.choices if key != now]
            return keys[turn % len(keys)]
        if cell.unit in (CURRENCY, RATE, COUNT):
            return self._figure(cell, now, turn)
        if cell.unit in (DATE, MONTH):
            return datetime.date(2026, 1 + (turn * 5 + 2) % 12, 1)
        if cell.among is not None:
            column = [each for each in self.subject.book.inputs.get(cell.among) or () if each not in (None, now)]  # type: ignore[union-attr]
            return column[turn % len(column)] if column else now
        return f"{now or cell.name}{turn}"

    def _figure(self, cell: Cell, now: Input, turn: int) -> Fraction:
        if not isinstance(now, Fraction) or not now:
            return Fraction({CURRENCY: 3_100_000, COUNT: 3}.get(cell.unit, 0)) * (turn + 1) or Fraction(7 + turn * 20, 100)
        if turn == len(_TIMES) and not cell.positive:
            return Fraction(0)
        times = now * _TIMES[turn % len(_TIMES)]
        if cell.unit == RATE:
            return times if times <= 1 or cell.unbounded else Fraction(97, 100)
        return Fraction(max(1, round(times)))
