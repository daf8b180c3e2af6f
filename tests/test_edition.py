"""An edition that was read is handed over as it is, and only to who asks for the same from the same files."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from kwlib import commands, config, edition

ROOT = Path(__file__).parents[1]
ASKED = ("groningen", "2009", "2009-10-08", config.RAPPORTAGE)


@pytest.fixture
def given(tmp_path, monkeypatch):
    """Hand over an edition of a project of its own, where nothing can be read any more by who is given it."""
    for name in ("data", "params"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.setenv("KW_ROOT", str(tmp_path))
    params, store = commands.opened(config.paths(), "groningen", "2009", "", config.RAPPORTAGE)
    monkeypatch.setattr(edition, "_read", lambda _, *asked: asked)
    monkeypatch.setattr(edition.gelezen, "watched", lambda found: found)
    with edition.shared([edition.packed(params, store)]) as more:
        if not more:
            pytest.skip("memory is not shared here")
        for name, value in more.items():
            monkeypatch.setenv(name, value)
        yield store


def test_what_is_given_is_what_was_read(given):
    found = edition.open_edition(*ASKED)
    assert found is not given and list(found.frames) == list(given.frames)
    for name, frame in given.frames.items():
        pd.testing.assert_frame_equal(found.frames[name], frame)
        assert [*found.frames[name].dtypes] == [*frame.dtypes], name
    pd.testing.assert_frame_equal(found.superseded, given.superseded)
    same = ("gemeente", "jaar", "kennis_tot", "peildatum", "params", "problems", "memo")
    assert [getattr(found, name) for name in same] == [getattr(given, name) for name in same]
    assert found.everything is None  # what may not be shown does not travel


@pytest.mark.parametrize("n, other", list(enumerate(["voorbeeldstad", "2008", "2009-10-07", config.PLAN])))
def test_another_question_is_read_from_the_files(given, n, other):
    asked = (*ASKED[:n], other, *ASKED[n + 1 :])
    assert edition.open_edition(*asked) == asked


def test_after_a_change_in_a_file_all_is_read_again(given):
    with (config.paths().data / "groningen" / "wijken.csv").open("a") as file:
        file.write("\n")
    assert edition.open_edition(*ASKED) == ASKED


def test_where_the_memory_is_gone_or_is_no_memory_all_is_read_again(given, monkeypatch, tmp_path):
    for place in ("/proc/0/fd/3", str(tmp_path)):
        monkeypatch.setenv(edition.GEDEELD, place)
        assert edition.open_edition(*ASKED) == ASKED
