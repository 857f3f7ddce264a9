"""The encoding of a package's XML parts: whatever it is, UTF-8 comes out."""

from __future__ import annotations

import re

from .xml import XmlError

_DECLARED = re.compile(rb"""^(\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*)(["'])([A-Za-z0-9._:-]{1,40})\2""")
_PLAIN = ("utf-8", "utf8", "us-ascii", "ascii")
_KNOWN = {
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
    "x-sjis": "cp932", "windows-31j": "cp932", "cp932": "cp932", "euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp",
    "iso-8859-1": "latin_1", "windows-1252": "cp1252",
}  # fmt: skip
"""Encodings that programs write. UTF-7 and the like are none: what looks harmless in them isn't."""


_OF_FOUR_BYTES = (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<")
"""How a part begins whose letters are four bytes: its mark, or its first letter."""


def utf8(data: bytes) -> bytes:
    """Return a part in UTF-8, with the declaration that says so; raise XmlError for an encoding that no workbook has."""
    if data[:4] in _OF_FOUR_BYTES:
        raise XmlError("文字コード UTF-32 には対応していません", "its encoding, UTF-32, is none that workbooks have")
    wide = _wide(data[:4])
    if wide is None:
        declared = _DECLARED.match(data[:300].removeprefix(b"\xef\xbb\xbf"))
        if declared is None or (name := declared[3].decode().lower()) in _PLAIN:
            return data
        if name not in _KNOWN or name.startswith("utf-16"):
            raise XmlError(f"文字コード {name} には対応していません", f"its encoding, {name}, is none that workbooks have")
        wide = _KNOWN[name]
    try:
        text = data.decode(wide)
    except UnicodeDecodeError:
        raise XmlError("文字コードの指定と内容が合っていません", "its content isn't in the encoding that it names") from None
    made = text.removeprefix("\ufeff").encode()
    return _DECLARED.sub(rb"\1\2UTF-8\2", made, count=1)


def _wide(head: bytes) -> str | None:
    """Return the encoding of a part whose letters are two bytes, by its mark or by its first letter."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") and head != b"\xff\xfe\x00\x00":
        return "utf-16"
    return {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}.get(head[:2]) if head[2:] != b"\x00\x00" else None
