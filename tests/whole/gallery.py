"""Make the pictures of README and docs from fresh builds: `make gallery`."""

import hashlib
import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from editions import EDITIONS, ROOT, build
from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(ROOT / "tests"))

PICTURES = ROOT / "docs" / "pictures"
BRON = PICTURES / "bron.json"
# What decides how documents look. A picture is as old as these were when it was made.
LOOK = ("kwlib/report/templates/**/*.*", "kwlib/huisstijl.yml", "kwlib/fonts/*.ttf")
COLOURS = 64


def look() -> str:
    """Return one checksum over everything that decides how documents look."""
    files = sorted({p for pattern in LOOK for p in ROOT.glob(pattern) if p.is_file()})
    whole = "".join(f"{p.relative_to(ROOT).as_posix()} {hashlib.sha256(p.read_bytes()).hexdigest()}\n" for p in files)
    return hashlib.sha256(whole.encode()).hexdigest()


def screen(path: str, width: int = 1180, height: int = 800, scheme: str = "light", at: str = "") -> Callable:
    """Return what takes the picture of a page: on what screen, in what colours, from what place on."""

    def take(folder: Path, browser) -> Image.Image:
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme,
                                reduced_motion="reduce")  # fmt: skip
        page.goto((folder / path).as_uri() + at)
        page.evaluate("document.fonts.ready")
        picture = Image.open(io.BytesIO(page.screenshot()))
        page.close()
        return picture

    return take


def paper(path: str, *numbers: int) -> Callable:
    """Return what takes the picture of pages of a PDF, counted from 1, beside each other."""

    def take(folder: Path, _) -> Image.Image:
        document = pypdfium2.PdfDocument(folder / path)
        pages = [document[n - 1].render(scale=1.1).to_pil() for n in numbers]
        wide = sum(p.width for p in pages) + 12 * (len(pages) + 1)
        out = Image.new("RGB", (wide, pages[0].height + 24), "#8a8f94")
        for n, one in enumerate(pages):
            out.paste(one, (12 + n * (one.width + 12), 12))
        return out

    return take


GALLERY = {
    "omslag": ("voorbeeldstad-2009", screen("rapportage.html")),
    "pagina": ("groningen-2009", screen("rapportage.html", at="#in-een-oogopslag")),
    "figuur": ("voorbeeldstad-2009", screen("rapportage.html", at="#lijn-buurtcijfer")),
    "donker": ("voorbeeldstad-2009", screen("rapportage.html", scheme="dark", at="#terugblik-per-thema")),
    "telefoon": ("voorbeeldstad-2009", screen("rapportage.html", 390, 800, at="#in-een-oogopslag")),
    "herkomst": ("groningen-2009", screen("rapportage.html", height=600, at="#herkomst-van-de-cijfers")),
    "pdf": ("voorbeeldstad-2009", paper("rapportage.pdf", 1, 38)),
    "brief": ("groningen-2009", paper("aanbiedingsbrief.pdf", 1)),
    "plan": ("voorbeeldstad-2010-plan", screen("jaarplan.html", at="#het-plan-in-een-oogopslag")),
    "notebook": ("groningen-2009", screen("notebooks/rapportage/10_in_een_oogopslag.html", 1000, 800)),
}


def main() -> None:
    """Build the editions, take every picture, and note what they were made from."""
    from conftest import CHROMIUM, FLAGS

    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kw-") as work, sync_playwright() as playwright:
        folders = {}
        for name in sorted({edition for edition, _ in GALLERY.values()}):
            (Path(work) / name).mkdir()
            folders[name] = build(Path(work) / name, *EDITIONS[name])
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, (edition, take) in GALLERY.items():
            picture = take(folders[edition], browser).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            picture.save(PICTURES / f"{name}.png", optimize=True)
            print(f"docs/pictures/{name}.png")
        browser.close()
    BRON.write_text(json.dumps({"sjablonen": look(), "plaatjes": sorted(GALLERY)}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
