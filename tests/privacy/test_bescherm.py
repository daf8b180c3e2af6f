"""The one way out: nothing behind it can be reached, and what earlier editions told counts."""

import dataclasses
import datetime as dt
import types
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kwlib import privacy
from kwlib.data import Problem, Store
from kwlib.data.publish import table_csv
from kwlib.privacy import bescherm, publicaties
from kwlib.privacy.afronden import afronden
from kwlib.privacy.bescherm import zoek
from kwlib.privacy.rooster import Bouw
from tests.privacy.conftest import SCHEMA, maak

GEHEIM = 7


@pytest.fixture
def echt():
    """Return a real store in which the number 7 is the secret."""
    return opslag(maak({"a": (GEHEIM, 30, 40), "b": (50, 60, 70), "c": (25, 35, 45)}, {"a": "gevoelig"}))


def opslag(stad):
    """Return a real store with the frames of a town."""
    frames = {
        t.name: pd.DataFrame({c: pd.Series(dtype="string") for c in [*t.columns, "rij", "herkomst"]}) for t in SCHEMA
    }
    for naam in ("deelnemers", "projecten", "project_thema", "wijken"):
        frames[naam] = getattr(stad, naam).reindex(columns=dict.fromkeys([*frames[naam].columns]))
    frames["participatie"] = frames["participatie"].astype({"aantal_bereikt": "Int64", "aantal_actief": "Int64"})
    frames["relaties"] = frames["relaties"].astype({"gemeten_aantal": "Int64"})
    day = dt.date(2009, 10, 8)
    return Store(SCHEMA, types.MappingProxyType(frames), "stad", 2009, day, day, params=stad.params, everything=frames)


def reach(start):
    """Yield everything that can be reached from an object: attributes, items, closures."""
    todo, seen = [start], set()
    while todo:
        thing = todo.pop()
        if id(thing) in seen or isinstance(thing, str | int | float | type | types.ModuleType):
            continue
        seen.add(id(thing))
        yield thing
        if isinstance(thing, dict | types.MappingProxyType):
            todo += list(thing.values())
        elif isinstance(thing, list | tuple | set):
            todo += list(thing)
        elif dataclasses.is_dataclass(thing):
            todo += [getattr(thing, f.name) for f in dataclasses.fields(thing)]


def secret(store):
    """Return whether a frame within reach holds the secret as a count of participants."""
    frames = [f for f in reach(store) if isinstance(f, pd.DataFrame) and "aantal" in f and len(f)]
    return any((f["aantal"] == GEHEIM).any() for f in frames)


def test_no_count_as_read_can_be_reached_from_a_protected_store(echt):
    assert secret(echt)
    safe = privacy.protect(echt)
    assert not secret(safe) and not secret(safe.known_at(echt.kennis_tot)) and safe.everything is None


LOSSE = [(3, 2), (40, 2), (2, 40), (40, 39), (0, None), (None, None)]


@pytest.mark.parametrize(
    ("nul", "verborgen"),
    [("tonen", [True, True, True, False, False, False]), ("verbergen", [True, True, True, False, True, False])],
)
def test_a_row_with_a_loose_count_below_the_threshold_tells_none_of_its_counts(nul, verborgen):
    stad = maak({"a": (30, 40)})
    regels = {k: v | {"nul": nul} for k, v in stad.params["beveiliging"].items()}
    echt = opslag(stad)
    frame = pd.DataFrame(LOSSE, columns=["aantal_bereikt", "aantal_actief"], dtype="Int64").assign(project_id="a")
    frame = frame.reindex(columns=echt.participatie.columns).astype({"reden_ontbreekt": "string"})
    echt = dataclasses.replace(echt.replace(participatie=frame), params={**stad.params, "beveiliging": regels})
    veilig = bescherm._los(echt)["participatie"]
    assert (veilig["reden_ontbreekt"] == "privacy").fillna(False).tolist() == verborgen
    assert veilig.loc[verborgen, ["aantal_bereikt", "aantal_actief"]].isna().all(axis=None)
    assert veilig.loc[3, ["aantal_bereikt", "aantal_actief"]].tolist() == [40, 39]


def test_only_protection_itself_opens_the_data_as_read():
    """Everything that is made of checked data goes through `protect`, in one place."""
    root = Path(privacy.__file__).parents[1]
    calls = {
        p.relative_to(root).as_posix(): p.read_text("utf-8").count("make_store(")
        for p in root.rglob("*.py")
        if p.parent.name != "data" and "make_store(" in p.read_text("utf-8")
    }
    assert calls == {"edition.py": 1}
    assert "privacy.protect(make_store(" in (root / "edition.py").read_text("utf-8")


def test_a_remark_on_a_hidden_row_stays_inside(echt):
    remark = Problem("L", "V26", "deelnemers.csv", 2, "aantal", "Er staat 7.")
    other = Problem("L", "V70", "doelen.csv", 2, "tekst", "Een lange zin.")
    frame = echt.deelnemers.assign(rij=range(2, 2 + len(echt.deelnemers)))
    store = dataclasses.replace(echt, problems=(remark, other), frames={**echt.frames, "deelnemers": frame})
    assert privacy.protect(store).problems == (other,)


def test_what_is_published_is_the_protected_table(echt):
    text = table_csv(privacy.protect(echt).deelnemers, SCHEMA["deelnemers"])
    (line,) = [r for r in text.splitlines() if r.startswith("a,2009,w0")]
    assert line == "a,2009,w0,gestart,,unieke_personen,,privacy,"


