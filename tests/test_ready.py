"""The ready-made workbooks: they are what `samples/make` makes now, and nothing is wrong with them."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest
from conftest import ROOT, some

from kgisheet import api

HERE = ROOT / "samples" / "ready"


def maker() -> ModuleType:
    """The program beside the workbooks; samples/foreign has a make.py, too."""
    spec = importlib.util.spec_from_file_location("ready_make", HERE / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKE = maker()
SHARE = some(list(MAKE.NAMES), 7)
"""standard.ja and manufacturer.en in the suite; `samples/make --check` takes all of them."""


def test_there_are_all_and_no_others() -> None:
    page = (HERE / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in HERE.glob("*.xlsx")} == set(MAKE.NAMES)
    assert [name for name in MAKE.NAMES if f"]({name})" not in page] == []


@pytest.mark.parametrize("name", SHARE)
def test_it_is_what_would_be_made_now(name: str) -> None:
    assert MAKE.stale([name]) == [], "run samples/make"


def test_one_that_says_something_else_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    other = (HERE / "standard.en.xlsx").read_bytes()
    monkeypatch.setattr(MAKE, "made", lambda _: other)
    assert MAKE.stale(["standard.ja.xlsx"]) == ["standard.ja.xlsx"]


@pytest.mark.parametrize("name", SHARE)
def test_nothing_is_wrong_with_it(name: str) -> None:
    report = api.check((HERE / name).read_bytes(), name)
    assert report.status == "ok", [each.code for each in report.findings]


@pytest.mark.parametrize("kind", MAKE.KINDS)
def test_both_languages_have_the_same_figures(kind: str) -> None:
    inputs = [MAKE.plan(kind, lang).inputs for lang in MAKE.LANGUAGES]
    figures = [{name: value for name, value in each.items() if not isinstance(value, str)} for each in inputs]
    for each in figures:
        del each["channel_name"]
    assert figures[0] == figures[1]
