"""Refuse to commit files that do not belong in a repository of text: more than 500 kB, fonts and the lock excepted."""

import sys
from pathlib import Path

LIMIT = 500_000
ALLOWED = {".lock", ".ttf", ".otf", ".woff2"}

large = [p for p in map(Path, sys.argv[1:]) if p.suffix not in ALLOWED and p.is_file() and p.stat().st_size > LIMIT]
for path in large:
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB is te groot; de grens is {LIMIT / 1e6:.1f} MB.")
sys.exit(bool(large))
