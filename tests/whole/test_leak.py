"""Nobody who reads all that leaves the house finds a small group; and every kind of leak would be found."""

import json
import shutil

import pikepdf
import pytest
from attack import Cell, Town
from editions import EDITIONS, ROOT
from places import files, places

pytestmark = pytest.mark.slow
STAD = [name for name in EDITIONS if name.startswith("voorbeeldstad")]


def town(gemeente: str) -> Town:
    """Return what is true of a municipality, and the names its readers know."""
    return Town(ROOT / "data" / gemeente, ROOT / "params" / "rapportage.yml")


def told(stad: Town, folder, jaar: str) -> set:
    """Return what the files of an edition say truly of counts of participants."""
    return {c for file in files(folder) for place in places(file) for c in stad.claims(place, jaar) if stad.true(c)}


@pytest.fixture(scope="module")
def stad():
    return town("voorbeeldstad")


@pytest.fixture(scope="module")
def public(stad, edition_of):
    """Return what all editions of Voorbeeldstad together tell."""
    return set().union(*(told(stad, edition_of(name), name.split("-")[1]) for name in STAD))


def test_the_reader_sees_what_is_shown(stad, public):
    """A reader who reads nothing finds nothing: first see that this one can read."""
    shown = Cell("2009", "gezinnen", "aangemeld", "gezinscoaches", "*")
    assert any(claim.cells == ((shown, 1),) and claim.high - claim.low < 5 for claim in public)


def test_all_editions_together_give_away_no_small_group(stad, public):
    assert stad.small(), "there are small groups to hide"
    assert stad.found(public) == {}


def test_groningen_gives_away_no_small_group(groningen):
    assert town("groningen").found(told(town("groningen"), groningen, "2009")) == {}


@pytest.fixture(scope="module")
def geheim(stad):
    """Return a small count of a project in one wijk of 2009, with the same people counted a year and a step before."""
    cells = [c for c in sorted(stad.small()) if c.jaar == "2009" and c.wie in stad.projecten and c.wijk != "*"]
    return next(c for c in cells if c._replace(jaar="2008") in stad.truth and c._replace(stap="aangemeld") in stad.truth
                and c.stap != "aangemeld" and stad.truth[c] > 1)  # fmt: skip


def sentence(stad, cell) -> str:
    where = "Alle wijken" if cell.wijk == "*" else stad.wijken[cell.wijk]
    return f"{stad.projecten[cell.wie]['naam']}, {where}, {cell.jaar}, {cell.stap}: {stad.truth[cell]:.0f}."


def _csv(copy, stad, cell):
    file = copy / "data" / "deelnemers.csv"
    start = f"{cell.wie},{cell.jaar},{cell.wijk},{cell.stap},"
    text = file.read_text("utf-8")
    assert f"{start}," in text
    file.write_text(text.replace(f"{start},", f"{start}{stad.truth[cell]:.0f},"), "utf-8")
    return file


def _page(markup):
    def seed(copy, stad, cell):
        file = copy / "rapportage.html"
        file.write_text(file.read_text("utf-8").replace("</main>", f"{markup.format(sentence(stad, cell))}</main>"), "utf-8")
        return file

    return seed


def _attachment(copy, stad, cell):
    file = copy / "rapportage.pdf"
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.attachments["extra.txt"] = sentence(stad, cell).encode()
        pdf.save(file)
    return file


def _notebook(copy, stad, cell):
    file = copy / "notebooks" / "rapportage" / "55_deelnemers.ipynb"
    book = json.loads(file.read_text("utf-8"))
    output = {"output_type": "stream", "name": "stdout", "text": [sentence(stad, cell)]}
    next(c for c in book["cells"] if c["cell_type"] == "code")["outputs"].append(output)
    file.write_text(json.dumps(book), "utf-8")
    return file


def _text(name, *lines):
    """Return a seed that adds lines, made of the town and the cell, to a file."""

    def seed(copy, stad, cell):
        file = copy / name
        body = "".join(f"<p>{line(stad, cell)}</p>" for line in lines)
        file.write_text(file.read_text("utf-8").replace("</body>", f"{body}</body>"), "utf-8")
        return file

    return seed


def _others(stad, cell):
    """Return the total of the project and its other wijken: only together they give the cell away."""
    whole = cell._replace(wijk="*")
    parts = [c for c in stad.parts[whole] if c.wie == cell.wie and c != cell]
    return " ".join(f"</p><p>{sentence(stad, c)}" for c in (whole, *parts))


def _change(stad, cell):
    """Return the count of the year before, and how many more or fewer there are now."""
    before = cell._replace(jaar="2008")
    more = stad.truth[cell] - stad.truth[before]
    name, where = stad.projecten[cell.wie]["naam"], stad.wijken[cell.wijk]
    way = "meer" if more >= 0 else "minder"
    return (f"{sentence(stad, before)}</p><p>{name}, {where}, {cell.stap}: {abs(more):.0f} {way} dan in 2008")  # fmt: skip


def _share(stad, cell):
    whole = stad.truth[cell._replace(stap="aangemeld")]
    name, where = stad.projecten[cell.wie]["naam"], stad.wijken[cell.wijk]
    share = f"{100 * stad.truth[cell] / whole:.1f}".replace(".", ",")
    return f"{name} in {where}, {cell.stap}: {share} % van de {whole:.0f}"


SEEDS = {
    "a cell in a CSV": _csv,
    "a tooltip of a drawing": _page("<svg><rect><title>{}</title></rect></svg>"),
    "an attribute of a drawing": _page('<svg><rect data-tip="{}"/></svg>'),
    "an alternative text": _page('<img alt="{}">'),
    "an attachment of a PDF": _attachment,
    "the output of a notebook": _notebook,
    "the report of the check": _text("controle.html", sentence),
    "a total with all other parts": _text("rapportage.html", _others),
    "the change since last year": _text("rapportage.html", _change),
    "a percentage with its whole": _text("rapportage.html", _share),
}


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS)
def test_a_leak_would_be_found(seed, stad, public, geheim, edition_of, tmp_path):
    copy = shutil.copytree(edition_of("voorbeeldstad-2009"), tmp_path / "2009")
    file = seed(copy, stad, geheim)
    assert file in files(copy)
    leaked = {c for place in places(file) for c in stad.claims(place, "2009") if stad.true(c)}
    assert geheim in stad.found(public | leaked)
