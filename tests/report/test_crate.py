"""The description of a build is a valid RO-Crate, judged by the validator of the standard itself."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import rdflib.plugins.shared.jsonld.context as jsonld
import rocrate
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester
from sample import BRONNEN, META

from kwlib.report import crate

# The validator fetches the vocabulary of the standard; here it gets the copy in the package of the standard's makers.
CONTEXT = json.loads((Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_text("utf-8"))
ANSWER = SimpleNamespace(status_code=200, headers={"Content-Type": "application/ld+json"}, text=json.dumps(CONTEXT),
                         content=json.dumps(CONTEXT).encode(), ok=True, json=lambda: CONTEXT,
                         raise_for_status=lambda: None)  # fmt: skip
SOURCES = {id: {"url": "", **b} for id, b in BRONNEN.items()}
FACTS = {"code": "0" * 64, "versies": {"pandas": "3.1.1", "typst": "0.15.2"}}


@pytest.fixture
def build(tmp_path):
    """A build of a page, a table of data and a notebook, with its description."""
    for name in ("rapportage.html", "data/projecten.csv", "notebooks/rapportage/10_a.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    meta = META | {"onderwerp": "Voortgangsrapportage", "fictief": True}
    (tmp_path / crate.NAAM).write_text(crate.metadata(tmp_path, meta, FACTS, SOURCES), "utf-8")
    return tmp_path


@pytest.fixture
def judge(monkeypatch):
    """Return the required rules that a crate breaks."""
    monkeypatch.setattr(jsonld.Context, "_fetch_context", lambda *_: CONTEXT)
    monkeypatch.setattr(HttpRequester, "get", lambda *_, **__: ANSWER, raising=False)

    def found(folder: Path) -> list[str]:
        settings = services.ValidationSettings(
            rocrate_uri=str(folder), profile_identifier="process-run-crate-0.5",
            requirement_severity=models.Severity.REQUIRED,
        )  # fmt: skip
        return [str(issue.message) for issue in services.validate(settings).get_issues()]

    return found


def entity(folder: Path, id: str) -> dict:
    graph = json.loads((folder / crate.NAAM).read_text("utf-8"))["@graph"]
    return next(e for e in graph if e["@id"] == id)


def test_the_validator_of_the_standard_finds_nothing_wrong(build, judge):
    assert judge(build) == []


def test_the_validator_notices_a_file_that_is_not_there(build, judge):
    (build / "data" / "projecten.csv").unlink()
    assert judge(build) != []


def test_the_run_names_what_went_in_and_what_came_out(build):
    run = entity(build, "#run")
    assert run["object"] == [{"@id": "data/projecten.csv"}]
    assert {"@id": "rapportage.html"} in run["result"] and {"@id": "notebooks/rapportage/10_a.ipynb"} in run["result"]


def test_licences_sources_and_the_fictitious_stamp_are_named(build):
    root = entity(build, "./")
    assert root["license"] == {"@id": crate.DATA_LICENTIE} and "Fictieve gegevens." in root["description"]
    assert {entity(build, c["@id"])["name"] for c in root["citation"]} == {"Brief aan de raad", "Nieuw Lokaal Akkoord"}
