"""Rates from the first stage on: 累計転換率（MQL比）, 対リード率, % of top; and that of the whole funnel, below its steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...values.regex import regex
from ..read import terms
from .judge import FITTING, Law, judged
from .law import OFF, PRODUCT, RETAINED, WRITTEN, Case
from .tables import PERCENT, Tables, Value, Variable, complete

_OF_FIRST = terms.of("of_first")
_IS_SO_FAR = regex(r"cumulative(?: %| rate)?$|累計率?$|累積率?$")
_ATTAINED = terms.of("attained", "last_year")
_LEAST = 2


def of_first(variables: Sequence[Variable]) -> Iterator[Law]:
    """Yield each stage's share of the one with 100 %, or of the first or last one, which has no share of its own."""
    for share in variables:
        if share.kind != PERCENT or share.aside or _ATTAINED.search(share.label):
            continue
        is_said = bool(_OF_FIRST.search(share.label)) or _IS_SO_FAR.match(share.label) is not None
        if not is_said and not _begins_with_all(share):
            continue
        laws = [
            law
            for one in variables
            if one.kind != PERCENT and (is_said or not any(is_share_of(other, share, one) for other in variables))
            for base in _bases(share, one)
            if (law := _of(share, one, base, is_said)) is not None
        ]
        if laws:
            yield max(laws, key=lambda law: (len(law.held), -len(law.failed)))


def _begins_with_all(share: Variable) -> bool:
    """Return whether a column of shares begins with 100 % and none is larger: of a funnel's stages each is a part of the first."""
    values = [each.exact for each in share.values if each is not None]
    return len(values) > _LEAST and values[0] == 1 and all(0 < each < 1 for each in values[1:])


def is_share_of(part: Variable, share: Variable, one: Variable) -> bool:
    """Return whether a column is another one by its share on each line: of four who begin in April half a year's work."""
    lines = list(complete(part, share, one))
    return part is not one and len(lines) > _LEAST and all(a.exact == b.exact * c.exact for a, b, c in lines)


def _bases(share: Variable, one: Variable) -> Iterator[int]:
    """Yield the lines that the shares may be of."""
    whole = [at for at, each in enumerate(share.values) if each is not None and each.exact == 1]
    if whole:
        yield from whole if len(whole) == 1 else ()
        return
    there = [at for at, each in enumerate(one.values) if each is not None]
    yield from (at for at in dict.fromkeys((there[0], there[-1])) if share.values[at] is None) if there else ()


def _of(share: Variable, one: Variable, base: int, is_said: bool) -> Law | None:
    whole = one.values[base]
    if whole is None or not whole.number:
        return None
    cases = [
        Case(PRODUCT, part, (whole, its))
        for at, (part, its) in enumerate(zip(one.values, share.values, strict=True))
        if part is not None and its is not None and at != base and part.number
    ]
    law = judged(PRODUCT, cases, lambda case: case.operands[1].exact, 2 * FITTING if is_said else FITTING, 2)
    return law if is_said or (law is not None and len(law.held) > _LEAST >= 2 * len(law.failed)) else None


_SO_FAR = terms.of("so_far")
_MOST = 40


def shares_so_far(variables: Sequence[Variable], total: Sequence[bool]) -> Iterator[Law]:
    """Yield which part of the line of totals the lines so far are: 累計構成比."""
    ends = [at for at, is_total in enumerate(total) if is_total]
    if len(ends) != 1 or not _LEAST < ends[0] <= _MOST:
        return
    for share in variables:
        if share.kind != PERCENT or share.aside or not _SO_FAR.search(share.label) or _OF_FIRST.search(share.label):
            continue
        for one in variables:
            whole, parts = one.values[ends[0]], one.values[: ends[0]]
            if one.kind == PERCENT or one.aside or whole is None or not whole.number or None in parts:
                continue
            cases = [
                Case(RETAINED, its, (whole, *_all(parts[: at + 1])), signs=(0, *[1] * (at + 1)))
                for at, its in enumerate(share.values[: ends[0]])
                if its is not None
            ]
            law = judged(RETAINED, cases, lambda case: case.result.exact, FITTING, len(variables))
            if law is not None:
                yield law


def _all(values: Sequence[Value | None]) -> list[Value]:
    return [each for each in values if each is not None]


_OVERALL = terms.of("overall_rate")


def overall(tables: Tables, steps: Law) -> Iterator[Law]:
    """Yield the rate of the whole funnel below its steps, as its label calls it: of the last one's count in the first one's."""
    # Below the last step it stands like a rate that leads to what comes after it.
    every = [each for each in (*steps.held, *steps.failed) if not _is_overall(tables, each.operands[1])]
    sources, results = (
        {each.operands[0].where: each.operands[0] for each in every},
        {each.result.where: each.result for each in every},
    )
    first = [each for where, each in sources.items() if where not in results]
    last = [each for where, each in results.items() if where not in sources]
    rates = [each for each in tables.values.values() if each.kind == PERCENT and _is_overall(tables, each)]
    if len(steps.held) < _LEAST or not len(first) == len(last) == len(rates) == 1:
        return
    # The steps confirm both counts, where all of them hold.
    only = None if any(each in steps.failed for each in every) else rates[0].where
    case = Case(PRODUCT, last[0], (first[0], rates[0]), only=only)
    how = case.follows()
    if how <= WRITTEN:
        yield Law(PRODUCT, (case,), ())
    elif how == OFF:
        yield Law(PRODUCT, (), (case,))


def _is_overall(tables: Tables, value: Value) -> bool:
    label = tables.name(value, across=False)
    return _OVERALL.search(label) and not _ATTAINED.search(label)
