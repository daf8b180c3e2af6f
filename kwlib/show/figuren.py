"""Figures: a drawing, its caption, its meaning in words and its data; none goes without the other three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from kwlib.show import nl, style
from kwlib.show.blokken import Blok, parts
from kwlib.show.delen import Tekst, plat, tekst
from kwlib.show.tabellen import Tabel

NAAST_ELKAAR = 4  # small charts in a row
LABEL = 0.09  # the height of a line of text, as a part of the height of a line chart


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
        fig.legend(
            [Patch(color=kleur, linewidth=0) for _, _, kleur in reeksen],
            [naam for naam, _, _ in reeksen],
            loc="outside upper left",
            ncols=len(reeksen),
            frameon=False,
            handlelength=0.9,
            handleheight=0.9,
            columnspacing=1.2,
            borderaxespad=0,
        )
        return figuur(id, bijschrift, alt, fig, data)


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
    """One row of a bullet chart: where we began, where we stand, where we want to be (None = not known)."""

    naam: str
    nul: float | None
    stand: float | None
    streef: float | None
    decimalen: int = 0


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
            woorden = [("begin", streep.nul), ("nu", streep.stand), ("doel", streep.streef)]
            regel = " · ".join(f"{w} {nl.cijfers(v, streep.decimalen)}" for w, v in woorden if v is not None)
            ax.set_title(streep.naam, loc="left", fontsize=9, fontweight="bold", pad=2)
            ax.set_title(regel, loc="right", fontsize=9, pad=2, color=style.INKT)
            ax.set_xlim(0, top * 1.15)
            ax.set_ylim(-0.4, 0.4)
            ax.set_axis_off()
        return figuur(id, bijschrift, alt, fig, data)


@dataclass(frozen=True)
class Lijn:
    """One line of a time series, broken where `gebroken` holds the position of a new definition."""

    naam: str
    x: Sequence[float]
    y: Sequence[float]
    kleur: str
    gebroken: frozenset[int] = frozenset()
    marge: Sequence[tuple[float, float]] = ()

    def stukken(self) -> list[slice]:
        """Return the parts that may be compared: a line does not run on past a new definition."""
        cuts = [0, *sorted(self.gebroken), len(self.x)]
        return [slice(a, b) for a, b in zip(cuts, cuts[1:], strict=False)]


def lijnen(
    id: str,
    bijschrift: Tekst | str,
    alt: Tekst | str,
    data: Blok,
    *,
    reeksen: Sequence[Lijn],
    eenheid: str,
    vanaf: float | None = 0,
    tot: float | None = None,
    decimalen: int = 0,
) -> Figuur:
    """Return lines over years with the name and last value written at their end."""
    with style.stijl(id):
        fig, (ax,) = style.doek(2.6)
        for reeks in reeksen:
            for deel in reeks.stukken():
                ax.plot(reeks.x[deel], reeks.y[deel], "o-", color=reeks.kleur, linewidth=1.8, markersize=4.5)
        jaren = sorted({round(x) for reeks in reeksen for x in reeks.x})
        ax.set_xticks(jaren, [str(j) for j in jaren])
        low, high = ax.get_ylim()
        low, high = (low if vanaf is None else vanaf), (high * 1.1 if tot is None else tot)
        ax.set_ylim(low, high)
        ends = _ends(reeksen)
        for (x, y, reeks), plek in zip(ends, _spread([y for _, y, _ in ends], (high - low) * LABEL), strict=True):
            label = f"{reeks.naam} {nl.cijfers(y, decimalen)}"
            kleur = style.GEDEMPT if reeks.kleur in (style.ZACHT, style.GRIJS) else reeks.kleur
            ax.annotate(
                label,
                (x, plek),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                color=kleur,
                annotation_clip=False,
            )
        ax.yaxis.set_major_formatter(lambda v, _: nl.cijfers(v, 0 if float(v).is_integer() else 1))
        ax.grid(axis="y", color=style.RASTER, linewidth=0.8)
        ax.set_axisbelow(True)
        ax.set_title(nl.hoofdletter(eenheid), loc="left", fontsize=9, color=style.GEDEMPT)
        ax.spines["left"].set_visible(False)
        ax.margins(x=0.03)
        return figuur(id, bijschrift, alt, fig, data)


def veelvouden(
    id: str,
    bijschrift: Tekst | str,
    alt: Tekst | str,
    data: Blok,
    *,
    reeksen: Sequence[Lijn],
    vergelijk: Sequence[Lijn],
    eenheid: str,
    decimalen: int = 0,
) -> Figuur:
    """Return a small chart per line on one scale, with its margin, before the same lines to compare with.

    The scale fits the values and so need not begin at zero: lines are read by their slope, not by their height.
    """
    rows = -(-len(reeksen) // NAAST_ELKAAR)
    with style.stijl(id):
        fig, axes = style.doek(0.35 + 1.55 * rows, rows, NAAST_ELKAAR, sharex=True, sharey=True)
        for ax in axes[len(reeksen) :]:
            ax.set_visible(False)
        for ax, reeks in zip(axes, reeksen, strict=False):
            for lijn in vergelijk:
                for deel in lijn.stukken():
                    ax.plot(lijn.x[deel], lijn.y[deel], color=lijn.kleur, linewidth=1.2)
            for deel in reeks.stukken():
                ax.plot(reeks.x[deel], reeks.y[deel], "o-", color=style.ACCENT, linewidth=1.8, markersize=3.5)
                if reeks.marge:
                    low, high = zip(*reeks.marge[deel], strict=True)
                    ax.fill_between(reeks.x[deel], low, high, color=style.ZACHT, alpha=0.35, linewidth=0)
            ax.set_title(
                f"{reeks.naam}: {nl.cijfers(reeks.y[-1], decimalen)}", loc="left", fontsize=9, color=style.ACCENT
            )
            ax.grid(axis="y", color=style.RASTER, linewidth=0.8)
            ax.set_axisbelow(True)
            ax.spines["left"].set_visible(False)
            ax.xaxis.set_major_locator(MaxNLocator(3, integer=True))
        axes[0].yaxis.set_major_locator(MaxNLocator(4))
        axes[0].yaxis.set_major_formatter(lambda v, _: nl.cijfers(v, 0 if float(v).is_integer() else 1))
        handles = [style.Figure().subplots().plot([], [], color=lijn.kleur, linewidth=1.5)[0] for lijn in vergelijk]
        names = [f"{lijn.naam} {nl.cijfers(lijn.y[-1], decimalen)}" for lijn in vergelijk]
        title = nl.hoofdletter(eenheid)
        fig.legend(handles, names, title=title, loc="outside upper left", ncols=3, frameon=False, borderaxespad=0,
                   alignment="left", title_fontsize=9)  # fmt: skip
        return figuur(id, bijschrift, alt, fig, data)


def _ends(reeksen: Sequence[Lijn]) -> list[tuple[float, float, Lijn]]:
    return sorted(((r.x[-1], r.y[-1], r) for r in reeksen if r.x), key=lambda end: end[1])


def _spread(ys: Sequence[float], gap: float) -> list[float]:
    """Move labels apart that would lie over each other: at least `gap` between two, around where they belong."""
    out: list[float] = []
    for y in ys:
        out.append(max(y, out[-1] + gap) if out else y)
    shift = sum(b - a for a, b in zip(ys, out, strict=True)) / len(ys) if ys else 0
    return [y - shift for y in out]
