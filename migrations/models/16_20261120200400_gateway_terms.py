"""What becomes of streams whose clients leave, as an org says it; and limits of features that hold where nobody pays."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
-- Without one it is the installation's.
ALTER TABLE "gateway_policy" ADD COLUMN "when_client_leaves" VARCHAR(8)
    CONSTRAINT "gateway_policy_leaves" CHECK ("when_client_leaves" IN ('drain', 'cancel'));

-- What a call that no wallet pays has reserved of a feature's limit; others have it in their hold.
ALTER TABLE "gateway_call" ADD COLUMN "usage_id" UUID, ADD COLUMN "usage_amount" NUMERIC(24,12),
    ADD CONSTRAINT "gateway_call_usage" CHECK (
        ("usage_id" IS NULL) = ("usage_amount" IS NULL) AND ("usage_id" IS NULL OR "hold_id" IS NULL));

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
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
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
DROP FUNCTION gateway_reserve_unpaid;
UPDATE entitlement_usage u SET held = u.held - c.amount FROM (
    SELECT usage_id, sum(usage_amount) AS amount FROM gateway_call WHERE usage_id IS NOT NULL AND ended_at IS NULL
    GROUP BY usage_id
) AS c WHERE u.id = c.usage_id;
DROP TRIGGER "gateway_call_limit" ON "gateway_call";
DROP FUNCTION gateway_call_ended;
ALTER TABLE "gateway_call" DROP COLUMN "usage_id", DROP COLUMN "usage_amount";
ALTER TABLE "gateway_policy" DROP COLUMN "when_client_leaves";
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
    "FlLkE9uhlBrVnk66gtrM8caAwZxJ0DolyzSN+WLX3VqOSdzQJQaKNICRAvE34gJeu8ersp"
    "l9Z449EjqM4w820O2c4RdSalu7fTrBeDdRMpUu9oyAbVNFZ61LAJlxXrZ6NZItG4cC9IPO"
    "IxAWVFPtRItxPGZcQ/LtGChkLnkw6byLO6jDrWYH5PZO+D6nK+O7z/BnYr+e35LIfYCSze"
    "0ZWxv/qH7EJrCDFDiHVq31UgxJKXQuVIS2TMYabdYWaywA7wzpQcGIrZNGnRPnKX+2Bw+k"
    "nd64SwVHYUAE7G9xDfXbMEoN0Woa2Lr1yJ6MyIqTKOBw6bDD1J1ZVVvqtBPi2lM/hARy5m"
    "jjWLCyR4NED3HvSbKzWcwLZSIiYPPFnSlhuFXLXnUEbuOF2HjqOxtOuODsugBcppMQPyJp"
    "CjNWkxYjtlDtcG6zkla+DeuKZbAW0g7ka/spjz/JKkblfTol9S2d2bOdF0LnjTCL+o/9iK"
    "r5zjJZpSNCbcsYkMxUz35Yi7vybp0LwquG/7m25gPiVahsU0LGanNioFRqaPHbgiDwnE+v"
    "OkEBrsBdyFvhSysq3c28R+kPya45fkELtSQC2qRNOkZXSeD23i+CAwbBQyJZDTMj0E+bvn"
    "TZbyd8+r17K8lm+BKzTEEn//peNhVtFBaC2TL5i/DKKIGi1iZwbvA45klwxOsNs0R7nOxI"
    "8DIVd+EQHs5ftPF59/W4VNrpwjH64//XRZEjh5+dvt1cUJlZ8RGzyFBk5ANoHrO2wXkL37"
    "cjQmpqnNK9A5/6CJaertNGtiub+3ydynAfGs5c+kNC0vN2JYZ7c767FJc6Um3SksFztz6J"
    "eHoxNP1g4GTTqO2I3DeBnxXSxTY6bOAylpv7nVnZrUJSbffEfMO7xV1dWITa/OXdf5MSb6"
    "QUx0oeZ4luNjVxHSvJwB1lQbPYZSPBEPJwxWo6JJmBNsaRfqBvcRbMHolC2CX52+uJYw2Y"
    "tbZC8ae7DNVHTCUMiUG1rrn4rTnJU006zdNGtiD34k8zFhfOb4gxJbMHV1WGcHzrPjNpmA"
    "1ZNc5TWVBhsXH+Rdpr+v6tSadjHH9Z4y6io5/JLxPVR1d+9gMud9bw+CjOFo6I1tN6gGNc"
    "+r0ayueX6acBaUlMxSLSL7I2XEmXo/k8jwfg9BUp5Vts3HCsZ1dJduArr+dH2mM7xYaSCp"
    "l1P8cvF7SRTS91nsE5/fv70dFJbrDhD9Et+mp5Cm3tAKTI+jR8NCLlGg4/VdrTnHr9FuVW"
    "YTVqiTYtzHSLi2PqJGHcfPajqOnz0rhJpzNyw5imqq1MXje+eBe/miCcP+opphf1EIHnSx"
    "kg8jGX+4pTv48fPV1b72g73HZgq4Rg+E8VJXUXWn75zY4TLinu8L6F1XPzPm8imYy3HqPo"
    "dqdaO544VByUFb+RpVSGtcTXBwIdBLem0HM4dDkopMRSHYRnQiI19gd3h0pHp3Uh93QDEP"
    "23XMKIh3plnC4IZAeSTHlc3RIWGIB47rojFBoWdTr2E6QJ9ez8g6a7MLZyU7swZOZhNWcF"
    "6lTOKVk6is7kIs/OPPn4lbFQZT6pXq5vlbIDrK6wRtidTX5D59AmqfNI5kz0p4nIRVqyZy"
    "JDGFrVXOgGF0+svokDl2lHK9VgI6czrQsgC+mP0GRU+SeiYNA8TIVLxZKKDIwrxVXuPZd0"
    "2i/8SomuDgQvyfIdb2S6z5mHNxEtmjGeazItC35FsVQZEX1Lhm9QCzKfXOHHuIfnn3FsWo"
    "b63FXf16m1HgCkF/mXjLZHg+EtCwGieiUGeC/uCwAH7PET+nVbPBshsYI0q3OTdGVLdsg7"
    "UxVWIgZCytaithkRm2nzhJU1pGP4vBqKr7VVX7WCd14DoPBFGGAtKua5Ppq2JUERODaoIm"
    "tQJ0+6DJIxVO8B6cAMc/ulg0YX21Vv9zsuM21kq49onQerzAceOKwtiyiC/mfIgYeaDQak"
    "UcEFGyl/0UQQ2hQHzqwVDoi+bYsg8xRlysMByEjIgfBm2KxXUeUBDKnyyHemaT+gvrtWAS"
    "fI6uw5qDYYfJCf10IbQ1CfbhHTD5aHvMR5PnmNDox8uRqulVImogV4Nc8bzLC5rN2Fi2p2"
    "jZmmoKJzHNibnSYp5zosZn1ol5HpfU36s+DnNiWxyG3ZlbpU560sRv8fJkJc27o9u7o+Bv"
    "3ieR9g86HpQwaPDxsI46+2c8YJ9xlXnGaYh+L/TeTD5fj+QBjlJHDEllSCrt9yqFs8C0q9"
    "0TsH10V7ckSnZfFnS1HTdFdyXQQ3h3z0Nx8lcR3LrmnbGA1n07f2J0wdF4icBPJdMryQNh"
    "S2TNsDclSRlxHo5BakxYlOBHmsbCH6d7ZxCQuV+ixt/MsetWTldK7HBT9mxfL0OE/Iuz71"
    "+usIY/6tC9+Xjx4UMRTnitYmxKQi/rMc3L6vwuHANbl3JelutWj+paStuFOoC4UMI4Et81"
    "SQ+WXYAZ9pCj1vx3F0D7jIJaogx1Wk5fsH8hzCKNW/bsDlXH88OSfba6CvZKwBTB3qIINu"
    "GBM5fuFxl/otjNvUy6T/vygbUNK+QBnVdUXKzWvXNiGieKtY5t2FlblKLDsoX7vUTUmD0K"
    "FXiV3e8FQcOGGPf7qfgcMp6l0GvjVVpJmenVenoFoGGrlzgjaNyGOs8xDzBrt1NnJc0s6z"
    "zLE8dz+KzVNOdEzTzrPM8ugRbk0vpVUWhzYtoH0AzeiV8B3D5UR1xIPi4i9IHDXzAn2L40"
    "n4KyG6HXPhSxTN68Zjq/ZuJWgE1hnqvpwbXEVvxgd+Z0P/QgY5QJVG0lZ3BWqn981O797R"
    "Fic8I5npZAXV0mqiDYB7QPXRTKZ/TBsctah9SUaU/J9AHzfa9wGY2oAvBKoH/oPj9rUlZC"
    "jKrmVs8KpSWkP6yVFycvqa1zUnP3DQ2DtlNQEDVz0NKFxojtlAWX/EAsZ47dSg48kcpri5"
    "HY01i8a5NQg+cPV2/ff7z48PjsfPg8arghzk0nKhSRbEHnhSJBllAYRyEv8d7UA5wS2xph"
    "zfb2nWPsM4cKk7okI2dTgMlaTtt+JoNnyKWLIXqOPMrEzxmiMzRzprNm/MEOA040ymQ8EI"
    "fzdQYFRmQ5Eo8GaEymoYewt0Rzyk6wtYIFFYJcAR+2Xccrsbo2+E2L4t1ZCl9kaZpFvCCi"
    "ThvUB4JPHIPEnZzeauAuVQ7zTWR0bndzO4P6d9NHHMG3jUhbMeUzzIdQgmiGbeTixrXxdr"
    "f9zqgYqRYFkhLRnjA/cPjHOhCvnQJcKm8UtQ2KGiMBW47oRGURp2XMKi7i6Sgno2elDKa5"
    "NDlC/JGNlyU7QuW5lpE5nCXxQjVW/R1dCGPCm0Yl84DFklXzItcPwoyge+KLf0wCwuQYEg"
    "VrHr6pmx+yaatggIxgd/RLaWrIJI0FEdMQ9yI7Da1SnxoBVw9ElggtKxQQXRtuqBYwIqth"
    "m+tsegQx8Ub64mW74+SvO+imiJG4y2thaeST/+AlnROOJozOn6JfmFAp2FK8r0v0GJ4LvU"
    "TEPZ6UlNbc22O26BkV3Uvl1FpLmAIFqgUK+pg+qzmv3sds+yhpHazgdGrekSvEm8z7vaag"
    "dCmhe/+byOmlw3YD09gdTCcTTkrW6iY38lquN27knVliMURC2Q1wEdnqQKu83OF228ERlL"
    "O9hFm1qCVpkpb0tHE1aHZyICbjeoKkhsWHaOoIYxh8ZFg83JlOo+C/QxF54oYex9JyK4W7"
    "zv4pyurtshJW/ILRQNb5iOBvj/7h7CV9iJ/3QlsdlPM+8tJwE+3jJKM2sj5fYbJkZxLJv0"
    "ouZowDa4Ys8WwU0ArWRa6ZEnpnB/czPE5HeBz58xTU29X4PtkLu9NsTdnO3Z22hobZKw1j"
    "8rlMPpc+69vkcx1tle+FaLCw65bwkdWby0rA1JLbYnPpYgZS7xx13UxC6t00GK6zN1ynPr"
    "TODcSbl9M6N3Eoej2tkwSsNwvmoRPJv/kutgiP63d7EEwO0eNRhe91ORCe42Ui23KIvIoQ"
    "nl3efAvCRxej+TQIn5IaOfVO4rLqOJ0+hnbhHT4SSXkg9h9ExK1Y08YA7VeqJhv7FzD1Lu"
    "x/hjyYV8Rr5ofUbvQhDBaHWmZ0Mx4/atXAYSeWgZ+POJo405DBR3EQNVrA9sycICDeaySX"
    "C/Q0/7v8F8RSPVDHhp7mF75PPPvv1HOXQyRk5A05RGVXkP4Hevgf3h8eJEWt7g3xyc5kQh"
    "jxxFH0BmHEqOuGPuRJSv9TOIfTSsaPx7fx7Pj8chhaA81b9GSPJkved2RaXx39gNJFHdBX"
    "ZVfg0HNrWwHUoqQBN2/nW1bIWKuckpxod0xOCMaAHVkujNeRkSBTf8D/K/7rr22ErXWHTp"
    "imfY/Q1sZfJSMQFDextIz+21eUVyNVKQH0UIZgWFRsE/JE37cqbqiz3u9PjAhIeVlmeh0n"
    "nZbqEw9wYDo69CKIlLBPCRnoW0NvvGIaTILximkxDTpUj9NtJnZelaSjJRC7BDEDCzQkLZ"
    "ZyTtJA3ajgJCMlNXZq+rOlZPoQP3WAbnjjkHmqMKdlDMyNYOahTxgndkWRo5rw4rygxoDL"
    "mnOSo0NO4ihJuARw03hNW37vfz5cYk8JG23Krapr5FJxA+0drQfgq3VysFbWwkldHW52qz"
    "avh1ONr5qHMMfWGyehcRJ2fV9I78AQ4MV9bBFFSPNyBth8CkKl37Um0aPa49oHv9BeVIgI"
    "MwmTMtKJVA+xfnHWAOoXZ5VIwyXj8T5RT5FFnIdWE50TNROt9URbIQ/oXJhPaqdUTkxjS1"
    "incyrkykCnRAzIjUCeEByErFyXrcY5K2WgbgQ19p3RPVkqmg1ZKUPSnFBmwYGxPEpTSd20"
    "lZ51ldQbXtNW8jC1KE3sysnNgYWtmbAq278MFTcw87HFfIwgE4y0n46CvJmNdrPBCObUE9"
    "+r1VyUSZuZaBnnK52UnIbMUqKj83J91I52nhSiQzTjQZOyUwHhJq5RgwVugu0Ug5IS+xoy"
    "BS0SVR2BlPKQN13VfQ3FO9DSlrMAXxax0NV1AsQq8QkLHKJUQy4rZQrJbVFITvxudY96Rk"
    "jnjeh6gsR5E1W6sFHkzIorS7R5BXZPqv0VYi8o7T9fe9KmxTqi1xzvpJUrYMSd/1Fa41kp"
    "jRe5NkEjEWJiabqlC3oT1ClBg/ZmtF2BhGctR3OVbrNZIY0bU6ja/jur7K5PutEBdfXYcE"
    "OgIYKaKLvJcuK6aEK3b7zSbtc+4XSBqEaXzchCllpJmdUnlUHwM1kOapMIfo5qzzTKIxjF"
    "hWo2V2crrX6ZROuWVNhsMH6Lopl6hBZvTjboYoCLSTswtcm6Dq6J1D6RAF4fL12K7ZHtTA"
    "kvmetLxxOnUAVfVpDNTfZ4GURcmh76z/Uk0kOBruSy/pwsDgpNyfBUzC6UC8XIDn3XseJW"
    "QFsthsuYLFutA3FWXL7/dPH5t/LWGJcl5Nrlb7dXF5qpUe8oc/5HQlquRSXXGyhRs9TQjS"
    "rUJRF2A0F33PEscjdMark+vrsnfnAHs3cXfXT3BCrJ2iSZSshVFHpUNHQJl+d4icYETalH"
    "Xou1QNADYc4kHltUxg765C3UOvg6KipdMr536txOWrpXK3JyHagejCshcyRqdyTqtL1+iN"
    "i0dzRklVtsekyDbTYh6GbJ+I177Tu6EFuVt0SysRIKKL1HM/GZS71psZXDEMGdh2iV0jtc"
    "OWqHSH6rIRqH1j0JSizd/T5qi900QUvlJU9k9vGOH3V/7fobXredG7vclAPQH1iTjmLSUX"
    "qQjhIdzkWI69sIraV0Lt45uMLWDMzBs/9+/PzfXj1BcNRzaF8Cygz8FxgHKMw9lhZlM4ph"
    "h42HTAnnA4d262RYfJZNcWrtitSQBmZF1GVHwaoodWpF+jxEUpEHIi7a4p3xuJBo6hXbcA"
    "NjARgLwFgAxgLoPrBHLpjQT1CPWMJGN0D7WcPmBFE+WhGbE8Ta0DKGlukBLWOYgWMmfZvm"
    "TseCvovVcXo3Cd0skNO7adChHIJuM2GKIHQPYn2yrVpBva+CNjvBWROHxnUYjOm3j4SDI2"
    "JQ4s7IDhjWOTOoHDqap8Zu9GRcoHh4VAEBI4vO504A3XFkTSoISpo7nNhP0QVidAFOQfA+"
    "EBR6geNKP2ByhxnmyAanIKRlAQla9Hvs/3FNWprgB+zIlQ2x/aaHySF4ymqXRR+7hYt3kt"
    "+/Tq1Z8Q5SBosZFuybpG18dN0Px67DZ+3KjuwkQHg9GfK/CpORjNd6Mm6TCRhCUHuQtARr"
    "A/fzZ8+aUBbPnlVTFs8Kx3ycf1LEvabEy1rE1HfZor4LnI5KC34loHERhsHXF2+R/KI+Zt"
    "D7Lm58J0/YNqt+9zyoMAMApRZpeVlJk4KgYXhCytGbVrQUJzov252pHnydEU++cYy4eClT"
    "pTjxbKGooscyQ+9Js7ewV0tBKPlzv4wvqA+YTMv1phZr2xBITYzWXwhzqFA0Psu5Lpis6c"
    "vDOoPVjweOQF1uZq9eC3vPd4hF4FBL5KX19xot4LUT7xio2SFBHvkWROF0kIUDRqKLeYBY"
    "6KGFOBWLxumO771FvN5x1XCN8h93qG/XZEFCQfTQVUI8LaOz8XN83FOrWrw0I/GKtFAGcq"
    "Ld0QVOUu2DvbDlROdEdzDRBywUBicDfKt1NdmJw4gtz4bT0/jELMpa+nGRNJVVkBPt8irA"
    "UoEgkvzDJ7wKJNfZdh2shLuzEt4LnVCuAteZO1GJlkSBxN5yTO3lIx6Vazm9NQEkeJttIS"
    "3XnZUAe4K0DorHg9wabGFuTE5vERDGylbArdD0ymd/JaAz9QpFIIJkwsEcnGDH3UGjitur"
    "X2/r2e9MCaZkeJ4S14dCcHFp4SX5+bCWNEhGNOIKHgiDDDqw6GXNrA849KzZz2IjhgKuUK"
    "UDUTblufoclnjsMJF98kYc4sl9xPbtQXYesmbYE7+snEU4yFO34BfgSSrWbjK+d/zCrgpP"
    "V5ML8RQW0a5kPFMSfYoB3FkN6j76qLVJUJDtaEZzxys7m+viV3OCGhdPhyAk6gWzIXI8JL"
    "8wgo4d/I2812s0XiIBenS2qCzwQwe5QnVSz1JqJZCW6eHr8KLJZl69lxcbzlpuaBO7ZVR9"
    "QVjjd0LzgG4qzkQo1OATNnp+X2I21sXCFoW70nwg2o8wEu+zHfEIW9sR7QKROcFlntvKxb"
    "8a36MlvzP9Jc5jV8EzLWIgrS4HJN9xcaSHQYmGuDH5LydtlO8SpGeYj8T9CZ7DU4snIqUu"
    "wV45zgXZfJltIdxBiOtOt+vrDxnW5vJ9npb58vHy6vPj57mtuAg8mUyIFTgPZDRhdK7KnB"
    "aljQtVa3ZU/LRIWQ9G/6RjlbOiRPJwO9lzxcCpwVcnmEXBqdJLJpssYZQswMPvbwKyESOB"
    "QA86ItlY6ZguFz4c+t8rgr9qJABBwsIYll0goY0ADdVM363g14SRvgyZ9zmUX77ASq+uDe"
    "uY6aj1bTJsEz1dva01SWGSz5JPTsqcUO7IO5t8puPmMxVmpingxSk1Ja5y5GSyxguo1scQ"
    "p+X6pNXvopJqn8v+DP4GHRoh3qLhaWaq/7Tj0+EHDoXe5jMycb6hBSh1GE0cD7vobzLr7m"
    "9tZmAvBYKA61eZg2S85lMAabEy0Qvo5mHc11tCj5PO3skvOf6LYHpOm57T/UPbVETZuyPC"
    "L1NUauH1S9UUA20B2sAhrGTtVuegrwS2ykDXbI84RAK6RoTHbTwLpYxHdHG4kfIIVuMU2n"
    "HFPdVlAX4Et+EyHiMOfuJP0R0ObYd4FhkJpfIu6mkJSy6t0hD2iCPyLSAMNE2ooS8uQrro"
    "sq491yEeXcLh/J6qtb56QFLNJP1E+DsJAvuzaUifIXcOQe6Y+vo7pHNMIN+6onOjfMuzmn"
    "zLs2K+ZWGTaQp0QbCHiD9/2YRayLsAU8zCy0q44y1cGe1Yrodg76VguYms3rXzkwc4CEts"
    "gJo0+JVED1ft7rcIDYM4umN/dS6GYz1fAW0/15GsmWmdZzoyKUdRDkSLwtMl4l2JUf4KAS"
    "RQhTX6EXGC24SyN9INRMMAOcEQeVQY32y6g2zn1tWqTcG5/r+Iq1qqLSY6L2u2XN1mWhPi"
    "9Jc4/OEX2K8HZUnMmQHD2mzmeGi0+TcjUS88yB5+xBFdeEjKgeMXI3l7oDJ5QLCdVP0EHv"
    "4RkJpyJL97LT7xCIfL4BAeoi83P8jIPxkKKEsTOHIDL6nefcAHNwmCS3FrqYiUKGjChMEZ"
    "plTvLVcl8K3HQVotjXMTndW93mzRQVCEuKbO+UrClDnfosy5hrxTh6akE7qxIZ5OcaYNrd"
    "HbadbE2P0Mcx7hXLBzV9eGdSYuS49q0JCKQYkraSWuG0UJw1AuPWEvkoUMtVnQ0LXRmKDH"
    "GNlsCbXWnjxFUGvPChmPmu2sCrHJfi/IpRSq7eGS0t8He6qaWSv+39ixxo7VezdVsGMdPh"
    "JvDdR3LgJaWzogK2jqBjSvGwAqewv1ICVmdAPtdINM3DZtMb0rITO5Wk8uxNeo9aVIBPrI"
    "Se08HidS2tpYT2lB8w5p/Q7Fc6WmxGWEjB5XqAdHyjS4mnKIiURvWngdutpnTNeMl8rR3C"
    "Wi5nBocjiscVPcO/KCZv8w0VinePJOHK9tMFZO1HghdJtnzejpt3FS5qCGpl6NGTahq0dW"
    "evhG3lrGwTpB3KGBR4VnVrmi6PGjR69japlOkEejBkBPch0gVs+GfNJEVvzxpMhYH+B5Wz"
    "SYSN1Y5eTMiRm2WpWtTs2hkoqYFeuheriXDDTp4FGsC7+W6VMK2uGtIUjhH42J2PZK+LEm"
    "BVdSwqdYHOTFM8X0CYkZngTKFVgKsgbujXCLXb/l4s5KGqgbQd1qWWcEDdCbgGZw8gl1st"
    "WyLgobwJsC3mZxF2QN3GVwa2IEfyXjGaX3F0EABYgGJSZwbsSwzgBeRGNHODW4Ua/FQJiV"
    "sny7uKXzQNgyZ20mH0tr0wvnY8JKDNut7rSFyZq6p4rJmhMzJquqyRpNXxHySgtqLdAnC2"
    "pnRTxMwNoOHRXqxLVxTGhKWKen1RWwe9ZyNFfp7pEVMnuPQgGh+vL8lUWEutzbbBe1+WXH"
    "85Fqs+aslCncvLlwc4TYnHDwlxSh3tCSPi3YB7TrNvpddaFPow+uKRXQk/E6eykGkBIycR"
    "gP0Bn6+TIpiYA9vohUVz2mQS/79YfYlBpUG7CrIcMmFqydHt3IhI1fZRRQWdOIeLZPxYSU"
    "W6l1g7cwRE1ej8nr0WGzVzCTkqWviGhOzMCar0gRbTCKqGalDKhlTvsIDxWlOiOls+rRNn"
    "62UQXq5zUVqJ8XK1Cb9JW9Rihz8lcR3Poo/L905y4GPzG64Gi8lDqV7CRGQIeLA92a6c7H"
    "iUqJHSZKjd1TIlrPypWYAzQm07BhAc9dM0viaWWVgyqBXY3XGtVLABRxx7MIxHIuMEdzbB"
    "OoNCArCDASmzDEPg7sNviAlTnwtVR3ePDB1xnxYBLmeAkFHgJ8T7zXCBrFeORbgOI3VVaB"
    "AFOeRO324LpLMG+4MfWJRGckYMtR6AVOSdW0+gWSE+3QKvlEk5UAu6HjcSRDJMSScMShFQ"
    "ZybcDJlRQQEe/C6S0N+UaMZCtKFcslJ7aF6dIdSlXBcoEjYdTOxZITNX6WIrCSy1exVbJS"
    "fWD+D9Ag06T99X/3D3275TRnJc00az3NJruzv/Osl2PwKvYTDKodg6shwyaOQZIe3SC1Ux"
    "jgCMvi98JGF1MMLj+wEalrP0U3RJxO4jMsBnGCXWK/iSJXCZQOBFvgnhCfS1OR0YXM1IR/"
    "x6a9Q3hZduchHmmclFpo+MZJeRDzKWRK1d3j4T10RJw9O29S3B2G1bQbPS+Ud09/OQWgc2"
    "K9BHwP3V3XHskSNuCCMbzc5MksowL0Kqg/+CR+LB+iO3HQ4ad/uwPy9e5vd9sTale/3v7+"
    "Z97bLqZM3MIKGYM4X1WKpURcZ9/DMXgW+NUjn7ARJ+IhJedaPcIl4obIygDscKHawq8swX"
    "ZTfd2UoKmv27y+ru1widtI7FBc8eArivaPRdx91MMKthaOyayo4R104x2y0S1g5JZsZI6H"
    "WYVys5bJ72HLINJ3erSJxc1/VnMp3pnL958uPv9WHgZ+WdIs6PK326uLQpcm8uDQkI/aTE"
    "CJcMuZ6M6bdaCJaOdqr7yJ2fx03vzgpxErjLpuYccNmVL4U5V4b8rv7izCCdCBinMyCEvZ"
    "j5EX7sxLlUpQitfHKpAl7l7DQ8sinG9va3ft1fNxyIWK2G63zcl2Zz18ga8Ms+8hjwYzMd"
    "kQvcRJtEOc1gowcQonNc2mprqpqa7pO6Xg3oq9v21YkYxkZ46sk9mz9ArG+BhXO6iOxfi4"
    "roewORQjVTyhYZHtmbipWH/2EDmeVFcloxAFXEepQkl4R6LBoNWVOHa7opz2ru5s4iq02B"
    "tNXMVBDh7VVFqTRKuWRNvH+ig7Obv3UYzGmH5GjdqvGnVBmGPNytSn+Eqt2oTXYzZpS9UT"
    "u2P9pJKFLj0wSzjnWMfYTi/Zf4TGlpxztToiFEiuGDSXEunFPn+Abh3wUikgHA/vIbp70V"
    "LEE4OYLM4i/I+b60+VTqpEJH9cOlaA/g/pFYy4i4MSwKjXWfLqSe7wgxscvXLbv/4/cEOn"
    "ZQ=="
)
