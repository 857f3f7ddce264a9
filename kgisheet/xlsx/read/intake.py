"""The one entry for foreign workbooks: what a file really is, and whether it is safe to parse.

The limits are from public workbooks (99 % unpack to under 2 MB, all to under 64 MB).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection
from typing import NamedTuple

from ...errors import BookError, Problem
from ...language.text import Text


class Limits(NamedTuple):
    """How large a workbook may be before it is refused unread."""

    file_bytes: int = 20 * 2**20
    unpacked_bytes: int = 64 * 2**20
    entries: int = 2000
    ratio: int = 200  # for parts over 1 MiB


LIMITS = Limits()

_SAVE_AS = Text("Excelで開き、「名前を付けて保存」で .xlsx にしてください", "open it in Excel and save it as .xlsx")


def inspect(data: bytes, source: str, limits: Limits = LIMITS) -> dict[str, bytes]:
    """Return the parts of an .xlsx that is safe to parse, by name, in their order; raise BookError for anything else."""
    parts = unpack(data, source, limits)
    if "[Content_Types].xml" not in parts and "content.xml" not in parts:
        raise _damaged(source)
    if not {"xl/workbook.xml", "_rels/.rels"} & parts.keys():
        raise BookError(Problem("not-a-workbook", *_zip_kind(parts), source))
    if "xl/workbook.xml" not in parts and (kind := _zip_kind(parts)) != _NO_BOOK:
        raise BookError(Problem("not-a-workbook", *kind, source))
    return parts


def unpack(data: bytes, source: str, limits: Limits = LIMITS, parsed: Collection[str] | None = None) -> dict[str, bytes]:
    """Return the parts of any package, inflated within the limits; raise BookError.

    ``parsed`` are the parts that will be parsed (None: all), in which no DOCTYPE may be.
    """
    kind = _other_kind(data, source)
    if kind is not None:
        what, fix = kind
        raise BookError(Problem("not-a-workbook", what, fix, source))
    if len(data) > limits.file_bytes:
        raise _too_large(source, f"{len(data) / 2**20:.0f} MiB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _unpacked(package, source, limits, parsed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise _damaged(source) from None


def _damaged(source: str) -> BookError:
    what = Text("ファイルが壊れているか、途中で切れています", "the file is damaged or cut off")
    fix = Text("もう一度受け取るか、保存し直してください", "get it again, or save it again")
    return BookError(Problem("damaged", what, fix, source))


def _unpacked(package: zipfile.ZipFile, source: str, limits: Limits, parsed: Collection[str] | None) -> dict[str, bytes]:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > limits.entries or len(set(names)) != len(names):
        raise _too_large(source, f"{len(entries)} parts")
    unpacked = 0
    parts: dict[str, bytes] = {}
    for entry in entries:
        if entry.flag_bits & 1:
            raise encrypted(source)
        pieces: list[bytes] = []
        size = 0
        # Sizes in a zip's directory can be forged: count while inflating.
        with package.open(entry) as part:
            while chunk := part.read(1 << 18):
                pieces.append(chunk)
                size += len(chunk)
                unpacked += len(chunk)
                if unpacked > limits.unpacked_bytes:
                    raise _too_large(source, f"> {limits.unpacked_bytes >> 20} MiB")
        if size > 2**20 and size > limits.ratio * max(entry.compress_size, 1):
            raise _too_large(source, f"{entry.filename}: 1:{size // max(entry.compress_size, 1)}")
        content = b"".join(pieces)
        if entry.filename.endswith((".xml", ".rels")) if parsed is None else entry.filename in parsed:
            _refuse_declarations(content[:4096], source)
        if not entry.is_dir():
            parts[entry.filename] = content
    return parts


def _refuse_declarations(head: bytes, source: str) -> None:
    """Refuse a DOCTYPE, which no workbook part has, in words; the parser would refuse it too."""
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"\x00" in head:
        raise BookError(
            Problem(
                "doctype",
                Text(
                    "DOCTYPE など、ブックにあるはずのない宣言を含むため読みません",
                    "it holds a DOCTYPE or the like, which no workbook has; not read",
                ),
                None,
                source,
            )
        )


def _too_large(source: str, size: str) -> BookError:
    return BookError(
        Problem(
            "too-large",
            Text(f"大きすぎるため読みません({size})", f"too large to be read ({size})"),
            Text("目標シートだけを別のブックに保存してください", "save the goal sheets to a workbook of their own"),
            source,
        )
    )


_ENCRYPTED = (
    Text("パスワードで暗号化されています", "it is encrypted with a password"),
    Text("パスワードを外して保存し直してください", "save it without the password"),
)


def encrypted(source: str) -> BookError:
    """Return what there is to say of a file that only its password opens."""
    return BookError(Problem("encrypted", _ENCRYPTED[0], _ENCRYPTED[1], source))


def _other_kind(data: bytes, source: str) -> tuple[Text, Text | None] | None:
    """Return what ``data`` is if it isn't a zip package, and what to do."""
    name = source.replace("\\", "/").rpartition("/")[2]
    if name.startswith("~$"):
        return (
            Text(
                "Excelが開いている間だけ作るロックファイルです", "this is the lock file that Excel keeps while a book is open"
            ),
            Text(f"{name[2:]} を指定してください", f"name {name[2:]} instead"),
        )
    if not data:
        return Text("空のファイルです", "the file is empty"), None
    if data[:4] == b"\xd0\xcf\x11\xe0":
        if "EncryptedPackage".encode("utf-16-le") in data:
            return _ENCRYPTED
        return Text("古い形式のExcelブック(.xls)です", "this is an older Excel workbook (.xls)"), _SAVE_AS
    if data[:2] == b"\x1f\x8b":
        return Text("gzipで圧縮されています", "it is compressed with gzip"), Text(
            "展開してから指定してください", "unpack it first"
        )
    if data[:4] == b"%PDF":
        return Text("PDFです", "this is a PDF"), Text(".xlsx を指定してください", "name an .xlsx")
    if data[:2] == b"PK":
        return None
    head = data[:1024].lstrip(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return Text("HTMLです", "this is HTML"), _SAVE_AS
    if head.startswith(b"<?xml"):
        return Text("XMLです", "this is XML"), _SAVE_AS
    if b"\x00" not in data[:4096]:
        return Text("文字のファイル(CSVなど)です", "this is a text file (CSV or the like)"), _SAVE_AS
    return Text("Excelブックではありません", "this is not an Excel workbook"), _SAVE_AS


_NO_BOOK = (Text("ZIPですが、Excelブックではありません", "this is a zip file, but not a workbook"), _SAVE_AS)


def _zip_kind(names: Collection[str]) -> tuple[Text, Text | None]:
    if "xl/workbook.bin" in names:
        return Text("バイナリ形式のブック(.xlsb)です", "this is a binary workbook (.xlsb)"), _SAVE_AS
    if "content.xml" in names:
        return Text("OpenDocument(.ods など)です", "this is an OpenDocument file (.ods)"), _SAVE_AS
    if any(name.startswith("word/") for name in names):
        return Text("Word文書です", "this is a Word document"), Text(".xlsx を指定してください", "name an .xlsx")
    if any(name.startswith("ppt/") for name in names):
        return Text("PowerPointです", "this is a PowerPoint file"), Text(".xlsx を指定してください", "name an .xlsx")
    return _NO_BOOK
