"""The record that a summary carries: the figures and what its formulas hang on, read back against a schema."""

from __future__ import annotations

import math
from typing import Any

from ..template.tables import MONTHS
from ..values.regex import regex
from .drawing import LONGEST
from .model import ANSWERED, BROKEN, MISSING, NO_ROW, UNTOUCHED, Column, Gathered, Goal, Manager, Number, Row
from .texts import lines

SCHEMA = 2
"""The layout of the summary: one that another layout made is not compared cell by cell."""

_MONTH = regex(r"\d{4}-(?:0[1-9]|1[0-2])")
_DIGESTS = regex(r"(?:[0-9a-f]{8}(?: [0-9a-f]{8})*)?")
_LONGEST, _MOST_STAGES, _MOST_LINES = 1_000, 60, 100


class WrongRecordError(ValueError):
    """A record of another shape than a summary's."""


def to_json(gathered: Gathered) -> dict[str, Any]:
    """Return the record."""
    return {
        "layout": SCHEMA,
        "months": list(gathered.months),
        "columns": [list(each[:4]) for each in gathered.columns],
        "managers": [
            [each.name, each.state, lines(each.file, LONGEST), each.errors, [_row(row) for row in each.rows]]
            for each in gathered.managers
        ],
        "department": [list(each) for each in gathered.department],
        "expected": gathered.expected,
        "strangers": [at for at, each in enumerate(gathered.managers) if each.is_stranger],
        "todo": list(gathered.lines),
        "lists": [" ".join(each) for each in gathered.lists],
    }


def _row(row: Row) -> list[Any] | int:
    return 0 if row == NO_ROW else [row.year, list(row.goals), list(row.actuals)]


def from_json(found: Any, lang: str, most: int) -> Gathered:
    """Return what was gathered, without its files and findings; raise WrongRecordError. No more rows than ``most`` are taken."""
    if not isinstance(found, dict) or found.get("layout") != SCHEMA:
        raise WrongRecordError
    months, columns, managers = found.get("months"), found.get("columns"), found.get("managers")
    if (
        not isinstance(months, list)
        or len(months) != MONTHS
        or not all(isinstance(each, str) and _MONTH.fullmatch(each) for each in months)
    ):
        raise WrongRecordError
    if not isinstance(columns, list) or len(columns) > _MOST_STAGES or not isinstance(managers, list):
        raise WrongRecordError
    if len(managers) * max(1, len(columns)) > most:
        raise WrongRecordError
    expected = found.get("expected")
    if type(expected) is not int or not 0 <= expected <= 10**6:
        raise WrongRecordError
    stages = tuple(_column(each) for each in columns)
    department = found.get("department")
    goals = tuple(Goal(_text(part[0]), _number(part[1])) for part in (_list(each, 2) for each in _some(department)))
    lines, lists, strangers = found.get("todo"), found.get("lists"), found.get("strangers")
    if not isinstance(lines, list) or len(lines) > _MOST_LINES or not isinstance(strangers, list):
        raise WrongRecordError
    if not all(type(at) is int and 0 <= at < len(managers) for at in strangers):
        raise WrongRecordError
    people = [_manager(each, len(stages)) for each in managers]
    for at in strangers:
        people[at] = people[at]._replace(is_stranger=True)
    return Gathered(
        lang,
        "",
        tuple(months),
        stages,
        tuple(people),
        (),
        (),
        goals,
        expected,
        lines=tuple(map(_text, lines)),
        lists=tuple(_digests(each) for each in _list(lists, 2)),
    )


def _digests(found: Any) -> tuple[str, ...]:
    if not isinstance(found, str) or not _DIGESTS.fullmatch(found):
        raise WrongRecordError
    return tuple(found.split())


def _column(found: Any) -> Column:
    key, label, unit, counter = (_text(part) for part in _list(found, 4))
    return Column(key, label, unit, counter)


def _manager(found: Any, stages: int) -> Manager:
    name, state, file, errors, rows = _list(found, 5)
    if state not in (ANSWERED, UNTOUCHED, MISSING, BROKEN) or type(errors) is not int:
        raise WrongRecordError
    if not isinstance(rows, list) or len(rows) not in (0, stages):
        raise WrongRecordError
    return Manager(_text(name), state, _text(file), tuple(map(_figures, rows)), errors)


def _figures(found: Any) -> Row:
    if found == 0:
        return NO_ROW
    year, goals, actuals = _list(found, 3)
    return Row(_number(year), tuple(map(_number, _list(goals, MONTHS))), tuple(map(_number, _list(actuals, MONTHS))))


def _some(found: Any) -> list[Any]:
    if not isinstance(found, list) or len(found) > _MOST_STAGES:
        raise WrongRecordError
    return found


def _list(found: Any, size: int) -> list[Any]:
    if not isinstance(found, list) or len(found) != size:
        raise WrongRecordError
    return found


def _text(found: Any) -> str:
    if not isinstance(found, str) or len(found) > _LONGEST:
        raise WrongRecordError
    return found


def _number(found: Any) -> Number | None:
    if found is None:
        return None
    if type(found) not in (int, float) or not math.isfinite(found) or abs(found) > 10**18:
        raise WrongRecordError
    return found  # type: ignore[no-any-return]
