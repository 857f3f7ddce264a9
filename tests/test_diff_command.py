"""The command diff: its text and JSON, files that can't be read, usage."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT
from test_diff import ADS, HEAD, MAIL, ORGANIC, Run, diff, full, made, page, write

from kgisheet.errors import BookError

# -- JSON and files ------------------------------------------------------------------------


def test_the_keys_of_json(kgisheet: Run, tmp_path: Path) -> None:
    write(tmp_path, full(), full(web_revenue="1201万円"))
    ran = kgisheet("diff", "a.xlsx", "b.xlsx", "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["schema_version"], answer["a"], answer["b"]) == (1, 1, "a.xlsx", "b.xlsx")
    assert set(answer) == {"schema_version", "a", "b", "template", "inputs", "stages", "effects", "notes"}
    assert answer["inputs"] == [
        {"name": "web_revenue", "label": "Web売上", "unit": "currency", "before": 12_000_000, "after": 12_010_000,
         "cell_a": "目標設定!C7", "cell_b": "目標設定!C7"},
    ]  # fmt: skip
    assert {frozenset(each) for each in answer["stages"]} == {
        frozenset({"name", "label", "unit", "before", "after", "difference"})
    }
    assert {frozenset(each) for each in answer["effects"]} == {frozenset({"input", "stage", "before", "after"})}
    names = [each["name"] for each in answer["stages"]]
    assert len(names) == len(set(names))
    assert next(each for each in answer["stages"] if each["name"] == "visits")["difference"] == 8_700


def test_the_lines_of_the_page_are_printed(kgisheet: Run, tmp_path: Path) -> None:
    for name, book, lang in (("docs/diff.md", "en", "en_US.UTF-8"), ("docs/diff.ja.md", "ja", "ja_JP.UTF-8")):
        channels = ADS, ORGANIC, MAIL
        write(tmp_path, made(*channels, lang=book), made(*channels, lang=book, web_revenue="1201万円"))
        said = (ROOT / name).read_text(encoding="utf-8").partition("kgisheet diff goal.xlsx")[2]
        block = said.partition("```text\n")[2].partition("```")[0]
        printed = [" ".join(line.split()) for line in kgisheet("diff", "a.xlsx", "b.xlsx", lang=lang).out.decode().splitlines()]
        assert {" ".join(line.split()) for line in block.splitlines()} <= set(printed)


def test_a_file_that_can_not_be_read(kgisheet: Run, tmp_path: Path) -> None:
    write(tmp_path, page(), b"PK\x03\x04 nothing")
    openpyxl.Workbook().save(tmp_path / "foreign.xlsx")
    (tmp_path / "plan.toml").write_text(HEAD, encoding="utf-8")
    for other in ("b.xlsx", "foreign.xlsx", "plan.toml", "nowhere.xlsx", ".", ""):
        for args in (("a.xlsx", other), (other, "a.xlsx")):
            ran = kgisheet("diff", *args, "--json")
            assert (ran.code, ran.out) == (3, b""), args
            assert ran.err.startswith("kgisheet: ")
    ran = kgisheet("diff", "b.xlsx", "nowhere.xlsx")
    assert ran.err.count("\n") == 1  # what can't be opened at all goes first
    with pytest.raises(BookError) as both:
        diff(b"nothing", b"")
    assert {problem.source for problem in both.value.problems} == {"a.xlsx", "b.xlsx"}


@pytest.mark.parametrize("args", [["a.xlsx"], [], ["a.xlsx", "a.xlsx", "a.xlsx"], ["-", "-"], ["a.xlsx", "a.xlsx", "--jsn"]])
def test_usage(args: Iterable[str], kgisheet: Run) -> None:
    ran = kgisheet("diff", *args)
    assert (ran.code, ran.out) == (2, b"")


def test_stdin_is_one_of_the_two(kgisheet: Run, tmp_path: Path) -> None:
    write(tmp_path, page(), page(web_revenue="1201万円"))
    ran = kgisheet("diff", "-", "b.xlsx", "--json", stdin=(tmp_path / "a.xlsx").read_bytes())
    assert (ran.code, json.loads(ran.out)["a"]) == (1, "stdin")
