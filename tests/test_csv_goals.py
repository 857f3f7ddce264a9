"""The goal screen as CSV: its twelve months read, refused and written."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from conftest import examples
from csvs import APRIL, refusal, said
from hypothesis import given, settings
from hypothesis import strategies as st

from kgisheet.csvio import goals
from kgisheet.csvio.goals import GoalRow
from kgisheet.errors import CsvError

YEAR = [f"2026-{month:02}" for month in range(4, 13)] + ["2027-01", "2027-02", "2027-03"]


def screen(header: str, row: str, months: list[str] = YEAR) -> bytes:
    """A goal screen of which every month has the same row."""
    return "\n".join([header, *(row.replace("M", month) for month in months), ""]).encode()


def test_the_screen_is_read() -> None:
    """20 ÷ 1 % = 2,000 (docs/worksheet.md, 3)."""
    found = goals.read_goals(screen("月,CV目標,CV率,訪問数", "M,20,1%,2000"), "a.csv")
    assert found.rows[0] == GoalRow(APRIL, Fraction(20), Fraction(1, 100), Fraction(2000), 2)
    assert [f"{row.month:%Y-%m}" for row in found.checked()] == YEAR
    assert (found.problems, found.notes) == ([], [])


@pytest.mark.parametrize(
    "data",
    [
        screen("年月\tリード数\tCVR\tセッション", "M\t20\t0.01\t2,000"),
        screen("Month;CV goal;CV rate;Visits", "M;20;1%;2000"),
        screen("訪問数（回）,ＣＶ率（％）,目標CV(件),対象月", "２０００,1,20件,M"),
        screen("月,CV目標,CV率,訪問数", "M,20,1%,2000").decode().encode("cp932"),
        screen("月,CV目標,CV率,訪問数", "M,20,1%,2000") + "合計,240,,24000\n※CV率は昨年の実績\n,,,\n".encode(),
        screen("2026年度 目標\n\n月,リード数,リード数目標,CV率,訪問数", "M,3,20,1%,2000"),
        screen("M,20,1%,2000", "M,20,1%,2000", YEAR[1:]).replace(b"M", b"2026-04"),
    ],
)  # fmt: skip
def test_one_screen_written_in_many_ways(data: bytes) -> None:
    rows = goals.read_goals(data, "a.csv").checked()
    assert [(f"{row.month:%Y-%m}", row.leads, row.cvr, row.visits) for row in rows] == [
        (month, 20, Fraction(1, 100), 2000) for month in YEAR
    ]


def test_the_placeholder_picture_is_found_wrong() -> None:
    """The source's picture: a calendar year, eleven rows, 20 CVs at 1 % giving 20 visits (docs/worksheet.md, 3)."""
    months = [f"2026年{month}月" for month in range(1, 12)]
    found = goals.read_goals(screen("月,CV目標,CV率,訪問数", "M,20,1%,20", months), "a.csv")
    assert [each.what.en for each in found.problems] == ["missing from the twelve months 2026-01 to 2026-12: 2026-12"]
    assert said(found.notes) == [("visits", line) for line in range(2, 13)]
    assert found.notes[0].to("ja") == (
        "a.csv:2: 訪問数: 訪問数20は CV目標20 ÷ CV率1% = 2,000 と合いません → 訪問数は2,000です(訪問数が正しければCV率は100%)"
    )
    with pytest.raises(CsvError):
        found.checked()


def test_the_picture_with_a_bare_1_is_told_as_well() -> None:
    """1 is 100 % (docs/contract.md), so 20 visits do follow; that 1 % may be meant is said."""
    found = goals.read_goals(screen("月,CV目標,CV率,訪問数", "M,20,1,20"), "a.csv")
    assert found.rows[0].cvr == 1
    assert {each.code for each in found.notes} == {"rate-of-one"}


@pytest.mark.parametrize(
    ("visits", "fits"), [("1333", True), ("1334", True), ("1333.33", True), ("1332", False), ("1335", False)]
)
def test_visits_may_be_rounded_either_way(visits: str, fits: bool) -> None:
    """20 ÷ 1.5 % = 1,333.3…"""
    found = goals.read_goals(screen("月,CV目標,CV率,訪問数", f"M,20,1.5%,{visits}"), "a.csv")
    assert ("visits" not in {each.code for each in found.notes}) == fits


def test_all_problems_at_once() -> None:
    """月,CV目標,CV率,訪問数
    2026-04,20,30,2000      a rate with two readings
    2026-06,-5,1%,x         a negative count, no number
    2026-05,20,1%,2000      out of order
    2026-04,20,1%,2000      twice
    4/5,20,1%,2000          two readings
    2026-07,1,200,1%        1,200 without its quotation marks, with another cell to spare
    """
    text = "\n".join(line.strip().split("   ")[0] for line in (test_all_problems_at_once.__doc__ or "").strip().split("\n"))
    found = goals.read_goals((text + ",120,000\n").encode(), "a.csv")
    assert said(found.problems) == [
        ("month-missing", None),
        ("figure", 2),
        ("figure", 3),
        ("figure", 3),
        ("month-order", 4),
        ("month-twice", 5),
        ("month", 6),
        ("row-too-wide", 7),
    ]


