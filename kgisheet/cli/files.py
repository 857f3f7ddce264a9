"""Files for the commands: plans, templates and workbooks in, results out."""

from __future__ import annotations

import datetime
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from .. import api
from ..errors import BookError, KgisheetError, OutputError, PlanError, Problem, TemplateError, too_complex
from ..language.reasons import why
from ..language.text import Text
from ..output import free, tidy, write
from ..values import budget
from .speech import is_terminal, put_data, say

if TYPE_CHECKING:
    from ..filled.records import Record

STDIN = "-"


def read_bytes(path: str, error: type[KgisheetError]) -> bytes:
    """Return a file's bytes, ``-`` being stdin; raises ``error`` in words."""
    if path == STDIN:
        if sys.stdin is None:
            raise error(Problem("unreadable", Text("標準入力がありません", "there is no stdin"), None, shown(path)))
        return _bounded(sys.stdin.buffer, shown(path), error)
    if not path.strip():
        raise error(Problem("unreadable", Text("ファイル名が空です", "the file name is empty")))
    tidy(Path(path).parent)
    try:
        there = Path(path).stat()
        if not stat.S_ISREG(there.st_mode):
            return _of_no_file(path, there.st_mode, error)
        if there.st_size > budget.current().limits.file:
            raise error(_too_large(path, there.st_size))
        with open(path, "rb") as file:
            return _bounded(file, path, error)
    except FileNotFoundError:
        what = Text("ファイルがありません", "there is no such file")
    except IsADirectoryError:
        what = Text("フォルダーです。ファイルを指定してください", "this is a folder, not a file")
    except PermissionError:
        what = Text("読む権限がありません", "you have no permission to read it")
    except (OSError, ValueError) as bad:
        reason = why(bad)
        what = Text(f"読めません({reason.ja})", f"it can't be read ({reason.en})")
    raise error(Problem("unreadable", what, None, path))


def _bounded(stream: BinaryIO, path: str, error: type[KgisheetError]) -> bytes:
    """Return the bytes of a stream, however many it would give; raise ``error`` for more than a file may have."""
    most = budget.current().limits.file
    return _no_more(stream.read(most + 1), most, path, error)


def _no_more(data: bytes, most: int, path: str, error: type[KgisheetError]) -> bytes:
    if len(data) > most:
        raise error(_too_large(path))
    return data


def _of_no_file(path: str, mode: int, error: type[KgisheetError]) -> bytes:
    """Return what comes out of a pipe; refuse a device, which may never end, and a pipe that nobody writes into."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError
    what = Text("ファイルではなく、装置です", "this is a device, not a file")
    if stat.S_ISFIFO(mode):
        from . import pipes

        most = budget.current().limits.file
        try:
            return _no_more(pipes.read(path, most + 1), most, path, error)
        except pipes.SilentError:
            what = Text(
                f"パイプから{pipes.PATIENCE:.0f}秒間、何も届きませんでした",
                f"this is a pipe, and nothing came out of it for {pipes.PATIENCE:.0f} seconds",
            )
    fix = Text("ファイルを指定するか、標準入力(-)から渡してください", "name a file, or pass it by stdin (-)")
    raise error(Problem("unreadable", what, fix, path))


def _too_large(path: str, size: int | None = None) -> Problem:
    most = budget.current().limits.file >> 20
    said = Text(f"{most:,} MiB 超", f"over {most:,} MiB") if size is None else Text(*[f"{size >> 20:,} MiB"] * 2)
    what = Text(
        f"大きすぎるため読みません({said.ja}、上限 {most:,} MiB)",
        f"too large to be read ({said.en}; the limit is {most:,} MiB)",
    )
    apart = Text("目標シートだけを別のファイルに保存してください", "save the goal sheets in a separate file")
    fix = apart if (size or 0) >> 20 > 10 * most else budget.way_to_raise()
    return Problem("too-large", what, fix, path)


def shown(path: str) -> str:
    """Return the name of a file in messages."""
    return say("標準入力", "stdin") if path == STDIN else path


def open_template(name: str, folder: Path | None = None) -> api.Declaration:
    """Return a shipped template by name, or a file: relative to ``folder``, where given."""
    if is_shipped(name):
        return api.open_shipped(name)
    path = str(folder / name) if folder is not None else name
    return api.template_from_toml(read_bytes(path, TemplateError), path)


def templates_beside(path: str) -> Callable[[str], api.Declaration]:
    """Return how the templates are opened that a plan at ``path`` names: files relative to the plan's folder."""
    folder = None if path == STDIN else Path(path).parent
    return lambda name: open_template(name, folder)


