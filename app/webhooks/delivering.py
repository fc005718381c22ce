"""The queue of deliveries: taking what is due, and booking what came of it, many in one statement each.

The rows are the queue, and Redis only wakes who looks. A delivery that is taken has a lease: whoever took it and died
lets it come due again, and who lost it books nothing. Of each endpoint only so many are under way as it bears: one
while it fails (the probe of a half-open breaker), none while it is paused.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from app.core import ids
from app.core.ids import OrgId, WebhookDeliveryId, WebhookEndpointId, WebhookMessageId
from app.infra import db
from app.infra.db import Row, UnitOfWork
from app.outbox import service as outbox
from app.webhooks import events, service
from app.webhooks.retrying import LEASE, Next, Outcome, State
from app.webhooks.types import DisabledReason

# So many failures in a row open the breaker; it stays open for 10 s, then twice as long each time, 10 minutes at most.
BREAKER = 5
# What fails for so long without a single success is switched off.
PATIENCE = timedelta(days=5)

_OPEN = "('PENDING', 'SENDING')"
# Endpoint by endpoint through the index of the queue: a dead one with a million rows costs as much as one with one. So
# no EXISTS, which would become a join with all that is due, and at the end a CASE, which keeps that index out of it.
# The places go to the orgs in turn, to those first of whose the fewest are under way: there are only so many, and
# endpoints that take their time over each answer would hold them all.
# Nobody waits for the disk: of a claim that the server loses in a crash the delivery is sent once more, as it is of a
# worker that dies; what is booked is on the disk.
_CLAIM = f"""
WITH RECURSIVE waiting AS (
    (SELECT endpoint_id FROM webhook_delivery WHERE state IN {_OPEN} ORDER BY endpoint_id LIMIT 1)
    UNION ALL
    SELECT (
        SELECT d.endpoint_id FROM webhook_delivery d
        WHERE d.state IN {_OPEN} AND d.endpoint_id > w.endpoint_id ORDER BY d.endpoint_id LIMIT 1
    ) FROM waiting w WHERE w.endpoint_id IS NOT NULL
), ready AS MATERIALIZED (
    SELECT e.id, e.org_id, e.url, e.secret, e.previous_secret, e.previous_secret_until, e.rate_per_second,
        CASE WHEN e.consecutive_failures > 0 THEN 1 ELSE e.max_concurrency END AS most,
        (SELECT count(*) FROM webhook_delivery u
            WHERE u.endpoint_id = e.id AND u.state = 'SENDING' AND u.due_at > $1::timestamptz) AS busy
    FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried, webhook_endpoint e
    WHERE e.id IN (SELECT endpoint_id FROM waiting) AND e.is_enabled
        AND (e.paused_until IS NULL OR e.paused_until <= $1::timestamptz)
        AND (SELECT d.due_at FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.state IN {_OPEN}
            ORDER BY d.due_at LIMIT 1) <= $1::timestamptz
    FOR NO KEY UPDATE OF e SKIP LOCKED
), orgs AS (
    SELECT org_id, sum(busy) AS busy FROM ready GROUP BY org_id
), due AS MATERIALIZED (
    SELECT d.id, r.id AS endpoint_id FROM ready r JOIN orgs o ON o.org_id = r.org_id CROSS JOIN LATERAL (
        SELECT id, due_at FROM webhook_delivery
        WHERE endpoint_id = r.id AND state IN {_OPEN} AND due_at <= $1::timestamptz
        ORDER BY due_at
        LIMIT greatest(0, least(r.most - r.busy, coalesce(r.rate_per_second, r.most), $2::int))
    ) AS d
    ORDER BY o.busy + row_number() OVER (PARTITION BY r.org_id ORDER BY d.due_at), d.due_at LIMIT $2::int
), paced AS (
    UPDATE webhook_endpoint e SET paused_until = $1::timestamptz + interval '1 second' * n.count / e.rate_per_second
    FROM (SELECT endpoint_id, count(*) FROM due GROUP BY 1) AS n
    WHERE e.id = n.endpoint_id AND e.rate_per_second IS NOT NULL
)
UPDATE webhook_delivery d
SET state = 'SENDING', lease_token = $3::uuid, due_at = $1::timestamptz + $4::interval, attempts = d.attempts + 1,
    tries = d.tries + 1, seq = d.seq + 1, updated_at = $1::timestamptz
