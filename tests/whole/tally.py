"""Write docs/accessibility.md from the results of the gates: `make accessibility`."""

import sys
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
STATEMENT = yaml.safe_load((ROOT / "kwlib" / "report" / "toegankelijkheid.yml").read_text("utf-8"))
# Per module what its tests count; `most` of the numbers counts, or all of them together.
COUNTS = {
    "test_page": {"axe-rules": ("rules of axe-core", max), "axe-nodes": ("nodes", sum),
                  "keyboard-stops": ("stops with the keyboard", sum), "numbers-clicked": ("numbers clicked", sum)},
    "test_review": {"axe-rules": ("rules of axe-core", max), "axe-nodes": ("nodes", sum),
                    "keyboard-stops": ("stops with the keyboard", sum)},
    "test_html": {"html-pages": ("pages", sum)},
    "test_pdf": {"verapdf-ua1": ("rules of PDF/UA-1", max), "verapdf-3a": ("rules of PDF/A-3a", max),
                 "pdf-tags": ("structure elements", sum)},
    "test_equivalence": {"units": ("headings, captions, alternatives, cells and runs of text", sum)},
    "test_trace": {"numbers": ("numbers on pages", sum), "links": ("links in PDFs", sum)},
}  # fmt: skip
HEAD = """\
# Accessibility: what is tested, and with what result

Made by `make accessibility`, which runs the gates in `tests/whole` over everything that four editions of two
municipalities build, their booklets, the pages of the check, of a difference and of the preview, and the first report
of a new municipality; do not edit. `make test` runs the same gates on every change. Each edition publishes the same
list for its readers, in `toegankelijkheid.html` and `toegankelijkheid.json`, from `kwlib/report/toegankelijkheid.yml`.

## The checks, in the words of the statement

| What | How | Standard | Module |
| --- | --- | --- | --- |
"""
RESULTS = """
## The results

Every gate also has tests in which it must find the fault in a spoiled page or PDF; those are among the tests passed.

| Module | Tests passed | Not passed | Counted |
| --- | --- | --- | --- |
"""
LIMITS = "\n## Not tested\n\n"


def read(path: Path) -> dict[str, tuple[Counter, dict[str, list[int]]]]:
    """Return module → how its tests ended, and what they counted, from a file of pytest in the form of JUnit."""
    out: dict = defaultdict(lambda: (Counter(), defaultdict(list)))
    for case in ET.parse(path).iter("testcase"):
        ends, counted = out[case.get("classname").rpartition(".")[2]]
        bad = next((c.tag for c in case if c.tag in ("failure", "error", "skipped")), "passed")
        ends[bad] += 1
        for one in case.iter("property"):
            counted[one.get("name")].append(int(one.get("value")))
    return out


def text(results: Mapping[str, tuple[Counter, Mapping[str, list[int]]]]) -> str:
    """Return the page of the docs."""
    checks = "".join(f"| {t['wat']} | {t['hoe']} | {t['norm']} | {t['test']} |\n" for t in STATEMENT["toetsen"])
    rows = ""
    for module, counts in COUNTS.items():
        ends, counted = results[module]
        said = "; ".join(f"{how(counted[n] or [0]):,} {words}" for n, (words, how) in counts.items())
        rows += f"| {module} | {ends['passed']:,} | {ends['failure'] + ends['error']:,} | {said} |\n"
    limits = "".join(f"- {n}\n" for n in STATEMENT["niet_getoetst"])
    return HEAD + checks + RESULTS + rows + LIMITS + limits


if __name__ == "__main__":
    (ROOT / "docs" / "accessibility.md").write_text(text(read(Path(sys.argv[1]))), "utf-8", newline="\n")
