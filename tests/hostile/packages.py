"""Packages that lie: compression, encryption, sizes, entries, names; and parts in other encodings. Ours, with something done to it."""

from __future__ import annotations

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from conftest import page_only

from .books import packed
from .kinds import OK, REFUSED, kind

Edit = Callable[[str, bytes], bytes]


@functools.cache
def base() -> bytes:
    return page_only()


@functools.cache
def parts() -> dict[str, bytes]:
    return parts_of(base())


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def edited(edit: Edit, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    return packed({name: edit(name, data) for name, data in parts().items()}, how)


def in_directory(data: bytes, offset: int, value: bytes, header: int | None = None) -> bytes:
    """The package with bytes set in every entry of its directory, and in every entry's own header."""
    found = bytearray(data)
    for magic, at in ((b"PK\1\2", offset), (b"PK\3\4", header)):
        place = -1
        while at is not None and (place := found.find(magic, place + 1)) >= 0:
            found[place + at : place + at + len(value)] = value
    return bytes(found)


# -- compression --------------------------------------------------------------------------


@kind("all parts LZMA", *REFUSED)
def lzma() -> bytes:
    return edited(lambda _, data: data, zipfile.ZIP_LZMA)


@kind("all parts BZIP2", *REFUSED)
def bzip2() -> bytes:
    return edited(lambda _, data: data, zipfile.ZIP_BZIP2)


@kind("a bomb in LZMA", *REFUSED)
def lzma_bomb() -> bytes:
    return edited(lambda name, data: bytes(300 << 20) if name.endswith("styles.xml") else data, zipfile.ZIP_LZMA)


@kind("a bomb in BZIP2", *REFUSED)
def bzip2_bomb() -> bytes:
    return edited(lambda name, data: bytes(300 << 20) if name.endswith("styles.xml") else data, zipfile.ZIP_BZIP2)


@kind("an LZMA dictionary of 4 GiB", *REFUSED)
def lzma_dictionary() -> bytes:
    data = lzma()
    at = data.find(b"PK\3\4")
    name = struct.unpack_from("<H", data, at + 26)[0] + struct.unpack_from("<H", data, at + 28)[0]
    props = at + 30 + name + 4
    return data[: props + 1] + b"\xff\xff\xff\xff" + data[props + 5 :]


for _number, _name in ((9, "Deflate64"), (93, "zstd"), (99, "AES"), (95, "XZ"), (1, "Shrink")):

    @kind(f"all parts said to be {_name}", *REFUSED)
    def method(number: int = _number) -> bytes:
        return in_directory(base(), 10, struct.pack("<H", number), 8)


@kind("a bomb: 3 GiB of zeros", *REFUSED)
def bomb() -> bytes:
    """A part of 60 MiB in a package, its compressed bytes three times the 1:1000 of deflate."""
    return packed({**parts(), "xl/bomb.xml": bytes(60 << 20), "xl/bomb2.xml": bytes(60 << 20)})


@kind("a part that compresses 1,000 times", *REFUSED)
def ratio() -> bytes:
    return packed({**parts(), "xl/media.xml": b"<a>" + b" " * (30 << 20) + b"</a>"})


# -- entries --------------------------------------------------------------------------------


@kind("encrypted entries", *REFUSED)
def encrypted() -> bytes:
    return in_directory(base(), 8, b"\x01\x00", 6)


@kind("sizes forged small", *REFUSED)
def forged() -> bytes:
    data = packed({**parts(), "xl/big.xml": bytes(70 << 20)})
    at = data.rfind(b"PK\1\2", 0, data.rfind(b"xl/big.xml"))
    return data[: at + 24] + struct.pack("<I", 100) + data[at + 28 :]


@kind("sizes forged large", *REFUSED)
def forged_large() -> bytes:
    data = base()
    at = data.rfind(b"PK\1\2")
    return data[: at + 24] + struct.pack("<I", 0x7FFFFFFF) + data[at + 28 :]


@kind("60,000 entries", *REFUSED)
def entries() -> bytes:
    return packed({**parts(), **{f"xl/x{at}.xml": b"<a/>" for at in range(60_000)}}, zipfile.ZIP_STORED)


@kind("60,000 folders", *REFUSED)
def folders() -> bytes:
    return packed({**parts(), **{f"xl/x{at}/": b"" for at in range(60_000)}}, zipfile.ZIP_STORED)


@kind("duplicate parts, the second another one", *REFUSED)
def duplicates(more: bytes = b"<!-- -->") -> bytes:
    out = io.BytesIO(base())
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as target:
        warnings.simplefilter("ignore")
        target.writestr("xl/workbook.xml", parts()["xl/workbook.xml"] + more)
    return out.getvalue()


@kind("duplicate parts, both alike", *OK)
def alike() -> bytes:
    """As some programs write them."""
    return duplicates(b"")


@kind("parts that differ only in case, and in content", *REFUSED)
def cases() -> bytes:
    return packed({**parts(), "XL/Workbook.xml": parts()["xl/workbook.xml"] + b"<!-- -->"})


@kind("one entry's data for 1,500 overlapping entries", *REFUSED)
def overlapping() -> bytes:
    """The directory names one compressed part many times, as the better zip bombs do."""
    name, data = b"xl/worksheets/sheet1.xml", parts()["xl/worksheets/sheet1.xml"] + b" " * (8 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = packer.compress(data) + packer.flush()
    crc = zlib.crc32(data)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(squeezed), len(data), len(name), 0) + name + squeezed
    directory = b""
    for at in range(1500):
        own = b"xl/x%04d.xml" % at
        directory += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(squeezed), len(data), len(own), 0, 0, 0, 0, 0, 0) + own  # fmt: skip
    return local + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1500, 1500, len(directory), len(local), 0)


