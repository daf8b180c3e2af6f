"""References lead somewhere, and a letter has something to offer."""

from types import SimpleNamespace

import pytest

from kwlib.report import build, references
from kwlib.report.fout import ModelFout


def document(ref: str) -> dict:
    kop = {"soort": "kop", "id": "planning", "niveau": 2, "nr": "1.1", "delen": [{"t": "Planning"}], "cel": 2}
    alinea = {"soort": "alinea", "id": "toezegging", "delen": [{"t": "", "ref": ref}], "cel": 4}
    chapter = {"id": "vragen", "nr": "1", "bijlage": False, "notebook": "rapportage/80_vragen.ipynb"}
    return {"hoofdstukken": [chapter | {"blokken": [kop, alinea]}]}


def test_a_promise_is_shown_with_the_section_that_honours_it():
    model = document("planning")
    references.resolve(model)
    assert model["hoofdstukken"][0]["blokken"][1]["delen"][0]["t"] == "paragraaf 1.1"


def test_a_promise_that_points_nowhere_is_named_with_its_place():
    with pytest.raises(ModelFout) as caught:
        references.resolve(document("wonen-2011"))
    said = str(caught.value)
    assert "de verwijzing naar ‘wonen-2011’ in alinea ‘toezegging’ komt nergens uit (V52)." in said
    assert "rapportage/80_vragen.ipynb" in said


def test_a_letter_without_a_report_says_so(tmp_path):
    letter = SimpleNamespace(name="brief", titel="Brief", sjabloon="brief", bestand="aanbiedingsbrief", chapters=())
    edition = SimpleNamespace(previous=dict, documents=[letter], meta={}, brief={})
    with pytest.raises(build.Mislukt, match=r"brief: de brief biedt een rapportage aan, maar die is er niet \(V61\)"):
        build.make_models(edition, tmp_path)
