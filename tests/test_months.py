"""Twelve months, the tabs and the summary, held to the contract's arithmetic and to two foreign engines.

`sweep_months.py` does the same for any number of plans.
"""

from __future__ import annotations

import functools
import io
import zipfile
from fractions import Fraction

import months_by_contract as contract
import pytest
import referee
import sweep_months as sweep
from conftest import book as standard
from conftest import more, some
from months_by_contract import Channel, Page, Typed
from test_referees import edited

from kgisheet import api
from kgisheet.values.toml import write

SEEDS = (37, 18)

MONTHLY = "使い方,目標設定,月次予実,月別,予実サマリー"


@functools.cache
def trial(seed: int) -> sweep.Trial:
    return sweep.trial(seed, sheets=MONTHLY)


# -- the referees can say no ----------------------------------------------


def worked(**changes: object) -> tuple[dict[str, object], Page]:
    """docs/worksheet.md, 1: 3 deals, 10 opportunities, 40 meetings, 217 leads, 21,700 visits."""
    figures = {"revenue": 12_000_000, "won_deals": 3, "opportunities": 10, "meetings": 40, "leads": 217, "web_leads": 217}
    rows = (("広告", 10, 100), ("オーガニック", 20, 67), ("メルマガ", 10, 50))
    channels = [Channel(name, Fraction(meetings), Fraction(leads), Fraction(leads * 100)) for name, meetings, leads in rows]
    page = Page("up", {name: Fraction(value) for name, value in (figures | {"visits": 21_700}).items()}, channels)
    return {"start": "2026-04", **changes}, page


def test_the_contract_worked_by_hand() -> None:
    """3 deals a year is a deal in three months and zero in nine; leads three months earlier; a typed month is made up for."""
    plan, page = worked()
    year = contract.months(page, plan)
    assert year.month["won_deals"] == [0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]
    assert year.month["revenue"] == [1_000_000] * 12
    ahead = contract.months(page, worked(months={"lead_time": {"leads": 3}})[0])
    assert ahead.before["leads"] == 54
    assert ahead.month["leads"] == [18, 18, 19, 18, 18, 18, 18, 18, 18, 0, 0, 0]
    assert ahead.next["leads"] == [0] * 9 + [18] * 3
    assert ahead.month["visits"] == [100 * leads for leads in ahead.month["leads"]]
    typed = contract.months(page, plan, Typed(overrides={"meetings": {0: Fraction(10)}}))
    assert typed.month["meetings"] == [10, 3, 2, 3, 3, 3, 2, 3, 3, 3, 2, 3]
    assert contract.tab(year.month["leads"], {0: Fraction(9), 1: Fraction(0)}, 1)["landing_pace"] == 54


def test_a_cell_that_is_not_as_the_contract_says_is_seen() -> None:
    """One lead too many in a month is found in the month, its sums and on its tab; in a channel as well."""
    made = trial(37)
    book, plan, page = made.book, made.plan, made.page
    year = contract.months(page, plan)
    wanted = sweep.expected(plan, page, year, Typed())
    assert sweep.wrong(book, book.stored, wanted) == []
    cells = book.stored | {book.at["before_leads"]: -1, book.at["year_leads_gap"]: 1}
    assert {each.name for each in sweep.wrong(book, cells, wanted)} == {"before_leads", "year_leads_gap"}
    assert sweep.wrong(book, book.stored, {"month_lead[1]": Fraction(0)}) != []
    first = contract.title(str(plan["start"]), 0)
    cells = book.stored | {book.at[f"{first}!channel_goal_leads[1]"]: -1}
    assert sweep.channel_faults(page, year, lambda name: cells.get(book.at[name]), str(plan["start"])) != []


@pytest.mark.office
def test_both_engines_correct_a_planted_goal_and_disagree_with_an_altered_formula() -> None:
    book = trial(37).book
    goal, before = book.at["month_leads[2]"], book.at["before_leads"]
    assert goal[0] == before[0]
    part = f"xl/worksheets/sheet{book.titles.index(goal[0]) + 1}.xml"
    planted = cell_of(book.data, part, goal[1])
    wrong = edited(book.data, part, planted, planted[: planted.index("<v>")] + "<v>-999</v>")
    altered = cell_of(book.data, part, before[1])
    wrong = edited(wrong, part, altered, altered.replace("<f>", "<f>1+", 1))
    stored = referee.cached(wrong)
    (office,) = referee.by_libreoffice([wrong])
    for engine in (office, referee.by_ironcalc(wrong)):
        found = {(each.sheet, each.cell): each.theirs for each in referee.differences(stored, engine, book.formulas)}
        assert found[goal] == book.stored.get(goal, 0)
        assert found[before] == float(str(book.stored[before])) + 1


