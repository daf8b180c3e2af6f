"""The reviewers' notebooks are as usable as the report."""

import pytest
import screen

pytestmark = pytest.mark.slow


def test_a_reviewers_notebook_is_accessible_and_fits(notebook, browser, record_property):
    requests = []
    page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True, reduced_motion="reduce")
    page.on("request", lambda request: requests.append(request.url))
    page.goto(notebook.with_suffix(".html").resolve().as_uri())
    found = screen.axe(page)
    faults = [*found["violations"], *screen.fits(page, 320, 640), *screen.faint(page, color_scheme="dark")]
    page.set_viewport_size({"width": 1280, "height": 900})
    stops, lost = screen.walk(page, most=200)
    page.close()
    assert faults + lost == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert found["rules"] > 15
    record_property("axe-rules", found["rules"])
    record_property("axe-nodes", found["nodes"])
    record_property("keyboard-stops", stops)
