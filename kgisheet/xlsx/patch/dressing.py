"""Single properties of one cell format given to another: what somebody set, upon what a cell has anyway."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from ..read.xml import Element, tree
from .styles import Styles

_GROUPS = {"align": "alignment", "protect": "protection"}
_WITH = {"name": ("name", "family", "charset", "scheme")}
"""Elements that belong to a font's name."""
_FONT = ("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme")  # fmt: skip
_BORDER = ("left", "right", "top", "bottom", "diagonal")


class Dressing:
    """The cell formats of a workbook, combined; ``styles`` is to be saved afterwards."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self._made: dict[tuple[int, int, frozenset[str]], int] = {}

    @cached_property
    def _lists(self) -> dict[str, list[Element]]:
        with self.styles.package.in_words(self.styles.part):
            root = tree(self.styles.data)
        return {each.name: each.children for each in root.children}

    def dressed(self, base: int, theirs: int, properties: Collection[str]) -> int:
        """Return the format ``base`` with those properties (`xlsx.read.worn`) as the format ``theirs`` has them."""
        key = base, theirs, frozenset(properties)
        if key not in self._made:
            with self.styles.package.in_words(self.styles.part):
                self._made[key] = self._dressed(*key)
        return self._made[key]

    def _dressed(self, base: int, theirs: int, properties: frozenset[str]) -> int:
        formats = self._lists.get("cellXfs", [])
        if base >= len(formats) or theirs >= len(formats):
            return base
        new, old = _copy(formats[base]), formats[theirs]
        by_group: dict[str, list[str]] = {}
        for each in sorted(properties):
            group, _, name = each.partition(".")
            by_group.setdefault(group, []).append(name)
        if "format" in by_group:
            new.attributes |= {"numFmtId": old.get("numFmtId", "0"), "applyNumberFormat": "1"}
        if "fill" in by_group:
            new.attributes |= {"fillId": old.get("fillId", "0"), "applyFill": "1"}
        if "font" in by_group:
            names = [each for name in by_group["font"] for each in _WITH.get(name, (name,))]
            new.attributes |= {"fontId": self._merged("fonts", "fontId", new, old, names, _FONT), "applyFont": "1"}
        if "border" in by_group:
            merged = self._merged("borders", "borderId", new, old, by_group["border"], _BORDER)
            new.attributes |= {"borderId": merged, "applyBorder": "1"}
        for group, name in _GROUPS.items():
            if group in by_group:
                _set(new, old, name, by_group[group])
        return self.styles.take("cellXfs", new)

    def _merged(self, name: str, id_: str, new: Element, old: Element, parts: Iterable[str], order: tuple[str, ...]) -> str:
        """Return the position of a font or a border that is the one's, but for some of its parts, which are the other's."""
        ours, theirs = (self._record(name, each.get(id_, "0")) for each in (new, old))
        gone = set(parts)
        merged = Element(ours.name, dict(ours.attributes))
        kept = [each for each in ours.children if each.name not in gone]
        merged.children = [*kept, *(each for each in theirs.children if each.name in gone)]
        merged.children.sort(key=lambda each: order.index(each.name) if each.name in order else len(order))
        if "diagonal" in gone:
            merged.attributes |= {key: theirs.get(key) for key in ("diagonalUp", "diagonalDown") if theirs.get(key)}
        return str(self.styles.take(name, merged))

    def _record(self, name: str, number: str) -> Element:
        records = self._lists.get(name, [])
        return records[int(number) if number.isdigit() and int(number) < len(records) else 0]


def _set(new: Element, old: Element, name: str, keys: Iterable[str]) -> None:
    source, there = old.first(name), new.first(name)
    if there is None:
        there = Element(name, {})
        # Alignment stands before protection.
        new.children.insert(
            0 if name == "alignment" else len([each for each in new.children if each.name == "alignment"]), there
        )
    for key in keys:
        if source is not None and key in source.attributes:
            there.attributes[key] = source.attributes[key]
        else:
            there.attributes.pop(key, None)
    new.attributes[f"apply{name.capitalize()}"] = "1"


def _copy(element: Element) -> Element:
    copy = Element(element.name, dict(element.attributes))
    copy.text = element.text
    copy.children = [_copy(each) for each in element.children]
    return copy
