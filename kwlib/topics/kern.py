"""Facts that several chapters share: the projects of a year, their themas and wijken, and counting with lineage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from kwlib.show import nl
from kwlib.show.feiten import once

UITGEVOERD = ("uitvoering", "afronding", "afgesloten")
NIET_GESTART = ("idee", "opstart")
ONBEKEND = "onbekend"


def verenig(herkomsten: Iterable[tuple[str, ...]], anders: str) -> tuple[str, ...]:
    """Unite record ids, sorted; nothing at all means the whole table `anders` was looked at."""
    return tuple(sorted({record for records in herkomsten for record in records})) or (anders,)


def per(frame: pd.DataFrame, kolom: str) -> dict[str, list]:
    """Return value of a column → its rows in order, as named tuples: quick where many values are looked up."""
    out: dict[str, list] = {}
    for row in frame.itertuples(index=False):
        out.setdefault(getattr(row, kolom), []).append(row)
    return out


def tel(frame: pd.DataFrame, kolom: str, volgorde: Sequence, naar: str, tabel: str) -> pd.DataFrame:
    """Return one row per value of `volgorde`, also where nothing is: the value, its count `naar`, herkomst."""
    rows = []
    for value in volgorde:
        part = frame[frame[kolom] == value]
        rows.append({kolom: value, naar: len(part), "herkomst": verenig(part["herkomst"], tabel)})
    return pd.DataFrame(rows, columns=[kolom, naar, "herkomst"])


def tel_kolommen(delen: dict[str, pd.DataFrame], tabel: str) -> dict:
    """Return, for one row of a fact, a count and its own herkomst per named part."""
    out = {}
    for naam, part in delen.items():
        out[naam] = len(part)
        out[f"{naam}__herkomst"] = verenig(part["herkomst"], tabel)
    return out


def een_rij(tabel: str, frame: pd.DataFrame, **delen: pd.DataFrame) -> pd.DataFrame:
    """Return the one row of a fact: a count with its own herkomst per named part, and the herkomst of the whole."""
    return pd.DataFrame([tel_kolommen(delen, tabel) | {"herkomst": verenig(frame["herkomst"], tabel)}])


def gepubliceerd(bron) -> str | None:
    """Return when a source came out, as exactly as is known: a day, a month or a year."""
    if pd.isna(bron.gepubliceerd_op):
        return None
    dag = bron.gepubliceerd_op.date()
    return {"maand": nl.maand(dag), "jaar": str(dag.year)}.get(bron.datum_nauwkeurigheid, nl.datum(dag))


def planjaar(d) -> int:
    """Return the year that is planned for: the year of a plan itself, the year after that of a report."""
    return d.jaar if d.params.get("soort") == "plan" else d.jaar + 1


def hier(d) -> str:
    """Return what the document is about: the report as a whole, or one wijk by name."""
    return d.params.get("wijk", "deze rapportage")


def themas(d, jaar: int | None = None) -> pd.DataFrame:
    """Return one row per thema of a year (that of the edition), in report order."""
    t, jaar = d.themas, jaar or d.jaar
    valid = (t["jaar_van"].fillna(0) <= jaar) & (t["jaar_tot"].fillna(9999) >= jaar)
    return t[valid].sort_values(["volgorde", "thema_id"], ignore_index=True)


def krachtwijken(d) -> pd.DataFrame:
    """Return one row per krachtwijk, in report order."""
    return d.wijken[d.wijken["rol"] == "krachtwijk"].sort_values(["volgorde", "wijk_id"], ignore_index=True)


def _per_project(frame: pd.DataFrame, kolom: str, volgorde: dict[str, int]) -> dict[str, tuple]:
    """Return per project: all ids in report order, the main one (None when not known), and the record ids."""
    frame = frame.assign(_orde=frame[kolom].map(volgorde), hoofd=frame["hoofd"].fillna(False).astype(bool))
    links: dict[str, list] = {}
    for link in frame.sort_values(["_orde", kolom]).to_dict("records"):
        links.setdefault(link["project_id"], []).append(link)
    return {
        project: (
            tuple(link[kolom] for link in found),
            next((link[kolom] for link in found if link["hoofd"]), None),
            verenig((link["herkomst"] for link in found), project),
        )
        for project, found in links.items()
    }


def doelen(d, jaar: int | None = None) -> pd.DataFrame:
    """Return one row per goal that holds in a year (that of the edition): begun by its end, not ended before it."""
    begin, eind, jaar = d.doelen["begin"].dt.year, d.doelen["eind"].dt.year, jaar or d.jaar
    return d.doelen[(begin.isna() | (begin <= jaar)) & (eind.isna() | (eind >= jaar))]


@once
def projecten(d, jaar: int | None = None) -> pd.DataFrame:
    """Return one row per project of a year (that of the edition): texts, fase, themas and wijken, herkomst per aspect.

    `herkomst` holds the project and its year; `thema_herkomst` and `wijk_herkomst` hold what links it.
    """
    jaar = jaar or d.jaar
    frame = d.project_jaar[d.project_jaar["jaar"] == jaar].merge(
        d.projecten.drop(columns=["rij"]), on="project_id", suffixes=("", "_project"), validate="one_to_one"
    )
    frame["herkomst"] = [verenig(pair, "") for pair in zip(frame["herkomst_project"], frame["herkomst"], strict=True)]
    frame["fase"] = frame["fase"].fillna(ONBEKEND)
    for aspect, tabel, lijst in (
        ("thema", d.project_thema, themas(d, jaar)["thema_id"]),
        ("wijk", d.project_wijk, d.wijken.sort_values("volgorde")["wijk_id"]),
    ):
        links = _per_project(tabel[tabel["jaar"] == jaar], f"{aspect}_id", {id: n for n, id in enumerate(lijst)})
        found = [links.get(project, ((), None, ())) for project in frame["project_id"]]
        frame[f"{aspect}_ids"] = [ids for ids, _, _ in found]
        frame[f"hoofd{aspect}"] = [hoofd or ONBEKEND for _, hoofd, _ in found]
        frame[f"{aspect}_herkomst"] = [records for _, _, records in found]
    order = {thema: n for n, thema in enumerate(themas(d, jaar)["thema_id"])}
    frame["_orde"] = frame["hoofdthema"].map(order).fillna(len(order))
    return frame.sort_values(["_orde", "naam"], ignore_index=True).drop(columns="_orde")


def met(frame: pd.DataFrame, aspect: str) -> pd.DataFrame:
    """Return the rows with the records of `aspect` ('thema', 'wijk' or 'mens') added to their herkomst."""
    pairs = zip(frame["herkomst"], frame[f"{aspect}_herkomst"], strict=True)
    return frame.assign(herkomst=[verenig(pair, "") for pair in pairs])


def labels(d, tabel: str, kolom: str) -> dict[str, str]:
    """Return code → Dutch label, with a label for what is not known."""
    return {**d.labels(tabel, kolom), ONBEKEND: "niet bekend"}


def namen(frame: pd.DataFrame, sleutel: str) -> dict[str, str]:
    """Return id → name of a table."""
    return dict(zip(frame[sleutel], frame["naam"], strict=True))
