"""How the forms before today's look: python tests/older_forms.py makes kgisheet/upgrade/forms_before.json of workbooks of their time.

Each of the commits of `older` makes its templates, samples and units in both languages, of two to eight channels, and nobody
touches them: whatever differs from these, `upgrade` takes for a person's.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import older
from picturing import plans

from kgisheet.check.subject import Subject
from kgisheet.filled.workbook import FilledBook
from kgisheet.upgrade.dress import Dress
from kgisheet.upgrade.forms import BEFORE, Form
from kgisheet.upgrade.typed import Sheets
from kgisheet.xlsx.patch.package import Package
from kgisheet.xlsx.read.reader import read

CASES = (
    (),
    ("--template", "short"),
    ("--template", "access"),
    ("--template", "mine.toml"),
    ("--template", "samples/inside-sales/template.toml"),
    ("samples/saas.toml",),
    ("samples/manufacturer.toml",),
    ("samples/low-price.toml",),
    ("--set", "unit=千円"),
    ("--set", "sheets=目標設定"),
    ("eight.toml",),
    ("large.toml",),
)


def _books(folder: Path) -> Iterator[bytes]:
    for commit in (older.LAST, older.BEFORE):
        for lang in ("ja", "en"):
            for case in CASES:
                texts = {"eight.toml": plans.eight(lang), "large.toml": plans.large(lang)}
                yield older.made(folder, commit, ("new", *case, "--lang", lang, "-o", "BOOK"), texts)


def form(data: bytes) -> Form:
    package = Package(data, "book.xlsx")
    return Dress(package, Sheets(Subject(FilledBook(read(data, "book.xlsx"), "book.xlsx")), package)).form()


def joined(forms: Iterator[Form]) -> Form:
    whole = Form()
    for each in forms:
        for kind, of_kind in each.looks.items():
            for key, many in of_kind.items():
                whole.looks[kind].setdefault(key, set()).update(many)
        for id_, sizes in each.sizes.items():
            whole.sizes.setdefault(id_, type(sizes)(set(), set(), set(), set(), {})).add(sizes)
    return whole


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = joined(map(form, _books(Path(folder))))
    written = json.dumps(whole.to_dict(), ensure_ascii=False, separators=(",", ":"))
    BEFORE.write_text(written.replace('},"', '},\n"') + "\n", encoding="utf-8")
    print(BEFORE.name, BEFORE.stat().st_size)


if __name__ == "__main__":
    main()
