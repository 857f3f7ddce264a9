"""Odd and hostile sheets that were never ours: unrelated, half typed, hidden, enormous; none is called right that isn't."""

from __future__ import annotations

import io
import random
import re
from typing import Any

import openpyxl
import pytest
from conftest import calls, more
from foreign.sheets import PAGE, check, codes, page, read, sheet
from seeding import package

from kgisheet import api
from kgisheet.check.finding import Report
from kgisheet.freeform.read.words import understand
from kgisheet.freeform.report import report as by_labels
from kgisheet.xlsx.read.reader import BookFacts, Filled, Read, SheetFacts


def silent(report: Report) -> bool:
    return report.status == "incomplete" and not report.findings and not report.readings


UNRELATED: dict[str, list[list[Any]]] = {
    "a household budget": [["家計簿", "4月", "5月"], ["家賃", 80000, 80000], ["食費", 40000, 42000], ["合計", 120000, 122000]],
    "an address list": [["氏名", "会社", "電話"], ["山田", "A社", "03-1234-5678"], ["佐藤", "B社", "06-1234-5678"]],
    "prose": [["今年は売上を伸ばすため、受注率とリード数に注目します。"], ["目標は前年の3割増"], [12, 30]],
    "nothing": [],
    "an invoice": [["品名", "単価", "数量", "金額"], ["ネジ", 10, 100, 1000], ["ボルト", 20, 50, 1000], ["合計", None, None, 2000]],
    "sales by branch": [["支店", "売上", "前年"], ["東京", 100, 90], ["大阪", 80, 85], ["合計", 180, 175]],
    "a timetable": [["", "月", "火"], ["1限", "国語", "数学"], ["2限", "英語", "理科"]],
}  # fmt: skip


@pytest.mark.parametrize("name", UNRELATED)
def test_unrelated_workbooks_are_not_taken_for_goal_sheets(name: str) -> None:
    assert silent(check(*UNRELATED[name]))


@pytest.mark.parametrize("size", [80, *more([120])])
def test_many_unrelated_cells_take_work_by_their_number_only(size: int) -> None:
    def spent(rows: int) -> int:
        chance = random.Random(1)  # noqa: S311
        cells = {
            ("S", row, col): Filled(None, chance.choice(["山田太郎", "東京都港区", 12, "A-100"]))
            for row in range(rows)
            for col in range(10)
        }
        cells["S", 0, 3] = Filled(None, "売上")
        cells["S", 0, 4] = Filled(None, "リード数")
        facts = SheetFacts("S", False, frozenset(), frozenset(), (), False, ())
        book = Read(cells, {}, {}, {}, (facts,), BookFacts(False, False, False, False, ""))
        found: list[object] = []
        work = calls(lambda: found.append(by_labels(book, "x")))
        assert found == [None]
        return work

    # Four times the cells: four times the calls, where looking from each cell to each would take 16.
    assert spent(4 * size) < 4.5 * spent(size)


def test_labels_without_enough_numbers_are_incomplete_with_what_was_read() -> None:
    report = check(["受注数", 3], ["リード数", 200])
    assert (report.status, codes(report)) == ("incomplete", [])
    assert read(report) == {"won_deals": 3, "leads": 200}


def test_legends_remarks_and_other_years_are_no_values() -> None:
    rows = [
        *PAGE,
        [],
        ["用語"],
        ["受注数", "契約に至った件数"],
        ["リード数", "新規の問い合わせ"],
        ["備考"],
        [1, "受注単価は昨年実績から"],
    ]
    assert codes(check(*rows)) == []
    rows = [["", "目標", "前年実績", "達成率"], *([label, value, 7, "80%"] for label, value in PAGE)]
    assert codes(check(*rows)) == []
    rows = [
        ["", "2025年度", "2026年度"],
        ["Web売上", 12_000_000, 20_000_000],
        ["受注単価", 4_000_000, 4_000_000],
        ["受注数", 3, 6],
    ]
    assert codes(check(*rows)) == [("F01", "C4")]


def test_a_months_figure_beside_the_years_is_not_held_against_it() -> None:
    assert codes(check(*PAGE, ["月間受注数", 0.25], ["月あたりの商談数", 3.33])) == []


def test_a_sheet_that_works_forward_rounds_the_other_way_round() -> None:
    rows = [
        ["リード数", 117],
        ["商談化率", 0.2],
        ["商談数", "=ROUND(B1*B2,0)"],
        ["商談受注率", 0.3],
        ["受注数", "=ROUNDDOWN(B3*B4,0)"],
    ]
    assert codes(check(*rows)) == []
    rows[2][1] = "=ROUND(B1*B2,0)+5"
    assert codes(check(*rows)) != []


def test_hints_under_a_label_and_other_values_of_the_same_name() -> None:
    assert understand("アポ率\n(リード→商談)\n目安 20〜30%").field == "meeting_rate"
    assert understand("アポ率\n目安との比較").kind == "other"
    assert understand("リード数\n前年実績").kind == "other"


def test_values_left_of_their_labels_are_no_false_alarm() -> None:
    assert codes(check([3, "受注数"], ["30%", "受注率"], [10, "案件化数"])) == []


def test_hidden_sheets_are_skipped_and_said() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(sheet(*PAGE)))
    other = workbook.create_sheet("旧版")
    for row in page(受注数=99):
        other.append(row)
    other.sheet_state = "hidden"
    stream = io.BytesIO()
    workbook.save(stream)
    report = api.check(stream.getvalue(), "x")
    assert codes(report) == []
    assert "「旧版」" in next(each for each in report.findings if each.code == "S12").message.ja


def test_a_merge_of_the_whole_sheet_is_no_trouble() -> None:
    facts = SheetFacts("S", False, frozenset(), frozenset(), ((0, 0, 1_048_575, 16_383),), False, ())
    cells = {("S", 0, 0): Filled(None, "受注数"), ("S", 1, 1): Filled(None, 3)}
    book = Read(cells, {}, {}, {}, (facts,), BookFacts(False, False, False, False, ""))
    assert by_labels(book, "x") is None
    assert calls(lambda: by_labels(book, "x")) < 10_000  # nobody looks at its 17,000,000,000 cells


@pytest.mark.parametrize(
    ("value", "code", "severity", "status"),
    [
        (float("inf"), "I07", "error", "findings"),
        ("NaN", "I07", "error", "findings"),
        ("INF", "I07", "error", "findings"),
        ("1e400", "I07", "error", "findings"),
        ("調査中", "I01", "note", "incomplete"),  # a half-filled sheet: no alarm, but never called right
        (True, "I01", "note", "incomplete"),
    ],
)
def test_a_count_that_is_no_number_is_never_called_right(value: object, code: str, severity: str, status: str) -> None:
    """Leads of a list whose other counts agree: 40 meetings at 20 % are 200 leads."""
    rows = [
        ("Web売上目標", 12_000_000),
        ("受注単価", 4_000_000),
        ("受注数", 3),
        ("案件化数", 10),
        ("商談数", 40),
        ("リード数", value),
    ]
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    data = io.BytesIO()
    workbook.save(data)
    raw = data.getvalue()
    if value == float("inf"):
        parts = package.unpacked(raw)
        name = next(each for each in parts if each.endswith("sheet1.xml"))
        parts[name] = re.sub(rb'(<c r="B6"[^>]*>).*?</c>', rb"\g<1><v>1e400</v></c>", parts[name])
        raw = package.packed(parts)
    report = api.check(raw, "x.xlsx")
    assert report.status == status
    assert [(each.code, each.severity) for each in report.findings if each.cell == "B6"] == [(code, severity)]
