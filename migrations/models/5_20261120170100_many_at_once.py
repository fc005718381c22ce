"""Many at once: operations on credit decided together, and what questions of months are answered from."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
-- Many operations at the price of few statements: wallets and budgets are locked in order of id, what the operations
-- need is read once, each is decided from what those before it left, and all is written at the end. It says of each
-- what the function for that one says. Whatever is out of the ordinary (debt, a repeated key, a budget that is full or
-- not used yet, more used than held) is left to those functions: `rest`, after the others, which are waiting for none of
-- it either. `p_budgets` with `p_starts` are the budgets that the operations count towards.
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
            SELECT u.budget_id, u.starts_at, budget.amount, budget.is_hard, u.spent, u.held
            FROM (SELECT DISTINCT id, start FROM unnest(p_budgets, p_starts) AS p (id, start)) AS d
            JOIN budget_usage u ON u.budget_id = d.id AND u.starts_at = d.start
            JOIN budget ON budget.id = u.budget_id
            ORDER BY u.budget_id, u.starts_at FOR UPDATE OF u
        ) AS k;
        SELECT array_agg(p.n), array_agg(p.id), array_agg(p.start) INTO s_n, s_id, s_start FROM (
            SELECT t.n, budget.id, credit_period_start(budget.period, t.at) AS start
            FROM unnest(p_todo) AS t
            JOIN wallet ON wallet.id = t.wallet CROSS JOIN unnest(t.kinds, t.refs) AS scope (kind, ref)
            JOIN budget ON budget.org_id = t.org AND budget.scope_kind = scope.kind AND budget.scope_id = scope.ref
                AND budget.environment = wallet.environment
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
    FROM credit_hold c WHERE c.id IN (SELECT t.hold FROM unnest(p_todo) AS t WHERE t.op IN ('settle', 'release'));
    SELECT coalesce(array_agg(t.key), '{}') INTO keys
    FROM unnest(p_todo) AS t JOIN credit_hold c ON c.org_id = t.org AND c.operation_key = t.key WHERE t.op = 'hold';

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
    UPDATE wallet SET balance = n.balance, held = n.held, seq = n.seq
    FROM unnest(w_id, w_balance, w_held, w_seq, w_changed) AS n (id, balance, held, seq, changed)
    WHERE n.changed AND wallet.id = n.id;
    UPDATE credit_grant SET remaining = n.remaining, held = n.held, is_spent = n.remaining = 0
    FROM unnest(g_id, g_remaining, g_held, g_changed) AS n (id, remaining, held, changed)
    WHERE n.changed AND credit_grant.id = n.id;
    IF cardinality(b_key) > 0 THEN
        UPDATE budget_usage SET spent = n.spent, held = n.held
        FROM unnest(b_id, b_start, b_spent, b_held) AS n (id, start, spent, held)
        WHERE budget_usage.budget_id = n.id AND budget_usage.starts_at = n.start;
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
        -- Its trigger locks what was reserved of features: in order, as everybody does.
        UPDATE credit_hold SET state = n.state, ended_at = n.ended_at, settled = n.settled,
            transaction_id = n.transaction_id
        FROM (SELECT * FROM unnest(ended) ORDER BY usage_id, id OFFSET 0) AS n WHERE credit_hold.id = n.id;
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
        SELECT array_agg(coalesce(t.wallet, c.wallet_id)) INTO wallets
        FROM unnest(todo) AS t LEFT JOIN credit_hold c ON c.id = t.hold AND c.org_id = t.org;
        SELECT array_agg(d.id), array_agg(d.start) INTO budgets, starts FROM (
            SELECT b.id, credit_period_start(b.period, t.at) AS start
            FROM unnest(todo) AS t JOIN wallet w ON w.id = t.wallet CROSS JOIN unnest(t.kinds, t.refs) AS s (kind, ref)
            JOIN budget b ON b.org_id = t.org AND b.scope_kind = s.kind AND b.scope_id = s.ref
                AND b.environment = w.environment
            UNION ALL
            SELECT p.id, p.start FROM unnest(todo) AS t JOIN credit_hold c ON c.id = t.hold AND c.org_id = t.org
            CROSS JOIN unnest(c.budget_ids, c.budget_starts) AS p (id, start)
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
DROP FUNCTION credit_apply_together, credit_standing;
"""


