"""check of what was typed into the months: blanks, sums, counts of another size or out of proportion to those beside them."""

from __future__ import annotations

import pytest
import sweep_years
from conftest import some
from test_check_typed import Typed
from typing_in import DEALS, half_a_year, months, year

# -- the months' tabs -------------------------------------------------------------


CHANNELS = {
    "channel_actual_leads[1]": 83, "channel_actual_leads[2]": 62, "channel_actual_leads[3]": 35,
    "channel_actual_leads[4]": 42, "channel_actual_leads[5]": 18,
}  # fmt: skip
"""April, by channel: 240 leads."""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (CHANNELS, []),
        ({**CHANNELS, "actual_leads[1]": 250}, [("X02", "warning", "actual_leads[1]")]),
        ({**CHANNELS, "actual_leads[1]": 250, "channel_actual_leads[5]": None}, []),  # one channel may bring the rest
        ({"channel_actual_leads[1]": 241}, [("X02", "warning", "actual_leads[1]")]),  # one is more than all
        ({**CHANNELS, "actual_leads[1]": None}, [("I06", "warning", "actual_leads[1]")]),
        # Swapped in one channel: said once, not as two totals that are off.
        ({"channel_actual_leads[1]": 4600, "channel_actual_visits[1]": 83, "actual_leads[1]": 4800},
         [("X04", "warning", "channel_actual_leads[1]")]),
        ({"channel_actual_leads[1]": 3, "channel_actual_visits[1]": 2}, []),  # a late lead
    ],
)  # fmt: skip
def test_channels_and_the_month_they_make_up(typed: Typed, said: list[tuple[str, str, str]]) -> None:
    assert half_a_year().said(typed) == said


def test_months_left_blank_before_one_that_is_filled() -> None:
    stages = ("revenue", "won_deals", "opportunities", "meetings", "leads", "visits")
    first = {f"actual_{stage}[{month}]": None for stage in stages for month in range(1, 5)}
    (found,) = [each for each in half_a_year().findings(first) if each.code == "I06"]
    assert (found.severity, found.name, len(found.affected)) == ("warning", "actual_revenue[1]", 23)
    assert "空欄の月: 2026-04、2026-05、2026-06、2026-07)" in found.message.ja
    assert half_a_year().said({"actual_leads[3]": None}) == [("I06", "warning", "actual_leads[3]")]
    # A lead of August typed while July is still blank: it will come.
    assert half_a_year().said({"actual_leads[8]": 250}) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"actual_visits[6]": None},  # not counted yet
        {f"actual_visits[{month}]": None for month in (1, 2, 3)},  # counted since July
        {f"actual_meetings[{month}]": None for month in range(1, 7)},  # never
        {"month_weight[3]": 0, "actual_revenue[3]": None, "actual_won_deals[3]": None},  # a month without a goal
    ],
)
def test_months_that_may_be_blank(typed: Typed) -> None:
    assert [each for each in half_a_year().said(typed) if each[0] == "I06"] == []


def running(values: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(values[: at + 1]) for at in range(len(values)))


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        (running((24, 26, 19, 25, 22, 30)), True),
        (running((24, 26, 19, 25)), True),
        ((15, 17, 20, 24, 30, 38), False),  # a year that grows
        ((20, 26, 33, 41, 52, 66), False),  # and one that grows fast
        ((24, 26, 19, 25, 22, 30), False),
        (running((24, 26, 19)), False),  # three months may rise by themselves
        ((30, 60, 90, 120, 150, 30), False),
    ],
)
def test_sums_typed_for_months(values: tuple[float, ...], asked: bool) -> None:
    blank = dict.fromkeys((f"actual_opportunities[{month}]" for month in range(1, 7)), None)
    said = half_a_year().said({**blank, **months("actual_opportunities", values)})
    assert [each for each in said if each[0] == "X03"] == [("X03", "warning", "actual_opportunities[2]")] * asked


