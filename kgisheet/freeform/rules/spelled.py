"""Formulas that a text on the line spells out: 商談数÷商談率 beside 必要リード数, 必要予算（リード数×単価）, revenue / ACV.

The names in it are those of other lines of the same list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from ...check.finding import Finding
from ...language.catalogue import Phrase
from ...values.regex import regex
from ...values.units import CURRENCY
from ..read import lexicon, stages, terms
from ..read.figures import Figure
from ..read.plane import Spot
from ..read.spelling import plain
from ..read.units import MAX_LABEL
from . import following, telling, working
from .cells import Cells
from .marks import Marks, formula_in, is_mark
from .relation import FAILS, HOLDS, QUOTIENT, SUM, Relation, at_fault
from .rounded_up import as_needed, falls_short
from .rounding import as_written, fits, rounded_off

_PRODUCT, _SUMMED = "×÷", "+−"
_OPERATOR = regex(r"\s*([×✕*÷＋+−])\s*|\s+([x/-])\s+")
_IN_BRACKETS = regex(r"[(（]([^()（）]*(?:[×✕*÷+＋−－/]| [x-] )[^()（）]*)[)）]")
_RATIO = regex(r"\s*\d+ (?:per|for|of) \d")
_CIRCLED = regex("^[\u2460-\u2473]+")
_NUMBER = regex(r"^(\d+(?:\.\d+)?)(%|[^\d.%].{0,3})?$")
_RECIPROCAL = regex(r"^=?\s*1\s*[÷/]\s*[^\d\s]")
_WORKING = regex(
    r"(?:^|(?<=[(（]))[=]*\s*([¥$]?\d[\d,.]*[^\d×✕*÷()]{0,4}(?:(?:\s*[×✕*÷]\s*| [x/] )[¥$]?\d[\d,.]*[^\d×✕*÷()=]{0,4})+)(?:[)）=].*)?$"
)
_MONEY = regex(r"^(?P<abroad>[¥$])?(?P<number>\d+(?:\.\d+)?)\s*(?P<factor>億|千万|百万|万|千)?円?$")
_FACTORS = {"億": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3}
_SCALES = tuple(Fraction(each) ** sign for each in (1000, 10_000, 1_000_000) for sign in (1, -1))
_WORKED, _SMALL = "×✕*÷/x", 60
"""A number of a working that is no figure of the sheet is a rate, or so many months, weeks or days."""
_MOST = 4
_LIKE = 3
_ONE, _TWO = 1, 2
_LONG = 600
_ABOUT = terms.of("about", "margin")


class _Part(NamedTuple):
    """An operand with the sign before it; a number, or the figure of another line."""

    sign: str
    number: Fraction | None
    spot: Spot | None


class Spelled:
    """The relations of one sheet that its own words spell out."""

    def __init__(self, cells: Cells) -> None:
        self.all = cells
        self._lines: dict[tuple[int, int], dict[int, str]] = {}
        self._marks = Marks(cells)
        self._typed: dict[Fraction, list[Spot]] = {}
        found = [*self._of_marks(), *self._relations(), *self._in_numbers()]
        relations = [each for each, _ in found]
        # One that fails among none that holds is of something else, unless its own label names each figure.
        holds = sum(each.state == HOLDS for each in relations) * 2 >= len(relations)
        certain = len(found) == 1 or all(sure for _, sure in found)
        self.relations = relations if holds else [each for each, sure in found if sure] if certain else []

    def _of_marks(self) -> Iterator[tuple[Relation, bool]]:
        """Yield what the marks of lines spell out: ③÷④ in a label, of each column."""
        for row, texts in self.all.rows.items() if len(self._marks) > 1 else ():
            for text in texts.texts:
                spelled = formula_in(text.text)
                for result in self._figures_of(row, text) if spelled else ():
                    parts = self._parts(spelled, text, result, _ONE)
                    made = self._relation(result, [each[0] for each in parts]) if parts else None
                    if made is not None and result.col not in {
                        each.spot.col for (each,) in parts if each.spot and each.spot.row == row
                    }:
                        yield made, True

    def _in_numbers(self) -> Iterator[tuple[Relation, bool]]:
        """Yield what a remark works out in numbers that are figures of the sheet: 42, and beside it 500÷12.

        Of several figures before it one is meant: the one in the column in which most remarks hold.
        """
        lines: list[list[Relation]] = []
        for row, texts in self.all.rows.items():
            for text in texts.texts:
                match = _WORKING.search(_flat(text.text))
                if match is None or _ABOUT.search(text.flat):
                    continue
                spots = [spot for spot in self.all.page.plane.rows[row] if (row, spot.col) in self.all.amounts]
                before = [spot for spot in spots if spot.col < text.col]
                made = [(spot, parts) for spot in before if (parts := self._numbers(match[1], spot))]
                lines.append([each for spot, parts in made if (each := self._relation(spot, parts)) is not None])
        columns = Counter(each.result.where[2] for line in lines for each in line if each.state == HOLDS)
        for line in lines:
            meant = max(line, key=lambda each: columns[each.result.where[2]], default=None)
            if meant is not None and (len(line) == 1 or columns[meant.result.where[2]]):
                yield meant._replace(in_numbers=True), len(lines) == 1

    def _numbers(self, text: str, result: Spot) -> list[_Part]:
        """Return the numbers of a working, the figures among them as such; nothing where none is, or an amount isn't."""
        pieces = _OPERATOR.split(text)
        names = [_whole(each.strip().replace(",", "")) for each in pieces[::3]]
        signs = ["×", *((one or other) for one, other in zip(pieces[1::3], pieces[2::3], strict=True))]
        if not 1 < len(names) <= _MOST:
            return []
        parts: list[_Part] = []
        for sign, name in zip(signs, names, strict=True):
            part = self._operand("÷" if sign in "÷/" else "×", name, result) if sign in _WORKED else None
            if part is None:
                return []
            parts.append(part)
        return parts if any(each.spot is not None for each in parts) and self._is_of_money(result, parts) else []

    def _operand(self, sign: str, name: str, result: Spot) -> _Part | None:
        """Return a number of a working as the figure that it is, or as a rate, or so many months; None of what was a figure once."""
        amount = _MONEY.match(name)
        if amount is not None and (amount["abroad"] or not name[-1].isdigit()):
            value = Fraction(amount["number"]) * _FACTORS.get(amount["factor"], 1)
            spots = [self.all.amounts[at][0] for at in self.all.of_money.get(value, ())]
            spot = next((each for each in spots if each is not result), None)
            return _Part(sign, None, spot) if spot is not None else None
        number = _NUMBER.match(name)
        if number is None:
            return None
        is_rate = number[2] in ("%", "割")
        value = Fraction(number[1]) / {"%": 100, "割": 10}.get(number[2] or "", 1)
        shown = value * 100 if is_rate else value
        alike = [each for each in self._of_number(shown) if self.all.is_rate(each) == is_rate]
        spot = next((each for each in alike if each is not result and self.all.money(each) is None), None)
        if spot is None and not is_rate and value > _SMALL:
            return None
        return _Part(sign, value, None) if spot is None else _Part(sign, None, spot)

    def _is_of_money(self, result: Spot, parts: Sequence[_Part]) -> bool:
        """Return whether a working's result is money where that of its figures is: a count times a price is an amount, an amount by a price a count."""
        of = sum(
            (1 if each.sign == "×" else -1) for each in parts if each.spot is not None and self.all.money(each.spot) is not None
        )
        return of == (self.all.money(result) is not None)

    def _of_number(self, number: Fraction) -> list[Spot]:
        if not self._typed:
            for spot, amount in self.all.amounts.values():
                self._typed.setdefault(amount.number, []).append(spot)
        return self._typed.get(number, [])

    def _figures_of(self, row: int, text: Spot) -> list[Spot]:
        """Return the figures of a line of which a formula in one of its texts is: all after a label, the only one before a remark."""
        spots = [spot for spot in self.all.page.plane.rows[row] if (row, spot.col) in self.all.amounts]
        after = [spot for spot in spots if spot.col > text.col]
        return after if after else spots if len(spots) == 1 else []

    def _relations(self) -> Iterator[tuple[Relation, bool]]:
        """Yield what is spelled out, and whether it is so in the label itself and by names of one line each."""
        for row, texts in self.all.rows.items():
            if not _may(texts.texts):
                continue
            spots = [spot for spot in self.all.page.plane.rows[row] if (row, spot.col) in self.all.amounts]
            if len(spots) != 1:
                continue  # of several figures on a line it isn't known which is meant
            (result,) = spots
            label = self.all.label(result)
            if label is None or _ABOUT.search(label.flat):
                continue
            for text in texts.texts:
                said = _IN_BRACKETS.search(_flat(text.text)) if text is label else None
                if said is not None and _RATIO.match(said[1]):
                    continue  # a manager for 8 of both, not both
                spelled = said[1] if said is not None else _flat(text.text) if text.col > result.col else ""
                least = _ONE if said is not None or _RECIPROCAL.match(spelled) else _TWO
                parts = self._parts(spelled.partition("=")[2] or spelled, label, result, least) if spelled else []
                choices = product(*parts) if parts else ()
                made = [relation for each in choices if (relation := self._relation(result, each)) is not None]
                if made and any(self._takes_what_is_said(one, spelled) for one in made):
                    break
                if made:
                    # Of two lines of a name, 単価, the one for which it is right; else the nearest above.
                    sure = said is not None and all(len(each) == 1 for each in parts)
                    yield next((each for each in made if each.state == HOLDS), made[0]), sure
                    break

    def _takes_what_is_said(self, relation: Relation, text: str) -> bool:
        """Return whether a formula takes other figures of the same lines, whose headings the text names: total value / target."""
        uses = self.all.references.of(relation.result.where)
        others = [each for each in uses if each[1:] not in {cell.at for cell in relation.operands}]
        if not others or {each[1] for each in uses} != {each.at[0] for each in relation.operands}:
            return False
        headings = [self.all.heading(self.all.amounts[each[1:]][0]) for each in others if each[1:] in self.all.amounts]
        return len(headings) == len(others) and all(each is not None and each.flat in text for each in headings)

    def _parts(self, text: str, label: Spot, result: Spot, least: int) -> list[list[_Part]]:
        """Return the operands of a formula in words, so many figures at least; nothing where one isn't known, or it mixes sums and products."""
        pieces = _OPERATOR.split(_without_brackets(text.lstrip("=＝ ")))
        names, signs = pieces[::3], [(one or other) for one, other in zip(pieces[1::3], pieces[2::3], strict=True)]
        signs = ["×" if each in "×✕*x" else "÷" if each in "÷/" else "+" if each in "+＋" else "−" for each in signs]
        if not 1 < len(names) <= _MOST or len({each in _PRODUCT for each in signs}) > 1:
            return []
        first = "×" if signs[0] in _PRODUCT else "+"
        found = [self._part(sign, name.strip(" 　"), label, result) for sign, name in zip([first, *signs], names, strict=True)]
        return found if all(found) and sum(each[0].spot is not None for each in found) >= least else []

    def _part(self, sign: str, name: str, label: Spot, result: Spot) -> list[_Part]:
        number = _NUMBER.match(name)
        if number is not None:
            value = Fraction(number[1]) / (100 if number[2] == "%" else 1)
            return [_Part(sign, value, None)] if value else []
        return [_Part(sign, None, spot) for spot in self._named(name, label, result)]

    def _named(self, name: str, label: Spot, result: Spot) -> list[Spot]:
        """Return the figures of the lines of the list whose label is a name, ends in it, or has it, the nearest above first."""
        if is_mark(name):
            figure = self._marks.figure(name, result.col)
            return [figure] if figure is not None else []
        wanted = lexicon.key(_CIRCLED.sub("", name))
        if len(wanted) < 2:
            return []
        lines = {row: its for row, its in self._names(label.col, result.col).items() if row != label.row}
        exact = [row for row, its in lines.items() if its == wanted]
        ends = [row for row, its in lines.items() if its and (its.endswith(wanted) or wanted.endswith(its))]
        has = [row for row, its in lines.items() if _bare(wanted) in its]
        within = [row for row, its in lines.items() if len(its) > 2 and its in wanted]  # 年間の新規MRR合計
        rows = sorted(exact or ends or has or within, key=lambda row: (row > result.row, abs(row - result.row)))
        return [self.all.amounts[row, result.col][0] for row in rows[:_LIKE]]

    def _names(self, col: int, of: int) -> dict[int, str]:
        """Return the labels of a column by their rows, as words are compared: of those that have a figure in another column.

        A column of data, longer than any goal sheet, has none.
        """
        if (col, of) not in self._lines:
            texts = [spot for spot in self.all.cols[col].texts if (spot.row, of) in self.all.amounts]
            self._lines[col, of] = {
                spot.row: lexicon.key(re.sub(r"[(（].*?[)）]", "", _CIRCLED.sub("", spot.text)))
                for spot in (texts if len(texts) <= _LONG else ())
            }
        return self._lines[col, of]

    def _relation(self, spot: Spot, parts: Sequence[_Part]) -> Relation | None:
        result = self._figure(spot)
        figures = [self._figure(part.spot) if part.spot is not None else None for part in parts]
        operands = [each for each in figures if each is not None]
        values = [part.number if each is None else each.value for part, each in zip(parts, figures, strict=True)]
        found = result.value or Fraction(0)
        summed = parts[0].sign in _SUMMED
        exact = Fraction(0) if summed else Fraction(1)
        for part, value in zip(parts, values, strict=True):
            if value is None or (part.sign == "÷" and not value):
                return None
            exact = (
                exact + (value if part.sign == "+" else -value)
                if summed
                else exact * value
                if part.sign == "×"
                else exact / value
            )
        if not found or not exact:
            return None
        unit = Fraction(result.unit.factor) if result.unit is not None else Fraction(1)
        holds = (
            fits(found / unit, exact / unit)
            or rounded_off(found / unit, exact / unit)
            or (self.all.is_rate(spot) and abs(found - exact) <= Fraction(1, 200))
            or _is_measured(found, parts, [each or Fraction(0) for each in values])
        )
        # 520 ÷ 120 are 5 where they are rounded up, and nothing else is wrong where they aren't.
        is_short = not summed and holds and falls_short(result, exact)
        if summed:
            signs = [1 if part.sign == "+" else -1 for part in parts if part.spot is not None]
            way, formula = working.added(operands, result.where[0], signs)
            operands = [
                each if sign > 0 else each._replace(value=-(each.value or Fraction(0)))
                for each, sign in zip(operands, signs, strict=True)
            ]
            return Relation(SUM, result, tuple(operands), exact, HOLDS if holds else FAILS, way, formula)
        if len(operands) == 1 and len(parts) == _TWO and parts[0].spot is not None:
            way, formula = _by_number(operands[0], parts[1])
        elif len(operands) == 1 and [part.sign for part in parts] == ["×", "÷"] and parts[0].number == 1:
            way, formula = _reciprocal(operands[0])
        elif any(part.sign == "÷" for part in parts):
            way, formula = working.quotient(operands, [each.value or Fraction(0) for each in operands], result)
        else:
            way, formula = working.product(result, operands, Fraction(1))
        plain = len(operands) in (1, len(parts)) and [part.sign for part in parts[1:]] in (["÷"], ["×"] * (len(parts) - 1))
        formula = formula if plain or formula.startswith("=1/") else ""
        if is_short:
            return as_needed(result, operands, exact, way, formula)
        return Relation(QUOTIENT, result, tuple(operands), exact, HOLDS if holds else FAILS, way, formula)

    def _figure(self, spot: Spot) -> Figure:
        """Return a figure with the unit of money that is given beside it: 12,800 | 千円."""
        figure = self.all.figure(spot)
        beside = next((each for each in self.all.rows[spot.row].texts if each.col > spot.col), None)
        unit = beside.word.unit if beside is not None and beside.word is not None and beside.kind == lexicon.UNIT else None
        if figure.unit is not None or unit is None or unit.kind != CURRENCY or self.all.is_rate(spot):
            return figure
        value = (figure.value or Fraction(0)) * unit.factor
        return figure._replace(value=value, unit=unit, field=stages.AMOUNT_OF + figure.label)

    def _takes_another(self, relation: Relation) -> bool:
        """Return whether a formula takes another cell of the list for one of those that its label spells out: the target × coverage for the gap."""
        own, uses = {each.where for each in relation.operands}, self.all.references.of(relation.result.where)
        others = uses - own
        return (
            len(relation.operands) == _TWO
            and len(others) == len(own - uses) == 1
            and all(each[0] == self.all.page.title and each[2] == relation.result.where[2] for each in others)
        )

    # -- findings ---------------------------------------------------------------------

    def findings(self, told: set[tuple[str | None, str | None]], sound: set[tuple[str, int, int]]) -> Iterator[Finding]:
        """Report a figure that isn't what its line says, where it is the one that nothing else confirms."""
        otherwise = [each for each in self.relations if each.state == FAILS and self._takes_another(each)]
        for figure, relation in (
            *((each.result, each) for each in otherwise if not each.is_told(told)),
            *at_fault([each for each in self.relations if each not in otherwise], told, sound),
        ):
            if figure.where == relation.result.where:
                code, what = following.edited(figure)
                fix = (following.FIX_VALUE, relation.formula)
                yield following.does_not_follow(figure, relation.exact, relation.way, fix, code=code, what=what)


