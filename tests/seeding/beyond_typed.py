"""The sheets beyond the months: faults in what is typed into them, and in the moves of a matrix."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from .case import Case
from .other_sheets import DATES, Beyond

COUNTS = ("sales_reps", "meetings_per_rep", "content_articles_held", "content_visits_per_article", "field_deals[1]",
          "channel_current_visits[1]", "channel_current_leads[1]", "abm_opening[2]", "abm_new[3]", "abm_moves[1]", "definition_cases[1]")  # fmt: skip
AMOUNTS = ("budget", "channel_cost_per_lead[1]")
RATES = ("gross_margin", "channel_article_share[1]")


def typed(more: Beyond) -> Iterator[Case]:
    for name in COUNTS:
        base = name.startswith("abm")
        kinds: list[tuple[str, str, Any, tuple[str, ...]]] = [
            ("I01 beyond: a count as text", "I01", "1,200件", ()),
            ("I01 beyond: a count in full width", "I01", "１２", ()),
            ("I01 beyond: a count with an apostrophe", "I01", "12", ()),
            ("I01 beyond: a count in words", "I01", "多数", ()),
            ("I06 beyond: a negative count", "I06 X08", -3, ()),
            ("I07 beyond: an absurd count", "I07 I10", 5e15, ()),
            ("I08 beyond: a date for a count", "I08", datetime.datetime(2026, 1, 2), DATES),
            ("I09 beyond: TRUE for a count", "I09", True, ("openpyxl", "xml")),
        ]
        if name != "content_visits_per_article":
            kinds.append(("I10 beyond: half of one", "I10", 3.5, ()))
        for kind, codes, value, savers in kinds:
            yield more.case(kind, codes, {name: value}, *savers, base=base)
    for name in AMOUNTS:
        yield more.case("I01 beyond: an amount as text", "I01", {name: "30万円"})
        yield more.case("I01 beyond: an amount with a yen sign", "I01", {name: "¥15,000"})
        yield more.case("I06 beyond: a negative amount", "I06", {name: -5000})
        yield more.case("I07 beyond: an absurd amount", "I07 I10", {name: 1e17})
    for name in RATES:
        yield more.case("I03 beyond: 30 for 30 %", "I03", {name: 30})
        yield more.case("I03 beyond: 150 %, or 1.5", "I03", {name: 1.5})
        yield more.case("I01 beyond: a rate as text", "I01", {name: "３０％"})
        yield more.case("I06 beyond: a negative rate", "I06", {name: -0.3})
        yield more.case("I04 beyond: 0.3 %", "I04", {name: 0.003})
    for name, value in (("backlog_month[1]", "来月"), ("definition_date[1]", "来週"), ("approval_deadline", "年度末"), ("approval_date", "4月ごろ")):  # fmt: skip
        yield more.case("I10 beyond: a date in words", "I10 I01", {name: value})
    if more.sheet.spare:
        for name in ("channel_current_visits", "channel_cost_per_lead"):
            yield more.case("I06 beyond: a figure beside no channel", "I06", {more.below(name, more.channels + 1): 300},
                            at=more.sheet.at("channel_name", more.channels + 1))  # fmt: skip
    yield more.case("I06 beyond: nothing to divide by", "I06", {"content_visits_per_article": 0})
    yield more.case("F06 beyond: an input that is an error", "F06", {"budget": "=1/0"})
    yield more.case("F11 beyond: an input from another workbook", "F11", {"sales_reps": "=[1]Sheet1!$A$1"}, *DATES)


def moves(more: Beyond) -> Iterator[Case]:
    """X08, in a matrix that is filled in."""
    stages, count = list(more.goals), len(more.goals)
    first, last = stages[0], stages[-1]
    small = max(1, more.goals[last])
    to, start, rank = (more.below(f"abm_moves_{each}", 1) for each in ("to", "from", "rank"))
    where = {stage: more.place(f"abm_arrivals[{at}]") for at, stage in enumerate(stages, 3)}
    for kind, place, said in (("a stage that is not there", to, "成約"), ("from a stage that is not there", start, "名刺"),
                              ("a rank that is not there", rank, "S"), ("no stage at all", to, None), ("a space behind the stage", to, f"{first} "),
                              ("a stage as a number", to, 3)):  # fmt: skip
        yield more.case(f"X08 beyond: {kind}", "X08", {place: said}, base=True)
    held = max([*more.goals.values(), 1]) + 20
    yield more.case("X08 beyond: more moved than there are", "X08", more.move(count + 1, "A", "接触", "一覧", held + 1), base=True,
                    at=more.place("abm_closing[2]"))  # fmt: skip
    yield more.case("X08 beyond: moved from an empty cell", "X08", more.move(count + 1, "B", "一覧", "接触", 3), base=True,
                    at=more.place("abm_closing[9]"))  # fmt: skip
    yield more.case(
        "X08 beyond: fewer opened than leave", "X08", {"abm_opening[2]": 0}, base=True, at=more.place("abm_closing[2]")
    )
    yield more.case("X08 beyond: one too few arrives", "X08", {more.below("abm_moves", count): small - 1 or 2}, base=True, at=where[last])  # fmt: skip
    yield more.case("X08 beyond: two too many arrive", "X08", {more.below("abm_moves", 1): more.goals[first] + 2}, base=True, at=where[first])  # fmt: skip
    yield more.case("X08 beyond: new accounts that arrive besides", "X08", {"abm_new[3]": 4}, base=True, at=where[first])
    yield more.case("X08 beyond: a stage renamed, the moves not", "X08", {more.place("abm_stage_name[2]"): "見込み"}, base=True,
                    at=start)  # fmt: skip
    web = more.sheet.records.get("web_revenue")
    if web is not None and web.value:
        yield more.case("X08 beyond: other deals on the page", "X08", {more.sheet.place(web): web.value * 3}, base=True,
                        at=[where[each] for each in stages])  # fmt: skip
    price = more.sheet.records["win_rate"]
    yield more.case("X08 beyond: another rate on the page", "X08", {more.sheet.place(price): float(price.value) / 2}, base=True,  # type: ignore[arg-type]
                    at=[where[each] for each in stages[:-1]])  # fmt: skip
