"""Names of workbooks in a roster: what every system can hold, inside the folder; the others are refused, or made safe and said."""

from __future__ import annotations

import pytest

from kgisheet.handout.names import MOST_BYTES, key, safe


@pytest.mark.parametrize("name", ["田中.xlsx", "営業1課 田中", "a-b_c(1)", "①髙～", "TANAKA.XLSX", "v1.2", "👩‍💼"])
def test_a_plain_name_stays(name: str) -> None:
    named = safe(name)
    assert named.file == (name if name.lower().endswith(".xlsx") else f"{name}.xlsx")
    assert named.changed is named.refused is None


@pytest.mark.parametrize(
    ("given", "file"),
    [
        ("営業1課?", "営業1課_.xlsx"),
        ("営業/田中", "営業_田中.xlsx"),  # no folder of its own is made
        ("a\\b", "a_b.xlsx"),
        ('a<b>:"|*', "a_b_____.xlsx"),
        ("CON", "_CON.xlsx"),
        ("nul.2026", "_nul.2026.xlsx"),
        ("com1 .x", "_com1 .x.xlsx"),
        (".hidden", "_hidden.xlsx"),
        ("~$田中.xlsx", "_~$田中.xlsx"),
        ("田中. .xlsx", "田中.xlsx"),
        ("a\u202ecod", "a_cod.xlsx"),  # turns what follows around
        ("a\tb", "a_b.xlsx"),
        ("c.", "c.xlsx"),
    ],
)
def test_a_name_is_made_safe_and_said(given: str, file: str) -> None:
    named = safe(given)
    assert named.file == file
    assert named.changed is not None
    assert file in named.changed.ja
    assert file in named.changed.en


@pytest.mark.parametrize(
    "given",
    [
        "",
        " ",
        "../a",
        "..\\a",
        "a/../../b",
        "/etc/passwd",
        "\\\\server\\share\\a",
        "C:\\a",
        "c:a",
        "a\0b",
        "a\ud800",
        "..",
        "~/a",
        "???",
        "。" * 90,
    ],
)
def test_a_name_that_leads_away_or_is_none_is_refused(given: str) -> None:
    named = safe(given)
    assert named.file is None
    assert named.refused is not None


def test_the_longest_name() -> None:
    # 83 letters of three bytes, and .xlsx: 249 + 5 = 254 bytes
    assert safe("営" * 83).file == "営" * 83 + ".xlsx"
    assert len(("営" * 84 + ".xlsx").encode()) > MOST_BYTES
    assert safe("営" * 84).file is None


def test_names_that_are_one_file_somewhere() -> None:
    assert key("Tanaka.xlsx") == key("TANAKA.XLSX")
    assert key("ガ.xlsx") == key("ガ.xlsx")  # composed, and of two
    assert key("田中.xlsx") != key("田仲.xlsx")
