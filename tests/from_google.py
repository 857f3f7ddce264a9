"""A workbook of ours as Google Sheets would hand it back: uploaded, converted, downloaded as .xlsx.

What is done here is what files that Google wrote show, in public repositories (docs/google-sheets.md says which): no
document properties but a date; names in another order, none of a single sheet's; ``<v>25.0</v>`` and ``<v>1.2E7</v>`` for
what was typed, ten digits for what was worked out, an error as a text; formulas shared among the cells that hold the same
one; every cell with a style, rows to the thousandth; protection, whole numbers, lengths and titles of messages gone,
conditional formats without number formats; an empty drawing on each sheet and a theme called Sheets. Nothing here imports
kgisheet.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape, unescape

from normal import column, relative

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:mv="urn:schemas-microsoft-com:mac:vml"'
)
_CELL = re.compile(
    r'<c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>(?:<f>(.*?)</f>)?(?:<v>(.*?)</v>|<is>(.*?)</is>)?</c>)', re.S
)
_ROW = re.compile(r"<row ([^>]*?)(?:/>|>(.*?)</row>)", re.S)
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_DIGITS = 10
_ROWS = 1000
_VIEW = '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'


class _Cell(NamedTuple):
    letters: str
    row: int
    style: str
    kind: str
    formula: str | None
    value: str | None


Results = Mapping[tuple[str, str], object]
"""Values of formulas by (sheet, address): an engine's, of a workbook that was edited."""


