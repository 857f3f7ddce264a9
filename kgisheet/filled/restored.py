"""Names of ours that are gone or refer to a wrong cell, and where their cells are."""

from __future__ import annotations

from ..values.a1 import Place
from ..worksheet.provenance import VALUES_ONLY
from ..xlsx.read.reader import Read
from ..xlsx.read.sheetpart import inside
from .headings import Headings
from .relocation import Anchors


def restored(anchors: Anchors, read: Read) -> dict[str, Place]:
    """Return the places of names that are gone, or that refer to a wrong cell."""
    found: dict[str, Place] = {}
    if anchors.unmoved:
        return found
    now = Headings(anchors).now if read.carried.get(VALUES_ONLY) else anchors.now
    for name in anchors.then:
        place, should = anchors.named.get(name), now(name)
        if should is None or should == place:
            continue
        # A cell that was cut and pasted took its name along, and left nothing behind.
        if place is None or _holds(read, should) or _taken(anchors, name, place) or _left_its_rule(read, should, place):
            found[name] = should
    return found


def _holds(read: Read, place: Place) -> bool:
    return any(spot[:3] in read.cells for spot in place.spots())


def _taken(anchors: Anchors, name: str, place: Place) -> bool:
    """Return whether two names that were separate cells now refer to the same one."""
    then = anchors.then
    return place.rows == 1 and any(
        other == place and then[key].rows == 1 and then[key] != then[name]
        for key, other in anchors.named.items()
        if key != name and key in then
    )


def _left_its_rule(read: Read, should: Place, place: Place) -> bool:
    """Return whether a blank cell's name went elsewhere alone: cut and pasted, its validation would have gone along."""

    def has_rule(at: Place) -> bool:
        rules = next((sheet.rules for sheet in read.sheets if sheet.title == at.sheet), ())
        return any(inside(area, at.row, at.col) for rule in rules for area in rule.areas)

    return place.rows == 1 and has_rule(should) and not has_rule(place)
