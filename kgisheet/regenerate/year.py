"""One year and the next: the months of a workbook, what is closed, and the start of a new year."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from ..errors import BookError, Problem
from ..filled.workbook import FilledBook
from ..language.text import Text
from ..plan.inputs import Input, value_of
from ..plan.load import Plan
from ..plan.months import months_from
from ..template.sheets import TAB
from ..template.tables import MONTHS, TAB_MONTH
from .inputs import Merged, of_the_year


def start_of(book: FilledBook) -> datetime.date | None:
    """Return the first month that the tabs are about."""
    found = book.inputs.get(TAB_MONTH)
    first = found[0] if isinstance(found, list) and found else None
    if isinstance(first, datetime.date):
        return first.replace(day=1)
    start = book.inputs.get(book.roles.start_month)
    return start.replace(day=1) if isinstance(start, datetime.date) else None


def is_next(book: FilledBook, start: datetime.date) -> bool:
    """Return whether ``start`` begins a later year than the present one; raise BookError if the two overlap."""
    there = start_of(book)
    if there is None or there == start.replace(day=1):
        return False
    apart = _months_between(there, start)
    if apart >= MONTHS:
        taken = {sheet.title.casefold() for sheet in book.read.sheets}
        clash = [title for month in months_from(start) if (title := f"{month:%Y-%m}").casefold() in taken]
        if clash:
            raise BookError(
                Problem(
                    "title-taken",
                    Text(f"同名のシート {', '.join(clash)} があります", f"there are sheets named {', '.join(clash)} already"),
                    Text("シートの名前を変えてから実行してください", "rename them, then run this again"),
                    book.source,
                )
            )
        return True
    if apart <= -MONTHS:
        raise BookError(
            Problem(
                "earlier-year",
                Text(
                    f"開始月 {start:%Y-%m} は、ブックの年度({there:%Y-%m}から12か月)より前です",
                    f"{start:%Y-%m} is before the workbook's year (twelve months from {there:%Y-%m})",
                ),
                Text(
                    f"開始月を {there:%Y-%m}(次の年度なら {there.year + 1}-{there.month:02})にしてください",
                    f"start in {there:%Y-%m} (the next year begins in {there.year + 1}-{there.month:02})",
                ),
                book.source,
            )
        )
    raise BookError(
        Problem(
            "overlap",
            Text(
                f"開始月 {start:%Y-%m} の年度は、今のタブ({there:%Y-%m}から12か月)と重なります",
                f"a year from {start:%Y-%m} overlaps the tabs that are there (twelve months from {there:%Y-%m})",
            ),
            Text(
                f"次の年度なら {there.year + 1}-{there.month:02} 以降、同じ年度なら {there:%Y-%m} にしてください。開始月の訂正は kgisheet extract と kgisheet new で作り直します",
                f"the next year begins in {there.year + 1}-{there.month:02}; to correct the first month, create the workbook again (kgisheet extract, kgisheet new)",
            ),
            book.source,
        )
    )


def order(book: FilledBook, made: Iterable[str]) -> list[str]:
    """Return the titles of the sheets before the tabs and of the tabs, in the order of the months; ``made`` are new.

    A recreated tab takes the place of the deleted one, a new year's tabs follow the previous year's.
    """
    titles, new = book.anchors.titles, list(made)
    listed = book.template.sheets.all
    before = itertools.takewhile(lambda each: each.kind != TAB, listed)
    found = [titles[title] for each in before if (title := each.title.to(book.lang)) in titles]
    again = [tab for tab in book.anchors.tabs if tab not in titles]
    for tab in book.anchors.tabs:
        if tab in titles:
            found.append(titles[tab])
        elif len(new) == len(again):
            found.append(new[again.index(tab)])
    return found + [title for title in new if title not in found]


def _months_between(first: datetime.date, then: datetime.date) -> int:
    return (then.year - first.year) * 12 + then.month - first.month


def begin(book: FilledBook, merged: Merged, start: datetime.date, said: Collection[str], handed: Mapping[str, Input]) -> None:
    """Set the inputs of a new year: last year's actuals beside it, no overrides, nothing closed.

    ``said`` are inputs that the plan has settled, ``handed`` what the previous year hands over.
    """
    template, solution = book.template, book.solution
    months = months_from(start)
    there = start_of(book)
    # A year that begins later than twelve months on has only some of its months in the one before, or none.
    skipped = 0 if there is None else _months_between(there, start) - MONTHS
    for cell in template.inputs():
        rows = list(book.rows(cell))
        if cell.name == book.roles.start_month:
            merged.set(cell, None, start)
        elif cell.name == TAB_MONTH:
            merged.inputs[cell.name] = list(months)
        elif cell.on_tab:
            merged.inputs[cell.name] = [None] * len(rows)
        elif cell.name.startswith("last_"):
            actual = solution.values.get("result_" + cell.name.removeprefix("last_"))
            for row in rows:
                before = (row or 0) + skipped
                value = actual[before] if isinstance(actual, list) and before < len(actual) else None
                merged.set(cell, row, value if isinstance(value, Fraction) else None)
        elif cell.name in handed and cell.name not in said:
            merged.set(cell, None, handed[cell.name])
        elif of_the_year(cell, book.roles) and cell.name not in said:
            for row in rows:
                merged.set(cell, row, None)


def typed_ahead(book: FilledBook, merged: Merged, plan: Plan | None, start: datetime.date, names: Collection[str]) -> None:
    """Return the new year's plan for its months: openings, overrides. Its tabs are yet to be made."""
    if plan is None or plan.inputs.get(book.roles.start_month) != start:
        return
    for cell in book.template.inputs():
        for row in book.rows(cell) if cell.name in names and not cell.on_tab else ():
            value = value_of(plan.inputs, cell.name, row)
            if value is not None:
                merged.set(cell, row, value)
