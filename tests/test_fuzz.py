"""A share of what tests/fuzz.py does to files and texts, and all that it ever found: nothing uncaught, no wrong verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import page_only
from fuzzing import books, cosmetic, damage, formulas, found, targets
from fuzzing.trial import Answer, Trial, WrongVerdictError, pick, result
from seeding import package

SEED = 2026
FINDS = sorted(path.name for path in found.FOLDER.iterdir())


@pytest.mark.parametrize("name", targets.TARGETS)
def test_nothing_is_uncaught_and_no_verdict_is_wrong(name: str) -> None:
    failed = []
    taken = 0
    for number, trial in targets.of_suite(name, SEED):
        taken += 1
        came = result(trial)
        if came.uncaught or came.wrong:
            failed.append(f"tests/fuzz.py --target {name} --seed {SEED} --only {number}: {came.uncaught or came.wrong}")
    assert (taken, failed) == (targets.TARGETS[name].suite, [])


def test_a_thousand_are_the_suites() -> None:
    assert sum(aim.suite for aim in targets.TARGETS.values()) == 1000


@pytest.mark.parametrize("name", FINDS)
def test_what_was_found_once_stays_found(name: str) -> None:
    """Each file in tests/fuzzing/finds is what once went wrong, as small as it can be."""
    path = Path(found.FOLDER, name)
    assert path.stat().st_size <= 3000
    assert result(found.trial(path))[3:] == ("", "")


# -- it can say no --------------------------------------------------------------------


def test_what_nobody_catches_is_told_with_its_place() -> None:
    def broken() -> Answer:
        raise KeyError("month_start")

    assert result(Trial("x", {}, broken)).uncaught.startswith("KeyError: 'month_start' (")


def test_a_figure_that_others_read_otherwise_is_a_wrong_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cached 100 of the leads is 101 in the file: were it called right, IronCalc would say otherwise."""
    right = books.clean("page")
    parts = dict(package.unpacked(page_only()))
    package.set_cached(parts, books.places("page")["meetings"], 41)
    data = damage.packed(parts)
    assert books.asked(data, "page").outcome == "findings"
    monkeypatch.setattr(books.api, "check", lambda *_: right)
    with pytest.raises(WrongVerdictError, match=r"shows 40.*holds 41"):
        books.asked(data, "page")


def test_a_formula_that_ironcalc_works_out_otherwise_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert formulas.asked("SUM(A1,2)*3").outcome == "ok"  # 36
    monkeypatch.setattr(formulas, "theirs", lambda _: 37.0)
    with pytest.raises(WrongVerdictError, match=r"36\.0 for us, 37\.0 for IronCalc"):
        formulas.asked("SUM(A1,2)*3")


@pytest.mark.parametrize("name", cosmetic.CHANGES)
def test_a_way_of_writing_changes_bytes_and_no_cell(name: str) -> None:
    """By the standard library's own parser, but where that one can't (a backslash in a name, a cell without its address)."""
    before = package.unpacked(page_only())
    data = cosmetic.CHANGES[name](pick("looks", SEED, 1), dict(before))
    assert data != damage.packed(before)
    now = books.witness.cells_of(data)
    assert now is None or name == "addresses left out" or now == books.witness.cells_of_base(page_only())


def test_the_same_number_is_the_same_input() -> None:
    for name, aim in targets.TARGETS.items():
        one, other = (aim.make(pick(name, 1, 7)) for _ in range(2))
        assert (one.kind, one.files) == (other.kind, other.files)
