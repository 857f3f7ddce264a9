"""The sentences of findings, by key: one file per language, read when a sentence is first worded.

``findings/ja.toml`` and ``findings/en.toml`` hold the same keys with the same places; a third language is a third file.
A place is filled by name, with ``str.format``'s notation and three more formats:

- ``{cells}``, where the value is a list: joined in the language's way (the file's ``joint``), or by what follows the
  colon: ``{titles:」「}``;
- ``{count:one=cell is|other=cells are}``: chosen by the count, or by what the value is: ``{count:2=twice|other=…}``;
- ``{what:capital}``: with a capital letter at its beginning.

A value that is itself a text of several languages is worded in the sentence's own.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from .text import Text

FOLDER = Path(__file__).parent / "findings"
_JOINT = "joint"
_OTHERWISE = ("en", "ja")
"""Where a language has no word for something, these are asked."""


class Phrase:
    """A sentence, or a part of one, by its key in the catalogue and the values of its places; equal if it reads the same."""

    __slots__ = ("key", "values")

    def __init__(self, key: str, /, **values: object) -> None:
        self.key = key
        self.values = values

    def to(self, lang: str) -> str:
        """Return the sentence in a language; where its file lacks or garbles it, in English, then in Japanese."""
        for each in dict.fromkeys((lang, *_OTHERWISE)):
            with suppress(
                LookupError, ValueError, TypeError, AttributeError, OSError
            ):  # nobody's report fails for a slip in a file
                return _filled(catalogue(each)[self.key], self.values, each)
        return self.key

    @property
    def ja(self) -> str:
        return self.to("ja")

    @property
    def en(self) -> str:
        return self.to("en")

    def __iter__(self) -> Iterator[str]:
        """Yield it in Japanese and in English, as a `Text` does."""
        yield from (self.ja, self.en)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Phrase, tuple)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Phrase({self.key!r}, {self.en!r})"


class Catalogue:
    """One language's sentences. A table of the file is parsed when one of its keys is asked for: few are, in one run."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    @cached_property
    def _tables(self) -> dict[str, str]:
        """The text of each table, by its heading; what precedes the first one by ''."""
        path = FOLDER / f"{self.lang}.toml"
        if self.lang not in languages():
            return {}
        head, *tables = re.split(r"^(?=\[)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        return {"": head, **{each[1:].partition("]")[0]: each for each in tables}}

    @cached_property
    def _known(self) -> dict[str, dict[str, str]]:
        return {}

    def _table(self, heading: str) -> dict[str, str]:
        found = self._known.get(heading)
        if found is None:
            found = self._known[heading] = _parsed(self._tables.get(heading, ""), heading)
        return found

    def __getitem__(self, key: str) -> str:
        """Return the sentence with its places; raise KeyError if the language has none, or its table can't be read."""
        heading, _, name = key.rpartition(".")
        return self._table(heading)[name]

    @property
    def joint(self) -> str:
        return self._table("").get(_JOINT, ", ")

    def __iter__(self) -> Iterator[str]:
        """Yield every key."""
        for heading in self._tables:
            yield from (f"{heading}.{name}" for name in self._table(heading) if heading)


def _parsed(text: str, heading: str) -> dict[str, str]:
    import tomllib  # not needed where nothing is wrong

    try:
        table: Any = tomllib.loads(text)
        for part in filter(None, heading.split(".")):
            table = table[part]
    except (tomllib.TOMLDecodeError, KeyError):
        return {}
    return {name: value for name, value in table.items() if isinstance(value, str)}


_CATALOGUES: dict[str, Catalogue] = {}


def catalogue(lang: str) -> Catalogue:
    """Return a language's sentences, read once; empty if it has no file."""
    found = _CATALOGUES.get(lang)
    if found is None:
        found = _CATALOGUES[lang] = Catalogue(lang)
    return found


def languages() -> tuple[str, ...]:
    """Return the languages of the catalogue: those that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def _filled(template: str, values: Mapping[str, object], lang: str) -> str:
    """Return a sentence with its places filled; raise LookupError or ValueError if it can't be."""
    parts = []
    for text, place, spec, _ in string.Formatter().parse(template):
        parts.append(text)
        if place is not None:
            value, form = values[place], spec or ""
            parts.append(_filled(_chosen(value, form), values, lang) if "other=" in form else _shown(value, form, lang))
    return "".join(parts)


def _shown(value: Any, form: str, lang: str) -> str:
    if isinstance(value, (Phrase, Text)):
        text = value.to(lang)
        if form not in ("", "capital"):
            raise ValueError(f"no format of a text: {form}")
        return text[:1].upper() + text[1:] if form else text
    if isinstance(value, (list, tuple)):
        joint = form or catalogue(lang).joint
        text = joint.join(_shown(each, "", lang) for each in value)
        # 1,970 + −80 is 1,970 − 80.
        return re.sub(re.escape(joint) + "([¥$€£]?)[-−]", joint.replace("+", "−") + r"\1", text) if "+" in joint else text
    return format(value, form)


def _chosen(value: object, choices: str) -> str:
    """Return the words for a value itself or, of a count, for one and for others: CLDR's two kinds of plural."""
    words = dict(each.split("=", 1) for each in choices.split("|"))
    return words.get(str(value), words["one"] if value == 1 and "one" in words else words["other"])
