"""Relocation: the current place of each cell of a written sheet, by the texts and names that are still around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ..formula.relocate import relocated
from ..template.tables import TAB_MONTH
from ..values.a1 import Place, address, row_and_column
from ..values.regex import regex
from ..worksheet.places import Places
from ..xlsx.read.reader import Read
from .alignment import Line, aligned, is_certain, take
from .breaks import Break, span
from .signs import Signs
from .stillness import still
from .tabtitles import exchanged

_ADDRESS = regex(r"[A-Za-z]{1,3}\$?\d{1,7}(?![\w(])")
"""A cell's address in a formula, which reads another way once the cell is elsewhere."""

_LEAST_ALIKE = 0.5  # of a sheet's texts, to take another title for the same sheet


_Extent = tuple[str, int, int, int, int, int]
"""The lines of a block: sheet, axis, first line and size as written, first line and size now."""


def place_of(written: Sequence[Any]) -> Place:
    """Return a place as the workbook carries it: sheet, ``D7``, rows, and columns if there are several."""
    sheet, at, *size = written
    return Place(sheet, *row_and_column(at), *size)


def by_tabs(named: Mapping[str, Place], tabs: Sequence[str]) -> Places:
    """Return places by name, and for each name of a tab those on all the tabs."""
    local = dict.fromkeys(key.rpartition("!")[2] for key in named if "!" in key)
    return Places(named, {name: [named.get(f"{tab}!{name}") for tab in tabs] for name in local})


