"""A small valid delivery of data, and the schema it follows, in short notation."""

import csv
import datetime as dt
import io

import pytest

from kwlib.data import check, make_store, parse_schema

REDENEN = "nog_te_vroeg|niet_tastbaar|registratie_ontbreekt|niet_in_bronnen|vergeten|privacy"
# name, then * key, ! required, ? wanted, :type, =codes, >table it refers to
TABLES = {
    "bronnen": "bron_id* titel! gepubliceerd_op:date? datum_nauwkeurigheid=dag|maand|jaar|onbekend "
    "geraadpleegd_op:date! vindplaats!",
    "wijken": "wijk_id* naam! rol!=krachtwijk|stad|land deel_van>wijken volgorde:integer",
    "themas": "thema_id* naam! jaar_van:integer jaar_tot:integer volgorde:integer",
    "projecten": "project_id* naam! opdrachtgever trekker_rol startjaar:integer verwacht_eind:date",
    "project_jaar": "project_id*>projecten jaar*:integer fase?=idee|opstart|uitvoering|afronding|afgesloten "
    "begroot_totaal:number",
    "project_wijk": "project_id*>projecten jaar*:integer wijk_id*>wijken aandeel:number hoofd:boolean",
    "project_thema": "project_id*>projecten jaar*:integer thema_id*>themas aandeel:number hoofd:boolean",
    "doelen": "doel_id* niveau!=maatschappelijk_effect|programmadoel|projectdoel ouder_doel_id>doelen "
    "project_id>projecten thema_id>themas tekst! begin:date eind:date",
    "indicatoren": "indicator_id* doel_id>doelen naam! soort!=output|outcome|context eenheid! "
    "telbasis!=unieke_personen|deelnames|gezinnen|woningen|rapportcijfer|procent richting=hoger|lager|behoud "
    "optelbaar:boolean aggregatie=som|gewogen_gemiddelde|laatste_stand|niet decimalen:integer",
    "metingen": "meting_id* indicator_id!>indicatoren wijk_id>wijken "
    "rol!=nulmeting|streefwaarde|tussenstand|realisatie "
    "periode_start:date periode_eind:date waarde:number waarde_tot:number teller:number noemer:number "
    "waarde_soort=exact|ondergrens|bereik",
    "financiering": "financiering_id* post project_id>projecten jaar!:integer jaar_tot:integer geldbron!=rijk|gemeente "
    "soort!=begroting|plafond|besteding begroot:number gewijzigd_begroot:number besteed:number prijspeil "
    "btw_inbegrepen:boolean",
    "kalender": "moment_id* jaar:integer gepland_van:date gepland_tot:date",
    "contextreeksen": "reeks_id* naam! schaal_min:number schaal_max:number",
    "contextwaarden": "reeks_id*>contextreeksen wijk_id*>wijken periode_eind*:date periode_start:date waarde:number",
}
OPTIONAL = {"financiering", "kalender", "contextreeksen", "contextwaarden"}
VERSIONS = {"financiering": ["post", "project_id", "geldbron", "jaar"]}
ROWS = {
    "bronnen": [
        "brief,Brief aan de raad,2009-10-08,dag,2026-11-01,archief,,,",
        "besluit-2009,Besluit,2009-07-01,dag,2026-11-01,wet,,,",
        "besluit-2011,Besluit,2011-07-20,dag,2026-11-01,wet,,,",
        "website,Website,,onbekend,2026-11-01,site,,niet_in_bronnen,",
    ],
    "wijken": [
        "groningen,Groningen,stad,,9,brief,,",
        "de-hoogte,De Hoogte,krachtwijk,groningen,1,brief,,",
        "korrewegwijk,Korrewegwijk,krachtwijk,groningen,2,brief,,",
    ],
    "themas": ["leren,Leren,2007,,1,brief,,", "werken,Werken,2007,,2,brief,,"],
    "projecten": [
        "stadjerstv,StadjersTV,gemeente,coördinator,2008,2010-12-31,brief,,",
        "schuttingen,Schuttingen,gemeente,opzichter,2009,,brief,,",
    ],
    "project_jaar": ["stadjerstv,2009,uitvoering,300.5,brief,,", "schuttingen,2009,opstart,,brief,,"],
    "project_wijk": [
        "stadjerstv,2009,de-hoogte,0.5,ja,brief,,",
        "stadjerstv,2009,korrewegwijk,0.5,nee,brief,,",
        "schuttingen,2009,de-hoogte,,,brief,niet_in_bronnen,",
    ],
    "project_thema": ["stadjerstv,2009,leren,1,ja,brief,,", "schuttingen,2009,werken,1,ja,brief,,"],
    "doelen": [
        "d-tv,projectdoel,,stadjerstv,leren,Jongeren leren een vak,2009-01-01,2009-12-31,brief,,",
        "d-veilig,projectdoel,,schuttingen,,Brandgangen zijn veilig,,,brief,,",
    ],
    "indicatoren": [
        "i-jongeren,d-tv,jongeren in opleiding,output,jongeren,unieke_personen,hoger,ja,som,0,brief,,",
        "i-werk,d-veilig,werk na een half jaar,outcome,procent,procent,hoger,nee,gewogen_gemiddelde,1,brief,,",
    ],
    "metingen": [
        "m-nul,i-jongeren,de-hoogte,nulmeting,,2008-12-31,5,,,,exact,brief,,",
        "m-doel,i-jongeren,de-hoogte,streefwaarde,,2009-12-31,30,,,,exact,brief,,",
        "m-nu,i-jongeren,de-hoogte,realisatie,2009-01-01,2009-09-30,21,,,,ondergrens,brief,,",
        "m-werk-nul,i-werk,,nulmeting,,2008-12-31,40,,12,30,exact,brief,,",
        "m-werk-doel,i-werk,,streefwaarde,,2009-12-31,70,,,,exact,brief,,",
        "m-werk,i-werk,,tussenstand,,2009-09-30,63.6,,14,22,exact,brief,,",
        "m-later,i-werk,,realisatie,,2009-12-31,,,,,,brief,nog_te_vroeg,",
    ],
    "financiering": [
        "f-rijk,camera's,stadjerstv,2009,,rijk,begroting,200.5,,190,2009,ja,brief,,",
        "f-gemeente,zaal,stadjerstv,2009,,gemeente,begroting,100,,100,2009,ja,brief,,",
        "f-cfv-2009,bijdrage,,2009,,rijk,plafond,570,,,2009,ja,besluit-2009,,",
        "f-cfv-2011,bijdrage,,2009,,rijk,plafond,380,,,2009,ja,besluit-2011,,",
    ],
    "kalender": ["raad,2009,2009-12-01,2009-12-31,brief,,"],
    "contextreeksen": ["lbm,Leefbaarometer,1,9,brief,,"],
    "contextwaarden": ["lbm,de-hoogte,2008-12-31,,5,besluit-2009,,", "lbm,groningen,2008-12-31,,6,website,,"],
}
PARAMS = {"jaar": 2009, "kennis_tot": dt.date(2011, 12, 31), "verslagperiode_start": dt.date(2008, 10, 1),
          "verslagperiode_eind": dt.date(2009, 9, 30)}  # fmt: skip


