"""Inputs that are allowed and yet can't be meant: names twice, more hits than cases, a multiplier of 0.1, days for months, a wrong year."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from ..errors import Text
from ..expr.nodes import Binary, Name
from ..formula.grid import Where
from ..sheets.model import address, cell_of
from ..sheets.placing import number
from ..units import COUNT, DATE, MONTH, RATE
from .finding import ERROR, LIKELY, REVIEW, WARNING, Finding
from .subject import Subject, is_blank, shown

_NAMES = ("channel_name", "field_owner", "abm_rank_name", "abm_stage_name")
"""Columns whose rows are told apart by their names, and added up; two phases of a journey may be called alike."""

_LEAST_FACTOR, _MOST_FACTOR = Fraction(1, 2), Fraction(3)
"""A scenario halves a rate at most, and does not treble it; below and above a percentage of change is likelier (10 for +10 %)."""

_MOST_MONTHS = 24
_YEARS = 10

_OF_THE_PAGE = {
    "opening_opportunities": "opportunities", "opening_meetings": "required_meetings", "opening_leads": "leads",
    "channel_current_visits": "visits", "channel_current_leads": "leads", "field_deals": "won_deals",
}  # fmt: skip
"""Counts of today, and of the page's goal that they are for."""

_TIMES = 1000


