"""CSV files from outside: how they are encoded, parted and lined; the goal screen and actuals in them."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable
from fractions import Fraction

import pytest
from conftest import calls, examples
from hypothesis import given, settings
from hypothesis import strategies as st

from kgisheet.csvio import actuals, cells, coding, goals, headings, table
from kgisheet.csvio.actuals import Actuals
from kgisheet.csvio.goals import GoalRow, Goals
from kgisheet.errors import CsvError, KgisheetError, Problem
from kgisheet.values.amounts import FigureError

APRIL = datetime.date(2026, 4, 1)


def refusal(read: object, *args: object) -> Problem:
    """The one problem that a file is refused with."""
    with pytest.raises(CsvError) as refused:
        read(*args)  # type: ignore[operator]
    (problem,) = refused.value.problems
    return problem


def test_a_file_that_can_not_be_read_is_exit_3() -> None:
    assert issubclass(CsvError, KgisheetError)
    assert CsvError.exit_code == 3  # docs/contract.md, Exit codes: 3, a file that could not be read


# -- bytes and characters ---------------------------------------------------

SCREEN = "月,CV目標,CV率,訪問数\r\n2026-04,20,1%,2000\r\n"


@pytest.mark.parametrize(
    ("python_codec", "said"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp932", "cp932")],
)
def test_the_four_encodings_of_excel_and_exports(python_codec: str, said: str) -> None:
    assert coding.decode(SCREEN.encode(python_codec), "a.csv") == (SCREEN, said)


def test_utf_16_of_either_order() -> None:
    assert coding.decode(b"\xfe\xff" + SCREEN.encode("utf-16-be"), "a.csv") == (SCREEN, "utf-16")


@pytest.mark.parametrize(
    ("raw", "letter"),
    [
        (b"\x87\x40", "①"),  # NEC's row 13, which strict Shift_JIS lacks
        (b"\xfb\xfc", "髙"),  # IBM's extension
        (b"\x81\x60", "～"),  # U+FF5E, as Windows has it; strict Shift_JIS gives U+301C
        (b"\x81\x7c", "－"),  # U+FF0D; strict Shift_JIS gives U+2212
        (b"\x83\x5c", "ソ"),  # its second byte is a backslash
        (b"\xd8\xb0\xc4\xde", "ﾘｰﾄﾞ"),
    ],
)
def test_cp932_as_windows_writes_it(raw: bytes, letter: str) -> None:
    assert coding.decode(b"\x8c\x8e," + raw, "a.csv") == (f"月,{letter}", "cp932")


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (SCREEN.encode() + b"\xe6\x9c,20", 3, "UTF-8 text that breaks here"),  # 月 without its last byte; CP932 reads it as 譛
        ("月,CV目標\n2026-04,広告".encode()[:-1], 2, "the file may be cut off"),
        (b"\xef\xbb\xbfa\nb\n\x8c\x8e", 3, "UTF-8 text that breaks here"),
        (b"\xff\xfea\x00\n\x00b", 2, "UTF-16 text that breaks here"),
        ("a\n月,目標\n".encode("euc_jp"), 2, "EUC-JP"),
        ("a\nCafé,1\n".encode("latin-1"), 2, "neither UTF-8 nor Shift_JIS"),
        ("a\nRégie,1\n".encode("latin-1"), 2, "neither UTF-8 nor Shift_JIS"),  # CP932 reads R馮ie
        ("a\nToday’s leads,1\n".encode("cp1252"), 2, "neither UTF-8 nor Shift_JIS"),  # CP932 reads Today痴
        (b"\x8c\x8e\n\xf0\x40", 2, "neither UTF-8 nor Shift_JIS"),  # a character of the user's own
        (b"\x8c\x8e\r\x81", 2, "neither UTF-8 nor Shift_JIS"),
        (b"a,b\nc,\x00\n", 2, "NUL"),
        (SCREEN.encode("utf-16-le"), 1, "NUL"),  # without its mark
    ],
)
def test_never_other_characters_but_the_line_where_it_breaks(data: bytes, line: int, says: str) -> None:
    problem = refusal(coding.decode, data, "a.csv")
    assert says in problem.what.en
    assert problem.line == line


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04....xl/workbook.xml", "CSVではなくExcelブック(.xlsx)です"),
        (b"PK\x03\x04" + b"." * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "CSVではなくOpenDocument(.ods)です"),
        (b"PK\x03\x04....", "CSVではなくZIPです"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "CSVではなく古い形式のExcelブック(.xls)です"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "パスワードで暗号化されたExcelブックです"),
        (b"%PDF-1.7\n", "CSVではなくPDFです"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><table>", "CSVではなくHTMLです"),
        ("<html>".encode("utf-16"), "CSVではなくHTMLです"),
        (b"<?xml version='1.0'?>", "CSVではなくXMLです"),
        (b"\x1f\x8b\x08", "gzipで圧縮されています"),
        ("a,b".encode("utf-32"), "文字コードがUTF-32です"),
        (b"", "空のファイルです"),
        (b"\xef\xbb\xbf\r\n", "空のファイルです"),
    ],
)  # fmt: skip
def test_what_is_renamed_to_csv_is_called_by_its_name(data: bytes, name: str) -> None:
    assert refusal(coding.decode, data, "a.csv").what.ja == name


def test_a_lock_file_is_called_by_its_name() -> None:
    assert "lock file" in refusal(coding.decode, b"\x05user", "~$a.csv").what.en


def test_sizes_are_limited() -> None:
    assert refusal(coding.decode, b"1" * (5 * 2**20 + 1), "a.csv").code == "too-large"
    assert refusal(table.read, b"1\n" * 20_001, "a.csv").line == 20_001
    assert refusal(table.read, b"," * 1_000, "a.csv").code == "too-large"
    assert len(table.read(b"1\n" * 20_000, "a.csv").records) == 20_000


# -- delimiter, quotes, lines -----------------------------------------------


@pytest.mark.parametrize(
    ("text", "delimiter", "second"),
    [
        ("月,CV\n4,20\n", ",", ("4", "20")),
        ("月\tCV\n4\t1,200\n", "\t", ("4", "1,200")),
        ("月;CV;訪問\n4;1,200;9,000\n5;1,300;9,500\n", ";", ("4", "1,200", "9,000")),
        ("a,b\n\"x;y\tz\",2\n", ",", ("x;y\tz", "2")),
        ("sep=;\na;b\n1,5;2\n", ";", ("1,5", "2")),
        ("月\n4\n", ",", ("4",)),
    ],
)  # fmt: skip
def test_the_delimiter_is_told(text: str, delimiter: str, second: tuple[str, ...]) -> None:
    read = table.read(text.encode(), "a.csv")
    assert read.delimiter == delimiter
    assert read.records[1].cells == second


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file(end: str) -> None:
    """A quoted newline, blank lines and rows of empty cells: an editor shows the row d in line 6."""
    text = end.join(["a,b", f'"c{end}c",1', "", " , ", 'd,"say ""d"""', ""])
    read = table.read(text.encode(), "a.csv")
    assert [(each.line, each.cells[0][:1]) for each in read.records] == [(1, "a"), (2, "c"), (6, "d")]
    assert read.records[2].cells[1] == 'say "d"'


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest() -> None:
    problem = refusal(table.read, b'a,b\n1,"2\n3,4\n', "a.csv")
    assert (problem.code, problem.line) == ("quote", 2)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t1", "\r1"])
