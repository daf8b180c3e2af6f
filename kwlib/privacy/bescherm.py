"""The one way out: from a store with every count to a store in which no small group can be found."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from kwlib.privacy import nareken
from kwlib.privacy.afronden import afronden
from kwlib.privacy.onderdruk import Onmogelijk, kies
from kwlib.privacy.rooster import AFGEROND, ALLES, NIETS, TOTAAL, Bouw, Rooster, eisen, klassen
from kwlib.privacy.tellingen import deelnemers, metingen

PRIVACY = "privacy"
GETALLEN = ("waarde", "waarde_tot", "teller", "noemer")
SLEUTEL = ("cel", "jaar", "stap", "telbasis", "project_id", "thema_id", "wijk_id")
# A table that would lose more than this part is shown less finely: a table full of holes helps no one.
GATEN = 0.4
REDENEN = {
    "weg": "Te klein om te tonen, of nodig om een ander aantal te beschermen.",
    "samen": "Alleen voor alle wijken samen: per wijk zijn mensen te herkennen.",
    "grof": "In deze tabel zou te veel wegvallen. Daarom staat hier alleen een groter geheel.",
    "onbekend": "Het aantal is niet bekend.",
}
# Loose counts of people in other tables: nothing adds them up, so their own size decides. Columns, and whose class.
LOS = {
    "participatie": (("aantal_bereikt", "aantal_actief"), ("project_id",)),
    "relaties": (("gemeten_aantal",), ("project_a", "project_b")),
}


class UnsafeError(ValueError):
    """A count could still be seen or derived (V57, V58); `problems` says which."""

    def __init__(self, problems):
        self.problems = tuple(problems)
        super().__init__("\n".join(p.text() for p in self.problems))


def lattice(store: Any, eerder: Mapping[str, tuple[int, int]] | None = None) -> Rooster:
    """Return the lattice of a store that was not protected yet."""
    regels = klassen(store.params["beveiliging"])
    bouw = Bouw(krachtwijken=int((store.wijken["rol"] == "krachtwijk").sum()))
    deelnemers(bouw, store, regels)
    metingen(bouw, store, regels)
    return bouw.close(eerder)


def _rounded(rooster: Rooster, blad: str) -> Rooster | None:
    """Return the lattice with one sheet told in multiples of its threshold only; None when that cannot add up."""
    c = rooster.cellen
    plaats = np.flatnonzero((c["blad"] == blad) & c["mag"])
    waar = {p: n for n, p in enumerate(plaats)}
    sommen = [
        (waar[t], tuple(waar[d] for d in delen)) for t, delen in rooster.sommen if t in waar and waar.keys() >= {*delen}
    ]
    stap = int(c["drempel"].iloc[plaats].max())
    waarden = afronden(c["waarde"].iloc[plaats].to_numpy(float), sommen, stap)
    if waarden is None:
        return None
    c = c.copy()
    c.loc[c.index[plaats], "getoond"] = waarden
    van = np.maximum(waarden - stap, c["van"].iloc[plaats])
    tot = np.where(c["tot"].iloc[plaats] < 0, np.inf, c["tot"].iloc[plaats])
    c.loc[c.index[plaats], ["van", "tot"]] = np.column_stack([van, np.minimum(waarden + stap, tot)])
    c.loc[c.index[plaats], "afgerond"] = stap
    return dataclasses.replace(rooster, cellen=c.assign(toon=c["toon"] & (c["blad"] != blad)))


def zoek(rooster: Rooster) -> tuple[Rooster, np.ndarray, dict[str, int]]:
    """Return the lattice as it can be shown, what is hidden per cell, and how far each sheet was reduced.

    A sheet that would lose too much is shown less finely, in a fixed order; the thresholds never change.
    """
    alles = rooster.cellen.assign(getoond=np.nan)
    nodig = ~np.isnan(eisen(alles)[1])
    totaal = (alles[["project_id", "thema_id", "wijk_id"]] == ALLES).all(axis=1)
    klein_totaal = set(alles["blad"][nodig & totaal])
    niveaus: dict[str, int] = {}
    memo: dict = {}
    while True:
        now = dataclasses.replace(rooster, cellen=alles).coarser(niveaus)
        for blad in sorted(b for b, n in niveaus.items() if n == AFGEROND):
            rounded = _rounded(now, blad)
            niveaus[blad] = AFGEROND if rounded else NIETS
            now = rounded or now
        try:
            # What is too small is surely hidden; then what each table needs; then what linked tables need.
            for zeker in (lambda c: nodig, lambda c: kies(c, memo, linked=False), lambda c: kies(c, memo)):
                weg = zeker(now)
                if meer := _vol(now.cellen, weg, niveaus, klein_totaal):
                    break
        except Onmogelijk as fout:
            # What was rounded would tell too much: then it is not shown at all.
            meer = {b: NIETS for b in fout.bladen if niveaus.get(b) == AFGEROND}
            if not meer:
                raise UnsafeError(nareken.onmogelijk(fout.bladen)) from None
        if not meer:
            return now, weg, niveaus
        niveaus |= meer


def _vol(c: pd.DataFrame, weg: np.ndarray, niveaus: Mapping[str, int], klein_totaal: set[str]) -> dict[str, int]:
    """Return the next level of the sheets of participants that would lose too much and can be shown less finely.

    A total that is itself too small stays hidden: rounding would only say the same in another way.
    """
    toon = (c["toon"] & (c["tabel"] == "deelnemers")).to_numpy()
    gaten = pd.Series(weg[toon].astype(float)).groupby(c["blad"].to_numpy()[toon]).mean()
    laatste = {b: TOTAAL if b in klein_totaal else AFGEROND for b in gaten.index}
    return {b: niveaus.get(b, 0) + 1 for b, g in gaten.items() if g > GATEN and niveaus.get(b, 0) < laatste[b]}


def telrooster(rooster: Rooster, weg: np.ndarray, niveaus: Mapping[str, int]) -> pd.DataFrame:
    """Return one row per count of participants that a table may ask for, margins as '*'.

    Columns: cel, jaar, stap, telbasis, project_id, thema_id, wijk_id, aantal (missing when hidden or not known), van
    and tot (what is told of it), weg (hidden), reden, minstens (a part is not known), afgerond (not exact), herkomst.
    """
    out = []
    for r, hidden in zip(rooster.cellen.itertuples(), weg, strict=True):
        if r.tabel != "deelnemers":
            continue
        aantal, reden, speling = round(r.waarde / r.afronding) * r.afronding, None, r.afronding // 2
        if r.afgerond:
            aantal, hidden, speling = int(r.getoond), False, int(r.afgerond)
        elif hidden:
            grof = niveaus.get(r.blad, 0) > 0 and not r.toon
            reden = REDENEN["samen" if not r.mag else "grof" if grof else "weg"]
        told = (pd.NA,) * 3 if hidden else (aantal, max(aantal - speling, 0), aantal + speling)
        rest = (bool(hidden), reden, r.minstens, not hidden and speling > 0, r.herkomst)
        out.append((*(getattr(r, k) for k in SLEUTEL), *told, *rest))
    for r in rooster.onbekend:
        rest = (False, REDENEN["onbekend"], False, False, r.get("herkomst") or ("deelnemers",))
        out.append((*(r.get(k) for k in SLEUTEL), pd.NA, pd.NA, pd.NA, *rest))
    kolommen = [*SLEUTEL, "aantal", "van", "tot", "weg", "reden", "minstens", "afgerond", "herkomst"]
    return pd.DataFrame(out, columns=kolommen).astype(
        dict.fromkeys(("jaar", "aantal", "van", "tot"), "Int64") | dict.fromkeys(("weg", "minstens", "afgerond"), bool)
    )


def _deelnemers(frame: pd.DataFrame, rooster: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of participants with only what the telrooster shows."""
    fijn = rooster[(rooster["wijk_id"] != ALLES) & (rooster["project_id"] != ALLES)]
    shown = {h: (a, w) for (h, *_), a, w in zip(fijn["herkomst"], fijn["aantal"], fijn["weg"], strict=True)}
    pairs = [shown[h] for (h, *_) in frame["herkomst"]]
    out = frame.assign(aantal=pd.array([a for a, _ in pairs], dtype="Int64"))
    return _leeg(out, pd.Series([w for _, w in pairs], index=out.index, dtype=bool), ("aantal",))


