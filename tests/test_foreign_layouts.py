"""Layouts that strangers typed: what each sheet holds is in sight, and beside it what is right or wrong in it."""

from __future__ import annotations

from typing import Any

import pytest
from foreign.sheets import check, codes, named, read

from kgisheet.report.text import text

# -- アポ and 商談 on one sheet ----------------------------------------------------

APPOINTMENTS: list[list[Any]] = [
    ["KPI", "目標"],
    ["受注数", 10],
    ["受注率", "25%"],  # 10 ÷ 25 % = 40 商談
    ["商談数", 40],
    ["商談化率", "50%"],  # 40 ÷ 50 % = 80 アポ
    ["アポ数", 80],
    ["アポ率", "20%"],  # 80 ÷ 20 % = 400 leads
    ["リード数", 400],
]


def test_beside_appointments_the_meetings_are_the_stage_after() -> None:
    report = check(*APPOINTMENTS)
    assert (report.status, codes(report)) == ("ok", [])
    assert [read(report)[name] for name in ("won_deals", "opportunities", "meetings", "leads")] == [10, 40, 80, 400]
    assert codes(check(*APPOINTMENTS[:5], ["アポ数", 90], *APPOINTMENTS[6:])) == [("F01", "B6")]


def test_an_arrow_says_which_rate_it_is() -> None:
    rows = [list(each) for each in APPOINTMENTS]
    rows[2][0], rows[4][0], rows[6][0] = "受注率（商談→受注）", "商談化率（アポ→商談）", "商談化率（リード→アポ）"
    assert codes(check(*rows)) == []


def test_one_stage_under_two_names_stays_one() -> None:
    """④ 商談数 40 is split over channels as アポ数 10 + 20 + 10."""
    rows = [["受注数", 3], ["受注率", "30%"], ["案件化数", 10], ["案件化率", "25%"], ["商談数", 40], [],
            ["チャネル", "アポ数", "アポ率", "リード数"],
            ["広告", 10, "10%", 100], ["SEO", 20, "40%", 50], ["メルマガ", 10, "20%", 50]]  # fmt: skip
    report = check(*rows)
    assert codes(report) == []
    assert read(report)["channel_meetings[2]"] == 20
    assert codes(check(*rows[:4], ["商談数", 50], *rows[5:])) == [("F01", "B5")]


# -- worked forward ---------------------------------------------------------------


@pytest.mark.parametrize(
    "figures",
    [
        # 10,000 × 1.3 % = 130; × 22 % = 28.6; × 40 % = 11.6; × 30 % = 3.6: to the nearest
        (10_000, "1.3%", 130, "22%", 29, "40%", 12, "30%", 4),
        # 12,500 × 1.1 % = 137.5; × 23 % = 31.51; × 45 % = 13.95; × 30 % = 3.9: down
        (12_500, "1.1%", 137, "23%", 31, "45%", 13, "30%", 3),
        # 600 / 45,000 = 1.333 %; 110 / 600 = 18.33 %; 50 / 110 = 45.45 %; 17 / 50 = 34 %: the rates written after
        (45_000, "1.3%", 600, "18%", 110, "45%", 50, "34%", 17),
    ],
)
def test_a_sheet_worked_forward_is_right(figures: tuple[Any, ...]) -> None:
    labels = ["訪問数", "CVR", "リード数", "アポ率", "商談数", "案件化率", "案件化数", "受注率", "受注数"]
    rows = [list(each) for each in zip(labels, figures, strict=True)]
    assert codes(check(*rows)) == []
    # Twice the opportunities fit neither way: found, and where they stand.
    rows[6][1] *= 2
    assert [where for _, where in codes(check(*rows))] == ["B7"]


def test_a_margin_that_is_said_is_no_mistake() -> None:
    rows = [
        ["売上目標", "5,000万円"],
        ["受注単価", "400万円"],
        ["受注数", "15件（余裕をみて）"],
        ["受注率", "30%"],
        ["案件化数", 50],
    ]
    assert codes(check(*rows)) == []
    # Less than the 12.5 that are needed is no margin.
    assert codes(check(*rows[:2], ["受注数", "9件（余裕をみて）"], ["受注率", "30%"], ["案件化数", 30])) != []


