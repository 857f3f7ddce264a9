"""The program's own modules as Python parses them, each once in a process: tests look in them for words, titles, imports and sentences."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path


@functools.cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """All that is in a module, in the order of ``ast.walk``: the module itself is the first."""
    return tuple(ast.walk(ast.parse(text)))


def of(path: Path) -> tuple[ast.AST, ...]:
    return nodes(path.read_text(encoding="utf-8"))


def texts(found: tuple[ast.AST, ...]) -> Iterator[tuple[ast.Constant, str]]:
    """The texts among what is in a module."""
    return ((node, node.value) for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str))
