from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwlib import privacy
from kwlib.privacy import drempels

REGELS = {
    "openbaar": {"drempel": 0, "gebied": "wijk"},
    "gewoon": {"drempel": 5, "gebied": "wijk"},
    "gevoelig": {"drempel": 10, "gebied": "wijk"},
    "zeer_gevoelig": {"drempel": 10, "gebied": "programma"},
}
WIJKEN = pd.DataFrame({"wijk_id": ["noord", "stad"], "rol": ["krachtwijk", "stad"]})


class Tiny(SimpleNamespace):
    def replace(self, **frames):
        return Tiny(**(vars(self) | frames))


def store(*rows, telbasis="unieke_personen"):
    """Return a store with one measurement per (klasse, wijk, waarde, teller, noemer)."""
    names = ["gevoeligheid", "wijk_id", "waarde", "teller", "noemer"]
    frame = pd.DataFrame(rows, columns=names)
    ids = [f"i{n}" for n in range(len(rows))]
    metingen = frame[names[1:]].assign(meting_id=ids, indicator_id=ids, rij=2, waarde_tot=pd.NA, reden_ontbreekt=pd.NA)
    metingen = metingen.astype(dict.fromkeys(drempels.GETALLEN, "Float64") | {"reden_ontbreekt": "string"})
    indicatoren = pd.DataFrame({"indicator_id": ids, "gevoeligheid": frame["gevoeligheid"], "telbasis": telbasis})
    return Tiny(metingen=metingen, indicatoren=indicatoren, wijken=WIJKEN, params={"beveiliging": REGELS})


def shown(s):
    return [None if pd.isna(w) else w for w in privacy.protect(s).metingen["waarde"]]


def test_a_count_below_the_threshold_of_its_class_is_hidden():
    s = store(
        ("gewoon", "noord", 4, None, None), ("gewoon", "noord", 5, None, None), ("gevoelig", "noord", 9, None, None)
    )
    assert shown(s) == [None, 5, None]


def test_a_hidden_count_says_that_it_is_for_privacy():
    assert privacy.protect(store(("gewoon", "noord", 4, None, None))).metingen["reden_ontbreekt"].tolist() == [
        "privacy"
    ]


def test_nobody_at_all_may_be_shown():
    assert shown(store(("gevoelig", "noord", 0, None, None))) == [0]


def test_homes_are_not_people():
    assert shown(store(("gevoelig", "noord", 3, None, None), telbasis="woningen")) == [3]


def test_what_is_very_sensitive_is_never_shown_per_wijk():
    assert shown(store(("zeer_gevoelig", "noord", 500, None, None), ("zeer_gevoelig", "stad", 500, None, None))) == [
        None,
        500,
    ]


@pytest.mark.parametrize("teller, noemer", [(4, 100), (96, 100)])
def test_a_percentage_goes_with_its_count_and_with_the_rest(teller, noemer):
    s = store(("gewoon", "noord", 100 * teller / noemer, teller, noemer))
    safe = privacy.protect(s).metingen
    assert safe[["waarde", "teller", "noemer"]].isna().all(axis=None)


def test_the_input_stays_as_it_was():
    s = store(("gewoon", "noord", 4, None, None))
    privacy.protect(s)
    assert s.metingen["waarde"].tolist() == [4]


def test_the_audit_stops_a_store_that_was_not_protected():
    with pytest.raises(privacy.UnsafeError, match="rij 2"):
        privacy.audit(store(("gewoon", "noord", 4, None, None)))


classes = st.sampled_from(list(REGELS))
rows = st.tuples(classes, st.sampled_from(["noord", "stad"]), st.integers(0, 30), st.none(), st.none())


@given(st.lists(rows, min_size=1, max_size=12))
def test_after_protection_no_small_group_is_left(found):
    for (klasse, _, before, _, _), after in zip(found, shown(store(*found)), strict=True):
        assert after is None or after == before
        assert after is None or after == 0 or after >= REGELS[klasse]["drempel"]
