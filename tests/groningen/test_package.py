"""The data package as the rest of the world reads it, and the dictionary that is made from it."""

from pathlib import Path

import frictionless
import pytest

from kwlib.data import read_schema
from kwlib.data.dictionary import is_current

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


def test_the_dictionary_is_up_to_date():
    assert is_current(ROOT / "data" / "README.md", SCHEMA), "run `kw dictionary`"