def test_what_would_be_a_formula_is_not_written(cell: str) -> None:
    assert refusal(table.write, [["月"], [cell]], "utf-8-sig").line == 2


def test_what_cp932_lacks_is_named_and_never_replaced() -> None:
    with pytest.raises(CsvError) as refused:
        table.write([["月"], ["Zoë", "😀"]], "cp932")
    assert [each.what.ja for each in refused.value.problems] == [
        "「ë」(U+00EB LATIN SMALL LETTER E WITH DIAERESIS)はCP932にない文字です",
        "「😀」(U+1F600 GRINNING FACE)はCP932にない文字です",
    ]
    assert refused.value.problems[0].line == 2


LETTERS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=8)
CELLS = LETTERS.map(str.strip).filter(lambda cell: cell and cell[0] not in "=+-@'")


@settings(max_examples=examples(20))
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_is_written_in_utf_8_is_read_again(rows: list[tuple[str, str]]) -> None:
    lines = [("月", "名"), *rows]
    assert [each.cells for each in table.read(table.write(lines, "utf-8-sig"), "a.csv").records] == lines


# -- headings and cells -----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "field", "role"),
    [
        ("月", "month", ""),
        ("年月", "month", ""),
        ("Month", "month", ""),
        ("CV目標", "leads", "goal"),
        ("CV目標(件)", "leads", "goal"),
        ("目標リード数", "leads", "goal"),
        ("リード数（目標）", "leads", "goal"),
        ("ﾘｰﾄﾞ数", "leads", ""),
        ("ＣＶ数", "leads", ""),
        ("見込み客数", "leads", ""),
        ("Leads (actual)", "leads", "actual"),
        ("リード数実績", "leads", "actual"),
        ("CV率（％）", "cvr", ""),
        ("CV率%", "cvr", ""),
        ("CVR(訪問→CV)", "cvr", ""),
        ("アクセス数", "visits", ""),
        ("商談数(アポ数)", "meetings", ""),
        ("案件化数(有効商談数)", "opportunities", ""),
        ("売上(千円)", "revenue", ""),
        # What is not known as a whole is not guessed.
        ("リード数(広告)", "", ""),
        ("リード数(%)", "", ""),
        ("累計リード数", "", "other"),
        ("前年リード数", "", "other"),
        ("リード単価", "", ""),
        ("全体売上", "", ""),  # the page's chain starts at the web's revenue
    ],
)
def test_headings(text: str, field: str, role: str) -> None:
    said = headings.understand(text)
    assert (said.field, said.role) == (field, role)