FROM due JOIN ready r ON r.id = due.endpoint_id, webhook_message m
WHERE d.id = due.id AND m.id = d.message_id
    AND CASE WHEN d.state IN {_OPEN} THEN d.due_at <= $1::timestamptz END
RETURNING d.id, d.org_id, d.endpoint_id, d.message_id, d.event_type, d.attempts, d.tries, d.retry_until, d.created_at,
    m.body, r.url, r.secret, r.previous_secret, r.previous_secret_until
"""
_BOOK = """
UPDATE webhook_delivery d
SET state = r.state, due_at = r.due_at, finished_at = r.finished_at, lease_token = NULL, seq = d.seq + 1,
    updated_at = $7::timestamptz, last_status = r.status, last_error = r.error
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::smallint[], $6::text[], $8::timestamptz[])
    AS r (id, token, state, due_at, status, error, finished_at)
WHERE d.id = r.id AND d.lease_token = r.token
RETURNING d.id, d.org_id, d.attempts
"""
_ATTEMPTS = """
INSERT INTO webhook_attempt
    (delivery_id, number, org_id, at, latency_ms, status, error_code, error_message, body)
SELECT b.id, b.attempts, b.org_id, r.at, r.latency_ms, r.status, r.code, r.message, r.body
FROM unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::smallint[], $5::text[], $6::text[], $7::text[])
    AS r (id, at, latency_ms, status, code, message, body) JOIN booked b ON b.id = r.id
"""
# A success forgets what was before it, and is written only where there is something to forget.
_HEALTH = f"""
UPDATE webhook_endpoint e SET
    consecutive_failures = CASE WHEN r.has_success THEN 0 ELSE e.consecutive_failures + r.failures END,
    failing_since = CASE WHEN r.has_success THEN NULL ELSE coalesce(e.failing_since, $5::timestamptz) END,
    paused_until = CASE WHEN r.has_success THEN NULL ELSE greatest(e.paused_until, r.paused_until,
        CASE WHEN e.consecutive_failures + r.failures >= {BREAKER} THEN $5::timestamptz + least(
            interval '10 minutes',
            interval '10 seconds' * 2 ^ least(e.consecutive_failures + r.failures - {BREAKER}, 6)) END) END
FROM unnest($1::uuid[], $2::bool[], $3::int[], $4::timestamptz[]) AS r (id, has_success, failures, paused_until)
WHERE e.id = r.id AND (NOT r.has_success OR e.consecutive_failures > 0)
"""
# Of each endpoint only the oldest are looked at: a backlog of a million costs no more than one of a thousand.
_BATCH = 1_000
_BURY = f"""
UPDATE webhook_delivery SET state = 'DEAD', finished_at = $1, seq = seq + 1, updated_at = $1,
    last_error = coalesce(last_error, 'not_sent')
WHERE id = ANY (ARRAY(
    SELECT d.id FROM webhook_endpoint e CROSS JOIN LATERAL (
        SELECT id, retry_until FROM webhook_delivery w
        WHERE w.endpoint_id = e.id AND w.state IN {_OPEN} AND w.state = 'PENDING'
        ORDER BY w.due_at LIMIT {_BATCH}
    ) AS d
    WHERE NOT e.is_enabled OR (e.paused_until IS NOT NULL AND d.retry_until <= $1) LIMIT {_BATCH}
)) AND state = 'PENDING' RETURNING org_id, endpoint_id
"""
_FAILING = """
SELECT id FROM webhook_endpoint
WHERE is_enabled AND failing_since <= $1 AND consecutive_failures >= $2 LIMIT 100
"""
_PURGE = """
DELETE FROM webhook_message WHERE id = ANY (ARRAY(SELECT id FROM webhook_message WHERE id < $1 ORDER BY id LIMIT $2))
"""


@dataclass(frozen=True, slots=True)
class Sending:
    """A delivery that was taken, and all that it takes to send it. `token` is its lease."""

    id: WebhookDeliveryId
    token: UUID
    org_id: OrgId
    endpoint_id: WebhookEndpointId
    message_id: WebhookMessageId
    event_type: str
    tries: int
    retry_until: datetime
    created_at: datetime
    url: str
    body: str = field(repr=False)
    sealed: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attempt, which began `at`."""

    sending: Sending
    outcome: Outcome
    next: Next
    at: datetime


async def claim(*, limit: int, now: datetime) -> list[Sending]:
    """Takes up to `limit` of what is due, of each org the longest due; each is one caller's until its lease is over."""
    token = ids.uuid7()
    rows = await db.fetch(_CLAIM, now, limit, token, LEASE)
    return [_sending(row, token, now) for row in rows]


