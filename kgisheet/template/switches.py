"""Switches on the page: which cells are read while a switch says so, and which are then called something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..expr.nodes import Binary, Call, Name, Node, Word
from ..language import words
from ..language.text import Text
from .model import Cell, Renamed, Switch, Template


def switch_of(value: Any) -> Switch | None:
    """Return what ``{ start_from = "deals" }`` says; None if it isn't one switch with one of its choices."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    ((cell, choice),) = value.items()
    return Switch(cell, choice) if choice in words.CHOICES.get(cell, {}) else None


def renamed_of(value: Any) -> Renamed | None:
    """Return what ``{ when = {…}, label = {…}, arrow = {…}, note = "word" }`` says; None if a part is missing."""
    if not isinstance(value, dict) or set(value) != {"when", "label", "arrow", "note"}:
        return None
    switch, texts = switch_of(value["when"]), [value["label"], value["arrow"]]
    if switch is None or not isinstance(value["note"], str):
        return None
    if not all(isinstance(each, dict) and set(each) == set(words.LANGUAGES) for each in texts):
        return None
    label, arrow = (Text(each["ja"], each["en"]) for each in texts)
    return Renamed(switch, label, arrow, value["note"])


def blank_says(switch: Switch) -> bool:
    """Return whether a blank switch says so, too: it makes the first of its choices."""
    return switch.choice == next(iter(words.CHOICES[switch.cell]))


def others(switch: Switch) -> list[Switch]:
    """Return what the switch may say instead."""
    return [Switch(switch.cell, each) for each in words.CHOICES[switch.cell] if each != switch.choice]


def condition(switch: Switch) -> str:
    """Return the expression that a switch says so."""
    if not blank_says(switch):
        return f"{switch.cell} = '{switch.choice}'"
    return "not (" + " or ".join(map(condition, others(switch))) + ")"


def says(switch: Switch, value_of: Callable[[str], object]) -> bool:
    """Return whether a switch says so, by what its cell holds: a word in either language, the plan's key, or nothing."""
    typed = value_of(switch.cell)
    typed = typed.strip() if isinstance(typed, str) else typed
    made = next((key for key, said in words.CHOICES[switch.cell].items() if typed in (key, *said)), None)
    return blank_says(switch) if made is None else made == switch.choice


def branches(node: Node | None) -> tuple[Switch, Node, Node] | None:
    """Return what an expression is while a switch says so, and otherwise: ``if(start_from = 'deals', …, …)``."""
    if not isinstance(node, Call) or node.function != "if":
        return None
    test, then, other = node.args
    if not isinstance(test, Binary) or test.op != "=":
        return None
    if not isinstance(test.left, Name) or not isinstance(test.right, Word) or test.left.id not in words.CHOICES:
        return None
    return Switch(test.left.id, test.right.key), then, other


def is_read(template: Template, cell: Cell, value_of: Callable[[str], object]) -> bool:
    """Return whether the sheet reads a cell now: always, but for one that a switch leaves out."""
    switch = cell.read_when
    return switch is None or switch.cell not in template.cells or says(switch, value_of)
