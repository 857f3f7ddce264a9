"""X03, S09 and the order of lead times: whether the months add up to the year, and each is in its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from ...expr.render.value import EPOCH
from ...filled.relocation import TAB_MONTH
from ...formula.grid import Where
from ...language.text import Text
from ...template.model import Cell
from ...values.a1 import Place, cell_of
from ...values.rounding import number
from ...values.units import COUNT
from ...worksheet.shown import json_value, shown
from ...worksheet.solve import Held
from ..finding import ERROR, NOTE, WARNING, Finding
from ..subject import Subject

_FEW = 3  # stages that a message names
_START = "month_start"
_UPDATE = Text("kgisheet monthly で月のタブを更新してください", "kgisheet monthly brings the months' tabs up to date")


# -- X03 ------------------------------------------------------------------


def year(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """X03: report months that don't add up to the page's year, once for all stages; a warning if something typed causes it.

    Checked on what the inputs give: an edited formula is reported at its own cell. Silent
    on a stage that depends on a ``suspect`` input. A note if the months' own rates explain it all.
    """
    if subject.book.torn is not None or subject.book.place(_START) is None:
        return  # what the months are is no longer known, and said
    wrong = {subject.where[where][0].name for where in suspect if where in subject.where}
    found: list[tuple[Cell, Text, Fraction]] = []
    meant: list[tuple[Cell, Text, Fraction]] = []
    typed = False
    for flow in subject.template.flows:
        cell = subject.template.cells[f"year_{flow.name}_gap"]
        gap = subject.expected(cell, None)
        sources = subject.sources_of(cell.name)
        if isinstance(gap, Fraction) and gap and not wrong & sources:
            if not subject.expected(subject.template.cells[flow.left_over], None):
                meant.append((cell, flow.label, gap))
                continue
            found.append((cell, flow.label, gap))
            typed = typed or _is_typed_over(subject, sources)
    if not found:
        for each in meant:
            yield _rated(subject, *each)
        return
    cell, _, gap = found[0]
    page = subject.expected(subject.template.cells[cell.name.replace("_gap", "_page")], None)
    apart = [_apart(*each) for each in found]
    if typed:
        why = Text(
            "手入力や締めた月の分を、残りの月では引き受けきれません",
            "What was typed over or reported can't be taken up by the other months",
        )
        fix = Text(
            "意図したものなら、目標設定の年間値のほうを見直してください。そうでなければ、手入力した月を見直してください",
            "if it is meant, change the page's year; if not, look at the months that were typed over",
        )
    else:
        why = Text("重みがすべて0か空欄で、配る月がありません", "Every weight is 0 or blank: there is no month to give it to")
        fix = Text("月の重みを入力してください(均等ならすべて1)", "type the months' weights (all 1 for an even year)")
    place = [subject.book.place(each.name) for each, _, _ in found[1:]]
    beyond = len(apart) - _FEW
    more = Text(f" ほか{beyond}項目", f" and {beyond} more") if beyond > 0 else Text("", "")
    yield subject.finding(
        "X03", WARNING if typed else ERROR, cell, None,
        Text(f"月の合計が目標設定の年間値と合いません({'、'.join(each.ja for each in apart[:_FEW])}{more.ja})。{why.ja}",
             f"The months do not add up to the page's year ({', '.join(each.en for each in apart[:_FEW])}{more.en}). {why.en}"),
        fix,
        found=None if not isinstance(page, Fraction) else number(page + gap), expected=json_value(page), difference=float(gap),
        affected=tuple(cell_of(*each[:3]) for each in place if each is not None),
    )  # fmt: skip


def _rated(subject: Subject, cell: Cell, label: Text, gap: Fraction) -> Finding:
    """Return a note that the months' own conversion rates explain the difference: they need more or fewer visits than the page's rate."""
    page = subject.expected(subject.template.cells[cell.name.replace("_gap", "_page")], None)
    by = shown(abs(gap), cell)
    more = Text("多く", "more") if gap > 0 else Text("少なく", "fewer" if cell.unit == COUNT else "less")
    return subject.finding(
        "X03", NOTE, cell, None,
        Text(f"手入力したCV率で計算した月があるため、{label.ja}の年計が目標設定の年間値より{by.ja}{more.ja}なっています",
             f"{label.en}: months with a conversion rate of their own bring the year to {by.en} {more.en} than the page's"),
        Text("手入力したCV率が正しければ、そのままで構いません", "leave it if those rates are meant"),
        found=None if not isinstance(page, Fraction) else number(page + gap), expected=json_value(page), difference=float(gap),
    )  # fmt: skip


def _is_typed_over(subject: Subject, sources: frozenset[str]) -> bool:
    """Return whether a month's figure was overridden by hand, or is a recorded one."""
    for cell in subject.template.inputs():
        if cell.name in sources and cell.name.endswith(("_override", "_reported")):
            values = subject.book.inputs.get(cell.name)
            if any(each is not None for each in (values if isinstance(values, list) else [values])):
                return True
    return False


def _apart(cell: Cell, label: Text, gap: Fraction) -> Text:
    said = shown(abs(gap), cell)
    sign = "+" if gap > 0 else "−"
    return Text(f"{label.ja} {sign}{said.ja}", f"{label.en} {sign}{said.en}")


# -- S09 ------------------------------------------------------------------


