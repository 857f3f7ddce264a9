"""The cells of a flow, form by form: ``{x}`` in a name and an expression is the flow's name; `flows` fills the rest in."""

from __future__ import annotations

from typing import NamedTuple

from ..language.text import Text
from ..values.units import COUNT, CURRENCY, RATE, TEXT
from .tables import HALF, MONTH, QUARTER

WON = "won_deals"
"""The page's cell with the deals, towards which all that is held counts."""


class Form(NamedTuple):
    """One cell of a flow: ``{x}`` in its name and expression is the flow's name."""

    name: str
    tail: Text
    formula: str | None
    table: str | None = None
    unit: str | None = None
    signed: bool = False
    recorded: bool = False
    on_tab: bool = False
    counter: str | None = None


GRID = (
    Form("year_{x}_page", Text("(目標設定の年間値)", " (year on Goals)"), "if(period = 'month', {of} * 12, {of})"),
    Form("month_{x}_override", Text("(手入力)", " (typed over)"), None, MONTH),
    Form("month_{x}_initial", Text("(期初計画)", " (initial plan)"), None, MONTH, recorded=True),
    Form("month_{x}_reported", Text("(締めた月の目標)", " (goal of a closed month)"), None, MONTH, recorded=True),
    Form(
        "month_{x}_fixed",
        Text("(決まっている分)", " (settled)"),
        "if(month_start <= closed_through and month_{x}_reported >= 0, month_{x}_reported,"
        " if(month_{x}_override >= 0, month_{x}_override, blank))",
        MONTH,
    ),
    Form(
        "month_{x}_open",
        Text("(配分の重み)", " (weight)"),
        "if(is_blank(month_{x}_fixed) and {weight} > 0, {weight}, 0)",
        MONTH,
        COUNT,
    ),
    Form("open_{x}_weight", Text("(重みの合計)", " (sum of weights)"), "sum(month_{x}_open)", None, COUNT),
    Form(
        "open_{x}",
        Text("(開いている月に配る分)", " (left for the open months)"),
        "max(0, year_{x}_page{less_before} - sum_through(month_{x}_fixed, 12))",
    ),
    Form(
        "month_{x}",
        Text("(月次目標)", " (monthly goal)"),
        "if(is_blank(month_{x}_fixed), {instead}if(open_{x}_weight > 0,"
        " portion(open_{x}, month_{x}_open, open_{x}_weight, {exact_before}), year_{x}_page * 0){close}, month_{x}_fixed)",
        MONTH,
    ),
    Form("quarter_{x}", Text("(四半期計)", " (quarter)"), "part_sum(month_{x})", QUARTER),
    Form("half_{x}", Text("(半期計)", " (half-year)"), "part_sum(month_{x})", HALF),
    Form("year_{x}", Text("(年計)", " (year)"), "sum(month_{x})"),
    Form(
        "year_{x}_gap", Text("(年計と目標設定の差)", " (year against Goals)"),
        "round(year_{x}{and_before} - year_{x}_page, {noise})", signed=True,
    ),
)  # fmt: skip
"""What stands on the grid for every flow."""

RATED = (
    Form(
        "year_{x}_left", Text("(年計の差のうち、手入力の率によらない分)", " (of the difference, what no rate typed over explains)"),
        "if(tally({typed_rate}) = 0, year_{x}_gap, if(tally(month_{x}_override) = 0, 0, if(open_{x}_weight = 0, year_{x}_gap,"
        " max(0, round(sum_through(month_{x}_fixed, 12) - sum_where(month_{x}_fixed, {typed_rate}) - (year_{x}_page{less_before}), {noise})))))",
        signed=True,
    ),
)  # fmt: skip
"""What a flow has whose months may go by a rate of their own: they come to more or less than the page, and rightly."""

AHEAD = (
    Form(
        "before_{x}_exact",
        Text("(期首より前、端数処理前)", " (before the year, unrounded)"),
        "if(start_month <= closed_through and before_{x}_reported >= 0, before_{x}_reported,"
        " if({before_weight} > 0, year_{x}_page * (({before_weight}) / ({before_weight} + sum({weight}))), year_{x}_page * 0))",
    ),
    Form(
        "before_{x}_reported",
        Text("(締めたときの、期首より前)", " (before the year, when months were closed)"),
        None,
        recorded=True,
    ),
    Form(
        "before_{x}",
        Text("(期首より前に必要)", " (needed before the year)"),
        "if(rounding = 'none', before_{x}_exact, round(round(before_{x}_exact, 6), 0))",
    ),
    Form("next_{x}", Text("(翌年度の必要数)", " (next year's need)"), "year_{x}_page * next_share"),
    Form(
        "month_{x}_next",
        Text("(翌年度の受注のため)", " (for next year's wins)"),
        "if(month_start <= closed_through and month_{x}_next_reported >= 0, month_{x}_next_reported,"
        " if({next_whole} > 0, portion({next_total}, {next_weight}, {next_whole}, 0), 0))",
        MONTH,
    ),
    Form(
        "month_{x}_next_reported",
        Text("(締めた月の翌年度分)", " (next year's part of a closed month)"),
        None,
        MONTH,
        recorded=True,
    ),
    Form("month_{x}_due", Text("(翌年度分を含む目標)", " (with next year's part)"), "month_{x} + month_{x}_next", MONTH),
)
"""What a flow has that comes before its wins."""

