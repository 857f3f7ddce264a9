"""The command check --annotate, and what it refuses or marks in odd files: damaged parts, texts that look like formulas, a title that is taken."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path

import openpyxl
from conftest import book, page_only, some
from hands import edited
from package_audit import audit, parts
from test_annotate import Run, assert_checked_alike, by_xlsxwriter, check_and_mark, faulty
from test_package import zipped

from kgisheet import api
from kgisheet.check.finding import NOTE, Finding
from kgisheet.language.text import Text


def test_what_data_says_is_text() -> None:
    data = by_xlsxwriter()
    hostile = "=1+1\x07\ud800_x000D_<b>"
    finding = Finding(
        "F01", NOTE, Text(hostile, hostile), Text("x" * 40_000, ""), sheet="目標設定", cell="D5", found="=HYPERLINK(1)"
    )
    alone = Finding("S04", NOTE, Text("a", "a"), Text("b", "b"), sheet="ない", cell="A1", found=float("nan"), expected=True)
    spread = Finding("C01", NOTE, Text("a", "a"), Text("b", "b"), affected=tuple(f"A{i}" for i in range(40)))
    report = api.check(data, "book.xlsx")._replace(findings=(finding, alone, spread))
    copy = api.annotate(data, report, "book.xlsx", "ja")
    audit(copy)
    sheet = openpyxl.load_workbook(io.BytesIO(copy)).worksheets[-1]
    assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
    assert sheet["F5"].value == "=HYPERLINK(1)"
    assert sheet["F5"].quotePrefix
    assert sheet["I5"].value == "=1+1_x005F_x000D_<b>"
    assert len(sheet["J5"].value) == 32_767
    assert (sheet["D6"].value, sheet["D6"].hyperlink, sheet["F6"].value, sheet["G6"].value) == ("A1", None, "nan", "TRUE")
    assert "影響するセル 40: A0, A1" in sheet["I7"].value


def test_a_sheet_that_has_the_title_already_keeps_it() -> None:
    data = edited(page_only(), lambda workbook: workbook.create_sheet("検査結果"))
    _, copy = check_and_mark(data)
    assert openpyxl.load_workbook(io.BytesIO(copy)).sheetnames[-2:] == ["検査結果", "検査結果 (2)"]


def test_damaged_parts_end_in_words() -> None:
    data = faulty()
    report, content = api.check(data, "book.xlsx"), parts(data)
    dice = random.Random(1)  # noqa: S311  # the same damage each time
    sources = []
    for name, part in content.items():
        for _ in some(range(8), 2):
            broken = bytearray(part)
            at = dice.randrange(len(broken))
            broken[at : at + dice.randrange(40)] = bytes(dice.randrange(256) for _ in range(dice.randrange(3)))
            try:
                api.annotate(zipped({**content, name: bytes(broken)}), report, "book.xlsx", "ja")
            except api.BookError as bad:
                sources.append(bad.problems[0].source)
    assert len(sources) > 10
    assert set(sources) == {"book.xlsx"}


def test_a_sound_workbook_has_a_copy_too() -> None:
    data = book()
    report, copy = check_and_mark(data, "en")
    assert report.status == "ok"
    audit(copy)
    assert_checked_alike(report, copy)
    assert "0 errors" in openpyxl.load_workbook(io.BytesIO(copy)).worksheets[-1]["A2"].value


def test_the_command_writes_the_copy_and_prints_the_report(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(faulty())
    plain = kgisheet("check", "book.xlsx", "--lang", "ja")
    ran = kgisheet("check", "book.xlsx", "--annotate", "copy.xlsx", "--lang", "ja", "--select", "F01")
    assert (ran.code, plain.code) == (1, 1)
    assert "F01" in ran.out.decode()
    assert ran.out.decode().endswith("コピー: copy.xlsx\n")
    assert json.loads(kgisheet("check", "book.xlsx", "--annotate", "c.xlsx", "--format", "json").out)["reports"]
    workbook = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert [row[1].value for row in workbook.worksheets[-1].iter_rows(min_row=5)] == ["F01"]
    assert kgisheet("check", "-", "--annotate", "b.xlsx", stdin=faulty()).code == 1
    assert (tmp_path / "b.xlsx").exists()


def test_the_command_refuses_what_would_harm(kgisheet: Run, tmp_path: Path) -> None:
    data = page_only()
    for name in ("book.xlsx", "other.xlsx", "macro.xlsm"):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "broken.xlsx").write_bytes(data[:500])
    (tmp_path / "signed.xlsx").write_bytes(zipped({**parts(data), "_xmlsignatures/origin.sigs": b""}))
    for args, code in [
        (["book.xlsx", "other.xlsx", "--annotate", "new.xlsx"], 2),
        ([".", "--annotate", "new.xlsx"], 2),
        (["book.xlsx", "--annotate", "book.xlsx"], 2),
        (["book.xlsx", "--annotate", "other.xlsx"], 2),
        (["book.xlsx", "--annotate", "new.pdf"], 2),
        (["book.xlsx", "--annotate", "new.xlsm"], 2),
        (["macro.xlsm", "--annotate", "new.xlsx"], 2),
        (["book.xlsx", "--annotate", "-"], 2),
        (["book.xlsx", "--annotate", "new.xlsx", "-o", "new.xlsx"], 2),
        (["broken.xlsx", "--annotate", "new.xlsx"], 3),
        (["missing.xlsx", "--annotate", "new.xlsx"], 3),
        (["signed.xlsx", "--annotate", "new.xlsx"], 3),
    ]:
        ran = kgisheet("check", *args)
        assert ran.code == code, (args, ran)
        assert ran.err.count("\n") <= 2
        assert (ran.err != "") == (code == 2 or "signed" in args[0])
        assert not [each for each in tmp_path.iterdir() if each.name.startswith("new")]
    assert {(tmp_path / name).read_bytes() for name in ("book.xlsx", "other.xlsx", "macro.xlsm")} == {data}
    assert kgisheet("check", "macro.xlsm", "--annotate", "new.xlsm").code == 0
