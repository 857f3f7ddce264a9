"""`kgisheet collect`: what must not look whole when it isn't: whose a file is, whose goals, which files nobody read, what is overwritten."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import hands
import pytest
import stored
from conftest import Ran
from seeding import package
from test_collect import answered, filled, gathered, handed_out, stage, summary
from test_collect_roster import OWNERS, collected, remarks, states

from kgisheet import api
from kgisheet.gather.model import ANSWERED, BROKEN, MISSING, UNTOUCHED, Gathered
from kgisheet.gather.said import said
from kgisheet.gather.stage_sheet import totals
from kgisheet.gather.todo import lines
from kgisheet.handout import manifest


def to_do(found: Gathered) -> list[str]:
    return [line for line, _ in lines(found)]


def cell(data: bytes, sheet: str, at: str) -> object:
    found = stored.cells(data).get((sheet, at))
    return None if found is None else found.value


# -- the output ----------------------------------------------------------------


@pytest.mark.parametrize("folder", ["返却", ".", "返却/../返却"])
def test_a_managers_workbook_is_never_overwritten(kgisheet: Callable[..., Ran], tmp_path: Path, folder: str) -> None:
    """Not with --force either: what 東京 filled in has no other copy."""
    (tmp_path / "返却").mkdir()
    mine = filled("東京", meetings_04=3)
    (tmp_path / "返却" / "東京.xlsx").write_bytes(mine)
    done = kgisheet("collect", folder, "-o", "返却/東京.xlsx", "--force", lang="ja_JP.UTF-8")
    assert done.code == 2
    assert "上書きしませんでした" in done.err
    assert (tmp_path / "返却" / "東京.xlsx").read_bytes() == mine


def test_a_link_to_one_is_none_either(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "返却").mkdir()
    mine = filled("東京", meetings_04=3)
    (tmp_path / "返却" / "東京.xlsx").write_bytes(mine)
    (tmp_path / "集計.xlsx").symlink_to(tmp_path / "返却" / "東京.xlsx")
    assert kgisheet("collect", "返却", "-o", "集計.xlsx", "--force").code == 2
    assert (tmp_path / "返却" / "東京.xlsx").read_bytes() == mine


def test_the_summary_of_last_month_is_replaced(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "返却").mkdir()
    (tmp_path / "返却" / "東京.xlsx").write_bytes(filled("東京", meetings_04=3))
    (tmp_path / "返却" / "集計.xlsx").write_bytes(summary("ja"))
    assert kgisheet("collect", "返却", "-o", "返却/集計.xlsx", "--force").code == 0
    assert api.check((tmp_path / "返却" / "集計.xlsx").read_bytes(), "集計.xlsx").status == "ok"
    assert (tmp_path / "返却" / "集計.xlsx").read_bytes() != summary("ja")


def test_a_name_that_nothing_has_writes_nothing(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "東京.xlsx").write_bytes(filled("東京", meetings_04=3))
    done = kgisheet("collect", "東京.xlsx", "大坂.xlsx", "-o", "集計.xlsx", lang="ja_JP.UTF-8")
    assert done.code == 2
    assert "大坂.xlsx: ファイルもフォルダーもありません" in done.err
    assert not (tmp_path / "集計.xlsx").exists()


def test_a_folder_with_a_summary_alone_has_nothing_to_collect(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "返却").mkdir()
    (tmp_path / "返却" / "先月.xlsx").write_bytes(summary("ja"))
    done = kgisheet("collect", "返却", "-o", "集計.xlsx", lang="ja_JP.UTF-8")
    assert (done.code, done.out) == (3, b"")
    assert "集計するブックがありません。何も書き出しませんでした(返却/先月.xlsx 集計ブックのため集計していません)" in done.err
    assert not (tmp_path / "集計.xlsx").exists()


def test_a_summary_is_an_xlsx(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "東京.xlsx").write_bytes(filled("東京", meetings_04=3))
    done = kgisheet("collect", "東京.xlsx", "-o", "集計", lang="ja_JP.UTF-8")
    assert done.code == 2
    assert "集計.xlsx としてください" in done.err
    assert not (tmp_path / "集計").exists()


# -- files that nobody reads -----------------------------------------------------


def test_every_file_of_a_folder_is_listed(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    """大阪 sent a PDF, 福岡 put his workbook into a folder below: neither is simply missing. A memo is nobody's workbook."""
    folder = tmp_path / "返却"
    (folder / "下").mkdir(parents=True)
    rows = tuple(manifest.Row(f"{each}.xlsx", at, manifest.MADE, owner=each) for at, each in enumerate(OWNERS, 2))
    record = manifest.Manifest(("plan.toml", ""), ("roster.csv", ""), None, {}, rows)
    (folder / manifest.NAME).write_bytes(manifest.to_bytes(record))
    (folder / "東京.xlsx").write_bytes(handed_out("東京"))
    (folder / "大阪.pdf").write_bytes(b"%PDF")
    (folder / "下" / "福岡.xlsx").write_bytes(handed_out("福岡"))
    (folder / "メモ.txt").write_text("…", encoding="utf-8")
    (folder / "東京.bak.xlsx").write_bytes((folder / "東京.xlsx").read_bytes())
    (folder / "先月.xlsx").write_bytes(summary("ja"))
    done = kgisheet("collect", "返却", "-o", "集計.xlsx", "--jobs", "1", lang="ja_JP.UTF-8")
    assert done.code == 3
    data = (tmp_path / "集計.xlsx").read_bytes()
    listed = {
        cell(data, "提出状況", f"A{row}"): [cell(data, "提出状況", f"{col}{row}") for col in "BCH"] for row in range(5, 12)
    }
    assert listed == {
        "返却/東京.xlsx": ["東京", "未記入", None],
        "返却/大阪.pdf": ["大阪", "読み取れない", ".pdf 形式のため読んでいません"],
        "返却/下/福岡.xlsx": ["福岡", "読み取れない", "下のフォルダーのファイルです(-r を付けると集計します)"],
        "返却/先月.xlsx": [None, "読んでいない", "集計ブックのため集計していません"],
        "返却/下/": [None, "読んでいない", "下のフォルダーです(ブック 1件)。集計するには -r を付けてください"],
        "返却/メモ.txt": [None, "読んでいない", ".txt 形式のため読んでいません"],
        "返却/東京.bak.xlsx": [None, "読んでいない", "控え(バックアップ)です"],
    }
    assert "読んでいないもの(3件、理由は「提出状況」): " in done.out.decode()


