"""Wrong formulas in plain lists, from which all below follows, so that no figure contradicts another: each kind right, and wrong."""

from __future__ import annotations

import pytest
from foreign.sheets import Rows, check, typed

from kgisheet.check.finding import NOTE, Report

MAILS: Rows = [
    ["Emails per day per mailbox", 40],
    ["Mailboxes", 5],
    ["Sending days", 22],
    ["Emails per month", "=B1*B2*B3"],
    ["Reply rate", 0.03],
    ["Replies", "=B4*B5"],
    ["Positive", 0.25],
    ["Positive replies", "=B6*B7"],
    ["Meetings from positive", 0.6],
    ["Meetings", "=B8*B9"],
]
CALLS: Rows = [
    ["1時間の架電数", 12],
    ["1日の稼働時間", 6],
    ["稼働日数", 20],
    ["人数", 3],
    ["月の架電数", "=B1*B2*B3*B4"],
    ["接続率", 0.3],
    ["接続数", "=B5*B6"],
    ["アポ率", 0.05],
    ["アポ数", "=B7*B8"],
]
COVERED: Rows = [
    ["Quarter target", 600_000],
    ["Already closed", 150_000],
    ["Gap", "=B1-B2"],
    ["Coverage", 3],
    ["Pipeline needed", "=B3*B4"],
    ["Pipeline today", 900_000],
    ["Pipeline still to build", "=B5-B6"],
    ["Avg opportunity", 15_000],
    ["New opportunities", "=B7/B8"],
]
GUARDS: Rows = [
    ["警備サービス 契約目標", None, None, "月売上(円)"],
    ["常駐", None, None, 1_600_000],
    ["巡回", None, None, 500_000],
    ["機械", None, None, 600_000],
    ["小計(警備)", None, None, "=SUM(D2:D4)"],
    ["防災点検", None, None, 600_000],
    ["合計", None, None, "=D5+D6"],
]
MARGIN: Rows = [
    ["粗利目標(円)", 24_000_000],
    ["粗利率", 0.3],
    ["必要売上", "=B1/B2"],
    ["平均単価", 400_000],
    ["必要受注数", "=B3/B4"],
    ["成約率", 0.4],
    ["必要見積数", "=B5/B6"],
]
COURSE: Rows = [
    ["目標入塾者数", 60],
    ["体験→入塾率", 0.5],
    ["体験人数", "=B1/B2"],
    ["問い合わせ→体験率", 0.6],
    ["問い合わせ件数", "=B3/B4"],
    ["チラシ反響率", 0.001],
    ["チラシ枚数", "=B5/B6"],
]
UP: Rows = [
    ["Revenue goal", 900_000],
    ["Average deal", 15_000],
    ["Deals", "=B1/B2"],
    ["Win rate", 0.2],
    ["Opportunities", "=B3/B4"],
    ["Meeting to opp", 0.5],
    ["Meetings", "=B5/B6"],
    ["Connect rate", 0.05],
    ["Calls", "=B7/B8"],
]
BACK: Rows = [
    ["売上目標(万円)", 36_000],
    ["平均年額(万円)", 600],
    ["必要受注社数", "=B1/B2"],
    ["受注率", 0.2],
    ["必要商談数", "=B3/B4"],
    ["商談化率", 0.125],
    ["必要リード数", "=B5/B6"],
]
SEMINAR: Rows = [
    ["1回に集める人数", 40],
    ["個別相談に来る割合", 0.25],
    ["1回で個別相談に来る人数", "=B1*B2"],
    ["相談から契約になる割合", 0.2],
    ["1回で契約になる件数", "=B3*B4"],
    ["契約1件の金額(円)", 600_000],
    ["1回のセミナーで得られる売上", "=B5*B6"],
    ["年間の売上目標", 36_000_000],
    ["必要なセミナーの回数", "=B8/B7"],
]
MRR: Rows = [
    ["Current MRR", 83_400],
    ["Goal MRR Dec", 115_000],
    ["MRR we will lose this year", 9200],
    ["New MRR needed", "=B2-B1+B3"],
    ["Avg MRR per client", 1950],
    ["New clients", "=B4/B5"],
    ["Close rate", 0.25],
    ["Proposals", "=B6/B7"],
]
MEMBERS: Rows = [
    ["Members 1 Jan", 1240],
    ["Leaving per month", 0.03],
    ["Lost in year", "=B1*B2*12"],
    ["Goal 31 Dec", 1500],
    ["New members needed", "=B4-B1+B3"],
    ["Trial to member", 0.4],
    ["Trials needed", "=B5/B6"],
    ["Trials per month", "=B7/12"],
]
GAP: Rows = [
    ["今期目標", 12_000],
    ["受注済", 4500],
    ["残り", "=B1-B2"],
    ["平均単価", 150],
    ["必要受注数", "=B3/B4"],
    ["受注率", 0.25],
    ["必要商談数", "=B5/B6"],
]
OLD_AND_NEW: Rows = [
    ["Revenue 2026", 800_000],
    ["from existing clients", 500_000],
    ["from new clients", "=B1-B2"],
    ["average new client", 20_000],
    ["new clients", "=B3/B4"],
    ["win rate", 0.25],
    ["opportunities", "=B5/B6"],
]
SEARCH: Rows = [
    ["Budget", 12_000],
    ["CPC", 4],
    ["Clicks", "=B1/B2"],
    ["Landing page CVR", 0.06],
    ["Leads", "=B3*B4"],
    ["Cost per lead", "=B1/B5"],
    ["Qualified", 0.5],
    ["Qualified leads", "=B5*B7"],
    ["Close rate", 0.2],
    ["Customers", "=B8*B9"],
    ["CAC", "=B1/B10"],
]
LEASE: Rows = [
    ["年間リース契約額(円)", 150_000_000],
    ["1件平均(万円)", 250],
    ["必要契約件数", "=B1/(B2*10000)"],
    ["審査通過率(%)", 80],
    ["必要申込件数", "=B3/(B4/100)"],
    ["申込率(%)", 30],
    ["商談件数", "=B5/(B6/100)"],
]
TWICE: Rows = [
    ["Target", 250_000],
    ["Avg deal", 5000],
    ["Deals", 50],
    ["Close rate", 0.2],
    ["Opportunities", 250],
    ["Lead to opp", 0.25],
    ["Leads", 1000],
    ["Forwards to check"],
    ["Leads", "=B7"],
    ["Opportunities", "=B9*B6"],
    ["Deals", "=B10*B4"],
    ["Revenue", "=B11*B2"],
]
FLEET: Rows = [
    ["Vehicles goal 2025", 610],
    ["Signed until end of June", 250],
    ["Still to sign", "=B1-B2"],
    ["Months left", 6],
    ["To sign per month", "=B3/B4"],
    ["Customers to sign", 45],
    ["Offers per customer", 4],
    ["Offers", "=B6*B7"],
    ["Offers per month", "=B8/B4"],
]


