"""Lists in which one of a team does so much a day: 1日の架電 120, 人数 4, 1人1日 30; calls per rep per day × reps × days = calls.

All three say so by their labels, and nothing else of the list is called as they are: so one line proves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...values.regex import regex
from ..read import terms
from .judge import Law
from .law import EXACT, OFF, PRODUCT, Case
from .lists import Figure, names
from .tables import COUNT, PERCENT

ONE_OF_TEAM = regex(
    r"(?:[1一](?:人|名)|担当者?[1一]?(?:人|名)?)(?:あたり|当たり|につき|の)?[・/]?(?=[1一]?[日週月])"
    r"|(?:\bper|\bfor each|\beach|\ba|/) ?(?:rep|person|head|seller|caller|consultant|agent|[as]dr|bdr|ae|member)s?\b(?: ?(?:and|,|/))?"
)
_HEADS, _DAYS = terms.of("people"), terms.of("workdays")
_PERIODS = tuple(
    regex(each)
    for each in (
        r"[1一]?日(?!数|程|本|付|時|次第)|日次|\bday\b|\bdaily\b",
        r"[1一]?週|\bweek(?:ly)?\b",
        r"[1一]?[かヶ]?月間?|\bmonth(?:ly)?\b",
    )
)
_NEAR = 4


def one_of_team(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield what one of a team does, times how many they are, and on how many days, as what all of them do."""
    for figures in every:
        for at, one in enumerate(figures):
            if one.kind != PERCENT and ONE_OF_TEAM.search(one.label) and one.value.number:
                yield from _of_one(figures, at)


def not_shared_out(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield what one of a team does in a month, where that is the twelfth of all of it: 396 a year of five are 6.6 each, and not 33."""
    for figures in every:
        heads = [each for each in figures if each.kind == COUNT and _HEADS.search(each.label) and _period(each.label) is None]
        for one in figures:
            if len(heads) != 1 or one.kind == PERCENT or one is heads[0] or not ONE_OF_TEAM.search(one.label):
                continue
            called = names(_bare(one.label))
            wholes = [
                each
                for each in figures
                if each is not one
                and each.kind == one.kind
                and called
                and called == names(_bare(each.label))
                and each.value.number
            ]
            if _period(ONE_OF_TEAM.sub("", one.label)) != _OF_MONTH or len(wholes) != 1 or heads[0].value.exact <= 1:
                continue
            whole, count = wholes[0].value, heads[0].value
            if one.value.exact * _MONTHS == whole.exact and _period(wholes[0].label) is None and not one.value.uses:
                case = Case(PRODUCT, whole, (one.value, count), Fraction(_MONTHS))
                yield Law(PRODUCT, (), (case._replace(only=one.value.where),))


_OF_MONTH, _MONTHS = 2, 12


def _of_one(figures: Sequence[Figure], at: int) -> Iterator[Law]:
    one = figures[at]
    period = _period(ONE_OF_TEAM.sub("", one.label))
    near = [
        each for each in figures[max(0, at - _NEAR) : at + _NEAR + 1] if each is not one and not ONE_OF_TEAM.search(each.label)
    ]
    heads = [each for each in near if each.kind == COUNT and _HEADS.search(each.label) and _period(each.label) is None]
    called = names(_bare(one.label))
    wholes = [
        each
        for each in near
        if each.kind == one.kind
        and each not in heads
        and not _DAYS.search(each.label)
        and each.value.number
        and called <= names(_bare(each.label))
    ]
    if period is None or len(heads) != 1:
        return
    same = [each for each in wholes if _period(each.label) == period]
    cases = [Case(PRODUCT, each.value, (one.value, heads[0].value)) for each in same]
    days = [each for each in near if each.kind == COUNT and _DAYS.search(each.label)]
    if called and len(days) == 1 and not same:
        longer = [each for each in wholes if _period(each.label) != period]
        cases += [Case(PRODUCT, each.value, (one.value, heads[0].value, days[0].value)) for each in longer]
    # The last of them was worked out of those above it.
    cases = [each._replace(only=max(each.cells, key=lambda cell: cell.at).where) for each in cases]
    held = [each for each in cases if each.follows() != OFF]
    if held or (len(cases) == 1 and not _is_meant_otherwise(figures, cases[0])):
        yield Law(PRODUCT, tuple(held[:1]), () if held else tuple(cases))


def _is_meant_otherwise(figures: Sequence[Figure], case: Case) -> bool:
    """Return whether next to what a team can do is what it should, or others are meant by heads: of 90 temps each brings 6, five sell."""
    rows = [each.at[0] for each in case.cells]
    is_first = rows[0] == min(rows) and rows[1] != max(rows)
    own = case.cells
    others = [each.value for each in figures if each.value not in own and each.value.number]
    by_another = any(Case(PRODUCT, case.result, (case.operands[0], each)).follows() == EXACT for each in others)
    return is_first or by_another or any(each.exact == case.exact for each in others)


def _period(label: str) -> int | None:
    """Return the shortest period that a label says."""
    return next((at for at, each in enumerate(_PERIODS) if each.search(label)), None)


def _bare(label: str) -> str:
    """Return a label without whose it is, and of which period."""
    label = ONE_OF_TEAM.sub(" ", label)
    for each in _PERIODS:
        label = each.sub(" ", label)
    return label
