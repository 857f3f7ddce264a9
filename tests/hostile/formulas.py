"""Workbooks whose formulas ask for too much, each as small as it can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import kinds
from .books import Content, ours, typed

Cells = Mapping[str, Content]


def column(formula: Callable[[int], Content], size: int, letter: str = "K", first: int = 300) -> dict[str, Content]:
    """A column of cells, each made of the number of its row."""
    return {f"{letter}{row}": formula(row) for row in range(first, first + size)}


def numbers(size: int, first: int = 300, letter: str = "E") -> dict[str, Content]:
    return column(lambda row: row, size, letter, first)


def _squares(size: int) -> dict[str, Content]:
    return {"K300": 1.0000001, **column(lambda row: f"=K{row - 1}*K{row - 1}", size, first=301)}


def _quotients(size: int) -> dict[str, Content]:
    return {"K300": "=1/3", **column(lambda row: f"=1/(K{row - 1}+1/{row})", size, first=301)}


def _doubled(size: int) -> dict[str, Content]:
    return {"K300": "xxxxxxxxxx", **column(lambda row: f"=K{row - 1}&K{row - 1}", size, first=301)}


def _same(formula: str, size: int) -> dict[str, Content]:
    """One formula in many cells; ``{}`` is the row."""
    return column(formula.format, size)


_STARS = "*a" * 12
_LONG = "a" * 5000 + "b"

CELLS: dict[str, Callable[[], Cells]] = {
    "powers of powers": lambda: _same("=((1.0000001^64)^64)^64", 50),
    "powers of powers, POWER()": lambda: _same("=POWER(POWER(POWER(1.0000001,64),64),64)", 50),
    "a chain of squares": lambda: _squares(60),
    "a chain of fractions": lambda: _quotients(8000),
    "a product of many fractions": lambda: {**column(lambda row: f"=1/{row * 7919 + 1}", 3000), "L1": "=PRODUCT(K300:K3299)"},
    "a sum of many fractions": lambda: {**column(lambda row: f"=1/{row * 7919 + 1}", 6000), "L1": "=SUM(K300:K6299)", "L2": "=SUMSQ(K300:K6299)"},
    "numbers of 8,000 digits": lambda: _same("=" + "7" * 8000 + "/{}", 40),
    "numbers of 8,000 decimals": lambda: _same("=1." + "7" * 7900 + "*{}", 40),
    "texts of 8,000 digits as numbers": lambda: {"L300": "9" * 8000, "L301": "1." + "9" * 8000, **_same("=L$300+L$301+{}", 40)},
    "FIXED with a million decimals": lambda: _same("=FIXED(1/3,1000000)", 20),
    "FIXED with 1E300 decimals": lambda: _same("=FIXED(1/3,1E300)", 20),
    "ROUND with huge digits": lambda: _same("=ROUND(1/3,1E9)+ROUNDUP(1/3,-1E9)+TRUNC(1/3,1E300)", 200),
    "CEILING and MOD of very small steps": lambda: _same("=CEILING(1E308,1E-300)+MOD(1E308,1E-300)+MROUND(1E308,1E-300)", 200),
    "dates out of any calendar": lambda: _same("=DATE(1E300,1E300,1E300)+EDATE(1E300,-1E300)+YEAR(1E300)", 200),
    "REPT of a million": lambda: _same('=REPT("abc",1000000)', 200),
    "texts doubled forty times": lambda: _doubled(40),
    "nested SUBSTITUTE": lambda: _same("=" + "SUBSTITUTE(" * 20 + '"aa"' + ',"a","aaaaaaaa")' * 20, 20),
    "CONCAT of long texts": lambda: {"L300": _LONG, **_same("=" + "CONCATENATE(" * 20 + "L$300" + ",L$300,L$300)" * 20, 20)},
    "patterns with many stars": lambda: {"L300": _LONG, **_same(f'=COUNTIF(L$300:L$300,"{_STARS}c")', 300)},
    "SUMIF with many stars": lambda: {**column(lambda _: "a" * 400, 50, "L"), **_same(f'=SUMIF(L$300:L$349,"{_STARS}c",E300:E349)', 300)},
    "MATCH with many stars": lambda: {"L300": _LONG, **_same(f'=MATCH("{_STARS}c",L$300:L$300,0)', 300)},
    "SEARCH with many stars": lambda: {"L300": _LONG, **_same(f'=SEARCH("{_STARS}c",L$300)', 300)},
    "20,000 large sums": lambda: {**numbers(500), **_same("=SUM(E1:E99999)", 20_000)},
    "SUMPRODUCT over 100,000 cells in many": lambda: {**numbers(500), **_same("=SUMPRODUCT((E1:E99999>3)*(E1:E99999<{}))", 500)},
    "lookups over 100,000 cells": lambda: {**numbers(500), **_same("=VLOOKUP({},E1:F50000,2)+MATCH(-1,E1:E99999)", 500)},
    "a sum of sums of sums": lambda: column(lambda row: f"=SUM(K$299:K{row - 1})+1", 8000),
    "each doubles the last, twice": lambda: column(lambda row: f"=K{row - 1}+K{row - 1}-K{row - 1}", 5000),
    "a chain of 20,000 cells": lambda: {"K299": 1, **column(lambda row: f"=K{row - 1}+1", 20_000)},
    "a chain of 20,000 cells, backwards": lambda: column(lambda row: f"=K{row + 1}+1", 20_000),
    "a circle of 20,000 cells": lambda: {**column(lambda row: f"=K{row - 1}+1", 20_000, first=301), "K300": "=K20300"},
    "many circles": lambda: {**column(lambda row: f"=SUM(K$300:K$2299)+{row}", 2000)},
    "brackets": lambda: _same("=" + "(" * 90 + "1" + ")" * 90, 5000),
    "90 IFs within one another": lambda: _same("=" + "IF(1," * 90 + "1" + ",2)" * 90, 3000),
    "long sums": lambda: _same("=" + "+".join(["E300"] * 140) + "+{}", 5000),
    "long lists of arguments": lambda: {**numbers(200), **_same("=SUM(" + ",".join(["E300:E499"] * 700) + ",{})", 120)},
    "names of nothing": lambda: _same("=" + "+".join(f"name{n}" for n in range(140)), 2000),
    "long names": lambda: _same("=" + "n" * 8000, 120),
    "a long text in quotes": lambda: _same('="' + '""' * 4000 + '"', 120),
    "quotes without an end": lambda: _same("='" + "''" * 4000, 120),
    "sheets' names without an end": lambda: _same("=" + "'a" * 4000, 120),
    "a file's name without an end": lambda: _same("=" + "[1]" * 2700, 120),
    "letters of no function": lambda: _same("=" + "a." * 4000 + "!", 120),
    "#REF! again and again": lambda: _same("=" + "#REF!" * 1600, 120),
    "a number of points": lambda: _same("=" + "1.." * 2700, 120),
    "arrays": lambda: _same("={{" + "1," * 4000 + "1}}", 120),
}  # fmt: skip
"""What stands in the cells, by kind: on a page of ours, and on a goal sheet that was typed."""

_BEYOND = ("powers of powers", "a chain of squares", "numbers of 8,000", "20,000 large sums", "SUMPRODUCT over", "long sums")
"""The kinds that no budget suffices for: never ok."""


def _register() -> None:
    for name, cells in CELLS.items():
        may = kinds.Kind._field_defaults["may"] if name.startswith(_BEYOND) else kinds.READ
        kinds.KINDS[f"{name}, ours"] = kinds.Kind(lambda cells=cells: ours(cells()), may, heavy=True)
        kinds.KINDS[f"{name}, typed"] = kinds.Kind(lambda cells=cells: typed(cells()), may, heavy=True)


_register()
