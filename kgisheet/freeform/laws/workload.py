"""Heads for a year's work by what one of them does in a month: 必要商談数（年）480, 1人あたり商談数（月）8, 必要人数 5.

The figure of one says of what and in which period it is, the whole is called as it is and is a longer period's; the heads are next to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...values.regex import regex
from ..read import terms
from .judge import Law
from .law import OFF, PRODUCT, Case
from .lists import Figure, names
from .making import Made
from .tables import COUNT, PERCENT

_OF_ONE = regex(
    r"[1一](?:人|名)(?:あたり|当たり|につき)の?|\b(?:per|each|a|/) ?(?:rep|person|head|seller|agent|[as]dr|bdr|ae|csm|fte)\b"
)
_HEADS = terms.of("people")
_PERIODS: tuple[tuple[re.Pattern[str], int], ...] = (
    (regex(r"[(（/・][1一]?年間?[)）]?|^年間|年間(?!の)|\b(?:annual|yearly|year)\b"), 12),
    (regex(r"四半期|[(（/]Q[)）]?|\bquarter(?:ly)?\b"), 3),
    (regex(r"[(（/・][1一]?[かヶ]?月間?[)）]?|^月間|月間|月次|\bmonth(?:ly)?\b"), 1),
)
_BRACKETS = regex(r"[(（][^()（）]*[)）]")


def workload(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the heads next to what one of them does, times that, as what all of them do in a longer period."""
    for figures in every:
        for each in of_heads(figures):
            # The last of them was worked out of those above it.
            case = each.case._replace(only=figures[each.at[-1]].value.where)
            yield Law(PRODUCT, () if case.follows() == OFF else (case,), (case,) if case.follows() == OFF else ())


def of_heads(figures: Sequence[Figure]) -> Iterator[Made]:
    """Yield the same as ways of a list."""
    for at, one in enumerate(figures):
        months = _months(one.label)
        if one.kind != COUNT or months is None or not one.value.number or not _OF_ONE.search(one.label):
            continue
        beside = [place for place in (at + 1, at - 1) if 0 <= place < len(figures)]
        heads = [place for place in beside if _is_heads(figures[place])]
        wholes = [place for place, each in enumerate(figures) if _is_whole(each, one, months)]
        if heads and len(wholes) == 1 and figures[wholes[0]].value.number:
            whole = figures[wholes[0]]
            by = Fraction(_months(whole.label) or months, months)
            case = Case(PRODUCT, whole.value, (one.value, figures[heads[0]].value), by)
            yield Made(case, tuple(sorted((at, heads[0], wholes[0]))), named=True)


def _is_heads(figure: Figure) -> bool:
    return figure.kind == COUNT and _HEADS.search(figure.label) and _months(figure.label) is None


def _is_whole(whole: Figure, one: Figure, months: int) -> bool:
    """Return whether a figure is called as the one of a head is, but for that and its period, which is longer."""
    own = names(_BRACKETS.sub(" ", _OF_ONE.sub(" ", one.label)))
    longer = _months(whole.label)
    return (
        whole.kind != PERCENT
        and not _OF_ONE.search(whole.label)
        and not _HEADS.search(whole.label)
        and longer is not None
        and longer > months
        and bool(own)
        and own <= names(whole.label)
    )


def _months(label: str) -> int | None:
    """Return of how many months a label says that its figure is."""
    return next((many for words, many in _PERIODS if words.search(label)), None)
