"""Plan → Book: all the sheets, the names, and what the workbook carries of its making."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from .. import carried
from ..plan.load import Plan
from ..solve import Held, Solution, limits, solve
from ..version import __version__
from . import looks
from .guide import guide
from .model import BLANK, FORMULA, LINK, Book, Place, Sheet, address
from .page import Page
from .placing import number


class Built(NamedTuple):
    """The workbook as data, and the figures it was made from."""

    book: Book
    solution: Solution


def build(plan: Plan, lang: str) -> Built:
    """The workbook of ``plan``. Raises PlanError where a count passes the limit."""
    solution = solve(plan.template, plan.inputs, plan.channels, lang)
    limits(solution)
    goals = Page(solution, lang)
    goals.build()
    sheets = [goals.sheet]
    if "使い方" in plan.sheets:
        sheets.insert(0, guide(goals))
    names = dict(sorted(goals.placer.places.items()))
    sheets.append(_hidden(plan, lang, sheets, names))
    title = solution.at("title", None) if "title" in plan.template.cells else None
    owner = solution.at("owner", None) if "owner" in plan.template.cells else None
    book = Book(
        sheets=sheets,
        names=names,
        properties={
            "title": str(title or plan.template.title.to(lang)),
            "subject": plan.template.title.to(lang),
            "author": str(owner or ""),
            "comments": f"kgisheet {__version__}",
        },
        custom={
            "kgisheet version": __version__,
            "kgisheet template": plan.template.name,
            "kgisheet template sha256": plan.declaration.digest,
        },
    )
    return Built(book, solution)


def _hidden(plan: Plan, lang: str, sheets: list[Sheet], names: dict[str, Place]) -> Sheet:
    content: dict[str, Any] = {
        "schema": carried.SCHEMA,
        "version": __version__,
        "lang": lang,
        "template": plan.template.name,
        "digest": plan.declaration.digest,
        "sources": [[source.name, source.text] for source in plan.declaration.sources],
        "typed": sorted(plan.template.typed),
        "plan": plan.text(),
        "names": {name: [place.sheet, address(place.row, place.col), place.rows] for name, place in names.items()},
        "generated": {sheet.title: generated(sheet) for sheet in sheets},
    }
    hidden = Sheet(carried.SHEET, {0: 12, 1: 8, 2: 100}, hidden=True)
    for row, (key, piece, text) in enumerate(carried.encode(content)):
        hidden.put(row, 0, key, looks.PLAIN)
        hidden.put(row, 1, Fraction(piece), looks.PLAIN)
        hidden.put(row, 2, text, looks.PLAIN)
    return hidden


def generated(sheet: Sheet) -> dict[str, Any]:
    """What was written into each cell: a formula's text, or the constant."""
    return {
        address(item.row, item.col): item.content if item.kind == FORMULA else _json(item.value)
        for item in sheet.items
        if item.kind not in (BLANK, LINK)
    }


def _json(value: Held) -> Any:
    if isinstance(value, Fraction):
        return number(value)
    return value.isoformat() if isinstance(value, datetime.date) else value
