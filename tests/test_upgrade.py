"""Upgrades of workbooks that earlier states of this program made (`older`): nothing that was typed is lost, and the figures agree.

`python tests/sweep_upgrade.py` types into every cell of all of them.
"""

from __future__ import annotations

import datetime
import functools
import io
import json
import re
import zipfile
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import older
import openpyxl
import pytest
import referee
from conftest import Ran, more, page_only
from sweep_upgrade import cells, opened, sweep, typed

from kgisheet import api
from kgisheet.regenerate.patch import carry
from kgisheet.xlsx.patch.package import Package
from kgisheet.xlsx.read.reader import read

Run = Callable[..., Ran]

BY_DEALS = {"goal_to_date_revenue", "pace_revenue"}
"""A month's revenue is its deals by their price now; it was the year's revenue spread in yen."""


def values(data: bytes) -> dict[str, Any]:
    """What each named cell shows, by its name."""
    subject = opened(data)
    return {name: subject.recalculated.value(where) for name, where in cells(subject).items()}


def grave(data: bytes) -> list[tuple[str, str | None]]:
    report = api.check(data, "book.xlsx")
    return [(each.code, each.name) for each in report.findings if each.severity == "error"]


def typed_into(name: str, **named: Any) -> bytes:
    """An older workbook with values typed into its cells, by name; ``actual_leads__0`` is the first of a column."""
    data = older.workbook(name)
    subject = opened(data)
    where = {}
    for key, value in named.items():
        base, _, row = key.partition("__")
        place = subject.book.place(base, int(row) if row else None)
        assert place is not None, key
        where[place[:3]] = value
    return typed(data, where)


@functools.cache
def untouched(name: str) -> api.Upgraded:
    """An older workbook as it is, in the new form: for all who only look at it."""
    return api.upgrade(older.workbook(name), "book.xlsx")


def said(upgraded: api.Upgraded, name: str, row: int | None = None) -> Any:
    """What is in a cell of the new workbook: its formula, else its value."""
    held = opened(upgraded.data).book.at(name, row)
    return held.formula or held.value


# -- nobody has typed anything --------------------------------------------------


@pytest.mark.parametrize("name", ["page", "own", *more(["example", "saas", "manufacturer"])])
def test_an_untouched_workbook_has_the_same_figures_in_the_new_form(name: str) -> None:
    data = older.workbook(name)
    upgraded = untouched(name)
    assert (upgraded.is_current, upgraded.moved, upgraded.left, upgraded.listing) == (False, (), (), None)
    before, after = values(data), values(upgraded.data)
    shared = [each for each in before if each in after and isinstance(before[each], Fraction)]
    assert len(shared) > 25
    assert {re.sub(r"^.*!|\[.*", "", each) for each in shared if before[each] != after[each]} <= BY_DEALS
    # What differs is told, and nothing else.
    assert {each.name for each in upgraded.differs} == {each for each in shared if before[each] != after[each]}
    assert grave(upgraded.data) == []


def test_the_same_workbook_comes_of_the_same_one() -> None:
    assert untouched("page") == api.upgrade(older.workbook("page"), "book.xlsx")


def test_the_sheets_of_every_day_are_made_and_those_that_hold_somebodys_figures() -> None:
    # All 22 sheets were written whether anybody wanted them; on ABM and the like there is what the example had.
    assert untouched("page").sheets == ("目標設定", "根拠")
    data, upgraded = used()
    assert {"現状とのギャップ", "ABM", "ジャーニー", "コンテンツ"} <= set(upgraded.sheets)
    assert not {"定義", "予実サマリー"} & set(upgraded.sheets)
    assert not {"現状とのギャップ", "ABM", "ジャーニー", "コンテンツ", "定義"} & set(untouched("own").sheets)
    # Another first month that somebody typed leaves the tabs those of their months, as it did.
    assert "2026-04" in upgraded.sheets
    assert (f"{said(upgraded, 'start_month'):%Y-%m}", said(upgraded, "actual_leads", 0)) == ("2026-10", 17)
    assert {code for code, _ in grave(upgraded.data)} <= {code for code, _ in grave(data)}


