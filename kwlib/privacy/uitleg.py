"""What protection does, for a privacy officer: what is hidden, why, and what an outsider can still work out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kwlib.privacy.lezer import Lezer, lees_deelnemers


def klassen(d) -> pd.DataFrame:
    """Return one row per class of sensitivity, with its rules."""
    return pd.DataFrame(d.params["beveiliging"]).T


def verborgen(d) -> pd.DataFrame:
    """Return one row per year and reason: how many counts of participants are hidden."""
    return d.telrooster[d.telrooster["weg"]].groupby(["jaar", "reden"]).size().rename("aantallen").reset_index()


def tabel(d, stap: str, telbasis: str) -> pd.DataFrame:
    """Return one published table of the year as a reader sees it: projects and themas by wijk, x where hidden."""
    t = d.telrooster[
        (d.telrooster["jaar"] == d.jaar) & (d.telrooster["stap"] == stap) & (d.telrooster["telbasis"] == telbasis)
    ]
    teken = t["aantal"].astype("string").mask(t["weg"], "x").fillna("onbekend")
    return t.assign(teken=teken).pivot(index=["thema_id", "project_id"], columns="wijk_id", values="teken").fillna("")


def afleidbaar(d) -> pd.DataFrame:
    """Return one row per hidden count of the year: the lowest and highest value that fit all that is published.

    An empty highest value means that nothing sets a limit.
    """
    lezer = Lezer()
    jaar = d.telrooster[d.telrooster["jaar"] == d.jaar]
    lees_deelnemers(lezer, jaar, d.wijken)
    grenzen = {c: deel.interval(c) for deel in lezer.delen() for c in deel.cellen}
    weg = jaar[jaar["weg"]]
    rows = [
        (*r, *grenzen[r[0]])
        for r in weg[["cel", "stap", "telbasis", "project_id", "thema_id", "wijk_id", "reden"]].itertuples(index=False)
    ]
    frame = pd.DataFrame(
        rows, columns=["cel", "stap", "telbasis", "project_id", "thema_id", "wijk_id", "reden", "laagste", "hoogste"]
    )
    frame["hoogste"] = frame["hoogste"].replace(np.inf, np.nan)
    return frame.round(0)


def nauwste(d) -> pd.DataFrame:
    """Return the hidden counts that an outsider can pin down best, the narrowest first."""
    frame = afleidbaar(d).dropna(subset="hoogste")
    return frame.assign(breedte=frame["hoogste"] - frame["laagste"]).sort_values(["breedte", "cel"]).head(15)