def named(report: Report) -> list[str]:
    return sorted(str(each.cell) for each in report.findings if each.severity != NOTE)


RIGHT = {
    name: rows
    for name, rows in globals().items()
    if name.isupper() and isinstance(rows, list) and all(isinstance(each, list) for each in rows)
}

WRONG = [
    (MAILS, "B4", "=B1*B3"),  # without the mailboxes
    (CALLS, "B5", "=B1*B2*B3"),  # without the callers
    (COVERED, "B7", "=B5-B2"),  # what is closed, where the pipeline is meant
    (COVERED, "B3", "=B1+B2"),
    (GUARDS, "D7", "=SUM(D2:D6)"),  # the three lines and their subtotal
    (MARGIN, "B3", "=B1*B2"),
    (COURSE, "B5", "=B3*B4"),
    (COURSE, "B3", "=B1*B2"),
    (UP, "B5", "=B3*B4"),
    (UP, "B7", "=B5*B6"),
    (UP, "B5", "=B3"),  # the win rate is passed over
    (UP, "B3", "=B1"),
    (BACK, "B3", "=B1/B2*B4"),  # the next step divides by the same rate
    (SEMINAR, "B9", "=B8/B6"),  # the price of a contract, where the revenue of a seminar was worked out
    (SEMINAR, "B5", "=B3/B4"),
    (MRR, "B4", "=B2-B1-B3"),
    (MRR, "B4", "=B2+B1+B3"),
    (MRR, "B6", "=B1/B5"),  # what there is now, where what must be won is meant
    (MEMBERS, "B7", "=B1/B6"),
    (UP, "B7", "=B5/B4"),  # the rate of the step before
    (BACK, "B7", "=B3/B6"),
    (UP, "B9", "=B7"),
    (MEMBERS, "B5", "=B4-B1"),  # who left must be won again
    (GAP, "B3", "=B1+B2"),
    (OLD_AND_NEW, "B3", "=B1+B2"),
    (SEARCH, "B11", "=B1/B8"),  # by the leads
    (SEARCH, "B6", "=B1/B3"),
    (LEASE, "B3", "=B1/(B2*1000)"),
    (TWICE, "B10", "=B9*B4"),
    (FLEET, "B9", "=B8/12"),
]


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_silent(name: str) -> None:
    assert named(check(*RIGHT[name])) == []


