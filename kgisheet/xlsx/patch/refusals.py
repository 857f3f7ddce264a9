"""Workbooks that their owners have protected against change: refused before anything is changed.

Encrypted ones are refused in ``intake``, signed ones in ``package``.
"""

from __future__ import annotations

from ...errors import Problem
from ...language.text import Text
from .package import Package
from .properties import properties
from .workbookpart import flag, root

_PASSWORDS = ("reservationPassword", "hashValue")


def meant_to_stay(package: Package) -> Problem | None:
    """Return the problem of a workbook marked as final, recommended as read-only, writable only with a password, or with two sheets of one title."""
    final = next((value for name, value in properties(package).items() if name.casefold() == "_markasfinal"), "")
    if final.strip().lower() in ("1", "true"):
        return Problem(
            "marked-final",
            Text("「最終版」として設定されています", "it is marked as final"),
            Text(
                "Excelで開き、「編集する」で最終版の設定を外してください", "open it in Excel, choose “Edit anyway” and save it"
            ),
            package.source,
        )
    sharing = root(package).first("fileSharing")
    if sharing is not None and any(sharing.get(each) for each in _PASSWORDS):
        return Problem(
            "write-password",
            Text("書き込みにパスワードが必要なブックです", "a password is needed to change it"),
            Text("書き込みパスワードを外して保存し直してください", "save it without the password to modify"),
            package.source,
        )
    if flag(sharing, "readOnlyRecommended"):
        return Problem(
            "read-only-recommended",
            Text("「読み取り専用を推奨」と設定されています", "it asks to be opened read-only"),
            Text(
                "名前を付けて保存の「全般オプション」でこの設定を外してください",
                "clear “Read-only recommended” under General Options when saving it",
            ),
            package.source,
        )
    return _one_title(package)


def _one_title(package: Package) -> Problem | None:
    """Return the problem of two sheets with one title: which of them is to be changed, nobody can say."""
    sheets, seen = root(package).first("sheets"), set[str]()
    for title in [] if sheets is None else [each.get("name") for each in sheets.children]:
        if title.casefold() in seen:
            what = Text(f"「{title}」というシートが2つあります", f"two sheets are called “{title}”")
            return Problem("same-title", what, Text("一方の名前を変えてください", "rename one of them"), package.source)
        seen.add(title.casefold())
    return None


def structure_locked(package: Package) -> Problem | None:
    """Return the problem of a workbook in which no sheets may be added, renamed or removed."""
    if not flag(root(package).first("workbookProtection"), "lockStructure"):
        return None
    return Problem(
        "structure-locked",
        Text("ブックの構成が保護されていて、シートを追加できません", "its structure is protected: no sheet can be added"),
        Text("Excelの「校閲」→「ブックの保護」を解除してください", "in Excel, clear Review → Protect Workbook"),
        package.source,
    )
