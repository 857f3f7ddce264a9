"""Faults of a workbook's state, C01 to C06, and between its numbers, X01 to X07. (X03 and X08 wait for the months and ABM.)"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from . import engines, package
from .case import Case, Cells, Parts, Place
from .standing import Standing, standing


def cases(sheet: Standing) -> Iterator[Case]:
    for each in (stale, settings, shares, typed_meetings, order, forged):
        yield from each(sheet)


def stale(sheet: Standing) -> Iterator[Case]:
    parts = package.unpacked(sheet.data)
    everything = [(title, each) for title in sheet.sheets for each in package.formula_cells(parts, title)]
    for record in sheet.inputs:
        if not record.value:
            continue
        place, value = sheet.place(record), float(record.value)  # type: ignore[arg-type]

        def nothing_follows(parts: package.Parts, place: Place = place, value: float = value * 0.8) -> None:
            package.set_cell(parts, place, value)

        def half_follows(parts: package.Parts, place: Place = place, value: float = value * 0.8) -> None:
            package.set_cell(parts, place, value)
            package.recalculated(parts, but=tuple(everything[len(everything) // 3 :]))

        if not record.name.startswith(("target_accounts", "contacts", "channel_share", "channel_meetings[")):
            yield Case(sheet.subject, "C01 an input changed, nothing recalculated", ("C01",), (), Parts(nothing_follows))
            yield Case(sheet.subject, "C01 an input changed, a part recalculated", ("C01",), (), Parts(half_follows))
    for name in ("rounding", "display_unit", "period"):
        record = sheet.records[name]
        place = sheet.place(record)
        other = {"rounding": sheet.words.none if record.value != sheet.words.none else sheet.words.up,
                 "display_unit": next(each for each in sheet.units if each != record.value),
                 "period": sheet.words.month if record.value == sheet.words.year else sheet.words.year}[name]  # fmt: skip

        def switched(parts: package.Parts, place: Place = place, other: str = other) -> None:
            package.set_cell(parts, place, other)

        if _shown(sheet, {place: other}, place) != _shown(sheet, {}, place):
            yield Case(sheet.subject, "C01 a switch changed, nothing recalculated", ("C01",), (), Parts(switched))
    for record in sheet.chain:
        if not record.value or re.search(r"effect|_unrounded", record.name):
            continue
        place, wrong = sheet.place(record), record.value + 3

        def forged_value(parts: package.Parts, place: Place = place, value: float = wrong) -> None:
            package.set_cached(parts, place, value)

        yield Case(sheet.subject, "C01 one cached value is another", ("C01",), (str(record.cell),), Parts(forged_value))

    def zeros(parts: package.Parts) -> None:
        """What a writer leaves that caches 0 for every formula."""
        for place in everything:
            package.set_cached(parts, place, 0)

    yield Case(sheet.subject, "C01 zero cached everywhere", ("C01",), (), Parts(zeros))


def settings(sheet: Standing) -> Iterator[Case]:
    def case(kind: str, code: str, edit: Callable[[package.Parts], None], *, note: bool = False) -> Case:
        return Case(sheet.subject, kind, (code,), (), Parts(edit), note=note)

    def calculation(attributes: str) -> Callable[[package.Parts], None]:
        def edit(parts: package.Parts) -> None:
            package.changed(parts, "xl/workbook.xml", r"<calcPr [^>]*/>", f'<calcPr calcId="191029" {attributes}/>')

        return edit

    def uncached(parts: package.Parts) -> None:
        for title in package.titles(parts):
            name = package.part_of(parts, title)
            parts[name] = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", parts[name])

    def from_1904(parts: package.Parts) -> None:
        package.changed(parts, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"')

    yield case("C02 no cached values", "C02", uncached, note=True)
    yield case("C03 manual calculation", "C03", calculation('calcMode="manual"'))
    yield case("C04 iterative calculation", "C04", calculation('iterate="1" iterateCount="100"'))
    yield case("C05 precision as displayed", "C05", calculation('fullPrecision="0"'))
    yield case("C06 the 1904 date system", "C06", from_1904)


def shares(sheet: Standing) -> Iterator[Case]:
    column = sheet.line("channel_share")
    if column[0].role == "input":
        for record in column:
            value = float(record.value or 0)
            where = (str(record.cell),)
            split = sheet.records["share_total"].cell
            all_cells = (*(str(each.cell) for each in column), str(split), *where)
            for kind, new in {"halved": value / 2, "5 points more": value + 0.05, "a tenth of a point": value - 0.001, "a round third": round(value * 1.01, 2)}.items():  # fmt: skip
                if 0 <= new <= 1 and abs(new - value) > 1e-9:
                    yield Case(
                        sheet.subject, f"X01 shares don't add up: {kind}", ("X01",), (), Cells({sheet.place(record): new})
                    )
        del all_cells
        if len(column) > 1:
            gone = sheet.used[-1]
            change: dict[Place, Any] = {
                sheet.at(name, gone): None for name in sheet.lines if sheet.line(name)[0].role == "input"
            }
            if column[-1].value:
                yield Case(sheet.subject, "X01 a channel taken out, its share not given on", ("X01",), (), Cells(change))


def typed_meetings(sheet: Standing) -> Iterator[Case]:
    for record in sheet.line("channel_meetings") if "channel_meetings" in sheet.lines else []:
        if record.role == "input" and record.value:
            change = Cells({sheet.place(record): record.value - 3})
            yield Case(sheet.subject, "X02 fewer meetings than needed", ("X02",), (), change)
            change = Cells({sheet.place(record): record.value + 6})
            yield Case(sheet.subject, "X02 more meetings than needed", ("X02",), (), change)


def order(sheet: Standing) -> Iterator[Case]:
    records = sheet.records
    for name, of in (("target_accounts", "won_deals"), ("contacts", "leads")):
        if name in records and of in records and (records[of].value or 0) > 1:
            where = (str(records[name].cell), str(records[f"check_{name}"].cell), str(records[of].cell))
            change = Cells({sheet.place(records[name]): int(records[of].value) - 1})
            yield Case(sheet.subject, f"X04 more than {name}", ("X04", "X05"), where, change)
    w = sheet.words
    for word, note in ((w.down, True), (w.nearest, False)):
        place = sheet.place(records["rounding"])
        if records["rounding"].value == word or not _missed(sheet, {place: word}):
            continue
        yield Case(sheet.subject, f"X05 rounding {'down' if note else 'to the nearest'} misses the goal", ("X05",), (),
                   Cells({place: word}), note=note)  # fmt: skip
    if "total_revenue" in records:
        total, web = records["total_revenue"], records["web_revenue"]
        where = (str(total.cell), str(web.cell), str(records["check_total"].cell))
        yield Case(sheet.subject, "X07 total below the web's", ("X07",), where, Cells({sheet.place(total): web.value * 0.6}))
        if total.value < 1e13:
            yield Case(sheet.subject, "X07 web above the total", ("X07",), where, Cells({sheet.place(web): total.value * 1.25}))


def _missed(sheet: Standing, changes: dict[Place, Any]) -> bool:
    with engines.typed(engines.of_page(sheet.subject), sheet.all_alone(changes)) as engine:
        return bool(engine.value(sheet.alone(sheet.place(sheet.records["overall"]))) == sheet.words.bad)


def _shown(sheet: Standing, changes: dict[Place, Any], but: Place) -> list[Any]:
    """What the page's formulas come to."""
    alone = standing(sheet.subject.removeprefix("all-"))
    places = [place for place in map(alone.place, alone.records.values()) if place != sheet.alone(but)]
    with engines.typed(engines.of_page(sheet.subject), sheet.all_alone(changes)) as engine:
        return [engine.value(place) for place in places]


