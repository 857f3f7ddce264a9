"""Changes of a package that change nothing: another program's way of writing the same. The report must be the same too."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from .damage import Parts, packed

Change = Callable[[random.Random, Parts], bytes]


def _sheets(parts: Parts) -> list[str]:
    return [name for name in parts if name.startswith("xl/worksheets/") and name.endswith(".xml")]


def _each(edit: Callable[[bytes], bytes]) -> Change:
    """All sheets edited alike."""

    def change(_: random.Random, parts: Parts) -> bytes:
        return packed(parts | {name: edit(parts[name]) for name in _sheets(parts)})

    return change


def order(pick: random.Random, parts: Parts) -> bytes:
    names = list(parts)
    return packed({name: parts[name] for name in pick.sample(names, len(names))})


def compression(pick: random.Random, parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, part in parts.items():
            target.writestr(name, part, pick.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)), pick.randint(0, 9))
        target.comment = b"a comment of the archive's"
    return out.getvalue()


def streamed(_: random.Random, parts: Parts) -> bytes:
    """Sizes behind the data, as those write them who can't go back."""

    class OneWay(io.RawIOBase):
        def __init__(self) -> None:
            self.written = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.written += bytes(data)  # type: ignore[call-overload]
            return len(data)  # type: ignore[arg-type]

    out = OneWay()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:  # type: ignore[arg-type]
        for name, part in parts.items():
            target.writestr(name, part)
    return bytes(out.written)


def _attributes_turned(xml: bytes) -> bytes:
    def turned(tag: re.Match[bytes]) -> bytes:
        given = re.findall(rb'\s+[\w:.-]+="[^"]*"', tag[2])
        return tag[1] + b"".join(reversed(given)) + tag[3]

    return re.sub(rb'(<[\w:]+)((?:\s+[\w:.-]+="[^"]*")+)(\s*/?>)', turned, xml)


def _single_quotes(xml: bytes) -> bytes:
    return re.sub(rb"<[^>]*>", lambda tag: re.sub(rb'="([^"\']*)"', rb"='\1'", tag[0]), xml)


