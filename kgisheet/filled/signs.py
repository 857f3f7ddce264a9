"""The lines of a sheet that texts and names show to have moved, and by how much."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence


class Signs:
    """The shifts of a sheet's rows or columns, by its texts and, without any, by its names."""

    def __init__(
        self,
        texts: Sequence[tuple[tuple[int, int], tuple[int, int]]],
        names: Iterable[tuple[str, int, int]],
        axis: int,
    ) -> None:
        self._texts: dict[int, Counter[int]] = {}
        self._names: dict[int, list[tuple[str, int]]] = {}
        for then, now in texts:
            self._texts.setdefault(then[axis], Counter())[now[axis] - then[axis]] += 1
        for name, old, new in names:
            self._names.setdefault(old, []).append((name, new - old))
        self._lines = sorted(self._texts.keys() | self._names.keys())
        self._known: dict[tuple[int, str], int | None] = {}

    def shift(self, line: int, without: str) -> int | None:
        """Return a line's shift; one name alone that was taken elsewhere doesn't count where the lines around agree."""
        shift = self._voted(line, without)
        votes = [by for name, by in self._names.get(line, ()) if name != without]
        if shift is None or line in self._texts or (len(votes) > 1 and len(set(votes)) == 1):
            return shift
        at = bisect_left(self._lines, line)
        above, below = self._nearest(reversed(self._lines[:at]), without), self._nearest(self._lines[at + 1 :], without)
        return above if above is not None and above == below else shift

    def _voted(self, line: int, without: str) -> int | None:
        key = line, without
        if key not in self._known:
            votes = self._texts.get(line) or Counter(by for name, by in self._names.get(line, ()) if name != without)
            self._known[key] = votes.most_common(1)[0][0] if votes else None
        return self._known[key]

    def _nearest(self, lines: Iterable[int], without: str) -> int | None:
        return next((found for each in lines if (found := self._voted(each, without)) is not None), None)

    def around(self, line: int, without: str) -> Iterator[int | None]:
        """Return the shift of the nearest line above, and of the nearest below."""
        at = bisect_left(self._lines, line)
        for near in (reversed(self._lines[:at]), self._lines[at:]):
            yield next((found for each in near if (found := self.shift(each, without)) is not None), None)
