"""docs/tutorial.md: each command is run in order, and prints what the page shows.

Of the Japanese page, whose commands are the same, those whose output it shows.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, Ran, some

PAGES = {"tutorial.md": ("en_US.UTF-8", "Goals"), "tutorial.ja.md": ("ja_JP.UTF-8", "目標設定")}
CODES = {"slip.xlsx": 3, "diff": 1, "check": 1}
"""Exit codes other than 0, by a word of the command."""


def text(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def steps(page: str) -> list[tuple[str, str]]:
    """The blocks of a page in order, each with its kind; of a file to save, its name for a kind."""
    found = []
    for said, kind, body in re.findall(r"([^\n]*\n\n)?```(\w+)\n(.*?)```", text(page), re.DOTALL):
        files = re.findall(r"`(\S+\.(?:toml|csv))`", said)
        found.append((files[0] if kind in ("toml", "csv") else kind, body))
    return found


def colleague(folder: Path, sheet: str) -> None:
    """Step 5: 45 typed over the meetings needed."""
    book = openpyxl.load_workbook(folder / "goal.xlsx")
    assert book[sheet]["C13"].value.startswith("=")
    book[sheet]["C13"] = 45
    book.save(folder / "returned.xlsx")


@pytest.mark.parametrize("page", some(list(PAGES), 2))
def test_every_step_works_as_shown(page: str, kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    lang, sheet = PAGES[page]
    printed: set[str] = set()
    shown = 0
    taken = steps(page)
    for (kind, body), (following, _) in zip(taken, [*taken[1:], ("", "")], strict=True):
        if kind == "sh":
            if page == "tutorial.ja.md" and following != "text":
                continue
            printed = set()
            for line in body.splitlines():
                if page == "tutorial.ja.md" and "--in-place" in line:  # --dry-run has said the same
                    continue
                if "check returned.xlsx" in line and not (tmp_path / "returned.xlsx").exists():
                    colleague(tmp_path, sheet)
                program, *args = shlex.split(line)
                assert program == "kgisheet"
                ran = kgisheet(*args, lang=lang)
                expected = next((code for word, code in CODES.items() if word in args), 0)
                assert ran.code == expected, (line, ran.err)
                printed |= {*ran.out.decode().splitlines(), *ran.err.splitlines()}
        elif kind == "text":
            assert set(body.splitlines()) <= printed, set(body.splitlines()) - printed
            shown += 1
        else:
            (tmp_path / kind).write_text(body, encoding="utf-8")
    assert shown >= 5
    assert not (tmp_path / "slip.xlsx").exists()
    if page == "tutorial.md":
        assert "leads = 15" in (tmp_path / "today.toml").read_text(encoding="utf-8")  # April's, from the CSV file


def test_both_languages_have_the_same_steps() -> None:
    english, japanese = ([body for kind, body in steps(page) if kind == "sh"] for page in PAGES)
    assert [body.replace(" --lang en", "") for body in english] == japanese
