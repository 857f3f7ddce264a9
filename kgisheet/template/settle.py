"""Resolution of a declaration and its choices to a template: precompiled, cached, or made now."""

from __future__ import annotations

from collections.abc import Iterable

from ..values.recent import Recent
from . import precompiled
from .model import Template
from .raw import Declaration
from .sheets import SheetList


def settle(declaration: Declaration, typed: Iterable[str] = (), sheets: Iterable[str] | None = None) -> Template:
    """Return the template with its choices resolved.

    ``typed`` names the cells of ``either`` that are inputs, ``sheets`` the ids of the sheets wanted: all unless said.
    Raise TemplateError with every problem of the template, whatever the choice. The
    same texts and choices give the same template: it is shared and must not be modified.
    """
    chosen, wanted = frozenset(typed), frozenset(declaration.listed.whole if sheets is None else sheets)
    texts = tuple((source.name, source.text) for source in declaration.sources)
    return _RECENT.get((texts, chosen, wanted), lambda: _settled(declaration, chosen, wanted))


_RECENT: Recent[Template] = Recent(8)


def _settled(declaration: Declaration, chosen: frozenset[str], wanted: frozenset[str]) -> Template:
    kind = None if chosen else _precompiled(declaration.listed, wanted)
    ready = kind and precompiled.template(declaration.sources, kind)
    if ready:
        return ready
    from .settling import settled  # which takes long to import, and is seldom needed

    return settled(declaration, chosen, wanted)


def _precompiled(listed: SheetList, wanted: frozenset[str]) -> str | None:
    """Return the kind of the precompiled template with these sheets; None where there is none."""
    if wanted.intersection(listed.ids) == frozenset(listed.whole):
        return precompiled.TEMPLATE
    return precompiled.EVERYDAY if wanted == frozenset(listed.with_needed(listed.everyday)) else None


def check(declaration: Declaration) -> Template:
    """Return the template resolved in its first way, after trying every way."""
    first = settle(declaration)
    settle(declaration, sheets=declaration.listed.ids)
    for group in first.either:
        for name in group[1:]:
            settle(declaration, [name])
    return first
