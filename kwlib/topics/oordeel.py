"""The opinion of the college: typed by people, never worked out, and shown as such beside the facts."""

from __future__ import annotations

from kwlib.show import Alinea, Blok, Kader, groep, tekst, zin


def kader(d) -> Blok:
    """Return the opinion of the college in a frame of its own; nothing when there is none."""
    oordeel = d.params.get("oordeel")
    if not oordeel:
        return groep([])
    note = zin("dit vindt het college. De cijfers ernaast rekent het programma uit.")
    return Kader("uitleg", "Oordeel van het college", (Alinea(tekst(f"‘{oordeel}’")), Alinea(note)))
