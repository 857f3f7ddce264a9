"""What people do to a workbook: random steps, and the cells that they typed into."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

from openpyxl.utils import get_column_letter
from referee import column_and_row

from kgisheet.filled.records import Record

from .look import Look, Where

Step = list[Any]

HARMLESS = {
    "actuals", "channel actuals", "remarks", "note", "own sheet", "comment", "colour", "rename", "rows", "columns", "filter",
    "name", "condition", "picture", "chart", "parts", "hidden", "width", "moved sheet", "own sheet first", "name gone",
}  # fmt: skip
"""Edits after which the plan's figures are what a new workbook would have."""


class Sketch:
    """The edits of one workbook, step by step. Addresses are those of the workbook as written; steps have those of then."""

    def __init__(self, random: Random, base: Look, records: list[Record], route: str) -> None:
        self.random, self.base, self.route = random, base, route
        self.records = {each.name: each for each in records if each.sheet is not None and each.cell is not None}
        self.steps: list[Step] = []
        self.typed: list[Where] = []
        self.kinds: list[str] = []
        self.renamed: dict[str, str] = {}
        self.removed: set[str] = set()
        self._shifts: list[tuple[str, int, int, int]] = []
        self._last: list[Step] = []
        self.tabs = sorted({name.partition("!")[0] for name in self.records if "!" in name})
        self.ours = [title for title in base.sheets if title != "_kgisheet"]
        self.seen = [title for title in self.ours if title not in ("計算用", "Working")]
        """Those that people have before them."""

    def draw(self, how_many: int) -> None:
        able = [(name, edit) for name, (edit, routes) in EDITS.items() if self.route in routes.split()]
        chosen = self.random.sample(able, min(how_many, len(able)))
        # Rows first, for what comes after knows where they went; so with a tab that is gone.
        for name, edit in sorted(chosen, key=lambda each: each[0] not in ("rows", "columns", "tab gone")):
            if edit(self) is not False:
                self.kinds.append(name)
        self.steps += [step for step in self._last if step[1:2] != [*self.removed]]
        self.steps += [["remove_sheet", tab] for tab in self.removed]

    # -- pieces -------------------------------------------------------------

    def now(self, sheet: str, cell: str) -> str:
        """Where a cell is after the rows and columns that were put in."""
        column, row = column_and_row(cell)
        for title, axis, index, count in self._shifts:
            if title == sheet and axis == 0 and row > index:
                row += count
            elif title == sheet and axis == 1 and column > index:
                column += count
        return f"{get_column_letter(column)}{row}"

    def type(self, sheet: str, cell: str, value: Any) -> None:
        """Types into a cell; ``sheet`` is called as when it was written."""
        if sheet in self.removed:
            return
        at = self.now(sheet, cell)
        self.steps.append(["cell", sheet, at, value])
        self.typed.append((sheet, at))

    def fill(self, name: str, value: Any) -> None:
        record = self.records.get(name)
        if record is not None:
            self.type(str(record.sheet), str(record.cell), value)

    def pick(self, pattern: str, role: str | None = None) -> list[str]:
        return [name for name, each in self.records.items() if re.fullmatch(pattern, name) and role in (None, each.role)]

    def free(self, sheet: str) -> str:
        """A cell that nobody uses: beside the sheet, below it, or in between."""
        cells = [column_and_row(cell) for title, cell in self.base.contents if title == sheet]
        columns, rows = max(each[0] for each in cells), max(each[1] for each in cells)
        where = self.random.choice(["beside", "beside", "below"])
        if where == "below":
            return f"{get_column_letter(self.random.randint(2, 8))}{rows + self.random.randint(3, 30)}"
        return f"{get_column_letter(columns + self.random.randint(3, 6))}{self.random.randint(1, rows)}"

    def number_of(self, name: str) -> float:
        value = self.records[name].value
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0

    def last(self, step: Step) -> None:
        """A step that is done after everything is typed."""
        self._last.append(step)

    def title(self) -> str:
        return self.random.choice([each for each in self.seen if each not in self.removed])


