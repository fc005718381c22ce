"""Calls of the gateway, many at once: holds and settlements of a batch are decided together."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
-- Nobody asks for calls by it: a request is found by its trace.
DROP INDEX "gateway_call_request";

-- Whether nothing but credit and budgets decides about a call: no limit of a feature, and no quota of the plan's.
CREATE FUNCTION gateway_is_plain(p_org uuid, p_customer text, p_feature text) RETURNS boolean LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
DECLARE
    tier text;
    e entitlement;
BEGIN
    IF EXISTS (
        SELECT FROM org o JOIN plan p ON p.code = o.plan AND p.version = o.plan_version
        WHERE o.id = p_org AND p.overage_per_1k IS NULL AND p.included_tokens IS NOT NULL
    ) THEN
        RETURN false;
    END IF;
    IF p_feature IS NULL OR NOT EXISTS (SELECT FROM feature f WHERE f.org_id = p_org AND f.key = p_feature) THEN
        RETURN true;
    END IF;
    SELECT c.tier INTO tier FROM customer c WHERE c.org_id = p_org AND c.external_id = p_customer;
    SELECT x.* INTO e FROM entitlement x WHERE x.org_id = p_org AND x.feature_key = p_feature AND (
        x.audience_kind = 'customer' AND x.audience_ref = p_customer
        OR x.audience_kind = 'tier' AND x.audience_ref = tier OR x.audience_kind = 'all')
    ORDER BY array_position(ARRAY['customer', 'tier', 'all'], x.audience_kind::text) LIMIT 1;
    RETURN coalesce(e.is_enabled AND e.unit IS NULL, false);
END $$;

-- Admits calls that are about to be sent, several under one commit: the terms of each are looked at, its credit is held and
-- counts as begun, and its row is written, or none of it. Where neither a wallet nor a hard budget is concerned nothing is
-- held; where nobody knows what it costs, nothing can be. Sent again, it answers the same. Those about which nothing but
-- credit and budgets decides are decided together, the others one by one behind them, all under locks that were taken in
-- order.
CREATE OR REPLACE FUNCTION gateway_open(p_calls jsonb) RETURNS SETOF entitlement_result LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    nothing entitlement_result;
    c gateway_opening;
    todo gateway_opening[];
    f record;
    whose text;
    known text[] := '{}';
    known_payers uuid[] := '{}';
    known_teams text[] := '{}';
    known_plain boolean[] := '{}';
    payers uuid[] := '{}';
    teams text[] := '{}';
    is_plain boolean;
    budgets uuid[];
    starts timestamptz[];
    o credit_operation;
    operations credit_operation[] := '{}';
    together record;
    h credit_result;
    r entitlement_result;
    results entitlement_result[];
    k int;
BEGIN
    SELECT array_agg(t) INTO todo FROM jsonb_populate_recordset(NULL::gateway_opening, p_calls) AS t;
    IF todo IS NULL THEN
        RETURN;
    END IF;
    o.op := 'hold';
    FOR i IN 1 .. cardinality(todo) LOOP
        c := todo[i];
        whose := concat(c.org, c.environment, quote_nullable(c.customer), quote_nullable(c.feature));
        k := array_position(known, whose);
        IF k IS NULL THEN
            SELECT * INTO f FROM credit_wallet_for(c.org, c.environment, c.customer, NULL);
            -- Reading once what few operations need costs more than they do.
            is_plain := cardinality(todo) > 3 AND gateway_is_plain(c.org, c.customer, c.feature);
            known := known || whose; known_payers := known_payers || f.wallet; known_teams := known_teams || f.team;
            known_plain := known_plain || is_plain;
            k := cardinality(known);
        END IF;
        payers := payers || known_payers[k]; teams := teams || known_teams[k];
        o.n := i; o.id := c.hold; o.org := c.org; o.wallet := payers[i]; o.key := 'gateway:' || c.id;
        o.amount := c.credits; o.feature := c.feature; o.lease := c.lease; o.at := c.at;
        o.kinds := ARRAY['api_key']; o.refs := ARRAY[c.key::text];
        IF c.user_ref IS NOT NULL THEN
            o.kinds := o.kinds || 'user'::text; o.refs := o.refs || c.user_ref;
        END IF;
        IF c.customer IS NOT NULL THEN
            o.kinds := o.kinds || 'customer'::text; o.refs := o.refs || c.customer;
        END IF;
        IF teams[i] IS NOT NULL THEN
            o.kinds := o.kinds || 'team'::text; o.refs := o.refs || teams[i];
        END IF;
        IF known_plain[k] AND payers[i] IS NOT NULL AND c.credits > 0 THEN
            operations := operations || o;
        END IF;
    END LOOP;
    IF cardinality(todo) > 1 THEN
        SELECT array_agg(b.id), array_agg(credit_period_start(b.period, t.at)) INTO budgets, starts
        FROM unnest(todo) WITH ORDINALITY AS t
        CROSS JOIN LATERAL (
            VALUES ('api_key', t.key::text), ('user', t.user_ref), ('customer', t.customer), ('team', teams[t.ordinality])
        ) AS s (kind, ref)
        CROSS JOIN LATERAL (
            SELECT x.id, x.period FROM budget x WHERE x.org_id = t.org AND x.scope_kind = s.kind AND x.scope_id = s.ref
                AND x.environment = t.environment OFFSET 0
        ) AS b;
    END IF;
    results := array_fill(nothing, ARRAY[cardinality(todo)]);
    IF cardinality(operations) > 0 THEN
        SELECT * INTO together FROM credit_apply_together(operations, payers, budgets, starts);
        FOREACH h IN ARRAY together.results LOOP
            c := todo[h.n];
            r := nothing;
            r.outcome := h.outcome; r.amount := h.amount; r.hold_id := h.id; r.lease_expires_at := h.resets_at;
            r.scope_kind := 'feature'; r.scope_id := c.feature;
            IF h.outcome = 'insufficient' THEN
                r.available := h.available; r.scope_kind := 'wallet'; r.wallet_id := h.id;
            END IF;
            results[h.n] := r;
        END LOOP;
    ELSIF cardinality(todo) > 1 THEN
        PERFORM credit_lock(payers, budgets, starts);
    END IF;
    FOR i IN 1 .. cardinality(todo) LOOP
        CONTINUE WHEN (results[i]).outcome IS NOT NULL;
        c := todo[i];
        r := nothing;
        IF payers[i] IS NOT NULL AND c.credits IS NULL THEN
            r.outcome := 'unrated';
        ELSIF payers[i] IS NOT NULL AND c.credits = 0 THEN
            r.outcome := 'unheld';
        ELSE
            r := entitlement_reserve(c.hold, c.org, c.environment, c.customer, c.feature, 'gateway:' || c.id,
                coalesce(c.credits, 0), c.input + c.output,
                CASE WHEN c.user_ref IS NULL THEN ARRAY['api_key'] ELSE ARRAY['api_key', 'user'] END,
                CASE WHEN c.user_ref IS NULL THEN ARRAY[c.key::text] ELSE ARRAY[c.key::text, c.user_ref] END,
                c.lease, c.at, NULL);
            IF r.outcome = 'insufficient' AND payers[i] IS NULL
                AND NOT EXISTS (SELECT FROM wallet w WHERE w.org_id = c.org AND w.environment = c.environment)
                AND NOT EXISTS (
                    SELECT FROM budget b WHERE b.org_id = c.org AND b.environment = c.environment AND b.is_hard AND (
                        b.scope_kind = 'api_key' AND b.scope_id = c.key::text
                        OR b.scope_kind = 'user' AND b.scope_id = c.user_ref
                        OR b.scope_kind = 'customer' AND b.scope_id = c.customer
                        OR b.scope_kind = 'team' AND b.scope_id = teams[i])
                )
            THEN
                r := nothing;
                r.outcome := 'unheld';
            END IF;
        END IF;
        results[i] := r;
    END LOOP;
    UPDATE credit_hold x SET started_at = x.created_at
    WHERE x.id = ANY (ARRAY(SELECT s.hold_id FROM unnest(results) AS s WHERE s.outcome IN ('held', 'replayed')))
        AND x.started_at IS NULL;
    INSERT INTO gateway_call (id, org_id, workspace_id, api_key_id, environment, request_id, operation, upstream,
        provider, model, customer_id, user_id, feature_id, hold_id, input_tokens, output_tokens, created_at,
        deadline_at)
    SELECT t.id, t.org, t.workspace, t.key, t.environment, t.request, t.operation, t.upstream, t.provider, t.model,
        t.customer, t.user_ref, t.feature, (results[t.ordinality]).hold_id, t.input, t.output, t.at, t.deadline
    FROM unnest(todo) WITH ORDINALITY AS t
    WHERE (results[t.ordinality]).outcome IN ('held', 'replayed', 'unheld')
    ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT * FROM unnest(results);
END $$;

-- Ends calls, each once whoever else tries: settles or releases its hold and takes its usage into the books, in one
-- transaction; answers those that it ended. Lock order: calls, customers, wallets, budgets, then as `usage_ingest`. What a
-- hold reserved of a feature's limit is given back: from now on the event counts towards it.
CREATE OR REPLACE FUNCTION gateway_close(p_calls jsonb) RETURNS SETOF uuid LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
    todo gateway_closing[];
    ids uuid[];
    found_calls gateway_call[];
    c record;
    u record;
    r credit_result;
    holds credit_hold[];
    wallets uuid[] := '{}';
    budgets uuid[];
    starts timestamptz[];
    txs uuid[] := '{}';
    amounts numeric[] := '{}';
    ended uuid[] := '{}';
    fresh uuid[];
    o credit_operation;
    operations credit_operation[] := '{}';
    left_over int[] := '{}';
    together record;
    i int;
BEGIN
    SELECT array_agg(k), array_agg(k.id) INTO todo, ids FROM jsonb_populate_recordset(NULL::gateway_closing, p_calls) AS k;
    SELECT array_agg(g) INTO found_calls FROM (
        SELECT * FROM gateway_call WHERE id = ANY (ids) AND ended_at IS NULL ORDER BY id FOR UPDATE
    ) AS g;
    IF found_calls IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO customer (id, org_id, external_id, created_at)
    SELECT credit_uuid7(now()), s.org_id, s.customer_id, now() FROM (
        SELECT DISTINCT g.org_id, g.customer_id FROM unnest(found_calls) AS g WHERE g.customer_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM customer x WHERE x.org_id = g.org_id AND x.external_id = g.customer_id)
    ) AS s ORDER BY s.org_id, s.customer_id
    ON CONFLICT DO NOTHING;
    SELECT array_agg(h) INTO holds FROM credit_hold h WHERE h.id = ANY (ARRAY(
        SELECT g.hold_id FROM unnest(found_calls) AS g));
    SELECT array_agg(p.id), array_agg(p.start) INTO budgets, starts
    FROM unnest(holds) AS h CROSS JOIN unnest(h.budget_ids, h.budget_starts) AS p (id, start);
    FOR c IN
        SELECT k.*, g.org_id, g.hold_id, h.usage_id, h.wallet_id
        FROM unnest(found_calls) WITH ORDINALITY AS g
        CROSS JOIN LATERAL (SELECT t.* FROM unnest(todo) AS t WHERE t.id = g.id LIMIT 1) AS k
        LEFT JOIN unnest(holds) AS h ON h.id = g.hold_id
        ORDER BY g.ordinality
    LOOP
        ended := ended || c.id; txs := txs || nobody; amounts := amounts || c.credits; wallets := wallets || c.wallet_id;
        IF cardinality(holds) > 3 AND c.hold_id IS NOT NULL AND c.usage_id IS NULL
            AND (c.event IS NULL OR c.credits IS NOT NULL)
        THEN
            o.n := cardinality(ended); o.org := c.org_id; o.hold := c.hold_id; o.at := c.at;
            o.op := CASE WHEN c.event IS NULL THEN 'release' ELSE 'settle' END;
            o.id := c.tx; o.amount := c.credits;
            operations := operations || o;
        ELSIF c.hold_id IS NOT NULL THEN
            left_over := left_over || cardinality(ended);
        END IF;
    END LOOP;
    IF cardinality(operations) > 0 THEN
        SELECT * INTO together FROM credit_apply_together(operations, wallets, budgets, starts);
        FOREACH r IN ARRAY together.results LOOP
            IF r.outcome = 'settled' THEN
                txs[r.n] := r.transaction_id; amounts[r.n] := r.amount;
            END IF;
        END LOOP;
        left_over := left_over || ARRAY(SELECT x.n FROM unnest(together.rest) AS x);
    ELSIF cardinality(left_over) > 1 THEN
        PERFORM credit_lock(wallets, budgets, starts);
    END IF;
    FOREACH i IN ARRAY left_over LOOP
        SELECT k.*, g.org_id, g.hold_id INTO c FROM unnest(found_calls) AS g JOIN unnest(todo) AS k ON k.id = g.id
        WHERE g.id = ended[i];
        IF c.event IS NULL THEN
            PERFORM credit_release(c.org_id, c.hold_id, 'released', c.at);
        ELSE
            SELECT h.usage_id, h.usage_amount, h.state INTO u FROM credit_hold h WHERE h.id = c.hold_id;
            IF u.usage_id IS NOT NULL AND u.state = 'open' THEN
                UPDATE credit_hold h SET usage_id = NULL, usage_amount = NULL WHERE h.id = c.hold_id;
                UPDATE entitlement_usage x SET held = x.held - u.usage_amount WHERE x.id = u.usage_id;
            END IF;
            -- One that was swept before is answered as it was settled then, and the event says the same.
            r := credit_settle(c.org_id, c.hold_id, c.tx, c.credits, c.at);
            txs[i] := coalesce(r.transaction_id, nobody); amounts[i] := coalesce(r.amount, c.credits);
        END IF;
    END LOOP;

    WITH added AS (
        INSERT INTO usage_event_key (org_id, event_id, usage_event_id, occurred_at)
        SELECT g.org_id, k.event_id, k.event, g.created_at FROM unnest(found_calls) AS g
        JOIN unnest(todo) AS k ON k.id = g.id
        WHERE k.event IS NOT NULL ORDER BY k.event_id
        ON CONFLICT DO NOTHING RETURNING usage_event_id
    )
    SELECT coalesce(array_agg(usage_event_id), '{}') INTO fresh FROM added;
    IF cardinality(fresh) > 0 THEN
        WITH e AS MATERIALIZED (
            SELECT k.*, g.org_id, g.workspace_id, g.api_key_id, g.customer_id, g.user_id, g.feature_id, g.created_at,
                s.tx AS paid_by, s.amount
            FROM unnest(found_calls) AS g
            JOIN unnest(todo) AS k ON k.id = g.id
            JOIN unnest(ended, txs, amounts) AS s (id, tx, amount) ON s.id = g.id
            WHERE k.event = ANY (fresh)
        ), events AS (
            INSERT INTO usage_event (
                id, org_id, workspace_id, event_id, event_type, occurred_at, received_at, customer_id, user_id, feature_id,
                api_key_id, provider, model, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens,
                reasoning_tokens, usage_source, cost_usd, credits, revenue_usd, cost_ref, burn_ref, latency_ms, properties,
                ledger_transaction_id
            )
            SELECT e.event, e.org_id, e.workspace_id, e.event_id, 'TOKEN_USAGE', e.created_at, e.at, e.customer_id,
                e.user_id, e.feature_id, e.api_key_id, e.provider, e.model, e.input, e.output, e.cached, e.written,
                e.reasoning, e.source, e.cost, e.amount, e.revenue, e.cost_ref, e.burn_ref, e.latency,
                coalesce(e.properties, '{}'), CASE WHEN e.amount > 0 THEN nullif(e.paid_by, nobody) END
            FROM e
        ), rolled AS (
            INSERT INTO usage_rollup_hour AS rollup (
                org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model,
                requests, unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd
            )
            SELECT e.org_id, date_trunc('hour', e.created_at, 'UTC'), e.workspace_id, e.api_key_id,
                coalesce(e.customer_id, ''), coalesce(e.user_id, ''), coalesce(e.feature_id, ''), e.provider, e.model,
                count(*), count(*) - count(e.cost), sum(e.input), sum(e.output), coalesce(sum(e.cost), 0), sum(e.amount),
                coalesce(sum(e.revenue), 0)
            FROM e GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
            ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
            DO UPDATE SET
                requests = rollup.requests + excluded.requests,
                unrated = rollup.unrated + excluded.unrated,
                input_tokens = rollup.input_tokens + excluded.input_tokens,
                output_tokens = rollup.output_tokens + excluded.output_tokens,
                cost_usd = rollup.cost_usd + excluded.cost_usd,
                credits = rollup.credits + excluded.credits,
                revenue_usd = rollup.revenue_usd + excluded.revenue_usd
        )
        INSERT INTO usage_latency_hour AS latency (org_id, hour, workspace_id, provider, model, bucket, requests)
        SELECT e.org_id, date_trunc('hour', e.created_at, 'UTC'), e.workspace_id, e.provider, e.model, e.bucket, count(*)
        FROM e WHERE e.bucket IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (org_id, hour, workspace_id, provider, model, bucket)
        DO UPDATE SET requests = latency.requests + excluded.requests;
    END IF;
    -- By id alone: joined, the plan for an empty table reads all calls.
    UPDATE gateway_call g SET ended_at = (todo[array_position(ids, g.id)]).at,
        outcome = (todo[array_position(ids, g.id)]).outcome, status = (todo[array_position(ids, g.id)]).status,
        upstream = (todo[array_position(ids, g.id)]).upstream,
        provider = (todo[array_position(ids, g.id)]).provider, model = (todo[array_position(ids, g.id)]).model
    WHERE g.id = ANY (ended);
    RETURN QUERY SELECT unnest(ended);
END $$;
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
CREATE INDEX "gateway_call_request" ON "gateway_call" ("org_id", "request_id");
-- Admits calls that are about to be sent, several under one commit: the terms of each are looked at, its credit is held and
-- counts as begun, and its row is written, or none of it. Where neither a wallet nor a hard budget is concerned nothing is
-- held; where nobody knows what it costs, nothing can be. Sent again, it answers the same.
CREATE OR REPLACE FUNCTION gateway_open(p_calls jsonb) RETURNS SETOF entitlement_result LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    c gateway_opening;
    todo gateway_opening[] := '{}';
    f record;
    payers uuid[] := '{}';
    teams text[] := '{}';
    budgets uuid[];
    starts timestamptz[];
    r entitlement_result;
BEGIN
    FOR c IN SELECT * FROM jsonb_populate_recordset(NULL::gateway_opening, p_calls) LOOP
        SELECT * INTO f FROM credit_wallet_for(c.org, c.environment, c.customer, NULL);
        todo := todo || c; payers := payers || f.wallet; teams := teams || f.team;
    END LOOP;
    IF cardinality(todo) > 1 THEN
        SELECT array_agg(b.id), array_agg(credit_period_start(b.period, t.at)) INTO budgets, starts
        FROM unnest(todo) WITH ORDINALITY AS t
        CROSS JOIN LATERAL (
            VALUES ('api_key', t.key::text), ('user', t.user_ref), ('customer', t.customer), ('team', teams[t.ordinality])
        ) AS s (kind, ref)
        JOIN budget b ON b.org_id = t.org AND b.scope_kind = s.kind AND b.scope_id = s.ref
            AND b.environment = t.environment;
        PERFORM credit_lock(payers, budgets, starts);
    END IF;
    FOR i IN 1 .. cardinality(todo) LOOP
        c := todo[i];
        r := NULL;
        IF payers[i] IS NOT NULL AND c.credits IS NULL THEN
            r.outcome := 'unrated';
        ELSIF payers[i] IS NOT NULL AND c.credits = 0 THEN
            r.outcome := 'unheld';
        ELSE
            r := entitlement_reserve(c.hold, c.org, c.environment, c.customer, c.feature, 'gateway:' || c.id,
                coalesce(c.credits, 0), c.input + c.output,
                CASE WHEN c.user_ref IS NULL THEN ARRAY['api_key'] ELSE ARRAY['api_key', 'user'] END,
                CASE WHEN c.user_ref IS NULL THEN ARRAY[c.key::text] ELSE ARRAY[c.key::text, c.user_ref] END,
                c.lease, c.at, NULL);
            IF r.outcome = 'insufficient' AND payers[i] IS NULL
                AND NOT EXISTS (SELECT FROM wallet w WHERE w.org_id = c.org AND w.environment = c.environment)
                AND NOT EXISTS (
                    SELECT FROM budget b WHERE b.org_id = c.org AND b.environment = c.environment AND b.is_hard AND (
                        b.scope_kind = 'api_key' AND b.scope_id = c.key::text
                        OR b.scope_kind = 'user' AND b.scope_id = c.user_ref
                        OR b.scope_kind = 'customer' AND b.scope_id = c.customer
                        OR b.scope_kind = 'team' AND b.scope_id = teams[i])
                )
            THEN
                r := NULL;
                r.outcome := 'unheld';
            END IF;
        END IF;
        IF r.outcome IN ('held', 'replayed', 'unheld') THEN
            IF r.outcome <> 'unheld' THEN
                UPDATE credit_hold h SET started_at = coalesce(h.started_at, c.at) WHERE h.id = r.hold_id;
            END IF;
            INSERT INTO gateway_call (id, org_id, workspace_id, api_key_id, environment, request_id, operation, upstream,
                provider, model, customer_id, user_id, feature_id, hold_id, input_tokens, output_tokens, created_at,
                deadline_at)
            VALUES (c.id, c.org, c.workspace, c.key, c.environment, c.request, c.operation, c.upstream, c.provider, c.model,
                c.customer, c.user_ref, c.feature, r.hold_id, c.input, c.output, c.at, c.deadline)
            ON CONFLICT DO NOTHING;
        END IF;
        RETURN NEXT r;
    END LOOP;
END $$;

-- Ends calls, each once whoever else tries: settles or releases its hold and takes its usage into the books, in one
-- transaction; answers those that it ended. Lock order: calls, customers, wallets, budgets, then as `usage_ingest`. What a
-- hold reserved of a feature's limit is given back: from now on the event counts towards it.
CREATE OR REPLACE FUNCTION gateway_close(p_calls jsonb) RETURNS SETOF uuid LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    nobody constant uuid := '00000000-0000-0000-0000-000000000000';
    todo gateway_closing[];
    found_calls gateway_call[];
    c record;
    u record;
    r credit_result;
    wallets uuid[];
    budgets uuid[];
    starts timestamptz[];
    txs uuid[] := '{}';
    amounts numeric[] := '{}';
    ended uuid[] := '{}';
    fresh uuid[];
BEGIN
    SELECT array_agg(k) INTO todo FROM jsonb_populate_recordset(NULL::gateway_closing, p_calls) AS k;
    SELECT array_agg(g) INTO found_calls FROM (
        SELECT * FROM gateway_call WHERE id IN (
            SELECT k.id FROM unnest(todo) AS k
        ) AND ended_at IS NULL ORDER BY id FOR UPDATE
    ) AS g;
    IF found_calls IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO customer (id, org_id, external_id, created_at)
    SELECT credit_uuid7(now()), s.org_id, s.customer_id, now() FROM (
        SELECT DISTINCT g.org_id, g.customer_id FROM unnest(found_calls) AS g WHERE g.customer_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM customer x WHERE x.org_id = g.org_id AND x.external_id = g.customer_id)
    ) AS s ORDER BY s.org_id, s.customer_id
    ON CONFLICT DO NOTHING;
    IF cardinality(found_calls) > 1 THEN
        SELECT array_agg(h.wallet_id) INTO wallets FROM unnest(found_calls) AS g JOIN credit_hold h ON h.id = g.hold_id;
        SELECT array_agg(p.id), array_agg(p.start) INTO budgets, starts
        FROM unnest(found_calls) AS g JOIN credit_hold h ON h.id = g.hold_id
        CROSS JOIN unnest(h.budget_ids, h.budget_starts) AS p (id, start);
        PERFORM credit_lock(wallets, budgets, starts);
    END IF;
    FOR c IN
        SELECT k.*, g.org_id, g.hold_id FROM unnest(found_calls) AS g
        JOIN unnest(todo) AS k ON k.id = g.id ORDER BY g.id
    LOOP
        r := NULL;
        IF c.hold_id IS NOT NULL AND c.event IS NULL THEN
            PERFORM credit_release(c.org_id, c.hold_id, 'released', c.at);
        ELSIF c.hold_id IS NOT NULL THEN
            SELECT h.usage_id, h.usage_amount, h.state INTO u FROM credit_hold h WHERE h.id = c.hold_id;
            IF u.usage_id IS NOT NULL AND u.state = 'open' THEN
                UPDATE credit_hold h SET usage_id = NULL, usage_amount = NULL WHERE h.id = c.hold_id;
                UPDATE entitlement_usage x SET held = x.held - u.usage_amount WHERE x.id = u.usage_id;
            END IF;
            -- One that was swept before is answered as it was settled then, and the event says the same.
            r := credit_settle(c.org_id, c.hold_id, c.tx, c.credits, c.at);
        END IF;
        ended := ended || c.id;
        txs := txs || coalesce(r.transaction_id, nobody);
        amounts := amounts || coalesce(r.amount, c.credits);
    END LOOP;

    WITH added AS (
        INSERT INTO usage_event_key (org_id, event_id, usage_event_id, occurred_at)
        SELECT g.org_id, k.event_id, k.event, g.created_at FROM unnest(found_calls) AS g
        JOIN unnest(todo) AS k ON k.id = g.id
        WHERE k.event IS NOT NULL ORDER BY k.event_id
        ON CONFLICT DO NOTHING RETURNING usage_event_id
    )
    SELECT coalesce(array_agg(usage_event_id), '{}') INTO fresh FROM added;
    IF cardinality(fresh) > 0 THEN
        WITH e AS MATERIALIZED (
            SELECT k.*, g.org_id, g.workspace_id, g.api_key_id, g.customer_id, g.user_id, g.feature_id, g.created_at,
                s.tx AS paid_by, s.amount
            FROM unnest(found_calls) AS g
            JOIN unnest(todo) AS k ON k.id = g.id
            JOIN unnest(ended, txs, amounts) AS s (id, tx, amount) ON s.id = g.id
            WHERE k.event = ANY (fresh)
        ), events AS (
            INSERT INTO usage_event (
                id, org_id, workspace_id, event_id, event_type, occurred_at, received_at, customer_id, user_id, feature_id,
                api_key_id, provider, model, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens,
                reasoning_tokens, usage_source, cost_usd, credits, revenue_usd, cost_ref, burn_ref, latency_ms, properties,
                ledger_transaction_id
            )
            SELECT e.event, e.org_id, e.workspace_id, e.event_id, 'TOKEN_USAGE', e.created_at, e.at, e.customer_id,
                e.user_id, e.feature_id, e.api_key_id, e.provider, e.model, e.input, e.output, e.cached, e.written,
                e.reasoning, e.source, e.cost, e.amount, e.revenue, e.cost_ref, e.burn_ref, e.latency,
                coalesce(e.properties, '{}'), CASE WHEN e.amount > 0 THEN nullif(e.paid_by, nobody) END
            FROM e
        ), rolled AS (
            INSERT INTO usage_rollup_hour AS rollup (
                org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model,
                requests, unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd
            )
            SELECT e.org_id, date_trunc('hour', e.created_at, 'UTC'), e.workspace_id, e.api_key_id,
                coalesce(e.customer_id, ''), coalesce(e.user_id, ''), coalesce(e.feature_id, ''), e.provider, e.model,
                count(*), count(*) - count(e.cost), sum(e.input), sum(e.output), coalesce(sum(e.cost), 0), sum(e.amount),
                coalesce(sum(e.revenue), 0)
            FROM e GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
            ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
            DO UPDATE SET
                requests = rollup.requests + excluded.requests,
                unrated = rollup.unrated + excluded.unrated,
                input_tokens = rollup.input_tokens + excluded.input_tokens,
                output_tokens = rollup.output_tokens + excluded.output_tokens,
                cost_usd = rollup.cost_usd + excluded.cost_usd,
                credits = rollup.credits + excluded.credits,
                revenue_usd = rollup.revenue_usd + excluded.revenue_usd
        )
        INSERT INTO usage_latency_hour AS latency (org_id, hour, workspace_id, provider, model, bucket, requests)
        SELECT e.org_id, date_trunc('hour', e.created_at, 'UTC'), e.workspace_id, e.provider, e.model, e.bucket, count(*)
        FROM e WHERE e.bucket IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (org_id, hour, workspace_id, provider, model, bucket)
        DO UPDATE SET requests = latency.requests + excluded.requests;
    END IF;
    UPDATE gateway_call g SET ended_at = k.at, outcome = k.outcome, status = k.status, upstream = k.upstream,
        provider = k.provider, model = k.model
    FROM unnest(todo) AS k WHERE g.id = k.id AND k.id = ANY (ended);
    RETURN QUERY SELECT unnest(ended);
END $$;
DROP FUNCTION gateway_is_plain;
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
    "TYGoG9AU0ZhMKGTFBJDTwsWGMERELDV7PUymAEWVG8sb1+/29lvoaiasx4T16LAzqrSvp+"
    "ye+9giqh3sc3IG2PwZ7jvA3yrCmpUyoJr0qqOkVzEifiNXbXKcleohyruvjkl9QEMxmCMj"
    "1EOYX5w1gPnFWSXMcClPp4unKRYiTcv0EOTdr+Wky7IKyGkZA3IDkKVNpoLwSqCH8D4/a3"
    "LuiVHVSX9nOqUWa10FaD/5q1wZ6JSIAVkpJVsN56yUgboR1NL5qWbypUS2sPc0g3pHgSee"
    "HwajgN6TsijcujZWeUmdPQyDKx44c/k1mi3jo3SwomHQdjIKolrPxkWA5mJZDhHm4oYM/g"
    "PRvbFxizheNu2sYDqN6aU8dt2XlO2aiG3X8UiLec6JdmeiB1+8wHHRYkY8xIWuPab2Es2F"
    "3o1m+AHeUI8sIGQnaPZ+9mk5SJ9Wi7WQltvBQuiOFtK5GRaHqEXVkoRTIv1T3/dS7icIS1"
    "Sb+jCWtVQrreZACV+3SXvEhNVE2ONQETJyhCspNG0jXPQKhfiFuo61HFQHQ8QDhk3CIfz1"
    "2AblTKAQJ8QsJKU7+b2s7UY9guCroCmNulaKgw4iEGDeHBZPGJeVPu+JXxILsdM7byh3Et"
    "GKpuCJiYzolJ6vQD70k2kfXHAoVew6xAtkyBThsqjk32BPEO+/RxGVW0O0pUHU1Jxgr6FK"
    "fQB6Hh4XkKlSMl1aRufJ0UYVCjAT236JLvSPm+tP5RinRPKGhGMF6P9Qwwx43aCugRbAyJ"
    "gPCaSPP178mkf77Yfry/yuAze4zEE/xpyAda6yvtMyGmv6Uf01jh8E3pG2IRNq8BRDKRJt"
    "dhgLMn9GnIgn2yWvQKUlUJDT2CBQjWo/e37+/fmrFy/PV4r/6pM67b+EnpRpVaPKnIF6dD"
    "OCWrPI11H7V5850AAyiDsERDllkb4tW/eqUcm7mwVDEp8CZ2SyiHs7zXqRKTfRmf6OhmxQ"
    "zaikRw2b0CqxqjCaJRKNa8WCxCMecyFW5M6L1Axh50RU2BItaCjUD+k7iJx8y6hJCub3RJ"
    "bbr64gu8P7byBakt+eD7iP/ZHiHV3Znat/yManhpsx3Eyn9l0FbiZ5KVSOtETGHGbaHWYm"
    "IekA70zJgaGY2JEW7SONtg8yoZ8ssk4Iq7aH73FX+F032QLttghtXajfSkRnckaV/DpwBF"
    "/oSdaorNhaDfJpKZ3BB2ZsMXOsWZyT79EA3XvQ4qzUcALbSokjO/BkSVtuFHLVNjcZueM0"
    "ujmOxtKuITcsgxYop8UMyJtAjtakxYjtlPn+GqznlKyBe+OabgW0gbgbLbJizvNLkkVcTY"
    "t+SSUab+ZE02nJTYPNopZXK75yjpdoStGYcMcmMiow3QoibjiaZObyqjiz7W+6gfmUaBkW"
    "07CYndqoFBiZPjZ9ijwkEHbOk9pbsBdwF1ohyGKqcm8T+0Hya45fHULsSgG1qBJNk5bReT"
    "60CSmDGKVRyJRATsv0EOTvnjdZyt89r17L8lq+66rQEEv8/ZeOh1lF05q1TL5G+zIgvAHO"
    "B4ofex9wJBszcILdpumydSZ+HJO38osIYC/ff7r4/Nsqgm/lHPlw/emny5IYvsvfbq8uTq"
    "gSitjgKfQMArIJXN9hu9jg3VdGMTFNbV6BzvkHTUxTb6dZE8v9vU3mPg2IZy1/JqUZYrkR"
    "wzq73VmPTfr5NGmIYLnYmUOLNhydeLJcLWjScfBoHFHKiO9imaUxdR5IScfHre60uRTu7w"
    "PyzXfEvMNb9WelcW7aQ+665Iwx0Q9iogs1x7McH7uKkOblDLCm8OUxlOKJeDhhsBoVTcKc"
    "YEu7UDe4j2ALRqdsEfzqTLq1hEmk2yKRztiDbaaiE4ZCpvLNWv9UnOaspJlm7aZZE3vwI5"
    "mPCeMzxx+U2IKpq8M6O3CeHbfJBKye5CqvqTTYuPgg7zL9fVUytdpAM97TQ3hPGXWVHH7J"
    "+B6qurt3MJnzvrcHQcZwNPTGthtUg/Lb1WhWl98+TTgLSkpmqRaR/ZEy4ky9n0lkeL+HIC"
    "nPKtvmYwXjOrpLNwFdf7o+0xlerDSQ1Mspfrn4vSQK6fss9onP79/eDgrLdQeIfolv01NI"
    "U29oBabH0aNhIZco0PH6rtac49dotyqzCSvUSTHuYyRcWx9RoybXZzVNrs+eFULNuRuWHE"
    "U1BdPi8b3zwL180YRhf1HNsL8oBA+6WMmHkYw/3NId/Pj56mpf+8HeYzMFXKMHwnipq6i6"
    "uXRO7HAZcc/3BbQpAaWBMdA5czlO3edQOG00d7wwKDloK1+jCmmNC9sNLgR6SXvnYOZwSF"
    "KRqSgE24hOZOQL7A6PjlR6TerjDijmYbvmDQXxztTtH9wQKI/kuLIfNyQM8cBxXTQmKPRs"
    "6jVMB+jT6xlZZ2124axkZ9bAyWzCCs6rlEm8chKV1V2IhX/8+TNxq8JgSr1S3Tx/C0RHeZ"
    "2gLZH6mtynT0Dtk8aR7FkJj5OwatVEjiSmsLXKGTCMTn8ZHTLHjlKu10pAZ04HqufDF7Pf"
    "oOhJUs+kYYAYmYo3CwUUWZi3yms8+65J9J8YVRMcXIj/M8Tafok1H3MuTiJ7NMN8VgT6ln"
    "yrIijygjrXbcdsSr0zxx6iX969RTHqW2txV7/eZhS4QtBfJt4yGZ6PBDSsxoko1JmgPzgs"
    "gN9zxM9p1feu7AbGiNJtzo0R1S3bYG1MlRgIGUur2kpYZIbtJ07SlJbRz2Iwqup+VdU+1k"
    "kduM4DQZShgLRrILTriqlG/eyrKmJiUE3QpC4RfhuDJo9UOMF7cAIc/+hi0YT11Vr9z8mO"
    "21gr4donQuuRneGjisLYsogv5nyIGHmg0GpFHBBRspf9FEENoUB86sFQaNHl2LIlLkZcrD"
    "AchIyIHwYdc8V1HlAQyp8sh3pmk/oL67VgEnyOrsOag2GHyQn9dCG0NQn24R0w+Wh7zEeT"
    "55jQ6MfLkarpVSJqIFeDXPG8ywuazdhYtqdo2ZpqCicxzYm50mKec6LGZ9aJeR6X1N+rPg"
    "5zYlscht2ZW6VOetLEb/HyZCXNu6Pbu6Pgb94nkfYPOh6UMGjw8bCOOvtnPGCfcZV5xmmI"
    "fi/03kw+X4/kAY5SRwxJZUgq7fcqhbPAtKvdE7B9dFe3JEp2XxZ0tR03RXcl0EN4d89Dcf"
    "JXEdy65p2xgNZ9O39idMHReInATyXTK8kDYUtkzbA3JUkZcR6OQWpMWJTgR5rGwh+ne2cQ"
    "kLlfosbfzLHrVk5XSuxwU/ZsXy9DhPyLs+9frrCGP+rQvfl48eFDEU54rWJsSkIv6zHNy+"
    "r8LhwDW5dyXpbrVo/qWkrbhTqAuFDCOBLfNUkPll2AGfaQo9b8dxdA+4yCWqIMdVpOX7B/"
    "IcwijVv27A5Vx/PDkn22ugr2SsAUwd6iCDbhgTOX7hcZf6LYzb1Muk/78oG1DSvkAZ1XVF"
    "ys1r1zYhonirWObdhZW5Siw7KF+71E1Jg9ChV4ld3vBUHDhhj3+6n4HDKepdBr41VaSZnp"
    "1Xp6BaBhq5c4I2jchjrPMQ8wa7dTZyXNLOs8yxPHc/is1TTnRM086zzPLoEW5NL6VVFoc2"
    "LaB9AM3olfAdw+VEdcSD4uIvSBw18wJ9i+NJ+Cshuh1z4UsUzevGY6v2biVoBNYZ6r6cG1"
    "xFb8YHfmdD/0IGOUCVRtJWdwVqp/fNTu/e0RYnPCOZ6WQF1dJqog2Ae0D10Uymf0wbHLWo"
    "fUlGlPyfQB832vcBmNqALwSqB/6D4/a1JWQoyq5lbPCqUlpD+slRcnL6mtc1Jz9w0Ng7ZT"
    "UBA1c9DShcaI7ZQFl/xALGeO3UoOPJHKa4uR2NNYvGuTUIPnD1dv33+8+PD47Hz4PGq4Ic"
    "5NJyoUkWxB54UiQZZQGEchL/He1AOcEtsaYc329p1j7DOHCpO6JCNnU4DJWk7bfiaDZ8il"
    "iyF6jjzKxM8ZojM0c6azZvzBDgNONMpkPBCH83UGBUZkORKPBmhMpqGHsLdEc8pOsLWCBR"
    "WCXAEftl3HK7G6NvhNi+LdWQpfZGmaRbwgok4b1AeCTxyDxJ2c3mrgLlUO801kdG53czuD"
    "+nfTRxzBt41IWzHlM8yHUIJohm3k4sa18Xa3/c6oGKkWBZIS0Z4wP3D4xzoQr50CXCpvFL"
    "UNihojAVuO6ERlEadlzCou4ukoJ6NnpQymuTQ5QvyRjZclO0LluZaROZwl8UI1Vv0dXQhj"
    "wptGJfOAxZJV8yLXD8KMoHvii39MAsLkGBIFax6+qZsfsmmrYICMYHf0S2lqyCSNBRHTEP"
    "ciOw2tUp8aAVcPRJYILSsUEF0bbqgWMCKrYZvrbHoEMfFG+uJlu+PkrzvopoiRuMtrYWnk"
    "k//gJZ0TjiaMzp+iX5hQKdhSvK9L9BieC71ExD2elJTW3NtjtugZFd1L5dRaS5gCBaoFCv"
    "qYPqs5r97HbPsoaR2s4HRq3pErxJvM+72moHQpoXv/m8jppcN2A9PYHUwnE05K1uomN/Ja"
    "rjdu5J1ZYjFEQtkNcBHZ6kCrvNzhdtvBEZSzvYRZtaglaZKW9LRxNWh2ciAm43qCpIbFh2"
    "jqCGMYfGRYPNyZTqPgv0MReeKGHsfSciuFu87+Kcrq7bISVvyC0UDW+Yjgb4/+4ewlfYif"
    "90JbHZTzPvLScBPt4ySjNrI+X2GyZGcSyb9KLmaMA2uGLPFsFNAK1kWumRJ6Zwf3MzxOR3"
    "gc+fMU1NvV+D7ZC7vTbE3Zzt2dtoaG2SsNY/K5TD6XPuvb5HMdbZXvhWiwsOuW8JHVm8tK"
    "wNSS22Jz6WIGUu8cdd1MQurdNBiuszdcpz60zg3Em5fTOjdxKHo9rZMErDcL5qETyb/5Lr"
    "YIj+t3exBMDtHjUYXvdTkQnuNlIttyiLyKEJ5d3nwLwkcXo/k0CJ+SGjn1TuKy6jidPoZ2"
    "4R0+Ekl5IPYfRMStWNPGAO1XqiYb+xcw9S7sf4Y8mFfEa+aH1G70IQwWh1pmdDMeP2rVwG"
    "EnloGfjziaONOQwUdxEDVawPbMnCAg3msklwv0NP+7/BfEUj1Qx4ae5he+Tzz779Rzl0Mk"
    "ZOQNOURlV5D+B3r4H94fHiRFre4N8cnOZEIY8cRR9AZhxKjrhj7kSUr/UziH00rGj8e38e"
    "z4/HIYWgPNW/RkjyZL3ndkWl8d/YDSRR3QV2VX4NBza1sB1KKkATdv51tWyFirnJKcaHdM"
    "TgjGgB1ZLozXkZEgU3/A/yv+669thK11h06Ypn2P0NbGXyUjEBQ3sbSM/ttXlFcjVSkB9F"
    "CGYFhUbBPyRN+3Km6os97vT4wISHlZZnodJ52W6hMPcGA6OvQiiJSwTwkZ6FtDb7xiGkyC"
    "8YppMQ06VI/TbSZ2XpWkoyUQuwQxAws0JC2Wck7SQN2o4CQjJTV2avqzpWT6ED91gG5445"
    "B5qjCnZQzMjWDmoU8YJ3ZFkaOa8OK8oMaAy5pzkqNDTuIoSbgEcNN4TVt+738+XGJPCRtt"
    "yq2qa+RScQPtHa0H4Kt1crBW1sJJXR1udqs2r4dTja+ahzDH1hsnoXESdn1fSO/AEODFfW"
    "wRRUjzcgbYfApCpd+1JtGj2uPaB7/QXlSICDMJkzLSiVQPsX5x1gDqF2eVSMMl4/E+UU+R"
    "RZyHVhOdEzUTrfVEWyEP6FyYT2qnVE5MY0tYp3Mq5MpAp0QMyI1AnhAchKxcl63GOStloG"
    "4ENfad0T1ZKpoNWSlD0pxQZsGBsTxKU0ndtJWedZXUG17TVvIwtShN7MrJzYGFrZmwKtu/"
    "DBU3MPOxxXyMIBOMtJ+OgryZjXazwQjm1BPfq9VclEmbmWgZ5yudlJyGzFKio/NyfdSOdp"
    "4UokM040GTslMB4SauUYMFboLtFIOSEvsaMgUtElUdgZTykDdd1X0NxTvQ0pazAF8WsdDV"
    "dQLEKvEJCxyiVEMuK2UKyW1RSE78bnWPekZI543oeoLEeRNVurBR5MyKK0u0eQV2T6r9FW"
    "IvKO0/X3vSpsU6otcc76SVK2DEnf9RWuNZKY0XuTZBIxFiYmm6pQt6E9QpQYP2ZrRdgYRn"
    "LUdzlW6zWSGNG1Oo2v47q+yuT7rRAXX12HBDoCGCmii7yXLiumhCt2+80m7XPuF0gahGl8"
    "3IQpZaSZnVJ5VB8DNZDmqTCH6Oas80yiMYxYVqNldnK61+mUTrllTYbDB+i6KZeoQWb042"
    "6GKAi0k7MLXJug6uidQ+kQBeHy9diu2R7UwJL5nrS8cTp1AFX1aQzU32eBlEXJoe+s/1JN"
    "JDga7ksv6cLA4KTcnwVMwulAvFyA5917HiVkBbLYbLmCxbrQNxVly+/3Tx+bfy1hiXJeTa"
    "5W+3VxeaqVHvKHP+R0JarkUl1xsoUbPU0I0q1CURdgNBd9zxLHI3TGq5Pr67J35wB7N3F3"
    "109wQqydokmUrIVRR6VDR0CZfneInGBE2pR16LtUDQA2HOJB5bVMYO+uQt1Dr4OioqXTK+"
    "d+rcTlq6Vytych2oHowrIXMkanck6rS9fojYtHc0ZJVbbHpMg202IehmyfiNe+07uhBblb"
    "dEsrESCii9RzPxmUu9abGVwxDBnYdoldI7XDlqh0h+qyEah9Y9CUos3f0+aovdNEFL5SVP"
    "ZPbxjh91f+36G163nRu73JQD0B9Yk45i0lF6kI4SHc5FiOvbCK2ldC7eObjC1gzMwbP/fv"
    "z83149QXDUc2hfAsoM/BcYByjMPZYWZTOKYYeNh0wJ5wOHdutkWHyWTXFq7YrUkAZmRdRl"
    "R8GqKHVqRfo8RFKRByIu2uKd8biQaOoV23ADYwEYC8BYAMYC6D6wRy6Y0E9Qj1jCRjdA+1"
    "nD5gRRPloRmxPE2tAyhpbpAS1jmIFjJn2b5k7Hgr6L1XF6NwndLJDTu2nQoRyCbjNhiiB0"
    "D2J9sq1aQb2vgjY7wVkTh8Z1GIzpt4+EgyNiUOLOyA4Y1jkzqBw6mqfGbvRkXKB4eFQBAS"
    "OLzudOAN1xZE0qCEqaO5zYT9EFYnQBTkHwPhAUeoHjSj9gcocZ5sgGpyCkZQEJWvR77P9x"
    "TVqa4AfsyJUNsf2mh8kheMpql0Ufu4WLd5Lfv06tWfEOUgaLGRbsm6RtfHTdD8euw2ftyo"
    "7sJEB4PRnyvwqTkYzXejJukwkYQlB7kLQEawP382fPmlAWz55VUxbPCsd8nH9SxL2mxMta"
    "xNR32aK+C5yOSgt+JaBxEYbB1xdvkfyiPmbQ+y5ufCdP2Darfvc8qDADAKUWaXlZSZOCoG"
    "F4QsrRm1a0FCc6L9udqR58nRFPvnGMuHgpU6U48WyhqKLHMkPvSbO3sFdLQSj5c7+ML6gP"
    "mEzL9aYWa9sQSE2M1l8Ic6hQND7LuS6YrOnLwzqD1Y8HjkBdbmavXgt7z3eIReBQS+Sl9f"
    "caLeC1E+8YqNkhQR75FkThdJCFA0aii3mAWOihhTgVi8bpju+9RbzecdVwjfIfd6hv12RB"
    "QkH00FVCPC2js/FzfNxTq1q8NCPxirRQBnKi3dEFTlLtg72w5UTnRHcw0QcsFAYnA3yrdT"
    "XZicOILc+G09P4xCzKWvpxkTSVVZAT7fIqwFKBIJL8wye8CiTX2XYdrIS7sxLeC51QrgLX"
    "mTtRiZZEgcTeckzt5SMelWs5vTUBJHibbSEt152VAHuCtA6Kx4PcGmxhbkxObxEQxspWwK"
    "3Q9MpnfyWgM/UKRSCCZMLBHJxgx91Bo4rbq19v69nvTAmmZHieEteHQnBxaeEl+fmwljRI"
    "RjTiCh4Igww6sOhlzawPOPSs2c9iI4YCrlClA1E25bn6HJZ47DCRffJGHOLJfcT27UF2Hr"
    "Jm2BO/rJxFOMhTt+AX4Ekq1m4yvnf8wq4KT1eTC/EUFtGuZDxTEn2KAdxZDeo++qi1SVCQ"
    "7WhGc8crO5vr4ldzghoXT4cgJOoFsyFyPCS/MIKOHfyNvNdrNF4iAXp0tqgs8EMHuUJ1Us"
    "9SaiWQlunh6/CiyWZevZcXG85abmgTu2VUfUFY43dC84BuKs5EKNTgEzZ6fl9iNtbFwhaF"
    "u9J8INqPMBLvsx3xCFvbEe0CkTnBZZ7bysW/Gt+jJb8z/SXOY1fBMy1iIK0uByTfcXGkh0"
    "GJhrgx+S8nbZTvEqRnmI/E/Qmew1OLJyKlLsFeOc4F2XyZbSHcQYjrTrfr6w8Z1ubyfZ6W"
    "+fLx8urz4+e5rbgIPJlMiBU4D2Q0YXSuypwWpY0LVWt2VPy0SFkPRv+kY5WzokTycDvZc8"
    "XAqcFXJ5hFwanSSyabLGGULMDD728CshEjgUAPOiLZWOmYLhc+HPrfK4K/aiQAQcLCGJZd"
    "IKGNAA3VTN+t4NeEkb4Mmfc5lF++wEqvrg3rmOmo9W0ybBM9Xb2tNUlhks+ST07KnFDuyD"
    "ubfKbj5jMVZqYp4MUpNSWucuRkssYLqNbHEKfl+qTV76KSap/L/gz+Bh0aId6i4Wlmqv+0"
    "49PhBw6F3uYzMnG+oQUodRhNHA+76G8y6+5vbWZgLwWCgOtXmYNkvOZTAGmxMtEL6OZh3N"
    "dbQo+Tzt7JLzn+i2B6Tpue0/1D21RE2bsjwi9TVGrh9UvVFANtAdrAIaxk7VbnoK8EtspA"
    "12yPOEQCukaEx208C6WMR3RxuJHyCFbjFNpxxT3VZQF+BLfhMh4jDn7iT9EdDm2HeBYZCa"
    "XyLuppCUsurdIQ9ogj8i0gDDRNqKEvLkK66LKuPdchHl3C4fyeqrW+ekBSzST9RPg7CQL7"
    "s2lInyF3DkHumPr6O6RzTCDfuqJzo3zLs5p8y7NivmVhk2kKdEGwh4g/f9mEWsi7AFPMws"
    "tKuOMtXBntWK6HYO+lYLmJrN6185MHOAhLbICaNPiVRA9X7e63CA2DOLpjf3UuhmM9XwFt"
    "P9eRrJlpnWc6MilHUQ5Ei8LTJeJdiVH+CgEkUIU1+hFxgtuEsjfSDUTDADnBEHlUGN9suo"
    "Ns59bVqk3Buf6/iKtaqi0mOi9rtlzdZloT4vSXOPzhF9ivB2VJzJkBw9ps5nhotPk3I1Ev"
    "PMgefsQRXXhIyoHjFyN5e6AyeUCwnVT9BB7+EZCaciS/ey0+8QiHy+AQHqIvNz/IyD8ZCi"
    "hLEzhyAy+p3n3ABzcJgktxa6mIlChowoTBGaZU7y1XJfCtx0FaLY1zE53Vvd5s0UFQhLim"
    "zvlKwpQ536LMuYa8U4empBO6sSGeTnGmDa3R22nWxNj9DHMe4Vywc1fXhnUmLkuPatCQik"
    "GJK2klrhtFCcNQLj1hL5KFDLVZ0NC10ZigxxjZbAm11p48RVBrzwoZj5rtrAqxyX4vyKUU"
    "qu3hktLfB3uqmlkr/t/YscaO1Xs3VbBjHT4Sbw3Udy4CWls6ICto6gY0rxsAKnsL9SAlZn"
    "QD7XSDTNw2bTG9KyEzuVpPLsTXqPWlSAT6yEntPB4nUtraWE9pQfMOaf0OxXOlpsRlhIwe"
    "V6gHR8o0uJpyiIlEb1p4HbraZ0zXjJfK0dwlouZwaHI4rHFT3Dvygmb/MNFYp3jyThyvbT"
    "BWTtR4IXSbZ83o6bdxUuaghqZejRk2oatHVnr4Rt5axsE6QdyhgUeFZ1a5oujxo0evY2qZ"
    "TpBHowZAT3IdIFbPhnzSRFb88aTIWB/geVs0mEjdWOXkzIkZtlqVrU7NoZKKmBXroXq4lw"
    "w06eBRrAu/lulTCtrhrSFI4R+Nidj2SvixJgVXUsKnWBzkxTPF9AmJGZ4EyhVYCrIG7o1w"
    "i12/5eLOShqoG0HdallnBA3Qm4BmcPIJdbLVsi4KG8CbAt5mcRdkDdxlcGtiBH8l4xml9x"
    "dBAAWIBiUmcG7EsM4AXkRjRzg1uFGvxUCYlbJ8u7il80DYMmdtJh9La9ML52PCSgzbre60"
    "hcmauqeKyZoTMyarqskaTV8R8koLai3QJwtqZ0U8TMDaDh0V6sS1cUxoSlinp9UVsHvWcj"
    "RX6e6RFTJ7j0IBofry/JVFhLrc22wXtfllx/ORarPmrJQp3Ly5cHOE2Jxw8JcUod7Qkj4t"
    "2Ae06zb6XXWhT6MPrikV0JPxOnspBpASMnEYD9AZ+vkyKYmAPb6IVFc9pkEv+/WH2JQaVB"
    "uwqyHDJhasnR7dyISNX2UUUFnTiHi2T8WElFupdYO3MERNXo/J69Fhs1cwk5Klr4hoTszA"
    "mq9IEW0wiqhmpQyoZU77CA8VpTojpbPq0TZ+tlEF6uc1FaifFytQm/SVvUYoc/JXEdz6KP"
    "y/dOcuBj8xuuBovJQ6lewkRkCHiwPdmunOx4lKiR0mSo3dUyJaz8qVmAM0JtOwYQHPXTNL"
    "4mlllYMqgV2N1xrVSwAUccezCMRyLjBHc2wTqDQgKwgwEpswxD4O7Db4gJU58LVUd3jwwd"
    "cZ8WAS5ngJBR4CfE+81wgaxXjkW4DiN1VWgQBTnkTt9uC6SzBvuDH1iURnJGDLUegFTknV"
    "tPoFkhPt0Cr5RJOVALuh43EkQyTEknDEoRUGcm3AyZUUEBHvwuktDflGjGQrShXLJSe2he"
    "nSHUpVwXKBI2HUzsWSEzV+liKwkstXsVWyUn1g/g/QINOk/fV/9w99u+U0ZyXNNGs9zSa7"
    "s7/zrJdj8Cr2EwyqHYOrIcMmjkGSHt0gtVMY4AjL4vfCRhdTDC4/sBGpaz9FN0ScTuIzLA"
    "Zxgl1iv4kiVwmUDgRb4J4Qn0tTkdGFzNSEf8emvUN4WXbnIR5pnJRaaPjGSXkQ8ylkStXd"
    "4+E9dEScPTtvUtwdhtW0Gz0vlHdPfzkFoHNivQR8D91d1x7JEjbggjG83OTJLKMC9CqoP/"
    "gkfiwfojtx0OGnf7sD8vXub3fbE2pXv97+/mfe2y6mTNzCChmDOF9ViqVEXGffwzF4FvjV"
    "I5+wESfiISXnWj3CJeKGyMoA7HCh2sKvLMF2U33dlKCpr9u8vq7tcInbSOxQXPHgK4r2j0"
    "XcfdTDCrYWjsmsqOEddOMdstEtYOSWbGSOh1mFcrOWye9hyyDSd3q0icXNf1ZzKd6Zy/ef"
    "Lj7/Vh4GflnSLOjyt9uri0KXJvLg0JCP2kxAiXDLmejOm3WgiWjnaq+8idn8dN784KcRK4"
    "y6bmHHDZlS+FOVeG/K7+4swgnQgYpzMghL2Y+RF+7MS5VKUIrXxyqQJe5ew0PLIpxvb2t3"
    "7dXzcciFithut83Jdmc9fIGvDLPvIY8GMzHZEL3ESbRDnNYKMHEKJzXNpqa6qamu6Tul4N"
    "6Kvb9tWJGMZGeOrJPZs/QKxvgYVzuojsX4uK6HsDkUI1U8oWGR7Zm4qVh/9hA5nlRXJaMQ"
    "BVxHqUJJeEeiwaDVlTh2u6Kc9q7ubOIqtNgbTVzFQQ4e1VRak0SrlkTbx/ooOzm791GMxp"
    "h+Ro3arxp1QZhjzcrUp/hKrdqE12M2aUvVE7tj/aSShS49MEs451jH2E4v2X+Expacc7U6"
    "IhRIrhg0lxLpxT5/gG4d8FIpIBwP7yG6e9FSxBODmCzOIvyPm+tPlU6qRCR/XDpWgP4P6R"
    "WMuIuDEsCo11ny6knu8IMbHL1y27/+P6IgJhs="
)
