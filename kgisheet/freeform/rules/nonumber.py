"""I01, I07 where a label's value isn't a number at all: NaN, infinity, 1e400, a word. What can't be read is never called right.

A word is only a note, since half-filled sheets hold such; but the sheet was checked only in part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...check.finding import Finding, finding, labelled
from ...formula.nodes import ErrorValue
from ...language.text import Text
from ...values.a1 import address
from ...values.regex import regex
from ..read.figures import OF_CHANNEL, OF_MONTH
from ..read.lexicon import CHANNEL, FIELD, MARK, MONTH, TEXT
from ..read.page import Page
from ..read.plane import Spot
from . import telling

_NO_FIGURE = regex(r"[+\-−]?(?:nan|inf(?:inity)?|∞|\d+(?:\.\d+)?e[+\-]?\d{3,}|[\d,]{31,})", re.IGNORECASE)
_RANGE = regex(r"\d\s*[〜~～]\s*\d")  # 30〜35%: listed as a field that was not read
_UNDECIDED = regex(r"未定|未入力|未確定|未記入|未|不明|tb[dca]|[?？]+", re.IGNORECASE)
"""Marks that say that a figure is still to come; ― and なし say that there is none."""
_LONGEST = 40  # letters of it in a message
_FEW = 3


def no_numbers(page: Page) -> Iterator[Finding]:
    """Report, at their cells, values that no program can calculate with."""
    for each in page.figures:
        if each.value is None and each.formula is None and isinstance(each.raw, ErrorValue):
            yield telling.finding("freeform.I07.no_number", each, text=each.raw.text, found=each.raw.text)
    for named, spot in _words(page):
        yield _told(page.title, named.text, spot)


def _told(sheet: str, label: str, spot: Spot) -> Finding:
    said = spot.beyond or spot.text or "TRUE/FALSE"
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    at = {"sheet": sheet, "cell": address(spot.row, spot.col), "label": label, "found": said}
    if spot.beyond:
        return labelled("freeform.I07.no_number", Text(label, label), {"text": said}, **at)
    return finding(
        "freeform.I07.no_figure" if _NO_FIGURE.fullmatch(spot.text) else "freeform.I01.words", at=label, said=said, **at
    )


def _words(page: Page) -> Iterator[tuple[Spot, Spot]]:
    """Report labels in a list with a word where the other labels of the list have their figures."""
    read = {each.where[1:] for each in page.figures}
    columns: dict[tuple[int, int], int] = {}
    for each in page.figures:
        if each.table[0] == "row":
            columns[each.table[1], each.where[2]] = columns.get((each.table[1], each.where[2]), 0) + 1
    in_row = Counter(row for row, _ in read)
    fields = {each.field for each in page.figures}
    for label in page.plane.fields:
        word = label.word
        if word is None or word.kind != FIELD:
            continue
        across, elsewhere = in_row[label.row], word.field in fields
        for spot in page.plane.rows.get(label.row, []):
            if spot.col <= label.last_col or (spot.row, spot.col) in read or columns.get((label.col, spot.col), 0) < _FEW:
                continue
            if (across >= _FEW if elsewhere else not across) and _is_word(spot):
                yield label, spot
    yield from _among_months(page, read)


def _among_months(page: Page, read: set[tuple[int, int]]) -> Iterator[tuple[Spot, Spot]]:
    """Report months and channels without a figure, in a column where the others have theirs."""
    lines: dict[tuple[int, int], list[int]] = {}
    for each in page.figures:
        if each.scope.kind in (OF_MONTH, OF_CHANNEL):
            _, row, col = each.where
            lines.setdefault((0, col), []).append(row)
            lines.setdefault((1, row), []).append(col)
    for (axis, line), places in lines.items():
        spots = page.plane.rows.get(line, []) if axis else page.plane.cols.get(line, [])
        for spot in spots if len(places) >= _FEW else []:
            at = spot.col if axis else spot.row
            undecided = _UNDECIDED.fullmatch(spot.text) or _RANGE.search(spot.text)
            if undecided and min(places) - 1 <= at <= max(places) + 1 and (spot.row, spot.col) not in read:
                label = _heading(page, spot, axis)
                if label is not None:
                    yield label, spot


def _heading(page: Page, spot: Spot, axis: int) -> Spot | None:
    """Return the month or channel of a figure: left of it, or above it if they go across."""
    before = page.plane.cols.get(spot.col, []) if axis else page.plane.rows.get(spot.row, [])
    return next(
        (
            each
            for each in before
            if each.kind in (MONTH, CHANNEL, TEXT) and (each.row < spot.row if axis else each.col < spot.col)
        ),
        None,
    )


def _is_word(spot: Spot) -> bool:
    word = spot.word
    if word is None:
        return spot.beyond is not None
    if word.kind == MARK:
        return not word.text or _UNDECIDED.fullmatch(word.text) is not None
    return word.kind == TEXT and not _RANGE.search(spot.text)