def is_shipped(name: str) -> bool:
    """Return whether a template is meant by its name, and not as a file."""
    return not name.endswith(".toml") and not {"/", "\\"} & set(name)


def plan(path: str | None, lang: str, settings: tuple[str, ...], template: str | None) -> api.Plan:
    """Return the plan at ``path``, a file or a filled form; without one the worked example."""
    declaration = open_template(template) if template is not None else None
    if path is None:
        return api.plan_from_example(lang, settings, declaration)
    data = read_bytes(path, PlanError)
    read = api.plan_from_form if is_workbook(path, data) else api.plan_from_toml
    return read(data, shown(path), lang, settings, templates_beside(path), declaration)


_OTHER_KINDS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".toml", ".pdf", ".txt", ".json"}


def refuse_output(output: str, sources: tuple[str | None, ...]) -> None:
    """Raise OutputError for an output that is one of the inputs, or whose name is that of another kind of file."""
    if output == STDIN:
        return
    for source in sources:
        if source not in (None, STDIN) and os.path.realpath(str(source)) == os.path.realpath(output):
            raise OutputError(
                Problem(
                    "same-file",
                    Text("入力と同じファイルです", "this is the input itself"),
                    Text("-o で別の名前にしてください", "choose another name with -o"),
                    output,
                )
            )
    if Path(output).suffix.lower() in _OTHER_KINDS - {".xlsx"}:
        what = Text("書き出すのは .xlsx のブックです", "what is written is an .xlsx workbook")
        raise OutputError(_of_kind(what, ".xlsx", output))


def refuse_plan_output(output: str, force: bool) -> None:
    """Raise OutputError for a plan's path that can't be written, or whose name is that of another kind of file."""
    if output == STDIN:
        return
    if Path(output).suffix.lower() in _OTHER_KINDS - {".toml", ".txt"}:
        what = Text("書き出すのは計画(.toml)です", "what is written is a plan (.toml)")
        raise OutputError(_of_kind(what, ".toml", output))
    free(output, force)


def _of_kind(what: Text, suffix: str, output: str) -> Problem:
    name = f"{Path(output).stem}{suffix}"
    return Problem("kind", what, Text(f"{name} のような名前にしてください", f"name it like {name}"), output)


def created() -> datetime.datetime | None:
    """Return the date of SOURCE_DATE_EPOCH, if it is set; raise OutputError if it is invalid."""
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if not value:
        return None
    try:
        if not value.isascii() or not value.isdigit():
            raise ValueError
        return datetime.datetime.fromtimestamp(int(value), datetime.timezone.utc)
    except (ValueError, OverflowError, OSError):
        raise OutputError(
            Problem(
                "epoch",
                Text(
                    f"SOURCE_DATE_EPOCH「{value}」は秒数ではありません",
                    f"SOURCE_DATE_EPOCH “{value}” is not a number of seconds",
                ),
                Text("1970年からの秒数にするか、消してください", "set it to seconds since 1970, or unset it"),
            )
        ) from None


def write_binary(path: str, data: bytes, force: bool) -> None:
    """Write a workbook; to stdout for ``-``, but never to a terminal."""
    if path != STDIN:
        write(path, data, force)
        return
    if sys.stdout is None:
        raise OutputError(Problem("terminal", Text("標準出力がありません", "there is no stdout")))
    if sys.stdout.isatty():
        raise OutputError(
            Problem(
                "terminal",
                Text("ブックは端末に表示できません", "a workbook can't be shown on a terminal"),
                Text("-o ファイル名 か、> ファイル名 を付けてください", "add -o FILE or > FILE"),
            )
        )
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_text(path: str, data: bytes, force: bool) -> None:
    """Write a text file, or its bytes to stdout for ``-``."""
    if path != STDIN:
        write(path, data, force)
        return
    if is_terminal(sys.stdout):
        put_data(_decoded(data))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _decoded(data: bytes) -> str:
    """Return a text of ours, which is UTF-8 or CP932."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp932", "replace")


def is_workbook(path: str, data: bytes) -> bool:
    """Return whether to read ``data`` as a workbook rather than as a plan."""
    # By content first: stdin has no name, and names lie.
    if data[:2] == b"PK" or data[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF"):
        return True
    return Path(path).suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods", ".csv")


def book_records(data: bytes, path: str, lang: str | None = None) -> tuple[str | None, list[Record]]:
    try:
        return api.records_of_book(data, shown(path), lang)
    except (MemoryError, RecursionError):
        raise BookError(too_complex(shown(path))) from None
