"""``kgisheet diff``: two versions of a goal sheet, which inputs changed and what that did to each stage.

The figures come from docs/worksheet.md, 1: 12,000,000 of revenue at 4,000,000 a deal are 3 deals, ÷ 30 % = 10 opportunities,
÷ 25 % = 40 meetings; 25/50/25 % of them are 10, 20, 10, ÷ 10/30/20 % = 100, 67, 50 leads, 217; ÷ 1 % = 21,700 visits.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import stored
from conftest import Ran, book, page_and_months
from hands import edited, without_results
from seeding.package import packed, set_cell, unpacked

from kgisheet import api

Run = Callable[..., Ran]
Row = tuple[Any, ...]

TABBED = "目標設定,月次予実,月別,予実サマリー"
HEAD = """
title = "t"
unit = "万円"
total_revenue = "5,000万円"
web_revenue = "1,200万円"
deal_size = "400万円"
win_rate = "30%"
opportunity_rate = "25%"
sheets = ["目標設定"]
"""
ADS, ORGANIC, MAIL = ("広告", "25%", "10%", "1%"), ("オーガニック", "50%", "30%", "1%"), ("メルマガ", "25%", "20%", "1%")


def made(*channels: Row, lang: str = "ja", split: str = "share", **changes: str) -> bytes:
    """A page with these channels: name, share (or meetings), meeting rate, CVR."""
    keys = ("name", split, "meeting_rate", "cvr")
    rows = "".join(
        "[[channel]]\n"
        + "".join(f"{key} = {json.dumps(value)}\n" for key, value in zip(keys, row, strict=True) if value is not None)
        for row in channels
    )
    settings = [f"{key}={value}" for key, value in changes.items()]
    return api.workbook(api.plan_from_toml(HEAD + rows, "plan.toml", lang, settings), lang)


@functools.cache
def page(**changes: str) -> bytes:
    """The worked example's page, with some of its values changed."""
    return made(ADS, ORGANIC, MAIL, **changes)


@functools.cache
def full(**changes: str) -> bytes:
    """The worked example with its months."""
    return page_and_months(**changes)


@functools.cache
def tabbed() -> bytes:
    """The same with the months' tabs and the summary."""
    return book(sheets=TABBED)


def typed(data: bytes, **values: Any) -> bytes:
    """The workbook with values typed into it by name (``channel_cvr[2]`` for a row), nothing worked out anew."""
    cells = stored.places(data)
    parts = unpacked(data)
    for name, value in values.items():
        set_cell(parts, cells[name], value)
    return packed(parts)


def diff(a: bytes, b: bytes) -> api.Difference:
    return api.diff((a, "a.xlsx"), (b, "b.xlsx"))


def inputs(found: api.Difference) -> dict[str, tuple[Any, Any]]:
    return {each["name"]: (each["before"], each["after"]) for each in found.to_dict("en")["inputs"]}


def stages(found: api.Difference) -> dict[str, tuple[Any, Any]]:
    """The stages that changed."""
    return {
        each["name"]: (each["before"], each["after"])
        for each in found.to_dict("en")["stages"]
        if each["before"] != each["after"]
    }


def effects(found: api.Difference, stage: str) -> dict[str, tuple[Any, Any]]:
    """What moves one stage, alone."""
    return {each["input"]: (each["before"], each["after"]) for each in found.to_dict("en")["effects"] if each["stage"] == stage}


# -- an input and its stages -----------------------------------------------------


def test_a_goal_just_above_three_deals_is_a_fourth_one() -> None:
    """docs/worksheet.md, 1: 1,200 → 1,201万円 takes visits from 21,700 to 30,400."""
    found = diff(page(), page(web_revenue="1201万円"))
    assert inputs(found) == {"web_revenue": (12_000_000, 12_010_000)}
    assert stages(found) == {
        "web_revenue": (12_000_000, 12_010_000),
        "other_revenue": (38_000_000, 37_990_000),
        "won_deals": (3, 4),  # 12,010,000 ÷ 4,000,000 = 3.0025
        "opportunities": (10, 14),  # 4 ÷ 30 % = 13.33
        "required_meetings": (40, 56),  # 14 ÷ 25 %
        "meetings": (40, 56),
        "leads": (217, 304),  # 14 ÷ 10 % + 28 ÷ 30 % + 14 ÷ 20 % = 140 + 94 + 70
        "visits": (21_700, 30_400),
        "deal_surplus": (0, 3_990_000),  # 4 × 4,000,000 − 12,010,000
    }
    assert found.notes == ()


