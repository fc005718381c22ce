"""The life of jobs: slots, priorities, expiry, cancelling, retries, items, and the credit that is held for them."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
-- What a plan lets an org's jobs do at a time, and how long what went in and came out of them is kept.
ALTER TABLE "plan" ADD COLUMN "concurrent_jobs" INT NOT NULL DEFAULT 10 CONSTRAINT "plan_concurrent_jobs" CHECK ("concurrent_jobs" > 0);
ALTER TABLE "plan" ADD COLUMN "job_retention_days" INT NOT NULL DEFAULT 7;
ALTER TABLE "plan" DISABLE TRIGGER "plan_append_only";
UPDATE "plan" SET "concurrent_jobs" = 50, "job_retention_days" = 30 WHERE "code" = 'PRO';
UPDATE "plan" SET "concurrent_jobs" = 200, "job_retention_days" = 90 WHERE "code" = 'ENTERPRISE';
ALTER TABLE "plan" ENABLE TRIGGER "plan_append_only";

ALTER TABLE "job"
    ADD COLUMN "priority" SMALLINT NOT NULL DEFAULT 1 CONSTRAINT "job_priority" CHECK ("priority" BETWEEN 0 AND 2),
    ADD COLUMN "expires_at" TIMESTAMPTZ,
    ADD COLUMN "cancel_deadline" TIMESTAMPTZ,
    ADD COLUMN "slot" SMALLINT,
    ADD COLUMN "hold_id" UUID,
    ADD COLUMN "estimated_credits" NUMERIC(24,12),
    ADD COLUMN "retry_of" UUID,
    ADD COLUMN "retried_by" UUID,
    ADD COLUMN "keep_days" INT NOT NULL DEFAULT 30,
    ADD COLUMN "purged_at" TIMESTAMPTZ,
    ADD CONSTRAINT "job_cancelling" CHECK ("state" <> 'CANCELLING' OR "cancel_deadline" IS NOT NULL),
    ADD CONSTRAINT "job_purged" CHECK ("purged_at" IS NULL OR "finished_at" IS NOT NULL);
-- The next of an org's jobs to be given a slot, the best first.
CREATE INDEX "job_parked" ON "job" ("org_id", "priority" DESC, "id") WHERE "state" = 'QUEUED' AND "slot" IS NULL;
CREATE INDEX "job_expiry" ON "job" ("expires_at") WHERE "state" IN ('SCHEDULED', 'QUEUED') AND "expires_at" IS NOT NULL;
CREATE INDEX "job_cancel_deadline" ON "job" ("cancel_deadline") WHERE "state" = 'CANCELLING';
CREATE INDEX "job_dead" ON "job" ("org_id", "id") WHERE "state" = 'FAILED' AND "retried_by" IS NULL;
CREATE INDEX "job_retention" ON "job"
    ((("finished_at" AT TIME ZONE 'UTC') + make_interval(days => "keep_days")))
    WHERE "finished_at" IS NOT NULL AND "purged_at" IS NULL;
CREATE INDEX "job_finished_at" ON "job" ("finished_at") WHERE "finished_at" IS NOT NULL AND "purged_at" IS NULL;

-- How many of an org's jobs may be with the workers at a time: a row each, taken by its job. Rows that are locked are
-- passed over, so that nobody waits for another's.
CREATE TABLE "job_slot" (
    "org_id" UUID NOT NULL,
    "n" SMALLINT NOT NULL,
    "job_id" UUID,
    PRIMARY KEY ("org_id", "n")
) WITH (fillfactor = 25);

CREATE TABLE "job_item" (
    "job_id" UUID NOT NULL,
    "index" INT NOT NULL CONSTRAINT "job_item_index" CHECK ("index" >= 0),
    "org_id" UUID NOT NULL,
    "state" VARCHAR(16) NOT NULL CONSTRAINT "job_item_state" CHECK ("state" IN ('SUCCEEDED', 'FAILED')),
    "result" JSON,
    "error_code" VARCHAR(64),
    "error_message" TEXT,
    "calls" JSON NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "job_item_error" CHECK ("state" <> 'FAILED' OR "error_code" IS NOT NULL),
    PRIMARY KEY ("job_id", "index")
);

CREATE FUNCTION job_concurrency(p_org uuid) RETURNS int LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT p.concurrent_jobs FROM org o JOIN plan p ON p.code = o.plan AND p.version = o.plan_version WHERE o.id = p_org
    ), 10)
$$;

-- A free slot of the org's plan, now the job's; null where all are taken. The rows are made when they are first wanted.
CREATE FUNCTION job_take_slot(p_org uuid, p_job uuid) RETURNS smallint LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    most int := job_concurrency(p_org);
    free smallint;
BEGIN
    FOR attempt IN 1 .. 2 LOOP
        SELECT s.n INTO free FROM job_slot s WHERE s.org_id = p_org AND s.job_id IS NULL AND s.n < most
        ORDER BY s.n LIMIT 1 FOR UPDATE SKIP LOCKED;
        IF FOUND THEN
            UPDATE job_slot s SET job_id = p_job WHERE s.org_id = p_org AND s.n = free;
            RETURN free;
        END IF;
        EXIT WHEN EXISTS (SELECT FROM job_slot s WHERE s.org_id = p_org AND s.n = most - 1);
        INSERT INTO job_slot (org_id, n) SELECT p_org, generate_series(0, most - 1) ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN NULL;
END $$;

-- The best of an org's jobs that wait for a slot.
CREATE FUNCTION job_next(p_org uuid, p_now timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT j.id FROM job j
    WHERE j.org_id = p_org AND j.state = 'QUEUED' AND j.slot IS NULL AND (j.expires_at IS NULL OR j.expires_at > p_now)
    ORDER BY j.priority DESC, j.id LIMIT 1 FOR UPDATE SKIP LOCKED
$$;

CREATE TYPE job_dispatched AS (message_id UUID, org_id UUID, job_id UUID);

-- The message that sends a job with a slot to the workers; as `app.outbox.service` and `app.jobs.tasks` write it.
CREATE FUNCTION job_send(p_org uuid, p_job uuid, p_slot smallint, p_now timestamptz) RETURNS job_dispatched
LANGUAGE plpgsql AS $$
DECLARE
    r job_dispatched;
BEGIN
    r.message_id := credit_uuid7(p_now); r.org_id := p_org; r.job_id := p_job;
    UPDATE job SET slot = p_slot WHERE job.id = p_job;
    INSERT INTO outbox_message (id, kind, name, payload, created_at, available_at)
    VALUES (r.message_id, 'task', 'run_job', jsonb_build_object('queue', 'jobs', 'kwargs',
        jsonb_build_object('org_id', p_org, 'job_id', p_job)), p_now, p_now + interval '2 seconds');
    RETURN r;
END $$;

-- Takes the slot from a job that is done with it, and gives it to the best that waits. Slots beyond what the plan
-- allows now go to nobody.
CREATE FUNCTION job_hand_on(p_org uuid, p_slot smallint, p_job uuid, p_now timestamptz) RETURNS SETOF job_dispatched
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    best uuid;
BEGIN
    PERFORM 1 FROM job_slot s WHERE s.org_id = p_org AND s.n = p_slot AND s.job_id = p_job FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF p_slot < job_concurrency(p_org) THEN
        best := job_next(p_org, p_now);
    END IF;
    UPDATE job_slot s SET job_id = best WHERE s.org_id = p_org AND s.n = p_slot;
    IF best IS NOT NULL THEN
        RETURN NEXT job_send(p_org, best, p_slot, p_now);
    END IF;
END $$;

-- The same for several jobs.
CREATE FUNCTION job_hand_on_all(p_jobs uuid[], p_now timestamptz) RETURNS SETOF job_dispatched LANGUAGE sql AS $$
    SELECT h.* FROM job j CROSS JOIN LATERAL job_hand_on(j.org_id, j.slot, j.id, p_now) AS h
    WHERE j.id = ANY (p_jobs) AND j.slot IS NOT NULL
$$;

-- Gives free slots to the jobs that wait for one, at most `p_limit`: where a slot came free and a job came to wait in
-- the same moment, neither saw the other.
CREATE FUNCTION job_dispatch_parked(p_now timestamptz, p_limit int) RETURNS SETOF job_dispatched LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    org uuid := '00000000-0000-0000-0000-000000000000';
    best uuid;
    free smallint;
    count int := 0;
BEGIN
    LOOP
        -- From org to org along the index, however many jobs each has.
        SELECT j.org_id INTO org FROM job j
        WHERE j.state = 'QUEUED' AND j.slot IS NULL AND j.org_id > org ORDER BY j.org_id LIMIT 1;
        EXIT WHEN NOT FOUND;
        LOOP
            best := job_next(org, p_now);
            EXIT WHEN best IS NULL;
            free := job_take_slot(org, best);
            EXIT WHEN free IS NULL;
            RETURN NEXT job_send(org, best, free, p_now);
            count := count + 1;
            IF count >= p_limit THEN
                RETURN;
            END IF;
        END LOOP;
    END LOOP;
END $$;

-- Who pays for a job: the wallet and the scopes of budgets.
CREATE FUNCTION job_payer(
    p_org uuid, p_workspace uuid, p_customer text, p_key uuid, OUT wallet uuid, OUT kinds text[], OUT refs text[]
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    f record;
BEGIN
    SELECT * INTO f FROM credit_wallet_for(
        p_org, (SELECT w.kind FROM workspace w WHERE w.id = p_workspace), p_customer, NULL);
    wallet := f.wallet; kinds := '{}'; refs := '{}';
    IF p_key IS NOT NULL THEN
        kinds := kinds || 'api_key'::text; refs := refs || p_key::text;
    END IF;
    IF p_customer IS NOT NULL THEN
        kinds := kinds || 'customer'::text; refs := refs || p_customer;
    END IF;
    IF f.team IS NOT NULL THEN
        kinds := kinds || 'team'::text; refs := refs || f.team::text;
    END IF;
END $$;

-- Sets aside what a job is expected to burn; null where nobody's credit pays for it. A refusal (LK005) tells the
-- `credit_result` in its detail.
CREATE FUNCTION job_hold(
    p_job uuid, p_hold uuid, p_org uuid, p_workspace uuid, p_customer text, p_kind text, p_key uuid, p_credits numeric,
    p_lease timestamptz, p_now timestamptz
) RETURNS uuid LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    p record;
    r credit_result;
BEGIN
    IF coalesce(p_credits, 0) = 0 THEN
        RETURN NULL;
    END IF;
    SELECT * INTO p FROM job_payer(p_org, p_workspace, p_customer, p_key);
    IF p.wallet IS NOT NULL THEN
        r := credit_place_hold(
            p_hold, p_org, p.wallet, 'job:' || p_job, p_credits, p_kind, p.kinds, p.refs, p_lease, p_now);
    ELSIF p_customer IS NOT NULL AND EXISTS (
        SELECT FROM wallet w WHERE w.org_id = p_org
            AND w.environment = (SELECT s.kind FROM workspace s WHERE s.id = p_workspace)
    ) THEN
        -- The org sells credit, and gave this customer none.
        r.outcome := 'insufficient'; r.amount := p_credits; r.available := 0;
    ELSE
        RETURN NULL;
    END IF;
    IF r.outcome <> 'held' THEN
        RAISE EXCEPTION 'no credit for job %: %', p_job, r.outcome USING ERRCODE = 'LK005', DETAIL = to_jsonb(r)::text;
    END IF;
    RETURN p_hold;
END $$;

-- Books what a job that ends has burned, from its hold where it has one. What is held ends with it. Returns the
-- ledger transaction; null where nobody's credit was drawn. The work is done, so credit that lacks is debt.
CREATE FUNCTION job_settle(
    p_job uuid, p_hold uuid, p_org uuid, p_workspace uuid, p_customer text, p_kind text, p_key uuid, p_tx uuid,
    p_credits numeric, p_now timestamptz
) RETURNS uuid LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    p record;
    r credit_result;
    owed numeric := p_credits;
BEGIN
    IF p_hold IS NOT NULL AND owed = 0 THEN
        PERFORM credit_release(p_org, p_hold, 'released', p_now);
        RETURN NULL;
    END IF;
    IF p_hold IS NOT NULL THEN
        r := credit_settle(p_org, p_hold, p_tx, owed, p_now);
        IF r.outcome = 'settled' THEN
            RETURN p_tx;
        END IF;
        -- Somebody settled it by hand: the rest is drawn by itself.
        owed := owed - coalesce(r.amount, 0);
    END IF;
    IF owed <= 0 THEN
        RETURN r.transaction_id;
    END IF;
    SELECT * INTO p FROM job_payer(p_org, p_workspace, p_customer, p_key);
    IF p.wallet IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM credit_consume(p_org, p.wallet, p_tx, 'job:' || p_job, owed, p_kind, p.kinds, p.refs, true, p_now);
    RETURN p_tx;
END $$;

-- Gives back what is held for jobs that ended without use. Wallets and budgets are locked in their order first.
CREATE FUNCTION job_release(p_jobs uuid[], p_now timestamptz) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    wallets uuid[];
    budgets uuid[];
    starts timestamptz[];
BEGIN
    SELECT array_agg(c.wallet_id) INTO wallets FROM job j JOIN credit_hold c ON c.id = j.hold_id
    WHERE j.id = ANY (p_jobs) AND c.state = 'open';
    IF wallets IS NULL THEN
        RETURN;
    END IF;
    SELECT array_agg(b.id), array_agg(b.start) INTO budgets, starts
    FROM job j JOIN credit_hold c ON c.id = j.hold_id CROSS JOIN unnest(c.budget_ids, c.budget_starts) AS b (id, start)
    WHERE j.id = ANY (p_jobs);
    PERFORM credit_lock(wallets, budgets, starts);
    PERFORM credit_release(j.org_id, j.hold_id, 'released', p_now) FROM job j
    WHERE j.id = ANY (p_jobs) AND j.hold_id IS NOT NULL;
END $$;
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
DROP FUNCTION job_release, job_settle, job_hold, job_payer, job_dispatch_parked, job_hand_on_all, job_hand_on, job_send,
    job_next, job_take_slot, job_concurrency;
DROP TYPE job_dispatched;
DROP TABLE "job_item", "job_slot";
DROP INDEX "job_finished_at", "job_retention", "job_dead", "job_cancel_deadline", "job_expiry", "job_parked";
ALTER TABLE "job" DROP COLUMN "purged_at", DROP COLUMN "keep_days", DROP COLUMN "retried_by", DROP COLUMN "retry_of",
    DROP COLUMN "estimated_credits", DROP COLUMN "hold_id", DROP COLUMN "slot", DROP COLUMN "cancel_deadline",
    DROP COLUMN "expires_at", DROP COLUMN "priority";
ALTER TABLE "plan" DROP COLUMN "job_retention_days", DROP COLUMN "concurrent_jobs";
"""


