"""docs/library.md: its examples come to what they show, and every name of the front door is in it."""

from __future__ import annotations

import doctest
import pickle
import re

import pytest
from conftest import ROOT, page_only

from kgisheet import api

PAGE = (ROOT / "docs/library.md").read_text(encoding="utf-8")


def test_the_examples_come_to_what_they_show() -> None:
    code = "".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(code, {}, "library.md", "docs/library.md", 0)
    assert len(test.examples) > 30
    said: list[str] = []
    ran = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(test, out=said.append)
    assert ran.failed == 0, "".join(said)


def test_every_name_of_the_front_door_is_there_and_on_the_page() -> None:
    """Those that are imported late, too."""
    assert all(getattr(api, name) is not None for name in api.__all__)
    # The page speaks of Change, Reading … by the fields that hold them, and nobody makes a Declaration or a Plan by name.
    by_field = {
        "Built",
        "Change",
        "Declaration",
        "Difference",
        "OutputError",
        "Plan",
        "Problem",
        "Reading",
        "Text",
        "Unchecked",
    }
    assert {name for name in api.__all__ if not re.search(rf"\b{name}\b", PAGE)} <= by_field | {"records_to_dict"}
    with pytest.raises(AttributeError):
        _ = api.nothing_of_the_kind


def test_what_becomes_a_dictionary_has_the_keys_of_the_report() -> None:
    """docs/contract.md, JSON: the keys of a finding, of a record, of a change."""
    finding = {"code", "severity", "confidence", "sheet", "cell", "name", "label", "found", "expected", "difference", "message",
               "fix", "root", "affected"}  # fmt: skip
    report = api.check(page_only(win_rate="1%"), "goal.xlsx")
    assert set(report.to_dict("ja")) == {"file", "status", "template", "stats", "findings"}
    assert report.findings
    assert all(set(each.to_dict("ja")) == finding for each in report.findings)
    record = {"name", "label", "role", "unit", "value", "exact", "formula", "sheet", "cell"}
    template, records = api.records_of_book(page_only(), "goal.xlsx")
    answer = api.records_to_dict(template, records)
    assert answer["template"] == "standard"
    assert all(set(each) == record for each in answer["cells"])
    assert set(api.Change("s", "A1", None, 1, 2).to_dict()) == {"sheet", "cell", "name", "before", "after"}


def test_an_error_passes_between_processes() -> None:
    """A pool of processes sends exceptions by pickling them."""
    with pytest.raises(api.BookError) as bad:
        api.records_of_book(b"no workbook", "a.xlsx")
    again = pickle.loads(pickle.dumps(bad.value))  # noqa: S301  what was pickled in the line itself
    assert (type(again), again.problems) == (type(bad.value), bad.value.problems)
    assert again.problems[0].source == "a.xlsx"
