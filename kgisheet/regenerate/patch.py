"""Changes to the package: single cells of existing sheets, new sheets, the provenance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..formula.grid import Where
from ..formula.nodes import ErrorValue
from ..formula.values import Value
from ..layout.model import Book, Sheet
from ..values.a1 import Place, reference
from ..values.rounding import number
from ..worksheet import provenance
from ..xlsx.patch import definednames, recalculation, sharedtexts, tabs
from ..xlsx.patch.content import Content
from ..xlsx.patch.markup import escape, text
from ..xlsx.patch.package import HEAD, Package
from ..xlsx.patch.sheetpatch import SheetPatch
from ..xlsx.read.sheetpart import Filled


class Patch:
    """The pending changes, collected sheet by sheet."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.contents: dict[Where, Content] = {}
        self.cached: dict[Where, Value] = {}

    def apply(self) -> None:
        """Change the cells. Raise BookError, after which the package must be thrown away."""
        parts = {tab.title: tab.part for tab in tabs.tabs(self.package)}
        by_sheet: dict[str, set[tuple[int, int]]] = {}
        for title, row, col in (*self.contents, *self.cached):
            by_sheet.setdefault(title, set()).add((row, col))
        for title, cells in by_sheet.items():
            part = parts.get(title)
            if part is None:
                continue
            sheet = SheetPatch(self.package, part, cells)
            for row, col in sorted(cells):
                where = (title, row, col)
                if where in self.contents:
                    sheet.set_content((row, col), self.contents[where])
                else:
                    sheet.cached((row, col), plain(self.cached[where]))
            sheet.save()


def add(package: Package, sheets: list[Sheet], local_names: list[tuple[str, Place]], order: Sequence[str]) -> None:
    """Insert new sheets, with their own names, each where ``order`` has it.

    ``order`` are titles, those of the new sheets among them; a new one follows the nearest existing one.
    """
    if not sheets:
        return
    from ..xlsx.patch.graft import graft  # with XlsxWriter, which only a new sheet needs
    from ..xlsx.patch.styles import Styles
    from ..xlsx.writer import to_parts

    styles = Styles(package)
    made = to_parts(Book(sheets, {}, [], {}, {}))  # without the names, which would be written only to be read again
    titles = [tab.title for tab in tabs.tabs(package)]
    positions: dict[str, int] = {}
    for sheet in sheets:
        at = order.index(sheet.title)
        before = next((title for title in reversed(order[:at]) if title in titles), None)
        behind = next((title for title in order[at + 1 :] if title in titles), None)
        if before is not None:
            positions[sheet.title] = titles.index(before) + 1
        else:
            positions[sheet.title] = len(titles) if behind is None else titles.index(behind)
        titles.insert(positions[sheet.title], sheet.title)
    graft(
        package,
        styles,
        Package.of(made, package.source),
        [sheet.title for sheet in sheets],
        positions=positions,
        local_names=local_names,
    )
    styles.save()


def name(package: Package, names: Mapping[str, Place], sheets: Mapping[str, int]) -> None:
    """Set names (``won_deals``, ``2026-04!goal_leads``) to their places."""
    definednames.put(
        package,
        [
            definednames.Name(key.rpartition("!")[2], reference(place), sheets[place.sheet] if "!" in key else None)
            for key, place in names.items()
        ],
    )


def carry(package: Package, content: dict[str, Any], stored: Mapping[Where, Filled]) -> None:
    """Rewrite the provenance that the workbook carries; ``stored`` are the cells of the workbook as it was."""
    part = next((tab.part for tab in tabs.tabs(package) if tab.title == provenance.SHEET), None)
    rows = []
    for at, (key, piece, value) in enumerate(provenance.encode(content), 1):
        cells = f'<c r="A{at}" t="inlineStr"><is><t>{text(key)}</t></is></c><c r="B{at}"><v>{piece}</v></c>'
        # A piece is of letters that XML and a cell hold, and short enough.
        rows.append(f'<row r="{at}">{cells}<c r="C{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c></row>')
    if part is not None:
        others = (each.value for where, each in stored.items() if where[0] != provenance.SHEET)
        if not any(isinstance(value, str) and value.startswith(provenance.BAR) for value in others):
            sharedtexts.forget(package, part, provenance.BAR)  # half of the workbook would be records that nobody reads
        data = f'{HEAD}<worksheet xmlns="{package.main}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
        package.put(part, data.encode())


def finish(package: Package) -> bytes:
    """Return the workbook, set to be recalculated on opening."""
    recalculation.recalculate(package)
    return package.to_bytes()


def plain(value: Value) -> str | int | float | bool | None:
    """Return a value as it is cached; a formula without one shows an empty text."""
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, Fraction):
        return number(value)
    return "" if value is None else value
