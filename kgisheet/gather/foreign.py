"""A goal sheet that was never ours → the same stages, by its labels: goals alone, and what of it could not be read."""

from __future__ import annotations

from fractions import Fraction

from ..extract.bylabels import abroad
from ..extract.bylabels.goal import YEAR, Goal, goal
from ..extract.bylabels.goal import Stage as Given
from ..extract.bylabels.pages import pages
from ..freeform.read.figures import Figure
from ..freeform.read.stages import OPEN
from ..freeform.read.unread import unread
from ..language.text import NOTHING, Text, many
from ..template.tables import MONTHS
from ..values.a1 import address, cell_of
from ..values.rounding import number
from ..values.units import COUNT, CURRENCY
from ..xlsx.read.reader import Read
from .model import Stage

REVENUE = "revenue"
_MONEY = ("web_revenue", "total_revenue")
_COUNTERS = {"visits": "visits"}
_LISTED = 5
_LABELS = {"web_revenue": Text("Web売上", "Web revenue"), "total_revenue": Text("売上", "Revenue")}
Found = tuple[tuple[Stage, ...], str, str, tuple[str, ...]]


def foreign(read: Read, source: str, lang: str) -> Found:
    """Return the stages, the first month (``-04`` where the year isn't said), the title, and notes; no stages where none are read."""
    known = pages(read)
    if not known:
        return (), "", "", ()
    page = known[0].page
    abroad.written_out(page)
    found = goal(page)
    stages = [*_revenue(found, lang), *(_stage(each) for each in found.stages if each.is_given)]
    stages = [each for each in stages if each.year is not None or any(goal is not None for goal in each.goals)]
    start = f"{found.months[0][0] or ''}-{found.months[0][1]:02}" if found.months else ""
    notes = [_BY_LABELS]
    left = unread(page)
    if left:
        cells = ", ".join(f"{address(*each.where[1:])} {each.label}".strip() for each in left[:_LISTED])
        rest = max(0, len(left) - _LISTED)
        more = Text(f" ほか{rest}件", f" and {many(rest, 'more cell')}") if rest else NOTHING
        notes.append(Text(f"読み取れなかったセル: {cells}{more.ja}", f"not read: {cells}{more.en}"))
    if len(known) > 1:
        titles = ", ".join(each.page.title for each in known[1:][:_LISTED])
        notes.append(Text(f"集計していないシート: {titles}", f"sheets not collected: {titles}"))
    return tuple(stages), start, source, tuple(each.to(lang) for each in notes)


_BY_LABELS = Text(
    "手作りのシート(項目名から読み取り)。目標だけを集計し、実績は読み取っていません",
    "typed by hand, read by its labels: only its goals are collected, no actuals",
)


def _revenue(found: Goal, lang: str) -> list[Stage]:
    for name in _MONEY:
        whole, months = found.money.get(name), found.monthly_money.get(name, {})
        if whole is not None or months:
            return [_made(REVENUE, _LABELS[name].to(lang), CURRENCY, None if whole is None else whole.value, whole, months)]
    return []


def _stage(given: Given) -> Stage:
    counter = _COUNTERS.get(given.field, "deals")
    return _made(given.field.removeprefix(OPEN), given.label, COUNT, given.total(), given.whole, given.months, counter)


def _made(
    key: str, label: str, unit: str, total: Fraction | None, whole: Figure | None, months: dict[int, Figure], counter: str = ""
) -> Stage:
    year = None if total is None else number(total)
    by_month: tuple[int | float | None, ...] = ()
    if len(months) == YEAR:
        by_month = tuple(None if (each := months[at].value) is None else number(each) for at in range(YEAR))
    first = whole or next(iter(months.values()), None)
    where = "" if first is None else cell_of(*first.where)
    return Stage(key, label, unit, counter, year, by_month, (None,) * MONTHS if by_month else (), where)
