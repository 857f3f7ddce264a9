"""Of other figures than their neighbours: a rate of the leads two lines above, 残り月数 below what is left, the profit and costs that a margin makes.

What three figures in a row suggest fails then, and nothing is wrong: the list itself shows of which figures it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations

from .law import EXACT, PRODUCT, ROUNDED, SUM, Case
from .lists import WITHOUT_BRACKETS, Figure, names
from .making import rates_of
from .tables import PERCENT, Value


def is_step(case: Case) -> bool:
    return case.kind == PRODUCT and case.operands[1].kind == PERCENT


def is_rate_of_another(case: Case, figures: Sequence[Figure]) -> bool:
    """Return whether a rate makes one of its two figures with another one of the list: 18 are 12 % of 150, two lines above."""
    if not is_step(case):
        return False
    one, rate = case.operands
    own = case.places
    label = next((each.label for each in figures if each.value is rate), "")
    said = names(label.translate(WITHOUT_BRACKETS)) - names(label)
    if any(
        said & each.names
        and each.value.where not in own
        and Case(PRODUCT, case.result, (each.value, rate)).follows() <= ROUNDED
        for each in figures
        if each.kind != PERCENT and each.value.number
    ):
        return True
    if _has_two_rates(case, figures) or _is_of_two(case, figures) or _says_its_rate(case, figures):
        return True
    return any(
        Case(PRODUCT, *way).follows() == EXACT
        for each in figures
        if each.value.where not in own and each.kind != PERCENT and each.value.number
        for way in (
            (case.result, (each.value, rate)),
            (each.value, (one, rate)),
            (each.value, (case.result, rate)),
            (one, (each.value, rate)),
        )
    )


def _has_two_rates(case: Case, figures: Sequence[Figure]) -> bool:
    """Return whether the rate next to a rate is taken, too: of 24 million a quarter goes by agents, who keep 20 % of it."""
    one, rate = case.operands
    at = next((at for at, each in enumerate(figures) if each.value is rate), None)
    beside = [*figures[max(at - 1, 0) : at], *figures[at + 1 : at + 2]] if at is not None else []
    rates = [each.value for each in beside if each.kind == PERCENT]
    return any(
        case._replace(result=made, operands=(of, rate, each)).follows() == EXACT
        for each in rates
        for made, of in ((case.result, one), (one, case.result))
    )


def _is_of_two(case: Case, figures: Sequence[Figure]) -> bool:
    """Return whether a rate makes what two figures one after another are together."""
    counts = [each.value for each in figures if each.kind != PERCENT]
    places = {each.where: at for at, each in enumerate(counts)}

    def beside(value: Value) -> list[Value]:
        at = places.get(value.where)
        return [*counts[max(at - 1, 0) : at], *counts[at + 1 : at + 2]] if at is not None else []

    return makes_two(case, beside)


def makes_two(case: Case, beside: Callable[[Value], Sequence[Value]]) -> bool:
    """Return whether a step's rate makes of one figure the other and the one beside that, together: 40 million × 60 % are costs and profit."""
    one, rate = case.operands
    if not rate.exact:
        return False
    return any(
        part.exact + each.exact in (whole.exact * rate.exact, whole.exact / rate.exact)
        and part.exact + each.exact >= _THREE_DIGITS
        for part, whole in ((case.result, one), (one, case.result))
        for each in beside(part)
        # Fifteen opportunities and the three that are won are nothing together.
        if each.where not in case.places and each.kind == part.kind and not (each.counted or part.counted)
    )


_THREE_DIGITS = 100


def _says_its_rate(case: Case, figures: Sequence[Figure]) -> bool:
    """Return whether a label says by what rate its figure comes of the other: of 500 usable leads, 78 %, come 350 calls (70%)."""
    one = case.operands[0]
    labels = {each.value.where: each.label for each in figures}
    return any(
        of.exact * rate == its.exact
        for its, of in ((case.result, one), (one, case.result))
        for rate in rates_of(labels.get(its.where, ""))
    )


def is_difference_of_others(case: Case, figures: Sequence[Figure], held: Sequence[Case]) -> bool:
    """Return whether a difference that fails is that of another figure, or none: 105 and 75 are the 180 above, and no 5 months are left of them."""
    if case.kind != SUM or case.signs != (1, -1):
        return False
    own = {each.where for each in case.operands}
    return (
        any(each.kind == SUM and own < each.places for each in held)
        or _is_product(case)
        or _holds_with_another(case, [each.value for each in figures if each.kind != PERCENT])
        or _is_called_as_another(case, figures)
    )


def _is_product(case: Case) -> bool:
    """Return whether three figures are one another multiplied: a gap of 360, 18 from each new account, 20 accounts to fill it."""
    return any(
        one.exact == two.exact * other.exact != 0 and two.exact not in (1, one.exact)
        for one, two, other in permutations(case.cells)
    )


def _holds_with_another(case: Case, numbers: Sequence[Value]) -> bool:
    """Return whether a difference is that of another figure: net income is that of fees, not of the commission of one."""
    one = case.operands[0]
    wanted = case.solved(one)
    return case.result.number > one.number and any(
        other.exact == wanted and other.where not in case.places for other in numbers
    )


def _is_called_as_another(case: Case, figures: Sequence[Figure]) -> bool:
    """Return whether a difference is that of another figure that is called as it is: 受注増加数 = 目標受注 − 前年受注, not 商談数 − 前年受注."""
    called = {each.value.where: each.names for each in figures}
    one, result = (called.get(each.where, frozenset()) for each in (case.operands[0], case.result))
    wanted = case.solved(case.operands[0])
    return not one & result and any(
        each.value.exact == wanted and each.value.where not in case.places and each.names & result
        for each in figures
        if each.kind != PERCENT
    )