async def book(results: Sequence[Result], *, now: datetime) -> None:
    """Writes down all of them in one transaction; what somebody else has taken since stays as they have it."""
    if not results:
        return
    async with db.unit_of_work() as uow:
        for endpoint_id in sorted(
            {result.sending.endpoint_id for result in results if result.outcome.is_gone}
        ):
            await service.disable(uow, endpoint_id, reason=DisabledReason.GONE, now=now)
        _write(uow, results, now)
        changed = {(result.sending.org_id, result.sending.endpoint_id) for result in results}
        outbox.publish(uow, *(events.deliveries_changed(*one) for one in sorted(changed)), now=now)


async def bury(*, now: datetime) -> int:
    """Gives up what waits for an endpoint that is disabled, or paused past the time of its retries. A batch."""
    async with db.unit_of_work() as uow:
        rows = await uow.fetch(_BURY, now)
        changed = {(OrgId(row["org_id"]), WebhookEndpointId(row["endpoint_id"])) for row in rows}
        outbox.publish(uow, *(events.deliveries_changed(*one) for one in sorted(changed)), now=now)
    return len(rows)


async def disable_failing(*, now: datetime) -> int:
    """Switches off what has done nothing but fail for `PATIENCE`."""
    rows = await db.fetch(_FAILING, now - PATIENCE, BREAKER)
    for row in rows:
        async with db.unit_of_work() as uow:
            await service.disable(uow, WebhookEndpointId(row["id"]), reason=DisabledReason.FAILING, now=now)
    return len(rows)


async def purge(*, days: int, now: datetime) -> int:
    """Forgets messages older than `days`, with their deliveries and attempts. A batch; how many messages."""
    milliseconds = int((now - timedelta(days=days)).timestamp() * 1000)
    return await db.execute(_PURGE, UUID(int=milliseconds << 80), _BATCH)


def _write(uow: UnitOfWork, results: Sequence[Result], now: datetime) -> None:
    found = [result.outcome for result in results]
    delivery_ids = [result.sending.id for result in results]
    uow.add(
        _BOOK,
        delivery_ids,
        [result.sending.token for result in results],
        [result.next.state.value for result in results],
        [result.next.due_at for result in results],
        [outcome.status for outcome in found],
        [outcome.error_code for outcome in found],
        now,
        [None if result.next.state is State.PENDING else now for result in results],
        name="booked",
    )
    uow.add(
        _ATTEMPTS,
        delivery_ids,
        [result.at for result in results],
        [outcome.latency_ms for outcome in found],
        [outcome.status for outcome in found],
        [outcome.error_code for outcome in found],
        [outcome.error_message for outcome in found],
        [outcome.body for outcome in found],
    )
    uow.add(_HEALTH, *db.columns(_health(results, now)), now)


def _health(results: Sequence[Result], now: datetime) -> list[tuple[object, ...]]:
    """Per endpoint: whether anything arrived, how much did not, and how long it asked to be left alone."""
    of: defaultdict[WebhookEndpointId, list[Outcome]] = defaultdict(list)
    for result in results:
        of[result.sending.endpoint_id].append(result.outcome)
    rows: list[tuple[object, ...]] = []
    for endpoint_id, outcomes in sorted(of.items()):
        waits = [outcome.retry_after for outcome in outcomes if outcome.retry_after is not None]
        has_success = any(outcome.is_success for outcome in outcomes)
        failures = sum(not outcome.is_success for outcome in outcomes)
        rows.append((endpoint_id, has_success, failures, now + max(waits) if waits else None))
    return rows


def _sending(row: Row, token: UUID, now: datetime) -> Sending:
    is_rotating = row["previous_secret"] is not None and row["previous_secret_until"] > now
    sealed = (row["secret"], row["previous_secret"]) if is_rotating else (row["secret"],)
    return Sending(
        id=WebhookDeliveryId(row["id"]),
        token=token,
        org_id=OrgId(row["org_id"]),
        endpoint_id=WebhookEndpointId(row["endpoint_id"]),
        message_id=WebhookMessageId(row["message_id"]),
        event_type=row["event_type"],
        tries=row["tries"],
        retry_until=row["retry_until"],
        created_at=row["created_at"],
        url=row["url"],
        body=row["body"],
        sealed=sealed,
    )
