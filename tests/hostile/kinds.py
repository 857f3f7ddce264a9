"""The register of hostile files: each kind a name, a generator, and what may come of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

Make = Callable[[], bytes]


class Kind(NamedTuple):
    """A kind of file. ``may``: the statuses of a check that are right; ``suffix``: what the file is called.

    ``sound``: it is a file as real programs write it, which must be read in full. ``heavy``: for the sweep alone.
    """

    make: Make
    may: tuple[str, ...] = ("unreadable", "incomplete", "findings")
    suffix: str = ".xlsx"
    heavy: bool = False

    @property
    def sound(self) -> bool:
        return "ok" in self.may


KINDS: dict[str, Kind] = {}


def kind(name: str, *may: str, suffix: str = ".xlsx", heavy: bool = False) -> Callable[[Make], Make]:
    """Register a generator; without ``may`` the file is to be refused, or checked with something to be said."""

    def register(make: Make) -> Make:
        assert name not in KINDS
        KINDS[name] = Kind(make, may or Kind._field_defaults["may"], suffix, heavy=heavy)
        return make

    return register


OK = ("ok",)
READ = ("ok", "findings", "incomplete")
"""It may be checked, whatever comes of it."""
REFUSED = ("unreadable",)
