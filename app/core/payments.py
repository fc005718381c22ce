"""Payments as values, and the port to who takes them.

Amounts are in minor units of their currency. A charge names a method that was set up before, and nobody is asked.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.core.errors import Unavailable


class PaymentsUnavailable(Unavailable):
    """Whether anything was charged is not known: the same charge, asked for again, tells."""

    code = "payments_unavailable"
    title = "The payment provider cannot be reached right now; try again shortly."


class PaymentState(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """`customer` is the provider's, who pays; `org` is whose it was set up for, as LaunchKit writes ids."""

    id: str
    customer: str
    org: str | None


@dataclass(frozen=True, slots=True)
class Charge:
    """`reference` is ours: asked for twice, it is charged once."""

    reference: str
    customer: str
    method: str
    amount_minor: int
    currency: str
    description: str


@dataclass(frozen=True, slots=True)
class Payment:
    """`id` is the provider's; None where it refused to make one. `failure` is its code for why."""

    id: str | None
    state: PaymentState
    failure: str | None = None


class Payments(Protocol):
    """Each of these raises `PaymentsUnavailable`."""

    async def method(self, method_id: str) -> PaymentMethod | None:
        """None where there is no such method, or it belongs to no customer."""

    async def charge(self, charge: Charge) -> Payment:
        """Charges, or tells what came of it when it was charged: within a day of the first time."""

    async def payment(self, payment_id: str) -> Payment:
        """What has become of a payment."""

    async def find(self, charge: Charge, *, since: datetime) -> Payment | None:
        """What came of a charge that was asked for after `since`; None where the provider never took it on."""
