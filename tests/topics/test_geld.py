"""How money is told: spent per source, divided over wijken, and budgeted in a plan; every total tied to the others."""

from dataclasses import replace

import pytest

from kwlib.show import rij
from kwlib.show.delen import plat
from kwlib.topics import begroting, geld, geldverdeling, kosten
from tests.topics.conftest import KLEIN

NAMES = ["financiering_id", "project_id", "wijk_id", "geldbron", "begroot", "besteed", "jaar"]


def amounts(*lines: str) -> dict[str, list[dict]]:
    """Return the small municipality with these amounts only: as a budget, with a source for each."""
    rows = [dict(zip(NAMES, line.split("/"), strict=True)) for line in lines]
    fixed = {"soort": "begroting", "bron_id": "b1", "reden_ontbreekt": "nog_te_vroeg"}
    return KLEIN | {"financiering": [fixed | {"post": row["financiering_id"]} | row for row in rows]}


def said(blok) -> str:
    return plat(tuple(blok.delen())).replace("\u00a0", " ")


def cells(table) -> list[list[str]]:
    return [[plat(cell).replace("\u00a0", " ") for cell in row] for _, row in table.rijen]


def plan(d):
    return replace(d, jaar=2010, params={**d.params, "soort": "plan"}, memo={})


SPENT = amounts("a/bouw/noord/rijk/100/60/2009", "b/tv/zuid/rijk/300/300/2009", "c//stad/gemeente/100/20/2009")


def test_what_is_spent_is_told_per_source_of_money_and_adds_up(bouw):
    table = geld.tabel_besteed_per_bron(bouw(SPENT))
    assert [k["t"] for k in table.koppen] == ["Geldbron", "Begroot", "Uitgegeven", "Deel"]
    assert cells(table) == [["het Rijk", "€ 400", "€ 360", "90 %"], ["de gemeente", "€ 100", "€ 20", "20 %"],
                            ["Totaal", "€ 500", "€ 380", "76 %"]]  # fmt: skip
    assert "De nieuwste bron voor deze uitgaven is van 8\u00a0oktober 2009." in plat(table.toelichting)


def test_spending_that_is_unknown_everywhere_makes_no_table_per_source(d):
    assert said(geld.tabel_besteed_per_bron(d)) == ""


def test_the_spending_of_projects_and_the_rest_are_tied_to_the_total(bouw):
    d = bouw(SPENT)
    assert said(geld.zin_buiten_projecten(d)).endswith("Uitgegeven is € 380: € 360 door projecten en € 20 daarbuiten.")
    assert rij(geld.buiten_projecten(d)).projecten_besteed_eur == rij(begroting.totaal(d)).besteed_eur
    assert cells(geld.tabel_buiten_projecten(d))[-1][3:5] == ["€ 100", "€ 20"]


def test_what_is_promised_is_promised_by_someone(bouw, with_row):
    promised = with_row("financiering", financiering_id="f2", soort="toezegging")["financiering"]
    assert "€ 500 door corporaties" in said(geld.zin_totaal(bouw(KLEIN | {"financiering": promised})))
    one = [row for row in promised if row["financiering_id"] == "f2"]
    assert "is € 500 toegezegd, door corporaties." in said(geld.zin_totaal(bouw(KLEIN | {"financiering": one})))


def test_how_the_money_of_projects_is_divided_is_told_only_where_there_is_such_money(bouw):
    assert "aandeel" in plat(geldverdeling.tabel_per_wijk(bouw(SPENT)).toelichting)
    assert geldverdeling.tabel_per_wijk(bouw(amounts("c//noord/gemeente/100//2009"))).toelichting == ()


def test_a_booklet_tells_the_share_of_its_wijk_and_adds_up_no_money_that_others_tell_too(bouw):
    d = bouw(amounts("a/bouw/noord/rijk/100/60/2009", "b/baan/zuid/rijk/30//2009", "c//zuid/gemeente/7//2009"))
    assert said(geldverdeling.zin_van_wijk(d, "noord")) == (
        "Van het geld voor 2009 hoort € 100 bij Noord. Van een project dat in meer wijken loopt, telt daarin alleen "
        "het aandeel van deze wijk. Van € 30 is niet bekend bij welke wijk het hoort. Dat telt niet mee."
    )
    booklet = replace(d, params={**d.params, "wijk": "Noord"}, memo={})
    for table in (begroting.tabel_per_project, geld.tabel_buiten_projecten):
        assert cells(table(d))[-1][0] == "Totaal" and cells(table(booklet))[-1][0] != "Totaal"
    assert "Een project dat ook in een andere wijk loopt" in plat(begroting.tabel_per_project(booklet).toelichting)


