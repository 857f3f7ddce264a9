"""A workbook changed and written: elsewhere, or in the place of the one that was read; raises BookError where that must not be."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..errors import BookError, Problem
from ..language.text import Text
from ..output import locked, write
from . import backups, files, speech
from .speech import complain, say


def one_way(dry_run: bool, output: str | None, in_place: bool, undo: bool) -> None:
    """Raise click.UsageError unless a command is told one thing to do with the workbook that it makes."""
    if sum([dry_run, output is not None, in_place, undo]) != 1:
        raise click.UsageError(
            say(
                "--dry-run、-o、--in-place、--undo のどれか1つを指定してください",
                "choose one of --dry-run, -o, --in-place and --undo",
            )
        )


def a_file(book: str, is_replaced: bool) -> None:
    """Raise click.UsageError where stdin would have to be replaced."""
    if is_replaced and book == files.STDIN:
        raise click.UsageError(
            say("標準入力は置き換えられません。ファイルを指定してください", "stdin can't be replaced; name a file")
        )


def ready(book: str, output: str | None, in_place: bool, sources: tuple[str | None, ...] = ()) -> None:
    """Refuse, before any work, what could not be written; say of a workbook that is only read that it is open elsewhere."""
    if output is not None:
        files.refuse_output(output, (book, *sources))
    if in_place:
        writable(book)
    elif book != files.STDIN and (lock := locked(Path(book))) is not None:
        complain([lock._replace(fix=Text("最後に保存された内容から作ります", "the version saved last is used"))])


def put(book: str, output: str | None, in_place: bool, old: bytes, new: bytes, kept: int) -> bool:
    """Write the new workbook where it was asked for; return whether that is stdout, where nothing else may be said."""
    if in_place:
        replace(book, old, new, kept)
    elif output == files.STDIN:
        files.write_binary(output, new, False)
        return True
    elif output is not None:
        write(output, new, forceable=False)
    return False


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
    speech.put(say(f"{book}: {done.backup} の内容に戻しました{kept_in}", f"{book}: restored from {done.backup}{kept_in}"))
