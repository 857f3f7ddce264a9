"""openpyxl and python-calamine read what our own reader reads. Many more workbooks: tests/reader_referees.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import reader_referees
from conftest import page_only
from reader_referees import by_openpyxl, differences
from seed_faults import saved_by_libreoffice
from theirs import THEIRS

WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "ours": page_only,
    "ours, by LibreOffice": lambda: saved_by_libreoffice([page_only()])[0],
    "ours, by openpyxl": lambda: by_openpyxl(page_only()),
    **{f"theirs, {name}": make for name, make in THEIRS.items()},
}


@pytest.mark.filterwarnings("ignore:Sparkline")
@pytest.mark.parametrize("name", WORKBOOKS)
def test_they_read_what_we_read(name: str) -> None:
    assert differences(WORKBOOKS[name]()) == []


@pytest.mark.office
@pytest.mark.parametrize(("field", "referees"), [("value", {"openpyxl", "calamine"}), ("formula", {"openpyxl"})])
def test_they_see_a_cell_that_we_read_otherwise(monkeypatch: pytest.MonkeyPatch, field: str, referees: set[str]) -> None:
    """One cell is read wrongly: C3 of 案件 holds =B3*2."""

    def wrong(data: bytes, source: str) -> Any:
        found = real(data, source)
        where = "案件", 2, 2
        found.cells[where] = found.cells[where]._replace(**{field: "=B4*2" if field == "formula" else 61})
        return found

    real = reader_referees.read
    monkeypatch.setattr(reader_referees, "read", wrong)
    found = differences(THEIRS["libreoffice"]())  # its cached values are there
    assert {each.referee for each in found} == referees
    assert {each.cell for each in found} == {("案件", "C3")}