def test_files_that_are_not_there_are_not_counted_as_files() -> None:
    """One of three has come."""
    data = api.summary(collected([("東京.xlsx", filled("東京", meetings_04=3))]))
    assert "担当者 3名  ファイル 1件" in str(cell(data, "全体", "B2"))


# -- whose a file is --------------------------------------------------------------


def test_one_owner_in_files_of_other_names_and_contents_is_several_people() -> None:
    """The section's name in both: 3 + 2 meetings, and nobody's are dropped. 佐藤 has sent hers twice."""
    files = [
        ("田中.xlsx", filled("営業1課", meetings_04=3)),
        ("鈴木.xlsx", filled("営業1課", meetings_04=2)),
        ("佐藤.xlsx", filled("営業2課", meetings_04=1)),
        ("佐藤_最終.xlsx", filled("営業2課", meetings_04=1, meetings_05=4)),
    ]
    found = gathered(files)
    assert sorted(each.name for each in found.managers) == ["営業1課 (田中)", "営業1課 (鈴木)", "営業2課"]
    assert totals(found, stage(found, "meetings")).actual == 3 + 2 + 1 + 4
    loud = "担当者名が同じ2件を確かめる(別の人として集計。同じ人なら1件だけ残す): 営業1課 = 田中.xlsx、鈴木.xlsx"
    assert f"・{loud}" in to_do(found)
    assert loud in [each.ja for each in said(found, [answered(*each) for each in files])]


def test_the_plan_inside_outweighs_the_files_name() -> None:
    """東京's workbook, called 大阪.xlsx, with 大阪 typed over the owner: it is still 東京's goal."""
    data = hands.typed(filled("東京", meetings_04=3), owner="大阪")
    found = collected([("大阪.xlsx", data)])
    assert states(found) == {"東京": ANSWERED, "大阪": MISSING, "福岡": MISSING}
    [wrong] = [each for each in found.files if each.manager == "東京"]
    assert wrong.remarks[0] == ("ファイル名は「大阪」ですが、中身は「東京」に配ったブックです。「東京」として集計しています")
    [lost] = [each for each in found.files if each.manager == "大阪"]
    assert lost.remarks == ("「大阪.xlsx」は「東京」に配ったブックです",)
    assert "・ファイル名が中身と違う1件を確かめる: 大阪.xlsx は東京のブック" in to_do(found)


