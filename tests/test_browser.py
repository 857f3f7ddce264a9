"""The page in a real browser (Debian's Chromium by playwright-core): the form, its workbook, checks, offline, no foreign request."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import referee
from conftest import ROOT, page_only
from foreign.sheets import PAGE, sheet
from hands import typed
from pane_in_excel import (
    given,
    the_pane_asks_for_offices_script_and_nothing_else,
    the_pane_says_where_it_does_not_work,
    the_pane_works_in_excel,
)
from stored import places
from test_ods import ROWS, ods_of
from test_web import RAISED, worked_in

from kgisheet import api
from kgisheet.cli import serving
from kgisheet.web import site

WEB = Path(__file__).parent / "web"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")

pytestmark = [pytest.mark.browser, pytest.mark.office]


def bomb() -> bytes:
    """A workbook whose one sheet is 300 MB of blanks: packed, or it is a file of 300 MB (conftest.py compresses nothing)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", " " * 300_000_000)
    return stream.getvalue()


def sample(name: str) -> bytes:
    return (ROOT / "samples" / "foreign" / name).read_bytes()


# The files that are dropped, and the cells of their errors and warnings (the samples': samples/foreign/README.md); None where it can't be read.
FILES: dict[str, tuple[Callable[[], bytes], list[str] | None]] = {
    "3-channel-table.xlsx": (lambda: sample("3-channel-table.xlsx"), ["D7"]),
    "4-goal-screen.xlsx": (lambda: sample("4-goal-screen.xlsx"), ["D5", "A15"]),
    "5-english.xlsx": (lambda: sample("5-english.xlsx"), ["C5"]),
    "goal.csv": ("受注数,3\n受注率,30%\n案件化数,10\n案件化率,25%\n商談数,48\n".encode, ["B5"]),  # 10 ÷ 25 % = 40
    "goal.ods": (lambda: ods_of(*ROWS), ["B5"]),
    "ours.xlsx": (lambda: typed(page_only(), required_meetings=30), [places(page_only())["required_meetings"][1]]),
    "right.xlsx": (lambda: sheet(*PAGE), []),
    "bomb.xlsx": (bomb, None),
}


def chromium() -> str:
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    assert program is not None, "the page is tested with Chromium, which isn't there (apt install chromium)"
    return program


def prepared(folder: Path, shots: str | None) -> dict[str, Any]:
    """Puts the built page and the files that are dropped on it into a folder; what the pane in Excel has."""
    for name, data in serving.files(None).items():
        path = folder / "page" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    files = []
    for name, (made, _) in FILES.items():
        (folder / name).write_bytes(made())
        files.append({"name": name, "path": str(folder / name)})
    (folder / "goal.xlsx").write_bytes(worked_in())
    (folder / "plan.toml").write_text(RAISED.replace("400万円", "500万円"), encoding="utf-8")
    months = {"book": str(folder / "goal.xlsx"), "plan": str(folder / "plan.toml")}
    back = [str(folder / name) for name in ("goal.xlsx", "ours.xlsx", "bomb.xlsx")]
    excel = given(folder)
    (folder / "config.json").write_text(
        json.dumps({"files": files, "months": months, "gathered": back, "excel": excel, "shots": shots, "policy": site.POLICY})
    )
    return excel


