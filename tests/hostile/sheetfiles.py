"""Hostile files of other kinds: .ods and CSV."""

from __future__ import annotations

import filekinds

from .kinds import READ, REFUSED, kind

GOALS = filekinds.row(filekinds.cell("受注数"), filekinds.cell(3)) + filekinds.row(filekinds.cell("受注率"), filekinds.cell(0.3)) + filekinds.row(filekinds.cell("商談数"), filekinds.cell(10))  # fmt: skip


def ods(rows: str, styles: str = "") -> bytes:
    return filekinds.package(filekinds.content(filekinds.table(GOALS + rows), styles))


@kind("ods: a cell repeated 10^9 times", *REFUSED, *READ, suffix=".ods")
def repeated() -> bytes:
    return ods(filekinds.row(filekinds.cell(1, ' table:number-columns-repeated="1000000000"')))


@kind("ods: a row repeated 10^9 times", *REFUSED, *READ, suffix=".ods")
def repeated_rows() -> bytes:
    return ods(filekinds.row(filekinds.cell(1), more=' table:number-rows-repeated="1000000000"'))


@kind("ods: 10^6 rows of 10^4 cells, repeated", *REFUSED, suffix=".ods")
def repeated_both() -> bytes:
    return ods(filekinds.row(filekinds.cell(1, ' table:number-columns-repeated="10000"'), more=' table:number-rows-repeated="1000000"'))  # fmt: skip


@kind("ods: 300,000 rows", *REFUSED, suffix=".ods")
def rows() -> bytes:
    return ods(filekinds.row(filekinds.cell(1)) * 300_000)


@kind("ods: 500,000 empty cells", *REFUSED, *READ, suffix=".ods")
def empty() -> bytes:
    return ods(filekinds.row(filekinds.cell() * 500_000))


@kind("ods: a paragraph of 300,000 pieces", *REFUSED, *READ, suffix=".ods")
def pieces() -> bytes:
    return ods(filekinds.row("<table:table-cell office:value-type=\"string\"><text:p>" + "a<text:s/>" * 300_000 + "</text:p></table:table-cell>"))  # fmt: skip


@kind("ods: 10^6 blanks, 5,000 times", *REFUSED, *READ, suffix=".ods")
def blanks() -> bytes:
    return ods(filekinds.row("<table:table-cell office:value-type=\"string\"><text:p>" + '<text:s text:c="1000000"/>' * 5000 + "</text:p></table:table-cell>"))  # fmt: skip


@kind("ods: a formula of 2 MB of brackets", *REFUSED, *READ, suffix=".ods")
def formula() -> bytes:
    return ods(filekinds.row(filekinds.cell(1, ' table:formula="of:=' + "[.A1:" * 400_000 + '"')))


@kind("ods: a formula of 2 MB of quotes", *REFUSED, *READ, suffix=".ods")
def quotes() -> bytes:
    return ods(filekinds.row(filekinds.cell(1, " table:formula='of:=" + '"' * 1_000_001 + "['")))


@kind("ods: 100,000 styles, each on the one before", *REFUSED, *READ, suffix=".ods")
def styles() -> bytes:
    made = "".join(f'<style:style style:name="s{n}" style:family="table-cell" style:parent-style-name="s{n - 1}"/>' for n in range(1, 100_000))  # fmt: skip
    return ods("".join(filekinds.row(filekinds.cell(1, f' table:style-name="s{n}"')) for n in range(1, 50_000)), made)


@kind("ods: 500,000 columns with a style, 20,000 cells", *REFUSED, *READ, suffix=".ods")
def columns() -> bytes:
    return filekinds.package(filekinds.content(filekinds.table('<table:table-column table:default-cell-style-name="a"/>' * 200_000 + GOALS + filekinds.row(*[filekinds.cell(1)] * 10_000))))  # fmt: skip


@kind("ods: 100,000 sheets", *REFUSED, *READ, suffix=".ods")
def sheets() -> bytes:
    return filekinds.package(filekinds.content(filekinds.table(GOALS) + "".join(filekinds.table("", f"s{n}") for n in range(100_000))))  # fmt: skip


@kind("ods: 200,000 merged areas", *REFUSED, *READ, suffix=".ods")
def merged() -> bytes:
    return ods(filekinds.row(filekinds.cell(1, ' table:number-rows-spanned="9" table:number-columns-spanned="2"')) * 100_000)


@kind("ods: a number of 10^6 digits", *REFUSED, *READ, suffix=".ods")
def digits() -> bytes:
    return ods(filekinds.row(f'<table:table-cell office:value-type="float" office:value="{"9" * 1_000_000}"/>'))


GOAL_ROWS = "受注数,3\n受注率,30%\n商談数,10\n".encode()


@kind("csv: a line of 15 MB", *REFUSED, suffix=".csv")
def line() -> bytes:
    return GOAL_ROWS + b"x" * 15_000_000


@kind("csv: a line of 50 MB", *REFUSED, suffix=".csv")
def long_line() -> bytes:
    return GOAL_ROWS + b"x" * 50_000_000


@kind("csv: 10^6 quotes", *REFUSED, *READ, suffix=".csv")
def csv_quotes() -> bytes:
    return GOAL_ROWS + b'"' * 1_000_000


@kind("csv: 10^6 quotes and commas", *REFUSED, *READ, suffix=".csv")
def csv_cells() -> bytes:
    return GOAL_ROWS + b'"",' * 1_000_000


@kind("csv: NULs", *REFUSED, suffix=".csv")
def nuls() -> bytes:
    return GOAL_ROWS + bytes(1000)


@kind("csv: 7 million lines", *REFUSED, suffix=".csv")
def lines() -> bytes:
    return GOAL_ROWS + b"a\n" * 7_000_000


@kind("csv: 10 MB of blank lines", *REFUSED, *READ, suffix=".csv")
def blank_lines() -> bytes:
    return b"\n" * 10_000_000 + GOAL_ROWS


@kind("csv: 10 MB of blanks above", *REFUSED, *READ, suffix=".csv")
def csv_blanks() -> bytes:
    return b" " * 10_000_000 + GOAL_ROWS


@kind("csv: 19,000 rows of 900 cells", *REFUSED, suffix=".csv")
def cells() -> bytes:
    return GOAL_ROWS + (b"1," * 450 + b"\n") * 19_000


@kind("csv: a figure of 10^6 digits", *REFUSED, *READ, suffix=".csv")
def figure() -> bytes:
    return GOAL_ROWS + "リード数,".encode() + b"9" * 120_000 + b"\n"


@kind("csv: 10,000 formulas of 10,000 brackets", *REFUSED, *READ, suffix=".csv")
def formulas() -> bytes:
    return GOAL_ROWS + (b"=" + b"(" * 1500 + b"\n") * 5_000
