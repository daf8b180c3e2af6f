"""What the privacy officer sees: whole tables, and only what could be a small group in the list of what is narrow."""

import pytest

from kwlib import privacy
from kwlib.privacy import uitleg
from tests.privacy.conftest import maak
from tests.privacy.test_bescherm import opslag


@pytest.fixture(scope="module")
def d():
    """Return a town that is told for its wijken together: of project c only one wijk is known, so 30 follows."""
    return privacy.protect(opslag(maak({"a": (3, 4), "b": (4, 3), "c": (None, 30)})))


def rijen(styler):
    """Return project, wijk, lowest and highest value per row."""
    return {tuple(r) for r in styler.data[["Project", "Wijk", "Laagste", "Hoogste"]].itertuples(index=False)}


def test_of_each_hidden_count_stands_what_an_outsider_can_derive(d):
    assert {("a", "w0", 0, 7), ("c", "w1", 30, 30)} <= rijen(uitleg.afleidbaar(d))


def test_a_large_count_that_only_has_no_place_in_its_table_is_not_called_narrow(d):
    nauw = rijen(uitleg.nauwste(d))
    assert ("a", "w0", 0, 7) in nauw and ("c", "w1", 30, 30) not in nauw


def test_every_row_and_the_whole_of_every_reason_is_seen(d):
    page = uitleg.afleidbaar(d).to_html()
    assert page.count("<tr>") == 1 + d.telrooster["weg"].sum()
    assert "In deze tabel zou te veel wegvallen. Daarom staat hier alleen een groter geheel.</td>" in page


def test_the_table_shows_a_cross_where_a_count_is_hidden(d):
    tabel = uitleg.tabel(d, "gestart", "unieke_personen").data.set_index("Project")
    assert tabel.loc["a", ["*", "W0", "W1"]].tolist() == ["7", "x", "x"]
    assert uitleg.verborgen(d).data["Aantallen"].sum() == d.telrooster["weg"].sum()
    assert uitleg.klassen(d).data["Klasse"].tolist() == ["openbaar", "gewoon", "gevoelig", "zeer gevoelig"]
