"""Booklets: a small document per wijk, made in one batch over wijken, years and municipalities."""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import sys
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kwlib import commands, config, contract, elders
from kwlib.config import Fout, InvoerFout, Paths
from kwlib.data import fingerprints, krachtwijken
from kwlib.edition import Gepakt, packed, shared
from kwlib.report.place import put

if TYPE_CHECKING:
    from kwlib.report.build import Edition

WIJK = "wijk"
# What a booklet consists of; all of it is whole and from the same inputs when its stamp says so.
SOORTEN = (".ipynb", ".html", ".pdf")


@dataclass(frozen=True)
class Boekje:
    """One booklet: the edition and wijk it is about, where it goes, and the checksum of all that it is made from.

    With `naar` (an address) it also goes there.
    """

    root: Path
    gemeente: str
    jaar: int
    kennis_tot: str
    wijk: str
    naam: str
    folder: Path
    invoer: str
    naar: str = ""

    def path(self, soort: str) -> Path:
        return self.folder / f"{self.wijk}{soort}"

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters of its notebook."""
        return {"gemeente": self.gemeente, "jaar": self.jaar, "kennis_tot": self.kennis_tot, WIJK: self.wijk}

    def stamp(self) -> bytes:
        """Return what is written of a booklet that is whole: its inputs, and the checksum of each file."""
        files = {s[1:]: hashlib.sha256(self.path(s).read_bytes()).hexdigest() for s in SOORTEN}
        return json.dumps({"invoer": self.invoer, "bestanden": files}, indent=1).encode() + b"\n"

    def whole(self) -> bool:
        """Tell whether the booklet stands there, undamaged and made from these inputs."""
        try:
            return self.path(".json").read_bytes() == self.stamp()
        except OSError:
            return False


_editions: dict[str, Edition] = {}  # those that this process has opened, by their checksum
_packed: dict[str, Gepakt] = {}  # what they were made from
_lock = threading.Lock()


def _open(root: Path, gemeente: str, jaar: str, kennis_tot: str) -> tuple[Mapping[str, str], Path, str]:
    """Open an edition with the booklet as its one document; return its krachtwijken, folder and checksum."""
    at = Paths(root)
    params, store = commands.opened(at, gemeente, jaar, kennis_tot, config.RAPPORTAGE)
    edition = commands.edition(at, params, store, WIJK)
    if [len(d.chapters) for d in edition.documents] != [1]:
        raise InvoerFout(Fout("Een boekje is één document met één notebook.", "", "notebooks/wijk"))
    made_from = edition.facts, edition.meta, fingerprints(store)
    total = hashlib.sha256(json.dumps(made_from, sort_keys=True, default=str).encode()).hexdigest()
    _editions[total], _packed[total] = edition, packed(params, store)
    beside = params.folder.with_name(f"{params.folder.name}-wijken")  # a new report takes the place of the old one
    return krachtwijken(store), at.build / beside, total


def make(boekje: Boekje, executed: Path) -> None:
    """Write page and PDF of an executed booklet, and last the stamp that says it is whole; raise ModelFout."""
    from kwlib.report import html, los, model, notebook, pdf
    from kwlib.report.fout import ModelFout

    with _lock:
        if boekje.invoer not in _editions:  # another process asked for it
            _open(boekje.root, boekje.gemeente, str(boekje.jaar), boekje.kennis_tot)
    if boekje.invoer not in _editions:
        raise ModelFout("De gegevens of de code zijn veranderd tijdens het maken.")
    edition = _editions[boekje.invoer]
    [document] = edition.documents
    meta = {
        **edition.meta,
        "titel": document.titel.replace("{wijk}", boekje.naam),
        "sjabloon": document.sjabloon,
        "bestand": boekje.wijk,
        "kort": True,
    }
    made = model.build([executed], meta, edition.sources, edition.colofon, records=edition.records)
    if loose := los.find(made, edition.teksten):
        raise ModelFout("; ".join(loose))
    if meta["fictief"]:
        notebook.mark(executed)
    put(boekje.path(".html"), html.render(made, edition.letters).encode())
    put(boekje.path(".pdf"), pdf.render(made, {}, edition.facts, edition.letters))
    put(boekje.path(".json"), boekje.stamp())
    if boekje.naar:
        elders.send(boekje.root, [boekje.path(soort) for soort in (*SOORTEN, ".json")], boekje.naar)
    boekje.path(".mislukt.ipynb").unlink(missing_ok=True)


def _years(text: str) -> list[str]:
    """Return the years in '2008-2009,2011', in order; what is no year is for the edition to refuse."""
    found: list[str] = []
    for part in filter(None, text.split(",")):
        first, dash, last = part.partition("-")
        span = dash and first.isdecimal() and last.isdecimal() and 0 <= int(last) - int(first) < 100
        found += [str(y) for y in range(int(first), int(last) + 1)] if span else [part.strip()]
    return list(dict.fromkeys(found)) or [""]


def asked(at: Paths, gemeenten: Iterable[str], jaren: Iterable[str], kennis_tot: str = "") -> list[Boekje]:
    """Return a booklet for every krachtwijk of these editions; raise InvoerFout with all that is wrong."""
    found, wrong = [], []
    for gemeente in gemeenten:
        for jaar in jaren:
            try:
                namen, folder, total = _open(at.root, gemeente, jaar, kennis_tot)
            except InvoerFout as error:
                wrong += error.fouten
                continue
            day = _editions[total].values["kennis_tot"]
            found += [Boekje(at.root, gemeente, int(jaar), day, *wijk, folder, total) for wijk in namen.items()]
    if wrong:
        raise InvoerFout(dict.fromkeys(wrong))
    return found


def only(boekjes: Sequence[Boekje], wijken: Collection[str]) -> list[Boekje]:
    """Return the booklets of some wijken, all when none is named; raise InvoerFout for a wijk that is nowhere."""
    if not boekjes:
        raise InvoerFout(Fout("Er is geen enkele krachtwijk.", "Noem een gemeente met krachtwijken in wijken.csv."))
    known = {b.wijk for b in boekjes}
    if wrong := [w for w in wijken if w not in known]:
        text = "De krachtwijk '{}' is onbekend."
        raise InvoerFout(Fout(text.format(contract.unread(w)), contract.meant(w, known)) for w in wrong)
    return [b for b in boekjes if not wijken or b.wijk in wijken]


def index(boekjes: Sequence[Boekje]) -> None:
    """Write the page that lists the booklets of one edition."""
    from kwlib.report import html

    first, edition = boekjes[0], _editions[boekjes[0].invoer]
    regels = [(b.naam, b.wijk, b.path(".html").exists(), b.whole()) for b in boekjes]
    path = first.folder / "index.html"
    put(path, html.index(edition.meta, regels, edition.letters).encode())
    if first.naar:
        elders.send(first.root, [path], first.naar)


def booklets(
    gemeenten: str, jaren: str, wijken: str = "", kennis_tot: str = "", *,
    kind: str = "threads", scheduler: str = "", resume: bool = False, naar: str = "",
) -> int:  # fmt: skip
    """Make the booklets that are asked for and return the exit code: 1 when any failed, all others made.

    With `resume` those that stand there whole, made from the same inputs, are left alone. With `naar` all that is made
    also goes to that address.
    """
    from kwlib.report import executors, kernels
    from kwlib.report.progress import Whole
    from kwlib.report.run import OK, Job, Limits, run

    at = config.paths()
    extra = {"KW_ROOT": str(at.root)}
    kernels.warm(extra)
    alle = [replace(b, naar=naar) for b in asked(at, _list(gemeenten), _years(jaren), kennis_tot)]
    boekjes = only(alle, _list(wijken))
    todo = [b for b in boekjes if not (resume and b.whole())]
    jobs = [Job(_notebook(b), b.path(".ipynb"), b.values, functools.partial(make, b)) for b in todo]
    limits = Limits(*map(max, zip(*(astuple(_editions[b.invoer].limits) for b in boekjes), strict=True)))
    given = shared(_packed[total] for total in dict.fromkeys(b.invoer for b in todo))
    with given as more, executors.executor(kind, scheduler) as executor, Whole(len(jobs), "Boekjes") as shown:
        outcomes = run(jobs, {}, limits, ended=shown.ended, extra=extra | more, executor=executor)
    failed = [o for o in outcomes if o.status != OK]
    for outcome in failed:
        print(outcome.text(), file=sys.stderr)
    for _, edition in itertools.groupby(alle, lambda b: b.folder):
        index(list(edition))
    print(f"Gemaakt: {len(todo) - len(failed)}. Was al goed: {len(boekjes) - len(todo)}. Mislukt: {len(failed)}.")
    for folder in dict.fromkeys(b.folder for b in boekjes):
        print(f"Overzicht: {naar or 'build'}/{(folder / 'index.html').relative_to(at.build).as_posix()}")
    return 1 if failed else 0


def _list(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _notebook(boekje: Boekje) -> Path:
    [document] = _editions[boekje.invoer].documents
    [chapter] = document.chapters
    return chapter
