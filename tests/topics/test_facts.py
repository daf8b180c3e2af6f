"""The facts of the small municipality, added up by hand."""

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from kwlib.show import rij, rijen
from kwlib.show.delen import plat
from kwlib.topics import (
    brief,
    claims,
    context,
    doelen,
    geld,
    kern,
    onderbouwing,
    participatie,
    planning,
    projecten,
    vragen,
    wijken,
)
from tests.topics.conftest import KLEIN


def counts(frame, key, column):
    return dict(zip(frame[key], frame[column], strict=True))


def test_three_of_five_projects_have_started_and_one_is_not_known(d):
    r = rij(projecten.voortgang(d))
    assert (r.projecten_aantal, r.gestart_aantal, r.opstart_aantal, r.idee_aantal, r.onbekend_aantal) == (5, 3, 1, 0, 1)


def test_every_exception_is_named(d):
    text = plat(projecten.zin_voortgang(d).tekst)
    assert "drie van de vijf projecten" in text
    assert "Nog in opstart: één project (Thuis)." in text
    assert "Van één project zeggen de bronnen niet hoe ver het is: Plan." in text


def test_main_themas_add_up_to_the_projects(d):
    assert counts(projecten.per_thema(d), "thema_id", "projecten_aantal") == {"wonen": 3, "werken": 1, "leren": 1}


def test_a_thema_without_projects_is_a_row_with_zero(bouw, with_row):
    d = bouw(with_row("themas", thema_id="sport", naam="Sport", jaar_van="2008", volgorde="9", bron_id="b1"))
    assert counts(projecten.per_thema(d), "thema_id", "projecten_aantal")["sport"] == 0


def test_a_thema_of_another_year_is_no_row(bouw, with_row):
    d = bouw(
        with_row("themas", thema_id="oud", naam="Oud", jaar_van="2001", jaar_tot="2007", volgorde="9", bron_id="b1")
    )
    assert "oud" not in set(projecten.per_thema(d)["thema_id"])


def test_every_project_counts_once_over_the_wijken(d):
    once = counts(wijken.verdeling(d), "groep", "projecten_aantal")
    assert once == {"noord": 2, "zuid": 1, "meer": 1, "buiten": 1}


def test_a_project_in_two_wijken_touches_both(d):
    frame = wijken.per_wijk(d)
    assert counts(frame, "wijk_id", "projecten_aantal") == {"noord": 3, "zuid": 2}
    assert counts(frame, "wijk_id", "ook_elders_aantal") == {"noord": 1, "zuid": 1}


def test_touching_counts_are_never_less_than_unique_ones(d):
    assert wijken.per_wijk(d)["projecten_aantal"].sum() >= 4


def test_goals_climb_the_ladder_by_what_supports_them(d):
    r = rij(onderbouwing.graad(d))
    assert (r.doelen_aantal, r.metcijfer_aantal, r.zondercijfer_aantal) == (3, 2, 1)
    assert (r.niets_aantal, r.verteld_aantal, r.geteld_aantal, r.vergeleken_aantal, r.getoetst_aantal) == (
        0,
        1,
        1,
        0,
        1,
    )


def test_one_value_less_lowers_the_degree_by_exactly_one_goal(bouw, with_row):
    gone = with_row("metingen", meting_id="m4", waarde="", waarde_soort="", reden_ontbreekt="partner_levert_niet")
    d = bouw(gone)
    assert rij(onderbouwing.graad(d)).metcijfer_aantal == 1
    assert "De partner heeft het cijfer niet gegeven." in set(onderbouwing.zonder_cijfer(d)["reden"])


def test_a_project_in_opstart_has_no_goal_in_the_denominator(bouw, with_row):
    d = bouw(with_row("project_jaar", project_id="thuis", fase="uitvoering", reden_ontbreekt="niet_in_bronnen"))
    assert rij(onderbouwing.graad(d)).doelen_aantal == 4


def test_an_indicator_shows_begin_now_target_and_the_way_between(d):
    r = rij(doelen.standen(d), indicator_id="i-huis")
    assert (r.nul, r.stand, r.streef, r.weg_pct) == (100, 150, 200, 50)
    assert plat(doelen.zin_stand(r)) == (
        "Nieuwe huizen: van 100 naar 150 woningen (2008); het doel is 200. Dat is 50\u00a0% van de weg. "
        "Het doel is nog niet gehaald."
    )


