"""What tests of finished documents share: the validator of PDF files and a browser."""

import os
import shutil
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def verapdf():
    """Return the module that runs the real veraPDF."""
    import verapdf

    return verapdf


@pytest.fixture(scope="session")
def browser():
    """Return a headless Chromium; without one the test is skipped, unless KW_BROWSER=required."""
    if CHROMIUM is None:
        if os.environ.get("KW_BROWSER") == "required":
            pytest.fail("KW_BROWSER=required, but no Chromium was found")
        pytest.skip("no Chromium on this machine: the page is not tested in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe(browser):
    """Return a function (page file, width, scheme) → what axe-core finds, which requests went out, and the width."""
    import axe_playwright_python

    script = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    run = f"axe.run(document, {{runOnly: {{type: 'tag', values: {tags}}}}})"

    def check(file: Path, width: int, scheme: str) -> dict:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
        requests = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(file.resolve().as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.evaluate(script)
        found = page.evaluate(run)
        page.close()
        violations = [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]]
        outside = [url for url in requests if not url.startswith(("file:", "data:"))]
        return {"violations": violations, "rules": len(found["passes"]), "outside": outside, "width": wide}

    return check
