"""What a piece of arithmetic needs before it may be worked out.

An empty input must show an empty result, never ``#DIV/0!`` and never 0. So a
formula first asks whether what it uses is there; the exact evaluation asks the
same questions, from this same list.
"""

from __future__ import annotations

from .nodes import Binary, Call, Name, Node, Number

# Functions whose column argument must hold at least one number.
_OVER_COLUMNS = ("sum", "sum_where", "sumproduct")


class Needs:
    """``cells`` must hold numbers, ``columns`` at least one each, ``positive`` must be above zero."""

    __slots__ = ("cells", "columns", "positive")

    def __init__(self, node: Node) -> None:
        self.cells: dict[str, None] = {}
        self.columns: dict[str, None] = {}
        self.positive: dict[Node, None] = {}
        self._collect(node)

    def _collect(self, node: Node) -> None:
        if isinstance(node, Name):
            self.cells[node.id] = None
        elif isinstance(node, Call) and node.function in _OVER_COLUMNS:
            for arg in node.args:
                if isinstance(arg, Name):
                    self.columns[arg.id] = None
        elif isinstance(node, Call) and node.function in ("tally", "filled", "count_if", "count_above", "count_below"):
            pass  # a count of nothing is 0
        else:
            if isinstance(node, Binary) and node.op == "/" and not isinstance(node.right, Number):
                self.positive[node.right] = None
            if isinstance(node, Call) and node.function == "log10":
                self.positive[node.args[0]] = None
            for child in node.children():
                self._collect(child)