def _is_measured(found: Fraction, parts: Sequence[_Part], values: Sequence[Fraction]) -> bool:
    """Return whether the rate of a quotient is that of its two counts, to its last digit."""
    return len(parts) == 2 and parts[1].sign == "÷" and 0 < values[1] < 1 and as_written(found, values[0], [values[1]])


def _reciprocal(figure: Figure) -> tuple[Phrase, str]:
    """Return one by a figure: of 2 % that leave a month, each stays for 50."""
    one = Phrase("freeform.way.figure", label=telling.label(figure), value=telling.value(figure, figure.value or Fraction(0)))
    return Phrase("freeform.way.reciprocal", one=one), f"=1/{figure.cell}"


def _by_number(figure: Figure, part: _Part) -> tuple[Phrase, str]:
    """Return a figure times a number, or divided by it."""
    value, number = figure.value or Fraction(0), part.number or Fraction(1)
    said = telling.plain(number) if number >= 1 else f"{telling.plain(number * 100)}%"
    one = Phrase("freeform.way.figure", label=telling.label(figure), value=telling.value(figure, value))
    key, sign = ("freeform.way.per", "/") if part.sign == "÷" else ("freeform.way.times_number", "*")
    return Phrase(key, one=one, by=said), f"={figure.cell}{sign}{said}"


