"""Macros of a template's own: entries repeated over lists, and what is said of those that aren't right."""

from __future__ import annotations

import textwrap

import pytest
from conftest import values

from kgisheet import api

HEAD = """
[template]
schema = 1
name = "mine"
base = "standard"
"""


def declared(text: str) -> api.Declaration:
    return api.template_from_toml(HEAD + textwrap.dedent(text), "mine.toml")


def refusal(text: str) -> list[str]:
    with pytest.raises(api.TemplateError) as refused:
        api.check_template(declared(text))
    return [f"{each.line}: {each.what.en} → {each.fix.en if each.fix else ''}" for each in refused.value.problems]


REGIONS = """
[list]
regions = [
  { name = "east", label = { ja = "東日本", en = "East" }, share = "60%" },
  { name = "west", label = { ja = "西日本", en = "West" }, share = "40%" },
]

[text]
in_all = { each = "r in regions", text = "goal_of_{r}", join = " + " }

[[macro]]
name = "region"

[[macro.cell]]
name    = "goal_of_{r}"
unit    = "currency"
label   = { ja = "{r.label}の目標", en = "Goal of {r.label}" }
formula = "web_revenue * {r.share}"

[[section]]
key   = "regions"
kind  = "list"
title = { ja = "地域", en = "Regions" }

[[section.cell]]
macro = "region"
each  = "r in regions"

[[section.cell]]
name    = "goal_of_all"
unit    = "currency"
label   = { ja = "計", en = "In all" }
formula = "{in_all}"
"""
PLAN = """
template = "mine.toml"
title = "Regions"
total_revenue = "1億円"
web_revenue = "6,000万円"
deal_size = "200万円"
win_rate = "30%"
opportunity_rate = "50%"
[[channel]]
name = "Ads"
share = "100%"
meeting_rate = "20%"
cvr = "1%"
"""


def test_a_macro_and_a_list_of_ones_own() -> None:
    plan = api.plan_from_toml(PLAN, "plan.toml", "en", open_template=lambda _: declared(REGIONS))
    data = api.workbook(plan, "en")
    held = values(data)
    assert (held["goal_of_east"], held["goal_of_west"], held["goal_of_all"]) == (36_000_000, 24_000_000, 60_000_000)
    labels = {each.name: each.label for each in api.records_of_book(data, "b.xlsx")[1]}
    assert labels["goal_of_east"] == "Goal of East"
    # The workbook carries the macros with the template, and is checked by them.
    assert [each for each in api.check(data, "b.xlsx").findings if each.severity != "note"] == []


