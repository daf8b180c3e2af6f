"""The report per thema: one section for each, filled by the topics that the chapter names."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from kwlib.show import Alinea, Blok, Kop, feit, groep, tekst
from kwlib.topics import kern

Deel = Callable[..., Iterable[Blok]]


@feit("thema_id")
def alle(d) -> pd.DataFrame:
    """Return one row per thema that has a project or a goal this year, in report order; last: no thema known."""
    projecten = kern.projecten(d)
    used = {t for ids in projecten["thema_ids"] for t in ids} | set(kern.doelen(d)["thema_id"].dropna())
    frame = kern.themas(d)[["thema_id", "naam", "doelstelling", "herkomst"]]
    frame = frame[frame["thema_id"].isin(used)]
    if (projecten["hoofdthema"] == kern.ONBEKEND).any():
        rest = {"thema_id": kern.ONBEKEND, "naam": "Zonder hoofdthema", "herkomst": ("project_thema",)}
        frame = pd.concat([frame, pd.DataFrame([rest])], ignore_index=True)
    return frame


def terugblik(d, *delen: Deel) -> Blok:
    """Return a section per thema: its objective, then the blocks of each of `delen` (called with d and thema id)."""
    blokken: list[Blok] = []
    for thema in alle(d).itertuples():
        blokken.append(Kop(2, tekst(thema.naam), f"thema-{thema.thema_id}"))
        if pd.notna(thema.doelstelling):
            blokken.append(Alinea(tekst(thema.doelstelling)))
        blokken += [blok for deel in delen for blok in deel(d, thema.thema_id)]
    return groep(blokken)
