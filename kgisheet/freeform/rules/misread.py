"""Relations that fail since the sheet was misread: figures whose labels weren't understood belong to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from ...formula.grid import Where
from ...values.units import COUNT, CURRENCY, RATE
from ..read import terms
from ..read.amounts import typed
from ..read.lexicon import TEXT
from ..read.page import Page
from ..read.plane import Spot
from ..read.stages import VARIANT
from .cells import Cells
from .nosums import adds_up_nowhere, are_shares_that_overlap, has_more_parts, is_made_of_its_whole, is_of_people
from .of_others import has_another_result, is_of_others
from .otherwise import (
    has_another_source,
    has_another_total,
    is_in_thousands,
    is_made_by_the_rate_beside,
    is_of_another_amount,
    is_of_another_count,
    is_of_what_remains,
    is_over_several_periods,
    makes_another_stage,
)
from .relation import BY_OTHER, FAILS, HOLDS, MONTHS, NEED, QUOTIENT, SHARES, SPLIT, SUM, Relation, needed
from .slips import is_far
from .subtotals import has_a_subtotal_inside, is_of_several_currencies, is_of_subtotals, is_one_of_its_parts


def without_misread(found: list[Relation], page: Page, cells: Cells) -> list[Relation]:
    """Return the relations without those that fail for what wasn't understood."""
    found = [each for each in found if each.state != FAILS or not (_leaves_out(each, cells) or is_of_others(each, cells))]
    read = {each.where for each in page.figures if _WITH_MORE not in each.field}
    by_rate = _by_rate(found)
    holding = [each for each in found if each.state == HOLDS]
    found = [
        each
        for each in found
        if each.state != FAILS
        or not (
            _adds_a_rate(each)
            or _adds_its_total(each, cells)
            or is_made_of_its_whole(each, cells)
            or is_of_people(each)
            or has_more_parts(each, cells)
            or are_shares_that_overlap(each, cells)
            or adds_up_nowhere(each, cells)
            or _has_anothers_rate(each, cells)
            or is_of_subtotals(each)
            or is_one_of_its_parts(each, cells)
            or is_of_several_currencies(each, cells)
            or has_a_subtotal_inside(each)
            or _is_of_another(each, by_rate)
            or has_another_source(each, holding)
            or has_another_result(each, holding)
            or is_of_what_remains(each, cells)
            or has_another_total(each, holding)
            or _is_between(each, cells)
            or _passes_over(each, read, cells)
            or is_of_another_amount(each, read, cells)
            or is_of_another_count(each, cells)
            or makes_another_stage(each, page)
            or is_made_by_the_rate_beside(each, cells)
            or is_in_thousands(each)
            or is_over_several_periods(each, cells)
            or _is_made_otherwise(each, read, cells)
            or _is_of_its_neighbour(each, cells)
            or _is_its_gap_said(each, cells)
            or _is_of_a_namesake(each, cells)
            or _is_rounded_to(each, page)
            or _has_a_margin(each, cells)
        )
    ]
    return _consistent(found, cells)


def _adds_its_total(relation: Relation, cells: Cells) -> bool:
    """Return whether some of the parts are formulas of all the others: their totals, whatever they are called."""
    parts = {each.where for each in relation.operands}
    if relation.kind not in (SUM, NEED) or len(parts) <= _PARTS:
        return False
    totals = {each for each in parts if len(own := cells.references.of(each)) > 1 and own <= parts}
    added = {where for each in totals for where in cells.references.of(each)}
    return bool(totals) and parts - totals <= added


def _has_anothers_rate(relation: Relation, cells: Cells) -> bool:
    """Return whether the one formula that takes a rate makes another figure of it: what is left to find, of so many in hand, typed."""
    if relation.kind != QUOTIENT or relation.result.formula is not None:
        return False
    own = {each.where for each in relation.cells}
    users = [cells.references.users.get(each.where, set()) for each in relation.operands if each.kind == RATE]
    return any(len(each) == 1 and not each & own for each in users)


_PARTS = 2


def _adds_a_rate(relation: Relation) -> bool:
    """Return whether a rate is among the counts of a sum: under their heading is another list."""
    rates = [each.unit is not None and each.unit.kind == RATE for each in relation.cells]
    return relation.kind in (SUM, MONTHS, NEED) and any(rates) and not all(rates)


