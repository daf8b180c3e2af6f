"""The sources: what the report rests on, what was replaced, what is wrong in a source, what the checks found."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Deel, feit, kol, nl, rij, tabel, zin
from kwlib.show.zinnen import met_woord, werkwoord
from kwlib.topics import kern


@feit("bron_id")
def alle(d) -> pd.DataFrame:
    """Return one row per source, newest first."""
    soorten, trust = kern.labels(d, "bronnen", "soort"), kern.labels(d, "bronnen", "betrouwbaarheid")
    frame = d.bronnen.sort_values(["gepubliceerd_op", "bron_id"], ascending=[False, True])
    return frame.assign(
        soort_naam=frame["soort"].map(soorten),
        vertrouwen=frame["betrouwbaarheid"].map(trust),
        dag=[kern.gepubliceerd(r) for r in frame.itertuples()],
    )[["bron_id", "titel", "houder", "soort_naam", "dag", "vertrouwen", "url", "vindplaats", "licentie", "herkomst"]]


@feit(telwijze="uniek", bronnen_aantal="De bronnen die voor deze rapportage zijn geraadpleegd.")
def aantal(d) -> pd.DataFrame:
    """Return one row: the number of sources."""
    return pd.DataFrame(
        [{"bronnen_aantal": len(d.bronnen), "herkomst": kern.verenig(d.bronnen["herkomst"], "bronnen")}]
    )


def zin_aantal(d) -> Alinea:
    """Say on how many sources the report rests and up to which date."""
    c = rij(aantal(d)).cijfer("bronnen_aantal")
    n, zijn = met_woord(c, "bron", "bronnen"), werkwoord(c, "is", "zijn")
    dag = nl.datum(d.kennis_tot)
    return Alinea(zin("voor deze rapportage {zijn} {n} geraadpleegd. De rapportage laat zien wat op {dag} bekend was.",
                      zijn=zijn, n=n, dag=dag))  # fmt: skip


def tabel_bronnen(d) -> Blok:
    """Return the list of sources with links."""

    def titel(r):
        return Deel(r.titel, href=r.url) if r.url else r.titel

    return tabel(
        "bronnenlijst",
        "Bronnen",
        alle(d),
        [
            kol("titel", "Titel", titel),
            kol("bron_id", "Kenmerk"),
            kol("houder", "Van wie"),
            kol("soort_naam", "Soort"),
            kol("dag", "Gepubliceerd"),
            kol("vertrouwen", "Betrouwbaarheid"),
        ],
    )


@feit("erratum_id")
def errata(d) -> pd.DataFrame:
    """Return one row per error found in a source."""
    titels = dict(zip(d.bronnen["bron_id"], d.bronnen["titel"], strict=True))
    return d.errata.assign(bron=d.errata["bron_die_afwijkt"].map(titels))[
        ["erratum_id", "bron", "plaats", "staat_er", "moet_zijn", "gevolg", "herkomst"]
    ]


def tabel_errata(d) -> Blok:
    """Return the table of errors in sources."""
    return tabel(
        "errata",
        "Fouten in bronnen",
        errata(d),
        [
            kol("bron", "Bron"),
            kol("plaats", "Plaats"),
            kol("staat_er", "Er staat"),
            kol("moet_zijn", "Moet zijn"),
            kol("gevolg", "Gevolg"),
        ],
        leeg="Er zijn geen fouten in bronnen bekend.",
    )


@feit("record")
def vervangen(d) -> pd.DataFrame:
    """Return one row per record that a later source replaced."""
    titels = dict(zip(d.bronnen["bron_id"], d.bronnen["titel"], strict=True))
    frame = d.superseded
    return pd.DataFrame(
        {
            "record": [h[0] for h in frame["herkomst"]],
            "bron": [titels.get(b, b) for b in frame["bron_id"]],
            "herkomst": frame["herkomst"],
        }
    )


def tabel_vervangen(d) -> Blok:
    """Return the table of replaced records."""
    return tabel(
        "vervangen",
        "Gegevens die door een latere bron zijn vervangen",
        vervangen(d),
        [kol("record", "Gegeven"), kol("bron", "Oudere bron")],
        leeg="Er zijn geen gegevens vervangen.",
    )


@feit("nummer")
def waarschuwingen(d) -> pd.DataFrame:
    """Return one row per warning of the data check, by file and row."""
    found = [p for p in d.problems if p.severity == "W"]
    return pd.DataFrame(
        {
            "nummer": range(len(found)),
            "waar": [f"{p.file}, rij {p.row}" if p.row else p.file for p in found],
            "wat": [p.message for p in found],
            "herkomst": [(p.file.removesuffix(".csv"),) for p in found],
        },
        columns=["nummer", "waar", "wat", "herkomst"],
    )


def tabel_waarschuwingen(d) -> Blok:
    """Return the warnings of the data check."""
    return tabel(
        "waarschuwingen",
        "Wat de controle van de gegevens opmerkte",
        waarschuwingen(d),
        [kol("waar", "Waar", breedte=9), kol("wat", "Wat is er", breedte=30)],
        leeg="De controle vond niets om op te merken.",
    )