@pytest.fixture
def gebeurd(bouw):
    """Return a function that says what is told of thefts in the begin year and the next, or of parts of a group."""

    def zin_over(begin, later, eerst="2007-01-01", aggregatie="som"):
        indicator = {"indicator_id": "i-dief", "doel_id": "d-bouw", "naam": "Diefstal", "soort": "outcome",
                     "eenheid": "aangiften", "telbasis": "objecten", "richting": "lager", "decimalen": "0",
                     "aggregatie": aggregatie, "gevoeligheid": "openbaar", "bron_id": "b1"}  # fmt: skip
        gemeten = [
            {"meting_id": f"dief-{rol}", "indicator_id": "i-dief", "wijk_id": "noord", "rol": rol, "bron_id": "b1",
             "waarde_soort": "exact", "kwaliteit": "A", "periode_start": van, "periode_eind": tot}
            | dict(zip(("waarde", "teller", "noemer"), map(str, waarden), strict=False))
            for rol, van, tot, waarden in (("nulmeting", eerst, "2007-12-31", begin),
                                           ("realisatie", "2008-01-01", "2008-12-31", later))
        ]  # fmt: skip
        tables = {"indicatoren": KLEIN["indicatoren"] + [indicator], "metingen": KLEIN["metingen"] + gemeten}
        return plat(doelen.zin_stand(rij(doelen.standen(bouw(KLEIN | tables)), indicator_id="i-dief")))

    return zin_over


def test_a_development_says_what_chance_alone_can_explain(gebeurd):
    assert gebeurd((599,), (330,)).endswith("De verandering is groter dan het toeval kan verklaren.")
    assert gebeurd((312,), (331,)).endswith("De verandering kan toeval zijn.")
    assert gebeurd((7,), (9,)).endswith("Het aantal is te klein om een ontwikkeling te zien.")
    assert gebeurd((64, 14, 22), (53, 10, 19), aggregatie="niet").endswith("De verandering kan toeval zijn.")


def test_a_thema_names_the_developments_that_chance_alone_can_explain(d):
    frame = doelen.standen(d).assign(toeval="de verandering kan toeval zijn")
    d.memo["kwlib.topics.doelen", "standen"] = frame
    names = list(frame.loc[frame["thema_id"] == "wonen", "naam"])
    assert plat(doelen.zin_toeval(d, "wonen").tekst) == f"De verandering kan toeval zijn bij: {' en '.join(names)}."
    assert doelen.zin_toeval(d, "elders") is None


def test_chance_is_not_spoken_of_when_periods_differ_or_nothing_just_happens(gebeurd):
    assert "toeval" not in gebeurd((599,), (330,), eerst="2007-07-01")
    assert "toeval" not in gebeurd((599,), (330,), eerst="")
    assert "toeval" not in gebeurd((599,), (330,), aggregatie="laatste_stand")


def test_a_stand_is_that_of_the_area_of_the_goal_and_not_of_a_part(bouw, with_row):
    tables = with_row("doelen", doel_id="d-bouw", wijk_id="stad")
    part = {"indicator_id": "i-huis", "rol": "realisatie", "periode_eind": "2008-12-31", "bron_id": "b1"}
    tables["metingen"] = [*tables["metingen"], part | {"meting_id": "m2a", "wijk_id": "stad", "waarde": "180"},
                          part | {"meting_id": "m2b", "wijk_id": "zuid", "waarde": "30"}]  # fmt: skip
    assert rij(doelen.standen(bouw(tables)), indicator_id="i-huis").stand == 180


def test_an_indicator_of_a_goal_that_has_ended_is_not_in_the_report(bouw, with_row):
    d = bouw(with_row("doelen", doel_id="d-bouw", eind="2008-12-31"))
    assert "i-huis" not in set(doelen.standen(d)["indicator_id"])


def test_more_than_twenty_never_becomes_twenty(d):
    r = rij(doelen.standen(d), indicator_id="i-film")
    assert "meer dan twintig" in plat(doelen.zin_stand(r))


def test_a_stand_published_later_does_not_show_in_the_edition(d, bouw):
    assert rij(doelen.standen(d), indicator_id="i-bij").stand == 7910
    assert rij(doelen.standen(bouw(kennis_tot=dt.date(2011, 1, 1))), indicator_id="i-bij").stand == 7526


def test_a_missing_stand_says_why(d):
    r = rij(doelen.standen(d), indicator_id="i-werk")
    assert "Niemand heeft dit bijgehouden." in plat(doelen.zin_stand(r))