class Anchors:
    """The layout of the workbook as it was written, compared with its current one."""

    def __init__(self, read: Read) -> None:
        self.read = read
        # What the record holds is of its shape (`worksheet.shape`); older ones lack some of it.
        self.then = {name: place_of(written) for name, written in read.carried.get("names", {}).items()}
        self.generated: Mapping[str, Any] = read.carried.get("generated", {})
        self._typed_over: Mapping[str, Any] = read.carried.get("typed_over", {})

    @cached_property
    def named(self) -> dict[str, Place]:
        """The names that the workbook has now; those of a written tab as ``2026-04!goal_leads``, whatever its title now."""
        found = dict(self.read.names)
        for key in self.then:
            tab, of_tab, name = key.rpartition("!")
            place = self.read.local_names.get((self.titles.get(tab, tab), name.lower())) if of_tab else None
            if place is not None:
                found[key] = place
        return found

    @cached_property
    def tabs(self) -> tuple[str, ...]:
        """The months' tabs by their written titles, in the order of the months."""
        found = sorted({key.rpartition("!")[0] for key in self.then if "!" in key})
        said = self.read.carried.get("tabs", [])
        # Regeneration writes a tab under the title that people gave it, and then says which month it is of.
        return tuple(said if sorted(said) == found else found)

    def now(self, name: str) -> Place | None:
        """Return the place of the named cell or block, without using the name itself; None if nothing indicates it."""
        then = self.then.get(name)
        sheet = None if then is None else self.titles.get(then.sheet)
        if then is None or sheet is None:
            return None
        first = self._moved(then.sheet, 0, then.row, name)
        last = self._moved(then.sheet, 0, then.row + then.rows - 1, name)
        col = self._moved(then.sheet, 1, then.col, name)
        last_col = self._moved(then.sheet, 1, then.col + then.cols - 1, name)
        if first is None or last is None or col is None or last_col is None or last < first or last_col < col:
            return None
        if first < 0 or col < 0:
            return None  # it was in a line above the first one of now
        return Place(sheet, first, col, last - first + 1, last_col - col + 1)

    def written(self, name: str, row: int = 0) -> Any:
        """Return what we wrote last into a named cell, or into a current row of a block; None if unknown."""
        line = self.original(name, row)
        return None if line is None else self.written_row(name, line)

    def written_row(self, name: str, row: int) -> Any:
        """Return what we wrote last into a row of a block, counted as it was written, whatever people made of it."""
        place = self.written_places.spot(name, row)
        return None if place is None else _in(self.generated, place)[1]

    def left(self, name: str, row: int = 0) -> Any:
        """Return the content of a named cell when we last wrote the workbook: what people had typed by then, else what we wrote."""
        line = self.original(name, row)
        return None if line is None else self.left_row(name, line)

    def left_row(self, name: str, row: int) -> Any:
        """Return the content of a row of a block, counted as it was written, when we last wrote the workbook."""
        place = self.written_places.spot(name, row)
        if place is None:
            return None
        is_theirs, value = _in(self._typed_over, place)
        return value if is_theirs else _in(self.generated, place)[1]

    def original(self, name: str, row: int) -> int | None:
        """Return the original row of a block that is now a given row; None for an inserted one."""
        then, now = self.then.get(name), self.named.get(name)
        if then is None or now is None or (then.rows, then.cols) == (now.rows, now.cols):
            return row
        down, right = divmod(row, now.cols)
        lines, columns = self.lines(name, 0), self.lines(name, 1)
        line, col = (lines[down] if down < len(lines) else None), columns[right]
        return None if line is None or col is None else line * then.cols + col

    @cached_property
    def written_places(self) -> Places:
        """The places of everything when the workbook was written."""
        return by_tabs(self.then, self.tabs)

    def lines(self, name: str, axis: int) -> list[int | None]:
        """Return, for each row (axis 0) or column of a named block, the original one (from 0); None for an inserted one."""
        return self._lines(name, axis)[0]

    def _lines(self, name: str, axis: int) -> tuple[list[int | None], list[bool]]:
        """Return the same, and for which lines it is certain."""
        then, now = self.then[name], self.named[name]
        (_, size), (_, size_now) = span(then, axis), span(now, axis)
        if size == size_now:
            return list(range(size)), [True] * size
        key = (then.sheet, axis, *span(then, axis), *span(now, axis))
        known = self._aligned.get(key)
        if known is None:
            known = self._aligned[key] = self._align(name, axis)
        return known

    def broken(self, name: str, now: Place) -> Break | None:
        """Return what became of a block that has more lines at its place, or fewer, than it was written with."""
        then = self.then[name]
        for axis in (0, 1):
            (_, size), (first, size_now) = span(then, axis), span(now, axis)
            if size != size_now:
                known, sure = self._lines(name, axis) if self.named.get(name) == now else ([], [False])
                lines = [first + at for at, line in enumerate(known) if line is None]
                if size_now < size:
                    lines = [span(then, axis)[0] + line for line in range(size) if line not in known]
                is_told = all(sure) and len(lines) == abs(size - size_now)
                return Break(name, now, then, axis, tuple(lines) if is_told else ())
        return None

    def cell(self, sheet: str, row: int, col: int) -> tuple[str, int, int] | None:
        """Return the current place of a cell of a written sheet, named or not."""
        title, now_row, now_col = self.titles.get(sheet), self._moved(sheet, 0, row, ""), self._moved(sheet, 1, col, "")
        if title is None or now_row is None or now_col is None or now_row < 0 or now_col < 0:
            return None
        return title, now_row, now_col

    def formula(self, sheet: str, text: str) -> str | None:
        """Return a written formula with its cells at their current places; None if one of them is gone."""
        key = sheet, text
        if key not in self._formulas:
            self._formulas[key] = relocated(text, sheet, self.cell)
        return self._formulas[key]

    def formulas(self) -> Iterator[tuple[tuple[str, int, int], str]]:
        """Return what was written beginning with ``=`` into cells without a name: formulas, and a few texts."""
        for cells in self.unnamed.values():
            yield from ((where, value) for where, value in cells.items() if isinstance(value, str) and value.startswith("="))

    @cached_property
    def unnamed(self) -> dict[str, dict[tuple[str, int, int], Any]]:
        """The written contents of cells without a name, by the title of their sheet.

        Cells that people type into, or that hold results, have one: their content can't serve as a landmark.
        """
        named: dict[str, set[str]] = {}
        for place in self.then.values():
            rows, cols = range(place.row, place.row + place.rows), range(place.col, place.col + place.cols)
            named.setdefault(place.sheet, set()).update(address(row, col) for row in rows for col in cols)
        return {
            title: {(title, *row_and_column(at)): value for at, value in cells.items() if at not in named.get(title, ())}
            for title, cells in self.generated.items()
        }

    @cached_property
    def still(self) -> frozenset[str]:
        """The written sheets that need no search: nothing on them has moved."""
        names = self.then, self.named
        return still(self.read, self.unnamed, self.titles, names, lambda *line: line in self._filled_lines)

    @cached_property
    def is_still(self) -> bool:
        """Whether all that was written is where it was, on sheets of the same titles."""
        return all(title in self.still and self.titles[title] == title for title in self.generated)

    @cached_property
    def unmoved(self) -> bool:
        """Whether every name is where it was written."""
        return all(self.named.get(name) == place for name, place in self.then.items())

    # -- sheets -----------------------------------------------------------

    @cached_property
    def titles(self) -> dict[str, str]:
        """The current title of each written sheet; one that is gone is left out."""
        found: dict[str, str] = {}
        present = {sheet.title for sheet in self.read.sheets}
        others = present - set(self.generated)
        votes: dict[str, Counter[str]] = {}
        for name, place in self.then.items():
            if name in self.read.names:
                votes.setdefault(place.sheet, Counter())[self.read.names[name].sheet] += 1
        for title in dict.fromkeys([*self.generated, *(place.sheet for place in self.then.values())]):
            if title in votes:
                found[title] = votes[title].most_common(1)[0][0]
            elif title in present:
                found[title] = title
            elif title in self.tabs:
                pass  # all the tabs are alike: which is which is seen below
            elif (alike := self._alike(title, others)) is not None:
                found[title] = alike
        return found | self._renamed_tabs(present, found) | exchanged(self.read, self.tabs, self.generated, TAB_MONTH)

    def _renamed_tabs(self, present: set[str], found: Mapping[str, str]) -> dict[str, str]:
        """Return the renamed tabs, recognised by the month that each of them holds."""
        gone = [title for title in self.tabs if title not in found]
        if not gone:
            return {}
        others = {title for title, name in self.read.local_names if name == TAB_MONTH} - set(found.values())
        months: dict[str, str] = {}
        for title in sorted(others & present):
            place = self.read.local_names[title, TAB_MONTH]
            filled = self.read.cells.get((place.sheet, place.row, place.col))
            held = None if filled is None else filled.value
            months.setdefault(f"{held:%Y-%m}" if hasattr(held, "year") else str(held), title)
        return {title: months[title] for title in gone if title in months}

    def _alike(self, title: str, among: set[str]) -> str | None:
        written = {value for value in self.generated.get(title, {}).values() if isinstance(value, str) and value[:1] != "="}
        shares = {other: len(written & self._values.get(other, set())) for other in sorted(among)}
        best = max(shares, key=lambda other: shares[other], default=None)
        return best if best is not None and shares[best] > len(written) * _LEAST_ALIKE else None

    @cached_property
    def _values(self) -> dict[str, set[Any]]:
        """The values of the cells now, by the title of their sheet."""
        found: dict[str, set[Any]] = {}
        for (title, _, _), each in self.read.cells.items():
            found.setdefault(title, set()).add(each.value)
        return found

    # -- rows and columns ---------------------------------------------------

    def _align(self, name: str, axis: int) -> tuple[list[int | None], list[bool]]:
        """Align by everything on these lines of the sheet: whoever inserts a row inserts a whole one."""
        then, now = self.then[name], self.named[name]
        (first, size), (first_now, size_now) = span(then, axis), span(now, axis)
        across = span(now, 1 - axis)[0] - span(then, 1 - axis)[0]
        were, are = [Line(set(), {}) for _ in range(size)], [Line(set(), {}) for _ in range(size_now)]
        for where, value in self.generated.get(then.sheet, {}).items():
            at = row_and_column(where)
            if 0 <= at[axis] - first < size:
                line, other = were[at[axis] - first], at[1 - axis] + across
                take(line, other, value if isinstance(value, str) and value.startswith("=") else None, value)
        for (sheet, *place), filled in self.read.cells.items():
            if sheet == now.sheet and 0 <= place[axis] - first_now < size_now:
                take(are[place[axis] - first_now], place[1 - axis], filled.formula, filled.value)
        return aligned(were, are), is_certain(were, are)

    @cached_property
    def _aligned(self) -> dict[_Extent, tuple[list[int | None], list[bool]]]:
        return {}

    def _texts(self, title: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return the original and the current place of each text, or formula without addresses, that occurs once on a written sheet."""
        written = _once((value, where[1:]) for where, value in self.unnamed.get(title, {}).items())
        current = _once(self._current.get(self.titles.get(title, ""), ()))
        return [(written[text], current[text]) for text in written if text in current]

    @cached_property
    def _current(self) -> dict[str, list[tuple[Any, tuple[int, int]]]]:
        """The contents of the cells now, by the title of their sheet."""
        found: dict[str, list[tuple[Any, tuple[int, int]]]] = {}
        for (title, row, col), each in self.read.cells.items():
            found.setdefault(title, []).append((each.formula or each.value, (row, col)))
        return found

    @cached_property
    def _names(self) -> dict[str, list[tuple[str, Place, Place]]]:
        found: dict[str, list[tuple[str, Place, Place]]] = {}
        for name, then in self.then.items():
            place = self.named.get(name)
            if place is not None and place.sheet == self.titles.get(then.sheet):
                found.setdefault(then.sheet, []).append((name, then, place))
        return found

    def _moved(self, sheet: str, axis: int, line: int, without: str) -> int | None:
        """Return the current row (axis 0) or column (axis 1) of a written sheet's line; ``without`` is a name to ignore."""
        if not without and sheet in self.still:
            return line
        key = sheet, axis, line, without
        if key not in self._lines_now:
            self._lines_now[key] = self._found(*key)
        return self._lines_now[key]

    def _found(self, sheet: str, axis: int, line: int, without: str) -> int | None:
        signs = self._signs.get((sheet, axis))
        if signs is None:
            signs = self._signs[sheet, axis] = Signs(self._texts(sheet), self._votes(sheet, axis), axis)
        shift = signs.shift(line, without)
        if shift is not None:
            return line + shift
        above, below = signs.around(line, without)
        around = {each for each in (above, below) if each is not None}
        if len(around) != 1 or ((above is None or below is None) and self._is_cleared(sheet, axis, line, *around)):
            return None
        return line + around.pop()

    def deleted(self, sheet: str, row: int, col: int) -> tuple[int, int] | None:
        """Return the deleted line of a written sheet in which a cell was: axis, and line as written; None where that can't be decided."""
        for axis, line in enumerate((row, col)):
            if self._moved(sheet, axis, line, "") is not None:
                continue
            above, below = self._signs[sheet, axis].around(line, "")
            if above is None or below is None or below < above:
                return axis, line
        return None

    def _is_cleared(self, sheet: str, axis: int, line: int, shift: int) -> bool:
        """Return whether a line before the first landmark, or behind the last one, had contents and nothing is at its place.

        Where formulas became values, one that showed nothing has left nothing.
        """
        written = self.generated.get(sheet, {})
        shown = (where for where, value in written.items() if not (self._has_no_formulas and str(value).startswith("=")))
        wrote = any(row_and_column(where)[axis] == line for where in shown)
        return wrote and (self.titles.get(sheet), axis, line + shift) not in self._filled_lines

    @cached_property
    def _has_no_formulas(self) -> bool:
        return not any(each.formula for each in self.read.cells.values())

    @cached_property
    def _filled_lines(self) -> set[tuple[str, int, int]]:
        """Sheet, axis and number of each line that has contents now."""
        filled = [where for where, each in self.read.cells.items() if each.formula or each.value not in (None, "")]
        return {(sheet, axis, line) for sheet, *place in filled for axis, line in enumerate(place)}

    def _votes(self, sheet: str, axis: int) -> Iterator[tuple[str, int, int]]:
        """Return the evidence of the names on a sheet: a line, and its current place; inserted or deleted ones don't count."""
        for name, before, place in self._names.get(sheet, ()):
            (first, size), (now, size_now) = span(before, axis), span(place, axis)
            if size == size_now:
                yield from ((name, old, old - first + now) for old in dict.fromkeys((first, first + size - 1)))
            else:
                lines, sure = self._lines(name, axis)
                yield from ((name, first + old, now + at) for at, old in enumerate(lines) if old is not None and sure[at])

    @cached_property
    def _signs(self) -> dict[tuple[str, int], Signs]:
        return {}

    @cached_property
    def _lines_now(self) -> dict[tuple[str, int, int, str], int | None]:
        return {}

    @cached_property
    def _formulas(self) -> dict[tuple[str, str], str | None]:
        return {}


def _in(record: Mapping[str, Any], place: Place) -> tuple[bool, Any]:
    """Return whether a record by sheet and address has a cell, and its value there."""
    cells = record.get(place.sheet, {})
    where = address(place.row, place.col)
    return (True, cells[where]) if where in cells else (False, None)


def _once(pairs: Any) -> dict[str, tuple[int, int]]:
    """Return the texts, and formulas without addresses, that occur in one place only, with their places."""
    found: dict[str, tuple[int, int] | None] = {}
    for text, where in pairs:
        if isinstance(text, str) and text and not (text.startswith("=") and _ADDRESS.search(text)):
            found[text] = None if text in found else where
    return {text: where for text, where in found.items() if where is not None}
