"""Bytes ↔ text: the actual encoding of a CSV file, and what a file is if it isn't CSV.

A wrong guess would silently put other characters into a goal sheet, so
what isn't plainly in one of four encodings is refused, with the line.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from ..errors import CsvError, Problem
from ..language.text import Text
from ..values import budget
from ..values.regex import regex

MAX_BYTES = 5 * 2**20
"""A year of daily rows per channel is far below this."""

UTF8_BOM = b"\xef\xbb\xbf"

_SAVE_AS_CSV = Text(
    "Excelで開き、「名前を付けて保存」で「CSV UTF-8」にしてください", "open it in Excel and save it as “CSV UTF-8”"
)
_RECODE = Text(
    "Excelなら「CSV UTF-8」、エディターなら文字コードをUTF-8にして保存し直してください",
    "save it again as UTF-8 (in Excel: “CSV UTF-8”)",
)


def decode(data: bytes, source: str) -> tuple[str, str]:
    """Return the text, and its encoding: ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``cp932``; raises CsvError.

    CP932 is Windows' Shift_JIS, as Japanese Excel writes it: with ① and 髙,
    and with ～ and － where a strict Shift_JIS decoder gives 〜 and −.
    """
    most = MAX_BYTES * budget.times()
    if len(data) > most:
        raise _refused(
            source,
            "too-large",
            Text(
                f"大きすぎるため読みません({len(data) / 2**20:.1f} MiB)", f"too large to be read ({len(data) / 2**20:.1f} MiB)"
            ),
            Text(
                f"{most >> 20} MiB までのファイルに分けるか、--budget {budget.next_times()} で上限を上げてください",
                f"split it into files of at most {most >> 20} MiB, or raise the limit by --budget {budget.next_times()}",
            ),
        )
    kind = _binary_kind(data, source)
    if kind is not None:
        raise _refused(source, "not-csv", *kind)
    text, encoding = _decoded(data, source)
    if "\x00" in text:
        raise _refused(
            source,
            "nul",
            Text("文字ではないデータ(NUL)があります", "it contains data that is not text (NUL)"),
            _RECODE,
            _line(text[: text.index("\x00")]),
        )
    if not text.strip():
        raise _refused(source, "not-csv", Text("空のファイルです", "the file is empty"), None)
    kind = _markup_kind(text)
    if kind is not None:
        raise _refused(source, "not-csv", *kind)
    return text, encoding


def encode(text: str, encoding: str, source: str | None = None) -> bytes:
    """Return ``text`` as ``utf-8-sig`` (the mark by which Excel recognises UTF-8) or ``cp932``; raise CsvError.

    A character that CP932 lacks is named, never replaced.
    """
    if encoding not in ("utf-8-sig", "cp932"):
        raise ValueError(encoding)
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        for letter in dict.fromkeys(line):
            if not _fits(letter, encoding):
                name = unicodedata.name(letter, "")
                shown = f"U+{ord(letter):04X}{' ' + name if name else ''}"
                mark = "" if unicodedata.category(letter) in ("Cc", "Cs") else f"「{letter}」"
                mark_en = f"“{letter}” " if mark else ""
                problems.append(
                    Problem(
                        "encoding",
                        Text(f"{mark}({shown})はCP932にない文字です", f"{mark_en}({shown}) is not a character of CP932"),
                        Text("UTF-8で書き出すか、別の文字にしてください", "write it as UTF-8, or use another character"),
                        source,
                        number,
                    )
                )
    if problems:
        raise CsvError(*problems)
    return text.encode(encoding)


def _fits(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _refused(source: str, code: str, what: Text, fix: Text | None, line: int | None = None) -> CsvError:
    return CsvError(Problem(code, what, fix, source, line))


def _line(before: str | bytes) -> int:
    """Return the line (from 1) that comes after ``before``; CR, LF and CRLF end one."""
    ends = re.findall(rb"\r\n|\r|\n", before) if isinstance(before, bytes) else re.findall(r"\r\n|\r|\n", before)
    return len(ends) + 1


def _decoded(data: bytes, source: str) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data, source), "utf-16"
    signed = data.startswith(UTF8_BOM)
    if (at := data.find(b"\x1b$")) >= 0:  # its bytes are those of ASCII, so that UTF-8 would read it too
        said = Text("文字コードがJIS(ISO-2022-JP)のようです", "its encoding seems to be JIS (ISO-2022-JP)")
        raise _refused(source, "encoding", said, _RECODE, _line(data[:at]))
    try:
        return data.decode("utf-8-sig"), "utf-8-sig" if signed else "utf-8"
    except UnicodeDecodeError as bad:
        if signed or _is_broken_utf8(data):
            # The decoder counts without the mark, which stands in the first line.
            at = bad.start + (len(UTF8_BOM) if signed else 0)
            raise _refused(
                source,
                "encoding",
                Text(
                    "UTF-8の文字として途中で壊れています(途中で切れたファイルかもしれません)",
                    "it is UTF-8 text that breaks here (the file may be cut off)",
                ),
                Text("もう一度書き出すか、UTF-8で保存し直してください", "export it again, or save it again as UTF-8"),
                _line(data[:at]),
            ) from None
    return _cp932(data, source), "cp932"


def _utf16(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as bad:
        before = data[: bad.start].decode("utf-16", errors="replace")
        raise _refused(
            source,
            "encoding",
            Text(
                "UTF-16の文字として途中で壊れています(途中で切れたファイルかもしれません)",
                "it is UTF-16 text that breaks here (the file may be cut off)",
            ),
            _RECODE,
            _line(before),
        ) from None


def _is_broken_utf8(data: bytes) -> bool:
    """Return whether this was UTF-8 before something broke it: CP932 can often read that as well, as other characters.

    Japanese in CP932 hardly ever holds three bytes that are Japanese in UTF-8, and
    holds a byte that UTF-8 can't have in nearly every word.
    """
    decoded = data.decode("utf-8", errors="replace")
    whole = len(re.findall("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uffee]", decoded))
    return whole > decoded.count("\ufffd")


# User-defined characters (F040–F9FC) and lone 80, A0, FD–FF are nothing that all machines agree on.
_LOOKED_AT = 20_000
_NOT_SHARED = regex("[\x80-\x9f\ue000-\uf8ff]")


def _cp932(data: bytes, source: str) -> str:
    if _is_euc(data):
        raise _refused(
            source,
            "encoding",
            Text("文字コードがEUC-JPのようです", "its encoding seems to be EUC-JP"),
            _RECODE,
            _first_foreign(data),
        )
    if b"\x00" in data:
        # Binary, or UTF-16 without its mark.
        raise _refused(
            source,
            "nul",
            Text("文字ではないデータ(NUL)があります", "it contains data that is not text (NUL)"),
            _RECODE,
            _line(data[: data.index(b"\x00")]),
        )
    try:
        text = data.decode("cp932")
        odd = _NOT_SHARED.search(text)
        line = _line(text[: odd.start()]) if odd else None
        if line is None and not _is_plausible(text):
            line = _first_foreign(data)
    except UnicodeDecodeError as bad:
        line = _line(data[: bad.start])
    if line is None:
        return text
    raise _refused(
        source,
        "encoding",
        Text(
            "UTF-8としてもShift_JIS(CP932)としても読めない文字があります",
            "there are characters that are neither UTF-8 nor Shift_JIS (CP932)",
        ),
        _RECODE,
        line,
    )


def _is_euc(data: bytes) -> bool:
    """Return whether this is EUC-JP: it has no byte of 80–A0 but 8E and 8F; everyday Japanese in CP932 can't do without them."""
    if re.search(rb"[\x80-\x8d\x90-\xa0]", data):
        return False
    try:
        return bool(re.search("[\u3040-\u30ff\u4e00-\u9fff]", data.decode("euc_jp")))
    except UnicodeDecodeError:
        return False