def test_ceilings_and_longer_periods_are_no_money_of_the_year(d):
    assert counts(geld.per_bron(d), "geldbron", "bedrag_eur") == {"rijk": 1000, "corporaties": 500}
    assert rij(geld.totaal(d)).bedrag_eur == 1500
    assert rij(geld.totaal(d)).besteed_eur is None


def test_money_in_words_names_the_sources_and_the_gap(d):
    text = plat(geld.zin_totaal(d).tekst)
    assert (
        text.startswith("Voor 2009 is €\u00a01.500 bekend: €\u00a01.000 van het Rijk en €\u00a0500 van corporaties.")
        and "Van geen enkel bedrag" in text
    )


def test_the_money_of_a_thema_says_what_was_spent_only_when_all_of_it_is_known(bouw, with_row, d):
    spent = bouw(with_row("financiering", financiering_id="f2", besteed="400", reden_ontbreekt=""))
    assert plat(geld.van_thema(spent, "wonen")[1].tekst).endswith("Daarvan is €\u00a0400 uitgegeven.")
    assert plat(geld.van_thema(d, "wonen")[1].tekst).endswith("Wat er is uitgegeven, weten wij niet.")


def test_participation_is_known_for_two_of_five(d):
    r = rij(participatie.bekendheid(d))
    assert (r.bekend_aantal, r.onbekend_aantal, r.meebeslissen_aantal) == (2, 3, 2)
    assert plat(participatie.zin_bekendheid(d).tekst).endswith("Bij drie projecten is het niet bekend.")


def test_projects_are_named_of_which_participation_is_known_or_not_whichever_are_fewer(d, bouw, with_row):
    assert plat(participatie.niet_bekend(d).tekst) == "Alleen bij Bouw en TV is het bekend."
    more = bouw(with_row("project_jaar", project_id="plan", participatietrede="adviseren", reden_ontbreekt=""))
    assert plat(participatie.niet_bekend(more).tekst) == "Niet bekend is het bij: Thuis en Baan."


def test_a_moment_without_feedback_is_counted(d):
    r = rij(participatie.terugkoppeling(d))
    assert (r.momenten_aantal, r.zonder_terugkoppeling_aantal) == (1, 1)


def test_the_letter_names_only_who_asked_for_this_report(bouw, with_row):
    d = bouw(with_row("raadsvragen", raadsvraag_id="r2", fracties="Partij C", onderwerp="Geld", bron_id="b1",
                      reden_ontbreekt="niet_in_bronnen"))  # fmt: skip
    text = plat(brief.opening(d).tekst)
    assert "vragen van Partij A en Partij B over" in text and "Partij C" not in text


def test_one_of_two_promises_is_kept(d):
    assert plat(vragen.zin_telling(d).tekst) == "Eén van de twee toezeggingen is nagekomen."


def test_the_letter_is_measured_by_its_own_claims(d):
    r = rij(claims.telling(d))
    assert (r.claims_aantal, r.getal_aantal, r.nulmeting_aantal, r.voornemen_aantal, r.oorzaak_aantal) == (
        3,
        1,
        0,
        1,
        1,
    )


def test_a_cause_without_evidence_gets_a_weaker_wording(d):
    assert plat(claims.zin_oorzaak(d).tekst).endswith("Daarvoor is geen bewijs bekend. Beter is: ‘wij hopen dat …’.")


def test_a_cause_with_research_behind_it_is_left_as_it_is(bouw, with_row):
    d = bouw(with_row("claims", claim_id="c2", bewijsniveau="4"))
    assert plat(claims.zin_oorzaak(d).tekst) == "De brief noemt een oorzaak met bewijs: ‘brandgangen zijn veiliger’."


def test_the_verb_goes_with_the_count(bouw, with_row, d):
    assert "Eén van de drie uitspraken is een voornemen" in plat(claims.zin_telling(d).tekst)
    more = bouw(with_row("claims", claim_id="c2", soort="voornemen", getal="ja"))
    assert "Op één na alle drie uitspraken hebben een getal." in plat(claims.zin_telling(more).tekst)


def test_the_calendar_knows_what_is_still_to_come(d):
    assert [r.moment_id for r in rijen(planning.momenten(d)) if r.komt] == ["k1"]
    assert "10 tot en met 20\u00a0november 2009" in plat(planning.zin_komend(d).tekst)


def test_four_wijken_the_rest_and_the_city_have_six_colours():
    rollen = ["krachtwijk"] * 4 + ["rest_van_stad", "stad"]
    assert len(set(context._kleuren([[SimpleNamespace(rol=rol)] for rol in rollen]))) == 6


