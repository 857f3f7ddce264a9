"""A window of the extension, drawn by LibreOffice's toolkit from its `Form`; it stays open beside the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import unohelper
from com.sun.star.awt import XActionListener, XItemListener, XTopWindowListener

from .. import desk as kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..desk import Events, Form, Part

_MODELS = {
    kinds.LABEL: "UnoControlFixedTextModel",
    kinds.HEADING: "UnoControlFixedTextModel",
    kinds.NOTE: "UnoControlEditModel",
    kinds.FIELD: "UnoControlEditModel",
    kinds.BUTTON: "UnoControlButtonModel",
    kinds.DEFAULT: "UnoControlButtonModel",
    kinds.LIST: "UnoControlListBoxModel",
}
_MORE: dict[str, dict[str, Any]] = {
    kinds.LABEL: {"MultiLine": True},
    kinds.HEADING: {"MultiLine": True, "FontWeight": 150.0},
    kinds.NOTE: {"MultiLine": True, "ReadOnly": True, "VScroll": True, "HideInactiveSelection": True},
    kinds.DEFAULT: {"DefaultButton": True},
    kinds.LIST: {"MultiSelection": False},
}


class _Pressed(unohelper.Base, XActionListener):
    def __init__(self, event: Callable[..., None]) -> None:
        self._event = event

    def actionPerformed(self, _event: Any) -> None:
        self._event()

    def disposing(self, _event: Any) -> None:
        """Keep nothing."""


class _Chosen(unohelper.Base, XItemListener):
    def __init__(self, event: Callable[..., None]) -> None:
        self._event = event

    def itemStateChanged(self, event: Any) -> None:
        self._event(event.Selected)

    def disposing(self, _event: Any) -> None:
        """Keep nothing."""


class _Closing(unohelper.Base, XTopWindowListener):
    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close

    def windowClosing(self, _event: Any) -> None:
        self._close()

    def windowOpened(self, _event: Any) -> None: ...
    def windowClosed(self, _event: Any) -> None: ...
    def windowMinimized(self, _event: Any) -> None: ...
    def windowNormalized(self, _event: Any) -> None: ...
    def windowActivated(self, _event: Any) -> None: ...
    def windowDeactivated(self, _event: Any) -> None: ...
    def disposing(self, _event: Any) -> None: ...


class Shown:
    """A window, as `desk.Window` asks for it."""

    def __init__(self, desk: Any, form: Form, events: Events) -> None:
        self._desk, self._events, self.closed = desk, events, False
        self._notes = {part.name for part in form.parts if part.kind == kinds.NOTE}
        self._model = desk.made("com.sun.star.awt.UnoControlDialogModel")
        self._model.Title, self._model.Width, self._model.Height = form.title, form.width, form.height
        self._model.Closeable = self._model.Moveable = True
        for at, part in enumerate(form.parts):
            self._model.insertByName(part.name, self._made(part, at))
        self._dialog = desk.made("com.sun.star.awt.UnoControlDialog")
        self._dialog.setModel(self._model)
        self._listen(form)
        parent = desk.parent
        self._dialog.setVisible(False)
        self._dialog.createPeer(parent.getToolkit(), parent)
        self._place(parent)
        for name in self._notes:
            self.set(name, "")
        self._dialog.setVisible(True)

    def _made(self, part: Part, at: int) -> Any:
        model = self._model.createInstance(f"com.sun.star.awt.{_MODELS[part.kind]}")
        model.Name, model.TabIndex = part.name, at
        model.PositionX, model.PositionY, model.Width, model.Height = part.x, part.y, part.width, part.height
        for name, value in _MORE.get(part.kind, {}).items():
            setattr(model, name, value)
        if part.kind in (kinds.FIELD, kinds.NOTE):
            model.Text = part.text
        elif part.kind != kinds.LIST:
            model.Label = part.text
        return model

    def _listen(self, form: Form) -> None:
        for part in form.parts:
            event = self._events.get(part.name)
            if event is not None:
                control = self._dialog.getControl(part.name)
                if part.kind == kinds.LIST:
                    control.addItemListener(_Chosen(event))
                else:
                    control.addActionListener(_Pressed(event))
        self._dialog.addTopWindowListener(_Closing(self.close))

    def _place(self, parent: Any) -> None:
        """Put the window to the right within its parent, where it hides least of the sheet."""
        outer, own = parent.getPosSize(), self._dialog.getPosSize()
        x, y = max(0, outer.Width - own.Width - 40), max(0, outer.Height - own.Height - 60)
        self._dialog.setPosSize(x, y, 0, 0, 3)

    def set(self, name: str, text: str) -> None:
        model = self._model.getByName(name)
        if hasattr(model, "Text"):
            model.Text = text
            if name in self._notes:
                self.visible(name, bool(text))  # an empty frame would only ask what it is for
        else:
            model.Label = text

    def get(self, name: str) -> str:
        return str(self._model.getByName(name).Text)

    def lines(self, name: str, lines: Sequence[str]) -> None:
        self._model.getByName(name).StringItemList = tuple(lines)

    def visible(self, name: str, is_visible: bool) -> None:
        self._dialog.getControl(name).setVisible(is_visible)

    def enable(self, name: str, is_enabled: bool) -> None:
        self._dialog.getControl(name).setEnable(is_enabled)

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self._dialog.dispose()
