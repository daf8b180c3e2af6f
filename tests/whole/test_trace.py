"""From any number to its entry, records and sources: in the register, on the page, in the PDF and in the notebooks."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator

import nbformat
import pdftree
import pikepdf
import pytest
from editions import ROOT, model, page, pages

from kwlib.data import read_schema
from kwlib.report import contract
from kwlib.report.chapter import MIME

WHOLE_FILES = {t.name for t in read_schema(ROOT / "data" / "datapackage.json")} | {"params"}

pytestmark = pytest.mark.slow


def rows(path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(model: dict, with_data: bool) -> Iterator[dict]:
    """Yield the parts of a document in reading order; the page draws the data of a figure, the PDF attaches them."""
    for b in (b for h in model["hoofdstukken"] for b in contract.alle(h["blokken"])):
        if b["soort"] in ("tabel", "figuur"):
            table = b if b["soort"] == "tabel" else b["tabel"] if with_data else {"rijen": []}
            cells = [cel for rij in table["rijen"] for cel in rij["cellen"]]
            runs = [b["bijschrift"], *cells, b.get("toelichting") or [], b["bronregel"]]
        else:
            runs = contract.teksten(b)
        yield from (deel for delen in runs for deel in delen)


def test_the_register_holds_every_number_of_every_document_with_records_that_exist(edition):
    known = {r["record"] for r in rows(edition / "records.csv")} | WHOLE_FILES
    listed = {row["cijfer_id"]: row["herkomst"].split(" | ") for row in rows(edition / "cijfers.csv")}
    shown = {id for path in edition.glob("*.pdf") for id in model(path.with_suffix("")).get("cijfers", ())}
    assert set(listed) == shown and len(shown) > 150
    assert [id for id, records in listed.items() if not set(records) <= known] == []


def test_the_manifest_tells_of_the_data_only_what_a_reader_can_check(edition):
    made_from = json.loads((edition / "manifest.json").read_text("utf-8"))["gegevens"]
    assert made_from == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (edition / "data").iterdir()}


def unsound(document, found) -> list[str]:
    """Return each number of a page that is not the model's, or does not lead to an entry, records and its sources."""
    said = model(document)
    wanted = [(d["t"], d["naar"], d["c"]) for d in parts(said, with_data=True) if d.get("c")]
    links = found.xpath("//a[contains(concat(' ', @class, ' '), ' c ')]")
    wrong = [f"{len(links)} numbers, {len(wanted)} in the model"] if len(links) != len(wanted) else []
    annexes = {"": by_id(found)}
    for link, (text, leads, id) in zip(links, wanted, strict=False):
        name, _, anchor = link.get("href").partition("#")
        if name not in annexes:
            annexes[name] = by_id(page(document.parent / name.removesuffix(".html")))
        wrong += [id] if (link.text_content(), link.get("href")) != (text, leads) else []
        wrong += [f"{id}: {fault}" for fault in _entry(annexes[name], anchor, said["cijfers"][id])]
    return wrong


def by_id(found) -> dict:
    return {e.get("id"): e for e in found.iter() if e.get("id")}


def _entry(annex: dict, anchor: str, number: dict) -> Iterator[str]:
    entry = annex.get(anchor)
    if entry is None:
        yield "no entry"
        return
    leads = [a.get("href")[1:] for a in entry.iter("a")]
    group = annex.get(leads[0]) if leads else None
    if group is None or not (".csv" in group.text_content() or "params" in group.text_content()):
        yield "no records"
        return
    sources = [a.get("href") for a in group.iter("a")]
    if sorted(f"#bron-{b}" for b in number["bronnen"]) != sorted(sources):
        yield "other sources"
    if not annex.keys() >= {*leads, *(s[1:] for s in sources)}:
        yield "leads nowhere"


def test_every_number_on_a_page_leads_to_its_entry_its_records_and_its_sources(paper, record_property):
    assert unsound(paper, page(paper)) == []
    record_property("numbers", sum("c" in d for d in parts(model(paper), with_data=True)))


def test_no_link_on_any_page_leads_nowhere(output):
    read = {p.relative_to(output): page(p.with_suffix("")) for p in pages(output)}
    ids = {name: set(found.xpath("//@id")) for name, found in read.items()}
    for name, found in read.items():
        for href in found.xpath("//a/@href"):
            path, _, anchor = href.partition("#")
            if href.startswith(("https:", "http:", "mailto:")):
                continue
            target = (output / name.parent / path).resolve() if path else (output / name).resolve()
            assert target.is_file(), (name, href)
            assert not anchor or anchor in ids[target.relative_to(output.resolve())], (name, href)


