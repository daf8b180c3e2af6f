"""What a kernel of a run does once it has a shell; forked or not, it loads this as an IPython extension.

The limit to memory holds while a cell runs, not while the kernel tells how the cell ended: it may be full then, and
the C libraries that carry its words crash when they get no memory.
"""

from __future__ import annotations

import gc
import os
from types import TracebackType
from typing import Any

try:
    import resource
except ImportError:  # Windows: no limit to memory there
    resource = None

# Tells a kernel how many MB of its own it may have.
GEHEUGEN = "KW_GEHEUGEN"


def load_ipython_extension(shell: Any) -> None:
    """Let a kernel collect garbage less often, and keep its cells within the memory that its environment names."""
    gc.set_threshold(100_000, 50, 100)  # a kernel lives for a second: most of what it leaves may go when it ends
    if hasattr(resource, "prlimit") and GEHEUGEN in os.environ:  # Linux: it alone counts all that a process has
        _limit_memory(shell, int(os.environ[GEHEUGEN]) << 20)


def _limit_memory(shell: Any, most: int) -> None:
    """Give cells so many bytes; more is a MemoryError there."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    full = min(most, hard) if hard != resource.RLIM_INFINITY else most, hard
    room = hard, hard  # made now: later there may be no memory for it

    def start() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, full)

    def end() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, room)

    def fail(shell: Any, kind: type[Exception], error: Exception, trace: TracebackType, tb_offset: int | None = None):
        end()
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset, running_compiled_code=True)

    shell.events.register("pre_execute", start)
    shell.events.register("post_execute", end)
    shell.set_custom_exc((Exception,), fail)
