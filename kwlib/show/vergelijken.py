"""Measured values side by side: what is sure whatever the value may be, and what chance alone can explain."""

from __future__ import annotations

import math

from kwlib.show.zinnen import KLEIN

Z95 = 1.959964  # two-sided 95 % of the normal distribution
TOEVAL = "de verandering kan toeval zijn"
GEEN_TOEVAL = "de verandering is groter dan het toeval kan verklaren"
TE_KLEIN = "het aantal is te klein om een ontwikkeling te zien"


def grenzen(waarde: float, tot: float | None, soort: str | None) -> tuple[float, float]:
    """Return the least and the most that a measured value may be."""
    soorten = {
        "ondergrens": (math.nextafter(waarde, math.inf), math.inf),
        "minstens": (waarde, math.inf),
        "bovengrens": (-math.inf, waarde),
        "bereik": (waarde, waarde if tot is None else tot),
    }
    return soorten.get(soort or "", (waarde, waarde))


def bereikt(laag: float, hoog: float, streef: float, richting: str) -> bool | None:
    """Tell whether a value between two bounds reaches a target ('hoger' or 'lager'); None when that is not sure."""
    if richting == "lager":
        laag, hoog, streef = -hoog, -laag, -streef
    return True if laag >= streef else False if hoog < streef else None


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
        return TE_KLEIN if max(eerst, later) < KLEIN else TOEVAL
    return GEEN_TOEVAL


def verschilzin(t1: int, n1: int, t2: int, n2: int) -> str:
    """Say whether two proportions differ by more than chance (Newcombe interval without zero)."""
    below, above = newcombe(t1, n1, t2, n2)
    return TOEVAL if below <= 0 <= above else GEEN_TOEVAL
