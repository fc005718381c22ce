"""Free TCP ports on the loopback address."""

import secrets
import socket

from app.infra.embedded.errors import EmbeddedError

HOST = "127.0.0.1"

# Below the ephemeral ranges of Linux (32768) and macOS (49152). A port inside them can be taken by somebody's
# outgoing connection while a server is down, and then the server cannot come back on its port.
_LOWEST, _HIGHEST = 20_000, 32_000


def choose() -> int:
    """A port that nobody listens on right now; the server may still lose the race for it."""
    for _ in range(200):
        port = _LOWEST + secrets.randbelow(_HIGHEST - _LOWEST)
        if is_free(port):
            return port
    raise EmbeddedError(
        f"No free port was found on {HOST} between {_LOWEST} and {_HIGHEST}: stop some servers."
    )


def is_free(port: int) -> bool:
    """Whether a server that sets SO_REUSEADDR, as both of ours do, can bind the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