MODELS_STATE = (
    "eJztfWt32ziW7V/B0pckvdS+juw4Ncmsu5adclXclcS1EmfSPVV1ZYiELLQpggWQVjQ9/d"
    "8vAD7EtwjqBVL40J0yiUNJGyBwzj6vfw3mxEYOO7n+7iPqQufGRq6P/eXgDfjXwIVzxP+j"
    "cswQDKDnrUaICz6cOFIIRaPHOD18wnwKLZ8PmEKHIX7JRsyi2PMxcflVN3AccZFYfCB2H1"
    "aXAhf/GaCxTx6QP0OU3/jttwFmLOD/zW+zYPJPxB/8xx/8D+za6Dti4ZiAIcq/RHjHexxP"
    "MXLszO/jN/kteX3sLz157evXmx9/kiPF15mMLeIEc3c12lv6M+Imw4MA2ydCRtx7QC6i0E"
    "d26meKXxFBE18KfxG/4NMAJd/aXl2w0RQGjgBr8J/TwLUERkB+kvi/8/8bfbXUsPH40+3d"
    "+Mv13Xg8UMDWIq6YF+z6ArN//Tt87goQeXUgPuDd+8vPz88uXkgICPMfqLwp4Rr8WwpCH4"
    "aiEv8VyvE8KECdEtkm3vGFFeCrxRhDGYOlGbypRZss/Sya72aQVizcRCIHJv9yHYRxMIff"
    "xw5yH/wZ/3P06lUNrv91+VlCy0dJbAnfhMJt6lN0axTey2IcbyoKIKdEDMrNUEZziB0VjB"
    "OBVghHm6uuAJ83Avi8BuDzPMAWRQKOMSxZyT/yOz6eo3Kks5I5uO1I9CT+jw4u7xqw724+"
    "Xn+5u/z4q3j8nLE/HYnX5d21uDOSV5e5q88vcvOSPAR8u7l7D8Sf4L9vP13nN/hk3N1/D8"
    "R3goFPxi5ZjKGdxiS+HF/KTHPgOth9bDXPOdEtTPR+3rLBjQ8c5DPgkgmxlwC7bwHXDgEl"
    "C8B8uGRDwAi/An0+wp/xlQAmgQ8wl/AQZVydEr+b8QsAPvBFMTiKRSMU4eljSkkTFybQel"
    "xAao8Ld8iIVI0t3pqP5vkr0IUPcsYFmuJ7RvbErYvu+GK6I4/IHZTYG5n7tbYGcblhwIdy"
    "6yAeu87QGHwTiwICcZSES0gsCr7d2YgCm5yAO76M5OMADu9hG0CX/w8w/OBCP6CI/yL+ye"
    "I+8wlF9kl++ezsQ0qMoWq7Zwh+49aYh/mqEe+3sYOMHaT72atgB3kB5SOQiv6YEumhjv7y"
    "ooEG+TJ/5qwUSHHroAr6nuDlmzOiSBz9C8g3V+T6zU5/o7Bruml0QvfKvFerQ1lxmrOSZp"
    "q1nmZ+ereyyVj37LGjmV9NTKjPyCJPiC7f8T8HJSZU5v6wzoSi0Ui+AKOhW3XVtPDK2PgB"
    "sZK35gq7kC7L35mVTO6VmSx9xHZjkxzmLbn6cHuVeUG4PnF18+ny8z+ef7z8+4vMW/Lh9t"
    "PP8fj04r/6x931pbFW9mmtmLPAnAU7Owum/IfMKum0zP01Z4EcqcKm3U6BYKkYYoxfGQLs"
    "AihY2DcAQWsm2CuxhPkYiwtPCZUsrYu++0XObLNHNTl7okeb40f/4yc1VQonUFbKHEKGXj"
    "iWs8jQC0c3zUal7N/8aqJS3hHfK1Ml5fVaFdKPR+ySRajU3fQxWo/DpckQVwwUdeWVzLZ0"
    "5R25ia5diy49/jVA4Aq/vTA3MAcV8m8ixjxj4BEtm/mO9qZRG2XvCE6JzDQTd4rpvN1E52"
    "SNPqDzTDuQ+WPmI69sv324cf3ySc6I5WYYh77vXby+p4q77e004nMWiPlAOCPC8D3ho4eW"
    "hcRGHIVEeZBxQx/4C2yhZtsv/4X8n7/+x2h0dvZ6dHp28cOr89evX/1w+gMfK39j8dbruj"
    "375uebT3fZpSAu/FsXBe4r12q+hGRImR6Xvl2rzkntiKVG7sc5NJRRZiaATS9tTx/tWt9T"
    "RYGNm/P3gJSgWR1etZLQOr5K7M8LQu0hiEj6MAEJkCmALojzA0E6P1CLfBSjMR+RHoWQ22"
    "Ki87LdmWoR9ejGQY8T9BC44u0UvwdEbj9kb2zLdm4tGKr8KKaZoifSLkEqK2kMZJ1nGZdY"
    "xjVZ0WUGcQ8ySc+baEbn1YrReUEvkko8tzNdpYTorFT/cD47PW0ANB9VibS8pxFlwK9/Jo"
    "4TeO8C5pM5oj/C0nogFSOH9UQClxlTKTS2IqmxDZtVBxn8SvEc0qUg3MFzQh+4TTkEXHoI"
    "uKHxyDxoIXkpebL4gznEf1GMM9rwWRu4p6Kfq3L+RCK70C90DTHqyLlTzZOEa0qFJllJGJ"
    "Ykd/ik30kVSPNyBtg827Ha3lSO9ZyYzkRUy4N9NxVl+PlRhPnLHDpOpecmltmf02aXGIcu"
    "mLPR64vE6SL+qHOzfPl4+eFD6FfJWnP8FzGfqfnB0lJ9QnQPTq1ssZEQIiXsU0IG+tbQY9"
    "cL/DA4X3Ht5yXNJLSeBBL4bWehIGqmofU0WFy5GQesZB/6EVncvnOqIl5WYnmbKpQ7ieQ7"
    "OBM1oP54/e6GH6bPR+fDlyOpt3ADCvsordGcn5Y4xGxcds7WY7ySMhCvg5iiJ+QGqMVSzk"
    "kaqMug1o9bW8+pqXFpW6fQPEqesI3oEMiP3phGq3meodIMlWaoNEOldR3YeItT4dHSMj0k"
    "0S6aVMe6qC6OdVGojSVPDxWEE4Eewvty9EMDfPmo6mpv4p7hKA1H2UNywHCUhqM85kkwHK"
    "UW02A4SiWF23CUmkJsOMpj4CgvPfwLKuUmozvDOk4SengcZcPvOEdwRfCY3l4HTwk0/Jzh"
    "5/QHVv5bALSaOYrH95A4GjWKWh/VRK2PTgsKghdMHGwpBhJmhLaD9EHdMLtuxhDWzRm3KU"
    "9ZENW88s77j5fv/vrl/eXo1UU3a+8wi3ioxCa5pBRWzVEikpscB7Mumtx1Xsnrv9/99odJ"
    "vj4eB6+WCbeaZZf1aZZNvu0xzLIshtCyCmletjMzPfiGRT9J0dwPu4GP3oiaCpiBBcW+Ly"
    "osuGACfWsWnuXHtSC4dkYWfEpX/FBj9aco2k4N2uMiILKh6BDwr775VNepRJPl+JF/fxXj"
    "qkS0fxnY27exUrCpUTAFwQ04GM0w3w4FQ5HnQKsNtEVJ7bEdiPauIi42KrdDiS++EvDJxh"
    "vFGsh18SUENvavXZ+W+xNWd4e1PgUxboySgQ1a+xJgYxssROFIn8h/h/z/+bEsmutOKZmL"
    "vygqa9irIqrupxClDFdXoKT9y+95/CtZ2INOpbQPKf/c6oebSonGLdKjo0PduDBMUBeMhW"
    "QPbKrUriR0dswMXBK4J56wb58QnQyBsFz44S9sRnGgnYTz1kLf3X5M9eqsUTUwipI6z4k2"
    "Bkb+cG96POTlzCGRAzbSiSQgCss4J9bDNXw2arCGz0bVRcpG+TWcUT+bLuCMkPYG3J4Xrz"
    "WD7kOZv/BvX24/VRAOK5G8noMtH/wv0MttOLhCU0KRtKXg1BfZoKFTmgEHTX1AAn9j01iA"
    "lVF+4kWc+HJT6/tdiSdXPOCqPI9DMbYhK9U/5m37moip3bm92p2akEDvZsh69IjIGCghgV"
    "J3h+tJICs7ei0TdAkYfnC51s0E8zZHri+qz8/IggtQUYWe29vPGOC7KFfLqegvi+wTcOl5"
    "yLX/Slxn+RZ4ZfntDP1Zkgq/80/bIFGeP6P4ZtVlgEQC28n7OGxE1h6zPgwXtBdNaQbZrG"
    "w5V8e+xRJ6h7xtA8ZdBbMZ/q2X/Js4sqAf0BJ7uTaWNC1mXiqVl0oTvew9glkVIX29gS42"
    "i8et1cKEGzTSjLimE/X/SelCJ+Bz5NwFC+zPAHpCXAWS4TNiMEP8sW8B5EoDfnhAlJuK3F"
    "7EXLniKhOA9hN0rRJX3t4+dQOtTBel4DjccYfVgQ9tYR4k99koakZR0xP9zilqK+5jrLyR"
    "FWV13tPk0R13gM0wPrpucyl8WySu5IXNi6j1i2gspiO1mL5wk2BQYjHJ68P1FhOLx63nrV"
    "0g4x25rSJNFBE1grn5kTFfWtPUW364YaV118erTSK5EBRN0LTMfo1Q7XlpXex5fY8FpXKq"
    "6AmTgI3VjciCqDlvVc5bY8EfrY7z1RVaCrIrszayAxpoPUEkoKb5AF9kYPClBFwiuViwRP"
    "4JKK02Hx9INbpOu8f97v7uXiYEMJmC+1Quyj3gNgOTJSkoWQglSvxnrFmRBf+bQpeF0cpv"
    "5U0JBAU+fESSSoYLuAwFoQgV+N2NB52AL0QMsAkS39gHc+j7XJKPXcywIKipLIex+gCuuJ"
    "H5HPtvwtQV8UvDCzLmmIUfbYte3/wPhQSWStWtW5pDH+hro1xsUblg2LVKDPh6piYR6g5D"
    "M/jiQyrjkNK7U2rjaEardZ2/0eR0veTf6454X72yk3V1c82pyn+bT7xx4DU6UqtfrA12/w"
    "V0HOXg74yQ2f/N/n/IRJEZvzcjjmop24ycKWS7rmYwnJPALfOI1GG8EjIArwPYQxQTtZS9"
    "RKKHaU5N2qFUN0MptEIRz261hLOCZhmvW8YCL6sc50pfQEZGZ3+2qk9g9PL89fkPZxfniS"
    "sguVLnASjpwsHGkM5LO6AQ4iDoVqTVpMTyJB6X0wfYwU/iIWFVDugCwZHMPR/wJYEdae9M"
    "oCPC9ATnASfkCcmLyREO4AOHfmMD6Or29kPG9rm6yflhPn39eHX9+fnL3OsQTpgmpslVYH"
    "MzYFBil0R3hnVGyWQ1Zqv2SLqgiSyNmuSZh3+Fd5D7hClxRcaNXLPhCfdHU2PGFEMx5osO"
    "R6cKfZV5F5qqflmpHqp/Oyi3ndpm1GDeZkVzrUAevWqSnspHVdeOf/Uqj3NuC28KdX7n7x"
    "/aW7ZojL24S3QN3bFjOxGLkA7awqCJpbS2Z7YSk7CZNWJq8W86AcYfpmp0fmVQEh8Vlmd4"
    "e7je/BwHyci1cSaZyI9IXEa1Cnep6C5QEkzSUGYDt1ryUBUzKSNk7FLlrMB49lQ3uYyg2e"
    "O02+MyZpxXaljU6mWJzDGqZWenKmrZDCk7UmMRA67GzUDfyf64P1NYUbwpdbv2fA777I4f"
    "kpG77Q2aCTQx7UEPfsQa6neL1K9eoVe9gJSRgJZFg9ZQvIlED0mxHTRU4VA8kDBfoCnEaR"
    "kDcgOQDfm4Y/KRojl/uPhINYwzcgZmY0wclkCvsIXXMehV5rBeFPrg20zaBSJrasaRBeHL"
    "x6K8qMhMAA8ETLbQN3iLXDvXUMYTyHBJ+e/apZ8V3PgF2FNnrF8htsGUUEBcBELrcOPZaP"
    "dCWAGlyLXUVJOUTP+qT581UEzOqhsFlPS6IBT7JQB/4UvSqQzvTMv1KbrzbPT6IgnsFH/U"
    "xXR+4Qv6Q3G3mCJZSUYxLiUr1b+Fu5vAlOkUWT5+Qm16VedkjZNAayeBaUp+DLNsohp6O8"
    "1aeU3ek5yvoXh32MBnEucarg9puJfuFX66s/uwonF0IaR42P1Qtt25T8IFkmHRldCfLYZR"
    "BDyIKSuGQOzoM9ZE/hNPvEX8Z44f0bIQ12/8PTt5442/Rw/nhPH3bL9MW2Y/KcBabUEVBH"
    "vomNiJFTXln4+oaF9ZxjzWFBPLCbasKbYnVus2rLIStX0bhp3CRR2nGbQBlHGDZBrW2lxs"
    "Ie9wV/XDjR9pt5SjbA+msu0kAj3cbrbvBzXk2N629cQaKCJ9SSms2NMzUjmk9epXuo09Qu"
    "gfv/1RClxkNbUALyXZewA/ff14/fnmXQHDlZGpBGBWrPfolS6/jDXeBr2VZO8BTJFRBRwN"
    "l7gRojpzielpdhBkaNzePVAmb6Zc6ymXG1yrNzsr2Rlf0OCLKG4q7NewkPGC0Ecwh0tuuz"
    "4hIKJMACNzJINqNjZdO7ccEMe6zWJIy3VmKRznC4983ykrlVWfI7aS6kjo1eFoj1TRYUU2"
    "uyi5AaXdHZgVGG2Z+ayIalpGezxlTzgHz7GsZQ1BRNeEpfP5RVkIkAGfCPct2/iAUoa+FW"
    "maFzVbSMkWoolT/wPihi+tbIuRvj2sc+s7cmDYQkKOVCtVkN0Kh/yVcNG6UgXVMsrJlLmd"
    "uNrRrslmf6QOeDHDRczr421jGRNra3p6mWCG7kAKrYrCydW+rpSI8Sg28CjGDiuVRZuW0V"
    "673veSNREGPdeT71INhiq15btsF6K1OnOua9HuKk3n4k2HIKcFiy60prq0Vhqv0dKMlqYz"
    "pIftdL1DTi6c9mdsCOBUtqhsmMi7z/7Xq2lQrZhuaqUrqMkmrNqEVZuwavmMsrBqZeexCR"
    "TpgN/Y2LI7dhtHPZzGUr1QxLkge4xwK5ZyJfxBapp/SsQwXfmSYU+IMsQUEc2JaY+qtARS"
    "9EzolvdnmMkCPw/4CTEg+KWNT2cF7F2ilmUTjze5H5W6pyYc4zdpcw5KiMXozrCOTVysxq"
    "zPqecaJaJjiqb3sokgsALmkzmizxhA3/mh4kIHYBsQyu/5CM75dfGVwjx40Y1wKctcCf2V"
    "0IdnUkUtSavf2cesYTpz/ZPCrxEbvcmXMmSnITu7pfuoJINn1nxjyiIj1UO+Ygf0ULKdKO"
    "McCfUQZtNMb59ob7ndW2RetjNKu2SODr4E85hjC+sSScXDRhMfiEhGjDYPuTWdRxqATzzk"
    "AmFvHwpvMeWKeMciXcH7cNxLL52EP1OyYGEVMMFqLIE1g27Ypk1XL6FJ622z5jtB3WvCYL"
    "yL7PtBWYHA+N6wtjxgetRaHuOrXD5gsgTPuSk4TJMKL95I2gDbMWknKQRx2iBnCgKGWMgy"
    "RJk2TLzFItXGgpQui1TGTj9pHZsRfVaSmmAoC0NZdGX7VKAs0uu8gGiNfZcV66F9txNrWv"
    "6rAHM8vod+hNPTJvCenlbDe1pMC8Zlbt1qeOPxGsPLvz0hTLi8AuoCeWSHRL3rY99BgmBp"
    "aL9l8b84bwD/xXkl+uJWDnwE50rgR+N1Bv/bjGMfxSWKKCGbQm6ATCmZDwHm6CJoK8cL7W"
    "GbMUZHm1PTGB3NjY7r1fYzKLE70rdrTQ+UG7jW+vgmFHroAhjYGIkqM6KujE1CUiDJ5T8B"
    "edshHj+Mh5RkOm/52WssjFgq8fwkF2K/RlRGsqxQuTFBjAmi9WaqksKXfxGaahAFwR6aIT"
    "vo7ZnfZlTRNh5UtcD61DauAHdOzKDdDG3MxsgVP79kJ1nXljIlqHVjym3sz1vsN8l/rVJs"
    "QDxeY8NPn836wCkBmsG99YwAD1FMlJSOlUT/1u+WY1r4lsphbLERx1J73IVjM6W7u7Bnt+"
    "R8spKG8zGcz1rO56uoNjioJ37CMcOG7M84SIY35ICSwHbA4UX0CdlhOUdZ2ZH/EZd1xC6/"
    "GO7aaeoGOg6YBD64x/b9ENyLSK77sONcVIj1voog2v0H/+7+7kY3RNrLNAzTCp3ZotudCN"
    "0arsaLEb5kquWIhUhpje69Fd9CeMeF0hWOi2pftgjpj393TH1kLZRYrQvr+YvdxJBWhrTq"
    "1Gmg4jc3cdF70SHze05DnHNiOuMsEx6TTCsR0iTSr7D/NkzGeiN2bZeAdJCWFkyL4bX2if"
    "ZeSRa98d0+y7JSWRRNp4ygsZy0s5w6nd5xuv9JbZtrcOh+F/3DVxOb/6fwtB6UmPrxrWGd"
    "hT9NDWoc2yEiuRlyHNGDIcwTi3QfVoy94GpETSRHqyetMYpNOIaxbDt3WitYtor6vNHj9Y"
    "0A1xzfXYSAm9DXNttDJ5R5vVSinxz4UKMWydtNVKPxNB65Vj+KilcuZsRBMvwc8rUmbhYV"
    "oPqh63v1VCo0hzwd1isze9u7tpU+Ua3TpL+mAuA5sT4eG7s4lj0HumrdqxOJdl2r91Xv1n"
    "WWQBbRQwyB5Dtvdlhc//2u0L7aQ9RCrh/5cLMo1jeLykpqXX8g2lW58cCG0pULWJiRNYNs"
    "Jnh6UT9YuHL5iIY8/faaS5kAEKP57E3zuX1ClGK7jhjKDGusCY1JWkStoaGU5/81BKF5v6"
    "6ZYfn4DZSj+IFK/rCUjFGTlNUkQ/1skfoxwfMmbLMTE2BO7ean9t2M/w4RQPiOEsZCwAtn"
    "dnFQ7Yntx8PHVnr82uP6ErCZDGBM4iWjkEXIAEXQmiE7HTY5BD7/DG6/WOgEZI5u6bFhFv"
    "H4h8RjI0Oi5NTf38duoDzIx6poDolA/9SGRszwRQ0zfBEzw0Zz2IvmYCJoenqIlXA8LQke"
    "3dmd5nvV9jgb08ipNy+KJtrejY3mHvGRay1/QcsyVS83olbPw6uxMUfRRMmzHIjngnaWHd"
    "WGYQEVwZxCly0QjRJZuOrlOXApUlxEV5cSL9ZGT1qviv02QN89zOc9SVYxLq+9+F2MUrYX"
    "pUz0ZLSwV1HcsRrSvJwBtqo7qcq+kBHqoV92+xUFD9ySVDe46wjJXTUaladsEfy/fbn9VK"
    "GfJhJ5HRVbPvhf0NA93iHsBRYZ7OMlnUCfWu3vSoAXD7gyYWzHYihkqy8n+qfiNGclzTRr"
    "N82a2IMf0XyCKJthb1BiC6buDuvswHl23DoTsHqSq3IrpMHG+IV8ZsVv8nJShd8kWRwsyY"
    "ISR8k9EY/voaq7/QxUc9739iDIGI6G3th0g0qFTrCKshDVaKZEDJxlWaaZpVpE9idCEX5w"
    "f0Gh4X0jEgvK+w9GCsZt+JRuArq6ujrTKVwkGkjq5eS/nP9eFEb5fOb7xOebd3eDwnLdAq"
    "Jfo8f0FNLUG1qB6WH0aLGQSxToaH1Xa87Ra7RdldlkH+ukGJuUzt2mdDInKDmKauKiovG9"
    "88BdnDVh2M+qGfazsrQnFWjj8ftbuoOfPl9f72o/yMJ7NmoA79moEl5xqwjv+AlRVuoqqg"
    "6YyYntL2rm5a6ADkNmRi/PX5//cHZxnsTNJFfqgmdMV9UjNZcp4pAyn409rhTOsRv4JQdt"
    "5WtUId3qbdpTuuYlRw/ZcZSLqP0qmpquGo2JyBexOzxr2vNty++d1MexUMy5Rqr+8pWIb+"
    "EN3NPcfEE+WMywyKf3ZWco5mNRylfU1rWJ27ALdZ9ez9A6a7MLZyU7swaOZhNWcF6lTOLE"
    "SVSSSX8VCf/0y2fkVIXBlHqlunn+FoiOzJuzIPSRedBCGyL1LX5On4DaJY0j2bMSHidm1a"
    "qJHElMQcuKW6sYRqe/jA6aQ+yo2MWJgM6czuCSAfHF7Lcg/CSpZ5LABxQ98DdL1Ei0IGuo"
    "yOSDg5tE//FRNcHBhfg/Q6ztlljzIGP8JLLHonxJEeg79L2KoMgLatwKaQDpA3FH2B6CX9"
    "+/AxHqG2tx13+/yyhwhaC/TLxlPDwfCWhYjSNRqDNBf+KwEPwe5j+nzWyXPsAYUbrNuTGi"
    "umUbrIypEgMhY2lVWwmLzLDdxEnKb2YqUGtlMRhVdbeqqmpr8C50BB84+EkUEwQ+CnNiDt"
    "1qyaiffVVFTAyqCZrUJcJvbdDkgQonuE/Yh9GPLhZNWN2t1f9wdtz6kt4e4lqP62NHeBUx"
    "A9CykMfnfAgoeiKPorcoBWGyl30CbnzRyeSRy/Chop8JtmW9WQgYX2Gyiib/YcRF4j7ziR"
    "DKnyz7+swm9RdWa8Ek+BxchzUHwxaTE/rpQmhrEuzCO2Dy0XaYjybPMa7RT5ZjVdOrRNRA"
    "rga54nmXFzSbsbFsj9GyNdUUjmKaY3OlxTznRI3PrBPzPCmpv1d9HObENjgMuzO3CmdhZO"
    "K3eHmykubd0e3dUfA375JI+xuZDEoYNHF5WEed/TMasMu4yjzjNAS/rVy2ueurkcyHYeqI"
    "IakMSaX9XqVwFuSXflNI83IG2CNwV7ckSrZfFjTZjpuimwj0EN7t81AM/VkE9wo/VOZZRg"
    "I61/Yf/EzJgomWjcJPJdMr0ROiS2DNoPuA4jLiLJgIqQmiYYIfahoLH6ZZ/sdodHb2enR6"
    "dvHDq/PXr1/9cJrkWxZv1SVeXt38LHIvM1NW1jzAR3NPuR1DSmx/U3a6q5dhe70YxGsVYV"
    "MSelmPaV5W53fhENg6hLGyXLd6VFdS2i7UgYgLRZQB/l3j9GBueywBhS7ATaO6tge0R4lQ"
    "S5ShTsvpC/avq04ye0UVu15Qss9WV8FOBEwR7A2KYCPm47l0v8j4k7KA+Bq1pEy6T/vynr"
    "UNK2A+mVdUXKzWvXNiGieKtY5t2EE7+tjt2ML9XiJqzB6FCrzK7veCoGFDjPv9WHwOGc9S"
    "4LbxKiVSZnq1nl4OaNDqJc4IGrehznMsu7G2muSspJllnWd5il3MZq2mOSdq5lnneXYQZC"
    "i0flUU2pyY9gE0g/f8VwhuX1RHXEg+LiT0BYe/oNjfvDSfgrIbotc+FLFM3rxmOr9m/FEC"
    "m8I8V9ODK4mN+MHuzOlu6EFKCeWo2krO4KxU//io7fvbQ8TmiDH4UAJ1dZmogmAf0N53US"
    "iPkidsl7UOqSnTnpLpA+a7XuEyGlEF4ESgf+i+HDUpK8FHVXOro0JpCekPa+XFyUtq65zU"
    "3H1DAr/tFBREzRy0dKFRZOOy4JIfkYXn0KnkwGOpvLYYip1E4l2bhBo8f7x+d/Px8sPz0f"
    "nwZdhwg5+bOCwUEW9B54UiQRZXGMcBK/He1AOcEtsYYc329q1grE9iwfUTknVFyrILwnvD"
    "NSkGY5QMW1+cw0WAkgXwEAX3DP15L1owQMCf8gYsChGDwqjjui6YUjI/Ab9SvmDoEjyiJX"
    "guPlcUIOXPeFFSj2NnH7NBoenwWSq00UrCZDWoZjX0MeZW88O4jyH6YaS7qN6Tjuc7cFk5"
    "E66/07iVLkWBdyNYuVsxtN3ANLIhyXTKUMlaXWd7ruR6Y3turSdXBBFXdn2ows7m5fbY0/"
    "EAytlOuNkWBShMpJOeDj1NbNyvwlVyaf8zYP68wtTNDxnWdy3ig/lvz4xea/h+E1ZnmBrH"
    "AHSBtJmfcZsTPwRUXJr63BLFPlhAJj3sPnLfALlaRQ3Jv8r/EmroE8G2qCF56XnItf9KXG"
    "c5BFxGPpA/h6KiObzPD//d/d29m6HVsykCNp5OEUWuhdhbbnpT4jiBJ2pbivACbnsL61yU"
    "wYwf48adGTEFK6BZixqY4WTJ545NqYGDG+Wm1MAWw2Jya1sB1KKkATevAlpWQGmrgL6caH"
    "c0k8Ft2A5XLow3YU53WJ14KP/1VsxoMxKk6xpM38ktbRiXCfStmeImlpbRf/sKXRJSleJA"
    "D2XRBIvwbcKKK5vva2czFlYv96e4Nbua0yMt1SeCbc+ej8ANIVLCPiVkoG8NfRfjoHo3Cd"
    "0MherdNOgQraPbTGw/JKqbIWddgpgKCzRALZZyTtJA3SjAj6KpimmblulftPZOqo9MAuqq"
    "wpyWMTA3gpkFHqIM2RUVzmsCZPKCGgM+uIs5OtE3LHSUxFyCcNO4TUss7n4+HGQ/IDrmH+"
    "oyKJkORZKn8gHap9Duga/WycFaGUacujtc71ZtHkpcja+ahzDH1hsnoXESdn1fMPXI99GN"
    "sNLvWpMoXe1x7YNfaCcqRIiZhEkZ6Viqh1ifjRpAfTaqRFrcMh7vI/UUWQg/texXlBE1E6"
    "31RJv6sns8pwKmDHRKxIDcCOQpks3RFXHOShmoG0ENPTx+RKqVe7NShqTJYnqgDOBeYnmQ"
    "Ij66aSs9q+KjN7ymjE8vS8h0M3alX3NgQUtUwG3/MlQ8wMzHBvMxloVe209HQd7MRrvZoA"
    "gy4vLv1WouyqTNTLSM85VOSkYCainR0Xm5PmpH228fo0E0454iOoTIG5AKCDdxjRoscBNs"
    "pxiUFNvXIlPQilrAipTygDVd1X0NxdvT0pazIL4soIGj6wTwVeIh6uOy7qXVBd6zUqYJ5A"
    "ZV3vnvVveoZ4R03ohup4CfN2GlCxuEzqyoskSbV2D7pNqfAXR97JfEp9aetGmxjug1hztp"
    "5QoYM/w/Sms8K6XxItcmaCREjC9Np3RBr4M6JWjQXo+2w5FwreV4XnJyVrf8zgi1svx1g3"
    "nL5d70STfao64eGW5AaIhCTZQt1hlyHDAl9EAm6BGnC4Q1umyKFrLUSsqsPqoMgl/QclCb"
    "RPBLWHumUR7BOCpUs746W6bmdxhNPgRxtG5JffEG4zcoFK5HaPH6ZIMuBriYtANTm6zr4J"
    "pI7SMJ4PXg0iHQHtv4AbGSub7CLj+FKviygmxusidLP+TS9NB/bqehHiroSibrz8nioBwJ"
    "AB/47IpyoRDYgedgC26h/+hVRJYl64CfFVc3ny4//6O8fPFVCbl29Y+760vN1Kj3hOL/kZ"
    "CWa1Hx/QZK1Cw1dK0KdYW43YDAPcOuhe6HcS3X5/ePyPPvxezdh5fuX4hKsjaKp1LkKnI9"
    "Khy6FLdFk9kJAg/ERW/4WkDgCVE8jcYWlbG9fvIGap34OioqXTy+d+rcVrph1HR+EetA9W"
    "BMhMyRqN2RqNP2+iFk096TgFZusekxDbbZmKCbxePX7rXvyYJvVe4SWNBxGPAJeQQzfs0h"
    "7kOugRW3UYZAPHkIkpTeYeKoHQL5rYZgEliPyC+xdHf7URvspjFaKi95LLOLd/yg+2vX3/"
    "C67dzY5aYcgP7AmnQUk47Sg3SU8HAuQlzfpmslpXPxzsE1tGbCHBz9v+cv/88PL4A46plo"
    "XyKUGfGvYBxEYe6JtCibUQxb7OhlSjjvObRbJ8Pis2yKU2tXpIY0MCvCLjsKVkWpUyvU50"
    "UkFXpC/KbN3xmXcYmmXrE1DzAWgLEAjAVgLIDuA3vgggn9BPWAJWx0A7SfNWyOEOWDFbE5"
    "QqwNLWNomR7QMoYZOGTSt2nudCjou1gdp3eT0M0COb2bBh3KIeg2E6YIQvcg1ifbqhXUuy"
    "posxWcNXFo3Ab+hHz/iJhwRAxK3BnZAcM6ZwaRQ8fz1Ni1noxLEA0PKyBAYJH5HPuiO46s"
    "SSWCkuaYIfsEXAJKFsIpKLwPCASujx3pB4yfMIMM2MIpKNKyBAla9Hvs/uOatDSBTxDLlS"
    "1i+00Pk33wlNUuiz52C+fvJHt8k1qz/B0kVCxmsWDfxm3jw/teMHEwm7UrO7KVAOHVZMh/"
    "FSYjHq/1ZNzFEzAUQe1+3BKsDdwvT0+bUBanp9WUxWnhmI/yT4q415R4WYmY+i4b1HcRp6"
    "PSgk8ENC7CMPh29g7IL+pBKnrfRY3v5AnbZtVvnwflZoBAqUVaXlbSpCBoGJ6QcvSmFS3F"
    "ic7LdmeqB99myJVvHEUOXMpUKYZcmyuq4LnM0HvR7C3s1VLgSv7cK+ML6gMm03K9qcXaNg"
    "RSE6P1VweWZk3K68M6E9WLR6w1TG9dmVIowt/E+SUTXj9Abu3MfuGvkai+IlJsuEL3wHLJ"
    "NRb/2GEs++ItNzLj53D92xWhdcCaQZf/sqJ9urdP3SCYT3ySisoSj+9dcuS2qkZV26bRFB"
    "bRrtyuUhJ9IvC3VkCqjwamNtEFspbseI5dUhLFUed8yglqXPlMMIjE9WdDgF0gvzAQ5TbZ"
    "W/msN2CyBBz08GxRWeD79lCJ0iKupVQHMC3Tw9fhrMlmXr2XF7vFWE4gmtS3c4kXhDV+Jz"
    "T3xhJ+JoosCw/R8ctHRUdWUbgrlQPD/QgC/j7bwMFz3HBD2roXkSFYZnZVLv5kfI+W/Nb0"
    "lygIXQXPtIiBtDqXT77j/EgP/BINcW3kXk7aKN8lSM8gG/PnIzgXn1o8EQlxEHQr0sHysv"
    "kaWVy4gxDXnW63tx8y7NrVTe6s+/T149X15+cvc1txEXg0nSLLx09oPKVkrsqEFqW7w4Ue"
    "De2tCTV3FVD3cyB/coGeS+4N6yi6sIFHPGwdT1c9v00CMeRnyU+OkzUIw/LJJirjsFEZhZ"
    "lpCnhxSk2iXo6lidd4AdV6T0hark/qzTbqQfQ5eWnwF1FnHkB32ZDRMjlM7YhF8QOH3GL3"
    "KJri72CB/Rn/a4pd6IC/yNihv7SZgZ2kOQnSU2UO4vGaT4EI7pPhKoJ3G0bdiST0MO5PFP"
    "+Sw78IpnOO6ZzTP7RNXsfOGVmvTFGphdcrVVMMtAVofYyoUrPERGCjOFrN9oh9hNFqRHjc"
    "RbNQyniEN4drKQ8/GadQVDjqDCXLiMluokw6pqMoEHYC7mFgY+RaSPREvQ8r84sll1ZpEH"
    "3GAPruIyo0TVEJjN8UQW/LuiLD+/joEg7nt1TFqOQD4pyM9CeKv+NomD+axjYZcmcf5I6p"
    "ErZFOsdENK3q0jTKjhnVZMeMitkxhU2mKdAFwR4i/vKiCbWQ94WkmIWLSrgV+37n5XoI9k"
    "7KLpkQ0217uZkP/aDEBqheuyuJHq7a7W8RGnqzu2N/dcKZXT7bPmk/16GsmWmdZzo0Kcdh"
    "MHiL8jkl4l0J1pQthUUtifBHRJk+U0LfSjcQCXyA/SFwCTe+6QN2mzkgdlFzx6TN9v9FTC"
    "pCtJjovKzZcnWbaU2I01+j8IdfxX49KMvmzAwY1qZ1RkPDzb8ZiXrpijTKZwyQhQuknHD8"
    "wrj3GeZzjqAd1y4QPPwzQWrKkez+Db/iIiZuC4fwEHz98qNsnSBTNmVxISw38JIaRHv84C"
    "ZBcCluLRWREgZNmDA4w5TqveWaxl965YD2MzqrLfexi9Cr8CAoQlxTrSmRMMWaNijWpCHv"
    "1KEp6YRubIinY5xpQ2v0dpo1MXY/izkPcS7Yucm9YZ2JS9OjGpTVpaLWj7QSV+VuuWEolx"
    "63F9FChtosSODYYILAcwhsugQ0cF+cAFGw0gooC0uGSisUMj+sWgkcQh7FI/yy6rp7+lQ1"
    "s5b/v7FjjR2r926qYMdiNuZvzZi/NUVAa3Oos4Imgbp5ArVQ2VuoBykxoxtopxtk4rZJi+"
    "lNhMzkaj25Ir5GKUYyEegjJ7X1eJxQaWtjPaUFzTuk9TsUzZWaEpcRMnpcoTAWKtPgaurC"
    "xRK9KUS877KHEV0zWSpHc5eImsOhyeGwwk1x78gLmv3DRGMd48k7xW7bYKycqPFC6DbPmt"
    "HT76KkzEENTZ2MGTahq8dWevha3lrGwWI/KlXPwsIzSa4oeP7s2ZuIWiZT4JIJsZfP2Itc"
    "Kfzks0U+aSzL/3hRZKz38HkbVNpPPVjl5MyJGbZala1OzaGSipgV66F6uJMMNOngUSyQvZ"
    "LpUwra/q0hkcI/niC+7ZXwY00KrqSEj7E4yNlpi5bFYzj1lSuwFGQN3GvhFv202y3urKSB"
    "uhHUrZZ1RtAA3bQld6tlXRQ2gDcFvM3iLsgauDVuhX6JKLZmgxLTN7ozrDN44WrMLmtWK8"
    "UxVfeXKTNQSlTnyLrbzCLcvd68YemGFv3Xqo3A6uoYxgCsMADFS6WAcDS8h+jupLu3aEcW"
    "dRtvmi+SEjEJI10qS/jv/w/BC62x"
)
