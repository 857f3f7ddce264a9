"""Sheets with the same list many times: each is checked as if it stood alone, and none takes more than its share."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from conftest import calls, more
from foreign.sheets import Rows, check, codes, sheet

from kgisheet import api
from kgisheet.check.finding import Report
from kgisheet.values import budget

MONTHS = range(1, 13)
MEETINGS = 4


def lists(count: int, wrong: Iterable[tuple[int, int, int]] = ()) -> Rows:
    """A funnel for each of so many people below one line of months; ``wrong``: whose, in which line and month one is added."""
    made: Rows = [["", *(f"{month}月" for month in MONTHS)]]
    for at in range(count):
        deals = [(at * 5 + month * 7) % 37 + 3 for month in MONTHS]
        figures = ([each * 200_000 for each in deals], [200_000] * 12, deals, ["25%"] * 12, [each * 4 for each in deals], ["20%"] * 12, [each * 20 for each in deals])  # fmt: skip
        names = ("売上", "受注単価", "受注件数", "受注率", "商談数", "商談化率", "リード数")
        made += [[name, *line] for name, line in zip(names, figures, strict=True)]
    for at, line, month in wrong:
        made[1 + at * 7 + line][month] += 1
    return made


def errors(report: Report) -> list[str]:
    return sorted(str(each.cell) for each in report.findings if each.severity == "error")


@pytest.mark.parametrize("count", [2, 10, *more([40])])
def test_a_line_of_months_is_over_as_many_lists_as_there_are_below_it(count: int) -> None:
    """The last of ten lists is 64 to 70 lines below the months."""
    report = check(*lists(count))
    assert (report.status, codes(report)) == ("ok", [])


def test_what_is_wrong_in_several_lists_is_found_in_each() -> None:
    """A meeting too many in three lists of ten: B6 of the first, D34 of the fifth (6 + 4 × 7), M69 of the last."""
    report = check(*lists(10, [(0, MEETINGS, 1), (4, MEETINGS, 3), (9, MEETINGS, 12)]))
    assert errors(report) == ["B6", "D34", "M69"]


def test_of_twenty_lists_that_are_all_wrong_each_is_named() -> None:
    """Figures of other lists are alike by chance, and explain nothing; those with the same mistake are one finding."""
    wrong = [(at, MEETINGS, at % 12 + 1) for at in range(20)]
    report = check(*lists(20, wrong))
    said = {each.partition("!")[2] for found in report.findings for each in found.affected} | set(errors(report))
    assert said >= {f"{'BCDEFGHIJKLM'[month - 1]}{2 + at * 7 + line}" for at, line, month in wrong}


@pytest.mark.parametrize("size", [5, *more([8])])
def test_twice_as_many_lists_take_twice_the_work_though_each_has_a_fault(size: int) -> None:
    def of(count: int) -> int:
        data = sheet(*lists(count, [(at, MEETINGS, at % 12 + 1) for at in range(count)]))
        return calls(lambda: api.check(data, "x.xlsx"))

    check(*lists(2 * size))  # vocabularies are read once, uncounted
    assert of(2 * size) <= 2.3 * of(size)


@pytest.fixture
def _a_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the budget, so that smaller sheets exceed it."""
    monkeypatch.setattr(budget, "STANDARD", budget.STANDARD._replace(steps=budget.STANDARD.steps // 10))


@pytest.mark.usefixtures("_a_tenth")
def test_a_sheet_on_which_all_is_wrong_is_checked_in_part_and_blames_nothing() -> None:
    """Relations that were not all looked for say nothing: none of them is called right, none wrong."""
    report = check(*lists(6, [(at, 2 + 2 * (month % 3), month) for at in range(6) for month in MONTHS]))
    assert report.status == "incomplete"
    assert errors(report) == []
    assert any("--budget 10" in each.fix.to("en") for each in report.findings)


@pytest.mark.usefixtures("_a_tenth")
def test_a_sheet_of_too_many_texts_is_checked_in_part() -> None:
    """20,000 that are no labels are read, here 2,000, in whatever order the goals stand among them."""
    texts: Rows = [[f"項目{row}の{row * 7919 % 100_003}について"] for row in range(2010)]
    goals: Rows = [["受注件数", 3], ["受注率", "30%"], ["商談数", 10]]
    assert check(*goals, *texts[:500]).status == "ok"
    report = check(*texts, *goals[:2], ["商談数", 11])
    assert (report.status, errors(report)) == ("incomplete", ["B2013"])
