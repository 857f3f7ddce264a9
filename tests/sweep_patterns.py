"""Every regular expression of the program on texts that are made to hurt: does its time grow with the square of a text, or worse?

    .venv/bin/python tests/sweep_patterns.py [PACKAGE ...]     of these packages (xlsx, freeform …); of all without

Each compiled pattern of a module is tried by the ways that its module uses it (match, fullmatch, search, sub, findall …) on long
texts of one letter, or two, that it knows, with an end that doesn't fit. A text is as long as a cell's may be. Exit code 1 where one takes over
``SLOW`` seconds.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator
from types import FrameType, ModuleType
from typing import Any

import kgisheet
from kgisheet.values.regex import Late

LONGEST = 32_767
"""Letters of a cell's text."""
SLOW = 0.5
BOUNDED = {
    "kgisheet.sheetfiles.csvgrid._FIGURE": 40,
    "kgisheet.xlsx.read.formats.": 1_000,
    "kgisheet.freeform.": 400,
    "kgisheet.gather.matching.": 255,  # a file's name
}
"""Patterns that are never tried on longer texts, by the beginnings of their names: who reads them cuts them first."""
_PATTERN = (re.Pattern, Late)
_FIRST, _MOST = 4_000, 40
_ALWAYS = "aA0 1.,-'\"()[]円件月%ー　_x/:;!#"
_WAYS = ("match", "fullmatch", "search", "sub", "findall", "finditer", "split", "subn")
_OUTSIDE = (
    "kgisheet.addin",
    "kgisheet.web",
    "kgisheet.openpyxl",
    "kgisheet.recalc",
    "kgisheet.__main__",
    "kgisheet.many.cluster",
)
"""Modules that read no text from outside, or that can't be imported here."""


def modules(packages: list[str]) -> Iterator[ModuleType]:
    for each in pkgutil.walk_packages(kgisheet.__path__, "kgisheet."):
        if not each.name.startswith(_OUTSIDE) and (not packages or each.name.split(".")[1] in packages):
            yield importlib.import_module(each.name)


def patterns(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Yield the patterns of a module by name, those in its tables too."""
    for name, value in vars(module).items():
        if isinstance(value, _PATTERN):
            yield name, value
        elif isinstance(value, (tuple, list, dict)) and len(value) < 500:
            for at, each in enumerate(value.values() if isinstance(value, dict) else value):
                found = each if isinstance(each, _PATTERN) else next((one for one in each if isinstance(one, _PATTERN)), None) if isinstance(each, tuple) else None  # fmt: skip
                if found is not None:
                    yield f"{name}[{at}]", found


def ways(source: str, name: str) -> list[str]:
    """Return how a module uses one of its patterns; all ways where that can't be seen."""
    base = re.escape(name.partition("[")[0])
    found = [way for way in _WAYS if re.search(rf"\b{base}\.{way}\b", source)]
    return found or ["match", "fullmatch", "search"]


def pumps(pattern: Any) -> Iterator[Any]:
    """Yield pieces of which long texts are made: letters that the pattern names, alone and in pairs."""
    said = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    literal = [each for each in dict.fromkeys(re.sub(r"\\.|\(\?[:=!<P]*", " ", said)) if each not in "()[]{}?*+|^$\\ "]
    letters = list(dict.fromkeys([*literal[:_MOST], *_ALWAYS]))
    yield from letters
    yield from ("".join(each) for each in itertools.permutations(letters[:14], 2))


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def seconds(pattern: Any, way: str, text: Any) -> float:
    """Return how long it takes; a minute for what does not end."""
    signal.setitimer(signal.ITIMER_REAL, 4 * SLOW)
    began = time.perf_counter()
    try:
        if way in ("sub", "subn"):
            pattern.sub(b"" if isinstance(pattern.pattern, bytes) else "", text)
        elif way == "finditer":
            for _ in pattern.finditer(text):
                pass
        else:
            getattr(pattern, way)(text)
    except TimeoutError:
        return 60.0
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.perf_counter() - began


def slow(pattern: Any, way: str, longest: int = LONGEST) -> tuple[float, str] | None:
    """Return the longest time on a text of a cell's length, and the piece; None where nothing is slow."""
    worst: tuple[float, str] | None = None
    for piece in pumps(pattern):
        for end in ("", "\x00"):
            made = [piece * (length // len(piece)) + end for length in (min(_FIRST, longest), longest)]
            texts = [each.encode("utf-8") if isinstance(pattern.pattern, bytes) else each for each in made]
            if longest == LONGEST and seconds(pattern, way, texts[0]) < SLOW / 100:
                continue
            taken = seconds(pattern, way, texts[1])
            if taken > SLOW and (worst is None or taken > worst[0]):
                worst = taken, piece
                if taken >= 60:
                    return worst
    return worst


def main() -> int:
    signal.signal(signal.SIGALRM, _stop)
    count = bad = 0
    seen: set[tuple[Any, str]] = set()
    for module in modules(sys.argv[1:]):
        source = inspect.getsource(module)
        for name, pattern in patterns(module):
            for way in ways(source, name):
                if (pattern, way) in seen:
                    continue
                seen.add((pattern, way))
                count += 1
                full = f"{module.__name__}.{name}"
                found = slow(pattern, way, next((most for start, most in BOUNDED.items() if full.startswith(start)), LONGEST))
                if found is not None:
                    bad += 1
                    print(
                        f"{module.__name__}.{name}.{way}: {found[0]:.1f} s on {found[1]!r} × {LONGEST // len(found[1])}",
                        flush=True,
                    )
    print(f"{count} uses of patterns, {bad} slow")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
