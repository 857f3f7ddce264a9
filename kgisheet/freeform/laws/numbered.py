"""Numbers beside or in a label by which a figure follows from another one: contracts per week (48 weeks); per engineer, 10 engineers.

The number is of what the figure is one of, or of the usual many of its period. The figure that it is of is called the same
without that; where nothing is left of the label, it is the one above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...values.regex import regex
from ..read import terms
from .judge import Law
from .law import EXACT, MULTIPLE, OFF, ROUNDED, Case
from .lists import names
from .tables import PERCENT, Tables, Value

_PER = regex(
    r"(?:\b(?:per|each|a)\s+|/\s?)(?P<english>[a-z]+(?: (?!per\b|each\b|a\b)[a-z]+)*)|(?P<one>1)?(?P<japanese>[週日月人名社台店])(?:間)?(?:あたり|当たり|につき)|^(?P<alone>週|日|月)(?:間|次)?(?=[(（]|$)"
)
_NUMBER = regex(
    r"(?<![\d.,%])(?P<many>\d{1,4})\s*(?:(?:working|business|selling|sales|営業|稼働)\s*)?(?P<unit>[a-z]+|[週日人名社台店]|[かヶカヵケ箇]月)(?:間)?(?![a-z])"
)
_BARE = regex(r"[(（]\s*[÷/]?\s*(?P<many>\d{1,3})\s*[)）]\s*$")
_BRACKETS = regex(r"[(（].*?[)）]")
_USUAL = {
    "week": range(40, 54),
    "day": (*range(18, 24), *range(200, 262)),
    "month": (10, 11, 12),
    "週": range(40, 54),
    "日": (*range(18, 24), *range(200, 262)),
    "月": (10, 11, 12),
}
"""How many there are of a period in a year, or a month, where a number has no word with it."""

_APIECE = terms.of("price", "mean", "each")
_STEM, _FAR, _NOTE = 5, 12, 24
_SLIPS = (10, 100, 1000)


class _Said(NamedTuple):
    """The sayings of a label: the names of the whole, empty where the line above is meant, and by what number it is divided."""

    names: frozenset[str]
    by: int


def numbered(tables: Tables) -> Iterator[Law]:
    """Yield the figures that are others by a number that is said with them; what fails, only if it is off by a slip."""
    rows: dict[int, list[Value]] = {}
    for (row, _), value in sorted(tables.values.items()):
        if value.kind != PERCENT:
            rows.setdefault(row, []).append(value)
    for own in rows.values():
        said = _said(tables, own)
        if said is None:
            continue
        cases = [case for value in own if (case := _case(tables, value, said)) is not None]
        held = tuple(each for each in cases if each.follows() <= ROUNDED)
        failed = tuple(each for each in cases if each.follows() == OFF)
        sure = len(held) > len(failed) or any(each.follows() == EXACT for each in held)
        if held and len(failed) <= 1 and sure:
            yield Law(MULTIPLE, held, failed)
        elif len(cases) == len(failed) == 1 and _is_slip(failed[0]):
            yield Law(MULTIPLE, (), failed)


def _said(tables: Tables, own: Sequence[Value]) -> _Said | None:
    """Return what the label of a line, and what is after its figures, says; None where no number is of what a figure is one of."""
    label = tables.cells.label(own[0].spot)
    if label is None:
        return None
    flat = label.flat
    pers = list(_PER.finditer(_BRACKETS.sub("", flat)))
    if len(pers) != 1:
        return None  # of several periods and people the number is of one
    notes = [spot.flat for spot in tables.cells.rows[own[0].at[0]].texts if spot.col > own[-1].at[1]]
    per = pers[0]
    words = (per["english"] or "").split()
    stems = {_stem(each) for each in words} or {per["japanese"] or per["alone"]}
    rest = _BRACKETS.sub("", flat)
    rest = f"{rest[: per.start()]} {rest[per.end() :]}"
    texts = [*_BRACKETS.findall(flat), *(each for each in notes if len(each) <= _NOTE)]
    many = [int(each["many"]) for text in texts for each in _NUMBER.finditer(text) if _unit(each["unit"]) in stems]
    bare = _BARE.search(flat)
    if not many and bare is not None:
        usual = next((_USUAL[each] for each in stems if each in _USUAL), ())
        many = [int(bare["many"])] if int(bare["many"]) in usual else []
    if len(set(many)) != 1 or many[0] <= 1:
        return None
    own_names = names(rest)
    return _Said(own_names, many[0]) if own_names or not rest.strip(" -・:：") else None


def _stem(word: str) -> str:
    return word.removesuffix("s")[:_STEM]


def _unit(word: str) -> str:
    """Return the word that a figure is one of for that in which a number counts."""
    return _stem(word) if word.isascii() else "月" if word.endswith("月") else word


def _case(tables: Tables, value: Value, said: _Said) -> Case | None:
    """Return a figure as the whole of its column by a number; None where it isn't clear which that is."""
    row, col = value.at
    if not value.number:
        return None
    if said.names:
        found = []
        for line in range(row - _FAR, row + _FAR):
            other = tables.values.get((line, col))
            name = tables.name(other, across=False) if other is not None and line != row else ""
            bare = _BRACKETS.sub("", name)
            if other is None or not bare or other.kind != value.kind or _PER.search(bare) or _APIECE.search(bare):
                continue
            if said.names <= names(bare):
                found.append((names(bare) == said.names, other))
        exact = [other for is_exact, other in found if is_exact] or [other for _, other in found]
        whole = exact[0] if len(exact) == 1 else None
    else:
        whole = tables.values.get((row - 1, col))
    if whole is None or whole.kind != value.kind or not whole.number:
        return None
    return Case(MULTIPLE, value, (whole,), Fraction(1, said.by))


def _is_slip(case: Case) -> bool:
    """Return whether a figure is off by so much as slips make it: two digits exchanged, a nought."""
    low, high = case.needed(case.result)
    meant = {round(low), round(high), round(float(case.exact))}
    now = case.result.exact
    if any(low <= each <= high and sorted(str(each)) == sorted(str(now)) for each in meant):
        return True
    times = case.exact / now
    return times > 0 and any(abs(max(times, 1 / times) / each - 1) < Fraction(1, 50) for each in _SLIPS)
