"""I05: 万円, 千円, 百万円 and 円 confused. Small businesses have small figures: a small one alone is a note, one sign a warning."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ...formula.grid import Where, held
from ...language.catalogue import Phrase
from ...language.text import NOTHING, Text
from ...language.words import UNITS
from ...template.model import Cell
from ...template.roles import Roles
from ...values.a1 import cell_of
from ...values.rounding import number
from ...values.units import CURRENCY
from ...worksheet.shown import shown
from ..finding import ERROR, LIKELY, NOTE, REVIEW, WARNING, Finding
from ..subject import Subject

FACTORS = {10**3: "千円", 10**4: "万円", 10**6: "百万円", 10**8: "億円"}
"""How many yen one of each unit is."""


def in_units_of(value: Fraction, factor: int) -> Text:
    """Return an amount as if it was typed in another unit than yen: 1百万円, 1 million yen."""
    unit = UNITS[FACTORS[factor]]
    return Text(f"{float(value):,.15g}{unit.ja}", f"{float(value):,.15g} {unit.en}")


_TOO_LARGE = {Fraction(1, factor): factor for factor in FACTORS}
"""An amount in yen that was taken for one in a larger unit, and multiplied: noughts too many."""

_LEAST_PRICE, _LEAST_GOAL = 1000, 10_000
"""Yen below which an amount of a business-to-business goal is unusual: ours. Other amounts may be of any size."""

"""Single amounts that are compared with what they are about, not with one another."""

_LEAST_ROUNDED = 10  # a figure of one digit is too often like another by chance
_FEWEST_DEALS, _MOST_DEALS = Fraction(1, 100), Fraction(10_000)
_MOST_APART = 100  # web revenue over the total


class _Amount(NamedTuple):
    """One typed amount, its original value, and its number format."""

    cell: Cell
    where: Where
    value: Fraction
    then: Fraction | None
    format: str


def money(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Report one finding for all the amounts that seem to be in another unit: an error where two signs agree.

    A note if an amount is merely small: a product may cost 85 yen. Silent on cells that are ``suspect`` already.
    """
    amounts = {each.cell.name: each for each in _amounts(subject) if each.where not in suspect}
    found = [
        (each, factor, signs) for each in amounts.values() for factor, signs in [_best(each, amounts, subject.roles)] if signs
    ]
    if not found:
        return
    # Several amounts in one and the same unit bear one another out.
    agreeing = [each for each in found if sum(other[1] == each[1] for other in found) > 1]
    # Of amounts that are told as surely, the price first: it is what people know best.
    by_name = sorted(agreeing or found, key=lambda each: each[0].cell.name != subject.roles.deal_size)
    first, factor, signs = max(by_name, key=lambda each: len(each[2]))
    others = tuple(each for each, its, _ in found if each is not first and its == factor)
    sure = len(signs) > 1 or bool(others)
    severity = ERROR if sure else NOTE if signs == [_SMALL] else WARNING
    meant = first.value * factor
    small = in_units_of(first.value, int(factor)) if factor > 1 else NOTHING
    key, right = ("I05.shown_in_unit", first.value) if signs == [_SHOWN] else ("I05.unit", meant)
    asked = "I05.unit.asked_unit" if factor > 1 and first.value >= 1 else "I05.unit.asked"
    yield subject.finding(
        key,
        first.cell,
        None,
        now=shown(first.value, first.cell),
        meant=shown(meant, first.cell),
        number=number(meant),
        small=small.ja,  # as a number format shows it
        in_unit=FACTORS.get(int(factor), ""),
        asked=Phrase(asked, meant=shown(meant, first.cell), small=small),
        severity=severity,
        confidence=LIKELY if sure else REVIEW,
        found=number(first.value),
        expected=number(right),
        affected=tuple(cell_of(*each.where) for each in others),
    )


