"""The command `kw`: arguments to calls, and everything that can go wrong to one kind message and an exit code."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence

from kwlib.config import InvoerFout

KLAAR, MISLUKT, INVOER = 0, 1, 2
NIETS = "Gestopt. Er is niets veranderd."
# What argparse says of itself.
WOORDEN = {
    "usage: ": "gebruik: ",
    "options": "opties",
    "positional arguments": "wat u opgeeft",
    "show this help message and exit": "toon deze uitleg",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s. Zie %(prog)s --help.\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "unrecognized arguments: %s": "dit hoort niet bij deze opdracht: %s",
    "the following arguments are required: %s": "dit ontbreekt nog: %s",
    "expected one argument": "hier hoort één waarde achter",
    "invalid %(type)s value: %(value)r": "%(value)r is geen getal",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r kan niet. Kies uit: %(choices)s",
}
EDITIE = ("gemeente", "year", "kennis_tot", "soort")
# Command → the module with the function of that name, and which arguments it is called with.
CALLS = {
    "report": ("commands", *EDITIE, "force"),
    "preview": ("commands", *EDITIE, "port"),
    "why": ("commands", *EDITIE),
    "check": ("commands", *EDITIE),
    "verify": ("compare", *EDITIE, "build"),
    "diff": ("compare", "gemeente", "year", "van", "naar"),
    "register": ("compare", "gemeente", "year", "soort"),
    "new": ("commands", "gemeente", "year"),
    "dictionary": ("commands",),
}
EPILOOG = """\
afsluitcodes:
  0  alles is gelukt
  1  een hoofdstuk of document is mislukt; de vorige goede rapportage staat er nog
  2  de invoer klopt niet (gegevens, params of wat u vroeg); er is niets veranderd
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of `kw` with its Dutch explanation."""
    argparse._ = lambda text: WOORDEN.get(text, text)
    kw = argparse.ArgumentParser(
        prog="kw",
        description="Maakt de jaarlijkse rapportage van een gemeente uit haar gegevens.",
        epilog=EPILOOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = kw.add_subparsers(dest="command", required=True, metavar="opdracht")
    plek, dag, plan = (argparse.ArgumentParser(add_help=False) for _ in range(3))
    plek.add_argument("--year", "--jaar", default="", metavar="JAAR", help="verslagjaar, bijvoorbeeld 2009")
    plek.add_argument("--gemeente", default="groningen", help="naam van de map in data/ (standaard: groningen)")
    dag.add_argument("--kennis-tot", default="", metavar="DAG",
                     help="toon wat op deze dag bekend was (jjjj-mm-dd); leeg is de dag van de editie")  # fmt: skip
    plan.add_argument("--plan", dest="soort", action="store_const", const="plan", default="rapportage",
                      help="het jaarplan van dat jaar, in plaats van de rapportage")  # fmt: skip
    editie = [plek, dag, plan]
    texts = {
        "report": ("maak pagina, PDF, brief en notebooks", editie),
        "preview": ("toon de rapportage in de browser en volg elke verandering", editie),
        "why": ("zeg per hoofdstuk waarom het opnieuw moet, of waarom niet", editie),
        "check": ("controleer de gegevens en toon alles wat niet klopt", editie),
        "verify": ("maak de rapportage opnieuw en vergelijk elk cijfer met de gepubliceerde", editie),
        "diff": ("zeg welke cijfers verschillen tussen twee rapportages, en waardoor", [plek]),
        "register": ("leg de cijfers van een rapportage vast in registers/", [plek, plan]),
        "new": ("maak een lege map met gegevens voor een nieuwe gemeente", [plek]),
        "batch": ("maak veel kleine documenten, over wijken, jaren en gemeenten", [dag]),
        "dictionary": ("schrijf het woordenboek in data/README.md en de regels in docs/regels.md", []),
    }
    found = {}
    for name, (text, parents) in texts.items():
        found[name] = commands.add_parser(name, help=text, description=text.capitalize() + ".", parents=parents)
    found["report"].add_argument("--force", action="store_true", help="maak alles opnieuw, ook wat niet is veranderd")
    found["preview"].add_argument("--port", type=int, default=0, help="poort (standaard: een vrije)")
    found["verify"].add_argument("--build", default="", metavar="PAD", help="een map of PDF die u kreeg")
    for name, text in (("van", "eerst"), ("naar", "daarna")):
        found["diff"].add_argument(name, help=f"wat {text} komt: jaar, plan (2010-plan), map of versie in git")
    _batch(found["batch"])
    return kw


def _batch(batch: argparse.ArgumentParser) -> None:
    batch.add_argument("product", choices=["booklets"], help="booklets: een boekje per wijk")
    batch.add_argument("--years", "--jaren", default="", metavar="JAREN", help="bijvoorbeeld 2008-2009 of 2008,2010")
    batch.add_argument("--gemeenten", default="groningen", help="namen van mappen in data/, met komma's ertussen")
    batch.add_argument("--wijken", default="", help="wijk_id's, met komma's ertussen (standaard: alle krachtwijken)")
    batch.add_argument("--executor", default="threads", help="threads (deze computer) of dask (een cluster)")
    batch.add_argument("--scheduler", default="", metavar="ADRES", help="van een Dask-cluster: tcp://naam:8786")
    batch.add_argument("--van", default="", metavar="ADRES", help="waar het project staat (elk adres van fsspec)")
    batch.add_argument("--naar", default="", metavar="ADRES", help="waar de boekjes komen (elk adres van fsspec)")
    batch.add_argument("--resume", action="store_true", help="ga verder: sla over wat er al goed staat")


class _Signal(KeyboardInterrupt):
    """Someone asks to stop; `number` says how."""

    def __init__(self, number: int):
        self.number = number


def _raise(number: int, _frame) -> None:
    # One request is enough: the clean-up must not be interrupted by a second one.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    raise _Signal(number)


def _listen() -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _raise)


def _dropped(lost) -> None:
    """Ask once more when a request to stop came at a moment at which Python drops exceptions."""
    if isinstance(lost.exc_value, _Signal):
        _listen()
        threading.Timer(0.05, os.kill, [os.getpid(), lost.exc_value.number]).start()
    else:
        sys.__unraisablehook__(lost)


def stoppable(action: Callable[[], object], said: str = NIETS) -> object:
    """Return what the action returns; Ctrl-C and a request to end give one line and the usual exit code."""
    _listen()
    sys.unraisablehook = _dropped
    try:
        return action()
    except KeyboardInterrupt as stop:
        print(said, file=sys.stderr, flush=True)
        code = 128 + getattr(stop, "number", signal.SIGINT)
        if threading.active_count() > 1:  # a thread that still waits for its dead kernel would hold us up
            os._exit(code)
        return code


def _same(asked: argparse.Namespace) -> bool:
    """Tell whether a report is asked for that is there already, and say so; known before any library is loaded."""
    if asked.command != "report" or asked.force:
        return False
    from kwlib import config, stand

    question = asked.year, asked.kennis_tot, asked.soort
    said = stand.unchanged(config.paths().root, asked.gemeente, question)
    if said:
        print(f"Er is niets veranderd. De rapportage is er al:\n{said}")
    return bool(said)


def _run(asked: argparse.Namespace) -> int:
    if asked.command == "batch":
        return _booklets(asked)
    # Imported here: papermill, typst and pandas take a second that `kw --help` need not wait for.
    module, *given = CALLS[asked.command]
    call = getattr(importlib.import_module(f"kwlib.{module}"), asked.command)
    return call(*(getattr(asked, name) for name in given))


def _booklets(asked: argparse.Namespace) -> int:
    from kwlib import batch, config, elders

    wanted = asked.gemeenten, asked.years, asked.wijken, asked.kennis_tot
    how = {"kind": asked.executor, "scheduler": asked.scheduler, "resume": asked.resume}
    if not (asked.van or asked.naar):
        return batch.booklets(*wanted, **how)
    van = asked.van or config.paths().root.as_uri()
    naar = asked.naar or config.paths().build.as_uri()
    with elders.project(van, naar if asked.resume else ""):
        return batch.booklets(*wanted, **how, naar=naar)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    asked = parser().parse_args(arguments)
    try:
        said = {"batch": "Gestopt. Wat af is, blijft staan; --resume maakt de rest.", "preview": "Gestopt."}
        return stoppable(lambda: KLAAR if _same(asked) else _run(asked), said.get(asked.command, NIETS))
    except InvoerFout as wrong:
        print(wrong, file=sys.stderr)
        return INVOER
    except BrokenPipeError:  # whoever read what we said has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return KLAAR
    except OSError as wrong:
        from kwlib.report.fout import REDENEN

        if wrong.errno not in REDENEN:
            raise
        print(*filter(None, [wrong.filename, REDENEN[wrong.errno]]), sep=": ", file=sys.stderr)
        return MISLUKT


if __name__ == "__main__":
    sys.exit(main())
