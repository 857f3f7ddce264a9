"""A figure that a total wants otherwise, and a step of its list, too, and the same: 2,511,000 are 90 % of 2,790,000, which the lines above add up to.

The total is what stands above a figure that is called so; or it is the figure itself once more, as the total of a table that is called
as it is. The step is one of the figure's list, or of what goes on below a total. Each alone may be chance, or of something else. Both
together, exactly, and where nothing explains the figure as it is, are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where
from ..read import terms
from ..rules.relation import APART
from .judge import Law
from .law import EXACT, OFF, PRODUCT, ROUNDED, SAME, SUM, Case
from .list_ways import ways_in
from .lists import Figure, figure_of, names
from .making import Made, are_alike, is_near
from .making import ways as ways_of
from .tables import PERCENT, Tables, Value

_TOTAL = terms.of("total", "subtotal", "grand_total")
_NEVER = terms.of("price", "mean", "each", "unique", "so_far", "closing")
_FEWEST, _SURE, _MOST, _BELOW, _ROWS, _FROM, _RATES, _THOUSAND = 2, 3, 40, 4, 15, 10, 12, 1000
_LONGEST = 40


class _Total(NamedTuple):
    """A figure that is exactly what others next to it add up to, and the words that it is called by."""

    value: Value
    names: frozenset[str]


class _Wanted(NamedTuple):
    """A relation, the value that it wants of a figure, and whether that is called as the one that it is compared with."""

    case: Case
    meant: Fraction
    named: bool = False


def total_and_step(every: Sequence[tuple[Tables, Sequence[Sequence[Figure]]]], sound: frozenset[Where]) -> Iterator[Law]:
    """Yield the total and the step that want the same of the one figure of a workbook, which no law that holds confirms (``sound``)."""
    wholes = [(tables, each) for tables, _ in every for each in _wholes(tables)]
    totals = [
        _Total(case.result, _called(tables, case.result))
        for tables, case in wholes
        if case.follows() == EXACT and (len(case.operands) >= _SURE or _is_called(tables, case.result))
    ]
    found: dict[Where, list[Case]] = {}
    for figure, wants, steps in (*_in_lists(every, totals), *_below(wholes)):
        if figure.value.where in sound or figure.value.uses:
            continue
        for one in wants:
            for step in steps:
                if _agree(figure.value, one, step):
                    found.setdefault(figure.value.where, [one.case, step.case])
    if len(found) == 1:
        ((where, cases),) = found.items()
        yield from (Law(each.kind, (), (each._replace(only=where, strict=True),)) for each in cases)


def _agree(value: Value, one: _Wanted, step: _Wanted) -> bool:
    """Return whether two relations that share one figure alone want exactly the same of it, of two digits or more."""
    plain = one.meant
    while plain and plain.denominator == 1 and plain % _FROM == 0:
        plain /= _FROM
    return (
        one.meant == step.meant != value.exact
        and plain.denominator == 1
        and (plain >= _FROM or (one.named and one.meant >= _THOUSAND))
        and one.case.places & step.case.places == {value.where}
    )


# -- totals ---------------------------------------------------------------------------------


def _wholes(tables: Tables) -> Iterator[Case]:
    """Yield what each figure would be as the sum of all that are above it in its column, or before it on its line."""
    for at, value in tables.values.items():
        if value.kind == PERCENT or not value.number:
            continue
        for down, right in ((1, 0), (0, 1)):
            parts: list[Value] = []
            row, col = at[0] - down, at[1] - right
            while (part := tables.values.get((row, col))) is not None and len(parts) < _MOST and part.kind == value.kind:
                parts.append(part)
                row, col = row - down, col - right
            if len(parts) >= _FEWEST and all(each.number for each in parts):
                yield Case(SUM, value, tuple(reversed(parts)), signs=(1,) * len(parts))


def _is_called(tables: Tables, value: Value) -> bool:
    return any(
        _TOTAL.search(name) and not APART.search(name) for name in (tables.name(value, across) for across in (False, True))
    )


def _called(tables: Tables, value: Value) -> frozenset[str]:
    return names(tables.name(value, across=False)) | names(tables.name(value, across=True))


# -- figures of lists, that are the total of a table once more ----------------------------------


def _in_lists(
    every: Sequence[tuple[Tables, Sequence[Sequence[Figure]]]], totals: Sequence[_Total]
) -> Iterator[tuple[Figure, list[_Wanted], list[_Wanted]]]:
    rates = {tables.title: [each for each in tables.values.values() if each.kind == PERCENT] for tables, _ in every}
    for tables, lists in every:
        abroad = [each for title, its in rates.items() if title != tables.title and len(its) <= _RATES for each in its]
        for figures in lists:
            if not _FEWEST < len(figures) <= _LONGEST or not all(each.value.number for each in figures):
                continue
            own = {each.value.where for each in figures}
            wants = {at: _again(each, [one for one in totals if one.value.where not in own]) for at, each in enumerate(figures)}
            if not any(wants.values()):
                continue
            ways = ways_in(tables, figures)
            for at, each in enumerate(figures):
                if wants[at] and at not in ways.explained:
                    yield each, wants[at], [*_steps(figures, ways.every, at), *_by_rates(figures, at, abroad)]


def _again(figure: Figure, totals: Sequence[_Total]) -> list[_Wanted]:
    """Return the totals of tables that are called as a figure is, or are below it in its column."""
    if figure.kind == PERCENT or _NEVER.search(figure.label):
        return []
    row, col = figure.value.at
    return [
        _Wanted(Case(SAME, figure.value, (each.value,)), each.value.exact, bool(figure.names & each.names))
        for each in totals
        if (each.value.kind == figure.value.kind or PERCENT not in (each.value.kind, figure.value.kind))
        and (
            (figure.names & each.names)
            or (each.value.sheet == figure.value.sheet and each.value.at[1] == col and 0 < each.value.at[0] - row <= _ROWS)
        )
    ]


def _steps(figures: Sequence[Figure], ways: Sequence[Made], at: int) -> Iterator[_Wanted]:
    for each in ways:
        if at in each.at and is_near(figures, each, at) and each.case.follows() == OFF and not each.case.is_made_otherwise:
            meant = each.case.solved(figures[at].value)
            if meant is not None and meant > 0:
                yield _Wanted(each.case, meant)


def _by_rates(figures: Sequence[Figure], at: int, rates: Sequence[Value]) -> Iterator[_Wanted]:
    """Yield the steps from the count next to a figure by the rates of another sheet."""
    own = figures[at]
    for place in (at - 1, at + 1):
        other = figures[place] if 0 <= place < len(figures) else own
        if other is own or PERCENT in (own.kind, other.kind) or not are_alike(own, other):
            continue
        for rate in rates if other.value.number else ():
            for case in (
                Case(PRODUCT, own.value, (other.value, rate)),
                Case(PRODUCT, other.value, (own.value, rate)),
            ):
                if (meant := case.solved(own.value)) is not None and meant > 0:
                    yield _Wanted(case, meant)


# -- totals with what goes on below them ---------------------------------------------------------


def _below(wholes: Sequence[tuple[Tables, Case]]) -> Iterator[tuple[Figure, list[_Wanted], list[_Wanted]]]:
    """Yield the totals that aren't what is above them, as figures of a list with what is below."""
    added = {
        (case.result.sheet, case.result.at[0], len(case.operands))
        for _, case in wholes
        if case.follows() == EXACT and len(case.operands) >= _SURE and case.operands[0].at[1] == case.result.at[1]
    }
    for tables, case in wholes:
        (row, col), total = case.result.at, case.result
        if case.follows() != OFF or case.operands[0].at[1] != col:
            continue
        if not _is_called(tables, total) and (total.sheet, row, len(case.operands)) not in added:
            continue
        figures = []
        for value in (tables.values.get((at, col)) for at in range(row, row + _BELOW + 1)):
            label = tables.cells.label(value.spot) if value is not None else None
            if value is None or label is None or not value.number:
                break
            figures.append(figure_of(tables, value, label, None))
        if len(figures) < _FEWEST + 1:
            continue
        ways = [*ways_of(figures), *_less(figures)]
        if not any(0 in each.at and each.case.follows() <= ROUNDED for each in ways):
            yield figures[0], [_Wanted(case, case.exact)], list(_steps(figures, ways, 0))


def _less(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield what is left of a figure by the rate below it, whatever that is called: a haircut of 10 %."""
    for at, rate in enumerate(figures[1:-1], 1):
        one, other = figures[at - 1], figures[at + 1]
        if rate.kind == PERCENT and PERCENT not in (one.kind, other.kind) and are_alike(one, other):
            rest = rate.value._replace(exact=1 - rate.value.exact, number=1 - rate.value.number)
            yield Made(Case(PRODUCT, other.value, (one.value, rest)), (at - 1, at, at + 1))
