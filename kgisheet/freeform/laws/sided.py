"""Assumptions at the left, results at the right: two lists side by side, read as the one that they would be one below the other.

Average sale 40,000, win rate 20 % | customers 60, opportunities 300: between each two results stands what makes one of the other,
in the order of the assumptions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..read import terms
from .law import PRODUCT, ROUNDED, Case
from .lists import Figure
from .tables import MONEY, PERCENT, Tables
from .yearly import are_month_and_year, of_twelve

_LEAST, _MOST = 3, 24
_LINKS = 2
_EACH = terms.of("price", "each", "mean")


def sided(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Sequence[Figure]]:
    """Yield the lists of a sheet, the results of one with the assumptions of the one beside it between them."""
    joined = list(_sided(tables, every))
    taken = {each.value.where for figures in joined for each in figures}
    yield from joined
    yield from (each for each in every if not taken & {figure.value.where for figure in each})


def _sided(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[list[Figure]]:
    lists = [each for each in every if _LEAST <= len(each) <= _MOST]
    labels = [{_label_col(tables, each) for each in figures} for figures in lists]
    for results, of_results in zip(lists, labels, strict=True):
        for given, of_given in zip(lists, labels, strict=True):
            # Rates in remarks beside the figures have no labels of their own.
            if results is given or -1 in of_given | of_results or of_given & of_results or not _are_beside(given, results):
                continue
            joined = _joined(given, results)
            if joined:
                yield joined


def _label_col(tables: Tables, figure: Figure) -> int:
    """Return the column of a figure's label, right before it; -1 of a figure without one."""
    label = tables.cells.label(figure.value.spot)
    return label.col if label is not None and figure.value.at in tables.values else -1


def _are_beside(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    """Return whether two lists are of other columns and on the same rows for the most part."""
    rows, others = ({each.value.at[0] for each in figures} for figures in (one, other))
    cols = {each.value.at[1] for each in one} & {each.value.at[1] for each in other}
    return not cols and len(rows & others) * 2 > min(len(rows), len(others))


def _joined(given: Sequence[Figure], results: Sequence[Figure]) -> list[Figure]:
    """Return results with what is given between them; empty where too few of them are made so."""
    links: dict[int, int] = {}
    last = -1
    for at in range(len(results) - 1):
        found = next((of for of in range(last + 1, len(given)) if _links(results[at], given[of], results[at + 1])), None)
        if found is not None:
            links[at] = last = found
    of_time = sum(_are_of_time(one, other) for one, other in pairwise(results))
    if not links or len(links) + of_time < max(_LINKS, (len(results) - 1) / 2):
        return []
    _fill(links, given, results)
    joined = _before(given[: min(links.values())], results[0])
    for at, result in enumerate(results):
        joined += [result, given[links[at]]] if at in links else [result]
    return joined


def _fill(links: dict[int, int], given: Sequence[Figure], results: Sequence[Figure]) -> None:
    """Put what is given between two results that it would link, were one of them another figure: what comes next, and links no others."""
    for at in range(len(results) - 1):
        if at in links:
            continue
        low = max((of for other, of in links.items() if other < at), default=-1)
        high = min((of for other, of in links.items() if other > at), default=len(given))
        left = [of for of in range(low + 1, high) if _may_link(results[at], given[of], results[at + 1])]
        if left:
            links[at] = left[0]


def _before(given: Sequence[Figure], first: Figure) -> list[Figure]:
    """Return the two given figures that the first result is made of: the goal, and the average sale."""
    for at, one in enumerate(given):
        other = next((each for each in given[at + 1 :] if _links(one, each, first)), None)
        if other is not None:
            return [one, other]
    return []


def _may_link(one: Figure, given: Figure, other: Figure) -> bool:
    """Return whether a rate may lead from one count to another, or a price from an amount to how many."""
    if not (one.value.number and given.value.number and other.value.number) or PERCENT in (one.kind, other.kind):
        return False
    if given.kind == PERCENT:
        return one.kind == other.kind
    return _EACH.search(given.label) and (given.kind != MONEY or MONEY in (one.kind, other.kind))


def _are_of_time(one: Figure, other: Figure) -> bool:
    """Return whether of two figures one is the other's month."""
    return any(
        are_month_and_year(month.label, year.label) and of_twelve(year.value, month.value).follows() <= ROUNDED
        for month, year in ((one, other), (other, one))
    )


def _links(one: Figure, given: Figure, other: Figure) -> bool:
    """Return whether one figure makes the other one by what is given, in either direction."""
    if not _may_link(one, given, other) or given.value.exact == 1:
        return False
    return any(
        Case(PRODUCT, whole.value, (part.value, given.value)).follows() <= ROUNDED
        for whole, part in ((one, other), (other, one))
    )
