"""Workbooks made cell by cell, as bytes: one of ours with more cells on it, or a goal sheet that a person typed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from conftest import page_only
from seeding import package

Content = str | int | float
"""What a cell holds: a number, a text, or a formula (``=…``), which has no cached value."""

GOALS = {"A1": "Web売上目標", "A2": "受注件数", "B2": 3, "A3": "受注率", "B3": 0.3, "A4": "商談数", "B4": 10, "A5": "商談化率", "B5": 0.5,
         "A6": "リード数", "B6": 20, "A7": "CV率", "B7": 0.01, "A8": "訪問数", "B8": 2000}  # fmt: skip
"""A goal sheet in which every figure agrees."""

_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: Mapping[str, str | bytes] | Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how, compresslevel=1) as target:  # small enough to be looked into
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def _cell(at: str, content: Content) -> str:
    if isinstance(content, str):
        if content.startswith("="):
            return f'<c r="{at}"><f>{escape(content[1:])}</f></c>'
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(content)}</t></is></c>'
    return f'<c r="{at}"><v>{content}</v></c>'


def rows(cells: Iterable[tuple[str, Content]]) -> str:
    """The rows of some cells; those of one row follow one another."""
    found: dict[str, list[str]] = {}
    for at, content in cells:
        found.setdefault(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), []).append(_cell(at, content))
    return "".join(f'<row r="{row}">{"".join(each)}</row>' for row, each in found.items())


def typed(cells: Mapping[str, Content], *sheets: Mapping[str, Content], names: str = "") -> bytes:
    """A goal sheet that was typed by hand, with more cells on it and more sheets behind it."""
    pages = [{**GOALS, **cells}, *sheets]
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(pages) + 1)
    )
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{kinds}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{_OFFICE}"><sheets>'
            + "".join(f'<sheet name="Sheet{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(pages) + 1))
            + f"</sheets>{names}</workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">'
            + "".join(f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(pages) + 1))
            + "</Relationships>",
            **{f"xl/worksheets/sheet{n}.xml": _SHEET.format(rows(page.items())) for n, page in enumerate(pages, 1)},
        }
    )  # fmt: skip


def ours(cells: Mapping[str, Content], first: str = "") -> bytes:
    """The worked example's page with more cells below it (from row 300 on), or something in front of its first formula."""
    parts = package.unpacked(page_only())
    goals = package.part_of(parts, "目標設定")
    text = parts[goals].decode()
    if first:
        text = re.sub("<f>", lambda _: f"<f>{escape(first)}", text, count=1)
    parts[goals] = text.replace("</sheetData>", f"{rows(cells.items())}</sheetData>").encode()
    return packed(parts)
