"""The `frictionless` library as a second opinion: what it refuses by the schema, we refuse too, in the same row."""

import json

import pytest

frictionless = pytest.importorskip("frictionless")


@pytest.fixture
def refused_by_frictionless(delivery, package):
    def refused():
        path = delivery.path.parent / "datapackage.json"
        path.write_text(json.dumps(package), "utf-8")
        found = frictionless.validate(str(path)).flatten(["title", "rowNumber"])
        return sorted({row for _, row in found})

    return refused


def test_both_accept_a_good_delivery(delivery, refused_by_frictionless):
    assert refused_by_frictionless() == [] and delivery.problems() == ()


@pytest.mark.parametrize(
    "name, row, column, value",
    [
        ("project_jaar", 3, "fase", "loopt"),
        ("projecten", 3, "naam", ""),
        ("metingen", 4, "indicator_id", "i-jongere"),
        ("metingen", 4, "waarde", "vijf"),
        ("kalender", 2, "gepland_van", "1 december"),
        ("project_thema", 3, "hoofd", "yes"),
        ("wijken", 4, "wijk_id", "de-hoogte"),
    ],
)
def test_both_refuse_the_same_row(delivery, refused_by_frictionless, name, row, column, value):
    delivery.set(name, row, column, value)
    ours = sorted({p.row for p in delivery.problems() if p.severity == "F"})
    theirs = refused_by_frictionless()
    assert row in ours and set(theirs) <= set(ours) | {row}
    assert row in theirs
