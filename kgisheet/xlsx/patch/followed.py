"""Every formula and link of a part rewritten: those of cells, of conditional formats, validations, charts and sparklines."""

from __future__ import annotations

from collections.abc import Callable

from ..read.xml import Attributes
from .markup import Edits, Node, escape, is_empty, local, scan, tag_end, unescaped

_FOLLOWED = ("f", "formula", "formula1", "formula2")


def followed(data: bytes, formula: Callable[[str], str], location: Callable[[str], str]) -> bytes:
    """Return a part with each formula and each link's location as the functions give them; unchanged to the byte where they don't change.

    The formulas of cells stay, but for arrays: where cells share one, each has to be changed by itself.
    """
    edits = Edits(data)
    open_: Node | None = None
    in_cell = False

    def start(tag: str, attributes: Attributes, at: int) -> None:
        nonlocal open_, in_cell
        name = local(tag)
        in_cell = in_cell or name == "c"
        if name in _FOLLOWED and (not in_cell or attributes.get("t") == "array"):
            open_ = Node(tag, attributes, at, tag_end(data, at))
        elif name == "hyperlink" and "location" in attributes:
            new = location(attributes["location"])
            if new != attributes["location"]:
                edits.set(Node(tag, attributes, at, tag_end(data, at)), "location", new)

    def end(tag: str, at: int) -> None:
        nonlocal open_, in_cell
        in_cell = in_cell and local(tag) != "c"
        if open_ is not None and not is_empty(data, open_):
            old = unescaped(data[open_.inner : at])
            new = formula(old)
            if new != old:
                edits.replace(open_.inner, at, escape(new))
        open_ = None

    scan(data, start, end)
    return edits.result()
