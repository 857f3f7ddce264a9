"""What is typed on the page: figures in another unit in every place, texts that look like numbers, inputs that contradict one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kgisheet.filled.records import Record

from .case import SEEN, UNSEEN, Case, Cells
from .standing import Standing

WRONG = "I01 I02 I05 I06 I10"


def cases(sheet: Standing) -> Iterator[Case]:
    """On the page."""
    for record in sheet.inputs:
        for kind, value in _spelt(record):
            yield typed_case(sheet, f"I01 {record.unit} as text: {kind}", WRONG, {record.name: value})
        yield from _worked_out(sheet, record)
    yield from _table(sheet)
    yield from _money(sheet)


def typed_case(
    sheet: Standing, kind: str, codes: str, values: dict[str, Any], group: str = UNSEEN, at: str = "", **more: Any
) -> Case:
    of = {**sheet.months, **sheet.records}
    changes = {sheet.place(of[name]): value for name, value in values.items()}
    cells = tuple(str(of[name].cell) for name in ([at] if at else values))
    return Case(sheet.subject, kind, tuple(codes.split()), cells, Cells(changes), group=group, **more)


def _spelt(record: Record) -> Iterator[tuple[str, str]]:
    value = float(record.value or 0)  # type: ignore[arg-type]
    if record.unit == "currency":
        yield "thin spaces", f"{value:,.0f}".replace(",", "\u2009")
        yield "kanji", "四百万円"
        yield "M for a million", f"{value / 1e6:g}M"
        yield "an exponent as text", f"{value / 1e6:g}e6"
        yield "a tax remark", f"{value:,.0f}(税抜)"
        yield "a range of two", f"{value:.0f}〜{value * 1.2:.0f}"
        yield "a mark in front", f"※{value:.0f}"
        yield "two points", f"{value / 1000:,.0f}.000".replace(",", ".")
    elif record.unit == "rate":
        yield "a fraction as text", "3/10 "
        yield "割分", "3割5分"
        yield "without its zero", ".3 "
        yield "permille", "300‰"
        yield "a range of two", "20〜30%"
    else:
        yield "a plus sign", f"+{value:.0f} "
        yield "a range of two", f"{value:.0f}-{value + 5:.0f}"
    yield "a dash", "―"
    yield "none in words", "なし"
    yield "not available", "N/A"
    yield "a question mark", "?"
    yield "a line break behind", f"{value:.10g}\n"


def _worked_out(sheet: Standing, record: Record) -> Iterator[Case]:
    """An input in which a formula is found."""
    value = float(record.value or 0)  # type: ignore[arg-type]
    yield typed_case(sheet, "I01 an input as a formula that gives a text", "I01 F02 F01", {record.name: f'="{value:.10g}"'})
    if record in sheet.divisors:
        yield typed_case(sheet, "I06 an input as a formula of an empty cell", "I06 I01 F02", {record.name: f"={sheet.free[3][1]}"})  # fmt: skip
    yield typed_case(sheet, "F06 an input as a formula with an error", "F06", {record.name: f"={value!r}/{sheet.free[3][1]}"})
    yield typed_case(sheet, "F07 an input as a formula that hides an error", "F07 F02 I06 I11", {record.name: f"=IFERROR(VLOOKUP(1,{sheet.free[0][1]}:{sheet.free[0][1]},1,FALSE),{value!r})"})  # fmt: skip
    results = [each for each in sheet.counts if each.unit == record.unit and "[" not in each.name]
    if results and value and record in sheet.divisors:
        yield typed_case(sheet, "F08 an input that takes a result of its own", "F08 F02", {record.name: f"='{results[-1].sheet}'!{results[-1].cell}"})  # fmt: skip
    other = next(
        (
            each
            for each in sheet.inputs
            if each.unit == record.unit
            and each is not record
            and each.value
            and "[" not in each.name
            and each.name not in ("total_revenue", "target_accounts", "contacts")
        ),
        None,
    )
    # The total and what there is to sell to are only compared with the goal: they may be worked out from anything.
    if other is not None and "[" not in record.name and record.name not in ("total_revenue", "target_accounts", "contacts"):
        ratio = value / float(other.value)  # type: ignore[arg-type]
        yield typed_case(
            sheet,
            "F02 an input as a formula of another input",
            "F02 I10 I11 I06 F09",
            {record.name: f"={other.name}*{ratio!r}"},
            SEEN,
            note=record.unit == "rate",  # a rate may follow another one, which is worth knowing
        )


def _table(sheet: Standing) -> Iterator[Case]:
    if len(sheet.used) < 2:
        return
    names = sheet.line("channel_name")
    first = str(names[0].value)
    for kind, said, group in (("as another", first, SEEN), ("as another, with a space behind", f"{first} ", UNSEEN), ("as another, in full width", _wide(first), UNSEEN)):  # fmt: skip
        yield typed_case(sheet, f"I10 a channel called {kind}", "I10 I11 I06 X01 S10 I01", {names[1].name: said}, group)
    if sheet.spare:
        new = sheet.spare[0]
        typed = {sheet.at(name, new): sheet.line(name)[0].value for name in sheet.lines if sheet.line(name)[0].role == "input"}
        yield Case(
            sheet.subject,
            "X01 a channel a second time, with its share",
            ("X01", "X02", "I10", "I06", "I11"),
            (),
            Cells(typed),
            group=UNSEEN,
        )
        half = dict(typed)
        share = sheet.line("channel_share")[0]
        if share.role == "input" and share.value:
            half[sheet.at("channel_share", new)] = share.value / 2
            half[sheet.place(share)] = share.value / 2
            yield Case(sheet.subject, "I10 a channel in two columns of half its share", ("I10", "I11", "I06"), (sheet.cell("channel_name", new), str(names[0].cell)), Cells(half), group=SEEN)  # fmt: skip
            name = sheet.at("channel_name", new)
            whole = {place: value for place, value in typed.items() if place != name}
            yield Case(sheet.subject, "X01 the total entered as a channel", ("X01", "I10", "I06", "I11", "X02"), (), Cells({**whole, name: "合計" if sheet.lang == "ja" else "Total", sheet.at("channel_share", new): 1}), group=UNSEEN)  # fmt: skip
    if "channel_cvr" in sheet.lines:
        rate = next((each for each in sheet.lines if each.endswith("meeting_rate")), None)
        swapped: dict[str, Any] = {}
        for one, two in zip(sheet.line("channel_cvr"), sheet.line(rate) if rate else [], strict=False):
            if one.value:
                swapped |= {one.name: two.value, two.name: one.value}
        if swapped:
            yield typed_case(sheet, "I11 CVR and meeting rate exchanged in the whole table", "I11 I03 I04", swapped, note=True)


def _wide(text: str) -> str:
    return (
        "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text) if text.isascii() else f"{text}\u3000"
    )


def _money(sheet: Standing) -> Iterator[Case]:
    total, web = sheet.records.get("total_revenue"), sheet.records.get("web_revenue")
    if total and web and total.value and web.value and total.value > web.value:
        change = Cells({sheet.place(total): web.value, sheet.place(web): total.value})
        where = (str(total.cell), str(web.cell), str(sheet.records["check_total"].cell))
        yield Case(sheet.subject, "X07 total and web exchanged", ("X07",), where, change, group=UNSEEN)
    for name in ("deal_size", "contract_size"):
        record = sheet.records.get(name)
        if record and record.value:
            yield typed_case(sheet, "I06 a price with its minus", "I06", {name: -float(record.value)}, SEEN)
            if record.value > 1e6:
                yield typed_case(sheet, "I05 a price in USD", "I05 I10 I11", {name: round(float(record.value) / 15_000) / 10})  # fmt: skip
