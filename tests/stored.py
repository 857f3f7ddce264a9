"""What the cells of a workbook hold, by the standard library's parser: a quarter of the time that openpyxl takes, and not ours."""

from __future__ import annotations

import functools
import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string, get_column_letter, rows_from_range

Where = tuple[str, str]
_AREA = re.compile(r"('(?:[^']|'')+'|[^'!]+)!(\$?[A-Z]+\$?\d+)(?::(\$?[A-Z]+\$?\d+))?")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Stored(NamedTuple):
    """``formula`` begins with ``=``; of a formula, ``value`` is the cached one. An empty text is no value; a day is its number."""

    formula: str | None
    value: Any


@functools.lru_cache(maxsize=8)
def cells(data: bytes) -> dict[Where, Stored]:
    """All cells that hold something, by (sheet, address), sheet by sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        main = next(target for kind, target in _targets(package, "").values() if kind == "officeDocument")
        targets = _targets(package, main)
        texts = next((target for kind, target in targets.values() if kind == "sharedStrings"), None)
        shared = [] if texts is None else [text_of(each) for each in _xml(package, texts)]
        found: dict[Where, Stored] = {}
        for sheet in _xml(package, main).iter(f"{_MAIN}sheet"):
            kind, part = targets[str(sheet.get(_ID))]
            if kind == "worksheet":
                _sheet(str(sheet.get("name")), _xml(package, part), shared, found)
        return found


@functools.lru_cache(maxsize=8)
def places(data: bytes) -> dict[str, Where]:
    """Sheet and address of each name, element by element: ``won_deals``, ``channel_leads[2]``, ``2026-04!actual_leads``.

    Of the months' channels line by line: ``month_channel_leads[17]``.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        main = next(target for kind, target in _targets(package, "").values() if kind == "officeDocument")
        root = _xml(package, main)
    titles = [str(each.get("name")) for each in root.iter(f"{_MAIN}sheet")]
    found: dict[str, Where] = {}
    for each in root.iter(f"{_MAIN}definedName"):
        area = _AREA.fullmatch(each.text or "")
        if area is None or str(each.get("name")).startswith("_xlnm"):
            continue
        own = each.get("localSheetId")
        name = ("" if own is None else f"{titles[int(own)]}!") + str(each.get("name"))
        first, last = area[2].replace("$", ""), (area[3] or area[2]).replace("$", "")
        spots = [cell for row in rows_from_range(f"{first}:{last}") for cell in row]
        sheet = area[1].strip("'").replace("''", "'")
        for number, address in enumerate(spots, 1):
            found[f"{name}[{number}]" if len(spots) > 1 else name] = (sheet, address)
    return found


def _sheet(title: str, root: ET.Element, texts: list[str], found: dict[Where, Stored]) -> None:
    shared: dict[str, tuple[str, str]] = {}
    for at, cell in _placed(root):
        formula, value = None, None
        for child in cell:
            if child.tag == f"{_MAIN}f":
                formula = f"={child.text or ''}"
                if child.get("t") == "shared":
                    if child.text:
                        shared[str(child.get("si"))] = at, formula
                    else:
                        first, text = shared[str(child.get("si"))]
                        formula = Translator(text, first).translate_formula(at)
            elif child.tag == f"{_MAIN}v":
                value = value_of(child.text or "", cell.get("t", "n"), texts)
            elif child.tag == f"{_MAIN}is":
                value = text_of(child)
        if formula is not None or value not in (None, ""):
            found[title, at] = Stored(formula, None if value == "" else value)


def _placed(root: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    """The cells with their addresses; a row or a cell that has none comes after the one before (ISO 29500, 18.3.1.4 and 18.3.1.73)."""
    row = col = 0
    for each in root.iter():
        if each.tag == f"{_MAIN}row":
            row, col = int(each.get("r", row + 1)), 0
        elif each.tag == f"{_MAIN}c":
            at = each.get("r")
            col = col + 1 if at is None else column_index_from_string(at.rstrip("0123456789"))
            yield at or f"{get_column_letter(col)}{row}", each


def value_of(text: str, kind: str, texts: list[str]) -> Any:
    """What a ``v`` element holds, by its cell's type; ``texts`` are the shared ones."""
    if kind == "s":
        return texts[int(text)]
    if kind == "b":
        return text == "1"
    if kind == "n" and text:
        number = float(text)
        return int(number) if number.is_integer() else number
    return text


def text_of(node: ET.Element) -> str:
    """The text of a string, its readings left out."""
    direct = [each for each in node if each.tag.endswith("}t")]
    runs = [each for run in node if run.tag.endswith("}r") for each in run if each.tag.endswith("}t")]
    return "".join(each.text or "" for each in (*direct, *runs))


def _xml(package: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(package.read(part))  # noqa: S314  # made by our tests


def _targets(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part refers to: kind and name by the reference's id."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if part else "_rels/.rels"
    return {
        str(each.get("Id")): (
            str(each.get("Type")).rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, str(each.get("Target")))).lstrip("/"),
        )
        for each in _xml(package, rels)
        if each.get("TargetMode") != "External"
    }
