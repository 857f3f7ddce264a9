"""A goal sheet that was never ours: its arithmetic checked by its labels, one wrong cell, one finding."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from foreign.sheets import PAGE, check, codes, page, read, sheet
from seed_faults import saved_by_libreoffice

from kgisheet import api

# -- units, texts, rates -----------------------------------------------------------------


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
