"""What stands in `build` after a run that went well, failed, was interrupted, or met another."""

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from kwlib.contract import InvoerFout
from kwlib.report import build, manifest, place
from kwlib.report.cache import Cache, Grond
from kwlib.report.documents import documents
from kwlib.report.run import Limits

META = {"onderwerp": "O", "organisatie": "G", "kennis_tot": "2009-10-08", "fictief": False, "datum": "2009-10-08"}
ENTRY = {"waarde": 1, "herkomst": ["x"], "getoond": ["1"], "plaatsen": ["p"], "notebook": "n", "cel": 1}
PARAMETERS = 'gemeente: str = "x"\njaar: int = 2008\nkennis_tot: str = ""'


@pytest.fixture
def project(tmp_path):
    """Two documents of one chapter each."""
    for order, (name, sjabloon) in enumerate([("rapportage", "rapport"), ("brief", "brief")], 1):
        folder = tmp_path / "notebooks" / name
        folder.mkdir(parents=True)
        (folder / "document.yml").write_text(
            f"titel: {name.capitalize()} {{jaar}}\nsoort: rapportage\nsjabloon: {sjabloon}\n"
            f"bestand: {name}\nvolgorde: {order}\n"
        )
        write_chapter(folder / "10_eerste.ipynb", "jaar")
        write_chapter(folder / "_kladje.ipynb", "1 / 0")
    return tmp_path


def write_chapter(path, source):
    first = new_code_cell(PARAMETERS)
    first.metadata["tags"] = ["parameters"]
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Eerste"), first, new_code_cell(source)]), path)


def edition(project, **changes):
    values = {"gemeente": "groningen", "jaar": 2009, "kennis_tot": "2009-10-08"}
    inputs = {
        "values": values,
        "documents": documents(project / "notebooks", values),
        "meta": META,
        "brief": {},
        "sources": {},
        "records": {},
        "registers": project / "registers",
        "editie": "2009",
        "teksten": "",
        "files": {"data/projecten.csv": "project_id\na\n", "controle.html": "<p>ok"},
        "facts": {"jaar": 2009, "code": "0" * 64, "versies": {}},
        "colofon": {},
        "limits": Limits(5, 30),
    }
    return build.Edition(**inputs | changes)


@pytest.fixture(autouse=True)
def simple_documents(monkeypatch):
    """Stand-ins for the drawing of documents: they have tests of their own."""

    def models(made, _work):
        return {d.bestand: {"meta": {}, "cijfers": {"a/b": ENTRY}, "colofon": []} for d in made.documents}

    def render(models, work, *_):
        for name in models:
            (work / f"{name}.html").write_text(name)

    monkeypatch.setattr(build, "make_models", models)
    monkeypatch.setattr(build, "render", render)
    monkeypatch.setattr(build, "review", lambda *_: None)
    monkeypatch.setattr(build.toegankelijkheid, "files", lambda *_: {})
    monkeypatch.setattr(build.leesbaarheid, "files", lambda *_: {})


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def target(project) -> Path:
    return project / "build" / "groningen" / "2009"


def test_a_good_build_stands_whole_with_a_manifest_of_every_file(project):
    assert build.build(edition(project), target(project)) == 0
    assert files(target(project)) == [
        "brief.html", "cijfers.csv", "controle.html", "data/projecten.csv", "manifest.json",
        "notebooks/brief/10_eerste.ipynb", "notebooks/rapportage/10_eerste.ipynb", "rapportage.html", "records.csv",
        "ro-crate-metadata.json",
    ]  # fmt: skip
    listed = json.loads((target(project) / "manifest.json").read_text())["bestanden"]
    for name in set(files(target(project))) - {"manifest.json"}:
        assert listed.pop(name) == hashlib.sha256((target(project) / name).read_bytes()).hexdigest()
    assert listed == {}
    said = place.results(edition(project).documents, target(project))
    assert all(str(target(project) / name) in said for name in ("rapportage.pdf", "brief.html", "cijfers.csv", "data"))
    assert sorted(p.name for p in target(project).parent.iterdir()) == [".slot-2009", "2009"]


def test_two_builds_are_equal_byte_for_byte(project):
    build.build(edition(project), target(project))
    first = (target(project) / "manifest.json").read_bytes()
    build.build(edition(project), target(project))
    assert (target(project) / "manifest.json").read_bytes() == first


def test_a_failed_run_leaves_the_last_good_build_and_says_where_its_own_leftovers_are(project, capsys):
    build.build(edition(project), target(project))
    before = {f: (target(project) / f).read_bytes() for f in files(target(project))}
    write_chapter(project / "notebooks" / "brief" / "10_eerste.ipynb", "1 / 0")
    capsys.readouterr()
    assert build.build(edition(project), target(project)) == 1
    assert {f: (target(project) / f).read_bytes() for f in files(target(project))} == before
    aside = target(project).parent / "2009.mislukt"
    assert "fouten.txt" in files(aside) and "notebooks/brief/10_eerste.mislukt.ipynb" in files(aside)
    said = capsys.readouterr().err
    assert "brief/10_eerste, cel 3 (onder ‘Eerste’): fout. ZeroDivisionError: division by zero" in said
    assert "2009.mislukt" in said and "De vorige goede rapportage staat nog in" in said
    assert (aside / "fouten.txt").read_text().startswith("brief/10_eerste, cel 3")
    write_chapter(project / "notebooks" / "brief" / "10_eerste.ipynb", "jaar")
    assert build.build(edition(project), target(project)) == 0
    assert not aside.exists()


