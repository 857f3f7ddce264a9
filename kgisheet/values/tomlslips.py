"""Explanations for invalid TOML in its writer's terms: the usual slips, each with the corrected line."""

from __future__ import annotations

import calendar
import re
import unicodedata
from typing import NamedTuple

from ..language.text import Text


class Hint(NamedTuple):
    """A mistake in a line, and its correction."""

    what: Text
    fix: Text


_STRING = r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'"
_QUOTES = "“”„‟＂「」『』〝〟‘’‚‛＇`´"
_WIDE = {"＝": "=", "＃": "#", "［": "[", "］": "]", "｛": "{", "｝": "}", "，": ",", "、": ",", "．": ".", "\u3000": " "}


def encoding(data: bytes) -> Hint:
    """Return the likely encoding of bytes that aren't valid UTF-8."""
    if data[:2] == b"PK":
        what = Text("Excelブックです。計画(TOML)ではありません", "this is a workbook, not a plan (TOML)")
        return Hint(what, Text(".toml のファイルを指定してください", "name a .toml file"))
    said = Text("UTF-8の文字として読めません", "this is not UTF-8 text")
    fix = Text("エディターで文字コードをUTF-8にして保存し直してください", "save it as UTF-8 in your editor")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:200].count(0) > len(data[:200]) // 4:
        said = Text("UTF-8の文字として読めません(UTF-16で保存されています)", "this is not UTF-8 text, but UTF-16")
    else:
        try:
            data.decode("cp932")
        except UnicodeDecodeError:
            pass
        else:
            said = Text(
                "UTF-8の文字として読めません(Shift_JIS(CP932)で保存されています)",
                "this is not UTF-8 text, but Shift_JIS (CP932)",
            )
    return Hint(said, fix)


def long_number(text: str) -> int | None:
    """Return the line (from 1) with a number of more digits than Python reads."""
    return next((at for at, line in enumerate(text.split("\n"), 1) if re.search(r"[0-9_]{4000}", line)), None)


def deep_line(text: str, most: int) -> int | None:
    """Return the line (from 1) on which more brackets are open than may be, or whose key has more parts."""
    is_open = 0
    for at, line in enumerate(text.split("\n"), 1):
        code = _bare(_code(line)) if len(line) < 10_000 else line
        is_open += sum(code.count(each) for each in "[{")
        if is_open > most or code.partition("=")[0].count(".") >= most:
            return at
        is_open = max(0, is_open - sum(code.count(each) for each in "]}"))
    return None


def syntax(lines: list[str], number: int, said: str) -> Hint | None:
    """Return what is wrong with line ``number`` (from 1) of a text, given tomllib's message ``said``; None if it isn't a usual slip."""
    line = lines[number - 1].rstrip("\r") if number <= len(lines) else ""
    if re.search(r"twice|overwrite|redefine|mutate|Cannot", said):
        return _twice(lines, number)
    for look in (_quotes, _wide, _comment, _brackets, _unclosed, _backslash, _no_equals, _key, _value):
        found = look(line, said)
        if found is not None:
            return found
    return None


def _right(line: str) -> Text:
    """Return the corrected line."""
    shown = line.strip()[:80]
    return Text(f"{shown} と書いてください", f"write {shown}")


def _bare(line: str) -> str:
    """Return the line without its quoted parts."""
    return re.sub(_STRING, '""', line)


def _code(line: str) -> str:
    """Return the line up to its comment."""
    found = re.match(rf"(?:{_STRING}|[^#\"'])*", line)
    return (found[0] if found else line).rstrip()


