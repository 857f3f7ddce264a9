"""I01–I11: what was typed into the inputs, and its probable meaning."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any

from ...filled.relocation import TAB_MONTH
from ...formula.grid import CircleError, Where
from ...formula.nodes import ErrorValue, Tree, Unknown, walk
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError
from ...language.text import Text
from ...template import tables
from ...template.model import Cell, Usual
from ...values import amounts
from ...values.rounding import number
from ...values.tolerance import exceeds, is_whole
from ...values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from ...worksheet.labels import usual_text
from ...worksheet.shown import json_value, quoted, shown
from ...xlsx.read.formats import is_date
from ...xlsx.read.sheetpart import DAMAGED, inside
from ..compare.kinds import Kinds
from ..compare.spelling import normal
from ..finding import ERROR, LIKELY, NOTE, REVIEW, WARNING, Finding
from ..subject import Subject
from .readings import both_readings, read_as
from .validation import broken

_NUMERIC = (CURRENCY, COUNT, RATE)
_SMALL_RATE = Fraction(1, 100)
_CVRS = ("channel_cvr", "month_cvr_override", "month_cvr_reported")  # about 1 % is common: small is no sign of a slip there
_VOLATILE = ("RANDBETWEEN", "RANDARRAY", "RAND", "TODAY", "NOW")
_INSIDE = ("closed_through", "as_of_month")  # months of the year


def inputs(subject: Subject) -> Iterator[Finding]:
    """Check every input once."""
    checks = _Inputs(subject)
    for cell, row, where in subject.inputs():
        yield from checks.look(cell, row, where)


class _Inputs:
    """The possible faults of an input, kind by kind."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def look(self, cell: Cell, row: int | None, where: Where) -> Iterator[Finding]:
        stored = self.subject.book.at(cell.name, row)
        if stored.formula is not None:
            said = list(self._worked_out(cell, row, where, stored.formula))
            yield from said
            if said or self._circular(where):
                return
        value = stored.value if stored.formula is None else self.subject.book.value(cell.name, row)
        if isinstance(value, ErrorValue):
            value = value.text
        if cell.name == TAB_MONTH:
            return  # S09 looks at it
        if value in (None, ""):
            yield from self._blank(cell, row)
        elif value == DAMAGED:
            yield self._damaged(cell, row)
        elif cell.choices is not None:
            if value not in [text.to(self.subject.book.lang) for text in cell.choices.values()]:
                yield self._forbidden(cell, row, value)
        elif cell.unit in _NUMERIC:
            yield from self._number(cell, row, value)
        elif cell.unit in (DATE, MONTH) and self.subject.book.date(cell.name, row) is None:
            yield self._forbidden(cell, row, value)
        elif cell.name in _INSIDE and not self._is_inside(cell):
            yield self._outside(cell)
        elif broken(self.subject, where):
            yield self._forbidden(cell, row, value if isinstance(value, str) else self.subject.book.date(cell.name, row))

    @cached_property
    def _months(self) -> list[datetime.date]:
        """The months of the year, by their first days."""
        values = self.subject.book.solution.values.get("month_start")
        found = [each for each in values if isinstance(each, datetime.date)] if isinstance(values, list) else []
        return [each.replace(day=1) for each in found]

    def _is_inside(self, cell: Cell) -> bool:
        day = self.subject.book.date(cell.name)
        return not self._months or (day is not None and day.replace(day=1) in self._months)

    def _outside(self, cell: Cell) -> Finding:
        label, day = self.subject.label(cell, None), self.subject.book.date(cell.name)
        first, last = (f"{each:%Y-%m}" for each in (self._months[0], self._months[-1]))
        return self.subject.finding(
            "I10", WARNING, cell, None,
            Text(f"{label.ja}の「{day:%Y-%m}」は、この年度({first}〜{last})の月ではありません",
                 f"{label.en} is {day:%Y-%m}, no month of this year ({first} to {last})"),
            Text(f"{first}から{last}までの月を、その月の1日の日付で入力するか、空欄にしてください",
                 f"type the first day of a month from {first} to {last}, or clear the cell"),
            found=f"{day:%Y-%m}",
        )  # fmt: skip

    def _damaged(self, cell: Cell, row: int | None) -> Finding:
        label = self.subject.label(cell, row)
        return self.subject.finding(
            "I10", ERROR, cell, row,
            Text(f"{label.ja}の中身が壊れていて読めません", f"What {label.en} holds is damaged and can't be read"),
            Text("値を入力し直してください", "type it again"),
        )  # fmt: skip

    def _worked_out(self, cell: Cell, row: int | None, where: Where, formula: str) -> Iterator[Finding]:
        """Report an input's formula that refers to another workbook, or gives an error; others are the owner's choice."""
        label = self.subject.label(cell, row)
        try:
            tree = parse(formula)
        except FormulaError:
            return
        if self._circular(where):
            return  # F08 says so
        now = self.subject.book.value(cell.name, row)
        volatile = next((name for name in _VOLATILE if re.search(rf"\b{name}\(", formula, re.IGNORECASE)), None)
        if volatile is not None and (cell.unit in _NUMERIC or not volatile.startswith(("TODAY", "NOW"))):
            yield self.subject.finding(
                "F02", WARNING, cell, row,
                Text(f"{label.ja}の数式の {volatile} は、開くたびに値が変わります。数式: {quoted(formula, 80)}",
                     f"{label.en} is worked out with {volatile}, and changes whenever the workbook is opened. Formula: {quoted(formula, 80)}"),
                Text("値を入力してください", "type the value"), found=json_value(now),
            )  # fmt: skip
        elif any(isinstance(each, Unknown) and each.external for each in walk(tree)):
            other = self.subject.other_book(formula)
            yield self.subject.finding(
                "F11", WARNING, cell, row,
                Text(f"{label.ja}が{other.ja}を参照しています。数式: {quoted(formula, 80)}", f"{label.en} refers to {other.en}. Formula: {quoted(formula, 80)}"),
                Text("値を入力し直してください", "type the value instead"), found=json_value(now),
            )  # fmt: skip
        elif not isinstance(now, ErrorValue) and self._kinds.hides(tree, where):
            yield self.subject.finding(
                "F07", ERROR, cell, row,
                Text(f"{label.ja}の数式がエラーになり、代わりの値({shown(now, cell).ja})で計算されています。数式: {quoted(formula, 80)}",
                     f"The formula of {label.en} fails, and its fallback, {shown(now, cell).en}, is used instead. Formula: {quoted(formula, 80)}"),
                Text("参照先を直すか、値を入力してください", "correct what it refers to, or type the value"), found=json_value(now),
            )  # fmt: skip
        elif normal(tree, self.subject, where[0]) in self._results:
            yield self.subject.finding(
                "F02", ERROR, cell, row,
                Text(f"{label.ja}の入力欄に、結果の数式が写されています。数式: {quoted(formula, 80)}", f"{label.en} holds the formula of a result: {quoted(formula, 80)}"),
                Text("値を入力し直してください", "type the value instead"), found=json_value(now),
            )  # fmt: skip
        elif isinstance(now, ErrorValue):
            yield self.subject.finding(
                "F06", ERROR, cell, row,
                Text(f"{label.ja}がエラー {now.text} です。数式: {quoted(formula, 80)}", f"{label.en} is {now.text}. Formula: {quoted(formula, 80)}"),
                Text("数式を直すか、値を入力してください", "fix the formula, or type a value"), found=now.text,
            )  # fmt: skip

    @cached_property
    def _kinds(self) -> Kinds:
        return Kinds(self.subject)

    def _circular(self, where: Where) -> bool:
        try:
            self.subject.recalculated.value(where)
        except CircleError:
            return True
        except NotEvaluatedError:
            pass
        return False

    @cached_property
    def _results(self) -> set[Tree]:
        """The formulas that belong to results."""
        return {
            normal(parse(self.subject.expected_formula(cell, where)), self.subject, where[0])
            for cell, _, where in self.subject.results()
        }

    # -- empty ------------------------------------------------------------

    def _blank(self, cell: Cell, row: int | None) -> Iterator[Finding]:
        if cell.table == tables.CHANNEL and cell.name == f"{cell.table}_name":
            yield from self._nameless(cell, row)
        if not self._needed(cell, row) or self._swallowed(cell, row):
            return
        label = self.subject.label(cell, row)
        yield self.subject.finding(
            "I06", ERROR, cell, row,
            Text(f"{label.ja}が未入力です。この先の数を計算できません", f"{label.en} is empty, so what follows can't be calculated"),
            Text("値を入力してください", "fill it in"),
        )  # fmt: skip

    def _swallowed(self, cell: Cell, row: int | None) -> bool:
        """Return whether a merge has taken the cell: S06 reports it."""
        sheet, at, col = self._where(cell, row)
        return any(
            facts.title == sheet and inside(area, at, col) and (at, col) != area[:2]
            for facts in self.subject.book.read.sheets
            for area in facts.merged
        )

    def _nameless(self, cell: Cell, row: int | None) -> Iterator[Finding]:
        """Report a row with figures and no name: it counts for nothing, and its share is missing elsewhere."""
        others = [
            each
            for each in self.subject.template.inputs()
            if each.table == cell.table and each is not cell and each.name not in self.subject.book.parted
        ]
        if any(self.subject.book.value(each.name, row) not in (None, "") for each in others):
            label = self.subject.label(cell, row)
            yield self.subject.finding(
                "I06", ERROR, cell, row,
                Text(f"{(row or 0) + 1}行目の{cell.label.ja}が未入力です。数値があるのに、この行は計算に入りません",
                     f"{label.en} is empty: the row has figures, but counts for nothing"),
                Text("名前を入力するか、行の数値を消してください", "type a name, or clear the row"),
            )  # fmt: skip

    def _needed(self, cell: Cell, row: int | None) -> bool:
        if cell.table is None:
            return cell.required or (cell.choices is not None and cell.default is not None)
        if self.subject.book.is_spare(cell, row):
            return False
        either = {name for group in self.subject.template.either for name in group}
        return cell.required or cell.name in either

    # -- numbers ----------------------------------------------------------

    def _number(self, cell: Cell, row: int | None, value: Any) -> Iterator[Finding]:
        label = self.subject.label(cell, row)
        stored = self.subject.book.at(cell.name, row)
        if isinstance(value, bool):
            yield self.subject.finding(
                "I09", WARNING, cell, row,
                Text(f"{label.ja}に {str(value).upper()} が入っています。数値ではありません", f"{label.en} holds {str(value).upper()}, which is not a number"),
                Text("数値を入力してください", "type a number"), found=value,
            )  # fmt: skip
        elif isinstance(value, (datetime.date, datetime.datetime)):
            yield self.subject.finding(
                "I08", WARNING, cell, row,
                Text(f"{label.ja}が日付({value:%Y-%m-%d})になっています。「1/2」のような入力が日付に変わったのかもしれません",
                     f"{label.en} is a date ({value:%Y-%m-%d}); something like 1/2 may have turned into one"),
                Text("表示形式を標準に戻し、数値を入力し直してください", "set the format to General, then type the number again"),
                found=value.strftime("%Y-%m-%d"), confidence=LIKELY,
            )  # fmt: skip
        elif isinstance(value, str):
            yield self._text(cell, row, value)
        elif isinstance(value, Fraction):
            yield from self._size(cell, row, value)
        elif 0 < value < 1 and is_date(stored.format):
            minutes = round(value * 24 * 60)
            said = f"{minutes // 60}:{minutes % 60:02}"
            yield self.subject.finding(
                "I08", WARNING, cell, row,
                Text(f"{label.ja}が時刻({said})になっています。「{said}」のような入力が時刻に変わったのかもしれません",
                     f"{label.en} is a time of day ({said}); something like {said} may have turned into one"),
                Text("表示形式を標準に戻し、数値を入力し直してください", "set the format to General, then type the number again"),
                found=said, confidence=LIKELY,
            )  # fmt: skip
        else:
            yield from self._size(cell, row, Fraction(repr(value)) if abs(value) < float("inf") else None)

    def _text(self, cell: Cell, row: int | None, value: str) -> Finding:
        """Return a number typed as text: how it reads, and that the sheet doesn't take it so."""
        said, label = quoted(value), self.subject.label(cell, row)
        if re.fullmatch(r"\s*[1-9]\d{0,2}(\.\d{3})+(,\d+)?\s*|\s*\d+,\d{1,2}\s*%?\s*", value):
            other, same = both_readings(value.strip())
            return self.subject.finding(
                "I02", WARNING, cell, row,
                Text(f"{label.ja}「{said}」は {other} とも {same} とも読めます", f"{label.en} “{said}” may mean {other} or {same}")
                if other != same
                else Text(f"{label.ja}「{said}」は文字として入っているため、計算に使われません", f"{label.en} “{said}” is text, so nothing is calculated from it"),
                Text("小数点は「.」、桁区切りは「,」で入力し直してください", "type it again: a point for decimals, commas for thousands")
                if other != same
                else Text(f"半角の数値 {other} を入力し直してください", f"type the number {other} instead"),
                found=value, confidence=REVIEW,
            )  # fmt: skip
        read = read_as(cell, value)
        if read is None:
            return self.subject.finding(
                "I01", ERROR, cell, row,
                Text(f"{label.ja}に数値でない「{said}」が入っています", f"{label.en} holds “{said}”, which is not a number"),
                Text("数値を入力してください", "type a number") if cell.required
                else Text("数値を入力するか、使わない欄なら空にしてください", "type a number, or clear the cell if it isn't used"),
                found=value,
            )  # fmt: skip
        meant = shown(read, cell)
        return self.subject.finding(
            "I01", ERROR, cell, row,
            Text(f"{label.ja}「{said}」は文字として入っているため、計算に使われません({meant.ja}のつもりと読めます)",
                 f"{label.en} “{said}” is text, so nothing is calculated from it (it reads as {meant.en})"),
            Text(f"半角の数値 {number(read)} を入力し直してください", f"type the number {number(read)} instead")
            if read > 0 or (read == 0 and not self._divides(cell))
            else Text("0以上の数値を半角で入力し直してください", "type a number instead, zero or more") if not self._divides(cell)
            else Text("0より大きい数値を半角で入力し直してください", "type a number above zero instead"),
            found=value, expected=json_value(read), confidence=LIKELY,
        )  # fmt: skip

    def _size(self, cell: Cell, row: int | None, value: Fraction | None) -> Iterator[Finding]:
        label = self.subject.label(cell, row)
        if value is None or abs(value) > (amounts.MAX_COUNT if cell.unit == COUNT else amounts.MAX_YEN):
            yield self.subject.finding(
                "I07", ERROR, cell, row,
                Text(f"{label.ja}が大きすぎます", f"{label.en} is far too large"),
                Text("桁を確かめて、数値を入力し直してください", "check the digits, then type the number again"), found=None if value is None else number(value),
            )  # fmt: skip
            return
        said = shown(value, cell)
        if value < 0 or (value == 0 and self._divides(cell)):
            yield self.subject.finding(
                "I06", ERROR, cell, row,
                Text(f"{label.ja}が{said.ja}です。" + ("割り算ができません" if value == 0 else "負の値は使えません"),
                     f"{label.en} is {said.en}: " + ("nothing can be divided by it" if value == 0 else "it can't be negative")),
                Text("0より大きい値を入力してください", "type a value above zero") if self._divides(cell)
                else Text("0以上の値を入力してください", "type zero or more"), found=number(value),
            )  # fmt: skip
        elif cell.unit == RATE:
            yield from self._rate(cell, row, value)
        elif cell.recorded:
            return  # with rounding off, what was reported has fractions
        elif cell.unit == COUNT and not is_whole(value):
            if not self._may_be_parted(cell):
                yield self._forbidden(cell, row, number(value))
        elif broken(self.subject, self._where(cell, row)):
            yield self._forbidden(cell, row, number(value))

    def _divides(self, cell: Cell) -> bool:
        """Return whether 0 makes the results impossible: prices, the page's rates, multipliers. A margin or a share may be 0."""
        is_share = cell.name == "channel_share" or cell.section in self._beyond
        return cell.positive or cell.unbounded or (cell.unit == RATE and not is_share)

    @cached_property
    def _beyond(self) -> frozenset[str]:
        return frozenset(section.key for section in self.subject.template.drawn())

    def _may_be_parted(self, cell: Cell) -> bool:
        """Return whether a count may be fractional: a weight; a month's goal or actual when counts aren't made whole."""
        over_the_year = cell.table in (tables.MONTH, tables.MONTH_CHANNEL)
        return bool(cell.decimals) or (over_the_year and self.subject.book.inputs.get("rounding") == "none")

    def _where(self, cell: Cell, row: int | None) -> Where:
        place = self.subject.book.place(cell.name, row)
        assert place is not None
        return place.sheet, place.row, place.col

    def _rate(self, cell: Cell, row: int | None, value: Fraction) -> Iterator[Finding]:
        label = self.subject.label(cell, row)
        if exceeds(value, amounts.MAX_FACTOR if cell.unbounded else 1):
            yield self._too_high(cell, row, value)
        elif 0 < value < _SMALL_RATE and cell.name not in _CVRS and cell.name != "channel_share":
            yield self.subject.finding(
                "I04", WARNING, cell, row,
                Text(f"{label.ja}が{shown(value, cell).ja}です。{shown(value * 100, cell).ja}のつもりで、%の欄に小数を入れていませんか",
                     f"{label.en} is {shown(value, cell).en}; was a fraction typed into a percent cell ({shown(value * 100, cell).en} meant)?"),
                Text(f"{shown(value * 100, cell).ja}のつもりなら「{shown(value * 100, cell).ja}」と入力し直してください",
                     f"type {shown(value * 100, cell).en} if that is what is meant"), found=number(value), confidence=REVIEW,
            )  # fmt: skip
        elif cell.usual is not None and not _is_usual(cell.usual, value):
            usual = usual_text(cell)
            yield self.subject.finding(
                "I11", NOTE, cell, row,
                Text(f"{label.ja}{shown(value, cell).ja}は{usual.ja}の外です(出典: {cell.usual.source.ja})",
                     f"{label.en}, {shown(value, cell).en}, is outside what is {usual.en} (source: {cell.usual.source.en})"),
                Text("自社の実績に基づくなら、そのままで構いません", "leave it if it comes from your own figures"),
                found=number(value), confidence=REVIEW,
            )  # fmt: skip

    def _too_high(self, cell: Cell, row: int | None, value: Fraction) -> Finding:
        """Return a rate above 100 %, as the cell shows it: 3,000 % for 30 typed into a percent cell."""
        label, most = self.subject.label(cell, row), amounts.MAX_FACTOR if cell.unbounded else 1
        typed, meant, now = number(value), shown(value / 100, cell), shown(value, cell)
        stored = self.subject.book.at(cell.name, row)
        how = Text(f"が「{now.ja}」と表示されています", f"shows {now.en}")
        if "%" not in (stored.format or ""):
            how = Text(f"に「{typed}」が入っています({now.ja}の意味になります)", f"holds {typed}, which is {now.en}")
        return self.subject.finding(
            "I03", ERROR, cell, row,
            Text(f"{label.ja}{how.ja}。使えるのは{most * 100}%までです", f"{label.en} {how.en}; it can be {most * 100}% at most"),
            Text(f"{meant.ja}のつもりなら「{meant.ja}」と入力し直してください", f"type {meant.en} if that is what is meant"),
            found=typed, expected=number(value / 100),
        )  # fmt: skip

    def _forbidden(self, cell: Cell, row: int | None, value: Any) -> Finding:
        label = self.subject.label(cell, row)
        fix = Text("セルの入力規則に合う値を入力し直してください", "type a value that the cell allows")
        if cell.unit in (DATE, MONTH):
            fix = Text("「2026/4/1」のように日付で入力してください", "type a date, such as 2026-04-01")
        if cell.unit in (COUNT, CURRENCY) and not cell.decimals:
            fix = Text("整数で入力し直してください", "type a whole number")
        if cell.choices is not None:
            listed = [text.to(self.subject.book.lang) for text in cell.choices.values()]
            fix = Text(f"{'、'.join(listed)} から選んでください", f"choose one of {', '.join(listed)}")
        shown_value = value if isinstance(value, (str, int, float)) else str(value)
        return self.subject.finding(
            "I10", WARNING, cell, row,
            Text(f"{label.ja}の「{quoted(str(value))}」は、このセルの入力規則では使えない値です",
                 f"{label.en} holds “{quoted(str(value))}”, which its own validation forbids"),
            fix, found=shown_value,
        )  # fmt: skip


def _is_usual(usual: Usual, value: Fraction) -> bool:
    """Return whether a rate is within the range; for a single figure ("about 1 %"), within a factor of ten."""
    if usual.low == usual.high:
        return usual.low / 10 < value < usual.high * 10
    return usual.low <= value <= usual.high
