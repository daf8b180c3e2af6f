"""Every page is usable by everyone: seen, enlarged, printed, recoloured, by keyboard and by screen reader."""

import threading
from http.server import ThreadingHTTPServer

import pytest
import screen
from editions import LOOSE, PAPERS

from kwlib.preview import Voorvertoning, handler

pytestmark = pytest.mark.slow
COLOURS = [{"color_scheme": c, "forced_colors": f} for c in ("light", "dark") for f in ("none", "active")]


def open_page(browser, file, requests):
    page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True, reduced_motion="reduce")
    page.on("request", lambda request: requests.append(request.url))
    page.goto(file.resolve().as_uri())
    return page


@pytest.fixture(scope="module", params=[*PAPERS, *LOOSE], ids="/".join)
def opened(request, browser, edition_of):
    """Return each page in turn, open in the browser, with its file and the requests that it made."""
    name, stem = request.param
    file, requests = edition_of(name) / f"{stem}.html", []
    page = open_page(browser, file, requests)
    yield page, file, requests
    page.close()


@pytest.fixture
def page(opened):
    """Return each page in turn on a wide screen."""
    page, _, _ = opened
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light", forced_colors="none", media="screen")
    return page


@pytest.fixture
def spoiled(browser, groningen, tmp_path):
    """Return a function that opens the letter with one thing changed."""
    opened = []

    def change(old: str, new: str):
        text = (groningen / "aanbiedingsbrief.html").read_text("utf-8")
        assert old in text
        (tmp_path / "bedorven.html").write_text(text.replace(old, new), "utf-8")
        opened.append(open_page(browser, tmp_path / "bedorven.html", []))
        return opened[-1]

    yield change
    for page in opened:
        page.close()


def test_it_asks_nothing_from_outside_and_does_not_move_when_it_appears(opened):
    page, file, requests = opened
    assert requests == [file.resolve().as_uri()] or all(r.startswith(("file:", "data:")) for r in requests)
    assert screen.shifted(page) < 0.01


def test_its_words_stay_in_place_when_the_letters_come_late(browser, opened, tmp_path):
    _, file, _ = opened
    text = file.read_text("utf-8")
    (tmp_path / "laat.html").write_text(screen.LETTERS.sub("", text), "utf-8")
    page = open_page(browser, tmp_path / "laat.html", [])
    screen.shifted(page)
    page.add_style_tag(content="\n".join(["/* the letters */", *screen.LETTERS.findall(text)]))
    page.wait_for_timeout(200)
    assert screen.shifted(page) < 0.01
    page.close()


def test_axe_finds_nothing_wrong(page, record_property):
    found = screen.axe(page)
    assert found["violations"] == []
    assert found["rules"] > 15
    record_property("axe-rules", found["rules"])
    record_property("axe-nodes", found["nodes"])


def test_axe_finds_nothing_wrong_on_a_telephone_and_in_the_dark(opened, page):
    _, file, _ = opened
    page.set_viewport_size({"width": 320, "height": 640})
    big = file.stat().st_size > 400_000
    assert screen.axe(page, *(["target-size", "scrollable-region-focusable"] if big else []))["violations"] == []
    page.emulate_media(color_scheme="dark")
    if not big:  # colours are of the municipality, not of the edition; its smaller pages have them all
        assert screen.axe(page, "color-contrast", "link-in-text-block")["violations"] == []


