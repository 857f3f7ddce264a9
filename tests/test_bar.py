"""The progress bar: on a terminal only, and never in the way of what is printed."""

from __future__ import annotations

import io

import pytest

from kgisheet.cli import bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is on stderr after three of three items, one line printed for each."""
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(bar, "_PATIENCE", -1)
    with bar.over(3, "checking") as line:
        for name in "abc":
            line.clear()
            stream.write(f"{name}.xlsx\n")
            line.step()
    return stream.getvalue()


def test_the_bar_counts_and_is_gone_before_anything_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third, rest = shown(Terminal(), monkeypatch).split(".xlsx\n")
    assert first == "a"
    assert "checking" in second
    assert "1/3" in second
    assert second.endswith("\r\x1b[K\x1b[?25hb")
    assert "2/3" in third
    assert "3/3" in rest
    assert rest.endswith("\r\x1b[K\x1b[?25h")


def test_there_is_none_where_stderr_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(io.StringIO(), monkeypatch) == "a.xlsx\nb.xlsx\nc.xlsx\n"
