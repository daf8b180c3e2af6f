"""What is hidden: readable by hand, then at random."""

import numpy as np
import pandas as pd
import pytest

from kwlib.privacy import aanval, bescherm, onderdruk
from tests.privacy.conftest import edities, gezegd, klachten, los, maak, plaatje, publiceer, toon

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
def test_no_reader_finds_a_small_group_in_over_500_random_tables_told_in_one_edition_or_two(deel):
    tabellen = 0
    for seed in range(deel * 14, deel * 14 + 14):
        for stad, safe, eerder in edities(seed):
            assert klachten(stad, safe, eerder) == [], seed
            tabellen += len(stad.deelnemers.groupby(["jaar", "stap"]))
    assert tabellen >= 20


@pytest.mark.parametrize("seed", range(40))
def test_every_cell_that_covers_another_is_needed(seed):
    *vorige, stad = los(seed, ["gewoon"], (0, 2, 3, 4, 6, 9, 20))
    eerder = {cel: grens for v in vorige for cel, grens in gezegd(kies(v)).items()}
    rooster = bescherm.lattice(stad, eerder)
    weg = onderdruk.kies(rooster)
    cover = weg & np.isnan(bescherm.eisen(rooster.cellen)[1]) & rooster.cellen["toon"]
    if rooster.paren:  # what each step hides by itself may be more than they need together
        cover &= ~onderdruk.kies(rooster, linked=False)
    for cel in np.random.default_rng(seed).permutation(np.flatnonzero(cover))[:8]:
        shown = weg.copy()
        shown[cel] = False
        assert klachten(stad, publiceer(stad, rooster, shown), eerder), rooster.cellen["cel"][cel]


@pytest.mark.parametrize("seed", range(25))
def test_a_city_too_large_for_the_cheapest_choice_is_safe_too(seed, monkeypatch):
    *_, stad = los(seed)
    cheapest = kies(stad).telrooster["weg"].sum()
    for grens in ("WERK", "SAMEN", "BEWAARD"):
        monkeypatch.setattr(onderdruk if grens == "WERK" else aanval, grens, 1)
    safe = kies(stad)
    assert klachten(stad, safe) == [] and safe.telrooster["weg"].sum() <= 1.5 * cheapest + 4
