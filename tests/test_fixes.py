"""The checker's advice taken at its word: a share of `sweep_fixes.py`, and the figures that a fix gives."""

from __future__ import annotations

import pytest
from conftest import page_only
from fixes import mutant, take, tried, value_of
from hands import edited
from seed_faults import saved_by_libreoffice, setter
from sweep_fixes import cases

from kgisheet import api

GOALS, BASIS = "目標設定", "根拠"
SHARE = list(cases("standard-ja", 72))


@pytest.mark.parametrize("kind", [each.kind for each in SHARE])
def test_what_a_fix_says_heals(kind: str) -> None:
    """One fault in seventy-two of those that the harness plants on the page: the fix is put into the cell, and it is checked again."""
    case = next(each for each in SHARE if each.kind == kind)
    data = mutant(case)
    if data is not None:
        assert tried("standard-ja", data).wrong == []


@pytest.mark.parametrize(
    ("at", "typed", "says"),
    [
        ((GOALS, "E7"), 45, '=IF(won_deals_exact="","",IF('),  # F01
        (
            (BASIS, "C20"),
            "=web_revenue_used*deal_size",
            "=IF(AND(COUNT(web_revenue_used,deal_size)=2,deal_size>0),web_revenue_used/deal_size,",
        ),  # F02
        ((GOALS, "C10"), 30, 0.3),  # I03
        ((GOALS, "C10"), "30%", 0.3),  # I01
        ((GOALS, "H7"), 400, 4_000_000),  # I05
        ((BASIS, "C5"), "てきとう", "切り上げ"),  # I10
    ],
)
def test_a_fix_says_what_to_put_there(at: tuple[str, str], typed: object, says: object) -> None:
    data = edited(page_only(), setter(*at, typed))
    finding = next(each for each in api.check(data, "x").findings if (each.sheet, each.cell) == at and each.severity != "note")
    value = value_of(finding)
    assert str(value).startswith(says) if isinstance(says, str) else value == says
    assert tried("standard-ja", data).wrong == []


@pytest.mark.office
def test_libreoffice_comes_to_the_same_once_the_fixes_are_taken() -> None:
    """A formula edited, one typed over and a rate of 3,000 %, each healed by what its fix says, then recalculated by LibreOffice."""
    wrong = [(BASIS, "C20", "=web_revenue_used*deal_size"), (GOALS, "E7", 45), (GOALS, "C10", 30)]
    healed = []
    for sheet, cell, typed in wrong:
        data = edited(page_only(), setter(sheet, cell, typed))
        finding = next(each for each in api.check(data, "x").findings if each.cell == cell and each.severity != "note")
        healed.append(take(data, finding, value_of(finding)))
    as_written = {each.name: each.value for each in api.records_of_book(page_only(), "x")[1]}
    for data in saved_by_libreoffice(healed):
        assert [each for each in api.check(data, "x").findings if each.severity != "note"] == []
        now = {each.name: each.value for each in api.records_of_book(data, "x")[1]}
        assert [now[name] for name in ("won_deals", "opportunities", "required_meetings", "leads", "visits", "overall")] == [
            as_written[name] for name in ("won_deals", "opportunities", "required_meetings", "leads", "visits", "overall")
        ]
