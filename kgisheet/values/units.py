"""Units of measure: which combinations make sense, and what unit they give.

``currency`` is yen, ``count`` a number of things, ``rate`` a fraction (0.3 is
30 %), ``number`` a plain number (a literal, or the ratio of two like quantities). A plain
number is accepted where a count or a rate is asked for; no other unit may replace another.
"""

from __future__ import annotations

CURRENCY = "currency"
COUNT = "count"
RATE = "rate"
NUMBER = "number"
MONTH = "month"
DATE = "date"
TEXT = "text"
TRUTH = "truth"
BLANK = "blank"

DECLARABLE = (CURRENCY, COUNT, RATE, MONTH, DATE, TEXT)
NUMERIC = (CURRENCY, COUNT, RATE, NUMBER)

# What a product of two units is; the order of the two does not matter.
_PRODUCT = {
    (COUNT, COUNT): COUNT,
    (COUNT, CURRENCY): CURRENCY,
    (CURRENCY, RATE): CURRENCY,
    (COUNT, RATE): COUNT,
    (RATE, RATE): RATE,
}

# What a quotient is. A count over a count, or yen over yen, is a plain number:
# it may be used as a rate (meetings ÷ leads) or as a count (revenue ÷ price).
_QUOTIENT = {
    (CURRENCY, CURRENCY): NUMBER,
    (COUNT, COUNT): NUMBER,
    (RATE, RATE): NUMBER,
    (CURRENCY, COUNT): CURRENCY,
    (CURRENCY, RATE): CURRENCY,
    (COUNT, RATE): COUNT,
}


def fits(found: str, declared: str) -> bool:
    """Return whether a value of the unit ``found`` is acceptable where ``declared`` is asked for."""
    if found in (declared, BLANK):
        return True
    return found == NUMBER and declared in (COUNT, RATE)


def common(left: str, right: str) -> str | None:
    """Return the unit of a sum, difference or choice of the two; None if they can't be mixed."""
    if left == BLANK or fits(left, right):
        return right
    if right == BLANK or fits(right, left):
        return left
    return None


def product(left: str, right: str) -> str | None:
    if left == NUMBER and right in NUMERIC:
        return right
    if right == NUMBER and left in NUMERIC:
        return left
    first, second = sorted((left, right))
    return _PRODUCT.get((first, second))


def quotient(left: str, right: str) -> str | None:
    if right == NUMBER and left in NUMERIC:
        return left
    if left == NUMBER and right == RATE:
        return NUMBER
    return _QUOTIENT.get((left, right))
