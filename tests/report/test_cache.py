"""Only what changed runs again, and what is kept is never trusted when it is not whole."""

import dataclasses
import random

import pytest

from kwlib.report import cache as kept
from kwlib.report.cache import Cache, Grond, changed_rows, closure

GELD = {"geld/a": [2, "aa"], "geld/b": [3, "bb"]}
GROND = Grond({"params/x.yml": "1"}, {"geld": GELD, "wijken": {"wijken/w": [2, "ww"]}}, {"geld": "data/x/geld.csv"})


@pytest.fixture
def job(chapter):
    """A chapter that was run and kept; it looked at the table geld."""
    job = chapter("70_geld", "from kwlib.topics import geld")
    job.output.parent.mkdir(parents=True)
    job.output.write_text("gemaakt")
    return job


@pytest.fixture
def cache(tmp_path, job):
    cache = Cache(tmp_path / "cache", GROND)
    cache.gelezen(job).write_text("geld\n")
    cache.keep(job, cache.delen(job))
    return cache


def with_(cache, **changes):
    return dataclasses.replace(cache, grond=dataclasses.replace(GROND, **changes))


def test_what_is_the_same_is_used_again(cache, job):
    assert cache.reason(job) == ""
    job.output.unlink()
    cache.take(job)
    assert job.output.read_text() == "gemaakt"


def test_what_was_never_made_must_run(tmp_path, job):
    assert Cache(tmp_path / "leeg", GROND).reason(job) == "nog niet eerder gemaakt"


def test_a_chapter_that_looks_at_no_table_is_kept_too(cache, job):
    cache.keep(job, cache.delen(job))
    assert cache.reason(job) == with_(cache, tabellen={}).reason(job) == ""


def test_a_changed_row_is_named(cache, job):
    changed = with_(cache, tabellen={"geld": GELD | {"geld/b": [3, "anders"]}})
    assert changed.reason(job) == "data/x/geld.csv is veranderd, rij 3"


def test_rows_that_came_went_or_changed_are_named_together(cache, job):
    changed = with_(cache, tabellen={"geld": {"geld/b": [2, "bb2"], "geld/c": [3, "cc"]}})
    assert changed.reason(job) == "data/x/geld.csv is veranderd, rijen 2 en 3"


def test_rows_in_another_order_are_a_change(cache, job):
    changed = with_(cache, tabellen={"geld": dict(reversed(GELD.items()))})
    assert changed.reason(job) == "data/x/geld.csv is veranderd"


def test_many_rows_are_not_all_listed():
    assert kept._some(list(range(2, 14))) == "2, 3, 4, 5, 6, 7, 8, 9 en 4 andere"


def test_a_table_that_was_not_looked_at_is_no_reason(cache, job):
    assert with_(cache, tabellen={"geld": GELD, "wijken": {}}).reason(job) == ""


def test_changed_params_and_a_changed_notebook_are_reasons(cache, job):
    assert with_(cache, delen={"params/x.yml": "2"}).reason(job) == "params/x.yml is veranderd"
    job.notebook.write_text(job.notebook.read_text().replace("Hoeveel?", "Hoe veel?"))
    assert cache.reason(job) == "notebooks/proef/70_geld.ipynb is veranderd"


def test_changed_code_is_a_reason_only_for_who_imports_it(cache, job, monkeypatch):
    real = kept._sha
    for name, said in (("geld", "kwlib/topics/geld.py is veranderd"), ("planning", "")):
        monkeypatch.setattr(kept, "_sha", lambda path, name=name: "anders" if path.stem == name else real(path))
        assert cache.reason(job) == said


def test_asking_for_everything_again_ignores_what_is_kept(cache, job):
    assert dataclasses.replace(cache, opnieuw=True).reason(job) == "gevraagd met FORCE=1"


@pytest.mark.parametrize("seed", range(20))
def test_what_is_damaged_at_any_place_is_made_again(cache, job, seed):
    chance = random.Random(seed)
    path = chance.choice(sorted(p for p in cache.folder.rglob("*") if p.is_file()))
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content))
    content[at] ^= chance.randrange(1, 256)
    path.write_bytes(bytes(content[: chance.choice([len(content), at])]) if chance.random() < 0.3 else bytes(content))
    assert cache.reason(job) != ""


def test_the_page_of_a_notebook_is_drawn_again_when_anything_about_it_changed(cache, job, monkeypatch):
    drawn = []

    def page(with_=cache):
        return with_.page(job.output, lambda path: drawn.append(path) or f"bladzijde\n{len(drawn)}")

    assert [page(), page()] == ["bladzijde\n1"] * 2
    job.output.write_text("anders gemaakt")
    assert [page(), page()] == ["bladzijde\n2"] * 2
    [stored] = cache.folder.rglob("*.html")
    stored.write_text(stored.read_text() + "en meer")
    assert page() == "bladzijde\n3"
    assert page(dataclasses.replace(cache, opnieuw=True)) == "bladzijde\n4"
    real = kept._sha
    monkeypatch.setattr(kept, "_sha", lambda path: "anders" if path.name == "review.css" else real(path))
    assert page() == "bladzijde\n5"


def test_a_module_rests_on_what_it_imports_and_on_the_data_beside_it():
    names = {p.name for p in closure(frozenset({"kwlib.topics.geld"}))}
    assert {"geld.py", "kern.py", "feiten.py", "huisstijl.yml"} <= names and "planning.py" not in names
    assert "regels.csv" in {p.name for p in closure(frozenset({"kwlib.edition"}))}


def test_rows_are_those_of_now_or_those_that_went():
    assert changed_rows({"a": [2, "x"], "b": [3, "y"]}, {"a": [2, "z"], "c": [None, "q"]}) == [2, 3]
