"""The option `kgisheet check --annotate`: whether a copy may be written there, and writing it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from .. import api
from ..check.finding import Report
from ..errors import OutputError, Problem
from ..language.text import Text
from ..output import write
from ..sheetfiles.reading import TEXTS
from . import files
from .speech import say

_KINDS = (".xlsx", ".xlsm")
_READ_ONLY = (".ods", *TEXTS)


def refuse(copy: str, paths: tuple[str, ...], output: str | None) -> None:
    """Raise UsageError or OutputError, before anything is read, where no copy can be written."""
    if len(paths) != 1 or (paths[0] != files.STDIN and os.path.isdir(paths[0])):
        raise click.UsageError(
            say("--annotate はブック1つに対して使います", "--annotate needs exactly one workbook, not a folder")
        )
    (path,) = paths
    if Path(path).suffix.lower() in _READ_ONLY:
        what = Text(
            "印を付けたコピー(--annotate)は .xlsx のブックだけに作れます",
            "a marked copy (--annotate) can only be made of an .xlsx",
        )
        fix = Text("Excelなどで .xlsx として保存し、それを検査してください", "save it as .xlsx and check that")
        raise OutputError(Problem("kind", what, fix, path))
    if copy == files.STDIN:
        raise click.UsageError(say("--annotate にはファイル名を指定してください", "--annotate needs a file name, not stdout"))
    for other in (path, output):
        if other not in (None, files.STDIN) and os.path.realpath(str(other)) == os.path.realpath(copy):
            raise _refused(
                copy, "same-file", Text("入力か、ほかの出力と同じファイルです", "this is the input or another output")
            )
    if os.path.lexists(copy):
        raise _refused(
            copy,
            "exists",
            Text("同名のファイルがあります。上書きしませんでした", "the file already exists and was not overwritten"),
        )
    # A copy keeps its macros, and Excel opens them only under their own extension.
    kind, own = Path(copy).suffix.lower(), Path(path).suffix.lower()
    if kind not in _KINDS or (own in _KINDS and kind != own):
        wanted = own if own in _KINDS else ".xlsx"
        raise _refused(copy, "kind", Text(f"コピーの拡張子は {wanted} です", f"the copy's extension is {wanted}"))


def write_copy(copy: str, data: bytes, report: Report, lang: str) -> bool:
    """Write the copy of a file that could be checked; of another there is none."""
    if report.problem is not None:
        return False
    write(copy, api.annotate(data, report, report.file, lang))
    return True


def _refused(copy: str, code: str, what: Text) -> OutputError:
    return OutputError(
        Problem(code, what, Text("--annotate に別の名前を指定してください", "choose another name with --annotate"), copy)
    )
