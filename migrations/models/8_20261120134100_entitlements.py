"""Reserving: what an org's terms allow its customers, decided together with the hold."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
CREATE FUNCTION entitlement_used(
    p_org uuid, p_environment text, p_customer text, p_feature text, p_unit text, p_start timestamptz,
    p_end timestamptz DEFAULT 'infinity'
) RETURNS numeric LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(CASE p_unit WHEN 'credits' THEN r.credits WHEN 'tokens' THEN r.input_tokens + r.output_tokens
        ELSE r.requests END), 0)
    FROM usage_rollup_hour r
    WHERE r.org_id = p_org AND r.customer_id = p_customer AND r.feature_id = p_feature AND r.feature_id <> ''
        AND r.hour >= p_start AND r.hour < p_end
        AND r.workspace_id IN (SELECT w.id FROM workspace w WHERE w.org_id = p_org AND w.kind = p_environment)
$$;

CREATE FUNCTION plan_tokens_used(p_org uuid, p_now timestamptz) RETURNS numeric LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(r.input_tokens + r.output_tokens), 0) FROM usage_rollup_hour r
    WHERE r.org_id = p_org AND r.hour >= credit_period_start('month', p_now)
        AND r.hour < credit_period_end('month', credit_period_start('month', p_now))
$$;

-- A hold that ends takes what it had reserved of a feature with it. One that is settled after it was released counts
-- all the same, as its credits do.
CREATE FUNCTION entitlement_hold_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE entitlement_usage u
    SET held = u.held - CASE OLD.state WHEN 'open' THEN NEW.usage_amount ELSE 0 END,
        settled = u.settled + CASE WHEN NEW.state <> 'settled' THEN 0 WHEN u.unit = 'credits' THEN NEW.settled
            ELSE NEW.usage_amount END
    WHERE u.id = NEW.usage_id;
    RETURN NULL;
END $$;
CREATE TRIGGER "credit_hold_usage" AFTER UPDATE OF "state" ON "credit_hold"
    FOR EACH ROW WHEN (NEW.usage_id IS NOT NULL AND OLD.state <> NEW.state) EXECUTE FUNCTION entitlement_hold_ended();

CREATE TYPE entitlement_result AS (
    outcome TEXT, hold_id UUID, amount NUMERIC, lease_expires_at TIMESTAMPTZ, scope_kind TEXT, scope_id TEXT,
    unit TEXT, limit_amount NUMERIC, available NUMERIC, resets_at TIMESTAMPTZ, wallet_id UUID
);

-- The terms are read here and the hold is placed first: it locks wallet and budgets, then the row of the limit is locked.
-- Settling and releasing take them in the same order.
CREATE FUNCTION entitlement_reserve(
    p_hold uuid, p_org uuid, p_environment text, p_customer text, p_feature text, p_key text, p_credits numeric,
    p_tokens numeric, p_kinds text[], p_refs text[], p_lease timestamptz, p_now timestamptz, p_fingerprint bytea
) RETURNS entitlement_result LANGUAGE plpgsql AS $$
DECLARE
    r entitlement_result;
    t text;
    e entitlement;
    p plan;
    f record;
    h credit_result;
    u entitlement_usage;
    kinds text[] := p_kinds;
    refs text[] := p_refs;
    wanted numeric;
    used numeric;
    start timestamptz;
    is_known boolean;
BEGIN
    -- What was reserved before is answered as it was, whatever the terms are now.
    is_known := EXISTS (SELECT FROM credit_hold c WHERE c.org_id = p_org AND c.operation_key = p_key);
    r.amount := p_credits; r.scope_kind := 'feature'; r.scope_id := p_feature;
    IF p_feature IS NOT NULL AND NOT is_known THEN
        SELECT c.tier INTO t FROM customer c WHERE c.org_id = p_org AND c.external_id = p_customer;
        SELECT x.* INTO e FROM entitlement x WHERE x.org_id = p_org AND x.feature_key = p_feature AND (
            x.audience_kind = 'customer' AND x.audience_ref = p_customer
            OR x.audience_kind = 'tier' AND x.audience_ref = t OR x.audience_kind = 'all')
        ORDER BY array_position(ARRAY['customer', 'tier', 'all'], x.audience_kind::text) LIMIT 1;
        IF e.id IS NULL AND EXISTS (SELECT FROM feature x WHERE x.org_id = p_org AND x.key = p_feature) THEN
            r.outcome := 'not_entitled';
            RETURN r;
        ELSIF NOT e.is_enabled THEN
            r.outcome := 'feature_disabled';
            RETURN r;
        END IF;
    END IF;
    SELECT x.* INTO p FROM org JOIN plan x ON x.code = org.plan AND x.version = org.plan_version WHERE org.id = p_org;
    IF p.overage_per_1k IS NULL AND p.included_tokens IS NOT NULL AND p_tokens > 0 AND NOT is_known THEN
        used := plan_tokens_used(p_org, p_now);
        IF used + p_tokens > p.included_tokens THEN
            r.outcome := 'quota_exceeded'; r.scope_kind := 'plan'; r.scope_id := p.code; r.unit := 'tokens';
            r.limit_amount := p.included_tokens; r.available := greatest(0, p.included_tokens - used);
            r.resets_at := credit_period_end('month', credit_period_start('month', p_now));
            RETURN r;
        END IF;
    END IF;
    SELECT * INTO f FROM credit_wallet_for(p_org, p_environment, p_customer, NULL);
    IF p_customer IS NOT NULL THEN
        kinds := kinds || 'customer'::text; refs := refs || p_customer;
    END IF;
    IF f.team IS NOT NULL THEN
        kinds := kinds || 'team'::text; refs := refs || f.team;
    END IF;
    BEGIN
        h := credit_place_hold(p_hold, p_org, f.wallet, p_key, p_credits, p_feature, kinds, refs, p_lease, p_now,
            p_fingerprint);
        r.outcome := h.outcome; r.amount := coalesce(h.amount, p_credits); r.hold_id := h.id; r.lease_expires_at := h.resets_at;
        IF h.outcome = 'wallet_missing' THEN
            r.outcome := 'insufficient'; r.available := 0; r.scope_kind := 'wallet'; r.scope_id := NULL;
        ELSIF h.outcome = 'insufficient' THEN
            r.available := h.available; r.scope_kind := 'wallet'; r.wallet_id := f.wallet;
        ELSIF h.outcome = 'budget_exceeded' THEN
            r.scope_kind := h.scope_kind; r.scope_id := h.scope_id; r.limit_amount := h.budget_amount;
            r.available := h.available; r.resets_at := h.resets_at;
        ELSIF h.outcome = 'held' AND e.unit IS NOT NULL THEN
            wanted := CASE e.unit WHEN 'credits' THEN p_credits WHEN 'tokens' THEN p_tokens ELSE 1 END;
            start := credit_period_start(e.period, p_now);
            INSERT INTO entitlement_usage (id, org_id, environment, customer_id, feature_key, unit, starts_at)
            VALUES (credit_uuid7(p_now), p_org, p_environment, coalesce(p_customer, ''), p_feature, e.unit, start)
            ON CONFLICT DO NOTHING;
            SELECT x.* INTO u FROM entitlement_usage x
            WHERE x.org_id = p_org AND x.environment = p_environment AND x.customer_id = coalesce(p_customer, '')
                AND x.feature_key = p_feature AND x.unit = e.unit AND x.starts_at = start FOR UPDATE;
            used := u.held + u.settled
                + entitlement_used(p_org, p_environment, coalesce(p_customer, ''), p_feature, e.unit, start);
            IF e.is_hard AND used + wanted > e.amount THEN
                r.outcome := 'quota_exceeded'; r.hold_id := NULL; r.unit := e.unit; r.limit_amount := e.amount;
                r.available := greatest(0, e.amount - used); r.resets_at := credit_period_end(e.period, start);
                RAISE EXCEPTION 'the limit is reached' USING ERRCODE = 'LK004';
            END IF;
            UPDATE entitlement_usage x SET held = x.held + wanted WHERE x.id = u.id;
            UPDATE credit_hold c SET usage_id = u.id, usage_amount = wanted WHERE c.id = p_hold;
        END IF;
    EXCEPTION WHEN SQLSTATE 'LK004' THEN
        NULL;  -- the hold is undone with the block
    END;
    RETURN r;
END $$;
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
DROP TRIGGER "credit_hold_usage" ON "credit_hold";
DROP FUNCTION entitlement_reserve, entitlement_hold_ended, plan_tokens_used, entitlement_used;
DROP TYPE entitlement_result;
"""