@pytest.mark.parametrize(
    ("rows", "cell", "formula"), WRONG, ids=[f"{rows[0][0]} {cell} {formula}" for rows, cell, formula in WRONG]
)
def test_a_wrong_formula_is_named_at_its_cell(rows: Rows, cell: str, formula: str) -> None:
    report = check(*typed(rows, cell, formula))
    assert cell in named(report)
    right = rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")]
    told = " ".join(f"{each.message} {each.fix}" for each in report.findings if each.cell == cell and each.code.startswith("F"))
    assert right in told or _of_both(right) in told


def _of_both(formula: str) -> str:
    """A product's formula as it is meant, its figures in another order."""
    one, _, other = formula.removeprefix("=").partition("*")
    return f"={other}*{one}"


FINE: dict[str, Rows] = {
    "an input of nobody is of each head": [
        ["1日の架電数", 40], ["稼働日数", 20], ["人数", 5], ["1人の月架電数", "=B1*B2"], ["アポ率", 0.05], ["アポ数", "=B4*B5"], ["商談化率", 0.5], ["商談数", "=B6*B7"],
    ],
    "heads beside a price": [["Deals", 12], ["Reps", 3], ["Avg deal", 5000], ["Revenue", "=B1*B3"], ["Win rate", 0.25], ["Opportunities", "=B1/B5"]],
    "a rate of last year": [
        ["リード数", 400], ["商談化率", 0.2], ["前年の商談化率", 0.15], ["商談数", "=B1*B2"], ["受注率", 0.25], ["受注数", "=B4*B5"],
    ],
    "a share of a stage in a chain that goes up": [
        ["Deals", 40], ["Win rate", 0.25], ["Opportunities", "=B1/B2"], ["Share from outbound", 0.4], ["Outbound opportunities", "=B3*B4"], ["Meeting to opp", 0.2], ["Meetings", "=B5/B6"],
    ],
    "the demo rate is of demos": [
        ["Target revenue", 750_000], ["Avg contract", 15_000], ["Win rate", 0.2], ["Demo rate", 0.5], ["Contracts", "=B1/B2"], ["Opportunities", "=B5/B3"], ["Demos booked", "=B6/B4"],
    ],
    "forth and back, to check": [["リード数", 400], ["商談化率", 0.25], ["商談数", "=B1*B2"], ["必要リード数", "=B3/B2"], ["受注率", 0.2], ["受注数", "=B3*B5"]],
    "new is net of what is kept": [["Clients now", 120], ["Clients we will lose", 12], ["Clients kept", "=B1-B2"], ["Goal", 150], ["New clients needed", "=B4-B3"], ["Close rate", 0.25], ["Proposals", "=B5/B6"]],
    "a gap with what leaves": [["目標", 500], ["現在", 420], ["不足", "=B1-B2"], ["解約見込み", 30], ["必要な新規", "=B3+B4"], ["成約率", 0.25], ["商談数", "=B5/B6"]],
    "what is lost is typed below zero": [["Goal", 150], ["Clients now", 120], ["Clients lost", -12], ["New clients needed", "=B1-B2-B3"], ["Close rate", 0.25], ["Proposals", "=B4/B5"]],
    "a gap of two teams": [["東京の不足", 30], ["大阪の不足", 20], ["不足の計", "=B1+B2"], ["受注率", 0.25], ["商談数", "=B3/B4"]],
    "branches of one stage": [
        ["Attendees", 200], ["Survey rate", 0.5], ["Meeting rate", 0.2], ["Survey answers", "=B1*B2"], ["Meetings", "=B1*B3"], ["Close rate", 0.25], ["Deals", "=B5*B6"],
    ],
    "a year's figure by twelve": [["年間受注数", 120], ["残り月数", 6], ["月あたり受注数", "=B1/12"], ["受注率", 0.25], ["年間商談数", "=B1/B4"], ["月あたり商談数", "=B5/12"]],
    "a copy of a figure past a note": [["Deals", 40], ["Reps", 4], ["Contracts to sign", "=B1"], ["Win rate", 0.25], ["Proposals", "=B3/B4"], ["Proposals per rep", "=B5/B2"]],
    "the cost of a lead of each kind": [
        ["Budget", 12_000], ["Leads", 300], ["Cost per lead", "=B1/B2"], ["Qualified", 0.5], ["Qualified leads", "=B2*B4"], ["Cost per qualified lead", "=B1/B5"], ["Close rate", 0.2], ["Deals", "=B5*B7"],
    ],
    "a list that is renewed": [["更新対象", 200], ["更新率", 0.9], ["継続社数", "=B1*B2"], ["目標社数", 300], ["新規社数", "=B4-B3"], ["受注率", 0.25], ["商談数", "=B5/B6"]],
    "a sum with what was added up elsewhere": [["売上(千円)", "4月"], ["新規", 100], ["既存", 200], ["計", "=SUM(B2:B3)"], ["達成率", 0.9], ["見込み", "=B4*B5"]],
    "thousands and dollars": [["Visits", 20_000], ["CPC ($)", 1.5], ["Budget ($k)", "=B1*B2/1000"], ["Visit to lead", 0.02], ["Leads", "=B1*B4"], ["Cost per lead ($)", "=B3*1000/B5"]],
    "a pipeline that wins": [["Deals in pipeline", 100], ["Win rate", 0.2], ["Customers", "=B1*B2"], ["Avg deal", 5000], ["Revenue", "=B3*B4"]],
    "a goal that the rest of is told beside": [["Deals goal", 100], ["Won to date", 40], ["Gap", "=B1-B2"], ["Win rate", 0.25], ["Opps for the year", "=B1/B4"], ["Meeting rate", 0.5], ["Meetings", "=B5/B6"]],
    "what there was last year": [["売上目標", 12_000], ["前年実績", 9000], ["差", "=B1-B2"], ["平均単価", 100], ["必要受注数", "=B1/B4"], ["受注率", 0.25], ["商談数", "=B5/B6"]],
    "net, and what leaves": [["ARR goal", 1200], ["Current ARR", 800], ["Churn", 60], ["Net new ARR", "=B1-B2"], ["New ARR needed", "=B4+B3"], ["ACV", 20], ["Deals", "=B5/B6"]],
    "who shows up": [["Meetings held", 40], ["Show rate", 0.8], ["Meetings booked", "=B1/B2"], ["Booking rate", 0.1], ["Conversations", "=B3/B4"], ["Connect rate", 0.2], ["Dials", "=B5/B6"]],
}  # fmt: skip


@pytest.mark.parametrize("name", FINE)
def test_what_looks_like_a_slip_and_is_right_is_silent(name: str) -> None:
    assert named(check(*FINE[name])) == []
