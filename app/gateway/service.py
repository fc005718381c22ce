"""Calls of models, each admitted, sent, watched and settled. Sending is a port: `types.UpstreamClient`.

Order: allowed model → plan of targets → what the org's plan has room for → hold → upstream → settle.
Who calls has been authenticated and has paid their rate limit before.
"""

import asyncio
import contextlib
import contextvars
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.core import ids
from app.core.errors import LaunchKitError
from app.core.ids import ApiKeyId, CallId, OrgId
from app.core.inference import Usage
from app.core.principal import Access, Permission, Principal
from app.core.upstreams import UpstreamClient
from app.credits.standing import CustomerKey
from app.entitlements import reservation
from app.entitlements.desk import Desk
from app.entitlements.types import Estimate
from app.gateway import entries, leases
from app.gateway.books import Books
from app.gateway.entries import Call
from app.gateway.errors import ModelNotPriced
from app.gateway.leases import Leases
from app.gateway.protocols.operation import Operation
from app.gateway.running import Running
from app.gateway.types import Ask, Attribution, Metered, Outcome, Plan, Rules, Steps, Target
from app.gateway.upstreams.directory import Directory
from app.infra import telemetry
from app.infra.db import DatabaseUnavailable, Row
from app.pricing.book import PriceBook

log = telemetry.logger(__name__)

_RETRY_SECONDS = (0.1, 0.5, 2.0, 8.0)
_LINGER_SECONDS = 0.03
_LAST_SECONDS = 10.0
_MOST_CREDITS = Decimal(10) ** 11


class Gateway:
    """One per process. Settling goes on behind the answer; `running` waits for what is under way when it ends."""

    def __init__(
        self,
        client: UpstreamClient,
        directory: Directory,
        prices: PriceBook,
        desk: Desk,
        *,
        rules: Rules,
        clock: Callable[[], datetime],
    ) -> None:
        self.client = client
        self.directory = directory
        self.rules = rules
        self._prices = prices
        self._desk = desk
        self.clock = clock
        self._books = Books(linger=_LINGER_SECONDS)
        self.leases = Leases(self._books, rules, clock)
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """For the block, keeps the leases of the calls under way."""
        async with leases.kept(self.leases):
            yield
            # What takes longer, a stream that is drained, is swept when its lease ends.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LAST_SECONDS):
                    await self.idle()

    async def idle(self) -> None:
        """Returns when nothing is left to be settled."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def begin(
        self,
        principal: Principal,
        org_id: OrgId,
        *,
        operation: Operation,
        ask: Ask,
        attribution: Attribution,
        request_id: str,
        steps: Steps,
    ) -> Running:
        """Admits the call and holds what it may cost.

        Raises `ModelNotAllowed`, `ModelNotFound`, `ModelNotPriced`, `QuotaExceeded`, `NotEntitled`, `FeatureDisabled`,
        `BudgetExceeded`, `InsufficientCredits`, `InvalidInput`.
        """
        access = principal.authorise(org_id, Permission.GATEWAY_USE)
        attribution.validate()
        principal.require_model(ask.model)
        plan = await self.directory.plan(org_id, ask.model, operation.dialect)
        call = self._call(access, ask, attribution, plan, request_id)
        await self._desk.require_tokens(access, tokens=1, now=call.created_at)
        await self._open(call)
        steps.mark("hold")
        self.leases.add(call.id)
        return Running(self, call, operation, ask, plan, steps)

    def finish(self, call: Call, result: Metered) -> None:
        """Settles behind the answer; once, whoever says so first."""
        telemetry.GATEWAY_CALLS.labels(call.operation, result.outcome.value).inc()
        self.spawn(self._close(call, result))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Work that outlives its request."""
        task = asyncio.get_running_loop().create_task(work, context=contextvars.Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _call(self, access: Access, ask: Ask, attribution: Attribution, plan: Plan, request_id: str) -> Call:
        principal = access.principal
        assert principal.workspace_id is not None, "a key belongs to a workspace"
        return Call(
            CallId(ids.uuid7()),
            access.org_id,
            principal.workspace_id,
            ApiKeyId(principal.id),
            principal.environment,
            request_id,
            ask.operation,
            attribution,
            plan.targets[0],
            ask.input_tokens,
            ask.output_tokens,
            self.clock(),
        )

    async def _open(self, call: Call) -> None:
        held = await self.price(call, call.target)
        try:
            row = await self._books.open(entries.opening(call, held, self.rules))
        except DatabaseUnavailable:
            # It may have committed; nothing was sent.
            self.finish(call, Metered(Outcome.NOT_SENT, None))
            raise
        if row["outcome"] not in ("held", "replayed", "unheld"):
            raise _refusal(row, held, call)

    async def price(self, call: Call, target: Target) -> Decimal | None:
        """Credits that the call may take there; None where nobody knows."""
        prices = await self._prices.of(call.org_id)
        usage = Usage(call.input_tokens, call.output_tokens)
        quote = prices.quote(
            entries.metered(target.upstream.provider, target.model, usage),
            at=call.created_at,
            customer=call.attribution.customer,
            tier=await self._tier(call),
        )
        return None if quote.credits is None else min(quote.credits, _MOST_CREDITS)

    async def _tier(self, call: Call) -> str | None:
        prices = await self._prices.of(call.org_id)
        if call.attribution.customer is None or not prices.has_tiers:
            return None
        return await self._desk.tier(call.org_id, call.environment, call.attribution.customer)

    async def _close(self, call: Call, result: Metered) -> None:
        """Tried again while the database is away; after that the call's lease ends, and it is swept."""
        try:
            for seconds in (*_RETRY_SECONDS, None):
                try:
                    await self._write(call, result)
                    return
                except LaunchKitError as error:
                    if seconds is None:
                        log.error("gateway.not_settled", call_id=str(call.id), error=str(error))
                        return
                    await asyncio.sleep(seconds)
                except Exception as error:
                    log.error("gateway.not_settled", call_id=str(call.id), exc_info=error)
                    return
        finally:
            self.leases.remove(call.id)
            self._desk.forget_customer(CustomerKey(call.org_id, call.environment, call.attribution.customer))

    async def _write(self, call: Call, result: Metered) -> None:
        prices = await self._prices.of(call.org_id)
        tier = await self._tier(call)
        await self._books.close(entries.closing(call, result, prices, tier=tier, now=self.clock()))


def _refusal(row: Row, held: Decimal | None, call: Call) -> LaunchKitError:
    if row["outcome"] == "unrated":
        return ModelNotPriced()
    tokens = call.input_tokens + call.output_tokens
    return reservation.refusal(row, Estimate(held or Decimal(0), tokens=tokens))
