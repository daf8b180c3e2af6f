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
from kwlib.privacy import publicaties
from kwlib.privacy.afronden import afronden
from kwlib.privacy.bescherm import zoek
from kwlib.privacy.rooster import Bouw
from tests.privacy.conftest import SCHEMA, maak

GEHEIM = 7


@pytest.fixture
def echt():
    """Return a real store in which the number 7 is the secret."""
    stad = maak({"a": (GEHEIM, 30, 40), "b": (50, 60, 70), "c": (25, 35, 45)}, {"a": "gevoelig"})
    frames = {
        t.name: pd.DataFrame({c: pd.Series(dtype="string") for c in [*t.columns, "rij", "herkomst"]}) for t in SCHEMA
    }
    for naam in ("deelnemers", "projecten", "project_thema", "wijken"):
        frames[naam] = getattr(stad, naam).reindex(columns=dict.fromkeys([*frames[naam].columns]))
    frames["participatie"] = frames["participatie"].astype({"aantal_bereikt": "Int64"})
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
    assert found[2] == 15 and found[8] == 30, "a multiple stays"


def test_a_new_municipality_without_counts_has_nothing_to_hide():
    rooster, weg, niveaus = zoek(Bouw().close())
    assert (len(rooster.cellen), weg.tolist(), niveaus) == (0, [], {})
