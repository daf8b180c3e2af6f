"""Every rule of the report with one record that breaks it, what is then said, and for remarks one that may stay."""

import datetime as dt
import itertools
import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwlib.data import report
from kwlib.data.messages import REGELS, rows_of
from kwlib.data.rule import rule
from kwlib.data.rules_plan import saldo
from kwlib.data.rules_raad import rustdag
from kwlib.data.validate import RULES


def cell(name, row, column, value):
    return lambda d: d.set(name, row, column, value)


def reason(name, row):
    return cell(name, row, "reden_ontbreekt", "niet_in_bronnen")


def row(name, **values):
    return lambda d: d.add(name, **values)


def setting(**params):
    return lambda d: d.params.update(params)


def brief(**values):
    return lambda d: d.params.update(brief=d.params["brief"] | values)


def both(*changes):
    return lambda d: [change(d) for change in changes]


def plan(*stappen, nieuw=("stadjerstv", "schuttingen")):
    """Add a plan for 2010: its projects, and the transitions as `soort van naar`."""

    def change(d):
        for project in nieuw:
            d.add("project_jaar", project_id=project, jaar="2010", fase="uitvoering")
        for n, stap in enumerate(stappen, 1):
            soort, van, naar = (w.strip("-") for w in stap.split())
            d.add("overgangen", overgang_id=f"o-{n}", soort=soort, van_project_id=van, naar_project_id=naar)

    return change


def meeting(gremium, day, last=None, **values):
    values = {"moment_id": gremium, "onderwerp": "Jaarplan 2010", **values}
    return row("kalender", gremium=gremium, gepland_van=day, gepland_tot=last or day, **values)


