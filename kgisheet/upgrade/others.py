"""Other people's sheets, charts and names that refer to ours by address: they follow, and where they can't they keep their last value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..filled.workbook import FilledBook
from ..formula.grid import Where
from ..language.text import Text
from ..regenerate.patch import plain
from ..values.a1 import address
from ..values.regex import regex
from ..worksheet import provenance
from ..xlsx.patch import definednames
from ..xlsx.patch.carry import reached
from ..xlsx.patch.content import Content
from ..xlsx.patch.followed import followed
from ..xlsx.patch.package import Package
from ..xlsx.patch.sheetpatch import SheetPatch
from ..xlsx.patch.tabs import Tab, tabs
from ..xlsx.read.areas import area
from .moves import Moves
from .outcome import Left

_WORD = regex(r"[^\W\d][\w.]*")
_LATER = Text(
    "新しいブックで同じ数値のセルを探し、数式を入れ直してください", "find the cell in the new workbook, and refer to it again"
)


def others(book: FilledBook) -> list[str]:
    """Return the titles of the sheets that are not ours."""
    ours = {*book.anchors.titles.values(), provenance.SHEET}
    return [sheet.title for sheet in book.read.sheets if sheet.title not in ours]


def used(book: FilledBook, named: dict[Where, str]) -> set[str]:
    """Return the names of ours that other people's sheets use, by name or by address (``named``: what is where)."""
    foreign = set(others(book))
    ours = {title.casefold(): title for title in book.anchors.titles.values()}
    by_place: dict[str, list[tuple[int, int, str]]] = {}
    for (sheet, row, col), name in named.items():
        by_place.setdefault(sheet, []).append((row, col, name))
    found: set[str] = set()
    for (sheet, _, _), text in book.formulas.items():
        if sheet not in foreign:
            continue
        found |= {word for word in _WORD.findall(text) if word in book.template.cells}
        for quoted, bare, first, last in _ADDRESS.findall(text):
            title = ours.get((quoted.replace("''", "'") or bare).casefold())
            if title is None:
                continue
            if (bounds := area(f"{first}:{last or first}")) is None:
                continue
            top, left, bottom, right = bounds
            found |= {name for row, col, name in by_place.get(title, ()) if top <= row <= bottom and left <= col <= right}
    return found


_ADDRESS = regex(
    r"(?:'((?:[^']|'')++)'|(?<![\w.])([^\W\d][\w.]*+))!\$?([A-Za-z]{1,3}\$?\d{1,7})(?::\$?([A-Za-z]{1,3}\$?\d{1,7}))?|'(?:[^']|'')*+(?:'|\Z)"
)


def follow(package: Package, book: FilledBook, moves: Moves) -> Iterator[Left]:
    """Change what refers to our old sheets by address, after these were taken out; yield what couldn't follow."""
    titles = set(others(book))
    there = [tab for tab in tabs(package) if tab.title in titles]
    for tab in there:
        if tab.part is not None:
            yield from _cells(package, book, moves, tab, tab.part)
    owners = {name: tab.title for tab in there if tab.part is not None for name in (tab.part, *reached(package, tab.part))}
    parts = [tab.part for tab in there if tab.part is not None]
    charts = [name for name in package.parts if re.search(r"/(?:charts|chartsheets)/[^/]+\.xml$", name)]
    for part in [*parts, *charts]:
        yield from _part(package, moves, part, owners.get(part, ""))
    yield from _names(package, moves)
    yield from _pivots(package, book)


