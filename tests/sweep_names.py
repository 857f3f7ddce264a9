"""Every name of whole workbooks taken away, pointed elsewhere, loosened and shadowed: is each said, once, at its cell?

.venv/bin/python tests/sweep_names.py
"""

from __future__ import annotations

import argparse
import itertools
import sys

from seeding.subjects import made
from test_names import astray, gone, loosened, shadows, told

from kgisheet.xlsx.read.reader import read

SUBJECTS = ("standard-ja", "typed-short-en", "all-standard-ja", "all-saas-en")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=1, help="one name of so many")
    share = parser.parse_args().share
    wrong = 0
    for subject in SUBJECTS:
        content, tried = read(made(subject), subject), 0
        for edit in (gone, astray, loosened):
            for name, place in list(content.names.items())[::share]:
                if edit is astray and place[:3] not in content.cells:
                    continue  # an empty cell that was cut and pasted looks the same, and nothing is lost with it
                tried += 1
                said = [(each.name, each.sheet) for each in told(edit(content, name))]
                if said != [(name, place.sheet)]:
                    wrong += 1
                    print(subject, edit.__name__, name, said)
        for sheet, name, changed in itertools.islice(shadows(content), 0, None, share):
            tried += 1
            said = [(each.name, each.sheet) for each in told(changed)]
            if said != [(name, sheet)]:
                wrong += 1
                print(subject, "shadowed", sheet, name, said)
        print(f"{subject}: {tried} names changed, {wrong} wrong so far")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
