"""The facts of the small municipality, added up by hand."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from kwlib.data.wijk import of_wijk
from kwlib.show import rij, rijen
from kwlib.show.delen import plat
from kwlib.topics import (
    begroting,
    brief,
    claims,
    context,
    doelen,
    geld,
    gemeten,
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


def test_what_stands_still_and_what_is_known_from_before_the_year_are_named(bouw, with_row, d):
    assert "daarvan" not in plat(projecten.zin_voortgang(d).tekst)
    change = {"project_id": "bouw", "jaar": "2009", "peildatum": "2008-12-31", "stilgelegd_op": "2009-06-01"}
    stil = bouw(with_row("project_jaar", **change))
    assert [rij(projecten.register(x), project_id="bouw").fase for x in (d, stil)] == [
        "in uitvoering", "in uitvoering, ligt stil"
    ]  # fmt: skip
    text = plat(projecten.zin_voortgang(stil).tekst)
    assert "klaar zijn. Eén daarvan ligt stil. Van één is die informatie ouder dan 2009." in text


def test_the_register_says_of_which_month_a_fase_is(bouw, with_row):
    d = bouw(with_row("project_jaar", project_id="bouw", jaar="2009", peildatum="2005-02-23"))
    assert counts(projecten.register(d), "project_id", "stand_van")["bouw"] == "februari 2005"


def test_several_projects_are_spoken_of_as_several(bouw, with_row):
    d = bouw(with_row("project_jaar", project_id="thuis", jaar="2009", fase=""))
    assert "Van twee projecten zeggen de bronnen niet hoe ver zij zijn: " in plat(projecten.zin_voortgang(d).tekst)


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
    assert plat(gemeten.zin_stand(r)) == (
        "Nieuwe huizen: van 100 naar 150 woningen (2008); het doel is 200. Dat is 50\u00a0% van de weg. "
        "Deze stand haalt het doel nog niet; er is tijd tot en met 31\u00a0december 2009."
    )


@pytest.mark.parametrize(
    "stand, tot, oordeel",
    [
        (150, "2008-12-31", "Deze stand haalt het doel niet; de termijn is voorbij."),
        (200, "2008-12-31", "Deze stand haalt het doel."),
        (200, "2009-12-31", "Deze stand haalt het doel al; de termijn loopt tot en met 31\u00a0december 2009."),
        (200, "2009-10-08", "Deze stand haalt het doel."),
    ],
)
def test_a_target_fails_only_when_its_term_is_over(bouw, stand, tot, oordeel):
    changes = {"m2": {"waarde": str(stand)}, "m3": {"periode_eind": tot, "periode_start": ""}}
    tables = KLEIN | {"metingen": [m | changes.get(m["meting_id"], {}) for m in KLEIN["metingen"]]}
    assert plat(gemeten.zin_stand(rij(doelen.standen(bouw(tables)), indicator_id="i-huis"))).endswith(oordeel)


@pytest.fixture
def gebeurd(bouw):
    """Return a function that says what is told of thefts in the begin year and the next, or of parts of a group."""

    def zin_over(begin, later, eerst="2007-01-01", aggregatie="som"):
        indicator = {"indicator_id": "i-dief", "doel_id": "d-bouw", "naam": "Diefstal", "soort": "outcome",
                     "eenheid": "aangiften", "telbasis": "objecten", "richting": "lager", "decimalen": "0",
                     "aggregatie": aggregatie, "gevoeligheid": "openbaar", "bron_id": "b1"}  # fmt: skip
        stand = [
            {"meting_id": f"dief-{rol}", "indicator_id": "i-dief", "wijk_id": "noord", "rol": rol, "bron_id": "b1",
             "waarde_soort": "exact", "kwaliteit": "A", "periode_start": van, "periode_eind": tot}
            | dict(zip(("waarde", "teller", "noemer"), map(str, waarden), strict=False))
            for rol, van, tot, waarden in (("nulmeting", eerst, "2007-12-31", begin),
                                           ("realisatie", "2008-01-01", "2008-12-31", later))
        ]  # fmt: skip
        tables = {"indicatoren": KLEIN["indicatoren"] + [indicator], "metingen": KLEIN["metingen"] + stand}
        return plat(gemeten.zin_stand(rij(doelen.standen(bouw(KLEIN | tables)), indicator_id="i-dief")))

    return zin_over


def test_a_development_says_what_chance_alone_can_explain(gebeurd):
    assert gebeurd((599,), (330,)).endswith("De verandering is groter dan het toeval kan verklaren.")
    assert gebeurd((312,), (331,)).endswith("De verandering kan toeval zijn.")
    assert gebeurd((7,), (9,)).endswith("Het aantal is te klein om een ontwikkeling te zien.")
    assert gebeurd((64, 14, 22), (53, 10, 19), aggregatie="niet").endswith("De verandering kan toeval zijn.")


@pytest.mark.parametrize("later, gang", [(150, "gestegen van 100 naar 150"), (90, "gedaald van 100 naar 90"),
                                         (100, "van 100 naar 100")])  # fmt: skip
def test_a_thema_names_the_developments_that_were_tested_and_which_way_they_went(bouw, with_row, later, gang):
    d = bouw(with_row("metingen", meting_id="m2", waarde=str(later)))
    d.memo["kwlib.topics.doelen", "standen"] = doelen.standen(d).assign(toeval="de verandering kan toeval zijn")
    text = doelen.zin_toeval(d, "wonen").tekst
    assert plat(text) == f"De verandering kan toeval zijn bij: Nieuwe huizen ({gang})."
    assert [deel.c.id for deel in text if deel.c] == ["doelen.standen/i-huis/nul", "doelen.standen/i-huis/stand"]
    assert doelen.zin_toeval(d, "elders") is None


def test_a_lower_target_says_that_less_is_better(d):
    assert "het doel is 5.700 of lager." in plat(gemeten.zin_stand(rij(doelen.standen(d), indicator_id="i-bij")))
    assert "of lager" not in plat(gemeten.zin_stand(rij(doelen.standen(d), indicator_id="i-huis")))


def test_a_thema_without_any_indicator_has_no_bullet_chart(bouw):
    d = bouw(KLEIN | {"indicatoren": [], "metingen": []})
    assert doelen.figuur_van_thema(d, "wonen") is None


def test_a_bullet_chart_says_what_the_table_says(bouw, with_row):
    bound = with_row("metingen", meting_id="m2", waarde_soort="ondergrens")
    bound["indicatoren"] = [i | {"eenheid": "euro", "richting": "lager"} for i in KLEIN["indicatoren"]]
    svg = doelen.figuur_van_thema(bouw(bound), "wonen").svg
    assert "begin €\u00a0100 · nu meer dan €\u00a0150 · doel €\u00a0200 of lager" in svg


def test_the_table_of_goals_says_where_a_value_holds(d):
    names = [plat(cells[0]) for _, cells in doelen.tabel_van_thema(d, "wonen").rijen]
    assert names == ["Nieuwe huizen (Noord)"]


def test_the_degree_says_which_goals_it_counts(d):
    assert plat(onderbouwing.zin_graad(d).tekst).startswith(
        "Voor twee van de drie doelen van projecten die zijn begonnen is er een cijfer. "
        "Bij één van deze doelen ontbreekt een cijfer."
    )


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
    assert "meer dan twintig" in plat(gemeten.zin_stand(r))


def test_a_stand_published_later_does_not_show_in_the_edition(d, bouw):
    assert rij(doelen.standen(d), indicator_id="i-bij").stand == 7910
    assert rij(doelen.standen(bouw(kennis_tot=dt.date(2011, 1, 1))), indicator_id="i-bij").stand == 7526


def test_a_missing_stand_says_why(d):
    r = rij(doelen.standen(d), indicator_id="i-werk")
    assert "Niemand heeft dit bijgehouden." in plat(gemeten.zin_stand(r))


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


def test_unknown_spending_counts_the_amounts_of_the_year_only(bouw, with_row):
    r = rij(geld.totaal(bouw(with_row("financiering", financiering_id="f2", besteed="400", reden_ontbreekt=""))))
    assert (r.posten_aantal, r.zonder_besteding_aantal) == (2, 1)


def test_a_plan_does_not_say_that_nothing_is_known_of_what_was_spent(d):
    assert "uitgegeven" not in plat(geld.zin_totaal(replace(d, params=d.params | {"soort": "plan"}, memo={})).tekst)


def test_amounts_of_one_kind_are_told_in_the_word_of_that_kind(bouw, with_row):
    promised = bouw(with_row("financiering", financiering_id="f2", soort="toezegging"))
    assert geld.kaart(promised).label == "toegezegd voor 2009"
    assert plat(geld.zin_totaal(promised).tekst).startswith("Voor 2009 is €\u00a01.500 toegezegd: ")


def test_the_money_of_projects_and_the_rest_are_tied_to_the_total(d):
    assert plat(geld.zin_buiten_projecten(d).tekst) == (
        "Van €\u00a01.500 voor 2009 hoort €\u00a0500 bij projecten en €\u00a01.000 niet bij een project."
    )


def test_what_a_source_remarks_on_an_amount_is_told(bouw, with_row, d):
    remark = "Per jaar volgt uit het totaal."
    told = bouw(with_row("financiering", financiering_id="f1", opmerking=remark))
    for table in (geld.tabel_opmerkingen, geld.tabel_buiten_projecten):
        assert remark in plat(tuple(table(told).delen()))
    assert "geen opmerkingen" in plat(geld.tabel_opmerkingen(d).tekst)


def cost(d, thema):
    return plat(begroting.van_thema(d, thema)[1].tekst).replace("\u00a0", " ")


def test_a_thema_costs_what_its_projects_cost_and_names_those_without_an_amount(bouw, with_row, d):
    spent = bouw(with_row("financiering", financiering_id="f2", besteed="400", reden_ontbreekt=""))
    missing = "Van twee projecten kennen wij het bedrag niet."
    som = "Voor de projecten van dit thema is samen ten minste € 500 begroot; "
    assert cost(spent, "wonen") == f"{som}daarvan is € 400 uitgegeven. {missing}"
    assert cost(d, "wonen") == f"{som}wat daarvan is uitgegeven, weten wij niet. {missing}"
    assert cost(d, "werken") == "Van geen project van dit thema kennen wij het bedrag voor 2009."


def test_money_of_a_thema_itself_is_told_beside_that_of_its_projects_and_never_counted_twice(bouw, with_row):
    own = {"financiering_id": "f9", "post": "Wonen", "wijk_id": "stad", "jaar": "2009", "geldbron": "gemeente",
           "soort": "begroting", "begroot": "70", "besteed": "60", "bron_id": "b1"}  # fmt: skip
    d = bouw(with_row("financiering", **own, thema_id="wonen"))
    assert "Daarnaast hoort € 70 bij het thema zelf; daarvan is € 60 uitgegeven." in cost(d, "wonen")
    of_project = bouw(with_row("financiering", **own, thema_id="wonen", project_id="baan"))
    frame = begroting.per_thema(of_project).set_index("thema_id")
    assert frame["projecten_eur"].dropna().to_dict() == {"werken": 70, "wonen": 500}
    assert frame["eigen_eur"].isna().all()


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
    assert plat(participatie.zin_terugkoppeling(d).tekst) == (
        "Wij kennen één moment waarop bewoners konden meepraten. Of zij iets terughoorden, is niet bekend."
    )


def test_feedback_that_is_known_everywhere_or_nowhere_is_told_without_two_negations(bouw):
    een = KLEIN["participatie"][0]
    terug = een | {"teruggekoppeld_op": "2009-06-01", "wat_gedaan_met_inbreng": "De planning is veranderd."}

    def told(*momenten):
        rows = [m | {"moment_id": f"p{n}"} for n, m in enumerate(momenten)]
        return plat(participatie.zin_terugkoppeling(bouw(KLEIN | {"participatie": rows})).tekst)

    assert told(terug).endswith("Of zij iets terughoorden, is bekend.")
    assert told(terug, terug).endswith("Of zij iets terughoorden, is bij elk moment bekend.")
    assert told(een, terug).endswith("Bij één van de twee momenten is niet bekend of zij iets terughoorden.")


def test_the_letter_names_only_who_asked_for_this_report(bouw, with_row):
    d = bouw(with_row("raadsvragen", raadsvraag_id="r2", fracties="Partij C", onderwerp="Geld", bron_id="b1",
                      reden_ontbreekt="niet_in_bronnen"))  # fmt: skip
    text = plat(brief.opening(d).tekst)
    assert "vragen van Partij A en Partij B over" in text and "Partij C" not in text


def test_a_letter_about_no_wijk_names_none(d):
    nergens = d.replace(wijken=d.wijken.assign(rol="stad"))
    assert "zij gaat over" in plat(brief.opening(d).tekst).lower()
    assert "gaat over" not in plat(brief.opening(nergens).tekst)


def test_one_of_two_promises_is_kept(d):
    assert plat(vragen.zin_telling(d).tekst) == "Eén van de twee toezeggingen is nagekomen."


def test_a_question_says_how_many_days_its_answer_was_late(bouw, with_row):
    def told(**change):
        d = bouw(with_row("raadsvragen", raadsvraag_id="r1", datum="2009-06-09", termijn_dagen="30", **change))
        return plat(vragen.tabel_vragen(d).rijen[0][1][-1])

    assert told(beantwoord_op="2009-07-20") == "elf dagen over de termijn"
    assert told(beantwoord_op="2009-07-10") == "één dag over de termijn"
    assert told(beantwoord_op="2009-07-09") == "–"
    assert told() == "onbekend"  # no answer known is not the same as no answer


def test_a_promise_that_is_no_longer_to_be_kept_is_not_still_to_come(bouw, with_row):
    def where(status):
        d = bouw(with_row("toezeggingen", toezegging_id="t2", status=status))
        return plat(vragen.tabel_toezeggingen(d).rijen[-1][1][-1])

    assert [where(s) for s in ("open", "deels", "vervallen")] == ["nog niet", "nog niet", "–"]


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
    assert "Twee van de drie uitspraken hebben een getal." in plat(claims.zin_telling(more).tekst)


def test_the_calendar_knows_what_is_still_to_come(d):
    assert [r.moment_id for r in rijen(planning.momenten(d)) if r.komt] == ["k1"]
    assert rij(planning.momenten(d), moment_id="k2").status_naam == "geweest"
    assert "(half november 2009)" in plat(planning.zin_komend(d).tekst)


@pytest.mark.parametrize(
    ("van", "tot", "woorden"),
    [
        ("2009-11-01", "2009-11-10", "begin november 2009"),
        ("2009-11-10", "2009-11-20", "half november 2009"),
        ("2009-11-20", "2009-11-30", "eind november 2009"),
        ("2009-11-18", "2009-11-28", "18 tot en met 28\u00a0november 2009"),
        ("2009-12-09", "2009-12-16", "9 tot en met 16\u00a0december 2009"),
        ("2009-11-02", "2009-11-29", "2 tot en met 29\u00a0november 2009"),
    ],
)
def test_days_that_stand_for_a_part_of_the_month_are_told_as_such(bouw, with_row, van, tot, woorden):
    d = bouw(with_row("kalender", moment_id="k1", gepland_van=van, gepland_tot=tot))
    assert rij(planning.momenten(d), moment_id="k1").wanneer == woorden


def test_what_was_held_is_not_on_the_agenda(bouw, with_row):
    d = bouw(with_row("kalender", moment_id="k1", status="gehouden", werkelijk="2009-10-07"))
    assert plat(planning.zin_komend(d).tekst) == "Er zijn geen komende besluiten bekend."


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
        "Bij zuid en oost kan het verschil tussen de jaren toeval zijn; bij noord is het daarvoor te groot.",
    ]
    assert series(d, zuid=[(2007, 30), (2009, 40)])[-1] == (
        "Groter dan het toeval kan verklaren is het verschil tussen de jaren bij zuid."
    )
    assert series(d, zuid=[(2007, 30), (2009, 31)])[-1] == "De verschillen tussen de jaren kunnen toeval zijn."


def test_a_change_that_is_sure_for_the_city_only_may_be_chance_in_the_wijken(d):
    stad = {"rol": "stad"}
    said = series(d, noord=[(2007, 40), (2009, 41)], zuid=[(2007, 30), (2009, 31)],
                  stad=[(2007, 20, stad), (2009, 25, stad)])  # fmt: skip
    assert said[-1] == ("In de wijken kan het verschil tussen de jaren toeval zijn; bij stad is het daarvoor te groot.")


def test_a_series_that_turned_in_the_last_year_says_so(d):
    said = series(d, noord=[(2004, 40), (2008, 30), (2009, 31)], zuid=[(2004, 30), (2008, 31), (2009, 32)],
                  oost=[(2004, 20), (2006, 25), (2009, 20)])  # fmt: skip
    assert said[:5] == [
        "Tussen 2004 en 2009 steeg het cijfer in zuid.",
        "Tussen 2004 en 2009 daalde het cijfer in noord.",
        "Tussen 2004 en 2009 bleef het cijfer gelijk in oost.",
        "Tussen 2008 en 2009 steeg het cijfer in noord.",
        "Tussen 2006 en 2009 daalde het cijfer in oost.",
    ]


def test_a_series_without_any_value_is_a_table_and_a_break_in_a_silent_year_cuts_the_line(bouw):
    def jaren(*cijfers):
        basis = KLEIN["contextwaarden"][0]
        return bouw(KLEIN | {"contextwaarden": [
            basis | {"periode_start": f"{jaar}-01-01", "periode_eind": f"{jaar}-12-31", "waarde": waarde} | anders
            for jaar, waarde, anders in cijfers
        ]})  # fmt: skip

    onbekend = {"reden_ontbreekt": "niet_in_bronnen"}
    leeg = context.reeksen(jaren((2007, "", onbekend), (2008, "", onbekend))).model()["blokken"]
    assert "tabel" in (soorten := [b["soort"] for b in leeg]) and "figuur" not in soorten
    breuk = {"trendbreuk": "ja", "breuk_reden": "Anders geteld."}
    d = jaren((2006, "10", {}), (2007, "", onbekend | breuk), (2008, "20", {}), (2009, "30", {}))
    lijn = context._lijn(list(rijen(context.waarden(d))), "#000000")
    assert [list(lijn.x[deel]) for deel in lijn.stukken()] == [[2006], [2008, 2009]]


def test_a_booklet_says_that_no_figure_is_about_its_wijk(bouw, d):
    def told(store):
        blok = context.tabel_laatste(of_wijk(store, "noord"))
        return plat(tuple(blok.delen()))

    assert told(d).startswith("Over Noord zelf is geen cijfer bekend.De laatste cijfers over andere gebieden")
    here = KLEIN["contextwaarden"][0] | {"wijk_id": "noord"}
    assert "geen cijfer" not in told(bouw(KLEIN | {"contextwaarden": [*KLEIN["contextwaarden"], here]}))
    assert "geen cijfer bekend" not in told(bouw(KLEIN | {"contextwaarden": []}))


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


@pytest.fixture
def gehaald(bouw):
    """Return a function that says how far the indicators of one goal are: name, stand and end of the term of each."""

    def zin_over(*cijfers, richting="hoger"):
        tables = KLEIN | {"indicatoren": [], "metingen": []}
        for naam, stand, tot in cijfers:
            tables["indicatoren"] += [{"indicator_id": naam, "doel_id": "d-bouw", "naam": naam, "soort": "output",
                                       "eenheid": "huizen", "telbasis": "woningen", "richting": richting,
                                       "aggregatie": "som", "gevoeligheid": "openbaar", "bron_id": "b1"}]  # fmt: skip
            meting = {"indicator_id": naam, "wijk_id": "noord", "bron_id": "b1"}
            gemeten = {"rol": "realisatie", "waarde": stand, "periode_eind": "2008-12-31",
                       "reden_ontbreekt": "" if stand else "vergeten"}  # fmt: skip
            doel = {"rol": "streefwaarde", "waarde": "9", "periode_eind": tot}
            tables["metingen"] += [meting | m | {"meting_id": f"{naam}-{m['rol']}"} for m in (gemeten, doel)]
        return plat(doelen.zin_gehaald(bouw(tables), "wonen").tekst)

    return zin_over


VOORBIJ, LOOPT = "2009-06-30", "2009-12-31"


def test_a_thema_counts_targets_of_which_nothing_is_known(gehaald):
    assert gehaald(("a", "9", LOOPT), ("b", "", LOOPT), ("c", "", LOOPT)) == (
        "Wij kennen de stand van één van de drie cijfers met een doel. "
        "De stand van 31\u00a0december 2008 haalt het doel voor 31\u00a0december 2009 al. "
        "De termijn is nog niet voorbij."
    )
    assert (
        gehaald(("a", "", LOOPT), ("b", "", LOOPT)) == "Wij kennen de stand van geen van de twee cijfers met een doel."
    )


def test_a_thema_has_not_failed_before_the_term_of_its_targets_is_over(gehaald):
    assert gehaald(("a", "8", LOOPT)).endswith(
        "haalt het doel voor 31\u00a0december 2009 nog niet. De termijn is nog niet voorbij."
    )
    assert gehaald(("a", "8", VOORBIJ)).endswith(
        "haalt het doel voor 30\u00a0juni 2009 niet. De termijn is al voorbij."
    )


def test_a_thema_names_the_fewest(gehaald):
    assert gehaald(("a", "9", LOOPT), ("b", "8", LOOPT), ("c", "9", VOORBIJ)) == (
        "Wij kennen de stand van alle drie cijfers met een doel. Twee van de drie standen halen nu al het doel. "
        "Nog niet: b. De termijn is al voorbij bij: c."
    )
    assert "De termijn is nog niet voorbij bij: c." in gehaald(
        ("a", "8", VOORBIJ), ("b", "8", VOORBIJ), ("c", "9", LOOPT)
    )


def test_a_thema_says_of_which_numbers_it_cannot_tell(gehaald):
    assert gehaald(("a", "9", LOOPT), richting="neutraal") == (
        "Wij kennen de stand van het enige cijfer met een doel. "
        "Of het doel is gehaald, kunnen wij niet zeggen bij: a. De termijn is nog niet voorbij."
    )


def test_a_thema_without_targets_says_nothing_of_them(d):
    assert doelen.zin_gehaald(d, "leren") is None


@pytest.mark.parametrize("aspect, column", [("thema", "hoofdthema"), ("wijk", "hoofdwijk")])
def test_what_links_a_project_is_part_of_its_lineage(d, aspect, column):
    frame = kern.met(kern.projecten(d), aspect).set_index("project_id")
    assert f"project_{aspect}/bouw,2009,{frame.at['bouw', column]}" in frame.at["bouw", "herkomst"]


def test_a_value_that_is_hidden_to_protect_people_still_founds_its_goal(d):
    frame = d.metingen.copy()
    frame.loc[frame["indicator_id"] == "i-huis", ["waarde", "reden_ontbreekt"]] = [pd.NA, "privacy"]
    hidden = replace(d, frames={**d.frames, "metingen": frame}, memo={})
    assert hidden.metingen["waarde"].notna().sum() < d.metingen["waarde"].notna().sum()
    found = [rij(onderbouwing.graad(x)).waarden for x in (d, hidden)]
    columns = [k for k in found[0] if k.endswith(("_aantal", "_pct"))]
    assert [found[0][k] for k in columns] == [found[1][k] for k in columns]
