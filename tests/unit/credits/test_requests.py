"""By what a repeated request is told from another one."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from app.core.principal import Principal
from app.credits import requests
from app.credits.types import Category, GrantSource, NewGrant, NewPurchase, Owner, OwnerKind, Spend

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
KEY = Principal("api_key", UUID(int=1), {})


def spend(amount: Decimal) -> Spend:
    return requests.spend(
        KEY, "hold", amount=amount, customer_id="a", user_id=None, feature_id=None, idempotency_key="k"
    )


def purchase(amount: Decimal) -> NewPurchase:
    return requests.purchase(
        KEY,
        amount=amount,
        customer_id="a",
        cost_basis=amount,
        currency="USD",
        expires_at=None,
        note=None,
        idempotency_key="k",
    )


def grant(amount: Decimal) -> NewGrant:
    return requests.grant(
        KEY,
        owner=Owner(OwnerKind.ORG),
        amount=amount,
        source=GrantSource.PURCHASE,
        category=Category.PAID,
        environment=None,
        effective_at=None,
        expires_at=None,
        priority=50,
        feature_id=None,
        cost_basis=amount,
        currency="USD",
        note=None,
        idempotency_key="k",
        now=NOW,
    )


class TestFingerprints:
    @pytest.mark.parametrize("wish", [spend, purchase, grant])
    def test_are_the_same_of_equal_amounts_alone(self, wish: type) -> None:
        assert wish(Decimal("10")).fingerprint == wish(Decimal("10.00")).fingerprint
        assert wish(Decimal("10")).fingerprint != wish(Decimal("10.01")).fingerprint

    @pytest.mark.parametrize("wish", [spend, purchase, grant])
    @pytest.mark.parametrize(
        "amount", ["1E+999999999999", "1E-999999999999", "-1E+999999999999", "NaN", "Infinity"]
    )
    def test_do_not_write_out_what_is_refused_anyway(self, wish: type, amount: str) -> None:
        """A hundred million digits in twelve characters: the process would stand still, or be killed."""
        assert wish(Decimal(amount)).fingerprint is not None
