"""Protection of small groups: once, before anything is shown."""

from kwlib.privacy.drempels import Klasse, UnsafeError, audit, protect, regels

__all__ = ["Klasse", "UnsafeError", "audit", "protect", "regels"]
