"""Sums in a list by their names: what there is at the end from what there was; a total of the amounts that are called as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from ...values.regex import regex
from ..read import terms
from .law import EXACT, ROUNDED, SUM, Case
from .lists import AMOUNT, Figure
from .tables import PERCENT, Value

_OPENING, _CLOSING, _GONE = terms.of("opening"), terms.of("closing"), terms.of("gone", "discount")
_PRICE, _WHOLE, _SKIPPED = terms.of("price", "mean", "each"), terms.of("total"), terms.of("of_which", "last_year", "difference")
_OVERLAP = terms.of("overlap", "unique")
_SUMMED = regex(r"計$|合計|小計|全社|総計|全体|^(?:sub-?)?total|total$")
_PARTS, _LEVELS = 2, 3
_MOST = 12


def bridges(figures: Sequence[Figure]) -> Iterator[Case]:
    """Yield the sums that names say."""
    yield from _nested(figures)
    own = [each for each in figures if each.kind != PERCENT and not _PRICE.search(each.label)]
    for at, figure in enumerate(own):
        if _OPENING.search(figure.label):
            yield from _balance(own[at : at + _MOST])
        elif _WHOLE.search(figure.label):
            yield from _total(own[:at], figure)


def _nested(figures: Sequence[Figure]) -> Iterator[Case]:
    """Yield totals of totals: sections of a department, departments of a division, divisions of the company."""
    totals = [each for each in figures if _SUMMED.search(each.label)]
    if len(totals) < _LEVELS or len({each.kind for each in figures}) != 1 or any(each.value.uses for each in figures):
        return
    found: list[Case] = []
    left: list[tuple[Figure, bool]] = []
    for each in figures:
        if each not in totals:
            left.append((each, False))
            continue
        ways = [left[-many:] for many in range(_PARTS, len(left) + 1)]
        alone = left[len(left) - _run(left) :] if left and not left[-1][1] else left
        own = next((way for way in ways if _sum(each, [part for part, _ in way]).follows() <= ROUNDED), alone)
        if len(own) >= _PARTS:
            found.append(_sum(each, [part for part, _ in own]))
        left = [*left[: len(left) - len(own)], (each, True)]
    if any(each.follows() <= ROUNDED for each in found):
        yield from found


def summed(every: Sequence[Sequence[Figure]]) -> Iterator[Case]:
    """Yield the totals of all that is above them in their lists, where several are so, and the one that isn't: Sum existing, Sum new."""
    found = []
    for figures in every:
        parts: list[Figure] = []
        for each in figures:
            if not _SUM_OF.search(each.label):
                parts += [each] if each.kind != PERCENT else []
                continue
            if len(parts) >= _PARTS and not each.value.uses and not _OVERLAP.search(each.label):
                found.append(_sum(each, parts))
            parts = []
    failing = [each for each in found if each.follows() > ROUNDED]
    if len(found) > len(failing) == 1:
        yield from failing


_SUM_OF = regex(r"計$|合計|小計|^(?:sub-?)?total|total$|^sum\b")


def _run(left: Sequence[tuple[Figure, bool]]) -> int:
    """Return how many figures there are since the last total."""
    return next((at for at, (_, whole) in enumerate(reversed(left)) if whole), len(left))


def _sum(whole: Figure, parts: Sequence[Figure]) -> Case:
    return Case(SUM, whole.value, tuple(each.value for each in parts), signs=(1,) * len(parts))


def _balance(figures: Sequence[Figure]) -> Iterator[Case]:
    """Yield what there is at the end: what there was, what came, less what went."""
    first = figures[0]
    end = next((at for at, each in enumerate(figures) if at and each.kind == first.kind and _CLOSING.search(each.label)), 0)
    sure = [each for each in figures[1:end] if each.kind == first.kind]
    # Expansion without a unit may be an amount, new customers may be how many.
    unsure = [each for each in figures[1:end] if each.kind != first.kind]
    made = []
    for some in _choices(unsure[:_UNSURE]):
        parts = [each for each in figures[:end] if each is first or each in sure or each in some]
        signs = tuple(-1 if _GONE.search(each.label) and each.value.number > 0 else 1 for each in parts)
        made.append(Case(SUM, figures[end].value, tuple(each.value for each in parts), signs=signs))
    held = next((each for each in made if each.follows() <= ROUNDED and len(each.operands) > 1), None)
    if held is not None:
        yield held
    elif sure and not unsure and not any(_is_without(made[0], each.value) for each in sure):
        yield made[0]


def _is_without(case: Case, part: Value) -> bool:
    """Return whether a sum leaves out one of its parts, which two others make: net new, beside gross new and churn."""
    rest = [(sign, each) for sign, each in zip(case.signs, case.operands, strict=True) if each is not part]
    others = case._replace(operands=tuple(each for _, each in rest), signs=tuple(sign for sign, _ in rest))
    amounts = [sign * each.exact for sign, each in rest]
    return others.follows() == EXACT and any(one + other == part.exact for one, other in combinations(amounts, 2))


_UNSURE = 4


def _choices(some: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
    return chain.from_iterable(combinations(some, many) for many in range(len(some) + 1))


def _total(before: Sequence[Figure], whole: Figure) -> Iterator[Case]:
    """Yield a total of the amounts before it that end in the same word: 売上合計 of 初回売上 and リピート売上."""
    said = _amounts(whole.label)
    parts: list[Figure] = []
    for each in reversed(before[-_MOST:]):
        if _WHOLE.search(each.label) and _amounts(each.label) & said:
            break  # of the total before
        if each.kind == whole.kind and _amounts(each.label) & said and not _SKIPPED.search(each.label):
            parts.insert(0, each)
    # As much as all of them is none of them: the capacity that is wanted, above that of two teams.
    fewer = [each for each in parts if each.value.exact != whole.value.exact]
    if _PARTS <= len(fewer) < len(parts) and _sum(whole, fewer).follows() == EXACT:
        parts = fewer
    if len(parts) >= _PARTS and said:
        yield _sum(whole, parts)


def _amounts(label: str) -> set[str]:
    """Return the words for amounts of money that a label has."""
    return {match[0] for match in AMOUNT.finditer(label)}
