"""The rows of the lists of files and findings, as short digests: a summary carries no more of them, and knows by it which are gone."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from ..formula.grid import held
from ..formula.values import Value
from ..xlsx.read.reader import Read
from .drawing import LONGEST
from .files import Rows
from .found import NOTHING, columns_of, place_of, text_of
from .tables import Content, Formula, Link, Table
from .texts import lines

DIGITS = 8


def digests(rows: Rows) -> tuple[str, ...]:
    """Return a digest of each row that is written."""
    return tuple(_digest(_text(content) for content, _ in row) for row in rows)


def lost(read: Read, table: Table, wanted: Sequence[str]) -> int | None:
    """Return how many of these rows a list no longer has, wherever they were sorted to; None where the list itself is gone."""
    anchor = place_of(read, table)
    if anchor is None:
        return None
    cols = columns_of(read, table, anchor)
    rows = {row for sheet, row, _ in read.cells if sheet == anchor.sheet and row > anchor.row}
    there = Counter(
        _digest(said(held(read.cells.get((anchor.sheet, row, col), NOTHING).value)) for col in cols) for row in rows
    )
    return sum((Counter(wanted) - there).values())


def said(value: Value) -> str:
    """Return a cell's value as texts are compared: programs break and pad lines in ways of their own."""
    return " ".join(text_of(value).split())


def _text(content: Content) -> str:
    if isinstance(content, Formula) or content is None:
        return ""
    return as_read(content) if isinstance(content, (str, Link)) else str(content)


def as_read(content: str | Link) -> str:
    """Return a text that is written, as ``said`` gives it when it is read again."""
    return " ".join(lines(content.text if isinstance(content, Link) else content, LONGEST).split())


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(texts).encode(errors="surrogatepass")).hexdigest()[:DIGITS]
