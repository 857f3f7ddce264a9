"""Foreign engines recalculate what we wrote, and agree with every cached value."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from fractions import Fraction
from pathlib import Path

import ironcalc
import lean
import pytest
import referee
from conftest import PAGE, book, examples, more, page_and_beyond, page_only, some, values
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import to_excel
from seeding import package
from stored import places

from kgisheet import api

TEMPLATES = ("standard", "short", "access")
ALL = [(template, lang) for template in TEMPLATES for lang in ("ja", "en")]


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with one text of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return out.getvalue()


def set_inputs(data: bytes, changes: dict[str, object]) -> bytes:
    """The workbook with inputs typed over; what was worked out from others still stands beside them."""
    parts = package.unpacked(data)
    for name, value in changes.items():
        package.set_cell(parts, places(data)[name], to_excel(value) if isinstance(value, datetime.date) else value)
    return package.packed(parts)


def iron(data: bytes, changes: dict[str, object]) -> referee.Cells:
    """The workbook with inputs typed over, as IronCalc recalculates it."""
    return referee.by_ironcalc(data, {places(data)[name]: value for name, value in changes.items()})


def disagreements(data: bytes) -> list[referee.Difference]:
    where = referee.formulas(data)
    assert len(where) > 100
    ours = referee.cached(data)
    (office,) = referee.by_libreoffice([data])
    return referee.differences(ours, office, where) + referee.differences(ours, referee.by_ironcalc(data), where)


# -- the referees can say no ----------------------------------------------


@pytest.mark.office
def test_both_referees_correct_a_planted_wrong_value() -> None:
    data = page_only()
    # Whatever the cell of the visits is: its cached 21700 becomes −999.
    sheet = "xl/worksheets/sheet1.xml"
    wrong = edited(data, sheet, "<v>21700</v>", "<v>-999</v>")
    place = next(where for where, value in referee.cached(wrong).items() if value == -999)
    assert [each.theirs for each in disagreements(wrong) if (each.sheet, each.cell) == place] == [21700, 21700]


@pytest.mark.office
def test_both_referees_disagree_with_an_altered_formula() -> None:
    data = page_only()
    wrong = edited(data, "xl/worksheets/sheet2.xml", "won_deals/win_rate", "won_deals*win_rate")
    assert {each.theirs for each in disagreements(wrong)} >= {0.9, 1}


def test_what_ironcalc_is_spared_changes_no_value(tmp_path: Path) -> None:
    """The names that no formula says, and the conditional formats (`lean.py`); a name that one says is missed."""
    data = book(sheets="目標設定,月次予実")

    def evaluated(data: bytes) -> list[object]:
        (tmp_path / "book.xlsx").write_bytes(data)
        model = ironcalc.load_from_xlsx(str(tmp_path / "book.xlsx"), "en", "UTC", "en")
        model.evaluate()
        return [model.get_cell_value(sheet, row, col) for sheet in range(2) for row in range(1, 60) for col in range(1, 50)]

    whole, spared = evaluated(data), lean.lean(data)
    assert evaluated(spared) == whole
    names = [package.unpacked(each)["xl/workbook.xml"].count(b"<definedName ") for each in (spared, data)]
    assert names[0] < names[1] - 100
    assert b'name="won_deals"' in package.unpacked(spared)["xl/workbook.xml"]
    assert evaluated(edited(spared, "xl/workbook.xml", 'name="won_deals"', 'name="other"')) != whole


# -- what we wrote --------------------------------------------------------


@pytest.mark.office
def test_every_template_language_and_rounding() -> None:
    modes = ("up", "down", "nearest", "none")
    cases = [(page_only, *each, modes[(at + turn) % 4]) for at, each in enumerate(ALL) for turn in some(range(4), 4)]
    # The whole of one, and of the others all but the tabs, which are the same in each.
    cases.append((book, "standard", "en", "none"))
    cases += more([(page_and_beyond, "short", "ja", "down"), (page_and_beyond, "access", "en", "nearest")])
    files = [make(template, lang, rounding=mode) for make, template, lang, mode in cases]
    for case, data, office in zip(cases, files, referee.by_libreoffice(files), strict=True):
        where = referee.formulas(data)
        ours = referee.cached(data)
        assert len(where) > 100
        assert referee.differences(ours, office, where) == [], case
        assert referee.differences(ours, referee.by_ironcalc(data), where) == [], case


@pytest.mark.office
def test_down_in_both_engines() -> None:
    """docs/worksheet.md, 1: 100/66/50, and the sheet says that the goal is missed."""
    data = page_only(rounding="down")
    (office,) = referee.by_libreoffice([data])
    for engine in (office, referee.by_ironcalc(data)):
        found = named(data, engine)
        assert [found[f"channel_leads[{row}]"] for row in (1, 2, 3)] == [100, 66, 50]
        assert found["overall"] == "× 要確認"


def named(data: bytes, cells: referee.Cells) -> dict[str, object]:
    """An engine's values by the names of the cells, those of the tabs too; blocks row by row."""
    found = {name: cells.get(where) for name, where in places(data).items()}
    return {name: to_excel(value) if isinstance(value, datetime.datetime) else value for name, value in found.items()}


