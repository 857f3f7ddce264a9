"""What people rightly do on the sheets beyond the months: neither an error nor a warning may come of it."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from .case import UNSEEN, Book, Case, Office, Parts
from .other_sheets import DATES, Beyond
from .standing import Standing
from .tabs import exported

OPEN = ("office", "openpyxl", "uno")


def cases(sheet: Standing) -> Iterator[Case]:
    if "abm_conserved" in sheet.months:
        more = Beyond(sheet)
        for each in (figures, matrix, texts, formulas, sheets, rows):
            yield from each(more)
        yield Case(sheet.subject, "beyond: exported as values", (), (), Parts(exported()), group=UNSEEN)


def _row(cell: str) -> int:
    return int(re.sub(r"\D", "", cell))


def _free_column(page: Worksheet) -> str:
    """The first column with nothing in it right of what is printed: there people write their remarks."""
    *_, last = range_boundaries(str(page.print_area).rpartition("!")[2])[:3]
    used = {cell.column for row in page.iter_rows() for cell in row if isinstance(cell, MergedCell) or cell.value is not None}
    return get_column_letter(next(at for at in itertools.count(last + 1) if at not in used))


def figures(more: Beyond) -> Iterator[Case]:
    def case(kind: str, values: dict[Any, Any], *savers: str) -> Case:
        return more.case(f"beyond: {kind}", "", values, *savers)

    yield case("limits", {"sales_reps": 3, "meetings_per_rep": 12, "budget": 2_500_000, "gross_margin": 0.62})
    yield case("limits that bind", {"sales_reps": 1, "meetings_per_rep": 1, "budget": 500_000})
    yield case("a margin of 100 %", {"gross_margin": 1})
    yield case("no margin at all", {"gross_margin": 0})
    yield case("limits cleared", dict.fromkeys(("sales_reps", "meetings_per_rep", "budget", "gross_margin")))
    yield case("nobody and nothing", {"sales_reps": 0, "meetings_per_rep": 0, "budget": 0})
    channels = range(1, more.channels + 1)
    yield case("today's visits", {f"channel_current_visits[{at}]": 900 * at for at in channels})
    yield case("today's visits, and leads besides", {**{f"channel_current_visits[{at}]": 100 for at in channels}, **{f"channel_current_leads[{at}]": 9 for at in channels}})  # fmt: skip
    yield case("only one channel today", {f"channel_current_visits[{at}]": 5000 if at == 1 else None for at in channels})
    yield case("nothing comes today", {**{f"channel_current_visits[{at}]": 0 for at in channels}, **{f"channel_current_leads[{at}]": 0 for at in channels}})  # fmt: skip
    visits = getattr(more.sheet.records.get("visits"), "value", None) or 30_000
    yield case("more than enough comes today", {"channel_current_visits[1]": int(visits) * 3})
    yield case("costs", {f"channel_cost_per_lead[{at}]": 3000 * at for at in channels})
    yield case("costs, one free", {f"channel_cost_per_lead[{at}]": 0 if at == 1 else 4000 for at in channels})
    yield case("a cost with a fraction of a yen", {"channel_cost_per_lead[1]": 1234.5})
    yield case("an input worked out", {"budget": "=250000*12", "sales_reps": "=1+1"})
    yield case("the field", {more.below("field_owner", 1): "東", more.below("field_deals", 1): 4, more.below("field_owner", 4): "西", more.below("field_deals", 4): 0})  # fmt: skip
    yield case("the field, a manager without a figure", {more.below("field_owner", 6): "休職中"})
    yield case("the field, a figure without a manager", {more.below("field_owner", 6): None, more.below("field_deals", 6): 2})
    yield case("articles", {"content_articles_held": 64, "content_visits_per_article": 33.3, "channel_article_share[1]": 0.4})
    yield case("articles, none yet", {"content_articles_held": 0, "content_visits_per_article": None})
    yield case("all visits come to articles", {f"channel_article_share[{at}]": 1 for at in channels})
    yield case("a small share from articles", {"channel_article_share[1]": 0.05})


def matrix(more: Beyond) -> Iterator[Case]:
    stages, count, goals = list(more.goals), len(more.goals), more.goals
    first, second = stages[0], stages[-1]

    def case(kind: str, values: dict[Any, Any]) -> Case:
        return more.case(f"beyond: {kind}", "", values, base=True)

    def turned(order: list[int]) -> dict[Any, Any]:
        names = ["接触", *stages]
        found: dict[Any, Any] = {}
        for row, at in enumerate(order, 1):
            found |= more.move(row, "A", names[at], names[at + 1], goals[stages[at]])
        return found

    yield case("a matrix filled in", {})
    yield case("small letters for a rank", {more.below("abm_moves_rank", 1): "a"})
    yield case("moves sorted as whole rows", turned(list(range(count))[::-1]))
    yield case("a move of nobody", more.move(count + 2, "B", "一覧", "接触", 0))
    yield case("a move without its count as yet", more.move(count + 2, "B", "一覧", "接触", None))
    yield case("a move with an empty row before it", more.move(count + 5, "B", "接触", "一覧", 1))
    yield case("in two steps", {more.below("abm_moves", 1): goals[first] - 1 or 1, **(more.move(count + 3, "B", "接触", first, 1) if goals[first] > 1 else {})})  # fmt: skip
    yield case("a move over a stage", {**more.move(count + 1, "B", "一覧", "接触", 0), more.below("abm_moves_action", 1): "展示会で名刺交換、3社に電話"})  # fmt: skip
    yield case("new accounts where nobody asks", {"abm_new[1]": 12, "abm_new[9]": 3})
    yield case("a stage renamed, the moves too", {"abm_stage_name[2]": "見込み", more.below("abm_moves_from", 1): "見込み"})
    yield case("a rank renamed, the moves too", {more.below("abm_rank_name", 1): "最優先", **{more.below("abm_moves_rank", row): "最優先" for row in range(1, count + 1)}})  # fmt: skip
    yield case("a rank more", {more.below("abm_rank_name", 3): "C", "abm_opening[17]": 40})
    yield case(
        "a rank that reads like a number",
        {more.below("abm_rank_name", 3): 1, "abm_opening[17]": 4, **more.move(count + 2, 1, "一覧", "接触", 2)},
    )
    yield case("the basis", {"abm_basis": "2026/4/1 のSFA、120社"})
    named = {more.below("abm_rank_name", 1): "A", "abm_stage_name[1]": "一覧", "abm_stage_name[2]": "接触"}
    yield more.case("beyond: accounts, no moves as yet", "", {**named, "abm_opening[1]": 30, "abm_opening[2]": 8})
    yield more.case("beyond: a stage without a name", "", {"abm_stage_name[8]": None})
    del second


def texts(more: Beyond) -> Iterator[Case]:
    def case(kind: str, values: dict[Any, Any], *savers: str) -> Case:
        return more.case(f"beyond: {kind}", "", values, *savers)

    journey = ("phase", "thinks", "looks_for", "touchpoint", "content", "sign", "kpi", "owner")
    for row in (1, 2, 6):
        yield case("a journey filled in", {more.below(f"journey_{each}", row): f"{each} 3件 50% 1,200万円" for each in journey})
    yield case("the journey's example cleared", {more.below(f"journey_{each}", 1): None for each in journey})
    columns = ("theme", "query", "phase", "owner", "progress")
    for row in (1, 4, 24):
        yield case("an article planned", {more.below(f"backlog_{each}", row): f"{each} 10選" for each in columns})
    yield case("articles planned, with their months", {more.below("backlog_theme", 1): "比較", more.below("backlog_month", 1): datetime.datetime(2026, 7, 1)}, *DATES)  # fmt: skip
    yield case("articles planned, every row", {more.below("backlog_theme", row): f"記事{row}" for row in range(1, 25)})
    yield case("an article called by a number", {more.below("backlog_theme", 1): 2026, more.below("backlog_owner", 1): 7})
    parts = ("name", "numerator", "denominator", "event", "source", "owner")
    yield case("a definition filled in", {**{more.below(f"definition_{each}", 8): f"{each}(30%)" for each in parts}, more.below("definition_cases", 8): 120})  # fmt: skip
    yield case("a definition with its date", {more.below("definition_date", 1): datetime.datetime(2026, 4, 1)}, *DATES)
    yield case(
        "approval texts", {"approval_ask": "予算300万円の承認", "approval_risk_note": "景気 ▲5%", "approval_approver": "部長"}
    )
    yield case("approval dates", {"approval_deadline": datetime.datetime(2026, 3, 31), "approval_date": datetime.datetime(2026, 4, 2)}, *DATES)  # fmt: skip
    yield case("a long text", {"approval_ask": "お願い" * 80, more.below("journey_thinks", 3): "考え" * 100})


def formulas(more: Beyond) -> Iterator[Case]:
    for name, record in more.figures():
        formula = str(record.formula)
        dollars = re.sub(r"(?<![A-Za-z$_])([A-Z]{1,2})\$?(\d+)(?![\d(A-Za-z_])", r"$\1$\2", formula)
        for kind, made in (("spaces", formula.replace(",", " , ")), ("IFERROR around it", f'=IFERROR({formula[1:]},"")'),
                           ("$ at every address", dollars), ("brackets around it", f"=({formula[1:]})")):  # fmt: skip
            if made != formula:
                yield more.case(f"beyond: formula, {kind}", "", {name: made})
    cells = [more.below("field_revenue", row)[1] for row in range(1, 7)]
    total = more.formula("field_revenue_total").replace("SUM(field_revenue)", f"SUM({','.join(cells)})")
    yield more.case("beyond: formula, a sum cell by cell", "", {"field_revenue_total": total})
    row = more.formula("field_revenue[1]")
    yield more.case(
        "beyond: formula, the price by its name's place", "", {"field_revenue[1]": row.replace("deal_size)", "deal_size+0)")}
    )


def sheets(more: Beyond) -> Iterator[Case]:
    subject, titles = more.subject, more.titles

    def office(kind: str, *steps: list[Any]) -> Case:
        return Case(subject, f"beyond: {kind}", (), (), Office(list(steps)))

    def book(kind: str, edit: Callable[[openpyxl.Workbook], Any], *savers: str) -> Case:
        return Case(subject, f"beyond: {kind}", (), (), Book(edit), savers)

    def own(workbook: openpyxl.Workbook) -> None:
        page = workbook.create_sheet("会議用")
        ways, abm = titles["ways"], titles["abm"]
        page["A1"], page["A2"] = f"='{ways}'!{more.of['cost_total'].cell}", "=SUM(abm_closing)"
        page["A3"], page["A4"] = f"='{abm}'!{more.of['abm_in[1]'].cell}*2", "=SUM(field_deals)"

    def beside(workbook: openpyxl.Workbook) -> None:
        for title in titles.values():
            column = _free_column(workbook[title])
            workbook[title][f"{column}4"].value = "来月 30件 確認"
            workbook[title][f"{column}9"].value = 1200

    def coloured(workbook: openpyxl.Workbook) -> None:
        for title in titles.values():
            page = workbook[title]
            page["B4"].fill = PatternFill("solid", fgColor="FFFF00")
            page.column_dimensions["B"].width = 44
            page["C6"].comment = Comment("見直し", "営業")
            page.sheet_properties.tabColor = "FF00AA00"

    for key, title in titles.items():
        yield office(f"{key} renamed", ["rename", title, f"{title}(営業)"])
        yield office(f"{key} moved to the front", ["move_sheet", title, 0])
        yield office(f"rows inserted above {key}", ["insert_rows", title, 1, 2])
        yield office(f"a column inserted left of {key}", ["insert_columns", title, 1, 1])
        yield office(f"a comment on {key}", ["note", title, "C6", "要相談"])
    yield office("all of them renamed", *(["rename", title, f"資料{at}"] for at, title in enumerate(titles.values())))
    yield office("colours and widths", ["colour", titles["abm"], "C5:F8", 0xFFEE99], ["width", titles["ways"], 3, 22])
    yield office("a column inserted among the lever's", ["insert_columns", titles["ways"], 4, 1])
    yield book("a colleague's sheet reads ours", own, "openpyxl", "office")
    yield book("remarks beside the tables", beside, "openpyxl", "office")
    yield book("colours, widths, comments", coloured, "openpyxl", "office")


def rows(more: Beyond) -> Iterator[Case]:
    """Rows put into the tables that may grow, and whole rows sorted."""
    subject, titles = more.subject, more.titles
    base = [["cell", *place, value] for place, value in more.filled().items()]

    def office(kind: str, *steps: list[Any]) -> Case:
        return Case(subject, f"beyond: {kind}", (), (), Office(list(steps)))

    def top(name: str) -> int:
        return _row(more.below(name, 1)[1])

    for key, name, text in (("abm", "abm_moves_action", "電話"), ("content", "backlog_theme", "記事"), ("journey", "journey_phase", "比較"),
                            ("definition", "definition_name", "受注率"), ("ways", "field_owner", "北")):  # fmt: skip
        start, title = top(name), titles[key]
        column = re.sub(r"\d", "", more.below(name, 1)[1])
        for at in (1, 2):
            yield office(f"a row inserted into {name}", ["insert_rows", title, start - 1 + at, 1])
        if key != "ways":  # there a formula would be missing
            yield office(
                f"a row inserted into {name} and filled",
                ["insert_rows", title, start, 1],
                ["cell", title, f"{column}{start + 1}", text],
            )
        yield office(
            f"rows inserted below {name}",
            [
                "insert_rows",
                title,
                top(name)
                + {"abm_moves_action": 24, "backlog_theme": 24, "journey_phase": 6, "definition_name": 8, "field_owner": 6}[
                    name
                ],
                2,
            ],
        )
        yield office(f"an empty row of {name} deleted", ["delete_rows", title, start + 3, 1])
    start, width = top("abm_moves"), re.sub(r"\d", "", more.below("abm_moves_action", 1)[1])
    left = re.sub(r"\d", "", more.below("abm_moves_rank", 1)[1])
    area = f"{left}{start}:{width}{start + len(more.goals) - 1}"
    yield office("moves sorted in LibreOffice", *base, ["sort", titles["abm"], area, 3, False])
    filled = [["cell", *place, value] for place, value in more.move(2, "A", "一覧", "接触", 0).items()]
    yield office("a row inserted among the moves, and used", *base, ["insert_rows", titles["abm"], start, 1], *filled)
    deals = re.sub(r"\d", "", more.below("field_deals", 1)[1])
    first = top("field_owner")
    revenue = re.sub(r"\d", "", more.below("field_revenue", 1)[1])
    copied = [["copy_and_paste", titles["ways"], f"{revenue}{first}:{revenue}{first}", f"{revenue}{first + 1}"]]
    yield office("a row inserted into the field, with its formula", ["insert_rows", titles["ways"], first, 1],
                 ["cell", titles["ways"], f"B{first + 1}", "北"], ["cell", titles["ways"], f"{deals}{first + 1}", 2], *copied)  # fmt: skip
    yield office("the field sorted by whole rows", ["cell", titles["ways"], f"B{first}", "西"], ["cell", titles["ways"], f"{deals}{first}", 1],
                 ["cell", titles["ways"], f"B{first + 1}", "東"], ["cell", titles["ways"], f"{deals}{first + 1}", 4],
                 ["sort", titles["ways"], f"B{first}:{deals}{first + 1}", 0, True])  # fmt: skip
