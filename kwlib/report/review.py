"""The reviewers' view: an executed chapter with its code, as one page without script or outside request."""

from __future__ import annotations

import ast
import functools
import re
from html import escape
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

from kwlib.huisstijl import huis
from kwlib.report import html
from kwlib.report.notebook import PARAMETERS

CIJFER = re.compile(r'<span class="c" data-anker="(\w+)"([^>]*)>(.*?)</span>')
TEMPLATES = Path(__file__).parent / "templates"
plain = functools.partial(escape, quote=False)


@functools.cache
def exporter() -> HTMLExporter:
    """Return the exporter; made once, because compiling its templates takes longer than a page."""
    return HTMLExporter(
        template_name="review",
        extra_template_basedirs=[str(TEMPLATES)],
        filters={"escape": plain},
        exclude_anchor_links=True,
        language_code="nl",
    )


def render(path: Path, report: str) -> str:
    """Return the page of one executed notebook; its parameters stand on top and the page `report` is one link away."""
    nb = nbformat.read(path, as_version=4)
    for nummer, cell in enumerate(nb.cells, 1):
        cell.metadata["nummer"] = nummer
    resources = {
        "titel": plain(_title(nb)),
        "terug": f'<a href="{report}">Naar de rapportage</a>',
        "instellingen": _parameters(nb),
        "fictief": nb.metadata.get("fictief", False),
        "stijl": html.stylesheet("review", huis().as_meta()),
    }
    page, _ = exporter().from_notebook_node(nb, resources=resources)
    page = CIJFER.sub(rf'<a class="c" href="{report}#\1"\2>\3</a>', page)
    own = set(re.findall(r'\bid="([^"]+)"', page))
    page = re.sub(r'href="#([^"]+)"', lambda m: m[0] if m[1] in own else f'href="{report}#{m[1]}"', page)
    return "\n".join(line.rstrip() for line in page.splitlines() if line.strip()) + "\n"


def _title(nb: nbformat.NotebookNode) -> str:
    found = (re.match(r"# +(.+)", c.source) for c in nb.cells if c.cell_type == "markdown")
    return next((m[1] for m in found if m), "Hoofdstuk")


def _parameters(nb: nbformat.NotebookNode) -> list[tuple[str, str]]:
    source = next((c.source for c in nb.cells if PARAMETERS in c.metadata.get("tags", [])), "")
    return [(s.target.id, str(ast.literal_eval(s.value))) for s in ast.parse(source).body]
