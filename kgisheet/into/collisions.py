"""Obstacles to inserting the goal sheets into a workbook: titles and names that are taken, existing goal sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..errors import Problem
from ..language.text import Text
from ..layout.model import Book
from ..worksheet import provenance

_OTHER_TITLE = Text(
    "そのシートの名前を変えるか、削除してください",
    "rename that sheet, or delete it",
)
_OTHER_NAME = Text(
    "Excelの「数式」→「名前の管理」で名前を変えてください(使っている数式も変わります)",
    "rename it under Formulas → Name Manager; formulas that use it follow",
)
_OTHER_TABLE = Text(
    "Excelの「テーブル デザイン」でテーブル名を変えてください(使っている数式も変わります)",
    "rename it under Table Design → Table Name; formulas that use it follow",
)


class Taken(NamedTuple):
    """The unique things that a workbook holds: titles of sheets, its own defined names, names of tables."""

    titles: tuple[str, ...]
    names: tuple[str, ...]
    tables: tuple[str, ...]
    from_1904: bool = False


def collisions(book: Book, taken: Taken, source: str | None) -> list[Problem]:
    """List everything that is in the way of the sheets of ``book``; nothing where they can be put in.

    Excel takes A and a for the same, and keeps the names of tables among the defined ones.
    """
    if _has(taken.titles, provenance.SHEET):
        what = Text("このブックにはすでに目標シートがあります", "this workbook already has goal sheets")
        fix = Text(
            "計画に合わせて更新するには kgisheet monthly を使ってください",
            "kgisheet monthly brings them up to date with a plan",
        )
        return [Problem("goal-sheets-there", what, fix, source)]
    return list(_collisions(book, taken, source))


def _collisions(book: Book, taken: Taken, source: str | None) -> Iterator[Problem]:
    if taken.from_1904:
        what = Text("日付を1904年から数えるブックです", "its dates count from 1904")
        fix = Text(
            "Excelの「オプション」→「詳細設定」で「1904年から計算する」を外し、日付を確かめて保存してください",
            "in Excel, clear Options → Advanced → Use 1904 date system, check its dates, and save it",
        )
        yield Problem("from-1904", what, fix, source)
    titles, names, tables = (_folded(each) for each in (taken.titles, taken.names, taken.tables))
    for sheet in book.sheets:
        there = titles.get(sheet.title.casefold())
        if there is not None:
            what = Text("同じ名前のシートがあります", "there is a sheet with this title")
            yield Problem("title-taken", what, _OTHER_TITLE, source, key=there)
    for name in book.names:
        if (there := names.get(name.casefold())) is not None:
            what = Text("同じ名前が定義されています", "this name is defined already")
            yield Problem("name-taken", what, _OTHER_NAME, source, key=there)
        if (there := tables.get(name.casefold())) is not None:
            what = Text("同じ名前のテーブルがあります", "there is a table with this name")
            yield Problem("table-taken", what, _OTHER_TABLE, source, key=there)


def _folded(said: Iterable[str]) -> dict[str, str]:
    return {each.casefold(): each for each in said}


def _has(said: Iterable[str], one: str) -> bool:
    return one.casefold() in _folded(said)
