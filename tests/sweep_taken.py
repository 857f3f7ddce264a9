"""Right sheets of strangers made into plans by `extract`, and those into workbooks: is every figure there, or said?

    .venv/bin/python tests/sweep_taken.py [FOLDER ...]      what is lost or wrong, and the table

The sheets are the right ones of `tests/strangers/sheets.jsonl`, and those of the folders (../shared/cases/foreign). A plan of
a sheet without money gets a price of 1,000,000, so that `new` can make its workbook; one that lacks a rate is only counted.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import sweep_strangers
from conftest import values

from kgisheet import api
from kgisheet.extract.bylabels.abroad import written_out
from kgisheet.extract.bylabels.fitted import is_as_written, rate_value
from kgisheet.extract.bylabels.fitted import same as alike
from kgisheet.extract.bylabels.goal import goal
from kgisheet.extract.bylabels.pages import pages
from kgisheet.freeform.rules.rounding import spread
from kgisheet.xlsx.read.reader import read

MONEY = "total_revenue, web_revenue"
PRICE = 1_000_000


class Taken(NamedTuple):
    """``lost``: cells whose figure is neither in the workbook, to its digits, nor in a note; ``found``: errors that `check` has of it."""

    extracted: api.Extracted
    gaps: set[str | None]
    figures: int
    same: int
    lost: list[str]
    found: set[str]


def taken(data: bytes) -> Taken:
    extracted = api.extract_by_labels(data, "theirs.xlsx")
    page = pages(read(data, "theirs.xlsx"))[0].page
    written_out(page)
    gaps = {each.key for each in extracted.problems if each.code == "missing"} - {MONEY, "deal_size"}
    if gaps:
        return Taken(extracted, gaps, 0, 0, [], set())
    won = next((each.total() for each in goal(page).stages if each.field == "won_deals"), None) or Fraction(1)
    plan = tomllib.loads(extracted.plan)
    revenue = int(won * plan.get("deal_size", PRICE))
    money = {} if "web_revenue" in plan else {"total_revenue": revenue, "web_revenue": revenue}
    book = made(extracted, money | ({} if "deal_size" in plan else {"deal_size": PRICE}))
    held = {Fraction(str(each)) for each in values(book).values() if isinstance(each, (int, float))}
    said = " ".join(f"{each.what.ja} {each.key}" for each in extracted.problems)
    figures = [each for each in page.figures if each.value is not None]
    counts = {each.value for each in figures if each.kind == "count" and each.value}
    lost, same = [], 0
    for each in figures:
        low, high = spread(each)
        written = rate_value(each) if each.kind == "rate" else None
        near = any(
            low <= one <= high or alike(one, each.value) or (written is not None and is_as_written(one, written))
            for one in held
        )
        follows = written is not None and any(is_as_written(one / other, written) for one in counts for other in counts)
        listed = re.search(rf"(?<![A-Z0-9]){each.cell}(?![0-9])", said) is not None
        same += near
        if not (near or follows or listed):
            lost.append(f"{each.cell} {each.label}")
    report = api.check(book, "made.xlsx")
    return Taken(extracted, gaps, len(figures), same, lost, {each.code for each in report.findings if each.severity == "error"})


def made(extracted: api.Extracted, money: dict[str, int] | None = None) -> bytes:
    """The workbook of `new` from the plan, with money where the sheet had none."""
    own = None if extracted.template is None else api.template_from_toml(extracted.template, "template.toml")
    said = "".join(f"{key} = {value}\n" for key, value in (money or {}).items())
    return api.workbook(api.plan_from_toml(said + extracted.plan, "plan.toml", "ja", template=own), "ja")


def sheets(folders: list[str]) -> Iterator[tuple[str, bytes]]:
    for entry in sweep_strangers.entries():
        if entry["kind"] == sweep_strangers.RIGHT:
            yield entry["name"], sweep_strangers.workbook(entry)
    for folder in folders:
        for path in sorted(Path(folder).glob("*-right.xlsx")):
            yield path.stem, path.read_bytes()


def main() -> int:
    count: Counter[str] = Counter()
    wrong = 0
    for name, data in sheets(sys.argv[1:]):
        count["sheets"] += 1
        try:
            found = taken(data)
        except api.BookError as bad:
            count["no chain of stages was read: refused"] += 1
            print(f"{name}: {bad.problems[0].what.en[:90]}")
            continue
        count["plans"] += 1
        count["plans with a template of their own"] += found.extracted.template is not None
        if found.gaps:
            count["plans that ask for a rate or stage that the sheet lacks"] += 1
            continue
        count["workbooks"] += 1
        count["figures of these"] += found.figures
        count["figures with the same value in the workbook"] += found.same
        if found.lost or found.found:
            wrong += bool(found.lost)
            print(f"{name}: lost {found.lost}, check says {sorted(found.found)}")
    for what, many in count.items():
        print(f"{what:60} {many}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
