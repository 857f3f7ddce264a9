"""Where named cells are, for the formula of one cell: the workbook that is written and one that was filled alike."""

from __future__ import annotations

from collections.abc import Mapping

from ..template.model import Template
from .model import Place, address, column


class NamedPlaces:
    """The names of single cells, and addresses in the same row of the same table (`expr.excel.Places`)."""

    def __init__(self, template: Template, places: Mapping[str, Place], lang: str, row: int) -> None:
        self.template = template
        self.places = places
        self.lang = lang
        self.row = row

    def cell(self, name: str) -> str:
        place = self.places.get(name)
        if self.template.cells[name].table is None or place is None:
            return name
        return address(self.row, place.col)

    def column(self, name: str) -> str:
        return name

    def down_to_here(self, name: str) -> str:
        place = self.places[name]
        col = column(place.col)
        return f"{col}${place.row + 1}:{col}{self.row + 1}"

    def word(self, key: str) -> str:
        return self.template.words[key].to(self.lang)

    def is_result(self, name: str) -> bool:
        return self.template.cells[name].formula is not None
