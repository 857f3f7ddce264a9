"""IronCalc with a subject loaded once: what is typed into it is taken back afterwards."""

from __future__ import annotations

import contextlib
import datetime
import functools
import io
from collections.abc import Iterator, Mapping
from typing import Any

import lean
import openpyxl
from openpyxl.utils.datetime import to_excel
from referee import column_and_row

from . import package
from .case import Place
from .subjects import made, page_of


class Engine:
    """A workbook in IronCalc, evaluated."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.model = lean.model(data, formulas_to_come=True)
        self.order = package.titles(package.unpacked(data))
        self.model.evaluate()

    @functools.cached_property
    def book(self) -> openpyxl.Workbook:
        return openpyxl.load_workbook(io.BytesIO(self.data))

    def value(self, place: Place) -> Any:
        column, row = column_and_row(place[1])
        return self.model.get_cell_value(self.order.index(place[0]), row, column)

    def content(self, place: Place) -> Any:
        """What is typed there: a formula, a number, a text, None. (IronCalc would put ``@`` into its formulas.)"""
        value = self.book[place[0]][place[1]].value
        return to_excel(value) if isinstance(value, datetime.date) else value

    def put(self, values: Mapping[Place, Any]) -> None:
        for (title, address), value in values.items():
            column, row = column_and_row(address)
            at = self.order.index(title), row, column
            if value is None:
                self.model.clear_cell_contents(*at)
            elif isinstance(value, datetime.date):
                self.model.update_cell_with_number(*at, to_excel(value))
            elif isinstance(value, bool):
                self.model.update_cell_with_bool(*at, value)
            elif isinstance(value, (int, float)):
                self.model.update_cell_with_number(*at, value)
            elif value.startswith("="):
                self.model.set_user_input(*at, value)
            else:
                self.model.update_cell_with_text(*at, value)


@functools.cache
def of_page(subject: str) -> Engine:
    return Engine(page_of(subject))


@functools.cache
def of_whole(subject: str) -> Engine:
    return Engine(made(subject))


@contextlib.contextmanager
def typed(engine: Engine, values: Mapping[Place, Any]) -> Iterator[Engine]:
    """With values typed and evaluated; afterwards as before, but not evaluated."""
    before = {place: engine.content(place) for place in values}
    engine.put(values)
    engine.model.evaluate()
    try:
        yield engine
    finally:
        engine.put(before)
