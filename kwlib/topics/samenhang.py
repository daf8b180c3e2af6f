"""How projects hang together: links, their evidence, and who stands alone."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, alinea, cijfer, feit, kol, opsomming, rij, rijen, tabel, tekst, zin
from kwlib.show.verbanden import Band, Knoop, netwerk, warmte
from kwlib.show.zinnen import met_woord, telzin, werkwoord
from kwlib.topics import kern

STERK = ("versterkt_resultaat", "levert_deelnemers")
STOREND = ("hindert", "overlapt")


def _relaties(d, jaar: int | None = None) -> pd.DataFrame:
    """Return the links of a year between projects of that year, with both names and main themas."""
    projecten = kern.projecten(d, jaar).set_index("project_id")
    frame = d.relaties[d.relaties["jaar"] == (jaar or d.jaar)]
    frame = frame[frame["project_a"].isin(projecten.index) & frame["project_b"].isin(projecten.index)]
    bewijs = d.bewijzen.set_index("bewijs_id")["herkomst"]
    return frame.assign(
        a=frame["project_a"].map(projecten["naam"]),
        b=frame["project_b"].map(projecten["naam"]),
        thema_a=frame["project_a"].map(projecten["hoofdthema"]),
        thema_b=frame["project_b"].map(projecten["hoofdthema"]),
        bewezen=frame["bewijs_id"].notna() | frame["gemeten_aantal"].notna(),
        herkomst=[
            kern.verenig([h, bewijs.get(b, ()) if pd.notna(b) else (), *projecten.loc[list(ab), "herkomst"]], "")
            for h, b, *ab in zip(*(frame[c] for c in ("herkomst", "bewijs_id", "project_a", "project_b")), strict=True)
        ],
    )


@feit("relatie_id", gemeten_aantal="Het aantal dat is geteld, bijvoorbeeld mensen die doorgingen.")
def verbanden(d) -> pd.DataFrame:
    """Return one row per link of the year: from, kind, to, evidence."""
    frame, soorten = _relaties(d), kern.labels(d, "relaties", "soort")
    bewijzen = dict(zip(d.bewijzen["bewijs_id"], d.bewijzen["tekst"], strict=True))
    return frame.assign(
        wat=frame["soort"].map(soorten),
        bewijs=[bewijzen.get(b) if pd.notna(b) else None for b in frame["bewijs_id"]],
    ).sort_values(["a", "b", "soort"])[
        ["relatie_id", "a", "wat", "b", "soort", "bewezen", "bewijs", "gemeten_aantal", "reden_ontbreekt", "herkomst"]
    ]


@feit(
    "jaar",
    telwijze="uniek",
    projecten_aantal="Projecten in dat jaar.",
    verbanden_aantal="Verbanden tussen twee projecten.",
    verbonden_aantal="Projecten die een ander project versterken of er deelnemers aan leveren, of andersom.",
    ander_aantal="Projecten met alleen een ander verband.",
    alleen_aantal="Projecten zonder enig verband.",
    bewezen_aantal="Verbanden met bewijs.",
    kruis_aantal="Verbanden tussen twee verschillende thema’s.",
    storend_aantal="Verbanden waarbij projecten elkaar hinderen of overlappen.",
    per_project="Verbanden per project: elk verband telt bij beide projecten.",
)
def maten(d) -> pd.DataFrame:
    """Return one row for the edition's year and, in a plan, for the year before: links, evidence, who stands alone."""
    rows = []
    for jaar in sorted({d.jaar, kern.planjaar(d) - 1}):
        projecten, frame = kern.projecten(d, jaar), _relaties(d, jaar)
        sterk = frame[frame["soort"].isin(STERK)]
        raakt = projecten["project_id"].isin({*frame["project_a"], *frame["project_b"]})
        verbonden = projecten["project_id"].isin({*sterk["project_a"], *sterk["project_b"]})
        alles = pd.concat([projecten[["herkomst"]], frame[["herkomst"]]])
        delen = {
            "projecten_aantal": projecten,
            "verbanden_aantal": frame,
            "verbonden_aantal": projecten[verbonden],
            "ander_aantal": projecten[raakt & ~verbonden],
            "alleen_aantal": projecten[~raakt],
            "bewezen_aantal": frame[frame["bewezen"]],
            "kruis_aantal": frame[frame["thema_a"] != frame["thema_b"]],
            "storend_aantal": frame[frame["soort"].isin(STOREND)],
        }
        herkomst = kern.verenig([*alles["herkomst"], ("relaties",), *projecten["thema_herkomst"]], "relaties")
        rows.append(
            {naam: len(part) for naam, part in delen.items()}
            | {"jaar": jaar, "herkomst": herkomst, "decimalen": 1, "eenheid": "per project"}
            | {"per_project": 2 * len(frame) / len(projecten) if len(projecten) else pd.NA}
        )
    return pd.DataFrame(rows)


