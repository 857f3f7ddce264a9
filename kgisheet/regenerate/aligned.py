"""Alignment of a plan's channels with the workbook's rows: what was typed for a channel must stay beside its name."""

from __future__ import annotations

from ..errors import Problem
from ..extract.plan import carried_plan
from ..filled.workbook import FilledBook
from ..language.text import Text
from ..plan.channels import WAS
from ..plan.inputs import Input
from ..plan.load import Plan
from ..plan.naming import name_key
from ..template.tables import CHANNEL, MONTH_CHANNEL, MONTHS


def aligned(plan: Plan, book: FilledBook) -> Plan:
    """Return the plan with its channels in the order of the workbook's rows, by name; new ones in free rows.

    A renamed one (``was``) keeps the row of the old name, and with it the figures there.
    A row whose channel the plan no longer has becomes empty.
    """
    wanted = _names(plan.inputs.get(book.roles.channel_name))
    if not wanted:
        return plan
    there = _names(book.inputs.get(book.roles.channel_name))
    rows = max(book.table_rows, len(wanted))
    place = _matched(plan, book)
    # New names first take rows that nobody uses, then those where figures were left, then those of channels that are gone.
    free = [row for row in range(rows) if row not in place.values()]
    free.sort(key=lambda row: (bool(row < len(there) and there[row]), _holds(book, row)))
    for index in range(len(wanted)):
        if index not in place:
            place[index] = free.pop(0)
    inputs = dict(plan.inputs)
    column: list[Input]
    for cell in plan.template.inputs():
        held = inputs.get(cell.name)
        if cell.table == CHANNEL and isinstance(held, list):
            column = [None] * rows
            for index, row in place.items():
                column[row] = held[index]
            inputs[cell.name] = column
        elif cell.table == MONTH_CHANNEL and isinstance(held, list) and held:
            across = plan.template.channel_rows(plan.channels)
            column = [None] * (MONTHS * book.across)
            for index, row in place.items():
                if row < book.across:
                    column[row :: book.across] = held[index::across]
            inputs[cell.name] = column
    return plan._replace(inputs=inputs)


def gone(plan: Plan, book: FilledBook) -> list[Problem]:
    """Report channels that the plan no longer has, though figures were typed for them in the months' tabs."""
    kept = set(_matched(plan, book).values())
    said = []
    names = book.inputs.get(book.roles.channel_name)
    for row, name in enumerate(_names(names)):
        if name and row not in kept and row < book.across and _typed(book, row):
            shown = names[row] if isinstance(names, list) else name
            said.append(
                Problem(
                    "channel-gone",
                    Text(f"計画にないチャネル「{shown}」の実績がタブにあります", f"the tabs hold actuals of “{shown}”, which the plan no longer has"),
                    Text("実績は残しますが、行のチャネル名は変わります。必要なら別のシートに控えてください", "they are kept, but their row loses its name; copy them elsewhere if you need them"),
                    book.source,
                )
            )  # fmt: skip
    return said


def _matched(plan: Plan, book: FilledBook) -> dict[int, int]:
    """Return the row of each channel of the plan: by its present name, else where people have typed another one over ours."""
    wanted, before = _names(plan.inputs.get(book.roles.channel_name)), _before(plan)
    there, written = _names(book.inputs.get(book.roles.channel_name)), _written(book)
    place: dict[int, int] = {}
    for rows, names in ((there, wanted), (there, before), (written, wanted), (written, before)):
        for index, name in enumerate(names):
            row = next((row for row, other in enumerate(rows) if name == other != "" and row not in place.values()), None)
            if row is not None and index not in place:
                place[index] = row
    return place


def renamed(plan: Plan | None, book: FilledBook) -> list[Problem]:
    """Report channels that people have renamed in their row, while the figures elsewhere are still the old one's."""
    held, written = book.inputs.get(book.roles.channel_name), _written(book)
    there = _names(held)
    said: list[Problem] = []
    for row, (old, new) in enumerate(zip(written, there, strict=False)):
        if not old or not new or old == new or old in there or new in written or not _holds(book, row):
            continue
        if new in _said(plan, book):
            continue  # the plan calls it so too
        was, now = book.anchors.written(book.roles.channel_name, row), held[row] if isinstance(held, list) else new
        said.append(
            Problem(
                "channel-renamed",
                Text(f"チャネル「{was}」が「{now}」に書き換えられています。ほかのシートのこの行の数値は「{was}」のときのものです",
                     f"the channel “{was}” is now called “{now}”; the figures in its row on other sheets were typed for “{was}”"),
                Text("同じチャネルならそのままで構いません。別のチャネルなら、元の名前に戻し、予備の欄に入力してください",
                     "leave it if it is the same channel; if it is another one, restore the old name and use a spare place"),
                book.source,
            )
        )  # fmt: skip
    return said


def _said(plan: Plan | None, book: FilledBook) -> list[str]:
    """Return the names in the plan, or in the one that the workbook carries."""
    if plan is not None:
        return _names(plan.inputs.get(book.roles.channel_name))
    rows = carried_plan(book).get("channel")
    return [name_key(row.get("name")) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _written(book: FilledBook) -> list[str]:
    """Return the names that we wrote last, by today's rows."""
    return [name_key(book.anchors.written(book.roles.channel_name, row)) for row in range(book.table_rows)]


def _holds(book: FilledBook, row: int) -> bool:
    """Return whether a row has figures beyond the page, of whatever channel."""
    page = book.template.page_keys()
    for cell in book.template.inputs():
        held = book.inputs.get(cell.name)
        if cell.section in page or cell.table not in (CHANNEL, MONTH_CHANNEL) or not isinstance(held, list):
            continue
        of_row = held[row :: book.across] if cell.table == MONTH_CHANNEL and row < book.across else held[row : row + 1]
        if (cell.table == CHANNEL or row < book.across) and any(each is not None for each in of_row):
            return True
    return False


def _before(plan: Plan) -> list[str]:
    """Return the previous names of the plan's channels; None where it doesn't give any."""
    rows = plan.table.get("channel")
    return [name_key(row.get(WAS)) if isinstance(row, dict) else "" for row in rows] if isinstance(rows, list) else []


def _typed(book: FilledBook, row: int) -> bool:
    for name in (book.roles.channel_actual_leads, book.roles.channel_actual_visits, book.roles.channel_actual_meetings):
        held = book.inputs.get(name)
        if isinstance(held, list) and any(each is not None for each in held[row :: book.across]):
            return True
    return False


def _names(held: object) -> list[str]:
    return [name_key(each) for each in held] if isinstance(held, list) else []
