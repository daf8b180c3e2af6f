"""How residents take part: the answer to the council's question, with what is known and what is not."""

from __future__ import annotations

import pandas as pd

from kwlib.show import Alinea, Blok, alinea, cijfer, feit, kol, opsomming, rij, rijen, tabel, zin
from kwlib.show.figuren import gestapeld
from kwlib.show.style import GRIJS, TREDEN, TWEEDE
from kwlib.show.zinnen import met_woord, telzin
from kwlib.topics import kern

GEEN_TREDE = "geen"


@feit(
    telwijze="uniek",
    projecten_aantal="Het aantal projecten in het verslagjaar.",
    bekend_aantal="Projecten waarvan bekend is hoe bewoners meedoen.",
    onbekend_aantal="Projecten waarvan niet bekend is hoe bewoners meedoen.",
    meebeslissen_aantal="Projecten waarin bewoners meebeslissen of het zelf doen.",
)
def bekendheid(d) -> pd.DataFrame:
    """Return one row: for how many projects the way residents take part is known."""
    frame = kern.projecten(d)
    delen = {
        "projecten_aantal": frame,
        "bekend_aantal": frame[frame["participatietrede"].notna()],
        "onbekend_aantal": frame[frame["participatietrede"].isna()],
        "meebeslissen_aantal": frame[frame["participatietrede"].isin(["meebeslissen", "zelf_doen"])],
    }
    return kern.een_rij("project_jaar", frame, **delen)


@feit("trede", telwijze="uniek", projecten_aantal="Projecten met deze trede van participatie.")
def per_trede(d) -> pd.DataFrame:
    """Return one row per step of the participation ladder, from the lowest; last: not known."""
    namen = kern.labels(d, "project_jaar", "participatietrede")
    frame = kern.projecten(d).assign(trede=lambda f: f["participatietrede"].fillna(kern.ONBEKEND))
    out = kern.tel(frame, "trede", list(namen), "projecten_aantal", "project_jaar")
    return out.assign(naam=out["trede"].map(namen))


@feit(
    "moment_id",
    aantal_bereikt="Het aantal mensen dat met dit moment is bereikt.",
)
def momenten(d) -> pd.DataFrame:
    """Return one row per participation moment up to the report's date."""
    wijken = kern.namen(d.wijken, "wijk_id")
    frame = d.participatie[~(d.participatie["datum"] > pd.Timestamp(d.peildatum))].sort_values(["datum", "moment_id"])
    return frame.assign(
        eenheid="aantal",
        wijk=frame["wijk_id"].map(wijken),
    )[
        ["moment_id", "moment", "wijk", "datum", "aantal_bereikt", "eenheid", "waarde_soort", "wie_ontbrak",
         "wat_gedaan_met_inbreng", "teruggekoppeld_op", "reden_ontbreekt", "herkomst"]
    ]  # fmt: skip


@feit(
    momenten_aantal="Momenten waarop bewoners konden meepraten of meedoen.",
    zonder_terugkoppeling_aantal="Daarvan: momenten waarbij niet bekend is of bewoners iets terughoorden.",
)
def terugkoppeling(d) -> pd.DataFrame:
    """Return one row: the moments, and those without known feedback."""
    frame = momenten(d)
    delen = {"momenten_aantal": frame, "zonder_terugkoppeling_aantal": frame[frame["teruggekoppeld_op"].isna()]}
    return kern.een_rij("participatie", frame, **delen)


def zin_bekendheid(d) -> Alinea:
    """Answer the council first: for how many projects we know how residents take part."""
    r = rij(bekendheid(d))
    if not r.projecten_aantal:
        return alinea(zin("er zijn geen projecten bekend."))
    zinnen = [
        zin(
            "van {telling} weten wij hoe bewoners meedoen.",
            telling=telzin(r.cijfer("bekend_aantal"), r.cijfer("projecten_aantal"), "project", "projecten"),
        )
    ]
    if r.onbekend_aantal:
        n = met_woord(r.cijfer("onbekend_aantal"), "project", "projecten")
        zinnen.append(zin("bij {n} is het niet bekend.", n=n))
    return alinea(*zinnen)


def niet_bekend(d) -> Alinea:
    """Name the projects of which the way residents take part is not known, or those of which it is when fewer."""
    frame = kern.projecten(d)
    known, missing = (list(frame.loc[frame["participatietrede"].isna() == leeg, "naam"]) for leeg in (False, True))
    if not missing:
        return Alinea(zin("bij elk project is bekend hoe bewoners meedoen."))
    if known and len(known) < len(missing):
        return Alinea(zin("alleen bij {namen} is het bekend.", namen=opsomming(known)))
    return Alinea(zin("niet bekend is het bij: {namen}.", namen=opsomming(missing)))


