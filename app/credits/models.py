"""Tables of credit. Their checks, triggers and the functions that alone write them are in the migration."""

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model


class Wallet(Model):
    """`owner_ref` is a customer's external id or a team's name, and empty for the org's own."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    owner_kind = fields.CharField(max_length=16)
    owner_ref = fields.CharField(max_length=255)
    environment = fields.CharField(max_length=8)
    balance = fields.DecimalField(
        max_digits=30, decimal_places=12, description="Sum of its credit and debt entries"
    )
    held = fields.DecimalField(max_digits=30, decimal_places=12, description="Sum of its open holds")
    debt = fields.DecimalField(max_digits=30, decimal_places=12)
    seq = fields.BigIntField(description="Grows with every change")
    created_at = fields.DatetimeField()

    class Meta:
        table = "wallet"
        unique_together = (("org_id", "environment", "owner_kind", "owner_ref"),)


class CreditGrant(Model):
    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    wallet_id = fields.UUIDField()
    source = fields.CharField(max_length=16)
    category = fields.CharField(max_length=16)
    amount = fields.DecimalField(max_digits=24, decimal_places=12)
    remaining = fields.DecimalField(max_digits=24, decimal_places=12)
    held = fields.DecimalField(max_digits=24, decimal_places=12)
    is_spent = fields.BooleanField(description="Whether nothing remains: what indexes go by")
    cost_basis = fields.DecimalField(
        max_digits=24, decimal_places=12, null=True, description="Paid for one credit"
    )
    currency = fields.CharField(max_length=3, null=True)
    priority = fields.SmallIntField()
    feature_id = fields.CharField(max_length=255, null=True)
    effective_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "credit_grant"
        indexes = (("wallet_id", "id"),)


class CreditHold(Model):
    """`grant_ids` with `grant_amounts`, and `budget_ids` with `budget_starts`, are pairs."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    wallet_id = fields.UUIDField()
    operation_key = fields.CharField(max_length=255)
    fingerprint = fields.BinaryField(null=True, description="Of the request, where it had a key of its own")
    amount = fields.DecimalField(max_digits=24, decimal_places=12)
    state = fields.CharField(max_length=16)
    feature_id = fields.CharField(max_length=255, null=True)
    grant_ids = ArrayField(element_type="uuid")
    grant_amounts = ArrayField(element_type="numeric")
    budget_ids = ArrayField(element_type="uuid")
    budget_starts = ArrayField(element_type="timestamptz")
    created_at = fields.DatetimeField()
    lease_expires_at = fields.DatetimeField()
    started_at = fields.DatetimeField(null=True, description="Since then the work may have cost something")
    ended_at = fields.DatetimeField(null=True)
    settled = fields.DecimalField(max_digits=24, decimal_places=12, null=True)
    transaction_id = fields.UUIDField(null=True)
    usage_id = fields.UUIDField(null=True, description="The limit of a feature that it counts towards")
    usage_amount = fields.DecimalField(max_digits=24, decimal_places=12, null=True)

    class Meta:
        table = "credit_hold"
        unique_together = (("org_id", "operation_key"),)
        indexes = (("wallet_id", "id"),)


class LedgerTransaction(Model):
    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    wallet_id = fields.UUIDField()
    seq = fields.BigIntField(description="The wallet's, after it")
    kind = fields.CharField(max_length=16)
    operation_key = fields.CharField(max_length=255)
    fingerprint = fields.BinaryField(null=True, description="Of the request, where it had a key of its own")
    at = fields.DatetimeField()
    amount = fields.DecimalField(max_digits=30, decimal_places=12)
    balance_after = fields.DecimalField(max_digits=30, decimal_places=12)
    hold_id = fields.UUIDField(null=True)
    reverses_id = fields.UUIDField(null=True, description="The transaction that this one gives back")
    note = fields.CharField(max_length=255, null=True)

    class Meta:
        table = "ledger_transaction"
        unique_together = (("org_id", "operation_key"), ("wallet_id", "seq"))


class LedgerEntry(Model):
    """Primary key (transaction_id, line)."""

    transaction_id = fields.UUIDField(primary_key=True)
    line = fields.SmallIntField()
    org_id = fields.UUIDField()
    wallet_id = fields.UUIDField()
    account = fields.CharField(max_length=16)
    grant_id = fields.UUIDField(null=True)
    amount = fields.DecimalField(max_digits=30, decimal_places=12)

    class Meta:
        table = "ledger_entry"
        indexes = (("wallet_id", "transaction_id"),)


class Budget(Model):
    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    scope_kind = fields.CharField(max_length=16)
    scope_id = fields.CharField(max_length=255)
    environment = fields.CharField(max_length=8)
    period = fields.CharField(max_length=8)
    amount = fields.DecimalField(max_digits=24, decimal_places=12)
    is_hard = fields.BooleanField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "budget"
        unique_together = (("org_id", "scope_kind", "scope_id", "environment", "period"),)


class BudgetUsage(Model):
    """Primary key (budget_id, starts_at)."""

    budget_id = fields.UUIDField(primary_key=True)
    starts_at = fields.DatetimeField()
    spent = fields.DecimalField(max_digits=30, decimal_places=12)
    held = fields.DecimalField(max_digits=30, decimal_places=12)

    class Meta:
        table = "budget_usage"


class AutoTopUp(Model):
    wallet_id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    threshold = fields.DecimalField(max_digits=24, decimal_places=12)
    amount = fields.DecimalField(max_digits=24, decimal_places=12)
    cost_basis = fields.DecimalField(max_digits=24, decimal_places=12, description="The price of one credit")
    currency = fields.CharField(max_length=3)
    amount_minor = fields.BigIntField(description="What each top-up costs")
    payment_customer = fields.CharField(max_length=255)
    payment_method = fields.CharField(max_length=255)
    updated_at = fields.DatetimeField()
    period = fields.CharField(max_length=8)
    max_amount = fields.DecimalField(max_digits=24, decimal_places=12)
    max_count = fields.IntField()
    is_armed = fields.BooleanField(
        description="False from an attempt until the balance is above the threshold again"
    )

    class Meta:
        table = "auto_top_up"


class TopUp(Model):
    """One attempt; of a wallet's, one at a time is pending."""

    id = fields.UUIDField(primary_key=True)
    org_id = fields.UUIDField()
    wallet_id = fields.UUIDField()
    amount = fields.DecimalField(max_digits=24, decimal_places=12)
    cost_basis = fields.DecimalField(max_digits=24, decimal_places=12)
    currency = fields.CharField(max_length=3)
    amount_minor = fields.BigIntField()
    payment_customer = fields.CharField(max_length=255)
    payment_method = fields.CharField(max_length=255)
    payment_id = fields.CharField(max_length=255, null=True, description="The provider's")
    state = fields.CharField(max_length=16)
    failure = fields.CharField(max_length=255, null=True, description="The provider's code")
    attempts = fields.IntField()
    created_at = fields.DatetimeField()
    next_attempt_at = fields.DatetimeField()
    claimed_until = fields.DatetimeField(null=True, description="Somebody is at it")
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "top_up"
        indexes = (("wallet_id", "id"),)
