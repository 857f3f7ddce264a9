"""The extension seen from outside, in a real LibreOffice: run by /usr/bin/python3 in a folder of its own, as a user that isn't root.

    /usr/bin/python3 extension_client.py [--measure]

A command is called by its address, as the menu calls it; its window is read and pressed by what a screen reader knows of it. What was
seen is printed as JSON; `test_libreoffice_addin.py` knows what it should be. Imports nothing of ours.
"""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path

from running_office import desktop_of, option, running_context, uno

# isort: split
from com.sun.star.accessibility.AccessibleRole import LABEL, LIST, PUSH_BUTTON, STATIC
from com.sun.star.uno import Exception as UnoException

EXTENSION = "kgisheet.addin"


class Window:
    """A window of the extension by what is in it."""

    def __init__(self, top):
        self.top = top

    def parts(self, *roles):
        def walk(one):
            context = one.getAccessibleContext()
            if context.getAccessibleRole() in roles:
                yield context
            if context.getAccessibleRole() != LIST:
                for at in range(context.getAccessibleChildCount()):
                    yield from walk(context.getAccessibleChild(at))

        yield from walk(self.top)

    def said(self):
        """The first label: the verdict."""
        return next(self.parts(LABEL, STATIC)).getAccessibleName()

    def lines(self):
        found = next(self.parts(LIST))
        children = range(found.getAccessibleChildCount())
        return [found.getAccessibleChild(at).getAccessibleContext().getAccessibleName() for at in children]

    def choose(self, line):
        next(self.parts(LIST)).selectAccessibleChild(line)

    def buttons(self):
        return [each.getAccessibleName() for each in self.parts(PUSH_BUTTON)]

    def press(self, name, until):
        """Press a button, which LibreOffice does in its own time, and wait until something is so."""
        next(each for each in self.parts(PUSH_BUTTON) if each.getAccessibleName() == name).doAccessibleAction(0)
        for _ in range(600):
            # What is walked through may change on the way: then once more.
            with contextlib.suppress(UnoException, AttributeError):
                if until():
                    return
            time.sleep(0.05)
        raise TimeoutError(name)


class Office:
    """LibreOffice with a folder of workbooks."""

    def __init__(self, context, folder):
        self.desktop, self.folder = desktop_of(context), folder
        self.made = lambda service: context.ServiceManager.createInstanceWithContext(service, context)

    def url(self, name):
        return uno.systemPathToFileUrl(str(self.folder / name))

    def open(self, name):
        return self.desktop.loadComponentFromURL(self.url(name), "_blank", 0, ())

    def opened(self):
        found, documents = [], self.desktop.getComponents().createEnumeration()
        while documents.hasMoreElements():
            found.append(documents.nextElement().getURL().rpartition("/")[2])
        return sorted(found)

    def call(self, doc, command, title, **files):
        """Its window, called as the menu does."""
        given = tuple(option(name, self.url(file)) for name, file in files.items())
        frame = doc.getCurrentController().getFrame()
        self.made("com.sun.star.frame.DispatchHelper").executeDispatch(frame, f"kgisheet:{command}", "", 0, given)
        return self.window(title)

    def windows(self):
        toolkit = self.made("com.sun.star.awt.Toolkit")
        tops = [toolkit.getTopWindow(at) for at in range(toolkit.getTopWindowCount())]
        known = [(each.getAccessibleContext(), each) for each in tops if each is not None]
        return {context.getAccessibleName(): each for context, each in known if context is not None}

    def has(self, title):
        return title in self.windows()

    def window(self, title):
        return Window(self.windows()[title])


def looks(doc, cells):
    """What marks change of a document."""
    sheet = doc.Sheets.getByIndex(0)
    found = [sheet.getCellRangeByName(each) for each in cells]
    return {
        "fills": [each.CellBackColor for each in found],
        "states": [each.getPropertyState("CellBackColor").value for each in found],
        "comments": [each.getAnnotation().getString() for each in found],
        "protected": sheet.isProtected(),
        "changed": doc.isModified(),
        "properties": [each.Name for each in doc.DocumentProperties.UserDefinedProperties.PropertySetInfo.Properties],
    }


def has_marks(doc):
    return "kgisheet marks" in looks(doc, ())["properties"]


