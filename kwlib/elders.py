"""Projects and booklets that are elsewhere: at any address that fsspec knows, such as s3://, sftp:// or file://."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kwlib.contract import Fout, InvoerFout

ROOT, PROJECT = "KW_ROOT", ("data", "params", "notebooks", "registers")


def _at(url: str) -> tuple[Any, str]:
    """Return the file system of an address and the path there; raise InvoerFout when there is none."""
    try:
        import fsspec
    except ImportError:
        hint = "Zet het erbij met: .venv/bin/pip install fsspec"
        raise InvoerFout(Fout("Het programma voor adressen (fsspec) staat niet in deze omgeving.", hint)) from None
    with _bereikbaar(url):
        return fsspec.url_to_fs(url)


@contextmanager
def _bereikbaar(url: str) -> Iterator[None]:
    """Raise InvoerFout for all that can be wrong with an address: each kind of place has errors of its own."""
    try:
        yield
    except Exception as error:
        hint = f"Een adres ziet eruit als s3://emmer/map of file:///map ({error})."
        raise InvoerFout(Fout(f"Het adres '{url}' is niet te gebruiken.", hint)) from None


@contextmanager
def project(van: str, naar: str = "") -> Iterator[None]:
    """Work on a copy of the project at an address, with what is at the address of its results; raise InvoerFout."""
    fs, path = _at(van)
    with _bereikbaar(van):
        known = fs.isdir(f"{path}/data")
    if not known:
        raise InvoerFout(Fout(f"Op het adres '{van}' staat geen project.", "Er hoort een map data/ te zijn."))
    with TemporaryDirectory(prefix="kw-elders-") as folder:
        root = Path(folder).resolve()
        with _bereikbaar(van):
            for name in (n for n in PROJECT if fs.isdir(f"{path}/{n}")):
                fs.get(f"{path}/{name}/", f"{root / name}/", recursive=True)
        if naar:
            there, path = _at(naar)
            with _bereikbaar(naar):
                if there.isdir(path):
                    there.get(f"{path}/", f"{root / 'build'}/", recursive=True)
        before = os.environ.get(ROOT)
        os.environ[ROOT] = str(root)
        try:
            yield
        finally:
            os.environ.pop(ROOT)
            os.environ |= {ROOT: before} if before else {}


def send(root: Path, paths: Iterable[Path], naar: str) -> None:
    """Copy results of a project to an address, in order; each appears there whole under its name; raise InvoerFout."""
    fs, base = _at(naar)
    for path in paths:
        target = f"{base}/{path.relative_to(root / 'build').as_posix()}"
        part = f"{target}.{uuid.uuid4().hex}"
        with _bereikbaar(naar):
            fs.makedirs(target.rpartition("/")[0], exist_ok=True)
            fs.put_file(str(path), part)
            fs.mv(part, target)
