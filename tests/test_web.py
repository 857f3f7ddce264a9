"""The page's files, its server, and the calls that it makes of Python; in a browser: test_browser.py."""

from __future__ import annotations

import http.client
import io
import json
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Ran
from foreign.sheets import PAGE, sheet
from hands import typed

from kgisheet import api
from kgisheet.web import bridge, drawn, runtime, serve, site, snapshot
from kgisheet.xlsx.read.reader import read
from kgisheet.xlsx.read.sheetpart import Filled

SINGLE = {
    "period": "year", "total_revenue": "5,000万円", "web_revenue": "1,200万円", "deal_size": "400万円", "win_rate": "30%", "opportunity_rate": "25%",
}  # fmt: skip
CHANNELS = [{"name": "広告", "share": "100%", "meeting_rate": "10%", "cvr": "1%"}]


def test_a_plan_of_the_form_becomes_the_workbook_that_the_terminal_makes() -> None:
    made = bridge.make(SINGLE, CHANNELS, "ja")
    assert (made.problems, made.plan.startswith("#")) == ([], True)
    assert made.book == api.workbook(api.plan_from_toml(made.plan, "plan.toml", "ja"), "ja")


def test_what_is_wrong_with_a_plan_is_said_with_its_keys() -> None:
    made = bridge.make({**SINGLE, "deal_size": "400万円台", "win_rate": "130%"}, CHANNELS, "ja")
    assert made.book is None
    assert [each["key"] for each in made.problems] == ["deal_size", "win_rate"]
    assert "100%を超えています" in made.problems[1]["what"]


def test_a_plan_without_the_opportunity_stage() -> None:
    """3 ÷ 30 % = 10 meetings."""
    made = bridge.make({key: value for key, value in SINGLE.items() if key != "opportunity_rate"}, CHANNELS, "en")
    assert made.book is not None
    _, records = api.records_of_book(made.book, "goal.xlsx")
    assert next(each.value for each in records if each.name == "required_meetings") == 10


def test_a_file_is_checked_and_drawn() -> None:
    """12,000,000 ÷ 4,000,000 = 3, and 5 is typed."""
    rows = [[label, 5 if label == "受注数" else value] for label, value in PAGE]
    checked = bridge.check(sheet(*rows), "goal.xlsx", "en")
    (found,) = [each for each in checked.report["findings"] if each["severity"] == "error"]
    assert (found["cell"], found["expected"]) == ("B3", 3)
    (page,) = checked.sheets
    assert page["rows"][2] == {0: {"text": "受注数"}, 1: {"text": "5", "number": True}}
    assert {"where": "Sheet!B3", "label": "受注数", "shown": "5"} in checked.read
    assert checked.page.startswith("<!DOCTYPE html>")


RAISED = (
    'period = "year"\ntotal_revenue = "5,000万円"\nweb_revenue = "1,200万円"\ndeal_size = "400万円"\nwin_rate = "25%"\nopportunity_rate = "25%"\n\n'
    '[[channel]]\nname = "広告"\nshare = "100%"\nmeeting_rate = "10%"\ncvr = "1%"\n'
)
"""The plan of SINGLE with a win rate of 25 %: 12 opportunities instead of 10."""


def worked_in() -> bytes:
    """The workbook of SINGLE in which somebody typed another price."""
    made = bridge.make(SINGLE, CHANNELS, "ja").book
    assert made is not None
    return typed(made, deal_size=3_000_000)


def test_a_workbook_is_brought_up_to_date_and_the_plan_wins_only_where_it_is_chosen() -> None:
    data = worked_in()
    found = bridge.monthly(data, "goal.xlsx", RAISED.replace("400万円", "500万円"), b"", "", [], "ja")
    assert found.book is not None
    assert [(each["label"], each["before"], each["after"]) for each in found.conflicts] == [
        ("受注単価", "3,000,000円", "5,000,000円")
    ]
    assert ("受注率(案件→受注)", "30%", "25%") in [(each["label"], each["before"], each["after"]) for each in found.given]
    values = {each.name: each.value for each in api.records_of_book(found.book, "goal.xlsx")[1]}
    assert (values["deal_size"], values["win_rate"]) == (3_000_000, 0.25)
    again = bridge.monthly(
        data, "goal.xlsx", RAISED.replace("400万円", "500万円"), b"", "", [found.conflicts[0]["where"]], "ja"
    )
    assert again.book is not None
    assert {each.name: each.value for each in api.records_of_book(again.book, "goal.xlsx")[1]}["deal_size"] == 5_000_000


