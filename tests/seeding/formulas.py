"""Faults in formulas, F01 to F11: what people do to them by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

from kgisheet.filled.records import Record

from .case import Book, Case, Cells, Office, Parts, Place
from .package import linked
from .standing import Standing

_REF = r"(?<![A-Za-z_$])\$?([A-Z]{1,2})\$?(\d+)(?![\d(A-Za-z_])"
_NAME = r"(?<![A-Za-z_0-9\"])([a-z][a-z_]+)(?![A-Za-z_0-9(\"])"


def cases(sheet: Standing) -> Iterator[Case]:
    for each in (overwritten, edited, sums, plugs, errors, hidden, circular, neighbours, names, links):
        yield from each(sheet)


def _typed(sheet: Standing, kind: str, codes: str, record: Record, value: Any, **more: Any) -> Case:
    return Case(sheet.subject, kind, tuple(codes.split()), (str(record.cell),), Cells({sheet.place(record): value}), **more)


def overwritten(sheet: Standing) -> Iterator[Case]:
    for record in sheet.chain:
        value = record.value or 0
        other = value + 7 if record.unit == "count" else value * 0.9 if record.unit == "rate" else value - 150000
        yield _typed(sheet, "F01 another number", "F01", record, other, proof=True)
        if record.value is not None:
            yield _typed(sheet, "F01 its own number", "F01", record, record.value, proof=True)
        yield _typed(sheet, "F01 deleted", "F01", record, None, proof=True)
        yield _typed(sheet, "F01 a text typed over", "F01 I01", record, "約40件" if sheet.lang == "ja" else "about 40")
        if re.search(r"\[2\]$", record.name):
            yield _typed(sheet, "F01 constant in the middle of a column", "F01", record, value + 1, proof=True)
    for record in [*sheet.checks, *sheet.texts]:
        if record.value is not None and not str(record.value).startswith("="):  # which would be a formula
            yield _typed(sheet, "F01 a check or a text as a constant", "F01 X06", record, record.value)
    for name in sheet.lines:
        for channel in sheet.spare:
            place = sheet.at(name, channel)
            if sheet.formula(place):
                yield Case(sheet.subject, "F01 a number in a spare column", ("F01",), (place[1],), Cells({place: 5}))
                yield Case(
                    sheet.subject,
                    "F01 a spare column's formula deleted",
                    ("F01",),
                    (place[1],),
                    Cells({place: None}),
                    proof=True,
                )
    for row in sheet.book[sheet.guide].iter_rows():
        for cell in row:
            if cell.data_type == "f" and "HYPERLINK" not in str(cell.value):
                change = Cells({(sheet.guide, cell.coordinate): sheet.records["title"].value})
                yield Case(sheet.subject, "F01 on the guide sheet", ("F01", "X06"), (cell.coordinate,), change)
    if len(sheet.used) > 1:
        name = next(each.name.partition("[")[0] for each in sheet.counts if each.name.endswith("[1]"))
        change = Cells({sheet.at(name, channel): 20 + channel for channel in sheet.used})
        where = tuple(sheet.cell(name, channel) for channel in sheet.used)
        yield Case(sheet.subject, "F01 a whole line pasted as numbers", ("F01",), where, change, proof=True)


def edited(sheet: Standing) -> Iterator[Case]:
    w = sheet.words
    inputs = {each.name: each for each in sheet.inputs}

    def case(kind: str, record: Record, new: str, codes: str = "F02 F05 F09") -> Iterator[Case]:
        if new != record.formula:
            yield _typed(sheet, f"F02 {kind}", codes, record, new, proof=True)

    for record in sheet.chain:
        f = str(record.formula)
        yield from case("÷ made ×", record, re.sub(r"/(?=[A-Za-z])", "*", f, count=1))
        yield from case("× made ÷", record, re.sub(r"(?<=[a-z0-9])\*(?=[A-Za-z])", "/", f, count=1))
        yield from case("− made +", record, re.sub(r"(?<=[a-z)0-9])-(?=[a-zA-Z])", "+", f, count=1))
        yield from case("ROUNDUP made ROUND", record, f.replace("ROUNDUP(", "ROUND("))
        yield from case("ROUNDUP made INT", record, re.sub(r"ROUNDUP\((ROUND\([^()]*\)),0\)", r"INT(\1)", f))
        yield from case("a branch of the switch", record, f.replace("ROUNDDOWN(", "ROUNDUP("))
        yield from case(
            "the branch for none", record, re.sub(rf'"{w.none}",([A-Za-z_0-9*]+)', rf'"{w.none}",ROUND(\1,0)', f, count=1)
        )
        yield from case(
            "two branches exchanged",
            record,
            f.replace(f'"{w.down}"', "\0").replace(f'"{w.nearest}"', f'"{w.down}"').replace("\0", f'"{w.nearest}"'),
        )
        yield from case(
            "branches of an IF exchanged", record, re.sub(r'^=IF\((COUNT\([^()]*\)[=>]\d),(.*),""\)$', r'=IF(\1,"",\2)', f)
        )
        # An error where nothing should be is the truth as well: a channel may be without a CVR, and a rate may be 0.
        dropped = re.sub(r'^=IF\((?:AND\(.*?>0\)|COUNT\([^()]*\)=\d),(.*),""\)$', r"=\1", f)
        yield from case("guard dropped", record, dropped, "F02 F05 F06 F09")
        yield from case("guard narrowed", record, re.sub(r"COUNT\(([^()]*),[^(),]*\)=2", r"COUNT(\1)=2", f, count=1))
        yield from case("fewer decimals inside", record, f.replace(",6)", ",0)", 1) if "ROUND(" in f else f)
        yield from case("fraction of a year", record, f.replace("/12", "/10"))
        yield from case("start of a running sum", record, re.sub(r"SUM\(\$([A-Z])(\d+):", lambda m: f"SUM(${chr(ord(m[1]) + 1)}{m[2]}:", f), "F02 F03")  # fmt: skip
        for name, held in inputs.items():
            if re.search(rf"/{name}\b", f):
                yield from case("a constant for a name", record, re.sub(rf"/{name}\b", f"/{held.value:g}" if held.value < 1e5 else f"/{held.value:.0f}", f))  # fmt: skip
                other = next((each for each in inputs.values() if each.unit != held.unit and "[" not in each.name and f"/{each.name}" not in f), None)  # fmt: skip
                if other is not None:
                    yield from case("a cell of another unit", record, re.sub(rf"/{name}\b", f"/{other.name}", f))
        upstream = re.search(r"[,(]([a-z_]+)/([a-z_]+),", f)
        if upstream and f"{upstream[1]}_exact" in sheet.records:
            yield from case("the figure without rounding", record, f.replace(f"{upstream[1]}/", f"{upstream[1]}_exact/"))
        if upstream and upstream[1] in ("required_meetings", "opportunities"):
            yield from case("a stage skipped", record, f.replace(f"{upstream[1]}/", "won_deals/"))
    for record in sheet.checks:
        f = str(record.formula)
        if record.name.endswith("_gap"):
            yield from case("a check turned round", record, re.sub(r"ROUND\((\w+)-(\w+),", r"ROUND(\2-\1,", f), "F02 X06 F09")
        elif f'"{w.bad}"' in f and not record.name.endswith("_advice"):
            yield from case("a check that can't fail", record, f.replace(f'"{w.bad}"', f'"{w.ok}"'), "F02 X06")
            yield from case(
                "a check's bound", record, f.replace(">=0", ">0") if ">=0," in f else f.replace("=0,", ">=0,", 1), "F02 X06"
            )
        elif record.name.endswith("_forward"):
            yield from case("a factor left out of a check", record, re.sub(r"\*[a-z_]+,", ",", f), "F02 X06")
    for record in sheet.texts:
        f = str(record.formula)
        if record.name == "overall":
            yield from case("the overall verdict always good", record, f.replace(f'"{w.bad}",', f'"{w.ok}",'), "F02 X06")
            yield from case(
                "the overall verdict counts too few", record, re.sub("check_state", "check_share", f, count=1), "F02 X06 F03"
            )
        elif "_usual" in record.name:
            yield from case("a usual range moved", record, re.sub(r"<0\.\d+", "<0.05", f))
        elif "_readback" in record.name:
            yield from case("a reading of money", record, f.replace("*100/", "*10/", 1))
    yen = sheet.records["unit_yen"]
    yield from case("a unit's factor", yen, str(yen.formula).replace("10000,", "1000,", 1))


def sums(sheet: Standing) -> Iterator[Case]:
    for record in sheet.chain + sheet.checks:
        f = str(record.formula)
        match = re.search(r"SUM\((channel_\w+)\)", f)
        if match and len(sheet.used) > 1:
            last, end = sheet.used[-1], (sheet.spare or sheet.used)[-1]
            a = [sheet.span(record, match[1], channel) for channel in sheet.used]
            for kind, new in (
                ("leaves out the last channel", f"SUM({sheet.span(record, match[1], 1, last - 1)})"),
                ("leaves out the first channel", f"SUM({sheet.span(record, match[1], 2, end)})"),
                ("leaves out the spare columns", f"SUM({sheet.span(record, match[1], 1, last)})"),
                ("lists all but one", f"SUM({','.join(a[:-1])})"),
                ("adds all but one with +", "(" + "+".join(a[1:]) + ")"),
            ):
                yield _typed(sheet, f"F03 {kind}", "F03 F02", record, f.replace(match[0], new), proof=True)
            for kind, new in (
                ("adds a channel again", f"({match[0]}+{a[0]})"),
                ("takes the line twice", f"SUM({match[1]},{match[1]})"),
                (
                    "ranges that overlap",
                    f"SUM({sheet.span(record, match[1], 1, last)},{sheet.span(record, match[1], last, end)})",
                ),
            ):
                yield _typed(sheet, f"F04 {kind}", "F04 F02", record, f.replace(match[0], new), proof=True)
        match = re.search(r"SUMPRODUCT\((channel_\w+),(channel_\w+)\)", f)
        if match and len(sheet.used) > 1:
            one, two = (sheet.span(record, each, 1, sheet.used[-1] - 1) for each in match.groups())
            new = f.replace(match[0], f"SUMPRODUCT({one},{two})")
            yield _typed(sheet, "F03 a sum of products too short", "F03 F02", record, new, proof=True)


def plugs(sheet: Standing) -> Iterator[Case]:
    for record in sheet.chain:
        f = str(record.formula)
        for kind, new in (
            ("+1000", f"{f}+1000"),
            ("*1.1", f"{f}*1.1"),
            ("-1", f"{f}-1"),
            ("in front", f"=5+{f[1:]}"),
            ("inside an argument", re.sub(r"ROUND\(([A-Za-z_0-9]+),6\)", r"ROUND(\1+0.5,6)", f)),
            (
                "on a divisor",
                re.sub(r"/([A-Za-z_]+\d*)(,\"\"\))", lambda m: f"/({m[1]}+{50000 if 'size' in m[1] else 0.05}){m[2]}", f),
            ),
            ("in one branch", re.sub(r"ROUNDUP\((.*?),0\)", r"ROUNDUP(\1,0)+3", f)),
        ):
            if new != f:
                yield _typed(sheet, f"F05 {kind}", "F05 F02", record, new, proof=True)


def errors(sheet: Standing) -> Iterator[Case]:
    for record in sheet.counts:
        f = str(record.formula)
        yield _typed(sheet, "F06 #REF! in a formula", "F06 F10", record, f"=#REF!+{f[1:]}")
        yield _typed(sheet, "F06 a function misspelt", "F06", record, re.sub(r"IF\(", "IFF(", f, count=1))
        yield _typed(sheet, "F06 a name misspelt", "F06 F10 F02", record, re.sub(_NAME, r"\1s", f, count=1))
        yield _typed(sheet, "F06 division by zero", "F06", record, f"={f[1:]}/0")
        yield _typed(sheet, "F06 a text in the arithmetic", "F06", record, f'={f[1:]}+"abc"')
        yield _typed(sheet, "F06 division by an empty cell", "F06", record, f"={f[1:]}/{sheet.free[4][1]}")
        yield _typed(sheet, "F06 no such value", "F06", record, f"=MATCH(-99,{sheet.free[4][1]}:{sheet.free[5][1]},0)+{f[1:]}")
    for name in ("opportunities", "won_deals", "required_meetings", "contracts", "talks", "seats"):
        if name in sheet.records and sheet.records[name].formula:
            title, cell = sheet.place(sheet.records[name])
            step = ["delete_rows", title, int(re.sub(r"\D", "", cell)) - 1, 1]
            yield Case(sheet.subject, "F06 the row of a figure deleted", ("F06", "F10", "S01"), (), Office([step]))
    for name in ("win_rate", "deal_size", "contract_rate"):
        if name in sheet.records:
            title, cell = sheet.place(sheet.records[name])
            step = ["delete_rows", title, int(re.sub(r"\D", "", cell)) - 1, 1]
            yield Case(sheet.subject, "F06 the row of an input deleted", ("F06", "F10", "S01"), (), Office([step]))


def hidden(sheet: Standing) -> Iterator[Case]:
    for record in sheet.counts:
        f = str(record.formula)[1:]
        codes = "F07 F02 F06 F10"
        yield _typed(sheet, "F07 IFERROR hides a division by zero", codes, record, f"=IFERROR({f}/0,0)")
        yield _typed(sheet, "F07 IFERROR hides #REF!", codes, record, f"=IFERROR({f}+#REF!,0)")
        yield _typed(sheet, "F07 IFERROR hides a misspelt name", codes, record, "=IFERROR(" + re.sub(_NAME, r"\1s", f, count=1) + ",0)")  # fmt: skip
        yield _typed(sheet, "F07 IFERROR gives the old number", codes, record, f"=IFERROR(({f})/0,{record.value or 0:.0f})")
        yield _typed(sheet, "F07 IF(ISERROR) hides it", codes, record, f"=IF(ISERROR({f}/0),0,{f}/0)")
        yield _typed(sheet, "F07 IFERROR gives empty", codes, record, f'=IFERROR({f}*"x","")')


def circular(sheet: Standing) -> Iterator[Case]:
    for record in sheet.counts:
        f = str(record.formula)
        yield _typed(sheet, "F08 refers to itself", "F08", record, f"{f}+{record.cell}")
        yield _typed(sheet, "F08 itself in a range", "F08", record, f"{f}+0*SUM({record.cell}:{record.cell})")
        root = sheet.records.get(re.sub(r"(\[\d+\])?$", r"_exact\1", record.name, count=1))
        if root is not None and root.formula and sheet.reads(record, root):
            cells = (str(root.cell), str(record.cell))
            change = Cells({sheet.place(root): f"{root.formula}+0*{sheet.said(root, record)}"})
            yield Case(sheet.subject, "F08 ring of two", ("F08",), cells, change)
            third = next((each for each in sheet.chain if each not in (root, record) and sheet.reads(each, record)), None)
            if third is not None:
                change = Cells({sheet.place(root): f"{root.formula}+0*{sheet.said(root, third)}"})
                cells = (*cells, str(third.cell))
                yield Case(sheet.subject, "F08 ring of three", ("F08",), cells, change)


def neighbours(sheet: Standing) -> Iterator[Case]:
    if len(sheet.used) < 2:
        return
    for name in sheet.lines:
        for here, record in enumerate(sheet.line(name), 1):
            f, codes = str(record.formula or ""), "F09 F02"
            near = here + 1 if here < len(sheet.used) else here - 1
            cell = rf"(?:'[^']+'!)?\b{sheet.letter(here)}\d+"
            for kind, way in (("the rate", rf"/{cell}(?=[,/)])"), ("the figure", rf"{cell}[/*]")):
                match = re.search(way, f)
                if match and (kind == "the rate" or record.unit == "count"):
                    new = f.replace(match[0], sheet.led(match[0], here, near))
                    yield _typed(sheet, f"F09 {kind} of another channel", codes, record, new, proof=True)
            moved = sheet.led(f, here, near)
            if moved != f and not record.name.startswith("channel_check"):
                yield _typed(sheet, "F09 the whole column of another channel", codes, record, moved, proof=True)
                fixed = re.sub(rf"(?<![A-Za-z$]){sheet.letter(here)}(?=\d+\b)", f"${sheet.letter(near)}", f, count=1)
                yield _typed(sheet, "F09 one reference fixed to another column", codes, record, fixed, proof=True)
        first, second = sheet.line(name)[:2]
        if first.formula and first.unit == "count" and not name.startswith("channel_check"):
            change = Cells({sheet.place(first): second.formula, sheet.place(second): first.formula})
            where = (str(first.cell), str(second.cell))
            yield Case(sheet.subject, "F09 two columns exchanged", ("F09", "F02"), where, change, proof=True)
    rates = [each for each in sheet.divisors if each.unit == "rate" and "[" not in each.name]
    for record in sheet.chain:
        for one in rates:
            for two in rates:
                if one is not two and re.search(rf"/{one.name}\b", str(record.formula)):
                    new = re.sub(rf"/{one.name}\b", f"/{two.name}", str(record.formula))
                    yield _typed(sheet, "F09 the rate of another stage", "F09 F02", record, new, proof=True)


def names(sheet: Standing) -> Iterator[Case]:
    defined = {name: each.attr_text for name, each in sheet.book.defined_names.items()}
    used = [
        name for name in defined if any(re.search(rf"\b{name}\b", str(each.formula or "")) for each in sheet.records.values())
    ]

    def case(kind: str, edit: Any) -> Case:
        return Case(sheet.subject, f"F10 {kind}", ("F10",), (), Book(edit))

    for name in used:
        area = str(defined[name])
        moved = re.sub(r"\$(\d+)", lambda m: f"${int(m[1]) + 1}", area)

        def pointing(area: str, name: str = name) -> Any:
            return lambda book: book.defined_names.__setitem__(name, DefinedName(name, attr_text=area))

        def renamed(book: openpyxl.Workbook, name: str = name) -> None:
            book.defined_names[f"{name}_old"] = DefinedName(f"{name}_old", attr_text=book.defined_names.pop(name).attr_text)

        yield case("deleted", lambda book, name=name: book.defined_names.pop(name))
        yield case("points one row lower", pointing(moved))
        if name in sheet.lines:
            beside = re.sub(r"\$([A-Z])\$", lambda m: f"${chr(ord(m[1]) + 1)}$", area)
            yield case("points one column further", pointing(beside))
        yield case("points to #REF!", pointing(f"'{sheet.goals}'!#REF!"))
        yield case(
            "points to another sheet",
            pointing(f"'{sheet.guide}'!{area.rpartition('!')[2]}"),
        )
        yield case("renamed", renamed)
        yield Case(sheet.subject, "F10 deleted in LibreOffice", ("F10",), (), Office([["delete_name", name]]))
        if ":" in area:
            kind = "of a line, too short" if name != "check_state" else "of the checks' states, too short"
            yield case(kind, pointing(area.partition(":")[0]))
    unused = [name for name in defined if name not in used and name in sheet.records and sheet.records[name].formula]
    for name in unused[:3]:
        yield case("deleted, which no formula uses", lambda book, name=name: book.defined_names.pop(name))


def links(sheet: Standing) -> Iterator[Case]:
    for record in sheet.counts:
        f = str(record.formula)
        where, at = (str(record.cell),), sheet.place(record)
        change = Cells({at: f"{f}+[1]Sheet1!$A$1"})
        yield Case(sheet.subject, "F11 another workbook, beside the formula", ("F11",), where, change, ("office", "openpyxl"))
        yield Case(
            sheet.subject,
            "F11 another workbook, with its part",
            ("F11",),
            where,
            Parts(linked(at, f"[1]Sheet1!$A$1*1+0*({f[1:]})")),
        )
        link: Place = at
        step = ["formula", *link, f"='file:///tmp/other.xlsx'#$Sheet1.A1+({f[1:]})"]
        yield Case(sheet.subject, "F11 another workbook, in LibreOffice", ("F11",), where, Office([step]))
    record = next((each for each in sheet.inputs if each.unit == "currency"), sheet.inputs[0])
    change = Cells({sheet.place(record): "=[1]Sheet1!$B$2"})
    yield Case(sheet.subject, "F11 an input from another workbook", ("F11",), (str(record.cell),), change, ("openpyxl",))
