"""Every figure of right sheets of every kind made wrong, one at a time: found there, at what is tied to it, elsewhere, or not?

    .venv/bin/python tests/sweep_foreign.py --every-cell [SHEETS OF EACH KIND [FIRST [KIND ...]]] [--all]

Each figure is taken 10 % larger, with two digits swapped, and tenfold. `at` counts those that are found at the cell, `tied` those
found at a cell of one equation with it (which of the two is wrong can't always be told), `elsewhere` any other error or warning;
`incomplete` those that are silent where the summary says that not all was compared, `silent` those that pass as ok. `free` are
figures in no equation: nothing determines them. Changes that the equations bear, to the digits that are shown, don't count.
The share is `at` and `tied` of all that something determines. `--all` prints the sheets of what isn't found.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from foreign.kinds import KINDS, drawn
from foreign.page import PRODUCT, SUM, At, Page, Tie
from foreign.sheets import grave, saved
from openpyxl.utils import get_column_letter

from kgisheet.verdict import check_or_say

AT, TIED, ELSEWHERE, INCOMPLETE, SILENT, FREE = "at", "tied", "elsewhere", "incomplete", "silent", "free"


class Outcome(NamedTuple):
    """What was said of one changed cell; ``how`` it was changed, ``said`` the cells of errors and warnings."""

    kind: str
    seed: int
    at: At
    how: str
    new: Any
    verdict: str
    said: list[str]
    reason: str


def changed(value: Any) -> Iterator[tuple[str, Any]]:
    """A cell's value as it may be mistyped; of a text, the number in it."""
    if isinstance(value, str):
        number = re.search(r"[\d０-９][\d０-９,，.．]*", value)
        if number is None:
            return
        plain = (
            number[0].translate({0xFF0C: "", 0xFF0E: "."} | {0xFF10 + each: str(each) for each in range(10)}).replace(",", "")
        )
        for how, new in changed(float(plain) if "." in plain else int(plain)):
            yield how, value[: number.start()] + (f"{new:,}" if isinstance(new, int) else f"{new:g}") + value[number.end() :]
        return
    more = value + max(1, round(value / 10)) if isinstance(value, int) else round(value * 1.1, 6)
    yield "more", more
    digits = str(value)
    for at in range(len(digits) - 1):
        if digits[at : at + 2].isdigit() and digits[at] != digits[at + 1] and digits[at + 1] != "0":
            swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            yield "swapped", (float if "." in digits else int)(swapped)
            break
    yield "tenfold", round(value * 10, 6)


def holds(tie: Tie, of: dict[At, Fraction]) -> bool:
    """Whether an equation bears its figures: counts to one, rates to half of their last digit (a tenth of a percent)."""
    result, values = of[tie.result], [of[each] for each in tie.of]
    if tie.how == SUM:
        return result == sum(values, Fraction(0)) - sum((of[each] for each in tie.less), Fraction(0))
    if tie.how == PRODUCT:
        if len(values) == 1:
            return False  # by what is said in a label
        return result == values[0] * values[1]
    source, rate = values
    if rate <= 0:
        return False
    fine = Fraction(1, 2000) if rate < 1 else Fraction(0)
    return abs(source / rate - result) < 1 or (rate > fine and source / (rate + fine) <= result <= source / (rate - fine))


def outcomes(kind: str, seed: int) -> Iterator[Outcome]:
    page = drawn(kind, seed)
    tied: dict[At, list[Tie]] = {}
    for tie in page.ties:
        for cell in (tie.result, *tie.of, *tie.less):
            tied.setdefault(cell, []).append(tie)
    for at, figure in page.figures.items():
        value, code = page.cells[at]
        for how, new in changed(value):
            ties = tied.get(at, [])
            scale = figure / numeric(value) if numeric(value) else Fraction(1)
            if ties and all(holds(tie, {**page.figures, at: numeric(new) * scale}) for tie in ties):
                continue
            report = check_or_say(saved({**page.cells, at: (new, code)}), "x.xlsx")
            found = grave(report)
            said = [each.cell for each in found]
            near = {address(*cell) for tie in ties for cell in (tie.result, *tie.of, *tie.less)}
            own = address(*at)
            if own in said:
                verdict = AT
            elif near & set(said) or any(each.endswith(f"!{own}") for finding in found for each in finding.affected):
                verdict = TIED
            elif said:
                verdict = ELSEWHERE
            elif not ties:
                verdict = FREE
            else:
                verdict = SILENT if report.status == "ok" else INCOMPLETE
            yield Outcome(kind, seed, at, how, new, verdict, said, "" if verdict in (AT, TIED) else reason(ties, report, own))


