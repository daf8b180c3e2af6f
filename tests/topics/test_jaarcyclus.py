"""From one year to the next: the balance, coherence, lessons, clear goals, money and the cards of projects."""

from dataclasses import replace

import pytest

from kwlib.show import cijfer, rij, rijen
from kwlib.show.delen import plat
from kwlib.show.feiten import Rij
from kwlib.topics import (
    begroting,
    brief,
    claims,
    doelen,
    doelenboom,
    doelkwaliteit,
    fiches,
    kosten,
    leerpunten,
    onderbouwing,
    overgang,
    participatie,
    samenhang,
    tegenslag,
    vragen,
    wijken,
)
from tests.topics.conftest import KLEIN


def said(blok) -> str:
    return plat(tuple(blok.delen()))


@pytest.fixture
def plan(d):
    """The small municipality as its plan for 2010 sees it."""
    return replace(d, jaar=2010, params=d.params | {"soort": "plan"}, memo={})


def test_the_balance_from_old_to_new_adds_up(d):
    counts = {r.post: r.projecten_aantal for r in rijen(overgang.balans(d))}
    assert counts == {"oud": 5, "afgerond": -1, "geborgd_regulier": 0, "zelfstandig_verder": 0, "gestopt": -1,
                      "bundelen": -1, "splitsen": 0, "nieuw": 1, "som": 3}  # fmt: skip


def test_the_plan_and_the_report_before_it_tell_the_same_balance(d, plan):
    assert overgang.balans(d)["projecten_aantal"].tolist() == overgang.balans(plan)["projecten_aantal"].tolist()


def test_the_step_to_the_next_year_is_said_in_numbers_and_names(d):
    assert said(overgang.vooruitblik(d)) == (
        "Wij gaan van vijf naar drie projecten en van drie naar twee thema’s. Voor 2010 is ten minste €\u00a0500 "
        "begroot voor projecten die verdergaan. Niet alle projecten staan nog in het plan. Klaar: Plan. Gestopt: TV."
    )


def test_a_step_tells_what_is_budgeted_and_nothing_of_a_project_that_ends(bouw, with_row):
    new = {"financiering_id": "f9", "post": "Kans", "project_id": "kans", "wijk_id": "zuid", "jaar": "2010",
           "geldbron": "rijk", "soort": "begroting", "begroot": "70", "bron_id": "b1"}  # fmt: skip
    table = overgang.tabel_stappen(bouw(with_row("financiering", **new)))
    assert table.koppen[-1]["t"] == "Begroot voor 2010"
    told = {(plat(cells[0]), plat(cells[2])): plat(cells[-1]).replace("\u00a0", " ") for _, cells in table.rijen}
    assert told == {("Bouw", "Werkplaats"): "€ 300", ("Baan", "Werkplaats"): "€ 200", ("Thuis", "Thuis"): "onbekend",
                    ("–", "Kans"): "€ 70", ("TV", "–"): "–", ("Plan", "–"): "–"}  # fmt: skip


def test_a_report_without_decisions_says_that_the_plan_is_still_to_be_decided(d):
    leeg = {"overgangen": d.overgangen.iloc[:0], "thema_overgangen": d.thema_overgangen.iloc[:0]}
    assert said(overgang.zin_telling(replace(d, frames=d.frames | leeg, memo={}))) == (
        "Het besluit over het plan voor 2010 is nog niet bekend. "
        "Hoe de projecten en de thema’s verdergaan, staat dus niet vast."
    )


def test_a_bundle_has_a_line_from_each_of_its_sources(d):
    lines = [(r.van, r.naar) for r in rijen(overgang.stappen(d))]
    assert ("Bouw", "Werkplaats") in lines and ("Baan", "Werkplaats") in lines and (None, "Kans") in lines


def test_links_are_counted_with_their_evidence_and_who_stands_alone_is_named(d):
    r = rij(samenhang.maten(d), jaar=2009)
    assert (r.verbanden_aantal, r.bewezen_aantal, r.alleen_aantal, r.storend_aantal) == (3, 1, 1, 1)
    assert r.per_project == 6 / 5 and samenhang.alleen(d) == ["Plan"]
    assert "Deze projecten zitten elkaar in de weg of doen hetzelfde: Bouw en Thuis." in plat(
        samenhang.zin_maten(d).tekst
    )


