"""What is hidden: readable by hand, then at random."""

import numpy as np
import pandas as pd
import pytest

from kwlib.privacy import bescherm, onderdruk
from tests.privacy.conftest import klachten, los, maak, plaatje, publiceer, toon

GROOT = {"a": (20, 30, 40), "b": (50, 60, 70), "c": (25, 35, 45)}


def kies(stad, eerder=None):
    """Return the table when as little as possible is hidden, with no coarser tables."""
    rooster = bescherm.lattice(stad, eerder)
    return publiceer(stad, rooster, onderdruk.kies(rooster))


def test_nothing_is_hidden_when_no_group_is_small():
    assert plaatje(kies(maak(GROOT))) == ["20 30 40 90", "50 60 70 180", "25 35 45 105", "95 125 155 375"]


def test_one_small_cell_costs_four_hidden_cells():
    shown = plaatje(kies(maak(GROOT | {"a": (3, 30, 40)})))
    assert shown[0].startswith("x") and "".join(shown).count("x") == 4
    assert shown[3].split()[3] == "358", "the total stays"


def test_nobody_at_all_may_be_shown():
    assert "x" not in "".join(plaatje(kies(maak(GROOT | {"a": (0, 30, 40)}))))


def test_homes_are_not_people():
    assert "x" not in "".join(plaatje(kies(maak(GROOT | {"a": (3, 30, 40)}, telbasis="woningen"))))


def test_a_count_that_is_not_known_is_not_zero_and_protects_nothing():
    safe = kies(maak(GROOT | {"a": (3, None, 40)}))
    rij = safe.telrooster.set_index("cel")
    unknown = rij.loc["deelnemers/2009/gestart/unieke_personen/a/w1"]
    assert pd.isna(unknown["aantal"]) and not unknown["weg"] and unknown["reden"] == "Het aantal is niet bekend."
    assert rij.at["deelnemers/2009/gestart/unieke_personen/*/*", "minstens"]


def test_an_earlier_edition_that_told_a_count_makes_it_useless_as_cover():
    stad = maak(GROOT | {"a": (3, 30, 40)})
    first = kies(stad).telrooster
    cover = first[first["weg"] & (first["project_id"] == "a") & (first["wijk_id"] != "w0")].iloc[0]
    x = {"w1": 30, "w2": 40, "*": 73}[cover["wijk_id"]]
    eerder = dict.fromkeys(
        first.loc[(first["thema_id"] == "t-a") & (first["wijk_id"] == cover["wijk_id"]), "cel"], (x, x)
    )
    again = kies(stad, eerder)
    assert klachten(stad, again, eerder) == []
    assert "V58" in [p.code for p in bescherm.nareken.nareken(kies(stad), stad, eerder)]


def test_who_is_alone_in_a_group_learns_nothing_of_the_other_small_group():
    stad = maak(GROOT | {"a": (1, 30, 3)})
    safe = kies(stad)
    rij = plaatje(safe, "a")[0].split()
    assert rij[0] == rij[2] == "x" and rij.count("x") > 2, "two hidden cells alone would give each other away"
    assert klachten(stad, safe) == []


def test_a_later_step_is_no_way_in():
    stad = maak({"a": ((6, 3), (9, 8), (9, 9)), "b": ((9, 9), (9, 7), (9, 6))}, stap=("aangemeld", "gestart"))
    assert klachten(stad, kies(stad)) == []


def test_a_measurement_that_equals_a_hidden_count_does_not_tell_it():
    tabel = GROOT | {"a": (3, 30, 40)}
    vast = {"indicator_id": "gewoon", "rol": "realisatie", "teller": None, "noemer": None}
    metingen = [vast | {"meting_id": f"m-{w}", "wijk_id": w, "waarde": n} for w, n in (("w1", 30), ("w2", 40))]
    unrelated = kies(maak(tabel, metingen=metingen))
    assert plaatje(unrelated, "a")[0].count("x") == 2 and unrelated.metingen["waarde"].notna().all()
    stad = maak(tabel, metingen=metingen, doel_van="a")
    assert klachten(stad, unrelated), "the audit knows by itself what an indicator of a project counts"
    assert klachten(stad, kies(stad)) == []


def test_what_cannot_be_protected_any_more_is_said_not_shown():
    stad = maak(GROOT | {"a": (3, 30, 40)})
    alles = kies(maak(GROOT | {"a": (3, 30, 40)}, dict.fromkeys("abc", "openbaar"))).telrooster
    eerder = {
        r.cel: (r.van, r.tot)
        for r in alles.itertuples()
        if not (("/w0" in r.cel and "/a/" in r.cel) or "t-a/w0" in r.cel)
    }
    with pytest.raises(bescherm.UnsafeError) as error:
        toon(stad, eerder)
    assert str(error.value) == (
        "deelnemers.csv: Wat eerder is gepubliceerd, verraadt kleine aantallen in "
        "deelnemers/2009/gestart/unieke_personen, ook als nu alles wordt weggelaten. Vraag de privacyfunctionaris wat "
        "er met de eerdere publicatie moet gebeuren."
    )


@pytest.mark.parametrize("deel", range(25))
def test_no_reader_finds_a_small_group_in_any_of_500_random_towns(deel):
    for seed in range(deel * 20, deel * 20 + 20):
        stad = los(seed)
        safe = toon(stad)
        assert klachten(stad, safe) == [], seed


@pytest.mark.parametrize("seed", range(40))
def test_every_cell_that_covers_another_is_needed(seed):
    rng = np.random.default_rng(seed)
    tabel = {f"p{n}": [int(v) for v in rng.choice([0, 2, 3, 4, 6, 9, 20], 3)] for n in range(4)}
    stad = maak(tabel)
    rooster = bescherm.lattice(stad)
    weg = onderdruk.kies(rooster)
    groot = ~bescherm.eisen(rooster.cellen)[1].__gt__(0)
    for cel in np.flatnonzero(weg & groot & rooster.cellen["toon"]):
        shown = weg.copy()
        shown[cel] = False
        assert klachten(stad, publiceer(stad, rooster, shown)), rooster.cellen["cel"][cel]
