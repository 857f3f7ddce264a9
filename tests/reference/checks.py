"""The codes of the checker, as ``kgisheet explain`` tells them."""

from __future__ import annotations

from kgisheet.check.explain import HEADINGS, pages
from kgisheet.language.text import Text

_FAMILIES = {
    "F": Text("数式", "Formulas"),
    "C": Text("再計算", "Calculation"),
    "I": Text("入力", "Inputs"),
    "X": Text("数字どうしの関係", "Figures against one another"),
    "S": Text("ブックの構造", "Structure"),
}
_TITLE = Text("検査の指摘コード", "Finding codes")
_ABOUT = Text(
    "[English](checks.md)\n\n`kgisheet check` の指摘コードです。`kgisheet explain F05` でも同じ説明が表示されます。",
    "[日本語](checks.ja.md)\n\nThe codes of `kgisheet check`. `kgisheet explain F05` prints the same page.",
)


def markdown(lang: str) -> str:
    """Return the page, family by family."""
    known = pages()
    assert {code[0] for code in known} == set(_FAMILIES), "a family of codes without a heading"
    lines = [f"# {_TITLE.to(lang)}", "", _ABOUT.to(lang)]
    for letter, family in _FAMILIES.items():
        lines += ["", f"## {letter}: {family.to(lang)}"]
        for code, page in known.items():
            if code[0] == letter:
                parts = [
                    f"- **{heading.to(lang)}**: {_plain(getattr(page, key).to(lang))}" for key, heading in HEADINGS.items()
                ]
                lines += ["", f"### {code}", "", *parts]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Keep Markdown from reading signs of a formula as its own."""
    for sign in "\\*_<|$`":
        text = text.replace(sign, f"\\{sign}")
    return text
