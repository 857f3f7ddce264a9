"""Workbooks that openpyxl opened for reading only, or for writing row by row: nothing of ours can work on them."""

from __future__ import annotations

from typing import Any

from ..errors import Problem
from ..language.text import Text


def one_way(workbook: Any, name: str | None = None) -> Problem | None:
    """Return the problem of such a workbook, which messages call ``name``; None for any other."""
    if not (workbook.read_only or workbook.write_only):
        return None
    what = Text(
        "読み取り専用または書き込み専用で開かれたWorkbookです",
        "this Workbook is a read-only or a write-only one of openpyxl",
    )
    fix = Text("read_only、write_only を付けずに開いてください", "open it without read_only, or make it without write_only")
    return Problem("no-random-access", what, fix, name)
