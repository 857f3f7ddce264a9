"""The texts that cells share, which no program drops by itself: those of a sheet that is written anew are emptied."""

from __future__ import annotations

import re

from ..read.relations import SHARED_STRINGS
from .markup import Edits
from .package import Package
from .tabs import tabs

_SHARED = re.compile(rb'<(?:[^\s<>/:]+:)?c [^<>]*?\bt="s"[^<>]*>\s*<(?:[^\s<>/:]+:)?v>([0-9]{1,8})</')
_ITEM = re.compile(rb"<((?:[^\s<>/:]+:)?)si([\s/>])")


def forget(package: Package, sheet: str, begins: str) -> None:
    """Empty the shared texts of ``sheet``, a part that is about to be written anew, that begin so.

    The caller has seen that no cell of another sheet has a text that begins so. An empty text takes the
    place of each, so that the numbers of the others stay, and with them all other parts. Nothing is done where
    another part than a sheet may refer to texts, or where the list is written in another way than usual.
    """
    part = package.related(package.workbook, SHARED_STRINGS)
    numbers = {int(each) for each in _SHARED.findall(package.parts[sheet])}
    sheets = {tab.part for tab in tabs(package)}
    others = (data for name, data in package.parts.items() if name not in sheets and name != part)
    if part is None or not numbers or any(b't="s"' in data or b"t='s'" in data for data in others):
        return
    data = package.parts[part]
    items = list(_ITEM.finditer(data))
    # Each item is counted, however it is written, and there is nothing that could hide one.
    if b"<!" in data or any(item[2] != b">" for item in items):
        return
    edits = Edits(data)
    for number in numbers:
        item = items[number] if number < len(items) else None
        if item is None:
            continue
        prefix = item[1]
        text = re.compile(
            rb'<%bt(?: xml:space="preserve")?>%b[^<]*</%bt></%bsi>' % (prefix, re.escape(begins.encode()), prefix, prefix)
        )
        found = text.match(data, item.end())
        if found is not None:
            edits.replace(item.end(), found.end(), b"<%bt></%bt></%bsi>" % (prefix, prefix, prefix))
    package.put(part, edits.result())
