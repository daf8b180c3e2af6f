from types import SimpleNamespace

import pandas as pd

from kwlib.show import feit, kol, tabel
from kwlib.show.blokken import Alinea
from kwlib.show.delen import plat

d = SimpleNamespace()


@feit("fase", telwijze="uniek", n_aantal="Het aantal projecten.")
def per_fase(d):
    return pd.DataFrame(
        {
            "fase": ["opstart", "klaar"],
            "n_aantal": pd.array([1234, pd.NA], dtype="Int64"),
            "reden_ontbreekt": [None, "nog_te_vroeg"],
            "herkomst": [("p/a",), ("p/b",)],
        }
    )


@feit(n_aantal="Het totaal.")
def totaal(d):
    return pd.DataFrame({"n_aantal": [1234], "herkomst": [("p/a", "p/b")]})


def model():
    kolommen = [kol("fase", "Fase"), kol("n_aantal", "Projecten")]
    return tabel("t", "Projecten", per_fase(d), kolommen, totaal=totaal(d)).model()


def test_numbers_are_dutch_right_aligned_and_traceable():
    m = model()
    assert [k["soort"] for k in m["koppen"]] == ["tekst", "getal"]
    assert m["rijen"][0]["cellen"][1] == [{"t": "1.234", "c": "test_tabellen.per_fase/opstart/n_aantal"}]


def test_a_missing_number_is_said_and_its_reason_explained():
    m = model()
    assert m["rijen"][1]["cellen"][1][0]["t"] == "onbekend"
    assert m["noten"] == [{"teken": "onbekend", "t": "Het is nog te vroeg om te meten."}]


def test_the_total_comes_last_and_is_marked():
    last = model()["rijen"][-1]
    assert last["totaal"] and [c[0]["t"] for c in last["cellen"]] == ["Totaal", "1.234"]


def test_the_way_of_counting_is_named():
    def note(kolom):
        frame = feit("jaar", telwijze="uniek", **{kolom: "Wat telt."})(
            lambda d: pd.DataFrame({"jaar": [2009], kolom: [1], "herkomst": [("p/a",)]})
        )(d)
        return tabel("t", "Telling", frame, [kol("jaar", "Jaar"), kol(kolom, "Aantal")]).model()["toelichting"]

    assert note("projecten_aantal") == [{"t": "Elk project telt één keer."}]
    assert note("doelen_aantal") == [{"t": "Elk doel telt één keer."}]
    assert note("claims_aantal") is None


def test_a_fact_without_rows_gives_a_sentence_instead_of_an_empty_table():
    empty = per_fase(d).iloc[:0]
    blok = tabel("t", "Projecten", empty, [kol("fase", "Fase")], leeg="Er zijn geen projecten.")
    assert isinstance(blok, Alinea) and plat(blok.tekst) == "Er zijn geen projecten."
    assert tabel("t", "Projecten", empty, [kol("fase", "Fase")], leeg="").blokken == ()


def breedtes(**teksten):
    frame = feit("a")(lambda d: pd.DataFrame({k: [v] for k, v in teksten.items()} | {"herkomst": [("p/a",)]}))(d)
    return [k["breedte"] for k in tabel("t", "T", frame, [kol(k, k) for k in teksten]).model()["koppen"]]


def test_a_row_takes_one_line_when_all_its_texts_fit_beside_each_other():
    assert breedtes(a="vijf letters", b="een " * 10 + "x") == [14, 43]


def test_a_long_text_gets_what_short_ones_leave_of_the_page():
    assert breedtes(a="wijk", b="een " * 39 + "een") == [6, 94]
    assert breedtes(a="boodschappen", b="een " * 74 + "een") == [14, 86]


def test_long_texts_share_the_page_by_their_length():
    assert breedtes(a="wijk", b="een " * 39 + "een", c="een " * 9 + "een") == [6, 74.27, 19.73]


def test_many_columns_of_long_words_share_the_page_and_long_texts_get_most():
    woorden = dict.fromkeys("abcde", "x" * 20)
    assert breedtes(**woorden, f="een " * 100) == [22] * 5 + [round(50**0.8 + 2, 2)]
