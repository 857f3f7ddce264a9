"""The check of a workbook that is about to be written: the check's own rules, on the sheets as data."""

from __future__ import annotations

import datetime
from typing import Any

from ..filled.relocation import Anchors, by_tabs
from ..filled.workbook import FilledBook
from ..layout.build import Built
from ..layout.model import BLANK, FORMULA, Item, Sheet
from ..plan.load import Plan
from ..values.rounding import number
from ..worksheet import provenance
from ..worksheet.solve import Held
from ..xlsx.read.reader import BookFacts, Filled, Read, SheetFacts
from .finding import NOTE, Finding
from .rulebook import RULES, Course
from .rules.validation import as_read
from .subject import Subject

_OF_FIGURES = "IX"
"""The families of codes that speak of what was typed, and of what comes of it."""
_OWN_STATE = "X06"


def findings(plan: Plan, built: Built, lang: str) -> list[Finding]:
    """Return errors and warnings about the inputs; mere notes are shown by the workbook itself."""
    course = Course(Subject(_Drafted(plan, built, lang)), b"", None)
    found: list[Finding] = []
    for rule in RULES:
        codes = rule.codes.split()
        if _OWN_STATE not in codes and any(code[0] in _OF_FIGURES for code in codes):
            found += [each for each in rule.look(course) if each.severity != NOTE]
    return found


class _Drafted(FilledBook):
    """A workbook not yet written: template, cells and figures are those it is made from."""

    is_written = False

    def __init__(self, plan: Plan, built: Built, lang: str) -> None:
        self.read = _read(built, lang)
        self.given = None
        self.anchors = Anchors(self.read)
        self.source = plan.source.name
        self.lang = lang
        self.carries_template = True
        self.declaration, self.template, self.roles = plan.declaration, plan.template, plan.roles
        self.restored = {}
        self.names = self.anchors.named
        self.places = by_tabs(self.names, self.anchors.tabs)
        self.__dict__["solution"] = built.solution


def _read(built: Built, lang: str) -> Read:
    """Return the workbook as if it had been read."""
    book = built.book
    # A workbook may be written without them.
    local_names = [(name, place) for name, places in built.places.tabs.items() for place in places if place is not None]
    sheets = [sheet for sheet in book.sheets if sheet.title != provenance.SHEET]
    forms: dict[int, str] = {}
    names = {name: provenance.written_place(place) for name, place in book.names.items()}
    names |= {f"{place.sheet}!{name}": provenance.written_place(place) for name, place in local_names}
    return Read(
        cells={
            (sheet.title, item.row, item.col): _filled(item, forms)
            for sheet in sheets
            for item in sheet.items
            if item.kind != BLANK
        },
        names=book.names,
        carried={"lang": lang, "names": names, provenance.TARGET: built.target},
        properties={},
        sheets=tuple(_facts(sheet) for sheet in sheets),
        facts=BookFacts(False, False, False, False, ""),
        local_names={(place.sheet, name.lower()): place for name, place in local_names},
    )


def _filled(item: Item, forms: dict[int, str]) -> Filled:
    """Return a cell as it would be read; ``forms`` are the number formats by the identity of the look, which most cells share."""
    form = forms.get(id(item.look))
    if form is None:
        form = forms[id(item.look)] = str(dict(item.look).get("num_format", "General"))
    formula = f"={item.content.removeprefix('=')}" if item.kind == FORMULA else None
    return Filled(formula, _value(item.value), form)


def _value(value: Held) -> Any:
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day)  # a cell's dates have no zone
    return value if value is None or isinstance(value, (str, bool)) else number(value)


def _facts(sheet: Sheet) -> SheetFacts:
    rules = tuple(rule for each in sheet.validations if (rule := as_read(each)) is not None)
    return SheetFacts(sheet.title, sheet.hidden, frozenset(), frozenset(), (), True, rules)
