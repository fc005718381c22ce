"""Saying what an org sells, and switching flags."""

from decimal import Decimal
from typing import Annotated

import strawberry

from app.core import ids
from app.core.errors import LaunchKitError
from app.entitlements import service, switches
from app.entitlements import types as domain
from app.entitlements.errors import EntitlementNotFound
from app.entitlements.types import AudienceKind, LimitUnit
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.entitlements.reserving import ReservingMutations
from schema.entitlements.types import Entitlement, Feature, FeatureFlag, LimitPeriod, period_of

_SAFE = "Makes repeating safe: 24 hours long the same key has one effect."
_REPLAYED = "Whether the idempotency key had this done before."


@strawberry.input(description="A feature that the org sells.")
class CreateFeatureInput:
    org_id: strawberry.ID = strawberry.field(description="The org that sells it.")
    key: str = strawberry.field(description="The `feature_id` of usage events, in 1 to 255 characters.")
    name: str = strawberry.field(description="For people, in 1 to 200 characters.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="So much in a period.")
class EntitlementLimitInput:
    unit: LimitUnit = strawberry.field(description="What is counted.")
    amount: Decimal = strawberry.field(description="How much of it.")
    period: LimitPeriod = strawberry.field(description="In what time.")
    is_hard: bool = strawberry.field(default=True, description="Whether it refuses, or is only told about.")


@strawberry.input(
    description="What an audience may do with a feature; takes the place of what was said before."
)
class SetEntitlementInput:
    org_id: strawberry.ID = strawberry.field(description="The org that sells the feature.")
    feature: str = strawberry.field(description="The feature's key.")
    audience: AudienceKind = strawberry.field(description="Whom it is for.")
    audience_ref: str = strawberry.field(
        default="", description="Your own id for the customer, or the tier; left out for all."
    )
    is_enabled: bool = strawberry.field(default=True, description="Whether they have the feature.")
    limit: EntitlementLimitInput | None = strawberry.field(
        default=None, description="Null: as much as is paid for."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="Which entitlement is to go.")
class RemoveEntitlementInput:
    org_id: strawberry.ID = strawberry.field(description="The org that sells the feature.")
    id: strawberry.ID = strawberry.field(description="The entitlement.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="How an org wants a feature flag.")
class SetFeatureFlagInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    key: str = strawberry.field(description="The flag.")
    is_enabled: bool | None = strawberry.field(description="On or off; null leaves it to the installation.")


@strawberry.type(description="The feature is registered: nobody has it but those who are entitled.")
class CreatedFeature:
    feature: Feature = strawberry.field(description="The feature.")
    is_replay: bool = strawberry.field(description=_REPLAYED)


@strawberry.type(description="The entitlement is as it was said.")
class ChangedEntitlement:
    entitlement: Entitlement = strawberry.field(
        description="As it is now or, where it was removed, as it was."
    )
    is_replay: bool = strawberry.field(description=_REPLAYED)


@strawberry.type(description="The flag is as the org wants it.")
class ChangedFeatureFlag:
    feature_flag: FeatureFlag = strawberry.field(description="As it is now.")


CreateFeatureResult = Annotated[
    CreatedFeature | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("CreateFeatureResult", description="The feature, or why there is none."),
]
SetEntitlementResult = Annotated[
    ChangedEntitlement | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SetEntitlementResult", description="The entitlement, or why it is as it was."),
]
RemoveEntitlementResult = Annotated[
    ChangedEntitlement | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RemoveEntitlementResult", description="What was removed, or why nothing was."),
]
SetFeatureFlagResult = Annotated[
    ChangedFeatureFlag | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SetFeatureFlagResult", description="The flag, or why it is as it was."),
]


@strawberry.type
class EntitlementMutations(ReservingMutations):
    @strawberry.mutation(description="Registers a feature that the org sells.")
    async def create_feature(
        self,
        info: Info,
        input: Annotated[CreateFeatureInput, strawberry.argument(description="The feature.")],
    ) -> CreateFeatureResult:
        context = info.context
        try:
            done = await service.create_feature(
                context.principal,
                node.org_id(input.org_id),
                command=domain.CreateFeature(input.key, input.name, input.idempotency_key),
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return CreatedFeature(feature=Feature.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Says what an audience may do with a feature.")
    async def set_entitlement(
        self,
        info: Info,
        input: Annotated[SetEntitlementInput, strawberry.argument(description="What is said.")],
    ) -> SetEntitlementResult:
        context = info.context
        limit = input.limit
        try:
            command = domain.SetEntitlement(
                input.feature,
                domain.Audience(input.audience, input.audience_ref),
                input.is_enabled,
                None
                if limit is None
                else domain.Limit(limit.unit, limit.amount, period_of(limit.period), limit.is_hard),
                input.idempotency_key,
            )
            done = await service.set_entitlement(
                context.principal, node.org_id(input.org_id), command=command, now=context.now
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedEntitlement(entitlement=Entitlement.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Takes an entitlement away.")
    async def remove_entitlement(
        self,
        info: Info,
        input: Annotated[RemoveEntitlementInput, strawberry.argument(description="Which.")],
    ) -> RemoveEntitlementResult:
        context = info.context
        try:
            entitlement_id = ids.find("ent", input.id)
            if entitlement_id is None:
                raise EntitlementNotFound
            done = await service.remove_entitlement(
                context.principal,
                node.org_id(input.org_id),
                entitlement_id=entitlement_id,
                idempotency_key=input.idempotency_key,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedEntitlement(entitlement=Entitlement.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Switches a feature flag for the org, where its plan includes it.")
    async def set_feature_flag(
        self,
        info: Info,
        input: Annotated[SetFeatureFlagInput, strawberry.argument(description="The flag as it is wanted.")],
    ) -> SetFeatureFlagResult:
        context = info.context
        try:
            state = await switches.set_flag(
                context.principal,
                node.org_id(input.org_id),
                key=input.key,
                is_enabled=input.is_enabled,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedFeatureFlag(feature_flag=FeatureFlag.of(state))
