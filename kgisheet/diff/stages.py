"""The stages of two workbooks side by side: the page's, the year's, the months'; and the effect of each change alone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from ..language.text import Text, Wording
from ..plan.inputs import Input
from ..template import tables
from ..template.model import Cell, Template
from ..template.switches import is_read
from ..values.units import DATE, TEXT
from ..worksheet.solve import Held, Solution, solve
from . import outcome
from .inputs import Common
from .outcome import Changed, Effect, Stage
from .rows import Rows, Side
from .values import Content, alike

Inputs = dict[str, Input | list[Input]]


def stages(a: Side, b: Side, rows: Rows) -> Iterator[Stage]:
    """Return revenue, the stages of the funnel, the surplus and today's forecast; then the year and the months of each figure that is spread."""
    for name in (_in_force(a, b, each) for each in _page(b.template)):
        if _in_both(a, b, name):
            yield _stage(a, b, name)
    if not (a.has_months and b.has_months):
        return
    for flow in b.template.flows:
        for kind in (flow.name, f"{flow.name}_due"):
            if kind != flow.name and not _with_next(a, b, flow.name):
                continue  # what the months have to bring for this year and the next: this year's alone
            for name in (f"before_{kind}", f"year_{kind}"):
                if _in_both(a, b, name):
                    yield _stage(a, b, name)._replace(flow=kind)
            yield from _months(a, b, rows, f"month_{kind}")


def _in_force(a: Side, b: Side, name: str) -> str:
    """Return the name of the figure to compare: where a switch leaves out what is typed, that of the goal itself."""
    cell = b.template.cells.get(name)
    return name if cell is None or not cell.in_force or (_reads(a, name) and _reads(b, name)) else cell.in_force


def _reads(side: Side, name: str) -> bool:
    cell = side.template.cells.get(name)
    return cell is None or is_read(side.template, cell, side.book.value)


def _with_next(a: Side, b: Side, flow: str) -> bool:
    return any(
        any(side.book.solution.at(f"month_{flow}_next", row) for row in range(tables.MONTHS))
        for side in (a, b)
        if f"month_{flow}_next" in side.template.cells
    )


def _page(template: Template) -> list[str]:
    funnel, roles = list(reversed(template.funnel)), template.roles
    if roles.meetings in template.cells and roles.meetings not in funnel:
        # The channels' meetings are those needed, unless they were typed.
        at = funnel.index(roles.required_meetings) + 1 if roles.required_meetings in funnel else len(funnel)
        funnel.insert(at, roles.meetings)
    revenue = (roles.total_revenue, roles.web_revenue, roles.other_revenue)
    return [*revenue, *funnel, roles.deal_surplus, roles.forecast_revenue, roles.gap_revenue]


def _in_both(a: Side, b: Side, name: str) -> bool:
    first, second = a.template.cells.get(name), b.template.cells.get(name)
    return first is not None and second is not None and (first.unit, first.table) == (second.unit, second.table)


def _months(a: Side, b: Side, rows: Rows, name: str) -> Iterator[Stage]:
    if not _in_both(a, b, name):
        return
    cell = b.template.cells[name]
    for old, new in rows.by_month:
        assert old is not None
        assert new is not None
        month = _at(b.grid_months, new) or _at(a.grid_months, old)
        yield Stage(
            f"{name}[{new + 1}]",
            b.subject.label(cell, new),
            cell,
            _held(a.book.solution.at(name, old)),
            _held(b.book.solution.at(name, new)),
            month=f"{month:%Y-%m}" if month is not None else str(new + 1),
            flow=name.removeprefix("month_"),
        )


def _at(months: Sequence[datetime.date | None], row: int) -> datetime.date | None:
    return months[row] if row < len(months) else None


def _stage(a: Side, b: Side, name: str) -> Stage:
    cell = b.template.cells[name]
    first, second = a.book.solution, b.book.solution
    before, after = _held(first.at(name, None)), _held(second.at(name, None))
    told = cell.rounded and isinstance(before, Fraction) and isinstance(after, Fraction)
    exact = (first.exact(name, None), second.exact(name, None)) if told else (None, None)
    return Stage(name, cell.full_label, cell, before, after, exact)


def _held(value: Held) -> Content:
    """Return a result; None for one that is blank, or too large for any spreadsheet."""
    return None if value == "" else value


# -- one change at a time -----------------------------------------------------

CHANNEL = "channel"
"""The name for channels that came, went or moved, as one with their split: one decision, for the shares are of one whole."""


