"""``kgisheet batch``: a roster and a plan in, a workbook for each row out; rows that are wrong, names, going on, and what it says."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hands
import pytest
from conftest import PAGE, Ran

from kgisheet import api, output
from kgisheet.handout import manifest

Run = Callable[..., Ran]

PLAN = f"""
title = "Web売上目標"
sheets = {PAGE.split(",")!r}
total_revenue = "5,000万円"
web_revenue = "1,200万円"
deal_size = "400万円"
win_rate = "30%"
opportunity_rate = "25%"
[[channel]]
name = "広告"
share = "25%"
meeting_rate = "10%"
cvr = "1%"
[[channel]]
name = "オーガニック"
share = "50%"
meeting_rate = "30%"
cvr = "1%"
[[channel]]
name = "メルマガ"
share = "25%"
meeting_rate = "20%"
cvr = "1%"
"""

JOB = ("batch", "roster.csv", "--plan", "plan.toml", "-o", "out", "--jobs", "1")


@pytest.fixture
def batch(tmp_path: Path, kgisheet: Run) -> Callable[..., Ran]:
    """Writes the roster and runs the command in a folder with the plan."""
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")

    def run(roster: str | bytes, *more: str, lang: str = "en_US.UTF-8") -> Ran:
        (tmp_path / "roster.csv").write_bytes(roster if isinstance(roster, bytes) else roster.encode())
        return kgisheet(*JOB, *more, lang=lang)

    return run


def figures(path: Path) -> dict[str, Any]:
    return {each.name: each.value for each in api.records_of_book(path.read_bytes(), path.name)[1]}


def the_manifest(folder: Path) -> manifest.Manifest:
    return manifest.read((folder / "out" / manifest.NAME).read_bytes(), manifest.NAME)


@pytest.mark.usefixtures("worker_processes")
def test_a_workbook_for_each_row(batch: Run, tmp_path: Path) -> None:
    """In CP932, as Japanese Excel saves it; figures as people type them, and an empty cell leaves the plan's."""
    roster = 'file,owner,web_revenue,channel.広告.cvr\n田中,田中①,800万円,2%\n髙橋.xlsx,,"4,000,000",\n'
    assert batch(roster.encode("cp932")).code == 0
    assert sorted(os.listdir(tmp_path / "out")) == ["kgisheet-batch.json", "田中.xlsx", "髙橋.xlsx"]
    tanaka, takahashi = (figures(tmp_path / "out" / f"{each}.xlsx") for each in ("田中", "髙橋"))
    assert (tanaka["owner"], tanaka["web_revenue"], tanaka["channel_cvr[1]"]) == ("田中①", 8_000_000, 0.02)
    assert (takahashi["owner"], takahashi["web_revenue"], takahashi["channel_cvr[1]"]) == (None, 4_000_000, 0.01)
    said = the_manifest(tmp_path)
    assert [(row.file, row.line, row.status, row.owner) for row in said.rows] == [
        ("田中.xlsx", 2, "made", "田中①"),
        ("髙橋.xlsx", 3, "made", None),
    ]
    assert [row.workbook for row in said.rows] == [
        manifest.digest((tmp_path / "out" / f"{each}.xlsx").read_bytes()) for each in ("田中", "髙橋")
    ]
    assert said.department["leads"] == 217


def test_a_bad_row_is_told_with_its_line_and_the_others_are_made(batch: Run, tmp_path: Path) -> None:
    roster = "file,win_rate,web_revenue\na,30,x\nb,40%,\nc,0%,\n../d,,\n"
    ran = batch(roster)
    assert ran.code == 1
    assert [line.split(": ")[1:3] for line in ran.err.splitlines()] == [
        ["roster.csv:5", "file"],
        ["roster.csv:2", "web_revenue"],
        ["roster.csv:2", "win_rate"],
        ["roster.csv:4", "win_rate"],
    ]
    assert "“30” may mean 30% or 3,000%" in ran.err
    assert "out: 1 made, 3 failed" in ran.out.decode()
    assert sorted(os.listdir(tmp_path / "out")) == ["b.xlsx", "kgisheet-batch.json"]
    assert [row.status for row in the_manifest(tmp_path).rows] == ["failed", "made", "failed", "failed"]
    assert not list(tmp_path.glob("*.xlsx"))


