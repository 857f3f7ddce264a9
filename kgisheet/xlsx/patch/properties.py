"""The custom document properties (``docProps/custom.xml``): read, set by name, added; the others stay to the byte."""

from __future__ import annotations

from collections.abc import Mapping

from ..read.relations import CUSTOM_PROPERTIES
from ..read.xml import tree
from .markup import Edits, Node, outline, quoted, text
from .package import HEAD, STRICT, Package

_STRICT_KIND = "customProperties"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_ROOT = (
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
)
_VALUES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
)
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_TEXTS = ("lpwstr", "lpstr", "bstr")


def properties(package: Package) -> dict[str, str]:
    """Return the texts of the properties by name."""
    part = _part(package)
    if part is None:
        return {}
    with package.in_words(part):
        root = tree(package.parts[part])
    return {each.get("name"): "".join(value.text for value in each.children) for each in root.all("property")}


def set_properties(package: Package, texts: Mapping[str, str]) -> None:
    """Give properties these texts, adding missing ones; a number or a date becomes text."""
    if not texts:
        return
    strict = package.namespace == STRICT
    part = _part(package)
    if part is None:
        part = package.fresh("docProps/custom{}.xml") if "docProps/custom.xml" in package.parts else "docProps/custom.xml"
        package.put(
            part, f'{HEAD}<Properties xmlns="{_ROOT[strict]}" xmlns:vt="{_VALUES[strict]}"></Properties>'.encode(), _TYPE
        )
        package.relate("", _STRICT_KIND if strict else CUSTOM_PROPERTIES, part)
    with package.in_words(part):
        data = package.parts[part]
        root, edits = outline(data, 2), Edits(data)
        left = {name.casefold(): (name, value) for name, value in texts.items()}
        for node in root.all("property"):
            _, value = left.pop(node.get("name").casefold(), ("", None))
            if value is not None:
                _set(data, edits, root, node, value)
        number = max((int(pid) for each in root.all("property") if (pid := each.get("pid")).isdigit()), default=1)
        for name, value in left.values():
            number += 1
            tag = f"{root.prefix}property"
            start = f'<{tag} fmtid="{_FORMAT}" pid="{number}" name={quoted(name)}>'
            edits.append(root, f"{start}{_value(root, value)}</{tag}>")
        package.put(part, edits.result())


def _part(package: Package) -> str | None:
    return package.related("", CUSTOM_PROPERTIES) or package.related("", _STRICT_KIND)


def _set(data: bytes, edits: Edits, root: Node, node: Node, value: str) -> None:
    old, written = node.children[0] if node.children else None, text(value)
    if old is not None and old.name in _TEXTS and old.inner_end > old.inner:
        if data[old.inner : old.inner_end].decode() != written:
            edits.replace(old.inner, old.inner_end, written)
        return
    if old is not None:
        edits.replace(old.start, old.end, _value(root, value))
    else:
        edits.append(node, _value(root, value))


def _value(root: Node, value: str) -> str:
    prefix, declared = root.prefix_of(*_VALUES), ""
    if prefix is None:
        strict = root.get("xmlns").startswith("http://purl")
        prefix, declared = "vt:", f' xmlns:vt="{_VALUES[strict]}"'
    return f"<{prefix}lpwstr{declared}>{text(value)}</{prefix}lpwstr>"
