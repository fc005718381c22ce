"""A private PostgreSQL and a private Valkey for `launchkit dev` and the tests: no server to install.

Invariants: one data directory has one owner, no server outlives its supervisor, no password appears on a
command line, nothing outside the data directory changes.
"""

from app.infra.embedded.binaries import find_postgres, find_valkey, versions
from app.infra.embedded.errors import EmbeddedError
from app.infra.embedded.postgres import PostgresServer
from app.infra.embedded.servers import Servers
from app.infra.embedded.valkey import ValkeyServer

__all__ = [
    "EmbeddedError",
    "PostgresServer",
    "Servers",
    "ValkeyServer",
    "find_postgres",
    "find_valkey",
    "versions",
]
