"""The roles: cells that the program itself looks for, and what a template calls them.

Each is called as in the templates that ship. A template with other names says which of its cells has a role:

    [roles]
    deal_size = "unit_price"

A role without a cell of its name is one that the worksheet doesn't have: what is about it is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import Problem
from ..language.text import Text
from ..values.toml import Source


class Roles(NamedTuple):
    """The names of the cells by their roles, from the goal down; a column of a table as a whole."""

    # The page.
    title: str = "title"
    entry_date: str = "entry_date"
    start_month: str = "start_month"
    total_revenue: str = "total_revenue"
    web_revenue: str = "web_revenue"
    other_revenue: str = "other_revenue"
    monthly_deals: str = "monthly_deals"
    deal_size: str = "deal_size"
    won_deals: str = "won_deals"
    win_rate: str = "win_rate"
    opportunities: str = "opportunities"
    opportunity_rate: str = "opportunity_rate"
    required_meetings: str = "required_meetings"
    meetings: str = "meetings"
    leads: str = "leads"
    web_leads: str = "web_leads"
    visits: str = "visits"
    target_accounts: str = "target_accounts"
    contacts: str = "contacts"
    channel_name: str = "channel_name"
    channel_share: str = "channel_share"
    channel_meetings: str = "channel_meetings"
    channel_cvr: str = "channel_cvr"
    channel_visits: str = "channel_visits"

    owner: str = "owner"
    status: str = "status"

    # The proof: its lines, and what all of them come to.
    overall: str = "overall"
    check_goal: str = "check_goal"
    check_share: str = "check_share"
    check_meetings: str = "check_meetings"
    check_total: str = "check_total"
    check_target_accounts: str = "check_target_accounts"
    check_contacts: str = "check_contacts"
    deal_surplus: str = "deal_surplus"

    # The months.
    closed_through: str = "closed_through"
    as_of_month: str = "as_of_month"
    next_year_revenue: str = "next_year_revenue"
    month_start: str = "month_start"
    month_weight: str = "month_weight"
    month_typed: str = "month_typed"
    month_revenue: str = "month_revenue"
    month_revenue_override: str = "month_revenue_override"
    month_revenue_reported: str = "month_revenue_reported"
    month_revenue_initial: str = "month_revenue_initial"
    month_web_leads: str = "month_web_leads"
    month_cvr: str = "month_cvr"
    month_cvr_override: str = "month_cvr_override"
    month_cvr_reported: str = "month_cvr_reported"
    month_channel_leads: str = "month_channel_leads"
    month_channel_visits: str = "month_channel_visits"
    year_revenue_page: str = "year_revenue_page"
    last_revenue: str = "last_revenue"
    opening_opportunities: str = "opening_opportunities"
    opening_meetings: str = "opening_meetings"
    opening_leads: str = "opening_leads"
    tab_month_state: str = "tab_month_state"
    actual_revenue: str = "actual_revenue"
    actual_won_deals: str = "actual_won_deals"
    actual_visits: str = "actual_visits"
    channel_actual_leads: str = "channel_actual_leads"
    channel_actual_visits: str = "channel_actual_visits"
    channel_actual_meetings: str = "channel_actual_meetings"

    # What the sheets of the months say in one place of theirs.
    web_revenue_used: str = "web_revenue_used"
    month_won_deals: str = "month_won_deals"
    weight_total: str = "weight_total"
    year_cvr: str = "year_cvr"
    next_share: str = "next_share"
    lead_state: str = "lead_state"
    opening_wins: str = "opening_wins"
    headline: str = "headline"
    weak_stage: str = "weak_stage"
    cost_volume: str = "cost_volume"
    judged_through: str = "judged_through"
    months_judged: str = "months_judged"
    tab_state: str = "tab_state"
    remarks: str = "remarks"
    tab_channel_name: str = "tab_channel_name"
    channel_turned_out_cvr: str = "channel_turned_out_cvr"
    channel_assumed_cvr: str = "channel_assumed_cvr"
    channel_turned_out_meeting_rate: str = "channel_turned_out_meeting_rate"
    channel_assumed_meeting_rate: str = "channel_assumed_meeting_rate"
    replan_state: str = "replan_state"
    replan_from: str = "replan_from"
    replan_revenue_to_date: str = "replan_revenue_to_date"
    replan_revenue_left: str = "replan_revenue_left"
    replan_coming: str = "replan_coming"

    # The sheets beyond the months.
    approval_ask: str = "approval_ask"
    approval_date: str = "approval_date"
    approval_deadline: str = "approval_deadline"
    channel_current_visits: str = "channel_current_visits"
    channel_current_leads: str = "channel_current_leads"
    forecast_revenue: str = "forecast_revenue"
    gap_revenue: str = "gap_revenue"
    feasibility_line: str = "feasibility_line"
    channel_cost_per_lead: str = "channel_cost_per_lead"
    cost_total: str = "cost_total"
    budget: str = "budget"
    sales_reps: str = "sales_reps"
    meetings_per_rep: str = "meetings_per_rep"
    limit_accounts_state: str = "limit_accounts_state"
    limit_contacts_state: str = "limit_contacts_state"
    field_owner: str = "field_owner"
    field_deals: str = "field_deals"
    content_articles_held: str = "content_articles_held"
    content_visits_per_article: str = "content_visits_per_article"
    journey_phase: str = "journey_phase"
    backlog_theme: str = "backlog_theme"
    definition_name: str = "definition_name"

    # The matrix of accounts, and the moves within it.
    abm_rank_name: str = "abm_rank_name"
    abm_stage_name: str = "abm_stage_name"
    abm_opening: str = "abm_opening"
    abm_new: str = "abm_new"
    abm_held: str = "abm_held"
    abm_out: str = "abm_out"
    abm_closing: str = "abm_closing"
    abm_arrivals: str = "abm_arrivals"
    abm_goal: str = "abm_goal"
    abm_moves: str = "abm_moves"
    abm_moves_rank: str = "abm_moves_rank"
    abm_moves_from: str = "abm_moves_from"
    abm_moves_to: str = "abm_moves_to"


SHIPPED = Roles()
"""As the templates that ship have them, and a workbook that carries no template."""


def read_roles(declared: Mapping[str, Any]) -> Roles:
    """Return the roles as a template's ``[roles]`` have them, without what is wrong with them."""
    said = {role: name for role, name in declared.items() if role in Roles._fields and isinstance(name, str)}
    return SHIPPED._replace(**said)


def wrong_roles(declared: Mapping[str, Any], source: Source, cells: Collection[str], is_whole: bool) -> Iterator[Problem]:
    """Yield the roles that don't exist, and names without a cell; of these nothing is said where sheets are missing."""
    from difflib import get_close_matches

    for role, name in declared.items():
        if role not in Roles._fields:
            near = get_close_matches(role, Roles._fields, 1)
            fix = Text(f"{near[0]} のことですか", f"do you mean {near[0]}?") if near else None
            what = Text(f"役割 {role} はありません", f"there is no role {role}")
            yield source.problem("unknown-role", ("roles", role), what, fix)
        elif not isinstance(name, str) or (is_whole and name not in cells):
            what = Text(f"{name} という名前のセルはありません", f"there is no cell named {name}")
            yield source.problem("unknown-name", ("roles", role), what)
