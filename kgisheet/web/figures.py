"""The cells of a template as a module of JavaScript, which works a plan out at once (web/page/sheet.js)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ..expr.render.js import code
from ..template.model import Cell, Template
from ..template.sources import with_sources
from ..values.units import DATE, MONTH


def module(template: Template, wanted: Iterable[str] | None = None) -> str:
    """Return the module of a template's cells: all, or those ``wanted`` and what they are worked out from."""
    cells = list(template.cells) if wanted is None else with_sources(template, wanted)
    used = set(cells)
    lines = [f"  {json.dumps(name)}: {_cell(template.cells[name])}," for name in template.cells if name in used]
    blocks = {name: list(of) for name, of in template.blocks.items() if used.issuperset(of)}
    words = {lang: {key: word.to(lang) for key, word in template.words.items()} for lang in ("ja", "en")}
    return "\n".join(
        [
            "// Made by kgisheet.web.figures from the template: the formulas of its cells.",
            "export const template = {",
            "cells: {",
            *lines,
            "},",
            f"blocks: {_json(blocks)},",
            f"words: {_json(words)},",
            "};",
            "",
        ]
    )


def _cell(cell: Cell) -> str:
    return "{" + ",".join(_parts(cell)) + "}"


def _parts(cell: Cell) -> Iterator[str]:
    if cell.table is not None:
        yield f"table:{json.dumps(cell.table)}"
    if cell.unit in (DATE, MONTH):
        yield "days:true"
    if cell.formula is not None:
        yield f"code:(v,q)=>{code(cell.formula)}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
