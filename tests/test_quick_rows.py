"""The quick way of writing cells makes the very bytes that XlsxWriter's own way makes."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from package_audit import parts

from kgisheet import api
from kgisheet.layout import looks
from kgisheet.layout.model import Book, Chart, Conditional, Series, Sheet
from kgisheet.values.a1 import Place
from kgisheet.xlsx import writer

YELLOW = looks.over(looks.PLAIN, bg_color=looks.YELLOW)


def both_ways(book: Book, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, bytes]:
    quick = writer.to_bytes(book)
    monkeypatch.setattr(writer, "IS_QUICK", False)
    return quick, writer.to_bytes(book)


def strange() -> Book:
    """A cell of every kind, texts that XML has to hide, what a formula may hold, gaps between rows, a chart over two sheets."""
    one, other = Sheet("A", {0: 10.0, 1: 20.0}), Sheet("B & <C>", {0: 8.43})
    for row, text in enumerate(("a", "a", " b ", 'x < y & "z" > 1', "_x0041_", "line\nbreak", "\x01", "<r>", "数", "")):
        one.put(row, 0, text, looks.PLAIN)
    cached = (None, True, False, "", "text", "#DIV/0!", "#NEARLY", Fraction(1, 3), Fraction(10**15), datetime.date(2026, 4, 1))
    for row, value in enumerate(cached):
        one.formula(row, 1, f'=IF(A{row + 1}<>"<&>",B1,"_x0041_")', value, YELLOW)  # type: ignore[arg-type]  # True is none of ours
    one.put(40, 27, Fraction(2, 3), looks.PLAIN)
    one.put(41, 27, Fraction(-12_000_000), looks.over(looks.PLAIN, num_format='#,##0"円"'))
    one.put(17, 3, datetime.date(2026, 4, 1), looks.over(looks.PLAIN, num_format="yyyy-mm"))
    one.put(18, 3, None, YELLOW)
    one.put(19, 3, "merged", looks.PLAIN, 6)
    one.formula(20, 3, "=A1", "merged too", looks.PLAIN, 6)
    one.link(21, 3, "'B & <C>'!A1", "there", looks.LINK)
    one.heights |= {0: 15.0, 17: 30.0, 60: 20.0}
    one.folded_rows.append((18, 18))
    one.heights[18] = 15.0
    for area in ((0, 0, 9, 0), (0, 0, 0, 0), (0, 0, 9, 0)):
        one.conditionals += [
            Conditional(*area, f'A1{sign}"_x0041_"', look) for sign, look in (("<>", looks.GOOD), (">", looks.BAD))
        ]
    one.conditionals.append(Conditional(0, 1, 1, 1, 'B1="　"', looks.GOOD))
    for row in range(3):
        other.put(row, 0, Fraction(row), looks.PLAIN)
    one.charts.append(
        Chart("t", "a", Place("A", 0, 0, 3), (Series("s", Place("B & <C>", 0, 0, 3), looks.RED),), 30, 2, (300, 200))
    )
    return Book([one, other], {"first": Place("A", 0, 0)}, [], {}, {})


def test_every_kind_of_cell_is_written_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    quick, own = both_ways(strange(), monkeypatch)
    assert parts(quick) == parts(own)
    assert quick == own
    sheet = parts(quick)["xl/worksheets/sheet1.xml"]
    assert b'<c r="B2" s="2" t="b"><f>IF(A2&lt;&gt;"&lt;&amp;&gt;",B1,"_x0041_")</f><v>1</v></c>' in sheet
    assert b'<c r="AB41" s="1"><v>0.6666666666666666</v></c>' in sheet


def test_the_parts_alone_are_those_of_the_workbook() -> None:
    book = strange()
    assert writer.to_parts(book) == parts(writer.to_bytes(book))
    assert writer.to_bytes(book) == writer.to_bytes(book)  # nothing is left over from the first time


@pytest.mark.parametrize(("lang", "sheets"), [("ja", "months"), ("en", "goals")])
def test_a_workbook_is_written_the_same(lang: str, sheets: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, own = both_ways(api.build(api.plan_from_example(lang, [f"sheets={sheets}"]), lang).book, monkeypatch)
    assert quick == own


def test_a_text_too_long_for_a_cell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet("A", {})
    sheet.put(0, 0, "x" * 32_767, looks.PLAIN)
    quick, own = both_ways(Book([sheet], {}, [], {}, {}), monkeypatch)
    assert quick == own
    monkeypatch.undo()
    sheet.put(1, 0, "x" * 32_768, looks.PLAIN)
    with pytest.raises(AssertionError, match=r"A!A2"):
        writer.to_bytes(Book([sheet], {}, [], {}, {}))
