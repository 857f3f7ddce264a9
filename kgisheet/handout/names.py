"""Names of workbooks as a roster gives them → names that every system can hold, within the folder."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from ..language.text import Text
from ..values.regex import regex

SUFFIX = ".xlsx"
MOST_BYTES = 255
"""What the file systems of Linux, macOS and Windows hold in common, in UTF-8."""

_RESERVED = frozenset(
    ("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"))
)
"""Devices of Windows, whatever stands behind a dot."""

_FORBIDDEN = '<>:"|?*/\\'
_DRIVE = regex(r"[A-Za-z]:")
_HIDDEN = (".", "~$")
"""How names begin that folders' listings leave out, `check`'s among them."""


class Named(NamedTuple):
    """A safe name; ``changed`` says what of the given one had to be changed, ``refused`` why there is none."""

    file: str | None
    changed: Text | None = None
    refused: Text | None = None
    fix: Text | None = None


def safe(given: str) -> Named:
    """Return the name of a row's workbook: as given, made safe, or refused."""
    name = unicodedata.normalize("NFC", given)
    if (wrong := _refused(name)) is not None:
        return wrong
    whole = name if name.lower().endswith(SUFFIX) else f"{name.rstrip(' .')}{SUFFIX}"
    stem, suffix = whole[: -len(SUFFIX)], whole[-len(SUFFIX) :]
    made = (
        "".join("_" if letter in _FORBIDDEN or not _is_shown(letter) else letter for letter in stem)
        .strip(" \u3000")
        .rstrip(".")
    )
    if made.startswith(_HIDDEN):
        made = f"_{made.lstrip('.')}"
    if made.partition(".")[0].rstrip().upper() in _RESERVED:
        made = f"_{made}"
    if not made.strip("_. \u3000"):
        return Named(
            None, None, Text(f"「{given}」はファイル名になりません", f"“{given}” can't be the name of a file"), _NAME_IT
        )
    file = f"{made}{suffix}"
    if (size := len(file.encode())) > MOST_BYTES:
        what = Text(
            f"ファイル名が長すぎます(UTF-8で{size:,}バイト。{MOST_BYTES}バイトまで)",
            f"the file name is too long ({size:,} bytes in UTF-8; at most {MOST_BYTES})",
        )
        return Named(None, None, what, Text("短くしてください", "shorten it"))
    if file == whole and whole in (name, f"{name}{SUFFIX}"):
        return Named(file)
    return Named(
        file, Text(f"ファイル名「{given}」を「{file}」に変えました", f"the file name “{given}” was changed to “{file}”")
    )


def key(file: str) -> str:
    """Return the form in which two names are the same file on some system: but for case, and for how é is composed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", file).casefold())


_NAME_IT = Text("ブックの名前(例 田中.xlsx)を書いてください", "write the name of its workbook, such as tanaka.xlsx")


def _refused(name: str) -> Named | None:
    if not name.strip():
        return Named(None, None, Text("ファイル名が空です", "the file name is empty"), _NAME_IT)
    if any(0xD800 <= ord(letter) < 0xE000 for letter in name) or "\0" in name:
        what = Text(
            "ファイル名に文字でないもの(NULなど)があります",
            "the file name holds something that isn't a character (NUL or a surrogate)",
        )
        return Named(None, None, what, _NAME_IT)
    parts = [part.strip() for part in re.split(r"[/\\]", name)]
    if ".." in parts or name[0] in "/\\" or _DRIVE.match(name) or name.startswith("~/"):
        what = Text(
            f"「{name}」は別のフォルダーを指しています。書き出すのは -o のフォルダーの中だけです",
            f"“{name}” leads to another folder: workbooks are only written inside that of -o",
        )
        return Named(None, None, what, Text("フォルダーを付けずに名前だけを書いてください", "write a name without a folder"))
    return None


def _is_shown(letter: str) -> bool:
    """Return whether a letter can be seen for what it is: no control, no mark that turns the text around."""
    return unicodedata.category(letter) not in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn") or letter == "\u200d"
