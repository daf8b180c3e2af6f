"""The bench counts right: ratios within a round, the arithmetic of many, and a page and figure from known numbers."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import measure
import page
import place

TWO = {"slow": [[30.0, 8.0, 0], [10.0, 9.0, 0], [12.0, 10.0, 0]], "fast": [[3.0, 2.0, 0], [2.0, 3.0, 0], [1.0, 5.0, 0]]}
STAGES = {name: [1.0] for name in page.STAGES}


def same(*ways: str) -> dict[str, list]:
    return {way: [[2.0, 1.0, 0]] for way in ways}


FOUND = {
    "machine": {"cores": 2, "python": "3.11.0", "rounds": 1, "booklets": 8, "patience": 5, "part": 4,
                "pdf": "chromium"},
    "report": {"took": same(*page.REPORT) | {"cli": [[20.0, 6.0, 0]]},
               "ran": {"csv": ["Niet veranderd: 19 van de 23 hoofdstukken."], "nothing": []}},
    "batch": same(*page.BATCH) | {"cli": [[40.0, 9.0, 0]]},
    "grow": {"booklets": {"10": {"each": 0.5, "growth": 3.0, "peak": 100, "wall": 7.0},
                          "1000": {"each": 0.6, "growth": 9.0, "peak": 110, "wall": 603.0}},
             "rows": {"1": {"rows": 20, "check": 1.0, "protect": 2.0, "booklet": 1.0},
                      "100": {"rows": 2000, "check": 30.0, "protect": None, "booklet": 2.5}}},
    "stages": STAGES,
    "memory": {"report": 400, "booklets": 500, "cli": 300, "papermill": 200},
    "register": {"with": {"seconds": 0.3, "bytes": 1000}, "without": {"seconds": 0.2, "bytes": 750}},
    "protection": "voorbeeldstad 1.00",
}  # fmt: skip


def test_a_ratio_is_taken_within_a_round_and_then_the_median():
    assert page.ratio(TWO, "slow", "fast") == [10, 5, 12]
    assert page.ratio(TWO, "slow", "fast", page.CPU) == [3, 2, 4]


def test_a_number_has_the_digits_that_mean_something():
    assert [page.number(n) for n in (0.031, 1.26, 12.6, 14000.2)] == ["0.03", "1.3", "13", "14,000"]


def test_many_booklets_are_calculated_in_the_open():
    assert "3.0 + 14,000 × 0.600 = 8,403 s = **2.3 hours**" in page.extrapolation(0.6, 3, 5)
    assert "14,000 × 5.00 s = 19.4 hours" in page.extrapolation(0.6, 3, 5)


@pytest.mark.parametrize(
    "said",
    [
        "chromium --print-to-pdf as commands, one after the other | 10 | 10 – 10 | 6.0 |",
        "| one row of a CSV file changed (19 of 23 chapters kept) | 1.0 |",
        "The commands of today take 20 times as long",
        "| 1,000 | 1.2 | 1.10 | 9 MB |",
        "Here the start took 3.0 s and a booklet 0.600 s",
        "| 100 × (2,000 rows) | 30 | stopped after 5 s | 2.5 |",
        "| protect | 11 % |",
        "| the whole report | 400 MB |",
        "The register takes **10 %** of the processor\ntime of a report",
        "**25 %** of the bytes",
    ],
)
def test_the_page_says_what_was_measured(said):
    assert said in page.markdown(FOUND)


def test_the_figure_is_drawing_without_letters_of_its_own_and_the_same_every_time():
    drawn = page.figure(FOUND)
    assert drawn == page.figure(FOUND) and "<text" not in drawn and len(drawn) < 200_000


def test_a_process_that_did_a_part_counts_for_the_whole():
    says = """import sys; print("x", file=sys.stderr); print('{"wall": 2, "cpu": 1, "times": 3}')"""
    took, said, err = measure.process([sys.executable, "-c", says], {}, Path("/"))
    assert (took.wall, took.cpu, said["times"], err) == (6, 3, 3, "x\n")


def test_a_process_that_fails_is_named_with_what_it_said():
    with pytest.raises(RuntimeError, match=r"(?s)python.*geen brood"):
        measure.process([sys.executable, "-c", "raise SystemExit('geen brood')"], {}, Path("/"))


def test_rounds_run_forwards_and_backwards():
    seen = []
    ways = {name: lambda n, name=name: seen.append((name, n)) or measure.Took(1, 1) for name in "ab"}
    measure.interleaved(ways, 2, lambda _: None)
    assert seen == [("a", 0), ("b", 0), ("b", 1), ("a", 1)]


def test_a_bigger_city_is_one_that_the_check_lets_through(tmp_path):
    from kwlib import config
    from kwlib.data import check, read_schema

    at = place.Place.project(type("At", (), {"folder": tmp_path}), "stad")
    assert place.more_rows(at, 1) * 1.5 < place.more_rows(at, 2)
    place.more_wijken(at, 2)
    assert len(place.krachtwijken(at)) == 8
    paths = config.Paths(at)
    params = config.load(place.CITY, 2009, "", paths)
    assert not check(paths.data / place.CITY, read_schema(paths.schema), params.mapping()).stops
