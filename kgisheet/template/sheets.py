"""The sheets that a template declares, in the workbook's order: known by ids and kinds, and called by titles only in what is written or read."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..language.text import Text

PAGE, GRID, TAB, SUMMARY, DRAWN, GUIDE = "page", "months", "tab", "summary", "drawn", "guide"
GROUNDS, WORK = "grounds", "working"
"""The kinds of sheets: the page, the grid of the months, the twelve months' own, their summary, those that are drawn as
their sections declare them, and the guide; what the page rests on, and the hidden one of what is only worked with."""

KINDS = (GUIDE, PAGE, GRID, TAB, SUMMARY, DRAWN, GROUNDS, WORK)

OF_PAGE = (PAGE, GROUNDS, WORK)
"""The kinds of the sheets that the page is made of: none is without the others."""


class SheetOf(NamedTuple):
    """One sheet; of kind tab, the twelve months', which plans call by this title. ``needs`` are the ids of others it can't do without."""

    id: str
    kind: str
    title: Text
    needs: tuple[str, ...] = ()
    full: bool = False
    """Whether it is only made on request."""
    role: str = ""
    """Its purpose, which colours its tab: a key of `layout.looks.TABS`."""
    apart: bool = False
    """Whether it isn't even among all of them: only a plan that names it, or has figures for it, gets it."""


class SheetList(NamedTuple):
    """The sheets of a template, in their order."""

    all: tuple[SheetOf, ...]

    @classmethod
    def read(cls, tables: Iterable[Mapping[str, Any]]) -> SheetList:
        """Return the sheets of these declarations; malformed ones are left out (`settle` reports them)."""
        return cls(tuple(each for keys in tables if (each := _sheet(keys)) is not None))

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.all)

    @property
    def whole(self) -> tuple[str, ...]:
        """Return the ids of the sheets of a workbook that is asked for all."""
        return tuple(each.id for each in self.all if not each.apart)

    def of_kind(self, kind: str) -> SheetOf | None:
        """Return the first sheet of a kind."""
        return next((each for each in self.all if each.kind == kind), None)

    def ids_of(self, *kinds: str) -> tuple[str, ...]:
        """Return the ids of the sheets of these kinds."""
        return tuple(each.id for each in self.all if each.kind in kinds)

    def called(self, name: object) -> SheetOf | None:
        """Return the sheet of an id, or of a title in any language."""
        if not isinstance(name, str):
            return None
        key = _key(name)
        by_title = next((each for each in self.all if key in map(_key, each.title)), None)
        id_ = name if by_title is not None or name in self.ids else _earlier_titles().get(key)
        return next((each for each in self.all if each.id == id_), by_title)

    def kind_of(self, name: object) -> str:
        """Return the kind of the sheet that a section names; without a name it is on the page. "" for an unknown sheet."""
        if name is None:
            return PAGE
        found = self.called(name)
        return "" if found is None else found.kind

    def kinds(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the kinds of these sheets."""
        wanted = frozenset(ids)
        return frozenset(each.kind for each in self.all if each.id in wanted)

    def with_needed(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return these sheets with the page and all that they need, in the workbook's order."""
        wanted = {*ids, *self.ids_of(*OF_PAGE)}
        while more := {need for each in self.all if each.id in wanted for need in each.needs} - wanted:
            wanted |= more
        return tuple(each.id for each in self.all if each.id in wanted)

    @property
    def everyday(self) -> tuple[str, ...]:
        """Return the ids of the sheets that a workbook has unless it is asked for others."""
        return tuple(each.id for each in self.all if not (each.full or each.apart))

    def title(self, id_: str) -> Text:
        return next((each.title for each in self.all if each.id == id_), Text(id_, id_))


def before() -> str:
    """Return the sheets of a template that declares none: those there were before templates declared them."""
    return (Path(__file__).parent / BEFORE).read_text(encoding="utf-8")


BEFORE = "sheets_before.toml"


@functools.cache
def _earlier_titles() -> dict[str, str]:
    """Return the ids of the sheets by titles that they have had: plans name them."""
    listed = SheetList.read(tomllib.loads(before())["sheet"])
    return {_key(title): each.id for each in listed.all for title in each.title}


def same_titles(sheets: SheetList) -> Iterator[SheetOf]:
    """Yield the sheets whose id or title is an earlier one's."""
    seen: set[str] = set()
    for each in sheets.all:
        keys = {each.id, *map(_key, each.title)}
        if keys & seen:
            yield each
        seen |= keys


def _sheet(keys: Mapping[str, Any]) -> SheetOf | None:
    id_, kind, title, needs = (keys.get(key) for key in ("id", "kind", "title", "needs"))
    if not isinstance(id_, str) or kind not in KINDS:
        return None
    if isinstance(title, str):
        title = {"ja": title, "en": title}
    if not isinstance(title, dict) or not all(isinstance(title.get(lang), str) for lang in ("ja", "en")):
        return None
    listed = needs if isinstance(needs, list) else []
    needed = tuple(str(each) for each in listed)
    texts = Text(title["ja"], title["en"])
    return SheetOf(
        id_, str(kind), texts, needed, keys.get("full") is True, str(keys.get("role", "")), keys.get("apart") is True
    )


def _key(title: str) -> str:
    return title.strip().casefold()
