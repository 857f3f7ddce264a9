"""A roster (CSV) → its rows: the name of each workbook, and what differs from the plan; every problem with its line."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..csvio.table import Record, read
from ..errors import CsvError, Problem
from ..language.text import Text
from . import names

FILE = "file"
_FILE_TOO = (FILE, "ファイル", "ファイル名")
SHARES = ("share", "weight", "配分", "比率", "重み")
"""Columns that may hold what the goal is split by, beside one of the key's own name."""


class Row(NamedTuple):
    """One row: its line, the workbook's name as given and as it will be, settings (``KEY=VALUE``), what it is weighed by."""

    line: int
    given: str
    file: str | None
    settings: tuple[str, ...]
    weight: str | None
    changed: tuple[Problem, ...]
    problems: tuple[Problem, ...]


class Roster(NamedTuple):
    """A roster: what messages call it, the line of its headings, the column of the shares, the rows."""

    name: str
    line: int
    weights: str | None
    rows: tuple[Row, ...]


def roster(data: bytes, name: str, split: str | None = None, key: Callable[[str], str] = str) -> Roster:
    """Return the roster in ``data``; with ``split``, the column of that key holds shares or weights. Raise CsvError.

    ``key`` leads from a heading to the plan's key.

    What is wrong with one row is that row's; what is wrong with the columns concerns them all, and is raised.
    """
    head, *records = read(data, name).records
    titles = [unicodedata.normalize("NFKC", cell).strip() if cell.isascii() else cell.strip() for cell in head.cells]
    files = [at for at, title in enumerate(titles) if title.casefold() in _FILE_TOO]
    own = {*files, *(_at_shares(titles) if split is not None else ())}
    titles = [title if at in own or not title else key(title) for at, title in enumerate(titles)]
    weights = _weights(titles, split)
    problems = [*_no_file(titles, files, name, head.line), *_twice(titles, files, weights, split, name, head.line)]
    problems += [_untitled(name, record) for record in records[:1] if _is_untitled(titles, records)]
    if problems:
        raise CsvError(*problems)
    if not records:
        raise CsvError(
            Problem("no-rows", Text("見出しの下に行がありません", "there are no rows below the headings"), None, name)
        )
    keys = [(at, title) for at, title in enumerate(titles) if title and at not in (files[0], weights)]
    rows = tuple(_row(record, name, len(titles), files[0], weights, keys) for record in records)
    return Roster(name, head.line, None if weights is None else titles[weights], _without_doubles(rows, name))


def _weights(titles: list[str], split: str | None) -> int | None:
    if split is None:
        return None
    own = [at for at, title in enumerate(titles) if title == split]
    return next(iter(own + _at_shares(titles)), None)


def _at_shares(titles: list[str]) -> list[int]:
    return [at for at, title in enumerate(titles) if title.casefold() in SHARES]


def _no_file(titles: list[str], files: list[int], name: str, line: int) -> Iterator[Problem]:
    if not files:
        seen = "、".join(filter(None, titles)), ", ".join(filter(None, titles))
        yield Problem(
            "no-file-column",
            Text(f"列 file(ブックの名前)がありません(あるのは {seen[0]})", f"there is no column “file” (there are {seen[1]})"),
            Text("1行目に見出し file を書いてください", "write the heading “file” in the first row"),
            name,
            line,
        )


def _twice(
    titles: list[str], files: list[int], weights: int | None, split: str | None, name: str, line: int
) -> Iterator[Problem]:
    doubled = [title for at, title in enumerate(titles) if title and title in titles[:at]]
    doubled += [titles[at] for at in files[1:] if titles[at] not in doubled]
    for title in dict.fromkeys(doubled):
        yield Problem(
            "column-twice",
            Text(f"列「{title}」が2回あります", f"the column “{title}” is there twice"),
            Text("1つにしてください", "keep one of them"),
            name,
            line,
        )
    shares = [title for at, title in enumerate(titles) if title.casefold() in SHARES and at != weights]
    if split is not None and weights is not None and shares:
        yield Problem(
            "two-weights",
            Text(
                f"配分の列が2つあります({titles[weights]} と {shares[0]})",
                f"there are two columns of shares ({titles[weights]} and {shares[0]})",
            ),
            Text("1つにしてください", "keep one of them"),
            name,
            line,
        )


def _is_untitled(titles: list[str], records: list[Record]) -> bool:
    return any(record.cell(at) for record in records for at, title in enumerate(titles) if not title)


def _untitled(name: str, record: Record) -> Problem:
    what = Text("見出しのない列に値があります", "a column without a heading holds values")
    return Problem("no-heading", what, Text("見出しにキーを書いてください", "write a key above it"), name, record.line)


def _row(record: Record, source: str, width: int, file: int, weights: int | None, keys: list[tuple[int, str]]) -> Row:
    named = names.safe(record.cell(file))
    problems, changed = [], []
    if named.refused is not None:
        problems.append(Problem("name", named.refused, named.fix, source, record.line, FILE))
    if named.changed is not None:
        changed.append(Problem("name-changed", named.changed, None, source, record.line, FILE))
    if any(record.cells[width:]):
        surplus = next(filter(None, record.cells[width:]))
        what = Text(f"見出しより列が多くあります(「{surplus}」)", f"there are more cells than headings (“{surplus}”)")
        fix = Text(
            '1,200万円 のような値は "1,200万円" と引用符で囲んでください', 'put figures such as "1,200" in quotation marks'
        )
        problems.append(Problem("columns", what, fix, source, record.line))
    settings = tuple(f"{key}={record.cell(at)}" for at, key in keys if record.cell(at))
    weight = None if weights is None else record.cell(weights)
    return Row(record.line, record.cell(file), named.file, settings, weight, tuple(changed), tuple(problems))


def _without_doubles(rows: tuple[Row, ...], source: str) -> tuple[Row, ...]:
    """Return the rows; those whose workbooks would be one file on some system are refused, all of them."""
    lines: dict[str, list[Row]] = {}
    for row in rows:
        if row.file is not None:
            lines.setdefault(names.key(row.file), []).append(row)
    return tuple(
        row
        if row.file is None or len(same := lines[names.key(row.file)]) == 1
        else row._replace(problems=(*row.problems, _double(row, [each for each in same if each is not row], source)))
        for row in rows
    )


def _double(row: Row, others: list[Row], source: str) -> Problem:
    named = others[0].given
    at = ", ".join(str(each.line) for each in others[:5]) + (" …" if len(others) > 5 else "")
    same = (
        Text("同じ", "the same") if named == row.given else Text("区別できない", "not distinguishable from it on every system")
    )
    what = (
        Text(f"{at}行目とファイル名が同じです(「{row.given}」)", f"line {at} has the same file name (“{row.given}”)")
        if named == row.given
        else Text(
            f"{at}行目のファイル名「{named}」と{same.ja}名前です(「{row.given}」)",
            f"line {at} has the file name “{named}”, {same.en} (“{row.given}”)",
        )
    )
    return Problem("name-twice", what, Text("別の名前にしてください", "give each a name of its own"), source, row.line, FILE)