def test_actuals_come_in_and_what_is_wrong_with_them_is_said() -> None:
    data = worked_in()
    csv = "月,段階,実績\n2026-04,商談数,7\n".encode()
    found = bridge.monthly(data, "goal.xlsx", "", csv, "a.csv", [], "ja")
    assert (found.book is not None, [each["after"] for each in found.given]) == (True, ["7"])
    bad = bridge.monthly(data, "goal.xlsx", "", "月,段階,実績\n2026-04,商談数,七\n".encode(), "a.csv", [], "ja")
    assert (bad.book, len(bad.problems)) == (None, 1)
    none = bridge.monthly(b"PK", "goal.xlsx", "", b"", "", [], "en")
    assert (none.book, bool(none.problems[0]["what"])) == (None, True)


def test_workbooks_that_came_back_become_one_summary() -> None:
    """Two of three; 17 leads in the first month of one and 9 of the other are 26 in all."""
    plan = api.plan_from_example("en", ["sheets=all"], api.open_shipped("standard"))
    handed = api.workbook(plan, "en")
    books = {
        f"{name}.xlsx": typed(handed, owner=name, **{"2026-04!actual_leads": leads})
        for name, leads in (("Ito", 17), ("Sato", 9))
    }
    keys = [bridge.answer(data, name, "en") for name, data in books.items()]
    row = {
        "file": "Kato.xlsx",
        "line": 4,
        "status": "made",
        "owner": "Kato",
        "title": None,
        "plan_sha256": None,
        "sha256": None,
        "problems": [],
    }
    rows = [{**row, "file": name, "line": line, "owner": name.removesuffix(".xlsx")} for line, name in enumerate(books, 2)]
    record = {
        "schema_version": 1, "kgisheet": "0", "plan": {"name": "p", "sha256": ""}, "roster": {"name": "r", "sha256": ""}, "split": None,
        "department": {}, "rows": [*rows, row],
    }  # fmt: skip
    found = bridge.collect(keys, json.dumps(record).encode(), "kgisheet-batch.json", "en")
    assert found.book is not None
    assert found.said[0] == "2 of 3 answered"
    assert {each["name"]: each["manager"] for each in found.files} == {
        "Ito.xlsx": "Ito",
        "Sato.xlsx": "Sato",
        "Kato.xlsx": "Kato",
    }
    assert api.check(found.book, "summary.xlsx").status == "ok"
    cells = read(found.book, "summary.xlsx").cells
    first = next(iter(cells))[0]
    assert 26 in [each.value for (sheet, _, _), each in cells.items() if sheet == first]
    broken = bridge.collect([bridge.answer(b"no workbook", "x.xlsx", "en")], b"{", "kgisheet-batch.json", "en")
    assert (broken.book, len(broken.problems)) == (None, 1)
    summed = bridge.collect([bridge.answer(found.book, "summary.xlsx", "en")], b"", "", "en")
    assert summed.book is None
    assert summed.problems[0]["what"] == (
        "there is no workbook to collect; nothing was written (summary.xlsx a summary: not collected)"
    )


def test_a_new_year_begins_with_twelve_tabs_more_and_a_month_that_cannot_be_read_is_said() -> None:
    found = bridge.monthly(worked_in(), "goal.xlsx", "", b"", "", [], "ja", "2027年4月")
    assert found.book is not None
    assert found.added == [
        f"{year}-{month:02d}" for year, months in ((2027, range(4, 13)), (2028, range(1, 4))) for month in months
    ]
    (bad,) = bridge.monthly(worked_in(), "goal.xlsx", "", b"", "", [], "ja", "来年").problems
    assert ("来年" in bad["what"], "2026-04" in bad["fix"]) == (True, True)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x00" * 100])
def test_a_file_that_cannot_be_read_is_reported_and_not_drawn(data: bytes) -> None:
    checked = bridge.check(data, "x.xlsx", "en")
    assert (checked.report["status"], checked.sheets) == ("unreadable", [])
    assert checked.problem is not None
    assert checked.problem["what"] == checked.report["error"]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [(0.125, "0.0%", "12.5%"), (1234.5, "#,##0", "1,235"), (12, "General", "12"), (0.1, "General", "0.1"), ("x" * 200, "General", "x" * 119 + "…"),
     (1234567.25, "#,##0.00", "1,234,567.25"), (True, "General", "TRUE")],
)  # fmt: skip
def test_cells_are_drawn_about_as_they_look(value: object, code: str, shown: str) -> None:
    assert drawn.shown(Filled(None, value, code)) == shown


