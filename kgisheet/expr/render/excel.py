"""Tree → formula, using only functions that Excel 2010, LibreOffice 7.4 and Google Sheets share.

No array formulas, no volatile functions, no LET. Every count is rounded to 6
decimals before it is rounded up or down: 21/0.35 is 60.00000000000001 in
binary, and ROUNDUP alone would make 61 of it.
"""

from __future__ import annotations

from collections.abc import Callable

from ..guard import needs
from ..nodes import AMOUNT_UNITS, BLANK, COMPARISON, ROW, Binary, Call, Name, Negative, Node, Number, Word
from . import written
from .places import Places
from .written import quoted as quoted  # of a formula's texts, for those who write formulas around these


def formula(node: Node, places: Places) -> str:
    """Return the formula for ``node``, with its ``=``."""
    return "=" + _value(node, places, frozenset())


_Known = frozenset[str]


def _value(node: Node, places: Places, known: _Known) -> str:
    """Return the formula of a whole value: blank if any operand is missing."""
    if isinstance(node, Call) and node.function == "if":
        yes, no = node.args[1], node.args[2]
        holds, fails = known | _sure_if_true(node.args[0]), known | _sure_if_false(node.args[0], places)
        return f"IF({_truth(node.args[0], places, known)},{_value(yes, places, holds)},{_value(no, places, fails)})"
    if isinstance(node, Call) and node.function == "rounded":
        return _rounded(node, places)
    if isinstance(node, Name):
        if node.id == ROW:
            return places.row()
        return quoted("") if node.id == BLANK else _copied(node, places, known)
    if isinstance(node, Word):
        return quoted(places.word(node.key))
    return _guarded(node, places, known, quoted(""))


def _copied(node: Name, places: Places, known: _Known) -> str:
    return places.cell(node.id) if node.id in known else places.shown(node.id)


def copied(ref: str) -> str:
    """Return a cell's value, blank if it is empty: a plain reference would show 0."""
    return f'IF({ref}="","",{ref})'


def _guarded(node: Node, places: Places, known: _Known, otherwise: str) -> str:
    asked = needs(node)
    cells = [places.cell(name) for name in asked.cells if name not in known]
    conditions: list[str] = []
    if len(cells) == 1:
        conditions.append(f"ISNUMBER({cells[0]})")
    elif cells:
        conditions.append(f"COUNT({','.join(cells)})={len(cells)}")
    conditions.extend(f"COUNT({places.column(name)})>0" for name in asked.columns)
    conditions.extend(f"COUNT({_range(part, places)})>0" for part in asked.parts)
    # A compared text is no error, so plain cells go into the same AND; anything
    # worked out would be #VALUE! there and gets an IF of its own.
    conditions.extend(f"{places.cell(part.id)}>0" for part in asked.positive if isinstance(part, Name))
    sure = known | frozenset(asked.cells)
    body = _plain(node, places, sure)
    for part in asked.positive:
        if not isinstance(part, Name):
            body = f"IF({_plain(part, places, sure)}>0,{body},{otherwise})"
    if not conditions:
        return body
    # A comparison of plain cells is no error whatever they hold: it joins the same AND.
    if otherwise == "FALSE" and isinstance(node, Binary) and _is_simple(node.left) and _is_simple(node.right):
        return f"AND({','.join([*conditions, body])})"
    test = conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})"
    return f"IF({test},{body},{otherwise})"


def _sure_if_true(node: Node) -> _Known:
    """Return the cells that must be numbers when the condition ``node`` holds, since it compared them."""
    if isinstance(node, Call) and node.function == "and":
        return _sure_if_true(node.args[0]) | _sure_if_true(node.args[1])
    if isinstance(node, Binary) and not _is_text(node.left) and not _is_text(node.right):
        return frozenset(needs(node).cells)
    return frozenset()


def _sure_if_false(node: Node, places: Places) -> _Known:
    """Return the cells that must be numbers when the condition ``node`` doesn't hold: they aren't blank."""
    if isinstance(node, Call) and node.function == "is_blank":
        name = node.args[0]
        if isinstance(name, Name) and places.is_result(name.id):
            return frozenset({name.id})
    if isinstance(node, Call) and node.function == "or":
        return _sure_if_false(node.args[0], places) | _sure_if_false(node.args[1], places)
    return frozenset()


def _truth(node: Node, places: Places, known: _Known) -> str:
    """Return the formula of a condition: false, not an error, if one of its operands is missing."""
    if isinstance(node, Call):
        if node.function in ("and", "or"):
            parts = ",".join(_truth(arg, places, known) for arg in _chain(node, node.function))
            return f"{node.function.upper()}({parts})"
        if node.function == "not":
            return f"NOT({_truth(node.args[0], places, known)})"
        return f'{_plain(node.args[0], places, known)}=""'  # is_blank
    assert isinstance(node, Binary)
    if _is_text(node.left) or _is_text(node.right):
        return f"{_plain(node.left, places, known)}{node.op}{_plain(node.right, places, known)}"
    return _guarded(node, places, known, "FALSE")


