"""What holds for every fact and every block of every topic."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from everything import FACTS, PUBLIC, SHOWS

from kwlib.data import read_schema
from kwlib.show import Blok, rijen
from kwlib.show.feiten import EENHEDEN

SCHEMA = read_schema(Path(__file__).parents[2] / "data" / "datapackage.json")
REMOVED = [
    "project_jaar",
    "project_thema",
    "project_wijk",
    "metingen",
    "financiering",
    "doelen",
    "bewijzen",
    "toezeggingen",
    "claims",
    "contextwaarden",
    "participatie",
]


def numbers(d) -> dict[str, object]:
    """Return every number of every fact, by id."""
    found = {}
    for _, fact in PUBLIC:
        if hasattr(fact, "feit"):
            for row in rijen(fact(d)):
                found |= {(c := row.cijfer(column)).id: c for column in fact.feit["definities"]}
    return found


def empty(d):
    """Return the store with no rows at all."""
    return replace(d, frames={name: frame.iloc[:0] for name, frame in d.frames.items()}, memo={})


def without(d, table, record):
    frame = d.frames[table]
    kept = frame[[record not in h for h in frame["herkomst"]]]
    return replace(d, frames={**d.frames, table: kept}, memo={})


def test_there_are_facts_and_blocks_to_check():
    assert len(FACTS) > 20 and len(SHOWS) > 30


@pytest.mark.parametrize("fact", FACTS)
def test_a_number_column_says_its_unit(fact, d):
    frame = fact(d)
    for column in fact.feit["definities"]:
        assert column.endswith(tuple(EENHEDEN)) or "eenheid" in frame, column


@pytest.mark.parametrize("fact", FACTS)
def test_every_row_has_a_lineage(fact, d):
    assert all(isinstance(h, tuple) and h for h in fact(d)["herkomst"])


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_leaves_its_input_alone(fact, d):
    before = {name: frame.copy(deep=True) for name, frame in d.frames.items()}
    fact(replace(d, memo={}))
    for name, frame in d.frames.items():
        pd.testing.assert_frame_equal(frame, before[name])


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_of_an_empty_municipality_is_empty_or_zero(fact, d):
    if fact.feit["naam"] in ("methode.klassen", "doelkwaliteit.hoogste"):  # rules of the house, not data
        return
    for row in rijen(fact(empty(d))):
        for column in fact.feit["definities"]:
            assert not row.waarden[column] or pd.isna(row.waarden[column])


@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("which", ["small", "empty"])
def test_a_block_is_plain_json_without_holes(show, which, d):
    shown = show(d if which == "small" else empty(d))
    if isinstance(shown, Blok):
        text = json.dumps(shown._repr_mimebundle_(), ensure_ascii=False, allow_nan=False)
        assert not any(hole in text for hole in ("<NA>", "NaT", "nan)", ">nan<", "None"))


@pytest.mark.parametrize("table", REMOVED)
def test_only_numbers_that_name_a_record_change_when_it_goes(table, d):
    before = numbers(d)
    for record in [h for herkomst in d.frames[table]["herkomst"] for h in herkomst]:
        after = numbers(without(d, table, record))
        for id in before.keys() | after.keys():
            old, new = before.get(id), after.get(id)
            if old is None or new is None or (old.waarde, old.soort) != (new.waarde, new.soort):
                named = {h for c in (old, new) if c for h in c.herkomst}
                assert record in named or table in named, f"{id} changed without naming {record}"


def other(d, table, column, value):
    """Return another value that the schema allows in a cell: the next code, row, day, number or text."""
    field = SCHEMA[table].field(column)
    keys = {k.fields[0]: d.frames[k.table][k.reference[0]] for k in SCHEMA[table].foreign_keys}
    options = list(keys[column].dropna()) if column in keys else list(field.enum)
    if options:
        return next((o for o in options if pd.isna(value) or o != value), None)
    if pd.isna(value):
        return None
    steps = {"integer": lambda v: v + 1, "number": lambda v: v + 1, "boolean": lambda v: not v,
             "date": lambda v: v + pd.Timedelta(days=400), "string": lambda v: f"{v} anders"}  # fmt: skip
    return steps[field.type](value)


def changes(d, seed: str, how_many: int):
    """Return the store with one cell changed, and the record it is in, for some cells at random."""
    tables = {t.name: [c for c in t.columns if c not in (*t.key, "bron_id", "reden_ontbreekt")] for t in SCHEMA}
    cells = [(t, i, c) for t, columns in tables.items() for i in d.frames[t].index for c in columns]
    for table, index, column in random.Random(seed).sample(cells, min(how_many, len(cells))):
        frame = d.frames[table].copy()
        value = other(d, table, column, frame.at[index, column])
        if value is not None and column != "herkomst":
            frame.at[index, column] = value
            yield table, frame.at[index, "herkomst"][0], column, replace(d, frames={**d.frames, table: frame}, memo={})


@pytest.mark.parametrize("seed", ["een", "twee", "drie", "vier"])
def test_only_numbers_that_name_a_record_change_when_a_cell_of_it_does(seed, d):
    before, moved = numbers(d), 0
    for table, record, column, changed in changes(d, seed, 60):
        after = numbers(changed)
        for id in before.keys() | after.keys():
            old, new = before.get(id), after.get(id)
            if old is None or new is None or (old.waarde, old.soort) != (new.waarde, new.soort):
                moved += 1
                named = {h for c in (old, new) if c for h in c.herkomst}
                assert record in named or table in named, f"{column} of {record}: {id} changed without naming it"
    assert moved > 5
