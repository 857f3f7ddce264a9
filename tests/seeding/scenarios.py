"""強気・標準・弱気: both kinds at the switch, its multipliers, and the formulas that take them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .case import Case
from .other_sheets import Beyond
from .standing import Standing

SAID = {"ja": ("強気", "標準", "弱気"), "en": ("optimistic", "standard", "pessimistic")}
RATES = ("win_rate", "meeting_rate", "cvr")
NAMES = ("optimistic", "standard", "pessimistic")


def cases(sheet: Standing) -> Iterator[Case]:
    if "optimistic_win_rate" in sheet.months:
        yield from faults(Beyond(sheet))
        # Where counts are not rounded up, other rates may miss the goal, and that is said.
        if sheet.records["rounding"].value in (sheet.words.up, sheet.words.none):
            yield from sound(Beyond(sheet))


def faults(more: Beyond) -> Iterator[Case]:
    _, _, bad = SAID[more.sheet.lang]
    yield more.case("I10 scenario: a word that is not in the list", "I10", {"scenario": "強め"})
    yield more.case("I06 scenario: cleared", "I06 I10", {"scenario": None})
    for rate in RATES:
        name = f"pessimistic_{rate}"
        yield more.case("I01 scenario: a multiplier as text", "I01", {name: "90%"})
        yield more.case("I01 scenario: a multiplier in words", "I01", {name: "約9割"})
        yield more.case("I03 scenario: a multiplier without its per cent", "I03", {name: 90})
        yield more.case("I04 scenario: a change in per cent typed for the multiplier", "I04", {f"optimistic_{rate}": 9.5})
        yield more.case("I06 scenario: a multiplier of nothing", "I06", {name: 0})
        yield more.case("I06 scenario: a multiplier below nothing", "I06", {name: -0.9})
        yield more.case("F01 scenario: the factor in use typed over", "F01", {f"scenario_{rate}": 0.8})
        yield more.case("F01 scenario: the factor in use as its own number", "F01", {f"scenario_{rate}": 1})
        yield from more.swap("the other scenario's factor", "F02 F09", f"scenario_{rate}", ("pessimistic_", "optimistic_"))
        formula = str(more.sheet.records[f"scenario_{rate}"].formula)
        crossed = formula.replace("pessimistic_", "optimistic_")
        yield more.case("F02 scenario: the other one's factor", "F02 F09", {f"scenario_{rate}": crossed})
        capped = more.formula(f"optimistic_{rate}_factor")
        free = re.sub(r"MIN\((optimistic_\w+),1/[^,]*\)(?=,)", r"\1", capped)
        yield more.case("F02 scenario: a factor without its cap", "F02", {f"optimistic_{rate}_factor": free})
    for stage in ("meetings", "leads", "visits", "revenue"):
        for scenario in NAMES:
            yield more.case("F01 scenario: a figure beside the others typed over", "F01", {f"{scenario}_{stage}": 12_345})
        pair = (f"optimistic_{stage}", f"pessimistic_{stage}")
        crossed = {name: more.formula(other) for name, other in zip(pair, reversed(pair), strict=True)}
        yield more.case("F09 scenario: two scenarios exchanged", "F09 F02", crossed)
    page = more.sheet.records
    for name in ("opportunities_exact", "required_meetings_exact", "channel_leads_exact[1]", "channel_visits_exact[1]"):
        record = page.get(name)
        if record is None or not record.formula:
            continue
        without = re.sub(r"([*/])scenario_\w+", "", re.sub(r",scenario_\w+\)=3", ")=2", str(record.formula)))
        yield more.case("F02 scenario: a formula that leaves it out, while it is standard", "F02", {name: without})
        yield more.case(
            "F02 scenario: a formula that leaves it out, once it is chosen", "F02", {name: without, "scenario": bad}, at=name
        )


def sound(more: Beyond) -> Iterator[Case]:
    def case(kind: str, values: dict[Any, Any]) -> Case:
        return more.case(f"scenario: {kind}", "", values)

    good, usual, bad = SAID[more.sheet.lang]
    for said in (good, bad, usual):
        yield case("chosen", {"scenario": said})
    for rate in RATES:
        yield case("another multiplier", {f"optimistic_{rate}": 1.25, f"pessimistic_{rate}": 0.5})
        yield case("another multiplier, in use", {f"pessimistic_{rate}": 0.85, "scenario": bad})
        yield case("a multiplier cleared, in use", {f"optimistic_{rate}": None, "scenario": good})
        yield case("a multiplier beyond what a rate allows, in use", {f"optimistic_{rate}": 2.9, "scenario": good})
        yield case("a multiplier worked out", {f"pessimistic_{rate}": "=1-0.15"})
    yield case("optimistic that isn't", {"optimistic_cvr": 0.7, "pessimistic_cvr": 1.3, "scenario": good})
