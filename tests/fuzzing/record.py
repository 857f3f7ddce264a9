"""What a workbook of ours carries on its hidden sheet, written by somebody else: as foreign as all the rest of it."""

from __future__ import annotations

import copy
import functools
import random
import re
from collections.abc import Callable
from typing import Any

from conftest import page_and_months, page_only
from seeding import package

from kgisheet import api
from kgisheet.worksheet import provenance
from kgisheet.xlsx.read.reader import read

from . import damage
from .books import NAME
from .damage import Parts
from .trial import Answer, Trial, of_report

BASES: dict[str, Callable[[], bytes]] = {"page": page_only, "months": page_and_months}

ODD: list[Any] = [None, True, False, 0, -1, 1, 2.5, 1e308, float("inf"), float("nan"), 10**30, 10**400, "", "x", "1e999", "=1+1", "\ud800", "\u0000", "𠮷" * 40, "a" * 40_000, "9" * 6000,
                  [], {}, [[]], [None], {"": None}, [1] * 1000, {"a": {"b": {"c": {}}}}, "A1:XFD1048576", "../..", "2026-13", "{}", "standard", [[0, 0], 1], ["", 0, ""]]  # fmt: skip
TEXTS = [
    "",
    "{",
    "[" * 50_000,
    "{" + '"a":{' * 5000,
    "1e999",
    "-",
    "NaN",
    '"\\ud800"',
    "null",
    "true",
    "9" * 50_000,
    "[" + "1," * 100_000 + "1]",
    '{"a":1,"a":2}',
    "\u0000",
    '"|"',
    "[1] 2",
]


@functools.cache
def carried(base: str) -> dict[str, Any]:
    return read(BASES[base](), NAME).carried


def trial(pick: random.Random) -> Trial:
    """A record with something in it of another kind, or its rows spoilt; then one of the commands that read it."""
    base = pick.choice(tuple(BASES))
    rows, kind = _rows(pick, base)
    data = with_rows(dict(package.unpacked(BASES[base]())), rows)
    command = pick.choices(tuple(COMMANDS), (4, 1, 1, 2, 1, 1))[0]
    return Trial(f"{kind}, {command}", {NAME: data}, lambda: COMMANDS[command](data))


def _rows(pick: random.Random, base: str) -> tuple[list[tuple[Any, ...]], str]:
    content = carried(base)
    how = pick.random()
    if how < 0.72:
        made = copy.deepcopy(content)
        for _ in range(pick.choice((1, 1, 1, 2, 4))):
            spoil(pick, made)
        return encoded(made), "values"
    rows: list[tuple[Any, ...]] = list(provenance.encode(content))
    at = pick.randrange(len(rows))
    key, number, piece = rows[at]
    if how < 0.82:
        rows[at] = key, number, f"|{damage.bytes_of(pick, piece[1:-1].encode(), 2).decode('utf-8', 'replace')}|"
        return rows, "characters"
    if how < 0.9:
        rows = [each for each in rows if each[0] != key] + [(key, 1, f"|{pick.choice(TEXTS)}|"[:32_000])]
        return rows, "no JSON"
    rows[at] = pick.choice(
        (
            (key, pick.choice((0, -1, 1e308, "x", None, 2.5)), piece),
            (pick.choice((7, None, "", "plan", "nobody")), number, piece),
            (key, number, piece[:-1]),
            (key, number, 7),
        )
    )
    if pick.random() < 0.3:
        pick.shuffle(rows)
    return rows, "rows"


def encoded(content: dict[str, Any]) -> list[tuple[Any, ...]]:
    """As ``provenance.encode``, of what JSON has no words for too."""
    found: list[tuple[Any, ...]] = []
    for key, value in content.items():
        try:
            found += provenance.encode({key: value})
        except (ValueError, TypeError, RecursionError):
            continue
    return found


def spoil(pick: random.Random, content: Any) -> None:
    """One value at any depth gone, doubled, exchanged, or of another kind."""
    at: Any = content
    for _ in range(pick.randint(0, 6)):
        inner = [each for each in (at.values() if isinstance(at, dict) else at) if isinstance(each, (dict, list)) and each]
        if not inner:
            break
        at = pick.choice(inner)
    if not at:
        return
    keys = list(at) if isinstance(at, dict) else list(range(len(at)))
    key, other = pick.choice(keys), pick.choice(keys)
    how = pick.random()
    if how < 0.15:
        del at[key]
    elif how < 0.25:
        at[key], at[other] = at[other], at[key]
    elif how < 0.3 and isinstance(at, dict):
        at[pick.choice(("x", "", "name", "1", "won_deals"))] = at.pop(key)
    elif how < 0.38:
        at[key] = [at[key]] * pick.choice((1, 2, 500))
    elif how < 0.5 and isinstance(at[key], str) and at[key]:
        at[key] = damage.bytes_of(pick, at[key].encode("utf-8", "surrogatepass"), 2).decode("utf-8", "replace")
    elif how < 0.55 and isinstance(at[key], (int, float)) and not isinstance(at[key], bool):
        at[key] = pick.choice((-at[key], at[key] * 1e9 if abs(at[key]) < 1e300 else 0, str(at[key]), at[key] + 1, 10**15))
    else:
        at[key] = copy.deepcopy(pick.choice(ODD))  # the next one spoilt may be within it


def with_rows(parts: Parts, rows: list[tuple[Any, ...]]) -> bytes:
    """The workbook with other rows on its hidden sheet."""
    name = package.part_of(parts, provenance.SHEET)
    cells = "".join(
        f'<row r="{number}">{"".join(_cell(f"{column}{number}", value) for column, value in zip("ABC", row, strict=True))}</row>'
        for number, row in enumerate(rows, 1)
    )
    text = parts[name].decode()
    text = re.sub(r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{cells}</sheetData>", text, flags=re.S)
    return damage.packed(parts | {name: text.encode("utf-8", "replace")})


def _cell(at: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f'<c r="{at}"><v>{value!r}</v></c>'
    text = (
        re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "?", value)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
    )
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


# -- who reads it ------------------------------------------------------------------


def _checked(data: bytes) -> Answer:
    return of_report(api.check(data, NAME))


def _monthly(data: bytes) -> Answer:
    made = api.regenerate(data, NAME)
    return Answer("ok", (made.changes, made.conflicts))


COMMANDS: dict[str, Callable[[bytes], Answer]] = {
    "check": _checked,
    "extract": lambda data: Answer("ok", api.extract(data, NAME)),
    "show": lambda data: Answer("ok", api.records_of_book(data, NAME)),
    "monthly": _monthly,
    "upgrade": lambda data: Answer("ok", api.upgrade(data, NAME).left),
    "collect": lambda data: Answer("ok", repr(api.answer(data, NAME, "en"))),
}
