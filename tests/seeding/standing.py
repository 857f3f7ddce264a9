"""What stands where in a subject: formulas, inputs, columns, divisors. Read from the workbook, never from the checker."""

from __future__ import annotations

import functools
import io
import re
from typing import NamedTuple

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

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
        goals = every["overall"].sheet
        self.records: dict[str, Record] = {name: each for name, each in every.items() if each.sheet == goals}
        """The cells of the page."""
        self.months: dict[str, Record] = {name: each for name, each in every.items() if each.sheet != goals}
        """Those of the sheets of the months; none where the workbook stops at the page."""
        self.book = openpyxl.load_workbook(io.BytesIO(self.data))
        self.lang = "en" if subject.endswith("-en") else "ja"
        names = [sheet for sheet in self.book.sheetnames if not sheet.startswith("_")]
        self.goals = str(self.records["overall"].sheet)
        self.guide = next(name for name in names if name != self.goals)
        self.own = next(name for name in self.book.sheetnames if name.startswith("_"))
        self.page = self.book[self.goals]
        words = JA if self.lang == "ja" else EN
        lists = {str(each.sqref): each.formula1.strip('"').split(",") for each in self.page.data_validations.dataValidation
                 if each.type == "list"}  # fmt: skip
        up, down, nearest, none = lists[str(self.records["rounding"].cell)]
        year, month = lists[str(self.records["period"].cell)]
        self.units = lists[str(self.records["display_unit"].cell)]
        verdict = str(self.page[str(self.records["overall"].cell)].value)
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
        texts = [each.formula or "" for each in self.records.values()]
        found = {word for text in texts for word in re.findall(r"/\(?(?:1-)?([A-Za-z_]+[A-Za-z_0-9]*|[A-Z]+\d+)", text)}
        return [each for each in self.inputs if (each.name in found or each.cell in found) and each.value]

    def column(self, name: str) -> list[Record]:
        """The cells of a table's column, used rows only."""
        return [each for key, each in self.records.items() if key.startswith(f"{name}[")]

    @functools.cached_property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(key.partition("[")[0] for key in self.records if key.endswith("]")))

    @functools.cached_property
    def rows(self) -> list[int]:
        """The numbers of the rows with a channel."""
        return [int(re.sub(r"\D", "", str(each.cell))) for each in self.column("channel_name")]

    @functools.cached_property
    def spare(self) -> list[int]:
        """The numbers of the spare rows."""
        area = self.book.defined_names["channel_name"].attr_text
        first, last = (int(each) for each in re.findall(r"\$(\d+)", area))
        return [row for row in range(first, last + 1) if row not in self.rows]

    def letter(self, name: str) -> str:
        """The letter of a table's column."""
        return re.sub(r"\d", "", str(self.column(name)[0].cell))

    def at(self, letter: str, row: int) -> Place:
        return self.goals, f"{letter}{row}"

    def formula(self, place: Place) -> str | None:
        value = self.book[place[0]][place[1]].value
        return value if isinstance(value, str) and value.startswith("=") else None

    @functools.cached_property
    def free(self) -> list[Place]:
        """Cells of the goal page that nothing stands in and no merged cell covers: rows below, columns to the right."""
        last = self.page.max_row
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
