"""Formulas of an .ods as Excel writes them: ``of:=SUM([.B2:.B5];[$Goals.A1])`` → ``=SUM(B2:B5,Goals!A1)``."""

from __future__ import annotations

import re

from ..values.regex import regex

_TOKEN = regex(r'"(?:[^"]|"")*+(?:"|\Z)|\[((?:\'(?:[^\']|\'\')*+(?:\'|\Z)|[^\]\'])*+)(?:\]|\Z)|\{[^{}]*\}|[;~!]')
_ADDRESS = regex(r"^\$?(?P<file>'(?:[^']|'')*'#)?(?P<sheet>\$?(?:'(?:[^']|'')*'|[^.']*))?\.(?P<cell>.*)$")
_INSIDE = regex(r'"(?:[^"]|"")*"|[;|]')
_PREFIX = regex(r"^(?:(?:of|oooc|msoxl):)?=")
_FUNCTION = regex(r"\b(?:COM\.MICROSOFT|ORG\.OPENOFFICE|LEGACY)\.(?=[A-Z])")
_BARE = regex(r"[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*$")


def converted(text: str) -> str:
    """Return a formula, with its ``=``, in Excel's writing. What another workbook holds stays a reference to it, never followed."""
    if text.startswith("msoxl:"):
        return f"={_PREFIX.sub('', text, count=1)}"  # Excel's own, already in its writing
    body = _PREFIX.sub("", text, count=1)
    return f"={_FUNCTION.sub('', _TOKEN.sub(_token, body))}"


def _token(match: re.Match[str]) -> str:
    token = match[0]
    if token.startswith('"'):
        return token
    if token.startswith("["):
        return _reference(match[1])
    if token.startswith("{"):
        return _INSIDE.sub(lambda each: {";": ",", "|": ";"}.get(each[0], each[0]), token)
    return {";": ",", "~": ",", "!": " "}[token]


def _reference(inside: str) -> str:
    """Return an address or an area: ``.B2:.B5``, ``$'My goals'.$A$1``, ``'file:///x.ods'#$Sheet1.A1``."""
    ends = re.findall(r"(?:'(?:[^']|'')*'|[^:'])+", inside)
    said = [_ADDRESS.match(each) for each in ends]
    if not said or len(said) > 2 or said[0] is None or "#REF!" in inside:
        return "#REF!"
    first = said[0]
    cells = [each["cell"] if each is not None else end for each, end in zip(said, ends, strict=True)]
    area = ":".join(cells)
    sheet = (first["sheet"] or "").lstrip("$")
    title = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    if first["file"]:
        file = re.split(r"[/\\]", first["file"][1:-2])[-1]
        return f"'[{file}]{title}'!{area}"
    return f"{_quoted(title)}!{area}" if title else area


def _quoted(title: str) -> str:
    return title if _BARE.match(title) else "'" + title.replace("'", "''") + "'"
