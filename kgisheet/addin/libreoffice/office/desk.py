"""LibreOffice itself, as `desk.Desk` asks for it: its language, dialogs and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import uno
from com.sun.star.awt.MessageBoxType import INFOBOX

from .. import said
from ..asking import UnansweredError, ask
from .sheet import Sheet, option
from .windows import Shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..desk import Events, Form

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_SAVES, _OPENS = 10, 0  # TemplateDescription: FILESAVE_AUTOEXTENSION, FILEOPEN_SIMPLE


class OfficeDesk:
    """The program, as `desk.Desk` asks for it."""

    def __init__(self, context: Any, frame: Any) -> None:
        self.context, self._frame = context, frame
        self.lang = "ja" if self._language().startswith("ja") else "en"

    def _language(self) -> str:
        settings = self.made("com.sun.star.configuration.ConfigurationProvider")
        node = "com.sun.star.configuration.ConfigurationAccess"
        return str(
            settings.createInstanceWithArguments(node, (option("nodepath", "/org.openoffice.Setup/L10N"),)).getByName(
                "ooLocale"
            )
        )

    def made(self, service: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    @property
    def parent(self) -> Any:
        return self._frame.getContainerWindow()

    def document(self) -> Sheet | None:
        controller = self._frame.getController()
        model = controller.getModel() if controller is not None else None
        if model is None or not model.supportsService(_SPREADSHEET):
            return None
        return Sheet(self, model, controller)

    def show(self, form: Form, events: Events) -> Shown:
        return Shown(self, form, {name: self.guarded(event) for name, event in events.items()})

    def guarded(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return work whose failure is said: nobody sees what a listener raises."""

        def guarded(*given: Any) -> Any:
            try:
                return work(*given)
            except UnansweredError as nobody:
                self.say(nobody.text.to(self.lang))
            except Exception as bad:  # noqa: BLE001  (said)
                self.say(said.FAILED.to(self.lang).format(f"{type(bad).__name__}: {bad}"))
            return None

        return guarded

    def say(self, text: str) -> None:
        self.parent.getToolkit().createMessageBox(self.parent, INFOBOX, 1, "KGI", text).execute()

    def _picker(self, kind: int, title: str) -> Any:
        picker = self.made("com.sun.star.ui.dialogs.FilePicker")
        picker.initialize((kind,))
        picker.setTitle(title)
        return picker

    def pick(self, title: str, kind: str, pattern: str) -> str | None:
        picker = self._picker(_OPENS, title)
        picker.appendFilter(kind, pattern)
        return str(picker.getFiles()[0]) if picker.execute() else None

    def target(self, title: str, name: str) -> str | None:
        picker = self._picker(_SAVES, title)
        picker.appendFilter("Excel (*.xlsx)", "*.xlsx")
        picker.setDefaultName(name)
        return str(picker.getFiles()[0]) if picker.execute() else None

    def read(self, url: str) -> bytes:
        files = self.made("com.sun.star.ucb.SimpleFileAccess")
        stream = files.openFileRead(url)
        try:
            parts: list[bytes] = []
            while True:
                count, data = stream.readBytes(None, 1 << 20)
                if not count:
                    return b"".join(parts)
                parts.append(data.value)
        finally:
            stream.closeInput()

    def exists(self, url: str) -> bool:
        return bool(self.made("com.sun.star.ucb.SimpleFileAccess").exists(url))

    def write(self, url: str, data: bytes) -> bool:
        """Write a file that isn't there yet; return False for one that is."""
        try:
            with open(uno.fileUrlToSystemPath(url), "xb") as file:
                file.write(data)
        except FileExistsError:
            return False
        return True

    def open(self, url: str) -> None:
        self.made("com.sun.star.frame.Desktop").loadComponentFromURL(url, "_default", 0, ())

    def ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        return ask(asked)
