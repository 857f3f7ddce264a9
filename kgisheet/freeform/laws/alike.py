"""Two lists of the same labels, of which one is the other by one number: a month and the year, one of the team and all of them.

A heading says what each is of: Result per month, Year; Team of 7. All that they have in common is by that number but for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...values.regex import regex
from ..read import terms
from .judge import Law
from .law import EXACT, MULTIPLE, OFF, ROUNDED, Case
from .lists import Figure
from .tables import PERCENT, Tables

_PERIODS = (
    (regex(r"年間|年次|通年|通期|^年$|\d年(?:間|目標)|\b(?:year|yearly|annual|annually|12 months)\b"), 12),
    (regex(r"四半期|\bquarter(?:ly)?\b"), 3),
    (regex(r"月間|月次|毎月|[1一]?[かヶ]?月あたり|^月$|\bmonth(?:ly)?\b"), 1),
)
"""What a list is of, by how many months."""

_WEEKS = (regex(r"週間|週次|毎週|^週$|週あたり|\bweek(?:ly)?\b"), regex(r"日次|毎日|^日$|1日|\b(?:day|daily)\b"))
_HEADS = regex(
    r"(?:\bteam of|\bfor|\bx|×)\s*(\d{1,3})\b|(?<![\d.,])(\d{1,3})\s*(?:名|人|reps|people|sellers|agents|[as]drs|salespeople)(?![目分あ当に前月])"
)
_ONE = regex(r"[1一]人|1名|\b(?:per|each|one|a) (?:rep|person|head|seller|agent|salesperson|[as]dr|bdr|ae)\b")
_DROPPED = regex(
    r"[(（].*?[)）]|\b(?:per|a|each|by|in|the) (?:year|quarter|month|week|day)\b|年間|月間|週間|年次|月次|\b(?:annual|monthly|yearly|weekly|quarterly)\b|[£$€¥\s・:：/-]|added by \w+|必要"
)
_STOCK = terms.of("balance", "closing", "opening", "so_far", "left", "heads", "unique", "rank", "price", "mean")
_THERE = regex(r"在籍|会員|稼働|保有|継続|既存|\b(?:existing|active|current|in use)\b")
"""There is as much of it in a month as in the year, or it grows."""

_GAP, _LONG, _LEAST = 3, 60, 2
_LISTS = 12


def alike(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the figures of one list that are those of another one by the number that their headings say, but for one."""
    own = [each for each in every if len(each) > 1][:_LISTS]
    for at, first in enumerate(own):
        for second in own[at + 1 :]:
            for by in _numbers(tables, first, second):
                law = _law(first, second, by)
                if law is not None:
                    yield law
                    break


def _numbers(tables: Tables, first: Sequence[Figure], second: Sequence[Figure]) -> Iterator[Fraction]:
    """Yield by what the second list may be the first one, as their headings say."""
    one, two = heading(tables, first), heading(tables, second)
    for text, other, turned in ((two, one, False), (one, two, True)):
        found = _HEADS.search(text)
        if found is not None and _ONE.search(other):
            many = Fraction(int(found[1] or found[2]))
            yield 1 / many if turned else many
    months = [next((many for words, many in _PERIODS if words.search(text)), 0) for text in (one, two)]
    if all(months) and months[0] != months[1]:
        yield Fraction(months[1], months[0])


def heading(tables: Tables, figures: Sequence[Figure]) -> str:
    """Return what is above a list, up to the figures before it."""
    row = figures[0].value.at[0]
    label = tables.cells.label(figures[0].value.spot)
    cols = range(label.col if label is not None else figures[0].value.at[1], figures[0].value.at[1] + 1)
    texts = []
    for line in range(row - 1, max(-1, row - 1 - _GAP), -1):
        if any((line, col) in tables.values for col in cols):
            break
        texts += [spot.flat for col in cols if (spot := tables.texts.get((line, col))) is not None and len(spot.flat) <= _LONG]
        if texts:
            break
    return " ".join(texts)


def _law(first: Sequence[Figure], second: Sequence[Figure], by: Fraction) -> Law | None:
    """Return the law of two lists by a number; None where it doesn't hold for all but one of those that are called the same."""
    if by == 1:
        return None
    cases, names = [], {each.value.where: each.label for each in second}
    for name, other in _named(second).items():
        one = _named(first).get(name)
        if one is None or one.kind != other.kind or PERCENT in (one.kind, other.kind):
            continue
        # As many heads, and a price, whatever the period.
        if one.value.number and other.value.number and one.value.exact != other.value.exact:
            cases.append(Case(MULTIPLE, other.value, (one.value,), by))
    held = [each for each in cases if each.follows() <= ROUNDED]
    failed = [each for each in cases if each.follows() == OFF]
    if any(each.result.uses - {each.operands[0].where} or each.operands[0].uses & {each.result.where} for each in failed):
        return None  # a formula says of what else it is
    if any(
        _STOCK.search(name) or _THERE.search(name) for name in map(names.get, (each.result.where for each in failed)) if name
    ):
        return None
    others = _unnamed(first, second, by, cases) if held and len(failed) == 1 else []
    if len(failed) > 1 or len(held) + len(others) < _LEAST or not held:
        return None
    return Law(MULTIPLE, (*held, *others), tuple(failed))


def _named(figures: Sequence[Figure]) -> dict[str, Figure]:
    """Return the figures of a list by what they are called without their period; of two of a name the one that has none."""
    found: dict[str, Figure] = {}
    for each in sorted(figures, key=lambda each: len(each.label)):
        name = _DROPPED.sub("", each.label)
        if name:
            found.setdefault(name, each)
    return found


def _unnamed(first: Sequence[Figure], second: Sequence[Figure], by: Fraction, cases: Sequence[Case]) -> list[Case]:
    """Return the other figures of the second list that are exactly one of the first's by the number: the revenue of a quota."""
    known = {cell.where for case in cases for cell in case.cells}
    made = []
    for other in second:
        ones = [
            case
            for one in first
            if not {one.value.where, other.value.where} & known
            and one.kind == other.kind != PERCENT
            and one.value.number
            and (case := Case(MULTIPLE, other.value, (one.value,), by)).follows() == EXACT
        ]
        made += ones if len(ones) == 1 else []
    return made