def doubtful(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Silent on cells that are ``suspect``."""
    start = subject.book.place("start_month")
    looks = [_twice, _hits, _factors, _lead_times, _zeros, _counts]
    if start is None or start[:3] not in suspect:
        looks.append(_dates)
    told = {(sheet, address(row, col)) for sheet, row, col in suspect}
    for look in looks:
        yield from (each for each in look(subject) if (each.sheet, each.cell) not in told)


# -- names ----------------------------------------------------------------


def _twice(subject: Subject) -> Iterator[Finding]:
    """I10: two rows of one name."""
    for name in _NAMES:
        cell = subject.template.cells.get(name)
        if cell is None:
            continue
        rows: dict[str, list[int]] = {}
        for row in subject.book.rows(cell):
            value = None if row is None or subject.book.place(name, row) is None else subject.book.value(name, row)
            if row is not None and isinstance(value, str) and value.strip():
                rows.setdefault("".join(unicodedata.normalize("NFKC", value).casefold().split()), []).append(row)
        for same in rows.values():
            if len(same) < 2:
                continue
            first, again = same[0], same[1]
            said = subject.book.value(name, again)
            places = [subject.book.place(name, row) for row in (first, *same[2:])]
            yield subject.finding(
                "I10", WARNING, cell, again,
                Text(f"{cell.label.ja}「{said}」が{len(same)}回あります。同じものを二重に数えていませんか",
                     f"{cell.label.en}: “{said}” appears {'twice' if len(same) == 2 else f'{len(same)} times'}: is one and the same counted twice?"),
                Text("別のものなら区別できる名前にし、同じものなら1行にまとめてください", "give different ones different names; put one and the same in one row"),
                found=str(said), confidence=REVIEW,
                affected=tuple(cell_of(*place[:3]) for place in places if place is not None),
            )  # fmt: skip


# -- rates and multipliers --------------------------------------------------


def _hits(subject: Subject) -> Iterator[Finding]:
    """X04: more hits than cases; I06: hits without the cases that they come from."""
    for cell in subject.template.inputs():
        of = subject.template.cells.get(cell.name.removesuffix("_hits") + "_cases")
        if not cell.name.endswith("_hits") or of is None:
            continue
        hits, cases = _figure(subject, cell.name), _figure(subject, of.name)
        label, whole = subject.label(cell, None), subject.label(of, None)
        if hits is not None and cases is not None and hits > cases:
            counts = shown(hits, cell), shown(cases, of)
            yield subject.finding(
                "X04", ERROR, cell, None,
                Text(f"{label.ja}が{counts[0].ja}で、母数の{counts[1].ja}を超えています", f"{label.en}, {counts[0].en}, is more than {whole.en}, {counts[1].en}"),
                Text("実績は母数のうちの件数です。分子と分母を入れ違えていないか確かめてください", "it counts some of all cases: see whether the two were swapped"),
                found=number(hits), expected=number(cases),
            )  # fmt: skip
        elif hits and is_blank(subject.book.value(of.name)):
            yield subject.finding(
                "I06", WARNING, of, None,
                Text(f"{whole.ja}が未入力です。実績の率を計算できません", f"{whole.en} is empty, so the observed rate can't be worked out"),
                Text("何件中の実績かを入力してください", "type of how many cases"),
            )  # fmt: skip


def _factors(subject: Subject) -> Iterator[Finding]:
    """I04: a change in percent typed for a multiplier; I10: the two scenarios swapped."""
    for cell in subject.template.inputs():
        if not (cell.unbounded and cell.table is None and cell.unit == RATE):
            continue
        value, label = _figure(subject, cell.name), subject.label(cell, None)
        other = cell.name.replace("optimistic_", "pessimistic_", 1)
        low = _figure(subject, other) if other != cell.name else None
        if value is None or value <= 0:
            continue
        now = shown(value, cell)
        if value < _LEAST_FACTOR or value >= _MOST_FACTOR:
            change = value if value < 1 else value / 100
            meant = 1 - change if "pessimistic" in cell.name else 1 + change
            sign, right = "−" if meant < 1 else "+", shown(meant, cell)
            said = shown(change, cell)
            yield subject.finding(
                "I04", WARNING, cell, None,
                Text(f"{label.ja}が{now.ja}です。{sign}{said.ja}のつもりなら {right.ja} と入力します",
                     f"{label.en} is {now.en}; a change of {sign}{said.en} is typed as {right.en}"),
                Text(f"標準の率に掛ける倍率を入力してください({right.ja} か、本当に{now.ja}か)",
                     f"type what the standard rate is multiplied by: {right.en}, or is it really {now.en}?"),
                found=number(value), expected=number(meant), confidence=REVIEW,
            )  # fmt: skip
        elif low is not None and _LEAST_FACTOR <= low < _MOST_FACTOR and value < low:
            pair = shown(low, cell)
            yield subject.finding(
                "I10", WARNING, cell, None,
                Text(f"{label.ja}({now.ja})が、弱気の倍率({pair.ja})より小さくなっています", f"{label.en}, {now.en}, is below the pessimistic one, {pair.en}"),
                Text("強気と弱気を入れ違えていないか確かめてください", "see whether the two scenarios were swapped"),
                found=number(value), expected=number(low), confidence=REVIEW,
            )  # fmt: skip


# -- counts, months, dates --------------------------------------------------


def _lead_times(subject: Subject) -> Iterator[Finding]:
    """I10: more than two years from a stage to the win; once for all of them."""
    for cell in subject.template.inputs():
        months = _figure(subject, cell.name) if cell.name.startswith("lead_time_") else None
        if months is not None and months > _MOST_MONTHS:
            label = subject.label(cell, None)
            yield subject.finding(
                "I10", WARNING, cell, None,
                Text(f"{label.ja}が{number(months)}か月です。日数を入力していませんか", f"{label.en} is {number(months)} months; were days typed?"),
                Text("月数で入力してください(90日なら 3)", "type months (3 for 90 days)"), found=number(months), confidence=REVIEW,
            )  # fmt: skip
            return


def _zeros(subject: Subject) -> Iterator[Finding]:
    """I06: a count of 0 by which a result is divided, where nothing else asks for one."""
    divides = {
        node.right.id: cell
        for cell in subject.template.cells.values() if cell.formula is not None
        for node in cell.formula.walk() if isinstance(node, Binary) and node.op == "/" and isinstance(node.right, Name)
    }  # fmt: skip
    for cell in subject.template.inputs():
        if (
            cell.name not in divides
            or cell.unit != COUNT
            or cell.positive
            or cell.table is not None
            or cell.name.endswith("_cases")
        ):
            continue
        if _figure(subject, cell.name) == 0:
            label, result = subject.label(cell, None), divides[cell.name].full_label
            yield subject.finding(
                "I06", WARNING, cell, None,
                Text(f"{label.ja}が0のため、{result.ja}を計算できません", f"{label.en} is 0, so {result.en} can't be worked out"),
                Text("0より大きい値を入力するか、まだ分からなければ空欄にしてください", "type a value above zero, or clear it while nobody knows"), found=0,
            )  # fmt: skip


def _counts(subject: Subject) -> Iterator[Finding]:
    """I07: a count of today that is a thousand times what the goal asks for."""
    for name, stage in _OF_THE_PAGE.items():
        cell, page = subject.template.cells.get(name), subject.template.cells.get(stage)
        if cell is None or page is None:
            continue
        goal = subject.expected(page, None)
        for row in subject.book.rows(cell):
            value = _figure(subject, name, row)
            if value is None or not isinstance(goal, Fraction) or value < max(goal, Fraction(1)) * _TIMES:
                continue
            label, counts = subject.label(cell, row), (shown(value, cell), shown(goal, page))
            yield subject.finding(
                "I07", WARNING, cell, row,
                Text(f"{label.ja}が{counts[0].ja}で、目標の{page.label.ja}{counts[1].ja}と桁が違います",
                     f"{label.en} is {counts[0].en}, of another size than the goal's {page.label.en}, {counts[1].en}"),
                Text("桁と、金額を件数の欄に入れていないかを確かめてください", "check the digits, and whether an amount was typed for a count"),
                found=number(value), confidence=REVIEW,
            )  # fmt: skip
            break


def _dates(subject: Subject) -> Iterator[Finding]:
    """I10: a date that is ten years off the year of the sheet; I06: no first month."""
    start = subject.template.cells.get("start_month")
    if start is None or subject.book.place("start_month") is None:
        return
    first = subject.book.date("start_month")
    if first is None:
        if is_blank(subject.book.value("start_month")) and subject.book.place("month_start", 0) is not None:
            label = subject.label(start, None)
            yield subject.finding(
                "I06", ERROR, start, None,
                Text(f"{label.ja}が未入力です。月の目標を計算できません", f"{label.en} is empty, so the months can't be worked out"),
                Text("年度の最初の月を「2026/4/1」のように入力してください", "type the first day of the year's first month, such as 2026-04-01"),
            )  # fmt: skip
        return
    for cell in subject.template.inputs():
        if cell.unit not in (DATE, MONTH) or cell.recorded or cell is start:
            continue
        for row in subject.book.rows(cell):
            day = subject.book.date(cell.name, row) if subject.book.place(cell.name, row) is not None else None
            if not isinstance(day, datetime.date) or abs(day.year - first.year) <= _YEARS:
                continue
            label = subject.label(cell, row)
            yield subject.finding(
                "I10", WARNING, cell, row,
                Text(f"{label.ja}が{day:%Y-%m-%d}で、この年度({first:%Y-%m}から)と{abs(day.year - first.year)}年離れています",
                     f"{label.en} is {day:%Y-%m-%d}, {abs(day.year - first.year)} years off this year (from {first:%Y-%m})"),
                Text("年を確かめてください", "check the year"), found=f"{day:%Y-%m-%d}", confidence=LIKELY,
            )  # fmt: skip


def _figure(subject: Subject, name: str, row: int | None = None) -> Fraction | None:
    if subject.book.place(name, row) is None:
        return None
    value = subject.book.value(name, row)
    return value if isinstance(value, Fraction) else None
