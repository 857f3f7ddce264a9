"""Tables of a workbook with more lines, or fewer, than they were written with, and cells that went with a deleted line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ..language.catalogue import Phrase
from ..language.text import Text
from ..template import tables
from ..template.model import Template
from ..values.a1 import Place
from .breaks import Break, called, said_lines
from .relocation import Anchors

_LISTED = 6  # cells that are gone
_OF_CHANNELS = (tables.CHANNEL, tables.MONTH_CHANNEL)


class Broken:
    """The tables of a workbook after people inserted and deleted lines."""

    def __init__(self, anchors: Anchors, names: Mapping[str, Place], template: Template) -> None:
        self.anchors, self.names, self.template, self.roles = anchors, names, template, template.roles

    @cached_property
    def torn(self) -> Break | None:
        """A block of the months with more rows or columns, or fewer, than it was written with: months can't be identified."""
        found: list[Break] = []
        for key, then in self.anchors.then.items():
            cell = self.template.cells.get(key.rpartition("!")[2])
            # As it stands in the file: put back to its old size, it would cut off what was pushed on.
            now = self.anchors.named.get(key, self.names.get(key)) if then.sheet in self.anchors.titles else None
            if cell is None or cell.table not in tables.OF_MONTHS or now is None:
                continue
            if (broken := self.anchors.broken(key, now)) is not None:
                found.append(broken)
        return min(found, key=lambda each: (each.place, each.name), default=None)

    @cached_property
    def parted(self) -> dict[str, Break]:
        """Columns beyond the page with more lines, or fewer, than they were written with, whose rows are counted.

        They refer to the page's channels, or the stages of the matrix, by number: after a row is inserted or deleted there,
        those below are beside the wrong ones.
        """
        page = self.template.page_keys()
        found: dict[str, Break] = {}
        for name in self.anchors.then:
            cell, now = self.template.cells.get(name), self.names.get(name)
            if cell is None or cell.table not in tables.COUNTED or cell.section in page or now is None:
                continue
            if (broken := self.anchors.broken(name, now)) is not None:
                found[name] = broken
        return found

    @cached_property
    def channels_gone(self) -> Break | None:
        """A table of the page's channels with fewer lines than it was written with, where other sheets refer to them by number."""
        page, then = self.template.page_keys(), self.anchors.then
        tables_ = {name: cell for name, cell in self.template.cells.items() if cell.table in _OF_CHANNELS and name in then}
        if len({then[name].sheet for name in tables_}) < 2:
            return None
        of_page = [name for name, cell in tables_.items() if cell.table == tables.CHANNEL and cell.section in page]
        for name in sorted(of_page, key=lambda each: each != self.roles.channel_name):
            now = self.names.get(name)
            broken = self.anchors.broken(name, now) if now is not None and now.size < then[name].size else None
            if broken is not None:
                return broken if broken.lines else broken._replace(lines=self._taken(broken))
        return None

    def _taken(self, broken: Break) -> tuple[int, ...]:
        """Return the deleted ones of spare lines that are alike, by other cells that went with them; none if that doesn't tell."""
        places = [self.anchors.then[name] for name in self.cells_gone]
        taken = {self.anchors.deleted(*each[:3]) for each in places if each.sheet == broken.then.sheet}
        lines = sorted(line[1] for line in taken if line is not None and line[0] == broken.axis)
        return tuple(lines) if len(lines) == broken.gone else ()

    def went_along(self, name: str, broken: Break) -> bool:
        """Return whether a cell that is gone was in a deleted line of a table."""
        then = self.anchors.then[name]
        line = self.anchors.deleted(*then[:3])
        return broken.gone > 0 and then.sheet == broken.then.sheet and line is not None and line[0] == broken.axis

    @cached_property
    def cells_gone(self) -> tuple[str, ...]:
        """Names of ours whose cells were deleted with their row or column, on sheets that are still there."""
        anchors = self.anchors
        return tuple(name for name, place in anchors.then.items() if name not in self.names and place.sheet in anchors.titles)

    def cells_gone_said(self) -> Phrase:
        """Say that deleted rows or columns took cells along, and which."""
        cells = [self.template.cells.get(name.rpartition("!")[2]) for name in self.cells_gone]
        labels = [
            Text(name, name) if cell is None else cell.full_label for name, cell in zip(self.cells_gone, cells, strict=True)
        ]
        many, listed = len(labels) > _LISTED, labels[:_LISTED]
        places = [self.anchors.then[name] for name in self.cells_gone]
        lines = sorted({(each.sheet, *line) for each in places if (line := self.anchors.deleted(*each[:3])) is not None})
        sheet, axis, _ = lines[0] if lines else ("", 0, 0)
        if not lines or any(each[:2] != (sheet, axis) for each in lines):
            return Phrase("S01.cells_gone.some" if many else "S01.cells_gone.all", labels=listed)
        key = "S01.cells_gone.some_of_line" if many else "S01.cells_gone.all_of_line"
        said = said_lines(axis, [at for _, _, at in lines])
        return Phrase(key, labels=listed, title=self.anchors.titles[sheet], axis=axis, many=len(said), lines=said)

    def said(self, broken: Break) -> Phrase:
        """Say what happened to a table of this workbook."""
        return broken.said(called(self.template.cells[broken.name.rpartition("!")[2]].table))