def test_a_macro_of_the_base_is_replaced_by_ones_own() -> None:
    template = declared("""
        [[macro]]
        name = "both"
        [[macro.cell]]
        name = "both_{x}"
        unit = "count"
        label = "{x.label}"
        formula = "{x.count}"
        """)
    cells = {str(raw.keys["name"]) for section in template.sections for raw in section.cells}
    assert "both_leads" in cells
    assert "reach_leads" not in cells


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[section]]\nkey = "effects"\n[[section.cell]]\neach = "x in stagse"\nname = "n_{x}"',
         "9: there is no list stagse → one of stages, below_goal"),
        ('[[section]]\nkey = "effects"\n[[section.cell]]\neach = "every stage"\nname = "n_{x}"',
         "9: each = “every stage” can't be read → write it as each = \"x in stages\""),
        ('[[section]]\nkey = "effects"\n[[section.cell]]\neach = "x in stages"\nname = "n_{y}"\nunit = "count"\ninput = true',
         "10: {y} is unknown here → one of x, down_whole"),
        ('[[section]]\nkey = "effects"\n[[section.cell]]\neach = "x in stages"\nwhen = "x is good"\nname = "n_{x}"',
         "the condition “x is good” can't be read → write it as x.key, x.key = value, x in list"),
        ('[[section]]\nkey = "effects"\n[[section.cell]]\nmacro = "sngle"\neach = "x in stages"',
         "9: there is no macro sngle → one of assigned_column, both, column"),
        ('[[section]]\nkey = "effects"\n[[section.cell]]\neach = 5\nname = "n"', "9: each is a text → each = \"x in stages\""),
        ('[[stage]]\nname = "calls"\nafter = "metings"', "8: there is no stage metings → one of won_deals, opportunities"),
        ('[[stage]]\nname = "calls"\nafter = "meetings"\nlabl = "x"', "9: there is no such key → a stage's keys are after, count"),
        ('[[stage]]\nname = "calls"\nafter = "meetings"\nrate = "call_rate"', "rate is a table with the name of the cell of the rate"),
        ('[[stage]]\nname = "calls"\nafter = "meetings"\nlabel = 5', "9: a text in Japanese and English is needed"),
        ('[[stage]]\nlabel = { ja = "a", en = "b" }', "6: name needs a name in lower case letters"),
        ('[list]\nmine = "stages"', "7: this is written in the wrong form → write it as [{ each = "),
        ('[text]\nmine = { each = "x in stages" }', "7: this is written in the wrong form → write it as \"…\""),
        ('[text]\nmine = "{mine}"\n[[section]]\nkey = "effects"\n[[section.cell]]\nname = "n"\nunit = "count"\nlabel = "n"\nformula = "{mine}"',
         "14: a text contains itself"),
        ('[[macro]]\nname = "m"\n[[macro.cell]]\nmacro = "m"\n[[section]]\nkey = "effects"\n[[section.cell]]\nmacro = "m"',
         "a macro uses itself"),
        ("".join(f'[[macro]]\nname = "m{"abcdefghi"[n]}"\n[[macro.cell]]\nmacro = "m{"bcdefghij"[n]}"\n' for n in range(9))
         + '[[section]]\nkey = "effects"\n[[section.cell]]\nmacro = "ma"', "macros are used within macros more than 5 deep"),
        ('[[section]]\nkey = "check"\n[[section.check]]\nname = "mine"', "8: forward needs a text in quotation marks"),
        ('[[section]]\nkey = "check"\n[[section.check]]\nname = "mine"\nstate = "if(leads >"', "10: a number, a cell or a function is needed"),
        ('[list]\nmine = [{ each = "x in yours" }]', "there is no list yours"),
    ],
)  # fmt: skip
def test_what_is_not_right_is_told_with_its_line_and_what_would_be(text: str, told: str) -> None:
    said = refusal(text)
    assert any(told in each for each in said), said


def test_an_expression_of_a_stage_of_ones_own_is_told_at_the_stage() -> None:
    said = refusal("""
        [[stage]]
        name = "calls"
        after = "meetings"
        label = { ja = "架電数", en = "Calls" }
        counter = "ways"
        [stage.rate]
        name = "call_rate"
        """)
    assert any(each.startswith("7: counter “ways”") or "there is no counter “ways”" in each for each in said), said


@pytest.mark.parametrize(
    "text",
    [
        # 3 ** 30 texts; 8 ** 8 entries.
        "[text]\n" + "\n".join(f't{n} = "{{t{n + 1}}}{{t{n + 1}}}{{t{n + 1}}}"' for n in range(30)) + '\nt30 = "1 + "\n'
        '[[section]]\nkey = "effects"\n[[section.cell]]\nname = "n"\nunit = "count"\nlabel = "n"\nformula = "{t0}"',
        '[[section]]\nkey = "effects"\n[[section.cell]]\nname = "n"\neach = ['
        + ", ".join(f'"{letter} in stages"' for letter in "abcdefgh") + "]",
        # 2 ** 20 items of a list.
        '[list]\nl0 = [{ name = "a" }]\n'
        + "\n".join(f'l{n + 1} = [{{ each = "x in l{n}" }}, {{ each = "y in l{n}" }}]' for n in range(20)),
    ],
)  # fmt: skip
def test_what_would_never_end_ends_soon(text: str) -> None:
    assert any("too many repetitions" in each or "more than" in each for each in refusal(text))


def test_braces_beside_repetition_stay_as_they_are() -> None:
    template = declared("""
        [[section]]
        key = "notes"
        notes = ["{curly}"]
        [[section]]
        key = "header"
        [[section.cell]]
        name = "owner"
        hint = "as in {name}"
        """)
    cell = next(raw for section in template.sections for raw in section.cells if raw.keys["name"] == "owner")
    assert cell.keys["hint"] == "as in {name}"
