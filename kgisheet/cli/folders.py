"""The folders given to `check`: which files in them are checked, and which are skipped, by name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..check.finding import Report
from ..errors import Problem
from ..handout import manifest
from ..language.text import Text
from ..output import tidy
from ..sheetfiles.reading import BOOKS, OTHER_BOOKS, TEXTS
from ..verdict import refused
from . import files

NO_BOOKS = "no-books"
"""The code of the problem of a folder with nothing in it to be checked."""


class Looked(NamedTuple):
    """The files to be checked (a report if that is known already), and those skipped.

    ``texts`` are those of the first that nobody named and that may be anything, such as an export of actuals: where
    it is not a goal sheet, it is one of those skipped.
    """

    books: list[str | Report]
    passed: list[str]
    texts: set[str]


def look(paths: tuple[str, ...], deep: bool) -> Looked:
    """Return the files, and of folders the workbooks in them; ``deep``: of the folders in those too."""
    looked = Looked([], [], set())
    for path in paths:
        if path == files.STDIN or not os.path.isdir(path):
            looked.books.append(path)
            continue
        before = len(looked.books)
        _folder(Path(path), deep, looked)
        if len(looked.books) == before:
            looked.books.append(no_books(path, deep))
    return looked


def _folder(folder: Path, deep: bool, looked: Looked) -> None:
    from .backups import is_backup  # a single file needs none of it

    for each in _inside(folder):
        suffix = each.suffix.lower()
        if each.is_dir():
            # A link may lead back to a folder above.
            if deep and not each.is_symlink():
                _folder(each, deep, looked)
            else:
                looked.passed.append(f"{each}{os.sep}")
        elif each.exists() and not each.is_file():
            looked.passed.append(str(each))  # a pipe or a device: reading it may never end
        elif is_backup(each.name) and _is_kept_beside(each):
            looked.passed.append(str(each))  # what a workbook was: its findings are nobody's, its figures are counted already
        elif suffix in (*BOOKS, *TEXTS):
            looked.books.append(str(each))
            if suffix in TEXTS:
                looked.texts.add(str(each))
        elif suffix in OTHER_BOOKS:
            looked.books.append(refused(str(each), _another_form(str(each))))
        else:
            looked.passed.append(str(each))


def _is_kept_beside(backup: Path) -> bool:
    """Return whether the workbook that this is a backup of lies beside it."""
    stem, _, _ = backup.name.partition(".bak.")
    stem, _, _ = stem.partition(".undone.")
    return backup.with_name(f"{stem}{backup.suffix}").is_file()


def _inside(folder: Path) -> Iterator[Path]:
    """Return a folder's contents, by name; without hidden files, what programs keep beside an open workbook, and a batch's manifest."""
    tidy(folder)
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return
    yield from (each for each in inside if not each.name.startswith((".", "~$")) and each.name != manifest.NAME)


def no_books(path: str, deep: bool) -> Report:
    """Return the report of a folder in which there is nothing to be checked."""
    what = Text(
        "フォルダーに目標シート(.xlsx、.xlsm、.ods、.csv、.tsv)がありません",
        "there is no goal sheet (.xlsx, .xlsm, .ods, .csv, .tsv) in the folder",
    )
    fix = Text("下のフォルダーも検査するには -r を付けてください", "add -r to check its subfolders")
    return refused(files.shown(path), Problem(NO_BOOKS, what, None if deep else fix, files.shown(path)))


def _another_form(path: str) -> Problem:
    suffix = Path(path).suffix.lower()
    return Problem(
        "another-form",
        Text(f"{suffix} 形式のため検査していません", f"it was not checked: a {suffix} file"),
        Text("Excelなどで .xlsx として保存し直してください", "save it as .xlsx, in Excel for instance"),
        path,
    )
