"""The figures before rounding, on another sheet of the page than the channels that they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..template import tables
from ..template.model import Template
from ..values.a1 import Place, quoted_sheet, row_and_column
from ..values.regex import regex
from ..xlsx.read.reader import Read
from .breaks import span
from .relocation import Anchors

Rows = list[int | None]


def followed(template: Template, read: Read, anchors: Anchors, names: Mapping[str, Place]) -> dict[str, Rows]:
    """Return the rows of the columns that follow the channels on other sheets of the page, where channels have been put in or out."""
    channels = names.get(template.roles.channel_name)
    if channels is None or template.roles.channel_name not in anchors.then:
        return {}
    count = channels.size
    written = [anchors.original(template.roles.channel_name, row) for row in range(count)]
    found: dict[str, Rows] = {}
    page = template.page_keys()
    for name, cell in template.cells.items():
        place = names.get(name)
        if cell.table != tables.CHANNEL or cell.section not in page or place is None or place.sheet == channels.sheet:
            continue
        if written != list(range(anchors.then[template.roles.channel_name].size)):
            there = {anchors.original(name, row): row for row in range(place.size)}
            found[name] = [None if row is None else there.get(row) for row in written]
        elif place.size != count:
            found[name] = _by_formulas(read, place, channels)
    return found


def _by_formulas(read: Read, place: Place, channels: Place) -> Rows:
    """Return the rows of a column by the channels that their formulas read: all that is left once `monthly` has recorded the places."""
    # LibreOffice leaves the quotes out where a title needs none.
    titles = re.escape(quoted_sheet(channels.sheet)), rf"(?<![\w'.]){re.escape(channels.sheet)}"
    reads = regex(rf"(?:{'|'.join(titles)})!\$?([A-Z]+)\$?(\d+)")
    axis = int(channels.is_across)
    first, count = span(channels, axis)
    found: Rows = [None] * count
    for row, spot in enumerate(place.spots()):
        filled = read.cells.get(spot[:3])
        text = "" if filled is None else filled.formula or ""
        at = next((row_and_column("".join(each))[axis] - first for each in reads.findall(text)), -1)
        if 0 <= at < count:
            found[at] = row
    return found
