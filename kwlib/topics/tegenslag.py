"""What did not go well, what came unasked, and what it did elsewhere."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Deel, Kop, Lijst, alinea, feit, groep, opsomming, rij, tekst, verwijzing, zin
from kwlib.show.zinnen import telzin
from kwlib.topics import kern

ASPECTEN = {
    "wat_ging_niet_goed": "Projecten die zeggen wat er niet goed ging.",
    "ongezochte_opbrengst": "Projecten die iets opleverden zonder dat het de bedoeling was.",
    "bijwerking": "Projecten met een ongewenst gevolg, ook voor een andere wijk.",
}

VERDER = {
    "ongezochte_opbrengst": ("onverwachte opbrengsten", "Wat kregen we zonder het te zoeken?"),
    "bijwerking": ("ongewenste gevolgen", "Welke gevolgen wilde niemand?"),
}


@feit(
    telwijze="uniek",
    projecten_aantal="Het aantal projecten in het verslagjaar.",
    **{f"{aspect}_aantal": wat for aspect, wat in ASPECTEN.items()},
)
def telling(d) -> pd.DataFrame:
    """Return one row: how many projects tell of setbacks, of unasked results and of side effects."""
    frame = kern.projecten(d)
    delen = {f"{a}_aantal": frame[frame[a].notna()] for a in ASPECTEN}
    return kern.een_rij("project_jaar", frame, projecten_aantal=frame, **delen)


def _lijst(d, aspect: str) -> Lijst | None:
    """Return what each project says of an aspect; None when none does."""
    frame = kern.projecten(d)
    punten = [
        (verwijzing(f"project-{p['project_id']}", p["naam"]), Deel(f": {p[aspect]}"))
        for p in frame[frame[aspect].notna()].to_dict("records")
    ]
    return Lijst(tuple(punten)) if punten else None


def zin_telling(d) -> Alinea:
    """Say for how many projects it is told what did not go well, and of what else nothing is known."""
    r = rij(telling(d))
    n = r.cijfer("wat_ging_niet_goed_aantal")
    deel = telzin(n, r.cijfer("projecten_aantal"), "project", "projecten")
    stil = opsomming([naam for aspect, (naam, _) in VERDER.items() if _lijst(d, aspect) is None])
    ook = "" if n.waarde else "ook "
    return alinea(
        zin("bij {deel} staat wat er niet goed ging.", deel=deel),
        zin("over {stil} zeggen de bronnen {ook}niets.", stil=stil, ook=ook) if stil else None,
    )


def niet_goed(d) -> Blok:
    """Return per project what did not go well."""
    return groep([_lijst(d, "wat_ging_niet_goed")])


def verder(d) -> Blok:
    """Return per project what came unasked and what nobody wanted, each under its own heading, when there is any."""
    delen = [(aspect, kop, _lijst(d, aspect)) for aspect, (_, kop) in VERDER.items()]
    return groep(blok for aspect, kop, lijst in delen if lijst for blok in (Kop(2, tekst(kop), aspect), lijst))
