"""F10: a name local to one sheet that shadows one of ours, so that the formulas there refer to another cell."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.text import Text
from ...values.a1 import Place, address, cell_of
from ..finding import ERROR, Finding
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
    also = Text(f"など{len(names)}個", f" and {len(names) - 1} more") if len(names) > 1 else Text("", "")
    now = book.read.local_names.get((sheet, name.lower()))
    points = cells_of(now, sheet) if now is not None else book.read.loose.get((sheet, name.lower()), "")
    first = users[0]
    return Finding(
        "F10", ERROR,
        Text(f"シート「{sheet}」だけで使われる名前 {name}({label.ja}){also.ja}があり、{points} を指しています。このシートの数式{len(users)}個が、本来のセル({cells_of(belongs, sheet)})を読んでいません",
             f"The sheet “{sheet}” has a name {name} ({label.en}){also.en} of its own, pointing to {points}: {len(users)} formula(s) on it don't read the cell that is meant ({cells_of(belongs, sheet)})"),
        Text(f"数式タブの「名前の管理」で、範囲が「{sheet}」になっている {name}{also.ja}を削除してください",
             f"delete {name}{also.en} whose scope is “{sheet}” (Formulas, Name Manager)"),
        sheet=sheet, cell=address(*first[1:]), name=name, label=label.to(book.lang),
        affected=tuple(cell_of(*where) for where in users[1:]),
    )  # fmt: skip


def cells_of(place: Place, seen_from: str) -> str:
    """Return cells as text: D21:D28, of another sheet 目標設定!D21:D28."""
    last = address(place.row + place.rows - 1, place.col + place.cols - 1)
    first = address(place.row, place.col)
    said = first if (place.rows, place.cols) == (1, 1) else f"{first}:{last}"
    return said if place.sheet == seen_from else f"{place.sheet}!{said}"
