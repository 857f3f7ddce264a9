"""Attachments of the old sheets beside typed cells: comments, pictures and shapes, local names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..filled.workbook import FilledBook
from ..formula.grid import Where
from ..language.text import Text
from ..template.sheets import GRID, PAGE, SUMMARY
from ..xlsx.patch import definednames
from ..xlsx.patch.definednames import Name
from ..xlsx.patch.notes import Note
from ..xlsx.patch.package import Package
from ..xlsx.patch.tabs import tabs
from ..xlsx.read.areas import cell_at
from ..xlsx.read.relations import COMMENTS
from ..xlsx.read.xml import Element
from .outcome import Left

_DRAWN = {
    "pic": Text("画像", "a picture"),
    "sp": Text("図形・テキストボックス", "a shape or a text box"),
    "cxnSp": Text("線", "a line"),
    "grpSp": Text("図形のグループ", "a group of shapes"),
    "graphicFrame": Text("グラフ", "a chart"),
}
_OTHER = Text("オブジェクト", "an object")
_OF_ANCHOR = ("from", "to", "pos", "ext", "clientData")
"""Elements of an anchor that are about the place, beside what is drawn there."""
_DRAW_AGAIN = Text("元のブックからコピーして貼り付けてください", "copy it from the old workbook and paste it")


class Comment(NamedTuple):
    """A comment on a cell, and who wrote it."""

    where: Where
    author: str
    text: str

    @property
    def note(self) -> Note:
        head, _, body = self.text.partition("\n")
        return Note(head, body)


def comments(package: Package, titles: frozenset[str]) -> Iterator[Comment]:
    """Yield the comments on the sheets of these titles; of a thread, its words in the order in which they were written."""
    for tab in tabs(package):
        name = package.related(tab.part, COMMENTS) if tab.part is not None and tab.title in titles else None
        if name is None:
            continue
        with package.in_words(name):
            root = package.tree(name)
            authors = [each.text for list_ in root.all("authors") for each in list_.all("author")]
            for list_ in root.all("commentList"):
                for each in list_.all("comment"):
                    cell, number = cell_at(each.get("ref")), each.get("authorId")
                    author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
                    if cell is not None:
                        yield Comment((tab.title, *cell), author, "".join(map(_words, each.all("text"))))


def _words(element: Element) -> str:
    if element.name == "t":
        return element.text
    return "".join(_words(each) for each in element.children if each.name not in ("rPh", "rPr"))


def attached(package: Package, book: FilledBook, titles: frozenset[str]) -> Iterator[Left]:
    """Yield the attachments of the old sheets that can't be moved with a cell."""
    theirs = _names(package, book)
    for position, tab in enumerate(tabs(package)):
        if tab.part is None or tab.title not in titles:
            continue
        yield from _drawings(package, tab.title, tab.part, _charts(book, tab.title))
        yield from (_left(tab.title, each) for each in theirs if each.sheet == position)


def _charts(book: FilledBook, title: str) -> int:
    """Return how many charts a sheet of ours has had: one on the page, one per stage on the summary."""
    listed = book.template.sheets
    then = next((was for was, now in book.anchors.titles.items() if now == title), title)
    kind = next((each.kind for each in listed.all if each.title.to(book.lang) == then), "")
    return {PAGE: 1, SUMMARY: len(book.template.tabbed()), GRID: len(book.template.tabbed())}.get(kind, 0)


def _drawings(package: Package, title: str, part: str, charts: int) -> Iterator[Left]:
    for each in package.relations(part):
        if each.kind != "drawing" or each.target not in package.parts:
            continue
        with package.in_words(each.target):
            for anchor in package.tree(each.target).children:
                for shape in anchor.children:
                    found = _drawn(shape, title, charts)
                    if found is not None:
                        yield found


def _drawn(shape: Element, title: str, charts: int) -> Left | None:
    if shape.name in _OF_ANCHOR:
        return None
    what = _DRAWN.get(shape.name, _OTHER)
    said = next((each for each in shape.walk() if each.name == "cNvPr"), None)
    name = said.get("name") if said is not None else ""
    # Ours are called Chart 1, Chart 2, … by their order; whoever adds one is given the next number.
    number = re.fullmatch(r"Chart (\d+)", name)
    if shape.name == "graphicFrame" and number is not None and int(number[1]) <= charts:
        return None
    texts = " ".join(each.text for each in shape.walk() if each.name == "t")
    why = Text(f"{what.ja}「{name}」は移していません", f"{what.en} (“{name}”) was not moved")
    return Left(title, None, None, texts or name, why, _DRAW_AGAIN)


def _names(package: Package, book: FilledBook) -> list[Name]:
    """Return the names that people gave."""
    ours = {key.rpartition("!")[2].casefold() for key in book.anchors.then}
    there = definednames.names(package)
    return [each for each in there if each.name.casefold() not in ours and not each.name.startswith("_xlnm.")]


def _left(title: str, name: Name) -> Left:
    """Return a name of a sheet alone as it is listed."""
    why = Text(f"シートだけの名前「{name.name}」は移していません", f"the sheet's own name “{name.name}” was not moved")
    fix = Text("「名前の管理」で付け直してください", "define it again in the Name Manager")
    return Left(title, None, name.name, name.text, why, fix)