def test_each_change_alone_and_all_together() -> None:
    """Revenue × 2 alone: 6 deals, 20, 80; 20 ÷ 10 % + 40 ÷ 30 % + 20 ÷ 20 % = 200 + 134 + 100 leads.

    40 % won alone: 3 ÷ 40 % = 7.5, 8 opportunities, 32 meetings, 8/16/8: 80 + 54 + 40 leads.
    Both: 6 ÷ 40 % = 15, 60 meetings, 15/30/15: 150 + 100 + 75 leads.
    """
    found = diff(page(), page(web_revenue="2400万円", win_rate="40%", owner="営業部"))
    assert stages(found)["leads"] == (217, 325)
    assert effects(found, "leads") == {"web_revenue": (217, 434), "win_rate": (217, 174)}
    assert (434 - 217) + (174 - 217) != 325 - 217
    assert "owner" in inputs(found)


def test_an_input_that_moves_no_stage_is_said_to(kgisheet: Run, tmp_path: Path) -> None:
    write(tmp_path, page(), page(total_revenue="6000万円"))
    text = kgisheet("diff", "a.xlsx", "b.xlsx").out.decode()
    assert "Total revenue ¥50,000,000 → ¥60,000,000: changes no stage of the page" in text
    assert "do not add up" not in text  # there is only one


def test_a_period_moves_the_year() -> None:
    found = diff(full(), full(period="month"))
    assert inputs(found) == {"period": ("年間", "月間")}
    assert effects(found, "year_visits") == {"period": (21_700, 12 * 21_700)}
    assert effects(found, "visits") == {}


