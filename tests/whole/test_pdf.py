"""Every PDF is PDF/UA-1 and PDF/A-3a by the real veraPDF, and right where veraPDF does not look."""

from collections.abc import Iterator

import pdftree
import pikepdf
import pytest
from editions import model, on_paper

from kwlib.report import contract

pytestmark = pytest.mark.slow
NO_WORDS = {"", "link", "hier", "klik hier", "lees meer", "meer", "deze pagina"}


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_verapdf_finds_nothing_wrong(paper, verapdf, profile, record_property):
    rules, faults = verapdf.keur(paper.with_suffix(".pdf"), profile)
    assert rules == verapdf.REGELS[profile]
    assert not faults
    record_property(f"verapdf-{profile}", int(rules))


def no_language(pdf):
    del pdf.Root.Lang


def no_alternative(pdf):
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure":
            del one.Alt


def no_structure(pdf):
    del pdf.Root.StructTreeRoot


def no_metadata(pdf):
    del pdf.Root.Metadata


@pytest.mark.parametrize(("spoil", "profile"), [
    (no_language, "ua1"), (no_alternative, "ua1"), (no_structure, "ua1"), (no_structure, "3a"), (no_metadata, "3a"),
])  # fmt: skip
def test_verapdf_notices(groningen, verapdf, tmp_path, spoil, profile):
    with pikepdf.open(groningen / "rapportage.pdf") as pdf:
        spoil(pdf)
        pdf.save(tmp_path / "bedorven.pdf")
    assert verapdf.keur(tmp_path / "bedorven.pdf", profile)[1]


def faults(root: pdftree.Tag, said: dict) -> Iterator[str]:
    """Yield what is wrong with the structure of a PDF of this model, where veraPDF does not look."""
    blokken = [b for h in on_paper(said) for b in contract.alle(h["blokken"])]
    tables = [b for b in blokken if b["soort"] == "tabel"]
    found = list(root.all("Table"))
    if len(found) != len(tables):
        yield f"{len(found)} tables for {len(tables)}"
    for b, table in zip(tables, found, strict=False):
        yield from (f"table {b['nr']}: {fault}" for fault in _table(table, len(b["koppen"]), len(b["rijen"])))
    figures = [t.alt for t in root.all("Figure")]
    wanted = ["".join(d["t"] for d in b["alt"]) for b in blokken if b["soort"] == "figuur"]
    if [alt for alt in figures if not alt.startswith("Logo")] != wanted:
        yield "a figure whose alternative is not the model's"
    levels = [int(t.name[1]) for t in root.all(*(f"H{n}" for n in range(1, 7)))]
    if levels[:1] != [1] or any(b - a > 1 for a, b in zip(levels, levels[1:], strict=False)):
        yield "a heading level that is left out"
    yield from (f"heading without words after {n}" for n, t in enumerate(root.all("H1", "H2", "H3")) if not t.text())
    for link in root.all("Link"):
        if link.text().lower() in NO_WORDS or link.leads is None:
            yield f"a link without words or destination: {link}"


def _table(table: pdftree.Tag, columns: int, rows: int) -> Iterator[str]:
    head, body = ([list(r.all("TH", "TD")) for part in table.all(name) for r in part.all("TR")]
                  for name in ("THead", "TBody"))  # fmt: skip
    if [len(r) for r in head] != [columns] or any((c.name, c.scope) != ("TH", "Column") for r in head for c in r):
        yield "its head is not one row of column heads"
    if [len(r) for r in body] != [columns] * rows:
        yield f"{len(body)} rows for {rows}, or not all whole"
    for cells in body:
        if (cells[0].name, cells[0].scope) != ("TH", "Row") or any(c.name != "TD" or c.headers < 2 for c in cells[1:]):
            yield f"the row of {cells[0].text()} has no head, or a cell that does not name its heads"


def test_the_structure_is_right_where_verapdf_does_not_look(paper, record_property):
    root = pdftree.tree(paper.with_suffix(".pdf"))
    assert list(faults(root, model(paper))) == []
    record_property("pdf-tags", sum(1 for _ in root.all()))


def test_language_title_bookmarks_and_tab_order_are_set(paper):
    said = model(paper)
    with pikepdf.open(paper.with_suffix(".pdf")) as pdf, pdf.open_outline() as outline:
        assert str(pdf.Root.Lang) == "nl-NL"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == said["meta"]["titel"]
        assert all(p.Tabs == "/S" for p in pdf.pages if "/Annots" in p)
        chapters = [item.title for item in outline.root]
    if said["meta"]["sjabloon"] == "rapport":
        assert len(chapters) == len(on_paper(said)) + (not said["meta"]["kort"])


def drop_a_head(root):
    next(c for t in root.all("Table") for c in t.all("TH") if c.scope == "Row").name = "TD"


def say_nothing(root):
    next(root.all("Figure")).alt = "Afbeelding"


def leave_a_level_out(root):
    next(root.all("H2")).name = "H4"


def split_a_table(root):
    where = next(n for n, p in enumerate(root.parts) if p.name == "Table")
    root.parts.insert(where, root.parts[where])


def lead_nowhere(root):
    next(root.all("Link")).leads = None


@pytest.mark.parametrize("spoil", [drop_a_head, say_nothing, leave_a_level_out, split_a_table, lead_nowhere])
def test_a_wrong_structure_is_noticed(groningen, spoil):
    root = pdftree.tree(groningen / "rapportage.pdf")
    assert list(faults(root, model(groningen / "rapportage"))) == []
    spoil(root)
    assert list(faults(root, model(groningen / "rapportage")))
