"""A line of the checks → the cells it consists of: forward, goal, gap, state, what to do."""

from __future__ import annotations

from ..expr.nodes import BLANK, Binary, Call, Name, Node
from ..expr.render.prose import prose
from ..language.text import Text
from ..language.words import LANGUAGES
from ..values.units import CURRENCY, TEXT
from .keys import NAME
from .model import RESULT, Cell, Check, Origin
from .raw import Declaration, Raw
from .sheetsread import SheetReader

_KEYS = {
    "name", "step", "label", "forward", "goal", "unit", "compare", "also", "state", "unused_when", "advice", "counter", "after",
    "with_sheet",
}  # fmt: skip


class CheckReader(SheetReader):
    """The maker of the checks' cells, and, for each advice, of a word that a formula may use."""

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self.cells: dict[str, Cell] = {}
        self.words: dict[str, Text] = {}
        self.wanted: frozenset[str] = frozenset()
        self._unlabelled: dict[str, str] = {}

    def _check(self, raw: Raw, section: str) -> Check | None:
        keys, origin = raw.keys, raw.origin
        self._known_keys(raw, _KEYS)
        if not self._is_wanted(keys.get("with_sheet"), raw, "with_sheet"):
            return None
        name = self._string(keys.get("name"), *origin.of("name"))
        if not name:
            return None
        if not NAME.match(name):
            self._say(*origin.of("name"), "name", Text(f"名前「{name}」は使えません", f"the name “{name}” can't be used"))
            return None
        step = str(keys.get("step", ""))
        # Without a label, a check is called by its expressions: `_labelled`, once all labels are known.
        label = self._optional_text(keys, "label", origin) or Text(name, name)
        if "label" not in keys:
            self._unlabelled[name] = "=" if keys.get("compare") == "equal" else ">="
        parts: dict[str, str | None] = {"forward": None, "goal": None, "gap": None}
        if "state" in keys:
            state = self._formula(keys, "state", origin)
        else:
            unit = self._string(keys.get("unit"), *origin.of("unit"))
            for part, said in (("forward", Text("順算", "forward")), ("goal", Text("目標", "goal"))):
                formula = self._formula(keys, part, origin, needed=True)
                parts[part] = self._checked(
                    raw, section, part, Text(f"{label.ja}: {said.ja}", f"{label.en}: {said.en}"), unit, formula
                )
            off = f"{name}_forward - {name}_goal"
            # A binary engine misses thousands of millions of yen by some millionths: no part of a sen decides.
            # Fewer decimals throughout would make ties, which engines break either way.
            gap = self._made(f"if(round({off}, 2) = 0, 0, round({off}, 6))" if unit == CURRENCY else f"round({off}, 6)")
            parts["gap"] = self._checked(
                raw, section, "gap", Text(f"{label.ja}: 過不足", f"{label.en}: over or short"), unit, gap, signed=True
            )
            state = self._state(raw, name)
        self._checked(raw, section, "", label, TEXT, state)
        advice = self._optional_text(keys, "advice", origin) or Text("", "")
        self.words[f"{name}_advice"] = advice
        self._fits_formula(advice, *origin.of("advice"))
        told = self._made(f"if({name} = 'bad', '{name}_advice', blank)")
        self._checked(raw, section, "advice", Text(f"{label.ja}: 対処", f"{label.en}: what to do"), TEXT, told)
        return Check(name, step, label, name, f"{name}_advice", **parts)

    def _state(self, raw: Raw, name: str) -> Node | None:
        compare = raw.keys.get("compare", "at_least")
        if compare not in ("at_least", "equal"):
            self._say(
                *raw.origin.of("compare"),
                "compare",
                Text(f"compare「{compare}」はありません", f"there is no compare “{compare}”"),
                Text("at_least か equal", "at_least or equal"),
            )
            return None
        holds = f"{name}_gap {'>=' if compare == 'at_least' else '='} 0"
        if isinstance(raw.keys.get("also"), str):
            if self._formula(raw.keys, "also", raw.origin) is None:
                return None
            holds = f"{holds} and ({raw.keys['also']})"
        state = f"if(is_blank({name}_gap), 'open', if({holds}, 'ok', 'bad'))"
        if isinstance(raw.keys.get("unused_when"), str):
            if self._formula(raw.keys, "unused_when", raw.origin) is None:
                return None
            state = f"if({raw.keys['unused_when']}, 'unused', {state})"
        return self._made(state)

    def _checked(
        self, raw: Raw, section: str, part: str, label: Text, unit: str, formula: Node | None, signed: bool = False
    ) -> str:
        base = str(raw.keys["name"])
        name = f"{base}_{part}" if part else base
        if not NAME.match(name) or name in self.cells:
            self._say(*raw.origin.of("name"), "name", Text(f"名前「{name}」は使えません", f"the name “{name}” can't be used"))
        self.cells[name] = Cell(
            name=name,
            label=label,
            unit=unit or TEXT,
            section=section,
            role=RESULT,
            origin=Origin(raw.origin.source, raw.origin.path, {"formula": raw.origin.of(part or "state")}),
            formula=formula,
            counter=raw.keys.get("counter"),
            signed=signed,
            of=base if part else None,
            companion=part or None,
        )
        return name

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
