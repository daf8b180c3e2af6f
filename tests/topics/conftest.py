"""A municipality that you can add up in your head: two wijken, three themas, five projects."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from kwlib import privacy
from kwlib.data import Store, read_schema
from kwlib.data.files import read

SCHEMA = read_schema(Path(__file__).parents[2] / "data" / "datapackage.json")
PARAMS = {
    "programma": "Krachtwijken",
    "motto": "leren door te doen",
    "verslagperiode_start": dt.date(2008, 10, 1),
    "verslagperiode_eind": dt.date(2009, 9, 30),
    "beveiliging": {
        "openbaar": {"drempel": 0, "afronding": 1, "gebied": "wijk", "groep": 100, "nul": "tonen"},
        "gewoon": {"drempel": 5, "afronding": 1, "gebied": "wijk", "groep": 90, "nul": "tonen"},
        "gevoelig": {"drempel": 10, "afronding": 5, "gebied": "wijk", "groep": 90, "nul": "tonen"},
        "zeer_gevoelig": {"drempel": 10, "afronding": 5, "gebied": "programma", "groep": 90, "nul": "tonen"},
    },
}


def rows(sleutels: str, *lines: str) -> list[dict]:
    """Return rows from a compact text: column names, then one line per row."""
    names = sleutels.split()
    return [dict(zip(names, [cell.strip() for cell in line.split("/")], strict=True)) for line in lines]


KLEIN = {
    "bronnen": rows(
        "bron_id titel gepubliceerd_op geraadpleegd_op vindplaats soort betrouwbaarheid",
        "b1/De brief/2009-10-08/2009-10-08/archief/brief/hoog",
        "b2/Een later bericht/2010-01-04/2010-01-05/archief/nieuwsbericht/hoog",
    ),
    "wijken": rows(
        "wijk_id naam rol volgorde bron_id",
        "noord/Noord/krachtwijk/1/b1",
        "zuid/Zuid/krachtwijk/2/b1",
        "stad/De stad/stad/3/b1",
    ),
    "themas": rows(
        "thema_id naam doelstelling jaar_van volgorde bron_id",
        "wonen/Wonen/Goede huizen./2008/1/b1",
        "werken/Werken//2008/2/b1",
        "leren/Leren//2008/3/b1",
    ),
    "projecten": rows(
        "project_id naam omschrijving aard gevoeligheid bron_id",
        "bouw/Bouw/Er komen huizen./fysiek/openbaar/b1",
        "baan/Baan/Mensen zoeken werk./economisch/gewoon/b1",
        "tv/TV/Jongeren maken televisie./sociaal/gewoon/b1",
        "thuis/Thuis/Gezinnen krijgen hulp./sociaal/gevoelig/b1",
        "plan/Plan/Er komt misschien iets./fysiek/openbaar/b1",
    ),
    "project_jaar": rows(
        "project_id jaar fase participatietrede bron_id reden_ontbreekt",
        "bouw/2009/uitvoering/meebeslissen/b1/",
        "baan/2009/uitvoering//b1/niet_in_bronnen",
        "tv/2009/afgesloten/zelf_doen/b1/",
        "thuis/2009/opstart//b1/nog_te_vroeg",
        "plan/2009///b1/niet_in_bronnen",
    ),
    "project_wijk": rows(
        "project_id jaar wijk_id aandeel hoofd bron_id reden_ontbreekt",
        "bouw/2009/noord/1/ja/b1/",
        "baan/2009/noord///b1/niet_in_bronnen",
        "baan/2009/zuid///b1/niet_in_bronnen",
        "tv/2009/zuid/1/ja/b1/",
        "thuis/2009/noord/1/ja/b1/",
    ),
    "project_thema": rows(
        "project_id jaar thema_id aandeel hoofd bron_id",
        "bouw/2009/wonen/1/ja/b1",
        "baan/2009/werken/0.5/ja/b1",
        "baan/2009/wonen/0.5/nee/b1",
        "tv/2009/leren/1/ja/b1",
        "thuis/2009/wonen/1/ja/b1",
        "plan/2009/wonen/1/ja/b1",
    ),
    "doelen": rows(
        "doel_id niveau project_id thema_id tekst eigenaar bron_id",
        "d-bouw/projectdoel/bouw/wonen/Meer huizen/gemeente/b1",
        "d-baan/projectdoel/baan/werken/Meer banen/gemeente/b1",
        "d-tv/projectdoel/tv/leren/Jongeren leren filmen/omroep/b1",
        "d-thuis/projectdoel/thuis/wonen/Gezinnen redden zich/gemeente/b1",
        "d-alles/programmadoel//werken/Minder bijstand/gemeente/b1",
    ),
    "indicatoren": rows(
        "indicator_id doel_id naam definitie soort eenheid telbasis richting optelbaar aggregatie cumulatief "
        "gevoeligheid decimalen bron_id",
        "i-huis/d-bouw/Nieuwe huizen/Huizen klaar./output/woningen/woningen/hoger/ja/som/nee/openbaar/0/b1",
        "i-film/d-tv/Deelnemers/Wie meedoet./output/personen/unieke_personen/hoger/nee/laatste_stand/nee/gewoon/0/b1",
        "i-werk/d-baan/Aan het werk/Wie werk vond./outcome/personen/unieke_personen/hoger/nee/som/nee/gewoon/0/b1",
        "i-bij/d-alles/Bijstand/Wie bijstand heeft./context/personen/unieke_personen/lager/nee/som/nee/gewoon/0/b1",
    ),
    "metingen": rows(
        "meting_id indicator_id wijk_id rol periode_start periode_eind waarde waarde_soort kwaliteit "
        "reden_ontbreekt bron_id",
        "m1/i-huis/noord/nulmeting/2007-01-01/2007-12-31/100/exact/A//b1",
        "m2/i-huis/noord/realisatie/2008-01-01/2008-12-31/150/exact/A//b1",
        "m3/i-huis/noord/streefwaarde/2009-01-01/2009-12-31/200/exact/A//b1",
        "m4/i-film/zuid/realisatie/2009-01-01/2009-10-08/20/ondergrens/C//b1",
        "m5/i-werk/noord/realisatie//2009-10-08////registratie_ontbreekt/b1",
        "m6/i-bij/stad/tussenstand//2008-04-01/7910/exact/A//b1",
        "m7/i-bij/stad/streefwaarde//2011-12-31/5700/exact/A//b1",
        "m8/i-bij/stad/tussenstand//2009-09-30/7526/exact/A//b2",
    ),
    "bewijzen": rows("bewijs_id doel_id soort niveau tekst datum bron_id",
                     "e1/d-baan/verhaal/0/Moeders zoeken werk./2009-10-08/b1"),
    "financiering": rows(
        "financiering_id post project_id thema_id wijk_id jaar jaar_tot geldbron soort begroot bron_id reden_ontbreekt",
        "f1/Rijk voor de wijken////2009//rijk/toezegging/1000/b1/niet_in_bronnen",
        "f2/Huizen/bouw/wonen/noord/2009//corporaties/begroting/500/b1/niet_in_bronnen",
        "f3/Plafond///noord/2009//cfv/plafond/9000/b1/niet_in_bronnen",
        "f4/Proef/tv/leren/zuid/2008/2009/gemeente/toezegging/90/b1/niet_in_bronnen",
    ),
    "participatie": rows(
        "moment_id project_id wijk_id datum moment aantal_bereikt waarde_soort bron_id reden_ontbreekt",
        "p1/bouw/noord/2009-05-12/Avond over de huizen/14/exact/b1/niet_in_bronnen",
    ),
    "raadsvragen": rows("raadsvraag_id fracties onderwerp bron_id reden_ontbreekt",
                        "r1/Partij A | Partij B/Bewoners/b1/niet_in_bronnen"),
    "toezeggingen": rows(
        "toezegging_id raadsvraag_id tekst termijn status anker bron_id",
        "t1/r1/Een rapportage/2009-10-31/nagekomen/bewonersparticipatie/b1",
        "t2//Een jaarplan/2009-12-31/open//b1",
    ),
    "kalender": rows(
        "moment_id jaar onderwerp gremium gepland_van gepland_tot status bron_id",
        "k1/2009/Jaarplan/college/2009-11-10/2009-11-20/gepland/b1",
        "k2/2008/Charter/rijk/2008-05-01/2008-05-31/gehouden/b1",
    ),
    "contextreeksen": rows("reeks_id naam definitie eenheid thema_id decimalen bron_id",
                           "huizen/Nieuwe huizen/Huizen klaar in het jaar./woningen/wonen/0/b1"),
    "contextwaarden": rows(
        "reeks_id wijk_id periode_start periode_eind waarde waarde_soort trendbreuk bron_id",
        "huizen/stad/2007-01-01/2007-12-31/1035/exact/nee/b1",
        "huizen/stad/2008-01-01/2008-12-31/1332/exact/nee/b1",
    ),
    "claims": rows(
        "claim_id document jaar volgorde tekst soort getal nulmeting streefwaarde bron_genoemd bewijsniveau bron_id",
        "c1/brief/2009/1/meer dan twintig jongeren/output/ja/nee/nee/nee/1/b1",
        "c2/brief/2009/2/brandgangen zijn veiliger/oorzaak/nee/nee/nee/nee/0/b1",
        "c3/brief/2009/3/wij willen meer/voornemen/nee/nee/nee/nee/0/b1",
    ),
}  # fmt: skip


# The next year: Bouw and Baan become one, TV stops, Thuis goes on, Plan is done, Kans is new; three themas become two.
PLAN = {
    "themas": rows(
        "thema_id naam jaar_van jaar_tot volgorde bron_id",
        "wonen/Wonen/2008/2009/1/b1",
        "werken/Werken/2008/2009/2/b1",
        "leren/Leren/2008/2009/3/b1",
        "thuis/Thuis/2010//1/b1",
        "meedoen/Meedoen/2010//2/b1",
    ),
    "projecten": KLEIN["projecten"] + rows(
        "project_id naam omschrijving aard gevoeligheid bron_id",
        "werk/Werkplaats/Bouwen en werken samen./economisch/gewoon/b1",
        "kans/Kans/Iets nieuws./sociaal/gewoon/b1",
    ),
    "project_jaar": KLEIN["project_jaar"] + rows(
        "project_id jaar fase bron_id reden_ontbreekt",
        "werk/2010/opstart/b1/nog_te_vroeg",
        "thuis/2010/uitvoering/b1/nog_te_vroeg",
        "kans/2010/idee/b1/nog_te_vroeg",
    ),
    "project_thema": KLEIN["project_thema"] + rows(
        "project_id jaar thema_id aandeel hoofd bron_id",
        "werk/2010/meedoen/1/ja/b1",
        "thuis/2010/thuis/1/ja/b1",
        "kans/2010/meedoen/1/ja/b1",
    ),
    "overgangen": rows(
        "overgang_id jaar van_project_id naar_project_id soort reden budget_mee bron_id",
        "o1/2010/bouw/werk/gebundeld/Samen sterker/300/b1",
        "o2/2010/baan/werk/gebundeld/Samen sterker/200/b1",
        "o3/2010/thuis/thuis/doorgaan/Het werkt//b1",
        "o4/2010/tv//gestopt/Te duur//b1",
        "o5/2010/plan//afgerond/Klaar//b1",
        "o6/2010//kans/nieuw/Gevraagd door bewoners//b1",
    ),
    "thema_overgangen": rows(
        "thema_overgang_id jaar van_thema_id naar_thema_id reden bron_id",
        "t1/2010/wonen/thuis/Breder/b1",
        "t2/2010/werken/meedoen/Breder/b1",
        "t3/2010/leren/meedoen/Breder/b1",
    ),
    "bewijzen": KLEIN["bewijzen"] + rows("bewijs_id soort niveau tekst datum bron_id",
                                         "e9/registratie/2/Zes mensen gingen door./2009-06-01/b1"),
    "relaties": rows(
        "relatie_id jaar project_a project_b soort bewijs_id gemeten_aantal bron_id",
        "r1/2009/baan/bouw/levert_deelnemers/e9/6/b1",
        "r2/2009/tv/baan/versterkt_resultaat///b1",
        "r3/2009/bouw/thuis/hindert///b1",
        "r4/2010/werk/kans/versterkt_resultaat/e9//b1",
    ),
    "leerpunten": rows(
        "leerpunt_id jaar project_id titel situatie wat_deden_wij wat_gebeurde bewijsniveau soort gevolg "
        "geen_gevolg_reden plan_project_id bron_id",
        "l1/2009/baan/Begin klein/Weinig mensen/Kleine groepen/Meer mensen/3/werkt/Wij beginnen klein//werk/b1",
        "l2/2009/tv/Te duur/Veel kosten/Sparen/Niet genoeg/1/werkt_niet//Het project stopt//b1",
    ),
    "overnames": rows("overname_id leerpunt_id waar buiten_gemeente overgenomen_op bron_id",
                      "v1/l1/Een andere stad/ja/2009-09-01/b1"),
    "doelbeoordelingen": rows("doel_id jaar acceptabel realistisch beoordeeld_door beoordeeld_op bron_id",
                              "d-bouw/2009/allen/onderbouwd/beleidsmedewerker/2009-09-01/b1"),
    "mijlpalen": rows("mijlpaal_id project_id omschrijving gepland gehaald status bron_id",
                      "mp1/bouw/Eerste paal/2009-03-01/2009-03-20/gehaald/b1"),
    "bewonersinitiatieven": rows(
        "wijk_id jaar aangevraagd_aantal toegekend_aantal uitgevoerd_aantal toegekend_bedrag bron_id",
        "noord/2009/8/5/3/1200/b1",
    ),
}  # fmt: skip
KLEIN = KLEIN | PLAN


def write(folder: Path, tables: dict[str, list[dict]]) -> Path:
    """Write the tables as CSV files with every column of the schema."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in SCHEMA:
        with open(folder / table.file, "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, table.columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables.get(table.name, []))
    return folder


@pytest.fixture
def with_row():
    """Return a function that gives the small municipality with one row changed (by its first column) or added."""

    def change_row(table: str, **change) -> dict[str, list[dict]]:
        key = SCHEMA[table].columns[0]
        kept = [row for row in KLEIN.get(table, []) if row[key] != change[key]]
        old = next((row for row in KLEIN.get(table, []) if row[key] == change[key]), {})
        return KLEIN | {table: [*kept, old | change]}

    return change_row


@pytest.fixture
def bouw(tmp_path):
    """Return a function that builds the store of tables, as known on a day."""

    def build(tables: dict[str, list[dict]] = KLEIN, kennis_tot: dt.date = dt.date(2009, 10, 8)) -> Store:
        frames, problems = read(write(tmp_path / "klein", tables), SCHEMA)
        assert not problems, [p.text() for p in problems]
        peildatum = dt.date(2009, 10, 8)
        store = Store(SCHEMA, frames, "klein", 2009, kennis_tot, peildatum, PARAMS)
        return privacy.protect(store.known_at(kennis_tot))

    return build


@pytest.fixture
def d(bouw):
    """Return the small municipality as known on 8 October 2009."""
    return bouw()
