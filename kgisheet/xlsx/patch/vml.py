"""The drawing that holds a sheet's comment boxes (VML, which Excel still wants beside every comment)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...values.regex import regex
from ..read.areas import Cell
from ..read.xml import XmlError
from .boxes import Anchor
from .markup import Edits, Node, outline
from .package import Package

_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = 1024  # each drawing numbers its shapes within blocks of its own
_TYPE_ID = "_x0000_t202"
_SHAPE_ID = regex(r"_x0000_s(\d{1,9})$")


class _Shape(NamedTuple):
    """An existing comment box: the ClientData in it, and the position of its Anchor, if it has one."""

    client: Node
    row: Node
    anchor: Node | None
    box: Anchor | None


class CommentDrawing:
    """One drawing, read if it exists, to which boxes are added; ``result`` is the part."""

    def __init__(self, package: Package, data: bytes | None) -> None:
        block = _free_block(package)
        if data is None:
            declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
            layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
            data = f"<xml{declared}>{layout}</xml>".encode()
        self.data = data
        self.root = outline(data, 4)
        self.edits = Edits(data)
        ids = [each.get("id") for each in self.root.walk() if each.name == "shape"]
        numbers = [int(match[1]) for each in ids if (match := _SHAPE_ID.match(each))]
        self._next = max(numbers, default=block * _BLOCK) + 1
        self._declared = "".join(
            f' xmlns:{prefix}="{uri}"'
            for prefix, uri in _NAMESPACES.items()
            if self.root.attributes.get(f"xmlns:{prefix}") != uri
        )
        self._has_type = any(each.name == "shapetype" and each.get("id") == _TYPE_ID for each in self.root.walk())
        self.boxes = dict(self._read())

    def _read(self) -> Iterator[tuple[Cell, _Shape]]:
        for client in self.root.walk():
            if client.name != "ClientData" or client.get("ObjectType") != "Note":
                continue
            row, col, anchor = client.first("Row"), client.first("Column"), client.first("Anchor")
            if row is None or col is None:
                continue
            try:
                place = int(self._text(row)), int(self._text(col))
            except ValueError:
                continue
            figures = re.findall(r"-?\d{1,8}", self._text(anchor)) if anchor is not None else []
            box = Anchor(*map(int, figures)) if len(figures) == 8 else None
            yield place, _Shape(client, row, anchor, box)

    def add(self, cell: Cell, box: Anchor, pixels: tuple[int, int]) -> None:
        """Add a hidden box for the comment of a cell; it shows when the pointer is over the cell."""
        if not self._has_type:
            self._has_type = True
            self.edits.append(
                self.root,
                f'<v:shapetype{self._declared} id="{_TYPE_ID}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
                '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>',
            )
        width, height = (side * 0.75 for side in pixels)
        style = f"position:absolute;margin-left:60pt;margin-top:2pt;width:{width:g}pt;height:{height:g}pt;z-index:1;visibility:hidden"
        self.edits.append(
            self.root,
            f'<v:shape{self._declared} id="_x0000_s{self._next}" type="#{_TYPE_ID}" style="{style}" '
            'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
            '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{box}</x:Anchor>'
            f"<x:AutoFill>False</x:AutoFill><x:Row>{cell[0]}</x:Row><x:Column>{cell[1]}</x:Column></x:ClientData></v:shape>",
        )
        self._next += 1

    def resize(self, cell: Cell, box: Anchor) -> None:
        """Give the box of an existing comment another size."""
        shape = self.boxes[cell]
        if shape.anchor is not None:
            self.edits.replace(shape.anchor.inner, shape.anchor.inner_end, str(box))
        else:
            tag = f"{shape.client.prefix}Anchor"
            self.edits.insert(shape.row.start, f"<{tag}>{box}</{tag}>")

    def result(self) -> bytes:
        return self.edits.result()

    def _text(self, node: Node) -> str:
        return self.data[node.inner : node.inner_end].decode("utf-8", "replace").strip()


def _free_block(package: Package) -> int:
    """Return a block of shape numbers that no drawing of the workbook uses."""
    used = {0}
    for name, data in package.parts.items():
        if not name.lower().endswith(".vml"):
            continue
        try:
            maps = [each.get("data") for each in outline(data, 2).walk() if each.name == "idmap"]
        except XmlError:
            continue  # another sheet's drawing, which is not touched; old ones are no XML
        used |= {int(number) for each in maps for number in re.findall(r"\d{1,6}", each)}
    return max(used) + 1
