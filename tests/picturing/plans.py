"""The workbooks that are looked at, each in both languages: what stretches a sheet is in one of them."""

from __future__ import annotations

import functools

import hands

from kgisheet import api
from kgisheet.values.toml import write

LANGUAGES = ("ja", "en")


def _two(lang: str, ja: str, en: str) -> str:
    return ja if lang == "ja" else en


def _example(lang: str) -> str:
    del lang
    return ""


def eight(lang: str) -> str:
    """Eight channels with long names, and nothing that is optional."""
    name = _two(lang, "オーガニック検索/資料請求", "Organic search, brochure request ")
    channels = "\n".join(
        f'[[channel]]\nname = "{name}{n}"\nshare = "12.5%"\nmeeting_rate = "{5 + 10 * n}%"\ncvr = "0.8%"' for n in range(1, 9)
    )
    return f"""
title = "{_two(lang, "2026年度 全社Webマーケティング目標(改訂版)", "Company-wide web marketing goal, fiscal 2026 (revised)")}"
owner = "{_two(lang, "マーケティング本部 デジタル推進課", "Marketing, digital promotion section")}"
date = 2026-04-01
total_revenue = "{_two(lang, "3億円", "300 million")}"
web_revenue = "{_two(lang, "9,000万円", "90 million")}"
deal_size = "{_two(lang, "450万円", "4.5 million")}"
win_rate = "30%"
opportunity_rate = "45%"
{channels}
"""


def large(lang: str) -> str:
    """20億円, with every optional figure and a lead time: the longest numbers."""
    one, two, three = _two(lang, "広告,展示会・セミナー,既存顧客からの紹介", "Advertising,Trade fairs,Referrals").split(",")
    return f"""
title = "{_two(lang, "2026年度 Web売上目標", "Web revenue goal, fiscal 2026")}"
owner = "{_two(lang, "営業企画部", "Sales planning")}"
date = 2026-04-01
unit = "億円"
total_revenue = "{_two(lang, "100億円", "10 billion")}"
web_revenue = "{_two(lang, "20億円", "2 billion")}"
deal_size = "{_two(lang, "850万円", "8.5 million")}"
win_rate = "27.5%"
opportunity_rate = "45%"
[months]
weights = "year_end"
lead_time = {{ opportunities = 1, meetings = 2, leads = 3 }}
[months.opening]
leads = 1200
meetings = 300
opportunities = 120
[[channel]]
name = "{one}"
share = "60%"
meeting_rate = "8.5%"
cvr = "0.65%"
current_visits = 1250000
cost_per_lead = 28000
[[channel]]
name = "{two}"
share = "25%"
meeting_rate = "35%"
current_leads = 800
cost_per_lead = 65000
[[channel]]
name = "{three}"
share = "15%"
meeting_rate = "60%"
current_leads = 120
cost_per_lead = 5000
[feasibility]
sales_reps = 45
meetings_per_rep = 12
budget = "{_two(lang, "9億円", "900 million")}"
gross_margin = "55%"
[[field]]
owner = "{_two(lang, "東日本", "East")}"
deals = 120
[[field]]
owner = "{_two(lang, "西日本", "West")}"
deals = 95
[[abm_moves]]
rank = "A"
from = "{_two(lang, "準顕在", "Aware")}"
to = "{_two(lang, "アポ獲得", "Meeting set")}"
count = 120
"""


_HALF = (
    (31, 9, 2, 1, 2800, "4,000,000", "展示会の分を含む", "Includes the trade fair"),
    (14, 5, 1, 0, 1650, "0", "", ""),
    (22, 6, 2, 1, 1920, "3,900,000", "検索の順位が下がった。記事を3本書き直し、6月後半に戻った。広告は予算の8割で止めた。次の月は資料請求のフォームを短くする。",
     "Rankings fell. Three articles were rewritten and came back late in June; ads stopped at 80% of the budget. Next month: a shorter form."),
    (12, 2, 0, 0, 1500, "0", "夏休み前で商談が少ない", "Few meetings before the summer holidays"),
    (19, 4, 1, 0, 1810, "0", "", ""),
    (25, 5, 1, 1, 2100, "4,100,000", "ウェビナー2回", "Two webinars"),
)  # fmt: skip


