"""Attribution of failed relations to cells: one cause, one cell.

If a result is confirmed by what follows it, and one of the cells it comes from is not, that cell
is named; else the result. After a wrong cell, what follows is right if it follows either from the cell's
content or from the right value.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where
from ...values.regex import regex
from ...values.units import CURRENCY, RATE
from ..read.figures import Figure
from ..read.stages import SHARED
from .references import References
from .relation import BY_OTHER, FAILS, HOLDS, MONTHS, NEED, QUOTIENT, REVENUE, SHARES, SUM, Relation, needed, swapped
from .relations import BACKWARD, Relations
from .rounding import fits

_ONE = Fraction(1)


class Blamed(NamedTuple):
    """A wrong cell, the relation that shows it best, and the others that it explains."""

    figure: Figure
    relation: Relation
    others: list[Relation]


def blamed(relations: Relations, suspect: set[Where], references: References) -> list[Blamed]:
    """Return one cell for each relation that fails; relations with a cell in ``suspect`` are explained already."""
    failing = [each for each in relations.found if each.state == FAILS]
    failing = [each for each in failing if not suspect & {cell.where for cell in each.cells}]
    failing = [each for each in failing if not _follows(each, failing)]
    onward = bool(failing) and _goes_onward(relations, references)
    found: dict[Where, Blamed] = {}
    for relation in failing:
        culprit = _culprit(relation, relations, references, onward)
        if culprit.where in found:
            found[culprit.where].others.append(relation)
        else:
            best = next((each for each in failing if each.kind == QUOTIENT and each.result.where == culprit.where), relation)
            found[culprit.where] = Blamed(culprit, best, [relation] if relation is not best else [])
    return list(found.values())


def _follows(relation: Relation, failing: list[Relation]) -> bool:
    """Return whether a typed sum of formulas is off because the sum of their sources is, or their shares: that one is reported."""
    if relation.kind in (NEED, SUM) and relation.result.field == SHARED and any(each.kind == SHARES for each in failing):
        return True
    if relation.kind not in (SUM, MONTHS) or any(each.formula is None for each in relation.operands):
        return False
    return any(
        other is not relation
        and other.kind == relation.kind
        and other.operands[0].table == relation.operands[0].table
        and any(each.formula is None for each in other.operands)
        for other in failing
    )


def _culprit(relation: Relation, relations: Relations, references: References, onward: bool) -> Figure:
    """Return the cell whose correction would resolve most: in no relation that confirms it, in most that fail.

    ``onward``: the sheet's formulas lead from the visits to the deals.
    """
    if relation.result.formula is not None and relation.kind not in (SHARES, NEED):
        return _made_of_it(relation, relations, references) or relation.result
    if relation.kind == QUOTIENT and relation.operands[0].formula is None and onward:
        return relation.operands[0]  # from the visits on, what was typed over comes from its neighbour above
    if relation.kind == QUOTIENT and relation.result.where in references.of(relation.operands[0].where):
        return relation.operands[0]  # its formula takes the price that is typed, and another count than its own
    if relation.kind == QUOTIENT and any(
        other.kind == QUOTIENT
        and other.state == BY_OTHER
        and other.operands[0].where == relation.result.where
        and other.result.formula is None
        for other in relations.found
    ):
        return relation.result  # what follows it was worked out from what it should be
    noted = [each for each in relation.cells if each.formula is None and _is_noted(each, relation, relations)]
    if len(noted) == 1:
        return noted[0]
    candidates = list(relation.cells)
    if relation.kind in (SUM, NEED, MONTHS, REVENUE):
        # The whole, unless one of its parts is shown wrong elsewhere.
        candidates = [relation.result, *(each for each in relation.operands if _fails(each, relations, but=relation))]
        exchanged = [each for each in relation.operands if each.formula is None and swapped(each, relation)]
        sound = {cell.where for other in relations.found if other.state == HOLDS for cell in other.cells}
        if (
            len(candidates) == len(exchanged) == 1
            and not {exchanged[0].where} & sound
            and not swapped(relation.result, relation)
        ):
            return exchanged[0]  # 46 for 64
    scored = []
    for order, each in enumerate(candidates):
        if each.formula is not None and (each is not relation.result or relation.kind == NEED) and len(candidates) > 1:
            continue
        holding = sum(each.where in {cell.where for cell in other.cells} and _bears_out(other) for other in relations.found)
        wrong = sum(each.where in {cell.where for cell in other.cells} for other in relations.found if other.state != HOLDS)
        scored.append((holding > 0, -wrong, order, each))
    scored = [
        entry
        for entry in scored
        if entry[3] is relation.result or relation.kind != QUOTIENT or _plausible(entry[3], relation, relations.reading)
    ]
    best = min(scored, key=lambda entry: entry[:3], default=None)
    found = relation.result if best is None or best[0] else best[3]
    return relation.operands[0] if found is relation.result and _leads_on(relation, relations) else found


def _leads_on(relation: Relation, relations: Relations) -> bool:
    """Return whether a typed list leads on to a count that follows exactly: 150, below them 22 %, then 33; none makes 38 ÷ 22 % whole.

    Only where no other relation bears the count out.
    """
    result, source = relation.result, relation.operands[0]
    if relation.kind != QUOTIENT or len(relation.operands) != _PAIR or relation.operands[1].kind != RATE:
        return False
    is_below = result.at[1] == source.at[1] and result.at[0] < relation.operands[1].at[0] < source.at[0]
    if not is_below or any(
        _bears_out(each) and source.where in {cell.where for cell in each.cells} for each in relations.found
    ):
        return False
    made = (result.value or _ONE) * (relation.operands[1].value or _ONE)
    return made.denominator == 1 and relation.exact.denominator != 1


_PAIR = 2


def _is_noted(figure: Figure, relation: Relation, relations: Relations) -> bool:
    """Return whether a remark beside a figure has the number that it should be: 3,000,000, and beside it Standard plan 2,500,000."""
    meant = needed(relation, figure.where)
    if not meant or meant.denominator != 1 or meant < _TOLD:
        return False
    _, row, col = figure.where
    texts = (spot.flat for spot in relations.page.plane.rows.get(row, ()) if spot.text and spot.col > col)
    said = (Fraction(each.replace(",", "")) for text in texts if not _OLD.search(text) for each in _NUMBER.findall(text))
    unit = figure.unit.factor if figure.unit is not None else 1
    return any(meant in (each, each * unit) for each in said)


_TOLD = 100
_NUMBER = regex(r"(?<![\d.,])\d[\d,]*\d(?![\d.,%])")
_OLD = regex(r"旧|前回|前年|昨年|従来|以前|改定前|\b(?:old|was|former|formerly|before|last year|previous(?:ly)?)\b")


def _made_of_it(relation: Relation, relations: Relations, references: References) -> Figure | None:
    """Return the source of a quotient on a sheet that goes the other way: 商談数 typed, or =リード数*アポ率+5, where リード数 is =訪問数*CV率."""
    result, source = relation.result, relation.operands[0]
    if relation.kind != QUOTIENT or references.of(result.where) & {each.where for each in relation.operands}:
        return None
    if source.formula is not None:
        return source if result.where in references.of(source.where) else None
    made_of = references.of(result.where)
    is_off_itself = any(
        each.state == FAILS
        and each.kind == QUOTIENT
        and each.operands[0].where == result.where
        and each.result.where in made_of
        for each in relations.found
    )
    return None if is_off_itself else source


def _goes_onward(relations: Relations, references: References) -> bool:
    """Return whether the sheet's formulas lead from the visits to the deals: the sources come from the results of their quotients."""
    quotients = [each for each in relations.found if each.kind == QUOTIENT]
    onward = any(each.result.where in references.of(each.operands[0].where) for each in quotients)
    return onward and not any(each.operands[0].where in references.of(each.result.where) for each in quotients)


