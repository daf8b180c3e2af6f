"""What did not go well, what came unasked, and what it did elsewhere."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, Deel, Lijst, alinea, feit, rij, verwijzing, zin
from kwlib.show.zinnen import telzin
from kwlib.topics import kern

ASPECTEN = {
    "wat_ging_niet_goed": "Projecten die zeggen wat er niet goed ging.",
    "ongezochte_opbrengst": "Projecten die iets opleverden zonder dat het de bedoeling was.",
    "bijwerking": "Projecten met een ongewenst gevolg, ook voor een andere wijk.",
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


def _deel(d, aspect: str, leeg: str) -> Blok:
    frame = kern.projecten(d)
    punten = [
        (verwijzing(f"project-{p['project_id']}", p["naam"]), Deel(f": {p[aspect]}"))
        for p in frame[frame[aspect].notna()].to_dict("records")
    ]
    return Lijst(tuple(punten)) if punten else Alinea(zin(leeg))


def zin_telling(d) -> Alinea:
    """Say for how many projects it is told what did not go well."""
    r = rij(telling(d))
    deel = telzin(r.cijfer("wat_ging_niet_goed_aantal"), r.cijfer("projecten_aantal"), "project", "projecten")
    return alinea(zin("bij {deel} staat wat er niet goed ging.", deel=deel))


def niet_goed(d) -> Blok:
    """Return per project what did not go well."""
    return _deel(d, "wat_ging_niet_goed", "dat is van geen enkel project vastgelegd.")


def ongezocht(d) -> Blok:
    """Return per project what came of it unasked."""
    return _deel(d, "ongezochte_opbrengst", "er zijn geen onverwachte opbrengsten vastgelegd.")


def bijwerkingen(d) -> Blok:
    """Return per project what it did that nobody wanted."""
    return _deel(d, "bijwerking", "er zijn geen ongewenste gevolgen vastgelegd.")
