"""The commands by their names in the menu: each opens its window, or says why it can't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import said
from .asking import UnansweredError
from .checking import Checking
from .desk import Desk
from .starting import Starting
from .updating import Updating

if TYPE_CHECKING:
    from .desk import Given

    Running = Checking | Starting | Updating


def run(name: str, desk: Desk, given: Given) -> Running | None:
    """Run a command; return what is behind its window, None where there is none."""
    try:
        if name == "new":
            return Starting(desk, given)
        document = desk.document()
        if document is None:
            desk.say(said.NO_SHEET.to(desk.lang))
            return None
        if name == "check":
            return Checking(desk, document)
        return Updating(desk, document, given, asks_for_actuals=name == "actuals")
    except UnansweredError as nobody:
        desk.say(nobody.text.to(desk.lang))
        return None
