"""The checker's own evaluator against LibreOffice, and what a formula says in another cell."""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
import referee

from kgisheet.formula.grid import Sheets, held
from kgisheet.formula.shift import relative, shifted
from kgisheet.formula.values import NotEvaluatedError
from kgisheet.xlsx.read.reader import read

# A1:A5 numbers, B1:B5 texts and blanks, C1:C5 rates.
GRID = {
    "A1": 10, "A2": 20, "A3": 30, "A4": 20, "A5": -7.5, "B1": "広告", "B2": "展示会", "B3": "広告", "B5": "3", "C1": 0.25, "C2": 0.5,
    "C3": 0.1, "C4": 0.15, "C5": 1,
}  # fmt: skip
FORMULAS = [
    "1+2*3", "-2^2", "2^-1", "50%", "-50%*2", '"a"&1', "1=1", '"a"="A"', "A1<>A2", "B4=0", 'B4=""', "B5+1", "10/4", "7-10-3",
    "2^3^2", "(1+2)*3", "1E3+.5", "SUM(A1:A5)", "SUM(A1:A5,100)", "SUM(B1:B5)", "SUM(A1,A3)", "SUM(1,TRUE)", "AVERAGE(A1:A5)",
    "COUNT(A1:B5)", "COUNTA(A1:B5)", "COUNTBLANK(B1:B5)", 'COUNTIF(B1:B5,"広告")', 'COUNTIF(A1:A5,">15")', 'COUNTIF(B1:B5,"広*")',
    'SUMIF(B1:B5,"広告",A1:A5)', 'SUMIFS(A1:A5,B1:B5,"広告",A1:A5,">10")', 'COUNTIFS(A1:A5,">=20",C1:C5,"<0.5")',
    'AVERAGEIF(A1:A5,">0")', "MEDIAN(A1:A5)", "MEDIAN(A1:A4)", "LARGE(A1:A5,2)", "SMALL(A1:A5,1)", "MIN(A1:A5)", "MAX(A1:A5)",
    "PRODUCT(A1:A3)", "PRODUCT(B1:B4)", "SUMPRODUCT(A1:A5,C1:C5)", "SUMPRODUCT((A1:A5>10)*C1:C5)", "SUMPRODUCT(A1:A5*2)", "SUMPRODUCT(-(A1:A5))",
    "ROUND(2.5,0)", "ROUND(-2.5,0)", "ROUND(66.666,1)", "ROUNDUP(66.000001,0)", "ROUNDUP(-1.2,0)", "ROUNDDOWN(-1.8,0)",
    "ROUND(1234,-2)", "TRUNC(-1.8)", "INT(-1.2)", "CEILING(7,3)", "FLOOR(7,3)", "MROUND(10,4)", "QUOTIENT(-7,2)", "MOD(-7,3)",
    "EVEN(3)", "ODD(2)", "ISEVEN(4)", "ISODD(4)", "ABS(-3)", "SIGN(-3)", "SQRT(16)", "POWER(2,10)", "LOG10(1000)", "LOG(8,2)",
    'IF(A1>5,"大","小")', "IF(A1>50,1)", "IF(FALSE,1,)", "AND(A1>5,A2>5)", "OR(A1>50,A2>50)", "NOT(TRUE)", "XOR(TRUE,TRUE)",
    "IFERROR(1/0,9)", "IFERROR(A1,9)", "IFNA(NA(),3)", "CHOOSE(2,1/0,A2)", "IFS(A1>50,1,A1>5,2)", 'SWITCH(A1,10,"x","y")',
    "INDEX(A1:A5,3)", "INDEX(A1:C5,2,3)", "MATCH(20,A1:A5,0)", "MATCH(0.3,C3:C3,1)", 'VLOOKUP("展示会",B1:C5,2,FALSE)',
    'LEFT("訪問数",2)', 'RIGHT("訪問数",1)', 'MID("訪問数",2,1)', 'LEN("訪問数")', 'TRIM("  a  b ")', 'SUBSTITUTE("aXbX","X","-")',
    'UPPER("ab")', 'EXACT("a","A")', 'VALUE("12.5")', "FIXED(1234.5,1)", "FIXED(1234.5,0,TRUE)", 'CONCATENATE("a",1)',
    "YEAR(DATE(2026,4,1))", "MONTH(EDATE(DATE(2026,1,31),1))", "DAY(EOMONTH(DATE(2026,2,1),0))", "N(DATE(2026,14,1))",
    "ISNUMBER(A1)", "ISTEXT(B1)", "ISBLANK(B4)", "ISERROR(1/0)", "N(B1)", "ROWS(A1:C5)", "COLUMNS(A1:C5)", "SUBTOTAL(9,A1:A5)",
]  # fmt: skip
ERRORS = {
    "1/0": "#DIV/0!", 'B1+1': "#VALUE!", "nothing_named": "#NAME?", "NOSUCH(1)": "#NAME?", "#REF!+1": "#REF!", "SQRT(-1)": "#NUM!",
    "MATCH(99,A1:A5,0)": "#N/A", "SUM(A1,1/0)": "#DIV/0!", "AVERAGE(B1:B4)": "#DIV/0!", "INDEX(A1:A5,9)": "#REF!",
    "#REF!A1*2": "#REF!", "SUM(#REF!$A$1:$B$2)": "#REF!", "'My sheet'!#REF!+A1": "#REF!", "#REF!#REF!": "#REF!", "#ref!a1": "#REF!",
}  # fmt: skip