PIPELINE = (
    Form("opening_{x}", Text("(期首パイプライン)", " (held at the start)"), None),
    Form(
        "opening_{x}_gap", Text("(期首の過不足)", " (held against needed)"),
        "if(is_blank(opening_{x}), blank, opening_{x} - before_{x})", signed=True,
    ),
    Form(
        "opening_{x}_wins", Text("(期首パイプラインから見込める受注)", " (wins to expect from those held)"),
        "if(opening_{x} >= 0, opening_{x} * ({won} / {of}), 0)", None, COUNT,
    ),
)  # fmt: skip
"""Cases from before the year that are not won yet, to be held against those that are needed before it.

One that has become an opportunity is counted as a lead, as a meeting and as an opportunity.
"""

TAB = (
    Form("goal_{x}", Text("(目標)", " (goal)"), "month_{x}", MONTH, on_tab=True),
    Form("goal_next_{x}", Text("(翌年度分の目標)", " (for next year)"), "month_{x}_next", MONTH, on_tab=True),
    Form("actual_{x}", Text("(実績)", " (actual)"), None, MONTH, on_tab=True),
    Form(
        "difference_{x}", Text("(差)", " (difference)"),
        "if(is_blank(actual_{x}), 'untyped', actual_{x} - {due})", MONTH, signed=True, on_tab=True,
    ),
    Form(
        "achievement_{x}", Text("(達成率)", " (achievement)"),
        "if(is_blank(actual_{x}), 'untyped', if({due} > 0, actual_{x} / {due}, 'no_goal'))", MONTH, RATE, on_tab=True,
    ),
    Form("goal_to_date_{x}", Text("(累計目標)", " (goal to date)"), "if(tally({due}) > 0, sum_to_here({due}), blank)", MONTH, on_tab=True),
    Form(
        "actual_to_date_{x}", Text("(累計実績)", " (actual to date)"),
        "if(tally_to_here(result_{x}) = row, sum_to_here(result_{x}), 'untyped')", MONTH, on_tab=True,
    ),
    Form(
        "achievement_to_date_{x}", Text("(累計達成率)", " (achievement to date)"),
        "if(actual_to_date_{x} >= 0, if(goal_to_date_{x} > 0, actual_to_date_{x} / goal_to_date_{x}, 'no_goal'), 'untyped')",
        MONTH, RATE, on_tab=True,
    ),
    Form(
        "progress_{x}", Text("(進捗率)", " (progress)"),
        "if(actual_to_date_{x} >= 0, if(year_{x}_due > 0, actual_to_date_{x} / year_{x}_due, 'no_goal'), 'untyped')",
        MONTH, RATE, on_tab=True,
    ),
    Form(
        "pace_{x}", Text("(予定の進捗率)", " (progress planned)"),
        "if(year_{x}_due > 0, goal_to_date_{x} / year_{x}_due, 'no_goal')", MONTH, RATE, on_tab=True,
    ),
    Form(
        "landing_plan_{x}", Text("(着地見込み: 残りは計画どおり)", " (forecast, the rest as planned)"),
        "if(actual_to_date_{x} >= 0, actual_to_date_{x} + year_{x}_due - goal_to_date_{x}, 'untyped')", MONTH, on_tab=True,
    ),
    Form(
        "landing_pace_{x}", Text("(着地見込み: 直近3か月のペース)", " (forecast at the pace of the last three months)"),
        "if(actual_to_date_{x} >= 0, actual_to_date_{x} + recent_mean(result_{x}, 3) * (12 - row), 'untyped')",
        MONTH, on_tab=True,
    ),
    Form(
        "needed_pace_{x}", Text("(残り月の必要ペース)", " (needed a month from now on)"),
        "if(actual_to_date_{x} >= 0, if(row < 12, max(0, year_{x}_due - actual_to_date_{x}) / max(1, 12 - row), 'no_goal'), 'untyped')",
        MONTH, on_tab=True,
    ),
    Form("last_year_{x}", Text("(前年実績)", " (last year)"), "if(is_blank(last_{x}), blank, last_{x})", MONTH, on_tab=True),
)  # fmt: skip
"""What stands on each month's tab."""

