"""Random right funnels of any stages: listed, side by side, one below another, along a line, to their digits."""

from __future__ import annotations

import math
from fractions import Fraction

from .drawing import CHAIN, Drawing
from .page import QUOTIENT, SUM, At, Page

CHAINS: list[list[tuple[str, str]]] = [
    [("受注数", ""), ("商談実施数", "受注率"), ("アポ数", "商談実施率（アポ→実施）"), ("接続数", "アポ率（接続→アポ）"), ("架電数", "接続率（架電→接続）")],
    [("受注件数", ""), ("提案数", "受注率（提案→受注）"), ("商談数", "提案化率"), ("アポ数", "商談化率（アポ→商談）"), ("リード数", "アポ率")],
    [("Deals", ""), ("Opportunities", "Win rate"), ("SQLs", "SQL to opportunity"), ("MQLs", "MQL to SQL"), ("Leads", "Lead to MQL")],
    [("Won", ""), ("Proposals", "Proposal to won"), ("Meetings held", "Meeting to proposal"), ("Connects", "Connect to meeting"), ("Calls", "Call to connect")],
    [("受注数", ""), ("見積提出数", "見積→受注率"), ("有効商談数", "有効商談→見積率"), ("有効リード数", "有効リード→有効商談率"), ("リード数", "有効リード率（リード→有効リード）")],
    [("契約数", ""), ("トライアル数", "トライアル→契約率"), ("資料請求数", "資料請求→トライアル率"), ("訪問数", "資料請求率（訪問→資料請求）")],
]  # fmt: skip
RATES = [Fraction(each, 100) for each in (10, 20, 25, 40, 50)]


def figures_of(page: Page, stages: list[tuple[str, str]]) -> list[tuple[int, Fraction]]:
    """Counts from the last stage on, each with the rate that leads from it; all of them whole."""
    count = page.pick.randint(3, 15) * 4
    found = [(count, Fraction(1))]
    for _ in stages[1:]:
        rate = page.pick.choice(RATES)
        count = math.ceil(count / rate)
        found.append((count, rate))
    return found


def chain(page: Page, row: int = 0, col: int = 0, which: int | None = None, habit: str | None = None) -> None:
    stages = CHAINS[which] if which is not None else page.pick.choice(CHAINS)
    habit = habit if habit is not None else page.pick.choice(["", "format", "text" if not stages[0][0].isascii() else ""])
    before: At | None = None
    for (name, by), (count, rate) in zip(stages, figures_of(page, stages), strict=True):
        if before is not None:
            page.text(row, col, by)
            its = page.rate(row, col + 1, rate, habit)
            row += 1
        page.text(row, col, name)
        at = page.count(row, col + 1, count, habit)
        row += 1
        if before is not None:
            page.tie(QUOTIENT, at, before, its)
        before = at


def own_stages(page: Page) -> None:
    page.text(-1 if page.top > 1 else 0, 0, "2026年度 目標")
    chain(page, 1)


def side_by_side(page: Page) -> None:
    which = page.pick.choice([0, 1, 4])
    for col, name in ((0, "新規"), (3, "既存")):
        page.text(0, col, name)
        chain(page, 1, col, which, "")


def stacked(page: Page) -> None:
    which = page.pick.choice([0, 1, 4])
    for at, name in enumerate(page.pick.sample(["新規", "既存", "東日本", "西日本"], 2)):
        row = at * (len(CHAINS[which]) * 2 + 1)
        page.text(row, 0, f"■{name}")
        chain(page, row + 1, 0, which, "")


def listed(page: Page) -> None:
    """Our own vocabulary, with money, in the layouts of `Drawing`."""
    drawing = Drawing(page.pick.randrange(10**6))
    drawing.formulas = False
    drawing.figures()
    page.pick.choice([drawing.listed, drawing.below, drawing.pairs])()
    page.cells = {at: each for at, each in drawing.cells.items() if each[0] != ""}
    page.figures = {drawing.at[name]: value for name, value in drawing.value.items() if name in drawing.at}
    for result, source, rate in CHAIN:
        if {result, source, rate} <= set(drawing.at):
            page.tie(QUOTIENT, *(drawing.at[each] for each in (result, source, rate)))
    if "other_revenue" in drawing.at:
        page.tie(SUM, *(drawing.at[each] for each in ("total_revenue", "web_revenue", "other_revenue")))


def digits(page: Page) -> None:
    """Rates as they come out, shown to a digit: 617 of 2,000 are 31 %."""
    names = page.pick.choice(
        [["リード数", "アポ率", "アポ数", "案件化率", "案件化数"], ["訪問数", "CVR", "リード数", "商談化率", "商談数"]]
    )
    counts = [page.pick.randint(20, 90) * 100 + page.pick.randint(1, 99)]
    for share in (page.pick.uniform(0.15, 0.45), page.pick.uniform(0.2, 0.5)):
        counts.append(round(counts[-1] * share))
    at: list[At] = []
    for row, name in enumerate(names):
        page.text(row, 0, name)
        if row % 2 == 0:
            at.append(page.count(row, 1, counts[row // 2], "format"))
        else:
            percent = Fraction(round(Fraction(counts[row // 2 + 1] * 1000, counts[row // 2])), 10)
            at.append(page.figure(row, 1, percent / 100, shown=f"{float(percent):.1f}%"))
    page.tie(QUOTIENT, at[0], at[2], at[1])
    page.tie(QUOTIENT, at[2], at[4], at[3])


def to_next(page: Page) -> None:
    """Stage | volume | rate to the next."""
    english = page.pick.random() < 0.5
    names = (
        ["Visitors", "Leads", "MQL", "SQL", "Opportunity", "Customer"]
        if english
        else ["訪問", "リード", "有効リード", "商談", "提案", "受注"]
    )
    page.texts(0, *(["Stage", "Volume", "Conversion to next"] if english else ["ステージ", "件数", "次への転換率"]))
    found = figures_of(page, [("", "")] * len(names))
    counts, rates = [count for count, _ in found][::-1], [rate for _, rate in found][:0:-1]
    counts_at = []
    for row, (name, count) in enumerate(zip(names, counts, strict=True), 1):
        page.text(row, 0, name)
        counts_at.append(page.count(row, 1, count, "format"))
    for row, rate in enumerate(rates, 1):
        page.tie(QUOTIENT, counts_at[row - 1], counts_at[row], page.rate(row, 2, rate))


def arrows(page: Page) -> None:
    """Stages along a line, rates below the arrows between them."""
    names = page.pick.choice(
        [
            ["架電数", "接続数", "アポ数", "受注数"],
            ["リード数", "商談数", "提案数", "受注数"],
            ["Leads", "MQLs", "SQLs", "Deals"],
        ]
    )
    found = figures_of(page, [("", "")] * len(names))[::-1]
    counts = []
    for at, (name, (count, _)) in enumerate(zip(names, found, strict=True)):
        page.text(0, at * 2, name)
        counts.append(page.count(1, at * 2, count))
    for at, (_, rate) in enumerate(found[:-1]):
        page.text(0, at * 2 + 1, "→")
        page.tie(QUOTIENT, counts[at], counts[at + 1], page.rate(1, at * 2 + 1, rate))
