"""The facts that API keys publish."""

from app.apikeys.types import ApiKey
from app.core import ids
from app.core.events import Event


def revoked(key: ApiKey) -> Event:
    payload = {"api_key_id": ids.encode("key", key.id), "public_id": key.public_id, "name": key.name}
    return Event("api_key.revoked", key.org_id, (), payload, is_public=True)
