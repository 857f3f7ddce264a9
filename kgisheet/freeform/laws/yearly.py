"""A figure of a month and the year's in a list, called alike but for that: 月売上 and 年売上, MRR and ARR, leads / mo and leads / yr."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...values.regex import regex
from .law import MULTIPLE, OFF, SUM, Case
from .lists import Figure
from .tables import MONEY, PERCENT, Value

_MONTHS = 12
_NEAR = 2
_OF_MONTH = regex(
    r"月額(?=売上|収入|収益|粗利|利益)|月間|月次|毎月|1[かヶケ箇]?月(?:あたり|の)?|月あたり|^月(?=[^\d])|\(月\)|\bmonthly\b|(?:/|\bper |\ba )\s*mo(?:nth)?\b|\bmrr\b"
)
_OF_YEAR = regex(
    r"年額(?=売上|収入|収益|粗利|利益)|年間|年次|通年|通期|1年(?:間)?(?:あたり|の)?|年あたり|^年(?=[^\d])|\(年\)|\bannual(?:ly|i[sz]ed)?\b|\byearly\b|(?:/|\bper |\ba )\s*(?:yr|year)\b|\barr\b"
)
_ARR = regex(r"\barr\b")
_OF_DAY = regex(r"1日(?:あたり|の)?|日次|日あたり|\bdaily\b|(?:/|\bper |\ba )\s*day\b")
_DAYS = regex(r"(?<!\d)(\d{1,3})\s*(?:営業日|稼働日|日|(?:working |business )?days)")
_FEWEST, _MOST = 5, 366
_IN_BRACKETS = regex(r"\(.*?\)")
_UNIT = regex(r"\((?:百万|千|万|億)?円\)")
_REST = regex(r"[\s・:：/()（）_-]|の$|^の")
_SLIPS = (10, 100, 1000, 12)
_CLOSE, _TYPED_CLOSE = Fraction(15, 100), Fraction(25, 100)
"""A year that isn't twelve months of this one may be meant so; one that is off by a digit, or by very little, isn't."""


def yearly(figures: Sequence[Figure]) -> Iterator[Case]:
    """Yield the years that are twelve months, and those that are so but for a slip."""
    for at, one in enumerate(figures):
        for other in figures[at + 1 : at + 1 + _NEAR]:
            month, year = (one, other) if _OF_MONTH.search(one.label) and _OF_YEAR.search(other.label) else (other, one)
            if not _are_alike(month, year):
                continue
            if any(each.value.exact * month.value.exact == year.value.exact for each in figures if each not in (month, year)):
                continue  # as a figure of the list says how many months there are
            case = of_twelve(year.value, month.value)
            is_typed_below = bool(year.value.uses) and not month.value.uses
            if is_typed_below:
                case = case._replace(only=month.value.where)  # the year comes of other figures; a tenth of it was typed
            if case.follows() != OFF or _is_slip(case, _TYPED_CLOSE if is_typed_below else _CLOSE):
                yield case
        yield from _in_another_unit(one, figures[at + 1 : at + 2])
        yield from _of_days(one, figures[at + 1 : at + 1 + _NEAR])


def of_twelve(year: Value, month: Value) -> Case:
    """Return a year's figure as twelve of a month's."""
    return Case(MULTIPLE, year, (month,), Fraction(_MONTHS))


def _in_another_unit(one: Figure, after: Sequence[Figure]) -> Iterator[Case]:
    """Yield an amount that is the one before it in another unit, as their labels say: 月間売上（千円）, 月間売上（万円）."""
    for other in after:
        units = [_UNIT.search(each.label) for each in (one, other)]
        named = [each[0] for each in units if each is not None]
        bare = [_bare(_IN_BRACKETS.sub("", each.label)) for each in (one, other)]
        if bare[0] != bare[1] or not one.value.number:
            continue
        named += [str(each.beside) for each in (one, other) if each.beside and each.value.kind == MONEY and not named]
        if one.kind == other.kind == MONEY and len(set(named)) > 1:
            yield Case(SUM, other.value, (one.value,), signs=(1,))
        elif one.unit and other.unit and one.unit != other.unit and not named:
            # Each with its own beside it: 270,000 | 千円, and below it 270 | 百万円.
            yield Case(MULTIPLE, other.value, (one.value,), Fraction(one.unit, other.unit))


def _of_days(whole: Figure, after: Sequence[Figure]) -> Iterator[Case]:
    """Yield what is so many days of the figure of one day below it, whose label says how many: 訪問(月), 訪問(1日、30日で)."""
    for day in after:
        days = [int(each) for each in _DAYS.findall(day.label) if _FEWEST <= int(each) <= _MOST]
        if _OF_DAY.search(day.label) and len(days) == 1 and day.kind == whole.kind != PERCENT and day.value.number:
            if _bare(_IN_BRACKETS.sub("", _OF_DAY.sub("", day.label))) != _bare(
                _IN_BRACKETS.sub("", _OF_MONTH.sub("", whole.label))
            ):
                continue
            # 5 a day for 108 are 21.6 days.
            case = Case(MULTIPLE, whole.value, (day.value,), Fraction(days[0]))
            if case.follows() != OFF or _is_slip(case):
                yield case


def _are_alike(month: Figure, year: Figure) -> bool:
    if month.kind != year.kind or month.kind == PERCENT or not month.value.number or not year.value.number:
        return False
    return are_month_and_year(month.label, year.label)


def are_month_and_year(month: str, year: str) -> bool:
    """Return whether two labels are of a month and of the year, and alike but for that."""
    if _ARR.search(month) and _ARR.search(year):
        month, year = _ARR.sub("", month), _ARR.sub("", year)  # new ARR per month, and per year
    if _OF_MONTH.search(month) is None or _OF_YEAR.search(year) is None or _OF_YEAR.search(month):
        return False
    return _bare(_OF_MONTH.sub("", month)) == _bare(_OF_YEAR.sub("", _OF_MONTH.sub("", year)))


def is_of_month(label: str) -> bool:
    """Return whether a label, or a heading, says that a figure is of a month."""
    return _OF_MONTH.search(label) is not None


def is_of_year(label: str) -> bool:
    """Return whether one says that it is of the year."""
    return _OF_YEAR.search(label) is not None


def _bare(label: str) -> str:
    return _REST.sub("", label)


def _is_slip(case: Case, close: Fraction = _CLOSE) -> bool:
    """Return whether a year is off by so much as slips make it: a power of ten, the month itself, two digits exchanged."""
    made, found = case.exact, case.result.exact
    times = max(abs(made / found), abs(found / made)) if made and found else Fraction(0)
    return times in _SLIPS or 1 < times <= 1 + close
