"""Goal sheets that were never ours, in every kind of file: read by labels, checked, and taken as plans."""

from __future__ import annotations

import functools
import io
import random
import zipfile
from typing import Any

import sweep_strangers

from kgisheet import api
from kgisheet.values.a1 import column_number

from . import damage
from .trial import Answer, Trial, of_report

Cells = dict[str, Any]

WORDS = [
    "",
    "合計",
    "リード数",
    "受注率",
    "CVR",
    "4月",
    "1月",
    "2026年度",
    "件",
    "%",
    "￥",
    "△",
    "(",
    "約",
    "〜",
    "↑",
    "※",
    "=",
    "100%",
    "-",
    "#REF!",
    "∞",
    "½",
    "０",
    "十",
    "1.2.3",
    "1/2",
    "12:30",
    "2026-04-01",
    "\u3000",
    "\u202e",
    "\U0001f4c8",
    "a" * 300,
]
FORMULAS = [
    "=SUM(A1:Z99)",
    "=A1",
    "=1/0",
    "=B2*C3",
    "=SUM(B2:B9)+1",
    "=ROUNDUP(B3/B4,0)",
    "=IF(B2>1,B3,B4)",
    "=NoSuch!A1",
    "={1,2}",
    "=(((",
    "=SUMPRODUCT(B2:B9,C2:C9)",
    '=B2&"件"',
    "=B5%",
    "=-B3^2",
    '=INDIRECT("B2")',
]


@functools.cache
def known() -> tuple[tuple[str, Cells], ...]:
    """Strangers' sheets, each as it is described."""
    found = []
    for entry in sweep_strangers.entries():
        sheet = next(iter(entry["sheets"].values()))
        found.append(
            (entry["name"], {where: held[0] if isinstance(held, list) else held for where, held in sheet["cells"].items()})
        )
    return tuple(found)


def trial(pick: random.Random) -> Trial:
    _, cells = pick.choice(known())
    made, kind = dict(cells), "as it is"
    for _ in range(pick.choice((0, 1, 1, 2, 4, 12))):
        _change(pick, made)
        kind = "cells"
    suffix = pick.choices(("csv", "tsv", "xlsx", "ods"), (4, 2, 5, 3))[0]
    data = FILES[suffix](made)
    if pick.random() < 0.25:
        data, kind = damage.bytes_of(pick, data, 3), "bytes"
    name = f"goal.{suffix}"
    command = pick.choices(("check", "extract", "show"), (6, 2, 1))[0]
    return Trial(f"{kind} of .{suffix}, {command}", {name: data}, lambda: asked(command, data, name))


def asked(command: str, data: bytes, name: str) -> Answer:
    if command == "check":
        return of_report(api.check(data, name))
    if command == "show":
        return Answer("ok", api.records_of_book(data, name))
    made = api.extract_by_labels(data, name)
    return Answer("ok", (made.plan, made.problems))


def _change(pick: random.Random, cells: Cells) -> None:
    if not cells:
        return
    one, other = pick.choice(list(cells)), pick.choice(list(cells))
    how = pick.randrange(9)
    if how == 0:
        del cells[one]
    elif how == 1:
        cells[one], cells[other] = cells[other], cells[one]
    elif how == 2:
        cells[one] = pick.choice(WORDS)
    elif how == 3:
        cells[one] = pick.choice(damage.EXTREME)
    elif how == 4:
        cells[one] = pick.choice((0, -1, 1e308, 1e-308, 1e15, 3.3333333333333335, 10**20, True))
    elif how == 5:
        cells[one] = pick.choice(FORMULAS)
    elif how == 6:
        cells[one] = f"{cells[one]}{pick.choice(WORDS)}"
    elif how == 7:
        cells[one] = damage.bytes_of(pick, str(cells[one]).encode(), 1).decode("utf-8", "replace")
    else:
        cells[pick.choice(("A1", "B2", "Z99", "XFD1048576", "AA1", "B3", "C4"))] = cells[one]


# -- the same cells as files ----------------------------------------------------------


def _rows(cells: Cells) -> list[list[Any]]:
    found: dict[tuple[int, int], Any] = {}
    for where, value in cells.items():
        letters = where.rstrip("0123456789")
        column = column_number(letters) + 1
        if column < 60 and int(where[len(letters) :]) < 200:
            found[int(where[len(letters) :]), column] = value
    width = max((column for _, column in found), default=0)
    return [
        [found.get((row, column), "") for column in range(1, width + 1)]
        for row in range(1, max((row for row, _ in found), default=0) + 1)
    ]


def _separated(cells: Cells, by: str) -> bytes:
    def quoted(value: Any) -> str:
        text = str(value)
        return '"' + text.replace('"', '""') + '"' if any(each in text for each in (by, '"', "\n", "\r")) else text

    return "\r\n".join(by.join(map(quoted, row)) for row in _rows(cells)).encode("utf-8", "replace")


def _text(value: Any) -> str:
    said = "".join(
        each if each in "\t\n\r" or (each >= " " and each not in "\ufffe\uffff" and not "\ud800" <= each <= "\udfff") else "?"
        for each in str(value)
    )
    return said.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _xlsx(cells: Cells) -> bytes:
    rows: dict[int, list[str]] = {}
    for where, value in cells.items():
        row = int(where.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            cell = f'<c r="{where}"><v>{value!r}</v></c>'
        elif str(value).startswith("="):
            cell = f'<c r="{where}"><f>{_text(str(value)[1:])}</f></c>'
        else:
            cell = f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
        rows.setdefault(row, []).append(cell)
    sheet = "".join(f'<row r="{row}">{"".join(rows[row])}</row>' for row in sorted(rows))
    return damage.packed(
        {
            **_AROUND,
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>'.encode(),
        }
    )


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_AROUND = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/></Types>'
    ).encode(),
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="目標" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
}


def _ods(cells: Cells) -> bytes:
    def cell(value: Any) -> str:
        if value == "":
            return "<table:table-cell/>"
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return f'<table:table-cell office:value-type="float" office:value="{value!r}"><text:p>{value!r}</text:p></table:table-cell>'
        formula = f' table:formula="of:{_text(value)}"' if str(value).startswith("=") else ' office:value-type="string"'
        return f"<table:table-cell{formula}><text:p>{_text(value)}</text:p></table:table-cell>"

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in _rows(cells))
    names = "".join(f' xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table", "text"))
    content = f'<office:document-content{names}><office:body><office:spreadsheet><table:table table:name="目標">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", content.encode())
    return out.getvalue()


FILES = {"csv": lambda cells: _separated(cells, ","), "tsv": lambda cells: _separated(cells, "\t"), "xlsx": _xlsx, "ods": _ods}
