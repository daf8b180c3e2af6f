import re
from types import SimpleNamespace

import pandas as pd
import pytest

from kwlib.show import feit, kol, lijnen, style, tabel

d = SimpleNamespace(sources_of=lambda records: ())


@feit("jaar", n_aantal="Het aantal.")
def per_jaar(d):
    return pd.DataFrame({"jaar": [2008, 2009], "n_aantal": [2, 1], "herkomst": [("p/a",), ("p/b",)]})


def data():
    return tabel("t", "Projecten", per_jaar(d), [kol("jaar", "Jaar"), kol("n_aantal", "Projecten")])


def test_a_broken_line_is_drawn_in_two_pieces():
    whole = lijnen.Lijn("a", [1, 2, 3, 4], [1, 2, 3, 4], style.ACCENT)
    cut = lijnen.Lijn("a", [1, 2, 3, 4], [1, 2, 3, 4], style.ACCENT, frozenset({2}))
    draw = [lijnen.lijnen("l", "b", "alt", data(), reeksen=[x], eenheid="n").svg for x in (whole, cut)]
    pieces = [len(re.findall(r"stroke-linecap: square", s)) for s in draw]
    assert pieces[1] > pieces[0]


def test_many_wijken_get_a_small_chart_each_on_one_scale_before_the_city():
    wijken = [
        lijnen.Lijn(f"wijk {n}", [2008, 2009], [40, 50 + n], style.ACCENT, marge=[(35, 45), (45, 60)]) for n in range(5)
    ]
    stad = lijnen.Lijn("stad", [2008, 2009], [60, 61], style.INKT)
    draw = lijnen.veelvouden("v", "b", "alt", data(), reeksen=wijken, vergelijk=[stad], eenheid="procent").svg
    assert all(f">wijk {n}: {50 + n}</text>" in draw for n in range(5)) and ">stad 61</text>" in draw
    assert draw.count("<clipPath") == 8 - 3  # the empty places of the second row are not drawn


def test_labels_at_the_end_of_lines_never_lie_over_each_other():
    spread = lijnen._spread([46.6, 47.0, 48.6, 53.4], 5)
    assert all(b - a >= 5 - 1e-9 for a, b in zip(spread, spread[1:], strict=False))
    assert sum(spread) == pytest.approx(46.6 + 47.0 + 48.6 + 53.4)


def test_every_line_has_its_name_in_the_drawing():
    lines = [lijnen.Lijn(f"wijk {n}", [2012, 2020], [40 + n, 46 + n / 10], style.ACCENT) for n in range(6)]
    svg = lijnen.lijnen("l", "b", "alt", data(), reeksen=lines, eenheid="procent").svg
    assert all(f"wijk {n} " in svg for n in range(6))
