"""The windows of the extension on a screen, each as a picture: run by /usr/bin/python3 on a display. Imports nothing of ours.

/usr/bin/python3 extension_shots.py ja|en
"""

import subprocess
import sys
import time
from pathlib import Path

from extension_client import Office, has_marks, unopkg
from running_office import running_context

# isort: split
from com.sun.star.accessibility.AccessibleRole import MENU_BAR

WIDTH, HEIGHT = 1366, 740
TITLES = {
    "en": ("Check: {}", "Monthly update: {}", "New goal sheet", "Mark Cells", "Check Again"),
    "ja": ("検査: {}", "月次更新: {}", "新しい目標シート", "印を付ける", "もう一度検査"),
}
CLOSE = {"en": "Close", "ja": "閉じる"}
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="UILocale" oor:op="fuse"><value>{}</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


def shot(name):
    time.sleep(1.5)
    subprocess.run(["import", "-window", "root", f"{name}.png"], check=True)


def opened_menu(doc):
    """The menu KGI, opened by the mouse."""
    bar = next(each for each in shallow(doc.getCurrentController().getFrame().getContainerWindow()) if each[0] == MENU_BAR)[1]
    for at in range(bar.getAccessibleChildCount()):
        item = bar.getAccessibleChild(at).getAccessibleContext()
        if item.getAccessibleName() == "KGI":
            place = item.getLocationOnScreen()
            subprocess.run(["xdotool", "mousemove", str(place.X + 8), str(place.Y + 8), "click", "1"], check=True)


def shallow(one, depth=3):
    """Roles and contexts below something, without what is in a spreadsheet: its cells are a thousand million."""
    context = one.getAccessibleContext()
    yield context.getAccessibleRole(), context
    if depth:
        for at in range(min(context.getAccessibleChildCount(), 20)):
            yield from shallow(context.getAccessibleChild(at), depth - 1)


def pressed(window, name, until):
    """By what the button is called: a Japanese one has its letter behind it, 印を付ける(A)."""
    window.press(next(each for each in window.buttons() if each.startswith(name)), until)


def looked(office, lang):
    check, monthly, new, mark, again = TITLES[lang]
    doc = office.open("wrong.xlsx")
    time.sleep(2)
    doc.getCurrentController().getFrame().getContainerWindow().setPosSize(0, 0, WIDTH, HEIGHT, 15)
    opened_menu(doc)
    shot(f"{lang}-menu")
    subprocess.run(["xdotool", "key", "Escape", "Escape"], check=True)
    window = office.call(doc, "check", check.format("wrong.xlsx"))
    window.choose(0)
    shot(f"{lang}-check")
    pressed(window, mark, lambda: has_marks(doc))
    shot(f"{lang}-marked")
    doc.setModified(True)
    pressed(window, again, lambda: not window.lines())
    shot(f"{lang}-unsaved")
    doc.setModified(False)
    doc.close(True)
    doc = office.open("worked.xlsx")
    doc.getCurrentController().getFrame().getContainerWindow().setPosSize(0, 0, WIDTH, HEIGHT, 15)
    window = office.call(doc, "monthly", monthly.format("worked.xlsx"), Plan="plan.toml")
    window.choose(0)
    shot(f"{lang}-monthly")
    pressed(window, CLOSE[lang], lambda: True)
    window = office.call(doc, "new", new)
    shot(f"{lang}-new")
    doc.close(True)


def main():
    lang = sys.argv[1]
    user = Path("profile", "user")
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(SETTINGS.format(lang if lang == "ja" else "en-US"), encoding="utf-8")
    unopkg("add", "-f", "kgisheet.oxt")
    with running_context(Path("profile").absolute(), shown=True) as context:
        looked(Office(context, Path().absolute()), lang)


if __name__ == "__main__":
    main()
