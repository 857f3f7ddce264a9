"""Sums that labels suggest, and other cells of the sheet contradict: formulas, the same lines in other columns, the total's own words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...values.regex import regex
from .cells import Cells
from .relation import APART, MONTHS, NEED, SUM, Relation


def adds_up_nowhere(relation: Relation, cells: Cells) -> bool:
    """Return whether the same lines have other counts, and one isn't the others' sum there either: enquiries, samples, quotes."""
    if relation.kind not in (SUM, NEED) or relation.result.formula is not None:
        return False
    (row, col), parts = relation.result.at, [each.at for each in relation.operands]
    down = all(at[1] == col for at in parts)
    if not down and any(at[0] != row for at in parts):
        return False
    own = _added(cells, [(row, col), *parts]) or _added(cells, [(row, col), *parts], fine=True)
    if own is None or own[1] != relation.exact:
        return False  # one of them is taken off
    fine = relation.exact.denominator != 1  # half a deal a day, below it 2 quotes
    is_count = cells.money(cells.amounts[row, col][0]) is None
    plane, found = cells.page.plane, 0
    for spot in plane.rows[row] if down else plane.cols[col]:
        line = spot.col if down else spot.row
        if line == (col if down else row):
            continue
        added = _added(cells, [(at[0], line) if down else (line, at[1]) for at in ((row, col), *parts)], is_count, fine=fine)
        if added is not None and added[0] == added[1]:
            return False
        found += added is not None
    return found > 1


def _added(
    cells: Cells, places: Sequence[tuple[int, int]], is_count: bool | None = None, *, fine: bool = False
) -> tuple[Fraction, Fraction] | None:
    """Return a total and what its parts add up to, of whole numbers that are counts, or amounts, or with a decimal; None of others."""
    spots = [cells.amounts[at][0] for at in places if at in cells.amounts]
    if len(spots) < len(places) or any(cells.is_rate(each) for each in spots):
        return None
    if is_count is not None and any((cells.money(each) is None) != is_count for each in spots):
        return None
    total, *rest = (cells.value(each) for each in spots)
    return (
        (total, sum(rest, Fraction(0)))
        if all(each.denominator in (_FINE if fine else _WHOLE) for each in (total, *rest))
        else None
    )


_WHOLE, _FINE = (1,), (1, 2, 5, 10)


def is_of_people(relation: Relation) -> bool:
    """Return whether a total says of itself that who is in several of its parts is counted once."""
    if relation.kind != SUM or not APART.search(relation.result.label):
        return False
    parts, total = [each.value or Fraction(0) for each in relation.operands], relation.result.value or Fraction(0)
    return max(parts) <= total < relation.exact


def are_shares_that_overlap(relation: Relation, cells: Cells) -> bool:
    """Return whether each part is the whole by a rate of its own line, and these are far more than all: who buys which module."""
    whole = relation.result.value or Fraction(0)
    if relation.kind not in (SUM, NEED) or relation.exact < _FAR_MORE * whole:
        return False
    for each in relation.operands:
        row, col = each.at
        beside = (
            spot for spot in (*cells.page.plane.rows[row], *cells.page.plane.cols[col]) if (spot.row, spot.col) in cells.amounts
        )
        if not any(cells.is_rate(spot) and cells.value(spot) * whole == each.value for spot in beside):
            return False
    return True


_FAR_MORE = Fraction(5, 4)

_WITH_OTHERS = regex(
    r"\bincl(?:\.|uding|udes)?\b.*\b(?:other|others|small|smaller|minor|rest|more)\b|(?:その他|ほか|他|小口|少額).{0,8}(?:含|込)|\+ ?others?\b"
)


def has_more_parts(relation: Relation, cells: Cells) -> bool:
    """Return whether a total says that others are in it, too, and is more than those that the sheet has: all channels (incl. small ones)."""
    found = cells.amounts.get(relation.result.at) if relation.kind == SUM else None
    label = cells.label(found[0]) if found is not None else None
    if label is None or not _WITH_OTHERS.search(label.flat):
        return False
    return (relation.result.value or Fraction(0)) > relation.exact


def is_made_of_its_whole(relation: Relation, cells: Cells) -> bool:
    """Return whether formulas make each part of its whole, as those of weeks of the year; or the whole of others than its parts."""
    if relation.kind not in (SUM, MONTHS):
        return False
    result, parts = relation.result.where, [each.where for each in relation.operands]
    uses = cells.references.of(result)
    if uses and not uses & set(parts):
        is_quotient = result[1:] in cells.amounts and cells.is_divided(cells.amounts[result[1:]][0])
        return is_quotient or not any(each in cells.references.behind(result) for each in parts)
    return all(result in cells.references.behind(each) for each in parts)
