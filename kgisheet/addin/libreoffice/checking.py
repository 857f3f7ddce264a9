"""The command *Check This Sheet*: a window with the findings; a choice leads to the cell, marks are put and taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...language.text import Text
from . import reading, said
from .desk import BUTTON, DEFAULT, HEADING, LIST, NOTE, Desk, Document, Form, Mark, Part, Window

_WIDTH, _HEIGHT = 340, 222


def form(title: str, say: Callable[[Text], str]) -> Form:
    parts = (
        Part(HEADING, "verdict", 6, 6, _WIDTH - 12, 18),
        Part(LIST, "findings", 6, 26, _WIDTH - 12, 96),
        Part(NOTE, "detail", 6, 126, _WIDTH - 12, 70),
        Part(BUTTON, "mark", 6, 202, 76, 14, say(said.MARK)),
        Part(BUTTON, "unmark", 86, 202, 76, 14, say(said.UNMARK)),
        Part(BUTTON, "save", 6, 202, 76, 14, say(said.SAVE)),
        Part(BUTTON, "unsaved", 86, 202, 76, 14, say(said.UNSAVED)),
        Part(BUTTON, "again", 186, 202, 76, 14, say(said.AGAIN)),
        Part(DEFAULT, "close", 266, 202, 68, 14, say(said.CLOSE)),
    )
    return Form(title, _WIDTH, _HEIGHT, parts)


class Checking:
    """A check of one document, in its window."""

    def __init__(self, desk: Desk, document: Document) -> None:
        self.desk, self.document = desk, document
        self.findings: list[dict[str, Any]] = []
        self.window: Window = desk.show(
            form(self._say(said.CHECKED).format(document.name), self._say),
            {
                "findings": self.chosen,
                "mark": self.mark,
                "unmark": self.unmark,
                "save": self.save,
                "unsaved": self.unsaved,
                "again": self.again,
                "close": self.close,
            },
        )
        self.again()

    def _say(self, text: Text) -> str:
        return text.to(self.desk.lang)

    def again(self) -> None:
        """Check the file, or ask what to read where it isn't the document's state."""
        if self.document.changed():
            self._show([], self._say(said.CHANGED).format(self.document.name), is_open=True)
        else:
            self._check(reading.stored(self.document))

    def save(self) -> None:
        if self.document.save():
            self._check(reading.stored(self.document))
        else:
            self.window.set("detail", self._say(said.NOT_SAVED))

    def unsaved(self) -> None:
        self._check(reading.copied(self.document))

    def _check(self, read: reading.Read) -> None:
        asked = {"do": "check", "lang": self.desk.lang, "name": read.name, "data": read.data, "copied": read.is_copy}
        answer = self.desk.ask(asked)
        verdict = f"{answer['verdict']} ({answer['tally']})" if answer["findings"] else answer["verdict"]
        self._show(answer["findings"], verdict)
        if read.is_copy:
            self.window.set("detail", self._say(said.OF_A_COPY).strip())
        elif self.findings:
            self._detail(0)

    def _show(self, findings: list[dict[str, Any]], verdict: str, is_open: bool = False) -> None:
        """Show findings; ``is_open``: it has to be chosen first what is read."""
        self.findings = findings
        self.window.set("verdict", verdict)
        self.window.set("detail", "")
        self.window.lines("findings", [_line(each) for each in findings])
        for name in ("save", "unsaved"):
            self.window.visible(name, is_open)
        for name in ("mark", "unmark", "again"):
            self.window.visible(name, not is_open)
        self._marks()

    def _marks(self) -> None:
        self.window.enable("mark", any(each["cell"] for each in self.findings))
        self.window.enable("unmark", self.document.marked())

    def chosen(self, row: int) -> None:
        """Lead to a finding's cell, and say all of it."""
        if 0 <= row < len(self.findings):
            each = self.findings[row]
            seen = not each["cell"] or self.document.go(each["sheet"], each["cell"])
            self._detail(row, "" if seen else self._say(said.HIDDEN))

    def _detail(self, row: int, more: str = "") -> None:
        each = self.findings[row]
        lines = [f"{each['severity']} {each['code']}  {each['where']} {more}".rstrip(), each["message"]]
        if each["expected"]:
            lines.append(self._say(said.FOUND).format(each["found"], each["expected"]))
        self.window.set("detail", "\n".join([*lines, f"→ {each['fix']}"]))

    def mark(self) -> None:
        """Put a fill and a comment on each cell with findings, the gravest first."""
        self.document.unmark()
        marks: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for each in self.findings:
            if each["cell"]:
                marks.setdefault((each["sheet"], each["cell"]), []).append(each)
        left = self.document.mark([Mark(*place, here[0]["fill"], _comment(here)) for place, here in marks.items()])
        told = self._say(said.MARKED).format(len(marks) - left)
        self.window.set("detail", told + (" " + self._say(said.NOT_MARKED).format(left) if left else ""))
        self._marks()

    def unmark(self) -> None:
        left = self.document.unmark()
        told = self._say(said.UNMARKED)
        self.window.set("detail", told + (" " + self._say(said.NOT_UNMARKED).format(left) if left else ""))
        self._marks()

    def close(self) -> None:
        self.window.close()


def _line(each: dict[str, Any]) -> str:
    return "  ".join((each["severity"], each["where"], " ".join(each["message"].split())))


def _comment(findings: list[dict[str, Any]]) -> str:
    return "\n\n".join(f"{each['severity']} {each['code']}\n{each['message']}\n→ {each['fix']}" for each in findings)