def exported(data: bytes, results: Results | None = None) -> bytes:
    """The workbook as Google writes it; ``results`` are what its formulas come to, if the workbook doesn't say it itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if not name.endswith((".bin", ".png"))}
    texts = _Texts(parts.get("xl/sharedStrings.xml", ""))
    made: dict[str, str] = {}
    sheets, rels = [], [("theme", "theme/theme1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    targets = dict(re.findall(r'Id="(\w+)"[^>]*?Target="([^"]*)"', parts["xl/_rels/workbook.xml.rels"]))
    targets |= {
        key: target for target, key in re.findall(r'Target="([^"]*)"[^>]*?Id="(\w+)"', parts["xl/_rels/workbook.xml.rels"])
    }
    for number, tag in enumerate(re.findall(r"<sheet [^>]*>", parts["xl/workbook.xml"]), 1):
        title, key = re.search(r'name="([^"]*)"', tag), re.search(r'r:id="(\w+)"', tag)
        assert title is not None
        assert key is not None
        source = parts["xl/" + targets[key[1]].removeprefix("/xl/")]
        state = "hidden" if 'state="' in tag and 'state="visible"' not in tag else "visible"
        sheets.append(f'<sheet state="{state}" name="{title[1]}" sheetId="{number}" r:id="rId{number + 3}"/>')
        rels.append(("worksheet", f"worksheets/sheet{number}.xml"))
        own = (
            None
            if results is None
            else {cell: value for (sheet, cell), value in results.items() if sheet == unescape(title[1])}
        )
        made[f"xl/worksheets/sheet{number}.xml"] = _sheet(source, texts, own)
        made[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _rels([("drawing", f"../drawings/drawing{number}.xml")])
        made[f"xl/drawings/drawing{number}.xml"] = HEAD + _DRAWING
    made["xl/sharedStrings.xml"] = texts.part()
    made["xl/styles.xml"] = _styles(parts["xl/styles.xml"])
    made["xl/theme/theme1.xml"] = re.sub(r' name="[^"]*"', ' name="Sheets"', parts.get("xl/theme/theme1.xml", _THEME))
    made["xl/workbook.xml"] = (
        f"{HEAD}<workbook {SPACES}><workbookPr/><sheets>{''.join(sheets)}</sheets>{_names(parts['xl/workbook.xml'])}<calcPr/></workbook>"
    )
    made["xl/_rels/workbook.xml.rels"] = _rels(rels)
    made["docProps/core.xml"] = HEAD + _CORE
    made["_rels/.rels"] = (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        f'Target="docProps/core.xml"/><Relationship Id="rId2" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    made["[Content_Types].xml"] = _types(made)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in made.items():
            target.writestr(name, text)
    return out.getvalue()


# -- cells -------------------------------------------------------------------------------------


class _Texts:
    """The shared texts: those that there were, and those that Google makes of inline ones."""

    def __init__(self, part: str) -> None:
        found = re.findall(r"<si>(.*?)</si>|<si/>", part, re.S)
        self.all = ["".join(re.findall(r"<t(?: [^>]*)?>(.*?)</t>", each, re.S)) for each in found]

    def number(self, text: str) -> int:
        if text not in self.all[-50:]:
            self.all.append(text)
        return len(self.all) - 1 - self.all[::-1].index(text)

    def part(self) -> str:
        items = "".join(
            f'<si><t xml:space="preserve">{each}</t></si>' if each != each.strip() else f"<si><t>{each}</t></si>"
            for each in self.all
        )
        return f'{HEAD}<sst xmlns="{MAIN}" count="{len(self.all)}" uniqueCount="{len(self.all)}">{items}</sst>'


def _sheet(source: str, texts: _Texts, results: Mapping[str, object] | None) -> str:
    found = re.search(r"<sheetData>(.*?)</sheetData>", source, re.S)
    before, after = source.partition("<sheetData")[0], source.rpartition("</sheetData>")[2]
    rows = _ROW.findall(found[1]) if found else []
    cells: list[_Cell] = []
    for _, content in rows:
        for letters, row, style, *content_of, inline in _CELL.findall(content):
            kind, formula, value = content_of
            if inline:
                kind, value = "s", str(texts.number("".join(re.findall(r"<t[^>]*>(.*?)</t>", inline, re.S))))
            if formula and results is not None:
                kind, value = _result(results.get(letters + row))
            cells.append(_Cell(letters, int(row), style or "0", kind, formula or None, value or None))
    shared = _shared(cells)
    written: dict[int, list[str]] = {row: [] for row in range(1, _ROWS + 1)}
    for each in cells:
        written.setdefault(each.row, []).append(_written(each, shared.get((each.letters, each.row))))
    given = {int(re.search(r'r="(\d+)"', said)[1]): re.sub(r' ?\bspans="[^"]*"', "", said) for said, _ in rows}  # type: ignore[index]
    lines = []
    for row in sorted({*written, *given}):
        said = given.get(row, f'r="{row}" ht="15.75" customHeight="1"')
        lines.append(f"<row {said}>{''.join(written.get(row, ()))}</row>")
    view = re.search(r"<sheetViews>.*?</sheetViews>", before, re.S)
    cols = re.search(r"<cols>.*?</cols>", before, re.S)
    color = re.search(r"<tabColor[^>]*/>", before)
    return (
        f'{HEAD}<worksheet {SPACES}><sheetPr>{color[0] if color else ""}<outlinePr summaryBelow="0" summaryRight="0"/><pageSetUpPr/></sheetPr>'
        f"{view[0] if view else _VIEW}"
        f'<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/>{cols[0] if cols else ""}'
        f"<sheetData>{''.join(lines)}</sheetData>{_around(after)}"
        '<printOptions/><pageMargins bottom="0.75" footer="0.0" header="0.0" left="0.7" right="0.7" top="0.75"/>'
        '<pageSetup paperSize="9" orientation="portrait"/><drawing r:id="rId1"/></worksheet>'
    )


def _result(value: object) -> tuple[str, str]:
    if isinstance(value, bool):
        return "b", str(int(value))
    return ("", repr(value)) if isinstance(value, (int, float)) else ("str", escape(str(value or "")))


def _written(cell: _Cell, shared: tuple[str, str] | None) -> str:
    at = f'<c r="{cell.letters}{cell.row}" s="{cell.style}"'
    if cell.formula is None:
        if cell.value is None:
            return at + "/>"
        if cell.kind in ("s", "b", "str", "e"):
            return f'{at} t="{"str" if cell.kind == "e" else cell.kind}"><v>{cell.value}</v></c>'
        return f"{at}><v>{typed(cell.value)}</v></c>"
    formula = (
        f"<f>{cell.formula}</f>" if shared is None else f'<f t="shared" {shared[0]}>{shared[1]}</f>'.replace("></f>", "/>")
    )
    value = cell.value or ""
    if cell.kind == "b":
        return f'{at} t="b">{formula}<v>{value}</v></c>'
    if cell.kind in ("str", "e") or value in ("", *_ERRORS):
        return f'{at} t="str">{formula}<v>{value}</v></c>'
    return f"{at}>{formula}<v>{worked_out(value)}</v></c>"


def typed(value: str) -> str:
    """A typed number as Java prints it: 25.0, 1.2E7."""
    number = float(value)
    if not math.isfinite(number):
        return value
    if number == 0 or 1e-3 <= abs(number) < 1e7:
        return repr(number)
    digits, _, power = f"{number:.16e}".partition("e")
    mantissa = repr(number / 10 ** int(power)) if abs(int(power)) < 300 else digits
    return f"{mantissa}E{int(power)}"


def worked_out(value: str) -> str:
    """A formula's value: ten digits of it."""
    text = f"{float(value):.{_DIGITS}g}"
    return text.replace("e+", "E").replace("e", "E") if "e" in text else text


