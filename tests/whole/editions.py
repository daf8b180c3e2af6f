"""The editions that are built whole: their names, what each must hold, and how one is made."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import lxml.html
import yaml

ROOT = Path(__file__).parents[2]
STAD = ("--gemeente", "voorbeeldstad")
EDITIONS = {
    "groningen-2009": ("--year", "2009"),
    "voorbeeldstad-2008": ("--year", "2008", *STAD),
    "voorbeeldstad-2009": ("--year", "2009", *STAD),
    "voorbeeldstad-2010-plan": ("--plan", "--year", "2010", *STAD),
}
_CHAPTERS = {p.parent: yaml.safe_load(p.read_text("utf-8")) for p in sorted(ROOT.glob("notebooks/*/document.yml"))}


def _folders(edition: str) -> list[Path]:
    kind = "plan" if "--plan" in EDITIONS[edition] else "rapportage"
    return sorted((f for f, w in _CHAPTERS.items() if w["soort"] == kind), key=lambda f: _CHAPTERS[f]["volgorde"])


def documents(edition: str) -> list[str]:
    """Return the file names, without suffix, of the documents of an edition; the first explains the numbers of all."""
    return [_CHAPTERS[folder]["bestand"] for folder in _folders(edition)]


def notebooks(edition: str) -> list[str]:
    """Return the executed notebooks of an edition, as paths without suffix."""
    return [f"notebooks/{f.name}/{p.stem}" for f in _folders(edition) for p in sorted(f.glob("[!_.]*.ipynb"))]


DOCUMENTS = [(edition, name) for edition in EDITIONS for name in documents(edition)]
NOTEBOOKS = [(edition, name) for edition in EDITIONS for name in notebooks(edition)]


def build(root: Path, *arguments: str, **environment: str) -> Path:
    """Build an edition in a copy of the project at `root` and return the folder of the result."""
    for name in ("data", "params", "notebooks", "registers"):
        shutil.copytree(ROOT / name, root / name)
    command = [sys.executable, "-m", "kwlib", "report", *arguments]
    env = os.environ | {"KW_ROOT": str(root), "PYTHONPATH": str(ROOT)} | environment
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr[-3000:]
    (root / "log.txt").write_text(done.stdout + done.stderr, "utf-8")
    (result,) = [p for p in (root / "build").glob("[!.]*/[!.]*") if p.is_dir()]
    return result


def model(document: Path) -> dict:
    """Return the model of a document, given its path without suffix."""
    return json.loads(document.with_suffix(".json").read_text("utf-8"))


def page(document: Path) -> lxml.html.HtmlElement:
    """Return the page of a document or notebook, given its path without suffix."""
    return lxml.html.document_fromstring(document.with_suffix(".html").read_text("utf-8"))
