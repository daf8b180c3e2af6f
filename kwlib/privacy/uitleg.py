"""What protection does, for a privacy officer: what is hidden, why, and what an outsider can still work out."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas.io.formats.style import Styler

from kwlib.privacy.bescherm import REDENEN
from kwlib.privacy.lezer import VEEL, Lezer, lees_deelnemers


def _heel(frame: pd.DataFrame) -> Styler:
    """Return a frame to look at, with every row and the whole of every text; empty where there is no number."""
    koppen = {k: k.removesuffix("_id").replace("_", " ").capitalize() for k in frame}
    heel = frame.rename(columns=koppen).replace("_", " ", regex=True).style.hide(axis="index")
    return heel.format(precision=0, na_rep="").set_table_styles([{"selector": "td, th", "props": "text-align: left"}])


def klassen(d) -> Styler:
    """Return one row per class of sensitivity, with its rules."""
    return _heel(pd.DataFrame(d.params["beveiliging"]).T.rename_axis("klasse").reset_index())


def verborgen(d) -> Styler:
    """Return one row per year and reason: how many counts of participants are hidden."""
    return _heel(d.telrooster[d.telrooster["weg"]].groupby(["jaar", "reden"]).size().rename("aantallen").reset_index())


def tabel(d, stap: str, telbasis: str) -> Styler:
    """Return one published table of the year as a reader sees it: projects and themas by wijk, x where hidden."""
    t = d.telrooster.query("jaar == @d.jaar and stap == @stap and telbasis == @telbasis")
    teken = t["aantal"].astype("string").mask(t["weg"], "x").fillna("onbekend")
    rijen = t.assign(teken=teken).pivot(index=["thema_id", "project_id"], columns="wijk_id", values="teken").fillna("")
    return _heel(rijen.rename_axis(columns=None).reset_index())


def _grenzen(d) -> pd.DataFrame:
    """Return one row per hidden count of the year: the lowest and highest value, missing when nothing sets a limit."""
    lezer, jaar = Lezer(), d.telrooster[d.telrooster["jaar"] == d.jaar]
    lees_deelnemers(lezer, jaar, d.wijken)
    grens = {c: deel.interval(c) for deel in lezer.delen() for c in deel.cellen}
    weg = jaar.loc[jaar["weg"], ["cel", "stap", "telbasis", "project_id", "thema_id", "wijk_id", "reden"]]
    laagste, hoogste = np.array([grens[c] for c in weg.pop("cel")]).reshape(-1, 2).T.round()
    return weg.assign(laagste=laagste, hoogste=np.where(hoogste < VEEL, hoogste, np.nan))


def afleidbaar(d) -> Styler:
    """Return one row per hidden count of the year: the lowest and highest value that fit all that is published."""
    return _heel(_grenzen(d))


def nauwste(d) -> Styler:
    """Return the hidden counts that an outsider can pin down best, the narrowest first.

    Left out is what only has no place in a table that is told less finely: it cannot be a small group, as it cannot be
    zero or cannot reach the lowest threshold.
    """
    frame = _grenzen(d).dropna(subset="hoogste")
    drempel = min((r["drempel"] for r in d.params["beveiliging"].values() if r["drempel"]), default=0)
    groot = (frame["laagste"] > 0) | (frame["hoogste"] < drempel)
    frame = frame[~(groot & (frame["reden"] == REDENEN["grof"]))]
    return _heel(
        frame.assign(breedte=frame["hoogste"] - frame["laagste"]).sort_values("breedte", kind="stable").head(15)
    )