def _is_made_otherwise(relation: Relation, read: set[Where], cells: Cells) -> bool:
    """Return whether a result's formula has nothing to do with what the labels tie it to, or takes more: the sheet itself says what makes it."""
    if relation.kind not in (QUOTIENT, SPLIT):
        return False
    result, references = relation.result.where, cells.references
    refers = references.of(result)
    others = {each.where for each in relation.operands}
    if refers > others and not any(each in read for each in refers - others):
        first, last = min(each[1] for each in refers | {result}), max(each[1] for each in refers | {result})
        return all(first <= each[1] <= last for each in refers - others)  # the rent between the goal and the months of it
    source = relation.operands[0]
    if not refers or source.formula is None:
        return False  # one typed among formulas is held against them
    if sum(each.kind == RATE for each in relation.operands) > 1 and refers & others:
        return source.where not in references.behind(result)
    return not refers & others and not any(result in references.of(each) for each in others)


_MARGIN, _FACTOR = terms.of("margin", "more"), terms.of("factor")
_MOST_MORE = Fraction(3, 2)


def _has_a_margin(relation: Relation, cells: Cells) -> bool:
    """Return whether a label says that what follows is more than is needed: 必要商談数（1割増し）, and it is so."""
    found = relation.result.value
    if relation.kind != QUOTIENT or not found or not relation.exact < found <= _MOST_MORE * relation.exact:
        return False
    (top, left), (bottom, right) = sorted((relation.operands[0].at, relation.result.at))
    between = [*((row, left) for row in range(top, bottom + 1)), *((top, col) for col in range(left, right + 1))]
    named = cells.label if left == right else cells.heading
    names = [(cells.amounts[at][0], named(cells.amounts[at][0])) for at in between if at in cells.amounts]
    # One of so many per cent is a figure of its own beside what is needed.
    return any(name is not None and _MARGIN.search(name.flat) and "%" not in name.flat for _, name in names) or any(
        name is not None and _FACTOR.search(name.flat) and relation.exact * cells.value(spot) == found for spot, name in names
    )


def _is_of_its_neighbour(relation: Relation, cells: Cells) -> bool:
    """Return whether a sum fails by just what is next to its line, and isn't taken for a part of it."""
    if relation.kind not in (SUM, MONTHS) or len(relation.cells) < 3:
        return False
    gap = (relation.result.value or Fraction(0)) - relation.exact
    places = [each.where[1:] for each in relation.cells]
    for axis in (0, 1):
        if len({at[axis] for at in places}) != 1:
            continue
        along = sorted(at[1 - axis] for at in places)
        for step in (along[0] - 1, along[0] - 2, along[-1] + 1):
            at = (places[0][0], step) if axis == 0 else (step, places[0][1])
            spot = cells.amounts.get(at)
            if spot is not None and abs(cells.value(spot[0])) == abs(gap) > 1:
                return True
    return False


def _is_of_a_namesake(relation: Relation, cells: Cells) -> bool:
    """Return whether another figure of the source's line, whose label has the source's in it, is what makes it hold: 新規受注 for 受注."""
    source = relation.operands[0]
    if relation.kind != QUOTIENT or len(relation.operands) < 2 or source.at not in cells.amounts:
        return False  # a cell with its label in it has no line
    wanted, own = needed(relation, source.where), cells.label(cells.amounts[source.at][0])
    if not wanted or own is None:
        return False
    _, row, col = source.where
    for spot in cells.page.plane.cols.get(col, []):
        if spot.row == row or (spot.row, spot.col) not in cells.amounts or cells.is_rate(spot) or cells.value(spot) != wanted:
            continue
        name = cells.label(spot)
        if name is not None and name.flat != own.flat and own.flat in name.flat:
            return True
    return False


def _is_rounded_to(relation: Relation, page: Page) -> bool:
    """Return whether the sheet says that it rounds to tens, and a count is that: 130 for 125, 必要件数（10件単位に切上げ）."""
    found = relation.result.value
    if relation.kind != QUOTIENT or relation.result.kind != COUNT or not found or abs(found - relation.exact) >= _LARGEST:
        return False
    return any(found % unit == 0 and abs(found - relation.exact) < unit for unit in page.plane.rounded_to)


_LARGEST = 1000
_DIFFERENCE = terms.of("difference")


