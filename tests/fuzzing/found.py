"""What was found once: a small file per kind, named by its target and what went wrong.

``formulas-….txt`` is a formula, ``csv-….csv``, ``toml-….toml``, ``sheets-….csv`` and ``….tsv`` are files as they came;
``books-….json`` and ``record-….json`` say what is done to the worked example's page: ``part`` with ``old`` replaced by
``new``, or ``set`` (path and value) in the record, and for which ``command``.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from conftest import page_and_months, page_only
from seeding import package

from . import books, damage, formulas, record, sheets, texts
from .trial import Answer, Trial

FOLDER = Path(__file__).with_name("finds")


def trial(path: Path) -> Trial:
    """The trial that a file is."""
    target, data = path.name.partition("-")[0], path.read_bytes()
    if target == "formulas":
        return Trial("find", {}, lambda: formulas.asked(data.decode().rstrip("\n")))
    if target == "sheets":
        return Trial("find", {}, lambda: sheets.asked("check", data, path.name))
    if target == "csv":
        return Trial("find", {}, lambda: next(read for name, _, read in texts.READERS if name in path.name)(data))
    if target == "toml":
        return Trial("find", {}, lambda: texts.plan(data, True) if "plan" in path.name else texts.template(data))
    return Trial("find", {}, lambda: _edited(json.loads(data)))


def _edited(said: dict[str, Any]) -> Answer:
    base = said.get("base", "page")
    parts = dict(package.unpacked(page_and_months() if base == "months" else page_only()))
    if "set" in said:
        content = copy.deepcopy(record.carried(base))
        for path, value in said["set"]:
            at: Any = content
            for key in path[:-1]:
                at = at[key]
            at[path[-1]] = value
        return record.COMMANDS[said["command"]](record.with_rows(parts, record.encoded(content)))
    for name, old, new in said["edits"]:
        part = package.part_of(parts, package.titles(parts)[0]) if name == "goals" else name
        text = parts[part].decode()
        assert old in text, f"{old} is no longer in {part}"
        parts[part] = text.replace(old, new, 1).encode("utf-8", "surrogatepass")
    return books.asked(damage.packed(parts), base)
