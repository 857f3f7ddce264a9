"""Formulas that weren't filled as those around them: each kind right and silent, then with one formula that slipped."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from conftest import calls, more
from foreign.sheets import Rows, check, sheet, typed

from kgisheet import api
from kgisheet.check.finding import Finding

MONTHS: Rows = [
    ["受注目標", *(f"{month}月" for month in range(4, 10))],
    ["広告", 6, 7, 8, 9, 10, 11],
    ["展示会", 5, 4, 6, 8, 7, 9],
]

# name: (a right sheet, the wrong cell and what is typed there, the formula that belongs there)
SLIPS: dict[str, tuple[Rows, str, Any, str]] = {
    "the share of the quarter before, without a $": (
        [["受注目標", 400], [None], ["四半期", "1Q", "2Q", "3Q", "4Q"], ["配分率", 0.22, 0.25, 0.23, 0.3],
         ["受注目標", *(f"=B1*{col}4" for col in "BCDE")]],
        "D5", "=B1*C4", "=B1*D4"),
    "a figure typed among formulas that take the rate of their column": (
        [["四半期比率", None, 0.2, 0.25, 0.24, 0.31], ["担当", "受注目標", "1Q", "2Q", "3Q", "4Q"],
         *([who, goal, *(f"=B{at}*{col}1" for col in "CDEF")]
           for at, who, goal in ((3, "相原", 720), (4, "江口", 660), (5, "加賀", 600), (6, "原", 360), (7, "森", 360)))],
        "E5", 150, "=B5*E1"),
    "a figure between two formulas that move as those of the row below do": (  # C2 ÷ B3 = 40
        [["", "Jul", "Aug", "Sep", "Q3"], ["Deals goal", 8, 10, 12, "=SUM(B2:D2)"], ["Win rate", 0.25], ["Lead rate", 0.2],
         ["Opps", "=B2/B3", "=C2/B3", "=D2/B3", "=SUM(B5:D5)"], ["Leads", "=B5/B4", "=C5/B4", "=D5/B4", "=SUM(B6:D6)"]],
        "C5", 36, "=C2/B3"),
    "a total of two tables above it, typed": (  # 30,000 + 22,500
        [["【新規】", "上期", "下期", "通期"], ["売上目標", 24_000, 30_000, 54_000], ["受注", 20, 25, 45],
         ["【既存】", "上期", "下期", "通期"], ["売上目標", 18_000, 22_500, 40_500], ["受注", 30, 36, 66],
         ["【合計】", "上期", "下期", "通期"], ["売上目標", "=B2+B5", "=C2+C5", "=D2+D5"], ["受注", "=B3+B6", "=C3+C6", "=D3+D6"]],
        "C8", 51_500, "=C2+C5"),
    "a figure of the second half where all other lines have the formula of the first": (
        [["", "上期", "下期"], ["名刺", 1200, 1500], ["名刺→商談", 0.1], ["商談", "=B2*B$3", "=C2*B$3"], ["商談→受注", 0.25], ["受注", "=B4*B$5", "=C4*B$5"],
         ["申込", 400, 500], ["申込→商談", 0.2], ["商談2", "=B7*B$8", "=C7*B$8"], ["受注2", "=B9*B$5", "=C9*B$5"],
         ["受注計", "=B6+B10", "=C6+C10"], ["売上", "=B11*80", "=C11*80"]],
        "C4", 130, "=C2*B$3"),
    "another row's quarter in a block of sums": (  # rows of months, so the sums move by three columns
        [*MONTHS, ["紹介", 3, 3, 2, 4, 5, 2, 3, 2, 4], [None], ["四半期", "広告", "展示会", "紹介"],
         *([f"{at}Q", *(f"=SUM({area[0]}{row}:{area[1]}{row})" for row in (2, 3, 4))] for at, area in enumerate(("BD", "EG", "HJ"), 1))],
        "C8", "=SUM(D3:F3)", "=SUM(E3:G3)"),
    "the price of the case beside it": (
        [["案", "梅", "竹", "松"], ["開催回数", 4, 6, 10], ["申込", 100, 150, 200], ["集客単価", 2500, 3000, 4000], ["商談率", 0.2, 0.25, 0.3],
         ["申込計", "=B2*B3", "=C2*C3", "=D2*D3"], ["集客費", "=B6*B4", "=C6*C4", "=D6*D4"],
         ["商談", "=B6*B5", "=C6*C5", "=D6*D5"], ["商談あたり費用", "=B7/B8", "=C7/C8", "=D7/D8"]],
        "D7", "=D6*C4", "=D6*D4"),
    "times where the others divide": (
        [["項目", "4月", "5月", "6月"], ["人数", 4, 4, 5], ["架電数", 1000, 1000, 1200], ["1件の架電", 5, 5, 6], ["アポ率", 0.1, 0.1, 0.1],
         ["架電計", "=B2*B3", "=C2*C3", "=D2*D3"], ["リード", "=B6/B4", "=C6/C4", "=D6/D4"],
         ["アポ", "=B7*B5", "=C7*C5", "=D7*D5"], ["1人あたりアポ", "=B8/B2", "=C8/C2", "=D8/D2"]],
        "D7", "=D6*D4", "=D6/D4"),
    "this year's rate in next year's column": (
        [["Goal", "This year", "Next year"], ["Revenue", 2_400_000, 3_000_000], ["ACV", 12_000, 12_500], ["Customers", "=B2/B3", "=C2/C3"],
         ["Win rate", 0.25, 0.24], ["Opps", "=B4/B5", "=C4/C5"], ["Meetings per opp", 2.5, 2.4], ["Meetings", "=B6*B7", "=C6*C7"]],
        "C6", "=C4/B5", "=C4/C5"),
    "a rate typed into the formula below the one that is there": (
        [["New ARR", 720_000], ["ARR per account", 6_000], ["New accounts", "=B1/B2"], ["Trial to paid", 0.24], ["Trials", "=B3/B4"],
         ["Visitor to trial", 0.025], ["Visitors", "=B5/B6"]],
        "B5", "=B3/0.2", "=B3/B4"),
    "a sum that stops before the last of its items": (  # 30 + 16 + 14 + 10
        [["部", "課", "受注目標", "受注額"], ["1部", "官公庁課", 18, 14_400], [None, "医療課", 22, 15_400], [None, "1部 小計", "=SUM(C2:C3)", "=SUM(D2:D3)"],
         ["2部", "製造課", 30, 18_000], [None, "流通課", 16, 13_600], [None, "金融課", 14, 9_800], [None, "サービス課", 10, 8_500],
         [None, "2部 小計", "=SUM(C5:C8)", "=SUM(D5:D8)"], ["合計", None, "=C4+C9", "=D4+D9"]],
        "C9", "=SUM(C5:C7)", "=SUM(C5:C8)"),
    "a sum of the items and of their subtotals": (
        [["Month", "Registrants", "MQL goal"], ["Jan", 400, 40], ["Feb", 500, 50], ["Mar", 600, 60], ["Q1", "=SUM(B2:B4)", "=SUM(C2:C4)"],
         ["Apr", 550, 55], ["May", 500, 50], ["Jun", 450, 45], ["Q2", "=SUM(B6:B8)", "=SUM(C6:C8)"], ["H1", "=B5+B9", "=C5+C9"]],
        "C10", "=SUM(C2:C9)", "=C5+C9"),
    "a term that the lines above and below have": (  # 35,000 × 12 + 180,000
        [["規模", "獲得目標", "月額", "決算料", "1件あたり年額", "年間報酬"], ["1億円未満", 40, 20_000, 120_000, "=C2*12+D2", "=B2*E2"],
         ["5億円以下", 18, 35_000, 180_000, "=C3*12+D3", "=B3*E3"], ["5億円超", 6, 70_000, 300_000, "=C4*12+D4", "=B4*E4"],
         ["合計", "=SUM(B2:B4)", None, None, "=F5/B5", "=SUM(F2:F4)"]],
        "E3", "=C3*12", "=C3*12+D3"),
    "a tenth of what the label says": (
        [["Lead goals"], ["Invited", 1200], ["Registered (20%)", "=B2*0.2"], ["Attending (75%)", "=B3*0.75"], ["Leads (30%)", "=B4*0.3"]],
        "B5", "=B4*0.03", "=B4*0.3"),
}  # fmt: skip


def _said(rows: Rows) -> list[Finding]:
    """What is said of a sheet whose fractions are shown as per cent."""
    rates = {
        f"{chr(ord('A') + col)}{row}": "0.0%"
        for row, line in enumerate(rows, 1)
        for col, value in enumerate(line)
        if isinstance(value, float)
    }
    return [each for each in check(*rows, formats=rates).findings if each.severity != "note"]


@pytest.mark.parametrize("kind", SLIPS)
def test_a_formula_that_slipped_is_told_with_the_one_that_belongs_there(kind: str) -> None:
    rows, cell, wrong, formula = SLIPS[kind]
    assert _said(rows) == []
    (found,) = _said(typed(rows, cell, wrong))
    assert (found.cell, formula in found.message.to("ja")) == (cell, True)


def test_a_figure_among_references_to_the_lines_of_another_sheet_is_that_sheets() -> None:
    """Partner's quarters add up to 1,800; the summary has another figure where its neighbours refer to that sheet."""
    workbook = openpyxl.Workbook()
    summary = workbook.active
    assert summary is not None
    summary.title = "Summary"
    quarters = workbook.create_sheet("By quarter")
    for row in (
        ["Source", "Bookings goal", "Deals"],
        ["Direct", "='By quarter'!C2", 72],
        ["Partner", "='By quarter'!C3", 60],
        ["Market", "='By quarter'!C4", 40],
        ["Total", "=SUM(B2:B4)", "=SUM(C2:C4)"],
    ):
        summary.append(row)
    for line in (["Source", "Deals", "FY"], ["Direct", 72, 3600], ["Partner", 60, 1800], ["Market", 40, 600]):
        quarters.append(line)

    def told() -> list[tuple[str | None, str | None, str]]:
        stream = io.BytesIO()
        workbook.save(stream)
        found = api.check(stream.getvalue(), "x.xlsx").findings
        return [(each.sheet, each.cell, each.fix.to("en")) for each in found if each.severity != "note"]

    assert told() == []
    summary["B3"] = 1_620
    ((sheet_, cell, fix),) = told()
    assert (sheet_, cell) == ("Summary", "B3")
    assert "='By quarter'!C3" in fix


