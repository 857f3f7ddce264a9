"""Sheets of formulas and labels that are compared with one another: each makes some comparison go through all for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kgisheet.values.a1 import column as letters

from .books import Content, ours, typed
from .formulas import column, numbers
from .kinds import KINDS, READ, Kind

Sheet = Mapping[str, Content]

_MANY = 20_000
_ROWS = range(300, 300 + _MANY)


def _block(of: Callable[[int, str], Content], cols: range, rows: range) -> Sheet:
    """Cells of some columns and rows, each made of its row and the letters of its column."""
    return {f"{letters(col)}{row}": of(row, letters(col)) for col in cols for row in rows}


def _linked() -> tuple[Sheet, Sheet]:
    names = {f"J{row}": f"n{row}" for row in range(300, 304)}
    wide = range(10, 2010)
    return (
        {**_block(lambda row, col: f"=Sheet2!{col}{row}", wide, range(300, 304)), **names},
        {**_block(lambda *_: 1, wide, range(300, 304)), **names},
    )


def _halves() -> Sheet:
    figures = {**numbers(10_000, letter="K"), **numbers(10_000, letter="L")}
    below = range(10_300, 20_300)
    return {**figures, **{f"K{row}": "=SUM(K300:K5299)" for row in below}, **{f"L{row}": f"=SUM(L300:L{row - 1})" for row in below}}  # fmt: skip


SHEETS: dict[str, Callable[[], tuple[Sheet, ...]]] = {
    "100,000 short formulas alike": lambda: (column(lambda _: "=E1+1", 100_000),),
    "100,000 short formulas, each of its row": lambda: (column(lambda row: f"=E{row}+1", 100_000),),
    "60,000 formulas of a table": lambda: (_block(lambda row, _: f"=IFERROR(E{row}/F{row},0)*SUM(G{row}:H{row})", range(10, 13), _ROWS),),
    "a block of 50,000 formulas": lambda: (_block(lambda row, col: f"=$E{row}*{col}$2", range(10, 20), range(300, 5300)),),
    "a block of long sums": lambda: (_block(lambda row, col: "=" + "+".join(f"{col}{row + far}" for far in range(1000, 1140)), range(10, 30), range(300, 350)),),
    "an error, and a chain of 20,000 cells from it": lambda: ({"K299": "=1/0", **column(lambda row: f"=K{row - 1}+1", _MANY)},),
    "15,000 errors and areas beside them": lambda: (column(lambda row: f"=SUM(E1:E5)+1/0*{row}", 15_000),),
    "a circle of 10,000 cells, and 10,000 that need it": lambda: (
        {"K300": "=K10300", **column(lambda row: f"=K{row - 1}+1", 10_000, first=301), **column(lambda row: f"=K{row}", 10_000, "L")},
    ),
    "sums within a sum, over long stretches": lambda: (
        {**column(lambda row: f"=SUM(K{row + 400}:K99999)", 400), **column(lambda _: "=SUM(K300:K699)", 100, first=200_000)},
    ),
    "sums a million rows below what they add up": lambda: (column(lambda _: "=SUM(K1:K2)", 200, first=1_048_000),),
    "10,000 sums that leave half of their column out": lambda: (_halves(),),
    "20,000 formulas of another sign in turn": lambda: (
        {**column(lambda row: f"=E{row}{'*+'[row % 2]}F{row}", _MANY), **column(lambda row: f"=E{row}*F{row}", _MANY, "L")},
    ),
    "references to another sheet in the last column": lambda: (
        {f"XFD{row}": f"=Sheet2!A{row}" for row in range(1, _MANY)},
        {f"A{row}": row for row in range(1, _MANY)},
    ),
    "2,000 columns of references to another sheet": _linked,
    "one formula beside 190,000 figures": lambda: ({"K1": "=B2+1", **_block(lambda *_: 1, range(20), range(300, 9800))},),
    "ranks of 10,000 rows": lambda: (
        {**column(lambda row: "AB"[row % 2], 10_000, "J"), **column(lambda row: f"=L{row}*M{row % 5000 + 20_000}", 10_000), **numbers(10_000, letter="L")},
    ),
    "areas that are as wide as they are high": lambda: (column(lambda row: f"=SUM({','.join([f'A{row}:CZ9999'] * 600)})", 100),),
    "600 figures typed as texts, and 15,000 areas": lambda: (
        {**{f"A{row}": "受注数" for row in range(20, 600)}, **{f"B{row}": "3件" for row in range(20, 600)}, **column(lambda row: f"=SUM(A{row}:C2)", 15_000)},
    ),
    "totals of every other column": lambda: (
        {
            **{f"{letters(col)}19": "合計" if col % 2 else "1月" for col in range(1, 200)},
            **_block(lambda row, col: f"=SUM({col}1:{col}3)" if row % 2 else f"={col}5*2", range(1, 200), range(20, 120)),
        },
    ),
}  # fmt: skip
"""The sheets of a workbook, the first with a goal sheet above them; what of it is compared, `freeform.laws` and `freeform.rules` say."""

for _name, _sheets in SHEETS.items():
    KINDS[f"{_name}, typed"] = Kind(lambda sheets=_sheets: typed(*sheets()), READ, heavy=True)
    KINDS[f"{_name}, ours"] = Kind(lambda sheets=_sheets: ours(sheets()[0]), READ, heavy=True)
