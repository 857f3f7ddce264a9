"""Writes the ready-made workbooks beside it: for people who download one and type their own figures over it.

`samples/make` runs it; with --check it says which are no longer what it would write, and writes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kgisheet import api
from kgisheet.start.fields import CHANNEL, SINGLE
from kgisheet.values.toml import write
from kgisheet.worksheet import provenance
from kgisheet.xlsx.read.reader import read

HERE = Path(__file__).parent
LANGUAGES = ("ja", "en")
OF_TEMPLATES = {"standard": "standard", "without-opportunities": "short"}
"""The worked examples of templates; the others have a plan in plans/."""

KINDS = (*OF_TEMPLATES, "saas", "manufacturer", "seminar")
NAMES = {f"{kind}.{lang}.xlsx": (kind, lang) for kind in KINDS for lang in LANGUAGES}
_DIGEST = "kgisheet template sha256"
"""`check` asks about a workbook that carries another template than the published one."""


def plan(kind: str, lang: str) -> api.Plan:
    """Return a plan with the figures that every goal has, and no one's costs or budget: nobody types over all of those."""
    if kind not in OF_TEMPLATES:
        source = HERE / "plans" / f"{kind}.{lang}.toml"
        return api.plan_from_toml(source.read_bytes(), source.name, lang)
    worked = api.plan_from_example(lang, (), api.open_shipped(OF_TEMPLATES[kind])).table
    table: dict[str, Any] = {each.key: worked[each.key] for each in SINGLE if each.key in worked}
    table["channel"] = [{each.key: row[each.key] for each in CHANNEL if each.key in row} for row in worked["channel"]]
    return api.plan_from_toml(write({"template": worked["template"], **table}), f"{kind}.{lang}", lang)


def made(name: str) -> bytes:
    """Return a workbook; the same bytes every time."""
    kind, lang = NAMES[name]
    return api.workbook(plan(kind, lang), lang)


def contents(data: bytes) -> dict[Any, Any]:
    """Return what a workbook shows and calculates, and the digest of its template, without the record of how it was made."""
    book = read(data, "ready.xlsx")
    shown = {where: cell[:3] for where, cell in book.cells.items() if where[0] != provenance.SHEET}
    return shown | dict(book.names) | {_DIGEST: book.properties[_DIGEST]}


def stale(names: Iterator[str] | list[str]) -> list[str]:
    """Return those of some workbooks that are missing, or say something else than a new one."""
    paths = {name: HERE / name for name in names}
    return [name for name, path in paths.items() if not path.exists() or contents(path.read_bytes()) != contents(made(name))]


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    found = stale(list(NAMES))
    if arguments:
        print("\n".join(found) if found else "all are current")
        return 1 if found else 0
    for name in found:
        (HERE / name).write_bytes(made(name))
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