def test_the_register_holds_what_was_told_and_counts_for_later_editions_only(echt, tmp_path):
    safe = privacy.protect(echt)
    file = publicaties.path(tmp_path / "registers", "stad")
    publicaties.write(file, publicaties.gepubliceerd(safe, "2009"))
    assert publicaties.eerder(file, "2009") == {}
    known = publicaties.eerder(file, "2010")
    assert len(known) == safe.telrooster["van"].notna().sum() > 0
    assert "deelnemers/2009/gestart/unieke_personen/a/w0" not in known
    publicaties.write(file, publicaties.gepubliceerd(safe, "2009"))
    assert len(publicaties.read(file)) == len(known), (
        "an edition that is agreed again takes the place of its former self"
    )


def test_what_several_editions_told_is_taken_together(tmp_path):
    file = tmp_path / "register.csv"
    publicaties.write(file, [("2008", "c", 3, 8)])
    publicaties.write(file, [("2010-plan", "c", 5, 12)])
    assert publicaties.eerder(file, "2009") == publicaties.eerder(file, "2010-plan") == {"c": (3, 8)}
    assert publicaties.eerder(file, "2010") == {"c": (5, 8)}


def test_rounded_tables_still_add_up():
    waarden = np.array([3.0, 12, 15, 7, 8, 15, 10, 20, 30])
    sommen = [(2, (0, 1)), (5, (3, 4)), (8, (6, 7)), (6, (0, 3)), (7, (1, 4)), (8, (2, 5))]
    found = afronden(waarden, sommen, 5)
    assert all(found[t] == sum(found[list(d)]) for t, d in sommen)
    assert (found % 5 == 0).all() and (abs(found - waarden) < 5).all()
    assert found[2] == 15 and found[8] == 30, "a multiple stays when it can"
    assert afronden(np.array([0.0, 0, 3]), [(2, (0, 1))], 5)[2] in (0, 5)


def test_a_new_municipality_without_counts_has_nothing_to_hide():
    rooster, weg, niveaus = zoek(Bouw().close())
    assert (len(rooster.cellen), weg.tolist(), niveaus) == (0, [], {})


def eerder(**totalen):
    """Return what an earlier edition told of the totals of projects, which are alone in their thema and in one wijk."""
    cel = "deelnemers/2009/aangemeld/unieke_personen"
    return {f"{cel}/{wat}/{w}": t for p, t in totalen.items() for wat in (p, f"thema:t-{p}") for w in ("w0", "*")}


# Each town forces the next step down: per project, thema and in all its wijken and their total; x is hidden.
TERUGVAL = {
    "all is told when nothing is small": (
        {"a": (20, 30), "b": (40, 50)}, {}, {},
        ["a 20 30 50", "b 40 50 90", "t-a 20 30 50", "t-b 40 50 90", "* 60 80 140"]),
    "wijken together": (
        {"a": (3, 4), "b": (4, 3)}, {}, {},
        ["a x x 7", "b x x 7", "t-a x x 7", "t-b x x 7", "* x x 14"]),
    "themas": (
        {"a": (2, 2), "b": (2, 2), "c": (2, 2), "d": (2, 2), "e": (9, 9)}, {"a": "t1", "b": "t1", "c": "t2", "d": "t2"},
        {}, [*(f"{p} x x x" for p in "abcde"), "t1 x x 8", "t2 x x 8", "t-e x x 18", "* x x 34"]),
    "only the total": (
        {"a": (2, 2), "b": (2, 2), "c": (9, 9)}, {}, {},
        [*(f"{t}{p} x x x" for p in "abc" for t in ("", "t-")), "* x x 26"]),
    "rounded": (
        {"a": (50,), "b": (60,), "c": (3,)}, {}, eerder(a=(50, 50), b=(59, 62)),
        ["a 50 50", "b 60 60", "c 5 5", "t-a 50 50", "t-b 60 60", "t-c 5 5", "* 115 115"]),
    "nothing, as rounding says that there is someone in a small group": (
        {"a": (50,), "b": (59,), "c": (4,)}, {}, eerder(a=(50, 50), b=(58, 59)),
        [*(f"{t}{p} x x" for p in "abc" for t in ("", "t-")), "* x x"]),
    "nothing, as the total is small itself": (
        {"a": (2,), "b": (2,)}, {}, {},
        ["a x x", "b x x", "t-a x x", "t-b x x", "* x x"]),
}  # fmt: skip


def test_a_small_count_in_a_rounded_table_may_still_be_nobody_and_may_still_be_enough():
    tabel, themas, bekend, _ = TERUGVAL["rounded"]
    tel = privacy.protect(opslag(maak(tabel, themas=themas, stap="aangemeld")), bekend).telrooster.set_index("cel")
    assert tel.loc["deelnemers/2009/aangemeld/unieke_personen/c/w0", ["aantal", "van", "tot"]].tolist() == [5, 0, 10]


@pytest.mark.parametrize("naam", TERUGVAL)
def test_a_table_full_of_holes_is_told_less_finely_step_by_step(naam):
    tabel, themas, bekend, verwacht = TERUGVAL[naam]
    tel = privacy.protect(opslag(maak(tabel, themas=themas, stap="aangemeld")), bekend).telrooster
    tel = tel.sort_values("wijk_id", key=lambda w: w.replace("*", "z"))
    wie = tel["project_id"].mask(tel["project_id"] == "*", tel["thema_id"])
    getal = tel["aantal"].astype("string").mask(tel["weg"], "x")
    assert {f"{w} {' '.join(getallen)}" for w, getallen in getal.groupby(wie)} == {*verwacht}
