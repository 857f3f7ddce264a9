"""The catalogue of sentences: each language has them all, the code uses them all, and another language is another file."""

from __future__ import annotations

import ast
import string
from functools import cache
from pathlib import Path

import pytest
import source
from conftest import page_only
from hands import edited
from seed_faults import setter

import kgisheet
from kgisheet import api
from kgisheet.check import grades
from kgisheet.check.finding import CODES, Finding, finding
from kgisheet.language import catalogue
from kgisheet.language.catalogue import Catalogue, Phrase, languages
from kgisheet.language.text import Text

PACKAGE = Path(kgisheet.__file__).parent
SENTENCES = ("message", "fix")
ROW_OF_RATES = ("目標設定", "C10")


def places(template: str) -> set[str]:
    """The names of the places of a sentence, those in its choices too."""
    found: set[str] = set()
    for _, place, spec, _ in string.Formatter().parse(template):
        if place is not None:
            found |= {place} | (places(spec) if spec else set())
    return found


# -- the catalogues against each other ---------------------------------------------


def test_every_language_has_the_same_sentences() -> None:
    keys = {lang: list(Catalogue(lang)) for lang in languages()}
    assert {"ja", "en"} <= keys.keys()
    for lang, its in keys.items():
        assert len(its) == len(set(its)) > 300
        assert set(its) == set(keys["en"]), lang


GRAMMAR = {
    # where the languages count or name otherwise, each by a value of its own
    "F10.name_gone.also": "など3個の名前, and 2 more names",
    "F10.name_gone.fix": "$D$20(受注数)に, to $D$20",
    "F10.shadowed.also": "など3個, and 2 more",
    "S01.break.gone": "行が削除されています, 2 rows were deleted",
    "S01.break.inserted": "行が挿入されています, 2 rows were inserted",
    "freeform.I01.as_text_unused.message": "など3セルの数, and 2 more figures",
    "I06.months_blank.also": "など3項目, and 2 more",
    "I06.nameless.message": "3行目のチャネル, Channel in row 3",
    "I05.no_deals.message": "受注数は0件です, there are no deals",
    "freeform.X07.revenue.fix": "全体売上とWeb売上が正しければ, if the total and web revenue are right",
    "X04.more_than_cases.message": "母数の5, more than the cases, 5",
}


def test_a_sentence_has_the_same_places_in_every_language() -> None:
    """But for the few that another language's grammar asks for. A count may be spelled out by one language, and choose in another."""
    by = {lang: Catalogue(lang) for lang in languages()}
    unlike = {
        key
        for key in Catalogue("en")
        for one in by.values()
        for other in by.values()
        if not shown(one[key]) <= places(other[key])
    }
    assert unlike == GRAMMAR.keys()


def shown(template: str) -> set[str]:
    """The places whose values themselves are read in a sentence."""
    found: set[str] = set()
    for _, place, spec, _ in string.Formatter().parse(template):
        if place is not None:
            found |= shown(str(spec)) - {place} if "other=" in (spec or "") else {place}
    return found


def test_no_sentence_is_empty_and_each_choice_has_a_last_resort_and_no_choice_within() -> None:
    for lang in languages():
        for key in Catalogue(lang):
            template = Catalogue(lang)[key]
            assert template, (lang, key)
            for _, place, spec, _ in string.Formatter().parse(template):
                assert place is None or "|" not in (spec or "") or str(spec).count("other=") == 1, (lang, key)


# -- the catalogues against the code ------------------------------------------------


class Use:
    """A call that names a sentence, or a kind of finding: its keys, and what it fills their places with."""

    def __init__(self, node: ast.Call, keys: list[str], where: str) -> None:
        self.where = where
        self.keys = keys
        self.is_phrase = ast.unparse(node.func) == "Phrase"
        self.given = {each.arg for each in node.keywords if each.arg is not None}
        self.labelled = isinstance(node.func, ast.Attribute)  # subject.finding, telling.finding: at a cell that has a label

    def sentences(self, key: str) -> list[str]:
        return [key] if self.is_phrase else [f"{key}.{each}" for each in SENTENCES if each not in self.given]

    def filled(self) -> set[str]:
        if self.is_phrase:
            return self.given
        return self.given - set(Finding._fields) | ({"label"} if self.labelled else set())


