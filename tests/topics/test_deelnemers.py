"""The funnel of participants, added up by hand: small groups stay hidden."""

import pytest

from kwlib.show import rij
from kwlib.show.delen import plat
from kwlib.topics import deelnemers, methode
from tests.topics.conftest import KLEIN, rows


@pytest.fixture
def d(bouw):
    """Return the small municipality with participants of two projects: Baan is large, TV has a small last step."""
    return bouw(
        KLEIN
        | {
            "deelnemers": rows(
                "project_id jaar wijk_id stap aantal telbasis bron_id",
                "baan/2009/noord/aangemeld/40/unieke_personen/b1",
                "baan/2009/noord/gestart/30/unieke_personen/b1",
                "tv/2009/zuid/aangemeld/25/unieke_personen/b1",
                "tv/2009/zuid/gestart/3/unieke_personen/b1",
            )
        }
    )


def test_people_are_counted_per_step_and_added_up(d):
    assert rij(deelnemers.per_thema(d), thema_id="*", telbasis="unieke_personen").aangemeld_aantal == 65
    assert rij(deelnemers.per_project(d), project_id="baan", telbasis="unieke_personen").aangemeld_aantal == 40


def test_a_small_group_is_hidden_and_so_is_what_would_give_it_away(d):
    frame = deelnemers.per_project(d)
    tv = rij(frame, project_id="tv", telbasis="unieke_personen").cijfer("gestart_aantal")
    assert tv.ontbreekt and tv.reden == "privacy"
    baan, totaal = (
        rij(f, telbasis="unieke_personen", **{k: v}).cijfer("gestart_aantal")
        for f, k, v in ((frame, "project_id", "baan"), (deelnemers.per_thema(d), "thema_id", "*"))
    )
    assert baan.ontbreekt or totaal.ontbreekt


def test_the_table_says_hidden_and_why(d):
    table = deelnemers.tabel_per_project(d)
    cells = [plat(c) for _, row in table.rijen for c in row]
    assert "verborgen" in cells and "40" in cells and "3" not in cells
    assert "te klein om te tonen" in plat(table.toelichting)


def test_hidden_counts_are_told_with_what_they_are(d):
    text = plat(deelnemers.zin_dekking(d).tekst)
    assert "aantallen van dit jaar blijven verborgen. Zo zijn kleine groepen niet te herkennen. Daarbij telt" in text


def test_the_method_and_the_tables_use_the_same_word_for_what_is_hidden(d):
    assert "blijft verborgen" in plat(methode.bescherming(d).toelichting)


def test_a_municipality_that_counts_nobody_says_so_once(bouw):
    leeg = bouw(KLEIN)
    assert plat(deelnemers.zin_dekking(leeg).tekst) == (
        "Van geen enkel project zijn er voor dit jaar aantallen deelnemers. Sommige doelen tellen wel mensen. "
        "Die cijfers staan bij de doelen van het thema."
    )
    assert deelnemers.stappen(leeg).blokken == ()


def test_projects_without_counts_are_named(d):
    assert "Van twee projecten tellen wij de deelnemers. Geen aantallen zijn er van: " in plat(
        deelnemers.zin_dekking(d).tekst
    )


def test_the_annex_counts_what_is_hidden(d):
    assert sum(methode.verborgen(d)["cellen_aantal"]) == d.telrooster["weg"].sum() > 0
