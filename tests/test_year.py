"""A year rolls on: what it hands over, where its tabs come, what the contents say."""

from __future__ import annotations

import datetime
import functools
import io
import re
from typing import Any

import openpyxl
import outside_judge
import package_audit
import pytest
import stored
from conftest import more, some
from hands import edited
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook.defined_name import DefinedName
from regenerating.look import Look
from regenerating.routes import by_libreoffice
from seeding.package import packed, part_of, set_cell, unpacked

from kgisheet import api
from kgisheet.plan.load import PlanText
from kgisheet.regenerate.handover import text_of_next

BOOK = "book.xlsx"
NEXT = datetime.date(2027, 4, 1)
PLAN = """
title = "2026年度 Web売上目標"
start = "2026-04"
sheets = ["使い方", "目標設定", "月次予実", "月別", "予実サマリー", "稟議"]
total_revenue = "5,000万円"
web_revenue = "1,200万円"
deal_size = "20万円"
win_rate = "30%"
opportunity_rate = "25%"
[[channel]]
name = "広告"
share = "40%"
meeting_rate = "10%"
cvr = "1%"
current_visits = 5000
[[channel]]
name = "メルマガ"
share = "60%"
meeting_rate = "30%"
cvr = "2%"
current_visits = 3000
[months]
lead_time = { opportunities = 1, meetings = 2, leads = 3 }
"""


@functools.cache
def book() -> bytes:
    return api.workbook(api.plan_from_toml(PLAN, "plan.toml", "ja"), "ja")


@functools.cache
def months() -> bytes:
    """The same without the months' tabs, where a test is about what the page says."""
    return api.workbook(api.plan_from_toml(PLAN, "plan.toml", "ja", ["sheets=目標設定,月次予実,稟議"]), "ja")


@functools.cache
def places() -> dict[str, tuple[str, str]]:
    return stored.places(book())


def typed(**values: Any) -> bytes:
    parts = unpacked(book())
    for name, value in values.items():
        set_cell(parts, places()[name], to_excel(value) if isinstance(value, datetime.date) else value)
    return packed(parts)


def told(outcome: api.Outcome) -> dict[str | None, tuple[Any, Any]]:
    return {each.name: (each.before, each.after) for each in outcome.changes}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年度 Web売上目標", "2027年度 Web売上目標"),
        ("２０２６年度", "２０２７年度"),
        ("FY26 web goal", "FY27 web goal"),
        ("FY2027", "FY2028"),  # called by the year that it ends in
        ("26年度 目標", "27年度 目標"),
        ("令和8年度", "令和9年度"),
        ("goal 2026", "goal 2027"),
        ("2026年4月〜2027年3月", "2027年4月〜2028年3月"),
        ("2026年度 広告費2000万円", "2027年度 広告費2000万円"),
        ("広告費2000万円", "広告費2000万円"),
        (
            "2026年度〜2028年度 中期計画",
            "2026年度〜2028年度 中期計画",
        ),  # no year of this workbook's: nobody knows what it is for
        ("Web売上目標", "Web売上目標"),
    ],
)
def test_a_title_says_the_next_year_where_it_can_be_nothing_else(text: str, expected: str) -> None:
    """The year that is left began in April 2026."""
    assert text_of_next(text, datetime.date(2026, 4, 1), 1) == expected


def test_last_year_hands_over_its_title_its_deadline_and_its_pipeline() -> None:
    """Three months from lead to win, two from meeting, one from opportunity: what April to June win was, by March,
    a lead in January to March (40 + 50 + 60), a meeting in February and March (20 + 30), an opportunity in March (9)."""
    actuals = {
        "leads": {"2026-12": 7, "2027-01": 40, "2027-02": 50, "2027-03": 60},
        "meetings": {"2027-01": 8, "2027-02": 20, "2027-03": 30},
        "opportunities": {"2027-02": 4, "2027-03": 9},
    }
    values = {f"{month}!actual_{stage}": value for stage, months in actuals.items() for month, value in months.items()}
    before = typed(**values, approval_deadline=datetime.date(2027, 3, 31), approval_date=datetime.date(2026, 3, 20))
    outcome = api.regenerate(before, BOOK, start=NEXT)
    said = told(outcome)
    assert said["title"] == ("2026年度 Web売上目標", "2027年度 Web売上目標")
    assert said["approval_deadline"] == ("2027-03-31", "2028-03-31")
    assert said["approval_date"] == ("2026-03-20", None)
    assert said["opening_leads"] == (None, 150)
    assert said["opening_meetings"] == (None, 50)
    assert said["opening_opportunities"] == (None, 9)
    after = {each.name: each.value for each in api.records_of_book(outcome.data, BOOK)[1]}
    # Those that got further are among the leads: what the leads bring is not added to what the others do.
    wins = [after[f"opening_{stage}_wins"] for stage in ("leads", "meetings", "opportunities")]
    assert after["opening_wins"] == pytest.approx(max(map(float, map(str, wins))))
    # What a person types over a proposal stays.
    sheet, cell = next((each.sheet, each.cell) for each in outcome.changes if each.name == "title")
    own = edited(outcome.data, lambda workbook: workbook[sheet].__setitem__(cell, "来期の目標"))
    again = api.regenerate(own, BOOK)
    assert told(again).get("title") is None
    assert [each.after for each in again.kept if each.name == "title"] == ["来期の目標"]


