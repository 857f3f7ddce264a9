"""The words of docstrings and of texts for people: some turns of phrase are kept out.

A turn is listed with one example that it must catch, so that a broken pattern can't pass for clean text.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import source

from kgisheet.template.declaration import open_shipped
from kgisheet.template.model import INPUT
from kgisheet.template.settle import settle

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kgisheet"

IN_DOCSTRINGS = {
    r"\AWhat ": "What a cell says.",
    r"\AWhether ": "Whether it is one.",
    r"\bstands? (?:in|on|at|there|beside|for|by)\b": "The cell that stands in the row.",
    r"\bmend(?:s|ed|ing)?\b": "The change that would mend most.",
    r"\btold apart\b": "Rows that are told apart by name.",
    r"\b(?:is|are) no (?!longer\b|more\b|such\b)\w+": "A text that is no number.",
    r"\bbears? out\b|\bborne out\b": "The value that bears out the other.",
    r"\bput(?:s|ting)? right\b": "A fault that was put right.",
}
"""Turns of phrase that no docstring has; ``Whether`` and ``What`` may not open that of a function (a property's may)."""

IN_TEXTS = {
    r"\bmend(?:s|ed|ing)?\b": "mend the formula",
    r"\btold apart\b": "two rows that can't be told apart",
    r"(?<!there )(?<!There )\b(?:is|are) no (?!longer\b|more\b|such\b)\w+": "“x” is no number",
    r"\bstands? (?:in|on|at|there|twice|beside)\b": "the name stands twice",
    r"\banew\b": "make the workbook anew",
    r"\bheld against\b": "held against the goal",
    r"\breckon(?:s|ed|ing)?\b": "it is not reckoned with",
    r"\bdo(?:es)? not come to\b": "the months do not come to the year",
    r"\bin a circle\b": "the formula goes round in a circle",
    r"\brightly\b": "shows 3, rightly 4",
    r"\bturned out\b": "rates that turned out",
    r"\bby now\b": "is it 2027 by now?",
}
"""Turns of phrase that no English text for people has."""

IN_JAPANESE = {
    "割り戻": "売上から割り戻す",
    "掛け戻": "掛け戻した結果",
    "手入力": "手入力か重みを直す",
    "最初に当たる": "最初に当たる制約",
    "数える出来事": "数える出来事がそろっていない",
    "まだのものは": "まだのものは空欄",
    "いまの": "いまの訪問数",
    "解き直": "残りの月を解き直す",
    "知らない": "知らないキーです",
    "黄色い": "黄色いセルに入力する",
    "かまいません": "そのままでかまいません",
    "残り月": "残り月の必要数",
    "の写し": "シートの写しがあります",
    "写しを": "印を付けた写しを作る",
    "飲み込": "結合に飲み込まれています",
    "言える幅": "件数で言える幅",
    "先の数": "先の数が空欄になる",
    "以前の版": "以前の版で作ったブック",
    "ありえない計画": "正しくありえない計画",
    "日時つき": "日時つきの名前",
    "目標画面": "目標画面の形",
    "月別タブ": "月別タブの内訳",
    "このプログラム": "このプログラムのブック",
}
"""Words that no Japanese text for people has: a colleague says 逆算, 検算, 調整値, 最も厳しい制約, 計上基準, 未確定, 現状の;
and one word for one thing: 黄色のセル, コピー, 残りの月, バージョン, 月のタブ."""


def docstrings(module: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, kind (module, class, property, function) and text of each docstring."""
    for node in source.nodes(module):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text is not None:
                yield getattr(node, "lineno", 1), kind(node), text


def kind(node: ast.AST) -> str:
    """Return what a definition is; a cached property is a property too."""
    if isinstance(node, ast.Module | ast.ClassDef):
        return type(node).__name__.removesuffix("Def").lower()
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    return "property" if any("property" in ast.unparse(each) for each in node.decorator_list) else "function"


def turns(module: str) -> list[tuple[int, str]]:
    """Return the banned turns in the docstrings of a module, with their lines."""
    return [
        (line, found[0])
        for line, what, text in docstrings(module)
        for pattern in IN_DOCSTRINGS
        if (found := re.search(pattern, text)) and not (found[0] == "Whether " and what == "property")
    ]


def texts(module: str, lang: str = "en") -> Iterator[tuple[int, str]]:
    """Yield the argument in one language of each ``Text(ja, en)`` and ``say(ja, en)``, its fields left out."""
    for node in source.nodes(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Text", "say", "self.say") and len(node.args) == 2:
            said = node.args[("ja", "en").index(lang)]
            parts = [each.value for each in ast.walk(said) if isinstance(each, ast.Constant)]
            yield node.lineno, " ".join(each for each in parts if isinstance(each, str))


def modules() -> list[Path]:
    """Return the package's modules."""
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("example", IN_DOCSTRINGS.values())
def test_a_banned_turn_in_a_docstring_is_seen(example: str) -> None:
    said = f'def one():\n    """{example}"""'
    assert [line for line, _ in turns(said)] == [1]
    assert turns('def one():\n    """Return the cells that appear in the row."""') == []


@pytest.mark.parametrize(("pattern", "example"), IN_TEXTS.items())
def test_a_banned_turn_in_a_text_is_seen(pattern: str, example: str) -> None:
    [(_, said)] = texts(f'Text("ja", f"{{name}} {example}")')
    assert re.search(pattern, said)
    assert not re.search(pattern, "there is no such file; the value is not a number")


def test_no_docstring_has_a_banned_turn() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {said}"
        for path in modules()
        for line, said in turns(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_text_for_people_has_a_banned_turn() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {said}"
        for path in modules()
        for line, said in texts(path.read_text(encoding="utf-8"))
        if any(re.search(pattern, said) for pattern in IN_TEXTS)
    ]
    assert found == []


def test_no_finding_page_has_a_banned_turn() -> None:
    pages = tomllib.loads((PACKAGE / "check" / "pages.toml").read_text(encoding="utf-8"))
    said = {
        f"{code}.{part}": text["en"] for code, page in pages.items() for part, text in page.items() if isinstance(text, dict)
    }
    assert len(said) > 200  # five parts for each code
    assert [where for where, text in said.items() if any(re.search(pattern, text) for pattern in IN_TEXTS)] == []


def said_in(path: Path, lang: str) -> Iterator[str]:
    """Yield the texts of a TOML file in one language: each ``{ ja = …, en = … }``."""

    def within(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("ja"), str) and isinstance(value.get("en"), str):
                yield value[lang]
            for each in value.values():
                yield from within(each)
        elif isinstance(value, list):
            for each in value:
                yield from within(each)

    yield from within(tomllib.loads(path.read_text(encoding="utf-8")))


def of_workbooks(lang: str) -> list[str]:
    """Return the texts of the shipped templates and their macros; the parts of a template are read as one file."""
    folder = ROOT / "templates"
    texts = [said for path in folder.rglob("*.toml") for said in said_in(path, lang)]
    assert len(texts) > 900
    return texts


def findings(lang: str) -> list[str]:
    """Return the sentences of findings."""

    def within(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for each in value.values():
                yield from within(each)
        else:
            yield str(value)

    return list(within(tomllib.loads((PACKAGE / "language" / "findings" / f"{lang}.toml").read_text(encoding="utf-8"))))


def in_modules(lang: str) -> list[str]:
    """Return the texts of the modules: of the terminal, the reports and the drawing of sheets."""
    return [said for path in modules() for _, said in texts(path.read_text(encoding="utf-8"), lang)]


def japanese_pages() -> list[Path]:
    """Return the pages of documentation that are Japanese."""
    return [ROOT / "README.ja.md", *sorted((ROOT / "docs").rglob("*.ja.md"))]


@pytest.mark.parametrize("example", IN_JAPANESE.values())
def test_a_banned_japanese_word_is_seen(example: str) -> None:
    assert any(word in example for word in IN_JAPANESE)


def test_no_text_of_a_workbook_or_a_finding_has_a_banned_turn() -> None:
    fields = re.compile(r"\{[^{}]*\}")
    english = [fields.sub("", said) for said in of_workbooks("en") + findings("en")]
    assert [said for said in english if any(re.search(pattern, said) for pattern in IN_TEXTS)] == []
    japanese = of_workbooks("ja") + findings("ja") + list(said_in(PACKAGE / "check" / "pages.toml", "ja"))
    assert [said for said in japanese if any(word in said for word in IN_JAPANESE)] == []


def test_no_japanese_text_of_a_module_or_a_page_has_a_banned_word() -> None:
    said = in_modules("ja")
    assert len(said) > 900
    said += [line for path in japanese_pages() for line in path.read_text(encoding="utf-8").splitlines()]
    assert [each for each in said if any(word in each for word in IN_JAPANESE)] == []


def test_no_text_of_a_workbook_tells_a_reader_to_run_a_command() -> None:
    assert [said for lang in ("ja", "en") for said in of_workbooks(lang) if "kgisheet" in said] == []


@pytest.mark.parametrize("name", ["standard", "short", "access"])
def test_every_input_says_what_to_write(name: str) -> None:
    cells = settle(open_shipped(name)).cells.values()
    inputs = [cell for cell in cells if cell.role == INPUT and not cell.recorded]
    assert len(inputs) > 50
    assert [cell.name for cell in inputs if cell.hint is None] == []