DOOR = ("doorgaan stadjerstv stadjerstv", "doorgaan schuttingen schuttingen")
CASES = [
    # projects
    ("nobody responsible",
     both(
         cell("projecten", 2, "opdrachtgever", ""),
         cell("projecten", 2, "trekker_rol", ""),
         reason("projecten", 2),
     ),
     "W V06 projecten.csv, rij 2, kolom opdrachtgever: Project 'StadjersTV': geen opdrachtgever en geen trekker "
     "ingevuld. Vul een rol in. Nu kan de raad niet zien wie verantwoordelijk is.",
     both(cell("projecten", 2, "trekker_rol", ""), reason("projecten", 2), cell("project_jaar", 2, "jaar", "2008"))),
    ("shares of 0,90",
     cell("project_wijk", 2, "aandeel", "0.4"),
     "F V10 project_wijk.csv, rij 2, kolom aandeel: Project 'StadjersTV' 2009: aandelen over wijken zijn samen 0,9. "
     "Ze moeten samen 1 zijn.",
     None),
    ("a share half filled in",
     both(cell("project_wijk", 3, "aandeel", ""), reason("project_wijk", 3)),
     "F V10 project_wijk.csv, rij 3, kolom aandeel: Project 'StadjersTV' 2009: 1 van de 2 aandelen over wijken zijn "
     "ingevuld. Vul alle aandelen in (samen 1), of laat ze alle leeg met een reden.",
     None),
    ("thema shares of a half",
     cell("project_thema", 2, "aandeel", "0.5"),
     "F V10 project_thema.csv, rij 2, kolom aandeel: Project 'StadjersTV' 2009: aandelen over thema's zijn samen "
     "0,5. Ze moeten samen 1 zijn.",
     None),
    ("a thema share half filled in",
     row("project_thema", project_id="stadjerstv", thema_id="werken", aandeel="", hoofd="nee",
         reden_ontbreekt="privacy"),
     "F V10 project_thema.csv, rij 4, kolom aandeel: Project 'StadjersTV' 2009: 1 van de 2 aandelen over thema's "
     "zijn ingevuld. Vul alle aandelen in (samen 1), of laat ze alle leeg met een reden.",
     None),
    ("two main wijken",
     cell("project_wijk", 3, "hoofd", "ja"),
     "F V11 project_wijk.csv, rij 3, kolom hoofd: Project 'StadjersTV' 2009 heeft 2 hoofdwijken (de-hoogte, "
     "korrewegwijk). Kies er één.",
     None),
    ("no main wijk",
     cell("project_wijk", 2, "hoofd", "nee"),
     "F V11 project_wijk.csv, rij 2, kolom hoofd: Project 'StadjersTV' 2009 heeft geen hoofdwijk. Zet bij één rij "
     "'ja', of laat alle rijen leeg met een reden.",
     None),
    ("two main themas",
     both(
         cell("project_thema", 2, "aandeel", "0.5"),
         row("project_thema", project_id="stadjerstv", thema_id="werken", aandeel="0.5"),
     ),
     "F V11 project_thema.csv, rij 4, kolom hoofd: Project 'StadjersTV' 2009 heeft 2 hoofdthema's (leren, werken). "
     "Kies er één.",
     None),
    ("no main thema",
     cell("project_thema", 3, "hoofd", "nee"),
     "F V11 project_thema.csv, rij 3, kolom hoofd: Project 'Schuttingen' 2009 heeft geen hoofdthema. Zet bij één "
     "rij 'ja', of laat alle rijen leeg met een reden.",
     None),
    ("a running project without a goal",
     both(cell("project_jaar", 3, "fase", "uitvoering"), cell("doelen", 3, "project_id", "stadjerstv")),
     "W V20 project_jaar.csv, rij 3, kolom project_id: Project 'Schuttingen' is in uitvoering maar heeft geen "
     "projectdoel. Voeg een doel toe aan doelen.csv.",
     cell("doelen", 3, "project_id", "stadjerstv")),
    ("a goal without an indicator",
     cell("indicatoren", 3, "doel_id", "d-tv"),
     "W V21 doelen.csv, rij 3, kolom doel_id: Doel 'd-veilig' heeft geen indicator. Daardoor kan volgend jaar niet "
     "worden vastgesteld of het is gehaald. Voeg een indicator toe aan indicatoren.csv.",
     both(cell("indicatoren", 3, "doel_id", "d-tv"), cell("doelen", 3, "niveau", "maatschappelijk_effect"))),
    ("an outcome in the start-up phase",
     cell("metingen", 7, "rol", "realisatie"),
     "F V28 project_jaar.csv, rij 3, kolom fase: Project 'Schuttingen' staat op opstart maar heeft een resultaat. "
     "Pas de fase aan of verwijder de meting.",
     None),
    ("a later step that is larger",
     both(row("deelnemers", stap="afgerond", aantal="24"), row("deelnemers", stap="gestart", aantal="21")),
     "F V27 deelnemers.csv, rij 2, kolom aantal: Project 'StadjersTV' 2009, De Hoogte: 24 bij 'afgerond', maar 21 "
     "bij 'gestart'. Een latere stap is nooit groter. Verbeter een van beide.",
     None),
    ("a long fiche in the start-up phase",
     cell("project_jaar", 3, "maatregel", "Wij vragen bewoners."),
     "W V29 project_jaar.csv, rij 3, kolom terugblik: Fiche 'Schuttingen': 16 woorden. Voor projecten in opstart is "
     "het maximum 15. Kort de teksten in.",
     cell("project_jaar", 2, "maatregel", "Wij vragen bewoners.")),
    ("a fiche with a gap",
     cell("project_jaar", 2, "wat_ging_niet_goed", ""),
     "W V30 project_jaar.csv, rij 2, kolom wat_ging_niet_goed: Fiche 'StadjersTV': niet ingevuld: wat ging niet "
     "goed. Vul de tekst in, of kies een reden in 'reden_ontbreekt'.",
     both(cell("project_jaar", 2, "wat_ging_niet_goed", ""), reason("project_jaar", 2))),
    ("a phase back",
     row("project_jaar", project_id="schuttingen", jaar="2008", fase="uitvoering"),
     "W V31 project_jaar.csv, rij 3, kolom fase: Project 'Schuttingen' gaat van uitvoering terug naar opstart. Geef "
     "de reden in 'afwijking_reden'.",
     both(
         row("project_jaar", project_id="schuttingen", jaar="2008", fase="uitvoering"),
         cell("project_jaar", 3, "afwijking_reden", "Het begint opnieuw."),
     )),
    ("behind without a measure",
     both(
         cell("project_jaar", 2, "koers_tijd", "achter"),
         cell("project_jaar", 2, "afwijking_reden", "Het regende."),
     ),
     "W V32 project_jaar.csv, rij 2, kolom koers_tijd: Project 'StadjersTV': koers tijd 'achter' zonder maatregel. "
     "Vul in waarom het project achterloopt en wat eraan wordt gedaan.",
     both(
         cell("project_jaar", 2, "koers_tijd", "achter"),
         cell("project_jaar", 2, "afwijking_reden", "Het regende."),
         cell("project_jaar", 2, "maatregel", "Wij beginnen eerder."),
     )),
    ("everything on schedule",
     both(cell("project_jaar", 2, "koers_tijd", "op_schema"), cell("project_jaar", 3, "koers_tijd", "op_schema")),
     "L V33 project_jaar.csv: Alle 2 projecten met een koers staan op schema. Klopt dat? Vraag het na bij de "
     "trekkers.",
     both(cell("project_jaar", 2, "koers_tijd", "op_schema"), cell("project_jaar", 3, "koers_tijd", "onbekend"))),
    ("participation unknown",
     both(cell("project_jaar", 2, "participatietrede", ""), reason("project_jaar", 2)),
     "W V50 project_jaar.csv, rij 2, kolom participatietrede: Project 'StadjersTV': participatietrede ontbreekt. "
     "Kies een trede; doen bewoners niet mee, kies dan 'geen'.",
     cell("project_jaar", 2, "participatietrede", "geen")),
    ("only good news",
     both(cell("project_jaar", 2, "wat_ging_niet_goed", ""), cell("project_jaar", 3, "wat_ging_niet_goed", "")),
     "L V67 project_jaar.csv, kolom wat_ging_niet_goed: Geen enkel onderdeel 'wat ging niet goed' is gevuld (2 "
     "projecten). Vraag de trekkers wat tegenviel.",
     cell("project_jaar", 2, "wat_ging_niet_goed", "")),
    # time and sources
    ("a project that ends before it starts",
     cell("projecten", 2, "startjaar", "2012"),
     "F V12 projecten.csv, rij 2, kolom verwacht_eind: verwacht_eind 2010-12-31 ligt voor startjaar 2012. Verbeter "
     "een van beide.",
     None),
    ("a source read before it was published",
     cell("bronnen", 2, "geraadpleegd_op", "2009-10-07"),
     "F V12 bronnen.csv, rij 2, kolom geraadpleegd_op: geraadpleegd_op 2009-10-07 ligt voor gepubliceerd_op "
     "2009-10-08. Verbeter een van beide.",
     None),
    ("an end before its start",
     cell("doelen", 2, "eind", "2008-01-01"),
     "F V12 doelen.csv, rij 2, kolom eind: eind 2008-01-01 ligt voor begin 2009-01-01. Verbeter een van beide.",
     None),
    ("a scale upside down",
     cell("contextreeksen", 2, "schaal_max", "0"),
     "F V12 contextreeksen.csv, rij 2, kolom schaal_max: schaal_max is niet groter dan schaal_min. Verbeter een van "
     "beide.",
     None),
    ("a month that is not its last day",
     cell("bronnen", 2, "datum_nauwkeurigheid", "maand"),
     "F I11 bronnen.csv, rij 2, kolom gepubliceerd_op: Bron 'brief' is bekend op de maand maar heeft 2009-10-08. "
     "Schrijf de laatste dag van de maand, zodat niets te vroeg wordt getoond.",
     None),
    ("a year that is not its last day",
     both(cell("bronnen", 2, "datum_nauwkeurigheid", "jaar"), cell("bronnen", 2, "gepubliceerd_op", "2009-09-30")),
     "F I11 bronnen.csv, rij 2, kolom gepubliceerd_op: Bron 'brief' is bekend op het jaar maar heeft 2009-09-30. "
     "Schrijf de laatste dag van het jaar, zodat niets te vroeg wordt getoond.",
     None),
    ("two versions of one day",
     cell("financiering", 5, "bron_id", "besluit-2009"),
     "W I09 financiering.csv, rij 5, kolom bron_id: Rij 4 en rij 5 zijn hetzelfde gegeven uit bronnen van dezelfde "
     "dag. Kies welke geldt en haal de andere weg, of zet de fout in errata.csv.",
     cell("financiering", 5, "bron_id", "brief")),
    ("an old source",
     both(cell("bronnen", 3, "gepubliceerd_op", "2007-10-07"), cell("metingen", 4, "bron_id", "besluit-2009")),
     "W V54 bronnen.csv, rij 3, kolom gepubliceerd_op: Bron 'Besluit' is van 2007. Vermeld dat bij het cijfer, of "
     "zoek een nieuwere bron.",
     both(cell("bronnen", 3, "gepubliceerd_op", "2007-10-08"), cell("metingen", 4, "bron_id", "besluit-2009"))),
    ("made-up data without the mark",
     cell("bronnen", 3, "soort", "fictief"),
     "F V72 bronnen.csv, rij 3, kolom soort: Van de 4 bronnen zijn er 1 fictief, maar in params staat 'fictief: "
     "nee'. Zet 'fictief' op ja, of haal de verzonnen gegevens weg.",
     None),
    ("the mark without made-up data",
     both(setting(fictief=True), cell("bronnen", 2, "soort", "fictief")),
     "F V72 bronnen.csv, rij 3, kolom soort: Van de 4 bronnen zijn er 3 echt, maar in params staat 'fictief: ja'. "
     "Zet 'fictief' op nee, of haal de echte gegevens weg.",
     None),
    # indicators and measurements
    ("families counted as persons",
     cell("indicatoren", 2, "eenheid", "gezinnen"),
     "F V13 indicatoren.csv, rij 2, kolom telbasis: Indicator 'jongeren in opleiding': eenheid gezinnen en telbasis "
     "unieke_personen kunnen niet worden opgeteld. Kies één manier van tellen of maak twee indicatoren.",
     None),
    ("percentages that are added",
     cell("indicatoren", 3, "optelbaar", "ja"),
     "F V13 indicatoren.csv, rij 3, kolom optelbaar: Indicator 'werk na een half jaar': een procent kan niet worden "
     "opgeteld. Zet 'optelbaar' op nee.",
     None),
    ("adding against its rule",
     cell("indicatoren", 2, "aggregatie", "niet"),
     "F V13 indicatoren.csv, rij 2, kolom aggregatie: Indicator 'jongeren in opleiding': 'optelbaar' en aggregatie "
     "'niet' spreken elkaar tegen. Optelbaar hoort bij 'som', niet optelbaar bij de andere.",
     None),
    ("one name for two units",
     both(cell("indicatoren", 3, "naam", "Jongeren in opleiding"), cell("indicatoren", 3, "doel_id", "d-tv")),
     "F V14 indicatoren.csv, rij 3, kolom eenheid: Indicator 'Jongeren in opleiding': rij 2 telt jongeren en rij 3 "
     "telt procent. Geef twee soorten tellingen elk een eigen naam.",
     None),
    ("no baseline",
     cell("metingen", 2, "rol", "tussenstand"),
     "W V22 indicatoren.csv, rij 2, kolom indicator_id: Indicator 'jongeren in opleiding' heeft geen nulmeting. Vul "
     "de waarde in metingen.csv in zodra die bekend is.",
     both(cell("metingen", 2, "rol", "tussenstand"), cell("indicatoren", 2, "soort", "context"))),
    ("no direction",
     both(cell("indicatoren", 2, "richting", ""), reason("indicatoren", 2)),
     "W V25 indicatoren.csv, rij 2, kolom richting: Indicator 'jongeren in opleiding': is hoger beter of lager "
     "beter? Kies hoger, lager of behoud.",
     both(
         cell("indicatoren", 2, "richting", ""),
         reason("indicatoren", 2),
         cell("indicatoren", 2, "soort", "context"),
     )),
    ("another definition",
     both(cell("indicatoren", 3, "continu_met", "i-jongeren"), cell("indicatoren", 3, "definitie", "Wie werkt.")),
     "W V45 indicatoren.csv, rij 3, kolom trendbreuk: Indicator 'werk na een half jaar' verschilt van 'jongeren in "
     "opleiding' in definitie, eenheid, telbasis, maar er is geen trendbreuk ingevuld. Zet 'trendbreuk' op ja; dan "
     "wordt de lijn onderbroken.",
     both(cell("indicatoren", 3, "continu_met", "i-jongeren"), cell("indicatoren", 3, "trendbreuk", "ja"))),
    ("a percentage without noemer",
     cell("metingen", 7, "noemer", ""),
     "F V15 metingen.csv, rij 7, kolom noemer: Meting 'm-werk': 63,6 % zonder teller en noemer. Vul beide in, "
     "bijvoorbeeld 14 en 22.",
     None),
    ("a wrong percentage",
     cell("metingen", 7, "waarde", "74"),
     "F V16 metingen.csv, rij 7, kolom waarde: Meting 'm-werk': 14 van 22 is 63,6 %, niet 74 %. Verbeter waarde, "
     "teller of noemer.",
     None),
    ("a part larger than the whole",
     cell("metingen", 7, "teller", "23"),
     "F V16 metingen.csv, rij 7, kolom noemer: Meting 'm-werk': 23 van 22 kan geen deel zijn. Verbeter teller of "
     "noemer.",
     None),
    ("no value and no reason",
     cell("metingen", 8, "reden_ontbreekt", ""),
     "F V17 metingen.csv, rij 8, kolom waarde: Meting 'm-later': geen waarde en geen reden. Vul de waarde in, of "
     "kies een reden in 'reden_ontbreekt', bijvoorbeeld 'nog_te_vroeg'.",
     None),
    ("a value and a reason",
     cell("metingen", 8, "waarde", "12"),
     "F V18 metingen.csv, rij 8, kolom reden_ontbreekt: Meting 'm-later': reden 'nog_te_vroeg' maar er staat 12. "
     "Kies één van beide.",
     None),
    ("a zero",
     cell("metingen", 2, "waarde", "0"),
     "W V19 metingen.csv, rij 2, kolom waarde: Meting 'm-nul': waarde 0. Is dit echt nul, of ontbreekt het cijfer? "
     "Is het cijfer niet bekend, laat dan de cel leeg en vul 'reden_ontbreekt' in.",
     cell("metingen", 3, "waarde", "0")),
    ("a stand after the period",
     cell("metingen", 4, "periode_eind", "2009-11-30"),
     "W V23 metingen.csv, rij 4, kolom periode_eind: Meting 'm-nu' (2009-11-30) valt buiten de verslagperiode "
     "2008-10-01 t/m 2009-09-30. Voeg een meting uit de periode toe, als die er is.",
     row("metingen", meting_id="m-oud", indicator_id="i-jongeren", rol="realisatie", periode_eind="2007-09-30",
         waarde="9")),
    ("a jump",
     cell("metingen", 4, "waarde", "50"),
     "W V26 metingen.csv, rij 4, kolom waarde: Meting 'm-nu' is een grote sprong vanaf de vorige meting. Controleer op "
     "een typefout of een andere manier van tellen.",
     cell("metingen", 4, "waarde", "49")),
    ("a range without an upper end",
     cell("metingen", 4, "waarde_soort", "bereik"),
     "F I04 metingen.csv, rij 4, kolom waarde_tot: Meting 'm-nu' is een bereik zonder goede bovengrens. Vul in "
     "'waarde_tot' het hoogste getal in.",
     None),
    ("an upper end without a range",
     cell("metingen", 4, "waarde_tot", "30"),
     "F I04 metingen.csv, rij 4, kolom waarde_tot: Meting 'm-nu' heeft een bovengrens maar is geen bereik. Zet "
     "'waarde_soort' op bereik of maak 'waarde_tot' leeg.",
     None),
    # money
    ("sources that do not add up",
     cell("project_jaar", 2, "begroot_totaal", "310"),
     "F V34 project_jaar.csv, rij 2, kolom begroot_totaal: Project 'StadjersTV' 2009: bronnen tellen op tot € "
     "300,50, totaal is € 310. Verbeter het totaal of de bedragen in financiering.csv.",
     None),
    ("too much spent",
     cell("financiering", 3, "besteed", "138"),
     "W V35 financiering.csv, rij 3, kolom besteed: 'zaal': besteed 138 % van begroot. Licht dit toe in "
     "'opmerking'.",
     both(cell("financiering", 3, "besteed", "138"), cell("financiering", 3, "opmerking", "De zaal was duurder."))),
    ("on schedule, and more spent than there is",
     both(cell("project_jaar", 2, "koers_geld", "op_schema"), cell("financiering", 2, "besteed", "201")),
     "W V36 financiering.csv, rij 2, kolom besteed: Project 'StadjersTV': koers geld 'op schema', maar er is meer "
     "uitgegeven dan begroot (100 %). Verbeter de koers of het bedrag.",
     both(cell("project_jaar", 2, "koers_geld", "op_schema"), cell("financiering", 2, "besteed", "200.5"))),
    ("spent before the start",
     cell("project_jaar", 2, "fase", "opstart"),
     "W V37 financiering.csv, rij 2, kolom besteed: Project 'StadjersTV' is in opstart maar heeft 97 % besteed. "
     "Controleer de fase en het bedrag.",
     both(
         cell("project_jaar", 2, "fase", "opstart"),
         cell("financiering", 2, "besteed", "50"),
         cell("financiering", 3, "besteed", "50"),
     )),
    ("no price level",
     cell("financiering", 2, "prijspeil", ""),
     "W V38 financiering.csv, kolom prijspeil: prijspeil ontbreekt bij 1 van de 3 bedragen. Vul de kolom in waar "
     "het bekend is.",
     cell("financiering", 2, "prijspeil", "2008")),
    ("two kinds of result",
     both(
         row("indicatoren", indicator_id="i-les", doel_id="d-tv", naam="lessen", soort="output", eenheid="lessen",
             telbasis="bijeenkomsten", optelbaar="ja", aggregatie="som"),
         row("metingen", meting_id="m-les", indicator_id="i-les", rol="realisatie", periode_eind="2009-09-30",
             waarde="6"),
     ),
     "W V39 indicatoren.csv, rij 4, kolom eenheid: Project 'StadjersTV' telt resultaten in jongeren en lessen. "
     "Kosten per eenheid worden niet getoond. Kies één soort resultaat als hoofdresultaat, of laat het zo.",
     row("indicatoren", indicator_id="i-les", doel_id="d-tv", naam="lessen", soort="output", eenheid="lessen",
         telbasis="bijeenkomsten", optelbaar="ja", aggregatie="som")),
    # the plan of next year
    ("a balance that does not close",
     plan("doorgaan stadjerstv stadjerstv", "doorgaan schuttingen schuttingen", "afgerond stadjerstv -"),
     "F V40 overgangen.csv: 2009 → 2010: 2 − 1 gestopt of klaar − 0 door bundeling + 0 door splitsing + 0 nieuw = "
     "1, maar het jaarplan telt 2 projecten. Controleer overgangen.csv en project_jaar.csv.",
     None),
    ("a new project that is not counted",
     plan("doorgaan stadjerstv stadjerstv"),
     "F V40 overgangen.csv: 2010: 1 gaan door, 0 uit bundeling, 0 uit splitsing en 0 nieuw is 1, maar het jaarplan "
     "telt 2 projecten. Controleer overgangen.csv en project_jaar.csv.",
     None),
    ("a new project with a past",
     plan("nieuw stadjerstv stadjerstv", "doorgaan schuttingen schuttingen"),
     "F V40 overgangen.csv, rij 2, kolom soort: Overgang 'o-1' is 'nieuw', maar het oude of nieuwe project past "
     "daar niet bij. Bij 'nieuw' hoort alleen een nieuw project, bij een einde alleen een oud, bij de andere "
     "soorten beide.",
     None),
    ("a transition to a project outside the plan",
     plan(*DOOR, nieuw=["stadjerstv"]),
     "F V40 overgangen.csv, rij 3, kolom naar_project_id: Overgang 'o-2': project 'schuttingen' staat niet in "
     "project_jaar.csv van 2010. Verbeter de overgang of voeg de rij toe.",
     None),
    ("a project without a transition",
     plan("doorgaan stadjerstv stadjerstv", "nieuw - schuttingen"),
     "F V41 project_jaar.csv, rij 3, kolom project_id: Project 'Schuttingen' (2009) heeft geen vervolg, stop of "
     "bundeling in 2010. Voeg een rij toe aan overgangen.csv.",
     None),
    ("a project without an origin",
     plan("doorgaan stadjerstv stadjerstv", "afgerond schuttingen -"),
     "F V42 project_jaar.csv, rij 5, kolom project_id: Project 'Schuttingen' (2010) heeft geen herkomst. Voeg een "
     "rij toe aan overgangen.csv: een herkomst of 'nieuw'.",
     None),
    ("a thema without a successor",
     both(cell("themas", 3, "jaar_tot", "2009"), plan(*DOOR)),
     "F V43 themas.csv, rij 3, kolom jaar_tot: Thema 'Werken' (2009) is niet gekoppeld aan een thema van 2010. Voeg "
     "een rij toe aan thema_overgangen.csv; zonder nieuw thema met een reden.",
     None),
    ("a stop without a lesson",
     plan("doorgaan stadjerstv stadjerstv", "gestopt schuttingen -", nieuw=["stadjerstv"]),
     "W V44 overgangen.csv, rij 3, kolom soort: Project 'Schuttingen' stopt zonder leerpunt. Geef de reden en ten "
     "minste één leerpunt.",
     plan("doorgaan schuttingen schuttingen", "gestopt stadjerstv -", nieuw=["schuttingen"])),
    # coherence and learning
    ("an isolated project",
     both(
         row("projecten", project_id="camera", naam="Camera", startjaar="2009"),
         row("project_jaar", project_id="camera", fase="opstart"),
         row("relaties", relatie_id="r-1", soort="zelfde_plek"),
     ),
     "W V46 project_jaar.csv, rij 4, kolom project_id: Project 'Camera' heeft geen enkele relatie met een ander "
     "project. Voeg een verband toe aan relaties.csv, als dat er is.",
     both(
         row("projecten", project_id="camera", naam="Camera", startjaar="2009"),
         row("project_jaar", project_id="camera", fase="afgesloten"),
         row("relaties", relatie_id="r-1", soort="zelfde_plek"),
     )),
    ("a thema without a lesson",
     cell("leerpunten", 3, "thema_id", "leren"),
     "W V47 themas.csv, rij 3, kolom thema_id: Geen leerpunten over 2009 voor thema 'Werken'. Vraag de trekkers wat "
     "zij leerden en voeg het toe aan leerpunten.csv.",
     both(cell("leerpunten", 3, "thema_id", ""), cell("leerpunten", 3, "project_id", "schuttingen"))),
    ("no lessons at all",
     both(cell("leerpunten", 2, "jaar", "2008"), cell("leerpunten", 3, "jaar", "2008")),
     "W V47 leerpunten.csv: Geen enkel leerpunt over 2009. Vraag de trekkers wat zij leerden en voeg het toe.",
     cell("leerpunten", 2, "titel", "Bel aan")),
    ("a lesson without a consequence",
     cell("leerpunten", 2, "gevolg", ""),
     "W V48 leerpunten.csv, rij 2, kolom gevolg: Leerpunt 'Kom langs' heeft geen gevolg. Kies een besluit of geef "
     "aan waarom niet.",
     both(cell("leerpunten", 2, "gevolg", ""), cell("leerpunten", 2, "geen_gevolg_reden", "Het is te duur."))),
    ("help without evidence",
     row("relaties", relatie_id="r-1", soort="versterkt_resultaat"),
     "W V49 relaties.csv, rij 2, kolom bewijs_id: 'StadjersTV' versterkt het resultaat van 'Schuttingen': geen "
     "bewijs ingevuld. Vul een bewijs of een geteld aantal in.",
     row("relaties", relatie_id="r-1", soort="versterkt_resultaat", gemeten_aantal="6")),
    # residents, council and letter
    ("nothing done with what was said",
     row("participatie", moment_id="p-1", wat_gedaan_met_inbreng="", reden_ontbreekt="privacy"),
     "W V51 participatie.csv, rij 2, kolom wat_gedaan_met_inbreng: Avond (2009-05-12): niet ingevuld wat er met de "
     "inbreng is gedaan. Vul in wat ermee is gedaan.",
     row("participatie", moment_id="p-1", trede="informeren", wat_gedaan_met_inbreng="", reden_ontbreekt="privacy")),
    ("residents were not told",
     row("participatie", moment_id="p-1", teruggekoppeld_op="", reden_ontbreekt="privacy"),
     "W V51 participatie.csv, rij 2, kolom teruggekoppeld_op: Avond (2009-05-12): niet ingevuld wanneer bewoners "
     "hoorden wat ermee is gedaan. Vul de dag in, of vertel het hun nu.",
     row("participatie", moment_id="p-1", datum="2007-05-12", teruggekoppeld_op="", reden_ontbreekt="privacy")),
    ("a question that waits",
     row("raadsvragen", beantwoord_op="", reden_ontbreekt="privacy"),
     "W V53 raadsvragen.csv, rij 2, kolom datum: Raadsvraag 2009-14: 41 dagen open, de termijn is 30 dagen. "
     "Beantwoord de vraag of vul 'beantwoord_op' in.",
     row("raadsvragen", beantwoord_op="", reden_ontbreekt="privacy", termijn_dagen="60")),
    ("an answer that was late",
     row("raadsvragen", beantwoord_op="2009-09-28"),
     "W V53 raadsvragen.csv, rij 2, kolom beantwoord_op: Raadsvraag 2009-14: beantwoord na 31 dagen, de termijn is "
     "30 dagen. Leg in de rapportage uit waarom.",
     row("raadsvragen", beantwoord_op="2009-09-27")),
    ("the council before the college",
     both(meeting("college", "2009-11-17"), meeting("raad", "2009-11-10", moment_id="jaarplan")),
     "F V55 kalender.csv, rij 4, kolom gepland_van: Jaarplan 2010: raad (2009-11-10) staat voor college "
     "(2009-11-17). Controleer het jaar.",
     None),
    ("a plan that comes too late",
     meeting("raad", "2010-01-11", moment_id="jaarplan"),
     "F V55 kalender.csv, rij 3, kolom gepland_van: Jaarplan 2010: de raad bespreekt het op 2010-01-11, maar het "
     "plan begint op 1 januari 2010. Plan de behandeling eerder, of verbeter de datum.",
     None),
    ("a council on Sunday",
     meeting("raad", "2009-12-13", moment_id="jaarplan"),
     "W V56 kalender.csv, rij 3, kolom gepland_van: Jaarplan 2010: behandeling door raad op zondag 2009-12-13. "
     "Controleer de datum.",
     both(meeting("raad", "2009-12-13", "2009-12-14", moment_id="jaarplan"), meeting("wijk", "2009-12-13"))),
    ("a meeting on Ascension Day",
     meeting("commissie", "2009-12-01", werkelijk="2009-05-21", onderwerp="Voortgang"),
     "W V56 kalender.csv, rij 3, kolom werkelijk: Voortgang: behandeling door commissie op Hemelvaartsdag "
     "2009-05-21. Controleer de datum.",
     meeting("commissie", "2009-12-01", werkelijk="2009-05-20", onderwerp="Voortgang")),
    ("a reference of another year",
     brief(kenmerk="OS 10.2058753"),
     "W V60 params/groningen-2009.yml, sleutel brief.kenmerk: Kenmerk 'OS 10.2058753' hoort bij 2010, de brief is "
     "van 2009. Verbeter het kenmerk of de datum.",
     both(brief(kenmerk="OS 10.2058753"), setting(datum=dt.date(2010, 1, 4)))),
    ("a reference of another form",
     brief(kenmerk="5917773"),
     "W V60 params/groningen-2009.yml, sleutel brief.kenmerk: Kenmerk '5917773' heeft niet de vorm die in "
     "'regels.kenmerk' staat. Verbeter het kenmerk, of pas de vorm aan.",
     both(brief(kenmerk="5917773"), setting(regels={"kenmerk": ""}))),
    ("an answer without the question",
     row("raadsvragen"),
     "W V62 params/groningen-2009.yml, sleutel brief.uw_brief_van: De brief gaat over raadsvragen (de eerste is van "
     "2009-08-28), maar 'uw_brief_van' is leeg. Vul de dag en het nummer van de vragen in.",
     both(row("raadsvragen"), brief(uw_brief_van="28 augustus 2009"))),
    # personal data, in any text; what was found is not repeated
    *(
        (f"{soort} in a text",
         cell("bronnen", 2, "vindplaats", bad),
         f"F V59 bronnen.csv, rij 2, kolom vindplaats: Deze tekst lijkt {soort} te bevatten. Haal het weg: mensen "
         "worden geteld, nooit genoemd. Noem zo nodig een functie.",
         cell("bronnen", 2, "vindplaats", good))
        for soort, bad, good in (
            ("een e-mailadres", "Vraag het aan a.b@voorbeeld.nl", "www.voorbeeld.nl"),
            ("een telefoonnummer", "Bel 06 - 12345678", "OS 09.2058753"),
            ("een telefoonnummer", "Bel +31 50 1234567", "van 0 tot 100 en 12.345.678 euro"),
            ("een geboortedatum", "Hij is geboren op 3 mei 1999", "Het plan is van 3 mei 1999"),
            ("een geboortedatum", "geb. 03-05-99", "op 03-05-99"),
            ("een naam", "Gesproken met mevrouw Van der Berg", "Gesproken met mevrouw die hulp kreeg"),
            ("een naam", "Gesproken met mevrouw Öztürk", "Gesproken met Öztürk"),
            ("een naam", "Verslag van dhr. D. O'Brien", "Verslag van een dag"),
            ("een naam", "Verslag van Ł. Łukasik", "Verslag van Łódź"),
            ("een naam", "Verslag van A.B. de Vries", "Verslag van de A.B. commissie"),
            ("een burgerservicenummer", "nummer 111222333", "nummer 111222334"),
        )
    ),
    ("an opinion beside projects that are behind",
     both(cell("project_jaar", 2, "koers_geld", "achter"), setting(oordeel="Wij zijn tevreden.")),
     "L V64 params/groningen-2009.yml, sleutel oordeel: Oordeel 'Wij zijn tevreden.': 1 van de 2 projecten lopen "
     "achter. Licht in het oordeel toe waarom.",
     setting(oordeel="Wij zijn tevreden.")),
    # free text
    ("a vague quantity",
     cell("project_jaar", 2, "terugblik", "Vrijwel alle jongeren zijn begonnen."),
     "W V63 project_jaar.csv, rij 2, kolom terugblik: 'Vrijwel alle': dit is een vage hoeveelheid. Schrijf het "
     "aantal.",
     cell("project_jaar", 2, "opmerking", "Vrijwel alle jongeren zijn begonnen.")),
    ("a cause without evidence",
     cell("project_jaar", 2, "terugblik", "Er is les, waardoor de buurt veiliger wordt."),
     "W V65 project_jaar.csv, rij 2, kolom terugblik: 'waardoor de buurt veiliger wordt': bewijsniveau 0. Schrijf "
     "'naar verwachting', of voeg bewijs van niveau 3 of hoger toe.",
     both(
         cell("project_jaar", 2, "terugblik", "Er is les, waardoor de buurt veiliger wordt."),
         row("bewijzen", bewijs_id="b-1", doel_id="d-tv", niveau="3"),
     )),
    ("a cause that is no expectation",
     row("bewijzen", bewijs_id="b-1", doel_id="d-tv", tekst="Dankzij de les is er werk.", niveau="2"),
     "W V65 bewijzen.csv, rij 2, kolom tekst: 'Dankzij de les is er werk': bewijsniveau 2. Schrijf 'naar "
     "verwachting', of voeg bewijs van niveau 3 of hoger toe.",
     row("bewijzen", bewijs_id="b-1", doel_id="d-tv", tekst="Dankzij de les komt er naar verwachting werk.",
         niveau="2")),
    ("praise without a source",
     cell("project_jaar", 2, "terugblik", "Jongeren zijn enthousiast."),
     "L V66 project_jaar.csv, rij 2, kolom terugblik: 'enthousiast': geen bron. Voeg een oordeel van deelnemers toe "
     "aan bewijzen.csv, of schrap het woord.",
     both(
         cell("project_jaar", 2, "terugblik", "Jongeren zijn enthousiast."),
         row("bewijzen", bewijs_id="b-1", doel_id="d-tv", soort="enquete"),
     )),
    ("a loose number",
     cell("project_jaar", 2, "terugblik", "In 2009 begonnen 23 jongeren."),
     "W V68 project_jaar.csv, rij 2, kolom terugblik: '23 jongeren': dit getal staat in geen gegeven over dit "
     "project. Voeg het gegeven toe, laat het getal weg, of zet in 'opmerking': los getal, met de reden.",
     cell("project_jaar", 2, "terugblik", "In 2009 begonnen 21 jongeren.")),
    ("a loose number in words",
     cell("project_jaar", 3, "vooruitblik", "Er komen vijftig hekken."),
     "W V68 project_jaar.csv, rij 3, kolom vooruitblik: 'vijftig hekken': dit getal staat in geen gegeven over dit "
     "project. Voeg het gegeven toe, laat het getal weg, of zet in 'opmerking': los getal, met de reden.",
     both(
         cell("project_jaar", 3, "vooruitblik", "Er komen vijftig hekken."),
         cell("project_jaar", 3, "opmerking", "Los getal: schatting van de aannemer."),
     )),
    ("a long sentence",
     cell("doelen", 3, "tekst", "De brandgangen in de wijk zijn veilig voor bewoners die daar wonen"),
     "L V70 doelen.csv, rij 3, kolom tekst: Zin van 12 woorden: 'De brandgangen in de wijk zijn veilig v…'. Maak er "
     "twee van; het maximum is 10 woorden.",
     cell("doelen", 3, "tekst", "De brandgangen in de wijk zijn veilig. Ook voor bewoners die daar wonen.")),
    ("a difficult word",
     cell("doelen", 3, "tekst", "Bewoners participeren"),
     "L V70 doelen.csv, rij 3, kolom tekst: 'participeren' is een moeilijk woord. Schrijf liever 'meedoen'.",
     cell("claims", 1, "tekst", "tekst")),
]  # fmt: skip


