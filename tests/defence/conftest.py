"""The server and the tenants of `tests/tenancy`, and all that is known there of how to call what."""

from tests.tenancy.conftest import server, walker, world

__all__ = ["server", "walker", "world"]
