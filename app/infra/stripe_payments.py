"""Stripe as a payment provider: PaymentIntents that are confirmed at once, off session.

Formats after docs.stripe.com/api. Whose a Stripe customer is stands in its metadata (`launchkit_org`): a method of
another org's is as good as none.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from app.core.config import Settings
from app.core.payments import Charge, Payment, PaymentMethod, PaymentState, PaymentsUnavailable
from app.infra import telemetry

log = telemetry.logger(__name__)

OWNER: Final = "launchkit_org"
REFERENCE: Final = "launchkit_reference"
_TIMEOUT_SECONDS = 20.0
_MOST_LOOKED_AT = 300
# Of two clocks.
_SKEW = timedelta(minutes=5)
# What a PaymentIntent is in; all else was not paid and will not be, for nobody is there to do something about it.
_STATES: Mapping[str, PaymentState] = {
    "succeeded": PaymentState.SUCCEEDED,
    "processing": PaymentState.PENDING,
}


def connect(settings: Settings) -> "StripePayments | None":
    """None where no key is set: the installation takes no payments."""
    if settings.stripe_secret_key is None:
        return None
    return StripePayments(settings.stripe_secret_key, base_url=settings.stripe_api_base)


class StripePayments:
    """An `app.core.payments.Payments`."""

    def __init__(self, secret_key: str, *, base_url: str | None = None) -> None:
        # Three quarters of a second, which only those who take payments need to wait.
        import stripe  # noqa: PLC0415

        self._stripe = stripe
        self._http = stripe.AIOHTTPClient(timeout=_TIMEOUT_SECONDS)
        self._client = stripe.StripeClient(
            secret_key,
            http_client=self._http,
            # Who calls tries again, later and as often as it likes: with the same reference.
            max_network_retries=0,
            base_addresses={"api": base_url} if base_url else {},
        )

    async def close(self) -> None:
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def method(self, method_id: str) -> PaymentMethod | None:
        async with self._failures():
            try:
                found: Any = await self._client.v1.payment_methods.retrieve_async(
                    method_id, {"expand": ["customer"]}
                )
            except self._stripe.InvalidRequestError:
                return None
        customer = found.customer
        if customer is None:
            return None
        metadata = _plain(customer.metadata)
        return PaymentMethod(found.id, customer.id, metadata.get(OWNER))

    async def charge(self, charge: Charge) -> Payment:
        async with self._failures():
            try:
                intent = await self._client.v1.payment_intents.create_async(
                    {
                        "amount": charge.amount_minor,
                        "currency": charge.currency.lower(),
                        "customer": charge.customer,
                        "payment_method": charge.method,
                        "description": charge.description,
                        "confirm": True,
                        "off_session": True,
                        "metadata": {REFERENCE: charge.reference},
                    },
                    {"idempotency_key": charge.reference},
                )
            except self._stripe.CardError as error:
                return Payment(_intent_of(error), PaymentState.FAILED, _code(error))
            except self._stripe.InvalidRequestError as error:
                return Payment(None, PaymentState.FAILED, _code(error))
        return _payment(intent)

    async def payment(self, payment_id: str) -> Payment:
        async with self._failures():
            return _payment(await self._client.v1.payment_intents.retrieve_async(payment_id))

    async def find(self, charge: Charge, *, since: datetime) -> Payment | None:
        earliest = int((since - _SKEW).timestamp())
        async with self._failures():
            page = await self._client.v1.payment_intents.list_async(
                {"customer": charge.customer, "created": {"gte": earliest}, "limit": 100}
            )
            seen = 0
            async for intent in page.auto_paging_iter():
                if _plain(intent.metadata).get(REFERENCE) == charge.reference:
                    return _payment(intent)
                seen += 1
                if seen >= _MOST_LOOKED_AT:
                    raise PaymentsUnavailable("Too many payments to find one among them; look in Stripe.")
        return None

    @asynccontextmanager
    async def _failures(self) -> AsyncIterator[None]:
        """What says nothing about the payment: the network, Stripe itself, our key."""
        try:
            yield
        except self._stripe.StripeError as error:
            log.warning("stripe.failed", error=type(error).__name__, status=error.http_status)
            raise PaymentsUnavailable(retry_after=30) from error


def _payment(intent: Any) -> Payment:
    state = _STATES.get(intent.status, PaymentState.FAILED)
    if state is not PaymentState.FAILED:
        return Payment(intent.id, state)
    error = getattr(intent, "last_payment_error", None)
    return Payment(intent.id, state, (error and (error.decline_code or error.code)) or intent.status)


def _code(error: Any) -> str:
    body = _plain(error.json_body).get("error") or {}
    return str(body.get("decline_code") or error.code or type(error).__name__)


def _intent_of(error: Any) -> str | None:
    body = _plain(error.json_body).get("error") or {}
    intent = body.get("payment_intent") or {}
    found: str | None = intent.get("id")
    return found


def _plain(value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    return value if isinstance(value, dict) else dict(value.to_dict())
