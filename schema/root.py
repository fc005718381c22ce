"""The schema: its areas put together."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from app.apikeys import queries as apikeys
from app.core import ids
from app.core.errors import NotFound
from app.core.ids import (
    ApiKeyId,
    CustomerId,
    HoldId,
    InvitationId,
    JobId,
    OrgId,
    WalletId,
    WebhookDeliveryId,
    WebhookEndpointId,
    WorkspaceId,
)
from app.core.principal import Principal
from app.credits import queries as wallets
from app.customers import queries as customers
from app.identity import queries as identity
from app.invitations import queries as invitations
from app.jobs import queries as jobs
from app.webhooks import queries as webhooks
from schema.accounts.identities import IdentityMutations, IdentityQueries
from schema.accounts.links import LinkMutations
from schema.accounts.mutations import AccountMutations
from schema.accounts.session_mutations import SessionMutations
from schema.accounts.session_queries import SessionQueries
from schema.accounts.totp import TotpMutations
from schema.apikeys.mutations import ApiKeyMutations
from schema.apikeys.queries import ApiKeyQueries
from schema.audit.queries import AuditQueries
from schema.audit.subscriptions import AuditSubscriptions
from schema.core.context import Info
from schema.core.execution import Schema
from schema.core.node import Id, Node
from schema.core.scalars import SCALARS
from schema.credits.mutations import CreditMutations
from schema.credits.queries import CreditQueries
from schema.credits.subscriptions import CreditSubscriptions
from schema.credits.types import CreditHold, Wallet
from schema.customers.mutations import CustomerMutations
from schema.customers.queries import CustomerQueries
from schema.customers.types import Customer
from schema.entitlements.mutations import EntitlementMutations
from schema.entitlements.queries import EntitlementQueries
from schema.gateway.mutations import GatewayMutations
from schema.gateway.queries import GatewayQueries
from schema.gateway.subscriptions import GatewaySubscriptions
from schema.gateway.upstreams import UpstreamMutations
from schema.invitations.mutations import InvitationMutations
from schema.invitations.queries import InvitationQueries
from schema.invitations.types import Invitation
from schema.jobs.mutations import JobMutations
from schema.jobs.queries import JobQueries
from schema.jobs.subscriptions import JobSubscriptions
from schema.jobs.types import Job
from schema.limits.queries import LimitQueries
from schema.orgs.mutations import OrgMutations
from schema.orgs.queries import OrgQueries
from schema.orgs.types import ApiKey, Org, Workspace
from schema.prices.mutations import PriceMutations
from schema.prices.queries import PriceQueries
from schema.rerating.mutations import ReratingMutations
from schema.rerating.queries import ReratingQueries
from schema.usage.bills import BillQueries
from schema.usage.mutations import UsageMutations
from schema.usage.queries import UsageQueries
from schema.usage.subscriptions import UsageSubscriptions
from schema.webhooks.mutations import WebhookMutations
from schema.webhooks.queries import WebhookQueries
from schema.webhooks.subscriptions import WebhookSubscriptions
from schema.webhooks.types import WebhookDelivery, WebhookEndpoint


@strawberry.type(description="What can be read.")
class Query(
    OrgQueries,
    InvitationQueries,
    SessionQueries,
    IdentityQueries,
    ApiKeyQueries,
    JobQueries,
    UsageQueries,
    BillQueries,
    PriceQueries,
    ReratingQueries,
    CustomerQueries,
    CreditQueries,
    AuditQueries,
    LimitQueries,
    EntitlementQueries,
    WebhookQueries,
    GatewayQueries,
):
    @strawberry.field(
        description="Any org, workspace, key, invitation, job, customer, wallet, hold, webhook endpoint or delivery of "
        "yours by its id; null without one."
    )
    async def node(self, info: Info, id: Id) -> Node | None:
        principal = info.context.principal
        try:
            if job_id := ids.find("job", id):
                return Job.of(await jobs.get(principal, JobId(job_id)))
            if org_id := ids.find("org", id):
                return Org.of(await identity.org(principal, OrgId(org_id)))
            if key_id := ids.find("key", id):
                return ApiKey.of(await apikeys.get(principal, ApiKeyId(key_id)))
            if workspace_id := ids.find("ws", id):
                return Workspace.of(await identity.workspace(principal, WorkspaceId(workspace_id)))
            if invitation_id := ids.find("inv", id):
                found = await invitations.get(principal, InvitationId(invitation_id))
                return Invitation.of(found, now=info.context.now)
            if customer_id := ids.find("cus", id):
                return Customer.of(await customers.get_by_id(principal, CustomerId(customer_id)))
            if wallet_id := ids.find("wal", id):
                return Wallet.of(await wallets.wallet_by_id(principal, WalletId(wallet_id)))
            if hold_id := ids.find("hold", id):
                return CreditHold.of(await wallets.hold_by_id(principal, HoldId(hold_id)))
            return await _webhook(principal, id)
        except NotFound:
            return None


async def _webhook(principal: Principal, id: Id) -> Node | None:
    if endpoint_id := ids.find("whe", id):
        return WebhookEndpoint.of(await webhooks.get(principal, WebhookEndpointId(endpoint_id)))
    if delivery_id := ids.find("del", id):
        return WebhookDelivery.of(await webhooks.delivery(principal, WebhookDeliveryId(delivery_id)))
    return None


@strawberry.type(description="What can be done.")
class Mutation(
    AccountMutations,
    IdentityMutations,
    LinkMutations,
    SessionMutations,
    TotpMutations,
    OrgMutations,
    InvitationMutations,
    ApiKeyMutations,
    JobMutations,
    PriceMutations,
    ReratingMutations,
    UsageMutations,
    CustomerMutations,
    CreditMutations,
    EntitlementMutations,
    WebhookMutations,
    GatewayMutations,
    UpstreamMutations,
):
    pass


@strawberry.type(description="What can be followed live.")
class Subscription(
    JobSubscriptions,
    AuditSubscriptions,
    CreditSubscriptions,
    UsageSubscriptions,
    WebhookSubscriptions,
    GatewaySubscriptions,
):
    pass


schema = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[
        ApiKey,
        Job,
        Org,
        Workspace,
        Invitation,
        Customer,
        Wallet,
        CreditHold,
        WebhookEndpoint,
        WebhookDelivery,
    ],
    config=StrawberryConfig(scalar_map=SCALARS),
)
