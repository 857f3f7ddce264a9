"""Nothing that a file, a name or an argument brings along steers the terminal: every command, both streams."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import source
from conftest import ROOT, Ran, more
from hostile import marked

from kgisheet.cli.main import cli

Run = Callable[..., Ran]
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
OWN = re.compile(r"\x1b\[(?:3\d|0)m|\r\x1b\[K|\r\x1b\[\?25l\w+ +\[[#-]*\] +\d+/\d+ *(?:\d+d )?[\d:]*|\x1b\[\?25h")
"""Our own colours, and the line and the bar of progress, which go away."""

COMMANDS: dict[str, list[list[str]]] = {
    "new": [["new", "PLAN"], ["new", "PLAN", "--template", "TEMPLATE"], ["new", "PLAN", "-o", "OUT"], ["new", "PLAN", "--set", "MARK"],
            ["new", "PLAN", "--into", "BOOK", "-o", "OUT"], ["new", "MARK"], ["new", "REFUSED"],
            ["new", "PLAN", "--template", "REFUSED"]],
    "init": [["init", "--form", "OUT"]],
    "show": [["show", "PLAN"], ["show", "BOOK"], ["show", "BOOK", "--all"], ["show", "BOOK", "--json"], ["show", "BOOK", "--csv", "-"]],
    "check": [["check", "BOOK"], ["check", "FOREIGN", "--explain-reading"], ["check", "FOREIGN", "BOOK"], ["check", "BOOK", "--lang", "ja"],
              *(["check", "BOOK", "FOREIGN", "--format", form] for form in ("json", "html", "sarif")), ["check", "BOOK", "--annotate", "OUT"],
              ["check", "MARK"], ["check", "BOOK", "--select", "MARK"], ["check", "."]],
    "extract": [["extract", "BOOK"], ["extract", "FOREIGN"], ["extract", "BOOK", "-o", "TOML"]],
    "explain": [["explain", "MARK"]],
    "monthly": [["monthly", "BOOK", "--dry-run"], ["monthly", "BOOK", "--dry-run", "--json"], ["monthly", "BOOK", "--plan", "PLAN", "--dry-run"],
                ["monthly", "BOOK", "--actuals", "CSV", "--dry-run"], ["monthly", "BOOK", "-o", "OUT"], ["monthly", "BOOK", "--start", "MARK", "--dry-run"]],
    "upgrade": [["upgrade", "BOOK", "--dry-run"], ["upgrade", "BOOK", "--dry-run", "--json"], ["upgrade", "BOOK", "-o", "OUT"]],
    "diff": [["diff", "BOOK", "OTHER"], ["diff", "BOOK", "OTHER", "--json"]],
    "template": [["template", "list"], ["template", "show", "TEMPLATE"], ["template", "check", "TEMPLATE"], ["template", "export", "MARK"]],
    "batch": [["batch", "ROSTER", "--plan", "PLAN", "-o", "OUT"], ["batch", "ROSTER", "--plan", "PLAN", "-o", "MARK", "--split", "web_revenue"],
              ["batch", "CSV", "--plan", "PLAN", "-o", "OUT"], ["batch", "ROSTER", "--plan", "REFUSED", "-o", "OUT"]],
    "collect": [["collect", ".", "-o", "OUT"], ["collect", "BOOK", "FOREIGN", "OTHER", "-o", "OUT"], ["collect", "MARK", "-o", "OUT"]],
    "web": [["web", "--build", "MARK", "--runtime", "MARK"]],
    "addin": [["addin", "excel", "-o", "MARK", "--base-url", "MARK"]],
}  # fmt: skip
SILENT = {("template", "list"), ("show", "--csv"), ("upgrade", "--dry-run")}
"""Of which nothing foreign is shown."""


def test_no_command_is_left_out() -> None:
    assert set(COMMANDS) == set(cli.commands)


@pytest.fixture(scope="module")
def files() -> dict[str, tuple[str, bytes]]:
    """By placeholder a name and what is in it."""
    from kgisheet import api

    other = api.workbook(api.plan_from_toml(marked.plan(), "p", "ja", ("sheets=目標設定", "web_revenue=400万円")), "ja")
    return {
        "PLAN": (f"{marked.NAME}.toml", marked.plan()),
        "REFUSED": (f"refused{marked.NAME}.toml", marked.plan(marks=marked.MARKS)),
        "TEMPLATE": (f"{marked.NAME}-template.toml", marked.template()),
        "BOOK": (f"{marked.NAME}.xlsx", marked.ours()),
        "OTHER": (f"other{marked.NAME}.xlsx", marked.workbook(other)),
        "FOREIGN": (f"foreign{marked.NAME}.xlsx", marked.foreign()),
        "CSV": (f"{marked.NAME}.csv", marked.ACTUALS),
        "ROSTER": (
            f"roster{marked.NAME}.csv",
            f"file,owner,title\na{marked.NAME},{marked.NAME},{marked.NAME}\n..,b,c\n".encode(),
        ),
    }


@pytest.mark.parametrize(
    ("name", "lang"), [(name, "en_US.UTF-8") for name in COMMANDS] + more([(name, "ja_JP.UTF-8") for name in COMMANDS])
)
def test_nothing_steers_the_terminal(
    name: str, lang: str, on_terminal: Run, tmp_path: Path, files: dict[str, tuple[str, bytes]]
) -> None:
    for file, data in files.values():
        (tmp_path / file).write_bytes(data)
    for number, args in enumerate(COMMANDS[name]):
        own = {"OUT": f"{number}{marked.NAME}.xlsx", "TOML": f"{number}{marked.NAME}.toml", "MARK": marked.NAME}
        given = [files[each][0] if each in files else own.get(each, each) for each in args]
        ran = on_terminal(*given, lang=lang)
        out, err = OWN.sub("", ran.out.decode()), OWN.sub("", ran.err)
        found = [(stream, match[0], text[max(match.start() - 40, 0) :][:80]) for stream, text in (("out", out), ("err", err)) if (match := STEERING.search(text))]  # fmt: skip
        assert not found, (args, found)
        if tuple(args[:2]) not in SILENT and (args[0], args[-2]) not in SILENT:
            assert re.search(r"\\u(202e|009b)|&#|　b", out + err), (args, out, err)


def test_what_a_program_reads_is_as_it_is(kgisheet: Run, on_terminal: Run, tmp_path: Path) -> None:
    """To a file and to a pipe a plan goes as it is; on a terminal it has escapes that TOML, or JSON, reads as the same."""
    (tmp_path / "book.xlsx").write_bytes(marked.ours())
    plan = kgisheet("extract", "book.xlsx").out
    kgisheet("extract", "book.xlsx", "-o", "plan.toml")
    shown = on_terminal("extract", "book.xlsx").out
    assert plan == (tmp_path / "plan.toml").read_bytes()
    assert (marked.TYPED in plan.decode(), marked.TYPED in shown.decode()) == (True, False)
    assert tomllib.loads(plan.decode()) == tomllib.loads(shown.decode())
    answers = [run("show", "book.xlsx", "--json").out.decode() for run in (kgisheet, on_terminal)]
    assert (marked.TYPED in answers[0], marked.TYPED in answers[1]) == (True, False)
    assert json.loads(answers[0]) == json.loads(answers[1])


def test_there_is_no_other_way_to_the_terminal() -> None:
    """The command line prints by `speech.put`, `put_data`, `put_answer` and `terminal.put_painted`, which is where texts are made harmless."""
    ways = {"click.echo", "click.secho", "click.echo_via_pager", "click.prompt", "click.confirm", "print", "sys.stdout.write", "sys.stderr.write"}  # fmt: skip
    found = [
        f"{path.name}:{node.lineno}: {ast.unparse(node.func)}: use speech.put"
        for path in sorted((ROOT / "kgisheet" / "cli").glob("**/*.py"))
        if path.name not in ("speech.py", "terminal.py", "bar.py")  # the bar prints nothing but its own count
        for node in source.of(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ways
    ]
    assert found == []
