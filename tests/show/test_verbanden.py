"""Figures of how things hang together."""

import re
from types import SimpleNamespace

import pandas as pd

from kwlib.show import feit, kol, style, tabel
from kwlib.show.verbanden import Band, Knoop, netwerk, warmte


@feit("a", n_aantal="Wat telt.")
def telling(d):
    return pd.DataFrame({"a": ["x"], "n_aantal": [1], "herkomst": [("p/a",)]})


def test_a_long_name_above_a_grid_takes_two_lines_and_is_not_cut_off():
    data = tabel("t", "Telling", telling(SimpleNamespace()), [kol("a", "A"), kol("n_aantal", "N")])
    namen = ["Prettig en veilig wonen", "Werken"]
    svg = warmte("w", "Verbanden", "Wat erop staat.", data, namen=namen, waarden=[[1, 2], [None, 0]]).svg
    assert "Prettig en" in svg and "veilig wonen" in svg and "…" not in svg


def test_what_hinders_is_drawn_last_and_beside_the_other_link_of_the_same_two():
    data = tabel("t", "Telling", telling(SimpleNamespace()), [kol("a", "A"), kol("n_aantal", "N")])
    banden = [Band("x", "y", hindert=True), Band("x", "y"), Band("y", "x", bewezen=True)]
    svg = netwerk("n", "Verbanden", "Alt.", data, knopen=[Knoop("x", "g"), Knoop("y", "g")], banden=banden).svg
    arcs = re.findall(r'<path d="([^"]+)"[^>]*style="fill: none;[^"]*stroke: (#\w+)', svg)
    assert [kleur.lower() for _, kleur in arcs][-1] == style.TWEEDE.lower() and len({d for d, _ in arcs}) == 3
