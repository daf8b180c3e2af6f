"""A place for a new municipality: an empty, valid data folder with every column explained, and its params."""

from __future__ import annotations

from pathlib import Path

from kwlib import config, contract
from kwlib.config import Fout, InvoerFout, Paths
from kwlib.data import Schema, dictionary

HIER = Path(__file__).parent


def files(at: Paths, schema: Schema, gemeente: str, jaar: int) -> dict[Path, str]:
    """Return path → text of everything that a new municipality starts with."""
    naam = gemeente.replace("-", " ").title()
    folder = at.data / gemeente
    explained = f"# De gegevens van {naam}\n\nVul de bestanden hiernaast in. Elke kolom staat hieronder.\n\n"
    made = {folder / table.file: ",".join(table.columns) + "\n" for table in schema}
    made[folder / "README.md"] = explained + dictionary.markdown(schema)
    for stem, name in (("gemeente", gemeente), ("editie", f"{gemeente}-{jaar}")):
        text = (HIER / f"{stem}.yml").read_text("utf-8").format(naam=naam, jaar=jaar)
        made[at.params / f"{name}.yml"] = text
    return made


def make(at: Paths, schema: Schema, gemeente: str, jaar: str) -> list[Path]:
    """Write the files of a new municipality and return them; raise InvoerFout when the name is unfit or taken."""
    wrong = []
    if not contract.SLUG.fullmatch(gemeente) or config.HOORT_BIJ.search(gemeente):
        wrong.append(Fout(f"'{contract.unread(gemeente)}' kan geen naam van een gemeente zijn.",
                          "Gebruik kleine letters, cijfers en streepjes, en geen jaar aan het einde.",
                          sleutel="GEMEENTE"))  # fmt: skip
    elif any(path.exists() for path in (at.params / f"{gemeente}.yml", at.data / gemeente)):
        wrong.append(Fout(f"Gemeente '{gemeente}' bestaat al.", "Kies een andere naam.", sleutel="GEMEENTE"))
    try:
        year = contract.jaartal(jaar)
    except contract.Past as error:
        wrong.append(Fout(f"'{contract.unread(jaar)}' is geen jaar.", str(error), sleutel="YEAR"))
    if wrong:
        raise InvoerFout(wrong)
    made = files(at, schema, gemeente, year)
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(made)
