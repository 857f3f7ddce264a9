"""What was made lately is made once; only so much of it is kept."""

from __future__ import annotations

import pytest
from conftest import page_only
from seeding.package import packed, unpacked

from kgisheet import api
from kgisheet.template.settle import settle
from kgisheet.values.recent import Recent
from kgisheet.xlsx.read.reader import read


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


def test_a_sheet_is_read_again_where_it_or_what_its_cells_refer_to_differs() -> None:
    """The same cell ``<c s="1" t="s"><v>0</v></c>``: its text is another part's, and so is its format."""
    parts = unpacked(page_only())
    was = read(packed(parts), "book.xlsx")
    assert read(packed(parts), "book.xlsx").cells == was.cells
    for part, old, new in (
        ("xl/sharedStrings.xml", "広告", "看板"),
        ("xl/styles.xml", 'formatCode="0.0#%"', 'formatCode="0.000%"'),
        ("xl/worksheets/sheet1.xml", "<v>21700</v>", "<v>21701</v>"),
        ("xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" '),
    ):
        changed = parts[part].replace(old.encode(), new.encode())
        assert changed != parts[part], part
        now = read(packed({**parts, part: changed}), "book.xlsx")
        assert now.cells != was.cells, part
        assert now.cells.keys() == was.cells.keys()
