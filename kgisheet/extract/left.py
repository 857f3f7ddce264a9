"""The contents of a filled workbook that no plan can express: listed, so that nothing is lost silently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..check.compare.trials import Trials
from ..check.finding import NOTE
from ..check.rules.exported import exported
from ..check.rules.formulas import FormulaChecks
from ..check.subject import Subject
from ..errors import Problem
from ..filled.workbook import FilledBook
from ..formula.grid import held
from ..language.text import Text
from ..language.words import FINDINGS_SHEET
from ..values.a1 import address, cell_of
from ..worksheet import provenance

_LOST = Text("計画には書けないため、新しいブックには入りません", "a plan can't express it; a new workbook will not have it")


def left(book: FilledBook) -> list[Problem]:
    """Return a problem for each thing that is missing from the plan, or changed in it."""
    subject = Subject(book)
    return [*_sheets(book), *_formulas_of_inputs(subject), *_results(subject), *_beside(subject)]


def _sheets(book: FilledBook) -> Iterator[Problem]:
    """Report sheets that people added, the tabs of a closed year, and renamed sheets."""
    # Where the record is gone, the sheets with names of ours are ours.
    named = {place.sheet for place in (*book.read.names.values(), *book.read.local_names.values())}
    ours = {now: then for then, now in book.anchors.titles.items()} or {title: title for title in named}
    closed = book.read.carried.get("closed")
    for sheet in book.read.sheets:
        title = sheet.title
        if title in (provenance.SHEET, *FINDINGS_SHEET):
            continue
        if isinstance(closed, list) and title in closed:
            what = Text(f"確定した年度のタブ「{title}」", f"the tab of a closed year, “{title}”")
            yield Problem("sheet-left", what, _LOST, book.source)
        elif title not in ours:
            yield Problem("sheet-left", Text(f"追加されたシート「{title}」", f"the added sheet “{title}”"), _LOST, book.source)
        elif ours[title] != title:
            what = Text(f"シート名「{title}」(元は「{ours[title]}」)", f"the sheet's name “{title}” (it was “{ours[title]}”)")
            yield Problem("sheet-renamed", what, _LOST, book.source)


def _formulas_of_inputs(subject: Subject) -> Iterator[Problem]:
    """Report inputs that their owner computes: the plan has the resulting values."""
    for _, _, where in subject.inputs():
        formula = subject.formulas.get(where)
        if formula is not None:
            what = Text(
                f"入力欄の数式 ={formula.removeprefix('=')}", f"an input holds the formula ={formula.removeprefix('=')}"
            )
            fix = Text("計画には、現在の値を書きました", "the plan has its value as it is now")
            yield Problem("formula-left", what, fix, subject.book.source, None, cell_of(*where))


def _results(subject: Subject) -> Iterator[Problem]:
    """Report results that were overwritten, or whose formula was edited, so that they show something else."""
    if not subject.book.anchors.generated or not subject.book.carries_template:
        return  # without the record, or by another template, nothing tells which formulas are ours
    wrong = exported(subject, set()) if subject.book.without_formulas else FormulaChecks(subject, Trials(subject)).run()
    for each in wrong:
        if each.severity != NOTE and each.sheet is not None and not _still_agrees(subject, each.name, each.code):
            # The cell is named; a formula of hundreds of characters says no more.
            what = Text(each.message.ja.partition("。数式: ")[0], each.message.en.partition(". Formula: ")[0])
            yield Problem("result-left", what, _LOST, subject.book.source, None, f"{each.sheet}!{each.cell}")


def _still_agrees(subject: Subject, name: str | None, code: str) -> bool:
    """Return whether a result was replaced by the value that it has anyway."""
    if code != "F01" or name is None:
        return False
    base, _, row = name.partition("[")
    cell, at = subject.template.cells.get(base), int(row[:-1]) - 1 if row else None
    return cell is not None and held(subject.book.at(base, at).value) == subject.expected(cell, at)


def _beside(subject: Subject) -> Iterator[Problem]:
    """Report what was typed on our sheets outside the inputs."""
    book = subject.book
    generated = book.anchors.generated
    # Links to other sheets and to their parts say what those say.
    known = {_key(value) for cells in generated.values() if isinstance(cells, dict) for value in cells.values()}
    known |= {*book.anchors.titles, *(sheet.title for sheet in book.read.sheets)}
    # Of an export as values, what a formula of ours showed.
    shown = {book.anchors.cell(*where) for where, _ in book.anchors.formulas()} if book.without_formulas else set()
    for then, now in book.anchors.titles.items():
        if then not in generated:
            continue
        found = [
            f"{address(row, col)}「{each.value}」"
            for (sheet, row, col), each in sorted(book.read.cells.items(), key=lambda item: item[0])
            if sheet == now and each.formula is None and each.value not in (None, "")
            if (sheet, row, col) not in subject.where and (sheet, row, col) not in shown and _key(each.value) not in known
        ]
        if found:
            listed = ", ".join(found)
            what = Text(f"シート「{now}」の入力欄の外の記入: {listed}", f"typed on “{now}” outside the inputs: {listed}")
            yield Problem("beside", what, _LOST, book.source)


def _key(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else str(held(value))