def test_a_pipeline_whose_months_lack_actuals_stays_blank_and_says_so() -> None:
    outcome = api.regenerate(typed(**{"2027-02!actual_leads": 50, "2027-03!actual_leads": 60}), BOOK, start=NEXT)
    assert "opening_leads" not in told(outcome)
    (note,) = [each for each in outcome.notes if "Leads" in each.what.en and each.code == "pipeline-untold"]
    assert note.what.en.endswith("there are no actuals of 2027-01")


def test_a_plan_that_names_the_old_year_is_followed_and_told() -> None:
    plan = api.PlanText(PLAN.replace("2026-04", "2027-04").encode(), "plan.toml")
    outcome = api.regenerate(book(), BOOK, plan)
    package_audit.audit(outcome.data)
    for each in more([outcome.data]):
        assert outside_judge.found(each) == []
    assert "title" not in told(outcome)
    assert [each.what.en for each in outcome.notes if each.code == "year-in-plan"] == [
        "the plan's title is still “2026年度 Web売上目標”"
    ]
    other = api.regenerate(
        months(), BOOK, plan._replace(data=plan.data.replace('title = "2026年度 Web売上目標"'.encode(), b""))
    )
    assert told(other)["title"][1] == "2027年度 Web売上目標"


def foreign(workbook: openpyxl.Workbook) -> None:
    """Sheets of a colleague between ours and behind them, with names of their own."""
    between = workbook.create_sheet("社内", workbook.sheetnames.index("予実サマリー"))
    between["A1"] = "=won_deals"
    between.print_area = "A1:C3"
    behind = workbook.create_sheet("メモ")
    behind["B2"] = 7
    behind.defined_names["own"] = DefinedName("own", attr_text="'メモ'!$B$2")
    workbook.active = workbook.sheetnames.index("予実サマリー")


def test_new_tabs_come_behind_last_years_and_all_that_counts_sheets_follows() -> None:
    before = edited(book(), foreign)
    outcome = api.regenerate(before, BOOK, start=NEXT)
    was, now = openpyxl.load_workbook(io.BytesIO(before)), openpyxl.load_workbook(io.BytesIO(outcome.data))
    last = was.sheetnames.index("2027-03") + 1
    assert now.sheetnames == [*was.sheetnames[:last], *outcome.added, *was.sheetnames[last:]]
    assert now["社内"].print_area == was["社内"].print_area
    assert now["メモ"].defined_names["own"].attr_text == "'メモ'!$B$2"
    assert now.active.title == "予実サマリー"
    for title in ("2026-04", *outcome.added):
        assert title in now[title].defined_names["goal_leads"].attr_text
    assert [each.code for each in api.check(outcome.data, BOOK).findings if each.severity == "error"] == []


@pytest.mark.office
@pytest.mark.parametrize("program", some(["as written", "LibreOffice"], 2))
def test_the_contents_list_the_tabs_of_the_year(program: str) -> None:
    data = book()
    if program == "LibreOffice":
        (saved,) = by_libreoffice([(data, [["rename", "2026-05", "5月"]])])
        assert saved is not None
        data = saved
    outcome = api.regenerate(data, BOOK, start=NEXT)
    assert contents(outcome.data) == {title: title for title in outcome.added}
    assert len([each for each in outcome.changes if each.sheet == "使い方" and each.name is None]) == 12


def contents(data: bytes) -> dict[Any, str]:
    """The texts of the contents that lead to a tab, and the sheet that each leads to."""
    parts = unpacked(data)
    links = re.findall(r"<hyperlink [^>]*>", parts[part_of(parts, "使い方")].decode())
    places = {re.search(r' ref="(\w+)', each)[1]: re.search(r" location=\"'([^']*)'", each) for each in links}  # type: ignore[index]
    titles = {("使い方", cell): to[1] for cell, to in places.items() if to is not None and to[1][:2] in ("20", "5月")}
    held = stored.cells(data)
    return {held[cell].value: title for cell, title in titles.items()}


@pytest.mark.office
def test_the_contents_follow_a_tab_that_was_renamed() -> None:
    (data,) = by_libreoffice([(book(), [["rename", "2026-05", "5月"]])])
    assert data is not None
    assert contents(api.regenerate(data, BOOK).data)["5月"] == "5月"


def test_a_tab_that_is_made_again_is_at_its_place() -> None:
    """The first tab, one in the middle; two side by side, the last."""
    for gone in (["2026-04", "2026-08"], ["2026-10", "2026-11", "2027-03"]):
        before = edited(book(), lambda workbook, gone=gone: [workbook.remove(workbook[title]) for title in gone])  # type: ignore[misc]
        outcome = api.regenerate(before, BOOK)
        assert outcome.added == tuple(gone)
        assert list(Look(outcome.data).sheets) == list(Look(book()).sheets)


def test_what_a_plan_says_of_recorded_figures_is_not_taken_in_silence() -> None:
    """Last year's leads are typed into the workbook, or recorded when a year rolls on: `monthly` leaves them."""
    plan = PLAN + '[[last_year]]\nmonth = "2025-04"\nleads = 90\n'
    done = api.regenerate(book(), BOOK, PlanText(plan, "plan.toml"))
    assert [each.what.en for each in done.notes] == [
        "[[last_year]] of the plan differs from what the workbook has recorded, and is not taken"
    ]
