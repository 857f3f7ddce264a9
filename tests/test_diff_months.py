"""diff of months, years, tabs and the sheets beyond them."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import book
from hands import edited
from test_diff import HEAD, TABBED, Run, _channel, diff, effects, full, inputs, page, stages, tabbed, typed, write

from kgisheet import api
from kgisheet.values.a1 import address
from kgisheet.xlsx.read.reader import read

# -- months -----------------------------------------------------------------------------


def tabs(data: bytes, **values: Any) -> bytes:
    """The workbook with values typed into each of the twelve tabs."""
    months = [f"{2026 + (at + 3) // 12}-{(at + 3) % 12 + 1:02d}" for at in range(12)]
    return typed(data, **{f"{month}!{name}": value for month in months for name, value in values.items()})


def test_typed_actuals_take_a_line_for_each_tab(kgisheet: Run, tmp_path: Path) -> None:
    actuals = {"actual_visits": 2000, "actual_leads": 20, "actual_meetings": 3, "remarks": "展示会\n来月は広告"}
    write(tmp_path, tabbed(), typed(tabs(tabbed(), **actuals), web_revenue=12_010_000))
    ran = kgisheet("diff", "a.xlsx", "b.xlsx", lang="ja_JP.UTF-8")
    lines = ran.out.decode().splitlines()
    assert ran.code == 1
    assert lines[4].startswith("  Web売上 web_revenue 目標設定!C7: 12,000,000円 → 12,010,000円")
    assert [line for line in lines if line.startswith("  2026-05 4件: ")] == [
        "  2026-05 4件: 商談数(実績) 空欄 → 3件、リード数(実績) 空欄 → 20件、訪問数(実績) 空欄 → 2,000回 … ほか1件"
    ]
    assert len([line for line in lines if " 4件: " in line]) == 12
    answer = json.loads(kgisheet("diff", "a.xlsx", "b.xlsx", "--json").out)
    assert len(answer["inputs"]) == 1 + 12 * 4
    assert {"name": "2026-05!remarks", "before": None, "after": "展示会\n来月は広告"}.items() <= answer["inputs"][8].items()


def test_the_months_and_the_year() -> None:
    """1,201万円: the year's 304 leads, each month 25 or 26; 12,010,000 ÷ 12 = 1,000,833.33."""
    found = stages(diff(full(), full(web_revenue="1201万円")))
    assert found["year_leads"] == (217, 304)
    assert found["month_revenue[1]"] == (1_000_000, 1_000_833)
    assert found["month_leads[1]"] == (18, 25)
    assert sum(after for name, (_, after) in found.items() if name.startswith("month_leads[")) == 304


def test_a_month_typed_over_moves_that_stage_of_the_months(kgisheet: Run, tmp_path: Path) -> None:
    weights = {f"month_weight[{month}]": month for month in range(1, 13)}
    write(tmp_path, full(), typed(full(), **weights, **{"month_leads_override[3]": 50}))
    text = kgisheet("diff", "a.xlsx", "b.xlsx").out.decode()
    assert "  Seasonal weight: 11 months (2026-05 1 → 2, 2026-06 1 → 3, 2026-07 1 → 4 … and 8 more)" in text
    place = read(full(), "a.xlsx").names["month_leads_override"]
    at = address(place.row + 2, place.col)
    assert f"  Leads (override), 2026-06 month_leads_override[3] 月次予実!{at}: blank → 50" in text
    assert "no stage of the page changes" in text


def test_next_years_part_is_told_where_it_changes() -> None:
    """Leads three months before the wins: raising next year's goal adds to the last three months alone."""
    months = '[months]\nlead_time = { opportunities = 1, meetings = 2, leads = 3 }\nnext_year = "%s"\n'
    plans = [
        HEAD.replace('"目標設定"', '"目標設定", "月次予実", "予実サマリー"') + _channel() + months % goal
        for goal in ("same", "3000万円")
    ]
    a, b = (api.workbook(api.plan_from_toml(plan, "plan.toml", "ja"), "ja") for plan in plans)
    found = diff(a, b)
    assert inputs(found) == {"next_year_revenue": (None, 30_000_000)}
    moved = {name for name in stages(found) if "leads" in name and "web" not in name}
    assert moved == {"year_leads_due", *(f"month_leads_due[{month}]" for month in (10, 11, 12))}


@pytest.mark.long
def test_another_year_is_not_compared_month_by_month() -> None:
    a = tabs(book(sheets=f"{TABBED},稟議"), actual_leads=20)
    found = diff(a, api.regenerate(a, "a.xlsx", start=datetime.date(2027, 4, 1)).data)
    assert inputs(found) == {
        "start_month": ("2026-04", "2027-04"),
        "title": ("2026年度 Web売上目標", "2027年度 Web売上目標"),  # proposed with the year
    }
    assert {name for name in stages(found) if name.startswith("month_")} == set()
    assert any("2026-04 to 2027-03" in note.en for note in found.notes)


def test_another_first_month_leaves_the_tabs_as_they_were() -> None:
    """46,204 days after 1899-12-30 is 2026-07-01."""
    a = tabs(tabbed(), actual_leads=20)
    found = diff(a, typed(a, start_month=46_204))
    assert inputs(found) == {"start_month": ("2026-04", "2026-07")}
    assert {each.month for each in found.stages if each.month} == {
        "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03",
    }  # fmt: skip


@pytest.mark.parametrize("sheet", ["2026-05", "月次予実"])
def test_a_deleted_sheet_is_a_difference_and_no_hundred_of_them(sheet: str) -> None:
    found = diff(tabbed(), edited(tabbed(), lambda workbook: workbook.remove(workbook[sheet])))
    assert (found.differs, inputs(found), stages(found)) == (True, {}, {})
    assert any(" gone" in note.en for note in found.notes)


def test_a_book_without_months_against_one_with_them(kgisheet: Run, tmp_path: Path) -> None:
    write(tmp_path, page(), page(sheets="目標設定,月次予実"))
    ran = kgisheet("diff", "a.xlsx", "b.xlsx")
    assert ran.code == 1
    assert "no differences in what both have" in ran.out.decode()
    assert "not compared, as only B has these sheets: " in ran.out.decode()


def test_other_sheets_are_compared_row_by_row(kgisheet: Run, tmp_path: Path) -> None:
    """From the field, docs/worksheet.md, 4: each manager's own number, by the manager's name; what today's visits bring is a stage."""
    beyond = book(sheets="目標設定,現状とのギャップ")
    first = typed(beyond, **{"field_owner[1]": "田中", "field_deals[1]": 2, "field_owner[2]": "佐藤", "field_deals[2]": 1})
    second = typed(beyond, **{"field_owner[1]": "佐藤", "field_deals[1]": 3, "field_owner[2]": "田中", "field_deals[2]": 2},
                   **{"channel_current_visits[1]": 999_999})  # fmt: skip
    write(tmp_path, first, second)
    found = diff(first, second)
    assert {name: pair for name, pair in inputs(found).items() if "field" in name} == {"field_deals[1]": (1, 3)}
    assert {"forecast_revenue", "gap_revenue"} <= set(stages(found))
    assert effects(found, "visits") == {}
    assert "field_deals[1] 現状とのギャップ!" in kgisheet("diff", "a.xlsx", "b.xlsx").out.decode()