def _prefixed(xml: bytes) -> bytes:
    """The names of the elements with a prefix, as some programs write them."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = re.sub(rb"<(/?)(?=[A-Za-z]\w*[\s/>])", rb"<\1x:", xml)
    return xml.replace(b'xmlns="' + main + b'"', b'xmlns:x="' + main + b'"')


def _indented(xml: bytes) -> bytes:
    return re.sub(rb">(<(?:row|c|sheetData|cols|col|/row|/sheetData|mergeCell|dataValidation)\b)", rb">\r\n\t\1", xml)


def _addresses_left_out(xml: bytes) -> bytes:
    """Rows whose cells follow one another from the first column on, without their addresses, which are implied."""

    def row(found: re.Match[bytes]) -> bytes:
        cells = re.findall(rb'<c r="([A-Z]+)\d+"', found[0])
        if cells != [bytes([65 + at]) for at in range(len(cells))][: len(cells)] or len(cells) > 26:
            return found[0]
        return re.sub(rb'<c r="[A-Z]+\d+"', b"<c", found[0])

    return re.sub(rb"<row [^>]*>.*?</row>", row, xml, flags=re.S)


def _numbers(xml: bytes) -> bytes:
    """Numbers as other programs spell them: 1.0 and 4E6."""

    def cell(found: re.Match[bytes]) -> bytes:
        if b' t="' in found[1]:
            return found[0]
        value = found[3]
        written = value + b".0" if len(value) % 2 else b"%se-1" % (value + b"0")
        return b"<c" + found[1] + b">" + found[2] + b"<v>" + written + b"</v></c>"

    return re.sub(rb"<c((?: [\w:]+=\"[^\"]*\")*)>((?:<f[^>]*>[^<]*</f>)?)<v>(\d+)</v></c>", cell, xml)


def _types_said(xml: bytes) -> bytes:
    return re.sub(rb'<c((?: (?!t=)[\w:]+="[^"]*")*)>', rb'<c\1 t="n">', xml)


def _strange(xml: bytes) -> bytes:
    """Elements and attributes that nobody knows, where the standard allows them."""
    xml = xml.replace(b"<sheetData>", b'<sheetData xmlns:u="urn:unknown" u:of="nobody">')
    return re.sub(
        rb"</worksheet>$",
        b'<extLst><ext uri="{0}"><u:x xmlns:u="urn:unknown" r="A1"><u:v>7</u:v></u:x></ext></extLst></worksheet>',
        xml.rstrip(),
    )


def _commented(xml: bytes) -> bytes:
    return xml.replace(b"<sheetData>", b"<!-- <c r='A1'><v>7</v></c> --><sheetData><?kg <v>1</v>?>")


def _cdata(xml: bytes) -> bytes:
    return re.sub(rb"<f>([^<&]+)</f>", rb"<f><![CDATA[\1]]></f>", xml)


def _entities(xml: bytes) -> bytes:
    """Formulas with characters by their numbers."""
    return re.sub(rb"<f>([A-Za-z])", lambda found: b"<f>&#%d;" % found[1][0], xml)


def inline(_: random.Random, parts: Parts) -> bytes:
    """Texts in their cells, not in the table of shared ones."""
    texts = re.findall(rb"<si>(.*?)</si>", parts["xl/sharedStrings.xml"], re.S)

    def cell(found: re.Match[bytes]) -> bytes:
        return b"<c" + found[1] + b' t="inlineStr"' + found[2] + b"><is>" + texts[int(found[3])] + b"</is></c>"

    def edit(xml: bytes) -> bytes:
        return re.sub(rb'<c((?: [\w:]+="[^"]*")*?) t="s"((?: [\w:]+="[^"]*")*)><v>(\d+)</v></c>', cell, xml)

    return packed(parts | {name: edit(parts[name]) for name in _sheets(parts)})


def texts_turned(_: random.Random, parts: Parts) -> bytes:
    """The table of shared texts the other way round, and every cell's number with it."""
    xml = parts["xl/sharedStrings.xml"]
    texts = re.findall(rb"<si>.*?</si>|<si/>", xml, re.S)
    turned = xml[: xml.index(b"<si")] + b"".join(reversed(texts)) + b"</sst>"

    def edit(sheet: bytes) -> bytes:
        return re.sub(
            rb'( t="s"[^>]*><v>)(\d+)(</v>)',
            lambda found: found[1] + b"%d" % (len(texts) - 1 - int(found[2])) + found[3],
            sheet,
        )

    return packed(parts | {"xl/sharedStrings.xml": turned} | {name: edit(parts[name]) for name in _sheets(parts)})


def marked(_: random.Random, parts: Parts) -> bytes:
    """A byte order mark before each XML."""
    return packed({name: b"\xef\xbb\xbf" + part if name.endswith((".xml", ".rels")) else part for name, part in parts.items()})


def utf16(pick: random.Random, parts: Parts) -> bytes:
    """One sheet in UTF-16, as some programs write it."""
    name = pick.choice(_sheets(parts))
    text = parts[name].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return packed(parts | {name: text.encode("utf-16")})


def more_parts(_: random.Random, parts: Parts) -> bytes:
    return packed(parts | {"xl/unknown/part1.bin": bytes(range(256)), "customXml/item9.xml": b"<a>not <b/> ours</a>"})


def backslashes(_: random.Random, parts: Parts) -> bytes:
    """Names of parts with backslashes, as some programs of Windows pack them."""
    return packed({name.replace("/", "\\") if "/" in name else name: part for name, part in parts.items()})


CHANGES: dict[str, Change] = {
    "order of the parts": order,
    "compression": compression,
    "sizes behind the data": streamed,
    "order of attributes": _each(_attributes_turned),
    "single quotes": _each(_single_quotes),
    "a prefix": _each(_prefixed),
    "line breaks": _each(_indented),
    "addresses left out": _each(_addresses_left_out),
    "numbers spelt otherwise": _each(_numbers),
    "types said": _each(_types_said),
    "unknown elements": _each(_strange),
    "comments": _each(_commented),
    "CDATA": _each(_cdata),
    "characters by number": _each(_entities),
    "inline texts": inline,
    "shared texts turned round": texts_turned,
    "byte order marks": marked,
    "UTF-16": utf16,
    "unknown parts": more_parts,
    "backslashes": backslashes,
}
