"""A workbook put in the place of the one that was read; raises BookError where that must not be."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..errors import BookError, Problem
from ..language.text import Text
from . import backups
from .output import locked, write
from .speech import say, visible


def writable(book: str) -> None:
    """Raise BookError where a file must not be replaced: read-only, or open in another program."""
    path = Path(book)
    if (lock := locked(path)) is not None:
        raise BookError(lock)
    # An administrator could write all the same, but somebody has said that nobody should.
    if path.exists() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222):
        raise BookError(
            Problem(
                "read-only",
                Text("読み取り専用のファイルです", "the file is read-only"),
                Text(
                    "読み取り専用を外すか、-o で別の名前に書き出してください",
                    "make it writable, or write to another name with -o",
                ),
                book,
            )
        )


def replace(book: str, old: bytes, new: bytes, kept: int) -> None:
    """Put the new workbook in the place of the old one, which stays beside it as a backup."""
    if new == old:
        return
    path = Path(book)
    backups.Shelf(path, "bak").put(old, kept)
    if path.read_bytes() != old:
        raise BookError(
            Problem(
                "changed-meanwhile",
                Text("処理中にファイルが変更されました", "the file was changed meanwhile"),
                Text("もう一度実行してください", "run this again"),
                book,
            )
        )
    write(book, new, force=True, forceable=False)


def undo(book: str, kept: int) -> None:
    """Put the latest backup in place of the workbook, and say so."""
    writable(book)
    done = backups.undo(Path(book), kept)
    kept_in = ""
    if done.replaced is not None:
        kept_in = say(f"。直前の内容は {done.replaced} に残しています", f"; what was there is in {done.replaced}")
    click.echo(
        visible(say(f"{book}: {done.backup} の内容に戻しました{kept_in}", f"{book}: restored from {done.backup}{kept_in}"))
    )
