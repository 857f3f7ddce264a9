"""Reader of .ods: the package by the same intake and limits as an .xlsx, its sheets in one pass over ``content.xml``.

Nothing in it is run or fetched: macros, links, embedded objects and what is kept of other files are not looked at.
"""

from __future__ import annotations

from typing import Any

from ..errors import BookError, Problem
from ..language.text import Text
from ..values import budget
from ..values.a1 import Place, matched
from ..values.regex import regex
from ..xlsx.read.damaged import told
from ..xlsx.read.intake import encrypted, unpack
from ..xlsx.read.odd import Odd, OddCell, OddSheet, Titles
from ..xlsx.read.reader import BookFacts, Read, SheetFacts, carried
from ..xlsx.read.xml import Element, XmlError, of_part, scan, tags, tree
from .odsformats import Formats
from .odssheet import Content, Table

_PARSED = ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml")
_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def read(data: bytes, source: str) -> Read:
    """Return the cells and names of an .ods; raise BookError in words if it can't be read."""
    parts = unpack(data, source, parsed=_PARSED)
    kind = parts.get("mimetype", b"").decode("ascii", "replace").strip()
    if kind and not kind.startswith(_SPREADSHEET):
        what = Text("OpenDocumentですが、表計算のファイルではありません", "this is an OpenDocument file, but no spreadsheet")
        raise BookError(
            Problem("not-a-workbook", what, Text(".ods か .xlsx を指定してください", "name an .ods or .xlsx"), source)
        )
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise encrypted(source)
    with (
        budget.of_file(source),
        told(source, Text("元のソフトで開いて保存し直してください", "open it where it was made and save it again")),
    ):
        return _read(parts)


def _read(parts: dict[str, bytes]) -> Read:
    if "content.xml" not in parts:
        raise XmlError("OpenDocument(.ods)ですが、content.xml がありません", "an OpenDocument file (.ods) with no content.xml")
    budget.current().within("elements", sum(tags(parts[each]) for each in _PARSED if each in parts))
    formats = Formats()
    if "styles.xml" in parts:
        with of_part("styles.xml"):
            scan(parts["styles.xml"], formats.start, formats.end, formats.text)
    content = Content(formats)
    with of_part("content.xml"):
        scan(parts["content.xml"], content.start, content.end, content.text)
    if not content.tables:
        raise XmlError("表がありません", "there is no table in it")
    titled = Titles()
    for table in content.tables:
        table.title = titled.own(table.called)
    cells = {(table.title, *where): filled for table in content.tables for where, filled in table.cells.items()}
    titles = {table.title for table in content.tables}
    names, local_names = {}, {}
    for sheet, name, area in content.names:
        place = _place(area)
        if place is not None and place.sheet in titles:
            if sheet:
                local_names[sheet, name.lower()] = place
            else:
                names[name] = place
    program, properties = _meta(parts.get("meta.xml"))
    return Read(
        cells,
        names,
        carried(cells),
        properties,
        tuple(_facts(table, formats) for table in content.tables),
        BookFacts(False, False, False, False, program),
        local_names,
        odd=Odd(
            tuple(OddCell(table.title, *where, kind) for table in content.tables for where, kind in table.odd.items()),
            tuple(OddSheet(each.called, "same_title", each.title) for each in content.tables if each.title != each.called),
        ),
    )


def _facts(table: Table, formats: Formats) -> SheetFacts:
    last = max((row for row, _ in table.cells), default=-1), max((col for _, col in table.cells), default=-1)
    rows, cols, folded_rows, folded_cols = (
        frozenset(line for first, end in ranges for line in range(first, min(end, limit + 1)))
        for ranges, limit in (
            (table.hidden_rows, last[0]),
            (table.hidden_cols, last[1]),
            (table.folded_rows, last[0]),
            (table.folded_cols, last[1]),
        )
    )
    return SheetFacts(
        title=table.title,
        hidden=table.style in formats.hidden_tables,
        hidden_rows=rows,
        hidden_cols=cols,
        merged=tuple(table.merged),
        protected=table.protected,
        rules=(),
        has_folds=table.has_folds,
        folded_rows=folded_rows,
        folded_cols=folded_cols,
    )


_AREA = regex(
    r"^\$?(?:'((?:[^']|'')+)'|([^.']+))\.\$?([A-Z]{1,3})\$?(\d{1,7})(?::(?:\$?(?:'(?:[^']|'')+'|[^.':]*))?\.?\$?([A-Z]{1,3})\$?(\d{1,7}))?$"
)


def _place(area: str) -> Place | None:
    """Return the place of a name; None if it isn't an area of a sheet, or one that no sheet of ours has."""
    return matched(_AREA.match(area))


def _meta(part: bytes | None) -> tuple[str, dict[str, Any]]:
    """Return the program that saved the file, and its custom properties."""
    if part is None:
        return "", {}
    found: Element | None = tree(part).first("meta")
    if found is None:
        return "", {}
    program = found.first("generator")
    return (
        program.text if program is not None else "",
        {each.get("name"): each.text for each in found.all("user-defined")},
    )
