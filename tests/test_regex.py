"""Patterns that are compiled at their first use."""

from __future__ import annotations

import re

import pytest
import sweep_patterns

from kgisheet.freeform.read import likely
from kgisheet.values.regex import regex


def test_a_pattern_is_compiled_when_it_is_first_asked_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def counting(text: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(text)
        return compile_(text, flags)

    monkeypatch.setattr(re, "compile", counting)
    number = regex(r"(\d+)件", re.IGNORECASE)
    assert compiled == []
    assert number.sub(r"\1", "30件") == "30"
    assert number.fullmatch("30件") is not None
    assert number.pattern == r"(\d+)件"
    assert compiled == [r"(\d+)件"]


def test_the_sweep_of_patterns_sees_those_that_are_not_compiled_yet() -> None:
    assert "_LIKELY" in {name for name, _ in sweep_patterns.patterns(likely)}
