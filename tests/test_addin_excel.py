"""The add-in for Excel: its manifest held to the rules of Office's schema, its icons, the command that writes them."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import ROOT, Ran

from kgisheet.addin import excel
from kgisheet.errors import RequestError
from kgisheet.web import serve, site


def test_the_command_writes_the_manifest_and_its_icons(kgisheet: Callable[..., Ran], tmp_path: Path) -> None:
    ran = kgisheet("addin", "excel", "-o", "addin", "--base-url", "https://example.com/kgi")
    assert (ran.code, b"https://example.com/kgi/" in ran.out) == (0, True)
    assert 'DefaultValue="https://example.com/kgi/pane.html?view=months"' in (tmp_path / "addin/manifest.xml").read_text(
        "utf-8"
    )
    assert (tmp_path / "addin/icons/check-32.png").read_bytes().startswith(b"\x89PNG")
    assert kgisheet("addin", "excel", "-o", "addin").code == 2  # what is there is left alone


@pytest.mark.parametrize(
    ("typed", "address"),
    [("https://example.com/kgi", "https://example.com/kgi/"), ("http://localhost:8000", "http://localhost:8000/"), (" https://例え.jp/ ", "https://例え.jp/")],
)  # fmt: skip
def test_addresses_that_excel_loads_from(typed: str, address: str) -> None:
    assert excel.address(typed) == address


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://example.com/kgi", "https addresses only"),
        ("http://localhost.example.com", "https addresses only"),
        ("ftp://example.com", "not a web address"),
        ("example.com", "not a web address"),
        ("https://", "not a web address"),
        ("https://exa mple.com", "not a web address"),
        ('https://example.com/"', "not a web address"),
        ("https://example.com:99999/", "not a web address"),
        ("https://[::1", "not a web address"),
        ("https://example.com/?a=1", "can't have ?"),
        ("https://me:secret@example.com/", "a user's name"),
        ("https://example.com/" + "a" * 2000, "too long"),
    ],
)
def test_addresses_that_it_does_not_load_from_are_refused_in_words(typed: str, said: str) -> None:
    with pytest.raises(RequestError) as bad:
        excel.address(typed)
    assert said in str(bad.value.problems[0].to("en"))


# -- the manifest, held to the rules of Office's schema (TaskPaneApp 1.1, VersionOverrides 1.0, basic types 1.0) ---------

APP, OVER, TYPES, XSI = (
    "{http://schemas.microsoft.com/office/appforoffice/1.1}",
    "{http://schemas.microsoft.com/office/taskpaneappversionoverrides}",
    "{http://schemas.microsoft.com/office/officeappbasictypes/1.0}",
    "{http://www.w3.org/2001/XMLSchema-instance}",
)
ORDER = {
    f"{APP}OfficeApp": "Id AlternateId Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl "
    "SupportUrl AppDomains Hosts Requirements DefaultSettings Permissions Dictionary VersionOverrides",
    f"{APP}DefaultSettings": "SourceLocation RequestedWidth RequestedHeight",
    f"{APP}Requirements": "Sets Methods",
    f"{OVER}VersionOverrides": "Description Requirements Hosts Resources WebApplicationInfo EquivalentAddins",
    f"{OVER}DesktopFormFactor": "GetStarted FunctionFile ExtensionPoint",
    f"{OVER}ExtensionPoint": "OfficeTab CustomTab",
    f"{OVER}Group": "Label Icon Control",
    f"{OVER}Control": "Label Supertip Icon Action",
    f"{OVER}Supertip": "Title Description",
    f"{OVER}Action": "TaskpaneId SourceLocation Title",
    f"{OVER}Resources": "Images Urls ShortStrings LongStrings",
}
"""Of each element the children that it may have, in the order in which they must appear."""
NEEDED = {
    f"{APP}OfficeApp": "Id Version ProviderName DefaultLocale DisplayName Description DefaultSettings Permissions",
    f"{OVER}Group": "Label Icon Control",
    f"{OVER}Control": "Label Supertip Icon Action",
    f"{OVER}Supertip": "Title Description",
    f"{OVER}Action": "SourceLocation",
}
REFERS = {
    "Label": "ShortStrings",
    "Title": "ShortStrings",
    "Description": "LongStrings",
    "Image": "Images",
    "SourceLocation": "Urls",
}
LONGEST = {"ShortStrings": 125, "LongStrings": 250, "Urls": 2048, "Images": 2048}


def bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314  # made by our tests


def faults(text: str) -> list[str]:
    """What Office would refuse of a manifest."""
    root = parsed(text)
    return [*_of_order(root), *_of_the_head(root), *_of_resources(root)]


def _of_order(root: ElementTree.Element) -> Iterator[str]:
    for each in root.iter():
        names = [bare(child.tag) for child in each]
        allowed = ORDER.get(each.tag, "").split()
        if allowed and (not set(names) <= set(allowed) or names != sorted(names, key=allowed.index)):
            yield f"order of {bare(each.tag)}: {names}"
        yield from (f"{bare(each.tag)} lacks {name}" for name in NEEDED.get(each.tag, "").split() if name not in names)


def _of_the_head(root: ElementTree.Element) -> Iterator[str]:
    def said(name: str) -> str:
        return root.findtext(f"{APP}{name}") or ""

    rules = {
        "Id": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "Version": r"\d{1,5}(\.\d{1,5}){0,3}",
        "DefaultLocale": "[a-z]{2}-[A-Z]{2}",
        "Permissions": "Restricted|ReadDocument|ReadAllDocument|WriteDocument|ReadWriteDocument",
        "ProviderName": ".{1,125}",
    }
    yield from (f"{name}: {said(name)}" for name, rule in rules.items() if not re.fullmatch(rule, said(name)))
    for name, most in (("DisplayName", 125), ("Description", 250)):
        element = root.find(f"{APP}{name}")
        assert element is not None
        values = [element.get("DefaultValue", ""), *(each.get("Value", "") for each in element)]
        yield from (f"{name}: {len(value)} characters" for value in values if not 1 <= len(value) <= most)
    addresses = [
        each.get("DefaultValue", "")
        for each in root.iter()
        if each.tag.endswith(("Url", "SourceLocation")) and each.get("DefaultValue")
    ]
    yield from (address for address in addresses if not address.startswith("https://"))


def _of_resources(root: ElementTree.Element) -> Iterator[str]:
    known: dict[str, set[str]] = {}
    for kind, most in LONGEST.items():
        for each in root.iterfind(f".//{TYPES}{kind}/*"):
            known.setdefault(kind, set()).add(each.get("id", ""))
            for value in (each.get("DefaultValue", ""), *(override.get("Value", "") for override in each)):
                if not 1 <= len(value) <= most or (kind in ("Images", "Urls") and not value.startswith("https://")):
                    yield f"{each.get('id')}: {value}"
            yield from (
                f"locale {each.get('Locale')}" for each in each if not re.fullmatch("[a-z]{2}-[A-Z]{2}", each.get("Locale", ""))
            )
    ids = [each.get("id", "") for kind in LONGEST for each in root.iterfind(f".//{TYPES}{kind}/*")]
    yield from (f"id {name}" for name in ids if ids.count(name) > 1 or not 1 <= len(name) <= 32)
    for each in root.iter():
        reference = each.get("resid")
        if reference is not None and reference not in known[REFERS[bare(each.tag)]]:
            yield f"{bare(each.tag)} refers to {reference}"
    for icon in root.iter(f"{OVER}Icon"):
        if {"16", "32", "80"} - {each.get("size") for each in icon}:
            yield "an icon lacks a size"
    controls = [each.get("id", "") for tag in ("Control", "Group") for each in root.iter(f"{OVER}{tag}")]
    yield from (f"id {name}" for name in controls if controls.count(name) > 1 or not 1 <= len(name) <= 125)


MANIFEST = excel.manifest("https://example.com/kgi/")


def test_the_manifest_keeps_the_rules_of_the_schema() -> None:
    assert faults(MANIFEST) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('<Version>1.0.1.0</Version>\n  <ProviderName>kgisheet</ProviderName>', "<ProviderName>kgisheet</ProviderName>\n  <Version>1.0.1.0</Version>", "order of OfficeApp"),
        (excel.ID, "kgi", "Id: kgi"),
        ("<Permissions>ReadWriteDocument</Permissions>", "", "OfficeApp lacks Permissions"),
        ('resid="check.url"', 'resid="nothing"', "SourceLocation refers to nothing"),
        ('<bt:Image size="80" resid="plan.80" />', "", "an icon lacks a size"),
        ('DefaultValue="Actuals"', f'DefaultValue="{"a" * 126}"', "actuals.label"),
        ("https://example.com/kgi/pane.html?view=plan", "http://example.com/", "plan.url"),
        ('id="Kgi.plan"', 'id="Kgi.check"', "id Kgi.check"),
    ],
)  # fmt: skip
def test_a_manifest_that_breaks_a_rule_is_seen(before: str, after: str, fault: str) -> None:
    assert before in MANIFEST
    assert any(each.startswith(fault) for each in faults(MANIFEST.replace(before, after)))


def test_each_button_opens_the_one_pane_at_its_view_in_both_languages() -> None:
    root = parsed(MANIFEST)
    urls = {each.get("id"): each.get("DefaultValue") for each in root.iterfind(f".//{TYPES}Urls/*")}
    labels = {
        each.get("id"): (each.get("DefaultValue"), *(override.get("Value") for override in each))
        for each in root.iterfind(f".//{TYPES}ShortStrings/*")
    }
    shown = []
    for control in root.iter(f"{OVER}Control"):
        label, action = control.find(f"{OVER}Label"), control.find(f"{OVER}Action")
        assert label is not None
        assert action is not None
        assert (action.get(f"{XSI}type"), action.findtext(f"{OVER}TaskpaneId")) == ("ShowTaskpane", "Kgi.Pane")
        location = action.find(f"{OVER}SourceLocation")
        assert location is not None
        shown.append((*labels[label.get("resid")], urls[location.get("resid")]))
    pane = "https://example.com/kgi/pane.html?view="
    assert shown == [
        ("Check this workbook", "このブックを検査", f"{pane}check"),
        ("Monthly update", "月次更新", f"{pane}months"),
        ("New goal sheet", "目標シートを作る", f"{pane}plan"),
        ("Actuals", "実績を取り込む", f"{pane}actuals"),
    ]


def test_the_icons_are_pngs_of_their_sizes_that_the_page_has_too() -> None:
    page, root = site.own(), parsed(MANIFEST)
    for image in root.iterfind(f".//{OVER}Icon/{TYPES}Image"):
        name = f"icons/{(image.get('resid') or '').replace('.', '-')}.png"
        assert struct.unpack(">II", page[name][16:24]) == (int(image.get("size") or 0),) * 2, name
    assert struct.unpack(">II", page["icons/kgi-64.png"][16:24]) == (64, 64)
    assert excel.files("https://example.com")["icons/plan-80.png"] == page["icons/plan-80.png"]


# -- the page's part --------------------------------------------------------------------------------------------


def test_offices_script_is_named_by_the_pane_alone_and_comes_along_nowhere() -> None:
    page = site.own()
    assert [name for name, data in page.items() if b"appsforoffice" in data and not name.endswith("texts.js")] == ["pane.html"]
    assert site.PANE_POLICY.replace(" https://appsforoffice.microsoft.com", "").replace(" 'unsafe-inline'", "") == site.POLICY
    assert f'content="{site.PANE_POLICY}"' in page["pane.html"].decode()


def test_the_pane_and_the_icons_are_served_as_office_wants_them() -> None:
    """An icon with a Cache-Control isn't shown by Office."""
    assert serve.headers("pane.html")["Content-Security-Policy"] == site.PANE_POLICY
    assert serve.headers("index.html") == serve.HEADERS
    assert "Cache-Control" not in serve.headers("icons/kgi-32.png")


