"""The letter as a baseline: each claim, and what supports it."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, alinea, feit, groep, kol, nl, opsomming, rij, tabel, zin
from kwlib.show.zinnen import met_woord, oorzaakzin, telzin, werkwoord
from kwlib.topics import kern

JA, NEE = "ja", "nee"
BEWEZEN = 3  # from here on there are indications or research; below it there is only a reasoning
WOORDEN = {"getal": "getal", "nulmeting": "nulmeting", "streefwaarde": "streefwaarde", "bron_genoemd": "bron"}
EISEN = {eis: f"met een {woord}" for eis, woord in WOORDEN.items()}


def _van(d, jaar: int) -> pd.DataFrame:
    return d.claims[d.claims["jaar"] == jaar]


@feit("claim_id")
def per_claim(d) -> pd.DataFrame:
    """Return one row per claim of the year's letter: text, kind, and yes or no for each requirement."""
    soorten = kern.labels(d, "claims", "soort")
    frame = _van(d, d.jaar).sort_values("volgorde")
    yes = {eis: [JA if bool(v) else NEE for v in frame[eis].fillna(False)] for eis in EISEN}
    return frame.assign(soort_naam=frame["soort"].map(soorten), **yes)[
        ["claim_id", "tekst", "soort", "soort_naam", *EISEN, "bewijsniveau", "opmerking", "herkomst"]
    ]


@feit(
    telwijze="uniek",
    claims_aantal="De uitspraken in de brief.",
    getal_aantal="Uitspraken met een getal.",
    nulmeting_aantal="Uitspraken met een nulmeting.",
    streefwaarde_aantal="Uitspraken met een streefwaarde.",
    bron_genoemd_aantal="Uitspraken met een bron.",
    voornemen_aantal="Uitspraken die een voornemen zijn en geen resultaat.",
    oorzaak_aantal="Uitspraken die een oorzaak noemen.",
)
def telling(d) -> pd.DataFrame:
    """Return one row: how many claims the letter makes and how many meet each requirement."""
    frame = per_claim(d)
    delen = {"claims_aantal": frame}
    delen |= {f"{eis}_aantal": frame[frame[eis] == JA] for eis in EISEN}
    delen |= {f"{soort}_aantal": frame[frame["soort"] == soort] for soort in ("voornemen", "oorzaak")}
    return kern.een_rij("claims", frame, **delen)


@feit("jaar", telwijze="uniek", claims_aantal="De uitspraken in de brief van dat jaar.",
      **{f"{eis}_aantal": f"Uitspraken {woord}." for eis, woord in EISEN.items()})  # fmt: skip
def per_jaar(d) -> pd.DataFrame:
    """Return one row per year with a letter, up to the edition's: its claims, and how many meet each requirement."""
    rows = []
    for jaar in sorted(j for j in d.claims["jaar"].dropna().unique() if j <= d.jaar):
        frame = _van(d, jaar)
        delen = {"claims_aantal": frame} | {f"{e}_aantal": frame[frame[e].fillna(False).astype(bool)] for e in EISEN}
        rows.append({"jaar": jaar, "herkomst": kern.verenig(frame["herkomst"], "claims")}
                    | {k: len(v) for k, v in delen.items()})  # fmt: skip
    return pd.DataFrame(rows)


def tabel_per_jaar(d) -> Blok:
    """Return the letters beside each other: claims, and how many carry a number, a beginning, a target and a source."""
    return tabel(
        "uitspraken-per-jaar",
        "De uitspraken in de brieven, per jaar",
        per_jaar(d),
        [
            kol("jaar", "Jaar"),
            kol("claims_aantal", "Uitspraken"),
            kol("getal_aantal", "Met een getal"),
            kol("nulmeting_aantal", "Met een begin"),
            kol("streefwaarde_aantal", "Met een doel"),
            kol("bron_genoemd_aantal", "Met een bron"),
        ],
        leeg="",
    )


def zin_telling(d) -> Alinea:
    """Name the letter, and say how many of its claims carry a number, a baseline, a target and a source."""
    r, frame = rij(telling(d)), _van(d, d.jaar)
    if frame.empty:
        return alinea(zin("over {jaar} is geen brief met uitspraken vastgelegd.", jaar=str(d.jaar)))
    brief = d.bronnen.set_index("bron_id").loc[frame["bron_id"].iat[0]]
    alles, dag = r.cijfer("claims_aantal"), brief["gepubliceerd_op"]

    def deel(kolom):
        return telzin(r.cijfer(kolom), alles, "uitspraak", "uitspraken")

    zinnen = [
        zin("dit gaat over de brief die het college zelf schreef (‘{titel}’{van}), niet over de brief die dit "
            "computerprogramma maakte.", titel=brief["titel"],
            van="" if pd.isna(dag) else f", {nl.datum(dag.date())}"),
        zin("wij bekeken {n} uit die brief.", n=met_woord(alles, "uitspraak", "uitspraken")),
    ]  # fmt: skip
    wel = [eis for eis in EISEN if r.waarden[f"{eis}_aantal"]]
    niet = [eis for eis in EISEN if eis not in wel]
    for eisen in [[eis] for eis in wel] + [niet] * bool(niet):
        kolom, wat = f"{eisen[0]}_aantal", opsomming([f"een {WOORDEN[eis]}" for eis in eisen], "of")
        heeft = werkwoord(r.cijfer(kolom), "heeft", "hebben")
        zinnen.append(zin("{deel} {heeft} {wat}.", deel=deel(kolom), heeft=heeft, wat=wat))
    is_ = werkwoord(r.cijfer("voornemen_aantal"), "is", "zijn")
    zinnen.append(zin("{deel} {is_} een voornemen en geen resultaat.", deel=deel("voornemen_aantal"), is_=is_))
    return alinea(*zinnen)


def zin_oorzaak(d) -> Blok:
    """Say how a causal claim without evidence should be worded; nothing when there are no claims."""
    frame = per_claim(d)
    if frame.empty:
        return groep([])
    found = frame[frame["soort"] == "oorzaak"]
    if found.empty:
        return Alinea(zin("de brief noemt geen oorzaken."))
    weakest = found.loc[found["bewijsniveau"].fillna(0).astype(int).idxmin()]
    niveau = 0 if pd.isna(weakest["bewijsniveau"]) else int(weakest["bewijsniveau"])
    if niveau >= BEWEZEN:
        return Alinea(zin("de brief noemt een oorzaak met bewijs: ‘{tekst}’.", tekst=weakest["tekst"]))
    return Alinea(
        zin(
            "de brief noemt een oorzaak: ‘{tekst}’. Daarvoor is geen bewijs bekend. Beter is: ‘{voorstel} …’.",
            tekst=weakest["tekst"],
            voorstel=oorzaakzin(niveau),
        )
    )


def tabel_claims(d) -> Blok:
    """Return the table of claims and what supports them."""
    return tabel(
        "claims",
        "De uitspraken in de brief, en wat ze ondersteunt",
        per_claim(d),
        [
            kol("tekst", "Uitspraak"),
            kol("soort_naam", "Soort"),
            kol("getal", "Getal"),
            kol("nulmeting", "Begin"),
            kol("streefwaarde", "Doel"),
            kol("bron_genoemd", "Bron"),
        ],
        leeg="",
    )
