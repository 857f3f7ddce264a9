"""Formulas that are wrong and show today's figure: only other inputs tell (an engine has to, before one counts)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from openpyxl.utils import column_index_from_string, get_column_letter

from kgisheet.filled.records import Record

from .case import SEEN, UNSEEN, Case, Cells, Place
from .other_sheets import Beyond
from .standing import Standing

REF = re.compile(r"(?<![A-Za-z_$'!:])(\$?)([A-Z]{1,2})(\$?)(\d+)(?![\d(A-Za-z_])")
CODES = "F02 F09 F05 F03 F04 F08"


def cases(sheet: Standing) -> Iterator[Case]:
    """On the page."""
    own = _Own(sheet)
    for record in [*sheet.chain, *sheet.checks]:
        yield from _of_a_formula(own, record)
    yield from _anchors(own)
    yield from _columns(own)


def beyond(sheet: Standing) -> Iterator[Case]:
    """On the sheets beyond it."""
    if not sheet.months:
        return
    own = _Own(sheet)
    figures = [each for each in sheet.months.values()
               if each.formula and each.unit in ("count", "currency", "rate") and not re.search(r"\[([2-46-9]|1[0-9]+)\]$", each.name)]  # fmt: skip
    for record in figures:
        yield from _of_a_formula(own, record)
    yield from _months(own)
    yield from _ways(own)


class _Own:
    """Makes cases of one edited formula, proved by an engine."""

    def __init__(self, sheet: Standing) -> None:
        self.sheet = sheet
        self.more = Beyond(sheet) if "abm_conserved" in sheet.months else None
        self.of = {**sheet.records, **sheet.months}
        self.by_value: dict[tuple[str, float], list[Record]] = {}
        for each in self.of.values():
            if isinstance(each.value, (int, float)) and each.value and each.unit in ("count", "currency", "rate"):
                self.by_value.setdefault((str(each.sheet), float(each.value)), []).append(each)

    def case(self, kind: str, record: Record, made: str, group: str = UNSEEN, codes: str = CODES, **typed: object) -> Iterator[Case]:  # fmt: skip
        if made == record.formula or len(made) > 8000:
            return
        values: dict[Place, object] = {self.sheet.place(self.of[name]): value for name, value in typed.items()}
        values[self.sheet.place(record)] = made
        yield Case(self.sheet.subject, f"F02 subtle: {kind}", tuple(codes.split()), (str(record.cell),), Cells(values),
                   proof=True, group=group)  # fmt: skip

    def swap(self, kind: str, name: str, old: str, new: str, group: str = UNSEEN, count: int = 1, **typed: object) -> Iterator[Case]:  # fmt: skip
        record = self.of.get(name)
        if record is not None and record.formula:
            yield from self.case(kind, record, re.sub(old, new, record.formula, count=count), group, **typed)


def _of_a_formula(own: _Own, record: Record) -> Iterator[Case]:
    """What may be done to any formula whatever."""
    f, value, w = str(record.formula), record.value, own.sheet.words
    number = isinstance(value, (int, float))
    if number and value:
        yield from own.case("today's result where an IF asks for today's input", record, _if_today(own, f, value))
        yield from own.case("capped at what it is today", record, f"=IF(ISNUMBER({f[1:]}),MIN({value!r},{f[1:]}),{f[1:]})")
        yield from own.case("no lower than it is today", record, f"=IF(ISNUMBER({f[1:]}),MAX({value!r},{f[1:]}),{f[1:]})")
        twins = [each for each in own.by_value.get((str(record.sheet), float(value)), []) if each.cell != record.cell
                 and str(record.cell) not in str(each.formula) and record.name.partition("[")[0] not in str(each.formula)
                 and f not in (f"={each.name}", f'=IF({each.name}="","",{each.name})')]  # fmt: skip
        # (the last: a formula that shows that very cell, but for a guard of its blank)
        if twins:
            yield from own.case("another cell that is as large today", record, f"={twins[len(f) % len(twins)].cell}")
    yield from own.case("a word of the switch misspelt", record, f.replace(f'"{w.nearest}"', f'"{w.nearest} "', 1))
    yield from own.case("a period that is never chosen", record, re.sub(r'period="[^"]+"', 'period="-"', f, count=1))
    yield from own.case("MAX(0, …) dropped", record, re.sub(r"MAX\(0,((?:[^()]|\([^()]*\))*)\)", r"(\1)", f, count=1), SEEN)
    yield from own.case("a scenario's factor dropped", record, re.sub(r"([*/])scenario_\w+", "", f, count=1), SEEN)
    yield from own.case("the other scenario", record, re.sub(r"\b(optimistic|pessimistic)_", lambda m: ("optimistic_" if m[1] == "pessimistic" else "pessimistic_"), f, count=1), SEEN)  # fmt: skip
    yield from own.case("a factor squared", record, re.sub(r"([*/])(scenario_\w+)", r"\1\2\1\2", f, count=1))
    yield from own.case("made whole where the switch says none", record, re.sub(rf'rounding="{w.none}",([A-Za-z_0-9]+),', rf'rounding="{w.none}",ROUND(\1,0),', f, count=1))  # fmt: skip
    yield from own.case("cut to two figures", record, re.sub(r"ROUNDUP\((ROUND\([^()]*\)),0\)", r"ROUNDUP(\1,-1)", f, count=1))
    yield from own.case("an empty cell taken for 0", record, re.sub(r'(?<=,)""\)$', "0)", f) if record.unit == "currency" else f)  # fmt: skip
    yield from own.case("turned to a text", record, f'=IF(ISNUMBER({f[1:]}),""&({f[1:]}),{f[1:]})' if number and value else f, codes=CODES + " I01 F01")  # fmt: skip
    if value == 0 or value is None:
        yield from own.case("a sum that adds another cell, empty today", record, f"=IF(ISNUMBER({f[1:]}),{f[1:]}+N({own.sheet.free[2][1]}),{f[1:]})" if record.sheet in own.sheet.sheets and value == 0 else f)  # fmt: skip


def _if_today(own: _Own, formula: str, value: object) -> str:
    named = [each for each in own.sheet.inputs if "[" not in each.name and re.search(rf"\b{each.name}\b", formula)]
    return f"=IF({named[0].name}={named[0].value!r},{value!r},{formula[1:]})" if named else formula


def _anchors(own: _Own) -> Iterator[Case]:
    """What `$` holds, and what it should have let go."""
    for record in own.sheet.chain:
        f = str(record.formula)
        yield from own.case(
            "an anchor of a running sum lost", record, re.sub(r"\$([A-Z]+)(\d+):([A-Z]+)(\d+)", r"\3\2:\3\4", f, count=1)
        )
        yield from own.case(
            "the end of a running sum held", record, re.sub(r"\$([A-Z]+)(\d+):([A-Z]+)(\d+)", r"$\1\2:$\1\4", f, count=1)
        )


def _columns(own: _Own) -> Iterator[Case]:
    """A rate of the wrong denominator; another column of the table."""
    sheet = own.sheet
    rates = [each for each in sheet.lines if re.search("_rate$|_cvr$", each)]
    over = r"/((?:'[^']+'!)?\b[A-Z]+\d+\b)"
    for name in sheet.lines:
        for channel, record in enumerate(sheet.line(name), 1):
            f = str(record.formula or "")
            for one, two in itertools.permutations(rates, 2):
                made = re.sub(rf"(?<=/)((?:'[^']+'!)?){sheet.cell(one, channel)}\b", rf"\g<1>{sheet.cell(two, channel)}", f)
                if made != f and sheet.at(one, channel)[0] == sheet.at(two, channel)[0] != record.sheet:
                    yield Case(sheet.subject, "F09 the rate of another stage of the channel", ("F09", "F02"), (str(record.cell),),
                               Cells({sheet.place(record): made}), proof=True, group=UNSEEN)  # fmt: skip
            for kind, new in (
                ("the rest of a rate instead of the rate", r"/(1-\1)"),
                ("a rate taken for per cent", r"/(100*\1)"),
            ):
                made = re.sub(over, new, f, count=1)
                if made != f:
                    yield Case(sheet.subject, f"F02 {kind}", ("F02", "F05"), (str(record.cell),),
                               Cells({sheet.place(record): made}), proof=True, group=UNSEEN)  # fmt: skip
    for total in ("meetings", "leads", "visits", "introductions"):
        record = sheet.records.get(total)
        f = str(record.formula) if record else ""
        for kind, new in (("AVERAGE for SUM", r"AVERAGE(\1)*COLUMNS(\1)"), ("the largest twice", r"(SUM(\1)+MAX(\1)-MIN(\1))"),
                          ("only those above 50", r'SUMIF(\1,">50")'), ("with the total of the next column", r"(SUM(\1)+share_total)")):  # fmt: skip
            made = re.sub(r"SUM\((channel_\w+)\)", new, f)
            if record and made != f:
                yield Case(sheet.subject, f"F02 a total: {kind}", ("F02", "F04", "F03", "F05"), (str(record.cell),), Cells({sheet.place(record): made}), proof=True, group=UNSEEN)  # fmt: skip


STAGES = ("revenue", "won_deals", "opportunities", "meetings", "leads", "visits")


def _months(own: _Own) -> Iterator[Case]:
    titles = sorted({str(each.sheet) for each in own.of.values() if re.fullmatch(r"\d{4}-\d\d", str(each.sheet))})
    for stage in STAGES:
        if f"year_{stage}" not in own.of:
            continue
        tab = titles[5]

        def before(formula: str) -> str:
            return REF.sub(lambda m: f"{m[1]}{m[2]}{m[3]}{int(m[4]) - 1}", formula)

        for name, group in ((f"month_{stage}_fixed[6]", SEEN), (f"month_{stage}_open[6]", SEEN), (f"month_{stage}_due[6]", SEEN), (f"judged_to_{stage}[6]", UNSEEN)):  # fmt: skip
            if name in own.of:
                yield from own.case(
                    "a month that reads the month before", own.of[name], before(str(own.of[name].formula)), group
                )
        for part in ("goal", "difference", "achievement"):
            formula = str(own.of[f"{tab}!{part}_{stage}"].formula)
            made = re.sub(r"('[^']+'!\$?[A-Z]+)(\d+)", lambda m: m[1] + str(int(m[2]) - 1), formula)
            yield from own.case("a tab that reads the month before", own.of[f"{tab}!{part}_{stage}"], made, SEEN)
        step = 1 if stage != "visits" else -1
        rows = str(own.of[f"result_{stage}[6]"].formula)
        yield from own.case("the summary reads another row of the tab", own.of[f"result_{stage}[6]"], re.sub(r"!([A-Z]+)(\d+)", lambda m, step=step: f"!{m[1]}{int(m[2]) + step}", rows), SEEN)  # fmt: skip
        yield from own.case(
            "the summary reads the goal for the actual", own.of[f"result_{stage}[6]"], re.sub(r"!D(?=\d)", "!C", rows)
        )
        fixed = own.of[f"month_{stage}_fixed[6]"]
        columns = list(dict.fromkeys(re.findall(r"ISNUMBER\(([A-Z]+)\d+\)", str(fixed.formula))))
        if len(columns) == 2:
            wrong = get_column_letter(column_index_from_string(columns[1]) + (2 if stage not in ("visits", "leads") else -2))
            yield from own.case(
                "an override of another stage", fixed, re.sub(rf"\b{columns[1]}(?=\d)", wrong, str(fixed.formula))
            )
            yield from own.case("an override in front of what was reported", fixed, _exchanged(str(fixed.formula), columns))
        for name in (f"now_goal_{stage}", f"now_actual_{stage}"):
            yield from own.swap("judged without its last month", name, '"<="&', '"<"&')
        yield from own.swap("a forecast without what is behind", f"now_landing_plan_{stage}", r"-now_goal_\w+", "")
        yield from own.swap("a forecast over one month too many", f"{tab}!landing_pace_{stage}", r"\(12-6\)", "(12-5)")
        yield from own.swap("the mean from the second month", f"{tab}!landing_pace_{stage}", r"AVERAGE\(('[^']+'![A-Z]+\$)(\d+)", lambda m: f"AVERAGE({m[1]}{int(m[2]) + 1}")  # type: ignore[arg-type]  # fmt: skip
        yield from own.swap("half a year for a year", f"year_{stage}_page", r"\*12", "*6")
        yield from own.swap("progress against the goal to date", f"{tab}!progress_{stage}", rf"/year_{stage}_due", "/" + str(own.of[f"{tab}!goal_to_date_{stage}"].cell))  # fmt: skip
        yield from own.swap("last year of another month", f"{tab}!last_year_{stage}", r"(\d+)(?=,?\"?\"?[),])", lambda m: str(int(m[1]) + 1), count=0)  # type: ignore[arg-type]  # fmt: skip
        yield from own.swap("what is held counts twice", f"opening_{stage}_wins", rf"opening_{stage}\*", f"2*opening_{stage}*")
        yield from own.swap("a lead time of another stage", f"weight_{stage}[3]", rf"lead_{stage}", "lead_meetings" if stage != "meetings" else "lead_leads", count=0)  # fmt: skip


def _exchanged(formula: str, columns: list[str]) -> str:
    """What was typed over goes before what was reported."""
    closed, typed = (
        re.findall(rf"([A-Z]+\d+),IF\(AND\(ISNUMBER\({columns[1]}", formula),
        re.findall(rf"\b{columns[1]}\d+", formula),
    )
    if not closed:
        return formula
    return f"=IF(ISNUMBER({typed[0]}),{typed[0]},{formula[1:]})"


def _ways(own: _Own) -> Iterator[Case]:
    """現状試算, costs, limits, scenarios, ABM, articles."""
    cost = "channel_cost_per_lead"
    if f"{cost}[2]" in own.of:
        same = {f"{cost}[1]": 12000, f"{cost}[2]": 12000}
        for name in ("channel_cost[1]", "channel_cost[2]"):
            step = 1 if name.endswith("[1]") else -1
            letter = re.sub(r"\d", "", str(own.of[f"{cost}[1]"].cell))
            made = re.sub(rf"\b{letter}(\d+)", lambda m, s=step, c=letter: f"{c}{int(m[1]) + s}", str(own.of[name].formula))  # type: ignore[misc]
            yield from own.case("the cost of a channel that costs as much", own.of[name], made, SEEN, **same)
    yield from own.swap("costs over meetings, not leads", "cost_per_lead", r"leads", "meetings", count=0)
    yield from own.swap("costs over leads, not deals", "cost_per_deal", r"won_deals", "leads", count=0)
    yield from own.swap("the return on all revenue", "return_on_cost", r"web_revenue", "total_revenue", count=0)
    yield from own.swap(
        "a margin taken for the cost's share", "affordable_cost_per_deal", r"\*gross_margin", "*(1-gross_margin)"
    )
    yield from own.swap("a lever without its minus", "lever_visits_change", r"-1,", ",")
    yield from own.swap("a lever twice", "lever_visits_needed", r"\(1\+", "(2*")
    yield from own.swap("a limit of another", "limit_accounts_have", r"target_accounts", "contacts", count=0)
    yield from own.swap(
        "the largest limit of the first only", "limit_largest", r"MAX\(limit_usage\)", "MAX(INDEX(limit_usage,4),0)"
    )
    yield from own.swap("gaps of another stage", "gap_meetings", r"both_meetings", "both_opportunities", count=0)
    yield from own.swap("a forecast without its scenario", "forecast_opportunities", r"\*scenario_\w+", "")
    yield from own.swap("a chance of another rate", "sure_mean", r"sure_win_rate_used", "sure_opportunity_rate_used", count=0)
    for at in (2, 5, 11):
        closing, held = f"abm_closing[{at}]", f"abm_held[{at}]"
        if closing in own.of and own.more is not None:
            step = {"abm": 1}
            made = REF.sub(lambda m: f"{m[1]}{chr(ord(m[2]) + 1)}{m[3]}{m[4]}", str(own.of[closing].formula), count=4)
            yield from own.case("a closing cell of the next stage", own.of[closing], made, SEEN)
            made = re.sub(r",([A-Z]+)(\d+)-", lambda m: f",{m[1]}{int(m[2]) - 20}-", str(own.of[closing].formula))
            yield from own.case("a closing cell without the new accounts", own.of[closing], made, SEEN)
            made = re.sub(r"([A-Z]+\d+)\+([A-Z]+\d+)", r"\1+2*\2", str(own.of[held].formula))
            yield from own.case("new accounts twice", own.of[held], made)
            del step
    yield from own.swap("arrivals of the stage before", "abm_arrivals[4]", r"SUM\(([A-Z])(\d+):\1(\d+)\)", lambda m: f"SUM({chr(ord(m[1]) - 1)}{m[2]}:{chr(ord(m[1]) - 1)}{m[3]})")  # type: ignore[arg-type]  # fmt: skip
    yield from own.swap("articles without those held", "content_articles_spare", r"content_articles_held\+", "")
    yield from own.swap("articles counted in the wrong column", "content_articles_planned", "backlog_theme", "backlog_query")
    texts = [each for each in own.of.values() if each.formula and each.unit == "text" and each.sheet not in own.sheet.sheets
             and re.search(r"FIXED\(", str(each.formula))]  # fmt: skip
    for record in texts:
        for old, new in (("web_revenue", "other_revenue"), ("won_deals", "opportunities"), ("leads", "meetings"), ("visits", "leads"), ("cost_total", "budget"), ("deal_size", "web_revenue")):  # fmt: skip
            if new in own.of or new in own.sheet.records:
                yield from own.case("a sentence with another figure", record, re.sub(rf"(FIXED\([^,]*?)\b{old}\b", rf"\1{new}", str(record.formula), count=1), SEEN)  # fmt: skip
        yield from own.case("a sentence in another unit", record, re.sub(r"/unit_yen", "/1000", str(record.formula)))
        yield from own.case("a sentence that asks the wrong way", record, re.sub(r">=0", "<=0", str(record.formula), count=1))
        yield from own.case("a sentence with a figure of today", record, re.sub(r"FIXED\((won_deals|leads|visits|opportunities|meetings),0\)", '"12"', str(record.formula), count=1))  # fmt: skip
