"""The same work on many items: in their order, within a window, and no item does harm to another."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgisheet.errors import BookError, Problem, RequestError
from kgisheet.language.text import Text
from kgisheet.many.executors import Here, opened
from kgisheet.many.limits import Limits, problem
from kgisheet.many.window import each
from kgisheet.values import budget


def halved(number: int) -> int:
    if number % 2:
        raise BookError(Problem("odd", Text("奇数です", "it is odd"), None, str(number)))
    return number // 2


def where(_: object) -> int:
    return os.getpid()


def steps(_: object) -> int:
    return budget.current().limits.steps


def ill(what: str) -> str:
    if what == "ends":
        os._exit(7)
    if what == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "hangs":
        while True:
            time.sleep(0.01)
    if what == "eats":
        return str(len(b"x" * 2**40))
    if what == "prints":
        print("among the answers?", flush=True)
    if what == "unpicklable":
        raise _Odd(1, 2)
    return what.upper()


class _Odd(Exception):  # noqa: N818
    def __init__(self, one: int, two: int) -> None:
        super().__init__(one)


def test_results_come_in_the_order_of_the_items_whoever_works_on_them() -> None:
    for jobs in (1, 3):
        with opened(None, jobs) as executor:
            done = list(each(halved, range(10), executor))
        assert [one.item for one in done] == list(range(10))
        assert [one.result for one in done] == [0, None, 1, None, 2, None, 3, None, 4, None]
        assert [problem(one.error, "x").to("en") for one in done if one.error] == [f"{n}: it is odd" for n in (1, 3, 5, 7, 9)]


def test_the_budget_goes_along_to_whoever_works() -> None:
    """Once it was raised for `batch` in the process alone that reads the roster."""
    with budget.raised(10), opened(None, 2) as executor:
        assert [one.result for one in each(steps, range(3), executor)] == [10_000_000] * 3
    with opened(None, 2) as executor:
        assert [one.result for one in each(steps, range(3), executor)] == [1_000_000] * 3


def test_a_single_item_is_worked_on_in_this_process() -> None:
    with opened(None, count=1) as executor:
        assert [one.result for one in each(where, ["a"], executor)] == [os.getpid()]
    with opened(None, 1, count=2) as executor:
        (first, second) = (one.result for one in each(where, ["a", "b"], executor))
    assert first == second != os.getpid()


def test_where_no_process_can_be_had_the_work_is_done_in_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr("kgisheet.many.lane.subprocess.Popen", refused)
    with opened(None, 2) as executor:
        done = list(each(halved, range(3), executor))
    assert [(one.result, type(one.error)) for one in done] == [(0, type(None)), (None, BookError), (1, type(None))]


def test_no_more_items_are_taken_than_the_window_holds() -> None:
    """Of ten items the fourth is taken when the first is given back, and so on."""
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(0, 20, 2):
            taken.append(number)
            yield number

    with opened(None, 2) as executor:
        seen = [len(taken) for _ in each(halved, items(), executor, window=3)]
    assert seen == [3, 4, 5, 6, 7, 8, 9, 10, 10, 10]


def test_in_this_process_an_item_is_given_back_before_the_next_is_taken() -> None:
    taken: list[int] = []
    items = (taken.append(number) or number for number in range(0, 6, 2))
    assert [(one.result, len(taken)) for one in each(halved, items, Here())] == [(0, 1), (1, 2), (2, 3)]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("ends", "f: the process working on it ended (7), and ended again when it was retried"),
        ("killed", "f: the process working on it ended (SIGKILL), and ended again when it was retried"),
        ("hangs", "f: it was not finished within 2 seconds and was stopped"),
        ("eats", "f: it needs more memory than allowed (1,024 MiB)"),
        ("unpicklable", "f: this program failed (RuntimeError) → please report this line, with the files that were used"),
    ],
)
def test_an_item_does_no_harm_to_the_others(what: str, said: str) -> None:
    with opened(None, 2, limits=Limits(2 if what == "hangs" else 120, 2**30)) as executor:
        before, bad, *after = each(ill, ["a", what, "b", "prints", "c"], executor)
    assert before.result == "A"
    assert [one.result for one in after] == ["B", "PRINTS", "C"]
    assert bad.error is not None
    assert problem(bad.error, "f").to("en") == said


def large(size: int) -> tuple[int, int]:
    """Hold so many bytes, for good."""
    _HELD.append(bytearray(b"x") * size)
    return os.getpid(), len(_HELD)


_HELD: list[bytearray] = []


def test_a_worker_that_has_grown_large_is_replaced() -> None:
    with opened(None, 1) as executor:
        (a, first), (b, second), (c, third) = (one.result or (0, 0) for one in each(large, [1, 450 * 2**20, 1], executor))
    assert a == b != c
    assert (first, second, third) == (1, 2, 1)


def once_killed(mark: str) -> str:
    """Die at the first try, as a process does that somebody else ends."""
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def test_an_item_whose_process_is_ended_is_tried_again(tmp_path: Path) -> None:
    with opened(None, 2) as executor:
        assert [one.result for one in each(once_killed, [str(tmp_path / "mark")], executor)] == ["done"]


def test_workers_end_with_the_block() -> None:
    with opened(None, 2) as executor:
        pids = {one.result for one in each(where, range(8), executor)}
    for pid in pids:
        assert pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize("spec", ["dask", "dask=", "dask=host", "ray=tcp://host:1", "tcp://host:8786"])
def test_an_executor_of_another_form_is_refused(spec: str) -> None:
    with pytest.raises(RequestError, match="dask=tcp://host:8786"), opened(spec):
        pass
