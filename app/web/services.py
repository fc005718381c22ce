"""What request handlers reach through the application: made by `app.main`, one per process."""

from dataclasses import dataclass

from aiohttp import web
from redis.asyncio import Redis

from app.accounts.external.providers import External
from app.accounts.keys import AccountKeys
from app.analytics.live import UsageFeeds
from app.apikeys.verification import KeyVerifier
from app.audit.live import AuditFeeds
from app.core.config import Settings
from app.core.payments import Payments
from app.credits.live import WalletFeeds
from app.credits.operations import Operations
from app.entitlements.desk import Desk
from app.gateway.service import Gateway
from app.gateway.tracing.live import TraceFeeds
from app.infra.outbound import Outbound
from app.ingestion.intake import Intake
from app.ingestion.types import Rules
from app.jobs.live import JobFeeds
from app.jobs.org_live import JobsFeeds
from app.limits.reservations import TokenLimits
from app.limits.service import Limiter
from app.pricing.book import PriceBook
from app.webhooks.live import DeliveryFeeds
from app.webhooks.secrets import Vault


@dataclass(frozen=True, slots=True)
class Services:
    """`limiter` is None where nothing is limited, `payments` where none are taken."""

    settings: Settings
    keys: KeyVerifier
    accounts: AccountKeys
    external: External
    redis: Redis
    job_feeds: JobFeeds
    jobs_feeds: JobsFeeds
    wallet_feeds: WalletFeeds
    usage_feeds: UsageFeeds
    limiter: Limiter | None
    token_limits: TokenLimits
    audit_feeds: AuditFeeds
    prices: PriceBook
    intake: Intake
    ingestion_rules: Rules
    entitlements: Desk
    credits: Operations
    payments: Payments | None
    gateway: Gateway
    trace_feeds: TraceFeeds
    outbound: Outbound
    webhook_secrets: Vault
    delivery_feeds: DeliveryFeeds


SERVICES = web.AppKey("launchkit.services", Services)
