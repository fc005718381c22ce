"""How many lasting connections one network may hold open at a time in this process: memory is all that they cost it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.limits import scopes

MAX_PER_NETWORK = 1_000


class Places:
    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    @contextmanager
    def take(self, address: str) -> Iterator[bool]:
        """Whether there was a place, free again at the end. Who comes by a Unix socket has no address to count."""
        network = scopes.network(address)
        has_place = not address or self._taken[network] < MAX_PER_NETWORK
        if not (address and has_place):
            yield has_place
            return
        self._taken[network] += 1
        try:
            yield True
        finally:
            self._taken[network] -= 1
            if not self._taken[network]:
                del self._taken[network]

    def __len__(self) -> int:
        """Networks that hold any."""
        return len(self._taken)
