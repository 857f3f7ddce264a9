"""A year's workbook with typed cells changed in memory: what the rules of inputs say of it, without saving it each time.

`python tests/typing_in.py` walks every input of the template with wrong values and lists which are silent;
`--money` types every amount in 千円, 万円, 百万円, 億円 and with as many noughts too many.
"""

from __future__ import annotations

import argparse
import datetime
import functools
from collections.abc import Iterator, Mapping
from typing import Any

from conftest import ROOT, more

from kgisheet import api
from kgisheet.check.finding import NOTE, Finding
from kgisheet.check.rulebook import RULES, Course
from kgisheet.check.run import settled
from kgisheet.check.subject import Subject
from kgisheet.filled.workbook import FilledBook
from kgisheet.formula.grid import Where
from kgisheet.template.model import Cell
from kgisheet.values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from kgisheet.xlsx.read.reader import Read, read
from kgisheet.xlsx.read.sheetpart import Filled

INPUTS = ("I", *(f"X0{number}" for number in range(1, 9)), "S05", "S09", "S10", "F02")
"""How the rules begin that look at what was typed; others look at formulas, and take long, or say what the sheet itself says (X09)."""

OF_FORMATS = [rule for rule in RULES if rule.codes in ("S05", "S05 S06 S07 S08")]
"""What hides a figure, merges, lost validations and formats: typing leaves all of them as they are."""

SHEETS = "all" if more([1]) else "目標設定,月次予実,月別,予実サマリー,現状とのギャップ,コンテンツ,稟議"
"""Where it is typed: the sweeps type into all sheets."""

# Six months of a SaaS company (samples/saas.toml: 80 deals at 1,200,000 yen a year, about 7 a month).
DEALS = (6, 8, 5, 7, 6, 9)
REVENUE = (7_400_000, 9_900_000, 5_700_000, 8_600_000, 7_100_000, 11_200_000)


class Year:
    """A workbook of a sample, its typed cells by name and row (``actual_leads[3]`` is the third month's)."""

    def __init__(self, sample: str, **changes: str) -> None:
        text = (ROOT / "samples" / f"{sample}.toml").read_text(encoding="utf-8")
        settings = [f"{name}={value}" for name, value in {"sheets": SHEETS, **changes}.items()]
        self.data = api.workbook(api.plan_from_toml(text, f"{sample}.toml", "ja", settings), "ja")
        found = read(self.data, "year.xlsx")
        # Without results: what is said is of the inputs, not that nothing was recalculated.
        self.read = found._replace(
            cells={where: each._replace(value=None) if each.formula else each for where, each in found.cells.items()}
        )
        self.subject = Subject(FilledBook(self.read, "year.xlsx"))
        self.inputs: dict[str, tuple[Cell, Where]] = {}
        for cell, row, where in self.subject.inputs():
            self.inputs[cell.name if row is None else f"{cell.name}[{row + 1}]"] = cell, where

    def with_(self, values: Mapping[str, Any]) -> Read:
        cells = dict(self.read.cells)
        for name, value in values.items():
            _, where = self.inputs[name]
            is_formula = isinstance(value, str) and value.startswith("=")
            was = cells.get(where, Filled(None, None))
            # As a program saves it: what only it can work out has a value, here the one that was there.
            held = (100 if was.value is None else was.value) if is_formula else value
            cells[where] = was._replace(formula=value if is_formula else None, value=held)
        return self.read._replace(cells=cells)

    def findings(self, values: Mapping[str, Any] = {}, formats: Mapping[str, str] = {}) -> list[Finding]:
        """What the rules of inputs say, notes too."""
        content = self.with_(values)
        for name, code in formats.items():
            _, where = self.inputs[name]
            content.cells[where] = content.cells[where]._replace(format=code)
        course = Course(Subject(FilledBook(content, "year.xlsx")), self.data, None)
        rules = [rule for rule in RULES if rule.codes.startswith(INPUTS) and (formats or rule not in OF_FORMATS)]
        found = [each for rule in rules for each in rule.look(course)]
        return settled(found)

    def said(self, values: Mapping[str, Any] = {}, formats: Mapping[str, str] = {}) -> list[tuple[str, str, str | None]]:
        """Code, severity and name of what is more than a note."""
        return [(each.code, each.severity, each.name) for each in self.findings(values, formats) if each.severity != NOTE]


def months(name: str, values: tuple[float | None, ...]) -> dict[str, Any]:
    """A column from its first month on."""
    return {f"{name}[{row}]": value for row, value in enumerate(values, 1)}


