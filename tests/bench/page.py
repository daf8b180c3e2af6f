"""What was measured as a page and a figure: ratios, never a time that another machine could not keep."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

BUURTEN = 14_000
CLI = "`papermill`, `nbconvert` and {pdf} as commands, one after the other"
REPORT = {
    "cli": CLI,
    "papermill": "papermill alone, two processes (no page, no PDF)",
    "cold": "**`make report`, nothing kept**",
    "warm": "`make report`, chapters kept, all documents made again",
    "csv": "one row of a CSV file changed",
    "function": "one function changed",
    "nothing": "nothing changed",
}
BATCH = {
    "cli": CLI,
    "papermill": "papermill alone, two processes (no page, no PDF)",
    "ours": "**`make booklets`: notebook, page and PDF**",
    "execution": "its notebooks alone, once it runs",
    "limit": "the limit: the same code as functions in two warm processes",
}
STAGES = {
    "bibliotheken laden": "load libraries",
    "gegevens lezen en controleren": "read and check the data",
    "beschermen": "protect",
    "hoofdstukken uitvoeren": "run the chapters",
    "hoofdstukken samenvoegen": "make one document of the chapters",
    "pagina's": "pages",
    "PDF's": "PDFs",
    "notebooks als pagina": "notebooks as pages",
    "al het andere": "all else",
}
WALL, CPU = 0, 1


def ratio(took: Mapping[str, Sequence[Sequence[float]]], way: str, unit: str, what: int = WALL) -> list[float]:
    """Return median, least and most of way : unit, each taken within a round."""
    each = sorted(a[what] / b[what] for a, b in zip(took[way], took[unit], strict=True))
    return [median(each), each[0], each[-1]]


def number(value: float) -> str:
    """Return a number with the digits that mean something: 13, 1.3, 0.13."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown, its first column words and the others numbers."""
    lines = [heads, ["-", *(["-:"] * (len(heads) - 1))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def ratios(took: Mapping[str, Any], names: Mapping[str, str], unit: str, pdf: str) -> str:
    """Return the ways as a table of ratios to one of them."""
    rows = []
    for way in (w for w in names if w in took):
        mid, least, most = ratio(took, way, unit)
        spread = f"{number(least)} – {number(most)}"
        rows.append([names[way].format(pdf=pdf), number(mid), spread, number(ratio(took, way, unit, CPU)[0])])
    return table(["Way", "Time", "Least – most", "Processor time"], rows)


def extrapolation(each: float, start: float, base: float) -> str:
    """Return how long a booklet for every buurt takes, with the arithmetic; seconds per booklet, at start, by hand."""
    ours, theirs = (start + BUURTEN * each) / 3600, BUURTEN * base / 3600
    return (
        f"A batch has a start and a cost per booklet. Here the start took {start:.1f} s and a booklet {each:.3f} s, so "
        f"{BUURTEN:,} booklets take {start:.1f} + {BUURTEN:,} × {each:.3f} = {start + BUURTEN * each:,.0f} s = "
        f"**{ours:.1f} hours** on this machine, where the commands of today take {BUURTEN:,} × {base:.2f} s = "
        f"{theirs:.1f} hours. A machine with more cores, or a cluster, divides both. This is a calculation: "
        f"{BUURTEN:,} booklets were not made."
    )


def _report(found: Mapping[str, Any], pdf: str) -> str:
    took, ran = found["report"]["took"], found["report"]["ran"]
    kept = {k: v[0].removeprefix("Niet veranderd: ").removesuffix(" hoofdstukken.").replace("van de", "of")
            for k, v in ran.items() if v}  # fmt: skip
    names = REPORT | {k: f"{REPORT[k]} ({v} chapters kept)" for k, v in kept.items()}
    quick = median(t[WALL] for t in took["nothing"])
    return f"""## A whole report, and what changed

The report of Groningen on 2009 with its letter, in new processes; files are in the memory of the machine. A report for
which nothing was kept is 1.

{ratios(took, names, "cold", pdf)}

The aim for "nothing changed" is a time: at most 0.6 s. Here the command took {quick:.2f} s; `make` comes on top."""


def _batch(found: Mapping[str, Any], pdf: str) -> str:
    took, count = found["batch"], found["machine"]["booklets"]
    aim = number(ratio(took, "cli", "ours")[0]), number(ratio(took, "execution", "limit")[0])
    return f"""## A batch of {count} booklets

Booklets of a made-up city of {count // 2} wijken, for two years. Our batch is 1.

{ratios(took, BATCH, "ours", pdf)}

The commands of today take {aim[0]} times as long (the aim: at least 12). Running our notebooks takes {aim[1]} times the
limit (the aim: at most 2.0); that is counted after the first few notebooks, which start together, for the limit too has
everything loaded and read when its clock starts. In every other row starting up counts. Where papermill runs a
notebook, that notebook reads, checks and protects the data by itself, as it would for any user."""


def _grow(found: Mapping[str, Any]) -> str:
    many, rows = found["grow"]["booklets"], found["grow"]["rows"]
    unit, one = next(iter(many.values())), next(iter(rows.values()))
    lines = [[f"{int(n):,}", number(m["each"] / unit["each"]), f"{m['peak'] / unit['peak']:.2f}",
              f"{m['growth']:.0f} MB"] for n, m in many.items()]  # fmt: skip
    patience = found["machine"]["patience"]

    def cell(value: float | None, unit: float | None) -> str:
        return number(value / unit) if value and unit else f"stopped after {patience:.0f} s"

    more = [[f"{int(n):,} × ({r['rows']:,} rows)", *(cell(r[k], one[k]) for k in ("check", "protect", "booklet"))]
            for n, r in rows.items()]  # fmt: skip
    last = list(many.values())[-1]
    count = found["machine"]["booklets"]
    base = median(t[WALL] for t in found["batch"]["cli"]) / count
    start = last["wall"] - last["each"] * int(list(many)[-1])
    return f"""## Growth

More booklets in one batch, all with page and PDF, from the same data (the same booklets again, in other folders):

{table(["Booklets", "Time per booklet", "Peak of memory", "Growth of our process after the first tenth"], lines)}

{extrapolation(last["each"], max(start, 0), base)}

More rows: the made-up city with so many times its projects and all that hangs from these. Processor time of reading and
checking, of protecting, and of the code of one booklet (whose tables grow with its projects):

{table(["Rows", "Read and check", "Protect", "One booklet"], more)}"""


def _stages(found: Mapping[str, Any]) -> str:
    mids = {k: median(v) for k, v in found["stages"].items()}
    rows = [[STAGES[k], f"{100 * v / sum(mids.values()):.0f} %"] for k, v in mids.items()]
    return f"""## Where the time goes

Of a report for which nothing was kept, the share of each stage:

{table(["Stage", "Share of the time"], rows)}"""


def _memory(found: Mapping[str, Any], pdf: str) -> str:
    names = {"report": "the whole report", "booklets": "the batch of booklets", "papermill": REPORT["papermill"],
             "cli": CLI.format(pdf=pdf)}  # fmt: skip
    rows = [[names[k], f"{v:,.0f} MB"] for k, v in found["memory"].items()]
    return f"""## Memory

The most that all processes of a way had together, memory that they share counted once:

{table(["Way", "Peak"], rows)}"""


def _costs(found: Mapping[str, Any]) -> str:
    with_, without = found["register"]["with"], found["register"]["without"]
    whole = median(t[CPU] for t in found["report"]["took"]["cold"])
    time = 100 * (with_["seconds"] - without["seconds"]) / whole
    size = 100 * (with_["bytes"] - without["bytes"]) / with_["bytes"]
    return f"""## What the register and protection cost

The documents of the report were made from the same chapters with and without links, annex and files that say where each
number comes from, and without the check that no number is loose. The register takes **{time:.0f} %** of the processor
time of a report (the aim: at most 15 %) and **{size:.0f} %** of the bytes of its page (at most 30 %). That chapters
carry the ids of records along is not in the first number: without these there are no chapters.

Protection, in seconds of the processor (`tests/bench/privacy.py`); its share of a report is under "Where the time
goes":

```text
{found["protection"]}
```"""


def markdown(found: Mapping[str, Any]) -> str:
    """Return the page."""
    machine = found["machine"]
    pdf = f"{machine['pdf']} --print-to-pdf" if machine["pdf"] else "no PDF (there was no chromium)"
    head = f"""# Performance

Made by `make bench`; nothing here is typed. Ratios, medians of {machine["rounds"]} runs that took turns, on
{machine["cores"]} cores with Python {machine["python"]}; another machine gives other times, and about the same ratios.
The commands of today did one in {machine["part"]} notebooks each round, another part every round, and were multiplied.

![How long a report and a batch take in every way, and where the time goes](performance.svg)"""
    parts = (_report(found, pdf), _batch(found, pdf), _grow(found), _stages(found), _memory(found, pdf), _costs(found))
    return "\n\n".join([head, *parts]) + "\n"


def figure(found: Mapping[str, Any]) -> str:
    """Return bars of how long each way takes (on a scale of tens), and of the share of each stage, as SVG."""
    import matplotlib

    from kwlib.show import style

    took = found["report"]["took"]
    report = {"commands of today": "cli", "papermill, two processes": "papermill", "make report": "cold",
              "… chapters kept": "warm", "… one CSV changed": "csv", "… nothing changed": "nothing"}  # fmt: skip
    batch = {"commands of today": "cli", "papermill, two processes": "papermill", "make booklets": "ours",
             "… its notebooks": "execution", "the limit": "limit"}  # fmt: skip
    stages = {STAGES[k]: median(v) for k, v in found["stages"].items()}
    panels = (
        ("Whole report (make report = 1)", {k: ratio(took, v, "cold")[0] for k, v in report.items()}),
        (f"{found['machine']['booklets']} booklets (make booklets = 1)",
         {k: ratio(found["batch"], v, "ours")[0] for k, v in batch.items()}),
        ("Share of the time of a report (%)", {k: 100 * v / sum(stages.values()) for k, v in stages.items()}),
    )  # fmt: skip
    with style.stijl("bench"), matplotlib.rc_context({"svg.fonttype": "path", "figure.facecolor": style.WIT,
                                                      "savefig.facecolor": style.WIT, "font.size": 11}):  # fmt: skip
        fig = matplotlib.figure.Figure(figsize=(8, 8), layout="constrained")
        axes = fig.subplots(3, 1, height_ratios=[len(values) + 1 for _, values in panels])
        for ax, (title, values) in zip(axes, panels, strict=True):
            theirs = [ax is not axes[-1] and not name.startswith(("make", "…")) for name in values]
            colours = [style.GRIJS if each else style.ACCENT for each in theirs]
            bars = ax.barh(list(values), list(values.values()), color=colours)
            ax.bar_label(bars, [number(v) for v in values.values()], padding=4)
            ax.set_title(title, loc="left", fontweight="bold")
            ax.invert_yaxis()
            ax.set_xlim(0, max(values.values()) * 1.15)
            ax.xaxis.set_visible(False)
            ax.spines["bottom"].set_visible(False)
        out = io.StringIO()
        fig.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()
