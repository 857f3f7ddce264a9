"""Regeneration of one workbook: the steps in their order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from ..check.letter import to_the_letter
from ..check.subject import Subject
from ..errors import BookError, Problem, RequestError
from ..extract.plan import extract
from ..filled.workbook import FilledBook
from ..formula.grid import Where, held
from ..formula.values import Value
from ..language.text import Text
from ..layout import targets
from ..layout.draft import Shared
from ..layout.model import Sheet
from ..layout.month_tab import MonthTab
from ..plan.load import Plan, PlanText
from ..template.model import Cell
from ..template.tables import MONTHS, TAB_MONTH
from ..values.a1 import Place, address
from ..worksheet import provenance
from ..worksheet.solve import Held, Solution, limits, solve
from ..xlsx.patch import links, refusals, tabs
from ..xlsx.patch.content import Content
from ..xlsx.patch.package import Package
from ..xlsx.read.reader import read_parts
from . import closing, record, year
from . import patch as patches
from .aligned import aligned, gone, renamed
from .brought import Brought, Csv, bring
from .contents import Contents, contents
from .depending import depending
from .inputs import Merged, plan_says
from .listing import Listing
from .merging import Asked, merge
from .outcome import Change, Outcome
from .present import Present
from .request import plan_for, refuse
from .results import ResultCells, Resulting, same_value
from .takes import Takes

CLOSED = Text("確定(この年度の目標は値として残しています)", "Final: this year's goals are kept as values")


def regenerate(
    data: bytes,
    source: str,
    plan_text: PlanText | None = None,
    start: datetime.date | None = None,
    take: Iterable[str] = (),
    goals: Csv | None = None,
    actuals: Csv | None = None,
) -> Outcome:
    """Return the workbook updated to the plan inside it, or to ``plan_text``; ``start`` begins the next year.

    ``goals`` is a goal screen, which becomes overrides of the months' goals; ``actuals`` go into the months' tabs.

    ``take`` names conflicts in which the plan wins: ``ours`` for all, a cell (``月次予実!D9``) or a
    name (``month_leads[3]``). Raise BookError if the workbook can't be, or must not be, changed,
    PlanError for an invalid plan, CsvError for a CSV, RequestError for a
    ``take`` that matches no conflict.
    """
    package = Package(data, source)
    if (problem := refusals.meant_to_stay(package)) is not None:
        raise BookError(problem)
    book = FilledBook(read_parts(package.parts, source), source)
    package.parsed = {tab.part: package.parts[tab.part] for tab in tabs.tabs(package) if tab.part is not None}
    refuse(book)
    brought = bring(book, goals, actuals)
    plan = plan_for(book, plan_text)
    run = _Run(package, data, book, None if plan is None else aligned(plan, book), brought, start, take)
    run.said.notes += renamed(plan, book)
    if plan is not None:
        run.said.notes += gone(plan, book)
    return run.run()


class _Run:
    def __init__(
        self,
        package: Package,
        data: bytes,
        book: FilledBook,
        plan: Plan | None,
        brought: Brought,
        start: datetime.date | None,
        take: Iterable[str],
    ) -> None:
        self.package = package
        self.data = data
        self.book = book
        self.plan = plan
        self.brought = brought
        self.start = start
        self.takes = Takes(book, take)
        self.subject = Subject(book)
        self.to_the_letter = to_the_letter(self.subject)  # what it can tell of the workbook need not be evaluated
        self.present = Present(book)
        self.patch = patches.Patch(package)
        self.said = Listing(book, brought.notes)
        self.contents: Contents | None = None
        self.names_of_sheets = targets.TARGETS[targets.known(book.target)].has_names_of_sheets

    def run(self) -> Outcome:
        book = self.book
        rolls, start = self._rolls()
        if rolls and self.brought.inputs:
            what = Text("CSVの取り込みと次年度への更新は同時にできません", "a CSV can't be imported while a new year begins")
            fix = Text("先にCSVを取り込み、そのあと次年度に更新してください", "import it first, then begin the new year")
            raise RequestError(Problem("csv-and-start", what, fix, book.source))
        merged, notes = merge(book, self.present, Asked(self.plan, self.brought, self.start, self.takes), start, rolls)
        self.said.notes += notes
        solution = solve(book.template, merged.inputs, book.sizes, book.lang)
        if not rolls and closing.departs(book, merged, solution, self.present, self.takes.wins):
            solution = solve(book.template, merged.inputs, book.sizes, book.lang)
        limits(solution)
        self.said.notes += closing.warnings(book, solution, rolls, start)
        shared, made = self._tabs(solution, rolls)
        result_cells = ResultCells(self.subject, shared.places, self.to_the_letter)
        resulting = Resulting(result_cells, shared, made)
        old_tabs = self._freeze(resulting) if rolls else ()
        for touched in merged.changes.values():
            if touched.where[0] not in old_tabs:
                self.patch.contents[touched.where] = Content(touched.after)
                resulting.put(touched.where, None, touched.after)
                self.said.touched(self.said.changes, touched)
                if (touched.cell.name, touched.row) in merged.overwritten:
                    self.said.overwrite(touched.cell, touched.row)
        for group, said in ((merged.kept, self.said.kept), (merged.conflicts, self.said.conflicts)):
            for touched in group.values():
                self.said.touched(said, touched)
        self._results(result_cells, resulting, solution, made)
        self._list_tabs(resulting, made, rolls)
        if (idle := self.takes.idle(self.said.conflicts)) is not None:
            self.said.notes.append(idle)
        return self._outcome(merged, shared, made, result_cells, resulting, old_tabs)

    # -- the year -----------------------------------------------------------

    def _rolls(self) -> tuple[bool, datetime.date | None]:
        """Return whether a new year begins, and with which month."""
        wanted: Any = self.start
        if wanted is None and self.plan is not None and "start" in self.plan.table:
            wanted = self.plan.inputs.get(self.book.roles.start_month)
        if wanted is None:
            wanted = self.book.inputs.get(self.book.roles.start_month)
        if not isinstance(wanted, datetime.date):
            return False, None
        return year.is_next(self.book, wanted), wanted.replace(day=1)

    def _tabs(self, solution: Solution, rolls: bool) -> tuple[Shared, dict[str, Sheet]]:
        """Return the resulting places, and the tabs to be made: for a new year all, else the deleted ones."""
        book = self.book
        shared = Shared()
        # Names of other people's sheets are theirs to delete: they are no part of the record.
        ours = {*book.template.cells, *book.anchors.then}
        shared.names.update({name: place for name, place in book.names.items() if name in ours and "!" not in name})
        shared.places.followed = book.places.followed
        shared.places.forms = book.places.forms  # of the same template, language and sizes: only the places are others
        made: dict[str, Sheet] = {}
        if not book.anchors.tabs:
            return shared, made
        missing = list(range(MONTHS))
        if not rolls:
            shared.tabs.update({name: list(blocks) for name, blocks in book.places.tabs.items()})
            missing = [month for month, tab in enumerate(book.anchors.tabs) if tab not in book.anchors.titles]
        drafted = [MonthTab(solution, month, book.lang, shared) for month in missing]
        for each in drafted:
            each.build()
        for each in drafted:
            each.draft.fill()
            made[each.sheet.title] = each.sheet
        targets.fit(made.values(), shared.names, targets.known(book.target))
        if made and (problem := refusals.structure_locked(self.package)) is not None:
            raise BookError(problem)
        return shared, made

    def _freeze(self, resulting: Resulting) -> tuple[str, ...]:
        """Return the closed year's tabs: every formula becomes the value that it shows."""
        book = self.book
        titles = tuple(book.anchors.titles[tab] for tab in book.anchors.tabs if tab in book.anchors.titles)
        states = {
            place[:3]
            for place in (book.place(self.book.roles.tab_month_state, month) for month in range(len(book.anchors.tabs)))
            if place is not None
        }
        for where in [each for each in book.formulas if each[0] in titles]:
            shown = self.present.value(where)
            content = Content(None if shown in (None, "") else patches.plain(shown))
            if where in states:
                content = Content(CLOSED.to(book.lang))
            self.patch.contents[where] = content
            resulting.put(where, None, CLOSED.to(book.lang) if where in states else _shown(shown))
        return titles

    def _list_tabs(self, resulting: Resulting, made: dict[str, Sheet], rolls: bool) -> None:
        """Update the contents on 使い方 to the tabs."""
        self.contents = contents(self.package, self.book, made, rolls)
        for where, title in self.contents.lines.items() if self.contents is not None else ():
            self.said.changes.append(Change(where[0], address(*where[1:]), None, self.book.read.cells[where].value, title))
            self.patch.contents[where] = Content(title)
            resulting.put(where, None, title)

    # -- results ------------------------------------------------------------

    def _results(self, result_cells: ResultCells, resulting: Resulting, solution: Solution, made: dict[str, Sheet]) -> None:
        book = self.book
        disputed: list[tuple[Cell, int | None, Where]] = []
        settled: list[tuple[Cell, int | None, Where]] = []
        on_new_sheets: list[tuple[Cell, int | None, Where]] = []
        all_ours = True
        for cell, row, where in result_cells.placed:
            if cell.formula is None:
                continue
            if where[0] in made:
                on_new_sheets.append((cell, row, where))
                continue
            belongs = result_cells.belongs(cell, row, where)
            if result_cells.is_ours(cell, where):
                if belongs != result_cells.was(cell, where):
                    self._write(resulting, where, belongs)
            elif result_cells.is_older(cell, row, where):
                self._write(resulting, where, belongs)
            elif result_cells.is_broken(where) or self.takes.wins(cell, row, where):
                all_ours = False
                self._write(resulting, where, belongs)
                # Where a month's tab was deleted, it is our own formulas that lost what they refer to.
                if not (result_cells.gone and result_cells.is_broken(where)):
                    self.said.overwrite(cell, row)
            elif where in book.read.cells or solution.at(cell.name, row) is not None:
                disputed.append((cell, row, where))
                continue
            else:
                continue  # a row that somebody put in and nobody uses
            settled.append((cell, row, where))
        by_hand = any(self.subject.formulas.get(where) for _, _, where in self.subject.inputs())
        # Where every formula is the template's own, its arithmetic tells what they come to.
        is_whole = all(tab in book.anchors.titles for tab in book.anchors.tabs)
        if all_ours and is_whole and not disputed and not by_hand:
            if not self.to_the_letter:
                self.present.know_all(self.subject)
            at = solution.at
            resulting.know_all({where: at(cell.name, row) for cell, row, where in (*settled, *on_new_sheets)})
        for cell, row, where in disputed:
            found, value = resulting.value(where), held(solution.at(cell.name, row))
            said = self.said.kept if same_value(found, value) else self.said.conflicts
            self.said.result(said, cell, row, where, found, value)
        for cell, row, where in settled:
            was, now = self.present.value(where), resulting.value(where)
            if not same_value(was, now) or self.said.is_overwritten(cell, row):
                self.said.result(self.said.changes, cell, row, where, was, now)

    def _write(self, resulting: Resulting, where: Where, formula: str) -> None:
        self.patch.contents[where] = Content(None, formula)
        resulting.put(where, formula, None)

    # -- what comes of it ------------------------------------------------------

    def _outcome(
        self,
        merged: Merged,
        shared: Shared,
        made: dict[str, Sheet],
        result_cells: ResultCells,
        resulting: Resulting,
        old_tabs: tuple[str, ...],
    ) -> Outcome:
        book = self.book
        ours = set(book.anchors.titles.values()) - set(old_tabs) - {provenance.SHEET}
        for where in resulting.formulas:
            if where[0] not in ours:
                continue
            now = resulting.value(where)
            content = self.patch.contents.get(where)
            stored = book.read.cells.get(where)
            if content is not None:
                self.patch.contents[where] = content._replace(value=patches.plain(now))
            elif now is not None and (stored is None or not same_value(held(stored.value), now)):
                self.patch.cached[where] = now
        for sheet in made.values():
            resulting.refresh(sheet)
        names = {**shared.names} | {
            f"{place.sheet}!{name}": place for name, blocks in shared.tabs.items() for place in blocks if place is not None
        }
        dropped = frozenset(tab for tab, now in book.anchors.titles.items() if now in old_tabs)
        carries = record.content(self._plan_said(merged), names, merged, result_cells, made, dropped)
        record.order_of_tabs(carries, shared.tabs.get(TAB_MONTH, ()))
        if old_tabs:
            carries["closed"] = [*book.read.carried.get("closed", []), *old_tabs]
        is_same = (
            not (self.patch.contents or self.patch.cached or made or book.restored or self.contents)
            and carries == book.read.carried
        )
        return Outcome(
            self.said.in_order(self.said.changes),
            self.said.in_order(self.said.kept),
            self.said.in_order(self.said.conflicts),
            depending(book, ours | set(old_tabs)) if self.patch.contents or self.patch.cached else (),
            tuple(made),
            old_tabs,
            self.data if is_same else self._written(made, shared, carries),
            tuple(self.said.notes),
            tuple(self.said.goals()),
            self.said.inputs(),
            frozenset(self.said.overwritten),
            {name: cell.full_label for name, cell in book.template.cells.items()},
            {name: cell.unit for name, cell in book.template.cells.items()},
        )

    def _written(self, made: dict[str, Sheet], shared: Shared, content: dict[str, Any]) -> bytes:
        self.patch.apply()
        patches.carry(self.package, content, self.book.read.cells)
        local = [
            (name, place)
            for name, blocks in sorted(shared.tabs.items())
            for place in blocks
            if place is not None and place.sheet in made and self.names_of_sheets
        ]
        patches.add(self.package, list(made.values()), local, year.order(self.book, made))
        if self.contents is not None:
            links.retitle(self.package, self.contents.part, self.contents.titles)
        lost = {name: self.book.names[name] for name in self.book.restored if self.names_of_sheets or "!" not in name}
        if lost:
            order = {tab.title: at for at, tab in enumerate(tabs.tabs(self.package))}
            patches.name(self.package, _by_title(lost), order)
        return patches.finish(self.package)

    def _plan_said(self, merged: Merged) -> str:
        """Return the plan to carry: the given one; else the present one, or what the inputs say if they changed."""
        if self.plan is not None:
            return self.plan.text()
        typed = any(plan_says(self.book.template, each.cell) for each in (*merged.kept.values(), *merged.changes.values()))
        there = self.book.read.carried.get("plan")
        return there if isinstance(there, str) and not typed else extract(self.book, merged.inputs)[0]


def _by_title(named: dict[str, Place]) -> dict[str, Place]:
    return {(f"{place.sheet}!{key.rpartition('!')[2]}" if "!" in key else key): place for key, place in named.items()}


def _shown(value: Value) -> Held:
    """Return a recalculated value as a constant."""
    return value if isinstance(value, (Fraction, str)) else None if value is None else str(patches.plain(value))
