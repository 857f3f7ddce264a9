"""A formula that is another one is found though it shows today's figure; one that is only respelt is not.

The worked example: 12,000,000 of web revenue ÷ 4,000,000 a deal = 3 deals ÷ 30 % = 10 opportunities ÷ 25 % = 40 meetings.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

import pytest
import sweep_mutants
from conftest import page_and_months
from hostile.books import packed
from mutating.bench import Bench, Edit
from seeding import package

from kgisheet import api
from kgisheet.check.finding import Finding
from kgisheet.values import budget


@functools.cache
def bench() -> Bench:
    return Bench("standard", "ja")


def found(name: str, old: str | None, new: str) -> list[Finding]:
    """What is said at a cell (``channel_leads[2]``) whose formula has ``new`` in the place of ``old``, or instead of all of it."""
    name, _, row = name.partition("[")
    at = int(row[:-1]) - 1 if row else None
    cell, at, where = next(each for each in bench().subject.results() if each[0].name == name and each[1] == at)
    formula = bench().subject.formulas[where]
    text = new if old is None else formula.replace(old, new)
    assert text != formula, formula
    return bench().ask(Edit(cell, at, where, "", text))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        # 3 ÷ 30 % = 10 is whole: only another figure shows that 9.09 is no longer taken up to 10.
        ("opportunities", "ROUNDUP(", "ROUND("),
        ("scenario_opportunity_rate", "pessimistic_opportunity_rate_factor", "pessimistic_cvr_factor"),
        ("scenario_win_rate", '"強気"', '"弱気"'),
        ("opportunities_exact", "/win_rate/scenario_win_rate", "/win_rate"),
        ("open_leads", "MAX(0,year_leads_page-before_leads_exact-SUMIF(month_number,\"<=\"&12,month_leads_fixed))",
         "(year_leads_page-before_leads_exact-SUMIF(month_number,\"<=\"&12,month_leads_fixed))"),
        ("approval_why", "FIXED(ROUND(ROUND(deal_size", "FIXED(ROUND(ROUND(web_revenue"),
        ("result_visits[4]", "'2026-07'", "'2026-06'"),
        ("month_leads[5]", "+open_leads*SUM('計算用'!AJ$65:AJ69)", "+open_leads*SUM('計算用'!AJ$65:AJ68)"),
        ("total_revenue_readback", "total_revenue", "web_revenue"),
        ("abm_closing[9]", None, "=G15"),
    ],
)  # fmt: skip
def test_another_formula_is_an_error_whatever_it_shows_today(name: str, old: str | None, new: str) -> None:
    (finding,) = found(name, old, new)
    assert (finding.code in ("F02", "F03", "F09"), finding.severity) == (True, "error"), finding.message.ja


def test_a_formula_that_excel_does_not_open_is_never_called_right() -> None:
    """LibreOffice and Google Sheets take ROUNDUP(x) for ROUNDUP(x,0), Excel calls the workbook damaged (fuzz.py: books, seed 47, 12460)."""
    parts = package.unpacked(page_and_months())
    goals = package.part_of(parts, "目標設定")
    text = parts[goals].decode()
    assert "ROUNDUP(ROUND(opportunities_exact,6),0)" in text
    parts[goals] = text.replace("ROUNDUP(ROUND(opportunities_exact,6),0)", "ROUNDUP(ROUND(opportunities_exact,6)-0)").encode()
    report = api.check(packed(parts), "book.xlsx")
    assert report.status == "incomplete"
    assert [(each.code, each.severity, each.cell) for each in report.findings if each.severity != "note"] == [
        ("F02", "warning", "C11")
    ]


def test_an_input_is_named_that_shows_what_is_wrong_with_it() -> None:
    # Half a yen more than three deals' worth takes a fourth deal; 3.21 deals rounded to the nearest are still 3.
    (finding,) = found("won_deals", "ROUNDUP(", "ROUND(")
    assert "たとえばWeb売上を12,840,000円にすると3件になります。正しくは4件です" in finding.message.ja
    assert "with Web revenue at ¥12,840,000 it gives 3 instead of 4" in finding.message.en


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("leads", "SUM(channel_leads)", "SUM(D19:K19)"),
        ("leads", "SUM(channel_leads)", "SUM(D19,E19,F19,G19,H19,I19,J19,K19)"),
        ("leads", "SUM(channel_leads)", "SUM(D19:G19)+SUM(H19:K19)"),
        ("leads", "SUM(channel_leads)", "SUBTOTAL(9,channel_leads)"),
        ("leads", "SUM(channel_leads)", "SUMPRODUCT(channel_leads)"),
        ("won_deals_exact", "web_revenue_used/deal_size", "web_revenue_used*(1/deal_size)"),
        ("opportunities_exact", "won_deals/win_rate/scenario_win_rate", "won_deals/(scenario_win_rate*win_rate)"),
        ("check_opportunities_forward", "opportunities*win_rate*scenario_win_rate", "win_rate*scenario_win_rate*opportunities"),
        ("other_revenue", "total_revenue-web_revenue_used", "SUM(total_revenue,-web_revenue_used)"),
        ("won_deals", "ROUNDUP(ROUND(won_deals_exact,6),0)", "CEILING(ROUND(won_deals_exact,6),1)"),
        ("won_deals", "ROUNDDOWN(ROUND(won_deals_exact,6),0)", "INT(ROUND(won_deals_exact,6))"),
        ("won_deals", 'IF(won_deals_exact="","",', 'IF(LEN(won_deals_exact)=0,"",'),
        ("won_deals_exact", "AND(COUNT(web_revenue_used,deal_size)=2,deal_size>0)", "AND(deal_size>0,COUNT(web_revenue_used,deal_size)=2)"),
        ("won_deals_exact", "deal_size>0", "0<deal_size"),
        ("won_deals_exact", "COUNT(web_revenue_used,deal_size)=2", "AND(ISNUMBER(web_revenue_used),ISNUMBER(deal_size))"),
        ("won_deals_exact", '=IF(AND(COUNT(web_revenue_used,deal_size)=2,deal_size>0),web_revenue_used/deal_size,"")',
         '=IFERROR(IF(AND(COUNT(web_revenue_used,deal_size)=2,deal_size>0),web_revenue_used/deal_size,""),0)'),
        ("achievement_leads[3]", '"―"', '""&"―"'),
        ("approval_why", "受注単価", '受注単"&"価'),
    ],
)  # fmt: skip
def test_a_respelling_is_silent(name: str, old: str, new: str) -> None:
    assert found(name, old, new) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        # 3 ÷ 30 % leaves 10.000000000000002 in binary: without the inner ROUND it is 11 in some program.
        ("opportunities", "ROUNDUP(ROUND(opportunities_exact,6),0)", "ROUNDUP(opportunities_exact,0)"),
        # A price of 0 is refused; should it be typed all the same, the one shows an error and the other nothing.
        ("won_deals_exact", "deal_size>0", "deal_size>=0"),
    ],
)
def test_what_cant_be_shown_to_be_the_same_is_a_warning(name: str, old: str, new: str) -> None:
    (finding,) = found(name, old, new)
    assert (finding.code, finding.severity) == ("F02", "warning")
    assert "いつも同じになるとは確かめられません" in finding.message.ja


def test_a_dropped_guard_is_a_note_where_only_a_blank_input_shows_it() -> None:
    (finding,) = found("affordable_cost_per_deal", None, "=deal_size*gross_margin")
    assert (finding.code, finding.severity) == ("F02", "note")
    # A channel without a CVR is legal, and its visits are blank: there the guard is missed.
    (finding,) = found("channel_visits_exact[2]", None, "=E19/E20/scenario_cvr")
    assert finding.severity == "error"


def test_an_error_that_some_input_leads_to_is_named_once() -> None:
    # 0 % is legal; the opportunities are blank then, and "" ÷ 0.25 is #VALUE!. Other inputs would make #DIV/0! of it.
    (finding,) = found("required_meetings_exact", None, "=opportunities/opportunity_rate/scenario_opportunity_rate")
    assert finding.code in ("F02", "F06")
    assert finding.message.en.count("#") <= 1


def test_a_text_that_reads_like_a_name_is_no_name() -> None:
    (finding,) = found("check_leads_goal", None, '="meetings"')
    assert finding.severity == "error"


def test_a_helper_cell_of_someone_elses_is_worked_out_with_the_rest() -> None:
    # 根拠!AZ1 = web_revenue_used, and the deals are worked out from there: a detour, no fault.
    subject = bench().subject
    where = ("根拠", 0, 51)
    subject.formulas[where] = "=web_revenue_used"
    try:
        assert found("won_deals_exact", "web_revenue_used/", "AZ1/") == []
    finally:
        del subject.formulas[where]


def test_a_share_of_all_small_edits_is_found() -> None:
    """The whole is `tests/sweep_mutants.py`."""
    counts, missed = sweep_mutants.sweep(bench(), share=40, turns=10, some=slice(7, None, 90))
    assert sum(counts.values()) >= 8
    assert missed == []


RESPELT: dict[str, Callable[[str], str]] = {
    "blanks": lambda formula: f" {formula.replace(',', ' , ')}",
    "brackets": lambda formula: f"({formula})",
    "a condition that is met": lambda formula: f"IF(TRUE,{formula})",
    "numbers": lambda formula: re.sub(r"\*12\b", "*(3*4+0)", formula.replace(",6)", ",3+3)")),
}


@pytest.mark.parametrize("how", RESPELT)
def test_a_workbook_in_which_every_formula_is_spelt_otherwise_is_proven_all_the_same(how: str) -> None:
    """None is read for more than it is worth: there are no more of them than results, and only what differs in each is tried."""
    data = page_and_months()
    parts = package.unpacked(data)
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            parts[name] = re.sub(r"<f>(.*?)</f>", lambda each: f"<f>{RESPELT[how](each[1])}</f>", part.decode()).encode()
    with budget.of_file("book.xlsx") as left:
        report = api.check(packed(parts), "book.xlsx")
    assert (report.status, report.not_evaluated, report.formulas) == ("ok", 0, api.check(data, "book.xlsx").formulas)
    assert left.steps < 150_000


@pytest.mark.parametrize("new", ["total_revenue+0", "IF(TRUE,total_revenue*1)", "SUM(total_revenue)"])
def test_what_is_counted_of_a_cell_is_more_than_what_it_shows(new: str) -> None:
    """COUNT(total_revenue,…)=2 is false while no total is typed; a blank plus 0 is counted, and the rest would be below zero."""
    assert [each.code for each in found("other_revenue", "COUNT(total_revenue,", f"COUNT({new},")] == ["F02"]
