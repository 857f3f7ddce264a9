"""Rates that are looked up: ranks with their rates in a list of their own, and deals of each rank in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ...values.regex import regex
from ..read import terms
from .judge import Law
from .products import products
from .said import RATE, Said
from .sums import weighted
from .tables import PERCENT, Table, Tables, Value, Variable, rate_said

_RATE = terms.of("rate")
_KEY = 10  # letters that a key has at most
_LEAST = 2
_MOST_KEYS, _MOST_LINES = 12, 100
_SAID = regex(r"([^\s:=,、，/／・()（）%\d]{1,10})\s*[:=]\s*(\d+(?:\.\d+)?)\s*%")
"""A key and its rate in a text: 確度：A＝80%　B＝50%."""


def by_key(tables: Tables) -> Iterator[Law]:
    """Yield the laws of what a sheet's keys have rates for."""
    keyed = list(_keyed(tables))
    if keyed:
        yield from _looked_up(tables, keyed)
        yield from _weighed(tables, keyed)


def _looked_up(tables: Tables, keyed: Sequence[Mapping[str, Value]]) -> Iterator[Law]:
    """Yield what a table's lines make with the rate that their key has elsewhere on the sheet."""
    for block, table in tables.along_rows():
        rows = sorted({row for row, _ in block})
        if len(rows) > _MOST_LINES or len({col for _, col in block}) < _LEAST:
            continue
        for rates in keyed:
            rate = _variable(tables, table, rows, rates)
            if rate is not None:
                own = {id(each) for each in rate.values}
                for law in products([*table.variables, rate], table.remarked):
                    if all(any(id(each) in own for each in case.operands) for case in law.held):
                        yield law


def _weighed(tables: Tables, keyed: Sequence[Mapping[str, Value]]) -> Iterator[Law]:
    """Yield sums in which each part counts at the rate of the key that its name begins with: 確度 A＝80%, B＝50%; A案件, B案件."""
    for rates in keyed:
        own = {each.where for each in rates.values()}
        for table in tables:
            variables = [
                each._replace(weight=weight)
                if each.kind != PERCENT and not each.aside and (weight := _of_key(each.label, rates)) is not None
                else each
                for each in table.variables
                if not any(value is not None and value.where in own for value in each.values)
            ]
            if variables != table.variables:
                yield from weighted(variables)


def _of_key(label: str, rates: Mapping[str, Value]) -> Value | None:
    """Return the rate of the key that a name begins with, a word of its own."""
    found = [key for key in rates if label.startswith(key) and not (key[-1:] + label[len(key) : len(key) + 1]).isascii()]
    return rates[found[0]] if len(found) == 1 else None


def _keyed(tables: Tables) -> Iterator[dict[str, Value]]:
    """Yield the lists of keys with a rate beside each: A 90 %, B 50 %."""
    columns: dict[int, list[Value]] = {}
    for (row, col), value in sorted(tables.values.items()):
        before = tables.texts.get((row, col - 1))
        is_rate = value.kind == PERCENT or (0 < value.number < 1 and _RATE.search(tables.name(value, across=True)))
        if is_rate and before is not None and 0 < len(before.text) <= _KEY and before.amount is None:
            columns.setdefault(col, []).append(value._replace(kind=PERCENT))
    for col, values in columns.items():
        runs: list[list[Value]] = []
        for value in values:
            if runs and value.at[0] == runs[-1][-1].at[0] + 1:
                runs[-1].append(value)
            else:
                runs.append([value])
        for run in runs:
            names = [tables.texts[each.at[0], col - 1].flat for each in run]
            if _LEAST <= len(run) <= _MOST_KEYS and len(set(names)) == len(names):
                yield dict(zip(names, run, strict=True))
    for spot in tables.texts.values():
        said = dict(_SAID.findall(spot.flat)) if "%" in spot.flat else {}
        if _LEAST <= len(said) <= _MOST_KEYS:
            yield {
                key: rate_said(tables.title, spot, Said(Fraction(rate) / 100, RATE))
                for key, rate in said.items()
                if Fraction(rate)
            }


def _variable(tables: Tables, table: Table, rows: list[int], rates: Mapping[str, Value]) -> Variable | None:
    """Return the rate of each line by the key on it; None where it is the list itself, or few lines have one."""
    own = {(each.at[0], each.at[1] - 1) for each in rates.values()}
    values: list[Value | None] = []
    keys: set[str] = set()
    for row in rows:
        found = [spot.flat for spot in tables.cells.rows[row].texts if spot.flat in rates and (row, spot.col) not in own]
        values.append(rates[found[0]] if len(found) == 1 else None)
        keys |= set(found)
    if len(keys) < _LEAST or sum(each is not None for each in values) <= _LEAST:
        return None
    return Variable(max(each.place for each in table.variables) + 0.5, values, PERCENT, "", (), aside=True)
