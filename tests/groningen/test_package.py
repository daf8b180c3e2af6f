"""The data package as the rest of the world reads it, and the dictionary that is made from it."""

from pathlib import Path

import frictionless
import pytest

from kwlib.data import dictionary, read_schema

ROOT = Path(__file__).parents[2]
SCHEMA = read_schema(ROOT / "data" / "datapackage.json")


def test_frictionless_finds_the_package_valid():
    report = frictionless.validate(str(ROOT / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:10]
    assert len(report.tasks) == len(list(SCHEMA))


@pytest.mark.parametrize("table", list(SCHEMA), ids=lambda t: t.name)
def test_every_table_and_column_is_explained_in_dutch(table):
    assert table.title and table.description and table.grain
    assert [f.name for f in table.fields if not (f.title and f.description)] == []


@pytest.mark.parametrize(
    "name, made", [("data/README.md", dictionary.markdown(SCHEMA)), ("docs/regels.md", dictionary.rules())]
)
def test_what_is_made_from_the_schema_and_the_rules_is_up_to_date(name, made):
    assert dictionary.is_current(ROOT / name, made), "run `kw dictionary`"