@pytest.mark.parametrize(
    "text",
    ["2026-04", "2026/4", "2026/04/01", "2026年4月", "2026年4月度", "2026.04", "２０２６－０４", "202604", "20260401", "令和8年4月", "R8.4.1", "04/2026",
     "Apr-26", "Apr 2026", "April 2026", "2026 Apr", "2026/04/30 23:59", "2026-04-01T00:00:00Z", "2026/4/1(水)"],
)  # fmt: skip
def test_months(text: str) -> None:
    assert cells.month(text) == APRIL


@pytest.mark.parametrize(
    "text", ["4/5", "04/01/2026", "26-Apr", "26年4月", "2026-13", "2026", "20261301", "", "x", "第1四半期", "1" * 500]
)
def test_what_has_two_readings_or_none_is_no_month(text: str) -> None:
    with pytest.raises(FigureError):
        cells.month(text, APRIL)


@pytest.mark.parametrize(
    ("text", "month"), [("4月", "2026-04"), ("12月", "2026-12"), ("3月", "2027-03"), ("Mar", "2027-03"), ("1", "2027-01")]
)
def test_a_month_alone_is_one_of_the_year_that_begins_in_april(text: str, month: str) -> None:
    assert f"{cells.month(text, APRIL):%Y-%m}" == month
    with pytest.raises(FigureError, match="of which year"):
        cells.month(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,200", 1200), ("１２００", 1200), ("1,200件", 1200), ("1.2万", 12_000), ("12.50", Fraction("12.5")), ("0", 0)],
)
def test_counts(text: str, value: Fraction) -> None:
    assert cells.count(text) == value


