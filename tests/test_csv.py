"""CSV files from outside: how they are encoded, parted and lined; the goal screen and actuals in them."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable
from fractions import Fraction

import pytest
from conftest import examples
from csvs import APRIL, refusal
from hypothesis import given, settings
from hypothesis import strategies as st

from kgisheet.csvio import actuals, cells, coding, goals, headings, table
from kgisheet.csvio.actuals import Actuals
from kgisheet.csvio.goals import Goals
from kgisheet.errors import CsvError, KgisheetError
from kgisheet.values.amounts import FigureError


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
