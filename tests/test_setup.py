"""Lock, project file and conda environment say the same, and nothing in the project names a machine or a registry."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)


def name(requirement: str) -> str:
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-").replace(".", "-")


def pins(text: str) -> dict[str, str]:
    return {name(package): version for package, version in PIN.findall(text)}


def section(title: str) -> str:
    parts = re.split(r"^# == (\w+) ==$", LOCK, flags=re.MULTILINE)
    return parts[parts.index(title) + 1]


def test_every_package_is_pinned_with_hashes():
    blocks = re.split(r"\n(?=[A-Za-z0-9])", LOCK[LOCK.index("# == rapportage ==") :].partition("\n")[2])
    assert len(blocks) > 80
    for block in blocks:
        assert PIN.match(block) and "--hash=sha256:" in block, block[:80]


@pytest.mark.parametrize(("part", "wanted"), [
    ("rapportage", PROJECT["dependencies"]),
    ("test", PROJECT["optional-dependencies"]["test"]),
    ("lab", PROJECT["optional-dependencies"]["lab"]),
])  # fmt: skip
def test_the_lock_holds_what_the_project_asks_for(part, wanted):
    earlier = pins(section("rapportage"))
    here = pins(section(part))
    assert {name(w) for w in wanted} <= set(here) | set(earlier)


def test_a_report_does_not_install_jupyterlab_or_test_tools():
    assert not {"jupyterlab", "jupyter", "pytest", "hypothesis", "frictionless", "playwright"} & set(
        pins(section("rapportage"))
    )


def test_conda_users_get_the_versions_of_the_lock_and_jupyter():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    (pip,) = [d["pip"] for d in environment["dependencies"] if isinstance(d, dict)]
    listed = pins("\n".join(p for p in pip if "==" in p))
    assert listed == pins(LOCK)
    assert {"jupyter", "jupyterlab", "papermill", "pandas", "matplotlib", "nbconvert"} <= set(listed)


def test_no_file_names_a_registry_or_a_path_of_a_machine():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    if files == [""]:
        pytest.skip("not a git checkout")
    hosts = ["py" + "pi.org", "python" + "hosted.org", "registry.np" + "mjs", "deb.deb" + "ian.org", "/wo" + "rk/"]
    for file in filter(None, files):
        path = ROOT / file
        if path.suffix in (".ttf", ".woff2", ".png") or not path.is_file():
            continue
        text = path.read_text("utf-8")
        assert not [h for h in hosts if h in text], file


@pytest.mark.parametrize("target", ["help", "report", "check", "test", "lab", "clean"])
def test_make_explains_every_target(target):
    out = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^  make {target} ", out, re.M)


def test_ruff_finds_nothing_to_mend():
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
