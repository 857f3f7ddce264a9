"""TOML reading that lets a message name the line: tomllib keeps no positions."""

from __future__ import annotations

import decimal
import json
import re
import tomllib
from fractions import Fraction
from typing import Any

from ..errors import KgisheetError, Problem
from ..language.text import Text, Wording
from . import tomlslips

Path = tuple[str | int, ...]
Place = tuple[str | None, int | None, str]
"""A file, its line, and the key there, as a message names them: ``--set`` has the key alone."""


class Decimal(str):
    """A bare number with a decimal point, kept as written: 0.3 stays 0.3."""

    __slots__ = ()


_MAX_DIGITS = 60
_MAX_DEPTH = 20


def _decimal(text: str) -> Decimal | float:
    """Return the number as a decimal without an exponent: 1.2e7 is 12000000. What can't be a figure stays a float, and is refused."""
    _, _, exponent = text.lower().partition("e")
    if len(text) > _MAX_DIGITS or (exponent and abs(int(exponent.replace("_", ""))) > _MAX_DIGITS):
        return float(text.replace("_", ""))
    try:
        Fraction(text)
    except ValueError:
        return float(text)  # inf and nan
    return Decimal(format(decimal.Decimal(text.replace("_", "")), "f")) if exponent else Decimal(text)


def _depth(table: dict[str, Any]) -> int:
    """Return how deeply tables are nested; iterative, since a file may nest thousands."""
    deepest = 0
    rest: list[tuple[Any, int]] = [(table, 1)]
    while rest:
        each, depth = rest.pop()
        deepest = max(deepest, depth)
        values = each.values() if isinstance(each, dict) else each
        rest += [(value, depth + 1) for value in values if isinstance(value, (dict, list))]
    return deepest


class Source:
    """One TOML text under the name the user knows it by."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        # What was said elsewhere than in this text: the place (file, line, key) that a message names instead.
        self.elsewhere: dict[Path, Place] = {}
        self._lines: dict[Path, int] | None = None

    def line(self, path: Path) -> int | None:
        """Return the line (from 1) of the key or table at ``path``, or of what holds it."""
        if self._lines is None:
            self._lines = _positions(self.text)
        while path:
            # An array of tables begins where its first table does.
            for known in (path, (*path, 0)):
                if known in self._lines:
                    return self._lines[known]
            path = path[:-1]
        return None

    def problem(self, code: str, path: Path, what: Wording, fix: Wording | None = None, key: str | None = None) -> Problem:
        if path in self.elsewhere:
            return Problem(code, what, fix, *self.elsewhere[path])
        return Problem(code, what, fix, self.name, self.line(path), key if key is not None else dotted(path))


def dotted(path: Path) -> str:
    """Return a path as a person would write it: ``channel[2].share``."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read(data: bytes | str, name: str, error: type[KgisheetError]) -> tuple[dict[str, Any], Source]:
    """Return the TOML table in ``data``; raise ``error`` with the line if it is invalid."""
    if isinstance(data, bytes):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as found:
            line = data[: found.start].count(b"\n") + 1
            hint = tomlslips.encoding(data)
            raise error(Problem("encoding", hint.what, hint.fix, name, line)) from None
    else:
        text = data
    try:
        table = tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as bad:
        raise error(_syntax(name, text, str(bad))) from None
    except ValueError:  # an integer of 5,000 digits
        raise error(Problem("toml", *_TOO_LONG, name, tomlslips.long_number(text))) from None
    except RecursionError:
        raise error(_too_deep(name, text)) from None
    if _depth(table) > _MAX_DEPTH:
        raise error(_too_deep(name, text))
    return table, Source(name, text)


_TOO_LONG = (
    Text("数値が長すぎます", "a number in it is too long"),
    Text("桁を確かめてください", "check its digits"),
)


def _too_deep(name: str, text: str) -> Problem:
    return Problem(
        "toml",
        Text("入れ子が深すぎます", "it is nested too deeply"),
        Text("かっこの数を確かめてください", "check its brackets"),
        name,
        tomlslips.deep_line(text, _MAX_DEPTH),
    )


def _syntax(name: str, text: str, said: str) -> Problem:
    at = re.search(r"\(at line (\d+), column \d+\)", said)
    line = int(at[1]) if at else text.rstrip().count("\n") + 1
    lines = text.split("\n")
    shown = lines[line - 1].strip()[:60] if line <= len(lines) else ""
    reason = re.sub(r"\s*\(at .*\)", "", said)
    hint = tomlslips.syntax(lines, line, reason)
    if hint is not None:
        what = Text(f"TOMLとして読めません「{shown}」: {hint.what.ja}", f"this is not TOML: “{shown}”: {hint.what.en}")
        return Problem("toml", what, hint.fix, name, line)
    return Problem(
        "toml",
        Text(f"TOMLとして読めません「{shown}」", f"this is not TOML: “{shown}” ({reason})"),
        Text(
            '文字は " で囲み、key = "値" の形で書いてください',
            'write it as key = "value", with texts in quotation marks',
        ),
        name,
        line,
    )


# Patterns as texts: they are compiled only when a message needs a line.
_HEADER = r"\s*(\[\[?)\s*([^\]#]+?)\s*\]\]?\s*(?:#.*)?$"
_PART = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_KEY = rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*="


def _positions(text: str) -> dict[Path, int]:
    """Return the lines of the tables and keys of a text that tomllib has accepted."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    here: Path = ()
    closing: str | None = None  # inside a multi-line string
    for number, line in enumerate(text.split("\n"), 1):
        if closing is not None:
            if closing in line:
                closing = None
            continue
        header = re.match(_HEADER, line)
        if header and not re.match(_KEY, line):
            parts = tuple(part.strip("\"'") for part in re.findall(_PART, header[2]))
            here = _inside(parts[:-1], counts) + parts[-1:]
            if header[1] == "[[":
                index = counts.get(here, -1) + 1
                counts[here] = index
                here = (*here, index)
            found.setdefault(here, number)
            continue
        key = re.match(_KEY, line)
        if key:
            found.setdefault(here + tuple(part.strip("\"'") for part in re.findall(_PART, key[1])), number)
        for quote in ('"""', "'''"):
            if line.count(quote) % 2:
                closing = quote
    return found


def _inside(parts: tuple[str, ...], counts: dict[Path, int]) -> Path:
    path: Path = ()
    for part in parts:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path])
    return path


def write(table: dict[str, Any]) -> str:
    """Return ``table`` as TOML: plain values first, then tables and arrays of tables."""
    lines: list[str] = []
    _write_table(table, (), lines)
    return "\n".join(lines).strip() + "\n"


def _write_table(table: dict[str, Any], path: tuple[str, ...], lines: list[str]) -> None:
    for key, value in table.items():
        if not isinstance(value, dict) and not _is_tables(value):
            lines.append(f"{_write_key(key)} = {_write_value(value)}")
    for key, value in table.items():
        inner = (*path, _write_key(key))
        if isinstance(value, dict):
            lines += ["", f"[{'.'.join(inner)}]"]
            _write_table(value, inner, lines)
        elif _is_tables(value):
            for item in value:
                lines += ["", f"[[{'.'.join(inner)}]]"]
                _write_table(item, inner, lines)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _write_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def _write_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return "[" + ", ".join(_write_value(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_write_key(k)} = {_write_value(v)}" for k, v in value.items()) + " }"
    return str(value)  # int, date
