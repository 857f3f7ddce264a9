"""The plan of a goal: money, rounding, the rates of the page and of the channels, the months."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from ...freeform.read.figures import Figure, plain
from ...language.text import Text
from ...values.regex import regex
from ...values.rounding import half_up
from ..said import number, percent
from .abroad import Unit
from .chain import LEADS, MEETINGS, VISITS, WON, Link, Placed
from .fitted import DOWN, NEAREST, NONE, UP, Step, fitting, is_as_written, leads_to, mode_of, rate_value
from .goal import YEAR, Goal
from .notes import Notes

Table = dict[str, Any]
_A_MONTH = regex(r"月間|月次|月あたり|/月|1か月|1ヶ月|per month|monthly|/month", re.IGNORECASE)
_A_YEAR = regex(r"年間|年度|通期|通年|年次|年目標|FY\s*'?\d\d|fiscal|annual|year", re.IGNORECASE)
_ROUNDED = {NEAREST: Text("四捨五入", "to the nearest"), DOWN: Text("切り捨て", "down"), NONE: Text("なし", "not at all")}
_HEAD = 4  # rows in which a sheet says what it is


class Planner:
    """Writes the table of a plan; what it assumes and lacks goes into the notes."""

    def __init__(self, goal: Goal, placed: Placed, notes: Notes, unit: Unit | None = None) -> None:
        self.goal, self.placed, self.notes, self.unit = goal, placed, notes, unit
        self.links = {link.name: link for link in placed.links}
        self.web, self.price = self._money()
        self.mode = mode_of([*self._steps()])
        self.counts: dict[str, Fraction | None] = {link.name: link.stage.total() for link in placed.links}
        self.is_ascii = all(each.label.isascii() for each in goal.page.figures)

    def table(self, template: str) -> Table:
        """Return the plan, but for its title and its overrides."""
        table: Table = {"template": template, "period": self._period(), "rounding": self.mode}
        if self.goal.page.unit is not None:
            table["unit"] = self.goal.page.unit.text
        self._put_money(table)
        for above, link in zip(self.placed.links, self.placed.links[1:], strict=False):
            if not link.is_split:
                rate = self._rate(link, self.counts[above.name], self.counts[link.name], link.stage.rate)
                self._put(table, link, rate)
        table["channel"] = self._channels()
        if self.mode != UP:
            said = _ROUNDED[self.mode]
            self.notes.assumed(
                Text(
                    f"端数処理は、シートの数に合う「{said.ja}」としました(目標に少し届かないことがあります)",
                    f"counts are rounded as the sheet's are, {said.en}: that may fall a little short of the goal",
                )
            )
        return table

    def _period(self) -> str:
        """Return what the figures are for: a month where the sheet says so; a year where it says that, both, or nothing."""
        if self.goal.months:
            return "year"
        used = [*self.goal.money.values(), *(stage.whole for stage in self.goal.stages if stage.whole is not None)]
        near = [self.goal.plan, *(each.label for each in used)]
        near += [
            spot.text for each in used for spot in self.goal.page.plane.cols.get(each.where[2], []) if spot.row < each.where[1]
        ]
        rows = self.goal.page.plane.rows
        head = [self.goal.page.title, *(spot.text for row in sorted(rows)[:_HEAD] for spot in rows[row])]
        for texts in (" ".join(near), " ".join(head)):
            month, year = _A_MONTH.search(texts) is not None, _A_YEAR.search(texts) is not None
            if month != year:
                return "month" if month else "year"
        self.notes.assumed(
            Text(
                "年間の数か月間の数か分からないため、年間としました",
                "it isn't clear whether the figures are for a year or a month: a year is taken",
            )
        )
        return "year"

    # -- money ---------------------------------------------------------------

    def _money(self) -> tuple[Fraction | None, Fraction | None]:
        """Return the revenue and the price: the sheet's, or what follows from the deals."""
        money = {field: figure.value for field, figure in self.goal.money.items()}
        won = self.links[WON].stage.total() if WON in self.links else None
        web, price = money.get("web_revenue"), money.get("deal_size")
        total, other = money.get("total_revenue"), money.get("other_revenue")
        by_month = self.goal.monthly_money.get("web_revenue", {})
        if web is None and len(by_month) == YEAR:
            web = sum((each.value or Fraction(0) for each in by_month.values()), Fraction(0))
        elif web is None and total is not None and other is not None:
            web = total - other
        if web is None and price is not None and won:
            web = price * won
            self.notes.assumed(
                Text(f"売上は受注数 × 受注単価の {plain(web)} としました", f"revenue is taken as deals × price, {plain(web)}")
            )
        if price is None and web is not None and won:
            price = Fraction(math.ceil(web / won)) if (web / won).denominator != 1 else web / won
            self.notes.assumed(
                Text(
                    f"受注単価は売上 ÷ 受注数の {plain(price)} としました",
                    f"the price is taken as revenue ÷ deals, {plain(price)}",
                )
            )
        return web, price

    def _put_money(self, table: Table) -> None:
        total = self.goal.money.get("total_revenue")
        other = self.goal.money.get("other_revenue")
        if total is not None and total.value is not None:
            table["total_revenue"] = number(total.value)
        elif self.web is not None:
            table["total_revenue"] = number(self.web + (other.value or 0 if other is not None else 0))
            if other is None:
                self.notes.assumed(
                    Text("全体売上がないため、Web売上と同じにしました", "total revenue isn't there and is taken as the web's")
                )
        self._say_currency()
        if self.web is not None:
            table["web_revenue"] = number(self.web)
        else:
            self.notes.missing("total_revenue, web_revenue", Text("売上", "revenue"))
        if self.price is not None:
            table["deal_size"] = number(self.price)
        else:
            self.notes.missing("deal_size", Text("受注単価", "average deal size"))

    def _say_currency(self) -> None:
        """Say that amounts are written as yen where the sheet has another currency, or names none."""
        money = list(self.goal.money.values())
        if money and self.unit is not None and self.unit.power > 1:
            times = f"{self.unit.power:,}"
            self.notes.assumed(
                Text(
                    f"金額は円ではありません。単位の「{self.unit.said}」に合わせ、{times}倍した数を書きました",
                    f"the amounts are not in yen: the numbers were written out, times {times}, as “{self.unit.said}” says",
                )
            )
        elif (money and self.unit is not None) or any(
            each in f"{figure.code}{figure.typed or ''}" for figure in money for each in "$€£"
        ):
            self.notes.assumed(
                Text("金額は円ではありません。数だけを書きました", "the amounts are not in yen: only the numbers were taken")
            )
        elif money and self.goal.page.unit is None and all(each.unit is None for each in money):
            self.notes.assumed(
                Text("金額の単位が書かれていないため、円としました", "the unit of the amounts isn't said and is taken as yen")
            )

    # -- rates -----------------------------------------------------------------

    def _steps(self) -> Iterator[Step]:
        """Yield every count that follows from another one by a rate, of the whole, of channels and of months."""
        won = self.links[WON].stage.total()
        if self.web is not None and self.price and won:
            yield Step(self.web, self.price, won)
        for above, link in zip(self.placed.links, self.placed.links[1:], strict=False):
            upper, lower = above.stage, link.stage
            wholes: list[tuple[Mapping[int, Figure | None], Mapping[int, Figure | None]]] = [
                ({-1: upper.whole}, {-1: lower.whole}),
                (upper.channels, lower.channels),
                (upper.months, lower.months),
            ]
            for ups, downs in wholes:
                for at in ups.keys() & downs.keys():
                    up, down = ups[at], downs[at]
                    figure = lower.channel_rates.get(at, lower.rate) if ups is upper.channels else lower.rate
                    rate = None if figure is None else rate_value(figure)
                    if rate and up is not None and down is not None and up.value and down.value:
                        yield Step(up.value, rate, down.value)

    def _rate(self, link: Link, above: Fraction | None, below: Fraction | None, figure: Figure | None) -> Fraction | None:
        """Return the rate that leads to a stage's count: the sheet's, with more digits where its count needs them."""
        written = None if figure is None else rate_value(figure)
        if figure is not None and figure.upto is not None and written is not None:
            self.notes.assumed(
                Text(f"範囲のうち {percent(written)} で計算します", f"of the range, {percent(written)} is used"), figure
            )
            return written
        if above is None or below is None:
            return written
        if written is not None and leads_to(Step(above, written, below), self.mode):
            return written
        found = fitting(above, below, self.mode)
        if written is None:
            if found is not None:
                name = f"{link.stage.label}"
                self.notes.assumed(
                    Text(
                        f"{name}への率がないため、数の比 {percent(found)} としました",
                        f"the rate to {name} is not there and is taken as the counts' ratio, {percent(found)}",
                    )
                )
            return found
        if found is not None and is_as_written(found, written):
            self.notes.assumed(
                Text(
                    f"{percent(written)} は丸めた率と見て、数に合う {percent(found)} としました",
                    f"{percent(written)} is taken as rounded, and written as {percent(found)}, which the counts need",
                ),
                figure,
            )
            return found
        return written

    def _put(self, table: Table, link: Link, rate: Fraction | None) -> None:
        if rate is not None:
            table[link.rate] = percent(rate)
        elif link.name != VISITS:
            said = link.stage.rate.label if link.stage.rate is not None else f"{link.stage.label}への率"
            self.notes.missing(link.rate, Text(said, f"rate to {link.stage.label}"))

    # -- channels --------------------------------------------------------------

    def _channels(self) -> list[Table]:
        split = [link for link in self.placed.links if link.is_split]
        meetings = self.links.get(MEETINGS)
        if LEADS not in self.links:
            self.notes.missing(
                "[[channel]] meeting_rate",
                Text("商談より前の段階(リード数など)とその率", "stage before the meetings, and its rate"),
            )
        parts = self._parts(split, meetings) if self.goal.channels and meetings is not None else None
        if parts is None:
            row: Table = {"name": "All" if self.is_ascii else "全体", "share": "100%"}
            above = self.counts.get(MEETINGS)
            for link in split:
                self._put(row, link, self._rate(link, above, self.counts[link.name], link.stage.rate))
                above = self.counts[link.name]
            return [row]
        rows: list[Table] = []
        for at, name in enumerate(self.goal.channels):
            key, said, above = parts[at]
            row = {"name": name, key: said}
            for link in split:
                figure = link.stage.channel_rates.get(at, link.stage.rate)
                given = link.stage.channels.get(at)
                below = given.value if given is not None else None
                self._put(row, link, self._rate(link, above, below, figure))
                above = below
            rows.append(row)
        return rows

    def _parts(self, split: list[Link], meetings: Link | None) -> list[tuple[str, Any, Fraction | None]] | None:
        """Return each channel's part of the meetings: the key of the plan, what it says, and the count; None if nothing tells."""
        assert meetings is not None
        size = range(len(self.goal.channels))
        shares = (
            [self.goal.shares[at].value or Fraction(0) for at in size] if all(at in self.goal.shares for at in size) else []
        )
        given = (
            [meetings.stage.channels[at].value or Fraction(0) for at in size]
            if all(at in meetings.stage.channels for at in size)
            else []
        )
        total = self.counts.get(MEETINGS)
        if shares and sum(shares) == 1:
            made = _apportioned(total, shares) if total is not None else []
            if not given or made == given:
                counts: list[Fraction | None] = [*made] or [None] * len(shares)
                return [("share", percent(share), each) for share, each in zip(shares, counts, strict=True)]
        if not given:
            given = self._from_below(split, total)
        if not given or any(each.denominator != 1 for each in given):
            return None
        return [("meetings", number(each), each) for each in given]

    def _from_below(self, split: list[Link], total: Fraction | None) -> list[Fraction]:
        """Return the channels' meetings by their leads: as their rates give them, else in proportion to the leads."""
        size = range(len(self.goal.channels))
        first = split[0].stage if split else None
        if first is None or not all(at in first.channels for at in size):
            return []
        leads = [first.channels[at].value or Fraction(0) for at in size]
        rates = [rate_value(figure) if (figure := first.channel_rates.get(at, first.rate)) is not None else None for at in size]
        made = [lead * rate for lead, rate in zip(leads, rates, strict=True) if rate is not None]
        if len(made) == len(leads) and all(each.denominator == 1 for each in made):
            return made
        if total is None or not sum(leads):
            return []
        self.notes.assumed(
            Text(
                "チャネル別の商談数がないため、リード数に比例するとしました",
                "the channels' meetings are not there and are taken in proportion to their leads",
            )
        )
        return _apportioned(total, [each / sum(leads) for each in leads])


def _apportioned(total: Fraction, shares: list[Fraction]) -> list[Fraction]:
    """Return the parts of a count, as the worksheet rounds them: each the difference of two rounded sums."""
    found: list[Fraction] = []
    so_far, given = Fraction(0), Fraction(0)
    for share in shares:
        so_far += share
        upto = half_up(so_far * total)
        found.append(upto - given)
        given = upto
    return found
