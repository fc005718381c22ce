"""Which targets a call is sent to, in which order: the org's policy for the model that it asks for. One per process."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from app.core.ids import OrgId
from app.core.inference import Usage
from app.entitlements.fresh import Fresh
from app.gateway.entries import metered
from app.gateway.errors import ModelNotFound, NoModelSuits
from app.gateway.routing import needs, queries
from app.gateway.routing.circuits import UpstreamResting
from app.gateway.routing.outlets import Outlets
from app.gateway.routing.policy import ANY, Choice, Policy, Strategy
from app.gateway.types import Ask, Dialect, Plan, Target
from app.gateway.upstreams.directory import Directory
from app.pricing import costs
from app.pricing.book import PriceBook

# So often a call goes to another than the fastest, or it would never be seen that another has become faster.
_CURIOSITY: Final = 0.05
_DEAR: Final = Decimal("Infinity")


class Router:
    def __init__(
        self,
        directory: Directory,
        prices: PriceBook,
        outlets: Outlets,
        *,
        clock: Callable[[], datetime],
        rng: random.Random | None = None,
    ) -> None:
        self._directory = directory
        self._prices = prices
        self._outlets = outlets
        self._clock = clock
        self._rng = rng or random.Random()
        self._policies: Fresh[OrgId, Mapping[str, Policy]] = Fresh(queries.of_orgs)

    async def policy(self, org_id: OrgId, model: str) -> Policy | None:
        """What the org says of calls that ask for `model`; what it says is known everywhere within two seconds."""
        known = await self._policies.of(org_id)
        return known.get(model) or known.get(ANY)

    async def asked(self, org_id: OrgId, ask: Ask, dialect: Dialect) -> Target | None:
        """What savings are told against where no target is chosen."""
        policy = await self.policy(org_id, ask.model)
        if policy is None:
            return await self._target(org_id, ask.model, dialect)
        return await self._asked(org_id, policy, ask, dialect)

    def forget(self, org_id: OrgId) -> None:
        self._policies.forget(org_id)

    async def plan(self, org_id: OrgId, ask: Ask, dialect: Dialect) -> Plan:
        """Raises `ModelNotFound`, `NoModelSuits`, `UpstreamResting`."""
        policy = await self.policy(org_id, ask.model)
        if policy is None or not policy.targets:
            plan = await self._directory.plan(org_id, ask.model, dialect)
            self._require_awake(org_id, plan.targets)
            return plan if policy is None else replace(plan, policy=policy, asked=plan.targets[0])
        suited = await self._suited(org_id, ask, policy, dialect)
        ordered = await self._ordered(org_id, ask, policy, suited)
        awake = self._require_awake(org_id, [target for target, _ in ordered])
        return Plan(awake, policy, await self._asked(org_id, policy, ask, dialect) or suited[0][0])

    def _require_awake(self, org_id: OrgId, targets: Sequence[Target]) -> Sequence[Target]:
        """Without those whose upstream rests."""
        awake = [target for target in targets if not self._outlets.is_resting(org_id, target)]
        if not awake:
            raise UpstreamResting(retry_after=1)
        return awake

    async def _suited(
        self, org_id: OrgId, ask: Ask, policy: Policy, dialect: Dialect
    ) -> Sequence[tuple[Target, Choice]]:
        """Those of the route's own format that can do what is asked: nothing is translated."""
        choices = list(policy.targets)
        if policy.model == ANY:
            choices = [Choice(ask.model), *(choice for choice in choices if choice.model != ask.model)]
        wanted = needs.of(ask)
        found: list[tuple[Target, Choice]] = []
        is_any_known = False
        for choice in choices:
            target = await self._target(org_id, choice.model, dialect)
            if target is None:
                continue
            is_any_known = True
            has_all = choice.capabilities is None or wanted <= choice.capabilities
            if has_all and _has_room(ask, target, choice):
                found.append((target, choice))
        if found:
            return found
        if not is_any_known:
            raise ModelNotFound(
                f"None of the models behind {ask.model[:128]!r} has an upstream on this route."
            )
        facts = ", ".join(sorted(wanted)) or "no capability"
        raise NoModelSuits(
            f"No model behind {ask.model[:128]!r} has room for {ask.input_tokens + ask.output_tokens:,} tokens and "
            f"what the request needs ({facts})."
        )

    async def _target(self, org_id: OrgId, model: str, dialect: Dialect) -> Target | None:
        try:
            return (await self._directory.plan(org_id, model, dialect)).targets[0]
        except ModelNotFound:
            return None

    async def _ordered(
        self, org_id: OrgId, ask: Ask, policy: Policy, suited: Sequence[tuple[Target, Choice]]
    ) -> Sequence[tuple[Target, Choice]]:
        match policy.strategy:
            case Strategy.FIXED:
                return suited
            case Strategy.CHEAPEST:
                prices = await self._prices.of(org_id)
                usage, at = Usage(ask.input_tokens, ask.output_tokens), self._clock()

                def price(one: tuple[Target, Choice]) -> Decimal:
                    used = metered(one[0].upstream.provider, one[0].model, usage)
                    cost = prices.quote(used, at=at, customer=None, tier=None).cost_usd
                    return _DEAR if cost is None else cost

                return sorted(suited, key=price)
            case Strategy.WEIGHTED:
                # Smallest of exponential times: each is first as often as its weight says.
                return sorted(suited, key=lambda one: self._rng.expovariate(one[1].weight))
            case Strategy.FASTEST:
                ordered = sorted(suited, key=lambda one: self._outlets.seconds(org_id, one[0]) or 0.0)
                if self._rng.random() < _CURIOSITY:
                    ordered.insert(0, ordered.pop(self._rng.randrange(len(ordered))))
                return ordered

    async def _asked(self, org_id: OrgId, policy: Policy, ask: Ask, dialect: Dialect) -> Target | None:
        """What the policy says, else the model as asked for if the price list knows it, else the first one named."""
        if policy.baseline is not None:
            return await self._target(org_id, policy.baseline, dialect)
        asked = await self._target(org_id, ask.model, dialect)
        if asked is not None and costs.is_listed(asked.upstream.provider, asked.model):
            return asked
        for choice in policy.targets:
            if (target := await self._target(org_id, choice.model, dialect)) is not None:
                return target
        return asked


def _has_room(ask: Ask, target: Target, choice: Choice) -> bool:
    context = choice.context or costs.context_window(target.upstream.provider, target.model)
    return context is None or ask.input_tokens + ask.output_tokens <= context
