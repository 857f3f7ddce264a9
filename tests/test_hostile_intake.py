"""Hostile and odd files, each kind by its generator: refused in words, or read in full; `tests/sweep_hostile.py` measures them all."""

from __future__ import annotations

import pytest
import sweep_hostile
from conftest import some
from hostile.kinds import Kind

from kgisheet.verdict import check_or_say

KINDS = sweep_hostile.load()
LARGE = 2 * 2**20
"""Bytes of a file beyond which, and of work beyond which, a kind is left to the sweep."""
QUICK = [
    name
    for name, each in KINDS.items()
    if not each.heavy and not any(word in name for word in ("million", "000", "MB", "MiB", "bomb", "10^", "sheets"))
]


@pytest.mark.parametrize("name", some(QUICK, 1))
def test_it_is_refused_in_words_or_read_in_full(name: str) -> None:
    kind: Kind = KINDS[name]
    report = check_or_say(kind.make(), f"book{kind.suffix}")
    assert report.status in kind.may
    if report.problem is not None:
        assert report.problem.code != "internal"
        for lang in ("ja", "en"):
            said = report.problem.to(lang)
            assert not any(
                word in said for word in ("Error", "Exception", "invalid", "codec", "zipfile", "token", "literal")
            ), said


SAYS = {
    "all parts LZMA": ("ブックでは使われない方式(LZMA)で圧縮されています", "compressed in a way that workbooks aren't (LZMA)"),
    "all parts said to be Deflate64": ("(Deflate64)", "(Deflate64)"),
    "encrypted entries": ("パスワードで暗号化されています", "encrypted with a password"),
    "duplicate parts, the second another one": ("中に同じ部品が2つあり、内容が違います(xl/workbook.xml)", "the same part is in it twice"),
    "parts that differ only in case, and in content": ("中に同じ部品が2つ", "twice, each time another one (XL/Workbook.xml)"),
    "a NUL byte in a part": ("xl/worksheets/sheet1.xml、2行目: NUL文字(値0のバイト)が混ざっています", "it has NUL bytes in it"),
    "a DOCTYPE in UTF-16": ("DOCTYPE", "DOCTYPE"),
    "something in front of the package": ("ブックの前に別のデータが付いています", "something else in front of the workbook"),
    "a part in UTF-32": ("文字コード UTF-32 には対応していません", "its encoding, UTF-32, is none"),
    "a plain zip": ("ZIP", "this is a zip file"),
    "a zip of a workbook": ("ブックを入れたZIPです(goal.xlsx など)", "goal.xlsx"),
    "an empty zip": ("空のZIPです", "an empty zip file"),
    "a minimal .ods called .xlsx": ("OpenDocument", "OpenDocument"),
    "all parts utf-7, with losses": ("文字コード utf-7 には対応していません", "its encoding, utf-7, is none that workbooks have"),
    "a row numbered -5": ("シートにない行番号があります", "a row that no sheet has"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAYS)
def test_it_is_called_by_its_name(name: str) -> None:
    kind = KINDS[name]
    problem = check_or_say(kind.make(), f"book{kind.suffix}").problem
    assert problem is not None
    assert [part in problem.to(lang) for lang, part in zip(("ja", "en"), SAYS[name], strict=True)] == [True, True], problem


def test_a_limit_is_said_with_the_way_to_raise_it() -> None:
    report = check_or_say(KINDS["all parts said to be XZ"].make() + b"\0" * (21 << 20), "book.xlsx")
    assert report.problem is not None
    assert report.problem.to("en") == (
        "book.xlsx: it is too large (the limit is 20 MiB) → "
        "if you trust the file, --budget 10 makes the limits 10 times the standard"
    )
    assert "--budget 10" in report.problem.to("ja")
