"""Workbooks of ours whose hidden sheet says something else: each value and shape of the record, of the plan and the template in it, in turn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import stored
from conftest import page_and_months, page_only
from seeding import package

from kgisheet.worksheet import provenance
from kgisheet.xlsx.read.reader import read

from .books import packed

_HOLE = "@hole@"

VALUES: dict[str, str] = {
    "null": "null", "true": "true", "0": "0", "-1": "-1", "1.5": "1.5", "1e999": "1e999", "-1e999": "-1e999", "NaN": "NaN", "10^30": "1" + "0" * 30,
    "50,000 digits": "7" * 50_000, "1e-400": "1e-400", "a text": '"abc"', "an empty text": '""', "a formula": '"=1/0"', "another's formula": '"=SUM(A1:XFD1048576)"',
    "a lone surrogate": '"\\ud800"', "a text of 1 MB": '"' + "x" * 1_000_000 + '"', "a NUL": '"\\u0000"', "an empty list": "[]", "an empty table": "{}",
    "a list of lists": "[[[[]]]]", "a list of nulls": "[null,null]", "a table of tables": '{"a":{"a":{"a":{}}}}', "5,000 lists deep": "[" * 5000 + "]" * 5000,
    "5,000 tables deep": '{"a":' * 5000 + "1" + "}" * 5000, "a list of 100,000": "[" + "1," * 99_999 + "1]", "no JSON": "{",
}  # fmt: skip
"""What is put in the place of a value, as JSON; the last is none."""

PLACES: dict[str, list[Any]] = {
    "10^6 rows": ["目標設定", "B2", 10**6], "10^30 rows": ["目標設定", "B2", 10**30], "10^6 by 10^6": ["目標設定", "B2", 10**6, 10**6],
    "the whole sheet": ["目標設定", "A1", 1048576, 16384], "below the last row": ["目標設定", "B9999999999", 1], "beyond the last column": ["目標設定", "ZZZZZZZZZZZZ2", 1],
    "row 0": ["目標設定", "B0", 1], "-5 rows": ["目標設定", "B2", -5], "0 rows": ["目標設定", "B2", 0], "true rows": ["目標設定", "B2", True], "1.5 rows": ["目標設定", "B2", 1.5],
    "no sheet": [None, "B2", 1], "another sheet": ["xyz", "B2", 1], "too short": ["目標設定"], "no address": ["目標設定", "", 1], "a word": ["目標設定", "abc", 1],
    "full width": ["目標設定", "Ｂ２", 1], "digits of 5,000": ["目標設定", "B" + "9" * 5000, 1],
}  # fmt: skip
"""What is put in the place of a name's cells."""

LINES = {
    "1e999": "1e999", "nan": "nan", "-inf": "-inf", "50,000 digits": "7" * 50_000, "10^30": "1" + "0" * 30, "true": "true", "a text": '"abc"', "an empty list": "[]", "an empty table": "{}",
    "a date": "1979-05-27", "a list of lists": "[[[[]]]]", "5,000 lists deep": "[" * 5000 + "]" * 5000, "a text of 1 MB": '"' + "x" * 1_000_000 + '"', "a formula": '"=1/0"', "no TOML": "[",
}  # fmt: skip
"""What is put behind the ``=`` of a line of the plan, or of the template."""

FORMULAS = {
    "a square": "{0} * {0}", "powers": " * ".join(["({0} * {0})"] * 60), "a number of 500 digits": "7" * 500, "a number of 5,000 digits": "7" * 5000, "brackets": "(" * 3000 + "{0}" + ")" * 3000,
    "a long sum": " + ".join(["{0}"] * 3000), "itself": "{1}", "nothing known": "abc / def", "a text": "'abc'", "minus": "-" * 3000 + "{0}",
}  # fmt: skip
"""What a cell of the template is made of instead: of a cell (0), of itself (1)."""


@cache
def record(months: bool = False) -> dict[str, Any]:
    return read(page_and_months() if months else page_only(), "goal.xlsx").carried


def workbook(texts: dict[str, str], months: bool = False) -> bytes:
    """The worked example with a record of these texts, by key."""
    parts = package.unpacked(page_and_months() if months else page_only())
    hidden = package.part_of(parts, provenance.SHEET)
    rows: list[str] = []
    for key, text in texts.items():
        for number, at in enumerate(range(0, max(len(text), 1), 30_000), 1):
            piece = escape(text[at : at + 30_000].replace("_x", "\\u005fx"))
            cells = f'<c t="inlineStr"><is><t>{escape(key)}</t></is></c><c><v>{number}</v></c><c t="inlineStr"><is><t xml:space="preserve">|{piece}|</t></is></c>'
            rows.append(f"<row>{cells}</row>")
    parts[hidden] = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{''.join(rows)}</sheetData></worksheet>"
    ).encode()
    return packed(parts)


def hurt(data: bytes) -> bytes:
    """The workbook with a figure typed over a result: the won deals."""
    parts = package.unpacked(data)
    sheet, cell = stored.places(page_only())["won_deals"]
    part = package.part_of(parts, sheet)
    text, times = re.subn(rf'(<c r="{cell}"[^>]*>)<f>.*?</f><v>[^<]*</v>', r"\1<v>99</v>", parts[part].decode())
    assert times == 1
    parts[part] = text.encode()
    return packed(parts)


def texts(months: bool = False) -> dict[str, str]:
    """The record as it is, by key."""
    return _texts(record(months))


def _texts(content: dict[str, Any]) -> dict[str, str]:
    return {key: json.dumps(value, ensure_ascii=True) for key, value in content.items()}


