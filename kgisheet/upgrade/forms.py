"""The forms of ours, before today's and today's: how each of their cells looks, and how their sheets are set; the rest is people's.

The earlier ones lie in `forms_before.json`, which `tests/older_forms.py` makes of workbooks of their time.
"""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..xlsx.patch.package import Package
from ..xlsx.patch.tabs import tabs
from ..xlsx.read.drawnas import DrawnAs
from ..xlsx.read.relations import STYLES
from ..xlsx.read.worn import Look, looks
from .settings import printed, settings

NAMED, TEXT, FORMULA, BLANK = "named", "text", "formula", "blank"
"""A cell with a name, one with a text or a number of ours, one with a formula without a name, and one that we left empty."""

BEFORE = Path(__file__).parent / "forms_before.json"
_WIDER, _TALLER = 0.75, 1.5
"""Characters and points by which programs write a width and a height differently."""

Key = tuple[str, str]
"""The kind of a cell, and its name or text."""
Kinds = dict[str, set[str]]


class Sizes(NamedTuple):
    """The settings of the sheets of one id: widths, heights, merged areas by columns and number of rows, settings, rows that begin a page."""

    widths: set[float]
    heights: set[float]
    merged: set[tuple[int, int, int]]
    folds: set[str]
    settings: dict[str, set[str]]

    def add(self, other: Sizes) -> None:
        self.widths.update(other.widths)
        self.heights.update(other.heights)
        self.merged.update(other.merged)
        self.folds.update(other.folds)
        for key, values in other.settings.items():
            self.settings.setdefault(key, set()).update(values)


class Form:
    """The looks by cell and the sizes by sheet of one form, or of several together."""

    def __init__(self) -> None:
        self.looks: dict[str, dict[str, set[frozenset[tuple[str, str]]]]] = {kind: {} for kind in (NAMED, TEXT, FORMULA, BLANK)}
        self.sizes: dict[str, Sizes] = {}

    def add(self, package: Package, ids: Mapping[str, str], keys: Mapping[tuple[str, int, int], Key]) -> None:
        """Add a workbook that nobody has touched: the ids of its sheets by their titles, and what its cells are."""
        part = package.related(package.workbook, STYLES)
        worn = [frozenset(each.items()) for each in looks(None if part is None else package.parts[part])]
        on_paper = printed(package)
        for position, tab in enumerate(tabs(package)):
            if tab.part is None or tab.title not in ids:
                continue
            id_, drawn = ids[tab.title], DrawnAs(package.parts[tab.part])
            covered = drawn.covered()
            for cell, style in drawn.styles.items():
                if cell in covered or style >= len(worn):
                    continue
                kind, said = keys.get((tab.title, *cell), (BLANK, ""))
                key = _hash(said) if kind in (NAMED, TEXT) else id_
                self.looks[kind].setdefault(key, set()).add(_known(worn[style], kind))
            self.sizes.setdefault(id_, Sizes(set(), set(), set(), set(), {})).add(
                _sizes(drawn, settings(drawn, tab.state, on_paper.get(position, {})))
            )

    def candidates(self, id_: str, key: Key) -> Collection[frozenset[tuple[str, str]]]:
        """Return the looks that the cell has had; those of all of its kind, where it is none of ours."""
        kind, said = key
        of_kind = self.looks[kind]
        found = of_kind.get(_hash(said) if kind in (NAMED, TEXT) else id_)
        return found if found is not None else {each for many in of_kind.values() for each in many}

    def has(self, key: Key) -> bool:
        """Return whether it has the cell; for cells without a name or a text, that is assumed."""
        return key[0] not in (NAMED, TEXT) or _hash(key[1]) in self.looks[key[0]]

    def to_dict(self) -> dict[str, Any]:
        """Return it as the file has it: each look once, and each set of looks with the cells that have it."""
        every = sorted({tuple(sorted(look)) for kind in self.looks.values() for many in kind.values() for look in many})
        at = {look: number for number, look in enumerate(every)}
        cells: dict[str, dict[str, str]] = {}
        for kind, of_kind in self.looks.items():
            grouped: dict[str, list[str]] = {}
            for key, many in sorted(of_kind.items()):
                grouped.setdefault(" ".join(map(str, sorted(at[tuple(sorted(look))] for look in many))), []).append(key)
            cells[kind] = {numbers: " ".join(keys) for numbers, keys in sorted(grouped.items())}
        sheets = {
            id_: [
                sorted(each.widths),
                sorted(each.heights),
                sorted(map(list, each.merged)),
                sorted(each.folds),
                {key: sorted(values) for key, values in sorted(each.settings.items())},
            ]
            for id_, each in sorted(self.sizes.items())
        }
        return {"looks": [dict(each) for each in every], "cells": cells, "sheets": sheets}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Form:
        form = cls()
        every = [frozenset(each.items()) for each in content["looks"]]
        for kind, grouped in content["cells"].items():
            for numbers, keys in grouped.items():
                many = {every[int(number)] for number in numbers.split()}
                form.looks[kind] |= dict.fromkeys(keys.split(), many)
        for id_, (widths, heights, merged, folds, said) in content["sheets"].items():
            areas = {(first, last, rows) for first, last, rows in merged}
            form.sizes[id_] = Sizes(
                set(widths), set(heights), areas, set(folds), {key: set(values) for key, values in said.items()}
            )
        return form


