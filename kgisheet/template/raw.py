"""The contents of a template's texts before it is settled: tables with the places of their keys."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from ..errors import Problem
from ..values.toml import Source
from .model import Origin, lead_times
from .sheets import SheetList


class Raw(NamedTuple):
    """One cell or check: its keys, and where each was declared."""

    keys: dict[str, Any]
    origin: Origin

    def override(self, other: Raw) -> None:
        for key, value in other.keys.items():
            self.keys[key] = value
            self.origin.keys[key] = (other.origin.source, (*other.origin.path, key))


class RawSection(NamedTuple):
    """One section: its own keys, its cells, checks and flows, in order."""

    keys: Raw
    cells: list[Raw]
    checks: list[Raw]
    flows: list[Raw]

    def groups(self) -> tuple[tuple[str, list[Raw]], ...]:
        return ("cell", self.cells), ("check", self.checks), ("flow", self.flows)


class Declaration(NamedTuple):
    """The merged template. ``sources`` is its own text first, then its bases'; the example may be one of theirs."""

    head: dict[str, Any]
    words: dict[str, Any]
    references: dict[str, Any]
    example: dict[str, Any]
    sections: list[RawSection]
    sources: list[Source]
    problems: list[Problem]
    sheets: list[Raw]
    roles: dict[str, Any]
    inherits_example: bool = False

    @property
    def listed(self) -> SheetList:
        """The sheets as far as they are declared right."""
        return SheetList.read(raw.keys for raw in self.sheets)

    def either(self) -> list[list[str]]:
        """Return groups of cells of which one is typed; malformed ones are left out (`settle` reports them)."""
        groups = self.head.get("either", [])
        return [group for group in groups if isinstance(group, list)] if isinstance(groups, list) else []

    def plan_key(self, name: str) -> str:
        """Return the plan's key for the cell ``name``: for a table's column, the part after the table's name."""
        for section in self.sections:
            for raw in section.cells:
                if raw.keys.get("name") == name:
                    return str(raw.keys.get("plan", name.removeprefix(f"{section.keys.keys.get('key')}_")))
        return name

    def lead_times(self) -> list[str]:
        """Return the stages that have a lead time of their own, whatever sheets there are."""
        cells = [str(raw.keys.get("name")) for section in self.sections for raw in section.cells]
        return lead_times(cells, [str(raw.keys.get("name")) for section in self.sections for raw in section.flows])

    @property
    def digest(self) -> str:
        """SHA-256 over all the texts, own first."""
        return digest([source.text for source in self.sources])


class Layer(NamedTuple):
    """One text of a template as it was written: its own, or that of a base; with its stages and macros.

    ``said`` is what macros are made with, by `stages.SAID`; ``spoken`` are words that are repeated.
    """

    declared: Declaration
    stages: list[Raw]
    macros: list[RawSection]
    said: dict[str, dict[str, Any]]
    spoken: list[Raw]


def digest(texts: list[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
