"""Small notebooks to run, and what a run leaves behind."""

import os
import shutil
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from kwlib.report.run import Job

PARAMETERS = 'gemeente: str = "groningen"  # map\njaar: int = 2008  # verslagjaar\nkennis_tot: str = ""'


@pytest.fixture
def chapter(tmp_path):
    """Return a function that writes a notebook of a title, the parameters, a question and code cells, as a job."""

    def write(name: str, *cells: str, parameters: str = PARAMETERS, **values) -> Job:
        first = new_code_cell(parameters)
        first.metadata["tags"] = ["parameters"]
        nb = new_notebook(cells=[new_markdown_cell("# Titel"), first, new_markdown_cell("## Hoeveel?")])
        nb.cells += [new_code_cell(c) for c in cells]
        path = tmp_path / "notebooks" / "proef" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(nb, path)
        return Job(path, tmp_path / "build" / "proef" / f"{name}.ipynb", values)

    return write


@pytest.fixture
def shown():
    """Return a function that gives the texts that a finished job printed."""

    def texts(job: Job) -> list[str]:
        nb = nbformat.read(job.output, as_version=4)
        return [o.text for c in nb.cells if c.cell_type == "code" for o in c.outputs]

    return texts


@pytest.fixture
def left(tmp_path):
    """Return a function that lists the files that a run wrote."""
    return lambda: sorted(p.name for p in (tmp_path / "build").rglob("*") if p.is_file())


@pytest.fixture
def temp(monkeypatch):
    """Give a folder for temporary files of our own, with a short path: sockets allow no long one."""
    folder = Path(tempfile.mkdtemp(prefix="t", dir="/tmp"))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def below():
    """Return a function that lists all living processes below one, other than those of other tests (a browser)."""

    def find(pid: int) -> list[int]:
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid and fields[0] != "Z":
                found += [int(stat.parent.name), *find(int(stat.parent.name))]
        return found

    others = set(find(os.getpid()))
    return lambda pid: [found for found in find(pid) if found not in others]