@pytest.fixture(scope="module")
def host() -> dict[str, Any]:
    """What tests/web/host.mjs has found of the pane's calls of Excel."""
    node = shutil.which("node")
    assert node is not None
    ran = subprocess.run([node, ROOT / "tests/web/host.mjs"], capture_output=True, text=True, check=True, encoding="utf-8")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_the_workbook_comes_in_slices_and_is_closed_whatever_happens(host: dict[str, Any]) -> None:
    """4 MiB at most, 64 KiB on iPad; three calls at once one after the other, for Office keeps two files open at most."""
    assert host["pc"] == {"size": 4 << 20, "length": 4_300_000, "same": True, "open": 0, "most": 1}
    assert host["ipad"] == {"size": 64 << 10, "length": 300_000, "same": True, "open": 0, "most": 1}
    assert host["torn"] == {
        "torn": "Excel could not hand over the workbook: An internal error has occurred. (5001)",
        "open": 0,
        "again": 300_000,
    }
    assert "No more than two documents" in host["two"]
    assert host["web"] == [False, "Excel could not hand over the workbook: The operation is not supported. (5000)"]
    assert host["names"] == ["4月.xlsx", "目標.xlsx", "goal.xlsx", "goal.xlsx", "50%.xlsm", "old.xlsx"]
    assert host["where"] == ["excel", "elsewhere", "elsewhere", "missing"]


