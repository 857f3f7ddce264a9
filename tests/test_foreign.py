"""A goal sheet that was never ours: recognised by its labels, its arithmetic checked, what was read listed."""

from __future__ import annotations

import io
import json
import random
import re
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, Ran, calls, examples
from hypothesis import given, settings
from hypothesis import strategies as st
from seed_faults import saved_by_libreoffice
from seeding import package
from sweep_foreign import broken, drawn, grave, saved, trial

from kgisheet import api
from kgisheet.check.finding import CODES, Report
from kgisheet.formula.grid import held
from kgisheet.freeform.read.amounts import amount, composite, typed
from kgisheet.freeform.read.lexicon import known
from kgisheet.freeform.read.likely import likely
from kgisheet.freeform.read.words import understand
from kgisheet.freeform.report import report as by_labels
from kgisheet.xlsx.read.reader import BookFacts, Filled, Read, SheetFacts

sys.path.insert(0, str(ROOT / "samples" / "foreign"))
from make import SAMPLES, made  # the samples' maker is a program beside them

Run = Callable[..., Ran]
HERE = ROOT / "samples" / "foreign"


def sheet(*rows: list[Any], at: str = "A1", formats: dict[str, str] | None = None) -> bytes:
    """A workbook whose one sheet holds rows from a cell on."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    start = page[at]
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            if value is not None:
                page.cell(start.row + down, start.column + across, value)
    for cell, code in (formats or {}).items():
        page[cell].number_format = code
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def check(*rows: list[Any], **more: Any) -> Report:
    return api.check(sheet(*rows, **more), "x.xlsx")


def values(data: bytes) -> list[list[Any]]:
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in workbook.worksheets[0].iter_rows()]


def codes(report: Report) -> list[tuple[str, str | None]]:
    return [(each.code, each.cell) for each in report.findings if each.severity != "note"]


def read(report: Report) -> dict[str, Any]:
    return {each.name: each.value for each in report.readings}


# -- the samples -----------------------------------------------------------------

EXPECTED: dict[str, tuple[str, list[tuple[str, str, str | None]]]] = {
    "1-list.xlsx": ("ok", []),
    "2-workshop-page.xlsx": ("ok", [("note", "I01", "F3"), ("note", "X05", "E11")]),
    "3-channel-table.xlsx": ("findings", [("note", "I01", "B1"), ("error", "F01", "D7")]),
    "4-goal-screen.xlsx": ("findings", [("error", "F01", "D5"), ("error", "S09", "A15")]),
    "5-english.xlsx": ("findings", [("note", "C02", None), ("error", "I05", "C5")]),
    "6-fiscal-year.xlsx": ("ok", [("note", "C02", None)]),
    "7-article.xlsx": ("ok", [("note", "S12", "B4"), ("note", "I01", "B11")]),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_samples_give_what_their_readme_says(name: str) -> None:
    report = api.check((HERE / name).read_bytes(), name)
    status, expected = EXPECTED[name]
    found = [(each.severity, each.code, each.cell) for each in report.findings]
    assert found.count(("note", "S12", None)) == 1
    assert (report.status, [each for each in found if each != ("note", "S12", None)]) == (status, expected)
    assert report.template is None
    assert name in (HERE / "README.md").read_text(encoding="utf-8")


def test_the_samples_are_what_their_maker_makes() -> None:
    assert set(SAMPLES) == set(EXPECTED) == {each.name for each in HERE.glob("*.xlsx")}
    for name, draw in SAMPLES.items():
        assert values(made(draw)) == values((HERE / name).read_bytes()), name
        assert made(draw) == made(draw)


def test_the_screen_of_the_source_is_wrong_in_every_month_and_said_once() -> None:
    report = api.check((HERE / "4-goal-screen.xlsx").read_bytes(), "x")
    finding = next(each for each in report.findings if each.code == "F01")
    assert (finding.found, finding.expected, len(finding.affected)) == (20, 2000, 10)
    assert finding.message.ja.startswith(
        "1月のサイト訪問数が20回になっています。1月のCV数20件÷1月のCV率1%で、2,000回のはずです"
    )
    assert next(each for each in report.findings if each.code == "S09").message.ja == "12月がありません(月は11か月分)"


def test_what_was_read_is_listed_with_its_unit() -> None:
    report = api.check((HERE / "1-list.xlsx").read_bytes(), "x")
    first = report.readings[0]
    assert (first.name, first.label, first.value, first.shown) == (
        "total_revenue",
        "全体売上",
        50_000_000,
        "5,000万円 → 50,000,000円",
    )
    names = {each.name for each in api.check((HERE / "2-workshop-page.xlsx").read_bytes(), "x").readings}
    assert {"web_revenue", "channel_leads[2]", "channel_meetings[3]", "channel_visits[1]"} <= names


def test_the_command(kgisheet: Run) -> None:
    ran = kgisheet("check", str(HERE / "4-goal-screen.xlsx"), "--format", "json")
    (report,) = json.loads(ran.out)["reports"]
    assert (ran.code, report["status"], report["template"]) == (1, "findings", None)
    assert {"name": "month_leads[1]", "label": "1月のCV数", "sheet": "目標設定", "cell": "B5", "value": 20} in report["read"]
    assert kgisheet("check", str(HERE / "1-list.xlsx")).code == 0


# -- words and amounts ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("受注数", "won_deals"), ("② 受注数", "won_deals"), ("■ 受注数：", "won_deals"), ("受注率(案件→受注)", "win_rate"),
        ("受注率（商談→受注）", "close_rate"), ("商談受注率", "close_rate"), ("成約率", "closing_rate"), ("案件化率", "opportunity_rate"),
        ("案件化数（有効商談数）", "opportunities"), ("ＣＶ数", "leads"), ("ﾘｰﾄﾞ数", "leads"), ("CVR", "cvr"), ("CV率", "cvr"),
        ("Web以外の売上", "other_revenue"), ("web revenue (yen)", "web_revenue"), ("Average deal size", "deal_size"),
        ("必要商談数", "meetings"), ("(4) アポ獲得数", "meetings"), ("⑥訪問数", "visits"), ("Lead → meeting rate", "meeting_rate"),
        ("広告リード数", "leads"), ("リード①アポ", "meetings"), ("Number of leads", "leads"), ("Win rate (%)", "win_rate"),
    ],
)  # fmt: skip
def test_labels(text: str, field: str) -> None:
    assert understand(text).field == field


@pytest.mark.parametrize(
    "text",
    ["案件化", "受注率を上げるには案件の質が大事です", "売上を上げる", "受注残", "失注数", "リードタイム", "Sales team", "lead time",
     "前年売上", "売上原価", "売上総利益", "CV単価", "CPA", "受注日"],
)  # fmt: skip
def test_what_only_holds_a_word_is_no_label(text: str) -> None:
    assert understand(text).field == ""


def test_every_word_of_the_vocabulary_is_understood_in_any_dress() -> None:
    assert len(known()) > 200
    for word in known():
        for dress in (word, f"■ {word}：", f"③{word}", f"【{word}】", word.upper()):
            assert likely(dress), dress
            assert understand(dress).field, dress


@pytest.mark.parametrize("text", ["4月", "2026年4月", "2026-04", "2026/04", "Apr", "April", "Apr 2026", "４月", "2026年度4月"])
def test_months(text: str) -> None:
    assert understand(text).month[1] == 4


@pytest.mark.parametrize(
    ("value", "code", "number", "unit"),
    [
        ("1,200万円", "", 1200, "万円"), ("３０％", "", 30, "%"), ("約1%", "", 1, "%"), ("100件", "", 100, "件"), (0.3, "0%", 30, "%"),
        (1200, '0"万円"', 1200, "万円"), (12_000_000, '#,##0,"千円"', 12_000, "千円"), (12_345_678, '0\\.0,"万円"', 1234.5678, "万円"),
        ("¥12,000,000", "", 12_000_000, "円"), (30, '0"%"', 30, "%"), ("3割", "", 30, "%"), ("1.2億円", "", 1.2, "億円"),
    ],
)  # fmt: skip
def test_amounts(value: Any, code: str, number: float, unit: str) -> None:
    found = amount(held(value), code) if not isinstance(value, str) else typed(value)
    assert found is not None
    assert found.unit is not None
    assert (float(found.number), found.unit.text) == (number, unit)


def test_a_label_and_its_value_in_one_cell() -> None:
    for text, field, number in (
        ("受注率: 30%", "win_rate", 30),
        ("(アポ率： 10 %)", "meeting_rate", 10),
        ("リード②アポ20件", "meetings", 20),
    ):
        found = composite(text)
        assert found is not None
        assert (found.word.field, found.amount.number) == (field, number)
    assert composite("66件×30%=19.8件") is None
    assert composite("2026年4月") is None


# -- units, texts, rates -----------------------------------------------------------------

PAGE: list[list[Any]] = [
    ["Web売上", 12_000_000], ["受注単価", 4_000_000], ["受注数", 3], ["受注率", "30%"], ["案件化数", 10], ["案件化率", "25%"], ["商談数", 40],
]  # fmt: skip


def page(**changes: Any) -> list[list[Any]]:
    return [[label, changes.get(label, value)] for label, value in PAGE]


def test_the_page_by_itself_is_right() -> None:
    assert (check(*PAGE).status, codes(check(*PAGE))) == ("ok", [])


@pytest.mark.parametrize(
    ("label", "value", "code", "cell"),
    [
        ("案件化数", 15, "F01", "B5"), ("受注数", 5, "F01", "B3"), ("商談数", 45, "F01", "B7"), ("受注率", "40%", "F01", "B4"),
        ("受注率", 30, "I03", "B4"), ("受注単価", 400, "I05", "B2"), ("受注単価", 4000, "I05", "B2"), ("Web売上", 1200, "I05", "B1"),
        ("受注率", "0%", "I06", "B4"), ("受注単価", -4_000_000, "I06", "B2"), ("案件化数", "=B3/B4*2", "F02", "B5"),
        ("案件化数", "=B3/B9", "F06", "B5"), ("案件化数", "=B5", "F08", "B5"), ("商談数", 4_000_000_000, "I07", "B7"),
    ],
)  # fmt: skip
def test_one_wrong_cell_is_one_finding_there(label: str, value: Any, code: str, cell: str) -> None:
    changed = {"受注率": 0.3, "案件化率": 0.25} if isinstance(value, str) and value.startswith("=") else {}
    assert codes(check(*page(**{**changed, label: value}))) == [(code, cell)]


@pytest.mark.parametrize("text", ["未定", "TBD", "？", "??", "未入力", "30〜35%", "約30%", "検討中"])
@pytest.mark.parametrize("label", ["商談数", "案件化数", "リード数"])
def test_a_sheet_with_a_figure_that_is_none_is_never_ok(label: str, text: str) -> None:
    """Whatever else fits: it was checked in part, and the cell is listed."""
    rows = page(**{label: text}) if label != "リード数" else [*page(), [label, text]]
    report, row = check(*rows), [each[0] for each in rows].index(label) + 1
    assert (report.status, codes(report)) == ("incomplete", [])
    assert f"B{row}" in {each.cell for each in report.findings}


@pytest.mark.parametrize(
    ("rate", "opportunities", "wrong"),
    [
        ("30〜35%", "29〜34件", False),  # 10 ÷ 35 % = 28.6, 10 ÷ 30 % = 33.3
        ("30~35 %", "29-34", False),
        ("30〜35%", "29〜40件", True),
        ("30〜35%", 31, False),  # somewhere in between
        ("30%", "29〜34件", True),  # 33.3: no range
    ],
)
def test_a_range_is_worked_out_at_both_its_ends(rate: str, opportunities: str | int, wrong: bool) -> None:
    report = check(["受注数", 10], ["受注率", rate], ["案件化数", opportunities])
    assert codes(report) == [("F01", "B3")] * wrong
    if wrong and rate == "30〜35%":
        assert "29件〜34件のはずです" in report.findings[-1].message.ja


@pytest.mark.parametrize("text", ["―", "-", "なし", "N/A", None])
def test_a_stage_that_is_said_to_be_none_leaves_the_rest_right(text: str | None) -> None:
    assert check(*page(), ["リード数", text]).status == "ok"


@pytest.mark.parametrize("across", [False, True])
def test_a_month_that_is_not_decided_is_never_ok(across: bool) -> None:
    rows: list[list[Any]] = [
        ["月", "リード目標", "CVR", "訪問目標"],
        *([f"{(month + 3) % 12 + 1}月", 20, 0.01, 2000] for month in range(12)),
    ]
    rows[5][1] = "未定"
    turned = [list(each) for each in zip(*rows, strict=True)]
    report = check(*(turned if across else rows))
    assert (report.status, codes(report)) == ("incomplete", [])
    assert ("F2" if across else "B6") in {each.cell for each in report.findings}


def test_a_text_that_a_formula_uses_is_an_error_and_what_hangs_on_it_is_silent() -> None:
    report = check(*page(受注率=0.3, 受注単価="400万円", 受注数="=B1/B2", 案件化数="=B3/B4"))
    assert codes(report) == [("I01", "B2")]


def test_total_web_and_other() -> None:
    rows = [["全体売上", 50_000_000], *page(), ["Web以外", 30_000_000]]
    assert codes(check(*rows)) == [("X07", "B9")]
    assert codes(check(["全体売上", 10_000_000], *PAGE)) == [("X07", "B2")]
    rows[-1][1] = 38_000_000
    assert codes(check(*rows)) == []


@pytest.mark.office
def test_a_stale_value_is_found() -> None:
    (office,) = saved_by_libreoffice([sheet(*page(受注率=0.3, 案件化数="=B3/B4"))])
    assert codes(api.check(office, "x")) == []
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office)) as package, zipfile.ZipFile(stream, "w") as copy:
        for name in package.namelist():
            part = package.read(name)
            if name.endswith("sheet1.xml"):
                assert b"<v>10</v>" in part
                part = part.replace(b"<v>10</v>", b"<v>12</v>", 1)
            copy.writestr(name, part)
    assert codes(api.check(stream.getvalue(), "x")) == [("C01", "B5")]


def test_units_from_everywhere() -> None:
    for rows in (
        [["（単位：万円）"], ["Web売上", 1200], ["受注単価", 400], ["受注数", 3]],
        [["Web売上（万円）", 1200], ["受注単価（万円）", 400], ["受注数", 3]],
        [["Web売上", 1200, "万円"], ["受注単価", 400, "万円"], ["受注数", 3, "件"]],
        [["Web売上", "万円", 1200], ["受注単価", "千円", 4000], ["受注数", "件", 3]],
        [["Web売上", "1,200万円"], ["受注単価", 4_000_000], ["受注数", "3件"]],
        [["項目", "万円"], ["Web売上", 1200], ["受注単価", 400], ["受注数", 3]],
    ):
        report = check(*rows)
        assert (read(report)["web_revenue"], read(report)["deal_size"], report.status) == (12_000_000, 4_000_000, "ok"), rows


# -- months ----------------------------------------------------------------------------------


def year(*names: str, visits: int = 2000) -> list[list[Any]]:
    return [["", "CV数", "CV率", "訪問数"], *([name, 20, "1%", visits] for name in names)]


MONTHS = [f"{each}月" for each in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (MONTHS, []), (MONTHS[9:] + MONTHS[:9], []), (MONTHS[:6], []), (MONTHS[:11], [("S09", "A12")]),
        (MONTHS[:3] + MONTHS[4:], [("S09", "A4")]), ([*MONTHS[:3], "6月", *MONTHS[4:]], [("S09", "A5")]),
        (["5月", "4月", *MONTHS[2:]], [("S09", "A3")]), ([f"{2026 + (each > 8)}年{name}" for each, name in enumerate(MONTHS)], []),
    ],
)  # fmt: skip
def test_months_in_order_each_once(names: list[str], expected: list[tuple[str, str]]) -> None:
    assert codes(check(*year(*names))) == expected


def test_months_against_the_year() -> None:
    rows = year(*MONTHS)
    assert codes(check(*rows, ["合計", 240, None, 24000])) == []
    assert codes(check(*rows, ["合計", 230, None, 24000])) == [("X03", "B14")]
    assert codes(check(*rows, [], ["リード数", 300])) == [("X03", "B15")]
    assert codes(check(*rows, [], ["リード数", 20])) == []  # a month's page


# -- channels --------------------------------------------------------------------------------


def test_channels_against_the_need_and_the_shares() -> None:
    table = [
        ["チャネル", "配分", "アポ数", "アポ率", "リード数"],
        ["広告", "25%", 10, "10%", 100],
        ["SEO", "50%", 20, "30%", 67],
        ["展示会", "25%", 10, "20%", 50],
    ]
    assert codes(check(*PAGE, [], *table)) == []
    table[3][1] = "15%"
    assert ("X01", "B10") in codes(check(*PAGE, [], *table))
    rows = [["チャネル", "アポ数", "アポ率", "リード数"], ["広告", 10, "10%", 100], ["SEO", 19, "20%", 95]]
    assert codes(check(*PAGE, [], *rows)) == [("X02", "B10")]


def test_a_sum_that_leaves_out_a_channel() -> None:
    rows = [
        ["", "アポ数", "アポ率", "リード数"],
        ["広告", 10, 0.1, 100],
        ["SEO", 20, 0.2, 100],
        ["展示会", 10, 0.2, 50],
        ["合計", 40, None, "=SUM(D2:D3)"],
    ]
    assert codes(check(*rows)) == [("F03", "D5")]
    rows[-1][3] = "=SUM(D2:D4)+D2"
    assert codes(check(*rows)) == [("F04", "D5")]


def test_a_constant_among_formulas_is_a_warning() -> None:
    rows = [
        ["", "アポ数", "アポ率", "リード数"],
        *([name, 10, 0.1, f"=B{n}/C{n}"] for n, name in enumerate(["広告", "SEO", "展示会"], 2)),
    ]
    rows[2][3] = 100
    found = [each for each in check(*rows).findings if each.code == "F01"]
    assert [(each.severity, each.cell) for each in found] == [("warning", "D3")]


def test_a_later_stage_that_exceeds_its_source() -> None:
    assert codes(check(*PAGE, ["リード数", 30])) == [("X04", "B7")]


# -- odd and hostile sheets ----------------------------------------------------------------------


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


def test_many_unrelated_cells_take_work_by_their_number_only() -> None:
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
        assert by_labels(book, "x") is None
        return calls(lambda: by_labels(book, "x"))

    # Eight times the cells: eight times the calls, where looking from each cell to each would take 64.
    assert spent(4_000) < 9 * spent(500)


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
    assert calls(lambda: by_labels(book, "x")) < 5_000  # nobody looks at its 17,000,000,000 cells


def test_every_code_given_here_stands_in_the_list() -> None:
    given_ = {each.code for name in EXPECTED for each in api.check((HERE / name).read_bytes(), name).findings}
    assert given_ <= set(CODES)


# -- random layouts --------------------------------------------------------------------------------


@settings(max_examples=examples(12))
@given(st.integers(min_value=10_000, max_value=10**6))
def test_right_sheets_are_silent_and_one_wrong_cell_is_found(seed: int) -> None:
    each = trial(seed)
    assert (each.clean, each.alarms) == ("ok", []), seed
    assert each.found in (True, None), seed
    assert each.exact in (True, None), seed


def test_the_sweep_breaks_what_it_says() -> None:
    first = drawn(3)
    planted = broken(first, 3)
    assert planted is not None
    assert grave(api.check(saved(first.cells), "x")) == []
    assert [each.cell for each in grave(api.check(planted[0], "x"))] == [planted[1]]


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