def order(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """S09: report a month of the grid overwritten with another one; tabs of another month than the grid's.

    Silent on the tabs if the first month is ``suspect`` already.
    """
    if _START not in subject.template.cells:
        return
    yield from _grid(subject)
    start = subject.book.place("start_month")
    if start is None or start[:3] not in suspect:
        yield from _tabs(subject)


def _grid(subject: Subject) -> Iterator[Finding]:
    cell = subject.template.cells[_START]
    rows = len(list(subject.book.rows(cell)))
    wrong: list[tuple[int, Place]] = []
    for row in range(rows):
        place = subject.book.place(_START, row)
        if place is None or place[:3] in subject.formulas:
            continue  # edited formulas are said where formulas are
        if _day(subject.book.date(_START, row)) != _day(subject.book.solution.at(_START, row)):
            wrong.append((row, place))
    if not wrong:
        return
    (row, _), *others = wrong
    now = [_month(subject.book.date(_START, each)) for each in range(rows)]
    right = [_month(subject.book.solution.at(_START, each)) for each in range(rows)]
    twice = [each for each in dict.fromkeys(now) if each is not None and now.count(each) > 1]
    missing = [str(each) for each in right if each not in now]
    what = Text(
        f"月「{now[row] or '空欄'}」は、順番では{right[row]}です", f"The month {now[row] or '(blank)'} should be {right[row]}"
    )
    if twice:
        what = Text(f"{twice[0]}が2回あります。{what.ja}", f"{twice[0]} appears twice. {what.en}")
    if missing:
        what = Text(f"{what.ja}。{'、'.join(missing)}がありません", f"{what.en}; missing: {', '.join(missing)}")
    formula = subject.expected_formula(cell, wrong[0][1][:3])
    yield subject.finding(
        "S09", ERROR, cell, row, what,
        Text(f"月の数式に戻し、開始月を変えるときは目標設定の開始月を変えてください: {formula}",
             f"put the month's formula back, and change the year by its first month on the page: {formula}"),
        found=now[row], expected=right[row], affected=tuple(cell_of(*place[:3]) for _, place in others),
    )  # fmt: skip


def _tabs(subject: Subject) -> Iterator[Finding]:
    """Report tabs of other months than the grid's: all of them after a changed first month, or one that was overwritten."""
    cell = subject.template.cells.get(TAB_MONTH)
    if cell is None:
        return
    present = [row for row in subject.book.rows(cell) if row is not None and subject.book.place(TAB_MONTH, row) is not None]
    wrong = [
        row
        for row in present
        if _day(subject.book.date(TAB_MONTH, row)) != _day(subject.book.solution.at(_START, row))
        and subject.book.solution.at(_START, row) is not None
    ]
    if not wrong:
        return
    if len(wrong) == len(present) > 1 and (start := subject.template.cells.get("start_month")) is not None:
        now, then = subject.book.date("start_month"), subject.book.date(TAB_MONTH, present[0])
        yield subject.finding(
            "S09", ERROR, start, None,
            Text(f"開始月が{now:%Y-%m-%d}になっていますが、月のタブは{_month(then)}からのままです",
                 f"The first month is {now:%Y-%m-%d}, but the months' tabs still begin with {_month(then)}"),
            _UPDATE if now is None or now.day == 1 else Text(
                f"開始月はその月の1日の日付にしてください。{_UPDATE.ja}", f"type the first day of a month; {_UPDATE.en}"),
            found=_month(now), expected=_month(then),
        )  # fmt: skip
        return
    row, *others = wrong
    place = subject.book.place(TAB_MONTH, row)
    places = [subject.book.place(TAB_MONTH, each) for each in others]
    held, right = _month(subject.book.date(TAB_MONTH, row)), _month(subject.book.solution.at(_START, row))
    yield subject.finding(
        "S09", ERROR, cell, row,
        Text(f"シート「{place.sheet if place else ''}」の月が「{held or '空欄'}」になっていますが、月次目標では{right}です",
             f"The sheet “{place.sheet if place else ''}” is headed {held or '(blank)'}, but on the monthly goals it is {right}"),
        Text(f"{right}-01 と入力し直すか、{_UPDATE.ja}", f"type {right}-01 again, or: {_UPDATE.en}"),
        found=held, expected=right, affected=tuple(cell_of(*each[:3]) for each in places if each is not None),
    )  # fmt: skip


def _day(value: Held) -> datetime.date | None:
    if isinstance(value, Fraction):
        return EPOCH + datetime.timedelta(days=int(value))
    return value if isinstance(value, datetime.date) else None


def _month(value: Held) -> str | None:
    day = _day(value)
    return None if day is None else f"{day:%Y-%m}"


# -- lead times -----------------------------------------------------------


def lead_times(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """I10: report an earlier stage with less time than a later one; only the first, since the sheet says the rest."""
    leads = list(dict.fromkeys(flow.lead for flow in subject.template.flows if flow.lead is not None))
    for later, earlier in pairwise(leads):
        cells = [subject.template.cells[each] for each in (later, earlier)]
        times = [subject.expected(each, None) for each in cells]
        typed = subject.template.cells.get(earlier.replace("lead_", "lead_time_", 1))
        place = None if typed is None else subject.book.place(typed.name)
        if typed is None or place is None or place[:3] in suspect:
            continue
        if isinstance(times[0], Fraction) and isinstance(times[1], Fraction) and times[1] < times[0]:
            label, after = subject.label(typed, None), subject.label(cells[0], None)
            yield subject.finding(
                "I10", WARNING, typed, None,
                Text(f"{label.ja}が{number(times[1])}か月で、{after.ja}({number(times[0])}か月)より短くなっています",
                     f"{label.en}: {number(times[1])} months is less than the {number(times[0])} of the stage after it ({after.en})"),
                Text("前の段階ほど長くしてください", "an earlier stage needs at least as long"),
                found=number(times[1]), expected=number(times[0]),
            )  # fmt: skip
            return
