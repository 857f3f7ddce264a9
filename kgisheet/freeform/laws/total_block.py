"""A list headed as the total of those above it: ■新規 with 4,500 at its end, ■深耕 with 2,520, and ■合計 with 7,020.

Its amount is what the last amounts of all of them make: one that isn't, by a slip of the hand, is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product

from ...values.regex import regex
from ..read import terms
from ..rules.slips import is_misspelled
from .judge import Law
from .law import EXACT, SUM, Case
from .lists import Figure
from .tables import MONEY, PERCENT, Tables

_TOTAL = regex(r"^\W*(?:合計|合算|総計|全体|全社|総合|.{0,5}[^計]計|total|overall|combined|all together|sum)\W*$")
_PRICE = terms.of("price", "mean", "each")
_FEWEST, _MOST, _WAYS = 2, 4, 400


def total_block(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield what a list of totals has of the lists above it, and the amount that is their last ones but for a slip."""
    columns: dict[int, list[Sequence[Figure]]] = {}
    for figures in every:
        if any(each.kind != PERCENT for each in figures):
            columns.setdefault(figures[0].value.at[1], []).append(figures)
    for lists in columns.values():
        lists.sort(key=lambda figures: figures[0].value.at)
        for at, total in enumerate(lists):
            if _FEWEST <= at <= _MOST and _is_total(tables, lists[at - 1], total):
                yield from _of_block(lists[:at], total)


def _is_total(tables: Tables, before: Sequence[Figure], total: Sequence[Figure]) -> bool:
    """Return whether a text between two lists calls the second one the total."""
    first, last = before[-1].value.at[0] + 1, total[0].value.at[0]
    return any(first <= row < last and _TOTAL.match(spot.flat) for (row, _), spot in tables.texts.items())


def is_in_total(tables: Tables, at: tuple[int, int]) -> bool:
    """Return whether a figure is below a heading that calls its list the total, with nothing but figures of the list between."""
    for row in range(at[0] - 1, max(0, at[0] - _HIGH), -1):
        texts = [spot for (line, _), spot in tables.texts.items() if line == row]
        if not texts:
            return False
        if not any((row, col) in tables.values for col in range(1, at[1] + 1)):
            return any(_TOTAL.match(spot.flat) for spot in texts)
    return False


_HIGH = 12


def _of_block(lists: Sequence[Sequence[Figure]], total: Sequence[Figure]) -> Iterator[Law]:
    yield from _of_names(lists, total)
    held = [case for each in total if each.kind != PERCENT and (case := _made(lists, each)) is not None]
    amounts = [each for each in total if each.kind == MONEY and not _PRICE.search(each.label) and not each.value.uses]
    known = {case.result.where for case in held}
    last = [_amount(each) for each in lists]
    if len(amounts) != 1 or amounts[0].value.where in known or any(each is None for each in last):
        return
    parts = tuple(each.value for each in last if each is not None)
    case = Case(SUM, amounts[0].value, parts, signs=(1,) * len(parts), only=amounts[0].value.where, strict=True)
    if is_misspelled(case.result.exact, case.exact):
        yield Law(SUM, tuple(held), (case,))


def _of_names(lists: Sequence[Sequence[Figure]], total: Sequence[Figure]) -> Iterator[Law]:
    """Yield what the lists have under the names of the totals: 提案 of each, and 提案 of all; inbound meetings, outbound meetings, and meetings."""
    cases, sure = [], []
    for whole in total:
        named = [[each for each in one if _is_part(each, whole)] for one in lists]
        if whole.kind == PERCENT or _PRICE.search(whole.label) or any(len(each) != 1 for each in named) or whole.value.uses:
            continue
        case = Case(SUM, whole.value, tuple(each[0].value for each in named), signs=(1,) * len(named))
        cases.append(case)
        if all(each[0].label != whole.label for each in named):
            sure.append(case)  # each says of which it is, and the total that it is of all
    held = tuple(each for each in cases if each.follows() == EXACT)
    failed = tuple(each for each in cases if each not in held)
    if (held or failed in [(each,) for each in sure]) and len(failed) <= 1:
        yield Law(SUM, held, failed)


def _is_part(part: Figure, whole: Figure) -> bool:
    """Return whether a figure is called as a total is, or so with a word before it: inbound meetings, 新規受注."""
    if part.kind != whole.kind or not part.label.endswith(whole.label):
        return False
    before = part.label.removesuffix(whole.label)
    return not before or (len(before) <= _WORD and (before.endswith((" ", "の", "-")) or not before[-1].isascii()))


_WORD = 14


def _made(lists: Sequence[Sequence[Figure]], figure: Figure) -> Case | None:
    """Return a figure as the sum of one of each list, of its kind."""
    choices = [[each.value for each in one if each.kind == figure.kind] for one in lists]
    if math.prod(map(len, choices)) > _WAYS:
        return None
    cases = (Case(SUM, figure.value, parts, signs=(1,) * len(parts)) for parts in product(*choices))
    return next((each for each in cases if each.follows() == EXACT), None)


def _amount(figures: Sequence[Figure]) -> Figure | None:
    """Return the last amount of a list, prices aside."""
    return next((each for each in reversed(figures) if each.kind == MONEY and not _PRICE.search(each.label)), None)