MODELS_STATE = (
    "eJztfWt32ziW7V/B0pckvdi+ju04Ncmsu5adclXclcS1EmfSPVV1ZYiEJLQpggWQVjQ9/d"
    "8vAD7EtwjqBVH40F0xiUNJGyBwzj6vfw1mxEEuO7n5HiDqQffWQV6Ag8XgDfjXwIMzxP9R"
    "O8YCA+j7yxHiQgBHrhRC8eghzg4fsYBCO+ADxtBliF9yELMp9gNMPH7VC11XXCQ2H4i9yf"
    "JS6OE/QzQMyAQFU0T5jd9+G2DGQv5vfpuFo38i/uA//uB/YM9B3xGLxoQMUf4lojv+43CM"
    "kevkfh+/yW/J68Ng4ctrX7/e/viTHCm+zmhoEzececvR/iKYEi8dHobYOREy4t4EeYjCAD"
    "mZnyl+RQxNcin6RfxCQEOUfmtnecFBYxi6AqzBf45DzxYYAflJ4v8u/m/81TLDhsNPd/fD"
    "Lzf3w+FAAVubeGJesBcIzP717+i5S0Dk1YH4gHfvrz4/P798ISEgLJhQeVPCNfi3FIQBjE"
    "Ql/kuUk3lQgDojskm8kwtLwJeLMYEyAUszeDOLNl36eTTfTSGtWbipRAFM/uUOEMbBDH4f"
    "usibBFP+59mrVw24/tfVZwktHyWxJXwTirapT/Gts+heHuNkU1EAOSNiUG6HMppB7KpgnA"
    "p0QjjeXHUF+KIVwBcNAF8UAbYpEnAMYcVK/pHfCfAMVSOdlyzA7cSiJ8k/DnB5N4B9f/vx"
    "5sv91cdfxeNnjP3pSryu7m/EnTN5dVG4+vyyMC/pQ8C32/v3QPwJ/vvu001xg0/H3f/3QH"
    "wnGAZk6JH5EDpZTJLLyaXcNIeei73HTvNcEN3ARO/mLRvcBsBFAQMeGRFnAbD3FnDtEFAy"
    "ByyAC2YBRvgVGPARwZSvBDAKA4C5hI8o4+qU+N2MXwBwwhfF4CgWjVCEx48ZJU1cGEH7cQ"
    "6pMyzdIWekbmz51uxsVrwCPTiRMy7QFN8ztifuPHTPF9M9eUTeoMLeyN1vtDWIxw0DPpRb"
    "B8nYVYbG4JtYFBCIoyRaQmJR8O3OQRQ45ATc82UkHwdwdA87AHr8f4DhiQeDkCL+i/gni/"
    "ssIBQ5J8Xls7UPqTCG6u0eC/zGrTEf81Uj3m9jBxk7SPezV8EO8kPKRyAV/TEj0kMd/eVl"
    "Cw3yZfHMWSqQ4tZeFfQdwcs3Z0SROPrnkG+uyAvanf5GYdd00zgI3Sv3Xi0PZcVpzkuaad"
    "Z6mvnp3ckmY4dnjx3N/GpiQn1GNnlCdPGO/zmoMKFy960mE4rGI/kCjIdu1FXTwSvj4Ali"
    "FW/NNfYgXVS/M0uZwiszWgSIbccm2c9bcv3h7jr3gnB94vr209Xnfzz/ePX3F7m35MPdp5"
    "+T8dnFf/2P+5srY63s0loxZ4E5C7Z2Foz5D5nW0mm5+yvOAjlShU27GwPBUjHEGL9iAewB"
    "KFjYNwBBeyrYK7GE+RibC48JlSyth74HZc5svUe1OXviR5vjR//jJzNVCidQXsocQoZeOJ"
    "azyNALRzfNRqXs3/xqolLek8CvUiXl9UYVMkhGbJNFqNXd9DFaj8OlyRBXDBR15aXMpnTl"
    "LbmJbjybLnz+NUDoCb+9MDcwBxXybyLGPGPgES3a+Y52plEbZe8IToncNBNvjOms20QXZI"
    "0+oPNMu5AFQxYgv2q/ndx6QfUk58QKM4wj3/c2Xt9Txd32bhzzOXPEAiCcEVH4nvDRQ9tG"
    "YiOOQ6J8yLihD4I5tlG77Zf/Qv6fv/7H2dn5+euz0/PLH15dvH796ofTH/hY+RvLt1437d"
    "m3P99+us8vBXHh37oocF+5VvMlIkOq9Ljs7UZ1TmpHLDNyN84hS0aZmQA2vbQ9fbRrfU8V"
    "BTZuxt8DUoFmfXjVUkLr+CqxP88JdSwQk/RRAhIgYwA9kOQHgmx+oBb5KEZjPiI9CiGvw0"
    "QXZQ9nqkXUo5cEPY7QJPTE2yl+D4jdfshZ25Y9uLVgqPKjmGaKnki3BKm8pDGQdZ5lXGEZ"
    "N2RFVxnEPcgkvWijGV3UK0YXJb1IKvHczvSUEqLzUv3D+fz0tAXQfFQt0vKeRpQBv/6ZuG"
    "7ovwtZQGaI/ggr64HUjLSaiQQuM6RSaGjHUkMHtqsOMviV4hmkC0G4g+eETrhNaQEubQFu"
    "aDwyH9pIXkqfLP5gLglelOOM1nzWGu6p+OeqnD+xyDb0C11DjA7k3KnnSaI1pUKTLCUMS1"
    "I4fLLvpAqkRTkDbJHtWG5vKsd6QUxnIqrjwb6dijL8/CjD/GUGXbfWc5PI7M5ps02MIxfM"
    "+dnry9TpIv5ocrN8+Xj14UPkV8lbc/wXsYCp+cGyUn1CdAdOrXyxkQgiJewzQgb6ztBjzw"
    "+DKDhfce0XJc0kdJ4EEgZdZ6Ekaqah8zTYXLkZhqxiH/oR2dy+c+siXpZiRZsqkjuJ5Q9w"
    "JhpA/fHm3S0/TJ+fXVgvz6Tewg0oHKCsRnNxWuEQc3DVOduM8VLKQLwKYoqekBeiDku5IG"
    "mgroJaP25tNaemxqVtnELzKXnCDqIWkB+9No3W8DxDpRkqzVBphko7dGCTLU6FR8vK9JBE"
    "u2xTHeuyvjjWZak2ljw9VBBOBXoI78uzH1rgy0fVV3sT9wxHaTjKHpIDhqM0HOUxT4LhKL"
    "WYBsNRKinchqPUFGLDUR4DR3nl419QJTcZ37GaOEno42GcDb/lHMElwWN6e+09JdDwc4af"
    "0x9Y+d8SoPXMUTK+h8TRWauo9bOGqPWz05KC4IcjF9uKgYQ5oc0gvVc3zLabMUR1c4Zdyl"
    "OWRDWvvPP+49W7v355f3X26vIwa+8wm/iowia5ohTWzVEqUpgcF7NDNLmbvJI3f7//7Q+T"
    "fH08Dl4tE241yy7r0yybfNtjmGVZDKFjFdKi7MHM9OAbFv0kRXM/7IUBeiNqKmAG5hQHga"
    "iw4IERDOxpdJYf14Lg2hmZ8yld8kOt1Z+yaDc1aIeLgMiGohbgX339qW5SiUaL4SP//irG"
    "VYVo/zKwN29jZWBTo2BKgmtwMJphvhkKhiLfhXYXaMuS2mM7EO1dRVxsXG6HkkB8JRCQtT"
    "eKFZDr4ksIHRzceAGt9ics71qNPgUxbojSgS1a+xLgYAfMReHIgMj/Wvz/+bEsmuuOKZmJ"
    "vyiqatirIqrupxClDJdXoKT9q+/5/CvZ2IdurXQAKf/c+oebSonGLdKjo0PduDBM0CEYC+"
    "ke2FapXUro7JgZeCT0Tnxh3z4hOrKAsFz44S9sRnGgnUTz1kHf3XxM9fKsUTUwypI6z4k2"
    "BkbxcG97PBTlzCFRADbWiSQgCsu4INbDNXx+1mINn5/VFyk7K67hnPrZdgHnhLQ34Ha8eO"
    "0p9CZV/sK/fbn7VEM4LEWKeg62A/C/QC+34eAajQlF0paC40Bkg0ZOaQZcNA4ACYO1TWMB"
    "Vk75SRZx6svNrO93FZ5c8YDr6jwOxdiGvFT/mLfNayKmdufmandqQgK9myL70SciY6CCBM"
    "rctVaTQHZ+9Eom6AowPPG41s0E8zZDXiCqz0/JnAtQUYWe29vPGOC7KFfLqegvi5wTcOX7"
    "yHP+Sjx38Rb4VfntDP1ZkQq/9U9bI1GeP6P8ZjVlgMQCm8n72G9E1g6zPgwXtBNNaQrZtG"
    "o518e+JRJ6h7xtAsZtBbMZ/q2X/Js4smAQ0gp7uTGWNCtmXiqVl0oTvew9gnkVIXu9hS42"
    "Tcat1MKEGzTWjLimE/f/yehCJ+Bz7NwFcxxMAXpCXAWS4TNiMEP8sW8B5EoDnkwQ5aYitx"
    "cxV664ygSg8wQ9u8KVt7NPXUMr00UpOA533H514H1bmHvJfTaKmlHU9ET/4BS1JfcxVN7I"
    "yrI672ny6E46wOYYH123uQy+HRJXisLmRdT6RTQW05FaTF+4STCosJjkdWu1xcSScat5aw"
    "/IeEduq0gTRUSNYG5+5MyXzjT1hh9uWGnd9fF6k0guBEUTNCuzWyNUe15aF3te32NBqZwq"
    "esIkZEN1I7Ikas5blfPWWPBHq+N89YSWgpzarI38gBZaTxgLqGk+IBAZGHwpAY9ILhYsUH"
    "ACKqvNJwdSg67T7XG/e797VykBTMbgIZOL8gC4zcBkSQpK5kKJEv9MNCsy539T6LEoWvmt"
    "vCmBoCCAj0hSyXAOF5EgFKECv3vJoBPwhYgBDkHiGwdgBoOAS/Kx8ykWBDWV5TCWH8AVNz"
    "Kb4eBNlLoifml0QcYcs+ijHdHrm/+hkMBSq7odlubQB/raKBcbVC4Y9uwKA76ZqUmFDoeh"
    "GXwJIJVxSNndKbNxtKPVDp2/0eR0veLf6574X/2qk3V5c8Wpyn9bQPxh6Lc6UutfrDV2/z"
    "l0XeXg75yQ2f/N/r/PRJEpvzclrmop25ycKWS7qmYwnJHQq/KINGG8FDIArwLYRxQTtZS9"
    "VKKHaU5t2qHUN0MptUIRz+60hPOCZhmvWsYCL7sa51pfQE5GZ3+2qk/g7OXF64sfzi8vUl"
    "dAeqXJA1DRhYMNIZ1VdkAhxEXQq0mryYgVSTwupw+wg5/EQ6KqHNADgiOZ+QHgSwK70t4Z"
    "QVeE6QnOA47IE5IX0yMcwAmHfm0D6Pru7kPO9rm+LfhhPn39eH3z+fnLwusQTZgmpsl16H"
    "AzYFBhl8R3rCajZLQcs1F7JFvQRJZGTfPMo7+iO8h7wpR4IuNGrtnohPujrTFjiqEY80WH"
    "o1OFvsq9C21Vv7xUD9W/LZTbzmwzajBvsqK5ViCfvWqTnspH1deOf/WqiHNhC28LdXHn7x"
    "/aG7ZojL24TXQN3bFlOxGLkA7awaBJpLS2ZzYSk7CeNWJq8a87AcYfpmp0fmVQEh81lmd0"
    "21ptfg7DdOTKOJNc5EcsLqNahbtUdBeoCCZpKbOGWy19qIqZlBMydqlyVmAye6qbXE7Q7H"
    "Ha7XE5M86vNCwa9bJU5hjVsvNTFbVsipQdqYmIAVfjZqDvZH/cnymsKd6Uud14Pkd9doeT"
    "dOR2e4PmAk1Me9C9H7GG+t0g9atX6FUvIGUkpFXRoA0UbyrRQ1JsCw1VOBQTEuULtIU4K2"
    "NAbgGyIR+3TD5SNOMPFx+phnFOzsBsjIn9Eug1tvAqBr3OHNaLQh98m0q7QGRNTTmyIHr5"
    "WJwXFZsJYELAaAN9gzfItXMNZTiCDFeU/25c+nnBtV+AHXXG+hViB4wJBcRDILIO156Nbi"
    "+EHVKKPFtNNcnI9K/69HkLxeS8vlFARa8LQnFQAfAXviTd2vDOrFyfojvPz15fpoGd4o+m"
    "mM4vfEF/KO8WYyQrySjGpeSl+rdwtxOYMh4jO8BPqEuv6oKscRJo7SQwTcmPYZZNVENvp1"
    "krr8l7UvA1lO9aLXwmSa7h6pCGB+le4ac7e4gqGscXIoqHPViy7c5DGi6QDouvRP5sMYwi"
    "4ENMWTkEYkufsSLyn/jiLeI/c/iIFqW4fuPv2cobb/w9ejgnjL9n82XacvtJCdZ6C6ok2E"
    "PHxFasqDH/fERF+8oq5rGhmFhBsGNNsR2xWndRlZW47ZsVdQoXdZym0AFQxg2ScVRrc76B"
    "vMNt1Q83fqTtUo6yPZjKtpMK9HC72bwf1JBjO9vWU2ugjPQVpbBmT89JFZDWq1/pJvYIoX"
    "/89kclcLHV1AG8jGTvAfz09ePN59t3JQyXRqYSgHmx3qNXufxy1ngX9JaSvQcwQ0aVcDRc"
    "4lqI6swlZqfZRZChYXf3QJW8mXKtp1xucJ3e7LzkwfiCBl9EcVNhv0aFjOeEPoIZXHDb9Q"
    "kBEWUCGJkhGVSztul6cMsBcay7LIas3MEsheN84VEQuFWlsppzxJZSBxJ6tT/aI1N0WJHN"
    "LkuuQWkfDswKjLbMfFZENSujPZ6yJ5yLZ1jWsoYgpmui0vn8oiwEyEBAhPuWrX1AKUPfiT"
    "QtipotpGIL0cSp/wFxw5fWtsXI3raa3PquHBi1kJAj1UoV5LdCi78SHlpVqqBeRjmZsrAT"
    "1zvaNdnsj9QBL2a4jHlzvG0iY2JtTU8vE8xwOJBCu6Zwcr2vKyNiPIotPIqJw0pl0WZltN"
    "eud71kTYRBz/Xk+0yDoVpt+T7fhWilzlzoWrS9StOFeFMLFLRg0YXWVJfWSuM1WprR0nSG"
    "dL+drrfIyUXT/oxZAI5li8qWiby77H+9nAbViummVrqCmmzCqk1YtQmrls+oCqtWdh6bQJ"
    "ED8BsbW3bLbuO4h9NQqheKOJdkjxFuxVKuhD9ITfPPiBimq1gy7AlRhpgiogUx7VGVlkCG"
    "nonc8sEUM1ngZ4KfEAOCX1r7dFbA3iNqWTbJeJP7Uat7asIxfpM256CCWIzvWE1s4nw5Zn"
    "VOPdcoER1SNH6QTQSBHbKAzBB9xgD6zg8VD7oAO4BQfi9AcMavi68U5cGLboQLWeZK6K+E"
    "Tp5JFbUirX5rH7OC6Sz0T4q+RmL0pl/KkJ2G7Dws3UclGTy35ltTFjmpHvIVW6CH0u1EGe"
    "dYqIcwm2Z6u0R7w+3eYvOym1F6SObo4Es4Szi2qC6RVDwcNAqAiGTEaP2QW9N5pAX4xEce"
    "EPb2vvAWU66IdyJyKHjvj3vppZPwZ0rmLKoCJliNBbCn0IvatOnqJTRpvV3W/EFQ95owGO"
    "9i+35QVSAwuWc1lgfMjlrJY3yVyweMFuA5NwWtLKnw4o2kDbCTkHaSQhCnDXLHIGSIRSxD"
    "nGnDxFssUm1sSOmiTGVs9ZNWsRnxZ6WpCYayMJTFoWyfCpRFdp2XEG2w7/JiPbTvtmJNy/"
    "8qwJyM76Ef4fS0Dbynp/XwnpbTgnGVW7ce3mS8xvDyb08IEy6vkHpAHtkRUe8FOHCRIFha"
    "2m95/C8vWsB/eVGLvrhVAB/BmRL48Xidwf825djHcYkiSsihkBsgY0pmFsAcXQQd5XihHW"
    "wzxujocmoao6O90XGz3H4GFXZH9naj6YEKA1daH9+EQg89AEMHI1FlRtSVcUhECqS5/Ceg"
    "aDsk461kSEWm84afvcLCSKRSz096IfFrxGUkqwqVGxPEmCBab6YqKXzFF6GtBlES7KEZso"
    "XensVtRhVt40FVC6zPbOMKcBfEDNrt0MZsiDzx8yt2klVtKTOCWjem3MT+vMF+k/zXKsUG"
    "JOM1Nvz02az3nBKgGdwbzwjwEcVESelYSvRv/W44poVvqRzGDhtxIrXDXTgxUw53F/adjp"
    "xPXtJwPobzWcn5fBXVBgfNxE80xmrJ/gzDdHhLDigNbAccXkSfkBOVc5SVHfkfSVlH7PGL"
    "0a6dpW6g64JRGIAH7DxY4EFEcj1EHefiQqwPdQTR9j/4d+93L74h0l7GUZhW5MwW3e5E6J"
    "a1HC9GBJKpliPmIqU1vvdWfAvhHRdKVzQurn3ZIaQ/+d0J9ZG3UBK1LqrnL3YTQ1oZ0uqg"
    "TgMVv7mJi96JDlncc1riXBDTGWeZ8JhmWomQJpF+hYO3UTLWG7FrewRkg7S0YFoMr7VLtH"
    "dKsuiN7+ZZlqXKomg65QSN5aSd5XTQ6R2nu5/UrrkG++530T98NbH5f4pO60GFqZ/cspos"
    "/HFmUOvYDhHJzZDrih4MUZ5YrPuwcuwFVyMaIjk6PWmFUWzCMYxle3CntYJlq6jPGz1e3w"
    "hwzfHdRgi4CX3tsj0chDKvl0r0kwsnDWqRvN1GNRqOk5Er9aO4eOV8Slwkw88hX2viZlkB"
    "ah66uldPrUKzz9NhtTKzs71rU+kT9TpN9msqAF4Q6+OxsY1j2Xehp9a9OpXo1rV6V/VuPX"
    "cBZBE9xBBIv/N6h8XN3+9L7at9RG3kBbEPN49ic7OovKTW9QfiXZUbD8ySrlzAooysKWRT"
    "wdOL+sHClctHtOTpN9dcygSAGM1nZ5rP3ROiFDtNxFBuWGtNaEiyImoNDaU8/5cFIvN+VT"
    "PD6vFrKEfJA5X8YRkZoyYpq0mG+tkg9WOC503Y5kFMgDm125/a91P+O0QA4TtKGIsAL53Z"
    "5UGNJ3aQDB/a2fErj+srwKYygDGNl4xDFiEDFEF7ipxs2KQFAv4Z3H6x0QnIHd3SY8Ns4v"
    "MPScbGhkTFqb+7j11DeZCPVdEcUoH+qQ2tmOHLBmb4MmGGjeawE83BRND09BCr4Hg6Ejy6"
    "szvt96rNcTamkVNvXhRNtL1bB818EiDPXvyCFlWqXmFEo56Hl2MTjqKNkme7EM8E7Sw7ql"
    "lRARXBnEKPzRGNE1m46uW7cCFSXERXlwov1lpPWq2K/TZA333M5z1NVjEur534XYxSthOl"
    "TPRktLFfU9yxHtKinAG2rjupyr6QE+qhX3bzFQX33JJUN7ibCMltNRqVp2wZ/L99uftUo5"
    "+mEkUdFdsB+F/Q0j1+QNgLLHLYJ0s6hT6z2t9VAC8ecG3C2I7FUMhXX071T8VpzkuaadZu"
    "mjWxBz+i2QhRNsX+oMIWzNy1muzAWX7cKhOwfpLrciukwcb4hWJmxW/yclqF3yRZ7C3Jgh"
    "JXyT2RjO+hqrv5DFRz3vf2IMgZjobeWHeDyoROsJqyEPVoZkQMnFVZprmlWkb2J0IRnni/"
    "oMjwvhWJBdX9B2MF4y56ymECury6PNMpnKcaSObl5L+c/14URfl85vvE59t394PSct0Aol"
    "/jx/QU0swbWoPpfvRosZArFOh4fddrzvFrtFmV2WQf66QYm5TO7aZ0MjesOIoa4qLi8b3z"
    "wF2et2HYz+sZ9vOqtCcVaJPxu1u6g58+39xsaz/Iw3t+1gLe87NaeMWtMrzDJ0RZpauoPm"
    "CmILa7qJmX2wI6Cpk5e3nx+uKH88uLNG4mvdIUPGO6qh6puUwRh5QFbOhzpXCGvTCoOGhr"
    "X6Ma6U5v047SNa84eshJolxE7VfR1HTZaExEvojd4Vnbnm8bfu+kPo6FYs41UvWXr0J8A2"
    "/gjubmCwrAfIpFPn0gO0OxAItSvqK2rkO8ll2o+/R6RtZZl104L3kwa+BoNmEF51XGJE6d"
    "RBWZ9Nex8E+/fEZuXRhMpVfqMM/fEtGRe3PmhD4yH9poTaS+Jc/pE1DbpHEke1bB4ySsWj"
    "2RI4kpaNtJaxXD6PSX0UEziF0VuzgV0JnTGVwxIL6Y8xZEnyT1TBIGgKIJf7NEjUQbspaK"
    "TDE4uE30Hx/VEBxciv8zxNp2iTUfMsZPImcoypeUgb5H3+sIiqKgxq2QBpBOiHeGHQv8+v"
    "4diFFfW4u7+ft9ToErBf3l4i2T4cVIQMNqHIlCnQv6E4eF4Pcw/zldZrvyAcaI0m3OjRF1"
    "WLbB0piqMBBylla9lTDPDdtOnKT8ZqYCtVYWg1FVt6uqqrYGP4SO4AMXP4ligiBAUU7Mvl"
    "stGfWzr6qIiUE1QZO6RPitDJrcU+EE7wkHMP7R5aIJy7uN+h/Oj1td0ttHXOvxAuwKryJm"
    "ANo28vmcW4CiJ/IoeotSECV7OSfgNhCdTB65DB8q+plgR9abhYDxFSaraPIfRjwk7rOACK"
    "HiybKrz2xTf2G5FkyCz951WHMwbDA5oZ8uhK4mwTa8AyYfbYv5aPIc4xr9aDFUNb0qRA3k"
    "apArnndFQbMZG8v2GC1bU03hKKY5MVc6zHNB1PjMDmKeRxX19+qPw4LYGofh4cytwlkYm/"
    "gdXp68pHl3dHt3FPzN2yTS/kZGgwoGTVy2mqizf8YDthlXWWScLPDb0mVbuL4cyQIYpY4Y"
    "ksqQVNrvVQpnQXHpt4W0KGeAPQJ3dUeiZPNlQdPtuC26qUAP4d08D8XQn2Vwr/GkNs8yFt"
    "C5tv/gZ0rmTLRsFH4qmV6JnhBdAHsKvQlKyoizcCSkRohGCX6obSx8lGb5H2dn5+evz07P"
    "L394dfH69asfTtN8y/KtpsTL69ufRe5lbsqqmgcEaOYrt2PIiO1uyk639TJsrheDeK1ibC"
    "pCL5sxLcrq/C7sA1uXMFaV69aM6lJK24U6EHGhiDLAv2uSHsxtjwWg0AO4bVTX5oD2KRFq"
    "iTLUWTl9wf512Ulmp6hizw8r9tn6KtipgCmCvUYRbMQCPJPuFxl/UhUQ36CWVEn3aV/esb"
    "Zhhywgs5qKi/W6d0FM40SxzrENW2hHn7gdO7jfK0SN2aNQgVfZ/V4SNGyIcb8fi88h51kK"
    "vS5epVTKTK/W08sBDTu9xDlB4zbUeY5lN9ZOk5yXNLOs8yyPsYfZtNM0F0TNPOs8zy6CDE"
    "XWr4pCWxDTPoBm8J7/CsHti+qIc8nHRYS+4PDnFAfrl+ZTUHYj9LqHIlbJm9dM59eMP0pg"
    "U5rnenpwKbEWP3g4c7odepBSQjmqjpIzOC/VPz5q8/72CLEZYgxOKqCuLxNVEuwD2rsuCu"
    "VT8oSdqtYhDWXaMzJ9wHzbK1xGI6oAnAr0D92XZ23KSvBR9dzqWam0hPSHdfLiFCW1dU5q"
    "7r4hYdB1CkqiZg46utAocnBVcMmPyMYz6NZy4IlUUVuMxE5i8UObhAY8f7x5d/vx6sPzsw"
    "vrZdRwg5+bOCoUkWxBF6UiQTZXGIchq/DeNAOcEVsbYc329o1j7FNMuEldkZGzKsBkKadt"
    "P5PBKXDJ3AIvgUco/zkWOANTPJm24w82GHCiUSbjjjicb1NRYESWI/FIAEZoEnoAegswI/"
    "QIWyvYokKQy+GDjou9Cqtrhd+0LH44S+GrLE0zjxdE1GmD+ILg48cgcsfHtxqYS5TDfBMZ"
    "ndvd3E9F/bvJMwbEt41IWz7lU8gsUYJoCh3gwta18Ta3/U4JH6kWBZIR0Z4w33H4xzIQr5"
    "sCXClvFLUVihpFAV0MyVhlEWdlzCou44mVk9HzUgbTQpocQv7QgYuKHaH2XMvJ7M6SOFeN"
    "VX9P5tyY8CZRyTzBYsmqeZHrB0CKwCPy+T/GAaJyDIqCNXff1M0P6aRTMEBO8HD0S2lqyC"
    "SNOeLTEPciOw6tUp8aATdPSJYIrSoUEN2zVlQLGKJ02Oo6mx4ClL+RPn/ZHhj680F0U4SA"
    "P+UNtzSKyX/iJZ0hBsaUzE7Ar5SrFHTB39cFeC4+V/QS4c94UVFac2sfs0bPqOhZKqfWUs"
    "IUKFAtUNDH9FnNefU+ZttHSevCCs6m5u25QrzJvN9qCsohJXRvfxM5vnTYw8A0dgeT8Zih"
    "irW6yo28lOuNG3ljllgMEVd2A1hGtj7Qqii3u912sAflbCthVh1qSZqkJWPjNtu4t/xgHl"
    "SbuPKWtcrCxcmolQbuN2FdyiYMkmqSZucIBvYU2PyzQUBqDEy5xios2Q08z5isB2Kyyp+n"
    "cJKn4/ukGm3uEDcVCtddqsbi3JHFaVJXTOqKPuvbpK7sbZVvp585dN0K6qV+c0kFTNmsNT"
    "aXQ0y26J1P4jDzLXo3DYbWMbROaey6tM4XEVpbTet8iaNum2mdJDa3XdwCGcvKBr4LbcTi"
    "UsWeiJsVgbJRMeNl5QNW4GUi29ICXk20wiYfvgbho4vRfByET0U5kGZ/WFUhkIM+hjbhCN"
    "sTSbmjKDkhwh9F29ZA775SNdnYvwpT78r5Z8iCWU1oWnFI40YfisH8UMuNbsfjR1XpmdiJ"
    "ZYzbMwbGeBJScSmOFwVzsT1THATIewPkchHtm/8q/yXCRp4IdkT75ivfR57zV+K5CwtwGf"
    "lAJgJQa0j/HX34797vnsj/SJ8tQjHxeIwo8vhR9BZAQInrhr5ICRNHEAtn4rSSobLxYzwn"
    "Pr8wBUugWYf209FkyecOTZefvR9QuqgD+qrsChx6YW0rgFqWNOAW7XzbDintFD5fED0ck3"
    "NwFxkNcmG8iYwEmeUg/L/8v/7SRlhbdzgI07Tvwaja+KtkBILiJpaV0X/7ilIIpCrFgbZk"
    "CIZN+DYhT/Rtq+KGOuv9/kQRh5RVJeE2cdJZqT7xADumo0MvgkgJ+4yQgb4z9MYrpsEkGK"
    "+YFtOgQ6Es3WZi4wUYDrTa2yFBTIUFGqIOS7kgaaBuVVuPoopyIg2tqDIyfYif2kHjr1FI"
    "PVWYszIG5lYws9BHlCGnpp5LQ3hxUVBjwGV5LcnRAZw4ShIuQbhpvLbdjbc/Hy5yJogO+Y"
    "d6DEqmQ5HkqX2A9o7WHfDVOjlYa8t+ZO5aq92q7Ut/1OOr5iEssPXGSWichIe+L2R3YBHg"
    "xXxoI0VIi3IG2GIKQq3ftSHRo97j2ge/0FZUiAgzCZMy0olUD7E+P2sB9flZLdLilvF4H6"
    "mnyEb4qdNEF0TNRGs90aa1+w7PqZApA50RMSC3AnmMYBDSal22Hue8lIG6FdTQx8NHtFA0"
    "G/JShqQ5osyCHWO5l/55umkrPWugpze8poPebsrumdiVo5sDG9qi+Xz3l6HmAWY+1piPoe"
    "yx3n06SvJmNrrNBkWQEY9/r05zUSVtZqJjnK90UjISUluJji7K9VE72nhSiA7RjDtNys4E"
    "hJu4Rg0WuAm2UwxKSuxrkSloo6jqiEgpD1nbVd3XULwdLW05C+LLAhq6uk4AXyU+ogFGSj"
    "Xk8lKmkNwaheT471b3qOeEdN6I7saAnzdRpQsHRM6suLJEl1dg86TanyH0gspW240nbVbs"
    "QPSa/Z20cgUMGf4fpTWel9J4kWsTNBIhxpemW7mgV0GdETRor0bb5Uh49mI4U2msmRfSuG"
    "20qu2/scru+qQb7VBXjw03IDREoSbKxpkMuS4YE7onE/SI0wWiGl0ORXNZaiVjVh9VBsEv"
    "aDFoTCL4Jao90yqPYBgXqlldna2y+mUSrVtRYbPF+DWKZuoRWrw62eAQA1xM2oGpTXbo4J"
    "pI7SMJ4PXhwiXQGTp4gljFXF9jj59CNXxZSbYw2aNFEHFpeug/d+NIDxV0JZP152RxUNGU"
    "DE747IpyoRA4oe9iO24FtNZiuI7JsnQd8LPi+vbT1ed/VLfGuK4g167/cX9zpZka9Z5Q/D"
    "8S0motKrnfQomaZoauVKGuEbcbEHhg2LPRg5XUcn3+8Ij84EHM3kN06eGFqCTroGQqRa4i"
    "16OioQtxewYXYITAhHjoDV8LCDwhisfx2LIyttNPXkOtE19HRaVLxvdOndtI9+qGTu1iHa"
    "gejKmQORK1OxJ12l4/RGzaexLS2i02O6bFNpsQdNNk/Mq99j2Z863KWwDZWAkEhDyCKb/m"
    "Em9SbuVgAfFkC6QpvVbqqLWA/FYWGIX2IwoqLN3tftQau2mClspLnshs4x3f6/566G9403"
    "Zu7HJTDkB/YE06iklH6UE6SnQ4lyFubiO0lNK5eOfgBtpTYQ6e/b/nL//PDy+AOOqZaF8i"
    "lBnxX8E4iMLcI2lRtqMYNth4yJRw3nFot06GxWfZFKfRrsgMaWFWRF12FKyKSqdWpM+LSC"
    "r0hPhNh78zHuMSbb1iKx5gLABjARgLwFgAhw/sngsm9BPUPZaw0Q3QftawOUKU91bE5gix"
    "NrSMoWV6QMsYZmCfSd+mudO+oD/E6ji9m4TDLJDTu2nQoRyCbjNhiiAcHsT6ZFt1gnpbBW"
    "02grMmDo27MBiR7x8RE46IQYU7Iz/AanJmEDl0OMuMXenJuALx8KgCAgQ2mc1wILrjyJpU"
    "IihphhlyTsAVoGQunILC+4BA6AXYlX7A5AlTyIAjnIIiLUuQoGW/x/Y/rk1LE/gEsVzZIr"
    "bf9DDZBU9Z77LoY7dw/k6yxzeZNcvfQULFYhYL9m3SNj6674cjF7Npt7IjGwkQXk6G/K/C"
    "ZCTjtZ6M+2QCLBHUHiQtwbrA/fL0tA1lcXpaT1mclo75OP+kjHtDiZeliKnvskZ9F3E6Ki"
    "34VEDjIgyDb+fvgPyiPqSi913c+E6esF1W/eZ5UG4GCJQ6pOXlJU0KgobhCRlHb1bRUpzo"
    "ouzhTPXg2xR58o2jyIULmSrFkOdwRRU8lxl6L9q9hb1aClzJn/lVfEFzwGRWrje1WLuGQG"
    "pitP7qwsqsSXndajJR/WTESsP0zpMphSL8TZxfMuH1A+TWzvQX/hqJ6isixYYrdBNWSK6x"
    "+cdaieyLt9zITJ7D9W9PhNYBewo9/svK9unOPnWNYD7xSSoqSzK+d8mRm6oaVW+bxlNYRr"
    "t2u8pI9InA31gBqT4amNpEF8hassMZ9khFFEeT86kgqHHlM8EgEi+YWgB7QH5hIMptsrfy"
    "WW/AaAE46NHZorLAd+2hEqVFPFupDmBWpoevw3mbzbx+Ly93i7HdUDSp7+YSLwlr/E5o7o"
    "0l/EwUWRY+osOXj4qOrLLwoVQOjPYjCPj77AAXz3DLDWnjXkSGYJXZVbv40/E9WvIb01/i"
    "IHQVPLMiBtL6XD75jvMjPQwqNMSVkXsFaaN8VyA9hWzIn4/gTHxq+UQkxEXQq0kHK8oWa2"
    "Rx4QOEuOl0u7v7kGPXrm8LZ92nrx+vbz4/f1nYisvAo/EY2QF+QsMxJTNVJrQsfThc6FHS"
    "3vynRcp6MPwnGamcFRWSu9vJXiqynoNvOJhGniVCHxGVFZIhSBbg7vc30QKWooCjJ8oZO1"
    "DpmK4W3h36rxXBT6sACg8fN4ZlCwdRA5CEaqbvWvBrwkhfh9T7HMovX2Kl03tWEzMd9a1J"
    "hq2ip+u3tTbxR/Kz5CcnOUqEYflkE4y032Ck0sy0Bbw8pSY/tUBOJmu8hGqzAzAr1yetfh"
    "NlUPqcszf4i2ivwI+1RcvTzKTudePTxQ+0uN7mUzTG38FcKHUQjLEHXfAXGTL3ly4zsJXs"
    "PsH1q8xBMl7zKRAxrTJKS9DNVtyUS0IPk7ZcyS/Z/4tgGkaZhlH9Q9ukM23dEeFXKSqN8P"
    "qVaoqBtgRtgBFV6hGaCqwVPq7ZHrGL6HGNCI/7eBYqGY/oprWS8gjScQq1tOOGaLJ6nmyi"
    "y2Q8Rhz8xE7AAwwdjDwbiVbAD1FDCrHksioNos8YQN8DRIWmKQrg8Zsi1nPRVFt7Fx9dwe"
    "H8limUln5AkoqU/UTxdxIE9kfbkD5D7uyC3DHF8TZI55hAvmU5plZJYWcNSWFn5aSw0ibT"
    "FuiSYA8Rf3nZhloougAzzMJlLdyK7e6Lcj0EeyvVxkxk9aadnyyAQVhhA9Sv3aVED1ft5r"
    "cIDYM4Dsf+OrgYjuV8BaT7XEeyZqZ1nunIpBxGORAdqkZViB9KjLLspC1KqEQ/Ik5wGxP6"
    "VrqBSBgAHFjAI9z4phPstXNAbKPUlMkW7/+LmBZC6TDRRVmz5eo205oQp7/G4Q+/iv16UJ"
    "XEnBtgNWYzx0Ojzb8diXrliezhZwyQuQeknHD8wqTlH+ZzjqCTlOwQPPwzQWrKkezhDb/i"
    "ISZuC4ewBb5++VFG/slQQFlTC8sNvKL01g4/uE0QXIZby0SkREETJgzOMKV6b7mm351eqc"
    "/9jM7qyn1sI/QqOgjKEDcUKUslTI2yNWqUacg7HdCUHIRubIinY5xpQ2v0dpo1MXY/izmP"
    "cC7Zuek9q8nEpdlRLapJU1HiSlqJyyrP3DCUS4/bi2guQ23mJHQdMELgOQQOXQAaei9OgK"
    "jTaoeURZVypRUKWRAVawUuIY/iEUFVUekdfaqaWcv/39ixxo7VezdVsGMxG/K3ZsjfmjKg"
    "jaUD8oKmbkD7ugFCZe+gHmTEjG6gnW6Qi9smHaY3FTKTq/XkivgapRjJVKCPnNTG43Eipa"
    "2L9ZQVNO+Q1u9QPFdqSlxOyOhxpXpwqEqDayiHmEj0pv72rqt9xnTNaKEczV0hag6HNofD"
    "EjfFvaMoaPYPE411jCfvGHtdg7EKosYLods8a0ZPv4uTMgcNNHU6xmpDVw/t7PCVvLWMg8"
    "VB3KGBRYVn0lxR8PzZszcxtUzGwCMj4iyesReFDhDpZ4t80kSW//GizFjv4PPWaDCRebDK"
    "yVkQM2y1KludmUMlFTEv1kP1cCsZaNLBo1gXfinTpxS03VtDIoV/OEJ826vgx9oUXMkIH2"
    "NxkPPTDp26h3AcKFdgKckauFfCLdrId1vceUkDdSuoOy3rnKABum0n+k7LuixsAG8LeJfF"
    "XZI1cFfBrYkRfIUotqeDCtM3vmM1GbxwOWabNauV4pjq2ypVGSgVqnNs3a1nEW5fb16zdE"
    "OHtoP1RmB9dQxjANYYgOKlUkA4Ht5DdLfS1F504UNeBXVcny+SETEJI4dUlvDf/x9KnTYc"
)
