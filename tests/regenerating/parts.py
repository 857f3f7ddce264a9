"""What lies in a package beside cells, put in as Excel would: our readers know little of it, and all of it must stay."""

from __future__ import annotations

import base64
import re

from seeding.package import Parts, part_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
_AFTER = {
    "conditionalFormatting": "dataValidations hyperlinks printOptions pageMargins",
    "drawing": "legacyDrawing tableParts extLst",
    "legacyDrawing": "tableParts extLst",
    "extLst": "",
}
"""The elements of ours before which one of these belongs."""


def relate(parts: Parts, part: str, kind: str, target: str) -> str:
    """Adds a relation of a part; its id."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if part else "_rels/.rels"
    text = parts.get(rels, f'{HEAD}<Relationships xmlns="{RELS}"></Relationships>'.encode()).decode()
    number = len(re.findall("<Relationship ", text)) + 100
    kind = kind if "/" in kind else f"{OFFICE}/{kind}"
    new = f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/></Relationships>'
    parts[rels] = text.replace("</Relationships>", new).encode()
    return f"rId{number}"


def declare(parts: Parts, part: str, content_type: str) -> None:
    types = parts["[Content_Types].xml"].decode()
    new = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", new).encode()


def extension(parts: Parts, name: str, content_type: str) -> None:
    types = parts["[Content_Types].xml"].decode()
    if f'Extension="{name}"' not in types:
        new = re.sub("<Default ", f'<Default Extension="{name}" ContentType="{content_type}"/><Default ', types, count=1)
        parts["[Content_Types].xml"] = new.encode()


def has(parts: Parts, title: str, element: str) -> bool:
    return f"<{element}" in parts[part_of(parts, title)].decode()


def put(parts: Parts, title: str, element: str, xml: str) -> None:
    """Puts a child into a worksheet where the sequence wants it."""
    name = part_of(parts, title)
    text = parts[name].decode()
    if "xmlns:r=" not in text[:1000]:
        text = text.replace("<worksheet ", f'<worksheet xmlns:r="{OFFICE}" ', 1)
    found = [text.rfind(f"<{each}") for each in _AFTER[element].split()]
    at = min((each for each in found if each >= 0), default=text.index("</worksheet>"))
    parts[name] = (text[:at] + xml + text[at:]).encode()


def condition(parts: Parts, title: str, area: str) -> None:
    rule = '<cfRule type="cellIs" priority="90" operator="greaterThan"><formula>7</formula></cfRule>'
    put(parts, title, "conditionalFormatting", f'<conditionalFormatting sqref="{area}">{rule}</conditionalFormatting>')


def picture(parts: Parts, title: str) -> None:
    if has(parts, title, "drawing "):
        return
    drawing, image = "xl/drawings/drawing77.xml", "xl/media/image77.png"
    parts[image] = PIXEL
    a, xdr = (f"http://schemas.openxmlformats.org/drawingml/2006/{each}" for each in ("main", "spreadsheetDrawing"))
    parts[drawing] = (
        f'{HEAD}<xdr:wsDr xmlns:xdr="{xdr}" xmlns:a="{a}"><xdr:oneCellAnchor>'
        "<xdr:from><xdr:col>20</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>40</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        '<xdr:ext cx="95250" cy="95250"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="図 1" descr="ロゴ"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="rId100"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="95250" cy="95250"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
        "</xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
    ).encode()
    relate(parts, drawing, "image", "../media/image77.png")
    extension(parts, "png", "image/png")
    declare(parts, drawing, "application/vnd.openxmlformats-officedocument.drawing+xml")
    put(
        parts,
        title,
        "drawing",
        f'<drawing r:id="{relate(parts, part_of(parts, title), "drawing", "../drawings/drawing77.xml")}"/>',
    )


def threaded(parts: Parts, title: str, cell: str) -> None:
    """A comment with an answer, as Excel 365 has them, and the old kind that stands for it."""
    if has(parts, title, "legacyDrawing "):
        return
    sheet = part_of(parts, title)
    row, column = int(re.sub(r"\D", "", cell)) - 1, ord(cell[0]) - 65
    parts["xl/comments77.xml"] = (
        f'{HEAD}<comments xmlns="{MAIN}"><authors><author>tc={{0001}}</author></authors><commentList><comment ref="{cell}" authorId="0">'
        "<text><t>[スレッド] この数字は?</t></text></comment></commentList></comments>"
    ).encode()
    declare(parts, "xl/comments77.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml")
    relate(parts, sheet, "comments", "../comments77.xml")
    parts["xl/drawings/vmlDrawing77.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<v:shape id="_x0000_s1" type="#_x0000_t202" style="visibility:hidden"><x:ClientData ObjectType="Note"><x:Anchor>1,1,1,1,3,3,3,3</x:Anchor>'
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape></xml>"
    ).encode()
    extension(parts, "vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    put(
        parts,
        title,
        "legacyDrawing",
        f'<legacyDrawing r:id="{relate(parts, sheet, "vmlDrawing", "../drawings/vmlDrawing77.vml")}"/>',
    )
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    person = "{11111111-1111-1111-1111-111111111111}"
    parts["xl/threadedComments/threadedComment77.xml"] = (
        f'{HEAD}<ThreadedComments xmlns="{space}"><threadedComment ref="{cell}" dT="2026-06-01T09:00:00.00" personId="{person}" '
        'id="{22222222-2222-2222-2222-222222222222}"><text>この数字は?</text></threadedComment></ThreadedComments>'
    ).encode()
    declare(parts, "xl/threadedComments/threadedComment77.xml", "application/vnd.ms-excel.threadedcomments+xml")
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    relate(parts, sheet, f"{kind}/threadedComment", "../threadedComments/threadedComment77.xml")
    parts["xl/persons/person.xml"] = (
        f'{HEAD}<personList xmlns="{space}"><person displayName="佐藤" id="{person}" userId="sato" providerId="None"/></personList>'
    ).encode()
    declare(parts, "xl/persons/person.xml", "application/vnd.ms-excel.person+xml")
    relate(parts, "xl/workbook.xml", f"{kind}/person", "persons/person.xml")


def sparkline(parts: Parts, title: str, cell: str, area: str) -> None:
    if has(parts, title, "extLst"):
        return
    x14, xm = (
        "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
        "http://schemas.microsoft.com/office/excel/2006/main",
    )
    put(
        parts, title, "extLst",
        f'<extLst><ext xmlns:x14="{x14}" uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}"><x14:sparklineGroups xmlns:xm="{xm}">'
        f"<x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>'{title}'!{area}</xm:f><xm:sqref>{cell}</xm:sqref></x14:sparkline>"
        "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>",
    )  # fmt: skip


def custom_xml(parts: Parts) -> None:
    parts["customXml/item1.xml"] = f"{HEAD}<meta><label>社外秘</label></meta>".encode()
    relate(parts, "xl/workbook.xml", "customXml", "../customXml/item1.xml")


def printer_settings(parts: Parts, title: str) -> None:
    part = "xl/printerSettings/printerSettings77.bin"
    parts[part] = bytes(range(256)) * 3
    extension(parts, "bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings")
    known = relate(parts, part_of(parts, title), "printerSettings", "../printerSettings/printerSettings77.bin")
    name = part_of(parts, title)
    text = parts[name].decode()
    if "xmlns:r=" not in text[:1000]:
        text = text.replace("<worksheet ", f'<worksheet xmlns:r="{OFFICE}" ', 1)
    parts[name] = re.sub("<pageSetup ", f'<pageSetup r:id="{known}" ', text, count=1).encode()


def unknown(parts: Parts) -> None:
    """A part that no program has heard of, with a relation of the workbook."""
    parts["xl/future/thing7.xml"] = f'{HEAD}<thing xmlns="urn:example:future">?</thing>'.encode()
    declare(parts, "xl/future/thing7.xml", "application/x-future+xml")
    relate(parts, "xl/workbook.xml", "urn:example:relationships/thing", "future/thing7.xml")


def calc_chain(parts: Parts) -> None:
    """The order of the last calculation, as Excel always leaves one."""
    cells = re.findall(r'<c r="([A-Z]+\d+)"[^>]*?><f', parts["xl/worksheets/sheet2.xml"].decode())
    chain = "".join(f'<c r="{each}" i="2"/>' for each in cells)
    parts["xl/calcChain.xml"] = f'{HEAD}<calcChain xmlns="{MAIN}">{chain}</calcChain>'.encode()
    declare(parts, "xl/calcChain.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml")
    relate(parts, "xl/workbook.xml", "calcChain", "calcChain.xml")


STEPS = {
    each.__name__: each for each in (condition, picture, threaded, sparkline, custom_xml, printer_settings, unknown, calc_chain)
}