def actuals(sketch: Sketch) -> None:
    for tab in sketch.tabs[: sketch.random.randint(1, 9)]:
        for name in sketch.pick(f"{tab}!actual_[a-z_]+", "input"):
            if sketch.random.random() < 0.8:
                unit = sketch.records[name].unit
                sketch.fill(name, sketch.random.randint(0, 40) * (100_000 if unit == "currency" else 1))


def channel_actuals(sketch: Sketch) -> bool:
    names = sketch.pick(r".*!channel_actual_[a-z]+\[\d+\]")
    for name in sketch.random.sample(names, min(6, len(names))):
        sketch.fill(name, sketch.random.randint(0, 30))
    return bool(names)


def remarks(sketch: Sketch) -> None:
    for tab in sketch.random.sample(sketch.tabs, 2):
        sketch.fill(
            f"{tab}!remarks",
            sketch.random.choice(["展示会が延期", "A&B社 <失注>", "  前後に空白  ", "1行目\n2行目", "'=計算ではない"]),
        )


def overrides(sketch: Sketch) -> None:
    names = sketch.pick(r"month_[a-z_]+_override\[\d+\]")
    for name in sketch.random.sample(names, min(sketch.random.randint(1, 3), len(names))):
        month = name.replace("_override", "")
        sketch.fill(name, int(sketch.number_of(month)) + sketch.random.randint(0, 2) if month in sketch.records else 1)


def inputs(sketch: Sketch) -> None:
    names = sketch.pick(
        r"web_revenue|deal_size|win_rate|opportunity_rate|channel_(meeting_rate|cvr)\[\d\]|month_weight\[\d+\]|title|owner|target_accounts"
    )
    for name in sketch.random.sample(names, min(sketch.random.randint(1, 3), len(names))):
        unit = sketch.records[name].unit
        random = sketch.random
        sketch.fill(name, {"rate": random.randint(5, 80) / 100, "currency": random.randint(3, 40) * 500_000, "count": random.randint(1, 9)}.get(unit, "営業部 & 企画"))  # fmt: skip


def formula_input(sketch: Sketch) -> None:
    """An input that its owner works out."""
    sketch.fill("win_rate", f"=0.{sketch.random.randint(2, 6)}+0.05")


def blanked(sketch: Sketch) -> bool:
    names = [each for each in ("owner", "target_accounts", "title") if each in sketch.records and sketch.records[each].value]
    if names:
        sketch.fill(sketch.random.choice(names), None)
    return bool(names)


def closed(sketch: Sketch) -> None:
    start = str(sketch.records["start_month"].value)
    serial = {"2026-04": 46113, "2026-01": 46023, "2026-10": 46296}[start]  # its first day
    sketch.fill("closed_through", serial + 31 * sketch.random.randint(0, 6))


def spare_channel(sketch: Sketch) -> bool:
    """A new channel in the first spare column, five points of the first one's share."""
    names = sketch.pick(r"channel_name\[\d\]")
    share = sketch.records.get("channel_share[1]")
    if not names or len(names) >= 8 or share is None or share.role != "input" or sketch.number_of("channel_share[1]") < 0.1:
        return False
    for column, value in (("name", "新規チャネル"), ("share", 0.05), ("meeting_rate", 0.2), ("cvr", 0.02)):
        record = sketch.records[f"channel_{column}[1]"]
        first, row = column_and_row(str(record.cell))
        sketch.type(str(record.sheet), f"{get_column_letter(first + len(names))}{row}", value)
    sketch.fill("channel_share[1]", round(sketch.number_of("channel_share[1]") - 0.05, 4))
    return True


def typed_over(sketch: Sketch) -> None:
    """A number, or a formula of one's own, in the place of a formula."""
    names = sketch.pick(
        r"(.*!)?(goal|month|quarter|year)_[a-z_]+(\[\d+\])?|won_deals|opportunities|channel_leads\[\d\]|leads|visits", "result"
    )
    for name in sketch.random.sample(names, sketch.random.randint(1, 3)):
        if sketch.records[name].unit in ("count", "currency"):
            value = int(sketch.number_of(name)) + sketch.random.randint(0, 5)
            sketch.fill(name, sketch.random.choice([value, f"={value}+1"]))


