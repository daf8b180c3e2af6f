"""Figures of how things hang together: old and new side by side, a network, and a grid of counts."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kwlib.show import nl, style
from kwlib.show.blokken import Blok
from kwlib.show.delen import Tekst
from kwlib.show.figuren import Figuur, figuur

RIJ = 0.2  # inches per line of text
LETTERS = 46  # the most letters of a name beside a drawing
NAAST = 0.85  # how much less far each next arc between the same two reaches


@dataclass(frozen=True)
class Stroom:
    """One step from left to right; `einde` leads out of the plan, `nieuw` comes into it."""

    van: str
    naar: str
    einde: bool = False
    nieuw: bool = False


def _kort(naam: str, letters: int = LETTERS) -> str:
    return naam if len(naam) <= letters else naam[: letters - 1].rstrip() + "…"


def stromen(
    id: str, bijschrift: Tekst | str, alt: Tekst | str, data: Blok, *, koppen: tuple[str, str], lijnen: Sequence[Stroom]
) -> Figuur:
    """Return names at the left and at the right with a line for each step; ends stand below the rest, in grey.

    The right side keeps the order of the steps and the left side follows it, so that few lines cross.
    """
    order = sorted(lijnen, key=lambda s: s.einde)
    rechts = list(dict.fromkeys((s.naar, s.einde) for s in order))
    links = list(dict.fromkeys((s.van, s.nieuw) for s in order))
    hoog = max(len(links), len(rechts))
    with style.stijl(id):
        fig, (ax,) = style.doek(0.5 + RIJ * hoog)
        y_links = {key: n * (hoog - 1) / max(1, len(links) - 1) for n, key in enumerate(links)}
        y_rechts = {key: n * (hoog - 1) / max(1, len(rechts) - 1) for n, key in enumerate(rechts)}
        for s in order:
            kleur = style.GRIJS if s.einde else style.TWEEDE if s.nieuw else style.ACCENT
            a, b = y_links[s.van, s.nieuw], y_rechts[s.naar, s.einde]
            ax.plot([0, 0.25, 0.75, 1], [a, a, b, b], color=kleur, linewidth=1.4, solid_capstyle="butt")
        for (naam, nieuw), y in y_links.items():
            ax.text(-0.03, y, _kort(naam), ha="right", va="center", style="italic" if nieuw else "normal")
        for (naam, einde), y in y_rechts.items():
            ax.text(1.03, y, _kort(naam), ha="left", va="center", style="italic" if einde else "normal",
                    fontweight="normal" if einde else "bold")  # fmt: skip
        for x, kop, ha in ((-0.03, koppen[0], "right"), (1.03, koppen[1], "left")):
            ax.text(x, -1.2, kop, ha=ha, va="center", color=style.GEDEMPT)
        ax.set_xlim(-1.75, 2.75)
        ax.set_ylim(hoog - 0.4, -1.6)
        ax.set_axis_off()
        return figuur(id, bijschrift, alt, fig, data)


@dataclass(frozen=True)
class Knoop:
    """One thing in a network, with the group that it stands in."""

    naam: str
    groep: str


@dataclass(frozen=True)
class Band:
    """One line in a network: between which things, whether there is evidence, and whether it hinders."""

    a: str
    b: str
    bewezen: bool = False
    hindert: bool = False


def netwerk(
    id: str, bijschrift: Tekst | str, alt: Tekst | str, data: Blok, *, knopen: Sequence[Knoop], banden: Sequence[Band]
) -> Figuur:
    """Return names below each other, by group, with an arc for each link.

    A full arc has evidence, a dashed one has none, an orange one hinders; a name without arcs stands alone, in grey.
    """
    groepen = list(dict.fromkeys(k.groep for k in knopen))
    order = sorted(knopen, key=lambda k: groepen.index(k.groep))
    plek = {k.naam: i + 1.6 * (groepen.index(k.groep) + 1) for i, k in enumerate(order)}
    linked = {naam for band in banden for naam in (band.a, band.b)}
    hoog = len(order) + 1.6 * len(groepen)
    with style.stijl(id):
        fig, (ax,) = style.doek(0.2 + RIJ * hoog)
        getekend: Counter[tuple[float, float]] = Counter()
        for band in sorted(banden, key=lambda band: band.hindert):  # what hinders lies on top
            a, b = sorted((plek[band.a], plek[band.b]))
            kleur = style.TWEEDE if band.hindert else style.ACCENT if band.bewezen else style.GEDEMPT
            boog = [math.pi * i / 32 for i in range(33)]
            ver = math.sqrt((b - a) / hoog) * NAAST ** getekend[a, b]
            getekend[a, b] += 1
            xs = [math.sin(t) * ver for t in boog]
            ys = [(a + b) / 2 - math.cos(t) * (b - a) / 2 for t in boog]
            ax.plot(xs, ys, color=kleur, linewidth=1.2, linestyle="-" if band.bewezen else (0, (4, 2)))
        for groep in groepen:
            first = min(plek[k.naam] for k in order if k.groep == groep)
            ax.text(-0.02, first - 1, groep, ha="right", va="center", fontweight="bold")
        for naam, y in plek.items():
            ax.plot([0], [y], "o", color=style.INKT if naam in linked else style.GRIJS, markersize=3.5, zorder=3)
            ax.text(
                -0.02, y, _kort(naam), ha="right", va="center", color=style.INKT if naam in linked else style.GEDEMPT
            )
        ax.set_xlim(-1.0, 1.02)
        ax.set_ylim(hoog + 0.6, 0)
        ax.set_axis_off()
        return figuur(id, bijschrift, alt, fig, data)


def warmte(
    id: str,
    bijschrift: Tekst | str,
    alt: Tekst | str,
    data: Blok,
    *,
    namen: Sequence[str],
    waarden: Sequence[Sequence[int | None]],
) -> Figuur:
    """Return a square grid: each cell holds its count and is darker as it is more; None stays empty."""
    top = max((w for rij in waarden for w in rij if w), default=1)
    with style.stijl(id):
        fig, (ax,) = style.doek(1.05 + 0.42 * len(namen))
        for y, rij in enumerate(waarden):
            for x, waarde in enumerate(rij):
                if waarde is None:
                    continue
                deel = waarde / top
                kleur = style.WIT if not waarde else style.ZACHT if deel <= 0.5 else style.ACCENT
                ax.barh([y], [0.94], left=[x - 0.47], height=0.9, color=kleur, edgecolor=style.RASTER, linewidth=0.8)
                ink = style.WIT if waarde and deel > 0.5 else style.INKT
                ax.text(x, y, nl.cijfers(waarde), ha="center", va="center", color=ink)
        ax.set_yticks(range(len(namen)), namen)
        ax.set_xticks(range(len(namen)), ["\n".join(textwrap.wrap(n, 16, max_lines=2, placeholder="…")) for n in namen])
        ax.xaxis.tick_top()
        ax.tick_params(axis="x", colors=style.INKT)
        ax.set_ylim(len(namen) - 0.5, -0.5)
        ax.set_xlim(-0.5, len(namen) - 0.5)
        for spine in ax.spines.values():
            spine.set_visible(False)
        return figuur(id, bijschrift, alt, fig, data)
