"""One edition of the report: its data, checked, as known on its date, and protected."""

from __future__ import annotations

import copyreg
import dataclasses
import hashlib
import os
import pickle
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from types import MappingProxyType

from kwlib import config, gelezen, privacy
from kwlib.config import Fout, InvoerFout, Paths, meant
from kwlib.data import Result, Store, check, krachtwijken, make_store, of_wijk, read_schema
from kwlib.data.problems import FOUT


def open_edition(gemeente: str, jaar: int, kennis_tot: str = "", soort: str = config.RAPPORTAGE) -> Store:
    """Return the protected data of one municipality and year, as known on `kennis_tot` (empty: the edition's own day).

    This is the only door between the files and a chapter: what comes out may be shown. Raise InvoerFout, with all
    problems at once, when the request, the params or the data are wrong.
    """
    at = config.paths()
    asked = str(gemeente), str(jaar), kennis_tot, soort
    key = *asked, _content(at, asked[0])
    return gelezen.watched(_ready.pop(key, None) or _given(key) or _read(at, *asked))


def _read(at: Paths, gemeente: str, jaar: str, kennis_tot: str, soort: str) -> Store:
    params = config.load(gemeente, jaar, kennis_tot, at, soort)
    result = check(at.data / gemeente, read_schema(at.schema), params.mapping())
    if result.stops:
        raise InvoerFout(Fout(p.text()) for p in result.problems if p.severity == FOUT)
    return protected(result, params, at)


def protected(result: Result, params: config.Params, at: config.Paths) -> Store:
    """Return the protected store of checked data, given what earlier editions told; raise InvoerFout (V57, V58)."""
    register = privacy.publicaties.path(at.registers, params.gemeente)
    eerder = privacy.publicaties.eerder(register, config.edition_name(params.jaar, params.soort))
    try:
        return privacy.protect(make_store(result, params.mapping()), eerder)
    except privacy.UnsafeError as error:
        raise InvoerFout(Fout(p.text()) for p in error.problems) from None


def _content(at: Paths, gemeente: str) -> str:
    """Return a checksum of every file that an edition is read from."""
    whole = hashlib.sha256()
    for path in [at.schema, *sorted((at.data / gemeente).glob("*.csv")), *sorted(at.params.glob("*.yml")),
                 *at.registers.glob(f"publicaties-{gemeente}.csv")]:  # fmt: skip
        whole.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


_ready: dict[tuple[str, ...], Store | None] = {}  # editions that were read before this process was forked


def prepare(gemeente: str, jaar: str, kennis_tot: str, soort: str = config.RAPPORTAGE) -> None:
    """Read an edition for the processes that will be forked from this one; each takes it at most once, if unchanged.

    What is wrong with it they find out by themselves.
    """
    at = config.paths()
    asked = gemeente, jaar, kennis_tot, soort
    key = (*asked, _content(at, gemeente))
    if key not in _ready:
        while len(_ready) > 1:
            _ready.pop(next(iter(_ready)))
        _ready[key] = None
        with suppress(InvoerFout):
            _ready[key] = _given(key) or _read(at, *asked)


Gepakt = tuple[tuple[str, ...], bytes]
GEDEELD = "KW_GEDEELD"  # in the environment of a kernel: where the process that asks for it has editions ready


def _mapping(mapping: dict) -> MappingProxyType:
    return MappingProxyType(mapping)


copyreg.pickle(MappingProxyType, lambda mapping: (_mapping, (dict(mapping),)))


def packed(params: config.Params, store: Store) -> Gepakt:
    """Return an edition as bytes for `shared`, with what it was asked by and read from."""
    asked = params.gemeente, str(params.jaar), params.kennis_tot.isoformat(), params.soort
    return (*asked, _content(config.paths(), asked[0])), pickle.dumps(dataclasses.replace(store, memo={}))


@contextmanager
def shared(editions: Iterable[Gepakt]) -> Iterator[dict[str, str]]:
    """Give what to add to the environment of kernels, for them to take these editions from the memory of this process.

    It is nothing where that cannot be: they read the files themselves then, as they do on another machine.
    """
    if not hasattr(os, "memfd_create"):
        yield {}
        return
    with open(os.memfd_create("kw"), "wb") as memory:
        pickle.dump(dict(editions), memory)
        memory.flush()
        yield {GEDEELD: f"/proc/{os.getpid()}/fd/{memory.fileno()}"}


def _given(key: tuple[str, ...]) -> Store | None:
    """Return an edition as the process that asks for kernels has read it, if from the same files."""
    with suppress(OSError, KeyError):
        if stat.S_ISREG(os.stat(os.environ[GEDEELD]).st_mode):
            with open(os.environ[GEDEELD], "rb") as memory:
                return pickle.loads(pickle.load(memory)[key])
    return None


def open_plan(gemeente: str, jaar: int, kennis_tot: str = "") -> Store:
    """Return the protected data as the plan for a year sees them; raise InvoerFout."""
    return open_edition(gemeente, jaar, kennis_tot, config.PLAN)


def open_wijk(gemeente: str, jaar: int, kennis_tot: str, wijk: str) -> tuple[Store, Store]:
    """Return the protected data of an edition, and those of one krachtwijk (its id) alone; raise InvoerFout."""
    whole = open_edition(gemeente, jaar, kennis_tot)
    known = krachtwijken(whole)
    if wijk not in known:
        there = f"{meant(wijk, known)} Beschikbaar: {', '.join(known) or 'geen'}.".strip()
        raise InvoerFout(Fout("Deze krachtwijk is onbekend.", there, sleutel="wijk"))
    return whole, of_wijk(whole, wijk)
