"""Whose a file is: rows of a batch's manifest, copies, renamed files, those that nobody knows of, those who haven't answered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import hands
import pytest
import stored
from conftest import Ran, some
from test_collect import answered, filled, handed_out

from kgisheet import api
from kgisheet.gather.model import ANSWERED, BROKEN, MISSING, UNTOUCHED, Gathered
from kgisheet.handout.plans import fingerprint

OWNERS = ("東京", "大阪", "福岡")


def due(owner: str, file: str = "") -> api.Due:
    return api.Due(file or f"{owner}.xlsx", owner, hashlib.sha256(handed_out(owner)).hexdigest(), plan_of(owner))


def plan_of(owner: str) -> str:
    return answered("x.xlsx", handed_out(owner)).plan


def collected(files: list[tuple[str, bytes]], *owners: str, department: dict[str, float] | None = None) -> Gathered:
    answers = [answered(name, data) for name, data in files]
    return api.collect(answers, "ja", [due(each) for each in owners or OWNERS], department)


def states(found: Gathered) -> dict[str, str]:
    return {each.name: each.state for each in found.managers}


def remarks(found: Gathered) -> dict[str, tuple[str, ...]]:
    return {each.name: each.remarks for each in found.files}


def test_who_has_not_answered() -> None:
    """東京 has, 大阪 sent back what was handed out, nothing is there of 福岡."""
    found = collected([("東京.xlsx", filled("東京", meetings_04=3)), ("大阪.xlsx", handed_out("大阪"))])
    assert states(found) == {"東京": ANSWERED, "大阪": UNTOUCHED, "福岡": MISSING}
    assert found.expected == 3


def test_what_could_not_be_read_is_no_answer_and_not_missing_either() -> None:
    found = collected([("東京.xlsx", b"junk"), ("大阪.xlsx", b"junk")])
    assert states(found) == {"東京": BROKEN, "大阪": BROKEN, "福岡": MISSING}


def test_the_departments_goals_stand_beside_the_managers() -> None:
    """A goal of 3 deals, 40 meetings handed to three who were each given all of it."""
    found = collected([], department={"web_revenue": 12_000_000.0, "won_deals": 3.0, "required_meetings": 40.0})
    assert found.department == ()  # no file says which stages there are
    files = [(f"{each}.xlsx", handed_out(each)) for each in OWNERS]
    found = collected(files, department={"web_revenue": 12_000_000.0, "won_deals": 3.0, "required_meetings": 40.0})
    assert {each.key: each.year for each in found.department} == {
        "revenue": 12_000_000,
        "won_deals": 3,
        "opportunities": None,
        "meetings": 40,
        "leads": None,
        "visits": None,
    }


COPIES = [
    # both names, which counts, what is said of the other
    (("東京.xlsx", "東京 (1).xlsx"), "東京 (1).xlsx", "「東京 (1).xlsx」と重複しています(実績の入力が多いため、そちらを集計)"),
    (
        ("東京.xlsx", "東京 - コピー.xlsx"),
        "東京 - コピー.xlsx",
        "「東京 - コピー.xlsx」と重複しています(実績の入力が多いため、そちらを集計)",
    ),
    (
        ("東京.xlsx", "東京_最終版.xlsx"),
        "東京_最終版.xlsx",
        "「東京_最終版.xlsx」と重複しています(実績の入力が多いため、そちらを集計)",
    ),
]


@pytest.mark.parametrize("with_manifest", [True, False])
@pytest.mark.parametrize(("names", "counted", "said"), COPIES)
def test_of_two_files_of_one_manager_the_fuller_counts(
    names: tuple[str, str], counted: str, said: str, with_manifest: bool
) -> None:
    """One month typed in the first, two in the second."""
    files = [(names[0], filled("東京", meetings_04=3)), (names[1], filled("東京", meetings_04=3, meetings_05=2))]
    others = [("大阪.xlsx", handed_out("大阪")), ("福岡.xlsx", handed_out("福岡"))]
    answers = [answered(name, data) for name, data in (*files, *others)]
    found = api.collect(answers, "ja", [due(each) for each in OWNERS] if with_manifest else ())
    [tokyo] = [each for each in found.managers if each.name == "東京"]
    assert tokyo.file == counted
    assert remarks(found)[names[0]] == (said,)
    assert len(found.managers) == 3


def test_the_same_content_counts_once() -> None:
    data = filled("東京", meetings_04=3)
    found = api.collect([answered("a.xlsx", data), answered("b.xlsx", data)], "ja")
    assert [each.file for each in found.managers] == ["a.xlsx"]
    assert remarks(found)["b.xlsx"] == ("「a.xlsx」と同じ内容です(1回だけ集計)",)


def test_what_was_filled_in_counts_rather_than_what_was_handed_out() -> None:
    """The folder of the batch, and that of what came back."""
    found = collected([("配布/東京.xlsx", handed_out("東京")), ("返却/東京.xlsx", filled("東京", meetings_04=3))])
    assert next(each.file for each in found.managers if each.name == "東京") == "返却/東京.xlsx"


def test_a_renamed_file_is_known_by_its_plan() -> None:
    """Somebody has put another owner's name into it, too."""
    data = hands.typed(handed_out("東京"), owner="Tokyo branch", **{"2026-04!actual_meetings": 3})
    found = collected([("web_goal_final.xlsx", data)])
    assert states(found) == {"東京": ANSWERED, "大阪": MISSING, "福岡": MISSING}


