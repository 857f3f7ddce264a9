"""The suite itself: what it leaves out is there, no test reads a clock, and work is really counted."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hands
import merged_cells
import openpyxl
import pytest
import stored
from conftest import LONG, calls, more, page_and_months, page_only, records, some
from mutating.chosen import CHOSEN, gone
from openpyxl.worksheet.merge import MergedCellRange
from seeding import package, savers
from stored import places

from kgisheet import api

FILES = {path.name: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")}
CLOCK = re.compile(r"\b(perf_counter|process_time|monotonic|time\.time)\(")


def test_the_long_tests_are_there() -> None:
    listed = [line.partition("::")[::2] for line in LONG.read_text(encoding="utf-8").split()]
    assert len(listed) > 100
    assert [(file, name) for file, name in listed if not re.search(rf"def {name}\(", FILES.get(file, ""))] == []


def test_no_test_reads_a_clock() -> None:
    """Machines differ, and are never idle: what must not grow is counted in calls."""
    assert CLOCK.search("began = time.perf_counter()")
    assert [name for name, text in FILES.items() if CLOCK.search(text) and name != Path(__file__).name] == []


@pytest.mark.parametrize(("compared", "times"), [("with its neighbour", 10), ("with all", 100)])
def test_calls_tell_what_grows_with_the_square(compared: str, times: int) -> None:
    def work(size: int) -> None:
        for at in range(size):
            for other in range(size) if compared == "with all" else (at,):
                max(at, other)

    assert calls(lambda: work(200)) / calls(lambda: work(20)) == pytest.approx(times, rel=0.2)


def test_some_are_all_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KGISHEET_WHOLE", raising=False)
    assert some("abcde", 2) == ["a", "c", "e"]
    monkeypatch.setenv("KGISHEET_WHOLE", "1")
    assert some("abcde", 2) == list("abcde")


def test_more_cases_are_those_of_the_sweep_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KGISHEET_WHOLE", raising=False)
    assert more("ab") == []
    monkeypatch.setenv("KGISHEET_WHOLE", "1")
    assert more("ab") == ["a", "b"]


def test_the_chosen_mutants_are_there() -> None:
    assert len(CHOSEN) == 40
    assert gone() == []


# -- typing into parts, and openpyxl ------------------------------------------------


def by_name(workbook: openpyxl.Workbook, name: str) -> Any:
    sheet, cell = places(page_only())[name]
    return workbook[sheet][cell]


def typing(workbook: openpyxl.Workbook) -> None:
    by_name(workbook, "win_rate").value = 30
    by_name(workbook, "deal_size").value = "400万円"
    by_name(workbook, "channel_share[2]").value = None
    by_name(workbook, "start_month").value = datetime.date(2026, 7, 1)
    by_name(workbook, "leads").value = f"{by_name(workbook, 'leads').value}+1"


def a_time(workbook: openpyxl.Workbook) -> None:
    by_name(workbook, "deal_size").value = datetime.time(3, 0)  # a format that the cell has not


def a_sheet_less(workbook: openpyxl.Workbook) -> None:
    del workbook["使い方"]


@pytest.mark.parametrize("edit", [typing, a_time, a_sheet_less])
def test_what_is_typed_into_the_parts_is_what_openpyxl_would_have_saved(edit: Callable[[openpyxl.Workbook], None]) -> None:
    def told(data: bytes) -> list[tuple[str, str | None, str | None, str]]:
        return [(each.code, each.sheet, each.cell, each.message.en) for each in api.check(data, "b.xlsx").findings]

    ours, theirs = hands.edited(page_only(), edit), savers.edited(page_only(), edit)
    assert stored.cells(ours) == stored.cells(theirs)
    assert told(ours) == told(theirs)


def test_merged_cells_are_loaded_as_openpyxl_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def saved() -> dict[str, bytes]:
        parts = package.unpacked(savers.edited(page_and_months(), lambda workbook: None))
        return {name: part for name, part in parts.items() if not name.startswith("docProps/")}

    quick = saved()
    assert quick["xl/worksheets/sheet1.xml"].count(b"<mergeCell ") > 10
    monkeypatch.setattr(MergedCellRange, "format", merged_cells.AS_IT_IS)
    assert saved() == quick


def test_a_name_has_its_cells() -> None:
    found = places(page_and_months())
    assert found["month_leads[12]"][0] == "月次予実"
    assert {name for name in ("won_deals", "channel_leads[8]") if name in found} == {"won_deals", "channel_leads[8]"}
    records_ = records(page_and_months())
    assert {name: found[name] for name in ("win_rate", "channel_cvr[2]", "month_leads[3]")} == {
        name: (records_[name].sheet, records_[name].cell) for name in ("win_rate", "channel_cvr[2]", "month_leads[3]")
    }