# -- what is a goal sheet ------------------------------------------------------------


REPORTS: list[list[list[Any]]] = [
    # An export: 131 / 12,034 = 1.09 %, each month another rate, nothing said of a goal.
    [["Month", "Sessions", "Conversions", "Conversion rate"], ["Jan 2025", 12034, 131, "1.09%"],
     ["Feb 2025", 11320, 118, "1.04%"], ["Mar 2025", 13877, 160, "1.15%"]],
    [["月", "セッション", "ユーザー", "PV", "コンバージョン", "CVR"], ["2025/01", 9949, 7959, 19898, 135, 0.0136],
     ["2025/02", 12458, 9966, 24916, 76, 0.0061], ["2025/03", 11030, 8824, 22060, 137, 0.0124]],
    [["営業成績 2026年5月"], ["担当", "商談数", "受注数", "受注率", "売上(円)"], ["佐藤", 13, 4, 0.31, 8_200_000],
     ["鈴木", 9, 2, 0.22, 3_900_000], ["合計", 22, 6, 0.27, 12_100_000]],
]  # fmt: skip


@pytest.mark.parametrize("rows", REPORTS)
def test_a_report_of_what_has_been_is_no_goal_sheet(rows: list[list[Any]]) -> None:
    report = check(*rows)
    assert (report.status, report.readings, codes(report)) == ("incomplete", (), [])
    # The same figures called a goal are one.
    assert check(["2026年度 目標"], *rows).readings


# -- an earlier year to the left ------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "goal"),
    [("前年", "今期目標"), ("現状", "目標"), ("前年実績", "目標"), ("FY25 actual", "FY26 target"), ("実績", "2026年度")],
)
def test_of_an_earlier_column_and_a_goal_the_goal_is_read(before: str, goal: str) -> None:
    rows: list[list[Any]] = [["指標", before, goal], ["受注数", 8, 15], ["受注率", "20%", "25%"], ["商談数", 32, 60]]
    report = check(*rows)
    assert {each.cell: each.value for each in report.readings} == {"C2": 15, "C3": 0.25, "C4": 60}
    assert codes(report) == []
    assert codes(check(*rows[:3], ["商談数", 60, 80])) == [("F01", "C4")]


# -- labels, units, remarks -------------------------------------------------------------

MONEY: list[list[Any]] = [
    ["全体売上", 50_000_000], ["うちWeb経由売上", 12_000_000], ["Web以外の売上", 38_000_000], ["受注単価", 4_000_000], ["受注数", 3],
]  # fmt: skip


@pytest.mark.parametrize(
    "label", ["うちWeb売上", "うちWeb", "Web経由", "マーケティング経由売上", "デジタル経由売上", "マーケ貢献売上"]
)
def test_revenue_from_the_web_by_its_many_names(label: str) -> None:
    report = check(MONEY[0], [label, 12_000_000], *MONEY[2:])
    assert (read(report)["web_revenue"], codes(report)) == (12_000_000, [])
    # 3 deals of 4 million are 12 million, as are 50 less 38.
    assert named(check(MONEY[0], [label, 13_000_000], *MONEY[2:]))[0] == "B2"


def test_the_total_is_never_divided_where_only_the_web_is_missing() -> None:
    """50 million ÷ 4 million is not the web's number of deals."""
    rows = [MONEY[0], ["ウェブチャネル分", 12_000_000], *MONEY[2:], ["受注率", "30%"], ["案件化数", 10]]
    assert codes(check(*rows)) == []


@pytest.mark.parametrize(
    ("label", "field"),
    [("平均受注額", "deal_size"), ("客単価", "deal_size"), ("商談（有効）", "opportunities"), ("面談数", "meetings"),
     ("Demos", "meetings"), ("MQL", "leads"), ("転換率", "channel_cvr"), ("トラフィック", "visits"), ("全社目標", "total_revenue"),
     ("売上目標（全体）", "total_revenue"), ("受注社数", "won_deals"), ("リード商談化率", "channel_meeting_rate")],
)  # fmt: skip
def test_more_names(label: str, field: str) -> None:
    report = check([label, 1], ["問合せ数" if field != "leads" else "アポ数", 1])
    assert [each.name for each in report.readings if each.cell == "B1"] == [field]


