"""What a plan says of the sheets beyond the page and the months: ``[feasibility]``, ``[[journey]]``, by the sections' keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from ..errors import Text
from ..template.declaration import Declaration
from ..template.model import DRAWN, Cell, Section, Template
from ..template.tables import CHANNEL
from ..tomlsource import Path
from . import wording

Say = Callable[[Path, str, Text, Text | None], None]
Read = Callable[[Cell, Any, Path], Any]


def keys(declaration: Declaration) -> frozenset[str]:
    """The keys of all such sections, on sheets that are wanted or not, and those of the page that go with such a sheet."""
    sections = (raw.keys.keys for raw in declaration.sections)
    cells = (raw.keys for section in declaration.sections for raw in section.cells)
    with_them = frozenset(
        str(each.get("plan", each.get("name"))) for each in cells if "with_sheet" in each and each.get("input") is True
    )
    return with_them | frozenset(str(each.get("key")) for each in sections if each.get("sheet") in DRAWN)


def channel_keys(declaration: Declaration) -> frozenset[str]:
    """What ``[[channel]]`` may say for those sheets, wanted or not."""
    cells = (raw.keys for each in declaration.sections if each.keys.keys.get("sheet") in DRAWN for raw in each.cells)
    inputs = (each for each in cells if each.get("per") == CHANNEL and each.get("input") is True)
    return frozenset(str(each.get("plan", str(each.get("name")).removeprefix(f"{CHANNEL}_"))) for each in inputs)


def columns(template: Template, section: Section) -> list[Cell]:
    """The inputs of a section's own table."""
    own = section.table if section.table in template.tables else None
    return [cell for cell in template.inputs() if cell.section == section.key and cell.table == own and own is not None]


def singles(template: Template, section: Section) -> list[Cell]:
    return [cell for cell in template.inputs() if cell.section == section.key and cell.table is None]


def inputs(template: Template, table: dict[str, Any], read: Read, say: Say) -> dict[str, Any]:
    """The inputs by the cells' names: ``read`` takes a value as its cell asks, ``say`` tells what is wrong, and where."""
    found: dict[str, Any] = {}
    for section in template.drawn():
        given = table.get(section.key)
        rows, single = columns(template, section), singles(template, section)
        if rows:
            listed = _rows(section, given, say)
            for at, row in enumerate(listed):
                _known((section.key, at), row, rows, template, say)
            for cell in rows:
                found[cell.name] = [_value(cell, row, (section.key, at), read) for at, row in enumerate(listed)]
        else:
            if given is not None and not isinstance(given, dict):
                say((section.key,), "type", *_shape(section.key, False))
                given = None
            _known((section.key,), given or {}, single, template, say)
            for cell in single:
                found[cell.name] = _value(cell, given or {}, (section.key,), read)
    return found


def fill_counts(inputs: dict[str, Any], counted: Mapping[str, tuple[int, int]]) -> None:
    """A rate that is given as "9 of 30" says as well what it rests on, where ``[sure]`` says nothing else."""
    for name, pair in counted.items():
        cells = [f"sure_{name}_hits", f"sure_{name}_cases"]
        if all(cell in inputs and inputs[cell] is None for cell in cells):
            inputs |= {cell: Fraction(each) for cell, each in zip(cells, pair, strict=True)}


def _rows(section: Section, given: Any, say: Say) -> list[dict[str, Any]]:
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        say((section.key,), "type", *_shape(section.key, True))
        return []
    if len(given) > section.rows:
        what = Text(
            f"{len(given)}行ありますが、表は{section.rows}行です", f"there are {len(given)} rows, the table has {section.rows}"
        )
        say((section.key, section.rows), "rows", what, Text("行をまとめてください", "make some of them one"))
    return given[: section.rows]


def _shape(key: str, is_list: bool) -> tuple[Text, Text]:
    said = f"[[{key}]]" if is_list else f"[{key}]"
    return Text(f"{key} の書き方が違います", f"{key} is not written right"), Text(f"{said} と書いてください", f"write {said}")


def _known(path: Path, row: dict[str, Any], cells: list[Cell], template: Template, say: Say) -> None:
    names = {cell.plan_key for cell in cells}
    for key in row:
        if key not in names:
            say((*path, key), "unknown-key", *wording.unknown(key, names, template))


def _value(cell: Cell, row: dict[str, Any], path: Path, read: Read) -> Any:
    value = row.get(cell.plan_key, cell.default)
    return None if value is None else read(cell, value, (*path, cell.plan_key))
