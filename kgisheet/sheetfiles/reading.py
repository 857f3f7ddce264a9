"""Any file of a sheet → its cells: which kind it is, by its bytes first, and the reader of that kind."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import BookError, CsvError, Problem
from ..language.text import Text
from ..xlsx.read.reader import Read
from ..xlsx.read.reader import read as read_xlsx

XLSX, ODS, CSV = "xlsx", "ods", "csv"
"""The kinds; a .tsv is a CSV."""

TEXTS = (".csv", ".tsv")
"""The suffixes of files that are texts. A text with a suffix of another kind, ``goal.xlsx``, was renamed, and is refused."""

BOOKS = (".xlsx", ".xlsm", ".ods")
"""The suffixes of workbooks that can be read."""

OTHER_BOOKS = (".xls", ".xlsb", ".fods", ".numbers", ".et", ".xltx", ".xltm")
"""Those of workbooks that can't be: each has a report that says so, for its figures were not checked."""

_NAMELESS = ("", ".txt", ".tab")


class Sheets(NamedTuple):
    """The cells of a file, and its kind."""

    read: Read
    kind: str


def read(data: bytes, source: str) -> Sheets:
    """Return the cells of a file; raise BookError in words if it can't be read."""
    kind = kind_of(data, source)
    if kind == XLSX:
        return Sheets(read_xlsx(data, source), kind)
    if kind == ODS:
        from .ods import read as read_ods  # seldom needed, as are those of a CSV

        return Sheets(read_ods(data, source), kind)
    from .csvgrid import read as read_csv

    try:
        return Sheets(read_csv(data, source), kind)
    except CsvError as bad:
        raise BookError(*bad.problems) from None


def kind_of(data: bytes, source: str) -> str:
    """Return the kind of a file; XLSX also for what is none of them, which the reader of .xlsx calls by its real name."""
    if data[:2] == b"PK":
        return ODS if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in data[:256] or _is_ods(data) else XLSX
    suffix = _suffix(source)
    if suffix in TEXTS:
        return CSV
    if suffix == ".ods" and not _is_known(data):
        raise BookError(Problem("damaged", *_NO_ODS, source))
    # A page of HTML, an older workbook and the like are no CSV, whatever they are called.
    return CSV if suffix in _NAMELESS and not _is_known(data) and _is_text(data) else XLSX


def _is_ods(data: bytes) -> bool:
    """Return whether a package is an .ods whose first entry isn't its kind, as some programs pack it."""
    return b"content.xml" in data and b"[Content_Types].xml" not in data and b"xl/workbook.xml" not in data


_NO_ODS = (
    Text(
        ".ods のブックではありません(壊れているか、別の形式のファイルです)",
        "this is not an .ods: it is damaged, or a file of another kind",
    ),
    Text("もう一度受け取るか、.xlsx で保存し直してください", "get it again, or save it as .xlsx"),
)
_MAGIC = (b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF", b"<!", b"<h", b"<H", b"<?", b"PK")


def _is_known(data: bytes) -> bool:
    """Return whether the first bytes say what a file is, or that it is empty: the reader of .xlsx has the words for that."""
    return not data or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_MAGIC)


def _is_text(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in data[:4096]


def _suffix(source: str) -> str:
    name = source.replace("\\", "/").rpartition("/")[2]
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""
