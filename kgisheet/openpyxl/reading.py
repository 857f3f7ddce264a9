"""An openpyxl Workbook, checked and read: it is saved in memory, and our own reader reads that."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .. import api
from ..errors import BookError, Problem
from ..language.text import Text
from .access import one_way

if TYPE_CHECKING:
    from ..check.finding import Report
    from ..filled.records import Record
    from ..template.raw import Declaration

NAME = "Workbook"
"""The name in messages of a workbook that has no file."""


def check(workbook: Any, name: str = NAME, template: Declaration | None = None) -> Report:
    """Return what `kgisheet.api.check` finds in ``workbook``, which stays as it is.

    openpyxl holds either formulas or the values that they had (``data_only=True``), never both. Without
    ``data_only`` the formulas are here and every cached value is missing: they are worked out from the
    inputs, so all checks of figures are made, but whether a cached value is out of date (C01) can't be told. With
    ``data_only`` nothing of the formulas is left, and BookError is raised.

    >>> import openpyxl
    >>> check(openpyxl.Workbook()).status
    'incomplete'
    """
    return api.check(_saved(workbook, name), name, template)


def records(workbook: Any, name: str = NAME) -> tuple[str | None, list[Record]]:
    """Return the template's name and the cells, as `kgisheet.api.records_of_book` does; raise BookError.

    openpyxl keeps no cached value beside a formula: the ``value`` of a result is what its formula comes to.

    >>> import openpyxl
    >>> from kgisheet import api
    >>> book = openpyxl.load_workbook(io.BytesIO(api.workbook(api.plan_from_example("en", ["sheets=目標設定"]), "en")))
    >>> template, cells = records(book)
    >>> template, [(each.value, each.formula) for each in cells if each.name in ("win_rate", "other_revenue")]
    ('standard', [(38000000, '=IF(COUNT(total_revenue,web_revenue_used)=2,total_revenue-web_revenue_used,"")'), (0.3, None)])
    """
    return api.records_of_book(_saved(workbook, name), name)


def _saved(workbook: Any, name: str) -> bytes:
    if (problem := one_way(workbook, name)) is not None:
        raise BookError(problem)
    if workbook.data_only:
        what = Text(
            "data_only=True で開かれていて、数式が残っていません", "it was loaded with data_only=True: its formulas are gone"
        )
        fix = Text("data_only を付けずに開いてください", "load it without data_only")
        raise BookError(Problem("data-only", what, fix, name))
    if not any(sheet.sheet_state == "visible" for sheet in workbook._sheets):
        what = Text("表示されているシートがありません", "it has no visible sheet")
        raise BookError(Problem("no-sheet", what, Text("シートを1つ表示してください", "unhide one of its sheets"), name))
    out = io.BytesIO()
    with _as_before(workbook):
        workbook.save(out)
    return out.getvalue()


@contextlib.contextmanager
def _as_before(workbook: Any) -> Iterator[None]:
    """Save without what openpyxl can write only once: after it, pictures would be closed files."""
    pictures = [(sheet, sheet._images) for sheet in workbook.worksheets]
    modified = workbook.properties.modified
    for sheet, _ in pictures:
        sheet._images = []
    try:
        yield
    finally:
        for sheet, images in pictures:
            sheet._images = images
        workbook.properties.modified = modified