@functools.cache
def before() -> Form:
    """Return the forms before today's."""
    return Form.from_dict(json.loads(BEFORE.read_text(encoding="utf-8")))


class Forms:
    """All forms of ours. Today's is only drawn for what the earlier ones don't have."""

    def __init__(self, now: Callable[[], Form], *others: Callable[[], Form]) -> None:
        """``now`` is today's form as far as the new workbook has it, ``others`` that with every sheet, or with fewer."""
        self._now, self._others = functools.cache(now), [functools.cache(each) for each in others]

    def _all(self, id_: str, key: Key | None = None) -> Iterable[Form]:
        yield before()
        yield self._now()
        # What the new workbook doesn't have, a workbook of today may have all the same.
        if id_ not in self._now().sizes or key is None or not self._now().has(key):
            yield from (each() for each in self._others)

    def theirs(self, id_: str, key: Key, look: Look) -> frozenset[str]:
        """Return the properties of a look that somebody has given the cell; none where it is one of ours."""
        said = _known(frozenset(look.items()), key[0])
        nearest: frozenset[str] | None = None
        for form in self._all(id_, key):
            for each in form.candidates(id_, key):
                if each == said:
                    return frozenset()
                differs = frozenset(name for name, _ in each ^ said)
                if nearest is None or len(differs) < len(nearest):
                    nearest = differs
        return nearest if nearest is not None else frozenset(name for name, _ in said)

    def _holds(self, id_: str, is_known: Callable[[Sizes], bool]) -> bool:
        for form in self._all(id_):
            of_id = form.sizes.get(id_)
            # A sheet of somebody's own template is drawn as ours are.
            if any(map(is_known, form.sizes.values() if of_id is None else [of_id])):
                return True
        return False

    def is_width(self, id_: str, width: float) -> bool:
        return self._holds(id_, lambda each: any(abs(width - known) <= _WIDER for known in each.widths))

    def is_height(self, id_: str, height: float) -> bool:
        return self._holds(id_, lambda each: any(abs(height - known) <= _TALLER for known in each.heights))

    def is_merged(self, id_: str, first: int, last: int, rows: int) -> bool:
        return self._holds(id_, lambda each: (first, last, rows) in each.merged)

    def is_fold(self, id_: str, line: str) -> bool:
        """Return whether a line (``col 7``, ``row 40``) is folded in a form of ours."""
        return self._holds(id_, lambda each: line in each.folds)

    def is_setting(self, id_: str, key: str, value: str) -> bool:
        return self._holds(id_, lambda each: value in each.settings.get(key, ()))


def _known(look: frozenset[tuple[str, str]], kind: str) -> frozenset[tuple[str, str]]:
    """Return a look as far as it says something of the form: number formats hang on the unit, wherever something is written."""
    return look if kind == BLANK else frozenset(each for each in look if each[0] != "format")


def _sizes(drawn: DrawnAs, said: Mapping[str, Iterable[str]]) -> Sizes:
    lines = [("col", at, line) for at, line in drawn.columns.items()] + [("row", at, line) for at, line in drawn.rows.items()]
    return Sizes(
        {line.size for line in drawn.columns.values() if line.size is not None},
        {line.size for line in drawn.rows.values() if line.size is not None},
        {(left, right, bottom - top) for top, left, bottom, right in drawn.merged},
        {f"{axis} {at}" for axis, at, line in lines if line.hidden or line.level},
        {key: set(values) for key, values in said.items()},
    )


def _hash(text: str) -> str:
    return f"{zlib.crc32(text.encode()):x}"
