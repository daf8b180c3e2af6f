import hashlib
from types import SimpleNamespace

import pandas as pd
import pytest

from kwlib.show.feiten import cijfer, feit, rij, rijen

d = SimpleNamespace()


def frame(**kwargs):
    return pd.DataFrame(
        {"fase": ["opstart", "klaar"], "n_aantal": [2, 1], "herkomst": [("p/a", "p/b"), ("p/c",)]} | kwargs
    )


@feit("fase", telwijze="uniek", n_aantal="Het aantal projecten.")
def per_fase(d):
    return frame()


def test_a_number_knows_its_fact_row_column_records_and_sources():
    c = cijfer(per_fase(d), "n_aantal", fase="opstart")
    assert c.id == "test_feiten.per_fase/opstart/n_aantal"
    assert (c.waarde, c.eenheid, c.definitie, c.telwijze) == (2, "aantal", "Het aantal projecten.", "uniek")
    assert c.herkomst == ("p/a", "p/b")


def test_a_number_has_the_same_short_anchor_in_every_document():
    c = cijfer(per_fase(d), "n_aantal", fase="opstart")
    assert c.register()["anker"] == "c" + hashlib.sha256(c.id.encode()).hexdigest()[:7]


def test_the_register_entry_takes_the_id_apart():
    entry = cijfer(per_fase(d), "n_aantal", fase="klaar").register()
    assert (entry["feit"], entry["rij"], entry["kolom"]) == ("test_feiten.per_fase", "klaar", "n_aantal")


def test_a_column_may_have_its_own_records():
    @feit("fase", n_aantal="n")
    def own(d):
        return frame(n_aantal__herkomst=[("q/1",), ("q/2",)])

    assert cijfer(own(d), "n_aantal", fase="klaar").herkomst == ("q/2",)


def test_a_missing_number_carries_its_reason():
    @feit("fase", n_aantal="n")
    def gaps(d):
        return frame(n_aantal=[pd.NA, 1], reden_ontbreekt=["nog_te_vroeg", None])

    c = cijfer(gaps(d), "n_aantal", fase="opstart")
    assert c.ontbreekt and c.reden == "nog_te_vroeg"


@pytest.mark.parametrize(
    "broken, words",
    [
        (lambda f: f.drop(columns="herkomst"), "lacks"),
        (lambda f: f.assign(fase="opstart"), "not unique"),
        (lambda f: f.drop(columns="n_aantal"), "lacks"),
    ],
)
def test_a_fact_that_cannot_be_traced_is_refused(broken, words):
    @feit("fase", n_aantal="n")
    def wrong(d):
        return broken(frame())

    with pytest.raises(TypeError, match=words):
        wrong(d)


def test_a_frame_that_is_no_fact_has_no_rows_to_trace():
    with pytest.raises(TypeError, match="not a fact"):
        next(rijen(frame()))


def test_an_unknown_row_is_named():
    with pytest.raises(KeyError, match="idee"):
        rij(per_fase(d), fase="idee")


def test_a_fact_is_computed_once_per_store_and_callers_cannot_spoil_it():
    calls = []

    @feit("fase", n_aantal="n")
    def counted(d):
        calls.append(1)
        return frame()

    store = SimpleNamespace(sources_of=lambda records: (), memo={})
    spoiled = counted(store)
    spoiled["n_aantal"] = 0
    assert counted(store)["n_aantal"].tolist() == [2, 1] and len(calls) == 1
    assert cijfer(counted(store), "n_aantal", fase="klaar").waarde == 1
