"""Composition root of a web process: settings -> resources -> aiohttp application."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from aiohttp import web

from app.accounts.external.providers import External
from app.accounts.keys import AccountKeys
from app.analytics.live import UsageFeeds
from app.apikeys.verification import KeyVerifier
from app.audit.live import AuditFeeds
from app.core.clock import utcnow
from app.core.config import Settings, WithoutRedis
from app.credits.live import WalletFeeds
from app.credits.operations import Operations
from app.entitlements.desk import Desk
from app.gateway.caching.answers import MOST_PER_ORG, AnswerCache
from app.gateway.mirror import recording as mirror
from app.gateway.mirror import virtual_keys
from app.gateway.mirror.virtual_keys import VirtualKeys
from app.gateway.service import Gateway
from app.gateway.tracing import log as trace_log
from app.gateway.tracing.live import TraceFeeds
from app.gateway.tracing.log import TraceLog
from app.gateway.upstreams import providers, sealing
from app.gateway.upstreams.directory import Directory
from app.infra import broker, hashing, orm, pubsub, redis, stripe_payments
from app.infra.buckets import LocalBuckets, SharedBuckets
from app.infra.kept import Kept
from app.infra.oidc import IssuerClient
from app.infra.outbound import Outbound
from app.infra.recent import Recent
from app.infra.redis_line import Line
from app.infra.upstreams import Upstreams
from app.ingestion.intake import Intake
from app.ingestion.types import Rules
from app.jobs import kinds
from app.jobs.live import JobFeeds
from app.jobs.org_live import JobsFeeds
from app.limits.reservations import TokenLimits
from app.limits.service import Limiter
from app.outbox import courier as outbox_courier
from app.outbox.courier import Courier
from app.plans import current as plans
from app.pricing.book import PriceBook
from app.rest import routes as rest
from app.web import cookies, external, health, middleware, pages, protection, rate_limit
from app.web.services import SERVICES, Services
from app.webhooks import recording
from app.webhooks.live import DeliveryFeeds
from app.webhooks.secrets import Vault
from schema import root
from schema.core import transport

_MAX_BODY_BYTES = 8 * 1024 * 1024
_RATE_LIMIT_PATIENCE_SECONDS = 0.25
_CANCEL_AGAIN_SECONDS = 0.2
_ASSETS = Path(__file__).parent.parent / "assets"


def create_app(settings: Settings) -> web.Application:
    """The whole HTTP surface. Resources open when the application starts and close when it stops."""
    kinds.load(settings.job_kinds)
    recording.install()
    mirror.install(settings)
    preflight = [protection.preflight(settings.cors_origins)] if settings.cors_origins else []
    app = web.Application(
        middlewares=[middleware.observe, *preflight, middleware.catch], client_max_size=_MAX_BODY_BYTES
    )
    protection.add_headers(app, settings)
    client = redis.connect(settings.require_redis_url())
    hub = pubsub.Hub(redis.connect(settings.require_redis_url()))
    # Every request waits for it: with Redis away that must be over soon.
    counting = Line(settings.require_redis_url(), patience_seconds=_RATE_LIMIT_PATIENCE_SECONDS)
    keys = KeyVerifier(hashing.derive_key(settings.secret_key, "api-keys"))
    prices = PriceBook()
    desk = Desk(prices, clock=utcnow)
    issuers = IssuerClient()
    payments = stripe_payments.connect(settings)
    outbound = Outbound(settings.egress)
    upstreams = Upstreams(settings.egress)
    kept = Recent(client, "gateway:traces", kept=trace_log.KEPT, seconds=trace_log.KEPT_SECONDS)
    traces = TraceLog(kept, pubsub.Publisher(client))
    limiter = _limiter(settings, counting)
    token_limits = TokenLimits(limiter)
    gateway = Gateway(
        upstreams,
        Directory(providers.of(settings), key=hashing.derive_key(settings.secret_key, sealing.PURPOSE)),
        prices,
        desk,
        traces=traces,
        cache=AnswerCache(Kept(client, "gateway:answers", most=MOST_PER_ORG)),
        rules=providers.rules(settings),
        clock=utcnow,
        tokens=token_limits,
        virtual_keys=_virtual_keys(settings),
    )
    app[SERVICES] = Services(
        settings=settings,
        keys=keys,
        accounts=AccountKeys.derive(settings.secret_key),
        external=External.of(settings, issuers),
        redis=client,
        job_feeds=JobFeeds(hub),
        jobs_feeds=JobsFeeds(hub),
        wallet_feeds=WalletFeeds(hub),
        usage_feeds=UsageFeeds(hub),
        limiter=limiter,
        token_limits=token_limits,
        audit_feeds=AuditFeeds(hub),
        intake=Intake(),
        ingestion_rules=Rules(settings.max_ingested_events, timedelta(days=settings.late_event_days)),
        prices=prices,
        entitlements=desk,
        credits=Operations(),
        payments=payments,
        gateway=gateway,
        trace_feeds=TraceFeeds(hub, traces),
        outbound=outbound,
        webhook_secrets=Vault(hashing.derive_key(settings.secret_key, "webhook-secrets")),
        delivery_feeds=DeliveryFeeds(hub, clock=utcnow),
    )
    closed_at_the_end = [upstreams, issuers, outbound, counting, *([payments] if payments else ())]
    app.cleanup_ctx.append(_resources(app[SERVICES], hub, closed_at_the_end))
    app.on_response_prepare.append(rate_limit.add_fields)
    app.on_response_prepare.append(cookies.keep_private)
    health.add_routes(app)
    rest.add_routes(app)
    external.add_routes(app)
    transport.add_routes(app, root.schema, settings)
    pages.add_routes(app, assets_dir=_ASSETS)
    return app


async def _end(task: asyncio.Task[None]) -> None:
    """The Redis client loses a cancellation that meets it while it connects: a process that ends right after its
    start would wait for ever.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=_CANCEL_AGAIN_SECONDS)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _virtual_keys(settings: Settings) -> VirtualKeys | None:
    if settings.litellm is None:
        return None
    return VirtualKeys(hashing.derive_key(settings.secret_key, virtual_keys.PURPOSE))


