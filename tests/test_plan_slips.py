"""The slips of people who write their first TOML: each is told by what it is, with its line and the line as it would be right."""

from __future__ import annotations

import pytest
from test_plan import GOOD, problems


@pytest.mark.parametrize(
    ("right", "wrong", "says", "fix"),
    [
        ('title = "目標"', "title = “目標”", "““” is not a quotation mark", 'title = "目標"'),
        ('title = "目標"', "title = 「目標」", "is not a quotation mark", 'title = "目標"'),
        ('title = "目標"', "title = ＂目標＂", "is not a quotation mark", 'title = "目標"'),
        ('title = "目標"', "title = ‘目標’", "is not a quotation mark", 'title = "目標"'),
        ('title = "目標"', 'title = "目標”', "is not a quotation mark", 'title = "目標"'),
        ('title = "目標"', 'title = “目標"', "is not a quotation mark", 'title = "目標"'),
        ('title = "目標"', 'title = "目標"」', "is not a quotation mark", 'title = "目標"'),
        ('title = "目標"', 'title ＝ "目標"', "full-width “＝”", 'title = "目標"'),
        ('title = "目標"', '\u3000title = "目標"', "full-width space", 'title = "目標"'),
        ('title = "目標"', 'title = "目標" ＃ 仮', "full-width “＃”", 'title = "目標" # 仮'),
        ('title = "目標"', "＃ 仮", "full-width “＃”", "# 仮"),
        ('title = "目標"', 'title = "目標" // 仮', "a comment begins with #", 'title = "目標" # 仮'),
        ('title = "目標"', "title = 目標", "“目標” needs quotation marks", 'title = "目標"'),
        ('title = "目標"', 'title = "目標', 'a " is missing', 'title = "目標"'),
        ('title = "目標"', 'title = "it’s', 'a " is missing', 'title = "it’s"'),
        ('title = "目標"', 'title = "目標",', "“,” at the end", 'title = "目標"'),
        ('title = "目標"', 'title: "目標"', "no = between", 'title = "目標"'),
        ('title = "目標"', 'title "目標"', "no = between", 'title = "目標"'),
        ('title = "目標"', "title =", "title has no value", "delete the line"),
        ('title = "目標"', 'ｔｉｔｌｅ = "目標"', "can't be read as a key", 'title = "目標"'),
        ('title = "目標"', '題名 = "目標"', "not of Latin letters", "one of the plan's keys"),
        ('title = "目標"', 'title = "a"\ntitle = "b"', "the key title appears twice (in line 1, too)", "delete one of the lines"),
        ('title = "目標"', 'template = "C:\\u"', "a \\ gives the next character another meaning", 'template = "C:/u"'),
        ('title = "目標"', "date = 2026-06-31", "no 2026-06-31 (the month has 30 days)", "2026-06-30"),
        ('title = "目標"', "date = 2026-02-29", "the month has 28 days", "2026-02-28"),
        ('title = "目標"', "date = 2026/06/30", "needs quotation marks", 'date = "2026/06/30"'),
        ('web_revenue = "1,200万円"', "web_revenue = 1,200万円", "“1,200万円” needs quotation marks", 'web_revenue = "1,200万円"'),
        ('web_revenue = "1,200万円"', "web_revenue = 12,000,000", "needs quotation marks", 'web_revenue = "12,000,000"'),
        ('win_rate = "30%"', "win_rate = 30%", "“30%” needs quotation marks", 'win_rate = "30%"'),
        ('win_rate = "30%"', "win_rate = .3", "“.3” can't be read", "win_rate = 0.3"),
        ('start = "2026-04"', "start = 2026-04", "needs quotation marks", 'start = "2026-04"'),
        ("[[channel]]", "[[channel]", "the brackets don't match", "[[channel]]"),
        ("[[channel]]", "［［channel］］", "full-width “［”", "[[channel]]"),
    ],
)  # fmt: skip
def test_what_is_no_toml(right: str, wrong: str, says: str, fix: str) -> None:
    assert right in GOOD
    text = GOOD.replace(right, wrong, 1)
    (problem,) = problems(text)
    # The line is the one with the slip; of a key that appears twice the second one.
    assert problem.line is not None
    assert text.splitlines()[problem.line - 1] == wrong.splitlines()[-1]
    assert says in problem.what.en
    assert problem.fix is not None
    assert fix in problem.fix.en
    assert fix in problem.fix.ja or fix in ("delete the line", "delete one of the lines", "one of the plan's keys")


def test_single_brackets_for_each_channel() -> None:
    (problem,) = problems(GOOD.replace("[[channel]]", "[channel]"))
    assert problem.line == 16
    assert "write [[channel]]" in problem.to("en")
    (problem,) = problems(GOOD.rpartition("[[channel]]")[0].replace("[[channel]]", "[channel]"))
    assert (problem.line, problem.key) == (10, "channel")
    assert "write [[channel]], with two brackets" in problem.to("en")


def test_a_date_in_quotation_marks_that_there_is_not() -> None:
    (problem,) = problems('date = "2026年6月31日"\n' + GOOD)
    assert (problem.line, problem.key) == (1, "date")
    assert "the month has 30 days" in problem.what.en


@pytest.mark.parametrize("header", ["", "[months]\n", "[feasibility]\n", '[[journey]]\nphase = "a"\n'])
def test_a_key_below_a_table_belongs_to_it(header: str) -> None:
    text = GOOD.replace('win_rate = "30%"\n', "") + header + 'win_rate = "30%"\n'
    (problem,) = problems(text)
    assert text.splitlines()[(problem.line or 0) - 1] == 'win_rate = "30%"'
    table = header.partition("\n")[0] or "[[channel]]"
    assert problem.what.en == f"win_rate is in {table}"
    assert "above the first heading" in problem.to("en")


@pytest.mark.parametrize(("line", "table"), [('share = "40%"', "[[channel]]"), ('closed_through = "2026-05"', "[months]")])
def test_a_key_of_a_table_at_the_top(line: str, table: str) -> None:
    (problem,) = problems(f"{line}\n{GOOD}")
    assert problem.line == 1
    assert table in problem.what.en


@pytest.mark.parametrize(("encoding", "says"), [("cp932", "Shift_JIS (CP932)"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")])
def test_other_encodings_are_named(encoding: str, says: str) -> None:
    (problem,) = problems(GOOD.encode(encoding))
    assert says in problem.what.en
    assert "save it as UTF-8" in problem.to("en")
