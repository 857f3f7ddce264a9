"""What no plan can carry is listed: sheets, names of sheets, formulas, results typed over, what stands beside the inputs."""

from __future__ import annotations

from typing import Any

from conftest import book, page_and_beyond, page_and_months
from hands import edited

from kgisheet import api


def said(data: bytes) -> list[tuple[str | None, str]]:
    return [(each.key, each.what.en) for each in api.extract(data, "book.xlsx")[1]]


def test_each_kind_is_on_the_list() -> None:
    def edit(workbook: Any) -> None:
        workbook.create_sheet("予算")
        workbook["ジャーニー"].title = "顧客の旅"
        page = workbook["目標設定"]
        page["C10"] = "=0.3+0.05"  # the win rate
        page["C13"] = 45  # meetings needed, 40 by its formula
        page["B60"] = "広告は下期に増やす"
        page["C11"] = "=won_deals/win_rate"  # it was rounded up

    found = said(edited(book(sheets="目標設定,ジャーニー"), edit))
    assert (None, "the added sheet “予算”") in found
    assert (None, "the sheet's name “顧客の旅” (it was “ジャーニー”)") in found
    assert ("目標設定!C10", "an input holds the formula =0.3+0.05") in found
    assert [key for key, what in found if "overwritten with 45" in what] == ["目標設定!C13"]
    assert (None, "typed on “目標設定” outside the inputs: B60「広告は下期に増やす」") in found
    assert next(what for key, what in found if key == "目標設定!C11").startswith("Opportunities: its formula has been edited")
    assert not any("Formula:" in what for _, what in found)
    assert len(found) == 6


def test_nothing_is_on_the_list_where_nothing_is_lost() -> None:
    def edit(workbook: Any) -> None:
        workbook["目標設定"]["C10"] = 0.35
        workbook["目標設定"]["C13"] = workbook["目標設定"]["C13"].value  # the formula that is there

    assert said(edited(page_and_months(), edit)) == []
    assert said(page_and_beyond("short", "en")) == []


def test_the_tabs_of_a_closed_year_are_on_the_list() -> None:
    rolled = api.regenerate(
        book(sheets="目標設定,月次予実,月別"),
        "b.xlsx",
        start=api.plan_from_example("ja", ["start=2027-04"]).inputs["start_month"],
    )  # type: ignore[arg-type]
    found = said(rolled.data)
    assert (None, "the tab of a closed year, “2026-04”") in found
    assert len(found) == 12


def test_without_our_record_the_sheets_are_still_told_from_others() -> None:
    def edit(workbook: Any) -> None:
        workbook.create_sheet("予算")
        del workbook["_kgisheet"]

    assert said(edited(page_and_months(), edit)) == [(None, "the added sheet “予算”")]
