"""Making what LiteLLM knows of our keys equal to what holds for them. Nobody waits for it.

It looks at both sides and changes what differs, so messages may come twice, late or in any order. After a change it
looks once more: another worker may have seen something older or newer meanwhile.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from app.apikeys import standing
from app.core.errors import Unavailable
from app.core.ids import ApiKeyId, OrgId
from app.core.principal import Permission
from app.credits import queries as credit
from app.gateway.mirror import tasks, wanted
from app.gateway.mirror.virtual_keys import VirtualKeys
from app.gateway.mirror.wanted import Wanted
from app.infra import db, telemetry
from app.infra.litellm import Info, LiteLlm, ProxyRefused
from app.outbox import service as outbox
from app.pricing.book import PriceBook

log = telemetry.logger(__name__)

PAGE = 100
_ROUNDS = 5
# A proxy that was away for longer may keep keys that were revoked meanwhile; those that expired have an end there, too.
_LOOKED_BACK = timedelta(days=30)


class MirrorUnsettled(Unavailable):
    code = "mirror_unsettled"
    title = "A key changed as often as it was mirrored; it is tried again."


class Mirror:
    """One per worker process."""

    def __init__(self, proxy: LiteLlm, virtual_keys: VirtualKeys, prices: PriceBook) -> None:
        self._proxy = proxy
        self._virtual_keys = virtual_keys
        self._prices = prices

    async def close(self) -> None:
        await self._proxy.close()

    async def settle(self, key_ids: Sequence[ApiKeyId], *, now: datetime) -> int:
        """How many changes it took. What the proxy refuses is told in the log, and asked again by the next walk.

        Raises `ProxyAway`, `MirrorUnsettled`.
        """
        changed, total = list(key_ids), 0
        for _ in range(_ROUNDS):
            changed = await self._round(changed, now)
            if not changed:
                return total
            total += len(changed)
        raise MirrorUnsettled

    async def walk(self, after: UUID | None, *, now: datetime) -> None:
        """One page of all keys, then a message for the next. Raises as `settle`."""
        page = await standing.walk(after, ended_since=now - _LOOKED_BACK, limit=PAGE)
        changes = await self.settle(page, now=now) if page else 0
        if changes:
            log.info("mirror.repaired", changes=changes)
        if len(page) == PAGE:
            async with db.unit_of_work() as uow:
                outbox.enqueue(uow, tasks.mirror_page(page[-1]), now=now)

    async def _round(self, key_ids: Sequence[ApiKeyId], now: datetime) -> list[ApiKeyId]:
        """The keys of which something was changed."""
        # In this order: what is read of ours is at least as new as what the proxy was told when it was asked.
        found = await self._proxy.find([wanted.alias(key_id) for key_id in key_ids])
        due = await self._wanted(key_ids, now)
        changed = []
        for key_id in key_ids:
            try:
                is_changed = await self._make_equal(
                    key_id, due.get(key_id), found.get(wanted.alias(key_id)), now
                )
            except ProxyRefused as error:
                telemetry.MIRRORED_KEYS.labels("refused").inc()
                log.error("mirror.refused", api_key_id=wanted.alias(key_id), error=str(error))
                continue
            if is_changed:
                changed.append(key_id)
        return changed

    async def _make_equal(
        self, key_id: ApiKeyId, due: Wanted | None, info: Info | None, now: datetime
    ) -> bool:
        """Whether anything had to be changed."""
        if due is None:
            if info is None:
                return False
            await self._proxy.delete(wanted.alias(key_id))
            telemetry.MIRRORED_KEYS.labels("deleted").inc()
            return True
        if info is not None and wanted.is_equal(due, info):
            return False
        virtual_key = self._virtual_keys.of(key_id)
        try:
            if info is None:
                await self._proxy.create(wanted.creation(due, virtual_key, now=now))
            else:
                await self._proxy.update(wanted.update(due, info, virtual_key, now=now))
        except ProxyRefused:
            if not await self._is_another_faster(key_id, info):
                raise
        telemetry.MIRRORED_KEYS.labels("created" if info is None else "updated").inc()
        return True

    async def _is_another_faster(self, key_id: ApiKeyId, info: Info | None) -> bool:
        """Whether it is there, or gone, by now, where it was not when it was looked for."""
        alias = wanted.alias(key_id)
        return (alias in await self._proxy.find([alias])) is (info is None)

    async def _wanted(self, key_ids: Sequence[ApiKeyId], now: datetime) -> Mapping[ApiKeyId, Wanted]:
        """Keys that may call models, and are good; the others are to be unknown there."""
        found = await standing.of(key_ids, now=now)
        found = {key_id: one for key_id, one in found.items() if Permission.GATEWAY_USE in one.key.scopes}
        budgets = await credit.hard_budgets_of_keys({one.key.org_id for one in found.values()}, list(found))
        return {
            key_id: wanted.of(one, budgets.get(key_id, ()), await self._credit_price(one.key.org_id, now))
            for key_id, one in found.items()
        }

    async def _credit_price(self, org_id: OrgId, now: datetime) -> Decimal | None:
        prices = await self._prices.of(org_id)
        return prices.table_for(at=now, customer=None, tier=None).credit_price_usd


async def begin_walk(*, now: datetime) -> None:
    """For the scheduler: promises a walk through all keys, unless one is under way or waits for the proxy."""
    async with db.unit_of_work() as uow:
        outbox.enqueue_unless_waiting(uow, tasks.mirror_page(None), now=now)
