"""What is written and said, held against files: a few workbooks part by part, and every command's words in both languages.

    .venv/bin/python -m pytest tests/test_golden.py --update-goldens

writes the files in tests/golden anew; `git diff` then shows what a change does to people, and is read before it is committed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, book
from normal import normal
from seeding.package import packed, recalculated, set_cell, unpacked

from kgisheet import api
from kgisheet.version import __version__

GOLDEN = Path(__file__).parent / "golden"

PLAN = """
title = "Two channels"
start = "2026-04"
total_revenue = "50 million"
web_revenue = "12 million"
deal_size = 4000000
win_rate = "30%"
opportunity_rate = "25%"
sheets = [{sheets}]
[[channel]]
name = "Search"
share = "60%"
meeting_rate = "10%"
cvr = "1%"
[[channel]]
name = "Referral"
share = "40%"
meeting_rate = "30%"
cvr = "2%"
"""


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a file, or writes the file."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no {path.name}: run pytest with --update-goldens"
        assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()

    return compare


# -- workbooks ---------------------------------------------------------------------


def two_channels(*sheets: str) -> bytes:
    text = PLAN.replace("{sheets}", ", ".join(f'"{each}"' for each in sheets))
    return api.workbook(api.plan_from_toml(text, "plan.toml", "en"), "en")


WORKBOOKS: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "page": (lambda: book(sheets="使い方,目標設定"), ()),
    "access": (lambda: book("access", "en", sheets="目標設定"), ("Goals", "xl/workbook.xml", "docProps/core.xml")),
    "months": (lambda: two_channels("目標設定", "月次予実", "月別"), ("Plan vs actual", "2026-04", "Working")),
}
"""What is made, and which parts of it are compared; all of them where none is named."""


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_part_by_part(golden: Callable[[str, str], None], name: str) -> None:
    make, wanted = WORKBOOKS[name]
    parts = normal(make())
    assert set(wanted) <= set(parts), sorted(parts)
    for part in wanted or parts:
        text = parts[part].replace(__version__, "(version)")
        file = re.sub(r"[^\w.-]+", "_", part)
        golden(f"workbooks/{name}/{file}.txt", f"{text}\n")


def test_the_normal_form_tells_what_differs() -> None:
    """A formula, a value, a format, a width; not the order of the shared strings."""
    data = book(sheets="目標設定")
    before = normal(data)

    def changed(part: str, old: str, new: str) -> list[str]:
        parts = unpacked(data)
        text = re.sub(old, new, parts[part].decode(), count=1)
        assert text != parts[part].decode()
        parts[part] = text.encode()
        after = normal(packed(parts))
        return sorted(name for name in before if after.get(name) != before[name])

    sheet = "xl/worksheets/sheet1.xml"
    assert changed(sheet, r"<f>IF\(won_deals", "<f>IF(web_deals") == ["目標設定"]
    assert changed(sheet, r"<v>12000000</v>", "<v>12000001</v>") == ["目標設定"]
    assert changed(sheet, r' s="\d+"', ' s="3"') == ["目標設定"]
    assert changed(sheet, r' width="[\d.]+"', ' width="1"') == ["目標設定"]
    assert changed("xl/sharedStrings.xml", "<t>受注単価</t>", "<t>単価</t>") == ["目標設定"]
    assert changed("xl/workbook.xml", 'name="won_deals"', 'name="deals"') == ["xl/workbook.xml"]
    assert changed("xl/styles.xml", 'formatCode="[^"]*円[^"]*"', 'formatCode="0"') == ["formats", "目標設定"]


# -- commands --------------------------------------------------------------------


TEMPLATE = """
[template]
schema = 1
name = "mine"
base = "standard"
title = { ja = "自社の目標", en = "Our goals" }
about = { ja = "自社用", en = "Ours" }
[[section]]
key = "costs"
kind = "lines"
sheet = "定義"
title = { ja = "費用", en = "Cost" }
[[section.cell]]
name = "cost_per_win"
unit = "yen"
label = { ja = "受注1件の費用", en = "Cost per win" }
formula = "budget / won_deal"
"""

COMMANDS: dict[str, str] = {
    "help": "-h",
    "usage": "check --formt text goal.xlsx",
    "new": "new plan.toml -o new.xlsx",
    "new-slip": "new slip.toml -o slip.xlsx",
    "show-plan": "show plan.toml",
    "show-book-json": "show page.xlsx --json",
    "show-csv": "show plan.toml --csv -",
    "check-ok": "check goal.xlsx",
    "check-text": "check faulty.xlsx foreign.xlsx",
    "check-json": "check faulty.xlsx --format json",
    "check-html": "check faulty.xlsx --format html",
    "check-sarif": "check faulty.xlsx --format sarif",
    "explain": "explain F01",
    "extract": "extract faulty.xlsx",
    "diff-text": "diff goal.xlsx raised.xlsx",
    "diff-json": "diff goal.xlsx raised.xlsx --json",
    "monthly-text": "monthly goal.xlsx --plan raised.toml --dry-run",
    "monthly-json": "monthly goal.xlsx --plan raised.toml --dry-run --json",
    "template-list": "template list",
    "template-check": "template check mine.toml",
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """What the commands are run on: workbooks of two channels, one with two faults, one that was never ours, plans, a template."""
    plan = PLAN.replace("{sheets}", '"目標設定", "月次予実"')
    raised = plan.replace("12 million", "16 million")
    goal = api.workbook(api.plan_from_toml(plan, "plan.toml", "en"), "en")
    places = {each.name: (str(each.sheet), str(each.cell)) for each in api.records_of_book(goal, "goal.xlsx")[1]}
    parts = unpacked(goal)
    set_cell(parts, places["win_rate"], 30)
    set_cell(parts, places["meetings"], 44)
    recalculated(parts)
    return {
        "plan.toml": plan.encode(),
        "raised.toml": raised.encode(),
        "slip.toml": plan.replace("win_rate", "winrate").replace("60%", "70%").encode(),
        "mine.toml": TEMPLATE.encode(),
        "goal.xlsx": goal,
        "page.xlsx": two_channels("目標設定"),
        "raised.xlsx": api.workbook(api.plan_from_toml(raised, "raised.toml", "en"), "en"),
        "faulty.xlsx": packed(parts),
        "foreign.xlsx": b"no workbook",
    }


ONE_LANGUAGE = ("check-json", "check-sarif", "diff-json", "monthly-json", "show-book-json", "show-csv")
"""What programs read: names, places and figures, and the messages that the text has too."""


@pytest.mark.parametrize(
    ("name", "lang"), [(name, lang) for name in COMMANDS for lang in ("en", "ja") if lang == "en" or name not in ONE_LANGUAGE]
)
def test_what_a_command_says(
    kgisheet: Callable[..., Ran],
    golden: Callable[[str, str], None],
    files: dict[str, bytes],
    tmp_path: Path,
    name: str,
    lang: str,
) -> None:
    for file, data in files.items():
        (tmp_path / file).write_bytes(data)
    done = kgisheet(*COMMANDS[name].split(), lang="ja_JP.UTF-8" if lang == "ja" else "en_US.UTF-8")
    text = f"$ kgisheet {COMMANDS[name]}\n{done.out.decode('utf-8-sig')}-- stderr\n{done.err}-- exit code {done.code}\n"
    text = re.sub(r"\b[0-9a-f]{40,64}\b", "(digest)", text.replace(__version__, "(version)"))
    assert str(tmp_path) not in text
    golden(f"commands/{name}.{lang}.txt", text)


def test_the_library_keeps_what_it_promises(golden: Callable[[str, str], None]) -> None:
    """`api.__all__`: what is added is added on purpose, and nothing is taken away."""
    golden("api.txt", "\n".join(sorted(api.__all__)) + "\n")
