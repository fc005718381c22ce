"""Calls of models, each admitted, sent, watched and settled. Sending is a port: `types.UpstreamClient`.

Order: allowed model → plan of targets → what the org's plan has room for → hold → upstream → settle.
Who calls has been authenticated and has paid their rate limit before.
"""

import asyncio
import contextlib
import contextvars
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import partial
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
from app.gateway.caching import answers
from app.gateway.caching.answers import AnswerCache, KeptAnswer, Wish
from app.gateway.entries import Call
from app.gateway.errors import ModelNotPriced
from app.gateway.leases import Leases
from app.gateway.mirror.virtual_keys import VirtualKeys
from app.gateway.protocols.operation import Operation
from app.gateway.routing import inputs, outputs
from app.gateway.routing.outlets import Outlets
from app.gateway.routing.router import Router
from app.gateway.running import Running
from app.gateway.tracing import traced
from app.gateway.tracing.log import TraceLog
from app.gateway.types import Ask, Attribution, Metered, Outcome, Plan, Rules, Steps, Target
from app.gateway.upstreams.directory import Directory
from app.infra import telemetry
from app.infra.db import DatabaseUnavailable, Row
from app.limits.errors import Exhausted
from app.limits.reservations import Reservation, TokenLimits
from app.pricing.book import PriceBook

log = telemetry.logger(__name__)

