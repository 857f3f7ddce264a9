"""The outcome of a regeneration: changes, what is kept, and conflicts between plan and people, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ..errors import Problem
from ..language.text import Text


class Change(NamedTuple):
    """One cell: its content and the plan's value (numbers, texts, ``2026-04``; None is blank)."""

    sheet: str
    cell: str
    name: str | None
    before: Any
    after: Any

    def to_dict(self) -> dict[str, Any]:
        return self._asdict()


class Goals(NamedTuple):
    """The change of one stage's monthly goals: those of ``changes`` that are its months, and its year."""

    label: Text
    months: tuple[Change, ...]
    year: Change | None


class Outcome(NamedTuple):
    """``changes`` are made; ``kept`` are cells that people filled and the plan leaves alone; in ``conflicts`` people's values stay.

    ``depending`` are other people's sheets with formulas that refer to ours: their figures are updated when a program opens the file.
    ``data`` is the resulting workbook, ``added`` the new tabs, ``closed`` those that are now values;
    ``notes`` are about CSV rows that were left out. ``goals`` are the changes stage by stage,
    ``inputs`` the names of those changes that are of inputs: the rest follows from them. ``overwritten`` are the
    names of those that replace what people had typed: as ``--take`` asked for, or because a new year begins.
    ``labels`` and ``units`` are those of the cells, by name.
    """

    changes: tuple[Change, ...]
    kept: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    depending: tuple[str, ...]
    added: tuple[str, ...]
    closed: tuple[str, ...]
    data: bytes
    notes: tuple[Problem, ...] = ()
    goals: tuple[Goals, ...] = ()
    inputs: frozenset[str] = frozenset()
    overwritten: frozenset[str] = frozenset()
    labels: Mapping[str, Text] = MappingProxyType({})
    units: Mapping[str, str] = MappingProxyType({})

    def label(self, change: Change) -> Text:
        """Return what a cell is called on the sheet; "" for one without a name."""
        name = _base(change)
        return self.labels.get(name, Text(name, name))

    def unit(self, change: Change) -> str | None:
        return self.units.get(_base(change))

    def to_dict(self) -> dict[str, Any]:
        """Return the answer of ``monthly --dry-run --json``; the last three keys only if they aren't empty."""
        answer: dict[str, Any] = {
            "changes": [each.to_dict() for each in self.changes],
            "kept": [each.to_dict() for each in self.kept],
            "conflicts": [each.to_dict() for each in self.conflicts],
        }
        for key in ("depending", "added", "closed"):
            if getattr(self, key):
                answer[key] = list(getattr(self, key))
        return answer


def _base(change: Change) -> str:
    """Return the name of a cell without its tab and row."""
    return re.sub(r"^.*!|\[\d+\]$", "", change.name or "")