def test_a_month_of_another_year_is_outside_of_the_twelve() -> None:
    found = goals.read_goals(screen("月,CV目標", "M,20", [*YEAR[:5], "2062-09", *YEAR[6:]]), "a.csv")
    assert [each.code for each in found.problems] == ["month-missing", "month-outside", *["month-order"] * 6]


def test_months_without_a_year() -> None:
    data = screen("月,CV目標", "M月,20", [str(month) for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)])
    assert [f"{row.month:%Y-%m}" for row in goals.read_goals(data, "a.csv", APRIL).checked()] == YEAR
    assert {each.code for each in goals.read_goals(data, "a.csv").problems} == {"month"}


def test_blanks_are_no_zeros() -> None:
    found = goals.read_goals(screen("月,CV目標,CV率,訪問数", "M,20,―,"), "a.csv")
    assert found.checked()[0][1:4] == (20, None, None)
    assert said(found.notes) == [("blank", 2), ("blank", 2)]


def test_a_rate_far_below_usual_under_percent_is_told() -> None:
    found = goals.read_goals(screen("月,CV目標,CV率(%)", "M,20,0.01"), "a.csv")
    assert found.rows[0].cvr == Fraction(1, 10_000)
    assert found.notes[1].fix is not None
    assert found.notes[1].fix.ja == "1%のことなら「1%」と書いてください"


@pytest.mark.parametrize(
    ("text", "code"),
    [("Datum,Ziel\n1,2\n", "header"), ("2026-04,20,1%\n", "header"), ("月,CV目標,リード目標\n2026-04,1,2\n", "column-twice")],
)
def test_no_table_of_goals(text: str, code: str) -> None:
    assert refusal(goals.read_goals, text.encode(), "a.csv").code == code


def test_a_header_alone_is_no_screen() -> None:
    assert said(goals.read_goals("月,CV目標\n".encode(), "a.csv").problems) == [("no-rows", None)]


@pytest.mark.parametrize(
    ("lang", "encoding", "expected"),
    [
        ("ja", "utf-8-sig", "\ufeff月,CV目標,CV率,訪問数\r\n2026-04,20,1%,2000\r\n".encode()),
        ("en", "utf-8-sig", "\ufeffMonth,Conversion goal,Conversion rate,Visits\r\n2026-04,20,1%,2000\r\n".encode()),
        ("ja", "cp932", "月,CV目標,CV率,訪問数\r\n2026-04,20,1%,2000\r\n".encode("cp932")),
    ],
)
def test_the_screen_is_written_for_excel(lang: str, encoding: str, expected: bytes) -> None:
    row = GoalRow(APRIL, Fraction(20), Fraction(1, 100), Fraction(2000), 2)
    assert goals.write_goals([row], lang, encoding) == expected


def test_a_goal_below_zero_is_not_written() -> None:
    assert refusal(goals.write_goals, [GoalRow(APRIL, Fraction(-1), None, None, 2)]).code == "formula"


def tenths(digits: int, most: int) -> st.SearchStrategy[Fraction]:
    return st.integers(0, most * 10**digits).map(lambda number: Fraction(number, 10**digits))


FIGURE = st.none() | st.integers(0, 10**8).map(Fraction) | tenths(4, 10**6)
SCREENS = st.builds(
    lambda first, figures: [
        GoalRow(datetime.date((first + n) // 12, (first + n) % 12 + 1, 1), leads, cvr, visits, n + 2)
        for n, (leads, cvr, visits) in enumerate(figures)
    ],
    st.integers(1901 * 12, 2198 * 12),
    st.lists(st.tuples(FIGURE, st.none() | tenths(9, 1).filter(bool), FIGURE), min_size=12, max_size=12),
)


@settings(max_examples=examples(20))
@given(SCREENS, st.sampled_from(["ja", "en"]), st.sampled_from(["utf-8-sig", "cp932"]))
def test_what_is_written_is_read_again(rows: list[GoalRow], lang: str, encoding: str) -> None:
    assert goals.read_goals(goals.write_goals(rows, lang, encoding), "a.csv").checked() == rows


def test_what_has_no_end_is_near_enough_for_its_visits() -> None:
    """A month's rate worked out as leads ÷ visits: 33 ÷ 2,710."""
    rows = [GoalRow(APRIL, Fraction(33), Fraction(33, 2710), Fraction(2710), 2)]
    found = goals.read_goals(goals.write_goals(rows), "a.csv")
    assert found.rows[0].cvr == Fraction("0.0121771218")
    assert found.notes == []
