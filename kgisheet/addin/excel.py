"""The add-in for Excel: its manifest, which names the page's pane at an address, and the icons beside it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from ..errors import Problem, RequestError
from ..language.text import Text
from ..version import __version__
from . import icons

ID = "6f0b7a52-9d1c-4e63-8a57-2c4be1d03f98"
"""The add-in's own for good: Excel knows an installed one by it."""

ADDRESS = "http://localhost:8000/"
"""Where `kgisheet web` serves the page."""

VIEWS = ("check", "months", "plan", "actuals")
"""The pane's views, one button each."""

NAME = Text("KGI 目標シート", "KGI goal sheets")
ABOUT = Text(
    "売上目標のシートを検査し、月次で更新し、新しく作り、実績を取り込みます。ファイルの中身はパソコンの外に送られません。",
    "Checks goal sheets, brings them up to date, makes new ones and takes in actuals. What is in the files stays on the device.",
)
_LABELS = {
    "check": Text("このブックを検査", "Check this workbook"),
    "months": Text("月次更新", "Monthly update"),
    "plan": Text("目標シートを作る", "New goal sheet"),
    "actuals": Text("実績を取り込む", "Actuals"),
}
_TIPS = {
    "check": Text(
        "開いているブックの数字と数式を検査し、誤りのあるセルと正しい値を示します。",
        "Checks the figures and formulas of the open workbook: which cells are wrong, and what they should be.",
    ),
    "months": Text(
        "変更した計画を反映したブックを新しく開きます。入力した実績や備考は残ります。",
        "Opens a new workbook that follows a changed plan. Actuals and remarks that people typed stay.",
    ),
    "plan": Text(
        "売上目標から訪問数までを逆算する目標シートを新しいブックとして開きます。",
        "Opens a new workbook that works back from a revenue goal to visits.",
    ),
    "actuals": Text(
        "CSVや表から貼り付けた実績を入れたブックを新しく開きます。",
        "Opens a new workbook with actuals pasted from a CSV file or a table.",
    ),
}

_HOSTS_OF_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_LONGEST = 1900
"""An address that leaves room for the pane's own part: 2,048 characters is what a manifest may hold."""


def address(typed: str) -> str:
    """Return an address that Excel loads a pane from, with its last slash; raise RequestError."""
    try:
        parts = urlsplit(typed.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = None, ""
    if parts is None or parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"]", typed.strip()):
        raise _refused(
            Text(f"--base-url {typed}: Webのアドレスではありません", f"--base-url {typed}: not a web address"),
            Text("https://example.com/kgi/ のように指定してください", "write it like https://example.com/kgi/"),
        )
    if parts.scheme == "http" and host not in _HOSTS_OF_THIS_MACHINE:
        raise _refused(
            Text(
                f"--base-url {typed}: Excelは https のアドレスからしかアドインを読み込みません",
                f"--base-url {typed}: Excel loads an add-in from https addresses only",
            ),
            Text(
                f"https://{parts.netloc} で公開してください(このパソコンの localhost だけは http でも試せます)",
                f"serve the page at https://{parts.netloc} (only localhost, for a trial, may be http)",
            ),
        )
    if parts.query or parts.fragment or parts.username is not None:
        raise _refused(
            Text(
                f"--base-url {typed}: ? や #、ユーザー名は付けられません",
                f"--base-url {typed}: it can't have ?, # or a user's name",
            ),
            Text("ページを置いたフォルダーのアドレスだけにしてください", "give the address of the folder that the page is in"),
        )
    if len(typed) > _LONGEST:
        raise _refused(Text("--base-url が長すぎます", "--base-url is too long"), None)
    return typed.strip().rstrip("/") + "/"


def _refused(what: Text, fix: Text | None) -> RequestError:
    return RequestError(Problem("address", what, fix))


def files(base: str) -> dict[str, bytes]:
    """Return the add-in's files for a page at an address: the manifest, and the icons that the page has too; raise RequestError."""
    return {"manifest.xml": manifest(address(base)).encode(), **icons.files()}


class _Resources(NamedTuple):
    """The resources that a manifest's buttons name by an id: addresses, and texts in both languages."""

    images: dict[str, str]
    urls: dict[str, str]
    short: dict[str, Text]
    long: dict[str, Text]


