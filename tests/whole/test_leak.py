"""Nobody who reads all that leaves the house finds a small group; and every kind of leak would be found."""

import functools
import json
import shutil
from pathlib import Path

import pikepdf
import pytest
from attack import STEPS, Cell, Town
from editions import EDITIONS, ROOT
from places import files, places

pytestmark = pytest.mark.slow
STAD = [name for name in EDITIONS if name.startswith("voorbeeldstad")]


def town(gemeente: str) -> Town:
    """Return what is true of a municipality, and the names its readers know."""
    return Town(ROOT / "data" / gemeente, ROOT / "params" / "rapportage.yml")


def told(stad: Town, paths, jaar: str) -> dict:
    """Return per file what it says truly of counts of people."""

    @functools.cache
    def claims(place):
        return {c for c in stad.claims(place, jaar) if stad.true(c)}

    return {file: set().union(*map(claims, places(file))) for file in paths}


def outputs(folder):
    """Return every file of an edition, with what was logged while it was made."""
    return [*files(folder), folder.parents[2] / "log.txt"]


@pytest.fixture(scope="module")
def stad():
    return town("voorbeeldstad")


@pytest.fixture(scope="module")
def read(stad, edition_of):
    """Return per file of all editions of Voorbeeldstad what it tells."""
    every = {}
    for name in STAD:
        every |= told(stad, outputs(edition_of(name)), name.split("-")[1])
    return every


@pytest.fixture(scope="module")
def public(read):
    """Return what all editions of Voorbeeldstad together tell."""
    return set().union(*read.values())


NOTEBOOK = "notebooks/rapportage/55_deelnemers"
READABLE = [f"{NOTEBOOK}.ipynb", f"{NOTEBOOK}.html", "rapportage.html", "rapportage.pdf", "aanbiedingsbrief.pdf"]
READABLE += ["rapportage.json", "cijfers.csv", "data/deelnemers.csv"]


@pytest.mark.parametrize("name", READABLE)
def test_the_reader_can_read(name, read, edition_of):
    """A reader who reads nothing finds nothing."""
    assert len({claim.cells for claim in read[edition_of("voorbeeldstad-2009") / name]}) > 20


def test_all_editions_together_give_away_no_small_group(stad, public):
    assert len(stad.small) > 200, "there are small groups to hide"
    assert stad.found(public) == {}


def test_groningen_gives_away_no_small_group(groningen):
    stad = town("groningen")
    claims = told(stad, outputs(groningen), "2009").values()
    assert stad.truth and any(claims), "something is counted and read"
    assert stad.found(set().union(*claims)) == {}


@pytest.fixture(scope="module")
def geheim(stad):
    """Return a small count in one of two wijken in 2009 of those who got far, also counted a year and a step before."""

    def fits(c):
        before = {c._replace(jaar="2008"), c._replace(stap="aangemeld")}
        return c.jaar == "2009" and c.stap in STEPS[1:] and stad.truth[c] > 1 and before <= {*stad.truth}

    return next(c for c in sorted(stad.small) if fits(c) and len(_wijken(stad, c)) == 2)


def _wijken(stad, cell) -> list[Cell]:
    return [c for c in stad.parts[cell._replace(wijk="*")] if c.wie == cell.wie]


def says(stad, cell, step=1) -> str:
    """Return a sentence that tells a count, rounded to a step."""
    where = "alle wijken" if cell.wijk == "*" else stad.wijken[cell.wijk]
    count = step * round(stad.truth[cell] / step)
    return f"{stad.projecten[cell.wie]['naam']}, {where}, {cell.jaar}, {cell.stap}: {count} {cell.telbasis}."


def others(stad, cell, step=1) -> list[str]:
    """Return the total of the project and its other wijken: only together they give the cell away."""
    return [says(stad, c, step) for c in (cell._replace(wijk="*"), *_wijken(stad, cell)) if c != cell]


def rounded(stad, cell) -> list[str]:
    """Return the same, rounded: what is left between the bounds is too little."""
    return others(stad, cell, 5)


def change(stad, cell) -> list[str]:
    """Return the count of the year before, and how many more or fewer there are now."""
    more = stad.truth[cell] - stad.truth[cell._replace(jaar="2008")]
    about = f"{stad.projecten[cell.wie]['naam']}, {stad.wijken[cell.wijk]}, {cell.stap} ({cell.telbasis})"
    way = "meer" if more >= 0 else "minder"
    return [says(stad, cell._replace(jaar="2008")), f"{about}: {abs(more):.0f} {way} dan in 2008"]


