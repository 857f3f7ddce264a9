"""What is typed beyond the page: amounts in another unit, actuals that can't be, a matrix that contradicts itself, other people's texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .case import SEEN, UNSEEN, Case
from .misfilled import typed_case
from .other_sheets import Beyond
from .standing import Standing

STAGES = ("revenue", "won_deals", "opportunities", "meetings", "leads", "visits")


def cases(sheet: Standing) -> Iterator[Case]:
    if "abm_conserved" not in sheet.months:
        return
    for each in (_units, _actuals, _unchecked, _matrix, _settings, _texts):
        yield from each(Beyond(sheet))


def _titles(more: Beyond) -> list[str]:
    return sorted({str(each.sheet) for each in more.of.values() if re.fullmatch(r"\d{4}-\d\d", str(each.sheet))})


def _goal(more: Beyond, stage: str, month: int) -> int:
    record = more.of.get(f"month_{stage}[{month}]")
    return int(float(record.value or 0)) if record else 0  # type: ignore[arg-type]


def _stages(more: Beyond) -> list[str]:
    return [each for each in STAGES if f"year_{each}" in more.of]


def _units(more: Beyond) -> Iterator[Case]:
    """Amounts in 千円, 万円 and 百万円, wherever one may be typed."""
    sheet, titles = more.sheet, _titles(more)
    for unit, factor in {"千円": 1e3, "万円": 1e4, "百万円": 1e6}.items():
        amount = _goal(more, "revenue", 4)
        if amount / factor < 1:
            continue
        rest = {f"{titles[3]}!actual_{stage}": _goal(more, stage, 4) for stage in _stages(more) if stage != "revenue"}
        yield typed_case(sheet, f"I05 {unit} in a tab: actual revenue", "I05", {**rest, f"{titles[3]}!actual_revenue": round(amount / factor)}, SEEN, at=f"{titles[3]}!actual_revenue")  # fmt: skip
        many = {
            f"{title}!actual_revenue": round(_goal(more, "revenue", at) / factor)
            for at, title in enumerate(titles[:5], 1)
            if _goal(more, "revenue", at)
        }
        yield typed_case(sheet, f"I05 {unit} in five tabs: actual revenue", "I05", many, UNSEEN)
        yield typed_case(
            sheet,
            f"I05 {unit} in an override of revenue",
            "I05 X03",
            {"month_revenue_override[4]": round(amount / factor)},
            SEEN,
        )
        year = float(more.of["year_revenue_page"].value or 0)  # type: ignore[arg-type]
        yield typed_case(sheet, f"I05 {unit} in next year's revenue", "I05", {"next_year_revenue": round(year / factor)}, SEEN)
        last = {
            f"last_revenue[{at}]": round(_goal(more, "revenue", at) / factor)
            for at in range(1, 13)
            if _goal(more, "revenue", at)
        }
        yield typed_case(sheet, f"I05 {unit} in last year's revenue", "I05", last, UNSEEN)
        cost = more.of.get("channel_cost_per_lead[1]")
        if cost is not None and cost.value and cost.value >= factor and unit != "百万円":
            yield typed_case(
                sheet, f"I05 {unit} in a cost per lead", "I05", {"channel_cost_per_lead[1]": cost.value / factor}, SEEN
            )
        if more.of["budget"].value:
            yield typed_case(
                sheet, f"I05 {unit} in the budget", "I05", {"budget": round(more.of["budget"].value / factor)}, UNSEEN
            )
    yield typed_case(
        sheet, "I05 a cost per lead for all leads", "I05 I11 I10", {"channel_cost_per_lead[1]": 3_000_000_000}, UNSEEN
    )
    yield typed_case(
        sheet, "I07 today's visits of another size than the goal's", "I07", {"channel_current_visits[1]": 90_000_000}, SEEN
    )
    yield typed_case(sheet, "I03 the gross margin in yen", "I03 I10 I05 I07", {"gross_margin": 2_400_000}, SEEN)
    if _goal(more, "revenue", 4) > 1:
        yield typed_case(sheet, "I05 yen ten thousand times over: actual revenue", "I05 I07", {f"{titles[3]}!actual_revenue": _goal(more, "revenue", 4) * 10_000}, UNSEEN)  # fmt: skip


def _actuals(more: Beyond) -> Iterator[Case]:
    sheet, titles, stages = more.sheet, _titles(more), _stages(more)
    price = float((sheet.records.get("deal_size") or sheet.inputs[0]).value or 1)  # type: ignore[arg-type]
    tab = titles[2]
    channels = [name for name in more.of if name.startswith(f"{tab}!channel_actual_leads[")][: more.channels]
    if channels:
        typed: dict[str, Any] = {name: 11 + at for at, name in enumerate(channels)}
        total = sum(typed.values())
        yield typed_case(sheet, "X02 channels' actuals of leads ≠ the total", "X02 X03 X01 X04 X06", {**typed, f"{tab}!actual_leads": total + 9}, SEEN, at=f"{tab}!actual_leads")  # fmt: skip
    for stage in stages[1:]:
        if all(_goal(more, stage, at) for at in range(1, 5)):  # else nothing is expected of those months
            yield typed_case(sheet, "I06 four blank months before one that is filled", "I06 S09 X03 I11", {f"{titles[4]}!actual_{stage}": max(1, _goal(more, stage, 5))}, SEEN)  # fmt: skip
        grown = {f"{title}!actual_{stage}": (at + 1) * 40 for at, title in enumerate(titles[:8])}
        yield typed_case(sheet, "I11 actuals that only grow", "I11 I05 X03 I10 I07", grown, SEEN, note=True)
        to_date, sums = 0, {}
        for at, title in enumerate(titles, 1):
            to_date += _goal(more, stage, at)
            sums[f"{title}!actual_{stage}"] = to_date
        if to_date > 24:
            yield typed_case(
                sheet, "I11 running totals typed for months, a whole year", "I11 I05 X03 I10 I07 X04", sums, UNSEEN, note=True
            )
    yield typed_case(sheet, "I05 a revenue ten times the price on one deal", "I05 I11 X07", {f"{tab}!actual_revenue": price * 10, f"{tab}!actual_won_deals": 1}, SEEN, at=f"{tab}!actual_revenue")  # fmt: skip
    yield typed_case(
        sheet,
        "I05 revenue without a deal",
        "I05 I11 X04 I06",
        {f"{tab}!actual_revenue": price * 2, f"{tab}!actual_won_deals": 0},
        UNSEEN,
    )
    if "actual_opportunities" in f"{[name for name in more.of if name.startswith(tab)]}":
        many = {
            f"{title}!actual_{stage}": count for title in titles for stage, count in (("won_deals", 9), ("opportunities", 2))
        }
        yield typed_case(sheet, "X04 more deals than opportunities, all the year", "X04", many, UNSEEN)
    many = {f"{title}!actual_{stage}": count for title in titles for stage, count in (("meetings", 90), ("leads", 20))}
    yield typed_case(sheet, "X04 more meetings than leads, all the year", "X04", many, UNSEEN)
    if "visits" in stages:
        many = {f"{title}!actual_{stage}": count for title in titles for stage, count in (("leads", 900), ("visits", 20))}
        yield typed_case(sheet, "X04 more leads than visits, all the year", "X04 I07", many, UNSEEN)
    same = {f"{title}!actual_{stage}": more.of[f"month_{stage}[{at}]"].value for at, title in enumerate(titles, 1) for stage in stages if f"{title}!actual_{stage}" in more.of}  # fmt: skip
    yield typed_case(sheet, "I11 the goals typed as actuals, all the year", "I11 I10 X06", same, UNSEEN, note=True)
    formulas = {f"{tab}!actual_{stage}": f"={more.of[f'{tab}!goal_{stage}'].cell}" for stage in stages[:3]}
    yield typed_case(sheet, "F02 actuals that read the goals", "F02 F09 I11 I10", formulas, UNSEEN)
    goals = {f"{tab}!goal_{stage}": 5 + at for at, stage in enumerate(stages)}
    yield typed_case(sheet, "F01 actuals typed into the goals' cells", "F01", goals, UNSEEN)
    yield typed_case(
        sheet, "F01 actuals typed into the cells of the difference", "F01", {f"{tab}!difference_{stages[1]}": 4}, UNSEEN
    )
    yield typed_case(sheet, "I06 a dash for an actual", "I01 I06", {f"{tab}!actual_leads": "―"}, UNSEEN)
    yield typed_case(sheet, "I01 an actual with its remark", "I01", {f"{tab}!actual_leads": "18(速報)"}, UNSEEN)
    yield typed_case(sheet, "I01 a sum as text in an actual", "I01", {f"{tab}!actual_leads": "12+6"}, UNSEEN)
    if sheet.records["rounding"].value != sheet.words.none:
        yield typed_case(sheet, "I03 a rate for an actual count", "I10 I04 I11 I03", {f"{tab}!actual_leads": 0.83}, UNSEEN)  # fmt: skip


def _unchecked(more: Beyond) -> Iterator[Case]:
    sheet = more.sheet
    yield typed_case(sheet, "I06 no visits per article", "I06", {"content_visits_per_article": 0}, SEEN)
    for rate in ("opportunity_rate", "win_rate"):
        if f"sure_{rate}_hits" in more.of:
            yield typed_case(
                sheet, "I10 more hits than cases", "I10 X04 X06 I06", {f"sure_{rate}_hits": 12, f"sure_{rate}_cases": 8}, SEEN
            )
            yield typed_case(
                sheet, "I06 hits without cases", "I06 I10 X04", {f"sure_{rate}_hits": 12, f"sure_{rate}_cases": None}, UNSEEN
            )
            yield typed_case(
                sheet,
                "I01 hits as text",
                "I01",
                {f"sure_{rate}_hits": "12件", f"sure_{rate}_cases": 80},
                UNSEEN,
                at=f"sure_{rate}_hits",
            )
            yield typed_case(
                sheet,
                "I10 half a hit",
                "I10",
                {f"sure_{rate}_hits": 2.5, f"sure_{rate}_cases": 80},
                UNSEEN,
                at=f"sure_{rate}_hits",
            )
    for scenario, value in (("optimistic", 0.1), ("pessimistic", 0.1), ("optimistic", 10)):
        for rate in ("win_rate", "cvr"):
            if f"{scenario}_{rate}" in more.of:
                yield typed_case(
                    sheet,
                    f"I11 a multiplier of {value:g} where one of about 1 is meant",
                    "I11 I10 I03 I04",
                    {f"{scenario}_{rate}": value},
                    SEEN,
                )
    if "optimistic_win_rate" in more.of:
        yield typed_case(sheet, "I11 optimistic and pessimistic exchanged", "I11 I10 X06", {"optimistic_win_rate": 0.9, "pessimistic_win_rate": 1.1}, UNSEEN, note=True)  # fmt: skip
    year = float(more.of["year_won_deals_page"].value or 1)  # type: ignore[arg-type]
    yield typed_case(sheet, "F02 a field's figure as a formula", "F02 I10 I11 F09", {"field_deals[1]": "=won_deals*1"}, SEEN)
    yield typed_case(
        sheet,
        "I07 a field's figure a thousand times the goal",
        "I07 I05 I11 I10",
        {"field_deals[1]": max(5000, round(year * 1000))},
        UNSEEN,
    )
    if "lead_time_leads" in more.of:
        days = {
            f"lead_time_{stage}": value
            for stage, value in (("opportunities", 30), ("meetings", 60), ("leads", 90))
            if f"lead_time_{stage}" in more.of
        }
        yield typed_case(sheet, "I10 lead times in days", "I10 I07 I11", days, UNSEEN)
    for name in ("sales_reps", "meetings_per_rep"):
        yield typed_case(sheet, "I03 people or meetings as a rate", "I10 I03 I04", {name: 0.4}, UNSEEN)
        yield typed_case(sheet, "I05 people or meetings by the ten thousand", "I07 I11 I05 I10", {name: 3_000_000}, UNSEEN)
    if "month_cvr_override[3]" in more.of:
        yield typed_case(sheet, "I01 a CVR as text", "I01", {"month_cvr_override[3]": "1％"}, UNSEEN)
        yield typed_case(sheet, "I06 a CVR of nothing", "I06", {"month_cvr_override[3]": 0}, UNSEEN)
        yield typed_case(sheet, "I06 a CVR below nothing", "I06", {"month_cvr_override[3]": -0.01}, UNSEEN)
        yield typed_case(sheet, "I03 a CVR above 100 %", "I03 I10", {"month_cvr_override[3]": 1.5}, UNSEEN)
    for name in (
        "next_year_revenue",
        "opening_leads",
        "last_leads[3]",
        "month_leads_reported[2]",
        "month_leads_initial[2]",
        "abm_opening[3]",
    ):
        if name in more.of:
            yield typed_case(
                sheet,
                "I01 beyond: another place, as text",
                "I01",
                {name: "120件" if "revenue" not in name else "1,200万円"},
                UNSEEN,
            )
            yield typed_case(sheet, "I06 beyond: another place, negative", "I06 X08", {name: -12}, UNSEEN)
            yield typed_case(sheet, "I07 beyond: another place, absurd", "I07 I10", {name: 4e15}, UNSEEN)


def _matrix(more: Beyond) -> Iterator[Case]:
    def case(kind: str, values: dict[Any, Any], at: Any = None, group: str = UNSEEN) -> Case:
        return more.case(f"X08 matrix: {kind}", "X08 I06 I10 I11 I01 S10", values, base=True, at=at)._replace(group=group)

    count, stages = len(more.goals), list(more.goals)
    yield case("two ranks of one name", {more.below("abm_rank_name", 2): "A"})
    yield case("two stages of one name", {more.place("abm_stage_name[1]"): "接触"}, at=[more.place("abm_stage_name[1]"), more.place("abm_stage_name[2]")])  # fmt: skip
    yield case("a space behind a stage's name", {more.place("abm_stage_name[2]"): "接触 "}, at=[more.place("abm_stage_name[2]"), more.below("abm_moves_from", 1)])  # fmt: skip
    yield case("a move to where it comes from", more.move(count + 1, "B", "接触", "接触", 2), at=[more.below(f"abm_moves_{each}", count + 1) for each in ("from", "to")])  # fmt: skip
    yield case(
        "a move back below nothing", more.move(count + 1, "B", "接触", "一覧", -2), at=more.below("abm_moves", count + 1)
    )
    yield case("moves as text", more.move(count + 1, "B", "接触", "一覧", "3社"), at=more.below("abm_moves", count + 1))
    yield case("half a company", more.move(count + 1, "B", "接触", "一覧", 2.5), at=more.below("abm_moves", count + 1))
    yield case("a count without its rank", more.move(count + 1, None, "接触", "一覧", 2), at=[more.below(f"abm_moves{each}", count + 1) for each in ("", "_rank")])  # fmt: skip
    yield case("the same moves twice", {place: value for row, (start, (end, number)) in enumerate(zip(["接触", *stages], more.goals.items(), strict=False), count + 1) for place, value in more.move(row, "A", start, end, number).items()},
               at=[more.below("abm_moves", count + 1), *(more.place(f"abm_arrivals[{at}]") for at in range(3, 3 + count))])  # fmt: skip
    counts = list(more.goals.values())
    if len(set(counts)) > 1:
        alone = dict(zip([more.below("abm_moves", row) for row in range(1, count + 1)], sorted(counts), strict=True))
        if list(alone.values()) != counts:
            yield more.case("S10 matrix: the counts sorted alone", "X08 S10", alone, base=True, at=[*(more.below("abm_moves", row) for row in range(1, count + 1)), *(more.place(f"abm_arrivals[{at}]") for at in range(3, 3 + count))])  # fmt: skip


def _settings(more: Beyond) -> Iterator[Case]:
    sheet = more.sheet
    for name, value in (("period", "年間 "), ("rounding", "切り上げ\u3000"), ("display_unit", "円 "), ("scenario", "標準 ")):
        record = sheet.records.get(name)
        if record is not None and record.role == "input":
            said = value if sheet.lang == "ja" else f"{record.value} "
            yield typed_case(sheet, "I10 a choice with a space behind", "I10 I06", {name: said}, UNSEEN)


def _texts(more: Beyond) -> Iterator[Case]:
    """Figures of another sheet that is not ours, typed where ours count: what the office leaves of a broken link."""
    sheet, titles = more.sheet, _titles(more)
    for name in (f"{titles[1]}!actual_leads", "budget", "channel_current_visits[1]", "month_weight[3]"):
        yield typed_case(sheet, "F06 an error typed into an input", "F06 I01", {name: "#N/A"}, UNSEEN)
        yield typed_case(sheet, "F06 an input that reads a sheet that is gone", "F06 F11 F10", {name: "=#REF!A1"}, UNSEEN)