STARTED = Path(__file__).parent / "web" / "started.mjs"
RUNTIME = {name: name.encode() for name in runtime.FILES}


def test_the_pages_files_are_all_listed_for_use_without_a_network() -> None:
    files = site.files(RUNTIME, b"archive", b"snapshot")
    assert not [name for name, data in files.items() if b"@LISTED@" in data or b"@POLICY@" in data]
    start = files["sw.js"].index(b'({"version"') + 1
    listed = json.JSONDecoder().raw_decode(files["sw.js"][start:].decode())[0]
    named = site.snapshot_name(RUNTIME, b"archive")
    assert set(listed["files"]) == {"./", *files} - {named}  # which is kept when it first comes
    assert named.encode() in files["start.js"]
    assert named != site.snapshot_name(RUNTIME, b"another")
    assert sum(listed["sizes"].values()) > 0
    assert site.files(RUNTIME, b"archive", b"snapshot") == files  # the same bytes each time
    without = site.files(RUNTIME, b"archive")
    assert (named in files, named in without, b"@SNAPSHOT@" in without["start.js"]) == (True, False, False)
    assert site.python() == site.python()


def test_a_snapshot_that_cannot_be_made_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    assert snapshot.made(RUNTIME, b"archive") is None  # Node.js can't load this
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert snapshot.made(RUNTIME, b"archive") is None


def test_how_the_page_starts_python_and_ends_it() -> None:
    """From a snapshot that comes in the time that it saves, in full where there is none; after a failure it is tried again."""
    node = shutil.which("node")
    assert node is not None
    ran = subprocess.run([node, STARTED], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == {
        "kept": "memory", "none": None, "late": None, "late, little": None, "late, most": "memory", "broken": None,
        "with": ["snapshot", [True]], "refused": ["full", [True, False]], "without": ["full", [False]],
        "failed": ["Error", True], "again": ["done", ""], "ended": ["Stopped", [True, True, True]],
    }  # fmt: skip


def test_the_archive_for_the_browser_has_the_package_and_the_templates_and_no_command_line() -> None:
    names = zipfile.ZipFile(io.BytesIO(site.python())).namelist()
    assert {"kgisheet/api.py", "kgisheet/web/bridge.py", "kgisheet/templates/short.toml", "xlsxwriter/workbook.py"} <= set(
        names
    )
    assert not [each for each in names if each.startswith(("kgisheet/cli/", "kgisheet/web/page")) or "__pycache__" in each]


@pytest.fixture
def served() -> Iterator[int]:
    server = serve.server({"index.html": b"<p>", "pyodide/pyodide.asm.wasm": b"wasm"}, 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def answer(port: int, path: str) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection(serve.HOST, port)
    connection.request("GET", path)
    found = connection.getresponse()
    return found.status, found.read(), dict(found.getheaders())


def test_files_are_served_with_the_headers_that_keep_them_to_themselves(served: int) -> None:
    status, data, headers = answer(served, "/pyodide/pyodide.asm.wasm")
    assert (status, data, headers["Content-Type"]) == (200, b"wasm", "application/wasm")
    assert "connect-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert answer(served, "/")[:2] == (200, b"<p>")


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/kgisheet"])
def test_there_is_no_way_from_the_server_to_a_file(served: int, path: str) -> None:
    assert answer(served, path)[0] == 404


def test_another_package_than_the_pinned_one_is_refused(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "x.tgz").write_bytes(b"x")
    ran = kgisheet("web", "--build", "page", "--runtime", "x.tgz")
    assert (ran.code, "not the package of Pyodide" in ran.err) == (2, True)
    assert not (tmp_path / "page").exists()
    assert kgisheet("web", "--build", "page", "--runtime", "none.tgz").code == 2


def test_a_folder_that_holds_something_is_left_alone(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "mine.txt").write_text("mine")
    ran = kgisheet("web", "--build", "page", "--runtime", "x.tgz")
    assert (ran.code, "not an empty folder" in ran.err) == (2, True)
    assert [each.name for each in (tmp_path / "page").iterdir()] == ["mine.txt"]
