"""Ending with the process that started us: whoever is killed with -9 leaves nobody behind."""

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
    """At once, if a supervisor has named itself in LAUNCHKIT_PARENT_PID: what we would still write to dies too.

    Call from the main thread, early.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return
    _end_with(int(named), signal.SIGKILL)
    if os.getppid() != int(named):  # it died before the line above
        os._exit(1)


def stop_with_it() -> None:
    """In good order (SIGTERM), whoever it is. Call from the main thread."""
    _end_with(os.getppid(), signal.SIGTERM)


def _end_with(parent: int, number: signal.Signals) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent, number), name="parent", daemon=True).start()


def _watch(parent: int, number: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    os.kill(os.getpid(), number)
