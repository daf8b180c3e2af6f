"""A preview follows changes, keeps the last good page, and shows what is wrong."""

import json
import threading
import time
import urllib.request
from http.server import ThreadingHTTPServer

import pytest

from kwlib.preview import Voorvertoning, handler, state, watch


@pytest.fixture
def preview(tmp_path):
    """A preview whose builds say what the test puts in `said`."""
    page = tmp_path / "rapportage.html"
    said = []
    made = Voorvertoning(lambda: page if page.is_file() else None, lambda: said.pop() if said else "")
    made.file, made.said = page, said
    return made


@pytest.fixture
def get(preview):
    """Return a function that asks the preview over HTTP."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(preview))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield (
        lambda path: urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}", timeout=10).read().decode()
    )
    server.shutdown()
    server.server_close()


def test_the_page_is_served_with_what_follows_changes_and_the_file_stays_as_it_is(preview, get):
    preview.file.write_text("<body><h1>Rapportage</h1></body>")
    preview.build()
    assert get("/").startswith("<body><h1>Rapportage</h1>") and "seen = 1" in get("/")
    assert preview.file.read_text() == "<body><h1>Rapportage</h1></body>"


def test_news_comes_as_soon_as_something_was_made(preview, get):
    threading.Timer(0.2, preview.build).start()
    assert json.loads(get("/nieuws?na=0")) == {"versie": 1, "fout": ""}


def test_without_news_a_browser_is_answered_after_a_while(preview):
    begin = time.monotonic()
    assert json.loads(preview.news(0, patience=0.1)) == {"versie": 0, "fout": ""}
    assert time.monotonic() - begin < 5


def test_what_is_wrong_is_told_and_the_last_good_page_stays(preview, get):
    preview.file.write_text("<body><h1>Goed</h1></body>")
    preview.build()
    preview.said.append("projecten.csv, rij 3: kapot.")
    preview.build()
    assert json.loads(get("/nieuws?na=1")) == {"versie": 2, "fout": "projecten.csv, rij 3: kapot."}
    assert "<h1>Goed</h1>" in get("/") and "seen = 1" in get("/")  # so that the box shows in a page opened now too


def test_before_the_first_good_page_there_is_a_plain_one(get):
    assert "<h1>Voorvertoning</h1>" in get("/")


def test_a_change_is_acted_on_once_when_it_has_come_to_rest(tmp_path):
    path, until, calls = tmp_path / "data" / "x" / "wijken.csv", threading.Event(), []
    path.parent.mkdir(parents=True)
    path.write_text("a")

    def changed():
        calls.append(path.read_text())
        if len(calls) == 1:
            path.write_text("aa")  # who edits while it is made wants to see that too
        elif calls[-1] == "abcd":
            until.set()

    thread = threading.Thread(target=watch, args=(lambda: state(tmp_path, "x"), changed, until))
    thread.start()
    time.sleep(1.5)
    for text in ("ab", "abc", "abcd"):
        path.write_text(text)
        time.sleep(0.05)
    thread.join(timeout=10)
    assert calls == ["a", "aa", "abcd"]
