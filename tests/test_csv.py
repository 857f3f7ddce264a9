"""CSV files from outside: how they are encoded, parted and lined; the goal screen and actuals in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgisheet.csvs import coding, table
from kgisheet.errors import CsvError, KgisheetError, Problem


def refusal(read: object, *args: object) -> Problem:
    """The one problem that a file is refused with."""
    with pytest.raises(CsvError) as refused:
        read(*args)  # type: ignore[operator]
    (problem,) = refused.value.problems
    return problem


def test_a_file_that_can_not_be_read_is_exit_3() -> None:
    assert issubclass(CsvError, KgisheetError)
    assert CsvError.exit_code == 3  # SPEC, exit codes: 3, a file that could not be read


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


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_is_written_in_utf_8_is_read_again(rows: list[tuple[str, str]]) -> None:
    lines = [("月", "名"), *rows]
    assert [each.cells for each in table.read(table.write(lines, "utf-8-sig"), "a.csv").records] == lines