def _whole(name: str) -> str:
    """Return a number of a working in ones: 40k is 40000, 1.2M 1200000."""
    match = _IN_K.match(name)
    return f"{match[1] or ''}{Fraction(match[2]) * _BY_LETTER[match[3].casefold()]}" if match is not None else name


_IN_K, _BY_LETTER = regex(r"^([¥$€£])?(\d+(?:\.\d+)?)\s?([kKmM])$"), {"k": 1000, "m": 1_000_000}


def _without_brackets(text: str) -> str:
    """Return a formula in words that divides by what is in brackets, without them: CAC÷（ARPA×粗利率） is CAC÷ARPA÷粗利率."""
    return _BY_BRACKETS.sub(lambda found: f"÷{found[1].translate(_TURNED).replace(' x ', ' ÷ ')}", text)


_BY_BRACKETS, _TURNED = regex(r"[÷/]\s*[(（]([^()（）+＋−－]*)[)）]"), str.maketrans("×✕*÷/", "÷÷÷××")


def _bare(name: str) -> str:
    return re.sub(r"(?:目標|件数|数|率)$", "", name) or name


def _flat(text: str) -> str:
    return plain(text).replace("－", "−").replace("→", " ").strip()


def _may(texts: Sequence[Spot]) -> bool:
    return any(len(each.text) <= 2 * MAX_LABEL and re.search(r"[×✕*÷+＋−－]| [x/-] ", each.text) for each in texts)
