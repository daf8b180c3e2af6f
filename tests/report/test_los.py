"""Loose numbers are found wherever they are typed, and only there."""

import pytest
from sample import rapport, t

from kwlib.report import los

DATA = "het nieuw lokaal akkoord van 22 corporaties\nbijlage 6, alkmaar"


def document(delen, **blok):
    return {
        "hoofdstukken": [
            {"notebook": "r/10_a.ipynb", "blokken": [{"soort": "alinea", "cel": 4, "delen": delen} | blok]}
        ]
    }


@pytest.mark.parametrize(
    "typed",
    ["Er zijn 23 jongeren.", "Het was 1.234,5 euro.", "Wij zagen twintig mensen.", "Bij één project lukte het.", "50%"],
)
def test_a_typed_number_is_found_with_its_place_and_the_words_around_it(typed):
    (found,) = los.find(document(t(typed)), "")
    assert found.startswith("r/10_a.ipynb, cel 4: ‘") and found.endswith("(V68).")


@pytest.mark.parametrize(
    "free",
    [
        "Op 8 oktober 2009 en in 2010.",
        "Het is onbekend.",
        "Meting van 2007-05-31.",
        "Zie kalender.csv, rij 4.",
        "mijlpalen/m02-bouw",
        "Een project telt één keer.",
    ],
)
def test_what_the_list_of_exceptions_gives_a_reason_for_is_free(free):
    assert los.find(document(t(free)), "") == []


def test_a_number_that_stands_in_the_data_with_its_neighbour_is_no_loose_number():
    assert los.find(document(t("Akkoord van 22 corporaties.")), DATA) == []
    assert los.find(document(t("Er waren 22 mensen.")), DATA) != []


def test_a_number_of_a_fact_and_a_reference_are_no_loose_numbers():
    assert los.find(document([{"t": "Er zijn "}, {"t": "23", "c": "a/b/c"}, {"t": "tabel 3", "ref": "x"}]), "") == []


@pytest.mark.parametrize(
    "blok",
    [{"koppen": [{"t": "Top 5"}]}, {"kaarten": [{"getal": [], "label": "van de 5 wijken"}]}, {"titel": "Vijf tips"},
     {"noten": [{"t": "Minder dan 5."}]}, {"paren": [["Deel 5", []]]}, {"punten": [t("5 punten")]}],
)  # fmt: skip
def test_no_corner_of_a_block_is_skipped(blok):
    assert los.find(document([], **blok), "")


def test_the_annex_with_origins_is_left_alone(tmp_path):
    model = rapport(tmp_path)
    assert not [f for f in los.find(model, "") if "herkomst" in f]


def test_every_exception_has_a_reason():
    assert all(
        line.count(",") >= 2 and line.rpartition(",")[2].strip() for line in los.LIJST.read_text("utf-8").splitlines()
    )
