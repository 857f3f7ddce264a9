"""A line of the checks → the cells it consists of: forward, goal, gap, state, what to do."""

from __future__ import annotations

from typing import Any

from ..expr.nodes import BLANK, Binary, Call, Name, Node
from ..expr.parser import ExpressionError
from ..expr.render.prose import prose
from ..language.text import Text
from ..language.words import LANGUAGES
from .blocks import CheckExpander
from .keys import NAME
from .macros import Item
from .model import RESULT, Cell, Check, Origin
from .raw import Declaration, Raw
from .sheetsread import SheetReader

_KEYS = {
    "name", "step", "label", "forward", "goal", "unit", "compare", "also", "state", "unused_when", "advice", "rounds", "counter", "after",
    "with_sheet", "without_sheet",
}  # fmt: skip
_PARTS = ("forward", "goal", "gap")
_OPTIONAL = ("also", "unused_when")


class CheckReader(SheetReader):
    """The maker of the checks' cells, and, for each advice, of a word that a formula may use."""

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self.cells: dict[str, Cell] = {}
        self.words: dict[str, Text] = {}
        self._unlabelled: dict[str, str] = {}

    def _check(self, raw: Raw, section: str) -> Check | None:
        keys, origin = raw.keys, raw.origin
        self._known_keys(raw, _KEYS)
        if not self._is_wanted(keys.get("with_sheet"), raw, "with_sheet"):
            return None
        if "without_sheet" in keys and self._is_wanted(keys["without_sheet"], raw, "without_sheet"):
            return None
        name = self._string(keys.get("name"), *origin.of("name"))
        if not name:
            return None
        if not NAME.match(name):
            self._say(*origin.of("name"), "name", Text(f"名前「{name}」は使えません", f"the name “{name}” can't be used"))
            return None
        # Without a label, a check is called by its expressions: `_labelled`, once all labels are known.
        label = self._optional_text(keys, "label", origin) or Text(name, name)
        if "label" not in keys:
            self._unlabelled[name] = "=" if keys.get("compare") == "equal" else ">="
        advice = self._optional_text(keys, "advice", origin) or Text("", "")
        self._fits_formula(advice, *origin.of("advice"))
        if not self._is_complete(raw):
            return None
        for block in CheckExpander(Item(name, {**keys, "label": label, "advice": advice})).blocks():
            self.words |= block.words
            for made in block.cells:
                self._part(made, raw, section)
        parts = {part: f"{name}_{part}" if "state" not in keys else None for part in _PARTS}
        return Check(name, str(keys.get("step", "")), label, name, f"{name}_advice", **parts)

    def _is_complete(self, raw: Raw) -> bool:
        """Return whether the expressions among a check's keys are valid, and those that it needs are there."""
        keys, origin = raw.keys, raw.origin
        compare = keys.get("compare", "at_least")
        if compare not in ("at_least", "equal"):
            self._say(
                *origin.of("compare"),
                "compare",
                Text(f"compare「{compare}」はありません", f"there is no compare “{compare}”"),
                Text("at_least か equal", "at_least or equal"),
            )
            return False
        needed = ("state",) if "state" in keys else ("forward", "goal")
        found = [self._formula(keys, key, origin, needed=True) is not None for key in needed]
        if "state" not in keys:
            found.append(bool(self._string(keys.get("unit"), *origin.of("unit"))))
            found += [self._formula(keys, key, origin) is not None for key in _OPTIONAL if key in keys]
        return all(found)

    def _part(self, made: dict[str, Any], raw: Raw, section: str) -> None:
        """Add a cell that a check consists of."""
        base, name = str(raw.keys["name"]), made["name"]
        part = name.removeprefix(base).removeprefix("_")
        if not NAME.match(name) or name in self.cells:
            self._say(*raw.origin.of("name"), "name", Text(f"名前「{name}」は使えません", f"the name “{name}” can't be used"))
        source, path = raw.origin.of(part or "state")
        formula: Node | None = None
        try:
            formula = self._made(made["formula"])
        except ExpressionError as bad:  # put together it may be too deep
            self.problems.append(source.problem("expression", path, bad.what, key=name))
        self.cells[name] = Cell(
            name=name,
            label=made["label"],
            unit=made["unit"],
            section=section,
            role=RESULT,
            origin=Origin(raw.origin.source, raw.origin.path, {"formula": (source, path)}),
            formula=formula,
            counter=made["counter"] or None,
            signed=made.get("signed", False),
            of=base if part else None,
            companion=part or None,
        )

    def _labelled(self, check: Check) -> Check:
        """Return the check with a label made of its expressions: 案件化数 × 受注率 ≧ 受注数."""
        sign = self._unlabelled.get(check.name)
        if sign is None or check.forward is None or check.goal is None:
            return check
        left, right = self.cells[check.forward].formula, self.cells[check.goal].formula
        if left is None or right is None:
            return check
        label = Text(*(prose(Binary(sign, _inner(left), _inner(right)), _CellLabels(self, lang)) for lang in LANGUAGES))
        for name in (check.state, check.forward, check.goal, check.gap, check.advice):
            if name is not None:
                cell = self.cells[name]
                tail = Text(*(said.removeprefix(check.name) for said in cell.label))
                self.cells[name] = cell._replace(label=Text(f"{label.ja}{tail.ja}", f"{label.en}{tail.en}"))
        return check._replace(label=label)


def _inner(node: Node) -> Node:
    """Return an expression without the test whether it can be calculated yet."""
    if isinstance(node, Call) and node.function == "if" and node.args[1] == Name(BLANK):
        return node.args[2]
    return node


class _CellLabels:
    """Labels of cells as they were made, for `prose`."""

    def __init__(self, reader: CheckReader, lang: str) -> None:
        self.reader = reader
        self.lang = lang

    def label(self, name: str) -> str:
        cell = self.reader.cells.get(name)
        return name if cell is None else cell.called.to(self.lang)

    def is_unsaid(self, name: str) -> bool:
        cell = self.reader.cells.get(name)
        return cell is not None and cell.is_unsaid

    def word(self, key: str) -> str:
        return key
