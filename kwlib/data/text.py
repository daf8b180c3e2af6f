"""Bytes to text: which encoding a file has, and which characters show that it was damaged on the way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kwlib.data.messages import Found, found

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
    """The text of a file, its encoding, and what makes it unusable or None."""

    text: str
    encoding: str = "utf-8"
    fault: Found | None = None


def _binary(raw: bytes) -> bool:
    """Tell whether more than one in twenty bytes at the start is a control character."""
    start = raw[:1000]
    return 20 * sum(b < 9 or 13 < b < 32 for b in start) > len(start)


def decode(raw: bytes) -> Decoded:
    """Return the text of `raw`; never raises.

    UTF-8 with or without BOM, else cp1252. A file that is neither keeps U+FFFD where a byte could not be read, so
    that `damage` finds the cell.
    """
    for kind, seen in (("excel", raw.startswith(ZIP)), ("utf16", raw.startswith(UTF16)), ("geen_tekst", _binary(raw))):
        if seen:
            return Decoded("", fault=found("B06", kind))
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
    """Return what is wrong with the characters of `text` (nul, onleesbaar or onzichtbaar), or None."""
    bad = DAMAGE.search(text)
    if not bad:
        return None
    if bad.group() == "\x00":
        return "nul"
    return "onleesbaar" if bad.group().isprintable() else "onzichtbaar"
