"""The inputs that an expression needs before it may be evaluated.

An empty input must show an empty result, never ``#DIV/0!`` and never 0. So a
formula first asks whether its operands are filled in; the exact evaluation asks the
same questions, from this same list.
"""

from __future__ import annotations

import functools

from .nodes import CONSTANTS, Binary, Call, Name, Node, Number

# Functions whose column argument must hold at least one number.
_OVER_COLUMNS = ("sum", "sum_where", "sumproduct", "largest", "where_largest")
# Functions that make 0 of a column without a number in it.
_NEVER_BLANK = ("tally", "filled", "count_if", "count_above", "count_below")
_PICKING = ("later", "wrapped", "at", "sum_through", "tally_through")
_AROUND = ("stage_sum", "sum_same", "sum_to_here", "tally_to_here", "part_tally", "sum_earlier", "sum_before")


@functools.lru_cache(maxsize=4096)
def needs(node: Node) -> Needs:
    """Return what ``node`` needs; cached, since every row of a column asks the same."""
    return Needs(node)


class Needs:
    """The preconditions of an expression: ``cells`` must hold numbers, ``columns`` at least one each, ``positive`` must be above zero.

    ``parts`` are calls over some rows of a column, which must hold at least one number.
    """

    __slots__ = ("cells", "columns", "parts", "positive")

    def __init__(self, node: Node) -> None:
        self.cells: dict[str, None] = {}
        self.columns: dict[str, None] = {}
        self.parts: dict[Call, None] = {}
        self.positive: dict[Node, None] = {}
        self._collect(node)

    def _collect(self, node: Node) -> None:
        if isinstance(node, Name):
            if node.id not in CONSTANTS:
                self.cells[node.id] = None
        elif isinstance(node, Call) and node.function in _OVER_COLUMNS:
            for arg in node.args:
                if isinstance(arg, Name):
                    self.columns[arg.id] = None
        elif isinstance(node, Call) and node.function == "if":
            pass  # a choice among texts that are joined: it asks its own questions
        elif isinstance(node, Call) and node.function == "place_in":
            self._collect(node.args[0])
        elif isinstance(node, Call) and node.function in (*_NEVER_BLANK, *_AROUND):
            pass  # a count of nothing is 0, and so is a running sum
        elif isinstance(node, Call) and node.function in ("part_sum", "recent_mean"):
            self.parts[node] = None
        elif isinstance(node, Call) and node.function in _PICKING:
            self._collect(node.args[1])
        elif isinstance(node, Call) and node.function == "portion":
            for arg in (node.args[0], *node.args[2:]):
                self._collect(arg)
            self.positive[node.args[2]] = None
        else:
            if isinstance(node, Binary) and node.op == "/" and not isinstance(node.right, Number):
                self.positive[node.right] = None
            if isinstance(node, Call) and node.function == "log10":
                self.positive[node.args[0]] = None
            for child in node.children():
                if not (isinstance(node, Binary) and node.op == "&" and isinstance(child, Name)):
                    self._collect(child)  # a text that is joined may be empty