# What is close to wrong and may stay.
LES = {"indicator_id": "i-les", "doel_id": "d-tv", "naam": "lessen", "eenheid": "lessen", "telbasis": "bijeenkomsten",
       "optelbaar": "ja", "aggregatie": "som"}  # fmt: skip
SILENT = [
    (
        "V12",
        both(cell("bronnen", 2, "datum_nauwkeurigheid", "maand"), cell("bronnen", 2, "gepubliceerd_op", "2026-11-30")),
    ),
    ("V13", cell("indicatoren", 2, "telbasis", "deelnames")),
    ("V13", both(cell("indicatoren", 2, "eenheid", "lessen"), cell("indicatoren", 2, "telbasis", "bijeenkomsten"))),
    ("V27", both(row("deelnemers", stap="afgerond", aantal="21"), row("deelnemers", stap="gestart", aantal="21"))),
    (
        "V27",
        both(
            row("deelnemers", stap="afgerond", aantal="9"),
            row("deelnemers", stap="gestart", aantal="3", telbasis="gezinnen"),
        ),
    ),
    ("V28", both(cell("metingen", 7, "rol", "realisatie"), cell("indicatoren", 3, "soort", "output"))),
    ("V28", cell("indicatoren", 2, "soort", "outcome")),
    ("V29", cell("project_jaar", 3, "maatregel", "Wij vragen.")),
    ("V30", both(cell("project_jaar", 2, "fase", "afgesloten"), cell("project_jaar", 2, "vooruitblik", ""))),
    ("V31", cell("project_jaar", 3, "fase", "afronding")),
    ("V31", row("project_jaar", project_id="stadjerstv", jaar="2008", fase="opstart")),
    (
        "V31",
        both(
            *(
                row("project_jaar", project_id="stadjerstv", jaar=j, fase=f)
                for j, f in (("2006", "uitvoering"), ("2007", "opstart"))
            )
        ),
    ),
    ("V33", cell("project_jaar", 2, "koers_tijd", "op_schema")),
    ("V34", cell("project_jaar", 3, "begroot_totaal", "100")),
    ("V35", both(cell("financiering", 3, "besteed", "110"), cell("financiering", 2, "besteed", "160.4"))),
    (
        "V39",
        both(
            row("indicatoren", **LES, soort="outcome"),
            row(
                "metingen",
                meting_id="m-les",
                indicator_id="i-les",
                rol="realisatie",
                periode_eind="2009-09-30",
                waarde="6",
            ),
        ),
    ),
    ("V43", plan(*DOOR)),
    (
        "V43",
        both(
            cell("themas", 3, "jaar_tot", "2009"),
            plan(*DOOR),
            row("thema_overgangen", thema_overgang_id="t-1", van_thema_id="werken", naar_thema_id="leren"),
        ),
    ),
    ("V47", setting(jaar=2015)),
    ("V49", row("relaties", relatie_id="r-1", soort="zelfde_plek")),
    (
        "V49",
        both(
            row("bewijzen", bewijs_id="b-1"),
            row("relaties", relatie_id="r-1", soort="levert_deelnemers", bewijs_id="b-1"),
        ),
    ),
    ("V50", both(cell("project_jaar", 3, "participatietrede", ""), reason("project_jaar", 3))),
    ("V51", row("participatie", moment_id="p-1", trede="geen", wat_gedaan_met_inbreng="", reden_ontbreekt="privacy")),
    ("V53", row("raadsvragen", beantwoord_op="", datum="", reden_ontbreekt="privacy")),
    ("V54", cell("bronnen", 3, "gepubliceerd_op", "2007-10-07")),
    ("V55", both(meeting("college", "2009-11-17"), meeting("raad", "2009-11-17", moment_id="jaarplan"))),
    (
        "V55",
        both(meeting("college", "2009-11-17"), meeting("raad", "2009-11-10", moment_id="jaarplan", status="vervallen")),
    ),
    (
        "V55",
        both(
            meeting("college", "2009-11-17"),
            meeting("raad", "2009-11-10", moment_id="a"),
            meeting("raad", "2009-12-10", moment_id="b"),
        ),
    ),
    ("V55", meeting("raad", "2010-01-11", moment_id="jaarplan", werkelijk="2010-01-11")),
    ("V55", meeting("raad", "2010-01-11", moment_id="jaarplan", status="vervallen")),
    ("V55", meeting("college", "2010-01-11")),
    ("V56", meeting("raad", "2009-12-13", moment_id="jaarplan", status="vervallen")),
    ("V60", both(brief(kenmerk="OS 10.2058753"), setting(regels={"kenmerk": r"OS \d{2}\.\d{7}"}))),
    ("V62", row("raadsvragen", datum="", beantwoord_op="", reden_ontbreekt="privacy")),
    ("V65", cell("doelen", 2, "tekst", "Er is les, waardoor er werk komt.")),
    ("V65", cell("project_jaar", 2, "vooruitblik", "Er is les, waardoor er werk komt.")),
    ("V65", row("leerpunten", leerpunt_id="l-3", titel="Dankzij aanbellen komt men", bewijsniveau="3")),
    ("V66", cell("doelen", 2, "tekst", "Jongeren zijn tevreden.")),
    ("V68", cell("project_jaar", 2, "terugblik", "In twee wijken kostte het 200,5 euro.")),
    ("V70", cell("doelen", 3, "tekst", "De brandgangen in de wijk zijn veilig voor alle bewoners.")),
]
BAD_TOO = [
    ("V20", both(cell("project_jaar", 3, "fase", "afronding"), cell("doelen", 3, "niveau", "programmadoel"))),
    ("V22", both(cell("metingen", 2, "waarde", ""), reason("metingen", 2))),
    ("V49", row("relaties", relatie_id="r-1", soort="levert_deelnemers")),
    (
        "V65",
        both(
            cell("project_jaar", 3, "terugblik", "Dankzij het hek is het stil."),
            row("bewijzen", bewijs_id="b-1", doel_id="d-tv", niveau="4"),
        ),
    ),
    ("V65", cell("projecten", 2, "omschrijving", "Dankzij de les is er werk.")),
    ("V65", row("bewijzen", bewijs_id="b-1", tekst="Dankzij de les is er werk.")),
]