def test_projects_with_another_kind_of_link_are_counted_with_an_example(d):
    """Thuis is only hindered; Bouw, Baan and TV have a strong link and Plan has none: together five."""
    r = rij(samenhang.maten(d), jaar=2009)
    assert (r.verbonden_aantal, r.ander_aantal, r.alleen_aantal) == (3, 1, 1)
    assert "Eén project heeft alleen een ander verband. Een voorbeeld: Bouw hindert Thuis. Zonder verband" in plat(
        samenhang.zin_maten(d).tekst
    )


def test_the_example_of_another_link_does_not_hinder_when_there_is_a_better_one(bouw, with_row):
    d = bouw(with_row("relaties", relatie_id="r9", jaar="2009", project_a="thuis", project_b="plan",
                      soort="deelt_partner", bron_id="b1"))  # fmt: skip
    assert "Twee projecten hebben alleen een ander verband. Een voorbeeld: Thuis deelt een partner met Plan." in plat(
        samenhang.zin_maten(d).tekst
    )


def test_a_plan_shows_coherence_before_and_after(plan):
    assert [r.jaar for r in rijen(samenhang.maten(plan))] == [2009, 2010]
    assert cijfer(samenhang.maten(plan), "verbanden_aantal", jaar=2010).waarde == 1


def test_links_between_themas_count_each_pair_once(d):
    frame = samenhang.per_thema(d)
    assert len(frame) == 6 and frame["verbanden_aantal"].sum() == 3
    assert cijfer(frame, "verbanden_aantal", thema_a="werken", thema_b="wonen").waarde == 1


def test_lessons_say_what_follows_and_who_else_uses_them(d):
    assert plat(leerpunten.zin_telling(d).tekst) == (
        "Wij legden twee leerpunten vast. Eén van de twee leerpunten leidt tot een besluit. "
        "Eén leerpunt wordt ook ergens anders gebruikt."
    )
    assert "Niets. Het project stopt" in said(leerpunten.kaarten(d))
    frame = d.leerpunten.assign(geen_gevolg_reden=None)
    zonder = replace(d, frames=d.frames | {"leerpunten": frame}, memo={})
    assert "Niets. De reden is niet ingevuld." in said(leerpunten.kaarten(zonder))


def test_a_lesson_is_not_used_in_a_project_that_is_only_proposed(d, bouw, with_row):
    def used(store):
        cards = [dict(b.paren) for b in leerpunten.kaarten(store).blokken if hasattr(b, "paren")]
        return {k: plat(w) for k, w in cards[0].items() if k in ("Gebruikt in", "Bedoeld voor")}

    assert used(d) == {"Bedoeld voor": "Werkplaats (project in 2010)"}
    undecided = replace(d, frames=d.frames | {"overgangen": d.overgangen.iloc[:0]}, memo={})
    assert used(undecided) == {"Bedoeld voor": "Werkplaats (voorstel voor 2010)"}
    runs = bouw(with_row("leerpunten", leerpunt_id="l1", plan_project_id="bouw"))
    assert used(runs) == {"Gebruikt in": "Bouw"}


def test_how_sure_a_lesson_is_is_explained_once_in_order(d):
    text = said(leerpunten.kaarten(d))
    assert text.count("van het minst naar het meest zeker: niet onderbouwd (") == 1
    assert [text.index(f"{naam} (") for naam in leerpunten.ZEKER] == sorted(
        text.index(f"{naam} (") for naam in leerpunten.ZEKER
    )


def test_a_planned_project_names_the_lesson_it_uses(plan):
    assert said(leerpunten.tabel_gebruikt(plan)).startswith("Leerpunten die in het plan worden gebruikt")
    assert [r.plan for r in rijen(leerpunten.alle(plan)) if r.plan] == ["Werkplaats"]


def test_a_goal_gets_points_from_the_machine_and_from_people_apart(d):
    frame = doelkwaliteit.scores(d)
    bouw, baan = rij(frame, doel_id="d-bouw"), rij(frame, doel_id="d-baan")
    assert (bouw.s, bouw.m, bouw.t, bouw.machine_aantal, bouw.mens_aantal) == (0, 2, 0, 2, 4)
    assert baan.mens_aantal is None and not bouw.toetsbaar  # no end date: it can never be said to be reached in time


