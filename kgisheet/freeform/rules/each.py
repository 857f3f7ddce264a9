"""Figures of one by another, as their labels say: contacts per appointment, 1回あたり申込数, アポ1件に必要な架電数.

Such a figure times what it is one of is the whole, and both are lines of the same list. A label alone proves little, for the
whole may be of more: another figure of this kind has to hold, or two to want the same of one cell, or the three to be next to
each other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from ...check.finding import Finding
from ...formula.grid import Where
from ...values.regex import regex
from ..read import terms
from ..read.figures import Figure
from ..read.plane import Spot
from ..read.units import MAX_LABEL
from . import following, working
from .cells import Cells
from .relation import FAILS, HOLDS, QUOTIENT, Relation, at_fault, needed
from .rounded_up import as_needed, falls_short, half_a_digit
from .rounding import ONE, fits
from .slips import is_slip

_IN_BRACKETS = regex(r"[(（\[].*?[)）\]]")
_NEEDED = r"(?:必要な|要する|かかる|必要)"
_FORMS = tuple(
    regex(each)
    for each in (
        r"^(?P<one>[a-z][a-z -]*?)(?: needed| required)?(?: per| for each| for every| to (?:get|book|win|close) (?:an?|one|1)) (?P<of>[a-z][a-z -]*)$",
        rf"^(?P<of>[^\d\s]{{1,10}}?)[1一](?:件|人|名|社|回|本|枚|店)(?:の獲得)?(?:に|を?(?:取る|得る|獲得する)(?:のに|ために|には))(?:{_NEEDED})(?P<one>.+)$",
        rf"^[1一](?:件|人|名|社|回|本)(?:の)?(?P<of>[^\d\s]{{1,10}}?)(?:する|を取る|を得る|を獲得する|獲得)?(?:のに|ために|には|に){_NEEDED}(?P<one>.+)$",
        r"^[1一](?P<of>[^\d\s件人名社回本枚店台日営あ][^\d\s]{1,9}?)あたり(?:の|に?必要な?)?(?P<one>[^\d\s].*)$",
        r"^(?P<of>[^\d\s]{1,10}?)?(?P<unit>[1一](?:件|人|名|社|回|本|枚|店舗?|台|日|営業日))?あたり(?:の|に?必要な?)?(?P<one>[^\d\s].*)$",
    )
)
"""The forms of such labels: what is counted, ``one``, and of what one, ``of``, or its ``unit``."""

_PRICES = tuple(
    regex(each)
    for each in (
        r"^(?P<of>[^\d\s]{2,8}?)(?:の)?(?:平均)?(?:受注|契約|顧客|案件)?単価$",
        r"^(?:average |avg\.? )?(?P<of>[a-z][a-z-]+(?: [a-z-]+)?) (?:deal size|acv|asp|aov|price|order value|contract value)$",
    )
)
"""The forms of prices of some deals: 新規単価, between うち新規, an amount, and 新規受注件数."""

_COUNTED = {
    "件": (), "人": ("人数", "名数", "人員", "メンバー", "担当者"), "名": ("人数", "名数", "人員", "メンバー", "担当者"), "回": ("回数",), "店": ("店舗",),
    "店舗": ("店舗",), "台": ("台数",), "日": ("日数", "営業日"), "営業日": ("日数", "営業日"), "社": ("社数",), "本": ("本数",), "枚": ("枚数",),
}  # fmt: skip
"""What the number of it is called that one is of: 1回あたり, 開催回数."""

_WORD = regex(r"[a-z]{2,}")
_STEM = 5
_EMPTY = regex(r"必要|目標|想定|計画|年間|月間|平均|合計|見込み?|件数|数$|数(?=[（(])|の")
_SMALL = frozenset(
    (
        "the",
        "of",
        "an",
        "for",
        "to",
        "in",
        "target",
        "goal",
        "required",
        "needed",
        "total",
        "average",
        "avg",
        "planned",
        "number",
    )
)
_ABOUT, _MEAN, _MONTH, _YEAR = terms.of("about", "margin"), terms.of("mean"), terms.of("per_month"), 12
_ANY = regex(r"\bper\b|\bfor e(?:ach|very)\b|\bto (?:get|book|win|close)\b|あたり|必要な|要する|かかる", re.IGNORECASE)
_COUNTS = regex(r"[件社人名回台枚口本]数|数$|件$|件数")
_PRICED = regex(r"単価|deal size|\bacv\b|\basp\b|\baov\b|price|value")
_OF_EACH = regex(r"\bper\b|あたり")
"""In the label of something of one, whatever its form: 1人1日あたり架電 isn't all calls."""

