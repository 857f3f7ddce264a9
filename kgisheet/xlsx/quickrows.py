"""Cells and conditional formats of a worksheet of XlsxWriter, written in one go: the same bytes in a third of the time.

XlsxWriter takes each cell, and each conditional format, through checks and helpers that are made for any caller;
what it is given here is known to pass them. A test compares the bytes.
"""

from __future__ import annotations

from typing import Any

from ..values.a1 import address, column

_LONGEST = 16_000
"""Characters from which on XlsxWriter is asked whether a cell holds a text."""
_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_SPAN = 16
"""Rows that share the attribute ``spans``."""

KNOWN = "3.3."
"""The versions of XlsxWriter whose insides these are; with any other one its own way is taken."""


class QuickRows:
    """The quick cells and conditional formats, and their writing: to be mixed in before a worksheet of XlsxWriter."""

    fh: Any
    table: Any
    row_info: Any
    str_table: Any
    dxf_priority: int
    _check_dimensions: Any
    _write_row: Any
    _write_cell: Any
    _escape_control_characters: Any

    def __init__(self) -> None:
        super().__init__()
        self.quick_rules: dict[str, list[str]] = {}
        """The conditional formats of each area, as they are written."""

    def put_formula(self, row: int, col: int, formula: str, look: Any, cached: Any) -> None:
        """Put a formula and its cached value: a text, a number or a truth value."""
        kind = ""
        if isinstance(cached, bool):
            kind, cached = ' t="b"', int(cached)
        elif isinstance(cached, str):
            kind = "" if not cached else ' t="e"' if cached in _ERRORS else ' t="str"'
            cached = _escaped(cached)
        self.table[row][col] = look, f"{kind}><f>{_escaped(formula.removeprefix('='))}</f><v>{cached}</v></c>"

    def put_number(self, row: int, col: int, value: float, look: Any) -> None:
        self.table[row][col] = look, f"><v>{value:.16G}</v></c>"

    def put_blank(self, row: int, col: int, look: Any) -> None:
        self.table[row][col] = look, "/>"

    def put_text(self, row: int, col: int, text: str, look: Any) -> bool:
        """Put a text; return False for one that may be too long for a cell."""
        if len(text) > _LONGEST:
            return False
        self.table[row][col] = look, f' t="s"><v>{self.str_table._get_shared_string_index(text)}</v></c>'
        return True

    def put_rule(self, area: tuple[int, int, int, int], formula: str, look: Any) -> None:
        """Put a conditional format, which applies while ``formula`` is true; ``area`` is row, column, last row, last column."""
        row, col, last_row, last_col = area
        where = address(row, col)
        if (row, col) != (last_row, last_col):
            where += f":{address(last_row, last_col)}"
        index, priority = look._get_dxf_index(), self.dxf_priority
        self.dxf_priority += 1
        if "_x" in formula or not formula.isprintable():
            formula = self._escape_control_characters(formula)
        self.quick_rules.setdefault(where, []).append(
            f'<cfRule type="expression" dxfId="{index}" priority="{priority}"><formula>{_escaped(formula)}</formula></cfRule>'
        )

    def measure(self) -> None:
        """Let the worksheet know how far the cells reach."""
        for row, cells in self.table.items():
            if cells:
                self._check_dimensions(row, min(cells))
                self._check_dimensions(row, max(cells))

    def _write_rows(self) -> None:
        out: list[str] = []
        write, self.fh = self.fh, _Collector(out)
        spans = self._spans()
        indices: dict[int, int] = {}
        for row in sorted({*self.row_info, *(row for row, cells in self.table.items() if cells)}):
            cells, number = self.table.get(row), str(row + 1)
            self._write_row(row, spans.get(row // _SPAN), self.row_info.get(row), empty_row=not cells)
            if not cells:
                continue
            for col in sorted(cells):
                cell = cells[col]
                if type(cell) is not tuple:  # XlsxWriter's own: of a merged range, a link, a date
                    self._write_cell(row, col, cell)
                    continue
                look, content = cell
                index = indices.get(id(look))
                if index is None:
                    index = indices[id(look)] = look._get_xf_index()
                out.append(f'<c r="{column(col)}{number}" s="{index}"{content}')
            out.append("</row>")
        self.fh = write
        self.fh.write("".join(out))

    def _spans(self) -> dict[int, str]:
        """Return the columns, from 1, that sixteen rows reach over."""
        found: dict[int, list[int]] = {}
        for row, cells in self.table.items():
            if cells:
                found.setdefault(row // _SPAN, []).extend((min(cells), max(cells)))
        return {block: f"{min(columns) + 1}:{max(columns) + 1}" for block, columns in found.items()}

    def _write_conditional_formats(self) -> None:
        for where, rules in self.quick_rules.items():
            self.fh.write(f'<conditionalFormatting sqref="{where}">{"".join(rules)}</conditionalFormatting>')


class _Collector:
    """A file to write to that keeps the pieces."""

    def __init__(self, pieces: list[str]) -> None:
        self.write = pieces.append


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text
