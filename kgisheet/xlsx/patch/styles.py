"""The styles part: fonts, fills, borders and cell formats appended to it; existing ones are never renumbered or changed."""

from __future__ import annotations

import functools

from ...errors import BookError, Problem
from ...language.text import Text
from ..read.relations import STYLES
from ..read.xml import Element, tree
from .markup import Edits, Node, is_empty, outline, with_attribute
from .package import HEAD, Package
from .records import template
from .stylerecords import StyleRecords

_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
MAX_FORMATS = 64_000
"""How many cell formats Excel opens."""

# What a list holds at least, where a workbook came without it: positions 0 (and, of fills, 1) are the program's own.
_FIRST = {
    "fonts": ('<{0}font><{0}sz val="11"/><{0}name val="Calibri"/></{0}font>',),
    "fills": (
        '<{0}fill><{0}patternFill patternType="none"/></{0}fill>',
        '<{0}fill><{0}patternFill patternType="gray125"/></{0}fill>',
    ),
    "borders": ("<{0}border><{0}left/><{0}right/><{0}top/><{0}bottom/><{0}diagonal/></{0}border>",),
    "cellXfs": ('<{0}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}


class Styles:
    """The styles of a workbook, to be added to; ``save`` writes the additions, and nothing if there are none."""

    def __init__(self, package: Package) -> None:
        self.package = package
        part = package.related(package.workbook, STYLES)
        if part is None:
            # Some programs look for it under this name only.
            part = "xl/styles.xml" if "xl/styles.xml" not in package.parts else package.fresh("xl/styles{}.xml")
            data = f'{HEAD}<styleSheet xmlns="{package.main}"></styleSheet>'.encode()
            package.put(part, data, _TYPE)
            package.relate(package.workbook, STYLES, part)
        self.part = part
        self.data = package.parts[part]
        with package.in_words(part):
            self.root = outline(self.data, 2)
        self.prefix = self.root.prefix
        self._added: dict[str, list[str]] = {}
        self._made: dict[tuple[str, str], int] = {}

    def font(self, content: str) -> int:
        """Return the position of a font by its content, with ``{0}`` as a placeholder for the part's prefix."""
        return self._append("fonts", "<{0}font>" + content + "</{0}font>")

    def fill(self, rgb: str) -> int:
        """Return the position of a solid fill of one colour (``FFCDD2``)."""
        colours = f'<{{0}}fgColor rgb="FF{rgb}"/><{{0}}bgColor indexed="64"/>'
        return self._append("fills", '<{0}fill><{0}patternFill patternType="solid">' + colours + "</{0}patternFill></{0}fill>")

    def border(self, rgb: str) -> int:
        """Return the position of a thin border of one colour all around."""
        sides = "".join(
            f'<{{0}}{side} style="thin"><{{0}}color rgb="FF{rgb}"/></{{0}}{side}>'
            for side in ("left", "right", "top", "bottom")
        )
        return self._append("borders", "<{0}border>" + sides + "<{0}diagonal/></{0}border>")

    def format(self, attributes: str, content: str = "") -> int:
        """Return the position of a cell format, as a cell's ``s`` names it."""
        return self._format("<{0}xf " + attributes + (f">{content}</{{0}}xf>" if content else "/>"))

    def take(self, name: str, item: Element) -> int:
        """Return the position of another workbook's record in the list ``name``: that of an equivalent one, else of a new one.

        A cell format names its number format, font, fill and border by their positions here.
        """
        there, key = self._records.equals(name), self._records.form(item)
        if key not in there:
            xml = template(item)
            there[key] = self._format(xml) if name == "cellXfs" else self._append(name, xml)
        return there[key]

    def number_format(self, code: str) -> int:
        """Return the id of a format code for cell formats, declaring it if necessary."""
        number, new = self._records.number_format(code)
        if new:
            self._append("numFmts", template(Element("numFmt", {"numFmtId": str(number), "formatCode": code})))
        return number

    def conditional_number_format(self, code: str) -> int:
        """Return the id of a format code within conditional formats, which carry the code with them."""
        return self._records.conditional_number_format(code)

    @functools.cached_property
    def based(self) -> bool:
        """Whether there is a base for cell formats (``cellStyleXfs``), which an ``xfId`` may then name."""
        list_ = self.root.first("cellStyleXfs")
        return list_ is not None and bool(list_.children)

    def filled(self, base: int, fill: int) -> int:
        """Return the cell format ``base`` with another fill, all else kept: number format, font, borders, protection, alignment."""
        return self.changed(base, fill=fill)

    def changed(self, base: int, number: int | None = None, fill: int | None = None) -> int:
        """Return the cell format ``base`` with another number format, by its id, or fill, by its position; all else kept."""
        new = {} if number is None else {"numFmtId": number, "applyNumberFormat": 1}
        new |= {} if fill is None else {"fillId": fill, "applyFill": 1}
        formats = self._nodes("cellXfs")
        if not formats:
            plain = {"numFmtId": 0, "fontId": 0, "fillId": 0, "borderId": 0, **new}
            return self.format(" ".join(f'{name}="{value}"' for name, value in plain.items()))
        # A cell may name a format that isn't there; programs show it as plain.
        node = formats[base] if base < len(formats) else formats[0]
        tag = self.data[node.start : node.inner]
        for name, value in new.items():
            tag = with_attribute(tag, name, str(value))
        rest = b"" if is_empty(self.data, node) else self.data[node.inner : node.end]
        return self._format((tag + rest).decode("utf-8").replace("{", "{{").replace("}", "}}"))

    def save(self) -> None:
        """Write the part with all additions to the package."""
        if not self._added:
            return
        with self.package.in_words(self.part):
            edits = Edits(self.data)
            for name in _ORDER:
                if name not in self._added:
                    continue
                items = "".join(each.format(self.prefix) for each in self._added[name])
                node = self.root.first(name)
                if node is None:
                    count, tag = len(self._added[name]), f"{self.prefix}{name}"
                    edits.place(self.root, _ORDER, name, f'<{tag} count="{count}">{items}</{tag}>')
                    continue
                edits.append(node, items)
                if node.get("count"):
                    edits.set(node, "count", len(node.children) + len(self._added[name]))
            self.package.put(self.part, edits.result())

    @functools.cached_property
    def _records(self) -> StyleRecords:
        with self.package.in_words(self.part):
            return StyleRecords(tree(self.data))

    def _format(self, xml: str) -> int:
        position = self._append("cellXfs", xml)
        if position >= MAX_FORMATS:
            raise BookError(
                Problem(
                    "too-many-styles",
                    Text(
                        f"セルの書式が上限({MAX_FORMATS:,})に達していて、塗りを加えられません",
                        f"it holds as many cell formats as Excel can ({MAX_FORMATS:,}); no fill can be added",
                    ),
                    Text(
                        "目標シートだけを新しいブックに移すと書式が減ります",
                        "move the goal sheets to a new workbook, which has fewer formats",
                    ),
                    self.package.source,
                )
            )
        return position

    def _append(self, name: str, xml: str) -> int:
        """Return the position of an item in its list; the same for the same item."""
        if (name, xml) not in self._made:
            added = self._added.setdefault(name, [])
            there = len(self._nodes(name))
            if not there and not added:
                added.extend(_FIRST.get(name, ()))
            self._made[name, xml] = there + len(added)
            added.append(xml)
        return self._made[name, xml]

    def _nodes(self, name: str) -> list[Node]:
        node = self.root.first(name)
        return [] if node is None else node.children
