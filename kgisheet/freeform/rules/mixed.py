"""I05: 円 and 万円 mixed. An error takes two signs: the power of ten, and a count or a written unit that confirms it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction

from ...check.finding import ERROR, WARNING, Finding
from ...formula.grid import Where
from ...language.words import UNITS
from ...values.units import CURRENCY
from ..read.figures import Figure
from ..read.page import Page
from . import telling
from .relation import Relation
from .rounding import fits

_ONE = Fraction(1)
_IN_THOUSANDS = ""
_LOW = 1_000_000
"""Yen; less than this isn't a year's revenue but a number whose unit was forgotten."""

_MANY = 10_000
"""Deals; from so many on the price is in another unit."""

POWERS = tuple(10**power for power in (4, 3, 6, 8))
"""How far 円, 千円, 万円, 百万円 and 億円 are apart, the likeliest first."""


def mixed_units(relation: Relation, page: Page) -> Finding | None:
    """I05: report a quotient and a count that are a power of ten apart, as 円 and 万円 are."""
    money = [each for each in relation.operands if each.kind == CURRENCY]
    count = relation.result.value
    if len(money) != 2 or count is None or not count or not relation.exact:
        return None
    if page.plane.abroad == _IN_THOUSANDS:
        return None  # revenue in $m, a price in $k: each as its label or the title says, and read as the number it is
    units = {each.unit.factor for each in page.figures if each.kind == CURRENCY and each.unit is not None}
    # 百万円 and 万円 are a hundred apart: only where both are written can that be the slip.
    powers = (*POWERS, 100) if {10**4, 10**6} <= units else POWERS
    power = next((each for each in powers if fits(count, relation.exact * each) or fits(count, relation.exact / each)), None)
    if power is None:
        return None
    revenue, size = money
    if relation.result.formula is not None:
        return _declared(revenue, size, relation, power)
    too_many = fits(count, relation.exact / power)  # the quotient is too large: the price too small, or the revenue too large
    wrong = _odd_one(revenue, size, page, too_many)
    if power == 100:
        wrong = next((each for each in money if each.unit is not None and each.unit.factor == 10**6), wrong)
    assert wrong.value is not None
    meant = wrong.value * power if (wrong is size) == too_many else wrong.value / power
    said, right = telling.value(wrong, wrong.value), telling.value(wrong, meant)
    makes, stands = telling.value(relation.result, relation.exact), telling.value(relation.result, count)
    to = telling.label(relation.result)
    return telling.finding(
        "freeform.I05.mixed_units",
        wrong,
        said=said,
        right=right,
        to=to,
        makes=makes,
        stands=stands,
        power=power,
        found=telling.json_number(wrong.value),
        expected=telling.json_number(meant),
        difference=float(wrong.value - meant),
        affected=(telling.at(relation.result),),
    )


def _declared(revenue: Figure, size: Figure, relation: Relation, power: int) -> Finding:
    """Return a formula that divides one amount by the other, though the sheet says that their units differ."""
    plain = [each.unit.factor if each.unit is not None else 1 for each in (revenue, size)]
    odd = size if plain[1] >= plain[0] else revenue
    units = [UNITS[each.unit.text if each.unit is not None else "円"] for each in (revenue, size)]
    result = relation.result
    stands, makes = telling.value(result, result.value or _ONE), telling.value(result, relation.exact)
    labels = [telling.label(each) for each in (revenue, size, result)]
    return telling.finding(
        "freeform.I05.units_declared",
        odd,
        one=labels[0],
        its_unit=units[0],
        other=labels[1],
        other_unit=units[1],
        result=labels[2],
        makes=makes,
        stands=stands,
        power=power,
        found=telling.json_number(result.value),
        expected=telling.json_number(relation.exact),
        difference=float((result.value or _ONE) - relation.exact),
        affected=(telling.at(result),),
    )


def _odd_one(revenue: Figure, size: Figure, page: Page, too_many: bool) -> Figure:
    """Return which of the two amounts has the other unit: the one unlike the rest of the sheet's money."""
    rest = [each for each in page.figures if each.kind == CURRENCY and each.value]
    units = [each.unit.factor if each.unit is not None else 1 for each in rest]

    def alike(figure: Figure) -> int:
        return units.count(figure.unit.factor if figure.unit is not None else 1)

    if alike(revenue) != alike(size):
        return revenue if alike(revenue) < alike(size) else size
    if not too_many and (size.value or 0) > (revenue.value or 0) >= _LOW:
        return size  # one deal above all revenue, and the revenue is no slip: 1,500,000万円
    # A price of 400 yen is likelier the slip than a revenue of 12 million; a revenue of 1,200 yen likewise.
    return size if too_many else revenue


def _is_of_its_unit(size: Figure, revenue: Figure, counts: Iterable[Fraction]) -> bool:
    """Return whether a price without a unit is in that of a revenue, by a count of the sheet: 10,000（万円） of 70 deals are 143 each."""
    if revenue.unit is None or revenue.unit.factor == 1:
        return False
    whole = (revenue.value or Fraction(0)) / Fraction(revenue.unit.factor)
    return any(round(whole / each) == size.value for each in counts if each)


def too_much(page: Page, beyond: bool, sure: Collection[Where], counts: Collection[Fraction]) -> Iterator[Finding]:
    """I05: report a price of some hundred yen beside millions of revenue; an error if it takes counts ``beyond`` all measure.

    A price that makes what the other lines make of theirs is ``sure``: shops sell for 1,800 yen.
    """
    for size in page.figures:
        if (size.where in sure and not beyond) or size.abroad is not None:
            continue
        if size.field != "deal_size" or size.value is None or size.typed is not None or (size.unit is not None and not beyond):
            continue
        revenue = [each for each in page.figures if each.field in ("web_revenue", "total_revenue") and each.value is not None]
        if size.unit is None and any(_is_of_its_unit(size, each, counts) for each in revenue):
            continue
        most = max((each.value or Fraction(0) for each in revenue), default=Fraction(0))
        # 137 orders of 7,300 are a shop's; 30,000 deals of 400 are deals of 4 million.
        if 0 < size.value < 10_000 and most >= 100 * 10_000 and most >= _MANY * size.value:
            meant = telling.value(size, size.value * 10_000)
            said = telling.value(size, size.value)
            yield telling.finding(
                "freeform.I05.too_much",
                size,
                said=said,
                meant=meant,
                severity=ERROR if beyond else WARNING,
                found=telling.json_number(size.value),
                expected=telling.json_number(size.value * 10000),
            )
