"""Usage taken in for less: one index of events less, and the days added by who adds the hours."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
-- Every index that an event is written to costs as much as the event. One serves both: whoever reads a single event
-- names its org.
ALTER TABLE "usage_event" DROP CONSTRAINT "usage_event_pkey";
DROP INDEX "usage_event_org";
ALTER TABLE "usage_event" ADD PRIMARY KEY ("org_id", "occurred_at", "id");
CREATE OR REPLACE FUNCTION usage_drawn(p_org uuid, p_id uuid, p_at timestamptz)
RETURNS TABLE (n int, transaction_id uuid, credits numeric) LANGUAGE plpgsql STABLE AS $$
DECLARE
    d record;
    part numeric;
    rest numeric;
    txs uuid[] := '{}';
    amounts numeric[] := '{}';
    top int;
BEGIN
    FOR d IN
        SELECT s.tx, s.credits FROM (
            SELECT e.ledger_transaction_id AS tx, e.credits, '-infinity'::timestamptz AS at, e.id
            FROM usage_event e WHERE e.org_id = p_org AND e.occurred_at = p_at AND e.id = p_id
            UNION ALL
            SELECT a.ledger_transaction_id, a.credits, a.at, a.id FROM usage_adjustment a
            WHERE a.org_id = p_org AND a.usage_event_id = p_id
        ) AS s WHERE s.credits <> 0 ORDER BY s.at, s.id
    LOOP
        IF d.credits > 0 THEN
            txs := array_append(txs, d.tx); amounts := array_append(amounts, d.credits);
            CONTINUE;
        END IF;
        rest := -d.credits;
        WHILE rest > 0 AND cardinality(txs) > 0 LOOP
            top := cardinality(txs);
            part := least(rest, amounts[top]);
            rest := rest - part;
            IF part = amounts[top] THEN
                txs := txs[:top - 1]; amounts := amounts[:top - 1];
            ELSE
                amounts[top] := amounts[top] - part;
            END IF;
        END LOOP;
    END LOOP;
    RETURN QUERY SELECT u.n::int, u.tx, u.amount FROM unnest(txs, amounts) WITH ORDINALITY AS u (tx, amount, n);
END $$;
CREATE OR REPLACE FUNCTION usage_void(
    p_org uuid, p_now timestamptz, p_batch uuid, c_event text[], c_digest bytea[], c_id uuid[], c_target uuid[],
    c_at timestamptz[], c_supersedes boolean[]
) RETURNS TABLE (n bigint, digest bytea) LANGUAGE plpgsql
SET enable_nestloop TO on SET enable_hashjoin TO off SET enable_mergejoin TO off SET enable_seqscan TO off AS $$
#variable_conflict use_column
DECLARE
    fresh uuid[];
    c record;
    t record;
    net record;
    refund credit_result;
    tx uuid;
BEGIN
    WITH added AS (
        INSERT INTO usage_event_key (org_id, event_id, usage_event_id, occurred_at, payload_digest)
        SELECT p_org, k.event, k.id, k.at, k.digest
        FROM unnest(c_event, c_id, c_at, c_digest, c_supersedes) AS k (event, id, at, digest, supersedes)
        WHERE NOT k.supersedes ORDER BY k.event COLLATE "C"
        ON CONFLICT DO NOTHING RETURNING usage_event_id
    )
    SELECT coalesce(array_agg(usage_event_id), '{}') INTO fresh FROM added;
    PERFORM 1 FROM wallet WHERE wallet.id IN (
        SELECT l.wallet_id FROM unnest(c_target, c_at) AS k (target, at)
        JOIN usage_event e ON e.org_id = p_org AND e.occurred_at = k.at AND e.id = k.target
        JOIN ledger_transaction l ON l.id = e.ledger_transaction_id
        UNION
        SELECT l.wallet_id FROM unnest(c_target) AS k (target)
        JOIN usage_adjustment a ON a.org_id = p_org AND a.usage_event_id = k.target
        JOIN ledger_transaction l ON l.id = a.ledger_transaction_id
    ) ORDER BY wallet.id FOR UPDATE;
    FOR c IN
        SELECT k.* FROM unnest(c_event, c_id, c_target, c_at, c_supersedes) AS k (event, id, target, at, supersedes)
        WHERE k.supersedes OR k.id = ANY (fresh) ORDER BY k.target
    LOOP
        tx := NULL;
        FOR t IN
            SELECT w.transaction_id AS of, w.credits FROM usage_drawn(p_org, c.target, c.at) AS w
            WHERE w.transaction_id IS NOT NULL ORDER BY w.n
        LOOP
            tx := credit_uuid7(p_now);
            refund := credit_refund(p_org, t.of, tx, 'void:' || tx, t.credits, 'usage ' || left(c.event, 200), p_now);
            IF refund.outcome = 'too_much' AND refund.available > 0 THEN
                refund := credit_refund(
                    p_org, t.of, tx, 'void:' || tx, refund.available, 'usage ' || left(c.event, 200), p_now);
            END IF;
            IF refund.outcome <> 'refunded' THEN
                tx := NULL;
            END IF;
        END LOOP;
        INSERT INTO usage_adjustment (
            id, org_id, usage_event_id, occurred_at, kind, batch_id, at, requests, unrated, input_tokens, output_tokens,
            cost_usd, credits, revenue_usd, superseded_by, ledger_transaction_id
        )
        SELECT CASE WHEN c.supersedes THEN credit_uuid7(p_now) ELSE c.id END, p_org, e.id, e.occurred_at, 'voided',
            p_batch, p_now, -1 - coalesce(s.requests, 0), -(e.cost_usd IS NULL)::int - coalesce(s.unrated, 0),
            -e.input_tokens - coalesce(s.input, 0), -e.output_tokens - coalesce(s.output, 0),
            -coalesce(e.cost_usd, 0) - coalesce(s.cost, 0), -e.credits - coalesce(s.credits, 0),
            -coalesce(e.revenue_usd, 0) - coalesce(s.revenue, 0), CASE WHEN c.supersedes THEN c.event END, tx
        FROM usage_event e
        CROSS JOIN LATERAL (
            SELECT sum(a.requests) AS requests, sum(a.unrated) AS unrated, sum(a.input_tokens) AS input,
                sum(a.output_tokens) AS output, sum(a.cost_usd) AS cost, sum(a.credits) AS credits,
                sum(a.revenue_usd) AS revenue
            FROM usage_adjustment a WHERE a.org_id = p_org AND a.usage_event_id = e.id
        ) AS s
        WHERE e.org_id = p_org AND e.occurred_at = c.at AND e.id = c.target;
    END LOOP;
    INSERT INTO usage_rollup_hour AS rollup (
        org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model,
        requests, unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd
    )
    SELECT e.org_id, date_trunc('hour', e.occurred_at, 'UTC'), e.workspace_id,
        coalesce(e.api_key_id, '00000000-0000-0000-0000-000000000000'), coalesce(e.customer_id, ''),
        coalesce(e.user_id, ''), coalesce(e.feature_id, ''), e.provider, e.model, sum(a.requests), sum(a.unrated),
        sum(a.input_tokens), sum(a.output_tokens), sum(a.cost_usd), sum(a.credits), sum(a.revenue_usd)
    FROM unnest(c_target, c_at) AS k (target, at)
    JOIN usage_event e ON e.org_id = p_org AND e.occurred_at = k.at AND e.id = k.target
    JOIN usage_adjustment a ON a.usage_event_id = e.id AND a.org_id = p_org AND a.batch_id = p_batch
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    -- By code points, as whoever ingests takes the rows, whatever order the database gives to text.
    ORDER BY 1, 2, 3, 4, coalesce(e.customer_id, '') COLLATE "C", coalesce(e.user_id, '') COLLATE "C",
        coalesce(e.feature_id, '') COLLATE "C", e.provider COLLATE "C", e.model COLLATE "C"
    ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
    DO UPDATE SET
        requests = rollup.requests + excluded.requests,
        unrated = rollup.unrated + excluded.unrated,
        input_tokens = rollup.input_tokens + excluded.input_tokens,
        output_tokens = rollup.output_tokens + excluded.output_tokens,
        cost_usd = rollup.cost_usd + excluded.cost_usd,
        credits = rollup.credits + excluded.credits,
        revenue_usd = rollup.revenue_usd + excluded.revenue_usd;
    RETURN QUERY
    SELECT k.n, own.payload_digest FROM unnest(c_event, c_id, c_supersedes) WITH ORDINALITY AS k (event, id, supersedes, n)
    JOIN usage_event_key own ON own.org_id = p_org AND own.event_id = k.event AND own.usage_event_id <> k.id
    WHERE NOT k.supersedes;
END $$;

-- Who says `launchkit.days = added` in its transaction adds what it adds to hours to their days itself: `usage_ingest`,
-- which has the sums at hand, where the triggers would have to take what hours were from what they are.
DROP TRIGGER "usage_rollup_hour_added" ON "usage_rollup_hour";
DROP TRIGGER "usage_rollup_hour_changed" ON "usage_rollup_hour";
DROP TRIGGER "usage_latency_hour_added" ON "usage_latency_hour";
DROP TRIGGER "usage_latency_hour_changed" ON "usage_latency_hour";
CREATE TRIGGER "usage_rollup_hour_added" AFTER INSERT ON "usage_rollup_hour"
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    WHEN (coalesce(current_setting('launchkit.days', true), '') <> 'added')
    EXECUTE FUNCTION usage_roll_up();
CREATE TRIGGER "usage_rollup_hour_changed" AFTER UPDATE ON "usage_rollup_hour"
    REFERENCING OLD TABLE AS taken NEW TABLE AS added FOR EACH STATEMENT
    WHEN (coalesce(current_setting('launchkit.days', true), '') <> 'added')
    EXECUTE FUNCTION usage_roll_up();
CREATE TRIGGER "usage_latency_hour_added" AFTER INSERT ON "usage_latency_hour"
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT
    WHEN (coalesce(current_setting('launchkit.days', true), '') <> 'added')
    EXECUTE FUNCTION usage_roll_up_latencies();
CREATE TRIGGER "usage_latency_hour_changed" AFTER UPDATE ON "usage_latency_hour"
    REFERENCING OLD TABLE AS taken NEW TABLE AS added FOR EACH STATEMENT
    WHEN (coalesce(current_setting('launchkit.days', true), '') <> 'added')
    EXECUTE FUNCTION usage_roll_up_latencies();

DROP FUNCTION usage_ingest, usage_spend;
-- Counts what was drawn towards the budgets of keys, users, teams and customers; they have no say in work that is done.
CREATE FUNCTION usage_spend(
    p_now timestamptz, g_org uuid[], g_environment text[], g_key uuid[], g_customer text[], g_user text[],
    g_tx uuid[], e_group int[], e_credits numeric[]
) RETURNS void LANGUAGE plpgsql
SET enable_nestloop TO off SET enable_mergejoin TO off SET enable_seqscan TO off AS $$
DECLARE
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    IF NOT EXISTS (SELECT FROM budget WHERE org_id = ANY (g_org)) THEN
        RETURN;
    END IF;
    INSERT INTO budget_usage AS used (budget_id, starts_at, spent)
    SELECT b.id, credit_period_start(b.period, p_now), sum(s.credits)
    FROM (
        SELECT g.org_id, g.environment, g.key_id, g.customer, g.user_id, sum(e.credits) AS credits
        FROM unnest(e_group, e_credits) AS e (g, credits)
        JOIN unnest(g_org, g_environment, g_key, g_customer, g_user, g_tx) WITH ORDINALITY
            AS g (org_id, environment, key_id, customer, user_id, tx, n) ON g.n = e.g
        WHERE g.tx <> nobody GROUP BY 1, 2, 3, 4, 5
    ) AS s
    LEFT JOIN (
        SELECT c.org_id, c.external_id, c.team FROM customer c
        WHERE c.org_id = ANY (g_org) AND c.external_id = ANY (g_customer)
    ) AS c ON c.org_id = s.org_id AND c.external_id = s.customer
    CROSS JOIN LATERAL (
        VALUES ('api_key', s.key_id::text), ('user', s.user_id), ('customer', s.customer), ('team', c.team)
    ) AS scope (kind, ref)
    JOIN (SELECT * FROM budget WHERE org_id = ANY (g_org)) AS b ON b.org_id = s.org_id
        AND b.environment = s.environment AND b.scope_kind = scope.kind AND b.scope_id = scope.ref
    WHERE s.credits > 0
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (budget_id, starts_at) DO UPDATE SET spent = used.spent + excluded.spent;
END $$;

-- Takes usage into the books, each event at most once, in one transaction: deduplication keys, customers, events, credit
-- (the work is done, so with debt), budgets, rollups, latencies. The groups (g_…) are the rollup's rows that the events
-- (e_…) belong to, in the order of its key; the kinds (k_…) what else many events have in common; the events come in the
-- order of their deduplication keys: callers who have the same rows lock them in the same order. Answers those events
-- alone that were known, with the digest kept of them. A column that says nothing of any event may be NULL. The settings:
-- how long an array is the planner does not know, and what it guesses would make it join in nested loops.
CREATE FUNCTION usage_ingest(
    p_now timestamptz, p_draws boolean,
    g_org uuid[], g_hour timestamptz[], g_workspace uuid[], g_key uuid[], g_customer text[], g_user text[],
    g_feature text[], g_provider text[], g_model text[], g_environment text[],
    k_type text[], k_cost_ref text[], k_burn_ref text[], k_unit text[], k_size text[], k_quality text[],
    e_group int[], e_kind int[], e_id uuid[], e_event text[], e_digest bytea[], e_at timestamptz[], e_input bigint[],
    e_output bigint[], e_cached bigint[], e_written bigint[], e_reasoning bigint[], e_cost numeric[],
    e_credits numeric[], e_revenue numeric[], e_quantity numeric[], e_latency int[], e_bucket smallint[],
    e_properties text[]
) RETURNS TABLE (n bigint, digest bytea) LANGUAGE plpgsql
SET enable_nestloop TO off SET enable_mergejoin TO off SET enable_seqscan TO off
SET plan_cache_mode TO force_generic_plan SET launchkit.days TO 'added' AS $$
#variable_conflict use_column
DECLARE
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
    is_whole boolean := true;
    txs uuid[];
    d_txs uuid[];
    d_wallets uuid[];
    d_features text[];
    d record;
    hours usage_rollup_hour[];
    latencies usage_latency_hour[];
BEGIN
    -- Nearly always all are new, and without looking first a key costs two thirds.
    BEGIN
        INSERT INTO usage_event_key (org_id, event_id, usage_event_id, occurred_at, payload_digest)
        SELECT g_org[e.g], e.event, e.id, e.at, e.digest
        FROM unnest(e_group, e_event, e_id, e_at, e_digest) AS e (g, event, id, at, digest);
    EXCEPTION WHEN unique_violation THEN
        INSERT INTO usage_event_key (org_id, event_id, usage_event_id, occurred_at, payload_digest)
        SELECT g_org[e.g], e.event, e.id, e.at, e.digest
        FROM unnest(e_group, e_event, e_id, e_at, e_digest) AS e (g, event, id, at, digest)
        ON CONFLICT DO NOTHING;
        is_whole := false;
    END;

    IF NOT is_whole THEN
        RETURN QUERY
        SELECT e.n, k.payload_digest
        FROM unnest(e_group, e_event, e_id) WITH ORDINALITY AS e (g, event, id, n)
        CROSS JOIN LATERAL (
            SELECT payload_digest FROM usage_event_key
            WHERE org_id = g_org[e.g] AND event_id = e.event AND usage_event_id <> e.id
        ) AS k;
        -- What is left is taken in as if it had come alone.
        SELECT array_agg(e.g ORDER BY e.n), array_agg(e.k ORDER BY e.n), array_agg(e.id ORDER BY e.n),
            array_agg(e.event ORDER BY e.n), array_agg(e.at ORDER BY e.n), array_agg(e.input ORDER BY e.n),
            array_agg(e.output ORDER BY e.n), array_agg(e.cached ORDER BY e.n), array_agg(e.written ORDER BY e.n),
            array_agg(e.reasoning ORDER BY e.n), array_agg(e.cost ORDER BY e.n), array_agg(e.credits ORDER BY e.n),
            array_agg(e.revenue ORDER BY e.n), array_agg(e.quantity ORDER BY e.n), array_agg(e.latency ORDER BY e.n),
            array_agg(e.bucket ORDER BY e.n), array_agg(e.properties ORDER BY e.n)
        INTO e_group, e_kind, e_id, e_event, e_at, e_input, e_output, e_cached, e_written, e_reasoning, e_cost,
            e_credits, e_revenue, e_quantity, e_latency, e_bucket, e_properties
        FROM unnest(
            e_group, e_kind, e_id, e_event, e_at, e_input, e_output, e_cached, e_written, e_reasoning, e_cost,
            e_credits, e_revenue, e_quantity, e_latency, e_bucket, e_properties
        ) WITH ORDINALITY AS e (g, k, id, event, at, input, output, cached, written, reasoning, cost, credits, revenue,
            quantity, latency, bucket, properties, n)
        CROSS JOIN LATERAL (
            SELECT FROM usage_event_key
            WHERE org_id = g_org[e.g] AND event_id = e.event AND usage_event_id = e.id
        ) AS own;
        IF e_id IS NULL THEN
            RETURN;
        END IF;
    END IF;

    INSERT INTO customer (id, org_id, external_id, created_at)
    SELECT credit_uuid7(p_now), s.org_id, s.customer, p_now
    FROM (
        SELECT g.org_id, g.customer
        FROM unnest(g_org, g_customer) WITH ORDINALITY AS g (org_id, customer, n)
        WHERE g.customer <> '' AND (is_whole OR g.n IN (SELECT unnest(e_group)))
        EXCEPT SELECT c.org_id, c.external_id FROM customer c
        WHERE c.org_id = ANY (g_org) AND c.external_id = ANY (g_customer)
    ) AS s
    ORDER BY s.org_id, s.customer
    ON CONFLICT DO NOTHING;

    IF p_draws AND EXISTS (SELECT FROM wallet WHERE org_id = ANY (g_org)) THEN
        -- One ledger transaction for each wallet, and for each feature that grants of the wallet are kept for.
        WITH w AS MATERIALIZED (
            SELECT u.n, u.wallet_id, CASE WHEN EXISTS (
                SELECT FROM credit_grant c
                WHERE c.wallet_id = u.wallet_id AND NOT c.is_spent AND c.feature_id = g.feature
            ) THEN g.feature ELSE '' END AS feature
            FROM usage_wallets(g_org, g_environment, g_customer) AS u
            JOIN unnest(g_feature) WITH ORDINALITY AS g (feature, n) ON g.n = u.n
            WHERE u.wallet_id IS NOT NULL
        ), t AS MATERIALIZED (
            SELECT s.wallet_id, s.feature, credit_uuid7(p_now) AS tx
            FROM (SELECT DISTINCT wallet_id, feature FROM w) AS s
        )
        SELECT (
                SELECT array_agg(coalesce(t.tx, nobody) ORDER BY g.n)
                FROM generate_series(1, cardinality(g_org)) AS g (n)
                LEFT JOIN w ON w.n = g.n
                LEFT JOIN t ON t.wallet_id = w.wallet_id AND t.feature = w.feature
            ), array_agg(t.tx), array_agg(t.wallet_id), array_agg(t.feature)
        INTO txs, d_txs, d_wallets, d_features FROM t;
    END IF;

    INSERT INTO usage_event (
        id, org_id, workspace_id, event_id, event_type, occurred_at, received_at, customer_id, user_id, feature_id,
        api_key_id, provider, model, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens,
        reasoning_tokens, usage_source, cost_usd, credits, revenue_usd, cost_ref, burn_ref, unit_type, quantity,
        image_size, image_quality, latency_ms, properties, ledger_transaction_id
    )
    SELECT e.id, g.org_id, g.workspace_id, e.event, k.type, e.at, p_now, nullif(g.customer, ''),
        nullif(g.user_id, ''), nullif(g.feature, ''), nullif(g.key_id, nobody), g.provider, g.model, e.input,
        e.output, coalesce(e.cached, 0), coalesce(e.written, 0), coalesce(e.reasoning, 0), 'provider', e.cost,
        e.credits, e.revenue, k.cost_ref, k.burn_ref, k.unit, e.quantity, k.size, k.quality, e.latency,
        coalesce(e.properties::jsonb, '{}'), CASE WHEN e.credits > 0 THEN nullif(txs[e.g], nobody) END
    FROM unnest(
        e_group, e_kind, e_id, e_event, e_at, e_input, e_output, e_cached, e_written, e_reasoning, e_cost, e_credits,
        e_revenue, e_quantity, e_latency, e_properties
    ) AS e (g, k, id, event, at, input, output, cached, written, reasoning, cost, credits, revenue, quantity, latency,
        properties)
    JOIN unnest(g_org, g_workspace, g_key, g_customer, g_user, g_feature, g_provider, g_model) WITH ORDINALITY
        AS g (org_id, workspace_id, key_id, customer, user_id, feature, provider, model, n) ON g.n = e.g
    JOIN unnest(k_type, k_cost_ref, k_burn_ref, k_unit, k_size, k_quality) WITH ORDINALITY
        AS k (type, cost_ref, burn_ref, unit, size, quality, n) ON k.n = e.k;

    -- Wallets in order of id, then the budgets of all in order of id, before any row of the rollup.
    IF d_txs IS NOT NULL THEN
        FOR d IN
            SELECT t.wallet_id, t.tx, t.feature, g_org[min(e.g)] AS org_id, sum(e.credits) AS credits
            FROM unnest(e_group, e_credits) AS e (g, credits)
            JOIN unnest(d_txs, d_wallets, d_features) AS t (tx, wallet_id, feature) ON t.tx = txs[e.g]
            GROUP BY t.wallet_id, t.tx, t.feature HAVING sum(e.credits) > 0
            ORDER BY t.wallet_id, t.feature
        LOOP
            PERFORM usage_draw(d.org_id, d.wallet_id, d.tx, d.credits, nullif(d.feature, ''), p_now);
        END LOOP;
        PERFORM usage_spend(p_now, g_org, g_environment, g_key, g_customer, g_user, txs, e_group, e_credits);
    END IF;

    SELECT array_agg(ROW(
        g.org_id, g.hour, g.workspace_id, g.key_id, g.customer, g.user_id, g.feature, g.provider, g.model, s.requests,
        s.unrated, s.input, s.output, s.cost, s.credits, s.revenue
    )::usage_rollup_hour ORDER BY g.n) INTO hours
    FROM (
        SELECT e.g, count(*) AS requests, count(*) - count(e.cost) AS unrated, sum(e.input)::bigint AS input,
            sum(e.output)::bigint AS output, coalesce(sum(e.cost), 0) AS cost, sum(e.credits) AS credits,
            coalesce(sum(e.revenue), 0) AS revenue
        FROM unnest(e_group, e_input, e_output, e_cost, e_credits, e_revenue)
            AS e (g, input, output, cost, credits, revenue)
        GROUP BY e.g
    ) AS s
    JOIN unnest(g_org, g_hour, g_workspace, g_key, g_customer, g_user, g_feature, g_provider, g_model)
        WITH ORDINALITY AS g (org_id, hour, workspace_id, key_id, customer, user_id, feature, provider, model, n)
        ON g.n = s.g;
    INSERT INTO usage_rollup_hour AS rollup (
        org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model,
        requests, unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd
    )
    SELECT h.org_id, h.hour, h.workspace_id, h.api_key_id, h.customer_id, h.user_id, h.feature_id, h.provider, h.model,
        h.requests, h.unrated, h.input_tokens, h.output_tokens, h.cost_usd, h.credits, h.revenue_usd
    FROM unnest(hours) AS h
    ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
    DO UPDATE SET
        requests = rollup.requests + excluded.requests,
        unrated = rollup.unrated + excluded.unrated,
        input_tokens = rollup.input_tokens + excluded.input_tokens,
        output_tokens = rollup.output_tokens + excluded.output_tokens,
        cost_usd = rollup.cost_usd + excluded.cost_usd,
        credits = rollup.credits + excluded.credits,
        revenue_usd = rollup.revenue_usd + excluded.revenue_usd;

    IF e_bucket IS NOT NULL THEN
        SELECT array_agg(l::usage_latency_hour) INTO latencies FROM (
            SELECT g.org_id, g.hour, g.workspace_id, g.provider, g.model, e.bucket, count(*)
            FROM unnest(e_group, e_bucket) AS e (g, bucket)
            JOIN unnest(g_org, g_hour, g_workspace, g_provider, g_model) WITH ORDINALITY
                AS g (org_id, hour, workspace_id, provider, model, n) ON g.n = e.g
            WHERE e.bucket IS NOT NULL
            GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
        ) AS l;
    END IF;
    IF latencies IS NOT NULL THEN
        INSERT INTO usage_latency_hour AS latency (org_id, hour, workspace_id, provider, model, bucket, requests)
        SELECT l.org_id, l.hour, l.workspace_id, l.provider, l.model, l.bucket, l.requests FROM unnest(latencies) AS l
        ON CONFLICT (org_id, hour, workspace_id, provider, model, bucket)
        DO UPDATE SET requests = latency.requests + excluded.requests;
    END IF;
    -- Last: their slots are taken by no other transaction, so that nobody waits for them.
    PERFORM usage_add_days(hours);
    IF latencies IS NOT NULL THEN
        PERFORM usage_add_latencies(latencies);
    END IF;
END $$;
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
DROP FUNCTION usage_ingest, usage_spend;
DROP TRIGGER "usage_rollup_hour_added" ON "usage_rollup_hour";
DROP TRIGGER "usage_rollup_hour_changed" ON "usage_rollup_hour";
DROP TRIGGER "usage_latency_hour_added" ON "usage_latency_hour";
DROP TRIGGER "usage_latency_hour_changed" ON "usage_latency_hour";
CREATE TRIGGER "usage_rollup_hour_added" AFTER INSERT ON "usage_rollup_hour"
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up();
CREATE TRIGGER "usage_rollup_hour_changed" AFTER UPDATE ON "usage_rollup_hour"
    REFERENCING OLD TABLE AS taken NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up();
CREATE TRIGGER "usage_latency_hour_added" AFTER INSERT ON "usage_latency_hour"
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up_latencies();
CREATE TRIGGER "usage_latency_hour_changed" AFTER UPDATE ON "usage_latency_hour"
    REFERENCING OLD TABLE AS taken NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up_latencies();
CREATE OR REPLACE FUNCTION usage_drawn(p_org uuid, p_id uuid, p_at timestamptz)
RETURNS TABLE (n int, transaction_id uuid, credits numeric) LANGUAGE plpgsql STABLE AS $$
DECLARE
    d record;
    part numeric;
    rest numeric;
    txs uuid[] := '{}';
    amounts numeric[] := '{}';
    top int;
BEGIN
    FOR d IN
        SELECT s.tx, s.credits FROM (
            SELECT e.ledger_transaction_id AS tx, e.credits, '-infinity'::timestamptz AS at, e.id
            FROM usage_event e WHERE e.occurred_at = p_at AND e.id = p_id
            UNION ALL
            SELECT a.ledger_transaction_id, a.credits, a.at, a.id FROM usage_adjustment a
            WHERE a.org_id = p_org AND a.usage_event_id = p_id
        ) AS s WHERE s.credits <> 0 ORDER BY s.at, s.id
    LOOP
        IF d.credits > 0 THEN
            txs := array_append(txs, d.tx); amounts := array_append(amounts, d.credits);
            CONTINUE;
        END IF;
        rest := -d.credits;
        WHILE rest > 0 AND cardinality(txs) > 0 LOOP
            top := cardinality(txs);
            part := least(rest, amounts[top]);
            rest := rest - part;
            IF part = amounts[top] THEN
                txs := txs[:top - 1]; amounts := amounts[:top - 1];
            ELSE
                amounts[top] := amounts[top] - part;
            END IF;
        END LOOP;
    END LOOP;
    RETURN QUERY SELECT u.n::int, u.tx, u.amount FROM unnest(txs, amounts) WITH ORDINALITY AS u (tx, amount, n);
END $$;
CREATE OR REPLACE FUNCTION usage_void(
    p_org uuid, p_now timestamptz, p_batch uuid, c_event text[], c_digest bytea[], c_id uuid[], c_target uuid[],
    c_at timestamptz[], c_supersedes boolean[]
) RETURNS TABLE (n bigint, digest bytea) LANGUAGE plpgsql
SET enable_nestloop TO on SET enable_hashjoin TO off SET enable_mergejoin TO off SET enable_seqscan TO off AS $$
#variable_conflict use_column
DECLARE
    fresh uuid[];
    c record;
    t record;
    net record;
    refund credit_result;
    tx uuid;
BEGIN
    WITH added AS (
        INSERT INTO usage_event_key (org_id, event_id, usage_event_id, occurred_at, payload_digest)
        SELECT p_org, k.event, k.id, k.at, k.digest
        FROM unnest(c_event, c_id, c_at, c_digest, c_supersedes) AS k (event, id, at, digest, supersedes)
        WHERE NOT k.supersedes ORDER BY k.event COLLATE "C"
        ON CONFLICT DO NOTHING RETURNING usage_event_id
    )
    SELECT coalesce(array_agg(usage_event_id), '{}') INTO fresh FROM added;
    PERFORM 1 FROM wallet WHERE wallet.id IN (
        SELECT l.wallet_id FROM unnest(c_target, c_at) AS k (target, at)
        JOIN usage_event e ON e.occurred_at = k.at AND e.id = k.target
        JOIN ledger_transaction l ON l.id = e.ledger_transaction_id
        UNION
        SELECT l.wallet_id FROM unnest(c_target) AS k (target)
        JOIN usage_adjustment a ON a.org_id = p_org AND a.usage_event_id = k.target
        JOIN ledger_transaction l ON l.id = a.ledger_transaction_id
    ) ORDER BY wallet.id FOR UPDATE;
    FOR c IN
        SELECT k.* FROM unnest(c_event, c_id, c_target, c_at, c_supersedes) AS k (event, id, target, at, supersedes)
        WHERE k.supersedes OR k.id = ANY (fresh) ORDER BY k.target
    LOOP
        tx := NULL;
        FOR t IN
            SELECT w.transaction_id AS of, w.credits FROM usage_drawn(p_org, c.target, c.at) AS w
            WHERE w.transaction_id IS NOT NULL ORDER BY w.n
        LOOP
            tx := credit_uuid7(p_now);
            refund := credit_refund(p_org, t.of, tx, 'void:' || tx, t.credits, 'usage ' || left(c.event, 200), p_now);
            IF refund.outcome = 'too_much' AND refund.available > 0 THEN
                refund := credit_refund(
                    p_org, t.of, tx, 'void:' || tx, refund.available, 'usage ' || left(c.event, 200), p_now);
            END IF;
            IF refund.outcome <> 'refunded' THEN
                tx := NULL;
            END IF;
        END LOOP;
        INSERT INTO usage_adjustment (
            id, org_id, usage_event_id, occurred_at, kind, batch_id, at, requests, unrated, input_tokens, output_tokens,
            cost_usd, credits, revenue_usd, superseded_by, ledger_transaction_id
        )
        SELECT CASE WHEN c.supersedes THEN credit_uuid7(p_now) ELSE c.id END, p_org, e.id, e.occurred_at, 'voided',
            p_batch, p_now, -1 - coalesce(s.requests, 0), -(e.cost_usd IS NULL)::int - coalesce(s.unrated, 0),
            -e.input_tokens - coalesce(s.input, 0), -e.output_tokens - coalesce(s.output, 0),
            -coalesce(e.cost_usd, 0) - coalesce(s.cost, 0), -e.credits - coalesce(s.credits, 0),
            -coalesce(e.revenue_usd, 0) - coalesce(s.revenue, 0), CASE WHEN c.supersedes THEN c.event END, tx
        FROM usage_event e
        CROSS JOIN LATERAL (
            SELECT sum(a.requests) AS requests, sum(a.unrated) AS unrated, sum(a.input_tokens) AS input,
                sum(a.output_tokens) AS output, sum(a.cost_usd) AS cost, sum(a.credits) AS credits,
                sum(a.revenue_usd) AS revenue
            FROM usage_adjustment a WHERE a.org_id = p_org AND a.usage_event_id = e.id
        ) AS s
        WHERE e.occurred_at = c.at AND e.id = c.target;
    END LOOP;
    INSERT INTO usage_rollup_hour AS rollup (
        org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model,
        requests, unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd
    )
    SELECT e.org_id, date_trunc('hour', e.occurred_at, 'UTC'), e.workspace_id,
        coalesce(e.api_key_id, '00000000-0000-0000-0000-000000000000'), coalesce(e.customer_id, ''),
        coalesce(e.user_id, ''), coalesce(e.feature_id, ''), e.provider, e.model, sum(a.requests), sum(a.unrated),
        sum(a.input_tokens), sum(a.output_tokens), sum(a.cost_usd), sum(a.credits), sum(a.revenue_usd)
    FROM unnest(c_target, c_at) AS k (target, at)
    JOIN usage_event e ON e.occurred_at = k.at AND e.id = k.target
    JOIN usage_adjustment a ON a.usage_event_id = e.id AND a.org_id = p_org AND a.batch_id = p_batch
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    -- By code points, as whoever ingests takes the rows, whatever order the database gives to text.
    ORDER BY 1, 2, 3, 4, coalesce(e.customer_id, '') COLLATE "C", coalesce(e.user_id, '') COLLATE "C",
        coalesce(e.feature_id, '') COLLATE "C", e.provider COLLATE "C", e.model COLLATE "C"
    ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
    DO UPDATE SET
        requests = rollup.requests + excluded.requests,
        unrated = rollup.unrated + excluded.unrated,
        input_tokens = rollup.input_tokens + excluded.input_tokens,
        output_tokens = rollup.output_tokens + excluded.output_tokens,
        cost_usd = rollup.cost_usd + excluded.cost_usd,
        credits = rollup.credits + excluded.credits,
        revenue_usd = rollup.revenue_usd + excluded.revenue_usd;
    RETURN QUERY
    SELECT k.n, own.payload_digest FROM unnest(c_event, c_id, c_supersedes) WITH ORDINALITY AS k (event, id, supersedes, n)
    JOIN usage_event_key own ON own.org_id = p_org AND own.event_id = k.event AND own.usage_event_id <> k.id
    WHERE NOT k.supersedes;
END $$;
CREATE FUNCTION usage_spend(
    p_now timestamptz, p_fresh uuid[], g_org uuid[], g_environment text[], g_key uuid[], g_customer text[], g_user text[],
    g_tx uuid[], e_group int[], e_id uuid[], e_credits text[]
) RETURNS void LANGUAGE plpgsql
SET enable_nestloop TO off SET enable_mergejoin TO off SET enable_seqscan TO off AS $$
DECLARE
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    IF NOT EXISTS (SELECT FROM budget WHERE org_id = ANY (g_org)) THEN
        RETURN;
    END IF;
    INSERT INTO budget_usage AS used (budget_id, starts_at, spent)
    SELECT b.id, credit_period_start(b.period, p_now), sum(s.credits)
    FROM (
        SELECT g.org_id, g.environment, g.key_id, g.customer, g.user_id, sum(e.credits::numeric) AS credits
        FROM unnest(e_group, e_id, e_credits) AS e (g, id, credits)
        JOIN unnest(p_fresh) AS f (id) ON f.id = e.id
        JOIN unnest(g_org, g_environment, g_key, g_customer, g_user, g_tx) WITH ORDINALITY
            AS g (org_id, environment, key_id, customer, user_id, tx, n) ON g.n = e.g
        WHERE g.tx <> nobody GROUP BY 1, 2, 3, 4, 5
    ) AS s
    LEFT JOIN (
        SELECT c.org_id, c.external_id, c.team FROM customer c
        WHERE c.org_id = ANY (g_org) AND c.external_id = ANY (g_customer)
    ) AS c ON c.org_id = s.org_id AND c.external_id = s.customer
    CROSS JOIN LATERAL (
        VALUES ('api_key', s.key_id::text), ('user', s.user_id), ('customer', s.customer), ('team', c.team)
    ) AS scope (kind, ref)
    JOIN (SELECT * FROM budget WHERE org_id = ANY (g_org)) AS b ON b.org_id = s.org_id
        AND b.environment = s.environment AND b.scope_kind = scope.kind AND b.scope_id = scope.ref
    WHERE s.credits > 0
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (budget_id, starts_at) DO UPDATE SET spent = used.spent + excluded.spent;
END $$;
CREATE FUNCTION usage_ingest(
    p_now timestamptz, p_draws boolean,
    g_org uuid[], g_hour timestamptz[], g_workspace uuid[], g_key uuid[], g_customer text[], g_user text[],
    g_feature text[], g_provider text[], g_model text[], g_environment text[],
    e_group int[], e_id uuid[], e_event text[], e_digest bytea[], e_type text[], e_at timestamptz[], e_input bigint[],
    e_output bigint[], e_cached bigint[], e_written bigint[], e_reasoning bigint[], e_cost text[],
    e_credits text[], e_revenue text[], e_cost_ref text[], e_burn_ref text[], e_unit text[], e_quantity text[],
    e_size text[], e_quality text[], e_latency int[], e_bucket smallint[], e_properties text[]
) RETURNS TABLE (n bigint, digest bytea) LANGUAGE plpgsql
SET enable_nestloop TO off SET enable_mergejoin TO off SET enable_seqscan TO off
SET plan_cache_mode TO force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
    fresh uuid[];
    txs uuid[] := array_fill(nobody, ARRAY[cardinality(g_org)]);
    d_txs uuid[];
    d_wallets uuid[];
    d_features text[];
    d record;
BEGIN
    WITH added AS (
        INSERT INTO usage_event_key (org_id, event_id, usage_event_id, occurred_at, payload_digest)
        SELECT g_org[e.g], e.event, e.id, e.at, e.digest
        FROM unnest(e_group, e_event, e_id, e_at, e_digest) AS e (g, event, id, at, digest)
        ON CONFLICT DO NOTHING RETURNING usage_event_id
    )
    SELECT coalesce(array_agg(usage_event_id), '{}') INTO fresh FROM added;

    IF cardinality(fresh) > 0 THEN
        INSERT INTO customer (id, org_id, external_id, created_at)
        SELECT credit_uuid7(p_now), s.org_id, s.customer, p_now
        FROM (
            SELECT g.org_id, g.customer
            FROM unnest(g_org, g_customer) WITH ORDINALITY AS g (org_id, customer, n)
            JOIN unnest(e_group, e_id) AS e (g, id) ON e.g = g.n
            JOIN unnest(fresh) AS f (id) ON f.id = e.id
            WHERE g.customer <> ''
            EXCEPT SELECT c.org_id, c.external_id FROM customer c
            WHERE c.org_id = ANY (g_org) AND c.external_id = ANY (g_customer)
        ) AS s
        ORDER BY s.org_id, s.customer
        ON CONFLICT DO NOTHING;

        IF p_draws AND EXISTS (SELECT FROM wallet WHERE org_id = ANY (g_org)) THEN
            -- One ledger transaction for each wallet, and for each feature that grants of the wallet are kept for.
            WITH w AS MATERIALIZED (
                SELECT u.n, u.wallet_id, CASE WHEN EXISTS (
                    SELECT FROM credit_grant c
                    WHERE c.wallet_id = u.wallet_id AND NOT c.is_spent AND c.feature_id = g.feature
                ) THEN g.feature ELSE '' END AS feature
                FROM usage_wallets(g_org, g_environment, g_customer) AS u
                JOIN unnest(g_feature) WITH ORDINALITY AS g (feature, n) ON g.n = u.n
                WHERE u.wallet_id IS NOT NULL
            ), t AS MATERIALIZED (
                SELECT s.wallet_id, s.feature, credit_uuid7(p_now) AS tx
                FROM (SELECT DISTINCT wallet_id, feature FROM w) AS s
            )
            SELECT (
                    SELECT array_agg(coalesce(t.tx, nobody) ORDER BY g.n)
                    FROM generate_series(1, cardinality(g_org)) AS g (n)
                    LEFT JOIN w ON w.n = g.n
                    LEFT JOIN t ON t.wallet_id = w.wallet_id AND t.feature = w.feature
                ), array_agg(t.tx), array_agg(t.wallet_id), array_agg(t.feature)
            INTO txs, d_txs, d_wallets, d_features FROM t;
        END IF;

        INSERT INTO usage_event (
            id, org_id, workspace_id, event_id, event_type, occurred_at, received_at, customer_id, user_id, feature_id,
            api_key_id, provider, model, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens,
            reasoning_tokens, usage_source, cost_usd, credits, revenue_usd, cost_ref, burn_ref, unit_type, quantity,
            image_size, image_quality, latency_ms, properties, ledger_transaction_id
        )
        SELECT e.id, g.org_id, g.workspace_id, e.event, e.type, e.at, p_now, nullif(g.customer, ''),
            nullif(g.user_id, ''), nullif(g.feature, ''), nullif(g.key_id, nobody), g.provider, g.model, e.input,
            e.output, e.cached, e.written, e.reasoning, 'provider', e.cost::numeric, e.credits::numeric,
            e.revenue::numeric, e.cost_ref, e.burn_ref, e.unit, e.quantity::numeric, e.size, e.quality, e.latency,
            coalesce(e.properties::jsonb, '{}'), CASE WHEN e.credits::numeric > 0 THEN nullif(txs[e.g], nobody) END
        FROM unnest(
            e_group, e_id, e_event, e_type, e_at, e_input, e_output, e_cached, e_written, e_reasoning, e_cost,
            e_credits, e_revenue, e_cost_ref, e_burn_ref, e_unit, e_quantity, e_size, e_quality, e_latency, e_properties
        ) AS e (g, id, event, type, at, input, output, cached, written, reasoning, cost, credits, revenue,
            cost_ref, burn_ref, unit, quantity, size, quality, latency, properties)
        JOIN unnest(fresh) AS f (id) ON f.id = e.id
        JOIN unnest(g_org, g_workspace, g_key, g_customer, g_user, g_feature, g_provider, g_model) WITH ORDINALITY
            AS g (org_id, workspace_id, key_id, customer, user_id, feature, provider, model, n) ON g.n = e.g;

        -- Wallets in order of id, then the budgets of all in order of id, before any row of the rollup.
        IF d_txs IS NOT NULL THEN
            FOR d IN
                SELECT t.wallet_id, t.tx, t.feature, g_org[min(e.g)] AS org_id, sum(e.credits::numeric) AS credits
                FROM unnest(e_group, e_id, e_credits) AS e (g, id, credits)
                JOIN unnest(fresh) AS f (id) ON f.id = e.id
                JOIN unnest(d_txs, d_wallets, d_features) AS t (tx, wallet_id, feature) ON t.tx = txs[e.g]
                GROUP BY t.wallet_id, t.tx, t.feature HAVING sum(e.credits::numeric) > 0
                ORDER BY t.wallet_id, t.feature
            LOOP
                PERFORM usage_draw(d.org_id, d.wallet_id, d.tx, d.credits, nullif(d.feature, ''), p_now);
            END LOOP;
            PERFORM usage_spend(p_now, fresh, g_org, g_environment, g_key, g_customer, g_user, txs, e_group, e_id,
                e_credits);
        END IF;

        INSERT INTO usage_rollup_hour AS rollup (
            org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model,
            requests, unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd
        )
        SELECT g.org_id, g.hour, g.workspace_id, g.key_id, g.customer, g.user_id, g.feature, g.provider, g.model,
            s.requests, s.unrated, s.input, s.output, s.cost, s.credits, s.revenue
        FROM (
            SELECT e.g, count(*) AS requests, count(*) - count(e.cost) AS unrated, sum(e.input) AS input,
                sum(e.output) AS output, coalesce(sum(e.cost::numeric), 0) AS cost, sum(e.credits::numeric) AS credits,
                coalesce(sum(e.revenue::numeric), 0) AS revenue
            FROM unnest(e_group, e_id, e_input, e_output, e_cost, e_credits, e_revenue)
                AS e (g, id, input, output, cost, credits, revenue)
            JOIN unnest(fresh) AS f (id) ON f.id = e.id
            GROUP BY e.g
        ) AS s
        JOIN unnest(g_org, g_hour, g_workspace, g_key, g_customer, g_user, g_feature, g_provider, g_model)
            WITH ORDINALITY AS g (org_id, hour, workspace_id, key_id, customer, user_id, feature, provider, model, n)
            ON g.n = s.g
        ORDER BY g.n
        ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
        DO UPDATE SET
            requests = rollup.requests + excluded.requests,
            unrated = rollup.unrated + excluded.unrated,
            input_tokens = rollup.input_tokens + excluded.input_tokens,
            output_tokens = rollup.output_tokens + excluded.output_tokens,
            cost_usd = rollup.cost_usd + excluded.cost_usd,
            credits = rollup.credits + excluded.credits,
            revenue_usd = rollup.revenue_usd + excluded.revenue_usd;

        IF e_bucket IS NOT NULL THEN
            INSERT INTO usage_latency_hour AS latency (org_id, hour, workspace_id, provider, model, bucket, requests)
            SELECT g.org_id, g.hour, g.workspace_id, g.provider, g.model, e.bucket, count(*)
            FROM unnest(e_group, e_id, e_bucket) AS e (g, id, bucket)
            JOIN unnest(fresh) AS f (id) ON f.id = e.id
            JOIN unnest(g_org, g_hour, g_workspace, g_provider, g_model) WITH ORDINALITY
                AS g (org_id, hour, workspace_id, provider, model, n) ON g.n = e.g
            WHERE e.bucket IS NOT NULL
            GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
            ON CONFLICT (org_id, hour, workspace_id, provider, model, bucket)
            DO UPDATE SET requests = latency.requests + excluded.requests;
        END IF;
    END IF;

    IF cardinality(fresh) < cardinality(e_id) THEN
        RETURN QUERY
        SELECT e.n, k.payload_digest
        FROM unnest(e_group, e_event, e_id) WITH ORDINALITY AS e (g, event, id, n)
        CROSS JOIN LATERAL (
            SELECT payload_digest FROM usage_event_key
            WHERE org_id = g_org[e.g] AND event_id = e.event AND usage_event_id <> e.id
        ) AS k;
    END IF;
END $$;
ALTER TABLE "usage_event" DROP CONSTRAINT "usage_event_pkey";
ALTER TABLE "usage_event" ADD PRIMARY KEY ("occurred_at", "id");
CREATE INDEX "usage_event_org" ON "usage_event" ("org_id", "occurred_at", "id");
"""


