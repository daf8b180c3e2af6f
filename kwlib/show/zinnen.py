"""Wording with fixed rules: the same facts always give the same words, and never vaguer ones."""

from __future__ import annotations

import math

from kwlib.show import nl
from kwlib.show.delen import Deel, Tekst, samen, tekst, vul
from kwlib.show.feiten import Cijfer

REDENEN = {
    "nog_te_vroeg": "Het is nog te vroeg om te meten.",
    "niet_tastbaar": "Het resultaat is niet goed in een cijfer te vangen.",
    "geen_indicator": "Er is niet afgesproken wat wij meten.",
    "geen_nulmeting": "Het begin is niet gemeten.",
    "registratie_ontbreekt": "Niemand heeft dit bijgehouden.",
    "partner_levert_niet": "De partner heeft het cijfer niet gegeven.",
    "privacy": "Het cijfer zou iets over herkenbare mensen zeggen.",
    "kosten_te_hoog": "Meten kost meer dan het oplevert.",
    "niet_in_bronnen": "Het staat niet in de openbare bronnen.",
    "vergeten": "Het is niet ingevuld.",
}
OORZAAK = ("wij hopen dat", "wij hopen dat", "naar verwachting", "er zijn aanwijzingen dat", "uit onderzoek blijkt dat")
Z95 = 1.959964  # two-sided 95 % of the normal distribution


def ontbreekzin(reden: str | None) -> str:
    """Return the fixed sentence for a reason code."""
    return REDENEN.get(reden or "", "De reden is niet opgegeven.")


def oorzaakzin(niveau: int) -> str:
    """Return how sure a causal sentence may sound, by level of evidence 0-4 (effectladder)."""
    return OORZAAK[niveau]


def telzin(aantal: Cijfer, totaal: Cijfer, enkel: str, meer: str) -> Tekst:
    """Say 'x van de y projecten' exactly: geen, één, op één na alle, alle; never 'vrijwel' or 'een enkel'."""
    n, alles = aantal.waarde, totaal.waarde
    if n > alles:
        raise ValueError(f"{aantal.id} is more than {totaal.id}")
    heel = Deel(nl.getal(alles), c=totaal)
    if alles == 0:
        return samen(Deel("geen enkel", c=totaal), f" {enkel}")
    if alles == 1:
        return samen(Deel("het enige" if n else "geen", c=aantal), f" {enkel}")
    if n == 0:
        return samen(Deel("geen", c=aantal), " van de ", heel, f" {meer}")
    if n == alles:
        return samen(
            Deel("beide" if alles == 2 else "alle", c=aantal), *([] if alles == 2 else [" ", heel]), f" {meer}"
        )
    if n == alles - 1 and alles > 2:
        return samen(Deel("op één na alle", c=aantal), " ", heel, f" {meer}")
    return samen(aantal_tekst(aantal), " van de ", heel, f" {meer}")


def werkwoord(aantal: Cijfer, enkel: str, meer: str) -> str:
    """Return the verb that goes with `telzin`: 'geen van de vijf is', 'één van de vijf is', 'twee van de vijf zijn'."""
    return enkel if aantal.waarde < 2 else meer


def aantal_tekst(aantal: Cijfer) -> Deel:
    """Return a count in words as one traceable part."""
    return tekst(aantal)[0]


def met_woord(aantal: Cijfer, enkel: str, meer: str) -> Tekst:
    """Return 'één project', 'twee projecten'; zero is 'geen projecten'."""
    if aantal.waarde == 0:
        return samen(Deel("geen", c=aantal), f" {meer}")
    return samen(aantal_tekst(aantal), f" {nl.meervoud(aantal.waarde, enkel, meer)}")


def procentzin(teller: Cijfer, noemer: Cijfer, deel: Cijfer) -> Tekst:
    """Return a percentage, or 'x van de y' when it rests on fewer than twenty (V24)."""
    if noemer.waarde < 20:
        return vul("{teller} van de {noemer}", teller=teller, noemer=noemer)
    return tekst(deel)


def byar(aantal: int) -> tuple[float, float]:
    """Return the 95 % interval of a Poisson count (Byar's approximation; PHE, Technical Guide, 2018)."""
    if aantal == 0:
        return 0.0, 3.689
    below = aantal * (1 - 1 / (9 * aantal) - Z95 / (3 * math.sqrt(aantal))) ** 3
    above = (aantal + 1) * (1 - 1 / (9 * (aantal + 1)) + Z95 / (3 * math.sqrt(aantal + 1))) ** 3
    return max(below, 0.0), above


def wilson(teller: int, noemer: int) -> tuple[float, float]:
    """Return the 95 % score interval of a proportion (Wilson 1927)."""
    p, z2 = teller / noemer, Z95**2
    midden, helft = p + z2 / (2 * noemer), Z95 * math.sqrt(p * (1 - p) / noemer + z2 / (4 * noemer**2))
    return (midden - helft) / (1 + z2 / noemer), (midden + helft) / (1 + z2 / noemer)


def newcombe(t1: int, n1: int, t2: int, n2: int) -> tuple[float, float]:
    """Return the 95 % interval of the difference of two proportions (Newcombe 1998, method 10)."""
    (l1, u1), (l2, u2), p1, p2 = wilson(t1, n1), wilson(t2, n2), t1 / n1, t2 / n2
    difference = p1 - p2
    below = difference - math.hypot(p1 - l1, u2 - p2)
    return below, difference + math.hypot(u1 - p1, p2 - l2)


def telverschilzin(eerst: int, later: int) -> str:
    """Say whether two counts differ by more than chance: neither Byar interval may hold the other count."""
    (l1, u1), (l2, u2) = byar(eerst), byar(later)
    if l1 <= later <= u1 or l2 <= eerst <= u2:
        return "Het aantal is te klein om een ontwikkeling te zien."
    return "Dit verschil is groter dan het toeval kan verklaren."


def verschilzin(t1: int, n1: int, t2: int, n2: int) -> str:
    """Say whether two proportions differ by more than chance (Newcombe interval without zero)."""
    below, above = newcombe(t1, n1, t2, n2)
    if below <= 0 <= above:
        return "Dit verschil kan toeval zijn."
    return "Dit verschil is groter dan het toeval kan verklaren."