def _cells(package: Package, book: FilledBook, moves: Moves, tab: Tab, part: str) -> Iterator[Left]:
    new: dict[tuple[int, int], Content] = {}
    left: dict[tuple[int, int], Left] = {}
    lost: set[tuple[int, int]] = set()
    for (sheet, row, col), text in book.formulas.items():
        if sheet != tab.title:
            continue
        made = moves.formula(text)
        if not made.refers:
            continue
        value = book.read.cells[sheet, row, col].value
        if value is None:  # saved by a program that works nothing out
            now = moves.subject.now((sheet, row, col))
            value = None if now is None else plain(now)
        if made.lost:
            new[row, col] = Content(value)
            lost.add((row, col))
            why = Text(
                f"数式の参照先({', '.join(made.lost)})が新しい形にはありません。セルには最後の値を残しました",
                f"its formula refers to {', '.join(made.lost)}, which the new form doesn't have; the cell keeps its last value",
            )
            left[row, col] = Left(sheet, address(row, col), None, f"={text.removeprefix('=')}", why, _LATER)
        elif made.text != text:
            new[row, col] = Content(value, made.text)
            if made.turned:
                why = Text(
                    f"参照先({', '.join(made.turned)})が縦並びから横並びになりました。数式は新しい位置に直しました",
                    f"{', '.join(made.turned)} ran down and runs across now; the formula refers to its new place",
                )
                fix = Text("値が変わらないか確かめてください", "check that its value is unchanged")
                left[row, col] = Left(sheet, address(row, col), None, f"={text.removeprefix('=')}", why, fix)
    if not new:
        return
    patch = SheetPatch(package, part, new)
    for cell, content in new.items():
        node = patch.found.cell(cell)
        formula = None if node is None else node.first("f")
        is_array = formula is not None and formula.get("t") == "array"
        if patch.found.groups.over(cell) is not None or (is_array and cell not in lost):
            continue  # an array stays one: it is changed as a whole, below
        patch.set_content(cell, content)
    yield from (each for cell, each in left.items() if patch.found.groups.over(cell) is None)
    patch.save()


def _part(package: Package, moves: Moves, part: str, title: str) -> Iterator[Left]:
    lost: list[tuple[str, tuple[str, ...]]] = []

    def formula(text: str) -> str:
        made = moves.formula(text)
        if made.lost:
            lost.append((text, made.lost))
        return made.text if made.refers else text

    with package.in_words(part):
        data = followed(package.parts[part], formula, lambda text: moves.location(text) or text)
    if data != package.parts[part]:
        package.put(part, data)
    for text, cells in lost:
        why = Text(
            f"グラフ・条件付き書式・入力規則などの参照先({', '.join(cells)})が新しい形にはありません",
            f"a chart, a format, a validation or an array refers to {', '.join(cells)}, which the new form doesn't have",
        )
        yield Left(title, None, None, text, why, _LATER)


def _names(package: Package, moves: Moves) -> Iterator[Left]:
    new = []
    for each in definednames.names(package):
        made = moves.formula(each.text)
        if not made.refers:
            continue
        new.append(each._replace(text=made.text))
        if made.lost:
            why = Text(
                f"名前「{each.name}」の参照先({', '.join(made.lost)})が新しい形にはありません",
                f"the name “{each.name}” refers to {', '.join(made.lost)}, which the new form doesn't have",
            )
            fix = Text("「名前の管理」で参照先を選び直してください", "choose its cells again in the Name Manager")
            yield Left("", None, each.name, each.text, why, fix)
    definednames.put(package, new)


def _pivots(package: Package, book: FilledBook) -> Iterator[Left]:
    titles = {title.casefold() for title in book.anchors.titles.values()}
    for name in package.parts:
        if "pivotCacheDefinition" not in name or not name.endswith(".xml"):
            continue
        with package.in_words(name):
            for node in package.outline(name, 3).walk():
                if node.name == "worksheetSource" and node.get("sheet").casefold() in titles:
                    why = Text(
                        "ピボットテーブルの元データの範囲が、作り直したシートにあります",
                        "a pivot table takes its data from a sheet that was replaced",
                    )
                    fix = Text(
                        "ピボットテーブルの「データソースの変更」で選び直してください",
                        "choose it again under Change Data Source",
                    )
                    yield Left(node.get("sheet"), node.get("ref") or None, node.get("name") or None, None, why, fix)
