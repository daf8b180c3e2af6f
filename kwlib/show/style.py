"""The look of figures: palette, type and the settings that make an SVG the same everywhere."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from kwlib.huisstijl import huis

# Figures are drawn in the colours of the house; page and PDF put those of the municipality in their place.
_KLEUREN = huis().licht
INKT, GEDEMPT, RASTER, WIT = (_KLEUREN[k] for k in ("inkt", "stil", "lijn", "papier"))
ACCENT, TWEEDE, ZACHT, GRIJS = (_KLEUREN[k] for k in ("accent", "tweede", "zacht", "grijs"))
# From little to much, in six steps.
TREDEN = (_KLEUREN["trede-1"], _KLEUREN["trede-2"], ZACHT, _KLEUREN["trede-4"], _KLEUREN["trede-5"], ACCENT)
DONKER = {ACCENT, TWEEDE, _KLEUREN["trede-5"]}  # text on these is white
BREEDTE = 6.3  # inches: the text width of an A4 page


@functools.cache
def _register_fonts() -> None:
    from matplotlib import font_manager

    for path in sorted(huis().letters.glob("*.ttf")):
        font_manager.fontManager.addfont(path)


@contextmanager
def stijl(zout: str) -> Iterator[None]:
    """Draw with the house style; `zout` makes the ids inside the SVG the same at every run."""
    _register_fonts()
    settings = {
        "font.family": [huis().naam, "DejaVu Sans"],
        "font.size": 9,
        "axes.edgecolor": GRIJS,
        "axes.labelcolor": INKT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "text.color": INKT,
        "xtick.color": GEDEMPT,
        "ytick.color": INKT,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "svg.fonttype": "none",
        "svg.hashsalt": zout,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
    }
    with matplotlib.rc_context(settings):
        yield


def doek(hoogte: float, rijen: int = 1, kolommen: int = 1, **samen: bool) -> tuple[Figure, list]:
    """Return an empty figure of the text width with its axes, row by row; `samen` says what they share."""
    fig = Figure(figsize=(BREEDTE, hoogte), layout="constrained")
    return fig, list(fig.subplots(rijen, kolommen, squeeze=False, **samen).flat)


def svg(fig: Figure, id: str) -> str:
    """Return the figure as an SVG element without dates, versions or an XML head; `id` comes before all ids in it."""
    out = io.StringIO()
    # A name that is longer than its place makes the drawing larger; it is never cut off.
    vak = Bbox.union([fig.bbox_inches, fig.get_tightbbox()])
    stil = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    fig.savefig(out, format="svg", bbox_inches=vak, metadata=stil)
    text = out.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.S)
    # Places no finer than anyone sees; four decimals or more, because a Dutch thousand looks like three.
    text = re.sub(r"\d+\.\d{4,}", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), text)
    named = set(re.findall(r'(?:url\(#|href="#)([^")]+)', text))
    text = re.sub(r' id="([^"]+)"', lambda m: m[0] if m[1] in named else "", text)
    text = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{id}--", text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
