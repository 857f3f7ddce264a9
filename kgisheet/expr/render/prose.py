"""Tree → sentence: 案件化数 = 受注数 ÷ 受注率."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ...language.text import Text, lowered
from ..nodes import BLANK, ROW, Binary, Call, Name, Negative, Node, Number, Word


class Labels(Protocol):
    """The labels of cells and words in the reader's language."""

    lang: str

    def label(self, name: str) -> str: ...

    def is_unsaid(self, name: str) -> bool:
        """Return whether sentences omit a cell that multiplies or divides."""
        ...

    def word(self, key: str) -> str: ...


_OPERATORS = {"+": "+", "-": "−", "*": "×", "/": "÷", "&": "&", "=": "=", "<>": "≠", "<": "<", "<=": "≦", ">": ">", ">=": "≧"}
_ENGLISH = {"≧": "≥", "≦": "≤"}
_STRENGTH = {"=": 0, "<>": 0, "<": 0, "<=": 0, ">": 0, ">=": 0, "&": 1, "+": 2, "-": 2, "*": 3, "/": 3}


def prose(node: Node, labels: Labels, around: int = 0) -> str:
    """Return the expression in words, in the labels' language."""
    if isinstance(node, Number):
        return f"{float(node.value):g}"
    if isinstance(node, Name):
        if node.id == ROW:
            return Text("行の番号", "the row's number").to(labels.lang)
        return labels.label(node.id) if node.id != BLANK else Text("空欄", "blank").to(labels.lang)
    if isinstance(node, Word):
        return Text(f"「{labels.word(node.key)}」", f"“{labels.word(node.key)}”").to(labels.lang)
    if isinstance(node, Negative):
        return f"−{prose(node.operand, labels, 4)}"
    if isinstance(node, Binary):
        if node.op in "*/" and isinstance(node.right, Name) and labels.is_unsaid(node.right.id):
            return prose(node.left, labels, around)  # a factor that goes without saying
        mine = _STRENGTH[node.op]
        left = prose(node.left, labels, mine)
        right = prose(node.right, labels, mine + (node.op in "-/"))
        sign = _OPERATORS[node.op]
        text = f"{left} {_ENGLISH.get(sign, sign) if labels.lang == 'en' else sign} {right}"
        return f"({text})" if mine < around else text
    assert isinstance(node, Call)
    if node.function == "if" and isinstance(node.args[1], Name) and node.args[1].id == BLANK:
        return prose(node.args[2], labels, around)  # that a figure waits for its inputs goes without saying
    if node.function == "if" and isinstance(node.args[2], Name) and node.args[2].id == BLANK:
        return prose(node.args[1], labels, around)
    return CALLS[node.function](*(prose(arg, labels) for arg in node.args)).to(labels.lang)


def _same(x: str) -> Text:
    return Text(x, x)


CALLS: dict[str, Callable[..., Text]] = {
    "if": lambda c, a, b: Text(f"{c} なら {a}、そうでなければ {b}", f"{a} if {c}, otherwise {b}"),
    "and": lambda a, b: Text(f"{a} かつ {b}", f"{a} and {b}"),
    "or": lambda a, b: Text(f"{a} または {b}", f"{a} or {b}"),
    "not": lambda a: Text(f"({a})でない", f"not ({a})"),
    "is_blank": lambda x: Text(f"{x} が空欄", f"{x} is empty"),
    "sum": lambda x: Text(f"{x}の合計", f"total of {lowered(x)}"),
    "tally": lambda x: Text(f"{x}の個数", f"how many {x}"),
    "sumproduct": lambda a, b: Text(f"{a} × {b}の合計", f"Σ {a} × {b}"),
    "count_if": lambda x, w: Text(f"{x}のうち{w}の個数", f"how many {x} are {w}"),
    "sum_where": lambda a, b: Text(f"{b}のある{a}", f"{a} with a {b}"),
    "spread": lambda t, s: Text(f"{t} × {s}(累積で四捨五入)", f"{t} × {s} (cumulative rounding)"),
    "portion": lambda t, w, a, s: Text(f"{t} を {w} の割合で配分(累積で四捨五入)", f"{t} split by {w} (cumulative rounding)"),
    "month_after": lambda x: Text(f"{x}から数えた月", f"months counted from {x}"),
    "later": lambda x, n: Text(f"{n}か月あとの{x}", f"{x} {n} months later"),
    "wrapped": lambda x, n: Text(f"{n}か月あと(翌年度)の{x}", f"{x} {n} months later, next year"),
    "at": lambda x, n: Text(f"{n}番目の{x}", f"{x} no. {n}"),
    "sum_to_here": lambda x: Text(f"{x}の累計", f"running total of {x}"),
    "tally_to_here": lambda x: Text(f"{x}の個数(累計)", f"how many {x} so far"),
    "part_sum": lambda x: Text(f"{x}の合計", f"total of {lowered(x)}"),
    "part_tally": lambda x: Text(f"{x}の個数", f"how many {x}"),
    "sum_earlier": lambda x: Text(f"前月までの{x}", f"{x} of the months before"),
    "sum_before": lambda x: Text(f"前のチャネルまでの{x}", f"{x} of the channels before"),
    "recent_mean": lambda x, n: Text(f"直近{n}か月の{x}の平均", f"mean {x} of the last {n} months"),
    "sum_through": lambda x, n: Text(f"{x}の累計", f"running total of {x}"),
    "tally_through": lambda x, n: Text(f"{x}の個数(累計)", f"how many {x} so far"),
    "largest": lambda x: Text(f"最大の{x}", f"the largest of {x}"),
    "stage_sum": lambda x: Text(f"同じ段階の{x}の合計", f"total of {x} at the same stage"),
    "sum_same": lambda x, a, b, c, d: Text(
        f"{a}が{b}、{c}が{d}である{x}の合計", f"total of {x} where {a} is {b} and {c} is {d}"
    ),
    "place_in": lambda x, xs: Text(f"{x}の大きい順の順位", f"the rank of {x}, the largest first"),
    "where_largest": lambda x: Text(f"{x}が最大の行", f"where {x} is largest"),
    # The sentence is about the chain; that counts are made whole is said once on the sheet.
    "rounded": _same,
    "round": lambda x, n: _same(x),
    "min": lambda a, b: Text(f"{a} と {b} の小さい方", f"the smaller of {a} and {b}"),
    "max": lambda a, b: Text(f"{a} と {b} の大きい方", f"the larger of {a} and {b}"),
    "abs": lambda x: Text(f"{x}の絶対値", f"{x} without its sign"),
    "root": lambda x: Text(f"√({x})", f"√({x})"),
    "exp": lambda x: Text(f"exp({x})", f"exp({x})"),
    "log10": lambda x: Text(f"log10({x})", f"log10({x})"),
    "money": _same,
    "spoken": _same,
    "amount": lambda x, least: _same(x),
    "worded": _same,
    "decimals": _same,
    "filled": lambda x: Text(f"{x}の記入数", f"how many {x} are filled in"),
    "count_above": lambda x, n: Text(f"{n}を超える{x}の個数", f"how many {x} are above {n}"),
    "count_below": lambda x, n: Text(f"{n}未満の{x}の個数", f"how many {x} are below {n}"),
    "figure": _same,
    "percent": _same,
    "listed": _same,
}