def test_a_goal_with_group_area_change_and_end_is_specific_and_can_be_tested(bouw, with_row):
    d = bouw(with_row("doelen", doel_id="d-bouw", doelgroep="gezinnen", wijk_id="noord", verandering="Meer ruimte",
                      eind="2010-12-31"))  # fmt: skip
    row = rij(doelkwaliteit.scores(d), doel_id="d-bouw")
    assert (row.s, row.m, row.t, row.toetsbaar) == (2, 2, 1, True)
    assert plat(doelkwaliteit.zin_toetsbaar(d).tekst).startswith(
        "In 2009 is één van de vier doelen van projecten toetsbaar."
    )


def test_a_plan_says_in_one_sentence_whether_goals_became_clearer(d, plan):
    assert plat(doelkwaliteit.zin_duidelijker(plan).tekst) == (
        "Geen doel van een project is toetsbaar; in 2009 was dat geen van de vier doelen."
    )
    assert plat(doelkwaliteit.zin_duidelijker(d).tekst) == "Geen van de vier doelen van projecten is toetsbaar."


def test_the_figure_on_clear_goals_says_what_half_is(d):
    assert "half dat er nog een ding ontbreekt" in said(doelkwaliteit.figuur_per_jaar(d))


def test_begin_and_target_of_two_indicators_do_not_make_a_goal_testable(bouw, with_row):
    doel = with_row("doelen", doel_id="d-bouw", eind="2010-12-31")
    assert rij(doelkwaliteit.scores(bouw(doel)), doel_id="d-bouw").toetsbaar
    one = next(i for i in KLEIN["indicatoren"] if i["indicator_id"] == "i-huis")
    other = {"indicatoren": [*KLEIN["indicatoren"], one | {"indicator_id": "i-tent", "naam": "Tenten"}],
             "metingen": [m | ({"indicator_id": "i-tent"} if m["rol"] == "streefwaarde" else {})
                          for m in KLEIN["metingen"] if m["indicator_id"] == "i-huis"]}  # fmt: skip
    row = rij(doelkwaliteit.scores(bouw(doel | other)), doel_id="d-bouw")
    assert (row.m, row.toetsbaar) == (1, False)


def test_the_tree_puts_a_goal_below_the_one_it_serves(bouw, with_row):
    d = bouw(with_row("doelen", doel_id="d-baan", ouder_doel_id="d-alles"))
    headings = [plat(b.tekst) for b in doelenboom.overzicht(d).blokken if hasattr(b, "niveau")]
    assert headings == ["Minder bijstand", "Doelen die niet onder een ander doel vallen"]
    assert "Meer banen (Baan)" in said(doelenboom.overzicht(d))


def test_a_plan_tells_the_goals_of_its_own_projects_everywhere_below_the_thema_of_the_project(plan):
    assert set(doelkwaliteit.scores(plan)["doel_id"]) == {"d-thuis"}
    assert set(doelenboom.boom(plan)["doel_id"]) == {"d-thuis", "d-alles"}
    assert [plat(doel) for doel in doelen.doelen_van_thema(plan, "thuis")] == ["Projectdoel: Gezinnen redden zich"]
    assert set(doelen.standen(plan)["indicator_id"]) == {"i-bij"}


def test_a_goal_keeps_its_own_thema_while_that_is_one_of_the_year(bouw, with_row):
    d = bouw(with_row("doelen", doel_id="d-bouw", thema_id="leren"))
    assert dict(zip(doelen.lijst(d)["doel_id"], doelen.lijst(d)["thema_id"], strict=True))["d-bouw"] == "leren"


def test_a_plan_tells_begin_and_target_and_no_stand(d, plan):
    def koppen(data, thema):
        return [kop["t"] for kop in doelen.tabel_van_thema(data, thema).koppen]

    report = koppen(d, "wonen")
    planned = replace(d, params=plan.params, memo={})
    assert set(report) - set(koppen(planned, "wonen")) == {"Nu", "Stand van"}


