"""The headings of a roster → keys of the plan: the keys themselves, or what the workbook calls the cells, in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property

from ..errors import KgisheetError, PlanError
from ..language.text import Text
from ..plan.months import cells_of
from ..template.model import Cell, Template
from ..template.settle import settle
from ..template.tables import CHANNEL
from ..values.regex import regex
from ..values.toml import read
from .plans import Base, opener

_KEY = regex(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*|channel[.\[].*\.[a-z0-9_]+")
_OF_CHANNEL = regex(rf"({CHANNEL}|チャネル)\.(.+)\.(.+)", re.IGNORECASE)
_FRAME = ("template", "sheets")
_CLOSE = 0.72


class Headings:
    """The headings that a plan's rosters may have; the template is only asked where one isn't a key as it stands."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def key(self, heading: str) -> str:
        """Return the key of a heading; an unknown one as it is."""
        if _KEY.fullmatch(heading):
            return heading
        found = _OF_CHANNEL.fullmatch(heading)
        if found is not None:
            column = self._columns.get(_plain(found[3]))
            return heading if column is None else f"{CHANNEL}.{found[2]}.{column}"
        return self._singles.get(_plain(heading), heading)

    def near(self, heading: str) -> Text | None:
        """Return the heading that one is close to, in either language; None where there is none."""
        found = _OF_CHANNEL.fullmatch(heading)
        said = found[3] if found is not None else heading
        known = [self._columns, self._singles] if found is not None else [self._singles, self._columns]
        for at, names in enumerate(known):
            plain = _plain(said)
            close = _longest(name for name in names if plain.startswith(name))  # 担当者 is 担当, and not 担当者数
            close = (
                close
                or get_close_matches(plain, names, 1, _CLOSE)
                or _longest(name for name in names if name.startswith(plain))
            )
            if close:
                key = names[close[0]]
                if names is self._columns:
                    channel = found[2] if found is not None and at == 0 else None
                    key = f"{CHANNEL}.{channel or '…'}.{key}"
                return Text(key, key)
        return None

    @cached_property
    def _template(self) -> Template | None:
        try:
            called = read(self._base.toml, self._base.name, PlanError)[0].get("template", "standard")
            declaration = opener(self._base)(str(called))
            return settle(declaration, (), declaration.listed.whole)
        except KgisheetError:  # said where the plan is read
            return None

    @cached_property
    def _singles(self) -> dict[str, str]:
        """The keys of single cells by their plain names; those of the page go before those of other sheets."""
        template = self._template
        if template is None:
            return {}
        return _named((cell, path) for cell, path in _paths(template)) | {key: key for key in _FRAME}

    @cached_property
    def _columns(self) -> dict[str, str]:
        template = self._template
        if template is None:
            return {}
        return _named((cell, cell.plan_key) for cell in template.inputs() if cell.table == CHANNEL and not cell.recorded)


def _paths(template: Template) -> Iterator[tuple[Cell, str]]:
    of_page, drawn = template.page_keys(), {section.key for section in template.drawn()}
    of_months = {name: key for key, name in cells_of(template.roles).items()}
    for cell in template.inputs():
        if cell.name in of_months:
            yield cell, f"months.{of_months[cell.name]}"
        elif cell.table is None and cell.section in of_page:
            yield cell, cell.plan_key
        elif cell.table is None and cell.section in drawn:
            yield cell, f"{cell.section}.{cell.plan_key}"


def _named(cells: Iterator[tuple[Cell, str]]) -> dict[str, str]:
    """Return the keys by all that a cell is called; the first of two that are called the same, as no label leads to two."""
    found: dict[str, str] = {}
    for cell, path in cells:
        for name in (path, *cell.label, *cell.full_label):
            found.setdefault(_plain(name), path)
    return found


def _longest(names: Iterable[str]) -> list[str]:
    return sorted((name for name in names if len(name) > 1), key=len, reverse=True)[:1]


def _plain(heading: str) -> str:
    """Return a heading without regard to case, width and spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", heading)).casefold()
