"""The icons of the add-ins' buttons, drawn from a few shapes at each size that a ribbon asks for."""

from __future__ import annotations

import functools
import math
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence

Point = tuple[float, float]
Shape = tuple[str, Sequence[Point]]

GRID = 32
"""The shapes' own unit: an icon is a square of 32."""

SIZES = (16, 32, 80)
"""The sizes that a ribbon must have; 64 is the add-in's own icon on fine screens."""

_BLUE, _WHITE, _AMBER = "#1f6fc0", "#ffffff", "#e0a100"
_LINES = 4
"""Scan lines of a pixel: its edges' shades of grey."""


def _box(x: float, y: float, width: float, height: float, radius: float = 0) -> list[Point]:
    """Return a rectangle with rounded corners."""
    corners = [(x + width - radius, y + radius, -90), (x + width - radius, y + height - radius, 0)]
    corners += [(x + radius, y + height - radius, 90), (x + radius, y + radius, 180)]
    return [
        (cx + radius * math.cos(math.radians(start + step)), cy + radius * math.sin(math.radians(start + step)))
        for cx, cy, start in corners
        for step in range(0, 91, 15)
    ]


_PAGE: Shape = (_BLUE, _box(1, 1, 30, 30, 5))
_SHAPES: dict[str, tuple[Shape, ...]] = {
    "kgi": (_PAGE, (_WHITE, [(6, 7), (26, 7), (20, 14), (12, 14)]), (_WHITE, [(12, 16), (20, 16), (18, 20), (14, 20)]), (_WHITE, _box(14, 22, 4, 5))),
    "check": (_PAGE, (_WHITE, [(7, 16), (10, 13), (14, 17), (22, 8), (25.5, 11), (14.5, 24)])),
    "months": (_PAGE, (_WHITE, _box(6, 7, 20, 19, 2)), (_AMBER, _box(6, 7, 20, 5)), (_BLUE, _box(9, 15, 5, 4)), (_BLUE, _box(18, 15, 5, 4)), (_BLUE, _box(9, 21, 5, 3))),
    "plan": (_PAGE, (_WHITE, _box(13.5, 7, 5, 18)), (_WHITE, _box(7, 13.5, 18, 5))),
    "actuals": (_PAGE, (_WHITE, _box(6, 17, 5, 9)), (_WHITE, _box(13.5, 12, 5, 14)), (_AMBER, _box(21, 6, 5, 20))),
}  # fmt: skip


@functools.cache
def files() -> dict[str, bytes]:
    """Return each icon in each size by its name: ``icons/check-16.png``."""
    found = {f"icons/{name}-{size}.png": png(shapes, size) for name, shapes in _SHAPES.items() for size in SIZES}
    return found | {"icons/kgi-64.png": png(_SHAPES["kgi"], 64)}


def png(shapes: Iterable[Shape], size: int) -> bytes:
    """Return the shapes as a PNG with a transparent ground, one over the other."""
    pixels = [[(0.0, 0.0, 0.0, 0.0)] * size for _ in range(size)]
    for colour, points in shapes:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        for row, column, cover in _covered([(x * size / GRID, y * size / GRID) for x, y in points], size):
            below = pixels[row][column]
            pixels[row][column] = tuple(
                over * cover + under * (1 - cover) for over, under in zip((red, green, blue, 255.0), below, strict=True)
            )  # type: ignore[assignment]
    rows = b"".join(b"\0" + bytes(value for pixel in row for value in _straight(pixel)) for row in pixels)
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    )


def _straight(pixel: tuple[float, float, float, float]) -> Iterator[int]:
    """Yield a pixel's bytes: its colours were mixed with the empty ground's black."""
    alpha = pixel[3] / 255
    yield from (min(255, round(each / alpha)) if alpha else 0 for each in pixel[:3])
    yield round(pixel[3])


def _covered(points: Sequence[Point], size: int) -> Iterator[tuple[int, int, float]]:
    """Yield row, column and covered part of each pixel that a polygon touches."""
    edges = list(zip(points, [*points[1:], points[0]], strict=True))
    for row in range(size):
        shares = [0.0] * size
        for line in range(_LINES):
            y = row + (line + 0.5) / _LINES
            crossed = sorted(
                ax + (y - ay) * (bx - ax) / (by - ay) for (ax, ay), (bx, by) in edges if (ay <= y < by) or (by <= y < ay)
            )
            for left, right in zip(crossed[::2], crossed[1::2], strict=True):
                for column in range(max(0, int(left)), min(size, math.ceil(right))):
                    shares[column] += max(0.0, min(right, column + 1) - max(left, column)) / _LINES
        yield from ((row, column, min(1.0, share)) for column, share in enumerate(shares) if share > 0)
