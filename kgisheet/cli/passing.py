"""The rest of the folders, which `collect` doesn't read: each file with the reason, and those of subfolders by name, so that nobody's is overlooked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..gather.model import BACKUP, INSIDE, PASSED, Answer
from ..language.text import Text, many
from ..sheetfiles.reading import BOOKS, OTHER_BOOKS, TEXTS
from .backups import is_backup

_MOST = 10_000
"""Files of a subfolder whose names are looked at: a folder that was named by mistake may hold a whole disk."""

_PLAIN = Text("目標シートではないファイルです", "not a goal sheet")
_BACKUP = Text("控え(バックアップ)です", "a backup")


def passed(paths: list[str]) -> Iterator[Answer]:
    """Yield what a folder holds beside its workbooks, each with the reason why it isn't read."""
    for path in paths:
        if path.endswith(os.sep):
            yield from _folder(path)
        else:
            is_kept = is_backup(os.path.basename(path))
            yield Answer(path, BACKUP if is_kept else PASSED, "", problem=_BACKUP if is_kept else other_kind(path))


def other_kind(path: str) -> Text:
    """Return why a file of another kind isn't read."""
    suffix = Path(path).suffix.lower()
    if suffix in ("", *TEXTS):
        return _PLAIN
    return Text(f"{suffix} 形式のため読んでいません", f"not read: a {suffix} file")


def _folder(path: str) -> Iterator[Answer]:
    inside = [each for each in _files(path) if Path(each).suffix.lower() in (*BOOKS, *OTHER_BOOKS)]
    for each in inside:
        said = Text("下のフォルダーのファイルです(-r を付けると集計します)", "in a subfolder: add -r to collect it")
        yield Answer(each, INSIDE, "", problem=said)
    count = len(inside)
    ja, en = (f"(ブック {count}件)", f", {many(count, 'workbook')}") if count else ("", "")
    folder = Text(f"下のフォルダーです{ja}。集計するには -r を付けてください", f"a subfolder{en}: add -r to collect from it")
    yield Answer(path, PASSED, "", problem=folder)


def _files(path: str) -> Iterator[str]:
    count = 0
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            count += 1
            if count > _MOST:
                return
            if not name.startswith((".", "~$")) and not is_backup(name):
                yield os.path.join(folder, name)
