"""The laws of a table: those that hold on so many of its lines that chance does not explain it, and the line on which one doesn't.

A law is looked for in numbers first, in words second: what is a rate is a share of something, what is a price isn't added up.
How many combinations were tried, and how many digits agree, tells how likely it is by chance.
"""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterator, Mapping, Sequence

from ...formula.grid import Where
from ...values.regex import regex
from ..read import terms
from ..rules.references import seen_from
from ..rules.relation import APART
from .attained import attained
from .chance import is_by_chance
from .combined import combined
from .cumulative import of_first, shares_so_far
from .judge import LEAST, Law
from .law import GROWN, MULTIPLE, PRODUCT, ROUNDED, SUM, Case
from .onward import carried, carried_over, grows, shares, so_far
from .products import compounded, grown, multiples, of_three, products
from .ramped import ramped
from .retained import retained
from .sums import differences, means, runs, signed, subtotals, weighted
from .tables import MOST_VARIABLES, PERCENT, Table, Value, Variable

BRACKETS = regex(r"[(（\[【].*?[)）\]】]")
NOT_ADDED = terms.of(*terms.NOT_ADDED)
_COMPARED = terms.of("compared")
"""Lines that compare others: what follows in those doesn't in them."""

_MEASURED = terms.of("results", "last_year")
"""Lines of what came out: a rate that a label says was set for the others."""

_MEAN, _MIDDLE, _SO_FAR = terms.of("mean"), terms.of("middle"), terms.of("so_far")
_WHOLE = terms.of("total")
"""Lines over several months or channels."""

_YEAR, _GRAND, _ADDED = terms.of("year_total"), terms.of("grand_total"), terms.of("subtotal")


def laws(table: Table) -> Iterator[Law]:
    """Yield the laws of a table: none that fails for a figure that another one makes what it is on every line."""
    found = list(_found(table))
    explained = {cell.where for law in found for case in law.held for cell in case.cells}
    found += combined(_without(_without(table, _COMPARED), _SO_FAR).variables, explained)
    made: dict[Where, list[Case]] = {}
    for law in found:
        for case in law.held if not law.failed else ():
            for cell in case.cells:
                made.setdefault(cell.where, []).append(case)
    shares = [case for law in found if law.kind == PRODUCT for case in law.held]
    for law in found:
        if (
            not _is_made_otherwise(law)
            and not any(_is_as_elsewhere(case, law) for case in law.failed)
            and not any(_by_chance(case, made.get(cell.where, ())) for case in law.failed for cell in case.cells)
            and not (law.kind == GROWN and any(_is_share(case, shares) for case in law.failed))
            and not (law.failed and _has_anothers_rates(law, made))
            and not is_by_chance(law, table)
        ):
            yield law


def _has_anothers_rates(law: Law, made: Mapping[Where, Sequence[Case]]) -> bool:
    """Return whether a law holds on two lines only, and but rounded, by rates of which other figures are made on every line: sales' growth."""
    if law.kind != PRODUCT or len(law.held) > LEAST or any(each.follows() != ROUNDED for each in law.held):
        return False
    for case in (*law.held, *law.failed):
        rates = [each for each in case.operands if each.kind == PERCENT]
        if len(rates) != 1 or not any(each.places & case.places == {rates[0].where} for each in made.get(rates[0].where, ())):
            return False
    return True


def _is_made_otherwise(law: Law) -> bool:
    """Return whether the formulas say on most lines that the result comes of other cells than those by which it holds.

    These are typed; or its formula adds up nothing of them: each quarter's deals come of its revenue.
    """
    formulas = [
        each for each in law.held if each.result.uses and (law.kind == SUM or not any(cell.uses for cell in each.operands))
    ]
    others = [each for each in formulas if not each.result.uses & {cell.where for cell in each.operands}]
    return len(others) * 2 > len(law.held)


def _is_as_elsewhere(case: Case, law: Law) -> bool:
    """Return whether the formula of a figure that fails is that of the lines that hold, and of other cells than the law's.

    Of a product that may be one of its factors: a year's depreciation by months, which whole years make the price ÷ its life.
    """
    own = case.places
    return any(
        bool(cell.uses)
        and (cell.uses != own - {cell.where} if cell is case.result else bool(cell.uses - own))
        and all(len(other.cells) > at and _is_alike(cell, other.cells[at]) for other in law.held)
        for at, cell in enumerate(case.cells if law.kind == PRODUCT else case.cells[:1])
    )


def _is_alike(one: Value, other: Value) -> bool:
    """Return whether two lines' formulas refer to the same cells, seen from theirs; one figure of all lines isn't a line's."""
    return one.where != other.where and seen_from(one.where, one.uses) == seen_from(other.where, other.uses)


