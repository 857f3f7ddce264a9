"""The extension's own description: manifest, identity, menu and toolbar, the handler of its addresses; all XML, made from `menu`."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ...language.text import Text
from ...version import __version__
from .menu import COMMANDS, IMPLEMENTATION, PROTOCOL, Command

IDENTIFIER = "kgisheet.addin"
OLDEST = "7.4"
"""The oldest LibreOffice that was tried."""

COMPONENT = "component.py"
TITLE = Text("KGI", "KGI")
DISPLAY = Text("kgisheet — 目標シートの作成と検査", "kgisheet — makes and checks goal sheets")
ABOUT = Text(
    "KGIのメニューとツールバーをCalcに加えます。目標シートの検査、月次更新、実績の取り込み、新しい目標シート。数字もファイルも外に送られません。",
    "Adds a menu and a toolbar KGI to Calc: checks goal sheets, updates them month by month, takes in actuals, makes new ones. "
    "No figure and no file leaves your machine.",
)
_CONTEXT = "com.sun.star.sheet.SpreadsheetDocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DATA = '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
_LANGUAGES = ("ja", "en")


def files() -> dict[str, str]:
    """Return the files of the description by their paths in the extension."""
    return {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "ProtocolHandler.xcu": _handler(),
        "Addons.xcu": _menu(),
        "CalcWindowState.xcu": _bar(),
        **{f"about.{lang}.txt": ABOUT.to(lang) + "\n" for lang in _LANGUAGES},
    }


def _manifest() -> str:
    entries = (
        (COMPONENT, "application/vnd.sun.star.uno-component;type=Python"),
        ("ProtocolHandler.xcu", "application/vnd.sun.star.configuration-data"),
        ("Addons.xcu", "application/vnd.sun.star.configuration-data"),
        ("CalcWindowState.xcu", "application/vnd.sun.star.configuration-data"),
    )
    lines = "".join(
        f"  <manifest:file-entry manifest:full-path={quoteattr(path)} manifest:media-type={quoteattr(kind)}/>\n"
        for path, kind in entries
    )
    return f'{_HEAD}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{lines}</manifest:manifest>\n'


def _description() -> str:
    names = "".join(f'    <name lang="{lang}">{escape(DISPLAY.to(lang))}</name>\n' for lang in _LANGUAGES)
    about = "".join(f'    <src lang="{lang}" xlink:href="about.{lang}.txt"/>\n' for lang in _LANGUAGES)
    return (
        f'{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:d="http://openoffice.org/extensions/description/2006" '
        'xmlns:l="http://libreoffice.org/extensions/description/2011" xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        f"  <identifier value={quoteattr(IDENTIFIER)}/>\n  <version value={quoteattr(__version__)}/>\n"
        '  <platform value="all"/>\n'
        f'  <dependencies>\n    <l:LibreOffice-minimal-version value="{OLDEST}" d:name="LibreOffice {OLDEST}"/>\n  </dependencies>\n'
        f"  <display-name>\n{names}  </display-name>\n  <extension-description>\n{about}  </extension-description>\n"
        '  <icon>\n    <default xlink:href="icons/kgi-64.png"/>\n  </icon>\n</description>\n'
    )


def _handler() -> str:
    return (
        f'{_HEAD}{_DATA}oor:name="ProtocolHandler" oor:package="org.openoffice.Office">\n  <node oor:name="HandlerSet">\n'
        f'    <node oor:name={quoteattr(IMPLEMENTATION)} oor:op="replace">\n'
        f'      <prop oor:name="Protocols" oor:type="oor:string-list"><value>{PROTOCOL}*</value></prop>\n'
        "    </node>\n  </node>\n</oor:component-data>\n"
    )


def _menu() -> str:
    items = "".join(_item(f"m{at}", each) for at, each in enumerate(COMMANDS, 1))
    menu = (
        '      <node oor:name="kgisheet.addin.menu" oor:op="replace">\n'
        f"{_titled(TITLE)}{_value('Context', _CONTEXT)}{_value('Target', '_self')}"
        f'        <node oor:name="Submenu">\n{items}        </node>\n      </node>\n'
    )
    bar = f'      <node oor:name="kgisheet.addin.bar" oor:op="replace">\n{items}      </node>\n'
    images = "".join(
        f'      <node oor:name="kgisheet.addin.{each.name}" oor:op="replace">\n{_value("URL", PROTOCOL + each.name)}'
        f'        <node oor:name="UserDefinedImages">\n{_image("ImageSmallURL", each, 16)}{_image("ImageBigURL", each, 32)}'
        "        </node>\n      </node>\n"
        for each in COMMANDS
    )
    return (
        f'{_HEAD}{_DATA}oor:name="Addons" oor:package="org.openoffice.Office">\n  <node oor:name="AddonUI">\n'
        f'    <node oor:name="OfficeMenuBar">\n{menu}    </node>\n    <node oor:name="OfficeToolBar">\n{bar}    </node>\n'
        f'    <node oor:name="Images">\n{images}    </node>\n  </node>\n</oor:component-data>\n'
    )


def _bar() -> str:
    """Return the toolbar's name: without it LibreOffice calls it Add-On 1."""
    return (
        f'{_HEAD}{_DATA}oor:name="CalcWindowState" oor:package="org.openoffice.Office.UI">\n  <node oor:name="UIElements">\n'
        '    <node oor:name="States">\n      <node oor:name="private:resource/toolbar/addon_kgisheet.addin.bar" oor:op="replace">\n'
        f"{_titled(TITLE, 'UIName')}{_true('Visible')}{_true('Docked')}"
        "      </node>\n    </node>\n  </node>\n</oor:component-data>\n"
    )


def _true(name: str) -> str:
    return f'          <prop oor:name="{name}" oor:type="xs:boolean"><value>true</value></prop>\n'


def _item(name: str, each: Command) -> str:
    return (
        f'        <node oor:name="{name}" oor:op="replace">\n{_value("URL", PROTOCOL + each.name)}{_titled(each.title)}'
        f"{_value('Target', '_self')}{_value('Context', _CONTEXT)}        </node>\n"
    )


def _titled(text: Text, name: str = "Title") -> str:
    return "".join(_lines(text, name))


def _lines(text: Text, name: str) -> Iterator[str]:
    yield f'          <prop oor:name="{name}" oor:type="xs:string">\n'
    for code, lang in (("en-US", "en"), ("ja", "ja")):
        yield f'            <value xml:lang="{code}">{escape(text.to(lang))}</value>\n'
    yield "          </prop>\n"


def _value(name: str, value: str) -> str:
    return f'          <prop oor:name="{name}" oor:type="xs:string"><value>{escape(value)}</value></prop>\n'


def _image(name: str, each: Command, size: int) -> str:
    return _value(name, f"%origin%/icons/{each.icon}-{size}.png")
