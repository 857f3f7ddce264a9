"""A summary that says again what a table of its sheet has as its totals: 受注 62, 商談 250, 売上 9,600, and below them 62, 250 and 9,920.

Where counts and amounts that are called alike are the same but for one, that one is of an older state. Goals are often less, or
more, than what is planned for them: they are called so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...values.regex import regex
from ..read import lexicon, terms
from ..read.lexicon import TOTAL
from .judge import Law
from .law import EXACT, SAME, Case
from .lists import Figure
from .tables import PERCENT, Tables, Value

_LEAST, _FEWEST = 2, 3
_PRICE = terms.of("price", "mean", "each", "multiple")
_BRACKETS = regex(r"[(（].*?[)）]")


def on_top_again(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the figures of a list that a table has as its totals, by what they are called, but for one."""
    lists = [each for each in every if len(each) >= _FEWEST]
    totals = list(_totals(tables)) if lists else []
    for figures in lists:
        own = {each.value.where for each in figures}
        for line in totals:
            if own & {each.where for each in line.values()}:
                continue
            cases = [
                Case(SAME, each.value, (line[name],))
                for each in figures
                if (name := _name(each.label)) in line and line[name].kind == each.value.kind and not each.value.uses
            ]
            held = [each for each in cases if each.follows() == EXACT]
            failed = [each for each in cases if each not in held]
            sure = {each.result.exact for each in held if each.result.kind != PERCENT and not _is_price(figures, each.result)}
            if len(sure) >= _LEAST and len(failed) == 1:
                yield Law(SAME, tuple(held), tuple(failed))


def _totals(tables: Tables) -> Iterator[Mapping[str, Value]]:
    """Yield the figures of each column, and row, that is headed as a total of others beside it, by what their lines are called."""
    lines: dict[tuple[bool, int], dict[str, Value]] = {}
    for (row, col), value in tables.values.items():
        for across, at, head, name in (
            (True, col, tables.cells.heading(value.spot), tables.cells.label(value.spot)),
            (False, row, tables.cells.label(value.spot), tables.cells.heading(value.spot)),
        ):
            beside = (row, col - 1) if across else (row - 1, col)
            if head is not None and name is not None and head.kind == TOTAL and beside in tables.values:
                lines.setdefault((across, at), {})[_name(name.flat)] = value
    yield from (line for line in lines.values() if len(line) >= _FEWEST)


def _is_price(figures: Sequence[Figure], value: Value) -> bool:
    return any(_PRICE.search(each.label) for each in figures if each.value is value)


def _name(label: str) -> str:
    return lexicon.key(_BRACKETS.sub("", label))
