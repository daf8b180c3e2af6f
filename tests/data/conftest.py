"""A small valid delivery of data in the real schema, to be broken in one place."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

from kwlib.data import check, make_store
from kwlib.data.schema import parse_schema

PACKAGE = Path(__file__).parents[2] / "data" / "datapackage.json"


def rows(columns, *lines):
    """Return small rows from a compact text: column names, then the cells of each row, separated by a bar."""
    return [dict(zip(columns.split(), [c.strip() for c in line.split("|")], strict=True)) for line in lines]


# What every row of a table says unless the row itself says otherwise; all other columns are empty.
ALWAYS = {
    "bronnen": {"bron_id": "", "houder": "gemeente", "soort": "brief", "datum_nauwkeurigheid": "dag",
                "geraadpleegd_op": "2026-11-01", "vindplaats": "archief", "url": "archief", "betrouwbaarheid": "hoog"},
    "wijken": {"cbs_code": "WK0014", "cbs_peiljaar": "2009", "rol": "krachtwijk"},
    "themas": {"doelstelling": "Het gaat beter", "jaar_van": "2007"},
    "projecten": {"omschrijving": "Dit is het project.", "aard": "sociaal", "doelgroep": "bewoners",
                  "gevoeligheid": "gewoon", "opdrachtgever": "gemeente", "trekker_rol": "opzichter"},
    "project_jaar": {"jaar": "2009", "peildatum": "2009-10-08", "participatietrede": "adviseren",
                     "terugblik": "Het is begonnen.", "vooruitblik": "Het gaat door.",
                     "wat_ging_niet_goed": "Het duurde lang."},
    "project_wijk": {"jaar": "2009"},
    "project_thema": {"jaar": "2009", "aandeel": "1", "hoofd": "ja"},
    "doelen": {"niveau": "projectdoel", "eigenaar": "gemeente", "eind": "2009-12-31"},
    "indicatoren": {"definitie": "Wie meedoet.", "richting": "hoger", "cumulatief": "nee", "gevoeligheid": "gewoon",
                    "decimalen": "1", "meetfrequentie": "elk jaar"},
    "metingen": {"wijk_id": "de-hoogte", "kwaliteit": "C", "waarde_soort": "exact"},
    "financiering": {"wijk_id": "de-hoogte", "jaar": "2009", "additioneel": "nee", "prijspeil": "2009",
                     "btw_inbegrepen": "ja"},
    "deelnemers": {"project_id": "stadjerstv", "jaar": "2009", "wijk_id": "de-hoogte", "telbasis": "unieke_personen"},
    "bewijzen": {"soort": "registratie", "niveau": "1", "tekst": "Jongeren volgen de les.", "datum": "2009-09-01"},
    "relaties": {"jaar": "2009", "project_a": "stadjerstv", "project_b": "schuttingen"},
    "leerpunten": {"jaar": "2009", "titel": "Kom langs", "situatie": "Weinig reactie.", "wat_deden_wij": "Aanbellen.",
                   "bij_wie": "bewoners", "wat_gebeurde": "Meer reactie.", "waarom": "Het is persoonlijk.",
                   "bewijsniveau": "1", "soort": "werkt", "voorwaarden": "Tijd.", "gevolg": "Wij bellen aan."},
    "overgangen": {"jaar": "2010", "reden": "Het is nodig."},
    "thema_overgangen": {"jaar": "2010", "reden": "Bundeling."},
    "participatie": {"project_id": "stadjerstv", "wijk_id": "de-hoogte", "datum": "2009-05-12", "moment": "Avond",
                     "trede": "raadplegen", "aantal_bereikt": "14", "wat_gedaan_met_inbreng": "Het plan is anders.",
                     "teruggekoppeld_op": "2009-06-01"},
    "raadsvragen": {"raadsvraag_id": "v-1", "nummer": "2009-14", "datum": "2009-08-28", "fracties": "GroenLinks",
                    "onderwerp": "Meedoen", "vraagtekst": "Wie doet mee?", "beantwoord_op": "2009-09-20"},
    "kalender": {"jaar": "2009", "onderwerp": "Voortgang", "gremium": "raad", "status": "gepland"},
    "contextreeksen": {"definitie": "Een cijfer.", "eenheid": "cijfer", "decimalen": "1"},
}  # fmt: skip
ROWS = {
    "bronnen": [
        *rows(
            "bron_id titel gepubliceerd_op",
            "brief        | Brief aan de raad | 2009-10-08",
            "besluit-2009 | Besluit           | 2009-07-01",
            "besluit-2011 | Besluit           | 2011-07-20",
        ),
        *rows(
            "bron_id titel datum_nauwkeurigheid reden_ontbreekt",
            "website | Website | onbekend | niet_in_bronnen",
        ),
    ],
    "wijken": rows(
        "wijk_id naam rol deel_van volgorde",
        "groningen    | Groningen    | stad       |           | 9",
        "de-hoogte    | De Hoogte    | krachtwijk | groningen | 1",
        "korrewegwijk | Korrewegwijk | krachtwijk | groningen | 2",
    ),
    "themas": rows("thema_id naam volgorde", "leren | Leren | 1", "werken | Werken | 2"),
    "projecten": rows(
        "project_id naam startjaar verwacht_eind",
        "stadjerstv  | StadjersTV  | 2008 | 2010-12-31",
        "schuttingen | Schuttingen | 2009 | ",
    ),
    "project_jaar": rows(
        "project_id fase begroot_totaal",
        "stadjerstv  | uitvoering | 300.5",
        "schuttingen | opstart    | ",
    ),
    "project_wijk": rows(
        "project_id wijk_id aandeel hoofd reden_ontbreekt",
        "stadjerstv  | de-hoogte    | 0.5 | ja  | ",
        "stadjerstv  | korrewegwijk | 0.5 | nee | ",
        "schuttingen | de-hoogte    |     |     | niet_in_bronnen",
    ),
    "project_thema": rows("project_id thema_id", "stadjerstv | leren", "schuttingen | werken"),
    "doelen": rows(
        "doel_id project_id thema_id tekst begin",
        "d-tv     | stadjerstv  | leren | Jongeren leren een vak  | 2009-01-01",
        "d-veilig | schuttingen |       | Brandgangen zijn veilig | ",
    ),
    "indicatoren": rows(
        "indicator_id doel_id naam soort eenheid telbasis optelbaar aggregatie",
        "i-jongeren | d-tv | jongeren in opleiding | output | jongeren | unieke_personen | ja | som",
        "i-werk | d-veilig | werk na een half jaar | outcome | procent | procent | nee | gewogen_gemiddelde",
    ),
    "metingen": rows(
        "meting_id indicator_id rol periode_start periode_eind waarde teller noemer waarde_soort reden_ontbreekt",
        "m-nul       | i-jongeren | nulmeting    |            | 2008-12-31 | 5    |    |    | exact      |",
        "m-doel      | i-jongeren | streefwaarde |            | 2009-12-31 | 30   |    |    | exact      |",
        "m-nu        | i-jongeren | realisatie   | 2009-01-01 | 2009-09-30 | 21   |    |    | ondergrens |",
        "m-werk-nul  | i-werk     | nulmeting    |            | 2008-12-31 | 40   | 12 | 30 | exact      |",
        "m-werk-doel | i-werk     | streefwaarde |            | 2009-12-31 | 70   |    |    | exact      |",
        "m-werk      | i-werk     | tussenstand  |            | 2009-09-30 | 63.6 | 14 | 22 | exact      |",
        "m-later     | i-werk     | realisatie   |            | 2009-12-31 |      |    |    | | nog_te_vroeg",
    ),
    "financiering": rows(
        "financiering_id post project_id geldbron soort begroot besteed bron_id reden_ontbreekt",
        "f-rijk     | camera's | stadjerstv | rijk     | begroting | 200.5 | 190 | brief        |",
        "f-gemeente | zaal     | stadjerstv | gemeente | begroting | 100   | 100 | brief        |",
        "f-cfv-2009 | bijdrage |            | rijk     | plafond   | 570   |     | besluit-2009 | niet_in_bronnen",
        "f-cfv-2011 | bijdrage |            | rijk     | plafond   | 380   |     | besluit-2011 | niet_in_bronnen",
    ),
    "leerpunten": rows("leerpunt_id project_id thema_id", "l-tv | stadjerstv | ", "l-werk | | werken"),
    "kalender": rows("moment_id gepland_van gepland_tot", "raad | 2009-12-01 | 2009-12-31"),
    "contextreeksen": rows("reeks_id naam schaal_min schaal_max", "lbm | Leefbaarometer | 1 | 9"),
    "contextwaarden": rows(
        "reeks_id wijk_id periode_eind waarde bron_id",
        "lbm | de-hoogte | 2008-12-31 | 5 | besluit-2009",
        "lbm | groningen | 2008-12-31 | 6 | website",
    ),
}
PARAMS = {
    "gemeente": "groningen",
    "jaar": 2009,
    "fictief": False,
    "verslagperiode_start": dt.date(2008, 10, 1),
    "verslagperiode_eind": dt.date(2009, 9, 30),
    "peildatum": dt.date(2009, 10, 8),
    "kennis_tot": dt.date(2011, 12, 31),
    "datum": dt.date(2009, 10, 8),
    "regels": {"opstart_woorden": 15, "zin_woorden": 10, "bron_jaren": 2, "antwoord_dagen": 30,
               "kenmerk": r"[A-Z]{2} (?P<jaar>\d{2})\.\d{7}"},
    "brief": {"kenmerk": "OS 09.2058753", "uw_brief_van": ""},
}  # fmt: skip


class Delivery:
    """A folder with one CSV file per table, to be broken in one place."""

    def __init__(self, path, schema):
        self.path, self.schema, self.params = path, schema, dict(PARAMS)
        path.mkdir()
        for table in schema:
            self.write(table.name, [table.columns, *(self.cells(table.name, r) for r in ROWS.get(table.name, ()))])

    def cells(self, name, row):
        full = {"bron_id": "brief", **ALWAYS.get(name, {}), **row}
        assert set(full) <= {*self.schema[name].columns, "bron_id"}, (name, row)
        return [full.get(c, "") for c in self.schema[name].columns]

    def table(self, name):
        return list(csv.reader(io.StringIO((self.path / f"{name}.csv").read_text("utf-8"), newline="")))

    def write(self, name, rows, **kwargs):
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n", **kwargs).writerows(rows)
        (self.path / f"{name}.csv").write_text(buffer.getvalue(), "utf-8")

    def add(self, name, **row):
        self.write(name, [*self.table(name), self.cells(name, row)])

    def set(self, name, row, column, value):
        rows = self.table(name)
        rows[row - 1][rows[0].index(column)] = value
        self.write(name, rows)

    def remove(self, name):
        (self.path / f"{name}.csv").unlink()

    def bytes(self, name, change):
        path = self.path / f"{name}.csv"
        path.write_bytes(change(path.read_bytes()))

    def check(self, **params):
        return check(self.path, self.schema, self.params | params)

    def problems(self, **params):
        return self.check(**params).problems

    def store(self, day, **params):
        return make_store(self.check(**params), self.params | {"kennis_tot": day})


@pytest.fixture(scope="session")
def package():
    return json.loads(PACKAGE.read_text("utf-8"))


@pytest.fixture(scope="session")
def schema(package):
    return parse_schema(package)


@pytest.fixture(scope="session")
def deliver(schema):
    return lambda path: Delivery(path, schema)


@pytest.fixture
def delivery(tmp_path, deliver):
    return deliver(tmp_path / "groningen")
