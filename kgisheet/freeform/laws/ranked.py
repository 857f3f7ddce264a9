"""Rates that go by rank: of ten deals those marked A count at 80 %, B at 50 %; also on a table that sums the ranks up, and in formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..rules.cells import Cells
from .fills import At, Filled
from .judge import Law
from .law import OFF, PRODUCT, SAME, Case
from .tables import PERCENT, Tables, Value, Variable

_LINES, _RANKS = 6, 6
_TWO = 2
_LONGEST = 8
"""Letters that the name of a rank has at most."""

Ranks = dict[int, str]
"""The rank of each row."""


def ranked(tables: Tables) -> Iterator[Law]:
    """Yield the rates of each rank as the same on all its lines, and what a table of the ranks makes of them."""
    rates: dict[str, Value] = {}
    for block, table in tables.along_rows():
        rows = sorted({row for row, _ in block})
        if len(rows) < _LINES:
            continue
        for ranks in _columns(tables.cells, rows, block):
            for variable in table.variables:
                if variable.kind == PERCENT and not variable.aside and (law := _law(variable, ranks)) is not None:
                    yield law
                    rates |= {ranks[case.result.at[0]]: case.operands[0] for case in law.held}
    if len(rates) >= _TWO:
        yield from _summed(tables, rates)


def _columns(cells: Cells, rows: Sequence[int], block: Sequence[At]) -> Iterator[Ranks]:
    """Yield the columns of a block, or beside it, that hold a few short words again and again."""
    cols = [col for _, col in block]
    for col in range(max(0, min(cols) - _RANKS), max(cols) + 1):
        texts = cells.page.plane.cols.get(col, [])
        ranks = {
            spot.row: spot.flat
            for spot in texts
            if rows[0] <= spot.row <= rows[-1] and 0 < len(spot.text) <= _LONGEST and spot.amount is None
        }
        again = [rank for rank, many in Counter(ranks.values()).items() if many > 1]
        own = {row: rank for row, rank in ranks.items() if rank in again}
        if len(own) >= _LINES and _TWO <= len(again) <= _RANKS and len(own) * _TWO > len(ranks):
            yield own


def _law(variable: Variable, ranks: Ranks) -> Law | None:
    """Return the law that a rate is that of its rank, where one line at most has another rank's."""
    groups: dict[str, list[Value]] = {}
    for value in variable.values:
        if value is not None and (rank := ranks.get(value.at[0])) is not None:
            groups.setdefault(rank, []).append(value)
    usual = {rank: max(its, key=lambda value: sum(each.exact == value.exact for each in its)) for rank, its in groups.items()}
    if len(groups) < _TWO or len({each.exact for each in usual.values()}) < len(groups):
        return None
    odd = [(rank, each) for rank, its in groups.items() for each in its if each.exact != usual[rank].exact]
    held = [
        Case(SAME, each, (usual[rank],))
        for rank, its in groups.items()
        for each in its
        if each is not usual[rank] and each.exact == usual[rank].exact
    ]
    if len(held) < _TWO or len(odd) > 1:
        return None
    for rank, each in odd:
        like = sum(other.exact == usual[rank].exact for other in groups[rank])
        if like < _TWO or all(other.exact != each.exact for its, other in usual.items() if its != rank):
            return None  # a rate of its own, for one deal
    return Law(SAME, tuple(held), tuple(Case(SAME, each, (usual[rank],)) for rank, each in odd))


def _summed(tables: Tables, rates: Mapping[str, Value]) -> Iterator[Law]:
    """Yield what a table with a line for each rank has weighed by the rank's rate."""
    for _, table in tables.along_rows():
        lines = [at for at, name in enumerate(table.names) if name.split() and name.split()[-1] in rates]
        if len({table.names[at] for at in lines}) < len(lines) or len(lines) <= _TWO:
            continue
        counts = [each for each in table.variables if each.kind != PERCENT and not each.aside]
        for whole in counts:
            for one in counts:
                if one is whole or one.kind != whole.kind:
                    continue
                cases = [
                    Case(PRODUCT, result, (part, rates[table.names[at].split()[-1]]))
                    for at in lines
                    if (result := whole.values[at]) is not None and not result.uses and (part := one.values[at]) is not None
                ]
                failed = [each for each in cases if each.follows() == OFF]
                if len(cases) == len(lines) and len(failed) <= 1 and len(cases) - len(failed) >= _TWO:
                    yield Law(PRODUCT, tuple(each for each in cases if each not in failed), tuple(failed))


def other_ranks(cells: Cells, filled: Mapping[At, Filled]) -> Iterator[tuple[At, str]]:
    """Yield the one formula of a column that takes another rank's figure than those of its rank do."""
    columns: dict[int, list[int]] = {}
    for row, col in filled:
        columns.setdefault(col, []).append(row)
    for col, found in columns.items():
        rows = sorted(found)
        if len(rows) < _LINES:
            continue
        for ranks in _columns(cells, rows, [(row, col) for row in rows]):
            yield from _odd(filled, col, [row for row in rows if row in ranks], ranks)


def _odd(filled: Mapping[At, Filled], col: int, rows: Sequence[int], ranks: Ranks) -> Iterator[tuple[At, str]]:
    shapes: dict[tuple[str, int, tuple[At, ...]], dict[int, At]] = {}
    for row in rows:
        each = filled[row, col]
        away = [at for at, (its, _) in enumerate(each.cells) if its != row]
        if len(away) == 1:
            own = tuple(cell for at, cell in enumerate(each.cells) if at != away[0])
            key = each.bare, away[0], tuple((0, its) for _, its in own)
            shapes.setdefault(key, {})[row] = each.cells[away[0]]
    for (_, place, _), taken in shapes.items():
        groups: dict[str, list[int]] = {}
        for row in taken:
            groups.setdefault(ranks[row], []).append(row)
        usual = {}
        for rank, its in groups.items():
            many = Counter(taken[row] for row in its)
            usual[rank] = max(many, key=many.__getitem__)
        odd = [row for row in taken if taken[row] != usual[ranks[row]]]
        if len(taken) < _LINES or len(groups) < _TWO or len(set(usual.values())) < len(groups) or len(odd) != 1:
            continue
        (row,) = odd
        if len(groups[ranks[row]]) <= _TWO or taken[row] not in usual.values():
            continue
        meant = list(filled[row, col].cells)
        meant[place] = usual[ranks[row]]
        yield (row, col), filled[row, col].text(meant)
