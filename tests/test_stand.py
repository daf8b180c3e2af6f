"""When nothing changed, nothing is done."""

import shutil
from pathlib import Path

import pytest

from kwlib import stand

ASKED = ("2009", "", "rapportage")


@pytest.fixture
def root(tmp_path):
    """A project in which the edition of 2009 was made."""
    for path in ("data/x/wijken.csv", "data/y/wijken.csv", "params/x-2009.yml", "notebooks/a/1.ipynb",
                 "build/x/2009/rapportage.html", "data/datapackage.json"):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    stand.keep(tmp_path, stand.grond(tmp_path, "x"), "x", ASKED, Path("x/2009"), "Hier staat hij.")
    return tmp_path


def test_what_is_the_same_is_said_again(root):
    assert stand.unchanged(root, "x", ASKED) == "Hier staat hij."


@pytest.mark.parametrize("path", ["data/x/wijken.csv", "params/x-2009.yml", "notebooks/a/1.ipynb",
                                  "build/x/2009/rapportage.html", "data/datapackage.json"])  # fmt: skip
def test_a_change_in_an_input_or_in_the_result_is_seen(root, path):
    (root / path).write_text("anders")
    assert stand.unchanged(root, "x", ASKED) == ""


def test_a_new_file_and_a_file_that_went_are_seen(root):
    (root / "data/x/projecten.csv").write_text("nieuw")
    assert stand.unchanged(root, "x", ASKED) == ""
    (root / "data/x/projecten.csv").unlink()
    assert stand.unchanged(root, "x", ASKED) != ""
    shutil.rmtree(root / "build" / "x")
    assert stand.unchanged(root, "x", ASKED) == ""


def test_a_change_while_it_was_made_is_seen_the_next_time(root):
    before = stand.grond(root, "x")
    (root / "data/x/wijken.csv").write_text("anders")
    stand.keep(root, before, "x", ASKED, Path("x/2009"), "Hier staat hij.")
    assert stand.unchanged(root, "x", ASKED) == ""


def test_a_new_logo_or_typeface_of_a_municipality_is_seen(root):
    for name in ("beeld/ons logo.svg", "letters/Eigen-Regular.ttf"):
        (root / name).parent.mkdir()
        (root / name).write_text("oud")
    (root / "params/x-huisstijl.yml").write_text("naam: Eigen\nletters: letters  # map\nlogo: beeld/ons logo.svg\n")
    for name in ("beeld/ons logo.svg", "letters/Eigen-Regular.ttf"):
        stand.keep(root, stand.grond(root, "x"), "x", ASKED, Path("x/2009"), "Hier staat hij.")
        assert stand.unchanged(root, "x", ASKED) != ""
        (root / name).write_text("nieuw")
        assert stand.unchanged(root, "x", ASKED) == ""


def test_what_python_compiles_is_no_input(tmp_path):
    (tmp_path / "notebooks" / "a" / "__pycache__").mkdir(parents=True)
    (tmp_path / "notebooks" / "a" / "__pycache__" / "x.yml").touch()
    assert not [p for p in stand.inputs(tmp_path, "x") if "__pycache__" in p.parts]


def test_another_municipality_is_no_change(root):
    (root / "data/y/wijken.csv").write_text("anders")
    assert stand.unchanged(root, "x", ASKED) != ""


def test_another_question_has_no_answer_yet(root):
    assert stand.unchanged(root, "x", ("2008", "", "rapportage")) == ""
    assert stand.unchanged(root, "y", ASKED) == ""


def test_what_was_kept_but_is_damaged_is_no_answer(root):
    (path,) = (root / "build" / ".cache" / "gevraagd").iterdir()
    path.write_text("{")
    assert stand.unchanged(root, "x", ASKED) == ""