@kind("the directory lies about where it begins", *REFUSED)
def lost_directory() -> bytes:
    data = base()
    at = data.rfind(b"PK\5\6")
    return data[: at + 16] + struct.pack("<I", 7) + data[at + 20 :]


@kind("the directory counts 65,535 entries", *REFUSED, *OK)
def counted() -> bytes:
    data = base()
    at = data.rfind(b"PK\5\6")
    return data[: at + 8] + b"\xff\xff\xff\xff" + data[at + 12 :]


@kind("zip64 with sizes of 2^60", *REFUSED)
def zip64() -> bytes:
    data = base()
    at = data.rfind(b"PK\1\2")
    name, extra = struct.unpack_from("<2H", data, at + 28)
    more = struct.pack("<2H2Q", 1, 16, 1 << 60, 1 << 60)
    grown = data[: at + 20] + b"\xff" * 8 + data[at + 28 : at + 30] + struct.pack("<H", extra + len(more)) + data[at + 32 : at + 46 + name] + more + data[at + 46 + name :]  # fmt: skip
    end = grown.rfind(b"PK\5\6")
    size = struct.unpack_from("<I", grown, end + 12)[0]
    return grown[: end + 12] + struct.pack("<I", size + len(more)) + grown[end + 16 :]


@kind("10 MiB of rubbish in front", *OK, *REFUSED)
def prefixed() -> bytes:
    return b"PK" + bytes(10 << 20) + base()


@kind("cut off in the middle", *REFUSED)
def cut() -> bytes:
    return base()[: len(base()) // 2]


@kind("the data of a part is broken", *REFUSED)
def broken() -> bytes:
    at = base().find(b"xl/worksheets/sheet1.xml") + 400
    return base()[:at] + bytes(40) + base()[at + 40 :]


@kind("a comment of the package with another directory", *REFUSED, "ok")
def comment() -> bytes:
    data = base()
    return data[:-2] + struct.pack("<H", 22) + b"PK\5\6" + bytes(18)


# -- what the names say -----------------------------------------------------------------------


@kind("names with backslashes", *OK)
def backslashes() -> bytes:
    """As some .NET programs write them."""
    return _renamed(b"/", b"\\")


@kind("names that begin with a slash", *OK)
def rooted() -> bytes:
    return packed({f"/{name}": data for name, data in parts().items()})


@kind("names that lead elsewhere", *OK)
def elsewhere() -> bytes:
    return packed({**parts(), "../../etc/passwd": b"x", "C:\\x": b"x", "xl/../xl/nothing.xml": b"<a/>"})


def _renamed(old: bytes, new: bytes) -> bytes:
    """The package with its names in another writing; zipfile would put them right."""
    found = bytearray(base())
    for name in parts():
        said = name.encode()
        at = -1
        while (at := found.find(said, at + 1)) >= 0:
            if found[at - 30 : at - 26] == b"PK\3\4" or found[at - 46 : at - 42] == b"PK\1\2":
                found[at : at + len(said)] = said.replace(old, new)
    return bytes(found)


@kind("a minimal .ods called .xlsx", "ok", "incomplete", "unreadable")
def ods() -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, zipfile.ZIP_STORED)


