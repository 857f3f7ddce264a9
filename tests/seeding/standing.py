"""What stands where in a subject: formulas, inputs, columns, divisors. Read from the workbook, never from the checker."""

from __future__ import annotations

import functools
import io
import re
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from kgisheet import api
from kgisheet.filled.records import Record

from .case import Place
from .subjects import made


class Words(NamedTuple):
    """The words of the workbook's language that the operators type or exchange."""

    up: str
    down: str
    nearest: str
    none: str
    year: str
    month: str
    ok: str
    bad: str
    goals: str
    guide: str


JA = Words("切り上げ", "切り捨て", "四捨五入", "なし", "年間", "月間", "○ OK", "× 要確認", "目標設定", "使い方")
EN = Words("up", "down", "nearest", "none", "year", "month", "✓ OK", "✗ Check", "Goals", "Guide")


class Standing:
    """One subject, read."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.data = made(subject)
        every = {each.name: each for each in api.records_of_book(self.data, subject)[1] if each.cell}
        self.book = openpyxl.load_workbook(io.BytesIO(self.data))
        self.lang = "en" if subject.endswith("-en") else "ja"
        self.goals, self.grounds = str(every["period"].sheet), str(every["overall"].sheet)
        hidden = (each.title for each in self.book if each.sheet_state != "visible" and not each.title.startswith("_"))
        self.working = next(hidden, self.goals)
        self.records: dict[str, Record] = {name: each for name, each in every.items() if each.sheet in self.sheets}
        """The cells of the goal: those of its page, of what it rests on, and those that are only worked with."""
        self.months: dict[str, Record] = {name: each for name, each in every.items() if each.sheet not in self.sheets}
        """Those of the sheets of the months; none where the workbook stops at the goal."""
        names = [sheet for sheet in self.book.sheetnames if not sheet.startswith("_") and sheet != self.working]
        self.guide = next((each for each in reversed(names) if each not in (self.goals, self.grounds)), names[-1])
        self.own = next(name for name in self.book.sheetnames if name.startswith("_"))
        self.page = self.book[self.goals]
        words = JA if self.lang == "ja" else EN
        lists = {(title, str(each.sqref)): each.formula1.strip('"').split(",") for title in self.sheets
                 for each in self.book[title].data_validations.dataValidation if each.type == "list"}  # fmt: skip
        up, down, nearest, none = lists[self.place(self.records["rounding"])]
        year, month = lists[self.place(self.records["period"])]
        self.units = lists[self.place(self.records["display_unit"])]
        verdict = str(self.records["overall"].formula)
        bad, _, ok = (re.findall(r'"([^"]*)"', verdict)[index] for index in (0, 2, -1))
        self.words = words._replace(
            up=up,
            down=down,
            nearest=nearest,
            none=none,
            year=year,
            month=month,
            ok=ok,
            bad=bad,
            goals=self.goals,
            guide=self.guide,
        )

    @property
    def sheets(self) -> tuple[str, str, str]:
        """The titles of the sheets with the goal's cells."""
        return self.goals, self.grounds, self.working

    def is_folded(self, title: str, row: int = 0, column: str = "") -> bool:
        """Whether a line is in a fold: there hiding it is how the sheet is used, not a fault."""
        page = self.book[title]
        if row:
            return bool(page.row_dimensions[row].outlineLevel)
        at = column_index_from_string(column)
        return any(each.outlineLevel and (each.min or 0) <= at <= (each.max or 0) for each in page.column_dimensions.values())

    def alone(self, place: Place) -> Place:
        """Where a cell of the goal is in the workbook that stops there: fewer checks and choices are on its sheets."""
        page = standing(self.subject.removeprefix("all-"))
        name = next((name for name, each in self.records.items() if self.place(each) == place), None)
        return place if name is None or place[0] == self.goals else page.place(page.records[name])

    def all_alone(self, values: dict[Place, Any]) -> dict[Place, Any]:
        return {self.alone(place): value for place, value in values.items()}

    def place(self, record: Record) -> Place:
        return str(record.sheet), str(record.cell)

    @functools.cached_property
    def chain(self) -> list[Record]:
        """The results in figures, the checks' left out; the channels' among them, used rows only."""
        return [each for each in self.records.values() if each.formula and each.unit in ("count", "currency", "rate")
                and not each.name.startswith("check_") and each.name != "unit_yen"]  # fmt: skip

    @functools.cached_property
    def counts(self) -> list[Record]:
        """Of the chain, what is not an intermediate figure without rounding."""
        return [each for each in self.chain if "_exact" not in each.name and "unrounded" not in each.name]

    @functools.cached_property
    def texts(self) -> list[Record]:
        return [
            each
            for each in self.records.values()
            if each.formula and each.unit == "text" and not each.name.startswith("check_")
        ]

    @functools.cached_property
    def checks(self) -> list[Record]:
        return [each for each in self.records.values() if each.formula and each.name.startswith("check_")]

    @functools.cached_property
    def inputs(self) -> list[Record]:
        """The inputs in figures that are filled in."""
        return [each for each in self.records.values()
                if each.role == "input" and each.unit in ("count", "currency", "rate") and each.value is not None]  # fmt: skip

    @functools.cached_property
    def divisors(self) -> list[Record]:
        """The inputs that something is divided by."""
        over = r"/\(?(?:1-)?(?:'([^']+)'!)?([A-Za-z_]+[A-Za-z_0-9]*)"
        found = {
            (title or each.sheet, said)
            for each in self.records.values()
            for title, said in re.findall(over, each.formula or "")
        }
        words = {word for _, word in found}
        return [each for each in self.inputs if each.value and (each.name in words or self.place(each) in found)]

    def line(self, name: str) -> list[Record]:
        """The cells of a line of the channels' table, used columns only."""
        return [each for key, each in self.records.items() if key.startswith(f"{name}[")]

    @functools.cached_property
    def lines(self) -> list[str]:
        """The lines of the channels' table, and of the figures before rounding that go with it."""
        names = dict.fromkeys(key.partition("[")[0] for key in self.records if key.endswith("]"))
        return [name for name in names if name.startswith("channel_")]

    @functools.cached_property
    def used(self) -> list[int]:
        """The numbers of the channels, from 1."""
        return list(range(1, len(self.line("channel_name")) + 1))

    @functools.cached_property
    def spare(self) -> list[int]:
        """The numbers of the columns that wait for a channel."""
        return [number for number in range(1, len(self._columns) + 1) if number not in self.used]

    @functools.cached_property
    def _columns(self) -> list[str]:
        """The letters of the channels' columns."""
        area = self.book.defined_names["channel_name"].attr_text
        left, _, right, _ = range_boundaries(area.rpartition("!")[2])
        return [get_column_letter(column) for column in range(left, right + 1)]

    def letter(self, channel: int) -> str:
        """The letter of a channel's column."""
        return self._columns[channel - 1]

    def column(self, channel: int) -> int:
        """The index of a channel's column, from 0."""
        return column_index_from_string(self.letter(channel)) - 1

    def row(self, name: str) -> int:
        return int(re.sub(r"\D", "", str(self.line(name)[0].cell)))

    @functools.cached_property
    def foot(self) -> str:
        """The last line of the channels on the page."""
        return max((name for name in self.lines if self.line(name)[0].sheet == self.goals), key=self.row)

    def cell(self, name: str, channel: int) -> str:
        """The address of a line's cell, in use or not."""
        return f"{self.letter(channel)}{self.row(name)}"

    def at(self, name: str, channel: int) -> Place:
        return str(self.line(name)[0].sheet), self.cell(name, channel)

    def area(self, first: str, start: int, last: str, end: int) -> str:
        """The cells of some lines and channels, which lie on one sheet."""
        return f"{self.cell(first, start)}:{self.cell(last, end)}"

    def span(self, record: Record, name: str, start: int, end: int | None = None) -> str:
        """Some cells of a line, as a formula of ``record`` says it."""
        title, first = self.at(name, start)
        area = first if end is None else f"{first}:{self.cell(name, end)}"
        return area if title == record.sheet else f"'{title}'!{area}"

    def said(self, record: Record, other: Record) -> str:
        """A cell, as a formula of ``record`` says it."""
        return str(other.cell) if other.sheet == record.sheet else f"'{other.sheet}'!{other.cell}"

    def reads(self, record: Record, other: Record) -> bool:
        """Whether a formula reads a cell, by its name or its address."""
        way = r"(?<![!A-Z$])" if other.sheet == record.sheet else f"'{other.sheet}'!"
        ways = (rf"{way}{other.cell}(?![0-9(])", rf"\b{re.escape(other.name)}\b")
        return any(re.search(way, record.formula or "") for way in ways)

    def led(self, formula: str, here: int, there: int, count: int = 0) -> str:
        """A formula whose references to one channel lead to another; its columns are the same on all the sheets."""
        return re.sub(rf"(?<![A-Za-z$]){self.letter(here)}(?=\d+(?![\d(]))", self.letter(there), formula, count=count)

    def of(self, book: openpyxl.Workbook, record: Record) -> Any:
        """A record's cell in a workbook that is being edited."""
        return book[str(record.sheet)][str(record.cell)]

    def formula(self, place: Place) -> str | None:
        value = self.book[place[0]][place[1]].value
        return value if isinstance(value, str) and value.startswith("=") else None

    @functools.cached_property
    def free(self) -> list[Place]:
        """Cells of the goal page that nothing is in, there nor on the other two sheets: rows below, columns to the right."""
        last = max(self.book[title].max_row for title in self.sheets)
        return [
            (self.goals, f"{letter}{row}") for letter in ("C", "F", "K", "AC", "AE") for row in (last + 3, last + 5, last + 9)
        ]

    @functools.cached_property
    def has_visits(self) -> bool:
        return "visits" in self.records

    @functools.cached_property
    def wide(self) -> int:
        """The index of the first column right of everything."""
        return (
            max(
                column_index_from_string(cell.column_letter)
                for row in self.page.iter_rows()
                for cell in row
                if cell.value is not None
            )
            + 1
        )

    def right(self, steps: int = 1) -> str:
        return get_column_letter(self.wide + steps)


@functools.cache
def standing(subject: str) -> Standing:
    return Standing(subject)
