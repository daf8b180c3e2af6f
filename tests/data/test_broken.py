"""Broken files and cells: one thing is changed in a good delivery, and the message must say what, where, what to do."""

import os
import re

import pytest

from kwlib.data import report
from kwlib.data.messages import REGELS
from kwlib.data.validate import RULES


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


def instead(name, make):
    def change(d):
        d.remove(name)
        make(d.path / f"{name}.csv")

    return change


def both(*changes):
    return lambda d: [change(d) for change in changes]


CASES = [
    ("a missing file",
     gone("projecten"),
     "F B01 projecten.csv: Het bestand ontbreekt. Zet het bestand in de map; een lege tabel heeft alleen "
     "kolomnamen."),
    ("a folder with the name of a file",
     instead("themas", lambda path: path.mkdir()),
     "F B02 themas.csv: Dit is een map, geen bestand. Haal de map weg en zet het bestand terug."),
    ("a pipe",
     instead("themas", os.mkfifo),
     "F B02 themas.csv: Dit is geen gewoon bestand. Zet er een gewoon CSV-bestand neer."),
    ("a link to itself",
     instead("themas", lambda path: path.symlink_to(path)),
     "F B03 themas.csv: Het bestand is niet te lezen. Controleer de schijf en zet het bestand terug."),
    ("a folder that is not there",
     lambda d: setattr(d, "path", d.path / "nergens"),
     "F B01 nergens: De map met gegevens ontbreekt. Controleer de naam."),
    ("a file of 20 MB",
     content("wijken", b"x" * 20_000_001),
     "F B05 wijken.csv: Het bestand is groter dan 20 MB. Controleer of dit het goede is."),
    ("an empty file",
     content("wijken", b""),
     "F B04 wijken.csv: Het bestand is leeg. Zet er ten minste de kolomnamen in."),
    ("a file of blank lines",
     content("wijken", b"\n \n,,\n"),
     "F B04 wijken.csv: Het bestand is leeg. Zet er ten minste de kolomnamen in."),
    ("an Excel file",
     content("wijken", b"PK\x03\x04..."),
     "F B06 wijken.csv: Dit is een Excel-bestand. Sla het op als 'CSV UTF-8'."),
    ("a UTF-16 file",
     content("wijken", "wijk_id".encode("utf-16")),
     "F B06 wijken.csv: Het bestand is opgeslagen als UTF-16 ('Unicode-tekst'). Sla het op als 'CSV UTF-8'."),
    ("a picture",
     content("wijken", bytes(range(256)) * 4),
     "F B06 wijken.csv: Dit is geen tekstbestand. Zet er het CSV-bestand neer."),
    ("tabs",
     content("wijken", b"wijk_id\tnaam\nx\ty\n"),
     "F B06 wijken.csv, rij 1: De kolommen zijn gescheiden door tabs. Sla het bestand op als CSV, met een komma of "
     "puntkomma."),
    ("a cell of 10 MB",
     cell("doelen", 3, "tekst", "a" * 10_000_000),
     "F B05 doelen.csv, rij 3: Een cel is te lang (meer dan 32767 tekens). Kort de tekst in, of controleer of een "
     "aanhalingsteken te vroeg opent."),
    ("a cell longer than a spreadsheet allows",
     cell("doelen", 3, "tekst", "a" * 32_768),
     "F B05 doelen.csv, rij 3: Een cel is te lang (meer dan 32767 tekens). Kort de tekst in, of controleer of een "
     "aanhalingsteken te vroeg opent."),
    ("a quote that never closes",
     swap("doelen", b"Brandgangen", b'"Brandgangen'),
     "F B06 doelen.csv, rij 3: De aanhalingstekens (\") kloppen niet, dus het bestand is vanaf hier niet te lezen. "
     "Sluit elk aanhalingsteken en schrijf een aanhalingsteken in de tekst dubbel."),
    ("text after a quote",
     swap("doelen", b"Brandgangen", b'"Brand"gangen'),
     "F B06 doelen.csv, rij 3: De aanhalingstekens (\") kloppen niet, dus het bestand is vanaf hier niet te lezen. "
     "Sluit elk aanhalingsteken en schrijf een aanhalingsteken in de tekst dubbel."),
    ("a cell too many",
     cells("projecten", 3, lambda row: [*row, "zo"]),
     "F B07 projecten.csv, rij 3: De rij heeft 15 cellen, de kop heeft er 14. Zet tekst met een scheidingsteken "
     "tussen aanhalingstekens."),
    ("a cell too few",
     cells("themas", 3, lambda row: row[1:]),
     "F B07 themas.csv, rij 3: De rij heeft 8 cellen, de kop heeft er 9. Vul de rij aan; een lege cel telt mee."),
    ("a column named twice",
     swap("themas", b"jaar_van", b"naam"),
     "F B08 themas.csv, rij 1, kolom naam: Kolom 'naam' komt 2 keer voor. Laat er één staan."),
    ("a column without a name",
     swap("themas", b"jaar_van", b""),
     "F B08 themas.csv, rij 1: De 4e kolom heeft geen naam. Geef de kolom een naam of haal de kolom weg."),
    ("a NUL byte",
     swap("themas", b"Werken", b"Wer\0ken"),
     "F V09 themas.csv, rij 3, kolom naam: NUL-teken (een leeg byte) in 'Wer ken'. Typ de tekst opnieuw en sla op "
     "als UTF-8."),
    ("a bad byte in UTF-8",
     swap("projecten", b"StadjersTV", "caf\u00e9".encode() + b"\xe9"),
     "F V09 projecten.csv, rij 2, kolom naam: Onleesbaar teken in 'café�'. Typ de tekst opnieuw en sla op als "
     "UTF-8."),
    ("UTF-8 read as cp1252",
     swap("themas", b"Werken", "geï¿½nt".encode()),
     "F V09 themas.csv, rij 3, kolom naam: Onleesbaar teken in 'geï¿½nt'. Typ de tekst opnieuw en sla op als UTF-8."),
    ("double encoding",
     swap("themas", b"Werken", "cafÃ©".encode()),
     "F V09 themas.csv, rij 3, kolom naam: Onleesbaar teken in 'cafÃ©'. Typ de tekst opnieuw en sla op als UTF-8."),
    ("a direction override",
     swap("themas", b"Werken", "W\u202ee".encode()),
     "F V09 themas.csv, rij 3, kolom naam: Onzichtbaar teken in 'W e'. Typ de tekst opnieuw en sla op als UTF-8."),
    ("a file from Windows",
     swap("themas", b"Werken", b"caf\xe9"),
     "L B10 themas.csv: Gelezen als Windows-tekst (cp1252). Dat mag. De vaste vorm is UTF-8, komma en punt."),
    ("a file with a BOM",
     swap("themas", b"thema_id", b"\xef\xbb\xbfthema_id"),
     "L B10 themas.csv: Gelezen als UTF-8 met een BOM. Dat mag. De vaste vorm is UTF-8, komma en punt."),
    ("semicolons",
     lambda d: d.write("themas", d.table("themas"), delimiter=";"),
     "L B10 themas.csv: Kolommen gescheiden door puntkomma's. Dat mag. De vaste vorm is UTF-8, komma en punt."),
    ("decimal commas",
     both(cell("project_wijk", 2, "aandeel", "0,5"), cell("project_wijk", 3, "aandeel", "0,5")),
     "L B10 project_wijk.csv: Decimaalteken is een komma. Dat mag. De vaste vorm is UTF-8, komma en punt."),
    ("a missing column",
     swap("project_jaar", b"fase", b"Phase"),
     "F V01 project_jaar.csv, rij 1, kolom fase: Kolom 'fase' ontbreekt. Voeg de kolom toe; de cellen mogen leeg "
     "zijn."),
    ("an unknown column",
     swap("project_jaar", b"fase", b"Fase"),
     "F V02 project_jaar.csv, rij 1, kolom Fase: Kolom 'Fase' is onbekend. Haal de kolom weg of verbeter de naam. "
     "Bedoelt u 'fase'?"),
    ("a formula",
     cell("projecten", 2, "naam", "=cmd|' /C calc'!A0"),
     "F B09 projecten.csv, rij 2, kolom naam: De tekst '=cmd|' /C calc'!A0' begint als een formule. Begin met een "
     "letter of cijfer, zodat een rekenblad de tekst niet uitvoert."),
    ("a plus formula",
     cell("projecten", 2, "naam", "+SUM(1)"),
     "F B09 projecten.csv, rij 2, kolom naam: De tekst '+SUM(1)' begint als een formule. Begin met een letter of "
     "cijfer, zodat een rekenblad de tekst niet uitvoert."),
    ("an at formula",
     cell("projecten", 2, "opmerking", "@SUM(1)"),
     "F B09 projecten.csv, rij 2, kolom opmerking: De tekst '@SUM(1)' begint als een formule. Begin met een letter "
     "of cijfer, zodat een rekenblad de tekst niet uitvoert."),
    ("a minus formula",
     cell("projecten", 2, "naam", "-2+3+cmd|'x'"),
     "F B09 projecten.csv, rij 2, kolom naam: De tekst '-2+3+cmd|'x'' begint als een formule. Begin met een letter "
     "of cijfer, zodat een rekenblad de tekst niet uitvoert."),
    ("a formula as number",
     cell("metingen", 2, "waarde", "=1+1"),
     "F B09 metingen.csv, rij 2, kolom waarde: De tekst '=1+1' begint als een formule. Begin met een letter of "
     "cijfer, zodat een rekenblad de tekst niet uitvoert."),
    ("an id used twice",
     cell("wijken", 4, "wijk_id", "de-hoogte"),
     "F V03 wijken.csv, rij 4, kolom wijk_id: Id 'de-hoogte' komt ook voor in rij 3. Geef elke rij een eigen "
     "wijk_id, of haal de dubbele rij weg."),
    ("a project twice in a year",
     swap("project_jaar", b"schuttingen", b"stadjerstv"),
     "F V03 project_jaar.csv, rij 3: Id 'stadjerstv, 2009' komt ook voor in rij 2. Geef elke rij een eigen "
     "project_id + jaar, of haal de dubbele rij weg."),
    ("an unknown reference",
     cell("metingen", 4, "indicator_id", "i-jongere"),
     "F V04 metingen.csv, rij 4, kolom indicator_id: indicator_id 'i-jongere' bestaat niet in indicatoren.csv. "
     "Verbeter de verwijzing of voeg de rij toe aan indicatoren.csv. Bedoelt u 'i-jongeren'?"),
    ("an unknown source",
     cell("themas", 2, "bron_id", "brieven"),
     "F V04 themas.csv, rij 2, kolom bron_id: bron_id 'brieven' bestaat niet in bronnen.csv. Verbeter de verwijzing "
     "of voeg de rij toe aan bronnen.csv. Bedoelt u 'brief'?"),
    ("a code outside the list",
     cell("project_jaar", 3, "fase", "loopt"),
     "F V05 project_jaar.csv, rij 3, kolom fase: fase 'loopt' is ongeldig. Kies uit: idee, opstart, uitvoering, "
     "afronding, afgesloten."),
    ("yes instead of ja",
     cell("project_thema", 2, "hoofd", "yes"),
     "F V05 project_thema.csv, rij 2, kolom hoofd: hoofd 'yes' is ongeldig. Kies uit: ja, nee."),
    ("a required cell left empty",
     cell("projecten", 3, "naam", ""),
     "F R01 projecten.csv, rij 3, kolom naam: naam is leeg. Vul de cel in."),
    ("a wanted cell left empty",
     cell("project_jaar", 2, "fase", ""),
     "F V17 project_jaar.csv, rij 2, kolom fase: Geen fase en geen reden. Vul de cel in, of kies een reden in "
     "'reden_ontbreekt', bijvoorbeeld 'nog_te_vroeg'."),
    ("a date with the day first",
     cell("kalender", 2, "gepland_van", "01-12-2009"),
     "F V07 kalender.csv, rij 2, kolom gepland_van: Datum '01-12-2009' is niet eenduidig. Schrijf 2009-12-01 "
     "(jaar-maand-dag)."),
    ("a date with two digits",
     cell("kalender", 2, "gepland_van", "11/12/09"),
     "F V07 kalender.csv, rij 2, kolom gepland_van: Datum '11/12/09' is niet eenduidig of geen datum. Schrijf "
     "jaar-maand-dag, bijvoorbeeld 2009-12-11."),
    ("30 February",
     cell("kalender", 2, "gepland_van", "2009-02-30"),
     "F V07 kalender.csv, rij 2, kolom gepland_van: De datum '2009-02-30' bestaat niet. Controleer de maand en de "
     "dag."),
    ("a date of year 0209",
     cell("kalender", 2, "gepland_van", "0209-02-03"),
     "F V07 kalender.csv, rij 2, kolom gepland_van: Het jaar van '0209-02-03' kan niet kloppen. Controleer het "
     "jaartal."),
    ("1.234",
     cell("contextwaarden", 2, "waarde", "1.234"),
     "F V08 contextwaarden.csv, rij 2, kolom waarde: '1.234' kan 1234 of 1,234 zijn. Schrijf 1234 zonder punt of "
     "komma, of 1.2340."),
    ("a number in words",
     cell("metingen", 2, "waarde", "vijf"),
     "F V08 metingen.csv, rij 2, kolom waarde: 'vijf' is geen getal. Schrijf alleen het getal, zonder eenheid, "
     "procentteken of punten voor duizendtallen."),
    ("a percent sign",
     cell("metingen", 2, "waarde", "64 %"),
     "F V08 metingen.csv, rij 2, kolom waarde: '64 %' is geen getal. Schrijf alleen het getal, zonder eenheid, "
     "procentteken of punten voor duizendtallen."),
    ("a sign for unknown",
     cell("metingen", 2, "waarde", "."),
     "F V08 metingen.csv, rij 2, kolom waarde: '.' is geen getal. Laat de cel leeg en vul 'reden_ontbreekt' in."),
    ("a code for unknown",
     cell("metingen", 2, "waarde", "-99999999"),
     "F V08 metingen.csv, rij 2, kolom waarde: '-99999999' is een code voor 'onbekend', geen getal. Laat de cel "
     "leeg en vul 'reden_ontbreekt' in."),
    ("both decimal signs",
     cell("metingen", 2, "waarde", "5,25"),
     "F V08 metingen.csv, rij 2, kolom waarde: '5,25' heeft een ander decimaalteken dan andere getallen in dit "
     "bestand. Gebruik in het hele bestand een punt als decimaalteken."),
    ("half a year",
     cell("project_jaar", 2, "jaar", "2009.5"),
     "F V08 project_jaar.csv, rij 2, kolom jaar: '2009.5' is geen geheel getal. Schrijf een getal zonder decimalen."),
    ("unknown shares without a reason",
     cell("project_wijk", 4, "reden_ontbreekt", ""),
     "F V17 project_wijk.csv, rij 4, kolom aandeel: Geen aandeel en geen reden. Vul de cel in, of kies een reden in "
     "'reden_ontbreekt', bijvoorbeeld 'nog_te_vroeg'."),
    ("no value and no reason",
     cell("metingen", 8, "reden_ontbreekt", ""),
     "F V17 metingen.csv, rij 8, kolom waarde: Meting 'm-later': geen waarde en geen reden. Vul de waarde in, of "
     "kies een reden in 'reden_ontbreekt', bijvoorbeeld 'nog_te_vroeg'."),
    ("a series without value and reason",
     cell("contextwaarden", 3, "waarde", ""),
     "F V17 contextwaarden.csv, rij 3, kolom waarde: Geen waarde en geen reden. Vul de cel in, of kies een reden in "
     "'reden_ontbreekt', bijvoorbeeld 'nog_te_vroeg'."),
    ("a number without a source",
     cell("metingen", 4, "bron_id", ""),
     "F R01 metingen.csv, rij 4, kolom bron_id: bron_id is leeg. Vul de cel in."),
    ("a number without a period",
     cell("metingen", 4, "periode_eind", ""),
     "F R01 metingen.csv, rij 4, kolom periode_eind: periode_eind is leeg. Vul de cel in."),
    ("more than the whole",
     cell("project_thema", 2, "aandeel", "2"),
     "F R02 project_thema.csv, rij 2, kolom aandeel: aandeel '2' is groter dan 1. Verbeter de cel. Uitleg: Het deel "
     "van het project bij dit thema. Samen is het 1."),
    ("a negative amount",
     cell("financiering", 4, "begroot", "-570"),
     "F R02 financiering.csv, rij 4, kolom begroot: begroot '-570' is kleiner dan 0. Verbeter de cel. Uitleg: Het "
     "bedrag volgens de bron, in euro."),
    ("the reason 'vergeten' in a final report",
     both(cell("metingen", 8, "reden_ontbreekt", "vergeten"), lambda d: d.params.update(status="vastgesteld")),
     "F R04 metingen.csv, rij 8, kolom reden_ontbreekt: De reden 'vergeten' mag niet in een vastgestelde rapportage "
     "staan. Vul het gegeven alsnog in of kies de echte reden."),
    ("the reason 'vergeten'",
     cell("metingen", 8, "reden_ontbreekt", "vergeten"),
     "W R04 metingen.csv, rij 8, kolom reden_ontbreekt: De reden 'vergeten' mag niet in een vastgestelde rapportage "
     "staan. Vul het gegeven alsnog in of kies de echte reden."),
    ("a file with a wrong name",
     lambda d: (d.path / "kalender.csv").rename(d.path / "kalendar.csv"),
     "W B11 kalendar.csv: Dit bestand wordt niet gelezen. Haal het weg of verbeter de naam. Bedoelt u "
     "'kalender.csv'?"),
]  # fmt: skip


