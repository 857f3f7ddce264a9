"""Lists that belong together, told by their figures: sheets and their whole, periods side by side, shares as people say them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from foreign.sheets import Rows, book, check, codes

from kgisheet import api
from kgisheet.check.finding import Report
from kgisheet.freeform.read.amounts import typed

TEAMS = {
    "Company": (5400, 108, 432, 2880),
    "EMEA": (2000, 40, 160, 1000),
    "NA": (2400, 48, 192, 1280),
    "APAC": (1000, 20, 80, 600),
}
"""2,000 + 2,400 + 1,000 = 5,400 and so on, line by line."""


def teams(**wrong: tuple[int, int]) -> Report:
    """A workbook with a sheet per team; ``NA=(2, 129)`` puts 129 into its third line."""
    labels = ("Bookings ($k)", "Deals", "Opps", "Leads")
    sheets: dict[str, Rows] = {
        title: [[label, value] for label, value in zip(labels, figures, strict=True)] for title, figures in TEAMS.items()
    }
    for title, (line, value) in wrong.items():
        sheets[title][line][1] = value
    return api.check(book(sheets), "book.xlsx")


def places(report: Report) -> list[str]:
    return [f"{each.sheet}!{each.cell}" for each in report.findings if each.severity != "note"]


def test_teams_on_sheets_of_their_own_add_up_to_the_whole() -> None:
    assert (teams().status, places(teams())) == ("ok", [])


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"Company": (2, 412)}, "Company!B3"),  # four opps a deal everywhere else: 412 ÷ 108 is out of proportion
        ({"NA": (2, 129)}, "NA!B3"),  # 129 ÷ 48 is
        ({"EMEA": (3, 1100)}, "Company!B4"),  # leads are in no proportion to anything: the whole is said, with its parts
    ],
)
def test_a_figure_of_one_team_that_spoils_the_sum_is_found(wrong: dict[str, tuple[int, int]], at: str) -> None:
    assert places(teams(**wrong)) == [at]


def test_sheets_that_are_no_parts_are_not_added_up() -> None:
    """Three scenarios with the same revenue: nothing of one is the sum of the others."""
    sheets: dict[str, Rows] = {
        title: [["Revenue", 400_000], ["Deals", deals], ["Win rate", 0.25], ["Opps", deals * 4]]
        for title, deals in (("Sheet", 40), ("base", 50), ("best", 60))
    }
    assert places(api.check(book(sheets), "book.xlsx")) == []


def year_and_months(leads: int, september: int = 25) -> Report:
    """The year on one sheet and its months on another: 3 deals and five times as many meetings, 4, 5 …; leads as given."""
    deals = [3, 3, 4, 4, 3, 5, 4, 4, 5, 3, 4, 6]
    year: Rows = [["受注数", 48], ["受注率", 0.2], ["商談数", 240], ["商談化率", 0.15], ["リード数", 1600]]
    months: Rows = [
        ["", *(f"{(at + 3) % 12 + 1}月" for at in range(12))],
        ["受注数", *deals],
        ["商談数", *(september if at == 5 else 5 * each for at, each in enumerate(deals))],
        ["リード数", *([100] * 11), leads - 1100],
    ]
    return api.check(book({"Sheet": year, "月別": months}), "book.xlsx")


def test_the_year_on_one_sheet_and_its_months_on_another() -> None:
    assert places(year_and_months(1600)) == []
    assert places(year_and_months(1600, september=52)) == ["月別!G3"]  # 25: five meetings a deal, as in all other months
    assert places(year_and_months(1720)) == []  # leads come months before the deals they make: 120 more are next year's


SIDE: list[list[Any]] = [["SMB", "", "", "Enterprise", "", "", "Both"], ["Deals", 50, "", "Deals", 10, "", "Deals", 60],
                         ["Bookings", 400_000, "", "Bookings", 600_000, "", "Bookings", 1_000_000],
                         ["Win rate", 0.25, "", "Win rate", 0.2], ["Opps", 200, "", "Opps", 50, "", "Opps", 250]]  # fmt: skip


def test_two_lists_and_both_side_by_side() -> None:
    left_out = [list(row) for row in SIDE]
    left_out[4][7] = 200  # without Enterprise's 50
    assert (codes(check(*SIDE)), codes(check(*left_out))) == ([], [("F01", "H5")])


DAYS: list[list[Any]] = [["", "年間", "月間", "週間", "1日"], ["架電数", 48000, 4000, 1000, 200], ["アポ数", 2400, 200, 50, 10],
                         ["商談数", 1200, 100, 25, 5]]  # fmt: skip
"""A year of 12 months of 4 weeks of 5 days."""


@pytest.mark.parametrize(("row", "col", "value"), [(2, 3, 55), (1, 2, 4400), (3, 4, 6), (2, 1, 2640)])
def test_periods_side_by_side_have_one_ratio(row: int, col: int, value: int) -> None:
    changed = [list(each) for each in DAYS]
    changed[row][col] = value
    assert (codes(check(*DAYS)), codes(check(*changed))) == ([], [("F01", f"{'ABCDE'[col]}{row + 1}")])


def test_columns_without_a_common_ratio_are_not_compared() -> None:
    """Quarters and years of their own, nothing that is spread over them: two rows in three grow by a fifth."""
    for heads in (["", "Q1", "Q2"], ["", "FY25", "FY26"], ["", "2025年度", "2026年度"]):
        assert codes(check(heads, ["Deals", 10, 12], ["Opps", 50, 60], ["Leads", 400, 600])) == []


def test_a_month_whose_digits_were_exchanged_is_blamed_and_not_its_total() -> None:
    """60 + 64 + 76 = 200; with 46 the sum is 18 short, which is 64 less 46."""
    rows: list[list[Any]] = [["", "7月", "8月", "9月", "2Q計"], ["リード", 300, 320, 380, 1000], ["アポ", 60, 46, 76, 200]]
    assert codes(check(*rows)) == [("X03", "C3")]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("1 in 4", 25),
        ("3 out of 10", 30),
        ("10人に3人", 30),
        ("4社に1社", 25),
        ("3件中1件", Fraction(100, 3)),
        ("約5名に1名", 20),
    ],
)
def test_a_share_as_people_say_it(text: str, share: Fraction) -> None:
    found = typed(text)
    assert found is not None
    assert (found.number, found.unit and found.unit.text) == (share, "%")


@pytest.mark.parametrize("text", ["4 in 1", "1人に3件", "3人", "2026年に4件"])
def test_what_is_no_share(text: str) -> None:
    found = typed(text)
    assert found is None or found.unit is None or found.unit.text != "%"


def test_rates_as_people_say_them_in_english() -> None:
    """30 orders × 4 = 120 quotes, twice as many meetings, five times as many leads."""
    rows = [["Orders", 30], ["We win", "1 in 4"], ["Quotes sent", 120], ["Meetings that end in a quote", "1 in 2"],
            ["Meetings", 240], ["Leads that take a meeting", "1 in 5"], ["Leads", 1200]]  # fmt: skip
    wrong = [*rows[:4], ["Meetings", 420], *rows[5:]]
    assert [[each for each in codes(check(*given)) if each[0] != "I01"] for given in (rows, wrong)] == [[], [("F01", "B5")]]


def test_an_assumption_that_was_changed_above_its_months_is_blamed_for_all_of_them() -> None:
    """6, 7.5 and 9 million ÷ 1.5 million = 4, 5, 6 deals; with 1.8 million two of them would still hold by rounding up."""
    rows = [["受注単価（万円）", 180], [], ["", "4月", "5月", "6月"], ["売上（万円）", 600, 750, 900], ["受注数", 4, 5, 6]]
    assert codes(check(*rows)) == [("F01", "B1")]


@pytest.mark.parametrize(
    "rows",
    [
        [["売上目標", "4,800万円", "1件あたり120万円"], ["受注数", 40], ["受注率", 0.25], ["案件数", 160]],
        [["売上（1件120万円）", "4,800万円"], ["受注数", 40], ["受注率", 0.25], ["案件数", 160]],
        [["売上目標", "4,800万円"], ["受注数", 40, "@120万円"], ["受注率", 0.25], ["案件数", 160]],
    ],
)
def test_a_price_that_is_only_remarked_on_is_used(rows: list[list[Any]]) -> None:
    """4,800 ÷ 120 = 40; with 45 deals both the price and the rate speak against it."""
    wrong = [list(row) for row in rows]
    wrong[1][1] = 45
    assert (check(*rows).status, [each for each in codes(check(*wrong)) if each[0] != "I01"]) == ("ok", [("F01", "B2")])


def test_a_remark_of_another_price_is_none_of_a_deal() -> None:
    rows = [["リード数", 400, "1件あたり5,000円"], ["商談化率", 0.25], ["商談数", 100]]
    assert not [each for each in check(*rows).readings if each.name == "deal_size"]


RIGHT_AND_ODD: dict[str, list[list[Any]]] = {
    "a mean beside the total": [["", "1月", "2月", "3月", "合計", "月平均"], ["受注", 20, 24, 22, 66, 22]],
    "an index of the season": [["", "Q1", "Q2", "Q3", "Q4", "年間"], ["季節係数", 0.8, 0.9, 0.95, 1.35, 1],
                               ["受注", 80, 90, 95, 135, 400]],
    "periods one below the other": [["期間", "受注", "商談"], ["年間", 60, 240], ["四半期", 15, 60], ["月間", 5, 20], ["週(÷50)", 2, 5],
                                    ["1人あたり(6名)/年", 10, 40]],
    "deals to close": [["", "Low", "High"], ["Deals to close", 20, 25], ["Win rate", "25%", "25%"], ["Opportunities", 80, 100]],
    "a column of rates for each of two lists": [["", "インバウンド", "", "アウトバウンド"], ["アポ", 400, "20%", 400, "4%"],
                                            ["商談", 200, "50%", 200, "50%"], ["受注", 80, "40%", 40, "20%"]],
    "one unit for revenue and price": [["製品", "売上(万円)", "単価", "受注"], ["A", 12000, 200, 60], ["B", 6000, 60, 100]],
    "stages of its own in the order of time": [["チャネル", "架電数", "接続率（架電→接続）", "接続数", "アポ率（接続→アポ）", "アポ数"],
                                               ["広告", 3409, 0.12, 409, 0.12, 49], ["展示会", 742, 0.12, 89, 0.35, 31]],
    "growth beside two years": [["", "This year", "Next year", "Growth"], ["Revenue", 2_400_000, 3_000_000, 0.25],
                                ["ACV", 12_000, 12_500, 0.0417], ["Customers", 200, 240, 0.2]],
    "rates below the figures": [["架電", "接続", "アポ", "商談", "提案", "受注"], [15000, 3000, 300, 240, 120, 60],
                                ["", "接続率20%", "アポ率10%", "商談実施率80%", "提案率50%", "受注率50%"]],
}  # fmt: skip
"""Each raised a false alarm when a stranger's sheet had it."""


@pytest.mark.parametrize("name", RIGHT_AND_ODD)
def test_a_right_sheet_with_what_looks_odd_is_silent(name: str) -> None:
    assert [each for each in codes(check(*RIGHT_AND_ODD[name])) if each[0] != "I01"] == []
