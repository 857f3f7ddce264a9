"""What goes wrong with bytes, with the parts of a package, and with XML: at random, from a given source of it."""

from __future__ import annotations

import io
import random
import re
import zipfile

Parts = dict[str, bytes]

SCRAPS = [b"", b"\x00", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"&", b"&#0;", b"&#x1F600;", b"]]>", b"<!--", b"-->", b"<![CDATA[", b"<?x?>", b"<!DOCTYPE a>",
          b"'", b'"', b"\r\n", b"PK\x03\x04", b"PK\x05\x06", b"\x80" * 9, b"A" * 5000, b"9" * 400, b"-", b"1e999", b"NaN", b"\xe3\x81", "\u202e".encode(), b"_x000D_", b"\xed\xa0\x80"]  # fmt: skip
"""Pieces that mean something to somebody."""

EXTREME = ["0", "-1", "1", "-0", "1e999", "-1e999", "NaN", "INF", "1e-400", "9" * 400, "0." + "3" * 400, "2147483648", "4294967296", "18446744073709551616", "1048577",
           "16385", "0x10", "1_000", "１２", "--3", "+5", " 7 ", "", "1,5", "1e5", "abc", "true", "#REF!", "\u2212 3", "٣", "1E+16", "2958466", "-1.5"]  # fmt: skip
"""Numbers that no cell, index or count should be."""

ADDRESSES = [
    "A0",
    "A1",
    "XFE1",
    "A1048577",
    "A1:XFD1048576",
    "1A",
    "",
    "$A$1",
    "AAAA1",
    "A1:B2 C3",
    "R1C1",
    "a1",
    "Ａ１",
    "A1,B2",
    "A" * 300 + "1",
    "#REF!",
]
TYPES = ["s", "n", "b", "e", "str", "inlineStr", "d", "x", "S", ""]


def bytes_of(pick: random.Random, data: bytes, most: int = 6) -> bytes:
    """Bytes with pieces turned, taken out, doubled, put in, or all of it cut off."""
    made = bytearray(data)
    for _ in range(pick.randint(1, most)):
        at = pick.randrange(len(made) + 1)
        how = pick.random()
        if how < 0.35 and at < len(made):
            made[at] ^= 1 << pick.randrange(8)
        elif how < 0.5 and at < len(made):
            made[at] = pick.randrange(256)
        elif how < 0.65:
            del made[at : at + pick.choice((1, 2, 4, 16, 200))]
        elif how < 0.75:
            made[at:at] = made[at : at + pick.choice((1, 8, 64, 1000))]
        elif how < 0.95:
            made[at:at] = pick.choice(SCRAPS)
        elif how < 0.98:
            del made[at:]
        else:
            at = pick.randrange(len(made) + 1)
            made[at:at], made[-9:] = made[-9:], made[at : at + 9]
    return bytes(made)


