"""Actuals as CSV, long and wide: what is read, what is refused, and what stands above the table."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from conftest import calls
from csvs import APRIL, refusal, said

from kgisheet.csvio import actuals, headings, table
from kgisheet.errors import CsvError


def rows_of(text: str, start: datetime.date | None = None) -> list[tuple[str, str, str | None, Fraction]]:
    found = actuals.read_actuals(text.encode(), "a.csv", start).checked()
    return [(f"{row.month:%Y-%m}", row.stage, row.channel, row.value) for row in found]


def test_the_long_form() -> None:
    """月,段階,チャネル,実績
    2026-04,訪問数,広告,"1,200"
    2026/4,CV数,広告,12件
    2026年4月,リード数,ＳＥＯ,8
    2026-04,受注金額,,1200万円
    2026-04,受注件数,,3
    """
    text = "\n".join(map(str.strip, (test_the_long_form.__doc__ or "").split("\n")))
    assert rows_of(text) == [
        ("2026-04", "visits", "広告", 1200),
        ("2026-04", "leads", "広告", 12),
        ("2026-04", "leads", "ＳＥＯ", 8),
        ("2026-04", "revenue", None, 12_000_000),
        ("2026-04", "won_deals", None, 3),
    ]


def test_the_wide_form() -> None:
    """The page's own figures (docs/worksheet.md, 1): 21,700 visits, 217 leads, 40 meetings, 10 opportunities, 3 deals, 12,000,000 yen."""
    text = '月,サイト訪問数,問合せ数,アポ獲得数,有効商談化数,受注件数,売上(千円),CVR\n4月,"21,700",217,40,10,3,"12,000",1%\n'
    found = actuals.read_actuals(text.encode("cp932"), "a.csv", APRIL)
    assert found.form == "wide"
    assert {row.stage: row.value for row in found.checked()} == {
        "visits": 21_700,
        "leads": 217,
        "meetings": 40,
        "opportunities": 10,
        "won_deals": 3,
        "revenue": 12_000_000,
    }
    assert [(each.code, each.key) for each in found.notes] == [("column-not-read", "CVR")]


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        ("revenue", "受注金額 売上 revenue"),
        ("won_deals", "受注数 受注件数"),
        ("opportunities", "案件化数 有効商談数 有効商談化数"),
        ("meetings", "商談数 アポ数 アポ獲得数"),
        ("leads", "リード数 CV数 問合せ数 leads"),
        ("visits", "訪問数 アクセス数 セッション 流入数 サイト訪問数"),
    ],
)
def test_a_stage_by_any_of_its_names(stage: str, names: str) -> None:
    """The names are those of docs/worksheet.md, Words."""
    for name in names.split():
        assert rows_of(f"月,指標,値\n2026-04,{name},5\n") == [("2026-04", stage, None, 5)]
        assert rows_of(f"月,{name}\n2026-04,5\n") == [("2026-04", stage, None, 5)]


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("月,段階,値\n2026-04,売上,300万円\n", 3_000_000),
        ("月,段階,値\n2026-04,売上(万円),300\n", 3_000_000),
        ("月,段階,値(万円)\n2026-04,売上,300\n", 3_000_000),
        ("月,段階,値,単位\n2026-04,売上,300,万円\n", 3_000_000),
        ("月,売上（万円）\n2026-04,300\n", 3_000_000),
        ("月,売上（万円）\n2026-04,300円\n", 300),
        ("月,売上\n2026-04,300\n", 300),
    ],
)
def test_the_unit_of_an_amount(text: str, yen: int) -> None:
    assert rows_of(text) == [("2026-04", "revenue", None, yen)]


def test_numbers_of_things_are_not_in_the_amounts_unit() -> None:
    assert rows_of("月,段階,値(万円)\n2026-04,リード数,30\n") == [("2026-04", "leads", None, 30)]


def test_rows_that_are_doubled_name_both_lines() -> None:
    """ＳＥＯ and SEO are one channel; a row without a channel is all channels, and no double."""
    text = "月,段階,チャネル,実績\n2026-04,リード数,SEO,3\n2026-04,リード数,,9\n2026-04,CV数,ＳＥＯ,4\n"
    (problem,) = actuals.read_actuals(text.encode(), "a.csv").problems
    assert problem.to("ja") == "a.csv:4: 2026-04・CV数・ＳＥＯ は2行目にもあります → どちらか一方を残してください"


def test_daily_rows_are_not_a_month() -> None:
    text = "日付,セッション\n20260401,100\n20260402,120\n"
    (problem,) = actuals.read_actuals(text.encode(), "a.csv").problems
    assert problem.fix is not None
    assert problem.fix.ja == "日別なら月別に集計して書き出してください"


