"""The report while it is being written: a page on this machine that follows every change."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kwlib.config import Fout, InvoerFout
from kwlib.stand import inputs

WACHT = 25.0  # seconds that a browser waits for news before it asks again
KIJK = 0.25  # seconds between two looks at the files
LEEG = """<!doctype html><html lang=nl><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>Voorvertoning</title><style>:root { color-scheme: light dark }</style>
<body><main><h1>Voorvertoning</h1><p>Er is nog geen pagina. Zij verschijnt hier vanzelf.</p></main></body></html>"""
# The report forbids itself every script; the copy on its way out needs the one below.
VERBOD = re.compile('<meta http-equiv="Content-Security-Policy"[^>]*>')
# Added to the page, never to the report itself: it waits for news, reloads at the same place, and shows what went wrong
# in a box over the last good content.
VOLG = """<div id=kw-fout role=alert tabindex=0 hidden style="position:fixed;inset:auto 1rem 1rem;overflow:auto;
max-height:45vh;box-sizing:border-box;z-index:9;padding:1rem;background:#fff;color:#111;
border:3px solid #b00020;font:15px/1.5 monospace;
white-space:pre-wrap;overflow-wrap:anywhere"></div>
<script>(async () => {
  const key = 'kw-plek', box = document.getElementById('kw-fout');
  const at = sessionStorage.getItem(key); if (at) scrollTo(0, +at);
  let seen = %d;
  for (;;) {
    try {
      const news = await (await fetch('/nieuws?na=' + seen)).json();
      box.textContent = news.fout; box.hidden = !news.fout;
      if (news.versie > seen && !news.fout) { sessionStorage.setItem(key, scrollY); location.reload(); return; }
      seen = news.versie;
    } catch { await new Promise(r => setTimeout(r, 1000)); }
  }
})()</script>"""


class Voorvertoning:
    """What a preview knows: its version, and what was wrong at the last build (empty when nothing was)."""

    def __init__(self, page: Callable[[], Path | None], make: Callable[[], str]):
        self.page, self.make = page, make
        self.versie, self.fout = 0, ""
        self.changed = threading.Condition()

    def build(self) -> None:
        """Make the report again and tell who waits."""
        fout = self.make()
        with self.changed:
            self.versie, self.fout = self.versie + 1, fout
            self.changed.notify_all()

    def news(self, after: int, patience: float = WACHT) -> str:
        """Return the version and what is wrong as JSON, as soon as there is something newer than `after`."""
        with self.changed:
            self.changed.wait_for(lambda: self.versie > after, patience)
            return json.dumps({"versie": self.versie, "fout": self.fout})

    def shown(self) -> str:
        """Return the last good page with the part that follows changes; an empty one when there is none yet."""
        page = self.page()
        text = page.read_text("utf-8") if page else LEEG
        with self.changed:
            # Without a good page there is nothing to keep: what is wrong must show at once.
            volg = VOLG % (self.versie if not self.fout else self.versie - 1)
        return VERBOD.sub("", text).replace("</body>", f"{volg}</body>")


def handler(preview: Voorvertoning) -> type[BaseHTTPRequestHandler]:
    """Return what answers a browser: the page at every address, and the news."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            news = self.path.startswith("/nieuws")
            if news:
                after = self.path.partition("na=")[2]
                body = preview.news(int(after) if after.isdecimal() else 0)
            else:
                body = preview.shown()
            kind = "application/json" if news else "text/html"
            data = body.encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            with suppress(ConnectionError):  # a tab that is closed does not wait for news
                self.end_headers()
                self.wfile.write(data)

        def log_message(self, *_):
            pass

    return Handler


def state(root: Path, gemeente: str) -> dict[str, tuple[int, int]]:
    """Return when each input of an edition was last written, and its size."""
    found = {}
    for path in inputs(root, gemeente):
        try:
            about = path.stat()
        except OSError:  # an editor replaces files
            continue
        found[str(path)] = (about.st_mtime_ns, about.st_size)
    return found


def watch(look: Callable[[], object], changed: Callable[[], None], until: threading.Event) -> None:
    """Call `changed` now, and each time that what we see differs and has come to rest."""
    seen = look()
    changed()
    while not until.wait(KIJK):
        now = look()
        if now != seen:
            while not until.wait(KIJK) and (later := look()) != now:  # an editor may still be writing
                now = later
            seen = now
            changed()


def _make(root: Path, command: Sequence[str]) -> str:
    """Run the command and return what it says when it fails; a process of its own, so that changed code counts."""
    environment = {**os.environ, "KW_ROOT": str(root)}
    done = subprocess.run([sys.executable, "-m", "kwlib", *command], env=environment, capture_output=True, text=True)
    said = done.stderr.strip().splitlines()
    # The lines on progress are for a terminal.
    return "" if done.returncode == 0 else "\n".join(line for line in said if not line.startswith("["))


def serve(root: Path, gemeente: str, command: Sequence[str], page: Callable[[], Path | None], port: int = 0) -> int:
    """Serve the preview of an edition on this machine until Ctrl-C; `command` makes it, `page` is where it comes."""
    preview = Voorvertoning(page, lambda: _make(root, command))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler(preview))
    except (OSError, OverflowError):
        raise InvoerFout(Fout(f"Poort {port} is niet te gebruiken.", "Kies een andere, of laat --port weg.")) from None
    server.daemon_threads = True
    until = threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Voorvertoning: http://127.0.0.1:{server.server_port}/ (stoppen: Ctrl-C)", flush=True)

    def again() -> None:
        begin = time.monotonic()
        preview.build()
        print(preview.fout or f"Bijgewerkt in {time.monotonic() - begin:.1f} s.", flush=True)

    try:
        watch(lambda: state(root, gemeente), again, until)
    finally:
        server.shutdown()
    return 0
