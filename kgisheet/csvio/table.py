"""Text ↔ records: the delimiter, quotes and lines of a CSV file; every record keeps the line it begins in."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..errors import CsvError, Problem
from ..language.text import Text
from ..values import budget
from ..values.regex import regex
from .coding import decode, encode

MAX_ROWS = 20_000
MAX_COLUMNS = 1_000
MAX_CELLS = 1_000_000  # blank ones too
_DELIMITERS = ("\t", ";", ",")
_SAMPLE = 50
_PREAMBLE = regex(r"(?:(?:#(?:[ \-][^\r\n]*)?|[ \t]*)(?:\r\n|\r|\n))*(?=[^\r\n])")
"""Blank lines and comments above the table, as Google Analytics exports have them: ``# Account: …``, ``# -----``, ``#``."""
_HINT = regex(r"sep=([,;\t|])(?:\r\n|\r|\n)")
"""Excel's own way of naming the delimiter: a line that it doesn't show."""
MAX_SHOWN = 100


class Record(NamedTuple):
    """One row: the line (from 1) it begins in, and its cells without the spaces around them."""

    line: int
    cells: tuple[str, ...]

    def cell(self, index: int | None) -> str:
        """Return the cell of a column; empty where the row is too short, or there is no such column."""
        return self.cells[index] if index is not None and index < len(self.cells) else ""


class Table(NamedTuple):
    """The rows of a file that are not blank, its encoding, and its delimiter."""

    records: list[Record]
    encoding: str
    delimiter: str


def read(data: bytes, source: str) -> Table:
    """Return the table in ``data``; raises CsvError."""
    text, encoding = decode(data, source)
    hint = _HINT.match(text)
    skipped = 1 if hint else 0
    text = text[hint.end() :] if hint else text
    preamble = _PREAMBLE.match(text)
    if preamble:
        skipped += len(preamble[0].splitlines())
        text = text[preamble.end() :]
    delimiter = hint[1] if hint else _delimiter(text)
    records = [Record(line + skipped, cells) for line, cells in _records(text, delimiter, source, skipped) if any(cells)]
    if not records:
        raise CsvError(Problem("no-rows", Text("行がありません", "there are no rows"), None, source))
    return Table(records, encoding, delimiter)


def grid(data: bytes, source: str) -> list[tuple[str, ...]]:
    """Return all rows of a file as a spreadsheet shows them, blank ones too; raise CsvError."""
    text, _ = decode(data, source)
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    rows = [cells for _, cells in _records(text, hint[1] if hint else _delimiter(text), source, 1 if hint else 0)]
    if not any(any(cells) for cells in rows):
        raise CsvError(Problem("no-rows", Text("行がありません", "there are no rows"), None, source))
    return rows


def write(rows: Iterable[Sequence[str]], encoding: str, source: str | None = None) -> bytes:
    """Return the rows as CSV with CRLF, quoted where needed; raises CsvError.

    A cell that a spreadsheet would take for a formula is refused: CSV has no way
    to say that it is text, and an apostrophe in front would be another text.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    problems = []
    for number, row in enumerate(rows, 1):
        for cell in row:
            if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                problems.append(
                    Problem(
                        "formula",
                        Text(
                            f"「{cell[:40]}」は、Excelで開くと数式になります",
                            f"“{cell[:40]}” would be a formula when opened in Excel",
                        ),
                        Text("= + - @ 以外の文字で始めてください", "begin it with something other than = + - @"),
                        source,
                        number,
                    )
                )
        writer.writerow(row)
    if problems:
        raise CsvError(*problems)
    return encode(out.getvalue(), encoding, source)


def capped(problems: list[Problem], source: str) -> list[Problem]:
    """Return the problems by line, at most a hundred of them, and how many more there are."""
    found = sorted(problems, key=lambda problem: problem.line or 0)
    more = len(found) - MAX_SHOWN
    if more <= 0:
        return found
    return [*found[:MAX_SHOWN], Problem("more", Text(f"ほかに{more:,}件あります", f"and {more:,} more"), None, source)]


def _delimiter(text: str) -> str:
    """Return the delimiter: with it, the most rows have the same number of cells, and then the most cells.

    A comma may also be within 1,200, a semicolon within a name; so all three are tried.
    """

    def regularity(delimiter: str) -> tuple[float, int]:
        widths = []
        try:
            for _, cells in _records(text, delimiter, "", 0):
                if any(cells):
                    widths.append(len(cells))
                if len(widths) == _SAMPLE:
                    break
        except CsvError:
            pass  # said when the file is read
        if not widths:
            return 0.0, 0
        width, rows = max(Counter(widths).items(), key=lambda each: (each[0] > 1, each[1], each[0]))
        return (rows / len(widths), width) if width > 1 else (0.0, 0)

    found = max(_DELIMITERS, key=regularity)
    return found if regularity(found)[1] else ","


def _records(text: str, delimiter: str, source: str, skipped: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the records with the lines they begin in; raises CsvError."""
    ended = False

    def lines() -> Iterator[str]:
        nonlocal ended
        # newline="": CR, LF and CRLF all end a line, and stay what they are within quotes.
        yield from io.StringIO(text, newline="")
        ended = True

    reader = csv.reader(lines(), delimiter=delimiter)
    begins, rows, held, times = 1, 0, 0, budget.times()
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise CsvError(
                Problem(
                    "quote",
                    Text("セルが長すぎるか、引用符が合っていません", "a cell is too long, or its quotation marks don't match"),
                    Text('" の数を確かめてください', 'check the number of "'),
                    source,
                    begins + skipped,
                )
            ) from None
        if ended:
            # The reader asked for another line in the middle of a record: the rest of the file is in one cell.
            raise CsvError(
                Problem(
                    "quote",
                    Text('引用符 " が閉じられていません', 'a quotation mark " is never closed'),
                    Text('文字の中の " は "" と書いてください', 'write "" for a " within a text'),
                    source,
                    begins + skipped,
                )
            )
        rows += 1
        held += len(cells)
        if rows > MAX_ROWS * times or len(cells) > MAX_COLUMNS * times or held > MAX_CELLS * times:
            raise CsvError(
                Problem(
                    "too-large",
                    Text(
                        f"大きすぎます({MAX_ROWS * times:,}行、{MAX_COLUMNS * times:,}列、{MAX_CELLS * times:,}セルまで)",
                        f"too large (at most {MAX_ROWS * times:,} rows, {MAX_COLUMNS * times:,} columns, {MAX_CELLS * times:,} cells)",
                    ),
                    Text(
                        f"必要な列だけを、期間を分けて書き出すか、--budget {budget.next_times()} で上限を上げてください",
                        f"export only the columns needed, in parts, or raise the limits by --budget {budget.next_times()}",
                    ),
                    source,
                    begins + skipped,
                )
            )
        yield begins, tuple(cell.strip() for cell in cells)
        begins = reader.line_num + 1
