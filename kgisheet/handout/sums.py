"""The sums of the sheets beside the plan that they were made from, and advice on making the two agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..errors import KgisheetError
from ..language.text import Text
from ..template.declaration import open_shipped
from ..template.model import Template
from ..template.settle import settle
from ..values.units import CURRENCY
from .job import counts, stages
from .plans import Base, plan_of


class Line(NamedTuple):
    """A stage: its label, whether it is an amount, what the plan needs (None where it can't stand alone), the sheets' sum."""

    name: str
    label: Text
    is_amount: bool
    plan: float | None
    sheets: float


class Sums(NamedTuple):
    """The lines from the goal down; what is proposed, where they don't agree."""

    lines: tuple[Line, ...]
    advice: Text | None


_CRUMB = 0.005


def department(base: Base) -> tuple[Template | None, dict[str, float | None]]:
    """Return the template and the stages of the plan by itself; nothing where it lacks what the roster adds."""
    try:
        plan = plan_of(base)
        return plan.template, counts(plan, base.lang)
    except KgisheetError:
        return None, {}


class Tally:
    """The sums of the sheets, stage by stage, and how many there are."""

    def __init__(self) -> None:
        self.total: dict[str, float] = {}
        self.sheets = 0

    def add(self, row: Mapping[str, float | None]) -> None:
        """Add a row's stages; one without any has no sheet."""
        self.sheets += bool(row)
        for name, value in row.items():
            self.total[name] = self.total.get(name, 0.0) + (value or 0)


def sums(template: Template | None, whole: Mapping[str, float | None], tally: Tally, split: bool) -> Sums:
    """Return what the sheets come to against the whole plan."""
    cells = stages(template if template is not None else settle(open_shipped("standard")))
    total, seen = tally.total, tally.sheets
    lines = tuple(
        Line(name, cell.label, cell.unit == CURRENCY, whole.get(name), total[name])
        for name, cell in cells.items()
        if name in total and (total[name] or whole.get(name) is not None)
    )
    return Sums(lines, None if split or seen < 2 else _advice(lines, seen))


def _advice(lines: tuple[Line, ...], sheets: int) -> Text | None:
    off = [each for each in lines if each.plan is not None and abs(each.plan - each.sheets) >= _CRUMB]
    if not off:
        return None
    goal = next((each for each in lines if each.is_amount), None)
    if goal is not None and goal in off:
        return Text(
            f"売上目標の合計が計画と違います。計画の目標を{sheets}件のブックで分けるなら --split web_revenue を付けるか"
            "(比率は列 web_revenue、なければ均等)、列 web_revenue の金額を直してください",
            f"the goals add up to another amount than the plan's: to share its goal among the {sheets} workbooks add"
            " --split web_revenue (by the shares in the column web_revenue, equally without one), or correct the amounts there",
        )
    return Text(
        "ブックごとに端数処理をするため、件数の合計が計画と違います。--split web_revenue を付けると、どの段階も合計が計画とちょうど一致します"
        '(端数処理を「なし」にする方法もあります: rounding = "none")',
        "each workbook rounds its own counts, so they add up to others than the plan's: with --split web_revenue every stage adds up to"
        ' the plan exactly (another way is rounding = "none")',
    )
