"""The one entry for foreign workbooks: what a file really is, and whether it is safe to parse.

The limits are those of the file's budget (from public workbooks: 99 % unpack to under 2 MB, all to under 64 MB).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection

from ...errors import BookError, Problem
from ...language.text import Text
from ...values import budget
from .encodings import utf8
from .xml import XmlError

RATIO = 200
"""How far a part of over 1 MiB may be compressed: what people type doesn't repeat itself that much."""

_SAVE_AS = Text("Excelで開き、「名前を付けて保存」で .xlsx にしてください", "open it in Excel and save it as .xlsx")


def inspect(data: bytes, source: str) -> dict[str, bytes]:
    """Return the parts of an .xlsx that is safe to parse, by name, in their order; raise BookError for anything else."""
    parts = unpack(data, source)
    if "[Content_Types].xml" not in parts and any(name.startswith("xl/") for name in parts) and "content.xml" not in parts:
        raise _damaged(source, Text("[Content_Types].xml がありません", "[Content_Types].xml is missing"))
    if not {"xl/workbook.xml", "_rels/.rels"} & parts.keys() or "[Content_Types].xml" not in parts:
        raise BookError(Problem("not-a-workbook", *_zip_kind(parts), source))
    if "xl/workbook.xml" not in parts and (kind := _zip_kind(parts)) != _NO_BOOK:
        raise BookError(Problem("not-a-workbook", *kind, source))
    return parts


def unpack(data: bytes, source: str, parsed: Collection[str] | None = None) -> dict[str, bytes]:
    """Return the parts of any package, inflated within the limits; XML is UTF-8 then. Raise BookError.

    ``parsed`` are the parts that will be parsed (None: all), in which no DOCTYPE may be.
    """
    kind = _other_kind(data, source)
    if kind is not None:
        what, fix = kind
        raise BookError(Problem("not-a-workbook", what, fix, source))
    with budget.of_file(source) as left:
        left.within("file", len(data))
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                return _unpacked(package, source, parsed)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
            raise _damaged(source) from None


def part_name(name: str) -> str:
    """Return the name of a part by that of its entry: some programs write backslashes, or a slash in front."""
    return name.replace("\\", "/").lstrip("/")


def _damaged(source: str, why: Text | None = None) -> BookError:
    more = Text("", "") if why is None else Text(f"({why.ja})", f" ({why.en})")
    what = Text(f"ファイルが壊れているか、途中で切れています{more.ja}", f"the file is damaged or cut off{more.en}")
    fix = Text("もう一度受け取るか、保存し直してください", "get it again, or save it again")
    return BookError(Problem("damaged", what, fix, source))


def _unpacked(package: zipfile.ZipFile, source: str, parsed: Collection[str] | None) -> dict[str, bytes]:
    left = budget.current()
    entries = package.infolist()
    left.within("entries", len(entries))
    left.within("bytes", sum(entry.file_size for entry in entries))
    unpacked = 0
    parts: dict[str, bytes] = {}
    taken: dict[str, str] = {}
    for entry in entries:
        _refuse_entry(entry, source)
        pieces: list[bytes] = []
        size = 0
        # Sizes in a zip's directory can be forged: count while inflating.
        with package.open(entry) as part:
            while chunk := part.read(1 << 18):
                pieces.append(chunk)
                size += len(chunk)
                left.within("bytes", unpacked + size)
        unpacked += size
        if size > 2**20 and size > RATIO * budget.times() * max(entry.compress_size, 1):
            raise _packed_too_well(source, entry.filename, size // max(entry.compress_size, 1))
        if entry.is_dir():
            continue
        name, content = part_name(entry.filename), b"".join(pieces)
        if name.endswith((".xml", ".rels")) if parsed is None else name in parsed:
            content = _readable(name, content, source)
        # Names of parts are equal but for case; the same part twice is harmless.
        if (known := taken.setdefault(name.lower(), name)) in parts:
            if parts[known] != content:
                raise _twice(source, name)
            continue
        parts[name] = content
    return parts


def _refuse_entry(entry: zipfile.ZipInfo, source: str) -> None:
    """Refuse an entry that only a password opens, or that is compressed in a way that no program for workbooks reads."""
    if entry.flag_bits & 1:
        raise encrypted(source)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        way = _WAYS.get(entry.compress_type, str(entry.compress_type))
        what = Text(
            f"ブックでは使われない方式({way})で圧縮されています", f"it is compressed in a way that workbooks aren't ({way})"
        )
        raise BookError(Problem("compression", what, _AGAIN, source))


_WAYS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "BZIP2", 14: "LZMA", 93: "zstd", 95: "XZ", 98: "PPMd", 99: "AES"}


