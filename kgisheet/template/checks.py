"""A line of the checks → the cells it consists of: forward, goal, gap, state, what to do."""

from __future__ import annotations

from ..errors import Text
from ..expr.nodes import Node
from ..units import TEXT
from .declaration import Declaration, Raw
from .keys import NAME, KeyReader
from .model import RESULT, Cell, Check, Origin

_KEYS = {
    "name", "step", "label", "forward", "goal", "unit", "compare", "also", "state", "optional", "advice", "counter", "after",
}  # fmt: skip


class CheckReader(KeyReader):
    """Makes the cells of checks, and of each advice a word that a formula may use."""

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self.cells: dict[str, Cell] = {}
        self.words: dict[str, Text] = {}

    def _check(self, raw: Raw, section: str) -> Check | None:
        keys, origin = raw.keys, raw.origin
        self._known_keys(raw, _KEYS)
        name = self._string(keys.get("name"), *origin.of("name"))
        if not name:
            return None
        step = str(keys.get("step", ""))
        label = self._text(keys.get("label"), *origin.of("label")) or Text(name, name)
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
            gap = self._made(f"round({name}_forward - {name}_goal, 6)")
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
        missing = "unused" if raw.keys.get("optional") is True else "open"
        return self._made(f"if(is_blank({name}_gap), '{missing}', if({holds}, 'ok', 'bad'))")

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
