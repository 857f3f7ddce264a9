"""The parts of a package that we wrote, edited as text: a cell, its cached value, a setting, another part."""

from __future__ import annotations

import datetime
import functools
import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, unescape

import lean
from openpyxl.utils import column_index_from_string
from referee import column_and_row

from .case import Place

Parts = dict[str, bytes]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = r'<c r="{}"([^>]*?)(?:/>|>(.*?)</c>)'


def unpacked(data: bytes) -> Parts:
    return dict(_unpacked(data))


@functools.lru_cache(maxsize=8)
def _unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def titles(parts: Parts) -> list[str]:
    return [unescape(each, {"&quot;": '"'}) for each in re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"].decode())]


def part_of(parts: Parts, title: str) -> str:
    """The part of a sheet, whatever it is numbered."""
    return _parts_of(parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"])[title]


@functools.lru_cache(maxsize=8)
def _parts_of(workbook: bytes, relations: bytes) -> dict[str, str]:
    found = ET.fromstring(workbook).iter(f"{_MAIN}sheet"), ET.fromstring(relations)  # noqa: S314  # made by our tests
    targets = {str(each.get("Id")): posixpath.join("/xl", str(each.get("Target"))).lstrip("/") for each in found[1]}
    return {str(each.get("name")): targets[str(each.get(_ID))] for each in found[0]}


def style_of(parts: Parts, place: Place) -> int:
    """The number of a cell's style."""
    match = re.search(rf'<c r="{place[1]}"[^>]*? s="(\d+)"', parts[part_of(parts, place[0])].decode())
    return int(match[1]) if match else 0


def changed(parts: Parts, name: str, pattern: str, by: str | Callable[[re.Match[str]], str], count: int = 1) -> None:
    """Replaces exactly ``count`` matches in a part (0: as many as there are, one at least)."""
    text, made = re.subn(pattern, by, parts[name].decode(), flags=re.S)
    assert made == count or (count == 0 and made), (name, pattern, made)
    parts[name] = text.encode()


def set_cell(parts: Parts, place: Place, value: Any) -> None:
    """Types a value or a formula (without a cached value) into a cell; its style stays."""
    name, address = part_of(parts, place[0]), place[1]
    text = parts[name].decode()
    match = re.search(_CELL.format(address), text, re.S)
    style = re.search(r' s="\d+"', match[1]) if match else None
    cell = _cell(address, style[0] if style else "", value)
    if match:
        parts[name] = (text[: match.start()] + cell + text[match.end() :]).encode()
        return
    column, row = column_and_row(address)
    line = re.search(rf'(<row r="{row}"[^>]*?)(?:/>|>(.*?)</row>)', text, re.S)
    if line is None:
        later = next(
            (each.start() for each in re.finditer(r'<row r="(\d+)"', text) if int(each[1]) > row), text.index("</sheetData>")
        )
        parts[name] = (text[:later] + f'<row r="{row}">{cell}</row>' + text[later:]).encode()
        return
    cells = re.findall(r"<c [^>]*?/>|<c .*?</c>", line[2] or "", re.S)
    before = [each for each in cells if column_index_from_string(re.search(r'r="([A-Z]+)', each)[1]) < column]  # type: ignore[index]
    inside = "".join([*before, cell, *cells[len(before) :]])
    head = re.sub(r' spans="[^"]*"', "", line[1])
    parts[name] = (text[: line.start()] + f"{head}>{inside}</row>" + text[line.end() :]).encode()


def _cell(address: str, style: str, value: Any) -> str:
    head = f'<c r="{address}"{style}'
    if value is None:
        return f"{head}/>"
    if isinstance(value, bool):
        return f'{head} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"{head}><v>{value!r}</v></c>"
    if isinstance(value, datetime.date):
        raise TypeError("dates are typed with openpyxl, which styles the cell")
    if value.startswith("="):
        return f"{head}><f>{escape(value[1:])}</f></c>"
    if re.fullmatch(r"1E\+400", value):
        return f"{head}><v>{value}</v></c>"
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def set_cached(parts: Parts, place: Place, value: Any) -> None:
    """Another cached value for a formula's cell, nothing else."""

    def new(match: re.Match[str]) -> str:
        formula = re.search(r"<f.*?</f>|<f[^>]*/>", match[2] or "", re.S)
        assert formula, place
        attributes = re.sub(r' t="\w+"', "", match[1])
        kind, text = _value(value)
        return f'<c r="{place[1]}"{attributes}{kind}>{formula[0]}{text}</c>'

    changed(parts, part_of(parts, place[0]), _CELL.format(place[1]), new)


def _value(value: Any) -> tuple[str, str]:
    if value is None:
        return ' t="str"', "<v></v>"
    if isinstance(value, bool):
        return ' t="b"', f"<v>{int(value)}</v>"
    if isinstance(value, (int, float)):
        return "", f"<v>{value!r}</v>"
    return (' t="e"' if re.fullmatch(r"#[A-Z0/!?]+", value) else ' t="str"'), f"<v>{escape(value)}</v>"


def formula_cells(parts: Parts, title: str) -> list[str]:
    text = parts[part_of(parts, title)].decode()
    return re.findall(r'<c r="([A-Z]+\d+)"[^>]*?><f', text)


def recalculated(parts: Parts, but: tuple[Place, ...] = (), engine: Any = None) -> None:
    """Every cached value as IronCalc has it (as ``engine`` has it), but for those cells that stay as they are."""
    if engine is None:
        # IronCalc complains of formulas without a value.
        engine = lean.model(packed({name: part.replace(b"</f></c>", b"</f><v>0</v></c>") for name, part in parts.items()}))
        engine.evaluate()
    order = titles(parts)
    for index, title in enumerate(order):
        name = part_of(parts, title)
        kept = {address for sheet, address in but if sheet == title}

        def new(match: re.Match[str], index: int = index, kept: set[str] = kept) -> str:
            address = match[1]
            formula = re.match(r"<f.*?</f>", match[3], re.S)
            if formula is None or address in kept:
                return match[0]
            column, row = column_and_row(address)
            kind, text = _value(engine.get_cell_value(index, row, column))
            return f'<c r="{address}"{re.sub(r" t=.[a-z]+.", "", match[2])}{kind}>{formula[0]}{text}</c>'

        # XlsxWriter never writes a cell without content but as an empty element.
        text = re.sub(r'<c r="([A-Z]+\d+)"((?: [a-z]+="[^"]*")*)>(.*?)</c>', new, parts[name].decode(), flags=re.S)
        parts[name] = text.encode()


def linked(place: Place, formula: str | None) -> Callable[[Parts], None]:
    """A link part to another workbook, and a formula that uses it (None: nobody does)."""

    def edit(parts: Parts) -> None:
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        rels = "http://schemas.openxmlformats.org/package/2006/relationships"
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        parts["xl/externalLinks/externalLink1.xml"] = (
            f'{head}<externalLink xmlns="{main}"><externalBook xmlns:r="{office}" r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames>'
            '<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>12</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>'
        ).encode()
        parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            f'{head}<Relationships xmlns="{rels}"><Relationship Id="rId1" Type="{office}/externalLinkPath" Target="last-year.xlsx" TargetMode="External"/></Relationships>'
        ).encode()
        changed(parts, "[Content_Types].xml", "</Types>", '<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"/></Types>')  # fmt: skip
        changed(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", f'<Relationship Id="rIdLink" Type="{office}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>')  # fmt: skip
        changed(
            parts,
            "xl/workbook.xml",
            "</sheets>",
            '</sheets><externalReferences><externalReference r:id="rIdLink"/></externalReferences>',
        )
        if formula is not None:
            set_cell(parts, place, f"={formula}")

    return edit
