"""Templates: those that ship, a user's own, and what is said of a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran, values

from kgisheet import api
from kgisheet.template import declaration, locate

OWN = """\
[template]
schema = 1
name = "seminar"
base = "standard"
title = { ja = "セミナー目標", en = "Seminar goal" }

[[section]]
key = "stages"

[[section.cell]]
name = "no_show_rate"
input = true
required = true
unit = "rate"
label = { ja = "欠席率", en = "No-show rate" }

[[section.cell]]
name = "seats"
unit = "count"
round = true
label = { ja = "募集席数", en = "Seats" }
formula = "required_meetings / (1 - no_show_rate)"
"""


def faults(text: str) -> list[api.Problem]:
    with pytest.raises(api.TemplateError) as refused:
        api.check_template(declaration.parse(text, "own.toml"))
    return list(refused.value.problems)


@pytest.mark.parametrize("name", ["standard", "short", "access"])
def test_what_ships_is_sound(name: str, kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "exported.toml").write_bytes(kgisheet("template", "export", name).out)
    assert kgisheet("template", "check", "exported.toml").code == 0
    assert kgisheet("template", "check", name).code == 0
    shown = kgisheet("template", "show", name)
    assert shown.code == 0
    assert "won_deals: Won deals = Web revenue ÷ Average deal size" in shown.out.decode()


def test_list_and_export(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    listed = kgisheet("template", "list").out.decode()
    assert [line.split()[0] for line in listed.splitlines()] == ["standard", "access", "short"]
    exported = kgisheet("template", "export", "short")
    assert exported.out.decode() == locate.read("short")
    (tmp_path / "mine.toml").write_bytes(exported.out)
    # It works as a file just as it did by name.
    assert kgisheet("new", "--template", "mine.toml", "-o", "mine.xlsx").code == 0
    assert values((tmp_path / "mine.xlsx").read_bytes())["required_meetings"] == 150


def test_a_template_of_ones_own(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    assert kgisheet("template", "check", "own.toml").code == 0
    ran = kgisheet("new", "--template", "own.toml", "--set", "no_show_rate=35%", "-o", "own.xlsx")
    assert ran.code == 0, ran.err
    found = values((tmp_path / "own.xlsx").read_bytes())
    # 40 meetings ÷ (1 − 35 %) = 61.54 → 62 seats
    assert (found["required_meetings"], found["seats"], found["no_show_rate"]) == (40, 62, 0.35)


def test_a_plan_names_its_template_by_a_file_beside_it(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "own.toml").write_text(OWN, encoding="utf-8")
    plan = 'template = "own.toml"\nno_show_rate = "35%"\n' + api.plan_from_example("ja").text().partition("\n")[2]
    (tmp_path / "plans" / "plan.toml").write_text(plan, encoding="utf-8")
    ran = kgisheet("new", "plans/plan.toml")
    assert ran.code == 0, ran.err
    assert values((tmp_path / "plan.xlsx").read_bytes())["seats"] == 62


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("1 - no_show_rate", "1 - no_shaw_rate", "do you mean no_show_rate"),
        ("required_meetings / (1 - no_show_rate)", "seats * 2", "circular formulas: seats → seats"),
        ("required_meetings / (1 - no_show_rate)", "deal_size / no_show_rate", "makes a currency"),
        ("required_meetings / (1 - no_show_rate)", "required_meetings + no_show_rate", "count + rate"),
        ("required_meetings / (1 - no_show_rate)", "required_meetings / (1 -", "needed at the end"),
        ("required_meetings / (1 - no_show_rate)", "channel_leads", "sum(channel_leads)"),
        ('name = "seats"', 'name = "ch1"', "can't be used"),
        ('name = "seats"', 'name = "R1C1"', "can't be used"),
        ('name = "seats"', 'name = "席数"', "can't be used"),
        ('unit = "rate"', 'unit = "ratio"', "no unit “ratio”"),
        ('unit = "rate"', 'unit = "rate"\ncolour = 1', "no such key"),
        ("round = true", "round = true\ninput = true", "not both"),
        ('label = { ja = "欠席率", en = "No-show rate" }', 'label = { ja = "欠席率" }', "Japanese and English"),
        ('base = "standard"', 'base = "standrad"', "no template “standrad”"),
        ('base = "standard"', 'base = "standard"\ndrop = ["nothing"]', "no nothing to drop"),
        ('base = "standard"', 'base = "standard"\ndrop = ["rounding"]', "rounding"),
        ("schema = 1", "schema = 2", "schema = 1 is needed"),
        ('key = "stages"', "", "key needs a text"),
        ('key = "stages"', 'key = "new"\nkind = "pie"', "no kind “pie”"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(right: str, wrong: str, says: str) -> None:
    assert right in OWN
    text = OWN.replace(right, wrong, 1)
    found = faults(text)
    assert any(says in each.to("en") for each in found), [each.to("en") for each in found]
    assert all(each.line for each in found if each.source == "own.toml")


def test_the_line_is_the_right_one() -> None:
    (problem,) = faults(OWN.replace("1 - no_show_rate", "1 - no_shaw_rate"))
    assert (problem.source, problem.line) == ("own.toml", OWN[: OWN.index("formula")].count("\n") + 1)


def test_a_longer_cycle_names_its_way() -> None:
    text = OWN + '\n[[section.cell]]\nname = "win_rate"\ninput = false\nformula = "opportunities / seats"\n'
    assert any("circular formulas: win_rate → opportunities → win_rate" in each.to("en") for each in faults(text))


def test_all_problems_at_once() -> None:
    text = OWN.replace("1 - no_show_rate", "1 - gone").replace('unit = "rate"', 'unit = "ratio"')
    assert {each.code for each in faults(text)} >= {"expression", "unit"}


def test_a_missing_template_is_said(kgisheet: Callable[..., Ran]) -> None:
    for name in ("nothing", "nothing.toml", "../standard", "a/b"):
        ran = kgisheet("new", "--template", name, "-o", "x.xlsx")
        assert ran.code == 3, name
        assert "nothing" in ran.err or "standard" in ran.err or "a/b" in ran.err


@pytest.mark.parametrize(
    "extra",
    [
        "either = 5",
        "drop = 5",
        "without = 5",
        f'about = "{"x" * 40000}"',
        'drop = ["overall"]',
        'drop = ["check"]',
    ],
)
def test_a_wrong_head_is_refused_in_words(extra: str) -> None:
    assert faults(OWN.replace("schema = 1", f"schema = 1\n{extra}"))


@pytest.mark.parametrize(
    "cell",
    [
        'name = "check_state"\ninput = true\nunit = "count"',
        'name = "a_cell"\nunit = "count"\nformula = "1/0"',
        'name = "a_cell"\nunit = "count"\nformula = "won_deals' + " + 1" * 3000 + '"',
        'name = "a_cell"\ninput = true\nunit = "count"\ncounter = []',
        'name = "a_cell"\ninput = true\nunit = "count"\ntotal_of = {}',
        'name = "a_cell"\ninput = true\nunit = "count"\nrequired = "yes"',
    ],
)
def test_a_wrong_cell_is_refused_in_words(cell: str) -> None:
    label = 'label = { ja = "あ", en = "A" }'
    assert faults(f"{OWN}\n[[section.cell]]\n{cell}\n{label}\n")


def test_a_check_with_an_impossible_name_is_refused_in_words() -> None:
    assert faults(
        f'{OWN}\n[[section]]\nkey = "check"\n[[section.check]]\nname = "1/0"\nforward = "1"\ngoal = "1"\nunit = "count"\n'
    )


STANDS_ALONE = """
[template]
schema = 1
name   = "alone"
title  = { ja = "紹介の目標", en = "Referral goal" }
about  = { ja = "紹介数を求めます。", en = "How many introductions." }

