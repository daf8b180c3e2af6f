"""Problems: what is wrong where, in words the person who delivers the data can act on.

Codes: B = the file itself, R = the schema, V = a rule of the report, I = what must always hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FOUT, WAARSCHUWING, LET_OP = "F", "W", "L"
NAMEN = {
    FOUT: ("fout", "fouten"),
    WAARSCHUWING: ("waarschuwing", "waarschuwingen"),
    LET_OP: ("aandachtspunt", "aandachtspunten"),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: F stops the build, W goes to the annex, L only to the check report."""

    severity: str
    code: str
    file: str
    row: int | None
    column: str | None
    message: str
    remedy: str = ""
    owner: str = ""

    def place(self) -> str:
        """Return where it is: `projecten.csv, rij 14, kolom fase`."""
        parts = [self.file]
        if self.row is not None:
            parts.append(f"rij {self.row}")
        if self.column is not None:
            parts.append(f"{'sleutel' if self.file.endswith('.yml') else 'kolom'} {self.column}")
        return ", ".join(parts)

    def text(self) -> str:
        """Return the problem on one line: place, what is wrong, what to do."""
        return f"{self.place()}: {self.message} {self.remedy}".rstrip()


def order(problem: Problem) -> tuple:
    """Return the sort key: file, row (the file as a whole first), column, code, words."""
    return (problem.file, problem.row or 0, problem.column or "", problem.code, problem.message)


def sort(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems sorted by file, row, column and code, each once."""
    return sorted(set(problems), key=order)


def stops(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems stops the build."""
    return any(p.severity == FOUT for p in problems)


def summary(problems: Iterable[Problem]) -> str:
    """Return one Dutch sentence: how many problems of each severity there are."""
    severities = [p.severity for p in problems]
    parts = []
    for severity, (one, many) in NAMEN.items():
        n = severities.count(severity)
        if n:
            parts.append(f"{n} {one if n == 1 else many}")
    if not parts:
        return "De gegevens zijn in orde."
    listed = " en ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"De controle vond {listed}."


def report(problems: Iterable[Problem]) -> str:
    """Return all problems as text, one per line with severity and code, and a summary as the last line."""
    problems = sort(problems)
    lines = [f"{p.severity} {p.code} {p.text()}" for p in problems]
    return "\n".join([*lines, summary(problems)]) + "\n"


def shorten(text: str, limit: int = 60) -> str:
    """Return a cell's text for use in a message: one line, no control characters, at most `limit` characters."""
    clean = "".join(c if c.isprintable() else " " for c in text[: limit + 1])
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