def test_the_register_of_indicators_says_of_when_a_value_is_and_per_row_why_one_is_not_known(d):
    table = doelen.register(d)
    assert [kop["t"] for kop in table.koppen][3:] == ["Begin", "Nu", "Stand van", "Doel"] and not table.noten
    cells = {plat(row[0]): [plat(cell) for cell in row] for _, row in table.rijen}
    assert cells["Nieuwe huizen (Noord)"][1:] == ["Huizen klaar.", "woningen", "100", "150", "2008", "200"]
    assert cells["Aan het werk (Noord)"][1] == (
        "Wie werk vond. Begin en doel: het staat niet in de openbare bronnen. Nu: niemand heeft dit bijgehouden."
    )


def test_the_goals_of_a_thema_go_from_wide_to_narrow(bouw):
    for order in (1, -1):
        d = bouw(KLEIN | {"doelen": KLEIN["doelen"][::order]})
        told = [plat(doel) for doel in doelen.doelen_van_thema(d, "werken")]
        assert told == ["Programmadoel: Minder bijstand", "Projectdoel: Meer banen"]


FOUR_LEVELS = {"d-baan": "d-alles", "d-bouw": "d-baan", "d-tv": "d-bouw"}
A_RING = {"d-baan": "d-bouw", "d-bouw": "d-baan"}


@pytest.mark.parametrize("ouders", [FOUR_LEVELS, A_RING], ids=["four levels", "a ring"])
def test_the_tree_loses_no_goal_however_deep_or_wrong_it_is(bouw, ouders):
    doelen = [row | {"ouder_doel_id": ouders.get(row["doel_id"], "")} for row in KLEIN["doelen"]]
    d = bouw(KLEIN | {"doelen": doelen})
    assert d.doelen["ouder_doel_id"].notna().sum() == len(ouders)
    assert all(t in said(doelenboom.overzicht(d)) for t in d.doelen["tekst"])


def test_budget_change_spending_and_difference_per_project(bouw, with_row):
    d = bouw(with_row("financiering", financiering_id="f2", gewijzigd_begroot="600", besteed="570", reden_ontbreekt=""))
    r = rij(begroting.per_project(d), project_id="bouw")
    assert (r.begroot_eur, r.gewijzigd_eur, r.besteed_eur, r.verschil_eur, r.besteed_pct) == (500, 600, 570, -30, 95)
    assert said(begroting.zin_totaal(d)) == (
        "De projecten gaven €\u00a0570 uit van €\u00a0600 (95\u00a0%). De nieuwste bron voor deze uitgaven is van "
        "8\u00a0oktober 2009. Het jaar was toen nog niet voorbij. Het grootste verschil is bij Bouw: €\u00a030 minder "
        "dan begroot. Tijdens het jaar is een deel van de begroting gewijzigd."
    )


def spent(build, **besteed):
    """Return the small municipality with what projects spent of the hundred that each has, and expect to spend."""
    new = [{"financiering_id": f"p-{id}", "post": id, "project_id": id, "wijk_id": "noord", "jaar": "2009",
            "geldbron": "rijk", "soort": "begroting", "begroot": "100", "besteed": str(b), "prognose": str(b + 5),
            "bron_id": "b1"} for id, b in besteed.items()]  # fmt: skip
    return build(KLEIN | {"financiering": new})


def test_every_project_that_spent_more_than_its_budget_is_named(bouw):
    text = said(begroting.zin_totaal(spent(bouw, bouw=60, baan=110, tv=101))).replace("\u00a0", " ")
    assert "Voor het hele jaar verwachten wij € 286 aan uitgaven van deze projecten. " in text
    assert "bij Bouw: € 40 minder dan begroot. Deze projecten gaven meer uit dan begroot: " in text
    assert text.endswith("Baan (€ 10 meer) en TV (€ 1 meer).")
    text = said(begroting.zin_totaal(spent(bouw, bouw=160, baan=110))).replace("\u00a0", " ")
    assert text.endswith("bij Bouw: € 60 meer dan begroot. Dit project gaf ook meer uit dan begroot: Baan (€ 10 meer).")
    assert said(begroting.zin_totaal(spent(bouw, bouw=100))).endswith("uitgaven van deze projecten.")


