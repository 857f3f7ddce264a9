"""The sheets of the months: faults on the grid, the tabs and the summary, and what people rightly do there.

Nothing here is proved by an engine: each fault changes what is counted, by construction.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl

from kgisheet.filled.records import Record

from . import package
from .case import Book, Case, Cells, Office, Parts, Place
from .standing import Standing

STAGES = ("revenue", "won_deals", "meetings", "leads", "visits")
DATES = ("openpyxl", "office")


def cases(sheet: Standing) -> Iterator[Case]:
    if sheet.months:
        year = Year(sheet)
        for each in (overwritten, edited, sums, broken, typed, left_over, order, sheets, stale, sound_figures, sound_formulas, sound_sheets):  # fmt: skip
            yield from each(year)


class Year:
    """The months of a subject."""

    def __init__(self, sheet: Standing) -> None:
        self.sheet = sheet
        self.of = sheet.months
        self.titles = sorted({str(each.sheet) for each in self.of.values() if re.fullmatch(r"\d{4}-\d\d", str(each.sheet))})
        self.grid = str(self.of["month_start[1]"].sheet)
        self.summary = str(self.of["replan_state"].sheet)
        self.stages = [each for each in STAGES if f"year_{each}" in self.of]
        self.start = datetime.date.fromisoformat(f"{self.titles[0]}-01")

    def case(self, kind: str, codes: str, values: dict[str, Any], *savers: str, at: str | None = None, note: bool = False) -> Case:  # fmt: skip
        """Values typed into named cells; the finding hangs on them, or on ``at``."""
        changes = {self.place(name): value for name, value in values.items()}
        cells = tuple(str(self.of[each].cell) for each in ([at] if at else values)) if codes else ()
        return Case(self.sheet.subject, kind, tuple(codes.split()), cells, Cells(changes), savers, note=note)

    def place(self, name: str) -> Place:
        record = self.of.get(name) or self.sheet.records[name]
        return str(record.sheet), str(record.cell)

    def formula(self, name: str) -> str:
        return str(self.of[name].formula)

    def month(self, number: int) -> datetime.datetime:
        """The first day of a month, from 1; 13 is next year's first."""
        months = self.start.year * 12 + self.start.month - 1 + number - 1
        return datetime.datetime(months // 12, months % 12 + 1, 1)

    def figures(self) -> Iterator[tuple[str, Record]]:
        """Goals and sums with a figure, of the three kinds of sheet."""
        for stage in self.stages:
            for name in (f"month_{stage}[3]", f"month_{stage}[10]", f"quarter_{stage}[2]", f"year_{stage}",
                         f"{self.titles[4]}!goal_{stage}", f"{self.titles[6]}!goal_to_date_{stage}", f"year_{stage}_due",
                         f"replan_{stage}[9]", f"replan_{stage}_year"):  # fmt: skip
                if isinstance(self.of[name].value, (int, float)):
                    yield name, self.of[name]
        for name, record in self.of.items():
            if name.startswith("month_channel_leads[") and record.value:
                yield name, record


# -- faults in formulas ----------------------------------------------------


def overwritten(year: Year) -> Iterator[Case]:
    for name, record in year.figures():
        yield year.case("F01 months: another number", "F01", {name: record.value + 7})
        yield year.case("F01 months: its own number", "F01", {name: record.value})
        yield year.case("F01 months: deleted", "F01", {name: None})
        yield year.case("F01 months: a text typed over", "F01 I01", {name: "約40件"})
    for stage in year.stages:
        column = [f"month_{stage}[{month}]" for month in range(1, 13)]
        yield year.case("F01 months: a column of the grid pasted as numbers", "F01", {name: (year.of[name].value or 0) + 1 for name in column})  # fmt: skip
        grouped = [f"{title}!goal_{stage}" for title in year.titles[2:6]]
        yield year.case("F01 months: typed into grouped tabs", "F01", dict.fromkeys(grouped, 12345))
    for title in year.titles[1:4]:
        whole = {name: each.value for name, each in year.of.items() if each.sheet == title and each.formula}
        yield year.case("F01 months: a tab pasted as values", "F01", whole)


def edited(year: Year) -> Iterator[Case]:
    for stage in year.stages:
        tab, near = year.titles[5], year.titles[6]
        for kind, codes, name, old, new in (
            ("a sum made a mean", "F02", f"quarter_{stage}[3]", r"SUM\(([^()]*)\),\"\"\)$", r'AVERAGE(\1),"")'),
            ("a sum made the largest", "F02", f"year_{stage}", r"SUM\(", "MAX("),
            ("+ made −", "F02", f"year_{stage}_gap", r"ROUND\((\w+)", r"ROUND(-\1"),
            (
                "an achievement turned round",
                "F02 F09",
                f"{tab}!achievement_{stage}",
                r"([A-Z]\d+)/('[^']*'![A-Z]+\d+)",
                r"\2/\1",
            ),
            ("a difference turned round", "F02 F09", f"{tab}!difference_{stage}", r"([A-Z]\d+)-('[^']*'![A-Z]+\d+)", r"\2-\1"),
            ("another weight", "F02", f"month_{stage}_open[6]", r",0\)$", ",1)"),
            ("the year's fixed part left out", "F02", f"open_{stage}", r"-SUMIF\(.*?\)(?=\))", ""),
            ("the state turned round", "F02", f"now_state_{stage}", r">=0,FALSE", "<=0,FALSE"),
            ("a re-plan that keeps the plan", "F02", f"replan_{stage}[9]", r"^.+$", f"=replan_before_{stage}"),
            ("a re-plan without its actuals", "F02", f"replan_{stage}[2]", r"<=replan_from", "<replan_from-1"),
            (
                "a re-plan that forgets the lead time",
                "F02",
                f"replan_weight_{stage}[8]",
                r"<=replan_from(\+\w+)?",
                "<=replan_from+3",
            ),
            ("what is there counted twice", "F02", f"coming_{stage}[5]", r"\*assumed_", "*2*assumed_"),
            ("a tab's goal of another month", "F09 F02", f"{tab}!goal_{stage}", r"(\d+)$", lambda m: str(int(m[1]) + 1)),
            ("an actual of another month's tab", "F09 F02", f"result_{stage}[6]", tab, near),
            ("a goal of another stage", "F02 F09", f"{tab}!goal_{stage}", r"![A-Z]+", "!AA"),
        ):
            if name not in year.of:
                continue  # revenue and visits are not re-planned by themselves
            formula = year.formula(name)
            made = re.sub(old, new, formula)
            if made != formula:
                yield year.case(f"{codes[:3]} months: {kind}", codes, {name: made})
        swap = {f"month_{stage}[4]": f"month_{stage}[5]", f"month_{stage}[5]": f"month_{stage}[4]"}
        yield year.case("F09 months: two months exchanged", "F09 F02 F03", {name: year.formula(other) for name, other in swap.items()})  # fmt: skip


def sums(year: Year) -> Iterator[Case]:
    for stage in year.stages:
        quarter, half, total = f"quarter_{stage}[2]", f"half_{stage}[2]", f"year_{stage}"
        to_date = f"{year.titles[7]}!goal_to_date_{stage}"
        first, last = re.search(r"SUM\((\w+):(\w+)\)", year.formula(quarter)).groups()  # type: ignore[union-attr]
        letter, row = re.match(r"([A-Z]+)(\d+)", first).groups()  # type: ignore[union-attr]
        down = f"{letter}{int(row) + 1}"
        column = [str(year.of[f"month_{stage}[{month}]"].cell) for month in range(1, 13)]
        area = f"SUM({first}:{last})"
        for kind, name, old, new in (
            ("a quarter without its first month", quarter, area, f"SUM({down}:{last})"),
            ("a quarter of two months", quarter, area, f"{first}+{down}"),
            ("a half without its last month", half, r":[A-Z]+\d+\)", f":{column[10]})"),
            ("a year without its last month", total, f"SUM(month_{stage})", f"SUM({column[0]}:{column[10]})"),
            ("a year without a month", total, f"SUM(month_{stage})", f"SUM({column[0]}:{column[4]},{column[6]}:{column[11]})"),
            ("a running total that starts late", to_date, r"\$(\d+):", lambda m: f"${int(m[1]) + 1}:"),
        ):
            made = year.formula(name).replace(old, new) if isinstance(new, str) and old in year.formula(name) else re.sub(old, new, year.formula(name))  # fmt: skip
            yield year.case(f"F03 months: {kind}", "F03 F02", {name: made})
        for kind, name, new in (
            ("a quarter counts a month twice", quarter, f"SUM({first}:{last},{last})"),
            ("a quarter with the next one's month", quarter, f"SUM({first}:{letter}{int(row) + 3})"),
            ("a year with its quarters", total, f"SUM(month_{stage},quarter_{stage})"),
        ):
            old = area if name == quarter else f"SUM(month_{stage})"
            yield year.case(f"F04 months: {kind}", "F04 F02", {name: year.formula(name).replace(old, new)})


def broken(year: Year) -> Iterator[Case]:
    for name, record in year.figures():
        formula = str(record.formula)
        for kind, codes, made in (
            ("F05 months: +10", "F05 F02", f"{formula}+10"),
            ("F05 months: *1.1", "F05 F02", f"{formula}*1.1"),
            ("F06 months: #REF!", "F06 F10", f"=#REF!+{formula[1:]}"),
            ("F06 months: division by zero", "F06", f"{formula}/0"),
            ("F06 months: a name misspelt", "F06 F10 F02", re.sub(r"\b(year|month|open)_([a-z_]+)", r"\1_\2s", formula, count=1)),
            ("F07 months: IFERROR hides a division by zero", "F07 F02 F06", f"=IFERROR(({formula[1:]})/0,0)"),
            ("F08 months: refers to itself", "F08", f"{formula}+{record.cell}"),
            ("F11 months: another workbook", "F11", f"{formula}+[1]Sheet1!$A$1"),
        ):  # fmt: skip
            if made != formula:
                yield year.case(kind, codes, {name: made}, *(DATES if "F11" in kind else ()))


# -- faults in what is typed ------------------------------------------------


def typed(year: Year) -> Iterator[Case]:
    whole = year.sheet.records["rounding"].value != year.sheet.words.none
    for tab in (year.titles[0], year.titles[5], year.titles[11]):
        for stage in year.stages:
            at = f"{tab}!actual_{stage}"
            kinds: list[tuple[str, str, Any, tuple[str, ...]]] = [
                ("I01 months: an actual as text", "I01", "1,200件" if stage != "revenue" else "120万円", ()),
                ("I01 months: an actual in full width", "I01", "１２", ()),
                ("I01 months: an actual with an apostrophe", "I01", "12", ()),
                ("I01 months: an actual in words", "I01", "集計中", ()),
                ("I06 months: a negative actual", "I06", -3, ()),
                ("I07 months: an absurd actual", "I07 I10", 5e15, ()),
                ("I08 months: a date for an actual", "I08", datetime.datetime(2026, 1, 2), DATES),
                ("I09 months: TRUE for an actual", "I09", True, ("openpyxl", "xml")),
            ]
            if whole and stage != "revenue":
                kinds.append(("I10 months: half an actual", "I10", 3.5, ()))
            for kind, codes, value, savers in kinds:
                yield year.case(kind, codes, {at: value}, *savers)
        yield year.case("I01 months: a channel's actual as text", "I01", {f"{tab}!channel_actual_leads[1]": "30件"})
        yield year.case("I06 months: a channel's negative actual", "I06", {f"{tab}!channel_actual_leads[1]": -30})
    for month in (2, 7, 12):
        yield year.case("I01 months: a weight as text", "I01", {f"month_weight[{month}]": "2倍"})
        yield year.case("I02 months: a weight with a decimal comma", "I02 I01", {f"month_weight[{month}]": "1,5"})
        yield year.case("I06 months: a negative weight", "I06", {f"month_weight[{month}]": -1})
        yield year.case("I01 months: an override as text", "I01", {f"month_leads_override[{month}]": "30件"})
        yield year.case("I06 months: a negative override", "I06", {f"month_leads_override[{month}]": -5})
        if "month_cvr_override[1]" in year.of:
            yield year.case("I03 months: a CVR typed as a whole number", "I03", {f"month_cvr_override[{month}]": 2})
    if "lead_time_leads" in year.of:
        yield year.case("I01 months: a lead time as text", "I01", {"lead_time_leads": "3か月"})
        yield year.case("I06 months: a negative lead time", "I06", {"lead_time_leads": -1})
        yield year.case("I10 months: half a month of lead time", "I10", {"lead_time_leads": 6.5})
        falling = {"lead_time_meetings": 5, "lead_time_leads": 2}
        yield year.case("I10 months: lead times that fall", "I10", falling, at="lead_time_leads")
    for name in ("closed_through", "as_of_month"):
        yield year.case("I10 months: a month outside the year", "I10", {name: year.month(14)}, *DATES)
        yield year.case("I10 months: a month as text", "I10 I01", {name: "6月"})


def left_over(year: Year) -> Iterator[Case]:
    for stage in year.stages:
        page = year.of[f"year_{stage}_page"].value or 0
        gap = f"year_{stage}_gap"
        yield year.case("X03 months: an override above the year", "X03", {f"month_{stage}_override[5]": page + 10}, at=gap)
        every = {f"month_{stage}_override[{month}]": int(page // 12) + 2 for month in range(1, 13)}
        yield year.case("X03 months: every month typed over, too much", "X03", every, at=gap)
        less = {f"month_{stage}_override[{month}]": 0 for month in range(1, 13)}
        if page >= 1:
            yield year.case("X03 months: every month typed over, too little", "X03", less, at=gap)
    blank = {f"month_weight[{month}]": None for month in range(1, 13)}
    yield year.case("X03 months: no weight at all", "X03", blank, at="year_revenue_gap")
    yield year.case("X03 months: every weight 0", "X03", dict.fromkeys(blank, 0), at="year_revenue_gap")


def order(year: Year) -> Iterator[Case]:
    for month in (2, 6, 12):
        at = f"month_start[{month}]"
        yield year.case("S09 months: a month twice", "S09", {at: year.month(month - 1)}, *DATES)
        yield year.case("S09 months: a month of another year", "S09", {at: year.month(month + 12)}, *DATES)
        yield year.case("S09 months: a month deleted", "S09 F01", {at: None})
        yield year.case("S09 months: a month as text", "S09 F01", {at: "来月"})
        tab = f"{year.titles[month - 1]}!tab_month"
        yield year.case("S09 months: a tab headed with another month", "S09", {tab: year.month(month - 1)}, *DATES)
    swapped = {"month_start[3]": year.month(4), "month_start[4]": year.month(3)}
    yield year.case("S09 months: two months exchanged", "S09", swapped, *DATES)
    place = year.sheet.place(year.sheet.records["start_month"])
    for to in (4, 13):
        yield Case(year.sheet.subject, "S09 months: another first month, the tabs left", ("S09",), (place[1],), Cells({place: year.month(to)}), DATES)  # fmt: skip


def sheets(year: Year) -> Iterator[Case]:
    subject = year.sheet.subject

    def removed(title: str) -> Callable[[openpyxl.Workbook], None]:
        return lambda book: book.remove(book[title])

    for title in (year.titles[0], year.titles[7], year.summary):
        yield Case(subject, "S04 months: a sheet removed", ("S04",), (), Book(removed(title)))
        yield Case(subject, "S04 months: a sheet removed in LibreOffice", ("S04",), (), Office([["remove_sheet", title]]))
    yield Case(
        subject, "S04 months: two tabs removed", ("S04",), (), Office([["remove_sheet", each] for each in year.titles[3:5]])
    )
    copy = ["copy_sheet", year.titles[2], f"{year.titles[2]} (2)", 5]
    yield Case(subject, "S03 months: a tab copied", ("S03",), (), Office([copy]))
    goal, actual = year.of[f"{year.titles[1]}!goal_leads"], year.of[f"{year.titles[1]}!actual_leads"]
    row = int(re.sub(r"\D", "", str(actual.cell)))
    for kind, step in (("inserted", ["insert_rows", year.grid, 12, 1]), ("deleted", ["delete_rows", year.grid, 12, 1])):
        yield Case(subject, f"S01 months: a month's row {kind}", ("S01", "F06"), (), Office([step]))
    for title, at in ((year.titles[1], row), (year.grid, 9)):

        def hide(book: openpyxl.Workbook, title: str = title, at: int = at) -> None:
            book[title].row_dimensions[at].hidden = True
            if title == actual.sheet and actual.value is None:
                book[title][actual.cell] = 3  # a row that nobody has typed into hides nothing

        # LibreOffice hides no row of a sheet that has folds, and shows one when it saves.
        yield Case(subject, "S05 months: a hidden row", ("S05",), (), Book(hide), ("openpyxl",))
    yield Case(subject, "S05 months: a hidden tab", ("S05",), (), Office([["hide_sheet", year.titles[4]]]))
    merge = ["merge", year.titles[1], f"{goal.cell}:{actual.cell}"]
    yield Case(subject, "S06 months: a merge swallows an actual", ("S06", "F01"), (str(actual.cell), str(goal.cell)), Office([merge]))  # fmt: skip


def stale(year: Year) -> Iterator[Case]:
    def unfollowed(name: str, value: Any) -> Callable[[package.Parts], None]:
        return lambda parts: package.set_cell(parts, year.place(name), value)

    for name, value in (
        (f"{year.titles[0]}!actual_leads", 33),
        ("month_weight[4]", 3),
        ("month_meetings_override[6]", 1 + int(year.of["month_meetings[6]"].value or 0)),
    ):
        yield Case(year.sheet.subject, "C01 months: nothing recalculated", ("C01",), (), Parts(unfollowed(name, value)))

    def another(parts: package.Parts) -> None:
        package.set_cached(parts, year.place("quarter_leads[1]"), 99999)

    where = (str(year.of["quarter_leads[1]"].cell),)
    yield Case(year.sheet.subject, "C01 months: one cached value is another", ("C01",), where, Parts(another))


# -- what people rightly do --------------------------------------------------


def sound_figures(year: Year) -> Iterator[Case]:
    def goal(stage: str, month: int) -> int:
        return int(year.of[f"month_{stage}[{month}]"].value or 0)

    for count, factor in ((1, 1), (3, 0.8), (6, 1.3), (12, 0.9)):
        actuals = {f"{year.titles[month - 1]}!actual_{stage}": round(goal(stage, month) * factor) for month in range(1, count + 1) for stage in year.stages}  # fmt: skip
        yield year.case("months: actuals typed", "", actuals)
    first = year.titles[0]
    yield year.case("months: actuals of 0", "", {f"{first}!actual_{stage}": 0 for stage in year.stages})
    yield year.case("months: one stage's actuals only", "", {f"{title}!actual_leads": 20 for title in year.titles[:4]})
    yield year.case("months: an actual left out in between", "", {f"{year.titles[at]}!actual_leads": 20 for at in (0, 1, 3)})
    channels = [name for name in year.of if name.startswith(f"{first}!channel_actual_leads[")]
    yield year.case("months: channels' actuals", "", {**dict.fromkeys(channels, 7), f"{first}!actual_leads": 7 * len(channels)})
    yield year.case("months: remarks", "", {f"{first}!remarks": "展示会を追加。\nCV率 0.8% → 1.1%、1,200万円の案件あり"})
    for stage in year.stages:
        # The other months take it up.
        yield year.case("months: an override of 0", "", {f"month_{stage}_override[6]": 0})
        yield year.case("months: an override as planned", "", {f"month_{stage}_override[6]": goal(stage, 6)})
        yield year.case("months: overrides of half the plan", "", {f"month_{stage}_override[{month}]": goal(stage, month) // 2 for month in (3, 4)})  # fmt: skip
    for kind, weights in {
        "doubled": {3: 2}, "decimals": {1: 1.25, 2: 0.75, 12: 1.5}, "a month of 0": {5: 0}, "blank": {5: None}, "steep": {at: at for at in range(1, 13)},
        "three months": {at: None if at > 3 else 1 for at in range(1, 13)},
    }.items():  # fmt: skip
        yield year.case(f"months: weights, {kind}", "", {f"month_weight[{at}]": value for at, value in weights.items()})
    if "lead_time_leads" in year.of:
        leads = {name: value for name, value in (("lead_time_opportunities", 1), ("lead_time_meetings", 2), ("lead_time_leads", 4)) if name in year.of}  # fmt: skip
        yield year.case("months: lead times", "", leads)
        yield year.case("months: lead times, next year nothing", "", {**leads, "next_year_revenue": 0})
        yield year.case("months: cases held when the year begins", "", {"opening_leads": 120})
    yield year.case("months: as of a month", "", {f"{first}!actual_leads": 18, "as_of_month": year.month(3)}, *DATES)
    closed = {f"month_{stage}_reported[{month}]": goal(stage, month) for stage in year.stages for month in (1, 2, 3)}
    yield year.case(
        "months: closed, with the goals that were reported", "", {**closed, "closed_through": year.month(3)}, *DATES
    )
    yield year.case("months: last year's actuals", "", {f"last_leads[{month}]": 11 + month for month in range(1, 13)})
    if year.sheet.records["rounding"].value == year.sheet.words.none:
        yield year.case("months: decimals where counts are not made whole", "", {"month_leads_override[6]": 1.5})


def sound_formulas(year: Year) -> Iterator[Case]:
    for name, record in year.figures():
        formula = str(record.formula)
        dollars = re.sub(r"(?<![A-Za-z$_])([A-Z]{1,2})\$?(\d+)(?![\d(A-Za-z_])", r"$\1$\2", formula)
        for kind, made in (("spaces", formula.replace(",", " , ")), ("IFERROR around it", f'=IFERROR({formula[1:]},"")'),
                           ("$ at every address", dollars), ("brackets around it", f"=({formula[1:]})")):  # fmt: skip
            if made != formula:
                yield year.case(f"months: formula, {kind}", "", {name: made})
    for stage in year.stages:
        quarter = year.formula(f"quarter_{stage}[1]")
        first, last = re.search(r"SUM\((\w+):(\w+)\)", quarter).groups()  # type: ignore[union-attr]
        middle = f"{re.sub(r'[0-9]', '', first)}{int(re.sub(r'[A-Z]', '', first)) + 1}"
        apart = quarter.replace(f"SUM({first}:{last})", f"SUM({first},{middle},{last})")
        yield year.case("months: formula, a quarter cell by cell", "", {f"quarter_{stage}[1]": apart})


def sound_sheets(year: Year) -> Iterator[Case]:
    subject = year.sheet.subject

    def office(kind: str, *steps: list[Any]) -> Case:
        return Case(subject, f"months: {kind}", (), (), Office(list(steps)))

    def book(kind: str, edit: Callable[[openpyxl.Workbook], Any], *savers: str) -> Case:
        return Case(subject, f"months: {kind}", (), (), Book(edit), savers)

    def own(book: openpyxl.Workbook) -> None:
        page = book.create_sheet("営業会議")
        cell = year.of[f"{year.titles[0]}!goal_leads"].cell
        page["A1"], page["A2"], page["A3"] = f"='{year.titles[0]}'!{cell}", "=SUM(month_leads)", f"=A1+'{year.grid}'!B8"
        page["B1"], page["B2"] = "30件", f"=IF(A1>0,'{year.titles[1]}'!{cell}/A1,0)"

    def commented(book: openpyxl.Workbook) -> None:
        book[year.titles[3]]["T2"].value = "=2*3"
        book[year.titles[3]].sheet_properties.tabColor = "FF00AA00"

    first, second = year.titles[:2]
    yield office("a tab renamed", ["rename", first, "4月"])
    yield office("all tabs renamed", *(["rename", title, f"月{at + 1}"] for at, title in enumerate(year.titles)))
    yield office("the grid renamed", ["rename", year.grid, "月別計画"])
    yield office("the summary renamed and moved", ["rename", year.summary, "まとめ"], ["move_sheet", "まとめ", 1])
    yield office("tabs in another order", ["move_sheet", first, 9])
    yield office("rows inserted on a tab", ["insert_rows", second, 4, 2])
    yield office("rows inserted above the grid", ["insert_rows", year.grid, 3, 1])
    yield office("a column inserted on the grid", ["insert_columns", year.grid, 1, 1])
    yield office("rows inserted on the summary", ["insert_rows", year.summary, 6, 1])
    yield office("a comment on a tab", ["note", first, str(year.of[f"{first}!actual_leads"].cell), "速報値"])
    sorting = [["cell", "順位", f"A{at}", value] for at, value in enumerate((3, 1, 2), 1)]
    yield office("a sheet of one's own, sorted", ["add_sheet", "順位", 0], *sorting, ["sort", "順位", "A1:A3", 0, True])
    yield book("a colleague's sheet reads ours", own, "openpyxl", "office", "office+openpyxl")
    yield book("a note beside a tab's figures", commented)
    yield book("a tab in front", lambda book: book.move_sheet(year.titles[5], -5))
