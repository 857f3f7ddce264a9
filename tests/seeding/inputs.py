"""Faults in what is typed, I01 to I11."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from kgisheet.filled.records import Record

from .case import Case, Cells
from .standing import Standing

NBSP, IDEOGRAPHIC = "\u00a0", "\u3000"


def _wide(text: str) -> str:
    """ASCII in full width."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def cases(sheet: Standing) -> Iterator[Case]:
    for record in sheet.inputs:
        usual = re.sub(r"(\[\d+\])?$", r"_usual\1", record.name, count=1) in sheet.records
        for kind, codes, value, more in [*as_text(record), *as_figure(sheet, record), *as_other(record, usual)]:
            savers = more.pop("savers", ())
            change = Cells({sheet.place(record): value})
            yield Case(sheet.subject, kind, tuple(codes.split()), (str(record.cell),), change, savers, **more)
    yield from units(sheet)
    yield from rows(sheet)
    yield from choices(sheet)


Typed = tuple[str, str, Any, dict[str, Any]]


def as_text(record: Record) -> Iterator[Typed]:
    value = float(record.value)  # type: ignore[arg-type]
    if record.unit == "currency":
        man = value / 10000
        grouped = f"{man:,.0f}" if man >= 1 and man == int(man) else f"{man:g}"
        spelt = {
            "万円": f"{grouped}万円",
            "万, full width": _wide(f"{man:g}") + "万",
            "円": f"{value:,.0f}円",
            "yen sign": f"¥{value:,.0f}",
            "full-width yen sign": "￥" + _wide(f"{value:,.0f}"),
            "full width": _wide(f"{value:.0f}"),
            "apostrophe": f"{value:.0f}",
            "NBSP": f"{value:,.0f}".replace(",", NBSP),
            "NBSP behind": f"{value:.0f}{NBSP}",
            "ideographic space": f"{IDEOGRAPHIC}{value:.0f}",
            "▲": f"▲{value:,.0f}",
            "△": f"△{value:.0f}",
            "parentheses": f"({value:,.0f})",
            "minus in full width": f"－{_wide(f'{value:.0f}')}",
            "about": f"約{grouped}万円",
            "千円": f"{value / 1000:,.0f}千円",
            "億円": f"{value / 1e8:g}億円",
            "JPY": f"JPY {value:,.0f}",
            "zero-width space": f"{value:.0f}\u200b",
        }
        for kind, text in spelt.items():
            yield f"I01 money as text: {kind}", "I01", text, {}
        yield (
            "I02 money with dots for groups",
            "I02 I01",
            f"{value:,.0f}".replace(",", ".") if value >= 1e6 else "1.200.000",
            {},
        )
        yield (
            "I02 money with a decimal comma",
            "I02 I01",
            f"{value:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", "."),
            {},
        )
    elif record.unit == "rate":
        percent = f"{value * 100:g}"
        for kind, text in {
            "％ full width": f"{_wide(percent)}％",
            "%": f"{percent}%",
            "NBSP before %": f"{percent}{NBSP}%",
            "apostrophe": f"{value:g}",
            "full width": _wide(f"{value:g}"),
            "パーセント": f"{percent}パーセント",
            "割": f"{value * 10:g}割",
            "▲": f"▲{percent}%",
            "about": f"約{percent}％",
            "space behind": f"{percent}% ",
        }.items():
            yield f"I01 rate as text: {kind}", "I01", text, {}
        yield "I02 rate with a decimal comma", "I02 I01", f"{value:g}".replace(".", ",") if value < 1 else "0,5", {}
        yield "I02 percent with a decimal comma", "I02 I01", f"{value * 100:.1f}%".replace(".", ","), {}
    else:
        for kind, text in {
            "件": f"{value:.0f}件",
            "件, full width": _wide(f"{value:.0f}") + "件",
            "full width": _wide(f"{value:.0f}"),
            "apostrophe": f"{value:.0f}",
            "NBSP": f"{value:.0f}{NBSP}",
            "parentheses": f"({value:.0f})",
            "社": f"{value:,.0f} 社",
            "about": f"約{value:.0f}",
        }.items():
            yield f"I01 count as text: {kind}", "I01", text, {}
    yield "I01 a word for a figure", "I01 I06 I10", "未定", {}


def as_figure(sheet: Standing, record: Record) -> Iterator[Typed]:
    value = float(record.value)  # type: ignore[arg-type]
    share = record.name.startswith("channel_share")
    divisor = record in sheet.divisors
    if record.unit == "rate":
        if value * 100 > 1:
            yield "I03 percent typed as a whole number", "I03", round(value * 100, 6), {}
        yield "I03 percent typed a hundred times again", "I03", 3000 if value > 0.25 else 2500, {}
        yield "I03 a rate above 100 %", "I03 I10 I06 X04", 1.2, {}
        if not share and "cvr" not in record.name and value >= 0.05 and divisor:
            yield "I04 0.3 typed into a percent cell", "I04", value / 100, {}
    if divisor:
        required = "cvr" not in record.name
        yield "I06 zero for a divisor", "I06", 0, {}
        if required:
            yield "I06 a divisor left blank", "I06", None, {}
    if value:
        yield "I06 negative", "I06", -value, {}
        if share:
            yield "I06 a share left blank", "I06 X01", None, {}
    if record.unit == "rate" and divisor:
        yield "I07 a rate so small that counts explode", "I07 I04", 1e-9, {}
    if record.unit == "currency":
        yield "I07 1E+400", "I07 I01 I10", "1E+400", {"savers": ("xml",)}
        yield "I07 an absurd amount", "I07 I10 I05 X07", 9.99e300, {}
        if divisor:
            yield "I07 a price of nearly nothing", "I07 I05 I10", 0.0001, {}
    if record.unit == "count" and value:
        yield "I07 an absurd count", "I07 I10 X02", 5e12, {}


