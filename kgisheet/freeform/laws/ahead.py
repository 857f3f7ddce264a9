"""Laws over a lead time: leads of a month that become deals three months later, pipeline made for the next quarter's bookings.

A label or a remark says that there is one; how long it is, and by which number or rate the later figure follows, the lines tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from ...values.regex import regex
from ..read import terms
from .judge import FITTING, Law, judged
from .law import EXACT, MULTIPLE, OFF, PRODUCT, Case
from .tables import MONEY, PERCENT, Table, Tables, Value, Variable

_AHEAD = terms.of("ahead")
_WHOLE = terms.of("total")
_PERIOD = regex(
    r"\d月|\d\s*か?月目|第?\d+(?:週|期|四半期)|[1-4]q|q[1-4]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\bw(?:ee)?k? ?\d|\bfy ?'?\d|20\d\d|上期|下期|month ?\d|\bm\d"
)
_MOST = 6  # months
_LEAST = 3
_WIDE = 20


def ahead(tables: Tables) -> Iterator[Law]:
    """Yield what follows from a figure some lines later, on a sheet that says that some come before those that they make."""
    if any(_AHEAD.search(spot.flat) for spot in tables.texts.values()):
        for table in tables:
            yield from _of_table(table)


def _of_table(table: Table) -> Iterator[Law]:
    """Yield what follows from another variable some lines later, where it doesn't on its own line."""
    lines = [at for at, name in enumerate(table.names) if _PERIOD.search(name) and not _is_total(name)]
    own = [each for each in table.variables if not each.aside]
    if len(lines) <= _LEAST or len(own) > _WIDE:
        return
    counts = [each._replace(values=[each.values[at] for at in lines]) for each in own if each.kind != PERCENT]
    rates = [each._replace(values=[each.values[at] for at in lines]) for each in own if each.kind == PERCENT]
    said = list(dict.fromkeys([*table.remarked, *(each.value for variable in own for each in variable.said if each.value > 0)]))
    said += [one * two for one, two in permutations(said, 2) if one <= two]
    for first, later in permutations(counts, 2):
        if (first.kind == MONEY) == (later.kind == MONEY):
            best = max(_shifted(first, later, said, rates), key=lambda law: (len(law.held), -len(law.failed)), default=None)
            if best is not None:
                yield best


def _is_total(name: str) -> bool:
    return _WHOLE.search(_PERIOD.sub(" ", name))


def _shifted(first: Variable, later: Variable, said: Sequence[Fraction], rates: Sequence[Variable]) -> Iterator[Law]:
    """Yield the laws by which a variable makes another one some lines later."""
    for shift in range(1, _MOST + 1):
        pairs = [
            (at, one, two)
            for at, (one, two) in enumerate(zip(first.values, later.values[shift:], strict=False))
            if one and two and one.number * two.number > 0
        ]
        if len(pairs) < _LEAST or len({two.exact for _, _, two in pairs}) < _LEAST:
            continue
        for cases in _cases(pairs, shift, said, rates):
            law = _but_one(cases) or judged(cases[0].kind, cases, lambda case: case.result.exact, FITTING, _MOST * 2)
            if law is None or len(law.held) < _LEAST or len(law.failed) > 1:
                continue
            direct = [
                Case(each.kind, one, (two, *each.operands[1:]), each.by) for each, one, two in _own_lines(law, first, later)
            ]
            # Where all are exact, on their own lines they would have to be, too: 4 are about a quarter of 14 to 18.
            closely = EXACT if all(each.follows() == EXACT for each in law.held) else OFF - 1
            if sum(each.follows() <= closely for each in direct) < len(law.held):
                yield law


def _but_one(cases: Sequence[Case]) -> Law | None:
    """Return the law of a multiple that all lines but one have exactly, and that one is off by more than its own rounding."""
    exact = [each for each in cases if each.follows() == EXACT]
    others = [each for each in cases if each not in exact]
    if cases[0].kind != MULTIPLE or len(others) != 1 or len(exact) < _LEAST:
        return None
    is_off = abs(float(others[0].exact) - others[0].result.number) >= 2 * others[0].result.step
    return Law(MULTIPLE, tuple(exact), (others[0]._replace(strict=True),)) if is_off else None


def _cases(
    pairs: Sequence[tuple[int, Value, Value]],
    shift: int,
    said: Sequence[Fraction],
    rates: Sequence[Variable],
) -> Iterator[list[Case]]:
    times = [one.exact / two.exact for _, one, two in pairs]
    usual = max(dict.fromkeys(times), key=times.count)
    if times.count(usual) >= max(_LEAST, len(times) - 1):
        yield [Case(MULTIPLE, one, (two,), usual) for _, one, two in pairs]
        return
    for by in said:
        number = float(by)
        near = sum(abs(two.number - one.number * number) <= 1.01 * (two.step + number * one.step) for _, one, two in pairs)
        if near < max(_LEAST, len(pairs) - 1):
            continue
        yield [Case(MULTIPLE, two, (one,), by) for _, one, two in pairs]
        yield [Case(MULTIPLE, one, (two,), 1 / by) for _, one, two in pairs]
    for rate in rates:
        for place in (0, shift):
            cases = [
                Case(PRODUCT, two, (one, its))
                for at, one, two in pairs
                if (its := rate.values[at + place]) is not None and its.number > 0
            ]
            if len(cases) >= _LEAST:
                yield cases


def _own_lines(law: Law, first: Variable, later: Variable) -> Iterator[tuple[Case, Value, Value]]:
    """Yield each case with the two figures of one line, in the order of the case."""
    by_first = {each.where: at for at, each in enumerate(first.values) if each is not None}
    for case in law.held:
        onward = case.result.where not in by_first
        at = by_first[case.operands[0].where] if onward else by_first[case.result.where]
        one, two = first.values[at], later.values[at]
        if one is not None and two is not None:
            yield (case, two, one) if onward else (case, one, two)