def test_a_booklet_says_that_money_of_the_krachtwijken_together_is_not_of_its_wijk_alone(bouw, with_row):
    together = with_row("wijken", wijk_id="samen", naam="Samen", rol="krachtwijken_samen", bron_id="b1")["wijken"]
    for area, told in (("samen", True), ("noord", False)):
        d = bouw(amounts(f"c//{area}/gemeente/7//2009") | {"wijken": together})
        booklet = replace(d, params={**d.params, "wijk": "Noord"}, memo={})
        assert bool(geld.tabel_buiten_projecten(booklet).toelichting) is told
        assert geld.tabel_buiten_projecten(d).toelichting == ()


def test_a_wijk_without_an_amount_has_none(bouw):
    text = said(geldverdeling.zin_van_wijk(bouw(amounts("c//zuid/gemeente/7//2009")), "noord"))
    assert text == "Van geen enkel bedrag voor 2009 weten wij dat het bij Noord hoort."


def test_a_plan_ties_the_money_of_projects_that_go_on_and_of_new_ones_to_all_of_it(bouw):
    d = plan(bouw(amounts("a/werk/stad/rijk/500//2010", "b/kans/stad/rijk/70//2010", "c//stad/gemeente/30//2010")))
    assert said(geldverdeling.zin_delen(d)) == (
        "Van € 600 voor 2010 is € 500 voor projecten die verdergaan, € 70 voor nieuwe projecten en € 30 niet voor een "
        "project."
    )
    assert cells(geldverdeling.tabel_per_project(d)) == [
        ["Kans", "nieuw", "€ 70"], ["Werkplaats", "gaat verder", "€ 500"], ["Niet bij een project", "–", "€ 30"],
        ["Totaal", "", "€ 600"]]  # fmt: skip


@pytest.mark.parametrize(("lines", "text"), [
    ((), ""),
    (("b/kans/stad/rijk/70//2010",), "Van € 70 voor 2010 is alles voor nieuwe projecten."),
    (("b/tv/stad/rijk/70//2010", "c//stad/rijk/30//2010"),
     "Van € 100 voor 2010 is € 70 voor projecten en € 30 niet voor een project."),
    (("b/tv/stad/rijk/70//2010", "c/kans/stad/rijk/30//2010"),
     "Van € 100 voor 2010 is € 30 voor nieuwe projecten en € 70 voor andere projecten."),
])  # fmt: skip
def test_a_plan_with_money_of_fewer_kinds_names_those_only(bouw, lines, text):
    assert said(geldverdeling.zin_delen(plan(bouw(amounts(*lines))))) == text


def test_a_plan_without_amounts_per_project_says_where_the_steps_tell_them(bouw):
    text = said(geldverdeling.tabel_per_project(plan(bouw(amounts("c//stad/rijk/30//2010")))))
    assert text.startswith("Een bedrag per project noemen de bronnen voor dit jaar niet. Wat er is begroot voor")


def test_amounts_for_several_years_together_are_pointed_at_where_the_year_has_none(d, bouw):
    years = [row for row in KLEIN["financiering"] if row["financiering_id"] in ("f1", "f4")]
    report = bouw(KLEIN | {"financiering": years})
    niets = "Per project zijn er voor dit jaar geen bedragen bekend"
    block = begroting.tabel_per_project(report)
    assert said(block) == f"{niets}, wel voor meer jaren samen (zie )."
    assert "geldregister" in {part.ref for part in block.delen()}
    booklet = replace(report, params={**report.params, "wijk": "Zuid"}, memo={})
    assert said(begroting.tabel_per_project(booklet)) == f"{niets}, wel voor meer jaren samen."
    assert said(begroting.tabel_per_project(bouw(amounts("c//stad/rijk/30//2009")))) == f"{niets}."


def test_costs_are_unknown_where_no_spending_is(d, bouw):
    assert said(kosten.tabel_per_eenheid(d)).startswith("Van geen enkel project weten wij wat er voor dit jaar")
    assert "eerlijk te zeggen" in said(kosten.tabel_per_eenheid(bouw(SPENT)))
