"""Fingerprints of tables: each record with its row and what it says."""

import dataclasses
import datetime as dt

import pytest

from kwlib.data import fingerprints


@pytest.fixture
def store(delivery):
    return delivery.store(dt.date(2009, 10, 8))


def test_one_changed_cell_changes_one_record(store):
    frame = store.frames["wijken"]
    other = frame.assign(naam=frame["naam"].where(frame["rij"] != 3, "Anders"))
    before = fingerprints(store)["wijken"]
    after = fingerprints(dataclasses.replace(store, frames={**store.frames, "wijken": other}))["wijken"]
    assert [k for k in before if before[k] != after[k]] == [k for k, (row, _) in before.items() if row == 3] != []


def test_every_table_has_one_and_so_has_what_the_check_said(store):
    assert {*store.frames, "problems", "superseded"} == set(fingerprints(store))


def test_the_same_data_have_the_same(store):
    assert fingerprints(store) == fingerprints(dataclasses.replace(store, memo={}))