def _leeg(frame: pd.DataFrame, weg: pd.Series, kolommen: tuple[str, ...]) -> pd.DataFrame:
    """Return the frame with the numbers (and the remark, that may repeat them) of the marked rows emptied."""
    out = frame.copy()
    out.loc[weg, [k for k in (*kolommen, "opmerking") if k in frame]] = pd.NA
    out.loc[weg, "reden_ontbreekt"] = PRIVACY
    return out


def _los(store: Any) -> dict[str, pd.DataFrame]:
    """Return the tables with loose counts; a row with one below the threshold of its project tells none."""
    regels = klassen(store.params["beveiliging"])
    klasse = {r.project_id: regels[r.gevoeligheid] for r in store.projecten.itertuples()}
    out = {}
    for tabel, (kolommen, projecten) in LOS.items():
        frame = getattr(store, tabel)
        van_rij = [[klasse.get(p, regels["gewoon"]) for p in rij] for rij in frame[list(projecten)].to_numpy()]
        grens = pd.Series([max(k.drempel for k in rij) for rij in van_rij], index=frame.index, dtype=float)
        nul = pd.Series([all(k.nul for k in rij) for rij in van_rij], index=frame.index, dtype=bool)
        klein = [((frame[k] < grens) & ((frame[k] > 0) | ~nul)).fillna(False) for k in kolommen]
        out[tabel] = _leeg(frame, pd.concat(klein, axis=1).any(axis=1).astype(bool), kolommen)
    return out


def protect(store: Any, eerder: Mapping[str, tuple[int, int]] | None = None) -> Any:
    """Return the protected store, with `telrooster`: what comes out may be shown; raise UnsafeError (V57, V58).

    `eerder` holds what earlier editions told (publicaties.eerder). The rows as read cannot be reached from the result.
    """
    rooster, weg, niveaus = zoek(lattice(store, eerder))
    tel = telrooster(rooster, weg, niveaus)
    c = rooster.cellen
    gemeten = set(c["blad"][weg & (c["tabel"] == "metingen")])
    frames = {
        "metingen": _leeg(store.metingen, store.metingen["meting_id"].isin(gemeten), GETALLEN),
        "deelnemers": _deelnemers(store.deelnemers, tel),
        **_los(store),
    }
    # A remark on a row may repeat its numbers, and one on participants compares them.
    stil = {(f"{naam}.csv", r) for naam, f in frames.items() for r in f.loc[f["reden_ontbreekt"] == PRIVACY, "rij"]}
    stil |= {("deelnemers.csv", r) for r in store.deelnemers["rij"]}
    safe = dataclasses.replace(
        store.replace(**frames),
        frames=MappingProxyType({**store.frames, **frames, "telrooster": tel}),
        problems=tuple(p for p in store.problems if (p.file, p.row) not in stil),
    )
    if found := nareken.nareken(safe, store, eerder or {}):
        raise UnsafeError(found)
    return safe
