"""The judge's own book of who wrote what: cell by cell, read from the files alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import referee

from kgisheet import api

from .judge import RESET, Loss
from .look import Look, Where, looked, plain


class Asked(NamedTuple):
    """What a run was asked for: what its plan says of some single cells by name, what it may take, whether a year begins."""

    said: dict[str, Any]
    takes: frozenset[str]
    rolls: bool


class Ledger:
    """What the program wrote last into each cell, and where people typed since.

    A cell is a sheet's title and an address: nobody moves rows here.
    """

    def __init__(self, written: bytes) -> None:
        self.ours: dict[Where, Any] = dict(looked(written).contents)
        self.typed: set[Where] = set()

    def type(self, places: list[Where]) -> None:
        self.typed.update(places)

    def theirs(self, contents: dict[Where, Any]) -> dict[Where, Any]:
        """What people typed and the program did not write there last."""
        return {where: contents.get(where) for where in self.typed if not same(contents.get(where), self.ours.get(where))}

    def run(self, before: Look, outcome: api.Outcome, asked: Asked, names: Mapping[Where, str]) -> list[Loss]:
        """Books a run, and says what it did to people's cells without saying so; ``names`` are those before it."""
        after = looked(outcome.data)
        was, now = before.contents, after.contents
        found: list[Loss] = []
        changed = {(each.sheet, each.cell): each.name or "" for each in outcome.changes}
        in_conflict = {(each.sheet, each.cell): each for each in outcome.conflicts}
        listed = in_conflict.keys() | {(each.sheet, each.cell) for each in outcome.kept}
        overwritten = getattr(outcome, "overwritten", frozenset())
        for where, value in self.theirs(was).items():
            name = names.get(where) or changed.get(where, "")
            is_reset = asked.rolls and RESET.fullmatch(re.sub(r"\[\d+\]", "", name))
            if not same(value, now.get(where)):
                is_frozen = where[0] in outcome.closed and where in before.formulas
                is_taken = bool({"ours", f"{where[0]}!{where[1]}", name} & asked.takes)
                if not (is_frozen or is_reset or is_taken):
                    found.append(Loss("typed", f"{where} {name} {value!r} became {now.get(where)!r}"))
                elif not is_frozen and (where not in changed or name not in overwritten):
                    found.append(Loss("overwritten and not said", f"{where} {name} {value!r} became {now.get(where)!r}"))
                continue
            if name and where[0] not in outcome.closed and where not in listed and not is_reset:
                found.append(Loss("typed and not listed", f"{where} {name} {value!r}"))
            if is_reset and where not in listed:
                # The new year begins with what stands there already: from now on it is the program's.
                self.ours[where] = now.get(where)
            if name in asked.said and where not in in_conflict and not says(value, asked.said[name]):
                found.append(Loss("no conflict", f"{where} {name} {value!r}, the plan says {asked.said[name]!r}"))
        for where in was.keys() | now.keys():
            if not same(was.get(where), now.get(where)):
                self.ours[where] = now.get(where)
        # What it left alone as it was written last is ours still.
        self.typed = set(self.theirs(now))
        return found


def same(one: Any, other: Any) -> bool:
    """Whether two contents are the same: formulas and texts to the letter, figures as a program stores them."""
    one, other = plain(one), plain(other)
    if isinstance(one, str) or isinstance(other, str) or one is None or other is None:
        return bool(one == other)
    return bool(referee.same(one, other))


def says(value: Any, said: Any) -> bool:
    """Whether a typed value is what the plan says; of a formula nobody here can tell."""
    return (isinstance(value, str) and value.startswith("=")) or same(value, said)
