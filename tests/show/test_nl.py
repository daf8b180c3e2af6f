import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwlib.show import nl


@pytest.mark.parametrize(
    "waarde, decimalen, verwacht",
    [(0, 0, "0"), (1234.5, 1, "1.234,5"), (-12, 0, "−12"), (2.5, 0, "3"), (0.125, 2, "0,13"), (1e6, 0, "1.000.000")],
)
def test_digits_are_dutch_and_round_half_up(waarde, decimalen, verwacht):
    assert nl.cijfers(waarde, decimalen) == verwacht


@pytest.mark.parametrize("waarde, verwacht", [(0, "nul"), (1, "één"), (20, "twintig"), (21, "21"), (2.5, "3")])
def test_small_whole_numbers_are_words_in_running_text(waarde, verwacht):
    assert nl.getal(waarde) == verwacht


def test_money_keeps_its_sign_and_number_together():
    assert nl.euro(1120000) == "€\u00a01.120.000"


@pytest.mark.parametrize(
    "waarde, verwacht", [(0, "0\u00a0%"), (0.2, "minder dan 1\u00a0%"), (0.5, "1\u00a0%"), (63.6, "64\u00a0%")]
)
def test_a_small_percentage_is_never_shown_as_nothing(waarde, verwacht):
    assert nl.procent(waarde) == verwacht


@pytest.mark.parametrize(
    "van, tot, verwacht",
    [
        ((2009, 10, 8), (2009, 10, 8), "8\u00a0oktober 2009"),
        ((2009, 11, 10), (2009, 11, 20), "10 tot en met 20\u00a0november 2009"),
        ((2009, 12, 1), (2009, 12, 31), "december 2009"),
        ((2008, 10, 1), (2009, 9, 30), "1\u00a0oktober 2008 tot en met 30\u00a0september 2009"),
        ((2009, 1, 1), (2009, 12, 31), "2009"),
        ((2007, 1, 1), (2016, 12, 31), "2007 tot en met 2016"),
        ((2009, 1, 1), (2009, 4, 30), "1 januari tot en met 30\u00a0april 2009"),
    ],
)
def test_a_period_is_written_as_short_as_it_can_be(van, tot, verwacht):
    assert nl.periode(dt.date(*van), dt.date(*tot)) == verwacht


def test_a_list_reads_as_a_sentence():
    assert [nl.opsomming(list(x)) for x in ("", "a", "ab", "abc")] == ["", "a", "a en b", "a, b en c"]


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_digits_can_be_read_back(waarde):
    assert int(nl.cijfers(waarde).replace(".", "").replace("−", "-")) == waarde
