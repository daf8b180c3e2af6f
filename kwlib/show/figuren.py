"""Figures: a drawing, its caption, its meaning in words and its data; none goes without the other three."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.patches import Patch

from kwlib.show import nl, style
from kwlib.show.blokken import Blok, parts
from kwlib.show.delen import Tekst, plat, tekst
from kwlib.show.tabellen import Tabel

REGEL = 0.2  # inches: a row of a legend


@dataclass(frozen=True)
class Figuur(Blok):
    """A figure; `alt` says what it shows, `data` holds every number in it."""

    id: str
    bijschrift: Tekst
    alt: Tekst
    svg: str
    data: Tabel

    def model(self):
        data = self.data.model()
        return {
            "soort": "figuur",
            "id": self.id,
            "bijschrift": parts(self.bijschrift),
            "alt": parts(self.alt),
            "svg": self.svg,
            "tabel": {key: data[key] for key in ("koppen", "rijen", "noten")},
        }

    def delen(self):
        yield from (*self.bijschrift, *self.alt)
        for _, cellen in self.data.rijen:
            for cel in cellen:
                yield from cel


def figuur(id: str, bijschrift: Tekst | str, alt: Tekst | str, fig, data: Tabel) -> Figuur:
    """Return a drawing as a figure; ValueError without words for who cannot see it."""
    alt = tekst(alt)
    if not plat(alt).strip():
        raise ValueError(f"Figure {id} has no text alternative (V71).")
    return Figuur(id=id, bijschrift=tekst(bijschrift), alt=alt, svg=style.svg(fig, id), data=data)


def gestapeld(
    id: str,
    bijschrift: Tekst | str,
    alt: Tekst | str,
    data: Blok,
    *,
    rijen: Sequence[str],
    reeksen: Sequence[tuple[str, Sequence[float], str]],
) -> Blok:
    """Return horizontal stacked bars: parts of a whole per row; `reeksen` is (name, value per row, colour).

    Each part carries its count. Like every figure here it becomes its data when there is nothing to draw.
    """
    if not rijen:
        return data
    with style.stijl(id):
        fig, (ax,) = style.doek(0.6 + 0.28 * len(rijen))
        links = [0.0] * len(rijen)
        totaal = max((sum(r[1][i] for r in reeksen) for i in range(len(rijen))), default=1) or 1
        for _naam, waarden, kleur in reeksen:
            ax.barh(range(len(rijen)), waarden, left=links, color=kleur, edgecolor=style.WIT, linewidth=1, height=0.66)
            for i, waarde in enumerate(waarden):
                if waarde:
                    ink = style.WIT if kleur in style.DONKER else style.INKT
                    ax.text(links[i] + waarde / 2, i, nl.cijfers(waarde), ha="center", va="center", color=ink)
            links = [a + b for a, b in zip(links, waarden, strict=True)]
        ax.set_yticks(range(len(rijen)), rijen)
        ax.invert_yaxis()
        ax.set_xlim(0, totaal)
        ax.set_xticks([])
        for spine in ax.spines.values():
            spine.set_visible(False)
        _legenda(fig, [naam for naam, _, _ in reeksen], [kleur for _, _, kleur in reeksen])
        return figuur(id, bijschrift, alt, fig, data)


def _legenda(fig, namen: Sequence[str], kleuren: Sequence[str]) -> None:
    """Write what the colours are above a figure, in as many rows as its width asks for."""
    vakken = [Patch(color=kleur, linewidth=0) for kleur in kleuren]
    ruim = {"frameon": False, "handlelength": 0.9, "handleheight": 0.9, "columnspacing": 1.2, "borderaxespad": 0}
    for kolommen in range(len(namen), 0, -1):
        legenda = fig.legend(vakken, namen, loc="outside upper left", ncols=kolommen, **ruim)
        if kolommen == 1 or legenda.get_window_extent().width <= fig.bbox.width:
            break
        legenda.remove()
    fig.set_figheight(fig.get_figheight() + REGEL * (math.ceil(len(namen) / kolommen) - 1))


def balken(
    id: str,
    bijschrift: Tekst | str,
    alt: Tekst | str,
    data: Blok,
    *,
    rijen: Sequence[str],
    waarden: Sequence[float],
    labels: Sequence[str],
) -> Blok:
    """Return horizontal bars from zero, each with its own value written at the end."""
    if not rijen:
        return data
    with style.stijl(id):
        fig, (ax,) = style.doek(0.45 + 0.32 * len(rijen))
        ax.barh(range(len(rijen)), waarden, color=style.ACCENT, height=0.66)
        for i, (waarde, label) in enumerate(zip(waarden, labels, strict=True)):
            ax.annotate(label, (waarde, i), xytext=(4, 0), textcoords="offset points", va="center")
        ax.set_yticks(range(len(rijen)), rijen)
        ax.invert_yaxis()
        ax.set_xlim(0, max(waarden, default=1) * 1.22)
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
        return figuur(id, bijschrift, alt, fig, data)


@dataclass(frozen=True)
class Streep:
    """One row of a bullet chart: where we began, where we stand, where we want to be (None = not known).

    `regel` says the same in words, as the table does: bounds, estimates and units are not in the drawing.
    """

    naam: str
    nul: float | None
    stand: float | None
    streef: float | None
    regel: str


def stippen(id: str, bijschrift: Tekst | str, alt: Tekst | str, data: Blok, *, strepen: Sequence[Streep]) -> Figuur:
    """Return one bullet row per indicator, each on its own scale from zero: bar = now, ring = begin, line = target."""
    with style.stijl(id):
        fig, axes = style.doek(0.35 + 0.62 * len(strepen), rijen=len(strepen))
        for ax, streep in zip(axes, strepen, strict=True):
            top = max(v for v in (streep.nul, streep.stand, streep.streef, 1) if v is not None)
            ax.barh([0], [top * 1.15], color=style.RASTER, height=0.16)
            if streep.stand is not None:
                ax.barh([0], [streep.stand], color=style.ACCENT, height=0.36)
            if streep.nul is not None:
                ax.plot([streep.nul], [0], "o", color=style.WIT, markeredgecolor=style.INKT, markersize=7, zorder=4)
            if streep.streef is not None:
                ax.plot([streep.streef] * 2, [-0.34, 0.34], color=style.TWEEDE, linewidth=2.5, zorder=3)
            ax.set_title(streep.naam, loc="left", fontsize=9, fontweight="bold", pad=2)
            ax.set_title(streep.regel, loc="right", fontsize=9, pad=2, color=style.INKT)
            ax.set_xlim(0, top * 1.15)
            ax.set_ylim(-0.4, 0.4)
            ax.set_axis_off()
        return figuur(id, bijschrift, alt, fig, data)
