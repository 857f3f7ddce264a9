"""The shared texts of a workbook."""

from __future__ import annotations

from ...values.regex import regex
from .xml import Attributes, scan

_ESCAPED = regex(r"_x([0-9A-Fa-f]{4})_")


def plain(text: str) -> str:
    """Return a stored text as people see it: ``_x000D_`` is a character in these files."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def shared(part: bytes | None) -> list[str]:
    """Return the texts by number, without formats and readings (furigana); raise XmlError."""
    found: list[str] = []
    if part is None:
        return found
    pieces: list[str] = []
    open_, quiet = False, 0

    def start(tag: str, _attributes: Attributes) -> None:
        nonlocal open_, quiet
        if tag == "t":
            open_ = not quiet
        elif tag == "rPh":
            quiet += 1

    def end(tag: str) -> None:
        nonlocal open_, quiet
        if tag == "t":
            open_ = False
        elif tag == "si":
            found.append(plain("".join(pieces)))
            pieces.clear()
        elif tag == "rPh":
            quiet -= 1

    def text(piece: str) -> None:
        if open_:
            pieces.append(piece)

    scan(part, start, end, text)
    return found
