"""Evidence of one line: a month's figure beside the year's of the same name, a sum. It proves nothing wrong, but what it confirms is right.

Only of recurring revenue the year is twelve months by its name: MRR and ARR of one kind are held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ...formula.grid import Where
from ...values.regex import regex
from ..read import lexicon, terms
from .judge import Law
from .law import MULTIPLE, ROUNDED, SUM, Case
from .tables import PERCENT, Table, Tables, Value, Variable

_SPREAD = [(terms.of("per_month"), 12), (terms.of("per_quarter"), 4), (terms.of("per_week"), 52)]
_PLAIN = regex(r"必要|目標|年間|数$|\byear(?:ly)?\b|annual|needed|required|total|goal|target|合計|[\s・:：]")


def spread(tables: Tables) -> Iterator[Law]:
    """Yield a month's, quarter's or week's figures that are those of the year spread over it."""
    named: dict[str, list[Value]] = {}
    parts: list[tuple[str, int, Value]] = []
    for value in tables.values.values():
        flat = tables.name(value, across=False)
        if not flat or value.kind == PERCENT:
            continue
        found = next((each for each in _SPREAD if each[0].search(flat)), None)
        if found is None:
            named.setdefault(plain_name(flat), []).append(value)
        else:
            parts.append((plain_name(found[0].sub("", flat)), found[1], value))
    for name, times, value in parts:
        for whole in named.get(name, []) if name else []:
            case = Case(MULTIPLE, value, (whole,), Fraction(1, times))
            if case.follows() <= ROUNDED:
                yield Law(MULTIPLE, (case,), ())


_WHOLE = terms.of("total")
_PARTS, _ROOM = 3, 100
"""Parts that a sum has at least, and last digits that its figure is of: fewer add up by chance."""


def added(tables: Tables) -> Iterator[Law]:
    """Yield the figures on a line of totals that are the sum of those before, or after, whatever their column is called."""
    for table in tables:
        for at, name in enumerate(table.names):
            if _WHOLE.search(name):
                for variable in table.variables:
                    yield from (Law(SUM, (case,), ()) for case in _sums(table, variable, at))


def _sums(table: Table, variable: Variable, at: int) -> Iterator[Case]:
    whole = variable.values[at]
    if whole is None or variable.aside or whole.kind == PERCENT or abs(whole.number) < _ROOM * whole.step:
        return
    before = zip(reversed(variable.values[:at]), reversed(table.names[:at]), strict=True)
    for run in (before, zip(variable.values[at + 1 :], table.names[at + 1 :], strict=True)):
        parts: list[Value] = []
        for value, name in run:
            if _WHOLE.search(name) or value is None or value.kind == PERCENT:
                break
            parts.append(value)
        if len(parts) >= _PARTS and sum((each.exact for each in parts), Fraction(0)) == whole.exact:
            yield Case(SUM, whole, tuple(parts), signs=(1,) * len(parts))


_MRR, _ARR = regex(r"(?<![a-z])mrr(?![a-z])|月次経常収益"), regex(r"(?<![a-z])arr(?![a-z])|年間経常収益|年次経常収益")
_SAME = regex(r"equivalent|annuali[sz]ed|年換算|換算|\bin\b|/ ?(?:month|year|月|年)|monthly|per (?:month|year)")
_MONTHS, _SLIP = 12, 2


def annual(tables: Tables) -> Iterator[Law]:
    """Yield ARR as twelve times the MRR of the same kind, in the same column; what is another kind by far isn't held against it."""
    found: dict[tuple[int, bool, str], list[Value]] = {}
    same: set[Where] = set()
    for value in tables.values.values():
        flat = tables.name(value, across=False)
        of_year = _ARR.search(flat) is not None
        if value.kind == PERCENT or not value.number or of_year == (_MRR.search(re.sub(r"\(.*?\)", "", flat)) is not None):
            continue
        name = plain_name(_SAME.sub("", (_ARR if of_year else _MRR).sub("", flat)))
        same |= {value.where} if of_year and _SAME.search(flat) else set()
        found.setdefault((value.at[1], of_year, name), []).append(value)
    for (col, of_year, name), values in found.items():
        months = found.get((col, False, name), [])
        if not months and len(values) == 1 and values[0].where in same:
            months = [each for (at, yearly, _), others in found.items() if at == col and not yearly for each in others]
        if of_year and len(values) == len(months) == 1:
            case = Case(MULTIPLE, values[0], (months[0],), Fraction(_MONTHS))
            if case.follows() <= ROUNDED:
                yield Law(MULTIPLE, (case,), ())
            elif 1 / _SLIP <= values[0].number / months[0].number / _MONTHS <= _SLIP:
                yield Law(MULTIPLE, (), (case,))


def plain_name(flat: str) -> str:
    """Return what a label names without 目標, 必要, 年間 and what is in brackets."""
    return lexicon.key(_PLAIN.sub("", re.sub(r"\(.*?\)", "", flat)))