def constants(node: ast.expr) -> list[str]:
    return [each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)]


@cache
def uses() -> list[Use]:
    """Every such call whose key is there to be read: itself, as a choice of several, or under a name of the same function."""
    found: list[Use] = []
    for path in [each for name in ("check", "freeform", "filled", "gather") for each in sorted((PACKAGE / name).rglob("*.py"))]:
        tree, *nodes = source.of(path)
        for function in [tree, *(each for each in nodes if isinstance(each, ast.FunctionDef))]:
            own = [each for each in ast.walk(function) if isinstance(each, (ast.Call, ast.Assign))]
            assigned = [
                (t.id, each) for each in own if isinstance(each, ast.Assign) for t in each.targets if isinstance(t, ast.Name)
            ]
            for node in own:
                if (
                    isinstance(node, ast.Call)
                    and ast.unparse(node.func).rpartition(".")[2] in ("Phrase", "finding")
                    and node.args
                ):
                    first = node.args[0]
                    if isinstance(first, ast.Name):
                        before = [each for name, each in assigned if name == first.id and each.lineno < node.lineno]
                        first = max(before, key=lambda each: each.lineno).value if before else first
                    branches = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
                    keys = [text for each in branches if isinstance(each, ast.Constant) for text in constants(each)]
                    found.append(Use(node, keys, f"{path.relative_to(PACKAGE)}:{node.lineno}"))
    return found


@cache
def written() -> set[str]:
    """Every text in the code that may be a key."""
    return {text for path in PACKAGE.rglob("*.py") for _, text in source.texts(source.of(path))}


def test_every_sentence_that_the_code_names_is_in_the_catalogue() -> None:
    known = set(Catalogue("en"))
    named = [(use.where, sentence) for use in uses() for key in use.keys if "." in key for sentence in use.sentences(key)]
    assert len(named) > 400
    assert [each for each in named if each[1] not in known] == []


def test_every_sentence_of_the_catalogue_is_named_by_the_code() -> None:
    def is_named(key: str) -> bool:
        kind, _, sentence = key.rpartition(".")
        return key in written() or (sentence in SENTENCES and kind in written())

    assert [key for key in Catalogue("en") if not is_named(key)] == []


def test_every_place_has_a_value_and_every_value_a_place() -> None:
    without: set[tuple[str, str, str]] = set()
    unused: set[tuple[str, str]] = set()
    for use in uses():
        wanted = {
            (sentence, place)
            for key in use.keys
            if "." in key
            for sentence in use.sentences(key)
            for lang in languages()
            for place in places(Catalogue(lang)[sentence])
        }
        without |= {(use.where, *each) for each in wanted if each[1] not in use.filled()}
        if use.keys and all("." in key for key in use.keys):
            unused |= {(use.where, value) for value in use.filled() - {"label"} - {place for _, place in wanted}}
    assert without == set()
    assert unused == set()


def test_only_kinds_that_there_are_have_a_grade_and_every_kind_has_a_code() -> None:
    kinds = {key.rpartition(".")[0] for key in Catalogue("en") if key.endswith(".message")}
    assert grades.LISTED - kinds == set()
    assert {key.removeprefix("freeform.").removeprefix("gathered.").partition(".")[0] for key in Catalogue("en")} <= {
        *CODES,
        "part",
        "label",
        "way",
        "why",
        "said",
    }


# -- what a sentence is -------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue to play with: Japanese and English as they are."""
    for lang in ("ja", "en"):
        (tmp_path / f"{lang}.toml").write_text(
            (catalogue.FOLDER / f"{lang}.toml").read_text(encoding="utf-8"), encoding="utf-8"
        )
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogue, "_CATALOGUES", {})
    return tmp_path


def test_places_are_filled_in_each_language(folder: Path) -> None:
    (folder / "ja.toml").write_text('joint = "、"\n[t]\nt = "{what}が{many}回: {names}({names:・})"\n', encoding="utf-8")
    (folder / "en.toml").write_text(
        'joint = ", "\n[t]\nt = "{what:capital} {many:2=twice|one=once|other={many:,} times}: {names} ({names: and })"\n',
        encoding="utf-8",
    )
    said = [
        Phrase("t.t", what=Text("数", "a figure"), many=many, names=["A", Text("乙", "B")]).to("en") for many in (1, 2, 3000)
    ]
    assert said == ["A figure once: A, B (A and B)", "A figure twice: A, B (A and B)", "A figure 3,000 times: A, B (A and B)"]
    assert Phrase("t.t", what=Text("数", "a figure"), many=2, names=["A", Text("乙", "B")]).ja == "数が2回: A、乙(A・乙)"