def test_names_that_are_one_file_are_refused_with_both_lines(batch: Run, tmp_path: Path) -> None:
    ran = batch("file\nTanaka\ntanaka.xlsx\nsuzuki\n")
    assert ran.code == 1
    first, second = ran.err.splitlines()
    assert first.startswith("kgisheet: roster.csv:2: file: line 3 has the file name “tanaka.xlsx”")
    assert second.startswith("kgisheet: roster.csv:3: file: line 2 has the file name “Tanaka”")
    assert sorted(os.listdir(tmp_path / "out")) == ["kgisheet-batch.json", "suzuki.xlsx"]


@pytest.mark.parametrize(
    ("roster", "said"),
    [
        ("name,owner\na,b\n", "there is no column “file” (there are name, owner)"),
        ("file,web_revenu\na,1\n", "web_revenu (do you mean web_revenue?)"),
        ("file,channel.TV.cvr\na,1%\n", "there is no channel “TV”"),
        ("file,owner,owner\na,b,c\n", "the column “owner” is there twice"),
        ("file,owner\n", "there are no rows"),
        ("file,\na,b\n", "a column without a heading"),
    ],
)
def test_what_concerns_all_rows_ends_the_run(roster: str, said: str, batch: Run, tmp_path: Path) -> None:
    ran = batch(roster)
    assert ran.code == 3
    assert said in ran.err
    assert "roster.csv" in ran.err
    assert not (tmp_path / "out").exists()


def test_headings_may_be_the_labels_of_the_workbook(batch: Run, tmp_path: Path) -> None:
    """In both languages, in any case, half or full width; a channel's after its name."""
    roster = "ファイル,担当,Title,Ｗｅｂ売上,WIN RATE,channel.広告.CV率\na,A,x,240万円,40%,2%\n"
    assert batch(roster).code == 0
    found = figures(tmp_path / "out/a.xlsx")
    names = ("owner", "title", "web_revenue", "win_rate", "channel_cvr[1]")
    assert [found[name] for name in names] == ["A", "x", 2_400_000, 0.4, 0.02]


def test_all_unknown_headings_are_one_message_with_what_is_close(batch: Run) -> None:
    ran = batch("file,担当者,web_revenu,ほげ,channel.広告.shre\na,A,1,2,3\n", lang="ja_JP.UTF-8")
    assert ran.code == 3
    [said] = ran.err.splitlines()
    assert said.startswith(
        "kgisheet: roster.csv:1: 計画の項目にない見出しがあります: 担当者(owner のことですか)、web_revenu(web_revenue のことですか)、ほげ、"
        "channel.広告.shre(channel.広告.share のことですか) → "
    )


def test_a_label_and_its_key_are_one_column(batch: Run) -> None:
    assert "the column “owner” is there twice" in batch("file,owner,担当\na,A,B\n").err


def test_a_roster_given_as_the_plan_is_called_one(batch: Run, kgisheet: Run) -> None:
    batch("file\na\n")
    ran = kgisheet("batch", "roster.csv", "--plan", "roster.csv", "-o", "out")
    assert (ran.code, "roster.csv: it is a CSV, not a plan (TOML) → " in ran.err) == (3, True)


def test_a_line_break_in_a_cell_is_called_one(batch: Run) -> None:
    """Alt+Enter in Excel."""
    ran = batch('file,owner\na,"Sales\r\n1"\n', lang="ja_JP.UTF-8")
    assert "roster.csv:2: owner: 改行があります → 255文字までの1行の文字で書いてください" in ran.err


def test_what_is_next_names_check_and_collect(batch: Run) -> None:
    said = batch("file\na\n", lang="ja_JP.UTF-8").out.decode()
    assert "kgisheet check out で検査、kgisheet collect out -o summary.xlsx で集計できます" in said


def test_what_is_wrong_with_the_plan_is_said_once(batch: Run, tmp_path: Path) -> None:
    """A key that the plan lacks and the roster has is no problem."""
    plan = PLAN.replace('win_rate = "30%"', 'win_rate = "30"').replace('web_revenue = "1,200万円"\n', "")
    (tmp_path / "plan.toml").write_text(plan, encoding="utf-8")
    ran = batch("file,web_revenue\na,240万円\nb,240万円\n")
    assert ran.code == 3
    assert [line.split(": ")[1:3] for line in ran.err.splitlines()] == [["plan.toml:6", "win_rate"]]
    (tmp_path / "plan.toml").write_text(plan.replace('"30"', '"30%"'), encoding="utf-8")
    assert batch("file,web_revenue\na,240万円\nb,240万円\n").code == 0


def test_what_a_row_makes_of_the_plan_is_told_with_both_lines(batch: Run) -> None:
    """The template without opportunities: the key that it lacks is in line 8 of the plan."""
    ran = batch("file,template\na,short\nb,\n")
    assert "roster.csv:2: opportunity_rate (plan.toml:8): the template short has no opportunity stage" in ran.err
    assert "delete the line opportunity_rate" in ran.err