def label(sketch: Sketch) -> None:
    named = {(each.sheet, each.cell) for each in sketch.records.values()}
    texts = [
        where
        for where, value in sketch.base.contents.items()
        if where[0] in sketch.seen and isinstance(value, str) and value[:1] != "=" and where not in named
    ]
    for sheet, cell in sketch.random.sample(texts, 2):
        sketch.type(sheet, cell, sketch.random.choice(["うちの呼び名", "KPI(社内)", "※要相談"]))


def note(sketch: Sketch) -> None:
    for _ in range(2):
        sheet = sketch.title()
        sketch.type(
            sheet,
            sketch.free(sheet),
            sketch.random.choice(["佐藤さんに確認", 12345, 0.5, "=won_deals*2", "=1+2", "=SUM(month_leads)"]),
        )


def own_sheet(sketch: Sketch, first: bool = False) -> None:
    title = "社内メモ" if first else "A&B's 集計"
    sketch.steps.append(["add_sheet", title, 0 if first else len(sketch.base.sheets)])
    month = sketch.records["month_leads[3]"]
    at = f"'{month.sheet}'!{sketch.now(str(month.sheet), str(month.cell))}"
    values = ["会議用", 42, "=won_deals*2", f"={at}+1", "=SUM(month_leads)"]
    for row, value in enumerate(values, 1):
        sketch.type(title, f"B{row}", value)


def own_sheet_first(sketch: Sketch) -> None:
    own_sheet(sketch, first=True)


def comment(sketch: Sketch) -> None:
    record = sketch.records[sketch.random.choice(list(sketch.records))]
    sketch.last(["note", record.sheet, sketch.now(str(record.sheet), str(record.cell)), "この数字の根拠は?"])


def colour(sketch: Sketch) -> None:
    for name in sketch.random.sample(list(sketch.records), 3):
        record = sketch.records[name]
        at = sketch.now(str(record.sheet), str(record.cell))
        sketch.last(["colour", record.sheet, f"{at}:{at}", 0xFFCC00])


def width(sketch: Sketch) -> None:
    sketch.last(["width", sketch.title(), sketch.random.randint(2, 9), 23])


def hidden(sketch: Sketch) -> None:
    sketch.last(["hide_rows", sketch.title(), "A6:A6"])


def rename(sketch: Sketch) -> None:
    """Tabs, and the sheet of the months."""
    titles = [each for each in sketch.random.sample(sketch.seen, 2) if each not in sketch.removed]
    for number, title in enumerate(titles, sketch.random.randint(1, 9)):
        sketch.renamed[title] = f"{number}月 佐藤's"
        sketch.last(["rename", title, sketch.renamed[title]])


def rows(sketch: Sketch) -> None:
    _insert(sketch, 0, "insert_rows")


def columns(sketch: Sketch) -> None:
    _insert(sketch, 1, "insert_columns")


def _insert(sketch: Sketch, axis: int, step: str) -> None:
    """Not within a table: that is no sensible place, and protection forbids it."""
    sheet = sketch.title()
    blocks = [each for each in sketch.records.values() if each.sheet == sheet]
    taken: dict[str, list[int]] = {}
    for each in blocks:
        name = re.sub(r"\[\d+\]", "", each.name)
        taken.setdefault(name, []).append(column_and_row(str(each.cell))[1 - axis])
    inside = {line for lines in taken.values() for line in range(min(lines) + (axis == 0), max(lines) + (axis == 0))}
    # Spare rows and columns belong to their table; beside the page's channels there are no others.
    for each in blocks:
        if each.name.startswith("channel_"):
            first = column_and_row(str(each.cell))[1 - axis]
            if _is_across(sketch, each) == (axis == 1):
                inside |= set(range(first, first + 10))
    index = sketch.random.choice(
        [each for each in range(40 if axis == 0 else 12) if each + 1 not in inside and each not in inside]
    )
    count = sketch.random.randint(1, 2)
    sketch._shifts.append((sheet, axis, index, count))
    sketch.steps.append([step, sheet, index, count])


