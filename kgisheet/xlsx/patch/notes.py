"""Comments on a sheet's cells: ours added to existing ones, which stay word for word.

These are the comments that every program shows ("notes" in newer ones). A cell
with a threaded comment is left alone: its note is a copy that Excel rewrites.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ...values.a1 import address
from ..read.areas import Cell, cell_at
from ..read.relations import COMMENTS, DRAWING_OF_COMMENTS
from ..read.xml import XmlError
from .boxes import Boxes, text_height, text_size
from .markup import Edits, Node, outline, text
from .package import HEAD, Package, relation_attribute, relation_id
from .sheetpatch import SheetPatch
from .vml import CONTENT_TYPE as VML_TYPE
from .vml import CommentDrawing

THREADED = "threadedComment"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_ORDER = ("authors", "commentList", "extLst")
_RULE = "――――――――"
_FONT = '<{0}sz val="9"/><{0}color indexed="81"/><{0}rFont val="Yu Gothic"/><{0}family val="3"/><{0}charset val="128"/>'


class Note(NamedTuple):
    """A comment: its first line, which is bold, and the rest."""

    head: str
    body: str

    @property
    def whole(self) -> str:
        return f"{self.head}\n{self.body}" if self.body else self.head


def add(sheet: SheetPatch, notes: Mapping[Cell, Note], author: str) -> None:
    """Add comments; a cell that has one keeps its text, and ours follows below a line."""
    package, part = sheet.package, sheet.part
    threaded = _threaded(package, part)
    notes = {cell: note for cell, note in sorted(notes.items()) if cell not in threaded}
    if not notes:
        return
    try:
        drawing, drawn = _drawing(sheet)
    except XmlError:
        return  # beside old buttons the drawing may be no XML at all: it can't be added to without harm
    name = package.related(part, COMMENTS)
    if name is None:
        name = package.fresh("xl/comments{}.xml")
        empty = f'<comments xmlns="{package.main}"><authors></authors><commentList></commentList></comments>'
        package.put(name, f"{HEAD}{empty}".encode(), _TYPE)
        package.relate(part, COMMENTS, name)
    with package.in_words(name):
        new, longer = _write(package, name, notes, author)
        _draw(sheet, drawing, {cell: notes[cell] for cell in new}, {cell: notes[cell] for cell in longer})
    if drawn is not None:
        package.put(drawn, drawing.result())
    elif new:
        with package.in_words(part):
            _link(sheet, drawing)


def _threaded(package: Package, part: str) -> set[Cell]:
    """Return the cells with a threaded comment."""
    found: set[Cell] = set()
    for each in package.relations(part):
        if each.kind == THREADED and each.target in package.parts:
            with package.in_words(each.target):
                nodes = outline(package.parts[each.target]).children
            found |= {cell for node in nodes if (cell := cell_at(node.get("ref"))) is not None}
    return found


def _write(package: Package, name: str, notes: Mapping[Cell, Note], author: str) -> tuple[list[Cell], list[Cell]]:
    """Write the comments part; return the cells with a new comment, and those whose comment grew."""
    data = package.parts[name]
    root, edits = outline(data, 4), Edits(data)
    prefix = root.prefix
    there = {cell: node for list_ in root.all("commentList") for node in list_.children if (cell := cell_at(node.get("ref")))}
    new, longer, added = [], [], []
    for cell, note in notes.items():
        old = there.get(cell)
        if old is None:
            new.append(cell)
            added.append((cell, note))
        elif _extend(data, edits, old, note):
            longer.append(cell)
    if added:
        number = _author(data, edits, root, author)
        xml = "".join(
            f'<{prefix}comment ref="{address(*cell)}" authorId="{number}" shapeId="0"><{prefix}text>{_runs(note, prefix)}'
            f"</{prefix}text></{prefix}comment>"
            for cell, note in added
        )
        comments = root.first("commentList")
        if comments is None:
            edits.place(root, _ORDER, "commentList", f"<{prefix}commentList>{xml}</{prefix}commentList>")
        else:
            edits.append(comments, xml)
    package.put(name, edits.result())
    return new, longer


def _author(data: bytes, edits: Edits, root: Node, author: str) -> int:
    """Return our position among the authors, adding us at the end if necessary."""
    tag, written = f"{root.prefix}author", text(author)
    authors = root.first("authors")
    if authors is None:
        edits.place(root, _ORDER, "authors", f"<{root.prefix}authors><{tag}>{written}</{tag}></{root.prefix}authors>")
        return 0
    names = [data[each.inner : each.inner_end] for each in authors.children]
    if written.encode() in names:
        return names.index(written.encode())
    edits.append(authors, f"<{tag}>{written}</{tag}>")
    return len(names)


def _extend(data: bytes, edits: Edits, comment: Node, note: Note) -> bool:
    """Append ours to an existing comment; not a second time."""
    holder = comment.first("text")
    if holder is None:
        raise XmlError("本文のないコメントがあります", "a comment without text")
    # Compared without markup: a program that saves the file may split the text into other runs.
    plain = re.sub(rb"<[^>]*>|\s", b"", data[holder.inner : holder.inner_end])
    if re.sub(rb"\s", b"", text(note.whole).encode()) in plain:
        return False
    runs, strings = list(holder.all("r")), list(holder.all("t"))
    if strings and not runs:
        edits.append(strings[-1], text(f"\n{_RULE}\n{note.whole}"))
        edits.set(strings[-1], "xml:space", "preserve")
    else:
        ours = _runs(note, holder.prefix, f"\n{_RULE}\n" if runs else "")
        # Phonetic runs come behind the others.
        if runs:
            edits.insert(runs[-1].end, ours)
        else:
            edits.insert(holder.children[0].start, ours) if holder.children else edits.append(holder, ours)
    return True


def _runs(note: Note, prefix: str, before: str = "") -> str:
    """Return the text as runs, its first line bold."""
    head = _run(f"{before}{note.head}", prefix, f"<{prefix}b/>")
    return head + (_run(f"\n{note.body}", prefix) if note.body else "")


def _run(content: str, prefix: str, bold: str = "") -> str:
    look = f"<{prefix}rPr>{bold}{_FONT.format(prefix)}</{prefix}rPr>"
    return f'<{prefix}r>{look}<{prefix}t xml:space="preserve">{text(content)}</{prefix}t></{prefix}r>'


def _drawing(sheet: SheetPatch) -> tuple[CommentDrawing, str | None]:
    """Return the sheet's drawing of comments, and its part if it has one; raises XmlError."""
    element = sheet.root.first("legacyDrawing")
    related = [each for each in sheet.package.relations(sheet.part) if each.kind == DRAWING_OF_COMMENTS]
    # A sheet may have another one, for pictures in its header.
    name = next((each.target for each in related if element is not None and each.id == relation_id(element)), None)
    data = sheet.package.parts.get(name) if name is not None else None
    return CommentDrawing(sheet.package, data), None if data is None else name


