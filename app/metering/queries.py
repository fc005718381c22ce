"""Reading usage, from the hourly rollup."""

from collections.abc import Sequence
from functools import reduce
from uuid import UUID

from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.core.principal import Access, Permission, Principal
from app.infra import db
from app.metering.types import MAX_SERIES_BUCKETS, Bucket, Dimension, Figures, UsageQuestion, UsageReport

_COLUMNS = {
    Dimension.MODEL: "model",
    Dimension.PROVIDER: "provider",
    Dimension.CUSTOMER: "customer_id",
    Dimension.FEATURE: "feature_id",
    Dimension.USER: "user_id",
    Dimension.KEY: "api_key_id",
    Dimension.WORKSPACE: "workspace_id",
}
_NONE = ("", UUID(int=0))


async def report(principal: Principal, org_id: OrgId, question: UsageQuestion) -> UsageReport:
    """Series and totals; an API key sees the usage of its own workspace."""
    access = principal.authorise(org_id, Permission.USAGE_READ)
    question.validate()
    start, end = question.whole_hours()
    sql, args = _statement(access, question)
    rows = await db.fetch(sql, access.org_id, start, end, *args)
    if len(rows) > MAX_SERIES_BUCKETS:
        mend = f"That is more than {MAX_SERIES_BUCKETS:,} figures; ask for less time, coarser steps or fewer groups."
        raise InvalidInput([FieldError("group_by", "too_fine", mend)])
    series = [_bucket(row, question.group_by) for row in rows]
    totals = reduce(Figures.plus, (bucket.figures for bucket in series), Figures())
    return UsageReport(start, end, series, totals)


def _statement(access: Access, question: UsageQuestion) -> tuple[str, Sequence[object]]:
    """Column names come from `_COLUMNS` and the granularity from its enum; every value is a parameter."""
    args: list[object] = []
    conditions = ""
    for dimension, value in question.where.items():
        args.append(value)
        conditions += f" AND {_COLUMNS[dimension]} = ${3 + len(args)}"
    if access.principal.workspace_id is not None:
        args.append(access.principal.workspace_id)
        conditions += f" AND workspace_id = ${3 + len(args)}"
    dimensions = "".join(f", {_COLUMNS[dimension]}" for dimension in question.group_by)
    keys = ", ".join(str(2 + position) for position in range(len(question.group_by)))
    by = f"1{', ' + keys if keys else ''}"
    sql = f"""
SELECT date_trunc('{question.granularity.value}', hour, 'UTC'){dimensions},
    sum(requests)::bigint AS requests, sum(unrated)::bigint AS unrated,
    sum(input_tokens)::bigint AS input_tokens, sum(output_tokens)::bigint AS output_tokens,
    sum(cost_usd) AS cost_usd, sum(credits) AS credits
FROM usage_rollup_hour
WHERE org_id = $1 AND hour >= $2 AND hour < $3 {conditions}
GROUP BY {by} ORDER BY {by} LIMIT {MAX_SERIES_BUCKETS + 1}
"""
    return sql, args


def _bucket(row: db.Row, group_by: Sequence[Dimension]) -> Bucket:
    group = {
        dimension: None if row[1 + position] in _NONE else str(row[1 + position])
        for position, dimension in enumerate(group_by)
    }
    figures = Figures(
        requests=row["requests"],
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        cost_usd=row["cost_usd"],
        credits=row["credits"],
        unrated=row["unrated"],
    )
    return Bucket(row[0], group, figures)
