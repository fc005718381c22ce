"""The gateway: upstreams and routing policies of orgs, calls with the functions that hold for them and settle them,
many at once, and what routing and cached answers saved.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
CREATE TABLE "gateway_upstream" (
    "id" UUID NOT NULL PRIMARY KEY,
    "org_id" UUID NOT NULL,
    "name" VARCHAR(32) NOT NULL,
    "protocol" VARCHAR(16) NOT NULL
        CONSTRAINT "gateway_upstream_protocol" CHECK ("protocol" IN ('openai', 'anthropic', 'google')),
    "base_url" VARCHAR(512) NOT NULL,
    "secret" BYTEA,
    "provider" VARCHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "gateway_upstream_once" UNIQUE ("org_id", "name")
);

-- Where `when_client_leaves` says nothing, it is the installation that says it.
CREATE TABLE "gateway_policy" (
    "id" UUID NOT NULL PRIMARY KEY,
    "org_id" UUID NOT NULL,
    "model" VARCHAR(128) NOT NULL,
    "strategy" VARCHAR(16) NOT NULL
        CONSTRAINT "gateway_policy_strategy" CHECK ("strategy" IN ('fixed', 'cheapest', 'weighted', 'fastest')),
    "targets" JSONB NOT NULL
        CONSTRAINT "gateway_policy_targets" CHECK (jsonb_typeof("targets") = 'array'),
    "baseline" VARCHAR(128),
    "cache_seconds" INT
        CONSTRAINT "gateway_policy_cache" CHECK ("cache_seconds" BETWEEN 1 AND 2592000),
    "cached_percent" INT NOT NULL
        CONSTRAINT "gateway_policy_percent" CHECK ("cached_percent" BETWEEN 0 AND 100),
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "when_client_leaves" VARCHAR(8)
        CONSTRAINT "gateway_policy_leaves" CHECK ("when_client_leaves" IN ('drain', 'cancel')),
    CONSTRAINT "gateway_policy_once" UNIQUE ("org_id", "model")
);

-- Written at every call: no foreign keys. `usage_…`: what a call that no wallet pays has reserved of a feature's limit;
-- others have it in their hold.
CREATE TABLE "gateway_call" (
    "id" UUID NOT NULL PRIMARY KEY,
    "org_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "api_key_id" UUID NOT NULL,
    "environment" VARCHAR(8) NOT NULL CONSTRAINT "gateway_call_environment" CHECK ("environment" IN ('live', 'test')),
    "request_id" VARCHAR(64) NOT NULL,
    "operation" VARCHAR(32) NOT NULL,
    "upstream" VARCHAR(64) NOT NULL,
    "provider" VARCHAR(64) NOT NULL,
    "model" VARCHAR(128) NOT NULL,
    "customer_id" VARCHAR(255),
    "user_id" VARCHAR(255),
    "feature_id" VARCHAR(255),
    "hold_id" UUID,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "deadline_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,
    "outcome" VARCHAR(16),
    "status" SMALLINT,
    "usage_id" UUID,
    "usage_amount" NUMERIC(24,12),
    CONSTRAINT "gateway_call_usage" CHECK (
        ("usage_id" IS NULL) = ("usage_amount" IS NULL) AND ("usage_id" IS NULL OR "hold_id" IS NULL)),
    CONSTRAINT "gateway_call_ended" CHECK (("ended_at" IS NULL) = ("outcome" IS NULL))
) WITH (fillfactor = 70);
CREATE INDEX "gateway_call_open" ON "gateway_call" ("deadline_at") WHERE "ended_at" IS NULL;

-- Derived from calls as they end, in their transaction. `unpriced` are those of which it is not known what they would have
-- cost as they were asked for: they are in none of the sums.
CREATE TABLE "gateway_savings_hour" (
    "id" UUID NOT NULL PRIMARY KEY,
    "org_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ NOT NULL,
    "workspace_id" UUID NOT NULL,
    "requested_model" VARCHAR(128) NOT NULL,
    "model" VARCHAR(128) NOT NULL,
    "kind" VARCHAR(8) NOT NULL CONSTRAINT "gateway_savings_kind" CHECK ("kind" IN ('routing', 'cache')),
    "calls" BIGINT NOT NULL,
    "unpriced" BIGINT NOT NULL,
    "asked_usd" NUMERIC(24,12) NOT NULL,
    "cost_usd" NUMERIC(24,12) NOT NULL,
    "asked_credits" NUMERIC(24,12) NOT NULL,
    "credits" NUMERIC(24,12) NOT NULL,
    CONSTRAINT "gateway_savings_once" UNIQUE ("org_id", "hour", "workspace_id", "requested_model", "model", "kind")
);

CREATE TYPE gateway_opening AS (
    id UUID, org UUID, workspace UUID, key UUID, environment TEXT, request TEXT, operation TEXT, upstream TEXT, provider TEXT,
    model TEXT, customer TEXT, user_ref TEXT, feature TEXT, hold UUID, credits NUMERIC, input BIGINT, output BIGINT,
    at TIMESTAMPTZ, deadline TIMESTAMPTZ, lease TIMESTAMPTZ
);

-- `event` is null where there is nothing to meter.
CREATE TYPE gateway_closing AS (
    id UUID, at TIMESTAMPTZ, outcome TEXT, status SMALLINT, upstream TEXT, provider TEXT, model TEXT, event UUID, event_id TEXT,
    tx UUID, source TEXT, input BIGINT, output BIGINT, cached BIGINT, written BIGINT, reasoning BIGINT, cost NUMERIC,
    credits NUMERIC, revenue NUMERIC, cost_ref TEXT, burn_ref TEXT, latency INT, bucket SMALLINT, properties JSONB
);

-- From now on their events count towards the limits, where there are some. Those are locked in the order in which
-- `gateway_open` takes them: many calls end in one transaction while many others begin.
CREATE FUNCTION gateway_call_ended() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    u record;
BEGIN
    FOR u IN
        SELECT e.usage_id, sum(e.usage_amount) AS amount FROM earlier e JOIN later l ON l.id = e.id
        WHERE e.usage_id IS NOT NULL AND e.ended_at IS NULL AND l.ended_at IS NOT NULL
        GROUP BY e.usage_id ORDER BY e.usage_id
    LOOP
        UPDATE entitlement_usage x SET held = x.held - u.amount WHERE x.id = u.usage_id;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER "gateway_call_limit" AFTER UPDATE ON "gateway_call"
    REFERENCING OLD TABLE AS earlier NEW TABLE AS later FOR EACH STATEMENT
    EXECUTE FUNCTION gateway_call_ended();

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

-- What `entitlement_reserve` decides beside credit, for a call for which none is held: the answer is 'unheld', or why not.
CREATE FUNCTION gateway_reserve_unpaid(c gateway_opening, OUT answer entitlement_result, OUT usage uuid, OUT amount numeric)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    tier text;
    e entitlement;
    p plan;
    u entitlement_usage;
    used numeric;
    wanted numeric;
    start timestamptz;
BEGIN
    answer.outcome := 'unheld';
    IF EXISTS (SELECT FROM gateway_call g WHERE g.id = c.id) THEN
        -- Sent again: it was reserved for.
        RETURN;
    END IF;
    answer.amount := c.credits; answer.scope_kind := 'feature'; answer.scope_id := c.feature;
    IF c.feature IS NOT NULL THEN
        SELECT x.tier INTO tier FROM customer x WHERE x.org_id = c.org AND x.external_id = c.customer;
        SELECT x.* INTO e FROM entitlement x WHERE x.org_id = c.org AND x.feature_key = c.feature AND (
            x.audience_kind = 'customer' AND x.audience_ref = c.customer
            OR x.audience_kind = 'tier' AND x.audience_ref = tier OR x.audience_kind = 'all')
        ORDER BY array_position(ARRAY['customer', 'tier', 'all'], x.audience_kind::text) LIMIT 1;
        IF e.id IS NULL AND EXISTS (SELECT FROM feature x WHERE x.org_id = c.org AND x.key = c.feature) THEN
            answer.outcome := 'not_entitled';
            RETURN;
        ELSIF NOT e.is_enabled THEN
            answer.outcome := 'feature_disabled';
            RETURN;
        END IF;
    END IF;
    SELECT x.* INTO p FROM org JOIN plan x ON x.code = org.plan AND x.version = org.plan_version WHERE org.id = c.org;
    IF p.overage_per_1k IS NULL AND p.included_tokens IS NOT NULL AND c.input + c.output > 0 THEN
        used := plan_tokens_used(c.org, c.at);
        IF used + c.input + c.output > p.included_tokens THEN
            answer.outcome := 'quota_exceeded'; answer.scope_kind := 'plan'; answer.scope_id := p.code;
            answer.unit := 'tokens'; answer.limit_amount := p.included_tokens;
            answer.available := greatest(0, p.included_tokens - used);
            answer.resets_at := credit_period_end('month', credit_period_start('month', c.at));
            RETURN;
        END IF;
    END IF;
    IF e.unit IS NULL THEN
        RETURN;
    END IF;
    wanted := CASE e.unit WHEN 'credits' THEN coalesce(c.credits, 0) WHEN 'tokens' THEN c.input + c.output ELSE 1 END;
    start := credit_period_start(e.period, c.at);
    INSERT INTO entitlement_usage (id, org_id, environment, customer_id, feature_key, unit, starts_at)
    VALUES (credit_uuid7(c.at), c.org, c.environment, coalesce(c.customer, ''), c.feature, e.unit, start)
    ON CONFLICT DO NOTHING;
    SELECT x.* INTO u FROM entitlement_usage x
    WHERE x.org_id = c.org AND x.environment = c.environment AND x.customer_id = coalesce(c.customer, '')
        AND x.feature_key = c.feature AND x.unit = e.unit AND x.starts_at = start FOR UPDATE;
    used := u.held + u.settled
        + entitlement_used(c.org, c.environment, coalesce(c.customer, ''), c.feature, e.unit, start);
    IF e.is_hard AND used + wanted > e.amount THEN
        answer.outcome := 'quota_exceeded'; answer.unit := e.unit; answer.limit_amount := e.amount;
        answer.available := greatest(0, e.amount - used); answer.resets_at := credit_period_end(e.period, start);
        RETURN;
    END IF;
    UPDATE entitlement_usage x SET held = x.held + wanted WHERE x.id = u.id;
    usage := u.id; amount := wanted;
END $$;

-- Admits calls that are about to be sent, several under one commit: the terms of each are looked at, its credit is held and
-- counts as begun, and its row is written, or none of it. Where neither a wallet nor a hard budget is concerned nothing is
-- held; where nobody knows what it costs, nothing can be. Sent again, it answers the same. Those about which nothing but
-- credit and budgets decides are decided together, the others one by one behind them, all under locks that were taken in
-- order. For whom nobody pays the limits of features hold all the same.
CREATE FUNCTION gateway_open(p_calls jsonb) RETURNS SETOF entitlement_result LANGUAGE plpgsql
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
    unpaid record;
    usages uuid[];
    reserved numeric[];
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
    usages := array_fill(NULL::uuid, ARRAY[cardinality(todo)]);
    reserved := array_fill(NULL::numeric, ARRAY[cardinality(todo)]);
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
    -- Where no wallet is, nothing else keeps two of these from waiting for each other.
    IF cardinality(todo) > 1 THEN
        PERFORM 1 FROM entitlement_usage x WHERE x.id IN (
            SELECT y.id FROM unnest(todo) WITH ORDINALITY AS t
            JOIN entitlement_usage y ON y.org_id = t.org AND y.environment = t.environment
                AND y.customer_id = coalesce(t.customer, '') AND y.feature_key = t.feature
            WHERE (results[t.ordinality]).outcome IS NULL AND y.starts_at IN (
                credit_period_start('day', t.at), credit_period_start('week', t.at), credit_period_start('month', t.at),
                credit_period_start('total', t.at))
        ) ORDER BY x.id FOR UPDATE;
    END IF;
    FOR i IN 1 .. cardinality(todo) LOOP
        CONTINUE WHEN (results[i]).outcome IS NOT NULL;
        c := todo[i];
        r := nothing;
        IF payers[i] IS NOT NULL AND c.credits IS NULL THEN
            r.outcome := 'unrated';
        ELSIF payers[i] IS NOT NULL AND c.credits = 0 THEN
            SELECT * INTO unpaid FROM gateway_reserve_unpaid(c);
            r := unpaid.answer; usages[i] := unpaid.usage; reserved[i] := unpaid.amount;
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
                IF c.feature IS NOT NULL THEN
                    SELECT * INTO unpaid FROM gateway_reserve_unpaid(c);
                    r := unpaid.answer; usages[i] := unpaid.usage; reserved[i] := unpaid.amount;
                END IF;
            END IF;
        END IF;
        results[i] := r;
    END LOOP;
    UPDATE credit_hold x SET started_at = x.created_at
    WHERE x.id = ANY (ARRAY(SELECT s.hold_id FROM unnest(results) AS s WHERE s.outcome IN ('held', 'replayed')))
        AND x.started_at IS NULL;
    INSERT INTO gateway_call (id, org_id, workspace_id, api_key_id, environment, request_id, operation, upstream,
        provider, model, customer_id, user_id, feature_id, hold_id, input_tokens, output_tokens, created_at,
        deadline_at, usage_id, usage_amount)
    SELECT t.id, t.org, t.workspace, t.key, t.environment, t.request, t.operation, t.upstream, t.provider, t.model,
        t.customer, t.user_ref, t.feature, (results[t.ordinality]).hold_id, t.input, t.output, t.at, t.deadline,
        usages[t.ordinality], reserved[t.ordinality]
    FROM unnest(todo) WITH ORDINALITY AS t
    WHERE (results[t.ordinality]).outcome IN ('held', 'replayed', 'unheld')
    ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT * FROM unnest(results);
END $$;

-- Ends calls, each once whoever else tries: settles or releases its hold and takes its usage into the books, in one
-- transaction; answers those that it ended. Lock order: calls, customers, wallets, budgets, then as `usage_ingest`. What a
-- hold reserved of a feature's limit is given back: from now on the event counts towards it.
CREATE FUNCTION gateway_close(p_calls jsonb) RETURNS SETOF uuid LANGUAGE plpgsql
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

-- Whose process still works on them: calls and their holds end later. The hold's lease is the longer one, so that it is the
-- call that is swept.
CREATE FUNCTION gateway_renew(p_calls uuid[], p_deadline timestamptz, p_lease timestamptz) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    holds uuid[];
BEGIN
    WITH mine AS (
        SELECT id FROM gateway_call WHERE id = ANY (p_calls) AND ended_at IS NULL ORDER BY id FOR UPDATE
    ), renewed AS (
        UPDATE gateway_call g SET deadline_at = greatest(g.deadline_at, p_deadline) FROM mine WHERE g.id = mine.id
        RETURNING g.hold_id
    )
    SELECT array_agg(hold_id) INTO holds FROM renewed;
    UPDATE credit_hold h SET lease_expires_at = greatest(h.lease_expires_at, p_lease)
    WHERE h.id = ANY (holds) AND h.state = 'open';
END $$;

-- `gateway_close`, and what the calls that it ended saved; once each, as it answers each that it ended once.
CREATE FUNCTION gateway_close_saving(p_calls jsonb) RETURNS SETOF uuid LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    ended uuid[];
BEGIN
    SELECT array_agg(c) INTO ended FROM gateway_close(p_calls) AS c;
    IF ended IS NOT NULL AND jsonb_path_exists(p_calls, '$[*].saving') THEN
        INSERT INTO gateway_savings_hour AS h (id, org_id, hour, workspace_id, requested_model, model, kind, calls, unpriced,
            asked_usd, cost_usd, asked_credits, credits)
        SELECT credit_uuid7(now()), s.*
        FROM (
            SELECT g.org_id, date_trunc('hour', g.created_at, 'UTC') AS hour, g.workspace_id, k.saving->>'asked' AS asked,
                g.model, k.saving->>'kind' AS kind, count(*),
                count(*) - count(p.asked_usd), coalesce(sum(p.asked_usd), 0), coalesce(sum(p.cost_usd), 0),
                coalesce(sum(p.asked_credits), 0), coalesce(sum(p.credits), 0)
            FROM jsonb_to_recordset(p_calls) AS k (id uuid, saving jsonb)
            JOIN gateway_call g ON g.id = k.id
            CROSS JOIN LATERAL jsonb_to_record(k.saving)
                AS p (asked_usd numeric, cost_usd numeric, asked_credits numeric, credits numeric)
            WHERE k.id = ANY (ended) AND jsonb_typeof(k.saving) = 'object'
            GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
        ) AS s
        ON CONFLICT (org_id, hour, workspace_id, requested_model, model, kind) DO UPDATE SET
            calls = h.calls + excluded.calls,
            unpriced = h.unpriced + excluded.unpriced,
            asked_usd = h.asked_usd + excluded.asked_usd,
            cost_usd = h.cost_usd + excluded.cost_usd,
            asked_credits = h.asked_credits + excluded.asked_credits,
            credits = h.credits + excluded.credits;
    END IF;
    RETURN QUERY SELECT unnest(ended);
END $$;
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
DROP FUNCTION gateway_close_saving, gateway_renew, gateway_close, gateway_open, gateway_reserve_unpaid, gateway_is_plain;
DROP TABLE "gateway_call", "gateway_savings_hour", "gateway_policy", "gateway_upstream";
DROP FUNCTION gateway_call_ended;
DROP TYPE gateway_closing, gateway_opening;
"""