def test_no_difference(kgisheet: Run, tmp_path: Path) -> None:
    write(tmp_path, full(), without_results(full()))
    ran = kgisheet("diff", "a.xlsx", "b.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert "no differences" in ran.out.decode()
    assert "違いはありません" in kgisheet("diff", "a.xlsx", "b.xlsx", lang="ja_JP.UTF-8").out.decode()


def test_the_same_file_twice(kgisheet: Run, tmp_path: Path) -> None:
    write(tmp_path, page(), page())
    (tmp_path / "link.xlsx").symlink_to("a.xlsx")
    ran = kgisheet("diff", "a.xlsx", "link.xlsx", "--json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["inputs"], answer["notes"]) == (0, [], ["A and B are the same file"])
    assert json.loads(kgisheet("diff", "a.xlsx", "b.xlsx", "--json").out)["notes"] == []


# -- channels ---------------------------------------------------------------------


def test_a_channel_before_the_others_is_that_one_channel() -> None:
    """A fair takes 20 % from organic: 8 ÷ 25 % = 32 leads without visits, 12 ÷ 30 % = 40 instead of 67."""
    fair = ("展示会", "20%", "25%", None)
    found = diff(made(ADS, ORGANIC, MAIL), made(fair, ADS, ("オーガニック", "30%", "30%", "1%"), MAIL))
    assert inputs(found) == {
        "channel_name[1]": (None, "展示会"),
        "channel_share[1]": (None, 0.2),
        "channel_meeting_rate[1]": (None, 0.25),
        "channel_share[3]": (0.5, 0.3),
    }
    assert {each.how for each in found.inputs if each.group == "展示会"} == {"added"}
    assert (stages(found)["leads"], stages(found)["visits"]) == ((217, 222), (21_700, 19_000))
    assert effects(found, "visits") == {"channel": (21_700, 19_000)}  # channels and their split are one decision


def test_a_channel_that_went() -> None:
    found = diff(made(ADS, ORGANIC, MAIL), made(ADS, ("オーガニック", "75%", "30%", "1%")))
    assert inputs(found) == {
        "channel_share[2]": (0.5, 0.75),
        "channel_name[3]": ("メルマガ", None),
        "channel_share[3]": (0.25, None),
        "channel_meeting_rate[3]": (0.2, None),
        "channel_cvr[3]": (0.01, None),
    }
    gone = next(each for each in found.inputs if each.name == "channel_cvr[3]")
    assert gone.cell_a is not None
    assert gone.cell_b is None


def test_channels_in_another_order_are_one_move() -> None:
    found = diff(made(ADS, ORGANIC, MAIL), made(MAIL, ADS, ORGANIC))
    assert inputs(found) == {"channel_number[1]": (3, 1)}
    assert found.differs


def test_a_channel_of_another_name_keeps_its_figures() -> None:
    found = diff(made(ADS, ORGANIC, MAIL), made(("リスティング", *ADS[1:]), ORGANIC, MAIL))
    assert inputs(found) == {"channel_name[1]": ("広告", "リスティング")}
    assert stages(found) == {}


def test_one_rate_of_one_channel() -> None:
    """10 ÷ 12 % = 84 leads of the ads instead of 100; names are compared without regard to width."""
    found = diff(made(("ＳＥＯ", *ADS[1:]), ORGANIC, MAIL), made(("SEO", "25%", "12%", "1%"), ORGANIC, MAIL))
    assert inputs(found) == {"channel_name[1]": ("ＳＥＯ", "SEO"), "channel_meeting_rate[1]": (0.1, 0.12)}
    assert effects(found, "leads") == {"channel_meeting_rate[1]": (217, 201)}


def test_a_split_is_moved_as_a_whole() -> None:
    """35/40/25 %: 14 ÷ 10 % + 16 ÷ 30 % + 10 ÷ 20 % = 140 + 54 + 50 leads."""
    found = diff(made(ADS, ORGANIC, MAIL), made(("広告", "35%", "10%", "1%"), ("オーガニック", "40%", "30%", "1%"), MAIL))
    assert effects(found, "leads") == {"channel_share": (217, 244)}


def test_typed_meetings_against_shares() -> None:
    found = diff(made(ADS, ORGANIC, MAIL), made(*((n, m, r, c) for (n, _, r, c), m in zip((ADS, ORGANIC, MAIL), (10, 20, 10), strict=True)), split="meetings"))  # fmt: skip
    assert (inputs(found), stages(found)) == ({}, {})
    assert found.differs
    assert "Share; in B: Meetings" in found.notes[0].en


def test_more_channels_than_the_other_has_rows_for() -> None:
    many = [(f"c{number}", "10%", "10%", "1%") for number in range(10)]
    found = diff(made(ADS, ORGANIC, MAIL), made(*many))
    assert stages(found)["leads"] == (217, 400)  # 4 ÷ 10 %, ten times
    assert effects(found, "leads") == {"channel": (217, 400)}


# -- languages, programs, places ------------------------------------------------------


def test_two_languages_say_the_same() -> None:
    rows = (ADS, ORGANIC, MAIL)
    found = diff(made(*rows), made(*rows, lang="en"))
    assert (found.differs, inputs(found), found.notes) == (False, {}, ())


def test_a_choice_is_told_in_the_language_of_b() -> None:
    found = diff(made(ADS, ORGANIC, MAIL), typed(made(ADS, ORGANIC, MAIL, lang="en"), rounding="down"))
    assert inputs(found) == {"rounding": ("up", "down")}
    assert effects(found, "leads") == {"rounding": (217, 216)}  # docs/worksheet.md, 1: 66 for 66.67
    assert [note.en for note in found.notes if "differ from what its inputs give" in note.en]  # typed, and not worked out anew


def test_names_in_two_languages_are_matched_by_their_rows() -> None:
    found = diff(
        page(),
        made(
            *((name, *rest) for name, (_, *rest) in zip(("Ads", "Organic", "Mail"), (ADS, ORGANIC, MAIL), strict=True)),
            lang="en",
        ),
    )
    assert set(inputs(found)) == {f"channel_name[{row}]" for row in (1, 2, 3)}


def test_an_inserted_row_and_a_renamed_sheet_are_no_differences() -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook["目標設定"].insert_rows(12)
        workbook["目標設定"].title = "営業部"
        workbook["営業部"]["C7"].value = 12_010_000

    found = diff(page(), edited(page(), edit))
    assert inputs(found) == {"web_revenue": (12_000_000, 12_010_000)}
    assert stages(found)["visits"] == (21_700, 30_400)
    (change,) = found.inputs
    assert (change.cell_a, change.cell_b) == ("目標設定!C7", "営業部!C7")


def test_an_overwritten_formula_is_noted_and_not_believed() -> None:
    found = diff(page(), typed(page(), visits=25_000))
    assert (found.differs, stages(found)) == (False, {})
    (note,) = found.notes
    assert note.en.startswith("b.xlsx: results that differ from what its inputs give")
    assert note.en.endswith("kgisheet check b.xlsx")


@pytest.mark.parametrize("route", ["as it is", "openpyxl"])
def test_how_many_cells_show_something_else(route: str) -> None:
    """The meetings needed, typed over with 45: what hangs on them is counted too, once it was worked out."""
    over = typed(page(), contacts=1000, required_meetings=45)
    found = diff(page(), over if route == "as it is" else edited(over, lambda _: None))
    (note,) = found.notes
    count = int(note.en.partition("…): ")[2].partition(";")[0])
    assert count > 1


def test_what_is_no_figure_is_said() -> None:
    found = diff(page(), typed(page(), web_revenue="1,200万円", win_rate="#N/A", rounding="はい"))
    assert inputs(found) == {
        "web_revenue": (12_000_000, "1,200万円"), "win_rate": (0.3, "#N/A"), "rounding": ("切り上げ", "はい"),
    }  # fmt: skip
    assert stages(found)["visits"] == (21_700, None)
    assert any("hold no figure, date or choice" in note.en and ": 3 (" in note.en for note in found.notes)


def test_a_title_typed_as_a_number_is_the_text() -> None:
    assert not diff(typed(page(), title="2026"), typed(page(), title=2026)).inputs


def test_figures_beyond_what_a_sheet_can_hold() -> None:
    found = diff(page(), typed(page(), web_revenue=1e300, deal_size=1e-300))
    assert stages(found)["visits"] == (21_700, None)  # no spreadsheet could show it


def _channel() -> str:
    return '[[channel]]\nname = "a"\nshare = 1\nmeeting_rate = "10%"\ncvr = "1%"\n'


# -- templates ----------------------------------------------------------------------------


def test_two_templates() -> None:
    """Meeting → win is another rate than opportunity → win: told, and not tried in the place of the other."""
    plan = HEAD.replace('opportunity_rate = "25%"', 'template = "short"').replace("30%", "25%") + _channel()
    found = diff(page(), api.workbook(api.plan_from_toml(plan, "plan.toml", "ja"), "ja"))
    assert found.to_dict("en")["template"] == {"a": "standard", "b": "short"}
    assert inputs(found)["win_rate"] == (0.3, 0.25)
    assert "win_rate" not in effects(found, "visits")
    assert "opportunities" not in {each.name for each in found.stages}
    notes = " ".join(note.en for note in found.notes)
    assert "Win rate (opportunity → won); Meeting-to-win rate (meeting → won)" in notes
    assert "only A has these inputs: ③ Opportunity stage, Opportunity rate (meeting → opportunity)" in notes


def test_what_is_open_in_excel_is_compared_as_saved(kgisheet: Run, tmp_path: Path) -> None:
    write(tmp_path, page(), page())
    (tmp_path / "~$b.xlsx").write_bytes(b"lock")
    ran = kgisheet("diff", "a.xlsx", "b.xlsx")
    assert ran.code == 0
    assert "open in Excel" in ran.err


def write(folder: Path, a: bytes, b: bytes) -> None:
    (folder / "a.xlsx").write_bytes(a)
    (folder / "b.xlsx").write_bytes(b)
