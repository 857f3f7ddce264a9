"""The commands *Monthly Update* and *Actuals*: what changes, what is kept and what is in conflict; then a new workbook beside the old one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...language.text import Text
from . import reading, said
from .desk import BUTTON, DEFAULT, FIELD, HEADING, LABEL, LIST, NOTE, Desk, Document, Form, Part, Window

if TYPE_CHECKING:
    from .desk import Given

_WIDTH, _HEIGHT = 360, 262
_TRIES = 1000


def form(title: str, say: Callable[[Text], str]) -> Form:
    parts = [Part(HEADING, "verdict", 6, 6, _WIDTH - 12, 18)]
    for y, name, label in ((28, "plan", said.PLAN), (45, "actuals", said.ACTUALS)):
        parts.append(Part(LABEL, f"{name}_label", 6, y + 2, 40, 10, say(label)))
        parts.append(Part(LABEL, name, 48, y + 2, 230, 10))
        parts.append(Part(BUTTON, f"pick_{name}", 284, y, 70, 14, say(said.PICK)))
    parts += [
        Part(LABEL, "start_label", 6, 64, 40, 10, say(said.YEAR)),
        Part(FIELD, "start", 48, 62, 46, 13),
        Part(LABEL, "start_hint", 98, 64, 182, 10, say(said.YEAR_HINT)),
        Part(BUTTON, "show", 284, 62, 70, 14, say(said.SHOW)),
        Part(LIST, "changes", 6, 82, _WIDTH - 12, 112),
        Part(NOTE, "detail", 6, 198, _WIDTH - 12, 38),
        Part(BUTTON, "take", 6, 242, 90, 14, say(said.TAKE)),
        Part(BUTTON, "save", 6, 242, 76, 14, say(said.SAVE)),
        Part(BUTTON, "unsaved", 86, 242, 76, 14, say(said.UNSAVED)),
        Part(BUTTON, "write", 172, 242, 108, 14, say(said.WRITE)),
        Part(DEFAULT, "close", 284, 242, 70, 14, say(said.CLOSE)),
    ]
    return Form(title, _WIDTH, _HEIGHT, tuple(parts))


class Updating:
    """An update of one document, in its window. ``given`` are files that a macro names: ``Plan``, ``Actuals``, ``Target``; ``Start`` is a month."""

    def __init__(self, desk: Desk, document: Document, given: Given, asks_for_actuals: bool = False) -> None:
        self.desk, self.document, self.given = desk, document, given
        self.files: dict[str, str] = {name.lower(): given[name] for name in ("Plan", "Actuals") if name in given}
        if asks_for_actuals and "actuals" not in self.files:
            picked = desk.pick(self._say(said.PICK_ACTUALS), self._say(said.CSV_FILES), "*.csv")
            if picked is not None:
                self.files["actuals"] = picked
        self.read: reading.Read | None = None
        self.take: set[str] = set()
        self.shown: list[tuple[Text, dict[str, str]]] = []
        self.chosen_row = -1
        self.book: bytes | None = None
        self.window: Window = desk.show(
            form(self._say(said.UPDATED).format(document.name), self._say),
            {
                "changes": self.chosen,
                "pick_plan": self.pick_plan,
                "pick_actuals": self.pick_actuals,
                "show": self.show,
                "take": self.toggle,
                "save": self.save,
                "unsaved": self.unsaved,
                "write": self.write,
                "close": self.close,
            },
        )
        self.window.set("start", given.get("Start", ""))
        self.begin()

    def _say(self, text: Text) -> str:
        return text.to(self.desk.lang)

    def begin(self) -> None:
        """Read the file, or ask what to read where it isn't the document's state."""
        if self.document.changed():
            self._buttons(is_open=True)
            self._files()
            self.window.set("verdict", self._say(said.CHANGED).format(self.document.name))
        else:
            self.read = reading.stored(self.document)
            self.work()

    def save(self) -> None:
        if self.document.save():
            self.begin()
        else:
            self.window.set("detail", self._say(said.NOT_SAVED))

    def unsaved(self) -> None:
        self.read = reading.copied(self.document)
        self.work()

    def pick_plan(self) -> None:
        self._pick("plan", self.desk.pick(self._say(said.PICK_PLAN), self._say(said.PLAN_FILES), "*.toml"))

    def pick_actuals(self) -> None:
        self._pick("actuals", self.desk.pick(self._say(said.PICK_ACTUALS), self._say(said.CSV_FILES), "*.csv"))

    def _pick(self, name: str, url: str | None) -> None:
        if url is not None:
            self.files[name] = url
            self.take.clear()
            self._files()
            if self.read is not None:
                self.work()

    def show(self) -> None:
        """Work it out again, with the year that was typed."""
        self.take.clear()
        if self.read is not None:
            self.work()

    def _files(self) -> None:
        for name, none in (("plan", said.IN_BOOK), ("actuals", said.NO_ACTUALS)):
            self.window.set(name, reading.name_of(self.files[name]) if name in self.files else self._say(none))

    def work(self) -> None:
        """Work out what changes, and show it."""
        assert self.read is not None
        self._files()
        plan, actuals = (self.desk.read(self.files[name]) if name in self.files else b"" for name in ("plan", "actuals"))
        answer = self.desk.ask(
            {
                "do": "update",
                "lang": self.desk.lang,
                "name": self.read.name,
                "data": self.read.data,
                "plan": plan,
                "actuals": actuals,
                "actuals_name": reading.name_of(self.files.get("actuals", "")),
                "take": sorted(self.take),
                "start": self.window.get("start"),
            }
        )
        self.book = answer["book"]
        self._show(answer)

    def _show(self, answer: dict[str, Any]) -> None:
        self.chosen_row = -1
        groups = (("conflicts", said.CONFLICT), ("overwritten", said.TAKEN), ("given", said.GIVEN), ("kept", said.KEPT))
        self.shown = [(kind, each) for name, kind in groups for each in answer.get(name, ())]
        lines = [self._line(kind, each) for kind, each in self.shown]
        for name, tabs in (("added", said.ADDED), ("closed", said.CLOSED)):
            lines += [f"{self._say(tabs)}  {title}" for title in answer.get(name, ())]
        self.window.lines("changes", lines)
        problems = "\n".join(f"{each['what']}{' → ' if each['fix'] else ''}{each['fix']}" for each in answer["problems"])
        if self.book is None:
            self.window.set("verdict", problems)
            self.window.set("detail", "")
        else:
            given = len(answer["given"]) + len(answer["overwritten"])
            counts = (given, len(answer["kept"]), len(answer["conflicts"]), answer["following"])
            self.window.set("verdict", self._say(said.COUNTS).format(*counts))
            self.window.set("detail", problems)
        self._buttons()

    def _line(self, kind: Text, each: dict[str, str]) -> str:
        change = self._say(said.CHANGE).format(each["label"], *self._both(each))
        return f"{self._say(kind)}  {each['where']}  {change}"

    def _both(self, each: dict[str, str]) -> tuple[str, str]:
        blank = self._say(said.BLANK)
        return each["before"] or blank, each["after"] or blank

    def _buttons(self, is_open: bool = False) -> None:
        for name in ("save", "unsaved"):
            self.window.visible(name, is_open)
        self.window.visible("take", not is_open)
        self.window.enable("show", self.read is not None)
        self.window.enable("take", self._in_question() is not None)
        self.window.enable("write", self.book is not None)

    def _in_question(self) -> tuple[Text, dict[str, str]] | None:
        """Return the chosen row where it can be decided otherwise."""
        if not 0 <= self.chosen_row < len(self.shown):
            return None
        kind, each = self.shown[self.chosen_row]
        return (kind, each) if kind is said.CONFLICT or (kind is said.TAKEN and each["where"] in self.take) else None

    def chosen(self, row: int) -> None:
        """Lead to the cell of a change; where it is in conflict, say what can be chosen."""
        self.chosen_row = row
        if 0 <= row < len(self.shown):
            kind, each = self.shown[row]
            sheet, _, cell = each["where"].rpartition("!")
            self.document.go(sheet, cell)
            asked = self._in_question()
            self.window.set("detail", "" if asked is None else self._say(said.ON_CONFLICT).format(*self._both(each)))
            self.window.set("take", self._say(said.LEAVE if kind is said.TAKEN else said.TAKE))
        self._buttons()

    def toggle(self) -> None:
        """Take the plan's value for the chosen cell, or leave what was typed."""
        found = self._in_question()
        if found is not None:
            self.take ^= {found[1]["where"]}
            self.work()

    def write(self) -> None:
        """Write the new workbook beside the old one, under a name that is free, and open it."""
        if self.book is None:
            return
        beside = self.given.get("Target") or self._beside()
        url = beside or self.desk.target(
            self._say(said.TARGET), f"{reading.stem(self.document.name)}{self._say(said.SUFFIX)}.xlsx"
        )
        if url is None:
            return
        if not self.desk.write(url, self.book):
            self.window.set("detail", self._say(said.EXISTS).format(reading.name_of(url)))
            return
        self.window.set("detail", self._say(said.WRITTEN).format(reading.name_of(url)))
        self.desk.open(url)

    def _beside(self) -> str | None:
        """Return a free address in the document's folder; None where it has none on this machine."""
        if not self.document.url.startswith("file:"):
            return None
        suffix = self._say(said.SUFFIX)
        folder = self.document.url.rpartition("/")[0]
        plain = re.sub(rf"({re.escape(said.SUFFIX.ja)}|{re.escape(said.SUFFIX.en)})\d*$", "", reading.stem(self.document.name))
        for number in range(1, _TRIES):
            name = f"{plain}{suffix}{'' if number == 1 else number}.xlsx"
            url = f"{folder}/{reading.in_address(name)}"
            if not self.desk.exists(url):
                return url
        return None

    def close(self) -> None:
        self.window.close()
