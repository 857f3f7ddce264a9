"""The one table of functions that an expression may call.

Each renderer (excel, value, prose) holds one entry per function of this table;
a test fails when one is missing. A parameter's kind says what is allowed there:

``number``  a numeric expression             ``any``     anything
``column``  the name of a whole table column ``cell``    the name of one cell
``truth``   a condition                      ``word``    a word, in quotes
``digits``  a whole number, written out  ``literal``  a number, written out
``month``   the name of a cell with a month ``cell_of_any``  the name of a cell, of any unit
"""

from __future__ import annotations

from typing import NamedTuple

from ..language.text import Text


class Function(NamedTuple):
    """A function's parameters and what it does, in words for `template check` and the docs."""

    params: tuple[str, ...]
    about: Text


TABLE: dict[str, Function] = {
    "if": Function(
        ("truth", "any", "any"),
        Text("条件により2つのどちらか", "one of two, by a condition"),
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
        Text("2つの列の積の合計", "the sum of the products of two columns"),
    ),
    "spread": Function(
        ("cell", "column"),
        Text(
            "全体を割合で配分(累積で四捨五入するので合計は必ず一致)",
            "a whole split by shares, by cumulative rounding, so that the parts add up to it",
        ),
    ),
    "portion": Function(
        ("cell", "column", "number", "number"),
        Text(
            "出発点(4番目)から、全体(1番目)を、列(2番目)の重み÷重みの合計(3番目)で配分(累積で四捨五入)",
            "a whole split by a column of weights over their total, by cumulative rounding from a starting quantity on",
        ),
    ),
    "month_after": Function(("month",), Text("その月から数えた、この行の月", "the month of this row, counted from that month")),
    "later": Function(
        ("column", "cell"),
        Text("その行数だけ下の値(表の外は0)", "the value so many rows below, 0 beyond the table"),
    ),
    "wrapped": Function(
        ("column", "cell"),
        Text(
            "その行数だけ下の値が表の外に出るとき、先頭に戻って数えた値",
            "the value so many rows below, counted again from the first row on, 0 within the table",
        ),
    ),
    "at": Function(("column", "number"), Text("列のその番目の値", "the value in that row of a column")),
    "sum_to_here": Function(("column",), Text("この行までの合計", "the sum down to this row")),
    "tally_to_here": Function(("column",), Text("この行までの数値の個数", "how many numbers down to this row")),
    "part_sum": Function(("column",), Text("この行に属する行の合計", "the sum of the rows that belong to this one")),
    "part_tally": Function(
        ("column",), Text("この行に属する行の数値の個数", "how many numbers are in the rows that belong to this one")
    ),
    "sum_earlier": Function(
        ("column",), Text("同じチャネルの、前の月までの合計", "the sum over the months before, of the same channel")
    ),
    "stage_sum": Function(("column",), Text("同じ段階の、全ランクの合計", "the sum over all ranks, of the same stage")),
    "sum_same": Function(
        ("column", "column", "cell_of_any", "column", "cell_of_any"),
        Text(
            "2番目と4番目の列が、3番目と5番目のセルと同じである行の、1番目の列の合計",
            "the sum of the first column over the rows where the second and fourth are the same as the third and fifth",
        ),
    ),
    "sum_before": Function(
        ("column",), Text("同じ月の、前のチャネルまでの合計", "the sum over the channels before, of the same month")
    ),
    "recent_mean": Function(
        ("column", "digits"), Text("この行までの直近の平均", "the mean of the latest rows down to this one")
    ),
    "sum_through": Function(
        ("column", "number"), Text("列の先頭からその番目までの合計", "the sum of a column down to that row")
    ),
    "tally_through": Function(
        ("column", "number"), Text("列の先頭からその番目までの数値の個数", "how many numbers a column holds down to that row")
    ),
    "largest": Function(("column",), Text("列の最大の値", "the largest number of a column")),
    "where_largest": Function(("column",), Text("列の最大の値が何番目か", "which row holds a column's largest number")),
    "place_in": Function(
        ("cell", "column"), Text("列の中で何番目に大きいか", "which place the value has in a column, the largest first")
    ),
    "rounded": Function(
        ("cell",),
        Text(
            "端数処理の設定で整数にした数(先に小数第6位に丸める)",
            "a whole number by the rounding setting, after rounding to 6 decimals",
        ),
    ),
    "round": Function(("number", "digits"), Text("四捨五入", "rounded half up")),
    "min": Function(("number", "number"), Text("小さい方", "the smaller")),
    "max": Function(("number", "number"), Text("大きい方", "the larger")),
    "abs": Function(("number",), Text("絶対値", "without its sign")),
    "root": Function(("number",), Text("平方根", "the square root")),
    "exp": Function(("number",), Text("指数関数", "e to the power")),
    "log10": Function(
        ("number",),
        Text("常用対数(小数4桁)", "the logarithm to base 10, to 4 decimals"),
    ),
    "money": Function(
        ("cell",),
        Text("金額を表示単位で書いた文字", "an amount written in the display unit"),
    ),
    "amount": Function(
        ("cell", "cell"),
        Text(
            "金額を文章に書くように(億円・万円など、2番目の金額に合う単位で、端数があれば「約」)書いた文字",
            "an amount as people write it in a sentence, in the unit that suits the second amount, with “about” where it is rounded",
        ),
    ),
    "spoken": Function(
        ("cell",),
        Text(
            "1つの金額を話し言葉のように(1.2億円、850万円、端数が出る大きい単位は使わない)書いた文字",
            "one amount as people say it (¥2 billion, ¥8.5 million), in a larger unit only where that is exact",
        ),
    ),
    "worded": Function(("word",), Text("その言葉に書かれた数", "the number that a word spells")),
    "decimals": Function(
        ("cell",),
        Text("小数4桁までで書いた数", "a number written with up to four decimals"),
    ),
    "percent": Function(("number",), Text("%で書いた数(小数1桁まで)", "a rate written in percent, with up to one decimal")),
    "listed": Function(
        ("any",),
        Text(
            "引用符に入れて並べた名前(英語では間にコンマ)", "names in quotes, one after another, with commas between in English"
        ),
    ),
    "figure": Function(
        ("cell",),
        Text("桁区切りで書いた数", "a number written with thousands separators"),
    ),
}
