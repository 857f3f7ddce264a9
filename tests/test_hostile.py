"""Workbooks that try something (ATTACKS): refused in words, or checked with a finding at the cell; never a traceback."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
import stored
from conftest import page_and_months, page_only
from seeding import package

from kgisheet import api

NAMES, TEXTS = "xl/workbook.xml", "xl/sharedStrings.xml"
GOALS = package.part_of(package.unpacked(page_only()), "目標設定")
PRICE = stored.places(page_only())["deal_size"][1]
FIRST = package.formula_cells(package.unpacked(page_only()), "目標設定")[0]
"""The part of the goal sheet, the cell of the deal size, and that of the first formula."""
END = b"</sheetData>"


def patched(part: str, edit: Callable[[bytes], bytes], data: bytes | None = None) -> bytes:
    """The worked example's page, or another workbook, with one part edited as bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or page_only())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                edited = edit(content)
                assert edited != content
                content = edited
            target.writestr(name, content)
    return out.getvalue()


def rows(xml: bytes) -> bytes:
    """More rows at the end of the goal sheet."""
    return patched(GOALS, lambda part: part.replace(END, xml + END))


def price(value: str, kind: str = "") -> bytes:
    """Another stored value for the deal size."""
    return patched(
        GOALS, lambda part: part.replace(b"<v>4000000</v>", f"<v>{value}</v>".encode()).replace(f'<c r="{PRICE}" '.encode(), f'<c r="{PRICE}" {kind} '.encode())
    )  # fmt: skip


def formula(before: str, after: str) -> bytes:
    """Something around the first formula of the goal sheet."""
    return patched(
        GOALS, lambda part: part.replace(b"<f>", b"<f>" + before.encode(), 1).replace(b"</f>", after.encode() + b"</f>", 1)
    )


REFUSED = {
    "a row numbered 10^12": (rows(b'<row r="1000000000000"><c r="A1"><v>1</v></c></row>'), "a row that no sheet has"),
    "a cell beyond the last column": (rows(b'<row r="900"><c r="XFE900"><v>1</v></c></row>'), "a cell that no sheet has"),
    "100,000 nested tags": (rows(b"<x>" * 100_000 + b"</x>" * 100_000), "nested too deeply"),
    "a DOCTYPE behind a long comment": (
        patched(GOALS, lambda part: part.replace(b"<worksheet", b"<!--" + b"x" * 9000 + b'--><!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)),
        "a DOCTYPE",
    ),
    "220,000 rows": (
        rows(b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(100, 220_100))), "too many cells",
    ),
    "a part that compresses 250 times": (
        patched(TEXTS, lambda part: part.replace(b"</sst>", b"<si><t>a</t></si>" * 1_700_000 + b"</sst>")), "too large",
    ),
    "no XML": (patched(GOALS, lambda _: b"<a"), "can't be read"),
    "an empty part": (patched(GOALS, lambda _: b""), "can't be read"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_words(what: str) -> None:
    data, says = REFUSED[what]
    report = api.check(data, "book.xlsx")
    assert report.status == "unreadable"
    assert report.problem is not None
    assert says in report.problem.to("en")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (price("NaN"), "I07"),
        (price("INF"), "I07"),
        (price("1e999"), "I07"),
        (price("9" * 5000), "I07"),
        (price("abc"), "I01"),
        (price("999999", 't="s"'), "I10"),  # a text that is not there
        (price("４００００００"), "I01"),
    ],
)
def test_rubbish_in_a_cell_is_one_finding_there_and_the_rest_is_checked(data: bytes, code: str) -> None:
    report = api.check(data, "book.xlsx")
    grave = [(each.code, each.cell) for each in report.findings if each.severity != "note"]
    assert (grave, report.formulas) == ([(code, PRICE)], api.check(page_only(), "clean.xlsx").formulas)


def test_rubbish_on_the_page_is_one_finding_in_a_workbook_with_all_its_months_too() -> None:
    data = page_and_months()
    goals = package.part_of(package.unpacked(data), "目標設定")
    price_gone = patched(goals, lambda part: part.replace(b"<v>4000000</v>", b"<v>NaN</v>"), data)
    report = api.check(price_gone, "book.xlsx")
    grave = [(each.code, each.cell) for each in report.findings if each.severity != "note"]
    assert (grave, report.formulas > 500) == ([("I07", PRICE)], True)


@pytest.mark.parametrize(
    "around", [("", "+1" * 4000), ("(" * 500, ")" * 500), ("-" * 5000, ""), ("", "%" * 5000), ("SUM(BA1:XFD1048576)+" * 2, "")]
)
def test_a_formula_without_measure_is_not_evaluated_and_never_ok(around: tuple[str, str]) -> None:
    report = api.check(formula(*around), "book.xlsx")
    assert (report.status, [each.cell for each in report.unchecked]) == ("incomplete", [FIRST])


def test_a_formula_over_the_whole_sheet_counts_itself() -> None:
    report = api.check(formula("SUM(A1:XFD1048576)+", ""), "book.xlsx")
    assert [each.code for each in report.findings if each.cell == FIRST] == ["F08"]


@pytest.mark.parametrize("around", [("9^9^9^9+", ""), ("1.0000001^9999999999+", ""), ("1/0+", "")])
def test_a_formula_with_no_end_of_digits_is_an_error_there(around: tuple[str, str]) -> None:
    report = api.check(formula(*around), "book.xlsx")
    assert {each.cell for each in report.findings if each.severity == "error"} <= {FIRST, "E1"}
    assert report.status == "findings"


def test_a_far_cell_twenty_thousand_shared_formulas_and_whole_columns_said_hidden_are_no_burden() -> None:
    shared = b"".join(
        b'<row r="%d"><c r="AZ%d"><f t="shared" si="7"%s<v>0</v></c></row>'
        % (n, n, b' ref="AZ100:AZ20100">A1+B2*C3</f>' if n == 100 else b"/>")
        for n in range(100, 20_100)
    )
    assert api.check(rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "x").status == "ok"
    assert api.check(rows(shared), "x").formulas == 20_000 + api.check(page_only(), "x").formulas
    hidden = b'<cols><col min="1" max="16384" hidden="1"/></cols>' * 1000
    found = api.check(patched(GOALS, lambda part: part.replace(b"<sheetData>", hidden + b"<sheetData>")), "x")
    assert [each.code for each in found.findings if each.severity == "warning"] == ["S05"]


def test_a_merge_over_the_whole_sheet_is_one_finding() -> None:
    merges = b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 500 + b"</mergeCells>"
    report = api.check(patched(GOALS, lambda part: part.replace(END, END + merges)), "x")
    assert [each.code for each in report.findings if each.severity == "error"] == ["S06"]


def test_names_of_parts_that_differ_only_in_case_are_the_same_part() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(page_only())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name.replace("sharedStrings", "SharedStrings").replace("sheet2", "Sheet2"), source.read(name))
    assert api.check(out.getvalue(), "x").status == "ok"
