"""The report of a freeform workbook: what was read by labels, and what is wrong in it.

Nothing is recognised unless at least two different fields are read; nothing is called checked unless
at least one relation between them could be.
"""

from __future__ import annotations

from fractions import Fraction

from ..check.finding import ERROR, NOTE, WARNING, Finding, Reading, Report, finding
from ..formula.grid import Sheets, Where, held
from ..language.catalogue import Phrase
from ..language.text import NOTHING
from ..language.words import is_findings_sheet
from ..values import budget
from ..values.a1 import address, cell_of
from ..worksheet import provenance
from ..xlsx.read.reader import Read
from .laws import patterns
from .laws.found import LawsOf, faults
from .laws.told import findings
from .read import comparing, headings
from .read import figures as figures_
from .read.page import Page
from .read.planes import planes
from .read.purpose import carries_goal, goal_sheets
from .read.unread import Unread, passed_over
from .rules import inputs, mixed, telling, verdicts
from .rules import months as calendar
from .rules.across import Across
from .rules.compared import ACROSS, Compared
from .rules.cutoff import cut_off
from .rules.formulas import Formulas
from .rules.order import order
from .sheet import Sheet

_LISTED = 6  # cells that a note names


def report(read: Read, source: str) -> Report | None:
    """Return the report of a sheet typed by hand; None if nothing of it is recognised."""
    hidden = {sheet.title for sheet in read.sheets if sheet.hidden} | {provenance.SHEET}
    aside = {sheet.title for sheet in read.sheets if is_findings_sheet(sheet.title)} | {provenance.SHEET}
    cells = {where: each for where, each in read.cells.items() if where[0] not in aside}
    formulas = {where: each.formula for where, each in cells.items() if each.formula}
    constants = {where: held(each.value) for where, each in cells.items() if where not in formulas}
    sheets = Sheets(formulas, constants, read.names, read.local_names, [sheet.title for sheet in read.sheets], read.loose)
    found = planes(cells, {sheet.title: sheet.merged for sheet in read.sheets}, hidden)
    for each in found:
        headings.settle(each)
        comparing.settle(each)
    pages = [Page(plane, sheets, cells) for plane in found]
    laws = LawsOf(sheets)
    pages = goal_sheets(pages, lambda page: laws(page).are_there)
    if not pages:
        return None
    judged = _Judged(read, pages, sheets, laws)
    unread = [sheet.title for sheet in read.sheets if sheet.title not in {page.title for page in pages} | aside]
    judged.found.append(
        _how(judged, [title for title in unread if title not in hidden], [title for title in unread if title in hidden])
    )
    problems = any(each.severity in (ERROR, WARNING) for each in judged.found)
    if not problems and not any(carries_goal(page) for page in pages):
        return None  # no goal sheet, and nothing in it is wrong
    failed = {where for page in pages for where in page.failed}
    explained = judged.compared.explained()
    return Report(
        file=source,
        status="incomplete"
        if failed or not (judged.checked or problems) or ((judged.words or explained.alone) and not problems)
        else "findings"
        if problems
        else "ok",
        template=None,
        cells=len(cells),
        formulas=len(formulas),
        not_evaluated=len(failed | judged.not_evaluated) + judged.words,
        findings=tuple(judged.found),
        readings=_readings(pages, [sheet.title for sheet in read.sheets]),
        explained=explained,
    )


