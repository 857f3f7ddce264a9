"""What was made lately is made once; only so much of it is kept."""

from __future__ import annotations

import pytest

from kgisheet import api
from kgisheet.template.settle import settle
from kgisheet.values.recent import Recent


def test_the_same_key_gives_the_same_object_and_the_one_used_longest_ago_goes() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    recent: Recent[str] = Recent(2)
    for key in ("a", "b", "a", "c", "a", "b"):  # c pushes b out, for a was used after it
        assert recent.get(key, lambda key=key: make(key)) == key.upper()
    assert made == ["a", "b", "c", "b"]


def test_an_error_is_not_kept() -> None:
    recent: Recent[int] = Recent(2)
    with pytest.raises(ZeroDivisionError):
        recent.get("a", lambda: 1 // 0)
    assert recent.get("a", lambda: 1) == 1


def test_a_template_is_settled_once_for_each_choice_and_its_text_decides() -> None:
    standard = api.open_shipped("standard")
    assert settle(standard) is settle(api.open_shipped("standard"))
    assert settle(standard, (), ["goals"]) is not settle(standard)
    text = standard.sources[0].text.replace('ja = "受注数"', 'ja = "成約数"', 1)
    assert settle(api.template_from_toml(text, "standard.toml")) is not settle(standard)
