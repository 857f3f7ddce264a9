"""The cells that others are worked out from."""

from __future__ import annotations

from collections.abc import Iterable

from ..expr.nodes import names
from .model import Template


def with_sources(template: Template, wanted: Iterable[str]) -> list[str]:
    """Return the names of cells with all that they are worked out from; names of no cell are left out."""
    found: dict[str, None] = {}
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name in found or name not in template.cells:
            continue
        found[name] = None
        formula = template.cells[name].formula
        if formula is not None:
            waiting += [each for source in names(formula) for each in template.blocks.get(source, (source,))]
    return list(found)
