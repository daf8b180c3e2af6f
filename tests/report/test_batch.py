"""Booklets in a batch: whole or not at all, honest about failures, and no work done twice."""

import ctypes
import functools
import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from kwlib import __main__ as kw
from kwlib import batch
from kwlib.config import Paths
from kwlib.contract import InvoerFout
from kwlib.report import place
from kwlib.report.run import Job, Limits, run

ROOT = Path(__file__).parents[2]
WIJKEN = ("de-hoogte", "korrewegwijk")
ASKED = ["batch", "booklets", "--years", "2009", "--gemeenten", "groningen"]
FILES = sorted(["index.html", *(f"{w}{s}" for w in WIJKEN for s in (".html", ".ipynb", ".json", ".pdf"))])


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Copy the data, params and notebooks to a project of its own, which the command works on."""
    for name in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.setenv("KW_ROOT", str(tmp_path))
    monkeypatch.setattr(batch, "_editions", {})
    monkeypatch.setattr(batch, "_packed", {})
    return tmp_path


@pytest.fixture
def folder(project):
    return project / "build" / "groningen" / "2009-wijken"


@pytest.fixture
def spoil(project):
    """Return a function that lets the notebook of the booklet do something in one wijk, after its first text."""

    def write(code: str, wijk: str = "korrewegwijk") -> None:
        [path] = (project / "notebooks" / "wijk").glob("*.ipynb")
        nb = json.loads(path.read_text())
        cell = {"cell_type": "code", "id": "kwaad", "execution_count": None, "metadata": {}, "outputs": []}
        nb["cells"].insert(3, cell | {"source": f"if wijk == {wijk!r}:\n    {code}"})
        path.write_text(json.dumps(nb))

    return write


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.mark.parametrize(
    "asked, found",
    [("2009", ["2009"]), ("2008-2010", ["2008", "2009", "2010"]), ("2008,2010,2008", ["2008", "2010"]), ("", [""]),
     ("2010-2008", ["2010-2008"])],
)  # fmt: skip
def test_years_are_a_list_of_years_and_spans(asked, found):
    assert batch._years(asked) == found


def test_a_batch_goes_over_wijken_years_and_municipalities():
    found = batch.asked(Paths(ROOT), ["groningen", "voorbeeldstad"], ["2009"])
    assert [(b.gemeente, b.jaar) for b in found] == [("groningen", 2009)] * 2 + [("voorbeeldstad", 2009)] * 4
    assert [b.wijk for b in found[:2]] == list(WIJKEN)


def test_all_that_is_wrong_with_what_is_asked_is_told_at_once():
    with pytest.raises(InvoerFout) as caught:
        batch.asked(Paths(ROOT), ["gronigen", "voorbeeldstad"], ["2009", "1999"])
    assert len(str(caught.value).splitlines()) == 2 and "Bedoelt u 'groningen'?" in str(caught.value)
    with pytest.raises(InvoerFout, match="Er is geen enkele krachtwijk"):
        batch.only([], [])
    with pytest.raises(InvoerFout, match=r"onbekend\. Bedoelt u .de-hoogte."):
        batch.only(batch.asked(Paths(ROOT), ["groningen"], ["2009"]), ["de-hoogt"])


@pytest.mark.slow
def test_every_wijk_gets_its_booklet_and_a_place_on_the_page_that_lists_them(project, folder, capfd, axe, verapdf):
    assert kw.main(ASKED) == 0
    said = capfd.readouterr()
    assert "Gemaakt: 2. Was al goed: 0. Mislukt: 0." in said.out and "2/2" in said.err and "nog 00:00" in said.err
    assert names(folder) == FILES
    page = (folder / "index.html").read_text()
    for wijk, naam in zip(WIJKEN, ("De Hoogte", "Korrewegwijk"), strict=True):
        assert f'<a href="{wijk}.html">{naam}</a>' in page and f'<a href="{wijk}.pdf">' in page
        with pikepdf.open(folder / f"{wijk}.pdf") as pdf:
            assert 2 <= len(pdf.pages) <= 4 and pdf.docinfo["/Title"] == f"{naam} in 2009"
    for name in ("index", "de-hoogte"):
        found = axe(folder / f"{name}.html", 320, "light")
        assert (found["violations"], found["outside"]) == ([], [])
    assert not verapdf.keur(folder / "de-hoogte.pdf", "ua1")[1]
    first = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert kw.main(ASKED) == 0
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == first
    report = folder.parent / "2009"
    for n in (1, 2):  # a report that takes the place of an earlier one leaves the booklets
        place.put(report.with_name(f"werk-{n}") / "rapportage.html", b"")
        place.publish(report.with_name(f"werk-{n}"), report)
    assert names(folder) == FILES


@pytest.mark.slow
def test_resume_makes_what_is_missing_damaged_or_from_other_inputs_and_nothing_else(project, folder, capfd):
    def made() -> dict[str, int]:
        assert kw.main([*ASKED, "--resume"]) == 0
        return {w: (folder / f"{w}.pdf").stat().st_mtime_ns for w in WIJKEN}

    first = made()
    assert made() == first
    pdf = (folder / "de-hoogte.pdf").read_bytes()
    (folder / "de-hoogte.pdf").write_bytes(pdf[:-1])
    second = made()
    assert (folder / "de-hoogte.pdf").read_bytes() == pdf and second["korrewegwijk"] == first["korrewegwijk"]
    (folder / "korrewegwijk.html").unlink()
    third = made()
    assert third["de-hoogte"] == second["de-hoogte"] and third["korrewegwijk"] != second["korrewegwijk"]
    params = project / "params" / "groningen-2009.yml"
    params.write_text(params.read_text().replace("leren door te doen", "doen door te leren"))
    fourth = made()
    assert not set(fourth.values()) & set(third.values())


@pytest.mark.slow
def test_a_failure_is_one_line_with_notebook_cell_and_message_and_the_others_are_made(folder, spoil, capfd):
    spoil("1 / 0")
    assert kw.main(ASKED) == 1
    said = capfd.readouterr()
    where = "wijk/10_de_wijk_in_het_kort (groningen, 2009, 2009-10-08, korrewegwijk), cel 4"
    assert f"{where} (onder ‘De wijk in het kort’): fout. ZeroDivisionError: division by zero" in said.err.splitlines()
    assert "Gemaakt: 1. Was al goed: 0. Mislukt: 1." in said.out
    assert [n for n in names(folder) if n.startswith("korrewegwijk")] == ["korrewegwijk.mislukt.ipynb"]
    assert "Korrewegwijk: nog niet gemaakt" in (folder / "index.html").read_text()
    assert (folder / "de-hoogte.pdf").is_file()


@pytest.mark.slow
def test_a_booklet_that_cannot_be_drawn_names_its_cell_too_and_leaves_the_last_good_one(folder, spoil, capfd):
    assert kw.main(ASKED) == 0
    good = {s: (folder / f"korrewegwijk.{s}").read_bytes() for s in ("html", "pdf")}
    spoil("print('los')")
    assert kw.main(ASKED) == 1
    said = capfd.readouterr().err
    assert "korrewegwijk), cel 4 (onder ‘De wijk in het kort’): fout. deze cel drukt losse tekst af" in said
    assert {s: (folder / f"korrewegwijk.{s}").read_bytes() for s in good} == good
    assert "Korrewegwijk</a> (<a href=\"korrewegwijk.pdf\">PDF van Korrewegwijk</a>), gemaakt met eerdere gegevens" in (
        folder / "index.html").read_text()  # fmt: skip


@pytest.mark.slow
def test_two_batches_at_once_in_one_folder_do_not_spoil_each_other(project, folder):
    command = [sys.executable, "-m", "kwlib", *ASKED]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [p.wait(120) for p in both] == [0, 0]
    assert names(folder) == FILES
    assert all(b.whole() for b in batch.asked(Paths(project), ["groningen"], ["2009"]))


@pytest.mark.slow
@pytest.mark.parametrize("kind, sign", [("threads", 2), ("threads", 15), ("dask", 2)])
def test_a_batch_that_is_stopped_keeps_what_is_done_and_leaves_nothing_else(project, folder, spoil, temp, kind, sign):
    spoil("import time; time.sleep(60)")
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, "-m", "kwlib", *ASKED, "--executor", kind]
    process = subprocess.Popen(command, cwd=ROOT, **pipes, start_new_session=True)
    end = time.monotonic() + 60
    while not (folder / "de-hoogte.json").exists() and time.monotonic() < end:
        time.sleep(0.02)
    os.killpg(process.pid, sign)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + sign
    assert said.endswith("Gestopt. Wat af is, blijft staan; --resume maakt de rest.\n")
    assert names(folder) == ["de-hoogte.html", "de-hoogte.ipynb", "de-hoogte.json", "de-hoogte.pdf"]
    end = time.monotonic() + 20
    while list(temp.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    assert {p.name for p in temp.iterdir()} <= {"dask-scratch-space"}  # an empty folder that every cluster shares


@pytest.mark.slow
def test_a_cluster_makes_booklets_and_a_worker_that_is_lost_loses_nothing(project, folder, spoil, capfd, tmp_path):
    distributed = pytest.importorskip("distributed")
    mark = tmp_path / "gestart"
    spoil(f"import os, time; os.path.exists({str(mark)!r}) or (open({str(mark)!r}, 'w').close(), time.sleep(30))")
    quiet = {"dashboard_address": None, "silence_logs": 50, "local_directory": str(tmp_path)}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, **quiet) as cluster:

        def kill() -> None:
            while not mark.exists():
                time.sleep(0.05)
            with distributed.Client(cluster) as client:
                busy = [w for w, tasks in client.processing().items() if tasks]
                pids = client.run(os.getpid)
            os.kill(pids[busy[-1]], signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        assert kw.main([*ASKED, "--executor", "dask", "--scheduler", cluster.scheduler_address]) == 0
        killer.join()
    assert names(folder) == FILES
    assert "Mislukt: 0" in capfd.readouterr().out


@pytest.mark.slow
def test_when_the_scheduler_is_gone_this_machine_makes_the_rest(project, folder, spoil, capfd, tmp_path):
    distributed = pytest.importorskip("distributed")
    mark = tmp_path / "gestart"
    spoil(f"import os, time; os.path.exists({str(mark)!r}) or (open({str(mark)!r}, 'w').close(), time.sleep(30))")
    quiet = {"dashboard_address": None, "silence_logs": 50, "local_directory": str(tmp_path)}
    cluster = distributed.LocalCluster(n_workers=1, threads_per_worker=2, **quiet)

    def kill() -> None:
        while not mark.exists():
            time.sleep(0.05)
        cluster.close()

    killer = threading.Thread(target=kill)
    killer.start()
    assert kw.main([*ASKED, "--executor", "dask", "--scheduler", cluster.scheduler_address]) == 0
    killer.join()
    assert names(folder) == FILES
    assert "De rekenprocessen zijn weg. Deze computer maakt de" in capfd.readouterr().err


def test_a_scheduler_that_is_not_there_is_named_before_anything_starts(project, capfd):
    pytest.importorskip("distributed")
    assert kw.main([*ASKED, "--executor", "dask", "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "De scheduler tcp://127.0.0.1:1 antwoordt niet." in capfd.readouterr().err
    assert not (project / "build").exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_two_hundred_booklets_leave_no_files_processes_or_memory_behind(project, folder, temp, below):
    [path] = (project / "notebooks" / "wijk").glob("*.ipynb")
    nb = json.loads(path.read_text())
    path.write_text(json.dumps(nb | {"cells": nb["cells"][:4]}))  # its first text and numbers: pages and PDFs are small
    made = batch.asked(Paths(project), ["groningen"], ["2009"])
    jobs = [Job(path, b.path(".ipynb"), b.values, functools.partial(batch.make, b)) for b in
            (replace(b, folder=folder / str(n)) for n in range(20) for b in made)]  # fmt: skip

    def state() -> tuple[list[str], list[int], list[Path], int]:
        with batch.shared(batch._packed.values()) as more:
            assert {o.status for o in run(jobs, {}, Limits(), extra={"KW_ROOT": str(project)} | more)} == {"ok"}
        files = sorted(fd.readlink().name.split(":")[0] for fd in Path("/proc/self/fd").iterdir() if fd.exists())
        return files, below(os.getpid()), list(temp.iterdir()), threading.active_count()

    def memory() -> int:
        gc.collect()
        getattr(ctypes.CDLL(None), "malloc_trim", int)(0)  # what is free but kept for later is no leak
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")

    first = state()
    begin = memory()
    for _ in range(4):
        last = state()
    assert first == last and last[1:3] == ([], [])
    assert memory() - begin < 15_000_000
