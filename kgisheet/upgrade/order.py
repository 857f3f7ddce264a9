"""The order of the sheets: ours taken out, today's put in, and other people's where they stood beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..filled.workbook import FilledBook
from ..language.text import Text
from ..layout.model import Sheet
from ..worksheet import provenance
from ..xlsx.patch import definednames
from ..xlsx.patch.arrange import arrange
from ..xlsx.patch.graft import graft
from ..xlsx.patch.package import Package
from ..xlsx.patch.styles import Styles
from ..xlsx.patch.tabs import tabs
from ..xlsx.patch.views import show
from .moves import Moves
from .others import others
from .outcome import Left


class Order:
    """The sheets of a workbook before our old ones are taken out; ``left`` says of an order that somebody gave those."""

    def __init__(self, package: Package, old: FilledBook, moves: Moves) -> None:
        self.package, self.old, self.moves = package, old, moves
        there = tabs(package)
        kept = set(others(old))
        self._stay = [at for at, tab in enumerate(there) if tab.title in kept or tab.part is None]
        ours = [tab.title for at, tab in enumerate(there) if at not in self._stay and tab.title != provenance.SHEET]
        self._behind: list[str | None] = []
        """Of each sheet that stays, the new sheet that it stands behind: none in front of all, "" behind all."""
        closed = old.read.carried.get("closed")
        # The tabs of years that are over stay behind those of this year.
        years = set(map(str, closed)) if isinstance(closed, list) else set()
        before: str | None = None
        for at, tab in enumerate(there):
            if at in self._stay:
                self._behind.append(
                    "" if tab.title in years or (ours and before == ours[-1]) else self._successor(before, ours)
                )
            elif tab.title in ours:
                before = tab.title
        self.left = list(self._other_order(ours))
        root = package.outline(package.workbook, 2)
        views = [node for list_ in root.all("bookViews") for node in list_.children]
        shown = views[0].get("activeTab", "0") if views else "0"
        self._is_ours_shown = not shown.isdigit() or int(shown) not in self._stay

    def _successor(self, title: str | None, ours: Sequence[str]) -> str | None:
        """Return the new sheet in the place of an old one, or of the nearest before it that has one."""
        if title is None:
            return None
        until = ours[: ours.index(title) + 1]
        return next((new for each in reversed(until) if (new := self.moves.titles.get(each.casefold())) is not None), "")

    def _other_order(self, ours: Sequence[str]) -> list[Left]:
        titles = self.old.anchors.titles
        made = [titles[each] for each in self.old.anchors.generated if each in titles and each not in self.old.anchors.tabs]
        now = [each for each in ours if each in made]
        if now == [each for each in made if each in now]:
            return []
        why = Text("シートの並び順は移していません", "the order of the sheets was not moved")
        fix = Text("シート見出しをドラッグして並べ直してください", "drag the tabs to where you want them")
        return [Left("", None, None, ", ".join(now), why, fix)]

    def take_out(self) -> None:
        """Take our old sheets and names out."""
        definednames.drop(self.package, [name for name in self.old.anchors.then if "!" not in name])
        arrange(self.package, self._stay)

    def put_in(self, sheets: Sequence[Sheet], made: Mapping[str, bytes]) -> None:
        """Put the new sheets in."""
        before = len(tabs(self.package))
        styles = Styles(self.package)
        graft(self.package, styles, Package.of(made, self.package.source), [sheet.title for sheet in sheets], self.moves.rename)
        styles.save()
        order = [at for at, behind in enumerate(self._behind) if behind is None]
        first = len(order)
        opened = first
        for number, sheet in enumerate(sheets):
            if sheet.is_opened:
                opened = len(order)
            order.append(before + number)
            title = self.moves.rename.get(sheet.title, sheet.title)
            order += [at for at, behind in enumerate(self._behind) if behind == title]
        order += [at for at in range(before) if at not in order]
        arrange(self.package, order)
        if self._is_ours_shown:
            show(self.package, opened)