def _is_its_gap_said(relation: Relation, cells: Cells) -> bool:
    """Return whether the sheet says by how much a goal is met or missed: 受注目標 100, 計 108, 余裕 8."""
    if relation.kind not in (SUM, NEED):
        return False
    gap = abs((relation.result.value or Fraction(0)) - relation.exact)
    row, col = relation.result.at
    places = [*((at, col) for at in range(row + 1, row + 4)), *((row, at) for at in range(col + 1, col + 4))]
    for at in places:
        spot = cells.amounts[at][0] if at in cells.amounts else None
        if spot is not None and abs(cells.value(spot)) == gap > 0:
            names = (cells.label(spot), cells.heading(spot))
            if any(name is not None and _DIFFERENCE.search(name.flat) for name in names):
                return True
    return False


def _consistent(found: list[Relation], cells: Cells) -> list[Relation]:
    """Return the relations without those of a kind many of which fail, unless one cell that they share explains them all."""
    kinds: dict[tuple[object, ...], list[Relation]] = {}
    for each in found:
        kinds.setdefault(_signature(each), []).append(each)
    dropped: set[int] = set()
    for alike in kinds.values():
        failing = [each for each in alike if each.state == FAILS]
        if len(failing) > 1 and len(failing) * 3 >= len(alike) and not _share_a_cause(failing, cells):
            dropped |= {id(each) for each in failing}
        elif len(alike) == 1 and alike[0].state == FAILS and is_far(alike[0]) and not _is_seconded(alike[0], found):
            dropped.add(id(alike[0]))
    return [each for each in found if id(each) not in dropped]


def _signature(relation: Relation) -> tuple[object, ...]:
    fields = tuple(each.field for each in relation.operands) if relation.kind in (QUOTIENT, SPLIT) else ()
    return relation.kind, relation.result.field, fields


def _share_a_cause(alike: list[Relation], cells: Cells) -> bool:
    """Return whether one other value of a cell would make all of several relations hold, or their rate was forgotten in each."""
    if all(each.kind == QUOTIENT and each.result.value == each.operands[0].value for each in alike):
        return True
    shared = set.intersection(*({cell.where for cell in each.cells} for each in alike))
    for where in shared:
        wanted = [float(needed(each, where) or 0) for each in alike]
        if min(wanted) > 0 and max(wanted) <= min(wanted) * _ALIKE and not _is_beside(where, wanted, cells):
            return True
    return False


def _is_beside(where: Where, wanted: list[float], cells: Cells) -> bool:
    """Return whether the rate that would do is in the next columns of its line: last year's was taken for this year's."""
    _, row, col = where
    for step in (-2, -1, 1, 2):
        spot = cells.amounts.get((row, col + step))
        if spot is not None and cells.is_rate(spot[0]) and min(wanted) * 0.995 <= cells.value(spot[0]) <= max(wanted) * 1.005:
            return True
    return False


_ALIKE = 1.05


def _is_seconded(relation: Relation, found: list[Relation]) -> bool:
    """Return whether another relation fails by the same cell, and would hold with the same value: 64 where 400 leads on, too."""
    for other in found:
        if other.state == BY_OTHER and relation.result.where in {each.where for each in other.operands}:
            return True
        if other is relation or other.state != FAILS:
            continue
        for cell in {each.where for each in relation.cells} & {each.where for each in other.cells}:
            one, two = needed(relation, cell), needed(other, cell)
            if one and two and abs(one - two) * 100 <= abs(two):
                return True
    return False


def _passes_over(relation: Relation, read: set[Where], cells: Cells) -> bool:
    """Return whether a count that wasn't understood is between a stage and the one that follows from it: a stage of its own."""
    if relation.kind != QUOTIENT or len(relation.operands) < 2:
        return False
    source, result = relation.operands[0], relation.result
    if source.kind != COUNT or result.kind != COUNT:
        return False
    sheet, ends = source.where[0], source.at
    along = [axis for axis in (0, 1) if ends[axis] != result.at[axis]]
    if len(along) != 1:
        return False
    axis = along[0]
    first, last = sorted((ends[axis], result.at[axis]))
    unknown, parts, own = 0, 0, {each.at for each in relation.cells}
    for step in range(first + 1, last):
        at = (step, ends[1]) if axis == 0 else (ends[0], step)
        if at not in cells.amounts or at in own or (sheet, *at) in read:
            unknown += (sheet, *at) not in read and _says_a_count(cells, at)
            continue
        spot = cells.amounts[at][0]
        # In boxes a name is over its figure.
        name = (cells.label(spot) or cells.heading(spot)) if axis == 0 else cells.heading(spot)
        if cells.is_rate(spot) or cells.money(spot) is not None or name is None or (name.kind != TEXT and not _varies(name)):
            continue
        parts += _PART.search(name.flat)
        unknown += not _PART.search(name.flat) and not _OF_EACH.search(name.flat)
    # By two rates it goes on over one. One part alone may be what goes on; two are those of the whole.
    return unknown + (parts == 1) >= len(relation.operands) - 1


