"""The outcome of an upgrade: what was moved where, what could not be, and figures that differ."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from ..errors import Problem
from ..language.text import Text, Wording
from ..values.rounding import number


class Moved(NamedTuple):
    """Something that people typed: where it was, and where it is now."""

    sheet: str
    cell: str
    name: str | None
    value: Any
    to_sheet: str
    to_cell: str

    def to_dict(self) -> dict[str, Any]:
        return {**self._asdict(), "value": plain(self.value)}


class Left(NamedTuple):
    """Something that has no place in the new form. ``cell`` is None for something of a whole sheet."""

    sheet: str
    cell: str | None
    name: str | None
    value: Any
    why: Wording
    fix: Wording

    def to_dict(self, lang: str) -> dict[str, Any]:
        return {**self._asdict(), "value": plain(self.value), "why": self.why.to(lang), "fix": self.fix.to(lang)}


class Differs(NamedTuple):
    """A figure that the new form works out otherwise."""

    name: str
    before: Any
    after: Any

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "before": plain(self.before), "after": plain(self.after)}


class Upgraded(NamedTuple):
    """The new workbook, and what became of the old one.

    ``is_current``: it has today's form already, and ``data`` are its own bytes. ``sheets`` are those that were made,
    ``others`` the titles of sheets that are not ours and stay, ``listing`` is the title of the sheet in the new workbook
    that lists ``left``, None where nothing is. ``labels`` and ``units`` are those of the cells, by name.
    """

    data: bytes
    is_current: bool
    template: str
    moved: tuple[Moved, ...] = ()
    left: tuple[Left, ...] = ()
    differs: tuple[Differs, ...] = ()
    sheets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    listing: str | None = None
    notes: tuple[Problem, ...] = ()
    labels: Mapping[str, Text] = {}
    units: Mapping[str, str] = {}

    def label(self, name: str | None) -> Text:
        """Return what a cell is called on the sheet; "" for one without a name."""
        base = _base(name)
        return self.labels.get(base, Text(base, base))

    def unit(self, name: str | None) -> str | None:
        return self.units.get(_base(name))

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return the answer of ``upgrade --json``."""
        return {
            "current": self.is_current,
            "template": self.template,
            "sheets": list(self.sheets),
            "others": list(self.others),
            "listing": self.listing,
            "moved": [each.to_dict() for each in self.moved],
            "left": [each.to_dict(lang) for each in self.left],
            "differs": [each.to_dict() for each in self.differs],
            "notes": [each.to(lang) for each in self.notes],
        }


def _base(name: str | None) -> str:
    """Return the name of a cell without its tab and row."""
    return (name or "").rpartition("!")[2].partition("[")[0]


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
