"""A template that declares no sheet for working: what its page leaves out has a hidden sheet all the same."""

from __future__ import annotations

import io

import openpyxl
import pytest
from seeding.subjects import made

from kgisheet import api


@pytest.mark.parametrize(("subject", "title"), [("referral-ja", "計算用"), ("referral-down-en", "Working")])
def test_every_cell_of_a_template_of_ones_own_has_a_place(subject: str, title: str) -> None:
    """Contracts are worked out before rounding (4,500万円 ÷ 130万円 = 34.6): the page's formula of 35 needs that cell."""
    data = made(subject)
    assert [each.name for each in api.records_of_book(data, subject)[1] if each.cell is None] == []
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book[title].sheet_state == "hidden"
    assert book.defined_names["contracts_exact"].attr_text.startswith(f"'{title}'!")
    assert [each for each in api.check(data, "book.xlsx").findings if each.severity != "note"] == []