def test_a_document_that_cannot_be_drawn_is_a_failed_run_too(project, monkeypatch, capsys):
    def fails(*_):
        raise build.Mislukt("rapportage: figuur x heeft geen tekst")

    monkeypatch.setattr(build, "render", fails)
    assert build.build(edition(project), target(project)) == 1
    assert "figuur x heeft geen tekst" in capsys.readouterr().err
    assert not target(project).exists()


def test_an_unfit_chapter_stops_before_anything_changes(project):
    write_chapter(project / "notebooks" / "brief" / "20_tweede.ipynb", "1")
    nb = nbformat.read(project / "notebooks" / "brief" / "20_tweede.ipynb", as_version=4)
    nb.cells[1].source += "\njaaar: int = 1"
    nbformat.write(nb, project / "notebooks" / "brief" / "20_tweede.ipynb")
    with pytest.raises(InvoerFout, match=r"20_tweede\.ipynb, sleutel jaaar"):
        build.build(edition(project), target(project))
    assert [p.name for p in target(project).parent.iterdir()] == [".slot-2009"]


def test_a_build_that_was_cut_off_between_two_moves_is_put_right(project):
    build.build(edition(project), target(project))
    os.replace(target(project), target(project).parent / ".oud-2009")
    (target(project).parent / ".werk-2009").mkdir()
    with place.workplace(target(project)):
        assert "manifest.json" in files(target(project))
    assert sorted(p.name for p in target(project).parent.iterdir()) == [".slot-2009", "2009"]


def test_a_second_build_of_the_same_edition_waits_its_turn_and_says_so(project):
    wait = "import sys; from pathlib import Path; from kwlib.report.place import turn\n"
    wait += f"with turn(Path({str(target(project))!r})): print('aan de beurt')"
    with place.turn(target(project)):
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        second = subprocess.Popen([sys.executable, "-c", wait], **pipes)
        assert second.stderr.readline() == "Deze rapportage wordt al gemaakt. Even wachten tot dat klaar is ...\n"
        time.sleep(0.2)
        assert second.poll() is None
    said, _ = second.communicate(timeout=10)
    assert said == "aan de beurt\n"


@pytest.mark.parametrize(
    "text, said",
    [
        ("titel: T\nsoort: rapportage\nsjabloon: rapport\nbestand: ../x\nvolgorde: 1", "Dit is geen bestandsnaam."),
        ("titel: T {stad}\nsoort: plan\nsjabloon: rapport\nbestand: x\nvolgorde: 1", "De titel is niet in te vullen."),
        ("titel: T\nsoort: plan\nsjabloon: brief\nvolgorde: 1", "sleutel bestand: Deze sleutel heeft geen waarde."),
        ("titel: T\nsoort: rapportage\nsjabloon: rapprt\nbestand: x\nvolgorde: 1", "Bedoelt u 'rapport'?"),
        ("titel: [", "notebooks/rapportage/document.yml: De opmaak klopt niet"),
    ],
)
def test_a_document_that_is_described_wrongly_is_named(project, text, said):
    (project / "notebooks" / "rapportage" / "document.yml").write_text(text + "\n")
    with pytest.raises(InvoerFout) as caught:
        documents(project / "notebooks", {"jaar": 2009})
    assert said in str(caught.value)


def test_code_version_changes_with_code_and_chapters_and_not_with_line_ends(project):
    package = project / "pakket"
    package.mkdir()
    (package / "a.py").write_bytes(b"x = 1\n")
    first = manifest.code_version(package, project / "notebooks")
    (package / "a.py").write_bytes(b"x = 1\r\n")
    write_chapter(project / "notebooks" / "brief" / "_kladje.ipynb", "2")
    assert manifest.code_version(package, project / "notebooks") == first
    (package / "a.py").write_bytes(b"x = 2\n")
    second = manifest.code_version(package, project / "notebooks")
    write_chapter(project / "notebooks" / "brief" / "10_eerste.ipynb", "2")
    assert len({first, second, manifest.code_version(package, project / "notebooks")}) == 3


def test_a_second_build_runs_only_the_chapter_that_changed_and_is_the_same(project, capsys):
    cache = Cache(project / "cache", Grond({}, {}, {}))
    for path in project.glob("notebooks/*/10_eerste.ipynb"):
        write_chapter(path, "from kwlib.edition import open_edition\nd = open_edition(gemeente, jaar, kennis_tot)")
    assert build.build(edition(project), target(project), cache) == 0
    before = {name: (target(project) / name).read_bytes() for name in files(target(project))}
    assert "Niet veranderd" not in capsys.readouterr().err
    assert build.build(edition(project), target(project), cache) == 0
    assert "Niet veranderd: 2 van de 2 hoofdstukken." in capsys.readouterr().err
    assert before == {name: (target(project) / name).read_bytes() for name in files(target(project))}
    write_chapter(project / "notebooks" / "brief" / "10_eerste.ipynb", "1 / 0")
    assert build.build(edition(project), target(project), cache) == 1
    assert "Niet veranderd: 1 van de 2 hoofdstukken." in capsys.readouterr().err