def test_what_somebody_typed_is_never_taken_for_a_place_or_a_choice(folder: Path) -> None:
    (folder / "en.toml").write_text('[t]\nt = "{many:one={said}|other=none}"\n', encoding="utf-8")
    assert Phrase("t.t", many=1, said="{many}|other={x}").en == "{many}|other={x}"


def test_sentences_are_equal_if_they_read_the_same() -> None:
    assert Phrase("part.other_book", unused=1) == Phrase("part.other_book") == Text("別のブック", "another workbook")
    assert len({Phrase("part.other_book", unused=1), Phrase("part.other_book")}) == 1
    assert Phrase("part.other_book") != Phrase("part.other_book_named", name="a.xlsx")


def test_a_finding_is_made_by_its_key() -> None:
    """Its code and its sentences are in the key; how grave and how sure it is, in the table."""
    made = finding("S03.copy", title="写し", original="目標設定", sheet="写し")
    assert (made.code, made.severity, made.confidence, made.sheet) == ("S03", "warning", "likely", "写し")
    assert made.message.en == "The sheet “写し” looks like a copy of “目標設定”: which one is in use?"
    assert made.fix.ja == "検査したのは「目標設定」です。使わない方を削除してください"


# -- another language, and a broken file -----------------------------------------------


def report() -> api.Report:
    return api.check(edited(page_only(), setter(*ROW_OF_RATES, 30)), "goal.xlsx")


def test_another_language_is_another_file(folder: Path) -> None:
    """Esperanto with one sentence of its own: that one is in Esperanto, what it lacks in English; nothing else is told of it."""
    (folder / "eo.toml").write_text(
        'joint = " kaj "\n[I03.above_most]\nmessage = "{label} {how}; maksimume {most}%"\nshows = "montras {now}"\n',
        encoding="utf-8",
    )
    assert languages() == ("en", "eo", "ja")
    (said,) = (each for each in report().to_dict("eo")["findings"] if each["code"] == "I03")
    assert said["message"] == "Win rate (opportunity → won) montras 3,000%; maksimume 100%"
    assert said["fix"] == "type 30% if that is what is meant"


@pytest.mark.parametrize(
    "broken",
    [
        "[I03.above_most\nmessage = 1",  # no TOML
        '[I03.above_most]\nmessage = "{label} {"',  # no sentence
        '[I03.above_most]\nmessage = "{nobody} {how}"',  # a place that nobody fills
        '[I03.above_most]\nmessage = "{how:one=x|two=y|other}"',  # a choice without its last resort
        '[I03.above_most]\nmessage = "{most:,.q}"',  # no format
        "[I03.above_most]\nmessage = 3",  # no text
        "",
    ],
)
def test_a_broken_file_is_no_error_of_the_one_who_checks(folder: Path, broken: str) -> None:
    """The sentence comes in the other language; without either, by its key."""
    right = report()
    (mine,) = (each.message for each in right.findings if each.code == "I03")
    english = mine.en
    catalogue._CATALOGUES.clear()
    (folder / "ja.toml").write_text(broken, encoding="utf-8")
    assert mine.ja == english
    catalogue._CATALOGUES.clear()
    (folder / "en.toml").write_bytes(b"\xff" + broken.encode())
    assert mine.ja == mine.en == "I03.above_most.message"


@pytest.mark.usefixtures("folder")
def test_nothing_is_read_before_something_is_said() -> None:
    """A workbook is made without the catalogue; a finding, too, and one table of it is parsed for one sentence."""
    plan = api.plan_from_example("ja", ["sheets=目標設定"])
    built = api.build(plan, "ja")
    assert api.warnings(plan, built, "ja") == []
    assert not catalogue._CATALOGUES
    found = finding("S07.unprotected", title="目標設定")
    assert not catalogue._CATALOGUES
    assert found.message.ja
    assert set(catalogue._CATALOGUES["ja"]._known) == {"S07.unprotected"}
