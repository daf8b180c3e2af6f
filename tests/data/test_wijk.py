import datetime as dt

import pytest

from kwlib.data import krachtwijken, of_wijk

HINDSIGHT = dt.date(2026, 11, 1)


@pytest.fixture
def ids(delivery):
    """Return a function that gives the keys of a table in the slice of one wijk."""
    delivery.add("participatie", moment_id="stad", project_id="", wijk_id="groningen")
    delivery.add("participatie", moment_id="wijk", project_id="", wijk_id="korrewegwijk")
    delivery.add("participatie", moment_id="elders", project_id="stadjerstv", wijk_id="de-hoogte")
    store = delivery.store(HINDSIGHT)
    return lambda wijk, table, key: of_wijk(store, wijk).frames[table][key].tolist()


def test_the_krachtwijken_are_there_in_report_order(delivery):
    assert krachtwijken(delivery.store(HINDSIGHT)) == {"de-hoogte": "De Hoogte", "korrewegwijk": "Korrewegwijk"}


def test_a_wijk_has_the_projects_that_touch_it_also_those_that_touch_another_one(ids):
    assert ids("de-hoogte", "projecten", "project_id") == ["stadjerstv", "schuttingen"]
    assert ids("korrewegwijk", "projecten", "project_id") == ["stadjerstv"]
    assert ids("korrewegwijk", "project_jaar", "project_id") == ["stadjerstv"]
    assert ids("korrewegwijk", "project_wijk", "wijk_id") == ["korrewegwijk"]


def test_goals_and_measurements_go_with_their_project(ids):
    assert set(ids("korrewegwijk", "doelen", "project_id")) == {"stadjerstv"}
    assert set(ids("korrewegwijk", "indicatoren", "doel_id")) <= set(ids("korrewegwijk", "doelen", "doel_id"))


def test_a_year_in_which_a_project_did_not_touch_the_wijk_is_not_there(delivery):
    store = delivery.store(HINDSIGHT)
    links = store.project_wijk
    links = links.assign(jaar=links["jaar"].where(links["project_id"] != "schuttingen", 2008))
    there = of_wijk(store.replace(project_wijk=links), "de-hoogte")
    assert there.projecten["project_id"].tolist() == ["stadjerstv", "schuttingen"]
    assert there.project_jaar["project_id"].tolist() == ["stadjerstv"]


def test_money_and_moments_of_another_wijk_or_of_the_whole_city_are_not_there(ids):
    assert ids("korrewegwijk", "financiering", "financiering_id") == []
    assert set(ids("de-hoogte", "financiering", "financiering_id")) >= {"f-rijk", "f-gemeente"}
    assert [m for m in ids("korrewegwijk", "participatie", "moment_id") if m in ("stad", "wijk", "elders")] == ["wijk"]
    assert [m for m in ids("de-hoogte", "participatie", "moment_id") if m in ("stad", "wijk", "elders")] == ["elders"]


def test_the_city_stays_to_compare_with(ids):
    assert ids("de-hoogte", "contextwaarden", "wijk_id") == ["de-hoogte", "groningen"]
    assert ids("korrewegwijk", "contextwaarden", "wijk_id") == ["groningen"]


def test_the_slice_knows_the_name_of_its_wijk_and_an_area_that_is_no_krachtwijk_has_none(delivery):
    store = delivery.store(HINDSIGHT)
    assert of_wijk(store, "de-hoogte").params["wijk"] == "De Hoogte" and "wijk" not in store.params
    with pytest.raises(KeyError):
        of_wijk(store, "groningen")
