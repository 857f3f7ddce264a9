"""The outcome of comparing two workbooks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from ..language.text import Text, Wording
from ..template.model import Cell
from ..values.rounding import number
from . import values
from .values import Content

SCHEMA_VERSION = 1

PAGE, CHANNELS, SHEETS, MONTHS, RECORDED, TABS = "page", "channels", "sheets", "months", "recorded", "tabs"
"""Where an input belongs: the page; the channels; other sheets; the months' settings, what was recorded of them, their tabs."""

CHANGED, ADDED, REMOVED, MOVED = "changed", "added", "removed", "moved"
"""The fate of an input; of those in rows, of the whole channel too."""


class Changed(NamedTuple):
    """An input that differs between the two. ``group`` is its row's name, its month or its tab; "" for a single cell.

    ``name`` is as `show` has it, the row being that of B, or of A if B no longer has it; the cells are ``目標設定!D9``.
    ``is_name`` says that the channel's name itself is what differs.
    """

    name: str
    label: Wording
    cell: Cell
    before: Content
    after: Content
    cell_a: str | None
    cell_b: str | None
    part: str
    how: str = CHANGED
    group: str = ""
    is_name: bool = False

    def to_dict(self, lang: str) -> dict[str, Any]:
        return {
            "name": self.name,
            "label": self.label.to(lang),
            "unit": self.cell.unit,
            "before": values.to_json(self.before, self.cell, lang),
            "after": values.to_json(self.after, self.cell, lang),
            "cell_a": self.cell_a,
            "cell_b": self.cell_b,
        }


class Stage(NamedTuple):
    """A stage of the page, of the year or of a month, by exact arithmetic from the inputs of each workbook.

    ``exact`` are the two quotients before rounding, where the cell has them; ``month`` is ``2026-04``, "" for page and year;
    ``flow`` is the figure that the year's and the months' stages are about.
    """

    name: str
    label: Wording
    cell: Cell
    before: Content
    after: Content
    exact: tuple[Fraction | None, Fraction | None] = (None, None)
    month: str = ""
    flow: str = ""

    @property
    def difference(self) -> Fraction | None:
        if isinstance(self.before, Fraction) and isinstance(self.after, Fraction):
            return self.after - self.before
        return None

    @property
    def moved(self) -> bool:
        return not values.alike(self.before, self.after)

    def to_dict(self, lang: str) -> dict[str, Any]:
        return {
            "name": self.name,
            "label": self.label.to(lang),
            "unit": self.cell.unit,
            "before": values.to_json(self.before, self.cell, lang),
            "after": values.to_json(self.after, self.cell, lang),
            "difference": None if self.difference is None else number(self.difference),
        }


class Effect(NamedTuple):
    """The effect of one change alone, made in A, on the stages; ``stages`` are those that it moves.

    ``change`` is the input that changed; None for ``input`` ``channel`` and ``channel_share``: which channels there are,
    in which order, and how the meetings are split over them, which are one decision.
    """

    input: str
    label: Wording
    change: Changed | None
    stages: tuple[Stage, ...]

    def to_dict(self, lang: str) -> list[dict[str, Any]]:
        return [
            {
                "input": self.input,
                "stage": each.name,
                "before": values.to_json(each.before, each.cell, lang),
                "after": values.to_json(each.after, each.cell, lang),
            }
            for each in self.stages
        ]


class Difference(NamedTuple):
    """Two workbooks compared. ``lang`` is B's language, that of the labels in JSON; ``templates`` their templates' names.

    ``apart``: one has inputs or sheets that the other has not, which is a difference in itself.
    """

    a: str
    b: str
    lang: str
    templates: tuple[str, str]
    apart: bool
    compared: int
    inputs: tuple[Changed, ...]
    stages: tuple[Stage, ...]
    effects: tuple[Effect, ...]
    notes: tuple[Text, ...]

    @property
    def differs(self) -> bool:
        """Whether there is any difference; notes don't count."""
        return self.apart or bool(self.inputs) or any(each.moved for each in self.stages)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return the answer of ``diff --json``; ``lang`` is that of the notes."""
        return {
            "schema_version": SCHEMA_VERSION,
            "a": self.a,
            "b": self.b,
            "template": dict(zip("ab", self.templates, strict=True)),
            "inputs": [each.to_dict(self.lang) for each in self.inputs],
            "stages": [each.to_dict(self.lang) for each in self.stages],
            "effects": [line for each in self.effects for line in each.to_dict(self.lang)],
            "notes": [each.to(lang) for each in self.notes],
        }
