"""Check a report that someone sent: against its own manifest, its own model, and the numbers in it."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from kwlib.huisstijl import huis
from kwlib.report import cijfers, html, manifest, pdf


def folder(path: Path) -> list[str]:
    """Return all that is wrong with a build: files that are not as listed, and pages that do not show their model."""
    try:
        listed = json.loads((path / manifest.NAAM).read_text("utf-8"))
        files = listed["bestanden"]
    except (OSError, ValueError, KeyError, TypeError):
        return [f"{manifest.NAAM} ontbreekt of is niet te lezen."]
    there = {p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file()} - {manifest.NAAM}
    wrong = [f"{name} ontbreekt." for name in sorted(files.keys() - there)]
    wrong += [f"{name} hoort er niet bij." for name in sorted(there - files.keys())]
    for name in sorted(there & files.keys()):
        if manifest.sha256(path / name) != files[name]:
            wrong.append(f"{name} is veranderd.{_detail(path, name)}")
    return wrong


def _detail(path: Path, name: str) -> str:
    """Return which numbers differ in a changed page or register, as far as that can be told."""
    try:
        if name == "cijfers.csv":
            said = (f"{id}: {was} → {is_}" for id, was, is_ in _in_register(path))
        elif name.endswith(".html") and (path / name).with_suffix(".json").is_file():
            model = json.loads((path / name).with_suffix(".json").read_text("utf-8"))
            said = (f"{id}: {was} → {is_}" for id, was, is_ in in_page((path / name).read_text("utf-8"), model))
        elif name.endswith(".pdf"):
            said = iter(file(path / name))
        else:
            return ""
        return "".join(f" {s}" for s in said)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f" ({type(error).__name__})"


def _in_register(path: Path) -> Iterator[tuple[str, str, str]]:
    rows, models = (
        cijfers.read(path / "cijfers.csv"),
        [json.loads(p.read_text("utf-8")) for p in sorted(path.glob("*.json"))],
    )
    for model in (m for m in models if "cijfers" in m):
        for id, c in model["cijfers"].items():
            was, now = str(c["waarde"] if c["waarde"] is not None else ""), rows.get(id, {}).get("waarde", "weg")
            if was != now:
                yield id, was, now


class _Numbers(HTMLParser):
    """Collects the text of every link that is a number, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self.open or (tag == "a" and values.get("class") == "c"):
            self.open = True
            self.found.append(((values.get("href") or "").rpartition("#")[2], ""))

    def handle_data(self, data: str) -> None:
        if self.open:
            self.found[-1] = (self.found[-1][0], self.found[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        self.open = False if tag == "a" else self.open


def in_page(page: str, model: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield id, words of the model and words of the page for every number that a page shows otherwise."""

    def numbers(text: str) -> list[tuple[str, str]]:
        reader = _Numbers()
        reader.feed(text)
        return reader.found

    ids = {c["anker"]: id for id, c in model["cijfers"].items()}
    for (anker, was), (_, now) in zip(numbers(html.render(dict(model))), numbers(page), strict=False):
        if was != now:
            yield ids.get(anker, anker), was, now


def file(path: Path) -> list[str]:
    """Return all that is wrong with one PDF: what it carries is not as listed, or it does not show what it carries."""
    import pikepdf

    raw = path.read_bytes()
    try:
        with pikepdf.open(io.BytesIO(raw)) as document:
            inside = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
        listed = json.loads(inside[manifest.NAAM])["bijlagen"]
    except (pikepdf.PdfError, KeyError, ValueError, TypeError):
        return ["Dit is geen PDF van deze rapportage, of de gegevens zijn eruit gehaald."]
    wrong = [f"Bijlage {name} ontbreekt." for name in sorted(listed.keys() - inside.keys())]
    for name, content in sorted(inside.items()):
        if name != manifest.NAAM and hashlib.sha256(content).hexdigest() != listed.get(name):
            wrong.append(f"Bijlage {name} is veranderd.")
    return wrong or _redrawn(raw, inside)


def _redrawn(raw: bytes, inside: Mapping[str, bytes]) -> list[str]:
    """Draw the document again from what it carries: it must give the same bytes, if the same program draws it."""
    facts = json.loads(inside[manifest.NAAM])
    model = json.loads(next(text for name, text in inside.items() if name == facts["model"]))
    own_letters = model["meta"]["huisstijl"]["naam"] != huis().naam  # of a municipality: they are not here to draw with
    if own_letters or facts["versies"].get("typst") != manifest.libraries().get("typst"):
        return []
    extra = {n: t.decode() for n, t in inside.items() if n in facts["extra"]}
    if pdf.render(model, extra, facts) != raw:
        return ["De bladzijden zijn niet die van de gegevens die erin zitten."]
    return []
