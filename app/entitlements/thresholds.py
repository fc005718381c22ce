"""Telling that usage has reached half, four fifths and all of a limit: once per scope, period and share.

A step of the scheduler, over what changed lately; now and then over everything, so that nothing late is missed. The row
that keeps a crossing from being told twice commits with the event that tells it. Any number of schedulers may race.

Another limit is told of anew: it is in the scope of plans and entitlements, and a budget that is raised forgets what it
has not reached any more (`credits.budgets`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson

from app.core.ids import OrgId
from app.entitlements import events
from app.entitlements.types import Crossing, LimitUnit
from app.infra import db
from app.outbox import service as outbox

SHARES = (50, 80, 100)
_LATELY = timedelta(hours=2)
_LONG_AGO = timedelta(days=400)
_MOST = 1_000

# `standing` is what was used of which limit; what was told before is left out of what is written and told.
_TELL = """
WITH standing AS MATERIALIZED ({standing}), told AS (
    INSERT INTO threshold_crossing (org_id, scope, starts_at, percent, at)
    SELECT s.org_id, s.scope, s.starts_at, p.percent, $1::timestamptz
    FROM standing s CROSS JOIN unnest($2::smallint[]) AS p (percent)
    WHERE s.amount > 0 AND s.used * 100 >= s.amount * p.percent AND NOT EXISTS (
        SELECT FROM threshold_crossing t WHERE t.org_id = s.org_id AND t.scope = s.scope
            AND t.starts_at = s.starts_at AND t.percent = p.percent)
    ORDER BY 1, 2, 3, 4 LIMIT $3::int
    ON CONFLICT DO NOTHING
    RETURNING org_id, scope, starts_at, percent
)
SELECT org_id, scope, starts_at, percent, kind, subject::text, unit, amount, used, ends_at
FROM told JOIN standing USING (org_id, scope, starts_at) ORDER BY 1, 2, 3, 4
"""
_UNTOLD = """NOT EXISTS (SELECT FROM threshold_crossing t WHERE t.org_id = {org} AND t.scope = {scope}
        AND t.starts_at = {start} AND t.percent = 100)"""
_PLAN_SCOPE = "'plan:' || p.included_tokens"
_MONTH = "credit_period_start('month', $4::timestamptz)"
_PLANS = f"""
    SELECT o.id AS org_id, {_PLAN_SCOPE} AS scope, 'plan' AS kind, jsonb_build_object('plan', p.code) AS subject,
        'tokens' AS unit, p.included_tokens::numeric AS amount, plan_tokens_used(o.id, $4::timestamptz) AS used,
        {_MONTH} AS starts_at, credit_period_end('month', {_MONTH}) AS ends_at
    FROM org o JOIN plan p ON p.code = o.plan AND p.version = o.plan_version
    WHERE o.deleted_at IS NULL AND p.included_tokens IS NOT NULL
        AND EXISTS (SELECT FROM usage_rollup_hour r WHERE r.org_id = o.id AND r.hour >= $5::timestamptz)
        AND {_UNTOLD.format(org="o.id", scope=_PLAN_SCOPE, start=_MONTH)}
"""
_BUDGETS = f"""
    SELECT b.org_id, 'budget:' || b.id AS scope, 'budget' AS kind,
        jsonb_build_object('of', b.scope_kind, 'id', b.scope_id, 'environment', b.environment) AS subject,
        'credits' AS unit, b.amount, u.spent AS used, u.starts_at, credit_period_end(b.period, u.starts_at) AS ends_at
    FROM budget b JOIN budget_usage u
        ON u.budget_id = b.id AND u.starts_at = credit_period_start(b.period, $4::timestamptz)
    WHERE u.spent * 2 >= b.amount AND $5::timestamptz IS NOT NULL
        AND {_UNTOLD.format(org="b.org_id", scope="'budget:' || b.id", start="u.starts_at")}