def test_cost_per_unit_is_told_only_for_one_exact_result_of_the_year(bouw, with_row):
    assert len(kosten.per_eenheid(bouw(with_row("financiering", financiering_id="f2", besteed="570")))) == 0
    both = with_row("financiering", financiering_id="f2", besteed="600")
    this_year = {"periode_start": "2009-01-01", "periode_eind": "2009-10-01"}
    both["metingen"] = [m | this_year if m["meting_id"] == "m2" else m for m in both["metingen"]]
    assert rij(kosten.per_eenheid(bouw(both)), project_id="bouw").per_eenheid_eur == 4


def test_a_project_counts_by_the_worst_axis_that_is_known(bouw, with_row):
    d = bouw(with_row("project_jaar", project_id="bouw", jaar="2009", koers_tijd="achter", koers_geld="op_schema"))
    r = rij(fiches.koers(d))
    assert (r.achter_aantal, r.op_schema_aantal, r.onbekend_aantal) == (1, 0, 4)
    assert (
        plat(fiches.zin_koers(d).tekst).strip() == "Eén van de vijf projecten loopt op een of meer punten achter: Bouw."
    )


def test_exceptions_come_first_and_a_project_in_opstart_is_told_in_short(bouw, with_row):
    d = bouw(with_row("project_jaar", project_id="thuis", jaar="2009", koers_tijd="achter"))
    names = [plat(b.tekst) for b in fiches.van_thema(d, "wonen") if getattr(b, "niveau", 0) == 4]
    assert names == ["Thuis", "Bouw", "Plan"]
    text = " ".join(said(b) for b in fiches.van_thema(d, "wonen"))
    assert "Eerste paal (gepland en gehaald maart 2009)" in text
    assert "trekker" not in text.partition("Bouw")[0]


def test_a_plan_tells_all_of_a_project_that_has_yet_to_start(plan):
    assert "trekker" in said(fiches.van_thema(plan, "meedoen")[-1])


@pytest.mark.parametrize(
    "gepland, gehaald, status, woorden",
    [
        ("2009-03-01", "2009-05-29", "verschoven", "gepland maart 2009, gehaald mei 2009"),
        ("", "2009-05-29", "gehaald", "gehaald mei 2009"),
        ("2009-03-01", "", "verschoven", "gepland maart 2009, verschoven"),
        ("2009-03-01", "", "open", "gepland maart 2009, nog niet gehaald"),
        ("2009-12-01", "", "open", "gepland december 2009"),
        ("", "", "open", "nog niet gehaald"),
    ],
)
def test_a_step_tells_when_it_was_planned_and_when_it_was_reached(bouw, with_row, gepland, gehaald, status, woorden):
    change = {"mijlpaal_id": "mp1", "gepland": gepland, "gehaald": gehaald, "status": status}
    d = bouw(with_row("mijlpalen", **change))
    assert f"Eerste paal ({woorden})" in " ".join(said(b) for b in fiches.van_thema(d, "wonen"))


def test_substantiation_is_told_per_year_and_per_wijk(d):
    r = rij(onderbouwing.per_jaar(d), jaar=2009)
    assert (r.doelen_aantal, r.metcijfer_aantal, r.volledig_aantal) == (3, 2, 1)
    assert cijfer(onderbouwing.per_wijk(d), "metcijfer_aantal", wijk_id="noord").waarde == 1


def test_taking_one_number_away_lowers_the_degree_by_exactly_one_goal(d):
    before = rij(onderbouwing.graad(d))
    metingen = d.metingen[d.metingen["meting_id"] != "m4"]
    after = rij(onderbouwing.graad(replace(d, frames={**d.frames, "metingen": metingen}, memo={})))
    assert before.metcijfer_pct - after.metcijfer_pct == pytest.approx(100 / before.doelen_aantal)
    assert len(onderbouwing.zonder_cijfer(d)) == 1


def test_what_went_wrong_is_told_per_project(bouw, with_row):
    d = bouw(with_row("project_jaar", project_id="tv", jaar="2009", wat_ging_niet_goed="De camera ging stuk."))
    assert plat(tegenslag.zin_telling(d).tekst) == (
        "Bij één van de vijf projecten staat wat er niet goed ging. "
        "Over onverwachte opbrengsten en ongewenste gevolgen zeggen de bronnen niets."
    )
    assert said(tegenslag.verder(d)) == ""
    meer = bouw(with_row("project_jaar", project_id="tv", jaar="2009", bijwerking="Meer lawaai."))
    assert "Over onverwachte opbrengsten zeggen de bronnen ook niets." in plat(tegenslag.zin_telling(meer).tekst)
    assert said(tegenslag.verder(meer)) == "Welke gevolgen wilde niemand?TV: Meer lawaai."
    assert said(tegenslag.niet_goed(d)) == "TV: De camera ging stuk."


