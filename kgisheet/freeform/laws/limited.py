"""Lines on which a figure is otherwise than a law wants, as the sheet says: 300 under （上限300）, 6か月 beside a name, 3 from outside beside 6 employed.

On such a line the law isn't another one that was forgotten: a limit, a number of months, or a figure that there is on no other line
makes it just what it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from ...values.regex import regex
from ..read import terms
from .judge import Law
from .law import EXACT, MULTIPLE, PRODUCT, ROUNDED, SUM, Case
from .tables import COUNT, PERCENT, Tables, Value

_LIMIT, _EXTREME, _MONTHS = terms.of("limit"), terms.of("extreme"), terms.of("months")
_NUMBER = regex(r"\d[\d,]*")
_SAID = regex(r"(?<![\d.])\d{1,2}(?![\d.])")
_YEAR, _LARGE = 12, 10


def is_limited(case: Case, law: Law, tables: Tables) -> bool:
    """Return whether the sheet says why a law doesn't hold on a line."""
    return (
        _is_at_its_limit(case, tables)
        or _is_of_some_months(case, tables)
        or _has_one_more_part(case, law, tables)
        or _holds_without_a_one(case, law)
        or _is_an_extreme(case, tables)
        or _is_of_a_mean(case, law)
        or any(_is_rounded_to(unit, case) for unit in tables.cells.page.plane.rounded_to)
    )


def _is_at_its_limit(case: Case, tables: Tables) -> bool:
    """Return whether a figure is less than what follows, and just what its heading, or a figure of its line, says is the limit."""
    found = case.result.exact
    if case.kind not in (PRODUCT, MULTIPLE) or not found < case.exact:
        return False
    beside = [(each, across) for across in (True, False) for each in _line(case.result, tables, across)]
    if len(case.operands) > _TWO and any(_is_what_is_said(each, tables, across) for each, across in beside):
        return True  # what follows from the figure that is limited isn't what would follow without it
    if found < _LARGE:
        return False
    return any(_is_what_is_said(case.result, tables, across) for across in (True, False)) or any(
        each.exact == found and each.where not in case.places and _LIMIT.search(tables.name(each, across))
        for each, across in beside
    )


def _is_what_is_said(value: Value, tables: Tables, across: bool) -> bool:
    """Return whether a figure is the limit that its heading, or its label, says: 申込（上限240）."""
    name = tables.name(value, across)
    return (
        _LIMIT.search(name)
        and value.exact >= _LARGE
        and any(int(each.replace(",", "")) == value.exact for each in _NUMBER.findall(name))
    )


def _line(value: Value, tables: Tables, across: bool) -> Iterator[Value]:
    """Yield the figures of a figure's row, or of its column."""
    axis = 0 if across else 1
    yield from (each for at, each in tables.values.items() if at[axis] == value.at[axis])


def _is_of_some_months(case: Case, tables: Tables) -> bool:
    """Return whether a month of the year is one of as many as the line's name says: Nguyen (from October, 6か月), 30 deals, 5 a month."""
    if case.kind != MULTIPLE or case.by not in (_YEAR, Fraction(1, _YEAR)):
        return False
    names = (tables.name(case.result, across) for across in (True, False))
    many = {int(each) for name in names if _MONTHS.search(name) for each in _SAID.findall(name)} - {0, _YEAR}
    return any(
        case._replace(by=by).follows() <= ROUNDED
        for each in many
        for by in ((Fraction(each),) if case.by == _YEAR else (Fraction(1, each),))
    )


def _has_one_more_part(case: Case, law: Law, tables: Tables) -> bool:
    """Return whether a factor is more by a figure of its line that is nought on all lines that hold: 3 from outside beside 6 employed."""
    if case.kind != PRODUCT or not law.held:
        return False
    own = {each.at for each in case.cells}
    for axis in (0, 1):
        line = {at[axis] for at in own}
        others = [{each.at[axis] for each in one.cells} for one in law.held]
        if len(line) > 1 or any(len(each) > 1 for each in others):
            continue
        for value in _line(case.result, tables, axis == 0):
            if value.at in own or not value.number or value.kind == PERCENT:
                continue
            there = [tables.values.get((at, value.at[1]) if axis == 0 else (value.at[0], at)) for (at,) in others]
            if any(each is None or each.number for each in there):
                continue
            for at, each in enumerate(case.operands):
                more = each._replace(exact=each.exact + value.exact, number=each.number + value.number)
                made = case._replace(operands=(*case.operands[:at], more, *case.operands[at + 1 :]))
                if each.kind == value.kind and made.follows() == EXACT:
                    return True
    return False


def _holds_without_a_one(case: Case, law: Law) -> bool:
    """Return whether a product of three holds without the factor that is one on all other lines: it was none of it."""
    if case.kind != PRODUCT or len(case.operands) <= _TWO or not law.held:
        return False
    for at, each in enumerate(case.operands):
        if (
            each.kind != PERCENT
            and each.exact != 1
            and all(len(one.operands) > at and one.operands[at].exact == 1 for one in law.held)
        ):
            others = case._replace(operands=(*case.operands[:at], *case.operands[at + 1 :]))
            if others.follows() <= ROUNDED:
                return True
    return False


_TWO = 2


def _is_of_a_mean(case: Case, law: Law) -> bool:
    """Return whether a product fails on the line of totals, for a count there is the others' mean: the heads of a month, the half year's work."""
    others = [each for each in (*law.held, *law.failed) if each is not case and len(each.operands) == len(case.operands)]
    if case.kind != PRODUCT or len(others) <= _TWO or not case.exact < case.result.exact:
        return False
    if not all(each.result.at < case.result.at for each in others):
        return False
    for at, value in enumerate(case.operands):
        own = [each.operands[at].exact for each in others]
        mean = sum(own, Fraction(0)) / len(own)
        if value.kind == COUNT and len(set(own)) > 1 and abs(float(mean) - value.number) <= value.step * 0.501:
            return True
    return False


def _is_rounded_to(unit: int, case: Case) -> bool:
    """Return whether one of a product's counts is rounded to tens, as the sheet says, or was before the next one was made of it: 120 for 117.6."""
    if case.kind not in (PRODUCT, MULTIPLE):
        return False
    counts = [each for each in case.cells if each.kind == COUNT]
    if any(
        (made := case.solved(each)) is not None and each.exact % unit == 0 and abs(made - each.exact) < unit for each in counts
    ):
        return True
    for at, each in enumerate(case.operands):
        up = math.ceil(each.exact / unit) * unit
        taken = each._replace(exact=Fraction(up), number=float(up))
        made_of = case._replace(operands=(*case.operands[:at], taken, *case.operands[at + 1 :]))
        if each.kind == COUNT and made_of.follows() <= ROUNDED:
            return True
    return False


def _is_an_extreme(case: Case, tables: Tables) -> bool:
    """Return whether what isn't the sum of a line is the least or the most of it, as the line says: Smallest deal."""
    if case.kind != SUM or case.result.exact not in (min(of := [each.exact for each in case.operands]), max(of)):
        return False
    row = tables.cells.page.plane.rows.get(case.result.at[0], ())
    texts = [*(each.flat for each in row if each.text), tables.name(case.result, across=True)]
    return any(map(_EXTREME.search, texts))
