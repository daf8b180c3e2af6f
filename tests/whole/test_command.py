"""What a person at the keyboard meets: a notebook run by hand, and bad data."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from editions import ROOT
from nbclient import NotebookClient

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["verkenning.ipynb", "rapportage/70_geld.ipynb", "brief/10_aanbiedingsbrief.ipynb"])
def test_a_notebook_runs_by_hand_from_its_defaults(name):
    path = ROOT / "notebooks" / name
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    shown = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    assert shown and all("text/html" in o["data"] or "text/plain" in o["data"] for o in shown)
    assert any("text/html" in o["data"] for o in shown)


@pytest.mark.parametrize(
    ("file", "find", "replace", "said"),
    [
        ("project_jaar.csv", "uitvoering", "loopt", "Kies uit"),
        ("project_wijk.csv", "jasmijn-werkt,2009", "jasmin-werkt,2009", "Bedoelt u"),
        ("bronnen.csv", "2009-10-08", "8/10/09", "Schrijf jaar-maand-dag"),
    ],
)
def test_bad_data_gives_a_kind_message_and_leaves_the_last_good_report(tmp_path, file, find, replace, said):
    for name in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    good = tmp_path / "build" / "groningen" / "2009" / "rapportage.html"
    good.parent.mkdir(parents=True)
    good.write_text("de vorige", "utf-8")
    path = tmp_path / "data" / "groningen" / file
    path.write_text(path.read_text("utf-8").replace(find, replace, 1), "utf-8")
    done = subprocess.run([sys.executable, "-m", "kwlib", "report", "--year", "2009"], cwd=tmp_path, text=True,
                          capture_output=True, env=os.environ | {"KW_ROOT": str(tmp_path)})  # fmt: skip
    heard = done.stdout + done.stderr
    assert done.returncode == 2 and "Traceback" not in heard
    assert f"{file}, rij" in heard and said in heard
    assert good.read_text("utf-8") == "de vorige"
