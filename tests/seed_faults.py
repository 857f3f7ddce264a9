"""Faults planted in workbooks, and edits that do no harm: what does `check` find?

    .venv/bin/python tests/seed_faults.py [TEMPLATE...]

Each fault is made with openpyxl, as a colleague would type it, and saved by
LibreOffice, which recalculates; stale values are made by editing the XML.
Prints, per class: how many were planted, found, found at the exact cell with the
right code, and how many errors and warnings each one gave.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import openpyxl
import referee
from conftest import book

from kgisheet import api


class Case(NamedTuple):
    """One workbook: what was done, where, and the code that must come of it (None: none may)."""

    kind: str
    cell: str | None
    code: str | None
    data: bytes
    saved: bool  # already as it should be: not to be recalculated


Edit = Callable[[openpyxl.Workbook], None]


def edited(data: bytes, edit: Edit) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    edit(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def setter(sheet: str, cell: str, value: Any) -> Edit:
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook[sheet][cell].value = value

    return edit


def faults(data: bytes) -> Iterator[Case]:
    records = {each.name: each for each in api.records_of_book(data, "x")[1]}
    chain = [name for name in records if re.match(r"(won_deals|opportunities|required_meetings|other_revenue|meetings|leads|visits"
                                                  r"|channel_(meetings|leads|visits))(\[\d+\])?(_exact(\[\d+\])?)?$", name)]  # fmt: skip
    for name in chain:
        record = records[name]
        if record.formula is None:
            continue

        def case(kind: str, code: str, value: Any, record: Any = record) -> Case:
            return Case(kind, record.cell, code, edited(data, setter(record.sheet, record.cell, value)), False)

        formula = record.formula
        yield case("overwritten with another number", "F01", (record.value or 0) + 7)
        yield case("overwritten with its own number", "F01", record.value)
        yield case("plug", "F05", f"{formula}+1000")
        yield case("broken reference", "F06", f"=#REF!+{formula[1:]}")
        yield case("refers to itself", "F08", f"{formula}+{record.cell}")
        yield case("another workbook", "F11", f"{formula}+[1]Sheet1!$A$1")
        if "/" in formula:
            yield case("operator", "F02", re.sub(r"/(?=[a-zA-Z])", "*", formula, count=1))
        if "ROUNDUP" in formula:
            yield case("another rounding", "F02", formula.replace("ROUNDUP", "ROUND"))
            yield case("a branch that isn't active", "F02", formula.replace("ROUNDDOWN(", "ROUNDUP("))
        if match := re.search(r"SUM\((channel_\w+)\)", formula):
            block = [each for each in records.values() if each.name.startswith(f"{match[1]}[")]
            column, first = re.match(r"([A-Z]+)(\d+)", str(block[0].cell)).groups()  # type: ignore[union-attr]
            short = f"{column}{first}:{column}{int(first) + 1}"
            yield case("sum leaves out a channel", "F03", formula.replace(match[0], f"SUM({short})"))
            yield case("counted twice", "F04", formula.replace(match[0], f"{match[0]}+{column}{first}"))
        if match := re.search(r"([A-Z]+)(\d+)/([A-Z]+)(\d+)", formula):
            near = f"{match[1]}{match[2]}/{match[3]}{int(match[4]) + (1 if int(match[4]) % 2 else -1)}"
            if str(int(match[4]) + (1 if int(match[4]) % 2 else -1)) in {
                re.sub(r"\D", "", str(r.cell)) for r in records.values() if r.name.startswith("channel_name[")
            }:
                yield case("another channel's rate", "F09", formula.replace(match[0], near))
    inputs = [each for each in records.values() if each.role == "input" and each.unit in ("currency", "rate") and each.value]
    for record in inputs:
        rate = record.unit == "rate"
        typed: list[tuple[str, str, Any]] = [
            ("a number typed as text", "I01", f"{record.value * 100:g}％" if rate else f"{record.value / 10000:,.0f}万円"),
            ("a date in a number cell", "I08", __import__("datetime").datetime(2026, 1, 2)),
            ("TRUE as a number", "I09", True),
        ]
        if rate:
            typed += [("percent typed as 30", "I03", record.value * 100 + 1), ("negative", "I06", -record.value)]
        if record.name != "web_revenue" and not record.name.startswith(("channel_cvr", "total")):
            typed.append(("left blank", "I06", None))
        if rate and not record.name.startswith(("channel_cvr", "channel_share")):
            typed.append(("a fraction in a percent cell", "I04", record.value / 100))
        for kind, code, value in typed:
            # LibreOffice makes a plain 1 of TRUE in a percent cell: nothing would be left to find.
            saved = value is True
            yield Case(kind, record.cell, code, edited(data, setter(record.sheet, record.cell, value)), saved)
    share = records["channel_share[1]"]
    if share.role == "input":
        yield Case("shares don't add up", None, "X01", edited(data, setter(share.sheet, share.cell, share.value / 2)), False)
    web, total = records["web_revenue"], records["total_revenue"]
    yield Case("web revenue above total", None, "X07", edited(data, setter(total.sheet, total.cell, web.value / 2)), False)
    overall = records["overall"]
    yield Case(
        "the overall state overwritten",
        overall.cell,
        "F01",
        edited(data, setter(overall.sheet, overall.cell, overall.value)),
        False,
    )
    rounding = records["rounding"]
    yield Case(
        "a choice that isn't one", rounding.cell, "I10", edited(data, setter(rounding.sheet, rounding.cell, "てきとう")), False
    )
    for name in ("won_deals", "channel_leads", "win_rate"):
        yield Case(
            "a name deleted", None, "F10", edited(data, lambda workbook, name=name: workbook.defined_names.pop(name)), False
        )
    yield from stale(data, inputs)
    settings: list[tuple[str, str, Edit]] = [
        ("manual calculation", "C03", lambda workbook: setattr(workbook.calculation, "calcMode", "manual")),
        ("iterative calculation", "C04", lambda workbook: setattr(workbook.calculation, "iterate", True)),
        ("precision as displayed", "C05", lambda workbook: setattr(workbook.calculation, "fullPrecision", False)),
        ("a hidden row", "S05", lambda workbook: setattr(workbook[web.sheet].row_dimensions[int(re.sub(r"\D", "", str(web.cell)))], "hidden", True)),
    ]  # fmt: skip
    for kind, code, edit in settings:
        yield Case(kind, None, code, edited(data, edit), True)


def stale(data: bytes, inputs: list[Any]) -> Iterator[Case]:
    """An input changed in the XML, every cached value left as it was."""
    for record in inputs[:4]:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                part = source.read(name)
                if name == "xl/worksheets/sheet2.xml":
                    pattern = rf'(<c r="{record.cell}"[^>]*><v>)[^<]*(</v>)'.encode()
                    part, count = re.subn(pattern, rf"\g<1>{record.value / 2}\2".encode(), part)
                    assert count == 1
                target.writestr(name, part)
        yield Case("not recalculated", record.cell, "C01", out.getvalue(), True)


def harmless(data: bytes) -> Iterator[Case]:
    """Edits that come to the same, or are what the sheet is for."""
    records = {each.name: each for each in api.records_of_book(data, "x")[1]}

    def case(kind: str, name: str, value: Any) -> Case:
        record = records[name]
        return Case(kind, record.cell, None, edited(data, setter(str(record.sheet), str(record.cell), value)), False)

    yield Case("as it was written", None, None, data, True)
    yield Case("saved by openpyxl", None, None, edited(data, lambda workbook: None), True)
    yield Case("saved by LibreOffice", None, None, data, False)
    for name, record in records.items():
        formula = record.formula
        if formula is None or name.startswith("check_"):
            continue
        yield case("spaces", name, formula.replace(",", " , ").replace("=", "= ", 1))
        if re.search(r"(?<![A-Z$])[A-Z]{1,2}\d+(?![\d(])", formula):
            yield case("dollar signs", name, re.sub(r"(?<![A-Z$])([A-Z]{1,2})(\d+)(?![\d(])", r"$\1$\2", formula))
        if record.unit in ("count", "currency"):
            yield case("IFERROR around it", name, f'=IFERROR({formula[1:]},"")')
            yield case("brackets and + 0", name, f"=({formula[1:]})" if record.value is not None else formula)
    for choice in ("切り上げ", "四捨五入", "なし"):
        yield case("another rounding chosen", "rounding", choice)
    for choice in ("円", "千円", "百万円", "億円"):
        yield case("another display unit chosen", "display_unit", choice)
    for factor in (1, 2, 3):
        yield case("another goal typed", "web_revenue", records["web_revenue"].value * factor / 3)
        yield case("another price typed", "deal_size", records["deal_size"].value * factor * 1.1 // 1)
    for row in (1, 2):
        if f"channel_cvr[{row}]" in records:
            yield case("an offline channel", f"channel_cvr[{row}]", None)
            yield case("a small but real CVR", f"channel_cvr[{row}]", 0.003)

    def own_sheet(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.create_sheet("メモ")
        sheet["A1"] = "自分のメモ"
        sheet["B2"] = "=visits/12"

    yield Case("a sheet of one's own", None, None, edited(data, own_sheet), False)


class Outcome(NamedTuple):
    case: Case
    found: bool
    exact: bool
    findings: int


def judged(case: Case, data: bytes) -> Outcome:
    report = api.check(data, "book.xlsx")
    grave = [each for each in report.findings if each.severity != "note"]
    codes = {each.code for each in report.findings}
    found = bool(grave) or (case.code in codes)
    exact = any(each.code == case.code and case.cell in (None, each.cell) for each in report.findings)
    return Outcome(case, found, exact, len(grave))


def run(cases: list[Case]) -> list[Outcome]:
    """The cases as LibreOffice saves them, checked."""
    recalculated = iter(saved_by_libreoffice([case.data for case in cases if not case.saved]))
    return [judged(case, case.data if case.saved else next(recalculated)) for case in cases]


def saved_by_libreoffice(workbooks: list[bytes]) -> list[bytes]:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in")
        source.mkdir()
        for number, data in enumerate(workbooks):
            (source / f"{number:05d}.xlsx").write_bytes(data)
        made: list[Path] = []
        files = sorted(source.iterdir())
        for start in range(0, len(files), 100):
            made += referee.convert(files[start : start + 100], "xlsx", Path(folder, "out"))
        return [file.read_bytes() for file in made]


def table(outcomes: list[Outcome]) -> str:
    kinds: dict[tuple[str | None, str], list[Outcome]] = {}
    for each in outcomes:
        kinds.setdefault((each.case.code, each.case.kind), []).append(each)
    lines = [f"{'code':5} {'what':34} {'planted':>7} {'found':>6} {'exact':>6} {'each':>6}"]
    for (code, kind), group in sorted(kinds.items(), key=lambda item: (item[0][0] or "~", item[0][1])):
        per = sum(each.findings for each in group) / len(group)
        lines.append(
            f"{code or '-':5} {kind:34} {len(group):7} {sum(each.found for each in group):6} "
            f"{sum(each.exact for each in group):6} {per:6.2f}"
        )
    seeded = [each for each in outcomes if each.case.code]
    quiet = [each for each in outcomes if not each.case.code]
    if seeded:
        lines.append(
            f"faults: {len(seeded)} planted, {sum(e.found for e in seeded) / len(seeded):.1%} found, "
            f"{sum(e.exact for e in seeded) / len(seeded):.1%} at the exact cell with the right code, "
            f"{sum(e.findings for e in seeded) / len(seeded):.2f} findings each"
        )
    if quiet:
        lines.append(f"harmless edits: {len(quiet)}, with an error or warning: {sum(bool(e.findings) for e in quiet)}")
    return "\n".join(lines)


def main() -> None:
    outcomes: list[Outcome] = []
    for template in sys.argv[1:] or ["standard", "short", "access"]:
        data = book(template)
        outcomes += run([*faults(data), *harmless(data)])
    print(table(outcomes))
    for each in outcomes:
        if each.case.code and not each.exact:
            print(f"not exact: {each.case.code} {each.case.kind} at {each.case.cell}")
        if not each.case.code and each.findings:
            print(f"false alarm: {each.case.kind} at {each.case.cell}")


if __name__ == "__main__":
    main()
