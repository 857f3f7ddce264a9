"""The few inputs that a goal needs, in the worksheet's order: their cells, and how they are explained to someone new to it.

Labels, units and usual ranges are those of the template; the worked example is the template's own.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..language.text import Text
from ..plan import reading
from ..template.declaration import example, open_shipped
from ..template.model import Cell, Template
from ..template.roles import SHIPPED
from ..template.settle import settle
from ..values import amounts
from ..values.rounding import grouped
from ..values.units import CURRENCY, DATE, MONTH, RATE

STANDARD, SHORT = "standard", "short"
"""The templates with the opportunity stage (③) and without it."""

STAGE = "opportunity_rate"
"""The key that a plan without ③ leaves out."""

MAX_ROWS = 8
"""The channels of a form, as many as the worksheet has places."""


class Field(NamedTuple):
    """One input: its key in the plan, its cell in the template, how it is explained; ``may_be_blank`` as in a plan."""

    key: str
    cell: str
    hint: Text
    may_be_blank: bool = False


PERIOD = Field(
    "period", "period", Text("金額と件数は、1年間のものか、1か月のものか", "are the figures for a year or for a month?")
)

TOTAL = Field(
    "total_revenue", "total_revenue", Text("Webとそれ以外を合わせた受注金額", "all orders, from the web and elsewhere")
)
WEB = Field(
    "web_revenue",
    "web_revenue",
    Text("そのうちWeb経由で受注したい金額", "the part to be won through the web"),
)
DEAL_SIZE = Field("deal_size", "deal_size", Text("受注1件あたりの平均金額", "the average value of one deal"))
WIN_RATE = Field("win_rate", "win_rate", Text("案件のうち受注になる割合", "the share of opportunities that are won"))
OPPORTUNITY_RATE = Field(STAGE, STAGE, Text("商談のうち案件になる割合", "the share of meetings that become opportunities"))
WIN_RATE_SHORT = WIN_RATE._replace(hint=Text("商談のうち受注になる割合", "the share of meetings that are won"))

START = Field("start", "start_month", Text("年度の最初の月", "the first month of the fiscal year"))
TITLE = Field("title", "title", Text("何の目標か", "what the goal is for"), True)
OWNER = Field("owner", "owner", Text("責任を持つ部署・担当者", "the team or person responsible"), True)
ENTERED = Field("date", "entry_date", Text("目標を記入した日", "the day the goal was set"), True)

NAME = Field("name", "channel_name", Text("広告、展示会など", "advertising, exhibitions, …"))
SHARE = Field("share", "channel_share", Text("商談のうち、このチャネルで獲得する割合", "this channel's share of the meetings"))
MEETING_RATE = Field(
    "meeting_rate", "channel_meeting_rate", Text("リードのうち商談になる割合", "the share of leads that become meetings")
)
CVR = Field(
    "cvr",
    "channel_cvr",
    Text(
        "訪問のうちリードになる割合。訪問のないチャネル(展示会など)は空欄",
        "the share of visits that become leads; blank for a channel without visits, such as an exhibition",
    ),
    True,
)

USES_STAGE = Text("③ 案件化の段階", "③ Opportunity stage")
STAGE_HINT = Text(
    "低単価の商材や、問い合わせがすぐ案件になる商材では省く",
    "skipped for low-priced products, or where enquiries turn into deals quickly",
)

SINGLE = (TITLE, OWNER, ENTERED, PERIOD, START, TOTAL, WEB, DEAL_SIZE, WIN_RATE, OPPORTUNITY_RATE)
CHANNEL = (NAME, SHARE, MEETING_RATE, CVR)


@functools.cache
def template(name: str) -> Template:
    """Return a shipped template, ready to read figures by."""
    return settle(open_shipped(name))


def cell(field: Field, of: str = STANDARD) -> Cell:
    return template(of).cells[field.cell]


def label(field: Field, of: str = STANDARD) -> Text:
    """Return the label of a field with its step and arrow: ① Web売上, 受注率(案件→受注)."""
    found = cell(field, of)
    step = f"{found.step} " if found.step else ""
    return Text(step + found.full_label.ja, step + found.full_label.en)


def worked(lang: str, of: str = STANDARD) -> dict[str, Any]:
    """Return the worked example of a template, as its plan."""
    return example(open_shipped(of), lang)


def typed(of: str, lang: str) -> dict[str, Any]:
    """Return the worked example as it would be typed into a form: texts by the plan's keys, ``channel`` a list of rows."""
    whole = worked(lang, of)
    keys = [each.key for each in CHANNEL]
    single = {each.key: str(whole[each.key]) for each in SINGLE if each.key in whole and (of == STANDARD or each.key != STAGE)}
    if lang == "en":
        for each in SINGLE:
            if each.key in single and cell(each).unit == CURRENCY:
                single[each.key] = grouped(amounts.money(single[each.key]), 0)  # 12,000,000: 1,200万円 is Japanese
    return {**single, "channel": [{key: str(row[key]) for key in keys if key in row} for row in whole["channel"]]}


def read(field: Field, value: Any, of: str = STANDARD) -> Any:
    """Return a value as the plan would read it; raise FigureError."""
    found = cell(field, of)
    if found.unit == RATE and amounts.counted(value) is not None:
        return None  # "9 of 30": a rate, and its evidence
    if field is WEB and isinstance(value, str) and amounts.plain(value).endswith("%"):
        return amounts.rate(value, zero=True)
    return reading.read(found, value, found.name == SHIPPED.channel_share, is_whole=True, lines=False)


def sample(field: Field) -> Text:
    """Return how a field's value is written."""
    if field is DEAL_SIZE:
        return Text("「400万円」", "4,000,000")
    return _SAMPLES.get(cell(field).unit, Text("「広告」", "Advertising"))


_SAMPLES: Mapping[str, Text] = {
    CURRENCY: Text("「1,200万円」", "12,000,000"),
    RATE: Text("「30%」", "30%"),
    MONTH: Text("「2026-04」", "2026-04"),
    DATE: Text("「2026-04-01」", "2026-04-01"),
}
"""How a value of a unit is written."""
