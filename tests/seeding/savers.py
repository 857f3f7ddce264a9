"""The routes by which a changed workbook comes to lie in a file."""

from __future__ import annotations

import datetime
import io
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import office
import openpyxl
import referee

from . import engines, package
from .case import Book, Case, Cells, Office, Parts
from .subjects import WHOLE, made

Edit = Callable[[openpyxl.Workbook], None]


def edited(data: bytes, edit: Edit) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    edit(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def setter(sheet: str, cell: str, value: Any) -> Edit:
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook[sheet][cell].value = value

    return edit


def typed(cells: Cells) -> Edit:
    def edit(workbook: openpyxl.Workbook) -> None:
        for (sheet, address), value in cells.values.items():
            workbook[sheet][address].value = value

    return edit


def before_office(case: Case) -> bytes:
    """The mutant, but for what LibreOffice does: recalculate (``office``), or all of it (``uno``)."""
    data, change = made(case.subject), case.change
    if case.saver == "uno":
        return data
    # What LibreOffice saves anyway needs no openpyxl before it, which takes as long, but for dates, which need a format.
    office = case.saver == "office" and isinstance(change, Cells) and not any(isinstance(each, datetime.date | datetime.time) for each in change.values.values())  # fmt: skip
    if isinstance(change, Parts) or case.saver == "xml" or office:
        parts = package.unpacked(data)
        if isinstance(change, Cells):
            for place, value in change.values.items():
                package.set_cell(parts, place, value)
            if not office:
                _follow(case, parts, change)
        else:
            assert isinstance(change, Parts)
            change.edit(parts)
            if change.recalculated:
                package.recalculated(parts)
        return package.packed(parts)
    return edited(
        data, typed(change) if isinstance(change, Cells) else change.edit if isinstance(change, Book) else lambda _: None
    )


def _follow(case: Case, parts: package.Parts, change: Cells) -> None:
    """The cached values after what was typed; of a whole workbook, which is long to load, in the engine that has it already."""
    if case.subject not in WHOLE or any(str(value).startswith("=") and "[" in str(value) for value in change.values.values()):
        package.recalculated(parts)
        return
    with engines.typed(engines.of_whole(case.subject), change.values) as engine:
        package.recalculated(parts, engine=engine.model)


def saved(cases: Sequence[Case]) -> list[bytes]:
    """The mutants as they are saved, those of the UNO route left as they were."""
    files = [before_office(case) for case in cases]
    waiting = [number for number, case in enumerate(cases) if case.saver in ("office", "office+openpyxl")]
    for number, data in zip(waiting, saved_by_libreoffice([files[number] for number in waiting]), strict=True):
        files[number] = data
    for number, case in enumerate(cases):
        if case.saver == "office+openpyxl":
            files[number] = edited(files[number], lambda _: None)
    return files


def saved_by_libreoffice(workbooks: list[bytes]) -> list[bytes]:
    """Recalculated and saved, many at once."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in")
        source.mkdir()
        for number, data in enumerate(workbooks):
            (source / f"{number:05d}.xlsx").write_bytes(data)
        made: list[Path] = []
        files = sorted(source.iterdir())
        for start in range(0, len(files), 100):
            made += referee.convert(files[start : start + 100], "xlsx", Path(folder, "out"))
        return [file.read_bytes() for file in made]


def steps(case: Case) -> list[list[Any]]:
    """What LibreOffice is to do."""
    if isinstance(case.change, Office):
        return case.change.steps
    assert isinstance(case.change, Cells)
    return [["cell", *place, value] for place, value in case.change.values.items()]


def by_libreoffice(cases: Sequence[Case]) -> list[bytes | None]:
    """The cases done in the open program; None for what it refuses to do, which nobody can do in it."""
    files: list[bytes | None] = []
    for case in cases:
        done = office.edit(made(case.subject), steps(case))
        assert done == office.REFUSED or isinstance(done, bytes), f"LibreOffice's edits failed: {case.kind}: {done!r}"
        files.append(done if isinstance(done, bytes) else None)
    refused = sorted({case.kind for case, data in zip(cases, files, strict=True) if data is None})
    if refused:
        print(f"refused by LibreOffice, not counted: {', '.join(refused)}", file=sys.stderr)
    return files