@functools.cache
def own_used() -> tuple[bytes, api.Upgraded]:
    data = typed_into("own", approver="山田部長", deal_size=4_500_000)
    return data, api.upgrade(data, "book.xlsx")


def test_a_template_of_ones_own_stays_upon_the_base_of_today() -> None:
    _, upgraded = own_used()
    assert upgraded.template == "mine"
    assert said(upgraded, "approver") == "山田部長"
    carried = read(upgraded.data, "new.xlsx").carried
    assert [name for name, _ in carried["sources"]][:1] == ["mine.toml"]
    assert carried["sources"][1][1] == api.open_shipped("standard").sources[0].text


def test_a_template_of_ones_own_that_no_longer_fits_is_told_of_and_another_one_can_be_named() -> None:
    data = older.workbook("own")
    carried = read(data, "book.xlsx").carried
    (name, text), *bases = carried["sources"]
    package = Package(data, "book.xlsx")
    dropped = text.replace('base = "standard"', 'base = "standard"\ndrop = ["swing"]')  # a section that was there then
    carry(package, {**carried, "sources": [[name, dropped], *bases]}, {})
    changed = package.to_bytes()
    with pytest.raises(api.BookError) as refused:
        api.upgrade(changed, "book.xlsx")
    assert [each.code for each in refused.value.problems][:1] == ["own-template"]
    assert "swing" in str(refused.value)
    assert api.upgrade(changed, "book.xlsx", template=_own()).template == "mine"


def test_a_workbook_of_today_has_nothing_to_do() -> None:
    data = page_only()
    upgraded = api.upgrade(data, "book.xlsx")
    assert (upgraded.is_current, upgraded.data == data) == (True, True)
    # Asked for a sheet that it doesn't have, it gets one.
    assert "月次予実" in api.upgrade(data, "book.xlsx", ["月次予実"]).sheets


# -- what was typed -------------------------------------------------------------


def test_nothing_that_is_typed_anywhere_is_lost() -> None:
    done = sweep("page", every=3)
    assert len(done.typed) > 400
    assert done.lost == []
    # Every one of its figures that is wrong was wrong before.
    assert {code for code, _ in grave(done.upgraded.data)} <= {code for code, _ in grave(done.before)}


def test_months_too_and_all_of_it_stays_where_its_name_is() -> None:
    done = sweep("own", ("inputs",), every=2)
    assert (len(done.typed) > 100, done.lost, done.upgraded.left) == (True, [], ())
    old, new = opened(done.before), opened(done.upgraded.data)
    there = cells(new)
    for name, where in cells(old).items():
        if where in done.typed:
            assert new.book.read.cells[there[name]].value == old.book.read.cells[where].value, name


USED = {
    "web_revenue": 15_000_000,
    "owner": "営業企画",
    "rounding": "四捨五入",
    "channel_name__1": "SEO",
    "month_weight__2": 3,
    "month_leads_override__4": 25,
    "actual_leads__0": 17,
    "actual_won_deals__0": 0,
    "remarks__0": "展示会で増えた",
    "channel_current_visits__0": 7100,
    "journey_thinks__0": "まず比べたい",
    "abm_opening__3": 7,
    "start_month": datetime.date(2026, 10, 1),
    "win_rate": "=0.2+0.05",
    "deal_size": "='目標設定'!D999*0+4100000",
    "opportunity_rate": "=win_rate/2",
    "opportunities": 12,
}


@functools.cache
def used() -> tuple[bytes, api.Upgraded]:
    """The example after somebody has worked in it, who asks for a sheet that holds nothing of theirs."""
    data = typed_into("example", **USED)
    return data, api.upgrade(data, "book.xlsx", ["コンテンツ"])


def test_inputs_actuals_remarks_and_figures_typed_over_keep_their_names() -> None:
    _, upgraded = used()
    for key, value in USED.items():
        base, _, row = key.partition("__")
        if base not in ("deal_size", "start_month"):
            assert said(upgraded, base, int(row) if row else None) == value, key
    # It refers to a cell that holds nothing: its value stays, and the formula is listed.
    assert said(upgraded, "deal_size") == 4_100_000
    (left,) = upgraded.left
    assert (left.name, left.value) == ("deal_size", "='目標設定'!D999*0+4100000")


