"""The report per wijk: which projects touch it, by thema."""

from __future__ import annotations

import pandas as pd

from kwlib.show import (
    Alinea,
    Blok,
    Deel,
    Kop,
    Lijst,
    Tekst,
    cijfer,
    feit,
    groep,
    kol,
    nl,
    opsomming,
    rij,
    rijen,
    samen,
    tabel,
    tekst,
    verwijzing,
    vul,
    zin,
)
from kwlib.show.zinnen import met_woord
from kwlib.topics import kern


def _wijkgroep(ids: tuple[str, ...], krachtwijken: list[str]) -> str:
    touched = [w for w in krachtwijken if w in ids]
    return touched[0] if len(touched) == 1 else "meer" if touched else "buiten"


@feit(
    "groep",
    telwijze="uniek",
    projecten_aantal="Projecten in alleen deze wijk, in meer krachtwijken samen, of zonder bekende wijk.",
)
def verdeling(d) -> pd.DataFrame:
    """Return one row per krachtwijk plus 'meer' and 'buiten': every project counts once; rows add up."""
    projecten, wijken = kern.met(kern.projecten(d), "wijk"), kern.krachtwijken(d)
    ids = list(wijken["wijk_id"])
    projecten["groep"] = [_wijkgroep(p, ids) for p in projecten["wijk_ids"]]
    frame = kern.tel(projecten, "groep", [*ids, "meer", "buiten"], "projecten_aantal", "project_wijk")
    frame["herkomst"] = [kern.verenig([h, ("project_wijk",), *wijken["herkomst"]], "") for h in frame["herkomst"]]
    namen = kern.namen(wijken, "wijk_id") | {"meer": "meer dan één krachtwijk", "buiten": "wijk niet bekend"}
    frame["naam"] = [namen[g] if g in ("meer", "buiten") else f"alleen {namen[g]}" for g in frame["groep"]]
    return frame


@feit(
    "wijk_id",
    telwijze="raakt",
    projecten_aantal="Projecten die deze wijk raken.",
    ook_elders_aantal="Daarvan: projecten die ook een andere krachtwijk raken.",
)
def per_wijk(d) -> pd.DataFrame:
    """Return one row per krachtwijk: projects that touch it, and how many of them touch another one too."""
    projecten, wijken = kern.met(kern.projecten(d), "wijk"), kern.krachtwijken(d)
    ids, rows = set(wijken["wijk_id"]), []
    for wijk in wijken.itertuples():
        here = projecten.loc[[wijk.wijk_id in p for p in projecten["wijk_ids"]]]
        both = here.loc[[len(ids & set(p)) > 1 for p in here["wijk_ids"]]]
        herkomst = kern.verenig([*here["herkomst"], *wijken["herkomst"]], "project_wijk")
        telling = {"projecten_aantal": len(here), "ook_elders_aantal": len(both)}
        rows.append({"wijk_id": wijk.wijk_id, "wijk": wijk.naam, "herkomst": herkomst} | telling)
    return pd.DataFrame(rows)


@feit("thema_id", "wijk_id", telwijze="raakt", projecten_aantal="Projecten die dit thema en deze wijk raken.")
def thema_wijk(d) -> pd.DataFrame:
    """Return one row per thema × krachtwijk: projects that touch both."""
    projecten, rows = kern.met(kern.met(kern.projecten(d), "wijk"), "thema"), []
    for thema in kern.themas(d).itertuples():
        for wijk in kern.krachtwijken(d).itertuples():
            mask = [
                thema.thema_id in t and wijk.wijk_id in w
                for t, w in zip(projecten["thema_ids"], projecten["wijk_ids"], strict=True)
            ]
            part = projecten.loc[mask]
            rows.append(
                {
                    "thema_id": thema.thema_id,
                    "thema": thema.naam,
                    "wijk_id": wijk.wijk_id,
                    "projecten_aantal": len(part),
                    "herkomst": kern.verenig([*part["herkomst"], wijk.herkomst, thema.herkomst], "project_wijk"),
                }
            )
    return pd.DataFrame(rows)


