"""Goals and indicators: where we began, where we stand and where we want to be."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from kwlib.show import Alinea, Blok, Kop, Lijst, Tekst, alinea, feit, kol, nl, opsomming, rij, rijen, tabel, tekst, zin
from kwlib.show.delen import Deel, plat, samen, vul
from kwlib.show.feiten import Cijfer
from kwlib.show.figuren import Streep, stippen
from kwlib.show.zinnen import ontbreekzin, telzin, werkwoord
from kwlib.topics import doeltrede, gemeten, kern


@feit(
    "indicator_id",
    nul="De waarde aan het begin (nulmeting).",
    stand="De laatst bekende waarde op de peildatum.",
    streef="De waarde die is afgesproken als doel.",
    weg_pct="Het deel van de weg van begin naar doel dat is afgelegd: (stand − begin) / (doel − begin).",
)
def standen(d) -> pd.DataFrame:
    """Return one row per indicator of the year's goals: begin, last known value and target, each with its period,
    kind and record, where the goal holds.
    """
    doelen = doeltrede.van_jaar(d).set_index("doel_id")
    rows = []
    for i in d.indicatoren[d.indicatoren["doel_id"].isin(doelen.index)].to_dict("records"):
        rows.append(gemeten.stand(d, i, doelen.loc[i["doel_id"]]))
    frame = pd.DataFrame(rows, columns=list(rows[0]) if rows else ["indicator_id", "doel_id", "thema_id", "project_id"])
    order = {thema: n for n, thema in enumerate(kern.themas(d)["thema_id"])}
    frame = frame.assign(_o=frame["thema_id"].map(order))
    return frame.sort_values(["_o", "doel_id", "indicator_id"]).drop(columns="_o")


@feit(
    "thema_id",
    telwijze="hoofd",
    doel_aantal="Indicatoren waarvoor een doel in cijfers is afgesproken.",
    bekend_aantal="Daarvan: indicatoren waarvan de stand op de peildatum bekend is.",
    vergeleken_aantal="Indicatoren waarvan de stand en het doel bekend zijn en waarvan wij die kunnen vergelijken.",
    gehaald_aantal="Indicatoren waarvan de stand het doel haalt.",
)
def gehaald(d) -> pd.DataFrame:
    """Return one row per thema: its indicators with a target, those with a value too, and those that reach it."""
    frame = standen(d)
    frame = frame.assign(bereikt=[gemeten.bereikt(r) for r in rijen(frame)])
    rows = []
    for thema in kern.themas(d)["thema_id"]:
        part = frame[frame["thema_id"] == thema]
        doel = part[part["streef"].notna()]
        delen = {
            "doel_aantal": doel,
            "bekend_aantal": doel[doel["stand"].notna()],
            "vergeleken_aantal": part[part["bereikt"].notna()],
            "gehaald_aantal": part[part["bereikt"].eq(True)],
        }
        rows.append({"thema_id": thema, "herkomst": kern.verenig(part["herkomst"], "indicatoren")}
                    | {naam: len(deel) for naam, deel in delen.items()})  # fmt: skip
    return pd.DataFrame(rows)


def zin_gehaald(d, thema_id: str) -> Alinea | None:
    """Say of a thema how many targets can be compared, how many are reached, and whether there is time left.

    None when nothing has a target.
    """
    r = rij(gehaald(d), thema_id=thema_id)
    if not r.doel_aantal:
        return None
    bekend = telzin(r.cijfer("bekend_aantal"), r.cijfer("doel_aantal"), "cijfer met een doel", "cijfers met een doel")
    met = [i for i in rijen(_van_thema(d, thema_id)) if i.stand is not None and i.streef is not None]
    wel, niet, onzeker = ([i.naam for i in met if gemeten.bereikt(i) is oordeel] for oordeel in (True, False, None))
    loopt, voorbij = ([i.naam for i in met if (i.tijd_tot is not None) is nog] for nog in (True, False))
    zinnen = [zin("wij kennen de stand van {bekend}.", bekend=bekend)]
    if onzeker:
        zinnen.append(zin("of het doel is gehaald, kunnen wij niet zeggen bij: {namen}.", namen=opsomming(onzeker)))
    n, al, nog = r.cijfer("gehaald_aantal"), *(("nu al ", "nog niet") if loopt else ("", "niet"))
    if r.vergeleken_aantal == 1:
        zinnen += [_enige(i, n) for i in met if i.naam not in onzeker]
    elif r.vergeleken_aantal:
        deel = telzin(n, r.cijfer("vergeleken_aantal"), "stand", "andere standen" if onzeker else "standen")
        zinnen.append(zin(f"{{deel}} {{halen}} {al}het doel.", deel=deel, halen=werkwoord(n, "haalt", "halen")))
        zinnen += _minste({"wel": wel, nog: niet})
    if met:
        tijd = {"de termijn is nog niet voorbij bij": loopt, "de termijn is al voorbij bij": voorbij}
        zinnen += _minste(tijd) or [tekst(f"De termijn is {'nog niet' if loopt else 'al'} voorbij.")]
    return alinea(*zinnen)


def _enige(r, gehaald) -> Tekst:
    """Say of the one stand that can be compared whether it reaches the target, and of when both are."""
    wel, niet = ("", " niet") if r.tijd_tot is None else (" al", " nog niet")
    return zin(
        "{stand} van {toen} haalt het doel voor {dan}{al}.",
        stand=Deel("de stand", c=gehaald),
        toen=r.stand_periode,
        dan=r.streef_periode,
        al=wel if gehaald.waarde else niet,
    )


def _minste(groepen: dict[str, list[str]]) -> list[Tekst]:
    """Name the smaller of two groups; say nothing when one of them is empty."""
    begin, namen = min(groepen.items(), key=lambda groep: len(groep[1]))
    return [zin(f"{begin}: {{namen}}.", namen=opsomming(namen))] if namen else []


def zin_toeval(d, thema_id: str) -> Alinea | None:
    """Say which developments in a thema may be chance, and which way each went; None when none can be tested."""
    per: dict[str, list[Tekst]] = {}
    for r in rijen(_van_thema(d, thema_id)):
        if r.toeval:
            kant = "gestegen " if r.stand > r.nul else "gedaald " if r.stand < r.nul else ""
            gang = vul(f"{{naam}} ({kant}van {{nul:cijfers}} naar {{stand:cijfers}})",
                       naam=r.naam, nul=r.cijfer("nul"), stand=r.cijfer("stand"))  # fmt: skip
            per.setdefault(r.toeval, []).append(gang)
    zinnen = [zin(f"{oordeel} bij: {{namen}}.", namen=opsomming(gangen)) for oordeel, gangen in per.items()]
    return alinea(*zinnen) if zinnen else None


def _van_thema(d, thema_id: str) -> pd.DataFrame:
    frame = standen(d)
    return frame[frame["thema_id"] == thema_id]


def _thema(d, thema_id: str) -> str:
    return kern.namen(d.themas, "thema_id")[thema_id]


def tabel_van_thema(d, thema_id: str) -> Blok:
    """Return the table begin - now - target for the indicators of one thema; a plan has no now."""
    plan = d.params.get("soort") == "plan"
    return tabel(
        f"doelen-{thema_id}",
        zin("doelen en cijfers bij het thema {thema}", thema=_thema(d, thema_id)),
        _van_thema(d, thema_id),
        [k for k in KOLOMMEN if not (plan and k.naam in NU)],
        leeg="Voor dit thema zijn geen doelen met een indicator bekend.",
    )


KOLOMMEN = [
    kol("naam", "Wat meten wij (en waar)", lambda r: f"{r.naam} ({r.gebied})" if r.gebied else r.naam),
    kol("eenheid", "Eenheid"),
    kol("nul", "Begin"),
    kol("stand", "Nu"),
    kol("stand_kort", "Stand van", lambda r: r.stand_kort or "", getal=False),
    kol("streef", "Doel"),
    kol("streef_kort", "Doel voor", lambda r: r.streef_kort or "", getal=False),
]
NU = ("stand", "stand_kort")
GETALLEN = [k for k in KOLOMMEN if k.naam in gemeten.ROLLEN]


def figuur_van_thema(d, thema_id: str) -> Blok | None:
    """Return the bullet chart of the thema’s indicators that have a value and a target; None when there is none."""
    frame = _van_thema(d, thema_id)
    frame = frame[frame["stand"].notna() & frame["streef"].notna()]
    if len(frame):  # without any indicator there is no kind of target
        frame = frame[~frame["streef_soort"].eq("bereik").fillna(False)]
    if frame.empty:
        return None
    rows = list(rijen(frame))
    return stippen(
        f"stand-en-doel-{thema_id}",
        zin("stand en doel bij {thema} (balk: nu, ring: begin, streep: doel)", thema=_thema(d, thema_id)),
        samen(*(deel for r in rows for deel in (gemeten.zin_stand(r), " "))),
        tabel(f"stand-en-doel-{thema_id}-gegevens", "Stand en doel", frame, KOLOMMEN),
        strepen=[Streep(r.naam, *(_float(getattr(r, kolom)) for kolom in gemeten.ROLLEN), _regel(r)) for r in rows],
    )


def _regel(r) -> str:
    begin = [("begin", tekst(r.cijfer("nul"), "cijfers"))] if r.nul is not None else []
    rest = [("nu", tekst(r.cijfer("stand"), "cijfers")), ("doel", gemeten.doel(r, "cijfers"))]
    return " · ".join(f"{woord} {plat(waarde)}" for woord, waarde in (*begin, *rest))


def _float(waarde) -> float | None:
    return None if waarde is None else float(waarde)


# -- goals ---------------------------------------------------------------------------------------------------------


@feit("doel_id")
def lijst(d) -> pd.DataFrame:
    """Return one row per goal: level, thema, text, owner and end."""
    niveaus, themas = kern.labels(d, "doelen", "niveau"), kern.namen(d.themas, "thema_id")
    frame = doeltrede.van_jaar(d)
    return frame.assign(
        niveau=frame["niveau"].map(niveaus),
        thema=frame["thema_id"].map(themas),
        eind=[None if pd.isna(e) else e.date() for e in frame["eind"]],
    )[["doel_id", "niveau", "thema_id", "thema", "tekst", "eigenaar", "eind", "herkomst"]]


def doelen_van_thema(d, thema_id: str) -> list[Tekst]:
    """Return the goals of a thema as sentences with their level."""
    frame = lijst(d)
    return [tekst(f"{nl.hoofdletter(g.niveau)}: {g.tekst}") for g in rijen(frame[frame["thema_id"] == thema_id])]


def register(d) -> Blok:
    """Return the register of indicators: definition, begin, now, target, and per row why something is not known."""
    # A cell that writes its own 'onbekend' gives no note below the table: there nobody can tell of which row it is.
    nul, stand, streef = (replace(k, vorm=lambda r, naam=k.naam: _getal(r.cijfer(naam)), breedte=13) for k in GETALLEN)
    wat, van = kol("definitie", "Wat telt mee", _definitie, breedte=30), replace(KOLOMMEN[4], breedte=15)
    kolommen = [KOLOMMEN[0], wat, KOLOMMEN[1], nul, stand, van, streef]
    return tabel("alle-indicatoren", "Alle indicatoren, met begin, stand en doel", standen(d), kolommen)


def _getal(getal: Cijfer) -> Tekst:
    return (Deel("onbekend", c=getal, stijl="nadruk"),) if getal.ontbreekt else tekst(getal, "cijfers")


def _definitie(r) -> Tekst:
    """Return what counts, and per reason what is not known: 'Begin en doel: het staat niet in de openbare bronnen.'"""
    per: dict[str, list[str]] = {}
    for k in GETALLEN:
        if getattr(r, k.naam) is None:
            per.setdefault(ontbreekzin(getattr(r, f"{k.naam}_reden")), []).append(k.kop.lower())
    delen = [f" {nl.hoofdletter(nl.opsomming(wat))}: {reden[0].lower()}{reden[1:]}" for reden, wat in per.items()]
    return samen(r.definitie or "", *(Deel(deel, stijl="nadruk") for deel in delen))


def plan_van_thema(d, thema_id: str) -> list[Blok]:
    """Return what a thema wants to reach, with the beginning and the target of each indicator."""
    doelen = doelen_van_thema(d, thema_id)
    kop = Kop(3, tekst("Wat willen we bereiken?"), f"bereiken-{thema_id}")
    return [kop, Lijst(tuple(doelen)), tabel_van_thema(d, thema_id)] if doelen else []


def van_thema(d, thema_id: str) -> list[Blok]:
    """Return what a thema wanted to reach: its goals, how far they are, and the numbers."""
    doelen = doelen_van_thema(d, thema_id)
    if not doelen:
        return []
    blokken: list[Blok | None] = [
        Kop(3, tekst("Wat wilden we bereiken?"), f"bereiken-{thema_id}"),
        Lijst(tuple(doelen)),
        zin_gehaald(d, thema_id),
        zin_toeval(d, thema_id),
        figuur_van_thema(d, thema_id),
        tabel_van_thema(d, thema_id),
    ]
    return [blok for blok in blokken if blok is not None]