def manifest(base: str) -> str:
    """Return the manifest of the pane at ``base``, its elements in the order of Office's schema (TaskPaneApp 1.1).

    ExcelApi 1.8 opens new workbooks. CompressedFile isn't asked for here: Excel on the web lacks it, and the pane does without.
    Excel before 2016 doesn't know the ribbon's part (VersionOverrides): it has DefaultSettings, one pane in the list of add-ins.
    """
    has = _Resources(
        {f"{name}.{size}": f"{base}icons/{name}-{size}.png" for name in ("kgi", *VIEWS) for size in icons.SIZES},
        {f"{view}.url": f"{base}pane.html?view={view}" for view in VIEWS},
        {"group.label": Text("KGI", "KGI"), **{f"{view}.label": _LABELS[view] for view in VIEWS}},
        {f"{view}.tip": _TIPS[view] for view in VIEWS},
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0" xsi:type="TaskPaneApp">
  <Id>{ID}</Id>
  <Version>1.{__version__}</Version>
  <ProviderName>kgisheet</ProviderName>
  <DefaultLocale>en-US</DefaultLocale>
  {_said("DisplayName", NAME)}
  {_said("Description", ABOUT)}
  <IconUrl DefaultValue={quoteattr(f"{base}icons/kgi-32.png")} />
  <HighResolutionIconUrl DefaultValue={quoteattr(f"{base}icons/kgi-64.png")} />
  <SupportUrl DefaultValue={quoteattr(base)} />
  <Hosts>
    <Host Name="Workbook" />
  </Hosts>
  <Requirements>
    <Sets DefaultMinVersion="1.1">
      <Set Name="ExcelApi" MinVersion="1.8" />
    </Sets>
  </Requirements>
  <DefaultSettings>
    <SourceLocation DefaultValue={quoteattr(f"{base}pane.html?view={VIEWS[0]}")} />
  </DefaultSettings>
  <Permissions>ReadWriteDocument</Permissions>
  <VersionOverrides xmlns="http://schemas.microsoft.com/office/taskpaneappversionoverrides" xsi:type="VersionOverridesV1_0">
    <Hosts>
      <Host xsi:type="Workbook">
        <DesktopFormFactor>
          <ExtensionPoint xsi:type="PrimaryCommandSurface">
            <OfficeTab id="TabHome">
              <Group id="Kgi.Group">
                <Label resid="group.label" />
                {_icon("kgi")}
{"".join(map(_button, VIEWS))}              </Group>
            </OfficeTab>
          </ExtensionPoint>
        </DesktopFormFactor>
      </Host>
    </Hosts>
    <Resources>
      <bt:Images>{"".join(_resource("Image", key, Text(url, url)) for key, url in has.images.items())}
      </bt:Images>
      <bt:Urls>{"".join(_resource("Url", key, Text(url, url)) for key, url in has.urls.items())}
      </bt:Urls>
      <bt:ShortStrings>{"".join(_resource("String", key, text) for key, text in has.short.items())}
      </bt:ShortStrings>
      <bt:LongStrings>{"".join(_resource("String", key, text) for key, text in has.long.items())}
      </bt:LongStrings>
    </Resources>
  </VersionOverrides>
</OfficeApp>
"""


def _said(element: str, text: Text) -> str:
    """Return an element of the manifest's own part with its text in both languages."""
    return f"""<{element} DefaultValue={quoteattr(text.en)}>
    <Override Locale="ja-JP" Value={quoteattr(text.ja)} />
  </{element}>"""


def _icon(name: str) -> str:
    images = "".join(f'<bt:Image size="{size}" resid="{name}.{size}" />' for size in icons.SIZES)
    return f"<Icon>{images}</Icon>"


def _button(view: str) -> str:
    """Return a button that opens the pane at a view: one pane for all, whose page is replaced."""
    return f"""                <Control xsi:type="Button" id="Kgi.{view}">
                  <Label resid="{view}.label" />
                  <Supertip>
                    <Title resid="{view}.label" />
                    <Description resid="{view}.tip" />
                  </Supertip>
                  {_icon(view)}
                  <Action xsi:type="ShowTaskpane">
                    <TaskpaneId>Kgi.Pane</TaskpaneId>
                    <SourceLocation resid="{view}.url" />
                  </Action>
                </Control>
"""


def _resource(kind: str, key: str, text: Text) -> str:
    """Return a resource, with its Japanese where that is another."""
    default = f"\n        <bt:{kind} id={quoteattr(key)} DefaultValue={quoteattr(text.en)}"
    if text.ja == text.en:
        return f"{default} />"
    return f'{default}><bt:Override Locale="ja-JP" Value={quoteattr(text.ja)} /></bt:{kind}>'
