"""Lines over the years: some in one chart, or many small charts on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from kwlib.show import nl, style
from kwlib.show.blokken import Blok
from kwlib.show.delen import Tekst
from kwlib.show.figuren import Figuur, figuur

NAAST_ELKAAR = 4  # small charts in a row
LABEL = 0.09  # the height of a line of text, as a part of the height of a line chart


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
        high = ax.get_ylim()[1] * 1.1 if tot is None else tot
        ax.set_ylim(0, high)
        ends = _ends(reeksen)
        for (x, y, reeks), plek in zip(ends, _spread([y for _, y, _ in ends], high * LABEL), strict=True):
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
        handles = [Line2D([], [], color=lijn.kleur, linewidth=1.5) for lijn in vergelijk]
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
