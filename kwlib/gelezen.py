"""What a notebook looks at: which tables of its edition, and no file that nobody declared."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from kwlib.data import Store

# Where a notebook may look tells its environment; the names of the tables go into this file, one per line.
LIJST = "KW_GELEZEN"
NAAST = ("problems", "superseded")  # what a store tells besides its tables
REMEDIE = "Zet het bij de gegevens in data/ met een beschrijving in datapackage.json, of lees het hier niet."
# A kernel reads these of itself; what decides the report is in none of them.
EIGEN = ("/proc/", "/sys/", "/dev/", "/etc/", "/usr/", "/lib")


class _Tabellen(Mapping):
    """Frames by name that tell which of them are taken."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], note: Callable[[str], None]):
        self.frames, self.note = frames, note

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self.frames[name]
        self.note(name)
        return frame

    def __contains__(self, name: object) -> bool:
        return name in self.frames

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)


@dataclass(frozen=True, eq=False, repr=False)
class _Gelezen(Store):
    """A store that tells what is taken from it."""

    note: Callable[[str], None] = lambda _: None

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if name in NAAST:
            self.note(name)
        return value


def watched(store: Store) -> Store:
    """Return the store; in a kernel that must account for what it reads, it lists each table that is looked at, and a
    file that is no part of the edition cannot be opened any more.
    """
    if LIJST not in os.environ:
        return store
    seen: set[str] = set()
    handle = os.open(os.environ[LIJST], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def note(name: str) -> None:
        if name not in seen:
            seen.add(name)
            os.write(handle, f"{name}\n".encode())

    own = {f.name: getattr(store, f.name) for f in fields(Store)}
    _forbid_other_files()
    return _Gelezen(**own | {"frames": _Tabellen(store.frames, note)}, note=note)


_guarded = False


def _forbid_other_files() -> None:
    global _guarded
    if not _guarded:
        _guarded = True
        allowed = _allowed()
        sys.addaudithook(lambda event, args: _look(allowed, args) if event == "open" else None)


def _allowed() -> tuple[str, ...]:
    """Return where Python, its libraries and a kernel keep what is theirs."""
    from IPython.paths import get_ipython_dir
    from jupyter_core.paths import jupyter_runtime_dir
    from matplotlib import get_cachedir, get_configdir

    own = [p for p in sys.path if p.endswith((".zip", "-packages"))]
    python = [sys.prefix, sys.base_prefix, Path(__file__).parent, *own]
    folders = [*python, get_ipython_dir(), jupyter_runtime_dir(), get_cachedir(), get_configdir()]
    cells = os.path.join(tempfile.gettempdir(), "ipykernel_")
    return (*EIGEN, cells, *(f"{os.path.realpath(f)}{os.sep}" for f in folders))


def _look(allowed: tuple[str, ...], args: tuple) -> None:
    path, mode, flags = args
    if not isinstance(path, (str, bytes)) or (mode or "r")[0] not in "r" or (flags or 0) & (os.O_WRONLY | os.O_CREAT):
        return
    whole = os.path.realpath(os.fsdecode(path))
    if not whole.startswith(allowed) and os.path.isfile(whole):
        raise PermissionError(f"{os.path.basename(whole)} is geen opgegeven invoer. {REMEDIE}")
