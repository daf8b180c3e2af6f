"""A chapter is what its executed notebook shows, in order."""

from kwlib.report import chapter
from kwlib.report.markdown import plat
from tests.report import sample

REDEN = {"soort": "alinea", "id": None, "cijfers": {}, "delen": [{"t": "Er is niets vastgelegd."}]}


def test_a_reason_that_two_blocks_give_one_after_the_other_is_said_once(tmp_path):
    cells = ["# Leren", REDEN, REDEN, "Tussendoor.", REDEN]
    found = chapter.lees(sample.notebook(tmp_path / "10_leren.ipynb", cells))
    assert [plat(b["delen"]) for _, b in found.blokken] == [
        "Er is niets vastgelegd.", "Tussendoor.", "Er is niets vastgelegd."]  # fmt: skip
