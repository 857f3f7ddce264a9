"""A CSV as a sheet: its records are the rows, and a text is the figure that a spreadsheet would make of it.

A CSV has no types: ``30%`` and ``1,200万円`` are what a cell showed. They become the number and the number format that show
that, so that the same sheet is understood in the same way from its .xlsx and from its .csv.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any

from ..csvio.table import grid
from ..formula.parser import FormulaError, parse
from ..language import vocabulary
from ..language.vocabulary import ON_A_SHEET
from ..values import budget
from ..values.regex import regex
from ..xlsx.read.formats import GENERAL
from ..xlsx.read.reader import BookFacts, Filled, Read, SheetFacts


def read(data: bytes, source: str) -> Read:
    """Return the cells of a CSV; raise CsvError, or BookError where there are too many."""
    title = _title_of(source)
    cells: dict[tuple[str, int, int], Filled] = {}
    left = budget.current()
    for row, record in enumerate(grid(data, source)):
        for col, text in enumerate(record):
            filled = cell(text)
            if filled is not None:
                cells[title, row, col] = filled
        left.within("cells", len(cells))
    facts = SheetFacts(title, False, frozenset(), frozenset(), (), False, ())
    return Read(cells, {}, {}, {}, (facts,), BookFacts(False, False, False, False, ""))


# 2万 may be visits as well as yen: such a text is left to those who know what it is of.
_UNITS = {*vocabulary.words("unit.count", ON_A_SHEET), *(each for each in vocabulary.yen(ON_A_SHEET) if each.endswith("円"))}
_UNIT = "|".join(re.escape(each) for each in sorted(_UNITS, key=len, reverse=True) if not each.isascii())
_FIGURE = regex(
    rf"(?P<open>\()?(?P<before>[-+−▲△]?)\s*(?P<symbol>[¥\\$]?)\s*(?P<minus>-?)(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<rest>\.\d+)?\s*"
    rf"(?:(?P<percent>%)|(?P<unit>{_UNIT}))?(?P<close>\))?"
)
_DAY = regex(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?")
_ERRORS = {"#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#NULL!", "#ERROR!"}
_LONGEST = 40


def cell(text: str) -> Filled | None:
    """Return a cell as a spreadsheet that opens the CSV would fill it; None for an empty one."""
    if not text:
        return None
    if text.startswith("=") and _is_formula(text):
        return Filled(text, None)
    if len(text) > _LONGEST:
        return Filled(None, text)
    flat = unicodedata.normalize("NFKC", text).strip()
    if flat in _ERRORS:
        # The result of a formula: the CSV has no formula, and the error is what it gives.
        return Filled(f"={'#VALUE!' if flat == '#ERROR!' else flat}", flat)
    if flat.upper() in ("TRUE", "FALSE"):
        return Filled(None, flat.upper() == "TRUE")
    day = _DAY.fullmatch(flat)
    if day is not None:
        try:
            return Filled(None, datetime.datetime(int(day[1]), int(day[2]), int(day[3])), "yyyy/m/d")
        except ValueError:
            return Filled(None, text)
    found = _FIGURE.fullmatch(flat)
    if found is None or bool(found["open"]) != bool(found["close"]) or _is_code(found):
        return Filled(None, text)
    return _figure(found)


def _is_formula(text: str) -> bool:
    """Return whether a text is a formula that was exported as such; === 前提 === is a heading, and nothing is ever run."""
    try:
        parse(text)
    except FormulaError:
        return False
    return True


def _is_code(found: re.Match[str]) -> bool:
    """Return whether digits are a name and no number: 007, a telephone number, more digits than a number has."""
    whole = found["whole"]
    return (len(whole) > 1 and whole[0] == "0" and not found["unit"]) or len(whole) > 15


def _figure(found: re.Match[str]) -> Filled:
    digits = found["whole"].replace(",", "") + (found["rest"] or "")
    negative = bool(found["open"] or found["before"] in ("-", "−", "▲", "△") or found["minus"]) and found["before"] != "+"
    number: Any = float(digits) if found["rest"] else int(digits)
    number = -number if negative else number
    code = "#,##0" if "," in found["whole"] else "0"
    code += "." + "0" * (len(found["rest"]) - 1) if found["rest"] else ""
    if found["percent"]:
        places = max(len(found["rest"] or "") - 1, 0)
        return Filled(None, round(number / 100, places + 2), f"{code}%")
    if found["unit"]:
        return Filled(None, number, f'{code}"{found["unit"]}"')
    if found["symbol"]:
        return Filled(None, number, f'"{"$" if found["symbol"] == "$" else "¥"}"{code}')
    return Filled(None, number, GENERAL if code.startswith("0") else code)


def _title_of(source: str) -> str:
    """Return the title of a CSV's only sheet: the file's name without its suffix."""
    name = source.replace("\\", "/").rpartition("/")[2]
    return name.rpartition(".")[0] or name
