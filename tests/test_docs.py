"""The pages say what is: plans and templates load, links lead somewhere, what is generated is fresh."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hands
import pytest
import reference_pages
from conftest import ROOT, Ran
from reference import commands, template_language

from kgisheet import api
from kgisheet.template import declaration

READMES = ["README.md", "README.ja.md"]
PAGES = sorted(str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
WRITTEN = [name for name in PAGES if name != "CHANGELOG.md"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", text(name), re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_short_and_shows_the_sheet(name: str) -> None:
    assert len(text(name).splitlines()) <= 150
    assert f"](samples/goal-sheet{'' if name == 'README.ja.md' else '.en'}.png)" in text(name)


@pytest.mark.parametrize("name", [*READMES, "docs/plan.md", "docs/plan.ja.md"])
def test_the_plan_is_accepted(name: str) -> None:
    (plan,) = blocks(name, "toml")
    assert api.plan_from_toml(plan, name, "ja").template.name == "standard"


@pytest.mark.parametrize("name", ["docs/templates.md", "docs/templates.ja.md"])
def test_the_template_is_accepted(name: str) -> None:
    names = [api.check_template(declaration.parse(own, name)).name for own in blocks(name, "toml")]
    assert names == ["seminar", "retitled", "calls"]


def test_every_page_is_reached_from_the_table_of_contents() -> None:
    listed = set(re.findall(r"\]\(([^)#]+)", text("docs/README.md")))
    pages = {name.removeprefix("docs/") for name in PAGES if name.startswith("docs/")} - {"README.md"}
    assert {name for name in pages if not name.startswith("decisions/0")} <= listed
    decisions = {name.removeprefix("docs/decisions/") for name in PAGES if name.startswith("docs/decisions/0")}
    assert decisions <= set(re.findall(r"\]\(([^)#]+)", text("docs/decisions/README.md")))


def anchors(page: str) -> set[str]:
    """What may stand after #, as GitHub makes it of headings."""
    heads = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", page, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", WRITTEN)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text(name), flags=re.DOTALL)):
        path, _, anchor = target.partition("#")
        if path.startswith("http"):
            continue
        page = (ROOT / name).parent / path if path else ROOT / name
        assert page.exists(), target
        assert not anchor or anchor in anchors(page.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("name", WRITTEN)
def test_files_that_a_page_names_exist(name: str) -> None:
    for path in re.findall(r"(?<![\w/])(?:samples|tests|templates)/[\w./-]*\w", text(name)):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("name", WRITTEN)
def test_options_that_a_page_names_exist(name: str) -> None:
    """Of every `kgisheet COMMAND --option` in a page."""
    helps = commands.helps()
    for line in re.findall(r"kgisheet ((?:[a-z]+ ?)+)([^`\n|#]*)", text(name)):
        words, rest = line[0].split(), line[1]
        path = next((found for n in (2, 1) if (found := " ".join(["kgisheet", *words[:n]])) in helps), None)
        if path is not None:
            for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
                assert option in helps[path], (path, option)


def test_the_messages_of_the_plan_page_are_what_is_printed(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    plan = 'total_revenue = "5,000万円"\n' + "\n" * 5 + "win_rate = 30\n\n\n"
    plan += '[[channel]]\nname = "a"\nshare = "90%"\nmeeting_rate = "10%"\n[[channel]]\nname = "b"\nshare = 0\nmeeting_rate = "1%"\n'
    (tmp_path / "plan.toml").write_text(plan, encoding="utf-8")
    for name, lang in (("docs/plan.md", "en_US.UTF-8"), ("docs/plan.ja.md", "ja_JP.UTF-8")):
        ran = kgisheet("new", "plan.toml", lang=lang)
        shown = blocks(name, "text")[0]
        assert set(shown.splitlines()) <= set(ran.err.splitlines())


def with_45_over_a_formula(lang: str = "ja") -> api.Report:
    """What pages show: the worked example, with 45 typed over the meetings needed."""
    return api.check(hands.typed(api.workbook(api.plan_from_example(lang), lang), required_meetings=45), "goal.xlsx")


@pytest.mark.parametrize(("name", "lang"), [("docs/checking.md", "en"), ("docs/checking.ja.md", "ja")])
def test_the_finding_that_the_page_of_checking_shows_is_what_is_printed(name: str, lang: str) -> None:
    """All but what the program that saved the workbook adds: notes."""
    shown = [re.sub(r"\d+ notes?|参考 \d+", "notes", line).removesuffix("…") for line in blocks(name, "text")[0].splitlines()]
    printed = [
        re.sub(r"\d+ notes?|参考 \d+", "notes", line)
        for line in api.render([with_45_over_a_formula(lang)], "text", lang).splitlines()
    ]
    assert [line for line, true in zip(shown, printed, strict=False) if not true.startswith(line)] == []


def differing(shown: Any, true: Any, at: str = "") -> list[str]:
    """Where the JSON of a page isn't what is printed; … is for anything, a list is shown in part."""
    if isinstance(shown, dict):
        return [each for key in shown for each in differing(shown[key], true.get(key, "nothing"), f"{at}.{key}")]
    if isinstance(shown, list) and shown:
        return min((differing(shown[0], each, f"{at}[]") for each in true), key=len)
    return [] if shown in (true, "…", "=…") else [f"{at}: {shown!r}, not {true!r}"]


def test_the_json_that_the_contract_shows_is_what_is_printed() -> None:
    cells, reports = (json.loads(each) for each in blocks("docs/contract.md", "json"))
    plan = api.plan_from_example("ja")
    assert differing(cells, api.records_to_dict("standard", api.records_of_plan(plan, "ja"))) == []
    assert differing(reports, api.reports_to_dict([with_45_over_a_formula()], "ja")) == []


def test_the_reference_pages_are_fresh() -> None:
    """`tests/reference_pages.py --write` brings them up to date."""
    assert reference_pages.stale() == []


def test_the_reference_pages_hold_what_they_are_about() -> None:
    keys = re.findall(r"^\| `(.+?)` \|", text("docs/reference/plan-keys.md"), re.MULTILINE)
    assert {"web_revenue", "[[channel]] share", "[[channel]] meetings", "[[abm_moves]] count", "[feasibility] budget"} <= set(
        keys
    )
    assert not [each for each in keys if each.endswith(",")]  # a table that nothing is typed into
    assert {"kgisheet new", "kgisheet template check"} <= set(commands.helps())
    known = template_language.known()
    assert {"template", "sheet", "stage", "rate", "section", "cell", "check", "flow", "kinds", "units"} == set(known)
    assert "usual" in known["cell"]
    assert "currency" in known["units"]


def test_pages_that_docstrings_cite_exist() -> None:
    """`docs/worksheet.md, 3`, `docs/contract.md, Limits`: the page, and its heading where one is named in words."""
    cited = set()
    for path in [*ROOT.glob("kgisheet/**/*.py"), *ROOT.glob("tests/**/*.py")]:
        cited |= set(re.findall(r"(docs/[\w/.-]+\.md)(?:,? \(?([A-Z][A-Za-z ]+|\d))?", path.read_text(encoding="utf-8")))
    assert len(cited) > 8
    for page, heading in cited:
        heads = re.findall(r"^## (?:(\d)\. )?(.+)$", text(page), re.MULTILINE)
        assert not heading or any(heading == number or title.startswith(heading.split(" ")[0]) for number, title in heads), (
            page,
            heading,
        )


def test_no_figure_is_left_open() -> None:
    for name in WRITTEN:
        assert not re.search(r"@[A-Z]+@|TODO|TBD", text(name)), name
