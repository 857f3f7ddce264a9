"""Assumptions above a table that none of its lines meets: “Quote to trial 20%”, and in each month a quarter of the quotes are trials.

A rate that is changed over figures that stayed has no line that holds, so no law of the table finds it. Here all lines agree on another
one that is typed nowhere, of the two variables that the rate is called after, or of the only two that nothing else ties.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from ...formula.grid import Where
from ..read import terms
from .constant import figures_apart, is_of_all, lines_of, names_in_common
from .judge import Law
from .law import PRODUCT, Case
from .said import numbers
from .tables import PERCENT, Table, Tables, Value, Variable

_OTHERWISE = terms.of("growth", "last_year", "results", "discount", "gone", "tax", "part_of_whole", "of_first")
"""Rates that aren't of the table's lines, though they are above it."""

_CLOSING, _DEAL = terms.of("closing_rate"), terms.of("deal")
_LINES, _DIFFERENT = 3, 2
_APART = 3.0
"""How many times a rate may have been more, or less, before it was changed."""

_DIGITS = 1000
_ROUNDED = 0.501


def assumed(tables: Tables, tied: Sequence[set[Where]]) -> Iterator[Law]:
    """Yield the steps of a table that all fail by the one rate above it; ``tied`` are the cells of each tie that holds."""
    held = {where for each in tied for where in each}
    rates = [
        each
        for each in figures_apart(tables)
        if each.kind == PERCENT
        and each.at in tables.values
        and each.where not in held
        and not each.uses
        and not _OTHERWISE.search(_name(tables, each))
    ]
    for table in tables if rates else ():
        variables = [each for each in table.variables if is_of_all(each)]
        if not 1 < len(variables) <= _MOST:
            continue
        ratios = _ratios(table, variables)
        untied = _untied(variables, ratios, tied)
        for rate in rates:
            if any(_is_it(rate, of) for of in ratios.values()):
                continue
            pairs = _meant(tables, rate, untied, alone=len(rates) == 1)
            if len(pairs) == 1 and (cases := _cases(table, *pairs[0], rate)):
                yield Law(PRODUCT, (), cases)


_MOST = 10

Pair = tuple[Variable, Variable]


def _name(tables: Tables, value: Value) -> str:
    return tables.name(value, across=False)


def _ratios(table: Table, variables: Sequence[Variable]) -> dict[tuple[int, int], Fraction]:
    """Return by which rate each variable is another one's on every line, rounded or not, where it is one that people type."""
    found = {}
    for one, other in combinations(range(len(variables)), 2):
        for part, whole in ((one, other), (other, one)):
            rate = _rate(table, variables[part], variables[whole])
            if rate is not None:
                found[part, whole] = rate
    return found


def _rate(table: Table, part: Variable, whole: Variable) -> Fraction | None:
    lines = lines_of(table)
    pairs = [(p, w) for at in lines if (p := part.values[at]) is not None and (w := whole.values[at]) is not None]
    if (
        len(pairs) < _LINES
        or len({w.exact for _, w in pairs}) < _DIFFERENT
        or any(w.exact <= 0 or p.exact <= 0 for p, w in pairs)
    ):
        return None
    most, base = max(pairs, key=lambda pair: pair[1].exact)
    rate = Fraction(round(most.exact / base.exact * _DIGITS), _DIGITS)
    fits = all(abs(p.exact - rate * w.exact) < Fraction(p.step).limit_denominator(10**6) for p, w in pairs)
    exact = sum(p.exact == rate * w.exact for p, w in pairs)
    return rate if 0 < rate < 1 and fits and exact >= _LINES else None


def _untied(
    variables: Sequence[Variable], ratios: dict[tuple[int, int], Fraction], tied: Sequence[set[Where]]
) -> list[tuple[Pair, Fraction]]:
    """Return the pairs of variables with a rate of which neither ties nor a number in a label say why it is so."""
    group = list(range(len(variables)))
    places = [{value.where for value in each.values if value is not None} for each in variables]
    for one, other in combinations(range(len(variables)), 2):
        by_ties = sum(bool(each & places[one]) and bool(each & places[other]) for each in tied)
        rate = ratios.get((one, other)) or ratios.get((other, one))
        said = {number.value for at in (one, other) for number in numbers(variables[at].label)}
        if (
            by_ties >= _DIFFERENT
            or (rate is not None and {rate, 1 / rate} & said)
            or _is_said_beside(variables, one, other, rate)
        ):
            first, second = group[one], group[other]
            group = [first if each == second else each for each in group]
    return [
        ((variables[part], variables[whole]), rate) for (part, whole), rate in ratios.items() if group[part] != group[whole]
    ]


def _is_said_beside(variables: Sequence[Variable], one: int, other: int, rate: Fraction | None) -> bool:
    """Return whether a label has the rate as a plain number: Visits (2 per quote)."""
    if rate is None:
        return False
    words = f"{variables[one].label} {variables[other].label}".replace("(", " ").replace(")", " ").split()
    return any(each in words for each in (str(1 / rate), f"{float(rate):.0%}"))


def _meant(tables: Tables, rate: Value, untied: Sequence[tuple[Pair, Fraction]], *, alone: bool) -> list[Pair]:
    """Return the pairs that a rate may be of: those it is called after; the only ones of all, where it is the only rate."""
    near = [(pair, of) for pair, of in untied if 1 / _APART <= rate.number / float(of) <= _APART]
    named = [(names_in_common(tables, rate, _first(pair)), pair) for pair, _ in near]
    most = max((many for many, _ in named), default=0)
    if most > 1:
        return [pair for many, pair in named if many == most]
    if not alone:
        return []
    if _CLOSING.search(_name(tables, rate)):
        return _next([pair for pair, _ in near if _DEAL.search(pair[0].label) and not _DEAL.search(pair[1].label)])
    return [pair for many, pair in named if many == most] if most else []


def _is_it(rate: Value, of: Fraction) -> bool:
    """Return whether a rate is one that the lines have, to its digits."""
    return abs(float(of) - rate.number) <= rate.step * _ROUNDED


def _next(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs whose variables are closest to each other: the step that leads to a deal, not the whole way."""
    apart = [abs(part.place - whole.place) for part, whole in pairs]
    return [pair for pair, each in zip(pairs, apart, strict=True) if each == min(apart)]


def _first(pair: Pair) -> tuple[Value, Value]:
    """Return the figures of the first line that has both."""
    return next((p, w) for p, w in zip(pair[0].values, pair[1].values, strict=True) if p is not None and w is not None)


def _cases(table: Table, part: Variable, whole: Variable, rate: Value) -> tuple[Case, ...]:
    """Return each line's step with the rate, which alone may be wrong; nothing where a formula says of what else they come."""
    cases = [
        Case(PRODUCT, p, (w, rate), only=rate.where)
        for at in lines_of(table)
        if (p := part.values[at]) is not None and (w := whole.values[at]) is not None
    ]
    return () if any(each.is_made_otherwise for each in cases) else tuple(cases)
