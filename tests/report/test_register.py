"""Every number leads to what it was made from, and back."""

import pytest
from sample import BRONNEN, META, RECORDS, aanbiedingsbrief, bijlage, cijfer, notebook, rapport, t

from kwlib.report import contract, model, register
from kwlib.report.fout import ModelFout


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return rapport(tmp_path_factory.mktemp("rapportage"))


def parts(document):
    for h in document["hoofdstukken"]:
        for blok in contract.alle(h["blokken"]):
            yield from (deel for delen in contract.teksten(blok) for deel in delen)


def anchors(document):
    for h in document["hoofdstukken"]:
        yield h["id"]
        for blok in contract.alle(h["blokken"]):
            yield from (blok["id"], *blok.get("ankers", []))
            yield from (rij["anker"] for rij in blok.get("rijen", []) if "anker" in rij)


def test_every_number_leads_to_an_entry_in_the_annex(report):
    there = set(anchors(report))
    numbers = [d for d in parts(report) if d.get("c")]
    assert len(numbers) > 100 and all(d["naar"].removeprefix("#") in there for d in numbers)


def test_nothing_in_the_annex_leads_nowhere(report):
    there = set(anchors(report))
    assert [d["ref"] for d in parts(report) if d.get("ref") and d["ref"] not in there] == []


def test_an_entry_shows_the_number_and_leads_to_its_records_and_back_to_its_places(report):
    annex = report["hoofdstukken"][-1]
    lijst = next(b for b in annex["blokken"] if report["cijfers"]["k/a/n"]["anker"] in b.get("ankers", []))
    punt = lijst["punten"][lijst["ankers"].index(report["cijfers"]["k/a/n"]["anker"])]
    assert "".join(d["t"] for d in punt) == "alle: 12 – gegevens, hoofdstuk 1, paragraaf 1.1"
    assert [d["ref"] for d in punt if "ref" in d][1] == "kerncijfers"


def test_records_are_named_with_file_row_and_source(report):
    groepen = report["hoofdstukken"][-1]["blokken"][-1]
    texts = ["".join(d["t"] for d in punt) for punt in groepen["punten"]]
    assert "projecten.csv rij 2 – brief-2009" in texts
    assert "projecten.csv rij 2; themas.csv rij 3 – brief-2009, nla-2008" in texts


def test_numbers_of_the_letter_are_explained_in_the_page_of_the_report(tmp_path):
    letter = aanbiedingsbrief(tmp_path)
    (number,) = [d for d in parts(letter) if d.get("c")]
    assert number["naar"].startswith("rapportage.html#c") and len(letter["hoofdstukken"]) == 1


def test_last_years_value_stands_beside_this_years(tmp_path):
    paden = [notebook(tmp_path / "10_a.ipynb", ["# A", {"soort": "alinea", "id": None, "delen": t("x", c="k/a/n"),
             "cijfers": {"k/a/n": cijfer(12)}}]), notebook(tmp_path / "94_b.ipynb", bijlage())]  # fmt: skip
    made = model.build(paden, META, BRONNEN, {}, records=RECORDS, vorig={"k/a/n": "elf"})
    assert "(vorig jaar: elf)" in "".join(d["t"] for d in parts(made))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({}, "niet vastgelegd waar het vandaan komt"),
        ({"k/a/n": cijfer(1, herkomst="")}, "de herkomst is leeg"),
        ({"k/a/n": cijfer(1, herkomst="projecten/weg")}, "‘projecten/weg’ bestaat niet"),
    ],
)
def test_a_number_that_cannot_be_traced_stops_the_document(tmp_path, entry, said):
    blok = {"soort": "alinea", "id": None, "delen": t("één", c="k/a/n"), "cijfers": entry}
    with pytest.raises(ModelFout, match=said):
        model.build([notebook(tmp_path / "10_a.ipynb", ["# A", blok])], META, BRONNEN, {}, records=RECORDS)


def test_rows_are_written_as_people_do():
    assert register._rows([5, 2, 3, 4, 9]) == "rij 2-5, 9"
    assert register._rows([]) == "(hele bestand)"