@pytest.mark.parametrize("said", ["商材別目標（単位：万円／件）", "（単位：万円、件）", "※金額は万円", "単位は万円です"])
def test_the_sheets_unit_of_money(said: str) -> None:
    report = check([said], ["Web売上", 1200], ["受注単価", 400], ["受注数", 3])
    assert (read(report)["web_revenue"], codes(report)) == (12_000_000, [])


@pytest.mark.parametrize(
    ("label", "text", "value"),
    [("Web売上", "1,200万円（税抜）", 12_000_000), ("Web売上", "1200万円/年", 12_000_000), ("Web売上", "¥12,000,000-", 12_000_000),
     ("Web売上", "千2百万円", 12_000_000), ("受注数", "3件（目標）", 3), ("受注数", "3件/年", 3), ("受注数", "年3件", 3),
     ("受注率", "30%（前年28%）", 0.3), ("訪問数", "2万", 20_000), ("訪問数", "10万回", 100_000), ("訪問数", "20k", 20_000)],
)  # fmt: skip
def test_a_remark_in_the_cell_leaves_its_figure(label: str, text: str, value: float) -> None:
    assert [each.value for each in check([label, text], ["リード数", 200]).readings if each.cell == "B1"] == [value]


@pytest.mark.parametrize("text", ["4月1日", "第3期", "3年", "月1回", "10:30", "3人体制", "2025年(前期)", "千葉"])
def test_what_is_no_figure_stays_none(text: str) -> None:
    assert not [each for each in check(["受注数", text], ["リード数", 200], ["訪問数", 2000]).readings if each.cell == "B1"]


def test_more_than_a_hundred_per_cent() -> None:
    """2 typed into a cell in the format of per cent."""
    rows = [["リード数", 200], ["CVR", 2], ["訪問数", "=B1/B2"]]
    assert codes(check(*rows, formats={"B2": "0%"})) == [("I03", "B2")]


# -- what was not read, and what needs no chain ----------------------------------------------


def test_a_figure_among_those_read_that_was_not_is_named() -> None:
    rows = [["受注数", 3], ["受注率", "30%"], ["案件化数", 10], ["独自指標", 7], ["UU数", 900]]
    note = next(each for each in check(*rows).findings if each.code == "S12" and each.cell)
    assert (note.severity, note.cell, note.affected) == ("note", "B4", ("Sheet!B5",))
    assert note.message.ja.startswith("読み取れなかった欄があります: B4 独自指標 7、B5 UU数 900。ユーザー数(UU)は")
    assert note.message.en.startswith("Not read: B4 独自指標 7; B5 UU数 900. Users are not visits")


def test_a_column_that_was_passed_over_is_named() -> None:
    report = check(["指標", "前年", "目標"], ["受注数", 8, 15], ["受注率", "20%", "25%"], ["商談数", 32, 60])
    note = next(each for each in report.findings if each.code == "S12")
    assert "検査していないもの: 「前年」の列" in note.message.ja


def test_a_sum_needs_no_chain() -> None:
    """Twelve months of 24 leads are 288."""
    months: list[list[Any]] = [[f"{month}月", 24] for month in range(1, 13)]
    assert codes(check(["月", "リード目標"], *months, ["合計", 264])) == [("X03", "B14")]
    assert check(["月", "リード目標", "リード実績"], *([*each, 20] for each in months), ["合計", 288, 240]).status == "ok"


def test_more_deals_than_meetings_need_no_rate() -> None:
    rows = [["受注数", 50], ["商談数", 40], ["リード数", 1000], ["訪問数", 100_000]]
    assert codes(check(*rows)) == [("X04", "B1")]
    assert check(["受注数", 30], *rows[1:]).status == "incomplete"


def test_what_is_none_is_refused_in_words_that_say_what_could_be_read() -> None:
    problem = check(["品目", "数量"], ["ねじ", 3]).problem
    assert problem is not None
    assert problem.fix is not None
    assert "目標シートとして読み取れませんでした" in problem.what.ja
    assert "右か下のセルに数値があれば読み取れます" in problem.fix.ja
    assert "no such fields as won deals" in problem.what.en