def test_that_plan_is_the_one_of_the_manifest() -> None:
    plan = api.plan_from_example("ja", ["owner=東京"])
    assert plan_of("東京") == fingerprint(plan, "ja")


def test_a_file_of_nobody_on_the_roster_is_added_and_said() -> None:
    found = collected([("名古屋.xlsx", filled("名古屋", meetings_04=3))])
    assert states(found) == {"名古屋": ANSWERED, "東京": MISSING, "大阪": MISSING, "福岡": MISSING}
    assert remarks(found)["名古屋.xlsx"] == ("名簿(batch の記録)にないファイルです。合計には含めています",)


def test_where_all_have_the_departments_name_files_tell_who_it_is() -> None:
    files = [(f"{each}.xlsx", filled("営業部", meetings_04=at)) for at, each in enumerate(OWNERS)]
    found = api.collect([answered(name, data) for name, data in files], "ja")
    assert sorted(each.name for each in found.managers) == sorted(OWNERS)


def test_a_row_without_a_workbook_is_said_with_its_reason() -> None:
    row = api.Due("", "札幌", problems=("roster.csv:5: web_revenue: 単位がありません",))
    found = api.collect([answered("東京.xlsx", handed_out("東京"))], "ja", [due("東京"), row])
    assert states(found)["札幌"] == MISSING
    assert remarks(found)[""] == row.problems


# -- the commands, one after the other -----------------------------------------

PLAN = """
total_revenue = "5,000万円"
web_revenue = "1,200万円"
deal_size = "400万円"
win_rate = "30%"
opportunity_rate = "25%"

[[channel]]
name = "広告"
share = "100%"
meeting_rate = "10%"
cvr = "1%"
"""
ROSTER = "file,owner,web_revenue\n東京,東京支店,800万円\n大阪,大阪支店,400万円\n福岡,福岡支店,400万円\n"


@pytest.mark.parametrize("lang", some(["ja", "en"], 2))
def test_handed_out_and_collected(kgisheet: Callable[..., Ran], tmp_path: Path, lang: str) -> None:
    """800 and 400 and 400万円 of a goal of 1,200: 2, 1 and 1 deals. 東京 answers, 福岡's workbook is lost, 大阪's is as it was."""
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    assert kgisheet("batch", "roster.csv", "--plan", "plan.toml", "-o", "配布", "--jobs", "1").code == 0
    tokyo, lost = tmp_path / "配布" / "東京.xlsx", tmp_path / "配布" / "福岡.xlsx"
    tokyo.write_bytes(hands.typed(tokyo.read_bytes(), **{"2026-04!actual_leads": 5}))
    lost.unlink()
    done = kgisheet("collect", "配布", "-o", "集計.xlsx", "--jobs", "1", lang={"ja": "ja_JP.UTF-8", "en": "en_US.UTF-8"}[lang])
    said = done.out.decode().splitlines()
    assert done.code == 0, done.err
    assert (
        said[1:]
        == {
            "ja": ["提出 1/3名", "Web売上: 実績はまだありません", "未提出(1名): 福岡支店", "配布時のまま(1名): 大阪支店"],
            "en": ["1 of 3 answered", "Web売上: no actuals yet", "not returned (1): 福岡支店", "not filled in (1): 大阪支店"],
        }[lang]
    )
    data = (tmp_path / "集計.xlsx").read_bytes()
    assert api.check(data, "集計.xlsx").status == "ok"
    cells, (sheet, head) = stored.cells(data), stored.places(data)["gather_stages"]
    row = int(head[1:]) + 2  # won deals: 3 of the department, 2 + 1 of the two whose workbooks are there
    assert [cells[sheet, f"{col}{row}"].value for col in "BCDE"] == ["受注数", 3, 3, 0]


def test_a_manifest_may_be_named_and_one_that_is_none_is_said(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "返却").mkdir()
    (tmp_path / "返却" / "東京.xlsx").write_bytes(handed_out("東京"))
    (tmp_path / "list.json").write_text("{}", encoding="utf-8")
    done = kgisheet("collect", "返却", "list.json", "-o", "集計.xlsx")
    assert done.code == 3
    assert "list.json" in done.err
    assert (tmp_path / "集計.xlsx").exists()


def test_an_empty_folder_is_said_and_no_summary_written(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "返却").mkdir()
    done = kgisheet("collect", "返却", "-o", "集計.xlsx")
    assert (done.code, done.out) == (3, b"")
    assert "there is no goal sheet" in done.err
    assert not (tmp_path / "集計.xlsx").exists()


def test_those_on_no_roster_are_no_answer_to_it() -> None:
    found = collected([("名古屋.xlsx", filled("名古屋", meetings_04=3)), ("東京.xlsx", filled("東京", meetings_04=3))])
    assert (found.answered, found.due, len(found.managers)) == (2 - 1, 3, 4)


def test_a_file_of_nagoya_keeps_its_name(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "名古屋.xlsx").write_bytes(hands.typed(handed_out("名古屋"), required_meetings=45))
    done = kgisheet("collect", "名古屋.xlsx", "-o", "集計.xlsx", lang="ja_JP.UTF-8")
    assert done.code == 1
    assert "誤りのあるファイル(1件): 名古屋.xlsx" in done.out.decode()