"""
_ENTITLEMENT_SCOPE = (
    "'entitlement:' || "
    "md5(concat_ws('/', e.environment, e.feature_id, e.unit, e.period, e.amount, e.customer_id))"
)
# Of several entitlements the most special one decides, as for a reservation.
_ENTITLEMENTS = f"""
    SELECT e.org_id, {_ENTITLEMENT_SCOPE} AS scope, 'entitlement' AS kind,
        jsonb_build_object('customer_id', nullif(e.customer_id, ''), 'feature_id', e.feature_id,
            'environment', e.environment) AS subject,
        e.unit, e.amount, e.starts_at, credit_period_end(e.period, e.starts_at) AS ends_at,
        entitlement_used(e.org_id, e.environment, e.customer_id, e.feature_id, e.unit, e.starts_at,
            coalesce(credit_period_end(e.period, e.starts_at), 'infinity')) + coalesce(u.settled, 0) AS used
    FROM (
        SELECT DISTINCT ON (c.org_id, c.environment, c.customer_id, c.feature_id) c.*, x.unit, x.amount, x.period,
            x.is_enabled, credit_period_start(x.period, $4::timestamptz) AS starts_at
        FROM (
            SELECT DISTINCT r.org_id, w.kind AS environment, r.customer_id, r.feature_id
            FROM (SELECT DISTINCT org_id FROM entitlement WHERE unit IS NOT NULL) AS o
            JOIN usage_rollup_hour r ON r.org_id = o.org_id AND r.hour >= $5::timestamptz AND r.feature_id <> ''
            JOIN workspace w ON w.id = r.workspace_id
            UNION
            SELECT org_id, environment, customer_id, feature_key FROM entitlement_usage
            WHERE starts_at >= $5::timestamptz AND settled > 0
        ) AS c
        LEFT JOIN customer k ON k.org_id = c.org_id AND k.external_id = c.customer_id
        JOIN entitlement x ON x.org_id = c.org_id AND x.feature_key = c.feature_id AND (
            x.audience_kind = 'customer' AND x.audience_ref = c.customer_id AND c.customer_id <> ''
            OR x.audience_kind = 'tier' AND x.audience_ref = k.tier OR x.audience_kind = 'all')
        ORDER BY c.org_id, c.environment, c.customer_id, c.feature_id,
            array_position(ARRAY['customer', 'tier', 'all'], x.audience_kind::text)
    ) AS e
    LEFT JOIN entitlement_usage u ON u.org_id = e.org_id AND u.environment = e.environment
        AND u.customer_id = e.customer_id AND u.feature_key = e.feature_id AND u.unit = e.unit
        AND u.starts_at = e.starts_at
    WHERE e.unit IS NOT NULL AND e.is_enabled
        AND {_UNTOLD.format(org="e.org_id", scope=_ENTITLEMENT_SCOPE, start="e.starts_at")}
"""
_KINDS = tuple(_TELL.format(standing=standing) for standing in (_PLANS, _BUDGETS, _ENTITLEMENTS))


async def tell(*, now: datetime, is_thorough: bool) -> int:
    """Tells what was reached and not told before; how many. `is_thorough` looks at all of the present periods, not
    only at whoever used something lately.

    In the first hour of a day it looks back: the last usage of a period may not have been looked at before its end.
    """
    since = now - (_LONG_AGO if is_thorough else _LATELY)
    moments = [now] if now.hour else [now, now - timedelta(hours=1)]
    return sum([await _tell(sql, moment, since, now) for sql in _KINDS for moment in moments])


async def _tell(sql: str, moment: datetime, since: datetime, now: datetime) -> int:
    async with db.unit_of_work() as uow:
        rows = await uow.fetch(sql, now, list(SHARES), _MOST, moment, since)
        outbox.publish(uow, *(events.usage_updated(crossing) for crossing in _crossings(rows)), now=now)
    return len(rows)


def _crossings(rows: Sequence[db.Row]) -> list[Crossing]:
    return [
        Crossing(
            OrgId(row["org_id"]),
            row["scope"],
            row["kind"],
            orjson.loads(row["subject"]),
            LimitUnit(row["unit"]),
            row["amount"],
            row["used"],
            row["percent"],
            row["starts_at"],
            row["ends_at"],
        )
        for row in rows
    ]