def checked(office, cells):
    """A check of a workbook that is as it is stored, and what is done with its findings."""
    doc = office.open("wrong.xlsx")
    seen = {"before": looks(doc, cells)}
    began = time.monotonic()
    window = office.call(doc, "check", "Check: wrong.xlsx")
    seen["seconds"] = time.monotonic() - began
    seen.update(said=window.said(), lines=window.lines(), buttons=window.buttons())
    window.choose(0)
    seen["chosen"] = doc.getCurrentController().getSelection().AbsoluteName
    window.press("Mark Cells", lambda: has_marks(doc))
    seen["marked"] = looks(doc, cells)
    doc.Sheets.getByIndex(0).unprotect("")
    doc.Sheets.getByIndex(0).Rows.insertByIndex(4, 1)  # the marks move along
    window.press("Take Marks Away", lambda: not has_marks(doc))
    doc.Sheets.getByIndex(0).Rows.removeByIndex(4, 1)
    doc.Sheets.getByIndex(0).protect("")
    seen["after"] = looks(doc, cells)
    seen["unsaved"] = unsaved(window)
    doc.close(True)
    return seen


def kept(office, cells):
    """Marks that are saved with the workbook and taken away when it is open again; marks undone at the keyboard; a comment of somebody's."""
    doc = office.open("kept.xlsx")
    sheet = doc.Sheets.getByIndex(0)
    sheet.unprotect("")
    sheet.Annotations.insertNew(sheet.getCellRangeByName(cells[0]).CellAddress, "mine")
    sheet.protect("")
    doc.store()
    window = office.call(doc, "check", "Check: kept.xlsx")
    window.press("Mark Cells", lambda: has_marks(doc))
    seen = {"own": looks(doc, cells)}
    doc.getUndoManager().undo()
    window.press("Take Marks Away", lambda: not has_marks(doc))
    seen["undone"] = looks(doc, cells)
    window.press("Mark Cells", lambda: has_marks(doc))
    doc.store()
    doc.close(True)
    doc = office.open("kept.xlsx")
    window = office.call(doc, "check", "Check: kept.xlsx")
    seen["again"] = looks(doc, cells)
    window.press("Take Marks Away", lambda: not has_marks(doc))
    seen["gone"] = looks(doc, cells)
    doc.close(True)
    return seen


def unsaved(window):
    window.press("Check Again", lambda: "Go On Without" in window.buttons())
    seen = {"said": window.said(), "buttons": window.buttons()}
    window.press("Go On Without", lambda: "Check Again" in window.buttons() and window.lines())
    return {**seen, "lines": window.lines()}


def updated(office):
    doc = office.open("worked.xlsx")
    window = office.call(doc, "monthly", "Monthly update: worked.xlsx", Plan="plan.toml")
    seen = {"said": window.said(), "lines": window.lines()}
    window.choose(0)
    window.press("Take the Plan's", lambda: window.lines() != seen["lines"])
    seen["taken"] = window.lines()
    window.press("Write a New Workbook", lambda: "worked-updated.xlsx" in office.opened())
    seen["opened"] = office.opened()
    office.call(doc, "new", "New goal sheet", Plan="plan.toml", Target="new.xlsx")
    seen["made"] = office.opened()
    return seen


def unopkg(*arguments):
    command = ["unopkg", *arguments, f"-env:UserInstallation=file://{Path('profile').absolute()}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def measured():
    """Seconds from the command to its findings: the first time, when Python and the library are loaded too, and after that."""
    began = time.monotonic()
    unopkg("add", "-f", "kgisheet.oxt")
    seen = {"installing": time.monotonic() - began}
    with running_context(Path("profile").absolute()) as context:
        office = Office(context, Path().absolute())
        doc = office.open("book.xlsx")
        for name in ("first", "second"):
            began = time.monotonic()
            window = office.call(doc, "check", "Check: book.xlsx")
            seen[name] = time.monotonic() - began
            window.press("Close", lambda: not office.has("Check: book.xlsx"))
        doc.close(True)
    print(json.dumps(seen))


def main():
    if "--measure" in sys.argv:
        measured()
        return
    seen = {"installed": unopkg("add", "-f", "kgisheet.oxt"), "listed": unopkg("list")}
    with running_context(Path("profile").absolute(), shown="--shown" in sys.argv) as context:
        office = Office(context, Path().absolute())
        cells = json.loads(Path("cells.json").read_text(encoding="utf-8"))
        seen["check"], seen["kept"] = checked(office, cells), kept(office, cells)
        seen["monthly"] = updated(office)
        for name in office.opened():
            next(each for each in documents(office) if each.getURL().endswith(name)).close(True)
    seen["removed"] = unopkg("remove", EXTENSION)
    seen["left"] = unopkg("list")
    print(json.dumps(seen))


def documents(office):
    found = office.desktop.getComponents().createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


if __name__ == "__main__":
    main()
