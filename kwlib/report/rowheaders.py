"""Row headers for the tables of a tagged PDF, which the Typst wheel cannot mark by itself."""

from __future__ import annotations

import io
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String


def add(pdf: bytes) -> bytes:
    """Return the PDF with the first cell of every body row as its row header, and each other cell pointing to it."""
    with Pdf.open(io.BytesIO(pdf)) as doc:
        root = doc.Root.StructTreeRoot
        ids: dict[str, Any] = {}
        if "/IDTree" in root:
            _read(root.IDTree, ids)
        for nummer, table in enumerate(_find(root, "/Table")):
            for r, row in enumerate(row for body in _kids(table, "/TBody") for row in _kids(body, "/TR")):
                _mark(row, f"rij-{nummer:04d}-{r:05d}", ids)
        if ids:
            names = [part for key in sorted(ids) for part in (String(key), ids[key])]
            root.IDTree = doc.make_indirect(Dictionary(Names=Array(names)))
        out = io.BytesIO()
        doc.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def _mark(row: Any, key: str, ids: dict[str, Any]) -> None:
    head, *rest = _cells(row)
    head.S, head.ID = Name.TH, String(key)
    attributes = _attributes(head)
    attributes.Scope = Name.Row
    ids[key] = head
    for cell in rest:
        attributes = _attributes(cell)
        attributes.Headers = Array([*(attributes.get("/Headers") or []), String(key)])


def _attributes(cell: Any) -> Any:
    """Return the table attributes of a cell, made when there are none."""
    found = cell.get("/A")
    if isinstance(found, Array):
        for one in found:
            if one.get("/O") == Name.Table:
                return one
        found.append(Dictionary(O=Name.Table))
        return found[-1]
    if found is None:
        cell.A = Dictionary(O=Name.Table)
        return cell.A
    if found.get("/O") != Name.Table:
        cell.A = Array([found, Dictionary(O=Name.Table)])
        return cell.A[-1]
    return found


def _children(node: Any) -> list[Any]:
    kids = node.get("/K")
    kids = list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]
    return [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]


def _kids(node: Any, tag: str) -> list[Any]:
    return [kid for kid in _children(node) if tag == kid.S]


def _cells(row: Any) -> list[Any]:
    return [kid for kid in _children(row) if kid.S in ("/TD", "/TH")]


def _find(node: Any, tag: str) -> list[Any]:
    out, stack = [], list(reversed(_children(node)))
    while stack:
        one = stack.pop()
        if tag == one.S:
            out.append(one)
        stack += reversed(_children(one))
    return out


def _read(tree: Any, ids: dict[str, Any]) -> None:
    names = list(tree.get("/Names", []))
    for key, value in zip(names[::2], names[1::2], strict=True):
        ids[str(key)] = value
    for kid in tree.get("/Kids", []):
        _read(kid, ids)
