"""Plan → Book: all the sheets, the names, and the provenance that the workbook carries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ..errors import TemplateError
from ..language.text import Text
from ..plan.load import Plan
from ..template.model import Template
from ..template.sheets import DRAWN, GRID, GROUNDS, GUIDE, PAGE, SUMMARY, TAB, WORK, SheetOf
from ..template.tables import MONTHS
from ..values.a1 import Place, address
from ..values.rounding import number
from ..version import __version__
from ..worksheet import provenance
from ..worksheet.places import Places
from ..worksheet.solve import Held, Solution, limits, sizes, solve
from . import looks, targets
from .draft import Shared
from .drawn import Drawn
from .grounds import Grounds
from .guide import guide
from .lines import Lines
from .model import BLANK, FORMULA, LINK, Book, Sheet
from .month_tab import MonthTab
from .monthly import Monthly
from .page import Page
from .summary import Summary
from .working import UNDECLARED, Working


class Built(NamedTuple):
    """The workbook as data, and the figures it was made from."""

    book: Book
    solution: Solution
    places: Places
    target: str = targets.EXCEL
    left_out: tuple[targets.LeftOut, ...] = ()


def build(plan: Plan, lang: str, target: str = targets.EXCEL) -> Built:
    """Return the workbook of ``plan``, for a program of `targets`. Raise PlanError if a count passes the limit."""
    solution = solve(plan.template, plan.inputs, sizes(plan.template, plan.channels), lang)
    limits(solution)
    shared = Shared()
    page, months = _page(solution, lang, shared), _monthly(solution, lang, shared)
    working = Working(solution, lang, shared)
    if working.is_needed:
        working.build()
        page.append(working)
    beyond = _beyond(solution, lang, shared)
    _fill((*page, *months, *beyond))
    sheets = _in_order(
        plan, page, [each.sheet for each in months], [each.sheet for each in beyond], targets.TARGETS[target].protects
    )
    _all_shown(solution.template, shared)
    names = dict(sorted(shared.names.items()))
    local_names = [(name, place) for name, places in sorted(shared.tabs.items()) for place in places if place is not None]
    sheets.append(_hidden(plan, lang, sheets, names, local_names, target))
    left_out = targets.fit(sheets, names, target)
    if local_names and not targets.TARGETS[target].has_names_of_sheets:
        left_out, local_names = (*left_out, targets.of_names(len(local_names))), []
    title = solution.at(plan.roles.title, None) if plan.roles.title in plan.template.cells else None
    owner = solution.at(plan.roles.owner, None) if plan.roles.owner in plan.template.cells else None
    book = Book(
        sheets=sheets,
        names=names,
        local_names=local_names,
        properties={
            "title": str(title or plan.template.title.to(lang)),
            "subject": plan.template.title.to(lang),
            "author": str(owner or ""),
            "comments": f"kgisheet {__version__}",
        },
        custom={
            "kgisheet version": __version__,
            "kgisheet template": plan.template.name,
            "kgisheet template sha256": plan.declaration.digest,
        },
    )
    return Built(book, solution, shared.places, target, left_out)


def _all_shown(template: Template, shared: Shared) -> None:
    """Raise TemplateError for the cells of a template that no sheet shows: formulas that use them would have no name for them."""
    kinds = {section.key: section.kind for section in template.sections}
    problems = []
    for cell in template.cells.values():
        if cell.name in shared.names or cell.name in shared.tabs or cell.of is not None:
            continue
        kind = kinds[cell.section]
        source, path = cell.origin.of("name")
        what = Text(
            f'セル {cell.name} がどのシートにも表示されません(kind = "{kind}" のセクション)',
            f"no sheet shows the cell {cell.name}, in a section of kind “{kind}”",
        )
        fix = Text(
            "kind が list・lines・rows のセクションに移すか、per を直してください",
            "move it to a section of kind list, lines or rows, or correct its per",
        )
        if kind == "grid":
            fix = Text("[[section.line]] の cells に入れてください", "name it among the cells of a [[section.line]]")
        problems.append(source.problem("not-shown", path, what, fix, cell.name))
    if problems:
        raise TemplateError(*problems)


def _page(solution: Solution, lang: str, shared: Shared) -> list[Page | Grounds | Working]:
    """Reserve the places of the page and of what it rests on."""
    template = solution.template
    drawn: list[Page | Grounds | Working] = [Page(solution, lang, shared)]
    drawn += [Grounds(solution, lang, shared)] if template.on_kind(GROUNDS) else []
    for each in drawn:
        each.build()
    return drawn


def _in_order(
    plan: Plan, page: Sequence[Page | Grounds | Working], monthly: list[Sheet], beyond: list[Sheet], protects: bool
) -> list[Sheet]:
    """Return the sheets in the order in which the template declares them; what is left of the months after the grid are its tabs."""
    after = monthly[1:]
    goals = page[0]
    assert isinstance(goals, Page)
    made: dict[str, list[Sheet]] = {
        PAGE: [goals.sheet],
        GROUNDS: [each.sheet for each in page if isinstance(each, Grounds)],
        WORK: [each.sheet for each in page if isinstance(each, Working)],
        GRID: monthly[:1],
        TAB: after[:MONTHS],
        SUMMARY: after[MONTHS:],
    }
    by_id = dict(zip((each.id for each in _drawn(plan.template)), beyond, strict=True))
    ordered: list[Sheet] = []
    guide_at, guide_role = None, ""
    listed = plan.template.sheets
    for each in (*listed.all, *(() if listed.of_kind(WORK) else (UNDECLARED,))):
        of_it = [by_id[each.id]] if each.id in by_id else made.get(each.kind, [])
        for sheet in of_it:
            sheet.role = each.role
        ordered += of_it
        if each.kind == GUIDE and each.id in plan.sheets:
            guide_at, guide_role = len(ordered), each.role
    if guide_at is not None:
        made_last = guide(
            goals, [sheet for sheet in ordered if not sheet.hidden], is_monthly=len(monthly) > 1, protects=protects
        )
        made_last.role = guide_role
        ordered.insert(guide_at, made_last)
    goals.finish([sheet for sheet in ordered if sheet is not goals.sheet and sheet.role not in ("", looks.MONTH_TAB)][:_LINKS])
    return ordered


_LINKS = 5
"""How many other sheets the page leads to: those in front."""


def _drawn(template: Template) -> list[SheetOf]:
    """Return the drawn sheets that have a section."""
    return [each for each in template.sheets.all if each.kind == DRAWN and template.on_sheet(each.id)]


def _monthly(solution: Solution, lang: str, shared: Shared) -> list[Monthly | MonthTab | Summary]:
    """Reserve the places of the months' sheets."""
    template = solution.template
    if not template.is_monthly:
        return []
    drawn: list[Monthly | MonthTab | Summary] = [Monthly(solution, lang, shared)]
    if template.on_kind(TAB):
        drawn += [MonthTab(solution, month, lang, shared) for month in range(MONTHS)]
    if template.on_kind(SUMMARY):
        drawn.append(Summary(solution, lang, shared))
    for each in drawn:
        each.build()
    return drawn


