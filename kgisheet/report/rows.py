"""The table at the end of a run over many files: a row each, or of very many those that need somebody's attention."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..language.text import Text
from .columns import aligned

_ALL = 100  # files of which each has a row; of more, those that are not sound
_ROWS = 1_000  # rows, at most


class Rows:
    """Rows as they come; so many are kept that memory doesn't grow with the files."""

    def __init__(self, lang: str, head: Sequence[Text], right: Collection[int] = ()) -> None:
        """Begin a table with a heading; ``right`` are its columns of figures."""
        self._lang = lang
        self._head = [each.to(lang) for each in head]
        self._right = right
        self._rows: list[tuple[bool, list[str]]] = []
        self._sound = 0
        self.files = 0

    def add(self, row: list[str], is_sound: bool) -> None:
        """Add a file's row; ``is_sound``: of very many files it may be left out."""
        self.files += 1
        self._sound += is_sound
        if self.files == _ALL + 1:
            self._rows = [each for each in self._rows if not each[0]]
        if self.files <= _ALL or (not is_sound and len(self._rows) < _ROWS):
            self._rows.append((is_sound, row))

    def shown(self, most: int | None) -> list[str]:
        """Return the lines of the table, cut to ``most`` columns, and how many files are not in it."""
        rows = [self._head, *(row for _, row in self._rows)]
        found = aligned(rows, self._right, most).splitlines() if self._rows else []
        if self.files > _ALL:
            left = self.files - self._sound - len(self._rows)
            if left:
                found.append(Text(f"(ほかに指摘のある{left:,}ファイル)", f"({left:,} more that are not OK)").to(self._lang))
            found.append(
                Text(f"(問題のない{self._sound:,}ファイルは省略)", f"({self._sound:,} that are OK are left out)").to(self._lang)
            )
        return found