def test_what_excel_refuses_is_said_in_words(host: dict[str, Any]) -> None:
    place, hidden, nowhere = host["select"]
    assert (place, hidden) == ("Months!B3", "Sheet “Hidden” is hidden. Show it to go there.")
    assert nowhere.startswith("It can't be found")
    assert host["editing"] == "A cell is being edited. Please press Enter and try again."
    assert host["open"][:2] == [1, 200_000]
    assert "extension hardening" in host["hardened"]


def test_marks_are_fills_and_comments_and_leave_what_they_must(host: dict[str, Any]) -> None:
    """B3 has a note of somebody's, B4 a pattern; the goal sheet's protection has no password and comes back, the months' has one."""
    marked = host["marked"]
    assert marked["fills"] == {"B2": "#F9C0BC", "B3": "#F9C0BC", "B4": "#123456"}
    assert marked["comments"] == ["B2: wrong at B2", "B4: wrong at B4"]
    assert (marked["done"]["cells"], marked["done"]["comments"]) == (2, 2)
    assert [each["sheet"] for each in marked["done"]["left"]] == ["Months", "Gone"]
    assert (marked["locked"], marked["months"], marked["there"]) == (True, 0, True)
    assert host["twice"] == [1, 1]


def test_marks_taken_away_leave_what_was_there(host: dict[str, Any]) -> None:
    unmarked = host["unmarked"]
    assert (unmarked["same"], unmarked["comments"], unmarked["there"]) == (True, 0, False)
    # A row more above: B2's mark is found at B3 by its comment; B3's comment is gone; B5's cell has a colour of somebody's.
    moved = host["moved"]
    assert (moved["undone"]["cells"], moved["undone"]["stay"], moved["comments"]) == (1, 2, 0)
    assert {cell: fill["color"] for cell, fill in moved["fills"].items()} == {"B4": "#F9C0BC", "B6": "#00FF00"}


def test_an_older_excel_without_comments_colours_the_cells(host: dict[str, Any]) -> None:
    """ExcelApi 1.8: no comments before 1.10, no patterns before 1.9: white is no fill."""
    assert (host["old"]["done"]["cells"], host["old"]["done"]["comments"], host["old"]["comments"]) == (2, 0, 0)
    assert host["old"]["fills"] == {"B2": {"color": "#AABBCC", "pattern": "Solid"}}


def test_old_browsers_inside_excel_get_a_plain_message(host: dict[str, Any]) -> None:
    """Internet Explorer's engine knows neither modules nor WebAssembly; a newer one knows both and gets none."""
    explorer, without_wasm, newer = host["browsers"]
    assert explorer.startswith("このExcelでは使えません。Microsoft 365 か Excel 2021 以降で使えます。")
    assert (without_wasm, newer) == (explorer, None)
