import pytest

from kwlib.show import delen as t
from kwlib.show.feiten import Cijfer


def getal(waarde, **kwargs):
    return Cijfer(waarde, id="f.x/alle/n_aantal", eenheid=kwargs.pop("eenheid", "aantal"), definitie="d", **kwargs)


def test_a_bare_number_is_refused_because_nobody_could_trace_it():
    with pytest.raises(TypeError, match="comes from a fact"):
        t.vul("er zijn {n} projecten", n=3)


def test_a_number_typed_in_a_sentence_is_refused():
    with pytest.raises(ValueError, match="typed"):
        t.vul("er zijn 3 projecten")


def test_a_number_keeps_its_identity_in_the_sentence():
    delen = t.zin("er zijn {n} projecten.", n=getal(3))
    assert t.plat(delen) == "Er zijn drie projecten."
    assert [d.c.id for d in delen if d.c] == ["f.x/alle/n_aantal"]


@pytest.mark.parametrize(
    "soort, verwacht",
    [
        ("exact", "twintig"),
        ("ondergrens", "meer dan twintig"),
        ("minstens", "ten minste twintig"),
        ("bovengrens", "ten hoogste twintig"),
        ("geschat", "naar schatting twintig"),
    ],
)
def test_the_kind_of_value_is_always_said(soort, verwacht):
    assert t.weergave(getal(20, soort=soort)) == verwacht


def test_a_range_shows_both_ends():
    assert t.weergave(getal(3000, soort="bereik", waarde_tot=4000)) == "3.000 tot 4.000"


def test_a_missing_number_is_called_unknown():
    assert t.weergave(getal(None)) == "onbekend"


def test_millions_are_written_short():
    assert t.weergave(getal(1_900_000, eenheid="euro"), "mln") == "€\u00a01,9 miljoen"
    assert t.weergave(getal(10_000_000, eenheid="euro"), "mln") == "€\u00a010 miljoen"


def test_an_enumeration_keeps_the_numbers_inside():
    delen = t.opsomming([t.vul("{n} a", n=getal(1)), "b", "c"])
    assert t.plat(delen) == "één a, b en c"
    assert sum(d.c is not None for d in delen) == 1


def test_names_with_a_comma_are_kept_apart_by_semicolons():
    assert t.plat(t.opsomming(["warm, zuinig", "b", "c"])) == "warm, zuinig; b; en c"
    assert t.plat(t.opsomming(["a", "b", "c"])) == "a, b en c"
