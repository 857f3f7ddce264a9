"""A workbook as other kinds of files have it: an .ods as an office writes it, and the CSV of its first sheet, as it is shown.

Written from what the reader of .xlsx gives, without any office: `sweep_filekinds.py` has LibreOffice do the same.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from fractions import Fraction
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kgisheet.formula.grid import Sheets, held
from kgisheet.formula.nodes import ErrorValue
from kgisheet.xlsx.read.reader import Filled, Read, read

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for each, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"), ("draw", "drawing")
    )
)  # fmt: skip
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def package(content: str, *, styles: str = "", first: str = "mimetype", **parts: bytes) -> bytes:
    """An .ods of its content's XML; ``parts`` by their names, with ``_`` for the dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        if first:
            target.writestr(zipfile.ZipInfo(first), SPREADSHEET)  # not compressed, as the standard asks
        target.writestr("content.xml", content)
        if styles:
            target.writestr("styles.xml", styles)
        target.writestr("META-INF/manifest.xml", "<manifest/>")
        for name, data in parts.items():
            target.writestr(name.replace("_", "."), data)
    return out.getvalue()


def content(body: str, styles: str = "") -> str:
    """``content.xml`` with the tables, and with the styles of its own."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} {_CALC} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def table(rows: str, title: str = "Sheet1") -> str:
    return f'<table:table table:name="{title}">{rows}</table:table>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def cell(value: Any = None, more: str = "") -> str:
    """A cell with a number or a text, and attributes of its own."""
    if value is None:
        return f"<table:table-cell{more}/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"{more}><text:p>{escape(value)}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}"{more}><text:p>{value}</text:p></table:table-cell>'
    )


def ods_of(*rows: list[Any]) -> bytes:
    """An .ods whose one sheet has these rows."""
    return package(content(table("".join(row(*(cell(each) for each in values)) for values in rows))))


# -- a whole workbook as .ods -------------------------------------------------------------


def ods(data: bytes) -> bytes:
    """The workbook as .ods."""
    book = read(data, "x.xlsx")
    formats = {each.format for each in book.cells.values()}
    styles = {code: f"ce{at}" for at, code in enumerate(sorted(formats))}
    written = "".join(_style(f"N{at}", code, f"ce{at}") for at, code in enumerate(sorted(formats)))
    return package(content("".join(_table(book, sheet.title, styles) for sheet in book.sheets), written))


def _style(number: str, code: str, name: str) -> str:
    kind = "percentage" if "%" in code else "date" if re.search("[ymd]", code) else "number"
    if kind == "date":
        inside = '<number:year number:style="long"/><number:text>/</number:text><number:month/><number:text>/</number:text><number:day/>'
    else:
        match = re.fullmatch(r'(?:"([^"]*)"|\\(.)|([$¥]))?(General|[#0,.]+)(%)?(?:"([^"]*)")?', code)
        assert match, code
        before, digits = match[1] or match[2] or match[3] or "", match[4]
        places = len(digits.partition(".")[2])
        said = (
            ""
            if digits == "General"
            else f' number:decimal-places="{places}"' + (' number:grouping="true"' if "," in digits else "")
        )
        after = match[5] or match[6] or ""
        inside = f'<number:text>{before}</number:text><number:number number:min-integer-digits="1"{said}/><number:text>{after}</number:text>'
    return (
        f'<number:{kind}-style style:name="{number}">{inside}</number:{kind}-style>'
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="{number}"/>'
    )


def _table(book: Read, title: str, styles: dict[str, str]) -> str:
    cells = {where[1:]: each for where, each in book.cells.items() if where[0] == title}
    merged = {area[:2]: area for sheet in book.sheets if sheet.title == title for area in sheet.merged}
    rows, next_row = [], 0
    for at in sorted({row for row, _ in cells}):
        if at > next_row:
            rows.append(
                row(cell(more=' table:number-columns-repeated="16384"'), more=f' table:number-rows-repeated="{at - next_row}"')
            )
        line, next_col = "", 0
        for col in sorted(col for row_, col in cells if row_ == at):
            if col > next_col:
                line += cell(more=f' table:number-columns-repeated="{col - next_col}"')
            line += _cell(cells[at, col], styles, merged.get((at, col)))
            next_col = col + 1
        rows.append(row(line))
        next_row = at + 1
    rows.append(
        row(cell(more=' table:number-columns-repeated="16384"'), more=f' table:number-rows-repeated="{1_048_576 - next_row}"')
    )
    return table("".join(rows), title.replace("&", "&amp;"))


def _cell(filled: Filled, styles: dict[str, str], area: tuple[int, int, int, int] | None) -> str:
    more = f' table:style-name="{styles[filled.format]}"'
    if area is not None:
        more += f' table:number-rows-spanned="{area[2] - area[0] + 1}" table:number-columns-spanned="{area[3] - area[1] + 1}"'
    if filled.formula is not None:
        more += f" table:formula={quoteattr('of:' + opened(filled.formula))}"
    value = filled.value
    if isinstance(value, datetime.datetime):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"{more}/>'
    if isinstance(value, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"{more}/>'
    return cell(value, more)


_REFERENCE = re.compile(
    r"\"(?:[^\"]|\"\")*\"|(?:(?P<sheet>'(?:[^']|'')+'|[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)!)?"
    r"(?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?(?![\w(])|,"
)


def opened(formula: str) -> str:
    """A formula as OpenFormula writes it."""

    def token(match: re.Match[str]) -> str:
        if match[0].startswith('"'):
            return match[0]
        if match[0] == ",":
            return ";"
        sheet = f"${match['sheet']}" if match["sheet"] else ""
        return f"[{sheet}.{match['first']}" + (f":.{match['last']}]" if match["last"] else "]")

    return _REFERENCE.sub(token, formula)


# -- a sheet as CSV ------------------------------------------------------------------------


def csv_of(data: bytes, encoding: str = "utf-8") -> bytes:
    """The first sheet as CSV: what its cells show, in as many columns as it has."""
    book = read(data, "x.xlsx")
    title = book.sheets[0].title
    formulas = {where: each.formula for where, each in book.cells.items() if each.formula}
    sheets = Sheets(formulas, {where: held(each.value) for where, each in book.cells.items() if not each.formula}, book.names)
    shown = {where[1:]: _shown(each, sheets.value(where)) for where, each in book.cells.items() if where[0] == title}
    height, width = max(row for row, _ in shown) + 1, max(col for _, col in shown) + 1
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(
        [shown.get((row, col), "") for col in range(width)] for row in range(height)
    )
    return out.getvalue().encode(encoding)


def _shown(filled: Filled, value: Any) -> str:
    if isinstance(filled.value, datetime.datetime):
        return f"{filled.value:%Y/%m/%d}"
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, bool) or not isinstance(value, Fraction):
        return str(value if value is not None else "")
    code = filled.format
    if code == "General":
        return f"{float(value):.10g}"
    match = re.fullmatch(r'(?:"([^"]*)"|\\(.)|([$¥]))?([#0,.]+)(%)?(?:"([^"]*)")?', code)
    assert match, code
    places = len(match[4].partition(".")[2])
    number = value * 100 if match[5] else value
    rounded = (abs(number) * 10**places + Fraction(1, 2)).__floor__()  # half up, as spreadsheets show it
    digits = f"{Fraction(rounded, 10**places).__float__():{',' if ',' in match[4] else ''}.{places}f}"
    return f"{'-' if number < 0 else ''}{match[1] or match[2] or match[3] or ''}{digits}{match[5] or ''}{match[6] or ''}"
