"""The look of figures: palette, type and the settings that make an SVG the same everywhere."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

INKT, GEDEMPT, RASTER = "#1f2933", "#6b7785", "#d9dee4"
ACCENT, TWEEDE, ZACHT, GRIJS, WIT = "#1f5f8b", "#b35900", "#9cc3de", "#b8c0c8", "#ffffff"
VOLGORDE = (ACCENT, ZACHT, TWEEDE, GRIJS)
# From little to much say, for seven steps.
TREDEKLEUREN = ("#e4ebf1", "#c6d8e6", ZACHT, "#6fa5c9", "#3f7fae", ACCENT, "#f0d6bb")
BREEDTE = 6.3  # inches: the text width of an A4 page
FONTS = Path(__file__).parents[1] / "fonts"
FAMILIE = "Kw Sans"


@functools.cache
def _register_fonts() -> None:
    from matplotlib import font_manager

    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)


@contextmanager
def stijl(zout: str) -> Iterator[None]:
    """Draw with the house style; `zout` makes the ids inside the SVG the same at every run."""
    _register_fonts()
    settings = {
        "font.family": [FAMILIE, "DejaVu Sans"],
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


def doek(hoogte: float, rijen: int = 1) -> tuple[Figure, list]:
    """Return an empty figure of the text width with `rijen` axes below each other."""
    fig = Figure(figsize=(BREEDTE, hoogte), layout="constrained")
    axes = fig.subplots(rijen, 1, squeeze=False)[:, 0]
    return fig, list(axes)


def svg(fig: Figure) -> str:
    """Return the figure as an SVG element without dates, versions or an XML head."""
    out = io.StringIO()
    fig.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = out.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.S)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
