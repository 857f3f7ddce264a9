"""Other chains than the standard one, each declared in a few lines of a template: page, months, tabs, summary, both ways, check, monthly, diff.

60,000,000 yen at 2,000,000 a deal are 30 deals in all of them.
"""

from __future__ import annotations

import functools

import pytest
import referee
from conftest import some, values

from kgisheet import api

PLAN = """
template = "template.toml"
title = "Chains"
date = 2026-03-16
period = "year"
start = "2026-04"
total_revenue = "1億円"
web_revenue = "6,000万円"
deal_size = "200万円"
sheets = ["目標設定", "月次予実", "月別", "予実サマリー", "現状とのギャップ"]
"""
ACTUALS = """
[[actual]]
month = "2026-04"
revenue = 6_000_000
won_deals = 3
"""

# Deals come from proposals, proposals from opportunities.
PROPOSALS = """
[template]
schema = 1
name = "proposals"
base = "standard"

[[stage]]
name = "proposals"
after = "won_deals"
label = { ja = "提案数", en = "Proposals" }

[stage.rate]
name = "close_rate"
label = { ja = "成約率", en = "Close rate" }

[[stage]]
name = "opportunities"

[stage.rate]
name = "proposal_rate"
label = { ja = "提案率", en = "Proposal rate" }
"""
PROPOSALS_PLAN = (
    PLAN
    + """
close_rate = "50%"
proposal_rate = "60%"
opportunity_rate = "50%"
[[channel]]
name = "Ads"
share = "100%"
meeting_rate = "20%"
cvr = "1%"
current_visits = 30000
[months]
lead_time = { proposals = 1, opportunities = 2, meetings = 2, leads = 3 }
"""
)

# The telephone alone: calls → connects → meetings → deals. Calls are the leads of the short template, by another name.
CALLS = """
[template]
schema = 1
name = "calls"
base = "short"

[[stage]]
name = "connects"
after = "meetings"
label = { ja = "接続数", en = "Connects" }

[stage.rate]
name = "agree_rate"
label = { ja = "アポ率", en = "Agree rate" }

[[stage]]
name = "leads"
label = { ja = "架電数", en = "Calls" }
noun = { ja = "架電", en = "calls" }
one = { ja = "架電", en = "Call" }

[stage.rate]
name = "connect_rate"
label = { ja = "接続率", en = "Connect rate" }
"""
CALLS_PLAN = (
    PLAN
    + """
win_rate = "25%"
[[channel]]
name = "List A"
share = "60%"
agree_rate = "20%"
connect_rate = "40%"
current_leads = 300
[[channel]]
name = "List B"
share = "40%"
agree_rate = "10%"
connect_rate = "50%"
[months]
lead_time = { meetings = 1, connects = 1, leads = 2 }
"""
)

# Visitors sign up, some who have signed up ask for an offer. A channel without visits has neither.
SIGNUPS = """
[template]
schema = 1
name = "signups"
base = "standard"

[[stage]]
name = "signups"
after = "leads"
label = { ja = "登録数", en = "Sign-ups" }

[stage.rate]
name = "lead_rate"
label = { ja = "リード化率", en = "Lead rate" }
optional = true

[[stage]]
name = "visits"

[stage.rate]
name = "signup_rate"
label = { ja = "登録率", en = "Sign-up rate" }
optional = true
"""
SIGNUPS_PLAN = (
    PLAN
    + """
win_rate = "30%"
opportunity_rate = "50%"
[[channel]]
name = "Product"
share = "60%"
meeting_rate = "20%"
lead_rate = "20%"
signup_rate = "5%"
current_visits = 3000
[[channel]]
name = "Fair"
share = "40%"
meeting_rate = "20%"
current_leads = 100
[months]
lead_time = { opportunities = 2, meetings = 2, leads = 3, signups = 3 }
"""
)
CHAINS = {"proposals": (PROPOSALS, PROPOSALS_PLAN), "connects": (CALLS, CALLS_PLAN), "signups": (SIGNUPS, SIGNUPS_PLAN)}


def own(template: str, _: str = "") -> api.Declaration:
    return api.template_from_toml(template, "template.toml")


@functools.cache
def book(template: str, text: str) -> bytes:
    return api.workbook(api.plan_from_toml(text, "plan.toml", "en", open_template=functools.partial(own, template)), "en")


