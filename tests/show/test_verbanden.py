"""Figures of how things hang together."""

from types import SimpleNamespace

import pandas as pd

from kwlib.show import feit, kol, tabel
from kwlib.show.verbanden import warmte


@feit("a", n_aantal="Wat telt.")
def telling(d):
    return pd.DataFrame({"a": ["x"], "n_aantal": [1], "herkomst": [("p/a",)]})


def test_a_long_name_above_a_grid_takes_two_lines_and_is_not_cut_off():
    data = tabel("t", "Telling", telling(SimpleNamespace()), [kol("a", "A"), kol("n_aantal", "N")])
    namen = ["Prettig en veilig wonen", "Werken"]
    svg = warmte("w", "Verbanden", "Wat erop staat.", data, namen=namen, waarden=[[1, 2], [None, 0]]).svg
    assert "Prettig en" in svg and "veilig wonen" in svg and "…" not in svg
