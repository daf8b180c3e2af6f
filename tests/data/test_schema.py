import json

import pytest

from kwlib.data import SchemaError, check, read_schema
from kwlib.data.schema import parse_schema

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
        (changed('"name": "deel_van"', '"name": "deel_van", "constraints": {"minimum": "x"}'), "grens 'x'"),
        (changed('"name": "deel_van"', '"name": "deel_van", "constraints": {"pattern": "("}'), "patroon"),
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


def with_rules(package, table, rules):
    """Return the schema with other constraints for some columns of one table."""
    resources = []
    for resource in package["resources"]:
        fields = [
            f | {"constraints": rules[f["name"]]} if resource["name"] == table and f["name"] in rules else f
            for f in resource["schema"]["fields"]
        ]
        resources.append(resource | {"schema": resource["schema"] | {"fields": fields}})
    return parse_schema({"resources": resources})


def test_a_text_that_does_not_fit_its_pattern_and_a_value_that_must_be_unique_are_refused(delivery, package):
    schema = with_rules(package, "kalender", {"moment_id": {"pattern": "[a-z]{2}"}})
    assert [p.code for p in check(delivery.path, schema).problems] == ["R03"]
    schema = with_rules(package, "themas", {"jaar_van": {"unique": True}})
    assert [p.text() for p in check(delivery.path, schema).problems] == [
        "themas.csv, rij 3, kolom jaar_van: jaar_van '2007' komt ook voor in rij 2. Geef elke rij een eigen "
        "jaar_van, of haal de dubbele rij weg."
    ]


def test_limits_have_the_type_of_their_column(delivery, package):
    rules = {"gepland_van": {"minimum": "2009-12-10"}, "jaar": {"minimum": "2010"}}
    result = check(delivery.path, with_rules(package, "kalender", rules))
    assert [p.text() for p in result.problems if p.code == "R02"] == [
        "kalender.csv, rij 2, kolom gepland_van: gepland_van '2009-12-01' is kleiner dan 2009-12-10. Verbeter de cel. "
        "Uitleg: De eerste dag waarop het kan zijn. Zegt de bron begin, half of eind van een maand? Vul dan 1 tot 10, "
        "10 tot 20, of 20 tot de laatste dag in.",
        "kalender.csv, rij 2, kolom jaar: jaar '2009' is kleiner dan 2010. Verbeter de cel. Uitleg: Het jaar.",
    ]
