"""A workbook as text that a person can compare: a line per cell or per run of cells alike, a line per element of all else.

Nothing here imports kgisheet. Left out is what other things settle: the order of formats and of shared
strings, the theme, what is carried on the hidden sheet, dates and digests.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LEFT_OUT = ("xl/sharedStrings.xml", "xl/styles.xml", "xl/theme/theme1.xml")
_REFERENCE = re.compile(r"(?<![A-Za-z_.0-9])(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?![A-Za-z_0-9(])")


def normal(data: bytes) -> dict[str, str]:
    """The parts of a workbook by their names, sheets by their titles."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    roots = {name: fromstring(text) for name, text in parts.items() if name.endswith((".xml", ".rels"))}
    strings = ["".join(each.itertext()) for each in roots["xl/sharedStrings.xml"]]
    formats = _formats(roots["xl/styles.xml"])
    found = {"formats": "\n".join(sorted(set(formats.values())))}
    titles = _titles(roots)
    for name, root in roots.items():
        if name in titles:
            title, is_hidden = titles[name]
            rest = [line for child in root if child.tag != f"{MAIN}sheetData" for line in _lines(child)]
            cells = [] if is_hidden else _cells(root, strings, formats)
            found[title] = "\n".join([*cells, *rest])
        elif name not in LEFT_OUT:
            found[name] = "\n".join(_lines(root))
    return {name: _masked(text) for name, text in found.items()}


def _masked(text: str) -> str:
    text = re.sub(r"\b[0-9a-f]{16,64}\b", "(digest)", text)
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "(date)", text)


def _titles(roots: dict[str, Element]) -> dict[str, tuple[str, bool]]:
    targets = {each.get("Id"): str(each.get("Target")) for each in roots["xl/_rels/workbook.xml.rels"]}
    return {
        f"xl/{targets[sheet.get(R)].removeprefix('/xl/')}": (str(sheet.get("name")), sheet.get("state", "visible") != "visible")
        for sheet in roots["xl/workbook.xml"].iter(f"{MAIN}sheet")
    }


def _lines(element: Element, depth: int = 0) -> Iterator[str]:
    tag = element.tag.rpartition("}")[2]
    given = "".join(f" {name.rpartition('}')[2]}={value!r}" for name, value in sorted(element.attrib.items()))
    text = (element.text or "").strip()
    yield f"{'  ' * depth}{tag}{given}{': ' if text else ''}{text}"
    for child in element:
        yield from _lines(child, depth + 1)


def _formats(styles: Element) -> dict[str, str]:
    """Each format of cells by its number: four letters that stand for it, and what it looks like."""
    lists = {name: list(styles.find(f"{MAIN}{name}") or ()) for name in ("fonts", "fills", "borders")}
    codes = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(f"{MAIN}numFmt")}
    found: dict[str, str] = {}
    for at, xf in enumerate(styles.find(f"{MAIN}cellXfs") or ()):
        number = xf.get("numFmtId", "0")
        looks = [f"number {codes.get(number, number)}"]
        for name in ("font", "fill", "border"):
            looks.append(" ".join(each.strip() for each in _lines(lists[f"{name}s"][int(xf.get(f"{name}Id", "0"))])))
        looks += [each.strip() for child in xf for each in _lines(child)]
        said = "; ".join(looks)
        found[str(at)] = f"{hashlib.sha256(said.encode()).hexdigest()[:4]} {said}"
    return found


def _cells(sheet: Element, strings: list[str], formats: dict[str, str]) -> Iterator[str]:
    """Column by column, where rows that follow one another hold the same formula in the same format as one line."""
    columns: dict[str, list[tuple[int, str, str, str]]] = {}
    for cell in sheet.iter(f"{MAIN}c"):
        letters, row = re.sub(r"\d", "", str(cell.get("r"))), int(re.sub(r"\D", "", str(cell.get("r"))))
        value = cell.findtext(f"{MAIN}v", "") if cell.get("t") != "inlineStr" else "".join(cell.itertext())
        shown = repr(strings[int(value)]) if cell.get("t") == "s" else repr(value) if cell.get("t") == "str" else value
        formula = cell.findtext(f"{MAIN}f")
        look = formats[cell.get("s", "0")][:4]
        columns.setdefault(letters, []).append((row, look, "" if formula is None else f"={formula}", shown))
    for letters, cells in sorted(columns.items(), key=lambda each: column(each[0])):
        number = column(letters)

        def alike(each: tuple[int, tuple[int, str, str, str]], number: int = number) -> tuple[int, str, str]:
            at, (row, look, formula, shown) = each
            return row - at, look, relative(formula, row, number) if formula else "" if not shown else f"{row} {shown}"

        for _, group in groupby(enumerate(cells), alike):
            run = [each for _, each in group]
            first, last = run[0], run[-1]
            area = f"{letters}{first[0]}" if first is last else f"{letters}{first[0]}:{letters}{last[0]}"
            values = " | ".join(shown for *_, shown in run) if any(shown for *_, shown in run) else ""
            yield "  ".join(filter(None, [area, first[1], first[2], values]))


def relative(formula: str, row: int, col: int) -> str:
    """The formula with its references counted from its own cell, as R1C1 has them."""

    def counted(match: re.Match[str]) -> str:
        fixed_col, letters, fixed_row, digits = match.groups()
        return f"R{digits if fixed_row else int(digits) - row}C{letters if fixed_col else column(letters) - col}"

    return _REFERENCE.sub(counted, formula)


def column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