def tabel_thema_wijk(d) -> Blok:
    """Return the matrix thema × wijk."""
    frame, wijken = thema_wijk(d), kern.krachtwijken(d)
    first = frame.drop_duplicates("thema_id")

    def aantal(wijk_id):
        return lambda r: tekst(cijfer(frame, "projecten_aantal", thema_id=r.thema_id, wijk_id=wijk_id), "cijfers")

    heads = [kol(w.wijk_id, w.naam, aantal(w.wijk_id), getal=True) for w in wijken.itertuples()]
    return tabel("thema-wijk", "Projecten per thema en wijk", first, [kol("thema", "Thema"), *heads])


def tabel_verdeling(d) -> Blok:
    """Return the table in which every project counts once."""
    return tabel(
        "verdeling-wijken",
        "Waar de projecten zijn",
        verdeling(d),
        [kol("naam", "Wijk"), kol("projecten_aantal", "Projecten")],
    )


def zin_wijken(d) -> Alinea:
    """Name the krachtwijken and say how many there are."""
    frame = aantal_wijken(d)
    return Alinea(
        zin(
            "het programma gaat over {n}: {namen}.",
            n=met_woord(cijfer(frame, "wijken_aantal"), "krachtwijk", "krachtwijken"),
            namen=opsomming(list(kern.krachtwijken(d)["naam"])),
        )
    )


@feit(wijken_aantal="Het aantal krachtwijken van de gemeente.")
def aantal_wijken(d) -> pd.DataFrame:
    """Return one row: the number of krachtwijken."""
    wijken = kern.krachtwijken(d)
    return pd.DataFrame([{"wijken_aantal": len(wijken), "herkomst": kern.verenig(wijken["herkomst"], "wijken")}])


def _zin(r) -> Tekst:
    if not r.projecten_aantal:
        return zin("geen enkel project gaat over {wijk}.", wijk=r.wijk)
    n, ook = r.cijfer("projecten_aantal"), r.cijfer("ook_elders_aantal")
    gaat = zin(f"{{n}} {'gaat' if n.waarde == 1 else 'gaan'} over {{wijk}}", n=met_woord(n, "project", "projecten"),
               wijk=r.wijk)  # fmt: skip
    if not ook.waarde:
        return samen(gaat, ".")
    deel = Deel("allemaal", c=ook) if 1 < ook.waarde == n.waarde else vul("{ook} daarvan", ook=ook)
    return samen(gaat, "; ", *([deel, " "] if n.waarde > 1 else []), "ook over een andere krachtwijk.")


def opening(d, wijk: str) -> Alinea:
    """Say how many projects one wijk (its id) has, and how many of them another one has too."""
    return Alinea(_zin(rij(per_wijk(d), wijk_id=wijk)))


def terugblik(d) -> Blok:
    """Return per krachtwijk: a sentence, and its projects by fase."""
    projecten, fasen = kern.projecten(d), kern.labels(d, "project_jaar", "fase")
    blokken: list[Blok] = []
    for r in rijen(per_wijk(d)):
        here = projecten.loc[[r.wijk_id in ids for ids in projecten["wijk_ids"]]]
        punten = [
            samen(Deel(nl.hoofdletter(naam), stijl="sterk"), ": ", opsomming(list(map(verwijzing_naar, namen))), ".")
            for fase, naam in fasen.items()
            if (namen := here[here["fase"] == fase].to_dict("records"))
        ]
        blokken += [Kop(2, tekst(r.wijk), f"wijk-{r.wijk_id}"), Alinea(_zin(r)), Lijst(tuple(punten))]
    return groep(blokken)


def verwijzing_naar(project: dict):
    """Return the project's name as a link to its card."""
    return verwijzing(f"project-{project['project_id']}", project["naam"])
