"""The looks and rules that the forms of ours have: what differs from them on an old sheet, somebody has set."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from ..layout.model import Book
from ..template.model import Template
from ..values.regex import regex
from ..values.units import TEXT

_REFERENCE = regex(r"(?:'[^']+'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
_OURS = regex(
    r"""rounding="[^"]*"
    |AND\(display_unit="[^"]*",ABS\(@\)>=\d+\)
    |AND\(ISNUMBER\(@\),(?:@<1|@<>0|@<0|@<>@,ROUND\(@,2\)=ROUND\(@,2\)|@<>0,ABS\(@\)<0\.005|@<=EDATE\(start_month,replan_from-1\))\)
    |AND\(ISNUMBER\(\w+\),\w+>0,\w+<10000(?:,\w+/\w+>10000)?\)
    |AND\(ISNUMBER\(\w+\),\w+<>0\)
    |LEFT\(@,1\)="[^"]*"
    |@=""|ISNUMBER\(@\)|OR\(@="",@=@\)
    |OR\(@="[^"]*",@="[^"]*"\)""",
    re.VERBOSE,
)
"""The rules that the forms before today's were made with, ``@`` for an address."""

_NUMBERS = frozenset(("before rounding #,##0.00", "端数処理前 #,##0.00", "0.0##%", "General", "@"))
"""The number formats that only the forms before today's had, and those of a cell without any."""
_FILLS = frozenset(("1F3A5F", "EEF3F8", "FFF2CC", "FFF9D6", "FFFBF0", "FFFFFF"))
"""The colours of the forms of ours."""

Rule = tuple[str, str, str, str]
"""A validation: its type, its operator and its formulas."""

Form = tuple[Book, Template]
"""A workbook that is laid out, and its template."""


class Ours:
    """The rules and looks that today's form, with all its sheets, and the forms before it put on cells."""

    def __init__(self, form: Form, whole: Callable[[], Form]) -> None:
        """``form`` is that of the new workbook; ``whole``, with every sheet, is laid out only for what differs from it."""
        self._form = _Puts(*form)
        self._lay_out = whole

    @cached_property
    def _whole(self) -> _Puts:
        return _Puts(*self._lay_out())

    def is_condition(self, formula: str) -> bool:
        """Return whether the formula of a format by a rule is one of ours."""
        said = plain(formula)
        return said in self._form.conditions or _OURS.fullmatch(said) is not None or said in self._whole.conditions

    def is_number_format(self, code: str, unit: str) -> bool:
        """Return whether cells of that unit have had this number format."""
        said = number_format(code)
        known = unit == TEXT or said in _NUMBERS or said in self._form.numbers.get(unit, ())
        return known or said in self._whole.numbers.get(unit, ())

    def is_fill(self, rgb: str) -> bool:
        """Return whether a colour (``FFEEF3F8``) is one of ours."""
        return rgb.upper()[-6:] in _FILLS

    def is_rule(self, rule: Rule) -> bool:
        """Return whether a validation is one of ours."""
        return rule in self._form.rules or rule in self._whole.rules


class _Puts:
    """The conditions, number formats by unit and validations of one workbook that is laid out."""

    def __init__(self, book: Book, template: Template) -> None:
        self.conditions = {plain(each.formula) for sheet in book.sheets for each in sheet.conditionals}
        looks = {(sheet.title, each.row, each.col): dict(each.look) for sheet in book.sheets for each in sheet.items}
        self.numbers: dict[str, set[str]] = {}
        for name, place in (*book.names.items(), *book.local_names):
            cell = template.cells.get(name)
            for spot in place.spots() if cell is not None else ():
                code = looks.get(spot[:3], {}).get("num_format")
                if cell is not None and code:
                    self.numbers.setdefault(cell.unit, set()).add(number_format(str(code)))
        self.rules = {_rule_of(each.options) for sheet in book.sheets for each in sheet.validations}


def plain(formula: str) -> str:
    """Return a formula with ``@`` for each address."""
    return _REFERENCE.sub("@", "".join(formula.lstrip("=").split()))


def number_format(code: str) -> str:
    """Return a number format as any program writes it: without its quotes, escapes and locales."""
    code = re.sub(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]", r"\1", code)
    return re.sub(r'"([^"]*)"|\\(.)', r"\1\2", code)


def rule(kind: str, operator: str, formulas: Iterable[str]) -> Rule:
    """Return a validation by its type, its operator and its formulas, as any program writes them."""
    first, second = [*map(_number, formulas), "", ""][:2]
    is_one = kind in ("list", "custom") or operator not in ("", "between", "notBetween")
    is_usual = operator in ("", "between") or kind in ("list", "custom")
    # Some programs write a second formula, 0, where there is but one.
    return kind, "" if is_usual else operator, first, "" if is_one else second


def _number(said: str) -> str:
    try:
        return repr(float(said))
    except ValueError:
        return said.lstrip("=")


_KINDS = {"integer": "whole", "length": "textLength"}
_CRITERIA = {"between": "", "<=": "lessThanOrEqual"}


def _rule_of(options: Mapping[str, Any]) -> Rule:
    """Return a validation of ours as it is in the file."""
    kind = str(options["validate"])
    if kind == "list":
        source = options["source"]
        return rule(kind, "", [source if isinstance(source, str) else f'"{",".join(source)}"'])
    ends = [options[each] for each in ("minimum", "maximum", "value") if each in options]
    said = [str((each - _DAY_0).days) if isinstance(each, datetime.date) else str(each) for each in ends]
    return rule(_KINDS.get(kind, kind), _CRITERIA.get(str(options["criteria"]), ""), said)


_DAY_0 = datetime.date(1899, 12, 30)
