"""The comparison of a workbook's formula with the right one: whether it is the same, or equivalent.

Where the trees differ and respelling doesn't explain it (`alike`), the values decide,
on changed inputs that try every value of every switch.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from ...expr import nodes as declared
from ...formula.evaluate import evaluate
from ...formula.grid import Where
from ...formula.nodes import Area, Name, Tree, walk
from ...formula.nodes import Cell as CellRef
from ...formula.values import Value, pay
from ...language.words import SCENARIO_CELL
from ...plan.inputs import Input
from ...template import tables
from ...template.model import Cell
from ...template.roles import Roles
from ...template.tables import TAB_MONTH
from ...values.units import COUNT, CURRENCY, RATE
from ...worksheet.shown import same
from ...worksheet.solve import Solution, solve
from ..subject import Subject
from .context import Context, worked_out
from .nudges import Inputs, Nudges
from .spelling import normal

_TURNS = 40
_BLANKS = 8
_RAISED = 37
# Most turns as most workbooks are; each in step with none of the other switches.
_MOSTLY = {
    SCENARIO_CELL: ("standard", "optimistic", "standard", "pessimistic", "standard"),
    "start_from": ("revenue", "revenue", "revenue", "deals", "revenue", "deals", "revenue"),
    "opportunity_stage": ("use", "use", "use", "use", "use", "skip", "use", "use", "skip", "use", "use"),
}
_SIZES = (1000, 20, 70)

_ENOUGH = 5  # differences that tell what kind of edit it is
_EXAMPLES = 40
_BUDGET = 6000  # trials of formulas whose difference is not found; a workbook with more of them was edited as a whole
_PER_TRIAL = 40
"""Steps of a trial besides those of the formula: the template's own figures are worked out for it."""

Pair = tuple[Value, Value]
"""The value that a formula gives, and the one that it should."""


_Item = TypeVar("_Item")


class Kept(Generic[_Item]):
    """An iterator's items, made once and only as far as needed, to be iterated repeatedly."""

    def __init__(self, made: Iterator[_Item]) -> None:
        self._made = made
        self._kept: list[_Item] = []

    def __iter__(self) -> Iterator[_Item]:
        at = 0
        while True:
            while at >= len(self._kept):
                following = next(self._made, None)
                if following is None:
                    return
                self._kept.append(following)
            yield self._kept[at]
            at += 1


class Trial(NamedTuple):
    """One set of inputs, evaluated. ``touched`` are the inputs that differ from the current ones, by name; None for all of them."""

    solution: Solution
    touched: frozenset[str] | None = None
    told: tuple[Cell, int | None, Value] | None = None