@kind("a plain zip", *REFUSED)
def plain() -> bytes:
    return packed({"readme.txt": b"hello", "a/b.csv": b"1,2"})


@kind("an empty zip", *REFUSED)
def empty() -> bytes:
    return packed({})


@kind("a zip of a workbook", *REFUSED)
def zip_of_book() -> bytes:
    return packed({"goal.xlsx": base()})


# -- encodings and declarations -----------------------------------------------------------------


def _recoded(name: str, data: bytes, encoding: str) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return data
    text = data.decode()
    said = "UTF-16" if encoding.startswith("utf-16") else encoding
    return text.replace('encoding="UTF-8"', f'encoding="{said}"').encode(encoding)


for _encoding in ("utf-16", "utf-16-le", "utf-16-be"):

    @kind(f"all parts {_encoding}{'' if _encoding == 'utf-16' else ' without a mark'}", *OK)
    def recoded(encoding: str = _encoding) -> bytes:
        return edited(lambda name, data: _recoded(name, data, encoding))


@kind("all parts UTF-8 with a mark", *OK)
def marked() -> bytes:
    return edited(lambda name, data: b"\xef\xbb\xbf" + data if name.endswith((".xml", ".rels")) else data)


for _encoding in ("shift_jis", "utf-7", "iso-8859-1", "utf-32", "cp037"):

    @kind(f"all parts {_encoding}, with losses", *REFUSED, *(("findings",) if _encoding in ("shift_jis", "iso-8859-1") else ()))
    def unusual(encoding: str = _encoding) -> bytes:
        return edited(lambda name, data: data.decode().replace('encoding="UTF-8"', f'encoding="{encoding}"').encode(encoding, "replace") if name.endswith(".xml") else data)  # fmt: skip


DOCTYPE = '<!DOCTYPE a [<!ENTITY a "b"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def in_workbook(text: str) -> Edit:
    """The text behind the declaration of the workbook part."""
    return lambda name, data: data.replace(b"?>", b"?>" + text.encode(), 1) if name == "xl/workbook.xml" else data


@kind("a DOCTYPE", *REFUSED)
def doctype() -> bytes:
    return edited(in_workbook(DOCTYPE))


@kind("a DOCTYPE in UTF-16", *REFUSED)
def doctype_16() -> bytes:
    return edited(lambda name, data: _recoded(name, in_workbook(DOCTYPE)(name, data), "utf-16"))


@kind("a DOCTYPE behind a comment of 1 MiB", *REFUSED)
def doctype_far() -> bytes:
    return edited(in_workbook(f"<!--{'x' * (1 << 20)}-->{DOCTYPE}"))


@kind("a NUL byte in a part", *REFUSED)
def nul() -> bytes:
    return edited(lambda name, data: data.replace(b"<sheetData>", b"<sheetData>\x00") if "sheet1.xml" in name else data)


@kind("a NUL byte at a part's end", *REFUSED)
def nul_at_end() -> bytes:
    return edited(lambda name, data: data + b"\x00" if "sheet1.xml" in name else data)


@kind("a lone surrogate in UTF-16", *REFUSED)
def surrogate() -> bytes:
    return edited(lambda name, data: (b"\xff\xfe" + data.decode().encode("utf-16-le").replace("目".encode("utf-16-le"), b"\x00\xd8", 1)) if name == "xl/workbook.xml" else data)  # fmt: skip


@kind("something in front of the package", *REFUSED)
def in_front() -> bytes:
    return b"MZ" * 5000 + base()


@kind("a part in UTF-32", *REFUSED)
def utf_32() -> bytes:
    return edited(lambda name, data: data.decode().encode("utf-32") if name == "xl/worksheets/sheet1.xml" else data)


@kind("a DOCTYPE in a comment", *OK)
def doctype_in_comment() -> bytes:
    return edited(
        lambda name, data: data.replace(b"?>", b"?><!-- <!DOCTYPE x> -->", 1) if name == "xl/worksheets/sheet1.xml" else data
    )
