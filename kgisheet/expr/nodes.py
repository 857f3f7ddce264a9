"""The tree of an expression. ``at`` is the offset in the text, for messages only."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction


class Node:
    """The base of all nodes. Equal by kind and content, whatever the position; immutable."""

    __slots__ = ("_counted", "_hash", "_names", "at")
    at: int
    _hash: int
    _names: tuple[str, ...]
    _counted: tuple[str, ...]

    def _content(self) -> tuple[object, ...]:
        raise NotImplementedError

    def children(self) -> tuple[Node, ...]:
        return ()

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, depth first."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children()[::-1]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._content() == other._content()

    def __hash__(self) -> int:
        # Nodes are keys of caches, and each asks all those below it: once is enough.
        try:
            return self._hash
        except AttributeError:
            self._hash = hash((type(self).__name__, self._content()))
            return self._hash

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (*self._content(), self.at)  # a hash holds in one process only

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._content()}"


class Number(Node):
    """A number as written: ``0.3`` and ``30%`` are the exact 3/10."""

    __slots__ = ("value",)

    def __init__(self, value: Fraction, at: int = 0) -> None:
        self.value = value
        self.at = at

    def _content(self) -> tuple[object, ...]:
        return (self.value,)


class Name(Node):
    """A cell, by name; ``blank`` is the empty value."""

    __slots__ = ("id",)

    def __init__(self, id: str, at: int = 0) -> None:
        self.id = id
        self.at = at

    def _content(self) -> tuple[object, ...]:
        return (self.id,)


class Word(Node):
    """A word in the workbook's language, by key: ``'up'`` is 切り上げ."""

    __slots__ = ("key",)

    def __init__(self, key: str, at: int = 0) -> None:
        self.key = key
        self.at = at

    def _content(self) -> tuple[object, ...]:
        return (self.key,)


class Negative(Node):
    __slots__ = ("operand",)

    def __init__(self, operand: Node, at: int = 0) -> None:
        self.operand = operand
        self.at = at

    def _content(self) -> tuple[object, ...]:
        return (self.operand,)

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


class Binary(Node):
    """``left op right`` with op one of ``+ - * / & = <> < <= > >=``."""

    __slots__ = ("left", "op", "right")

    def __init__(self, op: str, left: Node, right: Node, at: int = 0) -> None:
        self.op = op
        self.left = left
        self.right = right
        self.at = at

    def _content(self) -> tuple[object, ...]:
        return (self.op, self.left, self.right)

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


class Call(Node):
    """A function of ``functions.TABLE``; ``and``, ``or`` and ``not`` are calls too."""

    __slots__ = ("args", "function")

    def __init__(self, function: str, args: tuple[Node, ...], at: int = 0) -> None:
        self.function = function
        self.args = args
        self.at = at

    def _content(self) -> tuple[object, ...]:
        return (self.function, self.args)

    def children(self) -> tuple[Node, ...]:
        return self.args


ARITHMETIC = ("+", "-", "*", "/")
COMPARISON = ("=", "<>", "<", "<=", ">", ">=")
BLANK = "blank"
ROW = "row"
SPOKEN = ("amount", "spoken")
"""Functions that write an amount as people do: they look at the cells of `AMOUNT_UNITS`."""

AMOUNT_UNITS = ("unit_large", "unit_small", "unit_large_name", "unit_small_name")
"""The cells that `amount` relies on: the yen of the two units that sentences write amounts in, and what they are called."""

CONSTANTS = (BLANK, ROW)
"""Names that aren't cells: the empty value, and the number of the row that an expression is in, from 1."""

COUNTING_THROUGH = ("sum_through", "tally_through")
"""Functions over the rows of a column up to a number: they look at the column that numbers them."""


def names(node: Node) -> list[str]:
    """Return the cells that an expression needs, each once, in order of appearance."""
    try:
        return list(node._names)
    except AttributeError:  # asked of one expression by everyone who orders, solves and compares
        _look_through(node)
        return list(node._names)


def counted_through(node: Node) -> tuple[str, ...]:
    """Return those of these cells that are within a function which counts through their rows."""
    names(node)
    return node._counted


def _look_through(node: Node) -> None:
    found: dict[str, None] = {}
    through: list[Node] = []
    for part in node.walk():
        if isinstance(part, Name) and part.id not in CONSTANTS:
            found[part.id] = None
        if isinstance(part, Call) and part.function in ("rounded", "spread", "portion"):
            found["rounding"] = None
        if isinstance(part, Call) and part.function == "money":
            found["display_unit"] = found["unit_yen"] = None
        if isinstance(part, Call) and part.function in SPOKEN:
            found |= dict.fromkeys(AMOUNT_UNITS)
        if isinstance(part, Call) and part.function in COUNTING_THROUGH:
            through.append(part)
    node._names = tuple(found)
    node._counted = tuple(name for call in through for name in names(call))