# -- what was typed ---------------------------------------------------------------


def saved(data: bytes) -> bytes:
    """The workbook as another program packs it: other bytes, nothing typed."""
    return package.packed({**package.unpacked(data), "docProps/app.xml": b"<Properties/>"})


def test_a_workbook_that_was_only_opened_and_saved_is_not_filled_in() -> None:
    assert saved(handed_out("東京")) != handed_out("東京")
    assert states(gathered([("東京.xlsx", saved(handed_out("東京")))])) == {"東京": UNTOUCHED}
    found = collected([("東京.xlsx", saved(handed_out("東京"))), ("大阪.xlsx", filled("大阪", leads_04=1))])
    assert states(found) == {"東京": UNTOUCHED, "大阪": ANSWERED, "福岡": MISSING}
    assert found.answered == 1


def test_a_goal_that_was_lowered_is_told_with_both_values() -> None:
    """東京 has made 9,000,000 of 12,000,000; 大阪 asks for another win rate."""
    tokyo = hands.typed(filled("東京", revenue_04=1_000_000), web_revenue=9_000_000, entry_date=datetime.date(2026, 5, 1))
    osaka = hands.typed(filled("大阪", revenue_04=1_000_000), win_rate=0.4)
    found = gathered([("大阪.xlsx", osaka), ("東京.xlsx", tokyo)])
    assert "配布時から変更: Web売上 12,000,000円 → 9,000,000円" in remarks(found)["東京.xlsx"]
    line = "配った目標や条件を書き換えた2名に確かめる: 東京(Web売上 12,000,000円 → 9,000,000円)、大阪(受注率 30% → 40%)"
    assert f"・{line}" in to_do(found)
    assert line in [each.ja for each in said(found, [])]


def test_months_whose_goals_were_typed_over_are_counted() -> None:
    """April's 1,000,000 and May's made smaller: what is achieved to date looks better by it."""
    data = hands.typed(filled("東京", revenue_04=1_000_000), **{f"month_revenue_override[{at}]": 500_000 for at in (1, 2)})
    assert "配布時から変更: 月別目標の上書き 0か所 → 2か所" in remarks(gathered([("東京.xlsx", data)]))["東京.xlsx"]


def test_doubtful_figures_are_announced() -> None:
    """46,174 deals in April, where somebody typed a date: no error, and yet worth a look."""
    files = [("東京.xlsx", filled("東京", won_deals_04=46_174)), ("大阪.xlsx", filled("大阪", won_deals_04=1))]
    found = gathered(files)
    assert next(each.warnings for each in found.managers if each.name == "東京") > 0
    assert "・要確認のある1件の数字を確かめる(「指摘」): 東京" in to_do(found)
    assert "要確認のあるファイル(1件): 東京.xlsx" in [each.ja for each in said(found, [answered(*each) for each in files])]


# -- quotients of the same people ---------------------------------------------------


def with_goals(found: api.Answer, key: str, goals: tuple[float | None, ...]) -> api.Answer:
    """The answer as it is where a stage's goals can't be read."""
    return found._replace(stages=tuple(each._replace(goals=goals) if each.key == key else each for each in found.stages))


def test_an_actual_without_a_goal_is_no_part_of_the_achievement() -> None:
    """東京 made 1,000,000 of April's 1,000,000; 大阪's goals are gone, and its 900,000 make no 190 %."""
    osaka = answered("大阪.xlsx", filled("大阪", revenue_04=900_000))
    osaka = with_goals(osaka, "revenue", (None,) * 12)._replace(stages=tuple(
        each._replace(year=None, goals=(None,) * 12) if each.key == "revenue" else each for each in osaka.stages
    ))  # fmt: skip
    found = api.collect([answered("東京.xlsx", filled("東京", revenue_04=1_000_000)), osaka], "ja")
    whole = totals(found, stage(found, "revenue"))
    assert (whole.due, whole.actual, whole.met, whole.achievement) == (1_000_000, 1_900_000, 1_000_000, 1)
    assert remarks(found)["大阪.xlsx"][0] == "目標のない月に実績があります(Web売上 1か月)。達成率には入れていません"
    assert "・目標のない月に実績がある1名の目標を確かめる(達成率に入れていません): 大阪" in to_do(found)
    data = api.summary(found)
    texts = [each.value for (sheet, _), each in stored.cells(data).items() if sheet == "全体"]
    assert "※ 担当者の目標の合計に、目標を読み取れない1名(未提出を含む)の分は入っていません。" in texts
    assert (
        "※ 実績の累計には、目標のない月の実績(大阪。Web売上では900,000円)も入っています。達成率の計算には入れていません。"
        in texts
    )
    assert api.check(data, "s.xlsx").status == "ok"


