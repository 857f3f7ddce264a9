"""The goal that a sheet sets: its money, its chain from the win back, each stage with its counts and the rate above it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from ...freeform.read.figures import OF_CHANNEL, OF_MONTH, OF_PART, OF_PLAN, OF_YEAR, WHOLE, Figure, Scope
from ...freeform.read.page import Page
from ...freeform.read.words import undecorated
from ...values.regex import regex

YEAR = 12
_YEARLY = regex(r"^(?:fy|年|20\d\d|'?\d\d年度)|年間|年度|通期|通年|合計|total|year|annual", re.IGNORECASE)
_FEWEST = 2


class Stage(NamedTuple):
    """A stage: its field, its label on the sheet, its counts, and the rate from it to the stage above, of all and by channel."""

    field: str
    label: str
    whole: Figure | None
    channels: dict[int, Figure]
    months: dict[int, Figure]
    rate: Figure | None
    channel_rates: dict[int, Figure]

    @property
    def is_given(self) -> bool:
        """Whether the sheet has any figure of it."""
        return bool(self.whole or self.channels or self.months or self.rate or self.channel_rates)

    @property
    def noun(self) -> str:
        """Its name without 数: 架電 of 架電数."""
        return re.sub(r"(?<=.)(?:件数|社数|数)$", "", self.label)

    def total(self) -> Fraction | None:
        """Return its count: the sheet's, else the sum of its channels or of the year's months; None where there is none."""
        if self.whole is not None:
            return self.whole.value
        for parts, least in ((self.channels, 2), (self.months, YEAR)):
            if len(parts) >= least:
                return sum((each.value or Fraction(0) for each in parts.values()), Fraction(0))
        return None


class Goal(NamedTuple):
    """The figures of one sheet. ``money`` by field; ``months`` are (year or 0, month), twelve or none."""

    page: Page
    money: dict[str, Figure]
    monthly_money: dict[str, dict[int, Figure]]
    stages: list[Stage]
    channels: list[str]
    shares: dict[int, Figure]
    months: tuple[tuple[int, int], ...]
    plan: str

    def used(self) -> Iterable[Figure]:
        """Yield the figures that are of this goal."""
        yield from self.money.values()
        for by_month in self.monthly_money.values():
            yield from by_month.values()
        yield from self.shares.values()
        for stage in self.stages:
            yield from (each for each in (stage.whole, stage.rate) if each is not None)
            for group in (stage.channels, stage.months, stage.channel_rates):
                yield from group.values()


MONEY = ("total_revenue", "web_revenue", "other_revenue", "deal_size")


def goal(page: Page) -> Goal:
    """Return the goal of a sheet; of several plans side by side that of the year, else the first."""
    figures = _Figures(page)
    months = page.months[0].months if len(page.months) == 1 and len(page.months[0].months) == YEAR else ()
    order = [*page.stages, *dict.fromkeys(tie.earlier for tie in page.ties if tie.earlier not in page.stages)]
    channels = figures.channels(order)
    stages: list[Stage] = []
    for at, field in enumerate(order):
        rate = next((tie.rate for tie in page.ties if at and (tie.later, tie.earlier) == (order[at - 1], field)), "")
        counts = figures.by_scope(field, OF_CHANNEL)
        whole = figures.whole(field)
        stage = Stage(
            field,
            _label(page, field),
            whole,
            counts,
            figures.by_scope(field, OF_MONTH) if months else {},
            figures.whole(rate) or figures.same(rate),
            figures.by_scope(rate, OF_CHANNEL),
        )
        if stage.is_given or at < len(order) - 1:
            stages.append(stage)
    return Goal(
        page,
        {field: each for field in MONEY if (each := figures.whole(field)) is not None},
        {field: figures.by_scope(field, OF_MONTH) for field in MONEY[:2]} if months else {},
        stages,
        channels,
        figures.by_scope("share", OF_CHANNEL),
        months,
        figures.plan_name,
    )


class _Figures:
    """The figures of a page by field, looked up in the scopes that are the whole's, the nearest first."""

    def __init__(self, page: Page) -> None:
        self.page = page
        by_field: dict[tuple[str, Scope], Figure] = {}
        for each in page.figures:
            if each.value is not None:
                by_field.setdefault((each.field, each.scope), each)
        self.by_field = by_field
        counts = {field for field, scope in by_field if scope == WHOLE and field in page.stages}
        plans = page.indices(OF_PLAN) if len(counts) < _FEWEST else []
        # Figures of a month beside the year's have a scope of their own, and no name.
        called = {at: page.plans[at] if at < len(page.plans) else "#" for at in plans}
        chosen = next((at for at in plans if _YEARLY.search(called[at])), plans[0] if plans else None)
        self.plan_name = called[chosen] if chosen is not None and not called[chosen].startswith("#") else ""
        parts = page.indices(OF_PART)
        self.scopes = [
            WHOLE,
            Scope(OF_YEAR),
            *([Scope(OF_PLAN, chosen)] if chosen is not None else []),
            *([Scope(OF_PART, parts[0])] if len(parts) == 1 else []),
        ]

    def whole(self, field: str) -> Figure | None:
        found = (self.by_field.get((field, scope)) for scope in self.scopes)
        return next((each for each in found if each is not None), None)

    def same(self, field: str) -> Figure | None:
        """Return the figure of a rate that is the same in every month, plan or channel."""
        found = [each for (name, _), each in self.by_field.items() if name == field]
        return found[0] if found and len({each.value for each in found}) == 1 else None

    def by_scope(self, field: str, kind: str) -> dict[int, Figure]:
        return {scope.at: each for (name, scope), each in self.by_field.items() if name == field and scope.kind == kind}

    def channels(self, order: Iterable[str]) -> list[str]:
        """Return the channels' names as the sheet has them; none where only their money is given."""
        order = set(order)
        names: dict[int, str] = {}
        for each in self.page.figures:
            if each.scope.kind == OF_CHANNEL and (each.field in order or each.field == "share"):
                names.setdefault(each.scope.at, each.who or self.page.channels[each.scope.at])
        return [names[at] for at in sorted(names)] if len(names) > 1 and sorted(names) == list(range(len(names))) else []


def _label(page: Page, field: str) -> str:
    """Return a stage's label as the sheet has it, without its number, unit and remarks."""
    label = next((each.label for each in page.figures if each.field == field), field.lstrip("~"))
    bare = re.sub(r"\s*[(（\[【].*?[)）\]】]\s*$", "", undecorated(label)).strip()
    return bare or field.lstrip("~")
