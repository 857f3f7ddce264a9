"""PNG files of rows of pixels. Imports nothing of ours: the distribution's own Python uses it, too."""

import struct
import zlib


def png(width, rows):
    """The picture of rows of red, green and blue bytes."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def cropped(ppm, margin=12, foot=0.06):
    """A PPM's pixels (P6, 8 bits) that are not white, with a margin, as a PNG; the foot of the page is left out."""
    _, size, _, data = ppm.split(b"\n", 3)
    width, height = map(int, size.split())
    rows = [data[3 * width * y : 3 * width * (y + 1)] for y in range(int(height * (1 - foot)))]
    white = b"\xff" * (3 * width)
    inked = [y for y, row in enumerate(rows) if row != white]
    left = min(len(row) - len(row.lstrip(b"\xff")) for row in rows) // 3
    right = max(len(row.rstrip(b"\xff")) for row in rows) // 3 + 1
    left, right = max(0, left - margin), min(width, right + margin)
    shown = rows[max(0, inked[0] - margin) : inked[-1] + margin]
    return png(right - left, [row[3 * left : 3 * right] for row in shown])
