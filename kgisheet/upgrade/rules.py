"""Validations and formats by rules that people gave to the old sheets: listed, for the new form has its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language.text import Text
from ..xlsx.patch.markup import Node, unescaped
from ..xlsx.patch.package import Package
from ..xlsx.patch.tabs import tabs
from ..xlsx.read.xml import Element, tree
from .ours import Ours, rule
from .outcome import Left

_FIX = Text("新しいブックで設定し直してください", "set it again in the new workbook")
_FORMULAS = ("formula", "formula1", "formula2")


def rules(package: Package, titles: frozenset[str], ours: Ours) -> Iterator[Left]:
    """Yield the validations and the formats by rules that no form of ours has had."""
    for tab in tabs(package):
        if tab.part is None or tab.title not in titles:
            continue
        with package.in_words(tab.part):
            root = package.outline(tab.part, 4, ("sheetData",))
            data = package.parts[tab.part]
            for list_ in root.all("conditionalFormatting"):
                for each in list_.all("cfRule"):
                    yield from _condition(tab.title, list_.get("sqref"), each, _formulas(data, each), ours)
            for list_ in root.all("dataValidations"):
                for each in list_.all("dataValidation"):
                    yield from _validation(tab.title, each.get("sqref"), each, _formulas(data, each), ours)
            for list_ in root.all("extLst"):
                yield from _newer(tab.title, data[list_.start : list_.end], ours)


def _newer(title: str, data: bytes, ours: Ours) -> Iterator[Left]:
    """Yield those that are written as newer programs do, who refer to other sheets."""
    # The prefixes are declared further up: the local names are enough here.
    root = tree(re.sub(rb"(</?)[\w.-]+:|\s[\w.-]+:(?=[\w.-]+\s*=)", lambda found: found[1] or b" ", data))
    for each in root.walk():
        areas = " ".join(said.text for said in each.children if said.name == "sqref")
        if each.name == "conditionalFormatting":
            for rule_ in each.all("cfRule"):
                formulas = [said.text for said in rule_.children if said.name == "f"]
                yield from _condition(title, areas, rule_, formulas, ours)
        elif each.name == "dataValidation":
            formulas = [said.text for name in _FORMULAS for one in each.all(name) for said in one.all("f")]
            yield from _validation(title, areas, each, formulas, ours)


def _formulas(data: bytes, node: Node) -> list[str]:
    return [unescaped(data[each.inner : each.inner_end]) for each in node.children if each.name in _FORMULAS]


def _condition(title: str, area: str, node: Node | Element, formulas: list[str], ours: Ours) -> Iterator[Left]:
    kind = node.get("type")
    if kind == "expression" and len(formulas) == 1 and ours.is_condition(formulas[0]):
        return
    why = Text(f"条件付き書式({kind})は移していません", f"its conditional format ({kind}) was not moved")
    yield Left(title, area or None, None, ", ".join(formulas) or kind, why, _FIX)


def _validation(title: str, area: str, node: Node | Element, formulas: list[str], ours: Ours) -> Iterator[Left]:
    kind = node.get("type", "none")
    if kind == "none" or ours.is_rule(rule(kind, node.get("operator"), formulas)):
        return
    why = Text(f"入力規則({kind})は移していません", f"its validation ({kind}) was not moved")
    yield Left(title, area or None, None, ", ".join(formulas) or kind, why, _FIX)
