"""A notebook accounts for what it looks at."""

import dataclasses

import pytest

from kwlib.report.run import Limits, run

VALUES = {"gemeente": "groningen", "jaar": 2009, "kennis_tot": ""}
OPEN = "from kwlib.edition import open_edition\nd = open_edition(gemeente, jaar, kennis_tot)"


@pytest.fixture
def look(chapter, tmp_path):
    """Return a function that runs cells with the real edition and gives the outcome, and what was looked at."""

    def run_cells(*cells):
        job = dataclasses.replace(chapter("10_kijk", OPEN, *cells), gelezen=tmp_path / "gelezen")
        [outcome] = run([job], VALUES, Limits())
        return outcome, job.gelezen.read_text().split()

    return run_cells


def test_each_table_that_is_looked_at_is_listed_once(look):
    outcome, seen = look("n = len(d.wijken) + len(d.frames['bronnen'])", "n = len(d.wijken), 'projecten' in d.frames")
    assert outcome.status == "ok" and seen == ["wijken", "bronnen"]


def test_what_the_check_said_is_listed_too(look):
    assert look("p = len(d.problems)")[1] == ["problems"]


def test_a_file_that_is_no_input_cannot_be_read(look, tmp_path):
    (tmp_path / "eigen.csv").write_text("a\n1\n")
    outcome, _ = look(f"import pandas as pd\npd.read_csv({str(tmp_path / 'eigen.csv')!r})")
    assert outcome.status == "fout" and outcome.cel == 5
    assert "eigen.csv is geen opgegeven invoer. Zet het bij de gegevens in data/" in outcome.bericht


def test_an_input_that_is_read_past_the_door_cannot_be_read_either(look):
    outcome, _ = look("from kwlib import config\nopen(config.paths().data / 'groningen' / 'wijken.csv').read()")
    assert outcome.status == "fout" and "wijken.csv is geen opgegeven invoer" in outcome.bericht


def test_a_chapter_may_still_draw_and_import(look):
    outcome, _ = look("from kwlib.topics import projecten\nprojecten.figuur_per_thema(d)",
                      "import sqlite3\nimport matplotlib.pyplot")  # fmt: skip
    assert outcome.status == "ok", outcome.bericht
