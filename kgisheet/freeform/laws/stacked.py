"""Tables of one form one below the other, or side by side, and the one that adds up the others: products and 目標計, branches and all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from ..read import terms
from ..read.lexicon import TOTAL
from ..read.plane import Spot
from .judge import FITTING, Law, judged
from .law import PRODUCT, SUM, WRITTEN, Case
from .search import NOT_ADDED
from .summary import name_key
from .tables import PERCENT, Tables

_LEAST = 3
"""Tables of one form: two at least and their total."""

_MOST = 20
_WHOLE = terms.of("grand_total", "subtotal")

Lines = dict[str, int]
"""A table's lines by what they are called."""


def stacked(tables: Tables) -> Iterator[Law]:
    """Yield that the cells of one table are those of the others of its form added up."""
    for across in (True, False):
        for forms in _forms(tables, across):
            whole = [each for each in forms if _is_total(tables, forms, each, across)]
            # All regions, Company: where no word says so, the figures do.
            for own in whole if len(whole) == 1 else forms:
                law = _added(tables, own, [each for each in forms if each is not own], across)
                if law is not None:
                    yield law
                    break


def rated(tables: Tables) -> Iterator[Law]:
    """Yield that a table of rates has what one table of its form is of another one: leads, deals, and below them 商談化率."""
    for across in (True, False):
        for forms in _forms(tables, across):
            rates = [each for each in forms if _is_of_rates(tables, each, across)]
            counts = [each for each in forms if each not in rates]
            for rate in rates:
                laws = [
                    law
                    for one, other in permutations(counts, _PAIR)
                    if (law := _multiplied(tables, (other, one, rate), across)) is not None
                ]
                if laws:
                    yield max(laws, key=lambda law: (len(law.held), -len(law.failed)))


def _is_of_rates(tables: Tables, lines: Lines, across: bool) -> bool:
    own = set(lines.values())
    values = [value for at, value in tables.values.items() if at[0 if across else 1] in own]
    return bool(values) and all(each.kind == PERCENT or 0 < each.exact < 1 for each in values)


def _multiplied(tables: Tables, of: Sequence[Lines], across: bool) -> Law | None:
    """Return the law that the figures of one table are those of another one by the rates of a third, cell by cell."""
    cases = []
    for name, line in of[0].items():
        for at, value in tables.values.items():
            if at[0 if across else 1] != line or not value.number:
                continue
            own = [tables.values.get((each[name], at[1]) if across else (at[0], each[name])) for each in of[1:]]
            parts = tuple(each for each in own if each is not None and each.number)
            if len(parts) == _PAIR:
                parts = (parts[0], parts[1]._replace(kind=PERCENT))
                cases.append(Case(PRODUCT, value, parts))
    held = sum(each.follows() <= WRITTEN for each in cases)
    if held < _CELLS or held * 4 < len(cases) * 3:
        return None
    return judged(PRODUCT, cases, lambda case: case.operands[1].where, FITTING, len(of))


_CELLS = 5
"""Cells for which the rates of a table have to hold."""


def _forms(tables: Tables, across: bool) -> Iterator[list[Lines]]:
    """Yield tables whose lines are called the same, by rows or by columns."""
    named: list[tuple[int, str]] = []
    for line in sorted(tables.firsts[across]):
        spot = _name(tables, line, across)
        named.append((line, name_key(spot) if spot is not None else ""))
    names = [name for _, name in named]
    first = next((each for each in names if each and names.count(each) >= _LEAST), None)
    if first is None or names.count(first) > _MOST:
        return
    begins = [at for at, each in enumerate(names) if each == first]
    found: list[Lines] = []
    for at, end in zip(begins, [*begins[1:], len(named)], strict=True):
        lines: Lines = {}
        for line, name in named[at:end]:
            if not name or name in lines or (found and name not in found[0]):
                break
            lines[name] = line
        found.append(lines)
    shared = set.intersection(*(set(each) for each in found))
    if len(shared) * 2 > len(found[0]):
        yield [{name: line for name, line in each.items() if name in shared} for each in found]


def _name(tables: Tables, line: int, across: bool) -> Spot | None:
    """Return the text before the first figure of a row, or over that of a column."""
    return (tables.cells.rows if across else tables.cells.cols)[line].name(tables.firsts[across][line])


def _is_total(tables: Tables, forms: Sequence[Lines], own: Lines, across: bool) -> bool:
    """Return whether what is over a table, or before its lines, calls it a total."""
    first = min(own.values())
    before = max((line for each in forms for line in each.values() if line < first), default=-1)
    name = _name(tables, first, across)
    place = (name.col if across else name.row) if name is not None else 0
    texts = [
        spot
        for (row, col), spot in tables.texts.items()
        if before < (row if across else col) <= first and (col <= place if across else row < place)
    ]
    return any(each is not name and (each.kind == TOTAL or _WHOLE.search(each.flat)) for each in texts)


def _added(tables: Tables, whole: Lines, others: Sequence[Lines], across: bool) -> Law | None:
    """Return the law that the figures of one table are those of the others, line by line."""
    shift = 0 if across else 1
    cases = []
    for name, line in whole.items():
        if NOT_ADDED.search(name):
            continue
        for at, value in tables.values.items():
            if at[shift] != line or value.kind == PERCENT or not value.number or value.divided:
                continue
            parts = [tables.values.get((each[name], at[1]) if across else (at[0], each[name])) for each in others]
            own = tuple(each for each in parts if each is not None and each.kind == value.kind)
            if len(own) == len(others) and not NOT_ADDED.search(tables.name(value, across)):
                cases.append(Case(SUM, value, own, signs=(1,) * len(own)))
    held = sum(abs(float(each.exact) - each.result.number) < 1e-9 * abs(each.result.number) for each in cases)
    if held < _LEAST or held * 4 < len(cases) * 3:
        return None
    return judged(SUM, cases, lambda case: case.result.where, FITTING, len(others))


def halves(tables: Tables, found: Sequence[Law]) -> Iterator[Law]:
    """Yield shares of a whole in the second half of a table, beside or below the first, under the same headings: October to March."""
    for law in found:
        shared = {case.operands[1].where for case in law.held} if law.kind == PRODUCT else set()
        if len(shared) != 1 or any(len(case.operands) != _PAIR for case in law.held):
            continue
        for across in (True, False):
            yield from _elsewhere(tables, law, across)


_PAIR = 2


def _elsewhere(tables: Tables, law: Law, across: bool) -> Iterator[Law]:
    """Yield the law of shares in the columns, or rows, that are called as those of a law are."""
    axis = 1 if across else 0
    places = {(case.result.at[axis], case.operands[0].at[axis]) for case in law.held}
    if len(places) != 1:
        return
    (part, share), whole = next(iter(places)), law.held[0].operands[1]
    names = {place: name_key(spot) for place in sorted(tables.firsts[not across]) if (spot := _name(tables, place, not across))}
    for place, name in names.items():
        its = place + share - part
        if place in (part, share) or name != names.get(part) or names.get(its) != names.get(share) or name == names.get(share):
            continue
        cases = []
        for at, value in tables.values.items():
            rate = tables.values.get((at[0], its) if across else (its, at[1])) if at[axis] == place else None
            if rate is not None and rate.kind == PERCENT and value.kind == whole.kind and value.number and value is not whole:
                cases.append(Case(PRODUCT, value, (rate, whole)))
        made = judged(PRODUCT, cases, lambda case: case.operands[0].exact, FITTING, len(names))
        if made is not None:
            yield made
