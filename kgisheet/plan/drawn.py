"""The parts of a plan for the sheets beyond the page and the months: ``[feasibility]``, ``[[journey]]``, by section key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from ..language.text import Text
from ..template.model import INPUT, Cell, Section, Template
from ..template.raw import Declaration
from ..template.sheets import DRAWN
from ..template.tables import ABM, CHANNEL, RANK, STAGE
from ..values.toml import Path
from . import wording

MATRIX = "matrix"

Say = Callable[[Path, str, Text, Text | None], None]
Read = Callable[[Cell, Any, Path], Any]


def keys(declaration: Declaration) -> frozenset[str]:
    """Return the keys of such sections with inputs, on requested sheets or not, and those of the page that go with such a sheet."""
    sheets = declaration.listed
    cells = (raw.keys for section in declaration.sections for raw in section.cells)
    with_them = frozenset(
        str(each.get("plan", each.get("name"))) for each in cells if "with_sheet" in each and each.get("input") is True
    )
    drawn = (raw for raw in declaration.sections if sheets.kind_of(raw.keys.keys.get("sheet")) == DRAWN)
    typed = (raw.keys.keys for raw in drawn if any(cell.keys.get("input") is True for cell in raw.cells))
    return with_them | frozenset(str(each.get("key")) for each in typed)


def channel_keys(declaration: Declaration) -> frozenset[str]:
    """Return the keys that ``[[channel]]`` may hold for those sheets, requested or not."""
    sheets = declaration.listed
    drawn = (each for each in declaration.sections if sheets.kind_of(each.keys.keys.get("sheet")) == DRAWN)
    cells = (raw.keys for each in drawn for raw in each.cells)
    inputs = (each for each in cells if each.get("per") == CHANNEL and each.get("input") is True)
    return frozenset(str(each.get("plan", str(each.get("name")).removeprefix(f"{CHANNEL}_"))) for each in inputs)


def columns(template: Template, section: Section) -> list[Cell]:
    """Return the inputs of a section's own table."""
    if section.table not in template.tables:
        return []
    return [cell for cell in template.inputs() if cell.section == section.key and cell.table == section.table]


def singles(template: Template, section: Section) -> list[Cell]:
    cells = template.cells.values()
    return [cell for cell in cells if cell.section == section.key and cell.table is None and cell.role == INPUT]


def inputs(template: Template, table: dict[str, Any], lang: str, read: Read, say: Say) -> dict[str, Any]:
    """Return the inputs by cell name: ``read`` converts a value for its cell, ``say`` reports a problem and its place.

    ``lang`` is that of the words that tables begin with.
    """
    found: dict[str, Any] = {}
    for section in template.drawn():
        given = table.get(section.key)
        if section.kind == MATRIX:
            found |= _matrix(template, section, given, found, read, say)
            continue
        rows, single = columns(template, section), singles(template, section)
        if rows:
            if given is None:
                known = {cell.plan_key for cell in rows}
                given = [{key: text.to(lang) for key, text in row if key in known} for row in section.prefill] or None
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


def matrix_cells(template: Template, section: Section) -> dict[str, Cell]:
    """Return the inputs of the matrix, by key."""
    return {cell.plan_key: cell for cell in template.inputs() if cell.section == section.key and cell.table == ABM}


def _matrix(
    template: Template, section: Section, given: Any, names: Mapping[str, Any], read: Read, say: Say
) -> dict[str, list[Any]]:
    """Return the matrix over ranks and stages: ``[[abm]]`` rank = "A", stage = "潜在", opening = 20."""
    cells = matrix_cells(template, section)
    axes = {RANK: list(names[f"{RANK}_name"]), STAGE: list(names[f"{STAGE}_name"])}
    across = template.tables[STAGE]
    found: dict[str, list[Any]] = {cell.name: [] for cell in cells.values()}
    if given is None:
        return found
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        say((section.key,), "type", *_shape(section.key, True))
        return found
    found = {name: [None] * (template.tables[RANK] * across) for name in found}
    seen: set[int] = set()
    for at, row in enumerate(given):
        path: Path = (section.key, at)
        for key in row:
            if key not in ("rank", "stage", *cells):
                say((*path, key), "unknown-key", *wording.unknown(key, {"rank", "stage", *cells}, template))
        where = [_among(row.get(key), axes[axis], (*path, key), axis, say) for key, axis in (("rank", RANK), ("stage", STAGE))]
        index = None if where[0] is None or where[1] is None else where[0] * across + where[1]
        if index is not None and index in seen:
            what = Text("同じランク・段階の行が2回あります", "there are two rows for this rank and stage")
            say(path, "twice", what, Text("1つにまとめてください", "merge them into one"))
        for key, cell in cells.items():
            value = None if row.get(key) is None else read(cell, row[key], (*path, key))
            if index is not None and value is not None:
                found[cell.name][index] = value
        seen |= {index} if index is not None else set()
    return found


def _among(value: Any, names: list[Any], path: Path, axis: str, say: Say) -> int | None:
    """Return the name on an axis of the matrix that a row refers to."""
    said = [str(each).casefold() for each in names]
    if isinstance(value, str) and value.casefold() in said:
        return said.index(value.casefold())
    listed = [str(each) for each in names if each]
    what = Text(f"「{value}」は [[{axis}]] の name にありません", f"“{value}” is not the name of an [[{axis}]]")
    if value is None:
        what = Text(f"{path[-1]} が指定されていません", f"{path[-1]} is missing")
    fix = Text(f"{'、'.join(listed)} のどれかを書いてください", f"write one of {', '.join(listed)}")
    if not listed:
        fix = Text(f"先に [[{axis}]] に name を書いてください", f"write [[{axis}]] with a name first")
    say(path, "no-name", what, fix)
    return None


def fill_counts(inputs: dict[str, Any], counted: Mapping[str, tuple[int, int]]) -> None:
    """Take the counts of a rate given as "9 of 30" as its evidence, unless ``[sure]`` says otherwise."""
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
        say((section.key, section.rows), "rows", what, Text("行をまとめてください", "merge some rows"))
    return given[: section.rows]


def _shape(key: str, is_list: bool) -> tuple[Text, Text]:
    said = f"[[{key}]]" if is_list else f"[{key}]"
    return Text(f"{key} の書き方が違います", f"{key} is written in the wrong form"), Text(
        f"{said} と書いてください", f"write {said}"
    )


def _known(path: Path, row: dict[str, Any], cells: list[Cell], template: Template, say: Say) -> None:
    names = {cell.plan_key for cell in cells}
    for key in row:
        if key not in names:
            say((*path, key), "unknown-key", *wording.unknown(key, names, template))


def _value(cell: Cell, row: dict[str, Any], path: Path, read: Read) -> Any:
    value = row.get(cell.plan_key, cell.default)
    return None if value is None else read(cell, value, (*path, cell.plan_key))
