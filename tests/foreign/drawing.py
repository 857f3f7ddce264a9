"""Random right goal sheets of our vocabulary as people lay them out: lists, pairs, tables of channels, months; in either language."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

JA = {
    "total_revenue": ["全体売上", "総売上"], "web_revenue": ["Web売上", "Web売上目標", "売上目標", "目標金額", "① 売上"],
    "other_revenue": ["Web以外の売上", "Web以外"], "deal_size": ["受注単価", "商材単価", "平均単価", "平均受注単価"],
    "won_deals": ["受注数", "受注件数", "② 受注数", "成約数"], "win_rate": ["受注率", "受注率(案件→受注)", "想定受注率"],
    "opportunities": ["案件化数", "有効商談数", "③ 案件化数（有効商談化数）", "有効商談化数"],
    "opportunity_rate": ["案件化率", "有効商談率"], "meetings": ["商談数", "アポ数", "④商談数（アポ数）", "アポ獲得数"],
    "meeting_rate": ["アポ率", "商談化率"], "leads": ["リード数", "CV数", "問合せ数", "⑤ リード数", "コンバージョン数"],
    "cvr": ["CV率", "CVR", "コンバージョン率"], "visits": ["訪問数", "サイト訪問数", "アクセス数", "流入数", "⑥訪問数", "セッション数"],
}  # fmt: skip
EN = {
    "total_revenue": ["Total revenue"], "web_revenue": ["Web revenue", "Revenue goal"], "other_revenue": ["Other revenue"],
    "deal_size": ["Average deal size", "Deal size"], "won_deals": ["Won deals", "Deals won"], "win_rate": ["Win rate"],
    "opportunities": ["Opportunities", "SQLs"], "opportunity_rate": ["Opportunity rate"],
    "meetings": ["Meetings", "Appointments"], "meeting_rate": ["Meeting rate", "Appointment rate"],
    "leads": ["Leads", "Conversions", "CVs"], "cvr": ["CVR", "Conversion rate"], "visits": ["Visits", "Sessions"],
}  # fmt: skip
MONEY = ("total_revenue", "web_revenue", "other_revenue", "deal_size")
RATES = ("win_rate", "opportunity_rate", "meeting_rate", "cvr")
CHAIN = [
    ("won_deals", "web_revenue", "deal_size"), ("opportunities", "won_deals", "win_rate"),
    ("meetings", "opportunities", "opportunity_rate"), ("leads", "meetings", "meeting_rate"), ("visits", "leads", "cvr"),
]  # fmt: skip
CHANNELS = {
    "ja": ["広告", "オーガニック", "メルマガ", "展示会", "共催セミナー"],
    "en": ["Ads", "Organic", "Newsletter", "Events", "Partner"],
}


class Sheet(NamedTuple):
    """A generated sheet; ``counts`` and ``rates`` are (row, col) from 1 of typed cells that may be broken."""

    layout: str
    cells: dict[tuple[int, int], tuple[Any, str]]
    counts: dict[tuple[int, int], Fraction]
    inputs: list[tuple[int, int]]


class Drawing:
    """One random sheet in the making: its habits are drawn once."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        pick = self.random
        self.lang = pick.choice(["ja", "ja", "en"])
        self.words = {name: pick.choice(each) for name, each in (JA if self.lang == "ja" else EN).items()}
        self.rounding = pick.choice(["up", "down", "nearest", "none"])
        self.formulas = pick.random() < 0.35
        self.unit = pick.choice(["cell", "bracket", "format", "text", "bare"])
        self.wide = self.lang == "ja" and self.unit == "text" and pick.random() < 0.5
        self.man = self.lang == "ja" and pick.random() < 0.6
        if self.formulas and self.unit == "text":
            self.unit = "format"
        self.cells: dict[tuple[int, int], tuple[Any, str]] = {}
        self.counts: dict[tuple[int, int], Fraction] = {}
        self.inputs: list[tuple[int, int]] = []
        self.at: dict[str, tuple[int, int]] = {}
        self.value: dict[str, Fraction] = {}

    def rounded(self, exact: Fraction) -> Fraction:
        how = {"up": math.ceil, "down": math.floor, "nearest": lambda each: math.floor(each + Fraction(1, 2))}.get(
            self.rounding
        )
        return exact if how is None else Fraction(how(exact))

    def figures(self) -> None:
        pick = self.random
        size = pick.choice([30, 50, 80, 150, 400, 600]) * 10_000
        self.value["deal_size"] = Fraction(size)
        self.value["web_revenue"] = Fraction(size * pick.randint(3, 40) + pick.choice([0, 0, 0, size // 2]))
        self.value["total_revenue"] = self.value["web_revenue"] * pick.randint(2, 5)
        self.value["other_revenue"] = self.value["total_revenue"] - self.value["web_revenue"]
        for name, choices in (("win_rate", (20, 25, 30, 40)), ("opportunity_rate", (25, 40, 50, 60)),
                              ("meeting_rate", (10, 15, 20, 30)), ("cvr", (Fraction(1, 2), 1, Fraction(3, 2), 2))):  # fmt: skip
            self.value[name] = Fraction(pick.choice(choices)) / 100
        for result, source, rate in CHAIN:
            self.value[result] = self.rounded(self.value[source] / self.value[rate])

    # -- cells --------------------------------------------------------------

    def put(self, row: int, col: int, value: Any, code: str = "General") -> None:
        self.cells[row, col] = value, code

    def label(self, name: str) -> str:
        word = self.words[name]
        if self.unit == "bracket":
            unit = (
                ("万円" if self.man else "円" if self.lang == "ja" else "yen")
                if name in MONEY
                else "%"
                if name in RATES
                else ""
            )
            return f"{word}({unit})" if unit else word
        return word + ("：" if self.lang == "ja" and self.random.random() < 0.1 else "")

    def figure(self, row: int, col: int, name: str, value: Fraction, formula: str = "") -> None:
        """One value in the sheet's habit; a unit cell right of it where that is the habit and there is room."""
        kind = "money" if name in MONEY else "rate" if name in RATES else "count"
        if kind == "count":
            if not formula:
                self.counts[row, col] = value
        else:
            self.inputs.append((row, col))
        man = self.man and kind == "money" and not formula
        number = float(value / 10_000 if man else value)
        number = int(number) if number == int(number) else round(number, 6)
        code = "General"
        if kind == "rate":
            number, code = float(value), "0.0%"
            if self.unit == "bracket" and not self.formulas:
                number, code = float(value * 100), "General"
        if self.unit == "text" and not formula:
            unit = {"money": "万円" if man else "円", "rate": "%", "count": "件" if name != "visits" else "回"}[kind]
            if self.lang == "en":
                unit = "%" if kind == "rate" else ""
            shown = f"{float(value * 100):g}" if kind == "rate" else f"{number:,}"
            text = f"{shown}{unit}"
            if self.wide:
                text = text.translate({ord(a): chr(ord(a) + 0xFEE0) for a in "0123456789%,."})
            self.put(row, col, text)
            return
        if self.unit == "format" and kind == "money":
            code = '#,##0"万円"' if man else '#,##0"円"'
        elif man and self.unit in ("cell", "bare"):
            self.put(row, col + 1, "万円")
        elif self.unit == "cell" and kind != "money" and (row, col + 1) not in self.cells:
            self.put(row, col + 1, "%" if kind == "rate" else "件" if self.lang == "ja" else "")
        self.put(row, col, formula or number, code)

    def quotient(self, row: int, col: int, name: str, scope: str = "") -> None:
        """A count by formula, where the sheet has formulas and both cells are there."""
        formula = ""
        for result, source, rate in CHAIN:
            if result == name and self.formulas and not (scope and name == "meetings"):
                cells = [self.at.get(scope + each) or self.at.get(each) for each in (source, rate)]
                if None not in cells:
                    a, b = (f"{get_column_letter(each[1])}{each[0]}" for each in cells if each is not None)
                    inner = f"{a}/{b}"
                    formula = {"up": f"=ROUNDUP(ROUND({inner},6),0)", "down": f"=ROUNDDOWN(ROUND({inner},6),0)",
                               "nearest": f"=ROUND({inner},0)", "none": f"={inner}"}[self.rounding]  # fmt: skip
        self.at[scope + name] = (row, col)
        self.figure(row, col, name, self.value[scope + name], formula)

    def one(self, row: int, col: int, name: str, scope: str = "") -> None:
        if any(result == name for result, _, _ in CHAIN):
            self.quotient(row, col, name, scope)
        else:
            self.at[scope + name] = (row, col)
            self.figure(row, col, name, self.value[scope + name])

    # -- layouts ------------------------------------------------------------

    def names(self, upto: str) -> list[str]:
        order = ["web_revenue", "deal_size", "won_deals", "win_rate", "opportunities", "opportunity_rate", "meetings",
                 "meeting_rate", "leads", "cvr", "visits"]  # fmt: skip
        head = ["total_revenue", "web_revenue", "other_revenue"] if self.random.random() < 0.4 else ["web_revenue"]
        return head + order[1 : order.index(upto) + 1]

    def listed(self, upto: str = "visits") -> int:
        """Label, value (unit, remark) from top to bottom; the next free row."""
        row, col = self.random.randint(1, 5), self.random.randint(1, 4)
        gap = self.random.choice([1, 1, 2])
        if row > 2 and self.random.random() < 0.5:
            self.put(row - 1, col, "項目" if self.lang == "ja" else "Item")
            self.put(row - 1, col + gap, "目標値" if self.lang == "ja" else "Value")
        for name in self.names(upto):
            self.put(row, col, self.label(name))
            self.one(row, col + gap, name)
            if self.random.random() < 0.15:
                self.put(
                    row,
                    col + gap + 2,
                    "※前提は営業部と確認済み" if self.lang == "ja" else "agreed with sales, see the minutes of May",
                )
            row += self.random.choice([1, 1, 1, 2])
        return row + 1

    def below(self, upto: str = "visits") -> int:
        """Values under their labels, some to a line."""
        row, names = self.random.randint(1, 4), self.names(upto)
        self.unit = "format" if self.unit == "cell" or (self.unit == "bare" and self.man) else self.unit
        wide = self.random.randint(2, 4)
        for start in range(0, len(names), wide):
            for across, name in enumerate(names[start : start + wide]):
                col = 2 + across
                self.put(row, col, self.label(name))
                self.one(row + 1, col, name)
            row += 3
        return row

    def pairs(self, upto: str = "visits") -> int:
        """Label, value, label, value along lines."""
        row, names = self.random.randint(1, 4), self.names(upto)
        for start in range(0, len(names), 2):
            for across, name in enumerate(names[start : start + 2]):
                self.put(row, 1 + 4 * across, self.label(name))
                self.one(row, 2 + 4 * across, name)
            row += 1
        return row + 1

    def joined(self, upto: str = "visits") -> int:
        """受注率: 30% in one cell."""
        self.formulas, row = False, 2
        for name in self.names(upto):
            value = self.value[name]
            if name in RATES:
                text = f"{float(value * 100):g}%"
            elif name in MONEY:
                text = f"{float(value / 10_000):,g}万円" if self.lang == "ja" else f"¥{float(value):,.0f}"
            else:
                text = f"{float(value):,.2f}".rstrip("0").rstrip(".") + ("件" if self.lang == "ja" else "")
                self.counts[row, 2] = value
            self.put(row, 2, f"{self.words[name]}: {text}")
            row += 1
        return row + 1

    def split(self) -> list[str]:
        """Channels with meetings of their own; the whole is their sum."""
        names = CHANNELS[self.lang][: self.random.randint(2, 5)]
        rest = self.value["meetings"]
        for index, name in enumerate(names):
            last = index == len(names) - 1
            part = rest if last else Fraction(math.floor(rest / 2))
            rest -= part
            self.value[name + "meetings"] = part
            self.value[name + "meeting_rate"] = Fraction(self.random.choice([10, 15, 20, 30]), 100)
            self.value[name + "cvr"] = Fraction(self.random.choice([1, 2]), 100)
            self.value[name + "leads"] = self.rounded(part / self.value[name + "meeting_rate"])
            self.value[name + "visits"] = self.rounded(self.value[name + "leads"] / self.value[name + "cvr"])
        return names

    def channels(self, row: int, turned: bool) -> None:
        names, fields = self.split(), ["meetings", "meeting_rate", "leads", "cvr", "visits"]
        self.unit = "format" if self.unit == "cell" else self.unit
        self.put(row, 1, "チャネル" if self.lang == "ja" else "Channel")
        total = self.random.random() < 0.7
        for down, name in enumerate(names, 1):
            self.put(*(row, 1 + down) if turned else (row + down, 1), name)
        for across, field in enumerate(fields, 1):
            self.put(*(row + across, 1) if turned else (row, 1 + across), self.label(field))
            for down, name in enumerate(names, 1):
                self.one(*(row + across, 1 + down) if turned else (row + down, 1 + across), field, name)
            if total and field in ("meetings", "leads", "visits"):
                at = (row + across, 2 + len(names)) if turned else (row + 1 + len(names), 1 + across)
                first, last = (self.at[each + field] for each in (names[0], names[-1]))
                formula = "=SUM({}{}:{}{})".format(
                    *(part for each in (first, last) for part in (get_column_letter(each[1]), each[0]))
                )
                whole = sum((self.value[each + field] for each in names), Fraction(0))
                self.figure(*at, field, whole, formula if self.formulas else "")
        if total:
            self.put(*(row, 2 + len(names)) if turned else (row + 1 + len(names), 1), "合計" if self.lang == "ja" else "Total")

    def months(self, turned: bool) -> None:
        first, year = self.random.choice([4, 1, 10]), 2026
        self.unit = "format" if self.unit == "cell" else self.unit
        style = self.random.choice(["4月", "2026年4月", "2026-04", "2026/04", "Apr"])
        row = self.random.randint(1, 4)
        fields = ["leads", "cvr", "visits"]
        cvr = self.value["cvr"]
        for index in range(12):
            month, its_year = (first - 1 + index) % 12 + 1, year + (first - 1 + index) // 12
            text = {"4月": f"{month}月", "2026年4月": f"{its_year}年{month}月", "2026-04": f"{its_year}-{month:02}",
                    "2026/04": f"{its_year}/{month:02}", "Apr": "JanFebMarAprMayJunJulAugSepOctNovDec"[month * 3 - 3 : month * 3]}[style]  # fmt: skip
            self.put(*(row, 2 + index) if turned else (row + 1 + index, 1), text)
            key = f"{index}:"
            self.value[key + "leads"] = Fraction(self.random.randint(5, 60))
            self.value[key + "cvr"] = cvr
            self.value[key + "visits"] = self.rounded(self.value[key + "leads"] / cvr)
            for across, field in enumerate(fields, 1):
                at = (row + across, 2 + index) if turned else (row + 1 + index, 1 + across)
                self.one(*at, field, key)
                if field == "leads":
                    del self.counts[at]  # an input: where it is wrong, the visits don't follow
        for across, field in enumerate(fields, 1):
            self.put(*(row + across, 1) if turned else (row, 1 + across), self.label(field))
        if self.random.random() < 0.7:
            self.put(*(row, 14) if turned else (row + 13, 1), "合計" if self.lang == "ja" else "Total")
            for across, field in enumerate(fields, 1):
                if field != "cvr":
                    whole = sum((self.value[f"{each}:{field}"] for each in range(12)), Fraction(0))
                    self.figure(*(row + across, 14) if turned else (row + 13, 1 + across), field, whole)


def drawn(seed: int) -> Sheet:
    """A right sheet."""
    drawing = Drawing(seed)
    drawing.figures()
    pages: list[Callable[..., int]] = [drawing.listed, drawing.below, drawing.pairs, drawing.joined]
    layout = drawing.random.choice(
        ["listed", "below", "pairs", "joined", "channels", "channels turned", "months", "months turned"]
    )
    if layout.startswith("months"):
        drawing.months(layout.endswith("turned"))
    elif layout.startswith("channels"):
        if drawing.rounding == "none" and drawing.value["meetings"].denominator != 1:
            drawing.rounding = "up"
            drawing.figures()
        row = drawing.random.choice(pages[:3])("meetings")
        drawing.channels(row + 1, layout.endswith("turned"))
    else:
        next(each for each in pages if each.__name__ == layout)()
    return Sheet(layout, drawing.cells, drawing.counts, drawing.inputs)
