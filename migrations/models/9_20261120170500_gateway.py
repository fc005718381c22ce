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
    "eJztfWuX2za25V/B0hfbdymeesXOtWfNWlVOJa6O7cpylcfJTTIqiIQkdFEEA5Al6/bt/z"
    "4A+BDfIqgXSOFDt1MkDiVtgMA5+7z+NZgTGzns5fU3H1EXOjc2cn3sLwdvwL8GLpwj/h+V"
    "Y4ZgAD1vNUJc8OHYkUIoGj3C6eFj5lNo+XzABDoM8Us2YhbFno+Jy6+6geOIi8TiA7E7XV"
    "0KXPx3gEY+mSJ/hii/8ccfA8xYwP+b32bB+J+IP/ivv/gf2LXRN8TCMQFDlH+J8I73OJpg"
    "5NiZ38dv8lvy+shfevLaly83P/4kR4qvMx5ZxAnm7mq0t/RnxE2GBwG2XwoZcW+KXEShj+"
    "zUzxS/IoImvhT+In7BpwFKvrW9umCjCQwcAdbgf08C1xIYAflJ4v8u/k/01VLDRqNPt/ej"
    "u+v70WiggK1FXDEv2PUFZv/6d/jcFSDy6kB8wLv3l5+fn796ISEgzJ9SeVPCNfi3FIQ+DE"
    "Ul/iuU43lQgDolsk284wsrwFeLMYYyBkszeFOLNln6WTTfzSCtWLiJRA5M/uU6CONgDr+N"
    "HORO/Rn/8+z772tw/b+XnyW0fJTElvBNKNymPkW3zsJ7WYzjTUUB5JSIQbkZymgOsaOCcS"
    "LQCuFoc9UV4ItGAF/UAHyRB9iiSMAxgiUr+Ud+x8dzVI50VjIHtx2Jvoz/o4PLuwbs+5uP"
    "13f3lx9/FY+fM/a3I/G6vL8Wd87k1WXu6vNXuXlJHgK+3ty/B+JP8F+3n67zG3wy7v6/Bu"
    "I7wcAnI5csRtBOYxJfji9lpjlwHew+tprnnOgWJno/b9ngxgcO8hlwyZjYS4Ddt4Brh4CS"
    "BWA+XLIhYIRfgT4f4c/4SgDjwAeYS3iIMq5Oid/N+AUAp3xRDI5i0QhFePKYUtLEhTG0Hh"
    "eQ2qPCHXJGqsYWb83P5vkr0IVTOeMCTfE9I3vi1kX3fDHdk0fkDkrsjcz9WluDuNww4EO5"
    "dRCPXWdoDL6KRQGBOErCJSQWBd/ubESBTV6Ce76M5OMADu9hG0CX/w8wPHWhH1DEfxH/ZH"
    "Gf+YQi+2V++ezsQ0qMoWq7Zwj+4NaYh/mqEe+3sYOMHaT72atgB3kB5SOQiv6YEumhjn76"
    "qoEGeZo/c1YKpLh1UAV9T/DyzRlRJI7+BeSbK3L9Zqe/Udg13TQ6oXtl3qvVoaw4zVlJM8"
    "1aTzM/vVvZZKx79tjRzK8mJtRnZJEnRJfv+J+DEhMqc39YZ0LRaCRfgNHQrbpqWnhlbDxF"
    "rOStucIupMvyd2Ylk3tlxksfsd3YJId5S64+3F5lXhCuT1zdfLr8/Pvzj5e/vci8JR9uP/"
    "0cj08v/qvf768vjbWyT2vFnAXmLNjZWTDhP2RWSadl7q85C+RIFTbtdgIES8UQY/zKEGAX"
    "QMHCvgEIWjPBXoklzMdYXHhCqGRpXfTNL3Jmmz2qydkTPdocP/ofP6mpUjiBslLmEDL0wr"
    "GcRYZeOLppNipl/+ZXE5XynvhemSopr9eqkH48YpcsQqXupo/RehwuTYa4YqCoK69ktqUr"
    "78hNdO1adOnxrwECV/jthbmBOaiQfxMx5hkDj2jZzHe0N43aKHtHcEpkppm4E0zn7SY6J2"
    "v0AZ1n2oHMHzEfeWX77fTG9csnOSOWm2Ec+r538fqeKO62t5OIz1kg5gPhjAjD94SPHloW"
    "EhtxFBLlQcYNfeAvsIWabb/8F/J/vvvPs7Pz89dnJ+evfvj+4vXr7384+YGPlb+xeOt13Z"
    "598/PNp/vsUhAX/q2LAveFazV3IRlSpselb9eqc1I7YqmR+3EODWWUmQlg00vb00e71vdU"
    "UWDj5vw9ICVoVodXrSS0jq8S+/OCUHsIIpI+TEACZAKgC+L8QJDOD9QiH8VozEekRyHktp"
    "jovGx3plpEPbpx0OMYTQNXvJ3i94DI7YfsjW3Zzq0FQ5UfxTRT9ETaJUhlJY2BrPMs4xLL"
    "uCYruswg7kEm6UUTzeiiWjG6KOhFUonndqarlBCdleofzucnJw2A5qMqkZb3NKIM+PXPxH"
    "EC713AfDJH9EdYWg+kYuSwnkjgMiMqhUZWJDWyYbPqIINfKZ5DuhSEO3hO6JTblEPApYeA"
    "GxqPzIMWkpeSJ4s/mEP8F8U4ow2ftYF7Kvq5KudPJLIL/ULXEKOOnDvVPEm4plRokpWEYU"
    "lyh0/6nVSBNC9ngM2zHavtTeVYz4npTES1PNh3U1GGnx9FmO/m0HEqPTexzP6cNrvEOHTB"
    "nJ+9fpU4XcQfdW6Wu4+XHz6EfpWsNcd/EfOZmh8sLdUnRPfg1MoWGwkhUsI+JWSgbw09dr"
    "3AD4PzFdd+XtJMQutJIIHfdhYKomYaWk+DxZWbUcBK9qEfkcXtO6cq4mUllrepQrmXkXwH"
    "Z6IG1B+v393ww/T52cXw9EzqLdyAwj5KazQXJyUOMRuXnbP1GK+kDMTrIKboCbkBarGUc5"
    "IG6jKo9ePW1nNqalza1ik0j5InbCM6BPKjN6bRap5nqDRDpRkqzVBpXQc23uJUeLS0TA9J"
    "tFdNqmO9qi6O9apQG0ueHioIJwI9hPf07IcG+PJR1dXexD3DURqOsofkgOEoDUd5zJNgOE"
    "otpsFwlEoKt+EoNYXYcJTHwFFeevgXVMpNRneGdZwk9PAoyobfcY7giuAxvb0OnhJo+DnD"
    "z+kPrPy3AGg1cxSP7yFxdNYoav2sJmr97KSgIHjB2MGWYiBhRmg7SB/UDbPrZgxh3ZxRm/"
    "KUBVHNK++8/3j57ru795dn37/qZu0dZhEPldgkl5TCqjlKRHKT42DWRZO7zit5/dv9H3+Z"
    "5OvjcfBqmXCrWXZZn2bZ5NsewyzLYggtq5DmZTsz04OvWPSTFM39sBv46I2oqYAZWFDs+6"
    "LCggvG0Ldm4Vl+XAuCa2dkwad0xQ81Vn+Kou3UoD0uAiIbig4B/+qbT3WdSjRejh7591cx"
    "rkpE+5eBvX0bKwWbGgVTENyAg9EM8+1QMBR5DrTaQFuU1B7bgWjvKuJio3I7lPjiKwGfbL"
    "xRrIFcF19CYGP/2vVpuT9hdXdY61MQ40YoGdigtS8BNrbBQhSO9In8d8j/nx/LornuhJK5"
    "+Iuisoa9KqLqfgpRynB1BUrav/yex7+ShT3oVEr7kPLPrX64qZRo3CI9OjrUjQvDBHXBWE"
    "j2wKZK7UpCZ8fMwCWB+9IT9u0TouMhEJYLP/yFzSgOtJfhvLXQd7cfU706a1QNjKKkznOi"
    "jYGRP9ybHg95OXNI5ICNdCIJiMIyzon1cA2fnzVYw+dn1UXKzvJrOKN+Nl3AGSHtDbg9L1"
    "5rBt1pmb/wH3e3nyoIh5VIXs/Blg/+B+jlNhxcoQmhSNpScOKLbNDQKc2AgyY+IIG/sWks"
    "wMooP/EiTny5qfX9rsSTKx5wVZ7HoRjbkJXqH/O2fU3E1O7cXu1OTUigdzNkPXpEZAyUkE"
    "Cpu8P1JJCVHb2WCboEDE9drnUzwbzNkeuL6vMzsuACVFSh5/b2Mwb4LsrVcir6yyL7Jbj0"
    "POTa3xHXWb4FXll+O0N/l6TC7/zTNkiU588ovll1GSCRwHbyPg4bkbXHrA/DBe1FU5pBNi"
    "tbztWxb7GE3iFv24BxV8Fshn/rJf8mjizoB7TEXq6NJU2LmZdK5aXSRC97j2BWRUhfb6CL"
    "zeJxa7Uw4QaNNCOu6UT9f1K60EvwOXLuggX2ZwA9Ia4CyfAZMZgh/ti3AHKlAU+niHJTkd"
    "uLmCtXXGUC0H6CrlXiytvbp26glemiFByHO+6wOvChLcyD5D4bRc0oanqi3zlFbcV9jJQ3"
    "sqKsznuaPLrjDrAZxkfXbS6Fb4vElbyweRG1fhGNxXSkFtMdNwkGJRaTvD5cbzGxeNx63t"
    "oFMt6R2yrSRBFRI5ibHxnzpTVNveWHG1Zad3282iSSC0HRBE3L7NcI1Z6X1sWe1/dYUCqn"
    "ip4wCdhI3YgsiJrzVuW8NRb80eo4X1yhpSC7MmsjO6CB1hNEAmqaD/BFBgZfSsAlkosFS+"
    "S/BKXV5uMDqUbXafe4P90/3cuEACYT8JDKRXkA3GZgsiQFJQuhRIn/jDUrsuB/U+iyMFr5"
    "rbwpgaDAh49IUslwAZehIBShAn+68aCX4I6IATZB4hv7YA59n0vysYsZFgQ1leUwVh/AFT"
    "cyn2P/TZi6In5peEHGHLPwo23R65v/oZDAUqm6dUtz6AN9bZSLLSoXDLtWiQFfz9QkQt1h"
    "aAZ3PqQyDim9O6U2jma0Wtf5G01O10v+ve6J98UrO1lXN9ecqvy3+cQbBV6jI7X6xdpg91"
    "9Ax1EO/s4Imf3f7P+HTBSZ8Xsz4qiWss3ImUK262oGwzkJ3DKPSB3GKyED8Nq616JK+Bgy"
    "rFz6OiPYFaCla9Cj2EJCpSEuAmEJ7421mJboB5Qi1yrpQVbXOXsl08dEsyZ5ZtVpZuUbyG"
    "iOXVLSV6nOVZCX1Nrj/VUY7SIjAHDN7rvAA+L1bJodfBCXtweXIsNhFDeCV3kFymR7+Crs"
    "pIN8jN2c6+xELVe7IGkwb4Z54Nkti5JmJbtDGxxlYIeHKFZ8pRKJHr5KTVrLVTeWK7SVE8"
    "9uZQ5kBbuiqR7OJBB4WeU4VypLGRmdNSXV+Iqz04vXFz+cv7pIlKHkSp0OVNLRjI0gnaOS"
    "7eGKEAdBtxzYtFjeIcrl9AF28JN4SFjhDLpA+Jvmng/4ksCO5I7H0BEpD8J/BMfkCcmLCR"
    "0C4JRDv7EZdnV7+yFzXFzd5DTRT18+Xl1/fn6aex3CCdOE5r0K7CkqTXeO7gzrCN7xasxW"
    "ud10cThZZj6p2RP+Fd5B7hOmxBWaolyz4Qn3V1Ni2BSWM1SwDkeniisw8y40Vf2yUj1U/3"
    "bQuiS1zajBvM3uMFqBvBNzNbeFN4U6v/P3D+0tWzTGXtwlusZ1tGM7EYvwWNrCoImltLZn"
    "thLfuZk1YvoabToBnaAQtTI6vzAoiY8KyzO8PVxvfo6CZOTamN1MFG0kLjOEROiZ6NRUEp"
    "jbUGaDEKXkoSpmUkbI2KXKFRbi2VPd5DKCZo/Tbo/LmHFeqWFRq5clMseolp2fqKhlM6Qc"
    "lBaLGHA1bqz+TgYq/UxhRSHM1O3a8zkMeBpNk5G77bOeCdo1rdYPfsQa6neL1K9eYey9gJ"
    "SRgJZl1tRQvIlED0mxHTSn41BMCVWLOU3JGJAbgGzIxx2TjxTN+cPFR6phnJEzMBtj4rAE"
    "eoUtvI5BrzKH9aLQB19n0i4QGegzjiwIXz4W5ZhHZgKYEjBe5gm+g3LtmuTE7KnL6K8Q22"
    "BC6JGmw2jdyWPL2TAexYRivwTgO74kncrwzrRcn6I7z89ev0oCO8UfdTGdd3xBfyjuFhMk"
    "q/IpxqVkpfq3cHcTmDKZIMvHT6iFhyAva5wEWjsJ0DcP88e1meiM5BamWbP3rE+zbKIaej"
    "vNWnlN3pOcr6F4d9jAZxLXbVgf0vAg3Sv8dGcPYXeI6EJI8bCHoWxh+JCECyTDoiuhP1sM"
    "owh4EFNWDIHY0WesifwnnniL+M8cPaJlIa7f+Ht28sYbf48ezgnj79l+ydvMflKAtdqCKg"
    "j20DGxEytqwj8fUdEKvIx5rCnMmhNsWZ91T6zWbVixLmqhOwQLUbRS1MScQRtAGTdIJmHd"
    "8sUW8g531YvF+JF2SznKVqsq204i0MPtZvt+UEOO7W1bT6yBItKXlMKKPT0jlUNar97v29"
    "gjhP7xx1+lwEVWUwvwUpK9B/DTl4/Xn2/eFTBcGZlKAGbFeo9e6fLLWONt0FtJ9h7AFBlV"
    "wNFwiRshqjOXmJ5mB0GGRu3dA2XyZsq1nnK5wbV6s7OSnfEFDe5EoXhhv4ZNIRaEPoI5XH"
    "Lb9QnJ0o6AEVGGL4pjO67lgDjWbRZDWq4zS+E4X3jk+05Zqaz6HLGVVEdCrw5He6QaOCiy"
    "2UXJDSjt7sCswGjLzGdFVNMy2uMpi2g7eI5lXxAIIrombEPEL8pCgAz4RLhvGxYh3ib0rU"
    "jTvKjZQkq2EE2c+h8QN3xpZYux9O1hnVvfkQPDdlxypFqpguxWOOSvhIvWlSqollFOpszt"
    "xNWOdk02+yN1wIsZLmJeH28by5hYW9Mf1QQzdAdSaFUUTq72daVEjEexgUcxdlipLNq0jP"
    "ba9b6XrIkw6LmefJ9q1lipLd9nOzqu1ZlzHSB3V2k6F286BDktmKG/TXVpvTReo6UZLU1n"
    "SMWWUQCzrhVYJKCzNSY5uXDan7EhgBPZ7rthIu9hOoCpVkw3tdIV1GQTVm3Cqk1YtXxGWV"
    "i1svPYBIp0wG9sbNkdu42jHk4jqV4o4lyQPUa4FUu5Ev4gNc0/JWKYrnzJsCdEGWKKiObE"
    "tEdVWgIpeiZ0y/szzGSBnyl+QgwIfmnj01kBe5eoZdnE403uR6XuqQnHeE+8L96ghFcMbw"
    "zruESfeKPAa8QfDm752o2aCr4Nw05W1i6R9/gloYOJBoMecm0+JUVffOunmFLHhoc8atLM"
    "8JDG9XZ4/VmxnqAmhRz7D/QhCjfqhupOKzeGr/1ojl1SYnjXOS/ykjp7MVRjyvbssfDgUn"
    "S3HFkB88m8jAGpad1YItvDZb8Taj3GTqQ8KTbMLEgazNUwV6vckJXS2HqXLIlHyRO2EX3W"
    "MElhD7CbeiS7rUcCsRNQJYBTIt1Zz8AiNtJmUUeMS4kWXq21pET6pLGcnV68vvjh/NVFoq"
    "gkV+r0E9MQ9khdmi765o+il6HFXJeImwnXesItB/JJsEfcZsOO8qudF+5MnvvgjhtFY2Iv"
    "BfEu00g3dk91buon2MVs1mpPz4l2ZtqP5hXXxFv3VRLygxJ3XXRnWOevW6zGrK+ATRZ8fY"
    "0omjzIVxrExAdXTvmhhKgLHYBtQKjwuCE459fFVwqrVovzaimb0ohoM0Knz2RAWUkR7J19"
    "zJq8BOQ+YUrcedSIKfwacYhq8qVMaoJxCXZLYVIp3ZxZ840DjDNShrVoEsydbCfKOEdCPY"
    "R5Nx2Gsrt6U6xzYj1E+4cGWP9QifQPFYGkJWpugxDSMg1XV5/s4C6YxxHxYRcRqXjYaOwD"
    "UXcEo80L5LQMLkW9b+2ZBp94yAUiOvZQeIspV8Q7FukK3oeLlO5lSt/PlCxY2LNHxCAvgT"
    "WD7rQprX8QD7lhpdusecNgKDT0iuMnSjiMd6nYippmXulRa3mML3L5gPESPOem4DBNKrx4"
    "I2kDbMch9pJCEKcNciYgYIiFLENUF4+Jt1gUxrMgpcsilbHTT1rHZkSflRQSywQ2r8aZqG"
    "ZDYWi/nSpQGOl1X0C0xt7LivXQ3tuJdS3/VYA5Hq9x3EVbeE9OmsB7clIN70mxqC9WC0mM"
    "x2sML//2hDCRsBZQF8gjPCTuXR/7DhKES6vYrVcXDeB/dVGJvriVAx/BuRL40Xidwf8649"
    "hHGVIix9+mkBskE0rmQ4A5ugjaytn+e9hmjBHS5tQ0RkhzI+R6tf0MSuyQ9O1aUwTlBq61"
    "Rr4KBR+6AAY2RqJHhOgKYZOQJEgqcb8EeVsiHj+Mh5TUKd7ys9dYHLFU4glKLsR+jqgJXF"
    "mbYWOCGBNE681UJQsw/yI01SAKgj00Q7bvSy1sM6poG4+qWlms1DauAHdOzKDdDG3MRsgV"
    "P79kJ7kixEHQrTgKM4L5GmRcsoN413kzbm8/ZPTcq5ucb+PTl49X13xvybmgii4P/muVYg"
    "Xi8Robfvps1gfOkNcM7q3nbXuIYsWEykSif+t3yzEufEvlMLbYiGOpPe7CsZnS3V3Ys1ty"
    "PllJw/kYzmct5/NF9Aob1BM/4ZhhQ/ZnFCTDG3JASaA74PAi+oTssJ6V7MvG/4ibsmGXXw"
    "x37TR1Ax0HjAMfPGD7YQgeRGTXg2TWH6I2ig9VBNHuP/hP9083uiGK1k3CsK3QuQ35k0Uo"
    "13A1XozwJVMtRyxEQdro3lvxLYS3XChd4bioc12LEP/4d8fUR9ZCidW6sBu32E0MaWVIq0"
    "6dBip+cxMnvRcdMr/nNMQ5J6YzzrJwQZJ5JUKcRDoW9t+GyVlvxK7tEpAO2tKCaTG81j7R"
    "3ivJoje+22dZViqLoumUETSWk3aWU6fTPU72P6ltcw8O3a2+f/hqYvP/FJ7WgxJTP741rL"
    "PwJ6lBjWM7RGQ3Q44jOqiHeWOR7sOKsRdcjaiJ5Gj1pDVGsQnHMJZt505rBctWUZ83ery+"
    "EeCa47uLEHAT+tpme+iEMq+XSvSTA6c1apG83UQ1Gk3ikes7gIT0/WJGHCTDzyFfa+JmSZ"
    "uP2qHre3lUKjSHPB3WKzN727u2lT5RrdOkv6YC4DmxPh4bOyn27EC3pDrrJaWwomllIpGD"
    "2MGsSQr9vrpVus4SyBZYiCGQfOfNDovr3+7/+KsYSGMh1498uFkU77gR71QWIshKal2PIN"
    "pVufHAhtKVC1iYkTWDbCZ4etH9U7hy+YiGPH1YpOD87PWrpCyB+KOuEMHdx8sPH0wAiNF8"
    "Dqj53D4hSrFdRwxlhjXWhEYkLbJWJfqV4jmkS/niPZfy/L+GIDTvS4ihBuM3UI7iByr5w1"
    "IyRk1SVpMM9bNF6scEz5uwzU5MgDm1FfqTzvjvEAGE7yhhLAS82Ku0MKj2xPbj4SMrPX7t"
    "cX0J2EwGMCbxklHIImSAImjNkJ0OmxwCn38Gt18s9BJkjm7psWEW8fiHxGMjQ6Lk1N/fx2"
    "6gPMjHqmgOiUD/1IZGzPCrGmb4VcwMG81hL5qDiaDp6SFWwvG0JHh0Z3ea71Xb42zU3xfz"
    "omj6omii7f3MZ3wBl+/4C1mm56Vv12p403DgyIpHNupPL0a/AQuKfR+5Yd0UEXUjNEUwRh"
    "MismJ8kdPC+IYwBIgvNXs1TKYAhZUbyxvXb/fxTTrar458ivhg5o9MAUgT7qP9jqnS1p7Q"
    "R+ZBC6l2ts/JGWDzZ7uHBa+rCGtWyoBq0q4OknaVOu0UYM5K9RDl7VfNJJ5AQzHIIyPUQ5"
    "jPzxrAfH5WCbO4lafZ+acpFihNy/QQ5O2v5bj7sgrIaRkDcgOQpa2mgnAi0EN4T8+anHt8"
    "VHUy4JlOKcdaVwfaTV4rUwY6JWJAVkrVVsM5K2WgbgS1dIqqmXwpkQ3sPc2g3lJAiusF/s"
    "gnj6gsOreuvVVeUmfPw+Ca+Xguv0azZXyQzlYk8NtORkFU69m49MGcL8shgIw/kIp/RNRv"
    "ZNwCBpdNOy6YDmR6KY9d9zFluylC28EuajHPOdHuTPTgi+tjByxmyAWM69pjYi/BnOvdYA"
    "afxBvqooUI5fGbvZ99Wg7S19ViLaTltrAQuqOFdG6G+SFqEbXk4ZRI/9T3nZQB8oMS1aY+"
    "vGUl1Uqr2VMi2H3cNjFmNQF0magUGTrIlRSatpEveoVIfInp3eowiS8pBnh9qESaL25S7E"
    "SU6QxrlDxjMrSByYYzUwLGiGEbhR0vU7m7UYW4mDJlZXVPtvPQNSVQJFqmBooJiuiUiq/A"
    "O/SxSkdYFEnoAywOlhJ7AXNE7qqMfpd7G98P4l9zeLcd35V8YhElf0daRuf50EbtGUOGRg"
    "FVAjkt00OQvz9tspS/P61ey/JevkyeRVGJgXaFXUgrqgysZPJJdUsfMX3UyxufAZlJyxB0"
    "mvKYdVTXh9urjGHGgb26+XT5+ffnHy9/e5Gxzj7cfvo5Hp/e169+v7++PCIXddSt1KPY4l"
    "u8FfeAObzL2jCSbV6BzhEUJpW1t9OsieV+Y6O5R3zkWstf0HJQYrjnRgzr7Ha8GhsXYGiS"
    "wWo5EM9FTR0Ynngyv0Bo0iGhEnXpABR5Dje8MQNT/IRKSnRt9KQmuQvom4f5vCedOEw9r7"
    "3EAhgTfS8mOldzXAt70FGENC9ngDURyYdQiif8wxEVq1HRJMwJtrQLdYP7ALZgeMoWwf/H"
    "3e2niuScRCKvo2LLB/8DGtb+6xD2AosM9vGSTqBPrfZ3JcCLB1wZe/BYDIVMSMJK/1Sc5q"
    "ykmWbtplkTe/Ajmo8RZTPsDUpswdTdYZ0dOM+OW2cCVk9ylddUGmyMX8i7TP9IYtlNSvlh"
    "vaeUOEoOv3h8D1Xd7TuYzHnf24MgYzgaemPTDapBXlQ1mtV5UccJZ0FJySzVIrI/EYrw1P"
    "0FhYb3jQiScq2ybT5SMG7Dp3QT0NXV1ZlO4SLRQFIvJ//l/PeisITpZ75PfL55dz8oLNct"
    "IPolekxPIU29oRWYHkaPFgu5RIGO1ne15hy9RttVmU1YoU6KcR8j4dr6iHbRr4o5QclRVF"
    "P0NRrfOw/cq/MmDPt5NcN+XtbTRQXaePz+lu7gp8/X17vaD3Yem8nhGj0hykpdRdXVQHNi"
    "+0sFPd0V0GFWxNnpxeuLH85fXSSpEcmVuvwIk8B5pOZylE/MRh5XCufYDfySg7byNaqQ1j"
    "kF6ZKjF9fj9GeYye68IhUFQVuUZheRL2J3eKaWXr21907q41go5kG7rNqCeGcSKgd3yAeL"
    "GXZkAVWRMMR87DhgjEDg2sRtmA7Qp9cztM7a7MJZyc6sgaPZhBWcVymTOHESldW+iIR/+u"
    "UzcqrCYEq9Ut08fwtER+bNSSrDbojU1/g5fQJqlzSOZM9KeJyYVasmciQxBa0kZ8AwOv1l"
    "dNAcYqVcr0RAZ05ncMmA+GL2WxB+ktQzSeADiqb8zQI+ARZkrfIaz75vEv3HR9UEBxfi/w"
    "yxtltizYOM8ZPIHonerEWg79G3KoIiL6hx6YwBpFPinmF7CH59/w5EqG+sxV3/dp9R4ApB"
    "f5l4y3h4PhLQsBpHolBngv7EYSH4Pcx/TquCRGUPMEaUbnNujKhu2QYrY6rEQMhYWtVWwi"
    "IzbDdxkqa0jH4Wg1FVd6uqPvKfpoJvPF5nfAcOfkKAUOAj1qoMwZYbmhj1s7eqiIlBNUGT"
    "ukT4rQ2aPFDhBPcJ+zD60cWiCau7tfofzo5b3xHSQ1zrkSV7w7aM0LKQx+d8CCh6Io/IFg"
    "dEmOxlvwSihpAsES6GioaN2AbQ5f8DjK8w2YuA/zDiItnh0SdCKH+y7Osz1XpHmgSfg+uw"
    "5mDYYnJCP10IbU2CXXgHTD7aDvPR5DnGNfrxcqRqepWIGsjVIFc87/KCZjM2lu0xWramms"
    "JRTHNsrrSY55yo8Zl1Yp7HJfX3atqDZ8VMv7h822pp4rd4ebKS5t3R7d1R8Dfvkkj7BxkP"
    "Shg0cXlYR539Mxqwy7jKPOM0BH+sXLa566uRon0NMiSVIak6sVcpnAX5pd8U0rycAfYI3N"
    "UtiZLtlwVNtuOm6CYCPYR3By3e0N9FcOta10YCWjes/ZmSBQPjJRB+KpleiZ4QXQJrBt0p"
    "isuIs2AspMaIhgl+qGks/EG62ELfR3OvRI2vb8aXEtvflJ3s6mXYrN1eGk7xWkXYKDc4zM"
    "vq/C4cAluHMFaW61aP6kpK24U6EHGhiDLAv2ucHsxtjyWg0G3cZHeLQHuUCLVEGeq0nL5g"
    "/4qohRq37Nkeqtj1gpJ9troKdiJgimBvUAQbMR/PpftFxp+UBcTXqCVl0n3al/esbVgB88"
    "m8ouJite6dE9M4Uax1bMPW2qIUHZYt3O8losbsUajAq+x+LwgaNsS434/F55DxLAVuG69S"
    "ImWmV+vp5YAGrV7ijKBxG+o8x8yHtN1OnZU0s6zzLE+wi9ms1TTnRM086zzPDhItyKX1q6"
    "LQ5sS0D6AZvOe/QnD7ojriQvJxIaEvOPwFxf7mpfkUlN0QvfahiGXy5jXT+TXjjxLYFOa5"
    "mh5cSWzED3ZnTndDD1JKKEfVVnIGZ6X6x0dt398eIjZHjMFpCdTVZaIKgn1Ae99FoTxKnr"
    "Bd1jqkpkx7SqYPmO96hctoRBWAE4H+oXt61qSsBB9Vza2eFUpLSH9YKy9OXlJb56Tm7hsS"
    "+G2noCBq5qClC40iG5cFl/yILDyHTiUHHkvltcVQ7GUk3rVJqMHzx+t3Nx8vPzw/uxiehg"
    "03+LmJw0IR8RZ0USgSZHGFcRSwEu9NPcApsY0R1mxv3zrGHsWEm9QlGTnrAkxWctr2Mxmc"
    "AIcshuAUuITynzMEZ2CGp7Nm/MEWA040ymTcE4fzdSYKjMhyJC7xwRhNAxdAdwnmhB5haw"
    "VLVAhyOHzQdrBbYnWt8ZsWxbuzFL7I0jSLaEGEnTaIJwg+fgwiZ3J8q4E5RDnMN5bRud3N"
    "/UzUv5s+Y0B825C05VM+g2woShDNoA0c2Lg23va23xnhI9WiQFIi2hPmew7/WAXitVOAS+"
    "WNorZGUaPIp8sRmags4rSMWcVFPLFyMnpWymCaS5NDyBvZcFmyI1SeaxmZ/VkS56qx6u/J"
    "ghsT7jQsmSdYLFk1L3T9AEgReEQe/4+Jj6gcg8Jgzf03dfMCOm0VDJAR7I5+KU0NmaSxQH"
    "waol5kx6FV6lMj4PoJyRKhZYUCwnvDNdUCRigZtr7OposA5W+kx1+2B4b+fhDdFCHgT3nD"
    "LY188p94SeeIgQkl85fgV8pVCrrk7+sSPBefK3qJ8Ge8KCmtubOP2aBnVPgslVNrJWEKFK"
    "gWKOhj+qzmvHofs+3DpHVhBadT8w5cId5k3u80BaVLCd2730SOLx22G5hG7mAymTBUslbX"
    "uZFXcr1xI2/NEosg4squD4vIVgda5eX2t9sODqCc7STMqkUtSZO0ZGzcehv3hh/Mg3ITV9"
    "4arrNwcTxqrYH7VViXsgmDpJqk2TmGvjUDFv9s4JMKA1OusRJLdgvPMyZrR0xW+fMUTvJk"
    "fJ9Uo+0d4qZC4aZL1Vice7I4TeqKSV3RZ32b1JWDrfLd9DOHjlNCvVRvLomAKZu1webSxW"
    "SL3vkkuplv0btpMLSOoXUKYzelde5EaG05rXMXRd3W0zpxbG6zuAUykZUNPAdaiEWlil0R"
    "NysCZcNixqvKByzHy4S25RC4FdEK23z4BoSPLkbzcRA+JeVA6v1hZYVAOn0MbcMRdiCSck"
    "9RckKEP4o2rYHefqVqsrF/Eabepf3PgPnzitC0/JDajT4Qg/mhlhndjMcPq9IzsRPLGLdn"
    "DEzwNKDiUhQvChZie6bY95H7BsjlIto3fyf/S4SNPBFsi/bNl56HXPs74jrLIeAy8oFMBK"
    "BWkP57+vA/3T9dkf+RPFuEYuLJBFHk8qPoLYCAEscJPJESJo4gFszFaSVDZaPHuHZ0fmEK"
    "VkCzFu2nw8mSzx2ZLj8HP6B0UQf0VdkVOPTc2lYAtShpwM3b+ZYVUNoqfD4n2h2Tc3AbGg"
    "1yYbwJjQSZ5SD8v/xfb2UjbKw7dMI07Xswqjb+KhmBoLiJpWX0377CFAKpSnGghzIEwyJ8"
    "m5An+q5VcUOd9X5/oohDysqScOs46bRUn3iAPdPRgRtCpIR9SshA3xp64xXTYBKMV0yLad"
    "ChUJZuM7H1AgwdrfbWJYipsEAD1GIp5yQN1I1q61FUUk6kphVVSqYP8VN7aPw1DqirCnNa"
    "xsDcCGYWeIgyZFfUc6kJL84Lagy4LK8lOTqAY0dJzCUIN43btLvx7ufDQfYU0RH/UJdByX"
    "QokjyVD9De0boHvlonB2tl2Y/U3eF6t2rz0h/V+Kp5CHNsvXESGidh1/eF9A4sAryYBy2k"
    "CGlezgCbT0Go9LvWJHpUe1z74BfaiQoRYiZhUkY6luoh1udnDaA+P6tEWtwyHu8j9RRZCD"
    "+1muicqJlorSfatHbf4zkVMGWgUyIG5EYgTxD0A1quy1bjnJUyUDeCGnp49IiWimZDVsqQ"
    "NEeUWbBnLA/SP083baVnDfT0htd00NtP2T0Tu3J0c2BBSzSfb/8yVDzAzMcG8zGSPdbbT0"
    "dB3sxGu9mgCDLi8u/Vai7KpM1MtIzzlU5KRgJqKdHRebk+akdbTwrRIZpxr0nZqYBwE9eo"
    "wQI3wXaKQUmxfS0yBS0UVh0RKeUBa7qq+xqKt6elLWdBfFlAA0fXCeCrxEPUx0iphlxWyh"
    "SS26CQHP/d6h71jJDOG9HtBPDzJqx0YYPQmRVVlmjzCmyfVPs7gK5f2mq79qRNi3VErznc"
    "SStXwIjh/1Za41kpjRe5NkEjIWJ8aTqlC3od1ClBg/Z6tB2OhGstR3OVxppZIY3bRqva/l"
    "ur7K5PutEedfXIcANCQxRqomycyZDjgAmhBzJBjzhdIKzRZVO0kKVWUmb1UWUQ/IKWg9ok"
    "gl/C2jON8ghGUaGa9dXZSqtfxtG6JRU2G4zfoGimHqHF65MNuhjgYtIOTG2yroNrIrWPJI"
    "DXg0uHQHtk4yliJXN9hV1+ClXwZQXZ3GSPl37Ipemh/9xOQj1U0JVM1p+TxUFFUzI45bMr"
    "yoVCYAeeg62oFdBGi+EqIsuSdcDPiqubT5effy9vjXFVQq5d/X5/famZGvWeUPzfEtJyLS"
    "q+30CJmqWGrlWhrhC3GxB4YNi10MMwruX6/OERef6DmL2H8NLDC1FJ1kbxVIpcRa5HhUOX"
    "4vYcLsEYgSlx0Ru+FhB4QhRPorFFZWyvn7yBWie+jopKF4/vnTq3le7VNZ3axTpQPRgTIX"
    "Mkanck6rS9fgjZtPckoJVbbHpMg202Juhm8fi1e+17suBblbsEsrES8Al5BDN+zSHutNjK"
    "YQjEk4cgSekdJo7aIZDfagjGgfWI/BJLd7cftcFuGqOl8pLHMrt4xw+6v3b9Da/bzo1dbs"
    "oB6A+sSUcx6Sg9SEcJD+cixPVthFZSOhfvHFxDaybMwbP/9/z0f/3wAoijnon2JUKZEf8K"
    "xkEU5h5Li7IZxbDFxkOmhPOeQ7t1Miw+y6Y4tXZFakgDsyLssqNgVZQ6tUJ9XkRSoSfEb9"
    "r8nXEZl2jqFVvzAGMBGAvAWADGAug+sAcumNBPUA9YwkY3QPtZw+YIUT5YEZsjxNrQMoaW"
    "6QEtY5iBQyZ9m+ZOh4K+i9VxejcJ3SyQ07tp0KEcgm4zYYogdA9ifbKtWkG9q4I2W8FZE4"
    "fGbeCPybePiAlHxKDEnZEdMKxzZhA5dDRPjV3rybgE0fCwAgIEFpnPsS+648iaVCIoaY4Z"
    "sl+CS0DJQjgFhfcBgcD1sSP9gPETZpABWzgFRVqWIEGLfo/df1yTlibwCWK5skVsv+lhsg"
    "+estpl0cdu4fydZI9vUmuWv4OEisUsFuzbuG18eN8Lxg5ms3ZlR7YSILyaDPmvwmTE47We"
    "jPt4AoYiqN2PW4K1gfv05KQJZXFyUk1ZnBSO+Sj/pIh7TYmXlYip77JBfRdxOiot+ERA4y"
    "IMg6/n74D8oh6kovdd1PhOnrBtVv32eVBuBgiUWqTlZSVNCoKG4QkpR29a0VKc6Lxsd6Z6"
    "8HWGXPnGUeTApUyVYsi1uaIKnssMvRfN3sJeLQWu5M+9Mr6gPmAyLdebWqxtQyA1MVp/RR"
    "QTrmh8lnNdMFnTt4d1BqsXDRwJdbmZvXrL7T0PIwuJQy2Wl9bfG7AQrx1/x4SaHSDgom9+"
    "GE4nsnCEkehA5gMauGDBT8WicbrlZ28Qr3dYNVyj/Mct6ts1WZCiIHrgKCGeltHZ+Dk87q"
    "lVzV+aEX9FWigDOdHu6AJHqfaJvbDlROdEtzDReywUJk4G8a1W1WQnmCJbng3Hp/HxWZS1"
    "9KMiaSqrICfa5VUApQKBJPkHj3gVSK6z7TpIhLuzEm64TihXgYPnOCzREiuQ0F2Oib18xs"
    "JyLce3JgQJ3mZbSMt1ZyWIPUFaB8XjQW4NNjc3Jse3CBClZSvgnmt65bOfCOhMvYoiEH48"
    "4cIcnEDsbKFRxf31b/f17HemBFM8PE+J60MhOLC08JK8PqwlDeIRjbiCJ0RFBp2w6GXNrA"
    "8wcK3ZL3wjFgVcRZUOQOiU5epzWPxjh7Hsi7f8EI+fw7dvV2TnAWsGXf7LylmEvXzqBvyC"
    "+CQVazce3zt+YVuFp6vJhWgKi2hXMp4piT7FAG6tBnUffdTaJCjIdjSjOXbLzua6+NWcoM"
    "bF00UQEnH92RBgF8gvDETHDvZWPusNGC8BBz08W1QW+L6DXEV1UtdSaiWQlunh63DeZDOv"
    "3suLDWctJ7CR3TKqviCs8TuheUA34WeiKNTgITo6fSwxG+tiYYvCXWk+EO5HEPD32Q55hI"
    "3tiHaByAzBMs9t5eJPxvdoyW9Nf4ny2FXwTIsYSKvLAcl3nB/pgV+iIa5N/stJG+W7BOkZ"
    "ZCP+fATn4lOLJyIhDoJuOc4F2XyZbS7cQYjrTrfb2w8Z1ubqJk/LfPl4df35+WluKy4Cjy"
    "YTZPn4CY0mlMxVmdOitHGhas2O8p8WKuv+6J9krHJWlEjubyc7VQycGnzF/iwMTpVeMtlk"
    "CYJ4Ae5/f+OQjSjyOXqiI5INlY7pcuH9of9aEfykkYAIEubGsOwCKdoIkEDN9N0Ifk0Y6a"
    "uAup8D+eULrHRyb1jHTIetb+Nh6+jp6m2tSQqT/Cz5yXGZE8KwfLLJZzpsPlNhZpoCXpxS"
    "U+IqR07Ga7yAan0McVquT1r9Niqp9rnsz+A/RIdGEW/R8DQz1X/a8eniBw653uZRNMHfwE"
    "IodRBMsAsd8B8y6+4/2szATgoECa5fZQ7i8ZpPgUiLlYlegm4eRn29JfQw7uwd/5LDvwim"
    "57TpOd0/tE1FlJ07IrwyRaUWXq9UTTHQFqD1MaIla7c6Bz0R2CgDXbM9Yh8J6BoRHvfRLJ"
    "QyHuHN4VrKw0/GKbTjinqqywL8QDyGyXiMKPiJvQQPMLAxci004krlQ9jTUiy5tEqD6DMG"
    "0DcfUaFpihr6/KZIF13Wtefax0eXcDh/pGqtJx8QVzNJf6L4Ow4C+6tpSJ8hd/ZB7pj6+l"
    "ukc0wg36qic6N8y7OafMuzYr5lYZNpCnRBsIeIn75qQi3kXYApZuFVJdzRFq6MdiTXQ7B3"
    "UrDcRFZv2/nJfOgHJTZATRp8ItHDVbv9LULDII7u2F+di+FYzZdP2s91KGtmWueZDk3KUZ"
    "gD0aLwdIl4V2KUv4oAElGFNfwRUYLbhNC30g1EAh9gfwhcwo1vOt1CtnPratWm4Fz/X8Sk"
    "lmqLic7Lmi1Xt5nWhDj9NQp/+FXs14OyJObMgGFtNnM0NNz8m5Gol67IHn7GAFm4QMoJxy"
    "8E8vGCymQ+gnZc9VPw8M8EqSlHsoc3/IqLmLgtHMJD8OXuRxn5J0MBZWkCLDfwkurde/zg"
    "JkFwKW4tFZESBk2YMDjDlOq95aoEvvU4SKulcW6is7rXmy08CIoQ19Q5TyRMmfMNypxryD"
    "t1aEo6oRsb4ukYZ9rQGr2dZk2M3c9izkOcC3Zucm9YZ+LS9KgGDamoKHElrcRVoyhuGMql"
    "x+1FtJChNgsSODYYI/AcApsuRa21Fy+BqLVnBZSFzXaSQmyy3wtwCBHV9mBJ6e+9faqaWc"
    "v/39ixxo7VezdVsGMxG/G3RtR3LgJaWzogK2jqBjSvGyBU9hbqQUrM6Aba6QaZuG3SYnoT"
    "ITO5Wk+uiK9R60sRC/SRk9p6PE6otLWxntKC5h3S+h2K5kpNicsIGT2uUA8OlWlwNeUQY4"
    "netPDad7XPiK4ZL5WjuUtEzeHQ5HBY4aa4d+QFzf5horGO8eSdYLdtMFZO1HghdJtnzejp"
    "d1FS5qCGpk7GDJvQ1SMrPXwtby3jYLEfdWhgYeGZJFcUPH/27E1ELZMJcEnYAOhFrgNE8t"
    "kinzSW5X+8KDLWe/i8DRpMpB6scnLmxAxbrcpWp+ZQSUXMivVQPdxJBpp08CjWhV/J9CkF"
    "bf/WkEjhH40R3/ZK+LEmBVdSwsdYHOT8RDF9QmIGJ75yBZaCrIF7Ldx812+5uLOSBupGUL"
    "da1hlBA/Q6oKk4+bg62WpZF4UN4E0Bb7O4C7IG7jK4NTGCLxHF1mxQYvpGd4Z1Bi9cjdll"
    "zWqlOKbqtkplBkqJ6hxZd5tZhLvXmzcs3dCi7WC1EVhdHcMYgBUGoHipFBCOhvcQ3dNG9Y"
    "tOa+oXnRbrF4kufMgtoY6r80VSIiZhpEtlCf/9/wEsquMz"
)
