"""Many at once: operations on credit decided together, and what questions of months are answered from."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
-- Many operations at the price of few statements: wallets and budgets are locked in order of id, what the operations
-- need is read once, each is decided from what those before it left, and all is written at the end. It says of each
-- what the function for that one says. Whatever is out of the ordinary (debt, a repeated key, a budget that is full or
-- not used yet, more used than held) is left to those functions: `rest`, after the others, which are waiting for none of
-- it either. Tables are reached from the operations, by index: a plan is kept while they grow from nothing to millions
-- of rows. `p_budgets` with `p_starts` are the budgets that the operations count towards.
CREATE FUNCTION credit_apply_together(
    p_todo credit_operation[], p_wallets uuid[], p_budgets uuid[], p_starts timestamptz[],
    OUT results credit_result[], OUT rest credit_operation[]
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    nothing credit_result;
    no_hold credit_hold;
    r credit_result;
    o credit_operation;
    h credit_hold;
    w_id uuid[];
    w_org uuid[];
    w_environment text[];
    w_balance numeric[];
    w_held numeric[];
    w_debt numeric[];
    w_seq bigint[];
    w_changed boolean[];
    g_id uuid[];
    g_wallet uuid[];
    g_remaining numeric[];
    g_held numeric[];
    g_feature text[];
    g_effective timestamptz[];
    g_expires timestamptz[];
    g_changed boolean[];
    b_key text[] := '{}';
    b_id uuid[];
    b_start timestamptz[];
    b_amount numeric[];
    b_hard boolean[];
    b_spent numeric[];
    b_held numeric[];
    s_n int[] := '{}';
    s_id uuid[];
    s_start timestamptz[];
    h_id uuid[];
    h_row credit_hold[];
    keys text[];
    made credit_hold[] := '{}';
    ended credit_hold[] := '{}';
    transactions ledger_transaction[] := '{}';
    entries ledger_entry[] := '{}';
    t ledger_transaction;
    e ledger_entry;
    w int;
    g int;
    b int;
    s int := 1;
    part numeric;
    need numeric;
    is_ordinary boolean;
BEGIN
    results := '{}'; rest := '{}';
    SELECT array_agg(id), array_agg(org_id), array_agg(environment::text), array_agg(balance), array_agg(held),
        array_agg(debt), array_agg(seq), array_agg(false)
    INTO w_id, w_org, w_environment, w_balance, w_held, w_debt, w_seq, w_changed
    FROM (SELECT * FROM wallet WHERE id = ANY (p_wallets) ORDER BY id FOR UPDATE) AS locked;
    IF cardinality(p_budgets) > 0 THEN
        SELECT array_agg(k.budget_id || ' ' || k.starts_at), array_agg(k.budget_id), array_agg(k.starts_at),
            array_agg(k.amount), array_agg(k.is_hard), array_agg(k.spent), array_agg(k.held)
        INTO b_key, b_id, b_start, b_amount, b_hard, b_spent, b_held
        FROM (
            SELECT u.budget_id, u.starts_at, (SELECT budget.amount FROM budget WHERE budget.id = u.budget_id),
                (SELECT budget.is_hard FROM budget WHERE budget.id = u.budget_id), u.spent, u.held
            FROM budget_usage u WHERE u.budget_id = ANY (p_budgets) AND u.starts_at = ANY (p_starts)
            ORDER BY u.budget_id, u.starts_at FOR UPDATE
        ) AS k;
        SELECT array_agg(p.n), array_agg(p.id), array_agg(p.start) INTO s_n, s_id, s_start FROM (
            SELECT t.n, budget.id, credit_period_start(budget.period, t.at) AS start
            FROM unnest(p_todo) AS t CROSS JOIN unnest(t.kinds, t.refs) AS scope (kind, ref)
            CROSS JOIN LATERAL (
                SELECT b.id, b.period FROM budget b
                WHERE b.org_id = t.org AND b.scope_kind = scope.kind AND b.scope_id = scope.ref
                    AND b.environment = w_environment[array_position(w_id, t.wallet)] OFFSET 0
            ) AS budget
            WHERE t.op = 'hold' ORDER BY t.n, budget.id
        ) AS p;
    END IF;
    SELECT array_agg(id), array_agg(wallet_id), array_agg(remaining), array_agg(held), array_agg(feature_id::text),
        array_agg(effective_at), array_agg(expires_at), array_agg(false)
    INTO g_id, g_wallet, g_remaining, g_held, g_feature, g_effective, g_expires, g_changed
    FROM (
        SELECT * FROM credit_grant WHERE wallet_id = ANY (w_id) AND NOT is_spent
        ORDER BY wallet_id, priority, expires_at NULLS LAST, category = 'paid', effective_at, created_at, id
    ) AS unspent;
    SELECT coalesce(array_agg(c.id), '{}'), array_agg(c) INTO h_id, h_row
    FROM credit_hold c WHERE c.id = ANY (ARRAY(
        SELECT t.hold FROM unnest(p_todo) AS t WHERE t.op IN ('settle', 'release')));
    SELECT coalesce(array_agg(t.key), '{}') INTO keys
    FROM unnest(p_todo) AS t CROSS JOIN LATERAL (
        SELECT FROM credit_hold c WHERE c.org_id = t.org AND c.operation_key = t.key OFFSET 0
    ) AS known
    WHERE t.op = 'hold';

    FOREACH o IN ARRAY p_todo LOOP
        is_ordinary := false; r := nothing; r.n := o.n;
        IF o.op = 'hold' THEN
            w := array_position(w_id, o.wallet);
            is_ordinary := w IS NOT NULL AND w_org[w] = o.org AND w_debt[w] = 0 AND o.key <> ALL (keys);
            keys := array_append(keys, o.key);
            h := no_hold; h.grant_ids := '{}'; h.grant_amounts := '{}'; h.budget_ids := '{}'; h.budget_starts := '{}';
            WHILE s_n[s] < o.n LOOP
                s := s + 1;
            END LOOP;
            WHILE is_ordinary AND s_n[s] = o.n LOOP
                b := array_position(b_key, s_id[s] || ' ' || s_start[s]);
                is_ordinary := b IS NOT NULL AND (NOT b_hard[b] OR b_spent[b] + b_held[b] + o.amount <= b_amount[b]);
                h.budget_ids := array_append(h.budget_ids, s_id[s]);
                h.budget_starts := array_append(h.budget_starts, s_start[s]);
                s := s + 1;
            END LOOP;
            IF is_ordinary THEN
                r.id := o.wallet; r.amount := o.amount; r.balance := w_balance[w]; r.debt := 0;
                need := o.amount;
                g := array_position(g_wallet, o.wallet);
                WHILE need > 0 AND g_wallet[g] = o.wallet LOOP
                    part := least(g_remaining[g] - g_held[g], need);
                    IF part > 0 AND g_effective[g] <= o.at AND (g_expires[g] IS NULL OR g_expires[g] > o.at)
                        AND (g_feature[g] IS NULL OR g_feature[g] = o.feature)
                    THEN
                        h.grant_ids := array_append(h.grant_ids, g_id[g]);
                        h.grant_amounts := array_append(h.grant_amounts, part);
                        need := need - part;
                    END IF;
                    g := g + 1;
                END LOOP;
            END IF;
            IF is_ordinary AND need > 0 THEN
                r.outcome := 'insufficient'; r.available := o.amount - need;
            ELSIF is_ordinary THEN
                FOR i IN 1 .. cardinality(h.grant_ids) LOOP
                    g := array_position(g_id, h.grant_ids[i]);
                    g_held[g] := g_held[g] + h.grant_amounts[i]; g_changed[g] := true;
                END LOOP;
                FOR i IN 1 .. cardinality(h.budget_ids) LOOP
                    b := array_position(b_key, h.budget_ids[i] || ' ' || h.budget_starts[i]);
                    b_held[b] := b_held[b] + o.amount;
                END LOOP;
                w_held[w] := w_held[w] + o.amount; w_seq[w] := w_seq[w] + 1; w_changed[w] := true;
                h.id := o.id; h.org_id := o.org; h.wallet_id := o.wallet; h.operation_key := o.key;
                h.fingerprint := decode(o.fingerprint, 'hex'); h.amount := o.amount; h.feature_id := o.feature;
                h.created_at := o.at; h.lease_expires_at := o.lease;
                made := array_append(made, h);
                r.outcome := 'held'; r.id := o.id; r.resets_at := o.lease;
            END IF;
        ELSIF o.op IN ('settle', 'release') THEN
            g := array_position(h_id, o.hold);
            h := h_row[g];
            w := array_position(w_id, h.wallet_id);
            is_ordinary := g IS NOT NULL AND w IS NOT NULL AND h.state = 'open' AND h.org_id = o.org
                AND coalesce(o.environment = w_environment[w], true) AND (o.op = 'release' OR o.amount <= h.amount);
            IF is_ordinary THEN
                -- Whoever ends it again is told how it ended, once that is written.
                h_id[g] := NULL;
                need := CASE o.op WHEN 'settle' THEN o.amount ELSE 0 END;
                e.transaction_id := o.id; e.org_id := o.org; e.wallet_id := h.wallet_id; e.account := 'credit';
                FOR i IN 1 .. cardinality(h.grant_ids) LOOP
                    g := array_position(g_id, h.grant_ids[i]);
                    part := least(h.grant_amounts[i], need);
                    need := need - part;
                    g_held[g] := g_held[g] - h.grant_amounts[i]; g_remaining[g] := g_remaining[g] - part;
                    g_changed[g] := true;
                    IF part > 0 THEN
                        e.line := i; e.grant_id := h.grant_ids[i]; e.amount := -part;
                        entries := array_append(entries, e);
                    END IF;
                END LOOP;
                FOR i IN 1 .. cardinality(h.budget_ids) LOOP
                    b := array_position(b_key, h.budget_ids[i] || ' ' || h.budget_starts[i]);
                    IF b IS NOT NULL THEN
                        b_held[b] := b_held[b] - h.amount;
                        b_spent[b] := b_spent[b] + CASE o.op WHEN 'settle' THEN o.amount ELSE 0 END;
                    END IF;
                END LOOP;
                r.id := h.id; r.amount := h.amount; r.balance := w_balance[w]; r.debt := w_debt[w];
                w_held[w] := w_held[w] - h.amount; w_seq[w] := w_seq[w] + 1; w_changed[w] := true;
                h.ended_at := o.at; h.state := 'released';
                IF o.op = 'settle' THEN
                    w_balance[w] := w_balance[w] - o.amount;
                    IF o.amount > 0 THEN
                        e.line := cardinality(h.grant_ids) + 2; e.account := 'consumed'; e.grant_id := NULL;
                        e.amount := o.amount;
                        entries := array_append(entries, e);
                    END IF;
                    t.id := o.id; t.org_id := o.org; t.wallet_id := h.wallet_id; t.seq := w_seq[w];
                    t.operation_key := 'settle:' || h.id; t.at := o.at; t.amount := o.amount;
                    t.balance_after := w_balance[w]; t.hold_id := h.id;
                    transactions := array_append(transactions, t);
                    h.state := 'settled'; h.settled := o.amount; h.transaction_id := o.id;
                    r.amount := o.amount; r.transaction_id := o.id; r.balance := w_balance[w];
                END IF;
                r.outcome := h.state;
                ended := array_append(ended, h);
            END IF;
        END IF;
        IF is_ordinary THEN
            results := array_append(results, r);
        ELSE
            rest := array_append(rest, o);
        END IF;
    END LOOP;

    IF cardinality(made) + cardinality(ended) = 0 THEN
        RETURN;
    END IF;
    UPDATE wallet SET balance = w_balance[array_position(w_id, id)], held = w_held[array_position(w_id, id)],
        seq = w_seq[array_position(w_id, id)]
    WHERE id = ANY (ARRAY(SELECT n.id FROM unnest(w_id, w_changed) AS n (id, changed) WHERE n.changed));
    UPDATE credit_grant SET remaining = g_remaining[array_position(g_id, id)], held = g_held[array_position(g_id, id)],
        is_spent = g_remaining[array_position(g_id, id)] = 0
    WHERE id = ANY (ARRAY(SELECT n.id FROM unnest(g_id, g_changed) AS n (id, changed) WHERE n.changed));
    IF cardinality(b_key) > 0 THEN
        UPDATE budget_usage SET spent = b_spent[array_position(b_key, budget_id || ' ' || starts_at)],
            held = b_held[array_position(b_key, budget_id || ' ' || starts_at)]
        WHERE budget_id = ANY (b_id) AND starts_at = ANY (b_start);
    END IF;
    IF cardinality(made) > 0 THEN
        INSERT INTO credit_hold (id, org_id, wallet_id, operation_key, fingerprint, amount, state, feature_id,
            grant_ids, grant_amounts, budget_ids, budget_starts, created_at, lease_expires_at)
        SELECT n.id, n.org_id, n.wallet_id, n.operation_key, n.fingerprint, n.amount, 'open', n.feature_id,
            n.grant_ids, n.grant_amounts, n.budget_ids, n.budget_starts, n.created_at, n.lease_expires_at
        FROM unnest(made) AS n;
    END IF;
    IF cardinality(ended) > 0 THEN
        INSERT INTO ledger_transaction (id, org_id, wallet_id, seq, kind, operation_key, at, amount, balance_after, hold_id)
        SELECT n.id, n.org_id, n.wallet_id, n.seq, 'settle', n.operation_key, n.at, n.amount, n.balance_after, n.hold_id
        FROM unnest(transactions) AS n;
        INSERT INTO ledger_entry (transaction_id, line, org_id, wallet_id, account, grant_id, amount)
        SELECT n.transaction_id, n.line, n.org_id, n.wallet_id, n.account, n.grant_id, n.amount FROM unnest(entries) AS n;
        -- A trigger locks what was reserved of features: in order, as everybody does.
        FOR h IN SELECT * FROM unnest(ended) AS n WHERE n.usage_id IS NOT NULL ORDER BY n.usage_id, n.id LOOP
            UPDATE credit_hold SET state = h.state, ended_at = h.ended_at, settled = h.settled,
                transaction_id = h.transaction_id
            WHERE credit_hold.id = h.id;
        END LOOP;
        SELECT coalesce(array_agg(n.id), '{}') INTO h_id FROM unnest(ended) AS n WHERE n.usage_id IS NULL;
        SELECT array_agg(n) INTO ended FROM unnest(ended) AS n WHERE n.usage_id IS NULL;
        UPDATE credit_hold SET state = (ended[array_position(h_id, id)]).state,
            ended_at = (ended[array_position(h_id, id)]).ended_at, settled = (ended[array_position(h_id, id)]).settled,
            transaction_id = (ended[array_position(h_id, id)]).transaction_id
        WHERE id = ANY (h_id);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION credit_apply(p_operations jsonb) RETURNS SETOF credit_result LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    o credit_operation;
    todo credit_operation[] := '{}';
    f record;
    r credit_result;
    together record;
    wallets uuid[];
    budgets uuid[];
    starts timestamptz[];
BEGIN
    FOR o IN SELECT * FROM jsonb_populate_recordset(NULL::credit_operation, p_operations) LOOP
        IF o.wallet IS NULL AND o.op IN ('hold', 'consume') THEN
            SELECT * INTO f FROM credit_wallet_for(o.org, o.environment, o.customer, o.customer_id);
            o.wallet := f.wallet;
            IF f.customer IS NOT NULL THEN
                o.customer := f.customer; o.kinds := o.kinds || 'customer'::text; o.refs := o.refs || f.customer;
            END IF;
            IF f.team IS NOT NULL THEN
                o.kinds := o.kinds || 'team'::text; o.refs := o.refs || f.team;
            END IF;
        END IF;
        todo := todo || o;
    END LOOP;
    IF cardinality(todo) > 1 THEN
        -- By id alone: with the org beside it, a plan for an empty table may take the index that begins with the org.
        SELECT array_agg(coalesce(t.wallet, c.wallet_id)) INTO wallets
        FROM unnest(todo) AS t LEFT JOIN LATERAL (
            SELECT h.org_id, h.wallet_id FROM credit_hold h WHERE h.id = t.hold OFFSET 0
        ) AS c ON c.org_id = t.org;
        SELECT array_agg(d.id), array_agg(d.start) INTO budgets, starts FROM (
            SELECT b.id, credit_period_start(b.period, t.at) AS start
            FROM unnest(todo) AS t CROSS JOIN unnest(t.kinds, t.refs) AS s (kind, ref)
            CROSS JOIN LATERAL (
                SELECT k.id, k.period FROM budget k
                WHERE k.org_id = t.org AND k.scope_kind = s.kind AND k.scope_id = s.ref
                    AND k.environment = (SELECT w.environment FROM wallet w WHERE w.id = t.wallet) OFFSET 0
            ) AS b
            UNION ALL
            SELECT p.id, p.start FROM unnest(todo) AS t CROSS JOIN LATERAL (
                SELECT h.org_id, h.budget_ids, h.budget_starts FROM credit_hold h WHERE h.id = t.hold OFFSET 0
            ) AS c
            CROSS JOIN unnest(c.budget_ids, c.budget_starts) AS p (id, start)
            WHERE c.org_id = t.org
        ) AS d;
        IF cardinality(todo) < 4 THEN
            PERFORM credit_lock(wallets, budgets, starts);
        ELSE
            SELECT * INTO together FROM credit_apply_together(todo, wallets, budgets, starts);
            RETURN QUERY SELECT * FROM unnest(together.results);
            todo := together.rest;
        END IF;
    END IF;
    FOREACH o IN ARRAY todo LOOP
        r := CASE
            WHEN o.op = 'settle' THEN credit_settle(o.org, o.hold, o.id, o.amount, o.at, o.environment)
            WHEN o.op = 'release' THEN credit_release(o.org, o.hold, 'released', o.at, o.environment)
            WHEN o.op = 'hold' THEN credit_place_hold(o.id, o.org, o.wallet, o.key, o.amount, o.feature, o.kinds, o.refs,
                o.lease, o.at, decode(o.fingerprint, 'hex'))
            WHEN o.op = 'consume' THEN credit_consume(o.org, o.wallet, o.id, o.key, o.amount, o.feature, o.kinds, o.refs,
                o.allows_debt, o.at, decode(o.fingerprint, 'hex'))
        END;
        IF r.outcome = 'wallet_missing' AND o.customer_id IS NOT NULL AND o.customer IS NULL THEN
            r.outcome := 'customer_missing';
        ELSIF r.outcome = 'wallet_missing' AND o.wallet IS NULL THEN
            -- Nobody ever gave this customer credit: what it has is nothing.
            r.outcome := 'insufficient'; r.available := 0; r.amount := o.amount;
        END IF;
        r.n := o.n;
        RETURN NEXT r;
    END LOOP;
END $$;

-- What a customer could spend at a moment, for answers that are advice: who pays for it, what is free of that wallet by
-- the feature that grants are for ('' of any use), and how full the budgets of the customer and its team are.
CREATE FUNCTION credit_standing(p_org uuid, p_environment text, p_customer text, p_now timestamptz)
RETURNS TABLE (
    tier text, team text, wallet uuid, debt numeric, features text[], free numeric[], budget_kinds text[],
    budget_periods text[], budget_amounts numeric[], budget_hard boolean[], budget_used numeric[]
) LANGUAGE sql STABLE AS $$
    SELECT c.tier, c.team, w.id, coalesce(w.debt, 0), g.features, g.free, b.kinds, b.periods, b.amounts, b.hard, b.used
    FROM (SELECT) AS one
    LEFT JOIN customer c ON c.org_id = p_org AND c.external_id = p_customer
    LEFT JOIN wallet t ON t.org_id = p_org AND t.environment = p_environment AND t.owner_kind = 'team'
        AND t.owner_ref = c.team
    LEFT JOIN wallet own ON own.org_id = p_org AND own.environment = p_environment AND own.owner_kind = 'customer'
        AND own.owner_ref = p_customer
    LEFT JOIN wallet o ON o.org_id = p_org AND o.environment = p_environment AND o.owner_kind = 'org' AND o.owner_ref = ''
    LEFT JOIN wallet w ON w.id = CASE WHEN c.team IS NOT NULL THEN t.id ELSE coalesce(own.id, o.id) END
    LEFT JOIN LATERAL (
        SELECT array_agg(coalesce(f.feature_id, '')) AS features, array_agg(f.free) AS free FROM (
            SELECT feature_id, sum(remaining - held) AS free FROM credit_grant
            WHERE wallet_id = w.id AND NOT is_spent AND effective_at <= p_now
                AND (expires_at IS NULL OR expires_at > p_now)
            GROUP BY feature_id
        ) AS f
    ) AS g ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(k.scope_kind::text) AS kinds, array_agg(k.period::text) AS periods,
            array_agg(k.amount) AS amounts, array_agg(k.is_hard) AS hard,
            array_agg(coalesce(u.spent + u.held, 0)) AS used
        FROM (VALUES ('customer', p_customer), ('team', c.team)) AS scope (kind, ref)
        JOIN budget k ON k.org_id = p_org AND k.environment = p_environment AND k.scope_kind = scope.kind
            AND k.scope_id = scope.ref
        LEFT JOIN budget_usage u ON u.budget_id = k.id AND u.starts_at = credit_period_start(k.period, p_now)
    ) AS b ON true
$$;

-- More usage by day, kept as the days of migration 3 are: by feature and key, by user, and by customer and model; and how
-- long calls took. Nobody may write an hour between the sums that are made here and the triggers that keep them.
LOCK TABLE "usage_rollup_hour", "usage_latency_hour" IN SHARE ROW EXCLUSIVE MODE;
CREATE TABLE "usage_rollup_feature_day" (
    "org_id" UUID NOT NULL,
    "day" TIMESTAMPTZ NOT NULL,
    "workspace_id" UUID NOT NULL,
    "api_key_id" UUID NOT NULL,
    "feature_id" VARCHAR(255) NOT NULL,
    "provider" VARCHAR(64) NOT NULL,
    "model" VARCHAR(128) NOT NULL,
    "slot" SMALLINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "unrated" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "cost_usd" NUMERIC(24,12) NOT NULL,
    "credits" NUMERIC(24,12) NOT NULL,
    "revenue_usd" NUMERIC(24,12) NOT NULL,
    PRIMARY KEY ("org_id", "day", "workspace_id", "api_key_id", "feature_id", "provider", "model", "slot")
) WITH (fillfactor = 50);
CREATE TABLE "usage_rollup_user_day" (
    "org_id" UUID NOT NULL,
    "day" TIMESTAMPTZ NOT NULL,
    "workspace_id" UUID NOT NULL,
    "customer_id" VARCHAR(255) NOT NULL,
    "user_id" VARCHAR(255) NOT NULL,
    "slot" SMALLINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "unrated" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "cost_usd" NUMERIC(24,12) NOT NULL,
    "credits" NUMERIC(24,12) NOT NULL,
    "revenue_usd" NUMERIC(24,12) NOT NULL,
    PRIMARY KEY ("org_id", "day", "workspace_id", "customer_id", "user_id", "slot")
) WITH (fillfactor = 50);
CREATE TABLE "usage_rollup_customer_model_day" (
    "org_id" UUID NOT NULL,
    "day" TIMESTAMPTZ NOT NULL,
    "workspace_id" UUID NOT NULL,
    "customer_id" VARCHAR(255) NOT NULL,
    "provider" VARCHAR(64) NOT NULL,
    "model" VARCHAR(128) NOT NULL,
    "slot" SMALLINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "unrated" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "cost_usd" NUMERIC(24,12) NOT NULL,
    "credits" NUMERIC(24,12) NOT NULL,
    "revenue_usd" NUMERIC(24,12) NOT NULL,
    PRIMARY KEY ("org_id", "day", "workspace_id", "customer_id", "provider", "model", "slot")
) WITH (fillfactor = 50);
CREATE TABLE "usage_latency_day" (
    "org_id" UUID NOT NULL,
    "day" TIMESTAMPTZ NOT NULL,
    "workspace_id" UUID NOT NULL,
    "provider" VARCHAR(64) NOT NULL,
    "model" VARCHAR(128) NOT NULL,
    "bucket" SMALLINT NOT NULL,
    "slot" SMALLINT NOT NULL,
    "requests" BIGINT NOT NULL,
    PRIMARY KEY ("org_id", "day", "workspace_id", "provider", "model", "bucket", "slot")
) WITH (fillfactor = 50);
INSERT INTO "usage_rollup_feature_day"
SELECT "org_id", date_trunc('day', "hour", 'UTC'), "workspace_id", "api_key_id", "feature_id", "provider", "model", 0, sum("requests"), sum("unrated"),
    sum("input_tokens"), sum("output_tokens"), sum("cost_usd"), sum("credits"), sum("revenue_usd")
FROM "usage_rollup_hour" GROUP BY 1, 2, 3, 4, 5, 6, 7;
INSERT INTO "usage_rollup_user_day"
SELECT "org_id", date_trunc('day', "hour", 'UTC'), "workspace_id", "customer_id", "user_id", 0, sum("requests"), sum("unrated"),
    sum("input_tokens"), sum("output_tokens"), sum("cost_usd"), sum("credits"), sum("revenue_usd")
FROM "usage_rollup_hour" GROUP BY 1, 2, 3, 4, 5;
INSERT INTO "usage_rollup_customer_model_day"
SELECT "org_id", date_trunc('day', "hour", 'UTC'), "workspace_id", "customer_id", "provider", "model", 0, sum("requests"), sum("unrated"),
    sum("input_tokens"), sum("output_tokens"), sum("cost_usd"), sum("credits"), sum("revenue_usd")
FROM "usage_rollup_hour" GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO "usage_latency_day"
SELECT "org_id", date_trunc('day', "hour", 'UTC'), "workspace_id", "provider", "model", "bucket", 0, sum("requests")
FROM "usage_latency_hour" GROUP BY 1, 2, 3, 4, 5, 6;
CREATE OR REPLACE FUNCTION usage_add_days(p_hours usage_rollup_hour[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine smallint := usage_slot();
BEGIN
    INSERT INTO usage_rollup_day AS kept
    SELECT h.org_id, date_trunc('day', h.hour, 'UTC'), h.workspace_id, h.provider, h.model, mine,
        sum(h.requests), sum(h.unrated), sum(h.input_tokens), sum(h.output_tokens), sum(h.cost_usd), sum(h.credits),
        sum(h.revenue_usd)
    FROM unnest(p_hours) AS h GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT ("org_id", "day", "workspace_id", "provider", "model", "slot") DO UPDATE SET
        requests = kept.requests + excluded.requests,
        unrated = kept.unrated + excluded.unrated,
        input_tokens = kept.input_tokens + excluded.input_tokens,
        output_tokens = kept.output_tokens + excluded.output_tokens,
        cost_usd = kept.cost_usd + excluded.cost_usd,
        credits = kept.credits + excluded.credits,
        revenue_usd = kept.revenue_usd + excluded.revenue_usd;
    INSERT INTO usage_rollup_customer_day AS kept
    SELECT h.org_id, date_trunc('day', h.hour, 'UTC'), h.workspace_id, h.customer_id, mine,
        sum(h.requests), sum(h.unrated), sum(h.input_tokens), sum(h.output_tokens), sum(h.cost_usd), sum(h.credits),
        sum(h.revenue_usd)
    FROM unnest(p_hours) AS h GROUP BY 1, 2, 3, 4
    ON CONFLICT ("org_id", "day", "workspace_id", "customer_id", "slot") DO UPDATE SET
        requests = kept.requests + excluded.requests,
        unrated = kept.unrated + excluded.unrated,
        input_tokens = kept.input_tokens + excluded.input_tokens,
        output_tokens = kept.output_tokens + excluded.output_tokens,
        cost_usd = kept.cost_usd + excluded.cost_usd,
        credits = kept.credits + excluded.credits,
        revenue_usd = kept.revenue_usd + excluded.revenue_usd;
    INSERT INTO usage_rollup_feature_day AS kept
    SELECT h.org_id, date_trunc('day', h.hour, 'UTC'), h.workspace_id, h.api_key_id, h.feature_id, h.provider, h.model, mine,
        sum(h.requests), sum(h.unrated), sum(h.input_tokens), sum(h.output_tokens), sum(h.cost_usd), sum(h.credits),
        sum(h.revenue_usd)
    FROM unnest(p_hours) AS h GROUP BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT ("org_id", "day", "workspace_id", "api_key_id", "feature_id", "provider", "model", "slot") DO UPDATE SET
        requests = kept.requests + excluded.requests,
        unrated = kept.unrated + excluded.unrated,
        input_tokens = kept.input_tokens + excluded.input_tokens,
        output_tokens = kept.output_tokens + excluded.output_tokens,
        cost_usd = kept.cost_usd + excluded.cost_usd,
        credits = kept.credits + excluded.credits,
        revenue_usd = kept.revenue_usd + excluded.revenue_usd;
    INSERT INTO usage_rollup_user_day AS kept
    SELECT h.org_id, date_trunc('day', h.hour, 'UTC'), h.workspace_id, h.customer_id, h.user_id, mine,
        sum(h.requests), sum(h.unrated), sum(h.input_tokens), sum(h.output_tokens), sum(h.cost_usd), sum(h.credits),
        sum(h.revenue_usd)
    FROM unnest(p_hours) AS h GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT ("org_id", "day", "workspace_id", "customer_id", "user_id", "slot") DO UPDATE SET
        requests = kept.requests + excluded.requests,
        unrated = kept.unrated + excluded.unrated,
        input_tokens = kept.input_tokens + excluded.input_tokens,
        output_tokens = kept.output_tokens + excluded.output_tokens,
        cost_usd = kept.cost_usd + excluded.cost_usd,
        credits = kept.credits + excluded.credits,
        revenue_usd = kept.revenue_usd + excluded.revenue_usd;
    INSERT INTO usage_rollup_customer_model_day AS kept
    SELECT h.org_id, date_trunc('day', h.hour, 'UTC'), h.workspace_id, h.customer_id, h.provider, h.model, mine,
        sum(h.requests), sum(h.unrated), sum(h.input_tokens), sum(h.output_tokens), sum(h.cost_usd), sum(h.credits),
        sum(h.revenue_usd)
    FROM unnest(p_hours) AS h GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT ("org_id", "day", "workspace_id", "customer_id", "provider", "model", "slot") DO UPDATE SET
        requests = kept.requests + excluded.requests,
        unrated = kept.unrated + excluded.unrated,
        input_tokens = kept.input_tokens + excluded.input_tokens,
        output_tokens = kept.output_tokens + excluded.output_tokens,
        cost_usd = kept.cost_usd + excluded.cost_usd,
        credits = kept.credits + excluded.credits,
        revenue_usd = kept.revenue_usd + excluded.revenue_usd;
END $$;
CREATE FUNCTION usage_add_latencies(p_hours usage_latency_hour[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine smallint := usage_slot();
BEGIN
    INSERT INTO usage_latency_day AS kept
    SELECT h.org_id, date_trunc('day', h.hour, 'UTC'), h.workspace_id, h.provider, h.model, h.bucket, mine,
        sum(h.requests)
    FROM unnest(p_hours) AS h GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT ("org_id", "day", "workspace_id", "provider", "model", "bucket", "slot") DO UPDATE SET
        requests = kept.requests + excluded.requests;
END $$;
CREATE FUNCTION usage_roll_up_latencies() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hours usage_latency_hour[] := '{}';
BEGIN
    IF TG_OP <> 'DELETE' THEN
        SELECT array_agg(c::usage_latency_hour) INTO hours FROM (
            SELECT org_id, hour, workspace_id, provider, model, bucket, requests FROM added
        ) AS c;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        SELECT hours || array_agg(c::usage_latency_hour) INTO hours FROM (
            SELECT org_id, hour, workspace_id, provider, model, bucket, -requests FROM taken
        ) AS c;
    END IF;
    IF cardinality(hours) > 0 THEN
        PERFORM usage_add_latencies(hours);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER "usage_latency_hour_added" AFTER INSERT ON "usage_latency_hour"
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up_latencies();
CREATE TRIGGER "usage_latency_hour_changed" AFTER UPDATE ON "usage_latency_hour"
    REFERENCING OLD TABLE AS taken NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up_latencies();
CREATE TRIGGER "usage_latency_hour_taken" AFTER DELETE ON "usage_latency_hour"
    REFERENCING OLD TABLE AS taken FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up_latencies();
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
CREATE OR REPLACE FUNCTION credit_apply(p_operations jsonb) RETURNS SETOF credit_result LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    o credit_operation;
    todo credit_operation[] := '{}';
    f record;
    r credit_result;
    wallets uuid[];
    budgets uuid[];
    starts timestamptz[];
BEGIN
    FOR o IN SELECT * FROM jsonb_populate_recordset(NULL::credit_operation, p_operations) LOOP
        IF o.wallet IS NULL AND o.op IN ('hold', 'consume') THEN
            SELECT * INTO f FROM credit_wallet_for(o.org, o.environment, o.customer, o.customer_id);
            o.wallet := f.wallet;
            IF f.customer IS NOT NULL THEN
                o.customer := f.customer; o.kinds := o.kinds || 'customer'::text; o.refs := o.refs || f.customer;
            END IF;
            IF f.team IS NOT NULL THEN
                o.kinds := o.kinds || 'team'::text; o.refs := o.refs || f.team;
            END IF;
        END IF;
        todo := todo || o;
    END LOOP;
    IF cardinality(todo) > 1 THEN
        SELECT array_agg(coalesce(t.wallet, c.wallet_id)) INTO wallets
        FROM unnest(todo) AS t LEFT JOIN credit_hold c ON c.id = t.hold;
        SELECT array_agg(d.id), array_agg(d.start) INTO budgets, starts FROM (
            SELECT b.id, credit_period_start(b.period, t.at) AS start
            FROM unnest(todo) AS t JOIN wallet w ON w.id = t.wallet CROSS JOIN unnest(t.kinds, t.refs) AS s (kind, ref)
            JOIN budget b ON b.org_id = t.org AND b.scope_kind = s.kind AND b.scope_id = s.ref
                AND b.environment = w.environment
            UNION ALL
            SELECT p.id, p.start FROM unnest(todo) AS t JOIN credit_hold c ON c.id = t.hold
            CROSS JOIN unnest(c.budget_ids, c.budget_starts) AS p (id, start)
        ) AS d;
        PERFORM credit_lock(wallets, budgets, starts);
    END IF;
    FOREACH o IN ARRAY todo LOOP
        r := CASE
            WHEN o.op = 'settle' THEN credit_settle(o.org, o.hold, o.id, o.amount, o.at, o.environment)
            WHEN o.op = 'release' THEN credit_release(o.org, o.hold, 'released', o.at, o.environment)
            WHEN o.op = 'hold' THEN credit_place_hold(o.id, o.org, o.wallet, o.key, o.amount, o.feature, o.kinds, o.refs,
                o.lease, o.at, decode(o.fingerprint, 'hex'))
            WHEN o.op = 'consume' THEN credit_consume(o.org, o.wallet, o.id, o.key, o.amount, o.feature, o.kinds, o.refs,
                o.allows_debt, o.at, decode(o.fingerprint, 'hex'))
        END;
        IF r.outcome = 'wallet_missing' AND o.customer_id IS NOT NULL AND o.customer IS NULL THEN
            r.outcome := 'customer_missing';
        ELSIF r.outcome = 'wallet_missing' AND o.wallet IS NULL THEN
            -- Nobody ever gave this customer credit: what it has is nothing.
            r.outcome := 'insufficient'; r.available := 0; r.amount := o.amount;
        END IF;
        r.n := o.n;
        RETURN NEXT r;
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION usage_add_days(p_hours usage_rollup_hour[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine smallint := usage_slot();
BEGIN
    INSERT INTO usage_rollup_day AS kept
    SELECT h.org_id, date_trunc('day', h.hour, 'UTC'), h.workspace_id, h.provider, h.model, mine, sum(h.requests),
        sum(h.unrated), sum(h.input_tokens), sum(h.output_tokens), sum(h.cost_usd), sum(h.credits), sum(h.revenue_usd)
    FROM unnest(p_hours) AS h GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT ("org_id", "day", "workspace_id", "provider", "model", "slot") DO UPDATE SET
        requests = kept.requests + excluded.requests,
        unrated = kept.unrated + excluded.unrated,
        input_tokens = kept.input_tokens + excluded.input_tokens,
        output_tokens = kept.output_tokens + excluded.output_tokens,
        cost_usd = kept.cost_usd + excluded.cost_usd,
        credits = kept.credits + excluded.credits,
        revenue_usd = kept.revenue_usd + excluded.revenue_usd;
    INSERT INTO usage_rollup_customer_day AS kept
    SELECT h.org_id, date_trunc('day', h.hour, 'UTC'), h.workspace_id, h.customer_id, mine, sum(h.requests),
        sum(h.unrated), sum(h.input_tokens), sum(h.output_tokens), sum(h.cost_usd), sum(h.credits), sum(h.revenue_usd)
    FROM unnest(p_hours) AS h GROUP BY 1, 2, 3, 4
    ON CONFLICT ("org_id", "day", "workspace_id", "customer_id", "slot") DO UPDATE SET
        requests = kept.requests + excluded.requests,
        unrated = kept.unrated + excluded.unrated,
        input_tokens = kept.input_tokens + excluded.input_tokens,
        output_tokens = kept.output_tokens + excluded.output_tokens,
        cost_usd = kept.cost_usd + excluded.cost_usd,
        credits = kept.credits + excluded.credits,
        revenue_usd = kept.revenue_usd + excluded.revenue_usd;
END $$;
DROP TRIGGER "usage_latency_hour_added" ON "usage_latency_hour";
DROP TRIGGER "usage_latency_hour_changed" ON "usage_latency_hour";
DROP TRIGGER "usage_latency_hour_taken" ON "usage_latency_hour";
DROP FUNCTION usage_roll_up_latencies, usage_add_latencies;
DROP TABLE "usage_latency_day", "usage_rollup_customer_model_day", "usage_rollup_user_day", "usage_rollup_feature_day";
DROP FUNCTION credit_apply_together, credit_standing;
"""


