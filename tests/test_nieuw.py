"""A new municipality starts with an empty, valid place and a report of honest gaps."""

import shutil
from pathlib import Path

import pytest

from kwlib import config, nieuw
from kwlib.config import InvoerFout, Paths
from kwlib.data import check, read_schema

ROOT = Path(__file__).parents[1]
SCHEMA = read_schema(ROOT / "data" / "datapackage.json")


@pytest.fixture
def at(tmp_path):
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "data").mkdir()
    return Paths(tmp_path)


def test_everything_that_is_made_is_valid_and_explained(at):
    nieuw.make(at, SCHEMA, "nieuw-dorp", "2011")
    params = config.load("nieuw-dorp", 2011, at=at)
    assert params.gemeentenaam == "Nieuw Dorp" and params.organisatie == "Gemeente Nieuw Dorp"
    found = check(at.data / "nieuw-dorp", SCHEMA, params.mapping()).problems
    assert [(p.severity, p.code, p.column) for p in found] == [("W", "V60", "brief.kenmerk")]  # 'nog invullen'
    readme = (at.data / "nieuw-dorp" / "README.md").read_text("utf-8")
    for table in SCHEMA:
        assert f"### {table.file}" in readme and all(f"`{c}`" in readme for c in table.columns)


def test_nothing_that_is_made_names_another_municipality(at):
    for path in nieuw.make(at, SCHEMA, "nieuw-dorp", "2011"):
        assert "groningen" not in path.read_text("utf-8").lower(), path.name


@pytest.mark.parametrize(
    ("gemeente", "jaar", "said"),
    [
        ("Nieuw Dorp", "2011", "'Nieuw Dorp' kan geen naam van een gemeente zijn."),
        ("../weg", "2011", "kan geen naam van een gemeente zijn."),
        ("groningen", "2011", "Gemeente 'groningen' bestaat al."),
        ("rapportage", "2011", "Gemeente 'rapportage' bestaat al."),
        ("groningen-2009", "2011", "'groningen-2009' kan geen naam van een gemeente zijn."),
        ("groningen-2012-plan", "2011", "'groningen-2012-plan' kan geen naam van een gemeente zijn."),
        ("groningen-huisstijl", "2011", "'groningen-huisstijl' kan geen naam van een gemeente zijn."),
        ("dorp", "twee", "'twee' is geen jaar."),
    ],
)
def test_an_unfit_name_or_year_is_said_kindly_and_nothing_is_made(at, gemeente, jaar, said):
    before = sorted(p.name for p in at.root.rglob("*"))
    with pytest.raises(InvoerFout, match=said):
        nieuw.make(at, SCHEMA, gemeente, jaar)
    assert sorted(p.name for p in at.root.rglob("*")) == before
