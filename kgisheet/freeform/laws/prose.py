"""Sheets of sentences: 受注率25%とすると商談は160件; we win 20% of proposals, so we need 200 of them.

The numbers of such a sheet are read in their order. A count, a rate and the next count are a step; what one brings is between what
all bring and how many they are. Several hold, or nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ...values.regex import regex
from ..read.amounts import typed
from ..read.plane import Spot
from .judge import Law, agreed, parted
from .law import EXACT, OFF, PRODUCT, ROUNDED, Case
from .said import RATES, rate_of
from .tables import COUNT, MONEY, PERCENT, Tables, Value

_MONEY = regex(
    r"[¥$€£]\s?[\d,.]*\d(?:\s?(?:k|m|million|thousand|bn)\b)?|(?<![\d.,])[\d,.]*\d(?:億(?:[\d,.]*\d[千百]?万)?|[百千]?万|千)?円"
)
_COUNT = regex(
    r"(?<![\d.,a-z])(?P<many>\d[\d,]*)\s?(?P<unit>[件社名人回枚台本口戸室店](?!目|あたり|につき|に\d|のうち\d)|[a-z]{4,}(?!\w))"
)
_NO_COUNTS = frozenset(
    (
        "month",
        "months",
        "weeks",
        "week",
        "days",
        "years",
        "year",
        "hours",
        "percent",
        "minutes",
        "thousand",
        "million",
        "points",
    )
)
_EDGE = regex(r"[。、,;；：:・\n(（)）「」]|[\u2460-\u2473]|\. ")
_LEADING = regex(
    r"^(?:[\d\s.%-]+|が|を|なので|ので|だから|とすると|として|から|が必要|に|で|、|必要な|年間|約|および|と|その|うち|then|so|we|need|and|at|a|is|are|\s)+"
)
_TRAILING = regex(r"(?:は年間|は|が|を|も|に|で|の|として|年間|約|およそ|\s)+$")
_SENTENCES, _FIGURES = 3, 3
_LONG = 200
_LEAST, _SURE = 2, 3


def prose(tables: Tables) -> Iterator[Law]:
    """Yield the steps of the sentences of a sheet that has nearly nothing else."""
    said = [spot for spot in tables.texts.values() if spot.amount is None and len(spot.text) <= _LONG and _is_said(spot)]
    if len(said) < _SENTENCES or sum(not each.spot.text for each in tables.values.values()) > _FIGURES:
        return
    values: list[Value] = []
    first = tables.firsts[True]
    for row, col in sorted({**tables.texts, **tables.values}):
        if (row, col) not in tables.values and first.get(row, col) < col:
            continue  # a remark beside a figure: 600件, 月50件
        values += [tables.values[row, col]] if (row, col) in tables.values else list(_numbers(tables, tables.texts[row, col]))
    yield from _judged(_steps(values), list(_prices(values)))


def _is_said(spot: Spot) -> bool:
    return any(pattern.search(spot.flat) for pattern in (RATES, _MONEY, _COUNT))


def _numbers(tables: Tables, spot: Spot) -> Iterator[Value]:
    """Yield the rates, amounts of money and counts that a sentence says, each with its words."""
    flat = spot.flat
    found: list[tuple[int, int, Fraction, str]] = []
    for match in RATES.finditer(flat):
        rate = rate_of(match)
        if rate is not None and rate > 0:
            found.append((*match.span(), rate, PERCENT))
    for match in _MONEY.finditer(flat):
        amount = typed(match[0].replace(" ", ""))
        if amount is not None and amount.number > 0:
            found.append((*match.span(), amount.number * (amount.unit.factor if amount.unit is not None else 1), MONEY))
    for match in _COUNT.finditer(flat):
        if match["unit"] not in _NO_COUNTS and int(match["many"].replace(",", "")):
            found.append((*match.span(), Fraction(match["many"].replace(",", "")), COUNT))
    end = 0
    for first, last, exact, kind in sorted(found):
        if first < end:
            continue
        own = _COUNT.match(flat, first) if kind == COUNT else None
        name = own["unit"] if own is not None and own["unit"].isascii() else _words(flat[end:first], flat[last:]) or spot.text
        end = last
        step = 1.0 if kind != PERCENT else 0.01
        digits = len(str(int(exact if kind != PERCENT else exact * 100)).strip("0")) or 1
        yield Value(tables.title, spot, exact, float(exact), step, digits, kind, counted=kind == COUNT, name=name)


def _words(before: str, after: str) -> str:
    """Return what a sentence calls a number: the words before it, or else those after it."""
    for words in (_EDGE.split(before)[-1], _EDGE.split(after)[0]):
        own = _TRAILING.sub("", _LEADING.sub("", words)).strip()
        if own and not own.isascii():
            return own[:_LONG_NAME]
    return " ".join(after.split()[:_FEW_WORDS]).strip(" .,;:")


_LONG_NAME, _FEW_WORDS = 16, 3


# -- what they make -------------------------------------------------------------------------


def _steps(values: Sequence[Value]) -> list[Case]:
    """Return each count and the next one with the rate that is said between them, in the direction in which more hold."""
    ways: tuple[list[Case], list[Case]] = ([], [])
    for one, rate, other in zip(values, values[1:], values[2:], strict=False):
        if rate.kind == PERCENT and one.kind == other.kind != PERCENT and rate.exact != 1:
            for way, (result, of) in zip(ways, ((one, other), (other, one)), strict=True):
                way.append(Case(PRODUCT, result, (of, rate)))
    return max(ways, key=lambda cases: sum(each.follows() <= ROUNDED for each in cases))


def _prices(values: Sequence[Value]) -> Iterator[Case]:
    """Yield what two amounts of money next to each other, and a count, may be: the count by which they hold, or the one beside them."""
    money = [(at, each) for at, each in enumerate(values) if each.kind == MONEY]
    for (first, one), (last, other) in pairwise(money):
        price, whole = sorted((one, other), key=lambda each: each.number)
        cases = [Case(PRODUCT, whole, (each, price)) for each in values if each.kind == COUNT]
        held = next((each for each in cases if each.follows() == EXACT), None)
        beside = next((values[at] for at in (last + 1, first - 1) if 0 <= at < len(values) and values[at].kind == COUNT), None)
        if held is not None:
            yield held
        elif last == first + 1 and beside is not None and price.exact < whole.exact:
            yield Case(PRODUCT, whole, (beside, price))


def _judged(steps: Sequence[Case], prices: Sequence[Case]) -> Iterator[Law]:
    held, failed = parted(steps)
    sure = [each for each in prices if each.follows() == EXACT]
    known = len(held) + len(sure)
    differ = len(failed) == _LEAST and not any(same for _, same in agreed(*failed))
    if len(failed) > _LEAST or differ or known < (_SURE if len(failed) == 1 else 1):
        return
    if known + len(failed) >= _SURE:
        yield Law(PRODUCT, (*held, *sure), tuple(failed))
    if failed:
        return
    confirmed = {id(cell) for each in held for cell in each.cells}
    off = [each for each in prices if each.follows() == OFF and id(each.operands[0]) in confirmed]
    if len(held) >= _LEAST and not sure and len(off) == 1:
        yield Law(PRODUCT, (), tuple(off))
