"""The data dictionary: the part of data/README.md that is made from the schema."""

from __future__ import annotations

from pathlib import Path

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
        f"| `{f.name}` | {WOORDEN[f.type]} | {_cell(f.eenheid)} | {_filled(f, table)} | {_meaning(f, table, first)} |"
        for f in table.fields
    ]
    return "\n".join(lines) + "\n"


def markdown(schema: Schema) -> str:
    """Return the dictionary: per file its columns with type, unit, duty to fill in, meaning and codes."""
    first: dict[tuple, str] = {}
    return "\n".join(_table(table, first) for table in schema)


def replaced(readme: str, schema: Schema) -> str:
    """Return the text of a README with the part between the marks made anew; ValueError when a mark is missing."""
    before, begin, rest = readme.partition(BEGIN)
    _, einde, after = rest.partition(EINDE)
    if not begin or not einde:
        raise ValueError(f"De tekst mist '{BEGIN}' of '{EINDE}'.")
    return f"{before}{BEGIN}\n\n{markdown(schema)}\n{EINDE}{after}"


def is_current(readme: str | Path, schema: Schema) -> bool:
    """Tell whether the dictionary in the file is what the schema says now."""
    text = Path(readme).read_text("utf-8")
    return replaced(text, schema) == text


def write(readme: str | Path, schema: Schema) -> bool:
    """Bring the dictionary in the file up to date; tell whether it changed."""
    if is_current(readme, schema):
        return False
    path = Path(readme)
    path.write_text(replaced(path.read_text("utf-8"), schema), "utf-8")
    return True
