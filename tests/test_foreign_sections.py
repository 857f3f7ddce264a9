"""Two tables or lists on one sheet, or on two: what one says proves nothing of the other, and what ties them is judged all the same."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import Rows, book, check, named, typed

from kgisheet import api
from kgisheet.freeform.read.sections import sections

LIST: Rows = [
    ["売上目標（万円）", 4000],
    ["受注単価（万円）", 130],
    ["受注数", 31],
    ["受注率", "27%"],
    ["商談数", 115],
    ["商談化率", "85%"],
    ["アポ数", 136],
]
MONTHS: Rows = [
    ["", "4月", "5月", "6月", "1Q"], ["売上（万円）", 300, 360, 420, 1080], ["受注件数", 10, 12, 14, 36], ["商談件数", 25, 30, 35, 90]]  # fmt: skip

RIGHT: dict[str, Rows] = {
    "the win rate of a list, and months of another plan": [*MONTHS, [None], [None], *LIST],
    "the same the other way round": [*LIST, [None], [None], *MONTHS],
    "channels with their total, and the need of another plan": [
        ["チャネル", "商談", "受注率", "受注"], ["紹介", 50, "40%", 20], ["広告", 150, "10%", 15], ["展示会", 100, "15%", 15], ["全体", 300, "", 50],
        [None], [None], ["既存"], ["商談数", 750], ["受注率", "20%"], ["受注数", 150], ["単価", 20], ["売上", 3000]],
    "months of two halves": [
        ["", "Jan", "Feb", "Mar", "Q1"], ["Deals", 6, 7, 9, 22], ["Meetings", 30, 35, 45, 110], [None], [None],
        ["", "Jul", "Aug", "Sep", "Q3"], ["Leads", 60, 64, 70, 194], ["Visits", 600, 640, 700, 1940]],
    "a total over one table, another heading over the next": [
        ["", "1Q", "2Q", "3Q", "4Q", "年間"], ["受注", 40, 50, 50, 60, 200], ["商談", 160, 200, 200, 240, 800], [None], [None],
        ["", "10月", "11月", "12月", "1月", "2月"], ["期首顧客", 400, 410, 418, 425, 431], ["新規", 14, 12, 11, 10, 12], ["解約", 4, 4, 4, 4, 4], ["期末顧客", 410, 418, 425, 431, 439]],
    "more customers than another plan has opportunities": [
        ["Customers", 400], ["Eligible", "60%"], ["Eligible customers", 240], ["Contacted", "75%"], ["Customers contacted", 180], [None], [None],
        ["Region", "Pipeline", "Avg deal", "Opportunities"], ["North", 600, 5, 120], ["South", 450, 5, 90], ["Total", 1050, 5, 210]],
}  # fmt: skip


@pytest.mark.parametrize("rows", RIGHT.values(), ids=list(RIGHT))
def test_two_plans_on_one_sheet_are_no_contradiction(rows: Rows) -> None:
    report = check(*rows)
    assert not named(report), report.findings


def test_nor_are_those_on_two_sheets() -> None:
    # 40 % of the months' meetings are won, and 27 % of the list's: 31 ÷ 27 % are its 115 meetings.
    assert not named(api.check(book({"月別": MONTHS, "新規": LIST}), "x.xlsx"))


WRONG: dict[str, tuple[Rows, str, Any]] = {
    "in the upper one": (RIGHT["the win rate of a list, and months of another plan"], "C4", 33),  # 12 ÷ 40 % are 30
    "in the lower one": (RIGHT["the win rate of a list, and months of another plan"], "B11", 151),  # 31 ÷ 27 % are 115
    # Months that each have 40 %, and above them the win rate that was changed: nothing else on the sheet is made by it.
    "an assumption over its months": (
        [["受注率", "40%"], [None], ["", "4月", "5月", "6月", "7月"], ["受注件数", 10, 12, 14, 16], ["商談件数", 25, 30, 35, 40]], "B1", "32%"),
    # 18 × 250 of new ones, 28 × 90 of old: 7,020 of both, each of which hangs together by itself.
    "the total of two sections": (
        [["■新規"], ["商談", 120], ["成約率", "15%"], ["成約", 18], ["平均月商（千円）", 250], ["月商計（千円）", 4500], [None],
         ["■既存"], ["提案", 80], ["採用率", "35%"], ["採用", 28], ["平均増額（千円）", 90], ["増額計（千円）", 2520], [None],
         ["■合計"], ["件数", 46], ["月商の上積み（千円）", 7020]], "B17", 7200),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "cell", "value"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_in_one_of_them_is_named(rows: Rows, cell: str, value: Any) -> None:
    assert not named(check(*rows))
    assert named(check(*typed(rows, cell, value))) == [cell]


def test_blank_lines_part_what_has_numbers_and_words_of_its_own() -> None:
    """A title, a list of two lines, a blank line, a list of two more: two sections, the title is of the first."""
    words = [(1, 1), (3, 1), (4, 1), (6, 1), (7, 1)]
    numbers = [(3, 2), (4, 2), (6, 2), (7, 2)]
    of = sections(numbers, words)
    assert of[1, 1] == of[3, 2] == of[4, 2] != of[6, 2] == of[7, 1]


def test_a_blank_line_after_each_parts_nothing() -> None:
    places = [(row, 1) for row in (1, 3, 5)]
    assert len(set(sections([(row, 2) for row, _ in places], places).values())) == 1


def test_a_label_and_its_figure_are_one_with_a_blank_column_between() -> None:
    of = sections([(1, 3), (2, 3)], [(1, 1), (2, 1)])
    assert len(set(of.values())) == 1
