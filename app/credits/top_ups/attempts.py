"""Topping wallets up: noticing, charging, giving.

A row says that a wallet is to be topped up before anybody is charged. The charge goes out under the row's name, outside
any transaction. The credit is given in the transaction that says that it was paid. Whoever dies in between is followed
by another, who asks for the same charge again: the provider does not make it twice, and the row ends once.
"""

from datetime import datetime, timedelta

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core.ids import TopUpId
from app.core.money import to_text
from app.core.payments import Payment, Payments, PaymentState, PaymentsUnavailable
from app.core.principal import SYSTEM
from app.credits import granting
from app.credits.top_ups import events, records, tasks
from app.credits.top_ups.types import TopUp, TopUpState
from app.credits.types import Category, GrantSource, NewGrant
from app.infra import db, telemetry
from app.infra.db import UnitOfWork
from app.outbox import service as outbox

log = telemetry.logger(__name__)

# Longer than an attempt can take.
_LEASE = timedelta(minutes=2)
_PATIENCE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=1)
# Stripe forgets keys after a day: from then on the same charge would be another one.
_KEY_IS_KNOWN = timedelta(hours=20)
_UNREACHABLE = "payments_unreachable"

_IS_DUE = f"""
FROM auto_top_up a JOIN wallet w ON w.id = a.wallet_id JOIN org o ON o.id = a.org_id
CROSS JOIN LATERAL {records.AVAILABLE} AS available
WHERE a.is_armed AND available.amount <= a.threshold AND o.deletion_due_at IS NULL
    AND NOT EXISTS (SELECT FROM top_up t WHERE t.wallet_id = a.wallet_id AND t.state = 'pending')
    AND (
        SELECT count(*) < a.max_count AND coalesce(sum(t.amount), 0) + a.amount <= a.max_amount FROM top_up t
        WHERE t.wallet_id = a.wallet_id AND t.state = 'succeeded'
            AND t.created_at >= credit_period_start(a.period, $1)
    )
"""
_ANY_DUE = f"SELECT EXISTS (SELECT {_IS_DUE})"
_BEGIN = f"""
WITH due AS (SELECT a.* {_IS_DUE} ORDER BY a.wallet_id LIMIT $2 FOR UPDATE OF a SKIP LOCKED),
disarmed AS (UPDATE auto_top_up a SET is_armed = false FROM due WHERE a.wallet_id = due.wallet_id)
INSERT INTO top_up (id, org_id, wallet_id, amount, cost_basis, currency, amount_minor, payment_customer,
    payment_method, state, attempts, created_at, next_attempt_at)
SELECT credit_uuid7($1), org_id, wallet_id, amount, cost_basis, currency, amount_minor, payment_customer,
    payment_method, 'pending', 0, $1, $3 FROM due
ON CONFLICT (wallet_id) WHERE state = 'pending' DO NOTHING
RETURNING id
"""
_REARM = f"""
UPDATE auto_top_up SET is_armed = true WHERE wallet_id IN (
    SELECT a.wallet_id FROM auto_top_up a JOIN wallet w ON w.id = a.wallet_id
    CROSS JOIN LATERAL {records.AVAILABLE} AS available
    WHERE NOT a.is_armed AND available.amount > a.threshold
)
"""
_ANY_OVERDUE = "SELECT EXISTS (SELECT FROM top_up WHERE state = 'pending' AND next_attempt_at <= $1)"
_OVERDUE = """
UPDATE top_up SET next_attempt_at = $2 WHERE id IN (
    SELECT id FROM top_up WHERE state = 'pending' AND next_attempt_at <= $1
        AND (claimed_until IS NULL OR claimed_until <= $1)
    ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED
) RETURNING id
"""
_CLAIM = f"""
UPDATE top_up SET claimed_until = $3, attempts = attempts + 1
WHERE id = $1 AND state = 'pending' AND (claimed_until IS NULL OR claimed_until <= $2)
RETURNING {records.TOP_UP_COLUMNS}
"""
_LATER = """
UPDATE top_up SET claimed_until = NULL, next_attempt_at = $2, payment_id = coalesce($3, payment_id)
WHERE id = $1 AND state = 'pending'
"""
_FINISH = f"""
UPDATE top_up SET state = $2, payment_id = coalesce($3, payment_id), failure = $4, finished_at = $5,
    claimed_until = NULL
WHERE id = $1 AND state = 'pending' RETURNING {records.TOP_UP_COLUMNS}
"""