def _says_a_count(cells: Cells, at: tuple[int, int]) -> bool:
    """Return whether a cell holds a label and its count in one, and wasn't read: Proposals needed: 150."""
    row, col = at
    text = next((each.text for each in cells.page.plane.rows.get(row, ()) if each.col == col), "")
    label, colon, value = text.replace("：", ":").partition(":")
    said = typed(value) if label and colon else None
    return said is not None and (said.unit is None or said.unit.kind == COUNT)


def _leaves_out(relation: Relation, cells: Cells) -> bool:
    """Return whether a sum by labels fails for a figure whose label wasn't understood: with it, it holds."""
    if relation.kind not in (SUM, MONTHS, SHARES):
        return False
    places = [each.where[1:] for each in relation.cells]
    down = len({col for _, col in places}) == 1
    if not down and len({row for row, _ in places}) != 1:
        # The parts are in one line, and what is called their total in another one that isn't below or beside them.
        parts = places[1:]
        row_wise = len({row for row, _ in parts}) == 1 and places[0][0] != parts[0][0]
        return relation.kind == SUM and row_wise and places[0][0] - parts[0][0] == 1
    first, last = min(places), max(places)
    while (before := (first[0] - down, first[1] - (not down))) in cells.amounts and not cells.is_rate(cells.amounts[before][0]):
        first = before  # 4月, whose label was another one's
    first = (first[0] - down, first[1] - (not down))
    extra = [
        cells.value(spot)
        for at, (spot, _) in cells.amounts.items()
        if first < at < last
        and at not in places
        and (at[1] == first[1] if down else at[0] == first[0])
        and (relation.kind == SHARES or not cells.is_rate(spot))
    ]
    gap = (relation.result.value or 0) - relation.exact
    if relation.kind == SHARES:
        return bool(extra) and abs(relation.exact + sum(extra) - 1) <= Fraction(1, 100)
    return bool(extra) and abs(sum(extra) - gap) <= abs(gap) / 1000


_PART, _OF_EACH = terms.of("of_which"), terms.of("each", "of_heads")
_FAR = 3


def _by_rate(found: Iterable[Relation]) -> dict[Where, list[Relation]]:
    """Return the quotients by each of the cells of which they are made."""
    by: dict[Where, list[Relation]] = {}
    for each in found:
        for where in {cell.where for cell in each.operands} if each.kind == QUOTIENT else ():
            by.setdefault(where, []).append(each)
    return by


def _is_of_another(relation: Relation, by_rate: Mapping[Where, Sequence[Relation]]) -> bool:
    """Return whether a rate that fails on every line by far is of other figures: an assumption that was changed is near."""
    if relation.kind != QUOTIENT or len(relation.operands) < 2:
        return False
    same = by_rate.get(relation.operands[-1].where, ())
    return len(same) > 2 and all(
        each.state == FAILS
        and each.result.value
        and each.exact > 0
        and not 1 <= _FAR * each.exact / each.result.value <= _FAR * _FAR
        for each in same
    )


_WITH_MORE = f"{VARIANT}+"


def _varies(name: Spot) -> bool:
    """Return whether a label is of a stage with a margin on it: what follows is of that."""
    return name.word is not None and _WITH_MORE in name.word.field


def _is_between(relation: Relation, cells: Cells) -> bool:
    """Return whether another figure between a source and its result is what the result is worked out from."""
    if relation.kind != QUOTIENT or len(relation.operands) != 2:
        return False
    result, (source, rate) = relation.result, relation.operands
    if source.kind != CURRENCY or not result.value or not rate.value:
        return False
    axis = next((each for each in (0, 1) if source.at[1 - each] == result.at[1 - each]), None)
    wanted = result.value * rate.value
    places: list[tuple[int, int]] = []
    if axis is not None:
        first, last = sorted((source.at[axis], result.at[axis]))
        places = [(at, source.at[1]) if axis == 0 else (source.at[0], at) for at in range(first + 1, last)]
    between = [cells.amounts[at][0] for at in places if at in cells.amounts]
    # Or the part of it that is meant, in a box of its own.
    own = {each.at for each in relation.cells}
    return not own.issuperset(cells.of_money.get(wanted, own)) or any(
        not cells.is_rate(spot) and abs(cells.value(spot) - wanted) <= wanted / 10**6 for spot in between
    )
