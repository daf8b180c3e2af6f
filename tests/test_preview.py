"""A preview follows changes, keeps the last good page, and shows what is wrong."""

import json
import socket
import struct
import threading
import time
import urllib.parse
import urllib.request
from http.server import ThreadingHTTPServer

import pytest

from kwlib.config import InvoerFout
from kwlib.preview import Voorvertoning, handler, serve, state, watch


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

    def ask(path: str) -> str:
        return urllib.request.urlopen(ask.address + path, timeout=10).read().decode()

    ask.address = f"http://127.0.0.1:{server.server_port}"
    yield ask
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


def test_a_tab_that_is_closed_while_it_waits_is_no_news(preview, get, capfd):
    address = urllib.parse.urlsplit(get.address)
    with socket.create_connection((address.hostname, address.port)) as tab:
        tab.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing breaks the line
        tab.sendall(b"GET /nieuws?na=0 HTTP/1.0\r\n\r\n")
        time.sleep(0.2)
    preview.build()
    assert json.loads(get("/nieuws?na=0"))["versie"] == 1
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("port", [99999, "taken"])
def test_a_port_that_cannot_be_had_is_said_kindly(tmp_path, get, port):
    port = urllib.parse.urlsplit(get.address).port if port == "taken" else port
    with pytest.raises(InvoerFout, match=f"Poort {port} is niet te gebruiken. Kies een andere, of laat --port weg."):
        serve(tmp_path, "groningen", [], lambda: None, port)


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
