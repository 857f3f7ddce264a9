"""The handler of the commands' addresses, which LibreOffice calls from menu, toolbar and macros."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import unohelper
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo

from .. import commands
from ..menu import COMMANDS, IMPLEMENTATION, PROTOCOL
from .desk import OfficeDesk

if TYPE_CHECKING:
    from ..desk import Given

_SERVICES = ("com.sun.star.frame.ProtocolHandler",)


class Handler(unohelper.Base, XDispatchProvider, XDispatch, XInitialization, XServiceInfo):
    """The handler of ``kgisheet:check`` and the other commands, one per frame."""

    running: list[Any] = []  # noqa: RUF012
    """The commands whose windows are open, so that Python keeps them."""

    def __init__(self, context: Any, *arguments: Any) -> None:
        self._context, self._frame = context, None
        self.initialize(arguments)

    def initialize(self, arguments: Any) -> None:
        self._frame = arguments[0] if arguments else self._frame

    def queryDispatch(self, url: Any, _target: str, _flags: int) -> Any:
        known = url.Protocol == PROTOCOL and url.Path in {each.name for each in COMMANDS}
        return self if known and self._frame is not None else None

    def queryDispatches(self, asked: Any) -> Any:
        return tuple(self.queryDispatch(each.FeatureURL, each.FrameName, each.SearchFlags) for each in asked)

    def dispatch(self, url: Any, arguments: Any) -> None:
        given: Given = {each.Name: each.Value for each in arguments if isinstance(each.Value, str)}
        desk = OfficeDesk(self._context, self._frame)
        desk.guarded(self._run)(url.Path, desk, given)

    def _run(self, name: str, desk: OfficeDesk, given: Given) -> None:
        Handler.running = [each for each in Handler.running if not each.window.closed]
        begun = commands.run(name, desk, given)
        if begun is not None:
            Handler.running.append(begun)

    def addStatusListener(self, _listener: Any, _url: Any) -> None:
        """Say nothing of states: every command can always be called."""

    def removeStatusListener(self, _listener: Any, _url: Any) -> None:
        """Forget nobody."""

    def getImplementationName(self) -> str:
        return IMPLEMENTATION

    def supportsService(self, name: str) -> bool:
        return name in _SERVICES

    def getSupportedServiceNames(self) -> Any:
        return _SERVICES


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816  (the name that LibreOffice's loader asks for)
g_ImplementationHelper.addImplementation(Handler, IMPLEMENTATION, _SERVICES)
