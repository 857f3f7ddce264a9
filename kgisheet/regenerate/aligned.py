"""A plan's channels in the rows of the workbook: what was typed for a channel must stay beside its name."""

from __future__ import annotations

import unicodedata

from ..errors import Problem, Text
from ..filled import FilledBook
from ..plan.load import WAS, Input, Plan
from ..template.tables import CHANNEL, MONTH_CHANNEL, MONTHS


def aligned(plan: Plan, book: FilledBook) -> Plan:
    """The plan with its channels in the order of the workbook's rows, by name; new ones in rows that are free.

    One that has another name now (``was``) has the row of the old one, and with it the figures there.
    A row whose channel the plan no longer has is empty then.
    """
    wanted = _names(plan.inputs.get("channel_name"))
    if not wanted:
        return plan
    there = _names(book.inputs.get("channel_name"))
    rows = max(book.table_rows, len(wanted))
    place: dict[int, int] = {}  # a channel of the plan → its row
    for names in (wanted, _before(plan)):
        for index, name in enumerate(names):
            row = next((row for row, other in enumerate(there) if other and name == other and row not in place.values()), None)
            if row is not None and index not in place:
                place[index] = row
    # New names first take rows that nobody uses, then those of channels that are gone.
    free = [row for row in range(rows) if row not in place.values()]
    free.sort(key=lambda row: bool(row < len(there) and there[row]))
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
    """Channels that the plan no longer has, though figures were typed for them in the months' tabs."""
    kept = {*_names(plan.inputs.get("channel_name")), *_before(plan)}
    said = []
    names = book.inputs.get("channel_name")
    for row, name in enumerate(_names(names)):
        if name and name not in kept and row < book.across and _typed(book, row):
            shown = names[row] if isinstance(names, list) else name
            said.append(
                Problem(
                    "channel-gone",
                    Text(f"計画にないチャネル「{shown}」の実績がタブにあります", f"the tabs hold actuals of “{shown}”, which the plan no longer has"),
                    Text("実績は残しますが、行のチャネル名は変わります。必要なら別のシートに控えてください", "they stay, in a row that loses its name; keep a copy if you need them"),
                    book.source,
                )
            )  # fmt: skip
    return said


def _before(plan: Plan) -> list[str]:
    """What the plan's channels were called before; nothing where it doesn't say."""
    rows = plan.table.get("channel")
    return [_key(row.get(WAS)) if isinstance(row, dict) else "" for row in rows] if isinstance(rows, list) else []


def _typed(book: FilledBook, row: int) -> bool:
    for name in ("channel_actual_leads", "channel_actual_visits"):
        held = book.inputs.get(name)
        if isinstance(held, list) and any(each is not None for each in held[row :: book.across]):
            return True
    return False


def _names(held: object) -> list[str]:
    return [_key(each) for each in held] if isinstance(held, list) else []


def _key(name: object) -> str:
    """Names are the same whatever their width, case and spaces."""
    return unicodedata.normalize("NFKC", name).casefold().strip() if isinstance(name, str) else ""
