"""What regenerating a workbook comes to: cell by cell what changes, what is kept, where plan and people disagree."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..errors import Problem
from ..language.text import Text


class Change(NamedTuple):
    """One cell: what stood there and what the plan makes of it (numbers, texts, ``2026-04``; None is blank)."""

    sheet: str
    cell: str
    name: str | None
    before: Any
    after: Any

    def to_dict(self) -> dict[str, Any]:
        return self._asdict()


class Goals(NamedTuple):
    """What becomes of one stage's monthly goals: those of ``changes`` that are its months, and its year."""

    label: Text
    months: tuple[Change, ...]
    year: Change | None


class Outcome(NamedTuple):
    """``changes`` are made; ``kept`` are cells that people filled and the plan leaves alone; of ``conflicts`` people's stays.

    ``depending`` are sheets of others whose formulas refer to ours: their figures follow when a program opens the file.
    ``data`` is the workbook as it is then, ``added`` the tabs that are new, ``closed`` those that are now values;
    ``notes`` are about rows of a CSV that were left out. ``goals`` are the changes stage by stage,
    ``inputs`` the names of those changes that are of inputs: the rest follows from them. ``overwritten`` are the
    names of those that take the place of what people had typed: as ``--take`` asked for, or because a new year begins.
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

    def to_dict(self) -> dict[str, Any]:
        """Return the answer of ``monthly --dry-run --json``; the last three keys only where there is something to say."""
        answer: dict[str, Any] = {
            "changes": [each.to_dict() for each in self.changes],
            "kept": [each.to_dict() for each in self.kept],
            "conflicts": [each.to_dict() for each in self.conflicts],
        }
        for key in ("depending", "added", "closed"):
            if getattr(self, key):
                answer[key] = list(getattr(self, key))
        return answer