def _fill(drawn: Iterable[Lines | Drawn]) -> None:
    for each in drawn:
        each.draft.fill()


def _beyond(solution: Solution, lang: str, shared: Shared) -> list[Drawn]:
    """Reserve the places of the sheets that are drawn as declared, each that has a section."""
    drawn = [Drawn(solution, sheet, lang, shared) for sheet in _drawn(solution.template)]
    for each in drawn:
        each.build()
    return drawn


def _hidden(
    plan: Plan, lang: str, sheets: list[Sheet], names: dict[str, Place], local_names: list[tuple[str, Place]], target: str
) -> Sheet:
    content: dict[str, Any] = {
        "schema": provenance.SCHEMA,
        "version": __version__,
        "lang": lang,
        **({} if target == targets.EXCEL else {provenance.TARGET: target}),
        "template": plan.template.name,
        "digest": plan.declaration.digest,
        "sources": [[source.name, source.text] for source in plan.declaration.sources],
        "typed": sorted(plan.template.typed),
        "plan": plan.text(),
        "sheets": list(plan.sheets),
        "names": {name: provenance.written_place(place) for name, place in names.items()}
        | {f"{place.sheet}!{name}": provenance.written_place(place) for name, place in local_names},
        "generated": {sheet.title: generated(sheet) for sheet in sheets},
    }
    return record_sheet(content)


def record_sheet(content: dict[str, Any]) -> Sheet:
    """Return the hidden sheet with the record that a workbook carries."""
    hidden = Sheet(provenance.SHEET, {0: 12, 1: 8, 2: 100}, hidden=True)
    for row, (key, piece, text) in enumerate(provenance.encode(content)):
        hidden.put(row, 0, key, looks.PLAIN)
        hidden.put(row, 1, Fraction(piece), looks.PLAIN)
        hidden.put(row, 2, text, looks.PLAIN)
    return hidden


def generated(sheet: Sheet) -> dict[str, Any]:
    """Return the text written into each cell: a formula, or the constant."""
    return {
        address(item.row, item.col): item.content if item.kind == FORMULA else _json(item.value)
        for item in sheet.items
        if item.kind != BLANK and (item.kind != LINK or sheet.is_opened)
    }


def _json(value: Held) -> Any:
    if isinstance(value, Fraction):
        return number(value)
    return value.isoformat() if isinstance(value, datetime.date) else value