def _twice(lines: list[str], number: int) -> Hint | None:
    line = _code(lines[number - 1]) if number <= len(lines) else ""
    header = re.fullmatch(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
    if header:
        name = header[1]
        where = next(
            (at for at, each in enumerate(lines[: number - 1], 1) if re.match(rf"\s*\[+\s*{re.escape(name)}\s*\]", each)), 0
        )
        what = Text(f"[{name}] が2回あります({where}行目にも)", f"[{name}] appears twice (in line {where}, too)")
        fix = Text(
            f"いくつも並べる表なら、どれも [[{name}]] と括弧を二重にしてください。1つだけの表なら1か所にまとめてください",
            f"write [[{name}]], with two brackets, for each of several; of a single table make one",
        )
        return Hint(what, fix)
    key = re.match(r"\s*([^=\s]+)\s*=", line)
    if key is None:
        return None
    where = 0
    for at in range(number - 1, 0, -1):
        if re.match(rf"\s*{re.escape(key[1])}\s*=", lines[at - 1]):
            where = at
            break
        if re.match(r"\s*\[", lines[at - 1]):
            break
    there = Text(f"({where}行目にも)", f" (in line {where}, too)") if where else Text("", "")
    what = Text(f"キー {key[1]} が2回あります{there.ja}", f"the key {key[1]} appears twice{there.en}")
    return Hint(what, Text("どちらか1行を消してください", "delete one of the lines"))


def _quotes(line: str, said: str) -> Hint | None:
    """Detect quotation marks of other kinds: “ ” 「 」 ＂."""
    code = _bare(line)
    hash_at = code.find("#")
    wrong = [letter for letter in (code if hash_at < 0 else code[:hash_at]) if letter in _QUOTES]
    opened = re.search(r'=\s*"', code) is not None and re.search("Unterminated|Illegal", said) is not None
    if not wrong or (opened and not code.rstrip().endswith(tuple(_QUOTES))):
        return None  # such a mark within a text is no fault
    right = line
    for letter in _QUOTES:
        right = right.replace(letter, '"')
    right = re.sub(r'(?<=[^"=\s])"{2,}(?=\s*(#|$))', '"', right)
    what = Text(f"引用符「{wrong[0]}」は使えません", f"“{wrong[0]}” is not a quotation mark that TOML knows")
    return Hint(what, Text(f'半角の " を使って {right.strip()[:80]} と書いてください', f'use " and write {right.strip()[:80]}'))


def _wide(line: str, _said: str) -> Hint | None:
    """Detect full-width signs where half-width ones are needed."""
    parts = re.split(rf"({_STRING})", line)
    wrong = [letter for part in parts[::2] for letter in part.partition("#")[0] if letter in _WIDE]
    if not wrong:
        return None
    right = "".join(part if at % 2 else "".join(_WIDE.get(each, each) for each in part) for at, part in enumerate(parts))
    name = "全角の空白" if wrong[0] == "\u3000" else f"全角の「{wrong[0]}」"
    english = "a full-width space" if wrong[0] == "\u3000" else f"the full-width “{wrong[0]}”"
    shown = right.strip()[:80]
    what = Text(f"{name}は使えません", f"{english} can't be used")
    return Hint(what, Text(f"半角で {shown} と書いてください", f"write it in half width: {shown}"))


def _comment(line: str, _said: str) -> Hint | None:
    bare = _bare(line)
    if re.search(r"(^|\s)(//|※|;)", bare.partition("#")[0]) is None:
        return None
    what = Text("注釈は # で始めます", "a comment begins with #")
    right = re.sub(rf"^((?:{_STRING}|[^\"'])*?)(//|※|;)", r"\1#", line, count=1)
    return Hint(what, _right(right))


def _brackets(line: str, _said: str) -> Hint | None:
    header = re.fullmatch(r"\s*(\[{1,3})\s*([\w.-]+)\s*(\]{0,3})", _code(line))
    if header is None or len(header[1]) == len(header[3]):
        return None
    count = max(len(header[1]), len(header[3]))
    what = Text("括弧の数が合っていません", "the brackets don't match")
    return Hint(what, _right("[" * min(count, 2) + header[2] + "]" * min(count, 2)))


def _unclosed(line: str, said: str) -> Hint | None:
    if "Unclosed array" in said or "Unclosed inline" in said:
        sign = "]" if "array" in said else "}"
        what = Text(f"{sign} で閉じていないか、区切りの , がありません", f"it isn't closed with {sign}, or a comma is missing")
        return Hint(
            what, Text(f"値を , で区切り、{sign} で閉じてください", f"separate the values with commas and close with {sign}")
        )
    if "Unterminated" not in said and "Illegal character" not in said:
        return None
    found = re.match(r"\s*([\w.-]+)\s*=\s*(\"?)", line)
    if found is None or _bare(line).count('"') % 2 == 0:
        return None
    what = Text('" が閉じていません', 'a " is missing')
    return Hint(what, _right(f'{line.rstrip()}"'))


def _backslash(line: str, said: str) -> Hint | None:
    if "\\" not in line or not re.search("escape|hex|Unescaped", said):
        return None
    what = Text(
        '" の中の \\ は、次の文字と合わせて別の意味になります',
        "in quotation marks a \\ gives the next character another meaning",
    )
    return Hint(what, _right(re.sub(r"\\", "/", line)))


def _no_equals(line: str, _said: str) -> Hint | None:
    """Detect a missing equals sign: `title: "目標"`, `title "目標"`."""
    found = re.match(r"\s*([A-Za-z0-9_-]+)\s*(:|：)?\s*(.+)$", _code(line))
    if found is None or "=" in _bare(line) or line.lstrip().startswith("["):
        return None
    what = Text("キーと値の間に = がありません", "there is no = between key and value")
    return Hint(what, _right(f"{found[1]} = {_quoted(found[3])}"))


def _key(line: str, _said: str) -> Hint | None:
    """Detect a key that isn't in plain letters: 広告 = 1, ｔｉｔｌｅ = "a", web revenue = 3."""
    name, equals, value = line.partition("=")
    name = name.strip()
    if not equals or not name or re.fullmatch(rf"[A-Za-z0-9_.-]+|{_STRING}", name):
        return None
    right = unicodedata.normalize("NFKC", name).replace(" ", "_")
    if re.fullmatch(r"[A-Za-z0-9_.-]+", right):
        return Hint(Text(f"キー「{name}」は読めません", f"“{name}” can't be read as a key"), _right(f"{right} ={value}"))
    what = Text(f"キー「{name}」は英字ではありません", f"the key “{name}” is not of Latin letters")
    fix = Text("計画のキー(web_revenue など)を英字で書いてください", "write one of the plan's keys, such as web_revenue")
    return Hint(what, fix)


def _value(line: str, _said: str) -> Hint | None:
    """Detect a value that needs quotation marks, or another spelling."""
    found = re.match(r"\s*([A-Za-z0-9_.\"'-]+)\s*=(.*)$", _code(line))
    if found is None:
        return None
    key, value = found[1], found[2].strip()
    if not value:
        what = Text(f"{key} の値がありません", f"{key} has no value")
        return Hint(
            what,
            Text(f'{key} = "…" のように書くか、この行を消してください', f'write {key} = "…" or the like, or delete the line'),
        )
    if (date := _no_day(value)) is not None:
        return date
    if re.search(r'^(".*"|[\d._]+|\w+)\s*[,;]$', value):
        return Hint(
            Text(f"行の終わりの「{value[-1]}」は要りません", f"there is a “{value[-1]}” at the end"),
            _right(f"{key} = {value[:-1]}"),
        )
    if re.fullmatch(r"(?i)true|false|yes|no", value):
        return Hint(Text(f"「{value}」という値はありません", f"“{value}” is not a value"), _right(f'{key} = "{value}"'))
    if value.startswith(("[", "{", '"', "'")):
        return None
    if re.fullmatch(r"\.\d+", value):
        return Hint(
            Text(f"「{value}」は数として読めません", f"“{value}” can't be read as a number"), _right(f"{key} = 0{value}")
        )
    if re.fullmatch(r"0\d+", value):
        return Hint(
            Text(f"「{value}」は数として読めません", f"“{value}” can't be read as a number"),
            _right(f"{key} = {value.lstrip('0') or '0'}"),
        )
    what = Text(f'「{value[:40]}」は " で囲む必要があります', f"“{value[:40]}” needs quotation marks")
    return Hint(what, _right(f"{key} = {_quoted(value)}"))


def _no_day(value: str) -> Hint | None:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value)
    if found is None:
        return None
    year, month, day = (int(each) for each in found.groups())
    what = Text(f"{value} という日付はありません", f"there is no {value}")
    if 1 <= month <= 12 and 1900 < year < 2200:
        last = calendar.monthrange(year, month)[1]
        if day > last:
            what = Text(f"{what.ja}({month}月は{last}日まで)", f"{what.en} (the month has {last} days)")
            return Hint(
                what,
                Text(f"{year}-{month:02}-{last} などの日付を書いてください", f"write a date such as {year}-{month:02}-{last}"),
            )
    return Hint(what, Text("2026-04-01 のように書いてください", "write it like 2026-04-01"))


def _quoted(value: str) -> str:
    """Return the value in quotation marks, dropping one that it already has at either end."""
    inner = value.strip().strip('"').strip()
    return f'"{inner}"'
