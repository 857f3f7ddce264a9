"""F10: a name local to one sheet that shadows one of ours, so that the formulas there refer to another cell."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.catalogue import Phrase
from ...language.text import NOTHING
from ...values.a1 import Place, address, cell_of
from ..finding import Finding, finding
from ..subject import Subject

_FEW = 3  # names of a sheet that are said one by one; more came with a copy of it


def shadowed(subject: Subject) -> Iterator[Finding]:
    """Report shadowed names per sheet, at the first formula that refers to the other cell."""
    by_sheet: dict[str, list[str]] = {}
    for sheet, name in subject.book.shadows:
        by_sheet.setdefault(sheet, []).append(name)
    for sheet, names in by_sheet.items():
        for group in [[name] for name in names] if len(names) <= _FEW else [names]:
            yield _said(subject, sheet, group)


def _said(subject: Subject, sheet: str, names: list[str]) -> Finding:
    book = subject.book
    name, belongs, label = names[0], book.names[names[0]], subject.named(names[0])
    users = sorted({where for each in names for where in book.shadows[sheet, each]})
    also = Phrase("F10.shadowed.also", many=len(names), more=len(names) - 1) if len(names) > 1 else NOTHING
    now = book.read.local_names.get((sheet, name.lower()))
    points = cells_of(now, sheet) if now is not None else book.read.loose.get((sheet, name.lower()), "")
    first = users[0]
    return finding(
        "F10.shadowed",
        title=sheet,
        called=name,
        of=label,
        also=also,
        points=points,
        users=len(users),
        meant=cells_of(belongs, sheet),
        sheet=sheet,
        cell=address(*first[1:]),
        name=name,
        label=label.to(book.lang),
        affected=tuple(cell_of(*where) for where in users[1:]),
    )


def cells_of(place: Place, seen_from: str) -> str:
    """Return cells as text: D21:D28, of another sheet 目標設定!D21:D28."""
    last = address(place.row + place.rows - 1, place.col + place.cols - 1)
    first = address(place.row, place.col)
    said = first if place.size == 1 else f"{first}:{last}"
    return said if place.sheet == seen_from else f"{place.sheet}!{said}"
