"""S10: sorting of part of a table, so that labels and values no longer match."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...language.catalogue import Phrase
from ...template.model import Cell
from ...values.a1 import cell_of
from ..finding import Finding
from ..subject import Subject

Before = Callable[[str, int], Any]
"""The previous content of a cell of a column, by name and row."""

_LEAST = 3  # rows, and figures that differ: two that changed places may have been typed so


def sorted_apart(subject: Subject) -> Iterator[Finding]:
    """Report, per table, a column that was reordered while another one stayed, or was reordered differently."""
    anchors = subject.book.anchors
    for section in subject.template.sections:
        if section.kind != "table":
            continue
        # Since the workbook was last written; or before, and `monthly` left it as it was.
        for then in (anchors.left_row, anchors.written_row):
            if found := list(_table(subject, section.key, then)):
                yield from found
                break


def _table(subject: Subject, table: str, before: Before) -> Iterator[Finding]:
    columns = [cell for cell in subject.template.inputs() if cell.table == table]
    then = {cell.name: _column(subject, cell, before) for cell in columns}
    now = {cell.name: _standing(subject, cell) for cell in columns}
    key = f"{table}_name"
    used = [row for row, name in enumerate(then.get(key, [])) if name not in (None, "")]
    if len(used) < 2 or key not in now:
        return
    then = {name: [values[row] for row in used] for name, values in then.items()}
    now = {name: [values[row] if row < len(values) else None for row in used] for name, values in now.items()}
    order = _order(then[key], now[key])
    if order is None:
        return  # renamed, added, taken away: the rows are other ones
    figures = [cell for cell in columns if cell.name != key]
    if order != list(range(len(used))):
        stayed = [cell for cell in figures if now[cell.name] == then[cell.name] and not _fits(then, now, cell, order)]
        if stayed and not any(_fits(then, now, cell, order) and now[cell.name] != then[cell.name] for cell in figures):
            names = subject.template.cells[key]
            yield _parted(subject, [names, *stayed], Phrase("S10.sorted_apart.only_names"))
        elif stayed:
            yield _parted(subject, stayed, Phrase("S10.sorted_apart.left_out"))
        return
    moved = [cell for cell in figures if now[cell.name] != then[cell.name] and _same_values(then[cell.name], now[cell.name])]
    one_order = _order(then[moved[0].name], now[moved[0].name]) if len(moved) > 1 else None
    together = one_order is not None and all(_fits(then, now, cell, one_order) for cell in moved)
    alone = [cell for cell in moved if len(set(then[cell.name])) >= _LEAST and _in_order(now[cell.name])]
    if together:
        yield _parted(subject, moved, Phrase("S10.sorted_apart.names_stayed"))
    elif alone:
        yield _parted(subject, alone, Phrase("S10.sorted_apart.only_this"))


def _parted(subject: Subject, cells: Sequence[Cell], how: Phrase) -> Finding:
    cell, *others = cells
    label = cell.full_label
    affected = [subject.book.place(each.name) for each in others]
    return subject.finding(
        "S10.sorted_apart",
        cell,
        0,
        label=label,
        how=how,
        affected=tuple(cell_of(*each[:3]) for each in affected if each is not None),
    )


def _column(subject: Subject, cell: Cell, before: Before) -> list[Any]:
    """Return the original content of the column."""
    place = subject.book.anchors.then.get(cell.name)
    return [] if place is None else [before(cell.name, row) for row in range(place.size)]


def _standing(subject: Subject, cell: Cell) -> list[Any]:
    return [subject.book.at(cell.name, row).value for row in subject.book.rows(cell)]


def _same_values(then: list[Any], now: list[Any]) -> bool:
    return sorted(map(repr, then)) == sorted(map(repr, now))


def _order(then: list[Any], now: list[Any]) -> list[int] | None:
    """Return the original row of each; None if the rows aren't the same ones."""
    if not _same_values(then, now) or len({*map(repr, then)}) != len(then):
        return None
    return [then.index(each) for each in now]


def _fits(then: dict[str, list[Any]], now: dict[str, list[Any]], cell: Cell, order: list[int]) -> bool:
    """Return whether a column was reordered along."""
    return now[cell.name] == [then[cell.name][row] for row in order]


def _in_order(values: list[Any]) -> bool:
    numbers = [each for each in values if isinstance(each, (int, float))]
    return len(numbers) == len(values) and numbers in (sorted(numbers), sorted(numbers, reverse=True))
