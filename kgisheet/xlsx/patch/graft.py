"""Worksheets of a newly made workbook, inserted into another one: after its sheets, among them, or in place of one.

The other workbook's own parts stay to the byte, except for the content types, the
workbook part with its relations, and appended styles. A partial change is not
undone: after a BookError the package must be thrown away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ...errors import BookError, Problem
from ...formula.retitle import retitled
from ...language.text import Text
from ...values.a1 import Place, reference
from . import definednames, tabs
from .carry import Carrier, without_relations
from .definednames import Name
from .madesheet import MadeSheets
from .markup import Edits, outline, quoted
from .package import Package
from .restyle import Restyled
from .sheetpatch import ORDER
from .styles import Styles
from .tabs import Tab
from .workbookpart import flag

NOTHING: Mapping[str, str] = MappingProxyType({})
NOWHERE: Mapping[str, int] = MappingProxyType({})


def graft(
    target: Package,
    styles: Styles,
    made: bytes | Package,
    titles: Sequence[str],
    rename: Mapping[str, str] = NOTHING,
    positions: Mapping[str, int] = NOWHERE,
    local_names: Sequence[tuple[str, Place]] = (),
) -> dict[str, str]:
    """Add the sheets of ``made`` that have these titles; return title (as in ``made``) → new part.

    ``positions`` say where (from 0, as the list is once those before are in); the others come last.

    ``rename`` gives sheets another title in the target; formulas, links and charts of the
    sheets that are carried follow it, whether the sheet itself is carried or not. The workbook's own
    names are not carried; ``local_names`` are names of these sheets that ``made`` need not have. The caller runs ``styles.save()`` once everything is in. Raise
    BookError for a title that is taken or that no sheet can have.
    """
    source = _Source(target, styles, made, rename)
    new: list[tabs.New] = []
    of_made = []
    there = tabs.tabs(target)
    taken = {each.title.casefold() for each in there}
    for title in titles:
        name = rename.get(title, title)
        tabs.refuse_title(target, name, taken)
        taken.add(name.casefold())
        position, tab = source.tab(title)
        with source.made.in_words(tab.part or ""):
            sheet = source.sheets.sheet(tab.part or "")
        new.append(tabs.New(name, sheet, positions.get(title, len(there) + len(new)), tab.state))
        of_made.append((position, tab.part or ""))
    insertion, parts = tabs.insert(target, new)
    for (_, made_part), part in zip(of_made, parts, strict=True):
        source.carrier.relations(made_part, part)
    source.put_names([(position, insertion.position(number)) for number, (position, _) in enumerate(of_made)], local_names)
    return dict(zip(titles, parts, strict=True))


def replace(target: Package, styles: Styles, made: bytes, title: str, there: Tab) -> tuple[str, ...]:
    """Put the sheet ``title`` of ``made`` in place of an existing worksheet.

    The name of its part, its relation, its number and its title stay, as do whether it is hidden or
    selected and the name by which macros know it. What only the old sheet used (drawings,
    comments, …) and its own names are removed; return the names of the removed parts.
    The caller runs ``styles.save()``.
    """
    position = next((at for at, each in enumerate(tabs.tabs(target)) if each.part == there.part), None)
    part = there.part
    if part is None or position is None:
        what = Text("ワークシートではないため置き換えられません", "it is not a worksheet, so it can't be replaced")
        raise BookError(Problem("no-worksheet", what, None, target.source, key=there.title))
    source = _Source(target, styles, made, NOTHING if title == there.title else {title: there.title})
    made_position, tab = source.tab(title)
    with source.made.in_words(tab.part or ""):
        sheet = source.sheets.sheet(tab.part or "")
    with target.in_words(part):
        sheet = _with_identity(sheet, target.parts[part])
    gone = without_relations(target, part)
    target.put(part, sheet)
    source.carrier.relations(tab.part or "", part)
    definednames.drop_local(target, position)
    source.put_names([(made_position, position)])
    return gone


class _Source:
    """The workbook that was made, and how its pieces read in the target."""

    def __init__(self, target: Package, styles: Styles, made: bytes | Package, rename: Mapping[str, str]) -> None:
        self.target = target
        self.made = made if isinstance(made, Package) else Package(made, target.source)
        self.rename = rename
        self.sheets = MadeSheets(self.made, Restyled(styles, self.made), rename)
        self.carrier = Carrier(self.sheets, target)
        self._tabs = tabs.tabs(self.made)

    def tab(self, title: str) -> tuple[int, Tab]:
        """Return a worksheet with its position."""
        found = next((each for each in enumerate(self._tabs) if each[1].title == title and each[1].part is not None), None)
        if found is None:
            what = Text("作成したブックにこのシートがありません", "the new workbook has no such worksheet")
            raise BookError(Problem("no-worksheet", what, None, self.target.source, key=title))
        return found

    def put_names(self, placed: Sequence[tuple[int, int]], more: Sequence[tuple[str, Place]] = ()) -> None:
        """Give sheets of the target the names that belonged to them in the workbook they come from: pairs of both positions.

        ``more`` are names of theirs that it does not have.
        """
        of_sheets: dict[str, list[tuple[str, Place]]] = {}
        for each in more:
            of_sheets.setdefault(each[1].sheet, []).append(each)
        there, carried = definednames.names(self.made), []
        for position, new in placed:
            own = [each._replace(sheet=new) for each in there if each.sheet == position]
            own += [Name(name, reference(place), new) for name, place in of_sheets.get(self._tabs[position].title, ())]
            carried += sorted(own, key=_order)
        definednames.put(
            self.target, [each._replace(text=retitled(each.text, self.rename)) for each in carried] if self.rename else carried
        )


def _order(name: Name) -> str:
    """Return the key by which programs sort a sheet's names: print areas and the like by their English names."""
    return name.name.replace("_xlnm.", "").lower()


def _with_identity(sheet: bytes, old: bytes) -> bytes:
    """Return the new worksheet with the old one's identity: its name in macros, and whether it is selected."""
    root, before, edits = outline(sheet, 2, ("sheetData",)), outline(old, 2, ("sheetData",)), Edits(sheet)
    known, properties = before.first("sheetPr"), root.first("sheetPr")
    name = known.get("codeName") if known is not None else ""
    if name and properties is not None:
        edits.set(properties, "codeName", name)
    elif name:
        edits.place(root, ORDER, "sheetPr", f"<{root.prefix}sheetPr codeName={quoted(name)}/>")
    views = [each for page in (root, before) for list_ in page.all("sheetViews") for each in list_.children[:1]]
    if len(views) == 2 and flag(views[1], "tabSelected"):
        edits.set(views[0], "tabSelected", 1)
    return edits.result()
