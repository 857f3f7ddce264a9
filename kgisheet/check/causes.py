"""Grouping of findings by cause: one finding, at the cause; the other cells are counted as affected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..formula.parser import FormulaError, parse
from ..language.catalogue import Phrase
from ..template import tables
from ..worksheet.solve import solve
from . import deleted, dragged
from .compare.spelling import normal
from .finding import ERROR, SEVERITIES, Finding, place
from .rules.sums import state_of
from .subject import Subject

_MANY = 3
_COLUMN_INPUTS = ("I01", "I02", "I03", "I04", "I06", "I08", "I09", "I10")
"""Findings that a whole column of inputs has at once: pasted as texts, as whole numbers, cleared."""


def settled(found: list[Finding]) -> list[Finding]:
    """Return the findings without those that another one at the same cell explains.

    An amount in 万円, or one that makes a count of thousands of millions, has a fraction of a yen; a row that was
    inserted has no name. A note explains no warning away.
    """
    causes: dict[tuple[str, str | None, str | None], str] = {}
    """By code and cell, the gravest severity with which it is found there."""
    for each in found:
        at = each.code, each.sheet, each.cell
        causes[at] = min(causes.get(at, each.severity), each.severity, key=SEVERITIES.index)
    return [
        each
        for each in found
        if not any(_explains(causes.get((code, each.sheet, each.cell)), each) for code in _EXPLAINS.get(each.code, ()))
    ]


_EXPLAINS = {"I10": ("I05", "I07"), "I06": ("S01",)}


def _explains(cause: str | None, finding: Finding) -> bool:
    """Return whether a finding of this severity, at the same cell, explains another."""
    return cause is not None and SEVERITIES.index(cause) <= SEVERITIES.index(finding.severity)


def together(subject: Subject, found: list[Finding]) -> list[Finding]:
    """Group what was pasted, deleted, overwritten or inserted at once as one cause."""
    return _lines(
        subject, _put_in(subject, _again(subject, _pasted(subject, dragged.folded(subject, deleted.folded(subject, found)))))
    )


def _worst_first(group: list[Finding]) -> list[Finding]:
    return sorted(group, key=lambda each: (SEVERITIES.index(each.severity), place(each)))


def _cells(findings: list[Finding]) -> tuple[str, ...]:
    return tuple(f"{each.sheet}!{each.cell}" for each in findings)


def _pasted(subject: Subject, found: list[Finding]) -> list[Finding]:
    """Return a sheet of which more than half the formulas are values now."""
    results = Counter(where[0] for cell, row, where in subject.results() if not subject.book.is_spare(cell, row))
    over: dict[str, list[Finding]] = {}
    for each in found:
        if each.code == "F01" and each.cell is not None and each.sheet is not None:
            over.setdefault(each.sheet, []).append(each)
    typed_over = [each for sheet, group in over.items() if len(group) > max(_MANY, results[sheet] // 2) for each in group]
    if not typed_over:
        return found
    first, *others = _worst_first(typed_over)
    whole = first._replace(
        message=Phrase("F01.sheet_pasted.message", many=len(typed_over)),
        fix=Phrase("F01.sheet_pasted.fix"),
        affected=_cells(others),
    )
    gone = {id(each) for each in typed_over}
    return [*(each for each in found if id(each) not in gone), whole]


def _put_in(subject: Subject, found: list[Finding]) -> list[Finding]:
    """Return a row, or a column, that was inserted among the channels, with figures and without the formulas of the table."""
    rows = set(_new_rows(subject))
    axis = int(_is_across(subject, subject.roles.channel_name))
    groups: dict[int, list[Finding]] = {}
    for each in found:
        name, _, row = (each.name or "").partition("[")
        cell = subject.template.cells.get(name)
        if cell is None or cell.table != tables.CHANNEL or cell.section not in subject.template.page_keys():
            continue
        if row and int(row[:-1]) - 1 in rows:
            groups.setdefault(int(row[:-1]) - 1, []).append(each)
    for at, group in groups.items():
        if len(group) < 2 or not any(each.code == "F01" for each in group):
            continue
        first = min(group, key=place)
        follow = [each for each in found if _moved_along(subject, each) or _fails_by(subject, each, at)]
        others = [each for each in (*group, *follow) if each is not first]
        more = tuple(dict.fromkeys([*_cells(others), *(cell for each in others for cell in each.affected)]))
        whole = first._replace(
            code="S01",
            severity=ERROR,
            message=Phrase("S01.row_put_in.message", axis=axis, line=re.sub(r"\d" if axis else r"\D", "", first.cell or "")),
            fix=Phrase("S01.row_put_in.fix", axis=axis),
            affected=more,
            found=None,
            expected=None,
            difference=None,
        )
        gone = {id(first), *map(id, others)}
        found = [*(each for each in found if id(each) not in gone), whole._replace(name=f"channel_name[{at + 1}]")]
    return found


def _again(subject: Subject, found: list[Finding]) -> list[Finding]:
    """Return a channel entered a second time, with its figures: checks of the page that would hold without it fail because of it."""
    for each in [each for each in found if each.code == "I10" and (each.name or "").startswith("channel_name[")]:
        row = int(str(each.name).partition("[")[2][:-1]) - 1
        follow = [other for other in found if _fails_by(subject, other, row)]
        if not follow:
            continue
        whole = each._replace(
            severity=ERROR,
            message=Phrase("I10.channel_again.message", channel=each.found, so=follow[0].message),
            fix=Phrase("I10.channel_again.fix"),
            affected=tuple(dict.fromkeys([*each.affected, *_cells(follow)])),
        )
        gone = {id(other) for other in (each, *follow)}
        found = [*(other for other in found if id(other) not in gone), whole]
    return found


def _fails_by(subject: Subject, finding: Finding, row: int) -> bool:
    """Return whether it is a check of the page that would hold without the row."""
    book, state = subject.book, state_of(subject, finding)
    if state is None:
        return False
    without = dict(book.inputs)
    for cell in subject.template.page_inputs():
        column = without.get(cell.name)
        if cell.table == tables.CHANNEL and isinstance(column, list):
            without[cell.name] = [None if at == row else value for at, value in enumerate(column)]
    verdict = solve(book.template, without, book.sizes, book.lang, at_once=False).at(state, None)
    return verdict not in subject.template.words["bad"]


def _moved_along(subject: Subject, finding: Finding) -> bool:
    """Return whether a formula is what the spreadsheet program made of ours when the row was inserted: nobody edited it."""
    name, _, row = (finding.name or "").partition("[")
    anchors = subject.book.anchors
    if finding.code[0] != "F" or name not in anchors.then or name not in subject.template.cells:
        return False
    at = int(row[:-1]) - 1 if row else 0
    written, standing = anchors.written(name, at), subject.book.place(name, at if row else None)
    moved = anchors.formula(anchors.then[name].sheet, written) if isinstance(written, str) and written[:1] == "=" else None
    now = None if standing is None else subject.formulas.get(standing[:3])
    if moved is None or now is None or standing is None:
        return False
    try:
        return normal(parse(moved), subject, standing.sheet) == normal(parse(now), subject, standing.sheet)
    except FormulaError:
        return False


def _new_rows(subject: Subject) -> Iterator[int]:
    """Yield the rows of the page's channels (from 0) inserted since the workbook was written."""
    anchors = subject.book.anchors
    if subject.roles.channel_name in anchors.then and subject.roles.channel_name in anchors.named:
        now = anchors.named[subject.roles.channel_name]
        yield from (at for at in range(now.size) if anchors.original(subject.roles.channel_name, at) is None)