def _paths(value: Any, most: int) -> Iterator[tuple[Any, ...]]:
    """Yield the paths into a value: itself, then some of each table and list, down to what holds nothing."""
    yield ()
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    step = max(1, len(keys) // most)
    for key in keys[::step][:most]:
        yield from ((key, *rest) for rest in _paths(value[key], most))


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    made = dict(value) if isinstance(value, dict) else list(value)
    made[path[0]] = _with(value[path[0]], path[1:], new)
    return made


def _lines(text: str, most: int) -> Iterator[tuple[int, str]]:
    """Yield some of the lines of a TOML that say ``key = value``."""
    found = [(at, line) for at, line in enumerate(text.splitlines()) if " = " in line and not line.startswith("#")]
    yield from found[:: max(1, len(found) // most)][:most]


def _line(text: str, at: int, value: str) -> str:
    lines = text.splitlines()
    lines[at] = f"{lines[at].partition(' = ')[0]} = {value}"
    return "\n".join(lines)


Made = Callable[[], bytes]


def made(most: int = 3, months: bool = False) -> Iterator[tuple[str, Made]]:
    """Yield the workbooks: what is tampered with, and how one is made; ``most`` values of each table and list are."""
    content = record(months)
    whole = _texts(content)
    yield "no record", lambda: workbook({}, months)
    for key in content:
        yield f"{key}: gone", lambda key=key: workbook({each: text for each, text in whole.items() if each != key}, months)
        for path in _paths(content[key], most):
            named = ".".join(map(str, (key, *path)))[:60]
            for what, raw in VALUES.items():
                text = json.dumps(_with(content[key], path, _HOLE), ensure_ascii=True).replace(f'"{_HOLE}"', raw, 1)
                yield f"{named}: {what}", lambda key=key, text=text: workbook({**whole, key: text}, months)
    for name in list(content["names"])[:: max(1, len(content["names"]) // (3 * most))]:
        for what, place in PLACES.items():
            yield (
                f"names.{name} at {what}",
                lambda n=name, p=place: workbook({**whole, "names": json.dumps({**content["names"], n: p})}, months),
            )
    for what, place in PLACES.items():
        yield (
            f"all names at {what}",
            lambda p=place: workbook({**whole, "names": json.dumps(dict.fromkeys(content["names"], p))}, months),
        )
    for at, line in _lines(content["plan"], 8 * most):
        for what, raw in LINES.items():
            yield (
                f"plan, {line.partition(' = ')[0]}: {what}",
                lambda at=at, raw=raw: workbook({**whole, "plan": json.dumps(_line(content["plan"], at, raw))}, months),
            )
    yield (
        "plan: 1,000 channels",
        lambda: workbook(
            {**whole, "plan": json.dumps(content["plan"] + '\n[[channel]]\nname = "x"\nshare = "1%"\n' * 1000)}, months
        ),
    )
    yield (
        "generated: 50,000 sheets",
        lambda: workbook({**whole, "generated": json.dumps({str(n): {"A1": n} for n in range(50_000)})}, months),
    )
    unread = {title: dict.fromkeys(cells, "=" + "(" * 3000) for title, cells in content["generated"].items()}
    yield "generated: nothing but brackets", lambda: workbook({**whole, "generated": json.dumps(unread)}, months)
    for number, (name, text) in enumerate(content["sources"]):

        def sourced(new: str, number: int = number) -> bytes:
            return workbook({**whole, "sources": json.dumps(_with(content["sources"], (number, 1), new))}, months)

        for at, line in _lines(text, 10 * most):
            for what, raw in LINES.items():
                yield (
                    f"{name}:{at + 1} {line.partition(' = ')[0].strip()}: {what}",
                    lambda at=at, raw=raw, text=text, sourced=sourced: sourced(_line(text, at, raw)),
                )
        for at, _ in [each for each in _lines(text, 10**6) if each[1].startswith("formula")][:: max(1, 40 // most)]:
            for what, raw in FORMULAS.items():
                new = '"' + raw.replace("{0}", "web_revenue").replace("{1}", "won_deals") + '"'
                yield (
                    f"{name}:{at + 1} formula: {what}",
                    lambda at=at, new=new, text=text, sourced=sourced: sourced(_line(text, at, new)),
                )
        yield f"{name}: 300 cells squared", lambda text=text, sourced=sourced: sourced(text + _chain(300))
        yield f"{name}: 20,000 cells in a chain", lambda text=text, sourced=sourced: sourced(text + _chain(20_000, "+ 1"))
        yield f"{name}: lists that double", lambda text=text, sourced=sourced: sourced(text + _DOUBLING)
        yield f"{name}: of 3 MB", lambda text=text, sourced=sourced: sourced(text + "\n# x" * 750_000)
        yield (
            f"{name}: 500 times",
            lambda name=name, text=text: workbook({**whole, "sources": json.dumps([[name, text]] * 500)}, months),
        )


_DOUBLING = '\n[list]\nl0 = [{ name = "a" }]\n' + "".join(
    f'l{n + 1} = [{{ each = "x in l{n}" }}, {{ each = "y in l{n}" }}]\n' for n in range(24)
)


def _chain(size: int, step: str = "") -> str:
    """Cells of a template, each made of the one before: its square, unless something else is said."""
    cells = ['\n[[section]]\nkey = "chained"\nkind = "list"\ntitle = { ja = "x", en = "x" }\n']
    for n in range(size):
        of = f"chain_{n - 1}" if n else "win_rate"
        cells.append(
            f'[[section.cell]]\nname = "chain_{n}"\nunit = "rate"\nlabel = {{ ja = "x{n}", en = "x{n}" }}\nformula = "{of} {step or f"* {of}"}"\n'
        )
    return "".join(cells)