def _half(lang: str) -> str:
    """Half a year of actuals with remarks, one channel's too, and one month that is not complete."""
    at = 6 if lang == "ja" else 7
    months = []
    for n, row in enumerate(_HALF):
        leads, meetings, opportunities, won, visits, revenue = row[:6]
        months.append(
            f'[[actual]]\nmonth = "2026-{4 + n:02}"\nleads = {leads}\nmeetings = {meetings}\nopportunities = {opportunities}\n'
            f'won_deals = {won}\nvisits = {visits}\nrevenue = "{revenue}{_two(lang, "円", "")}"\n'
            + (f'remarks = "{row[at]}"\n' if row[at] else "")
        )
    ads = _two(lang, "広告", "Advertising")
    months.append(f'[[actual]]\nmonth = "2026-04"\nchannel = "{ads}"\nleads = 12\nvisits = 1100\n')
    months.append('[[actual]]\nmonth = "2026-10"\nleads = 9\n')
    return "\n".join(months)


def _low(lang: str) -> str:
    """¥3,000 a deal and many of them, by the month and without opportunities."""
    one, two, three = _two(lang, "リスティング広告,自然検索,メールマガジン", "Search ads,Organic search,Newsletter").split(",")
    return f"""
template = "short"
title = "{_two(lang, "消耗品EC 月間目標", "Supplies shop, monthly goal")}"
owner = "{_two(lang, "EC推進課", "E-commerce")}"
date = 2026-10-05
period = "month"
start = "2026-10"
unit = "千円"
total_revenue = "{_two(lang, "4,800万円", "48 million")}"
web_revenue = "{_two(lang, "3,210万円", "32.1 million")}"
deal_size = "{_two(lang, "3,000円", "3000")}"
win_rate = "62%"
[[channel]]
name = "{one}"
share = "50%"
meeting_rate = "42%"
cvr = "2.1%"
current_visits = 1100000
cost_per_lead = 420
[[channel]]
name = "{two}"
share = "30%"
meeting_rate = "54%"
cvr = "1.4%"
current_visits = 620000
cost_per_lead = 90
article_share = "70%"
[[channel]]
name = "{three}"
share = "20%"
meeting_rate = "35%"
cvr = "3.5%"
current_visits = 260000
cost_per_lead = 30
[feasibility]
sales_reps = 30
meetings_per_rep = 600
budget = "{_two(lang, "900万円", "9 million")}"
gross_margin = "35%"
"""


_TEXTS = {"example": _example, "eight": eight, "large": large, "half": _half, "low": _low}
KINDS = tuple(_TEXTS)
NAMES = tuple(f"{kind}.{lang}" for kind in KINDS for lang in LANGUAGES)


def plan(name: str) -> api.Plan:
    kind, lang = name.split(".")
    text = _TEXTS[kind](lang)
    if kind in ("example", "half"):
        worked = api.plan_from_example(lang, ["sheets=all"])
        if not text:
            return worked
        text = f"{write(worked.table)}\n{text}"
    else:
        text = f'sheets = ["all"]\n{text}'
    return api.plan_from_toml(text, f"{name}.toml", lang)


@functools.cache
def workbook(name: str) -> bytes:
    """All sheets of one of ``NAMES``, or an input form as somebody has begun to fill it in."""
    return _form() if name == FORM else api.workbook(plan(name), name.split(".")[1])


FORM = "form.ja"


def _form() -> bytes:
    typed = {
        "form_title": "2026年度 Web売上目標", "form_owner": "マーケティング部", "form_start": "2026-04", "form_total_revenue": 50_000_000,
        "form_web_revenue": "1200万円", "form_deal_size": "400万円", "form_win_rate": 0.3, "form_opportunity_rate": "25%",
    }  # fmt: skip
    rows = (("広告", 0.25, 0.1, 0.01), ("オーガニック", 0.5, "30%", "1%"), ("メルマガ", 0.15, 0.2, 0.01))
    keys = ("name", "share", "meeting_rate", "cvr")
    typed |= {
        f"form_channel_{key}[{at}]": value for at, row in enumerate(rows, 1) for key, value in zip(keys, row, strict=True)
    }
    return hands.typed(api.input_form("ja"), **typed)
