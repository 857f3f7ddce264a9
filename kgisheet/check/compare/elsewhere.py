"""Formulas that our reader doesn't evaluate, evaluated by another engine: for the current inputs and for changed ones."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from ...formula.grid import Where, held
from ...formula.nodes import ErrorValue
from ...formula.values import serial
from ...plan.inputs import Input
from ...recalc.client import Change, Recalculate
from ...template.model import Cell
from ...values import budget
from ...values.rounding import number
from ...worksheet.shown import same
from ..subject import Subject
from .trials import Trials

_SETS = 16


def ask(subject: Subject, trials: Trials, data: bytes, engine: Recalculate, asked: Sequence[Where]) -> dict[Where, bool]:
    """Return whether each formula that the engine could evaluate differs; its current value is used for the recalculation."""
    sets: list[list[Change]] = [[], *(_typed(subject, inputs) for inputs in islice(trials.changed(), _SETS))]
    try:
        budget.spend(budget.STEPS, len(subject.formulas) * len(sets))  # it works out all of them, each time
    except budget.SpentError:
        return {}
    answer = engine(data, sets, list(asked))
    if answer is None or len(answer) != len(sets):
        return {}
    differs: dict[Where, bool] = {}
    for index, where in enumerate(asked):
        values = [held(each[index]) for each in answer]
        cached = held(subject.book.read.cells[where].value)
        if any(_is_error(each) and each != cached for each in values):
            continue  # a function that the engine does not know, or takes otherwise than the program that saved it
        cell, row = subject.where[where]
        expected = [held(each.at(cell.name, row)) for each in islice(trials.solutions, len(sets))]
        differs[where] = any(not same(*pair) for pair in zip(values, expected, strict=True))
        subject.recalculated.know(where, values[0])
    return differs


def _typed(subject: Subject, inputs: dict[str, Input | list[Input]]) -> list[Change]:
    """Return the inputs of a trial as they would be typed into their cells."""
    changes: list[Change] = []
    for cell, row, (sheet, at, col) in subject.inputs():
        given = inputs.get(cell.name)
        value = given[row] if isinstance(given, list) and row is not None and row < len(given) else given
        changes.append((sheet, at, col, _stored(subject, cell, None if isinstance(value, list) else value)))
    return changes


def _stored(subject: Subject, cell: Cell, value: Input) -> Any:
    if cell.choices is not None and isinstance(value, str):
        return cell.choices[value].to(subject.book.lang)
    if isinstance(value, datetime.date):
        return number(serial(value))
    return number(value) if isinstance(value, Fraction) else value


def _is_error(value: object) -> bool:
    return isinstance(value, ErrorValue) or (isinstance(value, str) and value.startswith("#"))