_LONG = 600
_NEXT_TO, _NEAR_A_PRICE = 2, 4
_FINE, _REMARK = 200, 2
_BY_NUMBER = regex(r"[*/]\s*\d+(?:\.\d+)?(?![\d.]*[%A-Za-z])")
_SLIPS = (10, 100, 1000, 12)
"""By how much a figure is off that was mistyped, or is of a month instead of a year."""


_Names = tuple[set[str], str]
"""What a name says: its words in English, and the rest of it."""


class _Label(NamedTuple):
    """A line whose label says of what its figure is one; ``of`` are the other lines' names that it may be of."""

    spot: Spot
    one: str
    of: tuple[str, ...]
    is_price: bool = False
    """Both are called by the same word: an amount, and a count."""


class Each:
    """The relations of one sheet's figures of one by another."""

    def __init__(self, cells: Cells) -> None:
        self.all = cells
        self._lines: dict[int, list[tuple[Spot, _Names]]] = {}
        found = [relation for label in self._labels() for relation in self._of_label(label)]
        found = [_strict(each, found) for each in found]
        # Of two figures of one of the same things, half a year's and a month's, the one that holds is meant.
        held = {(each.result.where, each.operands[1].where) for each in found if each.state == HOLDS}
        found = [each for each in found if each.state == HOLDS or (each.result.where, each.operands[1].where) not in held]
        self.relations = [
            each
            for each in found
            if each.state == HOLDS
            or (self._is_backed(each, found) and not self._is_of_more(each) and not self._is_made_otherwise(each))
        ]

    # -- what the labels say ---------------------------------------------------------

    def _labels(self) -> Iterator[_Label]:
        for texts in self.all.rows.values():
            for spot in texts.texts:
                if (
                    (_ANY.search(spot.flat) or _PRICED.search(spot.flat))
                    and len(spot.text) <= MAX_LABEL
                    and not _ABOUT.search(spot.flat)
                ):
                    label = _said(spot)
                    if label is not None:
                        yield label

    def _of_label(self, label: _Label) -> Iterator[Relation]:
        """Yield the relation of each figure of a line with those of the lines that its label names, in the same column."""
        spot = label.spot
        columns = [
            other.col
            for other in self.all.page.plane.rows[spot.row]
            if (spot.row, other.col) in self.all.amounts and self.all.label(other) is spot and not self.all.is_rate(other)
        ]
        lines = self._plain(spot.col) if columns else []
        if label.is_price:  # of so many deals that there may be as many of it
            lines = [each for each in lines if abs(each[0].row - spot.row) <= _NEAR_A_PRICE]
        whole_name, one_names = _names(label.one), [_names(each) for each in label.of]
        wholes = [each for each, own in lines if _is_called(whole_name, own) and not _are_of_two_periods(spot, each)]
        ones = [
            each
            for each, own in lines
            if any(_is_called(name, own) for name in one_names) and (label.is_price or each not in wholes)
        ]
        if not _MEAN.search(label.one):
            wholes = [each for each in wholes if not _MEAN.search(each.flat)]  # an average deal is no deals
        if label.is_price and not spot.flat.isascii():
            wholes = [each for each in wholes if not _COUNTS.search(each.flat)]
            ones = [each for each in ones if _COUNTS.search(each.flat)]
        for col in columns:
            made = [
                relation
                for whole in wholes
                for one in ones
                if one is not whole
                and not self._takes_more(spot.row, col, {whole.row, one.row})
                and all((each.row, col) in self.all.amounts for each in (whole, one))
                and (
                    relation := self._relation(
                        *(self.all.amounts[each.row, col][0] for each in (whole, spot, one)), is_price=label.is_price
                    )
                )
            ]
            held = [each for each in made if each.state == HOLDS]
            if held or len(made) == 1:
                yield (held or made)[0]
        if len(columns) == 1:
            by = self.all.amounts[spot.row, columns[0]][0]
            every = [self._of_all(by, whole, one, label) for whole in wholes for one in ones if whole is not one]
            every = [each for each in every if each]
            yield from every[0] if len(every) == 1 else ()

    def _of_all(self, each: Spot, whole: Spot, one: Spot, label: _Label) -> list[Relation]:
        """Return the relations of the other columns of a table with a figure that is typed once, for all of them: one fails at most.

        Of a whole that a formula makes of others, a sum of the months, only that it holds is told.
        """
        made: list[Relation] = []
        if not self._is_typed(each.row, each.col):
            return made
        for col in sorted({at[1] for at in self.all.amounts if at[0] == whole.row}):
            if all((line.row, col) in self.all.amounts for line in (whole, one)):
                two = (self.all.amounts[line.row, col][0] for line in (whole, one))
                found, of = two
                relation = self._relation(found, each, of, is_price=label.is_price)
                if relation is None:
                    continue
                is_exact = abs(relation.exact - (relation.result.value or ONE)) < 1
                # A whole that a formula makes of the months says nothing by itself, nor one that a remark explains.
                if is_exact or (self._is_typed(whole.row, col) and not self._is_remarked(found)):
                    made.append(relation._replace(state=HOLDS if is_exact else FAILS))
        held = [relation for relation in made if relation.state == HOLDS]
        return [it for it in made if it.result.where[2] != each.col] if len(held) > 1 and len(made) - len(held) <= 1 else []

    def _is_remarked(self, spot: Spot) -> bool:
        """Return whether a text of the sheet names a figure's column: 11月は新人のため多め."""
        head = self.all.cols[spot.col].last(spot.row)
        texts = (each for texts in self.all.rows.values() for each in texts.texts)
        return head is not None and any(
            head.flat in each.flat and len(each.flat) > len(head.flat) + _REMARK for each in texts if each is not head
        )

    def _is_typed(self, row: int, col: int) -> bool:
        return (self.all.page.title, row, col) not in self.all.sheets.formulas

    def _takes_more(self, row: int, col: int, rows: set[int]) -> bool:
        """Return whether a figure's formula takes those of two lines and a number besides: visits ÷ people ÷ 12."""
        where = (self.all.page.title, row, col)
        taken = {each[1] for each in self.all.references.of(where) if each[2] == col}
        return rows <= taken and _BY_NUMBER.search(self.all.sheets.formulas.get(where, "")) is not None

    def _plain(self, col: int) -> list[tuple[Spot, _Names]]:
        """Return the labels of a column that aren't of one by another, and what they say; none of a column of data."""
        if col not in self._lines:
            texts = self.all.cols[col].texts
            plain = (
                [each for each in texts if _said(each) is None and not _OF_EACH.search(each.flat)]
                if len(texts) <= _LONG
                else []
            )
            self._lines[col] = [(each, _names(_IN_BRACKETS.sub("", each.flat))) for each in plain]
        return self._lines[col]

    def _relation(self, whole: Spot, each: Spot, one: Spot, *, is_price: bool) -> Relation | None:
        result, by, of = (self.all.figure(spot) for spot in (whole, each, one))
        if any(self.all.is_rate(spot) for spot in (whole, one)) or self.all.money(one) is not None:
            return None
        if (self.all.money(whole) is None) != (self.all.money(each) is None) or not all(
            (figure.value or 0) > 0 for figure in (result, by, of)
        ):
            return None
        exact = (by.value or ONE) * (of.value or ONE)
        found = result.value or ONE
        holds = (
            fits(found, exact)
            or fits(by.value or ONE, found / (of.value or ONE))
            or fits(of.value or ONE, found / (by.value or ONE))
        )
        state = HOLDS if holds else FAILS
        if is_price:
            way, formula = working.quotient([result, by], [found, by.value or ONE])
            return Relation(QUOTIENT, of, (result, by), found / (by.value or ONE), state, way, formula)
        way, formula = working.product(result, (by, of), ONE)
        return Relation(QUOTIENT, result, (by, of), exact, state, way, formula)

    # -- what speaks for it ------------------------------------------------------------

    def _is_backed(self, relation: Relation, found: Sequence[Relation]) -> bool:
        others = [each for each in found if each is not relation]
        failing = [each for each in others if each.state == FAILS]
        if len(failing) > 1:
            return False
        if any(_agree(relation, each) for each in failing):
            return True
        rows = sorted(each.where[1] for each in relation.cells)
        near = rows[-1] - rows[0] <= _NEXT_TO
        return not failing and (near or any(each.state == HOLDS for each in others))

    def _is_of_more(self, relation: Relation) -> bool:
        """Return whether another figure of the column makes it hold, or a whole number: touches per day of one of seven people."""
        found, made = relation.result.value or ONE, relation.exact
        times = max(found / made, made / found)
        if (times.denominator == 1 and times not in _SLIPS) or self._is_a_months(relation):
            return True
        (_, _, col), own = relation.result.where, {each.at for each in relation.cells}
        return any(
            abs(self.all.value(spot) - times) * _FINE <= times
            for spot in self.all.page.plane.cols.get(col, [])
            if (spot.row, col) in self.all.amounts and (spot.row, col) not in own
        )

    def _is_a_months(self, relation: Relation) -> bool:
        """Return whether it is a month's, as its label alone says, rounded: monthly visits of one of five, of 500 in the year."""
        whole, (by, of) = relation.result, relation.operands
        labels = (self.all.label(self.all.amounts[each.at][0]) for each in (by, whole))
        return [each and bool(_MONTH.search(each.flat)) for each in labels] == [True, False] and fits(
            by.value or ONE, (whole.value or ONE) / (of.value or ONE) / _YEAR
        )

    def _is_made_otherwise(self, relation: Relation) -> bool:
        """Return whether a whole is made of other figures: by its formula, what there is at the end of those before; or by those above it."""
        uses = self.all.references.of(relation.result.where)
        of_others = bool(uses) and not uses & {each.where for each in relation.operands}
        return of_others or self._is_made_above(relation)

    def _is_made_above(self, relation: Relation) -> bool:
        """Return whether a whole is what the two figures above it make, and far from this: 140 hours × 35 % are the 49, not 6 × 150."""
        found, made = relation.result.value or ONE, relation.exact
        if any(is_slip(found, made * each) for each in _UNITS):
            return False
        _, row, col = relation.result.where
        above = [self.all.amounts.get((row - step, col)) for step in (1, 2)]
        return None not in above and math.prod(self.all.value(each[0]) for each in above if each is not None) == found

    # -- findings ------------------------------------------------------------------------

    def findings(self, told: set[tuple[str | None, str | None]], sound: set[Where]) -> Iterator[Finding]:
        """Report the figure that failing relations have in common, or the one that nothing else confirms."""
        for figure, relation in at_fault(self.relations, told, sound):
            yield _finding(figure, relation)


