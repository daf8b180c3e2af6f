"""Where the time of a whole report goes, and what its register costs: python tests/bench/stages.py WHAT.

`report` makes the report of Groningen and tells the seconds of each stage; `register` tells seconds of the processor
and bytes of the page, with and without all that a page, a PDF and the files say of where numbers come from. KW_ROOT
names the project.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

BEGIN = time.monotonic()
YEAR, CITY = "2009", "groningen"


def _clocked(owner: Any, name: str, spent: dict[str, float], label: str, clock: Callable[[], float]) -> None:
    real = getattr(owner, name)

    def clocked(*args: Any, **kw: Any) -> Any:
        begin = clock()
        try:
            return real(*args, **kw)
        finally:
            spent[label] = spent.get(label, 0) + clock() - begin

    setattr(owner, name, clocked)


def report() -> dict[str, float]:
    """Return stage → seconds of a report that is made for the first time, and of what remains."""
    from kwlib import commands
    from kwlib.report import build, html, pdf

    spent = {"bibliotheken laden": time.monotonic() - BEGIN}
    for owner, name, label in (
        (commands, "_checked", "gegevens lezen en controleren"),
        (commands, "protected", "beschermen"),
        (build, "run_chapters", "hoofdstukken uitvoeren"),
        (build, "make_models", "hoofdstukken samenvoegen"),
        (html, "render", "pagina's"),
        (pdf, "render", "PDF's"),
        (build, "review", "notebooks als pagina"),
    ):
        _clocked(owner, name, spent, label, time.monotonic)
    if commands.report(CITY, YEAR, force=True):
        raise SystemExit("De rapportage is niet gemaakt.")
    return spent | {"al het andere": time.monotonic() - BEGIN - sum(spent.values())}


def _without_register() -> None:
    """Let documents be made without any trace of the register: no links, no annex, no files."""
    from kwlib.report import build, contract, los, register

    def drop(hoofdstukken: list, _records: Any) -> dict:
        for blok in (b for h in hoofdstukken for b in contract.alle(h["blokken"])):
            blok.pop("cijfers", None)
            for deel in [*register.numbers(blok)]:
                del deel["c"]
        return {}

    register.collect, register.annex, register.link = drop, lambda *_: None, lambda *_: None
    build.register, los.find = lambda *_: [], lambda *_: []


def register(kind: str) -> dict[str, float]:
    """Return seconds and bytes of all documents, from executed chapters; they must have been made before."""
    from kwlib import commands, config
    from kwlib.report import build, cijfers, manifest

    if kind == "without":
        _without_register()
    at = config.paths()
    params, store = commands.opened(at, CITY, YEAR, "", config.RAPPORTAGE)
    edition, work = commands.edition(at, params, store), at.build / params.folder
    spent = []
    for _ in range(3):
        begin = time.process_time()
        models = build.make_models(edition, work)
        files = {"cijfers.csv": cijfers.text(build.register(edition, models))}
        files |= {"records.csv": manifest.records_csv(edition.records)} if kind == "with" else {}
        build.render(models, work, files, edition.facts, edition.letters)
        spent.append(time.process_time() - begin)
    page = (work / f"{next(iter(models))}.html").stat().st_size
    return {"seconds": sorted(spent)[1], "bytes": page}


if __name__ == "__main__":
    print(f"\n{json.dumps({'report': report, 'register': register}[sys.argv[1]](*sys.argv[2:]))}")
