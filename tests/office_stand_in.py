"""A program in LibreOffice's place: its windows, documents and files are remembered, and nothing is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kgisheet.addin.libreoffice import asking
from kgisheet.addin.libreoffice.desk import Form, Mark

if TYPE_CHECKING:
    from kgisheet.addin.libreoffice.desk import Events


class Seen:
    """A window that is only remembered."""

    def __init__(self, form: Form, events: Events) -> None:
        self.form, self.events, self.closed = form, events, False
        self.texts = {each.name: each.text for each in form.parts}
        self.listed: dict[str, list[str]] = {}
        self.gone: set[str] = set()
        self.off: set[str] = set()

    def set(self, name: str, text: str) -> None:
        self.texts[name] = text

    def get(self, name: str) -> str:
        return self.texts[name]

    def lines(self, name: str, lines: Sequence[str]) -> None:
        self.listed[name] = list(lines)

    def visible(self, name: str, is_visible: bool) -> None:
        (self.gone.discard if is_visible else self.gone.add)(name)

    def enable(self, name: str, is_enabled: bool) -> None:
        (self.off.discard if is_enabled else self.off.add)(name)

    def close(self) -> None:
        self.closed = True

    def press(self, name: str, *given: Any) -> None:
        assert name not in self.gone | self.off, name
        self.events[name](*given)


class Paper:
    """A document that is as it is stored, unless ``is_changed``."""

    def __init__(self, name: str, data: bytes, is_changed: bool = False) -> None:
        self.name, self.url, self.data, self.is_changed = name, f"file:///work/{name}", data, is_changed
        self.at: tuple[str, str] | None = None
        self.marks: list[Mark] = []

    def changed(self) -> bool:
        return self.is_changed

    def save(self) -> bool:
        self.is_changed = False
        return True

    def stored(self) -> bytes:
        return self.data

    def copied(self) -> bytes:
        return self.data

    def go(self, sheet: str, cell: str) -> bool:
        self.at = (sheet, cell)
        return True

    def mark(self, marks: Sequence[Mark]) -> int:
        self.marks = list(marks)
        return 0

    def unmark(self) -> int:
        self.marks = []
        return 0

    def marked(self) -> bool:
        return bool(self.marks)


class Stand:
    """A program with files by their addresses."""

    def __init__(self, files: dict[str, bytes], paper: Paper | None = None, lang: str = "en") -> None:
        self.files, self.paper, self.lang = files, paper, lang
        self.heard: list[str] = []
        self.opened: list[str] = []
        self.picked: str | None = None

    def document(self) -> Paper | None:
        return self.paper

    def show(self, form: Form, events: Events) -> Seen:
        return Seen(form, events)

    def say(self, text: str) -> None:
        self.heard.append(text)

    def pick(self, title: str, kind: str, pattern: str) -> str | None:
        return self.picked

    def target(self, title: str, name: str) -> str | None:
        return f"file:///work/{name}"

    def read(self, url: str) -> bytes:
        return self.files[url]

    def exists(self, url: str) -> bool:
        return url in self.files

    def write(self, url: str, data: bytes) -> bool:
        return self.files.setdefault(url, data) is data

    def open(self, url: str) -> None:
        self.opened.append(url)

    def ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        return asking.ask(asked)
