"""A town that you can add up in your head: projects with one class each, and how many people per wijk."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from kwlib.data import read_schema
from kwlib.privacy import bescherm, nareken

SCHEMA = read_schema(Path(__file__).parents[2] / "data" / "datapackage.json")
BEVEILIGING = {
    "openbaar": {"drempel": 0, "afronding": 1, "gebied": "wijk", "groep": 100, "nul": "tonen"},
    "gewoon": {"drempel": 5, "afronding": 1, "gebied": "wijk", "groep": 90, "nul": "tonen"},
    "gevoelig": {"drempel": 10, "afronding": 5, "gebied": "wijk", "groep": 90, "nul": "tonen"},
    "zeer_gevoelig": {"drempel": 10, "afronding": 5, "gebied": "programma", "groep": 90, "nul": "tonen"},
}
METINGEN = ["meting_id", "indicator_id", "wijk_id", "rol", "periode_start", "periode_eind", "waarde", "waarde_tot",
            "teller", "noemer", "reden_ontbreekt", "herkomst"]  # fmt: skip


def maak(tabel, klassen=None, stap="gestart", jaar=2009, themas=None, telbasis="unieke_personen", metingen=(),
         doel_van=None):  # fmt: skip
    """Return the frames of a town: `tabel` holds per project its counts per wijk (None: not known).

    With `stap` as a tuple a count is a tuple too. Every project is 'gewoon' and has its own thema, unless told
    otherwise. `doel_van` is the project that measurements are about.
    """
    stappen = (stap,) if isinstance(stap, str) else stap
    wijken = [f"w{n}" for n in range(len(next(iter(tabel.values()))))]
    rows = [
        (p, jaar, w, s, n, telbasis, pd.NA, (f"deelnemers:{p}.{jaar}.{w}.{s}",))
        for p, counts in tabel.items()
        for w, cell in zip(wijken, counts, strict=True)
        for s, n in zip(stappen, cell if isinstance(cell, tuple) else (cell,), strict=True)
    ]
    namen = ["project_id", "jaar", "wijk_id", "stap", "aantal", "telbasis", "reden_ontbreekt", "herkomst"]
    deelnemers = pd.DataFrame(rows, columns=namen).astype({"aantal": "Int64"})
    projecten = pd.DataFrame(
        {"project_id": list(tabel), "gevoeligheid": [(klassen or {}).get(p, "gewoon") for p in tabel]}
    )
    thema_van = [(themas or {}).get(p, f"t-{p}") for p in tabel]
    hoofd = pd.DataFrame({"project_id": list(tabel), "jaar": jaar, "thema_id": thema_van, "hoofd": True})
    rollen = ["krachtwijk"] * len(wijken) + ["krachtwijken_samen", "stad"]
    in_stad = ["stad"] * (len(wijken) + 1) + [pd.NA]
    gebied = pd.DataFrame({"wijk_id": [*wijken, "samen", "stad"], "rol": rollen, "deel_van": in_stad})
    leeg = {"waarde_tot": None, "periode_start": None, "periode_eind": "2009", "reden_ontbreekt": pd.NA}
    gemeten = pd.DataFrame([{**leeg, **m, "herkomst": (m["meting_id"],)} for m in metingen], columns=METINGEN)
    gemeten = gemeten.astype(dict.fromkeys(["waarde", "waarde_tot", "teller", "noemer"], "Float64"))
    soort = pd.DataFrame({"indicator_id": list(BEVEILIGING), "gevoeligheid": list(BEVEILIGING), "telbasis": telbasis,
                          "doel_id": "d"})  # fmt: skip
    doelen = pd.DataFrame({"doel_id": ["d"], "project_id": [doel_van]})
    return SimpleNamespace(deelnemers=deelnemers, projecten=projecten, project_thema=hoofd, wijken=gebied,
                           schema=SCHEMA, metingen=gemeten, indicatoren=soort, doelen=doelen,
                           params={"beveiliging": BEVEILIGING})  # fmt: skip


def toon(stad, eerder=None):
    """Return the published table of a town and the rest that its audit needs."""
    rooster, weg, niveaus = bescherm.zoek(bescherm.lattice(stad, eerder))
    return publiceer(stad, rooster, weg, niveaus)


def publiceer(stad, rooster, weg, niveaus=None):
    """Return what is published when these cells are hidden."""
    c = rooster.cellen
    gemeten = set(c["blad"][weg & (c["tabel"] == "metingen")])
    metingen = bescherm._leeg(stad.metingen, stad.metingen["meting_id"].isin(gemeten), bescherm.GETALLEN)
    return SimpleNamespace(
        telrooster=bescherm.telrooster(rooster, weg, niveaus or {}), metingen=metingen, wijken=stad.wijken
    )


def klachten(stad, safe, eerder=None):
    """Return what the audit has to say."""
    return [p.text() for p in nareken.nareken(safe, stad, eerder or {})]


def plaatje(safe, *projecten, stap="gestart"):
    """Return the table as text: a row per project ('*': all), a column per wijk and the total; x for hidden."""
    t = safe.telrooster[safe.telrooster["stap"] == stap]
    if not projecten:
        projecten = (*dict.fromkeys(p for p in t["project_id"] if p != "*"), "*")
    wijken = [*sorted(set(t["wijk_id"]) - {"*"}), "*"]
    rows = []
    for p in projecten:
        rij = t[(t["project_id"] == p) & ((p != "*") | (t["thema_id"] == "*"))].set_index("wijk_id")
        getal = rij["aantal"].astype("string").fillna("?").mask(rij["weg"], "x")
        rows.append(" ".join(getal[w] for w in wijken))
    return rows


SOORTEN = ("openbaar", "gewoon", "gewoon", "gevoelig", "zeer_gevoelig")


def los(seed, soorten=SOORTEN, getallen=()):
    """Return a random town as each edition knows it: 2-6 wijken, 2-8 themas, one or two steps, one or two years.

    With two years the first edition tells one and the second both.
    """
    rng = np.random.default_rng(seed)
    # Small towns more often than large ones.
    wijken, themas = int(min(rng.integers(2, 7, 2))), int(min(rng.integers(2, 9, 2)))
    stappen, getallen = ("aangemeld", "gestart")[: rng.integers(1, 3)], getallen or range(rng.choice([8, 20, 60]))
    klassen = {f"p{n}": str(rng.choice(soorten)) for n in range(themas)}
    jaren = []
    for jaar in (2008, 2009)[rng.integers(2) :]:
        eerst = {p: rng.choice(getallen, wijken) for p in klassen}
        tabel = {
            p: [(int(e), int(rng.choice([g for g in getallen if g <= e])))[: len(stappen)] for e in rij]
            for p, rij in eerst.items()
        }
        jaren.append(maak(tabel, klassen, stappen, jaar, {p: f"t{rng.integers(themas)}" for p in tabel}))
    return [jaren[0], samen(*jaren)][: len(jaren)]


def samen(*jaren):
    """Return one town of several years."""
    frames = {k: pd.concat([getattr(j, k) for j in jaren], ignore_index=True) for k in ("deelnemers", "project_thema")}
    return SimpleNamespace(**vars(jaren[0]) | frames)


def edities(seed):
    """Yield per edition of a random town what is known, what is published of it, and what was published before."""
    eerder = {}
    for stad in los(seed):
        safe = toon(stad, eerder)
        yield stad, safe, eerder
        eerder = gezegd(safe)


def gezegd(safe):
    """Return what is told of each count, for later editions."""
    return {r.cel: (r.van, r.tot) for r in safe.telrooster.dropna(subset="van").itertuples()}


@pytest.fixture(scope="session")
def town():
    return maak