def test_a_plan_that_itself_grows_is_no_sum() -> None:
    """Weights of 1 to 12: actuals that rise with the goals."""
    weights = months("month_weight", tuple(range(1, 13)))
    rising = months("actual_opportunities", (4, 7, 11, 15, 18, 22))
    assert [each for each in year().said({**weights, **rising}) if each[0] == "X03"] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"actual_won_deals[3]": 500}, [("I07", "warning", "actual_won_deals[3]")]),
        ({"actual_won_deals[3]": 5_700_000}, [("I07", "warning", "actual_won_deals[3]")]),  # the revenue, in the row below
        ({"actual_visits[2]": 150_000}, []),  # a page that everybody linked to
        ({"opening_opportunities": 24_000_000}, [("I07", "warning", "opening_opportunities")]),
        ({"opening_leads": 20_000}, []),
        ({"field_deals[1]": 96_000_000}, [("I07", "warning", "field_deals[1]")]),
        ({"channel_current_visits[1]": 900_000}, []),
    ],
)
def test_counts_of_another_size(typed: Typed, said: list[tuple[str, str, str]]) -> None:
    assert half_a_year().said(typed) == said


# -- out of proportion ---------------------------------------------------------------

SWAPPED = {"actual_meetings[3]": 228, "actual_leads[3]": 44}  # 44 meetings of 228 leads
TENFOLD = {"actual_leads[3]": 2280}  # 228 where the other months have 240 to 270
SHOW = {"actual_leads[3]": 2280, "actual_meetings[3]": 310}  # a trade fair: meetings rise as well


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (SWAPPED, [("X04", "warning", "actual_meetings[3]")]),
        ({"actual_opportunities[3]": 44, "actual_meetings[3]": 19}, [("X04", "warning", "actual_opportunities[3]")]),
        (months("actual_won_deals", (24, 26, 19, 25, 22, 30)) | months("actual_opportunities", DEALS),
         [("X04", "warning", "actual_won_deals[1]")]),
        (TENFOLD, [("I07", "warning", "actual_leads[3]")]),
        ({"actual_visits[3]": 1620}, [("I07", "warning", "actual_visits[3]")]),
        (months("actual_visits", (17, 18, 16, 18, 17, 19)), [("I07", "warning", "actual_visits[1]")]),  # in thousands
        ({"actual_leads[6]": 1498}, [("X03", "warning", "actual_leads[6]")]),  # 1,228 in the five months before, and 270
        ({"actual_revenue[3]": 2_400_000, "actual_won_deals[3]": 0}, [("I05", "warning", "actual_revenue[3]")]),
        # and what is no slip
        (SHOW, []),
        ({"actual_leads[6]": 1498, "actual_visits[6]": 60_000}, []),  # a campaign: visits rose as much
        ({"actual_won_deals[6]": 40, "actual_revenue[6]": 47_000_000, "actual_opportunities[6]": 120}, []),
        ({"actual_leads[3]": 700}, []),
        ({"actual_leads[6]": 30, "actual_visits[6]": 2000}, []),  # the month is not over
        ({"actual_won_deals[2]": 27}, []),  # more deals than opportunities in one month: they were opened before
    ],
)  # fmt: skip
def test_actuals_out_of_proportion(typed: Typed, said: list[tuple[str, str, str]]) -> None:
    found = [each for each in half_a_year().said(typed) if not (each[0] == "I05" and typed.keys() == {"actual_won_deals[2]"})]
    if any(name.startswith("actual_won_deals[1]") for name in typed):
        found = [each for each in found if each[0] != "I05"]  # the revenue no longer fits its deals either
    assert found == said


@pytest.mark.parametrize("sample", some(list(sweep_years.SAMPLES), 2))
def test_ordinary_years_are_silent(sample: str) -> None:
    """A share of `python tests/sweep_years.py`."""
    for seed in (1, 2):
        values = sweep_years.drawn(year(sample), seed)
        assert sweep_years.said(year(sample), values) == [], values


def test_goals_typed_as_actuals_are_asked_about() -> None:
    """Six months of leads, each exactly its goal; five, or six of which one is off by one, are nothing to ask about."""
    subject = year().subject
    goals = [subject.expected(subject.template.cells["month_leads"], month) for month in range(6)]
    typed = months("actual_leads", tuple(int(each) for each in goals))  # type: ignore[arg-type]
    for values, asked in ((typed, True), ({**typed, "actual_leads[6]": None}, False), ({**typed, "actual_leads[2]": 7}, False)):
        assert any("exactly the goal" in each.message.en for each in year().findings(values)) is asked


def test_sums_typed_for_a_year_with_a_month_off() -> None:
    """October is planned with nothing: running totals of the goals are seen all the same."""
    off = {"month_weight[10]": 0}
    goals = (230, 230, 345, 230, 230, 115, 230, 230, 460, 0, 230, 690)
    said = year().said({**off, **months("actual_leads", running(goals))})
    assert [each for each in said if each[0] == "X03"] == [("X03", "warning", "actual_leads[2]")]
