"""The fictitious municipality: made again the same, complete, marked, and rich enough to show everything."""

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

from kwlib import config
from kwlib.data import check, make_store, read_schema

ROOT = Path(__file__).parents[2]
HERE = ROOT / "data" / "voorbeeldstad"
SCHEMA = read_schema(ROOT / "data" / "datapackage.json")
EDITIONS = [(2008, config.RAPPORTAGE), (2009, config.RAPPORTAGE), (2010, config.PLAN)]


def store(jaar, soort):
    params = config.load("voorbeeldstad", jaar, soort=soort).mapping()
    return make_store(check(HERE, SCHEMA, params), params)


@pytest.fixture(scope="module")
def verslag():
    return store(2009, config.RAPPORTAGE)


@pytest.fixture(scope="module")
def plan():
    return store(2010, config.PLAN)


def test_the_files_are_what_the_generator_writes(tmp_path):
    spec = importlib.util.spec_from_file_location("maak", HERE / "maak.py")
    maak = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maak)
    maak.main(tmp_path)
    made = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert made == {p.name: p.read_bytes() for p in HERE.glob("*.csv")}


@pytest.mark.parametrize("jaar, soort", EDITIONS)
def test_every_edition_has_warnings_on_purpose_and_no_faults(jaar, soort):
    found = check(HERE, SCHEMA, config.load("voorbeeldstad", jaar, soort=soort).mapping()).problems
    assert {p.severity for p in found} >= {"W"} and "F" not in {p.severity for p in found}
    assert len({p.code for p in found}) > 8


def test_every_source_says_that_it_is_made_up(verslag):
    assert set(verslag.bronnen["soort"]) == {"fictief"}
    assert all("ictie" in titel for titel in verslag.bronnen["titel"])


def test_no_word_of_it_is_about_a_real_city():
    for path in [*HERE.rglob("*.csv"), *(ROOT / "params").glob("voorbeeldstad*")]:
        assert "groningen" not in path.read_text("utf-8").lower(), path.name


def test_twenty_eight_projects_over_five_themas_become_about_fifteen_over_three(verslag, plan):
    now = verslag.project_jaar[verslag.project_jaar["jaar"] == 2009]
    later = plan.project_jaar[plan.project_jaar["jaar"] == 2010]
    assert len(now) == 28 and 14 <= len(later) <= 16
    assert len(set(verslag.project_thema.query("jaar == 2009")["thema_id"])) == 5
    assert len(set(plan.project_thema.query("jaar == 2010")["thema_id"])) == 3
    assert (now["fase"] == "idee").sum() == 1 and (now["fase"] == "opstart").sum() >= 3


def test_it_has_a_funnel_links_lessons_a_break_and_a_changed_border(verslag):
    for table in ("deelnemers", "relaties", "leerpunten", "participatie", "raadsvragen", "toezeggingen", "mijlpalen"):
        assert len(verslag.frames[table]) > 3, table
    steps = verslag.deelnemers.groupby("stap")["aantal"].sum()
    assert steps["aangemeld"] > steps["gestart"] > steps["afgerond"] > 0
    assert verslag.relaties["bewijs_id"].notna().any() and verslag.relaties["bewijs_id"].isna().any()
    broken = verslag.contextwaarden[verslag.contextwaarden["trendbreuk"].fillna(False)]
    assert any("grens" in r for r in broken["breuk_reden"]) and any("vraag" in r for r in broken["breuk_reden"])
    assert verslag.contextwaarden["ondergrens"].notna().any()


def test_money_changed_during_the_year(verslag):
    changed = verslag.financiering[verslag.financiering["gewijzigd_begroot"].notna()]
    assert len(changed) and pd.notna(changed["gewijzigd_reden"]).all()
