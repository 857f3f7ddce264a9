"""The command *New Goal Sheet*: the few figures that a goal needs, or a plan's file; then its workbook."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...language.text import Text
from . import reading, said
from .desk import BUTTON, DEFAULT, FIELD, LABEL, NOTE, Desk, Form, Part, Window

if TYPE_CHECKING:
    from .desk import Given

_WIDTH, _LINE, _ROWS = 392, 16, 4
_LEFT_OUT = ("date", "period")
"""Of the form's inputs: today, and the worked example's."""


def form(start: dict[str, Any], say: Callable[[Text], str]) -> Form:
    """Return the window: a line per input, a table of fields for the channels."""
    example = start["example"]
    parts = [Part(LABEL, "about", 6, 6, _WIDTH - 12, 20, say(said.ABOUT))]
    y = 32
    for each in start["single"]:
        if each["key"] not in _LEFT_OUT:
            parts.append(Part(LABEL, f"{each['key']}_label", 6, y + 2, 140, 10, each["label"]))
            parts.append(Part(FIELD, each["key"], 146, y, 88, 13, example.get(each["key"], "")))
            parts.append(Part(LABEL, f"{each['key']}_hint", 238, y + 2, _WIDTH - 242, 10, each["hint"]))
            y += _LINE
    y += 4
    width = (_WIDTH - 12) // len(start["channel"])
    for column, each in enumerate(start["channel"]):
        parts.append(Part(LABEL, f"{each['key']}_label", 6 + column * width, y, width - 3, 10, each["label"]))
    for row in range(_ROWS):
        y += _LINE if row else 11
        channel = example["channel"][row] if row < len(example["channel"]) else {}
        for column, each in enumerate(start["channel"]):
            parts.append(Part(FIELD, f"{each['key']}{row}", 6 + column * width, y, width - 4, 13, channel.get(each["key"], "")))
    y += _LINE + 4
    parts += [
        Part(NOTE, "detail", 6, y, _WIDTH - 12, 34),
        Part(BUTTON, "from_plan", 6, y + 40, 96, 14, say(said.FROM_PLAN)),
        Part(DEFAULT, "make", 214, y + 40, 98, 14, say(said.MAKE)),
        Part(BUTTON, "close", 316, y + 40, 70, 14, say(said.CLOSE)),
    ]
    return Form(say(said.NEW), _WIDTH, y + 60, tuple(parts))


class Starting:
    """A new goal sheet, in its window. ``given`` are files that a macro names: ``Plan``, ``Target``."""

    def __init__(self, desk: Desk, given: Given) -> None:
        self.desk, self.given = desk, given
        self.inputs = desk.ask({"do": "start", "lang": desk.lang})
        events = {"make": self.make, "from_plan": self.from_plan, "close": self.close}
        self.window: Window = desk.show(form(self.inputs, self._say), events)
        if "Plan" in given:
            self._from(given["Plan"])

    def _say(self, text: Text) -> str:
        return text.to(self.desk.lang)

    def make(self) -> None:
        """Make the workbook of what was typed; rows of channels without a word are none."""
        keys = [each["key"] for each in self.inputs["single"]]
        typed = {key: self.window.get(key).strip() for key in keys if key not in _LEFT_OUT}
        single = {
            **{key: self.inputs["example"][key] for key in _LEFT_OUT if key in self.inputs["example"]},
            **{key: value for key, value in typed.items() if value},
            "date": datetime.date.today().isoformat(),
        }
        columns = [each["key"] for each in self.inputs["channel"]]
        rows = [{key: self.window.get(f"{key}{row}").strip() for key in columns} for row in range(_ROWS)]
        channels = [{key: value for key, value in row.items() if value} for row in rows if any(row.values())]
        self._made({"do": "new", "lang": self.desk.lang, "single": single, "channels": channels}, said.NAME.to(self.desk.lang))

    def from_plan(self) -> None:
        url = self.desk.pick(self._say(said.PLAN), self._say(said.PLAN_FILES), "*.toml")
        if url is not None:
            self._from(url)

    def _from(self, url: str) -> None:
        name = reading.name_of(url)
        asked = {"do": "new", "lang": self.desk.lang, "plan": self.desk.read(url), "plan_name": name}
        self._made(asked, f"{reading.stem(name)}.xlsx")

    def _made(self, asked: dict[str, Any], name: str) -> None:
        answer = self.desk.ask(asked)
        problems = "\n".join(self._problem(each) for each in answer["problems"])
        if answer["book"] is None:
            self.window.set("detail", problems)
            return
        url = self.given.get("Target") or self.desk.target(self._say(said.TARGET), name)
        if url is None:
            return
        if not self.desk.write(url, answer["book"]):
            self.window.set("detail", self._say(said.EXISTS).format(reading.name_of(url)))
            return
        told = (
            said.REMARKED.to(self.desk.lang).format(problems) if problems else self._say(said.MADE).format(reading.name_of(url))
        )
        self.window.set("detail", told)
        self.desk.open(url)

    def _problem(self, each: dict[str, str]) -> str:
        """Return a problem, beginning with the label of its field."""
        labels = {field["key"]: field["label"] for group in ("single", "channel") for field in self.inputs[group]}
        label = labels.get(each["key"].rpartition(".")[2], each["key"])
        return f"{label}{': ' if label else ''}{each['what']}{' → ' if each['fix'] else ''}{each['fix']}"

    def close(self) -> None:
        self.window.close()
