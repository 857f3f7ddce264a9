"""The reading of a document: the file as it is stored, or a copy of what isn't saved.

A copy is LibreOffice's own work: it would be named as the program that saved the workbook, where nobody has saved it.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, unquote

from .desk import Document


class Read(NamedTuple):
    """A workbook's bytes, what it is called, and whether it is a copy of the open document."""

    name: str
    data: bytes
    is_copy: bool


def stored(document: Document) -> Read:
    return Read(document.name, document.stored(), False)


def copied(document: Document) -> Read:
    """Return the open document as an .xlsx that LibreOffice makes of it."""
    return Read(f"{stem(document.name)}.xlsx", document.copied(), True)


def stem(name: str) -> str:
    """Return a file's name without its kind."""
    return name.rpartition(".")[0] or name


def name_of(url: str) -> str:
    """Return the name of the file at an address."""
    return unquote(url.rpartition("/")[2])


def in_address(name: str) -> str:
    """Return a file's name as an address has it."""
    return quote(name, safe="")
