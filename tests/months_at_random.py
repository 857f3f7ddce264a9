"""Random plans over twelve months: weights, starts, lead times, rates, in each rounding."""

from __future__ import annotations

import random
import tomllib
from fractions import Fraction
from typing import Any

import months_by_contract as contract
from months_by_contract import Page

ROUNDINGS = {"up": "切り上げ", "down": "切り捨て", "nearest": "四捨五入", "none": "なし"}


AMOUNTS = (1_000, 10_000)


def random_plan(rng: random.Random) -> str:
    """The TOML of a legal plan whose year stays below 10⁸ of anything."""
    while True:
        text = _random_plan(rng)
        plan = tomllib.loads(text)
        page = contract.page(plan)
        times = 12 if plan["period"] == "month" else 1
        if max(value for name, value in page.figures.items() if name != "revenue") * times < 10**7 and fits(plan, page):
            return text


def fits(plan: dict[str, Any], page: Page) -> bool:
    """Typed meetings are taken as they are: they should come to what is needed, or the sheet says so."""
    return "meetings" not in plan["channel"][0] or page.figures["meetings"] > 0


def _random_plan(rng: random.Random) -> str:
    template = rng.choice(("standard", "standard", "short", "access"))
    mode = rng.choice(tuple(ROUNDINGS))
    deal_size = rng.randint(1, 3_000) * rng.choice(AMOUNTS)
    deals = rng.choice((Fraction(rng.randint(1, 99), 100), Fraction(rng.randint(1, 400), 100), Fraction(rng.randint(1, 3_000))))
    lines = [
        f'template = "{template}"',
        'total_revenue = "1兆円"',
        f"web_revenue = {max(1, int(deals * deal_size))}",
        f"deal_size = {deal_size}",
        f'win_rate = "{rng.randint(100, 1000) / 10:g}%"',
        f'rounding = "{mode}"',
        f'period = "{rng.choice(("year", "year", "month"))}"',
        f'start = "{rng.randint(2020, 2030)}-{rng.randint(1, 12):02d}"',
    ]
    if template == "standard":
        lines.append(f'opportunity_rate = "{rng.randint(100, 1000) / 10:g}%"')
    channels = rng.randint(1, 8)
    typed = rng.random() < 0.25
    cuts = sorted(rng.randint(0, 100) for _ in range(channels - 1))
    shares = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    offline = rng.choice((0.0, 0.3, 0.3, 1.0))
    table = months_of(rng, template)
    for number, share in enumerate(shares):
        lines += ["[[channel]]", f'name = "チャネル{number}"']
        lines.append(
            f"meetings = {rng.choice((0, rng.randint(1, 9), rng.randint(1, 400)))}" if typed else f'share = "{share}%"'
        )
        lines.append(f'meeting_rate = "{rng.randint(30, 1000) / 10:g}%"')
        if rng.random() >= offline:
            lines.append(f'cvr = "{rng.randint(5, 1000) / 10:g}%"')
    return "\n".join([*lines, *table]) + "\n"


def months_of(rng: random.Random, template: str) -> list[str]:
    lines = ["[months]"]
    kind = rng.choice(("none", "even", "ramp", "whole", "zeros", "decimals"))
    if kind in ("even", "ramp"):
        lines.append(f'weights = "{kind}"')
    elif kind != "none":
        weights = [_weight(rng, kind) for _ in range(12)]
        if not any(weights):
            weights[rng.randrange(12)] = 1
        lines.append(f"weights = [{', '.join(f'{each:g}' for each in weights)}]")
    times = _lead(rng)
    if times:
        names = ("opportunities", "meetings", "leads")
        chosen = [
            f"{name} = {time}" for name, time in zip(names, times, strict=True) if template == "standard" or name != names[0]
        ]
        lines.append(f"lead_time = {{ {', '.join(chosen)} }}")
    following = rng.choice((None, "same", "none", "figure"))
    if following:
        figure = rng.randint(1, 5_000) * 100_003
        lines.append(f"next_year = {figure}" if following == "figure" else f'next_year = "{following}"')
    return lines


def _weight(rng: random.Random, kind: str) -> float:
    if kind == "whole":
        return rng.randint(1, 30)
    if kind == "zeros":
        return rng.choice((0, 0, 0, rng.randint(1, 5)))
    return rng.choice((0, rng.randint(1, 999) / 100, rng.randint(1, 99) / 10))


def _lead(rng: random.Random) -> tuple[int, ...]:
    return rng.choice((
        (), (), (1, 2, 3), (rng.randint(1, 6),) * 3, tuple(sorted(rng.randint(0, 15) for _ in range(3))),
        tuple(sorted(rng.randint(10, 15) for _ in range(3))),
    ))  # fmt: skip
