"""Every place in what leaves the house where a number can stand, with the words around it, nearest first."""

import csv
import functools
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import lxml.html
import pdftree
import pikepdf

BLOCKS = ("p", "li", "dd", "dt", "figcaption", "caption", "h1", "h2", "h3", "h4", "pre", "title", "desc", "text",
          "summary")  # fmt: skip
TABLE_CELLS = ("td", "th")
# Columns and keys that number rows and files, not people.
NUMBERS_OF_THINGS = ("rij", "rijen", "bytes", "hash", "execution_count", "cel", "volgorde", "byte_size", "contentSize",
                     "breedte", "niveau", "kolom", "anker")  # fmt: skip
# Attributes that are for the machine.
SILENT = ("class", "style", "d", "transform", "points", "href", "src", "id")


class Place(NamedTuple):
    """What is said somewhere, and the words that tell what it is about: the nearest layer first."""

    says: str
    layers: tuple[str, ...]


def files(folder: Path) -> list[Path]:
    """Return every file of a built folder."""
    return sorted(p for p in folder.rglob("*") if p.is_file())


def places(file: Path) -> Iterator[Place]:
    """Yield the places of a file and of everything inside it."""
    yield from of_bytes(file.name, file.read_bytes(), file)


def of_bytes(name: str, raw: bytes, file: Path | None = None) -> Iterator[Place]:
    """Yield the places of a file by its name and content; an unknown kind is read line by line."""
    kind = name.rpartition(".")[2]
    if kind == "pdf":
        yield from _pdf(file)
        return
    text = raw.decode("utf-8", errors="replace")
    if kind == "csv":
        yield from _table([*csv.reader(io.StringIO(text))], name)
    elif kind in ("html", "svg", "xml"):
        yield from _html(text, name)
    elif kind in ("json", "ipynb"):
        yield from _json(json.loads(text), (name,))
    else:
        yield from (Place(line, (line, name)) for line in text.splitlines())


def _table(rows: list[list[str]], about: str) -> Iterator[Place]:
    """Yield the cells of a table: about its column first, then its row."""
    if not rows:
        return
    head, *rest = rows
    for row in [head, *rest]:
        words = " | ".join(row)
        for n, cell in enumerate(row):
            column = head[n] if n < len(head) else ""
            if cell and column not in NUMBERS_OF_THINGS:
                yield Place(cell, (column if row is not head else cell, words, about))


def _html(text: str, about: str) -> Iterator[Place]:
    """Yield the texts and attributes of a page or drawing; in a table by column and row."""
    root = lxml.html.document_fromstring(text) if text.strip() else None
    for element in root.iter() if root is not None else ():
        if not isinstance(element.tag, str):
            yield Place(str(element.text), (str(element.text), about))
            continue
        if element.tag in ("script", "style"):
            yield from _script(element, about)
            continue
        layers = _around(element, about)
        # What an element says is near what its attributes say.
        near = " | ".join(v for k, v in element.attrib.items() if k not in ("href", "class", "style", "d", "points"))
        said = [v for k, v in element.attrib.items() if k not in SILENT and re.search(r"\d|[a-z]", v)]
        yield from (Place(v, (near, *layers)) for v in said)
        words = _words(element) if element.tag in BLOCKS + TABLE_CELLS else element.text or ""
        if words.strip():
            yield Place(words, (near if element.tag in TABLE_CELLS else f"{words} | {near}", *layers))
        if element.tail and element.tail.strip() and element.getparent().tag not in BLOCKS + TABLE_CELLS:
            yield Place(element.tail, (element.tail, *layers))


def _script(element, about: str) -> Iterator[Place]:
    if "json" in element.get("type", "") and element.text:
        yield from _json(json.loads(element.text), (about,))
    else:
        yield from (Place(line, (line, about)) for line in (element.text or "").splitlines())


@functools.lru_cache(maxsize=100_000)
def _words(element) -> str:
    return re.sub(r"\s+", " ", element.text_content().replace("\u00ad", ""))


def _around(element, about: str) -> tuple[str, ...]:
    """Return the column, the row, the nearest block and the caption around an element."""
    out = []
    for up in (element, *element.iterancestors()):
        if up.tag in TABLE_CELLS:
            n = sum(1 for _ in up.itersiblings(preceding=True))
            table = next((t for t in up.iterancestors("table")), None)
            heads = next(iter(table.iter("tr")), []) if table is not None else []
            out += [_words(heads[n]) if n < len(heads) else ""]
        elif up.tag in ("tr", "li", "p", "dd", "g"):
            out += [_words(up)]
        elif up.tag in ("table", "figure", "svg"):
            out += [" | ".join(_words(c) for c in up.iter("caption", "figcaption", "title", "desc"))]
    return (*out, about)


def _json(value, layers: tuple[str, ...]) -> Iterator[Place]:
    """Yield the scalars of a JSON value: about their key, then the scalars beside them, then what is around those."""
    if isinstance(value, list) and len(value) > 1 and all(isinstance(v, str) and v.endswith("\n") for v in value[:-1]):
        value = "".join(map(str, value))  # how a notebook keeps a text
    if isinstance(value, dict | list):
        pairs = list(value.items() if isinstance(value, dict) else ((layers[0], v) for v in value))
        flat = [f"{k} {v}" for k, v in pairs if not isinstance(v, dict | list) and len(str(v)) < 400]
        # Short lists of words belong to what they stand beside.
        lists = [v for _, v in pairs if isinstance(v, list) and v and isinstance(v[0], str) and len(v) < 9]
        flat += [" ".join(map(str, v)) for v in lists]
        beside = " | ".join(flat)
        for key, v in pairs:
            if key not in NUMBERS_OF_THINGS:
                yield from _json(v, (str(key), *filter(None, [beside]), *layers[isinstance(value, list) :]))
    elif isinstance(value, str) and re.match(r"\s*<\w", value):
        yield from _html(value, " | ".join(layers[:3]))
    elif value is not None and not isinstance(value, bool):
        text = f"{value:g}" if isinstance(value, float) else str(value)
        for line in text.splitlines():
            yield Place(line, (line if isinstance(value, str) else layers[0], *layers))


def _pdf(file: Path) -> Iterator[Place]:
    """Yield the lines, tables, alternative texts, descriptions and attachments of a PDF."""
    for page in pdftree.pages(file):
        yield from (Place(line, (line,)) for line in page.splitlines())
    with pikepdf.open(file) as pdf:
        yield from _tagged(pdf, file)
        texts = [str(v) for v in pdf.docinfo.values()]
        texts += str(pdf.Root.Metadata.read_bytes().decode()).splitlines() if "/Metadata" in pdf.Root else []
        yield from (Place(t, (t,)) for t in texts)
        for name, attached in pdf.attachments.items():
            yield Place(attached.description, (attached.description,))
            yield from of_bytes(name, attached.get_file().read_bytes())


def _tagged(pdf: pikepdf.Pdf, file: Path) -> Iterator[Place]:
    if "/StructTreeRoot" not in pdf.Root:
        return
    for tag in pdftree.tree(file).all():
        if tag.alt:
            yield Place(tag.alt, (tag.alt,))
        if tag.name == "Table":
            yield from _table([[c.text() for c in row.all("TH", "TD")] for row in tag.all("TR")], "")
        elif tag.name in ("P", "LI", "Caption") and tag.text():
            yield Place(tag.text(), (tag.text(),))