def test_figures_that_follow_from_what_was_typed_are_worked_out() -> None:
    data, upgraded = used()
    before, after = values(data), values(upgraded.data)
    assert after["opportunities"] == 12
    assert after["required_meetings"] == before["required_meetings"]
    stored = read(upgraded.data, "new.xlsx").cells
    subject = opened(upgraded.data)
    for name in ("required_meetings", "leads", "visits", "year_leads"):
        assert stored[cells(subject)[name]].value == after[name], name


def test_what_was_typed_is_still_its_owners_when_a_plan_says_otherwise() -> None:
    data, upgraded = own_used()
    raised = api.PlanText(api.extract(older.workbook("own"), "book.xlsx")[0].replace("4000000", "5000000"), "plan.toml")
    for each in (data, upgraded.data):
        outcome = api.regenerate(each, "book.xlsx", raised._replace(open_template=lambda _: _own()))
        assert [(each.name, each.before, each.after) for each in outcome.conflicts] == [
            ("approver", "山田部長", None),
            ("deal_size", 4_500_000, 5_000_000),
        ]
    assert api.regenerate(upgraded.data, "book.xlsx").changes == ()


def _own() -> api.Declaration:
    (name, text), *_ = read(older.workbook("own"), "book.xlsx").carried["sources"]
    return api.template_from_toml(text, name)


def test_a_half_filled_workbook_is_moved_as_it_is() -> None:
    data = typed_into("page", win_rate=None, channel_share__0=0.5, deal_size="約100万円", owner=None)
    upgraded = api.upgrade(data, "book.xlsx")
    assert [said(upgraded, *each) for each in (("win_rate",), ("channel_share", 0), ("deal_size",), ("owner",))] == [
        None,
        0.5,
        "約100万円",
        None,
    ]
    assert upgraded.left == ()
    assert {code for code, _ in grave(upgraded.data)} <= {code for code, _ in grave(data)}


def test_an_export_as_values_works_again_and_a_figure_that_is_not_its_inputs_is_listed() -> None:
    data = older.workbook("page")
    place = read(data, "book.xlsx").names["leads"]
    workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    workbook[place.sheet].cell(place.row + 1, place.col + 1).value = 777
    saved = io.BytesIO()
    workbook.save(saved)
    upgraded = api.upgrade(saved.getvalue(), "book.xlsx")
    assert [(each.name, each.value) for each in upgraded.left] == [("leads", 777)]
    # 150 meetings by the channels' rates: 600 leads, by a formula again.
    assert (values(upgraded.data)["leads"], str(said(upgraded, "leads"))[:1]) == (600, "=")
    assert [(each.name, each.before, each.after) for each in upgraded.differs] == [("leads", 777, 600)]


def test_a_year_that_was_closed_stays_with_its_tabs() -> None:
    rolled = api.regenerate(typed_into("example", actual_leads__0=17), "book.xlsx", start=datetime.date(2027, 4, 1)).data
    upgraded = api.upgrade(rolled, "book.xlsx")
    assert upgraded.others[:2] == ("2026-04", "2026-05")
    new = read(upgraded.data, "new.xlsx")
    assert new.carried["closed"] == read(rolled, "book.xlsx").carried["closed"]
    titles = [sheet.title for sheet in new.sheets]
    assert titles.index("2027-04") < titles.index("2026-04")
    assert 17 in [each.value for (sheet, _, _), each in new.cells.items() if sheet == "2026-04"]
    assert [code for code, _ in grave(upgraded.data)] == []


@functools.cache
def retitled() -> api.Upgraded:
    """The example with sheets that were renamed, and without some."""
    data = retitled_as(older.workbook("example"), {"月次目標": "営業の月次", "2026-05": "5月"})
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    for title in ("ABM", "稟議", "2026-07"):
        del workbook[title]
    saved = io.BytesIO()
    workbook.save(saved)
    return api.upgrade(saved.getvalue(), "book.xlsx")


