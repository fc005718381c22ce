"""Every REST operation, and the routes made from them."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from app.rest import event_stream, openapi
from app.rest.gateway import described
from app.rest.gateway import routes as gateway
from app.rest.operation import Operation
from app.rest.v1 import (
    api_keys,
    audit,
    auto_top_up,
    bill,
    budgets,
    burn_tables,
    credit,
    customers,
    entitlements,
    events,
    features,
    gateway_savings,
    gateway_traces,
    grants,
    holds,
    invitations,
    job_events,
    jobs,
    members,
    org,
    provider_prices,
    rate_limit,
    rating,
    receipts,
    reratings,
    routing_policies,
    upstreams,
    usage,
    usage_events,
    wallets,
    webhook_deliveries,
    webhook_endpoints,
)


def operations() -> Sequence[Operation]:
    return [
        *jobs.operations(),
        *job_events.operations(),
        *usage.operations(),
        *bill.operations(),
        *customers.operations(),
        *credit.operations(),
        *holds.operations(),
        *grants.operations(),
        *budgets.operations(),
        *wallets.operations(),
        *auto_top_up.operations(),
        *usage_events.operations(),
        *org.operations(),
        *members.operations(),
        *invitations.operations(),
        *api_keys.operations(),
        *rating.operations(),
        *burn_tables.operations(),
        *provider_prices.operations(),
        *reratings.operations(),
        *receipts.operations(),
        *events.operations(),
        *features.operations(),
        *entitlements.operations(),
        *upstreams.operations(),
        *routing_policies.operations(),
        *gateway_traces.operations(),
        *gateway_savings.operations(),
        *audit.operations(),
        *webhook_endpoints.operations(),
        *webhook_deliveries.operations(),
        *rate_limit.operations(),
    ]


def add_routes(app: web.Application) -> None:
    event_stream.add_to(app)
    for operation in operations():
        operation.add_to(app)
    # After the kinds that exist: an unknown one is answered with their names, not with a bare 404.
    app.router.add_post("/v1/jobs/{kind}", jobs.unknown_kind)
    gateway.add_routes(app)
    openapi.add_routes(app, document())


def document() -> dict[str, Any]:
    """The OpenAPI document: the operations, and the gateway's routes, which are the providers'."""
    found = openapi.document(operations())
    described.add_to(found)
    return found