def test_it_fits_a_screen_of_320_pixels_and_enlarging_it_four_times(page):
    assert screen.fits(page, 320, 640) == []
    assert screen.fits(page, 1280 // 4, 1024 // 4) == []


def test_it_fits_when_the_reader_widens_all_spacing(page):
    assert screen.spaced(page) == []


@pytest.mark.parametrize("media", COLOURS, ids=lambda m: "-".join(m.values()))
def test_the_words_in_drawings_can_be_read(page, media):
    assert screen.faint(page, **media) == []


def test_it_prints_all_data_and_no_navigation(page):
    assert screen.printed(page) == []


def test_a_keyboard_reaches_everything_once_in_order_and_shows_where_it_is(page, record_property):
    page.reload()
    stops, faults = screen.walk(page)
    assert faults == []
    record_property("keyboard-stops", stops)


def test_each_number_leads_to_its_entry_its_records_and_back_when_clicked(opened, page, record_property):
    _, file, _ = opened
    if file.stem == "aanbiedingsbrief" or not page.query_selector("a.c"):
        pytest.skip("its numbers are explained in another page, or it has none")
    page.reload()
    numbers, faults = screen.follow(page)
    assert faults == []
    assert numbers > 10
    record_property("numbers-clicked", numbers)


@pytest.fixture(params=["goed", "leeg"])
def preview(request, browser, groningen):
    """Return a preview, with a good page of before or none, and a browser that looks at it over HTTP."""
    page = groningen / "aanbiedingsbrief.html"
    preview = Voorvertoning(lambda: page if request.param == "goed" else None, lambda: preview.said)
    preview.said = ""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(preview))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    looking = browser.new_page(viewport={"width": 1280, "height": 900})
    looking.goto(f"http://127.0.0.1:{server.server_port}/")
    yield preview, looking
    looking.close()
    server.shutdown()
    server.server_close()


def test_a_preview_reloads_at_the_same_place_and_shows_what_is_wrong_to_everyone(preview):
    preview, page = preview
    page.evaluate("document.body.style.minHeight = '3000px'; scrollTo(0, 150)")
    with page.expect_navigation():
        preview.build()
    assert page.evaluate("document.body.offsetHeight < 1000 || scrollY === 150")
    preview.said = "projecten.csv, rij 3, kolom naam: de naam ontbreekt. Vul hem in.\n" * 40
    preview.build()
    box = page.get_by_role("alert").filter(has_text="projecten.csv, rij 3")
    box.wait_for(timeout=5000)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": 1280, "height": 900})
        assert screen.axe(page)["violations"] == []
        assert screen.fits(page, 320, 640) == []
    preview.said = ""
    with page.expect_navigation():
        preview.build()
    assert not box.is_visible()


def test_axe_notices_a_page_without_language(spoiled):
    assert screen.axe(spoiled('lang="nl"', ""))["violations"][0].startswith("html-has-lang")


def test_a_page_that_is_too_wide_is_noticed(spoiled):
    assert screen.fits(spoiled("<h1>", '<h1 style="width:40rem">'), 320, 640)


def test_a_table_that_scrolls_without_a_sign_is_noticed(spoiled):
    wide = '<div class="rooster"{}><p style="width:40rem">breed</p></div>'
    assert screen.fits(spoiled("</h1>", "</h1>" + wide.format("")), 320, 640) == []
    assert screen.fits(spoiled("</h1>", "</h1>" + wide.format(' style="background:none"')), 320, 640)


def test_text_that_is_cut_off_is_noticed(spoiled):
    page = spoiled('class="aanhef"', 'class="aanhef" style="height:1.6em;overflow:hidden;width:9rem"')
    assert screen.spaced(page)


def test_an_edge_that_does_not_show_focus_is_noticed(spoiled):
    assert screen.walk(spoiled("</style>", ":focus-visible { outline: none !important }</style>"))[1]


def test_a_link_that_the_keyboard_skips_or_jumps_to_is_noticed(spoiled):
    assert screen.walk(spoiled('class="c"', 'class="c" tabindex="-1"'))[1]
    assert screen.walk(spoiled("<h1>", '<h1><a href="#tekst" tabindex="3">Eerst</a>'))[1]


def test_words_in_a_drawing_that_cannot_be_read_are_noticed(spoiled):
    drawing = '<svg viewBox="0 0 9 9"><text style="fill: #fefefe">stil</text></svg>'
    assert screen.faint(spoiled("</h1>", f"</h1>{drawing}"), color_scheme="light")


def test_a_menu_that_is_printed_is_noticed(spoiled):
    assert screen.printed(spoiled("<h1>", "<nav>Inhoud</nav><h1>"))


def test_a_page_that_moves_is_noticed(spoiled):
    page = spoiled(
        "</style>", "@keyframes zak { 50% { height: 30rem } } .kop { animation: zak .1s 9 steps(2) }</style>"
    )
    page.wait_for_timeout(200)
    assert screen.shifted(page) > 0.01


def test_a_number_whose_entry_is_gone_is_noticed(spoiled):
    assert screen.follow(spoiled('href="rapportage.html#', 'href="#'))[1]
