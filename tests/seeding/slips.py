"""Slips of the hand, which nobody who writes the checker was told of: rows exchanged, digits, sums for months, dates, idle inputs."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator
from typing import Any

from .case import UNSEEN, Case, Cells
from .other_sheets import Beyond
from .standing import Standing

STAGES = ("won_deals", "opportunities", "meetings", "leads", "visits")
DATES = ("openpyxl", "office")
UNEVEN = (1.0, 1.09, 0.95, 1.04, 0.98, 1.12)
"""Half a year's actuals over their goals: an ordinary one."""


def cases(sheet: Standing) -> Iterator[Case]:
    """On the page."""
    records = sheet.records
    at = {name: str(each.cell) for name, each in records.items()}
    values: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
        "F02 an input that draws lots": ("F02 I06", {"deal_size": "=RANDBETWEEN(3000000,5000000)"}, ("office", "uno")),
        "I10 a date of entry ten years off": ("I10", {"entry_date": datetime.datetime(2016, 4, 1)}, DATES),
    }
    rates = [each for each in records if re.fullmatch(r"channel_cvr\[\d\]", each) and records[each].value]
    if rates:
        value = float(records[rates[0]].value)  # type: ignore[arg-type]
        values["I04 a CVR with its per cent twice"] = ("I04 I11", {rates[0]: round(value / 100, 8)}, ())
    for kind, (codes, typed, savers) in values.items():
        if all(name in records and records[name].role == "input" for name in typed):
            change = Cells({sheet.place(records[name]): value for name, value in typed.items()})
            where = tuple(at[name] for name in typed)
            yield Case(
                sheet.subject, kind, tuple(codes.split()), where, change, savers, note=kind.startswith("I04"), group=UNSEEN
            )


def beyond(sheet: Standing) -> Iterator[Case]:
    if "abm_conserved" in sheet.months:
        more = Beyond(sheet)
        yield from _of_months(more)
        yield from _idle(more)


def _case(
    more: Beyond, kind: str, codes: str, values: dict[str, Any], at: str, *savers: str, note: bool = False
) -> Iterator[Case]:
    of = {**more.sheet.months, **more.sheet.records}
    if all(name in of and of[name].role == "input" for name in values):
        change = Cells({more.sheet.place(of[name]): value for name, value in values.items()})
        yield Case(more.subject, kind, tuple(codes.split()), (str(of[at].cell),), change, savers, note=note, group=UNSEEN)


def _of_months(more: Beyond) -> Iterator[Case]:
    of = more.of
    titles = sorted({str(each.sheet) for each in of.values() if re.fullmatch(r"\d{4}-\d\d", str(each.sheet))})
    stages = [each for each in STAGES if f"year_{each}" in of]
    means = {each: max(4, round(float(of[f"year_{each}"].value or 0) / 12)) for each in stages}  # type: ignore[arg-type]
    half = {
        f"{titles[month]}!actual_{stage}": round(means[stage] * times)
        for stage in stages for month, times in enumerate(UNEVEN)
    }  # fmt: skip

    def name(stage: str, month: int) -> str:
        return f"{titles[month]}!actual_{stage}"

    for later, earlier in itertools.pairwise(stages):
        if means[earlier] < means[later] * 3:
            continue
        one, other = name(later, 2), name(earlier, 2)
        swapped = {**half, one: half[other], other: half[one]}
        yield from _case(more, "X04 two stages exchanged in a month", "X04 I07", swapped, one)
        whole = dict(half)
        for month in range(len(UNEVEN)):
            one, other = name(later, month), name(earlier, month)
            whole[one], whole[other] = half[other], half[one]
        yield from _case(more, "X04 two stages exchanged in half a year", "X04 I07", whole, name(later, 0))
    if "leads" in stages and means["leads"] >= 60:
        yield from _case(more, "I07 leads of a month with a nought too many", "I07", {**half, name("leads", 2): half[name("leads", 2)] * 10}, name("leads", 2))  # fmt: skip
    if "visits" in stages and means["visits"] >= 2000:
        thousands = {name("visits", month): round(half[name("visits", month)] / 1000) or 1 for month in range(len(UNEVEN))}
        yield from _case(more, "I07 visits in thousands", "I07 X04 I10", {**half, **thousands}, name("visits", 0))
        short = half[name("visits", 2)] // 10
        yield from _case(more, "I07 visits of a month without their last digit", "I07", {**half, name("visits", 2): short}, name("visits", 2))  # fmt: skip
    for stage in stages[1:]:
        in_all = sum(half[name(stage, month)] for month in range(len(UNEVEN)))
        yield from _case(
            more, "X03 the total so far in the last month", "X03", {**half, name(stage, 5): in_all}, name(stage, 5)
        )
    later_on: dict[str, Any] = {}
    for month in range(2, 8):
        later_on[name("leads", month)] = round(means["leads"] * (month + 1) * 1.02)
    yield from _case(more, "X03 running totals from June on", "X03 I06 I11", later_on, name("leads", 3))
    if "month_cvr_override[3]" in of:
        yield from _case(more, "I04 a CVR typed over, its per cent twice", "I04", {"month_cvr_override[3]": 0.0001}, "month_cvr_override[3]")  # fmt: skip
        yield from _case(more, "I04 a CVR typed over with all of them", "I04", {"month_cvr_override[3]": 1}, "month_cvr_override[3]")  # fmt: skip
    yield from _case(more, "I10 a weight in per mille", "I10", {"month_weight[3]": 1000}, "month_weight[3]")


def _idle(more: Beyond) -> Iterator[Case]:
    of = {**more.sheet.months, **more.sheet.records}
    with_visits = next((row for row in range(1, more.channels + 1) if of.get(f"channel_cvr[{row}]") and of[f"channel_cvr[{row}]"].value), None)  # fmt: skip
    if with_visits is not None:
        seen, taken, rate = (f"channel_{each}[{with_visits}]" for each in ("current_visits", "current_leads", "cvr"))
        yield from _case(more, "I06 visits of today without a CVR", "I06", {seen: 3000, rate: None}, rate, note=True)
        yield from _case(more, "I10 leads of today beside visits", "I10", {seen: 3000, taken: 40}, taken, note=True)
    yield from _case(more, "I07 an article with a million visits", "I07", {"content_visits_per_article": 1_000_000}, "content_visits_per_article")  # fmt: skip
    yield from _case(more, "I10 an optimistic rate below the standard", "I10", {"optimistic_win_rate": 0.93}, "optimistic_win_rate")  # fmt: skip
    yield from _case(more, "I10 a deadline of the year before", "I10", {"approval_deadline": datetime.datetime(2025, 3, 31)}, "approval_deadline", *DATES, note=True)  # fmt: skip
    for name in ("field_deals[1]", "channel_current_visits[1]"):
        yield from _case(
            more,
            "F02 what was counted as a formula of the goal",
            "F02",
            {name: "=won_deals" if "field" in name else "=visits"},
            name,
        )