def share(stad, cell) -> list[str]:
    """Return which part of all who signed up got as far."""
    whole = stad.truth[cell._replace(stap="aangemeld")]
    part = f"{100 * stad.truth[cell] / whole:.1f}".replace(".", ",")
    about = f"{stad.projecten[cell.wie]['naam']} in {stad.wijken[cell.wijk]}, {cell.stap} ({cell.telbasis})"
    return [f"{about}: {part} % van de {whole:.0f}"]


def plain(stad, cell) -> list[str]:
    """Return the count itself."""
    return [says(stad, cell)]


def page(markup):
    """Return a seed that adds to a page or drawing."""

    def seed(file, texts):
        file.write_text(
            file.read_text("utf-8").replace("</body>", "".join(map(markup.format, texts)) + "</body>"), "utf-8"
        )

    return seed


def pdf_text(file, texts):
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        letters = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pdf.add_blank_page()
        pdf.pages[-1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F9=letters))
        pdf.pages[-1].Contents = pdf.make_stream(f"BT /F9 9 Tf 20 20 Td ({texts[0]}) Tj ET".encode())
        pdf.save(file)


def pdf_attachment(file, texts):
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.attachments["extra.txt"] = texts[0].encode()
        pdf.save(file)


def csv_cell(file, texts):
    file.write_text(file.read_text("utf-8").replace(*texts), "utf-8")


def json_value(file, texts):
    model = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**model, "extra": {"tekst": texts[0]}}), "utf-8")


def notebook_output(file, texts):
    book = json.loads(file.read_text("utf-8"))
    output = {"output_type": "stream", "name": "stdout", "text": texts}
    next(c for c in book["cells"] if c["cell_type"] == "code")["outputs"].append(output)
    file.write_text(json.dumps(book), "utf-8")


def line(file, texts):
    file.write_text(file.read_text("utf-8") + "\n".join(texts), "utf-8")


def row(stad, cell) -> list[str]:
    """Return the start of the row of the cell in the delivered table, as published and with its count."""
    start = f"{cell.wie},{cell.jaar},{cell.wijk},{cell.stap},"
    return [f"{start},", f"{start}{stad.truth[cell]:.0f},"]


SEEDS = {
    "a visible cell": ("rapportage.html", page("<table><tr><td>{}</td></tr></table>"), plain),
    "a tooltip": ("rapportage.html", page('<p title="{}">Meer</p>'), plain),
    "an attribute of a drawing": ("rapportage.html", page('<svg><rect data-tip="{}"/></svg>'), plain),
    "a text in a drawing": ("rapportage.html", page("<svg><g><text>{}</text></g></svg>"), plain),
    "an alternative text": ("aanbiedingsbrief.html", page('<img alt="{}">'), plain),
    "a comment in a page": (f"{NOTEBOOK}.html", page("<!-- {} -->"), plain),
    "the text of a PDF": ("aanbiedingsbrief.pdf", pdf_text, plain),
    "an attachment of a PDF": ("aanbiedingsbrief.pdf", pdf_attachment, plain),
    "a cell in a CSV": ("data/deelnemers.csv", csv_cell, row),
    "the output of a notebook": (f"{NOTEBOOK}.ipynb", notebook_output, plain),
    "a JSON file": ("rapportage.json", json_value, plain),
    "the report of the check": ("controle.html", page("<li>{}</li>"), plain),
    "a log": ("../../../log.txt", line, plain),
    "a total with all other parts": ("rapportage.html", page("<p>{}</p>"), others),
    "a total with all other parts, rounded": ("rapportage.html", page("<p>{}</p>"), rounded),
    "last year and the change since": ("rapportage.html", page("<p>{}</p>"), change),
    "a percentage with its whole": ("rapportage.html", page("<p>{}</p>"), share),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_leak_would_be_found(seed, stad, public, geheim, edition_of, tmp_path):
    name, put, leak = SEEDS[seed]
    file = Path(shutil.copy(edition_of("voorbeeldstad-2009") / name, tmp_path))
    put(file, leak(stad, geheim))
    assert geheim in stad.found(public.union(*told(stad, files(tmp_path), "2009").values()), [geheim])


def test_a_leak_in_the_edition_of_last_year_would_be_found(stad, public, geheim, edition_of, tmp_path):
    file = Path(shutil.copy(edition_of("voorbeeldstad-2008") / "rapportage.html", tmp_path))
    old = geheim._replace(jaar="2008")
    page("<p>{}</p>")(file, plain(stad, old))
    assert old in stad.small and old in stad.found(public.union(*told(stad, [file], "2008").values()), [old])
