"""Broken deliveries: one thing is changed in a good one, and the message must say what and where."""

import re

import pytest

from kwlib.data import report


def cell(name, row, column, value):
    return lambda d: d.set(name, row, column, value)


def swap(name, old, new):
    def change(raw):
        assert old in raw, f"{old!r} is not in {name}.csv"
        return raw.replace(old, new, 1)

    return lambda d: d.bytes(name, change)


def content(name, raw):
    return lambda d: d.bytes(name, lambda _: raw)


def gone(name):
    return lambda d: d.remove(name)


def cells(name, row, change):
    def broken(d):
        rows = d.table(name)
        rows[row - 1] = change(rows[row - 1])
        d.write(name, rows)

    return broken


def folder_instead(name):
    def change(d):
        d.remove(name)
        (d.path / f"{name}.csv").mkdir()

    return change


def both(*changes):
    return lambda d: [change(d) for change in changes]


FAULTS = [
    # the file itself
    ("a missing file", gone("projecten"),
     "B01", "projecten.csv", "ontbreekt"),
    ("a folder with the name of a file", folder_instead("themas"),
     "B02", "themas.csv", "map, geen bestand"),
    ("an empty file", content("wijken", b""),
     "B04", "wijken.csv", "leeg"),
    ("a file of blank lines", content("wijken", b"\n \n,,\n"),
     "B04", "wijken.csv", "leeg"),
    ("an Excel file", content("wijken", b"PK\x03\x04..."),
     "B06", "wijken.csv", "Excel-bestand"),
    ("a UTF-16 file", content("wijken", "wijk_id".encode("utf-16")),
     "B06", "wijken.csv", "UTF-16"),
    ("a picture", content("wijken", bytes(range(256)) * 4),
     "B06", "wijken.csv", "geen tekstbestand"),
    ("tabs", content("wijken", b"wijk_id\tnaam\nx\ty\n"),
     "B06", "wijken.csv, rij 1", "tabs"),
    ("a cell of 10 MB", cell("doelen", 3, "tekst", "a" * 10_000_000),
     "B05", "doelen.csv, rij 3", "te lang"),
    ("a cell longer than a spreadsheet allows", cell("doelen", 3, "tekst", "a" * 32_768),
     "B05", "doelen.csv, rij 3", "te lang"),
    ("a quote that never closes", swap("doelen", b"Brandgangen", b'"Brandgangen'),
     "B06", "doelen.csv, rij 3", "aanhal"),
    ("text after a quote", swap("doelen", b"Brandgangen", b'"Brand"gangen'),
     "B06", "doelen.csv, rij 3", "aanhal"),
    ("a cell too many", cells("projecten", 3, lambda row: [*row, "zo"]),
     "B07", "projecten.csv, rij 3", "De rij heeft 15 cellen, de kop heeft er 14"),
    ("a cell too few", cells("themas", 3, lambda row: row[1:]),
     "B07", "themas.csv, rij 3", "de kop heeft er 9"),
    ("a column named twice", swap("themas", b"jaar_van", b"naam"),
     "B08", "themas.csv, rij 1, kolom naam", "komt 2 keer voor"),
    ("a column without a name", swap("themas", b"jaar_van", b""),
     "B08", "themas.csv, rij 1", "4e kolom"),
    ("a NUL byte", swap("themas", b"Werken", b"Wer\0ken"),
     "V09", "themas.csv, rij 3, kolom naam", "NUL-teken"),
    ("a bad byte in UTF-8", swap("projecten", b"StadjersTV", "caf\u00e9".encode() + b"\xe9"),
     "V09", "projecten.csv, rij 2, kolom naam", "Onleesbaar teken"),
    ("UTF-8 read as cp1252", swap("themas", b"Werken", "geï¿½nt".encode()),
     "V09", "themas.csv, rij 3, kolom naam", "geï¿½nt"),
    ("double encoding", swap("themas", b"Werken", "cafÃ©".encode()),
     "V09", "themas.csv, rij 3, kolom naam", "Onleesbaar"),
    ("a direction override", swap("themas", b"Werken", "W\u202ee".encode()),
     "V09", "themas.csv, rij 3, kolom naam", "Onzichtbaar"),
    # columns
    ("a missing column", swap("project_jaar", b"fase", b"Phase"),
     "V01", "project_jaar.csv, rij 1, kolom fase", "Kolom 'fase' ontbreekt. Voeg de kolom toe"),
    ("an unknown column", swap("project_jaar", b"fase", b"Fase"),
     "V02", "project_jaar.csv, rij 1, kolom Fase", "Bedoelt u 'fase'?"),
    # cells
    ("a formula", cell("projecten", 2, "naam", "=cmd|' /C calc'!A0"),
     "B09", "projecten.csv, rij 2, kolom naam", "als een formule"),
    ("a plus formula", cell("projecten", 2, "naam", "+SUM(1)"),
     "B09", "projecten.csv, rij 2, kolom naam", "als een formule"),
    ("an at formula", cell("projecten", 2, "opmerking", "@SUM(1)"),
     "B09", "projecten.csv, rij 2, kolom opmerking", "formule"),
    ("a minus formula", cell("projecten", 2, "naam", "-2+3+cmd|'x'"),
     "B09", "projecten.csv, rij 2, kolom naam", "formule"),
    ("a formula as number", cell("metingen", 2, "waarde", "=1+1"),
     "B09", "metingen.csv, rij 2, kolom waarde", "formule"),
    ("an id used twice", cell("wijken", 4, "wijk_id", "de-hoogte"),
     "V03", "wijken.csv, rij 4, kolom wijk_id", "Id 'de-hoogte' komt ook voor in rij 3."),
    ("a project twice in a year", swap("project_jaar", b"schuttingen", b"stadjerstv"),
     "V03", "project_jaar.csv, rij 3", "'stadjerstv, 2009' komt ook voor in rij 2"),
    ("an unknown reference", cell("metingen", 4, "indicator_id", "i-jongere"),
     "V04", "metingen.csv, rij 4, kolom indicator_id",
     "bestaat niet in indicatoren.csv. Verbeter de verwijzing of voeg de rij toe aan indicatoren.csv. "
     "Bedoelt u 'i-jongeren'?"),
    ("an unknown source", cell("themas", 2, "bron_id", "brieven"),
     "V04", "themas.csv, rij 2, kolom bron_id", "Bedoelt u 'brief'?"),
    ("a code outside the list", cell("project_jaar", 3, "fase", "loopt"),
     "V05", "project_jaar.csv, rij 3, kolom fase",
     "fase 'loopt' is ongeldig. Kies uit: idee, opstart, uitvoering, afronding, afgesloten."),
    ("yes instead of ja", cell("project_thema", 2, "hoofd", "yes"),
     "V05", "project_thema.csv, rij 2, kolom hoofd", "ja, nee"),
    ("a required cell left empty", cell("projecten", 3, "naam", ""),
     "R01", "projecten.csv, rij 3, kolom naam", "naam is leeg"),
    ("a wanted cell left empty", cell("project_jaar", 2, "fase", ""),
     "V17", "project_jaar.csv, rij 2, kolom fase", "geen reden"),
    ("a date with the day first", cell("kalender", 2, "gepland_van", "01-12-2009"),
     "V07", "kalender.csv, rij 2, kolom gepland_van", "Schrijf 2009-12-01"),
    ("a date with two digits", cell("kalender", 2, "gepland_van", "11/12/09"),
     "V07", "kalender.csv, rij 2, kolom gepland_van", "'11/12/09' is niet eenduidig"),
    ("30 February", cell("kalender", 2, "gepland_van", "2009-02-30"),
     "V07", "kalender.csv, rij 2, kolom gepland_van", "bestaat niet"),
    ("a date of year 0209", cell("kalender", 2, "gepland_van", "0209-02-03"),
     "V07", "kalender.csv, rij 2, kolom gepland_van", "jaar"),
    ("1.234", cell("contextwaarden", 2, "waarde", "1.234"),
     "V08", "contextwaarden.csv, rij 2, kolom waarde",
     "'1.234' kan 1234 of 1,234 zijn. Schrijf 1234 zonder punt of komma, of 1.2340."),
    ("a number in words", cell("metingen", 2, "waarde", "vijf"),
     "V08", "metingen.csv, rij 2, kolom waarde", "is geen getal"),
    ("a percent sign", cell("metingen", 2, "waarde", "64 %"),
     "V08", "metingen.csv, rij 2, kolom waarde", "procentteken"),
    ("a sign for unknown", cell("metingen", 2, "waarde", "."),
     "V08", "metingen.csv, rij 2, kolom waarde", "reden_ontbreekt"),
    ("a code for unknown", cell("metingen", 2, "waarde", "-99999999"),
     "V08", "metingen.csv, rij 2, kolom waarde", "onbekend"),
    ("both decimal signs", cell("metingen", 2, "waarde", "5,25"),
     "V08", "metingen.csv, rij 2, kolom waarde", "ander decimaalteken"),
    ("half a year", cell("project_jaar", 2, "jaar", "2009.5"),
     "V08", "project_jaar.csv, rij 2, kolom jaar", "geen geheel getal"),
    # domain: projects
    ("shares of 0,90", cell("project_wijk", 2, "aandeel", "0.4"),
     "V10", "project_wijk.csv, rij 2, kolom aandeel",
     "Project 'StadjersTV' 2009: aandelen over wijken zijn samen 0,9. Ze moeten samen 1 zijn."),
    ("a share half filled in", both(
        cell("project_wijk", 3, "aandeel", ""), cell("project_wijk", 3, "reden_ontbreekt", "niet_in_bronnen"),
    ),
     "V10", "project_wijk.csv, rij 3, kolom aandeel", "1 van de 2 aandelen"),
    ("unknown shares without a reason", cell("project_wijk", 4, "reden_ontbreekt", ""),
     "V17", "project_wijk.csv, rij 4, kolom aandeel", "Geen aandeel en geen reden"),
    ("thema shares of a half", cell("project_thema", 2, "aandeel", "0.5"),
     "V10", "project_thema.csv, rij 2, kolom aandeel", "samen 0,5"),
    ("two main wijken", cell("project_wijk", 3, "hoofd", "ja"),
     "V11", "project_wijk.csv, rij 3, kolom hoofd", "heeft 2 hoofdwijken (de-hoogte, korrewegwijk). Kies er één."),
    ("no main thema", cell("project_thema", 3, "hoofd", "nee"),
     "V11", "project_thema.csv, rij 3, kolom hoofd", "geen hoofdthema"),
    ("an outcome in the start-up phase", both(
        cell("project_jaar", 3, "fase", "opstart"),
        cell("metingen", 7, "rol", "realisatie"),
    ),
     "V28", "project_jaar.csv, rij 3, kolom fase",
     "Project 'Schuttingen' staat op opstart maar heeft een resultaat."),
    # domain: time
    ("an end before its start", cell("doelen", 2, "eind", "2008-01-01"),
     "V12", "doelen.csv, rij 2, kolom eind", "eind 2008-01-01 ligt voor begin 2009-01-01"),
    ("a project that ends before it starts", cell("projecten", 2, "startjaar", "2012"),
     "V12", "projecten.csv, rij 2, kolom verwacht_eind", "ligt voor startjaar 2012"),
    ("a thema that ends before it starts", cell("themas", 2, "jaar_tot", "2006"),
     "V12", "themas.csv, rij 2, kolom jaar_tot", "2006"),
    ("a source read before it was published", cell("bronnen", 2, "geraadpleegd_op", "2009-10-07"),
     "V12", "bronnen.csv, rij 2, kolom geraadpleegd_op", "2009-10-07 ligt voor gepubliceerd_op 2009-10-08"),
    ("a scale upside down", cell("contextreeksen", 2, "schaal_max", "0"),
     "V12", "contextreeksen.csv, rij 2, kolom schaal_max", "niet groter"),
    ("a month that is not its last day", cell("bronnen", 2, "datum_nauwkeurigheid", "maand"),
     "I11", "bronnen.csv, rij 2, kolom gepubliceerd_op", "laatste dag van de maand"),
    # domain: measurements
    ("families counted as persons", cell("indicatoren", 2, "eenheid", "gezinnen"),
     "V13", "indicatoren.csv, rij 2, kolom telbasis", "kunnen niet worden opgeteld"),
    ("percentages that are added", cell("indicatoren", 3, "optelbaar", "ja"),
     "V13", "indicatoren.csv, rij 3, kolom optelbaar", "procent kan niet worden opgeteld"),
    ("adding against its rule", cell("indicatoren", 2, "aggregatie", "niet"),
     "V13", "indicatoren.csv, rij 2, kolom aggregatie", "spreken elkaar tegen"),
    ("one name for two units", both(
        cell("indicatoren", 3, "naam", "Jongeren in opleiding"), cell("indicatoren", 3, "doel_id", "d-tv"),
    ),
     "V14", "indicatoren.csv, rij 3, kolom eenheid", "rij 2 telt jongeren en rij 3 telt procent"),
    ("a percentage without noemer", cell("metingen", 7, "noemer", ""),
     "V15", "metingen.csv, rij 7, kolom noemer", "Meting 'm-werk': 63,6 % zonder teller en noemer."),
    ("a wrong percentage", cell("metingen", 7, "waarde", "74"),
     "V16", "metingen.csv, rij 7, kolom waarde", "14 van 22 is 63,6 %, niet 74 %."),
    ("a part larger than the whole", cell("metingen", 7, "teller", "23"),
     "V16", "metingen.csv, rij 7, kolom noemer", "geen deel"),
    ("no value and no reason", cell("metingen", 8, "reden_ontbreekt", ""),
     "V17", "metingen.csv, rij 8, kolom waarde", "Meting 'm-later': geen waarde en geen reden."),
    ("a series without value and reason", cell("contextwaarden", 3, "waarde", ""),
     "V17", "contextwaarden.csv, rij 3, kolom waarde", "Geen waarde en geen reden"),
    ("a value and a reason", cell("metingen", 8, "waarde", "12"),
     "V18", "metingen.csv, rij 8, kolom reden_ontbreekt", "reden 'nog_te_vroeg' maar er staat 12"),
    ("a range without an upper end", cell("metingen", 4, "waarde_soort", "bereik"),
     "I04", "metingen.csv, rij 4, kolom waarde_tot", "zonder goede bovengrens"),
    ("an upper end without a range", cell("metingen", 4, "waarde_tot", "30"),
     "I04", "metingen.csv, rij 4, kolom waarde_tot", "is geen bereik"),
    ("a number without a source", cell("metingen", 4, "bron_id", ""),
     "R01", "metingen.csv, rij 4, kolom bron_id", "bron_id is leeg"),
    ("a number without a period", cell("metingen", 4, "periode_eind", ""),
     "R01", "metingen.csv, rij 4, kolom periode_eind", "periode_eind is leeg"),
    # domain: money
    ("sources that do not add up", cell("project_jaar", 2, "begroot_totaal", "310"),
     "V34", "project_jaar.csv, rij 2, kolom begroot_totaal", "bronnen tellen op tot € 300,50, totaal is € 310."),
    ("a negative amount", cell("financiering", 4, "begroot", "-570"),
     "R02", "financiering.csv, rij 4, kolom begroot", "begroot '-570' is kleiner dan 0."),
]  # fmt: skip
WARNINGS = [
    ("nobody responsible", both(
        cell("projecten", 2, "opdrachtgever", ""), cell("projecten", 2, "trekker_rol", ""),
        cell("projecten", 2, "reden_ontbreekt", "niet_in_bronnen"),
    ),
     "V06", "projecten.csv, rij 2, kolom opdrachtgever", "geen opdrachtgever en geen trekker ingevuld"),
    ("a zero", cell("metingen", 2, "waarde", "0"),
     "V19", "metingen.csv, rij 2, kolom waarde", "Is dit echt nul"),
    ("a goal without an indicator", cell("indicatoren", 3, "doel_id", "d-tv"),
     "V21", "doelen.csv, rij 3, kolom doel_id", "Doel 'd-veilig' heeft geen indicator"),
    ("no baseline", cell("metingen", 2, "rol", "tussenstand"),
     "V22", "indicatoren.csv, rij 2, kolom indicator_id", "heeft geen nulmeting"),
    ("a stand after the period", cell("metingen", 4, "periode_eind", "2009-11-30"),
     "V23", "metingen.csv, rij 4, kolom periode_eind", "buiten de verslagperiode 2008-10-01 t/m 2009-09-30"),
    ("no direction", both(
        cell("indicatoren", 2, "richting", ""), cell("indicatoren", 2, "reden_ontbreekt", "niet_in_bronnen"),
    ),
     "V25", "indicatoren.csv, rij 2, kolom richting", "is hoger beter"),
    ("too much spent", cell("financiering", 3, "besteed", "138"),
     "V35", "financiering.csv, rij 3, kolom besteed", "138 %"),
    ("spent before the start", both(
        cell("project_jaar", 2, "fase", "opstart"),
    ),
     "V37", "financiering.csv, rij 2, kolom besteed", "is in opstart maar heeft 97 % besteed"),
    ("no price level", cell("financiering", 2, "prijspeil", ""),
     "V38", "financiering.csv, kolom prijspeil", "1 van de 3"),
    ("two versions of one day", cell("financiering", 5, "bron_id", "besluit-2009"),
     "I09", "financiering.csv, rij 5, kolom bron_id", "Rij 4 en rij 5"),
    ("the reason 'vergeten'", cell("metingen", 8, "reden_ontbreekt", "vergeten"),
     "R04", "metingen.csv, rij 8, kolom reden_ontbreekt", "vastgestelde"),
    ("a file with a wrong name", lambda d: (d.path / "kalender.csv").rename(d.path / "kalendar.csv"),
     "B11", "kalendar.csv", "Bedoelt u 'kalender.csv'?"),
]  # fmt: skip


def _names(cases):
    return [re.sub(r"[^\w]+", "-", case[0]) for case in cases]


@pytest.mark.parametrize("what, change, code, place, words", FAULTS, ids=_names(FAULTS))
def test_a_fault_is_named_with_its_place_and_remedy(delivery, what, change, code, place, words):
    change(delivery)
    result = delivery.check()
    found = [p for p in result.problems if (p.severity, p.code, p.place()) == ("F", code, place)]
    assert len(found) == 1, report(result.problems)
    assert words in f"{found[0].message} {found[0].remedy}" and found[0].remedy
    assert result.stops


@pytest.mark.parametrize("what, change, code, place, words", WARNINGS, ids=_names(WARNINGS))
def test_a_warning_is_named_but_does_not_stop(delivery, what, change, code, place, words):
    change(delivery)
    result = delivery.check()
    found = [p for p in result.problems if (p.severity, p.code, p.place()) == ("W", code, place)]
    assert len(found) == 1, report(result.problems)
    assert words in f"{found[0].message} {found[0].remedy}" and found[0].remedy
    assert not result.stops, report(result.problems)
