"""A chart on a sheet of ours, as bytes: the page has none, and what is done to workbooks must not lose a colleague's."""

from __future__ import annotations

import io

import xlsxwriter
from package_audit import parts
from test_package import zipped

_TYPES = "[Content_Types].xml"


def charted(data: bytes, title: str = "目標設定", sheet: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with a bar chart on this sheet, which had no drawing."""
    content = dict(parts(data))
    rels = f"xl/worksheets/_rels/{sheet.rpartition('/')[2]}.rels"
    assert rels not in content
    made = parts(_chart(title))
    content |= {name: text for name, text in made.items() if name.startswith(("xl/drawings/", "xl/charts/"))}
    content[rels] = made["xl/worksheets/_rels/sheet1.xml.rels"]
    content[sheet] = content[sheet].replace(b"</worksheet>", b'<drawing r:id="rId1"/></worksheet>')
    types = [each for each in made[_TYPES].decode().split("<Override") if "/drawings/" in each or "/charts/" in each]
    listed = "".join(f"<Override{each.partition('>')[0]}>" for each in types)
    content[_TYPES] = content[_TYPES].replace(b"</Types>", listed.encode() + b"</Types>")
    return zipped(content)


def _chart(title: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(title)
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series({"values": f"='{title}'!$C$10:$C$13"})
        sheet.insert_chart("P2", chart, {"description": "棒グラフ"})
    return out.getvalue()
