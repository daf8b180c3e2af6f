"""The layers of the house: who may import whom."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLOTTING, RUNNING = {"matplotlib"}, {"papermill", "nbformat", "nbconvert", "jinja2", "typst", "pikepdf", "nbclient"}
# package: the kwlib packages it may import, and outside libraries it may never import
LAYERS = {
    "data": (set(), PLOTTING | RUNNING | {"babel", "scipy"}),
    "privacy": ({"data"}, PLOTTING | RUNNING | {"babel"}),
    "show": ({"huisstijl"}, RUNNING | {"yaml", "scipy"}),
    "topics": ({"show"}, RUNNING | PLOTTING | {"yaml", "scipy", "babel", "pathlib"}),
    "report": ({"contract", "huisstijl", "params_file"}, PLOTTING | {"pandas", "scipy"}),
}
# what several topics rest on, beside kern: rules about the data that are told in one place
SHARED = {"doeltrede", "financiering", "gemeten", "kern"}
FILES = [p for name in LAYERS for p in sorted((ROOT / "kwlib" / name).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    """Return every module that a file imports, also within functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: "/".join(p.parts[-2:]))
def test_a_module_imports_only_what_its_layer_may(path):
    layer = path.relative_to(ROOT / "kwlib").parts[0]
    inside, never = LAYERS[layer]
    for module in imported(path):
        parts = module.split(".")
        if parts[0] == "kwlib":
            assert parts[1] in inside | {layer}, f"{path.name} imports {module}"
        assert parts[0] not in never, f"{path.name} imports {module}"


@pytest.mark.parametrize("path", sorted((ROOT / "kwlib" / "topics").glob("*.py")), ids=lambda p: p.stem)
def test_a_topic_knows_no_other_topic_but_the_shared_facts(path):
    others = {m.split(".")[2] for m in imported(path) if m.startswith("kwlib.topics.")}
    assert others <= SHARED, others


@pytest.mark.parametrize("name", sorted(SHARED))
def test_what_topics_share_shows_nothing_itself(name):
    text = (ROOT / "kwlib" / "topics" / f"{name}.py").read_text("utf-8")
    assert "@feit" not in text and "Blok" not in text


def test_no_module_is_a_drawer_for_everything():
    names = {p.stem for p in (ROOT / "kwlib").rglob("*.py")}
    assert not names & {"utils", "helpers", "common", "misc"}