def _is_share(case: Case, shares: Sequence[Case]) -> bool:
    """Return whether the rate of a growth that fails is a share of its line, of the same figure: 2.5 % of 38,000 are 950."""
    cells = case.places
    return any(case.operands[1] in other.operands and len(cells & other.places) > 1 for other in shares)


def _by_chance(case: Case, others: Sequence[Case]) -> bool:
    """Return whether another law of two of its cells holds everywhere."""
    cells = case.places
    if case.kind == MULTIPLE and any(other.kind == PRODUCT and cells <= other.places for other in others):
        return True  # five a day are twenty in a week of four days, as a column says
    if case.kind == MULTIPLE and any(each.kind == MULTIPLE and _are_by_one(each, case) for each in others):
        return True  # a quarter of the meetings held, which are as many as there is room for on most lines
    return any(
        other.kind == case.kind
        and len(other.cells) == len(case.cells)
        and (case.kind == PRODUCT or other.result.where == case.result.where)
        and len(cells & other.places) > (len(case.cells) - 2 if case.kind == PRODUCT else 1)
        for other in others
    )


def _are_by_one(one: Case, other: Case) -> bool:
    """Return whether a figure is by the same number of two others."""
    return one.result is other.result and one.by == other.by


def prepared(table: Table) -> Table:
    """Return a table without the lines and totals for which no law of the others has to hold: those that compare others."""
    return _without_partial(_without_unique(_without(table, _COMPARED)))


def addends(table: Table) -> Table:
    """Return a table without the lines that aren't added up: rates, prices, means."""
    return _without(table, NOT_ADDED, APART)


def _found(table: Table) -> Iterator[Law]:
    table = prepared(table)
    own = [each for each in table.variables if not each.aside]
    if len(table.names) < LEAST or not own:
        return
    if len(own) <= MOST_VARIABLES:
        apportioned = _without_lines(table, table.left_over | _of_means(table)).variables
        rated = _without_all_of_it(apportioned, _whole(table))
        two = list(ramped(list(products(rated, table.remarked)), rated))
        yield from two
        yield from of_three(rated, two)
        yield from compounded(own)
        yield from attained(own)
        yield from multiples([each for each in _without(table, _MEASURED).variables if not each.aside])
        yield from means(own)
        yield from grown(table.variables, _whole(table))
        yield from differences(own)
        yield from shares([each for each in apportioned if not each.aside], _whole(table))
        yield from of_first(own)
        yield from shares_so_far(own, _whole(table))
        yield from retained(own)
    added = [each for each in addends(table).variables if not each.aside]
    if len(own) <= MOST_VARIABLES:
        yield from signed(added)
    if len(own) <= 2 * MOST_VARIABLES:
        yield from runs(added)
        yield from subtotals(added)
        yield from weighted(added)
        yield from carried(own, _whole(table))
        yield from carried_over(own)
        yield from so_far(own, _whole(table))
        yield from grows(own, _whole(table))


def _without_all_of_it(variables: Sequence[Variable], whole: Sequence[bool]) -> list[Variable]:
    """Return variables without the 100 % that shares come to on the line of totals: 100 % of all accounts make no rate of the meetings."""
    return [
        each._replace(
            values=[
                None if total and value is not None and value.exact == 1 else value
                for total, value in zip(whole, each.values, strict=True)
            ]
        )
        if each.kind == PERCENT and not each.aside
        else each
        for each in variables
    ]


def _without(table: Table, words: terms.Terms, inside: terms.Terms | None = None) -> Table:
    """Return a table without the lines whose names have some word, or have one ``inside`` brackets, too."""
    out = [
        at
        for at, name in enumerate(table.names)
        if (words.search(BRACKETS.sub(" ", name)) or (inside is not None and inside.search(name)))
        and not _is_a_segment(table, at)
    ]
    return _without_lines(table, out)


def _is_a_segment(table: Table, at: int) -> bool:
    """Return whether a line is called Growth as a segment of customers is: with amounts, as the lines around it have them."""
    own = [(each.kind, each.values[at] is not None) for each in table.variables if not each.aside]
    return (
        _GROWTH.match(table.names[at]) is not None
        and all(is_there for kind, is_there in own if kind != PERCENT)
        and len(own) > _SOME
    )


_GROWTH, _SOME = regex(r"^growth$"), 2


