"""Figures and formulas that are otherwise than their neighbours' on purpose, as the sheet's own texts say."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...values.a1 import column_number
from ...values.regex import regex
from ..read import terms
from ..read.plane import Spot
from ..rules.cells import Cells
from ..rules.formulas import MEANT
from .fills import At, parted


def is_meant(cells: Cells, row: int) -> bool:
    """Return whether a remark on the line says that a figure was typed on purpose; or it is the only line with a remark in its column."""
    if row not in cells.rows:
        return False
    first = min((col for at, col in cells.amounts if at == row), default=0)
    # Of a line's name only what is in brackets is a remark: 据置型, 固定電話 are things.
    remarks = (" ".join(_IN_BRACKETS.findall(each.text)) if each.col < first else each.text for each in cells.rows[row].texts)
    return any(map(MEANT.search, remarks)) or any(_is_only_remark(cells, each) for each in cells.rows[row].texts)


_IN_BRACKETS = regex(r"[(（\[【].*?[)）\]】]")


def _is_only_remark(cells: Cells, text: Spot) -> bool:
    """Return whether a sentence is the only one under a heading for remarks."""
    below = cells.cols[text.col].texts
    first = next((at for at, each in enumerate(below) if _REMARKS.search(each.flat)), None)
    return first is not None and [each.row for each in below[first + 1 :]] == [text.row] and len(text.text) > _WORDS


_REMARKS, _WORDS = terms.of("remarks"), 6


def _has_a_number_of_its_name(cells: Cells, at: At) -> bool:
    """Return whether a formula has a number that its line's name says: =D5/6 of who begins in October, 6か月."""
    label = cells.label(cells.amounts[at][0]) if at in cells.amounts else None
    own = cells.sheets.formulas.get((cells.page.title, *at), "")
    said = set(_NUMBER.findall(label.flat)) if label is not None else set()
    return bool(said & set(_LITERAL.findall(own)))


_NUMBER, _LITERAL = regex(r"(?<![\d.])\d{1,3}(?![\d.])"), regex(r"(?<![A-Za-z$\d.])\d{1,3}(?![\d.%])")


def is_said_of_another(cells: Cells, at: At, formula: str) -> bool:
    """Return whether a remark on a figure's line names another line than those that a formula would take: 率の母数 配信.

    Or its name, or a remark, says the number that its own formula has.
    """
    if _has_a_number_of_its_name(cells, at) or adds_what_is_said(cells, at):
        return True
    wanted = parted(formula, at)
    if wanted is None:
        return False
    said = [each for each in cells.rows[at[0]].texts if each.col > at[1] and len(each.flat) <= _SHORT]
    rows = {row for row, col in wanted.cells if col == at[1]}
    for text in said:
        named = {
            row
            for row, col in cells.amounts
            if col == at[1] and row < at[0] and (label := cells.label(cells.amounts[row, col][0])) is not None
            if text.flat in label.flat
        }
        if named and not named & rows:
            return True
    return False


def adds_what_is_said(cells: Cells, at: At) -> bool:
    """Return whether a formula adds, or takes off, a number that a text of the sheet says: =D2*D3+300, incl. 300 leads from the fair."""
    formula = cells.sheets.formulas.get((cells.page.title, *at), "")
    added = set(_ADDED.findall(formula.replace(" ", "")))
    few = set(_FEW.findall(formula.replace(" ", "")))
    beside = cells.rows[at[0]].texts if few and at[0] in cells.rows else ()
    if any(_WITH.search(each.flat) and few & set(_DIGIT.findall(each.flat)) for each in beside):
        return True  # =B6+1, 大口A社1件を加算
    return bool(added) and any(added & said for _, said in _numbers(cells))


def numbers_on_top(cells: Cells) -> frozenset[int]:
    """Return the numbers that a sheet's texts say are in a figure, or not: incl. 300 leads from the fair."""
    return frozenset(int(each) for spot, said in _numbers(cells) if _WITH.search(spot.flat) for each in said if each[0] != "0")


def _numbers(cells: Cells) -> Iterator[tuple[Spot, set[str]]]:
    """Yield the texts of a sheet, each with its numbers of two digits at least."""
    for spots in cells.page.plane.rows.values():
        for spot in spots:
            if spot.text and spot.amount is None:
                yield spot, set(_NUMBERS.findall(spot.text.replace(",", "")))


_FEW, _DIGIT = regex(r"[\w)][+-](\d)(?![\w.*/%!:(])"), regex(r"(?<![\d.,])\d(?![\d.,%])")
_WITH = regex(r"加算|加え|足し|含む|上乗せ|追加|除く|\b(?:plus|incl|including|added|adds|on top|minus|less)\b")
_ADDED, _NUMBERS = regex(r"[\w)][+-](\d{2,})(?![\w.*/%!:(])"), regex(r"(?<![\d.])\d{2,}(?![\d.%])")


def is_changed_from_here(cells: Cells, at: At, formula: str) -> bool:
    """Return whether a figure is typed among such as are just what is before them, and goes on from there: a rate of 20 %, and 25 % from Q3 on.

    An assumption may change; only one that is the old one mistyped is none: with a nought more, or its digits in another order.
    """
    match = _BARE.fullmatch(formula.replace(" ", ""))
    if match is None or at not in cells.amounts:
        return False
    before = (int(match["row"]) - 1, column_number(match["col"]))
    if before not in cells.amounts or abs(before[0] - at[0]) + abs(before[1] - at[1]) != 1:
        return False
    now, was = (abs(cells.amounts[each][1].number) for each in (at, before))
    return bool(now and was) and max(now / was, was / now) not in _POWERS and _figures(now) != _figures(was)


_BARE = regex(r"=?\$?(?P<col>[A-Z]{1,3})\$?(?P<row>\d+)")
_POWERS = (10, 100, 1000, 10_000)


def _figures(number: Fraction) -> list[str]:
    return sorted(f"{float(number):.9f}".replace(".", "").strip("0"))


def is_of_results(cells: Cells, at: At) -> bool:
    """Return whether a heading over a figure says that it is what came out: it was typed, beside what is planned by formulas."""
    over = [each for each in cells.cols[at[1]].texts if each.row < at[0] and len(each.flat) <= _SHORT]
    return any(_RESULTS.search(each.flat) for each in over)


_RESULTS, _SHORT = terms.of("results"), 10
