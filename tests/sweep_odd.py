"""Every attribute and every text of every part of a workbook with a value of the wrong kind: a finding, or a refusal in words.

    .venv/bin/python tests/sweep_odd.py [--share N --first K]     every Nth mutation; all of them by default
    .venv/bin/python tests/sweep_odd.py --list                    what is mutated

Each mutation changes one place: an attribute, the text of an element, an element taken out, put in twice or emptied. Of places alike
(the same part, path of tags and attribute) the first is taken. A check must end in a report; every tenth also goes through the
commands that show, extract, update and bring up to date. Exit code 1 where something other than words comes out.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import filekinds
from conftest import page_and_months
from hostile import marked, packages
from hostile.books import packed

from kgisheet import api
from kgisheet.errors import KgisheetError

VALUES = ("", " ", "x", "-1", "--3", "+", "1.5", "1e999", "NaN", "INF", "9" * 5000, "999999999", "0", "A0", "ZZZZ9", "XFD1048577",
          "true", "'", "１２", "1_0", "_x0000_", "\u202e", "../../x", "a" * 40_000)  # fmt: skip
"""Values that are of the wrong kind somewhere."""
_TAG = re.compile(rb"<(/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*\"[^\"]*\")*)\s*(/?)>")
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*\"([^\"]*)\"")
_FOREIGN = re.compile(
    r"[A-Z]\w*(?:Error|Exception|Warning)\b|invalid literal|could not convert|unexpected|codec|object|NoneType|list index|out of range|"
    r"not well-formed|token|strptime|zipfile|Traceback|integer string conversion"
)
"""Words of Python and its libraries."""


class Mutation(NamedTuple):
    """A change of one place: bytes of a part, from and to."""

    part: str
    what: str
    start: int
    end: int
    value: bytes


def mutations(parts: dict[str, bytes]) -> Iterator[Mutation]:
    """Yield the mutations of all XML parts."""
    for part, data in parts.items():
        if part.endswith((".xml", ".rels")):
            yield from _of_part(part, data)


def _of_part(part: str, data: bytes) -> Iterator[Mutation]:
    seen: set[str] = set()
    path: list[
        tuple[str, int, int, bool]
    ] = []  # tag, where it starts and its content starts, whether it is the first of its kind
    for tag in _TAG.finditer(data):
        name = tag[2].decode()
        if tag[1]:
            _, start, inner, is_first = path.pop()
            where = "/".join([*(each[0] for each in path), name])
            if is_first:
                yield from _of_element(part, where, data, (start, inner, tag.start(), tag.end()))
            continue
        where = "/".join([*(each[0] for each in path), name])
        is_first = where not in seen
        seen.add(where)
        for each in _ATTRIBUTE.finditer(tag[3]):
            key = f"{where}@{each[1].decode()}"
            if key in seen or each[1].startswith(b"xmlns"):
                continue
            seen.add(key)
            at = tag.start(3) + each.start(2)
            for value in VALUES:
                yield Mutation(part, f"{key}={value[:12]!r}", at, tag.start(3) + each.end(2), _escaped(value))
            yield Mutation(part, f"{key} taken out", tag.start(3) + each.start(), tag.start(3) + each.end(), b"")
        if not tag[4]:
            path.append((name, tag.start(), tag.end(), is_first))
        elif is_first and path:
            yield Mutation(part, f"{where} taken out", tag.start(), tag.end(), b"")
            yield Mutation(part, f"{where} twice", tag.start(), tag.start(), tag[0])


def _of_element(part: str, where: str, data: bytes, span: tuple[int, int, int, int]) -> Iterator[Mutation]:
    start, inner, inner_end, end = span
    if b"<" not in data[inner:inner_end]:
        for value in VALUES:
            yield Mutation(part, f"{where}={value[:12]!r}", inner, inner_end, _escaped(value))
    if "/" in where:
        yield Mutation(part, f"{where} taken out", start, end, b"")
        yield Mutation(part, f"{where} emptied", inner, inner_end, b"")
        if end - start < 20_000:
            yield Mutation(part, f"{where} twice", start, start, data[start:end])


def _escaped(value: str) -> bytes:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").encode()


def mutated(parts: dict[str, bytes], one: Mutation) -> bytes:
    data = parts[one.part]
    return packed({**parts, one.part: data[: one.start] + one.value + data[one.end :]})


def books() -> dict[str, tuple[bytes, str]]:
    """Workbooks whose parts are mutated: ours, one by labels, an .ods."""
    return {
        "ours": (page_and_months("short"), "book.xlsx"),
        "by labels": (marked.foreign(), "foreign.xlsx"),
        "ods": (
            filekinds.ods_of(["受注数", 3], ["受注率", 0.3], ["商談数", 10], ["アポ率", "25%"], ["リード数", 40]),
            "goal.ods",
        ),
    }


def fault(work: Callable[[], object]) -> str | None:
    """Return what is wrong with what comes out; None for a result, and for a refusal in words."""
    try:
        work()
    except KgisheetError as refused:
        for problem in refused.problems:
            for lang in ("ja", "en"):
                if (found := _FOREIGN.search(problem.what.to(lang))) is not None:
                    return f"says {found[0]!r}: {problem.to(lang)[:200]}"
        return None
    except Exception as bad:  # noqa: BLE001  # what is looked for
        at = bad.__traceback__
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        place = "" if at is None else f" at {at.tb_frame.f_code.co_filename.rpartition('kgisheet/')[2]}:{at.tb_lineno}"
        return f"{type(bad).__name__}: {bad}{place}"
    return None


def commands(data: bytes, name: str) -> dict[str, Callable[[], object]]:
    """What else is done with a workbook."""
    return {
        "show": lambda: api.records_of_book(data, name),
        "extract": lambda: api.extract(data, name),
        "by labels": lambda: api.extract_by_labels(data, name, "template.toml"),
        "monthly": lambda: api.regenerate(data, name),
        "upgrade": lambda: api.upgrade(data, name),
    }


def found_in(
    name: str, data: bytes, file: str, first: int, share: int, all_commands: bool = True
) -> tuple[Counter[str], list[str]]:
    """Return how many mutations ended how, and the faults."""
    parts = packages.parts_of(data)
    count: Counter[str] = Counter()
    faults = []
    for number, one in enumerate(mutations(parts)):
        if number % share != first:
            continue
        made = mutated(parts, one)
        result: list[str] = []
        wrong = fault(lambda: result.append(api.check(made, file).status))  # noqa: B023
        count[result[0] if result else "refused"] += 1
        if wrong is not None:
            faults.append(f"{name} {one.part} {one.what}: check {wrong}")
        if all_commands and number % (10 * share) == first:
            for command, work in commands(made, file).items():
                if (wrong := fault(work)) is not None:
                    faults.append(f"{name} {one.part} {one.what}: {command} {wrong}")
    return count, faults


def main() -> int:
    options = argparse.ArgumentParser(description="Puts a value of the wrong kind into every place of a workbook.")
    options.add_argument("--share", type=int, default=1)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--list", action="store_true")
    given = options.parse_args()
    bad = 0
    for name, (data, file) in books().items():
        if given.list:
            print(name, sum(1 for _ in mutations(packages.parts_of(data))))
            continue
        count, faults = found_in(name, data, file, given.first, given.share)
        print(
            f"{name:10}",
            ", ".join(f"{status} {many}" for status, many in sorted(count.items())),
            f"faults {len(faults)}",
            flush=True,
        )
        print(*faults, sep="\n")
        bad += len(faults)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