MODELS_STATE = (
    "eJztfWuT2zaW9l9B6YvtKY233e44Xntrq7qdTuyJ7U7Z7dfJJlk1REISpymCAciWtbvz31"
    "8ckJR4F0HdQAofZuIWcUjpAQic85zb/w7m1CYuf3r9LSDMw+47m3iBEywHr9D/Djw8J+If"
    "lWOGaIB9fz0CPgjw2JVCJB49ctLDxzxg2ArEgAl2OREf2YRbzPEDh3riUy90XfiQWmKg40"
    "3XH4We81dIRgGdkmBGmLjw++8Dh/NQ/Ftc5uH4n0Tc+M8/xR+OZ5NvhEdjQk6Y+BLRFf9+"
    "NHGIa2d+n7goLsnPR8HSl599+fLuhx/lSPg645FF3XDurUf7y2BGvdXwMHTspyAD16bEIw"
    "wHxE79TPgVMTTJR9EvEh8ELCSrb22vP7DJBIcugDX4j0noWYARkk+C/7v4z/irpYaNRh9v"
    "bkefr29Ho4ECthb1YF4cLwDM/vdf0X3XgMhPB/CAN28vPz1+/uKJhIDyYMrkRQnX4F9SEA"
    "c4EpX4r1FO5kEB6pTILvFOPlgDvl6MCZQJWJrBm1q0q6WfRfPNDLOKhbuSyIEpvlwHYRzM"
    "8beRS7xpMBN/nn/3XQ2u/+/yk4RWjJLYUrEJRdvUx/jSeXQti3GyqSiAnBIxKDdDmcyx46"
    "pgvBJohXC8ueoK8EUjgC9qAL7IA2wxAnCMcMlK/kFcCZw5KUc6K5mD245Fnyb/6ODyrgH7"
    "9t2H68+3lx9+gdvPOf/LlXhd3l7DlXP56TL36eMXuXlZ3QR9fXf7FsGf6L9uPl7nN/jVuN"
    "v/GsB3wmFARx5djLCdxiT5OPkoM82h5zrefat5zonuYKIP85YN3gXIJQFHHh1Te4kc7zUS"
    "2iFidIF4gJd8iDgVn+BAjAhmYiWgcRggR0j4hHGhTsHv5uIDhKdiUQxOYtGAIjy5Tylp8M"
    "EYW/cLzOxR4Qo9p1Vji5fm5/P8J9jDUznjgCZ8z9ieuPHIrVhMt/SeeIMSeyNzvdbWoJ4w"
    "DMRQYR0kYzcZGoOvsCgwgqMkWkKwKMR2ZxOGbPoU3YplJG+HnOiaYyPsif8h7kw9HISMiF"
    "8kngzXeUAZsZ/ml8/eHlJiDFXbPUP0u7DGfEesGni/jR1k7CDdz14FO8gPmRhBVPTHlEgP"
    "dfRnLxpokM/yZ85agYRLR1XQDwSv2JwJI3D0L7DYXIkXNDv9jcKu6abRCd0r816tD2XFac"
    "5KmmnWeprF6d3KJuPds8dOZn41MaE+EYs+ELZ8I/4clJhQmevDOhOKxSPFAoyH7tRV08Ir"
    "YztTwkvemivHw2xZ/s6sZXKvzHgZEL4fm+Q4b8nV+5urzAsi9Imrdx8vP/32+MPlr08yb8"
    "n7m48/JePTi//qt9vrS2OtHNJaMWeBOQv2dhZMxA+ZVdJpmesbzgI5UoVNu5kgYKk44Vx8"
    "MkSOhzCwsK8QwdYM2CtYwmKMJYQnlEmW1iPfgiJntt2tmpw98a3N8aP/8ZOaKoUTKCtlDi"
    "FDL5zKWWTohZObZqNS9m9+NVEpb2ngl6mS8vNaFTJIRuyTRajU3fQxWk/DpcmJUAwUdeW1"
    "zK505T25ia49iy198TVQ6IHfHswNR4CKxTeBMY84uifLZr6jg2nURtk7gVMiM83Umzhs3m"
    "6ic7JGH9B5pl3MgxEPiF+2307feUH5JGfEcjPsRL7vfby+Z4q77c0k5nMWhAcInBFR+B74"
    "6LFlEdiI45AoH3Nh6KNg4Vik2fYrfqH4z9///fz8+fPvz8+ev3j53cX333/38uylGCt/Y/"
    "HS93V79ruf3n28zS4F+OBfuihwX4RW8zkiQ8r0uPTlWnVOakc8NfIwzqGhjDIzAWx6aXv6"
    "aNf6nioKbNxcvAe0BM3q8Kq1hNbxVbA/Lyizhygm6aMEJEQnCHsoyQ9E6fxALfJRjMZ8Qn"
    "oUIV6Lic7LdmeqIerRS4Iex2QaevB2wu9BsduP2Fvbsp1bC4YqP4lpZuSBtkuQykoaA1nn"
    "WXZKLOOarOgyg7gHmaQXTTSji2rF6KKgF0klXtiZnlJCdFaqfzg/PztrALQYVYm0vKYRZS"
    "A+fy8mw7OWP+DSQiD5IcN66kAMHrnR6JGNm9UBGfzCnDlmS6DW0WPKpsJ6HCIhPUTCpLjn"
    "PraI/Mhn9EFYEGyI5LOHaBxa9yQYIu7S4EkxumiH993CQRXDoHICxSL70DB0DTLqyMlTzZ"
    "RE60uFKFlLGJ4kd/yk308VSPNyBth8BmW81amc6mkZnUmolof6iyZJfS+qc/peFFL65Cmi"
    "RPIlAj2E99n5yyY5qucvq5NU4VoW4eiALkL8eY5dt9IttpY6nE+sTRBCHPp8/t+Pn/3byy"
    "cIjnqOMEcu9abwX+BXwSk2JhPK1Nxhz8+/f7FygMEfdS6vzx8u37+PfFyZSklCK1KFPpHR"
    "GfjmC3x3WDIifhEPeBHPOv9uWqpPiJ6Ss1Z8/om6bui/CXlA54TVGWDFkcPNdhiTQiMrlt"
    "q9Pba6M/yxpQ1WcS9jdxm7y9hdxu7qOrCp7U3FMMiJ9dA82E8tT6OhGg21qxpqtsxjBJES"
    "9ikhA31r6B3PD4MoLVpx7eclzSS0ngQaBm1noSBqpqH1NFhCuRmFvGQf+oFYwr5zq3IN1m"
    "J5myqSexrLd3AmakD94frNO3GYPn5+Nnx2LvUWYUA5AUlrNBdnJaGItlN2ztZjvJYyEG+C"
    "mJEH4oWkxVLOSRqoy6DWl1v7AFeaE2yr4UN1lk0O3DPXVghY2CX5VnNzw8YZNs6wcYaN6z"
    "qwho07JBtnYk5MzEkPYk4MqWxI5V6wOYZUNqTyKU+CIZW1mAZDKhdnwpDK3YPYkMonRipv"
    "5pHVqOP958ntOj/OMMKGETaMsGGE+wOs4SgNR2k4yt6Ysoaj7Dg5YDhKw1Ge8iQYjlKLaT"
    "AcpZLCbThKTSE2HOWJcZQ/EhyEjGymKlMDh40Zy0kktHvmEvvOSIyR/04esg9Gs8VzDNNp"
    "mE7DdBqms+vArrc+FVizUgbUHKjrM0SF3sxK9ZDjNOHEhqrvAbyGqjdUfYcQNVT9qUBvqH"
    "oNJsFQ9VpMg6HqizNhqPruQWyo+hOj6qEx52aePhk1bEzSy2Ys+61DEbd63G39iZKbGu7d"
    "cO+Gezfce9eBNXUnDkkUV/Yu3tDAzKBsau0aHvP4iBoe81SgNzymBpNgeEwtpsHwmErat+"
    "ExNYXY8JinwGNe+s7PpJS7jK8M6/jKOKqsEUNZDe9mdvD3FNsj/v/PSrZQje/YPcuxmR8c"
    "/Mck9CzABMknwf9d/Ofg8Et1I+1hyDpD1nUZWPnfAqDV3FEyvo/EUaO+9+c1fe/PzwoKgh"
    "+OXcdSJOgyQrtB+qg+mVyg4YsmcYZ5v0sqzPBFgZ0jQmkNRrYzJbyEprtyPMyWFSRdXjQH"
    "93gZEK7P0h68/XD55u+f316ef/cCheLWTPbJdQTcWHwXGPWIo1jb2GoPuXp/c5Xxkwn8r9"
    "59vPz02+MPl78+yTjL3t98/CkZn95vrn67vb7Mz5VFfVJik1wyhqvmaCWSmxzX4V00uetc"
    "lNe/3v7+Z9GOgx83wiVru97Jm5Xch69XYyi74e1dTzP55jvidi2mOSu5g2mODwczy7ufZW"
    "H30/tWL3NW0syyzrPsYklUtprnvGxnZnrw1QlmjocwmjteGJBXyAmQw9GCOUFAPKGloDEO"
    "rFl0lp/WghDaGV2IKV3zQ43Vn6JoOzXogIuAhmLigyESX337qS5TiSInzMiHVlRyram5ck"
    "rFW7lzDgTqzSTK1edDoe8zGk5nUu+fii+2wMvXaJEG3Wuo/R/J9RPrpOPl6F6gpGIXl4i2"
    "so41O/j2bR6nYFNjzwqCW9BnmmG+G/aMEd/FVhtoi5LaYzu4FTsOBDmLU32BOWI0gK+EAr"
    "r1Hr8Bcl3cQKHtBNdewMpdQeurw1p3EIwbkdXAjUHrX2cU2Y6NFjMcCLDlf4fi/4VGhT0b"
    "TRidw1+MFEPT1UTVXUxDlP4ES49N+TVffCXL8bFbKR1gJp5bffPAeLSMR6s/R4e6XWhIvC"
    "7Yeas9sKlSu5bQ2ac28GjoPfWBmnggbDxEYHSKwx/MfTjQnkbz1kLf3X1Zj/VZo2pgFCV1"
    "nhNtDIz84d70eMjLmUMiT3NEOpEERGEZ58R6uIafnzdYw8/PK9cwXCqFWm0BZ4S0N+AOvH"
    "itGfamZa7ef3y++VhBOKxF8nqOYwXo/5BeHt/BFZlQRqQthScBVNSM4gk4cskkQDQMtjaN"
    "AayM8pMs4pUbPrW+35Q44eEGV+UpOIphKVmp/jFvu9dEHF8F32h0/3C9aJKQd1Gdj3fxnU"
    "axwG9mxLr3KXgHSkig1NXhZhLIyo7eyARdIu5MPaF1c2De5sQTW8wEzehCCDCxCyFhbz/i"
    "SOyiQi1nBIv720/Rpe8Tz/479dzla+SXFSvg5K+SugZ7f9oWBQ/EPdQ8PrHAblJ2jhtMd0"
    "CvjeGCDqIpzTCflS3n6rDFRELvaMVdwLivOETDv/WSf4MjS9YbVnufMmLmpVJ5qTTRy94S"
    "nFUR0p830MVmybiNWhi4QWPNSGg6oBNldaGn6FPs3JVhGYg8EKECycgnGMyJuO1rhIXS4E"
    "ynhAlTUdiLjlCuhMqEsP2APavElXewp26hlemiFJyGO+64OvCxLcyjxC4ZRc0oanqi3zlF"
    "bc19jJQ3sqKsznuaPLo9siA8QFnGR9dtLoVvi5yjvLB5EbV+EY3FdKIW02dhEgxKLCb5+X"
    "CzxcSTcZt5aw/JeEdhq0gTBaJGHGF+ZMyX1jT1jm9uWGnd9fFqk0guBEUTNC1zWCNUe15a"
    "F3te32NBAUyfkQeHhnykbkQWRM15q3LeGgv+ZHWcLx5oKcSuzNrIDmig9YSxgJrmgwLIwB"
    "BLCXlUcrFoSYKnqLR1QHIg1eg67W73h/eHd7kigOkE3aVyUe6QsBm4zCpkdAFKFPwz0azo"
    "QvzNsMejaOXX8qIEgqEA3xNJJeMFXkaCGEIF/vCSQU/RZwoDbErgGwdojoNASIqxi5kDBD"
    "WTlUzWDxCKG53PneBVlLoCvzT6QMYc8+jRtpCDPxQSWCpVt25pDn2gr41ysUPlgjueVWLA"
    "1zM1K6HuMDSDzwFmMg4pvTulNo5mtFrX+RtNTtdL8b1uqf/FLztZ1xc3nKritwXUH4V+oy"
    "O1+sXaYvdfYNdVDv7OCJn93+z/x0wUmYlrM+qqViHOyJ1iDeLzC5Vyz3hOQ6/MI1KH8VrI"
    "ALyxZDkUeB9j7ihXLc8IdgVo6Rr0mWMRUGmoR1BUfX1rLaYl+iFjxLNKesnVtW1ay/Qx0a"
    "xJnll1mln5BgJFhyhTcxXkJbX2eH8Fox0yApDQ7P4e+ghez6bZwUdxeft4CRkOo6QLmcor"
    "UCbbw1dhL421EuzmQmenarnaBUmDecOWcb7dsp5sVrI7tMFJBnb4hDmKr9RKooev0ssGL9"
    "LLytfoZf4lgnu3Mgeygl3RVI9nEgBeVjnOlcpSRkZnTUk1vuL82cX3Fy+fv7hYKUOrT+p0"
    "oJJmdHyE2ZyUbA9XlLoEe+XApsXyDlEhpw+wgx/hJlGFM+wh8DfN/QCJJeG4kjseYxdSHs"
    "B/hMf0gcgPV3QIwlMB/dZm2NXNzfvMcXH1LqeJfvzy4er60+NnudchmjBNaN6r0J6S0nTn"
    "+MqwjuAdr8fslNtNF4eTHQJWNXuiv6IrxHtwGPVAU5RrNjrh/mxKDJvCcoYK1uHoVHEFZt"
    "6FpqpfVqqH6t8eus6kthk1mE3vbRVzNbeFN4U6v/P3D+0dWzTGXtwnusZ1tGc70YHwWNbC"
    "oEmktLZndhLfuZ01YlpSbTsBnaAQtTI6v3AsiY8KyzO6PNxsfo7C1ciNMbuZKNpYXGYIQe"
    "gZNNkqCcxtKLNFiNLqpipmUkbI2KXKFRaS2VPd5DKCZo/Tbo/LmHF+qWFRq5etZE5RLdvc"
    "tj2TcEOUg9ISEQNuGbianM9vZKDSTwxXFMJMXa49n6OAp9F0NXKfAcC/Z4N2Hdv0FDHUr+"
    "Y7gwL1q1cYey8g5TRkZZk1NRTvSqKHpNgemtMJKKaUqcWcpmQMyA1ANuTjnslHRubi5vBI"
    "NYwzcgZmY0wcl0CvsIU3MehV5rBeFPrg60zaBZCBPhPIoujl43GOeWwmoClF44YNdA/EtW"
    "uSE3OgLqO/YMdGE8pONB1G604eO86G8ZlDmROUAPxZLEm3MrwzLden6M7n59+/WAV2wh91"
    "MZ2fxYJ+X9wtJkRW5VOMS8lK9W/h7icwZTIhVuA8kBYegryscRJo7SQg33xH3K7NRGckdz"
    "DNmr1nfZplE9XQ22nWymvyluZ8DcWrwwY+k6Ruw+aQhjvpXhGnO7+LukPEH0QUD78byhaG"
    "d6twgdWw+JPInw3DGEE+dhgvhkDs6RkbIv+pD2+R+Jmje7IsxPUbf89e3njj79HDOWH8Pb"
    "sveZvZTwqwVltQBcEeOib2YkVNxPMJg1bgZcxjTWHWnGDL+qwHYrVuoop1cQvdIVpA0Uqo"
    "iTnDNsIybpBOorrlix3kHe6rF4vxI+2XcpStVlW2nZVAD7eb3ftBDTl2sG19ZQ0Ukb5kDF"
    "fs6RmpHNJ69X7fxR4B+sfvf5YCF1tNLcBLSfYewI9fPlx/evemgOHayFQCMCvWe/RKl1/G"
    "Gm+D3lqy9wCmyKgCjoZL3ApRnbnE9DS7BHMyau8eKJM3U671lMsNrtWbnZXsjC9o8BkKxY"
    "P9GjWFWFB2j+Z4KWzXByJLOyJOoQxfHMd2WsuBCKzbLIa0XGeWwmm+8CQI3LJSWfU5Ymup"
    "joReHY/2SDVwUGSzi5JbUNrdgVmB0ZaZz4qopmW0x1MW0XaduSP7gmAU0zVRGyLxoSwEyF"
    "FAwX3bsAjxLqFvRZrmRc0WUrKFaOLUf0+E4csqW4ylLw/r3PquHBi145Ij1UoVZLfCoXgl"
    "PLKpVEG1jHIyZW4nrna0a7LZn6gDHma4iHl9vG0iY2JtTX9UE8zQHUixVVE4udrXlRIxHs"
    "UGHsXEYaWyaNMy2mvXh16yJsKgtyVDIkX4NtWssVJbvs12dNyoM+c6QO6v0nQu3nSIclow"
    "J3+Z6tJ6abxGSzNams6QwpZRALOuFVgsoLM1Jjm5aNof8SHCE9nuu2Ei73E6gKlWTDe10h"
    "XUZBNWbcKqTVi1vEdZWLWy89gEinTAb2xs2T3XFo17OI2keqGIc0HWwL2x+hIVN1LT/FMi"
    "hunKlwx7IIwTrohoTkx7VKUlkKJnIrd8MHO4LPAzdR4IR8AvbX06K2DvUbUsm2S8yf2o1D"
    "014Rhvqf/FH5TwitGFYR2XGFB/FPqN+MPBjVi7cVPB11HYydrapfKa+Ah0MGgw6BPPFlNS"
    "9MW3vospdWx4yJMmzQwPaVxvx9efFesJalLIsf9AH6Nwo26o7rVyY/Taj+aOR0sM7zrnRV"
    "5SZy+GakzZgT0WPl5Cd8uRFfKAzssYkJrWjSWyPVz2e6HWE+wg5UmxYWZB0mCuhrla5Yas"
    "lMbWu2RJfEYfHJuwRw2TFA4Au6lHst96JNhxQ6YEcEqkO+sZWdQm2izqmHEp0cKrtZaUSJ"
    "80lvNnF99fvHz+4mKlqKw+qdNPTEPYE3VpeuRbMIpfhhZzXSJuJlzrCbdcLCbBHgmbzXGV"
    "X+28cGfy3AefhVE0pvYSiHeZRrq1e6pzUz9xPIfPWu3pOdHOTPvJvOKaeOu+SkJ+UOKui6"
    "8M6/x1i/WYzRWw6UKsrxEjkzv5SqOE+BDKqTiUCPOwixwbUQYeN4Ln4nP4SlHVajivlrIp"
    "DUSbUTZ9JAPKSopg7+0xG/ISiPfgMOrN40ZM0ddIQlRXX8qkJhiXYLcUJpXSzZk13zjAOC"
    "NlWIsmwdyr7UQZ51iohzDvp8NQdldvinVOrIdov2yA9ctKpF9WBJKWqLkNQkjLNFxdfbKD"
    "z+E8iYiPuohIxcMm4wBB3RGHbF8gp2VwKel9a880+NQnHoLo2GPhDVOuiHci0hW8jxcp3c"
    "uUvp8YXfCoZw/EIC+RNcPetCmtfxQPuWGl26x5w2AoNPRK4idKOIw3qdiKmmZe6VEbeYwv"
    "cvmg8RI9FqbgME0qPHklaQPHTkLsJYUApw1xJyjkhEcsQ1wXj8NbDIXxLMzYskhl7PVJm9"
    "iM+FmrQmKZwOb1OBPVbCgM7bdTBQojve4LiNbYe1mxHtp7e7Gu5X8VYE7Gaxx30Rbes7Mm"
    "8J6dVcN7Vizq66iFJCbjNYZXfHtKOSSshcxD8giPiHsvcAKXAOHSKnbrxUUD+F9cVKIPl3"
    "LgEzxXAj8erzP4X2cC+zhDCnL8bYaFQTJhdD5EjkCXYFs52/8A24wxQtqcmsYIaW6EXK+3"
    "n0GJHZK+XGuKkNzAjdbIV1DwsYdwaDsEekRAVwibRiTBqhL3U5S3JZLxw2RISZ3iHd97g8"
    "WRSK08QasPEj9H3ASurM2wMUGMCaL1ZqqSBZh/EZpqEAXBHpohu/elFrYZVbSNR1WtLFZq"
    "G1eAOydm0G6GtsNHxIOfX7KTXFHqEuxVHIUZwXwNMiHZQbzrvBk3N+8zeu7Vu5xv4+OXD1"
    "fXYm/JuaCKLg/xa5ViBZLxGht++mzWR86Q1wzunedt+4Q5igmVK4n+rd8dx7iILVXA2GIj"
    "TqQOuAsnZkp3d2Hfbsn5ZCUN52M4n42czxfoFTaoJ36iMcOG7M8oXA1vyAGtAt2RgJewB2"
    "JH9axkXzbxR9KUzfHEh9GunaZusOuicRigO8e+G6I7iOy6k8z6XdxG8a6KINr/g//w/vDi"
    "C1C0bhKFbUXObSzuDKFcw/V4GBFIplqOWEBB2vjaa/gW4C0HpSsaF3euaxHin/zuhPrIWi"
    "iJWhd144bdxJBWhrTq1Gmg4jc3cdIH0SHze05DnHNiOuMsCxesMq8gxAnSsZzgdZSc9Qp2"
    "bY+idNCWFkyL4bUOifZBSRa98d09y7JWWRRNp4ygsZy0s5w6ne5xdvhJbZt7cOxu9f3DVx"
    "Ob/8fotB6UmPrJpWGdhT9JDWoc2wGR3Zy4LnRQj/LGYt2HF2MvhBpRE8nR6k4bjGITjmEs"
    "286d1gqWraI+b/R4fSPANcd3HyHgJvS1zfbQCWVeL5XoRxdPa9QiebmJajSaJCM3dwCJ6P"
    "vFjLpEhp9jsdbgYkmbj9qhm3t5VCo0xzwdNiszB9u7dpU+Ua3TpL+mAuA5sT4eG3sp9uxi"
    "r6Q66yVjuKJp5UoiB7Hr8CYp9IfqVum5SyRbYBFO0Oo7b3dYXP96+/ufxUAai3hB7MPNov"
    "hZGPFuZSGCrKTW9QjiXVUYD3woXbmIRxlZM8xnwNND909w5YoRDXn6qEjB8/PvX6zKEsAf"
    "dYUIPn+4fP/eBIAYzeeIms/NA2HMseuIocywxprQiKZFNqpEvzBnjtlSvniPpbz41xBF5n"
    "0JMdRg/BbKUXJDJX9YSsaoScpqkqF+dkj9mOB5E7bZiQkwp7ZCf9KZ+B0QQPiGUc4jwIu9"
    "SguDak/sIBk+stLjNx7Xl4jPZADjKl4yDlnEHDGCrRmx02GTQxSIZwj7xSJPUebolh4bbl"
    "FfPCQZGxsSJaf+4R67hfIgb6uiOawE+qc2NGKGX9Qwwy8SZthoDgfRHEwETU8PsRKOpyXB"
    "ozu703yv2h1no/6+mBdF0xdFE23vJzHjC7x8I17IMj0vfblWw5tGA0dWMrJRf3oY/QotmB"
    "MExIvqpkDUDWiKaEwmFLJiAshp4WJDGCIilpq9HiZTgKLKjeWN63d7+y10NRPWY8J6dNgZ"
    "VdrXU3bPfWwR1Q72OTkDbP4M9x3gbxVhzUoZUE161VHSqxgRv5GrNjnOSvUQ5d1Xx6Q+oK"
    "EYzJER6iHMz88bwPz8vBJmuJSn08XTFAuRpmV6CPLu13LSZVkF5LSMAbkByNImU0F4JdBD"
    "eJ+dNzn3xKjqpL9znVKLta4CtJ/8Va4MdErEgKyUkq2Gc1bKQN0Iaun8VDP5UiJb2HuaQb"
    "0bc09Sc4pwpmW0xzMJHU05n53E/7yuIQRUJQ2hxBCslTwFuv8JaFVtMC9qag6S9L5STJd2"
    "PD8MRgG9J2Uh53U92/KSOrvTBtc8EBMekIbr+Djt2sTb1nYyCqJaz8ZlgOZiCxgiseVMMI"
    "P/wH4UMzmI42XTNiKmrZ5ellLXHafZFqHYdh2PtJjnnGh3JnrwxQscFy1mxENcGJZjai/R"
    "XBiZaIYf4A31yALi04Kt9YHOLQfpwG2xFtJyO1gI3VFIOjfD4hC1qFpGfEqkf7bqXmpbBW"
    "GJalMfs7WWaqXVHMiouk16gSYUPsIeh/KnUdSHkkLTNpxLr7ifX6jrWMtBdeRPPGDYJPbH"
    "X49tULsHqs5CgE5Sp5bfy0KG1CMIvgqa0qhFqzjoINwG5s1h8YRxWdb2nvglgT87vfOG2j"
    "4Rh26q+5gwoE7p+QpETz/dSoNLDnW5XYd4gYwPJFxWUP0b7Ani/fcoonJriLY0CBGcE+w1"
    "VKkP4IuCxwVkqpQ5mpbReXK0UYUCzMS2X6IL/ePzzcdyjFMieUPCsQL0f6hhuQfdoK6BFs"
    "DImA8JpI8/XP6aR/vN+5ur/K4DN7jKQT/GnIB1rrK+0zIaa/pRsUGOHwTekbYhs8fwFEPd"
    "HW12GAvS3EaciCfbJa9ApSVQkNPYIFBN4Th/dvH9xcvnLy5Wiv/qkzrtv4SelDmEo8oEmX"
    "p0M4Jas8g3Ua9jnznQ7TSI22FECZSRvi37VKtRyTubBaDQRpESIF4m/EBK1nn1dlMurfHG"
    "o0cEqWHm2xyynSPqTJ2C3k6zXgzW50iRektDNqimsdKjhk24rFg/G80SicbVqEHiEY8JKC"
    "vyoUa6nTAuI/5xiRY0FDqfdNhEntVl1IYJ83siG3pU16je4f03sFvJb8+n9MROYPGOroz9"
    "1T9ka2VDiBlCrFP7rgIhlrwUKkdaImMOM+0OM5PyeIB3puTAUEwdS4v2kbvcB4PTT+peJ4"
    "SlsqMAcDK+h/jumiUA7bYIbV185UpEZ0ZMlXE8cNhk6EmqrqycYw3yaSmdwQc6cjFzrFlc"
    "9cOjAbr3oIliqeEEtpUSMXngyZK23CjkJbNVG4CfkTtOK60uhd/DMmiBclrMgLwJ5GhNWo"
    "zYTpnDtcF6TskauDeu6VZAG4i70YQv5jy/JHUKqmnRL6lSBps50XThg6YRflFTvRVfOcdL"
    "NKVoTLhjExmKmW42E7c0TnL/eVVw3/Y33cB8SrQMi2lYzE5tVAqMTB/bykUeEoj150l1P9"
    "gLuAvNVmS5Zrm3if0g+TXHrz8jdqWAWlSJpknL6Dwf2sTxQWDYKGRKIKdlegjyd8+aLOXv"
    "nlWvZXkt39dZaIgl/v4rx8Osoi3WWibfBWIZRBE1WsTODN4FHMnWL5xgt2mOcp2JHwdCrv"
    "wiAtirdx8vP/22CptcOUfe33z86aokcPLqt9vryxOqtSQ2eApdyYBsAtd32C4ge/e1l0xM"
    "U5tXoHP+QRPT1Ntp1sRyf2eTuU8D4lnLn0lpWl5uxLDObnfWY5OOYU1arlgudubQBBJHJ5"
    "4siA2adByxG4fxMuK7WKbGTJ0HUtJTdqs7bS62/fuAfPMdMe/wVv1ZaZybBrS7LmplTPSD"
    "mOhCzfEsx8euIqR5OQOsKa17DKV4Ih5OGKxGRZMwJ9jSLtQN7iPYgtEpWwS/On1xLWGyF7"
    "fIXjT2YJup6IShkCk3tNY/Fac5K2mmWbtp1sQe/EDmY8L4zPEHJbZg6uqwzg6cZ8dtMgGr"
    "J7nKayoNNi4+yLtMf18VZa420Iz39BDeU0ZdJYdfMr6Hqu7uHUzmvO/tQZAxHA29se0G1a"
    "DAf10F76oC/6cJZ0FJySzVIrI/UkacqfcziQzvdxAk5Vll23ysYNxEd+kmoOtP12c6w4uV"
    "BpJ6OcUvF7+XRCF9n8Q+8endm9tBYbnuANEv8W16CmnqDa3A9Dh6NCzkEgU6Xt/VmnP8Gu"
    "1WZTZhhTopxn2MhGvrIzo7a+IjOjur9hGdFULNuRuWHEU1Veri8b3zwL143oRhf17NsD8v"
    "BA+6WMmHkYw/3NId/Pjp+npf+8HeYzMFXKMHwnipq6i6fX1O7HAZcc/2BfSuq58Zc/kUzO"
    "U4dZ9DtbrR3PHCoOSgrXyNKqQ1riY4uBToJQ3kg5nDIUlFpqIQLNs1QeQL7A6PjlTvTurj"
    "DijmYbuOGQXxzjRLGHwmUB7JcQnk/kLCEA8c10VjgkLPpl7DdIA+vZ6RddZmF85KdmYNnM"
    "wmrOC8SpnEKydRWd2FWPjHnz8RtyoMptQr1c3zt0B0lNcJ2hKpr8l9+gTUPmkcyZ6V8DgJ"
    "q1ZN5EhiClurnAHD6PSX0SFz7Cjleq0EdOZ0oGUBfDH7NYqetOr+ychUvFkooMjCvFVe4/"
    "l3TaL/xKia4OBC/J8h1vZLrPmYc3ES2aMZ5rMi0LfkWxVBkRfUuGb1ALMp9c4de4h+efsG"
    "xahvrcVd/3qbUeAKQX+ZeMtkeD4S0LAaJ6JQZ4L+4LAAfs8RP6dVs8GyGxgjSrc5N0ZUt2"
    "yDtTFVYiBkLK1qK2GRGbafOElTWkY/i8GoqvtVVftYJ3XgOg8EUYYC0q5rk+mrYlQRE4Nq"
    "gia1AnT7oMkjFU7wHpwAxz+6WDRhfbVW/3Oy4zbWSrjxidB6vMBx44rC2LKIL+Z8iBh5oN"
    "BqRRwQUbKX/RRBDaFAfOrBUOiL5tiyDzFGXKwwHISMiB8GbYrFdR5QEMqfLId6ZpP6C+u1"
    "YBJ8jq7DmoNhh8kJ/XQhtDUJ9uEdMPloe8xHk+eY0OjHy5Gq6VUiaiBXg1zxvMsLms3YWL"
    "anaNmaagonMc2JudJinnOixmfWiXkel9Tfqz4Oc2JbHIbdmVulTnrSxG/x8mQlzbuj27uj"
    "4G/eJ5H2DzoelDBo8PGwjjr7Zzxgn3GVecZpiH4v9N5MPl+P5AGOUkcMSWVIKu33KoWzwL"
    "Sr3ROwfXRXtyRKdl8WdLUdN0V3JdBDeHfPQ3HyVxHcuuadsYDWfTt/YnTB0XiJwE8l0yvJ"
    "A2FLZM2wNyVJGXEejkFqTFiU4EeaxsIfp3tnEJC5X6LGf55j162crpTY4absbF8vQ4T88/"
    "PvX6ywhj/q0P384fL9+yKc8FrF2JSEXtZjmpfV+V04BrYu5bws160e1bWUtgt1AHGhhHEk"
    "vmuSHiy7ADPsIUet+e8ugPYZBbVEGeq0nL5g/0KYRRq37Nkdqo7nhyX7bHUV7JWAKYK9RR"
    "FswgNnLt0vMv5EsZt7mXSf9uUDaxtWyAM6r6i4WK1758Q0ThRrHduws7YoRYdlC/d7iagx"
    "exQq8Cq73wuChg0x7vdT8TlkPEuh18artJIy06v19ApAw1YvcUbQuA11nmMeYNZup85Kml"
    "nWeZYnjufwWatpzomaedZ5nl0CLcil9aui0ObEtA+gGbwVvwK4faiOuJB8XEToA4e/YE6w"
    "fWk+BWU3Qq99KGKZvHnNdH7NxK0Am8I8V9ODa4mt+MHuzOl+6EHGKBOo2krO4KxU//io3f"
    "vbI8TmhHM8LYG6ukxUQbAPaB+6KJTP6INjl7UOqSnTnpLpA+b7XuEyGlEF4JVA/9B9dt6k"
    "rIQYVc2tnhdKS0h/WCsvTl5SW+ek5u4bGgZtp6AgauagpQuNEdspCy75gVjOHLuVHHgild"
    "cWI7GnsXjXJqEGzx+u37z7cPn+8fnF8FnUcEOcm05UKCLZgi4KRYIsoTCOQl7ivakHOCW2"
    "NcKa7e07x9hnDhUmdUlGzqYAk7Wctv1MBmfIpYsheoY8ysTPGaJzNHOms2b8wQ4DTjTKZD"
    "wQh/N1BgVGZDkSjwZoTKahh7C3RHPKTrC1ggUVglwBH7Zdxyuxujb4TYvi3VkKX2RpmkW8"
    "IKJOG9QHgk8cg8SdnN5q4C5VDvNNZHRud3M7g/p300ccwbeNSFsx5TPMh1CCaIZt5OLGtf"
    "F2t/3OqBipFgWSEtGeMD9w+Mc6EK+dAlwqbxS1DYoaIwFbjuhEZRGnZcwqLuLpKCejZ6UM"
    "prk0OUL8kY2XJTtC5bmWkTmcJfFcNVb9LV0IY8KbRiXzgMWSVfMi1w/CjKB74ot/TALC5B"
    "gSBWsevqmb0LdJyVlX7b5aCXTAezV4I5QknvTOi3N0oGObQH2Bl1vrknvxbPkhm7YKz8gI"
    "dkfjl8afTJtZEPFixN3hTkPP16dqw/UDkUVby0o3RNeGG+o3jMhq2ObKpx5BTOyRvngR7z"
    "j56w7eUYzEXV4J2y+fjgnb5pxwNGF0/hT9woSSx5ZiB12ix/Bc6O4i7vGkpNjp3h6zRRev"
    "6F4qesRawpSMUC0Z0ceEZs09HX2sfxCVEQBeIp0seeSa/aYWwl6TgrqUYr//TeT0EpS7gW"
    "nsoKeTCScla3WTY38t1xvH/s5s4xgioewGuIhsdehbXu5wu+3gCMrZXgLfWlT3NGlketq4"
    "GrSfORCTcTNBUsPiQzR1hDEMXkssHu5Mp1E45qGoVXFDj2NpuZXCXWf/FGX1diIKK37BaC"
    "Arr0Twt0f/cPaSPsTPO6GtDsp5H3lpuIn2cZJRG1mfrzBZsleMZMQlFzPGgTVDlng2CmgF"
    "6yLXTAm9s4P7GR6nIzyO/HkK6u1qfJ/shd1ptqaQ6u5OW0PD7JWGMRl2JsNOn/VtMuyOts"
    "r3QjRYECGgsrmsBEx1vy02ly7mhPXOUdfNtLDeTYPhOnvDdepD63yGDIByWudznBxQT+sk"
    "KQTNgnniEDvfxRbhcUV1D8L7IZ4/qrm+LtDCc7xMZFsOkVcRwrPLm29B+OhiNJ8G4VNSta"
    "jeSVxWr6jTx9AuvMNHIikPxP6DiLgVa9qqof1K1WRj/wKm3qX9z5AH84p4zfyQ2o0+hMHi"
    "UMuMbsbjR80zOOzEMvDzEUcTZxoy+CgOa0cL2J6ZEwTEe4XkcoEu83+X/4JYqgfq2NBl/t"
    "L3iWf/nXrucoiEjLwhhzj5CtL/QA//w/vDgzS11b0hPtmZTAgjnjiKXiOMGHXd0IfMVel/"
    "CudwWsmI/vg2nh2fXw5Da6B5w8Mo3Yksmix535FpRnb0A0oXdUBflV2BQ8+tbQVQi5IG3L"
    "ydb1khY61ySnKi3TE5IRgDdmS5MF5FRoJMxgL/r/ivv7YRttYdOmGa9j1CWxt/lYxAUNzE"
    "0jL6b19RXo1UpQTQQxmCYVGxTcgTfd+quKHOer8/MSIg5WW1Auo46bRUn3iAA9PRoRdBpI"
    "R9SshA3xp64xXTYBKMV0yLadChnp9uM7HzOjEdLUrZJYgZWKAhabGUc5IG6kYlQBkpqXpU"
    "0zEvJdOH+KkD9Ccch8xThTktY2BuBDMPfcI4sSvKTtWEF+cFNQZcVgGUHB1yEkdJwiWAm8"
    "Zr2oR9//PhEntK2GhTblVda52KG2jvaD0AX62Tg7WyFk7q6nCzW7V5PZxqfNU8hDm23jgJ"
    "jZOw6/tCegeGAC/uY4soQpqXM8DmUxAq/a41iR7VHtc++IX2okJEmEmYlJFOpHqI9fPzBl"
    "A/P69EGi4Zj/eJeoos4jy0muicqJlorSfaCnlA58J8UjulcmIaW8I6nVMhVwY6JWJAbgTy"
    "hOAgZOW6bDXOWSkDdSOose+M7slS0WzIShmS5oQyCw6M5VHafOqmrfSsz6fe8JpGn4epRW"
    "liV05uDixszYRV2f5lqLiBmY8t5mMEmWCk/XQU5M1stJsNRjCnnvhereaiTNrMRMs4X+mk"
    "5DRklhIdnZfro3a086QQHaIZD5qUnQoIN3GNGixwE2ynGJSU2NeQKWiRqOoIpJSHvOmq7m"
    "so3oGWtpwF+LKIha6uEyBWiU9Y4BClGnJZKVNIbotCcuJ3q3vUM0I6b0Q3EyTOm6jShY0i"
    "Z1ZcWaLNK7B7Uu2vEHuBE5TEp9aetGmxjug1xztp5QoYced/lNZ4VkrjRa5N0EiEmFiabu"
    "mC3gR1StCgvRltVyDhWcvRXKX/b1ZI48YUqrb/ziq765NudEBdPTbcEGiIoCbKbrKcuC6a"
    "0O0br7TbtU84XSCq0WUzspClVlJm9cEcqnhZEcFSjXdaRn+IhWYIZTekVQRGErGRR4OZgP"
    "ZVVAwTuy4Jouvil3ExWlixjpgWCoXLPMcVj6Vjai9fo4ixEeLo3qOLvRfw0C7V42eyHNRm"
    "e/wcFQlqlPAxiisKbS6jV1qmNAmrLimF2mD8FtVN9YgB35wV0sVIJJMfYorIdR1cE1J/Ip"
    "HWQltwKbZHtjMlvGSurxxPnEKVOlRONjfZ42UQkZ7aaFGLhFfmslCgrOIK3ePwVMwu1HXF"
    "yA5917Hink1bLYarmNVcrQNxVly9+3j56bfyHiZXJSzo1W+315eaqVFvKXP+R0JarkUl1x"
    "soUbPU0I0q1BURBh5Bd9wR2u3dMCm6+/junvjBHczeXfTR3RMo+WuTZCohqVToUdHQJVye"
    "4yUaEzQVWvUrsRYIeiDMmcRji8rYQZ+8hVoHX0dFpUvG906daxLvWB3t+HKTIifXgerBuB"
    "IyR6J2R6JO2+v7iPZ8S0NWucWmxzTYZhMmdZaM37jXvqULsVV5SyQ7YKGA0ns0E5+51JsW"
    "e24MEdx5iFa518OVR32I5LcaonFo3ZOgxNLd76O22E0TtFRe8kRmH+/4UffXrr/hddu5sc"
    "tN3Qb9gTV5QyZvqAd5Q9HhXIS4vt/TWkrnKquDa2zNwBw8/+/Hz/7t5RMERz2HPjOgzMB/"
    "gXEAV85YWpTNKIYddogytbYPHIOvk2HxSXYvqrUrUkMamBVROyQFq6LUqRXp8xDyRh6IuG"
    "iLd8bjQqKpV2zDDYwFYCwAYwEYC6D7wB65skU/QT1irSHdAO1nsaETRPlo1YZOEGtDyxha"
    "pge0jGEGjpmdb7pwHQv6LpYx6t0kdLOSUe+mQYe6FbrNRINUoednplqFVhDrkxbXCup9VR"
    "7aCc6aODRuwmBMv30gHBwRgxJ3RnbAsM6ZQeXQ0Tw1dqMn4xLFw6OkK4wsOp87AbQxksXD"
    "IChp7nBiP0WXiNEFOAXB+0BQ6AWOK/2AyR1mmCMbnIKQPwckaNHvsf/HNek9gx+wI1c2xP"
    "abZjOH4CmrXRZ9bOsu3kl+/yq1ZsU7SBksZliwr6O46+S6H45dh8/a1YfZSYDwejLkfxUm"
    "Ixmv9WTcJhMwhKD2IOnd1gbuZ2dnTSiLs7NqyuKscMzH+SdF3Gtq8axFTCGeLQrxwOmotO"
    "BXAhpXyxh8ff4GyS/qYwZNCuMOhfKEbbPqd8+DCjMAUGqRlpeVNCkIGoYnpBy9aUVLcaLz"
    "st2Z6sHXGfHkG8eIi5cyVYoTz4ZCBo9lht6TZm9hr5aCUPLnfhlfUB8wmZbrTdHctiGQmh"
    "itvxDmUKFofJJzXTBZ05eHdQarHw8cgbrczF69Efae7xCLwKGWyEvr7xVawGsn3jFQs0OC"
    "PPItiMLpIAsHjEQX8wCx0EMLcSoWjdMd33uLeL3jquEa5T/uUN+uyYKEyvWhq4R4WkZn4+"
    "f4uKdWtXhpRuIVaaEM5ES7owucpNoHe2HLic6J7mCiD1jRDU4G+Fbrsr8ThxFbng2np/GJ"
    "WZRND+JqdiqrICfa5VWApQJBJPmHT3gVSK6z7TpYCXdnJbwTOqFcBa4zd6ISLYkCib0llL"
    "B7xKNyLae3JoAEb7MtpOW6sxJgT5DWQfF4kFuDLcyNyektAsJY2Qq4FZpe+eyvBHSmXqEI"
    "RJBMOJiDE+y4O+gocnv96209+50pwZQMz1Pi+lAILi4tvCQ/H9aSBsmIRlzBA2GQQQcWva"
    "yZ9R6HnjX7WWzEUGkXqnQgyqY8V5/DEo8dJrJPXotDPLmP2L49yM5D1gx74peVswgHeeoW"
    "/AI8ScXaTcb3jl/YVYXwanIhnsIi2pWMZ0qiTzGAOysW3kcftTYJCrJv0GjueGVnc138ak"
    "5Q4yr3EIREvWA2RI6H5BdG0FqFJyWlx0skQI/OFpUFfuggV6hO6llKPR/SMj18HZ432cyr"
    "9/JiZ2DLDW1it4yqLwhr/E5oHtBNxZkIhRp8wkbP7kvMxrpY2KJwV7pERPsRRuJ9tiMeYW"
    "s7ol1bCE5wmee2cvGvxvdoye9Mf4nz2FXwTIsYSKvLAcl3XBzpYVCiIW5M/stJG+W7BOkZ"
    "5iNxf4Ln8NTiiUipS7BXjnNBNl9mWwh3EOK60+3m5n2Gtbl6l6dlvny4uv70+FluKy4CTy"
    "YTYgXOAxlNGJ2rMqdFaeNC1ZodFT8tUtaD0T/pWOWsKJE83E72TDFwavDVCWZRcKr0kslu"
    "WBglC/Dw+5uAbMRIINCD1lU2Vjqmy4UPh/73iuCvGglAkLAwhmW7TmgjQEM103cr+DVhpK"
    "9C5n0K5ZcvsNKra8M6ZjrqUZwM20RPV29rTVKY5LPkk5MyJ5Q78s4mn+m4+UyFmWkKeHFK"
    "TYmrHDmZrPECqvUxxGm5Pmn1u6ik2ueyP4O/QStNiLdoeJqZ6j/t+HT4gUOht/mMTJxvaA"
    "FKHUYTx8Mu+pvMuvtbmxnYS4Eg4PpV5iAZr/kUQFqsTPQCunkYN2CX0OOkBXvyS47/Ipjm"
    "4KY5eP/QNhVR9u6I8MsUlVp4/VI1xUBbgDZwCCtZu9U56CuBrTLQNdsjDpGArhHhcRvPQi"
    "njEV0cbqQ8gtU4hXZc0a6HZAF+2Qucy3iMOPiJP0V3OLQd4llkJJTKu6inJSy5tEpD2COO"
    "yLeAMNA0oYa+uAjposu69lyHeHQJh/N7qtb66gFJNZP0E+HvJAjsz6YhfYbcOQS5Y+rr75"
    "DOMYF864rOjfItz2vyLc+L+ZaFTaYp0AXBHiL+7EUTaiHvAkwxCy8q4Y63cGW0Y7kegr2X"
    "guUmsnrXzk8e4CAssQFq0uBXEj1ctbvfIjQM4uiO/dW5GI71fAW0/VxHsmamdZ7pyKQcRT"
    "kQLQpPl4h3JUb5KwSQQBXW6EfECW4Tyl5LNxANA+QEQ+RRYXyz6Q6ynduxW6bg3Em8iKta"
    "qi0mOi9rtlzdZloT4vSXOPzhF9ivB2VJzJkBw9ps5nhotPk3I1EvPcgefsQRXXhIyoHjFy"
    "N5e6AyeUCwnVT9BB7+EZCaciS/eyU+8QiHy+AQHqIvn3+QkX8yFFCWJnDkBl5SvfuAD24S"
    "BJfi1lIRKVHQhAmDM0yp3luuSuBbj4O0WhrnJjqre73ZooOgCHFNnfOVhClzvkWZcw15pw"
    "5NSSd0Y0M8neJMG1qjt9OsibH7CeY8wrlg566uDetMXJYe1aAhFYMSV9JKXDeKEoahXHrC"
    "XiQLGWqzoKFrozFBjzGy2RJqrT15iqDWnhUyHjXbWRVik/1ekEspVNvDJaW/D/ZUNbNW/L"
    "+xY40dq/duqmDHOnwk3hqo71wEtLZ0QFbQ1A1oXjcAVPYW6kFKzOgG2ukGmbht2mJ6V0Jm"
    "crWeXIivUetLkQj0kZPaeTxOpLS1sZ7SguYd0vodiudKTYnLCBk9rlAPjpRpcDXlEBOJ3r"
    "TwOnS1z5iuGS+Vo7lLRM3h0ORwWOOmuHfkBc3+YaKxTvHknThe22CsnKjxQug2z5rR02/i"
    "pMxBDU29GjNsQlePrPTwjby1jIN1grhDA48Kz6xyRdHjR49exdQynSCPRg2AnuQ6QKyeDf"
    "mkiaz440mRsT7A87ZoMJG6scrJmRMzbLUqW52aQyUVMSvWQ/VwLxlo0sGjWBd+LdOnFLTD"
    "W0OQwj8aE7HtlfBjTQqupIRPsTjI8zPF9AmJGZ4EyhVYCrIG7o1wi12/5eLOShqoG0Hdal"
    "lnBA3Qm4BmcPIJdbLVsi4KG8CbAt5mcRdkDdxlcGtiBH8l4xml95dBAAWIBiUmcG7EsM4A"
    "XkRjRzg1uFGvxUCYlbJ8u7il80DYMmdtJh9La9ML52PCSgzbre60hcmauqeKyZoTMyarqs"
    "kaTV8R8koLai3QJwtqZ0U8TMDaDh0V6sS1cUxoSlinp9UVsHvWcjRX6e6RFTJ7j0IBofry"
    "/JVFhLrc22wXtfllx/ORarPmrJQp3Ly5cHOE2Jxw8JcUod7Qkj4t2Ae06zb6XXWhT6MPri"
    "kV0JPxOnspBpASMnEYD9A5+vkqKYmAPb6IVFc9pkEv+/WH2JQaVBuwqyHDJhasnR7dyISN"
    "X2UUUFnTiHi2T8WElFupdYO3MERNXo/J69Fhs1cwk5Klr4hoTszAmq9IEW0wiqhmpQyoZU"
    "77CA8VpTojpbPq0TZ+tlEF6mc1FaifFStQm/SVvUYoc/JXEdz6KPy/dOcuBj8xuuBovJQ6"
    "lewkRkCHiwPdmunOx4lKiR0mSo3dUyJaz8q1mAM0JtOwYQHPXTNL4mlllYMqgV2N1xrVKw"
    "AUccezCMRyLjBHc2wTqDQgKwgwEpswxD4O7Db4gJU58LVUd3jwwdcZ8WAS5ngJBR4CfE+8"
    "VwgaxXjkW4DiN1VWgQBTnkTt9uC6SzBvuDH1iURnJGDLUegFTknVtPoFkhPt0Cr5SJOVAL"
    "uh43EkQyTEknDEoRUGcm3AyZUUEBHvwuktDflGjGQrShXLJSe2henSHUpVwXKBI2HUzsWS"
    "EzV+liKwkstXsVWyUn1g/g/QINOk/fV/9w99u+U0ZyXNNGs9zSa7s7/zrJdj8Dr2EwyqHY"
    "OrIcMmjkGSHt0gtVMY4AjL4vfCRhdTDC4/sBGpaz9Fn4k4ncRnWAziBLvEfh1FrhIoHQi2"
    "wD0hPpemIqMLmakJ/45Ne4fwsuzOQzzSOCm10PCNk/Ig5lPIlKq7x8N76Ig4P7toUtwdht"
    "W0G70olHdPfzkFoHNivQR8D91d1x7JEjbgkjG83OTJLKMC9CqoP/gofiwfojtx0OGnf7sD"
    "8vXub3fbE2rXv97+/mfe2y6mTNzCChmDOF9ViqVEXGffwzF4FvjVI5+wESfiISXnWj3CJe"
    "KGyMoA7HCh2sKvLMF2U33dlKCpr9u8vq7tcInbSOxQXPHgK4r2j0XcfdTDCrYWjsmsqOEd"
    "dOMdstEtYOSWbGSOh1mFcrOWye9hyyDSd3q0icXNf1ZzKd6Zq3cfLz/9Vh4GflXSLOjqt9"
    "vry0KXJvLg0JCP2kxAiXDLmejOm3WgiWjnaq+8idn8dN784KcRK4y6bmHHDZlS+FOVeG/K"
    "7+4swgnQgYpzMghL2Y+RF+7MS5VKUIrXxyqQJe5ew0PLIpxvb2t37dXzcciFithut83Jdm"
    "c9fIGvDLPvIY8GMzHZEL3ESbRDnNYKMHEKJzXNpqa6qamu6Tul4N6Kvb9tWJGMZGeOrJPZ"
    "s/QKxvgQVzuojsX4sK6HsDkUI1U8oWGR7Zm4qVh/9hA5nlRXJaMQBVxHqUJJeEeiwaDVlT"
    "h2u6Kc9q7ubOIqtNgbTVzFQQ4e1VRak0SrlkTbx/ooOzm791GMxph+Ro3arxp1SZhjzcrU"
    "p/hKrdqE12M2aUvVE7tj/aSShS49MEs451jH2E4v2X+Expacc7U6IhRIrhg0lxLpxT5/gG"
    "4d8FIpIBwP7yG6e9FSxBODmCzOIvyPzzcfK51UiUj+uHSsAP0f0isYcRcHJYBRr7Pk1ZPc"
    "4Qc3OHrltn/9f6BDJ64="
)
