"""Compare what was made: two builds with each other, a build with the published one, the numbers with those agreed."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from kwlib import config, privacy
from kwlib.commands import edition, make, opened
from kwlib.config import Fout, InvoerFout, Paths


def _built(at: Paths, gemeente: str, what: str) -> Path:
    """Return the folder of a build that is there: a folder or the name of an edition (2009, 2010-plan)."""
    editie = re.fullmatch(r"(\d{4})(-\w+)*", what)
    folder = at.build / gemeente / what if editie else Path(what)
    if (folder / "manifest.json").is_file():
        return folder
    if editie:
        hint = f"make {'plan' if what.endswith(config.PLAN) else 'report'} YEAR={editie[1]}"
        raise InvoerFout(Fout(f"Er is nog geen rapportage van {what}.", f"Maak die eerst: {hint}."))
    if folder.exists():
        raise InvoerFout(Fout(f"'{what}' is geen gemaakte rapportage.", "Wijs een map aan waarin manifest.json staat."))
    raise InvoerFout(Fout(f"'{what}' is geen map, jaar of versie in git.", "Kies bijvoorbeeld 2008, HEAD of een map."))


def _revision(at: Paths, gemeente: str, year: str, what: str, work: Path) -> Path | None:
    """Return a build of the project at a revision in git, made now in `work`; None for what is no revision."""

    def git(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(["git", "-C", str(at.root), *arguments], capture_output=True)

    if Path(what).exists() or what.isdecimal() or shutil.which("git") is None:
        return None
    archive = git("archive", "--format=tar", what)
    if archive.returncode:
        return None
    root = work / re.sub(r"\W", "-", what)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(root, filter="data")
    print(f"De rapportage van {what} wordt gemaakt ...", file=sys.stderr)
    command = [sys.executable, "-m", "kwlib", "report", "--year", year, "--gemeente", gemeente]
    environment = {**os.environ, "KW_ROOT": str(root), "PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise InvoerFout(Fout(f"De rapportage van {what} is niet te maken.", done.stderr.strip()[-600:]))
    return root / "build" / gemeente / year


def diff(gemeente: str, year: str, van: str, naar: str) -> int:
    """Print which numbers differ between two builds and why, and write the same as a page; return 0."""
    from kwlib.report import html, verschil

    at = config.paths()
    with tempfile.TemporaryDirectory(prefix="kw-") as work:
        builds = [_revision(at, gemeente, year, w, Path(work)) or _built(at, gemeente, w) for w in (van, naar)]
        try:
            found = verschil.Vergelijking(*map(verschil.read, builds))
        except (OSError, ValueError, KeyError) as error:
            gone = f"{van} of {naar} is van een te oude versie, of er is iets uit weggehaald ({error})."
            raise InvoerFout(Fout(gone, "Maak die rapportage opnieuw.")) from None
    print(found.text(), end="")
    page = at.build / "verschil.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(html.difference(found, van, naar), encoding="utf-8", newline="\n")
    print(f"Ook als pagina: {page.relative_to(at.root)}")
    return 0


def _received(path: Path) -> int:
    """Check a report that someone sent, against itself."""
    from kwlib.report import verify

    wrong = verify.file(path) if path.is_file() else verify.folder(path)
    print("\n".join(wrong) if wrong else f"{path.name}: alles is zoals het is gemaakt.")
    return 1 if wrong else 0


def verify(gemeente: str, year: str, kennis_tot: str = "", soort: str = config.RAPPORTAGE, received: str = "") -> int:
    """Make the edition again and compare it with the published one, number by number; return 1 when any differs."""
    if received:
        return _received(Path(received))
    from kwlib.report import manifest, verschil
    from kwlib.report.verify import folder

    at = config.paths()
    params, store = opened(at, gemeente, year, kennis_tot, soort)
    published = _built(at, gemeente, params.folder.name)
    with tempfile.TemporaryDirectory(prefix="kw-") as work:
        again = Path(work) / "nagerekend"
        if code := make(params, store, edition(at, params, store), again):
            return code
        found = verschil.Vergelijking(verschil.read(published), verschil.read(again))
        drawn, redrawn = verschil.blocks(published), verschil.blocks(again)
    print(found.text(), end="")
    same = sum(redrawn.get(k) == v for k, v in drawn.items())
    print(f"{same} van {len(drawn.keys() | redrawn.keys())} tabellen en figuren gelijk.")
    files, again_files = found.oud.manifest["bestanden"], found.nieuw.manifest["bestanden"]
    other = sorted(k for k in files.keys() | again_files.keys() if files.get(k) != again_files.get(k))
    same = len(files.keys() - set(other))
    print(f"{same} van {len(files)} bestanden gelijk.", *(f"Anders: {n}." for n in other[:10]))
    wrong = manifest.unlike(at.lock)
    print(f"De omgeving is {'niet ' if wrong else ''}die van requirements.lock.", *(f"{w}." for w in wrong))
    changed = folder(published)
    print("\n".join(changed), end="\n" if changed else "")
    return 1 if other or changed else 0


def register(gemeente: str, year: str, soort: str = config.RAPPORTAGE) -> int:
    """Make the register of the edition in `build` the agreed one, to be committed; return 0."""
    from kwlib.report import cijfers, verschil

    at = config.paths()
    editie = config.edition_name(config.choose(at, gemeente, year, soort), soort)
    built = _built(at, gemeente, editie)
    params, store = opened(at, gemeente, year, "", soort)
    made, now = verschil.read(built).manifest, edition(at, params, store).facts
    if any(made[part] != now[part] for part in ("gegevens", "instellingen")):
        raise InvoerFout(Fout(f"De rapportage van {editie} past niet bij de gegevens van nu.", "Maak die opnieuw."))
    rows = cijfers.read(built / "cijfers.csv")
    path = cijfers.agreed(at.registers, gemeente, editie)
    found = cijfers.compare(cijfers.read(path), rows)
    path.parent.mkdir(exist_ok=True)
    path.write_text(cijfers.text(rows.values(), cijfers.AFGESPROKEN), encoding="utf-8", newline="\n")
    print(f"{path.relative_to(at.root)}: {cijfers.sentence(found)}.")
    told = privacy.publicaties.path(at.registers, gemeente)
    privacy.publicaties.write(told, privacy.publicaties.gepubliceerd(store, editie))
    print(f"{told.relative_to(at.root)}: wat deze editie over aantallen mensen vertelt, geldt voortaan als bekend.")
    print(f"Noem dit in CHANGELOG.md: {path.stem} {cijfers.seal(rows.values())}")
    return 0