@pytest.mark.parametrize(
    ("stage", "cell", "expected"),
    [
        # 30 / 50 % proposals, of which 60 % of the opportunities: 60 / 60 %; half of the meetings are opportunities.
        ("proposals", "proposals", 60),
        ("proposals", "opportunities", 100),
        ("proposals", "required_meetings", 200),
        ("proposals", "win_rate", 0.3),  # 60 % × 50 %: opportunity to win, as the other sheets know it
        ("proposals", "before_proposals", 5),  # a month before the win: one of twelve parts
        ("proposals", "year_proposals_gap", 0),
        ("proposals", "2026-04!goal_proposals", 5),
        ("proposals", "2027-03!goal_next_proposals", 5),
        ("proposals", "forecast_proposals", 18),  # 30,000 × 1 % × 20 % = 60 meetings, 30 opportunities, 18 proposals
        ("proposals", "reach_proposals", 0.3),
        ("proposals", "standard_leads", 1000),
        ("proposals", "assumed_opportunities", 0.5),
        ("proposals", "assumed_proposals", 0.6),
        # 30 / 25 % = 120 meetings, 72 and 48; 360 and 480 connects; 900 and 960 calls.
        ("connects", "required_meetings", 120),
        ("connects", "connects", 840),
        ("connects", "leads", 1860),
        ("connects", "visits", None),
        ("connects", "channel_meeting_rate[1]", 0.08),
        ("connects", "2026-04!goal_connects", 70),
        ("connects", "forecast_connects", 120),  # 300 calls × 40 %
        ("connects", "months_state", "✓ OK"),
        ("connects", "funnel", None),
        # 200 meetings, 120 and 80; 600 and 400 leads; 600 / 20 % sign-ups; 3,000 / 5 % visits.
        ("signups", "leads", 1000),
        ("signups", "signups", 3000),
        ("signups", "visits", 60000),
        ("signups", "channel_cvr[1]", 0.01),
        ("signups", "channel_signups[2]", None),
        ("signups", "channel_check[2]", "✓ OK"),
        ("signups", "before_signups", 750),
        ("signups", "forecast_signups", 150),  # 3,000 × 5 %
        ("signups", "gap_signups", 2850),
    ],
)
def test_worked_by_hand(stage: str, cell: str, expected: object) -> None:
    found = values(book(*CHAINS[stage])).get(cell)
    assert found == (pytest.approx(expected) if isinstance(expected, float) else expected)


@pytest.mark.parametrize("stage", CHAINS)
def test_check_has_nothing_against_it(stage: str) -> None:
    data = book(*CHAINS[stage])
    assert [each for each in api.check(data, "b.xlsx").findings if each.severity != "note"] == []
    held = values(data)
    assert held["overall"] == "✓ OK"
    assert held[f"check_{stage}"] == "✓ OK"
    # A row for the stage on the scenarios as well, worked out as the page is.
    assert held[f"standard_{stage}"] == held[stage]


@pytest.mark.parametrize("stage", some(list(CHAINS), 2))
def test_the_summary_judges_it(stage: str) -> None:
    template, plan = CHAINS[stage]
    goals = values(book(template, plan))
    actuals = {name: goals.get(f"2026-04!goal_{name}") for name in ("opportunities", "meetings", "leads", "visits", stage)}
    typed = {name: value for name, value in actuals.items() if isinstance(value, (int, float))}
    assert stage in typed
    lines = "".join(f"{name} = {value if name != stage else value // 2:.0f}\n" for name, value in typed.items())
    held = values(book(template, f"{plan}\n{ACTUALS}{lines}"))
    assert held[f"now_state_{stage}"] == "✗ Behind"
    assert held["now_state_leads"] == "✓ On track"
    assert held["replan_from"] == 1


@pytest.mark.parametrize("stage", some(["proposals", "connects"], 2))
def test_monthly_and_diff_follow_a_raised_goal(stage: str) -> None:
    template, plan = CHAINS[stage]
    raised = plan.replace('"6,000万円"', '"9,000万円"')
    made = api.regenerate(
        book(template, plan), "b.xlsx", api.PlanText(raised, "plan.toml", (), functools.partial(own, template))
    )
    before, after = values(book(template, plan)), values(made.data)
    assert after[stage] == pytest.approx(1.5 * float(str(before[stage])), rel=0.01)
    assert after["won_deals"] == 45
    assert [each for each in api.check(made.data, "b.xlsx").findings if each.severity == "error"] == []
    said = api.diff((book(template, plan), "a.xlsx"), (book(template, raised), "b.xlsx"))
    assert stage in {each.name for each in said.stages if each.before != each.after}


@pytest.mark.office
def test_libreoffice_works_out_the_same() -> None:
    books = [book(*each) for each in some(list(CHAINS.values()), 3)]
    for data, theirs in zip(books, referee.by_libreoffice(books), strict=True):
        assert referee.differences(referee.cached(data), theirs, referee.formulas(data)) == []


def test_a_stage_goes_with_all_that_is_made_of_it() -> None:
    template = own('[template]\nschema = 1\nname = "mine"\nbase = "standard"\ndrop = ["opportunities"]\n')
    left = {str(raw.keys["name"]) for section in template.sections for _, group in section.groups() for raw in group}
    assert not [name for name in left if "opportunities" in name]


def test_cells_of_a_stage_are_changed_by_name_and_dropped_by_name_as_any_others() -> None:
    template = own("""
[template]
schema = 1
name = "mine"
base = "standard"
drop = ["opportunities", "lead_time_opportunities", "both_opportunities"]

[[section]]
key = "channel"
[[section.cell]]
name = "channel_leads"
label = { ja = "問い合わせ", en = "Enquiries" }
""")
    assert template.problems == []
    cells = {raw.keys["name"]: raw.keys for section in template.sections for raw in section.cells}
    assert cells["channel_leads"]["label"] == {"ja": "問い合わせ", "en": "Enquiries"}
    assert cells["channel_leads"]["formula"] == "channel_meetings / channel_meeting_rate / scenario_meeting_rate"