CHANGES = [
    {"rounding": "切り捨て"},
    {"rounding": "なし", "web_revenue": 12_345_678},
    {"rounding": "四捨五入", "display_unit": "百万円"},
    {"display_unit": "億円", "deal_size": 1_200},  # 1,200 typed for 1,200万円
    {"period": "月間", "win_rate": 0.07, "opportunity_rate": 0.35},
    {"channel_name[4]": "展示会", "channel_share[4]": 0.1, "channel_share[1]": 0.15, "channel_meeting_rate[4]": 0.05},
    {"channel_name[4]": "展示会"},
    {"channel_share[4]": 0.1},
    {"channel_cvr[1]": None, "channel_cvr[2]": None, "channel_cvr[3]": None},
    {"total_revenue": 1_000_000, "target_accounts": 2, "contacts": 5},
    {"web_revenue": "1,200万円"},
    {"deal_size": 0},
    {"win_rate": -0.1, "rounding": ""},
    {"web_revenue": 0},
]
MONTHLY = f"{PAGE},月次予実,月別,予実サマリー"
MONTHS = [
    {"month_weight[1]": 0, "month_weight[2]": None, "month_weight[3]": 2.5, "month_weight[12]": 4},
    {"lead_time_opportunities": 1, "lead_time_meetings": 2, "lead_time_leads": 4, "next_year_revenue": 24_000_000},
    {"lead_time_leads": 12, "next_year_revenue": 0, "opening_leads": 300, "rounding": "なし"},
    {"month_leads_override[2]": 30, "month_revenue_override[1]": 0, "month_won_deals_override[12]": 5},  # more than there is
    {"month_cvr_override[3]": 0.02, "month_cvr_override[4]": 0.5, "rounding": "切り捨て"},
    {
        "closed_through": datetime.date(2026, 6, 1),
        **{f"month_leads_reported[{month}]": 10 * month for month in (1, 2, 3)},
        **{f"2026-0{month}!actual_leads": 12 * month for month in (4, 5, 6)},
        **{f"2026-0{month}!actual_visits": 1000 * month for month in (4, 5)},
        "2026-04!channel_actual_leads[1]": 48,
        "2026-04!channel_actual_visits[1]": 4000,
        "2026-04!channel_actual_meetings[1]": 6,
        "2026-05!channel_actual_visits[2]": 0,
        "2026-04!actual_revenue": 0,
    },
    {**{f"2026-0{month}!actual_won_deals": month % 2 for month in range(4, 10)}, "as_of_month": datetime.date(2026, 6, 1)},
    {"start_month": datetime.date(2026, 1, 1), "channel_cvr[1]": None, "web_revenue": 99_000_000},
    {"month_weight[1]": "1", "2026-04!actual_leads": "12件", "lead_time_leads": "1か月"},
    {f"month_weight[{month}]": None for month in range(1, 13)},
]