ACTUALS: dict[str, Any] = {
    **months("actual_won_deals", DEALS),
    **months("actual_revenue", REVENUE),
    **months("actual_opportunities", (24, 26, 19, 25, 22, 30)),
    **months("actual_meetings", (51, 58, 44, 55, 50, 63)),
    **months("actual_leads", (240, 262, 228, 251, 247, 270)),
    **months("actual_visits", (16_800, 18_100, 16_200, 17_500, 17_000, 18_900)),
}


class HalfAYear(Year):
    """The same, half a year on."""

    def __init__(self, sample: str = "saas", **changes: str) -> None:
        super().__init__(sample, **changes)
        self.read = self.with_(ACTUALS)
        self.subject = Subject(FilledBook(self.read, "year.xlsx"))


@functools.cache
def year(sample: str = "saas", **changes: str) -> Year:
    return Year(sample, **changes)


@functools.cache
def half_a_year() -> Year:
    return HalfAYear()


# -- the sweeps ---------------------------------------------------------------


UNITS = (10**3, 10**4, 10**6, 10**8)


def amounts(year: Year) -> Iterator[tuple[str, float]]:
    """Every amount that may be typed, with one that is usual there."""
    web = float(year.subject.book.value("web_revenue", None))  # type: ignore[arg-type]
    for name, (cell, _) in year.inputs.items():
        if cell.unit != CURRENCY:
            continue
        stem, _, row = name.partition("[")
        value = year.subject.book.value(stem, int(row[:-1]) - 1 if row else None)
        if value in (None, ""):
            usual = web / 12 if row else web * 1.1
            if stem.startswith("actual") or stem == "channel_cost_per_lead":
                continue  # a month to come; a channel that isn't there
            value = usual
        yield name, float(value)  # type: ignore[arg-type]


def misread(value: float) -> Iterator[float]:
    """An amount in another unit, and with as many noughts too many; beyond 10¹⁵ yen it is another fault."""
    for unit in UNITS:
        yield value / unit
        if value * unit <= 10**15:
            yield value * unit


def wrong(cell: Cell, value: Any) -> dict[str, Any]:
    """What may go wrong in an input: blank, nought, digits, text, another kind of value."""
    if cell.unit in (CURRENCY, COUNT, RATE):
        now = float(value) if value not in (None, "") else {CURRENCY: 1e6, COUNT: 20.0, RATE: 0.2}[cell.unit]
        kinds = {"blank": None, "zero": 0, "negative": -now, "×10": now * 10, "×100": now * 100, "÷100": now / 100,
                 "text": "未定", "with a counter": f"{now:g}件", "date": datetime.datetime(2026, 1, 2), "TRUE": True,
                 "infinite": float("inf")}  # fmt: skip
        return {**kinds, "percent": now * 100} if cell.unit == RATE else {**kinds, "half": now + 0.5, "huge": 9e7}
    if cell.unit in (DATE, MONTH):
        return {"blank": None, "text": "4月ごろ", "number": 202604, "old": datetime.datetime(1926, 4, 1), "TRUE": True}
    return {"blank": None, "number": 12, "TRUE": True, "long": "長" * 300}


def main() -> None:
    global SHEETS  # noqa: PLW0603  # a sweep types into all of them
    SHEETS = "all"
    options = argparse.ArgumentParser(description="Which wrong values of which inputs is nothing said of?")
    options.add_argument("--money", action="store_true", help="amounts in other units")
    options.add_argument("names", nargs="*", help="these inputs only")
    given = options.parse_args()
    filled = half_a_year()
    clean = filled.said()
    seen = set()
    for name, (cell, _) in filled.inputs.items():
        stem, _, row = name.partition("[")
        if given.money or cell.recorded or stem in seen or (given.names and stem not in given.names):
            continue
        seen.add(stem)
        value = filled.subject.book.value(stem, int(row[:-1]) - 1 if row else None)
        silent = [kind for kind, typed in wrong(cell, value).items() if filled.said({name: typed}) == clean]
        print(f"{stem}: silent on {', '.join(silent) or 'nothing'}", flush=True)
    if given.money:
        tried, missed = 0, 0
        for name, value in amounts(filled):
            for typed in misread(value):
                tried += 1
                if not any(code in ("I05", "X07") for code, _, _ in filled.said({name: typed})):
                    missed += 1
                    print(f"missed: {name} = {typed:g}", flush=True)
        print(f"{tried} amounts in another unit, {missed} missed")


if __name__ == "__main__":
    main()