# Said in test_validate.py (a file without permissions) and test_schema.py (a column with a pattern).
ELSEWHERE = {("B03", "rechten"), ("R03", ""), ("V57", ""), ("V58", ""), ("V58", "alleen"), ("V58", "eerder")}
GENERIC = [r for r in REGELS.values() if r.code not in {rule.code for rule in RULES}]


def _names(cases):
    return [re.sub(r"[^\w]+", "-", case[0]) for case in cases]


@pytest.mark.parametrize("what, change, said", CASES, ids=_names(CASES))
def test_what_is_broken_is_named_with_its_place_and_remedy(delivery, what, change, said):
    change(delivery)
    result = delivery.check()
    assert report(result.problems).splitlines().count(said) == 1, report(result.problems)
    assert result.stops == said.startswith("F"), report(result.problems)


@pytest.mark.parametrize("regel", GENERIC, ids=lambda r: f"{r.code}-{r.variant}")
def test_every_message_about_files_and_cells_is_said_above(regel):
    words = re.sub(r"\\\{.*?\\\}", ".*", re.escape(f"{regel.bericht} {regel.doen}"))
    said = [s for *_, s in CASES if re.fullmatch(f"{regel.ernst} {regel.code} .*: {words}", s)]
    assert said or (regel.code, regel.variant) in ELSEWHERE