@pytest.mark.parametrize("code, change", SILENT, ids=lambda v: v if isinstance(v, str) else "")
def test_what_may_stay_is_not_mentioned(delivery, code, change):
    change(delivery)
    assert code not in {p.code for p in delivery.problems()}, report(delivery.problems())


@pytest.mark.parametrize("code, change", BAD_TOO, ids=lambda v: v if isinstance(v, str) else "")
def test_what_breaks_a_rule_in_another_way_is_mentioned(delivery, code, change):
    change(delivery)
    assert [p.code for p in delivery.problems()].count(code) == 1, report(delivery.problems())


# V17 also follows from the schema; its general words are said in test_broken.py.
MESSAGES = [r for r in REGELS.values() if r.code in {rule.code for rule in RULES} and (r.code, r.tabel) != ("V17", "*")]


@pytest.mark.parametrize("what, bad, said, good", CASES, ids=[re.sub(r"[^\w]+", "-", c[0]) for c in CASES])
def test_a_rule_says_what_is_wrong_and_is_silent_on_what_is_right(deliver, tmp_path, what, bad, said, good):
    broken, right = deliver(tmp_path / "broken"), deliver(tmp_path / "right")
    bad(broken)
    result = broken.check()
    assert report(result.problems).splitlines().count(said) == 1, report(result.problems)
    assert said.startswith("F") or (good and not result.stops), report(result.problems)
    if good:
        good(right)
        assert said.split()[1] not in {p.code for p in right.problems()}, report(right.problems())


