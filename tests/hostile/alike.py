"""Goal sheets in which very much is compared with very much: months by the hundred, sheets by the hundred, texts by the thousand."""

from __future__ import annotations

from collections.abc import Iterable

from kgisheet.values.a1 import column as letters

from .books import Content, typed
from .kinds import READ, kind

FUNNEL = ("売上", "受注単価", "受注件数", "受注率", "商談数", "商談化率", "リード数")
_PRICE = 200_000
_MONTHS = 12


def table(blocks: int, *, wrong: Iterable[tuple[int, int, int]] = ()) -> dict[str, Content]:
    """The same funnel again and again below one line of months; ``wrong``: the block, row and month of a figure that is one more."""
    cells: dict[str, Content] = {f"{letters(month)}1": f"{month}月" for month in range(1, _MONTHS + 1)}
    for block in range(blocks):
        for at, name in enumerate(FUNNEL):
            cells[f"A{2 + block * len(FUNNEL) + at}"] = name
        for month in range(1, _MONTHS + 1):
            deals = (block * 5 + month * 7) % 37 + 3
            for at, figure in enumerate((deals * _PRICE, _PRICE, deals, 0.25, deals * 4, 0.2, deals * 20)):
                cells[f"{letters(month)}{2 + block * len(FUNNEL) + at}"] = figure
    for block, at, month in wrong:
        place = f"{letters(month)}{2 + block * len(FUNNEL) + at}"
        figure = cells[place]
        assert not isinstance(figure, str)
        cells[place] = figure + 1 + figure // 10
    return cells


def below(cells: dict[str, Content], by: int = 20) -> dict[str, Content]:
    """Cells so many rows further down, below the goals that every sheet typed by hand has."""
    return {f"{at.rstrip('0123456789')}{int(at.lstrip('ABCDEFGHIJKLM')) + by}": each for at, each in cells.items()}


@kind("a funnel 83 times below one line of months", *READ, heavy=True)
def right() -> bytes:
    return typed(below(table(83)))


@kind("a funnel 83 times below one line of months, one figure of each wrong", *READ, heavy=True)
def some_wrong() -> bytes:
    return typed(below(table(83, wrong=((block, 4, block % 12 + 1) for block in range(83)))))


@kind("a funnel 83 times below one line of months, a figure of each month wrong", *READ, heavy=True)
def all_wrong() -> bytes:
    return typed(below(table(83, wrong=((block, 2 + 2 * (month % 3), month) for block in range(83) for month in range(1, 13)))))


@kind("150 sheets with a funnel of twelve months", *READ, heavy=True)
def sheets() -> bytes:
    return typed({}, *(table(1) for _ in range(150)))


@kind("150 sheets with a funnel of twelve months, a figure of each month wrong", *READ, heavy=True)
def sheets_all_wrong() -> bytes:
    return typed({}, *(table(1, wrong=((0, 2 + 2 * (month % 3), month) for month in range(1, 13))) for _ in range(150)))


@kind("60,000 different texts", *READ, heavy=True)
def texts() -> bytes:
    return typed({f"J{row}": f"項目{row}の{row * 7919 % 100_003}について" for row in range(20, 60_020)})