def test_a_series_is_told_without_a_cause(d):
    rows = list(rijen(context.waarden(d)))
    text = plat(context.zin_ontwikkeling(rows))
    assert text == "De stad: 1.332 woningen (2008); eerder 1.035 (2007)."


def series(d, **areas):
    """Return what is said of a series: per area (year, value) with a margin of one, and what else a row holds."""
    frame, out = context.waarden(d).head(1), []
    basis = {"rol": "krachtwijk", "eenheid": "procent", "decimalen": 0, "trendbreuk": False, "breuk_reden": None}
    for wijk, values in areas.items():
        rows = [
            frame.assign(wijk=wijk, wijk_id=wijk, jaar=jaar, periode=str(jaar), waarde=waarde, ondergrens=waarde - 1,
                         bovengrens=waarde + 1, **basis | dict(*anders))
            for jaar, waarde, *anders in values
        ]  # fmt: skip
        out.append(list(rijen(pd.concat(rows))))
    return [plat(z).replace("\u00a0", " ") for z in context.zinnen_reeks(out)]


def test_wijken_with_the_same_periods_are_told_together_and_chance_is_named(d):
    assert series(d, noord=[(2007, 40), (2009, 50)], zuid=[(2007, 30), (2009, 29)], oost=[(2007, 50), (2009, 50)]) == [
        "Tussen 2007 en 2009 steeg het cijfer in noord.",
        "Tussen 2007 en 2009 daalde het cijfer in zuid.",
        "Tussen 2007 en 2009 bleef het cijfer gelijk in oost.",
        "Van de wijken is het cijfer in 2009 het hoogst in noord en oost (50 %) en het laagst in zuid (29 %).",
        "Groter dan het toeval kan verklaren is het verschil tussen de jaren bij noord.",
    ]
    assert series(d, zuid=[(2007, 30), (2009, 31)])[-1] == "De verschillen tussen de jaren kunnen toeval zijn."


def test_wijken_that_are_all_alike_and_the_city_beside_them(d):
    stad = {"rol": "stad"}
    assert series(d, noord=[(2009, 50)], zuid=[(2009, 50)], stad=[(2009, 60, stad)]) == [
        "Het cijfer is in alle wijken gelijk: 50 %.",
        "In stad is het 60 %.",
    ]


def test_a_series_is_compared_from_its_last_break_on(d):
    breuk = {"trendbreuk": True, "breuk_reden": "De grens is veranderd."}
    zin = "Cijfers vanaf 2008 zijn niet te vergelijken met eerdere. De grens is veranderd."
    assert series(d, noord=[(2007, 40), (2008, 50, breuk), (2009, 51)]) == [
        "Noord: 51 % (2009); eerder 50 % (2008).",
        "De verschillen tussen de jaren kunnen toeval zijn.",
        zin,
    ]
    assert series(d, noord=[(2007, 40), (2008, 50, breuk)], zuid=[(2007, 60), (2008, 55, breuk)]) == [
        "Van de wijken is het cijfer in 2008 het hoogst in zuid (55 %) en het laagst in noord (50 %).",
        zin,
    ]
    assert series(d, noord=[(2007, 40), (2008, 50, breuk), (2009, 51)], zuid=[(2007, 50), (2008, 45), (2009, 49)])[
        :2
    ] == [
        "Tussen 2008 en 2009 steeg het cijfer in noord en zuid.",
        "Van de wijken is het cijfer in 2009 het hoogst in noord (51 %) en het laagst in zuid (49 %).",
    ]


def test_a_thema_counts_what_reached_its_target_and_names_the_fewest(d, bouw, with_row):
    assert plat(doelen.zin_gehaald(d, "wonen").tekst) == "Geen doel in cijfers is gehaald."
    assert plat(doelen.zin_gehaald(bouw(with_row("metingen", meting_id="m2", waarde="200")), "wonen").tekst) == (
        "Het enige doel in cijfers is gehaald."
    )
    assert doelen.zin_gehaald(d, "leren") is None


@pytest.mark.parametrize("aspect, column", [("thema", "hoofdthema"), ("wijk", "hoofdwijk")])
def test_what_links_a_project_is_part_of_its_lineage(d, aspect, column):
    frame = kern.met(kern.projecten(d), aspect).set_index("project_id")
    assert f"project_{aspect}/bouw,2009,{frame.at['bouw', column]}" in frame.at["bouw", "herkomst"]