def packed(parts: Parts, stored: bool = True) -> bytes:
    """A package of parts; not compressed, for that takes longer than to read it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(zipfile.ZipInfo(name, (2026, 4, 1, 0, 0, 0)), part)
    return out.getvalue()


# -- XML ---------------------------------------------------------------------

_TAG = re.compile(rb"<(/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+=\"[^\"]*\")*)\s*(/?)>")
_ATTRIBUTE = re.compile(rb"\s+([\w:.-]+)=\"([^\"]*)\"")
_TEXT = re.compile(rb">([^<]+)<")


def xml(pick: random.Random, data: bytes, most: int = 3) -> bytes:
    """XML, well formed still, but with elements, attributes and texts gone, doubled, exchanged or of another kind."""
    for _ in range(pick.randint(1, most)):
        data = pick.choice(_WAYS)(pick, data)
    return data


def _element(pick: random.Random, data: bytes) -> tuple[int, int]:
    """The bounds of one of its elements, without its root; of the many alike as seldom as of the few."""
    found = [each for each in _TAG.finditer(data) if not each[1]]
    if len(found) < 2:
        return 0, 0
    name = pick.choice(sorted({each[2] for each in found[1:]}))
    match = pick.choice([each for each in found[1:] if each[2] == name] or found[1:])
    if match[4]:
        return match.start(), match.end()
    depth = 0
    for each in _TAG.finditer(data, match.start()):
        depth += 0 if each[4] else -1 if each[1] else 1
        if depth == 0:
            return match.start(), each.end()
    return match.start(), match.end()


def _gone(pick: random.Random, data: bytes) -> bytes:
    start, end = _element(pick, data)
    return data[:start] + data[end:]


def _doubled(pick: random.Random, data: bytes) -> bytes:
    start, end = _element(pick, data)
    return data[:start] + data[start:end] * pick.choice((2, 2, 3, 40)) + data[end:] if end - start < 20_000 else data


def _elsewhere(pick: random.Random, data: bytes) -> bytes:
    start, end = _element(pick, data)
    piece, rest = data[start:end], data[:start] + data[end:]
    at = _element(pick, rest)[0]
    return rest[:at] + piece + rest[at:]


def _exchanged(pick: random.Random, data: bytes) -> bytes:
    (a, b), (c, d) = sorted((_element(pick, data), _element(pick, data)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _renamed(pick: random.Random, data: bytes) -> bytes:
    start, end = _element(pick, data)
    other = _element(pick, data)[0]
    names = [_TAG.match(data, at) for at in (start, other)]
    if names[0] is None or names[1] is None:
        return data
    old, new = names[0][2], names[1][2]
    piece = re.sub(rb"(</?)" + re.escape(old) + rb"(?=[\s/>])", lambda found: found[1] + new, data[start:end])
    return data[:start] + piece + data[end:]


def _wrapped(pick: random.Random, data: bytes) -> bytes:
    start, end = _element(pick, data)
    times = pick.choice((1, 2, 240, 260, 3000))
    return data[:start] + b"<x>" * times + data[start:end] + b"</x>" * times + data[end:]


def _value(pick: random.Random) -> bytes:
    value = pick.choice(pick.choice((EXTREME, ADDRESSES, TYPES)))
    return value.encode().replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")


def _attribute(pick: random.Random, data: bytes) -> bytes:
    start = _element(pick, data)[0]
    tag = _TAG.match(data, start)
    given = [] if tag is None else list(_ATTRIBUTE.finditer(data, tag.start(3), tag.end(3)))
    if tag is None or not given:
        return data
    one = pick.choice(given)
    how = pick.random()
    if how < 0.2:
        return data[: one.start()] + data[one.end() :]
    if how < 0.3:
        other = pick.choice(given)
        return data[: one.start(1)] + other[1] + b'x="' + other[2] + data[one.end(2) :]
    value = _value(pick) if how < 0.8 else bytes_of(pick, one[2], 1).replace(b'"', b"").replace(b"<", b"").replace(b"&", b"")
    return data[: one.start(2)] + value + data[one.end(2) :]


def _text(pick: random.Random, data: bytes) -> bytes:
    found = list(_TEXT.finditer(data))
    if not found:
        return data
    one = pick.choice(found)
    how = pick.random()
    if how < 0.5:
        value = _value(pick)
    elif how < 0.7:
        value = pick.choice(found)[1]
    else:
        value = (
            one[1] * pick.choice((2, 30))
            if how < 0.8
            else b"".join(pick.sample([one[1][:3], b"+", b"(", b"1", b"&amp;", b"!"], 4)) + one[1][3:]
        )
    return data[: one.start(1)] + value + data[one.end(1) :]


_WAYS = [_gone, _gone, _doubled, _elsewhere, _exchanged, _renamed, _wrapped, *[_attribute] * 5, *[_text] * 5]


def shuffled(pick: random.Random, parts: Parts) -> Parts:
    """A package in which a part is gone, doubled under another name, exchanged with another, or called otherwise."""
    names = list(parts)
    one, other = pick.choice(names), pick.choice(names)
    made = dict(parts)
    how = pick.randrange(6)
    if how == 0:
        del made[one]
    elif how == 1:
        made[one], made[other] = made[other], made[one]
    elif how == 2:
        made[pick.choice(("/" + one, one.upper(), one + " ", "../" + one, one.replace("/", "\\"), one + "/", "x/" + one))] = (
            made.pop(one)
        )
    elif how == 3:
        made[one] = b""
    elif how == 4:
        made[one] = (
            made[one]
            .decode("utf-8", "replace")
            .encode(pick.choice(("utf-16", "utf-16-be", "cp932", "utf-7", "utf-32")), "replace")
        )
    else:
        made = {name: made[name] for name in pick.sample(names, len(names))}
    return made
