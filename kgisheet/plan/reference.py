"""Every key of a plan, from the template's declarations: what the README's reference is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..errors import Text
from ..template.model import PAGE, Cell, Template
from ..units import COUNT, CURRENCY, DATE, MONTH, RATE
from . import drawn

_UNITS = {
    CURRENCY: Text("円", "yen"),
    RATE: Text("率", "rate"),
    COUNT: Text("数", "number"),
    DATE: Text("日付", "date"),
    MONTH: Text("月", "month"),
}
_WORDS = Text("文字", "text")


class Key(NamedTuple):
    """One key: the table of the plan that it stands in ("" for the top), what it is called, and what it holds."""

    table: str
    name: str
    label: Text
    kind: Text
    required: bool
    sheet: str

    @property
    def written(self) -> str:
        """``[feasibility] budget``, ``[[channel]] share``, ``web_revenue``."""
        return f"{self.table} {self.name}".strip()


def keys(template: Template) -> Iterator[Key]:
    """The keys in the order of the sheets; ``[months]`` has a part of its own in the README."""
    sheets = {section.key: section.sheet for section in template.sections}
    for cell in template.page_inputs():
        yield _key("[[channel]]" if cell.table else "", cell, PAGE)
    split = [name for group in template.either for name in group if template.cells[name].formula is not None]
    for name in split:
        yield _key("[[channel]]", template.cells[name], PAGE)
    for cell in template.inputs():
        if cell.table == "channel" and sheets[cell.section] != PAGE:
            yield _key("[[channel]]", cell, sheets[cell.section])
    for section in template.drawn():
        for cell in drawn.singles(template, section):
            yield _key(f"[{section.key}]", cell, section.sheet)
        for cell in drawn.columns(template, section):
            yield _key(f"[[{section.key}]]", cell, section.sheet)


def markdown(template: Template, lang: str) -> str:
    """The keys as a table."""
    heads = Text("| キー | 項目 | 値 | シート |", "| key | what it is | holds | sheet |").to(lang)
    lines = [heads, "|---|---|---|---|"]
    for key in keys(template):
        needed = Text("(必須)", " (needed)").to(lang) if key.required else ""
        lines.append(f"| `{key.written}` | {key.label.to(lang)}{needed} | {key.kind.to(lang)} | {key.sheet} |")
    return "\n".join(lines)


def _key(table: str, cell: Cell, sheet: str) -> Key:
    kind = _UNITS.get(cell.unit, _WORDS)
    if cell.choices is not None:
        kind = Text(*([" / ".join(cell.choices)] * 2))
    if cell.unbounded:
        kind = Text("倍率", "multiplier")
    return Key(table, cell.plan_key, cell.full_label, kind, cell.required, sheet)