MODELS_STATE = (
    "eJztfWuT2zaW9l9B6YvtKY3Xbnccr721Vd1OJ/bEdqfc7dfJJlk1REISpymCAciWtbvz31"
    "8ckJR4F0HdQAofZuIWcUjpAQic85zb/w7m1CYuf3r1LSDMw+57m3iBEywHr9H/Djw8J+If"
    "lWOGaIB9fz0CPgjw2JVCJB49ctLDxzxg2ArEgAl2OREf2YRbzPEDh3riUy90XfiQWmKg40"
    "3XH4We81dIRgGdkmBGmLjw++8Dh/NQ/Ftc5uH4n0Tc+M8/xR+OZ5NvhEdjQk6Y+BLRFf9+"
    "NHGIa2d+n7goLsnPR8HSl599+fL+hx/lSPg645FF3XDurUf7y2BGvdXwMHTspyAD16bEIw"
    "wHxE79TPgVMTTJR9EvEh8ELCSrb22vP7DJBIcugDX4j0noWYARkk+C/zv/z/irpYaNRp+u"
    "b0c3V7ej0UABW4t6MC+OFwBm//uv6L5rQOSnA3jA23cXnx+/ePlEQkB5MGXyooRr8C8piA"
    "MciUr81ygn86AAdUpkl3gnH6wBXy/GBMoELM3gTS3a1dLPovl2hlnFwl1J5MAUX66DMA7m"
    "+NvIJd40mIk/z777rgbX/3fxWUIrRklsqdiEom3qU3zpLLqWxTjZVBRATokYlJuhTObYcV"
    "UwXgm0QjjeXHUF+LwRwOc1AJ/nAbYYAThGuGQl/yCuBM6clCOdlczBbceiT5N/dHB514B9"
    "+/7j1c3txcdf4PZzzv9yJV4Xt1dw5Ux+usx9+vhlbl5WN0Ff39++Q/An+q/rT1f5DX417v"
    "a/BvCdcBjQkUcXI2ynMUk+Tj7KTHPouY5332qec6I7mOjDvGWD9wFyScCRR8fUXiLHe4OE"
    "dogYXSAe4CUfIk7FJzgQI4KZWAloHAbIERI+YVyoU/C7ufgA4alYFIOTWDSgCE/uU0oafD"
    "DG1v0CM3tUuELPaNXY4qX52Tz/CfbwVM44oAnfM7Ynrj1yKxbTLb0n3qDE3shcr7U1qCcM"
    "AzFUWAfJ2E2GxuArLAqM4CiJlhAsCrHd2YQhmz5Ft2IZydshJ7rm2Ah74n+IO1MPByEj4h"
    "eJJ8N1HlBG7Kf55bO3h5QYQ9V2zxD9Lqwx3xGrBt5vYwcZO0j3s1fBDvJDJkYQFf0xJdJD"
    "Hf35ywYa5PP8mbNWIOHSURX0A8ErNmfCCBz9Cyw2V+IFzU5/o7Bruml0QvfKvFfrQ1lxmr"
    "OSZpq1nmZxereyyXj37LGTmV9NTKjPxKIPhC3fij8HJSZU5vqwzoRi8UixAOOhO3XVtPDK"
    "2M6U8JK35tLxMFuWvzNrmdwrM14GhO/HJjnOW3L54foy84IIfeLy/aeLz789/njx65PMW/"
    "Lh+tNPyfj04r/87fbqwlgrh7RWzFlgzoK9nQUT8UNmlXRa5vqGs0COVGHTricIWCpOOBef"
    "DJHjIQws7GtEsDUD9gqWsBhjCeEJZZKl9ci3oMiZbXerJmdPfGtz/Oh//KSmSuEEykqZQ8"
    "jQC6dyFhl64eSm2aiU/ZtfTVTKWxr4Zaqk/LxWhQySEftkESp1N32M1tNwaXIiFANFXXkt"
    "sytdeU9uoivPYktffA0UeuC3B3PDEaBi8U1gzCOO7smyme/oYBq1UfZO4JTITDP1Jg6bt5"
    "vonKzRB3SeaRfzYMQD4pftt9P3XlA+yRmx3Aw7ke97H6/vM8Xd9noS8zkLwgMEzogofA98"
    "9NiyCGzEcUiUj7kw9FGwcCzSbPsVv1D85+//fnb24sX3Z89evHz13fn333/36tkrMVb+xu"
    "Kl7+v27Pc/vf90m10K8MG/dFHgvgit5iYiQ8r0uPTlWnVOakc8NfIwzqGhjDIzAWx6aXv6"
    "aNf6nioKbNxcvAe0BM3q8Kq1hNbxVbA/Lyizhygm6aMEJEQnCHsoyQ9E6fxALfJRjMZ8Qn"
    "oUIV6Lic7LdmeqIerRS4Iex2QaevB2wu9BsduP2Fvbsp1bC4YqP4lpZuSBtkuQykoaA1nn"
    "WXZKLOOarOgyg7gHmaTnTTSj82rF6LygF0klXtiZnlJCdFaqfzi/ePasAdBiVCXS8ppGlI"
    "H4/IOYDM9a/oBLC4HkhwzrqQMxeORGo0c2blYHZPALc+aYLYFaR48pmwrrcYiE9BAJk+Ke"
    "+9gi8iOf0QdhQbAhks8eonFo3ZNgiLhLgyfF6KId3ncLB1UMg8oJFIvsQ8PQNcioIydPNV"
    "MSrS8VomQtYXiS3PGTfj9VIM3LGWDzGZTxVqdyqqdldCahWh7qL5sk9b2szul7WUjpk6eI"
    "EsmXCPQQ3udnr5rkqJ69qk5ShWtZhKMDugjxzRy7bqVbbC11OJ9YmyCEOPT57L8fP/+3V0"
    "8QHPUcYY5c6k3hv8CvglNsTCaUqbnDXpx9/3LlAIM/6lxeNx8vPnyIfFyZSklCK1KFPpHR"
    "GfjmC3x3WDIifhEPeBHPOv9uWqpPiJ6Ss1Z8/pm6bui/DXlA54TVGWDFkcPNdhiTQiMrlt"
    "q9Pba6M/yxpQ1WcS9jdxm7y9hdxu7qOrCp7U3FMMiJ9dA82E8tT6OhGg21qxpqtsxjBJES"
    "9ikhA31r6B3PD4MoLVpx7eclzSS0ngQaBm1noSBqpqH1NFhCuRmFvGQf+oFYwr5zq3IN1m"
    "J5myqSexrLd3AmakD94erte3GYPj47Hz4/k3qLMKCcgKQ1mvNnJaGItlN2ztZjvJYyEG+C"
    "mJEH4oWkxVLOSRqoy6DWl1v7CFeaE2yr4UN1lk0O3DPXVghY2CX5VnNzw8YZNs6wcYaN6z"
    "qwho07JBtnYk5MzEkPYk4MqWxI5V6wOYZUNqTyKU+CIZW1mAZDKhdnwpDK3YPYkMonRipv"
    "5pHVqOP958ntOj/OMMKGETaMsGGE+wOs4SgNR2k4yt6Ysoaj7Dg5YDhKw1Ge8iQYjlKLaT"
    "AcpZLCbThKTSE2HOWJcZQ/EhyEjGymKlMDh40Zy0kktHvmEvvOSIyR/04esg9Gs8VzDNNp"
    "mE7DdBqms+vArrc+FVizUgbUHKjrM0SF3sxK9ZDjNOHEhqrvAbyGqjdUfYcQNVT9qUBvqH"
    "oNJsFQ9VpMg6HqizNhqPruQWyo+hOj6qEx52aePhk1bEzSy2Ys+61DEbd63G39iZKbGu7d"
    "cO+Gezfce9eBNXUnDkkUV/Yu3tDAzKBsau0aHvP4iBoe81SgNzymBpNgeEwtpsHwmErat+"
    "ExNYXY8JinwGNe+M7PpJS7jK8M6/jKOKqsEUNZDe9mdvD3FNsj/v/PSrZQje/YPcuxmR8c"
    "/Mck9CzABMknwf+d/+fg8Et1I+1hyDpD1nUZWPnfAqDV3FEyvo/EUaO+92c1fe/PnhUUBD"
    "8cu46lSNBlhHaD9FF9MrlAw5dN4gzzfpdUmOHLAjtHhNIajGxnSngJTXfpeJgtK0i6vGgO"
    "7vEyIFyfpT149/Hi7d9v3l2cffcSheLWTPbJdQTcWHwXGPWIo1jb2GoPufxwfZnxkwn8L9"
    "9/uvj82+OPF78+yTjLPlx/+ikZn95vLn+7vbrIz5VFfVJik1wwhqvmaCWSmxzX4V00uetc"
    "lFe/3v7+Z9GOgx83wiVru97Jm5Xch69XYyi74e1dTzP55jvidi2mOSu5g2mODwczy7ufZW"
    "H30/tWL3NW0syyzrPsYklUtprnvGxnZnrw1QlmjocwmjteGJDXyAmQw9GCOUFAPKGloDEO"
    "rFl0lp/WghDaGV2IKV3zQ43Vn6JoOzXogIuAhmLigyESX337qa5TicbL0b34/irGVYloKx"
    "NLs91z3zZWCjY1CqYguAUHoxnmu6FgGPFdbLWBtiipPbaDW2GuQqSsOBoWmCNGA/hKKKBb"
    "bxQbINfFlxDaTnDlBazcn7C+Oqz1KcC4EVkN3Bj5/HVGke3YaDHDgQBb/nco/l8cy9iz0Y"
    "TROfzFSDG+WU1U3U8xROlPsKT9y6/54itZjo/dSukAM/Hc6psHxi1i3CL9OTrUjQvDBHXB"
    "WFjtgU2V2rWEzo6ZgUdD76kP9u0DYeMhAstFHP5gM8KB9jSatxb67u5rQ6zPGlUDoyip85"
    "xoY2DkD/emx0NezhwSOWBjnUgCorCMc2I9XMMvzhqs4RdnlWsYLpVCrbaAM0LaG3AHXrzW"
    "DHvTMn/hP26uP1UQDmuRvJ7jWAH6P6SX23BwSSaUEWlL4UkAZRkjpzRHLpkEiIbB1qYxgJ"
    "VRfpJFvPLlptb32xJPLtzgsjyPQzG2ISvVP+Zt95qI46vgG43uH67nTbK6zquTus6/0yig"
    "9O2MWPc+hYyBEhIodXW4mQSysqM3MkEXiDtTT2jdHJi3OfHEFjNBM7oQAkzsQkjY2484Er"
    "uoUMsZweL+9lN04fvEs/9OPXf5BvllGe+c/FWSHL/3p22RNS/uUXyz6jJAYoHd5H0cNyLr"
    "gFkfhgs6iKY0w3xWtpyrY98SCb1D3nYB476C2Qz/1kv+DY4sWbRW7X3KiJmXSuWl0kQve0"
    "dwVkVIf95AF5sl4zZqYeAGjTUjoemATpTVhZ6iz7FzFy2cYIbIAxEqkAyfgcGciNu+QVgo"
    "Dc50SpgwFYW96AjlSqhMCNsP2LNKXHkHe+oWWpkuSsFpuOOOqwMf28I8Su6zUdSMoqYn+p"
    "1T1Nbcx0h5IyvK6rynyaPbIwvCA5RlfHTd5lL4tkhcyQubF1HrF9FYTCdqMd0Ik2BQYjHJ"
    "z4ebLSaejNvMW3tIxjsKW0WaKBA14gjzI2O+tKapd3xzw0rrro9Xm0RyISiaoGmZwxqh2v"
    "PSutjz+h4LCmD6jDw4NOQjdSOyIGrOW5Xz1ljwJ6vjfPFASyF2ZdZGdkADrSeMBdQ0HxRA"
    "BoZYSsijkotFSxI8RaX155MDqUbXaXe7P7w/vIsVAUwn6C6Vi3KHhM3AZUkKRhegRME/E8"
    "2KLsTfDHs8ilZ+Iy9KIBgK8D2RVDJe4GUkiCFU4A8vGfQU3VAYYFMC3zhAcxwEQlKMXcwc"
    "IKiZLIexfoBQ3Oh87gSvo9QV+KXRBzLmmEePtoUc/KGQwFKpunVLc+gDfW2Uix0qF9zxrB"
    "IDvp6pWQl1h6EZ3ASYyTik9O6U2jia0Wpd5280OV0vxPe6pf4Xv+xkXV/ccKqK3xZQfxT6"
    "jY7U6hdri91/gV1XOfg7I2T2f7P/HzNRZCauzairWso2I2cK2W6qGYznNPTKPCJ1GK+FDM"
    "Ab615DlfAx5o5y6euMYFeAlq5BnzkWAZWGegRFJby31mJaoh8yRjyrpCFZXe+ftUwfE82a"
    "5JlVp5mVbyCjuePRkv7wda6CvKTWHu+vYLRDRgASmt3fQx/B69k0O/goLm8fLyHDYZS0sl"
    "J5Bcpke/gq7KU7U4LdXOjsVC1XuyBpMG/Yd8y3WxYlzUp2hzY4ycAOnzBH8ZVaSfTwVXrV"
    "4EV6Vfkavcq/RHDvVuZAVrArmurxTALAyyrHuVJZysjorCmpxlecPT///vzVi5fnK2Vo9U"
    "mdDlTS0YyPMJuTku3hklKXYK8c2LRY3iEq5PQBdvAj3CSqcIY9BP6muR8gsSQcV3LHY+xC"
    "ygP4j/CYPhD54YoOQXgqoN/aDLu8vv6QOS4u3+c00U9fPl5efX78PPc6RBOmCc17GdpTUp"
    "ruHF8Z1hG84/WYnXK76eJwssz8qmZP9Fd0hXgPDqMeaIpyzUYn3J9NiWFTWM5QwTocnSqu"
    "wMy70FT1y0r1UP3bQ+uS1DajBrNp4Kxirua28KZQ53f+/qG9Y4vG2Iv7RNe4jvZsJzoQHs"
    "taGDSJlNb2zE7iO7ezRkxfo20noBMUolZG5xeOJfFRYXlGl4ebzc9RuBq5MWY3E0Ubi8sM"
    "IQg9g05NJYG5DWW2CFFa3VTFTMoIGbtUucJCMnuqm1xG0Oxx2u1xGTPOLzUsavWylcwpqm"
    "UvnqmoZTOiHJSWiBhwNW6s/lYGKv3EcEUhzNTl2vM5CngaTVcj99tnPRO0a1qtH/2INdTv"
    "DqlfvcLYewEppyEry6ypoXhXEj0kxfbQnE5AMaVMLeY0JWNAbgCyIR/3TD4yMhc3h0eqYZ"
    "yRMzAbY+K4BHqFLbyJQa8yh/Wi0AdfZ9IugAz0mUAWRS8fj3PMYzMBTSkaL/ME31G5dk1y"
    "Yg7UZfQX7NhoQtmJpsNo3cljx9kwPnMoc4ISgG/EknQrwzvTcn2K7nxx9v3LVWAn/FEX03"
    "kjFvSH4m4xIbIqn2JcSlaqfwt3P4EpkwmxAueBtPAQ5GWNk0BrJwH55jvidm0mOiO5g2nW"
    "7D3r0yybqIbeTrNWXpN3NOdrKF4dNvCZJHUbNoc03En3ijjd+V3UHSL+IKJ4+N1QtjC8W4"
    "ULrIbFn0T+bBjGCPKxw3gxBGJPz9gQ+U99eIvEzxzdk2Uhrt/4e/byxht/jx7OCePv2X3J"
    "28x+UoC12oIqCPbQMbEXK2oink8YtAIvYx5rCrPmBFvWZz0Qq3UdVayLW+gO0QKKVkJNzB"
    "m2EZZxg3QS1S1f7CDvcF+9WIwfab+Uo2y1qrLtrAR6uN3s3g9qyLGDbesra6CI9AVjuGJP"
    "z0jlkNar9/su9gjQP37/sxS42GpqAV5KsvcAfvry8erz+7cFDNdGphKAWbHeo1e6/DLWeB"
    "v01pK9BzBFRhVwNFziVojqzCWmp9klmJNRe/dAmbyZcq2nXG5wrd7srGRnfEGDGygUD/Zr"
    "1BRiQdk9muOlsF0fiCztiDiFMnxxHNtpLQcisG6zGNJynVkKp/nCkyBwy0pl1eeIraU6En"
    "p1PNoj1cBBkc0uSm5BaXcHZgVGW2Y+K6KaltEeT1lE23XmjuwLglFM10RtiMSHshAgRwEF"
    "923DIsS7hL4VaZoXNVtIyRaiiVP/AxGGL6tsMZa+PKxz67tyYNSOS45UK1WQ3QqH4pXwyK"
    "ZSBdUyysmUuZ242tGuyWZ/og54mOEi5vXxtomMibU1/VFNMEN3IMVWReHkal9XSsR4FBt4"
    "FBOHlcqiTctor10fesmaCIOe68m3qWaNldrybbaj40adOdcBcn+VpnPxpkOU04I5+ctUl9"
    "ZL4zVamtHSdIYUtowCmHWtwGIBna0xyclF0/6IDxGeyHbfDRN5j9MBTLViuqmVrqAmm7Bq"
    "E1ZtwqrlPcrCqpWdxyZQpAN+Y2PL7tltHPdwGkn1QhHnguwpwq1YypWKG6lp/ikRw3TlS4"
    "Y9EMYJV0Q0J6Y9qtISSNEzkVs+mDlcFviZOg+EI+CXtj6dFbD3qFqWTTLe5H5U6p6acIy3"
    "1P/iD0p4xejCsI5LDKg/Cv1G/OHgWqzduKngmyjsZG3tUnlNfAQ6GDQY9Ilniykp+uJb38"
    "WUOjY85EmTZoaHNK634+vPivUENSnk2H+gj1G4UTdU91q5MXrtR3PHoyWGd53zIi+psxdD"
    "NabswB4LHy+hu+XICnlA52UMSE3rxhLZHi77vVDrCXaQ8qTYMLMgaTBXw1ytckNWSmPrXb"
    "IkPqMPjk3Yo4ZJCgeA3dQj2W89Euy4IVMCOCXSnfWMLGoTbRZ1zLiUaOHVWktKpE8ay9nz"
    "8+/PX714eb5SVFaf1OknpiHsibo0PfItGMUvQ4u5LhE3E671hFsuFpNgj4TN5rjKr3ZeuD"
    "N57oMbYRSNqb0E4l2mkW7tnurc1E8cz+GzVnt6TrQz034yr7gm3rqvkpAflLjr4ivDOn/d"
    "Yj1mcwVsuhDra8TI5E6+0ighPoRyKg4lwjzsIsdGlIHHjeC5+By+UlS1Gs6rpWxKA9FmlE"
    "0fyYCykiLYe3vMhrwE4j04jHrzuBFT9DWSENXVlzKpCcYl2C2FSaV0c2bNNw4wzkgZ1qJJ"
    "MPdqO1HGORbqIcz76TCU3dWbYp0T6yHarxpg/aoS6VcVgaQlam6DENIyDVdXn+zgJpwnEf"
    "FRFxGpeNhkHCCoO+KQ7QvktAwuJb1v7ZkGn/rEQxAdeyy8YcoV8U5EuoL38SKle5nS9xOj"
    "Cx717IEY5CWyZtibNqX1j+IhN6x0mzVvGAyFhl5J/EQJh/E2FVtR08wrPWojj/FFLh80Xq"
    "LHwhQcpkmFJ68lbeDYSYi9pBDgtCHuBIWc8IhliOvicXiLoTCehRlbFqmMvT5pE5sRP2tV"
    "SCwT2LweZ6KaDYWh/XaqQGGk130B0Rp7LyvWQ3tvL9a1/K8CzMl4jeMu2sL77FkTeJ89q4"
    "b3WbGor6MWkpiM1xhe8e0p5ZCwFjIPySM8Iu69wAlcAoRLq9itl+cN4H95Xok+XMqBT/Bc"
    "Cfx4vM7gf50J7OMMKcjxtxkWBsmE0fkQOQJdgm3lbP8DbDPGCGlzahojpLkRcrXefgYldk"
    "j6cq0pQnIDN1ojX0HBxx7Coe0Q6BEBXSFsGpEEq0rcT1HelkjGD5MhJXWKd3zvDRZHIrXy"
    "BK0+SPwccRO4sjbDxgQxJojWm6lKFmD+RWiqQRQEe2iG7N6XWthmVNE2HlW1slipbVwB7p"
    "yYQbsZ2g4fEQ9+fslOckmpS7BXcRRmBPM1yIRkB/Gu82ZcX3/I6LmX73O+jU9fPl5eib0l"
    "54IqujzEr1WKFUjGa2z46bNZHzlDXjO4d5637RPmKCZUriT6t353HOMitlQBY4uNOJE64C"
    "6cmCnd3YV9uyXnk5U0nI/hfDZyPl+gV9ignviJxgwbsj+jcDW8IQe0CnRHAl7CHogd1bOS"
    "fdnEH0lTNscTH0a7dpq6wa6LxmGA7hz7bojuILLrTjLrd3Ebxbsqgmj/D/7D+8OLL0DRuk"
    "kUthU5t7G4M4RyDdfjYUQgmWo5YgEFaeNrb+BbgLcclK5oXNy5rkWIf/K7E+oja6Ekal3U"
    "jRt2E0NaGdKqU6eBit/cxEkfRIfM7zkNcc6J6YyzLFywyryCECdIx3KCN1Fy1mvYtT2K0k"
    "FbWjAthtc6JNoHJVn0xnf3LMtaZVE0nTKCxnLSznLqdLrHs8NPatvcg2N3q+8fvprY/D9G"
    "p/WgxNRPLg3rLPxJalDj2A6I7ObEdaGDepQ3Fus+vBh7IdSImkiOVnfaYBSbcAxj2XbutF"
    "awbBX1eaPH6xsBrjm++wgBN6GvbbaHTijzeqlEP7p4WqMWyctNVKPRJBm5uQNIRN8vZtQl"
    "Mvwci7UGF0vafNQO3dzLo1KhOebpsFmZOdjetav0iWqdJv01FQDPifXx2NhLsWcXeyXVWS"
    "8YwxVNK1cSOYhdhzdJoT9Ut0rPXSLZAotwglbfebvD4urX29//LAbSWMQLYh9uFsUbYcS7"
    "lYUIspJa1yOId1VhPPChdOUiHmVkzTCfAU8P3T/BlStGNOTpoyIFL86+f7kqSwB/1BUiuP"
    "l48eGDCQAxms8RNZ/rB8KYY9cRQ5lhjTWhEU2LbFSJfmHOHLOlfPEeS3nxryGKzPsSYqjB"
    "+C2Uo+SGSv6wlIxRk5TVJEP97JD6McHzJmyzExNgTm2F/qQz8TsggPAto5xHgBd7lRYG1Z"
    "7YQTJ8ZKXHbzyuLxCfyQDGVbxkHLKIOWIEWzNip8MmhygQzxD2i0WeoszRLT023KK+eEgy"
    "NjYkSk79wz12C+VB3lZFc1gJ9E9taMQMv6xhhl8mzLDRHA6iOZgImp4eYiUcT0uCR3d2p/"
    "letTvORv19MS+Kpi+KJtreT2LGF3j5VryQZXpe+nKthjeNBo6sZGSj/vQw+jVaMCcIiBfV"
    "TYGoG9AU0ZhMKGTFBJDTwsWGMERELDV7PUymAEWVG8sb1+/29k062q+PfEbEYB6MTAFIE+"
    "6j/Y6p0taesnvuY4uodrbPyRlg82e77wCvqwhrVsqAatKujpJ2lTrtFGDOSvUQ5d1XzaQ+"
    "oKEY5JER6iHML84awPzirBJmuJSn2cXTFAuUpmV6CPLu13LSfVkF5LSMAbkByNJWU0F4Jd"
    "BDeJ+fNTn3xKjqZMAznVKOta4OtJ+8Vq4MdErEgKyUqq2Gc1bKQN0IaukUVTP5UiJb2Hua"
    "Qb2jgBTPD4NRQO9JWXRuXXurvKTOnofBFQ+cufwazZbxUTpb0TBoOxkFUa1n4yJAc7Eshw"
    "hzcUMG/4Go39i4RRwvm3ZcMB3I9FIeu+5jynZTxLbreKTFPOdEuzPRgy9e4LhoMSMe4kLX"
    "HlN7ieZC70Yz/ABvqEcWEMoTNHs/+7QcpK+rxVpIy+1gIXRHC+ncDItD1KJqycMpkf6p73"
    "spAxSEJapNfXjLWqqVVnOgRLDbpG1iwmoi7HGoFBk5yJUUmraRL3qFSPxCXcdaDqqDJOIB"
    "wyZhEv56bIMyJ1CgE2IZkpKe/F7WfKMeQfBV0JRG3SzFQQeRCTBvDosnjMsKoPfEL4mR2O"
    "mdN5RBiWhFUwjFREZ0Ss9XIB/6ybQPLjiUMHYd4gUylIpwWWzyb7AniPffo4jKrSHa0iCa"
    "ak6w11ClPgA9D48LyFQpyS4to/PkaKMKBZiJbb9EF/rHzfWncoxTInlDwrEC9H+oYWa8bl"
    "DXQAtgZMyHBNLHHy9+zaP99sP1ZX7XgRtc5qAfY07AOldZ32kZjTX9qC4bxw8C70jbkIk2"
    "eIqhRIk2O4wFGUEjTsST7ZJXoNISKMhpbBCoRrufPT///vzVi5fnK8V/9Umd9l9CT8p0q1"
    "FlLkE9uhlBrVnk66gtrM8caAwZxJ0DolyzSN+WLX3VqOTdzYIhiU+BMzLZxb2dZr3IlJvo"
    "TH9HQzaoZlTSo4ZNaJVYVRjNEonGNWRB4hGPuRArcudFaoawcyIqbIkWNBTqh/QdRE6+Zd"
    "Q8BfN7IsvwV1eW3eH9NxAtyW/PB9zH/kjxjq7sztU/ZENUw80YbqZT+64CN5O8FCpHWiJj"
    "DjPtDjOTkHSAd6bkwFBM7EiL9pFG2weZ0E8WWSeEVdvG97hb/K6bb4F2W4S2LtRvJaIzOa"
    "NKfh04gi/0JGtUVoStBvm0lM7gAzO2mDnWLM7V92iA7j1ofVZqOIFtpcSRHXiypC03Crlq"
    "+5uM3HEa4BxHY2nXqBuWQQuU02IG5E0gR2vSYsR2ynx/DdZzStbAvXFNtwLaQNyN1lkx5/"
    "klySKupkW/pBKNN3Oi6bTkpsFmUSusFV85x0s0pWhMuGMTGRWYbhERNyJNMnN5VZzZ9jfd"
    "wHxKtAyLaVjMTm1UCoxMH5tBRR4SCDvnSU0u2Au4Cy0SZJFVubeJ/SD5NcevDiF2pYBaVI"
    "mmScvoPB/ahJRBjNIoZEogp2V6CPJ3z5ss5e+eV69leS3fjVVoiCX+/kvHw6yimc1aJl+7"
    "fRkQ3gDnA8WPvQ84kg0bOMFu03TZOhM/jslb+UUEsJfvP118/m0Vwbdyjny4/vTTZUkM3+"
    "Vvt1cXJ1QJRWzwFHoJAdkEru+wXWzw7iujmJimNq9A5/yDJqapt9OsieX+3iZznwbEs5Y/"
    "k9IMsdyIYZ3d7qzHJn1+mjRKsFzszKF1G45OPFnGFjTpOHg0jihlxHexzNKYOg+kpBPkVn"
    "dqUiKXfPMdMe/wVlUXxjVtI3ddcsaY6Acx0YWa41mOj11FSPNyBlhT+PIYSvFEPJwwWI2K"
    "JmFOsKVdqBvcR7AFo1O2CH51Jt1awiTSbZFIZ+zBNlPRCUMhU/lmrX8qTnNW0kyzdtOsiT"
    "34kczHhPGZ4w9KbMHU1WGdHTjPjttkAlZPcpXXVBpsXHyQd5n+viqZajqXHNd7yqir5PBL"
    "xvdQ1d29g8mc9709CDKGo6E3tt2gGpTfrkazuvz2acJZUFIyS7WI7I+UEWfq/Uwiw/s9BE"
    "l5Vtk2HysY19Fdugno+tP1mc7wYqWBpF5O8cvF7yVRSN9nsU98fv/2dlBYrjtA9Et8m55C"
    "mnpDKzA9jh4NC7lEgY7Xd7XmHL9Gu1WZTVihTopxHyPh2vqIGjW/Pqtpfn32rBBqzt2w5C"
    "iqKZgWj++dB+7liyYM+4tqhv1FIXjQxUo+jGT84Zbu4MfPV1f72g/2Hpsp4Bo9EMZLXUXV"
    "TadzYofLiHu+L6BNCSgNjIHOmctx6j6HwmmjueOFQclBW/kaVUhrXNhucCHQS9o+BzOHQ5"
    "KKTEUh2EZ0IiNfYHd4dKTSa1Ifd0AxD9s1byiId6Zu/+CGQHkkx5V9uiFhiAeO66IxQaFn"
    "U69hOkCfXs/IOmuzC2clO7MGTmYTVnBepUzilZOorO5CLPzjz5+JWxUGU+qV6ub5WyA6yu"
    "sEbYnU1+Q+fQJqnzSOZM9KeJyEVasmciQxha1VzoBhdPrL6JA5dpRyvVYCOnM6UD0fvpj9"
    "BkVPknomDQPEyFS8WSigyMK8VV7j2XdNov/EqJrg4EL8nyHW9kus+ZhzcRLZoxnmsyLQt+"
    "RbFUGRF9S5bjtmU+qdOfYQ/fLuLYpR31qLu/r1NqPAFYL+MvGWyfB8JKBhNU5Eoc4E/cFh"
    "AfyeI35Oq753ZTcwRpRuc26MqG7ZBmtjqsRAyFha1VbCIjNsP3GSprSMfhaDUVX3q6r2sU"
    "7qwHUeCKIMBaRdA6FdV0w16mdfVRETg2qCJnWJ8NsYNHmkwgnegxPg+EcXiyasr9bqf052"
    "3MZaCdc+EVqP7AwfVRTGlkV8MedDxMgDhVYr4oCIkr3spwhqCAXiUw+GQosux5YtcTHiYo"
    "XhIGRE/DDomCuu84CCUP5kOdQzm9RfWK8Fk+BzdB3WHAw7TE7opwuhrUmwD++AyUfbYz6a"
    "PMeERj9ejlRNrxJRA7ka5IrnXV7QbMbGsj1Fy9ZUUziJaU7MlRbznBM1PrNOzPO4pP5e9X"
    "GYE9viMOzO3Cp10pMmfouXJytp3h3d3h0Ff/M+ibR/0PGghEGDj4d11Nk/4wH7jKvMM05D"
    "9Huh92by+XokD3CUOmJIKkNSab9XKZwFpl3tnoDto7u6JVGy+7Kgq+24KborgR7Cu3seip"
    "O/iuDWNe+MBbTu2/kTowuOxksEfiqZXkkeCFsia4a9KUnKiPNwDFJjwqIEP9I0Fv443TuD"
    "gMz9EjX+Zo5dt3K6UmKHm7Jn+3oZIuRfnH3/coU1/FGH7s3Hiw8finDCaxVjUxJ6WY9pXl"
    "bnd+EY2LqU87Jct3pU11LaLtQBxIUSxpH4rkl6sOwCzLCHHLXmv7sA2mcU1BJlqNNy+oL9"
    "C2EWadyyZ3eoOp4fluyz1VWwVwKmCPYWRbAJD5y5dL/I+BPFbu5l0n3alw+sbVghD+i8ou"
    "Jite6dE9M4Uax1bMPO2qIUHZYt3O8losbsUajAq+x+LwgaNsS430/F55DxLIVeG6/SSspM"
    "r9bTKwANW73EGUHjNtR5jnmAWbudOitpZlnnWZ44nsNnraY5J2rmWed5dgm0IJfWr4pCmx"
    "PTPoBm8E78CuD2oTriQvJxEaEPHP6COcH2pfkUlN0IvfahiGXy5jXT+TUTtwJsCvNcTQ+u"
    "JbbiB7szp/uhBxmjTKBqKzmDs1L946N272+PEJsTzvG0BOrqMlEFwT6gfeiiUD6jD45d1j"
    "qkpkx7SqYPmO97hctoRBWAVwL9Q/f5WZOyEmJUNbd6VigtIf1hrbw4eUltnZOau29oGLSd"
    "goKomYOWLjRGbKcsuOQHYjlz7FZy4IlUXluMxJ7G4l2bhBo8f7h6+/7jxYfHZ+fD51HDDX"
    "FuOlGhiGQLOi8UCbKEwjgKeYn3ph7glNjWCGu2t+8cY585VJjUJRk5mwJM1nLa9jMZPEMu"
    "XQzRc+RRJn7OEJ2hmTOdNeMPdhhwolEm44E4nK8zKDAiy5F4NEBjMg09hL0lmlN2gq0VLK"
    "gQ5Ar4sO06XonVtcFvWhTvzlL4IkvTLOIFEXXaoD4QfOIYJO7k9FYDd6lymG8io3O7m9sZ"
    "1L+bPuIIvm1E2oopn2E+hBJEM2wjFzeujbe77XdGxUi1KJCUiPaE+YHDP9aBeO0U4FJ5o6"
    "htUNQYCdhyRCcqizgtY1ZxEU9HORk9K2UwzaXJEeKPbLws2REqz7WMzOEsiReqserv6EIY"
    "E940KpkHLJasmhe5fhBmBN0TX/xjEhAmx5AoWPPwTd38kE1bBQNkBLujX0pTQyZpLIiYhr"
    "gX2WlolfrUCLh6ILJEaFmhgOjacEO1gBFZDdtcZ9MjiIk30hcv2x0nf91BN0WMxF1eC0sj"
    "n/wHL+mccDRhdP4U/cKESsGW4n1dosfwXOglIu7xpKS05t4es0XPqOheKqfWWsIUKFAtUN"
    "DH9FnNefU+ZttHSetgBadT845cId5k3u81BaVLCd3730ROLx22G5jG7mA6mXBSslY3uZHX"
    "cr1xI+/MEoshEspugIvIVgda5eUOt9sOjqCc7SXMqkUtSZO0pKeNq0GzkwMxGdcTJDUsPk"
    "RTRxjD4CPD4uHOdBoF/x2KyBM39DiWllsp3HX2T1FWb5eVsOIXjAayzkcEf3v0D2cv6UP8"
    "vBfa6qCc95GXhptoHycZtZH1+QqTJTuTSP5VcjFjHFgzZIlno4BWsC5yzZTQOzu4n+FxOs"
    "LjyJ+noN6uxvfJXtidZmvKdu7utDU0zF5pGJPPZfK59FnfJp/raKt8L0SDhV23hI+s3lxW"
    "AqaW3BabSxczkHrnqOtmElLvpsFwnb3hOvWhdW4g3ryc1rmJQ9HraZ0kYL1ZMA+dSP7Nd7"
    "FFeFy/24Ngcogejyp8r8uB8BwvE9mWQ+RVhPDs8uZbED66GM2nQfiU1MipdxKXVcfp9DG0"
    "C+/wkUjKA7H/ICJuxZo2Bmi/UjXZ2L+AqXdh/zPkwbwiXjM/pHajD2GwONQyo5vx+FGrBg"
    "47sQz8fMTRxJmGDD6Kg6jRArZn5gQB8V4juVygp/nf5b8gluqBOjb0NL/wfeLZf6eeuxwi"
    "ISNvyCEqu4L0P9DD//D+8CApanVviE92JhPCiCeOojcII0ZdN/QhT1L6n8I5nFYyfjy+jW"
    "fH55fD0Bpo3qInezRZ8r4j0/rq6AeULuqAviq7AoeeW9sKoBYlDbh5O9+yQsZa5ZTkRLtj"
    "ckIwBuzIcmG8jowEmfoD/l/xX39tI2ytO3TCNO17hLY2/ioZgaC4iaVl9N++orwaqUoJoI"
    "cyBMOiYpuQJ/q+VXFDnfV+f2JEQMrLMtPrOOm0VJ94gAPT0aEXQaSEfUrIQN8aeuMV02AS"
    "jFdMi2nQoXqcbjOx86okHS2B2CWIGVigIWmxlHOSBupGBScZKamxU9OfLSXTh/ipA3TDG4"
    "fMU4U5LWNgbgQzD33COLErihzVhBfnBTUGXNackxwdchJHScIlgJvGa9rye//z4RJ7Stho"
    "U25VXSOXihto72g9AF+tk4O1shZO6upws1u1eT2canzVPIQ5tt44CY2TsOv7QnoHhgAv7m"
    "OLKEKalzPA5lMQKv2uNYke1R7XPviF9qJCRJhJmJSRTqR6iPWLswZQvzirRBouGY/3iXqK"
    "LOI8tJronKiZaK0n2gp5QOfCfFI7pXJiGlvCOp1TIVcGOiViQG4E8oTgIGTlumw1zlkpA3"
    "UjqLHvjO7JUtFsyEoZkuaEMgsOjOVRmkrqpq30rKuk3vCatpKHqUVpYldObg4sbM2EVdn+"
    "Zai4gZmPLeZjBJlgpP10FOTNbLSbDUYwp574Xq3mokzazETLOF/ppOQ0ZJYSHZ2X66N2tP"
    "OkEB2iGQ+alJ0KCDdxjRoscBNspxiUlNjXkClokajqCKSUh7zpqu5rKN6BlracBfiyiIWu"
    "rhMgVolPWOAQpRpyWSlTSG6LQnLid6t71DNCOm9E1xMkzpuo0oWNImdWXFmizSuwe1Ltrx"
    "B7QWn/+dqTNi3WEb3meCetXAEj7vyP0hrPSmm8yLUJGokQE0vTLV3Qm6BOCRq0N6PtCiQ8"
    "azmaq3SbzQpp3JhC1fbfWWV3fdKNDqirx4YbAg0R1ETZTZYT10UTun3jlXa79gmnC0Q1um"
    "xGFrLUSsqsPqkMgp/JclCbRPBzVHumUR7BKC5Us7k6W2n1yyRat6TCZoPxWxTN1CO0eHOy"
    "QRcDXEzagalN1nVwTaT2iQTw+njpUmyPbGdKeMlcXzqeOIUq+LKCbG6yx8sg4tL00H+uJ5"
    "EeCnQll/XnZHFQaEqGp2J2oVwoRnbou44VtwLaajFcxmTZah2Is+Ly/aeLz7+Vt8a4LCHX"
    "Ln+7vbrQTI16R5nzPxLSci0qud5AiZqlhm5UoS6JsBsIuuOOZ5G7YVLL9fHdPfGDO5i9u+"
    "ijuydQSdYmyVRCrqLQo6KhS7g8x0s0JmhKPfJarAWCHghzJvHYojJ20CdvodbB11FR6ZLx"
    "vVPndtLSvVqRk+tA9WBcCZkjUbsjUaft9UPEpr2jIavcYtNjGmyzCUE3S8Zv3Gvf0YXYqr"
    "wlko2VUEDpPZqJz1zqTYutHIYI7jxEq5Te4cpRO0TyWw3ROLTuSVBi6e73UVvspglaKi95"
    "IrOPd/yo+2vX3/C67dzY5aYcgP7AmnQUk47Sg3SU6HAuQlzfRmgtpXPxzsEVtmZgDp799+"
    "Pn//bqCYKjnkP7ElBm4L/AOEBh7rG0KJtRDDtsPGRKOB84tFsnw+KzbIpTa1ekhjQwK6Iu"
    "OwpWRalTK9LnIZKKPBBx0RbvjMeFRFOv2IYbGAvAWADGAjAWQPeBPXLBhH6CesQSNroB2s"
    "8aNieI8tGK2Jwg1oaWMbRMD2gZwwwcM+nbNHc6FvRdrI7Tu0noZoGc3k2DDuUQdJsJUwSh"
    "exDrk23VCup9FbTZCc6aODSuw2BMv30kHBwRgxJ3RnbAsM6ZQeXQ0Tw1dqMn4wLFw6MKCB"
    "hZdD53AuiOI2tSQVDS3OHEfoouEKMLcAqC94Gg0AscV/oBkzvMMEc2OAUhLQtI0KLfY/+P"
    "a9LSBD9gR65siO03PUwOwVNWuyz62C1cvJP8/nVqzYp3kDJYzLBg3yRt46Prfjh2HT5rV3"
    "ZkJwHC68mQ/1WYjGS81pNxm0zAEILag6QlWBu4nz971oSyePasmrJ4Vjjm4/yTIu41JV7W"
    "Iqa+yxb1XeB0VFrwKwGNizAMvr54i+QX9TGD3ndx4zt5wrZZ9bvnQYUZACi1SMvLSpoUBA"
    "3DE1KO3rSipTjRednuTPXg64x48o1jxMVLmSrFiWcLRRU9lhl6T5q9hb1aCkLJn/tlfEF9"
    "wGRarje1WNuGQGpitP5CmEOFovFZznXBZE1fHtYZrH48cATqcjN79VrYe75DLAKHWiIvrb"
    "/XaAGvnXjHQM0OCfLItyAKp4MsHDASXcwDxEIPLcSpWDROd3zvLeL1jquGa5T/uEN9uyYL"
    "Egqih64S4mkZnY2f4+OeWtXipRmJV6SFMpAT7Y4ucJJqH+yFLSc6J7qDiT5goTA4GeBbra"
    "vJThxGbHk2nJ7GJ2ZR1tKPi6SprIKcaJdXAZYKBJHkHz7hVSC5zrbrYCXcnZXwXuiEchW4"
    "ztyJSrQkCiT2lmNqLx/xqFzL6a0JIMHbbAtpue6sBNgTpHVQPB7k1mALc2NyeouAMFa2Am"
    "6Fplc++ysBnalXKAIRJBMO5uAEO+4OGlXcXv16W89+Z0owJcPzlLg+FIKLSwsvyc+HtaRB"
    "MqIRV/BAGGTQgUUva2Z9wKFnzX4WGzEUcIUqHYiyKc/V57DEY4eJ7JM34hBP7iO2bw+y85"
    "A1w574ZeUswkGeugW/AE9SsXaT8b3jF3ZVeLqaXIinsIh2JeOZkuhTDODOalD30UetTYKC"
    "bEczmjte2dlcF7+aE9S4eDoEIVEvmA2R4yH5hRF07OBv5L1eo/ESCdCjs0VlgR86yBWqk3"
    "qWUiuBtEwPX4cXTTbz6r282HDWckOb2C2j6gvCGr8Tmgd0U3EmQqEGn7DR8/sSs7EuFrYo"
    "3JXmA9F+hJF4n+2IR9jajmgXiMwJLvPcVi7+1fgeLfmd6S9xHrsKnmkRA2l1OSD5josjPQ"
    "xKNMSNyX85aaN8lyA9w3wk7k/wHJ5aPBEpdQn2ynEuyObLbAvhDkJcd7pdX3/IsDaX7/O0"
    "zJePl1efHz/PbcVF4MlkQqzAeSCjCaNzVea0KG1cqFqzo+KnRcp6MPonHaucFSWSh9vJni"
    "sGTg2+OsEsCk6VXjLZZAmjZAEefn8TkI0YCQR60BHJxkrHdLnw4dD/XhH8VSMBCBIWxrDs"
    "AgltBGioZvpuBb8mjPRlyLzPofzyBVZ6dW1Yx0xHrW+TYZvo6eptrUkKk3yWfHJS5oRyR9"
    "7Z5DMdN5+pMDNNAS9OqSlxlSMnkzVeQLU+hjgt1yetfheVVPtc9mfwN+jQCPEWDU8zU/2n"
    "HZ8OP3Ao9DafkYnzDS1AqcNo4njYRX+TWXd/azMDeykQBFy/yhwk4zWfAkiLlYleQDcP47"
    "7eEnqcdPZOfsnxXwTTc9r0nO4f2qYiyt4dEX6ZolILr1+qphhoC9AGDmEla7c6B30lsFUG"
    "umZ7xCES0DUiPG7jWShlPKKLw42UR7Aap9COK+6pLgvwI7gNl/EYcfATf4rucGg7xLPISC"
    "iVd1FPS1hyaZWGsEcckW8BYaBpQg19cRHSRZd17bkO8egSDuf3VK311QOSaibpJ8LfSRDY"
    "n01D+gy5cwhyx9TX3yGdYwL51hWdG+VbntXkW54V8y0Lm0xToAuCPUT8+csm1ELeBZhiFl"
    "5Wwh1v4cpox3I9BHsvBctNZPWunZ88wEFYYgPUpMGvJHq4ane/RWgYxNEd+6tzMRzr+Qpo"
    "+7mOZM1M6zzTkUk5inIgWhSeLhHvSozyVwgggSqs0Y+IE9wmlL2RbiAaBsgJhsijwvhm0x"
    "1kO7euVm0KzvX/RVzVUm0x0XlZs+XqNtOaEKe/xOEPv8B+PShLYs4MGNZmM8dDo82/GYl6"
    "4UH28COO6MJDUg4cvxjJ2wOVyQOC7aTqJ/Dwj4DUlCP53WvxiUc4XAaH8BB9uflBRv7JUE"
    "BZmsCRG3hJ9e4DPrhJEFyKW0tFpERBEyYMzjClem+5KoFvPQ7Sammcm+is7vVmiw6CIsQ1"
    "dc5XEqbM+RZlzjXknTo0JZ3QjQ3xdIozbWiN3k6zJsbuZ5jzCOeCnbu6NqwzcVl6VIOGVA"
    "xKXEkrcd0oShiGcukJe5EsZKjNgoaujcYEPcbIZkuotfbkKYJae1bIeNRsZ1WITfZ7QS6l"
    "UG0Pl5T+PthT1cxa8f/GjjV2rN67qYId6/CReGugvnMR0NrSAVlBUzeged0AUNlbqAcpMa"
    "MbaKcbZOK2aYvpXQmZydV6ciG+Rq0vRSLQR05q5/E4kdLWxnpKC5p3SOt3KJ4rNSUuI2T0"
    "uEI9OFKmwdWUQ0wketPC69DVPmO6ZrxUjuYuETWHQ5PDYY2b4t6RFzT7h4nGOsWTd+J4bY"
    "OxcqLGC6HbPGtGT7+NkzIHNTT1asywCV09stLDN/LWMg7WCeIODTwqPLPKFUWPHz16HVPL"
    "dII8GjUAepLrALF6NuSTJrLijydFxvoAz9uiwUTqxionZ07MsNWqbHVqDpVUxKxYD9XDvW"
    "SgSQePYl34tUyfUtAObw1BCv9oTMS2V8KPNSm4khI+xeIgL54ppk9IzPAkUK7AUpA1cG+E"
    "W+z6LRd3VtJA3QjqVss6I2iA3gQ0g5NPqJOtlnVR2ADeFPA2i7sga+Aug1sTI/grGc8ovb"
    "8IAihANCgxgXMjhnUG8CIaO8KpwY16LQbCrJTl28UtnQfCljlrM/lYWpteOB8TVmLYbnWn"
    "LUzW1D1VTNacmDFZVU3WaPqKkFdaUGuBPllQOyviYQLWduioUCeujWNCU8I6Pa2ugN2zlq"
    "O5SnePrJDZexQKCNWX568sItTl3ma7qM0vO56PVJs1Z6VM4ebNhZsjxOaEg7+kCPWGlvRp"
    "wT6gXbfR76oLfRp9cE2pgJ6M19lLMYCUkInDeIDO0M+XSUkE7PFFpLrqMQ162a8/xKbUoN"
    "qAXQ0ZNrFg7fToRiZs/CqjgMqaRsSzfSompNxKrRu8hSFq8npMXo8Om72CmZQsfUVEc2IG"
    "1nxFimiDUUQ1K2VALXPaR3ioKNUZKZ1Vj7bxs40qUD+vqUD9vFiB2qSv7DVCmZO/iuDWR+"
    "H/pTt3MfiJ0QVH46XUqWQnMQI6XBzo1kx3Pk5USuwwUWrsnhLRelauxBygMZmGDQt47ppZ"
    "Ek8rqxxUCexqvNaoXgKgiDueRSCWc4E5mmObQKUBWUGAkdiEIfZxYLfBB6zMga+lusODD7"
    "7OiAeTMMdLKPAQ4HvivUbQKMYj3wIUv6myCgSY8iRqtwfXXYJ5w42pTyQ6IwFbjkIvcEqq"
    "ptUvkJxoh1bJJ5qsBNgNHY8jGSIhloQjDq0wkGsDTq6kgIh4F05vacg3YiRbUapYLjmxLU"
    "yX7lCqCpYLHAmjdi6WnKjxsxSBlVy+iq2SleoD83+ABpkm7a//u3/o2y2nOStpplnraTbZ"
    "nf2dZ70cg1exn2BQ7RhcDRk2cQyS9OgGqZ3CAEdYFr8XNrqYYnD5gY1IXfspuiHidBKfYT"
    "GIE+wS+00UuUqgdCDYAveE+FyaiowuZKYm/Ds27R3Cy7I7D/FI46TUQsM3TsqDmE8hU6ru"
    "Hg/voSPi7Nl5k+LuMKym3eh5obx7+sspAJ0T6yXge+juuvZIlrABF4zh5SZPZhkVoFdB/c"
    "En8WP5EN2Jgw4//dsdkK93f7vbnlC7+vX29z/z3nYxZeIWVsgYxPmqUiwl4jr7Ho7Bs8Cv"
    "HvmEjTgRDyk51+oRLhE3RFYGYIcL1RZ+ZQm2m+rrpgRNfd3m9XVth0vcRmKH4ooHX1G0fy"
    "zi7qMeVrC1cExmRQ3voBvvkI1uASO3ZCNzPMwqlJu1TH4PWwaRvtOjTSxu/rOaS/HOXL7/"
    "dPH5t/Iw8MuSZkGXv91eXRS6NJEHh4Z81GYCSoRbzkR33qwDTUQ7V3vlTczmp/PmBz+NWG"
    "HUdQs7bsiUwp+qxHtTfndnEU6ADlSck0FYyn6MvHBnXqpUglK8PlaBLHH3Gh5aFuF8e1u7"
    "a6+ej0MuVMR2u21Otjvr4Qt8ZZh9D3k0mInJhuglTqId4rRWgIlTOKlpNjXVTU11Td8pBf"
    "dW7P1tw4pkJDtzZJ3MnqVXMMbHuNpBdSzGx3U9hM2hGKniCQ2LbM/ETcX6s4fI8aS6KhmF"
    "KOA6ShVKwjsSDQatrsSx2xXltHd1ZxNXocXeaOIqDnLwqKbSmiRatSTaPtZH2cnZvY9iNM"
    "b0M2rUftWoC8Ica1amPsVXatUmvB6zSVuqntgd6yeVLHTpgVnCOcc6xnZ6yf4jNLbknKvV"
    "EaFAcsWguZRIL/b5A3TrgJdKAeF4eA/R3YuWIp4YxGRxFuF/3Fx/qnRSJSL549KxAvR/SK"
    "9gxF0clABGvc6SV09yhx/c4OiV2/71/wEj/i5Q"
)
