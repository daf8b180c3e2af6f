"""The real report of Groningen, built whole: does it say only what is true, and always the same?"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import lxml.html
import nbformat
import pikepdf
import pytest
from nbclient import NotebookClient

from kwlib.data import read, read_schema
from kwlib.report import contract, verify

ROOT = Path(__file__).parents[1]
SCHEMA = read_schema(ROOT / "data" / "datapackage.json")
FRAMES, _ = read(ROOT / "data" / "groningen", SCHEMA)
SAME = ["rapportage.html", "rapportage.pdf", "rapportage.json", "aanbiedingsbrief.html", "aanbiedingsbrief.pdf",
        "aanbiedingsbrief.json", "cijfers.csv", "manifest.json", "controle.html"]  # fmt: skip
LETTER_DAY = "2009-10-08"


def known_from(source: dict) -> str:
    published = source["gepubliceerd_op"]
    return str(published if str(published) != "NaT" else source["geraadpleegd_op"])[:10]


LATER = [b["bron_id"] for b in FRAMES["bronnen"].to_dict("records") if known_from(b) > LETTER_DAY]

pytestmark = pytest.mark.slow


def build(root: Path, *arguments: str, **environment: str) -> Path:
    """Build Groningen 2009 in a copy of the project at `root` and return the folder of the result."""
    for name in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    command = [sys.executable, "-m", "kwlib", "report", "--year", "2009", *arguments]
    env = os.environ | {"KW_ROOT": str(root), "PYTHONPATH": str(ROOT)} | environment
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    (result,) = [p for p in (root / "build" / "groningen").iterdir() if p.is_dir()]
    return result


@pytest.fixture(scope="session")
def edition(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("eerste"), PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")


@pytest.fixture(scope="session")
def again(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("tweede") / "een map met spaties"
    root.mkdir()
    return build(root, PYTHONHASHSEED="42", TZ="Pacific/Auckland", LC_ALL="C")


@pytest.fixture(scope="session")
def hindsight(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("achteraf"), "--kennis-tot", "2026-11-01")


def model(folder: Path, name: str = "rapportage") -> dict:
    return json.loads((folder / f"{name}.json").read_text("utf-8"))


def text(folder: Path, name: str = "rapportage") -> str:
    return lxml.html.parse(str(folder / f"{name}.html")).getroot().text_content()


@pytest.mark.parametrize("name", SAME)
def test_two_builds_are_the_same_bytes_whatever_folder_zone_locale_and_seed(edition, again, name):
    assert (edition / name).read_bytes() == (again / name).read_bytes()


def test_data_and_notebooks_are_the_same_bytes_too(edition, again):
    files = sorted(p.relative_to(edition) for p in edition.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert [str(f) for f in files if (edition / f).read_bytes() != (again / f).read_bytes()] == []


@pytest.mark.parametrize("bron", LATER)
def test_nothing_published_after_the_letter_is_in_its_edition(edition, bron):
    source = FRAMES["bronnen"].set_index("bron_id").loc[bron]
    records = {h for frame in FRAMES.values() if "bron_id" in frame
               for hs, b in zip(frame["herkomst"], frame["bron_id"], strict=True) if b == bron for h in hs}  # fmt: skip
    for path in edition.rglob("*"):
        if path.suffix in (".html", ".json", ".csv", ".ipynb") and path.name != "datapackage.json":
            content = path.read_text("utf-8")
            assert source["titel"] not in content, path.name
            assert bron not in content, path.name
            assert not [r for r in records if f'"{r}"' in content], path.name


def test_there_are_later_sources_to_keep_out():
    assert len(LATER) > 12


def test_hindsight_shows_what_came_later_and_says_so(hindsight, edition):
    assert hindsight.name == "2009-kennis-2026-11-01" and edition.name == "2009"
    assert "kennis achteraf" in text(hindsight).lower() and "kennis achteraf" not in text(edition).lower()
    assert set(model(hindsight)["bronnen"]) > set(model(edition)["bronnen"])


def test_later_sources_replace_earlier_ones_and_the_old_text_is_listed(hindsight):
    assert "financiering/bewonersinitiatieven-2011-eerste-tekst" in text(hindsight)


def test_every_number_in_the_letter_is_the_reports_own(edition):
    report, letter = model(edition)["cijfers"], model(edition, "aanbiedingsbrief")["cijfers"]
    assert len(letter) >= 6
    for id, number in letter.items():
        assert id in report and number["waarde"] == report[id]["waarde"], id


def test_every_number_leads_to_records_that_exist(edition):
    known = {h for frame in FRAMES.values() for hs in frame["herkomst"] for h in hs}
    tables = {t.name for t in SCHEMA} | {"params"}
    for id, number in model(edition)["cijfers"].items():
        assert number["herkomst"], id
        assert [h for h in number["herkomst"] if h not in known and h not in tables] == [], id


def test_the_register_holds_every_number_of_every_document(edition):
    with open(edition / "cijfers.csv", encoding="utf-8", newline="") as file:
        listed = {row["cijfer_id"] for row in csv.DictReader(file)}
    assert listed == set(model(edition)["cijfers"]) | set(model(edition, "aanbiedingsbrief")["cijfers"])


def test_every_promise_points_to_a_place_that_exists(edition):
    page = lxml.html.parse(str(edition / "rapportage.html"))
    for anchor in FRAMES["toezeggingen"]["anker"].dropna():
        assert page.xpath(f"//*[@id='{anchor}']"), anchor


def test_the_exact_sentence_on_progress_is_in_report_and_letter(edition):
    for name in ("rapportage", "aanbiedingsbrief"):
        said = text(edition, name)
        assert "Van negen van de dertien projecten weten wij dat zij worden uitgevoerd of klaar zijn." in said
        own_words = said.replace("op een enkel project na worden alle", "")  # a claim that the report quotes
        assert "op een enkel project" not in own_words


def test_the_page_needs_nothing_from_outside(edition):
    for name in ("rapportage", "aanbiedingsbrief"):
        page = (edition / f"{name}.html").read_text("utf-8")
        assert "<script" not in page
        assert not re.search(r"""(src|srcset|data|poster)=["']?(https?:)?//|url\(["']?(https?:)?//|@import""", page)


def test_the_letter_counts_the_enclosures_that_were_built(edition):
    assert model(edition, "aanbiedingsbrief")["meta"]["brief"]["bijlagen"] == [model(edition)["meta"]["titel"]]


def test_the_letter_names_offices_and_roles_only(edition):
    letter = model(edition, "aanbiedingsbrief")["meta"]["brief"]
    assert letter["behandeld_door"] == "Directiestaf"
    assert list(letter["ondertekenaars"]) == ["de burgemeester", "de secretaris"]


WALK = """() => {
  const target = a => document.getElementById(decodeURIComponent(a.getAttribute('href').slice(1)));
  const inside = a => a.getAttribute('href').startsWith('#');
  return [...document.querySelectorAll('a.c')].map(a => {
    const entry = target(a), links = entry ? [...entry.querySelectorAll('a')] : [];
    const records = links.length ? target(links[0]) : null;
    return {text: a.textContent, shown: a.getClientRects().length > 0 || !!a.closest('details'),
            entry: !!entry, meaning: entry?.parentElement.previousElementSibling.previousElementSibling.tagName,
            records: records ? records.textContent : '', sources: records ? records.querySelectorAll('a').length : 0,
            back: links.slice(1).some(l => target(l)?.contains(a)),
            dangling: [...links, ...(records?.querySelectorAll('a') ?? [])].filter(l => inside(l) && !target(l))};
  });
}"""


def test_two_clicks_on_any_number_give_its_records_and_sources_and_there_is_a_way_back(edition, browser):
    page = browser.new_page()
    page.goto((edition / "rapportage.html").resolve().as_uri())
    found = page.evaluate(WALK)
    page.close()
    assert len(found) > 200
    for number in found:
        assert number["shown"] and number["entry"] and number["meaning"] == "H4" and number["back"], number
        assert ".csv" in number["records"] or "params" in number["records"], number
        assert number["dangling"] == [], number
    assert sum(n["sources"] > 0 for n in found) > 0.85 * len(found)  # a zero rests on a whole file, not on sources


def test_every_number_in_the_pdf_is_a_link_into_the_annex(edition):
    blokken = [b for h in model(edition)["hoofdstukken"] for b in contract.alle(h["blokken"])]
    drawn = [{k: v for k, v in b.items() if k not in ("alt", "tabel")} for b in blokken]
    parts = [d for b in drawn for delen in contract.teksten(b) for d in delen]
    with pikepdf.open(edition / "rapportage.pdf") as pdf:

        def page(dest) -> int:
            return pages[(dest.get("/D") if isinstance(dest, pikepdf.Dictionary) else dest)[0].objgen]

        pages = {p.objgen: n for n, p in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        found = [a.Dest for p in pdf.pages for a in p.get("/Annots", []) if a.Subtype == "/Link" and "/Dest" in a]
        places = [names[str(d)] if isinstance(d, pikepdf.String) else d for d in found]
        annex = page(names["herkomst-van-de-cijfers"])
        into = [d for d in places if page(d) >= annex]
    numbers = [d for d in parts if d.get("naar")]
    groups = [d for d in parts if re.fullmatch(r"h\d+", d.get("ref", ""))]
    assert len(numbers) > 150
    assert len(into) >= len(numbers) + len(groups)


@pytest.mark.parametrize("name", ["rapportage", "aanbiedingsbrief"])
def test_the_register_the_records_and_the_tables_travel_inside_the_pdf(edition, name):
    with pikepdf.open(edition / f"{name}.pdf") as pdf:
        inside = {n: spec.get_file().read_bytes() for n, spec in pdf.attachments.items()}
    assert inside["cijfers.csv"] == (edition / "cijfers.csv").read_bytes()
    assert inside["data-projecten.csv"] == (edition / "data" / "projecten.csv").read_bytes()
    assert {"manifest.json", "records.csv", f"{name}.json"} <= set(inside)


def test_the_reviewers_notebook_leads_from_a_number_to_its_origin(edition):
    page = (edition / "notebooks" / "rapportage" / "10_in_een_oogopslag.html").read_text("utf-8")
    ankers = re.findall(r'href="../../rapportage.html#(c[0-9a-f]{7})"', page)
    report = (edition / "rapportage.html").read_text("utf-8")
    assert len(ankers) > 10 and all(f'id="{a}"' in report for a in ankers)


ONE = "notebooks/rapportage/10_in_een_oogopslag"
TAMPER = [
    ("rapportage.html", lambda raw: re.sub(rb'(class="c"[^>]*>)13<', rb"\g<1>14<", raw, count=1), "13 → 14"),
    ("cijfers.csv", lambda raw: raw.replace(b",13,,aantal", b",14,,aantal", 1), "13 → 14"),
    (f"{ONE}.ipynb", lambda raw: raw.replace(b"dertien", b"veertien", 1), "is veranderd"),
    ("data/projecten.csv", lambda raw: raw.replace(b"2008", b"2009", 1), "is veranderd"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "said"), TAMPER, ids=[t[0] for t in TAMPER])
def test_verify_catches_one_changed_digit(edition, tmp_path, name, change, said):
    shutil.copytree(edition, tmp_path / "2009")
    path = tmp_path / "2009" / name
    changed = change(path.read_bytes())
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    (found,) = verify.folder(tmp_path / "2009")
    assert found.startswith(f"{name} is veranderd.") and said in found


def test_verify_checks_a_pdf_alone_by_what_it_carries(edition, tmp_path):
    assert verify.file(edition / "rapportage.pdf") == []
    with pikepdf.open(edition / "rapportage.pdf") as pdf:
        raw = pdf.attachments["cijfers.csv"].get_file().read_bytes()
        pdf.attachments["cijfers.csv"] = pikepdf.AttachedFileSpec(pdf, raw.replace(b",13,", b",14,", 1))
        pdf.save(tmp_path / "anders.pdf")
    assert verify.file(tmp_path / "anders.pdf") == ["Bijlage cijfers.csv is veranderd."]
    with pikepdf.open(edition / "rapportage.pdf") as pdf:
        del pdf.pages[3]
        pdf.save(tmp_path / "korter.pdf")
    assert verify.file(tmp_path / "korter.pdf") == ["De bladzijden zijn niet die van de gegevens die erin zitten."]
    (tmp_path / "leeg.pdf").write_bytes(b"%PDF-1.7")
    assert "geen PDF van deze rapportage" in verify.file(tmp_path / "leeg.pdf")[0]


@pytest.mark.parametrize("name", ["rapportage", "aanbiedingsbrief"])
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_verapdf_finds_nothing_wrong_with_the_pdf(edition, verapdf, name, profile):
    rules, faults = verapdf.keur(edition / f"{name}.pdf", profile)
    assert rules == verapdf.REGELS[profile]
    assert not faults


def test_verapdf_notices_a_pdf_without_language(edition, verapdf, tmp_path):
    with pikepdf.open(edition / "aanbiedingsbrief.pdf") as pdf:
        del pdf.Root.Lang
        pdf.save(tmp_path / "stom.pdf")
    assert verapdf.keur(tmp_path / "stom.pdf", "ua1")[1]


NOTEBOOKS = "notebooks/rapportage"
PAGES = [
    "rapportage.html",
    "aanbiedingsbrief.html",
    "controle.html",
    f"{NOTEBOOKS}/10_in_een_oogopslag.html",
    f"{NOTEBOOKS}/30_terugblik_per_thema.html",
    f"{NOTEBOOKS}/60_wijken_in_cijfers.html",
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_wrong_with_a_page_that_fits_its_screen(edition, axe, name, width, scheme):
    found = axe(edition / name, width, scheme)
    assert found["violations"] == []
    assert found["outside"] == []
    assert found["width"] <= width
    assert found["rules"] > 15


def test_axe_notices_a_page_without_language(edition, axe, tmp_path):
    page = (edition / "aanbiedingsbrief.html").read_text("utf-8").replace('lang="nl"', "", 1)
    (tmp_path / "stom.html").write_text(page, "utf-8")
    assert [v for v, _ in axe(tmp_path / "stom.html", 1280, "light")["violations"]] == ["html-has-lang"]


@pytest.mark.parametrize("name", ["verkenning.ipynb", "rapportage/70_geld.ipynb", "brief/10_aanbiedingsbrief.ipynb"])
def test_a_notebook_runs_by_hand_from_its_defaults(name):
    path = ROOT / "notebooks" / name
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    shown = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    assert shown and all("text/html" in o["data"] or "text/plain" in o["data"] for o in shown)
    assert any("text/html" in o["data"] for o in shown)


@pytest.mark.parametrize(
    ("file", "find", "replace", "said"),
    [
        ("project_jaar.csv", "uitvoering", "loopt", "Kies uit"),
        ("project_wijk.csv", "jasmijn-werkt,2009", "jasmin-werkt,2009", "Bedoelt u"),
        ("bronnen.csv", "2009-10-08", "8/10/09", "Schrijf jaar-maand-dag"),
    ],
)
def test_bad_data_gives_a_kind_message_and_leaves_the_last_good_report(tmp_path, file, find, replace, said):
    for name in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    good = tmp_path / "build" / "groningen" / "2009" / "rapportage.html"
    good.parent.mkdir(parents=True)
    good.write_text("de vorige", "utf-8")
    path = tmp_path / "data" / "groningen" / file
    path.write_text(path.read_text("utf-8").replace(find, replace, 1), "utf-8")
    done = subprocess.run([sys.executable, "-m", "kwlib", "report", "--year", "2009"], cwd=tmp_path, text=True,
                          capture_output=True, env=os.environ | {"KW_ROOT": str(tmp_path)})  # fmt: skip
    heard = done.stdout + done.stderr
    assert done.returncode == 2 and "Traceback" not in heard
    assert f"{file}, rij" in heard and said in heard
    assert good.read_text("utf-8") == "de vorige"