class _Judged:
    """The findings of all pages; ``checked`` counts the relations that could be checked."""

    def __init__(self, read: Read, pages: list[Page], sheets: Sheets, laws: LawsOf) -> None:
        self.found: list[Finding] = []
        self.sheets = sheets
        self.compared = Compared()
        self.passed = list(dict.fromkeys(each for page in pages for each in passed_over(page)))
        formulas = Formulas(read, pages, sheets)
        whole: list[Finding] = [*formulas.circles()]
        self.not_evaluated = formulas.not_evaluated
        every = [Sheet(page, formulas, laws(page)) for page in pages]
        self.words = sum(each.words for each in every)
        self.checked = sum(each.checked for each in every)
        suspect = set().union(*(each.suspect for each in every))
        odd = {found.where for each in every for found in each.odd}
        aside = suspect | (every[0].cells.references.followers(odd) if odd else set())
        self.faults, self.disproved = faults([(each.laws, each.known) for each in every], aside)
        self.compared.faulty = {each.where for each in self.faults}
        self.laws = [each.laws for each in every]
        texts = set()
        for each in every:
            texts |= self._sheet(each, formulas)
        self._across(pages)
        errors = any(each.value is None for page in pages for each in page.figures)
        if not self.checked and not self.faults and not errors:
            # Labels alone are no ground to find fault; more deals than meetings are wrong by themselves, and a month twice.
            self.found = [each for each in self.found if each.code in ("X04", "S09")]
            return
        self.found += [*whole, *budget.as_far_as_paid(formulas.errors(texts)), *formulas.stale()]

    def _sheet(self, sheet: Sheet, formulas: Formulas) -> set[Where]:
        """Report what is wrong on one sheet; return the cells typed as text of which something is said."""
        page = sheet.page
        sheet.settle(self.faults, self.disproved)
        self.found += [*sheet.typed, *sheet.impossible, *sheet.percent, *calendar.months(page)]
        self.found += patterns.findings(sheet.cells, sheet.odd)
        self.found += findings([each for each in self.faults if each.where[0] == page.title], self.laws)
        blamed = verdicts.findings(page, sheet.relations, sheet.suspect, sheet.cells.references)
        self.found += blamed
        told = self._told()
        known = [each for _, relations in sheet.compared for each in relations]
        self.found += [each for each in cut_off(sheet.cells, known) if (each.sheet, each.cell) not in told]
        for by, relations in sheet.compared:
            self.compared.add(page, relations, by)
        self.found += [*sheet.steps.findings(told, self.compared.sound), *sheet.totals.findings(told)]
        self.found += sheet.ratios.findings(self._told(), self.compared.sound)
        self.found += sheet.spelled.findings(self._told(), self.compared.sound)
        self.found += sheet.each.findings(self._told(), self.compared.sound)
        if any(each.code == "I05" for each in blamed):
            # Counts that are ten thousand times too large hang on it.
            self.found = [each for each in self.found if each.code != "I07"]
        else:
            counts = [each.exact for each in sheet.laws.tables.values.values()]
            cheap = list(mixed.too_much(page, any(each.code == "I07" for each in sheet.impossible), sheet.laws.sound, counts))
            self.found = [each for each in self.found if each.code != "I07" or not cheap] + cheap
        self.found += [
            *order(page, sheet.relations, sheet.suspect, sheet.cells.references, sheet.laws.tied),
            *inputs.short(sheet.relations),
        ]
        self.found += formulas.constants(page, sheet.relations)
        self.found += [
            *_asked(page),
            *_not_read(self._unsaid(sheet.beside, sheet.wordy)),
            *_twice(page, {each.where for relation in sheet.relations.found if relation.unsure for each in relation.cells}),
        ]
        return {each.where for each in page.figures if each.typed is not None and each.where in sheet.suspect}

    def _across(self, pages: list[Page]) -> None:
        """Check the sums over lists, side by side and on sheets of their own."""
        across = Across(pages, self.compared.sums)
        self.checked += len(across.found)
        self.found += across.findings(self._told(), self.compared.sound)
        for page, relation in across.found:
            self.compared.add(page, [relation], ACROSS)

    def _unsaid(self, cells: list[Unread], wordy: list[Finding]) -> list[Unread]:
        """Return the cells with an unknown label that nothing is told of, and that no step or total compared all the same."""
        compared, told = self.compared.cells, {word.cell for word in wordy}
        return [each for each in cells if each.where not in compared and address(*each.where[1:]) not in told]

    def _told(self) -> set[tuple[str | None, str | None]]:
        return {(each.sheet, each.cell) for each in self.found if each.severity != NOTE}


def _asked(page: Page) -> list[Finding]:
    """Report a 成約率: it is read, and its denominator asked for."""
    return [
        telling.finding("freeform.S12.ambiguous", each, label=each.label)
        for each in page.figures
        if each.field == "closing_rate"
    ][:1]


def _not_read(cells: list[Unread]) -> list[Finding]:
    """Report unread figures among those that were read: one note, at the first of them."""
    if not cells:
        return []
    shown = [f"{address(*each.where[1:])} {each.label} {each.text}".strip() for each in cells[:_LISTED]]
    more = len(cells) - len(shown)
    return [
        finding(
            "freeform.S12.not_read",
            cells=shown,
            more=Phrase("freeform.S12.not_read.more", many=more) if more else NOTHING,
            users=Phrase("freeform.S12.not_read.users") if any(each.users for each in cells) else NOTHING,
            sheet=cells[0].where[0],
            cell=address(*cells[0].where[1:]),
            label=cells[0].label,
            affected=tuple(cell_of(*each.where) for each in cells[1:]),
        )
    ]


def _twice(page: Page, unsure: set[tuple[str, int, int]]) -> list[Finding]:
    """Report one field with two different values: the choice by distance is stated."""
    found: list[Finding] = []
    for field in {each.field: None for each in page.figures if each.where in unsure}:
        figures = [each for each in page.of(field) if each.value is not None]
        if len({each.value for each in figures}) < 2:
            continue
        places = [f"{each.cell}: {telling.value(each, each.value or Fraction(0)).ja}" for each in figures[:4]]
        found.append(
            telling.finding(
                "freeform.S12.twice",
                figures[0],
                many=len(figures),
                places=places,
                affected=tuple(telling.at(each) for each in figures[1:]),
            )
        )
    return found


def _how(judged: _Judged, unread: list[str], hidden: list[str]) -> Finding:
    """S12: report how the sheet was read, and what was skipped."""
    left = [_listed("freeform.S12.how.sheets", unread)] if unread else []
    left += [_listed("freeform.S12.how.hidden_sheets", hidden)] if hidden else []
    left += [_listed("freeform.S12.how.columns", judged.passed)] if judged.passed else []
    count = Phrase("freeform.S12.how.checked", checked=judged.checked)
    return finding(
        "freeform.S12.how",
        count=count if judged.checked else Phrase("freeform.S12.how.none_checked"),
        left=[*left, Phrase("freeform.S12.how.rest")],
    )


def _listed(key: str, titles: list[str]) -> Phrase:
    return Phrase(
        key, titles=[Phrase("label.quoted", label=each) for each in titles[:5]], many="more" if len(titles) > 5 else ""
    )


def _readings(pages: list[Page], titles: list[str]) -> tuple[Reading, ...]:
    figures = [each for page in pages for each in page.figures]
    figures.sort(key=lambda each: (titles.index(each.where[0]), *each.where[1:]))
    return tuple(
        Reading(
            each.where[0],
            each.cell,
            each.name,
            telling.own_label(each),
            telling.json_number(each.value) if each.value is not None else None,
            figures_.shown(each),
        )
        for each in figures
    )
