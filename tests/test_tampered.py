"""Workbooks of ours with another hidden sheet: each command has an answer, or words; a changed sum is never ok. All: sweep_tampered.py."""

from __future__ import annotations

import json
import signal
from typing import Any

import pytest
import sweep_tampered
from conftest import page_only, some
from hostile import tampered

from kgisheet import api, verdict
from kgisheet.worksheet import shape

CASES = list(tampered.made(1))


@pytest.mark.parametrize(("name", "make"), some(CASES, 240), ids=lambda each: each if isinstance(each, str) else "")
def test_every_command_has_an_answer_or_words(name: str, make: tampered.Made) -> None:
    signal.signal(signal.SIGVTALRM, sweep_tampered._late)
    data = make()
    failures = {command: sweep_tampered.failure(run)[0] for command, run in sweep_tampered.commands(data, page_only()).items()}
    assert {command: said for command, said in failures.items() if said not in ("", "slow")} == {}, name
    assert api.check(tampered.hurt(data), "book.xlsx").status != "ok"


def test_the_record_as_it_is_is_of_its_shape() -> None:
    for months in (False, True):
        shape.check(tampered.record(months))
        assert api.check(tampered.workbook(tampered.texts(months), months), "book.xlsx").status == "ok"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("schema", 1e999), ("version", None), ("lang", "fr"), ("sources", [["a", "b", "c"]]), ("sources", [["a", "x"]] * 21), ("typed", ["a", 1]),
        ("plan", 7), ("plan", "x" * 1_000_001), ("plan", "\ud800"), ("sheets", {"a": 1}), ("names", {"x": ["S", "B2", 10**30]}), ("names", {"x": ["S", "B2", True]}),
        ("names", {"x": ["S", "XFE2", 1]}), ("names", {"x": ["S", "B1048576", 2]}), ("names", {f"x{n}": ["S", "A1", 1000, 100] for n in range(3)}),
        ("generated", {str(n): {} for n in range(2001)}), ("generated", {"S": {"A1": [1]}}), ("generated", {"S": {"A1": float("nan")}}), ("generated", {"S": {"A0": 1}}), ("closed", "2026-04"), ("later", [[[[[[[[[[[[[1]]]]]]]]]]]]]),
    ],
    ids=lambda each: each if isinstance(each, str) and len(each) < 20 else "",
)  # fmt: skip
def test_another_shape_is_no_record(key: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"{key} of the hidden sheet"):
        shape.check({**tampered.record(), key: value})


def test_without_a_record_of_its_shape_the_rest_is_checked_and_that_is_said() -> None:
    texts = {**tampered.texts(), "names": "7" * 50_000}
    report = api.check(tampered.workbook(texts), "book.xlsx")
    assert (report.status, [each.code for each in report.findings if each.severity == "warning"]) == ("findings", ["S12"])
    assert [
        each.code
        for each in api.check(tampered.hurt(tampered.workbook(texts)), "book.xlsx").findings
        if each.severity == "error"
    ] == ["F01"]


def test_a_template_that_squares_its_cells_is_refused_by_name() -> None:
    squared = dict(CASES)["standard.toml: 300 cells squared"]()
    problem = api.check(squared, "book.xlsx").problem
    assert problem is not None
    assert problem.what.en == "a single number is too long (the limit is 4,000 digits)"


def test_a_record_of_another_language_than_all_its_words_is_not_believed() -> None:
    report = api.check(tampered.workbook({**tampered.texts(), "lang": '"en"'}), "book.xlsx")
    assert (report.status, [each.code for each in report.findings if each.severity != "note"]) == ("ok", [])


def test_recorded_formulas_that_cannot_be_read_are_none() -> None:
    """Of a template that can't be read, the record's formulas take the place; these are brackets alone."""
    generated = {title: dict.fromkeys(cells, "=" + "(" * 3000) for title, cells in tampered.record()["generated"].items()}
    texts = {**tampered.texts(), "generated": json.dumps(generated)}
    for of_another in ({}, {"sources": json.dumps([["standard.toml", "x ="]]), "version": '"0.0.9"'}):
        report = verdict.check_or_say(tampered.workbook({**texts, **of_another}), "book.xlsx")
        assert report.problem is None or report.problem.code != "internal", report.problem
        assert verdict.check_or_say(tampered.hurt(tampered.workbook({**texts, **of_another})), "book.xlsx").status != "ok"