def test_readings_without_relations_are_not_called_checked_in_part() -> None:
    report = check(["受注数", 30], ["商談数", 40], ["リード数", 1000], ["訪問数", 100_000])
    assert "x.xlsx: 項目は読み取れましたが、突き合わせて検査できる関係がありません。" in text([report], "ja")
    assert "x.xlsx: read, but nothing in it could be checked against anything else; " in text([report], "en")


# -- the right cell, once -----------------------------------------------------------------------


def test_a_block_below_the_months_is_of_no_month() -> None:
    """July's 60 leads at 20 % don't make its 10 meetings, which take 50."""
    months = [f"2026/{month}" for month in range(4, 10)]
    rows: list[list[Any]] = [["2026年度 月次KPI"], ["指標", *months], ["商談数", 10, 10, 20, 10, 10, 20],
                             ["リード数", 50, 50, 100, 50, 50, 100], [], ["前提"], ["アポ率", 0.2]]  # fmt: skip
    report = check(*rows)
    assert ([each.label for each in report.readings if each.cell == "B7"], codes(report)) == (["アポ率"], [])
    rows[3][4] = 60
    assert codes(check(*rows)) == [("F01", "E4")]


def test_the_teams_total_is_no_person() -> None:
    rows = [["担当別 目標"], ["項目", "佐藤", "鈴木", "高橋", "チーム計"], ["受注数", 4, 3, 5, 12], ["受注率", "20%", "20%", "25%"],
            ["商談数", 20, 15, 20, 55]]  # fmt: skip
    assert codes(check(*rows)) == []
    assert [cell for _, cell in codes(check(*rows[:4], ["商談数", 20, 15, 20, 50]))] == ["E5"]


def test_a_price_typed_in_yen_where_the_unit_is_larger() -> None:
    rows = [["売上目標", 3000, "万円"], ["受注単価", 1_500_000, "万円"], ["受注数", 20, "件"]]
    assert codes(check(*rows)) == [("I05", "B2")]
    assert codes(check(rows[0], ["受注単価", 150, "万円"], rows[2])) == []


def test_revenue_typed_in_man_where_its_unit_is_a_million() -> None:
    rows = [["売上目標（百万円）", 9600], ["単価（万円）", 240], ["受注件数", 40], ["受注率", "20%"], ["商談数", 200]]
    assert codes(check(*rows)) == [("I05", "B1")]
    assert codes(check(["売上目標（百万円）", 96], *rows[1:])) == []


def test_a_price_that_takes_counts_beyond_measure() -> None:
    rows = [["Web revenue (JPY)", 50_000_000], ["Deal size (JPY)", 100], ["Won deals", "=B1/B2"], ["Win rate", 0.25],
            ["Meetings", "=B3/B4"], ["Meeting rate", 0.02], ["Leads", "=B5/B6"], ["CVR", 0.01], ["Sessions", "=B7/B8"]]  # fmt: skip
    assert codes(check(*rows)) == [("I05", "B2")]


def test_leads_that_their_visits_belie() -> None:
    """18 meetings at 12 % take 150 leads, which 15,000 visits at 1 % bring; 120 stand there and in the sum."""
    rows = [["Channel", "Meetings", "Meeting rate", "Leads", "CVR", "Visits"], ["Paid search", 18, "12%", 120, "1%", 15000],
            ["Organic", 30, "25%", 120, "1.2%", 10000], ["Email", 12, "20%", 60, "2%", 3000],
            ["Total", 60, None, 300, None, 28000]]  # fmt: skip
    assert codes(check(*rows)) == [("F01", "D2")]


def test_a_fraction_where_the_unit_is_per_cent() -> None:
    rows = [["受注数（件）", 4], ["受注率（％）", 0.2], ["案件化数（件）", 20], ["案件化率（％）", 40], ["商談数（件）", 50]]
    assert codes(check(*rows)) == [("I04", "B2")]
    assert codes(check(rows[0], ["受注率（％）", 20], *rows[2:])) == []


