"""Shows in IronCalc whether a mutant of the page has named values that differ, over changed inputs."""

from __future__ import annotations

import functools
import math
from typing import Any

from referee import column_and_row

from . import package
from .case import Cells, Place
from .standing import Standing, standing
from .subjects import page_of

Inputs = dict[Place, Any]


def input_sets(sheet: Standing) -> list[Inputs]:
    """As it is; three sets of other figures, which try every switch; an added channel; each input left empty; more in the market."""
    w, place, records = sheet.words, sheet.place, sheet.records

    def scaled(money: tuple[float, ...], rate: float, **words: str) -> Inputs:
        made: Inputs = {place(records[name]): word for name, word in words.items()}
        for number, record in enumerate(sheet.inputs):
            value = float(record.value)  # type: ignore[arg-type]
            if record.unit == "currency":
                made[place(record)] = float(round(value * money[number % len(money)]))
            elif record.unit == "rate" and not record.name.startswith("channel_share"):
                made[place(record)] = min(0.97, round(value * rate * (1 + 0.03 * (number % 5)), 4))
            elif record.name.startswith("channel_meetings"):
                made[place(record)] = round(value * money[0]) + number
        column = sheet.column("channel_share")
        if column[0].role == "input":
            values = [each.value for each in column]
            for each, value in zip(column, values[1:] + values[:1], strict=True):
                made[place(each)] = value
        return made

    sets = [
        {},
        scaled((1.37, 1.9, 1.13), 0.83, rounding=w.down, period=w.month, display_unit=sheet.units[0]),
        scaled((0.71, 0.83, 1.21), 1.17, rounding=w.nearest, period=w.year, display_unit=sheet.units[1]),
        scaled((1.77, 1.31, 0.57), 0.63, rounding=w.none, period=w.year, display_unit=sheet.units[4]),
        scaled((1.53, 2.11, 0.91), 0.91, rounding=w.up, period=w.month, display_unit=sheet.units[3]),
    ]
    if len(sheet.spare) > 1:
        grown = dict(sets[4])
        for row in (sheet.spare[0], sheet.spare[-1]):
            for name in sheet.columns:
                record = sheet.column(name)[0]
                if record.role == "input":
                    grown[sheet.at(sheet.letter(name), row)] = (
                        f"追加{row}" if record.unit == "text" else 7 if record.unit == "count" else 0.21
                    )
        sets.append(grown)
    more = dict(sets[4])
    for name in ("target_accounts", "contacts"):
        if name in records:
            more[place(records[name])] = 2
    sets.append(more)
    for record in sheet.inputs:
        sets.append({**sets[2], place(record): None})
    for name in ("rounding", "period"):
        sets.append({place(records[name]): None})
    return sets


def _values(sheet: Standing, engine: Any, order: list[str], typed: Inputs, changed: Cells | None) -> list[Any]:
    for (title, address), value in typed.items():
        if changed is not None and (title, address) in changed.values:
            continue
        _type(engine, order.index(title), address, value)
    engine.evaluate()
    values = []
    for record in sheet.records.values():
        column, row = column_and_row(str(record.cell))
        values.append(engine.get_cell_value(order.index(str(record.sheet)), row, column))
    for name in sheet.columns:
        for spare in sheet.spare:
            column, row = column_and_row(f"{sheet.letter(name)}{spare}")
            values.append(engine.get_cell_value(order.index(sheet.goals), row, column))
    return values


def _type(engine: Any, index: int, address: str, value: Any) -> None:
    column, row = column_and_row(address)
    if value is None:
        engine.clear_cell_contents(index, row, column)
    elif isinstance(value, bool):
        engine.update_cell_with_bool(index, row, column, value)
    elif isinstance(value, (int, float)):
        engine.update_cell_with_number(index, row, column, value)
    elif value.startswith("="):
        engine.set_user_input(index, row, column, value)
    else:
        engine.update_cell_with_text(index, row, column, value)


@functools.cache
def _right(subject: str) -> list[list[Any]]:
    """The values of the workbook as it should be, per set."""
    sheet = standing(subject)
    order = package.titles(package.unpacked(page_of(subject)))
    answer = []
    for each in input_sets(sheet):
        answer.append(_values(sheet, package.model(page_of(subject)), order, each, None))
    return answer


def differs(subject: str, changed: Cells) -> bool:
    """Whether some named value is another on some set of inputs."""
    sheet = standing(subject)
    order = package.titles(package.unpacked(page_of(subject)))
    for right, typed in zip(_right(subject), input_sets(sheet), strict=True):
        engine = package.model(page_of(subject))
        for (title, address), value in changed.values.items():
            _type(engine, order.index(title), address, value)
        wrong = _values(sheet, engine, order, typed, changed)
        if not all(_same(a, b) for a, b in zip(right, wrong, strict=True)):
            return True
    return False


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return (
        (one or "") == (other or "")
        if not isinstance(one, (int, float)) and not isinstance(other, (int, float))
        else one == other
    )


def sound(subject: str, changed: Cells) -> bool:
    """Whether the sheet's own verdict is good after the change (any, where rounding down); typed meetings are as many as needed."""
    sheet = standing(subject)
    order = package.titles(package.unpacked(page_of(subject)))
    engine = package.model(page_of(subject))
    for (title, address), value in changed.values.items():
        _type(engine, order.index(title), address, value)
    engine.evaluate()

    def now(name: str) -> Any:
        column, row = column_and_row(str(sheet.records[name].cell))
        return engine.get_cell_value(order.index(str(sheet.records[name].sheet)), row, column)

    typed = "channel_meetings" in sheet.columns and sheet.column("channel_meetings")[0].role == "input"
    if typed and now("meetings") != now("required_meetings"):
        return False
    return now("overall") == sheet.words.ok or now("rounding") == sheet.words.down
