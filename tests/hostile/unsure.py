"""Goal sheets in which something means nothing, or two things: programs show the one or the other, so that none of it is called right."""

from __future__ import annotations

from .books import GOALS, packed, typed
from .kinds import REFUSED, kind
from .packages import parts_of

BOOK, RELS, FIRST, SECOND = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
)
WRONG = {**GOALS, "B4": 11}
"""The opportunities aren't the won deals ÷ the win rate."""


def edited(part: str, old: str, new: str, data: bytes | None = None) -> bytes:
    """A goal sheet with a second one behind it, with something else in a part."""
    found = parts_of(data or typed({}, WRONG))
    assert old.encode() in found[part], (part, old)
    return packed({**found, part: found[part].replace(old.encode(), new.encode(), 1)})


@kind("two sheets of one title, the second wrong")
def second_wrong() -> bytes:
    return edited(BOOK, 'name="Sheet2"', 'name="sheet1"')


@kind("two sheets of one title, the first wrong")
def first_wrong() -> bytes:
    return edited(BOOK, 'name="Sheet2"', 'name="Sheet1"', typed({"B4": 11}, GOALS))


@kind("a listed sheet without its relation", "incomplete")
def no_relation() -> bytes:
    return edited(BOOK, 'r:id="r2"', 'r:id="r77"')


@kind("a listed sheet of an unknown kind", "incomplete")
def unknown_kind() -> bytes:
    return edited(RELS, '/worksheet" Target="worksheets/sheet2', '/worksheetz" Target="worksheets/sheet2')


@kind("no relations of the workbook", *REFUSED)
def no_relations() -> bytes:
    found = parts_of(typed({}))
    del found[RELS]
    return packed(found)


@kind("the cells of a sheet twice", *REFUSED)
def twice() -> bytes:
    return edited(FIRST, "</sheetData>", '</sheetData><sheetData><row r="4"><c r="B4"><v>11</v></c></row></sheetData>')


MEETINGS = '<c r="B4"><v>10</v></c>'

CELLS = {
    "two values": ("B4", '<c r="B4"><v>10</v><v>11</v></c>'),
    "a cell twice": ("B4", f"{MEETINGS}{MEETINGS}"),
    "a text in the cell and a value": ("B4", '<c r="B4" t="inlineStr"><is><t>11</t></is><v>10</v></c>'),
    "a text that isn't there": ("B4", '<c r="B4" t="s"><v>-7</v></c>'),
    "an address that is none": ("C4", f'{MEETINGS}<c r="4B"><v>10</v></c>'),
    "a text of 33,000 characters": ("J4", f'{MEETINGS}<c r="J4" t="inlineStr"><is><t>{"x" * 33_000}</t></is></c>'),
}
"""What is the matter, the cell, and what is stored instead of the opportunities."""

for what, (_, xml) in CELLS.items():
    kind(f"in a typed sheet: {what}", "findings", "incomplete")(lambda xml=xml: edited(FIRST, MEETINGS, xml, typed({})))  # type: ignore[misc]