[[section]]
key   = "header"
kind  = "header"
title = { ja = "基本", en = "About" }
"""


def alone(*sections: str) -> str:
    """A template without a base: what every sheet needs, and ``sections``."""
    text = STANDS_ALONE
    for name, unit in (
        ("title", "text"),
        ("period", "text"),
        ("start_month", "month"),
        ("display_unit", "text"),
        ("rounding", "text"),
    ):
        text += (
            f'[[section.cell]]\nname = "{name}"\ninput = true\nunit = "{unit}"\nlabel = {{ ja = "{name}", en = "{name}" }}\n'
        )
    text += """
[[section]]
key = "goal"
kind = "list"
title = { ja = "目標", en = "Goal" }
[[section.cell]]
name = "introductions"
input = true
unit = "count"
label = { ja = "紹介数", en = "Introductions" }
[[section]]
key = "working"
kind = "list"
title = { ja = "作業", en = "Working" }
[[section.cell]]
name = "unit_yen"
unit = "count"
label = { ja = "単位", en = "Unit" }
formula = "if(display_unit = '千円', 1000, 1)"
[[section.cell]]
name = "overall"
unit = "text"
label = { ja = "判定", en = "Status" }
formula = "if(is_blank(introductions), 'open', 'ok')"
"""
    return text + "".join(sections)


TABLE = """
[[section]]
key = "{0}"
kind = "table"
title = {{ ja = "表", en = "Table" }}
[[section.cell]]
name = "{0}_name"
input = true
unit = "text"
label = {{ ja = "名", en = "Name" }}
"""


def test_a_template_that_can_be_used_makes_a_workbook_however_narrow_its_table() -> None:
    goal = 'title = "紹介"\nintroductions = 5\n'
    for text, said in ((alone(), goal), (alone(TABLE.format("channel")), goal + '[[channel]]\nname = "A"\n')):
        declaration_ = declaration.parse(text, "alone.toml")
        api.check_template(declaration_)
        plan = api.plan_from_toml(said, "plan.toml", "ja", template=declaration_)
        assert api.check(api.workbook(plan, "ja"), "alone.xlsx").status == "ok"


@pytest.mark.parametrize(
    ("section", "says"),
    [
        (TABLE.format("channel") + TABLE.format("agency"), "there are two tables, channel and agency"),
        (TABLE.format("partner"), "a table can't have the key partner"),
        ('[[section]]\nkey = "channel"\nkind = "table"\ntitle = { ja = "表", en = "Table" }\n', "the table has no columns"),
        ('[[section]]\nkey = "c"\nkind = "checks"\ntitle = { ja = "検", en = "Checks" }\n', "there are no lines"),
    ],
)
def test_what_the_page_can_not_hold_is_refused_by_the_template_check(section: str, says: str) -> None:
    with pytest.raises(api.TemplateError) as refused:
        api.check_template(declaration.parse(alone(section), "alone.toml"))
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("key", "written", "said"),
    [
        ("before", '"1 +"', "is needed at the end"),
        ("instead", '"month_cvr_override"', 'as ["a condition", "an expression"]'),
        ("rate", '"win_rate * no_such_cell"', "no_such_cell"),
        ("next_weight", "3", "next_weight needs a text"),
    ],
)
def test_a_flow_written_wrong_is_told_with_the_line_of_its_key(key: str, written: str, said: str) -> None:
    text = f"""
