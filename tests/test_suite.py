"""The suite itself: what it leaves out is there, no test reads a clock, and work is really counted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import LONG, calls, some

FILES = {path.name: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")}
CLOCK = re.compile(r"\b(perf_counter|process_time|monotonic|time\.time)\(")


def test_the_long_tests_are_there() -> None:
    listed = [line.partition("::")[::2] for line in LONG.read_text(encoding="utf-8").split()]
    assert len(listed) > 100
    assert [(file, name) for file, name in listed if not re.search(rf"def {name}\(", FILES.get(file, ""))] == []


def test_no_test_reads_a_clock() -> None:
    """Machines differ, and are never idle: what must not grow is counted in calls."""
    assert CLOCK.search("began = time.perf_counter()")
    assert [name for name, text in FILES.items() if CLOCK.search(text) and name != Path(__file__).name] == []


@pytest.mark.parametrize(("compared", "times"), [("with its neighbour", 10), ("with all", 100)])
def test_calls_tell_what_grows_with_the_square(compared: str, times: int) -> None:
    def work(size: int) -> None:
        for at in range(size):
            for other in range(size) if compared == "with all" else (at,):
                max(at, other)

    assert calls(lambda: work(200)) / calls(lambda: work(20)) == pytest.approx(times, rel=0.2)


def test_some_are_all_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KGISHEET_WHOLE", raising=False)
    assert some("abcde", 2) == ["a", "c", "e"]
    monkeypatch.setenv("KGISHEET_WHOLE", "1")
    assert some("abcde", 2) == list("abcde")