def ran(program: str, folder: Path) -> dict[str, Any]:
    """What a program of `tests/web` saw of the page in a folder."""
    node = shutil.which("node")
    assert node is not None
    done = subprocess.run(
        [node, WEB / program, chromium(), folder / "page", folder / "config.json"],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def visit() -> dict[str, Any]:
    """What a visit saw."""
    with tempfile.TemporaryDirectory(prefix="kgisheet-page-") as folder:
        excel = prepared(Path(folder), os.environ.get("KGISHEET_SHOTS"))
        return ran("browse.mjs", Path(folder)) | {"place": f"{excel['sheet']}!{excel['cell']}"}


Seen = dict[str, Any]


def the_first_figures_are_there_at_once(seen: Seen) -> None:
    """1,200 ÷ 400 = 3 deals, and 21,700 visits, as in the worked example."""
    assert seen["example"] == {"deals": "3", "visits": "21,700", "status": "○ 目標に届く計画です"}


def figures_follow_what_is_typed_and_errors_are_said_at_the_field(seen: Seen) -> None:
    """2,000 ÷ 400 = 5 deals, ÷ 25 % = 20."""
    assert seen["wrong"] == {"note": "0%より大きく100%以下で書いてください", "meetings": "―"}
    assert seen["typed"] == {"deals": "5", "opportunities": "20", "example": False}


def the_workbook_is_the_terminals_to_the_byte_and_libreoffice_works_out_the_same(seen: Seen) -> None:
    plan, book = (base64.b64decode(seen[each]["bytes"]) for each in ("plan", "book"))
    assert b'web_revenue = "2,000' in plan
    assert (seen["book"]["name"], seen["plan"]["name"]) == ("目標シート.xlsx", "plan.toml")
    # In a process of its own: the tests compress less (conftest.py).
    make = "import sys; from kgisheet import api; sys.stdout.buffer.write(api.workbook(api.plan_from_toml(sys.stdin.buffer.read(), 'plan.toml', 'ja'), 'ja'))"
    ran = subprocess.run([sys.executable, "-c", make], input=plan, capture_output=True, check=True)
    assert book == ran.stdout
    assert api.check(book, "x.xlsx").status == "ok"
    (recalculated,) = referee.by_libreoffice([book])
    assert referee.differences(referee.cached(book), recalculated, referee.formulas(book)) == []


def a_workbook_is_brought_up_to_date_as_is_chosen(seen: Seen) -> None:
    """Somebody typed a price of 3,000,000; the plan has 5,000,000, and wins where it is chosen."""
    assert seen["held"][:2] == ["goal.xlsx", "plan.toml"]  # the language was another one in between
    assert [each.rpartition(" ")[2] for each in seen["months"]["conflicts"]] == ["受注単価"]
    assert seen["months"]["options"] == ["ブックの値 3,000,000円", "計画の値 5,000,000円"]
    _, records = api.records_of_book(base64.b64decode(seen["updated"]["bytes"]), "goal.xlsx")
    values = {each.name: each.value for each in records}
    assert (values["deal_size"], values["win_rate"]) == (5_000_000, 0.25)


def what_came_back_is_in_one_summary(seen: Seen) -> None:
    """Two workbooks and a file that can't be read: all three are listed."""
    assert seen["gathered"]["files"] == 3
    assert seen["gathered"]["said"][0].startswith("担当者 3名(読めないもの 1名)")
    summary = base64.b64decode(seen["summary"]["bytes"])
    assert (seen["summary"]["name"], api.check(summary, "s.xlsx").status) == ("集計.xlsx", "ok")


def files_that_are_dropped_are_checked_at_their_cells(seen: Seen) -> None:
    for name, (_, wanted) in FILES.items():
        marks = seen["marks"][name]
        if wanted is None:
            assert marks["said"].startswith("読めませんでした: "), name
        else:
            assert [each.rpartition("!")[2] for each in marks["where"]] == wanted, name
            assert marks["drawn"] == len(wanted), name
            assert (marks["said"] == "検査した範囲に誤りはありません") == (wanted == []), name


def the_page_lives_on_after_a_hostile_file(seen: Seen) -> None:
    assert seen["alive"] == "5"


def a_link_carries_the_plan_and_a_page_loaded_again_without_a_network_has_it_still(seen: Seen) -> None:
    assert seen["link"].startswith("#plan=")
    assert seen["linked"] == "2,000万円"
    assert seen["offline"] == {"deals": "5", "revenue": "2,000万円"}


def python_starts_from_its_snapshot_and_in_full_where_it_refuses_it(seen: Seen) -> None:
    assert seen["start"] == "snapshot"
    assert seen["without"] == {"start": "full", "where": ["goal!B5"]}


def nothing_is_asked_of_anybody_else_and_nothing_fails_unseen(seen: Seen) -> None:
    assert (seen["requests"], seen["errors"]) == ([], [])


def keyboard_screen_reader_and_phone(seen: Seen) -> None:
    assert (seen["keyboard"], seen["axe"], seen["wide"]) == (True, [], [])
    assert seen["english"] == "Check a goal sheet"


def test_a_visit() -> None:
    """One visit for all: starting the browser and Python in it takes longer than the rest."""
    seen = visit()
    the_first_figures_are_there_at_once(seen)
    figures_follow_what_is_typed_and_errors_are_said_at_the_field(seen)
    the_workbook_is_the_terminals_to_the_byte_and_libreoffice_works_out_the_same(seen)
    a_workbook_is_brought_up_to_date_as_is_chosen(seen)
    what_came_back_is_in_one_summary(seen)
    files_that_are_dropped_are_checked_at_their_cells(seen)
    the_page_lives_on_after_a_hostile_file(seen)
    a_link_carries_the_plan_and_a_page_loaded_again_without_a_network_has_it_still(seen)
    python_starts_from_its_snapshot_and_in_full_where_it_refuses_it(seen)
    nothing_is_asked_of_anybody_else_and_nothing_fails_unseen(seen)
    keyboard_screen_reader_and_phone(seen)
    the_pane_works_in_excel(seen["pane"], seen["place"])
    the_pane_says_where_it_does_not_work(seen["pane"])
    the_pane_asks_for_offices_script_and_nothing_else(seen["pane"])