@pytest.mark.parametrize("regel", MESSAGES, ids=lambda r: f"{r.code}-{r.tabel}-{r.variant}")
def test_every_message_of_a_rule_is_said_above(regel):
    words = re.sub(r"\\\{.*?\\\}", ".*", re.escape(f"{regel.bericht} {regel.doen}"))
    assert any(re.fullmatch(f"{regel.ernst} {regel.code} .*: {words}", said) for _, _, said, _ in CASES)


def test_a_plan_does_not_look_back(delivery):
    both(
        cell("leerpunten", 2, "jaar", "2008"),
        cell("leerpunten", 3, "jaar", "2008"),
        *(cell("project_jaar", row, "wat_ging_niet_goed", "") for row in (2, 3)),
        brief(kenmerk="5917773"),
    )(delivery)
    assert [p.code for p in delivery.problems()] == ["V47", "V60", "V67", "V30"]
    plan = delivery.problems(soort="plan")
    assert [(p.code, p.file) for p in plan] == [("V60", "params/groningen-2009-plan.yml")]


def test_what_is_said_names_no_value_that_may_be_too_small_to_publish():
    """Faults stop the build; the other messages are shown with the report."""
    said = [r for r in REGELS.values() if r.tabel in ("metingen", "deelnemers", "participatie") and r.ernst != "F"]
    assert said and not [r for r in said if re.search(r"{(waarde|waarde_tot|teller|noemer|aantal\w*)\b", r.bericht)]


