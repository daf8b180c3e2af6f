"""What makes a sentence hard, on sentences that one can judge by head."""

import json

import lxml.html
import pytest

from kwlib.report import leesbaarheid
from kwlib.report.leesbaarheid import lees, zinnen
from tests.report.test_toegankelijkheid import WORDS


def alinea(tekst: str) -> dict:
    return {"soort": "alinea", "id": "", "delen": [{"t": tekst}]}


@pytest.mark.parametrize("zin", [
    "Het geld wordt besteed.",
    "De cijfers zijn in 2009 gemeten.",
    "Wie helpt, zegt dat er niets werd vergeleken.",
    "Het doel is door de raad vastgesteld.",
    "Dat kan niet worden uitgesloten.",
    "Het project moet nog worden besproken.",
])  # fmt: skip
def test_a_sentence_in_which_something_is_done_is_passive(zin):
    assert lees(zin).lijdend


@pytest.mark.parametrize("zin", [
    "De wijk besteedt het geld.",
    "Het aantal is gestegen.",
    "Wat dit betekent, is onbekend.",
    "Er zijn geen gemeenten bekend.",
    "De wijk wordt groter.",
    "Dat is niet gelukt.",
    "De bewoners hebben het plan gemaakt.",
    "Zijn beleid geldt in dit gebied.",
])  # fmt: skip
def test_a_sentence_in_which_someone_does_something_is_not(zin):
    assert not lees(zin).lijdend


def test_a_sentence_is_long_from_twenty_one_words():
    twintig = " ".join(["woord"] * 20) + "."
    assert lees(twintig).woorden == 20 and not lees(twintig).opvallend
    assert lees(f"Nog {twintig}").opvallend == ["21 woorden"]


def test_a_number_is_one_word():
    assert lees("In 2009 kostte het € 1.250.000, dus 12,5% meer.").woorden == 8


def test_a_word_is_difficult_when_the_list_has_it_or_when_it_is_very_long():
    assert lees("Dit is conform het plan, TEVENS beleidsmatige steun.").moeilijk == (
        "conform", "tevens", "beleidsmatige")  # fmt: skip
    assert lees("Een bewonersparticipatie.").moeilijk == ("bewonersparticipatie",)
    assert lees("De wijkbewoners praten mee.").moeilijk == ()


def test_a_paragraph_is_cut_in_sentences_and_a_heading_or_cell_is_none():
    kop = {"soort": "kop", "id": "k", "niveau": 2, "nr": "1.1", "delen": [{"t": "Wat is er?"}]}
    tekst = "Het kostte € 1.000. De helft, dus. ‘Echt?’ zei iemand."
    assert [z.tekst for z in zinnen([kop, alinea(tekst)])] == [
        "Het kostte € 1.000.", "De helft, dus.", "‘Echt?’ zei iemand."]  # fmt: skip


def test_a_chapter_is_counted_and_its_hardest_sentence_stands_first():
    h = {"nr": "1", "titel": "Geld", "blokken": [alinea("Het geld is op. Er wordt geteld. Dat wordt conform geteld.")]}
    found = leesbaarheid.hoofdstuk(h)
    assert (found["zinnen"], found["woorden_per_zin"], found["lijdende_zinnen"]) == (3, 3.7, 2)
    assert [o["zin"] for o in found["opvallend"]] == ["Dat wordt conform geteld.", "Er wordt geteld."]
    assert found["opvallend"][0]["waarom"] == ["lijdende vorm", "moeilijk woord: conform"]


def test_a_chapter_without_sentences_has_no_average():
    assert leesbaarheid.hoofdstuk({"nr": "1", "titel": "Leeg", "blokken": []})["woorden_per_zin"] is None


def test_page_and_data_say_the_same():
    h = {"nr": "1", "titel": "Geld", "blokken": [alinea("Er wordt geteld.")]}
    made = leesbaarheid.files([{"meta": WORDS | {"titel": "Rapport", "bestand": "rapport"}, "hoofdstukken": [h]}])
    [document] = json.loads(made["leesbaarheid.json"])["documenten"]
    assert document["hoofdstukken"][0]["lijdende_zinnen"] == 1
    row = lxml.html.document_fromstring(made["leesbaarheid.html"]).xpath("//tbody/tr")[0]
    assert [c.text_content() for c in row] == ["1 Geld", "1", "3,0", "0", "1", "0"]
