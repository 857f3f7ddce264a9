"""Random plans: the figures of a worksheet, and another year's or another meeting's figures for the same workbook."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

Plan = dict[str, Any]

_CHANNELS = ["広告", "オーガニック", "メルマガ", "展示会", "ウェビナー", "紹介"]
_CHANNELS_EN = ["Ads", "Organic", "Newsletter", "Events", "Webinars", "Referral"]
_OFFLINE = {"展示会", "紹介", "Events", "Referral"}


def plan(random: Random, lang: str) -> Plan:
    template = random.choice(["standard"] * 5 + ["short", "access"])
    made: Plan = {
        "template": template,
        "title": "2026年度 目標" if lang == "ja" else "Goals 2026",
        "owner": random.choice(["営業企画", "佐藤", ""]),
        "period": random.choice(["year"] * 4 + ["month"]),
        "start": random.choice(["2026-04"] * 3 + ["2026-01", "2026-10"]),
        "unit": random.choice(["万円", "円", "千円", "百万円"]),
        "rounding": random.choice(["up", "up", "down", "nearest", "none"]),
        "total_revenue": 50_000_000 * random.randint(2, 9),
        "win_rate": f"{random.randint(15, 60)}%",
    }
    made["web_revenue"] = made["total_revenue"] * random.randint(1, 9) // 10
    made["deal_size"] = random.choice([150_000, 400_000, 1_250_000, 4_000_000])
    if template == "standard":
        made["opportunity_rate"] = f"{random.randint(20, 70)}%"
    names = random.sample(_CHANNELS if lang == "ja" else _CHANNELS_EN, 1 if template == "access" else random.randint(1, 5))
    made["channel"] = _channels(random, names)
    made["months"] = _months(random, template)
    return made


def another(random: Random, old: Plan, closed: bool = False) -> Plan:
    """Other figures on the same worksheet; ``closed``, half a year has been reported by now."""
    made = copy.deepcopy(old)
    if random.random() < 0.8:
        made["web_revenue"] = made["total_revenue"] * random.randint(1, 9) // 10
    if random.random() < 0.5:
        made["win_rate"] = f"{random.randint(15, 60)}%"
    if random.random() < 0.3:
        made["deal_size"] = random.choice([150_000, 400_000, 1_250_000, 4_000_000])
    if random.random() < 0.2:
        made["rounding"] = random.choice(["up", "down", "nearest", "none"])
    if random.random() < 0.2:
        made["title"] = f"{made['title']} (rev. 2)"
    if random.random() < 0.4:
        made["channel"] = _channels(random, [each["name"] for each in made["channel"]])
    if made["template"] != "access" and random.random() < 0.15 and len(made["channel"]) < 6:
        made["channel"] = _channels(random, [*(each["name"] for each in made["channel"]), "電話"])
    if random.random() < 0.3:
        made["months"] = _months(random, made["template"])
    if closed:
        first = int(made["start"][5:])
        year, month = divmod(int(made["start"][:4]) * 12 + first - 1 + random.randint(0, 10), 12)
        made["months"] = {**made["months"], "closed_through": f"{year}-{month + 1:02}"}
    return made


def next_start(plan: Plan, years: int = 1) -> str:
    return f"{int(plan['start'][:4]) + years}{plan['start'][4:]}"


def toml(plan: Plan) -> str:
    """The plan as a file."""
    lines = [f"{key} = {_value(value)}" for key, value in plan.items() if key not in ("channel", "months") and value != ""]
    for channel in plan.get("channel", ()):
        lines += ["[[channel]]", *(f"{key} = {_value(value)}" for key, value in channel.items())]
    lines += ["[months]", *(f"{key} = {_value(value)}" for key, value in plan["months"].items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _channels(random: Random, names: list[str]) -> list[dict[str, Any]]:
    cuts = sorted(random.sample(range(5, 100, 5), len(names) - 1))
    shares = [last - first for first, last in zip([0, *cuts], [*cuts, 100], strict=True)]
    made = []
    for name, share in zip(names, shares, strict=True):
        channel = {"name": name, "share": f"{share}%", "meeting_rate": f"{random.randint(5, 50)}%"}
        if name not in _OFFLINE:
            channel["cvr"] = random.choice(["1%", "1.5%", "0.8%", "3%"])
        made.append(channel)
    return made


def _months(random: Random, template: str) -> Plan:
    made: Plan = {"weights": random.choice(["even", "ramp", [random.randint(0, 4) + (month == 0) for month in range(12)]])}
    if random.random() < 0.5:
        lead_time = {"meetings": 1, "leads": random.randint(1, 4)}
        made["lead_time"] = {"opportunities": 1, **lead_time} if template == "standard" else lead_time
        made["next_year"] = random.choice(["same", "none", 20_000_000])
    return made
