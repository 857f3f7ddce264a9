"""Workbooks as earlier states of this program made them, kept in `older.tar.xz`; nobody has typed anything into them.

`python tests/older.py` makes the archive again: each workbook by the program of the commit that it is named with, from the
history of this repository. The parts lie in it unpacked, so that what they share is kept once.
"""

from __future__ import annotations

import functools
import io
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parent.parent
ARCHIVE = Path(__file__).with_suffix(".tar.xz")

LAST, BEFORE = "9fee83e", "1a94abf"
"""The last evening of the form with 使い方 in front and 月次目標, and the afternoon before it."""

_OWN = """
[template]
name = "mine"
base = "standard"

[[section]]
key = "header"
[[section.cell]]
name = "approver"
label = { ja = "承認者", en = "Approver" }
unit = "text"
input = true
"""
"""A template of somebody's own: one cell more on the page."""

MADE = {
    "example": (LAST, "new", "-o", "BOOK"),
    "saas": (LAST, "new", "samples/saas.toml", "--lang", "en", "-o", "BOOK"),
    "manufacturer": (BEFORE, "new", "samples/manufacturer.toml", "-o", "BOOK"),
    "page": (LAST, "new", "--template", "short", "--set", "sheets=目標設定", "-o", "BOOK"),
    "own": (LAST, "new", "--template", "mine.toml", "--set", "sheets=目標設定,月次目標", "-o", "BOOK"),
}
"""What made each: the commit, and the command."""


@functools.cache
def _archive() -> dict[str, dict[str, bytes]]:
    found: dict[str, dict[str, bytes]] = {}
    with tarfile.open(ARCHIVE, "r:xz") as archive:
        for each in archive:
            book, _, part = each.name.partition("/")
            content = archive.extractfile(each)
            assert content is not None
            found.setdefault(book, {})[part] = content.read()
    return found


@functools.cache
def workbook(name: str) -> bytes:
    """Return one of `MADE` as .xlsx."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for part, content in _archive()[name].items():
            book.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def made(folder: Path, commit: str, arguments: tuple[str, ...], texts: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Return the workbook of a commit's command; ``texts`` are files that it finds beside it."""
    there = folder / commit
    if not there.exists():
        there.mkdir()
        packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(there)], input=packed, check=True)
    book = folder / "book.xlsx"
    for name, text in {"mine.toml": _OWN, **texts}.items():
        (there / name).write_text(text, encoding="utf-8")
    book.unlink(missing_ok=True)
    given = [str(book) if each == "BOOK" else each for each in arguments]
    environment = {**os.environ, "PYTHONPATH": str(there), "SOURCE_DATE_EPOCH": "1774969200"}
    subprocess.run([sys.executable, "-m", "kgisheet", *given], cwd=there, env=environment, check=True, capture_output=True)
    return book.read_bytes()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, tarfile.open(ARCHIVE, "w:xz", preset=9) as archive:
        for name, (commit, *arguments) in MADE.items():
            with zipfile.ZipFile(io.BytesIO(made(Path(folder), commit, tuple(arguments)))) as book:
                for part in book.namelist():
                    entry, content = tarfile.TarInfo(f"{name}/{part}"), book.read(part)
                    entry.size = len(content)
                    archive.addfile(entry, io.BytesIO(content))
    print(ARCHIVE.name, ARCHIVE.stat().st_size)


if __name__ == "__main__":
    main()
