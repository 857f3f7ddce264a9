"""The cells of a worksheet as records: what ``show`` prints, of a plan and of a workbook alike."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from .book.reader import Filled, Read, as_date
from .errors import BookError, KgisheetError, Problem, Text
from .labels import Labels
from .plan.load import Input, Plan
from .sheets.build import Built, build
from .sheets.model import FORMULA, Place, address
from .sheets.placing import number
from .solve import Solution, solve
from .template import declaration, locate
from .template.model import Cell, Template
from .template.settle import settle
from .units import COUNT, CURRENCY, DATE, MONTH, RATE

SCHEMA_VERSION = 1


class Record(NamedTuple):
    """One cell: ``value`` is what is in it (number, text, ISO date, ``2026-04``, None); ``exact`` the quotient."""

    name: str
    label: str
    role: str
    unit: str
    value: Any
    exact: Fraction | None
    formula: str | None
    sheet: str | None
    cell: str | None
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """As SPEC, JSON has it."""
        return {
            "name": self.name,
            "label": self.label,
            "role": self.role,
            "unit": self.unit,
            "value": self.value,
            "exact": None if self.exact is None else str(self.exact),
            "formula": self.formula,
            "sheet": self.sheet,
            "cell": self.cell,
        }


def to_json(template: str | None, records: list[Record]) -> dict[str, Any]:
    """The whole answer of ``show --json``."""
    return {"schema_version": SCHEMA_VERSION, "template": template, "cells": [each.to_json() for each in records]}


def of_plan(plan: Plan, lang: str) -> list[Record]:
    """The cells as ``new`` would write them."""
    built: Built = build(plan, lang)
    items = {(sheet.title, item.row, item.col): item for sheet in built.book.sheets for item in sheet.items}
    filled = {where: Filled(item.content if item.kind == FORMULA else None, _held(item.value)) for where, item in items.items()}
    return list(_records(built.solution, built.book.names, filled, lang))


def of_book(read: Read, source: str) -> tuple[str | None, list[Record]]:
    """The template's name and the cells of a workbook, by the template that it carries.

    A workbook that carries none is read by the shipped template whose names it
    has; raises BookError where it has none of them.
    """
    solution, lang = solved_book(read, source)
    return solution.template.name, list(_records(solution, read.names, read.cells, lang))


def solved_book(read: Read, source: str) -> tuple[Solution, str]:
    """What exact arithmetic makes of the inputs that stand in a workbook, and its language."""
    lang = "en" if read.carried.get("lang") == "en" else "ja"
    template = _template(read, source)
    inputs: dict[str, Input | list[Input]] = {}
    for cell in template.inputs():
        place = read.names.get(cell.name)
        if place is None:
            inputs[cell.name] = [] if cell.table else None
        elif cell.table:
            inputs[cell.name] = [_input(cell, _at(read.cells, place, row), lang) for row in range(place.rows)]
        else:
            inputs[cell.name] = _input(cell, _at(read.cells, place, 0), lang)
    rows = max((place.rows for place in read.names.values()), default=0)
    return solve(template, inputs, rows, lang), lang


def _template(read: Read, source: str) -> Template:
    sources = read.carried.get("sources")
    if isinstance(sources, list) and sources:
        try:
            own, *bases = [(str(name), str(text)) for name, text in sources]
            texts = {name.removesuffix(".toml"): text for name, text in bases}
            return settle(declaration.parse(own[1], own[0], texts), read.carried.get("typed", []))
        except (KgisheetError, TypeError, ValueError):
            pass  # a damaged template is no template: fall back to names
    known: list[tuple[bool, int, Template]] = []
    for name in locate.shipped():
        template = settle(declaration.open_shipped(name))
        names = set(template.cells)
        fit = len(names & set(read.names)) - len(names - set(read.names))
        known.append((name == read.properties.get("kgisheet template"), fit, template))
    template = max(known, key=lambda each: each[:2])[2]
    if len(set(template.cells) & set(read.names)) < 5:
        raise BookError(
            Problem(
                "not-ours",
                Text("kgisheet が作ったシートが見つかりません", "no sheet made by kgisheet is found in it"),
                Text("kgisheet new で作ったブックを指定してください", "name a workbook that kgisheet new has made"),
                source,
            )
        )
    return template


def _at(cells: dict[tuple[str, int, int], Filled], place: Place, row: int) -> Filled:
    return cells.get((place.sheet, place.row + row, place.col), Filled(None, None))


def _input(cell: Cell, filled: Filled, lang: str) -> Input:
    """What an input of a workbook holds, for working out the exact figures."""
    value = filled.value
    if isinstance(value, bool) or value in (None, ""):
        return None
    if cell.choices is not None:
        return next((key for key, text in cell.choices.items() if value == text.to(lang)), None)
    if cell.unit in (DATE, MONTH):
        return as_date(value)
    if cell.unit in (CURRENCY, RATE, COUNT):
        # The decimal that a person typed, not the binary number that stands for it.
        return Fraction(repr(value)) if isinstance(value, (int, float)) and abs(value) < float("inf") else str(value)
    return str(value)


def _records(
    solution: Solution, places: dict[str, Place], cells: dict[tuple[str, int, int], Filled], lang: str
) -> Iterator[Record]:
    labels = Labels(solution.template, lang)
    for cell in solution.template.cells.values():
        place = places.get(cell.name)
        names = places.get(f"{cell.table}_name") if cell.table else None
        for row in range(solution.rows[cell.table] if cell.table else 1):
            if cell.table and names is not None and _at(cells, names, row).value in (None, ""):
                continue
            if cell.table and (place is None or row >= place.rows):
                continue
            filled = Filled(None, None) if place is None else _at(cells, place, row)
            yield Record(
                name=f"{cell.name}[{row + 1}]" if cell.table else cell.name,
                label=cell.full_label.to(lang),
                role=cell.role,
                unit=cell.unit,
                value=_json(cell, filled.value),
                exact=solution.exact(cell.name, row if cell.table else None),
                formula=filled.formula,
                sheet=None if place is None else place.sheet,
                cell=None if place is None else address(place.row + row, place.col),
                sentence=labels.sentence(cell),
            )


def _held(value: Any) -> Any:
    return number(value) if isinstance(value, Fraction) else value


def _json(cell: Cell, value: Any) -> Any:
    if value in (None, ""):
        return None
    date = as_date(value)
    if date is not None:
        return f"{date:%Y-%m}" if cell.unit == MONTH else date.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, datetime.time) or not isinstance(value, (str, int, float)):
        return str(value)
    return value