def _chain(node: Node, function: str) -> list[Node]:
    """Return ``a or b or c`` as three conditions rather than nested ones."""
    if isinstance(node, Call) and node.function == function:
        return [part for arg in node.args for part in _chain(arg, function)]
    return [node]


def _is_simple(node: Node) -> bool:
    return isinstance(node, (Name, Number))


def _is_text(node: Node) -> bool:
    return isinstance(node, Word) or (isinstance(node, Binary) and node.op == "&")


_STRENGTH = {"&": 1, "+": 2, "-": 2, "*": 3, "/": 3}


def _plain(node: Node, places: Places, known: _Known, around: int = 0) -> str:
    """Return the node without guards; ``around`` is the binding strength of its surroundings."""
    if isinstance(node, Number):
        return _number(node)
    if isinstance(node, Name):
        return places.row() if node.id == ROW else places.cell(node.id)
    if isinstance(node, Word):
        return quoted(places.word(node.key))
    if isinstance(node, Negative):
        return f"(-{_plain(node.operand, places, known, 4)})"
    if isinstance(node, Binary):
        if node.op in COMPARISON:
            return f"{_plain(node.left, places, known)}{node.op}{_plain(node.right, places, known)}"
        mine = _STRENGTH[node.op]
        left = _plain(node.left, places, known, mine)
        # The right side of - and / needs its brackets even at equal strength.
        right = _plain(node.right, places, known, mine + (node.op in "-/"))
        text = f"{left}{node.op}{right}"
        return f"({text})" if mine < around else text
    assert isinstance(node, Call)
    return CALLS[node.function](node, places, known)


def _number(node: Number) -> str:
    value = node.value
    if value.denominator == 1:
        return str(value.numerator)
    # Literals are written as decimals, so the quotient ends.
    return repr(float(value))


def _rounded(node: Call, places: Places) -> str:
    x = _plain(node.args[0], places, frozenset())
    mode, word = places.cell("rounding"), places.word
    return (
        f'IF({x}="","",IF({mode}={quoted(word("down"))},ROUNDDOWN(ROUND({x},6),0),'
        f"IF({mode}={quoted(word('nearest'))},ROUND(ROUND({x},6),0),"
        f"IF({mode}={quoted(word('none'))},{x},ROUNDUP(ROUND({x},6),0)))))"
    )


def _spread(node: Call, places: Places, known: _Known) -> str:
    total, share = (_plain(arg, places, known) for arg in node.args)
    column = node.args[1]
    assert isinstance(column, Name)
    through = f"SUM({places.down_to_here(column.id)})"
    return (
        f"IF({places.cell('rounding')}={quoted(places.word('none'))},{total}*{share},"
        f"ROUND(ROUND({total}*{through},6),0)-ROUND(ROUND({total}*({through}-{share}),6),0))"
    )


def _portion(node: Call, places: Places, known: _Known) -> str:
    total, weight, whole, start = (_plain(arg, places, known, 3) for arg in node.args)
    column = node.args[1]
    assert isinstance(column, Name)
    through = f"SUM({places.down_to_here(column.id)})"
    lead = "" if start == "0" else f"{start}+"
    return (
        f"IF({places.cell('rounding')}={quoted(places.word('none'))},{total}*{weight}/{whole},"
        f"ROUND(ROUND({lead}{total}*{through}/{whole},6),0)-ROUND(ROUND({lead}{total}*({through}-{weight})/{whole},6),0))"
    )


def _word_of(node: Node) -> str:
    assert isinstance(node, Word)
    return node.key


def _name_of(node: Node) -> str:
    assert isinstance(node, Name)
    return node.id


def _range(node: Call, places: Places) -> str:
    """Return the rows that `part_sum` or `recent_mean` covers."""
    name = _name_of(node.args[0])
    if node.function == "recent_mean":
        rows = node.args[1]
        assert isinstance(rows, Number)
        return places.recent(name, int(rows.value))
    return places.part(name)


def _below(node: Call, places: Places, known: _Known) -> tuple[str, str, int]:
    """Return the row that a call looks at, counted from the first one; the column; its rows."""
    name = _name_of(node.args[0])
    return f"{places.row()}+{_plain(node.args[1], places, known, 3)}", places.column(name), places.rows(name)


def _later(node: Call, places: Places, known: _Known) -> str:
    at, column, rows = _below(node, places, known)
    return f"IF({at}>{rows},0,INDEX({column},{at}))"


def _wrapped(node: Call, places: Places, known: _Known) -> str:
    at, column, rows = _below(node, places, known)
    return f"IF({at}>{rows},INDEX({column},MOD({at}-1,{rows})+1),0)"


def _over(function: str, where: str) -> Callable[[Call, Places, _Known], str]:
    """Return a sum or a count over the rows selected by ``where``."""
    return lambda node, places, known: places.over(function, where, _name_of(node.args[0]))


def _through(function: str) -> Callable[[Call, Places, _Known], str]:
    def call(node: Call, places: Places, known: _Known) -> str:
        name = _name_of(node.args[0])
        test = f'{places.numbers(name)},"<="&{_plain(node.args[1], places, known, 2)}'
        column = places.column(name)
        return f"SUMIF({test},{column})" if function == "SUM" else f'COUNTIFS({test},{column},">-1E+300")'

    return call


