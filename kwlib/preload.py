"""Imported once, by the process that kernels are forked from: what is loaded here every kernel has for free.

Code only, never data. And never matplotlib_inline: it hooks into the shell when it is imported, there is no shell yet,
and every figure would be lost without a word.
"""

import builtins
import gc
import importlib
import os
import pkgutil
import types
from collections.abc import Mapping
from contextlib import suppress

os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process that forks must have one thread
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")

builtins.get_ipython = lambda: types.SimpleNamespace(kernel=True)  # pandas asks, when imported, if it is in a kernel
import pandas  # noqa: E402

del builtins.get_ipython
pandas.set_option("display.encoding", "UTF-8")  # what it finds in a kernel

import kwlib.config  # noqa: E402
import kwlib.edition  # noqa: E402
import kwlib.topics  # noqa: E402
from kwlib.show import html, nl, style  # noqa: E402, F401

# What a kernel imports while it starts; a name that a later version does not know costs time, nothing else.
KERNEL = ("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect",
          "IPython.extensions.storemagic", "IPython.utils.wildcard", "encodings.idna", "ipykernel.debugger",
          "ipykernel.kernelapp", "ipykernel.zmqshell", "pandas.core.methods.to_dict", "zmq.utils.garbage")  # fmt: skip
for name in (*KERNEL, *(module.name for module in pkgutil.iter_modules(kwlib.topics.__path__, "kwlib.topics."))):
    with suppress(ImportError):
        importlib.import_module(name)
nl.cijfers(1)  # how Dutch writes a number
with style.stijl("x"):
    style.svg(style.doek(1)[0], "x")  # the fonts, and what matplotlib imports when it draws


def _freeze() -> None:
    gc.collect()
    gc.freeze()  # the collector would touch, and so copy, every page that the kernels share


def prepare(env: Mapping[str, str]) -> None:
    """Read the edition that a kernel with this environment is about; kernels of one edition then share it."""
    if "KW_EDITION" in env and "KW_ROOT" in env:
        os.environ |= {k: v for k, v in env.items() if k in ("KW_ROOT", kwlib.edition.GEDEELD)}
        with suppress(Exception):
            kwlib.edition.prepare(*env["KW_EDITION"].split("|"), env.get("KW_SOORT", kwlib.config.RAPPORTAGE))
        _freeze()


_freeze()
