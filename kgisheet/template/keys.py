"""The values that a template's keys may hold: texts in two languages, expressions, usual ranges.

Problems are collected in ``problems``, each with its file and line.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from ..errors import Problem
from ..expr.nodes import Node
from ..expr.parser import ExpressionError, parse
from ..language.text import Text
from ..values.regex import regex
from ..values.toml import Path, Source
from ..values.units import RATE
from .model import Origin, Usual
from .raw import Declaration, Raw

# Excel takes a1 … xfd1048576 and r1c1 for addresses, not for names.
NAME = regex(r"(?![a-z]{1,3}\d+$)(?![rc]\d*([rc]\d*)?$)[a-z][a-z0-9_]{0,60}$")

_MAX_TEXT = 2000  # characters of a label or a note; a cell would hold 32,767
_FORMULA_TEXT_LIMIT = 255  # characters of a text inside an Excel formula


class KeyReader:
    """The reader of key values, for the code that makes cells, checks and sections of them."""

    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration
        self.problems: list[Problem] = []
        self._parsed: dict[str, Node] = {}

    def _known_keys(self, raw: Raw, known: set[str]) -> None:
        for key in raw.keys:
            if key not in known:
                self._unknown_key(known, *raw.origin.of(key))

    def _fits_formula(self, text: Text, source: Source, path: Path) -> None:
        if max(map(len, text)) > _FORMULA_TEXT_LIMIT:
            limit = _FORMULA_TEXT_LIMIT
            self._say(
                source,
                path,
                "long",
                Text(
                    f"{limit}文字までにしてください(Excelの数式の上限)",
                    f"at most {limit} characters: Excel's formulas take no more",
                ),
            )

    def _formula(self, keys: dict[str, Any], key: str, origin: Origin, needed: bool = False) -> Node | None:
        if key not in keys:
            if needed:
                self._needs_text(key, *origin.of(key))
            return None
        text = self._string(keys.get(key), *origin.of(key))
        if not text:
            return None
        try:
            return self._made(text)
        except ExpressionError as bad:
            source, path = origin.of(key)
            what = Text(f"{bad.what.ja}({bad.at + 1}文字目)", f"{bad.what.en} (at character {bad.at + 1})")
            self.problems.append(source.problem("expression", path, what, key=str(keys.get("name"))))
            return None

    def _made(self, text: str) -> Node:
        if text not in self._parsed:
            self._parsed[text] = parse(text)
        return self._parsed[text]

    def _usual(self, keys: dict[str, Any], origin: Origin) -> Usual | None:
        value = keys.get("usual")
        if value is None or value is False:
            return None
        source, path = origin.of("usual")
        try:
            if keys.get("unit") != RATE:
                raise ValueError
            about = value.get("about")
            low, high = (Fraction(str(value.get(end, about)).removesuffix("%")) / 100 for end in ("low", "high"))
            reference = self.declaration.references[value["source"]]
        except (AttributeError, KeyError, TypeError, ValueError, ZeroDivisionError):
            self._say(
                source,
                path,
                "usual",
                Text("目安の書き方が違います", "the usual range is written in the wrong form"),
                Text(
                    '率のセルに { low = "20%", high = "40%", source = "[source]のキー" } の形で',
                    'for a rate: { low = "20%", high = "40%", source = "a key of [source]" }',
                ),
            )
            return None
        text = self._text(reference, self.declaration.sources[0], ("source", str(value["source"])))
        return Usual(low, high, text or Text("", ""))

    def _decimals(self, keys: dict[str, Any], origin: Origin) -> int:
        value = keys.get("decimals", 0)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 6:
            return value
        self._say(
            *origin.of("decimals"), "type", Text("小数の桁数は0から6の整数です", "decimals is a whole number from 0 to 6")
        )
        return 0

    def _optional_text(self, keys: dict[str, Any], key: str, origin: Origin) -> Text | None:
        value = keys.get(key)
        return None if value is None or value is False else self._text(value, *origin.of(key))

    def _text(self, value: Any, source: Source, path: Path) -> Text | None:
        text: Text | None = None
        if isinstance(value, str):
            text = Text(value, value)
        elif isinstance(value, dict) and set(value) == {"ja", "en"} and all(isinstance(v, str) for v in value.values()):
            text = Text(value["ja"], value["en"])
        if text is not None:
            if max(map(len, text)) <= _MAX_TEXT:
                return text
            limit = f"{_MAX_TEXT:,}"
            self._say(source, path, "long", Text(f"{limit}文字までにしてください", f"at most {limit} characters"))
            return None
        self._say(
            source,
            path,
            "text",
            Text("日本語と英語の文字が要ります", "a text in Japanese and English is needed"),
            Text('{ ja = "…", en = "…" } の形で', 'as { ja = "…", en = "…" }'),
        )
        return None

    def _string(self, value: Any, source: Source, path: Path) -> str:
        if isinstance(value, str) and value:
            return value
        self._needs_text(str(path[-1]), source, path)
        return ""

    def _needs_text(self, key: str, source: Source, path: Path) -> None:
        what = Text(f'{key} に文字(" で囲んだもの)が要ります', f"{key} needs a text in quotation marks")
        self._say(source, path, "type", what)

    def _strings(self, value: Any, source: Source, path: Path) -> list[str]:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return list(value)
        self._say(source, path, "type", Text('文字の並び ["…"] が要ります', "a list of texts is needed"))
        return []

    def _one_of(self, value: Any, known: Collection[str], at: tuple[Source, Path], code: str, called: Text) -> bool:
        """Return whether a value is among those that there are; if not, say which there are."""
        if isinstance(value, str) and value in known:
            return True
        listed = ", ".join(known)
        what = Text(f"{called.ja}「{value}」はありません", f"there is no {called.en} “{value}”")
        self._say(*at, code, what, Text(f"{listed} のどれか", f"one of {listed}"))
        return False

    def _unknown(self, keys: dict[str, Any], known: set[str], source: Source, path: Path) -> None:
        for key in keys:
            if key not in known:
                self._unknown_key(known, source, (*path, key))

    def _unknown_key(self, known: set[str], source: Source, path: Path) -> None:
        listed = ", ".join(sorted(known))
        what = Text("この項目はありません", "there is no such key")
        self._say(source, path, "unknown-key", what, Text(f"使えるのは {listed}", f"available: {listed}"))

    def _say(self, source: Source, path: Path, code: str, what: Text, fix: Text | None = None) -> None:
        self.problems.append(source.problem(code, path, what, fix))
