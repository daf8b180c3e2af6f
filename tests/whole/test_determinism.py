"""The same input gives the same bytes, whatever folder, zone, locale and seed."""

import pytest
from editions import build

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """Return a second build of the real report, made elsewhere and under other circumstances."""
    root = tmp_path_factory.mktemp("tweede") / "een map met spaties"
    root.mkdir()
    return build(root, "--year", "2009", PYTHONHASHSEED="42", TZ="Pacific/Auckland", LC_ALL="C")


def test_two_builds_hold_the_same_files_with_the_same_bytes(groningen, again):
    files = sorted(p.relative_to(groningen) for p in groningen.rglob("*") if p.is_file())
    assert len(files) > 80
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert [str(f) for f in files if (groningen / f).read_bytes() != (again / f).read_bytes()] == []
