"""The re-plan: with actuals typed in, the months that remain are solved again, lead times included.

What has already been reached counts first: opportunities on hand become wins
after their lead time, meetings opportunities, leads meetings, at the assumed
rates. Only what is then missing of the year's revenue is asked of new leads, in
the months whose leads still become wins within the year.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..language.text import Text
from ..values.units import COUNT, CURRENCY, TEXT
from .forms import Form
from .model import Flow
from .tables import MONTH, MONTHS

NAME = "replan_state"
"""The sentence that the re-plan comes to; a template has the re-plan where it has this cell."""


WORDS = {
    "replan_none": Text(
        "受注・案件・商談・リードの実績が1か月分そろうと、残りの月を解き直します。",
        "Once a month has its actuals for every stage from leads to wins, the rest of the year is solved again.",
    ),
    "replan_over": Text(
        "12か月の実績がそろいました。残りの月はありません。",
        "All twelve months have their actuals: there is nothing left to re-plan.",
    ),
    "replan_covered": Text(
        "○ いまある案件・商談・リードから見込める受注で、年間目標に届きます。",
        "✓ What is there already is expected to bring the year's goal.",
    ),
    "replan_needs": Text(
        "年間目標まで、いまあるものから見込める分のほかに受注",
        "Beyond what is there already, the year's goal needs ",
    ),
    "replan_by": Text(
        "件が必要です。",
        " deals.",
    ),
    "replan_bring": Text(
        "そのために、残りの月で新しいリードが",
        " For these, the months that remain have to bring ",
    ),
    "replan_leads": Text(
        "件必要です。",
        " new leads.",
    ),
    "replan_late": Text(
        "× リードタイムのため、これから取るリードは年度内の受注に間に合いません。足りない受注: ",
        "✗ Leads won from now on become deals too late for this year. Deals short: ",
    ),
    "replan_short": Text(
        "件",
        "",
    ),
}
"""What the sentence says; a template may put it in words of its own."""


class Stage(NamedTuple):
    """A flow of the re-plan: where its weights stand, the unit of its figures and what they are counted in."""

    flow: Flow
    weight: str
    unit: str
    counter: str | None = None


class _Chain(NamedTuple):
    """Revenue, the counts from deals down to what marketing makes (leads), and what comes with them (visits)."""

    money: Flow
    stages: list[Stage]
    foot: list[Stage]

    def between(self, x: int, y: int) -> str:
        """Return the cell with the months from the stage ``y`` up to the stage ``x``."""
        return f"between_{self.stages[x].flow.name}_{self.stages[y].flow.name}"


def _chained(stages: list[Stage]) -> _Chain | None:
    if len(stages) < 3 or stages[0].unit != CURRENCY or any(stage.unit != COUNT for stage in stages[1:]):
        return None
    counts = stages[1:]
    # Visits come with their leads: what has the same lead time as the one above is not reached by itself.
    foot = [below for above, below in pairwise(counts) if below.flow.lead is not None and below.flow.lead == above.flow.lead]
    chain = [stage for stage in counts if stage not in foot]
    if len(chain) < 2:
        return None
    return _Chain(stages[0].flow, chain, [stage._replace(weight=chain[-1].weight) for stage in foot])


def replanned(stages: list[Stage]) -> Iterator[tuple[Form, Text]]:
    """Yield the cells of the re-plan, each with the label that its own is added to; none for a chain that isn't one."""
    chain = _chained(stages)
    if chain is None:
        return
    nothing = Text("", "")
    yield _months("replan_from", Text("再計画に使った実績の月数", "Months of actuals used"), _least(chain)), nothing
    yield from ((form, nothing) for form in _distances(chain))
    for at, stage in enumerate(chain.stages[:-1]):
        yield _coming(chain, at)._replace(counter=stage.counter), stage.flow.label
    for form in _missing(chain):
        yield form, nothing
    for at, stage in enumerate(chain.stages + chain.foot):
        for form in _solved(chain, min(at, len(chain.stages) - 1), stage):
            is_weight = form.name.startswith("replan_weight")
            yield form if is_weight else form._replace(counter=stage.counter), stage.flow.label
    money, won = chain.money.name, chain.stages[0].flow.name
    for form in (
        Form(f"replan_before_{money}", _BEFORE, chain.money.due, MONTH, CURRENCY),
        Form(
            f"replan_{money}", _AFTER,
            f"if(replan_from > 0, if(row <= replan_from and result_{money} >= 0, result_{money},"
            f" replan_{won} * assumed_{money}), {chain.money.due})", MONTH, CURRENCY,
        ),
        *_sums(money, CURRENCY),
    ):  # fmt: skip
        yield form, chain.money.label
    yield Form(NAME, Text("再計画の結果", "What the re-plan comes to"), _said(chain), None, TEXT), nothing


_BEFORE, _AFTER = Text("(いまの計画)", " (plan now)"), Text("(再計画)", " (re-planned)")


def _months(name: str, label: Text, formula: str) -> Form:
    return Form(name, label, formula, None, COUNT, counter="months")


def _least(chain: _Chain) -> str:
    """Return the months for which all stages have their actuals."""
    least = f"judged_{chain.stages[0].flow.name}"
    for stage in chain.stages[1:]:
        least = f"min({least}, judged_{stage.flow.name})"
    return least


def _distances(chain: _Chain) -> Iterator[Form]:
    for x, above in enumerate(chain.stages):
        for y in range(x + 1, len(chain.stages)):
            below = chain.stages[y]
            less = f" - {above.flow.lead}" if above.flow.lead else ""
            label = Text(
                f"{below.flow.label.ja}から{above.flow.label.ja}までの月数",
                f"Months, {below.flow.label.en} to {above.flow.label.en}",
            )
            yield _months(chain.between(x, y), label, f"max(0, {below.flow.lead or '0'}{less})")


