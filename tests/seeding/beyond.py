"""The sheets beyond the months: faults on 現状とのギャップ, ABM, コンテンツ, ジャーニー, 定義 and 稟議.

As of the months, nothing is proved by an engine: each fault changes what is counted, by construction.
What is typed into their inputs: `beyond_typed`. What people rightly do there: `beyond_harmless`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl

from . import beyond_typed, package
from .case import Book, Case, Office, Parts, Place
from .other_sheets import COUNTING, DATES, Beyond
from .standing import Standing


def cases(sheet: Standing) -> Iterator[Case]:
    if "abm_conserved" in sheet.months:
        more = Beyond(sheet)
        for each in (overwritten, edited, sums, broken, names, beyond_typed.typed, beyond_typed.moves, structure, stale):
            yield from each(more)


# -- faults in formulas ----------------------------------------------------


def overwritten(more: Beyond) -> Iterator[Case]:
    for name, record in more.figures():
        area = more.area(record)
        yield more.case(f"F01 beyond, {area}: another number", "F01", {name: record.value + 7})
        yield more.case(f"F01 beyond, {area}: its own number", "F01", {name: record.value})
        yield more.case(f"F01 beyond, {area}: deleted", "F01", {name: None})
        yield more.case(f"F01 beyond, {area}: a text typed over", "F01 I01", {name: "約40件"})
    for name, record in more.results("text"):
        yield more.case(f"F01 beyond, {more.area(record)}: a text as a constant", "F01", {name: record.value})
        yield more.case(f"F01 beyond, {more.area(record)}: another text", "F01", {name: "確認済み"})
    for block in ("abm_in", "abm_out", "abm_held", "abm_closing"):
        for at in (2, 3, 11):
            yield more.case(f"F01 beyond: {block} typed over", "F01", {f"{block}[{at}]": 9}, base=True)
        whole = {f"{block}[{at}]": at for at in range(1, 17)}
        yield more.case("F01 beyond: a block of the matrix pasted", "F01", whole)
    for column in ("channel_forecast_leads", "channel_cost", "channel_return", "channel_swing_effect", "channel_article_visits", "field_revenue"):  # fmt: skip
        size = 6 if column == "field_revenue" else max(2, more.channels)
        pasted = {more.below(column, row): row + 10 for row in range(1, size + 1)}
        if more.channels > 1 or column == "field_revenue":
            yield more.case("F01 beyond: a column pasted as numbers", "F01", pasted)
    yield more.case("F01 beyond: a number in an empty row of the field", "F01", {more.below("field_revenue", 5): 800000})
    row = 2
    yield more.case("F01 beyond: a row of the field without its formula", "F01",
                    {more.below("field_owner", row): "北日本", more.below("field_deals", row): 3, more.below("field_revenue", row): None},
                    at=more.below("field_revenue", row))  # fmt: skip
    named = {more.place(name) for name in more.of}
    for title in (more.titles[key] for key in (*COUNTING, "approval")):
        page = more.sheet.book[title]
        values = {(title, each.coordinate): 5 for line in page.iter_rows() for each in line if str(each.value)[:1] == "="}
        yield more.case("F01 beyond: a sheet pasted as values", "F01", values)
        again = [place for place in values if place not in named]
        if title == more.titles["abm"]:
            for place in again[:6]:
                yield more.case("F01 beyond: a name of the matrix typed over", "F01", {place: "S"})


def edited(more: Beyond) -> Iterator[Case]:
    every = [name for name, _ in more.figures()]
    for key in COUNTING:
        names = [name for name in every if more.area(more.of[name]) == key]
        yield from more.swap(f"{key}, ÷ made ×", "F02", names, (r"/(?=[A-Za-z(])", "*"))
        later = [name for name in names if not name.endswith("[1]")]  # the first of a row takes its share from nothing
        yield from more.swap(f"{key}, − made +", "F02", later, (r"(?<=[a-z)0-9])-(?=[a-zA-Z])", "+"))
        yield from more.swap(f"{key}, × made ÷", "F02 F09", names, (r"(?<=[a-z)0-9])\*(?=[A-Za-z])", "/"))
    yield from more.swap(
        "a period's branch", "F02", ["limit_sales_have", "content_monthly_visits"], (r'period="[^"]*"', 'period="?"')
    )
    yield from more.swap("months of a year", "F02", ["limit_sales_have", "content_monthly_visits"], (r"([*/])12\b", r"\g<1>10"))
    yield from more.swap(
        "a step of +10 %", "F02", [name for name in every if "swing" in name], (r"\*(0\.9|1\.1|0\.1)\b", "*0.2")
    )
    yield from more.swap("the largest made a sum", "F02", ["limit_largest"], (r"MAX\(", "SUM("))
    yield from more.swap("an article rounded down", "F02 F05", ["content_articles_needed"], (r"\+0\.4999", "-0.4999"))
    yield from more.swap(
        "a state's bound", "F02", [name for name, _ in more.results("text") if name.startswith("limit_")], (r">1,", ">2,")
    )
    yield from more.swap("a check that can't fail", "F02 X06", ["abm_conserved", "abm_not_negative", "abm_total"], (r'=0\),"', '>=-9999),"'), (r">0,", ">9999,"), (r"6\)=0", "6)<9999"))  # fmt: skip
    cells = [f"{block}[{at}]" for block in ("abm_in", "abm_out") for at in (2, 3, 10)]
    yield from more.swap("in and out exchanged", "F02 F09", cells, (r"abm_moves_(to|from)", lambda m: f"abm_moves_{'to' if m[1] == 'from' else 'from'}"), base=True)  # fmt: skip
    yield from more.swap("a rank that is not asked", "F02", cells, (r"abm_moves_rank,[A-Z]+\d+,", ""), base=True)
    closing = [f"abm_closing[{at}]" for at in (2, 4, 11)]
    yield from more.swap("what leaves comes", "F02", closing, (r"-([A-Z]+\d+)\+", r"+\1+"), base=True)
    yield from more.swap("arrivals are not counted", "F02", closing, (r"\+[A-Z]+\d+,", ","), base=True)
    yield from more.swap(
        "new accounts left out", "F02 F03", [f"abm_arrivals[{at}]" for at in (2, 3, 4)], (r"\+SUM\([^()]*\)", "")
    )
    goals = [f"abm_goal[{at}]" for at in range(1, 9)]
    yield from more.swap("a goal of another stage", "F02 F09", goals, (r",won_deals", ",leads"))
    yield from more.swap("a goal by hand", "F02", goals, (r",required_meetings", ",40"))
    yield from more.swap(
        "a channel's lead of another kind", "F02 F09", [f"channel_forecast_leads[{at}]" for at in (1, 2)], (r">=0\)", ">=9999)")
    )
    yield from more.swap(
        "articles by another column", "F02 F09", ["content_articles_planned"], ("backlog_theme", "backlog_owner")
    )
    yield from more.swap("a line for approval", "F02 F09", ["approval_purpose"], ("approval_goal", "approval_subject"))
    yield from more.swap("a threshold of articles", "F02", ["content_articles_to_least"], (r"\b60-", "10-"))


def sums(more: Beyond) -> Iterator[Case]:
    ends = {"forecast_visits": "channel_current_visits", "forecast_leads": "channel_forecast_leads", "cost_total": "channel_cost",
            "forecast_meetings": "channel_forecast_meetings", "cost_revenue_total": "channel_revenue",
            "content_monthly_visits": "channel_article_visits", "field_deals_total": "field_deals", "field_revenue_total": "field_revenue"}  # fmt: skip
    for name, column in ends.items():
        used = 3 if column.startswith("field") else more.channels
        if name not in more.of or not more.of[name].formula or used < 2:
            continue
        cells = [more.below(column, row)[1] for row in range(1, used + 1)]
        last = more.below(column, 6 if column.startswith("field") else used + len(more.sheet.spare))[1]
        whole = rf"SUM\({column}\)"
        for kind, new in (("without the first row", f"SUM({cells[1]}:{last})"), ("without the last used row", f"SUM({cells[0]}:{cells[-2]})"),
                          ("all but one with +", f"({'+'.join(cells[1:])})")):  # fmt: skip
            yield from more.swap(f"a sum {kind}", "F03 F02", name, (whole, new))
        for kind, new in (("counts a row twice", f"(SUM({column})+{cells[0]})"), ("takes the column twice", f"SUM({column},{column})")):  # fmt: skip
            yield from more.swap(f"a sum {kind}", "F04 F02", name, (whole, new))
    usage = more.place("limit_sales_usage")[1]
    yield from more.swap(
        "the largest leaves a limit out", "F03 F02", "limit_largest", (r"MAX\(limit_usage\)", f"MAX(E1,{usage})")
    )
    for at in (3, 4):
        yield from more.swap("arrivals without a rank", "F03 F02", f"abm_arrivals[{at}]", (r"SUM\(([A-Z]+)(\d+):", lambda m: f"SUM({m[1]}{int(m[2]) + 1}:"))  # fmt: skip


def broken(more: Beyond) -> Iterator[Case]:
    for name, record in more.figures():
        formula, area = str(record.formula), more.area(record)
        for kind, codes, made in (
            (f"F05 beyond, {area}: +10", "F05 F02", f"{formula}+10"),
            (f"F05 beyond, {area}: *1.1", "F05 F02", f"{formula}*1.1" if record.value else formula),
            (f"F06 beyond, {area}: #REF!", "F06 F10", f"=#REF!+{formula[1:]}"),
            (f"F06 beyond, {area}: division by zero", "F06", f"{formula}/0"),
            (f"F06 beyond, {area}: a text in the arithmetic", "F06", f'{formula}+"abc"'),
            ("F06 beyond: a name misspelt", "F06 F10 F02", re.sub(r"\b(channel|forecast|abm|won|web)_([a-z_]+)", r"\1_\2s", formula, count=1)),
            ("F07 beyond: IFERROR hides a division by zero", "F07 F02 F06", f"=IFERROR(({formula[1:]})/0,0)"),
            ("F08 beyond: refers to itself", "F08", f"{formula}+{record.cell}"),
            ("F11 beyond: another workbook", "F11", f"{formula}+[1]Sheet1!$A$1"),
        ):  # fmt: skip
            if made != formula:
                yield more.case(kind, codes, {name: made}, *(DATES if "F11" in kind else ()))
    for name, record in more.figures():
        base = name.partition("[")[0]
        if name.endswith("]") and not base.startswith("abm") and more.channels > 1:
            formula = str(record.formula)
            made = re.sub(r",1\)", ",2)", formula) if ",1)" in formula else re.sub(r"(?<![A-Z\"])([A-Z])(\d+)(?![\d(])", lambda m: f"{m[1]}{int(m[2]) + 1}", formula)  # fmt: skip
            if made != formula:
                yield more.case("F09 beyond: another channel's figure", "F09 F02", {name: made})
    for block in ("abm_in", "abm_out"):
        for at in (2, 3, 4):
            made = re.sub(r",([A-Z])(\d+)\)\)$", lambda m: f",{chr(ord(m[1]) + 1)}{m[2]}))", more.formula(f"{block}[{at}]"))
            yield more.case("F09 beyond: another stage of the matrix", "F09 F02", {f"{block}[{at}]": made}, base=True)
    for at in (2, 3, 11):
        made = re.sub(r"\(([A-Z])(\d+),", r"(\1\2,", more.formula(f"abm_closing[{at}]"))
        made = re.sub(r",([A-Z]+)(\d+)-", lambda m: f",{m[1]}{int(m[2]) + 1}-", made)
        yield more.case("F09 beyond: the stock of another rank", "F09 F02", {f"abm_closing[{at}]": made}, base=True)


def names(more: Beyond) -> Iterator[Case]:
    def gone(book: openpyxl.Workbook, name: str) -> None:
        del book.defined_names[name]

    def astray(book: openpyxl.Workbook, name: str) -> None:
        sheet, _, cell = str(book.defined_names[name].attr_text).rpartition("!")
        book.defined_names[name].attr_text = f"{sheet}!" + re.sub(r"\d+", lambda m: str(int(m[0]) + 1), cell)

    for name in ("cost_total", "abm_moves", "abm_in", "abm_stage_name", "channel_current_visits", "field_deals", "limit_usage",
                 "channel_swing_effect", "backlog_theme", "forecast_revenue", "gross_margin", "approval_deadline"):  # fmt: skip
        for kind, codes, edit in (("deleted", "F10 F06", gone), ("pointing a row lower", "F10 F02 F03 F06", astray)):
            yield Case(more.subject, f"F10 beyond: a name {kind}", tuple(codes.split()), (), Book(lambda book, n=name, e=edit: e(book, n)), ("openpyxl",))  # type: ignore[misc]  # fmt: skip
        yield Case(
            more.subject, "F10 beyond: a name deleted in LibreOffice", ("F10", "F06"), (), Office([["delete_name", name]])
        )


# -- faults of structure ----------------------------------------------------


def structure(more: Beyond) -> Iterator[Case]:
    subject = more.subject

    def office(kind: str, codes: str, *steps: list[Any], cells: tuple[str, ...] = (), note: bool = False) -> Case:
        return Case(subject, kind, tuple(codes.split()), cells, Office(list(steps)), note=note)

    def removed(title: str) -> Callable[[openpyxl.Workbook], None]:
        return lambda book: book.remove(book[title])

    for key, title in more.titles.items():
        yield Case(subject, f"S04 beyond, {key}: removed", ("S04",), (), Book(removed(title)), ("openpyxl",))
        yield office(f"S04 beyond, {key}: removed in LibreOffice", "S04", ["remove_sheet", title])
        yield office("S02 beyond: a sheet renamed", "S02", ["rename", title, f"{key} 2026"], note=True)
        yield office("S01 beyond: rows inserted above, all found again", "S01", ["insert_rows", title, 2, 2], note=True)
        if key in ("ways", "abm", "content"):  # the others hold texts, and may be hidden
            yield office("S05 beyond: a sheet hidden", "S05", ["hide_sheet", title])
    for key in ("ways", "abm", "journey", "definition"):
        title = more.titles[key]
        yield office("S03 beyond: a sheet copied", "S03", ["copy_sheet", title, f"{title} (2)", 3])
    for name in (
        "abm_stage_name[1]",
        "channel_cost_per_lead[1]",
        "gross_margin",
        "field_deals[1]",
        "limit_sales_usage",
        "content_articles_held",
    ):
        title, cell = more.place(name)
        row = int(re.sub(r"\D", "", cell))
        if more.sheet.is_folded(title, row=row):
            continue

        def hide(book: openpyxl.Workbook, title: str = title, cell: str = cell, row: int = row, name: str = name) -> None:
            book[title].row_dimensions[row].hidden = True
            if more.of[name].value is None:
                book[title][cell] = 1 if more.of[name].unit == "count" else 0.5

        # LibreOffice hides no row of a sheet that has folds, and shows one when it saves.
        yield Case(subject, "S05 beyond: a hidden row", ("S05",), (), Book(hide), ("openpyxl",))
    for name in ("sales_reps", "budget", "gross_margin", "content_articles_held"):
        title, cell = more.place(name)
        area = f"{chr(ord(cell[0]) - 1)}{cell[1:]}:{cell}"
        yield Case(subject, "S06 beyond: a merge swallows an input", ("S06",), (cell, area.split(":")[0]),
                   Book(lambda book, t=title, a=area: book[t].merge_cells(a)))  # type: ignore[misc]  # fmt: skip
    if more.channels > 1:
        for name in ("channel_current_visits", "channel_cost_per_lead", "channel_article_share"):
            title, cell = more.below(name, 2)
            row = int(re.sub(r"\D", "", cell))
            yield office("S01 beyond: a channel's row deleted", "S01 F06 F10", ["delete_rows", title, row - 1, 1])
            yield office("S01 beyond: a row among the channels", "S01", ["insert_rows", title, row - 1, 1])
    title, cell = more.below("field_owner", 2)
    row = int(cell[1:])
    added = [["insert_rows", title, row - 1, 1], ["cell", title, f"B{row}", "北"], ["cell", title, f"C{row}", 2]]
    yield office("F01 beyond: a row put into the field and filled, without its formula", "F01", *added, cells=(f"D{row}",))
    for name in ("forecast_meetings", "cost_total", "gross_margin", "content_articles_needed", "web_revenue"):
        if name in more.of:
            title, cell = more.place(name)
            yield office(
                "S01 beyond: a row of figures deleted",
                "S01 F06 F10",
                ["delete_rows", title, int(re.sub(r"\D", "", cell)) - 1, 1],
            )


def stale(more: Beyond) -> Iterator[Case]:
    for name, value in (("content_articles_held", 141), ("channel_cost_per_lead[1]", 12_345), ("field_deals[1]", 5)):  # fmt: skip
        place = more.place(name)

        def old(parts: package.Parts, place: Place = place, value: int = value) -> None:
            package.set_cell(parts, place, value)

        yield Case(more.subject, "C01 beyond: an input changed, nothing recalculated", ("C01",), (), Parts(old))