def _shared(cells: list[_Cell]) -> dict[tuple[str, int], tuple[str, str]]:
    """The shared formulas: of cells one below another, or side by side, that hold the same one seen from their own places."""
    at = {(column(each.letters), each.row): each for each in cells if each.formula is not None}
    alike = {where: relative(unescape(str(each.formula)), where[1], where[0]) for where, each in at.items()}
    found: dict[tuple[str, int], tuple[str, str]] = {}
    taken: set[tuple[int, int]] = set()
    number = 0
    for where in sorted(at, key=lambda each: (each[1], each[0])):
        if where in taken:
            continue
        for step in ((0, 1), (1, 0)):
            run = [where]
            while (
                (after := (run[-1][0] + step[0], run[-1][1] + step[1])) in at
                and after not in taken
                and alike[after] == alike[where]
            ):
                run.append(after)
            if len(run) == 1:
                continue
            number += 1
            first, last = at[run[0]], at[run[-1]]
            for each in run:
                held = at[each]
                ref = f'ref="{first.letters}{first.row}:{last.letters}{last.row}" ' if held is first else ""
                found[held.letters, held.row] = f'{ref}si="{number}"', str(first.formula) if held is first else ""
            taken.update(run)
            break
    return found


# -- around the cells -----------------------------------------------------------------------------


def _around(after: str) -> str:
    kept = re.search(r"<mergeCells.*?</mergeCells>", after, re.S)
    rules = re.findall(r"<conditionalFormatting .*?</conditionalFormatting>", after, re.S)
    checks = [_validation(*each) for each in re.findall(r"<dataValidation ([^>]*?)(?:/>|>(.*?)</dataValidation>)", after, re.S)]
    links = re.findall(r"<hyperlink [^>]*/>", after)
    return (
        (kept[0] if kept else "")
        + "".join(rules)
        + (f"<dataValidations>{''.join(checks)}</dataValidations>" if checks else "")
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
    )


def _validation(said: str, inside: str) -> str:
    """What Google knows of a validation: its kinds are fewer, its message is one, and without a title."""
    kind, area = re.search(r'type="(\w+)"', said), re.search(r'sqref="([^"]*)"', said)
    prompt = re.search(r' prompt="[^"]*"', said)
    limits = re.findall(r"<formula\d>(.*?)</formula\d>", inside, re.S)
    name = kind[1] if kind else "none"
    if name in ("whole", "textLength"):
        name, limits = "custom", limits[-1:]
    elif name == "date":
        limits = [f"{each}.0" if each.isdigit() else each for each in limits]
    formulas = "".join(f"<formula{at}>{each}</formula{at}>" for at, each in enumerate(limits, 1))
    shown = ' showInputMessage="1"' if prompt else ""
    return (
        f'<dataValidation type="{name}" allowBlank="1"{shown} showErrorMessage="1"{prompt[0] if prompt else ""} '
        f'sqref="{area[1] if area else "A1"}">{formulas}</dataValidation>'
    )


def _names(workbook: str) -> str:
    """The names of the workbook, in no order that we know; those of one sheet are gone."""
    found = re.findall(r"<definedName [^>]*>[^<]*</definedName>", workbook)
    kept = [each for each in found if "localSheetId" not in each]
    kept.sort(key=hash_of)
    return f"<definedNames>{''.join(kept)}</definedNames>" if kept else "<definedNames/>"


def hash_of(text: str) -> int:
    """A number that mixes an order up, the same each time."""
    return sum((at + 7) * ord(letter) for at, letter in enumerate(text)) * 2_654_435_761 % 2**32


def _styles(part: str) -> str:
    """Without protection; conditional formats without number formats."""
    part = re.sub(r"<protection [^>]*/>", "", part)
    return re.sub(r"<dxf>.*?</dxf>", lambda found: re.sub(r"<numFmt [^>]*/>", "", found[0]), part, flags=re.S)


# -- the package ----------------------------------------------------------------------------------

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z'
    "</dcterms:created></cp:coreProperties>"
)
_DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
)
_THEME = f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Sheets"/>'
_KINDS = {
    "xl/worksheets/sheet": "worksheet",
    "xl/sharedStrings": "sharedStrings",
    "xl/styles": "styles",
    "xl/workbook.": "sheet.main",
}


def _rels(targets: list[tuple[str, str]]) -> str:
    lines = [
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1)
    ]
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _types(parts: dict[str, str]) -> str:
    lines = []
    for name in parts:
        kind = next((kind for start, kind in _KINDS.items() if name.startswith(start)), None)
        if kind is not None and not name.endswith(".rels"):
            lines.append(
                f'<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml" PartName="/{name}"/>'
            )
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default ContentType="application/xml" Extension="xml"/>'
        f'<Default ContentType="application/vnd.openxmlformats-package.relationships+xml" Extension="rels"/>{"".join(lines)}</Types>'
    )