def test_what_stays_whole_in_every_workbook_is_named(batch: Run, tmp_path: Path) -> None:
    plan = PLAN + "current_visits = 900\ncost_per_lead = 6000\n[feasibility]\nbudget = '100万円'\nsales_reps = 5\n"
    (tmp_path / "plan.toml").write_text(plan.replace("目標設定", "現状とのギャップ"), encoding="utf-8")
    ran = batch("file,feasibility.sales_reps\na,2\nb,3\n", "--split", "web_revenue")
    said = "note: plan.toml: not shared, so that every workbook has them whole: channel.cost_per_lead, feasibility.budget"
    assert f"{said} → " in ran.err


def test_a_part_of_nothing_is_told_at_its_row(batch: Run) -> None:
    ran = batch("file,web_revenue\na,0\nb,1\n", "--split", "web_revenue")
    assert [line.split(": ")[1:4] for line in ran.err.splitlines()] == [["warning", "roster.csv:2", "web_revenue"]]


def test_texts_stay_texts(batch: Run, tmp_path: Path) -> None:
    assert batch("file,owner,title\na,=1+1,@SUM(A1)\nb,+81,-x\n").code == 0
    a, b = (figures(tmp_path / "out" / f"{each}.xlsx") for each in "ab")
    assert (a["owner"], a["title"], b["owner"], b["title"]) == ("=1+1", "@SUM(A1)", "+81", "-x")


def test_five_managers_round_up_to_more_than_the_department(batch: Run) -> None:
    """5/20/80/435 against 3/10/40/217, said before anything is written, with what helps."""
    ran = batch("file,web_revenue\n" + "".join(f"{each},240万円\n" for each in "abcde"), lang="ja_JP.UTF-8")
    rows = [line.split() for line in ran.out.decode().splitlines()[:4]]
    assert rows[1] == ["各ブックの合計", "12,000,000円", "5", "20", "80", "435", "43,500"]
    assert rows[2] == ["計画", "12,000,000円", "3", "10", "40", "217", "21,700"]
    assert rows[3] == ["差", "0", "+2", "+10", "+40", "+218", "+21,800"]
    assert "--split web_revenue" in ran.err


def test_what_check_would_say_is_said_at_the_row_or_once_at_the_plan(batch: Run, tmp_path: Path) -> None:
    """1,200 yen were meant as 1,200万円; a meeting rate outside the usual range is no warning."""
    ran = batch("file,web_revenue\na,1200\nb,240万円\n")
    assert [line.split(": ")[:4] for line in ran.err.splitlines() if "warning" in line] == [
        ["kgisheet", "warning", "roster.csv:2", "web_revenue"]
    ]
    (tmp_path / "plan.toml").write_text(PLAN.replace("400万円", "400"), encoding="utf-8")
    ran = batch("file,owner\nc,x\nd,y\n", "--force")
    assert [line.split(": ")[:4] for line in ran.err.splitlines() if "warning" in line] == [
        ["kgisheet", "warning", "plan.toml:6", "deal_size"]
    ]


def test_what_is_there_is_not_overwritten(batch: Run, tmp_path: Path) -> None:
    roster = "file,owner\na,x\nb,y\n"
    assert batch(roster).code == 0
    before = (tmp_path / "out/a.xlsx").read_bytes()
    ran = batch(roster)
    assert ran.code == 2
    assert "--resume" in ran.err
    assert "--force" in ran.err
    assert batch(roster.replace("x", "z"), "--force").code == 0
    assert (tmp_path / "out/a.xlsx").read_bytes() != before