@pytest.mark.office
def test_changed_inputs_are_followed_as_exactly_as_if_planned() -> None:
    """Inputs typed into the finished file, recalculated by both, against our own exact evaluation of them."""
    year, months, page = book(sheets=MONTHLY), book(sheets="目標設定,月次予実"), page_only()
    cases = [(page, changes) for changes in some(CHANGES, 3)]
    cases += [(months, changes) for changes in some([each for each in MONTHS if not of_tabs(each)], 3)]
    cases += [(year, changes) for changes in some([each for each in MONTHS if of_tabs(each)], 3)]
    files = [set_inputs(data, changes) for data, changes in cases]
    for (start, changes), data, office in zip(cases, files, referee.by_libreoffice(files), strict=True):
        ours = expected(data)
        assert len(ours) > {page: 100, months: 600, year: 2000}[start]
        theirs = named(start, office), named(start, iron(start, changes))
        for name, value in ours.items():
            assert [each.get(name) for each in theirs if not referee.same(value, each.get(name))] == [], (changes, name)


def of_tabs(changes: dict[str, object]) -> bool:
    return any("!" in name for name in changes)


def expected(data: bytes) -> dict[str, object]:
    """The results that exact arithmetic gives for the inputs that stand in a workbook."""
    from kgisheet.filled.records import name_of
    from kgisheet.filled.workbook import FilledBook
    from kgisheet.formula.grid import held
    from kgisheet.xlsx.read.reader import read

    filled = FilledBook(read(data, "book.xlsx"), "book.xlsx")
    found: dict[str, object] = {}
    for name in filled.template.order:
        cell = filled.template.cells[name]
        for row in filled.rows(cell):
            value = held(filled.solution.at(name, row))
            found[name_of(cell, row or 0, filled.places)] = float(value) if isinstance(value, Fraction) else value or None
    return found


ERRORS = re.compile(r"#(DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|NULL!)|Err:\d+")


ALL_MONTHS_HANG_ON = ("start_month", "rounding", "deal_size", "channel_cvr[1]", "month_weight[2]", "2026-06!tab_month")


def emptied(template: str, sheets: str) -> tuple[bytes, list[dict[str, object]]]:
    """A workbook, and the inputs to empty in it: each by itself, then all. With the months, those that they hang on."""
    data = book(template, sheets=sheets)
    inputs = [each.name for each in api.records_of_book(data, "x")[1] if each.role == "input"]
    if sheets == PAGE:
        cases: list[dict[str, object]] = [{name: None} for name in inputs]
    else:
        cases = [{name: None} for name in ALL_MONTHS_HANG_ON if (sheets == MONTHLY) == ("!" in name)]
        cases.append(dict.fromkeys(name for name in inputs if name.startswith("month_weight")))
    return data, [*cases, dict.fromkeys(inputs)]


@pytest.mark.office
@pytest.mark.parametrize(
    ("template", "sheets", "least"),
    [
        *((template, PAGE, 11) for template in some(TEMPLATES, 3)),
        ("standard", "目標設定,月次予実", 7),
        *more([("standard", MONTHLY, 3)]),
    ],
)
def test_empty_inputs_show_empty_results_and_never_an_error(template: str, sheets: str, least: int) -> None:
    """Each in IronCalc; in LibreOffice, which takes longer over a file, the last, where all are empty, and some."""
    data, cases = emptied(template, sheets)
    assert len(cases) >= least
    some_of_them = some(cases[::-1], 7)
    files = [set_inputs(data, case) for case in some_of_them]
    engines = [(case, iron(data, case)) for case in cases]
    for case, engine in [*zip(some_of_them, referee.by_libreoffice(files), strict=True), *engines]:
        bad = {where: value for where, value in engine.items() if ERRORS.search(str(value))}
        assert bad == {}, case
    found = named(data, engine)
    assert [found[name] for name in ("won_deals", "required_meetings", "meetings", "leads", "visits")] == [None] * 5
    assert found["overall"] == "― 未入力"
    if sheets != PAGE:
        assert {found[f"month_{stage}[{month}]"] for stage in ("leads", "visits") for month in range(1, 13)} == {None}


