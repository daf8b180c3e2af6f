"""Every edition is built once in a test run, whoever asks first; the workers share what was built."""

import functools
import os

import pytest
from editions import DOCUMENTS, EDITIONS, NOTEBOOKS, PAPERS, REST, build, run
from filelock import FileLock


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """Return the folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def edition_of(shared):
    """Return a function: the name of an edition, or of what the other commands make → its folder."""

    @functools.cache
    def folder(name):
        place = shared / "edities" / name
        with FileLock(shared / f"{name}.lock"):
            if not (place / "af").exists():
                place.mkdir(parents=True)
                (place / "af").write_text(str(make(name, place)), "utf-8")
        return type(place)((place / "af").read_text("utf-8"))

    def make(name, place):
        if name in EDITIONS:
            return build(place, *EDITIONS[name])
        return run(place, *([str(folder(w)) if w in EDITIONS else w for w in command] for command in REST[name]))

    return folder


@pytest.fixture(scope="session")
def groningen(edition_of):
    """Return the build of the real report."""
    return edition_of("groningen-2009")


@pytest.fixture(scope="session", params=EDITIONS)
def edition(request, edition_of):
    """Return the build of each edition in turn."""
    return edition_of(request.param)


@pytest.fixture(scope="session", params=[*EDITIONS, *REST])
def output(request, edition_of):
    """Return the folder of each edition, and of what each other command makes, in turn."""
    return edition_of(request.param)


@pytest.fixture(scope="session", params=DOCUMENTS, ids="/".join)
def document(request, edition_of):
    """Return each document of each edition in turn, as a path without suffix."""
    name, stem = request.param
    return edition_of(name) / stem


@pytest.fixture(scope="session", params=PAPERS, ids="/".join)
def paper(request, edition_of):
    """Return each document and each booklet in turn, as a path without suffix."""
    name, stem = request.param
    return edition_of(name) / stem


@pytest.fixture(scope="session", params=NOTEBOOKS, ids="/".join)
def notebook(request, edition_of):
    """Return each executed notebook of each edition in turn, as a path without suffix."""
    name, stem = request.param
    return edition_of(name) / stem
