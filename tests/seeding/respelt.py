"""Formulas that are spelt otherwise and come to the same: neither an error nor a warning may come of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kgisheet.filled.records import Record

from .case import Case
from .harmless_case import typed
from .standing import Standing


def respelt(sheet: Standing) -> Iterator[Case]:
    """Formulas that come to the same; an engine must say so first."""

    def case(kind: str, record: Record, new: str) -> Iterator[Case]:
        if new != record.formula:
            yield typed(sheet, f"formula: {kind}", {sheet.place(record): new}, proof=True)

    for record in sheet.records.values():
        f = record.formula
        if f is None:
            continue
        body = f[1:]
        text = record.unit == "text"
        yield from case("spaces", record, f.replace(",", " , ").replace("=", "= ", 1))
        yield from case("a line break", record, f.replace(",", ",\n", 2))
        yield from case(
            "small letters",
            record,
            re.sub(r"\b(IF|AND|OR|ROUND|ROUNDUP|ROUNDDOWN|SUM|COUNT|ISNUMBER)\(", lambda m: m[0].lower(), f),
        )
        yield from case(
            "$ at every address", record, re.sub(r"(?<![A-Za-z$_])([A-Z]{1,2})\$?(\d+)(?![\d(A-Za-z_])", r"$\1$\2", f)
        )
        yield from case("IFERROR around it", record, f'=IFERROR({body},"")')
        yield from case("IFERROR with 0 around it", record, f"=IFERROR({body},0)")
        yield from case("brackets around it", record, f"=({body})")
        yield from case("IF(TRUE) around it", record, f"=IF(TRUE,{body},0)")
        yield from case("names made addresses", record, _addresses(sheet, record, f))
        yield from case(
            "addresses with the sheet's name",
            record,
            re.sub(r"(?<![A-Za-z$_!])([A-Z]{1,2}\d+)(?![\d(A-Za-z_])", rf"'{record.sheet}'!\1", f),
        )
        if not text:
            yield from case("+ 0", record, re.sub(r"/([A-Za-z_]+\d*)(,\"\"\))", r"/\1+0\2", f))
            yield from case("* 1", record, re.sub(r"/([A-Za-z_]+\d*)(,\"\"\))", r"/\1*1\2", f))
            yield from case("A/B as A*(1/B)", record, re.sub(r"([A-Za-z_]+\d*)/([A-Za-z_]+\d*)(,\"\"\))", r"\1*(1/\2)\3", f))
            yield from case("factors exchanged", record, re.sub(r"\b([a-z_]+)\*([A-Z]\d+|[a-z_]+)(?=,\"\")", r"\2*\1", f))
            yield from case("a - b as a + -1*b", record, re.sub(r"([a-z_]+)-([a-z_]+),\"\"\)$", r'\1+(-1)*\2,"")', f))
            yield from case(
                "not = instead of the branches' order", record, re.sub(r'^=IF\((\w+)="","",(.*)\)$', r'=IF(\1<>"",\2,"")', f)
            )
            yield from case("the branches in another order", record, _branches(sheet, f))
            yield from case("more decimals inside", record, f.replace(",6),0)", ",7),0)") if "_exact" not in record.name else f)
            yield from case("N() or VALUE() around a number", record, re.sub(r"/([A-Za-z_]+\d*)(,\"\"\))", r"/N(\1)\2", f))
            yield from case("a percent sign for a hundredth", record, f.replace("100%", "1"))
        match = re.search(r"SUM\((channel_\w+)\)", f)
        if match:
            line, end = match[1], (sheet.spare or sheet.used)[-1]

            def part(start: int, stop: int | None = None, line: str = line, record: Record = record) -> str:
                return sheet.span(record, line, start, stop)

            cells = ",".join(part(channel) for channel in range(1, end + 1))
            yield from case("SUM of addresses", record, f.replace(match[0], f"SUM({part(1, end)})"))
            yield from case("SUM in two parts", record, f.replace(match[0], f"SUM({part(1, 2)},{part(3, end)})"))
            yield from case("SUM cell by cell", record, f.replace(match[0], f"SUM({cells})"))
            yield from case("SUM + SUM", record, f.replace(match[0], f"(SUM({part(1, 1)})+SUM({part(2, end)}))"))
            yield from case("SUBTOTAL(9)", record, f.replace(match[0], f"SUBTOTAL(9,{line})"))
            yield from case("SUMPRODUCT of one line", record, f.replace(match[0], f"SUMPRODUCT({line})"))
            further = f"{sheet.cell(line, 1)}:{chr(ord(sheet.letter(end)) + 1)}{sheet.row(line)}"
            if sheet.at(line, 1)[0] == record.sheet:
                yield from case("a SUM that goes a column further", record, f.replace(match[0], f"SUM({further})"))
    whole: dict[Any, Any] = {}
    for record in sheet.counts:
        if record.formula:
            whole[sheet.place(record)] = f'=IFERROR({record.formula[1:]},"")'
    yield typed(sheet, "formula: IFERROR around them all", whole, proof=True)


def _addresses(sheet: Standing, record: Record, formula: str) -> str:
    def address(match: re.Match[str]) -> str:
        name = sheet.book.defined_names.get(match[0])
        if name is None:
            return match[0]
        title, _, area = str(name.attr_text).rpartition("!")
        return area if title.strip("'") == record.sheet else match[0]

    parts = re.split(r'("[^"]*")', formula)
    return "".join(each if each.startswith('"') else re.sub(r"[a-z][a-z_]+(?![\w(])", address, each) for each in parts)


def _branches(sheet: Standing, formula: str) -> str:
    """The switch asked in another order: the same answer for each of its values."""
    w = sheet.words
    match = re.fullmatch(rf'=IF\((\w+)="","",IF\(rounding="{w.down}",(ROUNDDOWN\(.*?\),0\)),IF\(rounding="{w.nearest}",(ROUND\(ROUND\(.*?\),0\)),'
                         rf'IF\(rounding="{w.none}",(\w+),(ROUNDUP\(.*?\),0\))\)\)\)\)', formula)  # fmt: skip
    if not match:
        return formula
    one, down, nearest, none, up = match.groups()
    return f'=IF({one}="","",IF(rounding="{w.none}",{none},IF(rounding="{w.nearest}",{nearest},IF(rounding="{w.down}",{down},{up}))))'
