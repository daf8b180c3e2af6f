"""The editions that are built whole: their names, what each must hold, and how one is made."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import lxml.html
import pikepdf
import yaml

ROOT = Path(__file__).parents[2]
STAD = ("--gemeente", "voorbeeldstad")
EDITIONS = {
    "groningen-2009": ("--year", "2009"),
    "voorbeeldstad-2008": ("--year", "2008", *STAD),
    "voorbeeldstad-2009": ("--year", "2009", *STAD),
    "voorbeeldstad-2010-plan": ("--plan", "--year", "2010", *STAD),
}
NIEUW = ("--year", "2010", "--gemeente", "nieuw-dorp")
# What the other commands make, in a project of its own; the name of an edition among the words is a build to look at.
REST = {
    "boekjes": [("batch", "booklets", "--years", "2009", "--gemeenten", "groningen,voorbeeldstad")],
    "controle": [("check", *EDITIONS["groningen-2009"]), ("check", *EDITIONS["voorbeeldstad-2009"])],
    "nieuw": [("new", *NIEUW), ("report", *NIEUW)],
    "verschil": [("diff", "voorbeeldstad-2008", "voorbeeldstad-2009")],
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


def _wijken(gemeente: str) -> list[str]:
    with (ROOT / "data" / gemeente / "wijken.csv").open(encoding="utf-8", newline="") as file:
        return [row["wijk_id"] for row in csv.DictReader(file) if row["rol"] == "krachtwijk"]


DOCUMENTS = [(edition, name) for edition in EDITIONS for name in documents(edition)]
NOTEBOOKS = [(edition, name) for edition in EDITIONS for name in notebooks(edition)]
BOOKLETS = [("boekjes", f"{g}/2009-wijken/{w}") for g in ("groningen", "voorbeeldstad") for w in _wijken(g)]
# Everything that is a page and a PDF, and every page that is only a page.
PAPERS = [*DOCUMENTS, *BOOKLETS, *(("nieuw", f"nieuw-dorp/2010/{name}") for name in documents("groningen-2009"))]
LOOSE = [
    *((edition, name) for edition in EDITIONS for name in ("controle", "toegankelijkheid", "leesbaarheid")),
    *(("boekjes", f"{gemeente}/2009-wijken/index") for gemeente in ("groningen", "voorbeeldstad")),
    *(("controle", f"{gemeente}/2009-controle") for gemeente in ("groningen", "voorbeeldstad")),
    ("verschil", "verschil"),
]


def run(root: Path, *commands: tuple[str, ...], **environment: str) -> Path:
    """Run commands in a copy of the project at `root` and return the folder of what they made."""
    for name in ("data", "params", "notebooks", "registers"):
        shutil.copytree(ROOT / name, root / name)
    env = os.environ | {"KW_ROOT": str(root), "PYTHONPATH": str(ROOT)} | environment
    for command in commands:
        words = [sys.executable, "-m", "kwlib", *command]
        done = subprocess.run(words, cwd=root, env=env, capture_output=True, text=True, timeout=500)
        assert done.returncode == 0, done.stderr[-3000:]
        with (root / "log.txt").open("a", encoding="utf-8") as log:
            log.write(done.stdout + done.stderr)
    return root / "build"


def build(root: Path, *arguments: str, **environment: str) -> Path:
    """Build an edition in a copy of the project at `root` and return the folder of the result."""
    made = run(root, ("report", *arguments), **environment)
    (result,) = [p for p in made.glob("[!.]*/[!.]*") if p.is_dir()]
    return result


def model(document: Path) -> dict:
    """Return the model of a document, which travels in its PDF, given its path without suffix."""
    with pikepdf.open(document.with_suffix(".pdf")) as pdf:
        return json.loads(pdf.attachments[f"{document.name}.json"].get_file().read_bytes())


def pages(folder: Path) -> list[Path]:
    """Return every page below a folder, without what is kept for a next build."""
    return sorted(p for p in folder.rglob("*.html") if ".cache" not in p.parts)


def on_paper(model: dict) -> list[dict]:
    """Return the chapters of a model that its PDF shows: a booklet leaves its annex to the page."""
    return [h for h in model["hoofdstukken"] if not (model["meta"]["kort"] and "klein" in h)]


def page(document: Path) -> lxml.html.HtmlElement:
    """Return the page of a document or notebook, given its path without suffix."""
    return lxml.html.document_fromstring(document.with_suffix(".html").read_text("utf-8"))
