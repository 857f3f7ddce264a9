"""What honest users do in a year on the other sheets, which nobody who writes the checker was told of: nothing may be said of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.chart import LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook.defined_name import DefinedName

from .case import Case
from .honest import Edit, of_book, of_office, typed
from .standing import Standing

DATES = ("openpyxl", "office")
STAGES = ("revenue", "won_deals", "opportunities", "meetings", "leads", "visits")


def cases(sheet: Standing) -> Iterator[Case]:
    if sheet.months:
        for each in (_year, _dressed, _others, _moved, _filled):
            yield from each(sheet)


def _titles(sheet: Standing) -> list[str]:
    return sorted({str(each.sheet) for each in sheet.months.values() if re.fullmatch(r"\d{4}-\d\d", str(each.sheet))})


def _year(sheet: Standing) -> Iterator[Case]:
    titles = _titles(sheet)
    stages = [each for each in STAGES if f"year_{each}" in sheet.months]
    whole = sheet.records["rounding"].value != sheet.words.none

    def goal(stage: str, month: int) -> Any:
        value = float(sheet.months[f"month_{stage}[{month}]"].value or 0)  # type: ignore[arg-type]
        return round(value)

    def actuals(months: int, factor: float, only: tuple[str, ...] = STAGES) -> dict[str, Any]:
        return {
            f"{titles[at]}!actual_{stage}": round(goal(stage, at + 1) * factor)
            for at in range(months)
            for stage in stages
            if stage in only
        }

    yield from typed(sheet, "year, revenue and deals only", actuals(4, 0.9, ("revenue", "won_deals")))
    yield from typed(sheet, "year, the first month only", actuals(1, 1.2))
    yield from typed(sheet, "year, the whole of it above the goal", actuals(12, 1.15))
    yield from typed(sheet, "year, the whole of it far below", actuals(12, 0.4))
    yield from typed(
        sheet,
        "year, a month without any deal",
        {**actuals(5, 1), f"{titles[2]}!actual_won_deals": 0, f"{titles[2]}!actual_revenue": 0},
    )
    yield from typed(sheet, "year, a month blank before one", {**actuals(2, 1), f"{titles[3]}!actual_leads": goal("leads", 4)})
    price = (sheet.records.get("deal_size") or sheet.inputs[0]).value or 0
    yield from typed(
        sheet,
        "year, deals of other sizes",
        {**actuals(3, 1), f"{titles[1]}!actual_won_deals": 2, f"{titles[1]}!actual_revenue": round(float(price) * 3.1)},
    )  # type: ignore[arg-type]
    yield from typed(sheet, "year, an actual with a formula of constants", {f"{titles[0]}!actual_leads": "=12+6"})
    yield from typed(
        sheet, "year, leads that happen to grow", {f"{titles[at]}!actual_leads": goal("leads", at + 1) + at for at in range(4)}
    )
    for title in titles[:2]:
        channels = [name for name in sheet.months if name.startswith(f"{title}!channel_actual_leads[")][: len(sheet.used)]
        if channels:
            split = {name: 5 + at for at, name in enumerate(channels)}
            yield from typed(sheet, "year, channels that add up", {**split, f"{title}!actual_leads": sum(split.values())})
            yield from typed(sheet, "year, channels without their total", split)
            yield from typed(sheet, "year, one channel only", {channels[0]: 5})
    yield from typed(
        sheet,
        "year, last year's actuals of all stages",
        {f"last_{stage}[{month}]": goal(stage, month) for stage in stages for month in range(1, 13)},
    )
    yield from typed(
        sheet, "year, last year's actuals of a half", {f"last_leads[{month}]": goal("leads", month) for month in range(1, 7)}
    )
    yield from typed(sheet, "year, weights in per cent", {f"month_weight[{month}]": 8.33 for month in range(1, 13)})
    yield from typed(
        sheet, "year, weights that sum to 100", {f"month_weight[{month}]": 8 + (month % 3 == 0) for month in range(1, 13)}
    )
    yield from typed(
        sheet, "year, a season", {f"month_weight[{month}]": 0.2 if month in (5, 9) else 2 for month in range(1, 13)}
    )
    if "month_cvr_override[1]" in sheet.months:
        yield from typed(sheet, "year, one CVR typed over", {"month_cvr_override[4]": 0.012})
        yield from typed(
            sheet, "year, every CVR typed over", {f"month_cvr_override[{month}]": 0.01 + month / 2000 for month in range(1, 13)}
        )
    for stage in stages:
        if goal(stage, 6) and goal(stage, 7):
            yield from typed(
                sheet,
                "year, what one month loses another takes",
                {f"month_{stage}_override[6]": goal(stage, 6) - 1, f"month_{stage}_override[7]": goal(stage, 7) + 1},
            )
    if "lead_time_leads" in sheet.months:
        times = {
            f"lead_time_{stage}": value
            for stage, value in (("opportunities", 0), ("meetings", 0), ("leads", 0))
            if f"lead_time_{stage}" in sheet.months
        }
        yield from typed(sheet, "year, lead times of nothing", times)
        long = {name: 6 if "opp" in name else 9 if "meet" in name else 11 for name in times}
        yield from typed(sheet, "year, lead times of almost a year", long)
        yield from typed(
            sheet,
            "year, next year a third more",
            {**dict.fromkeys(times, 2), "next_year_revenue": round(float(sheet.months["year_revenue_page"].value or 0) * 1.33)},
        )  # type: ignore[arg-type]
        yield from typed(
            sheet,
            "year, cases held of all stages",
            {name: 12 for name in ("opening_opportunities", "opening_meetings", "opening_leads") if name in sheet.months},
        )
    yield from typed(
        sheet,
        "year, as of a month without actuals",
        {"as_of_month": datetime.datetime(int(titles[5][:4]), int(titles[5][5:]), 1)},
        *DATES,
    )
    if not whole:
        yield from typed(sheet, "year, decimals of leads", {f"{titles[0]}!actual_leads": 17.5})
    yield from typed(
        sheet,
        "year, remarks in every tab",
        {f"{title}!remarks": f"{title}: 展示会 3件、CV率 0.8% → 1.1%\n=続く" for title in titles},
    )


def _dressed(sheet: Standing) -> Iterator[Case]:
    titles = _titles(sheet)
    own = [each for each in sheet.book.sheetnames if not each.startswith("_")]

    def on_all(edit: Callable[[Any], Any]) -> Edit:
        return lambda book: [edit(book[each]) for each in own]

    yield of_book(sheet, "every sheet frozen", on_all(lambda page: setattr(page, "freeze_panes", "C6")))
    yield of_book(sheet, "every sheet coloured", on_all(lambda page: setattr(page.sheet_properties, "tabColor", "FF336699")))
    yield of_book(sheet, "every sheet with a footer", on_all(lambda page: setattr(page.oddFooter.center, "text", "&P / &N")))
    yield of_book(
        sheet,
        "every sheet zoomed, without grid",
        on_all(lambda page: (setattr(page.sheet_view, "zoomScale", 70), setattr(page.sheet_view, "showGridLines", False))),
    )
    yield of_book(sheet, "every sheet unprotected", on_all(lambda page: setattr(page.protection, "sheet", False)))
    yield of_book(sheet, "every sheet with a print area", on_all(lambda page: setattr(page, "print_area", "A1:T60")))
    yield of_book(
        sheet,
        "a comment at every actual",
        lambda book: [
            setattr(book[title][str(sheet.months[f"{title}!actual_leads"].cell)], "comment", Comment("SFA 4/30", "佐藤"))
            for title in titles
        ],
    )
    yield of_book(
        sheet,
        "a journey hidden that counts nothing",
        lambda book: (
            setattr(book[str(sheet.months["journey_phase[1]"].sheet)], "sheet_state", "hidden")
            if "journey_phase[1]" in sheet.months
            else None
        ),
    )
    yield of_book(
        sheet,
        "later tabs folded away by columns",
        lambda book: [setattr(book[title].column_dimensions["P"], "width", 30) for title in titles[6:]],
    )
    yield of_office(sheet, "a colour on every tab in LibreOffice", *[["colour", title, "A1:O3", 0xE2F0D9] for title in titles])


def _others(sheet: Standing) -> Iterator[Case]:
    titles = _titles(sheet)
    grid = str(sheet.months["month_start[1]"].sheet)

    def charted(book: openpyxl.Workbook) -> None:
        chart = LineChart()
        chart.add_data(Reference(book[grid], min_col=12, min_row=8, max_row=19))
        book.create_sheet("推移").add_chart(chart, "B2")

    def gathered(book: openpyxl.Workbook) -> None:
        page = book.create_sheet("本部報告")
        for row, title in enumerate(titles, 2):
            page[f"A{row}"], page[f"B{row}"] = title, f"='{title}'!{sheet.months[f'{title}!goal_leads'].cell}"
            page[f"C{row}"] = (
                f"=IF('{title}'!{sheet.months[f'{title}!actual_leads'].cell}=\"\",\"\",'{title}'!{sheet.months[f'{title}!actual_leads'].cell}/B{row})"
            )
        page["B15"], page["B16"] = "=SUM(B2:B13)", "=B15-year_leads"

    yield of_book(sheet, "own, a chart of the months", charted)
    yield of_book(sheet, "own, a report over all tabs", gathered, "openpyxl", "office")
    yield of_book(
        sheet,
        "own, a name for a tab's cell",
        lambda book: book.defined_names.__setitem__("四月リード", DefinedName("四月リード", attr_text=f"'{titles[0]}'!$C$11")),
    )
    yield of_book(
        sheet,
        "own, a sheet of the matrix",
        lambda book: (
            book.create_sheet("ABM集計").__setitem__("A1", "=SUM(abm_closing)") if "abm_closing[1]" in sheet.months else None
        ),
        "openpyxl",
        "office",
    )


def _right_of_the_months(sheet: Standing) -> int:
    """The first column (from 0) behind what is printed of the grid and behind its tables by channel, whose columns are counted."""
    named = sheet.book.defined_names["month_channel_leads"].attr_text if "month_channel_leads[1]" in sheet.months else "A1:A1"
    printed = sheet.book[str(sheet.months["month_start[1]"].sheet)].print_area
    return max(int(range_boundaries(str(each).rpartition("!")[2].replace("$", ""))[2]) for each in (named, printed))


def _moved(sheet: Standing) -> Iterator[Case]:
    titles = _titles(sheet)
    grid = str(sheet.months["month_start[1]"].sheet)
    yield of_office(sheet, "all tabs renamed in another style", *[["rename", title, f"{int(title[5:])}月"] for title in titles])
    yield of_office(sheet, "tabs in the opposite order", *[["move_sheet", title, 2] for title in titles])
    yield of_office(sheet, "rows inserted on top of every tab", *[["insert_rows", title, 0, 1] for title in titles])
    yield of_office(sheet, "a column inserted left of every tab", *[["insert_columns", title, 0, 1] for title in titles])
    yield of_office(
        sheet, "rows for remarks under the grid", ["insert_rows", grid, 140, 3], ["cell", grid, "C142", "備考: 1,200万円"]
    )
    right = _right_of_the_months(sheet)
    remark = ["cell", grid, f"{get_column_letter(right + 1)}9", "展示会"]
    yield of_office(sheet, "a column of remarks right of the grid's months", ["insert_columns", grid, right, 1], remark)
    first, last = sheet.months["month_leads[1]"], sheet.months["month_leads[12]"]
    yield of_office(sheet, "a month's formula filled down again", ["copy_and_paste", grid, f"{first.cell}:{first.cell}", str(sheet.months["month_leads[2]"].cell)], ["copy_and_paste", grid, f"{sheet.months['month_leads[11]'].cell}:{sheet.months['month_leads[11]'].cell}", str(last.cell)])  # fmt: skip
    yield of_office(sheet, "an input cut and pasted beside", ["cut_and_paste", grid, "J3:J3", "J2"]) if "next_year_revenue" in sheet.months and sheet.months["next_year_revenue"].cell == "J3" else of_book(sheet, "saved plainly", lambda book: None)  # fmt: skip
    yield of_office(sheet, "an override typed and cleared", ["cell", grid, str(sheet.months["month_leads_override[3]"].cell), 5], ["cell", grid, str(sheet.months["month_leads_override[3]"].cell), None])  # fmt: skip


def _filled(sheet: Standing) -> Iterator[Case]:
    yield from typed(
        sheet,
        "limits of a large firm",
        {"sales_reps": 120, "meetings_per_rep": 20, "budget": 45_000_000, "gross_margin": 0.35},
    )
    yield from typed(sheet, "a margin of 95 %", {"gross_margin": 0.95})
    yield from typed(
        sheet, "leads that cost a yen, and a lot", {"channel_cost_per_lead[1]": 1, "channel_cost_per_lead[2]": 180_000}
    )
    yield from typed(
        sheet, "channels that cost the same", {"channel_cost_per_lead[1]": 12_000, "channel_cost_per_lead[2]": 12_000}
    )
    yield from typed(sheet, "today's visits of one", {"channel_current_visits[1]": 1})
    yield from typed(sheet, "cases counted so far", {"sure_win_rate_hits": 8, "sure_win_rate_cases": 31})
    yield from typed(sheet, "every case won so far", {"sure_win_rate_hits": 5, "sure_win_rate_cases": 5})
    yield from typed(sheet, "no case won so far", {"sure_win_rate_hits": 0, "sure_win_rate_cases": 12})
    yield from typed(sheet, "a cautious scenario", {"optimistic_win_rate": 1.02, "pessimistic_win_rate": 0.97})
    yield from typed(sheet, "many articles held", {"content_articles_held": 480, "content_visits_per_article": 120})
    yield from typed(sheet, "the field agrees", {"field_deals[1]": 2, "field_deals[2]": 1})
    yield from typed(sheet, "a field of fractions", {"field_deals[1]": 0})
    for row in (1, 3):
        yield from typed(
            sheet,
            "a definition from a system",
            {f"definition_source[{row}]": "Salesforce 商談レポート", f"definition_owner[{row}]": "営業企画"},
        )
    yield from typed(
        sheet, "an approver with a title", {"approval_approver": "取締役 山田", "approval_ask": "予算 300万円・増員 1名"}
    )
