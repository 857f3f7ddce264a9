"""Numbers of months, quarters and years in formulas: twelve for a month of a year, and the one of a block that has another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...values.regex import regex
from ..read import terms
from .fills import HOLE, At
from .formed import Line, Lists, replaced
from .tables import PERCENT

_ONE = regex(rf"{HOLE}([*/])(\d+)(?![\d.%])(?!\*|/(?!10{{3,}}\b)|\^)")
_PERIODS = {
    "year": (terms.of("per_year"), regex(r"年[商額収]|年$|[(（/]年[)）]?|1年")),
    "half": (terms.of("per_half"), regex(r"半年")),
    "quarter": (terms.of("per_quarter"), regex(r"\bq[1-4]\b")),
    "month": (terms.of("per_month"), regex(r"月[商額謝収]|^月の|[(（/]月[)）]?|1[かヶカヵ]月|月$")),
    "week": (terms.of("per_week"), regex(r"[(（/]週[)）]?|1週")),
    "day": (terms.of("per_day"), regex(r"[(（/]日[)）]?|1日|日$")),
}
_NOT_ONE = regex(
    r"\d\d|\d\s*(?:months?|years?|[かヶカヵ]月|年)|\bmonths\b|\byears\b|last|prior|前[年月]|昨年|初年|first|growth|next"
)
_EACH = {"year": 1, "half": 2, "quarter": 4, "month": 12}
"""How many there are in a year."""
_OTHERS = frozenset((2, 3, 4, 12, 24, 52, 120))
"""Numbers that are typed for another: the ones of other periods, and twelve with a digit more."""
_FEWEST = 3


class By(NamedTuple):
    """A figure that is one other times a typed number, or by it."""

    line: Line
    of: At
    sign: str
    number: int

    def text(self, sign: str, number: int) -> str | None:
        formula = self.line.formula
        if formula is None:
            return None
        bare = _ONE.sub(lambda _: f"{HOLE}{sign}{number}", formula.bare, count=1)
        return formula._replace(bare=bare).text(formula.cells)


def of_periods(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the formulas whose number isn't that of the periods that their labels name, or of the others of their block."""
    for lines in lists:
        found = {line.at: by for line in lines.values() if (by := _by(line)) is not None}
        for by in found.values():
            formula = _of_labels(lists, by) or _unlike_others(lists, found, by) or _of_its_name(lists, lines, by)
            if formula is not None:
                yield by.line.at, formula


def _by(line: Line) -> By | None:
    if line.formula is None or len(line.formula.cells) != 1 or line.kind == PERCENT or not line.factors:
        return None
    found = _ONE.search(line.formula.bare)
    return By(line, line.formula.cells[0], found[1], int(found[2])) if found is not None else None


def period_of(label: str) -> str:
    """Return the one period that a label names; nothing where it names several, or how many of them there are."""
    if _NOT_ONE.search(label):
        return ""
    found = [name for name, (words, pattern) in _PERIODS.items() if words.search(label) or pattern.search(label)]
    if "half" in found or "quarter" in found:
        found = [each for each in found if each != "year"]  # 四半期 of a year
    return found[0] if len(found) == 1 else ""


def _of_labels(lists: Lists, by: By) -> str | None:
    """Return a month's figure as the year's by twelve, where it is times twelve, or by the number of the quarters."""
    of = lists.get(by.of)
    if of is None:
        return None
    own, its = period_of(by.line.whole), period_of(of.whole)
    if not own or own == its:
        return None
    if by.number == 12 and not its and own in ("month", "year"):
        its = "year" if own == "month" else "month"
        is_wrong = by.sign == ("*" if own == "month" else "/")
        return by.text("/" if own == "month" else "*", 12) if is_wrong else None
    if own not in _EACH or its not in _EACH:
        return None
    many = _EACH[own] / _EACH[its]
    sign, number = ("/", many) if many > 1 else ("*", 1 / many)
    if by.number not in _OTHERS or (by.sign, by.number) == (sign, number) or number != int(number):
        return None
    return by.text(sign, int(number))


def _unlike_others(lists: Lists, found: Mapping[At, By], by: By) -> str | None:
    """Return a formula with the number of all others of its block, under one heading or of one period, where it has another one."""
    block = _block(found, by)
    if len(block) < _FEWEST:
        block = _months_of_years(lists, found, by) or block
    others = [each for each in block if each is not by]
    if len(block) < _FEWEST or len({(each.sign, each.number) for each in others}) != 1:
        return None
    sign, number = others[0].sign, others[0].number
    if (by.sign, by.number) == (sign, number) or sign != by.sign:
        return None
    period = {period_of(each.line.whole) for each in block}
    sources = {period_of(of.whole) for each in block if (of := lists.get(each.of)) is not None}
    if len(period) != 1 or len(sources) > 1:
        return None
    head = _heading(lists, block)
    own = period.pop() or (period_of(head) if head else "")
    names = Counter(each.line.names & of.names != frozenset() for each in block if (of := lists.get(each.of)) is not None)
    return by.text(sign, number) if own and names[True] == len(block) else None


def _months_of_years(lists: Lists, found: Mapping[At, By], by: By) -> list[By]:
    """Return the months' figures of a list that are each by twelve of a year's, as their labels say, with another one of these."""
    both = [
        each
        for each in found.values()
        if each.sign == "/"
        and (of := lists.get(each.of)) is not None
        and (period_of(each.line.whole), period_of(of.whole)) == ("month", "year")
    ]
    return both if by in both and all(each.number == 12 for each in both if each is not by) else []


def _of_its_name(lists: Lists, lines: Mapping[At, Line], by: By) -> str | None:
    """Return a month's figure of the one figure above it that has its name, where it is of another one: trials per month of visitors."""
    taken, line, formula = lists.get(by.of), by.line, by.line.formula
    if taken is None or formula is None or by.number != 12 or by.sign != "/" or line.names & taken.names:
        return None
    found = [
        each
        for each in lines.values()
        if each.at < line.at and each.kind == line.kind and not each.typed and each.at not in (taken.at, line.at)
        if line.names & each.names
    ]
    if len(found) != 1 or not line.names <= found[0].names or not (taken.kind != line.kind or taken.names):
        return None
    return replaced(formula, taken.at, found[0].at) if period_of(line.whole) == "month" else None


def _block(found: Mapping[At, By], by: By) -> list[By]:
    """Return the formulas one below the other with one typed number each, among which one is."""
    row, col = by.line.at
    block = [by]
    for step in (-1, 1):
        at = row + step
        while (at, col) in found:
            block.append(found[at, col])
            at += step
    return block


def _heading(lists: Lists, block: list[By]) -> str:
    """Return the text right above a block, on a line without figures."""
    first = min(block, key=lambda each: each.line.at).line
    label = lists.cells.label(first.spot)
    row = first.at[0] - 1
    if label is None or row not in lists.cells.rows or any((row, col) in lists.cells.amounts for col in range(first.at[1] + 1)):
        return ""
    return next((each.flat for each in lists.cells.rows[row].texts if each.col == label.col), "")