def _field(short):
    field, rules, target = {}, {}, None
    if ">" in short:
        short, target = short.split(">")
    if "=" in short:
        short, codes = short.split("=")
        rules["enum"] = codes.split("|")
        field["kw:codes"] = {c: c.capitalize() for c in rules["enum"]}
    for word, mark in (("gewenst", "?"), ("required", "!"), ("key", "*")):
        if mark in short:
            short, field[word] = short.replace(mark, ""), True
    if short.endswith(":boolean"):
        field |= {"trueValues": ["ja"], "falseValues": ["nee"]}
    key, field["kw:gewenst"] = field.pop("key", False), field.pop("gewenst", False)
    rules["required"] = field.pop("required", False) or key
    field["name"], _, field["type"] = short.partition(":")
    return {**field, "type": field["type"] or "string", "constraints": rules}, key, target


def _resource(name, short):
    last = ("" if name == "bronnen" else "bron_id>bronnen ") + f"reden_ontbreekt={REDENEN} opmerking"
    if name == "bronnen":
        last = "licentie " + last
    fields = [_field(part) for part in f"{short} {last}".split()]
    keys = [
        {"fields": f["name"], "reference": {"resource": "" if t == name else t,
         "fields": {"deel_van": "wijk_id", "ouder_doel_id": "doel_id"}.get(f["name"], f["name"])}}
        for f, _, t in fields if t
    ]  # fmt: skip
    return {
        "name": name,
        "type": "table",
        "path": f"groningen/{name}.csv",
        "title": name.capitalize(),
        "kw:optioneel": name in OPTIONAL,
        "schema": {
            "fields": [f for f, _, _ in fields],
            "primaryKey": [f["name"] for f, key, _ in fields if key],
            "foreignKeys": keys,
            "kw:versiesleutel": VERSIONS.get(name, []),
            "kw:rij": f"één {name}",
        },
    }


class Delivery:
    """A folder with one CSV file per table, to be broken in one place."""

    def __init__(self, path, schema):
        self.path, self.schema = path, schema
        path.mkdir()
        for name, rows in ROWS.items():
            header = ",".join(schema[name].columns)
            (path / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")

    def table(self, name):
        return list(csv.reader(io.StringIO((self.path / f"{name}.csv").read_text("utf-8"), newline="")))

    def write(self, name, rows, **kwargs):
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n", **kwargs).writerows(rows)
        (self.path / f"{name}.csv").write_text(buffer.getvalue(), "utf-8")

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
        return check(self.path, self.schema, PARAMS | params)

    def problems(self, **params):
        return self.check(**params).problems

    def store(self, day, **params):
        return make_store(self.check(**params), PARAMS | {"gemeente": "groningen", "kennis_tot": day})


@pytest.fixture(scope="session")
def package():
    return {"name": "test", "title": "Krachtwijken", "resources": [_resource(n, s) for n, s in TABLES.items()]}


@pytest.fixture(scope="session")
def schema(package):
    return parse_schema(package)


@pytest.fixture(scope="session")
def deliver(schema):
    return lambda path: Delivery(path, schema)


@pytest.fixture
def delivery(tmp_path, deliver):
    return deliver(tmp_path / "groningen")
