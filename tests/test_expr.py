"""One expression, three renderings: formula, exact number, sentence."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

import pytest

from kgisheet.expr.functions import TABLE
from kgisheet.expr.parser import ExpressionError, parse
from kgisheet.expr.render import excel, js, prose, value
from kgisheet.expr.render.figures import Value
from kgisheet.expr.typing import Declared, Scope, infer
from kgisheet.language.text import Text


class Sheet:
    """A sheet of three cells and a column, for all three renderers."""

    lang = "ja"
    held: ClassVar = {
        "won_deals": Fraction(3),
        "win_rate": Fraction(3, 10),
        "factor": Fraction(1, 2),
        "empty": None,
        "rounding": "up",
    }
    labels: ClassVar = {
        "won_deals": "受注数",
        "win_rate": "受注率",
        "factor": "倍率",
        "empty": "空欄のセル",
        "leads": "リード数",
    }

    def cell(self, name: str) -> Value:
        return self.held[name]

    def column(self, name: str) -> list[Value]:
        return [Fraction(1), None, Fraction(2)]

    def down_to_here(self, name: str) -> list[Value]:
        return self.column(name)

    def word(self, key: str) -> str:
        return key

    def label(self, name: str) -> str:
        return self.labels[name]

    def is_unsaid(self, name: str) -> bool:
        return name == "factor"

    def is_result(self, name: str) -> bool:
        return name == "won_deals"


class Names(Sheet):
    def cell(self, name: str) -> str:  # type: ignore[override]
        return name

    def shown(self, name: str) -> str:
        return name if self.is_result(name) else excel.copied(name)

    def column(self, name: str) -> str:  # type: ignore[override]
        return name


@pytest.mark.parametrize(
    ("text", "formula", "number", "sentence"),
    [
        # 3 ÷ 30 % = 10
        (
            "won_deals / win_rate",
            '=IF(AND(COUNT(won_deals,win_rate)=2,win_rate>0),won_deals/win_rate,"")',
            Fraction(10),
            "受注数 ÷ 受注率",
        ),
        # A factor that goes without saying: 3 ÷ 30 % ÷ 50 % = 20.
        ("won_deals / win_rate / factor", '=IF(AND(COUNT(won_deals,win_rate,factor)=3,factor>0,win_rate>0),won_deals/win_rate/factor,"")', Fraction(20), "受注数 ÷ 受注率"),
        ("won_deals * (1 - win_rate)", '=IF(COUNT(won_deals,win_rate)=2,won_deals*(1-win_rate),"")', Fraction(21, 10), "受注数 × (1 − 受注率)"),
        ("won_deals - (win_rate - 1)", '=IF(COUNT(won_deals,win_rate)=2,won_deals-(win_rate-1),"")', Fraction(37, 10), "受注数 − (受注率 − 1)"),
        ("won_deals / empty", '=IF(AND(COUNT(won_deals,empty)=2,empty>0),won_deals/empty,"")', None, "受注数 ÷ 空欄のセル"),
        ("won_deals / (win_rate * empty)", '=IF(COUNT(won_deals,win_rate,empty)=3,IF(win_rate*empty>0,won_deals/(win_rate*empty),""),"")', None, "受注数 ÷ (受注率 × 空欄のセル)"),
        ("sum(leads)", '=IF(COUNT(leads)>0,SUM(leads),"")', Fraction(3), "リード数の合計"),
        ("if(is_blank(empty), 0, won_deals)", '=IF(empty="",0,won_deals)', Fraction(0), "空欄のセル が空欄 なら 0、そうでなければ 受注数"),
        ("if(empty < 1, 'low', 'high')", '=IF(AND(ISNUMBER(empty),empty<1),"low","high")', "high", "空欄のセル < 1 なら 「low」、そうでなければ 「high」"),
        ("if(rounding = 'up', 1, 2)", '=IF(rounding="up",1,2)', Fraction(1), None),
    ],
)  # fmt: skip
def test_three_renderings(text: str, formula: str, number: Value, sentence: str | None) -> None:
    node = parse(text)
    assert excel.formula(node, Names()) == formula
    assert value.evaluate(node, Sheet()) == number
    if sentence is not None:
        assert prose.prose(node, Sheet()) == sentence


def test_every_function_has_its_three_renderings() -> None:
    assert set(excel.CALLS) == set(value.CALLS) == set(prose.CALLS) == set(js.CALLS) == set(TABLE)


@pytest.mark.parametrize(
    ("number", "mode", "made"),
    [
        (Fraction(200, 3), "up", 67),
        (Fraction(200, 3), "down", 66),
        (Fraction(200, 3), "nearest", 67),
        (Fraction(5, 2), "nearest", 3),  # half up, not to even
        (Fraction(3), "up", 3),
        # 6 decimals first: 3.0000004 is 3, 3.0000005 is 3.000001 and so 4.
        (Fraction(30000004, 10**7), "up", 3),
        (Fraction(30000005, 10**7), "up", 4),
        (Fraction(29999996, 10**7), "down", 3),
        (Fraction(-5, 2), "nearest", -3),
    ],
)
def test_counts_are_made_whole_as_the_contract_says(number: Fraction, mode: str, made: int) -> None:
    assert value.whole(number, mode) == made


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("won_deals /", 11),
        ("won_deals win_rate", 10),
        ("foo(1)", 0),
        ("sum(a, b)", 0),
        ("(1 + 2", 6),
        ("1 # 2", 1),
        ("'open", 0),
    ],
)
def test_what_is_no_expression_is_refused_with_its_place(text: str, at: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.at == at


def test_deep_nesting_is_refused_in_words() -> None:
    with pytest.raises(ExpressionError, match="nested too deeply"):
        parse("(" * 100 + "1" + ")" * 100)
    with pytest.raises(ExpressionError, match="too long"):
        parse("(" * 5000 + "1" + ")" * 5000)


def test_a_number_beyond_any_cell_is_refused_in_words() -> None:
    """No float holds 10^309 (sweep_tampered.py: a number of 500 digits)."""
    assert parse("9" * 308)
    with pytest.raises(ExpressionError, match="the number is too long"):
        parse(f"1 + {'9' * 500}")


SCOPE = Scope(
    {
        "revenue": Declared("currency", None),
        "price": Declared("currency", None),
        "rate": Declared("rate", None),
        "deals": Declared("count", None),
        "leads": Declared("count", "channel"),
        "name": Declared("text", None),
    },
    {"ok": Text("OK", "OK")},
    None,
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("revenue / price", "number"),
        ("deals / rate", "count"),
        ("deals * price", "currency"),
        ("deals * price * rate", "currency"),
        ("revenue - price", "currency"),
        ("deals / deals - 1", "number"),
        ("sum(leads)", "count"),
        ("tally(leads)", "number"),
        ("if(deals > 0, 'ok', blank)", "text"),
        ("if(revenue >= 0, revenue, 0 * revenue)", "currency"),
    ],
)
def test_units_combine(text: str, unit: str) -> None:
    assert infer(parse(text), SCOPE) == unit


@pytest.mark.parametrize(
    "text",
    [
        "revenue + deals",
        "revenue * price",
        "deals / revenue",
        "rate > deals",
        "leads + 1",  # a column where one value is needed
        "sum(deals)",  # one value where a column is needed
        "name + 1",
        "1 + if(deals > 0, 1, 2)",
        "if(deals, 1, 2)",
        "if(name = name, 1, 2)",
        "if(deals > 0, 'ok', 1)",
        "'gone'",
        "delas",
        "revenue & name",
        "revenue > 5",
    ],
)
def test_units_that_do_not_fit_are_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        infer(parse(text), SCOPE)


def test_a_misspelt_name_gets_a_suggestion() -> None:
    with pytest.raises(ExpressionError, match="do you mean deals"):
        infer(parse("delas"), SCOPE)
