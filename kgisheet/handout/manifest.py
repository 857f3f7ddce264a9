"""The manifest of a batch: what was made of what, beside the workbooks; written by `batch`, read by `--resume` and `collect`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..errors import BookError, Problem
from ..language.text import Text
from ..version import __version__

NAME = "kgisheet-batch.json"
SCHEMA = 1

PLANNED, MADE, FAILED = "planned", "made", "failed"
"""The states of a row: nothing yet, its workbook is there, or it has none, with the reasons."""

STATUSES = (PLANNED, MADE, FAILED)
MAX_BYTES = 64 * 2**20


class Row(NamedTuple):
    """One row of the roster: its workbook, the line it begins in, and the digests of its plan and of the workbook as written.

    ``file`` is relative to the folder; None where the row has no usable name.
    """

    file: str | None
    line: int
    status: str
    plan: str | None = None
    workbook: str | None = None
    owner: str | None = None
    title: str | None = None
    problems: tuple[str, ...] = ()


class Manifest(NamedTuple):
    """A batch and its results: of which plan and roster (their names and digests), split by which key, and its rows by line.

    ``department`` holds the whole plan's own counts by name (``won_deals``, …, ``visits``).
    """

    plan: tuple[str, str]
    roster: tuple[str, str]
    split: str | None
    department: Mapping[str, float]
    rows: tuple[Row, ...]
    version: str = __version__

    def by_file(self) -> dict[str, Row]:
        """Return the rows that have a file, by it."""
        return {row.file: row for row in self.rows if row.file is not None}


def digest(data: bytes | str) -> str:
    """Return the SHA-256 of a text or of bytes, in hexadecimal."""
    return hashlib.sha256(data.encode(errors="surrogatepass") if isinstance(data, str) else data).hexdigest()


def decided(version: str, form: str, lang: str, plan: str) -> str:
    """Return the digest of all that decides a row's workbook: ``form`` is its template's digest, ``plan`` the plan's text.

    But for the date in its properties, which a workbook that comes back no longer has.
    """
    return digest("\0".join((version, form, lang, plan)))


def to_bytes(manifest: Manifest) -> bytes:
    """Return the manifest as JSON: a row a line, so that two of them can be compared by eye."""
    head = {
        "schema_version": SCHEMA,
        "kgisheet": manifest.version,
        "plan": {"name": manifest.plan[0], "sha256": manifest.plan[1]},
        "roster": {"name": manifest.roster[0], "sha256": manifest.roster[1]},
        "split": manifest.split,
        "department": dict(manifest.department),
    }
    lines = [f" {json.dumps(key)}: {_json(value)}," for key, value in head.items()]
    made = bytearray("\n".join(["{", *lines, ' "rows": [', ""]).encode())  # once only: there may be ten thousand rows
    for at, row in enumerate(manifest.rows):
        made += f"{',' * bool(at)}{chr(10) * bool(at)}  {_json(_said(row))}".encode()
    return bytes(made + b"\n ]\n}\n")


def _json(value: Any) -> str:
    # Lone surrogates have no UTF-8.
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(value)


def _said(row: Row) -> dict[str, Any]:
    said = {
        "file": row.file,
        "line": row.line,
        "status": row.status,
        "owner": row.owner,
        "title": row.title,
        "plan_sha256": row.plan,
        "sha256": row.workbook,
        "problems": list(row.problems),
    }
    return {key: value for key, value in said.items() if value not in (None, [])}


def read(data: bytes, name: str) -> Manifest:
    """Return the manifest in ``data``; raise BookError where it is none, or of a later schema."""
    try:
        if len(data) > MAX_BYTES:
            raise _Wrong
        found = json.loads(data.decode("utf-8-sig"))
        if isinstance(found, dict) and isinstance(found.get("schema_version"), int) and found["schema_version"] > SCHEMA:
            raise BookError(
                Problem(
                    "newer-manifest",
                    Text(
                        "もっと新しい kgisheet が書いた記録です",
                        "this record of a batch was written by a later version of kgisheet",
                    ),
                    Text("kgisheet を新しくしてください", "update kgisheet"),
                    name,
                )
            )
        return _manifest(found)
    except (_Wrong, ValueError, RecursionError):
        raise BookError(
            Problem(
                "no-manifest",
                Text("kgisheet batch の記録として読めません", "it can't be read as the record of a kgisheet batch"),
                Text("このファイルを別の場所に移してください", "move this file away"),
                name,
            )
        ) from None


class _Wrong(Exception):  # noqa: N818  # says nothing by itself
    """Something in the manifest has another shape."""


def _manifest(found: Any) -> Manifest:
    of = _table(found)
    if of.get("schema_version") != SCHEMA:
        raise _Wrong
    split, rows = of.get("split"), of.get("rows")
    counts = _table(of.get("department"))
    if not isinstance(rows, list) or not (split is None or isinstance(split, str)):
        raise _Wrong
    department = {name: float(value) for name, value in counts.items() if isinstance(value, (int, float))}
    return Manifest(
        _source(of.get("plan")), _source(of.get("roster")), split, department, tuple(map(_row, rows)), _text(of.get("kgisheet"))
    )


def _row(found: Any) -> Row:
    of = _table(found)
    line, status, problems = of.get("line"), of.get("status"), of.get("problems", [])
    if type(line) is not int or status not in STATUSES or not isinstance(problems, list):
        raise _Wrong
    file, plan, workbook, owner, title = (_maybe(of.get(key)) for key in ("file", "plan_sha256", "sha256", "owner", "title"))
    if file is not None and not _is_inside(file):
        raise _Wrong
    return Row(file, line, status, plan, workbook, owner, title, tuple(map(_text, problems)))


def _is_inside(file: str) -> bool:
    """Return whether a name is that of a file in the manifest's own folder: it may come from anywhere."""
    return bool(file) and file not in (".", "..") and not {"/", "\\", "\0"} & set(file) and file[1:2] != ":"


def _source(found: Any) -> tuple[str, str]:
    of = _table(found)
    return _text(of.get("name")), _text(of.get("sha256"))


def _table(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise _Wrong
    return found


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise _Wrong
    return found


def _maybe(found: Any) -> str | None:
    return None if found is None else _text(found)