_UNITS = tuple(Fraction(each) ** sign for each in (1, 1000, 10_000, 1_000_000) for sign in (1, -1))


def _strict(relation: Relation, found: Sequence[Relation]) -> Relation:
    """Return a relation that holds only as rounded as failing, where it is exact in another column.

    There the same figure is typed in all columns, or how many there are would have been rounded down: 165 ÷ 29.25 are 5.6 heads, not five.
    """
    if abs((relation.result.value or ONE) - relation.exact) < 1:
        return relation
    by, of = relation.operands
    if falls_short(of, (relation.result.value or ONE) / ((by.value or ONE) + half_a_digit(by))):
        whole, made = relation.result, (relation.result.value or ONE) / (by.value or ONE)
        return as_needed(of, (whole, by), made, *working.quotient([whole, by], [whole.value or ONE, by.value or ONE]))
    alike = [each for each in found if each.operands[0].where[1] == by.where[1]]
    same = len(alike) > 1 and len({each.operands[0].value for each in alike}) == 1
    made = (relation.result.value or ONE) / (by.value or ONE)
    is_cut = (of.value or ONE) < made and not fits(by.value or ONE, (relation.result.value or ONE) / (of.value or ONE))
    is_exact = any(each.exact == each.result.value for each in alike)
    return relation._replace(state=FAILS) if (same or is_cut) and is_exact else relation


