import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwlib.data import make_store
from kwlib.data.versions import newest, published, visible

LETTER = dt.date(2009, 10, 8)
HINDSIGHT = dt.date(2026, 11, 1)


@pytest.fixture(scope="module")
def result(deliver, tmp_path_factory):
    delivery = deliver(tmp_path_factory.mktemp("store") / "groningen")
    delivery.set("doelen", 3, "bron_id", "besluit-2011")
    return delivery.check()


def store_at(result, day):
    return make_store(result, {"gemeente": "groningen", "jaar": 2009, "kennis_tot": day})


def records(frames):
    return {h[0] for frame in frames.values() for h in frame["herkomst"]}


def test_a_source_published_later_is_not_known(result):
    store = store_at(result, LETTER)
    assert set(store.bronnen["bron_id"]) == {"brief", "besluit-2009"}


def test_a_source_is_known_from_the_day_it_was_published(result):
    assert "brief" in set(store_at(result, LETTER).bronnen["bron_id"])
    assert "brief" not in set(store_at(result, LETTER - dt.timedelta(days=1)).bronnen["bron_id"])


def test_an_undated_source_is_known_from_the_day_it_was_read(result):
    assert "website" not in set(store_at(result, HINDSIGHT - dt.timedelta(days=1)).bronnen["bron_id"])
    assert "website" in set(store_at(result, HINDSIGHT).bronnen["bron_id"])


def test_what_refers_to_an_unknown_row_is_not_known_either(result):
    store = store_at(result, LETTER)
    assert store.doelen["doel_id"].tolist() == ["d-tv"]
    assert store.indicatoren["indicator_id"].tolist() == ["i-jongeren"]
    assert set(store.metingen["indicator_id"]) == {"i-jongeren"}


def test_the_version_of_the_newest_known_source_counts(result):
    def ceiling(store):
        return store.financiering.loc[store.financiering["post"] == "bijdrage", "begroot"].tolist()

    assert ceiling(store_at(result, LETTER)) == [570]
    assert ceiling(store_at(result, HINDSIGHT)) == [380]


def test_a_replaced_version_is_listed_with_what_replaced_it(result):
    replaced = store_at(result, HINDSIGHT).superseded
    assert replaced[["tabel", "bron_id", "vervangen_door"]].to_dict("records") == [
        {"tabel": "financiering", "bron_id": "besluit-2009", "vervangen_door": "financiering/f-cfv-2011"}
    ]
    assert replaced["herkomst"][0] == ("financiering/f-cfv-2009",)
    assert store_at(result, LETTER).superseded.empty


def test_a_store_can_go_back_in_time_and_forth_again(result):
    late, early = store_at(result, HINDSIGHT), store_at(result, LETTER)
    again = late.known_at(LETTER)
    assert again.kennis_tot == LETTER
    for name in result.frames:
        pd.testing.assert_frame_equal(again.frames[name], early.frames[name])
        pd.testing.assert_frame_equal(early.known_at(HINDSIGHT).frames[name], late.frames[name])


def test_what_was_protected_cannot_be_uncovered_with_another_date(result):
    store = store_at(result, LETTER)
    safe = store.replace(metingen=store.metingen.iloc[:1])
    assert len(safe.known_at(HINDSIGHT).metingen) == 1
    assert len(store.metingen) > 1


def test_only_existing_tables_can_be_replaced(result):
    with pytest.raises(KeyError, match="meting"):
        store_at(result, LETTER).replace(meting=pd.DataFrame())


def test_the_stand_is_of_the_params_day_and_does_not_move_with_knowledge(result):
    params = {"gemeente": "groningen", "jaar": 2009, "kennis_tot": HINDSIGHT, "peildatum": LETTER}
    store = make_store(result, params)
    assert (store.peildatum, store.known_at(LETTER + dt.timedelta(1)).peildatum) == (LETTER, LETTER)


def test_an_unknown_table_is_an_attribute_error(result):
    with pytest.raises(AttributeError, match="projects"):
        _ = store_at(result, LETTER).projects


def test_every_record_knows_its_file_row_and_source(result):
    records = store_at(result, HINDSIGHT).records()
    assert records["projecten/stadjerstv"] == {"bestand": "projecten.csv", "rij": 2, "bron": "brief"}
    assert records["bronnen/website"]["bron"] == "website"
    assert records["doelen"] == {"bestand": "doelen.csv", "rij": None, "bron": ""}


def test_a_record_that_a_later_source_replaced_is_still_known(result):
    store = store_at(result, HINDSIGHT)
    replaced = store.superseded["herkomst"].iloc[0][0]
    assert store.records()[replaced]["rij"] == store.superseded["rij"].iloc[0]


def test_labels_come_from_the_schema_in_its_order(result):
    assert list(store_at(result, LETTER).labels("project_jaar", "fase").items())[:2] == [
        ("idee", "idee"),
        ("opstart", "in opstart"),
    ]


def test_data_with_a_fault_do_not_become_a_store(delivery):
    delivery.set("project_jaar", 2, "fase", "loopt")
    with pytest.raises(ValueError, match="faults"):
        delivery.store(LETTER)


DAYS = st.dates(dt.date(2009, 1, 1), dt.date(2027, 1, 1))


@settings(deadline=None, max_examples=40)
@given(day=DAYS)
def test_no_row_of_a_later_source_is_ever_shown(result, day):
    days = published(result.frames["bronnen"])
    for frame in store_at(result, day).frames.values():
        assert all(days[b] <= pd.Timestamp(day) for b in frame["bron_id"].dropna())


@settings(deadline=None, max_examples=40)
@given(a=DAYS, b=DAYS)
def test_what_was_known_stays_known(result, a, b):
    early, late = sorted([a, b])
    seen = records(visible(result.frames, result.schema, early))
    assert seen <= records(visible(result.frames, result.schema, late))
    store = store_at(result, late)
    replaced = {h[0] for h in store.superseded["herkomst"]}
    assert seen <= records(store.frames) | replaced


@settings(deadline=None, max_examples=40)
@given(day=DAYS)
def test_every_reference_in_a_store_exists(result, day):
    frames = store_at(result, day).frames
    for table in result.schema:
        for key in table.foreign_keys:
            target = set(zip(*(frames[key.table][c] for c in key.reference), strict=True))
            rows = frames[table.name].dropna(subset=list(key.fields))
            assert set(zip(*(rows[c] for c in key.fields), strict=True)) <= target


def test_choosing_versions_does_not_depend_on_the_order_of_rows(result):
    frames = {**result.frames, "financiering": result.frames["financiering"].iloc[::-1].reset_index(drop=True)}
    assert records(newest(frames, result.schema)[0]) == records(newest(result.frames, result.schema)[0])