MEANT: dict[str, Rows] = {
    "a rate of its own from the third quarter on, held by a $": [
        ["受注目標", 400, 480], [None], ["四半期", "1Q", "2Q", "3Q", "4Q"], ["配分率", 0.22, 0.25, 0.23, 0.3],
        ["受注目標", "=$B$1*B4", "=$B$1*C4", "=$B$1*D4", "=$C$1*E4"]],
    "what the year begins with is what its first quarter does": [
        ["ARR", "Q1", "Q2", "Q3", "Q4", "FY"], ["Opening", 9250, "=B5", "=C5", "=D5", "=B2"], ["New", 620, 710, 655, 980, "=SUM(B3:E3)"],
        ["Churn", -185, -160, -205, -190, "=SUM(B4:E4)"], ["Closing", *(f"=SUM({col}2:{col}4)" for col in "BCDEF")],
        ["Growth", *(f"={col}5/{col}2-1" for col in "BCDEF")], ["Kept", *(f"=({col}2+{col}4)/{col}2" for col in "BCDEF")],
        ["Net new", *(f"={col}5-{col}2" for col in "BCDEF")]],
    "a chain whose first step begins at the top": [
        ["Revenue goal", 1_850_000], ["ACV", 14_000], ["Win rate", 0.22], ["Meeting to opp", 0.45], ["Lead to meeting", 0.12], [None],
        ["Deals", "=ROUNDUP(B1/B2,0)"], ["Opps", "=ROUNDUP(B7/B3,0)"], ["Meetings", "=ROUNDUP(B8/B4,0)"], ["Leads", "=ROUNDUP(B9/B5,0)"]],
    "a goal for which nobody uses last year's rate": [
        ["", "Last year", "Goal"], ["Leads", 1000, 1200], ["Meeting rate", 0.2, 0.25], ["Meetings", 200, "=C2*C3"], ["Win rate", 0.3, 0.3],
        ["Won", 60, "=C4*C5"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", MEANT)
def test_a_formula_that_is_meant_otherwise_is_silent(kind: str) -> None:
    assert _said(MEANT[kind]) == []


LONG: dict[str, Callable[[int], list[object]]] = {
    "a rate typed into each formula": lambda row: [f"項目{row}", 100 + row, 0.2, f"=B{row}*0.25", f"=D{row}*0.3"],
    "columns that take one another's cells": lambda row: [
        f"項目{row}",
        100 + row,
        7 + row,
        f"=B{row}*B{row}",
        f"=B{row}*C{row}",
    ],
    "references that move by other steps": lambda row: [
        f"項目{row}",
        row,
        7,
        f"=B{row * row % 97 + 1}*C{row}",
        f"=D{row}+B{row}",
    ],
}


def test_formulas_of_a_block_are_compared_with_their_neighbours_and_not_with_sixty_others() -> None:
    """Some 950 calls for each formula in all; 2,170 where the sixty around it were shifted for each."""
    months = [["年度計画", "売上", *(f"{month}月" for month in range(4, 16))], ["季節", None, *[1 / 12] * 12]]
    block = sheet(
        *months, *([f"項目{row}", 100 + row, *(f"=$B{row}*{col}$2" for col in "CDEFGHIJKLMN")] for row in range(3, 203))
    )
    assert calls(lambda: api.check(block, "x")) < 1400 * 200 * 12


@pytest.mark.parametrize("size", [200, *more([300])])
@pytest.mark.parametrize("kind", LONG)
def test_a_sheet_of_four_times_as_many_formulas_takes_no_longer_than_that(kind: str, size: int) -> None:
    """1.9 to 3 times the calls, for some are made for each sheet; 3.8 to 4.3 where each formula was compared with all others."""

    def rows(many: int) -> list[list[object]]:
        return [["年度計画", "売上", "率", "商談", "受注"], *(LONG[kind](row) for row in range(2, many + 2))]

    one, two = (sheet(*rows(many)) for many in (size, 4 * size))
    assert calls(lambda: api.check(two, "x")) < 3.4 * calls(lambda: api.check(one, "x"))