def test_a_rule_without_a_message_cannot_be_written():
    with pytest.raises(LookupError, match="V999"):
        rule("V999")


@pytest.mark.parametrize(
    "day, naam",
    [
        ("2009-01-01", "nieuwjaarsdag"),
        ("2009-04-10", "Goede Vrijdag"),
        ("2009-04-13", "tweede paasdag"),
        ("2009-04-30", "Koninginnedag"),
        ("2006-04-29", "Koninginnedag"),
        ("2014-04-26", "Koningsdag"),
        ("2014-04-27", "zondag"),
        ("2026-04-27", "Koningsdag"),
        ("2009-05-05", "Bevrijdingsdag"),
        ("2009-05-21", "Hemelvaartsdag"),
        ("2009-06-01", "tweede pinksterdag"),
        ("2009-12-25", "eerste kerstdag"),
        ("2009-12-12", "zaterdag"),
        ("2009-10-08", None),
    ],
)
def test_the_days_on_which_no_council_meets(day, naam):
    assert rustdag(dt.date.fromisoformat(day)) == naam


# Per kind how many old and new projects it has; 2 stands for two or more.
SOORTEN = {"doorgaan": (1, 1), "doorgaan_gewijzigd": (1, 1), "afgerond": (1, 0), "geborgd_regulier": (1, 0),
           "zelfstandig_verder": (1, 0), "gestopt": (1, 0), "nieuw": (0, 1), "gebundeld": (2, 1),
           "gesplitst": (1, 2)}  # fmt: skip