MODELS_STATE = (
    "eJztXW132zaW/is4+pJkDut1bNfJJnv2HDt1G0+TOCdxNu2mXRkiIYtjimQB0op2dv77Ai"
    "Ap8V0E9QZS98NMahKXkh6AwL3PffvnYOpZxGFHV98DQl3sXFvEDexgPniF/jlw8ZTw/6gc"
    "Y6AB9v3lCHEhwCNHCpF49NBODx+xgGIz4APG2GGEX7IIM6ntB7bn8qtu6DjiomfygbZ7v7"
    "wUuvZfIRkG3j0JJoTyG9++DWzGQv7f/DYLR/8g/MF//sn/sF2LfCcsGhMyQvmXiO74D8Ox"
    "TRwr8/v4TX5LXh8Gc19e+/Ll+qef5UjxdUZD03PCqbsc7c+DiecuhoehbR0JGXHvnriE4o"
    "BYqZ8pfkUMTXIp+kX8QkBDsvjW1vKCRcY4dARYg/8Yh64pMELyk8T/nf1n/NVSw4bDDze3"
    "w89Xt8PhQAFb03PFvNhuIDD757+i5y4BkVcH4gPevL349PT0/JmEwGPBPZU3JVyDf0lBHO"
    "BIVOK/RDmZBwWoUyKbxDu5sAR8uRgTKBOwNIM3tWgXSz+L5psJphULdyGRA5N/uQ7COJji"
    "70OHuPfBhP958uOPNbj+18UnCS0fJbH1+CYUbVMf4lsn0b0sxsmmogBySgRQboYymWLbUc"
    "F4IdAK4Xhz1RXgs0YAn9UAfJYH2KREwDHEJSv5J34nsKekHOmsZA5uKxY9Sv6jg8u7Buzb"
    "6/dXn28v3n8Uj58y9pcj8bq4vRJ3TuTVee7q0/PcvCwegr5e375F4k/03zcfrvIb/GLc7X"
    "8PxHfCYeANXW82xFYak+RycikzzaHr2O5Dq3nOiW5gonfzlg2uA+SQgCHXG3nWHNnua8S1"
    "Q0S9GWIBnjMDMY9fwQEfEUz4SkCjMEA2l/AJZVydEr+b8QsI3/NFMTiIRSMU4fFDSkkTF0"
    "bYfJhhag0Ld7wTr2ps8db0ZJq/gl18L2dcoCm+Z2xP3Ljkli+mW++BuIMSeyNzv9bW8Fxu"
    "GPCh3DpIxq4yNAZfxaLASBwl0RISi4JvdxahyPKO0C1fRvJxyI7u2RbCLv8fYva9i4OQEv"
    "6L+CeL+yzwKLGO8stnax9SYgxV2z0G+satMd/mq0a832AHgR2k+9mrYAf5IeUjiIr+mBLp"
    "oY7+/LyBBvk8f+YsFUhxa68K+o7g5ZszoUQc/TPMN1fiBs1Of1DYNd00OqF7Zd6r5aGsOM"
    "1ZSZhmraeZn96tbDLWPXvsYOZXExPqEzG9R0Lnb/ifgxITKnPfqDOhaDySL8B46EZdNS28"
    "MpZ9T1jJW3Npu5jOy9+ZpUzulRnNA8K2Y5Ps5y25fHdzmXlBuD5xef3h4tPvT99f/PYs85"
    "a8u/nwSzI+vfgvf7+9ugBrZZfWCpwFcBZs7SwY8x8yqaTTMvdXnAVypAqbdjNGgqVihDF+"
    "xUC2i7BgYV8hgs2JYK/EEuZjTC489qhkaV3yPShyZus9qsnZEz8ajh/9j5/UVCmcQFkpOI"
    "SAXjiUswjohYObZlAp+ze/mqiUt17gl6mS8nqtChkkI7bJIlTqbvoYrYfh0mSEKwaKuvJS"
    "ZlO68pbcRFeuSec+/xoodIXfXpgbNgcV828ixjxh6IHMm/mOdqZRg7J3AKdEZpo9d2zTab"
    "uJzsmCPqDzTDuYBUMWEL9sv72/doPySc6I5WbYjnzf23h9jxV325txzOfMCAuQcEZE4XvC"
    "R49Nk4iNOA6J8jHjhj4KZrZJmm2//Bfyf37495OT09MXJ8en5y9/PHvx4seXxy/5WPkbi7"
    "de1O3Z179cf7jNLgVx4V+6KHBfuFbzOSJDyvS49O1adU5qRyw1cjfOIUNGmUEAm17anj7a"
    "tb6nigIbN+XvgVeCZnV41VJC6/gqsT/PPGoZKCbpowQk5I0RdlGSH4jS+YFa5KOAxnxAeh"
    "QhbouJzst2Z6pF1KObBD2OyH3oirdT/B4Uu/2ItbYt27m1AFT5QUwzJY9euwSprCQYyDrP"
    "sl1iGddkRZcZxD3IJD1rohmdVStGZwW9SCrx3M50lRKis1L9w/n0+LgB0HxUJdLynkaUAb"
    "/+jk+Ga85/wqWFQPJDjHrqgA8eOtHooYWb1QEZfKT2FNO5oNbRU4/ec+vRQFzaQNykeGA+"
    "Nom85FPvkVsQ1EDysw00Cs0HEhiIOV7wrBhdtMHnruGgimFQOYFikW1oGLoGGXXk5KlmSq"
    "L1pUKULCWAJ8kdP+n3UwXSvBwAm8+gjLc6lVM9LaMzCdXyUD9vktR3Xp3Td15I6ZOniBLJ"
    "lwj0EN7nJy+b5KievKxOUhX3sghHB3QR4s9T7DiVbrGl1O58Ym2CEOLQ55P/efr8314+Q+"
    "KoZwgz5HjuvfhX8KvCKTYiY4+qucNOT16cLxxg4o86l9fn9xfv3kU+rkylJK4VqUKfyOgM"
    "fPMFvjksKeG/iAWsiGedfzct1SdED8lZy69/8hwn9N+ELPCmhNYZYMWRxmo7jEqhoRlLbd"
    "4eWzxZ/LGmDVbxLLC7wO4Cuwvsrq4Dm9reVAyDnFgPzYPt1PIEDRU01K5qqNkyjxFEStin"
    "hAD61tDbrh8GUVq04trPS8IktJ4ELwzazkJBFKah9TSYXLkZhqxkH/qJmNy+c6pyDZZieZ"
    "sqkjuK5Ts4EzWg/nT15pofpk9PzoznJ1Jv4QaUHZC0RnN2XBKKaNll52w9xkspgHgVxJQ8"
    "EjckLZZyThKgLoNaX27tvbjTnGBbDDfUWTY5cMtcWyFgYZPkW83DgY0DNg7YOGDjug4ssH"
    "G7ZOMg5gRiTnoQcwKkMpDKvWBzgFQGUvmQJwFIZS2mAUjl4kwAqdw9iIFUPjBSeTWPrEYd"
    "bz9PbtP5ccAIAyMMjDAwwv0BFjhK4CiBo+yNKQscZcfJAeAogaM85EkAjlKLaQCOUknhBo"
    "5SU4iBozwwjvJngoOQktVUZWqg0ZixHEdCm2cusW8P+Rj538mHbIPRbPE5wHQC0wlMJzCd"
    "XQd2ufWpwJqVAlBzoC7PEBV6MyvVQ44TwomBqu8BvEDVA1XfIUSBqj8U6IGq12ASgKrXYh"
    "qAqi/OBFD13YMYqPoDo+pFY87VPH0yymhM0stmLNutQxG3etxs/YmShwL3Dtw7cO/AvXcd"
    "WKg7sUuiuLJ38YoGZoAy1NoFHnP/iAKPeSjQA4+pwSQAj6nFNACPqaR9A4+pKcTAYx4Cj3"
    "nh27+SUu4yvmPU8ZVxVFkjhrIa3tXs4LcU28P//89KtlCN79g8y7GaHxz8xzh0TYEJkp8k"
    "/u/sPwe7X6oraQ8g64Cs6zKw8t8CoNXcUTK+j8RRo773JzV970+OCwqCH44c21Qk6DJCm0"
    "F6rz6ZXKDheZM4w7zfJRVmeF5g5whXWoOhZd8TVkLTXdoupvMKki4vmoN7NA8I02dpD96+"
    "v3jzw+e3Fyc/nqOQP5rKPrk2hxvz7yJGPWEo1jbW2kMu391cZvxkHP/L6w8Xn35/+v7it2"
    "cZZ9m7mw+/JOPT+83l77dXF/m5Mj2flNgkF5TiqjlaiOQmx7FZF03uOhfl1W+33/4s2nHi"
    "xw1xydqud/JmJbfh69UYym54e5fTTL77Nn9ci2nOSm5gmuPDAWZ587PM7X7vodXLnJWEWd"
    "Z5lh0sicpW85yX7cxMD77awcR2EUZT2w0D8grZAbIZmlE7CIjLtRQ0woE5ic7yw1oQXDvz"
    "ZnxKl/xQY/WnKNpODdrhIvBCPvGBgfhXX3+q61Si0Xz4wL+/inFVItrKxNJs99y2jZWCTY"
    "2CKQiuwcFohvlmKBhKfAebbaAtSmqP7eCWm6siUpYfDTPMEPUC8ZVQ4K29UayAXBdfQmjZ"
    "wZUb0HJ/wvKuUetTEOOGZDFwZeTz14mHLNtCswkOONjyX4P/Pz+WsWuhMfWm4i9KivHNaq"
    "LqfgoDpa9gSfuX3/P5VzJtHzuV0gGm/HOrHx6AWwTcIv05OtSNC2CCumAsLPbApkrtUkJn"
    "x8zA9UL3yBf27SOhIwMJy4Uf/sJmFAfaUTRvLfTdzdeGWJ41qgZGUVLnOdHGwMgf7k2Ph7"
    "wcHBI5YGOdSAKisIxzYj1cw6cnDdbw6UnlGha3SqFWW8AZIe0NuB0vXnOC3fsyf+HfP998"
    "qCAcliJ5Pcc2A/R/SC+34eCSjD1KpC2Fx4Eoyxg5pRlyyDhAXhisbRoLsDLKT7KIF77c1P"
    "p+U+LJFQ+4LM/jUIxtyEr1j3nbvCZi+yr4RqP7h+tZk6yus+qkrrMfNQoofTMh5oPviYyB"
    "EhIodddYTQKZ2dErmaALxOx7l2vdTDBvU+LyLWaMJt6MC1C+CyFubz9hiO+iXC2nBPPnW0"
    "fowveJa/3guc78NfLLMt4Z+askOX7rn7ZG1jx/RvHNqssAiQU2k/ex34isHWZ9ABe0E01p"
    "gtmkbDlXx74lEnqHvG0Cxm0FswH/1kv+TRxZsmit2vuUEYOXSuWl0kQve0twVkVIX2+gi0"
    "2ScSu1MOEGjTUjrukInSirCx2hT7FzF83sYILII+EqkAyfEYMZ4Y99jTBXGuz7e0K5qcjt"
    "RZsrV1xlQth6xK5Z4srb2aeuoZXpohQchjtuvzrwvi3MveQ+g6IGipqe6HdOUVtyH0Plja"
    "woq/OeJo9ul8wIC1CW8dF1m0vh2yJxJS8ML6LWLyJYTAdqMX3mJsGgxGKS143VFhNLxq3m"
    "rV0k4x25rSJNFBE1YnPzI2O+tKapN/xwYKV118erTSK5EBRN0LTMbo1Q7XlpXex5fY8FBT"
    "B9Sh5tL2RDdSOyIArnrcp5Cxb8weo4X1yhpRCrMmsjO6CB1hPGAmqaDwpEBgZfSsj1JBeL"
    "5iQ4QqX155MDqUbXafe4P9w/3IsFAeyN0V0qF+UOcZuByZIU1JsJJUr8Z6JZeTP+N8Uui6"
    "KVX8ubEgiKAvxAJJWMZ3geCWIRKvCHmww6Qp89McDyiPjGAZriIOCSfOxsYguCmspyGMsP"
    "4IqbN53awasodUX80uiCjDlm0UdbXE78oZDAUqm6dUtz6AN9DcrFBpULZrtmiQFfz9QshL"
    "rD0Aw+B5jKOKT07pTaOJrRal3nbzQ5XS/497r1/C9+2cm6vLniVOW/LfD8Yeg3OlKrX6w1"
    "dv8Zdhzl4O+MEOz/sP/vM1Fkwu9NPEe1lG1GDgrZrqoZjKde6JZ5ROowXgoBwKsA9gm1Pb"
    "WUvYVED9OcmrR1rm7qXGjpLJ7daglnBWEZr1rGAi+zHOdKX0BGRmd/tqpP4OT52Yuzl6fn"
    "ZwtXwOJKnQegpAsHG2I6Le2A4nkOwW5FWk1KLE/icTl9gB38LB4SVeXALhIcydQPEF8Sti"
    "PtnRF2RJie4DzwyHsk8uLiCEf4nkO/tgF0eXPzLmP7XF7n/DAfvry/vPr09HnudYgmTBPT"
    "5DK0uBkwKLFL4jtGnVEyWo7ZqD2SLmgiS6Mu8syjv6I7xH20qeeKjBu5ZqMT7s+mxgwUQw"
    "HzRYejU4W+yrwLTVW/rFQP1b8tlNtObTNqMEPTQZWmg7ktvCnU+Z2/f2hv2KIBe3Gb6ALd"
    "sWU70RYhHbSFQZNIaW3PbCQmYT1rBGrxrzsB4A9TNTq/MCyJjwrLM7ptrDY/h+Fi5Mo4k0"
    "zkRywuo1qFu1R0FygJJmkos4ZbbfFQFTMpIwR2qXJWYDJ7qptcRhD2OO32uIwZ55caFrV6"
    "2ULmENWy02MVtWxClB2piQiAq3Ez0DeyP+4vFFcUb0rdrj2foz67w/vFyO32Bs0EmkB70L"
    "0fsUD9bpD61Sv0qheQMi+kZdGgNRTvQqKHpNgWGqpwKO69KF+gKcRpGQC5AchAPm6ZfKRk"
    "yh8uPlIN44wcwAzGxH4J9ApbeBWDXmUO60WhD75OpF0gsqYmHFkUvXwszouKzQR076HRBv"
    "oGb5Br5xrKcISZXVL+u3bpZwXXfgF21BnrI7YtNPYo8lyCIutw7dlo90KYIaXENdVUk5RM"
    "/6pPnzZQTE6rGwWU9LrwqB2UAPyZL0mnMrwzLden6M7Tkxfni8BO8UddTOdnvqDfFXeLMZ"
    "GVZBTjUrJS/Vu42wlMGY+JGdiPpE2v6pwsOAm0dhJAU/JDmGWIaujtNGvlNXnr5XwNxbtG"
    "A59Jkmu4OqThTrpX+OnO7qKKxvGFiOJhd4Zsu3O3CBdYDIuvRP5sMYwS5GObsmIIxJY+Y0"
    "Xkv+eLt4j/zOEDmRfi+sHfs5U3Hvw9ejgnwN+z+TJtmf2kAGu1BVUQ7KFjYitW1Jh/PqGi"
    "fWUZ81hTTCwn2LKm2I5YrZuoykrc9s2IOoWLOk4TbCEs4wa9cVRrc7aBvMNt1Q8HP9J2KU"
    "fZHkxl21kI9HC72bwfFMixnW3rC2ugiPQFpbhiT89I5ZDWq1/pJvYIoX98+7MUuNhqagFe"
    "SrL3AH748v7q0/WbAoZLI1MJwKxY79ErXX4Za7wNekvJ3gOYIqMKOAKXuBaiOnOJ6Wl2CG"
    "Zk2N49UCYPU671lMsNrtWbnZXsjC9o8FkUNxX2a1TIeObRBzTFc267PhIkokwQ86ZEBtWs"
    "bbp2bjkQjnWbxZCW68xSOMwXngSBU1Yqqz5HbCnVkdCr/dEeqaLDimx2UXINSrs7MCsw2j"
    "LzWRHVtIz2eMqecI49tWUta4xiuiYqnc8vykKADAWecN+ytQ8oZehbkaZ5UdhCSrYQTZz6"
    "7wg3fGllW4z0baPOre/IgVELCTlSrVRBdis0+CvhklWlCqpllJMpcztxtaNdk83+QB3wYo"
    "aLmNfH2yYyEGsLPb0gmKE7kGKzonByta8rJQIexQYexcRhpbJo0zLaa9e7XrIQYdBzPfk2"
    "1WCoUlu+zXYhWqkz57oWba/SdC7e1EA5LVh0oYXq0lppvKClgZamM6T77XS9RU4umvYnzE"
    "B4LFtUNkzk3WX/6+U0qFZMh1rpCmoyhFVDWDWEVctnlIVVKzuPIVCkA35jsGW37DaOezgN"
    "pXqhiHNB9hDhVizl6vEHqWn+KRFguvIlwx4JZYQpIpoT0x5VaQmk6JnILR9MbCYL/Nzbj4"
    "QhwS+tfTorYO96alk2yXjI/ajUPTXhGL9Km3NQQizGd4w6NnG2HLM6p55rlIQOKRnfySaC"
    "yAxZ4E0JfcIQ+c4PFRc7yLaQR/m9gOApvy6+UpQHL7oRzmWZK6G/evT+iVRRS9Lqt/YxK5"
    "jOXP+k6GskRu/iSwHZCWRnt3QflWTwzJpvTFlkpHrIV2yBHlpsJ8o4x0I9hBma6e0S7Q23"
    "e4vNy3ZGaZfM0cHncJpwbFFdIql4WGQUIBHJaJP1Q26h80gD8D2fuEjY2/vCW0y5It6JSF"
    "fw3h/30ksn4S/Um7GoCphgNebInGA3atOmq5cQ0nrbrPlOUPeaMBhvYvt+UFYgMLln1JYH"
    "TI9ayWN8kcsHjeboKTcFjTSp8OyVpA1sKyHtJIUgThvijFHICItYhjjThom3WKTamJjSeZ"
    "HK2OonrWIz4s9apCYAZQGURVe2TwXKIr3OC4jW2HdZsR7ad1uxpuW/CjAn43voRzg+bgLv"
    "8XE1vMfFtGC7zK1bDW8yXmN4+bf3PCZcXiF1kTyyI6LeDezAIYJgaWi/ZfE/P2sA//lZJf"
    "riVg58gqdK4MfjdQb/64RjH8cliighi2JugIypNzWQzdEl2FKOF9rBNgNGR5tTE4yO5kbH"
    "1XL7GZTYHenbtaYHyQ1caX18FQo9dhEOLZuIKjOirozlRaTAIpf/COVth2S8kQwpyXTe8L"
    "NXWBiJ1MLzs7iQ+DXiMpJlhcrBBAETROvNVCWFL/8iNNUgCoI9NEO20Nszv82oog0eVLXA"
    "+tQ2rgB3TgzQboa2zYbEFT+/ZCdZ1ZYyJah1Y8pN7M8b7DfJf61SbEAyXmPDT5/Nes8pAZ"
    "rBvfGMAJ9Q21NSOpYS/Vu/G45p4Vsqh7HFRpxI7XAXTsyU7u7CvtWS88lKAucDnM9KzueL"
    "qDY4qCd+ojFGQ/ZnGC6GN+SAFoHtiMNL6COxonKOsrIj/yMp62i7/GK0a6epG+w4aBQG6M"
    "627gx0JyK57qKOc3Eh1rsqgmj7H/yH+4cb3xBpL+MoTCtyZotudyJ0y1iOFyMCyVTLETOR"
    "0hrfey2+hfCOC6UrGhfXvmwR0p/87oT6yFooiVoX1fMXuwmQVkBadeo0UPGbQ1z0TnTI/J"
    "7TEOecmM44y4THRaaVCGkS6Vd28DpKxnoldm3XQ+kgLS2YFuC1don2TkkWvfHdPMuyVFkU"
    "TaeMIFhO2llOnU7vON79pLbNNdh3v4v+4auJzf9zdFoPSkz95JZRZ+GPU4Max3aISG5GHE"
    "f0YIjyxGLdhxVjL7gaURPJ0epJK4xiCMcAy7Zzp7WCZauoz4Mer28EuOb4biMEHEJf22wP"
    "nVDm9VKJfnbwfY1aJG83UY2G42TkSv0oLl45m3gOkeHnmK81cbOoANUPXd2rp1Kh2efpsF"
    "qZ2dnetan0iWqdJv01FQDPifXx2NjGsew72FXrXr2QaNe1elf1bl1njmQRPcIIWnzn9Q6L"
    "q99uC+2rfUJN4gaxDzeLYn2zqKyk1vUH4l2VGw/MkK5cxKKMrAlmE8HTi/rBwpXLRzTk6T"
    "fXXAoCQEDz2Znmc/NIKLWtOmIoM6yxJjT00iJqDQ2lPP8vA0Xm/apmhuXj11COkgcq+cNS"
    "MqAmKatJQP1skPqB4HkI2+zEBMCp3fzUvp3w3yECCN9Qj7EI8MKZXRxUe2IHyfChmR6/8r"
    "i+QGwiAxgX8ZJxyCJmiBJsToiVDps0UMA/g9svJjlCmaNbemyY6fn8Q5KxsSFRcurv7mPX"
    "UB7kY1U0h4VA/9SGRszweQ0zfJ4ww6A57ERzgAianh5iJRxPS4JHd3an+V61Oc4GGjn15k"
    "XRRNu7tsjU9wLimvNfybxM1cuNqNXz7OXYhKNoouSZDrangnaWHdWMqICKYE6xy2aExoks"
    "XPXyHTwXKS6iq0uJF2utJ61Wxb4NyHff5vO+SFYBl9dO/C6glO1EKRM9GU3bryjuWA1pXg"
    "6ArepOqrIvZIR66JfdfEXBPbck1Q3uOkJyW41G5SlbBP/vn28+VOinC4m8jmqbAfo/1NA9"
    "3iHsBRYZ7JMlvYA+tdrflAAvHnAJYWyHYihkqy8v9E/Fac5KwjRrN82a2IPvyXREKJvY/q"
    "DEFkzdNerswGl23CoTsHqSq3IrpMHG+IV8ZsU3eXlRhR+SLPaWZEE9R8k9kYzvoaq7+QxU"
    "OO97exBkDEegN9bdoFKhE6yiLEQ1mikRgLMsyzSzVIvI/uxRYt+7v5LI8L4WiQXl/QdjBe"
    "Mmeko3AV1eXZ7pFM8WGkjq5eS/nP9eEkX5fOL7xKfrN7eDwnLdAKJf4sf0FNLUG1qB6X70"
    "aLGQSxToeH1Xa87xa7RZlRmyj3VSjCGlc7spncwJS46imrioeHzvPHDnp00Y9tNqhv20LO"
    "1JBdpk/O6W7uDnT1dX29oPsvCenjSA9/SkEl5xqwjv8JFQVuoqqg6YyYntLmrm+baAjkJm"
    "Tp6fvTh7eXp+toibWVypC56BrqoHai5TwiFlARv6XCmc2m4YlBy0la9RhXSrt2lH6ZoXHD"
    "1iJVEuovaraGq6bDQmIl/E7vCkac+3Db93Uh+3hWLONVL1l69EfANv4I7m5jMJ0Gxii3z6"
    "QHaGYoEtSvmK2rqW5zbsQt2n1zOyztrswlnJzqyBg9mEFZxXKZN44SQqyaS/jIV//vUTca"
    "rCYEq9Ut08fwtER+bNmXn0gfnYJGsi9TV5Tp+A2iaNI9mzEh4nYdWqiRxJTGHTTFqrAKPT"
    "X0aHTLHtqNjFCwGdOZ3BBUPii1mvUfRJUs/0wgBRcs/fLFEj0cSsoSKTDw5uEv3HR9UEBx"
    "fi/4BY2y6x5mPG+ElkDUX5kiLQt+R7FUGRF9S4FdIA03vPPbEtA318+wbFqK+txV39dptR"
    "4ApBf5l4y2R4PhIQWI0DUagzQX/isBD8ns1/TpvZLn0AGFG6zTkYUd2yDZbGVImBkLG0qq"
    "2EWWbYduIk5TeDCtRaWQygqm5XVVVtDd6FjuADx34UxQRRQKKcmH23WgL1s6+qCMSgQtCk"
    "LhF+K4Mm91Q4wX20Axz/6GLRhOXdWv3Pzo5bXdLbJ1zrcQPbEV5FmyFsmsTnc24gSh69B9"
    "FblKIo2cs6QteB6GTywGX4UNHPxLZkvVmMGF9hsoom/2GeS8R9FnhCKH+y7Oozm9RfWK4F"
    "SPDZuw4LB8MGkxP66UJoaxJswzsA+WhbzEeT5xjX6EfzoarpVSIKkKtBrnje5QVhMwbL9h"
    "AtW6imcBDTnJgrLeY5Jwo+s07M86ik/l71cZgTW+Mw7M7cKpyFsYnf4uXJSsK7o9u7o+Bv"
    "3iaR9ndvNChh0MRlo446+0c8YJtxlXnGyUDfli7b3PXlSBbgKHUESCogqbTfqxTOgvzSbw"
    "ppXg6APQB3dUuiZPNlQRfbcVN0FwI9hHfzPBQjfxXBvbTvK/MsYwGda/sPfqHejImWjcJP"
    "JdMrySOhc2ROsHtPkjLiLBwJqRGhUYIfaRoLH6VZ/vvJyenpi5Pj0/OXP569ePHjy+NFvm"
    "XxVl3i5eX1LyL3MjNlZc0DAjL1ldsxpMR2N2XH23oZNteLQbxWMTYloZf1mOZldX4X9oGt"
    "4zFWlutWj+pSStuFOhBxoYQyxL9rkh7MbY85othFdtOors0B7VNPqCXKUKfl9AX747KTzE"
    "5RtV0/LNlnq6tgLwSgCPYaRbAJC+ypdL/I+JOygPgataRMuk/78o61DTNkgTetqLhYrXvn"
    "xDROFGsd27CFdvSJ27GF+71EFMwehQq8yu73giCwIeB+PxSfQ8azFLptvEoLKZheraeXAx"
    "q2eokzguA21HmOZTfWVpOclYRZ1nmWx7Zrs0mrac6JwjzrPM8OwYxE1q+KQpsT0z6AZvCW"
    "/wrB7YvqiDPJx0WEvuDwZ9QO1i/Np6DsRui1D0Usk4fXTOfXjD9KYFOY52p6cCmxFj/YnT"
    "ndDj1IqUc5qpaSMzgr1T8+avP+9gixKWEM35dAXV0mqiDYB7R3XRTKp96jbZW1Dqkp056S"
    "6QPm217hMhpRBeCFQP/QfX7SpKwEH1XNrZ4USktIf1grL05eUlvnpObuGy8M2k5BQRTmoK"
    "ULjRLLLgsu+YmY9hQ7lRx4IpXXFiOxo1i8a5NQg+dPV2+u31+8e3pyZjyPGm7wc9OOCkUk"
    "W9BZoUiQyRXGYchKvDf1AKfE1kZYs719Ixjrk1hw9UhkXZGy7ILonrEixWBIFsNWF+dwCa"
    "LeDPmEojtG/roTLRgw4k95hWaFiEFh1HFdF42pNz1CHylfMHSOHsgcPRWfKwqQ8mc8K6nH"
    "sbWPWaPQdPQsFdpoKQFZDapZDX2MudX8MO5jiH4U6S6q96Tj+fZcVg7C9bcat9KlKPBuBC"
    "t3K4a2G5jGNqQ3HjNSslZX2Z5Lud7YnhvryRVDxJXdAKuws3m5HfZ03INythVutkUBCoh0"
    "0tOhp4mN+0W4Si6sf4QsmFaYuvkhRn3XIj6Y//bM6JWG71dhdUapcQxhF0mb+Qm3Oe37kI"
    "pL44BbonaAZphJD3tA3FdIrlZRQ/IH+V9CDX30bEvUkLzwfeJaP3iuMzcQl5EP5M+hpGgO"
    "7/LD/3D/cG8nZPlsSpBlj8eEEtck7DU3vannOKEvaluK8AJuewvrXJTBTB7jJp0ZbYqWQL"
    "MWNTCjyZLPHUKpgb0b5VBqYINhMbm1rQBqURLAzauAphlS2iqgLyfaHc1kcBO1w5UL41WU"
    "0x1VJzbkv/6SGW1GgnRdg+k7uaUN4zLCgTlR3MTSMvpvX5FLQqpSHGhDFk0wPb5NmEll81"
    "3tbGBh9XJ/Slqzqzk90lJ9Ith27PkI3QgiJexTQgB9a+i7GAfVu0noZihU76ZBh2gd3WZi"
    "8yFR3Qw56xLEVFigIWmxlHOSAHWjAD9KxiqmbVqmf9HaW6k+MgqpqwpzWgZgbgQzC31CGb"
    "EqKpzXBMjkBTUGfHCbcHSib1jkKEm4BOGmcZuWWNz+fDjEuid0yD/UZVgyHYokT+UDtE+h"
    "3QFfrZODtTKMOHXXWO1WbR5KXI2vmocwx9aDkxCchF3fF6Ae+S66EVb6XWsSpas9rn3wC2"
    "1FhYgwkzApI51I9RDr05MGUJ+eVCItboHH+0A9RSaxH1v2K8qIwkRrPdFQX3aH51TIlIFO"
    "iQDIjUAeE9kcXRHnrBRA3Qhq7NvDB6JauTcrBSRNFtM9ZQD3Esu9FPHRTVvpWRUfveGFMj"
    "69LCHTzdiVfs2BiU1RAbf9y1DxAJiPNeZjKAu9tp+OgjzMRrvZoAQzz+Xfq9VclEnDTLSM"
    "85VOSuaF1FSio/NyfdSONt8+RoNoxh1FdAiRVygVEA5xjRoscAi2UwxKSuxrkSloxi1gRU"
    "p5yJqu6r6G4u1oactZEF8W0dDRdQL4KvEJDeyy7qXVBd6zUtAEco0q7/x3q3vUM0I6b0Q3"
    "Y8TPm6jShYUiZ1ZcWaLNK7B5Uu2vELuBHZTEp9aetGmxjug1+ztp5QoYMvt/ldZ4VkrjRa"
    "5N0EiEGF+aTumCXgV1ShDQXo22w5FwzflwWnJyVrf8zgi1svx1g3nD5d70STfaoa4eG25I"
    "aIhCTZQt1hlxHDT26J5M0ANOF4hqdFmUzGSplZRZfVAZBL+S+aA2ieDXqPZMozyCYVyoZn"
    "V1tkzN7yia3EBJtG5JffEG49coFK5HaPHqZIMuBrhA2gHUJus6uBCpfSABvD6eOx62hpZ9"
    "T1jJXF/aLj+FKviygmxuskfzIOLS9NB/bsaRHiroSibrz8nioBwJhO/57IpyoRhZoe/YJt"
    "5A/9HLmCxbrAN+Vlxef7j49Ht5+eLLEnLt8vfbqwvN1Ki3HrX/V0JarkUl9xsoUZPU0JUq"
    "1CXhdgNBd8x2TXJnJLVcn949ED+4E7N3F126eyYqyVokmUqRq8j1qGjoXNwWTWZHBN17Ln"
    "nF1wJBj4Ta43hsURnb6SevodaJr6Oi0iXje6fObaQbRk3nF7EOVA/GhRAcidodiTptr+8i"
    "Nu2tF9LKLTY9psE2mxB0k2T8yr32rTfjW5U7RyZ2HIYCz3tAE37N8dz7XAMrbqMYSDzZQI"
    "uUXmPhqDWQ/FYGGoXmAwlKLN3tftQau2mClspLnshs4x3f6/7a9Te8bjsHuxzKAegPLKSj"
    "QDpKD9JRosO5CHF9m66llM7FOwdX2JwIc/Dkf54+/7eXz5A46ploXyKUGfGvYBxEYe6RtC"
    "ibUQwb7OgFJZx3HNqtk2HxSTbFqbUrUkMamBVRlx0Fq6LUqRXp8yKSijwSftPi74zLuERT"
    "r9iKB4AFABYAWABgAXQf2D0XTOgnqHssYaMboP2sYXOAKO+tiM0BYg20DNAyPaBlgBnYZ9"
    "I3NHfaF/RdrI7Tu0noZoGc3k2DDuUQdJsJKILQPYj1ybZqBfW2CtpsBGdNHBo3YTDyvr8n"
    "TDgiBiXujOwAo86Z4cmhw2lq7EpPxgWKh0cVEDAyvenUDkR3HFmTSgQlTW1GrCN0gag3E0"
    "5B4X0gKHQD25F+wOQJE8yQJZyCIi1LkKBFv8f2P65JSxP8iG25skVsP/Qw2QVPWe2y6GO3"
    "cP5OsodXqTXL30GPisUsFuzrpG18dN8PR47NJu3KjmwkQHg5GfJfhclIxms9GbfJBBgiqD"
    "1IWoK1gfv58XETyuL4uJqyOC4c83H+SRH3mhIvSxGo77JGfRdxOiot+IWAxkUYBl9P3yD5"
    "RX1MRe+7uPGdPGHbrPrN86DcDBAotUjLy0pCCoKG4QkpR29a0VKc6Lxsd6Z68HVCXPnGUe"
    "LguUyVYsS1uKKKnsoMvWfN3sJeLQWu5E/9Mr6gPmAyLdebWqxtQyA1MVo/Org0a1JeN+pM"
    "VD8ZsdIwvXFlSqEIfxPnl0x4fYe5tTP5lb9GovqKSLHhCt09yyXXmPxjjUT22WtuZCbP4f"
    "q3K0LrkDnBLv9lRft0Z5+6RjCf+CQVlSUZ37vkyE1Vjaq2TeMpLKJduV2lJPpE4G+sgFQf"
    "DUxtogtkLdnh1Ha9kiiOOudTTlDjymeCQfTcYGIg20XyCyNRbpO9ls96hUZzxEGPzhaVBb"
    "5rD5UoLeKaSnUA0zI9fB1Om2zm1Xt5sVuM6YSiSX07l3hBWON3QnNvrMfPRJFl4RM6fP6g"
    "6MgqCnelcmC0H2HE32cLOfbUbrghbdyLyAguM7sqF/9ifI+W/Mb0lzgIXQXPtAhAWp3LJ9"
    "9xfqSHQYmGuDJyLycNyncJ0hPMhvz5BE/FpxZPRM9zCHYr0sHysvkaWVy4gxDXnW43N+8y"
    "7Nrlde6s+/Dl/eXVp6fPc1txEXgyHhMzsB/JcEy9qSoTWpTuDhd6MLS3JtTcZUjdT6H8yQ"
    "V6bnHPqKPoogYeybBVPF31/DYJxJCfJT85SdbwmC2fDFEZ+43KKMxMU8CLUwqJejmWJlnj"
    "BVTrPSFpuT6pN5uoB9Hn5KXB30SdeYTdeUNGC3KY2hGL4gca3GL3KRnb39HMDib8r7HtYg"
    "f9TcYO/a3NDGwlzUmQnipzkIzXfApEcJ8MVxG8mxF3J5LQ46Q/UfJL9v8iQOcc6JzTP7Qh"
    "r2PrjKxfpqjUwuuXqikAbQHawCZUqVniQmCtOFrN9ohdhNFqRHjcxrNQynhEN42VlEewGK"
    "dQVDjuDCXLiMluokw6puMoEHaE7nBo2cQ1ieiJehdV5hdLLq3SEPqEIfI9IFRomqISGL8p"
    "gt7mdUWGd/HRJRzOt1TFqMUHJDkZ6U8UfyfRMH82jW0CcmcX5A5UCdsgnQMRTcu6NI2yY0"
    "5qsmNOitkxhU2mKdAFwR4i/vy8CbWQ94WkmIXzSrgV+37n5XoI9lbKLkGI6aa93CzAQVhi"
    "A1Sv3aVED1ft5rcIDb3Z3bG/OuHMLp/twGs/15EszLTOMx2ZlMMoGLxF+ZwS8a4Ea8qWwq"
    "KWRPQj4kyfsUdfSzeQFwbIDgzketz4pve228wBsY2aO5A22/8XcVERosVE52Vhy9VtpjUh"
    "Tj/G4Q8fxX49KMvmzAwwatM646HR5t+MRL1wRRrlE4a8mYuknHD84qT3mc3nnGArqV0geP"
    "gngtSUI9ndK37FJUzcFg5hA335/JNsnSBTNmVxIVtu4CU1iHb4wU2C4FLcWioiJQqagDA4"
    "YEr13nKh8ZdeOaD9jM5qy31sI/QqOgiKENdUa1pIQLGmNYo1acg7dWhKOqEbA/F0iDMNtE"
    "Zvp1kTY/eTmPMI54Kdu7hn1Jm4ND2qQVldKmr9SCtxWe6WG4Zy6XF7kcxkqM3MCx0LjQh6"
    "ipFF54iG7rMjJApWmiFlUclQaYViFkRVK5HjeQ/iEUFZdd0dfaqaWcv/H+xYsGP13k0V7F"
    "ibDflbM+RvTRHQ2hzqrCAkUDdPoBYqewv1ICUGuoF2ukEmbttrMb0LIZhcrSdXxNcoxUgu"
    "BPrISW08HidS2tpYT2lBeIe0fofiuVJT4jJCoMcVCmORMg2upi5cItGbQsS7LnsY0zWjuX"
    "I0d4koHA5NDoclbop7R14Q9g+IxjrEk3dsu22DsXKi4IXQbZ41o6ffxEmZgxqaejHGaEJX"
    "D8308JW8tYyDtYO4VD2LCs8sckXR0ydPXsXUsjdGrjfyrPkT9ixXCn/x2SKfNJHlfzwrMt"
    "Y7+Lw1Ku2nHqxycubEgK1WZatTc6ikImbFeqgebiUDTTp4FAtkL2X6lIK2e2tIpPAPR4Rv"
    "eyX8WJOCKynhQywOcnrcomXxEI8D5QosBVmAeyXcop92u8WdlQSoG0HdallnBAHopi25Wy"
    "3rojAA3hTwNou7IAtwa9wK/YJQ25wMSkzf+I5RZ/Di5Zht1qxWimOq7i9TZqCUqM6xdbee"
    "Rbh9vXnN0g0t+q9VG4HV1THAAKwwAMVLpYBwPLyH6G6lu7doRxZ3G2+aL5ISgYSRLpUl/N"
    "f/Aw8GPU8="
)