def test_a_month_twice_says_which_is_missing() -> None:
    months: list[list[Any]] = [[f"{10 if month == 11 else month}月", 24, 2400] for month in range(1, 13)]
    finding = next(each for each in check(["月", "リード目標", "訪問目標"], *months).findings if each.code == "S09")
    assert (finding.cell, finding.message.ja) == ("A12", "10月が2回あります(A11 と A12)。11月がありません")


def test_shares_beyond_the_whole_are_one_cause() -> None:
    """30 + 40 + 30 + 10 % of 100 meetings: the meetings add up to 110 for that."""
    rows: list[list[Any]] = [["必要アポ数", 100], [], ["チャネル", "構成比", "アポ数"], ["広告", 0.3, "=B$1*B4"],
                             ["SEO", 0.4, "=B$1*B5"], ["メルマガ", 0.3, "=B$1*B6"], ["展示会", 0.1, "=B$1*B7"],
                             ["計", "=SUM(B4:B7)", "=SUM(C4:C7)"]]  # fmt: skip
    assert codes(check(*rows)) == [("X01", "B4")]


def test_half_years_are_sums_of_their_months() -> None:
    months: list[list[Any]] = [[f"{(month + 2) % 12 + 1}月", 20 + month, 0.01, 2000 + 100 * month] for month in range(1, 13)]
    halves = [["上期計", 141, None, 14100], ["下期計", 177, None, 17700]]  # 21…26 and 27…32
    rows = [["月", "リード目標", "CVR", "訪問数"], *months[:6], halves[0], *months[6:], halves[1], ["年間計", 318, None, 31800]]
    assert codes(check(*rows)) == []
    rows[7] = ["上期計", 150, None, 14100]
    assert codes(check(*rows)) == [("X03", "B8")]


def test_the_webs_share_of_the_total() -> None:
    rows = [["全体売上", 50_000_000], ["Web比率", "24%"], ["Web売上", 12_000_000], ["Web以外の売上", 38_000_000]]
    assert codes(check(*rows, ["受注単価", 4_000_000], ["受注数", 3])) == []
    assert codes(check(rows[0], ["Web比率", "30%"], *rows[2:], ["受注単価", 4_000_000], ["受注数", 3])) == [("F01", "B2")]


def test_shares_under_their_heading() -> None:
    rows = [
        ["受注単価", 4_000_000],
        ["受注数", 3],
        ["Web売上", 12_000_000],
        [],
        ["チャネル別比率"],
        ["広告", "25%"],
        ["SEO", "50%"],
    ]
    assert codes(check(*rows, ["メルマガ", "25%"], ["合計", "100%"])) == []
    assert codes(check(*rows, ["メルマガ", "15%"], ["合計", "100%"])) == [("X01", "B6")]


def test_last_years_block_beside_the_plan_is_not_judged() -> None:
    rows = [["■2026年度計画", None, None, "■2025年度実績"], ["受注数", 15, None, "受注数", 12], ["受注率", 0.3, None, "受注率", 0.27],
            ["案件化数", 50, None, "案件化数", 45]]  # fmt: skip
    report = check(*rows)
    assert ([each.cell for each in report.readings], codes(report)) == (["B2", "B3", "B4"], [])


def test_labels_are_spoken_of_without_their_decoration() -> None:
    report = check(["・受注数", 3], ["（２）受注率", "30%"], ["【案件化数】", 20])
    finding = next(each for each in report.findings if each.code == "F01")
    assert finding.message.ja.startswith("案件化数が20件になっています。受注数3件÷受注率30%で、10件のはずです")


def test_a_list_under_a_table_of_channels_belongs_to_none_of_them() -> None:
    # 3 deals ÷ 30 % = 10 ÷ 25 % = 40 meetings, of the whole page; channels stand across above it.
    rows = [
        ["", "広告", "SEO", "展示会", "合計"],
        ["アポ目標", 10, 20, 10, 40],
        ["アポ率", 0.1, 0.3, 0.2, None],
        ["必要リード", 100, 67, 50, 217],
        [],
        ["受注目標", 3],
        ["案件数", 10],
        ["案件化率", 0.25],
        ["受注率", 0.3],
    ]
    report = check(*rows)
    assert (codes(report), read(report)["opportunities"]) == ([], 10)
