"""Blocks: what a notebook cell ends in. Each shows itself in Jupyter and carries its model for the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kwlib.show.delen import Deel, Tekst, plat, tekst
from kwlib.show.feiten import Cijfer

MIME = "application/vnd.krachtwijken.blok+json"


class Blok:
    """The base of all blocks: `model()` for the report, `html()` for the notebook, `cijfers()` for the register."""

    def model(self) -> dict[str, Any]:
        raise NotImplementedError

    def delen(self) -> Iterator[Deel]:
        """Yield every part of text in the block."""
        raise NotImplementedError

    def cijfers(self) -> dict[str, dict[str, Any]]:
        """Return the register entries of the numbers shown, by id."""
        found = {deel.c.id: deel.c for deel in self.delen() if isinstance(deel.c, Cijfer)}
        return {id: found[id].register() for id in sorted(found)}

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, Any]:
        from kwlib.show import html

        model = self.model() | {"cijfers": self.cijfers()}
        return {MIME: model, "text/html": html.blok(model), "text/plain": plat(tuple(self.delen()))}


def parts(delen: Tekst) -> list[dict[str, str]]:
    """Return text parts for the model."""
    return [deel.model() for deel in delen]


@dataclass(frozen=True)
class Kop(Blok):
    """A heading within a chapter, level 2 to 4."""

    niveau: int
    tekst: Tekst
    id: str

    def model(self):
        return {"soort": "kop", "niveau": self.niveau, "id": self.id, "delen": parts(self.tekst)}

    def delen(self):
        yield from self.tekst


@dataclass(frozen=True)
class Alinea(Blok):
    """A paragraph."""

    tekst: Tekst

    def model(self):
        return {"soort": "alinea", "id": None, "delen": parts(self.tekst)}

    def delen(self):
        yield from self.tekst


def alinea(*zinnen: Tekst | None) -> Alinea:
    """Return a paragraph of several sentences; None is left out."""
    joined: list[Deel] = []
    for een in (z for z in zinnen if z):
        joined += ([Deel(" ")] if joined else []) + list(tekst(een))
    return Alinea(tuple(joined))


@dataclass(frozen=True)
class Lijst(Blok):
    """A list of short texts."""

    punten: tuple[Tekst, ...]

    def model(self):
        return {"soort": "lijst", "geordend": False, "punten": [parts(punt) for punt in self.punten]}

    def delen(self):
        for punt in self.punten:
            yield from punt


@dataclass(frozen=True)
class Kenmerken(Blok):
    """A list of label and value, as on a project card."""

    id: str
    paren: tuple[tuple[str, Tekst], ...]

    def model(self):
        return {"soort": "kenmerken", "id": self.id, "paren": [[label, parts(waarde)] for label, waarde in self.paren]}

    def delen(self):
        for _, waarde in self.paren:
            yield from waarde


@dataclass(frozen=True)
class Kader(Blok):
    """A call-out around other blocks; `toon` is 'let_op' or 'uitleg'."""

    toon: str
    titel: str
    blokken: tuple[Blok, ...]

    def model(self):
        blokken = [blok.model() for blok in self.blokken]
        return {"soort": "kader", "toon": self.toon, "titel": self.titel, "blokken": blokken}

    def delen(self):
        for blok in self.blokken:
            yield from blok.delen()


@dataclass(frozen=True)
class Kaart:
    """One tile of key figures: the number, what it is, and a sentence."""

    getal: Tekst
    label: str
    toelichting: Tekst = ()


@dataclass(frozen=True)
class Kerncijfers(Blok):
    """The tiles of the one-page overview."""

    id: str
    kaarten: tuple[Kaart, ...]

    def model(self):
        kaarten = [
            {"getal": parts(k.getal), "label": k.label, "toelichting": parts(k.toelichting)} for k in self.kaarten
        ]
        return {"soort": "kerncijfers", "id": self.id, "kaarten": kaarten}

    def delen(self):
        for kaart in self.kaarten:
            yield from (*kaart.getal, *kaart.toelichting)


@dataclass(frozen=True)
class Groep(Blok):
    """Blocks in a row, for a chapter part that repeats per thema, wijk or project."""

    blokken: tuple[Blok, ...]

    def model(self):
        return {"soort": "groep", "blokken": [blok.model() | {"cijfers": blok.cijfers()} for blok in self.blokken]}

    def delen(self):
        for blok in self.blokken:
            yield from blok.delen()

    def cijfers(self):
        return {}  # every block in it has its own


def groep(blokken: Iterable[Blok | None]) -> Groep:
    """Return the blocks that there are, in a row."""
    return Groep(tuple(blok for blok in blokken if blok is not None))