@feit("thema_a", "thema_b", verbanden_aantal="Verbanden tussen projecten van deze twee hoofdthema’s.")
def per_thema(d) -> pd.DataFrame:
    """Return one row per pair of themas, each pair once: the links between their projects."""
    frame, themas, rows = _relaties(d), kern.themas(d), []
    for i, een in enumerate(themas.itertuples()):
        for ander in themas[i:].itertuples():
            paar = sorted({een.thema_id, ander.thema_id})
            part = frame.loc[[sorted({a, b}) == paar for a, b in zip(frame["thema_a"], frame["thema_b"], strict=True)]]
            bron = (een.herkomst, ander.herkomst, ("relaties", "project_thema"))
            rows.append(
                {"thema_a": paar[0], "thema_b": paar[-1], "naam_a": een.naam, "naam_b": ander.naam,
                 "verbanden_aantal": len(part), "herkomst": kern.verenig([*part["herkomst"], *bron], "")}
            )  # fmt: skip
    return pd.DataFrame(rows)


def _genoemd(d, soorten: tuple[str, ...]) -> str:
    return "; ".join(f"{r.a} en {r.b}" for r in rijen(verbanden(d)) if r.soort in soorten)


def _voorbeeld(d) -> str:
    """Return one link of a project that has only links of other kinds; one that hinders when there is no better."""
    rows = list(rijen(verbanden(d)))
    sterk = {naam for r in rows if r.soort in STERK for naam in (r.a, r.b)}
    r = min((r for r in rows if not {r.a, r.b} <= sterk), key=lambda r: r.soort in STOREND)
    return f"{r.a} {r.wat} {r.b}"


def zin_maten(d) -> Alinea:
    """Say how many links there are, how many rest on evidence, who stands alone and who is in whose way."""
    r = rij(maten(d), jaar=d.jaar)
    if not r.verbanden_aantal:
        return alinea(zin("er zijn geen verbanden tussen projecten vastgelegd."))
    verbanden_, projecten = r.cijfer("verbanden_aantal"), r.cijfer("projecten_aantal")
    zinnen = [
        zin("er zijn {n} tussen projecten.", n=met_woord(verbanden_, "verband", "verbanden")),
        zin("voor {deel} is er bewijs.", deel=telzin(r.cijfer("bewezen_aantal"), verbanden_, "verband", "verbanden")),
        zin("{deel} {zijn} verbonden: het ene project versterkt het andere, of geeft er deelnemers aan door.",
            deel=telzin(r.cijfer("verbonden_aantal"), projecten, "project", "projecten"),
            zijn=werkwoord(r.cijfer("verbonden_aantal"), "is", "zijn")),
    ]  # fmt: skip
    if r.ander_aantal:
        zinnen.append(zin("{n} {heeft} alleen een ander verband. Een voorbeeld: {voorbeeld}.",
                          n=met_woord(r.cijfer("ander_aantal"), "project", "projecten"), voorbeeld=_voorbeeld(d),
                          heeft=werkwoord(r.cijfer("ander_aantal"), "heeft", "hebben")))  # fmt: skip
    if r.alleen_aantal:
        namen = opsomming(list(alleen(d)))
        zinnen.append(zin("zonder verband met een ander: {n} ({namen}).", n=r.cijfer("alleen_aantal"), namen=namen))
    if r.storend_aantal:
        zinnen.append(
            zin("deze projecten zitten elkaar in de weg of doen hetzelfde: {paren}.", paren=_genoemd(d, STOREND))
        )
    return alinea(*zinnen)


