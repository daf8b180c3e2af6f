"""Every edition is built once in a test run, whoever asks first; the workers share what was built."""

import functools
import os

import pytest
from editions import DOCUMENTS, EDITIONS, NOTEBOOKS, build
from filelock import FileLock


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """Return the folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built(shared):
    """Return a function: a name and the arguments of a build → its folder."""

    @functools.cache
    def folder(name, *arguments, **environment):
        place = shared / "edities" / name
        with FileLock(shared / f"{name}.lock"):
            if not (place / "af").exists():
                place.mkdir(parents=True)
                (place / "af").write_text(str(build(place, *arguments, **environment)), "utf-8")
        return type(place)((place / "af").read_text("utf-8"))

    return folder


@pytest.fixture(scope="session")
def edition_of(built):
    """Return a function: the name of an edition → the folder of its build."""
    return lambda name: built(name, *EDITIONS[name])


@pytest.fixture(scope="session")
def groningen(edition_of):
    """Return the build of the real report."""
    return edition_of("groningen-2009")


@pytest.fixture(scope="session", params=EDITIONS)
def edition(request, edition_of):
    """Return the build of each edition in turn."""
    return edition_of(request.param)


@pytest.fixture(scope="session", params=DOCUMENTS, ids="/".join)
def document(request, edition_of):
    """Return each document of each edition in turn, as a path without suffix."""
    name, stem = request.param
    return edition_of(name) / stem


@pytest.fixture(scope="session", params=NOTEBOOKS, ids="/".join)
def notebook(request, edition_of):
    """Return each executed notebook of each edition in turn, as a path without suffix."""
    name, stem = request.param
    return edition_of(name) / stem
