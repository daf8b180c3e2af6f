from hypothesis import given
from hypothesis import strategies as st

from kwlib.show import vergelijken


def test_the_interval_of_a_count_of_seven_is_that_of_the_handbook():
    below, above = vergelijken.byar(7)
    assert (round(below, 1), round(above, 1)) == (2.8, 14.4)


def test_the_interval_of_14_of_22_is_that_of_wilson():
    below, above = vergelijken.wilson(14, 22)
    assert (round(100 * below), round(100 * above)) == (43, 80)


def test_14_of_22_and_10_of_19_are_too_few_to_compare():
    below, above = vergelijken.newcombe(14, 22, 10, 19)
    assert (round(100 * below), round(100 * above)) == (-18, 38)
    assert vergelijken.verschilzin(14, 22, 10, 19) == "de verandering kan toeval zijn"


def test_a_large_difference_is_more_than_chance():
    assert "groter dan het toeval" in vergelijken.verschilzin(90, 100, 10, 100)
    assert "groter dan het toeval" in vergelijken.telverschilzin(599, 330)
    assert "te klein" in vergelijken.telverschilzin(7, 9)
    assert "kan toeval zijn" in vergelijken.telverschilzin(312, 331)


@given(
    soort=st.sampled_from(["exact", "geschat", "ondergrens", "minstens", "bovengrens", "bereik"]),
    stand=st.integers(0, 40),
    meer=st.integers(1, 9),
    richting=st.sampled_from(["hoger", "lager"]),
)
def test_a_target_is_reached_or_missed_only_when_every_value_that_it_may_be_says_so(soort, stand, meer, richting):
    half = [n / 2 for n in range(-99, 99)]
    mogelijk = {
        "ondergrens": [n for n in half if n > stand],
        "minstens": [n for n in half if n >= stand],
        "bovengrens": [n for n in half if n <= stand],
        "bereik": [n for n in half if stand <= n <= stand + meer],
    }.get(soort, [stand])
    verdicts = {n >= 20 if richting == "hoger" else n <= 20 for n in mogelijk}
    grenzen = vergelijken.grenzen(stand, stand + meer, soort)
    assert vergelijken.bereikt(*grenzen, 20, richting) is (verdicts.pop() if len(verdicts) == 1 else None)