@st.composite
def plannen(draw):
    """Return valid transitions, with the number of projects of the old and of the new year."""
    rows, oud, nieuw = [], 0, 0
    for soort in draw(st.lists(st.sampled_from(sorted(SOORTEN)), min_size=1, max_size=12)):
        n, m = (k + draw(st.integers(0, 3)) if k == 2 else k for k in SOORTEN[soort])
        sides = itertools.product(range(oud, oud + n) if n else [None], range(nieuw, nieuw + m) if m else [None])
        rows += [SimpleNamespace(soort=soort, van_project_id=van, naar_project_id=naar) for van, naar in sides]
        oud, nieuw = oud + n, nieuw + m
    return rows, oud, nieuw


def closes(rows, oud, nieuw):
    counts = saldo(rows, oud)
    return counts["som"] == counts["nieuwe"] == nieuw


@given(plannen())
def test_the_balance_of_a_valid_plan_closes(plan):
    assert closes(*plan)


@given(plannen(), st.data())
def test_the_balance_opens_when_a_transition_is_lost(plan, data):
    rows, oud, nieuw = plan
    lost = data.draw(st.integers(0, len(rows) - 1))
    assert not closes(rows[:lost] + rows[lost + 1 :], oud, nieuw)


def test_the_words_are_plain_and_each_stands_once():
    rows = rows_of("woorden.csv")
    assert {r["lijst"] for r in rows} == {"vaag", "oorzaak", "waarderend", "moeilijk", "getalwoord"}
    assert len({r["woord"] for r in rows}) == len(rows)
    assert all(r["voorstel"] for r in rows if r["lijst"] in ("oorzaak", "moeilijk", "getalwoord"))