def _are_of_two_periods(one: Spot, other: Spot) -> bool:
    """Return whether two labels say in brackets that they are of periods of different length: meetings of one head（月）, all（年）."""
    said = [_PERIOD.findall(each.flat) for each in (one, other)]
    return all(said) and said[0] != said[1]


_PERIOD = regex(r"[(（/・]\s*1?([年月週日]|year|quarter|month|week|day)")


def _said(spot: Spot) -> _Label | None:
    flat = _IN_BRACKETS.sub("", spot.flat).strip(" 　・:：")
    for form in _FORMS:
        match = form.match(flat)
        if match is None:
            continue
        groups = match.groupdict()
        unit = (groups.get("unit") or "")[1:]
        of = (groups["of"],) if groups["of"] else _COUNTED.get(unit, ())
        return _Label(spot, groups["one"], of) if of and _names(groups["one"]) else None
    price = next((match for form in _PRICES if (match := form.match(flat)) is not None), None)
    return _Label(spot, price["of"], (price["of"],), is_price=True) if price is not None else None


def _names(text: str) -> _Names:
    """Return the words of a name that mean something, those in English without their ends, and the rest of it."""
    words = {each[:_STEM].removesuffix("s") for each in _WORD.findall(text) if each not in _SMALL}
    return words, _EMPTY.sub("", re.sub(r"[a-z0-9\s・/／:：-]", "", text))


