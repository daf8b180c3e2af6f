"""What was changed after it was made is found, in a folder and in a PDF alone."""

import re
import shutil

import pikepdf
import pytest

from kwlib.report import verify

pytestmark = pytest.mark.slow

ONE = "notebooks/rapportage/10_in_een_oogopslag"
TAMPER = [
    ("rapportage.html", lambda raw: re.sub(rb'(class="c"[^>]*>)13<', rb"\g<1>14<", raw, count=1), "13 → 14"),
    ("cijfers.csv", lambda raw: raw.replace(b",13,,aantal", b",14,,aantal", 1), "13 → 14"),
    (f"{ONE}.ipynb", lambda raw: raw.replace(b"dertien", b"veertien", 1), "is veranderd"),
    ("data/projecten.csv", lambda raw: raw.replace(b"2008", b"2009", 1), "is veranderd"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "said"), TAMPER, ids=[t[0] for t in TAMPER])
def test_verify_catches_one_changed_digit(groningen, tmp_path, name, change, said):
    shutil.copytree(groningen, tmp_path / "2009")
    path = tmp_path / "2009" / name
    changed = change(path.read_bytes())
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    (found,) = verify.folder(tmp_path / "2009")
    assert found.startswith(f"{name} is veranderd.") and said in found


def test_verify_checks_a_pdf_alone_by_what_it_carries(groningen, tmp_path):
    assert verify.file(groningen / "rapportage.pdf") == []
    with pikepdf.open(groningen / "rapportage.pdf") as pdf:
        raw = pdf.attachments["cijfers.csv"].get_file().read_bytes()
        pdf.attachments["cijfers.csv"] = pikepdf.AttachedFileSpec(pdf, raw.replace(b",13,", b",14,", 1))
        pdf.save(tmp_path / "anders.pdf")
    assert verify.file(tmp_path / "anders.pdf") == ["Bijlage cijfers.csv is veranderd."]
    with pikepdf.open(groningen / "rapportage.pdf") as pdf:
        del pdf.pages[3]
        pdf.save(tmp_path / "korter.pdf")
    assert verify.file(tmp_path / "korter.pdf") == ["De bladzijden zijn niet die van de gegevens die erin zitten."]
    (tmp_path / "leeg.pdf").write_bytes(b"%PDF-1.7")
    assert "geen PDF van deze rapportage" in verify.file(tmp_path / "leeg.pdf")[0]