def _plausible(figure: Figure, relation: Relation, reading: str) -> bool:
    """Return whether the quotient would hold with a rate or an amount such as people type: 30 %, not 26.3 %."""
    result, (source, *rates) = relation.result.value, relation.operands
    if not result or any(not each.value for each in relation.operands):
        return False
    forward = result * math.prod((each.value or _ONE for each in rates if each is not figure), start=_ONE)
    if figure is source:
        return (
            figure.kind == CURRENCY
            or reading != BACKWARD
            or any(
                fits(result, whole / math.prod((each.value or _ONE for each in rates), start=_ONE))
                for whole in (Fraction(math.floor(forward)), Fraction(math.ceil(forward)))
            )
        )
    implied = (source.value or _ONE) / forward
    if figure.kind != RATE:
        # A price has one or two figures and zeros: 400万円, 25万円.
        return implied.denominator == 1 and len(str(implied.numerator).rstrip("0")) <= 2
    step = (
        Fraction(1, 20)
        if implied >= Fraction(1, 10)
        else Fraction(1, 100)
        if implied >= Fraction(1, 100)
        else Fraction(1, 1000)
    )
    nice = round(implied / step) * step
    return 0 < nice < 1 and fits(result, (source.value or _ONE) / (forward / result * nice))


def _bears_out(other: Relation) -> bool:
    """Return whether a relation confirms its cells: one that holds between typed figures; a formula only follows."""
    return other.state == HOLDS and other.result.formula is None


def _fails(figure: Figure, relations: Relations, but: Relation) -> bool:
    return any(
        other is not but and other.state == FAILS and figure.where in {cell.where for cell in other.cells}
        for other in relations.found
    )
