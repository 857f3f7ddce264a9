"""Files of which every text would steer a terminal: workbooks, plans, templates, CSV files, and their names."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

from conftest import ROOT

from . import books

MARKS = "\u009b31m\u202e\u2066\u200f\u0085"
"""What a TOML, an XML and a name can hold: C1 controls and marks of the writing direction."""
STORED = f"{MARKS}_x001B_[2J_x0007_"
"""In a workbook escape sequences too, as such files write controls."""
TYPED = "\u202e\u2066\u200f"
"""In a plan: controls are refused there."""
NAME = f"a{MARKS}\x1b[2J\u3000b"

_QUOTED = re.compile(r'(?m)^(\s*(?:title|owner|name|note)\s*=\s*"[^"]*)"')
_LABELS = re.compile(r'((?:ja|en) = "[^"{}\[]+)"')


def plan(name: str = "low-price", marks: str = TYPED) -> bytes:
    """A plan whose title, owner and channels carry marks; with MARKS it is refused."""
    text = (ROOT / "samples" / f"{name}.toml").read_text(encoding="utf-8")
    return _QUOTED.sub(rf'\1{marks}"', text).encode()


def template(marks: str = TYPED) -> bytes:
    """A template whose labels and hints carry marks."""
    text = (ROOT / "samples" / "inside-sales" / "template.toml").read_text(encoding="utf-8")
    return _LABELS.sub(rf'\1{marks}"', text).encode()


def workbook(data: bytes) -> bytes:
    """A workbook whose long texts and titles of sheets carry marks; not what the hidden sheet carries."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        shown = re.findall(r'<sheet name="([^"]*)" sheetId="\d+" r:id', source.read("xl/workbook.xml").decode())
        for name in source.namelist():
            content = source.read(name).decode()
            if name == "xl/sharedStrings.xml":
                content = re.sub(r"(<t[^>]*>[^<]{4,200}[^<\x00-\x7f][^<]*)</t>", rf"\1{STORED}</t>", content)
            for title in shown if name.startswith("xl/") else ():
                content = content.replace(f' name="{title}"', f' name="{title}{MARKS}"').replace(
                    f"'{title}'!", f"'{title}{MARKS}'!"
                )
            target.writestr(name, content)
    return out.getvalue()


def ours() -> bytes:
    """A workbook of ours made from the plan with marks, with a figure typed over a formula."""
    from kgisheet import api

    made = api.workbook(api.plan_from_toml(plan(), "plan.toml", "ja", ("sheets=目標設定,月次予実",)), "ja")
    return workbook(_typed(made))


def _typed(data: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub(rb"<f>[^<]*</f><v>(\d+)</v>", rb"<v>\g<1>7</v>", content, count=3)
            target.writestr(name, content)
    return out.getvalue()


def foreign(ties: bool = True) -> bytes:
    """A goal sheet typed by hand whose labels carry marks; its opportunities don't follow from its deals."""
    rows = [("受注数", 3), ("受注率", 0.3), ("商談数", 10), ("アポ率", 0.25), ("リード数", 55 if ties else 40)]
    cells = "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>{label}{escape(STORED)}</t></is></c><c r="B{at}"><v>{value}</v></c></row>'
        for at, (label, value) in enumerate(rows, 1)
    )
    return packed(cells, title=f"目標{MARKS}")


def packed(rows: str, title: str = "Sheet1") -> bytes:
    """The smallest workbook with these rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    return books.packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{of}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{of}"><sheets><sheet name="{title}" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{of}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )  # fmt: skip


ACTUALS = f"月,段階{MARKS},値\n2026-13{MARKS},リード{MARKS},x{MARKS}\n".encode()
"""Actuals that are refused, with what is wrong quoted."""
