"""The commands of menu and toolbar, in their order: name in the address, title, what it does in a sentence, icon."""

from __future__ import annotations

from typing import NamedTuple

from ...language.text import Text

PROTOCOL = "kgisheet:"
"""A command's address begins with it: ``kgisheet:check``."""

IMPLEMENTATION = "kgisheet.addin.Handler"
"""The name of the component that handles them."""


class Command(NamedTuple):
    """An entry of the menu and a button of the toolbar."""

    name: str
    title: Text
    tip: Text
    icon: str


COMMANDS = (
    Command(
        "check",
        Text("シートを検査", "Check This Sheet"),
        Text("目標シートの誤りをセルとともに示す", "Lists what is wrong with the goal sheet, cell by cell"),
        "check",
    ),
    Command(
        "monthly",
        Text("月次更新...", "Monthly Update..."),
        Text("計画の変更を反映した新しいブックを作る", "Makes a new workbook that follows the changed plan"),
        "months",
    ),
    Command(
        "actuals",
        Text("実績を取り込む...", "Actuals..."),
        Text("CSVの実績を月ごとの欄に入れた新しいブックを作る", "Makes a new workbook with the actuals of a CSV file"),
        "actuals",
    ),
    Command(
        "new",
        Text("新しい目標シート...", "New Goal Sheet..."),
        Text("売上目標から訪問数までの目標シートを作る", "Makes a goal sheet from revenue down to visits"),
        "plan",
    ),
)