def _readable(name: str, content: bytes, source: str) -> bytes:
    """Return an XML part in UTF-8; refuse a DOCTYPE, which no workbook part has, in words: the parser would refuse it too."""
    try:
        content = utf8(content)
    except XmlError as bad:
        what = Text(f"{name} を読めません({bad.what.ja})", f"{name} can't be read ({bad.what.en})")
        raise BookError(Problem("encoding", what, _AGAIN, source)) from None
    head = _NO_MARKUP.sub(b"", content[:4096])
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        what = Text(
            f"DOCTYPE など、ブックにあるはずのない宣言を含むため読みません({name})",
            f"it holds a DOCTYPE or the like, which no workbook has; not read ({name})",
        )
        raise BookError(Problem("doctype", what, _AGAIN, source))
    return content


_NO_MARKUP = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
"""What only looks like a declaration: comments, and texts as they are."""

_AGAIN = Text("Excelで開いて保存し直してください", "open it in Excel and save it again")


def _twice(source: str, name: str) -> BookError:
    what = Text(
        f"中に同じ部品が2つあり、内容が違います({name})", f"the same part is in it twice, each time another one ({name})"
    )
    return BookError(Problem("twice", what, _AGAIN, source))


def _packed_too_well(source: str, name: str, ratio: int) -> BookError:
    limit = RATIO * budget.times()
    what = Text(
        f"圧縮率が高すぎるため読みません({name}: 1:{ratio}、上限 1:{limit})",
        f"it is too large to be read: compressed too well ({name}: 1:{ratio}, the limit is 1:{limit})",
    )
    return BookError(Problem("too-large", what, budget.way_to_raise(), source))


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
    if zipfile.is_zipfile(io.BytesIO(data)):
        what = Text("ブックの前に別のデータが付いています", "there is something else in front of the workbook")
        return what, Text("もう一度受け取ってください", "get it again")
    if b"\x00" not in data[:4096]:
        return Text("文字のファイル(CSVなど)です", "this is a text file (CSV or the like)"), _SAVE_AS
    return Text("Excelブックではありません", "this is not an Excel workbook"), _SAVE_AS


_NO_BOOK = (Text("ZIPですが、Excelブックではありません", "this is a zip file, but not a workbook"), _SAVE_AS)


def _zip_kind(names: Collection[str]) -> tuple[Text, Text | None]:
    if not names:
        return Text("空のZIPです", "this is an empty zip file"), None
    if "xl/workbook.bin" in names:
        return Text("バイナリ形式のブック(.xlsb)です", "this is a binary workbook (.xlsb)"), _SAVE_AS
    if "content.xml" in names:
        return Text("OpenDocument(.ods など)です", "this is an OpenDocument file (.ods)"), _SAVE_AS
    if any(name.startswith("word/") for name in names):
        return Text("Word文書です", "this is a Word document"), Text(".xlsx を指定してください", "name an .xlsx")
    if any(name.startswith("ppt/") for name in names):
        return Text("PowerPointです", "this is a PowerPoint file"), Text(".xlsx を指定してください", "name an .xlsx")
    inside = [name for name in names if name.lower().endswith((".xlsx", ".xlsm", ".ods", ".csv"))]
    if inside:
        what = Text(
            f"ブックを入れたZIPです({inside[0]} など)", f"this is a zip file with other files in it, such as {inside[0]}"
        )
        return what, Text("展開してから指定してください", "unpack it first")
    return _NO_BOOK
