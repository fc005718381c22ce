"""Following a wallet: as it is, then as it is after changes; of several in quick succession the last.

A wallet changes with every use of credit, so its wake-ups have no row in the outbox: one that is lost (a crash, Redis
away) is made good by the next, by a new connection to Redis, or by looking now and then, once for all who follow.
"""

from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

from app.core.events import org_topic
from app.core.ids import OrgId, WalletId
from app.core.principal import Principal
from app.credits import queries
from app.credits.types import Wallet
from app.infra import feeds


class Key(NamedTuple):
    org_id: OrgId
    wallet_id: WalletId


def topic(org_id: OrgId) -> str:
    """Any change of any wallet of the org: who changes one often does not know which."""
    return org_topic("wallet", org_id)


class _Reader:
    def __init__(self, key: Key) -> None:
        self._wallet_id = key.wallet_id
        self._seq: int | None = None

    async def read(self) -> AsyncIterator[Sequence[Wallet]]:
        wallet = await queries.read_wallet(self._wallet_id)
        if wallet is None:
            return
        before, self._seq = self._seq, wallet.seq
        # Followers read what came before this themselves.
        if before is not None and wallet.seq > before:
            yield [wallet]


class WalletFeeds(feeds.Feeds[Key, Wallet]):
    """Those of this process."""

    SAFETY_SECONDS = 15.0
    PAUSE_SECONDS = 0.1

    def _topic(self, key: Key) -> str:
        return topic(key.org_id)

    def _reader(self, key: Key) -> feeds.Reader[Wallet]:
        return _Reader(key).read

    async def open(self, principal: Principal, wallet_id: WalletId) -> "WalletStream":
        """Raises `WalletNotFound` also for one of another org, or of an environment that is not the key's."""
        wallet = await queries.wallet_by_id(principal, wallet_id)
        return WalletStream(self, Key(wallet.org_id, wallet_id))


class WalletStream(feeds.Stream[Key, Wallet]):
    COALESCES = True

    async def catch_up(self, after: int | None) -> AsyncIterator[Wallet]:
        wallet = await queries.read_wallet(self.key.wallet_id)
        # One that has not come so far yet is not what was seen: it is told anew.
        if wallet is not None and wallet.seq != after:
            yield wallet

    def position(self, update: Wallet) -> int:
        return update.seq