def ours(formulas: list[str]) -> Sheets:
    constants = {}
    for where, value in GRID.items():
        constants["s", int(where[1:]) - 1, ord(where[0]) - 65] = held(value)
    return Sheets({("s", row, 4): text for row, text in enumerate(formulas)}, constants, {})


@pytest.mark.office
def test_each_formula_gives_what_libreoffice_gives(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "s"
    for where, value in GRID.items():
        sheet[where] = value
    for row, text in enumerate(FORMULAS, 1):
        # Functions that came after 2007 have a prefix in files.
        sheet.cell(row, 5, "=" + re.sub(r"\b(XOR|IFNA|IFS|SWITCH)\(", r"_xlfn.\1(", text))
    workbook.save(tmp_path / "in.xlsx")
    (made,) = referee.convert([tmp_path / "in.xlsx"], "xlsx", tmp_path / "out")
    theirs = openpyxl.load_workbook(io.BytesIO(made.read_bytes()), data_only=True)["s"]
    found = ours(FORMULAS)
    different = []
    for row, text in enumerate(FORMULAS):
        value, other = found.value(("s", row, 4)), theirs.cell(row + 1, 5).value
        if isinstance(value, Fraction):
            value = float(value)
        if not referee.same(value, other):
            different.append((text, value, other))
    assert different == []


@pytest.mark.parametrize("text", ERRORS)
def test_errors_are_values(text: str) -> None:
    value = ours([text]).value(("s", 0, 4))
    assert getattr(value, "text", value) == ERRORS[text]


@pytest.mark.parametrize("text", ["A1:A5*2", "RANDARRAY(1)", "SUM(A1:A5*2)", "[1]Sheet1!A1+1", "{1,2}", "A1:A5", "Table1[x]"])
def test_what_programs_take_differently_is_never_evaluated(text: str) -> None:
    with pytest.raises(NotEvaluatedError):
        ours([text]).value(("s", 0, 4))


@pytest.mark.parametrize(
    ("formula", "rows", "cols", "there"),
    [
        ("A1+$A1+A$1+$A$1", 2, 1, "B3+$A3+B$1+$A$1"),
        ("SUM(B2:C3)", 1, 0, "SUM(B3:C4)"),
        ("'A1'!A1&\"A1\"", 1, 1, "'A1'!B2&\"A1\""),
        ("LOG10(A1)+won_deals1", 1, 0, "LOG10(A2)+won_deals1"),
        ("SUM(A:A)+SUM(3:4)", 1, 2, "SUM(C:C)+SUM(4:5)"),
        ("A1", -1, 0, "#REF!"),
    ],
)
def test_a_shared_formula_reads_as_it_would_in_each_cell(formula: str, rows: int, cols: int, there: str) -> None:
    assert shifted(formula, rows, cols) == there


@pytest.mark.parametrize(
    "formula", ["A1+$A1+A$1+$A$1", "SUM(B2:C3)", "'A1'!A1&\"A1\"", "LOG10(A1)+won_deals1", "SUM(A:A)+SUM(3:4)"]
)
def test_copies_of_one_formula_lie_alike_and_others_do_not(formula: str) -> None:
    lying = relative(formula, 0, 0)
    assert relative(shifted(formula, 2, 1), 2, 1) == lying  # copied from A1 to B3
    assert relative(formula, 2, 1) != lying  # typed into B3 as it is in A1: other cells, seen from there


def test_a_workbook_with_shared_formulas_is_read_cell_by_cell(tmp_path: Path) -> None:
    # Three cells of a column, written once: as Excel saves a formula that was filled down.
    workbook = openpyxl.Workbook()
    workbook.save(tmp_path / "in.xlsx")
    with zipfile.ZipFile(tmp_path / "in.xlsx") as source, zipfile.ZipFile(tmp_path / "out.xlsx", "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                rows = b"".join(
                    b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><f t="shared" si="0"%s</c></row>'
                    % (n, n, n, n, b' ref="B1:B3">A1*$A$1</f>' if n == 1 else b"/>")
                    for n in (1, 2, 3)
                )
                part = part.replace(b"<sheetData></sheetData>", b"<sheetData>" + rows + b"</sheetData>")
                assert rows in part
            target.writestr(name, part)
    cells = read((tmp_path / "out.xlsx").read_bytes(), "out.xlsx").cells
    assert [cells["Sheet", row, 1].formula for row in range(3)] == ["=A1*$A$1", "=A2*$A$1", "=A3*$A$1"]