def _limiter(settings: Settings, line: Line) -> Limiter | None:
    if not settings.is_rate_limited:
        return None
    is_closed = settings.rate_limits_without_redis is WithoutRedis.CLOSED
    return Limiter(SharedBuckets(line), None if is_closed else LocalBuckets())


class Closable(Protocol):
    async def close(self) -> None: ...


def _resources(
    services: Services, hub: pubsub.Hub, closed_at_the_end: Sequence[Closable]
) -> Callable[[web.Application], AsyncIterator[None]]:
    settings = services.settings

    async def open_and_close(_app: web.Application) -> AsyncIterator[None]:
        await orm.init(settings, application_name="launchkit-web")
        sender = broker.sender(settings.effective_broker_url)
        listening = asyncio.create_task(hub.run(), name="pubsub")
        courier = Courier(sender, pubsub.Publisher(services.redis), clock=utcnow)
        async with (
            outbox_courier.running(courier),
            services.keys.last_used.running(),
            plans.kept(),
            services.entitlements.listening(hub),
            services.gateway.running(),
        ):
            # What lives now lives as long as the process: without it in the collector's sight, the slowest
            # requests take a fifth of the time.
            gc.collect()
            gc.freeze()
            # Requests leave few cycles behind and make thousands of objects: looking every 700 takes a twentieth of
            # the time.
            gc.set_threshold(10_000, 10, 10)
            yield
        await _end(listening)
        for one in (*closed_at_the_end, sender):
            await one.close()
        await services.redis.aclose()
        await orm.close()

    return open_and_close
