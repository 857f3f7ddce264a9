"""The sheets beyond the months: faults on 現状とのギャップ, ABM, コンテンツ, ジャーニー, 定義 and 稟議.

As of the months, nothing is proved by an engine: each fault changes what is counted, by construction.
What people rightly do there: `beyond_harmless`.
"""

from __future__ import annotations

import datetime
import re
import zlib
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import openpyxl

from kgisheet.filled.records import Record

from . import package
from .case import Book, Case, Cells, Office, Parts, Place
from .standing import Standing

DATES = ("openpyxl", "office")
LANDMARKS = {"ways": "forecast_leads", "abm": "abm_conserved", "content": "content_monthly_visits", "journey": "journey_phase[1]",
             "definition": "definition_name[1]", "approval": "approval_goal"}  # fmt: skip
COUNTING = ("ways", "abm", "content")
"""The sheets on which figures are worked out."""


def cases(sheet: Standing) -> Iterator[Case]:
    if "abm_conserved" in sheet.months:
        more = Beyond(sheet)
        for each in (overwritten, edited, sums, broken, names, typed, moves, structure, stale):
            yield from each(more)


class Beyond:
    """Those sheets of a subject."""

    def __init__(self, sheet: Standing) -> None:
        self.sheet, self.subject, self.of = sheet, sheet.subject, sheet.months
        self.titles = {key: str(self.of[name].sheet) for key, name in LANDMARKS.items()}
        self.channels = len(sheet.used)

    def area(self, record: Record) -> str:
        return next((key for key, title in self.titles.items() if title == record.sheet), "")

    def place(self, name: str) -> Place:
        record = self.of.get(name) or self.sheet.records[name]
        return str(record.sheet), str(record.cell)

    def below(self, name: str, row: int) -> Place:
        """A row (from 1) of a column, in use or not."""
        title, cell = self.place(f"{name}[1]")
        column, first = re.match(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
        return title, f"{column}{int(first) + row - 1}"

    def formula(self, name: str) -> str:
        return str(self.of[name].formula)

    def case(self, kind: str, codes: str, values: dict[Any, Any], *savers: str, at: Any = None, base: bool = False,
             note: bool = False) -> Case:  # fmt: skip
        """Values typed into cells, by name or place; the finding hangs on them, or on ``at``. ``base``: into a filled matrix."""
        changes = {each if isinstance(each, tuple) else self.place(each): value for each, value in values.items()}
        hangs = [at] if isinstance(at, (str, tuple)) else at or list(values)
        cells = tuple((each if isinstance(each, tuple) else self.place(each))[1] for each in hangs) if codes else ()
        made = Cells({**(self.filled() if base else {}), **changes})
        return Case(self.subject, kind, tuple(codes.split()), cells, made, savers, note=note)

    def results(self, *units: str) -> list[tuple[str, Record]]:
        """The results with something in them, mixed so that a few from the front are a fair sample."""
        found = [(name, each) for name, each in self.of.items()
                 if self.area(each) and each.formula and each.unit in units and each.value not in (None, "")]  # fmt: skip
        return sorted(found, key=lambda each: zlib.crc32(f"{self.subject}{each[0]}".encode()))

    def figures(self) -> list[tuple[str, Record]]:
        return [each for each in self.results("count", "currency", "rate") if self.area(each[1]) in COUNTING]

    @property
    def goals(self) -> dict[str, int]:
        """The stages that the page has a count for, and their counts, made whole."""
        pairs = re.findall(r'"([^"]+)",(required_meetings|opportunities|won_deals)', self.formula("abm_goal[1]"))
        return {said: int(-(-Fraction(str(self.sheet.records[name].value or 0)) // 1)) for said, name in pairs}

    def filled(self) -> dict[Place, Any]:
        """Two ranks, as many stages as are needed, opening accounts, and moves that bring what the page asks for."""
        stages = ["一覧", "接触", *self.goals]
        found = {self.below("abm_rank_name", row): name for row, name in enumerate(("A", "B"), 1)}
        found |= {self.below("abm_rank_name", row): None for row in (3, 4)}
        for at in range(8):
            found[self.place(f"abm_stage_name[{at + 1}]")] = stages[at] if at < len(stages) else None
        for at in range(1, len(stages)):
            found[self.place(f"abm_opening[{at + 1}]")] = max([*self.goals.values(), 1]) + 20
            found[self.place(f"abm_opening[{at + 9}]")] = 7 + at
        for row, (start, (end, count)) in enumerate(zip(stages[1:], self.goals.items(), strict=False), 1):
            found |= self.move(row, "A", start, end, count)
        return found

    def move(self, row: int, rank: Any, start: Any, end: Any, count: Any) -> dict[Place, Any]:
        names = ("abm_moves_rank", "abm_moves_from", "abm_moves_to", "abm_moves")
        return {self.below(name, row): value for name, value in zip(names, (rank, start, end, count), strict=True)}

    def swap(
        self, kind: str, codes: str, names: str | list[str], *pairs: tuple[str, Any], base: bool = False
    ) -> Iterator[Case]:
        """One case for each cell whose formula the replacement changes."""
        for name in [names] if isinstance(names, str) else names:
            if name in self.of and self.of[name].formula:
                made = formula = self.formula(name)
                for old, new in pairs:
                    made = re.sub(old, new, made, count=1)
                if made != formula:
                    yield self.case(f"{codes[:3]} beyond: {kind}", codes, {name: made}, base=base)


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


# -- faults in what is typed ------------------------------------------------

COUNTS = ("sales_reps", "meetings_per_rep", "content_articles_held", "content_visits_per_article", "field_deals[1]",
          "channel_current_visits[1]", "channel_current_leads[1]", "abm_opening[2]", "abm_new[3]", "abm_moves[1]", "definition_cases[1]")  # fmt: skip
AMOUNTS = ("budget", "channel_cost_per_lead[1]")
RATES = ("gross_margin", "channel_article_share[1]")


def typed(more: Beyond) -> Iterator[Case]:
    for name in COUNTS:
        base = name.startswith("abm")
        kinds: list[tuple[str, str, Any, tuple[str, ...]]] = [
            ("I01 beyond: a count as text", "I01", "1,200件", ()),
            ("I01 beyond: a count in full width", "I01", "１２", ()),
            ("I01 beyond: a count with an apostrophe", "I01", "12", ()),
            ("I01 beyond: a count in words", "I01", "多数", ()),
            ("I06 beyond: a negative count", "I06 X08", -3, ()),
            ("I07 beyond: an absurd count", "I07 I10", 5e15, ()),
            ("I08 beyond: a date for a count", "I08", datetime.datetime(2026, 1, 2), DATES),
            ("I09 beyond: TRUE for a count", "I09", True, ("openpyxl", "xml")),
        ]
        if name != "content_visits_per_article":
            kinds.append(("I10 beyond: half of one", "I10", 3.5, ()))
        for kind, codes, value, savers in kinds:
            yield more.case(kind, codes, {name: value}, *savers, base=base)
    for name in AMOUNTS:
        yield more.case("I01 beyond: an amount as text", "I01", {name: "30万円"})
        yield more.case("I01 beyond: an amount with a yen sign", "I01", {name: "¥15,000"})
        yield more.case("I06 beyond: a negative amount", "I06", {name: -5000})
        yield more.case("I07 beyond: an absurd amount", "I07 I10", {name: 1e17})
    for name in RATES:
        yield more.case("I03 beyond: 30 for 30 %", "I03", {name: 30})
        yield more.case("I03 beyond: 150 %, or 1.5", "I03", {name: 1.5})
        yield more.case("I01 beyond: a rate as text", "I01", {name: "３０％"})
        yield more.case("I06 beyond: a negative rate", "I06", {name: -0.3})
        yield more.case("I04 beyond: 0.3 %", "I04", {name: 0.003})
    for name, value in (("backlog_month[1]", "来月"), ("definition_date[1]", "来週"), ("approval_deadline", "年度末"), ("approval_date", "4月ごろ")):  # fmt: skip
        yield more.case("I10 beyond: a date in words", "I10 I01", {name: value})
    if more.sheet.spare:
        for name in ("channel_current_visits", "channel_cost_per_lead"):
            yield more.case("I06 beyond: a figure beside no channel", "I06", {more.below(name, more.channels + 1): 300},
                            at=more.sheet.at("channel_name", more.channels + 1))  # fmt: skip
    yield more.case("I06 beyond: nothing to divide by", "I06", {"content_visits_per_article": 0})
    yield more.case("F06 beyond: an input that is an error", "F06", {"budget": "=1/0"})
    yield more.case("F11 beyond: an input from another workbook", "F11", {"sales_reps": "=[1]Sheet1!$A$1"}, *DATES)


def moves(more: Beyond) -> Iterator[Case]:
    """X08, in a matrix that is filled in."""
    stages, count = list(more.goals), len(more.goals)
    first, last = stages[0], stages[-1]
    small = max(1, more.goals[last])
    to, start, rank = (more.below(f"abm_moves_{each}", 1) for each in ("to", "from", "rank"))
    where = {stage: more.place(f"abm_arrivals[{at}]") for at, stage in enumerate(stages, 3)}
    for kind, place, said in (("a stage that is not there", to, "成約"), ("from a stage that is not there", start, "名刺"),
                              ("a rank that is not there", rank, "S"), ("no stage at all", to, None), ("a space behind the stage", to, f"{first} "),
                              ("a stage as a number", to, 3)):  # fmt: skip
        yield more.case(f"X08 beyond: {kind}", "X08", {place: said}, base=True)
    held = max([*more.goals.values(), 1]) + 20
    yield more.case("X08 beyond: more moved than there are", "X08", more.move(count + 1, "A", "接触", "一覧", held + 1), base=True,
                    at=more.place("abm_closing[2]"))  # fmt: skip
    yield more.case("X08 beyond: moved from an empty cell", "X08", more.move(count + 1, "B", "一覧", "接触", 3), base=True,
                    at=more.place("abm_closing[9]"))  # fmt: skip
    yield more.case(
        "X08 beyond: fewer opened than leave", "X08", {"abm_opening[2]": 0}, base=True, at=more.place("abm_closing[2]")
    )
    yield more.case("X08 beyond: one too few arrives", "X08", {more.below("abm_moves", count): small - 1 or 2}, base=True, at=where[last])  # fmt: skip
    yield more.case("X08 beyond: two too many arrive", "X08", {more.below("abm_moves", 1): more.goals[first] + 2}, base=True, at=where[first])  # fmt: skip
    yield more.case("X08 beyond: new accounts that arrive besides", "X08", {"abm_new[3]": 4}, base=True, at=where[first])
    yield more.case("X08 beyond: a stage renamed, the moves not", "X08", {more.place("abm_stage_name[2]"): "見込み"}, base=True,
                    at=start)  # fmt: skip
    web = more.sheet.records.get("web_revenue")
    if web is not None and web.value:
        yield more.case("X08 beyond: other deals on the page", "X08", {more.sheet.place(web): web.value * 3}, base=True,
                        at=[where[each] for each in stages])  # fmt: skip
    price = more.sheet.records["win_rate"]
    yield more.case("X08 beyond: another rate on the page", "X08", {more.sheet.place(price): float(price.value) / 2}, base=True,  # type: ignore[arg-type]
                    at=[where[each] for each in stages[:-1]])  # fmt: skip


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
