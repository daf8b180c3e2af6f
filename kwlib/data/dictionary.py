"""Documents made from data: the dictionary in data/README.md from the schema, docs/regels.md from the rules."""

from __future__ import annotations

import re
from pathlib import Path

from kwlib.data.messages import OVERAL, REGELS
from kwlib.data.problems import NAMEN
from kwlib.data.schema import WOORDEN, Field, Schema, Table

BEGIN, EINDE = "<!-- begin: woordenboek -->", "<!-- einde -->"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _filled(field: Field, table: Table) -> str:
    if field.name in table.key:
        return "sleutel"
    return "verplicht" if field.required else "gewenst" if field.gewenst else ""


def _codes(field: Field, table: Table, first: dict[tuple, str]) -> str:
    """Return the codes of a column with their labels; a list that stood in an earlier table is only referred to."""
    if not field.enum:
        return ""
    earlier = first.setdefault((field.name, field.enum), table.name)
    if earlier != table.name:
        return f"Codes: zie `{earlier}`."
    named = [f"`{c}`" if field.codes.get(c, c) == c else f"`{c}` ({field.codes[c]})" for c in field.enum]
    return f"Codes: {', '.join(named)}."


def _type(field: Field) -> str:
    return "vrije tekst" if field.vrije_tekst else WOORDEN[field.type]


def _meaning(field: Field, table: Table, first: dict[tuple, str]) -> str:
    parts = [field.description or field.title, _codes(field, table, first)]
    for key in table.foreign_keys:
        if key.fields[0] == field.name:
            parts.append(f"Verwijst naar `{key.table}`.")
    return _cell(" ".join(p for p in parts if p))


def _table(table: Table, first: dict[tuple, str]) -> str:
    lines = [f"### {table.file}", ""]
    intro = [table.title and f"**{table.title}.**", table.grain and f"Elke rij is {table.grain}.", table.description]
    lines += [" ".join(p for p in intro if p), ""] if any(intro) else []
    if table.optional:
        lines += ["Dit bestand mag ontbreken.", ""]
    if table.version_key:
        names = ", ".join(f"`{c}`" for c in table.version_key)
        lines += [f"Rijen die gelijk zijn op {names} zijn versies van één gegeven; de nieuwste bron telt.", ""]
    lines += ["| kolom | soort | eenheid | invullen | betekenis |", "|---|---|---|---|---|"]
    lines += [
        f"| `{f.name}` | {_type(f)} | {_cell(f.eenheid)} | {_filled(f, table)} | {_meaning(f, table, first)} |"
        for f in table.fields
    ]
    return "\n".join(lines) + "\n"


def markdown(schema: Schema) -> str:
    """Return the dictionary: per file its columns with type, unit, duty to fill in, meaning and codes."""
    first: dict[tuple, str] = {}
    return "\n".join(_table(table, first) for table in schema)


def rules() -> str:
    """Return the rules as a table: code, severity, file, message and remedy; `{x}` stands for a value of the data."""
    lines = ["| regel | ernst | bestand | melding | wat te doen |", "|---|---|---|---|---|"]
    for r in REGELS.values():
        table = "alle" if r.tabel == OVERAL else f"`{r.tabel}`"
        words = (_cell(re.sub(r"{(\w+)[^}]*}", r"{\1}", text)) for text in (r.bericht, r.doen))
        lines.append(" | ".join([f"| {r.code}", NAMEN[r.ernst][0], table, *words]) + " |")
    return "\n".join(lines) + "\n"


def replaced(text: str, made: str) -> str:
    """Return a text with what was made between the marks; ValueError when a mark is missing."""
    before, begin, rest = text.partition(BEGIN)
    _, einde, after = rest.partition(EINDE)
    if not begin or not einde:
        raise ValueError(f"De tekst mist '{BEGIN}' of '{EINDE}'.")
    return f"{before}{BEGIN}\n\n{made}\n{EINDE}{after}"


def is_current(path: str | Path, made: str) -> bool:
    """Tell whether the file holds what was made just now."""
    text = Path(path).read_text("utf-8")
    return replaced(text, made) == text


def write(path: str | Path, made: str) -> bool:
    """Bring the file up to date with what was made; tell whether it changed."""
    if is_current(path, made):
        return False
    path = Path(path)
    path.write_text(replaced(path.read_text("utf-8"), made), "utf-8")
    return True
