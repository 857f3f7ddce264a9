"""Random right tables of a plan: months and quarters, channels, parts of a whole, customers, money."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from .chains import RATES
from .page import PRODUCT, QUOTIENT, SUM, At, Page

# -- time ---------------------------------------------------------------------------------


def lead_time(page: Page) -> None:
    """Meetings make the deals of the month after."""
    months, rate = page.pick.randint(5, 8), page.pick.choice([Fraction(1, 4), Fraction(1, 5), Fraction(1, 2)])
    page.texts(0, "指標", *(f"{4 + at}月" for at in range(months)))
    deals = [page.pick.randint(2, 9) + at for at in range(months + 1)]
    said = page.pick.random() < 0.5
    page.text(1, 0, "受注数")
    page.text(2, 0, "受注率")
    page.text(3, 0, "商談数（翌月受注分）" if said else "商談数")
    won = [page.count(1, 1 + at, deals[at]) for at in range(months)]
    rates = [page.rate(2, 1 + at, rate) for at in range(months)]
    for at in range(months):
        met = page.count(3, 1 + at, math.ceil(deals[at + 1] / rate))
        if at + 1 < months:
            page.tie(QUOTIENT, met, won[at + 1], rates[at])


def quarters(page: Page) -> None:
    """Twelve months with quarters, halves and the year."""
    heads = ["4月", "5月", "6月", "1Q計", "7月", "8月", "9月", "2Q計", "上期計", "10月", "11月", "12月", "3Q計", "1月", "2月", "3月", "4Q計", "下期計", "年度計"]  # fmt: skip
    page.texts(0, "指標", *heads)
    for row, name in enumerate(page.pick.choice([["リード数", "商談数", "受注数"], ["有効リード数", "アポ数", "提案数"]]), 1):
        page.text(row, 0, name)
        values: dict[str, int] = {}
        parts: dict[str, list[str]] = {}
        quarter: list[str] = []
        halves: list[str] = []
        for head in heads:
            if head.endswith("月"):
                values[head] = page.pick.randint(11, 99)
                quarter.append(head)
            elif head.endswith("Q計"):
                parts[head], quarter = quarter, []
                halves.append(head)
            elif head != "年度計":
                parts[head], halves = halves, []
            else:
                parts[head] = ["上期計", "下期計"]
            if head in parts:
                values[head] = sum(values[each] for each in parts[head])
        at = {head: page.count(row, col, values[head]) for col, head in enumerate(heads, 1)}
        for head, of in parts.items():
            page.tie(SUM, at[head], *(at[each] for each in of))


# -- tables -------------------------------------------------------------------------------


def matrix(page: Page, corner: bool) -> None:
    """Channels by months of one stage, added up in both directions."""
    stage = page.pick.choice(["リード数", "商談数", "有効リード数"])
    names = page.pick.sample(["検索広告", "SNS広告", "展示会", "セミナー", "紹介", "オーガニック"], page.pick.randint(3, 5))
    months = page.pick.choice([3, 6])
    if not corner:
        page.text(0, 0, f"チャネル別{stage}目標" if page.pick.random() < 0.5 else stage)
    heads = [*(f"{4 + each}月" for each in range(months)), "合計"]
    page.texts(1, stage if corner else "チャネル", *heads)
    values = [[page.pick.randint(11, 99) for _ in range(months)] for _ in names]
    grid = [[page.count(2 + row, 1 + col, value) for col, value in enumerate(line)] for row, line in enumerate(values)]
    last = 2 + len(names)
    for row, name in enumerate([*names, "合計"], 2):
        page.text(row, 0, name)
    for line, row in zip(values, grid, strict=True):
        page.tie(SUM, page.count(row[0][0] - page.top, 1 + months, sum(line)), *row)
    whole = page.count(last, 1 + months, sum(map(sum, values)))
    below = [page.count(last, 1 + col, sum(line[col] for line in values)) for col in range(months)]
    for col, total in enumerate(below):
        page.tie(SUM, total, *(row[col] for row in grid))
    page.tie(SUM, whole, *below)
    page.tie(SUM, whole, *((row[0][0], page.left + 1 + months) for row in grid))
    if corner:  # a matrix alone is no goal sheet: its goal is said above
        page.text(0, 0, "2026年度上期 リード獲得目標")


def of_which(page: Page) -> None:
    months = page.pick.choice([3, 6])
    page.texts(0, "指標", *(f"{4 + each}月" for each in range(months)), "合計")
    rows = ["新規商談数", "有効リード数", "　うち広告", "　うちSEO", "　うち紹介"]
    parts = [[page.pick.randint(11, 60) for _ in range(months)] for _ in range(3)]
    whole = [sum(each) for each in zip(*parts, strict=True)]
    values = [[page.pick.randint(11, 30) for _ in range(months)], whole, *parts]
    at: list[list[At]] = []
    for row, (name, line) in enumerate(zip(rows, values, strict=True), 1):
        page.text(row, 0, name)
        at.append([page.count(row, 1 + col, value) for col, value in enumerate([*line, sum(line)])])
        page.tie(SUM, at[-1][-1], *at[-1][:-1])
    for col in range(months + 1):
        page.tie(SUM, at[1][col], *(line[col] for line in at[2:]))


def opening(page: Page) -> None:
    """Customers at the beginning, new ones, lost ones, and at the end; each month begins with what the last one left."""
    months, customers = page.pick.choice([3, 6]), page.pick.randint(100, 400)
    page.texts(0, "指標", *(f"{4 + each}月" for each in range(months)))
    for row, name in enumerate(["月初契約社数", "新規受注数", "解約数", "月末契約社数", "商談数", "受注率"], 1):
        page.text(row, 0, name)
    before: At | None = None
    for col in range(1, months + 1):
        new, gone = page.pick.randint(4, 12) * 5, page.pick.randint(2, 15)
        at = [page.count(1, col, customers), page.count(2, col, new), page.count(3, col, gone)]
        customers += new - gone
        end = page.count(4, col, customers)
        page.tie(SUM, end, at[0], at[1], less=(at[2],))
        if before is not None:
            page.tie(SUM, at[0], before)
        page.tie(QUOTIENT, page.count(5, col, new * 5), at[1], page.rate(6, col, Fraction(1, 5)))
        before = end


FUNNELS = [["リード数", "アポ率", "アポ数", "受注率（アポ→受注）", "受注数"], ["架電数", "接続率（架電→接続）", "接続数", "アポ率（接続→アポ）", "アポ数"],
           ["Leads", "Lead to MQL", "MQLs", "MQL to SQL", "SQLs"]]  # fmt: skip


def funnel(page: Page, months: bool) -> None:
    """A chain in each month (stages down), or in each channel (stages across), with the counts' total; counts rounded up."""
    names = page.pick.choice(FUNNELS)
    english = names[0].isascii()
    if months:
        heads = ["Apr", "May", "Jun", "Jul", "Aug", "Sep"] if english else [f"{4 + at}月" for at in range(6)]
    else:
        heads = ["Ads", "Organic", "Events", "Partners"] if english else ["広告", "オーガニック", "展示会", "紹介"]

    def at(line: int, field: int) -> At:
        return (field, line) if months else (line, field)

    page.text(0, 0, ("Metric" if months else "Channel") if english else ("指標" if months else "チャネル"))
    for field, name in enumerate(names, 1):
        page.text(*at(0, field), name)
    counts: list[list[At]] = [[], [], []]
    for line, head in enumerate([*heads, "Total" if english else "合計"], 1):
        page.text(*at(line, 0), head)
        if line > len(heads):
            break
        value, of = page.pick.randint(8, 60), list[At]()  # the later stage, and the rate that leads to it
        for field in range(len(names), 0, -2):
            its = page.count(*at(line, field), value)
            if of:
                page.tie(QUOTIENT, its, *of)
            if field > 1:
                rate = page.pick.choice([Fraction(each, 100) for each in (12, 15, 20, 30, 35, 45)])
                of = [its, page.rate(*at(line, field - 1), rate)]
                value = math.ceil(value / rate)
            counts[field // 2].append(its)
    for field, column in enumerate(counts):
        total = page.count(*at(len(heads) + 1, field * 2 + 1), sum((page.figures[each] for each in column), Fraction(0)))
        page.tie(SUM, total, *column)


def cpl(page: Page) -> None:
    page.texts(0, "チャネル", "予算（円）", "リード数", "CPL（円）", "商談化率", "商談数")
    names = page.pick.sample(["検索広告", "SNS広告", "展示会", "セミナー", "紹介"], page.pick.randint(3, 4))
    columns: list[list[At]] = [[], [], []]
    totals = [0, 0, 0]
    for row, name in enumerate(names, 1):
        leads, one, rate = page.pick.randint(3, 30) * 20, page.pick.randint(4, 20) * 1000, page.pick.choice(RATES[:3])
        page.text(row, 0, name)
        cost = page.figure(row, 1, leads * one, "#,##0")
        its, per = page.count(row, 2, leads), page.figure(row, 3, one, "#,##0")
        met = page.count(row, 5, math.ceil(leads * rate))
        page.tie(PRODUCT, cost, its, per)
        page.tie(QUOTIENT, its, met, page.rate(row, 4, rate))
        for column, at in zip(columns, (cost, its, met), strict=True):
            column.append(at)
        totals = [each + more for each, more in zip(totals, (leads * one, leads, math.ceil(leads * rate)), strict=True)]
    page.text(len(names) + 1, 0, "合計")
    for col, total, column in zip((1, 2, 5), totals, columns, strict=True):
        page.tie(SUM, page.figure(len(names) + 1, col, total, "#,##0"), *column)


def coverage(page: Page) -> None:
    quota, size = page.pick.randint(3, 20) * 240_000, page.pick.choice([30_000, 40_000, 60_000])
    times = page.pick.choice([4, 5])
    rate = Fraction(1, times)  # the deals make the quota
    needed = Fraction(quota * times, size)
    rows: list[tuple[str, Callable[[int], At]]] = [
        ("Quota", lambda row: page.figure(row, 1, quota, "#,##0")),
        ("Pipeline coverage", lambda row: page.figure(row, 1, times, shown=f"{times}x")),
        ("Pipeline needed", lambda row: page.figure(row, 1, quota * times, "#,##0")),
        ("Average deal size", lambda row: page.figure(row, 1, size, "#,##0")),
        ("Opportunities needed", lambda row: page.count(row, 1, needed)),
        ("Win rate", lambda row: page.rate(row, 1, rate)),
        ("Deals needed", lambda row: page.count(row, 1, math.ceil(needed * rate))),
    ]
    at = []
    for row, (name, put) in enumerate(rows):
        page.text(row, 0, name)
        at.append(put(row))
    page.tie(PRODUCT, at[2], at[0], at[1])
    page.tie(QUOTIENT, at[4], at[2], at[3])
    page.tie(QUOTIENT, at[4], at[6], at[5])
    page.tie(QUOTIENT, at[6], at[0], at[3])


def buffer(page: Page) -> None:
    met, rate, cvr = page.pick.randint(3, 12) * 50, page.pick.choice(RATES[:3]), Fraction(page.pick.choice([1, 2, 4]), 100)
    more = page.pick.choice([10, 20])
    leads = math.ceil(met / rate)
    with_more = leads * (100 + more) // 100
    for row, name in enumerate(
        ["必要商談数", "商談化率", "必要リード数", f"必要リード数（{more}%バッファ込み）", "CVR", "必要訪問数"]
    ):
        page.text(row, 0, name)
    at = [page.count(0, 1, met), page.rate(1, 1, rate), page.count(2, 1, leads), page.count(3, 1, with_more), page.rate(4, 1, cvr),
          page.count(5, 1, math.ceil(with_more / cvr))]  # fmt: skip
    page.tie(QUOTIENT, at[2], at[0], at[1])
    page.tie(PRODUCT, at[3], at[2])
    page.tie(QUOTIENT, at[5], at[3], at[4])
