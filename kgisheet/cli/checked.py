"""A file → its report, in whatever process or on whatever machine that is done."""

from __future__ import annotations

import functools
import os
from typing import NamedTuple

from .. import api
from ..check.finding import Report
from ..errors import BookError, KgisheetError
from ..recalc.client import available
from ..verdict import chosen, refused
from . import files


class Asked(NamedTuple):
    """A file as the report names it, and where it is; its bytes if they came from stdin, its report if that is known already."""

    file: str
    path: str
    data: bytes | None = None
    known: Report | None = None


class How(NamedTuple):
    """By which template (its name and the bytes of a file, or None: the one in the workbook), and which codes."""

    template: tuple[str, bytes | None] | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]


def asked(book: str | Report, is_elsewhere: bool) -> Asked:
    """Return a file as it goes to another process, which has no stdin; on another machine (``is_elsewhere``) its path is looked up from the root."""
    if isinstance(book, Report):
        return Asked(book.file, "", None, book)
    name = files.shown(book)
    if book != files.STDIN:
        return Asked(name, os.path.abspath(book) if is_elsewhere else book)
    try:
        return Asked(name, "", files.read_bytes(book, BookError))
    except BookError as bad:
        return Asked(name, "", None, refused(name, bad.problems[0]))


def checked(how: How, asked: Asked) -> Report:
    """Return the report of a file, whatever is wrong with it."""
    if asked.known is not None:
        return asked.known
    try:
        return of_bytes(how, asked.file, files.read_bytes(asked.path, BookError) if asked.data is None else asked.data)
    except KgisheetError as bad:
        return refused(asked.file, bad.problems[0]._replace(source=asked.file))


def of_bytes(how: How, file: str, data: bytes) -> Report:
    """Return the report of a file's bytes; raise what its template is refused for."""
    template = None if how.template is None else declaration(*how.template)
    return chosen(api.check(data, file, template, available()), how.select, how.ignore)


@functools.lru_cache(maxsize=1)
def declaration(name: str, data: bytes | None) -> api.Declaration:
    """Return a template by its name, or from the bytes of its file."""
    return api.open_shipped(name) if data is None else api.template_from_toml(data, name)