def _is_across(sketch: Sketch, record: Record) -> bool:
    """Whether the cells of a record's table lie side by side, as those of the goal do."""
    return record.sheet in {sketch.records[name].sheet for name in ("period", "overall") if name in sketch.records}


def filtered(sketch: Sketch) -> None:
    sheet = str(sketch.records["month_leads[1]"].sheet)
    sketch.last(["filtered", sheet, f"{sketch.now(sheet, 'B7')}:{sketch.now(sheet, 'H19')}"])


def add_name(sketch: Sketch) -> None:
    record = sketch.records["won_deals"]
    at = sketch.now(str(record.sheet), str(record.cell))
    column, line = re.sub(r"\d", "", at), re.sub(r"\D", "", at)
    sheet = f"${record.sheet}." if sketch.route == "uno" else f"'{record.sheet}'!"
    sketch.steps.append(["add_name", "our_deals", f"{sheet}${column}${line}"])


def condition(sketch: Sketch) -> None:
    sheet = str(sketch.records["month_leads[1]"].sheet)
    sketch.last(["condition", sheet, f"{sketch.now(sheet, 'D8')}:{sketch.now(sheet, 'D19')}"])


def chart(sketch: Sketch) -> None:
    sheet = str(sketch.records["month_leads[1]"].sheet)
    sketch.last(["chart", sheet, f"{sketch.now(sheet, 'B8')}:{sketch.now(sheet, 'D19')}"])


def picture(sketch: Sketch) -> None:
    sketch.last(["picture", sketch.random.choice(sketch.tabs)])


def parts(sketch: Sketch) -> None:
    page, tab = str(sketch.records["won_deals"].sheet), sketch.random.choice(sketch.tabs)
    steps: list[Step] = [
        ["custom_xml"], ["unknown"], ["calc_chain"], ["printer_settings", page], ["threaded", tab, "C8"],
        ["sparkline", tab, "T3", "C8:C12"],
    ]  # fmt: skip
    for step in sketch.random.sample(steps, 3):
        sketch.last(step)


def tab_gone(sketch: Sketch) -> None:
    moved = {each[0] for each in sketch._shifts}
    tab = sketch.random.choice([each for each in sketch.tabs if each not in moved])
    sketch.removed.add(tab)


def name_gone(sketch: Sketch) -> None:
    for name in sketch.random.sample(["win_rate", "won_deals", "month_leads", "month_weight", "deal_size"], 2):
        sketch.last(["delete_name", name])


def moved_sheet(sketch: Sketch) -> None:
    sketch.last(["move_sheet", sketch.title(), 0])


Edit = Callable[[Sketch], Any]
ALL = "openpyxl uno xml"
EDITS: dict[str, tuple[Edit, str]] = {
    "actuals": (actuals, ALL),
    "channel actuals": (channel_actuals, ALL),
    "remarks": (remarks, ALL),
    "overrides": (overrides, ALL),
    "inputs": (inputs, ALL),
    "formula as input": (formula_input, ALL),
    "blanked": (blanked, ALL),
    "closed": (closed, ALL),
    "spare channel": (spare_channel, ALL),
    "typed over": (typed_over, ALL),
    "label": (label, ALL),
    "note": (note, ALL),
    "own sheet": (own_sheet, ALL),
    "own sheet first": (own_sheet_first, "openpyxl uno"),
    "comment": (comment, "openpyxl uno"),
    "colour": (colour, "openpyxl uno"),
    "width": (width, "openpyxl uno"),
    "hidden": (hidden, "openpyxl uno"),
    "rename": (rename, "uno"),
    "rows": (rows, "uno"),
    "columns": (columns, "uno"),
    "filter": (filtered, "openpyxl uno"),
    "name": (add_name, "openpyxl uno"),
    "condition": (condition, "openpyxl xml uno"),
    "chart": (chart, "openpyxl uno"),
    "picture": (picture, "xml uno"),
    "parts": (parts, "xml"),
    "tab gone": (tab_gone, "openpyxl uno"),
    "name gone": (name_gone, "openpyxl uno"),
    "moved sheet": (moved_sheet, "openpyxl uno"),
}
