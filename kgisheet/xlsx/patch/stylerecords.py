"""The records of one styles part, found by meaning, and the ids of its number formats."""

from __future__ import annotations

from collections.abc import Hashable

from ..read.xml import Element
from .records import code_form, form

_LISTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
# ECMA-376, 18.8.30: the ids that files need not declare; of these only the ones that mean the same in every country.
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "@": 49}
_FIRST_OWN = 164


class StyleRecords:
    """The existing records; ``equals`` and the codes grow with the part."""

    def __init__(self, root: Element) -> None:
        self._root = root
        declared = _ids(root.first("numFmts"))
        self._code_of = {str(number): code for code, number in _BUILT_IN.items()} | {str(id_): code for code, id_ in declared}
        self._codes = dict(reversed(declared))  # of several ids for one code the first
        self._in_conditionals = dict(reversed(_ids(root.first("dxfs"))))
        self._equals: dict[str, dict[Hashable, int]] = {}
        self._firsts: dict[str, dict[str, str]] = {}

    def equals(self, name: str) -> dict[Hashable, int]:
        """Return the records of a list by meaning; among equivalent ones the first."""
        if name not in self._equals:
            self._equals[name] = {self.form(each): at for at, each in reversed(list(enumerate(self._list(name))))}
        return self._equals[name]

    def form(self, item: Element) -> Hashable:
        """Return the meaning of a record; for a cell format, by its number format's code and the first of equal fonts, fills, borders."""
        if item.name != "xf":
            return form(item)
        said = dict(item.attributes)
        number = said.get("numFmtId", "0")
        said["numFmtId"] = self._code_of.get(number, f"id {number}")
        for key, name in _LISTS.items():
            position = said.get(key, "0")
            said[key] = self._first_equal(name).get(position, position)
        copy = Element("xf", said)
        copy.children = item.children
        return form(copy)

    def number_format(self, code: str) -> tuple[int, bool]:
        """Return the id of a code for cell formats, and whether it has yet to be declared."""
        key = code_form(code)
        if key in self._codes:
            return self._codes[key], False
        if key in _BUILT_IN and self._code_of[str(_BUILT_IN[key])] == key:
            return _BUILT_IN[key], False
        self._codes[key] = number = self._free_id()
        self._code_of[str(number)] = key
        return number, True

    def conditional_number_format(self, code: str) -> int:
        """Return the id of a code within conditional formats, which carry the code with them."""
        key = code_form(code)
        if key not in self._in_conditionals:
            known = self._codes.get(key)
            self._in_conditionals[key] = self._free_id() if known is None else known
        return self._in_conditionals[key]

    def _list(self, name: str) -> list[Element]:
        found = self._root.first(name)
        return [] if found is None else found.children

    def _first_equal(self, name: str) -> dict[str, str]:
        """Positions in a list → the first position with an equal record."""
        if name not in self._firsts:
            equal = self.equals(name)
            self._firsts[name] = {str(at): str(equal[form(each)]) for at, each in enumerate(self._list(name))}
        return self._firsts[name]

    def _free_id(self) -> int:
        """Return an unused id, in cell formats or in conditional ones."""
        return max([_FIRST_OWN - 1, *self._codes.values(), *self._in_conditionals.values()]) + 1


def _ids(list_: Element | None) -> list[tuple[str, int]]:
    """Return the number formats below an element: code and id."""
    found = [each for each in list_.walk() if each.name == "numFmt"] if list_ is not None else []
    return [(code_form(each.get("formatCode")), int(id_)) for each in found if _is_id(id_ := each.get("numFmtId"))]


def _is_id(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 6
