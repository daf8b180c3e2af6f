"""Read one YAML file of params with every value as the text that was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from kwlib.contract import Fout

MAX_FILE = 100_000


class _Loader(yaml.BaseLoader):
    """Texts only, so that 010, NO and 1e5 stay what they are; a key that is written twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key, _ in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if not name or name in seen:
                problem = f"sleutel '{name}' staat er twee keer" if name else "een sleutel moet een woord zijn"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="verwijzingen met een ster kunnen hier niet", problem_mark=mark)
        return super().compose_node(parent, index)


def read_yaml(path: Path, bestand: str) -> tuple[Any, list[Fout]]:
    """Return the content of the file and what is wrong with it; an empty file is an empty mapping."""
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_FILE:
            return None, [Fout("Het bestand is te groot.", "Controleer of dit het goede bestand is.", bestand)]
        return yaml.load(raw.decode("utf-8-sig"), Loader=_Loader) or {}, []
    except FileNotFoundError:
        return None, [Fout("Het bestand ontbreekt.", "Zet het terug.", bestand)]
    except UnicodeDecodeError:
        return None, [Fout("Het bestand is geen UTF-8.", "Sla het op als UTF-8.", bestand)]
    except OSError:
        return None, [Fout("Het bestand is niet te lezen.", "Is het een gewoon bestand en mag u het lezen?", bestand)]
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" op regel {mark.line + 1}, teken {mark.column + 1}" if mark else ""
        own = getattr(error, "problem", None) or ""
        detail = f" ({own})" if "sleutel" in own or "ster" in own else ""
        return None, [Fout(f"De opmaak klopt niet{place}{detail}.",
                           "Let op de dubbele punt, de spatie erachter en het inspringen.", bestand)]  # fmt: skip
