"""The tree of goals: which project goal serves which goal of the programme, and which effect on society."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from kwlib.show import Alinea, Blok, Kop, Lijst, Tekst, feit, groep, rijen, tekst, zin
from kwlib.topics import doeltrede, kern


@feit("doel_id")
def boom(d) -> pd.DataFrame:
    """Return one row per goal of the year with the goal above it (None at the top), its level and project."""
    frame, niveaus = doeltrede.van_jaar(d), kern.labels(d, "doelen", "niveau")
    projecten = kern.namen(d.projecten, "project_id")
    ouder = frame["ouder_doel_id"].where(frame["ouder_doel_id"].isin(frame["doel_id"]))
    return frame.assign(
        ouder=ouder, soort=frame["niveau"].map(niveaus), project=frame["project_id"].map(projecten)
    ).sort_values(["doel_id"])[["doel_id", "ouder", "soort", "tekst", "project", "thema_id", "herkomst"]]


def _regel(r) -> Tekst:
    return tekst(f"{r.tekst} ({r.project})" if r.project else f"{r.tekst} ({r.soort})")


def _onder(onder: dict[str | None, list], doel_id: str) -> Iterator:
    """Yield all goals below one, in depth."""
    for r in onder.get(doel_id, []):
        yield r
        yield from _onder(onder, r.doel_id)


def overzicht(d) -> Blok:
    """Return per top goal a heading and the goals below it, in depth; loose goals stand together at the end.

    Goals that are below each other are loose too.
    """
    rows = list(rijen(boom(d)))
    onder: dict[str | None, list] = {}
    for r in rows:
        onder.setdefault(r.ouder, []).append(r)
    blokken: list[Blok] = []
    gezien = {r.doel_id for top in onder.get(None, []) for r in (top, *_onder(onder, top.doel_id))}
    los = [_regel(r) for r in rows if r.doel_id not in gezien]
    for top in onder.get(None, []):
        if top.doel_id not in onder:
            los.append(_regel(top))
            continue
        blokken.append(Kop(3, tekst(top.tekst), f"boom-{top.doel_id}"))
        for kind in onder[top.doel_id]:
            punten = tuple(map(_regel, _onder(onder, kind.doel_id)))
            blokken += [Alinea(_regel(kind)), *([Lijst(punten)] if punten else [])]
    if los:
        blokken += [Kop(3, tekst("Doelen die niet onder een ander doel vallen"), "boom-los"), Lijst(tuple(los))]
    return groep(blokken or [Alinea(zin("er zijn geen doelen bekend."))])