def effects(a: Side, b: Side, both: Common, rows: Rows, found: Iterable[Changed]) -> list[Effect]:
    """Return the effect of each change of the page alone, all else being as in A; also of those that move no stage."""
    trial = _Trial(a, b, both, rows)
    made: list[Effect] = []
    split = {name for group in a.template.either for name in group}
    whole: list[Changed] = []
    for each in found:
        name, _, row = each.name.partition("[")
        if each.part == outcome.PAGE and _counts(each.cell):
            if trial.means_the_same(name):
                made.append(trial.effect(each.name, each.label, each, {**a.book.inputs, name: b.book.inputs[name]}))
        elif each.part == outcome.CHANNELS:
            named = name == b.roles.channel_name and each.how == outcome.CHANGED
            if each.how != outcome.CHANGED or name in split or (named and None in (each.before, each.after)):
                whole.append(each)
            elif not named and each.cell.section in b.page and trial.means_the_same(name):
                made.append(trial.effect(each.name, each.label, each, trial.with_figure(name, int(row[:-1]) - 1)))
    if whole and a.template.typed == b.template.typed:
        shares = all(each.how == outcome.CHANGED for each in whole)
        name = whole[0].name.partition("[")[0] if shares else CHANNEL
        label = _SPLIT if shares else _CHANNELS
        made.append(trial.effect(name, label, None, trial.with_channels(split)))
    return made


_SPLIT = Text("商談のチャネル配分(全体として)", "The split over the channels (as a whole)")
_CHANNELS = Text("チャネルの構成と配分(追加・削除・順番を含む)", "The set, order and split of channels (as a whole)")


def _counts(cell: Cell) -> bool:
    """Return whether an input can have an effect on counts at all: title, owner, date of entry and display unit have none."""
    return cell.name != "display_unit" and (cell.choices is not None or cell.unit not in (TEXT, DATE))


class _Trial:
    """A's worksheet with one thing of B's."""

    def __init__(self, a: Side, b: Side, both: Common, rows: Rows) -> None:
        self.a = a
        self.b = b
        self.both = both
        self.rows = rows
        self.size = max(a.book.table_rows, b.book.table_rows)

    def means_the_same(self, name: str) -> bool:
        """Return whether a rate of the same name is the same rate: in another template it may not be, and its label says so."""
        first, second = self.a.template, self.b.template
        return first.name == second.name or first.cells[name].full_label == second.cells[name].full_label

    def effect(self, name: str, label: Wording, change: Changed | None, inputs: Mapping[str, Input | list[Input]]) -> Effect:
        template, book = self.a.template, self.a.book
        sizes = {**book.sizes, tables.CHANNEL: self.size} if tables.CHANNEL in book.sizes else book.sizes
        alone = solve(template, inputs, sizes, book.lang, at_once=False)
        moved = list(self._moved(alone, reversed(template.funnel)))
        if not moved and self.a.has_months:
            # The page may stay as it is, and the year be another: a period, say.
            moved = list(self._moved(alone, (f"year_{flow.name}" for flow in template.flows)))
        return Effect(name, label, change, tuple(moved))

    def _moved(self, alone: Solution, names: Iterable[str]) -> Iterator[Stage]:
        for name in names:
            cell = self.a.template.cells[name]
            before, after = _held(self.a.book.solution.at(name, None)), _held(alone.at(name, None))
            if not alike(before, after):
                yield Stage(name, cell.full_label, cell, before, after)

    def with_figure(self, name: str, new: int) -> Inputs:
        """Return A's inputs with one figure of a channel, in B's row ``new``."""
        old = next(channel.rows[0] for channel in self.rows.channels if channel.rows[1] == new)
        column = self._column(self.a, name)
        column[old or 0] = self._column(self.b, name)[new]
        return {**self.a.book.inputs, name: column}

    def with_channels(self, split: set[str]) -> Inputs:
        """Return A's inputs with B's channels, in their order and with their split; a channel that A has keeps A's figures."""
        inputs: Inputs = dict(self.a.book.inputs)
        for cell, _ in self.both:
            if cell.table != tables.CHANNEL:
                continue
            ours, theirs = self._column(self.a, cell.name), self._column(self.b, cell.name)
            column: list[Input] = [None] * self.size
            for channel in self.rows.channels:
                old, new = channel.rows
                if new is not None:
                    column[new] = (
                        theirs[new]
                        if old is None or cell.name in split or cell.name == self.a.roles.channel_name
                        else ours[old]
                    )
            inputs[cell.name] = column
        return inputs

    def _column(self, side: Side, name: str) -> list[Input]:
        held = side.book.inputs.get(name)
        filled = list(held) if isinstance(held, list) else []
        return [*filled, *[None] * (self.size - len(filled))]