class Trials:
    """Changed inputs, and the template's results for each, computed as far as needed."""

    def __init__(self, subject: Subject) -> None:
        self.subject, self.roles = subject, subject.roles
        self._whole = Kept(self._of_all())
        self._shaken = Kept(Trial(self._solved(each)) for each in Nudges(subject).shaken())
        self._nudged = Kept(self._of_few())
        self._unfilled = Kept(self._of_blanks())
        self._left = _BUDGET

    @property
    def solutions(self) -> Iterator[Solution]:
        """The current inputs first, then inputs that distinguish one cell from another."""
        return (each.solution for each in self._whole)

    def _of_all(self) -> Iterator[Trial]:
        yield Trial(self.subject.book.solution, frozenset())
        yield from (Trial(self._solved(each)) for each in self.changed())

    def _of_few(self) -> Iterator[Trial]:
        """Yield the current inputs with one changed, each in turn, then with two at random."""
        nudges = Nudges(self.subject)
        for inputs, changed in nudges:
            told = changed[0] if len(changed) == 1 else None
            yield Trial(self._solved(inputs), frozenset(cell.name for cell, _, _ in changed), told)

    def _of_blanks(self) -> Iterator[Trial]:
        """Yield inputs with blanks: several at once of the changed ones, then each alone of the current ones."""
        wanted = [cell for cell in self.subject.template.inputs() if cell.unit in (CURRENCY, RATE, COUNT)]
        for turn, inputs in enumerate(islice(self.changed(), _BLANKS * 2)):
            for cell in wanted[turn % _BLANKS :: _BLANKS]:
                held_now = inputs.get(cell.name)
                # Whole columns in the first turns, every other row in the later ones: a row must not ask after another.
                keep = turn >= _BLANKS
                inputs[cell.name] = (
                    [each if keep and (row + turn) % 2 else None for row, each in enumerate(held_now)]
                    if isinstance(held_now, list)
                    else None
                )
            yield Trial(self._solved(inputs))
        for cell in wanted:
            if self.subject.book.inputs.get(cell.name) is not None:
                yield Trial(self._solved({**self.subject.book.inputs, cell.name: None}), frozenset((cell.name,)))

    def _solved(self, inputs: Inputs) -> Solution:
        book = self.subject.book
        return solve(book.template, inputs, book.sizes, book.lang, at_once=False)

    def changed(self) -> Iterator[Inputs]:
        """Yield the changed sets of inputs, the same ones each time."""
        choices = {cell.name: list(cell.choices) for cell in self.subject.template.inputs() if cell.choices}
        # Rounded up and rounded to the nearest agree in half of all cases: each switch value needs several tries.
        for turn in range(_TURNS):
            chosen = {name: keys[turn % len(keys)] for name, keys in choices.items()}
            chosen |= {name: turns[turn % len(turns)] for name, turns in _MOSTLY.items() if name in chosen}
            yield self._filled(turn, chosen)

    def _filled(self, turn: int, choices: dict[str, str]) -> Inputs:
        """Return every input filled, each with its own figure; in some turns spare rows are left as they are.

        The sheet's own checks must hold in some turns, and fail one by one in others,
        or a formula that looks at too few of them would never show.
        """
        inputs: Inputs = {}
        book = self.subject.book
        rows = book.table_rows
        goals = self._goals if turn % 3 else {}
        used = rows if turn % 3 else max(1, rows - 1 - turn % 5)
        for index, cell in enumerate(self.subject.template.inputs()):
            if cell.name in choices:
                inputs[cell.name] = choices[cell.name]
            elif cell.table in tables.OF_MONTHS:
                inputs[cell.name] = [
                    _monthly(self.roles, cell, index * 17 + row * 5, turn, row) for row in range(book.sizes[cell.table])
                ]
            elif cell.table is not None and cell.table != tables.CHANNEL:
                inputs[cell.name] = self._listed(cell, index, turn, inputs)
            elif cell.table is not None:
                column = [_figure(self.roles, cell, index * 17 + row * 5, turn) if row < used else None for row in range(rows)]
                if cell.name.endswith("_share") and turn % 4 != 3:
                    # Shares that add up, as they must for the rest to hold.
                    total = sum((each for each in column if isinstance(each, Fraction)), Fraction(0))
                    column = [each / total if isinstance(each, Fraction) else None for each in column]
                inputs[cell.name] = column
            else:
                given = _figure(self.roles, cell, index * 17, turn)
                if isinstance(given, Fraction) and cell.unit == COUNT and cell.section in self._beyond:
                    given = Fraction(round(given * _SIZES[turn % len(_SIZES)] / _SIZES[0]))
                inputs[cell.name] = given * goals.get(cell.name, 1) if isinstance(given, Fraction) else given
        if turn % 7 == 5 and isinstance(web := inputs.get(self.roles.web_revenue), Fraction):
            inputs[self.roles.total_revenue] = web / 2
        for name, every in ((self.roles.target_accounts, 5), (self.roles.contacts, 6)):
            if name in inputs:
                inputs[name] = Fraction(1) if turn % every == 4 else Fraction(10**9) if turn % every else None
        if turn % 4 == 2 and tables.ABM in book.sizes:
            self._arriving(inputs, turn)
        return inputs

    def _listed(self, cell: Cell, index: int, turn: int, inputs: Inputs) -> list[Input]:
        """Return a column of a table that a section declares itself: filled here and there, in most turns with consistent values."""
        rows = self.subject.book.sizes[str(cell.table)]
        figures = [_figure(self.roles, cell, index * 17 + row * 5, turn) for row in range(rows)]
        if cell.among is not None:
            column = inputs.get(cell.among)
            known = [each for each in column if each is not None] if isinstance(column, list) else []
            # Now and then the last one is none of the column; of columns side by side never two at once.
            odd = rows - 1 if known and turn % 7 == 3 + index % 3 else -1
            return [
                figures[row] if row == odd or not known else known[(row * (index % 3 + 2) + turn + index) % len(known)]
                for row in range(rows)
            ]
        said = self._asked.get(cell.name)
        if said is not None:
            # The words that formulas ask for, at each place in turn, and now and then a name less.
            names = [*said, *map(str, figures)]
            return [names[(row + turn) % rows] if row < rows - turn % 3 else None for row in range(rows)]
        if cell.name == self.roles.abm_moves:
            return [None] * rows if turn % 9 == 8 else list(figures)
        # Of columns side by side never as many are filled: one must not be counted for another.
        used = rows - (index * 5 + turn * 3) % rows if rows else 0
        return [each if (row * 3 + turn + index) % 4 and row < used else None for row, each in enumerate(figures)]

    @cached_property
    def _beyond(self) -> frozenset[str]:
        """The sections beyond the page and the months; counts there may be small (articles, people)."""
        return frozenset(section.key for section in self.subject.template.drawn())

    @cached_property
    def _asked(self) -> dict[str, list[str]]:
        """The names beside the matrix, and the words that formulas compare them with."""
        template, lang = self.subject.template, self.subject.book.lang
        found: dict[str, list[str]] = {cell.among: [] for cell in template.inputs() if cell.among is not None}
        for cell in template.cells.values():
            for node in cell.formula.walk() if cell.formula is not None else ():
                match node:
                    case declared.Binary(op="=", left=declared.Name(id=name), right=declared.Word(key=key)) if name in found:
                        found[name].append(template.words[key].to(lang))
        return found

    def _arriving(self, inputs: Inputs, turn: int) -> None:
        """Move the accounts of the matrix so that exactly what the page asks for arrives, and no cell runs out."""
        book = self.subject.book
        stages, ranks = inputs.get(self.roles.abm_stage_name), inputs.get(self.roles.abm_rank_name)
        if not isinstance(stages, list) or not isinstance(ranks, list) or not stages or not ranks:
            return
        goals = solve(book.template, inputs, book.sizes, book.lang, at_once=False).values[self.roles.abm_goal]
        assert isinstance(goals, list)
        wanted = [(at, goal) for at, goal in enumerate(goals) if isinstance(goal, Fraction)]
        rows = book.sizes[tables.MOVES]
        moves = [(ranks[turn // 4 % len(ranks)], stages[at - 1], stages[at], goal) for at, goal in wanted][:rows]
        for column, name in enumerate(
            (self.roles.abm_moves_rank, self.roles.abm_moves_from, self.roles.abm_moves_to, self.roles.abm_moves)
        ):
            inputs[name] = [*(each[column] for each in moves), *[None] * (rows - len(moves))]
        inputs[self.roles.abm_new] = [None] * book.sizes[tables.ABM]
        inputs[self.roles.abm_opening] = [Fraction(10**7 + at) for at in range(book.sizes[tables.ABM])]

    @cached_property
    def _goals(self) -> dict[str, int]:
        """Amounts that are many times the smallest: goals, raised so that the counts below them aren't too small."""
        held_now = {
            cell.name: value
            for cell in self.subject.template.inputs()
            if cell.unit == CURRENCY
            and cell.table is None
            and isinstance(value := self.subject.book.inputs.get(cell.name), Fraction)
            and value > 0
        }
        least = min(held_now.values(), default=Fraction(0))
        return {name: _RAISED for name, value in held_now.items() if value > 4 * least and not name.endswith("revenue")}

    def differences(self, node: Tree, cell: Cell, row: int | None, where: Where) -> list[Pair]:
        """Return some of the pairs (found, expected) that differ, of all the trials; raise NotEvaluatedError or CircleError."""
        reached = self._reached(node, cell, where[0])
        pairs = self._differing(self._whole, reached, node, cell, row, where)
        for more in (self._shaken, self._nudged):
            if not pairs and self._left > 0:
                pairs = self._differing(more, reached, node, cell, row, where)
        return pairs

    def unfilled(self, node: Tree, cell: Cell, row: int | None, where: Where) -> list[Pair]:
        """Return the pairs that differ when an input is blank."""
        return self._differing(self._unfilled, self._reached(node, cell, where[0]), node, cell, row, where)

    def example(self, node: Tree, cell: Cell, row: int | None, where: Where) -> tuple[Trial, Pair] | None:
        """Return one changed input that shows a difference which the current inputs don't."""
        reached = self._reached(node, cell, where[0])
        for trial in islice((each for each in self._nudged if each.told and self._tells(each, reached)), _EXAMPLES):
            pair = self._pair(trial, node, cell, row, where)
            if not same(*pair):
                return trial, pair
        return None

    def _reached(self, node: Tree, cell: Cell, sheet: str) -> frozenset[str]:
        """Return the cells that a formula, or the declared one of ``cell``, depends on, by name."""
        found = self.subject.sources_of(cell.name)
        for each in walk(normal(node, self.subject, sheet)):
            if isinstance(each, Name) and (name := each.name.partition("[")[0]) in self.subject.template.cells:
                found |= self.subject.sources_of(name)
            elif isinstance(each, (Area, CellRef)):
                return frozenset(self.subject.template.cells)  # part of a block, or a cell that may lead anywhere
        return found

    def _tells(self, trial: Trial, reached: frozenset[str]) -> bool:
        return not trial.touched or bool(trial.touched & reached)

    def _differing(
        self, trials: Kept[Trial], reached: frozenset[str], node: Tree, cell: Cell, row: int | None, where: Where
    ) -> list[Pair]:
        pairs: list[Pair] = []
        for trial in trials:
            if self._tells(trial, reached):
                self._left -= 1
                pair = self._pair(trial, node, cell, row, where)
                if not same(*pair):
                    pairs.append(pair)
                if len(pairs) == _ENOUGH:
                    break
        return pairs

    def _pair(self, trial: Trial, node: Tree, cell: Cell, row: int | None, where: Where) -> Pair:
        pay(_PER_TRIAL)
        found = evaluate(node, Context(self.subject, trial.solution, where[0]))
        return found, worked_out(self.subject, trial.solution, cell, row, where)


def _monthly(roles: Roles, cell: Cell, seed: int, turn: int, row: int) -> Input:
    """Return whether an input is one of the months: most of them are blank in most turns, as in real use."""
    if cell.name == roles.month_weight:
        return Fraction((seed + turn * 3) % 7 + (turn % 4 == 0))
    if cell.name == TAB_MONTH:
        return datetime.date(2026, 1 + (turn + row) % 12, 1)
    if cell.name.startswith(("actual_", "channel_actual_", "last_")):
        return _figure(roles, cell, seed, turn) if row < 12 - turn % 13 else None
    return _figure(roles, cell, seed, turn) if (seed + turn) % 5 == 0 else None


def _figure(roles: Roles, cell: Cell, seed: int, turn: int) -> Input:
    spread = Fraction((seed * 7 + turn * 13) % 89 + 1, 97)
    if cell.unbounded:
        return Fraction(1, 2) + spread
    if cell.unit == RATE:
        # Near 100 % now and then, where a tenth more passes it.
        return Fraction(91, 100) + spread * Fraction(9, 100) if turn % 8 == 4 else Fraction(3, 100) + spread * Fraction(9, 10)
    if cell.unit == CURRENCY:
        # Revenue above the price of a deal, the total above the web's part.
        size = 10**9 if cell.name == roles.total_revenue else 10**8 if cell.name.endswith("revenue") else 10**6
        return Fraction(round((1 + spread) * size))
    if cell.unit == COUNT:
        return Fraction(round(1000 * (1 + spread)))
    if cell.unit in ("date", "month"):
        return datetime.date(2026, 1 + turn % 12, 1)
    return f"{cell.name}{seed}"