MODELS_STATE = (
    "eJztXWt32zaa/is4+pJkjpp1bNfJJnv2HDt1G0+TuCdxNu22XRkiIQljimAB0op2dv77Au"
    "BFvIugbiCFDzOpSbyU9AAE3vd5b/8czImNHPb8+puPqAudGxu5PvaXg9fgnwMXzhH/j8ox"
    "QzCAnrcaIS74cOxIIRSNHuH08DHzKbR8PmACHYb4JRsxi2LPx8TlV93AccRFYvGB2J2uLg"
    "Uu/itAI59MkT9DlN/4/fcBZizg/81vs2D8D8Qf/Oef/A/s2ugbYuGYgCHKv0R4x3sYTTBy"
    "7Mzv4zf5LXl95C89ee3Ll5sffpQjxdcZjyziBHN3Ndpb+jPiJsODANvPhYy4N0UuotBHdu"
    "pnil8RQRNfCn8Rv+DTACXf2l5dsNEEBo4Aa/Afk8C1BEZAfpL4v/P/jL5aatho9PH2bvT5"
    "+m40GihgaxFXzAt2fYHZP/8VPncFiLw6EB/w9t3lp6dnF88kBIT5UypvSrgG/5KC0IehqM"
    "R/hXI8DwpQp0S2iXd8YQX4ajHGUMZgaQZvatEmSz+L5tsZpBULN5HIgcm/XAdhHMzht5GD"
    "3Kk/43+efv99Da7/dflJQstHSWwJ34TCbepjdOs0vJfFON5UFEBOiRiUm6GM5hA7KhgnAq"
    "0QjjZXXQE+bwTweQ3A53mALYoEHCNYspJ/4Hd8PEflSGclc3Dbkejz+D86uLxrwL67+XD9"
    "+e7ywy/i8XPG/nIkXpd31+LOqby6zF19epGbl+Qh4OvN3Tsg/gT/ffvxOr/BJ+Pu/nsgvh"
    "MMfDJyyWIE7TQm8eX4UmaaA9fB7kOrec6JbmGi9/OWDW584CCfAZeMib0E2H0DuHYIKFkA"
    "5sMlGwJG+BXo8xH+jK8EMA58gLmEhyjj6pT43YxfAHDKF8XgKBaNUIQnDyklTVwYQ+thAa"
    "k9Ktwhp6RqbPHW/HSevwJdOJUzLtAU3zOyJ25ddMcX0x15QO6gxN7I3K+1NYjLDQM+lFsH"
    "8dh1hsbgq1gUEIijJFxCYlHw7c5GFNjkObjjy0g+DuDwHrYBdPn/AMNTF/oBRfwX8U8W95"
    "lPKLKf55fPzj6kxBiqtnuG4HdujXmYrxrxfhs7yNhBup+9CnaQF1A+AqnojymRHuroLy4a"
    "aJAv8mfOSoEUtw6qoO8JXr45I4rE0b+AfHNFrt/s9DcKu6abRid0r8x7tTqUFac5K2mmWe"
    "tp5qd3K5uMdc8eO5r51cSE+oQs8ojo8i3/c1BiQmXuD+tMKBqN5AswGrpVV00Lr4yNp4iV"
    "vDVX2IV0Wf7OrGRyr8x46SO2G5vkMG/J1fvbq8wLwvWJq5uPl59+e/rh8tdnmbfk/e3Hn+"
    "Lx6cV/9dvd9aWxVvZprZizwJwFOzsLJvyHzCrptMz9NWeBHKnCpt1OgGCpGGKMXxkC7AIo"
    "WNjXAEFrJtgrsYT5GIsLTwiVLK2LvvlFzmyzRzU5e6JHm+NH/+MnNVUKJ1BWyhxChl44lr"
    "PI0AtHN81Gpezf/GqiUt4R3ytTJeX1WhXSj0fskkWo1N30MVqPw6XJEFcMFHXllcy2dOUd"
    "uYmuXYsuPf41QOAKv70wNzAHFfJvIsY8YeABLZv5jvamURtl7whOicw0E3eC6bzdROdkjT"
    "6g80w7kPkj5iOvbL+d3rh++SRnxHIzjEPf9y5e3xPF3fZ2EvE5C8R8IJwRYfie8NFDy0Ji"
    "I45CojzIuKEP/AW2ULPtl/9C/s93/356enb28vTk7OLV9+cvX37/6uQVHyt/Y/HWy7o9++"
    "anm4932aUgLvxLFwXuC9dqPodkSJkel75dq85J7YilRu7HOTSUUWYmgE0vbU8f7VrfU0WB"
    "jZvz94CUoFkdXrWS0Dq+SuzPC0LtIYhI+jABCZAJgC6I8wNBOj9Qi3wUozEfkR6FkNtiov"
    "Oy3ZlqEfXoxkGPYzQNXPF2it8DIrcfsje2ZTu3FgxVfhTTTNEjaZcglZU0BrLOs4xLLOOa"
    "rOgyg7gHmaTnTTSj82rF6LygF0klntuZrlJCdFaqfzifnZw0AJqPqkRa3tOIMuDX3/PJcK"
    "3lD7C0EEh+yLCeOuCDR044emTDZnVABr9QPId0Kah18JTQKbceh4BLDwE3KR6YBy0kL3mU"
    "PHILgg6B/OwhGAfWA/KHgDnEf1aMLtriczdwUEUwqJxAkcguNAxdg4w6cvJUMyXh+lIhSl"
    "YShifJHT/p91MF0rycATafQRltdSqnelpGZxKq5aF+0SSp76I6p++ikNInTxElki8W6CG8"
    "L05fNclRPX1VnaQq7mURDg/oIsSf59BxKt1iK6n9+cTaBCFEoc+n//P0xb+9egbEUc8AZM"
    "Ah7lT8K/hV4RQbowmhau6ws9OXF4kDTPxR5/L6/OHy/fvQx5WplMS1IlXoYxmdgW++wLeH"
    "JUX8FzGfFfGs8++mpfqE6DE5a/n1T8RxAu9twHwyR7TOACuOHK63w6gUGlmR1PbtseTJ4o"
    "8NbbCKZxm7y9hdxu4ydlfXgU1tbyqGQU6sh+bBbmp5Gg3VaKhd1VCzZR5DiJSwTwkZ6FtD"
    "j10v8MO0aMW1n5c0k9B6Ekjgt52FgqiZhtbTYHHlZhSwkn3oB2Rx+86pyjVYieVtqlDueS"
    "TfwZmoAfWH67c3/DB9enYyfHEq9RZuQGEfpTWa85OSUEQbl52z9RivpAzE6yCm6BG5AWqx"
    "lHOSBuoyqPXl1j6IO80JtmT4UJ1lkwN3zLUVAha2Sb7VPNywcYaNM2ycYeO6Dqxh4/bJxp"
    "mYExNz0oOYE0MqG1K5F2yOIZUNqXzMk2BIZS2mwZDKxZkwpHL3IDak8pGRyut5ZDXqePd5"
    "ctvOjzOMsGGEDSNsGOH+AGs4SsNRGo6yN6as4Sg7Tg4YjtJwlMc8CYaj1GIaDEeppHAbjl"
    "JTiA1HeWQc5Y8I+gFF66nK1MBhY8ZyEgptn7mEHh7xMfK/4w/ZBaPZ4nMM02mYTsN0Gqaz"
    "68Cutj4VWLNSBtQcqKszRIXezEr1kOM04cSGqu8BvIaqN1R9hxA1VP2xQG+oeg0mwVD1Wk"
    "yDoeqLM2Go+u5BbKj6I6PqRWPO9Tx9PGrYmKSXzVh2W4ciavW43foTJQ813Lvh3g33brj3"
    "rgNr6k7skyiu7F28poGZQdnU2jU85uERNTzmsUBveEwNJsHwmFpMg+ExlbRvw2NqCrHhMY"
    "+Bx7z08M+olLuM7gzr+MooqqwRQ1kN73p28PcU28P//89KtlCN79g+y7GeHxz8xyRwLYEJ"
    "kJ8k/u/8Pwf7X6praQ9D1hmyrsvAyn8LgFZzR/H4PhJHjfren9b0vT89KSgIXjB2sKVI0G"
    "WEtoP0QX0yuUDDiyZxhnm/SyrM8KLAziGutPojG08RK6HprrAL6bKCpMuL5uAeL33E9Fna"
    "g3cfLt9+9/nd5en3FyDgj6ayTy7mcEP+XcSoJwxE2sZGe8jV+9urjJ+M43918/Hy029PP1"
    "z++izjLHt/+/GneHx6v7n67e76Mj9XFvFQiU1ySSmsmqNEJDc5DmZdNLnrXJTXv979/mfR"
    "jhM/bgRL1na9kzcruQtfr8ZQdsPbu5pm9M3D/HEtpjkruYVpjg4HM8vbn2Vu95OHVi9zVt"
    "LMss6z7EBJVLaa57xsZ2Z68BX7M+wCCObYDXz0GmAfYAYWFPs+crmWAsbQt2bhWX5cC4Jr"
    "Z2TBp3TFDzVWf4qi7dSgPS4CEvCJ94eAf/XNp7pMJQqdMCNPtKKSa03NlVMq3sqdsydQby"
    "dhrj4bcn2fkmA6k3r/lH+xBVy+AYs06G5D7f9Arp9IJx0vRw8cJRW7uES0lXWs2cG3a/M4"
    "BZsae1YQ3IA+0wzz7bBnFHkOtNpAW5TUHtvBHd9xRJAzP9UXkAFKfPGVgE823uPXQK6LGy"
    "iwsX/t+rTcFbS6O6x1B4lxI5QMXBu0/nVGgI1tsJhBn4Mt/x3y/+caFXRtMKFkLv6iqBia"
    "riaq7mIagvQVKD025fc8/pUs7EGnUtqHlH9u9cN949EyHq3+HB3qdqEh8bpg5yV7YFOldi"
    "Whs09t4JLAfe4JauIR0fEQCKOTH/7C3BcH2vNw3lrou9sv67E6a1QNjKKkznOijYGRP9yb"
    "Hg95OXNI5GmOUCeSgCgs45xYD9fw2WmDNXx2WrmGxa1SqNUWcEZIewNuz4vXmkF3Wubq/f"
    "vn248VhMNKJK/nYMsH/wf08vgOrtCEUCRtKTjxRUXNMJ6AAQdNfEACf2PTWICVUX7iRZy4"
    "4VPr+22JE1484Ko8BUcxLCUr1T/mbfuaCPZU8A1H9w/X8yYJeefV+Xjn32sUC/x2hqwHjw"
    "jvQAkJlLo7XE8CWdnRa5mgS8Dw1OVaNxPM2xy5fIuZgBlZcAHKdyHA7e0nDPBdlKvlFEH+"
    "fPs5uPQ85NrfEddZvgFeWbEChv4qqWuw80/boOABf4aaxycS2E7KzmGD6fbotTFc0F40pR"
    "lks7LlXB22GEvoHa24DRh3FYdo+Lde8m/iyJL1htXep4yYealUXipN9LJ3CGZVhPT1BrrY"
    "LB63VgsTbtBIM+KajtCJsrrQc/Apcu7KsAyAHhFXgWTkkxjMEH/sGwC50oCnU0S5qcjtRc"
    "yVK64yAWg/QtcqceXt7VM30Mp0UQqOwx13WB340BbmQWKXjKJmFDU90e+corbiPkbKG1lR"
    "Vuc9TR7dLlog5oMs46PrNpfCt0XOUV7YvIhav4jGYjpSi+kzNwkGJRaTvD5cbzGxeNx63t"
    "oFMt6R2yrSRBFRI5ibHxnzpTVNveWHG1Zad3282iSSC0HRBE3L7NcI1Z6X1sWe1/dYUADT"
    "o+gRk4CN1I3Igqg5b1XOW2PBH62O88UVWgqyK7M2sgMaaD1BJKCm+QBfZGDwpQRcIrlYsE"
    "T+c1DaOiA+kGp0nXaP+8P9w71MCGAyAfepXJR7wG0GJrMKKVkIJUr8Z6xZkQX/m0KXhdHK"
    "b+RNCQQFPnxAkkqGC7gMBaEIFfjDjQc9B5+JGGATJL6xD+bQ97kkH7uYYUFQU1nJZPUBXH"
    "Ej8zn2X4epK+KXhhdkzDELP9rmcuIPhQSWStWtW5pDH+hro1xsUblg2LVKDPh6piYR6g5D"
    "M/jsQyrjkNK7U2rjaEardZ2/0eR0veTf6454X7yyk3V1c82pyn+bT7xR4DU6UqtfrA12/w"
    "V0HOXg74yQ2f/N/n/IRJEZvzcjjmoV4ozcMdYgPj1XKfcM5yRwyzwidRivhAzAa0uWiwLv"
    "Y8iwctXyjGBXgJauQY9iCwmVhrgIhNXXN9ZiWqIfUIpcq6SXXF3bppVMHxPNmuSZVaeZlW"
    "8gougQoWqugryk1h7vr8JoFxkBgGt23wUeEK9n0+zgg7i8PbgUGQ6juAuZyitQJtvDV2En"
    "jbVi7OZcZydqudoFSYN5w5Zxnt2ynmxWsju0wVEGdniIYsVXKpHo4av0qsGL9KryNXqVf4"
    "nEs1uZA1nBrmiqhzMJBF5WOc6VylJGRmdNSTW+4vTF+cvzV2cX54kylFyp04FKmtGxEaRz"
    "VLI9XBHiIOiWA5sWyztEuZw+wA5+FA8JK5xBFwh/09zzAV8S2JHc8Rg6IuVB+I/gmDwieT"
    "GhQwCccug3NsOubm/fZ46Lq5ucJvrxy4er609PX+Reh3DCNKF5rwJ7ikrTnaM7wzqCd7wa"
    "s1VuN10cTnYISGr2hH+Fd5D7iClxhaYo12x4wv3ZlBg2heUMFazD0aniCsy8C01Vv6xUD9"
    "W/HXSdSW0zajCb3tsq5mpuC28KdX7n7x/aW7ZojL24S3SN62jHdiIW4bG0hUETS2ltz2wl"
    "vnMza8S0pNp0AjpBIWpldH5hUBIfFZZneHu43vwcBcnItTG7mSjaSFxmCInQM9FkqyQwt6"
    "HMBiFKyUNVzKSMkLFLlSssxLOnusllBM0ep90elzHjvFLDolYvS2SOUS1b37Y9k3CDlIPS"
    "YhEDbhm4mpzPb2Wg0k8UVhTCTN2uPZ/DgKfRNBm5ywDg37NBu9g2PUUM9av5zqBA/eoVxt"
    "4LSBkJaFlmTQ3Fm0j0kBTbQXM6DsWUULWY05SMAbkByIZ83DH5SNGcP1x8pBrGGTkDszEm"
    "DkugV9jC6xj0KnNYLwp98HUm7QKRgT7jyILw5WNRjnlkJoApAeOGDXT3xLVrkhOzpy6jv0"
    "BsgwmhR5oOo3Unjy1nw3gUE4r9EoA/8yXpVIZ3puX6FN15dvryIgnsFH/UxXR+5gv6fXG3"
    "mCBZlU8xLiUr1b+Fu5vAlMkEWT5+RC08BHlZ4yTQ2kmAvnmYP67NRGcktzDNmr1nfZplE9"
    "XQ22nWymvyjuR8DcW7wwY+k7huw/qQhnvpXuGnO7sPu0NEF0KKh90PZQvD+yRcIBkWXQn9"
    "2WIYRcCDmLJiCMSOPmNN5D/xxFvEf+boAS0Lcf3G37OTN974e/RwThh/z/ZL3mb2kwKs1R"
    "ZUQbCHjomdWFET/vmIilbgZcxjTWHWnGDL+qx7YrVuw4p1UQvdIViIopWiJuYM2gDKuEEy"
    "CeuWL7aQd7irXizGj7RbylG2WlXZdhKBHm432/eDGnJsb9t6Yg0Ukb6kFFbs6RmpHNJ69X"
    "7fxh4h9I/f/ywFLrKaWoCXkuw9gB+/fLj+dPO2gOHKyFQCMCvWe/RKl1/GGm+D3kqy9wCm"
    "yKgCjoZL3AhRnbnE9DQ7CDI0au8eKJM3U671lMsNrtWbnZXsjC9o8FkUihf2a9gUYkHoA5"
    "jDJbddH5Es7QgYEWX4oji241oOiGPdZjGk5TqzFI7zhUe+75SVyqrPEVtJdST06nC0R6qB"
    "gyKbXZTcgNLuDswKjLbMfFZENS2jPZ6yiLaD51j2BYEgomvCNkT8oiwEyIBPhPu2YRHibU"
    "LfijTNi5otpGQL0cSp/x5xw5dWthhL3x7WufUdOTBsxyVHqpUqyG6FQ/5KuGhdqYJqGeVk"
    "ytxOXO1o12SzP1IHvJjhIub18baxjIm1Nf1RTTBDdyCFVkXh5GpfV0rEeBQbeBRjh5XKok"
    "3LaK9d73vJmgiD3pYMCRXhu1Szxkpt+S7b0XGtzpzrALm7StO5eNMhyGnBDP1lqkvrpfEa"
    "Lc1oaTpDKraMAph1rcAiAZ2tMcnJhdP+hA0BnMh23w0TeQ/TAUy1Yrqpla6gJpuwahNWbc"
    "Kq5TPKwqqVnccmUKQDfmNjy+64tmjUw2kk1QtFnAuyBu611ZcIf5Ca5p8SMUxXvmTYI6IM"
    "MUVEc2LaoyotgRQ9E7rl/RlmssDPFD8iBgS/tPHprIC9S9SybOLxJvejUvfUhGO8I94Xb1"
    "DCK4Y3hnVcok+8UeA14g8Ht3ztRk0F34RhJytrl8h7/JLQwUSDQQ+5Np+Soi++9VNMqWPD"
    "Qx41aWZ4SON6O7z+rFhPUJNCjv0H+hCFG3VDdaeVG8PXfjTHLikxvOucF3lJnb0YqjFle/"
    "ZYeHApuluOrID5ZF7GgNS0biyR7eGy3wm1HmMnUp4UG2YWJA3mapirVW7ISmlsvUuWxKPk"
    "EduIPmmYpLAH2E09kt3WI4HYCagSwCmR7qxnYBEbabOoI8alRAuv1lpSIn3SWE5fnL88f3"
    "V2cZ4oKsmVOv3ENIQ9Upemi775o+hlaDHXJeJmwrWecMuBfBLsEbfZsKP8aueFO5PnPvjM"
    "jaIxsZeCeJdppBu7pzo39RPsYjZrtafnRDsz7UfzimvirfsqCflBibsuujOs89ctVmPWV8"
    "AmC76+RhRN7uUrDWLigyun/FBC1IUOwDYgVHjcEJzz6+IrhVWrxXm1lE1pRLQZodMnMqCs"
    "pAj2zj5mTV4Cch8xJe48asQUfo04RDX5UiY1wbgEu6UwqZRuzqz5xgHGGSnDWjQJ5k62E2"
    "WcI6EewrybDkPZXb0p1jmxHqL9qgHWryqRflURSFqi5jYIIS3TcHX1yQ4+B/M4Ij7sIiIV"
    "DxuNfSDqjmC0eYGclsGlqPetPdPgEw+5QETHHgpvMeWKeMciXcH7cJHSvUzp+4mSBQt79o"
    "gY5CWwZtCdNqX1D+IhN6x0mzVvGAyFhl5x/EQJh/E2FVtR08wrPWotj/FFLh8wXoKn3BQc"
    "pkmFZ68lbYDtOMReUgjitEHOBAQMsZBliOriMfEWi8J4FqR0WaQydvpJ69iM6LOSQmKZwO"
    "bVOBPVbCgM7bdTBQojve4LiNbYe1mxHtp7O7Gu5b8KMMfjNY67aAvvyUkTeE9OquE9KRb1"
    "xWohifF4jeHl354QJhLWAuoCeYSHxL3rY99BgnBpFbt1cd4A/ovzSvTFrRz4CM6VwI/G6w"
    "z+1xnHPsqQEjn+NoXcIJlQMh8CzNFF0FbO9t/DNmOMkDanpjFCmhsh16vtZ1Bih6Rv15oi"
    "KDdwrTXyVSj40AUwsDESPSJEVwibhCRBUon7OcjbEvH4YTykpE7xlp+9xuKIpRJPUHIh9n"
    "NETeDK2gwbE8SYIFpvpipZgPkXoakGURDsoRmyfV9qYZtRRdt4VNXKYqW2cQW4c2IG7WZo"
    "YzZCrvj5JTvJFSEOgm7FUZgRzNcg45IdxLvOm3F7+z6j517d5HwbH798uLrme0vOBVV0ef"
    "BfqxQrEI/X2PDTZ7M+cIa8ZnBvPW/bQxQrJlQmEv1bv1uOceFbKoexxUYcS+1xF47NlO7u"
    "wp7dkvPJShrOx3A+azmfL6JX2KCe+AnHDBuyP6MgGd6QA0oC3QGHF9FHZIf1rGRfNv5H3J"
    "QNu/xiuGunqRvoOGAc+OAe2/dDcC8iu+4ls34ftVG8ryKIdv/Bf7h/uNENUbRuEoZthc5t"
    "yJ8sQrmGq/FihC+ZajliIQrSRvfeiG8hvOVC6QrHRZ3rWoT4x787pj6yFkqs1oXduMVuYk"
    "grQ1p16jRQ8ZubOOm96JD5PachzjkxnXGWhQuSzCsR4iTSsbD/JkzOei12bZeAdNCWFkyL"
    "4bX2ifZeSRa98d0+y7JSWRRNp4ygsZy0s5w6ne5xsv9JbZt7cOhu9f3DVxOb/8fwtB6UmP"
    "rxrWGdhT9JDWoc2yEiuxlyHNFBPcwbi3QfVoy94GpETSRHqyetMYpNOIaxbDt3WitYtor6"
    "vNHj9Y0A1xzfXYSAm9DXNttDJ5R5vVSiHx04rVGL5O0mqtFoEo9c3wEkpO8XM+IgGX4O+V"
    "oTN0vafNQOXd/Lo1KhOeTpsF6Z2dveta30iWqdJv01FQDPifXx2NhJsWcHuiXVWS8phRVN"
    "KxOJHMQOZk1S6PfVrdJ1lkC2wEIMgeQ7b3ZYXP969/ufxUAaC7l+5MPNoviZG/FOZSGCrK"
    "TW9QiiXZUbD2woXbmAhRlZM8hmgqcX3T+FK5ePaMjTh0UKzk5fXiRlCcQfdYUIPn+4fP/e"
    "BIAYzeeAms/tI6IU23XEUGZYY01oRNIia1WiXyieQ7qUL95TKc//awhC876EGGowfgPlKH"
    "6gkj8sJWPUJGU1yVA/W6R+TPC8CdvsxASYU1uhP+mM/w4RQPiWEsZCwIu9SguDak9sPx4+"
    "stLj1x7Xl4DNZABjEi8ZhSxCBiiC1gzZ6bDJIfD5Z3D7xULPQebolh4bZhGPf0g8NjIkSk"
    "79/X3sBsqDfKyK5pAI9E9taMQMX9QwwxcxM2w0h71oDiaCpqeHWAnH05Lg0Z3dab5XbY+z"
    "UX9fzIui6YuiibZ3Y6O5R3zRV/ZntCxT9XIjavU8vBobcxRNlDzZhUfQzhBIekUWUBHMKX"
    "TZAtEokYWrXp4DZb+bKX5EJV6sjZ7UpGE9+uZhPu9Jsopxee3F72KUsr0oZR7/DAt7FcUd"
    "qyHNyxlg8+0oPPGbFT2zGaEe+mW3X1Fwwj8cUbEaS9SkK+xys7yCU88K5vnIpR/2HOgY3H"
    "WE5Pvbq4xyxFG9uvl4+em3px8uf32W0ZDe3378KR6fXudXv91dX+b1U3nKFsH/++fbjxX6"
    "aSKR11Gx5YP/Aw3d4x3CXmCRwT5e0gn0qdX+tgR48YArE8Z2LIZCtvpyon8qTnNW0kyzdt"
    "OsiT34Ac3HiLIZ9gYltmDq7rDODpxnx60zAasnuSq3QhpsjF8o1t4Xl5Oq/CbJ4mBJFpQ4"
    "Su6JeHwPVd3tZ6Ca8763B0HGcDT0xqYbVCp0glWUhahGMyVi4CzLMs0s1SKyPxKK8NT9GY"
    "WG941ILCjvRxgpGLfhU7oJ6Orq6kyncJFoIKmXk/9y/ntRGOXzie8Tn27e3g0Ky3ULiH6J"
    "HtNTSFNvaAWmh9GjxUIuUaCj9V2tOUev0XZVZpN9rJNibFI6d5vSyZyg5CiqiYuKxvfOA3"
    "dx1oRhP6tm2M/K0p5UoI3H72/pDn78dH29q/0gC+/ZaQN4z04r4RW3ivCOHhFlpa6i6oCZ"
    "nNj+omZe7AroMGTm9MX5y/NXZxfnSdxMcqUueMZ0WT1Sc5kiDinz2cjjSuEcu4FfctBWvk"
    "YV0q3epj2la15y9JAdR7mI2q+iyemq0ZiIfBG7w5OmPd+2/N5JfRwLxZxrpOovX4n4Ft7A"
    "Pc3NZ+SDxQyLfHpfdoZiPhalfEVtXZu4DbtS9+n1DK2zNrtwVrIza+BoNmEF51XKJE6cRC"
    "WZ9FeR8I8/f0JOVRhMqVeqm+dvgejIvDkLQh+YBy20IVJf4+f0Cahd0jiSPSvhcWJWrZrI"
    "kcQUtKy4tYphdPrL6KA5xI6KXZwI6MzpDC4ZEF/MfgPCT5J6Jgl8QNGUv1miRqIFWUNFJh"
    "8c3CT6j4+qCQ4uxP8ZYm23xJoHGeMnkT0S5UuKQN+hb1UERV5Q41ZIA0inxD3F9hD88u4t"
    "iFDfWIu7/vUuo8AVgv4y8Zbx8HwkoGE1jkShzgT9icNC8HuY/5w2s136AGNE6Tbnxojqlm"
    "2wMqZKDISMpVVtJSwyw3YTJym/malArZXFYFTV3aqqqq3Bu9ARfODgR1FMEPgozIk5dKsl"
    "o372VRUxMagmaFKXCL+1QZMHKpzgPmIfRj+6WDRhdbdW/8PZcetLenuIaz2ujx3hVcQMQM"
    "tCHp/zIaDokTyI3qIUhMle9nNw44tOJg9chg8V/UywLevNQsD4CpNVNPkPIy4S95lPhFD+"
    "ZNnXZzapv7BaCybB5+A6rDkYtpic0E8XQluTYBfeAZOPtsN8NHmOcY1+vBypml4logZyNc"
    "gVz7u8oNmMjWV7jJatqaZwFNMcmyst5jknanxmnZjncUn9verjMCe2wWHYnblVOAsjE7/F"
    "y5OVNO+Obu+Ogr95l0Ta38l4UMKgicvDOursH9GAXcZV5hmnIfh95bLNXV+NZD4MU0cMSW"
    "VIKu33KoWzIL/0m0KalzPAHoG7uiVRsv2yoMl23BTdRKCH8G6fh2LoryK4V3hamWcZCehc"
    "23/wEyULJlo2Cj+VTK9Ej4gugTWD7hTFZcRZMBZSY0TDBD/UNBY+TLP899PTs7OXpydnF6"
    "++P3/58vtXJ0m+ZfFWXeLl1c1PIvcyM2VlzQN8NPeU2zGkxPY3ZSe7ehm214tBvFYRNiWh"
    "l/WY5mV1fhcOga1DGCvLdatHdSWl7UIdiLhQRBng3zVOD+a2xxJQ6ALcNKpre0B7lAi1RB"
    "nqtJy+YP+y6iSzV1Sx6wUl+2x1FexEwBTB3qAINmI+nkv3i4w/KQuIr1FLyqT7tC/vWduw"
    "AuaTeUXFxWrdOyemcaJY69iGHbSjj92OLdzvJaLG7FGowKvsfi8IGjbEuN+PxeeQ8SwFbh"
    "uvUiJlplfr6eWABq1e4oygcRvqPMeyG2urSc5KmlnWeZYn2MVs1mqac6JmnnWeZwdBhkLr"
    "V0WhzYlpH0AzeMd/heD2RXXEheTjQkJfcPgLiv3NS/MpKLsheu1DEcvkzWum82vGHyWwKc"
    "xzNT24ktiIH+zOnO6GHqSUUI6qreQMzkr1j4/avr89RGyOGIPTEqiry0QVBPuA9r6LQnmU"
    "PGK7rHVITZn2lEwfMN/1CpfRiCoAJwL9Q/fFaZOyEnxUNbd6WigtIf1hrbw4eUltnZOau2"
    "9I4LedgoKomYOWLjSKbFwWXPIDsvAcOpUceCyV1xZDseeReNcmoQbPH67f3ny4fP/09Hz4"
    "Imy4wc9NHBaKiLeg80KRIIsrjKOAlXhv6gFOiW2MsGZ7+1Yw1iex4PoRyboiZdkF4b3hmh"
    "SDEUqGrS/O4SJAyQJ4iIJ7hv66Fy0YIOBPeQ0WhYhBYdRxXRdMKJk/B79QvmDoEjygJXgq"
    "PlcUIOXPeFZSj2NnH7NBoenwWSq00UrCZDWoZjX0MeZW88O4jyH6YaS7qN6Tjuc7cFk5E6"
    "6/07iVLkWBdyNYuVsxtN3ANLIhyWTCUMlaXWd7ruR6Y3turSdXBBFXdn2ows7m5fbY0/EA"
    "ytlOuNkWBShMpJOeDj1NbNwvwlVyaf8jYP68wtTNDxnWdy3ig/lvz4xea/h+FVZnmBrHAH"
    "SBtJmfcJsTTwMqLk18boliHywgkx52H7mvgVytoobkd/K/hBr6SLAtakheeh5y7e+I6yyH"
    "gMvIB/LnUFQ0h/f54X+4f7h3M7R6NkXAxpMJosi1EHvDTW9KHCfwRG1LEV7AbW9hnYsymP"
    "Fj3LgzI6ZgBTRrUQMznCz53JEpNXBwo9yUGthiWExubSuAWpQ04OZVQMsKKG0V0JcT7Y5m"
    "MrgN2+HKhfE6zOkOqxMP5b/eihltRoJ0XYPpO7mlDeMyhr41U9zE0jL6b1+hS0KqUhzooS"
    "yaYBG+TVhxZfN97WzGwurl/hS3ZldzeqSl+kSw7dnzEbghRErYp4QM9K2h72IcVO8moZuh"
    "UL2bBh2idXSbie2HRHUz5KxLEFNhgQaoxVLOSRqoGwX4UTRRMW3TMv2L1t5J9ZFxQF1VmN"
    "MyBuZGMLPAQ5Qhu6LCeU2ATF5QY8AHdzFHJ/qGhY6SmEsQbhq3aYnF3c+Hg+wpoiP+oS6D"
    "kulQJHkqH6B9Cu0e+GqdHKyVYcSpu8P1btXmocTV+Kp5CHNsvXESGidh1/cFU498H90IK/"
    "2uNYnS1R7XPviFdqJChJhJmJSRjqV6iPXZaQOoz04rkRa3jMf7SD1FFsKPLfsVZUTNRGs9"
    "0aa+7B7PqYApA50SMSA3AnmCZHN0RZyzUgbqRlBDD48ekGrl3qyUIWmymB4oA7iXWB6kiI"
    "9u2krPqvjoDa8p49PLEjLdjF3p1xxY0BIVcNu/DBUPMPOxwXyMZKHX9tNRkDez0W42KIKM"
    "uPx7tZqLMmkzEy3jfKWTkpGAWkp0dF6uj9rR9tvHaBDNuKeIDiHyGqQCwk1cowYL3ATbKQ"
    "Ylxfa1yBS0ohawIqU8YE1XdV9D8fa0tOUsiC8LaODoOgF8lXiI+rise2l1gfeslGkCuUGV"
    "d/671T3qGSGdN6LbCeDnTVjpwgahMyuqLNHmFdg+qfZXAF0f+yXxqbUnbVqsI3rN4U5auQ"
    "JGDP+v0hrPSmm8yLUJGgkR40vTKV3Q66BOCRq016PtcCRcazmal5yc1S2/M0KtLH/dYN5y"
    "uTd90o32qKtHhhsQGqJQE2WLdYYcB0wIPZAJesTpAmGNLpuihSy1kjKr9+ZQhcuKCJZqvN"
    "My+kPMNUNRdkNaRcJIQjZwiT/j0L4OG51Bx0F+eJ//MsZHcysW82khonCZix3+sWRM7OUb"
    "EDI2XBw8uGSx8wIe2qV6/IyWg9psj5/DIkGNEj5GUUWh9WX0MsXZw7D/IYjDqksKwTcYv0"
    "FFdz1iwNdnhXQxEsnkh5gicl0H14TUH0mkNdcWHALtkY2niJXM9RV2+SlUqUPlZHOTPV76"
    "IempjRa1iHllJgsFyiquHAkAp3x2RV1XCOzAc7AFt9Ao9ipiNZN1wM+Kq5uPl59+K68zfV"
    "XCgl79dnd9qZka9Y5Q/L8S0nItKr7fQImapYauVaGuEDfwELhnmGu398O46O7T+wfk+fdi"
    "9u7DS/fPRMlfG8VTKZJKuR4VDl2K26Ib8BiBKdeqX/O1gMAjongSjS0qY3v95A3UOvF1VF"
    "S6eHzv1LmttC2padEj1oHqwZgImSNRuyNRp+31fUh7viMBrdxi02MabLMxkzqLx6/da9+R"
    "Bd+q3CWwoOMw4BPyAGb8mkPcaa7TGLdRhkA8eQiS3Oth4lEfAvmthmAcWA/IL7F0d/tRG+"
    "ymMVoqL3kss4t3/KD7a9ff8Lrt3Njlpm6D/sCavCGTN9SDvKHwcC5CXN9PbSWlc5XVwTW0"
    "ZsIcPP2fpy/+7dUzII56JvrMCGVG/CsYB+HKGUuLshnFsMXWa6bW9p5j8HUyLD7J7kW1dk"
    "VqSAOzImyHpGBVlDq1Qn1ehLyhR8Rv2vydcRmXaOoVW/MAYwEYC8BYAMYC6D6wB65s0U9Q"
    "D1hrSDdA+1ls6AhRPli1oSPE2tAyhpbpAS1jmIFDZuebLlyHgr6LZYx6NwndrGTUu2nQoW"
    "6FbjPRIFXo7MRUq9AKYn3S4lpBvavKQ1vBWROHxm3gj8m3D4gJR8SgxJ2RHTCsc2YQOXQ0"
    "T41d68m4BNHwMOkKAovM59gXbYxk8TARlDTHDNnPwSWgZCGcgsL7gEDg+tiRfsD4CTPIgC"
    "2cgiJ/TpCgRb/H7j+uSe8Z+AixXNkitt80m9kHT1ntsuhjW3f+TrKH16k1y99BQsViFgv2"
    "TRh3Hd/3grGD2axdfZitBAivJkP+qzAZ8XitJ+MunoChCGr3495tbeB+cXLShLI4OammLE"
    "4Kx3yUf1LEvaYWz0rEFOLZoBCPOB2VFnwioHG1jMHXs7dAflEPUtGkMOpQKE/YNqt++zwo"
    "NwMESi3S8rKSJgVBw/CElKM3rWgpTnRetjtTPfg6Q6584yhy4FKmSjHk2qKQwVOZofes2V"
    "vYq6XAlfy5V8YX1AdMpuV6UzS3bQikJkbrLw4szZqU14d1JqoXj1hrmN66MqVQhL+J80sm"
    "vL6H3NqZ/cxfI1EmR6TYcIVuynLJNRb/2GEs++wNNzLj53D92xWhdcCaQZf/sqJ9urdP3S"
    "CYT3ySisoSj+9dcuS2yntV26bRFBbRrtyuUhJ9IvC3VumrjwamNtEFsujvaI5dUhLFUed8"
    "yglqXKJOMIjE9WdDgF0gvzAQdVFZXA9qvAQc9PBsUVng+/ZQidIirqVUsDEt08PX4azJZl"
    "69lxfb+lhOYHNDsZ1LvCCs8TuhuTeW8DNRZFl4iI5ePCg6sorCXSnxGO5HEPD32QYOnuOG"
    "G1ID75ZaTUeGYJnZVbn4k/E9WvJb01+iIHQVPNMiBtLqXD75jvMjPfBLNMS1kXs5aaN8ly"
    "A9g2zEn4/gXHxq8UQkxEHQrUgHy8vma2Rx4Q5CXHe63d6+z7BrVze5s+7jlw9X15+evsht"
    "xUXg0WSCLB8/otGEkrkqE1qU7g4XepS0N/9pobLuj/5BxipnRYnk/nayF4qs5+Ar9mehZ4"
    "nQB0RlKWsI4gW4//1N9OqlyOfoibrTNlQ6psuF94f+S0XwkyqAwsPHjWHZa0PUACSBmum7"
    "EfyaMNJXAXU/BfLLF1jp5N6wjpkOGwzFw9bR09XbWpP4I/lZ8pPjHCXCsHyyCUY6bDBSYW"
    "aaAl6cUpOfmiMn4zVeQLXeAZiW65NWv40yKH3O2Rv8TfTB4MfasuFpZlL32vHp4gcOud7m"
    "UTTB38BCKHUQTLALHfA3GTL3tzYzsJPsPsH1q8xBPF7zKRAxrTJKS9DNw6h7moQexv3T4l"
    "9y+BfBdPYynb36h7ZJZ9q5I8IrU1Rq4fVK1RQDbQFaHyOq1Mw1EdgofFyzPWIf0eMaER53"
    "0SyUMh7hzeFaysNPxinU0o4618nqebKRF5PxGFHwE3sO7mFgY+RaSPRsvg8bUogll1ZpEH"
    "3CAPrmIyo0TVEAj98UsZ7Lutra+/joEg7n91ShtOQD4lSk9CeKv+MgsD+bhvQZcmcf5I4p"
    "jrdFOscE8q3KMTVKCjutSQo7LSaFFTaZpkAXBHuI+IuLJtRC3gWYYhYuKuGOtnBltCO5Ho"
    "K9k2pjJrJ6285P5kM/KLEBqtfuSqKHq3b7W4SGQRzdsb86F8Oxmi+ftJ/rUNbMtM4zHZqU"
    "ozAHokXVqBLxrsQoy5bnooRK+COiBLcJoW+kG4gEPsD+ELiEG990ijdvst2O3TLZ4kfxIi"
    "aFUFpMdF7WbLm6zbQmxOkvUfjDL2K/HpQlMWcGDGuzmaOh4ebfjES9dEX28BMGyMIFUk44"
    "fmHc8g/zOUfQjkt2CB7+iSA15Uh2/5pfcRETt4VDeAi+fP5BRv7JUEBZUwvLDbyk9NYeP7"
    "hJEFyKW0tFpIRBEyYMzjClem+5pt+dXqnP/YzOast97CL0KjwIihDXFClLJEyNsg1qlGnI"
    "O3VoSjqhGxvi6Rhn2tAavZ1mTYzdT2LOQ5wLdm5yb1hn4tL0qAbVpKkocSWtxFWVZ24Yyq"
    "XH7UW0kKE2CxI4Nhgj8BQCmy4BDdxnz4Go02oFlIWVcqUVCpkfFmsFDiEP4hF+WVHpPX2q"
    "mlnL/9/YscaO1Xs3VbBjMRvxt2bE35oioLWlA7KCpm5A87oBQmVvoR6kxIxuoJ1ukInbJi"
    "2mNxEyk6v15Ir4GqUYyUSgj5zU1uNxQqWtjfWUFjTvkNbvUDRXakpcRsjocYV6cKhMg6sp"
    "hxhL9Kb+9r6rfUZ0zXipHM1dImoOhyaHwwo3xb0jL2j2DxONdYwn7wS7bYOxcqLGC6HbPG"
    "tGT7+NkjIHNTR1MmbYhK4eWenha3lrGQeL/ahDAwsLzyS5ouDpkyevI2qZTIBLxsRePmHP"
    "ch0gks8W+aSxLP/jWZGx3sPnbdBgIvVglZMzJ2bYalW2OjWHSipiVqyH6uFOMtCkg0exLv"
    "xKpk8paPu3hkQK/2iM+LZXwo81KbiSEj7G4iCtOnWP4MRXrsBSkDVwr4VbtJFvt7izkgbq"
    "RlC3WtYZQQN00070rZZ1UdgA3hTwNou7IGvgLoNbEyP4ElFszQYlpm90Z1hn8MLVmF3WrF"
    "aKY6puq1RmoJSozpF1t5lFuHu9ecPSDS3aDlYbgdXVMYwBWGEAipdKAeFoeA/R3UlTe9GF"
    "D7kl1HF1vkhKxCSMdKks4b/+H4jgF84="
)