def _coming(chain: _Chain, x: int) -> Form:
    """What the stage gets, month by month, from what the stages below have reached already.

    The nearest one below decides: it is the surest. What was reached before the first month isn't known: the plan stands.
    """
    due = chain.stages[x].flow.due
    rest = "0"
    for y in range(len(chain.stages) - 1, x, -1):
        rates = " * ".join(f"assumed_{stage.flow.name}" for stage in chain.stages[x:y])
        months, below = chain.between(x, y), chain.stages[y].flow.name
        rest = (
            f"if(row <= replan_from + {months}, if(row >= {months} + 1,"
            f" at(result_{below}, row - {months}) * {rates}, {due}), {rest})"
        )
    return Form(
        f"coming_{chain.stages[x].flow.name}",
        Text("(いまあるものから見込める分)", " (to expect from what is there)"),
        f"if(row <= replan_from, 0, {rest})",
        MONTH,
        COUNT,
    )


def _missing(chain: _Chain) -> Iterator[Form]:
    """What the year's revenue still needs, in deals, beyond what is there."""
    money, won = chain.money.name, chain.stages[0].flow.name
    yield Form(
        "replan_revenue_to_date",
        Text("実績の受注金額", "Revenue so far"),
        f"if(judged_{money} >= replan_from, sum_through(result_{money}, replan_from),"
        f" sum_through(result_{won}, replan_from) * assumed_{money})",
        None,
        CURRENCY,
    )
    yield Form(
        "replan_revenue_left",
        Text("残りの売上", "Revenue still to win"),
        f"max(0, year_{money}_due - replan_revenue_to_date)",
        None,
        CURRENCY,
    )
    yield Form(
        "replan_coming",
        Text("いまあるものから見込める受注", "Wins to expect from what is there"),
        f"if(replan_from > 0, sum(coming_{won}), 0)",
        None,
        COUNT,
        counter="deals",
    )


def _solved(chain: _Chain, at: int, stage: Stage) -> Iterator[Form]:
    """Yield a stage's part: what new leads have to bring of it, and the year as it then is."""
    x, last = stage.flow.name, len(chain.stages) - 1
    months = f" + {chain.between(at, last)}" if at < last else ""
    if at == 0:
        new = f"if(replan_from > 0, max(0, replan_revenue_left / assumed_{chain.money.name} - replan_coming), blank)"
    else:
        above = chain.stages[at - 1].flow if stage in chain.stages else chain.stages[last].flow
        new = f"replan_needed_{above.name} / assumed_{above.name}"
    yield Form(
        f"replan_weight_{x}",
        Text("(再計画の重み)", " (weight of the re-plan)"),
        f"if(row <= replan_from{months}, 0, {stage.weight})",
        MONTH,
        COUNT,
    )
    yield Form(
        f"replan_weights_{x}", Text("(再計画の重みの計)", " (weights of the re-plan)"), f"sum(replan_weight_{x})", None, COUNT
    )
    yield Form(
        f"replan_needed_{x}_exact", Text("(新しいリードで必要な数、端数処理前)", " (new, before rounding)"), new, None, COUNT
    )
    yield Form(
        f"replan_needed_{x}",
        Text("(新しいリードで必要な数)", " (to come from new leads)"),
        f"rounded(replan_needed_{x}_exact)",
        None,
        COUNT,
    )
    yield Form(f"replan_before_{x}", _BEFORE, stage.flow.due, MONTH, COUNT)
    spread = f"if(replan_weights_{x} > 0, portion(replan_needed_{x}, replan_weight_{x}, replan_weights_{x}, 0), {stage.flow.due} * 0)"
    if stage.flow.lead:
        # What now comes in is for next year's wins: the plan stands.
        spread = f"if(row + {stage.flow.lead} > {MONTHS}, {stage.flow.due}, {spread})"
    if at < last:
        spread = f"if(row <= replan_from{months}, coming_{x}, {spread})"
    yield Form(
        f"replan_{x}", _AFTER,
        f"if(replan_from > 0, if(row <= replan_from, result_{x}, {spread}), {stage.flow.due})", MONTH, COUNT,
    )  # fmt: skip
    yield from _sums(x, COUNT)


def _sums(x: str, unit: str) -> Iterator[Form]:
    yield Form(
        f"replan_before_{x}_year", Text("(いまの計画の年計)", " (plan now, year)"), f"sum(replan_before_{x})", None, unit
    )
    yield Form(f"replan_{x}_year", Text("(再計画の年計)", " (re-planned, year)"), f"sum(replan_{x})", None, unit)


def _said(chain: _Chain) -> str:
    """Return the re-plan in a sentence."""
    won, last = chain.stages[0].flow.name, chain.stages[-1].flow.name
    covered = f"round(replan_needed_{won}_exact, 6) = 0"
    # Where less than one is made none, the part of one is said.
    needed = "(if(replan_needed_{x} > 0, figure(replan_needed_{x}), figure(replan_needed_{x}_exact)))"
    return (
        f"if(replan_from = 0, 'replan_none', if(replan_from >= {MONTHS}, 'replan_over',"
        f" if(is_blank(replan_needed_{won}_exact), 'no_goals_yet', if({covered}, 'replan_covered', if(replan_weights_{won} > 0,"
        f" 'replan_needs' & {needed.format(x=won)} & 'replan_by'"
        f" & if(is_blank(replan_needed_{last}), 'nothing', 'replan_bring' & {needed.format(x=last)} & 'replan_leads'),"
        f" if(replan_needed_{won}_exact > 0, 'replan_late' & {needed.format(x=won)} & 'replan_short', blank))))))"
    )
