"""What a worker process holds open: made on its event loop, closed there."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiohttp

from app.accounts.keys import AccountKeys
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.errors import LaunchKitError
from app.core.payments import Payments
from app.gateway.mirror import recording as mirror_recording
from app.gateway.mirror import virtual_keys
from app.gateway.mirror.service import Mirror
from app.gateway.mirror.virtual_keys import VirtualKeys
from app.infra import broker, hashing, mail, orm, pubsub, redis, stripe_payments, succession, telemetry
from app.infra.litellm import LiteLlm
from app.infra.outbound import Outbound
from app.infra.providers.registry import Providers, ProviderSettings
from app.jobs import kinds, leases
from app.outbox import courier as outbox_courier
from app.outbox.courier import Courier
from app.pricing.book import PriceBook
from app.webhooks import recording
from app.webhooks.secrets import Vault
from workers.leases import LeaseKeeper
from workers.runner import Runner
from workers.watchdog import Watchdog
from workers.webhooks import Dispatcher

log = telemetry.logger(__name__)

_CANCEL_AGAIN_SECONDS = 0.2


class Runtime:
    """Everything that an actor may need."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.account_keys = AccountKeys.derive(settings.secret_key)
        self.mailer = mail.mailer(settings)
        self.prices = PriceBook()
        self.payments: Payments | None = None
        self.mirror: Mirror | None = None
        self._stack = contextlib.AsyncExitStack()
        self._runner: Runner | None = None
        self._watchdog: Watchdog | None = None

    @property
    def runner(self) -> Runner:
        assert self._runner is not None, "the worker has not started"
        return self._runner

    @property
    def watchdog(self) -> Watchdog:
        assert self._watchdog is not None, "the worker has not started"
        return self._watchdog

    async def start(self) -> None:
        settings = self.settings
        recording.install()
        mirror_recording.install(settings)
        await orm.init(settings, application_name="launchkit-worker")
        self._stack.push_async_callback(orm.close)
        client = redis.connect(settings.require_redis_url())
        self._stack.push_async_callback(client.aclose)
        publisher = pubsub.Publisher(client)
        session = await self._stack.enter_async_context(aiohttp.ClientSession())
        keeper = LeaseKeeper(settings.require_database_url(), lease=settings.job_lease)
        keeper.start()
        self._stack.callback(keeper.stop)
        self._watchdog = Watchdog(
            settings.require_database_url(),
            asyncio.get_running_loop(),
            keeper.held,
            lease=settings.job_lease,
            memory_bytes=settings.worker_memory_bytes,
            ends_frozen=True,
        )
        self._watchdog.start()
        self._stack.callback(self._watchdog.stop)
        self._stack.push_async_callback(_give_back, keeper)
        sender = broker.sender(settings.effective_broker_url)
        self._stack.push_async_callback(sender.close)
        courier = Courier(sender, publisher, clock=utcnow)
        await self._stack.enter_async_context(outbox_courier.running(courier))
        if (payments := stripe_payments.connect(settings)) is not None:
            self.payments = payments
            self._stack.push_async_callback(payments.close)
        await self._stack.enter_async_context(_webhooks(settings))
        if settings.litellm is not None:
            self.mirror = _mirror(settings, self.prices)
            self._stack.push_async_callback(self.mirror.close)
        kinds.load(settings.job_kinds)
        providers = Providers.from_settings(_provider_settings(settings), session)
        name = succession.name()
        await _succeed(succession.predecessor())
        self._runner = Runner(
            providers,
            publisher,
            keeper,
            self.prices,
            guard=self._watchdog,
            new_token=leases.Tokens(name).new,
            lease=settings.job_lease,
        )
        install(self)

    async def stop(self) -> None:
        install(None)
        await self._stack.aclose()


async def _succeed(predecessor: str | None) -> None:
    """What a worker held that has died is lost now, instead of when its leases are over."""
    if predecessor is not None and (count := await leases.end_all_of(predecessor, now=utcnow())):
        log.warning("jobs.left_behind", jobs=count)


@contextlib.asynccontextmanager
async def _webhooks(settings: Settings) -> AsyncIterator[None]:
    client = redis.connect(settings.require_redis_url())
    hub = pubsub.Hub(client)
    listening = asyncio.create_task(hub.run(), name="pubsub")
    outbound = Outbound(settings.egress)
    vault = Vault(hashing.derive_key(settings.secret_key, "webhook-secrets"))
    try:
        dispatcher = Dispatcher(vault, outbound, clock=utcnow, wake=pubsub.Publisher(client).wake)
        async with dispatcher.running(hub):
            yield
    finally:
        while not listening.done():
            # The Redis client loses a cancellation that meets it while it connects.
            listening.cancel()
            await asyncio.wait([listening], timeout=_CANCEL_AGAIN_SECONDS)
        await outbound.close()
        await client.aclose()


def _mirror(settings: Settings, prices: PriceBook) -> Mirror:
    assert settings.litellm is not None
    keys = VirtualKeys(hashing.derive_key(settings.secret_key, virtual_keys.PURPOSE))
    return Mirror(LiteLlm(settings.litellm.base_url, settings.litellm.master_key), keys, prices)


async def _give_back(keeper: LeaseKeeper) -> None:
    """What did not end in time goes to another worker now, instead of when its lease is over."""
    try:
        if count := await leases.give_back(keeper.held(), now=utcnow()):
            log.info("jobs.given_back", jobs=count)
    except LaunchKitError as error:
        log.warning("jobs.not_given_back", error=str(error))


_current: Runtime | None = None


def install(runtime: Runtime | None) -> None:
    global _current  # noqa: PLW0603 - one per process
    _current = runtime


def current() -> Runtime:
    assert _current is not None, "actors run in a worker process"
    return _current


def _provider_settings(settings: Settings) -> ProviderSettings:
    return ProviderSettings(
        openai_api_key=settings.openai.api_key,
        openai_base_url=settings.openai.base_url,
        openai_model=settings.openai.model,
        openai_embedding_model=settings.openai.embedding_model,
        anthropic_api_key=settings.anthropic.api_key,
        anthropic_base_url=settings.anthropic.base_url,
        anthropic_model=settings.anthropic.model,
        gemini_api_key=settings.gemini.api_key,
        gemini_base_url=settings.gemini.base_url,
        gemini_model=settings.gemini.model,
    )
