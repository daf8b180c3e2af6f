"""Bytes to text: which encoding a file has, and which characters show that it was damaged on the way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

BOM = b"\xef\xbb\xbf"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
ZIP = b"PK\x03\x04"
# Control and invisible characters, the replacement character, and UTF-8 that was once read as cp1252.
DAMAGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
    "|ï¿½|â€|Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
)


@dataclass(frozen=True)
class Decoded:
    """The text of a file, its encoding, and what makes it unusable (Dutch: what is wrong, what to do) or None."""

    text: str
    encoding: str = "utf-8"
    fault: tuple[str, str] | None = None


def _binary(start: bytes) -> bool:
    """Tell whether more than one in twenty bytes is a control character."""
    return 20 * sum(b < 9 or 13 < b < 32 for b in start) > len(start)


def decode(raw: bytes) -> Decoded:
    """Return the text of `raw`; never raises.

    UTF-8 with or without BOM, else cp1252. A file that is neither keeps U+FFFD where a byte could not be read, so
    that `damage` finds the cell.
    """
    if raw.startswith(ZIP):
        return Decoded("", fault=("Dit is een Excel-bestand.", "Sla het op als 'CSV UTF-8'."))
    if raw.startswith(UTF16):
        return Decoded(
            "", fault=("Het bestand is opgeslagen als UTF-16 ('Unicode-tekst').", "Sla het op als 'CSV UTF-8'.")
        )
    if _binary(raw[:1000]):
        return Decoded("", fault=("Dit is geen tekstbestand.", "Zet er het CSV-bestand neer."))
    bom = raw.startswith(BOM)
    body = raw.removeprefix(BOM)
    encoding = "utf-8-sig" if bom else "utf-8"
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        # Valid multi-byte UTF-8 beside a bad byte means damage, not another encoding.
        mixed = bom or not body.decode("utf-8", "ignore").isascii()
        encoding = encoding if mixed else "cp1252"
        text = body.decode("utf-8" if mixed else "cp1252", "replace")
    return Decoded(unicodedata.normalize("NFC", text), encoding)


def damage(text: str) -> str | None:
    """Return what is wrong with the characters of `text` in Dutch, or None."""
    found = DAMAGE.search(text)
    if not found:
        return None
    if found.group() == "\x00":
        return "NUL-teken (een leeg byte)"
    return "Onleesbaar teken" if found.group().isprintable() else "Onzichtbaar teken"