def cell_of(data: bytes, part: str, address: str) -> str:
    """A formula cell as it stands in its sheet's part, without its end tag."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(part).decode()
    start = xml.index(f'<c r="{address}"')
    return xml[start : xml.index("</c>", start)]


# -- random plans ---------------------------------------------------------


@pytest.mark.office
def test_random_plans_as_made_and_typed_over() -> None:
    trials = [trial(seed) for seed in some(SEEDS, 2)]
    sweep.office(trials[:1])
    for each in trials:
        assert each.compared["as made"] > 500, each.seed
        assert {part: found for part, found in each.differences.items() if found} == {}, each.seed


# -- what people forget to type -------------------------------------------

STAGES = ("revenue", "won_deals", "opportunities", "meetings", "leads", "visits")


@pytest.mark.office
def test_no_running_total_is_called_on_track_where_months_have_no_actuals() -> None:
    """docs/worksheet.md, 3: an actual not typed in is 未入力; April, then nothing until June, is no year on track."""
    may_is_missing = {f"2026-0{month}!actual_{stage}": 10**8 for stage in STAGES for month in (4, 6)}
    words = {f"2026-04!actual_{stage}": "なし" for stage in STAGES}
    missing = "実績が未入力(または数値でない)の月があるため、累計を判定できません。"
    book = worked_book()
    iron = book.ironed(may_is_missing)
    for office in referee.by_libreoffice(more([book.retyped(may_is_missing)])):
        assert referee.differences(iron, office, book.formulas) == []
    # The summary judges as far as the actuals are complete, and says so; the last month's tab says the same.
    assert iron[book.at["2026-06!tab_state"]] == iron[book.at["headline"]]
    assert "はその前の月までで判定しています。" in str(iron[book.at["headline"]])
    book.ironed(dict.fromkeys(may_is_missing))
    iron = book.ironed(words)
    assert (iron[book.at["headline"]], iron[book.at["2026-04!tab_state"]]) == (missing, missing)
    assert iron.get(book.at["weak_stage"]) is None
    book.ironed(dict.fromkeys(words))


def test_stages_that_nobody_typed_are_left_out_of_the_verdict() -> None:
    book = worked_book()
    typed = {f"2026-04!actual_{stage}": 10**8 for stage in STAGES if stage != "visits"}
    cells = book.ironed(typed)
    lead = "実績がそろっている月までは、累計で計画どおりです。"
    assert cells[book.at["headline"]] == f"{lead} ※ 途中の月が未入力のため、「訪問数」はその前の月までで判定しています。"
    assert cells[book.at["2026-04!tab_state"]] == cells[book.at["headline"]]
    assert book.ironed({"2026-04!actual_visits": 10**8})[book.at["headline"]] == "累計で計画どおりです。"
    book.ironed(dict.fromkeys([*typed, "2026-04!actual_visits"]))


@functools.cache
def worked_book() -> sweep.Book:
    """The worked example; whoever types into its model clears it again."""
    return sweep.Book(standard(sheets=MONTHLY))


def test_a_channels_own_rates_are_beside_the_assumed_ones() -> None:
    """48 leads of 4,000 visits are 1.2 %, 6 meetings of 48 leads 12.5 %; assumed were 1 % and 10 %. Nothing without figures."""
    table = write(api.plan_from_example("ja").table)
    actual = '[[actual]]\nmonth = "2026-04"\nchannel = "広告"\nvisits = 4000\nleads = 48\nmeetings = 6\n'
    data = api.workbook(api.plan_from_toml(f"{table}\n{actual}", "p", "ja"), "ja")
    found = {each.name: each.value for each in api.records_of_book(data, "b")[1]}
    rates = [
        found[f"2026-04!channel_{said}_{rate}[1]"] for rate in ("cvr", "meeting_rate") for said in ("turned_out", "assumed")
    ]
    assert rates == [0.012, 0.01, 0.125, 0.1]
    of_newsletter = [found[f"2026-04!channel_{said}_meeting_rate[3]"] for said in ("turned_out", "assumed")]
    assert of_newsletter == [None, 0.2]


def test_the_channels_meetings_may_be_typed_of_some_alone() -> None:
    """Without a goal of its own a blank channel may have had the rest; more meetings than the month's are one finding."""
    table = write(api.plan_from_example("ja").table)
    for meetings, codes in ((6, set()), (9, {"X02"})):
        actual = f'[[actual]]\nmonth = "2026-04"\nmeetings = 8\n[[actual]]\nmonth = "2026-04"\nchannel = "広告"\nmeetings = {meetings}\n'
        data = api.workbook(api.plan_from_toml(f"{table}\n{actual}", "p", "ja"), "ja")
        assert {each.code for each in api.check(data, "b").findings if each.code.startswith("X")} == codes