SUMMARY = (
    Form("result_{x}", Text("(月の実績)", " (the month's actual)"), "actual_{x}", MONTH),
    Form("last_{x}", Text("(前年同月の実績)", " (actual a year before)"), None, MONTH, recorded=True),
    Form("year_{x}_due", Text("(年間目標)", " (the year's goal)"), "sum({due})"),
    Form(
        "now_initial_{x}", Text("(期初計画)", " (initial plan)"),
        "if(tally(month_{x}_initial) = 12, sum(month_{x}_initial), year_{x}_due)",
    ),
    Form(
        "judged_to_{x}", Text("(そこまで実績がそろう月)", " (actuals complete to here)"),
        "if(tally_to_here(result_{x}) = row, row, 0)", MONTH, COUNT, counter="months",
    ),
    Form("judged_here_{x}", Text("(この月まで判断した月数)", " (months judged to this one)"), "min(largest(judged_to_{x}), row)", MONTH, COUNT, counter="months"),
    Form(
        "behind_here_{x}", Text("(この月までに遅れているか)", " (behind, to this month)"),
        "if(judged_here_{x} > 0 and tally({due}) > 0,"
        " if(round(sum_through(result_{x}, judged_here_{x}) - sum_through({due}, judged_here_{x}), 6) < 0, 1, 0), 0)", MONTH, COUNT,
    ),
    Form(
        "judged_{x}", Text("(判断した月数)", " (months judged)"),
        "if(is_blank(as_of_month), largest(judged_to_{x}), min(largest(judged_to_{x}), sum(month_within)))", None, COUNT, counter="months",
    ),
    Form("now_goal_{x}", Text("(累計目標)", " (goal so far)"), "if(judged_{x} > 0 and tally({due}) > 0, sum_through({due}, judged_{x}), blank)"),
    Form(
        "now_actual_{x}", Text("(累計実績)", " (actual so far)"),
        "if(judged_{x} > 0, sum_through(result_{x}, judged_{x}), 'untyped')",
    ),
    Form(
        "now_achievement_{x}", Text("(達成率)", " (achievement)"),
        "if(now_actual_{x} >= 0, if(now_goal_{x} > 0, now_actual_{x} / now_goal_{x}, 'no_goal'), 'untyped')", None, RATE,
    ),
    Form(
        "now_progress_{x}", Text("(進捗率)", " (progress)"),
        "if(now_actual_{x} >= 0, if(year_{x}_due > 0, now_actual_{x} / year_{x}_due, 'no_goal'), 'untyped')", None, RATE,
    ),
    Form(
        "now_pace_{x}", Text("(予定の進捗率)", " (progress planned)"),
        "if(year_{x}_due > 0, now_goal_{x} / year_{x}_due, 'no_goal')", None, RATE,
    ),
    Form(
        "now_landing_plan_{x}", Text("(着地見込み: 残りは計画どおり)", " (forecast, the rest as planned)"),
        "if(now_actual_{x} >= 0, now_actual_{x} + year_{x}_due - now_goal_{x}, 'untyped')",
    ),
    Form(
        "now_landing_pace_{x}", Text("(着地見込み: 直近3か月のペース)", " (forecast at the pace of the last three months)"),
        "if(now_actual_{x} >= 0, now_actual_{x} + (sum_through(result_{x}, judged_{x})"
        " - sum_through(result_{x}, judged_{x} - 3)) / min(3, judged_{x}) * (12 - judged_{x}), 'untyped')",
    ),
    Form(
        "now_needed_pace_{x}", Text("(残り月の必要ペース)", " (needed a month from now on)"),
        "if(now_actual_{x} >= 0, if(judged_{x} < 12, max(0, year_{x}_due - now_actual_{x}) / max(1, 12 - judged_{x}),"
        " 'no_goal'), 'untyped')",
    ),
    Form(
        "now_state_{x}", Text("(状態)", " (state)"),
        "if(now_actual_{x} >= 0, if(is_blank(now_goal_{x}), 'no_goal',"
        " if(round(now_actual_{x} - now_goal_{x}, 6) >= 0, 'on_track', 'behind')), 'untyped')", None, TEXT,
    ),
)  # fmt: skip
"""What the summary of the year says of it."""

RATES = (
    Form("assumed_{x}", Text("(前提の率)", " (assumed)"), "{rate}"),
    Form("judged_rate_{x}", Text("(率を比べた月数)", " (months compared)"), "min(judged_{x}, judged_{y})", None, COUNT, counter="months"),
    Form(
        "planned_{x}", Text("(累計目標どうしの率)", " (planned so far)"),
        "if(judged_rate_{x} > 0, if(sum_through({y_due}, judged_rate_{x}) > 0,"
        " sum_through({x_due}, judged_rate_{x}) / sum_through({y_due}, judged_rate_{x}), blank), blank)",
    ),
    Form(
        "turned_out_{x}", Text("(実績の率)", " (turned out)"),
        "if(judged_rate_{x} > 0, if(sum_through(result_{y}, judged_rate_{x}) > 0,"
        " sum_through(result_{x}, judged_rate_{x}) / sum_through(result_{y}, judged_rate_{x}), blank), blank)",
    ),
    Form("worth_{x}", Text("(1件あたりの売上)", " (what one is worth)"), "{worth}", None, CURRENCY),
    Form(
        "cost_{x}", Text("(売上に換算した不足)", " (shortfall in revenue)"),
        "if(months_judged > 0, if(planned_{x} >= 0 and turned_out_{x} >= 0, {cost}, 0), blank)", None, CURRENCY,
    ),
)  # fmt: skip
"""The rate that leads to a flow from the next one below, and what it costs where it is weak."""