def zin_terugkoppeling(d) -> Alinea:
    """Say at how many moments residents could take part, and whether they heard back."""
    frame = terugkoppeling(d)
    momenten_, zonder = cijfer(frame, "momenten_aantal"), cijfer(frame, "zonder_terugkoppeling_aantal")
    if not momenten_.waarde:
        return Alinea(
            zin("er zijn {n} bekend waarop bewoners konden meepraten.", n=met_woord(momenten_, "moment", "momenten"))
        )
    if momenten_.waarde == 1 or not zonder.waarde:
        terug = zin("of zij iets terughoorden, is {bij}{niet}bekend.", niet="niet " if zonder.waarde else "",
                    bij="" if momenten_.waarde == 1 else "bij elk moment ")  # fmt: skip
    else:
        telling = telzin(zonder, momenten_, "moment", "momenten")
        terug = zin("bij {telling} is niet bekend of zij iets terughoorden.", telling=telling)
    n = met_woord(momenten_, "moment", "momenten")
    return alinea(zin("wij kennen {n} waarop bewoners konden meepraten.", n=n), terug)


def tabel_treden(d) -> Blok:
    """Return the table of the participation ladder."""
    return tabel(
        "participatietreden",
        "Hoe bewoners meedoen, per trede van de participatieladder",
        per_trede(d),
        [kol("naam", "Trede"), kol("projecten_aantal", "Projecten")],
    )


def tabel_momenten(d) -> Blok:
    """Return the table of moments with what was done with the input."""
    return tabel(
        "participatiemomenten",
        "Momenten waarop bewoners konden meepraten of meedoen",
        momenten(d),
        [
            kol("moment", "Moment"),
            kol("wijk", "Wijk"),
            kol("datum", "Datum"),
            kol("aantal_bereikt", "Mensen bereikt"),
            kol("wie_ontbrak", "Wie ontbrak"),
            kol("wat_gedaan_met_inbreng", "Wat is ermee gedaan"),
            kol("teruggekoppeld_op", "Teruggekoppeld op"),
        ],
        leeg="Er zijn geen momenten bekend.",
    )


def figuur_treden(d) -> Blok:
    """Return the ladder as one stacked bar: the projects by step, from the lowest."""
    frame = per_trede(d)
    used = [r for r in rijen(frame) if r.projecten_aantal]
    if len(used) < 2:  # one part says nothing that the table does not
        return tabel_treden(d)
    kleuren = dict(zip(frame["trede"], (*TREDEN, TWEEDE, GRIJS), strict=True))
    return gestapeld(
        "participatieladder",
        "Hoe bewoners meedoen, per trede van de participatieladder",
        zin_bekendheid(d).tekst,
        tabel_treden(d),
        rijen=["Projecten"],
        reeksen=[(r.naam, [r.projecten_aantal], kleuren[r.trede]) for r in used],
    )


@feit(
    "wijk_id",
    aangevraagd_aantal="Plannen die bewoners aanvroegen.",
    toegekend_aantal="Plannen die geld kregen.",
    uitgevoerd_aantal="Plannen die zijn uitgevoerd.",
    toegekend_bedrag_eur="Geld dat aan plannen van bewoners is toegekend.",
)
def initiatieven(d) -> pd.DataFrame:
    """Return one row per wijk with plans of residents in the year."""
    wijken, frame = d.wijken.set_index("wijk_id"), d.bewonersinitiatieven
    frame = frame[frame["jaar"] == d.jaar]
    frame = frame.assign(
        wijk=frame["wijk_id"].map(wijken["naam"]),
        _o=frame["wijk_id"].map(wijken["volgorde"]),
        toegekend_bedrag_eur=frame["toegekend_bedrag"],
    )
    return frame.sort_values(["_o", "wijk_id"])


def tabel_initiatieven(d) -> Blok:
    """Return the plans of residents per wijk: asked, granted, done."""
    return tabel(
        "bewonersinitiatieven",
        zin("plannen van bewoners in {jaar}", jaar=str(d.jaar)),
        initiatieven(d),
        [
            kol("wijk", "Wijk"),
            kol("aangevraagd_aantal", "Aangevraagd"),
            kol("toegekend_aantal", "Toegekend"),
            kol("uitgevoerd_aantal", "Uitgevoerd"),
            kol("toegekend_bedrag_eur", "Toegekend bedrag"),
        ],
        leeg="Over plannen van bewoners is voor dit jaar niets bekend.",
    )