def _is_called(name: _Names, label: _Names) -> bool:
    """Return whether a line's label has all that a name says."""
    (words, rest), (own, flat) = name, label
    return bool(words or rest) and words <= own and rest in flat


def _agree(one: Relation, other: Relation) -> bool:
    """Return whether two relations want the same of a cell that they have in common."""
    for cell in one.cells:
        if any(cell.where == each.where for each in other.cells):
            wanted = [needed(each, cell.where) or Fraction(0) for each in (one, other)]
            if min(wanted) > 0 and max(wanted) - min(wanted) <= min(wanted) / 100:
                return True
    return False


def _finding(figure: Figure, relation: Relation) -> Finding:
    result, operands = relation.result, relation.operands
    expected, way, formula = relation.exact, relation.way, relation.formula
    if figure.where != result.where:
        other = next(each for each in operands if each.where != figure.where)
        pair = [result, other]
        if other.where == operands[0].where and relation.exact * (operands[1].value or ONE) == operands[0].value:
            pair = [other, result]  # a price: the amount ÷ its count
        values = [pair[0].value or Fraction(0), pair[1].value or ONE]
        expected = values[0] / values[1]
        way, formula = working.quotient(pair, values)
    code, what = following.edited(figure)
    return following.does_not_follow(figure, expected, way, (following.fix_of(figure), formula), code=code, what=what)
