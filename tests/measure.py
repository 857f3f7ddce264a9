"""What each test costs: seconds of a processor, those of LibreOffice and of other programs that it starts included.

    .venv/bin/python tests/measure.py [TEST FILES]      a table by file and by test
    .venv/bin/python tests/measure.py --write           of all tests, and long.txt anew, which --fast leaves out

Not the time on the clock: that is the machine's, and of whatever else it does. Needs Linux (/proc). A machine at work
counts up to half as much again as an idle one.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import LONG, ROOT

TICKS = os.sysconf("SC_CLK_TCK")
LEAST = 0.3
"""Seconds from which on a test is a long one."""


def spent() -> float:
    """What this process and all that it started have taken so far."""
    children: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for each in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = Path("/proc", each, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        children.setdefault(int(fields[1]), []).append(int(each))
        ticks[int(each)] = sum(map(int, fields[11:15]))
    total, waiting = 0, [os.getpid()]
    while waiting:
        process = waiting.pop()
        total += ticks.get(process, 0)
        waiting += children.get(process, [])
    return total / TICKS


class Costs:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        began = spent()
        done = yield
        self.seconds[item.nodeid.removeprefix("tests/")] = spent() - began
        return done  # type: ignore[return-value]


def function(test: str) -> str:
    """The test without its case."""
    return test.partition("[")[0]


def main() -> int:
    is_written = "--write" in sys.argv
    costs = Costs()
    code = pytest.main([each for each in sys.argv[1:] if each != "--write"], plugins=[costs])
    files, tests = Counter[str](), Counter[str]()
    for test, seconds in costs.seconds.items():
        files[test.partition("::")[0]] += seconds  # type: ignore[assignment]
        tests[test] = seconds  # type: ignore[assignment]
    for name, seconds in (*files.most_common(), *tests.most_common(40)):
        print(f"{seconds:8.1f}  {name}")
    print(f"{sum(files.values()):8.1f}  {len(tests)} tests")
    if is_written:
        LONG.write_text("".join(f"{each}\n" for each in sorted({function(test) for test in tests if tests[test] >= LEAST})))
        print(f"{LONG.relative_to(ROOT)} is written")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
