"""The reader of ``[[sheet]]`` and of the keys that name a sheet."""

from __future__ import annotations

from ..language.text import Text
from ..values.regex import regex
from .keys import NAME, KeyReader
from .raw import Declaration, Raw
from .sheets import DRAWN, KINDS, PAGE, SheetList, same_titles

_KEYS = {"id", "kind", "title", "needs", "after", "full", "role", "apart"}
_TITLE = regex(r"[^\[\]:*?/\\']{1,31}")  # what Excel takes


class SheetReader(KeyReader):
    """The reader of a template's sheets; ``wanted`` are the ids of those that the workbook is to have."""

    wanted: frozenset[str]

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration)
        self.listed: SheetList = declaration.listed
        self._unknown_sheets: set[tuple[str, int]] = set()

    def _sheets_right(self) -> None:
        """Check the declarations of the sheets."""
        for raw in self.declaration.sheets:
            self._sheet_right(raw)
        by_id = {str(raw.keys.get("id")): raw for raw in self.declaration.sheets}
        for each in same_titles(self.listed):
            what = Text(f"シート「{each.title.ja}」が2回あります", f"the sheet “{each.title.en}” appears twice")
            self._say(*by_id[each.id].origin.of("title"), "twice", what)
        for kind in KINDS:
            of_kind = [each for each in self.listed.all if each.kind == kind]
            if kind == PAGE and not of_kind:
                what = Text('目標のシート(kind = "page")がありません', "there is no sheet of kind “page”")
                self._say(self.declaration.sources[0], ("sheet",), "no-page", what)
            for each in of_kind[1:] if kind != DRAWN else ():
                what = Text(f"kind「{kind}」のシートが2枚あります", f"there are two sheets of kind “{kind}”")
                fix = Text(f"{DRAWN} のほかは1枚ずつです", f"only {DRAWN} may be the kind of several")
                self._say(*by_id[each.id].origin.of("kind"), "kind", what, fix)

    def _sheet_right(self, raw: Raw) -> None:
        keys, origin = raw.keys, raw.origin
        self._known_keys(raw, _KEYS)
        id_ = self._string(keys.get("id"), origin.source, (*origin.path, "id"))
        if id_ and not NAME.match(id_):
            self._say(*origin.of("id"), "name", Text(f"名前「{id_}」は使えません", f"the name “{id_}” can't be used"))
        kind = self._string(keys.get("kind"), origin.source, (*origin.path, "kind"))
        if kind and kind not in KINDS:
            what = Text(f"kind「{kind}」はありません", f"there is no kind “{kind}”")
            self._say(*origin.of("kind"), "kind", what, Text(f"{', '.join(KINDS)} のどれか", f"one of {', '.join(KINDS)}"))
        title = self._text(keys.get("title"), *origin.of("title"))
        if title is not None and not all(map(_TITLE.fullmatch, title)):
            what = Text("シートの名前に使えません", "a sheet can't have this title")
            fix = Text("1〜31文字で、[ ] : * ? / \\ ' は使えません", "1 to 31 characters, and none of [ ] : * ? / \\ '")
            self._say(*origin.of("title"), "title", what, fix)
        for need in self._strings(keys.get("needs", []), *origin.of("needs")):
            if need not in self.listed.ids:
                self._no_sheet(need, raw, "needs")

    def _sheet_of(self, name: object) -> str:
        """Return the id of the sheet that a section names."""
        found = self.listed.of_kind(PAGE) if name is None else self.listed.called(name)
        return str(name) if found is None else found.id

    def _is_wanted(self, name: object, raw: Raw, key: str) -> bool:
        """Return whether the sheet that a key names, if it names one, is to be in the workbook."""
        if name is not None and self.listed.called(name) is None:
            self._no_sheet(name, raw, key)
        return name is None or self._sheet_of(name) in self.wanted

    def _no_sheet(self, name: object, raw: Raw, key: str) -> None:
        listed = ", ".join(self.listed.ids)
        what = Text(f"シート「{name}」はありません", f"there is no sheet “{name}”")
        self._say(*raw.origin.of(key), "sheet", what, Text(f"{listed} のどれか", f"one of {listed}"))
