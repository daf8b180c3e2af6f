"""Protection of small groups: once, before anything is shown. `protect` is the only way out."""

from kwlib.privacy import publicaties
from kwlib.privacy.bescherm import UnsafeError, protect

__all__ = ["UnsafeError", "protect", "publicaties"]