async def begin_due(*, now: datetime, limit: int = 100) -> int:
    """A top-up of each wallet whose credit has fallen to its threshold; how many. Of callers that race one does it."""
    if not await db.fetchval(_ANY_DUE, now):
        return 0
    async with db.unit_of_work() as uow:
        rows = await uow.fetch(_BEGIN, now, limit, now + _PATIENCE)
        outbox.enqueue(uow, *(tasks.attempt(TopUpId(row["id"])) for row in rows), now=now)
    return len(rows)


async def rearm(*, now: datetime) -> int:
    """Wallets with more than their threshold again; grants re-arm theirs by themselves."""
    return await db.execute(_REARM, now)


async def remind(*, now: datetime, limit: int = 100) -> int:
    """Has those attempted again that nobody finished; how many."""
    if not await db.fetchval(_ANY_OVERDUE, now):
        return 0
    async with db.unit_of_work() as uow:
        rows = await uow.fetch(_OVERDUE, now, now + _PATIENCE, limit)
        outbox.enqueue(uow, *(tasks.attempt(TopUpId(row["id"])) for row in rows), now=now)
    return len(rows)


async def attempt(top_up_id: TopUpId, *, payments: Payments, now: datetime) -> None:
    """Charges, and gives the credit once that is confirmed. Does nothing where it is over, or another is at it."""
    rows = await db.fetch(_CLAIM, top_up_id, now, now + _LEASE)
    if not rows:
        return
    top_up = records.top_up(rows[0])
    try:
        payment = await _pay(top_up, payments, now)
    except PaymentsUnavailable as error:
        log.warning(
            "top_up.not_charged", top_up_id=str(top_up_id), attempts=top_up.attempts, reason=str(error)
        )
        await _later(top_up, None, now)
        return
    if payment.state is PaymentState.PENDING:
        await _later(top_up, payment.id, now)
        return
    await _finish(top_up, payment, now)


async def _pay(top_up: TopUp, payments: Payments, now: datetime) -> Payment:
    charge = top_up.charge()
    if top_up.payment_id is not None:
        return await payments.payment(top_up.payment_id)
    if now - top_up.created_at < _KEY_IS_KNOWN:
        return await payments.charge(charge)
    found = await payments.find(charge, since=top_up.created_at)
    return found or Payment(None, PaymentState.FAILED, _UNREACHABLE)


async def _later(top_up: TopUp, payment_id: str | None, now: datetime) -> None:
    pause = min(_PATIENCE * 2 ** min(top_up.attempts - 1, 10), _LONGEST_PAUSE)
    await db.execute(_LATER, top_up.id, now + pause, payment_id)


async def _finish(top_up: TopUp, payment: Payment, now: datetime) -> None:
    state = TopUpState.SUCCEEDED if payment.state is PaymentState.SUCCEEDED else TopUpState.FAILED
    failure = payment.failure and payment.failure[:255]
    async with db.unit_of_work() as uow:
        rows = await uow.fetch(_FINISH, top_up.id, state.value, payment.id, failure, now)
        if not rows:
            return
        done = records.top_up(rows[0])
        if state is TopUpState.SUCCEEDED:
            await granting.give_bought(uow, done.org_id, grant=_grant(done, now), now=now)
        else:
            _record_failure(uow, done, now)
        outbox.publish(uow, events.finished(done), now=now)
    telemetry.CREDIT_TOP_UPS.labels(state.value).inc()
    log.info("top_up.finished", top_up_id=str(done.id), state=state.value, failure=failure)


def _grant(top_up: TopUp, now: datetime) -> NewGrant:
    return NewGrant(
        top_up.wallet_id,
        top_up.reference,
        top_up.amount,
        GrantSource.PURCHASE,
        Category.PAID,
        now,
        cost_basis=top_up.cost_basis,
        currency=top_up.currency,
        note=f"Auto top-up {top_up.payment_id}",
    )


def _record_failure(uow: UnitOfWork, top_up: TopUp, now: datetime) -> None:
    changes = {"amount": to_text(top_up.amount), "failure": top_up.failure}
    audit.record(uow, Entry(top_up.org_id, Action.TOP_UP_FAILED, SYSTEM, "top_up", top_up.id, now, changes))