# -- random plans ---------------------------------------------------------

percent = st.integers(1, 1000).map(lambda n: f"{n / 10:g}%")


@st.composite
def plans(draw: st.DrawFn) -> str:
    """A plan's page, without its months: of those `test_months.py` makes its own."""
    template = draw(st.sampled_from(TEMPLATES))
    count = draw(st.integers(1, 8))
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=count - 1, max_size=count - 1)))
    shares = [high - low for low, high in zip([0, *cuts], [*cuts, 1000], strict=True)]
    deal_size = draw(st.integers(1, 5_000)) * draw(st.sampled_from([1_000, 10_000]))
    deals = draw(st.fractions(Fraction(1, 10), 60, max_denominator=100))
    win = draw(st.integers(50, 1000))
    most = Fraction(max(deals, 60 * 12) * 1000, win)  # of visits, where counts end at 10⁸
    lines = [
        f'template = "{template}"',
        'total_revenue = "1兆円"',
        f"web_revenue = {int(deals * deal_size)}",
        f"deal_size = {deal_size}",
        f'win_rate = "{win / 10:g}%"',
        f'rounding = "{draw(st.sampled_from(["up", "down", "nearest", "none"]))}"',
        f'unit = "{draw(st.sampled_from(["円", "千円", "万円", "百万円", "億円"]))}"',
        f'period = "{draw(st.sampled_from(["year", "month"]))}"',
    ]
    lines.append(f"sheets = {PAGE.split(',')}")
    if template == "standard":
        opportunity = draw(st.integers(50, 1000))
        most *= Fraction(1000, opportunity)
        lines.append(f'opportunity_rate = "{opportunity / 10:g}%"')
        lines.append(f'opportunity_stage = "{draw(st.sampled_from(["use", "use", "skip"]))}"')
        lines.append(f'start_from = "{draw(st.sampled_from(["revenue", "revenue", "deals"]))}"')
        lines.append(f"monthly_deals = {draw(st.integers(1, 60))}")
    for index, share in enumerate(shares):
        rate = draw(st.integers(20, 1000))
        lines += ["[[channel]]", f'name = "チャネル{index}"', f'share = "{share / 10:g}%"', f'meeting_rate = "{rate / 10:g}%"']
        if draw(st.booleans()):
            cvr = draw(st.integers(5, 1000))
            assume(most * Fraction(1000, rate) * Fraction(1000, cvr) * 2 < 10**8)
            lines.append(f'cvr = "{cvr / 10:g}%"')
    return "\n".join(lines)


@pytest.mark.office
def test_random_plans_agree_in_libreoffice() -> None:
    """Five random plans; `tests/sweep plans` makes as many as one likes."""
    made: list[bytes] = []

    @settings(max_examples=examples(5), database=None)
    @given(plans(), st.sampled_from(["ja", "en"]))
    def collect(plan: str, lang: str) -> None:
        made.append(api.workbook(api.plan_from_toml(plan, "random.toml", lang), lang))

    collect()
    assert len(made) >= 4
    for data, office in zip(made, referee.by_libreoffice(made), strict=True):
        assert referee.differences(referee.cached(data), office, referee.formulas(data)) == []


@settings(max_examples=examples(10), database=None)
@given(plans())
def test_random_plans_agree_in_ironcalc(plan: str) -> None:
    data = api.workbook(api.plan_from_toml(plan, "random.toml", "ja"), "ja")
    assert referee.differences(referee.cached(data), referee.by_ironcalc(data), referee.formulas(data)) == []


@settings(max_examples=examples(10), database=None)
@given(plans())
def test_random_plans_add_up(plan: str) -> None:
    """Channels' meetings add up to the meetings needed, and rounding up never misses the goal."""
    found = values(api.workbook(api.plan_from_toml(plan, "random.toml", "ja"), "ja"))
    assert found["meetings"] == pytest.approx(found["required_meetings"])
    if found["rounding"] == "切り上げ":
        assert found["overall"] == "○ OK"
        assert float(str(found["deal_surplus"])) >= 0
