"""The texts of a record that `monthly` replaces leave the workbook; everybody else's stay, with their numbers."""

from __future__ import annotations

import re
from typing import Any

import pytest
import stored
from conftest import page_and_months
from package_audit import audit, parts
from test_package import zipped

from kgisheet import api
from kgisheet.worksheet import provenance

LIST = "xl/sharedStrings.xml"
PLAN = api.PlanText(
    re.sub(r"(?m)^win_rate = .*$", 'win_rate = "25%"', api.extract(page_and_months(), "goal.xlsx")[0]), "plan.toml"
)


def monthly(data: bytes) -> bytes:
    return api.regenerate(data, "goal.xlsx", plan=PLAN).data


def texts(data: bytes) -> list[str]:
    return re.findall(r"<si>(.*?)</si>", parts(data)[LIST].decode(), re.DOTALL)


def others(data: bytes) -> dict[Any, Any]:
    """What the cells hold, but for the record's own."""
    return {where: cell for where, cell in stored.cells(data).items() if where[0] != provenance.SHEET}


def test_an_old_record_leaves_no_text() -> None:
    made = page_and_months()
    now = monthly(made)
    was, is_ = texts(made), texts(now)
    gone = [at for at, text in enumerate(was) if is_[at] != text]
    assert len(is_) == len(was)
    assert gone == [at for at, text in enumerate(was) if text.startswith("<t>|")]
    assert {is_[at] for at in gone} == {"<t></t>"}
    assert len(parts(now)[LIST]) < len(parts(made)[LIST]) / 4
    audit(now)
    # Every text of a cell is the one that it was, but for the win rate and what follows: figures.
    assert {where: cell.value for where, cell in others(made).items() if isinstance(cell.value, str) and not cell.formula} == {
        where: cell.value for where, cell in others(now).items() if isinstance(cell.value, str) and not cell.formula
    }
    assert monthly(now) == now  # the new record says all that the old one said


def shares_a_piece(files: dict[str, bytes]) -> None:
    """A cell of the page shows a piece of the record."""
    number = texts_of(files).index(next(text for text in texts_of(files) if text.startswith("<t>|")))
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet] = files[sheet].replace(
        b"</sheetData>", f'<row r="900"><c r="A900" t="s"><v>{number}</v></c></row></sheetData>'.encode()
    )


def has_a_comment(files: dict[str, bytes]) -> None:
    files[LIST] = files[LIST].replace(b"<si>", b"<!-- <si><t>a</t></si> --><si>", 1)


def has_an_empty_item(files: dict[str, bytes]) -> None:
    files[LIST] = files[LIST].replace(b"</sst>", b"<si/></sst>")


def is_asked_by_another_part(files: dict[str, bytes]) -> None:
    """A sheet of another kind, which we don't read."""
    files["xl/macrosheets/sheet9.xml"] = b'<macrosheet><c r="A1" t="s"><v>0</v></c></macrosheet>'
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/xl/macrosheets/sheet9.xml" ContentType="application/xml"/></Types>'
    )


def texts_of(files: dict[str, bytes]) -> list[str]:
    return re.findall(r"<si>(.*?)</si>", files[LIST].decode(), re.DOTALL)


@pytest.mark.parametrize("change", [shares_a_piece, has_a_comment, has_an_empty_item, is_asked_by_another_part])
def test_where_it_is_not_certain_all_texts_stay(change: Any) -> None:
    files = parts(page_and_months())
    change(files)
    data = zipped(files)
    now = monthly(data)
    assert now != data
    assert parts(now)[LIST] == files[LIST]
    assert {each.value for each in others(data).values() if isinstance(each.value, str) and each.value.startswith("|")} <= {
        each.value for each in others(now).values()
    }
