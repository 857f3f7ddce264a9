"""The program as the commands need it: `office` is LibreOffice, the tests have a program of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:  # Python 3.8 can't evaluate them
    Events = dict[str, Callable[..., None]]
    """Work to do by the name of a part: a button is pressed, a line of a list is chosen (its index)."""
    Given = dict[str, str]
    """Files that a macro gives along with a command, in place of those that a person would choose: addresses by their names."""


class Part(NamedTuple):
    """One control of a window, its place in units of the dialog's font."""

    kind: str
    name: str
    x: int
    y: int
    width: int
    height: int
    text: str = ""


LABEL, HEADING, NOTE, FIELD, BUTTON, DEFAULT, LIST = "label", "heading", "note", "field", "button", "default", "list"
"""The kinds: a label, one in bold, a text to be read, a text to be typed, a button, the button of the Enter key, a list of lines.

A list and no table: LibreOffice gives a screen reader no text of a table's cells.
"""


class Form(NamedTuple):
    """A window: its title, its size, its parts in the order of the Tab key."""

    title: str
    width: int
    height: int
    parts: tuple[Part, ...]


class Mark(NamedTuple):
    """A cell to be marked: its fill (0xRRGGBB), and the comment that it gets if it has none."""

    sheet: str
    cell: str
    fill: int
    text: str


class Window(Protocol):
    """A window that is shown; it stays beside the document until it is closed."""

    @property
    def closed(self) -> bool: ...

    def set(self, name: str, text: str) -> None: ...
    def get(self, name: str) -> str: ...
    def lines(self, name: str, lines: Sequence[str]) -> None: ...
    def visible(self, name: str, is_visible: bool) -> None: ...
    def enable(self, name: str, is_enabled: bool) -> None: ...
    def close(self) -> None: ...


class Document(Protocol):
    """The spreadsheet that the command was called from. ``url`` is "" for one that was never saved."""

    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    def changed(self) -> bool: ...
    def save(self) -> bool: ...
    def stored(self) -> bytes: ...
    def copied(self) -> bytes: ...
    def go(self, sheet: str, cell: str) -> bool: ...
    def mark(self, marks: Sequence[Mark]) -> int: ...
    def unmark(self) -> int: ...
    def marked(self) -> bool: ...


class Desk(Protocol):
    """The program: its language, its windows and files, by their addresses."""

    lang: str

    def document(self) -> Document | None: ...
    def show(self, form: Form, events: Events) -> Window: ...
    def say(self, text: str) -> None: ...
    def pick(self, title: str, kind: str, pattern: str) -> str | None: ...
    def target(self, title: str, name: str) -> str | None: ...
    def read(self, url: str) -> bytes: ...
    def exists(self, url: str) -> bool: ...
    def write(self, url: str, data: bytes) -> bool: ...
    def open(self, url: str) -> None: ...
    def ask(self, asked: dict[str, Any]) -> dict[str, Any]: ...
