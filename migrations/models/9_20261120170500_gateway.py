"""The gateway: upstreams of orgs, and calls with the functions that hold for them and settle them."""

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
-- Written at every call: no foreign keys.
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
    CONSTRAINT "gateway_call_ended" CHECK (("ended_at" IS NULL) = ("outcome" IS NULL))
) WITH (fillfactor = 70);
CREATE INDEX "gateway_call_request" ON "gateway_call" ("org_id", "request_id");
CREATE INDEX "gateway_call_open" ON "gateway_call" ("deadline_at") WHERE "ended_at" IS NULL;

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

-- Admits calls that are about to be sent, several under one commit: the terms of each are looked at, its credit is held and
-- counts as begun, and its row is written, or none of it. Where neither a wallet nor a hard budget is concerned nothing is
-- held; where nobody knows what it costs, nothing can be. Sent again, it answers the same.
CREATE FUNCTION gateway_open(p_calls jsonb) RETURNS SETOF entitlement_result LANGUAGE plpgsql
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
CREATE FUNCTION gateway_close(p_calls jsonb) RETURNS SETOF uuid LANGUAGE plpgsql
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
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
DROP FUNCTION gateway_renew, gateway_close, gateway_open;
DROP TYPE gateway_closing, gateway_opening;
DROP TABLE "gateway_call", "gateway_upstream";
"""


MODELS_STATE = (
    "eJztfWt32za67l/B0pcks1Qfx3bc7mSvs5aduo2nSdyVODvT3fbIEAlJGFMEC5BWtGfPfz"
    "8AeBHvIqgbSOHDTGoSLyU9AIH3fd7bvwZzYiOHndx88xF1oXNrI9fH/nLwGvxr4MI54v9R"
    "OWYIBtDzViPEBR+OHSmEotEjnB4+Zj6Fls8HTKDDEL9kI2ZR7PmYuPyqGziOuEgsPhC709"
    "WlwMV/BWjkkynyZ4jyG7//PsCMBfy/+W0WjP+J+IP//JP/gV0bfUMsHBMwRPmXCO94j6MJ"
    "Ro6d+X38Jr8lr4/8pSevffly++NPcqT4OuORRZxg7q5Ge0t/RtxkeBBg+0TIiHtT5CIKfW"
    "Snfqb4FRE08aXwF/ELPg1Q8q3t1QUbTWDgCLAG/zkJXEtgBOQnif+7+L/RV0sNG40+3t2P"
    "Pt/cj0YDBWwt4op5wa4vMPvXv8PnrgCRVwfiA96+u/r0/PzyhYSAMH9K5U0J1+DfUhD6MB"
    "SV+K9QjudBAeqUyDbxji+sAF8txhjKGCzN4E0t2mTpZ9F8O4O0YuEmEjkw+ZfrIIyDOfw2"
    "cpA79Wf8z7NXr2pw/a+rTxJaPkpiS/gmFG5TH6NbZ+G9LMbxpqIAckrEoNwMZTSH2FHBOB"
    "FohXC0ueoK8EUjgC9qAL7IA2xRJOAYwZKV/CO/4+M5Kkc6K5mD245ET+L/6ODyrgH7/vbD"
    "zef7qw+/isfPGfvLkXhd3d+IO2fy6jJ39fllbl6Sh4Cvt/fvgPgT/Pfdx5v8Bp+Mu//vgf"
    "hOMPDJyCWLEbTTmMSX40uZaQ5cB7uPreY5J7qFid7PWza49YGDfAZcMib2EmD3DeDaIaBk"
    "AZgPl2wIGOFXoM9H+DO+EsA48AHmEh6ijKtT4nczfgHAKV8Ug6NYNEIRnjymlDRxYQytxw"
    "Wk9qhwh5yRqrHFW/Ozef4KdOFUzrhAU3zPyJ64c9E9X0z35BG5gxJ7I3O/1tYgLjcM+FBu"
    "HcRj1xkag69iUUAgjpJwCYlFwbc7G1FgkxNwz5eRfBzA4T1sA+jy/wGGpy70A4r4L+KfLO"
    "4zn1Bkn+SXz84+pMQYqrZ7huB3bo15mK8a8X4bO8jYQbqfvQp2kBdQPgKp6I8pkR7q6C8v"
    "G2iQL/NnzkqBFLcOqqDvCV6+OSOKxNG/gHxzRa7f7PQ3Crumm0YndK/Me7U6lBWnOStppl"
    "nraeandyubjHXPHjua+dXEhPqELPKE6PIt/3NQYkJl7g/rTCgajeQLMBq6VVdNC6+MjaeI"
    "lbw119iFdFn+zqxkcq/MeOkjthub5DBvyfX7u+vMC8L1ievbj1effnv+4eofLzJvyfu7jz"
    "/H49OL//q3+5srY63s01oxZ4E5C3Z2Fkz4D5lV0mmZ+2vOAjlShU27mwDBUjHEGL8yBNgF"
    "ULCwrwGC1kywV2IJ8zEWF54QKllaF33zi5zZZo9qcvZEjzbHj/7HT2qqFE6grJQ5hAy9cC"
    "xnkaEXjm6ajUrZv/nVRKW8J75XpkrK67UqpB+P2CWLUKm76WO0HodLkyGuGCjqyiuZbenK"
    "O3IT3bgWXXr8a4DAFX57YW5gDirk30SMecbAI1o28x3tTaM2yt4RnBKZaSbuBNN5u4nOyR"
    "p9QOeZdiDzR8xHXtl+O711/fJJzojlZhiHvu9dvL6nirvt3STicxaI+UA4I8LwPeGjh5aF"
    "xEYchUR5kHFDH/gLbKFm2y//hfyf7/7j7Oz8/Puz0/PLH15dfP/9qx9Of+Bj5W8s3vq+bs"
    "++/fn24312KYgL/9ZFgfvCtZrPIRlSpselb9eqc1I7YqmR+3EODWWUmQlg00vb00e71vdU"
    "UWDj5vw9ICVoVodXrSS0jq8S+/OCUHsIIpI+TEACZAKgC+L8QJDOD9QiH8VozEekRyHktp"
    "jovGx3plpEPbpx0OMYTQNXvJ3i94DI7YfsjW3Zzq0FQ5UfxTRT9ETaJUhlJY2BrPMs4xLL"
    "uCYruswg7kEm6UUTzeiiWjG6KOhFUonndqarlBCdleofzuenpw2A5qMqkZb3NKIM+PVPxH"
    "EC723AfDJH9EdYWg+kYuSwnkjgMiMqhUZWJDWyYbPqIINfKZ5DuhSEO3hO6JTblEPApYeA"
    "GxqPzIMWkpeSJ4s/mEP8F8U4ow2ftYF7Kvq5KudPJLIL/ULXEKOOnDvVPEm4plRokpWEYU"
    "lyh0/6nVSBNC9ngM2zHavtTeVYz4npTES1PNh3U1GGnx9FmD/PoeNUem5imf05bXaJceiC"
    "OT/7/jJxuog/6twsnz9cvX8f+lWy1hz/Rcxnan6wtFSfEN2DUytbbCSESAn7lJCBvjX02P"
    "UCPwzOV1z7eUkzCa0ngQR+21koiJppaD0NFlduRgEr2Yd+RBa375yqiJeVWN6mCuVOIvkO"
    "zkQNqD/evL3lh+nzs4vhyzOpt3ADCvsordFcnJY4xGxcds7WY7ySMhCvg5iiJ+QGqMVSzk"
    "kaqMug1o9bW8+pqXFpW6fQPEqesI3oEMiP3phGq3meodIMlWaoNEOldR3YeItT4dHSMj0k"
    "0S6bVMe6rC6OdVmojSVPDxWEE4Eewvvy7IcG+PJR1dXexD3DURqOsofkgOEoDUd5zJNgOE"
    "otpsFwlEoKt+EoNYXYcJTHwFFeefgXVMpNRneGdZwk9PAoyobfcY7giuAxvb0OnhJo+DnD"
    "z+kPrPy3AGg1cxSP7yFxdNYoav2sJmr97LSgIHjB2MGWYiBhRmg7SB/UDbPrZgxh3ZxRm/"
    "KUBVHNK++8+3D19rvP767OXl12s/YOs4iHSmySK0ph1RwlIrnJcTDrosld55W8+cf973+a"
    "5OvjcfBqmXCrWXZZn2bZ5NsewyzLYggtq5DmZTsz04OvWPSTFM39sBv46LWoqYAZWFDs+6"
    "LCggvG0Ldm4Vl+XAuCa2dkwad0xQ81Vn+Kou3UoD0uAiIbig4B/+qbT3WdSjRejh7591cx"
    "rkpE+5eBvX0bKwWbGgVTENyAg9EM8+1QMBR5DrTaQFuU1B7bgWjvKuJio3I7lPjiKwGfbL"
    "xRrIFcF19CYGP/xvVpuT9hdXdY61MQ40YoGdigtS8BNrbBQhSO9In8d8j/nx/LornuhJK5"
    "+Iuisoa9KqLqfgpRynB1BUrav/yex7+ShT3oVEr7kPLPrX64qZRo3CI9OjrUjQvDBHXBWE"
    "j2wKZK7UpCZ8fMwCWBe+IJ+/YJ0fEQCMuFH/7CZhQH2kk4by303e3HVK/OGlUDoyip85xo"
    "Y2DkD/emx0NezhwSOWAjnUgCorCMc2I9XMPnZw3W8PlZdZGys/wazqifTRdwRkh7A27Pi9"
    "eaQXda5i/8++e7jxWEw0okr+dgywf/C/RyGw6u0YRQJG0pOPFFNmjolGbAQRMfkMDf2DQW"
    "YGWUn3gRJ77c1Pp+W+LJFQ+4Ls/jUIxtyEr1j3nbviZiandur3anJiTQ2xmyHj0iMgZKSK"
    "DU3eF6EsjKjl7LBF0Bhqcu17qZYN7myPVF9fkZWXABKqrQc3v7GQN8F+VqORX9ZZF9Aq48"
    "D7n2d8R1lm+AV5bfztBfJanwO/+0DRLl+TOKb1ZdBkgksJ28j8NGZO0x68NwQXvRlGaQzc"
    "qWc3XsWyyhd8jbNmDcVTCb4d96yb+JIwv6AS2xl2tjSdNi5qVSeak00cveIZhVEdLXG+hi"
    "s3jcWi1MuEEjzYhrOlH/n5QudAI+Rc5dsMD+DKAnxFUgGT4jBjPEH/sGQK404OkUUW4qcn"
    "sRc+WKq0wA2k/QtUpceXv71A20Ml2UguNwxx1WBz60hXmQ3GejqBlFTU/0O6eorbiPkfJG"
    "VpTVeU+TR3fcATbD+Oi6zaXwbZG4khc2L6LWL6KxmI7UYvrMTYJBicUkrw/XW0wsHreet3"
    "aBjHfktoo0UUTUCObmR8Z8aU1Tb/nhhpXWXR+vNonkQlA0QdMy+zVCteeldbHn9T0WlMqp"
    "oidMAjZSNyILoua8VTlvjQV/tDrOF1doKciuzNrIDmig9QSRgJrmA3yRgcGXEnCJ5GLBEv"
    "knoLTafHwg1eg67R73h/uHe5UQwGQCHlK5KA+A2wxMlqSgZCGUKPGfsWZFFvxvCl0WRiu/"
    "kTclEBT48BFJKhku4DIUhCJU4A83HnQCPhMxwCZIfGMfzKHvc0k+djHDgqCmshzG6gO44k"
    "bmc+y/DlNXxC8NL8iYYxZ+tC16ffM/FBJYKlW3bmkOfaCvjXKxReWCYdcqMeDrmZpEqDsM"
    "zeCzD6mMQ0rvTqmNoxmt1nX+RpPT9Yp/r3viffHKTtbVzTWnKv9tPvFGgdfoSK1+sTbY/R"
    "fQcZSDvzNCZv83+/8hE0Vm/N6MOKqlbDNyppDtuprBcE4Ct8wjUofxSsgAvA5gD1FM1FL2"
    "Eokepjk1aYdS3Qyl0ApFPLvVEs4KmmW8bhkLvKxynCt9ARkZnf3Zqj6Bs5cX31/8cH55kb"
    "gCkit1HoCSLhxsBOm8tAMKIQ6CbkVaTUosT+JxOX2AHfwkHhJW5YAuEBzJ3PMBXxLYkfbO"
    "GDoiTE9wHnBMnpC8mBzhAE459BsbQNd3d+8zts/1bc4P8/HLh+ubT89f5l6HcMI0MU2uA5"
    "ubAYMSuyS6M6wzSsarMVu1R9IFTWRp1CTPPPwrvIPcJ0yJKzJu5JoNT7g/mxozphiKMV90"
    "ODpV6KvMu9BU9ctK9VD920G57dQ2owbzNiuaawXy2asm6al8VHXt+Fev8jjntvCmUOd3/v"
    "6hvWWLxtiLu0TX0B07thOxCOmgLQyaWEpre2YrMQmbWSOmFv+mE2D8YapG5xcGJfFRYXmG"
    "t4frzc9RkIxcG2eSifyIxGVUq3CXiu4CJcEkDWU2cKslD1UxkzJCxi5VzgqMZ091k8sImj"
    "1Ouz0uY8Z5pYZFrV6WyByjWnZ+qqKWzZCyIzUWMeBq3Az0reyP+zOFFcWbUrdrz+ewz+5o"
    "mozcbW/QTKCJaQ968CPWUL9bpH71Cr3qBaSMBLQsGrSG4k0kekiK7aChCodiSsJ8gaYQp2"
    "UMyA1ANuTjjslHiub84eIj1TDOyBmYjTFxWAK9whZex6BXmcN6UeiDrzNpF4isqRlHFoQv"
    "H4vyoiIzAUwJGG+hb/AWuXauoYzGkOGS8t+1Sz8ruPELsKfOWL9CbIMJoYC4CITW4caz0e"
    "6FsAJKkWupqSYpmf5Vnz5voJicVzcKKOl1QSj2SwD+zJekUxnemZbrU3Tn+dn3l0lgp/ij"
    "LqbzM1/Q74u7xQTJSjKKcSlZqf4t3N0EpkwmyPLxE2rTqzona5wEWjsJTFPyY5hlE9XQ22"
    "nWymvyjuR8DcW7wwY+kzjXcH1Iw4N0r/DTnT2EFY2jCyHFwx6Gsu3OQxIukAyLroT+bDGM"
    "IuBBTFkxBGJHn7Em8p944i3iP3P0iJaFuH7j79nJG2/8PXo4J4y/Z/tl2jL7SQHWaguqIN"
    "hDx8ROrKgJ/3xERfvKMuaxpphYTrBlTbE9sVp3YZWVqO3bMOwULuo4zaANoIwbJJOw1uZi"
    "C3mHu6ofbvxIu6UcZXswlW0nEejhdrN9P6ghx/a2rSfWQBHpK0phxZ6ekcohrVe/0m3sEU"
    "L/+P3PUuAiq6kFeCnJ3gP48cuHm0+3bwsYroxMJQCzYr1Hr3T5ZazxNuitJHsPYIqMKuBo"
    "uMSNENWZS0xPs4MgQ6P27oEyeTPlWk+53OBavdlZyc74ggafRXFTYb+GhYwXhD6COVxy2/"
    "UJARFlAhiZIxlUs7Hp2rnlgDjWbRZDWq4zS+E4X3jk+05Zqaz6HLGVVEdCrw5He6SKDiuy"
    "2UXJDSjt7sCswGjLzGdFVNMy2uMpe8I5eI5lLWsIIromLJ3PL8pCgAz4RLhv2cYHlDL0rU"
    "jTvKjZQkq2EE2c+u8RN3xpZVuM9O1hnVvfkQPDFhJypFqpguxWOOSvhIvWlSqollFOpszt"
    "xNWOdk02+yN1wIsZLmJeH28by5hYW9PTywQzdAdSaFUUTq72daVEjEexgUcxdlipLNq0jP"
    "ba9b6XrIkw6LmefJ9qMFSpLd9nuxCt1ZlzXYt2V2k6F286BDktWHShNdWltdJ4jZZmtDSd"
    "IT1sp+sdcnLhtD9jQwAnskVlw0Teffa/Xk2DasV0UytdQU02YdUmrNqEVctnlIVVKzuPTa"
    "BIB/zGxpbdsds46uE0kuqFIs4F2WOEW7GUK+EPUtP8UyKG6cqXDHtClCGmiGhOTHtUpSWQ"
    "omdCt7w/w0wW+JniJ8SA4Jc2Pp0VsHeJWpZNPN7kflTqnppwjF+lzTkoIRajO8M6NnGxGr"
    "M+p55rlIiOKJo8yCaCwAqYT+aIPmMAfeOHigsdgG1AKL/nIzjn18VXCvPgRTfCpSxzJfRX"
    "QqfPpIpakla/s49Zw3Tm+ieFXyM2epMvZchOQ3Z2S/dRSQbPrPnGlEVGqod8xQ7ooWQ7Uc"
    "Y5EuohzKaZ3j7R3nK7t8i8bGeUdskcHXwO5jHHFtYlkoqHjcY+EJGMGG0ecms6jzQAn3jI"
    "BcLePhTeYsoV8Y5FuoL34biXXjoJf6ZkwcIqYILVWAJrBt2wTZuuXkKT1ttmzXeCuteEwX"
    "gb2feDsgKB8b1hbXnA9Ki1PMYXuXzAeAmec1NwmCYVXryWtAG2Y9JOUgjitEHOBAQMsZBl"
    "iDJtmHiLRaqNBSldFqmMnX7SOjYj+qwkNcFQFoay6Mr2qUBZpNd5AdEa+y4r1kP7bifWtP"
    "xXAeZ4fA/9CKenTeA9Pa2G97SYFozL3LrV8MbjNYaXf3tCmHB5BdQF8sgOiXrXx76DBMHS"
    "0H7L4n950QD+y4tK9MWtHPgIzpXAj8brDP7XGcc+iksUUUI2hdwAmVAyHwLM0UXQVo4X2s"
    "M2Y4yONqemMTqaGx03q+1nUGJ3pG/Xmh4oN3Ct9fFVKPTQBTCwMRJVZkRdGZuEpECSy38C"
    "8rZDPH4YDynJdN7ys9dYGLFU4vlJLsR+jaiMZFmhcmOCGBNE681UJYUv/yI01SAKgj00Q3"
    "bQ2zO/zaiibTyoaoH1qW1cAe6cmEG7GdqYjZArfn7JTrKuLWVKUOvGlNvYn7fYb5L/WqXY"
    "gHi8xoafPpv1gVMCNIN76xkBHqKYKCkdK4n+rd8tx7TwLZXD2GIjjqX2uAvHZkp3d2HPbs"
    "n5ZCUN52M4n7WczxdRbXBQT/yEY4YN2Z9RkAxvyAElge2Aw4voE7LDco6ysiP/Iy7riF1+"
    "Mdy109QNdBwwDnzwgO2HIXgQkVwPYce5qBDrQxVBtPsP/sP9w41uiLSXSRimFTqzRbc7Eb"
    "o1XI0XI3zJVMsRC5HSGt17I76F8I4LpSscF9W+bBHSH//umPrIWiixWhfW8xe7iSGtDGnV"
    "qdNAxW9u4qL3okPm95yGOOfEdMZZJjwmmVYipEmkX2H/TZiM9Vrs2i4B6SAtLZgWw2vtE+"
    "29kix647t9lmWlsiiaThlBYzlpZzl1Or3jdP+T2jbX4ND9LvqHryY2/0/haT0oMfXjW8M6"
    "C3+SGtQ4tkNEcjPkOKIHQ5gnFuk+rBh7wdWImkiOVk9aYxSbcAxj2XbutFawbBX1eaPH6x"
    "sBrjm+uwgBN6GvbbaHTijzeqlEPzlwWqMWydtNVKPRJB65Vj+KilcuZsRBMvwc8rUmbhYV"
    "oPqh63v1VCo0hzwd1isze9u7tpU+Ua3TpL+mAuA5sT4eG7s4lj0HumrdqxOJdl2r91Xv1n"
    "WWQBbRQwyB5Dtvdljc/OO+0L7aQ9RCrh/5cLMo1jeLykpqXX8g2lW58cCG0pULWJiRNYNs"
    "Jnh6UT9YuHL5iIY8/faaS5kAEKP57E3zuXtClGK7jhjKDGusCY1IWkStoaGU5/81BKF5v6"
    "6ZYfn4DZSj+IFK/rCUjFGTlNUkQ/1skfoxwfMmbLMTE2BO7ean9v2M/w4RQPiWEsZCwAtn"
    "dnFQ7Yntx8NHVnr82uP6CrCZDGBM4iWjkEXIAEXQmiE7HTY5BD7/DG6/WOgEZI5u6bFhFv"
    "H4h8RjI0Oi5NTf38duoDzIx6poDolA/9SGRszwZQ0zfBkzw0Zz2IvmYCJoenqIlXA8LQke"
    "3dmd5nvV9jgb08ipNy+KJtrez3zGF3D5lr+QZXpe+nathjcNB46seOR675SLgBj9Giwo9n"
    "3khnVTRNSN0BTBGE1I2GsNM8D4hjAEiC81ezVMpgCFlRpLPFpbf/x6XS0d9hO1jEvqQZpw"
    "HxPuo+2OqdKgl9BH5kELqfbozckZYPNnu4cFr6sIa1bKgGrSrg6SdpU67RRgzkr1EOXtV8"
    "1M+hWr4JwR6iHM52cNYD4/q4RZ3MrT7PzTFAuUpmV6CPL217JHyRO21UrwpmUMyA1Alraa"
    "CsKJQA/hfXnW5Nzjo6qTAc90SjnWujrQbvJamTLQKREDslKqthrOWSkDdSOoTc/rrQakuF"
    "7gj3zyiMqic+vaWeUldfY8DG6Yj+fyazRbxgfpZEUCv+1kFES1no0rH8z5shwCyPgDqfhH"
    "RP1Gxi1gcNm044LpOKaX8th1H1O2eyK0HeyiFvOcE+3ORA++uD52wGKGXMC4rj0m9hLMud"
    "4NZvBJvKEuWohQHr/Z+9mn5SB9XS3WQlpuCwuhO1pI52aYH6IWUUseTon0T33fSRkgPyhR"
    "berDW1ZSrbSaPSWC3cdtEmNWE0CXiUqRoYNcSaFpG/miV4jEl5jerQ6T+JJigNeHSqT54i"
    "bFTkSZzrBGyTMmQxuYbDgzJWCMGLZR2OEylbsbVYiLKVNWVvdkOw9dUwJFomVqoJigiE6p"
    "+Aq8Qx+rdIRFkYQ+wOJgKbEXMEfkrsrod7m38f0g/jWHd9vxXcknFlHyd6RldJ4PbdSeMW"
    "RoFFAlkNMyPQT51csmS/nVy+q1LO/ly+RZFJUYaNfYhbSiysBKJp9Ut/QR00e9vPUZkJm0"
    "DEGnKY9ZR3W9v7vOGGYc2Ovbj1effnv+4eofLzLW2fu7jz/H49P7+vVv9zdXR+SijrqVeh"
    "RbfIu34h4wh3dZG0ayzSvQOYLCpLL2dpo1sdxvbTT3iI9ca/kLWg5KDPfciGGd3Y5XY+MC"
    "DE0yWC0H4rmoqQPDE0/mFwhNOiRUoi4dgCLP4YY3ZmCKn1BJia6NntQkdwF98zCf96QTh6"
    "nntZdYAGOi78VE52qOa2EPOoqQ5uUMsCYi+RBK8YR/OKJiNSqahDnBlnahbnAfwBYMT9ki"
    "+H//fPexIjknkcjrqNjywf+ChrX/OoS9wCKDfbykE+hTq/1tCfDiAdfGHjwWQyETkrDSPx"
    "WnOStpplm7adbEHvyA5mNE2Qx7gxJbMHV3WGcHzrPj1pmA1ZNc5TWVBhvjF/Iu09+TWHaT"
    "Un5Y7ykljpLDLx7fQ1V3+w4mc9739iDIGI6G3th0g2qQF1WNZnVe1HHCWVBSMku1iOxPhC"
    "I8dX9BoeF9K4KkXKtsm48UjLvwKd0EdHV1daZTuEg0kNTLyX85/70oLGH6ie8Tn27f3g8K"
    "y3ULiH6JHtNTSFNvaAWmh9GjxUIuUaCj9V2tOUev0XZVZhNWqJNi3MdIuLY+ol30q2JOUH"
    "IU1RR9jcb3zgN3ed6EYT+vZtjPy3q6qEAbj9/f0h389OnmZlf7wc5jMzlcoydEWamrqLoa"
    "aE5sf6mgL3cFdJgVcfby4vuLH84vL5LUiORKXX6ESeA8UnM5yidmI48rhXPsBn7JQVv5Gl"
    "VI65yCdMXRi+tx+jPMZHdekYqCoC1Ks4vIF7E7PFNLr97aeyf1cSwU86BdVm1BvDMJlYPP"
    "yAeLGXZkAVWRMMR87DhgjEDg2sRtmA7Qp9cztM7a7MJZyc6sgaPZhBWcVymTOHESldW+iI"
    "R/+uUTcqrCYEq9Ut08fwtER+bNSSrDbojU1/g5fQJqlzSOZM9KeJyYVasmciQxBa0kZ8Aw"
    "Ov1ldNAcYqVcr0RAZ05ncMWA+GL2GxB+ktQzSeADiqb8zQI+ARZkrfIaz141if7jo2qCgw"
    "vxf4ZY2y2x5kHG+Elkj0Rv1iLQ9+hbFUGRF9S4dMYA0ilxz7A9BL++ewsi1DfW4m7+cZ9R"
    "4ApBf5l4y3h4PhLQsBpHolBngv7EYSH4Pcx/TquCRGUPMEaUbnNujKhu2QYrY6rEQMhYWt"
    "VWwiIzbDdxkqa0jH4Wg1FVd6uqPvKfpoJvPF5nfAcOfkKAUOAj1qoMwZYbmhj1s7eqiIlB"
    "NUGTukT4rQ2aPFDhBPcJ+zD60cWiCau7tfofzo5b3xHSQ1zrkSV7w7aM0LKQx+d8CCh6Io"
    "/IFgdEmOxlnwBRQ0iWCBdDRcNGbAPo8v8BxleY7EXAfxhxkezw6BMhlD9Z9vWZar0jTYLP"
    "wXVYczBsMTmhny6EtibBLrwDJh9th/lo8hzjGv14OVI1vUpEDeRqkCued3lBsxkby/YYLV"
    "tTTeEopjk2V1rMc07U+Mw6Mc/jkvp7Ne3Bs2KmX1y+bbU08Vu8PFlJ8+7o9u4o+Jt3SaT9"
    "nYwHJQyauDyso87+GQ3YZVxlnnEagt9XLtvc9dVI0b4GGZLKkFSd2KsUzoL80m8KaV7OAH"
    "sE7uqWRMn2y4Im23FTdBOBHsK7gxZv6K8iuHWtayMBrRvW/kzJgoHxEgg/lUyvRE+ILoE1"
    "g+4UxWXEWTAWUmNEwwQ/1DQW/iBdbKHvo7lXosbXN+NLie1vyk539TJs1m4vDad4rSJslB"
    "sc5mV1fhcOga1DGCvLdatHdSWl7UIdiLhQRBng3zVOD+a2xxJQ6DZusrtFoD1KhFqiDHVa"
    "Tl+wf0XUQo1b9mwPVex6Qck+W10FOxEwRbA3KIKNmI/n0v0i40/KAuJr1JIy6T7ty3vWNq"
    "yA+WReUXGxWvfOiWmcKNY6tmFrbVGKDssW7vcSUWP2KFTgVXa/FwQNG2Lc78fic8h4lgK3"
    "jVcpkTLTq/X0ckCDVi9xRtC4DXWeY+ZD2m6nzkqaWdZ5lifYxWzWappzomaedZ5nB4kW5N"
    "L6VVFoc2LaB9AM3vFfIbh9UR1xIfm4kNAXHP6CYn/z0nwKym6IXvtQxDJ585rp/JrxRwls"
    "CvNcTQ+uJDbiB7szp7uhBykllKNqKzmDs1L946O2728PEZsjxuC0BOrqMlEFwT6gve+iUB"
    "4lT9guax1SU6Y9JdMHzHe9wmU0ogrAiUD/0H151qSsBB9Vza2eFUpLSH9YKy9OXlJb56Tm"
    "7hsS+G2noCBq5qClC40iG5cFl/yILDyHTiUHHkvltcVQ7CQS79ok1OD5483b2w9X75+fXQ"
    "xfhg03+LmJw0IR8RZ0USgSZHGFcRSwEu9NPcApsY0R1mxv3wrG+iQW3DwhWVekLLsgvDdc"
    "k2IwQsmw9cU5XAQoWQAPUfDA0F8PogUDBPwpr8GiEDEojDqu64IJJfMT8CvlC4YuwSNagu"
    "fic0UBUv6MFyX1OHb2MRsUmg6fpUIbrSRMVoNqVkMfY241P4z7GKIfRrqL6j3peL4Dl5Uz"
    "4fo7jVvpUhR4N4KVuxVD2w1MIxuSTCYMlazVdbbnSq43tufWenJFEHFl14cq7Gxebo89HQ"
    "+gnO2Em21RgMJEOunp0NPExv0iXCVX9j8D5s8rTN38kGF91yI+mP/2zOi1hu9XYXWGqXEM"
    "QBdIm/kZtznxNKDi0sTnlij2wQIy6WH3kfsayNUqakh+J/9LqKFPBNuihuSV5yHX/o64zn"
    "IIuIx8IH8ORUVzeJ8f/of7h3s/Q6tnUwRsPJkgilwLsTfc9KbEcQJP1LYU4QXc9hbWuSiD"
    "GT/GjTszYgpWQLMWNTDDyZLPHZlSAwc3yk2pgS2GxeTWtgKoRUkDbl4FtKyA0lYBfTnR7m"
    "gmg7uwHa5cGK/DnO6wOvFQ/uutmNFmJEjXNZi+k1vaMC5j6FszxU0sLaP/9hW6JKQqxYEe"
    "yqIJFuHbhBVXNt/XzmYsrF7uT3FrdjWnR1qqTwTbnj0fgRtCpIR9SshA3xr6LsZB9W4Suh"
    "kK1btp0CFaR7eZ2H5IVDdDzroEMRUWaIBaLOWcpIG6UYAfRRMV0zYt079o7Z1UHxkH1FWF"
    "OS1jYG4EMws8RBmyKyqc1wTI5AU1BnxwH3N0om9Y6CiJuQThpnGblljc/Xw4yJ4iOuIf6j"
    "IomQ5FkqfyAdqn0O6Br9bJwVoZRpy6O1zvVm0eSlyNr5qHMMfWGyehcRJ2fV8w9cj30Y2w"
    "0u9akyhd7XHtg19oJypEiJmESRnpWKqHWJ+fNYD6/KwSaXHLeLyP1FNkIfzUsl9RRtRMtN"
    "YTberL7vGcCpgy0CkRA3IjkCdINkdXxDkrZaBuBDX08OgRqVbuzUoZkiaL6YEygHuJ5UGK"
    "+OimrfSsio/e8JoyPr0sIdPN2JV+zYEFLVEBt/3LUPEAMx8bzMdIFnptPx0FeTMb7WaDIs"
    "iIy79Xq7kokzYz0TLOVzopGQmopURH5+X6qB1tv32MBtGMe4roECKvQSog3MQ1arDATbCd"
    "YlBSbF+LTEEragErUsoD1nRV9zUUb09LW86C+LKABo6uE8BXiYeoj8u6l1YXeM9KmSaQG1"
    "R5579b3aOeEdJ5I7qbAH7ehJUubBA6s6LKEm1ege2Tan8F0PWxXxKfWnvSpsU6otcc7qSV"
    "K2DE8P8orfGslMaLXJugkRAxvjSd0gW9DuqUoEF7PdoOR8K1lqN5yclZ3fI7I9TK8tcN5i"
    "2Xe9Mn3WiPunpkuAGhIQo1UbZYZ8hxwITQA5mgR5wuENbosilayFIrKbP6qDIIfkHLQW0S"
    "wS9h7ZlGeQSjqFDN+upsmZrfYTT5EMTRuiX1xRuM36BQuB6hxeuTDboY4GLSDkxtsq6Day"
    "K1jySA14NLh0B7ZOMpYiVzfY1dfgpV8GUF2dxkj5d+yKXpof/cTUI9VNCVTNafk8VBORIA"
    "TvnsinKhENiB52ALbqH/6HVEliXrgJ8V17cfrz79Vl6++LqEXLv+7f7mSjM16h2h+H8kpO"
    "VaVHy/gRI1Sw1dq0JdI243IPDAsGuhh2Fcy/X5wyPy/Acxew/hpYcXopKsjeKpFLmKXI8K"
    "hy7FbdFkdozAlLjoNV8LCDwhiifR2KIyttdP3kCtE19HRaWLx/dOndtKN4yazi9iHagejI"
    "mQORK1OxJ12l7fh2zaOxLQyi02PabBNhsTdLN4/Nq99h1Z8K3KXQILOg4DPiGPYMavOcSd"
    "5hpYcRtlCMSThyBJ6R0mjtohkN9qCMaB9Yj8Ekt3tx+1wW4ao6Xykscyu3jHD7q/dv0Nr9"
    "vOjV1uygHoD6xJRzHpKD1IRwkP5yLE9W26VlI6F+8c3EBrJszBs//3/OX/+eEFEEc9E+1L"
    "hDIj/hWMgyjMPZYWZTOKYYsdvUwJ5z2HdutkWHySTXFq7YrUkAZmRdhlR8GqKHVqhfq8iK"
    "RCT4jftPk74zIu0dQrtuYBxgIwFoCxAIwF0H1gD1wwoZ+gHrCEjW6A9rOGzRGifLAiNkeI"
    "taFlDC3TA1rGMAOHTPo2zZ0OBX0Xq+P0bhK6WSCnd9OgQzkE3WbCFEHoHsT6ZFu1gnpXBW"
    "22grMmDo27wB+Tbx8QE46IQYk7IztgWOfMIHLoaJ4au9aTcQWi4WEFBAgsMp9jX3THkTWp"
    "RFDSHDNkn4ArQMlCOAWF9wGBwPWxI/2A8RNmkAFbOAVFWpYgQYt+j91/XJOWJvAJYrmyRW"
    "y/6WGyD56y2mXRx27h/J1kj69Ta5a/g4SKxSwW7Ju4bXx43wvGDmazdmVHthIgvJoM+a/C"
    "ZMTjtZ6M+3gChiKo3Y9bgrWB++XpaRPK4vS0mrI4LRzzUf5JEfeaEi8rEVPfZYP6LuJ0VF"
    "rwiYDGRRgGX8/fAvlFPUhF77uo8Z08Ydus+u3zoNwMECi1SMvLSpoUBA3DE1KO3rSipTjR"
    "ednuTPXg6wy58o2jyIFLmSrFkGtzRRU8lxl6L5q9hb1aClzJn3tlfEF9wGRarje1WNuGQG"
    "pitP7qwNKsSXl9WGeievGItYbpnStTCkX4mzi/ZMLre8itndkv/DUS1VdEig1X6KYsl1xj"
    "8Y8dxrIv3nAjM34O179dEVoHrBl0+S8r2qd7+9QNgvnEJ6moLPH43iVHbqtqVLVtGk1hEe"
    "3K7Sol0ScCf2sFpPpoYGoTXSBryY7m2CUlURx1zqecoMaVzwSDSFx/NgTYBfILA1Fuk72R"
    "z3oNxkvAQQ/PFpUFvm8PlSgt4lpKdQDTMj18Hc6bbObVe3mxW4zlBKJJfTuXeEFY43dCc2"
    "8s4WeiyLLwEB29fFR0ZBWFu1I5MNyPIODvsw0cPMcNN6StexEZgmVmV+XiT8b3aMlvTX+J"
    "gtBV8EyLGEirc/nkO86P9MAv0RDXRu7lpI3yXYL0DLIRfz6Cc/GpxROREAdBtyIdLC+br5"
    "HFhTsIcd3pdnf3PsOuXd/mzrqPXz5c33x6/jK3FReBR5MJsnz8hEYTSuaqTGhRujtc6NHQ"
    "3ppQc9cBdT8F8icX6Lnk3rCOogsbeMTD1vF01fPbJBBDfpb85DhZgzAsn2yiMg4blVGYma"
    "aAF6fUJOrlWJp4jRdQrfeEpOX6pN5sox5En5OXBn8TdeYBdJcNGS2Tw9SOWBQ/cMgtdo+i"
    "Cf4GFtif8b8m2IUO+JuMHfpbmxnYSZqTID1V5iAer/kUiOA+Ga4ieLdh1J1IQg/j/kTxLz"
    "n8i2A655jOOf1D2+R17JyR9coUlVp4vVI1xUBbgNbHiCo1S0wENoqj1WyP2EcYrUaEx300"
    "C6WMR3hzuJby8JNxCkWFo85QsoyY7CbKpGM6igJhJ+ABBjZGroVET9SHsDK/WHJplQbRZw"
    "ygbz6iQtMUlcD4TRH0tqwrMryPjy7hcH5PVYxKPiDOyUh/ovg7job5s2lskyF39kHumCph"
    "W6RzTETTqi5No+yYs5rsmLNidkxhk2kKdEGwh4i/vGxCLeR9ISlm4bISbsW+33m5HoK9k7"
    "JLJsR0215u5kM/KLEBqtfuSqKHq3b7W4SG3uzu2F+dcGaXz7ZP2s91KGtmWueZDk3KURgM"
    "3qJ8Tol4V4I1ZUthUUsi/BFRps+E0DfSDUQCH2B/CFzCjW86xW4zB8Quau6YtNn+v4hJRY"
    "gWE52XNVuubjOtCXH6axT+8KvYrwdl2ZyZAcPatM5oaLj5NyNRr1yRRvmMAbJwgZQTjl8Y"
    "9z7DfM4RtOPaBYKHfyZITTmSPbzmV1zExG3hEB6CL59/lK0TZMqmLC6E5QZeUoNojx/cJA"
    "guxa2lIlLCoAkTBmeYUr23XNP4S68c0H5GZ7XlPnYRehUeBEWIa6o1JRKmWNMGxZo05J06"
    "NCWd0I0N8XSMM21ojd5OsybG7icx5yHOBTs3uTesM3FpelSDsrpU1PqRVuKq3C03DOXS4/"
    "YiWshQmwUJHBuMEXgOgU2XgAbuixMgClZaAWVhyVBphULmh1UrgUPIo3iEX1Zdd0+fqmbW"
    "8v83dqyxY/XeTRXsWMxG/K0Z8bemCGhtDnVW0CRQN0+gFip7C/UgJWZ0A+10g0zcNmkxvY"
    "mQmVytJ1fE1yjFSCYCfeSkth6PEyptbayntKB5h7R+h6K5UlPiMkJGjysUxkJlGlxNXbhY"
    "ojeFiPdd9jCia8ZL5WjuElFzODQ5HFa4Ke4deUGzf5horGM8eSfYbRuMlRM1Xgjd5lkzev"
    "ptlJQ5qKGpkzHDJnT1yEoPX8tbyzhY7Eel6llYeCbJFQXPnz17HVHLZAJcMib28hl7kSuF"
    "n3y2yCeNZfkfL4qM9R4+b4NK+6kHq5ycOTHDVquy1ak5VFIRs2I9VA93koEmHTyKBbJXMn"
    "1KQdu/NSRS+EdjxLe9En6sScGVlPAxFgc5P23RsngEJ75yBZaCrIF7Ldyin3a7xZ2VNFA3"
    "grrVss4IGqCbtuRutayLwgbwpoC3WdwFWQO3xq3QrxDF1mxQYvpGd4Z1Bi9cjdllzWqlOK"
    "bq/jJlBkqJ6hxZd5tZhLvXmzcs3dCi/1q1EVhdHcMYgBUGoHipFBCOhvcQ3Z109xbtyKJu"
    "403zRVIiJmGkS2UJ//3/AcMuUYM="
)
