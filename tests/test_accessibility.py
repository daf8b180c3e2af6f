"""The documentation on accessibility is what the gates would write, apart from the numbers."""

import re
from collections import Counter, defaultdict

import pytest
import tally

PAGE = tally.ROOT / "docs" / "accessibility.md"
made = pytest.mark.skipif(not PAGE.is_file(), reason="docs/accessibility.md is not made yet: make accessibility")


def masked(text: str) -> str:
    return re.sub(r"\b\d[\d,]*(?= [a-z|])", "N", text)


@made
def test_the_page_is_the_one_that_the_command_writes():
    nothing = defaultdict(lambda: (Counter(), defaultdict(list)))
    assert masked(PAGE.read_text("utf-8")) == masked(tally.text(nothing))


@made
def test_no_gate_had_failed_when_it_was_written():
    results = PAGE.read_text("utf-8").partition("## The results")[2]
    rows = re.findall(r"^\| test_\w+ \| ([\d,]+) \| ([\d,]+) \| (.*) \|$", results, re.M)
    assert len(rows) == len(tally.COUNTS)
    assert all(passed != "0" and failed == "0" and not re.search(r"\b0 ", said) for passed, failed, said in rows)


def test_every_check_that_an_edition_claims_is_a_module_that_counts_something():
    modules = {t["test"] for t in tally.STATEMENT["toetsen"]}
    assert modules == set(tally.COUNTS)
    for module, counts in tally.COUNTS.items():
        source = (tally.ROOT / "tests" / "whole" / f"{module}.py").read_text("utf-8")
        recorded = set(re.findall(r'record_property\(f?"([\w{}-]+)"', source))
        assert {n.replace("ua1", "{profile}").replace("3a", "{profile}") for n in counts} == recorded
