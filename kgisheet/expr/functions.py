"""The one table of functions an expression may call.

Each renderer (excel, value, prose) holds one entry per function of this table;
a test fails when one is missing. A parameter's kind says what may stand there:

``number``  a numeric expression             ``any``     anything
``column``  the name of a whole table column ``cell``    the name of one cell
``truth``   a condition                      ``word``    a word, in quotes
``digits``  a whole number, written out  ``literal``  a number, written out
"""

from __future__ import annotations

from typing import NamedTuple

from ..errors import Text


class Function(NamedTuple):
    """A function's parameters and what it does, in words for `template check` and the docs."""

    params: tuple[str, ...]
    about: Text


TABLE: dict[str, Function] = {
    "if": Function(
        ("truth", "any", "any"),
        Text("条件により二つのどちらか", "one of two, by a condition"),
    ),
    "and": Function(("truth", "truth"), Text("両方とも", "both")),
    "or": Function(("truth", "truth"), Text("どちらか", "either")),
    "not": Function(("truth",), Text("でない", "not")),
    "is_blank": Function(("cell",), Text("未入力か", "whether a cell is empty")),
    "sum": Function(("column",), Text("列の合計", "the sum of a column")),
    "tally": Function(("column",), Text("列にある数値の個数", "how many numbers a column holds")),
    "filled": Function(("column",), Text("列の記入済みのセルの個数", "how many cells of a column are filled in")),
    "count_above": Function(
        ("column", "literal"), Text("列のうち、その数を超える数の個数", "how many numbers of a column are above the literal")
    ),
    "count_below": Function(
        ("column", "literal"), Text("列のうち、その数に満たない数の個数", "how many numbers of a column are below the literal")
    ),
    "count_if": Function(
        ("column", "word"),
        Text("列のうち、その言葉であるセルの個数", "how many cells of a column hold the word"),
    ),
    "sum_where": Function(
        ("column", "column"),
        Text(
            "2番目の列が正の数である行の、1番目の列の合計",
            "the sum of the first column over the rows where the second is above zero",
        ),
    ),
    "sumproduct": Function(
        ("column", "column"),
        Text("二つの列の積の合計", "the sum of the products of two columns"),
    ),
    "spread": Function(
        ("cell", "column"),
        Text(
            "全体を割合で配分(累積で四捨五入するので合計は必ず一致)",
            "a whole split by shares, by cumulative rounding, so that the parts add up to it",
        ),
    ),
    "rounded": Function(
        ("cell",),
        Text(
            "端数処理の設定で整数にした数(先に小数6桁で四捨五入)",
            "a whole number by the rounding setting, after rounding to 6 decimals",
        ),
    ),
    "round": Function(("number", "digits"), Text("四捨五入", "rounded half up")),
    "min": Function(("number", "number"), Text("小さい方", "the smaller")),
    "max": Function(("number", "number"), Text("大きい方", "the larger")),
    "abs": Function(("number",), Text("絶対値", "without its sign")),
    "log10": Function(
        ("number",),
        Text("常用対数(小数4桁)", "the logarithm to base 10, to 4 decimals"),
    ),
    "money": Function(
        ("cell",),
        Text("金額を表示単位で書いた文字", "an amount written in the display unit"),
    ),
    "decimals": Function(
        ("cell",),
        Text("小数4桁までで書いた数", "a number written with up to four decimals"),
    ),
    "figure": Function(
        ("cell",),
        Text("桁区切りで書いた数", "a number written with thousands separators"),
    ),
}
