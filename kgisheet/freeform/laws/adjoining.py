"""Places on a sheet that adjoin: the blocks that its tables are in."""

from __future__ import annotations


def together(left: set[tuple[int, int]], gap: int) -> list[list[tuple[int, int]]]:
    """Return places in groups: those in one line with no more than a gap between them, or diagonal to each other."""
    ways = [(down, 0) for down in range(-gap, gap + 1) if down] + [(0, right) for right in range(-gap, gap + 1) if right]
    ways += [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    found: list[list[tuple[int, int]]] = []
    for first in sorted(left):
        if first not in left:
            continue
        left.discard(first)
        block: list[tuple[int, int]] = []
        edge = [first]
        while edge:
            row, col = edge.pop()
            block.append((row, col))
            near = [(row + down, col + right) for down, right in ways if (row + down, col + right) in left]
            left.difference_update(near)
            edge += near
        found.append(sorted(block))
    return found
