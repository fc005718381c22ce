"""The port that the web server is to listen on."""

import errno
import socket

from app.core.config import Settings
from app.core.errors import Kind, LaunchKitError


class PortTaken(LaunchKitError):
    kind = Kind.CONFLICT
    code = "port_taken"
    title = "The port is in use."


def require_free(settings: Settings) -> None:
    """Raises `PortTaken`, with the mend, when a server could not listen there."""
    try:
        _probe(settings.host, settings.port)
    except OSError as error:
        raise refusal(settings, error) from error


def refusal(settings: Settings, error: OSError) -> PortTaken:
    """The sentence for a failed attempt to listen."""
    where = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return PortTaken(
            f"Port {settings.port} on {settings.host} is in use by another program: stop that program, "
            f"or choose another port, for example PORT={_another(settings.port)}."
        )
    if error.errno == errno.EACCES:
        return PortTaken(f"{where} needs rights that you do not have: choose a PORT above 1023.")
    return PortTaken(f"{where} cannot be listened on ({error.strerror or error}): check HOST and PORT.")


def _probe(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        # As asyncio does: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def _another(port: int) -> int:
    return port + 1 if port < 65_535 else port - 1