def astray(document, root: pdftree.Tag) -> list[str]:
    """Return what is wrong with the links of a PDF: each part of the model that leads somewhere leads there."""
    said = model(document)
    wanted = [(d["t"], d.get("naar") or d.get("href") or f"#{d['ref']}") for d in parts(said, with_data=False)
              if d.get("naar", "").startswith("#") or d.get("href") or d.get("ref")]  # fmt: skip
    body = [p for p in root.parts if p.name != "TOC"]
    found = [t for p in body for t in ([p] if p.name == "Link" else p.all("Link"))]
    plain = [(t.text().replace(" ", "").replace("-", ""), t.leads) for t in found]
    if [w.replace("\u00a0", " ").replace(" ", "").replace("-", "") for w, _ in wanted] != [t for t, _ in plain]:
        return [f"{len(plain)} links with other words than the {len(wanted)} of the model"]
    places: dict[str, set] = {}
    for (_, target), (_, leads) in zip(wanted, plain, strict=True):
        places.setdefault(target, set()).add(leads)
    wrong = [f"{target} is in {len(at)} places" for target, at in places.items() if len(at) > 1]
    annex = [a for h in said["hoofdstukken"] for b in h["blokken"] for a in b.get("ankers", ())]
    order = [(a, next(iter(places[f"#{a}"]))) for a in annex if f"#{a}" in places]
    wrong += [f"{b} is not below {a}" for (a, one), (b, next_one) in zip(order, order[1:], strict=False)
              if not one < next_one]  # fmt: skip
    lost = [id for id, c in said["cijfers"].items() if annex and c["anker"] not in annex]
    return wrong + [f"{id} is not in the annex" for id in lost]


def test_every_number_in_a_pdf_is_a_link_to_its_own_line_in_the_annex(document, record_property):
    root = pdftree.tree(document.with_suffix(".pdf"))
    assert astray(document, root) == []
    record_property("links", sum(1 for _ in root.all("Link")))


def test_the_register_the_records_and_the_tables_travel_inside_the_pdf(document):
    with pikepdf.open(document.with_suffix(".pdf")) as pdf:
        inside = {n: spec.get_file().read_bytes() for n, spec in pdf.attachments.items()}
    assert inside["cijfers.csv"] == (document.parent / "cijfers.csv").read_bytes()
    assert inside["data-projecten.csv"] == (document.parent / "data" / "projecten.csv").read_bytes()
    assert inside[f"{document.name}.json"] == document.with_suffix(".json").read_bytes()
    assert {"manifest.json", "records.csv"} <= set(inside)


def test_every_number_in_a_reviewers_notebook_leads_to_its_entry_in_the_report(notebook):
    """That the entry is there is seen by the test of all links."""
    links = page(notebook).xpath("//a[@class='c']/@href")
    numbers = [d for o in outputs(notebook) for b in contract.alle([o]) for run in contract.teksten(b) for d in run]
    assert sum("c" in d for d in numbers) >= len(links)
    assert all(re.fullmatch(r"\.\./\.\./(rapportage|jaarplan)\.html#c[0-9a-f]{7}", href) for href in links)
    assert not page(notebook).xpath("//span[@class='c']")


def outputs(notebook) -> Iterator[dict]:
    for cell in nbformat.read(notebook.with_suffix(".ipynb"), as_version=4).cells:
        yield from (o["data"][MIME] for o in cell.get("outputs", ()))


def test_a_number_that_leads_nowhere_is_noticed_on_the_page(groningen):
    found = page(groningen / "rapportage")
    entry = found.xpath("//a[@class='c']")[9].get("href")[1:]
    found.get_element_by_id(entry).set("id", "elders")
    assert any(fault.endswith("no entry") for fault in unsound(groningen / "rapportage", found))
    found = page(groningen / "rapportage")
    found.xpath("//a[@class='c']")[9].text = "7.777"
    assert len(unsound(groningen / "rapportage", found)) == 1


def test_a_number_that_leads_elsewhere_is_noticed_in_the_pdf(groningen):
    root = pdftree.tree(groningen / "rapportage.pdf")
    links = [t for t in root.all("Link") if isinstance(t.leads, tuple)]
    links[-1].leads, links[-400].leads = links[-400].leads, links[-1].leads
    assert astray(groningen / "rapportage", root)
