"""Marks whatever text one tenant has, so that it is recognised wherever it should come up."""

import re
from collections.abc import Mapping
from uuid import UUID

import asyncpg

from app.core import ids
from app.core.config import Settings
from app.infra import db
from tests.tenancy import digest

# No id can hold it: Crockford's alphabet has no i and no l.
MARK = "zzrival"

_ENUMERATED = "One of a list of words that the application reads again."
# Columns of text that are not marked, and why.
_INSTALLATION = "Of the installation: everybody is shown it."
UNMARKED: Mapping[tuple[str, str], str] = {
    ("membership", "role"): _ENUMERATED,
    ("invitation", "role"): _ENUMERATED,
    ("one_time_token", "purpose"): _ENUMERATED,
    ("workspace", "kind"): _ENUMERATED,
    ("job", "state"): _ENUMERATED,
    ("job_event", "state"): _ENUMERATED,
    ("job_item", "state"): _ENUMERATED,
    ("job_event", "kind"): _ENUMERATED,
    ("outbox_message", "kind"): _ENUMERATED,
    ("wallet", "owner_kind"): _ENUMERATED,
    ("wallet", "environment"): _ENUMERATED,
    ("credit_grant", "source"): _ENUMERATED,
    ("credit_grant", "category"): _ENUMERATED,
    ("credit_hold", "state"): _ENUMERATED,
    ("ledger_transaction", "kind"): _ENUMERATED,
    ("ledger_entry", "account"): _ENUMERATED,
    ("budget", "scope_kind"): _ENUMERATED,
    ("budget", "environment"): _ENUMERATED,
    ("budget", "period"): _ENUMERATED,
    ("auto_top_up", "period"): _ENUMERATED,
    ("top_up", "state"): _ENUMERATED,
    ("burn_table", "audience_kind"): _ENUMERATED,
    ("burn_table", "status"): _ENUMERATED,
    ("entitlement", "audience_kind"): _ENUMERATED,
    ("entitlement", "unit"): _ENUMERATED,
    ("entitlement", "period"): _ENUMERATED,
    ("entitlement_usage", "environment"): _ENUMERATED,
    ("entitlement_usage", "unit"): _ENUMERATED,
    ("feature_flag", "key"): _INSTALLATION,
    ("feature_flag", "description"): _INSTALLATION,
    ("usage_adjustment", "kind"): _ENUMERATED,
    ("rerating", "state"): _ENUMERATED,
    ("gateway_upstream", "protocol"): _ENUMERATED,
    ("gateway_call", "environment"): _ENUMERATED,
    ("gateway_policy", "strategy"): _ENUMERATED,
    ("gateway_policy", "when_client_leaves"): _ENUMERATED,
    ("gateway_policy", "targets"): "Read again as what calls may go to.",
    ("gateway_savings_hour", "kind"): _ENUMERATED,
    ("webhook_delivery", "state"): _ENUMERATED,
    ("webhook_endpoint", "disabled_reason"): _ENUMERATED,
    ("feature_flag_override", "flag_key"): "Names a flag of the installation.",
}
# Tables in which nobody has a row of their own when the tests begin, and why.
EMPTY: Mapping[str, str] = {
    "plan": "The same for everybody.",
    "feature_flag": "Of the installation.",
    "periodic_task": "Of the installation: work that time alone brings about.",
    "usage_horizon": "Of the installation: since when usage is kept.",
}

_COLUMNS = """
SELECT table_name, column_name, data_type, character_maximum_length AS length FROM information_schema.columns
WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'json', 'jsonb')
"""


async def mark_everything(settings: Settings) -> None:
    """Writes the mark into every text of every row there is. Fails where a table has no row to mark."""
    connection = await asyncpg.connect(settings.require_database_url())
    try:
        await connection.execute("SET session_replication_role = replica")
        names = set(await digest.tables())
        for table in sorted(names - EMPTY.keys()):
            count = await connection.fetchval(f'SELECT count(*) FROM "{table}"')
            assert count, (
                f"Give the rival a row in {table} (tests/tenancy/world.py), so that it can be marked."
            )
        for row in await connection.fetch(_COLUMNS):
            column = row["table_name"], row["column_name"]
            if column[0] in names - EMPTY.keys() and column not in UNMARKED:
                await connection.execute(_update(*column, row["data_type"], row["length"]))
    finally:
        await connection.close()


def _update(table: str, column: str, kind: str, length: int | None) -> str:
    """The mark and a number, which keeps apart what must be unique."""
    text = f"'{MARK}' || n.number"
    if kind in ("json", "jsonb"):
        value = f"json_build_object('mark', {text})::{kind}"
    else:
        value = f"left({text}, {length})" if length else text
    return (
        f'UPDATE "{table}" t SET "{column}" = {value} FROM (SELECT ctid, tableoid, row_number() OVER () AS number '
        f'FROM "{table}") n WHERE t.ctid = n.ctid AND t.tableoid = n.tableoid'
    )


async def ids_of_everything() -> set[UUID]:
    """Of every row there is."""
    found: set[UUID] = set()
    for table in await digest.tables():
        rows = await db.fetch(
            "SELECT 1 FROM information_schema.columns WHERE table_name = $1 AND column_name = 'id'", table
        )
        if rows:
            found.update(row["id"] for row in await db.fetch(f'SELECT id FROM "{table}"'))
    return found


class Marks:
    """What must never be told to another tenant: the mark, and every id in any spelling."""

    def __init__(self, rows: set[UUID]) -> None:
        suffixes = {ids.encode("x", row).removeprefix("x_") for row in rows}
        self._pattern = re.compile("|".join([MARK, *suffixes, *(str(row) for row in rows)]), re.IGNORECASE)

    def found_in(self, text: str, *, sent: frozenset[str]) -> list[str]:
        """What of it is in `text`, apart from what the asker has sent itself and is told again."""
        for one in sent:
            text = text.replace(one, "")
        return self._pattern.findall(text)