def test_sheets_and_tabs_that_were_deleted_are_there_again() -> None:
    upgraded = retitled()
    assert (upgraded.left, upgraded.moved) == ((), ())
    assert {"稟議", "2026-07"} <= set(upgraded.sheets)
    assert "ABM" not in upgraded.sheets


def test_sheets_and_tabs_keep_the_titles_that_people_gave_them() -> None:
    upgraded = retitled()
    assert (upgraded.moved, upgraded.left) == ((), ())
    assert (upgraded.sheets[1], upgraded.sheets[4:7]) == ("営業の月次", ("2026-04", "5月", "2026-06"))
    assert opened(upgraded.data).book.names["month_leads"].sheet == "営業の月次"
    assert grave(upgraded.data) == []
    assert api.regenerate(upgraded.data, "book.xlsx").changes == ()


def retitled_as(data: bytes, titles: dict[str, str]) -> bytes:
    """A workbook with other titles, as Excel leaves it: in the list of sheets, in names, formulas and links."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            for was, now in titles.items():
                if name == "xl/workbook.xml" or name.startswith(("xl/worksheets/sheet", "xl/charts/")):
                    text = text.replace(f"'{was}'!".encode(), f"'{now}'!".encode())
                    text = text.replace(f'name="{was}"'.encode(), f'name="{now}"'.encode())
            new.writestr(name, text)
    return out.getvalue()


# -- the command --------------------------------------------------------------------


def test_the_command_says_what_it_did(kgisheet: Run, tmp_path: Any) -> None:
    old = tmp_path / "old.xlsx"
    old.write_bytes(typed_into("page", owner="山田"))
    ran = kgisheet("upgrade", "old.xlsx", "-o", "new.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode().splitlines()[0] == "old.xlsx → new.xlsx: 1 moved, 0 not moved, 0 changed figures"
    again = kgisheet("upgrade", "new.xlsx", "--dry-run")
    assert (again.code, again.out.decode()) == (0, "new.xlsx is up to date: nothing to do\n")
    # The old one is as it was, and the new one is not written over.
    assert old.read_bytes() == typed_into("page", owner="山田")
    assert kgisheet("upgrade", "old.xlsx", "-o", "new.xlsx").code == 2
    assert kgisheet("upgrade", "old.xlsx").code == 2
    assert kgisheet("upgrade", "old.xlsx", "--dry-run", "--sheet", "ない").code == 2


def test_what_is_left_behind_is_told_and_ends_with_1(kgisheet: Run, tmp_path: Any) -> None:
    data = typed(older.workbook("page"), {("目標設定", 2, 25): "横のメモ"})
    (tmp_path / "old.xlsx").write_bytes(data)
    dry = kgisheet("upgrade", "old.xlsx", "--dry-run", "--json")
    assert dry.code == 0
    (left,) = json.loads(dry.out)["left"]
    assert (left["sheet"], left["cell"], left["value"]) == ("目標設定", "Z3", "横のメモ")
    ran = kgisheet("upgrade", "old.xlsx", "--in-place", lang="ja_JP.UTF-8")
    assert ran.code == 1
    assert "目標設定!Z3 「横のメモ」: " in ran.out.decode()
    assert (tmp_path / "old.bak.xlsx").read_bytes() == data
    assert kgisheet("upgrade", "old.xlsx", "--undo").code == 0
    assert (tmp_path / "old.xlsx").read_bytes() == data


def test_a_workbook_that_tells_nothing_is_refused(kgisheet: Run, tmp_path: Any) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(older.workbook("page")))
    del workbook["_kgisheet"]
    workbook.save(tmp_path / "old.xlsx")
    ran = kgisheet("upgrade", "old.xlsx", "-o", "new.xlsx")
    assert (ran.code, "kgisheet extract" in ran.err) == (3, True)
    assert not (tmp_path / "new.xlsx").exists()


@pytest.mark.office
def test_another_engine_works_out_the_same_of_an_upgraded_workbook() -> None:
    _, upgraded = used()
    (office,) = referee.by_libreoffice([upgraded.data])
    ours = referee.cached(upgraded.data)
    assert len(referee.formulas(upgraded.data)) > 3000
    assert referee.differences(ours, office, referee.formulas(upgraded.data)) == []
