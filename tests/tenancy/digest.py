"""The state of the database and of Redis, so that two moments can be compared."""

import hashlib
from collections.abc import Mapping

import redis as redis_py

from app.core.config import Settings
from app.infra import db

# Columns that may change although nothing was done, and why. Every other one counts, of every table.
RESTLESS: Mapping[tuple[str, str], str] = {
    (
        "outbox_message",
        "available_at",
    ): "The courier notes, half a second later, what it has handed over before.",
    ("api_key", "last_used_at"): "Whoever asks is noted, in batches.",
    ("user_session", "last_seen_at"): "Whoever asks is noted, in batches.",
}

_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
AND relnamespace = 'public'::regnamespace AND relname <> 'aerich' ORDER BY relname
"""


async def tables() -> list[str]:
    """Every table that the application has; partitions are seen through the table that they are parts of."""
    return [row["relname"] for row in await db.fetch(_TABLES)]


async def of_database() -> Mapping[str, str]:
    """One digest per table, over all its rows in an order of their own."""
    selects = [_select(table) for table in await tables()]
    return {row["table"]: row["digest"] for row in await db.fetch(" UNION ALL ".join(selects))}


def _select(table: str) -> str:
    dropped = "".join(f" - '{column}'" for name, column in RESTLESS if name == table)
    row = f"(to_jsonb(t){dropped})::text"
    return (
        f"SELECT '{table}' AS table, count(*) || ':' || md5(coalesce(string_agg({row}, E'\\n' ORDER BY {row}), ''))"
        f' AS digest FROM "{table}" t'
    )


def of_redis(settings: Settings) -> Mapping[str, str]:
    """Every key with a digest of what it holds: queues are among them."""
    with redis_py.Redis.from_url(settings.require_redis_url()) as client:
        names = sorted(client.keys("*"))
        return {name.decode(): hashlib.md5(client.dump(name) or b"").hexdigest() for name in names}