def forged(sheet: Standing) -> Iterator[Case]:
    """The sheet's own verdict says OK where it isn't."""
    records, ok = sheet.records, sheet.words.ok
    wrong: dict[Place, Any] = {}
    share = sheet.line("channel_share")[0]
    if share.role == "input" and "check_share" in records:
        wrong = {sheet.place(share): float(share.value or 0) * 0.5 + 0.02}
        verdict = records["check_share"]
    elif "check_total" in records:
        wrong = {sheet.place(records["total_revenue"]): records["web_revenue"].value * 0.7}
        verdict = records["check_total"]
    for record in (records["overall"], verdict):
        where = (str(record.cell),)
        yield Case(sheet.subject, "X06 a verdict typed over, a fault behind it", ("X06", "F01"), where,
                   Cells({**wrong, sheet.place(record): ok}))  # fmt: skip
        yield Case(sheet.subject, "X06 a verdict that is always good, a fault behind it", ("X06", "F02"), where,
                   Cells({**wrong, sheet.place(record): f'=IF(TRUE,"{ok}","")'}))  # fmt: skip
    yield Case(sheet.subject, "X06 a verdict typed over", ("X06", "F01"), (str(records["overall"].cell),),
               Cells({sheet.place(records["overall"]): ok}))  # fmt: skip
    state = sheet.book.defined_names["check_state"].attr_text
    first = re.sub(r":.*", "", state)

    def narrowed(parts: package.Parts) -> None:
        package.changed(
            parts, "xl/workbook.xml", r'(<definedName name="check_state">)[^<]*', rf"\g<1>{first}".replace("$", "$")
        )

    yield Case(sheet.subject, "X06 the verdict looks at one check only", ("X06", "F10"), (), Parts(narrowed))
