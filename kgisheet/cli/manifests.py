"""The manifests of batches for `collect`: in the folders that are collected, or named; who was handed a workbook, and the whole's goals."""

from __future__ import annotations

import os
from collections.abc import Iterable

from ..errors import BookError, Problem
from ..gather.handed import Handed, handed_out, together
from ..handout import manifest
from . import files


def named(paths: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """Return the manifests among the arguments, and the others."""
    found = [each for each in paths if each.lower().endswith(".json")]
    return found, tuple(each for each in paths if each not in found)


def inside(folders: Iterable[str]) -> list[str]:
    """Return the manifests that lie in folders, each once."""
    there = dict.fromkeys(os.path.join(folder, manifest.NAME) for folder in folders)
    return [each for each in there if os.path.isfile(each)]


def handed(paths: Iterable[str]) -> tuple[Handed, list[Problem]]:
    """Return what the manifests say together, and what is wrong with those that can't be read."""
    found, problems = list[Handed](), list[Problem]()
    for path in paths:
        try:
            found.append(handed_out(files.read_bytes(path, BookError), path))
        except BookError as bad:
            problems += bad.problems
    return together(found), problems
