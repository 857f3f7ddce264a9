"""I01–I11: what was typed into the inputs, and its probable meaning."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any

from ...formula.grid import CircleError, Where
from ...formula.nodes import ErrorValue, Tree, Unknown, walk
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError
from ...language.catalogue import Phrase
from ...template import tables
from ...template.model import Cell, Usual
from ...template.tables import TAB_MONTH
from ...values import amounts
from ...values.rounding import number
from ...values.tolerance import exceeds, is_whole
from ...values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from ...worksheet.labels import usual_text
from ...worksheet.shown import json_value, quoted, shown
from ...xlsx.read.formats import is_date
from ...xlsx.read.sheetpart import DAMAGED
from ..compare.kinds import Kinds
from ..compare.spelling import normal, outermost
from ..finding import Finding
from ..subject import Subject
from .readings import both_readings, read_as
from .validation import broken

_NUMERIC = (CURRENCY, COUNT, RATE)
_SMALL_RATE = Fraction(1, 100)
_VOLATILE = ("RANDBETWEEN", "RANDARRAY", "RAND", "TODAY", "NOW")


def inputs(subject: Subject) -> Iterator[Finding]:
    """Check every input once."""
    checks = _Inputs(subject)
    for cell, row, where in subject.inputs():
        yield from checks.look(cell, row, where)


class _Inputs:
    """The possible faults of an input, kind by kind."""

    def __init__(self, subject: Subject) -> None:
        self.subject, self.roles = subject, subject.roles

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
        elif cell.name in (self.roles.closed_through, self.roles.as_of_month) and not self._is_inside(cell):
            yield self._outside(cell)
        elif broken(self.subject, where):
            yield self._forbidden(cell, row, value if isinstance(value, str) else self.subject.book.date(cell.name, row))

    @cached_property
    def _months(self) -> list[datetime.date]:
        """The months of the year, by their first days."""
        values = self.subject.book.solution.values.get(self.roles.month_start)
        found = [each for each in values if isinstance(each, datetime.date)] if isinstance(values, list) else []
        return [each.replace(day=1) for each in found]

    def _may_be_small(self, cell: Cell) -> bool:
        """Return whether a rate may well be about 1 %: a conversion rate, a share."""
        roles = self.roles
        return cell.name in (roles.channel_cvr, roles.month_cvr_override, roles.month_cvr_reported, roles.channel_share)

    def _is_inside(self, cell: Cell) -> bool:
        day = self.subject.book.date(cell.name)
        return not self._months or (day is not None and day.replace(day=1) in self._months)

    def _outside(self, cell: Cell) -> Finding:
        day = self.subject.book.date(cell.name)
        first, last = (f"{each:%Y-%m}" for each in (self._months[0], self._months[-1]))
        return self.subject.finding("I10.outside_year", cell, None, day=day, first=first, last=last, found=f"{day:%Y-%m}")

    def _damaged(self, cell: Cell, row: int | None) -> Finding:
        return self.subject.finding("I10.damaged", cell, row, found=DAMAGED)

    def _worked_out(self, cell: Cell, row: int | None, where: Where, formula: str) -> Iterator[Finding]:
        """Report an input's formula that refers to another workbook, gives an error or can't be read; others are the owner's choice."""
        try:
            tree = parse(formula)
        except FormulaError:
            tree = None
        elsewhere = tree is not None and any(isinstance(each, Unknown) and each.external for each in walk(tree))
        if not elsewhere and self._is_unknown(cell, row, where):
            yield self.subject.finding(
                "F06.input_unreadable", cell, row, formula=quoted(formula, 80), found=f"={formula.lstrip('=')}"
            )
            return
        if tree is None:
            return  # the program that saved it knew what it comes to
        if self._circular(where):
            return  # F08 says so
        now = self.subject.book.value(cell.name, row)
        volatile = next((name for name in _VOLATILE if re.search(rf"\b{name}\(", formula, re.IGNORECASE)), None)
        if volatile is not None and (cell.unit in _NUMERIC or not volatile.startswith(("TODAY", "NOW"))):
            yield self.subject.finding(
                "F02.volatile", cell, row, volatile=volatile, formula=quoted(formula, 80), found=json_value(now)
            )
        elif elsewhere:
            other = self.subject.other_book(formula)
            yield self.subject.finding(
                "F11.input_elsewhere", cell, row, other=other, formula=quoted(formula, 80), found=json_value(now)
            )
        elif not isinstance(now, ErrorValue) and self._kinds.hides(tree, where):
            yield self.subject.finding(
                "F07.input_hides_error", cell, row, now=shown(now, cell), formula=quoted(formula, 80), found=json_value(now)
            )
        elif self._is_a_results(tree, where):
            yield self.subject.finding("F02.result_copied", cell, row, formula=quoted(formula, 80), found=json_value(now))
        elif isinstance(now, ErrorValue):
            yield self.subject.finding(
                "F06.input_error", cell, row, error=now.text, formula=quoted(formula, 80), found=now.text
            )

    def _is_unknown(self, cell: Cell, row: int | None, where: Where) -> bool:
        """Return whether nothing tells what a formula comes to: it can't be evaluated, and no value is stored; it isn't blank."""
        if self.subject.book.at(cell.name, row).value not in (None, ""):
            return False
        try:
            self.subject.recalculated.value(where)
        except CircleError:
            return False
        except NotEvaluatedError:
            return True
        return False

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

    def _is_a_results(self, tree: Tree, where: Where) -> bool:
        """Return whether a formula is one that belongs to a result."""
        wanted = normal(tree, self.subject, where[0])
        return any(normal(each, self.subject, sheet) == wanted for each, sheet in self._results.get(outermost(tree), ()))

    @cached_property
    def _results(self) -> dict[tuple[str, str, int], list[tuple[Tree, str]]]:
        """The formulas that belong to results, with their sheets, by what is outermost in them."""
        found: dict[tuple[str, str, int], list[tuple[Tree, str]]] = {}
        for cell, _, where in self.subject.results():
            formula = parse(self.subject.expected_formula(cell, where), is_own=True)
            found.setdefault(outermost(formula), []).append((formula, where[0]))
        return found

    # -- empty ------------------------------------------------------------

    def _blank(self, cell: Cell, row: int | None) -> Iterator[Finding]:
        if cell.table == tables.CHANNEL and cell.name == f"{cell.table}_name":
            yield from self._nameless(cell, row)
        if not self._needed(cell, row) or self._swallowed(cell, row):
            return
        yield self.subject.finding("I06.blank", cell, row)

    def _swallowed(self, cell: Cell, row: int | None) -> bool:
        """Return whether a merge has taken the cell: S06 reports it."""
        where = self._where(cell, row)
        area = self.subject.merged(where)
        return area is not None and where[1:] != area[:2]

    def _nameless(self, cell: Cell, row: int | None) -> Iterator[Finding]:
        """Report a row with figures and no name: it counts for nothing, and its share is missing elsewhere."""
        others = [
            each
            for each in self.subject.template.inputs()
            if each.table == cell.table and each is not cell and each.name not in self.subject.book.broken.parted
        ]
        if any(self.subject.book.value(each.name, row) not in (None, "") for each in others):
            yield self.subject.finding("I06.nameless", cell, row, line=(row or 0) + 1, of=cell.label)

    def _needed(self, cell: Cell, row: int | None) -> bool:
        if not self.subject.is_read(cell):
            return False
        if cell.table is None:
            return cell.required or (cell.choices is not None and cell.default is not None)
        if self.subject.book.is_spare(cell, row):
            return False
        either = {name for group in self.subject.template.either for name in group}
        return cell.required or cell.name in either

    # -- numbers ----------------------------------------------------------

    def _number(self, cell: Cell, row: int | None, value: Any) -> Iterator[Finding]:
        stored = self.subject.book.at(cell.name, row)
        if isinstance(value, bool):
            yield self.subject.finding("I09.true_or_false", cell, row, value=str(value).upper(), found=value)
        elif isinstance(value, (datetime.date, datetime.datetime)):
            yield self.subject.finding("I08.date_for_number", cell, row, value=value, found=value.strftime("%Y-%m-%d"))
        elif isinstance(value, str):
            yield self._text(cell, row, value)
        elif isinstance(value, Fraction):
            yield from self._size(cell, row, value)
        elif 0 < value < 1 and is_date(stored.format):
            minutes = round(value * 24 * 60)
            said = f"{minutes // 60}:{minutes % 60:02}"
            yield self.subject.finding("I08.time_for_number", cell, row, said=said, found=said)
        else:
            yield from self._size(cell, row, Fraction(repr(value)) if abs(value) < float("inf") else None)

    def _text(self, cell: Cell, row: int | None, value: str) -> Finding:
        """Return a number typed as text: how it reads, and that the sheet doesn't take it so."""
        said = quoted(value)
        if re.fullmatch(r"\s*[1-9]\d{0,2}(\.\d{3})+(,\d+)?\s*|\s*\d+,\d{1,2}\s*%?\s*", value):
            other, same = both_readings(value.strip())
            kind = "I02.either_way" if other != same else "I02.one_way"
            return self.subject.finding(kind, cell, row, said=said, other=other, same=same, found=value)
        read = read_as(cell, value)
        if read is None:
            kind = "I01.no_number" if cell.required else "I01.no_number_unused"
            return self.subject.finding(kind, cell, row, said=said, found=value)
        return self.subject.finding(
            "I01.as_text",
            cell,
            row,
            said=said,
            meant=shown(read, cell),
            fix=Phrase(self._fix_of_text(cell, read), number=number(read)),
            found=value,
            expected=json_value(read),
        )

    def _fix_of_text(self, cell: Cell, read: Fraction) -> str:
        if read > 0 or (read == 0 and not self._divides(cell)):
            return "I01.as_text.fix"
        return "I01.as_text.fix_above_zero" if self._divides(cell) else "I01.as_text.fix_zero"

    def _size(self, cell: Cell, row: int | None, value: Fraction | None) -> Iterator[Finding]:
        if value is None or abs(value) > (amounts.MAX_COUNT if cell.unit == COUNT else amounts.MAX_YEN):
            yield self.subject.finding("I07.too_large", cell, row, found=None if value is None else number(value))
            return
        said = shown(value, cell)
        if value < 0 or (value == 0 and self._divides(cell)):
            yield self.subject.finding(
                "I06.impossible_value",
                cell,
                row,
                said=said,
                value=number(value),
                fix=Phrase("I06.impossible_value.fix" if self._divides(cell) else "I06.impossible_value.fix_zero"),
                found=number(value),
            )
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
        is_share = cell.name == self.roles.channel_share or cell.section in self._beyond
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
        if exceeds(value, amounts.MAX_FACTOR if cell.unbounded else 1):
            yield self._too_high(cell, row, value)
        elif 0 < value < _SMALL_RATE and not self._may_be_small(cell):
            yield self.subject.finding(
                "I04.fraction_for_percent",
                cell,
                row,
                now=shown(value, cell),
                meant=shown(value * 100, cell),
                found=number(value),
            )
        elif cell.usual is not None and self._is_known_rate(cell) and not _is_usual(cell.usual, value):
            usual = usual_text(cell)
            yield self.subject.finding(
                "I11.unusual", cell, row, value=shown(value, cell), usual=usual, source=cell.usual.source, found=number(value)
            )

    def _is_known_rate(self, cell: Cell) -> bool:
        """Return whether the usual range is that of the rate: not while a switch makes it another, or leaves it out."""
        is_another = cell.renamed is not None and self.subject.says(cell.renamed.when)
        return self.subject.is_read(cell) and not is_another

    def _too_high(self, cell: Cell, row: int | None, value: Fraction) -> Finding:
        """Return a rate above 100 %, as the cell shows it: 3,000 % for 30 typed into a percent cell."""
        most = amounts.MAX_FACTOR if cell.unbounded else 1
        typed, meant, now = number(value), shown(value / 100, cell), shown(value, cell)
        stored = self.subject.book.at(cell.name, row)
        how = Phrase("I03.above_most.shows", now=now)
        if "%" not in (stored.format or ""):
            how = Phrase("I03.above_most.holds", typed=typed, now=now)
        return self.subject.finding(
            "I03.above_most", cell, row, how=how, most=most * 100, meant=meant, found=typed, expected=number(value / 100)
        )

    def _forbidden(self, cell: Cell, row: int | None, value: Any) -> Finding:
        fix = Phrase("I10.forbidden.fix")
        if cell.unit in (DATE, MONTH):
            fix = Phrase("I10.forbidden.fix_date")
        if cell.unit in (COUNT, CURRENCY) and not cell.decimals:
            fix = Phrase("I10.forbidden.fix_whole")
        if cell.choices is not None:
            listed = [text.to(self.subject.book.lang) for text in cell.choices.values()]
            fix = Phrase("I10.forbidden.fix_choice", listed=listed)
        shown_value = value if isinstance(value, (str, int, float)) else str(value)
        return self.subject.finding("I10.forbidden", cell, row, value=quoted(str(value)), fix=fix, found=shown_value)


def _is_usual(usual: Usual, value: Fraction) -> bool:
    """Return whether a rate is within the range; for a single figure ("about 1 %"), within a factor of ten."""
    if usual.low == usual.high:
        return usual.low / 10 < value < usual.high * 10
    return usual.low <= value <= usual.high