def _of_means(table: Table) -> frozenset[int]:
    """Return the lines with the mean of the others' rates, or their median, or the best of them: it isn't the quotient of the counts there."""
    whole = _whole(table)
    of_rates = [_MEAN.search(name) or _MIDDLE.search(name) for name in table.names]
    if not any(of_rates):
        return frozenset()
    summed = _summed(table, [at for at, is_one in enumerate(of_rates) if not is_one and not whole[at]])
    found = set()
    for at, name in enumerate(table.names):
        if not of_rates[at]:
            continue
        lines = [line for line in range(len(table.names)) if line != at and not whole[line]]
        for rate in table.variables:
            mean = rate.values[at]
            if rate.kind != PERCENT or mean is None:
                continue
            for without in dict.fromkeys((None, summed)):
                own = [each.number for line in lines if line != without and (each := rate.values[line]) is not None]
                if len(own) >= LEAST and any(abs(each - mean.number) <= mean.step for each in _typical(own, name)):
                    found.add(at)
    return frozenset(found)


def _typical(own: Sequence[float], name: str) -> Sequence[float]:
    return (sum(own) / len(own),) if _MEAN.search(name) else (statistics.median(own), max(own), min(own))


def _summed(table: Table, lines: Sequence[int]) -> int | None:
    """Return the line of which a count or an amount is the sum of all others: Team, whatever it is called; None without one."""
    if len(lines) <= LEAST:
        return None
    for at in (lines[-1], lines[0]):
        for each in table.variables:
            own = [value.exact for line in lines if line != at and (value := each.values[line]) is not None]
            total = each.values[at]
            if each.kind != PERCENT and total is not None and len(own) == len(lines) - 1 and sum(own) == total.exact:
                return at
    return None


def _without_lines(table: Table, out: Collection[int]) -> Table:
    if not out or len(out) == len(table.names):
        return table  # a title over all of it says nothing of a line
    variables = [
        each._replace(values=[None if at in out else value for at, value in enumerate(each.values)]) for each in table.variables
    ]
    return table._replace(variables=[each for each in variables if any(value is not None for value in each.values)])


def _is_of_all(names: Sequence[str]) -> bool:
    """Return whether the last line is over all others: the last of several years isn't."""
    # A title over the headings, ARR FY25, is of all lines.
    years = [_YEAR.search((each.split() or [""])[-1]) for each in names]
    if _ADDED.search(names[-1]) and not any(map(_ADDED.search, names[:-1])):
        return True  # 5年計 below 2026年度, 2027年度
    return _YEAR.search(names[-1]) and (not all(years) or _GRAND.search(names[-1]))


def _whole(table: Table) -> list[bool]:
    """Return which lines are totals: the first of several quarters isn't."""
    of_parts = [_WHOLE.search(name) for name in table.names]
    return (
        of_parts
        if sum(of_parts) * 2 < len(of_parts)
        else [at == len(of_parts) - 1 and _is_of_all(table.names) for at in range(len(of_parts))]
    )


def _without_partial(table: Table) -> Table:
    """Return a table without the totals of what is there for some lines only: goals of a year, actual figures to date."""
    whole = _whole(table)
    lines = [at for at, total in enumerate(whole) if not total]
    if not any(whole) or len(lines) < LEAST:
        return table
    # What stands below the total, prices and revenue of each column, is no part of it.
    above = [at for at in lines if any(whole[at:])]
    lines = above if len(above) >= LEAST else lines
    there = [sum(each.values[at] is not None for at in lines) for each in table.variables]
    most = max(there, default=0)
    return table._replace(
        variables=[
            each
            if (each.aside or many * 4 > most * 3 or many < LEAST) and not _is_stock(each, whole)
            else each._replace(values=[None if total else value for total, value in zip(whole, each.values, strict=True)])
            for each, many in zip(table.variables, there, strict=True)
        ]
    )


_STOCK = terms.of("opening", "closing", "balance")


def _is_stock(variable: Variable, whole: Sequence[bool]) -> bool:
    """Return whether a variable is what there is at some time: its total is that of the beginning, or of the end."""
    return _STOCK.search(variable.label) and any(whole)


def _without_unique(table: Table) -> Table:
    """Return a table without the totals of people who may be in several parts: no law of the parts is theirs."""
    whole = [_WHOLE.search(name) for name in table.names]
    apart = [APART.search(name) for name in table.names]
    if not any(apart) and not any(APART.search(each.label) for each in table.variables):
        return table

    def own(variable: Variable) -> list[Value | None]:
        unique, total = APART.search(variable.label), _WHOLE.search(variable.label)
        return [None if (unique and whole[at]) or (total and apart[at]) else value for at, value in enumerate(variable.values)]

    return table._replace(variables=[each._replace(values=own(each)) for each in table.variables])
