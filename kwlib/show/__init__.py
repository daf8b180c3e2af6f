"""Blocks, Dutch wording and the look of figures: everything a chapter shows is made here."""

from kwlib.show.blokken import Alinea, Blok, Kaart, Kader, Kenmerken, Kerncijfers, Kop, Lijst, alinea, groep
from kwlib.show.delen import Deel, Tekst, opsomming, samen, tekst, verwijzing, vul, zin
from kwlib.show.feiten import cijfer, feit, rij, rijen
from kwlib.show.tabellen import kol, tabel

__all__ = [
    "Alinea", "Blok", "Deel", "Kaart", "Kader", "Kenmerken", "Kerncijfers", "Kop", "Lijst", "Tekst", "alinea",
    "cijfer", "feit", "groep", "kol", "opsomming", "rij", "rijen", "samen", "tabel", "tekst", "verwijzing", "vul",
    "zin",
]  # fmt: skip
