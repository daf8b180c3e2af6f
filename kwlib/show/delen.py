"""Running text made of parts, so that every number in a sentence keeps its identity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter
from typing import Any

from kwlib.show import nl
from kwlib.show.feiten import Cijfer

SOORTEN = {
    "ondergrens": "meer dan ",
    "minstens": "ten minste ",
    "bovengrens": "ten hoogste ",
    "geschat": "naar schatting ",
}


@dataclass(frozen=True)
class Deel:
    """A stretch of text: plain, a number, a link to a web address (`href`) or to a place in the report (`ref`)."""

    t: str
    c: Cijfer | None = None
    href: str | None = None
    ref: str | None = None
    stijl: str | None = None

    def model(self) -> dict[str, str]:
        out = {"t": self.t, "c": self.c and self.c.id, "href": self.href, "ref": self.ref, "stijl": self.stijl}
        return {key: value for key, value in out.items() if key == "t" or value}


Tekst = tuple[Deel, ...]


def weergave(cijfer: Cijfer, vorm: str = "") -> str:
    """Return a number as the reader sees it; `vorm`: '' running text, 'cijfers' digits, 'mln' millions of euros."""
    if cijfer.ontbreekt:
        return "onbekend"
    voor, tot = SOORTEN.get(cijfer.soort, ""), cijfer.waarde_tot
    if cijfer.soort == "bereik" and tot is not None:
        return f"{_kaal(cijfer, cijfer.waarde, vorm)} tot {_kaal(cijfer, tot, vorm)}"
    return voor + _kaal(cijfer, cijfer.waarde, vorm)


def _kaal(cijfer: Cijfer, waarde: float, vorm: str) -> str:
    decimalen = cijfer.decimalen or 0
    if cijfer.eenheid == "euro" and vorm == "mln":
        millions = waarde / 1_000_000
        return f"€{nl.NBSP}{nl.cijfers(millions, 2).rstrip('0').rstrip(',')} miljoen"
    if cijfer.eenheid == "euro":
        return nl.euro(waarde)
    if cijfer.eenheid == "procent":
        return nl.procent(waarde, decimalen)
    if cijfer.eenheid == "jaar":
        return str(int(waarde))
    return nl.cijfers(waarde, decimalen) if vorm == "cijfers" else nl.getal(waarde, decimalen)


def tekst(waarde: Any, vorm: str = "") -> Tekst:
    """Return a value as text parts; a bare number is refused, because nobody could trace it."""
    if isinstance(waarde, Cijfer):
        return (Deel(weergave(waarde, vorm), c=waarde),)
    if isinstance(waarde, Deel):
        return (waarde,)
    if isinstance(waarde, str):
        return (Deel(waarde),) if waarde else ()
    if isinstance(waarde, tuple) and all(isinstance(deel, Deel) for deel in waarde):
        return waarde
    raise TypeError(f"{waarde!r} is not text; a number comes from a fact (kwlib.show.feiten).")


def vul(sjabloon: str, **waarden: Any) -> Tekst:
    """Fill the `{names}` of a sentence with numbers, texts or parts; digits in the template itself are refused."""
    delen: list[Deel] = []
    for letterlijk, naam, vorm, _ in Formatter().parse(sjabloon):
        if re.search(r"\d", letterlijk):
            raise ValueError(f"A number is typed in the sentence {sjabloon!r}.")
        delen += tekst(letterlijk)
        if naam is not None:
            delen += tekst(waarden[naam], vorm or "")
    return samen(*delen)


def samen(*delen: Deel | str | Tekst) -> Tekst:
    """Join parts; neighbours that are plain text become one."""
    out: list[Deel] = []
    for deel in (d for stuk in delen for d in tekst(stuk)):
        if out and not _bijzonder(deel) and not _bijzonder(out[-1]):
            out[-1] = Deel(out[-1].t + deel.t)
        else:
            out.append(deel)
    return tuple(out)


def _bijzonder(deel: Deel) -> bool:
    return bool(deel.c or deel.href or deel.ref or deel.stijl)


def zin(sjabloon: str, **waarden: Any) -> Tekst:
    """Fill a sentence and give it a capital."""
    eerste, *rest = vul(sjabloon, **waarden)
    return (Deel(nl.hoofdletter(eerste.t), eerste.c, eerste.href, eerste.ref, eerste.stijl), *rest)


def opsomming(stukken: list[Any], woord: str = "en") -> Tekst:
    """Return the pieces as 'a, b en c'; as 'a, b; c; en d' where a piece itself holds a comma."""
    delen: list[Any] = []
    tussen, laatste = ("; ", f"; {woord} ") if any(", " in plat(tekst(s)) for s in stukken) else (", ", f" {woord} ")
    for plaats, stuk in enumerate(stukken):
        delen += ["" if plaats == 0 else laatste if plaats == len(stukken) - 1 else tussen, stuk]
    return samen(*(d for stuk in delen for d in tekst(stuk)))


def verwijzing(id: str, voor: str = "") -> Deel:
    """Return a reference to a block or section; the report fills in 'tabel 3' or 'hoofdstuk 4'."""
    return Deel(voor, ref=id)


def plat(delen: Tekst) -> str:
    """Return the text alone."""
    return "".join(deel.t for deel in delen)