@pytest.mark.parametrize("text", ["-5", "▲5", "(5)", "x", "1,20", "5%", "100000001", "1" * 500, "1e3"])
def test_what_is_no_count(text: str) -> None:
    with pytest.raises(FigureError):
        cells.count(text)


PERCENT, MAN_YEN = headings.unit("%"), headings.unit("万円")


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1%", None, "0.01"),
        ("0.01", None, "0.01"),
        ("1", None, "1"),
        ("1", PERCENT, "0.01"),
        ("1%", PERCENT, "0.01"),
        ("１．５", PERCENT, "0.015"),
    ],
)
def test_rates_under_a_heading_with_and_without_percent(text: str, unit: headings.Unit | None, value: str) -> None:
    """docs/contract.md: a bare number is a fraction, 1 is 100 %; CV率(%) says otherwise."""
    assert cells.rate(text, unit) == Fraction(value)


@pytest.mark.parametrize(
    ("text", "unit", "yen"),
    [("1200万円", None, 12_000_000), ("1,200", MAN_YEN, 12_000_000), ("1,200万円", MAN_YEN, 12_000_000), ("1200", None, 1200)],
)
def test_amounts_under_a_heading_with_and_without_unit(text: str, unit: headings.Unit | None, yen: int) -> None:
    assert cells.money(text, unit) == yen


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("20", "20"),
        ("0.01", "0.01"),
        ("1/8", "0.125"),
        ("200/3", "66.66666667"),
        ("1/3000000000", "0"),
        ("100", "100"),
        ("-1/2", "-0.5"),
    ],
)
def test_decimals_without_noise(number: str, text: str) -> None:
    assert cells.decimal(Fraction(number)) == text


# -- the goal screen --------------------------------------------------------

YEAR = [f"2026-{month:02}" for month in range(4, 13)] + ["2027-01", "2027-02", "2027-03"]


def screen(header: str, row: str, months: list[str] = YEAR) -> bytes:
    """A goal screen of which every month has the same row."""
    return "\n".join([header, *(row.replace("M", month) for month in months), ""]).encode()


def said(found: list[Problem]) -> list[tuple[str, int | None]]:
    return [(each.code, each.line) for each in found]


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
        ("en", "utf-8-sig", "\ufeffMonth,CV goal,CV rate,Visits\r\n2026-04,20,1%,2000\r\n".encode()),
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


# -- actuals ----------------------------------------------------------------


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


# -- whatever comes ---------------------------------------------------------

LINES = st.lists(
    st.lists(
        st.sampled_from(["月", "CV目標", "CV率(%)", "訪問数", "段階", "実績", "チャネル", "単位", "受注金額", "リード数", "2026-04", "4月", "Apr-26", "合計", "20", "1%", "-", "万円", '"', "", "=1", "9" * 70, "①", "0"])
        | st.text(max_size=5),
        max_size=6,
    ),
    max_size=6,
)  # fmt: skip
FILES = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.builds(
        lambda header, lines, by, end, codec: end.join(by.join(line) for line in (header, *lines)).encode(codec, "replace"),
        st.sampled_from(
            [
                ["月", "CV目標", "CV率", "訪問数"],
                ["月", "段階", "実績", "チャネル", "単位"],
                ["月", "売上(万円)", "リード数"],
                [],
            ]
        ),
        LINES,
        st.sampled_from(",;\t"),
        st.sampled_from(["\n", "\r\n", "\r"]),
        st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16"]),
    ),
)


@settings(max_examples=examples(60))
@given(FILES, st.sampled_from([None, APRIL]), st.sampled_from([goals.read_goals, actuals.read_actuals]))
def test_no_file_brings_a_reader_down(data: bytes, start: datetime.date | None, read: Callable[..., Goals | Actuals]) -> None:
    with contextlib.suppress(CsvError):
        found = read(data, "a.csv", start)
        assert all(each.to("ja") and each.to("en") for each in (*found.problems, *found.notes))


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
