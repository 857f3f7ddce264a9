"""The add-in for Excel: its manifest held to the rules of Office's schema, its icons, the command that writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from kgisheet.addin import excel
from kgisheet.errors import RequestError


def test_the_command_writes_the_manifest_and_its_icons(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    ran = kgisheet("addin", "excel", "-o", "addin", "--base-url", "https://example.com/kgi")
    assert (ran.code, b"https://example.com/kgi/" in ran.out) == (0, True)
    assert 'DefaultValue="https://example.com/kgi/pane.html?view=months"' in (tmp_path / "addin/manifest.xml").read_text(
        "utf-8"
    )
    assert (tmp_path / "addin/icons/check-32.png").read_bytes().startswith(b"\x89PNG")
    assert kgisheet("addin", "excel", "-o", "addin").code == 2  # what is there is left alone


@pytest.mark.parametrize(
    ("typed", "address"),
    [("https://example.com/kgi", "https://example.com/kgi/"), ("http://localhost:8000", "http://localhost:8000/"), (" https://例え.jp/ ", "https://例え.jp/")],
)  # fmt: skip
def test_addresses_that_excel_loads_from(typed: str, address: str) -> None:
    assert excel.address(typed) == address


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://example.com/kgi", "https addresses only"),
        ("http://localhost.example.com", "https addresses only"),
        ("ftp://example.com", "not a web address"),
        ("example.com", "not a web address"),
        ("https://", "not a web address"),
        ("https://exa mple.com", "not a web address"),
        ('https://example.com/"', "not a web address"),
        ("https://example.com:99999/", "not a web address"),
        ("https://[::1", "not a web address"),
        ("https://example.com/?a=1", "can't have ?"),
        ("https://me:secret@example.com/", "a user's name"),
        ("https://example.com/" + "a" * 2000, "too long"),
    ],
)
def test_addresses_that_it_does_not_load_from_are_refused_in_words(typed: str, said: str) -> None:
    with pytest.raises(RequestError) as bad:
        excel.address(typed)
    assert said in str(bad.value.problems[0].to("en"))
