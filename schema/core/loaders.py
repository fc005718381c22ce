"""Batched look-ups of what many objects refer to: one query per kind, however long the list.

They do not cache: a WebSocket's context lives for hours.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property
from typing import TypeVar

from strawberry.dataloader import DataLoader

from app.accounts import queries as accounts
from app.accounts.types import Protection
from app.apikeys import queries as apikeys
from app.apikeys.types import ApiKey
from app.core.ids import ApiKeyId, UserId, WalletId, WebhookDeliveryId, WorkspaceId
from app.credits import queries as wallets
from app.credits.top_ups import queries as top_ups
from app.credits.top_ups.types import AutoTopUp
from app.credits.types import Grant
from app.identity import queries as identity
from app.identity.types import User, Workspace
from app.webhooks import queries as webhooks
from app.webhooks.types import Attempt

K = TypeVar("K", UserId, WorkspaceId, ApiKeyId, WalletId, WebhookDeliveryId)
V = TypeVar("V")


class Loaders:
    """By id, for ids that stand in a row which the principal was allowed to read."""

    # Made when first asked for: most requests need none, and each is a class of plumbing.

    @cached_property
    def user(self) -> DataLoader[UserId, User | None]:
        return _loader(identity.users_by_id)

    @cached_property
    def protection(self) -> DataLoader[UserId, Protection | None]:
        return _loader(accounts.protection_of)

    @cached_property
    def workspace(self) -> DataLoader[WorkspaceId, Workspace | None]:
        return _loader(identity.workspaces_by_id)

    @cached_property
    def grants(self) -> DataLoader[WalletId, Sequence[Grant] | None]:
        """Of a wallet, those with something left."""
        return _loader(wallets.unspent_grants)

    @cached_property
    def auto_top_up(self) -> DataLoader[WalletId, AutoTopUp | None]:
        return _loader(top_ups.of_wallets)

    @cached_property
    def api_key(self) -> DataLoader[ApiKeyId, ApiKey | None]:
        return _loader(apikeys.keys_by_id)

    @cached_property
    def webhook_attempts(self) -> DataLoader[WebhookDeliveryId, Sequence[Attempt] | None]:
        """Of a delivery, the newest first."""
        return _loader(webhooks.attempts)

    @cached_property
    def webhook_body(self) -> DataLoader[WebhookDeliveryId, str | None]:
        """What is sent with a delivery."""
        return _loader(webhooks.bodies)


def _loader(load: Callable[[Sequence[K]], Awaitable[list[V | None]]]) -> DataLoader[K, V | None]:
    async def once_each(keys: list[K]) -> list[V | None]:
        distinct = list(dict.fromkeys(keys))
        found = dict(zip(distinct, await load(distinct), strict=True))
        return [found[key] for key in keys]

    return DataLoader(load_fn=once_each, cache=False)
