import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwlib.show import zinnen
from kwlib.show.delen import plat
from kwlib.show.feiten import Cijfer


def getal(waarde, kolom="n_aantal"):
    return Cijfer(waarde, id=f"f.x/alle/{kolom}", eenheid="aantal", definitie="d")


@pytest.mark.parametrize(
    "n, alles, verwacht",
    [
        (0, 0, "geen enkel project"),
        (0, 1, "geen project"),
        (1, 1, "het enige project"),
        (0, 28, "geen van de 28 projecten"),
        (1, 28, "één van de 28 projecten"),
        (27, 28, "27 van de 28 projecten"),
        (17, 18, "zeventien van de achttien projecten"),
        (28, 28, "alle 28 projecten"),
        (7, 11, "zeven van de elf projecten"),
        (1, 2, "één van de twee projecten"),
        (2, 2, "beide projecten"),
    ],
)
def test_a_count_of_a_total_is_exact_in_words(n, alles, verwacht):
    assert plat(zinnen.telzin(getal(n), getal(alles, "alles_aantal"), "project", "projecten")) == verwacht


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_count_is_never_vague(n, alles):
    n, alles = min(n, alles), max(n, alles)
    text = plat(zinnen.telzin(getal(n), getal(alles, "alles_aantal"), "project", "projecten"))
    assert not any(vaag in text for vaag in ("vrijwel", "de meeste", " een enkel ", "bijna"))


def test_more_than_the_total_is_refused():
    with pytest.raises(ValueError, match="more than"):
        zinnen.telzin(getal(3), getal(2, "N_aantal"), "project", "projecten")


def test_a_percentage_of_few_is_written_as_a_count():
    assert plat(zinnen.procentzin(getal(2), getal(4), getal(50))) == "twee van de vier"
    half = Cijfer(50, id="f.x/alle/p_pct", eenheid="procent", definitie="d")
    assert plat(zinnen.procentzin(getal(20), getal(40), half)) == "50\u00a0%"


def test_every_reason_has_its_own_sentence():
    assert len(set(zinnen.REDENEN.values())) == len(zinnen.REDENEN)
    assert zinnen.ontbreekzin("iets anders") == "De reden is niet opgegeven."


@pytest.mark.parametrize("niveau, begin", [(0, "wij hopen"), (2, "naar verwachting"), (4, "uit onderzoek")])
def test_a_cause_is_worded_by_its_evidence(niveau, begin):
    assert zinnen.oorzaakzin(niveau).startswith(begin)
