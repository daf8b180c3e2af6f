"""Booklets from and to another place: the same files as here, whole, and resumed from what is there."""

import os
import shutil
from pathlib import Path

import pytest

fsspec = pytest.importorskip("fsspec")

from kwlib import __main__ as kw  # noqa: E402
from kwlib import batch, elders  # noqa: E402

ROOT = Path(__file__).parents[2]
ASKED = ["batch", "booklets", "--years", "2009", "--gemeenten", "groningen", "--wijken", "de-hoogte"]
MEMORY = fsspec.filesystem("memory")


@pytest.fixture
def there(tmp_path, monkeypatch):
    """Put a project in the memory that fsspec keeps, and return its address; there is none in this folder."""
    for name in elders.PROJECT:
        MEMORY.put(f"{ROOT / name}/", f"/er/{name}/", recursive=True)
    monkeypatch.setenv("KW_ROOT", str(tmp_path))
    monkeypatch.setattr(batch, "_editions", {})
    yield "memory://er"
    MEMORY.rm("/", recursive=True)


def results(url: str) -> dict[str, bytes]:
    fs, path = fsspec.url_to_fs(url)
    return {p.rpartition("/")[2]: fs.cat_file(p) for p in fs.find(path)}


@pytest.mark.slow
def test_booklets_go_from_one_address_to_another_and_are_those_that_are_made_here(there, tmp_path, capfd, temp):
    assert kw.main([*ASKED, "--van", there, "--naar", "memory://uit"]) == 0
    made = results("memory://uit")
    assert sorted(made) == ["de-hoogte.html", "de-hoogte.ipynb", "de-hoogte.json", "de-hoogte.pdf", "index.html"]
    assert "Overzicht: memory://uit/groningen/2009-wijken/index.html" in capfd.readouterr().out
    assert (list(tmp_path.glob("build")), list(temp.iterdir())) == ([], []) and os.environ["KW_ROOT"] == str(tmp_path)

    assert kw.main([*ASKED, "--van", there, "--naar", "memory://uit", "--resume"]) == 0
    assert "Gemaakt: 0. Was al goed: 1." in capfd.readouterr().out
    MEMORY.rm("/uit/groningen/2009-wijken/de-hoogte.pdf")
    assert kw.main([*ASKED, "--van", there, "--naar", "memory://uit", "--resume"]) == 0
    assert "Gemaakt: 1." in capfd.readouterr().out and results("memory://uit") == made

    for name in elders.PROJECT:
        shutil.copytree(ROOT / name, tmp_path / name)
    assert kw.main(ASKED) == 0
    assert results((tmp_path / "build" / "groningen" / "2009-wijken").as_uri()) == made


@pytest.mark.parametrize(
    "van, said",
    [("memory://leeg", "Op het adres 'memory://leeg' staat geen project."),
     ("geen://er", "Het adres 'geen://er' is niet te gebruiken.")],
)  # fmt: skip
def test_an_address_that_is_no_good_is_named_before_anything_starts(capsys, van, said):
    assert kw.main([*ASKED, "--van", van]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_an_address_that_takes_nothing_is_named_for_each_booklet_and_costs_no_traceback(there, monkeypatch, capfd):
    def refuse(*_, **__):
        raise RuntimeError("no rights here")  # each kind of place has errors of its own

    monkeypatch.setattr(type(MEMORY), "put_file", refuse)
    assert kw.main([*ASKED, "--van", there, "--naar", "memory://dicht"]) == 2
    said = capfd.readouterr().err
    assert said.count("Het adres 'memory://dicht' is niet te gebruiken.") == 2, (
        "one booklet and the page that lists all"
    )
    assert "no rights here" in said and "Traceback" not in said and results("memory://dicht") == {}