def test_going_on_makes_what_is_missing_or_has_another_plan(batch: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert batch("file,owner\na,x\nb,y\nc,z\nd,w\n").code == 0
    (out / "b.xlsx").unlink()
    (out / "d.xlsx").write_bytes(b"typed by a person")
    times = {each: (out / f"{each}.xlsx").stat().st_mtime_ns for each in "acd"}
    ran = batch("file,owner\na,x\nb,y\nc,new\nd,w\n", "--resume")
    assert ran.code == 0
    assert "out: 2 made, 2 kept as they were" in ran.out.decode()
    assert [each for each in "acd" if (out / f"{each}.xlsx").stat().st_mtime_ns != times[each]] == ["c"]
    # What a person has changed is not overwritten, even where its plan is another one now.
    ran = batch("file,owner\na,x\nb,y\nc,new\nd,other\n", "--resume")
    assert ran.code == 1
    assert "kgisheet: out/d.xlsx: not overwritten" in ran.err
    assert (out / "d.xlsx").read_bytes() == b"typed by a person"
    kept = the_manifest(tmp_path).by_file()["d.xlsx"]
    assert (kept.status, kept.owner, len(kept.problems)) == ("made", "w", 1)  # what was handed out is still hers


def test_what_lies_in_the_folder_is_counted(batch: Run, tmp_path: Path) -> None:
    """1,200万円 were a's alone, who has worked on it; now half of it is b's, and a's workbook stays: 1,800万円 are handed out."""
    assert batch("file,web_revenue\na,100%\n", "--split", "web_revenue").code == 0
    path = tmp_path / "out/a.xlsx"
    path.write_bytes(hands.typed(path.read_bytes(), owner="A"))
    ran = batch("file,web_revenue\na,50%\nb,50%\n", "--split", "web_revenue", "--resume")
    assert ran.code == 1
    rows = [line.split() for line in ran.out.decode().splitlines()[:4]]
    assert rows[1][2:5] == ["¥18,000,000", "4", "15"]  # 3 and 1 deals, 10 and 5 opportunities
    assert rows[3][1:4] == ["+6,000,000", "+1", "+5"]
    assert "note: counted as they lie in the folder, where they stay: a.xlsx (1)" in ran.err
    # Nobody has touched b's: it is made anew, and counted so.
    path.unlink()
    ran = batch("file,web_revenue\na,25%\nb,75%\n", "--split", "web_revenue", "--resume")
    assert (ran.code, ran.out.decode().splitlines()[3].split()[1:]) == (0, ["0"] * 6)


def test_going_on_after_a_kill_takes_what_it_wrote_itself(batch: Run, tmp_path: Path) -> None:
    """The manifest says of it that it is planned, the file is there, whole: the same bytes are nobody else's."""
    assert batch("file\na\nb\n").code == 0
    path = tmp_path / "out" / manifest.NAME
    said = manifest.read(path.read_bytes(), "m")
    rows = tuple(row._replace(status=manifest.PLANNED, workbook=None) for row in said.rows)
    path.write_bytes(manifest.to_bytes(said._replace(rows=rows)))
    (tmp_path / "out/b.xlsx").write_bytes(b"somebody's")
    ran = batch("file\na\nb\n", "--resume")
    assert ran.code == 1
    assert [(row.file, row.status) for row in the_manifest(tmp_path).rows] == [("a.xlsx", "made"), ("b.xlsx", "failed")]


def test_a_link_in_the_folder_leads_nowhere(batch: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "mine.xlsx").write_bytes(b"mine")
    (tmp_path / "out/a.xlsx").symlink_to(tmp_path / "mine.xlsx")
    ran = batch("file\na\nb\n", "--force")
    assert ran.code == 1
    assert "link" in ran.err
    assert (tmp_path / "mine.xlsx").read_bytes() == b"mine"
    assert (tmp_path / "out/b.xlsx").exists()


def test_leftovers_are_taken_away(batch: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "_TIDIED", set())
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.kgisheet-dead.tmp").write_bytes(b"half")
    assert batch("file\na\n").code == 0
    assert sorted(os.listdir(tmp_path / "out")) == ["a.xlsx", "kgisheet-batch.json"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema_version": 1}', '{"schema_version": 1, "rows": 3}', "null"])
def test_a_manifest_that_is_none(text: str) -> None:
    with pytest.raises(api.BookError):
        manifest.read(text.encode(), "m.json")


def test_a_manifest_from_elsewhere_leads_nowhere() -> None:
    said = manifest.Manifest(("p", "0"), ("r", "0"), None, {}, (manifest.Row("a.xlsx", 2, "made"),))
    assert manifest.read(manifest.to_bytes(said), "m") == said
    for file in ("../a.xlsx", "/a", "C:\\a", "a/b", "..", "c:a"):
        changed = json.loads(manifest.to_bytes(said))
        changed["rows"][0]["file"] = file
        with pytest.raises(api.BookError):
            manifest.read(json.dumps(changed).encode(), "m")


def test_the_folder_is_checked_without_its_manifest(batch: Run, kgisheet: Run, tmp_path: Path) -> None:
    assert batch("file\na\n").code == 0
    ran = kgisheet("check", "out")
    assert ran.code == 0
    assert manifest.NAME not in ran.out.decode() + ran.err
    assert (tmp_path / "out" / manifest.NAME).exists()