def address(row: int, col: int) -> str:
    return f"{get_column_letter(col)}{row}"


def numeric(value: Any) -> Fraction:
    if isinstance(value, str):
        number = re.search(r"[\d０-９][\d０-９,，.．]*", value)
        assert number is not None
        return Fraction(
            number[0].translate({0xFF0C: "", 0xFF0E: "."} | {0xFF10 + each: str(each) for each in range(10)}).replace(",", "")
        )
    return Fraction(str(value))


def reason(ties: list[Tie], report: Any, own: str) -> str:
    """Why nothing is said there."""
    if not ties:
        return "an input: nothing else determines it"
    if report.status == "unreadable" or report.explained is None:
        return "not read as a goal sheet"
    cells = {each.partition("!")[2] for each in (*report.explained.alone, *report.explained.unused)}
    if own in cells:
        return "compared with nothing"
    if not any(
        own in (each.cell.partition("!")[2], *(use.partition("!")[2] for use in each.uses)) for each in report.explained.related
    ):
        return "not read"
    return "compared"


def shown(page: Page) -> str:
    """The rows of a sheet, as a reader sees them."""
    last = max(col for _, col in page.cells)
    lines = []
    for row in sorted({row for row, _ in page.cells}):
        texts = [str(page.cells.get((row, col), ("", ""))[0]) for col in range(1, last + 1)]
        lines.append(f"    {row:3} " + " | ".join(texts))
    return "\n".join(lines)


def main() -> int:
    words = [each for each in sys.argv[1:] if each != "--all"]
    numbers = [int(each) for each in words if each.isdigit()]
    sheets, first = numbers[0] if numbers else 3, numbers[1] if len(numbers) > 1 else 0
    kinds = [each for each in words if not each.isdigit()] or list(KINDS)
    whole: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    right = alarms = 0
    columns = (AT, TIED, ELSEWHERE, INCOMPLETE, SILENT, FREE)
    print(f"{'':16}{'share':>7}" + "".join(f"{each:>12}" for each in columns))
    for kind in kinds:
        total: Counter[str] = Counter()
        for seed in range(first, first + sheets):
            page = drawn(kind, seed)
            report = check_or_say(saved(page.cells), "x.xlsx")
            right += 1
            if grave(report) or not all(holds(tie, page.figures) for tie in page.ties if len(tie.of) > 1 or tie.how == SUM):
                alarms += 1
                print(
                    f"  ALARM {kind} {seed}: {[(each.code, each.cell, each.message.ja) for each in grave(report)]}\n{shown(page)}"
                )
            for each in outcomes(kind, seed):
                total[each.verdict] += 1
                if each.verdict not in (AT, TIED):
                    reasons[f"{each.verdict}: {each.reason}"] += 1
                    if "--all" in sys.argv and each.verdict != FREE:
                        print(
                            f"  {kind} {seed} {address(*each.at)} {each.how} -> {each.new}: {each.verdict} {each.said} ({each.reason})"
                        )
            if "--all" in sys.argv:
                print(shown(page))
        whole += total
        print(row_of(kind, total, columns), flush=True)
    print(row_of("all", whole, columns))
    for why, many in reasons.most_common():
        print(f"{many:6}  {why}")
    print(f"{right} right sheets, {alarms} with an alarm")
    return int(alarms > 0)


def row_of(kind: str, total: Counter[str], columns: tuple[str, ...]) -> str:
    determined = sum(total.values()) - total[FREE]
    share = f"{(total[AT] + total[TIED]) / determined:.1%}" if determined else "-"
    return f"{kind:16}{share:>7}" + "".join(f"{total[each]:>12}" for each in columns)


if __name__ == "__main__":
    sys.exit(main())
