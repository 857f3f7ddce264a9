"""`extract` from sheets in dollars, euros, pounds: their thousands and millions are written out, whatever way the sheet says so."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from foreign.sheets import sheet

from kgisheet import api
from kgisheet.extract.bylabels.abroad import stated
from kgisheet.freeform.read import amounts


def taken(revenue: list[Any], price: list[Any], title: str = "FY26 goal") -> tuple[int, int, list[str]]:
    """The revenue and the price of the plan, and what is said of the currency."""
    chain: list[list[Any]] = [["Deals", 24], ["Win rate", "25%"], ["Opps", 96], ["Leads", 960]]
    extracted = api.extract_by_labels(sheet([title], revenue, price, *chain), "theirs.xlsx")
    plan = tomllib.loads(extracted.plan)
    return plan["web_revenue"], plan["deal_size"], [each.what.en for each in extracted.problems if "yen" in each.what.en]


OUT = "the amounts are not in yen: the numbers were written out, times 1,000, as “{}” says"


@pytest.mark.parametrize(
    ("revenue", "price", "title", "said"),
    [
        (["Revenue ($k)", 1200], ["Deal size ($k)", 50], "FY26 goal", OUT.format("$k")),
        (["Revenue ($k)", 1200], ["Deal size", "$50k"], "FY26 goal", OUT.format("$k")),
        # A sign alone says no thousands: the label does.
        (["Revenue ($k)", "$1,200"], ["Deal size ($k)", "$50"], "FY26 goal", OUT.format("$k")),
        (["Revenue ($k)", "USD 1,200"], ["Deal size ($k)", "USD 50k"], "FY26 goal", OUT.format("$k")),
        (["Revenue", 1200], ["Deal size", 50], "FY26 goal, USD thousands", OUT.format("USD thousands")),
        (["Revenue", 1200], ["Deal size", 50], "All figures in thousands of euros", OUT.format("thousands of euros")),
        # 24 deals of 50,000 are 1,200 thousand: the price is in ones, whatever is said above.
        (["Revenue", 1200], ["Deal size", 50_000], "FY26 goal ($k)", OUT.format("$k")),
        (["Revenue (kEUR)", 1200], ["Deal size (EUR)", 50_000], "FY26 goal", OUT.format("kEUR")),
        (["Revenue ($)", 1_200_000], ["Deal size ($)", 50_000], "FY26 goal", "the amounts are not in yen: only the numbers were taken"),
        (["Revenue", 1_200_000], ["Deal size", 50_000], "FY26 goal", "the unit of the amounts isn't said and is taken as yen"),
    ],
)  # fmt: skip
def test_amounts_are_written_out(revenue: list[Any], price: list[Any], title: str, said: str) -> None:
    assert taken(revenue, price, title) == (1_200_000, 50_000, [said])


@pytest.mark.parametrize(
    ("text", "power"),
    [("ARR ($M)", 10**6), ("£bn", 10**9), ("€ '000", 1000), ("$000s", 1000), ("US$m", 10**6), ("受注単価(USD)", 1),
     ("Marketing", None), ("Europe target", None), ("compounds", None), ("¥", None), ("売上(千円)", None)],
)  # fmt: skip
def test_units_of_other_currencies(text: str, power: int | None) -> None:
    found = stated(text)
    assert (None if found is None else found.power) == power


@pytest.mark.parametrize(
    ("text", "ones"),
    [("$2.4M", 2_400_000), ("£960k", 960_000), ("USD 50k", 50_000), ("USD50k", 50_000), ("50k USD", 50_000), ("EUR 1,200", 1_200),
     ("1.2m euros", 1_200_000), ("US$ 50 thousand", 50_000), ("about $1.2M", 1_200_000), ("$50k程度", 50_000), ("$50k/year", 50_000),
     ("2 usdx", None), ("12 eurosceptics", None), ("$", None)],
)  # fmt: skip
def test_amounts_typed_as_texts_in_other_currencies(text: str, ones: int | None) -> None:
    found = amounts.typed(text)
    assert (None if found is None else found.number) == ones
