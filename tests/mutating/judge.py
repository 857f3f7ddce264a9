"""Whether two formulas are the same over many legal inputs: inputs of its own, drawn at random, none of the checker's."""

from __future__ import annotations

import datetime
import random
from fractions import Fraction

from kgisheet.check.compare.context import Context
from kgisheet.check.compare.trials import Inputs
from kgisheet.check.subject import Subject
from kgisheet.formula.evaluate import evaluate
from kgisheet.formula.grid import CircleError, held
from kgisheet.formula.parser import parse
from kgisheet.formula.values import NotEvaluatedError, Value
from kgisheet.plan.inputs import Input
from kgisheet.template.model import Cell
from kgisheet.values.units import COUNT, CURRENCY, RATE
from kgisheet.worksheet.shown import same
from kgisheet.worksheet.solve import Solution, solve

from .bench import Edit


class Judge:
    """Legal inputs at random: what the workbook holds, with one, two, some or all of it changed."""

    def __init__(self, subject: Subject, turns: int, seed: int = 0) -> None:
        self.subject = subject
        chances = (random.Random(f"{seed} {turn}") for turn in range(turns))  # noqa: S311
        self.solutions = [self._solved(chance, turn) for turn, chance in enumerate(chances)]

    def _solved(self, chance: random.Random, turn: int) -> Solution:
        book = self.subject.book
        inputs: Inputs = {name: list(value) if isinstance(value, list) else value for name, value in book.inputs.items()}
        spots = [
            (cell, row)
            for cell in self.subject.template.inputs()
            for row in (range(book.sizes[cell.table]) if cell.table is not None else (None,))
        ]
        how_many = (1, 2, 5, len(spots) // 4, len(spots))[turn % 5]
        for cell, row in chance.sample(spots, min(how_many, len(spots))):
            now = inputs.get(cell.name)
            if row is None:
                inputs[cell.name] = self._drawn(cell, now, chance)  # type: ignore[arg-type]
            else:
                column = [*(now if isinstance(now, list) else []), *[None] * book.sizes[str(cell.table)]][
                    : book.sizes[str(cell.table)]
                ]
                column[row] = self._drawn(cell, column[row], chance)
                inputs[cell.name] = column
        return solve(book.template, inputs, book.sizes, book.lang, at_once=False)

    def _drawn(self, cell: Cell, now: Input, chance: random.Random) -> Input:
        """A legal value; a blank where the workbook has one may stay one, and now and then a filled one is emptied."""
        if chance.random() < (0.5 if now is None else 0.05):
            return None
        if cell.choices is not None:
            return chance.choice(list(cell.choices))
        if cell.unit == RATE:
            return Fraction(chance.randint(1, 100), 100) if chance.random() < 0.7 else Fraction(chance.randint(1, 9999), 10000)
        if cell.unit in (CURRENCY, COUNT):
            if isinstance(now, Fraction) and now and chance.random() < 0.6:
                return Fraction(round(now * chance.randint(30, 300) / 100))
            return Fraction(chance.choice((0, 1, 3, 10, 47, 300, 10**4, 3 * 10**6, 10**8))) + chance.randint(0, 9)
        if cell.unit in ("date", "month"):
            return datetime.date(2026 + chance.randint(0, 1), chance.randint(1, 12), 1)
        return f"名{chance.randint(1, 5)}"

    def differing(self, edit: Edit, expected: str) -> list[tuple[Value, Value]]:
        """(mutant's, original's) wherever the two differ."""
        found, wanted = parse(edit.text), parse(expected)
        pairs = []
        for solution in self.solutions:
            view = Context(self.subject, solution, edit.where[0])
            try:
                pair = evaluate(found, view), evaluate(wanted, view)
            except (NotEvaluatedError, CircleError):
                continue
            if not same(*pair):
                pairs.append((held(pair[0]), held(pair[1])))
        return pairs