def _draw(sheet: SheetPatch, drawing: CommentDrawing, new: Mapping[Cell, Note], longer: Mapping[Cell, Note]) -> None:
    """Give new comments a box, and those that grew a larger one."""
    boxes = Boxes(sheet)
    for cell, note in new.items():
        if cell not in drawing.boxes:
            size = text_size(note.whole)
            drawing.add(cell, boxes.beside(cell, *size), size)
    for cell, note in longer.items():
        if cell not in drawing.boxes:
            continue
        box, (width, height) = drawing.boxes[cell].box, text_size(note.whole)
        if box is not None:
            drawing.resize(cell, boxes.enlarged(box, width, text_height(f"\n{note.whole}", width)))
        else:
            drawing.resize(cell, boxes.beside(cell, width, height + _OTHERS_HEIGHT))


_OTHERS_HEIGHT = 80  # pixels, for a colleague's comment whose own box says no size


def _link(sheet: SheetPatch, drawing: CommentDrawing) -> None:
    """Put a new drawing into the package and reference it in the sheet."""
    package, part = sheet.package, sheet.part
    name = package.fresh("xl/drawings/vmlDrawing{}.vml")
    package.put(name, drawing.result(), VML_TYPE)
    relation = package.relate(part, DRAWING_OF_COMMENTS, name)
    prefix, declared = relation_attribute(sheet.root, package.namespace)
    element = sheet.root.first("legacyDrawing")
    if element is None:
        sheet.add("legacyDrawing", f'<{sheet.root.prefix}legacyDrawing{declared} {prefix}id="{relation}"/>')
        return
    # It led nowhere.
    key = next((key for key in element.attributes if key.endswith(":id")), None)
    if key is None:
        raise XmlError("legacyDrawing に id がありません", "legacyDrawing without an id")
    sheet.edits.set(element, key, relation)
