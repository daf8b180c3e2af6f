import re
import subprocess
import sys
from types import SimpleNamespace

import pandas as pd
import pytest

from kwlib.show import feit, figuren, kol, style, tabel

d = SimpleNamespace(sources_of=lambda records: ())


@feit("fase", n_aantal="Het aantal.")
def per_fase(d):
    return pd.DataFrame({"fase": ["opstart", "klaar"], "n_aantal": [2, 1], "herkomst": [("p/a",), ("p/b",)]})


def data():
    return tabel("t", "Projecten", per_fase(d), [kol("fase", "Fase"), kol("n_aantal", "Projecten")])


def staven(alt="Twee in opstart."):
    return figuren.balken("f", "Projecten", alt, data(), rijen=["a", "b"], waarden=[2, 1], labels=["2", "1"])


def test_a_figure_without_words_is_refused():
    with pytest.raises(ValueError, match="V71"):
        staven(alt=" ")


def test_a_figure_carries_its_data_and_the_numbers_in_it():
    f = staven()
    assert len(f.model()["tabel"]["rijen"]) == 2
    assert sorted(f.cijfers()) == ["test_figuren.per_fase/klaar/n_aantal", "test_figuren.per_fase/opstart/n_aantal"]


def test_places_in_a_drawing_are_rounded_and_the_thousands_in_its_words_stay():
    f = figuren.balken("f", "Geld", "Wat.", data(), rijen=["a", "b"], waarden=[2, 1 / 3], labels=["1.234.567", "0"])
    assert ">1.234.567</text>" in f.svg
    assert not re.search(r"\.\d{4}", f.svg)


def test_the_drawing_has_text_as_text_and_nothing_of_the_clock():
    svg = staven().svg
    assert svg.startswith("<svg") and ">a</text>" in svg
    assert "metadata" not in svg and not re.search(r"20\d\d-\d\d-\d\d", svg)


def test_a_drawing_names_only_what_it_leads_to():
    svg = figuren.gestapeld("f", "P", "Wat.", data(), rijen=["a"], reeksen=[("x", [1], style.ACCENT)]).svg
    named = re.findall(r'\bid="([^"]+)"', svg)
    assert named and set(named) == set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg))


def test_the_same_figure_is_the_same_bytes_in_another_process(tmp_path):
    code = "import sys; sys.path[:0] = sys.argv[1:]; import test_figuren; print(test_figuren.staven().svg)"
    here = str(tmp_path.parent)
    paths = [str(__import__("pathlib").Path(__file__).parent), here]
    runs = [
        subprocess.run([sys.executable, "-c", code, *paths], env={"PYTHONHASHSEED": seed, "TZ": tz, "HOME": here},
                       capture_output=True, text=True, check=True).stdout
        for seed, tz in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]  # fmt: skip
    assert runs[0] == runs[1] and "<svg" in runs[0]


def test_only_the_palette_is_used():
    palette = {style.INKT, style.GEDEMPT, style.RASTER, style.ACCENT, style.TWEEDE, style.ZACHT, style.GRIJS, style.WIT}
    assert set(re.findall(r"#[0-9a-f]{6}", staven().svg)) <= palette


def test_a_bullet_row_carries_the_words_it_was_given():
    row = figuren.Streep("Vuil", None, 20, 25, "nu meer dan 20 · doel 25 of lager")
    svg = figuren.stippen("f", "Stand", "Wat.", data(), strepen=[row]).svg
    assert ">Vuil</text>" in svg and ">nu meer dan 20 · doel 25 of lager</text>" in svg


def size(svg: str) -> tuple[float, float]:
    return tuple(float(n) for n in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())


def test_a_legend_that_is_too_wide_for_its_figure_has_more_rows():
    def stapels(n):
        reeksen = [(f"Een heel thema met nummer {i}", [1, 2], style.ACCENT) for i in range(n)]
        return size(figuren.gestapeld("f", "Projecten", "Wat.", data(), rijen=["a", "b"], reeksen=reeksen).svg)

    assert stapels(2)[0] == stapels(8)[0] == pytest.approx(style.BREEDTE * 72)
    assert stapels(8)[1] > stapels(2)[1] + 14


def test_no_name_is_cut_off_at_the_edge_of_a_drawing():
    def staaf(label):
        f = figuren.balken("f", "Geld", "Wat.", data(), rijen=["a"], waarden=[1], labels=[label])
        return size(f.svg)[0]

    assert staaf("1") == pytest.approx(style.BREEDTE * 72) and staaf("1" * 90) > staaf("1" * 80) > staaf("1")
