"""Answering "may this customer go on?" in front of every model call: from snapshots of this process.

What decides is at most about a second and a half old, and what an org says of its terms reaches every process at once
(`events.CHANGED`). The answer is advice: `service.reserve` decides.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from app.core.ids import OrgId
from app.core.money import ZERO
from app.core.principal import Access, Environment, Permission, Principal
from app.credits import standing
from app.credits.standing import BudgetStanding, CustomerKey, ScopeKey
from app.credits.types import ScopeKind
from app.customers.naming import CustomerNames
from app.entitlements import bounds, decision, events, periods, queries
from app.entitlements.errors import QuotaExceeded
from app.entitlements.fresh import Fresh
from app.entitlements.queries import Customer, UsageKey
from app.entitlements.types import (
    Bound,
    Decision,
    Entitlement,
    Estimate,
    FlagState,
    Intent,
    Limit,
    Question,
    Terms,
)
from app.infra.pubsub import Hub
from app.plans import current as plans
from app.pricing.book import PriceBook

# What many customers share; budgets of a customer and its team come with what it stands at.
_SHARED = (ScopeKind.API_KEY.value, ScopeKind.USER.value)


class Desk:
    """One per process. `clock` tells the loaders' time of day."""

    def __init__(self, book: PriceBook, *, clock: Callable[[], datetime]) -> None:
        self._book = book
        self._clock = clock
        self._terms = Fresh(self._read_terms)
        self._customers = Fresh(self._read_customers)
        self._budgets = Fresh(self._read_budgets)
        self._used = Fresh(queries.used)
        self._flags = Fresh(queries.flag_states)
        self._names = CustomerNames()

    @asynccontextmanager
    async def listening(self, hub: Hub) -> AsyncIterator[None]:
        """For the block, forgets what orgs said of their terms whenever one of them says something else.

        And reads anew by itself what whoever asked lately may ask for again.
        """
        task = asyncio.create_task(self._listen(hub), name="entitlements")
        try:
            with self._customers.kept_warm(), self._used.kept_warm():
                yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def check(
        self, principal: Principal, org_id: OrgId, *, question: Question, now: datetime
    ) -> Decision:
        """Raises `InvalidInput`, and `CustomerNotFound` for an id of ours that is none."""
        access = principal.authorise(org_id, Permission.CREDITS_READ)
        question.validate()
        question = await self.named(org_id, question)
        environment = principal.environment
        terms = await self._terms.of(org_id)
        self._begin(access, question, terms, now)
        customer = await self._customers.of(CustomerKey(org_id, environment, question.customer))
        estimate = await self.estimate(org_id, question, tier=customer.standing.tier, now=now)
        feature = question.feature
        entitlement = None
        if feature is not None:
            tier = customer.standing.tier
            entitlement = customer.own.get(feature) or terms.entitlement(feature, tier=tier)
        found = []
        if entitlement is not None:
            found += await self._of_entitlement(access, question, entitlement, estimate, now)
        of_plan = bounds.of_plan(plans.of(terms.plan), used=terms.used_tokens, estimate=estimate, now=now)
        if of_plan is not None:
            found.append(of_plan)
        for key in scopes(access, question, customer.standing.team):
            budgets = (
                await self._budgets.of(key)
                if key.kind in _SHARED
                else customer.standing.budgets.get(key.kind)
            )
            found += bounds.of_budgets(key, budgets or (), estimate=estimate, now=now)
        found.append(bounds.of_wallet(customer.standing, feature=feature, estimate=estimate))
        return decision.decide(
            feature=feature,
            entitlement=entitlement,
            is_sold=feature in terms.features,
            bounds=found,
            estimate=estimate,
        )

    async def named(self, org_id: OrgId, question: Question) -> Question:
        """With the org's own id for the customer in place of ours. Raises `CustomerNotFound`."""
        customer = await self.customer(org_id, question.customer)
        return question if customer == question.customer else replace(question, customer=customer)

    async def customer(self, org_id: OrgId, reference: str | None) -> str | None:
        """The org's own id in place of ours. Raises `CustomerNotFound`."""
        return await self._names.of(org_id, reference)

    async def estimate(
        self, org_id: OrgId, question: Question, *, tier: str | None, now: datetime
    ) -> Estimate:
        """What the intended action burns and costs at the org's prices of this moment."""
        intent = question.intent
        tokens = intent.usage.total_tokens
        if not intent.is_priced_by_use:
            return Estimate(intent.credits or ZERO, None if intent.credits else ZERO, tokens)
        prices = await self._book.of(org_id)
        quote = prices.quote(intent.metered, at=now, customer=question.customer, tier=tier)
        return Estimate(_credits(intent, quote.credits), quote.cost_usd, tokens)

    async def tier(self, org_id: OrgId, environment: Environment, customer: str | None) -> str | None:
        """The customer's, about a second old: for prices."""
        return (await self._customers.of(CustomerKey(org_id, environment, customer))).standing.tier

    async def require_tokens(self, access: Access, *, tokens: int, now: datetime) -> None:
        """For whatever creates usage: raises `QuotaExceeded` where the org's plan has no room for so many tokens.

        What is under way is not counted before it is done.
        """
        if not self.limits_tokens(access):
            return
        terms = await self._terms.of(access.org_id)
        estimate = Estimate(tokens=max(tokens, 1))
        bound = bounds.of_plan(plans.of(terms.plan), used=terms.used_tokens, estimate=estimate, now=now)
        if bound is not None and bound.holds:
            raise QuotaExceeded.of(bound)

    def limits_tokens(self, access: Access) -> bool:
        """Whether the org's plan may end at some number of tokens; False only where it is known not to."""
        known = access.principal.plans.get(access.org_id)
        return known is None or not plans.catalogue().has(known) or plans.of(known).token_limit is not None

    async def flags(self, access: Access) -> Sequence[FlagState]:
        """Every flag of the installation, as it is for the org."""
        return await self._flags.of(access.org_id)

    async def is_enabled(self, access: Access, key: str) -> bool:
        """Whether the flag is on for the org; one that nobody defined is off."""
        return any(state.is_enabled for state in await self.flags(access) if state.flag.key == key)

    def forget_customer(self, key: CustomerKey) -> None:
        """After something was spent here: who asks next sees it."""
        self._customers.forget(key)

    def forget_terms(self) -> None:
        self._terms.forget_all()
        self._customers.forget_all()
        self._flags.forget_all()

    def _begin(self, access: Access, question: Question, terms: Terms, now: datetime) -> None:
        """What is likely to be asked for next is read beside the customer, not after it."""
        for key in scopes(access, question, None):
            if key.kind in _SHARED:
                self._budgets.begin(key)
        shared = question.feature and terms.entitlement(question.feature, tier=None)
        if shared and shared.limit is not None:
            self._used.begin(_usage_key(access, question, shared.feature_key, shared.limit, now))

    async def _of_entitlement(
        self, access: Access, question: Question, entitlement: Entitlement, estimate: Estimate, now: datetime
    ) -> list[Bound]:
        if entitlement.limit is None:
            return []
        key = _usage_key(access, question, entitlement.feature_key, entitlement.limit, now)
        used = await self._used.of(key)
        bound = bounds.of_entitlement(entitlement, used=used, estimate=estimate, now=now)
        return [] if bound is None else [bound]

    async def _listen(self, hub: Hub) -> None:
        async with hub.listen(events.CHANGED) as listener:
            while True:
                await listener.wait()
                self.forget_terms()

    async def _read_terms(self, keys: Sequence[OrgId]) -> Mapping[OrgId, Terms]:
        return await queries.terms(keys, now=self._clock())

    async def _read_customers(self, keys: Sequence[CustomerKey]) -> Mapping[CustomerKey, Customer]:
        return await queries.customers(keys, now=self._clock())

    async def _read_budgets(self, keys: Sequence[ScopeKey]) -> Mapping[ScopeKey, Sequence[BudgetStanding]]:
        return await standing.of_budgets(keys, now=self._clock())


def _usage_key(access: Access, question: Question, feature: str, limit: Limit, now: datetime) -> UsageKey:
    return UsageKey(
        access.org_id,
        access.principal.environment,
        question.customer or "",
        feature,
        limit.unit.value,
        periods.start_of(limit.period, now),
    )


def scopes(access: Access, question: Question, team: str | None) -> list[ScopeKey]:
    """What a use counts towards beside its wallet, as holds have it."""
    principal = access.principal
    named = [
        (ScopeKind.API_KEY, str(principal.id) if principal.kind == "api_key" else None),
        (ScopeKind.USER, question.user),
        (ScopeKind.CUSTOMER, question.customer),
        (ScopeKind.TEAM, team),
    ]
    org_id, environment = access.org_id, principal.environment
    return [ScopeKey(org_id, environment, kind.value, ref) for kind, ref in named if ref is not None]


def _credits(intent: Intent, quoted: Decimal | None) -> Decimal | None:
    return quoted if intent.credits is None else intent.credits
