"""Years as companies have them, drawn at random, typed in as actuals: nothing may be said of them.

    .venv/bin/python tests/sweep_years.py [N]

Of three samples N years each: seasons, months without a deal, campaigns that bring leads and visits, growth, a year half gone.
"""

from __future__ import annotations

import math
import random
import sys
from typing import Any

from typing_in import Year, year

from kgisheet.check.finding import NOTE, Finding
from kgisheet.check.rules import actuals, amounts, proportions
from kgisheet.check.subject import Subject
from kgisheet.filled.workbook import FilledBook

SAMPLES = ("saas", "manufacturer", "low-price")


def drawn(book: Year, seed: int) -> dict[str, Any]:
    """Some months of actuals around the goals: counts vary as counts do, a deal is worth half to twice the price."""
    chance, subject = random.Random(seed), book.subject  # noqa: S311
    cells = subject.template.cells
    price = float(subject.book.value("deal_size"))  # type: ignore[arg-type]
    through, level = chance.choice([1, 2, 3, 4, 6, 8, 11, 12]), chance.choice([0.3, 0.6, 1, 1, 1.3])
    growth, season = chance.choice([1, 1, 1.1, 1.25]), [math.exp(chance.gauss(0, 0.3)) for _ in range(12)]
    values: dict[str, Any] = {}
    for flow in subject.template.flows:
        if not flow.on_tabs or flow.name == "revenue":
            continue
        goals = [float(subject.expected(cells[flow.due], month) or 0) for month in range(12)]  # type: ignore[arg-type]
        for month in range(through):
            usual = (goals[month] + sum(goals) / 12) / 2
            mean = level * season[month] * growth**month * usual * math.exp(chance.gauss(0, 0.2))
            values[f"actual_{flow.name}[{month + 1}]"] = _count(chance, mean)
    for month in range(1, through + 1):
        deals = values[f"actual_won_deals[{month}]"]
        values[f"actual_revenue[{month}]"] = sum(round(price * math.exp(chance.gauss(0, 0.6))) for _ in range(deals))
    if through > 3 and chance.random() < 0.3:  # a trade fair, a page that is linked to
        month, times = chance.randint(1, through), chance.choice([2, 3, 4])
        values |= {
            name: values[name] * times for name in (f"actual_leads[{month}]", f"actual_visits[{month}]") if name in values
        }
    return values


def _count(chance: random.Random, mean: float) -> int:
    """How many come where so many are usual (Poisson; near the normal for many)."""
    if mean > 50:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    count, left = 0, chance.random()
    while left > math.exp(-mean):
        count, left = count + 1, left * chance.random()
    return count


def said(book: Year, values: dict[str, Any]) -> list[Finding]:
    """What the rules about actuals say, that is more than a note."""
    subject = Subject(FilledBook(book.with_(values), "year.xlsx"))
    found = [*actuals.actuals(subject, set()), *proportions.proportions(subject, set()), *amounts.amounts(subject, set())]
    return [each for each in found if each.severity != NOTE]


def main() -> None:
    count, alarms = int(sys.argv[1]) if len(sys.argv) > 1 else 25, 0
    for sample in SAMPLES:
        for seed in range(count):
            for each in said(year(sample, sheets="all"), drawn(year(sample, sheets="all"), seed)):
                alarms += 1
                print(f"{sample}, year {seed}: {each.code} {each.name} {each.message.en}", flush=True)
    print(f"{count * len(SAMPLES)} years, {alarms} alarms")


if __name__ == "__main__":
    main()