def test_plans_of_residents_are_counted_per_wijk(d):
    r = rij(participatie.initiatieven(d), wijk_id="noord")
    assert (r.aangevraagd_aantal, r.toegekend_aantal, r.uitgevoerd_aantal, r.toegekend_bedrag_eur) == (8, 5, 3, 1200)


def test_an_open_promise_says_how_many_days_it_is_late(bouw, with_row):
    d = bouw(with_row("toezeggingen", toezegging_id="t2", termijn="2009-09-28"))
    assert "tien dagen over de termijn" in said(vragen.tabel_toezeggingen(d))


def test_the_points_of_a_goal_are_digits_beside_the_most_it_can_get(d):
    table = doelkwaliteit.tabel_scores(d)
    assert plat(table.toelichting) == "Het programma geeft ten hoogste zes punten, mensen ten hoogste vier."
    assert not [c for _, row in table.rijen for c in row if plat(c) in ("één", "twee", "drie", "vier")]


def test_the_claims_are_of_a_letter_that_is_named(d, bouw):
    text = plat(claims.zin_telling(d).tekst).replace("\u00a0", " ")
    assert text.startswith(
        "Dit gaat over de brief die het college zelf schreef (‘De brief’, 8 oktober 2009), niet over de brief die dit "
        "computerprogramma maakte. Wij bekeken drie uitspraken uit die brief. "
    )
    assert "Geen van de drie uitspraken heeft een nulmeting, een streefwaarde of een bron." in text
    leeg = replace(d, jaar=2007, memo={})
    assert plat(claims.zin_telling(leeg).tekst) == "Over 2007 is geen brief met uitspraken vastgelegd."
    assert said(claims.zin_oorzaak(leeg)) == said(claims.tabel_claims(leeg)) == ""


def test_a_letter_asks_something_and_does_not_say_that_there_is_nothing(d):
    assert said(brief.gevraagd(d)) == "Wij vragen u kennis te nemen van deze rapportage."
    bespreken = replace(d, params=d.params | {"brief": {"gevraagd": "ter bespreking"}}, memo={})
    assert said(brief.gevraagd(bespreken)) == "Wij vragen u deze rapportage te bespreken."
    zin = leerpunten.zin_telling(d)
    assert brief.mits(leerpunten.alle(d), zin) is zin
    assert said(brief.mits(leerpunten.alle(d).iloc[:0], zin)) == ""


def test_a_letter_tells_results_of_projects_one_per_thema(d):
    frame = doelen.standen(d)
    known = frame[frame["stand"].notna() & frame["project_id"].notna()]
    told = said(brief.resultaten(frame))
    assert told.startswith("Dit weten wij bijvoorbeeld. ")
    assert sum(naam in told for naam in known["naam"]) == known["thema_id"].nunique() > 0
    assert said(brief.resultaten(frame.iloc[:0])) == ""


def test_a_letter_without_any_goal_tells_no_result(bouw):
    d = bouw(KLEIN | {"doelen": [], "indicatoren": [], "metingen": [], "bewijzen": [], "doelbeoordelingen": []})
    assert said(brief.resultaten(doelen.standen(d))) == ""


def test_a_wijk_says_how_many_projects_are_about_another_one_too(d):
    def zin(n, ook):
        feit = wijken.per_wijk(d).attrs["feit"]
        waarden = {"wijk_id": "w", "wijk": "Noord", "projecten_aantal": n, "ook_elders_aantal": ook, "herkomst": ("p",)}
        return plat(wijken._zin(Rij(waarden, feit)))

    assert zin(0, 0) == "Geen enkel project gaat over Noord."
    assert zin(1, 1) == "Eén project gaat over Noord; ook over een andere krachtwijk."
    assert zin(3, 0) == "Drie projecten gaan over Noord."
    assert zin(3, 2) == "Drie projecten gaan over Noord; twee daarvan ook over een andere krachtwijk."
    assert zin(3, 3) == "Drie projecten gaan over Noord; allemaal ook over een andere krachtwijk."
