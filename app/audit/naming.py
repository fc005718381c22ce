"""How clients write the ids in the audit log: `key_…` for an `api_key`, otherwise `<type>_…`."""

from uuid import UUID

from app.core import ids

_PREFIXES = {
    "api_key": "key",
    "identity": "idn",
    "session": "ses",
    "invitation": "inv",
    "workspace": "ws",
    "entitlement": "ent",
    "feature": "feat",
    "budget": "bud",
    "burn_table": "burn",
    "provider_price": "price",
    "rerating": "rerate",
    "routing_policy": "pol",
    "upstream": "ups",
    "webhook_endpoint": "whe",
    "webhook_delivery": "del",
    "ledger_transaction": "txn",
    "customer": "cus",
    "wallet": "wal",
    "top_up": "top",
}


def encode(kind: str, value: UUID) -> str:
    """`kind` is of a principal or a target."""
    return ids.encode(_PREFIXES.get(kind, kind), value)


def find(text: str) -> UUID | None:
    """The id in `text`, of whatever kind; None when it is malformed."""
    return ids.find(text.rpartition("_")[0], text)
