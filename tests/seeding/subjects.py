"""The workbooks that are edited: template × plan × language, pairwise rather than all of them.

Twenty stop at the page, to which most edits are made: a sixteenth of the cells, and of the time. Six have all their sheets.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from conftest import PAGE, ROOT

from kgisheet import api

TEMPLATES = Path(__file__).parent / "templates"


Make = Callable[[str], bytes]
"""Makes a workbook of the sheets asked for (as ``--set sheets=`` has them)."""


def _example(template: str, lang: str, **changes: str) -> Make:
    def make(sheets: str) -> bytes:
        own = TEMPLATES / f"{template}.toml"
        declaration = api.template_from_toml(own.read_bytes(), own.name) if own.exists() else api.open_shipped(template)
        settings = [f"{key}={value}" for key, value in {**changes, "sheets": sheets}.items()]
        return api.workbook(api.plan_from_example(lang, settings, declaration), lang)

    return make


def _plan(text: str, lang: str) -> Make:
    return lambda sheets: api.workbook(api.plan_from_toml(text, "plan.toml", lang, [f"sheets={sheets}"]), lang)


def _sample(name: str, lang: str) -> Make:
    return _plan((ROOT / "samples" / f"{name}.toml").read_text(encoding="utf-8"), lang)


def _channels(*rows: str) -> str:
    """``name share meeting_rate cvr``, a row each; a share that is a whole number is typed meetings; ``-`` is left out."""
    text = ""
    for row in rows:
        name, share, rate, cvr = row.split()
        text += f'[[channel]]\nname = "{name}"\nmeeting_rate = "{rate}"\n'
        text += f'share = "{share}"\n' if share.endswith("%") else f"meetings = {share}\n"
        text += "" if cvr == "-" else f'cvr = "{cvr}"\n'
    return text


_EIGHT = """
rounding = "none"
total_revenue = "6億円"
web_revenue = "9,000万円"
deal_size = "75万円"
win_rate = "24%"
opportunity_rate = "41%"
""" + _channels(
    "検索広告 18% 11% 1.2%",
    "SNS広告 7% 6% 0.7%",
    "自然検索 25% 28% 1.4%",
    "メルマガ 10% 21% 2.2%",
    "展示会 15% 13% -",
    "ウェビナー 12% 19% 4.5%",
    "紹介 8% 55% -",
    "パートナー 5% 37% 3.1%",
)
_ONE = """
period = "month"
rounding = "up"
total_revenue = 4000000
web_revenue = 1850000
deal_size = 120000
win_rate = "31%"
opportunity_rate = "52%"
""" + _channels("Website 100% 23% 0.9%")
_TYPED = """
template = "short"
rounding = "up"
total_revenue = "30,000,000"
web_revenue = "9,000,000"
deal_size = "150,000"
win_rate = "18%"
""" + _channels("Ads 130 14% 1.6%", "Search 155 26% 1.1%", "Events 49 9% -")
_SMALL = """
period = "month"
total_revenue = "300万円"
web_revenue = "100万円"
deal_size = "400万円"
win_rate = "50%"
opportunity_rate = "50%"
""" + _channels("広告 50% 20% 1%", "自然検索 50% 25% 1.5%")
_BIG = """
rounding = "down"
unit = "億円"
total_revenue = "3兆円"
web_revenue = "4,800億円"
deal_size = "2億5,000万円"
win_rate = "21%"
opportunity_rate = "34%"
target_accounts = 52000
contacts = 410000
""" + _channels("展示会 30% 17% -", "Web/資料請求 45% 24% 2.7%", "Web/見積依頼 25% 44% 1.9%")
_ZEROS = """
rounding = "nearest"
total_revenue = "9,000万円"
web_revenue = "3,600万円"
deal_size = "60万円"
win_rate = "40%"
opportunity_rate = "50%"
""" + _channels("広告 0% 10% 1%", "電話 40% 30% -", "自然検索 60% 40% 2%", "休止中 0% 15% -")

_MONTHS = """
[months]
weights = [1, 1, 1.5, 1, 1, 0.5, 1, 1, 2, 0, 1, 3]
lead_time = { opportunities = 1, meetings = 2, leads = 3 }
"""

SUBJECTS: dict[str, Make] = {
    "standard-ja": _example("standard", "ja"),
    "standard-en": _example("standard", "en", target_accounts="800"),
    "short-ja": _example("short", "ja"),
    "short-down-en": _example("short", "en", rounding="down"),
    "access-ja": _example("access", "ja"),
    "access-nearest-en": _example("access", "en", rounding="nearest", period="month"),
    "saas-ja": _sample("saas", "ja"),
    "manufacturer-ja": _sample("manufacturer", "ja"),
    "low-price-ja": _sample("low-price", "ja"),
    "saas-en": _plan((ROOT / "samples/saas.toml").read_text(encoding="utf-8") + _MONTHS, "en"),
    "eight-ja": _plan(_EIGHT, "ja"),
    "one-en": _plan(_ONE, "en"),
    "typed-short-en": _plan(_TYPED, "en"),
    "small-month-ja": _plan(_SMALL, "ja"),
    "big-down-ja": _plan(_BIG, "ja"),
    "zeros-nearest-ja": _plan(_ZEROS, "ja"),
    "seminar-ja": _example("seminar", "ja"),
    "seminar-none-en": _example("seminar", "en", rounding="none"),
    "referral-ja": _example("referral", "ja"),
    "referral-down-en": _example("referral", "en", rounding="down", period="month"),
}


_ALL = "all-"
WHOLE = tuple(
    f"{_ALL}{each}" for each in ("standard-ja", "short-down-en", "access-nearest-en", "saas-en", "eight-ja", "zeros-nearest-ja")
)
"""With all their sheets: of each template one at least, of each rounding, of both languages and periods; one with weights and lead times."""

NAMES = (*SUBJECTS, *WHOLE)


@functools.cache
def made(name: str) -> bytes:
    return SUBJECTS[name.removeprefix(_ALL)]("all" if name in WHOLE else PAGE)


def page_of(name: str) -> bytes:
    """The same workbook without its months: the page is the same, cell for cell, and an engine is done with it sooner."""
    return made(name.removeprefix(_ALL))