def _is_plausible(text: str) -> bool:
    """Return whether Japanese would be written so.

    Kana, full-width signs and the kanji of everyday use begin with 81–9F. “Régie” in a
    Western encoding reads as a rare kanji, “Today’s” as a kanji amid small letters.
    """
    foreign = list(islice(re.finditer("[^\x00-\x7f]", text), _LOOKED_AT))
    if all("\uff61" <= each[0] <= "\uff9f" for each in foreign):
        return True
    for each in foreign:
        around = text[max(each.start() - 1, 0) : each.end() + 1]
        if 0x81 <= each[0].encode("cp932")[0] <= 0x9F and not re.search("[a-z]", around):
            return True
    return False


def _first_foreign(data: bytes) -> int:
    found = re.search(rb"[\x80-\xff]", data)
    return _line(data[: found.start()]) if found else 1


def _binary_kind(data: bytes, source: str) -> tuple[Text, Text | None] | None:
    """Return what ``data`` is if its first bytes show that it isn't text, and what to do."""
    if source.replace("\\", "/").rpartition("/")[2].startswith("~$"):
        return (
            Text(
                "Excelが開いている間だけ作るロックファイルです", "this is the lock file that Excel keeps while a book is open"
            ),
            None,
        )
    if not data:
        return Text("空のファイルです", "the file is empty"), None
    if data[:4] == b"PK\x03\x04":
        if b"xl/" in data:
            return Text("CSVではなくExcelブック(.xlsx)です", "this is an Excel workbook (.xlsx), not a CSV"), _SAVE_AS_CSV
        if b"opendocument.spreadsheet" in data[:200]:
            return Text("CSVではなくOpenDocument(.ods)です", "this is an OpenDocument sheet (.ods), not a CSV"), _SAVE_AS_CSV
        return Text("CSVではなくZIPです", "this is a zip file, not a CSV"), Text(
            "展開してから指定してください", "unpack it first"
        )
    if data[:4] == b"\xd0\xcf\x11\xe0":
        if "EncryptedPackage".encode("utf-16-le") in data:
            return (
                Text("パスワードで暗号化されたExcelブックです", "this is an Excel workbook that is encrypted with a password"),
                Text("パスワードを外し、「CSV UTF-8」で保存し直してください", "save it without the password, as “CSV UTF-8”"),
            )
        return (
            Text("CSVではなく古い形式のExcelブック(.xls)です", "this is an older Excel workbook (.xls), not a CSV"),
            _SAVE_AS_CSV,
        )
    if data[:2] == b"\x1f\x8b":
        return (
            Text("gzipで圧縮されています", "it is compressed with gzip"),
            Text("展開してから指定してください", "unpack it first"),
        )
    if data[:5] == b"%PDF-":
        return (
            Text("CSVではなくPDFです", "this is a PDF, not a CSV"),
            Text("書き出し元からCSVで書き出してください", "export it as CSV where it was made"),
        )
    if data[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        return Text("文字コードがUTF-32です", "its encoding is UTF-32"), _RECODE
    return None


def _markup_kind(text: str) -> tuple[Text, Text | None] | None:
    """Return what ``data`` is if it is markup: many a system's “Excel download” is a page of HTML."""
    head = text[:1024].lstrip().casefold()
    if head.startswith(("<!doctype html", "<html", "<head", "<table", "<meta")):
        return Text("CSVではなくHTMLです", "this is HTML, not a CSV"), _SAVE_AS_CSV
    if head.startswith("<?xml"):
        return Text("CSVではなくXMLです", "this is XML, not a CSV"), _SAVE_AS_CSV
    if head.startswith("{\\rtf"):
        return Text("CSVではなくリッチテキスト(RTF)です", "this is rich text (RTF), not a CSV"), _SAVE_AS_CSV
    return None