[template]
schema = 1
name   = "own"
base   = "standard"
[[section]]
key = "month"
[[section.flow]]
name = "meetings"
{key} = {written}
"""
    with pytest.raises(api.TemplateError) as refused:
        api.check_template(api.template_from_toml(text, "own.toml"))
    line = text.splitlines().index(f"{key} = {written}") + 1
    told = [(each.source, each.line, f"{each.what.en} {each.fix.en if each.fix else ''}") for each in refused.value.problems]
    assert any((source, at) == ("own.toml", line) and said in text for source, at, text in told), told


@pytest.mark.parametrize(
    ("section", "cell", "fix"),
    [
        ("both", 'formula = "leads * 2"', "name it among the cells of a [[section.line]]"),
        ("tab", 'per = "month"\non_tab = true\nformula = "row"', "move it to a section of kind list, lines or rows"),
    ],
)
def test_a_cell_that_no_sheet_shows_is_told(
    section: str, cell: str, fix: str, kgisheet: Callable[..., Ran], tmp_path: Path
) -> None:
    # It would be #NAME? wherever a formula uses it.
    (tmp_path / "mine.toml").write_text(
        f"""
[template]
schema = 1
name = "mine"
base = "standard"
[[section]]
key = "{section}"
[[section.cell]]
name = "twice"
label = "Twice"
unit = "count"
{cell}
""",
        encoding="utf-8",
    )
    for command in (
        ("template", "check", "mine.toml"),
        ("new", "--template", "mine.toml", "--set", "sheets=all", "-o", "b.xlsx"),
    ):
        ran = kgisheet(*command)
        assert ran.code == 3
        assert "mine.toml:9: twice: no sheet shows the cell twice, in a section of kind" in ran.err
        assert fix in ran.err
    assert not (tmp_path / "b.xlsx").exists()