def _amounts(subject: Subject) -> Iterator[_Amount]:
    for cell, row, where in subject.inputs():
        value = subject.constants.get(where)
        if (
            cell.unit != CURRENCY
            or row is not None
            or cell.name in (subject.roles.next_year_revenue, subject.roles.budget)
            or not subject.is_read(cell)
            or not isinstance(value, Fraction)
            or value <= 0
        ):
            continue
        written = held(subject.book.anchors.written(cell.name))
        then = written if isinstance(written, Fraction) else None
        yield _Amount(cell, where, value, then, subject.book.read.cells[where].format)


def _best(amount: _Amount, amounts: dict[str, _Amount], roles: Roles) -> tuple[Fraction, list[str]]:
    """Return the factor for the amount with most signs, and those signs."""
    factors = [*map(Fraction, FACTORS), *_TOO_LARGE]
    return max(((factor, _signs(amount, factor, amounts, roles)) for factor in factors), key=lambda each: len(each[1]))


_BEFORE, _SHOWN, _SMALL, _RELATED = "before", "shown", "small", "related"


def _signs(amount: _Amount, factor: Fraction, amounts: dict[str, _Amount], roles: Roles) -> list[str]:
    """Return the signs that an amount is in units of ``factor`` yen."""
    name, meant = amount.cell.name, amount.value * factor
    least = {roles.deal_size: _LEAST_PRICE, roles.web_revenue: _LEAST_GOAL, roles.total_revenue: _LEAST_GOAL}.get(name, 0)
    before = was_meant(amount.value, amount.then, factor)
    unit = FACTORS.get(int(factor)) if factor > 1 else None
    shows = unit is not None and unit in amount.format and "," not in amount.format.partition(unit)[0][-3:]
    too_small = amount.value < least <= meant <= 10**13
    if factor < 1 and not before:
        return []  # a large figure alone says nothing: there are large companies
    web, deal, total = (amounts.get(each) for each in (roles.web_revenue, roles.deal_size, roles.total_revenue))
    if before and _contradicts(amount, meant, factor, web, total):
        before = False  # of another business by now: the figure that was there would be less than what is won on the web
        if factor < 1:
            return []
    related = False
    if web is not None and deal is not None and amount in (web, deal):
        deals = web.value / deal.value
        then = deals * factor if amount is web else deals / factor
        related = not _FEWEST_DEALS <= deals <= _MOST_DEALS and Fraction(1, 10) <= then <= _MOST_DEALS / 10
    if web is not None and total is not None and amount in (web, total) and not related:
        share = web.value / total.value
        then = share * factor if amount is web else share / factor
        far = share > _MOST_APART if amount is total else share < Fraction(1, 10 * _MOST_APART)
        related = far and Fraction(1, _MOST_APART) <= then <= 1
    # Another figure than at first says nothing by itself, nor does an unusual proportion within what businesses sell.
    alone = before or shows or too_small
    related = related and (alone or _is_out_of_measure(web, deal))
    signs = {_BEFORE: before, _SHOWN: shows, _SMALL: too_small, _RELATED: related}
    return [sign for sign, holds in signs.items() if holds]


def _contradicts(amount: _Amount, meant: Fraction, factor: Fraction, web: _Amount | None, total: _Amount | None) -> bool:
    """Return whether the original figure can't be meant: web revenue would exceed the total, and it isn't in that unit itself."""
    if web is None or total is None or amount not in (web, total):
        return False
    other = web if amount is total else total
    exceeds = other.value > meant if amount is total else meant > other.value
    return exceeds and not was_meant(other.value, other.then, factor)


def was_meant(value: Fraction, then: Fraction | None, factor: Fraction) -> bool:
    """Return whether it is the original figure in units of ``factor`` yen, as people round it: 12,345,600 as 12,346 or 12."""
    if then is None or value == then:
        return False
    if value * factor == then:
        return True
    return factor > 1 and value.denominator == 1 and value >= _LEAST_ROUNDED and abs(value * factor - then) * 2 <= factor


def _is_out_of_measure(web: _Amount | None, deal: _Amount | None) -> bool:
    """Return whether a goal is less than a hundredth of a deal, or more than ten thousand."""
    return web is not None and deal is not None and not _FEWEST_DEALS <= web.value / deal.value <= _MOST_DEALS
