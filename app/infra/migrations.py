"""Bringing the database to today's schema, with aerich, by any number of processes at once."""

import asyncio
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import asyncpg

from app.core.config import SettingsError

_LOCK = "SELECT pg_try_advisory_lock(hashtext('launchkit.migrations'))"
_POLL_SECONDS = 0.2
_PATIENCE_SECONDS = 120


class MigrationTimeout(Exception):
    """Another process has held the migration lock for too long."""


@dataclass(frozen=True, slots=True)
class Status:
    applied: list[str]
    pending: list[str]


def location() -> Path:
    return Path(str(resources.files("migrations")))


def available() -> list[str]:
    """The migration files in order."""
    files = (location() / "models").glob("[0-9]*_*.py")
    return sorted((file.name for file in files), key=lambda name: int(name.split("_", 1)[0]))


async def status(database_url: str) -> Status:
    """What is applied and what is not; one query, so that an up-to-date start does not load aerich."""
    connection = await asyncpg.connect(database_url)
    try:
        done = set(await _applied(connection))
    finally:
        await connection.close()
    return Status(
        [name for name in available() if name in done], [name for name in available() if name not in done]
    )


async def migrate(database_url: str) -> list[str]:
    """Applies what is missing and returns it. Whoever comes second waits and finds nothing left to do.

    Raises `MigrationTimeout`, and `SettingsError` for a database to which another history has been applied.
    The lock is polled: a blocking advisory lock deadlocks against CREATE INDEX CONCURRENTLY.
    """
    connection = await asyncpg.connect(database_url)
    try:
        if not await _missing(connection):
            return []
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not await connection.fetchval(_LOCK):
                await asyncio.sleep(_POLL_SECONDS)
        return await _upgrade(database_url) if await _missing(connection) else []
    except TimeoutError as error:
        raise MigrationTimeout("Another process is migrating this database and does not end.") from error
    finally:
        await connection.close()


async def _missing(connection: "asyncpg.Connection[asyncpg.Record]") -> list[str]:
    done, known = set(await _applied(connection)), available()
    missing = [name for name in known if name not in done]
    strange = done.difference(known)
    # A newer version's database has strange ones alone: while a rollout lasts, that is as it should be.
    if missing and strange:
        raise SettingsError(
            f"The database has migrations that this version does not know ({min(strange)}) and lacks some that it has: "
            "name another one by DATABASE_URL or, where the servers are embedded, LAUNCHKIT_DATA_DIR."
        )
    return missing


async def _applied(connection: "asyncpg.Connection[asyncpg.Record]") -> list[str]:
    if await connection.fetchval("SELECT to_regclass('aerich')") is None:
        return []
    return [
        row["version"] for row in await connection.fetch("SELECT version FROM aerich WHERE app = 'models'")
    ]


async def _upgrade(database_url: str) -> list[str]:
    # Half a second of start-up, needed only where there is work.
    from aerich import Command  # noqa: PLC0415

    from app.infra import orm  # noqa: PLC0415

    config = orm.config(database_url, application_name="launchkit-migrate", is_patient=True)
    command = Command(tortoise_config=config, app="models", location=str(location()))
    await command.init()
    try:
        applied: list[str] = await command.upgrade(run_in_transaction=True)
    finally:
        await command.aclose()
    return applied
