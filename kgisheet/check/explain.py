"""The pages that `kgisheet explain` prints, one per code."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from ..language.text import Text

HEADINGS = {
    "what": Text("内容", "What it is"),
    "why": Text("影響", "Why it matters"),
    "example": Text("例", "For example"),
    "fix": Text("直し方", "How to fix it"),
    "not_when": Text("誤りではない場合", "When it is not an error"),
}


class Page(NamedTuple):
    """The explanation of a code, part by part."""

    what: Text
    why: Text
    example: Text
    fix: Text
    not_when: Text

    def to(self, code: str, lang: str) -> str:
        lines = [code]
        for key, heading in HEADINGS.items():
            lines += ["", heading.to(lang), f"  {getattr(self, key).to(lang)}"]
        return "\n".join(lines)


def pages() -> dict[str, Page]:
    """Return all the pages, by code."""
    table = tomllib.loads((Path(__file__).parent / "pages.toml").read_text(encoding="utf-8"))
    return {code: Page(**{key: Text(**text) for key, text in page.items()}) for code, page in table.items()}