def _lines(subject: Subject, found: list[Finding]) -> list[Finding]:
    """Group the same finding in many rows of a column, or in many columns of a row."""
    columns: dict[tuple[str, str | None, str], list[Finding]] = {}
    rows: dict[tuple[str, str | None, str], list[Finding]] = {}
    for each in found:
        name, bracket, row = (each.name or "").partition("[")
        if not bracket or name not in subject.template.cells:
            continue
        # Sheets that are grouped are typed into at once.
        sheet = None if subject.template.cells[name].on_tab else each.sheet
        if each.code[0] == "F" or each.code in _COLUMN_INPUTS:
            columns.setdefault((each.code, sheet, name), []).append(each)
        if each.code[0] == "F":
            rows.setdefault((each.code, each.sheet, row), []).append(each)
    merged: dict[int, Finding | None] = {}
    for (code, _, name), group in columns.items():
        cell = subject.template.cells[name]
        used = sum(not subject.book.is_spare(cell, row) for row in subject.book.rows(cell))
        if len(group) >= max(2, min(_MANY, used)):
            kind = "cells" if cell.table in tables.AROUND else "columns" if _is_across(subject, name) else "rows"
            _merge(group, merged, kind, each_its_own=code[0] == "I")
    for group in rows.values():
        if len(group) >= _MANY and not any(id(each) in merged for each in group):
            across = _is_across(subject, str(group[0].name).partition("[")[0])
            _merge(group, merged, "rows" if across else "columns")
    kept = [merged.get(id(each), each) for each in found]
    return [each for each in kept if each is not None]


def _is_across(subject: Subject, name: str) -> bool:
    """Return whether the cells of a name are side by side: those of the channels on the page."""
    place = subject.book.names.get(name)
    return place is not None and place.is_across


def _merge(group: list[Finding], merged: dict[int, Finding | None], kind: str, each_its_own: bool = False) -> None:
    """Put one finding in place of a group's first, and drop the others; ``kind`` is what they are in: cells, rows, columns."""
    first, *others = _worst_first(group)
    fix = first.fix
    if each_its_own and any(each.fix != fix for each in others):
        fix = Phrase("part.fix_alike", fix=fix, kind=kind)
    more = Phrase("part.alike", said=first.message, many=len(others), kind=kind)
    merged[id(first)] = first._replace(message=more, fix=fix, affected=_cells(others))
    merged |= {id(each): None for each in others}