def _column(node: Node, places: Places) -> str:
    assert isinstance(node, Name)
    return places.column(node.id)


def _money(node: Call, places: Places, known: _Known) -> str:
    x = _plain(node.args[0], places, known)
    return written.money_formula(x, places.cell("unit_yen"), places.cell("display_unit"), places.word)


def _amount(node: Call, places: Places, known: _Known) -> str:
    x, least = (_plain(arg, places, known) for arg in node.args)
    return written.amount_formula(x, least, *_units(places), places.word)


def _spoken(node: Call, places: Places, known: _Known) -> str:
    return written.spoken_formula(_plain(node.args[0], places, known), *_units(places), places.word)


def _units(places: Places) -> tuple[written.SpokenUnit[str], written.SpokenUnit[str]]:
    large, small, large_name, small_name = map(places.cell, AMOUNT_UNITS)
    return written.SpokenUnit(large, large_name), written.SpokenUnit(small, small_name)


def _listed(node: Call, places: Places, known: _Known) -> str:
    return written.listed_formula(_plain(node.args[0], places, known), places.word)


def _written(write: Callable[[str], str]) -> Callable[[Call, Places, _Known], str]:
    return lambda node, places, known: write(_plain(node.args[0], places, known, 3))


def _of_columns(function: str) -> Callable[[Call, Places, _Known], str]:
    return lambda node, places, known: f"{function}({','.join(_column(arg, places) for arg in node.args)})"


def _of_values(function: str) -> Callable[[Call, Places, _Known], str]:
    return lambda node, places, known: f"{function}({','.join(_plain(arg, places, known) for arg in node.args)})"


def _whole(node: Call, places: Places, known: _Known) -> str:
    return _value(node, places, known)


def _condition(node: Call, places: Places, known: _Known) -> str:
    return _truth(node, places, known)


CALLS: dict[str, Callable[[Call, Places, _Known], str]] = {
    "if": _whole,
    "rounded": _whole,
    "and": _condition,
    "or": _condition,
    "not": _condition,
    "is_blank": _condition,
    "sum": _of_columns("SUM"),
    "tally": _of_columns("COUNT"),
    "filled": _of_columns("COUNTA"),
    "sumproduct": _of_columns("SUMPRODUCT"),
    "count_above": lambda node, places, known: (
        f'COUNTIF({_column(node.args[0], places)},">{_plain(node.args[1], places, known)}")'
    ),
    "count_below": lambda node, places, known: (
        f'COUNTIF({_column(node.args[0], places)},"<{_plain(node.args[1], places, known)}")'
    ),
    "count_if": lambda node, places, known: f"COUNTIF({_column(node.args[0], places)},{_plain(node.args[1], places, known)})",
    "sum_where": lambda node, places, known: f'SUMIF({_column(node.args[1], places)},">0",{_column(node.args[0], places)})',
    "spread": _spread,
    "portion": _portion,
    "month_after": lambda node, places, known: f"EDATE({_plain(node.args[0], places, known)},{places.row(1)})",
    "later": _later,
    "wrapped": _wrapped,
    "at": lambda node, places, known: f"INDEX({_column(node.args[0], places)},{_plain(node.args[1], places, known)})",
    "sum_to_here": _over("SUM", "down_to_here"),
    "tally_to_here": _over("COUNT", "down_to_here"),
    "part_sum": _over("SUM", "part"),
    "part_tally": _over("COUNT", "part"),
    "sum_earlier": _over("SUM", "earlier"),
    "sum_before": _over("SUM", "before"),
    "recent_mean": lambda node, places, known: f"AVERAGE({_range(node, places)})",
    "sum_through": _through("SUM"),
    "tally_through": _through("COUNT"),
    "largest": _of_columns("MAX"),
    "stage_sum": _over("SUM", "stages"),
    "sum_same": lambda node, places, known: "SUMIFS({},{},{},{},{})".format(
        *(_column(arg, places) if at in (0, 1, 3) else _plain(arg, places, known) for at, arg in enumerate(node.args))
    ),
    "place_in": lambda node, places, known: (
        f'COUNTIF({_column(node.args[1], places)},">"&{_plain(node.args[0], places, known)})+1'
    ),
    "where_largest": lambda node, places, known: (
        f"MATCH(MAX({_column(node.args[0], places)}),{_column(node.args[0], places)},0)"
    ),
    "round": _of_values("ROUND"),
    "min": _of_values("MIN"),
    "max": _of_values("MAX"),
    "abs": _of_values("ABS"),
    "root": _of_values("SQRT"),
    "exp": _of_values("EXP"),
    "log10": lambda node, places, known: f"ROUND(LOG10({_plain(node.args[0], places, known)}),4)",
    "money": _money,
    "amount": _amount,
    "spoken": _spoken,
    "worded": lambda node, places, known: places.word(_word_of(node.args[0])),
    "figure": _written(written.figure_formula),
    "percent": _written(written.percent_formula),
    "listed": _listed,
    "decimals": _written(written.trimmed_formula),
}
