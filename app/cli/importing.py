"""Imports of a process that starts."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """What imports make lives as long as the process: looking for garbage among it is a sixth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
