"""A tagged PDF as a screen reader meets it: its structure tree, with the words and the destination of each part."""

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

SOFT_HYPHEN = re.compile("[\u00ad\x02\ufffe]")  # the last two are what PDFium makes of one at the end of a line


@dataclass
class Tag:
    """One structure element: its name, own attributes, the parts inside it, and where it leads."""

    name: str
    alt: str = ""
    scope: str = ""
    headers: int = 0
    leads: Any = None
    parts: list["Tag | str"] = field(default_factory=list)

    def text(self) -> str:
        """Return its words in reading order, with single spaces and without soft hyphens."""
        words = "".join(p if isinstance(p, str) else p.text() for p in self.parts)
        return re.sub(r"\s+", " ", SOFT_HYPHEN.sub("", words)).strip()

    def all(self, *names: str) -> Iterator["Tag"]:
        """Yield the elements below it in reading order, those of some names when given."""
        for part in self.parts:
            if isinstance(part, Tag):
                if not names or part.name in names:
                    yield part
                yield from part.all(*names)


def pages(path: Path) -> list[str]:
    """Return the text of each page, headers and footers included."""
    document = pypdfium2.PdfDocument(path)
    return [p.get_textpage().get_text_bounded() for p in document]


def tree(path: Path) -> Tag:
    """Return the document element of a PDF."""
    words = _words(path)
    with pikepdf.open(path) as pdf:
        numbers = {p.objgen: n for n, p in enumerate(pdf.pages)}
        named = pdf.Root.Names.get("/Dests")
        names = {str(k): v for k, v in pikepdf.NameTree(named).items()} if named is not None else {}
        roots = _list(pdf.Root.StructTreeRoot.K)
        (root,) = [_tag(r, None, numbers, words, names) for r in roots]
    return root


def _list(node: Any) -> list[Any]:
    return list(node) if isinstance(node, pikepdf.Array) else [node]


def _tag(node: Any, page: int | None, numbers: dict, words: dict, names: dict) -> Tag:
    page = numbers[node.Pg.objgen] if "/Pg" in node else page
    attributes = [a for a in _list(node.get("/A", [])) if isinstance(a, pikepdf.Dictionary)]
    out = Tag(str(node.S)[1:], str(node.get("/Alt", "")))
    out.scope = next((str(a.Scope)[1:] for a in attributes if "/Scope" in a), "")
    out.headers = sum(len(a.Headers) for a in attributes if "/Headers" in a)
    for kid in _list(node.get("/K", [])):
        if isinstance(kid, int):
            out.parts.append(words[page, kid])
        elif kid.get("/Type") == "/MCR":
            out.parts.append(words[numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)])
        elif kid.get("/Type") == "/OBJR":
            out.leads = _leads(kid.Obj, numbers, names)
        else:
            out.parts.append(_tag(kid, page, numbers, words, names))
    return out


def _leads(annotation: Any, numbers: dict, names: dict) -> Any:
    """Return an address, or page, left and depth below the top of the page of a place in the document."""
    if "/A" in annotation:
        return str(annotation.A.URI)
    place = annotation.Dest
    if not isinstance(place, pikepdf.Array):
        place = names[str(place)]
        place = place.D if isinstance(place, pikepdf.Dictionary) else place
    return numbers[place[0].objgen], round(float(place[2])), -round(float(place[3]), 1)


def _words(path: Path) -> dict[tuple[int, int], str]:
    """Return page and number of each piece of marked content → its text."""
    found: dict[tuple[int, int], str] = defaultdict(str)
    document = pypdfium2.PdfDocument(path)
    buffer = ctypes.create_string_buffer(65536)
    for number, page in enumerate(document):
        text = page.get_textpage()
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            one = pdfium.FPDFPage_GetObject(page, index)
            mark = pdfium.FPDFPageObj_GetMarkedContentID(one)
            if mark < 0 or pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            size = pdfium.FPDFTextObj_GetText(one, text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 32768)
            found[number, mark] += buffer.raw[: max(0, size - 2)].decode("utf-16-le")
    return found
