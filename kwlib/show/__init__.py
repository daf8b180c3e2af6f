"""Blocks, Dutch wording and the look of figures: everything a chapter shows is made here."""

from kwlib.show.blokken import (
    MIME,
    Alinea,
    Blok,
    Groep,
    Kaart,
    Kader,
    Kenmerken,
    Kerncijfers,
    Kop,
    Lijst,
    alinea,
    groep,
)
from kwlib.show.delen import Deel, Tekst, opsomming, samen, tekst, verwijzing, vul, zin
from kwlib.show.feiten import Cijfer, cijfer, feit, rij, rijen
from kwlib.show.tabellen import Kolom, kol, tabel

__all__ = [
    "MIME", "Alinea", "Blok", "Cijfer", "Deel", "Groep", "Kaart", "Kader", "Kenmerken", "Kerncijfers", "Kolom", "Kop",
    "Lijst", "Tekst", "alinea", "cijfer", "feit", "groep", "kol", "opsomming", "rij", "rijen", "samen", "tabel",
    "tekst", "verwijzing", "vul", "zin",
]  # fmt: skip
