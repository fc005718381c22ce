"""How pytest-xdist shares the tests out among processes (docs/decisions/0037)."""

import os

import pytest
from xdist.scheduler import LoadFileScheduling

# Together they mostly wait: for leases, restarts and the start of processes.
_END_TO_END = "tests/e2e"
_MOST = 4


class Shares(LoadFileScheduling):  # type: ignore[misc]
    """Whole files, and all end-to-end tests as one share: no two of them start and kill processes at once."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return _END_TO_END if _is_end_to_end(file) else file


def processes() -> int:
    """One for each CPU, and one for the share that waits."""
    return min(os.cpu_count() or 1, _MOST) + 1


def ports_of(worker: str, lowest: int, highest: int) -> tuple[int, int]:
    """This process's own part of them: what one has chosen and not opened yet, no other can choose."""
    width = (highest - lowest) // (_MOST + 1)
    own = lowest + int(worker.removeprefix("gw")) % (_MOST + 1) * width
    return own, own + width


def longest_first(items: list[pytest.Item]) -> None:
    """The one share that cannot be divided must not be the last to begin."""
    items.sort(key=lambda item: not _is_end_to_end(item.nodeid))


def _is_end_to_end(nodeid: str) -> bool:
    return nodeid.startswith(f"{_END_TO_END}/")
