"""The rules of the house for every notebook."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
CHAPTERS = [p for p in NOTEBOOKS if p.parent.name != "notebooks"]
WORDS = r"\b(twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|honderd|duizend)\b"


def cells(path: Path, kind: str) -> list:
    return [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == kind]


def is_parameters(cell) -> bool:
    return "parameters" in cell.metadata.get("tags", [])


@pytest.fixture(params=NOTEBOOKS, ids=lambda p: p.stem)
def notebook(request) -> Path:
    return request.param


def test_there_are_chapters_of_two_documents():
    assert len(CHAPTERS) > 12 and {p.parent.name for p in CHAPTERS} >= {"rapportage", "brief"}


def test_nothing_that_was_computed_is_committed(notebook):
    for cell in cells(notebook, "code"):
        assert cell.outputs == [] and cell.execution_count is None
        assert not {"papermill", "execution"} & set(cell.metadata)
    assert "papermill" not in nbformat.read(notebook, as_version=4).metadata


def test_a_cell_has_one_to_four_lines_and_defines_nothing(notebook):
    for cell in cells(notebook, "code"):
        assert 1 <= len([line for line in cell.source.splitlines() if line.strip()]) <= 4, cell.source
        forbidden = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Lambda, ast.With, ast.Try)
        assert not [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, forbidden)], cell.source


def test_a_chapter_needs_nothing_but_kwlib(notebook):
    for cell in cells(notebook, "code"):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "kwlib", cell.source


def test_every_notebook_of_a_document_has_the_same_parameters_cell(notebook):
    (cell,) = [c for c in cells(notebook, "code") if is_parameters(c)]
    (first,) = [c for c in cells(sorted(notebook.parent.glob("*.ipynb"))[0], "code") if is_parameters(c)]
    assert cell.source == first.source
    for line in cell.source.splitlines():  # papermill drops a parameter whose comment holds an equals sign
        assert "=" not in line.partition("#")[2]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_no_number_is_typed_in_the_text_of_a_chapter(path):
    for cell in cells(path, "markdown"):
        assert not re.search(r"\d", cell.source), cell.source
        assert not re.search(WORDS, cell.source, re.IGNORECASE), cell.source


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_a_chapter_has_one_title_and_its_text_names_no_municipality(path):
    texts = [c.source for c in cells(path, "markdown")]
    assert [bool(re.match(r"# \S", t)) for t in texts].count(True) == 1 and texts[0].startswith("# ")
    assert not [t for t in texts if "Groningen" in t or "Korrewegwijk" in t]