_RETRY_SECONDS = (0.1, 0.5, 2.0, 8.0)
_LINGER_SECONDS = 0.03
_LAST_SECONDS = 10.0
_SAY_MOST = "Without max_tokens in the request the longest answer is held that the model can give: name it."
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
        traces: TraceLog,
        cache: AnswerCache,
        rules: Rules,
        clock: Callable[[], datetime],
        tokens: TokenLimits | None = None,
        virtual_keys: VirtualKeys | None = None,
    ) -> None:
        self.virtual_keys = virtual_keys
        self._tokens = tokens or TokenLimits(None)
        self.client = client
        self.outlets = Outlets(client)
        self.directory = directory
        self.router = Router(directory, prices, self.outlets, clock=clock)
        self.rules = rules
        self.cache = cache
        self._traces = traces
        self._prices = prices
        self._desk = desk
        self.clock = clock
        self._books = Books(linger=_LINGER_SECONDS)
        self.leases = Leases(self._books, rules, clock)
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """For the block, keeps the leases of the calls under way."""
        async with self._traces.running(), leases.kept(self.leases):
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

        Raises `ModelNotAllowed`, `ModelNotFound`, `NoModelSuits`, `UpstreamResting`, `ModelNotPriced`,
        `BeyondTokenLimit`, `TokensRateLimited`, `LimitsUnavailable`, `QuotaExceeded`, `NotEntitled`, `FeatureDisabled`,
        `BudgetExceeded`, `InsufficientCredits`, `InvalidInput`.
        """
        access = principal.authorise(org_id, Permission.GATEWAY_USE)
        try:
            call, plan = await self._admit(access, operation, ask, attribution, request_id, steps)
        except LaunchKitError as error:
            if ask.is_open and isinstance(error, Exhausted):
                error.detail = f"{error.detail} {_SAY_MOST}"
            self._traces.add(org_id, traced.of_refusal(principal, ask, request_id, error, steps))
            raise
        self.leases.add(call.id)
        return Running(self, call, operation, ask, plan, steps)

    async def _admit(
        self,
        access: Access,
        operation: Operation,
        ask: Ask,
        attribution: Attribution,
        request_id: str,
        steps: Steps,
    ) -> tuple[Call, Plan]:
        attribution.validate()
        access.principal.require_model(ask.model)
        plan = await self.router.plan(access.org_id, ask, operation.dialect)
        if self.virtual_keys is not None:
            plan = self.virtual_keys.applied(plan, access.principal.id)
        steps.mark("routed", plan.targets[0].name)
        reserved = await self._tokens.reserve(
            access.principal, input_tokens=ask.input_tokens, output_tokens=ask.output_tokens
        )
        call = self._call(access, ask, attribution, plan, request_id, reserved)
        try:
            await self._desk.require_tokens(access, tokens=1, now=call.created_at)
            await self._open(call)
        except BaseException:
            self._give_back(call)
            raise
        steps.mark("held", call.target.name)
        return call, plan

    async def named(self, org_id: OrgId, attribution: Attribution) -> Attribution:
        """With the org's own id for the customer in place of ours. Raises `CustomerNotFound`."""
        customer = await self._desk.customer(org_id, attribution.customer)
        return attribution if customer == attribution.customer else replace(attribution, customer=customer)

    def _give_back(self, call: Call) -> None:
        if call.reserved is not None:
            self.spawn(call.reserved.settle(0))

    async def wish(
        self,
        org_id: OrgId,
        operation: Operation,
        ask: Ask,
        said: str | None,
        deciding: Sequence[tuple[str, str]] = (),
    ) -> Wish | None:
        """Whether the answer may be one that is kept; `said` is the request's own word. Raises `InvalidInput`."""
        policy = await self.router.policy(org_id, ask.model)
        return answers.wish(policy, said, operation, ask, deciding)

    async def replay(
        self,
        principal: Principal,
        org_id: OrgId,
        *,
        wanted: Wish,
        operation: Operation,
        ask: Ask,
        attribution: Attribution,
        request_id: str,
        steps: Steps,
    ) -> KeptAnswer | None:
        """An answer that is kept, metered as such; None where there is none. Raises as `begin`."""
        access = principal.authorise(org_id, Permission.GATEWAY_USE)
        try:
            return await self._replay(access, wanted, operation, ask, attribution, request_id, steps)
        except LaunchKitError as error:
            self._traces.add(org_id, traced.of_refusal(principal, ask, request_id, error, steps))
            raise

    async def _replay(
        self,
        access: Access,
        wanted: Wish,
        operation: Operation,
        ask: Ask,
        attribution: Attribution,
        request_id: str,
        steps: Steps,
    ) -> KeptAnswer | None:
        principal, org_id = access.principal, access.org_id
        attribution.validate()
        principal.require_model(ask.model)
        found = await self.cache.find(access, wanted)
        telemetry.GATEWAY_CACHE.labels(ask.operation, "miss" if found is None else "hit").inc()
        if found is None:
            return None
        steps.mark("cached", found.target.name)
        asked = await self.router.asked(org_id, ask, operation.dialect) or found.target
        plan = Plan([found.target], await self.router.policy(org_id, ask.model), asked)
        made = self._call(access, ask, attribution, plan, request_id)
        # Where its process dies before it is metered, nothing is lost but that it was given.
        call = replace(made, input_tokens=0, output_tokens=0, kept_percent=wanted.percent)
        await self._desk.require_tokens(access, tokens=1, now=call.created_at)
        await self._open(call, found.usage)
        steps.mark("held", call.target.name)
        self.leases.add(call.id)
        self.finish(call, Metered(Outcome.OK, found.usage, 200, attempts=0), plan=plan, steps=steps)
        return found

    def keep(self, principal: Principal, org_id: OrgId, wanted: Wish, answer: KeptAnswer) -> None:
        """Behind the answer."""
        access = principal.authorise(org_id, Permission.GATEWAY_USE)
        self.spawn(self.cache.keep(access, wanted, answer, now=self.clock()))

    async def begin_again(self, call: Call, target: Target, *, ask: Ask, plan: Plan, steps: Steps) -> Call:
        """The same call at another target, held for anew. Raises as `begin`."""
        held = replace(
            call,
            target=target,
            input_tokens=inputs.most(ask, target),
            output_tokens=outputs.most(ask, target, plan.policy),
        )
        try:
            return await self._admit_again(held)
        except LaunchKitError as error:
            self._traces.add(call.org_id, traced.of_end(call, error, steps))
            raise

    async def _admit_again(self, call: Call) -> Call:
        reserved = None if call.reserved is None else await call.reserved.again()
        another = replace(call, id=CallId(ids.uuid7()), created_at=self.clock(), reserved=reserved)
        try:
            await self._open(another)
        except BaseException:
            self._give_back(another)
            raise
        self.leases.add(another.id)
        return another

    def finish(
        self, call: Call, result: Metered, *, plan: Plan | None = None, steps: Steps | None = None
    ) -> "asyncio.Task[None]":
        """Settles behind the answer; once, whoever says so first."""
        telemetry.GATEWAY_CALLS.labels(call.operation, result.outcome.value).inc()
        if call.reserved is not None:
            self.spawn(call.reserved.settle(0 if result.usage is None else result.usage.total_tokens))
        return self.spawn(self._close(call, result, plan, steps or Steps(call.created_at)))

    def spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Work that outlives its request."""
        task = asyncio.get_running_loop().create_task(work, context=contextvars.Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _call(
        self,
        access: Access,
        ask: Ask,
        attribution: Attribution,
        plan: Plan,
        request_id: str,
        reserved: Reservation | None = None,
    ) -> Call:
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
            inputs.most(ask, plan.targets[0]),
            outputs.most(ask, plan.targets[0], plan.policy),
            self.clock(),
            ask.model,
            reserved=reserved,
        )

    async def _open(self, call: Call, usage: Usage | None = None) -> None:
        """`usage` where it is known already."""
        held = await self.price(call, usage or Usage(call.input_tokens, call.output_tokens))
        # Whoever waits for it may be gone by then, and nothing was sent.
        withdraw = partial(self.finish, call, Metered(Outcome.NOT_SENT, None))
        try:
            row = await self._books.open(entries.opening(call, held, self.rules), unread=withdraw)
        except DatabaseUnavailable:
            # It may have committed.
            withdraw()
            raise
        if row["outcome"] not in ("held", "replayed", "unheld"):
            raise _refusal(row, held, call)

    async def price(self, call: Call, usage: Usage) -> Decimal | None:
        """Credits that the call may take; None where nobody knows."""
        if call.kept_percent == 0:
            return Decimal(0)
        prices = await self._prices.of(call.org_id)
        quote = prices.quote(
            entries.metered(call.target.upstream.provider, call.target.model, usage),
            at=call.created_at,
            customer=call.attribution.customer,
            tier=await self._tier(call),
        )
        if quote.credits is None:
            return None
        share = Decimal(100 if call.kept_percent is None else call.kept_percent) / 100
        return min(quote.credits * share, _MOST_CREDITS)

    async def _tier(self, call: Call) -> str | None:
        prices = await self._prices.of(call.org_id)
        if call.attribution.customer is None or not prices.has_tiers:
            return None
        return await self._desk.tier(call.org_id, call.environment, call.attribution.customer)

    async def _close(self, call: Call, result: Metered, plan: Plan | None, steps: Steps) -> None:
        """Tried again while the database is away; after that the call's lease ends, and it is swept."""
        try:
            for seconds in (*_RETRY_SECONDS, None):
                try:
                    await self._write(call, result, plan, steps)
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

    async def _write(self, call: Call, result: Metered, plan: Plan | None, steps: Steps) -> None:
        prices = await self._prices.of(call.org_id)
        tier = await self._tier(call)
        closing = entries.closing(call, result, prices, tier=tier, now=self.clock(), plan=plan)
        steps.mark("priced", call.target.name)
        await self._books.close(closing)
        # One commit for both.
        steps.mark("settled", call.target.name)
        steps.mark("posted", call.target.name)
        self._traces.add(call.org_id, traced.of_call(call, result, closing, steps))


def _refusal(row: Row, held: Decimal | None, call: Call) -> LaunchKitError:
    if row["outcome"] == "unrated":
        return ModelNotPriced()
    tokens = call.input_tokens + call.output_tokens
    return reservation.refusal(row, Estimate(held or Decimal(0), tokens=tokens))