def test_a_rate_between_two_stages_is_of_those_who_have_both() -> None:
    """通販 has no opportunities: 20 of the two others, of which 6 are won, 30 %; its own 30 deals would make 180 %."""
    short = api.workbook(api.plan_from_example("ja", ["owner=通販"], api.open_shipped("short")), "ja")
    found = gathered([("通販.xlsx", short), ("東京.xlsx", handed_out("東京")), ("大阪.xlsx", handed_out("大阪"))])
    data = api.summary(found)
    sheet, head = stored.places(data)["gather_stages"]
    row = int(head[1:]) + 2
    assert [cell(data, sheet, f"{col}{row}") for col in "BDJ"] == ["受注数", 36, 0.3]
    assert api.check(data, "s.xlsx").status == "ok"


def test_without_anybody_who_has_both_it_is_blank() -> None:
    short = api.workbook(api.plan_from_example("ja", ["owner=通販"], api.open_shipped("short")), "ja")
    tokyo = answered("東京.xlsx", handed_out("東京"))
    tokyo = tokyo._replace(stages=tuple(each for each in tokyo.stages if each.key != "won_deals"))
    found = api.collect([answered("通販.xlsx", short), tokyo], "ja")
    data = api.summary(found)
    sheet, head = stored.places(data)["gather_stages"]
    first = int(head[1:]) + 1
    rates = {cell(data, sheet, f"B{row}"): cell(data, sheet, f"J{row}") for row in range(first, first + len(found.columns))}
    assert rates["案件化数"] in (None, "")  # before 受注数, which 東京 has none of


# -- words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("titles", "whole"),
    [
        ([("田中", "2026年度 Web売上目標(田中)"), ("鈴木", "2026年度 Web売上目標(鈴木)")], "2026年度 Web売上目標"),
        ([("営業1課 田中", "売上目標 田中"), ("営業2課 鈴木", "売上目標 鈴木")], "売上目標"),
        ([("東京", "Web goals: east"), ("大阪", "Web goals: eden")], "Web goals"),
        ([("東京", "春の目標"), ("大阪", "秋の計画")], ""),
        ([("東京", "2026年度目標"), ("大阪", "2026年度目標"), ("福岡", "別の題")], "2026年度目標"),
    ],
)
def test_the_title_of_the_whole_is_nobodys_own(titles: list[tuple[str, str]], whole: str) -> None:
    from kgisheet.gather.titling import title_of_all

    assert title_of_all([(title, [name]) for name, title in titles]) == whole


def test_the_terminal_has_one_language_whatever_the_summarys_is() -> None:
    """An English summary of workbooks, read by a Japanese terminal, and the other way round."""
    files = [("東京.xlsx", filled("東京", meetings_04=3)), ("東京 (1).xlsx", filled("東京", meetings_04=3, meetings_05=2))]
    for lang in ("ja", "en"):
        found = api.collect([answered(*each, lang) for each in files], lang)
        lines_ja, lines_en = ([each.to(one) for each in said(found, [])] for one in ("ja", "en"))
        assert lines_ja[1:] == [
            "Web売上: 実績はまだありません",
            "重複: 東京.xlsx: 「東京 (1).xlsx」と重複しています(実績の入力が多いため、そちらを集計)",
        ]
        assert lines_en[1:] == [
            "Web revenue: no actuals yet",
            "duplicate: 東京.xlsx: duplicate of “東京 (1).xlsx”, which counts: it has more actuals",
        ]


def test_a_file_with_errors_that_cannot_be_read_is_one_file() -> None:
    """Two of three are faulty: 東京's form is broken, 大阪's is no workbook."""
    tokyo = answered("東京.xlsx", filled("東京", meetings_04=3))._replace(errors=2, stages=())
    found = api.collect([tokyo, answered("大阪.xlsx", b"junk"), answered("福岡.xlsx", filled("福岡", meetings_04=3))], "ja")
    assert [each.state for each in found.managers].count(BROKEN) == 2
    assert cell(api.summary(found), "全体", "H5") == "2件"