def as_other(record: Record, usual: bool) -> Iterator[Typed]:
    yield "I08 a date for a number", "I08", datetime.datetime(2026, 1, 2), {"savers": ("office", "openpyxl")}
    yield "I08 a time for a number", "I08", datetime.time(3, 0), {"savers": ("openpyxl", "office")}
    yield "I09 TRUE for a number", "I09", True, {"savers": ("openpyxl", "xml")}
    yield "I09 FALSE for a number", "I09 I06", False, {"savers": ("xml", "openpyxl")}
    if record.unit == "currency" and float(record.value) > 1000:  # type: ignore[arg-type]
        yield "I10 yen with a fraction", "I10", float(record.value) + 0.5, {}  # type: ignore[arg-type]
    if record.unit == "rate" and usual:
        yield "I11 far above the usual", "I11", 0.97, {"note": True}


def units(sheet: Standing) -> Iterator[Case]:
    """Amounts typed in another unit than yen."""
    money = {each.name: each for each in sheet.inputs if each.unit == "currency"}
    price = next((each for each in money if each in ("deal_size", "contract_size")), None)
    goal = next((each for each in money if each in ("web_revenue", "order_goal")), None)
    total = "total_revenue" if "total_revenue" in money else None
    for unit, factor in {"万円": 1e4, "千円": 1e3, "百万円": 1e6, "億円": 1e8}.items():
        for kind, chosen in {"price": [price], "goal": [goal], "price and goal": [price, goal], "total": [total],
                             "total and goal": [total, goal], "all the amounts": list(money)}.items():  # fmt: skip
            if None in chosen or any(float(money[str(each)].value) % factor for each in chosen):  # type: ignore[arg-type]
                continue
            change = Cells({sheet.place(money[str(each)]): float(money[str(each)].value) / factor for each in chosen})  # type: ignore[arg-type]
            where = tuple(str(money[str(each)].cell) for each in chosen)
            codes = ("I05", "X07") if total in chosen else ("I05",)
            yield Case(sheet.subject, f"I05 {unit} in a cell of yen: {kind}", codes, where, change)
    if price and goal:
        change = Cells({sheet.place(money[price]): float(money[price].value) * 1e4})  # type: ignore[arg-type]
        where = (str(money[price].cell), str(money[goal].cell))  # either may be the one in another unit
        yield Case(sheet.subject, "I05 four zeros too many: price", ("I05",), where, change)


def rows(sheet: Standing) -> Iterator[Case]:
    """A channel's column filled in by half."""
    if not sheet.spare:
        return
    new, name = sheet.spare[0], "channel_name"
    rate = next(each for each in sheet.lines if each.endswith("_rate"))
    filled = {sheet.at(name, new): "ラジオ", sheet.at(rate, new): 0.2}
    split = "channel_share" if sheet.line("channel_share")[0].role == "input" else "channel_meetings"
    yield Case(sheet.subject, "I06 a new channel without its rate", ("I06", "X01", "X02"), (sheet.cell(rate, new),),
               Cells({sheet.at(name, new): "ラジオ", sheet.at(split, new): 0}))  # fmt: skip
    yield Case(sheet.subject, "I06 a new channel without its split", ("I06", "X01"), (sheet.cell(split, new),), Cells(filled))
    for index, record in enumerate(sheet.line("channel_name")):
        split_of = sheet.line("channel_share")[index]
        if not split_of.value:
            continue
        yield Case(sheet.subject, "I06 a channel's name deleted", ("I06", "X01", "X02"), (), Cells({sheet.place(record): None}))
    change = Cells({sheet.at(split, new): 0 if split_of is None else 0.1, sheet.at(rate, new): 0.2})
    yield Case(sheet.subject, "I06 figures in a column without a name", ("I06", "X01", "X02"), (), change)


def choices(sheet: Standing) -> Iterator[Case]:
    for name, value in (
        ("rounding", "てきとう"),
        ("rounding", "切上げ" if sheet.lang == "ja" else "Up to 10"),
        ("period", "四半期" if sheet.lang == "ja" else "quarter"),
        ("display_unit", "ドル" if sheet.lang == "ja" else "USD"),
        ("title", "長" * 300),
        ("start_month", 202604),
        ("entry_date", "2026年4月1日ごろ"),
    ):
        record = sheet.records[name]
        codes = ("I10", "I01", "I06") if name in ("entry_date", "start_month") else ("I10", "I06")
        kind = "dates" if name in ("start_month", "entry_date") else "choices" if name != "title" else "long text"
        savers = ("openpyxl", "office", "xml") if kind == "dates" else ()
        yield Case(
            sheet.subject, f"I10 {kind}: {name}", codes, (str(record.cell),), Cells({sheet.place(record): value}), savers
        )
    record = sheet.records["rounding"]
    yield Case(
        sheet.subject, "I10 a choice left blank", ("I10", "I06"), (str(record.cell),), Cells({sheet.place(record): None})
    )
    for record in sheet.records.values():
        if record.role == "input" and record.unit == "count" and re.search("accounts|contacts", record.name):
            change = Cells({sheet.place(record): 12.5})
            yield Case(sheet.subject, "I10 half a company", ("I10", "X04"), (str(record.cell),), change)