def test_what_was_not_typed_in_is_no_zero() -> None:
    text = "月,リード数,商談数\n2026-04,0,-\n2026-05,,―\n2026-06,,\n"
    found = actuals.read_actuals(text.encode(), "a.csv")
    assert [(row.stage, row.value) for row in found.checked()] == [("leads", 0)]
    assert [each.what.ja for each in found.notes] == ["値の未入力が5件あります(2, 3, 4行目)"]


def test_sums_goals_and_other_figures_are_not_counted() -> None:
    """月,段階,チャネル,実績
    2026-04,リード数,広告,3
    2026-04,リード数,合計,9
    2026-04,リード数目標,広告,20
    2026-04,失注数,,1
    2026-04,CV率,,1%
    第1四半期,リード数,広告,3
    Total,リード数,,12
    """
    text = "\n".join(map(str.strip, (test_sums_goals_and_other_figures_are_not_counted.__doc__ or "").split("\n")))
    found = actuals.read_actuals(text.encode(), "a.csv")
    assert [row.line for row in found.checked()] == [2]
    assert said(found.notes) == [
        ("row-not-read", 3),
        ("stage-not-read", 4),
        ("stage-not-read", 5),
        ("stage-not-read", 6),
        ("row-not-read", 7),
        ("row-not-read", 8),
    ]


def test_goals_beside_actuals_are_not_taken_for_them() -> None:
    assert rows_of("月,リード数目標,リード数実績,リード数(前年)\n2026-04,20,12,9\n") == [("2026-04", "leads", None, 12)]


def test_unknown_stages_are_listed_with_what_is_near() -> None:
    text = "月,段階,実績\n2026-04,リ一ド数,3\n2026-05,リ一ド数,3\n2026-05,粗利益,3\n"
    found = actuals.read_actuals(text.encode(), "a.csv").problems
    assert [each.to("ja") for each in found] == [
        "a.csv:2: 「リ一ド数」という段階は分かりません(2, 3行目) → リード数 のことですか",
        "a.csv:4: 「粗利益」という段階は分かりません(4行目) → 使えるのは 受注金額、受注数、案件化数、商談数、リード数、訪問数",
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("月,リード数\n4/5,3\n2026-05,-3\n2026-06,x\n", ["month", "figure", "figure"]),
        ("月,段階,値,単位\n2026-04,売上,3,ドル\n2026-04,リード数,3,円\n", ["figure", "figure"]),
        ("月,チャネル,リード数\n2026-04,a\x07,3\n", ["channel"]),
        ("月,リード数\n2026-04,1,200\n", ["row-too-wide"]),
        ("月,リード数\n", ["no-rows"]),
    ],
)
def test_rows_that_are_refused(text: str, codes: list[str]) -> None:
    found = actuals.read_actuals(text.encode(), "a.csv")
    assert [each.code for each in found.problems] == codes
    with pytest.raises(CsvError):
        found.checked()


@pytest.mark.parametrize(
    ("text", "code"),
    [("a,b\n1,2\n", "header"), ("月,段階\n2026-04,リード数\n", "header"), ("月,アポ数,商談数\n2026-04,1,2\n", "column-twice")],
)
def test_no_table_of_actuals(text: str, code: str) -> None:
    assert refusal(actuals.read_actuals, text.encode(), "a.csv").code == code


def test_ten_times_the_rows_take_ten_times_the_work() -> None:
    """None is compared with all the others; the limit is 20,000 rows."""
    names = [word for words in headings.STAGES.values() for word in words[:1]]
    lines = [f"{2000 + n % 100}-{n // 100 % 12 + 1:02},{names[n // 1200 % 6]},ch{n // 7200},{n}" for n in range(5_000)]

    def read(rows: int) -> None:
        found = actuals.read_actuals("\n".join(["月,段階,チャネル,値", *lines[:rows]]).encode(), "a.csv").checked()
        assert len(found) == rows

    assert calls(lambda: read(5_000)) < 11 * calls(lambda: read(500))


# -- what exports put above the table ----------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_above_the_table_are_passed_over_and_counted(end: str) -> None:
    """As Google Analytics 4 exports a report: its own lines begin with ``#``, and one is blank."""
    lines = [
        "# ----------------------------------------",
        "# Account: A, Inc.",
        "# 20260401-20260430",
        "#",
        "",
        "月,段階,値",
        "2026-04,訪問数,1800",
    ]
    found = table.read((end.join(lines) + end).encode(), "ga4.csv")
    assert [(each.line, each.cells) for each in found.records] == [
        (6, ("月", "段階", "値")),
        (7, ("2026-04", "訪問数", "1800")),
    ]


def test_a_heading_that_is_a_number_sign_is_no_comment() -> None:
    (heading, _) = table.read("#,月,値\n1,2026-04,5\n".encode(), "a.csv").records
    assert heading.cells == ("#", "月", "値")
