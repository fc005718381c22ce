"""Dying with the process that started us: a supervisor killed with -9 leaves nobody behind.

The supervisor names itself in LAUNCHKIT_PARENT_PID; without it this does nothing.
"""

import ctypes
import os
import signal
import sys
import threading
import time

VARIABLE = "LAUNCHKIT_PARENT_PID"

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_POLL_SECONDS = 0.5


def die_with_it() -> None:
    """Call from the main thread, early. SIGKILL: what we would still write to is dying too."""
    named = os.environ.get(VARIABLE)
    if not named:
        return
    parent = int(named)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    os._exit(1)
