"""One vocabulary for goal sheets and CSV files: whoever calls a figure by one of its words is understood by both."""

from __future__ import annotations

import pytest

from kgisheet.csvio import headings
from kgisheet.freeform.read import lexicon, terms, units
from kgisheet.freeform.read import words as sheets
from kgisheet.language import vocabulary
from kgisheet.language.vocabulary import EXPORTS, LABELS, WORDS

FIELDS = tuple(vocabulary.fields())
IN_BOTH = [(word, field) for field in FIELDS for word in vocabulary.words(f"field.{field}", (WORDS,))]
REVENUE = {"web_revenue": "revenue"}
"""In a CSV file of the web's months all revenue is the web's."""


def test_the_vocabulary_has_the_figures_of_both() -> None:
    """Six stages and five rates of a CSV file, and what else stands on a goal sheet."""
    assert {field for _, field in IN_BOTH} == {*headings.STAGES, *headings.RATES, "web_revenue"}
    assert len(IN_BOTH) > 140
    assert set(headings.STAGES) | set(headings.RATES) < set(FIELDS)


@pytest.mark.parametrize("field", {field: None for _, field in IN_BOTH})
def test_both_understand_each_word(field: str) -> None:
    """リード数 is leads on a goal sheet and at the head of a column; neither takes it for another figure."""
    for word in vocabulary.words(f"field.{field}", (WORDS,)):
        assert sheets.understand(word).field == field, word
        assert headings.understand(word).field == REVENUE.get(field, field), word


def test_what_only_a_goal_sheet_says_is_no_other_figure_in_a_file() -> None:
    """CV目標 is the goal for leads; 訪問者数 counts people, and no column of visits is taken from it."""
    for field in FIELDS:
        for word in vocabulary.words(f"field.{field}", (LABELS,)):
            there = headings.understand(word)
            assert sheets.understand(word).field == field, word
            assert there.field in ("", REVENUE.get(field, field)), word
            assert not there.field or there.role == "goal", word


def test_both_understand_totals_headings_and_units() -> None:
    assert {sheets.understand(word).kind for word in vocabulary.words("total", (WORDS,))} == {lexicon.TOTAL}
    assert all(headings.is_total(word) for word in vocabulary.words("total", (WORDS, EXPORTS)))
    for word in vocabulary.words("channel_heading", (WORDS,)):
        assert (sheets.understand(word).kind, headings.understand(word).field) == (lexicon.CHANNEL_HEADING, headings.CHANNEL)
    for word, factor in vocabulary.yen((WORDS,)).items():
        there, here = units.unit_of(word), headings.unit(word)
        assert there is not None
        assert here is not None
        assert (there.kind, there.factor) == (here.kind, here.factor) == ("currency", factor), word
    for name, kind in (("count", "count"), ("percent", "rate")):
        for word in vocabulary.words(f"unit.{name}", (WORDS,)):
            both = units.unit_of(word), headings.unit(word)
            assert [each and each.kind for each in both] == [kind, kind], word


def test_no_word_is_written_twice() -> None:
    """Neither for two figures nor twice for one: it would mean one of them in one file, and the other elsewhere."""
    keys = [lexicon.key(word) for field in FIELDS for word in vocabulary.words(f"field.{field}", (WORDS, LABELS, EXPORTS))]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize(
    ("label", "kinds"),
    [
        ("受注率", {"rate"}),
        ("Conversion rates", {"rate"}),
        ("Strategy budget", set()),  # no rate in a strategy
        ("corporate leads", set()),
        ("平均単価", {"mean", "price"}),
        ("Average deal size", {"mean", "price"}),
        ("1人あたり商談", {"each"}),
        ("Paper leads", set()),  # no "per" in paper
        ("累計受注", {"so_far"}),
        ("期末契約", {"closing"}),
        ("Vendor spend", set()),  # neither ends
        ("解約社数", {"gone"}),
        ("Unless agreed", set()),  # nothing is less
    ],
)
def test_a_label_says_what_its_figures_are(label: str, kinds: set[str]) -> None:
    """English words are words of their own, 率 is found in any word."""
    classes = ("rate", "mean", "price", "each", "so_far", "closing", "gone")
    assert {each for each in classes if terms.of(each).search(label)} == kinds