def alleen(d) -> list[str]:
    """Return the names of the projects of the year without any link."""
    frame = _relaties(d)
    return list(
        kern.projecten(d).loc[lambda p: ~p["project_id"].isin({*frame["project_a"], *frame["project_b"]}), "naam"]
    )


def tabel_maten(d) -> Blok:
    """Return the measures of coherence, per year."""
    return tabel(
        "samenhang-in-cijfers",
        "Samenhang tussen projecten",
        maten(d),
        [
            kol("jaar", "Jaar"),
            kol("projecten_aantal", "Projecten"),
            kol("verbanden_aantal", "Verbanden"),
            kol("per_project", "Per project"),
            kol("bewezen_aantal", "Met bewijs"),
            kol("kruis_aantal", "Tussen thema’s"),
            kol("alleen_aantal", "Projecten zonder verband"),
        ],
        toelichting="Een verband telt bij beide projecten. Minder projecten geven vanzelf meer verbanden per project. "
        "Kijk daarom ook naar het bewijs.",
    )


def tabel_verbanden(d) -> Blok:
    """Return all links with their evidence."""
    return tabel(
        "verbanden",
        "De verbanden tussen projecten",
        verbanden(d),
        [
            kol("a", "Project"),
            kol("wat", "Wat"),
            kol("b", "Ander project"),
            kol("bewijs", "Bewijs", lambda r: r.bewijs or ("geteld" if r.bewezen else "geen bewijs")),
            kol(
                "gemeten_aantal",
                "Geteld",
                lambda r: tekst(r.cijfer("gemeten_aantal"), "cijfers") if r.gemeten_aantal is not None else "–",
            ),
        ],
        leeg="Er zijn geen verbanden tussen projecten vastgelegd.",
    )


def figuur_netwerk(d) -> Blok:
    """Return the projects by main thema with an arc for each link."""
    if not len(verbanden(d)):
        return tabel_verbanden(d)
    namen = kern.namen(d.themas, "thema_id") | {kern.ONBEKEND: "Zonder hoofdthema"}
    knopen = [Knoop(p["naam"], namen[p["hoofdthema"]]) for p in kern.projecten(d).to_dict("records")]
    banden = [Band(r.a, r.b, bool(r.bewezen), r.soort in STOREND) for r in rijen(verbanden(d))]
    return netwerk(
        "verbanden-figuur",
        "Verbanden tussen projecten (doorgetrokken: met bewijs, streepjes: zonder bewijs, oranje: hindert of overlapt)",
        zin_maten(d).tekst,
        tabel_verbanden(d),
        knopen=knopen,
        banden=banden,
    )


def tabel_themas(d) -> Blok:
    """Return the links per pair of themas."""
    return tabel(
        "verbanden-themas",
        "Verbanden tussen thema’s",
        per_thema(d),
        [kol("naam_a", "Thema"), kol("naam_b", "Ander thema"), kol("verbanden_aantal", "Verbanden")],
    )


def _tussen(frame: pd.DataFrame, a: str, b: str) -> int:
    return cijfer(frame, "verbanden_aantal", thema_a=min(a, b), thema_b=max(a, b)).waarde


def figuur_themas(d) -> Blok:
    """Return the grid thema × thema with the number of links."""
    frame, themas = per_thema(d), kern.themas(d)
    if not frame["verbanden_aantal"].sum():
        return Alinea(zin("er zijn geen verbanden tussen thema’s vastgelegd."))
    ids = list(themas["thema_id"])
    waarden = [[None if j < i else _tussen(frame, a, b) for j, b in enumerate(ids)] for i, a in enumerate(ids)]
    return warmte(
        "verbanden-themas-figuur",
        "Hoeveel verbanden er zijn tussen (en binnen) thema’s",
        zin_maten(d).tekst,
        tabel_themas(d),
        namen=list(themas["naam"]),
        waarden=waarden,
    )
