"""The manifests of batches for `collect`: in the folders that are collected, or named; who was handed a workbook, and the whole's goals."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from .. import api
from ..errors import BookError, Problem
from ..handout import manifest
from . import files


class Handed(NamedTuple):
    """Who was handed a workbook, the department's goals by the names of the page's cells, and manifests that can't be read."""

    dues: list[api.Due]
    department: dict[str, float]
    problems: list[Problem]


def named(paths: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """Return the manifests among the arguments, and the others."""
    found = [each for each in paths if each.lower().endswith(".json")]
    return found, tuple(each for each in paths if each not in found)


def inside(folders: Iterable[str]) -> list[str]:
    """Return the manifests that lie in folders, each once."""
    there = dict.fromkeys(os.path.join(folder, manifest.NAME) for folder in folders)
    return [each for each in there if os.path.isfile(each)]


def handed(paths: Iterable[str]) -> Handed:
    """Return what the manifests say together."""
    found = Handed([], {}, [])
    for path in paths:
        try:
            read = manifest.read(files.read_bytes(path, BookError), path)
        except BookError as bad:
            found.problems.extend(bad.problems)
            continue
        found.dues.extend(_due(row) for row in read.rows)
        for name, value in read.department.items():
            found.department[name] = found.department.get(name, 0.0) + value
    return found


def _due(row: manifest.Row) -> api.Due:
    owner = row.owner or ("" if row.file else str(row.line))
    return api.Due(row.file or "", owner, row.workbook or "", row.plan or "", row.problems)
