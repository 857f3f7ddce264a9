"""Workbooks in which a little says a lot: shared formulas that each cell has in full, and names of ours over whole sheets."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from conftest import page_only
from seeding import package

from .books import packed
from .kinds import READ, REFUSED, kind
from .masses import rows


def shared(formula: str, cells: int, first: int = 1000, wide: int = 1) -> bytes:
    """A formula that so many cells share, in columns beside one another; its references move with the cell."""
    made = []
    for row in range(first, first + cells // wide):
        made.append(f'<row r="{row}">')
        for at in range(wide):
            said = f' ref="A{first}:XFD{first + cells}">{escape(formula)}</f>' if row == first and not at else "/>"
            made.append(f'<c><f t="shared" si="9"{said}<v>0</v></c>')
        made.append("</row>")
    return rows("".join(made).encode())


@kind("a shared formula of 1 MB in 6,000 cells", *REFUSED, *READ)
def one_of_a_megabyte() -> bytes:
    return shared("A1+" * 350_000 + "1", 6000)


@kind("a shared formula of 8,000 letters in 20,000 cells", *REFUSED, *READ)
def long() -> bytes:
    return shared("+".join(["A1"] * 2700), 20_000)


@kind("a shared formula of 1,400 letters in 20,000 cells", *REFUSED, *READ)
def medium() -> bytes:
    return shared("+".join(["A1"] * 140 + ["$A$1"] * 190), 20_000)


@kind("a shared formula of 140 letters in 190,000 cells", *REFUSED, *READ)
def short() -> bytes:
    return shared("+".join(["A1"] * 46), 190_000, wide=100)


def named(area: str) -> bytes:
    """The worked example with all of its names over another area."""
    parts = package.unpacked(page_only())
    text = parts["xl/workbook.xml"].decode()
    text, times = re.subn(r"(<definedName name=\"[^\"]+\">)[^<]*(</definedName>)", rf"\g<1>{area}\g<2>", text)
    assert times > 50
    return packed({**parts, "xl/workbook.xml": text.encode()})


for _area in ("A1:CV1000", "A1:XFD1048576", "A1:A1000", "A1048576:XFD1048576"):
    _first, _last = (re.sub(r"([A-Z]+)", r"$\1$", each) for each in _area.split(":"))

    @kind(f"all our names over {_area}", *REFUSED, *READ)
    def over(area: str = f"'目標設定'!{_first}:{_last}") -> bytes:
        return named(area)
