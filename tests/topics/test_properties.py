"""What holds whatever the projects, themas and wijken are."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kwlib import privacy
from kwlib.show import rij
from kwlib.show.delen import plat
from kwlib.topics import deelnemers, doelen, fiches, geldverdeling, kern, onderbouwing, projecten, wijken
from tests.topics.conftest import KLEIN, rows

THEMAS, WIJKEN, PROJECTEN = ("wonen", "werken", "leren"), ("noord", "zuid"), ("bouw", "baan", "tv", "thuis", "plan")
ALWAYS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def other(d, **frames):
    return replace(d, frames={**d.frames, **frames}, memo={})


@st.composite
def links(draw, column, values):
    """Return rows that link each project to one or more values: one is its main one; shares add up or are not known."""
    rows = []
    for project in PROJECTEN:
        chosen = draw(st.lists(st.sampled_from(values), min_size=1, max_size=len(values), unique=True))
        share = 1 / len(chosen) if draw(st.booleans()) else pd.NA
        for n, value in enumerate(chosen):
            herkomst = (f"link/{project},2009,{value}",)
            rows.append({"project_id": project, "jaar": 2009, column: value, "aandeel": share, "hoofd": n == 0,
                         "rij": len(rows) + 2, "herkomst": herkomst})  # fmt: skip
    return pd.DataFrame(rows).astype({"aandeel": "Float64", "hoofd": "boolean"})


@ALWAYS
@given(frame=links("thema_id", THEMAS))
def test_projects_by_main_thema_add_up_to_all_projects(d, frame):
    d = other(d, project_thema=frame)
    assert projecten.per_thema(d)["projecten_aantal"].sum() == rij(projecten.voortgang(d)).projecten_aantal


@ALWAYS
@given(frame=links("wijk_id", WIJKEN))
def test_projects_that_touch_a_wijk_are_never_fewer_than_all_and_the_division_counts_each_once(d, frame):
    d = other(d, project_wijk=frame)
    everything = rij(projecten.voortgang(d)).projecten_aantal
    assert wijken.per_wijk(d)["projecten_aantal"].sum() >= everything
    assert wijken.verdeling(d)["projecten_aantal"].sum() == everything


@ALWAYS
@given(frame=links("wijk_id", WIJKEN))
def test_money_by_share_adds_up_to_all_money(d, frame):
    d = other(d, project_wijk=frame)
    assert geldverdeling.per_wijk(d)["bedrag_eur"].sum() == pytest.approx(rij(geldverdeling.delen(d)).bedrag_eur)


@ALWAYS
@given(gone=st.sampled_from(["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"]))
def test_one_value_less_lowers_the_degree_by_nothing_or_by_exactly_one_goal(d, gone):
    before = rij(onderbouwing.graad(d))
    left = d.metingen[d.metingen["meting_id"] != gone]
    after = rij(onderbouwing.graad(other(d, metingen=left)))
    step = (before.metcijfer_pct - after.metcijfer_pct) * before.doelen_aantal / 100
    assert after.doelen_aantal == before.doelen_aantal and round(step, 9) in (
        0,  # losing a begin or a target lowers a level, not the number
        1,
    )


@ALWAYS
@given(words=st.lists(st.sampled_from(["huis", "school", "straat", "buren"]), max_size=30))
def test_a_fiche_in_opstart_tells_only_what_its_texts_say(d, words):
    project = next(p for p in kern.projecten(d).to_dict("records") if p["fase"] in kern.NIET_GESTART)
    project |= {"terugblik": " ".join(words) or None, "omschrijving": "Kort.", "vooruitblik": None, "trekker_rol": "x"}
    blokken = fiches.fiche(d, project)
    said = [plat(b.tekst) for b in blokken[1:] if hasattr(b, "tekst")]
    assert said == ["Kort.", *([" ".join(words)] if words else [])]
    labels = [label for b in blokken if hasattr(b, "paren") for label, _ in b.paren]
    assert set(labels) <= {"Fase", "Stilgelegd", "Wijken", "Niet bekend"}


STAPPEN = {"aangemeld": 200, "gestart": 100}


@pytest.fixture
def geteld(bouw):
    """Return a function that builds the small municipality in which only these counts of participants are known."""
    counts = [f"{p}/2009/{w}/{s}/{n}/unieke_personen/b1" for p in PROJECTEN for w in WIJKEN for s, n in STAPPEN.items()]
    d = bouw(KLEIN | {"deelnemers": rows("project_id jaar wijk_id stap aantal telbasis bron_id", *counts)})

    def build(known):
        aantal = d.deelnemers["stap"].map(STAPPEN).astype("Int64").where(known)
        return privacy.protect(other(d, deelnemers=d.deelnemers.assign(aantal=aantal)))

    return build


@settings(ALWAYS, max_examples=15)
@given(known=st.lists(st.booleans(), min_size=20, max_size=20))
def test_a_sum_of_people_with_an_unknown_part_is_at_least_the_known_parts(geteld, known):
    d = geteld(known)
    thema = kern.projecten(d).set_index("project_id")["hoofdthema"]
    frame = d.deelnemers.assign(thema_id=d.deelnemers["project_id"].map(thema), bekend=known)
    for feit, sleutel in ((deelnemers.per_project, "project_id"), (deelnemers.per_thema, "thema_id")):
        for (id, stap), delen in frame.groupby([sleutel, "stap"]):
            if bekend := delen["bekend"].sum():
                som = rij(feit(d), **{sleutel: id}).cijfer(f"{stap}_aantal")
                soort = "exact" if bekend == len(delen) else "minstens"
                assert (som.waarde, som.soort) == (STAPPEN[stap] * bekend, soort)


@ALWAYS
@given(soorten=st.tuples(*[st.sampled_from(["exact", "geschat", "ondergrens", "minstens", "bovengrens"])] * 3))
def test_what_is_made_of_a_bound_is_never_told_as_exact(d, soorten):
    """The begin, the last value and the target of Huizen keep their kinds; the way covered needs all three exact."""
    frame = d.metingen.set_index("meting_id")
    frame.loc[["m1", "m2", "m3"], "waarde_soort"] = soorten
    r = rij(doelen.standen(other(d, metingen=frame.reset_index())), indicator_id="i-huis")
    assert tuple(r.cijfer(kolom).soort for kolom in ("nul", "stand", "streef")) == soorten
    assert (r.weg_pct is None) == (soorten != ("exact",) * 3)
