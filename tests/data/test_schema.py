import json

import pytest

from kwlib.data import SchemaError, parse_schema, read_schema

PACKAGE = {
    "title": "Krachtwijken",
    "resources": [
        {
            "name": "wijken",
            "path": "groningen/wijken.csv",
            "schema": {
                "fields": [{"name": "wijk_id", "type": "string"}, {"name": "deel_van", "type": "string"}],
                "primaryKey": "wijk_id",
                "foreignKeys": [{"fields": "deel_van", "reference": {"resource": "", "fields": "wijk_id"}}],
            },
        }
    ],
}


def changed(old, new):
    return json.loads(json.dumps(PACKAGE).replace(old, new))


def test_a_table_knows_its_file_key_and_references():
    table = parse_schema(PACKAGE)["wijken"]
    assert (table.file, table.key, table.columns) == ("wijken.csv", ("wijk_id",), ("wijk_id", "deel_van"))
    assert (table.foreign_keys[0].table, table.foreign_keys[0].reference) == ("wijken", ("wijk_id",))


@pytest.mark.parametrize(
    "package, words",
    [
        (changed('"type": "string"', '"type": "geo"'), "heeft type 'geo'. Kies uit"),
        (changed('"resource": ""', '"resource": "buurten"'), "verwijst naar de onbekende tabel 'buurten'"),
        (changed('"primaryKey": "wijk_id"', '"primaryKey": "id"'), "wijken heeft geen kolom 'id'"),
        (changed('"path"', '"pad"'), "onderdeel 'path' ontbreekt"),
        ({"resources": 3}, "verkeerde vorm"),
        ({}, "onderdeel 'resources' ontbreekt"),
    ],
)
def test_a_schema_that_contradicts_itself_is_refused_in_dutch(package, words):
    with pytest.raises(SchemaError, match=words):
        parse_schema(package)


@pytest.mark.parametrize(
    "raw, words",
    [
        (b"{", "datapackage.json, regel 1: dit is geen geldige JSON"),
        (b"\xff", "geen UTF-8"),
        (b"[]", "geen datapakket"),
        (None, "niet te lezen"),
    ],
)
def test_a_schema_file_that_cannot_be_read_is_refused_in_dutch(tmp_path, raw, words):
    path = tmp_path / "datapackage.json"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(SchemaError, match=words):
        read_schema(path)
